"""The report in a batch: whether its forms are final, which of its files get a link, and what is worth using once."""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from seskit.desk.in_batch import RunOutcome, Special
from seskit.formats import personal_data
from seskit.formats.counts import number_of
from seskit.record.finding import Finding

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


def outcome(folder: Path, about: Sequence[Finding]) -> RunOutcome | None:
    """Final or draft, as the problems beside the forms say; nothing where the notebook wrote no forms.

    The errors and warnings are those of the agency's one list of findings, so that every count is the same.
    """
    found = _problems(folder)
    if not found:
        return None
    own = [one for one in about if one.subject == "report"]
    errors = [one for one in own if one.severity == "error"]
    warnings = len(own) - len(errors)
    if found.get("final"):
        return RunOutcome("final", True, "", len(errors), warnings)
    waits = bool(errors) and all(one.waits for one in errors)
    return RunOutcome("draft", waits, _in_words(waits, sum(not one.waits for one in errors)), len(errors), warnings)


def final(years: Sequence[int]) -> str:
    """What final forms of some fiscal years are good for."""
    from seskit.work.report.readings import final_of_years

    return final_of_years(years)


def _problems(folder: Path) -> dict[str, Any]:
    if not (folder / "forms.json").is_file():
        return {}
    try:
        found = json.loads((folder / "problems.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _in_words(waits: bool, errors: int) -> str:
    if waits:
        return "Awards are pending; the forms become final when they are determined."
    return f"{number_of(errors, 'error stands', 'errors stand') if errors else 'Problems stand'} in the way of final forms."


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


SPECIAL = Special(
    links=(
        ("forms.html", "forms"),
        ("forms.xlsx", "workbook"),
        ("forms.pdf", "PDF"),
        ("forms.json", "JSON (personal)"),
    ),
    care="Handle forms.json the same way: it lists anyone rated below fully successful by number, with rating and action.",
    final=final,
    outcome=outcome,
    exercise=exercise,
)
