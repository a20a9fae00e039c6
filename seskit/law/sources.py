"""How good a source is: what a figure's source names, graded from the law's own text down to hearsay.

A figure that rests on the press or on a page nobody answers for alone is never confirmed. A source that speaks of some
levels only, such as "OPM 2017-ES table (II, III)", is no source for the others.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Literal

Grade = Literal[
    "statute or regulation text", "official table", "agency memorandum", "computed from law", "press", "other", "ours"
]
#: The words that show a grade, best grade first; the first that is found in a part of the source counts for the part.
_SIGNS: tuple[tuple[Grade, str], ...] = (
    ("other", r"Wikipedia|federalpay|fedtools|howigotjob|legalclarity|fedsdatacenter|forum transcript|calculator source|pages quoting|republished|University|CSUN"),
    ("official table", r"OPM Salary Table|OPM Form|OPM \d{4}-ES\b|OPM 20\d\d-|Schedule \d+ in 5 U\.S\.C|\bOPM SES compensation page|OPM compensation page|OPM pages?\b"),
    ("press", r"FEDweek|FedSmith|Government Executive|Nextgov|Slate|Federal News|\bFCW\b|press|reports? of|reports? on|reports and|\barticle\b|reports of it"),
    ("statute or regulation text", r"U\.S\.C|\bCFR\b|\bFR\b|Federal Register|Pub\. L\.|\bEO \d|Executive Order|\brule\b|\bact of\b|statute|text of 430"),
    ("agency memorandum", r"\bCPM\b|memorand|\bmemo\b|bulletin|guidance|instructions|OPM answers|questions and answers|\bNIH\b|Department of|desk guide|Presidential policy|\bOPM\b|\bCRS\b|\bGAO\b|\bOMB\b|federal jobs page"),
    ("computed from law", r"equals|computed|formula|gs15_step1|read back|carried|rounded|from executive_schedule|taken as|one year from"),
)  # fmt: skip
_ORDER: tuple[Grade, ...] = (
    "statute or regulation text", "official table", "agency memorandum", "computed from law", "press", "other", "ours"
)  # fmt: skip
#: Never enough alone.
WEAK: tuple[Grade, ...] = ("press", "other")


#: The levels of the Executive Schedule that a part of a source speaks of, where it names them; and the level of a figure.
_ONLY = re.compile(r"\(((?:I{1,3}|IV|V)(?:, (?:I{1,3}|IV|V))*)\)\s*$")
_LEVEL = re.compile(r"\.level_(I{1,3}|IV|V)$")
_EQUALS = re.compile(r"equals EX-(I{1,3}|IV|V)\b")


@cache
def grade(source: str, figure: str = "") -> Grade:
    """The best grade among the parts of a source that speak of the figure; 'ours' where it names none.

    What is computed is as good as what it is computed from, where the source names that too.
    """
    level = _LEVEL.search(figure) or _EQUALS.search(source)
    parts = re.split(r";| and ", source)
    spoken = [
        part for part in parts if not (level and (only := _ONLY.search(part)) and level[1] not in only[1].split(", "))
    ]
    found = [_part(part) for part in spoken]
    named = [part for part in found if part not in ("computed from law", "ours")]
    return min(named or found, key=_ORDER.index)


#: The day of the text that was read, where an older first day is only taken, computed or read back from it.
_EDITION = re.compile(r"edition of (\d{4})")
_AS_OF = re.compile(r"as of (\d{4})")
_TAKEN = re.compile(r"read back|first day (?:taken|computed)")
_MORE_TAKEN = re.compile(r"taken as owed")


@cache
def read_from(source: str) -> date | None:
    """From which day a value of an older rule is confirmed: that of the text read; None where it always is, or never."""
    if not _TAKEN.search(source) or _MORE_TAKEN.search(source) or grade(source) in WEAK:
        return None
    if edition := _EDITION.search(source):
        return date(int(edition[1]), 1, 1)
    return date(int(as_of[1]), 12, 31) if (as_of := _AS_OF.search(source)) else None


def confirmed(source: str, confidence: str, figure: str) -> str:
    """The confidence a source can bear: what the press or a page nobody answers for says is from memory at best."""
    return "recalled" if confidence == "verified" and grade(source, figure) in WEAK else confidence


def _part(part: str) -> Grade:
    for name, signs in _SIGNS:
        if re.search(signs, part, re.IGNORECASE if name in ("press", "other") else 0):
            return name
    return "ours"
