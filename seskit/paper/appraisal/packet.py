"""The audit packet of an appraisal year: what is late or missing in front, then every question with its answer.

It names executives by the agency's number only, and holds personnel records all the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

from seskit.formats import results
from seskit.formats.choice import chosen
from seskit.formats.counts import number_of
from seskit.formats.documents import Document, escaped, table
from seskit.formats.files import whole
from seskit.law.appraisal.steps import StepName
from seskit.law.result import Result
from seskit.record.problem import noted
from seskit.work.appraisal.year_record.audit import Audit, Executive, plan_of
from seskit.work.appraisal.year_record.kinds import kinds

FORMATS = ("docx", "pdf", "html", "xlsx")
STEM = "audit_packet"
WARNING = "Contains personnel records: for those with a need to know. Executives are listed by the agency's number."


def title(audit: Audit) -> str:
    """The title of the packet."""
    return f"Appraisal year of {audit.files.agency.name if audit.files.agency else ''}: audit packet"


def document(audit: Audit) -> Document:
    """The packet as a document."""
    parts = [
        "# What needs attention\n", *_attention(audit),
        "# Every question, answered\n", _questions(audit),
        "# Boards\n", *_boards(audit),
        "# Leaders\n", _answered("the agency's leaders", audit.leaders, "Nothing is on record about the agency's leaders."),
        "# The files\n", _problems(audit),
    ]  # fmt: skip
    return Document(title(audit), "\n".join(parts), subject="SES performance appraisal, step by step", holds=WARNING)


def write(audit: Audit, folder: str | Path, formats: Iterable[str] = FORMATS) -> list[Path]:
    """Write the packet as document and workbook."""
    wanted = chosen(formats, FORMATS)
    place = Path(folder)
    with results.kept(place, STEM):
        written = document(audit).write(place, STEM, [name for name in wanted if name != "xlsx"])
        if "xlsx" in wanted:
            written.append(whole(place / f"{STEM}.xlsx", workbook(audit)))
    return written


def finding_rows(audit: Audit) -> list[tuple[str, ...]]:
    """Every finding: check, executive, component, outcome, what was found, what is asked, authority."""
    return [
        (found.check, found.person_id, found.component, found.outcome, found.found, found.asked, found.citation)
        for found in audit.findings
    ]


def kind_rows(audit: Audit) -> list[tuple[str, ...]]:
    """Every kind of finding: check, executives, outcome, what was found, what is asked."""
    return [
        (kind.first.check, kind.people, kind.first.outcome, kind.found, kind.first.asked)
        for kind in kinds(audit.findings)
    ]


def question_rows(audit: Audit) -> list[tuple[str, ...]]:
    """Each question of the ledger with the number of executives by answer."""
    return [
        (check, words, str(counts["met"]), str(counts["not met"]), str(counts["cannot tell"]))
        for check, words, counts in audit.tally()
    ]


FINDINGS = ("Check", "Executive", "Component", "Outcome", "What was found", "What the rules ask", "Authority")
KINDS = ("Check", "Executives", "Outcome", "What was found", "What the rules ask")
QUESTIONS = ("Check", "Asked of every executive it applies to", "Met", "Not met", "Cannot tell")


def _attention(audit: Audit) -> list[str]:
    said = audit.ceiling_says
    first = [f"**Ceiling on Levels 4 and 5.** {escaped(said)}\n"] if said else []
    if audit.files.problems:
        count = number_of(len(audit.files.problems), "problem")
        first.append(f"**The files.** {count} in the files read, listed at the end: correct them first.\n")
    if audit.leaders is not None and not audit.leaders.answer.passes:
        first.append(f"**Leaders.** {escaped(audit.leaders.says)}\n")
    return [*first, *_findings(audit)]


def _findings(audit: Audit) -> list[str]:
    rows = finding_rows(audit)
    touched = len({row[1] for row in rows})
    total = len(audit.executives)
    of_boards = [(one.board, one.outcome, one.text, one.citation) for one in audit.board_findings()]
    sitting = table("Boards: not met or not recorded", ("Board", "Outcome", "What was found", "Authority"), of_boards)
    known = table("To find out", ("Executive", "What is on record"), audit.remarks) if audit.remarks else ""
    if not rows:
        whole = f"every step of {number_of(total, 'executive')} is on record, in order and in time"
        return [
            f"{'As far as the files can be read, ' if audit.files.problems else 'Of the steps, nothing: '}{whole}.\n",
            known,
            sitting,
        ]
    said = f"{number_of(len(rows), 'finding')} about {touched} of {number_of(total, 'executive')}.\n"
    title = "Late, missing or out of order; not met and the worst first, those alike together"
    return [said, table(title, KINDS, kind_rows(audit)), known, sitting]


def _questions(audit: Audit) -> str:
    return table("Executives by answer", QUESTIONS, question_rows(audit))


def _boards(audit: Audit) -> list[str]:
    if not audit.boards:
        return ["No Performance Review Board is on record.\n"]
    return [f"## {escaped(board.name)}\n\n{_answered(board.name, result)}" for board, result in audit.boards]


def _answered(of: str, result: Result | None, otherwise: str = "") -> str:
    if result is None:
        return f"{otherwise}\n"
    rows = [
        (reason.text, reason.outcome, reason.source) for reason in result.reasons if reason.outcome != "information"
    ]
    return f"{escaped(result.says)}\n\n" + table(f"Checks: {of}", ("Check", "Outcome", "Authority"), rows)


def _problems(audit: Audit) -> str:
    rows = [(problem.where, problem.reason, problem.fix) for problem in audit.files.problems]
    notes = "".join(f"\n{escaped(said)}\n" for said in noted(audit.files.notes))
    return table("Problems in the files read", ("Where", "Why", "What to do"), rows) + notes


def workbook(audit: Audit) -> bytes:
    """The packet as a workbook: findings, questions, the whole ledger, boards."""
    from seskit.formats import workbooks

    agency = audit.files.agency.name if audit.files.agency else ""
    book = workbooks.book(title(audit), "SES performance appraisal, step by step", agency)
    _sheet(book, "Findings", agency, FINDINGS, [8, 13, 22, 12, 48, 48, 36], finding_rows(audit))
    _sheet(book, "Questions", agency, QUESTIONS, [8, 70, 9, 9, 12], question_rows(audit))
    steps = list(get_args(StepName))
    head = ("Executive", "Performance plan", *(step.replace("_", " ").capitalize() for step in steps), "Keep until")
    rows = [_ledger_row(audit, executive, steps) for executive in audit.executives]
    _sheet(book, "Ledger", agency, head, [13, 14, *[19] * (len(steps) + 1)], rows)
    found: list[tuple[str, ...]] = [
        (board.name, reason.key, reason.words, reason.outcome, reason.source)
        for board, result in audit.boards
        for reason in result.reasons
        if reason.outcome != "information"
    ]
    _sheet(book, "Boards", agency, ("Board", "Check", "Words", "Outcome", "Authority"), [24, 8, 60, 14, 40], found)
    return book.done()


def _ledger_row(audit: Audit, executive: Executive, steps: list[str]) -> tuple[str, ...]:
    person, kept = executive.person, executive.result.answer.keep_until
    cells = [", ".join(_said(entry) for entry in executive.steps if entry.step == step) for step in steps]
    return (person.person_id or "", plan_of(audit.files, person).id, *cells, str(kept or ""))


def _said(entry: Any) -> str:
    level = f" (level {entry.level})" if entry.level else ""
    return f"{entry.on or 'no day'}{level}"


def _sheet(
    book: Any, name: str, agency: str, head: tuple[str, ...], widths: list[int], rows: list[tuple[str, ...]]
) -> None:
    from seskit.formats import workbooks

    sheet = book.sheet(name)
    workbooks.write_across(sheet, 0, len(head) - 1, f"{name}: {agency}", book.formats["title"])
    workbooks.write_across(sheet, 1, len(head) - 1, WARNING, book.formats["note"])
    listed = [list(row) for row in rows] or [["None.", *[""] * (len(head) - 1)]]
    workbooks.table(sheet, 2, name, list(head), widths, listed, book.formats)
    sheet.freeze_panes(3, 2)
    sheet.repeat_rows(2)
    workbooks.page(sheet, left=agency, middle=name, right="Personnel records", landscape=True)
