"""What people read for the name of a column: 'Basic pay on September 30', with the name behind where a file is edited."""

from __future__ import annotations

import re
from functools import cache

from seskit.record.forms.fields import labeled
from seskit.record.forms.known import all_files
from seskit.record.pay_setting.worksheet.columns import COLUMNS as PAY
from seskit.record.roster.columns import COLUMNS, READ_ELSEWHERE, STATED

#: Labels that are not the name with spaces.
_OWN = {
    "person_id": "Person number",
    "ig_office": "Serves in an IG office",
    "es_level": "ES level",
    "basic_pay_fy_end": "Basic pay on September 30",
    "basic_pay_period_end": "Basic pay at the end of the appraisal period",
    "on_rolls_fy_end": "On the rolls on September 30",
    "on_rolls_period_end": "On the rolls at the end of the appraisal period",
    "ses_pay_kept": "SES pay kept",
    "new_appointment": "New appointment",
    "proposed_award": "Proposed performance award",
}


def names() -> frozenset[str]:
    """The columns of every file whose names no person would write: those with an underscore."""
    listed = (column.name for one in all_files().values() for column in one.columns)
    return frozenset(name for name in (*COLUMNS, *STATED, *READ_ELSEWHERE, *PAY, *listed) if "_" in name)


def label(name: str) -> str:
    """What people read for a column."""
    return _OWN.get(name) or labeled(name)


def in_labels(text: str) -> str:
    """A text with labels for the names of columns; the name stands behind the first time, since a file may be edited."""
    seen: set[str] = set()

    def said(found: re.Match[str]) -> str:
        name = found[0]
        first = name not in seen
        seen.add(name)
        return f"{label(name)} ({name})" if first else label(name)

    return _pattern().sub(said, text) if "_" in text else text


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w(.-])({'|'.join(sorted(names(), key=len, reverse=True))})(?![\w-]|\.\w)")
