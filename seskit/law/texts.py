"""Since when the text of a regulation that was read is in force: a reason that cites it alone for an earlier day is not confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from seskit.law import parameters
from seskit.law.result import A, Reason, Result

_SECTION = re.compile(r"\b\d{3,4}\.\d+")
#: What else a citation names: it speaks for the reason whatever the regulation said.
_BESIDE = re.compile(r"U\.S\.C\.|Pub\. L\.|\bFR\b|\bOPM\b|Executive Order|memorand")


@cache
def _read() -> tuple[tuple[str, str], ...]:
    """The beginning of the sections of each text that was read, the longest first, and its rule."""
    rules = [(str(parameters.latest(path)), path) for path in parameters.paths("texts")]
    return tuple(sorted(rules, key=lambda rule: -len(rule[0])))


@cache
def _cited(citation: str) -> tuple[str, ...]:
    """The rules of the texts that a citation rests on alone."""
    if _BESIDE.search(citation):
        return ()
    sections = _SECTION.findall(citation)
    found = (next((rule for begins, rule in _read() if section.startswith(begins)), "") for section in sections)
    return tuple(filter(None, dict.fromkeys(found)))


def as_sure(made: Result[A]) -> Result[A]:
    """The answer with each reason as sure as the text it cites can make it on the day; a caution says which text was not seen."""
    late = dict(_too_late(made))
    if not late:
        return made
    reasons = tuple(replace(one, basis="recalled") if one in late else one for one in made.reasons)
    told = [_said(rule) for rule in dict.fromkeys(rule for rules in late.values() for rule in rules)]
    return replace(made, reasons=reasons, cautions=(*made.cautions, *told))


def _too_late(made: Result[A]) -> Iterator[tuple[Reason, tuple[str, ...]]]:
    """Each reason that cites a text of a later day, with the rules of those texts."""
    if (day := made.as_of) is None:
        return
    for one in made.reasons:
        rules = tuple(rule for rule in _cited(one.citation) if day < parameters.first_day(rule))
        if rules and one.basis == "verified" and one.outcome != "not asked":
            yield one, rules


def _said(rule: str) -> str:
    known = parameters.parameter(rule)
    return f"{known.citation} is used as it reads from {known.values[0].first_day}; what it said before was not seen."
