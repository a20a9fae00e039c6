"""A pay decision in the making: bounds that hold, fail or cannot be determined, approvals, and the nearest lawful ways."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Annotated, Any, Literal, TypedDict, TypeVar

from seskit.formats.counts import number_of
from seskit.law.answers import Answer
from seskit.law.checks import Check, Checks, at_least
from seskit.law.facts import CENT, Fact, dollars, plain
from seskit.law.pay_setting.clock import frozen_then
from seskit.law.pay_setting.facts import OFFICIAL, TOP_OFFICIAL
from seskit.law.result import Basis, CannotTell, Outcome, Result, Working

WITHOUT_LIMIT = Decimal("Infinity")
DOLLAR = Decimal(1)


@dataclass(frozen=True)
class Condition(Check):
    """One check of a pay decision: what it bars where it fails, and until when."""

    bars: str = "this action"
    until: str = ""
    #: Whether the rule itself can be read two ways, and no fact would settle it.
    two_readings: bool = False

    @property
    def outcome(self) -> Outcome:
        """What it found; where the rule can be read two ways, that reading is open."""
        return "open reading" if self.passed is None and self.two_readings else super().outcome


@dataclass(frozen=True)
class Bound:
    """One rule's limit on a rate: lawful for certain up to `sure`, unlawful for certain past `possible`.

    Between the two the answer turns on a fact that is not known, named in `lacks`. A floor is read the other way.
    """

    sure: Decimal
    possible: Decimal
    text: str
    citation: str
    lacks: str = ""
    basis: Basis = "verified"
    is_floor: bool = False
    is_gate: bool = False
    until: str = ""
    #: Whether the rule itself can be read two ways, and no fact would settle it.
    two_readings: bool = False

    @property
    def bars(self) -> str:
        """What it rules out for certain."""
        return f"a rate {'below' if self.is_floor else 'above'} {dollars(self.possible)}"

    def holds(self, rate: Decimal) -> bool | None:
        """Whether a rate keeps this bound; None where a missing fact decides."""
        sign = -1 if self.is_floor else 1
        if sign * rate <= sign * self.sure:
            return True
        return None if sign * rate <= sign * self.possible else False

    def check(self, rate: Decimal) -> Condition:
        """The check that a rate keeps this bound."""
        return Condition(
            self.holds(rate), self.text, self.citation, needs=self.lacks, basis=self.basis, bars=self.bars,
            until=self.until, two_readings=self.two_readings,
        )  # fmt: skip


def in_days(count: int) -> str:
    """A number of days in words."""
    return number_of(count, "day")


def ceiling(limit: Decimal, text: str, citation: str, *, until: str) -> Bound:
    """A highest rate that is known, and until when it holds."""
    return Bound(limit, limit, text, citation, until=until)


def floor(limit: Decimal, text: str, citation: str, basis: Basis = "verified", until: str = "") -> Bound:
    """A lowest rate that is known, and until when it holds."""
    return Bound(limit, limit, text, citation, basis=basis, is_floor=True, until=until)


def gate(
    is_open: bool | None,
    closed_at: Decimal,
    text: str,
    citation: str,
    lacks: str,
    basis: Basis = "verified",
    until: str = "",
    *,
    two_readings: bool = False,
) -> Bound:
    """A test that either sets no limit or stops the rate at `closed_at`; unknown, it stops there for certain."""
    sure = WITHOUT_LIMIT if is_open else closed_at
    possible = closed_at if is_open is False else WITHOUT_LIMIT
    return Bound(sure, possible, text, citation, lacks, basis, is_gate=True, until=until, two_readings=two_readings)


#: The bounds of a proposal; a rule that sets none on it is None among them.
Bounds = Iterable[Bound | None]


def highest_lawful(bounds: Bounds, proposed: Decimal) -> Decimal:
    """The highest rate up to the proposal that no ceiling stops for certain."""
    return min([proposed, *(bound.sure for bound in bounds if bound and not bound.is_floor)])


#: What a decision comes to.
Verdict = Literal["allowed", "not allowed", "cannot tell"]


def verdict_of(passed: bool | None) -> Verdict:
    """The three in the words of a decision."""
    return "cannot tell" if passed is None else "allowed" if passed else "not allowed"


#: What a lawful way is: nothing but another figure, leaving things as they are, or something that must first happen.
WayKind = Literal["another figure", "no change", "another fact"]


class Barred(Answer):
    """What is barred, and until when."""

    what: Annotated[str, Fact("What")]
    until: Annotated[str, Fact("Until")]


class Way(Answer):
    """A lawful way out: the change, its cost, what kind it is, and the facts that change with it."""

    change: Annotated[str, Fact("Change")]
    cost: Annotated[str, Fact("Cost")]
    kind: Annotated[WayKind, Fact("Kind")]
    facts: Annotated[dict[str, Any], Fact("Facts that change")]


#: The decision under one reading of 12 months, and its first day.
ByReading = TypedDict("ByReading", {"reading": str, "decision": Verdict, "from": str})


def by_readings(months_end: date | None, as_of: date, by_periods: Verdict) -> list[ByReading]:
    """Both readings of a date 26 pay periods after the last adjustment."""
    return [
        {"reading": "calendar months", "decision": "not allowed", "from": str(months_end)},
        {"reading": "pay periods", "decision": by_periods, "from": str(as_of)},
    ]


class PayDecision(Answer, verdict="decision"):
    """Whether a proposed rate is lawful, the bounds, and what to do instead."""

    decision: Annotated[Verdict, Fact("Decision")]
    minimum: Annotated[Decimal | None, Fact("Lowest lawful rate", "Null: none.", unit="USD per year")]
    maximum: Annotated[
        Decimal | None, Fact("Highest lawful rate", "Null: none, or without limit.", unit="USD per year")
    ]
    nearest_lawful: Annotated[Decimal | None, Fact("Nearest lawful rate", "Null: none.", unit="USD per year")]
    earliest: Annotated[date | None, Fact("Earliest date", "Null: the day is not in the way.")]
    barred: Annotated[list[Barred], Fact("Barred", "What, and until when.")]
    approval: Annotated[list[str], Fact("Who approves")]
    missing: Annotated[list[str], Fact("Missing facts")]
    alternatives: Annotated[list[Way], Fact("Lawful alternatives", "Each with its cost, and the facts that change.")]


class StartDecision(PayDecision, verdict="decision"):
    """The same, with the day of the next ordinary adjustment."""

    next_adjustment: Annotated[date | None, Fact("Next ordinary adjustment")]


Made = TypeVar("Made", bound=PayDecision)


class Decision(Checks[Condition]):
    """The checks of one decision on pay, with who approves it and the lawful alternatives."""

    minimum: Decimal = Decimal(0)
    maximum: Decimal = WITHOUT_LIMIT
    only: Decimal | None = None

    def __init__(self, work: Working) -> None:
        super().__init__(work)
        self.approval: list[str] = []
        self.alternatives: list[Way] = []

    @property
    def breached(self) -> bool:
        """Whether a check bars the action."""
        return self.passes is False

    @property
    def missing(self) -> list[str]:
        """The facts on which an open check turns."""
        return list(dict.fromkeys(row.needs for row in self.rows if row.passed is None))

    @property
    def barred(self) -> list[Barred]:
        """What is barred, and until when."""
        return [
            Barred(row.bars, row.until or "the proposal or its facts change")
            for row in self.rows
            if row.passed is False
        ]

    def need(
        self, passed: bool | None, text: str, citation: str, lacks: str = "", basis: Basis = "verified", **more: Any
    ) -> None:
        """Write one test: a failed one bars the action, an open one makes the outcome 'cannot tell'; see `Condition`."""
        self.add(Condition(passed, text, citation, needs=lacks, basis=basis, **more))

    def need_day(self, day: date | None, text: str, citation: str, lacks: str, *, bars: str) -> None:
        """The test that a day has come by the day asked about; until then it bars what it names."""
        come = None if self.work.as_of is None else at_least(self.work.as_of, day)
        self.need(come, text, citation, lacks, bars=bars, until=str(day))

    def judge(self, bounds: Bounds, proposed: Decimal) -> None:
        """Test a proposed rate against every bound, and keep the range that is lawful for certain."""
        for bound in filter(None, bounds):
            if bound.is_gate and bound.sure != WITHOUT_LIMIT and bound.holds(proposed):
                self.work.note(bound.text, bound.citation, basis=bound.basis)
            else:
                self.add(bound.check(proposed))
            if bound.is_floor:
                self.minimum = max(self.minimum, bound.sure.quantize(CENT, ROUND_CEILING))
            elif bound.sure != WITHOUT_LIMIT:
                self.maximum = min(self.maximum, bound.sure.quantize(CENT, ROUND_FLOOR))

    def approves(self, *, top: bool) -> None:
        """Name who must approve."""
        who = TOP_OFFICIAL if top else OFFICIAL
        if who not in self.approval:
            self.approval.append(who)

    def offer(self, change: str, cost: str, **facts: Any) -> None:
        """Add one lawful way out, what it costs in dollars or days, and the facts that change with it."""
        same_day = facts.get("as_of") == self.work.as_of
        changed = facts.keys() - ({"as_of"} if same_day else set())
        kind: WayKind = "another figure" if changed == {"proposed_rate"} else "another fact"
        self.alternatives.append(Way(change, cost, kind, facts))

    @property
    def verdict(self) -> Verdict:
        """Allowed, not allowed, or cannot tell."""
        return verdict_of(self.passes)

    @property
    def has_lawful_rate(self) -> bool:
        """Whether any rate satisfies all bounds."""
        return self.minimum <= self.maximum

    def nearest(self, proposed: Decimal) -> Decimal | None:
        """The lawful rate nearest to the one proposed; None where there is none.

        Where more than the amount stands in the way, it is the rate that `only` names.
        """
        if self.only is not None and self.breached:
            return self.only
        return min(max(proposed, self.minimum), self.maximum) if self.has_lawful_rate else None

    def offer_nothing(self, change: str, cost: str, kind: WayKind = "another fact") -> None:
        """Add the way of not acting, or of asking another question: no fact of this one changes."""
        self.alternatives.append(Way(change, cost, kind, {}))

    def offer_nearest(self, proposed: Decimal, current: Decimal | None = None) -> None:
        """Offer the nearest lawful rate, priced against the proposal."""
        nearest = self.nearest(proposed)
        if nearest is None or nearest == proposed:
            return
        change = f"Keep {dollars(nearest)}" if nearest == current else f"Set {dollars(nearest)}"
        side = "less" if nearest < proposed else "more"
        self.offer(
            f"{change} instead of {dollars(proposed)}.",
            f"{dollars(abs(proposed - nearest))} a year {side}",
            proposed_rate=plain(nearest),
        )

    def offer_approval(self, if_approved: Bounds, proposed: Decimal) -> None:
        """Offer the top approving official's approval, where it alone makes a higher rate lawful."""
        best = highest_lawful(if_approved, proposed)
        if best > self.maximum and best >= self.minimum:
            self.offer(
                f"Obtain the top approving official's approval of {dollars(best)}.",
                "no dollars; the time it takes",
                proposed_rate=plain(best),
                top_official_approves=True,
            )

    def barred_until(self, earliest: date | None) -> str:
        """Until when the action is barred, in words."""
        still = earliest is not None and (self.work.as_of is None or earliest > self.work.as_of)
        words = [str(earliest)] if still else []
        words += [entry.until for entry in self.barred if entry.until != str(earliest)]
        return f"The proposal is barred until {', and until '.join(dict.fromkeys(words))}." if words else ""

    def close(
        self, kind: type[Made], proposed: Decimal, subject: str, *, earliest: date | None = None, **more: Any
    ) -> Result[Made]:
        """Write the alternatives down and answer."""
        verdict = self.verdict
        nearest = self.nearest(proposed)
        if told := frozen_then(more.get("next_adjustment")):
            self.work.caution(told)
        if verdict == "not allowed" and not self.alternatives:
            self.offer_nothing("No rate is lawful under these facts: check them, the present rate first.", "0 days")
        shown = self.alternatives if verdict != "allowed" else []
        for way in shown:
            self.work.note(f"Lawful instead: {way.change} Cost: {way.cost}.", "5 CFR 534.404")
        says = {
            "allowed": f"Allowed: {subject} {dollars(proposed)}; approval: {', '.join(self.approval)}.",
            "not allowed": f"Not allowed: {subject} {dollars(proposed)}."
            + (f" Nearest lawful rate: {dollars(nearest)}." if nearest is not None and nearest != proposed else "")
            + f" {self.barred_until(earliest)}".rstrip(),
            "cannot tell": CannotTell(
                f"Cannot tell: {subject} {dollars(proposed)}. Missing: {'; '.join(self.missing)}."
            ),
        }[verdict]
        answer = kind(
            decision=verdict,
            minimum=plain(self.minimum) if self.has_lawful_rate else None,
            maximum=plain(self.maximum) if self.has_lawful_rate and self.maximum != WITHOUT_LIMIT else None,
            nearest_lawful=None if nearest is None else plain(nearest),
            earliest=earliest,
            barred=self.barred if verdict == "not allowed" else [],
            approval=self.approval,
            missing=self.missing,
            alternatives=shown,
            **more,
        )
        return self.work.answer(answer, says)
