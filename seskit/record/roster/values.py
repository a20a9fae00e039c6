"""What a cell of a workbook holds, as the text a person sees or as a value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from seskit.record.roster.cells import Cell, Personal, examined, failed, uncalculated
from seskit.record.roster.number_formats import Format, day, elapsed, shown

LONGEST_TEXT = 32_767
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_EXACT = 2**53
_PLAIN_DIGITS = 15
_PERCENT = "%"
#: What stands for the value of a formula that was never stored.
UNCALCULATED = "(formula without a stored value)"


def written(text: str) -> str:
    """A text as a person sees it: characters kept as _x000D_ are those characters, without the spaces around it."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n").strip(" \t\n")


class Texts:
    """Cells as texts: what is held, with what is shown beside it where the two differ."""

    blank: Any = ""

    def __init__(self, styles: Sequence[Format], *, since_1904: bool) -> None:
        """Take the styles of the workbook and its first day."""
        self._styles, self._since_1904 = styles, since_1904

    def text(self, text: str) -> Any:
        """A cell that holds text."""
        return examined(written(text))

    def shared(self, text: str) -> Any:
        """A cell that holds one of the shared texts."""
        return text

    def truth(self, yes: bool) -> Any:
        """A cell that holds true or false."""
        return "yes" if yes else "no"

    def error(self, what: str) -> Any:
        """A cell whose formula failed."""
        return Cell(what, fault=failed())

    def uncalculated(self) -> Any:
        """A cell with a formula whose value was never stored."""
        return Cell(UNCALCULATED, fault=uncalculated())

    def moment(self, text: str) -> Any:
        """A cell that holds a day in ISO form."""
        return examined(text.strip().removesuffix("Z"))

    def number(self, text: str, style: int) -> Any:
        """A cell that holds a number, under its style's format."""
        form = self._styles[style] if 0 <= style < len(self._styles) else None
        held = _held(text)
        if form is None or form.kind in ("general", "text", "other") or held is None:
            return held if held is not None else examined(text.strip())
        if form.kind == "date":
            return day(held, since_1904=self._since_1904)
        if form.kind == "elapsed":
            return elapsed(held)
        if form.kind == "ssn":
            return Cell("***-**-****", fault=Personal())
        if form.as_identifier:
            return Cell(held, shown=shown(held, form))
        if _PERCENT in form.code:
            return f"{(Decimal(held) * 100).normalize():f}%"
        return Cell(held, shown=seen) if _differs(seen := shown(held, form), held) else held


class Values(Texts):
    """Cells as values: numbers, days, truth values and texts."""

    def text(self, text: str) -> Any:
        """A cell that holds text."""
        return str(super().text(text))

    def shared(self, text: str) -> Any:
        """A cell that holds one of the shared texts."""
        return str(text)

    def truth(self, yes: bool) -> Any:
        """A cell that holds true or false."""
        return yes

    def error(self, what: str) -> Any:
        """A cell whose formula failed, as the word for its error."""
        return what

    def uncalculated(self) -> Any:
        """A cell with a formula whose value was never stored, as the words for it: it is no blank."""
        return UNCALCULATED

    def moment(self, text: str) -> Any:
        """A cell that holds a day in ISO form."""
        return _as_day(text.strip().removesuffix("Z"))

    def number(self, text: str, style: int) -> Any:
        """A number as it is held, or a day."""
        form = self._styles[style] if 0 <= style < len(self._styles) else None
        held = _held(text)
        if held is None:
            return str(examined(text.strip()))
        if form is not None and form.kind == "date":
            seen = day(held, since_1904=self._since_1904)
            return _as_day(seen) if seen != held else float(held)
        return float(held)


def _held(text: str) -> str | None:
    """A number as people write it: whole numbers without a point; None where it is no number."""
    text = text.strip()
    if text.isdigit() and text.isascii() and len(text) <= _PLAIN_DIGITS and (text[0] != "0" or text == "0"):
        return text
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text)
    if number in (float("inf"), float("-inf")):
        return None
    return str(int(number)) if number.is_integer() and abs(number) < _EXACT else f"{Decimal(repr(number)):f}"


def _differs(seen: str, held: str) -> bool:
    """Whether a person sees another number than the one held; signs such as $ and commas aside."""
    digits = "".join(character for character in seen if character.isdigit() or character == ".")
    try:
        return not digits or abs(Decimal(digits)) != abs(Decimal(held))
    except InvalidOperation:
        return False


def _as_day(text: str) -> Any:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment.date() if moment == datetime(moment.year, moment.month, moment.day) else moment  # noqa: DTZ001 - a wall clock
