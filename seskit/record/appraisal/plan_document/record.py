"""What an executive performance plan holds, in YAML and in the workbook alike."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from seskit.law.action_facts import ExecutiveType
from seskit.law.appraisal.plans import Element
from seskit.law.facts import Day, YesNo
from seskit.record.agency import Period
from seskit.record.checked_yaml import Strict

Words = tuple[tuple[str, str], ...]
TO_FILL_IN = "(number)"  # where a blank plan wants the executive
#: The entries that say something about the plan as a whole, with the words people see.
ABOUT: Words = (
    ("executive", "Executive (agency's number)"),
    ("position", "Position"),
    ("organization", "Organization"),
    ("appointment_type", "Appointment type"),
    ("from", "First day of the period"),
    ("to", "Last day of the period"),
    ("plan", "Plan in use"),
    ("consulted_on", "Consultation signed on"),
    ("communicated_on", "Plan communicated on"),
    ("individual_and_organizational", "States individual and organizational expectations"),
    ("agrees_with_planning", "Agrees with strategic planning"),
    ("documents_cover_year", "Planning documents cover the year"),
    ("considers_gpra", "Results under GPRA considered"),
    ("cascades", "Subordinates' plans carry the same goals"),
)
ELEMENT: Words = (("name", "Element"), ("critical", "Critical"), ("weight", "Weight"), ("standard", "Standard"))
REQUIREMENT: Words = (
    ("text", "Requirement"),
    ("perspective", "Perspective"),
    ("measure", "Measure"),
    ("target", "Target"),
    ("due", "Due"),
    ("data_source", "Data source"),
    ("goal", "Strategic goal"),
    ("document", "Planning document"),
    ("page", "Page"),
    ("own", "Executive answers for it"),
)


class ExecutivePlan(Strict):
    """One executive's plan for one appraisal period."""

    executive: str = Field(min_length=1)
    position: str = ""
    organization: str = ""
    appointment_type: ExecutiveType | None = None
    period: Period
    plan: Literal["agency", "basic-2012", "basic-2025"]
    consulted_on: Day | None = None
    communicated_on: Day | None = None
    individual_and_organizational: YesNo | None = None
    agrees_with_planning: YesNo | None = None
    documents_cover_year: YesNo | None = None
    considers_gpra: YesNo | None = None
    cascades: YesNo | None = None
    elements: tuple[Element, ...] = Field(min_length=1)

    @property
    def untouched(self) -> bool:
        """Whether it is a blank as it was given: no executive, and nothing said of the plan or of an element."""
        said = self.model_dump(exclude={"executive", "period", "plan", "elements"})
        of_elements = (one for part in self.elements for one in (part.weight, part.standard, part.requirements))
        return (
            self.executive == TO_FILL_IN
            and not any(one is not None and one != "" for one in said.values())
            and not any(of_elements)
        )
