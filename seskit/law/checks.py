"""Checks: rows of words, citation, key and whether each passes; yes, no and not known are put together here alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from seskit.law.result import Basis, CannotTell, Outcome, Working


def every(passed: Iterable[bool | None]) -> bool | None:
    """All together: one no decides; otherwise one not known leaves it open."""
    seen = list(passed)
    return False if False in seen else None if None in seen else True


def some(passed: Iterable[bool | None]) -> bool | None:
    """Any of them: one yes decides; otherwise one not known leaves it open."""
    return opposite(every(map(opposite, passed)))


def opposite(passed: bool | None) -> bool | None:
    """The other of yes and no; what is not known stays so."""
    return None if passed is None else not passed


def at_least(value: Any, least: Any) -> bool | None:
    """Whether a number or a day reaches another one; not known where one of them is not."""
    return None if value is None or least is None else bool(value >= least)


def unknown(facts: Mapping[str, object]) -> str:
    """Which of these facts, by their words, nobody stated: what stands behind 'cannot tell'."""
    named = [words for words, value in facts.items() if value is None]
    first, last = ", ".join(named[:-1]), named[-1] if named else "what decides"
    return f"{first} and {last} are not known" if first else f"{last} is not known"


def sentence(passed: bool | None, yes: str, no: str, lacking: str) -> str:
    """The sentence for each of the three; `lacking` names the fact that is missing."""
    return CannotTell(f"Cannot tell: {lacking}.") if passed is None else yes if passed else no


@dataclass(frozen=True)
class Check:
    """One check: whether it passes (None: not known), and how it is written as a reason."""

    passed: bool | None
    words: str
    citation: str
    #: Names the check in reasons and in lists of those that fail; empty where it needs no name.
    key: str = ""
    #: What would meet it: a fact, a document, a step to take.
    needs: str = ""
    basis: Basis = "verified"

    @property
    def outcome(self) -> Outcome:
        """What it found, as a reason says it."""
        return "cannot tell" if self.passed is None else "met" if self.passed else "not met"


def needed(what: str, passed: bool | None, citation: str) -> Check:
    """A check that something needed is there."""
    return Check(passed, f"Needed: {what}.", citation, needs=what)


Row = TypeVar("Row", bound=Check)


class Checks(Generic[Row]):
    """The checks of one question, written on its working in order, and what they find together."""

    def __init__(self, work: Working, rows: Iterable[Row] = ()) -> None:
        self.work = work
        self.rows: list[Row] = []
        for row in rows:
            self.add(row)

    def add(self, row: Row) -> bool | None:
        """Write one check down and count it; whether it passes."""
        self.work.note(row.words, row.citation, row.outcome, row.basis, key=row.key)
        self.rows.append(row)
        return row.passed

    @property
    def passes(self) -> bool | None:
        """False where a check fails, None where one is not known, otherwise True."""
        return every(row.passed for row in self.rows)

    @property
    def failed(self) -> list[str]:
        """The keys of those that fail."""
        return [row.key for row in self.rows if row.passed is False]

    @property
    def not_known(self) -> list[str]:
        """The keys of those that are not known."""
        return [row.key for row in self.rows if row.passed is None]

    def told(self, yes: str, no: str) -> str:
        """The sentence for each of the three; where it cannot tell, it names what those not known need."""
        return sentence(self.passes, yes, no, unknown({row.needs: row.passed for row in self.rows}))

    @property
    def unstated(self) -> str:
        """What nobody stated of what is needed, for the sentence of an answer that cannot tell."""
        return f"nothing is stated about {', '.join(row.needs for row in self.rows if row.passed is None) or 'it'}"

    @property
    def needs(self) -> list[str]:
        """What would meet those that do not pass."""
        return list(dict.fromkeys(row.needs for row in self.rows if not row.passed))
