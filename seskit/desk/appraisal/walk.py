"""The walk through an appraisal year: what is read of a folder, what is in focus, and each output made from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seskit.desk import closeout
from seskit.desk.appraisal import show
from seskit.desk.opener import Pick, Walk, of_part, since
from seskit.desk.opener.folds import folded
from seskit.desk.opener.links import FileLinks, linked
from seskit.desk.opener.on_request import FilesOffered, FilesOnRequest
from seskit.desk.opener.state import typed_day
from seskit.formats.tables import Folded, Table
from seskit.law import appraisal
from seskit.paper import charts
from seskit.record.agency_folder import AgencyFolder
from seskit.record.appraisal.year_record import Files
from seskit.work import closeout as closeout_work
from seskit.work.appraisal.outcomes import Outcome
from seskit.work.appraisal.plan_document import CheckedPlan
from seskit.work.appraisal.year_record import Audit

if TYPE_CHECKING:
    pass


@dataclass(frozen=True)
class AppraisalWalk:
    """A folder as the walk sees it, where its files go, and what is picked."""

    folder: Path
    out: Path
    files: Files
    picked: dict[str, Any]

    @cached_property
    def plans(self) -> list[CheckedPlan]:
        """Every plan of the agency that can be read, checked."""
        return show.plans(self.folder)

    @cached_property
    def no_plan(self) -> str:
        """Why no plan is shown, where none is: there is none, or none can be read."""
        return show.no_plan(self.folder)

    @property
    def plan(self) -> CheckedPlan | None:
        """The plan in focus: that of the executive chosen, or the first."""
        chosen = str(self.picked["plan"])
        return next((one for one in self.plans if one.plan.executive == chosen), next(iter(self.plans), None))

    @cached_property
    def audit(self) -> Audit | None:
        """The audit of the year."""
        return show.audited(self.files)

    @property
    def decided_on(self) -> str:
        """The day of the decision on actions, where one is given."""
        return str(self.picked["decided_on"])

    @property
    def day(self) -> date | None:
        """The day of the decision: the one given, or that of the last rating."""
        return show.decision_day(self.files, self.decided_on)

    @cached_property
    def follows(self) -> list[Outcome]:
        """What follows from the ratings, the weak ones first."""
        return show.following(self.files, self.decided_on)


def opened(folder: Path, out: Path, picked: dict[str, Any]) -> AppraisalWalk:
    """Read an agency's folder."""
    return AppraisalWalk(folder, out, AgencyFolder(folder).year, picked)


def _boards(walk: AppraisalWalk) -> list[tuple[str, str]]:
    return [(board.name, board.name) for board, _ in (walk.audit.boards if walk.audit else ())]


def _plans(walk: AppraisalWalk) -> list[tuple[str, str]]:
    return [(one.plan.executive, one.plan.executive) for one in walk.plans]


def _people(walk: AppraisalWalk) -> list[tuple[str, str]]:
    """Those to act on first in front."""
    return [(one.person.person_id or "", one.person.person_id or "") for one in show.by_urgency(walk.follows)]


WALK = Walk(
    "appraisal",
    "Performance appraisal",
    "DBT",
    opened,
    files=("plans", "year", "steps", "history", "probation", "closeout", "element_levels", "moves", "actions"),
    picks=(
        Pick("decided_on", "Day of the decision on actions", "Empty: the day of the last rating.", None, typed_day, rereads=True),
        Pick("plan", "Plan of executive", "Those in plan.yaml or plan.xlsx and in the folder plans; the one chosen is printed.", _plans, rereads=True),
        Pick("board", "Board", "Those in appraisal.yaml.", _boards),
        Pick("person", "Executive", "By number; those whose ratings call for action come first, then the others below fully successful.", _people),
    ),
)  # fmt: skip

#: What the walk shows as it is.
plan_problems = of_part("folder", show.plan_problems)
year_problems = of_part("files", show.year_problems)
findings = of_part("audit", show.findings)
questions = of_part("audit", show.questions)
year = of_part("files", show.year)
boards = of_part("audit", show.boards)
must_change = of_part("folder", closeout.must_change)
states = of_part("folder", closeout.states)
weak = of_part("follows", show.weak)
actions = of_part("follows", show.actions)
spread = of_part("files", show.spread)
ceiling = of_part("files", show.ceiling)
balance = folded("The plan's balance, as a picture")(of_part("plan", charts.plan_balance))
steps_met = folded("Checks that need a look, as a picture")(of_part("audit", charts.steps_met))


