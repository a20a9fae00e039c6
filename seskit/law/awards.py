"""Performance awards and rank awards: the pool, what one person may receive, and the presidential ranks.

The one place where award arithmetic is written; `pay_setting` and `report` call it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cache
from typing import Annotated, Literal

from seskit.formats.counts import number_of
from seskit.law import parameters
from seskit.law.answers import Answer
from seskit.law.award_base import ELIGIBLE as ELIGIBLE
from seskit.law.award_base import bases, doubt_sum, note_base, regulation
from seskit.law.checks import Check, Checks, at_least, sentence, unknown
from seskit.law.clocks import fiscal_year, fiscal_year_end
from seskit.law.facts import (
    CENT,
    Appointment,
    AsOf,
    CalendarYear,
    Certified,
    Fact,
    Money,
    Rate,
    Rating,
    Whole,
    dollars,
    plain,
)
from seskit.law.other_awards import award_after_leaving as award_after_leaving
from seskit.law.other_awards import chapter_45_award as chapter_45_award
from seskit.law.other_awards import rank_ceilings as rank_ceilings
from seskit.law.other_awards import special_act_award as special_act_award
from seskit.law.question import question
from seskit.law.rate_range import doubt_rate
from seskit.law.result import Result, Working

AWARD_LAW = "5 U.S.C. 5384; 5 CFR 534.405"


def percent_of(amount: Decimal, percent: Decimal, rounding: str) -> Decimal:
    """A percentage of an amount, to the cent."""
    return (amount * percent / 100).quantize(CENT, rounding)


def pool_shares(paid_on: date) -> tuple[Decimal, Decimal]:
    """The two pool percentages in force on the payment date: of the aggregate, of the average."""
    return tuple(  # type: ignore[return-value]
        Decimal(parameters.figure(f"awards.pool.{share}", paid_on).value)
        for share in ("share_of_aggregate", "share_of_average")
    )


def average_share(paid_on: date | None) -> Decimal:
    """The percentage of average pay the pool may be made of on the payment date; the latest where it is not known."""
    return pool_shares(paid_on)[1] if paid_on else Decimal(parameters.latest("awards.pool.share_of_average"))


def locality_base_day() -> date:
    """The last day of the fiscal year before the one whose pool base includes locality pay (5 CFR 534.405(b)(2))."""
    return parameters.first_day("awards.pool.base_with_locality") - timedelta(days=1)


def pool(aggregate: Decimal, count: int, share: Decimal, *, of_average: bool = False) -> Decimal:
    """One way of making the pool, rounded down to the cent, because the statute says 'may not exceed'."""
    if not count:
        return Decimal("0.00")
    base = aggregate * share / 100
    return (base / count if of_average else base).quantize(CENT, ROUND_FLOOR)


@cache
def award_bounds(rate: Decimal, period_end: date) -> tuple[Decimal, Decimal]:
    """The smallest and largest performance award on a rate at the end of the appraisal period."""
    return _bounds(Working(period_end), rate)


@dataclass(frozen=True)
class SpendingLimit:
    """What guidance lets an agency spend on SES awards in the fiscal year of payment: never law, at times in doubt."""

    percent: Decimal
    amount: Decimal
    doubt: str
    citation: str

    def passed_by(self, spent: Decimal, aggregate: Decimal) -> str:
        """Where awards pass it, a sentence with the share, the limit and by how much; empty where they keep it."""
        if spent <= self.amount or not aggregate:
            return ""
        share = (100 * spent / aggregate).quantize(CENT)
        return (
            f"awards of {dollars(spent)} are {share} percent of aggregate career basic pay; the administrative spending limit is "
            f"{self.percent} percent, {dollars(self.amount)}, passed by {dollars(spent - self.amount)}: guidance, not law.{self.doubt}"
        )


def spending_limit(paid_on: date, aggregate: Decimal) -> SpendingLimit | None:
    """The administrative limit on award spending for the fiscal year of payment; None where none is recorded."""
    found = parameters.recorded("awards.pool.guidance_limit", paid_on)
    if found is None:
        return None
    percent = Decimal(found.value)
    doubt = parameters.recorded("awards.pool.guidance_doubt", paid_on)
    said = f" {doubt.value}" if doubt else ""
    return SpendingLimit(percent, percent_of(aggregate, percent, ROUND_FLOOR), said, found.citation)


class AwardPool(Answer):
    """The pool of one fiscal year."""

    pool: Annotated[Decimal, Fact("Award pool", unit="USD")]
    method: Annotated[Literal["aggregate", "average"], Fact("Method", "The percentage that gives the larger pool.")]


@question("5 U.S.C. 5384(b)(3); 5 CFR 534.405(b)(1)")
def award_pool(
    as_of: Annotated[
        AsOf, Fact("Date of payment", "The day the awards are paid; it decides fiscal year and percentages.")
    ],
    *,
    count: Annotated[
        Whole,
        Fact("Career appointees", "Career SES rates counted at the end of the fiscal year before payment.", "count"),
    ],
    aggregate: Annotated[
        Money,
        Fact("Aggregate career basic pay", "Sum of those yearly rates, without locality pay.", "USD per year in all"),
    ],
) -> Result[AwardPool]:
    """How much may an agency pay in SES performance awards in one fiscal year?

    The larger of a percentage of aggregate career basic pay and a percentage of the average career rate, both at the
    end of the fiscal year before payment (5 U.S.C. 5384(b)(3); 5 CFR 534.405(b)(1)). `answer` holds the pool in dollars
    and the method that gives it, `aggregate` or `average`.
    """
    work = Working(as_of)
    of_aggregate = Decimal(work.figure("awards.pool.share_of_aggregate"))
    of_average = Decimal(work.figure("awards.pool.share_of_average"))
    base_day = fiscal_year_end(fiscal_year(as_of) - 1)
    taken = f"Paid in fiscal year {fiscal_year(as_of)}, so the base is the career rates on {base_day}"
    note_base(work, as_of, f"{taken}: {number_of(count, 'rate')}, {dollars(aggregate)} together.")
    first = pool(aggregate, count, of_aggregate)
    second = pool(aggregate, count, of_average, of_average=True)
    work.note(f"{of_aggregate} percent of {dollars(aggregate)} is {dollars(first)}.", "5 U.S.C. 5384(b)(3)(A)")
    work.note(
        f"{of_average} percent of the average rate is {dollars(second)}."
        if count
        else "With no career rate there is no average.",
        "5 U.S.C. 5384(b)(3)(B)",
    )
    method: Literal["aggregate", "average"] = "average" if second > first else "aggregate"
    larger = max(first, second)
    if first == second and count:
        told = "Both ways give the same pool; the aggregate is used."
        work.note(told, "5 U.S.C. 5384(b)(3)", basis="design", decides=False)
    exact = max(aggregate * of_aggregate, aggregate * of_average / count if count else Decimal(0)) / 100
    if count:
        work.rounded(
            exact,
            larger,
            "A fraction of a cent is dropped, because the pool may not be exceeded.",
            "5 U.S.C. 5384(b)(3)",
        )
    with_locality = parameters.recorded("awards.pool.base_with_locality", as_of) is not None
    doubt_sum(work, base_day, aggregate, count, with_locality=with_locality)
    work.warned("awards.pool.base_with_locality", as_of)
    _guidance(work, as_of, aggregate)
    return work.answer(
        AwardPool(plain(larger), method),
        f"The award pool is {dollars(larger)}, by the {method} of career basic pay.",
    )


def _guidance(work: Working, as_of: date, aggregate: Decimal) -> None:
    limit = spending_limit(as_of, aggregate)
    if limit is not None:
        work.recorded("awards.pool.guidance_limit")
        work.caution(
            f"Administrative guidance for this date limits award spending to {limit.percent} percent of aggregate SES salaries: "
            f"{dollars(limit.amount)} on the aggregate given. It is guidance, not the statutory pool.{limit.doubt}"
        )
    work.warned("awards.pool.stopped", as_of)


_FOR_CAREER = "Performance awards are for career appointees; this one is {}."


class AwardLimits(Answer):
    """The bounds of one performance award."""

    minimum: Annotated[Decimal, Fact("Smallest award", "Rounded up to the cent; 0 where none may be paid.", "USD")]
    maximum: Annotated[Decimal, Fact("Largest award", "Rounded down to the cent; 0 where none may be paid.", "USD")]


@question("5 U.S.C. 5384(b)(2); 5 CFR 534.405(c)")
def award_limits(
    as_of: Annotated[
        AsOf, Fact("Last day of the appraisal period", "The rate on this day counts, not the rate at payment.")
    ],
    *,
    rate: Rate,
    appointment_type: Annotated[
        Appointment | None,
        Fact("Appointment type", "Left out: a career appointee. Nobody else but a presidential one gets an award."),
    ] = None,
    certified: Certified = None,
) -> Result[AwardLimits]:
    """What are the smallest and the largest performance award for one executive?

    5 to 20 percent of the rate of basic pay on the last day of the appraisal period (5 U.S.C. 5384(b)(2); 5 CFR
    534.405(c)). A former career appointee in a Presidential post counts at no more than the range maximum
    (534.405(a)(2)(i)). `answer` holds both bounds in dollars: the lower rounded up, the upper down, to the cent; 0 for
    noncareer and limited appointees, who get none (5 U.S.C. 5384(a)(1)).
    """
    work = Working(as_of)
    if appointment_type and appointment_type not in ELIGIBLE:
        kind = appointment_type.replace("_", " ")
        work.test(False, _FOR_CAREER.format(kind), "5 U.S.C. 5384(a)(1)")
        nothing = AwardLimits(Decimal(0), Decimal(0))
        return work.answer(nothing, f"No performance award may be paid to a {kind} appointee.")
    base = bases(work, as_of, rate, appointment_type, certified)[0]
    least, most = _bounds(work, base)
    return work.answer(
        AwardLimits(plain(least), plain(most)),
        f"A performance award on {dollars(base)} is at least {dollars(least)} and at most {dollars(most)}.",
    )


def _bounds(work: Working, base: Decimal) -> tuple[Decimal, Decimal]:
    low, high = (Decimal(work.figure(f"awards.individual.{end}_share")) for end in ("minimum", "maximum"))
    least, most = percent_of(base, low, ROUND_CEILING), percent_of(base, high, ROUND_FLOOR)
    known = work.as_of is None or regulation(work, work.as_of) == "verified"
    law = "5 U.S.C. 5384(b)(2); 5 CFR 534.405(c)" if known else "5 U.S.C. 5384(b)(2)"
    work.note(f"{low} percent of {dollars(base)} is {dollars(least)}; {high} percent is {dollars(most)}.", law)
    return least, most


class CheckedAward(Answer, verdict="lawful"):
    """Whether an award may be paid."""

    lawful: Annotated[bool | None, Fact("Lawful", "Null: cannot tell.")]
    nearest_lawful: Annotated[Decimal | None, Fact("Nearest lawful award", "Null: none, or cannot tell.", "USD")]


def _alike(found: Iterable[bool]) -> bool | None:
    """What all say alike; None where they differ."""
    said = set(found)
    return said.pop() if len(said) == 1 else None


@question("5 U.S.C. 5384(a), (b); 5 CFR 534.405(a), (c)")
def check_award(
    as_of: Annotated[AsOf, Fact("Last day of the appraisal period", "The rate and the rules of this day count.")],
    *,
    appointment_type: Appointment,
    rating: Rating = None,
    rate: Annotated[
        Money | None,
        Fact("Rate of basic pay", "Yearly rate on the last day of the period, without locality.", "USD per year"),
    ] = None,
    award: Annotated[Money | None, Fact("Performance award", "The amount proposed.", "USD")] = None,
    certified: Certified = None,
) -> Result[CheckedAward]:
    """May this executive receive this performance award?

    Career appointees only, and former career appointees who kept award eligibility; rated fully successful or better
    for the period; 5 to 20 percent of the rate on its last day (5 U.S.C. 5384; 5 CFR 534.405). `answer` says whether
    it is lawful (null: cannot tell) and gives the nearest lawful award in dollars (null where none is).
    """
    work = Working(as_of)
    eligible = appointment_type in ELIGIBLE
    text = _FOR_CAREER.format(appointment_type.replace("_", " "))
    checks = Checks(work, [Check(eligible, text, "5 U.S.C. 5384(a)(1)")])
    lowest = int(work.figure("awards.individual.lowest_rating"))
    rated = at_least(rating, lowest)
    text = f"Rated level {rating}; level {lowest}, fully successful, is needed."
    checks.add(
        Check(rated, "The rating for the period is not known." if rated is None else text, "5 U.S.C. 5384(b)(1)")
    )
    nearest: Decimal | None = None
    lies: bool | None = True
    if rate is None or award is None:
        lacking = " and ".join(word for word, value in (("the rate", rate), ("the award", award)) if value is None)
        checks.add(Check(None, f"The amount cannot be tested without {lacking}.", "5 U.S.C. 5384(b)(2)"))
    else:
        ranges = [_bounds(work, base) for base in bases(work, as_of, rate, appointment_type, certified)]
        lies = _alike(least <= award <= most for least, most in ranges)
        words = ", or ".join(f"between {dollars(least)} and {dollars(most)}" for least, most in ranges)
        checks.add(Check(lies, f"The award of {dollars(award)} must lie {words}.", "5 U.S.C. 5384(b)(2)"))
        nearest = plain(min(max(award, *(least for least, _ in ranges)), *(most for _, most in ranges)))
    lawful = checks.passes
    barred = not eligible or rated is False
    if barred:
        nearest = None
    facts = {
        "the rating": rating,
        "the rate of basic pay": rate,
        "the award": award,
        "whether the system is certified": lies,
    }
    no = f"The award is not lawful; the nearest lawful award is {dollars(nearest or 0)}."
    no = "No performance award may be paid." if barred else no
    says = sentence(lawful, f"The award of {dollars(award or 0)} is lawful.", no, unknown(facts))
    return work.answer(CheckedAward(lawful, nearest), says)


@question("5 U.S.C. 4507(e)")
def rank_award(
    as_of: Annotated[AsOf, Fact("Date the rank is conferred")],
    *,
    rank: Annotated[Literal["meritorious", "distinguished"], Fact("Presidential rank")],
    rate: Rate,
) -> Result[Annotated[Decimal, Fact("Lump sum", unit="USD")]]:
    """How much does a Presidential Rank Award pay?

    20 percent (Meritorious) or 35 percent (Distinguished) of the annual rate of basic pay since October 21, 1998, a
    fixed amount before (5 U.S.C. 4507(e) and note). `answer` is the lump sum in dollars.
    """
    work = Working(as_of)
    share = work.recorded(f"awards.rank.{rank}_share")
    if share is None:
        amount = Decimal(work.figure(f"awards.rank.{rank}_amount"))
        work.note(
            f"Before {parameters.first_day(f'awards.rank.{rank}_share')} the {rank} rank paid a fixed {dollars(amount)}.",
            "5 U.S.C. 4507 note",
        )
    else:
        amount = percent_of(rate, Decimal(share), ROUND_FLOOR)
        work.note(f"{share} percent of {dollars(rate)} is {dollars(amount)}.", "5 U.S.C. 4507(e)")
        doubt_rate(work, as_of, rate)
        work.caution(
            "Which day's rate counts was not found in the sources; the rate when the rank is conferred is used."
        )
    work.note("The rank award counts toward the aggregate limitation on pay.", "5 CFR 530.202")
    work.warned("awards.rank.suspended", as_of)
    return work.answer(plain(amount), f"The {rank} rank pays a lump sum of {dollars(amount)}.")


class PoolCharge(Answer):
    """The pool an award is charged to."""

    fiscal_year: Annotated[int, Fact("Fiscal year of the pool")]
    charge: Annotated[Decimal, Fact("Charge", unit="USD")]


@question("5 CFR 534.405(f); 5 U.S.C. 5384(b)(3)")
def pool_charge(
    as_of: Annotated[AsOf, Fact("Date of the first payment")],
    *,
    award: Annotated[Money, Fact("Performance award", "The whole amount, with what is deferred.", "USD")],
    deferred: Annotated[Money, Fact("Deferred amount", "Paid in the next calendar year.", "USD")] = Decimal(0),
) -> Result[PoolCharge]:
    """Which fiscal year's pool is a performance award charged to, and with how much?

    The whole award, with any part deferred under the aggregate limitation, is charged to the pool of the fiscal year of
    the first payment (5 CFR 534.405(f)). `answer` holds `fiscal_year` and `charge` in dollars.
    """
    work = Working(as_of)
    year = fiscal_year(as_of)
    law, basis = "5 CFR 534.405(f)", regulation(work, as_of)
    work.note(f"First paid on {as_of}, in fiscal year {year}.", law, basis=basis)
    if deferred:
        text = f"The deferred {dollars(deferred)} is charged there too, not to the year it is paid."
        work.note(text, law, basis=basis)
    if deferred > award:
        work.caution(f"The deferred {dollars(deferred)} is more than the award of {dollars(award)}; check both.")
    answer = PoolCharge(year, plain(award))
    return work.answer(answer, f"{dollars(award)} is charged to the pool of fiscal year {year}.")


class RankEligibility(Answer, verdict="eligible"):
    """Whether an executive may be nominated for a Presidential rank."""

    eligible: Annotated[bool | None, Fact("Eligible", "Null: cannot tell.")]
    earliest_fiscal_year: Annotated[int | None, Fact("Same rank again from fiscal year", "Null: never received.")]
    most_nominations: Annotated[
        int | None, Fact("Most nominations", "Null: the career SES is not counted.", "executives")
    ]


@question("5 U.S.C. 4507(c), (d); 5 CFR 451.301")
def rank_eligibility(
    as_of: Annotated[AsOf, Fact("Nomination deadline")],
    *,
    rank: Annotated[Literal["meritorious", "distinguished"], Fact("Presidential rank")],
    appointment_type: Appointment | None = None,
    years_of_service: Annotated[
        Whole | None,
        Fact("Full years of career-type SES-level service", "Noncareer, limited, SL and ST time left out.", "years"),
    ] = None,
    last_same_rank: Annotated[
        CalendarYear | None,
        Fact("Fiscal year of the same rank before", "Leave out where never received.", happened=True),
    ] = None,
    nominated: Annotated[
        Whole | None, Fact("Executives nominated", "By the agency, this one included.", "count", zero=False)
    ] = None,
    career_executives: Annotated[
        Whole | None, Fact("Career SES members of the agency", "", "count", zero=False)
    ] = None,
) -> Result[RankEligibility]:
    """May this executive be nominated for a Presidential Rank Award?

    A career executive with enough career-type service on the nomination deadline; the same rank not again within the
    following fiscal years; the agency nominates at most a share of its career SES (5 U.S.C. 4507; 5 CFR 451.301).
    `answer` holds `eligible` (null: cannot tell), `earliest_fiscal_year` for the same rank, and `most_nominations`.
    """
    work = Working(as_of)
    needed = int(work.figure("awards.rank.service_years"))
    wait = int(work.figure("awards.rank.repeat_years"))
    share = Decimal(work.figure("awards.rank.nomination_share"))
    most = None if career_executives is None else int(career_executives * share / 100)
    again = None if last_same_rank is None else last_same_rank + wait + 1
    checks = Checks(work, [
        Check(
            None if appointment_type is None else appointment_type == "career",
            "The executive must be a career appointee on the deadline.",
            "5 CFR 451.301(b)",
            needs="the appointment type",
        ),
        Check(
            at_least(years_of_service, needed),
            f"At least {needed} years of career-type SES-level service are needed.",
            "5 CFR 451.301(b)",
            needs="the years of service",
        ),
    ])  # fmt: skip
    if again is None:
        work.assume("The same rank was not received before, as no fiscal year of it is stated.", "5 U.S.C. 4507(c)")
    else:
        text = f"The {rank} rank of fiscal year {last_same_rank} may be repeated from fiscal year {again}."
        checks.add(Check(fiscal_year(as_of) >= again, text, "5 U.S.C. 4507(c)"))
    if nominated is not None:
        text = f"At most {share} percent of career SES members may be nominated."
        checks.add(
            Check(at_least(most, nominated), text, "5 CFR 451.301(c)", needs="how many career executives there are")
        )
    of_all = Decimal(work.figure(f"awards.rank.{rank}_ceiling"))
    work.note(f"At most {of_all} percent of the SES may receive this rank in a fiscal year.", "5 U.S.C. 4507(d)")
    work.note("The agency nominates, OPM recommends, the President awards.", "5 U.S.C. 4507(b), (c)")
    work.warned("awards.rank.suspended", as_of)
    return work.answer(RankEligibility(checks.passes, again, most), checks.told("Eligible.", "Not eligible."))
