"""The rates in OPM's own salary tables, CSV or XML: Executive Schedule, Senior Executive Service, General Schedule."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from xml.etree import ElementTree

from seskit.law.facts import FactError, Unreadable, dollars, money

GS_15, MINIMUM = "GS-15 step 1", "SES minimum"
#: The two maximums of the SES table, which the law sets equal to levels II and III.
CERTIFIED, NOT_CERTIFIED = "SES maximum, certified", "SES maximum, not certified"
_ROMAN = r"(III|II|IV|I|V)"
_LEVEL = re.compile(rf"(?:level|EX)[\s_-]*{_ROMAN}$", re.IGNORECASE)
_BARE = re.compile(rf"{_ROMAN}$")
_WITHOUT = re.compile(r"\b(without|not|no|un)\b.*certified|uncertified", re.IGNORECASE)
_SES = re.compile(r"certified", re.IGNORECASE)
_GRADE = re.compile(r"(?:GS-?\s*)?15$", re.IGNORECASE)
_FIRST_STEP = re.compile(r"(?:step\s*)?1$", re.IGNORECASE)
#: An amount below it is one for an hour, a pay period or a month.
_LEAST = 30_000


def of_csv(text: str, file: str) -> dict[str, Decimal]:
    """The rates of a table saved as CSV, title lines and footnotes beside it or not."""
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text))]
    found = list(_labeled(cell for row in rows for cell in row if cell))
    steps = any("step" in cell.lower() for row in rows for cell in row)
    for row in rows if steps else ():
        if row and _GRADE.match(row[0]) and len(row) > 1 and (amount := _amount(row[1])):
            found.append((GS_15, amount))
    return _once(found, file)


def of_xml(text: str, file: str) -> dict[str, Decimal]:
    """The rates of a table in XML."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise FactError(f"{file}: declares entities, which a table of rates does not need; it is not read.")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - entities are refused above
    except ElementTree.ParseError as failure:
        raise FactError(f"{file}: is not XML that can be read ({failure}).") from None
    return _once([*_labeled(_words(root)), *_first_step(root)], file)


def _words(root: ElementTree.Element) -> Iterator[str]:
    """What the elements say, in order: tags and attributes may name a level as well as a text may."""
    for element in root.iter():
        yield _tag(element)
        yield from element.attrib.values()
        if element.text and element.text.strip():
            yield element.text.strip()


def _labeled(words: Iterable[str]) -> Iterator[tuple[str, Decimal]]:
    """Each amount that follows its label: a level of the Executive Schedule, or the two ends of an SES range."""
    waiting: list[str] = []
    of_levels = False
    for word in words:
        if found := _LEVEL.match(word) or (_BARE.match(word) if of_levels else None):
            waiting = [f"EX-{found[1].upper()}"]
        elif _SES.search(word) and not _amount(word):
            waiting = [MINIMUM, NOT_CERTIFIED if _WITHOUT.search(word) else CERTIFIED]
        elif word.lower() in ("level", "levels"):
            of_levels = True
        elif waiting and (amount := _amount(word)):
            yield waiting.pop(0), amount


def _first_step(root: ElementTree.Element) -> Iterator[tuple[str, Decimal]]:
    """GS-15 step 1 of a General Schedule table: the yearly rate."""
    for grade in (one for one in root.iter() if _tag(one) == "Grade" and _GRADE.match(_value(one))):
        for step in (one for one in grade.iter() if _tag(one) == "Step" and _FIRST_STEP.match(_value(one))):
            yield from ((GS_15, amount) for child in step if (amount := _amount(child.text or "")))


def _value(element: ElementTree.Element) -> str:
    return next(((child.text or "").strip() for child in element if _tag(child) == "Value"), "")


def _tag(element: ElementTree.Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1]


def _amount(text: str) -> Decimal | None:
    """A yearly rate, or nothing."""
    try:
        found = money(text)
    except Unreadable:
        return None
    return found if found >= _LEAST else None


def _once(found: Iterable[tuple[str, Decimal]], file: str) -> dict[str, Decimal]:
    """Each rate once; two that differ are refused."""
    rates: dict[str, Decimal] = {}
    for name, amount in found:
        if rates.setdefault(name, amount) != amount:
            raise FactError(f"{file}: {name} is {dollars(rates[name])} in one place and {dollars(amount)} in another.")
    return rates
