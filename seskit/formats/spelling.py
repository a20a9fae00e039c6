"""American spelling: the dictionary that the project is written by, and that reads what was typed by another."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

#: Beginnings of words in another spelling, and the American one.
AMERICAN = {
    r"analys(?=ed|ing|e\b)": "analyz", "authoris": "authoriz", "behaviour": "behavior", "catalogue": "catalog",
    "categoris": "categoriz", "centre": "center", "colour": "color", "customis": "customiz", "defence": "defense",
    "emphasis(?=e|i)": "emphasiz", "favour": "favor", "fulfil(?!l)": "fulfill", "grey": "gray", "honour": "honor",
    "initialis": "initializ", "judgement": "judgment", "labelled(?!by)": "labeled", "labelling": "labeling",
    "learnt": "learned", "licence": "license", "misspelt": "misspelled", "maximis": "maximiz", "minimis(?=e|i)": "minimiz",
    "neighbour": "neighbor", "normalis": "normaliz", "organis(?!m)": "organiz", "practis": "practic",
    "prioritis": "prioritiz", "programme(?!d|r)": "program", "realis(?!t|m)": "realiz", "recognis": "recogniz",
    "standardis": "standardiz", "summaris": "summariz", "travell(?=ed|ing|er)": "travel", "utilis": "utiliz",
}  # fmt: skip
_CODE = re.compile(r"[a-z]+(_[a-z]+)+")


@cache
def _any() -> re.Pattern[str]:
    """Any of them in small letters, which are looked through much faster than letters of any case; made when first needed."""
    return re.compile("|".join(f"(?:{british})" for british in AMERICAN))


def american(text: str) -> str:
    """The text in American spelling, capitals kept."""
    if not _any().search(text.casefold()):
        return text
    for british, word in AMERICAN.items():
        text = re.sub(british, lambda found, word=word: _cased(word, found[0]), text, flags=re.IGNORECASE)  # type: ignore[misc]
    return text


def _cased(word: str, like: str) -> str:
    return word.upper() if like.isupper() else word.capitalize() if like[0].isupper() else word


def american_codes(tree: Any) -> Any:
    """The keys of a file, and the values that are codes such as `program_completion`; people's own words stay."""
    if isinstance(tree, dict):
        return {american(key) if isinstance(key, str) else key: american_codes(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [american_codes(value) for value in tree]
    return american(tree) if isinstance(tree, str) and _CODE.fullmatch(tree) else tree
