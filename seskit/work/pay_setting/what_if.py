"""What if: awards and adjustments for given budgets that keep every limit and rise with the rating level.

Two small linear programs share the money out; whole dollars are rounded down; then the worksheet's own check must find no
block and no flag about money or levels, or nothing is proposed. A person decides: nothing is applied.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from itertools import pairwise
from typing import Any

from seskit.law import awards, parameters
from seskit.law.awards import ELIGIBLE
from seskit.law.facts import FactError, dollars
from seskit.law.pay_setting import clock
from seskit.record.pay_setting.worksheet.columns import COLUMNS
from seskit.record.pay_setting.worksheet.reading import Row, Worksheet
from seskit.work.pay_setting.worksheet.checking import Checked, Judged, check

#: The smallest step between levels: whole dollars could hide a smaller one.
LEAST_STEP = Decimal("0.01")
_MUST_HOLD = ("award budget", "adjustment budget", "guidance", "award differentiation", "pay differentiation")
_NEARLY = 1e-6
#: How far the second program may stay below the total the first one found, in dollars.
_SLACK = 0.01


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
    """A proposal to look at: the worksheet with it, its check, how it was shared out, and what binds."""

    worksheet: Worksheet
    checked: Checked
    levels: tuple[LevelShare, ...]
    limits: tuple[Limit, ...]
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
    worksheet: Worksheet, adjustment_budget: Decimal | None = None, award_budget: Decimal | None = None
) -> WhatIf:
    """Share budgets out over the executives of a worksheet; budgets not given are those of `pay.yaml`, or nothing.

    Everyone at a level gets the same percent of pay, up to what the law allows that person. Raises FactError where no
    proposal keeps every limit.
    """
    terms = worksheet.terms
    for_pay = _first(adjustment_budget, terms.adjustment_budget)
    for_awards = _first(award_budget, terms.award_budget)
    if terms.step < LEAST_STEP:
        raise FactError(f"step: {terms.step} percent is too small to survive whole dollars; give {LEAST_STEP} or more.")
    terms = terms.model_copy(update={"adjustment_budget": for_pay, "award_budget": for_awards})
    blank = Worksheet(
        worksheet.agency, terms, worksheet.certified,
        tuple(row._replace(proposed_rate=None, proposed_award=None, action="adjustment", reason=None) for row in worksheet.rows),
        worksheet.pool_count, worksheet.pool_aggregate,
    )  # fmt: skip
    before = check(blank)
    increases, raised = _increases(before, for_pay)
    most = _award_limit(before, for_awards)
    award_percents = _award_percents(before, most)
    rows = [_proposed(judged, increases.get(number, 0), award_percents) for number, judged in enumerate(before.rows)]
    checked = check(blank.with_rows(rows))
    _verify(checked)
    levels = tuple(
        LevelShare(level.rating, level.people, _percent(raised.get(level.rating, 0)), _percent(award_percents.get(level.rating, 0)))
        for level in checked.levels
        if level.people
    )  # fmt: skip
    limits = tuple(_limits(checked, for_pay, most, award_percents))
    return WhatIf(checked.worksheet, checked, levels, limits, tuple(_explained(checked, levels)))


def _first(given: Decimal | None, otherwise: Decimal | None) -> Decimal:
    return given if given is not None else otherwise if otherwise is not None else Decimal(0)


def _percent(value: float) -> Decimal:
    return Decimal(str(round(value, 2)))


def _verify(checked: Checked) -> None:
    stands = [f for f in checked.findings if f.level == "block" or f.check in _MUST_HOLD]
    if stands:
        who = f"{stands[0].person_id}: " if stands[0].person_id else ""
        raise FactError(
            f"Nothing is proposed: {len(stands)} limit(s) would not hold. The first: {who}{stands[0].text} "
            "Change the budgets or the step, or the facts of that row."
        )


def _increases(before: Checked, budget: Decimal) -> tuple[dict[int, int], dict[int, float]]:
    """Whole dollars for each row that gets an increase, and the percent at each level."""
    rows = before.rows
    forced = {n: j.lowest - j.row.rate for n, j in enumerate(rows) if j.lowest > j.row.rate}
    if sum(forced.values(), Decimal(0)) > budget:
        raise FactError(
            f"adjustment_budget: raising everyone to the range minimum alone takes {dollars(sum(forced.values(), Decimal(0)))}."
        )
    given = {n: int(amount.to_integral_value(ROUND_FLOOR)) + (amount % 1 > 0) for n, amount in forced.items()}
    lowest = int(parameters.figure("pay_setting.performance.lowest_rating", before.worksheet.terms.effective).value)
    members = [(n, j) for n, j in enumerate(rows) if _counts(j) and (j.row.rating or 0) >= lowest]
    left = budget - sum(given.values())
    if not members or left < 1:
        return given, {}
    dollars_each, percents = _share_increases(before, members, given, left)
    for (n, _), amount in zip(members, dollars_each, strict=True):
        if extra := int(amount + _NEARLY):
            given[n] = given.get(n, 0) + extra
    return given, percents


def _counts(judged: Judged) -> bool:
    return judged.row.appointment_type in ELIGIBLE and judged.row.rating is not None


def _share_increases(
    before: Checked, members: Sequence[tuple[int, Judged]], given: dict[int, int], budget: Decimal
) -> tuple[list[float], dict[int, float]]:
    """First as much as budget and limits allow; then, at that total, levels as near as the step allows and nobody
    passed over: the lowest percent for the top level, then for the others.

    Unknowns: dollars for each member, then for each level its percent and whether the level gets anything.
    """
    import numpy as np
    from scipy.sparse import lil_array

    levels = sorted({judged.row.rating or 0 for _, judged in members})
    place = {level: len(members) + k for k, level in enumerate(levels)}
    switch = {level: len(members) + len(levels) + k for k, level in enumerate(levels)}
    size = len(members) + 2 * len(levels)
    rates = [float(judged.row.rate) for _, judged in members]
    one = np.array(rates) / 100
    rooms = [max(float((j.highest or j.lowest) - j.row.rate - given.get(n, 0)), 0.0) for n, j in members] / one
    counts = Counter(judged.row.rating for _, judged in members)
    step = float(before.worksheet.terms.step)
    table = lil_array((len(members) + 4 * len(levels), size))
    tops = np.zeros(table.shape[0])
    for k, (_, judged) in enumerate(members):
        table[k, k], table[k, place[judged.row.rating]] = 1.0, -1.0  # type: ignore[index]
    row = len(members)
    table[row, : len(members)] = one
    tops[row] = float(budget)
    shares = {level: [(k, 1 / counts[level]) for k, (_, j) in enumerate(members) if j.row.rating == level] for level in levels}  # fmt: skip
    forced = {level: sum(100 * given.get(n, 0) / float(j.row.rate) for n, j in members if j.row.rating == level) / counts[level] for level in levels}  # fmt: skip
    for level in levels:
        row += 1
        for k, weight in shares[level]:
            table[row, k] = weight
        table[row, switch[level]] = -100.0
    for low, high in pairwise(levels):
        row += 1
        for level, sign in ((low, 1.0), (high, -1.0)):
            for k, weight in shares[level]:
                table[row, k] = sign * weight
        table[row, switch[low]] = step
        tops[row] = forced[high] - forced[low]
        row += 1
        table[row, place[low]], table[row, place[high]], table[row, switch[low]] = 1.0, -1.0, step
    upper = np.array([*rooms, *[100.0] * len(levels), *[1.0] * len(levels)])
    gain = np.zeros(size)
    gain[: len(members)] = -one
    best = _solve(gain, table, tops, upper, size - len(levels))
    spent = best[: len(members)] @ one
    spread = np.zeros(size)
    for level in levels:
        spread[place[level]] = sum(rates[k] for k, _ in shares[level]) / sum(rates)
    spread[place[levels[-1]]] += 100
    again = lil_array((table.shape[0] + 1, size))
    again[: table.shape[0], :] = table
    again[table.shape[0], : len(members)] = -one
    found = _solve(spread, again, np.append(tops, -spent + _SLACK), upper, size - len(levels))
    return list(found[: len(members)] * one), {level: float(found[place[level]]) for level in levels}


def _solve(cost: Any, table: Any, tops: Any, upper: Any, first_switch: int) -> Any:
    """The cheapest point with `table @ x <= tops`, 0 <= x <= upper, and whole numbers from `first_switch` on."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    whole = np.zeros(len(cost))
    whole[first_switch:] = 1
    done = milp(
        cost,
        constraints=LinearConstraint(table.tocsr(), ub=tops),
        bounds=Bounds(0, upper),
        integrality=whole,
        options={"mip_rel_gap": 0},
    )
    if done.x is None:
        raise FactError("Nothing is proposed: no sharing keeps every limit and rises with the level; lower the step.")
    return done.x


