"""What needs attention about an agency's pay worksheet, as findings."""

from __future__ import annotations

from seskit.record.finding import Finding, Severity, of_problem
from seskit.work.pay_setting.folder import PayFolder
from seskit.work.pay_setting.worksheet.finding import Objection

_SECTION = "3. What stands in the way"
_ASKED = {"block": "Change the proposal.", "flag": "Give a written reason, or change the proposal."}
#: What the other reading of the rule gives, where a check rests on one of two.
_OTHER = {"twelve months": "26 pay periods are 12 months, and the proposals may take effect as they are"}
_SETTLED = "Settled by the written reason, which the workbook and the page keep."


def of_folder(pay: PayFolder) -> list[Finding]:
    """The ceiling where it binds, the problems of the files, every block and flag; a flag with its reason is an indicator."""
    found = [of_problem(problem, "pay", section="1. The worksheet in short") for problem in pay.problems]
    if pay.checked is None:
        return found
    return [*(one.finding for one in pay.checked.ceilings), *found, *(of_check(one) for one in pay.checked.findings)]


def of_check(one: Objection) -> Finding:
    """A block or a flag of the worksheet's check."""
    severity: Severity = "block" if one.level == "block" else "flag" if one.is_open else "indicator"
    to_do = one.lawful_ways or (_ASKED[one.level] if one.is_open else _SETTLED)
    return Finding(
        "pay", one.check, severity, one.text, to_do, one.citation, one.person_id, file="pay", row=one.row,
        column=one.column, confidence=one.confidence, other_reading=_OTHER.get(one.check, ""), section=_SECTION,
    )  # fmt: skip
