"""The facts that pay-setting questions share, in the words of the regulation."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from seskit.law.facts import AppointmentType, AsOf, Day, Fact, Money, YesNo, one_of

#: Who must approve (5 CFR 534.404(g)(3)).
OFFICIAL = "authorized agency official"
TOP_OFFICIAL = "top approving official"

GroundName = Literal["exceptional_accomplishment", "scope_or_recruitment", "retention", "appraisal_cycle"]
#: What each exception ground asks for, in the order of 5 CFR 534.404(c)(4)(i) to (iv).
GROUNDS: dict[GroundName, str] = {
    "exceptional_accomplishment": "exceptionally meritorious accomplishment that contributes significantly to agency performance",
    "scope_or_recruitment": "reassignment to substantially greater scope and responsibility, or recruiting superior "
    "competencies from another agency",
    "retention": "keeping someone critical to the mission who would likely leave",
    "appraisal_cycle": "fitting the appraisal and pay cycle that otherwise applies",
}
_NUMERALS = dict(zip(("i", "ii", "iii", "iv"), GROUNDS, strict=True))


def _ground(value: Any) -> Any:
    return _NUMERALS.get(str(value).strip().strip("()").lower(), value)


def read_ground(text: str) -> str:
    """A ground by its name or its number, (i) to (iv)."""
    return one_of(_ground(text).replace(" ", "_"), GROUNDS)


ProposedRate = Annotated[
    Money, Fact("Proposed rate of basic pay", "Yearly rate, without locality pay.", "USD per year")
]
TopApproves = Annotated[
    YesNo | None,
    Fact("Top approving official approves", "The agency head, or the one person designated to certify the results."),
]
LastAdjusted = Annotated[
    Day | None,
    Fact("Last counted adjustment", "The last pay action that started a new period of 12 months.", happened=True),
]
Ground = Annotated[
    Annotated[GroundName, BeforeValidator(_ground)] | None,
    Fact("Exception ground", "One of four, also written (i) to (iv), for a second increase inside 12 months."),
]
Appointed = Annotated[
    AppointmentType | None,
    Fact("Appointment type", "The political-appointee freeze never covers a career appointee."),
]
Political = Annotated[
    YesNo | None,
    Fact("Limited appointee serves politically", "Only for limited term and limited emergency appointees."),
]
NewPosition = Annotated[
    YesNo | None,
    Fact("New position", "A change to a position with substantially greater responsibility, or a promotion."),
]
FreezeContinues = Annotated[
    YesNo | None,
    Fact(
        "Political freeze in force",
        "Whether it went on; needed only after 2026-01-30, the last day its status is recorded.",
    ),
]
CycleRecord = Annotated[
    str | None,
    Fact(
        "Record of the appraisal cycle",
        "The document in which the top approving official found, for all adjustments of this pay period, that they fit the "
        "appraisal and pay cycle; it settles a date 26 pay periods after the last adjustment.",
    ),
]
FreezeClearedBy = Annotated[
    str | None,
    Fact(
        "Freeze cleared by",
        "The document in which OPM or counsel finds that the freeze on political appointees does not cover this person.",
    ),
]
EffectiveDay = Annotated[AsOf, Fact("Effective date", "The day the change would take effect.")]
RestsOnNonFederalPay = Annotated[
    YesNo | None, Fact("Rests on non-Federal pay", "Pay history outside the Government, or a competing offer.")
]
ProtectedTotal = Annotated[
    Money | None,
    Fact(
        "Total of November 2003",
        "Basic pay with locality then; protected through 2005-01-10. 0 for one who had no SES pay.",
        "USD per year",
    ),
]
