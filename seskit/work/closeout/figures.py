"""Everything a closeout says: ceiling, scores, distinctions, pool, deferrals, what must change, the states side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from seskit.formats import results
from seskit.law.facts import FactError, dollars
from seskit.record.problem import Problem
from seskit.record.roster import Person
from seskit.work import hand_over
from seskit.work.appraisal.year_record.audit import Audit, audit
from seskit.work.closeout import asked, ceiling, money, scores, states, ways
from seskit.work.closeout.ceiling import CountedGroup
from seskit.work.closeout.opening import OpenedCloseout, checked
from seskit.work.closeout.scores import ExecutiveScore
from seskit.work.closeout.states import Deferral, State, StateLine
from seskit.work.closeout.ways import LawfulWay, Must
from seskit.work.pay_setting.worksheet import CheckedWorksheet, Worksheet

FORMATS = ("docx", "pdf", "html")
#: What is signed is made as these.
PAPER_FORMATS = ("pdf", "html")


@dataclass(frozen=True)
class Closeout:
    """The closeout of one agency: figures as proposed, what must change, and the proposals as the law would have them."""

    opened: OpenedCloseout
    sheet: Worksheet
    found: CheckedWorksheet

    @cached_property
    def groups(self) -> list[CountedGroup]:
        """The ceiling on levels 4 and 5 for each group that is counted apart."""
        end = max(plan.period_end for plan in self.sheet.agency.plans)
        return ceiling.groups(self.opened.people, end, waived=bool(self.opened.files.settings.ceiling_waived))

    @cached_property
    def _scored(self) -> tuple[list[ExecutiveScore], list[Problem]]:
        starts = {plan.id: plan.appraisal_period.first for plan in self.sheet.agency.plans}
        return scores.scores(self.opened.files, self.people, starts)

    @property
    def scores(self) -> list[ExecutiveScore]:
        """The derived score of everyone whose element levels are given."""
        return self._scored[0]

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the files."""
        return [*self.opened.problems, *self._scored[1]]

    @cached_property
    def people(self) -> Mapping[str, Person]:
        """The people of the roster by number."""
        return {person.person_id: person for person in self.opened.people if person.person_id}

    @cached_property
    def blocks(self) -> list[Must]:
        """What the law does not allow about single executives."""
        return ways.blocks(self.found)

    @cached_property
    def lawful(self) -> CheckedWorksheet:
        """The worksheet once every single proposal is lawful, the cheapest way each."""
        return ways.corrected(self.found, self.blocks)

    @cached_property
    def flags(self) -> list[Must]:
        """What still needs a written reason about single executives, once every single proposal is lawful."""
        return ways.flags(self.lawful)

    @cached_property
    def together(self) -> list[Must]:
        """What must change together, once every single proposal is lawful; where the worksheet counts otherwise, why."""
        return [money.beside_worksheet(must, self.found) for must in money.together(self.lawful)]

    @cached_property
    def at_once(self) -> list[tuple[money.Kind, list[LawfulWay]]]:
        """The ways that settle everything about awards, or about increases, together; where there is more than one thing."""
        return money.at_once(self.lawful)

    @property
    def musts(self) -> list[Must]:
        """Everything that must change or be explained: the law first."""
        listed = [*ceiling.musts(self.groups), *self.together, *self.blocks, *self.flags]
        return sorted(listed, key=lambda must: not must.by_law)

    @cached_property
    def deferrals(self) -> list[Deferral]:
        """Awards that pass the aggregate limit, under the agency's own status."""
        return states.deferrals(self.found, lambda _: self.sheet.certified)

    @cached_property
    def states(self) -> list[State]:
        """The states of certification that are compared."""
        return states.states(self.opened.files.settings, self.sheet.terms.awards_paid_on, self.sheet.terms.effective)

    @cached_property
    def side_by_side(self) -> list[StateLine]:
        """The same measures under each state."""
        return states.side_by_side(self.found, self.states)

    @cached_property
    def deferred_each(self) -> list[tuple[str, tuple[Decimal, ...]]]:
        """Each executive whose award waits in part for January under some state of certification."""
        return states.deferred_each(self.found, self.states) if self.side_by_side else []

    @cached_property
    def to_approve(self) -> frozenset[int]:
        """The rows whose rate only lacks the top approving official's approval, which the decision paper obtains."""
        return asked.rows(self.found)

    @cached_property
    def as_asked(self) -> Closeout:
        """The closeout as it is once the official approves what the decision paper asks."""
        if not self.to_approve:
            return self
        sheet = asked.approved(self.sheet, self.to_approve)
        return Closeout(self.opened, sheet, checked(sheet))

    @cached_property
    def year(self) -> Audit | None:
        """The record of the appraisal year, checked; None where the folder has none that can be."""
        files = self.opened.folder.year if self.opened.folder else None
        return audit(files) if files and files.usable else None

    def write(self, out: str | Path, formats: Iterable[str] = FORMATS, *, names: bool = False) -> list[Path]:
        """Write the closeout and the decision paper; with `names` a copy of the paper that holds names, and says so."""
        with results.kept(out, "closeout"):
            written = hand_over.write("closeout", self, out, formats)
            return [*written, *hand_over.write("closeout", Named(self), out, formats)] if names else written

    def write_paper(self, out: str | Path, formats: Iterable[str] = PAPER_FORMATS) -> list[Path]:
        """Write the decision paper alone, without names."""
        return hand_over.write("closeout", ToSign(self), out, formats)

    def write_named_paper(self, out: str | Path) -> list[Path]:
        """Write the copy of the decision paper that holds names, alone."""
        with results.kept(out, "decision paper with names"):
            return hand_over.write("closeout", Named(self), out, PAPER_FORMATS)


@dataclass(frozen=True)
class ToSign:
    """A closeout of which the decision paper alone is written."""

    closeout: Closeout


@dataclass(frozen=True)
class Named:
    """A closeout whose decision paper is written with names."""

    closeout: Closeout


def closeout(opened: OpenedCloseout) -> Closeout:
    """The closeout of what a folder holds; refuses a folder without anything to close out."""
    if opened.sheet is None:
        raise FactError("Nothing can be closed out yet: correct the problems in the files first.")
    return Closeout(opened, opened.sheet, checked(opened.sheet))


@dataclass(frozen=True)
class Spent:
    """One limit on spending: everything proposed, what of it is allowed, and the limit where there is one."""

    what: str
    proposed: Decimal
    allowed: Decimal
    limit: Decimal | None

    @property
    def left(self) -> str:
        """What everything proposed leaves of the limit, or by how much it passes it."""
        if self.limit is None:
            return ""
        over = self.proposed - self.limit
        return f"over by {dollars(over)}" if over > 0 else dollars(-over)


def spending(found: CheckedWorksheet) -> list[Spent]:
    """Every limit on spending, with what is proposed and what of it is allowed."""
    names = {
        "pool": "Awards, of the pool",
        "guidance": "Awards, of the limit in guidance",
        "award budget": "Awards, of the budget",
    }
    made = [
        Spent(names[check], found.awards_proposed, found.awards_total, limit)
        for check, limit in money.limits_of(found, "award").items()
    ]
    budget = found.worksheet.terms.adjustment_budget
    rises = Spent("Increases a year, of the budget", found.increases_proposed, found.adjustments_total, budget)
    return [*made, rises]


def amount_said(proposed: Decimal, allowed: Decimal) -> str:
    """An amount as proposed; where the law is against a part of it, what is allowed, too."""
    return (
        dollars(proposed)
        if proposed == allowed
        else f"{dollars(proposed)} as proposed, {dollars(allowed)} of it allowed"
    )
