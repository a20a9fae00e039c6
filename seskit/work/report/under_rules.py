"""The same people under the rules of another day: rates, certification, awards, limits, the form, side by side.

Amounts are those of the roster and are not raised or lowered to another year's level: a rate that was the highest of
2002 lies below the minimum of 2026.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from seskit.formats.counts import number_of
from seskit.formats.tables import Table, as_text
from seskit.law import certification, parameters, rate_range
from seskit.law.appraisal.distribution import rating_ceiling, top_levels
from seskit.law.awards import ELIGIBLE, award_bounds, pool, pool_shares, spending_limit
from seskit.law.clocks import fiscal_year, fiscal_year_end
from seskit.law.facts import FactError, dollars
from seskit.law.parameters import NoRule
from seskit.law.report.dates import month_start
from seskit.record.agency import Agency
from seskit.record.roster import Person, Roster
from seskit.work.report import readings
from seskit.work.report.members import CODES

_NOTES = (
    "Amounts are those of the roster; they are not raised or lowered to another year's level.",
    "Rates, certification, ratings and the form are those of the last day of the appraisal period; awards those of the "
    "month of payment. For another day all rules are those of that day.",
)


@dataclass(frozen=True)
class Said:
    """What one topic comes to under the rules of one day, and the authority."""

    words: str
    citation: str


@dataclass(frozen=True)
class ComparedTopic:
    """One topic: what it comes to under the agency's own rules and under those of each other day."""

    topic: str
    own: Said
    others: tuple[Said, ...]
    why: str

    @property
    def differs(self) -> bool:
        """Whether any other day comes to something else."""
        return any(said.words != self.own.words for said in self.others)

    def to_dict(self) -> dict[str, Any]:
        """The line as plain data."""
        told = [{"says": said.words, "citation": said.citation} for said in (self.own, *self.others)]
        return {"topic": self.topic, "own": told[0], "others": told[1:], "differs": self.differs, "why": self.why}


@dataclass(frozen=True)
class SideBySide:
    """An agency's people under its own rules and those of other days."""

    agency: str
    own: str
    days: tuple[date, ...]
    lines: tuple[ComparedTopic, ...]
    notes: tuple[str, ...] = _NOTES

    def table(self) -> Table:
        """One row a topic, one column a day."""
        head = ("Topic", f"Own rules ({self.own})", *(f"Rules of {day}" for day in self.days), "Why they differ")
        rows = tuple(
            tuple(as_text(cell) for cell in (
                line.topic, line.own.words, *(said.words for said in line.others), line.why,
            ))
            for line in self.lines
        )  # fmt: skip
        return Table(f"{self.agency} under other rules", head, rows, notes=self.notes)

    def to_text(self) -> Iterator[str]:
        """The comparison for a console, topic by topic."""
        yield f"{self.agency}: own rules ({self.own}) against those of {', '.join(map(str, self.days))}."
        for line in self.lines:
            yield line.topic
            yield f"  own: {line.own.words} [{line.own.citation}]"
            for day, said in zip(self.days, line.others, strict=True):
                same = "the same" if said.words == line.own.words else said.words
                yield f"  {day}: {same} [{said.citation}]"
            if line.why:
                yield f"  Why: {line.why}"
        yield from self.notes

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain data."""
        days = [day.isoformat() for day in self.days]
        lines = [line.to_dict() for line in self.lines]
        return {"agency": self.agency, "own": self.own, "days": days, "lines": lines, "notes": list(self.notes)}


@dataclass(frozen=True)
class _People:
    """What the topics look at."""

    people: tuple[Person, ...]
    certified: bool | None
    year: int

    @property
    def base(self) -> list[Decimal]:
        """The rates of the base pay."""
        return [
            one.basic_pay_fy_end
            for one in self.people
            if one.appointment_type in ELIGIBLE and one.basic_pay_fy_end is not None
        ]

    @property
    def spent(self) -> Decimal:
        """The awards of those who may have one."""
        return sum((one.award for one in self.people if one.award and one.appointment_type in ELIGIBLE), Decimal(0))

    def rated(self, *kinds: str, least: int = 1) -> int:
        """How many of these appointment types are rated so high or higher."""
        return sum(one.appointment_type in kinds and (one.rating or 0) >= least for one in self.people)


def side_by_side(agency: Agency, roster: Roster, days: Sequence[date]) -> SideBySide:
    """Hold an agency's people against the rules of other days."""
    if not days:
        raise FactError("Give a day whose rules you want, such as 2004-08-01.")
    plans = {plan.id for plan in agency.plans}
    kept = tuple(one for one in roster.people if one.plan in plans and one.appointment_type in CODES)
    people = _People(kept, agency.certified, agency.fiscal_year)
    end = max(plan.period_end for plan in agency.plans)
    paid = [month_start(plan.awards.paid_in) for plan in agency.plans if plan.awards.paid_in]
    lines = tuple(_line(topic, people, end, max(paid, default=end), days) for topic in _TOPICS)
    return SideBySide(agency.name, f"period to {end}, awards of {max(paid, default=end):%B %Y}", tuple(days), lines)


