"""What if: awards and increases for given budgets that keep every limit and rise with the rating level.

At a level everyone gets one percent of pay, or as much of it as the law allows that person. The worksheet's own check
then tests the proposal; where a limit would not hold, nothing is proposed. A person decides: nothing is applied.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise
from typing import Any

from seskit.formats.counts import number_of
from seskit.law import awards, parameters
from seskit.law.awards import ELIGIBLE
from seskit.law.facts import FactError, dollars
from seskit.record.pay_setting.worksheet.columns import COLUMNS
from seskit.record.pay_setting.worksheet.entries import where
from seskit.record.pay_setting.worksheet.reading import AIMS, Aim, Worksheet, WorksheetRow
from seskit.work.pay_setting import sharing
from seskit.work.pay_setting.held import Held, held
from seskit.work.pay_setting.sharing import AwardGroup, AwardTerms, Member, Percents, units
from seskit.work.pay_setting.worksheet.checking import CheckedWorksheet, JudgedRow, check

#: The smallest step between levels: whole dollars could hide a smaller one.
LEAST_STEP = Decimal("0.01")
_RISING = "pay differentiation"
_MUST_HOLD = ("award budget", "adjustment budget", "guidance", "award differentiation", _RISING)


@dataclass(frozen=True)
class LevelShare:
    """What the proposal gives one rating level: percent of pay, before the dollars are rounded down."""

    rating: int
    people: int
    increase_percent: Decimal
    award_percent: Decimal


@dataclass(frozen=True)
class Limit:
    """A limit, how much of it is used, and whether it binds: with more of it, more could be proposed."""

    what: str
    used: str
    limit: str
    binds: bool


@dataclass(frozen=True)
class WhatIf:
    """A proposal to look at: the worksheet with it, its check, how it was shared out, what binds and who is held."""

    worksheet: Worksheet
    checked: CheckedWorksheet
    levels: tuple[LevelShare, ...]
    limits: tuple[Limit, ...]
    held: tuple[Held, ...]
    says: tuple[str, ...]

    def to_csv(self) -> str:
        """The proposal as a worksheet file, under another name than the agency's own."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in self.worksheet.rows:
            writer.writerow([_shown(getattr(row, name)) for name in COLUMNS])
        return out.getvalue()


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else format(value, "f") if isinstance(value, Decimal) else str(value)


def propose(
    worksheet: Worksheet,
    adjustment_budget: Decimal | None = None,
    award_budget: Decimal | None = None,
    aim: Aim | None = None,
) -> WhatIf:
    """Share budgets out over the executives of a worksheet; budgets and aim not given are those of `pay.yaml`.

    Everyone at a level gets the same percent of pay, up to what the law allows that person. Raises FactError where no
    proposal keeps every limit.
    """
    terms = worksheet.terms
    for_pay = _first(adjustment_budget, terms.adjustment_budget)
    for_awards = _first(award_budget, terms.award_budget)
    if terms.step < LEAST_STEP:
        raise FactError(
            f"step: {terms.step} percent is too small to survive whole dollars; give {LEAST_STEP} or more: {where('step')}."
        )
    chosen = aim or terms.aim
    terms = terms.model_copy(update={"adjustment_budget": for_pay, "award_budget": for_awards, "aim": chosen})
    blank = Worksheet(
        worksheet.agency, terms, worksheet.certified,
        tuple(row._replace(proposed_rate=None, proposed_award=None, action="adjustment", reason=None) for row in worksheet.rows),
        worksheet.pool_count, worksheet.pool_aggregate,
    )  # fmt: skip
    before = check(blank)
    increases, raised = _increases(before, for_pay, chosen)
    most = _award_limit(before, for_awards)
    award_terms, award_percents = _award_percents(before, most)
    rows = [_proposed(judged, increases.get(n, 0), award_percents, award_terms) for n, judged in enumerate(before.rows)]
    checked = check(blank.with_rows(rows))
    _verify(checked, chosen)
    levels = tuple(
        LevelShare(
            level.rating, level.people, sharing.percent(raised.get(level.rating, 0)),
            sharing.percent(award_percents.get(level.rating, 0)),
        )
        for level in checked.levels
        if level.people
    )  # fmt: skip
    stopped = tuple(held(checked))
    limits = tuple(_limits(checked, for_pay, most, award_percents, stopped))
    return WhatIf(
        checked.worksheet, checked, levels, limits, stopped, tuple(_explained(checked, levels, chosen, stopped))
    )


