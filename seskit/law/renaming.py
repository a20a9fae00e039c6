"""Older names of facts and questions: they keep working for one release, and the answer names the new one."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from seskit.formats.keyed import Keyed, key_of
from seskit.law.cautions import OLDER_NAME
from seskit.law.facts import NOT_KNOWN, FactError, yes_no
from seskit.law.result import B, CannotTell, Result

#: For each older name of a fact, the name or names that took its place; "not " before one turns yes into no.
Renamed = Mapping[str, tuple[str, ...]]
_OPPOSITE = "not "


def current(question: str, given: Mapping[str, Any], renamed: Renamed) -> dict[str, Any]:
    """The facts under their present names; raises FactError where a fact is given under both names."""
    facts = {name: value for name, value in given.items() if name not in renamed}
    for older in (name for name in given if name in renamed):
        for name in renamed[older]:
            plain = name.removeprefix(_OPPOSITE)
            if plain in facts:
                raise FactError(f"{question}: {older} is the older name of {plain}; give the fact once.")
            facts[plain] = _opposite(given[older]) if name.startswith(_OPPOSITE) else given[older]
    return facts


def _opposite(value: Any) -> Any:
    if value is None or str(value).strip().lower() in ("", NOT_KNOWN):
        return None
    try:
        return not yes_no(value)
    except ValueError:
        return value


def sentences(given: Mapping[str, Any], renamed: Renamed) -> tuple[str, ...]:
    """What to say about each fact given under an older name."""
    return tuple(
        f"The fact {older} is now called {_listed(renamed[older])}; the older name works for one more release."
        for older in given
        if older in renamed
    )


def _listed(names: tuple[str, ...]) -> str:
    words = [
        f"{name.removeprefix(_OPPOSITE)} (yes and no change places)" if name.startswith(_OPPOSITE) else name
        for name in names
    ]
    return " and ".join(words)


def under_older_name(made: Result[Any], answer: B, *more: str, says: str = "") -> Result[B]:
    """The answer of the question that took this one's place, in this one's words; names that question."""
    where = Keyed(f"This question keeps its older name for one release; it asks {made.question}.", OLDER_NAME)
    answered = dataclasses.replace(made, answer=answer, cautions=(*made.cautions, *more, where))
    return dataclasses.replace(answered, says=says, cannot_tell=isinstance(says, CannotTell)) if says else answered


def on_a_page(made: Result) -> Result:
    """The same for readers who called no question by a name: the sentence on an older name is left out."""
    return dataclasses.replace(made, cautions=tuple(one for one in made.cautions if key_of(one) != OLDER_NAME))
