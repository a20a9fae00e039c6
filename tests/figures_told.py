"""What a reader takes for a figure of law: a share, a span, an amount, a day, in words or in digits, each as it is compared."""

from __future__ import annotations

import re

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "fourteen": 14, "fifteen": 15, "eighteen": 18, "twenty": 20, "twenty-four": 24, "thirty": 30, "sixty": 60,
    "eighty": 80, "ninety": 90, "one hundred": 100, "one hundred twenty": 120,
}  # fmt: skip
_IN_DIGITS = re.compile(rf"\b({'|'.join(sorted(_WORDS, key=len, reverse=True))})\b", re.IGNORECASE)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_KINDS = re.compile(r"calendar |working |complete ")
_FIGURES = re.compile(
    rf"\$[\d,]+|\d+ percent|\d+ (?:calendar |working |complete )?(?:days?|months?|years?|hours|plans|weeks|periods)\b|(?:{_MONTHS}) \d{{1,2}}, \d{{4}}"
)
_DAYS_OF_A_YEAR = re.compile(rf"(?:{_MONTHS}) \d{{1,2}}(?!\d)(?!, \d{{4}})")


def in_digits(text: str) -> str:
    """Numbers in words as digits."""
    return _IN_DIGITS.sub(lambda word: str(_WORDS[word[1].lower()]), text)


def told(text: str) -> set[str]:
    """The figures of a text."""
    return {_KINDS.sub("", one).rstrip("s") for one in _FIGURES.findall(in_digits(_plain(text)))}


def days_without_year(text: str) -> set[str]:
    """Days such as October 30, whose year the listener knows."""
    return set(_DAYS_OF_A_YEAR.findall(_plain(text)))


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\\", "")
