"""What an import of the public listing found, as lines: like findings together, with their rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from seskit.formats.counts import number_of, rows_of

if TYPE_CHECKING:
    from seskit.record.plum import ImportSummary, Oddity

_ROWS_SHOWN = 8


def lines(summary: ImportSummary) -> Iterator[str]:
    """Every finding and guess, what was left out, and how many agencies, people and positions there are."""
    yield from _grouped(summary.oddities)
    for line in _grouped(summary.guesses):
        yield f"Guess: {line}"
    yield from summary.notes
    yield (
        f"{number_of(summary.agencies, 'agency', 'agencies')}, {number_of(summary.people, 'person', 'people')}, "
        f"{number_of(summary.vacancies, 'vacant position', 'vacant positions')}; "
        f"{number_of(len(summary.oddities), 'oddity', 'oddities')} flagged, none repaired; "
        f"{number_of(len(summary.guesses), 'guess', 'guesses')}."
    )


def _grouped(found: Iterable[Oddity]) -> Iterator[str]:
    """One line for all that are alike but for the row."""
    alike: dict[tuple[str, str, str], list[int]] = {}
    for one in found:
        alike.setdefault((one.column, one.value, one.why), []).append(one.row)
    for (column, value, why), rows in alike.items():
        said = f"'{value}' " if value else ""
        yield f"{rows_of(rows, _ROWS_SHOWN).capitalize()}, {column}: {said}{why}."
