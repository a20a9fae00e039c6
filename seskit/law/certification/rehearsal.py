"""A rehearsal of OPM's decision: every test in order, what it decides, and what would change the outcome.

A rehearsal, never a decision: OPM decides at its discretion, with OMB's concurrence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated, Literal

from seskit.formats.counts import number_of
from seskit.law import parameters
from seskit.law.answers import Answer
from seskit.law.certification import checklist, deciders, terms
from seskit.law.certification.criteria import (
    CRITERIA,
    Shown,
    called,
    criteria_on,
    levels_fit,
    shown_by_documents,
    title,
)
from seskit.law.certification.rehearsal_checks import RehearsalChecks, lapsed, outcome, refuse_too_long, would_change
from seskit.law.facts import AsOf, CalendarYear, Day, Fact, FactError, Group, RatingLevel, Whole, YesNo
from seskit.law.question import question
from seskit.law.result import CannotTell, Reason, Result, Working

_OMB = "OMB's concurrence"
OMB_CONCURS = Reason("OMB concurs.", "5 U.S.C. 5307(d)(3)(C)", "met")
OMB_ASSUMED = Reason("OMB's concurrence is not stated; it is taken as given.", OMB_CONCURS.citation, "cannot tell")


class RehearsedDecision(Answer):
    """The decision a request may expect."""

    grade: Annotated[str | None, Fact("Grade", "full, provisional, none, incomplete or pending; null: cannot tell.")]
    first_day: Annotated[date | None, Fact("First day")]
    last_day: Annotated[date | None, Fact("Last day")]
    if_omb_concurs: Annotated[str | None, Fact("Grade if OMB concurs")]
    would_change: Annotated[list[str], Fact("What would change it", "The fewest steps.")]
    not_tested: Annotated[list[str], Fact("Not stated, so not tested")]


@question("5 U.S.C. 5307(d); 5 CFR 430.403 to 430.405; 5 CFR 1330.403 to 1330.405")
def assess(
    as_of: Annotated[AsOf, Fact("Date of the decision", "The date on which OPM would decide.")],
    *,
    group: Group,
    requested: Annotated[Literal["full", "provisional", "none"], Fact("Grade asked for")],
    design_met: Annotated[
        Shown | None,
        Fact("Criteria whose design is shown", "All, or each that is shown; others count as not shown."),
    ] = None,
    application_met: Annotated[
        Shown | None, Fact("Criteria whose application is shown", "All, or each that is shown.")
    ] = None,
    levels: Annotated[Whole | None, Fact("Summary levels", "The number of rating levels in the system.")] = None,
    system_approved: Annotated[YesNo | None, Fact("System approved by OPM")] = None,
    rating_periods: Annotated[
        Whole | None, Fact("Appraisal periods of ratings", "Consecutive periods with ratings and pay data.", "periods")
    ] = None,
    omb_concurs: Annotated[YesNo | None, Fact("OMB concurs")] = None,
    paat_score: Annotated[
        Whole | None, Fact("Assessment-tool score", "Of the SES or SL/ST appraisal assessment tool.", "points")
    ] = None,
    design_flawed: Annotated[
        Shown | None, Fact("Criteria with a known flaw in design", "A flaw, not only missing proof.")
    ] = None,
    application_flawed: Annotated[
        Shown | None, Fact("Criteria known not to be met in use", "Known to fail, not only without proof.")
    ] = None,
    levels_used: Annotated[
        list[RatingLevel] | None, Fact("Which summary levels", "For example 5, 4, 3, 2 and 1.")
    ] = None,
    chapter_43: Annotated[YesNo, Fact("System under 5 U.S.C. chapter 43")] = True,
    separates_outstanding: Annotated[
        YesNo | None, Fact("Separates outstanding performance", "Only for a system outside chapter 43.")
    ] = None,
    approval_requested: Annotated[YesNo, Fact("Approval requested together")] = False,
    signed: Annotated[YesNo | None, Fact("Signed by the agency head or designee")] = None,
    ratings_reviewed: Annotated[
        YesNo | None,
        Fact("Process for reviewing ratings", "Not arbitrary or rotated; supervisors held to distinctions."),
    ] = None,
    system_described: Annotated[
        YesNo | None, Fact("System described", "In full, with the organizations and employees it covers.")
    ] = None,
    guidance_sent: Annotated[YesNo | None, Fact("Instructions and guidance sent")] = None,
    approval_shown: Annotated[
        YesNo | None, Fact("Approval shown", "A document shows the approval, or the request for it.")
    ] = None,
    levels_shown: Annotated[YesNo | None, Fact("Levels shown", "A document shows the summary levels.")] = None,
    more_supplied: Annotated[YesNo | None, Fact("Whatever else OPM or OMB asked for is supplied")] = None,
    covered: Annotated[Whole | None, Fact("Covered employees", unit="people", zero=False)] = None,
    plans_submitted: Annotated[Whole | None, Fact("Performance plans sent", unit="plans")] = None,
    modal_rating: Annotated[RatingLevel | None, Fact("Most common rating", unit="level")] = None,
    modal_justified: Annotated[YesNo | None, Fact("Reason for a most common rating of 5 accepted")] = None,
    basic_system: Annotated[YesNo | None, checklist.BASIC] = None,
    held: Annotated[checklist.Held, checklist.HELD] = "none",
    held_until: Annotated[Day | None, Fact("Last day of the certification held")] = None,
    data_review_satisfactory: Annotated[YesNo | None, Fact("Yearly data review satisfactory")] = None,
    branch: Annotated[deciders.Branch, deciders.BRANCH] = "executive",
    inspector_general: Annotated[YesNo, Fact("Office of Inspector General")] = False,
    own_request: Annotated[YesNo | None, Fact("The Inspector General files its own request")] = None,
    certified_for: Annotated[CalendarYear | None, terms.CERTIFIED_FOR] = None,
) -> Result[RehearsedDecision]:
    """How would a request to certify an appraisal system come out: full, provisional or none?

    A rehearsal of OPM's decision in the order of 5 CFR 430.403 to 430.405 and OPM's guidance, never the decision itself.
    `answer` holds `grade` (full, provisional, none; incomplete: the package is not complete; pending: waits for OMB; null:
    cannot tell), `first_day`, `last_day`, `if_omb_concurs`, `would_change` (the shortest list of things that would change
    the outcome) and `not_tested`.
    """
    work = Working(as_of)
    sheet = RehearsalChecks(work)
    work.caution("This is a rehearsal, indicative only; OPM decides, with OMB's concurrence and at its discretion.")
    work.warned("certification.criteria_doubt", as_of)
    refuse_too_long(as_of, held_until)
    if not criteria_on(as_of):
        first = parameters.first_day("certification.criteria.alignment")
        sheet.ask(False, "none", f"Subpart D took effect on {first}.", "69 FR 45547", f"a decision from {first} on")
        return _close(sheet, requested, omb_concurs, None)
    _decider(sheet, as_of, branch)
    if requested == "none":
        sheet.ask(False, "none", "No certification is asked for.", "5 CFR 430.405(b)", "a written request")
        return _close(sheet, requested, omb_concurs, None)
    now = "none" if lapsed(work, held, held_until) else held
    renewal = _renews(sheet, as_of, requested, now, basic_system, data_review_satisfactory)
    if not renewal:
        _request(sheet, signed, system_approved, approval_requested)
        _inspector_general(sheet, inspector_general, own_request)
        _levels(sheet, group, levels, levels_used, chapter_43, separates_outstanding)
    _design(sheet, as_of, requested, CRITERIA if renewal and design_met is None else design_met, design_flawed or [])
    if requested == "full":
        _use(sheet, as_of, application_flawed or [])
    if not renewal:
        sheet.stated(
            ratings_reviewed,
            "none",
            "Ratings are reviewed: not arbitrary or rotated, supervisors link and distinguish.",
            "5 CFR 430.405(b)(2)",
            "show the process for reviewing ratings",
        )
        _documents(sheet, system_described, guidance_sent, more_supplied)
        _shown(sheet, approval_shown, levels_shown)
        _plans(sheet, as_of, covered, plans_submitted, basic_system)
        _score(sheet, as_of, paat_score, basic_system)
        if requested == "full":
            _application(sheet, as_of, application_met, rating_periods, application_flawed or [])
        _modal(sheet, modal_rating, modal_justified, full=requested == "full")
    first_day = held_until + timedelta(days=1) if renewal and held_until else as_of
    if renewal and not held_until:
        work.caution("The renewed term is counted from the decision; give held_until to count from the day after it.")
    if held == "provisional" and requested == "provisional":
        work.note("Provisional certification may be granted more than once.", "5 CFR 430.405(f)(1)")
    return _close(sheet, requested, omb_concurs, (first_day, certified_for), renewal)


def _decider(sheet: RehearsalChecks, as_of: date, branch: str) -> None:
    if branch == "executive":
        sheet.work.figure("certification.deciders.executive")
        return
    rule = sheet.work.recorded(f"certification.deciders.{branch}")
    cited = parameters.parameter(f"certification.deciders.{branch}").citation
    if rule is None:
        text = f"Who decides for the {branch.replace('_', ' ')} on {as_of} is not established."
        sheet.ask(None, "none", text, cited, "establish who decides")
        return
    text = f"OPM does not decide here: {rule['decides']} does."
    sheet.ask(False, "none", text, cited, f"ask the {rule['decides']}, who decides")


def _renews(
    sheet: RehearsalChecks, as_of: date, requested: str, held: str, basic: bool | None, satisfactory: bool | None
) -> bool:
    if parameters.recorded("certification.certification_2.in_use", as_of) is None:
        return False
    if not (held == "full" and requested == "full" and basic and satisfactory):
        return False
    sheet.work.figure("certification.certification_2.in_use")
    sheet.work.note(
        "A full certification of the basic system is renewed when the yearly data review is satisfactory; no plans are sent.",
        "OPM memo of 2018-11-14",
        "met",
    )
    sheet.work.caution(
        f"One report says two more calendar years; the statute allows at most {parameters.latest('certification.term.full_months')} months. "
        "No later memo on Certification 2.0 was found."
    )
    return True


def _request(sheet: RehearsalChecks, signed: bool | None, approved: bool | None, asked: bool) -> None:
    sheet.stated(
        signed,
        "none",
        "The request is in writing, signed by the agency head or designee.",
        "5 CFR 430.405(b)",
        "have the agency head or designee sign the request",
    )
    passed = True if approved or asked else approved
    text = {
        True: "OPM has approved the system." if approved else "Approval of the system is asked for together.",
        False: "OPM has not approved the system, and approval is not asked for.",
        None: "Whether OPM has approved the system is not known.",
    }[passed]
    sheet.ask(passed, "none", text, "5 CFR 430.403(b), (c)", "obtain or ask for OPM's approval of the system")
    if passed and not approved:
        sheet.work.caution("OPM certifies an unapproved system only where it also meets the rules for approval.")


def _inspector_general(sheet: RehearsalChecks, inspector_general: bool, own_request: bool | None) -> None:
    if not inspector_general:
        return
    sheet.work.note("The Inspector General performs the fifth and sixth criterion.", "5 CFR 430.404(b)")
    if sheet.work.recorded("certification.inspector_general.separate") is None:
        return
    sheet.stated(
        own_request,
        "none",
        "An Office of Inspector General is a separate agency and files its own request.",
        "Pub. L. 110-409 s. 14",
        "have the Inspector General file its own request",
    )
    sheet.work.caution("Staff covered by an agency-wide certification stay covered until it ends.")


def _levels(
    sheet: RehearsalChecks,
    group: str,
    count: int | None,
    used: list[int] | None,
    chapter_43: bool,
    separates: bool | None,
) -> None:
    fix = "give the system the summary levels its group needs"
    if chapter_43:
        for row in levels_fit(sheet.work, group, count, used):
            sheet.ask(row.passed, "none", row.words, row.citation, fix)
        return
    text = "Outside chapter 43 a level or method clearly separates outstanding performance."
    sheet.ask(separates, "none", text, "5 CFR 430.405(b)(1)(iii)(C)", "separate outstanding performance clearly")
    sheet.work.caution("A system outside chapter 43 must also show that it meets its own law (5 CFR 430.403(e)).")


def _design(
    sheet: RehearsalChecks, as_of: date, requested: str, met: Collection[str] | None, flawed: Collection[str]
) -> None:
    by_documents = shown_by_documents(as_of, "provisional")
    for key, row in criteria_on(as_of).items():
        name, named, cited = title(key, as_of), called(key, as_of), row["citation"]
        shown = None if met is None else key in met
        meets = "say which criteria have their design shown" if met is None else f"show the design of {named}"
        if key in flawed:
            sheet.ask(False, "none", f"{name}: the design has a flaw.", cited, f"correct the design of {named}")
        elif key in by_documents:
            sheet.ask(shown, "none", f"{name}: the design is shown.", cited, meets)
        elif requested == "full":
            sheet.ask(shown, "provisional", f"{name}: the design is shown.", cited, meets)
        else:
            sheet.work.note(f"{name}: documents are not asked for at this grade.", "5 CFR 430.405(b)(3)(i)")


def _documents(sheet: RehearsalChecks, described: bool | None, guidance: bool | None, more: bool | None) -> None:
    _complete(sheet, (
        (described, "The system is described in full, with the organizations and employees it covers.",
         "5 CFR 430.405(b)(1)(i)", "describe the system in full"),
        (guidance, "Administrative instructions and guidance are sent.",
         "5 CFR 430.405(b)(1)(ii)", "send the administrative instructions and guidance"),
        (more, "Whatever else OPM or OMB asked for is supplied.",
         "5 CFR 430.405(b)(5)", "supply whatever else OPM or OMB asked for"),
    ))  # fmt: skip


def _shown(sheet: RehearsalChecks, approval: bool | None, levels: bool | None) -> None:
    """What is stated is shown by a document, too."""
    _complete(sheet, (
        (approval, "A document shows OPM's approval of the system, or the request for it.",
         "5 CFR 430.403(b), (c)", "name the document that shows OPM's approval, or the request for it"),
        (levels, "A document shows the summary levels.",
         "5 CFR 430.405(b)(1)(iii)", "name the document that shows the summary levels"),
    ))  # fmt: skip


def _complete(sheet: RehearsalChecks, rows: Iterable[tuple[bool | None, str, str, str]]) -> None:
    """Ask each that somebody stated; without it the package is incomplete."""
    for passed, text, cited, fix in rows:
        if passed is not None:
            sheet.ask(passed, "incomplete", text, cited, fix)


def _plans(sheet: RehearsalChecks, as_of: date, covered: int | None, sent: int | None, basic: bool | None) -> None:
    if basic and parameters.recorded("certification.certification_2.in_use", as_of):
        sheet.work.note("On the basic system no performance plans are sent.", "OPM memo of 2018-11-14")
        return
    needed = None if covered is None else checklist.sample_size(covered, as_of)
    if covered is not None and sent is not None and sent > covered:
        raise FactError(f"plans_submitted: {sent} is more than the {covered} covered employees.")
    passed = None if needed is None or sent is None else sent >= needed
    words = "" if needed is None else f" {needed} are needed for {covered} covered employees"
    words += "" if passed is None else f"; {sent} were sent"
    sheet.stated(
        passed,
        "incomplete",
        f"Enough performance plans are sent.{words + '.' if words else ''}",
        "CPM 2004-13",
        f"send {needed} performance plans" if needed else "send the sample of performance plans",
    )


def _score(sheet: RehearsalChecks, as_of: date, score: int | None, basic: bool | None) -> None:
    full = parameters.recorded("certification.scores.full", as_of)
    if full is None:
        if score is not None:
            sheet.work.caution(f"No assessment tool was in use on {as_of}; the score is not counted.")
        return
    cited = full.citation
    if score is None:
        if basic is False:
            text = "A system of the agency's own design is scored with the assessment tool."
            sheet.ask(False, "incomplete", text, cited, "score the system with the assessment tool")
        else:
            sheet.stated(
                None, "incomplete", "The system is scored with the assessment tool.", cited, "score the system"
            )
        return
    if score > 100:
        raise FactError(f"paat_score: {score} is more than 100 points.")
    high = int(sheet.work.figure("certification.scores.full"))
    low = int(sheet.work.figure("certification.scores.provisional"))
    text = f"The score is {score}; provisional certification needs {low}."
    sheet.ask(score >= low, "none", text, cited, f"score at least {low} points")
    text = f"The score is {score}; full certification needs {high}."
    sheet.ask(score >= high, "provisional", text, cited, f"score at least {high} points")


def _use(sheet: RehearsalChecks, as_of: date, flawed: Collection[str]) -> None:
    """What is known not to be met in use stands in the way of full certification, also where no proof is asked for."""
    for key, row in criteria_on(as_of).items():
        if key in flawed:
            text = f"{title(key, as_of)}: the use of the system does not meet it."
            cited = f"{row['citation']}; 5 CFR 430.405(e)"
            sheet.ask(False, "provisional", text, cited, f"correct the application of {called(key, as_of)}")


def _application(
    sheet: RehearsalChecks, as_of: date, met: Collection[str] | None, periods: int | None, flawed: Collection[str]
) -> None:
    for key in (key for key in criteria_on(as_of) if key not in flawed):
        shown = None if met is None else key in met
        meets = (
            "say which criteria have their application shown"
            if met is None
            else f"show the application of {called(key, as_of)}"
        )
        text = f"{title(key, as_of)}: the application is shown."
        cited = f"{criteria_on(as_of)[key]['citation']}; 5 CFR 430.405(e)"
        sheet.ask(shown, "provisional", text, cited, meets)
    needed = int(sheet.work.figure("certification.documents.rating_periods"))
    text = f"Ratings and pay data of {needed} appraisal periods are there"
    text += "; the number is not known." if periods is None else f"; {number_of(periods, 'was', 'were')} given."
    passed = None if periods is None else periods >= needed
    cited = "5 CFR 430.405(b)(4), (f)(3)"
    sheet.ask(passed, "provisional", text, cited, f"give ratings and pay data of {needed} appraisal periods")


def _modal(sheet: RehearsalChecks, modal: int | None, justified: bool | None, *, full: bool) -> None:
    limit = sheet.work.recorded("certification.levels.modal_needing_reason")
    if modal is None and limit is not None and full:
        sheet.work.caution(f"No single most common rating is stated; one of level {limit} must be justified.")
    if modal is None or limit is None or modal < int(limit):
        if modal == 5:
            sheet.work.caution("The most common rating is level 5; expect OPM to ask why.")
        return
    sheet.ask(
        justified,
        "provisional",
        f"The most common rating is level {modal}; the agency justifies it acceptably.",
        "OPM certification practice",
        "justify the most common rating of level 5",
        "design",
    )
    sheet.work.caution(
        "A most common rating of level 5 without an accepted reason is taken to stop full certification."
    )


def _close(
    sheet: RehearsalChecks,
    requested: str,
    omb_concurs: bool | None,
    start: tuple[date, int | None] | None,
    assumed: bool = False,
) -> Result[RehearsedDecision]:
    work = sheet.work
    grade = outcome(sheet.rows, requested)
    changes = would_change(sheet.rows, requested)
    if_concurs = grade
    if start and assumed and omb_concurs is None:
        work.reasons.append(OMB_ASSUMED)
    elif start:
        work.test(omb_concurs, OMB_CONCURS.text, OMB_CONCURS.citation)
        if omb_concurs is False and grade != "incomplete":
            changes = [_OMB, *(changes if grade in ("none", None) else [])]
            grade = "none"
        elif omb_concurs is None and grade not in ("none", "incomplete"):
            changes = [*changes, _OMB]
            grade = grade and "pending"
    dates = _dates(work, grade, start)
    if sheet.not_tested:
        work.caution(f"Not stated, so not counted: {'; '.join(sheet.not_tested)}.")
    work.reasons[:] = [_deciding(reason, grade, requested) for reason in work.reasons]
    answer = RehearsedDecision(grade, dates["first_day"], dates["last_day"], if_concurs, changes, sheet.not_tested)
    return work.answer(answer, says(grade, dates["last_day"], if_concurs, changes))


def _deciding(reason: Reason, grade: str | None, requested: str) -> Reason:
    """A reason with whether the decision rests on it: below what is asked for, on what is not met."""
    if reason.outcome == "not met" and grade not in (None, requested):
        return replace(reason, decides=True)
    if reason.outcome == "met" and grade in ("none", "incomplete"):
        return replace(reason, decides=False)
    return reason


def _dates(work: Working, grade: str | None, start: tuple[date, int | None] | None) -> dict[str, date | None]:
    given: terms.Grade | None = "full" if grade == "full" else "provisional" if grade == "provisional" else None
    if start is None or given is None:
        return {"first_day": None, "last_day": None}
    found = terms.term(granted=start[0], grade=given, certified_for=start[1])
    work.reasons.extend(found.reasons)
    work.figures.extend(figure for figure in found.figures if figure not in work.figures)
    return {"first_day": found.answer.first_day, "last_day": found.answer.last_day}


def says(grade: str | None, last_day: date | None, if_concurs: str | None, changes: list[str]) -> str:
    """The rehearsed decision in one sentence, and the least that would change it in another."""
    said = {
        "full": f"Rehearsal: full certification, until {last_day}.",
        "provisional": f"Rehearsal: provisional certification, until {last_day}.",
        "none": "Rehearsal: no certification.",
        "incomplete": "Rehearsal: the package is incomplete.",
        "pending": f"Rehearsal: waits for OMB; then {if_concurs or 'cannot tell'}.",
        None: "Rehearsal: cannot tell; facts are missing.",
    }[grade]
    said += f" What would change it: {'; '.join(changes)}." if changes else ""
    return CannotTell(said) if grade is None else said
