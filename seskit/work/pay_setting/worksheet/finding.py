"""A finding of the worksheet's check, and the one finding that many rows share: 26 pay periods, a day short of 12 months."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from seskit.formats.counts import number_of
from seskit.law.clocks import add_days
from seskit.law.facts import dollars
from seskit.law.pay_setting import clock
from seskit.record.pay_setting.worksheet.entries import LABELS, where

if TYPE_CHECKING:
    from seskit.work.pay_setting.worksheet.checking import JudgedRow

Level = Literal["block", "flag"]
#: The worksheet's column that a check looks at, of one row or of all.
_COLUMNS = {
    "rate": "proposed_rate", "reduction": "proposed_rate", "relative position": "proposed_rate",
    "outstanding": "proposed_rate", "above level III": "proposed_rate", "political freeze": "proposed_rate",
    "increase guidance": "proposed_rate", "award": "proposed_award", "aggregate limit": "proposed_award", "ratings on record": "rating",
    "schedule": "proposed_rate", "twelve months": "proposed_rate", "pool": "proposed_award",
}  # fmt: skip
#: Every check of the worksheet, and what must be so.
CHECKS: Mapping[str, str] = {
    "rate": "The proposed rate is lawful.",
    "reduction": "The proposed reduction is lawful.",
    "relative position": "An increase that keeps the relative position in a moved range is lawful.",
    "outstanding": "An increase was considered for anyone rated outstanding.",
    "above level III": "A new rate above level III of the Executive Schedule is for one of the best performers.",
    "increase guidance": "An increase is within OPM's guidance for its rating level, or has a written reason.",
    "political freeze": "A political appointee's rise under the pay freeze was reviewed by counsel or OPM.",
    "award": "The proposed award is lawful.",
    "aggregate limit": "A full year's pay and the award are within the aggregate limit.",
    "ratings on record": "No increase or award goes against what the ratings on record call for.",
    "schedule": "The pay schedule of the day is recorded.",
    "twelve months": "No second ordinary change of pay comes within 12 months.",
    "pool": "The awards together are within the award pool.",
    "guidance": "The awards together are within the guidance on award spending, or have a written reason.",
    "award budget": "The awards together are within the budget of pay.yaml.",
    "adjustment budget": "The increases together are within the budget of pay.yaml.",
    "award differentiation": "The average award rises with the rating level.",
    "pay differentiation": "The average increase rises with the rating level.",
}


@dataclass(frozen=True)
class Instead:
    """A lawful way out: what to do, its cost in words, and whether it is nothing but another figure or none."""

    change: str
    cost: str = ""
    figure: bool = False

    def __str__(self) -> str:
        return f"{self.change} Cost: {self.cost}." if self.cost else self.change


@dataclass(frozen=True)
class Objection:
    """What stands in the way: a block (law), or a flag (policy) that a written reason settles."""

    level: Level
    check: str
    text: str
    citation: str
    row: int | None = None
    person_id: str = ""
    instead: tuple[Instead, ...] = ()
    reason: str = ""
    #: How sure the answer behind it is.
    confidence: str = "verified"
    #: Of a finding on the whole worksheet: whom it is about; empty: everyone.
    people: tuple[str, ...] = ()

    @property
    def column(self) -> str:
        """The column to look at; empty for what concerns the whole worksheet."""
        return "" if self.row is None else _COLUMNS[self.check]

    @property
    def is_of_rate(self) -> bool:
        """Whether it blocks the rate proposed for one executive."""
        return self.level == "block" and self.column == _COLUMNS["rate"]

    def holds_back(self, person_id: str, column: str) -> bool:
        """Whether what a column proposes for this executive is not final while it stands.

        A flag on the whole worksheet asks its reason of the worksheet, not of what one executive is to receive.
        """
        of_all = self.row is None
        if not self.is_open or (of_all and self.level == "flag"):
            return False
        about = self.people if of_all else (self.person_id,)
        return _COLUMNS[self.check] in (column, _COLUMNS["ratings on record"]) and person_id in (about or (person_id,))

    @property
    def lawful_ways(self) -> str:
        """The lawful ways in words."""
        return " ".join(map(str, self.instead))

    @property
    def is_open(self) -> bool:
        """Whether it still keeps the worksheet from being final."""
        return self.level == "block" or not self.reason


def priced(verb: str, lawful: Decimal, proposed: Decimal, unit: str = "") -> Instead:
    """A lawful amount with what it costs against the one proposed."""
    side = "less" if lawful < proposed else "more"
    return Instead(f"{verb} {dollars(lawful)}.", f"{dollars(abs(lawful - proposed))}{unit} {side}", figure=True)


def twelve_months(rows: Iterable[JudgedRow], effective: date) -> Iterator[Objection]:
    """One block for all proposals that wait for nothing but the reading of 12 months; each row keeps its decision.

    A row that a finding of its own holds is not among them: what settles the reading does not settle that.
    """
    waiting = [
        judged.row.person_id for judged in rows
        if judged.decision == "cannot tell" and not any(f.is_of_rate for f in judged.findings)
        and judged.row.last_adjusted and clock.is_drift(judged.row.last_adjusted, effective)
    ]  # fmt: skip
    if not waiting:
        return
    period = clock.pay_period_on_or_after(add_days(effective, 1))
    text = (
        f"{number_of(len(waiting), 'proposal takes', 'proposals take')} effect on {effective}, 26 pay periods after the last adjustment and a day or two short of 12 "
        f"calendar months, an open reading: {', '.join(waiting)}."
    )
    one = len(waiting) == 1
    ways = (
        Instead(f"Let {'it' if one else 'them'} take effect on {period}.", f"{(period - effective).days} days"),
        Instead(
            f"Let the top approving official find once that {'it fits' if one else 'they fit'} the appraisal and pay cycle, and name the record: "
            f"{where('cycle_record')}.",
            "0 days; a written record",
        ),
        Instead(
            f"Ask OPM whether 26 pay periods are 12 months, and name its answer there: '{LABELS['cycle_record']}'.",
            "the days it takes",
        ),
    )
    law = "5 U.S.C. 5383(c); 5 CFR 534.404(c)(1), (4)(iv)"
    yield Objection("block", "twelve months", text, law, instead=ways, confidence="design", people=tuple(waiting))
