"""The plan as a document with the parts of the basic form, ready to sign; a draft while a gap is open."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from seskit.formats import results
from seskit.formats.choice import chosen
from seskit.formats.documents import HAND, Document, escaped, table
from seskit.formats.files import whole
from seskit.law.appraisal.plans import Element
from seskit.record.appraisal.plan_document.record import ABOUT
from seskit.work.appraisal.plan_document.check import PAGE_IS_OPTIONAL, CheckedPlan

FORMATS = ("docx", "pdf", "html", "xlsx")
STEM = "performance_plan"
_LINE = "_" * 20  # room for a signature in print


def document(checked: CheckedPlan) -> Document:
    """The plan for Word, PDF or a page."""
    plan = checked.plan
    reviews = ("Progress review", "Date", "Executive", "Rating official")
    blank = [(f"Review {number}", HAND, _LINE, _LINE) for number in range(1, 5 if plan.plan == "basic-2025" else 3)]
    parts = [
        "# Part 1. Consultation\n", _about(checked), _signatures("Executive", "Rating official"),
        "# Part 2. Progress review\n", table("Reviews held; a review is not a rating", reviews, blank),
        "# Part 3. Summary rating\n", table("Levels and signatures", ("Step", "Level", "Date", "Signature"), [
            (step, HAND, HAND, _LINE) for step in (
                "Initial summary rating (rating official)", "Higher-level review asked for (executive)",
                "Higher-level review done (reviewer)", "Board's recommendation (chair)",
                "Annual summary rating (appointing authority)")
        ]),
        "# Part 4. Derivation of the rating\n", _weights(checked),
        "# Part 5. Elements and requirements\n", *(_element(element, plan.plan) for element in plan.elements),
        "# Balance of measures\n", escaped(checked.balance.says) + "\n",
        table("Requirements by perspective", ("Element", "Results", "Customers", "Employees"), checked.coverage()),
        "# Gaps\n", _gaps(checked),
        "# Part 6. Narrative of the summary rating\n", "(written at the end of the period; mandatory)\n",
        "# Part 7. Accomplishments reported by the executive\n", "(optional)\n",
        "# Part 8. For the agency\n", "(agency's own use)\n",
    ]  # fmt: skip
    return Document(
        f"Executive performance plan, {plan.executive}", "\n".join(parts), "SES performance plan", not checked.complete
    )


def write(checked: CheckedPlan, folder: str | Path, formats: Iterable[str] = FORMATS) -> list[Path]:
    """Write the plan as document and workbook."""
    from seskit.record.appraisal.plan_document.workbook import workbook

    wanted, place = chosen(formats, FORMATS), Path(folder)
    with results.kept(place, STEM):
        written = document(checked).write(place, STEM, [name for name in wanted if name != "xlsx"])
        if "xlsx" in wanted:
            written.append(whole(place / f"{STEM}.xlsx", workbook(checked.plan)))
    return written


def said(value: object) -> str:
    """An entry as people read it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "missing" if value in (None, "") else str(value)


def entry(checked: CheckedPlan, key: str) -> object:
    """One entry about the plan as a whole."""
    plan, period = checked.plan, checked.plan.period
    in_use = "the agency's own" if plan.plan == "agency" else f"OPM's basic plan of {plan.plan[-4:]}"
    return {"from": period.first, "to": period.last, "plan": in_use}.get(key) or getattr(plan, key, None)


def _about(checked: CheckedPlan) -> str:
    rows = [(label, said(entry(checked, key))) for key, label in ABOUT]
    return table("About this plan", ("Entry", "Content"), rows)


def _signatures(*people: str) -> str:
    return table("Signatures", ("Who", "Signature", "Date"), [(person, _LINE, HAND) for person in people])


def _weights(checked: CheckedPlan) -> str:
    rows = [
        (element.name, "" if element.weight is None else f"{element.weight}", *[HAND] * 4)
        for element in checked.plan.elements
    ]
    head = ("Element", "Weight", "Level, initial", "Score, initial", "Level, final", "Score, final")
    said_of = f"{escaped(checked.weights.says)}\n\n" if checked.weights else ""
    return said_of + table("Weight times level", head, rows)


def _element(element: Element, plan: str) -> str:
    weight = f", {element.weight} percent" if element.weight is not None else ""
    kind = "critical" if element.critical else "not critical"
    text = f"## {escaped(element.name)} ({kind}{weight})\n\n"
    text += f"Fully successful: {escaped(element.standard or 'not written')}\n\n"
    for number, item in enumerate(element.requirements, 1):
        page = "none; it is optional" if plan == PAGE_IS_OPTIONAL and item.page in (None, "") else said(item.page)
        rows = [
            ("Requirement", said(item.text)), ("Perspective", said(item.perspective)), ("Measure", said(item.measure)),
            ("Target", said(item.target)), ("Due", said(item.due)), ("Data source", said(item.data_source)),
            ("Strategic goal", said(item.goal)), ("Planning document", said(item.document)), ("Page", page),
            ("Executive answers for it", said(item.own)),
        ]  # fmt: skip
        text += table(f"{element.name}, requirement {number}", ("Part", "Content"), rows) + "\n"
    return text


def _gaps(checked: CheckedPlan) -> str:
    if checked.complete:
        return "None: the plan passes every check.\n"
    rows = [(gap.where, gap.what, gap.check) for gap in checked.gaps]
    return table("What the plan still lacks", ("Where", "What to do", "Check"), rows)
