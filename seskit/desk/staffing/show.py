"""The walk through filling vacancies, piece by piece: tables and answers for the notebook, never a person's name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from seskit.desk.report import show as report_show
from seskit.formats import results
from seskit.formats.characters import file_name
from seskit.formats.counts import number_of
from seskit.formats.files import whole
from seskit.formats.markup import Markup, listed, paragraph, together
from seskit.formats.tables import Folded, Table, text_rows
from seskit.paper.staffing import board_papers, case_paper, lists
from seskit.record.staffing import scoring, tracker
from seskit.record.staffing.records import Vacancy
from seskit.work.staffing import after_ratings, days, outreach
from seskit.work.staffing.case import facts_of
from seskit.work.staffing.folder import StaffingWalk

_SIGNERS = {
    "interview_guide": "interviewers",
    "board_record": "the chair and the members of the board",
    "board_certificate": "the board, then the appointing authority",
    "qrb_transmittal": "the appointing authority or designee; to OPM",
    "development": "executive, supervisor and board",
    "probation_row": "you, to add to probation.csv",
}


def problems(walk: StaffingWalk) -> Table:
    """What is wrong with the files."""
    return report_show.problems(walk.problems, walk.notes)


def checklist(walk: StaffingWalk) -> Table:
    """The documents of the QRB case in focus."""
    one = walk.case
    if one is None:
        return Table("QRB case", ("Document",), (), walk.absent or "No vacancy needs a QRB case.")
    rows = [(row.name, row.state, row.place, row.citation) for row in one.checklist]
    title = f"QRB case of {one.vacancy.id}, criterion {one.criterion}, by the rules of {one.on}"
    return Table(title, ("Document", "State", "Place", "Authority"), text_rows(rows))


def case(walk: StaffingWalk) -> Folded:
    """The case in focus: facts, what is missing, paper no longer needed, the answers it rests on."""
    one = walk.case
    if one is None:
        return Folded("QRB case", (), walk.absent or "No vacancy needs a QRB case.")
    gone = Table(
        "Paper no longer needed", ("Paper", "Not since"), text_rows(one.not_needed), "Nothing was dropped yet."
    )
    parts = [
        ("The case in a few lines", Table("The case", ("Fact", "Value"), text_rows(facts_of(one))).to_html()),
        *([(f"{one.against_says}: {len(one.against)}", _bullets(one.against))] if one.against else []),
        (f"What is missing: {len(one.missing) or 'nothing'}", _bullets(one.missing)),
        ("What can be left out", gone.to_html()),
        *((result.says, result.to_html()) for result in one.results),
    ]
    return Folded(f"QRB case of {one.vacancy.id}", tuple(parts))


def slips(walk: StaffingWalk, delay: int) -> Table:
    """What slips in the vacancy in focus when its next planned day comes so many days later; a past day is not moved."""
    title = f"What slips when a day comes {number_of(delay, 'day')} later"
    if walk.vacancy is None or not walk.vacancy.dates:
        return Table(title, ("Step",), (), walk.absent or "The vacancy in focus has no day.")
    dates = walk.vacancy.dates
    moved = next((step for step, on in dates.items() if on > walk.day), None)
    if moved is None:
        return Table(
            title, ("Step",), (), f"No planned day of {walk.vacancy.id} is after {walk.day}: nothing can move."
        )
    to = dates[moved] + timedelta(days=delay)
    asked = days.days(walk.folder, walk.vacancy, walk.day, moved=moved, moved_to=to)
    labels = {row.step: row.label for row in asked.answer.rows}
    rows = [(labels[one.step], one.before, one.after, one.days) for one in asked.answer.slips]
    title = f"What slips in {walk.vacancy.id} when '{labels[moved]}' moves to {to}"
    return Table(title, ("Step", "Before", "After", "Days"), text_rows(rows), "Nothing moves.")


def levels(walk: StaffingWalk) -> Table:
    """The anchored levels for the qualifications in force."""
    if walk.vacancy is None:
        return Table("Levels", ("Qualification",), (), walk.absent or "There is no vacancy in focus.")
    on = walk.vacancy.closes_on or walk.day
    marks = scoring.anchors(on)
    scale = scoring.levels(on)
    rows: list[tuple[str, ...]] = [("Every qualification", scale[1], scale[3], scale[5])]
    rows += [(ecq, *marks[ecq].values()) for ecq in scoring.qualifications(walk.folder, walk.vacancy)]
    return Table(
        "What the levels mean; 2 and 4 lie between", ("Qualification", "Level 1", "Level 3", "Level 5"), tuple(rows)
    )


def ranking(walk: StaffingWalk) -> Table:
    """The order of the candidates with its reasons."""
    found = walk.ranking
    if found is None or walk.rated is None:
        return Table(
            "Order of the candidates", ("Candidate",), (), walk.absent or "No scoring sheet is named in vacancy.yaml."
        )
    why = dict(scoring.reasons(found))
    rows = [(row.candidate, row.rank, row.total, row.ecq_mean, why[row.candidate]) for row in found.answer.ranking]
    drives = found.answer.leadership_drives_order
    warning = "" if drives else "; WARNING: leadership qualities do not drive the order used"
    header = ("Candidate", "Rank", "Total", "Leadership mean", "Why")
    return Table(f"Candidates for {walk.rated.id}{warning}", header, text_rows(rows), found.says)


def agreement(walk: StaffingWalk) -> Folded:
    """How far the raters agree, and every step of the ranking."""
    found = walk.ranking
    if found is None:
        return Folded("Agreement of the raters", (), walk.absent or "No scoring sheet is named in vacancy.yaml.")
    told = found.answer.agreement
    words = f"Same level: {told.exact} percent of pairs; within one level: {told.within_one} percent"
    if told.exact is None:
        words = "Only one rater: agreement cannot be shown"
    rows = [(one.candidate, one.ecq, ", ".join(f"{r}: {n}" for r, n in one.levels.items())) for one in told.to_discuss]
    table = Table(
        "Levels to discuss", ("Candidate", "Qualification", "Levels"), text_rows(rows), "None differ by two or more."
    )
    return Folded("Agreement of the raters", ((words, table.to_html()), (found.says, found.to_html())))


def sources(walk: StaffingWalk) -> Table:
    """Applicants by source and announcement, small cells hidden in both directions."""
    if walk.absent:
        return Table("Applicants by source and announcement", ("Source",), (), walk.absent)
    return outreach.sources(walk.folder, walk.day).by_vacancy


def boards(walk: StaffingWalk) -> Folded:
    """The boards: lawful, as the advice of the day asks, and by group where policy still has it."""
    if walk.absent:
        return Folded("Boards", (), walk.absent)
    parts = [(f"{name}: {asked.says}", asked.to_html()) for name, asked in outreach.boards(walk.folder, walk.day)]
    rule = outreach.policy(walk.day)
    about = [paragraph(rule["says"], "."), paragraph(outreach.DESCRIPTIVE)]
    parts.append(("By group", together(about, outreach.board_groups(walk.folder, walk.day).to_html())))
    return Folded("Boards (descriptive only)", tuple(parts))


def moves(walk: StaffingWalk) -> Table:
    """Reassignments, removals and placements that ratings call for, by number, with days and notices."""
    title = f"Moves that ratings call for{lists.on_day(walk)}"
    why = after_ratings.absent(walk.rated_in, walk.as_of) if walk.as_of else "There is no as-of date."
    if why:
        return Table(title, ("Executive",), (), why)
    rows = [
        (one.person_id, one.component, one.force, one.what, one.earliest, one.notice, one.authority)
        for one in walk.moves
    ]
    header = ("Executive", "Component", "Force", "Move", "Earliest day", "Notice", "Authority")
    return Table(title, header, text_rows(rows), "No rating calls for a move.")


def signed(written: Iterable[Path]) -> Table:
    """The papers of boards that people sign, and who signs each."""
    rows = [(path.name, _SIGNERS[name]) for path in written for name in _SIGNERS if path.name.startswith(name)]
    return Table("Papers to sign", ("File", "For"), text_rows(rows), "No vacancy has facts for a paper to sign.")


def not_made(walk: StaffingWalk) -> Table:
    """The papers to sign that are not made, and why."""
    rows = [(one.id, *row) for one in _asked(walk) for row in board_papers.not_made(one)]
    header = ("Vacancy", "Paper", "What is missing")
    return Table("Not made, and why", header, text_rows(rows), walk.absent or "Every paper to sign was made.")


def _asked(walk: StaffingWalk) -> list[Vacancy]:
    """The vacancy in focus, and the one whose scoring sheet is read."""
    known = {one.id: one for one in (walk.vacancy, walk.rated) if one is not None} if not walk.absent else {}
    return list(known.values())


def files(written: Iterable[Path]) -> Table:
    """The files made."""
    kinds = {".docx": "Word", ".pdf": "tagged PDF", ".html": "web page", ".ics": "calendar", ".xlsx": "workbook"}
    rows = [(path.name, kinds.get(path.suffix, "")) for path in written]
    return Table("Files", ("File", "Kind"), text_rows(rows), "No file was made.")


def write(walk: StaffingWalk, out: str | Path) -> list[Path]:
    """Write the case of the vacancy in focus, its calendar, its scoring sheet, and the probation calendar."""
    place = Path(out)
    written: list[Path] = []
    one = walk.case
    if one is not None:
        written += case_paper.write(one, place)
        name = f"timeline_{file_name(one.vacancy.id)}.ics"
        with results.kept(place, name):
            written.append(whole(place / name, days.diary(walk.folder, one.vacancy, walk.day, walk.name)))
        candidates = sorted(one.vacancy.board_order) or [f"K-{number:02d}" for number in range(1, 6)]
        written.append(scoring.write(walk.folder, one.vacancy, candidates, ["R1", "R2", "R3"], place, walk.name))
    if not walk.absent or walk.tracker.is_there:
        written.append(lists.write(walk, place))
    if walk.tracker.is_there and walk.as_of:
        place.mkdir(parents=True, exist_ok=True)
        with results.kept(place, "probation.ics"):
            written.append(whole(place / "probation.ics", tracker.diary(walk.tracked)))
    return written


def write_papers(walk: StaffingWalk, out: str | Path) -> list[Path]:
    """Write what is signed for the vacancy in focus, and for the one whose scoring sheet is read."""
    written: list[Path] = []
    for one in _asked(walk):
        written += board_papers.write(replace(walk, vacancy=one), one, Path(out), ("docx", "pdf"))
    return written


def _bullets(lines: Iterable[str]) -> Markup:
    found = list(lines)
    return listed(found) if found else paragraph("Nothing is missing.")
