"""Everything that needs attention about an agency, in one list: what each subject finds in the files that are there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from seskit.record import correspondence
from seskit.record.agency import FILE
from seskit.record.agency_folder import AgencyFolder, opened
from seskit.record.appraisal.plan_document import find as find_plan
from seskit.record.appraisal.plan_document import plans
from seskit.record.appraisal.year_record.files import CYCLE
from seskit.record.certification.evidence_index import FILE as EVIDENCE
from seskit.record.closeout.files import LEVELS, SETTINGS
from seskit.record.finding import Finding, Subject, in_order
from seskit.record.pay_setting import worksheet as pay_files
from seskit.record.roster.person_numbers import told
from seskit.record.staffing import tracker
from seskit.record.staffing.records import FILE as VACANCIES
from seskit.work import filled_workbooks

_UNSEEN = "not looked at"


@dataclass(frozen=True)
class _FolderPart:
    """One thing that can be looked at: whose subject it is, whether its files are there, what is found."""

    subject: Subject
    is_there: Callable[[Path], bool]
    found: Callable[[AgencyFolder, str], list[Finding]]
    #: Those of agency.yaml and the roster without which looking at it would find what is not so, or miss what is.
    needs: frozenset[str] = frozenset()


def of_folder(place: AgencyFolder | str | Path, as_of: str = "", known: list[Finding] | None = None) -> list[Finding]:
    """Every finding about an agency, each once, the worst first; the ceiling stands before all where it binds.

    Vacancies and probation are seen on `as_of`, or else on the day in `vacancy.yaml`. `known` are the findings of the
    report where they were made already. A part that cannot be looked at is a finding itself.
    """
    folder = opened(place)
    found = list(known or [])
    unusable = folder.unusable
    left_out: set[str] = set()
    for part in _PARTS:
        if part.subject == "report" and known is not None:
            continue
        if not part.is_there(folder.path):
            continue
        if missing := [name for name in unusable if name in part.needs]:
            if part.subject not in left_out and not (part.subject == "closeout" and "pay" in left_out):
                found.append(_not_yet(part.subject, missing))
            left_out.add(part.subject)
        else:
            found += _looked_at(part, folder, as_of, found)
    return in_order(found)


def _not_yet(subject: Subject, missing: list[str]) -> Finding:
    """The finding that a subject's files are there and were not looked at."""
    return Finding(subject, _UNSEEN, "error", f"Not checked, because {' and '.join(missing)} cannot be used.",
                   "Correct that first, and check again.")  # fmt: skip


def _looked_at(part: _FolderPart, folder: AgencyFolder, as_of: str, before: list[Finding]) -> Iterator[Finding]:
    keys = {one.key for one in before} if part.subject == "closeout" else set()
    try:
        listed = part.found(folder, as_of)
    except Exception as failure:  # noqa: BLE001 - whatever stops one part, the others are looked at
        said = str(failure) if isinstance(failure, ValueError) else type(failure).__name__
        listed = [Finding(part.subject, _UNSEEN, "error", f"This part could not be checked: {said.rstrip('.')}.",
                          "Correct its files, and check again.")]  # fmt: skip
    yield from (one for one in listed if one.key not in keys)


def _report(folder: AgencyFolder, _: str) -> list[Finding]:
    from seskit.work.report import attention

    return attention.of_folder(folder)


def _ceiling(folder: AgencyFolder, _: str) -> list[Finding]:
    from seskit.work.appraisal import ceiling

    return [one.finding for one in ceiling.of_folder(folder)]


def _pay(folder: AgencyFolder, _: str) -> list[Finding]:
    from seskit.work.pay_setting import attention
    from seskit.work.pay_setting.folder import open_folder

    return attention.of_folder(open_folder(folder))


def _year(folder: AgencyFolder, _: str) -> list[Finding]:
    from seskit.work.appraisal import attention, year_record

    files = folder.year
    return attention.of_audit(year_record.audit(files)) if files.usable else attention.of_unusable(files)


