"""The corrections of one agency's roster: groups and offers as it is read now, each act checked at once, and undo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from seskit.formats import files
from seskit.formats.counts import number_of
from seskit.formats.privacy import shown
from seskit.formats.refusals import suggestion
from seskit.formats.two_ways import two_ways
from seskit.law.facts import FactError
from seskit.record import roster as roster_file
from seskit.record.agency import Agency
from seskit.record.agency_folder import AgencyFolder
from seskit.record.forms.stored import keep_beside
from seskit.record.problem import MOST_LISTED, Problem, errors
from seskit.record.roster import Person, Roster, kept, not_there, printed, readings, readings_fit
from seskit.record.roster.as_accepted import ALL, may_be_added
from seskit.record.roster.beside import held_to_lists, not_read
from seskit.record.roster.kept import LogEntry
from seskit.record.roster.person_numbers import told
from seskit.record.roster.readings import Reading, Readings
from seskit.record.roster.sheets import Refusal
from seskit.work.corrections import confirming, former_roster, headings, layout, rules, saving, values
from seskit.work.corrections.grid import Grid, Table, grid, table
from seskit.work.corrections.groups import Offer, ProblemGroup, names_rows, numbered
from seskit.work.report.roster_checks import problems as check_people

_APPLIES = two_ways(
    "; what you confirmed applies even without --save",
    "; press 'Save the corrected roster', and the forms below follow what you confirmed",
)


@dataclass(frozen=True)
class Left:
    """What is left to do, counted by what is listed."""

    errors: int
    warnings: int
    #: Groups with a repair to confirm, and all of them: like problems are listed as one.
    offers: int
    kinds: int
    #: Values typed, or readings accepted, that the corrected roster does not hold yet.
    unsaved: bool
    #: Whether anything was typed: that counts once it is saved, and readings that were accepted count already.
    typed: bool = False

    @property
    def text(self) -> str:
        """The counter in words."""
        kinds = f"listed as {number_of(self.kinds, 'kind')}" if self.kinds else ""
        offered = f"{self.offers:,} of them with a repair to confirm" if self.offers else ""
        parts = [number_of(self.errors, "error"), number_of(self.warnings, "warning"), kinds, offered]
        return f"Left: {', '.join(filter(None, parts))}{self._state}."

    @property
    def _state(self) -> str:
        if not self.unsaved:
            return ""
        return "; not saved yet" if self.typed else _APPLIES


def open_folder(folder: str | Path) -> Corrections:
    """The corrections of an agency's folder, with what was accepted and typed before."""
    return Corrections(Path(folder))


