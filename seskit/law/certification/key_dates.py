"""The dates of a certification in order: when to ask again, when it ends, what pay does on the day after."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from seskit.law import parameters
from seskit.law.answers import Answer
from seskit.law.certification import checklist, terms
from seskit.law.clocks import fiscal_year_end
from seskit.law.facts import AsOf, CalendarYear, Day, Fact, FactError, Group, YesNo
from seskit.law.question import question
from seskit.law.result import Result, Working


class KeyDate(Answer):
    """One date to keep."""

    on: Annotated[date, Fact("On")]
    what: Annotated[str, Fact("What")]
    citation: Annotated[str, Fact("Citation")]


class AskAgain(KeyDate):
    """The day by which certification is asked for again."""


class Begins(KeyDate):
    """The first day of the certification, which OPM's letter or the expected decision sets."""


class LastDayOfLetter(KeyDate):
    """The last day as a letter gives it, of the certification or of its extension."""


class LastDayByPractice(KeyDate):
    """The last day where no law says how long the certification lasts, but OPM's practice does."""


class PeriodEnd(KeyDate):
    """The end of an appraisal period, which is reported on."""


class Renews(KeyDate):
    """The day from which a full certification of the basic system goes on by itself."""


#: From when the basic system's full certification is renewed by the review of its yearly data.
_IN_USE = "certification.certification_2.in_use"
REPORT = "report ratings, pay, adjustments, awards and totals when OPM calls for the data"


@question("5 U.S.C. 5307(d)(3); 5 CFR 430.405(d), (g)")
def calendar(
    as_of: Annotated[AsOf | None, Fact("As-of date", "May be left out: the date of certification decides.")] = None,
    *,
    granted: Annotated[Day, terms.GRANTED],
    grade: Annotated[terms.Grade, terms.GRADE],
    group: Group = "SES",
    extended_to: Annotated[Day | None, Fact("Extended to")] = None,
    certified_for: Annotated[CalendarYear | None, terms.CERTIFIED_FOR] = None,
    period_ends: Annotated[
        list[Day] | None, Fact("Last days of appraisal periods", "September 30 of each year unless given.")
    ] = None,
    letter_last_day: Annotated[Day | None, terms.LETTER] = None,
    basic_system: Annotated[YesNo | None, checklist.BASIC] = None,
) -> Result[Annotated[list[KeyDate], Fact("Key dates", "In order of date.")]]:
    """Which dates does an agency keep for one certification?

    When to ask again, the last day, the extension ceiling, the appraisal periods to report on, the day from which the
    lower caps hold (5 U.S.C. 5307(d)(3); 5 CFR 430.405(d), (g)), and on the basic appraisal system the day from which a
    full certification is renewed by itself (OPM memo of 2018-11-14). `answer` is a list of `on`, `what` and `citation` in
    order of date.
    """
    found = terms.term(
        as_of, granted=granted, grade=grade, extended_to=extended_to, certified_for=certified_for,
        letter_last_day=letter_last_day,
    )  # fmt: skip
    work = Working(found.as_of, list(found.reasons), list(found.figures), list(found.cautions))
    dates = found.answer
    last_day, first_day = dates.last_day, dates.first_day
    after = last_day + timedelta(days=1)
    renewed = _renewed(work, after, grade, basic_system)
    kept: list[KeyDate] = [Begins(first_day, f"{grade.capitalize()} certification begins", "5 CFR 430.405(e), (f)")]
    if dates.submit_by:
        unless = ", if the yearly data review is not satisfactory" if renewed else ""
        again = f"Ask for certification again by this day{unless}"
        kept.append(AskAgain(dates.submit_by, again, "OPM certification guidance"))
    kept.append(_last(last_day, lettered=bool(letter_last_day or extended_to), granted=granted, grade=grade))
    kept += renewed
    kept.append(_entry(after, _day_after(group, after, renewed=bool(renewed)), "5 CFR 430.405(d)"))
    if dates.extension_ceiling and dates.extension_ceiling > last_day:
        kept.append(_entry(dates.extension_ceiling, "No extension can run past this day", terms.STATUTE))
    years = range(first_day.year, last_day.year + 1)
    if period_ends is None:
        work.note("Appraisal periods are taken to end on September 30.", "5 CFR 430.405(g)", basis="design")
        period_ends = [fiscal_year_end(year) for year in years]
    outside = next((end for end in period_ends if end.year not in years), None)
    if outside:
        raise FactError(
            f"period_ends: {outside} is in no calendar year of the certification, {years[0]} to {years[-1]}."
        )
    before = [end for end in period_ends if end < first_day] if terms.by_months(granted) else []
    if before:
        ends = " and ".join(map(str, before))
        text = f"The period that ended on {ends}, before the certification began, is not reported on under it."
        work.note(text, "5 CFR 430.405(g)", basis="design")
    for end in (end for end in period_ends if end not in before):
        kept.append(PeriodEnd(end, f"Appraisal period ends: {REPORT}", "5 CFR 430.405(g)"))
    work.caution("The regulation sets no due date for the annual report; OPM's yearly data call does.")
    kept.sort(key=lambda row: row.on)
    return work.answer(kept, f"{len(kept)} dates, from {first_day} to {kept[-1].on}.")


def _last(on: date, *, lettered: bool, granted: date, grade: terms.Grade) -> KeyDate:
    what = "Last day of the certification"
    if lettered:
        return LastDayOfLetter(on, what, terms.STATUTE)
    if grade == "provisional" and terms.by_months(granted):
        return LastDayByPractice(on, what, "OPM certification guidance")
    return _entry(on, what, terms.STATUTE)


def _entry(on: date, what: str, citation: str) -> KeyDate:
    return KeyDate(on, what, citation)


def _renewed(work: Working, after: date, grade: terms.Grade, basic: bool | None) -> list[KeyDate]:
    """The renewal by itself of a full certification on the basic system; none where the law of that day has none."""
    rule = parameters.recorded(_IN_USE, after)
    if rule is None or grade != "full" or basic is False:
        return []
    if basic is None:
        work.caution(
            "Whether the agency uses the basic appraisal system is not known; on it a full certification is renewed by "
            "itself where the yearly data review is satisfactory."
        )
        return []
    work.figure(_IN_USE, after)
    until = terms.term_of(after, "full").last_day
    work.note(
        "A full certification of the basic system is renewed when the yearly data review is satisfactory; no plans are sent. "
        "A provisional one is not.",
        rule.citation,
    )
    work.caution(
        f"One report says two more calendar years; the statute allows at most {parameters.latest('certification.term.full_months')} months. "
        "No later memo on Certification 2.0 was found; ask OPM whether it still runs."
    )
    what = f"Renewed by itself, until {until} at most, if the yearly data review is satisfactory; no plans are sent"
    return [Renews(after, what, rule.citation)]


def _day_after(group: str, after: date, *, renewed: bool) -> str:
    without = "Without this renewal or a new certification" if renewed else "Without a new certification"
    if parameters.recorded(f"certification.maximum_level.{group}_with_locality", after):
        return f"{without}, {group} total pay stops at level I; caps on basic pay stay as they are"
    return (
        f"{without}, {group} rates are set no higher than Executive Schedule level III and total pay "
        "stops at level I; rates already above level III remain"
    )
