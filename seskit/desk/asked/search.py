"""Questions found by words: their names, labels, sentences and everyday words; misspelled words are understood."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from seskit.desk.asked import declared
from seskit.formats.shipped import text_beside
from seskit.law.question import Question, questions

_WORD = re.compile(r"[a-z0-9]+")
#: Words that say nothing about the matter.
_EMPTY = frozenset(text_beside(__file__, "empty_words.txt").split())
_NAME, _EVERYDAY, _SENTENCE, _LABEL = 5.0, 6.0, 3.0, 1.0
_ALIKE, _RELATED = 0.8, 0.6
_SHARE, _MOST = 0.4, 8


@dataclass(frozen=True)
class SearchResult:
    """What a search came to: the questions, the likeliest first; for words that nothing has, the nearest known ones; and of
    a subject that no question asks about, a sentence that says so.
    """

    questions: tuple[Question[Any], ...]
    nearest: tuple[str, ...]
    outside: tuple[str, ...]


@dataclass(frozen=True)
class _Indexed:
    question: Question[Any]
    weights: dict[str, float]
    phrases: tuple[frozenset[str], ...]


def search(text: str) -> SearchResult:
    """The questions that words lead to."""
    wanted = _words(text)
    known = _index()
    ranked = sorted(((_score(one, wanted), one.question) for one in known), key=lambda pair: (-pair[0], pair[1].name))
    best = ranked[0][0] if ranked else 0
    found = tuple(question for score, question in ranked if score > 0 and score >= _SHARE * best)[:_MOST]
    return SearchResult(found, () if found else _nearest(text), tuple(_outside(set(wanted))))


def _outside(wanted: set[str]) -> Iterator[str]:
    """What is said of each subject that the words name and that no question asks about."""
    for words, said in declared.outside():
        if any(set(_words(one)) <= wanted for one in words):
            yield said


def within(text: str) -> tuple[Question[Any], ...]:
    """The questions of a subject that begins so or is named so; otherwise all that have the words, the likeliest first."""
    plain = text.strip().lower().replace(" ", "_")
    of_subject = tuple(q for name, q in questions().items() if plain and name.partition(".")[0].startswith(plain))
    return of_subject or search(text).questions


def _score(one: _Indexed, wanted: list[str]) -> float:
    """How much of what is wanted a question has, rare words counting more; everyday phrases count as a whole."""
    weigh = _rareness()
    parts = []
    for word in wanted:
        hits = [
            weight * alike * weigh[term] for term, weight in one.weights.items() if (alike := _likeness(word, term))
        ]
        parts.append(max(hits, default=0.0))
    whole = max((len(phrase) for phrase in one.phrases if phrase <= set(wanted)), default=0)
    matched = sum(part > 0 for part in parts)
    return (sum(parts) + 8 * whole) * matched / len(wanted) if wanted else 0.0


@cache
def _likeness(word: str, term: str) -> float:
    """1 for the same word, less for one misspelled or begun, 0 for another; a known word is never taken for a misspelled one."""
    if word == term:
        return 1.0
    if min(len(word), len(term)) < 4 or word in _rareness():
        return 0.0
    if term.startswith(word) or word.startswith(term):
        return _ALIKE
    matcher = SequenceMatcher(None, word, term)
    near = matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
    return _RELATED if near else 0.0


@cache
def _index() -> tuple[_Indexed, ...]:
    return tuple(_indexed(question) for question in questions().values())


def _indexed(question: Question[Any]) -> _Indexed:
    everyday = declared.of(question.name).words
    weights: dict[str, float] = {}
    labels = " ".join(slot.label for slot in question.slots.values())
    first_last = [(text, _EVERYDAY + 2 / place) for place, text in enumerate(everyday, 1)][::-1]
    for text, weight in ((labels, _LABEL), (question.asks, _SENTENCE), (question.name, _NAME), *first_last):
        weights |= dict.fromkeys(_words(text), weight)
    return _Indexed(question, weights, tuple(frozenset(words) for one in everyday if (words := _words(one))))


@cache
def _rareness() -> dict[str, float]:
    counts = Counter(word for one in _index() for word in one.weights)
    return {word: math.log(1 + len(_index()) / count) for word, count in counts.items()}


def _words(text: str) -> list[str]:
    """The words that say something, in one form for singular and plural."""
    said = [_single(word) for word in _WORD.findall(text.lower().replace("'s", ""))]
    return [word for word in dict.fromkeys(said) if word not in _EMPTY]


def _single(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _nearest(text: str) -> tuple[str, ...]:
    """The known words nearest to what was typed."""
    from difflib import get_close_matches

    found = [near for word in _words(text) for near in get_close_matches(word, list(_rareness()), n=3, cutoff=0.5)]
    return tuple(dict.fromkeys(found))[:5]
