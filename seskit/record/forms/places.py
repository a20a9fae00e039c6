"""Whether the rows of a form have a place for all that a file says, so that nothing is lost when it is saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from seskit.record.forms.fields import Field
from seskit.record.forms.grid import Grid
from seskit.record.forms.layout import DeclaredFile


def has_each(declared: DeclaredFile, tree: Mapping[str, Any]) -> bool:
    """Whether each entry of plain data has a place, whatever its value."""
    return _placed(declared, (), tree, "")


def tells_apart(declared: DeclaredFile, grid: Grid) -> bool:
    """Whether rows to which others belong have each a name of their own."""
    parents = [
        one for one in declared.sheets if one.way and any(_is_below(other.way, one.way) for other in declared.sheets)
    ]
    for sheet in parents:
        names = [row.get(sheet.named_by, "").strip().lower() for row in grid[sheet.title]]
        if len({*names, ""}) <= len(names):
            return False
    return True


def _is_below(way: tuple[str, ...], parent: tuple[str, ...]) -> bool:
    return len(way) > len(parent) and way[: len(parent)] == parent


def _placed(declared: DeclaredFile, way: tuple[str, ...], value: Any, name: str) -> bool:
    sheet = next((one for one in declared.sheets if name and one.way == (*way, name)), None)
    if sheet is not None:
        if value is not None and not isinstance(value, Mapping if sheet.by_name else list):
            return False
        return all(isinstance(item, Mapping) and _placed(declared, (*way, name), item, "") for item in _items(value))
    own = {entry.name: entry for sheet in declared.sheets if sheet.way == way for entry in sheet.fields}
    if name in own:
        return _fits(own[name], value)
    if not isinstance(value, Mapping):
        return False
    before = f"{name}." if name else ""
    return all(_placed(declared, way, one, f"{before}{key}") for key, one in value.items())


def _items(value: Any) -> Iterable[Any]:
    if value is None:
        return ()
    return value.values() if isinstance(value, Mapping) else value


def _fits(entry: Field, value: Any) -> bool:
    if entry.shape == "one" or value is None:
        return not isinstance(value, (Mapping, list))
    if not isinstance(value, Mapping if entry.shape == "pairs" else list):
        return False
    return all(not isinstance(one, (Mapping, list)) and "\n" not in str(one) for one in _items(value))
