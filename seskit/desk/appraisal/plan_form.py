"""The plan as a form: every entry checked as it is made, saved as plan.yaml, and printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

from seskit.desk.opener import places
from seskit.formats.files import beside, whole
from seskit.formats.privacy import has_ssn
from seskit.law.action_facts import Executive
from seskit.law.appraisal.plans import (
    AgreesWithPlanning,
    Both,
    Cascades,
    CommunicatedOn,
    ConsidersGpra,
    ConsultedOn,
    DocumentsCoverYear,
    Element,
    Elements,
    PlanInUse,
    check_plan,
)
from seskit.law.facts import Day, Fact, FactError, PeriodStart
from seskit.law.question import Question
from seskit.law.result import Reason, Result
from seskit.paper.appraisal import printed_plan
from seskit.record.agency import Period
from seskit.record.agency_folder import AgencyFolder
from seskit.record.appraisal.plan_document import blank, files
from seskit.record.appraisal.plan_document.record import TO_FILL_IN, ExecutivePlan
from seskit.work.appraisal.plan_document.check import CheckedPlan, check, refuse_too_early

FILE = files.NAMES[0]
_HEAD = "# One executive's plan, saved from the form; saving again rewrites the file.\n"
_MOST = 5
_SAMPLE = places.sample_stays("write its plan")
NOT_COMPLETE = "The plan passes the checks of the rules and is not complete."


class PlanForm:
    """The plan of an agency's folder, to go on with; without one that can be read, OPM's basic plan of the period."""

    button = "Save the plan and print it"

    def __init__(self, folder: str | Path, out: str | Path) -> None:
        """Read what is there."""
        self.folder, self.out = Path(folder), Path(out)
        self._seen = self._there()
        place = AgencyFolder(self.folder)
        self._plan = place.plan.plan if place.plan else None
        if self._plan is None:
            self._seen = b""
        self._blank = blank.empty(_stated(place))
        around = files.OpenedPlan(self._plan or self._blank, (), "the form")
        self._around = files.beside_roster(around, self.folder, place.about, place.roster)
        self.question: Question[Any] = Question("appraisal.draft_plan", self._answer, check_plan.authority)

    @property
    def facts(self) -> dict[str, Any]:
        """The plan as it was read, entry by entry."""
        plan = self._plan or self._blank
        found = {name: getattr(plan, name) for name in ExecutivePlan.model_fields if name not in ("period", "elements")}
        elements = [element.model_dump(exclude_none=True) for element in plan.elements if element.name != TO_FILL_IN]
        period = {"as_of": plan.period.first, "period_end": plan.period.last}
        return (
            period
            | {name: value for name, value in found.items() if value not in (None, "", TO_FILL_IN)}
            | {"elements": elements}
        )

    def will(self) -> str:
        """What saving does with the files there are."""
        if places.is_sample(self.folder):
            return _SAMPLE
        former = files.find(self.folder)
        said = f"The button writes {FILE} into the folder {self.folder.name} and the printed plan into {self.out}."
        return said + (f" The {former.name} there is kept as {beside(former).name}." if former else "")

    def save(self, facts: Mapping[str, Any]) -> list[str]:
        """Write plan.yaml, keep what was there, and print; what was done. A plan that cannot be checked is not kept."""
        if places.is_sample(self.folder):
            raise FactError(_SAMPLE)
        made = drafted(**facts)
        refuse_too_early(made)
        check(replace(self._around, plan=made, at=_rows(made)))
        done = self._kept(made)
        opened = files.read(self.folder / FILE)
        checked = check(opened)
        try:
            written = printed_plan.write(checked, self.out)
        except (FactError, OSError) as failure:
            reason = failure.strerror if isinstance(failure, OSError) else failure
            return [done, f"It could not be printed into {self.out}: {reason}."]
        names = ", ".join(path.name for path in written)
        return [done, f"Printed into {self.out}: {names}.", *_open_gaps(check(replace(opened, at=_rows(checked.plan))))]

    def _kept(self, plan: ExecutivePlan) -> str:
        """Write the file; what another program wrote there meanwhile is told first, and nothing done."""
        former, content = files.find(self.folder), (_HEAD + files.text(plan)).encode()
        there = self._there()
        if former and there == content:
            return f"{FILE} says so already; it was left as it is."
        if former and there != self._seen:
            self._seen = there
            raise FactError(
                f"The {former.name} in the folder is not the one this form was filled from. Press the button again to "
                f"keep it as {beside(former).name} and save the form as {FILE}; or run the cell again to read it."
            )
        kept = _keep(former) if former else None
        whole(self.folder / FILE, content)
        if former and former.name != FILE:
            former.unlink()
        self._seen = content
        return f"Saved: {FILE}." + (f" The previous {former.name} is kept as {kept.name}." if former and kept else "")

    def _there(self) -> bytes | None:
        former = files.find(self.folder)
        return former.read_bytes() if former else None

    def _answer(
        self,
        executive: Annotated[str, Fact("Executive", "The agency's own number for the executive, never a name.")],
        as_of: PeriodStart,
        *,
        period_end: Annotated[Day, Fact("Last day of the appraisal period")],
        plan: PlanInUse,
        position: Annotated[str | None, Fact("Position")] = None,
        organization: Annotated[str | None, Fact("Organization")] = None,
        appointment_type: Executive = None,
        consulted_on: ConsultedOn = None,
        communicated_on: CommunicatedOn = None,
        individual_and_organizational: Both = None,
        agrees_with_planning: AgreesWithPlanning = None,
        documents_cover_year: DocumentsCoverYear = None,
        considers_gpra: ConsidersGpra = None,
        cascades: Cascades = None,
        elements: Elements,
    ) -> Result:
        """Draft the executive's plan: is it complete?"""
        given = {name: value for name, value in locals().items() if name != "self"}
        made = drafted(**given)
        refuse_too_early(made)
        found = check(replace(self._around, plan=made, at=_rows(made)))
        named = tuple(Reason(f"{gap.where}: {gap.what}", gap.check, decides=True) for gap in found.gaps)
        counts = zip(("results", "customers", "employees"), found.coverage()[-1][1:], strict=True)
        met = NOT_COMPLETE if named and found.contents.answer.passes else found.contents.says
        says = f"{met} Requirements: {', '.join(f'{name} {count}' for name, count in counts)}."
        gaps = f" Gaps: {len(named)}, named first below." if named else ""
        return replace(found.contents, says=says + gaps, reasons=(*named, *found.contents.reasons))


