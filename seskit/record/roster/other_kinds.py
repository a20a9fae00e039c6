"""Files that are not a table of cells, though their name may say so: many systems export a web page called .xls."""

from __future__ import annotations

import re

from seskit.record.roster.refusal import COMPOUND, LOCKED, SAVE_AGAIN, UNLOCK, Refusal

#: How each begins, and what it is.
_KINDS = (
    (r"<\?xml[^>]*>\s*(?:<\?mso-application[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:\w+:)?workbook\b", "an XML spreadsheet of an older kind"),
    (r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|meta|style|body|table|div)\b", "a web page"),
    (r"mime-version:|content-type: *multipart/", "a web page kept in one file"),
    (r"<\?xml\b", "XML"),
    (r"id;p\w*(?:;[a-z])*[ \t]*[\r\n]+(?:[bcefopw]|n[nleu]);", "a SYLK spreadsheet"),
    (r"\{\\rtf", "a Rich Text document"),
    (r"%pdf-", "a PDF"),
    (r"\[?\s*\{\s*\"", "JSON"),
)  # fmt: skip
_BEGINS = [(re.compile(pattern, re.IGNORECASE | re.DOTALL), kind) for pattern, kind in _KINDS]
_LOOKED_AT = 4096


def refuse(start: bytes) -> None:
    """Raise Refusal where a file, by its first bytes, can be neither an .xlsx workbook nor a table written as text."""
    if start.startswith(COMPOUND):
        raise Refusal(LOCKED, UNLOCK)
    if kind := _kind_of(start):
        raise Refusal(f"the file is {kind}, whatever its name says", SAVE_AGAIN)


def _kind_of(start: bytes) -> str:
    encoding = "utf-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) else "latin-1"
    text = start[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf").decode(encoding, "replace").lstrip()
    return next((kind for begins, kind in _BEGINS if begins.match(text)), "")
