"""Facts that several staffing questions share, and how single tests add up to one decision."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from seskit.law.facts import AsOf, Fact, FactError, YesNo

OptionalAsOf = Annotated[AsOf | None, Fact("As-of date", "May be left out: the dates below decide.")]
Criterion = Annotated[
    Literal["A", "B", "C"] | None,
    Fact(
        "QRB criterion",
        "A: demonstrated executive experience; B: graduate of an approved candidate programme; "
        "C: special or unique qualities.",
    ),
]
KnownCriterion = Annotated[Literal["A", "B", "C"], Fact("QRB criterion", "A, B or C.")]
CarryOver = Annotated[
    YesNo | None,
    Fact(
        "Came from a career-type position",
        "Without a break from a career or career-conditional appointment, or equal tenure, in a permanent position "
        "outside the SES.",
    ),
]
SesAppointment = Annotated[
    Literal["career", "noncareer", "limited_term", "limited_emergency"], Fact("Type of SES appointment")
]
LimitedType = Annotated[Literal["limited_term", "limited_emergency"], Fact("Type of limited appointment")]
EarlyAdoption = Annotated[
    YesNo, Fact("Agency took up the 2025 rules early", "Possible from 2025-05-29; they bind everyone from 2025-10-01.")
]


def decision(*tests: bool | None) -> bool | None:
    """Every test must be met: no if one is not, cannot tell (None) if one is unknown, otherwise yes."""
    return False if False in tests else None if None in tests else True


def words(value: bool | None, yes: str, no: str, lacking: str = "a fact is missing") -> str:
    """The sentence for a decision."""
    return f"Cannot tell: {lacking}." if value is None else yes if value else no


def in_order(first: date | None, second: date | None, name: str, what: str) -> None:
    """Refuse a date that lies before the one it must follow."""
    if first and second and second < first:
        raise FactError(f"{name}: {second} is before {first}, {what}; check both dates.")
