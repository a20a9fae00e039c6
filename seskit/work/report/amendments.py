"""What a report changes against the one that was sent: every box of every form, and every supplementary row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from seskit.record.sent import Package
from seskit.work.report.differences import BLANK, Difference, between
from seskit.work.report.form_json import form_from_dict
from seskit.work.report.package import ReportPackage

_SUPPLEMENT = "Supplementary form"
_ROW = {
    "rating": "rating",
    "rating_date": "date of final rating",
    "pay_decreased": "pay decrease",
    "action": "action",
    "action_date": "effective date",
    "removal_reason": "reason",
}


def since(sent: Package, now: ReportPackage) -> list[Difference]:
    """Every value that is no longer the one sent; executives of the supplementary form by number, never by name."""
    before = [form_from_dict(form) for form in sent.report["forms"]]
    data = now.to_dict()
    return [*between(before, now.forms), *_rows(sent.report.get("supplement", []), data["supplement"])]


def _rows(before: list[Mapping[str, Any]], now: list[Mapping[str, Any]]) -> Iterator[Difference]:
    old, new = ({(row["plan"], row["person_id"]): row for row in rows} for rows in (before, now))
    for key in [*new, *(key for key in old if key not in new)]:
        plan, person = key
        form, who = f"{_SUPPLEMENT}, plan {plan}", f"executive {person}"
        if key not in old or key not in new:
            yield Difference(form, who, *("listed" if key in side else "not listed" for side in (old, new)))
            continue
        for field, words in _ROW.items():
            if old[key].get(field) != new[key].get(field):
                yield Difference(form, f"{who}, {words}", _said(old[key].get(field)), _said(new[key].get(field)))


def _said(value: object) -> str:
    if value is None:
        return BLANK
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