def _award_limit(before: Checked, budget: Decimal) -> Decimal:
    worksheet = before.worksheet
    limits = [budget, Decimal(before.pool.answer["pool"])]
    guidance = parameters.recorded("awards.pool.guidance_limit", worksheet.terms.awards_paid_on)
    if guidance is not None:
        limits.append(awards.percent_of(worksheet.pool_aggregate, Decimal(guidance.value), ROUND_FLOOR))
    return min(limits)


def _award_percents(before: Checked, limit: Decimal) -> dict[int, float]:
    """The percent of pay at each level: as much as the limit allows, with the levels as near as the step lets them be."""
    import numpy as np
    from scipy.sparse import lil_array

    terms = before.worksheet.terms
    lowest = max(
        terms.lowest_award_rating, int(parameters.figure("awards.individual.lowest_rating", terms.awards_paid_on).value)
    )
    counted = [judged for judged in before.rows if _counts(judged) and (judged.row.rating or 0) >= lowest]
    levels = sorted({judged.row.rating or 0 for judged in counted if judged.award_base})
    if not levels or limit <= 0:
        return {}
    bases = {
        level: [float(j.award_base) for j in counted if j.row.rating == level and j.award_base] for level in levels
    }
    share = {level: len(bases[level]) / sum(j.row.rating == level for j in counted) for level in levels}
    least, most = (
        float(parameters.figure(f"awards.individual.{word}_share", terms.awards_paid_on).value)
        for word in ("minimum", "maximum")
    )
    size, step = 2 * len(levels), float(terms.step)
    table, tops = lil_array((1 + 2 * len(levels) + 2 * (len(levels) - 1), size)), np.zeros(1 + 4 * len(levels) - 2)
    for k, level in enumerate(levels):
        switch = len(levels) + k
        table[0, k] = sum(bases[level]) / 100
        table[1 + 2 * k, k], table[1 + 2 * k, switch] = 1.0, -most
        table[2 + 2 * k, k], table[2 + 2 * k, switch] = -1.0, least + 100 / min(bases[level])
        if k:
            row = 2 * len(levels) + 2 * k - 1
            table[row, k - 1], table[row, k], table[row, switch - 1] = share[levels[k - 1]], -share[level], step
            table[row + 1, switch - 1], table[row + 1, switch] = 1.0, -1.0
    tops[0] = float(limit)
    upper = np.array([*[most] * len(levels), *[1.0] * len(levels)])
    gain = np.array([*[-sum(bases[level]) / 100 for level in levels], *[0.0] * len(levels)])
    best = _solve(gain, table, tops, upper, len(levels))
    again = lil_array((table.shape[0] + 1, size))
    again[: table.shape[0], :] = table
    again[table.shape[0], :] = gain
    near = np.zeros(size)
    near[len(levels) - 1] = 1.0
    found = _solve(near, again, np.append(tops, float(gain @ best) + _SLACK), upper, len(levels))
    return {level: float(found[k]) for k, level in enumerate(levels) if found[len(levels) + k] > 0.5}


