"""The decision paper as a tagged PDF (PDF/UA-1), made by typst from data, never from commands."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from seskit.formats.days import days_in_words
from seskit.formats.typesetting import pdf, printable
from seskit.paper.closeout.decision import Paper, data

_TEMPLATE = Path(__file__).parent / "decision.typ"
_LONG = re.compile(r"\S{18}(?=\S)")
_CODES = "A character that the fonts of this file lack is printed as its code, for example [U+4E2D]."


def decision_pdf(made: Paper) -> bytes:
    """The paper as PDF; long words may break, and nothing is cut."""
    shown = _printable(data(made))
    note = _CODES if "[U+" in json.dumps(shown) else ""
    return pdf(_TEMPLATE, {"data": json.dumps(shown | {"note": note})})


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return _LONG.sub("\\g<0>\u200b", printable(" ".join(days_in_words(value).split())))
    if isinstance(value, dict):
        return {key: _printable(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(part) for part in value]
    return value
