"""Groups of what the rules say: like findings together, with a repair where the rule itself names the right value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from seskit.formats.counts import number_of
from seskit.law.facts import plain
from seskit.record.agency import FILE, Agency
from seskit.record.alike import shape
from seskit.record.problem import Problem
from seskit.record.roster import Judged, Person, Roster, judged
from seskit.record.roster.columns import COLUMNS
from seskit.record.roster.marks import HIDDEN, STRUCK
from seskit.record.roster.readings import Reading
from seskit.work.corrections import leaving, single_rows
from seskit.work.corrections.grid import Grid
from seskit.work.corrections.groups import Offer, ProblemGroup, numbered
from seskit.work.report import same_names
from seskit.work.report.counted import nowhere
from seskit.work.report.forms import base_day, scheduled_rate
from seskit.work.report.left_before import ROLLS

_RATES = ("basic_pay_fy_end", "basic_pay_period_end")
_MOST_VALUES, _MOST_TWINS = 8, 2
_LEAVE_BOTH = "Remove one in the roster if it is one person; leave both if they are two."


#: Findings about a whole roster that a reason in agency.yaml confirms: the entry, and what it looks like.
_WHOLE = {
    "nobody": ("no_executives", "a roster that is still to be filled in"),
    "rating dates": ("rating_dates", "the roster of another year"),
    "dates": ("dates", "a date or a fiscal year that was mistyped"),
}


def groups(
    agency: Agency | None, roster: Roster, grid: Grid, problems: Sequence[Problem], explained: set[tuple[int, str]]
) -> Iterator[ProblemGroup]:
    """Every problem that no group of values explains; `explained` holds the places of those."""
    left = [one for one in problems if (one.row or 0, one.column or "") not in explained]
    if agency:
        yield from _with_locality(agency, roster, left)
        yield from _counted_nowhere(agency, roster)
        yield from _of_the_whole(left)
        yield from leaving.groups(agency, roster, grid)
        left = [one for one in left if not _is_special(one)]
    yield from single_rows.groups(left)
    left = [one for one in left if one.key not in (STRUCK, HIDDEN)]
    yield from _twice(agency, roster)
    yield from _blank_answers(roster, grid, left)
    yield from alike(left)


def _is_special(problem: Problem) -> bool:
    return problem.key in ("rates above schedule", "counted nowhere", "left before", same_names.KEY, *_WHOLE)


def _of_the_whole(problems: Sequence[Problem]) -> Iterator[ProblemGroup]:
    """What is wrong with the roster as a whole and may be right: an answer in a few words settles it."""
    for key, (confirms, looks) in _WHOLE.items():
        if those := sorted((one for one in problems if one.key == key), key=lambda one: one.severity != "error"):
            reason = "; ".join(
                dict.fromkeys(f"{one.column}: {one.reason}" if one.file == FILE else one.reason for one in those)
            )
            yield ProblemGroup(
                f"whole:{confirms}", reason, those[0].fix, (), those[0].severity, looks=looks, kind="rule",
                confirms=confirms if those[0].severity == "error" else "", number=len(those),
            )  # fmt: skip


def _with_locality(agency: Agency, roster: Roster, problems: Sequence[Problem]) -> Iterator[ProblemGroup]:
    """All rates above the schedule: the scheduled rate of each person's ES level, where there is one."""
    for problem in problems:
        if problem.column in _RATES and problem.key == "rates above schedule":
            column = problem.column
            cells = tuple(_scheduled(agency, roster, column))
            count = len(cells)
            question = f"{column}: all rates look like rates with locality pay. Take the scheduled rate of each person's ES level ({count:,})?"
            examples = tuple(dict.fromkeys((f"{getattr(_on(roster, row), column)}", value) for row, _, value in cells))[
                :4
            ]
            offers = (Offer(f"{column}:scheduled-rates", question, examples, cells=cells),) if cells else ()
            yield ProblemGroup(f"{column}:with-locality", problem.reason, problem.fix, tuple((row, column) for row, _, _ in cells), problem.severity,
                        offers, "rates with locality pay", "rule",
                        confirms="" if agency.confirmed.rates_above_schedule else "rates_above_schedule")  # fmt: skip


def _on(roster: Roster, row: int) -> Person:
    return next(person for person in roster.people if person.row == row)


def _scheduled(agency: Agency, roster: Roster, column: str) -> Iterator[tuple[int, str, str]]:
    plans = {plan.id: plan for plan in agency.plans}
    for person in roster.people:
        plan, rate = plans.get(person.plan or ""), getattr(person, column)
        day = (base_day(plan) if column == "basic_pay_fy_end" else plan.period_end) if plan else None
        if rate is not None and person.es_level and day is not None:
            right = scheduled_rate(person.es_level, day)
            if right is not None and right != rate:
                yield person.row, column, f"{plain(Decimal(right)):f}"


