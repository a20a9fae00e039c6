"""Numbers OPM has used for meaningful distinctions: the ceiling on levels 4 and 5, and indicators to screen by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Annotated

from seskit.law import parameters
from seskit.law.facts import AsOf, CalendarYear, Fact, FactError, Money, Whole, YesNo
from seskit.law.question import question
from seskit.law.result import Result, Working

#: Below this level nobody is to be rewarded, so levels 1 and 2 may be alike.
_FULLY_SUCCESSFUL = 3
_MEMO = "OPM memo of 2025-02-25"
YEAR = Fact("Fiscal year of the ratings", unit="year")


def _ceiling(career: int, share: int) -> int:
    return career * share // 100


@question("OPM memo of 2025-02-25")
def top_two_ceiling(
    as_of: Annotated[AsOf | None, Fact("As-of date", "May be left out: the fiscal year decides.")] = None,
    *,
    fiscal_year: Annotated[CalendarYear, YEAR],
    career: Annotated[Whole, Fact("Career executives rated", "An Inspector General's office counts apart.", "people")],
    ses_total: Annotated[
        Whole | None, Fact("All SES members", "Career and noncareer, to see whether the ceiling applies.", "people")
    ] = None,
    in_top_two: Annotated[Whole | None, Fact("Career executives at levels 4 and 5", unit="people")] = None,
    waived: Annotated[YesNo, Fact("Waived by the President")] = False,
) -> Result:
    """How many career executives may be rated at levels 4 and 5 together?

    At most 30 percent from fiscal year 2026, in agencies with at least 5 executives; general guidance for fiscal year 2025
    (OPM memo of 2025-02-25). `answer` is the number, or null where there is no ceiling.
    """
    if not 1979 <= fiscal_year <= 9999:
        raise FactError(f"fiscal_year: {fiscal_year} is not a fiscal year of the Senior Executive Service.")
    if ses_total is not None and career > ses_total:
        raise FactError(f"ses_total: {ses_total} is fewer than the {career} career executives among them.")
    if in_top_two is not None and in_top_two > career:
        raise FactError(f"in_top_two: {in_top_two} is more than the {career} career executives rated.")
    day = date(fiscal_year - 1, 10, 1)
    work = Working(as_of or day)
    share = work.recorded("certification.distinctions.top_two_share", day)
    if share is None:
        return _no_ceiling(work, day, fiscal_year, career, in_top_two)
    fewest = int(work.figure("certification.distinctions.smallest_agency", day))
    total = career if ses_total is None else ses_total
    if waived:
        work.note("The President waived the ceiling by certifying outstanding performance.", _MEMO)
        return work.answer(None, "There is no ceiling: it is waived.")
    if ses_total is None and career < fewest:
        work.test(None, f"The ceiling needs {fewest} SES members; the total is not known.", _MEMO)
        work.caution(f"With {fewest} or more members the ceiling would be {_ceiling(career, share)}.")
        return work.answer(None, "Cannot tell: the number of SES members is not known.")
    if not work.test(total >= fewest, f"The agency has {total} SES members; the ceiling needs {fewest}.", _MEMO):
        return work.answer(None, f"There is no ceiling for fewer than {fewest} members.")
    work.note("All members count towards the five, career members only for the share.", _MEMO, basis="design")
    number = _ceiling(career, int(share))
    work.note(f"{share} percent of {career}, rounded down, is {number}.", _MEMO, basis="design")
    if in_top_two is not None:
        work.test(in_top_two <= number, f"{in_top_two} are at levels 4 and 5; the ceiling is {number}.", _MEMO)
    work.caution("Whether SL/ST employees are held to it was not established.")
    return work.answer(number, f"At most {number} of {career} career executives may be at levels 4 and 5.")


def _no_ceiling(work: Working, day: date, fiscal_year: int, career: int, in_top_two: int | None) -> Result:
    guidance = work.recorded("certification.distinctions.top_two_guidance", day)
    work.note(f"No ceiling binds the ratings of fiscal year {fiscal_year}.", _MEMO)
    if guidance is not None:
        number = _ceiling(career, int(guidance))
        over = in_top_two is not None and in_top_two > number
        advice = f"{in_top_two} are at levels 4 and 5, more than that: no breach, but expect questions." if over else ""
        work.caution(f"General guidance for that year is {guidance} percent, {number} of {career}. {advice}".strip())
    return work.answer(None, f"There is no ceiling for fiscal year {fiscal_year}.")


@question("5 CFR 430.404(a)(8), (9); 5 CFR 430.305")
def indicators(
    as_of: Annotated[AsOf, Fact("Last day of the appraisal period")],
    *,
    counts: Annotated[list[Whole], Fact("People at levels 1, 2, 3, 4, 5", "Five numbers, level 1 first.", "people")],
    average_pay: Annotated[
        list[Money] | None,
        Fact("Average adjustment and award at levels 1 to 5", "Five amounts, level 1 first.", "USD"),
    ] = None,
    above_level_III: Annotated[  # noqa: N803 - the statute's own name for the level
        list[Whole] | None, Fact("People paid above level III at levels 1 to 5", "Five numbers.", "people")
    ] = None,
) -> Result:
    """Do the ratings of a period, and the pay that followed, show the distinctions OPM looks for?

    Indicators only: no statute or regulation sets a percentage (5 U.S.C. 5307(d)(2); 5 CFR 430.404(a)(8), (9)). `answer`
    holds `shares` (percent by level, level 1 first), `modal_level`, `top_two_share` (percent), `pay_rises_with_level` and
    `above_level_III_below_level_4` (people); null where it cannot be told.
    """
    work = Working(as_of)
    for name, given in (("counts", counts), ("average_pay", average_pay), ("above_level_III", above_level_III)):
        if given is not None and len(given) != 5:
            raise FactError(f"{name}: give five numbers, for levels 1 to 5; {len(given)} were given.")
    total = sum(counts)
    if not total:
        raise FactError("counts: nobody is rated; give the people at each level.")
    shares = [(Decimal(100) * n / total).quantize(Decimal("0.1")) for n in counts]
    most = max(counts)
    modal = [level for level, n in enumerate(counts, 1) if n == most]
    top_two = (Decimal(100) * (counts[3] + counts[4]) / total).quantize(Decimal("0.1"))
    limit = parameters.recorded("certification.levels.modal_needing_reason", as_of)
    text = f"The most common rating is level {' and '.join(str(level) for level in modal)}."
    work.test(
        5 not in modal,
        text + (" The agency must justify it." if limit and 5 in modal else ""),
        "OPM certification practice",
    )
    work.test(counts[3] > 0, "A level between outstanding and fully successful is used.", "5 CFR 430.404(a)(8)")
    rises = _rises(work, counts, average_pay)
    low = None if above_level_III is None else sum(above_level_III[:3])
    if low is not None:
        work.test(not low, f"{low} people above level III are rated below level 4.", "5 CFR 430.404(a)(9)")
    rule = work.recorded("certification.distinctions.forced_distribution")
    if rule:
        work.note(f"Forced distribution of SES ratings is {rule} on that date.", "5 CFR 430.305")
    work.caution("These are indicators for screening, not a verdict by OPM: no law sets a percentage.")
    answer = {
        "shares": shares,
        "modal_level": modal[-1] if len(modal) == 1 else None,
        "top_two_share": top_two,
        "pay_rises_with_level": rises,
        "above_level_III_below_level_4": low,
    }
    return work.answer(answer, f"{top_two} percent are at levels 4 and 5. {text}")


def _rises(work: Working, counts: list[int], average_pay: list[Decimal] | None) -> bool | None:
    if average_pay is None:
        work.test(None, "Average adjustment and award by level are not known.", "5 CFR 430.404(a)(9)")
        return None
    rising = rises([(level, pay) for level, (pay, n) in enumerate(zip(average_pay, counts, strict=True), 1) if n])
    return work.test(rising, "Average adjustment and award rise with every level used.", "5 CFR 430.404(a)(9)")


def rises(paid: Sequence[tuple[int, Decimal]]) -> bool:
    """Whether pay rises with every level, lowest level first; below fully successful two levels may be alike."""
    return all(low < high or (low == high and level < _FULLY_SUCCESSFUL) for (_, low), (level, high) in pairwise(paid))
