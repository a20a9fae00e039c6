"""The numbered checks of the report: what each holds, and the law behind it; the others follow the forms' own instructions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Numbered(NamedTuple):
    """One check: what must be so, and its law where it is one of law."""

    holds: str
    law: str = ""


#: A number that was given up, such as R03, is not used again.
CHECKS: Mapping[str, Numbered] = {
    "R01": Numbered("Item 4: each row's total is its number times its base pay."),
    "R02": Numbered("Item 5: the award pool follows from item 4.", "5 CFR 534.405(b)(1)"),
    "R04": Numbered(
        "Item 6 of all plans paid in one fiscal year is within the agency's award pool.",
        "5 U.S.C. 5384(b)(3); 5 CFR 534.405(b)(1)",
    ),
    "R05": Numbered("Item 6 of a plan is within the plan's own item 5.", "5 U.S.C. 5384(b)(3)"),
    "R06": Numbered(
        "Each award is within the lowest and the highest share of the person's rate at the end of the period.",
        "5 U.S.C. 5384(b)(2); 5 CFR 534.405(c)",
    ),
    "R07": Numbered("Item 8 counts as many awardees as item 7."),
    "R08": Numbered(
        "No one rated below fully successful, or not rated, has an award.", "5 U.S.C. 5384(b)(1); 5 CFR 534.405(a)(1)"
    ),
    "R09": Numbered("Item 8 has no more awardees than career appointees."),
    "R10": Numbered("Item 10 rates no more people than item 9 has on the rolls."),
    "R11": Numbered("Each rating is a level of the plan's pattern."),
    "R12": Numbered(
        "The supplementary form lists everyone rated below fully successful, each with all its columns in agreement."
    ),
    "R13": Numbered("Items 4 to 8 are all filled, or all blank; while awards are pending the form is a draft."),
    "R14": Numbered("No box of an Inspector General form is more than in the plan forms that contain it."),
    "R15": Numbered("Item 6 is within what item 7 and the lowest and highest rates of item 4 allow."),
    "R16": Numbered("Only those who may receive a performance award have one.", "5 U.S.C. 5384(a)(1)"),
    "R17": Numbered("Where item 4 and item 9 are of the same day, they count the same career appointees."),
    "R18": Numbered("Form 1558A is used only where its method is open and gives a larger pool."),
    "R19": Numbered("Each rate is within the schedule of its day.", "5 U.S.C. 5382"),
    "R20": Numbered("An action is not before the final rating it follows."),
    "R21": Numbered("A plan that is said to have paid awards has awards on the roster."),
    "R22": Numbered("A corrected workbook says what the roster gives."),
    "R23": Numbered("Where a ceiling on the highest ratings is in force, it is kept."),
}
