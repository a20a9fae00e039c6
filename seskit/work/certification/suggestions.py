"""What an agency's own files suggest for each point of the self-assessment, and where it was seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from seskit.formats.counts import first_of, number_of
from seskit.law import parameters
from seskit.law.appraisal.plans import Requirement
from seskit.record.agency_folder import AgencyFolder
from seskit.record.appraisal.plan_document.record import TO_FILL_IN, ExecutivePlan
from seskit.record.appraisal.year_record.files import Files
from seskit.record.roster.columns import took_place
from seskit.work.appraisal.year_record.audit import Audit, audit
from seskit.work.certification.evidence import off_list
from seskit.work.certification.mock_review import Rehearsal

#: What no file can say.
PERSON = "a person must say"
_HIGHEST = 5
#: So many places are named.
_NAMED = 6
#: The checks of the appraisal year behind a point; each executive must meet them all.
_STEPS = {
    "period.official": ("T5",), "feedback.consulted": ("T3",), "feedback.reviewed": ("T4",),
    "feedback.told": ("T8", "T10"),
}  # fmt: skip
_NO_PLANS = "No plan is in the folder (plan.yaml, plan.xlsx or plans/)."
_NO_YEAR = "appraisal.yaml and steps.csv are not in the folder."


@dataclass(frozen=True)
class Suggestion:
    """Met, partly, not met, or for a person to say; and where it was seen, or why it cannot be determined."""

    standing: str
    seen: tuple[str, ...]


def of_share(met: int, of: int, seen: Sequence[str]) -> Suggestion:
    """What a share of those asked about suggests: all, some or none."""
    standing = PERSON if not of else "met" if met == of else "partly" if met else "not met"
    return Suggestion(standing, tuple(seen))


@dataclass(frozen=True)
class RehearsedFolder:
    """An agency's folder beside the rehearsal of one of its systems."""

    folder: Path
    found: Rehearsal

    @cached_property
    def plans(self) -> list[ExecutivePlan]:
        """Every plan that can be read."""
        opened = [one.plan for one in AgencyFolder(self.folder).written_plans]
        made = [plan for plan in opened if plan is not None and plan.executive != TO_FILL_IN]
        return list({plan.executive: plan for plan in made}.values())

    @cached_property
    def year(self) -> Files:
        """The appraisal year."""
        return AgencyFolder(self.folder).year

    @cached_property
    def audit(self) -> Audit | None:
        """The answers about the steps of the year; None where they are not in the folder."""
        return audit(self.year) if self.year.usable else None

    def suggest(self, key: str, source: str) -> Suggestion:
        """What the files suggest for a point."""
        kind, _, rest = source.partition(" ")
        own: dict[str, Callable[[], Suggestion]] = {
            "plans": lambda: self._from_plans(key), "steps": lambda: self._from_steps(key), "rosters": self._covered,
            "modal": self._modal, "outcomes": self._acted, "leaders": lambda: self._leaders(rest), "boards": self._boards,
            "person": lambda: Suggestion(PERSON, ("No file of the agency says so.",)),
        }  # fmt: skip
        roles = {"evidence": "ratings", "levels_document": "levels"}
        return own[kind]() if kind in own else self._from_evidence(roles.get(source, source))

    def _from_evidence(self, role: str) -> Suggestion:
        found = self.found
        listed = next((one for one in found.points if one.role == role), None)
        point = listed or (off_list(role, found.system, found.data) if "." in role else None)
        if point is None or (listed is None and point.state == "missing"):
            return Suggestion(PERSON, ("The evidence index is not asked about it.",))
        if point.state == "cannot tell":
            return Suggestion(PERSON, (point.why,))
        if point.state == "shown":
            return Suggestion("met", point.documents)
        return Suggestion("not met", (f"certification.yaml: {point.why}",))

    def _covered(self) -> Suggestion:
        if not self.found.data:
            return Suggestion(PERSON, ("No roster is named under periods.",))
        period = self.found.data[-1]
        without = [one.person_id or "?" for one in period.people if not one.plan]
        covered = self.found.system.covered
        said = f"{period.period.roster}: {number_of(len(period.people), 'person', 'people')}, {len(without)} without a plan"
        if covered is not None and covered != len(period.people):
            return Suggestion("not met", (f"{said}; certification.yaml says {covered} are covered",))
        return of_share(len(period.people) - len(without), len(period.people), (said,))

    def _modal(self) -> Suggestion:
        modal = self.found.data[-1].modal_level if self.found.data else None
        if modal is None:
            return Suggestion(PERSON, ("The rosters hold no ratings.",))
        seen = f"{self.found.data[-1].period.roster}: the most frequent rating is level {modal}"
        return Suggestion("not met" if modal == _HIGHEST else "met", (seen,))

    def _from_plans(self, key: str) -> Suggestion:
        if not self.plans:
            return Suggestion(PERSON, (_NO_PLANS,))
        if key.startswith("perspectives."):
            return self._perspective(key.partition(".")[2])
        good: list[str] = []
        bad: list[str] = []
        count = missing = 0
        for plan in self.plans:
            lacking = [where for where, item in _requirements(plan) if _asks(key, item) and not _keeps(key, item, plan)]
            count += sum(1 for _, item in _requirements(plan) if _asks(key, item))
            missing += len(lacking)
            (bad if lacking else good).append(f"{plan.executive} ({'; '.join(lacking)})" if lacking else plan.executive)
        seen = [f"{count - missing} of {count} requirements in {number_of(len(self.plans), 'plan')}"]
        seen += [f"seen in {first_of(good, _NAMED)}"] if good else []
        seen += [f"lacking in {first_of(bad, _NAMED)}"] if bad else []
        return of_share(count - missing, count, seen)

    def _perspective(self, wanted: str) -> Suggestion:
        seen: list[str] = []
        without: list[str] = []
        for plan in self.plans:
            where = [at for at, item in _requirements(plan) if item.perspective == wanted]
            if where:
                seen.append(f"{plan.executive} ({where[0]})")
            else:
                without.append(plan.executive)
        said = [f"{len(seen)} of {number_of(len(self.plans), 'plan')}"]
        said += [f"seen in {first_of(seen, _NAMED)}"] if seen else []
        said += [f"lacking in {first_of(without, _NAMED)}"] if without else []
        return of_share(len(seen), len(self.plans), said)

    def _from_steps(self, key: str) -> Suggestion:
        if self.audit is None:
            return Suggestion(PERSON, (_NO_YEAR,))
        checks = _STEPS[key]
        asked = [
            (one.person.person_id or "?", [reason.outcome for reason in one.result.reasons if reason.key in checks])
            for one in self.audit.executives
        ]
        failed = [who for who, outcomes in asked if "not met" in outcomes]
        untold = [who for who, outcomes in asked if "not met" not in outcomes and "cannot tell" in outcomes]
        met = len([1 for _, outcomes in asked if outcomes]) - len(failed) - len(untold)
        seen = [
            f"steps.csv: {number_of(met, 'executive')} met {' and '.join(checks)}, {len(failed)} did not, {len(untold)} cannot be determined"
        ]
        seen += [f"not met by {first_of(failed, _NAMED)}"] if failed else []
        return of_share(met, met + len(failed) + len(untold), seen)

    def _acted(self) -> Suggestion:
        if not self.found.data:
            return Suggestion(PERSON, ("The rosters hold no ratings.",))
        period = self.found.data[-1]
        lowest = int(parameters.figure("appraisal.regime.lowest_fully_successful", period.period.last).value)
        weak = [one for one in period.people if one.rating is not None and one.rating < lowest]
        if not weak:
            return Suggestion("met", (f"{period.period.roster}: nobody is rated below fully successful",))
        none = [one.person_id or "?" for one in weak if not (one.action and took_place(one.action))]
        seen = [f"{period.period.roster}: {len(weak) - len(none)} of {len(weak)} have an action on record"]
        return of_share(
            len(weak) - len(none), len(weak), [*seen, *([f"none for {first_of(none, _NAMED)}"] if none else [])]
        )

    def _leaders(self, key: str) -> Suggestion:
        cycle = self.year.cycle
        if cycle is None:
            return Suggestion(PERSON, (_NO_YEAR,))
        if key in cycle.leaders.met:
            return Suggestion("met", (f"appraisal.yaml, leaders: {key}",))
        if key in cycle.leaders.not_met:
            return Suggestion("not met", (f"appraisal.yaml, leaders: {key} is not met",))
        return Suggestion(PERSON, (f"appraisal.yaml says nothing about {key}.",))

    def _boards(self) -> Suggestion:
        if self.audit is None:
            return Suggestion(PERSON, (_NO_YEAR,))
        wrong = {one.board for one in self.audit.board_findings()}
        names = [board.name for board, _ in self.audit.boards]
        seen = [
            f"appraisal.yaml: {len(names) - len(wrong)} of {number_of(len(names), 'board keeps', 'boards keep')} every rule"
        ]
        return of_share(
            len(names) - len(wrong),
            len(names),
            [*seen, *([f"look at {first_of(sorted(wrong), _NAMED)}"] if wrong else [])],
        )


def _requirements(plan: ExecutivePlan) -> list[tuple[str, Requirement]]:
    """Every requirement with its place in the plan."""
    return [
        (f"{element.name}, requirement {number}", item)
        for element in plan.elements
        for number, item in enumerate(element.requirements, 1)
    ]


def _asks(key: str, item: Requirement) -> bool:
    """Whether a point looks at a requirement; results are asked of those for results alone."""
    return key != "results.plans" or item.perspective in ("results", "", None)


def _keeps(key: str, item: Requirement, plan: ExecutivePlan) -> bool:
    """Whether a requirement shows what the point asks."""
    wanted = {
        "alignment.plans": ("goal", "document") if plan.plan == "basic-2025" else ("goal", "document", "page"),
        "results.plans": ("measure", "target", "due"),
        "measures.source": ("data_source",),
        "measures.own": ("own",),
    }[key]
    return all(getattr(item, name) not in (None, "", False) for name in wanted)
