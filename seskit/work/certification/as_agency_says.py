"""Whether `agency.yaml` and the evidence index agree on the certification that the highest rate of the report rests on."""

from __future__ import annotations

from seskit.record.agency import FILE as AGENCY_FILE
from seskit.record.agency import Agency
from seskit.record.certification.evidence_index import FILE, System
from seskit.record.problem import Problem


def disagreement(agency: Agency | None, system: System) -> list[Problem]:
    """That one of the two says certified and the other does not, on the last day of the appraisal period; none where
    one of them does not say.
    """
    if agency is None or agency.certified is None or system.group != "SES" or system.inspector_general:
        return []
    day = max(plan.period_end for plan in agency.plans)
    stands = system.in_force(day)
    if stands is None or stands == agency.certified:
        return []
    said = "true" if agency.certified else "false"
    why = f"{FILE} has {'a' if stands else 'no'} certification in force on {day}, the last day of the appraisal period"
    fix = (
        f"Correct the one that is wrong: the report uses it to check rates. In {FILE} it goes under held, with its "
        "first and last day, even if it has ended."
    )
    return [Problem(None, "certified", said, why, fix, "warning", AGENCY_FILE)]
