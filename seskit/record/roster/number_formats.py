"""Number formats of a workbook: which numbers are dates, and what a person sees of the others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

GENERAL = "General"
_CURRENCY = '"$"#,##0{0}_);\\("$"#,##0{0}\\)'
_ACCOUNTING = '_({1}* #,##0{0}_);_({1}* \\(#,##0{0}\\);_({1}* "-"??_);_(@_)'
#: Formats that a workbook may name by number alone.
BUILT_IN: Mapping[int, str] = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: _CURRENCY.format(""), 6: _CURRENCY.format(""),
    7: _CURRENCY.format(".00"), 8: _CURRENCY.format(".00"), 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", **dict.fromkeys((14, 15, 16, 17, 22), "yyyy-mm-dd"), **dict.fromkeys(range(18, 22), "h:mm:ss"),
    **dict.fromkeys((*range(27, 32), 36, *range(50, 59), *range(71, 82)), "yyyy-mm-dd"),
    **dict.fromkeys(range(32, 36), "h:mm:ss"), 37: "#,##0_);\\(#,##0\\)", 38: "#,##0_);\\(#,##0\\)",
    39: "#,##0.00_);\\(#,##0.00\\)", 40: "#,##0.00_);\\(#,##0.00\\)", 41: _ACCOUNTING.format("", ""),
    42: _ACCOUNTING.format("", '"$"'), 43: _ACCOUNTING.format(".00", ""), 44: _ACCOUNTING.format(".00", '"$"'),
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@", 59: "0", 60: "0.00", 61: "#,##0",
    62: "#,##0.00", 67: "0%", 68: "0.00%", 69: "# ?/?", 70: "# ??/??",
}  # fmt: skip
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<space>.)|\*.|\[(?P<bracket>[^\]]*)\]|(?P<general>General|Standard)'
    r"|(?P<half>AM/PM|A/P)|(?P<end>;)|(?P<bare>.)",
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"[<>=]")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
#: With a place for every digit, or with signs over all but the last four.
_SSN = re.compile(
    r"[^0#?]*(?:[0#?]{3}[^0#?]{1,3}[0#?]{2}[^0#?]{1,3}[0#?]{4}|[xX*\u2022]{3}[^0#?]{0,3}[xX*\u2022]{2}[^0#?]{0,3}[0#?]{4})[^0#?]*"
)
_DIGITS = "0#?"
_LAST_DAY = 2958465
_LONGEST_CODE = 1024


@dataclass(frozen=True)
class Token:
    """A part of a format: a placeholder or sign that means something, or a literal text."""

    text: str
    literal: bool


@dataclass(frozen=True)
class Format:
    """What a number format does with a number."""

    code: str
    #: general, text, date, elapsed, ssn, number; other where what is shown cannot be worked out.
    kind: str
    sections: tuple[tuple[Token, ...], ...] = ()
    #: Whether every digit is written out, with its leading zeros and signs between them, as for an identifier.
    as_identifier: bool = False


@lru_cache(maxsize=4096)
def described(code: str) -> Format:
    """What a format code means."""
    if len(code) > _LONGEST_CODE:
        return Format(code, "other")
    sections, kind = _sections(code)
    first = sections[0]
    bare = "".join(token.text for token in first if not token.literal).lower()
    if kind == "elapsed":
        return Format(code, kind)
    if any(_SSN.fullmatch(_written(section)) and any(token.literal for token in section) for section in sections):
        return Format(code, "ssn")
    if not any(character in _DIGITS for character in bare) and (bare in ("general", "@") or "general" in bare):
        return Format(code, "text" if bare == "@" else "general")
    if re.search(r"[ymdhs]", bare) or (re.search(r"[eg]", bare) and not re.search(r"[0#?]", bare)):
        return Format(code, "date")
    if kind == "other" or re.search(r"e[+-]|/", bare):
        return Format(code, "other")
    plain = not re.search(r"[.,%]", bare)
    signs = any(token.literal and token.text.strip() for token in first)
    return Format(code, "number", sections, plain and (bare.count("0") > 1 or (signs and "$" not in _written(first))))


def _written(section: tuple[Token, ...]) -> str:
    return "".join(token.text for token in section)


def _sections(code: str) -> tuple[tuple[tuple[Token, ...], ...], str]:
    """The parts of a code for more than zero, less and zero; and its kind where one sign decides it."""
    sections: list[list[Token]] = [[]]
    kind = ""
    for found in _TOKEN.finditer(code):
        if found["end"]:
            sections.append([])
        elif found["bracket"] is not None:
            inside = found["bracket"]
            if _ELAPSED.fullmatch(inside):
                kind = "elapsed"
            elif inside.startswith("$"):
                sections[-1].append(Token(inside[1:].split("-")[0], literal=True))
            elif _CONDITION.match(inside):
                kind = kind or "other"
        elif found["quoted"] is not None or found["escaped"]:
            sections[-1].append(Token(found["quoted"] or found["escaped"] or "", literal=True))
        elif found["space"]:
            sections[-1].append(Token(" ", literal=True))
        elif found["general"]:
            sections[-1].append(Token(GENERAL, literal=False))
        elif found["half"]:
            sections[-1].append(Token("h", literal=False))
        elif found["bare"]:
            sections[-1].append(_bare(found["bare"]))
    return tuple(tuple(section) for section in sections), kind


def _bare(character: str) -> Token:
    means_something = character.isalpha() or character in "0#?.,%/@+"
    return Token(character, literal=not means_something)


@lru_cache(maxsize=65536)
def shown(held: str, form: Format) -> str:
    """A number as a person sees it under a format; as it is held where that cannot be worked out."""
    number = Decimal(held)
    sections = form.sections
    if number < 0 and len(sections) > 1:
        section, number = sections[1], -number
    elif number == 0 and len(sections) > 2:
        section = sections[2]
    else:
        section = sections[0]
    if any(token.text == GENERAL and not token.literal for token in section):
        return held
    sign = "-" if number < 0 else ""
    try:
        return (sign + _filled(abs(number), section)).strip()
    except InvalidOperation:  # more digits than any spreadsheet shows
        return held


def _filled(number: Decimal, section: tuple[Token, ...]) -> str:
    point = next((place for place, token in enumerate(section) if not token.literal and token.text == "."), None)
    places = [place for place, token in enumerate(section) if not token.literal and token.text in _DIGITS]
    if not places:
        return "".join(token.text for token in section if token.literal or token.text == "%")
    whole = [place for place in places if point is None or place < point]
    decimals = [place for place in places if point is not None and place > point]
    scale = _commas(section, places[-1])
    percents = sum(not token.literal and token.text == "%" for token in section)
    number = number.scaleb(2 * percents - 3 * scale)
    number = number.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    digits, _, fraction = f"{number:f}".partition(".")
    inner = section[whole[0] : whole[-1]] if whole else ()
    grouped = any(token.text == "," and not token.literal for token in inner)
    written = dict(zip(decimals, fraction, strict=False))
    _trim(section, decimals, written)
    written |= _placed(digits.lstrip("0"), section, whole, grouped)
    said = []
    for place, token in enumerate(section):
        if place in written:
            said.append(written[place])
        elif place == point:
            said.append(
                "." if any(written[each].strip() for each in decimals) or "0" in _texts(section, decimals) else ""
            )
        elif token.literal or token.text == "%" or token.text.isalpha():
            said.append(token.text)
    return "".join(said)


def _texts(section: tuple[Token, ...], places: list[int]) -> str:
    return "".join(section[place].text for place in places)


def _commas(section: tuple[Token, ...], last: int) -> int:
    """How many commas stand right behind the last digit: each of them hides three digits."""
    count = 0
    for token in section[last + 1 :]:
        if token.literal or token.text != ",":
            break
        count += 1
    return count


def _trim(section: tuple[Token, ...], decimals: list[int], written: dict[int, str]) -> None:
    """Zeros at the end are not shown where the format does not ask for them."""
    for place in reversed(decimals):
        if section[place].text == "0" or written[place] != "0":
            break
        written[place] = " " if section[place].text == "?" else ""


def _placed(digits: str, section: tuple[Token, ...], whole: list[int], grouped: bool) -> dict[int, str]:
    """The whole part's digits at their places, from the right; the first place takes all that are left."""
    written: dict[int, str] = {}
    left, done = digits, 0
    for place in reversed(whole):
        taken = left if place == whole[0] else left[-1:]
        left = "" if place == whole[0] else left[:-1]
        text = ""
        for digit in reversed(taken or {"0": "0", "#": "", "?": " "}[section[place].text]):
            text = (digit + "," if grouped and done and done % 3 == 0 and digit != " " else digit) + text
            done += 1
        written[place] = text
    return written


def day(held: str, *, since_1904: bool) -> str:
    """A number that a date format shows, as year-month-day, with its time where it has one.

    A number that is no day in the calendar comes back as it is.
    """
    number = Decimal(held) + (1462 if since_1904 else 0)
    if not 0 <= number <= _LAST_DAY + 1:
        return held
    days, seconds = int(number // 1), int((number % 1 * 86400).to_integral_value(ROUND_HALF_UP))
    if seconds == 86400:
        days, seconds = days + 1, 0
    if not 0 <= days <= _LAST_DAY:
        return held
    if days == 60 and not since_1904:
        return "1900-02-29"
    moment = datetime(1899, 12, 31 if days < 60 else 30) + timedelta(days=days, seconds=seconds)  # noqa: DTZ001 - a wall clock
    if days == 0:
        return moment.time().isoformat() if seconds else held
    return moment.date().isoformat() if not seconds else moment.isoformat(" ")


def elapsed(held: str) -> str:
    """A number of days that a format shows as hours, minutes and seconds."""
    if abs(Decimal(held)) > _LAST_DAY:
        return held
    seconds = int((Decimal(held) * 86400).to_integral_value(ROUND_HALF_UP))
    sign, seconds = ("-" if seconds < 0 else ""), abs(seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
