"""How long a certification lasts: calendar years until 2008-10-07, months since, and the transition between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from seskit.formats.counts import number_of
from seskit.law import parameters
from seskit.law.answers import Answer
from seskit.law.clocks import add_months, add_years
from seskit.law.facts import AsOf, CalendarYear, Day, Fact, FactError
from seskit.law.question import question
from seskit.law.result import Result, Working

Grade = Literal["full", "provisional"]
STATUTE = "5 U.S.C. 5307(d)(3)"
LAST_DAY = "The last day is the day before the anniversary; letters were not seen."
GRADE = Fact("Grade of certification", "Full and provisional open the same pay; they differ in proof and duration.")
GRANTED = Fact("Date of certification", "The date of OPM's letter.", happened=True)
CERTIFIED_FOR = Fact(
    "Calendar year certified for", "Until 2008-10-07 only: the first calendar year of the certification.", "year"
)
LETTER = Fact("Last day printed in OPM's letter")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Term:
    """The dates of one certification; `extension_ceiling` and `submit_by` are None where the law of its day has none."""

    granted: date
    grade: Grade
    first_day: date
    last_day: date
    submit_by: date | None
    extension_ceiling: date | None


def by_months(granted: date) -> bool:
    """Whether a certification granted that day runs by months, not by calendar years."""
    return parameters.recorded("certification.term.full_months", granted) is not None


def months_since() -> date:
    """The first day on which a certification is granted by months."""
    return parameters.first_day("certification.term.full_months")


def term_of(granted: date, grade: Grade, certified_for: int | None = None) -> Term:
    """The dates of a certification as granted, before any extension."""
    work = Working(granted)
    return _term(work, granted, grade, certified_for)


def _term(work: Working, granted: date, grade: Grade, certified_for: int | None) -> Term:
    first = parameters.first_day("certification.term.full_years")
    if granted < first:
        raise FactError(f"granted: no system could be certified before {first}, and {granted} is earlier.")
    return (_months if by_months(granted) else _years)(work, granted, grade, certified_for)


def _years(work: Working, granted: date, grade: Grade, certified_for: int | None) -> Term:
    year = granted.year if certified_for is None else certified_for
    if year not in (granted.year, granted.year + 1):
        raise FactError(
            f"certified_for: a certification granted on {granted} is for {granted.year} or {granted.year + 1}, not {year}."
        )
    years = int(work.figure(f"certification.term.{grade}_years", granted))
    first_day, last_day = max(granted, date(year, 1, 1)), date(year + years - 1, 12, 31)
    work.note(
        f"Granted before {months_since()}, so it counts in calendar years: {grade} for {year} ends on {last_day}.",
        "5 U.S.C. 5307(d)(3) before Pub. L. 110-372; 5 CFR 430.405(e), (f)",
    )
    return Term(granted, grade, first_day, last_day, None, _transition_ceiling(granted, first_day, last_day))


def _transition_ceiling(granted: date, first_day: date, last_day: date) -> date | None:
    for rule in _transition_rules():
        if rule["was_to_end"] == last_day and first_day <= rule["in_effect_on"]:
            earliest: date = rule["no_earlier_than"]
            return max(earliest, add_years(granted, int(rule["anniversary"])))
    return None


def carried_over(term: Term, on: date) -> date | None:
    """The last day that OPM, on 2008-12-19, gave every certification due to end on 2008-12-31; None before and for others."""
    if term.extension_ceiling is None or by_months(term.granted):
        return None
    used = (rule for rule in _transition_rules() if rule["was_to_end"] == term.last_day)
    return next((term.extension_ceiling for rule in used if on >= rule.get("used_for_all", date.max)), None)


def _transition_rules() -> list[dict[str, Any]]:
    found = []
    for path in parameters.paths("certification.transition"):
        value = parameters.parameter(path).values[0]
        found.append({**value.value, "in_effect_on": value.first_day})
    return found


def _months(work: Working, granted: date, grade: Grade, certified_for: int | None) -> Term:
    if certified_for is not None:
        raise FactError(
            f"certified_for: since {months_since()} a certification runs by months from its date; leave it out."
        )
    months = int(work.figure(f"certification.term.{grade}_months", granted))
    longer = int(work.figure("certification.term.extension_months", granted))
    before = int(work.figure("certification.term.submit_months", granted))
    last_day = add_months(granted, months) - _DAY
    work.note(
        f"Granted since {months_since()}, so it counts in months: {number_of(months, 'month')} from {granted} end on {last_day}.",
        STATUTE,
    )
    work.note(LAST_DAY, STATUTE, basis="design")
    if grade == "provisional":
        work.caution("The statute does not say how long a provisional certification lasts; OPM's practice is one year.")
    anniversary = add_months(granted, months + longer)
    ceiling = anniversary - _DAY
    shorter = (
        "" if anniversary.day == granted.day else f" That month is shorter, so its last day, {anniversary}, counts."
    )
    work.note(
        f"An extension adds at most {number_of(longer, 'month')}, and they too count from {granted}: "
        f"{number_of(months + longer, 'month')} end on {ceiling}.{shorter}",
        STATUTE,
        basis="design",
    )
    return Term(granted, grade, granted, last_day, add_months(last_day, -before), ceiling)


class CertificationTerm(Answer):
    """How long a certification lasts."""

    last_day: Annotated[date, Fact("Last day")]
    submit_by: Annotated[date | None, Fact("Ask again by", "Null: the law of its day has no such day.")]
    extension_ceiling: Annotated[
        date | None, Fact("Extension ceiling", "The last day an extension can reach; null: none.")
    ]
    first_day: Annotated[date, Fact("First day")]


@question("5 U.S.C. 5307(d)(3); Pub. L. 110-372 s. 3; 5 CFR 430.405(e), (f)")
def term(
    as_of: Annotated[AsOf | None, Fact("As-of date", "May be left out: the date of certification decides.")] = None,
    *,
    granted: Annotated[Day, GRANTED],
    grade: Annotated[Grade, GRADE],
    extended_to: Annotated[Day | None, Fact("Extended to", "The last day set by the OPM Director's extension.")] = None,
    certified_for: Annotated[CalendarYear | None, CERTIFIED_FOR] = None,
    letter_last_day: Annotated[Day | None, LETTER] = None,
) -> Result[CertificationTerm]:
    """On which day does a certification end, by when should the agency ask again, and how far can it be extended?

    Calendar years until 2008-10-07; since then at most 24 months from its date and up to 6 more by extension (5 U.S.C.
    5307(d)(3)); certifications in effect on 2008-10-08 could be carried over (Pub. L. 110-372 s. 3(b)). `answer` holds
    `last_day`, `submit_by` and `extension_ceiling` (null where the law of its day has none), and `first_day`.
    """
    work = Working(as_of or granted)
    dates = _term(work, granted, grade, certified_for)
    last_day, submit_by = _carried_over(work, dates, as_of), dates.submit_by
    if letter_last_day:
        last_day = _within(work, "letter_last_day", letter_last_day, dates)
        before = submit_by and int(parameters.figure("certification.term.submit_months", granted).value)
        submit_by = add_months(last_day, -before) if before else None
        work.note(f"The letter prints {last_day}, which is used.", "OPM's letter", basis="design")
    if extended_to:
        if extended_to <= last_day:
            raise FactError(
                f"extended_to: {extended_to} is not an extension; the certification lasts until {last_day}."
            )
        last_day = _within(work, "extended_to", extended_to, dates)
        work.note(f"Extended to {last_day}; the ceiling is {dates.extension_ceiling}.", STATUTE, "met")
    if submit_by:
        work.note(f"Ask again by {submit_by}, six months before the end.", "OPM certification guidance")
        work.caution("Asking late does not end a certification; it risks a gap.")
    answer = CertificationTerm(
        last_day=last_day, submit_by=submit_by, extension_ceiling=dates.extension_ceiling, first_day=dates.first_day
    )
    return work.answer(answer, f"The {grade} certification of {granted} lasts until {last_day}.")


def _carried_over(work: Working, dates: Term, as_of: date | None) -> date:
    """The last day after OPM's carry-over of everything due to end on 2008-12-31."""
    rule = next((r for r in _transition_rules() if r["was_to_end"] == dates.last_day), None)
    if rule is None or dates.extension_ceiling is None or by_months(dates.granted):
        return dates.last_day
    if as_of and as_of < rule["in_effect_on"]:
        work.caution(
            f"On {as_of} no one could know it, but the law of {rule['in_effect_on']} allowed {dates.extension_ceiling}."
        )
        return dates.last_day
    path = f"certification.transition.ending_{dates.last_day.year}"
    work.figure(path, rule["in_effect_on"])
    extended = "OPM extended it" if "used_for_all" in rule else "it could be extended"
    work.note(
        f"In effect on {rule['in_effect_on']} and due to end on {dates.last_day}, {extended} to {dates.extension_ceiling}: "
        f"the later of {rule['no_earlier_than']} and the anniversary of the letter, which here is itself the last day.",
        parameters.parameter(path).citation,
    )
    if "used_for_all" not in rule:
        work.caution(f"Without an extension it ends on {dates.last_day}; use extended_to if the Director extended it.")
        return dates.last_day
    work.caution(
        f"OPM extended every such certification on {rule['used_for_all']}; without that it ended on {dates.last_day}."
    )
    return dates.extension_ceiling


def _within(work: Working, fact: str, wanted: date, dates: Term) -> date:
    if wanted < dates.first_day:
        raise FactError(f"{fact}: {wanted} is before the first day, {dates.first_day}.")
    if dates.extension_ceiling is None and wanted > dates.last_day:
        raise FactError(f"{fact}: a certification granted on {dates.granted} cannot run past {dates.last_day}.")
    if dates.extension_ceiling and wanted > dates.extension_ceiling:
        raise FactError(
            f"{fact}: {wanted} is past the ceiling, {dates.extension_ceiling}: no certification may be extended further."
        )
    if fact == "letter_last_day" and wanted > dates.last_day:
        work.caution(
            f"The letter's date is past {dates.last_day}; without an extension that is longer than the law allows."
        )
    return wanted
