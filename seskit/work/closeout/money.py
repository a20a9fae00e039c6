"""Pool, guidance, budgets and distinctions: what must change for the executives together, by rating level."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Literal

from seskit.law import awards
from seskit.law.awards import ELIGIBLE
from seskit.law.facts import dollars
from seskit.law.rating_levels import LEVELS
from seskit.work.closeout import shifts
from seskit.work.closeout.opening import checked
from seskit.work.closeout.shifts import NOTHING, AwardShare, Choice, LevelMoney
from seskit.work.closeout.ways import REASON, Changes, LawfulWay, Must, apply
from seskit.work.pay_setting.worksheet import CheckedWorksheet, Objection
from seskit.work.pay_setting.worksheet.checking import JudgedRow

Kind = Literal["award", "increase"]
#: Each check of the whole worksheet, and the money it looks at.
KINDS: dict[str, Kind] = {
    "pool": "award", "guidance": "award", "award budget": "award", "award differentiation": "award",
    "adjustment budget": "increase", "pay differentiation": "increase",
}  # fmt: skip
_RISES = {"award": "award differentiation", "increase": "pay differentiation"}


def together(found: CheckedWorksheet) -> list[Must]:
    """What must change together: the pool by law first, then what a written reason can settle."""
    open_ones = [finding for finding in found.together if finding.is_open]
    open_ones.sort(key=lambda finding: finding.level != "block")
    alike: dict[str, list[Objection]] = defaultdict(list)
    for finding in open_ones:
        alike[finding.check].append(finding)
    return [_must(found, same[0], " ".join(one.text for one in same)) for same in alike.values()]


def beside_worksheet(must: Must, proposed: CheckedWorksheet) -> Must:
    """The same finding with what the pay worksheet says of the proposals as they are, where that is another figure."""
    there = " ".join(one.text for one in proposed.together if one.check == must.check)
    if there == must.text:
        return must
    here = (
        "This counts every unlawful proposal at its cheapest lawful value. The pay worksheet does not count them, and"
    )
    said = f"says: {there}" if there else "so has no such finding."
    return replace(must, text=f"{must.text} {here} {said}")


def _must(found: CheckedWorksheet, finding: Objection, text: str) -> Must:
    law = finding.level == "block"
    ways = _ways(found, finding) if finding.check in KINDS else []
    if not ways:
        ways = [
            LawfulWay(one.change, 0, Decimal(0), one.cost or "time", needs="what is missing") for one in finding.instead
        ]
    if not law:
        what = "Keep the proposals and write the reason, which is kept with the decision."
        ways.append(LawfulWay(what, 0, Decimal(0), "no dollars; a written reason", needs=REASON))
    return Must(finding.check, "all", text, finding.citation, law, tuple(ways))


def _ways(found: CheckedWorksheet, finding: Objection) -> list[LawfulWay]:
    """Shifts of the levels that settle this finding and raise no other, the cheapest first; each checked again."""
    kind = KINDS[finding.check]
    flagged = {one.check for one in found.together}
    limits = limits_of(found, kind)
    kept = [limit for check, limit in limits.items() if check == finding.check or check not in flagged]
    rising = finding.check == _RISES[kind] or _RISES[kind] not in flagged
    levels = by_level(found, kind)
    others = Decimal(0) if kind == "award" else _forced(found)
    limit = min(kept) - others if kept else None
    for must_rise in (True, False) if rising else (False,):
        sure = partial(_settles, found, finding, kind, levels, must_rise or finding.level == "flag")
        listed = shifts.ways(levels, limit, must_rise, sure)
        if listed:
            return [_way(found, kind, levels, name, choice) for name, choice in listed]
    return []


def at_once(found: CheckedWorksheet) -> list[tuple[Kind, list[LawfulWay]]]:
    """Where several of these findings are about the same money, the ways that settle all of them together."""
    made: list[tuple[Kind, list[LawfulWay]]] = []
    kinds: tuple[Kind, ...] = ("award", "increase")
    for kind in kinds:
        checks = {one.check for one in found.together if one.is_open and KINDS.get(one.check) == kind}
        if len(checks) > 1:
            levels, limits = by_level(found, kind), limits_of(found, kind)
            others = Decimal(0) if kind == "award" else _forced(found)
            limit = min(limits.values()) - others if limits else None
            listed = shifts.ways(levels, limit, True, partial(_settles_all, found, kind, levels))
            made.append((kind, [_way(found, kind, levels, name, choice) for name, choice in listed]))
    return made


def _settles_all(found: CheckedWorksheet, kind: Kind, levels: list[LevelMoney], choice: Choice) -> bool:
    again = checked(apply(found.worksheet, _changes(kind, levels, choice, found)))
    before = {(one.check, one.row) for one in found.findings if one.level == "block"}
    after = {(one.check, one.row) for one in again.findings if one.level == "block"}
    left = {one.check for one in again.together if KINDS.get(one.check) == kind}
    return not left and not after - before


def limits_of(found: CheckedWorksheet, kind: Kind) -> dict[str, Decimal]:
    """Every limit on awards, or on increases, by the check that looks at it."""
    terms = found.worksheet.terms
    if kind == "increase":
        budget = terms.adjustment_budget
        return {} if budget is None else {"adjustment budget": budget}
    made = {"pool": found.pool.answer.pool}
    guidance = awards.spending_limit(terms.awards_paid_on, found.worksheet.pool_aggregate)
    if guidance is not None:
        made["guidance"] = guidance.amount
    if terms.award_budget is not None:
        made["award budget"] = terms.award_budget
    return made


def by_level(found: CheckedWorksheet, kind: Kind) -> list[LevelMoney]:
    """The money of career executives by rating level, lowest first; levels without people are left out."""
    members: dict[int, list[JudgedRow]] = defaultdict(list)
    for judged in found.rows:
        if judged.row.rating is not None and judged.row.appointment_type in ELIGIBLE:
            members[judged.row.rating].append(judged)
    least = found.limits.minimum
    return [_level(rating, members[rating], kind, least) for rating in LEVELS if members[rating]]


def _level(rating: int, members: list[JudgedRow], kind: Kind, minimum: Decimal) -> LevelMoney:
    shares = {judged.row.row: share for judged in members if (share := _share(judged, kind, minimum))}
    resting = [judged for judged in members if judged.row.row not in shares]
    percents = [judged.lawful_award_percent if kind == "award" else judged.lawful_change_percent for judged in resting]
    others = sum(percents, Decimal(0))
    return LevelMoney(rating, len(members), others, tuple(shares.values()), may_end=kind == "award")


def _share(judged: JudgedRow, kind: Kind, minimum: Decimal) -> AwardShare | None:
    row = judged.row
    if kind == "award":
        if row.proposed_award is None or judged.award_base is None or judged.award_decision != "allowed":
            return None
        if judged.least_award is None or judged.most_award is None:
            return None
        return AwardShare(row.row, row.proposed_award, judged.least_award, judged.most_award, judged.award_base)
    if judged.lawful_change <= 0:
        return None
    least = max(judged.lowest - row.rate, Decimal(0))
    highest = judged.lowest if judged.highest is None else judged.highest
    forced = max(minimum - row.rate, Decimal(0))
    return AwardShare(row.row, judged.change, max(least, forced), max(highest - row.rate, least), row.rate, forced)


def _forced(found: CheckedWorksheet) -> Decimal:
    """Increases of executives outside the career levels, which no shift of a level touches."""
    return sum(
        (max(judged.lawful_change, Decimal(0)) for judged in found.rows
         if judged.row.rating is None or judged.row.appointment_type not in ELIGIBLE),
        Decimal(0),
    )  # fmt: skip


def _changes(kind: Kind, levels: Iterable[LevelMoney], choice: Choice, found: CheckedWorksheet) -> Changes:
    rates = {judged.row.row: judged.row.rate for judged in found.rows}
    made: dict[int, dict[str, Decimal | None]] = {}
    for level, option in zip(levels, choice, strict=True):
        for share in level.shares if option.shift else ():
            amount = share.at(option.shift)
            if kind == "award":
                made[share.row] = {"proposed_award": amount or None}
            else:
                made[share.row] = {"proposed_rate": rates[share.row] + amount}
    return made


def _settles(
    found: CheckedWorksheet, finding: Objection, kind: Kind, levels: list[LevelMoney], strict: bool, choice: Choice
) -> bool:
    """Whether the worksheet, checked again, has this finding no longer and nothing new: no block, and where `strict` no
    flag about the whole.
    """

    def looked_at(one: Objection) -> bool:
        return one.level == "block" or (strict and one.row is None)

    again = checked(apply(found.worksheet, _changes(kind, levels, choice, found)))
    before = {(one.check, one.row) for one in found.findings if looked_at(one)}
    after = {(one.check, one.row) for one in again.findings if looked_at(one)}
    gone = finding.check not in {one.check for one in again.together}
    return gone and not after - before


def _way(found: CheckedWorksheet, kind: Kind, levels: list[LevelMoney], name: str, choice: Choice) -> LawfulWay:
    touched = [(level, option) for level, option in zip(levels, choice, strict=True) if option.moved]
    if len({option.shift for _, option in touched}) == 1 < len(touched) == sum(bool(level.shares) for level in levels):
        said = [_said("each level", touched[0][1].shift, kind)]
    else:
        said = [_said(f"level {level.rating}", option.shift, kind) for level, option in touched]
    amount = sum((o.total - level.option(0).total for level, o in zip(levels, choice, strict=True)), Decimal(0))
    people = sum(
        share.at(option.shift) != share.amount
        for level, option in zip(levels, choice, strict=True)
        for share in level.shares
    )
    unit = " a year" if kind == "increase" else ""
    cost = f"{dollars(abs(amount))}{unit} {'less' if amount < 0 else 'more'}; {dollars(shifts.moved(choice))} moved"
    says = f"{name[0].upper()}{name[1:]}: {'; '.join(said)}."
    return LawfulWay(says, people, amount, cost, _changes(kind, levels, choice, found))


def _said(who: str, shift: int, kind: Kind) -> str:
    if shift == NOTHING:
        return f"{who}: no {kind}"
    points = abs(Decimal(shift)) / 10
    return f"{who}: {points} percent of pay {'less' if shift < 0 else 'more'} for each {kind}"
