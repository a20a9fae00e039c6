"""What an export holds against what a recipe reads of it: a question before anything of it is final."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from seskit.formats.cell_names import letters
from seskit.formats.counts import first_of, number_of
from seskit.formats.privacy import shown
from seskit.record.people_import import same_names, single_rows, thousands
from seskit.record.people_import.recipe import Recipe
from seskit.record.people_import.single_rows import row_named
from seskit.record.roster import award_headings, heading_times, leaving_headings, speaking_against
from seskit.record.roster.heading_times import ReportDays
from seskit.record.roster.marks import MarkedRow, merged_values
from seskit.record.roster.usual_headings import NAME_JOIN, PAYS, names_inspector

#: Up to so many hidden rows are asked one by one.
_FEW = 5

#: How many rows a question names.
_MOST_ROWS = 8


@dataclass(frozen=True)
class SpokenAgainst:
    """A question about a heading or a row: each thing it says, with the rows of which it says so where it is about rows."""

    parts: tuple[tuple[str, tuple[str, ...]], ...]
    #: The rows it is about, where the heading names them by the numbers of their people.
    of: tuple[str, ...] = ()
    #: Whether several of these rows may be one person's, of which one stays.
    alike: bool = False

    @property
    def rows(self) -> tuple[str, ...]:
        """The rows that may be left out because of it; where one of several stays, only if they are few enough to choose from."""
        if self.of:
            return () if self.alike and len(self.of) > single_rows.FEW else self.of
        return tuple(dict.fromkeys(row for _, rows in self.parts for row in rows if single_rows.place(row)))

    def key(self, report: ReportDays | None) -> str:
        """What an answer is kept for; empty where it holds for the heading, whoever is below it."""
        year = f"fiscal year {report.fiscal_year}; " if report else ""
        said = "; ".join(f"{says}: {', '.join(rows)}" for says, rows in self.parts if rows)
        return f"{year}{said}" if said else ""

    def told(self, head: str) -> str:
        """What it says, with the first rows where the heading is not a row itself."""
        said = ", and ".join(f"{says}{_rows(rows) if rows not in ((), (head,)) else ''}" for says, rows in self.parts)
        return said + (_rows(self.of) if self.of else "")


def _rows(rows: Sequence[str]) -> str:
    return f" ({first_of(rows, _MOST_ROWS, '; ', shown)})"


def _together(found: Iterable[tuple[str, str, Sequence[int] | None]], rows: Sequence[str]) -> dict[str, SpokenAgainst]:
    """All that is said of each heading as one question: an answer to one thing is none to another."""
    parts: dict[str, dict[tuple[str, tuple[str, ...]], None]] = {}
    for head, says, places in found:
        parts.setdefault(head, {})[says, tuple(rows[place] for place in places or ())] = None
    return {head: SpokenAgainst(tuple(said)) for head, said in parts.items()}


def all_found(
    table: Sequence[Sequence[str]],
    heads: Sequence[str],
    body: Sequence[tuple[int, Sequence[str]]],
    left: Mapping[int, str],
    used: Recipe,
    unused: Sequence[str],
    asked: Sequence[str],
    report: ReportDays | None,
    out: frozenset[str],
) -> dict[str, SpokenAgainst]:
    """All that speaks against what is read, answered or not; `left` says of the rows left out why, empty for those of nobody, and `out` names those left out one by one."""
    own = used.columns.get("person_id", "")
    at = list(heads).index(own) if own in heads else len(heads)
    people = {number: row[at] if at < len(row) else "" for number, row in body}
    kept = [(number, row) for number, row in body if number not in left]
    named = [row_named(number, people[number]) for number, _ in kept]
    of_kept = [row for _, row in kept]
    said = (*found(heads, of_kept, used, unused, asked, report), *thousands.spoken_against(heads, of_kept, used))
    made = _together(said, named)
    whole_table = [row for number, row in body if not left.get(number)]
    of_rows_alone: Iterable[tuple[str, str, tuple[str, ...]]] = (
        *((*one, ()) for one in above(table, used, report)),
        *of_rows(table, used, heads, left),
        *((*one, ()) for one in of_nobody(heads, whole_table, used)),
        *((*one, ()) for one in single_rows.asked(used, people, left, out)),
    )
    for head, says, rows in of_rows_alone:
        former = made[head].parts if head in made else ()
        made[head] = SpokenAgainst((*former, (says, (head,))), rows)
    for head, says, numbers in of_names(heads, of_kept, used):
        rows = tuple(row_named(number, people[number]) for number, _ in kept if people[number] in numbers)
        made[head] = SpokenAgainst(((says, (head,)),), rows, alike=True)
    return made


def still_open(
    asked: Mapping[str, SpokenAgainst], used: Recipe, report: ReportDays | None, *, answered: bool
) -> dict[str, SpokenAgainst]:
    """What nobody has answered, and what was answered for other rows or the report of another year; with `answered` also what
    is settled without a word of whom.
    """
    return {
        head: one for head, one in asked.items()
        if head not in used.unused or ((key := one.key(report)) and used.answered.get(head, "" if answered else key) != key)
    }  # fmt: skip


def answers(asked: Mapping[str, SpokenAgainst], used: Recipe, report: ReportDays | None) -> dict[str, str]:
    """What each answer of a recipe is kept for."""
    return {head: key for head, one in asked.items() if head in used.unused and (key := one.key(report))}


def found(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    used: Recipe,
    unused: Sequence[str],
    asked: Sequence[str],
    report: ReportDays | None = None,
) -> Iterator[tuple[str, str, Sequence[int] | None]]:
    """Each heading that nothing is read from and that speaks against what is read, or is there twice with other cells, with the rows it is about."""
    for head in dict.fromkeys(used.columns.values()):
        places = [place for place, one in enumerate(heads) if one == head]
        if any(_column(rows, place) != _column(rows, places[0]) for place in places[1:]):
            yield head, f"is there {len(places)} times with other cells, and the first column alone is read", None
    for column, head in used.columns.items():
        if word := heading_times.of_another_time(column, head, report):
            yield head, f"is read as {column}, and its heading says '{word}'", None
    read = dict[str, tuple[str, list[str]]]()
    for column in ("rating", "award", "appointment_type", *PAYS):
        if (head := used.columns.get(column, "")) in heads and head:
            meant = used.values.get(column, {})
            read[column] = head, [meant.get(cell, cell) for cell in _column(rows, list(heads).index(head))]
    unused = [head for head in unused if head not in asked]
    yield from _came_or_left(heads, rows, used, unused, report)
    if "ig_office" not in used.columns and "ig_office" not in used.same_for_all:
        office = used.columns.get("component", "")
        own = _column(rows, list(heads).index(office)) if office in heads else [""] * len(rows)
        if below := speaking_against.below_inspector(own):
            yield (
                office,
                f"is blank in {number_of(len(below), 'row')} below one that names an Inspector General office",
                below,
            )
        for head in unused:
            cells = _column(rows, list(heads).index(head))
            named = [
                n for n, (cell, mine) in enumerate(zip(cells, own, strict=True))
                if names_inspector([cell]) and not names_inspector([mine])
            ]  # fmt: skip
            if named:
                yield (
                    head,
                    f"names an Inspector General office in {number_of(len(named), 'row')}, where ig_office is no",
                    named,
                )
    for place in (n for n, head in enumerate(heads) if not head):
        column = f"column {letters(place)}"
        if said := speaking_against.without_heading(_column(rows, place)):
            yield column, said[1], said[0]
    left = {head: _column(rows, list(heads).index(head)) for head in unused}
    for one in speaking_against.of_all(left, read, set(), report):
        yield one.heading, f"is not used, and {one.says}", one.places if one.of_people else None


def _came_or_left(
    heads: Sequence[str], rows: Sequence[Sequence[str]], used: Recipe, unused: Sequence[str], report: ReportDays | None
) -> Iterator[tuple[str, str, Sequence[int] | None]]:
    """Each heading that says of somebody to have left by a day for which there is a rate, or to have come after it."""
    rated = _rated(heads, rows, used, report)
    for head in unused:
        cells = _column(rows, list(heads).index(head))
        left = leaving_headings.days(head, cells)
        gone = [n for n, on in enumerate(left) if on] if report is None else [*leaving_headings.left_by(left, rated)]
        if gone:
            yield head, f"is not used, and gives the day on which {number_of(len(gone), 'person', 'people')} left", gone
        if later := leaving_headings.came_after(leaving_headings.entering(head, cells), rated):
            many = number_of(len(later), "person", "people")
            yield head, f"is not used, and {leaving_headings.CAME_AFTER.format(many)}", later


def _rated(
    heads: Sequence[str], rows: Sequence[Sequence[str]], used: Recipe, report: ReportDays | None
) -> list[list[date]]:
    """The days for which each row has a rate."""
    days = report.pays if report else {}
    given = {
        on: _column(rows, list(heads).index(used.columns[column]))
        for column, on in days.items() if used.columns.get(column) in heads
    }  # fmt: skip
    return [[on for on, cells in given.items() if cells[place]] for place in range(len(rows))]


def above(table: Sequence[Sequence[str]], used: Recipe, report: ReportDays | None) -> Iterator[tuple[str, str]]:
    """Each line above the header that names a fiscal year, where none of them names the report's."""
    named = {n: heading_times.fiscal_years(row) for n, row in enumerate(table[: used.header_row - 1], 1)}
    if report and not report.years & frozenset[int]().union(*named.values()):
        for number, years in named.items():
            line = f"row {number}, fiscal year {max(years, default=0)}"
            if years:
                yield line, f"stands above the table, and the report is for fiscal year {report.fiscal_year}"


