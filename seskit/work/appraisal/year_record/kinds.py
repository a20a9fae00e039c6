"""Findings of an appraisal year that are alike: one line for each kind with its people, the worst kind first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from seskit.formats.counts import number_of
from seskit.record.alike import shape
from seskit.work.appraisal.year_record.audit import Shortfall

#: So many numbers of executives are written in a line; the workbook of the packet has a row for each.
MOST_NAMED = 40


@dataclass(frozen=True)
class FindingKind:
    """What is not met, or cannot be determined, alike for these executives."""

    alike: tuple[Shortfall, ...]

    @property
    def first(self) -> Shortfall:
        """The first of them: its check, its outcome and what is asked are those of all."""
        return self.alike[0]

    @property
    def people(self) -> str:
        """Whose it is: the executives' numbers, after how many they are where they are several."""
        whose = [one.person_id for one in self.alike]
        if len(whose) == 1:
            return whose[0]
        more = f" and {len(whose) - MOST_NAMED:,} more, in the packet's workbook" if len(whose) > MOST_NAMED else ""
        return f"{number_of(len(whose), 'executive')}: {', '.join(whose[:MOST_NAMED])}{more}"

    @property
    def found(self) -> str:
        """What was found: said of all, or of the first where days and numbers differ."""
        said = dict.fromkeys(one.found for one in self.alike)
        return next(iter(said)) if len(said) == 1 else f"For {self.first.person_id}: {self.first.found}"


def kinds(found: Iterable[Shortfall]) -> list[FindingKind]:
    """The findings, alike together, in the order in which each kind is first met: none is left out."""
    held: dict[tuple[str, str, str], list[Shortfall]] = {}
    for one in found:
        held.setdefault((one.check, one.outcome, shape(one.found)), []).append(one)
    return [FindingKind(tuple(alike)) for alike in held.values()]
