"""Who decides on certification, and for whom."""

from __future__ import annotations

from typing import Annotated, Literal

from seskit.law import parameters
from seskit.law.answers import Answer
from seskit.law.facts import AsOf, Fact, YesNo
from seskit.law.question import question
from seskit.law.result import CannotTell, Result, Working

Branch = Literal[
    "executive", "judicial", "library_of_congress", "architect_of_the_capitol", "government_publishing_office"
]
BRANCH = Fact("Branch or agency outside the executive branch", "Outside it OPM does not decide.")
Action = Literal["certify", "extend", "suspend", "reinstate", "reinstate_after_automatic_suspension", "terminate"]
_OPM_ALONE = {
    "extend": ("OPM Director", "5 U.S.C. 5307(d)(3)(B)"),
    "reinstate_after_automatic_suspension": ("Office of Personnel Management", "5 CFR 430.405(h)(5)"),
}


class Decider(Answer):
    """Who decides on a certification."""

    decides: Annotated[str | None, Fact("Decides", "Null: not established.")]
    concurs: Annotated[str | None, Fact("Must concur", "Null: nobody.")]
    asks: Annotated[str, Fact("Asks", "Signs the request and performs the fifth and sixth criterion.")]


@question("5 U.S.C. 5307(d)(3) to (5); 5 CFR 430.405(c), (h)")
def decider(
    as_of: AsOf,
    *,
    branch: Annotated[Branch, BRANCH] = "executive",
    action: Annotated[Action, Fact("What is to be decided")] = "certify",
    inspector_general: Annotated[YesNo, Fact("Office of Inspector General")] = False,
) -> Result[Decider]:
    """Who decides on the certification of an appraisal system, and who must concur?

    OPM with OMB's concurrence in the executive branch, the OPM Director for an extension, others for the courts and three
    legislative agencies (5 U.S.C. 5307(d)(3) to (5)). `answer` holds `decides`, `concurs` (null: nobody) and `asks`, who
    signs the request and performs the fifth and sixth criterion; `decides` is null where nothing is established.
    """
    work = Working(as_of)
    rule = work.recorded(f"certification.deciders.{branch}")
    asks = "Inspector General or designee" if inspector_general else "agency head or designee"
    if rule is None:
        earliest = parameters.first_day(f"certification.deciders.{branch}")
        text = f"Who decided before {earliest} is not established."
        work.test(None, text, "5 U.S.C. 5307(d)")
        return work.answer(Decider(decides=None, concurs=None, asks=asks), CannotTell(f"Cannot tell. {text}"))
    decides, concurs, cited = (
        rule["decides"],
        rule.get("concurs"),
        parameters.parameter(f"certification.deciders.{branch}").citation,
    )
    if branch == "executive" and action in _OPM_ALONE:
        (decides, cited), concurs = _OPM_ALONE[action], None
    if action == "extend":
        work.figure("certification.term.extension_months")
    work.note(f"{decides} decides" + (f"; {concurs} must concur." if concurs else "; no one else must concur."), cited)
    if inspector_general:
        work.note(
            "The Inspector General performs the fifth and sixth criterion, not the agency head.", "5 CFR 430.404(b)"
        )
        if work.recorded("certification.inspector_general.separate"):
            work.note(
                "An Office of Inspector General files its own request.", "Pub. L. 110-409 s. 14", basis="recalled"
            )
    says = f"{decides} decides" + (f", with the concurrence of the {concurs}." if concurs else ".")
    return work.answer(Decider(decides, concurs, asks), says)
