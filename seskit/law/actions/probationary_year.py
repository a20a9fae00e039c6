"""The probationary period: its last day, what lengthens it, and what makes the appointment final."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any, Literal

from seskit.formats.counts import number_of
from seskit.law import closed_days, parameters
from seskit.law.action_facts import Criterion, in_order
from seskit.law.answers import Answer
from seskit.law.checks import opposite, sentence, unknown
from seskit.law.clocks import add_days, add_working_days, not_to_exceed
from seskit.law.facts import AsOf, Day, Fact, FactError, Whole, YesNo
from seskit.law.question import question
from seskit.law.result import CannotTell, Result, Working

SUBJECT = "staffing"

CREDIT = "5 CFR 317.503(d)"
Left = Literal["other", "presidential appointment", "reemployment right", "military duty or injury"]


class Probation(Answer):
    """When probation ends, and what it still needs."""

    years: Annotated[int, Fact("Length", unit="years")]
    anniversary: Annotated[date | None, Fact("Anniversary")]
    last_day: Annotated[date | None, Fact("Last day", "Null: cannot tell.")]
    days_left: Annotated[int | None, Fact("Days left", unit="days")]
    status: Annotated[str | None, Fact("Status")]
    missing: Annotated[list[str], Fact("Still needed or not known")]
    doubt: Annotated[str, Fact("The other reading", "Empty: none.")]


@question("5 U.S.C. 3393(d); 5 CFR 317.503; 10 U.S.C. 1599e (2015 to 2022)")
def probation(
    as_of: Annotated[AsOf | None, Fact("As-of date", "Needed for the status and the days left.")] = None,
    *,
    appointed_on: Annotated[Day, Fact("Initial career appointment", "Effective date.", happened=True)],
    department_of_defense: Annotated[
        YesNo, Fact("Department of Defense", "Two years, 2015-11-26 to 2022-12-30.")
    ] = False,
    extended_to: Annotated[Day | None, Fact("Extended by the Secretary of Defense to", "Two-year cases only.")] = None,
    nonpay_days: Annotated[Whole, Fact("Calendar days without pay", unit="days")] = 0,
    nonpay_workdays: Annotated[
        Whole | None, Fact("Workdays without pay", "In place of calendar days, if counted so.", "days")
    ] = None,
    military_or_injury_days: Annotated[
        Whole, Fact("Calendar days on military duty or with compensable injury", unit="days")
    ] = 0,
    restored_without_break: Annotated[
        YesNo | None, Fact("Restored from it without any other break", "Decides whether those days count.")
    ] = None,
    transferred_on: Annotated[Day | None, Fact("Transfer to another agency's SES", happened=True)] = None,
    lengthening: Annotated[
        Literal["excess", "whole"],
        Fact("Time without pay lengthens by", "The excess over the days that count, or the whole absence."),
    ] = "excess",
    assessed: Annotated[YesNo | None, Fact("Performance in probation was assessed")] = None,
    certified: Annotated[YesNo | None, Fact("The appointing authority certified the performance")] = None,
    criterion: Criterion = None,
    development_covered: Annotated[
        YesNo | None, Fact("The assessment covers the promised development", "Criterion C.")
    ] = None,
) -> Result[Probation]:
    """When does SES probation end, and is the appointment final?

    One year from the effective date (two in Defense for some years), time without pay beyond 30 calendar days added;
    final only with assessment and certification (5 CFR 317.503). `answer` holds `years`, `anniversary`, `last_day`,
    `days_left` (counting the as-of date; null without one), `status` (running, not final, final; null: cannot tell),
    `missing`, and `doubt`, the last day by the other reading of time without pay.
    """
    in_order(appointed_on, transferred_on, "transferred_on", "the appointment")
    work = Working(as_of or appointed_on)
    if as_of and as_of < appointed_on:
        work.caution(f"On {as_of} the appointment of {appointed_on} is not in effect yet.")
    elif as_of and max(nonpay_days, nonpay_workdays or 0) > (as_of - appointed_on).days:
        work.caution(f"More days without pay are stated than lie between {appointed_on} and {as_of}; check both.")
    years = _years(work, appointed_on, department_of_defense)
    base = not_to_exceed(appointed_on, 12 * years)
    last_day: date | None
    work.note(
        f"{'One year' if years == 1 else f'{years} years'} from {appointed_on}.", "5 U.S.C. 3393(d); 5 CFR 317.503(c)"
    )
    last_day, doubt = _lengthened(work, appointed_on, base, nonpay_days, nonpay_workdays, lengthening)
    if military_or_injury_days:
        last_day = _restored(work, last_day, military_or_injury_days, restored_without_break)
    if transferred_on:
        work.note(f"Service after the transfer on {transferred_on} counts; no new probation.", CREDIT)
    if extended_to:
        last_day = _extended(work, years, last_day, extended_to)
    status, missing = None, _missing(work, assessed, certified, criterion, development_covered)
    if last_day is None:
        says = "Cannot tell the last day: it turns on the restoration."
    else:
        work.note(
            f"The last day is {last_day}, the day before the anniversary; part 317 does not say which of the two.",
            "5 CFR 317.503(c)",
            basis="design",
        )
        status = _status(as_of, appointed_on, last_day, missing)
        says = f"Probation ends on {last_day}." + (f" Status: {status}." if status else "")
    if missing:
        says += f" Still needed or not known: {', '.join(missing)}."
    answer = Probation(
        years=years,
        anniversary=last_day + timedelta(days=1) if last_day else None,
        last_day=last_day,
        days_left=max((last_day - as_of).days + 1, 0) if last_day and as_of else None,
        status=status,
        missing=list(missing),
        doubt=doubt,
    )
    return work.answer(answer, CannotTell(says) if last_day is None else says)


def _years(work: Working, appointed_on: date, defense: bool) -> int:
    two = work.recorded("staffing.probation.defense_years", appointed_on) if defense else None
    if two is None:
        return int(work.figure("staffing.probation.years", appointed_on))
    work.note("Department of Defense appointments of these years serve two years.", "10 U.S.C. 1599e")
    ended = parameters.last_change("staffing.probation.defense_years")
    if not_to_exceed(appointed_on, 12 * int(two)) >= ended:
        work.caution(
            f"The two-year rule ended on {ended} (day recalled). Whether those still in their second year were "
            "released then was not found; ask the component."
        )
    return int(two)


def _lengthened(
    work: Working, start: date, base: date, days: int, workdays: int | None, reading: str
) -> tuple[date, str]:
    """The last day with time without pay added, and what it would be by the other reading; empty where they agree."""
    if workdays is not None and days:
        raise FactError("nonpay_workdays: give calendar days or workdays without pay, not both.")
    in_workdays = workdays is not None
    absent = workdays if workdays is not None else days
    if not absent:
        return base, ""
    free = int(work.figure(f"staffing.probation.nonpay_{'workdays' if in_workdays else 'days'}", start))
    unit = "workdays" if in_workdays else "calendar days"
    if absent <= free:
        work.test(True, f"{absent} {unit} without pay count; up to {free} do.", CREDIT)
        return base, ""
    add = add_working_days if in_workdays else add_days
    both = {"excess": add(base, absent - free), "whole": add(base, absent)}
    added = absent - free if reading == "excess" else absent
    work.note(
        f"{absent} {unit} without pay; {free} count, so {number_of(added, unit[:-1])} {'is' if added == 1 else 'are'} added.",
        CREDIT,
        basis="design",
    )
    if in_workdays:
        closed_days.caution(work, base, added)
    other = "whole" if reading == "excess" else "excess"
    what = "the whole absence" if other == "whole" else "only the excess"
    work.caution(f"The rule can be read otherwise: adding {what}, the last day would be {both[other]}.")
    return both[reading], f"adding {what}, {both[other]}"


def _restored(work: Working, last_day: date, days: int, restored: bool | None) -> date | None:
    work.test(
        restored,
        f"{number_of(days, 'day')} of military duty or injury count in full on restoration without another break.",
        CREDIT,
    )
    if restored is None:
        return None
    if not restored:
        work.caution("There was another break: check whether probation starts over (staffing.probation_after_break).")
        return None
    return last_day


def _extended(work: Working, years: int, last_day: date | None, extended_to: date) -> date | None:
    if years == 1:
        raise FactError("extended_to: only a two-year probation in the Department of Defense could be extended.")
    if last_day and extended_to < last_day:
        raise FactError(f"extended_to: {extended_to} is before the last day, {last_day}; an extension ends later.")
    work.note(f"Extended by the Secretary to {extended_to}.", "10 U.S.C. 1599e")
    return extended_to if last_day else None


def _missing(
    work: Working, assessed: bool | None, certified: bool | None, criterion: str | None, covered: bool | None
) -> dict[str, bool | None]:
    steps = {"assessment": assessed, "certification by the appointing authority": certified}
    if criterion == "C":
        steps["assessment of the promised development"] = covered
    for name, done in steps.items():
        law = "5 CFR 317.503(b)" if "development" in name else "5 CFR 317.503(a)"
        work.test(done, f"{name.capitalize()}: needed before the appointment is final.", law)
    if criterion is None and all(steps.values()):
        work.assume(
            "The case was not under criterion C, whose promised development is assessed, too.", "5 CFR 317.503(b)"
        )
    return {name: done for name, done in steps.items() if not done}


def _status(as_of: date | None, start: date, last_day: date, missing: dict[str, bool | None]) -> str | None:
    if as_of is None or as_of < start:
        return None
    if as_of <= last_day:
        return "running"
    if False in missing.values():
        return "not final"
    return None if missing else "final"


class ProbationAgain(Answer):
    """Whether probation starts again after a break."""

    new_period: Annotated[bool | None, Fact("A new period starts", "Null: cannot tell.")]
    last_day: Annotated[date | None, Fact("Last day", "Null: the days served are not known.")]


@question("5 CFR 317.503(d), (g)")
def probation_after_break(
    as_of: Annotated[AsOf | None, Fact("As-of date", "May be left out: the dates below decide.")] = None,
    *,
    left_on: Annotated[Day, Fact("Left the SES during probation", "Last day in the SES.")],
    returned_on: Annotated[Day, Fact("Returned to a career SES appointment")],
    served_days: Annotated[Whole | None, Fact("Days of probation served before leaving", unit="days")] = None,
    reason: Annotated[Left | None, Fact("Left for")] = None,
    without_break: Annotated[YesNo | None, Fact("Left without a break for it, and no other break")] = None,
) -> Result[ProbationAgain]:
    """Does someone who left the SES during probation start it again?

    After more than 30 calendar days out, a new year without credit, unless the person left for a Presidential
    appointment, work with a reemployment right, or military duty or injury (5 CFR 317.503(g)). `answer` holds
    `new_period` (null: cannot tell) and `last_day` of the year (null where the days served are not known).
    """
    in_order(left_on, returned_on, "returned_on", "the day the SES was left")
    work = Working(as_of or returned_on)
    longest = int(work.figure("staffing.probation.break_days", returned_on))
    out = (returned_on - left_on).days - 1
    new: bool | None = out > longest
    work.test(
        new, f"Out of the SES for {number_of(out, 'day')}; more than {longest} start a new period.", "5 CFR 317.503(g)"
    )
    if new and reason != "other":
        kept = None if reason is None else without_break
        work.test(kept, f"An exception keeps the time served; left for: {reason or 'not known'}.", "5 CFR 317.503(g)")
        new = opposite(kept)
    facts = {"whether the person left without a break": without_break} if reason else {"why the SES was left": None}
    full = not_to_exceed(returned_on, 12 * int(work.figure("staffing.probation.years", returned_on)))
    last_day: Any = full if new else None
    if new is False and served_days is not None:
        last_day = max(full - timedelta(days=served_days), returned_on)
        work.note(f"{number_of(served_days, 'day')} served are credited.", "5 CFR 317.503(d), (g)", basis="design")
    says = sentence(new, f"A new year is served, to {full}.", "Only the remainder is served.", unknown(facts))
    return work.answer(ProbationAgain(new, last_day), says)