def scenarios(
    worksheet: Worksheet,
    adjustment_budget: Decimal | None = None,
    award_budget: Decimal | None = None,
) -> dict[Aim, WhatIf | str]:
    """The same budgets under each aim, side by side; where one cannot be met, the reason."""
    found: dict[Aim, WhatIf | str] = {}
    for aim in AIMS:
        try:
            found[aim] = propose(worksheet, adjustment_budget, award_budget, aim)
        except FactError as refusal:
            found[aim] = str(refusal)
    return found


def _first(given: Decimal | None, otherwise: Decimal | None) -> Decimal:
    return given if given is not None else otherwise if otherwise is not None else Decimal(0)


def _verify(checked: CheckedWorksheet, aim: Aim) -> None:
    """Refuse a proposal that breaks a limit; relief goes by the line and not by the level, so averages may then fall."""
    must_hold = [check for check in _MUST_HOLD if (aim, check) != ("compression", _RISING)]
    stands = [f for f in checked.findings if f.level == "block" or f.check in must_hold]
    if stands:
        who = f"{stands[0].person_id}: " if stands[0].person_id else ""
        raise FactError(
            f"Nothing is proposed: {number_of(len(stands), 'limit')} would not be met. The first: {who}{stands[0].text} "
            "Change the budgets or the step, or the facts of that row."
        )


def _increases(before: CheckedWorksheet, budget: Decimal, aim: Aim) -> tuple[dict[int, int], Percents]:
    """Whole dollars for each row that gets an increase, and the percent at each level."""
    rows, terms = before.rows, before.worksheet.terms
    given = {n: _up(j.lowest - j.row.rate) for n, j in enumerate(rows) if j.lowest > j.row.rate}
    if sum(given.values()) > budget:
        raise FactError(
            f"adjustment_budget: raising everyone to the range minimum alone takes {dollars(sum(given.values()))}; "
            f"give more: {where('adjustment_budget')}."
        )
    lowest = int(parameters.figure("pay_setting.performance.lowest_rating", terms.effective).value)
    numbers = [n for n, j in enumerate(rows) if _counts(j) and (j.row.rating or 0) >= lowest]
    members = [_member(rows[n], given.get(n, 0)) for n in numbers]
    left = budget - sum(amount for n, amount in given.items() if n not in numbers)
    members, percents = _aimed(before, members, left, aim)
    for n, member in zip(numbers, members, strict=True):
        if amount := member.dollars_at(percents.get(member.level, 0)):
            given[n] = amount
    return given, percents


def _up(amount: Decimal) -> int:
    return int(amount.to_integral_value(ROUND_CEILING))


def _counts(judged: JudgedRow) -> bool:
    return judged.row.appointment_type in ELIGIBLE and judged.row.rating is not None


def _member(judged: JudgedRow, forced: int) -> Member:
    most = (judged.highest or judged.lowest) - judged.row.rate
    return Member(
        judged.row.rating or 0, judged.row.rate, forced, max(forced, int(most.to_integral_value(ROUND_FLOOR))), forced
    )


