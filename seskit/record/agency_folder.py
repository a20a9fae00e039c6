"""An agency's folder, opened once: each part is read when it is first asked for, and no file is read twice."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from seskit.record import agency as agencies
from seskit.record import checked_yaml
from seskit.record import roster as rosters
from seskit.record.agency import FILE, Agency, AgencyFile
from seskit.record.problem import errors

if TYPE_CHECKING:
    from seskit.record.appraisal.plan_document import ExecutivePlan, OpenedPlan
    from seskit.record.appraisal.year_record import CycleFile
    from seskit.record.appraisal.year_record import Files as Year
    from seskit.record.certification.evidence_index import Index
    from seskit.record.checked_yaml import Read
    from seskit.record.closeout.files import CloseoutFiles
    from seskit.record.pay_setting.pay_history import PayHistory
    from seskit.record.pay_setting.worksheet import OpenedPay, Terms
    from seskit.record.roster import Roster
    from seskit.record.roster.history import History
    from seskit.record.staffing.records import VacancyFolder
    from seskit.record.staffing.tracker import Tracker


@dataclass(frozen=True)
class AgencyFolder:
    """One agency's folder. Each part is a record or its problems; None where the folder has no such file."""

    path: Path

    @cached_property
    def about(self) -> AgencyFile:
        """What `agency.yaml` says."""
        return agencies.read(self.path)

    @property
    def agency(self) -> Agency | None:
        """The agency; None where `agency.yaml` cannot be used."""
        return self.about.agency

    @property
    def unusable(self) -> tuple[str, ...]:
        """Which of the two files that other papers rest on cannot be used; a roster with nobody in it, unless that is stated."""
        stated = self.agency is not None and self.agency.confirmed.no_executives
        nobody = self.without_roster or not (self.roster.people or stated)
        return (*((FILE,) if self.agency is None else ()), *(("the roster",) if nobody else ()))

    @property
    def name(self) -> str:
        """What the agency is called; the folder's name where `agency.yaml` cannot be used."""
        return self.agency.name if self.agency else self.path.name

    @cached_property
    def roster(self) -> Roster:
        """Its executives, with the earlier ratings that are beside the roster."""
        return rosters.read(self.path)

    @property
    def without_roster(self) -> bool:
        """Whether there is no roster, or none that can be read at all."""
        return not self.roster.people and any(problem.row is None for problem in errors(self.roster.problems))

    @property
    def history(self) -> History | None:
        """Ratings of earlier years."""
        return self.roster.history

    @cached_property
    def pay(self) -> OpenedPay | None:
        """The pay worksheet."""
        from seskit.record.pay_setting import worksheet

        if not worksheet.is_there(self.path):
            return None
        return worksheet.read(self.path, self.about, self.roster, self.pay_terms, self.evidence)

    @cached_property
    def pay_terms(self) -> Read[Terms] | None:
        """What holds for the whole pay worksheet, by `pay.yaml` alone."""
        from seskit.record.pay_setting.worksheet.reading import TERMS, read_terms

        return read_terms(self.path) if (self.path / TERMS).is_file() else None

    @cached_property
    def pay_history(self) -> PayHistory:
        """Pay actions of earlier years; none where the pay worksheet cannot be used."""
        from seskit.record.pay_setting import pay_history

        sheet = self.pay.worksheet if self.pay else None
        return pay_history.read(self.path, sheet) if sheet else pay_history.PayHistory({})

    @cached_property
    def plan(self) -> OpenedPlan | None:
        """The performance plan that lies in the folder itself."""
        from seskit.record.appraisal import plan_document

        if plan_document.find(self.path) is None:
            return None
        return plan_document.read(self.path, self.about, self.roster, self.year.steps)

    @cached_property
    def plans(self) -> dict[Path, Read[ExecutivePlan]]:
        """The performance plans in the folder `plans`, each by its file."""
        from seskit.record.appraisal.plan_document import ExecutivePlan, plans

        place = f"the folder {plans.FOLDER}"
        return {
            file: checked_yaml.read(file, ExecutivePlan, place=place, example="executive and elements")
            for file in plans.listed(self.path)
        }

    @cached_property
    def written_plans(self) -> tuple[OpenedPlan, ...]:
        """Every performance plan as it can be read by itself: those in the folder `plans`, then the folder's own."""
        from seskit.record.appraisal import plan_document
        from seskit.record.appraisal.plan_document import plans

        own = plan_document.find(self.path)
        return tuple(plan_document.read(file) for file in (*plans.listed(self.path), *((own,) if own else ())))

    @cached_property
    def held_plans(self) -> tuple[OpenedPlan, ...]:
        """Every performance plan of the agency, the folder's own first, each held against the roster."""
        from seskit.record.appraisal.plan_document import files, plans

        found = [self.plan] if self.plan else []
        for file in plans.listed(self.path):
            read = files.read_alone(file)
            if read.plan is not None:
                read = files.beside_roster(read, self.path, self.about, self.roster, self.year.steps)
            found.append(read)
        return tuple(found)

    @cached_property
    def year(self) -> Year:
        """How the appraisal year was run, with everyone's steps; it says what is missing."""
        from seskit.record.appraisal import year_record

        return year_record.open_folder(self.path, self.about, self.roster, self._tracked, self.cycle)

    @cached_property
    def cycle(self) -> Read[CycleFile] | None:
        """How the appraisal year was run, by `appraisal.yaml` alone."""
        from seskit.record.appraisal.year_record.files import CYCLE, read_cycle

        return read_cycle(self.path) if (self.path / CYCLE).is_file() else None

    @cached_property
    def closeout(self) -> CloseoutFiles:
        """The days and weights of the closeout, and element levels; each at its usual where there is no file."""
        from seskit.record.closeout import files

        return files.read(self.path, self.cycle.record if self.cycle else None)

    @cached_property
    def vacancies(self) -> VacancyFolder:
        """The vacancies; its problem says where there is no file."""
        from seskit.record.staffing import records

        return records.open_folder(self.path, self.agency.closed_days if self.agency else ())

    @cached_property
    def probation(self) -> Tracker:
        """Career appointees in probation, as `probation.csv` has them, held against the roster."""
        from seskit.record.staffing import tracker

        return tracker.beside(self._tracked, self.roster)

    @cached_property
    def _tracked(self) -> Tracker:
        from seskit.record.staffing import tracker

        return tracker.read(self.path)

    @cached_property
    def evidence(self) -> Read[Index] | None:
        """The evidence index of a request for certification."""
        from seskit.record.certification import evidence_index

        return evidence_index.read(self.path) if (self.path / evidence_index.FILE).is_file() else None


def opened(place: AgencyFolder | str | Path) -> AgencyFolder:
    """The folder of that place; one that is open already stays as it is."""
    return place if isinstance(place, AgencyFolder) else AgencyFolder(Path(place))
