"""Papers of a vacancy to sign: the board's record, its certificate, the interview guide, the QRB transmittal, development."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from seskit.formats import results
from seskit.formats.characters import file_name
from seskit.formats.days import days_in_words, long_date
from seskit.formats.documents import Document, bullets, escaped, still_open, table
from seskit.formats.files import whole
from seskit.record.staffing import scoring
from seskit.record.staffing.records import Vacancy
from seskit.work.staffing import board, development
from seskit.work.staffing.board import BoardRecord
from seskit.work.staffing.case import Case, facts_of
from seskit.work.staffing.folder import StaffingWalk

_LINE = "______________________________"
_LAW = "5 CFR 317.501(c)"
_AT_HAND, _MISSING = "at hand", "missing"
#: What the transmittal may say once the document is at hand.
_SAYS = {
    "merit_statement": "Merit staffing was followed, as the enclosed statement says",
    "merit_record": "Merit staffing was followed, as the enclosed record shows",
    "agency_certification": "The appointing authority has certified that the candidate meets the qualifications of the position",
    "program_completion": "The candidate completed a candidate development program approved by OPM",
}
#: Why a vacancy has no record of its board.
NO_SHEET = (
    "No scoring sheet is named: fill in the one among the files. On the page, bring it under Fill in the other files, Vacancies, "
    "Read a filled-in workbook; or put it into the agency's folder and name it under Scores."
)
#: Of a set of qualifications whose competencies are from memory.
_NAMES = "Not yet confirmed in the source: the names to listen for under each qualification."
_PARTS = (
    ("Challenge", "What was the problem or the goal, and why was it hard?"),
    ("Context", "Who and what was involved, under which conditions?"),
    ("Action", "What did you do yourself?"),
    ("Result", "What changed, how do you know, and what lasted?"),
)


def write(walk: StaffingWalk, vacancy: Vacancy, out: Path, formats: Iterable[str]) -> list[Path]:
    """Write every paper that the vacancy has facts for."""
    wanted, name = list(formats), file_name(vacancy.id)
    out.mkdir(parents=True, exist_ok=True)
    with results.kept(out, f"staffing papers {name}"):
        written = interview_guide(walk, vacancy).write(out, f"interview_guide_{name}", wanted)
        if vacancy.scores:
            found = board.record(walk.folder, vacancy)
            written += record(found, walk.name).write(out, f"board_record_{name}", wanted)
            written += certificate(found, walk.name).write(out, f"board_certificate_{name}", wanted)
        if walk.case is not None and vacancy.filling == "career" and vacancy.selectee:
            written += transmittal(walk.case).write(out, f"qrb_transmittal_{name}", wanted)
        if vacancy.development:
            written += agreement(vacancy, walk).write(out, f"development_{name}", wanted)
            written.append(whole(out / f"probation_row_{name}.csv", development.tracker_row(vacancy)))
    return written


def not_made(vacancy: Vacancy) -> list[tuple[str, str]]:
    """The papers that `write` does not make of the vacancy, each with what is missing for it."""
    missing = []
    if not vacancy.scores:
        missing += [("The board's record", NO_SHEET), ("The board's certificate", NO_SHEET)]
    if vacancy.filling != "career":
        missing.append(
            ("The transmittal to the Qualifications Review Board", "Only a career appointment goes to that board.")
        )
    elif not vacancy.selectee:
        missing.append(("The transmittal to the Qualifications Review Board", "No selectee is recorded."))
    if not vacancy.development:
        missing.append(("The development agreed", "No development activity is recorded for the vacancy."))
    return missing


def _signatures(who: Sequence[str]) -> str:
    return table("To be signed", ("Who", "Signature", "Date"), [(one, "_" * 22, "_" * 12) for one in who])


def record(found: BoardRecord, agency: str) -> Document:
    """The board's record: basis, weights, every candidate with spread and reason, agreement, the best qualified."""
    vacancy = found.vacancy
    agreement_ = found.ranking.answer.agreement
    days = [
        (what, long_date(day) if day else "not recorded")
        for what, day in (("Announced", vacancy.opens_on), ("Closed", vacancy.closes_on), ("Rated", vacancy.rated_on),
                          ("Board met", vacancy.board_on))
    ]  # fmt: skip
    basis = [
        ("Area of consideration", vacancy.merit.area or "not recorded"),
        *days,
        ("Raters", found.raters),
        ("Weight of leadership, percent", 100 - found.technical_weight),
        ("Weight of technical qualifications, percent", found.technical_weight),
        ("Raters gave the same level, percent of cells", agreement_.exact),
        ("Raters within one level, percent of cells", agreement_.within_one),
    ]
    rows = [
        (one.rank, one.candidate, one.total, one.leadership, "none" if one.technical is None else one.technical, one.spread)
        for one in found.candidates
    ]  # fmt: skip
    head = ("Rank", "Candidate", "Total", "Leadership", "Technical", "Spread")
    why = [
        (one.candidate, "yes" if one in found.best else "no", one.reason or f"(to be written) {one.computed}")
        for one in found.candidates
    ]
    parts = [
        *still_open(found.open),
        escaped(
            "Candidates are identified by number. The full record stays with the agency for two years (5 CFR 317.501(d))."
        ),
        table("Basis of the rating", ("What", "Value"), basis),
        "# Candidates\n",
        escaped("All candidates were rated on the same basis; broad groups are enough, and numbers are an aid."),
        table("Every candidate considered; spread is the largest difference between two raters", head, rows),
        table("Reasons", ("Candidate", "Best qualified", "Reason in writing"), why),
        "# By qualification\n",
        _by_qualification(found),
        "# Signatures\n",
        _signatures(["Chair of the board", "Member", "Member"]),
    ]
    title = f"Record of the Executive Resources Board, vacancy {vacancy.id}: {vacancy.title}"
    return Document(title, "\n\n".join(parts) + "\n", agency, draft=bool(found.open))


