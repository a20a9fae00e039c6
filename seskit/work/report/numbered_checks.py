"""The numbered checks of the report: what each holds, and the law behind it; the others follow the forms' own instructions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from seskit.law.report.editions import Edition

#: What is filled on a form of paid awards, and blank on one without.
FILLED_TOGETHER = ("base_pay", "pool", "paid", "levels", "awards")


class Numbered(NamedTuple):
    """One check: what must be so, and its law where it is one of law."""

    #: With each item named by what it holds.
    sentence: str
    law: str = ""

    def holds(self, edition: Edition) -> str:
        """What must be so, in a sentence with the numbers of an edition of the form."""
        said = edition.said(self.sentence, all_of_awards=edition.named(*FILLED_TOGETHER))
        return said[0].upper() + said[1:]


#: A number that was given up, such as R03, is not used again.
CHECKS: Mapping[str, Numbered] = {
    "R01": Numbered("Item {base_pay}: each row's total is its number times its base pay."),
    "R02": Numbered("Item {pool}: the award pool follows from item {base_pay}.", "5 U.S.C. 5384(b)(3)"),
    "R04": Numbered(
        "Item {paid} of all plans paid in one fiscal year is within the agency's award pool.",
        "5 U.S.C. 5384(b)(3); 5 CFR 534.405(b)(1)",
    ),
    "R05": Numbered("Item {paid} of a plan is within the plan's own item {pool}.", "5 U.S.C. 5384(b)(3)"),
    "R06": Numbered(
        "Each award is within the lowest and the highest share of the person's rate at the end of the period.",
        "5 U.S.C. 5384(b)(2); 5 CFR 534.405(c)",
    ),
    "R07": Numbered("Item {awards} counts as many awardees as item {levels}."),
    "R08": Numbered(
        "No one rated below fully successful, or not rated, has an award.", "5 U.S.C. 5384(b)(1); 5 CFR 534.405(a)(1)"
    ),
    "R09": Numbered("Item {awards} has no more awardees than career appointees."),
    "R10": Numbered("Item {ratings} rates no more people than item {appointees} has on the rolls."),
    "R11": Numbered("Each rating is a level of the plan's pattern."),
    "R12": Numbered(
        "The supplementary form lists everyone rated below fully successful, each with all its columns in agreement."
    ),
    "R13": Numbered("{all_of_awards} are all filled, or all blank; while awards are pending the form is a draft."),
    "R14": Numbered("No box of an Inspector General form is more than in the plan forms that contain it."),
    "R15": Numbered(
        "Item {paid} is within what item {levels} and the lowest and highest rates of item {base_pay} allow."
    ),
    "R16": Numbered("Only those who may receive a performance award have one.", "5 U.S.C. 5384(a)(1)"),
    "R17": Numbered(
        "Where item {base_pay} and item {appointees} are of the same day, they count the same career appointees."
    ),
    "R18": Numbered("Form 1558A is used only where its method is open and gives a larger pool."),
    "R19": Numbered("Each rate is within the schedule of its day.", "5 U.S.C. 5382"),
    "R20": Numbered("An action is not before the final rating it follows."),
    "R21": Numbered("A plan that is said to have paid awards has awards on the roster."),
    "R22": Numbered("A corrected workbook says what the roster gives."),
    "R23": Numbered("Where a ceiling on the highest ratings is in force, it is kept."),
    "R24": Numbered(
        "Item {paid} of all plans paid in one fiscal year is within the agency's own lower budget, if it has one."
    ),
}
