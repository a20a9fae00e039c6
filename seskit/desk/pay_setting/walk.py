"""The walk through pay-setting: what is read of a folder, the executive in focus, and each output made from them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seskit.desk import closeout as closing
from seskit.desk.opener import Pick, Walk, of_part, since
from seskit.desk.opener.folds import folded
from seskit.desk.opener.links import FileLinks, linked
from seskit.desk.opener.on_request import FilesOffered, FilesOnRequest
from seskit.desk.pay_setting import show
from seskit.desk.pay_setting.terms_form import TermsForm
from seskit.formats import results
from seskit.formats.counts import number_of
from seskit.formats.tables import Table
from seskit.law import pay_setting
from seskit.law.facts import dollars
from seskit.law.result import Result
from seskit.paper import charts
from seskit.record.pay_setting.worksheet.entries import FORM
from seskit.record.pay_setting.worksheet.reading import Worksheet, WorksheetRow
from seskit.work import closeout
from seskit.work.closeout.figures import Closeout
from seskit.work.closeout.notices import Notices
from seskit.work.pay_setting.folder import PayFolder, open_folder

if TYPE_CHECKING:
    from seskit.formats.drawing import Chart

_NOBODY = "There is no worksheet, so there is no executive to show."


@dataclass(frozen=True)
class PaySettingWalk:
    """A folder as the walk sees it, where its files go, and what is picked."""

    folder: PayFolder
    out: Path
    picked: dict[str, Any]

    @property
    def sheet(self) -> Worksheet | None:
        """The worksheet; None where there is none."""
        return self.folder.opened.worksheet

    @cached_property
    def rows(self) -> dict[str, WorksheetRow]:
        """Every executive of the worksheet by number, those with something to settle first."""
        if self.sheet is None:
            return {}
        checked = self.folder.checked
        open_first = [finding.person_id for finding in checked.findings if finding.level == "block"] if checked else []
        by_number = {row.person_id: row for row in self.sheet.rows}
        return {number: by_number[number] for number in [*open_first, *by_number] if number in by_number}

    @cached_property
    def closed(self) -> Closeout | None:
        """The proposals as the board sees them; None where there is no worksheet."""
        return (
            None
            if self.sheet is None
            else closeout.closeout(closeout.open_folder(self.folder.agency or self.folder.place))
        )

    @property
    def row(self) -> WorksheetRow | None:
        """The executive in focus: the one picked, or the first with something to settle."""
        return self.rows.get(str(self.picked["person"])) or next(iter(self.rows.values()), None)


def opened(folder: Path, out: Path, picked: dict[str, Any]) -> PaySettingWalk:
    """Read an agency's folder."""
    return PaySettingWalk(open_folder(folder), out, picked)


def _people(walk: PaySettingWalk) -> list[tuple[str, str]]:
    checked = walk.folder.checked
    blocked = {finding.person_id for finding in checked.findings if finding.level == "block"} if checked else set()
    return [(f"{number}, must change" if number in blocked else number, number) for number in walk.rows]


WALK = Walk(
    "pay_setting",
    "SES pay",
    "DBT",
    opened,
    picks=(Pick("person", "Executive", "By number; those whose proposal must change come first.", _people),),
    forms=((FORM, TermsForm),),
    files=("pay", "history", "pay_history", "moves"),
)

#: What the walk shows as it is.
problems = of_part("folder", show.first_problems)
overview = of_part("folder", show.overview)
levels = of_part("folder", show.levels)
clocks = of_part("folder", show.clocks)
proposal = of_part("folder", show.proposal)
limits = of_part("folder", show.limits)
awards_by_rating = folded("Awards by rating, as a picture")(of_part("folder.checked", charts.awards_by_rating))


def focus(walk: PaySettingWalk) -> Table:
    """The executive in focus, in a line."""
    row, sheet = walk.row, walk.sheet
    if row is None or sheet is None:
        return Table("Executive", (), (), _NOBODY)
    rated = f"rated level {row.rating}" if row.rating else "not rated"
    since = f" since {row.last_adjusted}" if row.last_adjusted else ""
    now = f"{dollars(row.rate)}{since}; {rated}"
    then = "no change is proposed" if row.proposed_rate is None else f"proposed {dollars(row.new_rate)}"
    return Table(f"Executive {row.person_id}", (), (), f"{now}; {then} on {sheet.terms.effective}.")


@folded("The rate range, as a picture")
def rate_range(walk: PaySettingWalk) -> Chart | Table:
    """The rate range, and the rate of the executive in focus on it."""
    row, sheet = walk.row, walk.sheet
    if row is None or sheet is None:
        return Table("The rate range", (), (), _NOBODY)
    rates = {str(row.last_adjusted): str(row.rate)} if row.last_adjusted else {}
    return charts.rate_range(rates | {str(sheet.terms.effective): str(row.new_rate)}, certified=sheet.certified)


