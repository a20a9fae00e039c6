"""What the headings of a roster leave open: amounts that may be the awards, and one pay column for two days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from operator import attrgetter

from seskit.formats.cell_names import letters
from seskit.formats.counts import number_of, rows_of
from seskit.formats.days import long_date
from seskit.formats.two_ways import two_ways
from seskit.record.agency import Agency, Plan
from seskit.record.problem import Problem
from seskit.record.roster import Roster, award_headings, leaving_headings, origin, speaking_against
from seskit.record.roster.columns import canonical
from seskit.record.roster.heading_times import ReportDays, of_agency, of_another_time, stands_before
from seskit.record.roster.speaking_against import Against
from seskit.record.roster.usual_headings import PAYS
from seskit.work.report.forms import base_day

_number, _name = attrgetter("person_id"), attrgetter("name")
#: How many rows a question names.
_MOST_ROWS = 8
#: What to do with a heading beside the awards.
BESIDE = (
    "Say whether it holds performance awards: write its amounts into award if it does, or confirm that it is not used."
)
#: What to do with a heading that speaks against what is read.
AGAINST = "If it is right, correct those rows, or read this column instead. If it means something else, confirm that it is not used."
_LATER = "Check that it holds what became final for this report."
_NOBODY = "Remove the row; or, where it is a person, write the number and the name of that person."
_OFFICE = "Write the office into the row."
_SAY_MONTH = (
    two_ways(
        "Write in agency.yaml in which month the awards are paid, or that there are none.",
        "Press 'Change dates and plans', and say in which month the awards are paid, or that there are none.",
    )
    + " Only if the days then differ, add a column with the rate of the other day."
)
_UNHEADED = (
    "In your own file, correct those rows and remove the column, or give it a heading, all of it in one row; then confirm that it is "
    "not used."
)
_SAY_AWARD = two_ways(
    "Write the heading of the performance awards under columns: award in people.yaml, or under unused: those that are none, "
    "and read the export again with `seskit import people`.",
    "Read the export again with 'Read an export': say which heading holds the performance awards, or that none does.",
)


def problems(agency: Agency, roster: Roster) -> Iterator[Problem]:
    """An error for each: awards that would be lost without a word, and a rate of one day taken for another."""
    for heading in may_hold_awards(agency, roster):
        paying = _paying(agency)
        lack = "blank in every row" if has_award(roster) else "missing"
        reason = (
            f"holds amounts of money and is not used, the column award is {lack}{f', and {paying}' if paying else ''}"
        )
        does = "put its amounts into award" if has_award(roster) else "name it award"
        fix = f"Say whether it holds the performance awards: {does} if it does, or confirm that it is not used."
        yield Problem(roster.header_row, heading, heading, reason, fix)
    for heading, many in beside_awards(roster, of_agency(agency)).items():
        reason = (
            f"holds amounts of money for {number_of(many, 'person', 'people')} whose award is blank, and is not used"
        )
        yield Problem(roster.header_row, heading, heading, reason, BESIDE)
    for one in against(agency, roster):
        yield Problem(roster.header_row, one.heading, one.heading, f"is not used, and {one.says}", AGAINST)
    for heading, column in roster.headings:
        if column and (word := of_another_time(column, heading, of_agency(agency))):
            reason = f"is read as {column}, and its heading says '{word}'; the report is for fiscal year {agency.fiscal_year}"
            yield Problem(roster.header_row, heading, heading, reason, _LATER, "warning")
    told = chain(map(_number, roster.people), dict.fromkeys(map(_name, roster.people)))
    for person in roster.people if speaking_against.of_nobody(*filter(None, told)) else ():
        if speaking_against.of_nobody(person.person_id or "", person.name or ""):
            yield Problem(person.row, "person_id", "", "the number or the name says that the row is of nobody", _NOBODY)
    columns = {column for _, column in roster.headings}
    if "component" in columns and "ig_office" not in columns:
        for place in speaking_against.below_inspector([person.component or "" for person in roster.people]):
            if not roster.people[place].ig_office:
                reason = "is blank below one that names an Inspector General office, and the row counts in none"
                yield Problem(roster.people[place].row, "component", "", reason, _OFFICE)
    for place, cells in roster.unheaded.items():
        if said := speaking_against.without_heading(cells):
            column = f"column {letters(place)}"
            yield Problem(roster.people[said[0][0]].row, column, "", said[1], _UNHEADED)
    if roster.awards_in_export and not has_award_values(roster):
        listed = " and ".join(f"'{heading}'" for heading in roster.awards_in_export)
        reason = f"says that the export has amounts under {listed}, and no award is on the roster"
        yield Problem(None, None, "", reason, _SAY_AWARD, file=origin.FILE)
    if one_for_two_days(agency, roster):
        read = f"the heading '{roster.one_pay}' is read as both pay columns, and"
        if any(base_day(plan) is None for plan in _compared(agency)):
            reason = f"{read} it is not known yet whether they are for the same day: {days(agency)}"
            yield Problem(None, "basic_pay_period_end", "", reason, _SAY_MONTH)
        else:
            reason = f"{read} they are not for the same day: {days(agency)}"
            yield Problem(None, "basic_pay_period_end", "", reason, "Add a column with the rate of the other day.")


def may_hold_awards(agency: Agency | None, roster: Roster) -> list[str]:
    """The headings that are not used and hold amounts like awards, where no column holds any.

    A heading that only its amounts give away is one where awards are paid; one that is named for them is one beside a
    column award that is blank in every row. Without such a column it is the header's own error.
    """
    if agency is None or has_award_values(roster):
        return []
    beside, paying = has_award(roster), bool(_paying(agency))
    return [
        heading for heading, cells in roster.extra.items()
        if canonical(heading) not in roster.not_used
        and ((paying and award_headings.only_by_amounts(heading, cells)) or (beside and (award_headings.amounts(heading, cells) or award_headings.may_hold([(heading, cells)]))))
    ]  # fmt: skip


def beside_awards(roster: Roster, report: ReportDays | None) -> dict[str, int]:
    """The headings named for the awards that are not used, with how many people have an amount there and no award."""
    if not roster.extra:
        return {}
    without = [place for place, person in enumerate(roster.people) if person.award is None]
    if len(without) == len(roster.people):
        return {}
    used = next((heading for heading, column in roster.headings if column == "award"), "")
    found = {
        heading: award_headings.amounts(heading, [cells[place] for place in without])
        for heading, cells in roster.extra.items()
        if canonical(heading) not in roster.not_used and len(cells) == len(roster.people)
        and not stands_before(heading, used, report)
    }  # fmt: skip
    return {heading: many for heading, many in found.items() if many}


def one_for_two_days(agency: Agency, roster: Roster) -> bool:
    """Whether both rates of everybody were read from one heading, though they are for two days."""
    alike = (person.basic_pay_fy_end == person.basic_pay_period_end for person in roster.people)
    return bool(roster.one_pay) and not same_day(agency) and all(alike)


def against(agency: Agency | None, roster: Roster) -> list[Against]:
    """The headings that are not used and speak against what is read, each once; none that is asked about as the awards."""
    if not roster.extra:
        return []
    report = of_agency(agency) if agency else None
    asked = {*may_hold_awards(agency, roster), *beside_awards(roster, report)}
    extra = {
        head: cells for head, cells in roster.extra.items() if len(cells) == len(roster.people) and head not in asked
    }
    if not extra:
        return []
    heads = {column: head for head, column in roster.headings if column}
    read = {
        column: (
            heads[column],
            ["" if (held := getattr(person, column)) is None else str(held) for person in roster.people],
        )
        for column in ("rating", "award", "appointment_type", *PAYS)
        if column in heads
    }
    said = speaking_against.of_all(extra, read, roster.not_used, report)
    said += _came_later(agency, roster, extra) if agency else ()
    return [replace(one, says=f"{one.says}{_in_rows(one, roster)}") if one.of_people else one for one in said]


def _in_rows(one: Against, roster: Roster) -> str:
    return f" ({rows_of([roster.people[place].row for place in one.places], _MOST_ROWS)})"


def _came_later(agency: Agency, roster: Roster, extra: Mapping[str, Sequence[str]]) -> Iterator[Against]:
    """Headings that say of somebody to have come after a day for which the roster has a rate."""
    counted = {plan.id: {PAYS[0]: base_day(plan), PAYS[1]: plan.period_end} for plan in agency.plans}
    rated = [
        [
            day
            for column, day in counted.get(person.plan or "", {}).items()
            if day and getattr(person, column) is not None
        ]
        for person in roster.people
    ]
    for heading, cells in extra.items():
        came = leaving_headings.entering(heading, cells) if canonical(heading) not in roster.not_used else []
        if places := leaving_headings.came_after(came, rated):
            many = number_of(len(places), "person", "people")
            out = all(day < on for place in places if (on := came[place]) for day in rated[place])
            yield Against(heading, places, leaving_headings.CAME_AFTER.format(many), out=out)


def has_award(roster: Roster) -> bool:
    """Whether a column is read as the awards, whatever it holds."""
    return "award" in [column for _, column in roster.headings]


def has_award_values(roster: Roster) -> bool:
    """Whether a cell of the awards holds anything, readable or not."""
    return has_award(roster) and (
        any(person.award is not None for person in roster.people)
        or any(column == "award" for _, column in roster.bad_cells)
    )


def _paying(agency: Agency) -> str:
    """Which plans paid awards, as agency.yaml says; empty where none did."""
    paying = [plan.id for plan in agency.plans if plan.awards.status == "paid"]
    return (
        f"agency.yaml says that {'plan' if len(paying) == 1 else 'plans'} {', '.join(paying)} paid awards"
        if paying
        else ""
    )


def same_day(agency: Agency) -> bool:
    """Whether both pay columns are for one day in every plan that pays awards."""
    compared = _compared(agency)
    return bool(compared) and all(base_day(plan) == plan.period_end for plan in compared)


def days(agency: Agency) -> str:
    """Which day each pay column is for, plan by plan."""
    return "; ".join(
        f"plan {plan.id}: basic_pay_fy_end is for {_day(plan)}, basic_pay_period_end for {long_date(plan.period_end)}"
        for plan in _compared(agency)
    )


def _compared(agency: Agency) -> list[Plan]:
    return [plan for plan in agency.plans if plan.awards.status != "none"] or list(agency.plans)


def _day(plan: Plan) -> str:
    on = base_day(plan)
    return long_date(on) if on else "September 30 before the fiscal year in which the awards are paid, not known yet"
