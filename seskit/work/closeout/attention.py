"""What must change before the board sits, as findings; what the pay worksheet says, too, bears the key it has there."""

from __future__ import annotations

from seskit.record.finding import CEILING, Finding, of_problems
from seskit.work.appraisal import ceiling
from seskit.work.closeout.figures import Closeout
from seskit.work.closeout.ways import Must

_SECTION = "3. What stands in the way"


def of_closeout(found: Closeout) -> list[Finding]:
    """The ceiling where it binds, the problems of the files, and everything that must change or be explained."""
    end = max(plan.period_end for plan in found.sheet.agency.plans)
    waived = bool(found.opened.files.settings.ceiling_waived)
    ceilings = [one.finding for one in ceiling.binding(found.opened.people, end, waived=waived)]
    musts = [_finding(must) for must in found.musts if must.check != CEILING]
    return [*ceilings, *of_problems(found.problems, "closeout"), *musts]


def _finding(must: Must) -> Finding:
    to_do = f"{must.cheapest.says} Cost: {must.cheapest.cost}." if must.cheapest else ""
    return Finding(
        "pay", must.check, "block" if must.by_law else "flag", must.text, to_do, must.citation,
        "" if must.who == "all" else must.who, "pay", must.row, section=_SECTION,
    )  # fmt: skip