def _counted_nowhere(agency: Agency, roster: Roster) -> Iterator[ProblemGroup]:
    """Rows without rates and rating: not on the rolls, or rates that are not known."""
    unknown = [person for person in roster.people if _says_nothing(agency, person)]
    if not unknown or agency.confirmed.counted_nowhere:
        return
    rows = tuple(person.row for person in unknown)
    many = f"{len(rows):,} {'person has' if len(rows) == 1 else 'people have'} neither rates nor a rating ({numbered(rows)})"
    offers = tuple(
        Offer(f"rates:{name}", f"{many}. {asked}", (), cells=tuple(
            (row, column, answer) for row in rows for column in ROLLS.values()))
        for name, answer, asked in (
            ("not-on-the-rolls", "no", "Were they not on the rolls on either day?"),
            ("not-known", "yes", "Were they on the rolls, with rates that are not known?"),
        )
    )  # fmt: skip
    fix = "Say which, or write the rate or the rating."
    places = tuple((row, column) for row in rows for column in _RATES)
    yield ProblemGroup(
        "rates:blank",
        many,
        fix,
        places,
        offers=offers,
        looks="people not on the rolls, or rates that are not known",
        kind="blank",
        confirms="counted_nowhere",
    )


def _says_nothing(agency: Agency, person: Person) -> bool:
    found = nowhere(agency, Judged._make(judged(person)))
    return bool(found and found.unknown)


def _twice(agency: Agency | None, roster: Roster) -> Iterator[ProblemGroup]:
    """The same name under two numbers: an error where one person would be counted twice, until a reason says that they are two."""
    for counted_twice in (True, False):
        twins = same_names.in_rows(roster, counted_twice=counted_twice)
        if not twins:
            continue
        asked = agency is not None and counted_twice and not agency.confirmed.same_names
        yield ProblemGroup("name:twice" if counted_twice else "name:alike", same_names.reason(twins), same_names.FIX if asked else _LEAVE_BOTH,
                    tuple((row, "name") for at in twins for row in at), "error" if asked else "warning",
                    tuple(offer for at in twins[:_MOST_TWINS] for offer in single_rows.either([_on(roster, row) for row in at])) if asked else (), looks="one person twice", kind="rule", number=len(twins), confirms="same_names" if asked else "")  # fmt: skip


def _blank_answers(roster: Roster, grid: Grid, left: list[Problem]) -> Iterator[ProblemGroup]:
    """Blank cells of a column that is answered by a mark alone: the others mean no."""
    column = "ig_office"
    blank = [one.row or 0 for one in left if one.column == column and one.key == "blank"]
    others = {person.ig_office for person in roster.people} - {None}
    if not blank or False in others or column not in grid.slots:
        return
    question = f"{column}: {len(blank):,} cells are blank{', the others say yes' if others else ''}. Read blank as no?"
    offer = Offer(f"{column}:blank", question, (("", "no"),), (Reading(kind="blank", column=column, take="no"),))
    places = tuple((row, column) for row in blank)
    left[:] = [one for one in left if not (one.column == column and one.row in set(blank))]
    yield ProblemGroup(f"{column}:blank", f"{column}: {len(blank):,} needed cells are blank", COLUMNS[column].fix, places, offers=(offer,),
                looks="answers left out where they are no", kind="blank")  # fmt: skip


def alike(left: Sequence[Problem]) -> Iterator[ProblemGroup]:
    """Like findings as one, without a repair of all: each cell is looked at."""
    kinds: dict[tuple[str, str, str, str, str], list[Problem]] = {}
    for one in left:
        text = f"{one.reason}\n{one.fix}"
        alike = text if one.row is None else shape(text)
        kinds.setdefault((one.file, one.column or "", alike, one.severity, one.rests_on), []).append(one)
    for number, ((file, column, _, severity, rests_on), found) in enumerate(kinds.items(), 1):
        places = tuple((one.row, one.column or "") for one in found if one.row is not None)
        first = found[0]
        where = f"{column}: " if column else ""
        reason, fix = _together(found)
        beside = file if file not in ("roster", FILE) else ""
        where = f"{beside}{', ' if where else ': '}{where}" if beside else where
        if beside and places:
            reason = f"{reason} ({_rows_beside(found)})"
        yield ProblemGroup(f"{column or file}:look-{number}", f"{where}{reason}", fix,
                    places if file == "roster" else (), severity, looks=reason, kind="blank" if first.key in ("blank", "not rated") else "rule",
                    rests_on=(rests_on,) if rests_on else (), file=beside, number=len(found))  # fmt: skip


def _rows_beside(found: Sequence[Problem]) -> str:
    """The rows of a list beside the roster, each with the number of its person where the problem names it."""
    whose = {one.row: one.person for one in found if one.row is not None}
    return numbered(tuple(whose), whose=whose.__getitem__)


def _together(found: Sequence[Problem]) -> tuple[str, str]:
    """The reason and the advice of like findings; where numbers differ, the first as an example, and each with its rows."""
    first = found[0]
    if len({(one.reason, one.fix) for one in found}) == 1:
        return first.reason, first.fix
    one_fix = len({one.fix for one in found}) == 1
    rows: dict[str, list[int]] = {}
    for one in found:
        said = one.reason if one_fix else f"{one.reason}: {one.fix[:1].lower()}{one.fix[1:].rstrip('.')}"
        rows.setdefault(said, []).append(one.row or 0)
    listed = [f"{said} ({numbered(tuple(at))})" for said, at in rows.items()]
    left = len(listed) - _MOST_VALUES
    more = f"; and {number_of(left, 'more like these', 'more like these')}" if left > 0 else ""
    each = f"Row by row: {'; '.join(listed[:_MOST_VALUES])}{more}."
    return f"for example, {first.reason}", f"{first.fix} {each}" if one_fix else each
