"""The certification year: every step of system, appraisal, pay, oversight, data call and renewal, in one calendar.

A day is set by law, by OPM's guidance or practice, taken from the agency's files, or the last one that leaves the next step in time; each says which. A step
without a day is kept, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from seskit.law import parameters
from seskit.law.certification.key_dates import (
    REPORT,
    AskAgain,
    Begins,
    LastDayByPractice,
    LastDayOfLetter,
    PeriodEnd,
)
from seskit.law.clocks import add_days, add_years
from seskit.record.agency import Agency
from seskit.record.agency_folder import AgencyFolder
from seskit.record.appraisal.year_record.files import CycleFile
from seskit.work.certification.mock_review import Rehearsal
from seskit.work.report.plan_due import due_of

BY_LAW, FILES, LATEST, OPEN = "set by law", "from your files", "the last day in time", "no day set"
GUIDANCE, PRACTICE = "set by OPM's guidance", "by OPM's practice"
#: Where the day of a certification's date is from; any other is set by law.
_FROM: dict[type, str] = {AskAgain: GUIDANCE, Begins: FILES, LastDayOfLetter: FILES, LastDayByPractice: PRACTICE}
_SHORTEST, _KEPT = "appraisal.period.minimum_days", "appraisal.period.record_years"
#: From when OPM asked to be asked again some months before the end.
_ASK_AGAIN = "certification.term.submit_months"


@dataclass(frozen=True)
class YearStep:
    """One step of the year: the day, what is done, by whom, and why on that day."""

    on: date | None
    what: str
    who: str
    citation: str
    basis: str
    #: Whether the appraisal period ends that day.
    ends: bool = False


def steps(folder: str | Path, found: Rehearsal, renewals: list[dict[str, Any]]) -> list[YearStep]:
    """Every step in order; those without a day come last. `renewals` are the dates of the certification itself."""
    place = AgencyFolder(Path(folder))
    made = [*_appraisal(place, found), *_after(place, found)]
    made += _renewed(renewals, ends={step.on for step in made if step.ends})
    made.append(
        YearStep(None, "Send the year's ratings, pay, adjustments, awards and totals when OPM calls for the data", "agency",
             "5 CFR 430.405(g)", OPEN)
    )  # fmt: skip
    guided = parameters.recorded(_ASK_AGAIN, found.system.asked_on) is not None
    if guided and not any(row["kind"] is AskAgain for row in renewals):
        made.append(YearStep(None, "Ask for certification, ideally six months before the last one ends", "agency head",
                         "OPM certification guidance", OPEN))  # fmt: skip
    return sorted(made, key=lambda one: (one.on is None, one.on or date.max))


def _renewed(renewals: list[dict[str, Any]], ends: set[date | None]) -> Iterator[YearStep]:
    """The dates of the certifications, one step where two of them have the same; a period's end is said once."""
    of: dict[tuple[date, str, str, type], list[str]] = {}
    for row in renewals:
        of.setdefault((row["on"], row["what"], row["citation"], row["kind"]), []).append(row["of"].lower())
    for (on, what, citation, kind), names in of.items():
        report = REPORT if kind is PeriodEnd and on in ends else what
        yield YearStep(
            on, f"{report[0].upper()}{report[1:]} ({'; '.join(names)})", "agency", citation, _FROM.get(kind, BY_LAW)
        )


def _appraisal(place: AgencyFolder, found: Rehearsal) -> Iterator[YearStep]:
    """From the plans to the annual ratings of the last period put forward, or of the agency's plans."""
    cycle, agency = place.cycle.record if place.cycle else None, place.agency
    first, last = _period(agency, found)
    if first is None or last is None:
        return
    shortest = add_days(last, 1 - _minimum(first))
    yield YearStep(
        first, "Plans are written in consultation and communicated by now", "supervisors", "5 U.S.C. 4312(b)(1)", BY_LAW
    )
    yield YearStep(
        shortest,
        "Last day on which a plan can begin and still be rated for this period",
        "supervisors",
        "5 CFR 430.304",
        BY_LAW,
    )
    yield YearStep(
        last,
        "The period ends; each executive has had a progress review by now",
        "supervisors",
        "5 CFR 430.306 (2000 rule), 430.307",
        BY_LAW,
        ends=True,
    )
    rated = [day for period in found.data[-1:] for day in period.rating_dates]
    begin = next((period.period.ratings_begin for period in found.data[-1:] if period.period.ratings_begin), None)
    begin = begin or (min(rated) if rated else None)
    yield YearStep(
        begin, "The assessment of the agency and the guidelines are with raters and boards, before the first rating is recommended",
        "agency head or designee", "5 CFR 430.404(a)(5)", FILES if begin else OPEN,
    )  # fmt: skip
    yield from _boards(cycle)
    yield YearStep(max(rated) if rated else None, "The last annual summary rating is given, after the board's recommendation",
               "appointing authority", "5 U.S.C. 4314(c)(3)", FILES if rated else OPEN)  # fmt: skip
    yield YearStep(
        max(rated) if rated else None, "From now the official certifies that ratings, pay and awards make meaningful distinctions",
        "oversight official", "5 CFR 430.404(a)(6)", LATEST if rated else OPEN,
    )  # fmt: skip


