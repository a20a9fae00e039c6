"""Lists, rows and mappings as a person writes them on one line, without JSON.

A list: `3; 4; 4`, or with commas where its items are numbers, days or choices. Rows: `effective=2004-01-11,
kind=adjustment; effective=2005-01-09, kind=initial`, or the values alone in the order of the fields. A mapping:
`first=4.5; second=3`. JSON is read as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from seskit.formats.spelling import american
from seskit.law.facts import NOT_KNOWN, suggestion
from seskit.law.refused import listed

if TYPE_CHECKING:
    from seskit.law.entry_shape import Shape
    from seskit.law.question import FactSlot

_PLAIN = ("text", "choice")
_BEFORE_A_NAME = re.compile(r",(?=[^,=]+=)")
_ONE_AMOUNT = re.compile(r"\$?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)


def taken_apart(slot: FactSlot, text: str) -> Any:
    """What a text says for a fact that is a list, rows or a mapping; any other text as it is."""
    from seskit.law.entry_shape import shape

    found, said = shape(slot), text.strip()
    if found.kind in _PLAIN:
        return text
    if said[:1] in ("[", "{"):
        return text if slot.kind is str else _json(slot, said)
    if found.kind == "several":
        return said if said in found.alone or slot.kind is str else _parts(said, commas=True)
    if found.kind == "lines":
        return _lines(slot, found, said)
    if found.kind == "rows":
        return [_row(slot, found, row, number) for number, row in enumerate(_parts(said), 1)]
    if found.kind == "fields":
        return {name: value for part in _entries(said) for name, value in [_named(slot, part)]}
    return _nested(slot, said) if found.kind == "json" else _pairs(slot, _entries(said))


def how(slot: FactSlot) -> str:
    """How such a fact is written on one line; empty for one value."""
    from seskit.law.entry_shape import shape

    found = shape(slot)
    if found.kind in _PLAIN:
        return ""
    if found.kind in ("several", "lines"):
        return "several, separated with semicolons"
    if found.kind == "rows":
        names = ", ".join(f"{field.name}=..." for field in found.fields)
        return f"rows, separated with semicolons: {names}; or @FILE.csv with these columns"
    if found.kind == "fields":
        return "name=value, separated with semicolons: " + ", ".join(field.name for field in found.fields)
    return (
        "name=value, separated with semicolons" if found.kind == "pairs" else "UNIT: name=value, name=value; UNIT: ..."
    )


def _parts(text: str, *, commas: bool = False) -> list[str]:
    """The parts between semicolons or line ends; between commas where there are none of them and commas count."""
    signs = r"[;\n]" if re.search(r"[;\n]", text) or not commas else ","
    return [part.strip() for part in re.split(signs, text) if part.strip()]


def _entries(text: str) -> list[str]:
    """The parts of a mapping: between semicolons, line ends, or commas before another name."""
    return [one.strip() for part in _parts(text) for one in _BEFORE_A_NAME.split(part)]


def _lines(slot: FactSlot, found: Shape, text: str) -> list[Any]:
    kind = found.item.kind if found.item else str
    if kind is Decimal and _ONE_AMOUNT.fullmatch(text):
        raise slot.refused(f"'{text}' may be one amount or several; separate several with semicolons.")
    counted = kind in (int, Decimal, date) or isinstance(kind, tuple)
    return [None if part.lower() == NOT_KNOWN else part for part in _parts(text, commas=counted)]


def _row(slot: FactSlot, found: Shape, text: str, number: int) -> dict[str, Any]:
    """One row: name=value pairs, or the values alone in the order of the fields."""
    place, fields = f", row {number}", {field.name: field for field in found.fields}
    if "=" not in text:
        values = [part.strip() for part in text.split(",")]
        if len(values) > len(fields):
            raise slot.refused(f"{len(values)} values for {len(fields)} entries; they are {listed(fields)}.", place)
        given = dict(zip(fields, values, strict=False))
    else:
        given = _pairs(slot, [part.strip() for part in _BEFORE_A_NAME.split(text)], place)
    return {name: value for name, value in under_names(slot, fields, given, place).items() if value != ""}


def under_names(slot: FactSlot, fields: Mapping[str, FactSlot], given: Mapping[str, Any], place: str) -> dict[str, Any]:
    """A row under the short names of its fields; labels are known as well, and a name that is neither is refused."""
    by_label = {field.label.lower(): name for name, field in fields.items()}
    made: dict[str, Any] = {}
    for written, value in given.items():
        name = next((one for one in (written, american(written)) if one in fields), by_label.get(written.lower(), ""))
        if not name:
            near = suggestion(written, fields)
            raise slot.refused(f"no entry is called '{written}'.{near} Entries are {listed(fields)}.", place)
        made[name] = taken_apart(fields[name], value) if isinstance(value, str) else value
    return made


def _pairs(slot: FactSlot, parts: list[str], place: str = "") -> dict[str, str]:
    made: dict[str, str] = {}
    for part in parts:
        name, value = _named(slot, part, place)
        if name in made:
            raise slot.refused(f"'{name}' is given twice.", place)
        made[name] = value
    return made


def _named(slot: FactSlot, part: str, place: str = "") -> tuple[str, str]:
    name, sign, value = (piece.strip() for piece in part.partition("="))
    if not sign or not name:
        raise slot.refused(f"'{part}' has no name; write name=value.", place)
    return name, value


def _nested(slot: FactSlot, text: str) -> dict[str, Any]:
    """A mapping of mappings: `Unit A: women=2, men=11; Unit B: women=6, men=12`."""
    made: dict[str, Any] = {}
    for part in _parts(text):
        name, sign, rest = (piece.strip() for piece in part.partition(":"))
        if not sign or not name:
            raise slot.refused(f"'{part}' cannot be read; write {how(slot)}")
        made[name] = _pairs(slot, _BEFORE_A_NAME.split(rest), f", {name}")
    return made


def _json(slot: FactSlot, text: str) -> Any:
    try:
        return json.loads(text, parse_float=Decimal)
    except json.JSONDecodeError as failure:
        said = f"is not a JSON list or mapping ({failure.msg} at character {failure.pos + 1})"
        way = how(slot)
        raise slot.refused(f"{said}{'; or write ' + way if way else ''}.") from None
