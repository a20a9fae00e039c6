"""Versions of a rule side by side: a day before a rule began is answered by the version of that day, or refused."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from seskit.law import parameters
from seskit.law.facts import FactError
from seskit.law.result import A, Result

P = ParamSpec("P")
Asked = Callable[P, Result[A]]


def until(rule: str, earlier: Callable[..., Result[Any]], **only: Any) -> Callable[[Asked[P, A]], Asked[P, A]]:
    """Below `@question`: before the first day of a rule the earlier version answers, from those facts that it takes.

    `only` are facts with the value for which there was another version.
    """
    taken = [*inspect.signature(earlier).parameters]

    def version(asked: Asked[P, A]) -> Asked[P, A]:
        usual = {name: fact.default for name, fact in inspect.signature(asked).parameters.items()}
        if odd := {*taken, *only}.difference(usual):
            raise TypeError(f"{asked.__name__} has no fact {', '.join(sorted(odd))}, which its earlier version takes")

        @wraps(asked)
        def of_the_day(*args: P.args, **given: P.kwargs) -> Result[A]:
            facts = {**usual, **dict(zip(usual, args, strict=False)), **given}
            if facts["as_of"] < parameters.first_day(rule) and only.items() <= facts.items():
                return earlier(**{name: facts[name] for name in taken})
            return asked(*args, **given)

        return of_the_day

    return version


def since(rule: str, refusal: str, refused: type[FactError] = FactError) -> Callable[[Asked[P, A]], Asked[P, A]]:
    """Below `@question`: a day before the first day of a rule is refused, in a sentence that names `{first}` and `{as_of}`."""

    def version(asked: Asked[P, A]) -> Asked[P, A]:
        @wraps(asked)
        def of_the_day(*args: P.args, **given: P.kwargs) -> Result[A]:
            as_of: Any = args[0] if args else given["as_of"]
            if as_of < (first := parameters.first_day(rule)):
                raise refused(refusal.format(first=first, as_of=as_of))
            return asked(*args, **given)

        return of_the_day

    return version