def _boards(cycle: CycleFile | None) -> Iterator[YearStep]:
    """When the boards are published and sit."""
    boards = cycle.boards if cycle else ()
    for board in boards:
        if board.first_meeting:
            before = board.first_meeting - timedelta(days=1)
            yield YearStep(board.published_on or before, f"Members of the {board.name} are in the Federal Register", "agency head",
                       "5 U.S.C. 4314(c)(4)", FILES if board.published_on else LATEST)  # fmt: skip
            yield YearStep(board.first_meeting, f"The {board.name} sits", "board", "5 U.S.C. 4314(c)(2)", FILES)
    if not boards:
        yield YearStep(
            None,
            "Members of the board are in the Federal Register before it sits",
            "agency head",
            "5 U.S.C. 4314(c)(4)",
            OPEN,
        )


def _period(agency: Agency | None, found: Rehearsal) -> tuple[date | None, date | None]:
    if found.data:
        return found.data[-1].period.first, found.data[-1].period.last
    if agency:
        return min(plan.appraisal_period.first for plan in agency.plans), max(plan.period_end for plan in agency.plans)
    return None, None


def _minimum(on: date) -> int:
    return int(parameters.figure(_SHORTEST, on).value)


def _after(place: AgencyFolder, found: Rehearsal) -> Iterator[YearStep]:
    """Awards, pay, reports, records."""
    terms = place.pay_terms.record if place.pay_terms else None
    for agency, plan in [(one, plan) for one in filter(None, [place.agency]) for plan in one.plans]:
        decided = plan.awards.determined_on or plan.awards.ratings_final_on
        if decided is None:
            continue
        what = "Awards are determined" if plan.awards.determined_on else "Ratings are final; no awards are paid"
        yield YearStep(decided, f"{what}, plan {plan.id}", "agency head", "5 U.S.C. 5384(c)", FILES)
        if (by := due_of(agency, plan).answer) is not None:
            yield YearStep(
                by, f"The ratings and awards report of plan {plan.id} is with OPM", "agency", "5 CFR 534.405(e)", BY_LAW
            )
    if terms:
        yield YearStep(terms.awards_paid_on, "Awards are paid", "agency", "5 U.S.C. 5384(a)", FILES)
        yield YearStep(terms.effective, "Adjustments of pay take effect", "agency", "5 CFR 534.404", FILES)
    ends = [period.period.last for period in found.data[-1:]]
    for end in ends:
        year_end = date(end.year, 12, 31)
        yield YearStep(year_end, "The status of certification today decides the aggregate limit of the year", "agency",
                   "5 U.S.C. 5307(d); 5 CFR 530.203", BY_LAW)  # fmt: skip
        yield YearStep(year_end + timedelta(days=1), "Amounts over the limit are paid at the beginning of this year", "agency",
                   "5 CFR 530.203, 534.405(f)", BY_LAW)  # fmt: skip
    rated = [day for period in found.data[-1:] for day in period.rating_dates]
    if rated:
        yield YearStep(
            add_years(max(rated), int(parameters.figure(_KEPT, max(rated)).value)),
            "Records of these ratings are kept until now at least",
            "agency",
            "5 CFR 430.311 to 2015-10-25, 430.313 from 2015-10-26",
            BY_LAW,
        )
    yield YearStep(
        None,
        "All executives are notified of the results: ratings, awards, adjustments",
        "agency head",
        "OPM guidance",
        OPEN,
    )
