"""What needs attention about an agency's plan and its appraisal year, as findings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from seskit.law import parameters
from seskit.record.appraisal.rating_history import carries_out
from seskit.record.appraisal.year_record.files import Files
from seskit.record.finding import Finding, Severity, of_problems
from seskit.work.appraisal.outcomes import Consequence, Kind, Outcome
from seskit.work.appraisal.plan_document.check import FORM, ROSTER, WEIGHTS, CheckedPlan
from seskit.work.appraisal.year_record.audit import Audit, Shortfall

_PLAN, _YEAR, _BOARD = "1. The plan", "2. The appraisal year", "3. The board"
_FOLLOWS = "4. What follows from the ratings"
#: Where the checks of a plan stand in the rules, and what the others rest on.
_PLAN_CHECKS = ("appraisal.plan.", "appraisal.strategy.", "appraisal.balance.")
_OTHER_CHECKS = {
    WEIGHTS: "OPM basic SES appraisal system, weights",
    ROSTER: "the agency's own roster",
    FORM: "the plan's form",
}
#: What ratings call for by themselves; a placement follows from a removal, an award or a rate from a proposal.
CALLED_FOR: tuple[Kind, ...] = ("removal", "reassignment", "question")
_TO_DO = {
    "not met": "Do it, correct the record, or keep the reason with the record.",
    "cannot tell": "Record what is missing.",
}
_SEVERITY: dict[str, Severity] = {"not met": "error", "cannot tell": "flag"}


def of_audit(audit: Audit) -> list[Finding]:
    """The ceiling where it binds, the problems of the files, every executive's steps, every board."""
    found = [one.finding for one in audit.ceilings] + of_problems(audit.files.problems, "appraisal")
    for executive in audit.executives:
        found += [_step(one) for one in executive.findings]
    return found + [
        Finding(
            "appraisal", one.check or "board", _SEVERITY[one.outcome], f"{one.outcome.capitalize()}: {one.asked}",
            _TO_DO[one.outcome], one.citation, one.board, section=_BOARD,
        )
        for one in audit.board_findings()
    ]  # fmt: skip


def of_unusable(files: Files) -> list[Finding]:
    """Why an appraisal year cannot be looked at: the problems of its files, and what is missing."""
    found = of_problems(files.problems, "appraisal")
    if files.missing:
        to_do = "Complete the files of the appraisal year."
        found.append(Finding("appraisal", "year", "flag", files.missing, to_do, section=_YEAR))
    return found


def _step(one: Shortfall) -> Finding:
    alone = one.found.rstrip(".") == one.asked
    sentence = f"{one.outcome.capitalize()}: {one.found}" + ("" if alone else f" Asked: {one.asked}.")
    return Finding(
        "appraisal", one.check, _SEVERITY[one.outcome], sentence, _TO_DO[one.outcome], one.citation,
        one.person_id, confidence=one.confidence, section=_YEAR,
    )  # fmt: skip


def of_actions(found: Iterable[Outcome], decided_on: date) -> list[Finding]:
    """What the ratings require on the day of the decision and the roster does not hold, for whatever day."""
    return [
        _action(one, action, decided_on)
        for one in found
        if not carries_out(one.person.action, one.consequences.answer.action or "")
        for action in one.actions
        if action.force == "required" and action.kind in CALLED_FOR
    ]


def _action(one: Outcome, action: Consequence, decided_on: date) -> Finding:
    level = f" after level {one.person.rating}" if one.person.rating else ""
    when = f"If it is decided on {decided_on}, earliest {action.earliest}. " if action.earliest else ""
    notice = f"{action.notice[:1].upper()}{action.notice[1:]}." if action.notice else ""
    to_do = f"{when}{notice}".strip() or "Decide, and record what is done on the roster."
    behind = action.because or action.asked
    return Finding(
        "appraisal", f"action {action.kind}", "flag", f"Called for{level}: {action.what}", to_do, action.authority,
        one.person.person_id or "", day=decided_on, confidence=behind.confidence, section=_FOLLOWS,
    )  # fmt: skip


def of_plan(checked: CheckedPlan, whose: str = "") -> list[Finding]:
    """Every gap of an executive's plan, or that it is blank; `whose` is said where an agency has plans of many."""
    if checked.plan.untouched:
        return [Finding("appraisal", "plan form", "error", "The plan is blank: nothing in it is filled in.",
                        "Fill it in, or remove it from the folder.", file="plan", section=_PLAN)]  # fmt: skip
    return [
        Finding("appraisal", f"plan {gap.check}", "error", _sentence(gap.where, gap.what), authority=_law(gap.check),
                about=whose, file=f"plan of {whose}" if whose else "plan", column=gap.where, section=_PLAN)
        for gap in checked.gaps
    ]  # fmt: skip


def _law(check: str) -> str:
    """The authority of a gap's checks; of one that only holds the plan against the roster, where it comes from."""
    cited = [
        parameters.parameter(path).citation
        for key in check.split(", ")
        for path in parameters.paths("appraisal")
        if path.startswith(_PLAN_CHECKS) and path.endswith(f".{key}")
    ]
    return "; ".join(dict.fromkeys(cited)) or _OTHER_CHECKS.get(check, "5 CFR part 430, subpart C")


def _sentence(where: str, what: str) -> str:
    return f"{where}: {what}".rstrip(".") + "."