@dataclass(frozen=True)
class _Topic:
    name: str
    ask: Callable[[_People, date], Said]
    why: str
    of_payment: bool = False


def _line(topic: _Topic, people: _People, end: date, paid: date, days: Sequence[date]) -> ComparedTopic:
    own = _asked(topic, people, paid if topic.of_payment else end)
    others = tuple(_asked(topic, people, day) for day in days)
    differs = any(said.words != own.words for said in others)
    return ComparedTopic(topic.name, own, others, topic.why if differs else "")


def _asked(topic: _Topic, people: _People, on: date) -> Said:
    try:
        return topic.ask(people, on)
    except (NoRule, FactError) as unknown:
        return Said(f"Not known: {unknown}", "no rule recorded")


def _ranges(_: _People, on: date) -> Said:
    if on < rate_range.open_range_day():
        rates = rate_range.es_rates(on)
        listed = ", ".join(f"{level} {dollars(rate)}" for level, rate in rates.items())
        return Said(f"Six rates: {listed}", rate_range.before_open_range("5 U.S.C. 5382"))
    found = rate_range.range_on(on)
    tops = f"{dollars(found.uncertified)} without, {dollars(found.certified)} with a certified system"
    if found.uncertified == found.certified:
        tops = f"{dollars(found.certified)}, certified or not"
    return Said(f"One range: from {dollars(found.minimum)} to {tops}", "5 U.S.C. 5376(b), 5382")


def _rates(people: _People, on: date) -> Said:
    rates = [one.basic_pay_period_end for one in people.people if one.basic_pay_period_end is not None]
    counts: Counter[str] = Counter()
    if on < rate_range.open_range_day():
        scheduled = set(rate_range.es_rates(on).values())
        counts.update("at one of the six" if rate in scheduled else "at none of the six" for rate in rates)
        return Said(_counted(counts), rate_range.before_open_range("5 U.S.C. 5382"))
    found = rate_range.range_on(on)
    for rate in rates:
        within = found.lies_within(rate, people.certified)
        below = "below the minimum" if rate < found.minimum else "above the maximum"
        counts[
            {
                True: "in the range",
                False: below,
                None: "lawful only with a certified system (whether it is certified is not known)",
            }[within]
        ] += 1
    return Said(_counted(counts), "5 U.S.C. 5382(a), (b)")


def _counted(counts: Counter[str]) -> str:
    said = (f"{words}: {number_of(count, 'rate')}" for words, count in sorted(counts.items()))
    return "; ".join(said) or "No rates"


def _certification(_: _People, on: date) -> Said:
    if on < rate_range.open_range_day():
        return Said("Decides nothing: there are six fixed rates", rate_range.before_open_range("5 U.S.C. 5382"))
    with_, without = (certification.unlocks(on, group="SES", certified=state) for state in (True, False))
    said = [
        f"{word}: basic pay to {_dollars(one.answer.maximum)}, total pay to {_dollars(one.answer.aggregate_limit)}"
        for word, one in (("certified", with_), ("not certified", without))
    ]
    return Said("; ".join(said), "5 U.S.C. 5307(d), 5382(b)")