def _aimed(before: CheckedWorksheet, members: list[Member], budget: Decimal, aim: Aim) -> tuple[list[Member], Percents]:
    """The members with what they get in any case, and the percents on top, for one aim."""
    terms = before.worksheet.terms
    step, levels = units(terms.step), sorted({member.level for member in members})
    ratio, least_top = None, 0
    if aim == "ratio":
        ratio = _ratio(terms.ratio, levels)
    elif aim == "floor":
        if not terms.floor:
            raise FactError(f"floor: give the percent that everyone is to get at least: {where('floor')}.")
        least_top = units(terms.floor) + step * (len(levels) - 1)
    elif aim == "compression":
        members, relief = _relieved(before, members, budget, step)
        if relief is not None:
            return members, relief
    found = sharing.share_out(members, budget, step, ratio, least_top)
    if found is None:
        needed = sharing.spent(members, sharing.ladder(members, least_top, step, ratio))
        raise FactError(
            f"Nothing is proposed: the aim takes {dollars(needed)} a year, more than the {dollars(budget)} that is left."
        )
    return members, found


def _ratio(given: dict[int, Decimal], levels: list[int]) -> dict[int, Decimal]:
    absent = [str(level) for level in levels if level not in given]
    if absent:
        raise FactError(
            f"ratio: give a share for level {', '.join(absent)}, for example 3: 1, 4: 2, 5: 3: {where('ratio')}."
        )
    shares = [given[level] for level in levels]
    if any(low > high for low, high in pairwise(shares)) or (shares and shares[-1] <= 0):
        raise FactError(
            f"ratio: the shares must rise with the level, and that of the highest must be more than zero: {where('ratio')}."
        )
    return {level: given[level] for level in levels}


def _relieved(
    before: CheckedWorksheet, members: list[Member], budget: Decimal, step: int
) -> tuple[list[Member], Percents | None]:
    """Those below the line raised toward it first; the percents too where the budget ends before all have reached it."""
    line = before.worksheet.terms.compression_line
    if line is None:
        line = Decimal(
            parameters.figure("pay_setting.executive_schedule.level_IV", before.worksheet.terms.effective).value
        )
    below = [m.with_most(max(m.least, min(m.most, int(max(line - m.rate, Decimal(0)))))) for m in members]
    percents, all_reached = sharing.relieve(below, budget, step)
    if not all_reached:
        return below, percents
    return [m.with_least(b.dollars_at(percents.get(b.level, 0))) for m, b in zip(members, below, strict=True)], None


def _award_limit(before: CheckedWorksheet, budget: Decimal) -> Decimal:
    worksheet = before.worksheet
    limits = [budget, before.pool.answer.pool]
    guidance = awards.spending_limit(worksheet.terms.awards_paid_on, worksheet.pool_aggregate)
    if guidance is not None:
        limits.append(guidance.amount)
    return min(limits)


def _award_percents(before: CheckedWorksheet, limit: Decimal) -> tuple[AwardTerms, Percents]:
    """The percent of pay at each level that gets awards."""
    terms = before.worksheet.terms
    least, most = (
        units(Decimal(parameters.figure(f"awards.individual.{word}_share", terms.awards_paid_on).value))
        for word in ("minimum", "maximum")
    )
    rules = AwardTerms(least, most, units(terms.step))
    lowest = max(
        terms.lowest_award_rating, int(parameters.figure("awards.individual.lowest_rating", terms.awards_paid_on).value)
    )
    counted = [judged for judged in before.rows if _counts(judged) and (judged.row.rating or 0) >= lowest]
    groups = []
    for level in sorted({judged.row.rating or 0 for judged in counted if judged.award_base}):
        bases = tuple(j.award_base for j in counted if j.row.rating == level and j.award_base)
        groups.append(AwardGroup(level, bases, sum(j.row.rating == level for j in counted)))
    return rules, sharing.share_awards(groups, limit, rules)


def _proposed(judged: JudgedRow, increase: int, percents: Percents, rules: AwardTerms) -> WorksheetRow:
    row, award = judged.row, None
    if _counts(judged) and judged.award_base and (share := percents.get(row.rating or 0)):
        award = Decimal(rules.dollars_at(judged.award_base, share))
    return row._replace(proposed_rate=row.rate + increase if increase else None, proposed_award=award)


