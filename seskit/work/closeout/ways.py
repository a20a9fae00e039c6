"""What must change before the board sits, and lawful ways to do it, the cheapest first. No way ranks people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from seskit.law.answers import known
from seskit.law.facts import dollars
from seskit.law.pay_setting.adjust import guidance_on_increases
from seskit.record.pay_setting.worksheet import Worksheet
from seskit.record.pay_setting.worksheet.reading import WorksheetRow
from seskit.work.closeout.opening import checked
from seskit.work.closeout.states import limit_of_year
from seskit.work.pay_setting.worksheet import CheckedWorksheet, Objection
from seskit.work.pay_setting.worksheet.checking import JudgedRow

Changes = Mapping[int, Mapping[str, Any]]
REASON = "a written reason"


@dataclass(frozen=True)
class LawfulWay:
    """One lawful way: what to do, how many people it touches, and what it costs in words and dollars.

    `changes` holds new values by row of the worksheet. Where it is empty, `needs` says what a person has to do first: write a
    reason, approve, wait, or choose which executives are meant.
    """

    says: str
    people: int
    amount: Decimal
    cost: str
    changes: Changes = field(default_factory=dict)
    needs: str = ""


@dataclass(frozen=True)
class Must:
    """One thing that cannot stay as it is: against the law, or in need of a written reason."""

    check: str
    who: str
    text: str
    citation: str
    by_law: bool
    ways: tuple[LawfulWay, ...]
    row: int | None = None

    @property
    def title(self) -> str:
        """The check as a heading."""
        return self.check[0].upper() + self.check[1:]

    @property
    def cheapest(self) -> LawfulWay | None:
        """The cheapest way; None where no way is known."""
        return self.ways[0] if self.ways else None


def apply(sheet: Worksheet, changes: Changes) -> Worksheet:
    """The worksheet with these changes."""
    return sheet.with_rows(row._replace(**changes[row.row]) if row.row in changes else row for row in sheet.rows)


def blocks(found: CheckedWorksheet) -> list[Must]:
    """What the law does not allow about single executives."""
    return [_must(found, judged, one) for judged in found.rows for one in judged.findings if one.level == "block"]


def flags(found: CheckedWorksheet) -> list[Must]:
    """What needs a written reason about single executives, and has none."""
    return [
        _must(found, judged, one)
        for judged in found.rows
        for one in judged.findings
        if one.level == "flag" and one.is_open
    ]


def _must(found: CheckedWorksheet, judged: JudgedRow, finding: Objection) -> Must:
    law = finding.level == "block"
    ways = _lawful(found, judged, finding) if law else _explained(found, judged, finding)
    return Must(finding.check, finding.person_id, finding.text, finding.citation, law, tuple(ways), judged.row.row)


def _lawful(found: CheckedWorksheet, judged: JudgedRow, finding: Objection) -> Iterable[LawfulWay]:
    """Every nearest lawful value that takes the block away, the cheapest first, then what else the law offers."""
    is_award = finding.check == "award"
    tried = _awards(judged) if is_award else _rates(judged)
    ways: dict[Decimal, LawfulWay] = {}
    for value in tried:
        way = _priced(judged, "proposed_award" if is_award else "proposed_rate", value)
        if way.amount not in ways and not _still(found, way, finding):
            ways[way.amount] = way
    yield from sorted(ways.values(), key=lambda way: abs(way.amount))
    for one in finding.instead:
        if not one.figure:  # figures are priced and checked here
            yield LawfulWay(one.change, 1, Decimal(0), one.cost or "no dollars", needs="approval, proof or time")


def _rates(judged: JudgedRow) -> list[Decimal | None]:
    highest = judged.lowest if judged.highest is None else judged.highest
    nearest = min(max(judged.row.new_rate, judged.lowest), max(highest, judged.lowest))
    return [nearest, None, judged.lowest]


def _awards(judged: JudgedRow) -> list[Decimal | None]:
    award, least, most = judged.row.proposed_award, judged.least_award, judged.most_award
    if award is None or least is None or most is None:
        return [None]
    return [min(max(award, least), most), None]


def _priced(judged: JudgedRow, column: str, value: Decimal | None) -> LawfulWay:
    row = judged.row
    rate = column == "proposed_rate"
    was = row.new_rate if rate else row.proposed_award or Decimal(0)
    now = (row.rate if rate else Decimal(0)) if value is None else value
    amount = now - was
    what = "the rate" if rate else "the award"
    if value is None:
        says = f"Leave the rate at {dollars(row.rate)}." if rate else "Pay no award."
    else:
        says = f"Set {what} at {dollars(now)}."
    return LawfulWay(says, 1, amount, _cost(amount, rate), {row.row: {column: value}})


def _cost(amount: Decimal, yearly: bool) -> str:
    unit = " a year" if yearly else ""
    return f"{dollars(abs(amount))}{unit} {'less' if amount < 0 else 'more'}" if amount else "no dollars"


def _still(found: CheckedWorksheet, way: LawfulWay, finding: Objection) -> bool:
    """Whether the same check still blocks the row after the way is followed."""
    only = tuple(row for row in found.worksheet.rows if row.row in way.changes)
    again = checked(apply(found.worksheet.with_rows(only), way.changes))
    rate_checks = {"rate", "reduction", "relative position"}
    same = rate_checks if finding.check in rate_checks else {finding.check}
    return any(f.level == "block" and f.check in same for judged in again.rows for f in judged.findings)


def _explained(found: CheckedWorksheet, judged: JudgedRow, finding: Objection) -> Iterable[LawfulWay]:
    """A flag: keep it with a written reason, or change the proposal."""
    row = judged.row
    if finding.check == "aggregate limit":
        yield LawfulWay(
            "Keep it and write the reason: the excess is paid in January.", 1, Decimal(0),
            "no dollars; a later day of payment", needs=REASON,
        )  # fmt: skip
    else:
        says = "Keep the proposal and write the reason, which is kept with the decision."
        yield LawfulWay(says, 1, Decimal(0), "no dollars; a written reason", needs=REASON)
    for changes in _without(found, judged, finding):
        amount = _difference(row, changes)
        if not _still_flagged(found, row, changes, finding):
            says = " ".join(_worded(name, value, row) for name, value in changes.items())
            yield LawfulWay(says, 1, amount, _cost(amount, "proposed_rate" in changes), {row.row: changes})


def _without(found: CheckedWorksheet, judged: JudgedRow, finding: Objection) -> Iterable[dict[str, Any]]:
    row, level_three = judged.row, found.limits.uncertified
    if finding.check == "above level III" and row.rate <= level_three:
        yield {"proposed_rate": level_three}
    if finding.check == "above level III":
        yield {"proposed_rate": None}
    guidance = guidance_on_increases(found.worksheet.terms.effective, row.rate, row.rating)
    if finding.check == "increase guidance" and guidance:
        yield {"proposed_rate": guidance[0].to_integral_value(ROUND_FLOOR)}
        yield {"proposed_rate": None}
    if finding.check == "ratings on record":
        yield {"proposed_rate": None, "proposed_award": None}
    if finding.check == "aggregate limit":
        room = _room(found, judged)
        if judged.least_award is not None and room >= judged.least_award:
            yield {"proposed_award": room}
        yield {"proposed_award": None}


def _room(found: CheckedWorksheet, judged: JudgedRow) -> Decimal:
    """What of the award the aggregate limit lets be paid in its own year."""
    return known(limit_of_year(found, judged, certified=found.worksheet.certified).payable)


def _still_flagged(found: CheckedWorksheet, row: WorksheetRow, changes: Mapping[str, Any], finding: Objection) -> bool:
    only = found.worksheet.with_rows((row._replace(**changes),))
    return any(f.check == finding.check for judged in checked(only).rows for f in judged.findings)


def _worded(name: str, value: Any, row: WorksheetRow) -> str:
    if name == "proposed_rate":
        return f"Leave the rate at {dollars(row.rate)}." if value is None else f"Set the rate at {dollars(value)}."
    return "Pay no award." if value is None else f"Set the award at {dollars(value)}."


def _difference(row: WorksheetRow, changes: Mapping[str, Any]) -> Decimal:
    amount = Decimal(0)
    if "proposed_rate" in changes:
        amount += (row.rate if changes["proposed_rate"] is None else changes["proposed_rate"]) - row.new_rate
    if "proposed_award" in changes:
        amount += (changes["proposed_award"] or Decimal(0)) - (row.proposed_award or Decimal(0))
    return amount


def corrected(found: CheckedWorksheet, musts: Iterable[Must]) -> CheckedWorksheet:
    """The worksheet with the cheapest way followed wherever the law stands against the proposal of one executive."""
    changes: dict[int, dict[str, Any]] = {}
    for must in musts:
        if must.by_law and must.cheapest:
            for row, values in must.cheapest.changes.items():
                changes.setdefault(row, {}).update(values)
    return checked(apply(found.worksheet, changes))
