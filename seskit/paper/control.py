"""The register of correspondence under control, as a document and as a table for the screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from seskit.formats import results
from seskit.formats.documents import FORMATS, Document, escaped, table
from seskit.law.in_words import long_date
from seskit.work.control import Controlled

STEM = "correspondence_control"
HEAD = (
    "Control",
    "From, and what it is about",
    "Action",
    "Action office",
    "Received",
    "Due",
    "How it stands",
    "What became of it",
)


def rows(listed: Sequence[Controlled]) -> list[tuple[str, ...]]:
    """Each paper in words."""
    return [
        (one.paper.control or "", f"{one.paper.from_office or ''}: {one.paper.subject or ''}", one.paper.action or "",
         one.paper.action_office or "none", str(one.paper.received_on or ""), str(one.paper.due_on or "none"), one.state,
         one.paper.outcome or "")
        for one in listed
    ]  # fmt: skip


def document(listed: Sequence[Controlled], agency: str, on: date) -> Document:
    """The register on a day."""
    waits = sum(one.attention for one in listed)
    parts = [
        escaped(f"On {long_date(on)}: {len(listed)} paper(s) under control, {waits} of them need attention."),
        table("What needs attention first", HEAD, rows(listed)),
    ]
    return Document(f"Correspondence control: {agency}", "\n\n".join(parts) + "\n", agency)


def write(
    listed: Sequence[Controlled], agency: str, on: date, out: Path, formats: Iterable[str] = FORMATS
) -> list[Path]:
    """Write the register."""
    with results.kept(out, STEM):
        return document(listed, agency, on).write(out, STEM, formats)
