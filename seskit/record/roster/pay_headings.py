"""Headings of pay columns in other words: whether one names the day of the base pay, and whether it may be basic pay at all."""

from __future__ import annotations

import re

_PAY = re.compile(r"\b(?:pay|salary|salaries|rate|rt|sal)\b", re.IGNORECASE)
_OTHER_PAY = re.compile(
    r"\b(?:local\w*|adjusted|total|hourly|bi ?weekly|monthly|comp|plan|period|grade|level|decreas\w*|reduc\w*|award|bonus)\b",
    re.IGNORECASE,
)
_FISCAL_YEAR_END = re.compile(
    r"(?<!\d)0?9 ?[/.-] ?30(?!\d)|\bsep(?:t|tember)?\.? ?30\b|\b30[ -]sep|fiscal ?year ?end|\bfy ?\d* ?end|end of (?:the )?(?:fiscal year|fy)",
    re.IGNORECASE,
)


def is_basic_pay(heading: str) -> bool:
    """Whether a heading speaks of a yearly rate of pay, and of no part, sum or other kind of it."""
    words = _spaced(heading)
    return bool(_PAY.search(words)) and not _OTHER_PAY.search(words)


def is_fiscal_year_end(heading: str) -> bool:
    """Whether it is basic pay on September 30, the day of the base pay: 'Basic Pay 09/30/2026', 'Salary at FY end'."""
    return is_basic_pay(heading) and bool(_FISCAL_YEAR_END.search(_spaced(heading)))


def _spaced(heading: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading).replace("_", " ")
