"""Entries of the first level of a YAML file written anew where they stand; comments and all other entries stay."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from seskit.formats.refusals import FactError
from seskit.formats.strict_yaml import YamlError, dump, load

Value = date | Decimal | bool | int | str | None | Mapping[str, str] | Mapping[int, Decimal]
_ENTRY = re.compile(r"(?P<name>[A-Za-z_]\w*):(?P<value>[^#]*?)(?P<rest>\s*(#.*)?)$")


def with_entries(text: str, entries: Mapping[str, Value]) -> str:
    """The text with these entries of its first level; one that is nothing is taken out. Raises FactError.

    What was written is read again: where anything else would have changed, nothing is.
    """
    before = load(text) or {}
    read = {name: load(_written(name, value))[name] for name, value in entries.items() if value is not None}
    left = {name: value for name, value in entries.items() if read.get(name) != before.get(name)}
    lines: list[str] = []
    inside = False
    for line in text.splitlines():
        if inside and (not line.strip() or line[:1].isspace()):
            lines += [] if line.strip() else [line]
            continue
        found = _ENTRY.match(line)
        if inside := found is not None and found["name"] in left:
            name = found["name"]
            value = left.pop(name)
            if value is not None:
                rest = "" if isinstance(value, Mapping) else found["rest"]
                lines.append(f"{_written(name, value)}{rest}")
        else:
            lines.append(line)
    lines += [_written(name, value) for name, value in left.items() if value is not None]
    made = "\n".join([*lines, ""])
    wanted = {name: value for name, value in before.items() if name not in entries} | read
    try:
        after = load(made) or {}
    except YamlError:
        after = None
    if after != wanted:
        raise FactError("The file is written in a way this form cannot change. Change it in a text editor.")
    return made


def _written(name: str, value: Value) -> str:
    """An entry as a file has it, without the break at its end."""
    return dump({name: dict(value) if isinstance(value, Mapping) else value}).rstrip("\n")
