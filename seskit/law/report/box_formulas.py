"""The formula of an item that an edition adds: what it is made of, worked out exactly and written for a workbook.

Boxes are named by their item: `pool - paid`, `awards / base_pay.number`, `rated.4.career + rated.5.career`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from seskit.formats.refusals import FactError
from seskit.law.rating_levels import LEVELS

_NAME = re.compile(r"[a-z_]+(?:\.\w+)*")
_KIND = "(?:career|noncareer|limited)"
_BOX = re.compile(
    rf"appointees\.{_KIND}|rated\.(?:{'|'.join(map(str, LEVELS))}|total)\.{_KIND}|levels\.(?:\d+|total)"
    r"|base_pay\.(?:number|total)|pool|paid|awards"
)
_DONE: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: Decimal.__add__, ast.Sub: Decimal.__sub__, ast.Mult: Decimal.__mul__, ast.Div: Decimal.__truediv__,
}  # fmt: skip
#: How a value is shown, with the places it is rounded to: as it is, and as a spreadsheet holds it.
SHOWN = {"count": ("1", None), "dollars": ("0.01", 2), "percent": ("0.1", 3)}


@dataclass(frozen=True)
class BoxFormula:
    """A formula over boxes of the form, and how its value is shown: a count, dollars, or a percentage of one."""

    expression: str
    shown: str

    @cached_property
    def boxes(self) -> tuple[str, ...]:
        """The boxes it is made of, in order."""
        return tuple(_NAME.findall(self.expression))

    def wrong(self) -> Iterator[str]:
        """What keeps it from being worked out, in words."""
        for box in self.boxes:
            if not _BOX.fullmatch(box):
                yield f"is made of {box}, which is no box with a number"
        if self.shown not in SHOWN:
            yield f"is shown as {self.shown}, which is none of {', '.join(SHOWN)}"
        try:
            self._worked_out(self._tree, [Decimal(1)] * len(self.boxes))
        except (SyntaxError, FactError):
            yield f"has a formula that cannot be read: {self.expression}"
        except ArithmeticError:
            return

    def value(self, of: Callable[[str], Decimal | int | None]) -> Decimal | int | None:
        """What it comes to; None where a box is blank or a part of nothing is asked for."""
        values = [of(box) for box in self.boxes]
        known = [Decimal(value) for value in values if value is not None]
        if len(known) < len(values):
            return None
        try:
            found = self._worked_out(self._tree, known)
        except ArithmeticError:
            return None
        if self.shown == "count":
            return int(found)
        return (100 * found if self.shown == "percent" else found).quantize(
            Decimal(SHOWN[self.shown][0]), ROUND_HALF_UP
        )

    def written(self, cell: Callable[[str], str]) -> str:
        """The formula of a workbook's cell; a percentage is held as a part of one there."""
        made, places = _NAME.sub(lambda found: cell(found[0]), self.expression.replace(" ", "")), SHOWN[self.shown][1]
        return f"={made}" if places is None else f"=ROUND({made},{places})"

    @cached_property
    def _tree(self) -> ast.expr:
        numbers = iter(range(len(self.boxes)))
        return ast.parse(_NAME.sub(lambda _: f"_[{next(numbers)}]", self.expression), mode="eval").body

    def _worked_out(self, part: ast.expr, values: list[Decimal]) -> Decimal:
        if isinstance(part, ast.BinOp) and type(part.op) in _DONE:
            return _DONE[type(part.op)](self._worked_out(part.left, values), self._worked_out(part.right, values))
        if isinstance(part, ast.Subscript) and isinstance(part.value, ast.Name):
            number: int = ast.literal_eval(part.slice)
            return values[number]
        if isinstance(part, ast.Constant) and type(part.value) is int:
            return Decimal(part.value)
        raise FactError(f"Not a formula of sums, differences, products and parts: {self.expression}.")
