"""The appraisal period: its yearly cycle, minimum length, reviews on the way, details and job changes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from seskit.formats.counts import number_of
from seskit.law import parameters
from seskit.law.answers import Answer
from seskit.law.appraisal.reviewers import MAY_NOT, reviewer_may
from seskit.law.checks import Check, Checks, at_least, every, sentence, unknown
from seskit.law.clocks import LEAP_YEAR, add_days, add_years
from seskit.law.facts import AsOf, Day, Fact, FactError, PeriodStart, Whole, YesNo
from seskit.law.question import question
from seskit.law.result import CannotTell, Result, Working

PeriodEnd = Annotated[Day | None, Fact("Last day of the appraisal period", "Left out: one year less a day.")]
PlanName = Annotated[Literal["agency", "basic-2012", "basic-2025"], Fact("Plan in use")]
RULE = "5 CFR 430.304"
_MOVED = "5 CFR 430.307(b) to 2015-10-25, 430.310 from 2015-10-26"
_REVIEW = "5 CFR 430.308 to 2015-10-25, 430.309 from 2015-10-26"
_RECORDS = "5 CFR 430.311 to 2015-10-25, 430.313 from 2015-10-26"


def _period_end(work: Working, start: date, end: date | None) -> date:
    if end is None:
        work.note("The law sets no dates for the period; one year is taken.", RULE, basis="design")
        return add_years(start, 1) - timedelta(days=1)
    if end < start:
        raise FactError(f"period_end: {end} is before the first day, {start}.")
    _doubt_length(work, start, end)
    return end


def _doubt_length(work: Working, start: date, end: date) -> None:
    """Say so where a period is longer than a year, in which each executive is appraised at least once."""
    if (days := days_counted(start, end)) > LEAP_YEAR:
        work.caution(
            f"{number_of(days, 'day')} is more than a year, and each executive is appraised at least once a year "
            "(5 U.S.C. 4314(b)(1)(A)): check both days."
        )


def days_counted(first: date, last: date) -> int:
    """Days from first to last, both counted."""
    return (last - first).days + 1


class CycleStep(Answer):
    """One step of the appraisal year."""

    step: Annotated[int, Fact("Step")]
    title: Annotated[str, Fact("Title")]
    owner: Annotated[str, Fact("Owner")]
    needs: Annotated[str, Fact("Needs")]
    gives: Annotated[str, Fact("Gives")]
    timing: Annotated[str, Fact("Timing")]
    first_day: Annotated[date | None, Fact("First day", "Null: not fixed.")]
    last_day: Annotated[date | None, Fact("Last day", "Null: not fixed.")]
    count: Annotated[str | None, Fact("How many, or how long", "Left out where nothing is counted.")] = None


@question("5 U.S.C. 4312-4314; 5 CFR part 430, subpart C")
def cycle(
    as_of: PeriodStart,
    *,
    period_end: PeriodEnd = None,
    plan: PlanName = "agency",
    response_days: Annotated[Whole | None, Fact("Days for a written response", "The agency's rule.", "days")] = None,
    annual_ratings_on: Annotated[
        Day | None, Fact("Annual summary ratings issued on", after=("as_of", "period_end"))
    ] = None,
) -> Result[Annotated[list[CycleStep], Fact("Steps of the year", "One row for each, in order.")]]:
    """What happens in the appraisal year, who owns each step, and by when?

    Sixteen steps from goals to records (5 U.S.C. 4312-4314; 5 CFR part 430, subpart C). `answer` lists the steps with
    owner, what each needs and gives, its timing in words, and the first and last day where one is fixed.
    """
    work = Working(as_of)
    end = _period_end(work, as_of, period_end)
    fixed = _fixed_days(work, as_of, end, annual_ratings_on)
    counts = _counts(work, plan, response_days, end)
    rows = []
    for path in parameters.paths("appraisal.cycle"):
        found = parameters.recorded(path, as_of)
        if found is None:
            continue
        number = int(path.rsplit("S", 1)[1])
        first, last = fixed.get(number, (None, None))
        rows.append(CycleStep(number, **found.value, first_day=first, last_day=last, count=counts.get(number) or None))
        count = f"; {counts[number]}" if counts.get(number) else ""
        timing = (
            f"{found.value['title']}, by {found.value['owner']}: {found.value['timing']}{_span(first, last)}{count}."
        )
        work.note(timing, found.citation, basis=found.confidence)  # type: ignore[arg-type]
    if annual_ratings_on is None:
        work.caution("Without the day of the annual ratings the last day for keeping records cannot be determined.")
    return work.answer(rows, f"The appraisal year {as_of} to {end} has {number_of(len(rows), 'step')}.")


def _fixed_days(
    work: Working, start: date, end: date, rated_on: date | None
) -> dict[int, tuple[date | None, date | None]]:
    least = int(work.figure("appraisal.period.minimum_days"))
    years = int(work.figure("appraisal.period.record_years"))
    return {
        1: (None, start),
        2: (None, start),
        3: (start, end),
        4: (start, end),
        8: (max(end, add_days(start, least - 1)) + timedelta(days=1), None),
        12: (rated_on, rated_on),
        16: (rated_on, add_years(rated_on, years) if rated_on else None),
    }


def _span(first: date | None, last: date | None) -> str:
    if first and last:
        return f" ({first})" if first == last else f" ({first} to {last})"
    return f" (from {first})" if first else f" (by {last})" if last else ""


def _counts(work: Working, plan: str, response_days: int | None, end: date) -> dict[int, str]:
    """How many or how long, by step."""
    due = parameters.recorded("report.due_days", end)
    return {
        4: f"at least {_reviews(work, plan)}",
        5: f"owed for {work.figure('appraisal.period.detail_days')} days or more",
        9: "the agency sets the days" if response_days is None else f"{response_days} days by the agency's rule",
        15: f"within {due.value} days" if due else "",
        16: f"at least {work.figure('appraisal.period.record_years')} years",
    }


def _reviews(work: Working, plan: str) -> int:
    if plan == "agency":
        return int(work.figure("appraisal.period.progress_reviews"))
    return int(work.figure(f"appraisal.{plan.replace('-', '_')}.progress_reviews"))


class MinimumPeriod(Answer):
    """Whether the minimum appraisal period is complete."""

    days: Annotated[int | None, Fact("Days under the plan", unit="days")]
    rate: Annotated[bool | None, Fact("The executive may be rated", "Null: cannot tell.")]
    earliest_end: Annotated[date, Fact("First period end that meets the minimum")]


@question("5 CFR 430.304 and 430.308(e) (2000 rule), 430.309 (2015 rule)")
def minimum_period(
    as_of: Annotated[AsOf, Fact("Day the plan took effect", "For this executive in this position.")],
    *,
    period_end: Annotated[Day | None, Fact("Last day of the period")] = None,
    ends_early: Annotated[YesNo, Fact("Period is ended early")] = False,
    adequate_basis: Annotated[YesNo | None, Fact("Adequate basis to rate")] = None,
    promotes_effectiveness: Annotated[
        YesNo | None, Fact("Shorter period promotes effectiveness", "Asked from 2015-10-26.")
    ] = None,
) -> Result[MinimumPeriod]:
    """Is the minimum appraisal period complete, so that the executive may be rated?

    At least 90 days under the plan, counting the first and the last; a shorter period is extended, not skipped, and may
    end early only after the minimum with an adequate basis (5 CFR 430.304, 430.308(e)). `answer` holds the days,
    whether to rate (null: cannot tell) and the first period end that meets the minimum.
    """
    work = Working(as_of)
    least = int(work.figure("appraisal.period.minimum_days"))
    earliest = add_days(as_of, least - 1)
    if period_end is None:
        work.test(None, "The last day of the period is not known.", RULE)
        return work.answer(
            MinimumPeriod(days=None, rate=None, earliest_end=earliest), CannotTell("Cannot tell: no last day is given.")
        )
    if period_end < as_of:
        raise FactError(f"period_end: {period_end} is before the plan took effect on {as_of}.")
    days = days_counted(as_of, period_end)
    _doubt_length(work, as_of, period_end)
    checks = Checks(work, [Check(days >= least, f"{number_of(days, 'day')} under the plan; {least} are needed.", RULE)])
    enough = checks.passes
    if enough and ends_early:
        needs, law = "whether there is an adequate basis to rate", "5 U.S.C. 4314(b)(1)(D)"
        checks.add(Check(adequate_basis, "There is an adequate basis to rate.", law, needs=needs))
        if parameters.figure("appraisal.regime.rule", as_of).value == "2015-rule":
            text, needs = (
                "The shorter period promotes effectiveness.",
                "whether the shorter period promotes effectiveness",
            )
            checks.add(Check(promotes_effectiveness, text, RULE, needs=needs))
    if not enough:
        work.note(
            f"Extend the period to {earliest} or later, then rate; last year's rating is not carried over.",
            "5 CFR 430.308(e) to 2015-10-25, 430.309 from 2015-10-26",
        )
    short = f"Too short by {number_of(least - days, 'day')}: extend to {earliest}."
    says = checks.told("The executive may be rated.", "The period cannot end early." if enough else short)
    return work.answer(MinimumPeriod(days, checks.passes, earliest), says)


class ProgressReviews(Answer, verdict="lawful"):
    """Whether the progress reviews of a period were held."""

    needed: Annotated[int, Fact("Reviews needed")]
    held: Annotated[int | None, Fact("Reviews that count", "Null: not known.")]
    quarters_without: Annotated[list[int], Fact("Quarters without a review")]
    lawful: Annotated[bool | None, Fact("The regulation's review was held", "Null: cannot tell.")]
    passes: Annotated[bool | None, Fact("All reviews asked for were held", "Null: cannot tell.")]


@question("5 CFR 430.306 (2000 rule), 430.307 (2015 rule); part 2 of the basic plan")
def progress_review(
    as_of: PeriodStart,
    *,
    period_end: PeriodEnd = None,
    plan: PlanName = "agency",
    reviews: Annotated[list[Day] | None, Fact("Progress reviews held on", "A list of dates.")] = None,
    agency_minimum: Annotated[Whole, Fact("Agency's own minimum", "Where the agency asks for more.", "count")] = 0,
    last_quarter: Annotated[
        Literal["review", "appraisal"], Fact("Last quarter is met by", "Asked of the quarterly plan of 2025.")
    ] = "appraisal",
    timing: Annotated[
        Literal["in order", "inside the quarter"],
        Fact("Quarterly reviews are held", "Our reading either way: no rule says that each falls inside its quarter."),
    ] = "in order",
) -> Result[ProgressReviews]:
    """Were the progress reviews of this period held?

    At least one in the period by regulation (5 CFR 430.306 and 430.307); four panels on the form of 2025, more where the
    agency asks. A progress review is not a rating. `answer` holds how many are needed, how many count, the quarters
    without one, whether the regulation's one was held (`lawful`), and whether all asked for were (null: cannot tell).
    """
    work = Working(as_of)
    end = _period_end(work, as_of, period_end)
    by_rule = int(work.figure("appraisal.period.progress_reviews"))
    quarterly = plan == "basic-2025"
    needed = _needed(work, plan, agency_minimum, quarterly and last_quarter == "appraisal")
    if quarterly:
        other = "review" if last_quarter == "appraisal" else "appraisal"
        work.caution(
            f"The {last_quarter} is taken to serve the last quarter; with the other reading (last_quarter={other}) "
            f"{'one more' if other == 'review' else 'one less'} is needed."
        )
    law = "5 CFR 430.306 to 2015-10-25, 430.307 from 2015-10-26"
    if reviews is None:
        work.test(None, f"{needed} needed; the reviews are not known.", law)
        unknown = ProgressReviews(needed=needed, held=None, quarters_without=[], lawful=None, passes=None)
        return work.answer(unknown, CannotTell("Cannot tell: the dates of the reviews are not known."))
    inside = sorted({day for day in reviews if as_of <= day <= end})
    for day in sorted(set(reviews) - set(inside)):
        work.note(f"The review of {day} is outside the period and does not count.", law)
    lawful = work.test(
        len(inside) >= by_rule, f"{len(inside)} held in the period; the regulation asks for {by_rule}.", law
    )
    enough = lawful and len(inside) >= needed
    if needed > by_rule:
        text = f"{len(inside)} held in the period; plan and agency ask for {needed}."
        enough = len(inside) >= needed
        asked_by = "part 2 of the plan form; the agency's own rule"
        work.note(text, asked_by, "met" if enough else "not met", "design", decides=True)
    missing = _quarters_without(as_of, end, inside, last_quarter) if quarterly else []
    in_time = not missing or timing == "in order"
    if quarterly and timing == "inside the quarter":
        inside_each = "Every quarter has a review inside it."
        own = "our reading of part 2 of the plan of 2025"
        work.note(inside_each, own, "met" if in_time else "not met", "design", decides=True)
    elif missing:
        work.note(
            f"No review falls inside quarter {', '.join(map(str, missing))}; no rule asks for that "
            "(timing='inside the quarter' does).",
            "our reading of part 2 of the plan of 2025",
            basis="design",
        )
    passes = lawful and enough and in_time
    says = "The progress reviews were held." if passes else "Progress reviews are missing."
    if lawful and not passes:
        says = "The review of the regulation was held; of those that plan or agency ask for, some are missing."
    found = ProgressReviews(needed=needed, held=len(inside), quarters_without=missing, lawful=lawful, passes=passes)
    return work.answer(found, says)


def _needed(work: Working, plan: str, agency_minimum: int, appraisal_serves: bool) -> int:
    """The reviews plan and agency ask for; the appraisal may stand in for the last panel of the plan."""
    panels = _reviews(work, plan)
    if not appraisal_serves:
        return max(panels, agency_minimum)
    return agency_minimum if agency_minimum > panels else panels - 1


def _quarters_without(start: date, end: date, inside: list[date], last_quarter: str) -> list[int]:
    length = days_counted(start, end)
    seen = {(day - start).days * 4 // length + 1 for day in inside}
    return [number for number in range(1, 5 - (last_quarter == "appraisal")) if number not in seen]


class DetailAppraisal(Answer, verdict="owed"):
    """Whether a detail calls for goals and an appraisal of its own."""

    owed: Annotated[bool | None, Fact("Goals and an appraisal are owed", "Null: cannot tell.")]
    days: Annotated[int | None, Fact("Length", unit="days")]
    goals_by: Annotated[date | None, Fact("Goals set by")]


@question("5 CFR 430.307(b) (2000 rule), 430.310 (2015 rule)")
def detail(
    as_of: Annotated[AsOf, Fact("First day of the detail")],
    *,
    days: Annotated[Whole | None, Fact("Length in days", "First and last day counted.", "days")] = None,
    last_day: Annotated[Day | None, Fact("Last day of the detail", "Instead of the length.")] = None,
    goal_days: Annotated[Whole | None, Fact("Days for setting goals", "The agency's rule.", "days")] = None,
) -> Result[DetailAppraisal]:
    """Does this detail or temporary reassignment call for goals and an appraisal of its own?

    From 120 days on the gaining organization sets goals and appraises in writing, and the initial rating considers it
    (5 CFR 430.307(b) to 2015-10-25, 430.310 from 2015-10-26). `answer` says whether both are owed (null: cannot tell) and by when goals are set.
    """
    work = Working(as_of)
    least = int(work.figure("appraisal.period.detail_days"))
    if last_day and last_day < as_of:
        raise FactError(f"last_day: {last_day} is before the detail began on {as_of}.")
    length = days_counted(as_of, last_day) if last_day else days
    if days is not None and length != days:
        raise FactError(f"days: {days} given, but {as_of} to {last_day} is {length} days; give one of the two.")
    owed = at_least(length, least)
    lasts = "The length is not known" if length is None else f"The detail lasts {length} days"
    work.test(owed, f"{lasts}; from {least} days on an appraisal is owed.", _MOVED)
    by = add_days(as_of, goal_days) if owed and goal_days is not None else None
    yes, no = "The gaining organization owes goals and a written appraisal.", "No separate goals or appraisal are owed."
    says = sentence(owed, yes, no, "the length is not known")
    return work.answer(DetailAppraisal(owed, length, by), says)


class DepartureAppraisal(Answer, verdict="owed"):
    """Whether an executive who changes jobs leaves with an appraisal."""

    owed: Annotated[bool | None, Fact("Appraisal owed", "Null: cannot tell.")]
    in_time: Annotated[bool | None, Fact("Came in time", "Null: cannot tell, or none is owed.")]


@question("5 CFR 430.307(b) (2000 rule), 430.310 (2015 rule)")
def job_change(
    as_of: Annotated[AsOf, Fact("Day the plan took effect", "In the position that is left.")],
    *,
    leaves_on: Annotated[Day | None, Fact("Last day in the position")] = None,
    appraised_on: Annotated[Day | None, Fact("Written appraisal dated")] = None,
) -> Result[DepartureAppraisal]:
    """Does an executive who changes jobs leave with a written appraisal?

    Once the minimum period is complete the losing supervisor appraises in writing before the executive leaves; the
    appraisal travels with the executive and is not a rating (5 CFR 430.307(b) to 2015-10-25, 430.310 from 2015-10-26). `answer` says whether it is
    owed and whether it came in time (null: cannot tell).
    """
    work = Working(as_of)
    least = int(work.figure("appraisal.period.minimum_days"))
    if leaves_on is None:
        work.test(None, "The last day in the position is not known.", _MOVED)
        return work.answer(
            DepartureAppraisal(owed=None, in_time=None), CannotTell("Cannot tell: the last day is not known.")
        )
    if leaves_on < as_of:
        raise FactError(f"leaves_on: {leaves_on} is before the plan took effect on {as_of}.")
    days = days_counted(as_of, leaves_on)
    owed = work.test(days >= least, f"{number_of(days, 'day')} under the plan; owed from {least} on.", _MOVED)
    if not owed:
        return work.answer(
            DepartureAppraisal(owed=False, in_time=None), "No appraisal is owed: the minimum period is not complete."
        )
    in_time = at_least(leaves_on, appraised_on)
    work.test(in_time, f"The written appraisal is due by {leaves_on}.", _MOVED)
    work.note("The appraisal and past ratings travel with the executive.", _MOVED)
    words = {True: "and came in time", False: "and came late", None: f"by {leaves_on}; its date is not known"}[in_time]
    return work.answer(DepartureAppraisal(owed=True, in_time=in_time), f"A written appraisal is owed {words}.")


class HigherLevelReview(Answer, verdict="allowed"):
    """Whether a higher-level review is in time and who may do it."""

    in_time: Annotated[bool | None, Fact("In time", "Null: cannot tell.")]
    owed: Annotated[bool | None, Fact("Review owed", "Null: cannot tell.")]
    reviewer_may_act: Annotated[bool | None, Fact("Reviewer may act", "Null: cannot tell.")]
    allowed: Annotated[bool | None, Fact("Owed, and the reviewer is not barred", "Null: cannot tell.")]


@question("5 U.S.C. 4312(b)(3); 5 CFR 430.308 (2000 rule), 430.309 (2015 rule)")
def higher_level_review(
    as_of: Annotated[AsOf, Fact("Day the review was asked for")],
    *,
    sent_to_board_on: Annotated[Day | None, Fact("Initial rating sent to the board on")] = None,
    not_yet_sent: Annotated[YesNo, Fact("Not yet sent to the board")] = False,
    reports_to_head: Annotated[YesNo | None, Fact("Executive reports to the agency head")] = None,
    reviewer: Annotated[
        Literal["higher_official", "officer", "board_member", "rater", "other"] | None,
        Fact("Reviewer", "officer: active-duty commissioned officer; rater: helped to set the initial rating."),
    ] = None,
    executive_consents: Annotated[
        YesNo | None, Fact("Executive consents", "Asked when the reviewer is an officer.")
    ] = None,
    earlier_reviews: Annotated[Whole, Fact("Reviews already had", "", "count")] = 0,
    agency_allows: Annotated[Whole, Fact("Reviews the agency allows", "One unless it allows more.", "count")] = 1,
) -> Result[HigherLevelReview]:
    """Is this request for a higher-level review in time, and may this person do it?

    Asked for before the board gets the rating; one review unless the agency allows more; by someone higher in the
    agency, or an active-duty officer if the executive consents (5 U.S.C. 4312(b)(3)). `answer` says whether it is in
    time, owed, whether the reviewer may act, and `allowed` whether it is owed and by nobody who may not (null: cannot tell).
    """
    work = Working(as_of)
    in_time = True if not_yet_sent else None if sent_to_board_on is None else as_of < sent_to_board_on
    work.test(in_time, f"Asked for on {as_of}, before the board gets the rating.", _REVIEW)
    if sent_to_board_on == as_of and not not_yet_sent:
        work.caution("Asked for on the day the file went to the board: counted as too late; the hour may decide.")
    left = work.test(earlier_reviews < agency_allows, f"{agency_allows} allowed, {earlier_reviews} had.", _REVIEW)
    may = reviewer_may(work, as_of, reviewer, reports_to_head, executive_consents)
    work.note("The reviewer recommends and does not change the initial rating.", _REVIEW, basis="recalled")
    owed = every((in_time, left))
    lacking = unknown({"the day the rating went to the board": in_time})
    says = sentence(owed, "The review is owed.", "No review is owed.", lacking)
    if in_time is False:
        says = "Out of time: the board already had the rating."
    if may is False and reviewer is not None:
        who = f"{MAY_NOT[reviewer]}."
        says = f"{who} {says}" if owed is None else f"{says} {who}"
    return work.answer(HigherLevelReview(in_time, owed, may, False if may is False else owed), says)


@question("5 CFR 430.311 (2000 rule), 430.313 (2015 rule)")
def records(
    as_of: Annotated[AsOf, Fact("Day the annual summary rating was issued")],
) -> Result[Annotated[date, Fact("Keep the records until")]]:
    """Until when are the appraisal records kept?

    At least five years from the day the annual summary rating is issued (5 CFR 430.311, 430.313). `answer` is the
    fifth anniversary.
    """
    work = Working(as_of)
    years = int(work.figure("appraisal.period.record_years"))
    until = add_years(as_of, years)
    work.note(f"{years} years from {as_of}.", _RECORDS)
    return work.answer(until, f"Keep the records at least until {until}.")