def _dollars(amount: Any) -> str:
    return "not known" if amount is None else dollars(Decimal(amount))


def _pool(people: _People, on: date) -> Said:
    share, of_average = pool_shares(on)
    total, number = sum(people.base, Decimal(0)), len(people.base)
    limit = max(pool(total, number, share), pool(total, number, of_average, of_average=True))
    state = "kept" if people.spent <= limit else "passed"
    shares = f"{share} percent of the aggregate or {of_average} of the average"
    return Said(f"{dollars(limit)} ({shares}); awards of {dollars(people.spent)}: {state}", "5 U.S.C. 5384(b)(3)")


def _awards(people: _People, on: date) -> Said:
    counts: Counter[str] = Counter()
    lowest = int(parameters.figure("awards.individual.lowest_rating", on).value)
    for one in people.people:
        if one.award is None:
            continue
        if one.appointment_type not in ELIGIBLE or (one.rating or 0) < lowest:
            counts["not to one entitled to it"] += 1
        elif one.basic_pay_period_end is None:
            counts["without a rate to measure it by"] += 1
        else:
            least, most = award_bounds(one.basic_pay_period_end, on)
            counts["within its limits" if least <= one.award <= most else "outside its limits"] += 1
    said = "; ".join(f"{words}: {count}" for words, count in sorted(counts.items())) or "No awards"
    return Said(said, "5 U.S.C. 5384(b)")


def _spending(people: _People, on: date) -> Said:
    total = sum(people.base, Decimal(0))
    found = spending_limit(on, total)
    if found is None:
        ended = [one for one in parameters.parameter("awards.pool.guidance_limit").values if one.first_day <= on]
        words = f"No percentage: {ended[-1].source}" if ended else "None recorded"
        return Said(words, "OPM and OMB guidance on award spending" if ended else "no guidance recorded for that day")
    state = "kept" if people.spent <= found.amount else "passed"
    return Said(f"{found.percent} percent, {dollars(found.amount)}: {state}; guidance, not law", found.citation)


def _ceiling(people: _People, day: date) -> Said:
    """The ceiling binds the ratings of a fiscal year, so the year's last day decides."""
    on = fiscal_year_end(fiscal_year(day))
    if parameters.recorded("appraisal.ceiling.share", on) is None:
        return Said("None", "5 CFR 430.305(a)(5)")
    outside = _People(tuple(one for one in people.people if not one.ig_office), people.certified, people.year)
    found = rating_ceiling(
        on, career_rated=outside.rated("career"), career_high=outside.rated("career", least=min(top_levels())),
        career_members=sum(one.appointment_type == "career" for one in outside.people),
        noncareer_rated=outside.rated("noncareer"), limited_rated=outside.rated("limited_term", "limited_emergency"),
    )  # fmt: skip
    return Said(found.says, found.reasons[0].citation if found.reasons else "OPM guidance")


def _form(_: _People, on: date) -> Said:
    other = readings.later_layout(fiscal_year(on))
    return Said(
        other or "Forms 1558 and 1558A with the Supplementary form",
        "OPM instructions for the FY 2002 report; form of June 2005",
    )


_TOPICS = (
    _Topic("Rates of basic pay", _ranges,
           "Public Law 108-136 replaced the six ES rates by one pay range on 2004-01-11; the range moves with the schedules."),
    _Topic("The rates on the roster", _rates, "The same rates are held against the schedule of each day."),
    _Topic("What certification changes", _certification,
           "Since the open range a certified system raises the highest rate and the limit on a year's total pay."),
    _Topic("Award pool", _pool, "The percentages changed on 1985-02-06 and 1998-10-21.", of_payment=True),
    _Topic("Single awards", _awards, "The smallest and largest award are percentages of the rate by the law of each day."),
    _Topic("Guidance on award spending", _spending,
           "OPM and OMB limited spending in 2011 and changed the percentage later.", of_payment=True),
    _Topic("Ceiling on levels 4 and 5", _ceiling, "A quota was prohibited before 2025-10-15; the ceiling begins with fiscal year 2026."),
    _Topic("What is filed", _form, "The form has had one row for each member since June 2005; later years go into OPM's own workbook."),
)  # fmt: skip