@folded("Change a fact of the proposal")
def adjust(walk: PaySettingWalk) -> Any:
    """The proposal for the executive in focus, to change and see what changes."""
    from seskit.desk.opener.prefilled import Prefilled

    row, sheet = walk.row, walk.sheet
    if row is None or sheet is None:
        return Table("A proposal", (), (), _NOBODY)
    return Prefilled(
        f"The proposal for {row.person_id}, as the worksheet has it",
        pay_setting.adjust,
        as_of=sheet.terms.effective,
        rate=row.rate,
        proposed_rate=row.new_rate,
        rating=row.rating,
        certified=sheet.certified,
        last_adjusted=row.last_adjusted,
        ground=row.ground,
        top_official_approves=row.top_official_approves,
        appointment_type=row.appointment_type,
        serves_politically=row.serves_politically,
        new_position=row.new_position,
        political_freeze_in_force=sheet.terms.political_freeze_in_force,
        freeze_cleared_by=row.freeze_cleared_by,
        cycle_record=sheet.terms.cycle_record,
    )


def blocks(walk: PaySettingWalk) -> Table:
    """Where the law stands in the way."""
    return show.findings(walk.folder, "block")


def flags(walk: PaySettingWalk) -> Table:
    """Where policy asks for a written reason."""
    return show.findings(walk.folder, "flag")


@folded("The twelve-month clock, as a picture")
def timeline(walk: PaySettingWalk) -> Chart | Table:
    """The pay actions on record of the executive in focus, and the twelve months that they start."""
    row = walk.row
    if row is None:
        return Table("The twelve-month clock", (), (), _NOBODY)
    known = [action.model_dump() for action in walk.folder.history.actions.get(row.person_id, [])]
    if not known and row.last_adjusted:
        known = [{"effective": row.last_adjusted, "kind": "adjustment"}]
    if not known:
        sentence = f"The files hold no pay action of {row.person_id}, and no day of the last adjustment."
        return Table("The twelve-month clock", (), (), sentence)
    return charts.clock_timeline(known)


def limit_facts(walk: PaySettingWalk) -> dict[str, Any] | None:
    """The year's pay of the executive in focus: a full year at the present rate, and the award proposed."""
    row, sheet = walk.row, walk.sheet
    if row is None or sheet is None:
        return None
    award = row.proposed_award
    payments = [{"kind": "performance_award", "amount": str(award)}] if award else []
    year = sheet.terms.awards_paid_on.year
    return {"year": year, "certified": sheet.certified, "basic_pay_received": str(row.rate), "payments": payments}


@folded("The aggregate limit, as a picture")
def waterfall(walk: PaySettingWalk) -> Chart | Table:
    """The year's pay of the executive in focus under the aggregate limit."""
    facts = limit_facts(walk)
    if facts is None:
        return Table("The aggregate limit", (), (), _NOBODY)
    basic, year = facts.pop("basic_pay_received"), facts.pop("year")
    return charts.aggregate_waterfall(year, basic_pay=basic, **facts)


def aggregate_limit(walk: PaySettingWalk) -> Result | Table:
    """What may be paid to the executive in focus in that year."""
    facts = limit_facts(walk)
    return pay_setting.aggregate_limit(**facts) if facts else Table("The aggregate limit", (), (), _NOBODY)


@folded("The files, made now from what is above", each=True)
def files(walk: PaySettingWalk) -> FileLinks:
    """Write the worksheet, what goes with it and the decision paper; the files, with links."""
    was = since.before(walk.out)
    with results.kept(walk.out, "pay_setting"):
        written = [*walk.folder.write(walk.out), *_to_sign(walk)]
    return linked(show.files(written), written, was)


def _to_sign(walk: PaySettingWalk) -> list[Path]:
    """The decision paper of the worksheet, as `seskit closeout` makes it; none where there is no worksheet."""
    return walk.closed.write_paper(walk.out) if walk.closed else []


@folded("Who is told what, and the notices to make")
def notices(walk: PaySettingWalk) -> tuple[Table, FilesOnRequest] | Table:
    """The notice to each executive, from the same record as the decision; the files, which hold names, on request."""
    closed = walk.closed
    if closed is None:
        return Table("Notices to executives", (), (), _NOBODY)
    everyone = Notices(closed, walk.folder.place)
    offers = [_copy_with_names(closed, walk.out)]
    if everyone.listed:
        many = number_of(len(everyone.listed), "notice")
        offers.insert(0, FilesOffered(f"Make all: {many}", lambda: closing.written_notices(everyone, walk.out)))
    mine = Notices(closed, walk.folder.place, (walk.row.person_id,)) if walk.row else None
    if mine and mine.listed:
        many = number_of(len(mine.listed), "notice")
        offers.insert(
            0, FilesOffered(f"Make {many} to {mine.only[0]}", lambda: closing.written_notices(mine, walk.out))
        )
    return closing.notices(everyone, walk.row.person_id if walk.row else ""), FilesOnRequest(
        "To sign and hand over", *offers
    )


def _copy_with_names(closed: Closeout, out: Path) -> FilesOffered:
    return FilesOffered(
        "Make the decision paper with names", lambda: (closed.write_named_paper(out), ["The copy is made."])
    )