def _by_qualification(found: BoardRecord) -> str:
    ecqs = list(found.candidates[0].by_ecq) if found.candidates else []
    rows = [(ecq, *(f"{one.by_ecq[ecq][0]} (spread {one.by_ecq[ecq][1]})" for one in found.candidates)) for ecq in ecqs]
    return table(
        "Mean level and spread between raters", ("Qualification", *(one.candidate for one in found.candidates)), rows
    )


def certificate(found: BoardRecord, agency: str) -> Document:
    """The certificate from which the appointing authority selects: the best qualified, by number, in no order."""
    vacancy = found.vacancy
    listed = [(one.candidate, one.reason or "(to be written)") for one in found.best]
    parts = [
        *still_open(found.open),
        escaped(
            f"The Executive Resources Board of {agency} has considered the executive and technical qualifications of every "
            f"candidate who met the announcement of vacancy {vacancy.id}, {vacancy.title} ({_LAW})."
        ),
        escaped("It certifies these candidates as the best qualified. They are listed by number, not by rank."),
        table("Best qualified", ("Candidate", "Why"), listed),
        "# The board\n",
        _signatures(["Chair of the board", "Member", "Member"]),
        "# The appointing authority\n",
        escaped(f"Selected from this list, only on qualifications: candidate {vacancy.selectee or '____________'} ({_LAW})."),
        escaped("I certify that the candidate meets the executive and the technical qualifications of the position, and that merit "
                f"staffing was followed (5 U.S.C. 3393(e); {_LAW})."),
        _signatures(["Appointing authority"]),
    ]  # fmt: skip
    title = f"Certificate of the best qualified, vacancy {vacancy.id}: {vacancy.title}"
    return Document(title, "\n\n".join(parts) + "\n", agency, draft=bool(found.open))


def interview_guide(walk: StaffingWalk, vacancy: Vacancy) -> Document:
    """The interview guide from the qualifications in force when the announcement closes."""
    on = vacancy.closes_on or walk.day
    marks, scale = scoring.anchors(on), scoring.levels(on)
    made = walk.case.qualifications if walk.case else None
    ecqs = made.answer.ecqs if made else {}
    parts = [
        escaped(f"Qualifications in force on {long_date(on)}: {made.answer.name if made else 'cannot tell'}. Ask every candidate "
                "the same questions in the same order, and rate on what is said against the levels below."),
        *([_NAMES] if made and made.confidence == "recalled" else []),
        table("Levels for every qualification", ("Level", "What it means"), sorted(scale.items(), reverse=True)),
        table("Follow up after every answer", ("On", "Question"), _PARTS),
    ]  # fmt: skip
    for number, (ecq, competencies) in enumerate(ecqs.items(), 1):
        asked = "; ".join(competencies) if competencies else ecq
        rows = [(f"Level {level}", text) for level, text in sorted(marks.get(ecq, {}).items(), reverse=True)]
        parts += [
            f"# {number}. {escaped(ecq)}\n",
            escaped(f"Tell us about the work that best shows your record here. Listen for: {asked}."),
            table(f"{ecq}: what to look for", ("Level", "The record shows"), rows),
            escaped(f"Level 1 to 5: ______   Reason: {_LINE}"),
        ]
    parts.append(_signatures(["Interviewer"]))
    title = f"Interview guide, vacancy {vacancy.id}: {vacancy.title}"
    return Document(title, "\n\n".join(parts) + "\n", walk.name)


