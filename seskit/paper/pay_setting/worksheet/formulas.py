"""Spreadsheet formulas written once: each gives its text for the workbook and its value in Python.

The value is computed the way a spreadsheet does (a blank cell is nothing, a text sorts after numbers), so that it can be
held against the engine's answer before a workbook is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from typing import Any

from seskit.law.clocks import add_months

Here = Mapping[str, Any]
_DAY_ZERO = date(1899, 12, 30)


def serial(day: date | None) -> Decimal | None:
    """A date as spreadsheets count it."""
    return None if day is None else Decimal((day - _DAY_ZERO).days)


@dataclass(frozen=True)
class FormulaTerm:
    """Part of a formula: its text on a row, and its value among the values of that row and of the whole."""

    text: Callable[[object], str]
    value: Callable[[Here], Any]

    def texts(self) -> Callable[[int], str]:
        """The text for any row, put together once."""
        pieces = self.text("\0").split("\0")
        return lambda row: str(row).join(pieces)

    def __add__(self, other: object) -> FormulaTerm:
        return _operator(self, "+", other, lambda a, b: _number(a) + _number(b))

    def __sub__(self, other: object) -> FormulaTerm:
        return _operator(self, "-", other, lambda a, b: _number(a) - _number(b))

    def __mul__(self, other: object) -> FormulaTerm:
        return _operator(self, "*", other, lambda a, b: _number(a) * _number(b))

    def __truediv__(self, other: object) -> FormulaTerm:
        return _operator(self, "/", other, lambda a, b: _number(a) / _number(b))

    def __lt__(self, other: object) -> FormulaTerm:
        return _operator(self, "<", other, lambda a, b: _order(a) < _order(b))

    def __le__(self, other: object) -> FormulaTerm:
        return _operator(self, "<=", other, lambda a, b: _order(a) <= _order(b))

    def __gt__(self, other: object) -> FormulaTerm:
        return _operator(self, ">", other, lambda a, b: _order(a) > _order(b))

    def __ge__(self, other: object) -> FormulaTerm:
        return _operator(self, ">=", other, lambda a, b: _order(a) >= _order(b))

    def equals(self, other: object) -> FormulaTerm:
        """Whether two are the same; a blank cell is the empty text."""
        return _operator(self, "=", other, lambda a, b: _same(a) == _same(b))

    @property
    def blank(self) -> FormulaTerm:
        """Whether nothing stands there."""
        return self.equals("")

    @property
    def given(self) -> FormulaTerm:
        """Whether something stands there."""
        return _operator(self, "<>", "", lambda a, b: _same(a) != _same(b))


def _number(value: Any) -> Decimal:
    return Decimal(0) if value is None else Decimal(value)


def _order(value: Any) -> tuple[int, Any]:
    return (1, value) if isinstance(value, str) else (0, _number(value))


def _same(value: Any) -> Any:
    return "" if value is None else value


def constant(value: object) -> FormulaTerm:
    """A number or text written into the formula."""
    text = '"' + value.replace('"', '""') + '"' if isinstance(value, str) else str(value)
    kept = value if isinstance(value, str) else Decimal(str(value))
    return FormulaTerm(lambda _row: text, lambda _here: kept)


def cell(name: str, column: str) -> FormulaTerm:
    """A cell of the same row, known by name."""
    return FormulaTerm(lambda row: f"${column}{row}", lambda here: here[name])


def named(name: str) -> FormulaTerm:
    """A value the workbook names."""
    return FormulaTerm(lambda _row: name, lambda here: here[name])


def _term(value: object) -> FormulaTerm:
    return value if isinstance(value, FormulaTerm) else constant(value)


def _operator(left: FormulaTerm, sign: str, right: object, compute: Callable[[Any, Any], Any]) -> FormulaTerm:
    other = _term(right)
    return FormulaTerm(
        lambda row: f"({left.text(row)}{sign}{other.text(row)})",
        lambda here: compute(left.value(here), other.value(here)),
    )


def call(function: str, *arguments: object) -> FormulaTerm:
    """A spreadsheet function."""
    terms = [_term(argument) for argument in arguments]
    compute = _FUNCTIONS[function]
    return FormulaTerm(
        lambda row: f"{function}({','.join(term.text(row) for term in terms)})",
        lambda here: compute(*(term.value(here) for term in terms)),
    )


def joined(*terms: FormulaTerm) -> FormulaTerm:
    """The values of several cells as one text, each as a spreadsheet shows it without a format."""
    return FormulaTerm(
        lambda row: "(" + '&"|"&'.join(term.text(row) for term in terms) + ")",
        lambda here: "|".join(_general(term.value(here)) for term in terms),
    )


def _general(value: Any) -> str:
    return format(float(value), ".15g") if isinstance(value, Decimal | int) else str(_same(value))


def if_(test: FormulaTerm, then: object, otherwise: object) -> FormulaTerm:
    """One or the other; only the one taken is computed."""
    yes, no = _term(then), _term(otherwise)
    return FormulaTerm(
        lambda row: f"IF({test.text(row)},{yes.text(row)},{no.text(row)})",
        lambda here: yes.value(here) if test.value(here) else no.value(here),
    )


def both(*tests: FormulaTerm) -> FormulaTerm:
    """Whether all hold."""
    return call("AND", *tests)


def either(*tests: FormulaTerm) -> FormulaTerm:
    """Whether one holds."""
    return call("OR", *tests)


def _round(rounding: str) -> Callable[[Any, Any], Decimal]:
    return lambda value, places: _number(value).quantize(Decimal(1).scaleb(-int(places)), rounding)


def _edate(start: Any, months: Any) -> Any:
    return serial(add_months(_DAY_ZERO + timedelta(days=int(_number(start))), int(months)))


def _sum_if(keys: Sequence[Any], key: Any, values: Sequence[Any]) -> Decimal:
    return sum((_number(v) for k, v in zip(keys, values, strict=True) if _matches(k, key)), Decimal(0))


def _matches(value: Any, key: Any) -> bool:
    if isinstance(key, str) and key.startswith(">"):
        return value is not None and not isinstance(value, str) and _number(value) > Decimal(key[1:])
    return bool(_same(value) == key)


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "AND": lambda *tests: all(tests),
    "OR": lambda *tests: any(tests),
    "NOT": lambda test: not test,
    "MIN": lambda *values: min(map(_number, values)),
    "MAX": lambda *values: max(map(_number, values)),
    "ROUND": _round(ROUND_HALF_UP),
    "ROUNDUP": _round(ROUND_UP),
    "ROUNDDOWN": _round(ROUND_DOWN),
    "EDATE": _edate,
    "MOD": lambda value, by: _number(value) % _number(by),
    "SUM": lambda values: sum(map(_number, values), Decimal(0)),
    "SUMIF": _sum_if,
    "COUNTIF": lambda values, key: Decimal(sum(_matches(value, key) for value in values)),
}
