"""Candidate development programs: the terms a program and a graduate must meet before a criterion B case."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from seskit.law.answers import Answer
from seskit.law.checks import Checks, needed, sentence
from seskit.law.clocks import add_years
from seskit.law.facts import AsOf, Day, Fact, Whole, YesNo
from seskit.law.question import question
from seskit.law.result import Result, Working
from seskit.law.staffing.qrb import program_doubt

LAW = "5 CFR 412.301, 412.302"


class CandidateProgram(Answer):
    """Whether a candidate completed a program."""

    completed: Annotated[bool | None, Fact("Completed", "Null: cannot tell.")]
    missing: Annotated[list[str], Fact("Missing")]
    approval_ends: Annotated[date | None, Fact("OPM's approval ends")]


@question(LAW)
def candidate_program(
    as_of: Annotated[AsOf, Fact("Graduation", "The day decides which terms bind.")],
    *,
    opm_approved_on: Annotated[Day | None, Fact("OPM approved the program's policy", happened=True)] = None,
    months: Annotated[Whole | None, Fact("Length of the program", unit="months")] = None,
    training_hours: Annotated[Whole | None, Fact("Formal interagency or multi-sector training", unit="hours")] = None,
    assignment_months: Annotated[Whole | None, Fact("Developmental assignments, full time", unit="months")] = None,
    continuous_days: Annotated[
        Whole | None, Fact("Longest stretch in a substantially different position", unit="days")
    ] = None,
    plan_approved: Annotated[YesNo | None, Fact("The board approved the development plan")] = None,
    mentor: Annotated[YesNo | None, Fact("A mentor from the SES, or one the board found fit")] = None,
) -> Result[CandidateProgram]:
    """Did this candidate complete a program whose graduates may go to a QRB?

    OPM's approval within five years, twelve months, 80 hours of training, four months of assignments with 90 days on
    end, an approved plan and a mentor (5 CFR 412.301, 412.302). `answer` holds `completed` (null: cannot tell),
    `missing` and `approval_ends`.
    """
    work = Working(as_of)
    terms = work.figure("staffing.program.terms")
    ends = add_years(opm_approved_on, terms["approval_years"]) if opm_approved_on else None
    counted = {"months": months, "training_hours": training_hours, "assignment_months": assignment_months}
    approved = None if opm_approved_on is None or ends is None else opm_approved_on <= as_of <= ends
    checks = Checks(work, [needed(f"OPM's approval within {terms['approval_years']} years", approved, LAW)])
    for name, given in (counted | {"continuous_days": continuous_days}).items():
        enough = None if given is None else given >= terms[name]
        checks.add(needed(f"{terms[name]} {name.replace('_', ' ')}", enough, LAW))
    checks.add(needed("a development plan approved by the board", plan_approved, LAW))
    checks.add(needed("a mentor", mentor, LAW))
    program_doubt(work, as_of)
    work.caution(
        f"People without career status serve on a Schedule B appointment of at most {terms['schedule_b_years']} years."
    )
    completed, missing = checks.passes, checks.needs
    return work.answer(
        CandidateProgram(completed, missing, ends),
        sentence(completed, "The terms are met.", f"Not met: {'; '.join(missing)}.", checks.unstated),
    )
