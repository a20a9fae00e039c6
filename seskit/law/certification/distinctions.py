"""Numbers OPM has used for meaningful distinctions: the ceiling on levels 4 and 5, and indicators to screen by."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Annotated

from seskit.formats.counts import number_of
from seskit.formats.keyed import Keyed
from seskit.law import parameters, rating_levels
from seskit.law.answers import Answer
from seskit.law.cautions import SCREENING
from seskit.law.facts import AsOf, CalendarYear, Change, Fact, FactError, Money, Whole, YesNo, dollars
from seskit.law.question import find, question
from seskit.law.renaming import under_older_name
from seskit.law.result import Result, Working

YEAR = Fact("Fiscal year of the ratings", unit="year")
_BAN = "appraisal.regime.quota_ban"
#: Said with every set of indicators.
_SCREENING = Keyed("These are indicators for screening, not a verdict by OPM: no law sets a percentage.", SCREENING)


@question("OPM bulletin of October 2025 on the FY 2026 rating distribution; OPM memo of 2025-02-25")
def top_two_ceiling(
    as_of: Annotated[AsOf | None, Fact("As-of date", "May be left out: the fiscal year decides.")] = None,
    *,
    fiscal_year: Annotated[CalendarYear, YEAR],
    career: Annotated[
        Whole, Fact("Career executives rated", "An Inspector General's office counts separately.", "people")
    ],
    ses_total: Annotated[
        Whole | None, Fact("All SES members", "Not counted: only career members decide.", "people")
    ] = None,
    in_top_two: Annotated[Whole | None, Fact("Career executives at levels 4 and 5", unit="people")] = None,
    waived: Annotated[YesNo, Fact("Waived by the President")] = False,
) -> Result[Annotated[int | None, Fact("Most at levels 4 and 5", "Null: there is no ceiling.", "people")]]:
    """How many career executives may be rated at levels 4 and 5 together?

    The older name of `appraisal.rating_ceiling`, asked for the last day of the fiscal year. `answer` is the number, or
    null where there is no ceiling.
    """
    if not 1979 <= fiscal_year <= 9999:
        raise FactError(f"fiscal_year: {fiscal_year} is not a fiscal year of the Senior Executive Service.")
    if ses_total is not None and career > ses_total:
        raise FactError(f"ses_total: {ses_total} is fewer than the {career} career executives among them.")
    made = find("appraisal.rating_ceiling")(
        date(fiscal_year, 9, 30), career_rated=career, career_high=in_top_two, waived=waived
    )
    more = [] if ses_total is None else [f"The {ses_total} SES members in all decide nothing; career members do."]
    number = None if waived else made.answer.allowed
    says = ""
    if number is not None and in_top_two is None:
        says = f"At most {number} of {career} may be at Levels 4 and 5."
        made = dataclasses.replace(made, reasons=tuple(r for r in made.reasons if r.outcome != "cannot tell"))
    return dataclasses.replace(under_older_name(made, number, *more, says=says), as_of=as_of or made.as_of)


#: Said where pay cannot be compared by level.
ONE_LEVEL = "Only one level is used, so it cannot be seen whether pay rises with the rating."


class Indicators(Answer):
    """What the ratings of a period and the pay that followed show."""

    shares: Annotated[list[Decimal], Fact("Shares", "By level, level 1 first.", unit="percent")]
    modal_level: Annotated[int | None, Fact("Most common level", "Null: several.")]
    top_two_share: Annotated[Decimal, Fact("Share at levels 4 and 5", unit="percent")]
    pay_rises_with_level: Annotated[bool | None, Fact("Adjustments and awards rise with the level")]
    levels_of_pay_rise: Annotated[bool | None, Fact("Rates of pay rise with the level")]
    above_level_III_below_level_4: Annotated[  # noqa: N815 - the name of the level in the statute
        int | None, Fact("Above level III of pay and below level 4 of rating", unit="people")
    ]


@question("5 CFR 430.404(a)(8), (9); 5 CFR 430.305")
def indicators(
    as_of: Annotated[AsOf, Fact("Last day of the appraisal period")],
    *,
    counts: Annotated[list[Whole], Fact("People at levels 1, 2, 3, 4, 5", "Five numbers, level 1 first.", "people")],
    average_pay: Annotated[
        list[Change] | None,
        Fact(
            "Average adjustment and award at levels 1 to 5",
            "Five amounts, level 1 first; below zero where reductions outweigh.",
            "USD",
        ),
    ] = None,
    average_rate: Annotated[
        list[Money] | None, Fact("Average rate of basic pay at levels 1 to 5", "Five amounts, level 1 first.", "USD")
    ] = None,
    above_level_III: Annotated[  # noqa: N803 - the statute's own name for the level  # noqa: N815 - the name of the level in the statute
        list[Whole] | None, Fact("People paid above level III at levels 1 to 5", "Five numbers.", "people")
    ] = None,
) -> Result[Indicators]:
    """Do the ratings of a period, and the pay that followed, show the distinctions OPM looks for?

    Indicators only: no statute or regulation sets a percentage (5 U.S.C. 5307(d)(2); 5 CFR 430.404(a)(8), (9)). `answer`
    holds `shares` (percent by level, level 1 first), `modal_level`, `top_two_share` (percent), `pay_rises_with_level`,
    `levels_of_pay_rise` and `above_level_III_below_level_4` (people); null where it cannot be determined.
    """
    work = Working(as_of)
    lists = {"average_pay": average_pay, "average_rate": average_rate, "above_level_III": above_level_III}
    for name, given in {"counts": counts, **lists}.items():
        if given is not None and len(given) != 5:
            raise FactError(f"{name}: give five numbers, for levels 1 to 5; {len(given)} were given.")
    total = sum(counts)
    if not total:
        raise FactError("counts: nobody is rated; give the people at each level.")
    for level, (rich, people) in enumerate(zip(above_level_III or (), counts, strict=False), 1):
        if rich > people:
            raise FactError(f"above_level_III: {rich} at level {level} is more than the {people} rated there.")
    shares = [(Decimal(100) * n / total).quantize(Decimal("0.1")) for n in counts]
    most = max(counts)
    modal = [level for level, n in enumerate(counts, 1) if n == most]
    top_two = (Decimal(100) * (counts[3] + counts[4]) / total).quantize(Decimal("0.1"))
    if as_of < (first := parameters.first_day("certification.criteria.performance_differentiation")):
        work.caution(
            f"The criteria of 5 CFR 430.404 are in force from {first}; nothing asked for them of a period before it."
        )
    limit = parameters.recorded("certification.levels.modal_needing_reason", as_of)
    text = f"The most common rating is level {' and '.join(str(level) for level in modal)}."
    work.test(
        5 not in modal,
        text + (" The agency must justify it." if limit and 5 in modal else ""),
        "OPM certification practice",
    )
    work.test(counts[3] > 0, "A level between outstanding and fully successful is used.", "5 CFR 430.404(a)(8)")
    rises = _rises(work, counts, average_pay)
    levels = _levels_of_pay(work, counts, average_rate)
    low = None if above_level_III is None else sum(above_level_III[:3])
    if low is not None:
        work.note(
            f"{number_of(low, 'person above level III is', 'people above level III are')} rated below level 4.",
            "practice",
            basis="design",
        )
    if low:
        work.caution(
            "Pay above level III below the top ratings is an indicator to look at: 5 CFR 430.404(a)(9) asks that the "
            "highest performers get the largest adjustments, awards and levels of pay, and bars no one by level."
        )
    if rule := work.recorded(_BAN):
        work.note(f"Forced distribution of SES ratings is {rule} on that date.", parameters.parameter(_BAN).citation)
    work.caution(_SCREENING)
    answer = Indicators(
        shares=shares,
        modal_level=modal[-1] if len(modal) == 1 else None,
        top_two_share=top_two,
        pay_rises_with_level=rises,
        levels_of_pay_rise=levels,
        above_level_III_below_level_4=low,
    )
    return work.answer(answer, f"{top_two} percent are at levels 4 and 5. {text}")


def _rises(work: Working, counts: list[int], average_pay: list[Decimal] | None) -> bool | None:
    if average_pay is None:
        work.test(None, "Average adjustment and award by level are not known.", "5 CFR 430.404(a)(9)")
        return None
    paid = [(level, pay) for level, (pay, n) in enumerate(zip(average_pay, counts, strict=True), 1) if n]
    if len(paid) == 1:
        work.test(None, ONE_LEVEL, "5 CFR 430.404(a)(9)")
        return None
    rising = rises(paid)
    return work.test(rising, "Average adjustment and award rise with every level used.", "5 CFR 430.404(a)(9)")


def _levels_of_pay(work: Working, counts: list[int], average_rate: list[Decimal] | None) -> bool | None:
    """Whether average basic pay rises with every level used; an indicator, for pay has a history of its own."""
    law = "5 CFR 430.404(a)(9)"
    if average_rate is None:
        work.note("Levels of pay by rating are not known, so they are not compared.", law)
        return None
    used = [(level, rate) for level, (rate, n) in enumerate(zip(average_rate, counts, strict=True), 1) if n]
    if len(used) == 1:
        work.note(ONE_LEVEL, law)
        return None
    lower = [(low, high) for low, high in pairwise(used) if not rises([low, high])]
    if lower:
        said = "; ".join(f"level {b[0]} {dollars(b[1])}, level {a[0]} {dollars(a[1])}" for a, b in lower)
        work.caution(f"Levels of pay do not rise with the rating (average basic pay: {said}): an indicator to look at.")
    else:
        work.note("Average basic pay rises with every level used.", law, basis="design")
    return not lower


def rises(paid: Sequence[tuple[int, Decimal]]) -> bool:
    """Whether pay rises with every level, lowest level first; below fully successful two levels may be alike."""
    below = rating_levels.below()
    return all(low < high or (low == high and level in below) for (_, low), (level, high) in pairwise(paid))
