"""One cell to one value: what a spreadsheet shows, what it holds, and characters that a person cannot see."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from seskit.formats.counts import first_of
from seskit.formats.personal_data import hits
from seskit.law.facts import Unreadable

SSN_REASON = "looks like a Social Security number, which must never be in a file"
SSN_FIX = "Remove it; the supplementary form leaves the number to be added by hand."
_UNUSUAL = re.compile(r"[^\t\n\r -~]")
_ERROR = re.compile(
    r"#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!|UNKNOWN!|GETTING_DATA)"
    r"|Err:\d{3}|#{4,}",
    re.IGNORECASE,
)
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LOOK_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_NO_WIDTH = frozenset("\u034f\u17b4\u17b5") | frozenset(map(chr, range(0xFE00, 0xFE10)))
_MOST_NAMED = 3
_HARD_BLANK = "[U+00A0]"


class UnusableCell(Unreadable):
    """A cell that cannot be used whatever its column: why, and what to do."""

    def __init__(self, reason: str, fix: str) -> None:
        """Keep both sentences."""
        super().__init__(reason, fix=fix)


class Personal(UnusableCell):
    """A cell that holds a Social Security number, which is not kept."""

    def __init__(self) -> None:
        """Say so in the words every such cell has."""
        super().__init__(SSN_REASON, SSN_FIX)


class Cell(str):
    """The text of a cell that has more to say: what the spreadsheet shows, or what is wrong with it.

    As a text it is what the cell holds, safe to print. Two cells are equal only when they say the same.
    """

    __slots__ = ("caution", "fault", "free", "shown")
    #: What a person sees in the spreadsheet.
    shown: str
    #: Why the cell cannot be used; `free` is the text where words of any kind may be written, if it may stand there.
    fault: UnusableCell | None
    free: str | None
    #: What to say when the free text is used.
    caution: str

    def __new__(
        cls, held: str, *, shown: str | None = None, fault: UnusableCell | None = None, free: str | None = None,
        caution: str = "",
    ) -> Cell:  # fmt: skip
        """Keep the text with what belongs to it."""
        made = super().__new__(cls, held)
        made.shown = held if shown is None else shown
        made.fault, made.free, made.caution = fault, free, caution
        return made

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Cell) and self._all == other._all

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self._all)

    @property
    def _all(self) -> tuple[str, str, str | None]:
        return str(self), self.shown, self.fault.reason if self.fault else None


def examined(text: str) -> str:
    """The text itself, or a cell that names the characters in it that a person cannot see or would take for others.

    A text that is personal, with or without them, is given as such a text, so that it is refused as that and never shown.
    """
    if not _UNUSUAL.search(text):
        return text
    odd = sorted({character for character in text if _kind(character)}, key=text.index)
    if not odd:
        return text
    cleaned = "".join(_replaced(character) for character in text).strip()
    for said in (cleaned, text):
        if any(hits(said)):
            return said
    reason = f"holds {first_of(odd, _MOST_NAMED, said=_name)}"
    forbidden = any(_kind(character) == "control" for character in odd)
    return Cell(
        "".join(_escaped(character) for character in text),
        fault=UnusableCell(reason, "Type the value again, with plain letters, digits and spaces only."),
        free=None if forbidden else cleaned,
        caution=f"{reason}; it was read without the invisible characters",
    )


def safe(text: str) -> str:
    """A text as it may be printed: control and invisible characters are shown as escapes."""
    return str(examined(text))


def headings(row: Iterable[str]) -> list[str]:
    """A row of headings as a person reads them: a cell with blanks or marks that cannot be seen counts without them."""
    return [cell.free if isinstance(cell, Cell) and cell.free else cell for cell in row]


def failed() -> UnusableCell:
    """The fault of a cell whose formula failed."""
    return UnusableCell(
        "is an error of the spreadsheet, not a value",
        "Correct the formula, or write the value itself, and save the file.",
    )


def uncalculated() -> UnusableCell:
    """The fault of a cell with a formula whose value was never stored."""
    return UnusableCell(
        "holds a formula without a stored value",
        "Open the workbook in Excel or LibreOffice, let it calculate (in LibreOffice: Data, Calculate, Recalculate Hard), and "
        "save it as .xlsx; or paste values.",
    )


def settled(raw: str, read: Callable[[str], Any], *, free: bool = False) -> tuple[Any, str]:
    """A cell's value by its column's reader, None where it is blank, and a caution where there is one.

    In a `free` column words of any kind may be written; in the others a character that cannot be seen is a fault.
    Raises Unreadable, or Fault where the cell cannot be used in any column.
    """
    text = str(raw).strip()
    if type(raw) is Cell:
        if raw.fault:
            if raw.free is None or not free:
                raise raw.fault
            return raw.free or None, raw.caution
        return _number(raw, text, read)
    if not text:
        return None, ""
    if _ERROR.fullmatch(text):
        raise failed()
    return read(text), ""


def _number(cell: Cell, held: str, read: Callable[[str], Any]) -> tuple[Any, str]:
    """A number with a format: words are read as shown, numbers as held, and a difference is said."""
    if read is str:
        return cell.shown, ""
    try:
        value = read(held)
    except Unreadable as failure:
        if cell.shown == held:
            raise
        reason = f"{failure.reason}; the cell shows {cell.shown or 'nothing'}"
        raise Unreadable(reason, failure.hint, fix=failure.fix) from None
    try:
        same = bool(cell.shown.strip()) and read(cell.shown.strip()) == value
    except Unreadable:
        same = True
    return value, "" if same else f"is what the cell holds; it shows {cell.shown.strip() or 'nothing'}"


@lru_cache(maxsize=4096)
def _kind(character: str) -> str:
    """What is wrong with a character: control, no width, blank, digit or likeness; nothing for a usual one."""
    if character in "\t\n\r" or " " <= character <= "~":
        return ""
    category = unicodedata.category(character)
    if character in _DIRECTIONS or category in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp"):
        return "control"
    if character in _NO_WIDTH or category == "Cf":
        return "no width"
    if character in _LOOK_BLANK or category == "Zs":
        return "blank"
    if category in ("Nd", "Nl", "No"):
        return "digit"
    return "likeness" if "\uff01" <= character <= "\uff5e" or character == "\ufffd" else ""


def _name(character: str) -> str:
    return f"U+{ord(character):04X} ({unicodedata.name(character, 'a control character').lower()})"


def _escaped(character: str) -> str:
    return f"[U+{ord(character):04X}]" if _kind(character) in ("control", "no width", "blank") else character


def _replaced(character: str) -> str:
    return {"blank": " ", "no width": ""}.get(_kind(character), character)


def as_shown(cell: str) -> str:
    """A number that a spreadsheet shows with leading zeros, with them; anything else as the cell holds it, a hard blank as a blank."""
    if isinstance(cell, Cell) and cell.free == " ".join(str(cell).split(_HARD_BLANK)):
        return cell.free
    shown = cell.shown if isinstance(cell, Cell) else cell
    return shown if shown.startswith("0") and shown.isdigit() and shown.lstrip("0") == str(cell) else str(cell)