def _stated(place: AgencyFolder) -> Period | None:
    """The appraisal period in agency.yaml, that of its first plan; None where there is none."""
    agency = place.about.agency
    return agency.plans[0].appraisal_period if agency and agency.plans else None


def drafted(*, as_of: Any, period_end: Any, elements: list[Element], **about: Any) -> ExecutivePlan:
    """The plan made of the form's facts; raises FactError where it cannot be one."""
    for where, text in _texts({**about, "elements": elements}):
        if has_ssn(text):
            raise FactError(f"{where}: looks like a Social Security number, which must never be in a plan. Remove it.")
    if period_end < as_of:
        raise FactError(f"period_end: the period ends on {period_end}, before it begins on {as_of}.")
    known = {name: value for name, value in about.items() if value is not None}
    return ExecutivePlan.model_validate({**known, "period": {"from": as_of, "to": period_end}, "elements": elements})


def _texts(facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every text entered, with its place in the form."""
    for name, value in facts.items():
        if isinstance(value, str):
            yield name.replace("_", " ").capitalize(), value
    for number, element in enumerate(facts["elements"], 1):
        yield from _named(element, f"row {number}")
        for position, item in enumerate(element.requirements, 1):
            yield from _named(item, f"row {number}.{position}")


def _named(record: Any, row: str) -> Iterator[tuple[str, str]]:
    for name, value in record:
        if isinstance(value, str):
            yield f"{name.replace('_', ' ').capitalize()}, {row}", value


def _rows(plan: ExecutivePlan) -> dict[files.Place, str]:
    """The rows of the form, as its labels count them."""
    at: dict[files.Place, str] = {}
    for number, element in enumerate(plan.elements):
        at["elements", number] = f"row {number + 1}"
        for position in range(len(element.requirements)):
            at["elements", number, "requirements", position] = f"row {number + 1}.{position + 1}"
    return at


def _open_gaps(checked: CheckedPlan) -> list[str]:
    if checked.complete:
        return ["The plan is complete."]
    said = [f"{gap.where}: {gap.what}" for gap in checked.gaps[:_MOST]]
    more = len(checked.gaps) - len(said)
    rest = [f"The printed plan lists the other {more}."] if more else []
    return [f"It is a draft; still open: {len(checked.gaps)}.", *said, *rest]


def _keep(former: Path) -> Path:
    spare = beside(former)
    whole(spare, former.read_bytes(), like=former)
    return spare
