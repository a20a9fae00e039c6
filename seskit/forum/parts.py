"""What a reference shows of an answer: a part of it, its sentence, its reasons; a value typed beside it is compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from seskit.formats.days import days_in_words, long_date
from seskit.formats.documents import escaped
from seskit.forum import cited
from seskit.forum.place import KitError, SourcePlace
from seskit.law import facts, parameters
from seskit.law.facts import dollars
from seskit.law.in_words import shown as in_words
from seskit.law.result import Reason, Result

_CFR_PART = re.compile(r"5 CFR part (\d+)")
#: Parts that every answer has: its sentence, its reasons, its cautions, and the facts it was asked with.
WORDS = ("says", "because", "caution", "given")
#: Before a law: of the answer only what the reasons that name it rest on is cited.
CITE = "cite"
_DECIDING = ("not met", "cannot tell", "met", "information")
_ABOVE_A_RULE = ("U.S.C.", "Pub. L.")


@dataclass(frozen=True)
class Wanted:
    """A part of an answer, and the value typed beside it."""

    name: str
    typed: str


def parted(rest: str) -> tuple[str, list[Wanted]]:
    """The call, and what is wanted of it: every part is compared, the last is shown."""
    call, *parts = rest.split(" | ")
    named = [part.partition("=")[::2] for part in parts] or [("", "")]
    return call.strip(), [Wanted(name.strip(), typed.strip()) for name, typed in named]


def cited_by(result: Result, part: Wanted, place: SourcePlace) -> str:
    """The sources of the reasons that name a law, where an answer shows no more than what these say."""
    named = part.name.removeprefix(CITE).strip()
    found = [reason.source for reason in result.reasons if named in reason.citation]
    if not found:
        raise _not_named(result, named, place)
    return "; ".join(dict.fromkeys(found))


def of_result(result: Result, given: Mapping[str, Any], wanted: list[Wanted], as_of: date, place: SourcePlace) -> str:
    """The last part that is wanted, in words; those before it are compared with what is typed beside them."""
    for part in wanted[:-1]:
        if not part.typed:
            raise place.error(f"only the last part is shown; write what '{part.name}' is to be compared with.")
        agreed(part_of(result.answer, part.name, place), part.typed, place)
    last = wanted[-1]
    word, _, rest = last.name.partition(" ")
    if word == "says":
        return _told(result.says)
    if word == "because":
        return _because(result, rest, as_of, place)
    if word == "caution":
        return _cautions(result, rest, place)
    if word == "given":
        return agreed(part_of(given, rest, place), last.typed, place)
    return agreed(part_of(result.answer, last.name, place), last.typed, place)


def part_of(value: Any, path: str, place: SourcePlace) -> Any:
    """One value of an answer with parts, or a list of plain values."""
    for step in path.split(".") if path else []:
        if isinstance(value, Mapping) and step in value:
            value = value[step]
        elif isinstance(value, list | tuple) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            known = f" Its parts are {', '.join(map(str, value))}." if isinstance(value, Mapping) else ""
            raise place.error(f"the answer has no part '{path}'.{known}")
    if isinstance(value, Mapping):
        raise place.error(f"the answer has parts; name one after ' | ': {', '.join(map(str, value))}.")
    if isinstance(value, list | tuple) and any(isinstance(item, Mapping | list | tuple) for item in value):
        raise place.error(f"the answer is a table; name a row and a part, such as '{path or '0'}.0'.")
    return value


def agreed(value: Any, typed: str, place: SourcePlace, unit: str = "") -> str:
    """The value in words; a typed one must be the same."""
    words = _words(value, unit)
    if typed and not _same(value, typed):
        raise place.error(f"the answer typed in is {typed}; computed it is {words}.")
    return escaped(words)


def reasons_of(result: Result, named: str) -> list[Reason]:
    """The reasons that decide: what is not met, or else cannot be determined, or else is met; or those of one authority."""
    if named:
        return [reason for reason in result.reasons if named in reason.citation or named in reason.text]
    sorted_out = [[reason for reason in result.reasons if reason.outcome == outcome] for outcome in _DECIDING]
    return next(filter(None, sorted_out), [])


def _because(result: Result, named: str, as_of: date, place: SourcePlace) -> str:
    found = reasons_of(result, named)
    if not found:
        raise _not_named(result, named, place)
    return " ".join(_told(_reason(reason, as_of)) for reason in found)


def _not_named(result: Result, named: str, place: SourcePlace) -> KitError:
    known = "; ".join(dict.fromkeys(reason.citation for reason in result.reasons))
    return place.error(f"no reason of the answer names '{named}'; its reasons cite {known}.")


def _cautions(result: Result, named: str, place: SourcePlace) -> str:
    found = [caution for caution in result.cautions if named in caution]
    if not found:
        raise place.error(f"no caution of the answer holds '{named}'.")
    return " ".join(map(_told, found))


def _told(words: str) -> str:
    """Words of an answer with its days written out, as they are everywhere else in a kit."""
    return escaped(days_in_words(words))


def _reason(reason: Reason, as_of: date) -> str:
    lead, text = _lead(reason.citation, as_of), reason.text.rstrip(".")
    if lead and (text[1:2].islower() or text[1:2] == " "):
        text = text[0].lower() + text[1:]
    outcome = "" if reason.outcome == "information" else f": {reason.outcome}"
    return f"{lead}{text}{outcome} ({cited.on_the_day(reason.source, as_of)})."


def _lead(citation: str, as_of: date) -> str:
    """'Proposed:' where nothing but a rule still proposed on that day carries a reason."""
    if any(word in citation for word in _ABOVE_A_RULE):
        return ""
    for path in parameters.paths("forum.documents"):
        part = _CFR_PART.search(parameters.parameter(path).citation)
        now = parameters.recorded(path, as_of)
        if part and now and now.value["lead"] and f"5 CFR {part[1]}." in citation:
            return f"{now.value['lead']} "
    return ""


def _same(value: Any, typed: str) -> bool:
    if isinstance(value, list | tuple):
        return sorted(map(_plain, value)) == sorted(map(_plain, typed.split(",")))
    readers: dict[type, Callable[[Any], Any]] = {
        bool: facts.yes_no, date: facts.day, Decimal: facts.money, int: facts.whole, str: _plain,
    }  # fmt: skip
    if value is None:
        return _plain(typed) == "none"
    return bool(readers[type(value)](typed) == (_plain(value) if isinstance(value, str) else value))


def _plain(text: Any) -> str:
    return " ".join(str(text).lower().replace("_", " ").split())


def _words(value: Any, unit: str) -> str:
    if isinstance(value, list | tuple):
        return (" or " if unit == "count" else ", ").join(_words(item, unit) for item in value) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return long_date(value)
    if value is None:
        return "none"
    if value == 1 and unit in ("days", "months", "years"):
        return f"{value} {unit.removesuffix('s')}"
    if unit:
        return in_words(value, unit)
    return dollars(value) if isinstance(value, Decimal) else str(value).replace("_", " ")
