"""Amounts of an export that are thousands of dollars: 183.25 under a rate, 12.5 under 'Award ($000)'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from seskit.formats.privacy import shown
from seskit.formats.two_ways import two_ways
from seskit.law.facts import plain
from seskit.record.people_import.recipe import IN_THOUSANDS, Recipe
from seskit.record.roster import printed
from seskit.record.roster.printed.amounts import SMALL, bare, none, says_thousands
from seskit.record.roster.usual_headings import PAYS

_SMALL = re.compile(r"\d{1,3}(?:\.\d+)?")
_SAY = two_ways(
    "then name {} under thousands: in people.yaml", "then choose 'thousands of dollars' for that column under 'Values'"
)


def dollars(text: str) -> str:
    """An amount in thousands as the dollars that it stands for; what is no amount stays as it is."""
    return f"{plain(Decimal(found.replace(',', '')) * 1000):f}" if (found := _number(text)) else text


def likely(column: str, head: str, cells: Sequence[str]) -> bool:
    """Whether all that is below a heading that is read as this column is too small for dollars, and may be thousands of them.

    Where the heading does not say so, an award that may be a percentage of the rate is asked once the roster is read.
    """
    if column not in IN_THOUSANDS or not small(cells):
        return False
    given = _given(cells)
    if says_thousands(head):
        return True
    form, share = printed.form(column, "in-thousands"), printed.form(column, "bare-percent")
    alike = form is not None and all(form.read(one, {}) is not None for one in given)
    return alike and not (share and all(share.read(one, {PAYS[1]: "100000"}) is not None for one in given))


def small(cells: Sequence[str]) -> bool:
    """Whether all amounts of these cells are too small for dollars."""
    given = _given(cells)
    return bool(given) and all(map(_SMALL.fullmatch, given))


def spoken_against(
    heads: Sequence[str], rows: Sequence[Sequence[str]], used: Recipe
) -> Iterator[tuple[str, str, None]]:
    """Each heading that is read in dollars and holds what may be thousands, or the other way about."""
    for head in dict.fromkeys(used.columns[one] for one in IN_THOUSANDS if used.columns.get(one) in heads):
        columns = [one for one in IN_THOUSANDS if used.columns.get(one) == head]
        place = list(heads).index(head)
        cells = [row[place] for row in rows if place < len(row)]
        if asked := [one for one in columns if one not in used.thousands and likely(one, head, cells)]:
            first = next(iter(_given(cells)))
            yield (
                head,
                f"is read in dollars, and its amounts may be thousands of them, '{shown(first)}' for ${int(Decimal(dollars(first))):,} ({_SAY.format(' and '.join(asked))})",
                None,
            )
        large = [one for one in cells if (found := _number(one)) and Decimal(found.replace(",", "")) >= SMALL]
        if large and set(columns) & {*used.thousands}:
            yield head, f"is read in thousands of dollars, and '{shown(large[0])}' is more than thousands are", None


def _given(cells: Sequence[str]) -> list[str]:
    """The amounts of cells as they are written, without a currency; none of the blank ones and of words such as 'pending'."""
    found = ((cell.strip(), bare(cell)) for cell in cells if re.search(r"\d", cell))
    return [amount for cell, amount in found if none(cell) is None and none(amount) is None]


def _number(text: str) -> str:
    found = bare(text)
    return found if re.fullmatch(r"\d[\d,]*(?:\.\d+)?", found) else ""
