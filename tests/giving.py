"""A wrong answer of the kind that is asked for, as a person could give it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from seskit.desk.practice.answers import AnswerPart


def wrong(part: AnswerPart, expected: Any) -> Any:
    """Another choice, another set of choices, one more, or the day after."""
    right = part.read(expected)
    if part.kind == "several":
        return [choice.code for choice in part.choices if choice.code not in right][:2] or []
    if part.choices:
        return next(choice.code for choice in part.choices if choice.code != right)
    if part.kind == "date":
        return ((expected or date(2004, 7, 28)) + timedelta(days=1)).isoformat()
    return str((expected or Decimal(0)) + 1)


def entered(part: AnswerPart, value: Any) -> Any:
    """A value as it is chosen, ticked or typed in a panel."""
    if part.kind == "several":
        return sorted(part.read(value))
    read = part.read(value)
    if part.choices:
        return "none" if read is None else read
    return part.shown(value) if value is not None else "none"
