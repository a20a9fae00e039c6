"""From work to paper: a result hands itself to the writer of its subject, by name and only when asked.

Writing belongs to the paper floor, above this one. The method a person calls stays on the result.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

from seskit.formats import leaving, results


def write(subject: str, result: Any, folder: str | Path, formats: Iterable[str]) -> list[Path]:
    """Write a result with `seskit.paper.<subject>.write`; returns the files written.

    A result whose `names` are known is looked over for those: what was read of another agency does not decide on it.
    """
    writer = import_module(f"seskit.paper.{subject}.write")
    with (
        leaving.telling_of(getattr(result, "names", None)),
        results.kept(folder, subject, getattr(result, "made_of", "")),
    ):
        written: list[Path] = writer.write(result, Path(folder), tuple(formats))
    return written