def of_rows(
    table: Sequence[Sequence[str]], used: Recipe, heads: Sequence[str], left: Collection[int]
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Each row that would be read and is struck through, hidden or merged in the workbook, or whose number or name says that it is of nobody;
    many hidden ones together, with their names.

    A row is named with its number, so that an answer holds for this row alone and not for that of another export.
    """
    read = {list(heads).index(head): column for column, head in used.columns.items() if head in heads}
    hidden = dict[str, str]()
    numbers, names = (
        next((list(heads).index(head) for head in used.columns.get(column, "").split(NAME_JOIN) if head in heads), None)
        for column in ("person_id", "name")
    )
    for number, row in enumerate(table[used.header_row :], used.header_row + 1):
        told = [row[place] if place is not None and place < len(row) else "" for place in (numbers, names)]
        place = row_named(number, told[0])
        if number in left:
            continue
        if isinstance(row, MarkedRow) and row.hidden:
            hidden[place] = told[0]
        if isinstance(row, MarkedRow) and read.keys() & {*row.struck}:
            yield place, "is struck through in the workbook, and would be read", ()
        elif isinstance(row, MarkedRow) and (merged := list(_merged(row, read, table))):
            yield (
                place,
                f"is blank under {' and '.join(repr(shown(heads[one])) for one in merged)}, where it is merged with a row above",
                (),
            )
        elif speaking_against.of_nobody(*told):
            yield place, "is of nobody, as the number or the name says, and would be read", ()
    if len(hidden) > _FEW:
        first, *_, last = hidden.values()
        yield (
            f"{len(hidden):,} hidden rows, numbers {first} to {last}",
            "would be read, though they are hidden in the workbook",
            tuple(hidden),
        )
    else:
        yield from ((place, "is hidden in the workbook, and would be read", ()) for place in hidden)


def of_names(
    heads: Sequence[str], rows: Sequence[Sequence[str]], used: Recipe
) -> Iterator[tuple[str, str, frozenset[str]]]:
    """The numbers of each name that would count twice, unless they are two people's."""
    says = "have the same name and a rate of the same day: one person would count twice, unless they are two"
    alike = same_names.asked(heads, rows, used)
    listed = ["numbers " + " and ".join(numbers) for numbers in alike]
    if len(listed) > _FEW:
        yield f"{listed[0]}, and {len(listed) - 1:,} more such names", says, frozenset[str]().union(*alike)
    else:
        yield from ((those, says, frozenset(numbers)) for those, numbers in zip(listed, alike, strict=True))


def _merged(row: MarkedRow, read: Mapping[int, str], table: Sequence[Sequence[str]]) -> Iterator[int]:
    """The places that are read and blank in a row because they are merged with a cell above that is not."""
    blank = [column for place, column in read.items() if not "".join(row[place : place + 1])]
    for column, top in merged_values(row.merged, read, blank):
        place = next(place for place, one in read.items() if one == column)
        if "".join(table[top - 1][place : place + 1]):
            yield place


def of_nobody(heads: Sequence[str], rows: Sequence[Sequence[str]], used: Recipe) -> Iterator[tuple[str, str]]:
    """The heading of the awards, where amounts stand in rows without a number and are no sum of those above them."""
    head = used.columns.get("award", "")
    if head and (many := _nobodys(heads, rows, used, head)):
        are = "are" if many > 1 else "is"
        yield head, f"has an amount in {number_of(many, 'row')} without a number of a person that {are} no sum"


def _nobodys(heads: Sequence[str], rows: Sequence[Sequence[str]], used: Recipe, head: str) -> int:
    """How many amounts of awards stand in rows without a number and are not what the rows above them come to."""
    if used.columns["person_id"] not in heads or head not in heads:
        return 0
    number = list(heads).index(used.columns["person_id"])
    place, found = list(heads).index(head), 0
    part = whole_sum = Decimal(0)
    for row in rows:
        amount = award_headings.total(row[place : place + 1])[1]
        if row[number : number + 1] != [""] and len(row) > number:
            part, whole_sum = part + amount, whole_sum + amount
        elif amount:
            found, part = found + (amount not in (part, whole_sum)), Decimal(0)
    return found


def _column(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place] if place < len(row) else "" for row in rows]
