"""What the values that systems print mean: appointments, ratings, yes and no, amounts, dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

from seskit.formats.privacy import shown
from seskit.law.facts import Unreadable, day, month_named
from seskit.record.people_import.recipe import DateOrder
from seskit.record.roster.columns import of_kind
from seskit.record.roster.printed.amounts import bare
from seskit.record.roster.printed.words import TYPES, level, level_words, names_level

#: Where no printed form fits: the codes of OPM's public listing of positions, and words; the first that fits.
_APPOINTMENTS = (
    (r"\bna\b|non[ -]?career", "noncareer"),
    (r"\bea\b|emergency", "limited_emergency"),
    (r"\bta\b|\bterm\b", "limited_term"),
    (r"\bpas\b|presidential", "presidential"),
    (r"\bca\b|career", "career"),
)
_RATINGS = (
    (r"not[ -]?rated|unrated|^n/?r$|^n/?a$|^none$|^new appoint(?:ee|ment)$", ""),
    (r"^\s*level\s*([1-5])\b(?!.*\d)|^\s*([1-5])(?:\.0+)?\s*(?:$|of 5$|[-:(=. ](?!.*\d))", None),
    (r"unsat|unaccept", "1"),
    (r"minimal", "2"),
    (r"exceed", "4"),
    (r"outstanding|exceptional|distinguished", "5"),
    (r"fully|successful|meets", "3"),
)
_BOTH = re.compile(r"\s*(?:level\s*)?([1-5])[\s\W]+([a-z][a-z ]*[a-z])", re.IGNORECASE)
#: Words before the name of a level that put somebody below it, at a level that is not said.
_SHORT_OF = re.compile(r"\b(?:not (?!rat)|less|below|under|partial|partially|almost|nearly)", re.IGNORECASE)
_YES, _NO = {"yes", "y", "true", "t", "1", "x"}, {"no", "n", "false", "f", "0"}
_YES_NO = of_kind("yes_no")
_TODAY_LESS = 70
_SERIAL_FROM, _SERIAL_TO = 20_000, 60_000
_EPOCH = date(1899, 12, 30)


def meant(column: str, text: str) -> str | None:
    """The roster's value for a text; None where the column takes any text, or where it cannot be determined."""
    if column == "appointment_type":
        if known := next((said for form in TYPES if (said := form.read(text, {}))), None):
            return known
        return next((value for words, value in _APPOINTMENTS if re.search(words, text, re.IGNORECASE)), None)
    if column == "rating":
        return _rating(text)
    if column == "es_level":
        found = re.fullmatch(r"(?:ES)?[ -]*0*([1-6])(?:\.0)?", text.strip(), re.IGNORECASE)
        return found[1] if found else None
    if column in _YES_NO:
        plain = text.strip().lower()
        return "yes" if plain in _YES else "no" if plain in _NO else None
    return None


def fixed(column: str) -> bool:
    """Whether a column takes only values that a recipe must say."""
    return column in ("appointment_type", "rating", "es_level", *_YES_NO)


def _rating(text: str) -> str | None:
    if _SHORT_OF.search(text):
        return None
    if names_level(text) and (known := level(text) or level_words(text)):
        return known
    both = _BOTH.match(text)
    if both and level_words(both[2]) not in (None, both[1]):  # the number says one level, the words another
        return None
    for words, value in _RATINGS:
        if found := re.search(words, text.strip(), re.IGNORECASE):
            return value if value is not None else next(group for group in found.groups() if group)
    return None


def amount(text: str) -> str:
    """An amount alone; what is no amount stays as it is, to be refused with its row."""
    plain = bare(text)
    return plain if re.fullmatch(r"\d[\d,]*(\.\d+)?", plain) else text


@dataclass(frozen=True)
class DateStyle:
    """How dates are written, and whether nothing in them decides it."""

    name: DateOrder
    doubtful: bool = False


def order(cells: Sequence[str]) -> DateStyle | None:
    """The order in which the dates of a column are written; None where none of them is known."""
    slashed = [
        found
        for cell in cells
        if (found := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})", _date_part(cell)))
    ]
    if slashed:
        firsts, seconds = ([int(found[n]) for found in slashed] for n in (1, 2))
        if max(firsts) > 12 >= max(seconds):
            return DateStyle("day first")
        return DateStyle("month first", doubtful=max(seconds) <= 12)
    if cells and all(re.fullmatch(r"\d{5}(\.0+)?", cell) for cell in cells):
        return DateStyle("serial numbers", doubtful=True)
    return DateStyle("year first") if cells else None


def _date_part(text: str) -> str:
    return re.split(r"[T ]", text.strip(), maxsplit=1)[0] if re.match(r"\d", text.strip()) else text.strip()


def iso(text: str, how: str) -> str:
    """A date as the roster has it; raises Unreadable for what is none."""
    plain = _date_part(text)
    if found := re.fullmatch(r"(\d{4})-?(\d{2})-?(\d{2})", plain):
        return _day(int(found[1]), int(found[2]), int(found[3]), text)
    found = re.fullmatch(r"(\d{1,2})[ -]?([A-Za-z]{3})[A-Za-z]*[ -]?(\d{2}|\d{4})", text.strip())
    if found and (month := month_named(found[2])):
        return _day(_year(found[3]), month, int(found[1]), text)
    if found := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})", plain):
        first, second = int(found[1]), int(found[2])
        month, number = (second, first) if how == "day first" else (first, second)
        return _day(_year(found[3]), month, number, text)
    found = re.fullmatch(r"(\d{5})(\.0+)?", plain) if how == "serial numbers" else None
    if found and _SERIAL_FROM <= int(found[1]) <= _SERIAL_TO:
        return (_EPOCH + timedelta(int(found[1]))).isoformat()
    return day(text).isoformat()


def _year(text: str) -> int:
    number = int(text)
    return number if len(text) == 4 else number + (1900 if number >= _TODAY_LESS else 2000)


def _day(year: int, month: int, number: int, text: str) -> str:
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        raise Unreadable(f"'{shown(text)}' is not a day in the calendar", "check the order of day and month") from None


assert {"day first", "month first", "serial numbers", "year first"} == set(get_args(DateOrder))  # noqa: S101
