"""Who may do a higher-level review of an initial rating."""

from __future__ import annotations

from datetime import date

from seskit.law import parameters
from seskit.law.result import Working

#: Who may not do a higher-level review, in words.
MAY_NOT = {
    "officer": "An active-duty officer may do it only with the executive's consent",
    "board_member": "A member of the board may not do it",
    "rater": "One who helped to set the initial rating may not do it",
    "other": "One who is not at a higher level may not do it",
}


def reviewer_may(
    work: Working, as_of: date, reviewer: str | None, reports_to_head: bool | None, consents: bool | None
) -> bool | None:
    """Whether this reviewer may do a higher-level review; None where it is not known."""
    law = "5 U.S.C. 4312(b)(3)"
    if reviewer is None:
        work.test(None, "The reviewer is not known.", law)
        return None
    if reviewer == "officer":
        work.test(consents, "The executive consents to an active-duty officer.", law)
        return consents
    if reviewer == "higher_official":
        return work.test(True, "The reviewer is at a higher level in the agency.", law)
    if reviewer == "other" and reports_to_head is not False:
        allowed = reports_to_head if _rule_of_2015(as_of) else False
        work.test(allowed, "No one is higher, so an alternative review is offered.", _law(as_of), "recalled")
        return allowed
    if reviewer == "board_member" and not _rule_of_2015(as_of):
        text = (
            "The rule of 2000 does not speak of a member of the board; the statute asks for a higher executive level."
        )
        work.test(None, text, f"{law}; 5 CFR 430.308 (2000 rule)")
        return None
    return work.test(False, f"{MAY_NOT[reviewer]}.", _law(as_of), "recalled")


def _law(as_of: date) -> str:
    return "5 CFR 430.309" if _rule_of_2015(as_of) else "5 U.S.C. 4312(b)(3)"


def _rule_of_2015(as_of: date) -> bool:
    return bool(parameters.figure("appraisal.regime.rule", as_of).value == "2015-rule")
