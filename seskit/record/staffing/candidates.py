"""Candidate numbers, by which the people of a vacancy are known: a word among them that may be a name is refused and not repeated."""

from __future__ import annotations

import re

from seskit.formats.privacy import has_ssn

#: What to give in place of a name.
GIVE = "give the candidate's number, such as K-03, never a name or Social Security number"
#: Words that stand before a number.
_CALLED = frozenset(("app", "appl", "applicant", "cand", "candidate", "num", "number"))
_APART = re.compile(r"[\s,;()/]+")
_WORD = re.compile(r"[^\W\d_]{3,}")


def is_number(who: str) -> bool:
    """Whether it is a number, with letters or not, and no name beside it."""
    return any(map(str.isdigit, who)) and not is_named(who)


def is_named(who: str) -> bool:
    """Whether it holds a name or a Social Security number: a word that is neither part of a number nor stands before one."""
    return has_ssn(who) or any(_is_name(word, part) for part in _APART.split(who) for word in _WORD.findall(part))


def _is_name(word: str, part: str) -> bool:
    in_a_number = word.isupper() and any(map(str.isdigit, part))
    return word.lower() not in _CALLED and not in_a_number
