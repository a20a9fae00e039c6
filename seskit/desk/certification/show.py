"""The walk through a certification, piece by piece: tables and answers for the notebook, none with a person's name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from seskit.desk.report import show as report_show
from seskit.formats.drawing import Chart
from seskit.formats.tables import Folded, Table, text_rows
from seskit.law.certification.criteria import BY_INSPECTOR_GENERAL, CRITERIA, title, unsure_on
from seskit.law.certification.effects import pay_after, unlocks
from seskit.law.result import Result
from seskit.paper.certification import agenda, package, papers
from seskit.paper.certification.pictures import pay_by_level, ratings_by_period
from seskit.record.certification.evidence_index import System
from seskit.record.finding import of_problems
from seskit.record.problem import Problem, noted
from seskit.work.certification import mock_review, self_assessment
from seskit.work.certification.evidence import which_list
from seskit.work.certification.mock_review import Rehearsal

_WORDS = {
    "shown": "shown", "not asked": "not asked", "missing": "MISSING", "stale": "STALE", "does not meet": "DOES NOT MEET",
    "contradictory": "CONTRADICTORY", "cannot tell": "CANNOT TELL",
}  # fmt: skip
_FOR_OPM = (
    "certification_letter",
    "certification_request",
    "system_description",
    "annual_data_report",
    "sample_plan",
    "oversight_letter",
    "certification_data",
)
_NOTHING = "There is no evidence index yet; see the problems above."

_NO_ROSTER = "No ratings are shown, because no roster of a period before the request is named under periods."
_NO_DATES = (
    "There are no dates yet: no certification with its first day is held, and the rehearsal does not come to one."
)
_NO_TESTS = "No test was made; see the rehearsal."
_NO_ITEMS = "Nothing has to be sent for this request."


class SystemWalk:
    """One agency's way through a request; every step shows a plain sentence where there is no evidence index."""

    def __init__(self, agency: str | Path, system: str = "") -> None:
        """Read the evidence index and rehearse the decision on one system, or keep the problems."""
        self.folder = Path(agency)
        self.found: Rehearsal | None = None
        self.problems: tuple[Problem, ...] = ()
        try:
            self.found = mock_review.rehearse(self.folder, system or None)
        except mock_review.NoIndex as failure:
            self.problems = failure.problems

    def systems(self) -> Table:
        """Which systems are put forward, for which group and grade."""
        record = mock_review.read(self.folder).record
        rows = [
            (s.id, s.name, s.organization, s.group, s.requested, s.asked_on, _held_by(system=s))
            for s in (record.systems if record else ())
        ]
        header = ("System", "Name", "Organization", "Group", "Asked for", "On", "Held now")
        return Table("Systems put forward for certification", header, text_rows(rows), _said(self.problems))

    def evidence(self) -> Table:
        """Every point of the checklist, how it stands, and the document that shows it."""
        points = self.found.points if self.found else ()
        rows = [
            (point.label, point.citation, _WORDS[point.state] if point.open or point.state == "shown" else "not needed",
             "; ".join(point.documents) or point.why)
            for point in points
        ]  # fmt: skip
        header = ("Item", "Rule", "Status", "Document and place, or why")
        return Table("Evidence, item by item", header, text_rows(rows), self._empty(_NO_ITEMS), self._list)

    def criteria(self) -> Table:
        """The nine criteria as a status table, in words."""
        rows = []
        if self.found:
            system = self.found.system
            state = {point.role: _WORDS[point.state] for point in self.found.points}
            performer = "Inspector General" if system.inspector_general else "agency head or designee"
            for key in CRITERIA:
                by = performer if key in BY_INSPECTOR_GENERAL else "agency"
                rows.append((title(key, system.decision_on), state.get(f"{key}.design", "not needed"),
                             state.get(f"{key}.application", "not needed"), by))  # fmt: skip
        header = ("Criterion", "Design", "Application", "Performed by")
        return Table("The nine criteria", header, text_rows(rows), _NOTHING, self._list)

    def _empty(self, why: str) -> str:
        """Why a table is empty: without an evidence index because of that, with one for a reason of its own."""
        return why if self.found else _NOTHING

    @property
    def _list(self) -> tuple[str, ...]:
        """That the short list is in use, and why; what is not sure of the criteria."""
        if not self.found:
            return ()
        said = (which_list(self.found.system, self.found.points), unsure_on(self.found.system.decision_on))
        return tuple(one for one in said if one)

    def self_assessment(self) -> Folded:
        """The self-assessment in short: what it comes to, the score of each section, what only a person can say."""
        if not self.found:
            return Folded("Self-assessment", (), _NOTHING)
        found = self_assessment.assess(self.folder, self.found)
        header = ("Section", "Score", "Of", "Points met", "Points")
        rows = [
            (one.title, one.score, one.weight.quantize(one.score), sum(p.standing == "met" for p in one.points), len(one.points))
            for one in found.sections
        ]  # fmt: skip
        left = [(one.asked.words, one.asked.law, one.said) for one in found.open]
        judged = [(one.asked.words, one.asked.person) for one in found.points]
        parts = [
            (found.says, Table("Score by section", header, text_rows(rows)).to_html()),
            (f"Open: {len(left) or 'no'} points", Table("Only a person can say", ("Point", "Authority", "Why"), text_rows(left), "No point is open.").to_html()),
            ("What only people can judge", Table("Left to judge, point by point", ("Point", "Left to judge"), text_rows(judged)).to_html()),
        ]  # fmt: skip
        wrong = [("Wrong in assessment.yaml", report_show.problems(found.problems).to_html())] if found.problems else []
        return Folded("Self-assessment", (*parts, *wrong))

    def assessment_paper(self, out: str | Path) -> tuple[Table, list[Path]]:
        """Write the self-assessment with every point's evidence; the table of the files, and the files."""
        written = package.write_assessment(self.found, out, self.folder) if self.found else []
        rows = [(path.name, "the agency alone") for path in written]
        return Table(
            "The self-assessment with its evidence, as a paper", ("File", "For"), text_rows(rows), _NOTHING
        ), written

    def attention(self) -> Table:
        """What is missing, stale or contradictory: where, why, what to do."""
        listed = self.found.problems if self.found else self.problems
        rows = [("Levels 4 and 5", "first", "", one.says, "") for one in (self.found.ceilings if self.found else ())]
        rows += [(p.where, p.severity, p.column or "", p.reason, p.fix) for p in listed]
        header = ("Where", "Kind", "What", "Why", "What to do")
        notes = tuple(noted(self.found.notes)) if self.found else ()
        empty = "Nothing is missing, stale or contradictory."
        return Table("What needs attention", header, text_rows(rows), empty, notes)

    def figures(self) -> Table:
        """What the rosters show: ratings, pay and awards by level and period."""
        rows = [
            (f"to {period.period.last}", level.level, level.people, f"{level.share}", papers.money(level.basic_pay),
             papers.money(level.adjustment), papers.money(level.award), level.above_level_three)
            for period in (self.found.data if self.found else ()) for level in period.levels
        ]  # fmt: skip
        header = ("Period", "Level", "Rated", "Percent", "Pay", "Adjustment", "Award", "Above level III")
        empty = self._empty(_NO_ROSTER)
        return Table("Computed from the rosters; averages of career members", header, text_rows(rows), empty)

    def indicators(self) -> Folded:
        """The indicators of each period, with their reasons."""
        asked = [(p.period.name, p.indicators) for p in (self.found.data if self.found else ()) if p.indicators]
        return _answers("Indicators of meaningful distinctions", asked, self._empty(_NO_ROSTER))

    def charts(self) -> tuple[Chart, ...]:
        """Ratings by level and period; adjustments and awards by level for each period."""
        if not self.found or not self.found.data:
            return ()
        return (ratings_by_period(self.found.data), *(pay_by_level(period) for period in self.found.data))

    def rehearsal(self) -> Folded:
        """The rehearsed decision, with every reason, figure and caution to open."""
        if not self.found:
            return Folded("Rehearsal", (), _NOTHING)
        result = self.found.result
        return Folded(result.says, (("Reasons, figures and cautions", result.to_html()),))

    def tests(self) -> Table:
        """Every test in the order of the regulation: met, not met or cannot tell, with its citation."""
        reasons = self.found.result.reasons if self.found else ()
        rows = [(r.text, r.outcome, r.source) for r in reasons if r.outcome != "information"]
        return Table(
            "Tests of the rehearsal", ("Test", "Outcome", "Authority"), text_rows(rows), self._empty(_NO_TESTS)
        )

    def changes(self) -> Table:
        """The least that would lead to a better outcome, each list asked again."""
        rows = [(change.to, step) for change in (self.found.changes if self.found else ()) for step in change.steps]
        empty = papers.without_changes(self.found) if self.found else _NOTHING
        return Table("What would change the outcome", ("Better outcome", "Needs, all together"), text_rows(rows), empty)

    def dates(self) -> Table:
        """The calendar, with what happens to pay on the day after."""
        rows = [(row["on"], row["what"], row["of"], row["citation"]) for row in self._entries()]
        empty = self._empty(_NO_DATES)
        return Table("Dates", ("Date", "What", "Of", "Authority"), text_rows(rows), empty)

    def pay(self) -> Folded:
        """What certification opens for pay on the day of the decision, and what becomes of pay without it."""
        if not self.found:
            return Folded("Pay with and without certification", (), _NOTHING)
        system = self.found.system
        day = system.decision_on
        with_it = unlocks(day, group=system.group, certified=True)
        without = unlocks(day, group=system.group, certified=False)
        asked: list[tuple[str, Result]] = [("With certification", with_it), ("Without", without)]
        highest = max((paid.rate for period in self.found.data[-1:] for paid in period.above), default=None)
        if highest:
            lapse = pay_after(day, group=system.group, rate=highest, happens="expired")
            asked.append(("The highest existing rate, if certification lapses", lapse))
        return _answers("Pay with and without certification", asked, _NOTHING)

    def files(self, out: str | Path) -> Table:
        """Write the package; the files, and whom each is for."""
        if self.found:
            written = package.write(self.found, out, agency=self.folder)
        else:
            written = [
                package.write_problems(
                    Path(out), self.problems, of_problems(self.problems, "certification"), final=False
                )
            ]
        rows = [(path.name, "OPM" if path.name.startswith(_FOR_OPM) else "the agency alone") for path in written]
        state = "final" if self.found and self.found.final else "DRAFT, see what needs attention"
        beside = package.drafts(self.found, self.folder) if self.found else []
        notes = (f"Still drafts, each with what it lacks: {', '.join(beside)}.",) if beside else ()
        return Table(f"Files: {state}", ("File", "For"), text_rows(rows), _NOTHING, notes)

    def _entries(self) -> list[dict[str, object]]:
        return agenda.entries(self.found) if self.found else []


def _held_by(system: System) -> str:
    """The certification in force on the day of the request, or when the last one ended."""
    if system.lapsed:
        return f"none ({system.held} until {system.lapsed})"
    return "" if system.held == "none" else system.held


def _answers(heading: str, found: Iterable[tuple[str, Result]], empty: str) -> Folded:
    return Folded(heading, tuple((f"{name}: {result.says}", result.to_html()) for name, result in found), empty)


def _said(problems: Iterable[Problem]) -> str:
    return " ".join(str(problem) for problem in problems) or "No system is listed."
