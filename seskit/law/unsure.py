"""What is not sure of a rule or an answer, as it is printed beside it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from seskit.formats.days import days_in_words
from seskit.law import parameters
from seskit.law.in_words import shown
from seskit.law.parameters import Figure
from seskit.law.result import Reason, Result

#: How what is not sure begins, by kind; a doubt that is recorded is a sentence of its own.
_BEGINS = {"recalled": "Not yet confirmed in the source", "design": "Our own reading", "doubt": "In doubt"}
_SENTENCE = ""
#: A piece of what is not sure: its kind, and its words.
Piece = tuple[str, str]


def of_figure(found: Figure, on: date) -> list[Piece]:
    """What is not sure of a figure on a day: its value where it is not confirmed, and the doubt recorded about it."""
    if found.name in parameters.doubts():
        return [(_SENTENCE, _sentence(str(found.value)))]
    doubt = parameters.doubt(found.name, on)
    if not doubt:
        return [] if found.confidence == "verified" else [(found.confidence, found.label)]
    scalar = "" if isinstance(found.value, dict | list | str) else f", {shown(found.value, found.unit)}"
    kind = "doubt" if found.confidence == "verified" else found.confidence
    return [(kind, f"{found.label}{scalar}"), (_SENTENCE, _sentence(doubt))]


def of_result(result: Result, on: date) -> list[Piece]:
    """What is not sure of an answer: of its figures, and of reasons that are from memory."""
    pieces = [piece for found in result.figures for piece in of_figure(found, result.as_of or on)]
    return pieces + [of_cited(one) for one in result.reasons if one.basis == "recalled"]


def of_rules(paths: Iterable[str], on: date) -> str:
    """What is not sure of rules in force on a day, in sentences; empty where everything is."""
    figures = [found for path in paths if (found := parameters.recorded(path, on))]
    return told(piece for found in figures for piece in of_figure(found, on))


def of_cited(found: Reason | str) -> Piece:
    """That what a source is cited for is from memory."""
    return "recalled", f"what is cited to {found if isinstance(found, str) else found.citation}"


def told(pieces: Iterable[Piece]) -> str:
    """All of it in sentences, each once; empty where everything is sure."""
    kept = list(dict.fromkeys(pieces))
    listed = {kind: [words for one, words in kept if one == kind] for kind in (*_BEGINS, _SENTENCE)}
    sentences = [f"{says}: {'; '.join(listed[kind])}." for kind, says in _BEGINS.items() if listed[kind]]
    return days_in_words(" ".join([*sentences, *listed[_SENTENCE]]))


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."
