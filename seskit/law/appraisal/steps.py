"""The steps of one executive's appraisal year, checked against the rules in force: who did what, and when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from seskit.law.action_facts import Executive
from seskit.law.appraisal import periods
from seskit.law.appraisal.executive_year import Doer, LastQuarter, Step, StepName, Timing, Year
from seskit.law.appraisal.year_checks import AFTER_THE_PERIOD, CHECKS, RATED, WITHOUT_A_RATING, late_request
from seskit.law.checklist import Checklist, FoundByChecks
from seskit.law.clocks import add_years
from seskit.law.facts import Day, Fact, FactError, PeriodStart, RatingLevel, Whole, YesNo
from seskit.law.question import question
from seskit.law.result import Result, Working

__all__ = ["CHECKS", "Doer", "LastQuarter", "Step", "StepName", "Timing", "Year", "check_steps"]


class CheckedSteps(FoundByChecks, verdict="passes"):
    """What the checks of an appraisal year find."""

    keep_until: Annotated[date | None, Fact("Keep the records until", "Null: no rating is final.")]


@question("5 U.S.C. 4312-4314; 5 CFR part 430, subpart C")
def check_steps(
    as_of: PeriodStart,
    *,
    steps: Annotated[
        list[Step],
        Fact("Steps on record", "Each with step, on (the day), by (the role), level and note, as in steps.csv."),
    ],
    period_end: Annotated[
        Day | None, Fact("Last day of the appraisal period", "Left out: one year less a day.")
    ] = None,
    looked_on: Annotated[Day | None, Fact("Day the ledger is looked at", "Left out: after the year is closed.")] = None,
    plan: Annotated[Literal["agency", "basic-2012", "basic-2025"], Fact("Plan in use")] = "agency",
    levels: Annotated[
        list[RatingLevel] | None, Fact("Levels of the rating pattern", "Left out: 1 to 5.", "level")
    ] = None,
    appointment_type: Executive = None,
    response_days: Annotated[
        Whole | None, Fact("Days for a written response", "The agency's rule; left out: only the order is checked.")
    ] = None,
    plan_days: Annotated[Whole, Fact("Days to plan for one who enters", "The agency's rule.", "days")] = 0,
    fewest_reviews: Annotated[Whole, Fact("Agency's own number of progress reviews", "", "count")] = 0,
    administration_began_on: Annotated[
        Day | None, Fact("New administration began on", "Left out: as on record.")
    ] = None,
    same_president: Annotated[YesNo, Fact("Same President, second term in a row")] = False,
    consents_to_officer: Annotated[YesNo | None, Fact("Executive consents to an officer as reviewer")] = None,
    reports_to_head: Annotated[YesNo | None, Fact("Executive reports to the agency head")] = None,
    roster_level: Annotated[RatingLevel | None, Fact("Rating on the roster", "", "level")] = None,
    roster_day: Annotated[Day | None, Fact("Day of the rating on the roster")] = None,
    roster_read: Annotated[
        YesNo, Fact("The roster was read", "Yes: a rating not given is blank on the roster, and not only unknown.")
    ] = False,
    quarterly_reviews: Annotated[
        Timing, Fact("Quarterly reviews are held", "Our reading either way; asked of the plan of 2025.")
    ] = "in order",
    last_quarter: Annotated[
        LastQuarter, Fact("Last quarter is met by", "Our reading either way; asked of the plan of 2025.")
    ] = "appraisal",
    on_rolls_at_end: Annotated[
        YesNo | None,
        Fact("On the rolls on the last day of the period", "No, and no rating on record: none is due here."),
    ] = None,
) -> Result[CheckedSteps]:
    """Were the steps of this executive's appraisal year done, in order and in time?

    Plan and consultation, progress reviews, initial rating, the rights to respond and to a higher-level review, the
    board, the annual rating and its communication (5 U.S.C. 4312-4314; 5 CFR part 430, subpart C). `answer` holds the
    verdict (null: cannot tell), the checks failed and not known (T1 to T25), and until when the records are kept.
    """
    work = Working(as_of)
    end = period_end or add_years(as_of, 1) - timedelta(days=1)
    if end < as_of:
        raise FactError(f"period_end: {end} is before the first day, {as_of}.")
    year = Year(
        as_of, end, steps, plan, levels or [1, 2, 3, 4, 5], appointment_type, response_days, plan_days, fewest_reviews,
        administration_began_on, same_president, consents_to_officer, reports_to_head, roster_level, roster_day,
        quarterly_reviews, last_quarter, roster_read,
    )  # fmt: skip
    checks = Checklist(work, "steps", as_of)
    running = looked_on is not None and looked_on <= year.ended
    gone = on_rolls_at_end is False and not year.rated
    extended = None if running or gone else year.extended_to()
    for number, check in enumerate(CHECKS, 1):
        if number > AFTER_THE_PERIOD and (running or ((extended or gone) and number not in WITHOUT_A_RATING)):
            continue
        outcome = check(year)
        still_to_come = running and number == AFTER_THE_PERIOD and outcome is not None and outcome[0] is False
        if outcome is not None and not still_to_come:
            checks.ask(f"T{number}", *outcome)
    if running:
        work.note(
            f"On {looked_on} the period still runs; later steps are not due yet.", "5 CFR 430.304", basis="design"
        )
    if gone and not running:
        text = f"Not on the rolls on {year.last} and not rated: no rating by this agency is due."
        work.note(text, "5 CFR 430.308 to 2015-10-25, 430.309 from 2015-10-26", basis="design")
    if extended and looked_on and looked_on <= extended:
        text = f"The minimum period was not complete: the period is extended to {extended}, and no rating is due yet."
        work.note(text, "5 CFR 430.304")
    elif extended:
        checks.ask(f"T{RATED}", False, f"The period was extended to {extended}, when the minimum was complete; no rating "
                                       "is on record.")  # fmt: skip
    if late := late_request(year):
        work.caution(late)
    final = year.day("final_rating")
    kept = periods.records(final).answer if final else None
    return work.answer(CheckedSteps(checks.passes, checks.failed, checks.not_known, kept), checks.says("The ledger"))
