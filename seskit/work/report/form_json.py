"""A form as plain data and back: the layout of `forms.json`, which workbook, page and PDF are made from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from seskit.law import rating_levels
from seskit.law.report.box_formulas import BoxFormula
from seskit.law.report.editions import dated
from seskit.work.report.forms import APPOINTEES, LEVELS, Form, PayRow

#: The file that holds the forms as data.
FILE = "forms.json"


def form_to_dict(form: Form) -> dict[str, Any]:
    """The form as plain data: items by their printed numbers, amounts as text, null for a box left blank.

    A form on another edition than the first says which, because the numbers are that edition's.
    """
    held = _held(form)
    items = {
        item.number: _added(form, item.formula) if item.formula else held[item.holds] for item in form.edition.items
    }
    first = dated(None).first_day
    return {
        **({} if form.edition.first_day == first else {"edition": form.edition.first_day.isoformat()}),
        "form": form.form,
        "scope": form.scope,
        "plan": form.plan,
        "pattern": form.pattern,
        "due_date": _iso(form.due_date),
        "items": items,
        "footnotes": list(form.footnotes),
        "blanks": {form.edition.numbers[holds]: why for holds, why in form.blanks.items()},
    }


def _added(form: Form, formula: BoxFormula) -> int | str | None:
    value = form.added(formula)
    return _text(value) if isinstance(value, Decimal) else value


def _held(form: Form) -> dict[str, Any]:
    """What each item holds, as plain data."""
    return {
        "agency": form.agency,
        "period": {"from": form.period[0].isoformat(), "to": form.period[1].isoformat()} if form.period else None,
        "paid_in": form.paid_in,
        "base_pay": _base_pay(form),
        "pool": _text(form.pool),
        "paid": None
        if form.paid_amount is None
        else {"percent": _text(form.paid_percent), "amount": _text(form.paid_amount)},
        "levels": None
        if form.levels is None
        else {**{str(level): form.levels[level] for level in LEVELS}, "total": sum(form.levels.values())},
        "awards": None
        if form.awards_number is None
        else {"number": form.awards_number, "percent": _text(form.awards_percent)},
        "appointees": dict(form.appointees),
        "ratings": {
            "highest": form.highest,
            "rows": {**{str(level): dict(row) for level, row in form.ratings.items()}, "total": form.rating_totals},
        },
    }


def form_from_dict(data: Mapping[str, Any]) -> Form:
    """The form that `form_to_dict` wrote."""
    edition = dated(data.get("edition"))
    held = {item.holds: data["items"][item.number] for item in edition.items if item.holds}
    holds = {number: key for key, number in edition.numbers.items()}
    period, base, paid, levels, awards = (held[name] for name in ("period", "base_pay", "paid", "levels", "awards"))
    return Form(
        edition=edition,
        form=data["form"],
        scope=data["scope"],
        plan=data["plan"],
        pattern=data["pattern"],
        due_date=_day(data["due_date"]),
        agency=held["agency"],
        period=(date.fromisoformat(period["from"]), date.fromisoformat(period["to"])) if period else None,
        paid_in=held["paid_in"],
        pay_as_of=_day(base["as_of"]) if base else None,
        pay_rows={
            name: PayRow(row["number"], _decimal(row["base_pay"]), Decimal(row["total"]))
            for name, row in base["rows"].items()
            if name != "aggregate"
        }
        if base
        else None,
        pool=_decimal(held["pool"]),
        paid_percent=_decimal(paid["percent"]) if paid else None,
        paid_amount=_decimal(paid["amount"]) if paid else None,
        levels={level: levels[str(level)] for level in LEVELS} if levels else None,
        awards_number=awards["number"] if awards else None,
        awards_percent=_decimal(awards["percent"]) if awards else None,
        appointees={column: held["appointees"][column] for column in APPOINTEES},
        ratings={level: dict(held["ratings"]["rows"][str(level)]) for level in rating_levels.LEVELS},
        footnotes=tuple(data.get("footnotes", ())),
        blanks={holds[number]: why for number, why in data.get("blanks", {}).items()},
    )


def others_in(folder: Path, now: Sequence[Form]) -> str:
    """Whose forms are in a folder of results, where they are of another agency or period; empty where they are not."""
    try:
        held = form_from_dict(json.loads((folder / FILE).read_text(encoding="utf-8"))["forms"][0])
    except (OSError, ValueError, KeyError, IndexError, TypeError, RecursionError):
        return ""
    if not now or any((held.agency, held.period) == (one.agency, one.period) for one in now):
        return ""
    return f"{held.agency}{f' for the period to {held.period[1]}' if held.period else ''}"


def _base_pay(form: Form) -> dict[str, Any] | None:
    if form.pay_rows is None or form.aggregate is None:
        return None
    rows: dict[str, Any] = {
        name: {"number": row.number, "base_pay": _amount(row.base_pay), "total": _amount(row.total)}
        for name, row in form.pay_rows.items()
    }
    rows["aggregate"] = {"number": form.aggregate.number, "total": _amount(form.aggregate.total)}
    return {"as_of": _iso(form.pay_as_of), "rows": rows}


def _amount(value: Decimal | None) -> str | None:
    """Whole dollars without a point, otherwise with cents."""
    if value is None:
        return None
    return format(value, ".0f" if value == value.to_integral_value() else ".2f")


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
