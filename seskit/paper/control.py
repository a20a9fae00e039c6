"""The register of correspondence under control, as a document and as a table for the screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from seskit.formats import results
from seskit.formats.counts import number_of
from seskit.formats.days import long_date
from seskit.formats.documents import FORMATS, Document, escaped, table
from seskit.work.control import Controlled

STEM = "correspondence_control"
HEAD = (
    "Control",
    "From, and what it is about",
    "Asked for, and the office that acts",
    "Received and due",
    "Status and outcome",
)


def rows(listed: Sequence[Controlled]) -> list[tuple[str, ...]]:
    """Each paper in words."""
    return [
        (one.paper.control or "", _two(one.paper.from_office, one.paper.subject),
         _two(one.paper.action, f"By {one.paper.action_office}" if one.paper.action_office else "No office acts"),
         f"{one.paper.received_on or 'not logged'}, due {one.paper.due_on or 'date not set'}", _two(one.state, one.paper.outcome))
        for one in listed
    ]  # fmt: skip


def _two(*said: str | None) -> str:
    return ". ".join(one[0].upper() + one[1:] for one in said if one)


def document(listed: Sequence[Controlled], agency: str, on: date) -> Document:
    """The register on a day."""
    waits = sum(one.attention for one in listed)
    parts = [
        escaped(
            f"On {long_date(on)}: {number_of(len(listed), 'paper')} under control, {number_of(waits, 'needs attention', 'of them need attention')}."
        ),
        table("What needs attention first", HEAD, rows(listed)),
    ]
    return Document(f"Correspondence control: {agency}", "\n\n".join(parts) + "\n", agency)


def write(
    listed: Sequence[Controlled], agency: str, on: date, out: Path, formats: Iterable[str] = FORMATS
) -> list[Path]:
    """Write the register."""
    with results.kept(out, STEM):
        return document(listed, agency, on).write(out, STEM, formats)
