"""The forms that go into a roll-up: what a batch left behind, agency by agency, and what stays out and why."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seskit.formats.files import digest
from seskit.law.facts import FactError
from seskit.record.manifest import Record, expected, read
from seskit.work.report.by_level import PlanPay, from_data
from seskit.work.report.form_json import form_from_dict
from seskit.work.report.forms import Form

_NOTEBOOK = "report"
_DRAFT = " (draft)"
_NOT_RUN = "the report has not been run yet; run the batch again"


@dataclass(frozen=True)
class AgencyForms:
    """One agency's plan forms and Inspector General forms."""

    agency: str
    title: str
    fiscal_year: int
    forms: tuple[Form, ...]
    #: Awards and adjustments at each rating level, plan by plan; none in files that an older version wrote.
    pay_by_level: tuple[PlanPay, ...] = ()
    #: Whether its forms are a draft; its title says so wherever it is shown.
    draft: bool = False

    def of(self, scope: str, pattern: str | None = None) -> list[Form]:
        """The forms of a scope: plan forms add up to the agency; Inspector General forms are a part of them."""
        return [form for form in self.forms if form.scope == scope and pattern in (None, form.pattern)]


@dataclass(frozen=True)
class LeftOut:
    """An agency that is not in the tables."""

    title: str
    why: str
    #: Whether the batch has not come to it yet, or not since its files changed.
    waiting: bool = False


def gather(folder: Path, *, drafts: bool = False) -> tuple[list[AgencyForms], list[LeftOut]]:
    """The agencies of a batch's output folder; only final forms count, unless drafts are asked for."""
    if not list(folder.glob("manifest*.jsonl")):
        raise FactError(f"'{folder.name}' holds no manifest.jsonl; name the output folder of a batch.")
    parts, left = [], []
    records = read(folder)
    if not records:
        raise FactError(f"manifest.jsonl in '{folder.name}' is empty or damaged; run the batch into that folder again.")
    for record in sorted(records.values(), key=lambda record: record.key):
        if record.notebook != _NOTEBOOK:
            continue
        if why := _unfit(record, folder, drafts):
            left.append(LeftOut(record.title, why, waiting=bool(record.changed)))
        else:
            parts.append(_part(record, json.loads((folder / _file(record)).read_text(encoding="utf-8"))))
    if not parts:
        raise FactError(f"'{folder.name}' holds no agency with final forms, so there is nothing to add up.")
    there = {record.agency for record in records.values() if record.notebook == _NOTEBOOK}
    left += [
        LeftOut(shown, _NOT_RUN, waiting=True) for name, shown in sorted(expected(folder).items()) if name not in there
    ]
    return parts, left


def _file(record: Record) -> str:
    return f"{record.agency}/forms.json"


def _unfit(record: Record, folder: Path, drafts: bool) -> str:
    if record.status not in ("final", "draft"):
        return f"the report was not made: {record.message or record.status}"
    if record.changed:
        return f"{record.changed[0]} changed since the report was made; run the batch again"
    if record.alike:
        return f"its roster is also that of {' and '.join(record.alike)}: put the right file into the folder that has the wrong one"
    if record.status == "draft" and not drafts:
        return f"the forms are a draft: {record.message}"
    if not (folder / _file(record)).is_file():
        return "forms.json is no longer there; run the batch again"
    if digest(folder / _file(record)) != record.outputs.get(_file(record)):
        return "forms.json is not the one the batch wrote; run the batch again"
    if not record.fiscal_year:
        return "the reporting year is not known; run the batch again"
    return ""


def _part(record: Record, data: dict[str, Any]) -> AgencyForms:
    forms = tuple(form_from_dict(form) for form in data["forms"] if form["scope"] in ("plan", "ig"))
    draft = record.status == "draft"
    title = record.title + (_DRAFT if draft else "")
    return AgencyForms(
        record.agency, title, record.fiscal_year or 0, forms, from_data(data.get("pay_by_level", ())), draft
    )
