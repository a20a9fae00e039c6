"""The Qualifications Review Board: what a case holds, when it is due, when it must wait, and how long it lasts."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from typing import Annotated, Any, Literal

from seskit.formats.counts import number_of
from seskit.law import closed_days as closings
from seskit.law import parameters
from seskit.law.action_facts import Criterion, EarlyAdoption, KnownCriterion, OptionalAsOf, in_order
from seskit.law.answers import Answer
from seskit.law.checks import opposite, sentence, unknown
from seskit.law.clocks import add_days, add_months, add_working_days, add_years
from seskit.law.closed_days import STATED, ClosedDays
from seskit.law.facts import AsOf, Day, Fact, YesNo
from seskit.law.question import question
from seskit.law.result import Basis, CannotTell, Result, Working
from seskit.law.staffing.vacancy import in_force_for

SUBMISSION = "OPM memoranda on QRB submission"
TABLE = "5 CFR 317.502(d); OPM memoranda on QRB moratoria"


def counted(start: date, clock: dict[str, Any], closed: Container[date]) -> date:
    """The last day of a submission clock; the starting day is day 0."""
    if clock["unit"] == "months":
        return add_months(start, clock["count"])
    if clock["unit"] == "working days":
        return add_working_days(start, clock["count"], closed)
    return add_days(start, clock["count"])


def _left_out(closed: frozenset[date], start: date, due: date) -> str:
    return f"; {closings.left_out(closed, start, due)}"


class QrbDeadline(Answer):
    """When a case must be with the Qualifications Review Board."""

    due: Annotated[date | None, Fact("Due", "Null: cannot tell.")]
    count: Annotated[int | None, Fact("Length of the clock")]
    unit: Annotated[str | None, Fact("Counted in")]
    resubmit_by: Annotated[date | None, Fact("Send a returned case again by")]
    days_late: Annotated[int | None, Fact("Days late", "Null: nothing to compare.", unit="days")]
    other_due: Annotated[date | None, Fact("Due by the other clock", "Where the day of its change is in doubt.")]


@question(f"{SUBMISSION}; 5 CFR 412.302(a)")
def qrb_deadline(
    as_of: OptionalAsOf = None,
    *,
    criterion: Criterion = None,
    closes_on: Annotated[Day | None, Fact("Announcement closed", "Day 0 of the clock for criteria A and C.")] = None,
    graduated_on: Annotated[Day | None, Fact("Graduation", "Day 0 of the clock for criterion B.")] = None,
    submitted_on: Annotated[Day | None, Fact("Case sent to OPM")] = None,
    returned_on: Annotated[Day | None, Fact("Case returned by OPM", "Starts the clock for sending it again.")] = None,
    closed_days: ClosedDays = None,
    early_adoption: EarlyAdoption = False,
) -> Result[QrbDeadline]:
    """By which day must a case be with the Qualifications Review Board?

    Criteria A and C run from the closing day of the announcement by the clock in force on that day: months in older
    practice, 90 calendar days, 90 working days, from 2025-10-01 80 calendar days. Criterion B runs 90 working days from
    graduation (5 CFR 412.302(a)). `answer` holds `due`, `count`, `unit`, `resubmit_by`, `days_late` (0 when in
    time; null where neither a submission nor an as-of date is given, or nothing is due), and `other_due`, the day by the
    other clock where the day of its change is in doubt.
    """
    begins, called = (graduated_on, "the graduation") if criterion == "B" else (closes_on, "the closing day")
    in_order(begins, submitted_on, "submitted_on", called)
    in_order(
        submitted_on or begins, returned_on, "returned_on", "the day the case was sent" if submitted_on else called
    )
    work = Working(as_of or closes_on or graduated_on or returned_on)
    closed = frozenset(closed_days or ())
    other_due = None
    if criterion == "B":
        due, clock = _graduate(work, graduated_on, closed)
    elif closes_on is not None:
        due, clock = _announced(work, criterion, closes_on, closed, early_adoption)
        other_due = _by_other_clock(work, closes_on, closed, early_adoption)
    else:
        due, clock = None, {"count": None, "unit": None}
        work.test(None, "The closing day of the announcement is not known.", SUBMISSION)
    again = _resubmission(work, returned_on) if returned_on else None
    seen = submitted_on or as_of
    late = None if due is None or seen is None else max((seen - due).days, 0)
    if late is not None:
        work.test(
            not late, f"Seen on {seen}, {number_of(late, 'day')} late." if late else f"In time on {seen}.", SUBMISSION
        )
    says = f"The case is due on {due}." if due else CannotTell("Cannot tell the due date: a date is missing.")
    if again:
        says = f"{says} The returned case goes back by {again}." if due else f"The returned case goes back by {again}."
    answer = QrbDeadline(
        due=due, count=clock["count"], unit=clock["unit"], resubmit_by=again, days_late=late, other_due=other_due
    )
    return work.answer(answer, says)


def _announced(
    work: Working, criterion: str | None, closes_on: date, closed: frozenset[date], early: bool
) -> tuple[date, dict[str, Any]]:
    clock = in_force_for(work, "staffing.qrb.clock", closes_on, early=early)
    due = counted(closes_on, clock, closed)
    told = f"Closed on {closes_on}, day 0; {clock['count']} {clock['unit']} later is {due}"
    in_working_days = clock["unit"] == "working days"
    work.note(f"{told}{_left_out(closed, closes_on, due) if in_working_days else ''}.", SUBMISSION, basis="design")
    if in_working_days:
        closings.caution(work, closes_on, clock["count"], closed, stated_as=STATED)
    if criterion is None:
        work.caution("The criterion is not known: this clock is for criteria A and C, not for B.")
    if "encouraged" in clock:
        sooner = add_months(closes_on, clock["encouraged"])
        work.caution(f"OPM encouraged sending cases within {clock['encouraged']} months, by {sooner}.")
    first = parameters.first_day("staffing.early_adoption")
    if early and closes_on < first:
        work.caution(f"The 2025 rules could be taken up from {first} on, not on {closes_on}: the older clock counts.")
    if not early and work.recorded("staffing.early_adoption", closes_on):
        binding = in_force_for(work, "staffing.qrb.clock", closes_on, early=True)
        work.caution(
            f"An agency that took up the 2025 rules early would count to {counted(closes_on, binding, closed)}."
        )
    work.caution("A moratorium may justify a later day; OPM decides case by case.")
    return due, clock


def _by_other_clock(work: Working, closes_on: date, closed: Container[date], early: bool) -> date | None:
    """The due day by the other clock, where the day on which the clock changed is in doubt."""
    other = None if early else work.recorded("staffing.qrb.clock_in_doubt", closes_on)
    if not other:
        return None
    due = counted(closes_on, other, closed)
    work.caution(
        f"The day on which this clock changed was not found. By the other clock, {other['count']} {other['unit']}, "
        f"the case would be due on {due}."
    )
    return due


def _graduate(work: Working, graduated_on: date | None, closed: frozenset[date]) -> tuple[date | None, dict[str, Any]]:
    work.note("A criterion B case is not tied to an announcement.", SUBMISSION)
    on = graduated_on or work.as_of
    days = work.recorded("staffing.qrb.graduate_working_days", on) if on else None
    clock = {"count": days, "unit": "working days" if days else None}
    if graduated_on is None:
        work.test(None, "The graduation date is not known; the clock runs from it.", "5 CFR 412.302(a)")
        return None, clock
    if days is None:
        work.note(f"No deadline is recorded for a graduation on {graduated_on}.", "5 CFR 412.302(a)", "cannot tell")
        return None, clock
    due = add_working_days(graduated_on, days, closed)
    told = (
        f"Graduated on {graduated_on}, day 0; {days} working days later is {due}{_left_out(closed, graduated_on, due)}."
    )
    work.note(told, "5 CFR 412.302(a)", basis="design")
    closings.caution(work, graduated_on, days, closed, stated_as=STATED)
    program_doubt(work, graduated_on)
    return due, clock


def program_doubt(work: Working, on: date) -> None:
    """Caution where it is not known which rule binds a candidate program."""
    if doubt := work.recorded("staffing.program.doubt", on):
        work.caution(f"Ask which rule binds the program: {doubt}.")


def _resubmission(work: Working, returned_on: date) -> date | None:
    days = work.recorded("staffing.qrb.resubmission_days", returned_on)
    if days is None:
        work.note("No time for sending a returned case again is recorded for that day.", SUBMISSION, "cannot tell")
        return None
    again = add_days(returned_on, days)
    work.note(f"Returned on {returned_on}, day 0; {days} days later is {again}.", SUBMISSION, basis="design")
    work.caution("The time for sending a case again comes from an undated memorandum; confirm it with OPM.")
    return again


class CaseDocument(Answer):
    """One document of a QRB case."""

    key: Annotated[str, Fact("Key")]
    name: Annotated[str, Fact("Name")]
    citation: Annotated[str, Fact("Citation")]
    basis: Annotated[Basis, Fact("Confidence")]
    needed: Annotated[Literal[True] | None, Fact("Needed", "Null: a fact decides.")]


class CaseContents(Answer):
    """What a QRB case holds."""

    documents: Annotated[
        list[CaseDocument], Fact("Documents", "Each with key, name, citation, basis and whether it is needed.")
    ]
    left_out: Annotated[list[str], Fact("May be left out")]


@question("5 CFR 317.502(b); OPM instructions")
def case_contents(
    as_of: Annotated[AsOf, Fact("Case sent to OPM")],
    *,
    criterion: KnownCriterion,
    political_or_noncareer: Annotated[
        YesNo | None, Fact("Selectee is a political or noncareer appointee", "Calls for further evidence.")
    ] = None,
) -> Result[CaseContents]:
    """What does a QRB case hold, and what may be left out?

    Proof of merit staffing and the appointing authority's certification (5 CFR 317.502(b)) with the documents OPM
    prescribes for the criterion on that date. `answer` holds `documents` (key, name, citation, basis, and needed: yes,
    or null where a fact decides) and `left_out`, what no longer belongs in the case.
    """
    work = Working(as_of)
    described = work.figure("staffing.qrb.documents")
    documents = []
    for key in work.figure("staffing.qrb.contents"):
        row = described[key]
        if criterion not in row["criteria"] or (key == "conversion_evidence" and political_or_noncareer is False):
            continue
        needed: Literal[True] | None = None if key == "conversion_evidence" and political_or_noncareer is None else True
        documents.append(CaseDocument(key, row["name"], row["citation"], row["basis"], needed))
        work.note(f"{row['name']}.", row["citation"], "cannot tell" if needed is None else "information", row["basis"])
    left_out = work.recorded("staffing.qrb.left_out") or []
    if criterion == "C":
        work.note("The probation assessment must cover the development activities promised here.", "5 CFR 317.503(b)")
    if criterion == "B":
        program_doubt(work, as_of)
    return work.answer(
        CaseContents(documents, left_out),
        f"A criterion {criterion} case holds {len(documents)} documents; {len(left_out)} things may be left out.",
    )


class QrbMoratorium(Answer, verdict="held"):
    """Whether a moratorium holds the case."""

    held: Annotated[bool | None, Fact("Held", "Null: cannot tell.")]
    until: Annotated[str | None, Fact("Until")]


@question(TABLE)
def qrb_moratorium(
    as_of: Annotated[AsOf, Fact("Event that starts the moratorium", "Departure, announcement or transition date.")],
    *,
    criterion: KnownCriterion,
    event: Annotated[
        Literal["head departed", "head announced departure", "new head nominated", "governmentwide"], Fact("Event")
    ],
    acting_head_presidential: Annotated[
        YesNo | None, Fact("Acting head already served under a Presidential appointment", "Matters from 2019-08-15.")
    ] = None,
    board_or_commission: Annotated[YesNo, Fact("Bipartisan board or commission")] = False,
    head_approves_selection: Annotated[
        YesNo, Fact("The head approves the selection", "No for an Inspector General's office.")
    ] = True,
    submitted_before: Annotated[YesNo | None, Fact("Case was with OPM before that day")] = None,
    exception_granted: Annotated[YesNo, Fact("OPM granted an exception")] = False,
) -> Result[QrbMoratorium]:
    """Must this QRB case wait for a moratorium?

    Criterion B cases go ahead; A and C wait for the new head unless an exception is granted (5 CFR 317.502(d)). From
    2019-08-15 an acting head already under a Presidential appointment means no moratorium. `answer` holds `held`
    (null: cannot tell) and `until`, what ends the wait.
    """
    work = Working(as_of)
    until = "the new President's agency head starts" if event == "governmentwide" else "the new agency head starts"
    held: bool | None = True
    narrowed = work.recorded("staffing.qrb.narrowed_moratorium") is not None and event != "governmentwide"
    not_covered = (
        (criterion == "B", "Criterion B cases are not held."),
        (not head_approves_selection, "The head does not approve this selection, so it is not covered."),
        (exception_granted, "OPM granted an exception."),
    )
    if free := next((text for applies, text in not_covered if applies), None):
        held = False
        work.note(free, TABLE, "met")
    elif event == "governmentwide":
        held = opposite(submitted_before)
        work.test(submitted_before, "Cases with OPM before the first day are still worked.", TABLE)
    elif narrowed and not board_or_commission:
        held = opposite(acting_head_presidential)
        work.test(acting_head_presidential, "The acting head already served under a Presidential appointment.", TABLE)
    else:
        work.note("A criterion A or C case is held until the new head starts.", TABLE)
    if event == "new head nominated":
        work.caution("OPM decides on pending cases when a head is nominated; treated here like a departure.")
    lacking = "whether the acting head already served under a Presidential appointment"
    if event == "governmentwide":
        lacking = "whether the case was with OPM before that day"
    if held is not False:
        work.caution(
            "An exception must show that the post is essential to continuity, security or a critical mission, "
            "signed by the head or acting head."
        )
        work.caution("Announcing and selecting may go on; only sending the case stops.")
    return work.answer(
        QrbMoratorium(held=held, until=None if held is False else until),
        sentence(held, f"The case is held until {until}.", "No moratorium holds the case.", unknown({lacking: None})),
    )


class QrbValidity(Answer, verdict="valid"):
    """Whether a certification is still valid."""

    valid: Annotated[bool | None, Fact("Valid", "Null: cannot tell.")]
    last_day: Annotated[date | None, Fact("Last day", "Null: it does not expire.")]
    merit_staffing_again: Annotated[bool | None, Fact("Merit staffing again", "Null: cannot tell.")]


@question("5 CFR 317.502(e), (f), 317.503(f)")
def qrb_validity(
    as_of: Annotated[AsOf, Fact("Proposed appointment")],
    *,
    certified_on: Annotated[Day, Fact("QRB certification")],
    criterion: Criterion = None,
    left_ses: Annotated[
        Literal[
            "no",
            "resigned in probation",
            "removed in probation, performance or discipline",
            "removed in probation, other",
            "left after probation",
            "removed after probation, reinstatement barred",
        ]
        | None,
        Fact("How an earlier career SES appointment ended", "Choose no if there was none."),
    ] = "no",
) -> Result[QrbValidity]:
    """Is a QRB certification still good for this appointment?

    It does not expire (65 FR 33738); before 2000-06-26 a program graduate's lasted three years. A new one is needed
    only after certain removals (5 CFR 317.502(f)). `answer` holds `valid` (null: cannot tell), `last_day` (null: none)
    and `merit_staffing_again`.
    """
    in_order(certified_on, as_of, "as_of", "the day of the certification")
    work = Working(as_of)
    years = work.recorded("staffing.qrb.program_certification_years")
    last_day = None
    valid: bool | None = True
    if years is not None and criterion in ("B", None):
        last_day = add_years(certified_on, int(years))
        inside = as_of <= last_day
        valid = inside or None if criterion is None else inside
        work.test(valid, f"A program graduate's certification lasted to {last_day}.", "5 CFR 317.502")
    else:
        work.test(True, "The certification does not expire.", "5 CFR 317.502")
    barring = ("removed in probation, performance or discipline", "removed after probation, reinstatement barred")
    if left_ses in barring:
        valid = work.test(False, f"A new certification is needed: {left_ses}.", "5 CFR 317.502(f)")
    elif left_ses is None:
        valid = None if valid else valid
        work.test(None, "How the earlier SES appointment ended is not known.", "5 CFR 317.502(f)")
    facts: dict[str, object] = {"how the earlier SES appointment ended": left_ses}
    if years is not None:
        facts["the criterion"] = criterion
    again = None if left_ses is None else left_ses not in ("no", "left after probation")
    if again:
        work.due("Merit staffing must be gone through again.", "5 CFR 317.503(f)")
    return work.answer(
        QrbValidity(valid, last_day, again),
        sentence(valid, "The certification is valid.", "A new QRB certification is needed.", unknown(facts)),
    )


class QrbForwarding(Answer, verdict="forwarded"):
    """Whether OPM forwards a case."""

    forwarded: Annotated[bool | None, Fact("Forwarded", "Null: cannot tell.")]
    opm_approval: Annotated[bool | None, Fact("Needs approval by OPM first", "Null: no such rule on that day.")]


_POLITICAL = "OPM guidance on political appointees"


def _in_place(current: str, noncareer: bool, same_position: bool | None) -> str:
    """What the present appointment and the position selected for say on a conversion in place."""
    present = (
        "The selectee has no present appointment" if current == "none" else f"The present appointment is: {current}"
    )
    if not noncareer:
        return f"{present}; only a noncareer type is barred from conversion in place."
    if same_position is None:
        return f"{present}; a noncareer type is not converted in the position now held, or its successor."
    if same_position:
        return f"{present}, and the selection is for the position now held, or its successor; a noncareer type is not converted in place."
    return f"{present}, and the selection is for another position; only a conversion in place is barred."


@question(f"5 CFR 317.502(e); {_POLITICAL}")
def qrb_forwarding(
    as_of: Annotated[AsOf, Fact("Case sent to OPM")],
    *,
    current_appointment: Annotated[
        Literal["career type", "noncareer SES", "Schedule C", "other noncareer type", "none"],
        Fact("Selectee's present appointment"),
    ],
    same_position: Annotated[
        YesNo | None, Fact("Selected for the position now held, or its successor", "Matters for a noncareer type.")
    ] = None,
    left_political_on: Annotated[
        Day | None, Fact("Last political appointment ended", "Leave out if there was none.", happened=True)
    ] = None,
) -> Result[QrbForwarding]:
    """Will OPM forward this case to a Qualifications Review Board?

    Not where a noncareer-type employee would be converted to career in the present position or its successor (5 CFR
    317.502(e)). Present and recent political appointees need OPM's approval first. `answer` holds `forwarded`
    (null: cannot tell) and `opm_approval` (null where no rule is recorded for the date).
    """
    work = Working(as_of)
    noncareer = current_appointment in ("noncareer SES", "Schedule C", "other noncareer type")
    forwarded = opposite(same_position) if noncareer else True
    work.test(forwarded, _in_place(current_appointment, noncareer, same_position), "5 CFR 317.502(e)")
    if noncareer and forwarded:
        work.note("A different position, really competed, is possible.", "5 CFR 317.502(e)", basis="recalled")
    years = work.recorded("staffing.qrb.political_lookback_years")
    approval = None
    if years is not None:
        recent = left_political_on is not None and as_of <= add_years(left_political_on, int(years))
        approval = noncareer or recent
        text = f"A political appointee, present or of the last {years} years, needs OPM's approval first"
        if approval:
            work.due(f"{text}.", _POLITICAL)
        else:
            work.note(f"{text}; not so here.", _POLITICAL)
    elif noncareer or left_political_on is not None:
        work.caution(f"From when OPM's approval is needed first was not found; for {as_of} none is recorded. Ask OPM.")
    return work.answer(
        QrbForwarding(forwarded, approval),
        sentence(
            forwarded,
            "OPM may forward the case, once it has approved the appointment."
            if approval
            else "OPM may forward the case.",
            "OPM will not forward the case to a QRB.",
            unknown({"whether the position is the present one or its successor": same_position}),
        ),
    )
