"""What an export holds against what a recipe reads of it: a question before anything of it is final."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from seskit.formats.counts import number_of
from seskit.formats.days import long_date
from seskit.record.people_import.recipe import Recipe
from seskit.record.roster import award_headings, leaving_headings, speaking_against
from seskit.record.roster.columns import canonical
from seskit.record.roster.usual_headings import PAYS, names_inspector


def found(
    heads: Sequence[str], rows: Sequence[Sequence[str]], used: Recipe, unused: Sequence[str], asked: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Each heading that nothing is read from and that speaks against what is read, or is there twice with other cells."""
    for head in dict.fromkeys(used.columns.values()):
        places = [place for place, one in enumerate(heads) if one == head]
        if head not in used.unused and any(_column(rows, place) != _column(rows, places[0]) for place in places[1:]):
            yield head, f"is there {len(places)} times with other cells, and the first column alone is read"
    for column, head in used.columns.items():
        if head not in used.unused and (word := speaking_against.of_another_time(column, head)):
            yield head, f"is read as {column}, and its heading says '{word}'"
    read = dict[str, tuple[str, list[str]]]()
    for column in ("rating", "award", *PAYS):
        if (head := used.columns.get(column, "")) in heads and head:
            meant = used.values.get(column, {})
            read[column] = head, [meant.get(cell, cell) for cell in _column(rows, list(heads).index(head))]
    unused = [head for head in unused if head not in asked]
    for head in unused:
        days = leaving_headings.days(head, _column(rows, list(heads).index(head))) if head not in used.unused else []
        if many := len(days) - days.count(None):
            yield head, f"is not used, and gives the day on which {number_of(many, 'person', 'people')} left"
    if "ig_office" not in used.columns and "ig_office" not in used.same_for_all:
        office = used.columns.get("component", "")
        own = _column(rows, list(heads).index(office)) if office in heads else [""] * len(rows)
        for head in (one for one in unused if one not in used.unused):
            cells = _column(rows, list(heads).index(head))
            many = sum(
                names_inspector([cell]) and not names_inspector([mine]) for cell, mine in zip(cells, own, strict=True)
            )
            if many:
                yield head, f"names an Inspector General office in {number_of(many, 'row')}, where ig_office is no"
    left = {head: _column(rows, list(heads).index(head)) for head in unused}
    for one in speaking_against.of_all(left, read, {canonical(head) for head in used.unused}):
        yield one.heading, f"is not used, and {one.says}"


def came_later(
    heads: Sequence[str], rows: Sequence[Sequence[str]], used: Recipe, unused: Sequence[str], last: date
) -> Iterator[tuple[str, str]]:
    """Each heading that says of somebody to have come after the last day of the appraisal period, for which there is a rate."""
    pay = used.columns.get(PAYS[1], "")
    if pay not in heads:
        return
    rates = _column(rows, list(heads).index(pay))
    for head in (one for one in unused if one not in used.unused):
        came = leaving_headings.entering(head, _column(rows, list(heads).index(head)))
        if many := sum(bool(day and day > last and rate) for day, rate in zip(came, rates, strict=False)):
            yield (
                head,
                f"is not used, and says of {number_of(many, 'person', 'people')} to have come after {long_date(last)}, the last day of the period, for which there is a rate",
            )


def of_nobody(heads: Sequence[str], rows: Sequence[Sequence[str]], used: Recipe) -> Iterator[tuple[str, str]]:
    """The heading of the awards, where amounts stand in rows without a number and are no sum of those above them."""
    head = used.columns.get("award", "")
    if head and head not in used.unused and (many := _nobodys(heads, rows, used, head)):
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
