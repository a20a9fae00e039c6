"""The walk through an appraisal year, piece by piece: tables and answers, none with a person's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from seskit.desk.appraisal.plan_form import PlanForm
from seskit.desk.report import show as report_show
from seskit.formats.counts import number_of
from seskit.formats.markup import Markup, paragraph, together
from seskit.formats.tables import Folded, Table, text_rows
from seskit.formats.two_ways import two_ways
from seskit.law.actions import histories
from seskit.law.appraisal.periods import CycleStep
from seskit.law.appraisal.periods import cycle as ask_cycle
from seskit.law.facts import day
from seskit.law.result import Result
from seskit.paper.appraisal import packet, printed_plan
from seskit.paper.appraisal.notice import write as write_notice
from seskit.record.agency_folder import AgencyFolder
from seskit.record.appraisal.year_record import Files
from seskit.record.checked_yaml import ON_SCREEN
from seskit.record.roster import by_number
from seskit.work.appraisal import plan_document, rating_tables
from seskit.work.appraisal.outcomes import Outcome, on_record, outcomes
from seskit.work.appraisal.outcomes import decision_day as last_rated
from seskit.work.appraisal.plan_document import CheckedPlan
from seskit.work.appraisal.year_record import Audit, audit
from seskit.work.report import unrated

NO_PLAN = "This agency has no plan.yaml, no plan.xlsx and no folder plans yet; draft one in the form below."
#: Further down the page, once that was said.
NOT_YET = "No plan yet."
#: Plans are there, and none of them can be read.
UNREAD = "No plan can be read, as said above."
_TO_SIGN = "decision_paper is the paper that the board recommends on and the top official decides on and signs."
_MISSING = two_ways("`seskit closeout` says what is missing", "'What needs attention' says what is missing")
_NO_PAPER = (
    "The paper that the board recommends on and the top official signs, decision_paper, is made from a roster with ratings "
    f"and nothing to correct; {_MISSING}."
)
_NAMED = two_ways(
    "The notice of the board's members for the Federal Register holds names: `seskit appraisal board-notice` makes it.",
    "The notice of the board's members for the Federal Register holds names, and is made apart, under the boards.",
)
MAY_REMOVE = histories.SAYS["may_remove"]
#: What settles the answers that rest on probation.
WHO_IS = f"Say who is on probation, or that nobody is: '{ON_SCREEN}', the appraisal year."
NO_YEAR = "No appraisal year to show: see its files above."


def plans(folder: str | Path) -> list[CheckedPlan]:
    """Every checked plan of an agency's folder: its own first, then those in the folder `plans`."""
    return [plan_document.check(one) for one in AgencyFolder(Path(folder)).held_plans if one.plan is not None]


def no_plan(folder: str | Path) -> str:
    """What is said in the place of a plan, where none can be shown."""
    return UNREAD if AgencyFolder(Path(folder)).held_plans else NOT_YET


def form(folder: str | Path, out: str | Path) -> PlanForm:
    """The plan of an agency's folder to go on with in a form; without one, OPM's basic plan of the agency's period."""
    return PlanForm(folder, out)


def plan_problems(folder: str | Path) -> Table:
    """What stands in the way of reading the plan."""
    opened = AgencyFolder(Path(folder)).held_plans
    if not opened:
        return Table("Plan", (), (), NO_PLAN)
    notes = dict.fromkeys(note for one in opened for note in one.notes)
    return report_show.problems((problem for one in opened for problem in one.problems), notes)


def coverage(checked: CheckedPlan | None, otherwise: str = NOT_YET) -> Table:
    """Balanced measures at once: requirements by element and perspective."""
    rows = checked.coverage() if checked else []
    header = ("Element", "Results", "Customers", "Employees")
    whose = f", the plan of {checked.plan.executive}" if checked else ""
    return Table(f"Requirements by perspective{whose}", header, text_rows(rows), otherwise)


def gaps(*checked: CheckedPlan | None, otherwise: str = NOT_YET) -> Table:
    """Every gap of the plans, and how many make each a draft."""
    found = [one for one in checked if one]
    rows = [(one.plan.executive, gap.where, gap.what) for one in found for gap in one.gaps]
    drafts = sum(not one.complete for one in found)
    if not found[1:]:
        said = f": {number_of(len(rows), 'gap')}, a draft" if rows else ""
        empty = "None: the plan passes every check." if found else otherwise
        return Table(
            f"What the plan still lacks{said}", ("Where", "What to do"), text_rows([row[1:] for row in rows]), empty
        )
    said = f": {number_of(len(rows), 'gap')}, {drafts} of {number_of(len(found), 'plan')} a draft" if rows else ""
    empty = f"None: all {number_of(len(found), 'plan')} pass every check."
    return Table(f"What the plans still lack{said}", ("Executive", "Where", "What to do"), text_rows(rows), empty)


