"""What people read for the name of a column or the code in a cell, with the name or code behind where a file is edited."""

from __future__ import annotations

import re
from functools import cache

from seskit.formats.markup import Markup, reworded
from seskit.formats.two_ways import on_page, on_page_made
from seskit.law.in_words import choice
from seskit.record.forms.fields import labeled
from seskit.record.forms.known import all_files
from seskit.record.pay_setting.worksheet.columns import COLUMNS as PAY
from seskit.record.pay_setting.worksheet.entries import LABELS as TERMS
from seskit.record.roster.columns import COLUMNS, READ_ELSEWHERE, REMOVAL_REASONS, STATED


@cache
def _declared() -> dict[str, str]:
    """The columns of every file and the entries of pay.yaml, with the label that each declares, if any."""
    listed = [column for one in all_files().values() for column in one.columns]
    columns = [*listed, *PAY.values(), *STATED.values(), *COLUMNS.values()]
    of_terms = {key: said for key, said in TERMS.items() if "_" in key}
    return (
        dict.fromkeys(READ_ELSEWHERE, "") | of_terms | {column.name: getattr(column, "label", "") for column in columns}
    )


def names() -> frozenset[str]:
    """The columns whose names no person would write: those with an underscore."""
    return frozenset(name for name in _declared() if "_" in name)


@cache
def codes() -> dict[str, str]:
    """The codes that cells of the roster hold, in words: limited term, not limited_term."""
    listed = {code for column in COLUMNS.values() for code in column.choices if "_" in code and ";" not in code}
    return {code: choice(code) for code in listed} | REMOVAL_REASONS


def label(name: str) -> str:
    """What people read for a column, or for a code in a cell of the roster."""
    return codes().get(name) or _declared().get(name) or labeled(name)


def in_labels(text: str) -> str:
    """A text as the pages have it: what to do by their own means, and labels for the names of columns and for codes; the name
    stands behind the first time, since a file may be edited.
    """
    text = on_page(text)
    seen: set[str] = set()

    def said(found: re.Match[str]) -> str:
        name = found[0]
        first = name not in seen
        seen.add(name)
        return f"{label(name)} ({name})" if first else label(name)

    return _pattern().sub(said, text) if "_" in text else text


def made_in_labels(made: str) -> Markup:
    """The same for markup."""
    return reworded(on_page_made(made), in_labels)


def labels_alone(text: str) -> str:
    """The same for a button or the label of an entry, where nothing stands behind: short, and no file is edited there."""
    return _pattern().sub(lambda found: label(found[0]), text) if "_" in text else text


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w('.-])({'|'.join(sorted({*names(), *codes()}, key=len, reverse=True))})(?![\w-]|\.\w)")
