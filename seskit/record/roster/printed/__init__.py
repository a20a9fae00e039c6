"""What systems print in place of what a roster takes: recognized, said, and never read so without being accepted."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache

from seskit.record.roster.cells import Cell
from seskit.record.roster.columns import of_kind
from seskit.record.roster.printed import amounts, days, words
from seskit.record.roster.printed.form import PrintedForm, Row

__all__ = ["FORMS", "UNSEEN", "PrintedForm", "Row", "form", "held", "looks_like"]


def held(cell: str) -> str:
    """The text of a cell without what cannot be seen; usual letters and digits for those that only look like them."""
    return _plain((cell.free or str(cell)) if isinstance(cell, Cell) and cell.fault else str(cell))


@lru_cache(maxsize=1 << 16)
def _plain(text: str) -> str:
    return " ".join((text if text.isascii() else unicodedata.normalize("NFKC", text)).split())


UNSEEN = PrintedForm(
    "unseen", "a value with characters that cannot be seen, or that only look like the usual ones",
    "take it with plain letters, digits and spaces", lambda *_: None,
)  # fmt: skip

_YES_NO, _DAYS = of_kind("yes_no"), of_kind("day")
#: The forms that are looked for in a column, by its name.
FORMS: Mapping[str, tuple[PrintedForm, ...]] = {
    **dict.fromkeys(_DAYS, days.DAYS),
    "award": amounts.AWARDS,
    "basic_pay_fy_end": amounts.RATES,
    "basic_pay_period_end": amounts.RATES,
    "rating": words.LEVELS,
    "es_level": words.ES_LEVELS,
    "appointment_type": words.TYPES,
    "removal_reason": words.REASONS,
    **dict.fromkeys(_YES_NO, words.YES_NO),
}
_LOOKS: Mapping[str, Callable[[str], str]] = {
    **dict.fromkeys(_DAYS, days.looks),
    "award": amounts.looks,
    "basic_pay_fy_end": amounts.looks_rate,
    "basic_pay_period_end": amounts.looks_rate,
    "rating": words.looks_level,
    "es_level": words.looks_es,
    "appointment_type": words.looks_type,
    **dict.fromkeys(_YES_NO, words.looks_yes_no),
}


def form(column: str, name: str) -> PrintedForm | None:
    """The form of that name in a column."""
    return next((one for one in (*FORMS.get(column, ()), UNSEEN) if one.name == name), None)


def looks_like(column: str, text: str) -> str:
    """What a text that cannot be read looks like, as a noun; nothing where that cannot be said."""
    seen = held(text)
    for one in FORMS.get(column, ()):
        if one.read(seen, {amounts.BASE: "100000"}) is not None:
            return one.looks
    return _LOOKS[column](seen) if column in _LOOKS else ""