class Corrections:
    """What stands in the way in a roster, and every act that mends it. The roster that came is never written."""

    def __init__(self, folder: Path) -> None:
        """Find the roster that came, and read it with what was accepted and typed before."""
        self.folder = folder
        self.original = _original(folder)
        described = AgencyFolder(folder).about
        self.agency: Agency | None = described.agency
        self._described = described.problems
        found = readings_fit.beside(self.original)
        if found.problems:
            raise FactError(str(found.problems[0]))
        self._accepted = found.accepted
        #: What was confirmed for another file and does not fit this one, as sentences.
        self.put_aside: tuple[str, ...] = tuple(readings_fit.notes(found))
        self._former = bool(found.aside)
        try:
            written = kept.log(folder)
        except Refusal as refusal:
            raise FactError(str(refusal)) from None
        self._typed = tuple(entry for entry in written if entry.kind == kept.TYPED)
        made = kept.corrected(self.original).name
        self._saved = next((entry.was for entry in written if entry.kind == kept.FILE and entry.column == made), "")
        self._where: tuple[str | None, int, str | None] | None = None
        self._table: Table | None = None
        #: Whether the log has values that were typed for a former roster and are not taken over: it is kept before it is written.
        self._left_over = False
        #: Whether what was typed is now by the rows of a later roster than the one of which the log gives the sum.
        self._moved = False
        self._look()
        if left := self._of_former(written):
            self._left_over = True
            self.put_aside += former_roster.said(left)

    def _of_former(self, written: Sequence[LogEntry]) -> list[LogEntry]:
        """Move what was typed for a former roster to the rows of the same people in this one; hands back the rest."""
        if not former_roster.came_since(self.original, written):
            fits = [
                one for one in self._typed if former_roster.holds(self.grid.cell(one.row, one.column, raw=True), one)
            ]
            if len(fits) == len(self._typed):
                return []
            placed, left = fits, [one for one in self._typed if one not in fits]
        else:
            numbered = former_roster.numbered(self.original, self._typed, self.readings)
            self._typed = ()
            self._look()
            placed, left = self._placed(numbered)
            self._moved = True
        self._typed = tuple(placed)
        self._look()
        return left

    def _look(self) -> None:
        how = Readings(self._accepted, (), {(one.row, one.column): one.to for one in self._typed})
        self.readings = how
        self.roster: Roster = roster_file.read(self.original, how)
        self.grid: Grid = self._cells(how)
        lists = held_to_lists(self.roster, self.folder) if self.roster.people else set()
        people = check_people(self.agency, self.roster) if self.agency else self.roster.problems
        #: What is wrong with the lists beside the roster: their rows are none of its rows.
        self._beside = [
            *(one for one in people if one.file in lists),
            *not_read(self.folder),
        ]
        self.problems: tuple[Problem, ...] = (*self._described, *(one for one in people if one.file not in lists))
        self._stopping = errors(self.problems)
        self.groups: tuple[ProblemGroup, ...] = tuple(
            self._as_grave(self._with_effect(group)) for group in self._grouped()
        )

    def _as_grave(self, group: ProblemGroup) -> ProblemGroup:
        """The group as a warning where nothing in its places stops the report, such as a heading that may be left out."""
        if group.kind not in ("column", "rows", "value") or len(self._stopping) >= MOST_LISTED:
            return group
        places, rows, named = set(group.places), set(group.rows), {*group.texts, *group.columns}
        stops = any(
            (one.row, one.column) in places
            or (one.row in rows and group.kind == "rows")
            or (
                {one.column, shown(one.column or "")} & named
                and group.kind == "column"
                and one.row in (None, self.grid.header_row)
            )
            for one in self._stopping
        )
        return group if stops else replace(group, severity="warning")

    def _with_effect(self, group: ProblemGroup) -> ProblemGroup:
        """The group without the repairs that are done already, so that confirming one always changes something."""
        agreed = {one.what for one in self._accepted}
        offers = tuple(
            offer for offer in group.offers
            if any(one.what not in agreed for one in offer.readings)
            or any(self.grid.cell(row, column) != value for row, column, value in offer.cells)
        )  # fmt: skip
        return group if len(offers) == len(group.offers) else replace(group, offers=offers)

    def _cells(self, how: Readings) -> Grid:
        """The cells as they are read now; the file itself is opened once for each place of its table."""
        where = (how.sheet, how.header_row, how.separator)
        if self._where != where:
            try:
                self._table, self._where = table(self.original, how), where
            except Refusal:
                return grid(self.original, how)
        return grid(self.original, how, self._table)

    def _grouped(self) -> list[ProblemGroup]:
        found = list(layout.groups(self.original, self.readings, self.grid))
        if any(group.kind == "layout" for group in found):
            return [*found, *rules.alike([*self._described, *self._beside])]
        found += headings.groups(self.grid, self.agency, self.roster)
        aside = {row for group in found if group.kind == "rows" for row in group.rows}
        found += [group for group in values.groups(self.grid, self.agency) if not set(group.rows) <= aside]
        return [*found, *self._others(found), *rules.alike(self._beside)]

    def _others(self, found: Sequence[ProblemGroup]) -> list[ProblemGroup]:
        places = {place for group in found for place in group.places}
        aside = {row for group in found if group.kind == "rows" for row in group.rows}
        left = [one for one in self.problems if (one.row or 0) not in aside]
        heads = {text for group in found if group.kind == "column" for text in group.texts}
        left = [one for one in left if one.row != self.grid.header_row or one.column not in heads]
        return list(rules.groups(self.agency, self.roster, self.grid, left, places))

    def filtered(self, *, plan: str = "", person: str = "", kind: str = "") -> list[ProblemGroup]:
        """The groups with a place in that plan, of that person, or of that kind."""
        rows = {one.row for one in self.roster.people
                if (not plan or one.plan == plan) and (not person or one.person_id == person)}  # fmt: skip
        chosen = [group for group in self.groups if not kind or kind in (group.kind, group.severity, *group.columns)]
        if not plan and not person:
            return chosen
        return [group for group in chosen if rows & set(group.rows)]

    @property
    def left(self) -> Left:
        """What is left: the sums of what is listed."""
        grave, others = (
            sum(group.count for group in self.groups if (group.severity == "error") is wanted)
            for wanted in (True, False)
        )
        offers = sum(bool(group.offers) for group in self.groups)
        return Left(grave, others, offers, len(self.groups), self.unsaved, bool(self._typed) or bool(self._saved))

    @property
    def unsaved(self) -> bool:
        """Whether the corrected roster lacks what was done last, or holds what was undone."""
        if not self.grid.taken and not self._saved:
            return False
        try:
            return saving.sum_of(self.original, self.grid, self.readings) != self._saved
        except FactError:
            return True

    @property
    def offers(self) -> dict[str, Offer]:
        """Every repair that may be confirmed, by its id."""
        return {offer.id: offer for group in self.groups for offer in group.offers}

    def accept(self, offer_id: str, *, when: str, who: str = "", why: str = "") -> Offer:
        """Confirm a repair: all its places are mended by one act. Raises FactError where it is not offered."""
        offer = self.offers.get(offer_id)
        if offer is None:
            raise FactError(f"'{shown(offer_id)}' is not offered.{suggestion(offer_id, self.offers)}")
        again = tuple(replace_by(one, who, when, why) for one in offer.readings)
        self._accepted = readings.each_once((*self._accepted, *again))
        self._typed += tuple(
            self._entry(row, column, value, when, who, why or offer.question) for row, column, value in offer.cells
        )
        self._act()
        return offer

    def set(self, row: int, column: str, value: str, *, when: str, why: str, who: str = "") -> list[Problem]:
        """Write one cell's value, and look at it at once: what is still wrong with it, nothing where it is right."""
        if column not in ALL:
            raise FactError(f"'{shown(column)}' is not a column of the roster.{suggestion(column, ALL)}")
        if row not in self.grid.now:
            raise FactError(f"Row {row} of the roster does not hold a person; the people are in rows {self._span()}.")
        if why_not := self.why_not(column):
            raise FactError(why_not)
        if not why.strip():
            raise FactError("Say why the value is changed; the reason is kept in the log.")
        self._typed += (self._entry(row, column, value.strip(), when, who, why),)
        self._act()
        return self.of_cell(row, column)

    def leave_out(self, row: int, *, when: str, why: str, who: str = "") -> None:
        """Leave out a row of this roster alone, though no problem asks whether it counts; of one left out already, keep the new reason."""
        if row not in {*self.grid.now, *self.readings.one_by_one}:
            raise FactError(f"Row {row} of the roster does not hold a person; the people are in rows {self._span()}.")
        if not why.strip():
            raise FactError("Say why the row is left out; the reason is kept with the readings.")
        reading = Reading(kind="row", row=row, counts=False)
        self._accepted = readings.each_once((*self._accepted, replace_by(reading, who, when, why)))
        self._act()

    def why_not(self, column: str) -> str:
        """Why nothing can be written into a column, with what to do first; nothing where it can."""
        if column in self.grid.slots:
            return ""
        if not may_be_added(column):
            return f"The roster has no column {column}, and every row needs it. Confirm what holds it, or add a column with the heading '{column}' to the roster itself."
        width = len(self.grid.slots) - len(self.grid.added)
        beyond = [row for row, cells in self.grid.raw.items() if any(map(str.strip, cells[width:]))]
        if beyond:
            return (
                f"The roster has no column {column}, and it cannot be added at the end, because cells beyond the last heading hold "
                f"something ({numbered(tuple(beyond))}). Add a column with the heading '{column}' to the roster itself."
            )
        return ""

    def will_add(self, column: str) -> bool:
        """Whether a value written into the column adds it at the end of the corrected roster."""
        lacking = column in self.grid.added or column not in self.grid.slots
        return lacking and may_be_added(column) and not self.why_not(column)

    def carry(self, entries: Sequence[tuple[str, LogEntry]]) -> list[LogEntry]:
        """Take over values typed for a former roster, each with the number of its person there, where that person's cell
        holds what it held then; the others are handed back.
        """
        taken, left = self._placed(entries)
        if taken:
            self._typed += tuple(taken)
            self._act()
        return left

    def _placed(self, entries: Sequence[tuple[str, LogEntry]]) -> tuple[list[LogEntry], list[LogEntry]]:
        """Typed values at the rows of their people, and those without a row that holds what it held then."""
        ids = [(row, self._number_of(row)) for row in self.grid.now]
        rows = dict(reversed([(number, row) for row, number in ids if number]))
        twice = Counter(number for _, number in ids)
        taken, left = [], []
        for number, entry in entries:
            row = rows.get(number)
            same = row is not None and twice[number] == 1 and not self.why_not(entry.column)
            if same and row and former_roster.holds(self.grid.cell(row, entry.column, raw=True), entry):
                taken.append(replace(entry, row=row))
            else:
                left.append(entry)
        return taken, left

    def at(self, group: ProblemGroup) -> str:
        """Where a group is, in brackets: its rows, each with the number of its person; empty where its reason says it."""
        said = not group.rows or group.kind == "rows" or names_rows(group.reason)
        return "" if said else f" ({numbered(group.rows, whose=lambda row: told(self._number_of(row)))})"

    def typed(self) -> list[tuple[str, LogEntry]]:
        """Every value typed, with the number of its person as the roster that came has it."""
        last = {(entry.row, entry.column): entry for entry in self._typed}
        return [(self._number_of(row), entry) for (row, _), entry in last.items()]

    def _number_of(self, row: int) -> str:
        return printed.held(self.grid.cell(row, "person_id", raw=True))

    def confirm(self, group_id: str, why: str) -> Path:
        """Confirm with a reason that a group is right as it is: kept in agency.yaml, the former file beside it."""
        group = next((one for one in self.groups if one.id == group_id), None)
        if group is None or not group.confirms:
            raise FactError(f"'{shown(group_id)}' cannot be confirmed with a reason; correct it.")
        made = confirming.confirm(self.folder, group.confirms, why)
        described = AgencyFolder(self.folder).about
        self.agency, self._described = described.agency, described.problems
        self._look()
        return made

    def of_cell(self, row: int, column: str) -> list[Problem]:
        """What is wrong with one cell now."""
        return [one for one in self.problems if one.row == row and one.column == column]

    def likely(self, row: int, column: str) -> list[str]:
        """The values a cell probably means, best first."""
        plans = [plan.id for plan in self.agency.plans] if self.agency else []
        return values.likely(column, self.grid.cell(row, column), self.grid.by_column(row), plans)

    def person(self, row: int) -> Person | None:
        """The person on a row, to be recognized on the screen."""
        return next((one for one in self.roster.people if one.row == row), None)

    def undo(self) -> str:
        """Take the last act back, all its places at once; says what it was. Raises FactError where there is none."""
        newest = max([*(one.when for one in self._typed), *(one.when for one in self._accepted)], default="")
        if not newest:
            raise FactError("There is nothing to undo: you have not confirmed or typed anything.")
        typed = [one for one in self._typed if one.when == newest]
        accepted = [one for one in self._accepted if one.when == newest]
        self._typed = tuple(one for one in self._typed if one.when != newest)
        self._accepted = tuple(one for one in self._accepted if one.when != newest)
        self._act()
        said = [one.says for one in accepted]
        said += (
            [f"{number_of(len(typed), 'cell')} of {', '.join(dict.fromkeys(one.column for one in typed))}"]
            if typed
            else []
        )
        return "; ".join(said)

    def save(self, *, when: str) -> saving.Saved:
        """Write the corrected roster and the log beside the roster that came, and the readings."""
        self._keep_left_over()
        saved = saving.save(self.original, self.grid, self.readings, self._typed, self.roster, when)
        self._saved, self._moved = files.digest(saved.roster) or "", False
        return saved

    def _entry(self, row: int, column: str, value: str, when: str, who: str, why: str) -> LogEntry:
        return LogEntry(kept.TYPED, row, column, str(self.grid.cell(row, column, raw=True)), value, when, who, why)

    def _act(self) -> None:
        """Keep what was done, so that it is there after an interruption, and look again."""
        if self._former:
            keep_beside(self.folder / readings.FILE)
            self._former = False
        self._keep_left_over()
        readings.keep(self.original, self._accepted)
        self._look()
        made = kept.corrected(self.original)
        written = kept.log(self.folder) if (self.folder / kept.LOG).is_file() else []
        state = kept.NOT_YET if self._saved and self.unsaved else kept.SUM
        others = [replace(entry, why=state) if entry.kind == kept.FILE else entry
                  for entry in written if entry.kind != kept.TYPED]  # fmt: skip
        if self._moved:
            others = [former_roster.without_sum(entry, self.original) for entry in others]
        if self._typed or others or made.is_file():
            saving.write_log(self.original, self.grid, [*self._typed, *others], None, "")
        else:
            (self.folder / kept.LOG).unlink(missing_ok=True)

    def _keep_left_over(self) -> None:
        if self._left_over:
            keep_beside(self.folder / kept.LOG)
            self._left_over = False

    def _span(self) -> str:
        rows = list(self.grid.now)
        return f"{rows[0]} to {rows[-1]}" if rows else "none"


def replace_by(reading: readings.Reading, who: str, when: str, why: str) -> readings.Reading:
    """The reading with who accepted it, when and why."""
    return reading.model_copy(update={"who": who, "when": when, "why": why})


def _original(folder: Path) -> Path:
    if not folder.is_dir():
        raise FactError(f"There is no folder '{shown(folder.name)}'. Give the agency's folder, which holds its roster.")
    found = [folder / name for name in not_there.NAMES if (folder / name).is_file()]
    if len(found) > 1:
        raise FactError("The folder holds both roster.csv and roster.xlsx. Keep one of them there.")
    if not found:
        raise FactError(f"The folder holds neither roster.csv nor roster.xlsx. {not_there.fix(folder)}")
    return found[0]
