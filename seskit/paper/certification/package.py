"""Everything made for one system, written to a folder: request, annual report, rehearsal, data, dates."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from seskit.formats import results
from seskit.formats.characters import file_name
from seskit.formats.choice import chosen
from seskit.formats.documents import FORMATS as DOCUMENTS
from seskit.formats.files import whole
from seskit.paper.appraisal import printed_plan
from seskit.paper.certification import agenda, data_book, oversight, papers, request_papers, year_page
from seskit.record.agency_folder import AgencyFolder
from seskit.record.finding import Finding, in_order
from seskit.record.problem import Problem
from seskit.work.appraisal.plan_document.check import CheckedPlan, check
from seskit.work.certification import attention, self_assessment
from seskit.work.certification.description import Described, describe
from seskit.work.certification.evidence_from_rosters import SAMPLE
from seskit.work.certification.mock_review import PAPERS, Rehearsal

FORMATS = (*DOCUMENTS, "xlsx", "ics", "json")


def write(
    found: Rehearsal, out: str | Path, formats: Iterable[str] = FORMATS, agency: str | Path | None = None
) -> list[Path]:
    """Write the files; names end with the system's id. The rehearsal and the self-assessment are for the agency alone.

    The description of the system and the self-assessment are made from the `agency`'s folder, where it is given.
    """
    wanted = chosen(formats, FORMATS)
    with results.kept(out, f"certification {file_name(found.system.id)}"):
        return _written(found, Path(out), wanted, None if agency is None else Path(agency))


def write_assessment(
    found: Rehearsal, out: str | Path, agency: str | Path, formats: Iterable[str] = ("docx", "pdf")
) -> list[Path]:
    """Write the self-assessment alone."""
    name = file_name(found.system.id)
    with results.kept(out, f"self-assessment {name}"):
        made = request_papers.assessment(self_assessment.assess(agency, found))
        return made.write(Path(out), f"self_assessment_{name}", formats)


def enclosed(found: Rehearsal, described: Described | None = None) -> list[str]:
    """What goes with the letter: what the list in use asks for, in its order."""
    whole_text = described is not None and not described.open
    count = len(found.system.sampled_plans)
    words = {
        "description": f"Description of the system, {'in parts' if whole_text else 'as the checklist names it'}",
        "guidance": "Administrative instructions and guidance, as the checklist names them",
        "oversight.application": "Certification of results by the official who oversees them",
        SAMPLE: f"Sample of {count} performance plans" if count else "Sample of performance plans",
        "ratings": "Ratings, pay, adjustments and awards of the appraisal periods, by person's number",
    }
    listed = ["Checklist, with the document and the place for each requirement"]
    for point in found.points:
        if point.needed and point.role in words:
            listed.append(words[point.role])
        elif point.needed and point.role in PAPERS and point.state != "not asked":
            listed.append(point.requirement)
    return [*listed, "Annual data report"] if found.system.requested == "full" and found.data else listed


def drafts(found: Rehearsal, agency: str | Path) -> list[str]:
    """The papers for OPM beside the request that are drafts still, by their files."""
    name = file_name(found.system.id)
    made = {
        "system_description": bool(describe(agency, found).open),
        "oversight_letter": bool(found.data) and oversight.letter(found).draft,
        "annual_data_report": bool(found.data) and bool(papers.lacking(found.data[-1])),
    }
    return [f"{paper}_{name}" for paper, draft in made.items() if draft]


def _sampled(found: Rehearsal, agency: Path) -> list[CheckedPlan]:
    """The plans of the sample that are in the agency's folder, by number; the others are with the agency on paper."""
    opened = AgencyFolder(agency).written_plans
    wanted = set(found.system.sampled_plans)
    kept = {one.plan.executive: one for one in opened if one.plan and one.plan.executive in wanted}
    return [check(kept[who]) for who in sorted(kept)]


def _written(found: Rehearsal, folder: Path, wanted: Sequence[str], agency: Path | None) -> list[Path]:
    name = file_name(found.system.id)
    folder.mkdir(parents=True, exist_ok=True)
    documents = [form for form in wanted if form in DOCUMENTS]
    described = None if agency is None else describe(agency, found)
    letter = request_papers.letter(found, enclosed(found, described))
    written = letter.write(folder, f"certification_letter_{name}", documents)
    if agency is not None and described is not None:
        written += request_papers.description(found, described).write(folder, f"system_description_{name}", documents)
        made = request_papers.assessment(self_assessment.assess(agency, found))
        written += made.write(folder, f"self_assessment_{name}", documents)
        for plan in _sampled(found, agency):
            written += printed_plan.document(plan).write(
                folder, f"sample_plan_{file_name(plan.plan.executive)}", documents
            )
        steps = year_page.steps(found, agency)
        written += year_page.document(found, steps).write(folder, f"certification_year_{name}", documents)
        if "ics" in wanted:
            written.append(whole(folder / f"certification_year_{name}.ics", year_page.calendar(found, steps)))
    if found.data:
        written += oversight.letter(found).write(folder, f"oversight_letter_{name}", documents)
    written += papers.request(found).write(folder, f"certification_request_{name}", documents)
    if found.data:
        written += papers.annual(found).write(folder, f"annual_data_report_{name}", documents)
    written += papers.rehearsal(found).write(folder, f"rehearsal_{name}", documents)
    if "xlsx" in wanted:
        written.append(whole(folder / f"certification_data_{name}.xlsx", data_book.write(found)))
    if "ics" in wanted and agenda.entries(found):
        written.append(whole(folder / f"certification_dates_{name}.ics", agenda.file(found)))
    if "json" in wanted:
        findings = in_order([*attention.of_check(found), *attention.of_rehearsal(found)])
        written.append(write_problems(folder, found.problems, findings, final=found.final, notes=found.notes))
    return written


def write_problems(
    folder: Path, problems: Sequence[Problem], findings: Sequence[Finding], *, final: bool, notes: Sequence[str] = ()
) -> Path:
    """What stands in the way, as data: a run over many agencies reads it."""
    folder.mkdir(parents=True, exist_ok=True)
    data = {
        "final": final,
        "problems": [problem.to_dict(filed=True) for problem in problems],
        "notes": list(notes),
        "findings": [one.to_dict() for one in findings],
    }
    return whole(folder / "problems.json", (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode())
