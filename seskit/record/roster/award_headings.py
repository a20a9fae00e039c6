"""Which heading may hold the performance awards: the one judgment of the roster's reader, its corrections and the import."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from seskit.law.facts import Unreadable
from seskit.record.roster.cells import settled
from seskit.record.roster.columns import COLUMNS, READ_ELSEWHERE, canonical
from seskit.record.roster.printed.amounts import bare, none
from seskit.record.roster.usual_headings import columns, never_award, words

_LEAST, _MOST, _MOST_OF_ALL = 1_000, 100_000, 1_000_000
_YEARS = range(1900, 2101)
_NUMBERS = {"no", "number", "id", "uid", "key", "code", "year", "date", "series", "zip", "room", "phone", "hours"}
_TIMES = {"year", "date"}
_PAYS = {"rate", "salary", "pay"}
_NEARLY_ALL, _HALF = 0.8, 0.5


def may_hold(given: Iterable[tuple[str, Sequence[str]]]) -> list[str]:
    """Of headings with their cells, those that may be the performance award: named for it, and with amounts below."""
    return [heading for heading, cells in given if is_named(heading) and _share(cells, _MOST) >= _HALF]


def is_named(heading: str) -> bool:
    """Whether a heading's words may name the performance award; another award, and one other papers read, is none."""
    return canonical(heading) not in READ_ELSEWHERE and (
        canonical(heading) == "award" or "award" in columns(heading, ["award"])
    )


def only_by_amounts(heading: str, cells: Sequence[str]) -> bool:
    """Whether nothing but its amounts speaks for awards: the heading names neither them nor anything else."""
    if canonical(heading) in READ_ELSEWHERE or never_award(heading) or words(heading) & (_NUMBERS | _PAYS):
        return False
    return not columns(heading, list(COLUMNS)) and _share(cells, _MOST) >= _NEARLY_ALL


def holds_money(heading: str, cells: Sequence[str]) -> bool:
    """Whether a column holds amounts of money of any kind."""
    return not words(heading) & (_NUMBERS - _TIMES) and _share(cells, _MOST_OF_ALL) >= _HALF


def amounts(heading: str, cells: Sequence[str]) -> int:
    """How many cells below a heading that is named for the awards hold an amount like one, whatever the others are."""
    if not is_named(heading) or words(heading) & _NUMBERS:
        return 0
    return sum(bool(_share([cell], _MOST)) for cell in cells)


def too_small(heading: str, cells: Sequence[str]) -> bool:
    """Whether all that is below a heading named for the awards is numbers far too small: percentages, or thousands."""
    given = [amount for cell in cells if (amount := _amount(cell.rstrip("% "))) != 0]
    named = is_named(heading) and not words(heading) & _NUMBERS
    return named and bool(given) and all(amount is not None and amount < _LEAST for amount in given)


def total(cells: Sequence[str]) -> tuple[int, Decimal]:
    """How many amounts a column holds, and what they come to."""
    found = [amount for cell in cells if (amount := _amount(cell))]
    return len(found), sum(found, Decimal(0))


def _share(cells: Sequence[str], most: int) -> float:
    """Which part of the cells that are not blank holds dollars up to so many, or says that there are none; 0 where none
    is more than nothing.
    """
    amounts = [_amount(cell) for cell in cells if cell.strip()]
    if not any(amounts):
        return 0
    return sum(one is not None and (not one or (_LEAST <= one < most and one not in _YEARS)) for one in amounts) / len(
        amounts
    )


def _amount(cell: str) -> Decimal | None:
    plain = bare(cell)
    if none(plain) is not None or none(cell.strip()) is not None:
        return Decimal(0)
    try:
        amount, _ = settled(plain, COLUMNS["award"].read, free=False)
    except Unreadable:
        return None
    return Decimal(amount) if amount is not None else None
