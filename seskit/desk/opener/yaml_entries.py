"""Single entries of a YAML file written anew where they stand; comments and all other entries stay."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from seskit.formats.refusals import FactError
from seskit.formats.strict_yaml import YamlError, load

Value = date | Decimal | bool | int | str | None
_ENTRY = re.compile(r"(?P<name>[A-Za-z_]\w*):(?P<value>[^#]*?)(?P<rest>\s*(#.*)?)$")


def with_entries(text: str, entries: Mapping[str, Value]) -> str:
    """The text with these entries of its first level; one that is nothing is taken out. Raises FactError.

    What was written is read again: where anything else would have changed, nothing is.
    """
    before = load(text) or {}
    lines, left = [], dict(entries)
    for line in text.splitlines():
        found = _ENTRY.match(line)
        if found is None or found["name"] not in left:
            lines.append(line)
            continue
        value = left.pop(found["name"])
        if value is not None:
            lines.append(f"{found['name']}: {_written(value)}{found['rest']}")
    lines += [f"{name}: {_written(value)}" for name, value in left.items() if value is not None]
    made = "\n".join([*lines, ""])
    wanted = {name: value for name, value in before.items() if name not in entries}
    wanted |= {name: load(f"of: {_written(value)}")["of"] for name, value in entries.items() if value is not None}
    try:
        after = load(made) or {}
    except YamlError:
        after = None
    if after != wanted:
        raise FactError("The file is written in a way this form cannot change. Change it in a text editor.")
    return made


def _written(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
