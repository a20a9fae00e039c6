"""Facts that the questions on bars, moves, removals and returns share: one name for one fact."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, cast

from seskit.law.facts import AsOf, Day, Fact, FactError, Whole, YesNo

ExecutiveType = Literal["career", "noncareer", "limited_term", "limited_emergency"]
Executive = Annotated[
    ExecutiveType | None, Fact("Appointment type", "Of the executive appraised; rules differ by kind.")
]
OnProbation = Annotated[
    YesNo | None,
    Fact("On probation", "Whether a career appointee is in the probationary year; no if none is required."),
]
OptionalAsOf = Annotated[AsOf | None, Fact("As-of date", "May be left out: the dates below decide.")]
CarryOver = Annotated[
    YesNo | None,
    Fact(
        "Came from a career-type position",
        "Without a break from a career or career-conditional appointment, or equal tenure, in a permanent position "
        "outside the SES.",
    ),
]
SameAgency = Annotated[YesNo | None, Fact("That position was in the same agency", "Decides for a limited appointee.")]

HeadOn = Annotated[Day | None, Fact("Agency head appointed on", "The latest appointment, however long ago.")]
SupervisorOn = Annotated[
    Day | None, Fact("Immediate supervisor appointed on", "The latest appointment, however long ago.")
]
SupervisorNoncareer = Annotated[
    YesNo | None,
    Fact(
        "Supervisor is noncareer",
        "SES noncareer or limited, Schedule C, or Executive Schedule other than career.",
    ),
]
SupervisorCanRemove = Annotated[YesNo | None, Fact("Supervisor can remove")]
SupervisorRates = Annotated[YesNo | None, Fact("Supervisor makes the initial appraisal")]
HeadActing = Annotated[
    Day | None,
    Fact("Head acted without a break since", "Counts where the agency applied the bar to that service.", happened=True),
]
SupervisorActing = Annotated[
    Day | None,
    Fact(
        "Supervisor acted without a break since",
        "Counts where the agency applied the bar to that service.",
        happened=True,
    ),
]
NoRecentAppointment = Annotated[
    YesNo | None,
    Fact("No head or supervisor appointed recently", "Yes: neither within 180 days before the action takes effect."),
]
DetailDays = Annotated[
    Whole, Fact("Days on detail inside the window", "Away from the regular job; at most 60 are left out.", "days")
]
ExceptionClaimed = Annotated[
    Literal[
        "none",
        "unsatisfactory rating issued before",
        "discipline begun before",
        "crime",
        "retention dangerous or damaging",
        "reduction in force",
    ]
    | None,
    Fact("Exception to the 120-day bar claimed", "The last three lift only the bar on a removal in probation."),
]
RatedOn = Annotated[Day | None, Fact("Unsatisfactory rating issued on", "The annual summary rating.", happened=True)]
BegunOn = Annotated[Day | None, Fact("Disciplinary action begun on", happened=True)]
Voluntary = Annotated[YesNo, Fact("The appointee agreed in writing beforehand")]
Outside = Annotated[YesNo | None, Fact("Outside the commuting area")]
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


def kind_in_words(executive: ExecutiveType) -> str:
    """The appointment type as people write it."""
    return executive.replace("_", " ")


def kind_of(appointment: str | None) -> ExecutiveType | None:
    """The kind that the law on actions tells apart, of an appointment type on a roster: Presidential appointees are career."""
    return cast("ExecutiveType | None", "career" if appointment == "presidential" else appointment)


def in_order(first: date | None, second: date | None, name: str, what: str) -> None:
    """Refuse a date that lies before the one it must follow."""
    if first and second and second < first:
        raise FactError(f"{name}: {second} is before {first}, {what}; check both dates.")