def transmittal(case: Case) -> Document:
    """The letter that takes a case to the Qualifications Review Board; it says only what a paper at hand shows."""
    vacancy = case.vacancy
    lacking = [(row.name, row.citation) for row in case.checklist if row.state == _MISSING]
    steps = [one[0].upper() + one[1:] + "." for one in case.missing_steps]
    parts = [
        *still_open(case.against),
        escaped(case.agency),
        f"Date: {_LINE}",
        "U.S. Office of Personnel Management, Qualifications Review Board",
        escaped(f"Subject: Case under criterion {case.criterion}, vacancy {vacancy.id}, {vacancy.title}"),
        escaped(
            f"{case.agency} asks the board to certify the executive qualifications of candidate {vacancy.selectee} for an initial "
            "career appointment (5 U.S.C. 3393(c); 5 CFR 317.502)."
        ),
        *map(escaped, _attested(case)),
        escaped(days_in_words(case.when_due)),
        *((f"Why it is late: {_LINE}",) if case.days_late and not case.vacancy.submitted_on else ()),
        f"Name of the candidate, written in by hand: {_LINE}",
        _signatures(["Appointing authority or designee"]),
        *(("# Missing before this is signed\n", table("Missing documents", ("Document", "Authority"), lacking) if lacking else "",
           bullets(steps)) if case.missing else ()),
        "# The case\n",
        table("The case in brief", ("Fact", "Value"), facts_of(case)),
        "# Enclosed\n",
        table("Documents at hand", ("Document", "Place"), [(row.name, row.place) for row in case.checklist if row.state == _AT_HAND]),
    ]  # fmt: skip
    title = f"Transmittal to the Qualifications Review Board, vacancy {vacancy.id}"
    return Document(
        title, "\n\n".join(part for part in parts if part) + "\n", case.agency, draft=bool(case.missing or case.against)
    )


def _attested(case: Case) -> list[str]:
    """What the letter says of merit staffing, the certification and the program, each only on a document at hand."""
    said = []
    for row in case.checklist:
        if row.key in _SAYS and row.state == _AT_HAND:
            said.append(f"{_SAYS[row.key]} ({row.citation}).")
        elif row.key in _SAYS and row.state == _MISSING:
            said.append(f"Missing, and therefore not said here: {row.name[0].lower()}{row.name[1:]} ({row.citation}).")
    return said


def agreement(vacancy: Vacancy, walk: StaffingWalk) -> Document:
    """The development agreed for the probationary year, and whether the tracker holds it."""
    rows = [
        (one.activity, one.ecq, long_date(one.until) if one.until else "(no day)", "") for one in vacancy.development
    ]
    (found,) = [one for one in development.agreed(walk.folder, walk.tracker) if one.vacancy.id == vacancy.id]
    state = "The tracker of probation holds every activity."
    if found.row is None:
        state = (
            "No row of probation.csv begins on the day of the appointment: add the row of the file beside this paper."
        )
    elif found.missing:
        state = f"The tracker of probation lacks: {'; '.join(found.missing)}."
    last = walk.case.last_day if walk.case else None
    late = [
        f"Probation ends on {long_date(last)}, before the day of: {one.activity}."
        for one in vacancy.development
        if one.until and last and one.until > last
    ]
    parts = [
        *still_open(late),
        escaped(f"Candidate {vacancy.selectee or '____'}, {vacancy.title}. The assessment at the end of probation must cover each of these "
                "activities (5 CFR 317.503(b))."),
        table("Agreed", ("Activity", "Qualification", "Until", "Done on"), rows),
        escaped(state),
        _signatures(["Executive", "Supervisor", "Executive Resources Board"]),
    ]  # fmt: skip
    title = f"Development agreed for the probationary year, vacancy {vacancy.id}"
    draft = bool(late) or any(one.until is None for one in vacancy.development)
    return Document(title, "\n\n".join(parts) + "\n", walk.name, draft=draft)
