"""A form as plain data and back: the layout of `forms.json`, which workbook, page and PDF are made from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from seskit.law import rating_levels
from seskit.work.report.forms import APPOINTEES, LEVELS, Form, PayRow


def form_to_dict(form: Form) -> dict[str, Any]:
    """The form as plain data: amounts as text, null for a box left blank."""
    return {
        "form": form.form,
        "scope": form.scope,
        "plan": form.plan,
        "pattern": form.pattern,
        "due_date": _iso(form.due_date),
        "items": {
            "1": form.agency,
            "2": {"from": form.period[0].isoformat(), "to": form.period[1].isoformat()} if form.period else None,
            "3": form.paid_in,
            "4": _item_4(form),
            "5": _text(form.pool),
            "6": None
            if form.paid_amount is None
            else {"percent": _text(form.paid_percent), "amount": _text(form.paid_amount)},
            "7": None
            if form.levels is None
            else {**{str(level): form.levels[level] for level in LEVELS}, "total": sum(form.levels.values())},
            "8": None
            if form.awards_number is None
            else {"number": form.awards_number, "percent": _text(form.awards_percent)},
            "9": dict(form.appointees),
            "10": {
                "highest": form.highest,
                "rows": {**{str(level): dict(row) for level, row in form.ratings.items()}, "total": form.rating_totals},
            },
        },
        "footnotes": list(form.footnotes),
        "blanks": dict(form.blanks),
    }


def form_from_dict(data: Mapping[str, Any]) -> Form:
    """The form that `form_to_dict` wrote."""
    items = data["items"]
    four, six, seven, eight = (items[number] for number in ("4", "6", "7", "8"))
    return Form(
        form=data["form"],
        scope=data["scope"],
        plan=data["plan"],
        pattern=data["pattern"],
        due_date=_day(data["due_date"]),
        agency=items["1"],
        period=(date.fromisoformat(items["2"]["from"]), date.fromisoformat(items["2"]["to"])) if items["2"] else None,
        paid_in=items["3"],
        pay_as_of=_day(four["as_of"]) if four else None,
        pay_rows={
            name: PayRow(row["number"], _decimal(row["base_pay"]), Decimal(row["total"]))
            for name, row in four["rows"].items()
            if name != "aggregate"
        }
        if four
        else None,
        pool=_decimal(items["5"]),
        paid_percent=_decimal(six["percent"]) if six else None,
        paid_amount=_decimal(six["amount"]) if six else None,
        levels={level: seven[str(level)] for level in LEVELS} if seven else None,
        awards_number=eight["number"] if eight else None,
        awards_percent=_decimal(eight["percent"]) if eight else None,
        appointees={column: items["9"][column] for column in APPOINTEES},
        ratings={level: dict(items["10"]["rows"][str(level)]) for level in rating_levels.LEVELS},
        footnotes=tuple(data.get("footnotes", ())),
        blanks=dict(data.get("blanks", {})),
    )


def _item_4(form: Form) -> dict[str, Any] | None:
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
