"""The tests of a rehearsal and what follows from them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from seskit.law.result import Basis, Working

Outcome = Literal["none", "incomplete", "provisional"]
_ORDER = ("none", "incomplete", "provisional", "full")


@dataclass(frozen=True)
class Check:
    """One test: whether it is met, what follows if not, and what would meet it."""

    passed: bool | None
    failing: Outcome
    would_meet: str

    @property
    def stops(self) -> bool:
        """Whether failing it stops the request, not only full certification."""
        return self.failing != "provisional"


class Sheet:
    """The tests of one rehearsal, in the order of the regulation."""

    def __init__(self, work: Working) -> None:
        self.work = work
        self.checks: list[Check] = []
        self.not_tested: list[str] = []

    def add(
        self, passed: bool | None, failing: Outcome, text: str, cited: str, would_meet: str, basis: Basis = "verified"
    ) -> None:
        """Write a test that decides."""
        self.work.test(passed, text, cited, basis)
        self.keep(passed, failing, would_meet)

    def keep(self, passed: bool | None, failing: Outcome, would_meet: str) -> None:
        """Count a test that is already written."""
        self.checks.append(Check(passed, failing, would_meet))

    def stated(self, passed: bool | None, failing: Outcome, text: str, cited: str, would_meet: str) -> None:
        """Write a test that decides only where its fact is stated."""
        if passed is not None:
            self.add(passed, failing, text, cited, would_meet)
            return
        self.work.test(None, f"{text} Not stated, so not counted.", cited)
        self.not_tested.append(would_meet)


def _decide(checks: Sequence[Check], requested: str, unknown: bool) -> str:
    """The outcome in order: the first test that stops decides; a test that only caps lowers the grade and goes on."""
    grade = requested
    for check in checks:
        if unknown if check.passed is None else check.passed:
            continue
        if check.stops:
            return check.failing
        grade = min(grade, check.failing, key=_ORDER.index)
    return grade


def outcome(checks: Sequence[Check], requested: str) -> str | None:
    """What follows from the tests; None where an unknown fact would make the difference."""
    best, worst = _decide(checks, requested, True), _decide(checks, requested, False)
    return best if best == worst else None


def would_change(checks: Sequence[Check], requested: str) -> list[str]:
    """The shortest list that changes the outcome: to the next better grade, or from not known to known."""
    now = outcome(checks, requested)
    if now == requested:
        return []
    open_ones = [check for check in checks if not check.passed]
    stopping = [check for check in open_ones if check.stops]
    capped = requested != "full" or any(check.passed is False and not check.stops for check in open_ones)
    wanted = open_ones if not stopping or (now is None and not capped) else stopping
    return list(dict.fromkeys(check.would_meet for check in wanted))
