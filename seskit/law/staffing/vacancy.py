"""The announcement, the board and the qualifications: what a vacancy needs before anyone is selected."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any, Literal

from seskit.formats.counts import number_of
from seskit.law.action_facts import EarlyAdoption, OptionalAsOf, in_order
from seskit.law.answers import Answer
from seskit.law.checks import every, opposite, sentence, unknown
from seskit.law.clocks import LEAP_YEAR, is_working_day, on_or_after
from seskit.law.closed_days import ClosedDays
from seskit.law.facts import AsOf, Day, Fact, Whole, YesNo
from seskit.law.question import find, question
from seskit.law.renaming import under_older_name
from seskit.law.result import Basis, CannotTell, Result, Working

POSTING = "5 CFR 317.501(b)(2)"


class PostingWindow(Answer, verdict="lawful"):
    """How long an announcement is open."""

    earliest_close: Annotated[date, Fact("Earliest closing day")]
    days: Annotated[int | None, Fact("Days open", unit="days")]
    days_short: Annotated[int | None, Fact("Days short", unit="days")]
    lawful: Annotated[bool | None, Fact("Lawful", "Null: no closing day is given.")]


@question(POSTING)
def posting_window(
    as_of: OptionalAsOf = None,
    *,
    opens_on: Annotated[Day, Fact("Announcement opens", "The day of posting; it counts as the first day.")],
    closes_on: Annotated[Day | None, Fact("Announcement closes", "Leave out to see the earliest day.")] = None,
    shift_to_working_day: Annotated[
        YesNo, Fact("Move the closing day to a working day", "An agency's own choice; the rule counts calendar days.")
    ] = False,
    closed_days: ClosedDays = None,
) -> Result[PostingWindow]:
    """When may an SES vacancy announcement close?

    At least 14 calendar days, the day of posting included (5 CFR 317.501(b)(2)); no maximum. `answer` holds
    `earliest_close`, and for a given closing day `days`, `days_short` and `lawful` (null when no closing day is given).
    """
    in_order(opens_on, closes_on, "closes_on", "the day the announcement opens")
    work = Working(as_of or opens_on)
    least = int(work.figure("staffing.posting.minimum_days", opens_on))
    earliest = opens_on + timedelta(days=least - 1)
    work.note(f"Posted on {opens_on}, which is day 1; day {least} is {earliest}.", POSTING)
    closed = frozenset(closed_days or ())
    if not is_working_day(earliest, closed):
        later = on_or_after(earliest, closed)
        work.caution(
            f"{earliest} is not a working day. Calendar days count, so closing on it is lawful; "
            f"an agency that closes on working days only closes on {later}."
        )
        if shift_to_working_day:
            work.note(f"The agency closes on working days only: {later}.", "agency choice", basis="design")
            earliest = later
    if closes_on is None:
        return work.answer(PostingWindow(earliest, None, None, None), f"The earliest closing day is {earliest}.")
    days = (closes_on - opens_on).days + 1
    short = max(least - days, 0)
    if days > LEAP_YEAR:
        work.caution(f"{number_of(days, 'day')} is more than a year; check the year of both days.")
    lawful = work.test(not short, f"Open for {number_of(days, 'day')}; {least} are needed.", POSTING)
    return work.answer(
        PostingWindow(earliest, days, short, lawful),
        f"Open for {number_of(days, 'day')}: lawful."
        if lawful
        else f"Open for {number_of(days, 'day')}: {short} short.",
    )


class BoardStep(Answer):
    """One step toward an initial career appointment."""

    step: Annotated[str, Fact("Step")]
    who: Annotated[str, Fact("Who")]
    does: Annotated[str, Fact("Does")]
    citation: Annotated[str, Fact("Citation")]


@question("5 U.S.C. 3393; 5 CFR 317.501")
def board_steps(
    as_of: AsOf,
) -> Result[Annotated[list[BoardStep], Fact("Steps", "In order, each with who takes it.")]]:
    """Which steps lead to an initial career appointment, and who takes each?

    Announcement, screening, rating, Executive Resources Board, selection, the agency's and the QRB's certification,
    record (5 U.S.C. 3393; 5 CFR 317.501). `answer` is the list of steps in order: step, who, does, citation.
    """
    work = Working(as_of)
    steps = [BoardStep(**row) for row in work.figure("staffing.board.steps")]
    for row in steps:
        work.note(f"{row.step.capitalize()}, {row.who}: {row.does}.", row.citation)
    _policy(work)
    return work.answer(steps, f"{len(steps)} steps, from announcement to record.")


class CheckedComposition(Answer, verdict="lawful"):
    """Whether a board is lawfully composed."""

    lawful: Annotated[bool | None, Fact("Lawful", "Null: cannot tell.")]
    follows_policy: Annotated[bool | None, Fact("Follows the policy of the date", "Null: cannot tell, or none.")]


@question("5 U.S.C. 3393(b), (c)(1), 4314(c); 5 CFR 317.502(a)")
def check_board(
    as_of: AsOf,
    *,
    board: Annotated[
        Literal["ERB", "QRB", "PRB"],
        Fact("Board", "Executive Resources Board, Qualifications Review Board, Performance Review Board."),
    ],
    members: Annotated[Whole, Fact("Members", unit="persons", zero=False)],
    career: Annotated[Whole | None, Fact("Career appointees among them", unit="persons")] = None,
    outside_agency: Annotated[
        Whole | None,
        Fact("Members who are neither employees nor active-duty officers of the agency", "Decides for an ERB."),
    ] = None,
    career_ratee: Annotated[YesNo | None, Fact("A career appointee is rated", "Decides for a PRB.")] = None,
    opm_found_too_few: Annotated[YesNo, Fact("OPM found too few career appointees", "Lifts the PRB majority.")] = False,
    noncareer_chair: Annotated[YesNo | None, Fact("The chair is noncareer", "Policy for an ERB since 2025.")] = None,
) -> Result[CheckedComposition]:
    """Is this board lawfully composed?

    ERB: agency employees or officers on active duty, no career majority needed (5 U.S.C. 3393(b)). QRB: more than half
    career (3393(c)(1)). PRB: asks `appraisal.check_board`. `answer` holds
    `lawful` (null: cannot tell) and `follows_policy` (null where no policy is recorded or a fact is missing).
    """
    work = Working(as_of)
    if career is not None:
        in_range = career <= members and members > 0
        work.test(in_range, f"{career} of {members} members are career appointees.", "the numbers given")
        if not in_range:
            return work.answer(
                CheckedComposition(lawful=None, follows_policy=None),
                CannotTell("Cannot tell: the numbers do not agree."),
            )
    if board == "PRB":
        return _review_board(as_of, members, career, career_ratee, opm_found_too_few)
    follows, lacking = None, "how many members are career appointees"
    if board == "ERB":
        lacking = "whether a member is from outside the agency"
        lawful = None if outside_agency is None else not outside_agency
        work.test(lawful, "Members are employees of the agency or officers on active duty in it.", "5 U.S.C. 3393(b)")
        work.note("The statute asks for no career majority on this board.", "5 U.S.C. 3393(b)")
        follows = _follows_policy(work, members, career, noncareer_chair)
    else:
        lawful = None if career is None else 2 * career > members
        work.test(lawful, "More than half of the members must be career appointees.", "5 U.S.C. 3393(c)(1)")
    return work.answer(
        CheckedComposition(lawful, follows),
        sentence(
            lawful,
            f"The {board} is lawfully composed.",
            f"The {board} is not lawfully composed.",
            unknown({lacking: None}),
        ),
    )


def _review_board(
    as_of: date, members: int, career: int | None, career_ratee: bool | None, opm_finding: bool
) -> Result[CheckedComposition]:
    """The numbers of a Performance Review Board, which `appraisal.check_board` judges."""
    made = find("appraisal.check_board")(
        as_of,
        members=members,
        career=career,
        appointment_type=None if career_ratee is None else "career" if career_ratee else "noncareer",
        opm_finding=opm_finding,
    )
    lawful = made.answer.roster_passes
    facts = {"how many members are career appointees": career, "whether a career appointee is rated": career_ratee}
    says = sentence(lawful, "The PRB is lawfully composed.", "The PRB is not lawfully composed.", unknown(facts))
    answer = CheckedComposition(lawful=lawful, follows_policy=None)
    more = "Only the numbers are judged here; appointment and publication are asked about with the record of the board."
    return under_older_name(made, answer, more, says=says)


def _policy(work: Working) -> str | None:
    """Caution with the advice of the date; return it only where it asks for a noncareer lead."""
    advice: dict[str, Any] = work.recorded("staffing.board.policy") or {}
    if advice:
        work.caution(f"Advice of this date on an Executive Resources Board: {advice['says']}. It is not law.")
    return str(advice["says"]) if advice.get("noncareer_lead") else None


def _follows_policy(work: Working, members: int, career: int | None, noncareer_chair: bool | None) -> bool | None:
    advice = _policy(work)
    if advice is None:
        return None
    majority = None if career is None else 2 * career < members
    follows = every((noncareer_chair, majority))
    told = next(one for one in work.figures if one.name == "staffing.board.policy")
    basis: Basis = "verified" if told.confidence == "verified" else "recalled"
    work.test(follows, f"The policy of this date asks for {advice}.", told.citation, basis)
    return follows


def in_force_for(work: Working, path: str, closes_on: date, *, early: bool) -> Any:
    """What a rule holds for an announcement by its closing day, the rule of 2025 early where the agency took it up."""
    binding = work.recorded("staffing.early_adoption", closes_on) if early else None
    return work.figure(path, binding or closes_on)


class EcqSet(Answer):
    """The qualifications that apply."""

    name: Annotated[str, Fact("Name")]
    competencies: Annotated[int, Fact("Competencies")]
    ecqs: Annotated[dict[str, list[str]], Fact("Qualifications with their competencies", "Empty: not found.")]
    fundamental: Annotated[list[str], Fact("Fundamental competencies")]


@question("5 CFR 317.502; OPM qualification standards for the SES")
def ecq_set(
    as_of: Annotated[AsOf, Fact("Announcement closes", "The day decides which set binds.")],
    *,
    early_adoption: EarlyAdoption = False,
) -> Result[EcqSet]:
    """Which Executive Core Qualifications apply?

    The set of 1997 (27 competencies), of 2006-10-01 (28, of which 6 fundamental) or of 2025-10-01 (five new
    qualifications, open to agencies from 2025-05-29). `answer` holds `name`, `competencies` (how many), `ecqs` (each
    with its competencies, empty where they were not found) and `fundamental`.
    """
    work = Working(as_of)
    found = in_force_for(work, "staffing.ecq.set", as_of, early=early_adoption)
    work.note(f"For this date the {found['name']} applies: {', '.join(found['ecqs'])}.", "5 CFR 317.502")
    if found["fundamental"]:
        work.note("The fundamental competencies show across the whole record, not in essays of their own.", "OPM guide")
    if found["name"] == "1997 set":
        work.caution("The names of the 27 competencies of 1997 were not found; only their number is given.")
    if found["name"] == "2025 set":
        work.note("The names of the fifteen sub-competencies are recalled.", "OPM guide", basis="recalled")
    if not early_adoption and work.recorded("staffing.early_adoption"):
        work.caution("On this date an agency could already use the 2025 set.")
    answer = EcqSet(found["name"], found["competencies"], found["ecqs"], found["fundamental"])
    return work.answer(answer, f"The {found['name']}: {found['competencies']} competencies.")


class RuleDates(Answer):
    """The days of a rule."""

    memorandum: Annotated[date, Fact("Memorandum")]
    published: Annotated[date, Fact("Published")]
    in_force: Annotated[date, Fact("In force")]
    citation: Annotated[str, Fact("Citation")]


@question("65 FR 33738")
def rule_dates(as_of: AsOf) -> Result[RuleDates]:
    """On which days was the SES vacancy rule of 2000 announced, published and in force?

    Three different days are often confused: the memorandum, the Federal Register and the first day in force
    (65 FR 33738). `answer` holds `memorandum`, `published`, `in_force` and `citation`.
    """
    work = Working(as_of)
    found = work.figure("staffing.regulation.filling_vacancies")
    work.test(as_of >= found["in_force"], f"The rule binds from {found['in_force']}.", found["citation"])
    return work.answer(RuleDates(**found), f"In force on {found['in_force']}, published on {found['published']}.")


class Competition(Answer):
    """What filling a position needs."""

    competition: Annotated[bool | None, Fact("Competition", "Null: cannot tell.")]
    qrb: Annotated[bool, Fact("QRB certification")]


@question("5 CFR 317.501; 5 U.S.C. 3393")
def competition(
    as_of: AsOf,
    *,
    route: Annotated[
        Literal[
            "initial career", "reassignment", "transfer", "reinstatement", "program graduate", "noncareer or limited"
        ],
        Fact("How the position is filled"),
    ],
    competed_civil_service_wide: Annotated[
        YesNo | None, Fact("Program filled by civil-service-wide competition", "Decides for a graduate.")
    ] = None,
) -> Result[Competition]:
    """Does filling the position this way need competition and a new QRB certification?

    Only an initial career appointment does (5 U.S.C. 3393); a certified graduate of a program filled by
    civil-service-wide competition needs no further competition. `answer` holds `competition` and `qrb`
    (null: cannot tell).
    """
    work = Working(as_of)
    if route == "initial career":
        work.note("An initial career appointment is competitive and certified by a QRB.", "5 U.S.C. 3393")
        return work.answer(Competition(competition=True, qrb=True), "Competition and QRB certification are needed.")
    if route == "program graduate":
        needed = opposite(competed_civil_service_wide)
        work.test(
            competed_civil_service_wide, "The program was filled by civil-service-wide competition.", "5 CFR 412.301"
        )
        lacking = unknown({"whether the program was filled by civil-service-wide competition": needed})
        says = sentence(needed, "The graduate must still compete.", "No further competition is needed.", lacking)
        return work.answer(Competition(competition=needed, qrb=False), f"{says} The QRB certification held is enough.")
    work.note("Neither competition nor a new QRB certification is needed.", "5 CFR 317.501, 317.603, 317.702, 317.902")
    if route in ("noncareer or limited", "reassignment", "transfer", "reinstatement"):
        work.note(
            "The appointing authority still finds the qualifications met in writing.", "5 U.S.C. 3393(e), 3394(a)"
        )
    return work.answer(Competition(competition=False, qrb=False), "Neither competition nor a new QRB is needed.")
