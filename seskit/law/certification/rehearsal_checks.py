"""The checks of a rehearsal, and what follows from them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from seskit.law import parameters
from seskit.law.checks import Check, Checks
from seskit.law.clocks import add_months
from seskit.law.facts import FactError
from seskit.law.result import Basis, Working

Outcome = Literal["none", "incomplete", "provisional"]
_ORDER = ("none", "incomplete", "provisional", "full")


@dataclass(frozen=True)
class Criterion(Check):
    """One check of a request, and what follows where it is not met."""

    failing: Outcome = "none"

    @property
    def stops(self) -> bool:
        """Whether failing it stops the request, not only full certification."""
        return self.failing != "provisional"


class RehearsalChecks(Checks[Criterion]):
    """The checks of one request, in the order of the regulation."""

    def __init__(self, work: Working) -> None:
        super().__init__(work)
        self.not_tested: list[str] = []

    def ask(
        self, passed: bool | None, failing: Outcome, text: str, cited: str, would_meet: str, basis: Basis = "verified"
    ) -> None:
        """Write a check that decides."""
        self.add(Criterion(passed, text, cited, needs=would_meet, basis=basis, failing=failing))

    def stated(self, passed: bool | None, failing: Outcome, text: str, cited: str, would_meet: str) -> None:
        """Write a check that decides only where its fact is stated."""
        if passed is not None:
            self.ask(passed, failing, text, cited, would_meet)
            return
        self.work.test(None, f"{text} Not stated, so not counted.", cited)
        self.not_tested.append(would_meet)


def refuse_too_long(as_of: date, held_until: date | None) -> None:
    """Refuse a last day that no certification held on the day of the decision can have."""
    months = sum(int(parameters.latest(f"certification.term.{one}_months")) for one in ("full", "extension"))
    if held_until and held_until >= add_months(as_of, months):
        raise FactError(
            f"held_until: {held_until} is {months} months or more after the decision on {as_of}; no certification held then "
            "runs so long."
        )


def lapsed(work: Working, held: str, held_until: date | None) -> bool:
    """Whether the certification held ended before the decision: it is then asked for anew, not renewed."""
    if held == "none" or held_until is None or work.as_of is None or held_until >= work.as_of:
        return False
    text = f"The {held} certification ended on {held_until}, before the decision: it is not renewed but asked for anew."
    work.caution(text)
    return True


def _decide(checks: Sequence[Criterion], requested: str, unknown: bool) -> str:
    """The outcome in order: the first test that stops decides; a test that only caps lowers the grade and goes on."""
    grade = requested
    for check in checks:
        if unknown if check.passed is None else check.passed:
            continue
        if check.stops:
            return check.failing
        grade = min(grade, check.failing, key=_ORDER.index)
    return grade


def outcome(checks: Sequence[Criterion], requested: str) -> str | None:
    """What follows from the tests; None where an unknown fact would make the difference."""
    best, worst = _decide(checks, requested, True), _decide(checks, requested, False)
    return best if best == worst else None


def would_change(checks: Sequence[Criterion], requested: str) -> list[str]:
    """The shortest list that changes the outcome: to the next better grade, or from not known to known."""
    now = outcome(checks, requested)
    if now == requested:
        return []
    open_ones = [check for check in checks if not check.passed]
    stopping = [check for check in open_ones if check.stops]
    capped = requested != "full" or any(check.passed is False and not check.stops for check in open_ones)
    wanted = open_ones if not stopping or (now is None and not capped) else stopping
    return list(dict.fromkeys(check.needs for check in wanted))