def _actions(folder: AgencyFolder, as_of: str) -> list[Finding]:
    from seskit.law.facts import day
    from seskit.work.appraisal import attention
    from seskit.work.appraisal.outcomes import decision_day, outcomes

    files = folder.year
    last = decision_day(files) if files.usable else None
    if last is None:
        return []
    decided_on = max(last, day(as_of)) if as_of else last
    return attention.of_actions(outcomes(files, decided_on), decided_on)


def _plan(folder: AgencyFolder, _: str) -> list[Finding]:
    from seskit.record.finding import of_problems
    from seskit.work.appraisal import attention, plan_document

    found: list[Finding] = []
    for one in folder.held_plans:
        own = one is folder.plan
        if one.plan is None:
            found += of_problems(one.problems, "appraisal")
        else:
            found += attention.of_plan(plan_document.check(one), "" if own else told(one.plan.executive))
    return found


def _certification(folder: AgencyFolder, _: str) -> list[Finding]:
    from seskit.work.certification import attention

    return attention.of_folder(folder.path)


def _vacancies(folder: AgencyFolder, as_of: str) -> list[Finding]:
    from seskit.work.staffing import attention
    from seskit.work.staffing.folder import open_walk

    return attention.of_vacancies(open_walk(folder, as_of))


def _probation(folder: AgencyFolder, as_of: str) -> list[Finding]:
    from seskit.work.staffing import attention
    from seskit.work.staffing.folder import open_walk

    return attention.of_probation(open_walk(folder, as_of))


def _correspondence(folder: AgencyFolder, as_of: str) -> list[Finding]:
    from seskit.work.staffing import attention
    from seskit.work.staffing.folder import open_walk

    papers, problems = correspondence.read(folder.path)
    return attention.of_correspondence(papers, problems, open_walk(folder, as_of).as_of)


def _closeout(folder: AgencyFolder, _: str) -> list[Finding]:
    from seskit.record.finding import of_problems
    from seskit.work import closeout
    from seskit.work.closeout import attention

    files = closeout.open_folder(folder)
    if files.sheet is None:
        return of_problems(files.problems, "closeout")
    found = attention.of_closeout(closeout.closeout(files))
    return [one for one in found if not files.from_roster or one.subject == "closeout"]


def _workbooks(folder: AgencyFolder, _: str) -> list[Finding]:
    return filled_workbooks.findings(folder)


def _has(*names: str) -> Callable[[Path], bool]:
    def there(folder: Path) -> bool:
        return any((folder / name).is_file() for name in names)

    return there


def _sheets(stem: str) -> tuple[str, str]:
    return f"{stem}.csv", f"{stem}.xlsx"


def _always(_: Path) -> bool:
    return True


def _with_pay(folder: Path) -> bool:
    return pay_files.is_there(folder)


def _with_plan(folder: Path) -> bool:
    return find_plan(folder) is not None or bool(plans.listed(folder))


def _closing(folder: Path) -> bool:
    return _with_pay(folder) or _has(SETTINGS, *_sheets(LEVELS))(folder)


_BOTH = frozenset({FILE, "the roster"})
_PARTS: tuple[_FolderPart, ...] = (
    _FolderPart("report", _always, _report),
    _FolderPart("appraisal", _always, _ceiling),
    _FolderPart("pay", _with_pay, _pay, _BOTH),
    _FolderPart("appraisal", _with_plan, _plan),
    _FolderPart("appraisal", _has(CYCLE), _year, _BOTH),
    _FolderPart("appraisal", _has(CYCLE), _actions, _BOTH),
    _FolderPart("certification", _has(EVIDENCE), _certification, frozenset({"the roster"})),
    _FolderPart("staffing", _has(VACANCIES), _vacancies),
    _FolderPart("staffing", _has(*_sheets(tracker.FILE)), _probation),
    _FolderPart("staffing", _has(*_sheets(correspondence.FILE)), _correspondence),
    _FolderPart("closeout", _closing, _closeout, _BOTH),
    _FolderPart("run", filled_workbooks.is_there, _workbooks),
)
