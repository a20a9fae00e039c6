"""The Federal Register notice of who sits on an agency's Performance Review Boards: names, so in a file of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from seskit.formats import results
from seskit.formats.days import long_date
from seskit.formats.documents import HAND, Document, escaped, still_open, table
from seskit.record.appraisal.year_record.files import CYCLE, Board, Files
from seskit.record.roster import Person
from seskit.work.appraisal.year_record.audit import Audit, audit

#: Files that begin so may hold names.
STEM = "supplement_board_notice"
FORMATS = ("docx", "pdf")
_LAW = "5 U.S.C. 4314(c)(4)"
_BLANK = "______________________________"


def notice(files: Files) -> tuple[Document, list[str]]:
    """The notice, and what is open before it can be published."""
    agency, cycle = files.year()
    found = audit(files)
    people = {person.person_id: person for person in files.executives()}
    wrong = [one.sentence for one in files.problems if (one.file, one.column) == (CYCLE, "boards")]
    open_ones = [*wrong, *(text for board in cycle.boards for text in _open(found, board, people))]
    if not cycle.boards:
        open_ones.append("appraisal.yaml names no board.")
    rows = [row for board in cycle.boards for row in _members(board, people)]
    days = [board.first_meeting for board in cycle.boards if board.first_meeting]
    before = (
        f"It is to appear before {long_date(min(days))}, when the first board sits."
        if days
        else "No first meeting is recorded."
    )
    parts = [
        *still_open(open_ones, "sent"),
        escaped(f"AGENCY: {agency.name}"),
        "ACTION: Notice\n",
        escaped(f"SUMMARY: {agency.name} gives notice of the members of its Performance Review {'Board' if len(cycle.boards) == 1 else 'Boards'}, as {_LAW} asks. {before}"),
        escaped("DATES: Service of the members begins after publication."),
        escaped(f"FOR FURTHER INFORMATION CONTACT: {_BLANK}"),
        escaped("SUPPLEMENTARY INFORMATION: A board reviews the initial rating, the executive's response and the higher-level review, "
                "and makes a written recommendation to the appointing authority."),
        table("Members", ("Board", "Member", "Organization"), rows),
        escaped(f"Signed: {_BLANK}   Date: {_BLANK}"),
    ]  # fmt: skip
    title = f"Performance Review Board members, {agency.name}"
    return Document(title, "\n\n".join(parts) + "\n", agency.name, draft=bool(open_ones)), open_ones


def _members(board: Board, people: Mapping[str | None, Person]) -> Iterator[tuple[str, str, str]]:
    named = [people[who] for who in board.member_ids if who in people]
    for person in named:
        yield board.name, person.name or _BLANK, person.component or HAND
    for _ in range(board.members - len(named)):
        yield board.name, _BLANK, HAND


def _open(found: Audit, board: Board, people: Mapping[str | None, Person]) -> Iterator[str]:
    """What the rules say against the board, and which members nobody has named."""
    for who in board.member_ids:
        if who in people and not people[who].name:
            yield f"{board.name}: {who} has no name on the roster."
    lacking = board.members - len(board.member_ids)
    if lacking > 0:
        yield f"{board.name}: {lacking} of {board.members} members are not named (member_ids in appraisal.yaml)."
    yield from (one.cited for one in found.board_findings() if one.board == board.name)


def write(files: Files, out: Path, formats: Iterable[str] = FORMATS) -> tuple[list[Path], list[str]]:
    """Write the notice; only its owner can open it until it is published."""
    made, open_ones = notice(files)
    with results.kept(out, STEM):
        return made.write(out, STEM, formats), open_ones