def plan_answers(checked: CheckedPlan | None, otherwise: str = NOT_YET) -> Folded:
    """The answers about the plan, with their reasons."""
    found = [checked.contents, checked.balance, *([checked.weights] if checked.weights else [])] if checked else []
    return Folded("The plan against the rules", tuple((one.says, one.to_html()) for one in found), otherwise)


def year_problems(files: Files) -> Table:
    """What needs attention in the files of the year, or why there is no year to look at."""
    if files.missing and not files.problems:
        return Table("The files of the year", (), (), f"{files.missing} See a sample agency for their form.")
    found = [*files.problems, *unrated.problems(files.agency, files.people)]
    return report_show.problems(by_number.named(found, files.people.people), files.notes)


def year(files: Files) -> Folded:
    """The steps of the appraisal year of each plan, with owner and days."""
    if not files.usable:
        return Folded("The appraisal year", (), files.missing if files.problems else NO_YEAR)
    agency, cycle = files.year()
    parts = []
    for one in agency.plans:
        asked = ask_cycle(
            one.appraisal_period.first, period_end=one.period_end, plan=cycle.plan, response_days=cycle.response_days
        )
        rows = [(row.step, row.title, row.owner, _when(row), row.first_day, row.last_day) for row in asked.answer]
        head = ("Step", "What", "Owner", "When", "First day", "Last day")
        parts.append((f"Plan {one.id}: {asked.says}", Table(f"Plan {one.id}", head, text_rows(rows)).to_html()))
    return Folded("The appraisal year", tuple(parts))


def _when(row: CycleStep) -> str:
    return f"{row.timing}; {row.count}" if row.count else row.timing


def audited(files: Files) -> Audit | None:
    """The audit of an agency's year; None where its files are not there yet."""
    return audit(files) if files.usable else None


def findings(found: Audit | None) -> Table:
    """Late and missing steps, in front: one line for those alike, the worst kind first."""
    rows = packet.kind_rows(found) if found else []
    listed = [(who, outcome, text, f"{asked} ({check})") for check, who, outcome, text, asked in rows]
    count = number_of(len(found.findings), "finding") if found else ""
    more = f": {count}, those alike together" if found and len(rows) < len(found.findings) else ""
    told = "As far as the files can be read, every" if found and found.files.problems else "Nothing: every"
    empty = f"{told} step is on record, in order and in time." if found else NO_YEAR
    head = ("Executives", "Outcome", "What was found", "What the rules ask")
    notes = tuple(f"To find out, {who}: {said}" for who, said in (found.remarks if found else []))
    return Table(f"Late, missing or out of order{more}", head, text_rows(listed), empty, notes)


def questions(found: Audit | None) -> Table:
    """Each question an inspector general asks, with the number of executives by answer."""
    rows = [(f"{words} ({check})", *counts) for check, words, *counts in (packet.question_rows(found) if found else [])]
    return Table("Step by step", packet.QUESTIONS[1:], text_rows(rows), NO_YEAR)


def boards(found: Audit | None) -> Folded:
    """Each board against the rules."""
    if found is None:
        return Folded("Boards", (), NO_YEAR)
    parts = tuple((f"{board.name}: {result.says}", result.to_html()) for board, result in found.boards)
    return Folded("Performance Review Boards", parts, "No board is on record.")


def decision_day(files: Files, decided_on: str = "") -> date | None:
    """The day given or, where none is, that of the last rating on the roster; without any, December 31."""
    return day(decided_on) if decided_on else last_rated(files)


def following(files: Files, decided_on: str = "") -> list[Outcome]:
    """What follows from the ratings, on the day of the decision."""
    decided = decision_day(files, decided_on)
    return outcomes(files, decided) if files.usable and decided else []


def actions(found: list[Outcome]) -> Table:
    """How many executives each action is required, permitted or barred for."""
    counts = Counter((action.force, action.in_general) for one in found for action in one.actions)
    order = {"required": 0, "barred": 1, "permitted": 2}
    rows = sorted(((*key, number) for key, number in counts.items()), key=lambda row: (order[row[0]], row[1]))
    return Table("What follows from the ratings", ("Force", "Action", "Executives"), text_rows(rows), NO_YEAR)


def is_weak(one: Outcome) -> bool:
    """Whether someone is rated below fully successful, or the ratings call for action or may do so."""
    return bool(one.report) or (not one.gone and one.consequences.answer.required is not False)


def _order(one: Outcome) -> tuple[int, bool, bool, bool]:
    return one.urgency, not one.report, one.consequences.answer.required is False, not is_weak(one)


def by_urgency(found: Iterable[Outcome]) -> list[Outcome]:
    """Those who must be acted on first, then those who may have to be, then the others below fully successful."""
    return sorted(found, key=_order)


