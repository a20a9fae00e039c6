"""The text of a PDF, with its title, notes, form fields and attachments."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from seskit.formats.unopened import PICTURES, LockedError


@contextmanager
def locks_told() -> Iterator[None]:
    """Raise LockedError for what cannot be decrypted, also where only the library for it is missing."""
    from pypdf.errors import DependencyError, FileNotDecryptedError

    try:
        yield
    except (DependencyError, FileNotDecryptedError):
        raise LockedError from None


def _reader(content: bytes) -> Any:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise LockedError
    return reader


class OpenedPdf:
    """A PDF that is opened once, and each of its pages read once."""

    def __init__(self, content: bytes) -> None:
        """Open it. Raises LockedError where it asks for a password."""
        self._reader = _reader(content)
        self._texts: list[str] = []

    def pages(self) -> Iterator[tuple[str, str]]:
        """The text of each page with its place; first what the document says of itself."""
        reader = self._reader
        about = dict(reader.metadata or {})
        yield "properties", "\n".join(str(value) for value in about.values())
        if metadata := reader.root_object.get("/Metadata"):
            yield "properties", metadata.get_object().get_data().decode("utf-8", "replace")
        if titles := "\n".join(_titles(reader.outline)):
            yield "bookmarks", titles
        if fields := reader.get_fields():
            yield "form fields", "\n".join(f"{name}: {field.get('/V', '')}" for name, field in fields.items())
        for number, page in enumerate(reader.pages, 1):
            notes = [str(one.get_object().get("/Contents", "")) for one in page.get("/Annots", None) or []]
            self._texts.append(page.extract_text())
            yield f"page {number}", "\n".join([self._texts[-1], *notes])

    def attachments(self) -> Iterator[tuple[str, bytes]]:
        """The files inside the PDF."""
        for name, found in self._reader.attachments.items():
            yield from ((name, data) for data in found)

    def closed(self) -> str:
        """Why a PDF that opens cannot be read: it has pages, and pictures on them, and no text; asked after its pages."""
        if any(text.strip() for text in self._texts):
            return ""
        return PICTURES if any(page.images for page in self._reader.pages) else ""


def _titles(outline: Any) -> Iterator[str]:
    for one in outline:
        if isinstance(one, list):
            yield from _titles(one)
        else:
            yield str(one.title)