def _proposed(judged: Judged, increase: int, percents: dict[int, float]) -> Row:
    row, award = judged.row, None
    if _counts(judged) and judged.award_base and (percent := percents.get(row.rating or 0)):
        award = Decimal(int(percent * float(judged.award_base) / 100 + _NEARLY))
    return row._replace(proposed_rate=row.rate + increase if increase else None, proposed_award=award)


def _limits(checked: Checked, for_pay: Decimal, most: Decimal, percents: dict[int, float]) -> list[Limit]:
    pool, spent, raised = Decimal(checked.pool.answer["pool"]), checked.awards_total, checked.adjustments_total
    people, terms = len(checked.rows), checked.worksheet.terms
    made = [
        Limit("Awards: budget, pool and guidance together", dollars(spent), dollars(most), most - spent < people + 1),
        Limit("Award pool (5 U.S.C. 5384(b)(3))", dollars(spent), dollars(pool), pool - spent < people + 1),
        Limit("Budget for increases", dollars(raised), dollars(for_pay), for_pay - raised < people + 1),
    ]
    largest = float(parameters.figure("awards.individual.maximum_share", terms.awards_paid_on).value)
    for level, percent in percents.items():
        made.append(
            Limit(
                f"Largest award at level {level}, percent",
                f"{percent:.2f}",
                f"{largest:.0f}",
                percent > largest - 0.001,
            )
        )
    used = [level for level in checked.levels if level.people]
    for what, part in (("awards", "award_percent"), ("increases", "adjustment_percent")):
        for low, high in pairwise(used):
            if getattr(low, part) > 0:
                apart = getattr(high, part) - getattr(low, part)
                words = f"Averages of {what}, level {low.rating} to {high.rating}: at least apart, percent"
                made.append(Limit(words, f"{apart:.2f}", str(terms.step), apart - terms.step < LEAST_STEP))
    why = Counter(reason for judged in checked.rows if _counts(judged) and (reason := _held_by(checked, judged)))
    return made + [Limit(f"Executives held by: {reason}", str(count), "", True) for reason, count in why.most_common()]