def weak(found: list[Outcome]) -> Folded:
    """Everyone rated below fully successful or whose ratings call for action, by number, those to act on first in front.

    People of whom nothing more is known are one line, with their numbers behind it.
    """
    parts: list[tuple[str, Markup]] = []
    like: dict[str, list[Outcome]] = {}
    for one in by_urgency(found):
        if not is_weak(one):
            continue
        if said := _open_for(one):
            like.setdefault(said, []).append(one)
        else:
            parts.append((f"{one.person.person_id}: {_told(one)}", _about(one)))
    for said, people in like.items():
        rows = [(one.person.person_id, one.person.rating) for one in people]
        numbers = Table("Whose", ("Executive", "Rating"), text_rows(rows)).to_html()
        parts.append((f"{number_of(len(people), 'executive')}: {said}", numbers))
    return Folded(
        "Ratings below fully successful, and those that call for action",
        tuple(parts),
        "No rating is below fully successful or calls for action." if found else NO_YEAR,
    )


def _open_for(one: Outcome) -> str:
    """Why nothing can be told of someone whose rating is not below fully successful; empty where anything can."""
    answer = one.consequences.answer
    if one.gone or one.report or answer.action is not None:
        return ""
    if one.past_probation is None:
        return one.consequences.says
    if one.past_probation.answer.required is not False:
        return ""
    return f"{one.consequences.says} {_either_way(one.past_probation)}"


def _either_way(past: Result[Any]) -> str:
    """What follows past probation and on it, and what settles which."""
    serving = MAY_REMOVE if past.answer.required is False else histories.ASK_COUNSEL
    return f"Past probation: {past.says} On probation: {serving} {WHO_IS}"


def _told(one: Outcome) -> str:
    """What follows for one executive, and what is on record."""
    said = one.consequences.says
    if one.past_probation:
        said = f"rated {one.person.rating}. {_either_way(one.past_probation)}"
    action = one.person.action or "none yet"
    done = on_record(one.person) if one.report and action.lower() != "none yet" else ""
    return f"{said} {done}".strip()


def _about(one: Outcome) -> Markup:
    rows = [(act.force, act.what, act.earliest, act.notice, act.authority) for act in one.actions]
    head = ("Force", "Action", "Earliest day", "Notice", "Authority")
    table = Table(f"Actions for {one.person.person_id}", head, text_rows(rows)).to_html()
    return together(table, [paragraph(line) for line in one.report])


def spread(files: Files) -> Folded:
    """Ratings by component, by appointment type and by pay level, small cells hidden."""
    shown = rating_tables.spread(files.executives(), files.ends)
    parts = tuple(
        (f"By {view.title.lower()}", Table(f"Ratings by {view.title.lower()}", view.header, view.rows).to_html())
        for view in shown.views
    )
    modal = (
        f"Most frequent: level {' and '.join(map(str, shown.modal))}." if shown.modal else "Most frequent: not shown."
    )
    return Folded(f"Ratings, small groups hidden. {modal}", parts)


def ceiling(files: Files) -> Folded:
    """The ceiling on Levels 4 and 5 for each plan's period, its Inspector General staff apart."""
    if not files.usable:
        return Folded("The ceiling on Levels 4 and 5", (), NO_YEAR)
    agency, cycle = files.year()
    parts = []
    for end in sorted({one.period_end for one in agency.plans}):
        people = [one for one in files.executives() if agency.plan(one.plan or "").period_end == end]
        for heading, office in (
            ("All but the Inspector General's office", False),
            ("Inspector General's office", True),
        ):
            staff = [one for one in people if bool(one.ig_office) == office]
            if staff:
                told = rating_tables.ceiling(staff, end, inspector_general=office, waived=cycle.ceiling_waived)
                parts.append((f"{heading}, period to {end}: {told.says}", told.to_html()))
    return Folded("The ceiling on Levels 4 and 5: exact counts, for the personnel office only", tuple(parts))


def files(written: Iterable[Path]) -> Table:
    """The files made."""
    personal = dict.fromkeys(("audit_packet", "actions", "decision_paper"), "yes, by number")
    made = list(written)
    rows = [
        (path.name, personal.get(path.stem, "the executive's plan" if "plan" in path.stem else "no")) for path in made
    ]
    paper = _TO_SIGN if any(path.stem == "decision_paper" for path in made) else _NO_PAPER
    return Table("Files", ("File", "About single executives"), text_rows(rows), "No file was made.", (paper, _NAMED))


def write(
    checked: CheckedPlan | None, found: Audit | None, files_read: Files, follows: list[Outcome], out: str
) -> list[Path]:
    """Write everything there is: the plan, the audit packet, the actions, and the notice to executives."""
    from seskit.paper.appraisal import action_list

    written = printed_plan.write(checked, out) if checked else []
    if found:
        written += packet.write(found, out)
        written += action_list.write(files_read, follows, out)
        written += write_notice(files_read, out)
    return written