def coverage(walk: AppraisalWalk) -> Table:
    """Requirements by element and perspective."""
    return show.coverage(walk.plan, walk.no_plan)


def gaps(walk: AppraisalWalk) -> Table:
    """What each plan still lacks."""
    return show.gaps(*walk.plans, otherwise=walk.no_plan)


def plan_answers(walk: AppraisalWalk) -> Folded:
    """The plan against the rules."""
    return show.plan_answers(walk.plan, walk.no_plan)


@folded("Draft the plan in a form")
def draft(walk: AppraisalWalk) -> Any:
    """The plan as a form to go on with."""
    from seskit.desk import widgets

    return widgets.FormPanel(show.form(walk.folder, walk.out))


@folded("Try other weights")
def weights(walk: AppraisalWalk) -> Any:
    """The weights of the plan, to change."""
    from seskit.desk.opener.prefilled import Prefilled

    if walk.plan is None or walk.plan.weights is None:
        return Table("Weights", (), (), "The plan has no weights to try." if walk.plan else walk.no_plan)
    return Prefilled("The weights of the plan", appraisal.check_weights, **walk.plan.weights.facts)


@folded("Try levels for the plan's elements")
def rating(walk: AppraisalWalk) -> Any:
    """The rating that levels of the plan's elements come to."""
    from seskit.desk.opener.prefilled import Prefilled

    if walk.plan is None or walk.plan.weights is None:
        return Table("The rating", (), (), "The plan has no weights to rate with." if walk.plan else walk.no_plan)
    given = walk.plan.weights.facts
    facts = {name: given[name] for name in ("regime", "weights") if name in given}
    return Prefilled("The rating: give each element of the plan a level", appraisal.derive_rating, **facts)


@folded("Change a fact of the board")
def check_board(walk: AppraisalWalk) -> Any:
    """One board of the agency, to change."""
    from seskit.desk.opener.prefilled import Prefilled

    found = {board.name: result for board, result in (walk.audit.boards if walk.audit else ())}
    name = str(walk.picked["board"]) if walk.picked["board"] in found else next(iter(found), "")
    if not name:
        return Table("One board", (), (), "No board is on record.")
    return Prefilled(f"{name}, as the file has it", appraisal.check_board, **found[name].facts)


@folded("The notice of board members for the Federal Register")
def board_notice(walk: AppraisalWalk) -> FilesOnRequest | Table:
    """The notice of who sits on the boards, for the Federal Register: it holds names, so it is made on request."""
    from seskit.paper.appraisal import board_notice as paper

    def make() -> tuple[list[Path], list[str]]:
        written, still_open = paper.write(walk.files, walk.out)
        said = [f"Open: {text}" for text in still_open]
        return written, ["Made as a draft." if said else "Made.", *said]

    if not walk.files.usable:
        return Table("Notice of board members", (), (), show.NO_YEAR)
    return FilesOnRequest(
        "For the Federal Register, before the first board sits", FilesOffered("Make the notice of board members", make)
    )


@folded("Change a rating of the executive")
def consequences(walk: AppraisalWalk) -> Any:
    """The ratings of one executive, to change."""
    from seskit.desk.opener.prefilled import Prefilled

    known = {number: one for one in walk.follows if (number := one.person.person_id)}
    first = next((number for _, number in _people(walk)), "")
    one = known.get(str(walk.picked["person"])) or known.get(first)
    if one is None:
        return Table("One executive's ratings", (), (), show.NO_YEAR)
    whose = f"The ratings of {one.person.person_id}, as the files have them"
    return Prefilled(whose, appraisal.consequences, **one.consequences.facts)


def files(walk: AppraisalWalk) -> FileLinks:
    """Write everything there is; the files, with links."""
    was = since.before(walk.out)
    written = [*show.write(walk.plan, walk.audit, walk.files, walk.follows, str(walk.out)), *_to_sign(walk)]
    return linked(show.files(written), written, was)


def _to_sign(walk: AppraisalWalk) -> list[Path]:
    """What the board and the top official sign, as `seskit closeout` makes it; none where the year cannot be looked at."""
    found = closeout_work.open_folder(walk.folder) if walk.audit else None
    if found is None or found.sheet is None:
        return []
    return closeout_work.closeout(found).write_paper(walk.out)
