"""Boards and sources of applicants as aggregate tables with small cells hidden. Descriptive only: never about a person.

Nothing here feeds a score, a ranking or a selection. Where later policy withdrew a practice the tables say so and the
withdrawn part is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from seskit.formats.small_cells import HIDDEN, TOTAL, hide_small
from seskit.formats.tables import Table, text_rows
from seskit.law import parameters
from seskit.law.facts import FactError
from seskit.law.renaming import on_a_page
from seskit.law.result import Result
from seskit.law.staffing.representation import representation_table
from seskit.law.staffing.vacancy import check_board
from seskit.record.staffing.records import Vacancy, VacancyFolder

_TENTH = Decimal("0.1")
DESCRIPTIVE = "Descriptive only: it never feeds a rating, a ranking or a selection."


@dataclass(frozen=True)
class SourceLine:
    """One source of applicants beside the plan; a hidden count stays hidden."""

    source: str
    count: int | str
    actual: Decimal | None
    planned: Decimal | None
    said: str
    #: Whether the share is known, and is what the plan asks for or more.
    reached: bool = False


@dataclass(frozen=True)
class Sources:
    """The sources of applicants of an agency's closed announcements, by announcement and in all."""

    on: date
    by_vacancy: Table
    lines: tuple[SourceLine, ...]
    total: int | str

    def table(self, title: str) -> Table:
        """The comparison with the plan."""
        rows = [(line.source, line.count, line.actual, line.planned, line.said) for line in self.lines]
        header = ("Source", "Applicants", "Percent", "Least percent planned", "Comparison")
        return Table(title, header, text_rows(rows), "No applicants are recorded by source.")


def policy(on: date) -> dict[str, Any]:
    """What the policy of the day says on boards and outreach by group, and whether it withdrew the practice."""
    found = parameters.recorded("staffing.board.representation", on)
    if found is None:
        return {"says": "No policy on boards and outreach is recorded for this date", "withdrawn": False}
    return {**found.value, "first_day": found.first_day, "source": found.source}


def sources(folder: VacancyFolder, as_of: date) -> Sources:
    """Applicants by source over the announcements closed by a day, compared with the stated recruitment plan."""
    plan = folder.known.outreach.plan
    least = folder.known.outreach.threshold
    closed = [one for one in folder if one.applicants and one.closes_on and one.closes_on <= as_of]
    names = list(dict.fromkeys([*plan, *(name for one in closed for name in one.applicants)]))
    counts = {name: {one.id: one.applicants.get(name, 0) for one in closed} for name in names}
    shown, totals, total = _hidden(counts, [one.id for one in closed], least, as_of)
    header = ("Source", *(one.id for one in closed), TOTAL)
    table = Table("Applicants by source and announcement", header, shown, "No applicants are recorded by source.")
    lines = tuple(_line(name, totals.get(name, 0), total, plan.get(name)) for name in names) if closed else ()
    return Sources(as_of, table, lines, total)


def _hidden(
    counts: dict[str, dict[str, int]], columns: list[str], least: int, as_of: date
) -> tuple[tuple[tuple[str, ...], ...], dict[str, int | str], int | str]:
    """Rows as shown, the total by source, and the grand total, with small cells hidden in both directions."""
    if not columns:
        return (), {}, 0
    if len(counts) > 1 and len(columns) > 1:
        first = parameters.parameter("staffing.small_cells.threshold").values[0].first_day
        table = representation_table(max(as_of, first), counts=counts, threshold=least).answer.table
        rows = text_rows([(name, *(cells[column] for column in (*columns, TOTAL))) for name, cells in table.items()])
        return rows, {name: cells[TOTAL] for name, cells in table.items() if name != TOTAL}, table[TOTAL][TOTAL]
    sums = {name: sum(row.values()) for name, row in counts.items()}
    safe = hide_small(sums, least)
    whole = sum(sums.values())
    total = HIDDEN if 0 < whole < least else whole
    if len(sums) < 2 or len(columns) > 1:
        return text_rows([(name, *([HIDDEN] * len(columns)), safe[name]) for name in sums]), safe, total
    return text_rows([(name, safe[name], safe[name]) for name in sums]), safe, total


def _line(name: str, count: int | str, total: int | str, planned: Decimal | None) -> SourceLine:
    if isinstance(count, str) or isinstance(total, str):
        return SourceLine(name, count, None, planned, "not compared: a small count is hidden")
    if not total:
        return SourceLine(name, count, None, planned, "no applicants")
    actual = (Decimal(100) * count / total).quantize(_TENTH, ROUND_HALF_UP)
    if planned is None:
        return SourceLine(name, count, actual, None, "not in the plan")
    if 100 * count >= planned * total:
        return SourceLine(name, count, actual, planned, "the plan is reached", True)
    return SourceLine(name, count, actual, planned, f"below the plan of {planned} percent")


def of_vacancy(folder: VacancyFolder, vacancy: Vacancy, as_of: date) -> tuple[tuple[str, str], ...]:
    """The sources and the total of one closed announcement, hidden as in the table of all: one paper never gives away
    what the other hides.
    """
    asked = sources(folder, as_of)
    table = asked.by_vacancy
    if vacancy.id not in table.header:
        return ()
    column = table.header.index(vacancy.id)
    rows = [(row[0], row[column]) for row in table.rows]
    alone = table.header == ("Source", vacancy.id, TOTAL)
    return tuple(rows if rows[-1][0] == TOTAL else [*rows, (TOTAL, str(asked.total) if alone else HIDDEN)])


def boards(folder: VacancyFolder, as_of: date) -> tuple[tuple[str, Result], ...]:
    """Whether each board is lawfully composed and follows the advice of the day, by career and noncareer members."""
    found = []
    for name, board in folder.known.outreach.boards.items():
        chair = None if board.chair is None else board.chair == "noncareer"
        asked = check_board(
            as_of, board=board.kind, members=board.career + board.noncareer, career=board.career,
            outside_agency=board.outside_agency, career_ratee=True if board.kind == "PRB" else None, noncareer_chair=chair,
        )  # fmt: skip
        found.append((name, on_a_page(asked)))
    return tuple(found)


def board_groups(folder: VacancyFolder, as_of: date) -> Table:
    """The boards by the agency's own groups, small cells hidden in both directions; none where policy withdrew it."""
    given = {name: board.groups for name, board in folder.known.outreach.boards.items() if board.groups}
    title = "Boards by group"
    rule = policy(as_of)
    if rule["withdrawn"]:
        return Table(title, ("Board",), (), f"Not shown: {rule['says']}.")
    if not given:
        return Table(title, ("Board",), (), "No groups are recorded for the boards.")
    groups = list(next(iter(given.values())))
    if any(list(row) != groups for row in given.values()):
        raise FactError("outreach, boards: every board must list the same groups in the same order.")
    least = folder.known.outreach.threshold
    if len(given) > 1 and len(groups) > 1:
        table = representation_table(as_of, counts=given, threshold=least).answer.table
        rows = [(name, *(cells[group] for group in (*groups, TOTAL))) for name, cells in table.items()]
        return Table(title, ("Board", *groups, TOTAL), text_rows(rows))
    rows = [(name, *hide_small(row, least).values(), sum(row.values())) for name, row in given.items()]
    return Table(title, ("Board", *groups, TOTAL), text_rows(rows))
