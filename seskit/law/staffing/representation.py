"""Aggregate tables about applicants and boards, with small cells hidden. Never part of a selection."""

from __future__ import annotations

from typing import Annotated

from seskit.formats import small_cells
from seskit.formats.small_cells import HIDDEN, TOTAL
from seskit.law.answers import Answer
from seskit.law.facts import AsOf, Fact, FactError, Whole
from seskit.law.question import question
from seskit.law.result import Result, Working

PRACTICE = "Statistical Policy Working Paper 22"
Cell = tuple[str, str]
Table = dict[Cell, int]


class RepresentationTable(Answer):
    """Counts with small cells hidden."""

    table: Annotated[
        dict[str, dict[str, int | str]], Fact("Table", "Rows and columns with their totals; hidden cells say so.")
    ]
    hidden: Annotated[list[list[str]], Fact("Hidden cells", "Unit and group, in the order hidden.")]
    only_totals: Annotated[bool, Fact("Only totals are left")]


@question(f"{PRACTICE}; a convention of this work")
def representation_table(
    as_of: AsOf,
    *,
    counts: Annotated[
        dict[str, dict[str, Whole]],
        Fact("Counts by unit and group", "At least two units and two groups."),
    ],
    threshold: Annotated[Whole | None, Fact("Smallest count shown", "5 if left out; never below 3.", "persons")] = None,
) -> Result[RepresentationTable]:
    """Which cells of a table about people must be hidden before it is shown?

    Small counts first; then, in every row and column with its total, enough neighbors that none can be worked out
    (Statistical Policy Working Paper 22). Policy on such tables changed with time: the answer carries its date.
    `answer` holds `table` (rows and columns with "total"; hidden cells as "hidden"), `hidden` (unit and group, in the
    order hidden) and `only_totals` (no single cell survives).
    """
    work = Working(as_of)
    least = int(work.figure("staffing.small_cells.threshold")) if threshold is None else threshold
    lowest = int(work.figure("staffing.small_cells.lowest_threshold"))
    if least < lowest:
        raise FactError(f"threshold: {least} would show too small a group; give {lowest} or more.")
    full = _with_totals(counts)
    hidden = hide(full, least)
    rows, columns = _names(full)
    table = {
        row: {column: HIDDEN if (row, column) in hidden else full[row, column] for column in columns} for row in rows
    }
    inner = [cell for cell in full if TOTAL not in cell]
    survives = [cell for cell in inner if cell not in hidden]
    work.note(f"Counts from 1 to {least - 1} are hidden.", PRACTICE, basis="design")
    work.note("Neighbors are hidden until no total gives a hidden count away.", PRACTICE, basis="design")
    work.caution("Descriptive only: it never feeds a rating, a ranking or a selection.")
    work.caution("Show no percentage of a hidden count, and no change between years that reveals one.")
    if advice := work.recorded("staffing.board.policy"):
        work.caution(
            f"Policy of this date on boards: {advice['says']}. Later policy may withdraw a practice; label the table."
        )
    answer = RepresentationTable(table=table, hidden=[list(cell) for cell in hidden], only_totals=not survives)
    return work.answer(answer, f"{len(hidden)} cells are hidden; {len(survives)} of {len(inner)} are shown.")


def _with_totals(counts: dict[str, dict[str, int]]) -> Table:
    columns = list(next(iter(counts.values()), {}))
    if len(counts) < 2 or len(columns) < 2:
        raise FactError("counts: give at least two units and two groups; one alone equals its total.")
    for unit, row in counts.items():
        if set(row) != set(columns):
            raise FactError(f"counts, {unit}: its groups differ from the first unit's; give the same in every unit.")
    if TOTAL in counts or TOTAL in columns:
        raise FactError(f"counts: '{TOTAL}' is added here; leave it out.")
    full = {(unit, column): row[column] for unit, row in counts.items() for column in columns}
    full |= {(unit, TOTAL): sum(row.values()) for unit, row in counts.items()}
    full |= {(TOTAL, column): sum(row[column] for row in counts.values()) for column in columns}
    return full | {(TOTAL, TOTAL): sum(sum(row.values()) for row in counts.values())}


def _names(full: Table) -> tuple[list[str], list[str]]:
    return list(dict.fromkeys(row for row, _ in full)), list(dict.fromkeys(column for _, column in full))


def hide(full: Table, least: int) -> list[Cell]:
    """The cells to hide, in order: small ones, zeros of small rows, then neighbors until nothing can be worked out."""
    small = [cell for cell, count in full.items() if 0 < count < least]
    zeros = [
        cell for cell, count in full.items() if not count and TOTAL not in cell and 0 < full[cell[0], TOTAL] < least
    ]
    rows, columns = _names(full)
    return small_cells.hide(full, small_cells.two_way(rows[:-1], columns[:-1]), least, [*small, *zeros])
