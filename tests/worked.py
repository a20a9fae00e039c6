"""The worked examples in tests/cases, and how an answer is compared with what one expects."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from seskit.formats import strict_yaml
from seskit.law.result import Result
from tests.places import CASES


def load(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    """Every example with the stem of its file, in order."""
    found = []
    for file in sorted(folder.glob("*.yaml")):
        for case in strict_yaml.load(file.read_text(encoding="utf-8")) or []:
            found.append((file.stem, case))
    return found


WORKED = load(CASES)


def number(value: Any) -> Decimal | None:
    """The value as an exact number, or nothing."""
    try:
        return Decimal(str(value)) if not isinstance(value, bool | date) else None
    except InvalidOperation:
        return None


def differs(expected: Any, actual: Any, where: str = "answer") -> str | None:
    """The first difference, in words: a mapping is a subset, numbers compare by value, dates by their ISO text."""
    if isinstance(expected, Mapping):
        if not isinstance(actual, Mapping):
            return f"{where}: expected a mapping, found {actual!r}"
        for key, item in expected.items():
            if key not in actual:
                return f"{where} has no {key!r}"
            if found := differs(item, actual[key], f"{where}.{key}"):
                return found
        return None
    if isinstance(expected, list):
        if not isinstance(actual, list | tuple) or len(expected) != len(actual):
            return f"{where}: expected {len(expected)} items, found {actual!r}"
        pairs = enumerate(zip(expected, actual, strict=True))
        return next((found for n, (a, b) in pairs if (found := differs(a, b, f"{where}[{n}]"))), None)
    wanted, given = number(expected), number(actual)
    if wanted is not None and given is not None:
        same = wanted == given
    else:
        same = (type(expected) is type(actual) and expected == actual) or str(expected) == str(actual)
    return None if same else f"{where}: expected {expected!r}, found {actual!r}"


def texts(value: Any) -> list[str]:
    """One text or several, as a list."""
    return [str(part) for part in (value if isinstance(value, list) else [value])]


def contains(expect: Mapping[str, Any], result: Result) -> list[str]:
    """What the result does not say, of what the example says it contains."""
    said = {
        "cautions_contain": "\n".join(result.cautions),
        "reasons_contain": "\n".join(reason.text for reason in result.reasons),
        "says_contain": result.says,
    }
    return [
        f"{key}: {part!r} is not in {text!r}"
        for key, text in said.items()
        for part in texts(expect.get(key, []))
        if part not in text
    ]
