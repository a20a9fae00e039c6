"""The ceiling on Levels 4 and 5 where it binds: the one answer that audit, packet, rehearsal, worksheet and index show first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from seskit.formats.keyed import with_key
from seskit.law import parameters
from seskit.law.appraisal.distribution import RatingCeiling
from seskit.law.cautions import OTHER_READING
from seskit.law.facts import FactError
from seskit.law.parameters import NoRule
from seskit.law.result import Result
from seskit.record.agency_folder import AgencyFolder, opened
from seskit.record.finding import CEILING, Finding, Severity
from seskit.record.roster import Person
from seskit.work.appraisal import rating_tables

AGENCY, OFFICE = "Agency", "Office of Inspector General"
_FIX = "Bring the ratings within the ceiling before they are final, or name the President's waiver."
ASK = "Ask OPM what holds for this period before the ratings are final."


def doubted(result: Result[RatingCeiling]) -> bool:
    """Whether the ratings pass a ceiling that is recorded for an earlier year only: a doubt, and no bar."""
    later = parameters.recorded("appraisal.ceiling.later_years", result.as_of) is not None
    return result.answer.lawful is False and later


@dataclass(frozen=True)
class Ceiling:
    """What the ceiling says of one group that is counted apart: the agency, or its Inspector General's office."""

    name: str
    result: Result[RatingCeiling]
    alone: bool

    @property
    def over(self) -> bool:
        """Whether more are at Levels 4 and 5 than it allows."""
        return self.result.answer.lawful is False

    @property
    def sentence(self) -> str:
        """The answer in a sentence; it names the group where there are two."""
        return self.result.says if self.alone else f"{self.name}: {self.result.says}"

    @property
    def says(self) -> str:
        """The same with its authority."""
        return f"{self.sentence} ({self.authority})"

    @property
    def authority(self) -> str:
        """What the answer rests on."""
        return self.result.reasons[-1].citation

    @property
    def finding(self) -> Finding:
        """The same as a finding, which stands first: over it a block, within it an indicator.

        Over the ceiling of a year for which none is recorded, it is a doubt and no block.
        """
        lawful = self.result.answer.lawful
        severity: Severity = "indicator" if lawful else "block" if self.over and not doubted(self.result) else "flag"
        to_do = "" if lawful else f"{ASK} {_FIX}" if doubted(self.result) else _FIX
        return Finding(
            "appraisal", CEILING, severity, f"Levels 4 and 5: {self.sentence}", to_do,
            self.authority, about="" if self.name == AGENCY else self.name, day=self.result.as_of,
            confidence=self.result.confidence, other_reading=_other(self.result), section="3. The board",
        )  # fmt: skip


def _other(result: Result) -> str:
    """What the guidance leaves open about the count, where the answer says so."""
    return " ".join(with_key(result.cautions, OTHER_READING)).rstrip(".")


def binding(
    people: Sequence[Person], period_end: date, *, inspector_general: bool = False, waived: bool = False
) -> tuple[Ceiling, ...]:
    """The ceiling of each group it covers on the last day of the period; nothing where it binds nobody.

    Staff of the agency's Inspector General's office are counted apart; `inspector_general` says that all of them are.
    """
    inside = [one for one in people if one.ig_office and not inspector_general]
    outside = [one for one in people if not one.ig_office or inspector_general]
    groups = ((OFFICE if inspector_general else AGENCY, outside, inspector_general), (OFFICE, inside, True))
    staffed = [group for group in groups if any(one.rating is not None for one in group[1])]
    asked = ((name, _asked(staff, period_end, apart, waived)) for name, staff, apart in staffed)
    return tuple(
        Ceiling(name, told, len(staffed) == 1) for name, told in asked if told is not None and told.answer.covered
    )


def _asked(people: Iterable[Person], end: date, apart: bool, waived: bool) -> Result[RatingCeiling] | None:
    try:
        return rating_tables.ceiling(people, end, inspector_general=apart, waived=waived)
    except (NoRule, FactError):
        return None


def of_folder(place: AgencyFolder | str | Path) -> tuple[Ceiling, ...]:
    """The same from an agency's folder: its roster, and what appraisal.yaml or closeout.yaml says of a waiver."""
    folder = opened(place)
    if folder.agency is None:
        return ()
    cycle = folder.cycle.record if folder.cycle else None
    waived = bool(folder.closeout.settings.ceiling_waived) or bool(cycle and cycle.ceiling_waived)
    office = bool(cycle and cycle.inspector_general)
    end = max(plan.period_end for plan in folder.agency.plans)
    return binding(folder.roster.people, end, inspector_general=office, waived=waived)
