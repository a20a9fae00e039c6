"""Whether the cells below a heading can be those of a column."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from seskit.record.agency import Agency
from seskit.record.roster import printed
from seskit.record.roster.as_accepted import ALL, readable
from seskit.record.roster.printed import words

_LOOKED_AT = 200
_HALF, _NEARLY_ALL = 0.5, 0.8
_MOST_OF_AN_ID = 20
_AMOUNT = re.compile(r"\s*\$.*|\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d+\.\d+")


def named(column: str, cells: Sequence[str], agency: Agency | None) -> bool:
    """For a heading that says the column: half of the cells can be read in it; a blank column may be it, too."""
    given = _given(cells)
    if not given:
        return True
    if column == "person_id":
        return _share(given, _like_an_id) >= _HALF
    if column == "plan":  # its values may be in other words than those of agency.yaml, and are looked at later
        return (
            _share(given, lambda cell: not _AMOUNT.fullmatch(cell) and not readable(ALL["rating_date"], cell)) >= _HALF
        )
    return _share(given, lambda cell: _takes(column, cell, agency)) >= _HALF


def could_be(column: str, cells: Sequence[str], agency: Agency | None) -> bool:
    """For a heading that does not say it: nearly all cells can be read in it, and nothing else speaks against it."""
    given = _given(cells)
    if not given:
        return False
    if column == "person_id":
        whole = len(given) == len(cells[:_LOOKED_AT]) and len({cell.strip() for cell in given}) == len(given)
        return whole and all(map(_like_an_id, given)) and any(any(map(str.isdigit, cell)) for cell in given)
    return _share(given, lambda cell: _takes(column, cell, agency)) >= _NEARLY_ALL


def in_words(column: str, cells: Sequence[str]) -> bool:
    """Whether nearly all cells are names of a level, which are below no other heading; numbers are below many."""
    given = _given(cells)
    return (
        column == "rating"
        and bool(given)
        and _share(given, lambda cell: words.names_level(printed.held(cell))) >= _NEARLY_ALL
    )


def _given(cells: Sequence[str]) -> list[str]:
    return [cell for cell in cells[:_LOOKED_AT] if cell.strip()]


def _share(given: Sequence[str], takes: Callable[[str], bool]) -> float:
    return sum(map(takes, given)) / len(given)


def _takes(column: str, cell: str, agency: Agency | None) -> bool:
    if column == "plan":
        return agency is not None and any(
            simple(cell) in (simple(one.id), simple(one.name or "")) for one in agency.plans
        )
    if column == "name":
        return any(map(str.isalpha, cell))
    return readable(ALL[column], cell) or _printed(column, cell)


def simple(text: str) -> str:
    """A name as it is compared: small letters and digits alone."""
    return "".join(character for character in text.lower() if character.isalnum())


def _like_an_id(cell: str) -> bool:
    """One word with a digit in it, that is not a day, an amount or a sentence."""
    text = printed.held(cell).removesuffix(".0")
    if len(text) > _MOST_OF_AN_ID or _AMOUNT.fullmatch(text) or " " in text or not any(map(str.isdigit, text)):
        return False
    return text.isdigit() or not readable(ALL["rating_date"], text)


def _printed(column: str, cell: str) -> bool:
    seen = printed.held(cell)
    return any(
        form.read(seen, {"basic_pay_period_end": "100000"}) is not None for form in printed.FORMS.get(column, ())
    )
