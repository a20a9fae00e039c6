"""The QRB case as a document: one Markdown source for Word, tagged PDF and a page."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from seskit.formats import results
from seskit.formats.characters import file_name
from seskit.formats.documents import FORMATS, Document, escaped, table
from seskit.formats.small_cells import HIDDEN
from seskit.law.in_words import SURE, shown
from seskit.law.result import Reason
from seskit.law.staffing.vacancy import posting_window
from seskit.record.staffing.records import Example
from seskit.work.staffing.case import Case, facts_of

_PARTS = ("challenge", "context", "action", "result")
_ASKS = {
    "challenge": "Which problem or goal was it?",
    "context": "Who, how many, how much, under which conditions?",
    "action": "What did the selectee do, in person?",
    "result": "What changed, and how can it be checked?",
}


#: For the agency; the letter to OPM does not say it.
_LATE = " Whether OPM still accepts it is not known here: ask before you send it."


def document(one: Case) -> Document:
    """The case in full: missing papers first, then checklist, qualifications, recruitment, merit record, development."""
    parts = [
        table("The case", ("Fact", "Value"), facts_of(one)),
        *((escaped(f"{one.when_due}{_LATE if not one.vacancy.submitted_on else ''}"),) if one.days_late else ()),
        *((f"# {one.against_says}\n", _bullets((line.rstrip(".") for line in one.against), "")) if one.against else ()),
        "# What is missing\n",
        _bullets(one.missing, "Nothing: every document is at hand and every step has its day."),
        "# Checklist\n",
        table(
            f"Documents of a criterion {one.criterion} case by the rules of {one.on}",
            ("Document", "State", "Place", "Authority"),
            [(row.name, row.state, row.place, row.citation) for row in one.checklist],
        ),
        "# What can be left out\n",
        table(
            "Paper no longer needed", ("Paper", "Not since"), [(text.strip(), since) for text, since in one.not_needed]
        ),
        "# Executive qualifications\n",
        _qualifications(one),
        "# Recruitment\n",
        _recruitment(one),
        "# Merit staffing record\n",
        _merit(one),
        *(("# Development plan for the probationary year\n", _development(one)) if one.criterion == "C" else ()),
        "# Rules used\n",
        _rules(one),
    ]
    title = f"QRB case {one.vacancy.id}: {one.vacancy.title}"
    subject = " ".join(
        f"{one.agency}, case for the Qualifications Review Board, criterion {one.criterion}".split()
    ).lstrip(", ")
    return Document(title, "\n\n".join(parts) + "\n", subject=subject, draft=bool(one.missing or one.against))


def write(one: Case, folder: Path, formats: Iterable[str] = FORMATS) -> list[Path]:
    """Write the case as files named for the vacancy."""
    stem = f"qrb_case_{file_name(one.vacancy.id)}"
    with results.kept(folder, stem):
        return document(one).write(folder, stem, formats)


def _bullets(lines: Iterable[str], empty: str) -> str:
    listed = [f"- {escaped(line[0].upper() + line[1:])}." for line in lines]
    return "\n".join(listed) + "\n" if listed else f"{escaped(empty)}\n"


def _qualifications(one: Case) -> str:
    if one.has_statement:
        intro = "The statement belongs to the case. For each qualification: challenge, context, action, result."
    else:
        intro = (
            "No statement on the qualifications belongs to the case on this date. The outline serves to prepare the "
            "resume and the interview; do not attach it."
        )
    if one.qualifications.answer.fundamental:
        names = ", ".join(one.qualifications.answer.fundamental)
        intro += f" The fundamental competencies show across the whole record: {names}."
    given = {example.ecq: example for example in one.vacancy.qualifications}
    parts = [f"{escaped(intro)}\n"]
    for ecq, competencies in one.ecqs.items():
        parts.append(f"## {escaped(ecq)}\n")
        if competencies:
            parts.append(f"Competencies: {escaped(', '.join(competencies))}.\n")
        parts.append(_example(ecq, given.get(ecq, Example(ecq=ecq))))
    others = [name for name in given if name not in one.ecqs]
    if others:
        parts.append(f"Not among the qualifications in force, and left out: {escaped(', '.join(others))}.\n")
    return "\n\n".join(parts)


def _example(ecq: str, example: Example) -> str:
    rows = [(part.capitalize(), _ASKS[part], getattr(example, part) or "(to be written)") for part in _PARTS]
    return table(f"Outline for {ecq}", ("Part", "Asks", "Record shows"), rows)


def _recruitment(one: Case) -> str:
    vacancy = one.vacancy
    rows: list[tuple[str, object]] = [("Area of consideration", vacancy.merit.area or "not stated")]
    if vacancy.opens_on:
        window = posting_window(opens_on=vacancy.opens_on, closes_on=vacancy.closes_on)
        rows += [("Announced", vacancy.opens_on), ("Closed", vacancy.closes_on or "not yet"), ("Posting", window.says)]
    facts = table("Recruitment summary", ("Fact", "Value"), rows)
    if not one.sources:
        return facts
    note = " Small counts are hidden, with enough neighbors to keep them hidden." if _hides(one) else ""
    return facts + f"\n\n{escaped('Sources of applicants, for description only.' + note)}\n\n" + table(
        "Applicants by source", ("Source", "Applicants"), one.sources
    )  # fmt: skip


def _hides(one: Case) -> bool:
    return any(count == HIDDEN for _, count in one.sources)


def _merit(one: Case) -> str:
    rows = [(step.capitalize(), does, day or "(no day)", law) for step, does, day, law in one.merit]
    kept = one.vacancy.merit.kept_in or "not stated"
    where = f"The full record stays with the agency and is not sent. It is kept in: {kept}."
    return (
        table("Steps of merit staffing", ("Step", "Who does what", "Day", "Authority"), rows)
        + f"\n\n{escaped(where)}\n"
    )


def _development(one: Case) -> str:
    rows = [(item.activity, item.ecq, item.until or "(no day)") for item in one.vacancy.development]
    end = f" It ends on {one.last_day}." if one.last_day else " It begins with the appointment."
    words = "The assessment at the end of probation must cover each of these activities (5 CFR 317.503(b))." + end
    return table("Activities promised", ("Activity", "Qualification", "Until"), rows) + f"\n\n{escaped(words)}\n"


def _rules(one: Case) -> str:
    figures = {figure.name: figure for result in one.results for figure in result.figures}
    rows = [
        (f.label, _short(shown(f.value, f.unit)), f.first_day, f.citation, SURE[f.confidence]) for f in figures.values()
    ]
    cautions = list(dict.fromkeys(text for result in one.results for text in result.cautions))
    reasons: list[Reason] = list(one.deadline.reasons)
    said = table("Figures used", ("Figure", "Value", "In force from", "Authority", "Confidence"), rows)
    said += "\n\n## How the due day was counted\n\n" + "\n".join(
        f"- {escaped(r.text)} ({escaped(r.citation)})" for r in reasons
    )
    return said + (
        "\n\n## Cautions\n\n" + _bullets((text.rstrip(".") for text in cautions), "None.") if cautions else "\n"
    )


def _short(text: str) -> str:
    return text if len(text) <= 60 else "see the parts above"