def _limits(
    checked: CheckedWorksheet, for_pay: Decimal, most: Decimal, percents: Percents, stopped: Sequence[Held]
) -> list[Limit]:
    pool, spent, raised = checked.pool.answer.pool, checked.awards_total, checked.adjustments_total
    people, terms = len(checked.rows), checked.worksheet.terms
    made = [
        Limit("Awards: budget, pool and guidance together", dollars(spent), dollars(most), most - spent < people + 1),
        Limit("Award pool (5 U.S.C. 5384(b)(3))", dollars(spent), dollars(pool), pool - spent < people + 1),
        Limit("Budget for increases", dollars(raised), dollars(for_pay), for_pay - raised < people + 1),
    ]
    largest = Decimal(parameters.figure("awards.individual.maximum_share", terms.awards_paid_on).value)
    for level, share in percents.items():
        given = sharing.percent(share)
        made.append(Limit(f"Largest award at level {level}, percent", str(given), str(largest), given >= largest))
    used = [level for level in checked.levels if level.people]
    for what, part in (("awards", "award_percent"), ("increases", "merit_percent")):
        for low, high in pairwise(used):
            if getattr(low, part) > 0:
                apart = getattr(high, part) - getattr(low, part)
                words = f"Averages of {what}, level {low.rating} to {high.rating}: at least apart, percent"
                made.append(Limit(words, f"{apart:.2f}", str(terms.step), apart - terms.step < LEAST_STEP))
    why = Counter(one.by for one in stopped)
    return made + [Limit(f"Executives held by: {reason}", str(count), "", True) for reason, count in why.most_common()]


_AIM_SAYS: dict[Aim, str] = {
    "even": "the budget is spent evenly, with the levels as near as the step allows",
    "ratio": "the levels' percents keep the ratio of pay.yaml where step and limits allow",
    "compression": "those below the compression line are raised toward it, and only when all have reached it or their own limit "
    "is the rest spent evenly",
    "floor": "everyone rated fully successful or better gets at least the floor, up to what the law allows each",
}


def _rising(checked: CheckedWorksheet) -> str:
    falls = [finding.text for finding in checked.findings if finding.check == _RISING]
    if not falls:
        return f"Percents and averages rise with the level by at least {checked.worksheet.terms.step} percent of pay wherever a level gets anything."
    return (
        f"{falls[0]} The relief goes to those below the line, whatever their level: say in the record why, add to the budget, "
        "or choose another aim."
    )


def _explained(checked: CheckedWorksheet, levels: Sequence[LevelShare], aim: Aim, stopped: Sequence[Held]) -> list[str]:
    said = [
        f"Increases of {dollars(checked.adjustments_total)} a year and awards of {dollars(checked.awards_total)}.",
        f"Aim: {_AIM_SAYS[aim]}.",
        _rising(checked),
    ]
    for level in levels:
        said.append(
            f"Level {level.rating}: {number_of(level.people, 'executive')}; increase of {level.increase_percent} percent up to what the law allows "
            f"each; award of {level.award_percent} percent of the rate at the period's end."
        )
    others = sum(judged.row.appointment_type not in ELIGIBLE for judged in checked.rows)
    if others:
        said.append(
            f"{number_of(others, 'executive who is not a career appointee gets', 'executives who are not career appointees get')} no increase here: averages by rating level compare career "
            "appointees only, performance awards are only for them (5 U.S.C. 5384(a)(1)), and the freeze on political "
            "appointees may hold the others. Propose a rate in the worksheet where one of them is to be raised."
        )
    if stopped:
        said.append(
            f"{number_of(len(stopped), 'executive is', 'executives are')} held below the percent of their level; each is listed with what holds."
        )
    said.append(
        "Amounts are rounded down to dollars; checked again, no limit is passed. Nothing is applied: a person decides."
    )
    return said
