"""Usual headings of other systems: the one list by which a heading is known for a column of the roster.

The correction page, the reader of a roster and the import of exports use it. A heading is known by its words alone: case,
signs and the order of words do not matter ("Bonus $", "Employee No.").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from seskit.formats.strict_yaml import load_own
from seskit.record.roster.columns import READ_ELSEWHERE
from seskit.record.roster.pay_headings import is_basic_pay, is_fiscal_year_end

#: How a cell names an Office of Inspector General: in words, shortened, or by its letters.
_INSPECTOR = re.compile(
    r"(?<![a-z0-9])(?:insp(?:ectors?|ect|c?tr)?[\W_]*gen(?:eral|l|(?![a-z]))|o?[-.]?ig\d*(?![a-z0-9])|(?:o\.)?i\.g\.)",
    re.IGNORECASE,
)
#: Who deals with one and serves elsewhere: OIG Liaison, GAO/OIG Audit Liaison, Liaison to the Inspector General.
_ITS = r"(?:office of (?:the )?)?(?:inspector[\s-]+general(?:'s)?|o?ig)\b"
_LIAISON = re.compile(
    rf"\b{_ITS}[\s/&]+(?:(?:and|audit|gao)[\s/&]+)*(?:liaison|coordinator)\b|\b(?:liaison|coordinator)(?: officer)? (?:to|with|for) (?:the )?{_ITS}",
    re.IGNORECASE,
)
_LISTS = load_own(Path(__file__).with_name("usual_headings.yaml").read_text(encoding="utf-8"))
#: Words that name a column: wherever they are in a heading, or where it says nothing else; and columns of other papers.
WITHIN: Mapping[str, list[str]] = _LISTS["within"]
ALONE: Mapping[str, list[str]] = _LISTS["alone"]
ELSEWHERE: Mapping[str, list[str]] = _LISTS["elsewhere"]
#: One of these words must be in a heading before its cells may speak for the column.
SPEAKS_FOR: Mapping[str, frozenset[str]] = {column: frozenset(said) for column, said in _LISTS["speaks_for"].items()}
_SHORT: Mapping[str, str] = {short: whole for whole, shorts in _LISTS["shortened"].items() for short in shorts}
#: How a last and a first name are named where each has a column of its own, and what parts the two when they are joined.
_LAST, _FIRST = ("last name", "surname", "family name"), ("first name", "given name", "forename")
NAME_JOIN = ", "
PAYS = ("basic_pay_fy_end", "basic_pay_period_end")
#: Columns whose words are part of many other headings.
_COMMON = ("name", "component", "es_level", "ig_office", "action", "basic_pay_period_end")
_ANY_DAY = re.compile(
    r"\d{1,2}[/._-]\d{1,2}|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? ?-?\d|\d[ -](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)


def names_inspector(cells: Iterable[str]) -> bool:
    """Whether one of the cells names an Office of Inspector General; a liaison to one serves elsewhere."""
    return any(_INSPECTOR.search(cell) and _INSPECTOR.search(_LIAISON.sub(" ", cell)) for cell in cells)


@lru_cache(maxsize=1 << 12)
def words(heading: str) -> frozenset[str]:
    """The words and numbers of a heading."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    return frozenset(_SHORT.get(word, word) for word in re.findall(r"[a-z]+|\d+", spaced.lower()))


def columns(heading: str, absent: Sequence[str]) -> list[str]:
    """The columns, among these, that a heading usually names; both pay columns where it does not say the day."""
    said = words(heading)
    if not said:
        return []
    if any(said == words(one) for one in _LISTS["either_pay"]):
        return [column for column in PAYS if column in absent]
    if is_fiscal_year_end(heading):
        return [column for column in PAYS[:1] if column in absent]
    if is_basic_pay(heading) and _ANY_DAY.search(heading):
        return [column for column in PAYS if column in absent]
    if never_award(heading):
        absent = [column for column in absent if column != "award"]
    whole = [column for column in absent if any(said == words(one) for one in _all(column))]
    return whole or [column for column in absent if column not in _COMMON and _within(said, column)][:1]


def elsewhere(heading: str) -> str:
    """The column of other papers that a heading names, with or without a year behind it; empty where it names none."""
    said = frozenset(word for word in words(heading) if not word.isdecimal())
    known = ((column, (column.replace("_", " "), *ELSEWHERE.get(column, ()))) for column in READ_ELSEWHERE)
    return next((column for column, phrases in known if said and said in map(words, phrases)), "")


def last_and_first(heads: Sequence[str]) -> tuple[str, ...]:
    """The headings of a last and a first name that have a column each; none where there are not both, in two columns."""
    found = [_of_words(heads, one) for one in (_LAST, _FIRST)]
    return tuple(found) if all(found) and found[0] != found[1] else ()


def _of_words(heads: Sequence[str], phrases: Sequence[str]) -> str:
    fit = [head for head in heads if any(words(one) <= words(head) for one in phrases)]
    return min(fit, key=lambda head: len(words(head)), default="")


def may_speak_for(heading: str, column: str) -> bool:
    """Whether a heading that does not name a column may be it by its cells: where these alone say nothing, its words must."""
    return column not in SPEAKS_FOR or bool(words(heading) & SPEAKS_FOR[column])


def speaks_for(heading: str, column: str) -> bool:
    """Whether the words of a heading name a column, whatever else it says."""
    said = words(heading)
    return bool(said & SPEAKS_FOR[column]) if column in SPEAKS_FOR else _within(said, column)


def never_award(heading: str) -> bool:
    """Whether a heading names an award or a payment that is never the performance award of the report."""
    said = words(heading)
    return any(words(one) <= said for one in _LISTS["never_award"])


def _all(column: str) -> tuple[str, ...]:
    return (*WITHIN.get(column, ()), *ALONE.get(column, ()))


def _within(said: frozenset[str], column: str) -> bool:
    return any(words(one) <= said for one in WITHIN.get(column, ()))