def _held_by(checked: Checked, judged: Judged) -> str:
    """What keeps this person's rate where it is proposed; nothing where there is room."""
    row, limits, terms = judged.row, checked.limits, checked.worksheet.terms
    highest = judged.highest or judged.lowest
    lowest = int(parameters.figure("pay_setting.performance.lowest_rating", terms.effective).value)
    if row.new_rate + 1 < highest:
        return ""
    if (row.rating or 0) < lowest:
        return "rating below fully successful"
    if judged.freeze_ceiling is not None and judged.freeze_ceiling <= highest:
        return "pay freeze"
    if row.last_adjusted is None or terms.effective < clock.opens_on(row.last_adjusted):
        return "12-month clock"
    if highest >= (limits.certified if checked.worksheet.certified else limits.uncertified):
        return "range maximum"
    return "level III without approval"


def _explained(checked: Checked, levels: Sequence[LevelShare]) -> list[str]:
    said = [
        f"Increases of {dollars(checked.adjustments_total)} a year and awards of {dollars(checked.awards_total)}.",
        f"Percents and averages rise with the level by at least {checked.worksheet.terms.step} percent of pay wherever a level gets anything.",
    ]
    for level in levels:
        said.append(
            f"Level {level.rating}: {level.people} people; increase of {level.increase_percent} percent up to what the law allows "
            f"each; award of {level.award_percent} percent of the rate at the period's end."
        )
    said.append(
        "Amounts are rounded down to dollars; checked again, no limit is passed. Nothing is applied: a person decides."
    )
    return said
