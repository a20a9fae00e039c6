"""What was read of an agency's folder, at once: people, plans, problems, and what was not used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from seskit.desk.opener.holds import ROSTERS
from seskit.formats.counts import number_of
from seskit.formats.keyed import with_key
from seskit.formats.markup import Markup, element, listed, paragraph, together
from seskit.formats.tables import Table, text_rows
from seskit.record.agency import FILE
from seskit.record.problem import Problem, errors
from seskit.record.roster import kept
from seskit.record.roster.notes import NOT_USED
from seskit.record.roster.refusal import Refusal
from seskit.work import report
from seskit.work.corrections import layout

_MOST = 12
_PENDING = " Awards are not decided yet, so the report stays a draft."
MORE = "There are more problems than before because cells that could not be read until now are checked."


@dataclass(frozen=True)
class Overview:
    """An agency's folder in short."""

    place: Path
    name: str
    people: int
    by_plan: tuple[tuple[str, str, int], ...]
    problems: tuple[Problem, ...]
    unused: tuple[str, ...]
    roster: str
    #: Where the header was found, if not where it is read.
    header: str = ""
    fiscal_year: int | None = None
    #: Whether the awards of a plan are not decided: its form is a draft, whatever the roster holds.
    pending: bool = False

    @property
    def in_plans(self) -> int:
        """How many people are in one of the agency's plans."""
        return sum(count for plan, _, count in self.by_plan if plan)

    @property
    def says(self) -> str:
        """Whose files they are and how they stand, in a sentence or two."""
        if not self.roster:
            return f"{self.name}: there is no roster yet. Bring it below."
        stop = len(errors(self.problems))
        look = len(self.problems) - stop
        state = f"{number_of(stop, 'problem')} to correct" if stop else "nothing to correct"
        more = f", {number_of(look, 'warning')} to look at" if look else ""
        plans = number_of(sum(bool(plan) for plan, *_ in self.by_plan), "plan")
        of = f", fiscal year {self.fiscal_year}" if self.fiscal_year else ""
        return f"{self.name}{of}: {number_of(self.people, 'person', 'people')} read from {self.roster}, {plans}; {state}{more}.{_PENDING if self.pending else ''}{f' {self.header}' if self.header else ''}"

    def to_html(self) -> Markup:
        """People by plan, the problems that are alike together, and what was not used."""
        plans = Table("People by plan", ("Plan", "Name", "People"), text_rows(self.by_plan))
        rows = list(_alike(self.problems))
        more = len(rows) - _MOST
        title = "Problems, those alike together" + (f" (the first {_MOST} of {len(rows)})" if more > 0 else "")
        found = Table(title, ("Kind", "Where", "Why", "What to do"), text_rows(rows[:_MOST]), "No problems were found.")
        unused = together(paragraph(element("strong", "Not used")), listed(self.unused)) if self.unused else None
        said = found.to_html() if self.roster or self.problems else None
        return together(plans.to_html() if self.roster else None, said, unused)

    def _repr_html_(self) -> Markup:
        return self.to_html()

    def __repr__(self) -> str:
        """The sentence."""
        return self.says


def why_more(former: Overview | None, now: Overview) -> str:
    """Why there is more to correct than a moment ago, where a column has been found that was missing."""
    if former is None or former.place != now.place or len(errors(now.problems)) <= len(errors(former.problems)):
        return ""
    return MORE if _without(former) - _without(now) else ""


def _without(seen: Overview) -> set[str | None]:
    """The columns that no heading names."""
    return {one.column for one in seen.problems if one.key == "no column"}


def look(folder: Path) -> Overview:
    """Read an agency's folder in short."""
    opened = report.open_folder(folder)
    return of(folder, opened)


def of(folder: Path, opened: report.ReportFolder) -> Overview:
    """The same of a folder that was read already."""
    roster = _file(folder)
    agency = opened.agency
    counts = Counter(person.plan for person in opened.roster.people)
    plans = tuple((plan.id, plan.name, counts[plan.id]) for plan in agency.plans) if agency else ()
    if astray := len(opened.roster.people) - sum(count for *_, count in plans):
        plans = (*plans, ("", f"Rows in no plan of {FILE}", astray))
    found = opened.problems if roster else tuple(one for one in opened.problems if one.file == FILE)
    unused = with_key(opened.notes, NOT_USED)
    name = agency.name if agency else folder.name
    header = ""
    if roster and (not opened.roster.people or any(one.key == "no column" for one in found)):
        header = layout.found(folder)
    if header:
        found = tuple(replace(one, fix=header) if one.file == "roster" and one.row is None else one for one in found)
    year = agency.fiscal_year if agency else None
    pending = any(plan.awards.status == "pending" for plan in agency.plans) if agency else False
    return Overview(folder, name, len(opened.roster.people), plans, found, unused, roster, header, year, pending)


def _file(folder: Path) -> str:
    """The file the people were read from: the corrected one, where it is made of the roster that came."""
    came = next((name for name in ROSTERS if (folder / name).is_file()), "")
    if not came:
        return ""
    try:
        return kept.chosen(folder / came, []).name
    except Refusal:
        return came


def _alike(problems: Iterable[Problem]) -> Iterator[tuple[str, str, str, str]]:
    """One line for problems that differ only in their row."""
    groups: dict[tuple[str, str, str, str, str], list[Problem]] = {}
    for one in problems:
        groups.setdefault((one.severity, one.file, one.column or "", one.reason, one.fix), []).append(one)
    for (kind, file, column, reason, fix), found in groups.items():
        where = found[0].where if len(found) == 1 else f"{file}, {column or 'rows'}: {number_of(len(found), 'row')}"
        yield ("to correct" if kind == "error" else "to look at", where, reason, fix)
