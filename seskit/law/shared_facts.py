"""Facts that several staffing questions share, and the order of dates."""

from typing import Annotated, Literal

from seskit.law.action_facts import CarryOver, OptionalAsOf, SameAgency, in_order
from seskit.law.facts import Fact, YesNo

__all__ = [
    "CarryOver",
    "Criterion",
    "EarlyAdoption",
    "KnownCriterion",
    "LimitedType",
    "OptionalAsOf",
    "SameAgency",
    "SesAppointment",
    "in_order",
]

Criterion = Annotated[
    Literal["A", "B", "C"] | None,
    Fact(
        "QRB criterion",
        "A: demonstrated executive experience; B: graduate of an approved candidate program; "
        "C: special or unique qualities.",
    ),
]
KnownCriterion = Annotated[Literal["A", "B", "C"], Fact("QRB criterion", "A, B or C.")]
SesAppointment = Annotated[
    Literal["career", "noncareer", "limited_term", "limited_emergency"], Fact("Type of SES appointment")
]
LimitedType = Annotated[Literal["limited_term", "limited_emergency"], Fact("Type of limited appointment")]
EarlyAdoption = Annotated[
    YesNo, Fact("Agency took up the 2025 rules early", "Possible from 2025-05-29; they bind everyone from 2025-10-01.")
]
