"""The report's hooks: its agencies, its problems, its forms."""

from __future__ import annotations

import contextlib
import json
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import seskit
from seskit.batch.hooks import First, Hooks, Outcome, Reading
from seskit.formats import personal_data
from seskit.formats.counts import number_of
from seskit.formats.refusals import FactError
from seskit.record.agency import FILE
from seskit.record.finding import CEILING, Finding

_FILE_NAMES = re.compile(
    r"(?:agency|roster|history|pay|clock|appraisal|steps|supervisors|plan|certification|evidence|vacancy|"
    r"vacancies|probation|parameters|rotation|notice)(?:[-_. ]?(?:fy|before|period)?[-_. ]?\d{0,4}){0,3}"
    r"\.(?:yaml|csv|xlsx|json|md)",
    re.IGNORECASE,
)
_AGENCY = """code: WARM
name: Warm-up Agency
fiscal_year: 2002
plans:
  - id: main
    pattern: H
    appraisal_period: {from: 2001-10-01, to: 2002-09-30}
    awards: {status: paid, paid_in: 2002-12, determined_on: 2002-12-12}
"""
_ROSTER = """person_id,plan,appointment_type,es_level,basic_pay_fy_end,basic_pay_period_end,rating,award
A1,main,career,4,129800,129800,5,12980
A2,main,noncareer,4,129800,129800,3,
A3,main,career,4,129800,129800,2,
"""


def ready() -> None:
    """Import what reads an agency; the hooks themselves are ready without it."""
    from seskit.record import agency_folder as agency_folder
    from seskit.work import findings as findings
    from seskit.work import report as report


def read(folder: Path, name: str, as_of: str = "") -> Reading:
    """An agency's folder as the report reads it, and what needs attention in every subject."""
    from seskit.record.agency_folder import AgencyFolder
    from seskit.work import findings, report
    from seskit.work.report import attention

    place = AgencyFolder(folder)
    opened = report.open_folder(place)
    agency = opened.agency
    refused = not opened.roster.people and any(problem.row is None for problem in opened.roster.problems)
    return Reading(
        title=agency.name if agency else name,
        problems=tuple(opened.problems),
        readable=agency is not None and not refused,
        fiscal_year=agency.fiscal_year if agency else None,
        findings=tuple(findings.of_folder(place, as_of, attention.of_opened(opened))),
    )


def names(folder: str) -> list[str]:
    """The people of a roster; none where it cannot be read."""
    from seskit.record.agency_folder import AgencyFolder

    try:
        return [person.name for person in AgencyFolder(Path(folder)).roster.people if person.name]
    except Exception:  # noqa: BLE001 - a roster that cannot be read has no names to hide
        return []


def outcome(folder: Path, about: Sequence[Finding]) -> Outcome | None:
    """Final or draft, as the problems beside the forms say; nothing where the notebook wrote no forms.

    The errors and warnings are those of the agency's one list of findings, so that every count is the same.
    """
    found = _problems(folder)
    if not found:
        return None
    own = [one for one in about if one.subject == HOOKS.home]
    errors = [one for one in own if one.severity == "error"]
    warnings = len(own) - len(errors)
    if found.get("final"):
        return Outcome("final", True, "", len(errors), warnings)
    waits = bool(errors) and all(one.waits for one in errors)
    return Outcome("draft", waits, _in_words(waits, sum(not one.waits for one in errors)), len(errors), warnings)


def _problems(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / "problems.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _in_words(waits: bool, errors: int) -> str:
    if waits:
        return "Awards are pending; the forms become final when they are determined."
    return f"{number_of(errors, 'error stands', 'errors stand') if errors else 'Problems stand'} in the way of final forms."


def refused(stem: str, name: str, value: Any) -> str | None:
    """What the subject's questions say about the value, where it carries the name of one of their facts."""
    if stem not in seskit.SUBJECTS:
        return None
    from seskit.law import question

    first = None
    for asked in question.questions().values():
        if asked.name.startswith(f"{stem}.") and name in asked.slots:
            try:
                asked.slots[name].read(value)
            except FactError as failure:
                first = first or str(failure)
            else:
                return None
    return first


def exercise() -> None:
    """One invented agency of three people, from its files to its forms; PDF apart, whose engine starts threads."""
    from seskit.law import parameters, question
    from seskit.work import report
    from seskit.work.report import FORMATS

    question.questions()
    for path in parameters.paths():
        parameters.parameter(path)
    personal_data.prepare()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "agency.yaml").write_text(_AGENCY, encoding="utf-8")
        (place / "roster.csv").write_text(_ROSTER, encoding="utf-8")
        package = report.open_folder(place).complete()
        for name in FORMATS:
            if name != "pdf":
                with contextlib.suppress(ImportError):
                    package.write(place / "out", [name])


HOOKS = Hooks(
    home="report",
    dated="staffing",
    walks={
        "report": "report", "pay": "pay_setting", "appraisal": "appraisal", "certification": "certification",
        "staffing": "staffing", "closeout": "appraisal",
    },
    mark=FILE,
    holds=f"{FILE} and a roster",
    file_names=_FILE_NAMES,
    first=First(CEILING, "The ceiling on Levels 4 and 5", "over the ceiling, or cannot tell", "within the ceiling"),
    waits_for="awards that are still pending",
    links=(("forms.html", "forms"), ("forms.xlsx", "workbook"), ("forms.pdf", "PDF"), ("forms.json", "JSON")),
    ready=ready,
    read=read,
    names=names,
    outcome=outcome,
    refused=refused,
    exercise=exercise,
)  # fmt: skip
