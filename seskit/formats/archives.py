"""Files in one archive, the same bytes on every run."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path


def packed(folder: str, files: Iterable[Path]) -> bytes:
    """A ZIP archive of files, all in one folder of that name; no times in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.writestr(zipfile.ZipInfo(f"{folder}/{file.name}"), file.read_bytes(), zipfile.ZIP_DEFLATED)
    return made.getvalue()
