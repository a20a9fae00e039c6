"""Everything made for one system, written to a folder: request, annual report, rehearsal, data, dates."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from seskit.formats.characters import file_name
from seskit.formats.choice import chosen
from seskit.formats.documents import FORMATS as DOCUMENTS
from seskit.formats.files import whole
from seskit.paper.certification import agenda, data_book, papers
from seskit.record.finding import Finding, in_order
from seskit.record.problem import Problem
from seskit.work.certification import attention
from seskit.work.certification.mock_review import Rehearsal

FORMATS = (*DOCUMENTS, "xlsx", "ics", "json")


def write(found: Rehearsal, out: str | Path, formats: Iterable[str] = FORMATS) -> list[Path]:
    """Write the files; names end with the system's id. The rehearsal is for the agency alone."""
    wanted = chosen(formats, FORMATS)
    folder, name = Path(out), file_name(found.system.id)
    folder.mkdir(parents=True, exist_ok=True)
    documents = [form for form in wanted if form in DOCUMENTS]
    written = papers.request(found).write(folder, f"certification_request_{name}", documents)
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
