"""References in sources resolved on one day: rules, questions, facts, tables and charts; anything unresolved stops the build."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from seskit import facts, parameters, strict_yaml
from seskit.documents import escaped
from seskit.facts import FactError, Unreadable, dollars, suggestion
from seskit.forum import shown
from seskit.forum.config import Forum, long_day
from seskit.forum.place import Place
from seskit.forum.source import Text
from seskit.question import find
from seskit.result import shown as in_words

FACTS = "facts.yaml"
_REFERENCE = re.compile(r"\{\{(.*?)\}\}")
_TYPED = re.compile(r"\$ ?\d")
_FACT_WORDS = ("text", "citation", "basis", "from", "to", "status")


@dataclass(frozen=True)
class Fact:
    """A teaching fact: its words, authority, how sure it is, and the days on which it holds."""

    name: str
    text: str
    citation: str
    basis: str
    first_day: date | None
    last_day: date | None
    status: str
    place: Place

    def holds_on(self, day: date) -> bool:
        """Whether it may be shown as of that day."""
        return (self.first_day or day) <= day <= (self.last_day or day)


@dataclass
class Resolver:
    """Resolves on `as_of`; remembers what each reference came to, the sources cited, and the pictures drawn."""

    forum: Forum
    facts: Mapping[str, Fact]
    came_to: dict[str, str] = field(default_factory=dict)
    cited: list[str] = field(default_factory=list)
    images: dict[str, bytes] = field(default_factory=dict)

    @property
    def as_of(self) -> date:
        """The day whose rules are shown."""
        return self.forum.content_as_of

    def text(self, source: Text, *, typed_amounts: bool = False) -> str:
        """A source with every reference resolved; amounts typed by hand are refused unless a task may invent them."""
        made = []
        for number, line in enumerate(source.lines, source.place.line):
            place = Place(source.place.file, number)
            if not typed_amounts and _TYPED.search(_REFERENCE.sub("", line)):
                raise place.error("an amount is typed in; write a reference to a rule or a question instead.")
            made.append(self.line(line, place))
        return "\n".join(made).strip() + "\n"

    def line(self, line: str, place: Place) -> str:
        """One line with its references resolved."""
        resolved = _REFERENCE.sub(lambda found: self._one(found[1].strip(), place), line)
        if "{{" in resolved or "}}" in resolved:
            raise place.error("a reference is not closed; write {{ ... }} on one line.")
        return resolved

    def take_cited(self) -> list[str]:
        """The sources cited since this was last asked, each once."""
        found, self.cited = [part for cited in self.cited for part in cited.split("; ")], []
        return list(dict.fromkeys(found))

    def _one(self, reference: str, place: Place) -> str:
        kinds: dict[str, Callable[[str, Place], str]] = {
            "rule": self._rule, "ask": self._ask, "fact": self._fact, "before": self._before, "forum": self._forum,
            "table": self._table, "chart": self._chart,
        }  # fmt: skip
        kind, _, rest = reference.partition(" ")
        if kind not in kinds:
            raise place.error(f"'{reference}' is no reference; one begins with {', '.join(kinds)}.")
        try:
            made = kinds[kind](rest.strip(), place)
        except (FactError, KeyError, Unreadable) as failure:
            if str(place) in str(failure):
                raise
            said = str(failure.args[0] if isinstance(failure, KeyError) else failure)
            raise place.error(f"{{{{{reference}}}}} cannot be resolved on {self.as_of}: {said.rstrip('.')}.") from None
        self.came_to[f"{place.file.name}: {reference}"] = made
        return made

    def _rule(self, rest: str, place: Place) -> str:
        path, part, typed = _parted(rest)
        path, day = self._dated(path)
        figure = parameters.figure(path, day)
        value = _part(figure.value, part, place) if part else figure.value
        self.cited.append(figure.citation)
        return _agreed(value, typed, place) if part else _agreed(value, typed, place, figure.unit)

    def _ask(self, rest: str, place: Place) -> str:
        call, part, typed = _parted(rest)
        name, *words = shlex.split(call)
        question = find(name)
        given: dict[str, Any] = {}
        for word in words:
            key, sign, value = word.partition("=")
            if not sign:
                raise place.error(f"'{word}' is not a fact; write name=value.")
            given[key] = (
                self._not_before(value.removeprefix("from:")) if value.startswith("from:") else self._amounts(value)
            )
        if "as_of" not in given and "as_of" in question.slots and question.slots["as_of"].required:
            given["as_of"] = self.as_of
        result = question(**given)
        self.cited.append(question.authority)
        if part == "says":
            return escaped(result.says)
        return _agreed(_part(result.answer, part, place), typed, place)

    def _amounts(self, value: str) -> str:
        """A fact's value; `rule:PATH` stands for the figure in force."""
        if not value.startswith("rule:"):
            return value
        path, day = self._dated(value.removeprefix("rule:").replace("@", " on="))
        return str(parameters.figure(path, day).value)

    def _fact(self, rest: str, place: Place) -> str:
        fact = self.facts.get(rest)
        if fact is None:
            raise place.error(f"there is no fact '{rest}' in {FACTS}.{suggestion(rest, self.facts)}")
        if not fact.holds_on(self.as_of):
            until = f" to {fact.last_day}" if fact.last_day else ""
            raise place.error(
                f"fact {fact.name} holds from {fact.first_day}{until}; content_as_of is {self.as_of}, so it is out of date."
            )
        lead = ""
        if fact.status:
            found = parameters.figure(fact.status, self.as_of).value
            lead = f"{found['lead']} " if found["lead"] else ""
        text = self.line(fact.text, fact.place)
        self.cited.append(fact.citation)
        return lead + (text[0].lower() + text[1:] if lead and text[1:2].islower() else text)

    def _before(self, rest: str, place: Place) -> str:
        """A date some days before another, the number of days taken from a rule."""
        call, _, typed = _parted(rest)
        last, path = call.split()
        figure = parameters.figure(path, self.as_of)
        self.cited.append(figure.citation)
        return _agreed(facts.day(last) - timedelta(days=int(figure.value)), typed, place)

    def _forum(self, rest: str, place: Place) -> str:
        words = {
            "when": self.forum.when, "day": long_day(self.forum.day), "as_of": long_day(self.as_of),
            "year": str(self.as_of.year),
        }  # fmt: skip
        known = words | {
            word: str(self.forum.facts[word]) for word in self.forum.facts if word not in ("sessions", "date")
        }
        if rest not in known:
            raise place.error(f"the forum has no '{rest}'.{suggestion(rest, known)}")
        return escaped(known[rest])

    def _table(self, rest: str, place: Place) -> str:
        name, *words = shlex.split(rest)
        if name not in shown.TABLES:
            raise place.error(f"there is no table '{name}'.{suggestion(name, shown.TABLES)}")
        return shown.TABLES[name](self.as_of, **dict(word.partition("=")[::2] for word in words))

    def _chart(self, rest: str, place: Place) -> str:
        if rest not in shown.CHARTS:
            raise place.error(f"there is no chart '{rest}'.{suggestion(rest, shown.CHARTS)}")
        chart = shown.CHARTS[rest](self.as_of)
        self.images[f"{rest}.png"] = chart.png
        quoted = chart.alt.replace('"', "'")
        return f'![{escaped(chart.title)}]({rest}.png){{alt="{quoted}"}}'

    def _dated(self, call: str) -> tuple[str, date]:
        """The path and its day: `on=` that day, `from=` that day or content_as_of, whichever is later."""
        path, _, day = call.partition(" on=")
        if day:
            return path.strip(), facts.day(day)
        path, _, day = call.partition(" from=")
        return path.strip(), self._not_before(day) if day else self.as_of

    def _not_before(self, day: str) -> date:
        return max(facts.day(day), self.as_of)


def read_facts(folder: Path) -> dict[str, Fact]:
    """The facts beside the forums, by name."""
    file = folder / FACTS
    written = file.read_text(encoding="utf-8")
    lines = strict_yaml.lines(written)
    found = {}
    for name, entry in strict_yaml.load(written).items():
        place = Place(file, lines[(name,)])
        for word in entry:
            if word not in _FACT_WORDS:
                raise place.error(f"'{word}' is not known in a fact; known are {', '.join(_FACT_WORDS)}.")
        for word in ("text", "citation", "basis"):
            if not entry.get(word):
                raise place.error(f"fact {name} has no {word}.")
        if entry["basis"] not in parameters.CONFIDENCE:
            raise place.error(f"fact {name}: basis is one of {', '.join(parameters.CONFIDENCE)}.")
        if _TYPED.search(_REFERENCE.sub("", entry["text"])):
            raise place.error(f"fact {name} holds an amount typed in; write a reference to a rule.")
        found[name] = Fact(
            name, entry["text"], entry["citation"], entry["basis"], entry.get("from"), entry.get("to"), entry.get("status", ""), place
        )  # fmt: skip
    return found


def _parted(rest: str) -> tuple[str, str, str]:
    """The call, the part of the answer, and the value typed beside it."""
    call, _, part = rest.rpartition(" | ") if " | " in rest else (rest, "", "")
    part, _, typed = part.partition("=")
    return call.strip(), part.strip(), typed.strip()


def _part(value: Any, path: str, place: Place) -> Any:
    for step in path.split(".") if path else []:
        if isinstance(value, Mapping) and step in value:
            value = value[step]
        elif isinstance(value, list | tuple) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            known = f" Its parts are {', '.join(map(str, value))}." if isinstance(value, Mapping) else ""
            raise place.error(f"the answer has no part '{path}'.{known}")
    if isinstance(value, Mapping | list | tuple):
        raise place.error(f"the answer has parts; name one after ' | ': {', '.join(map(str, value))}.")
    return value


def _agreed(value: Any, typed: str, place: Place, unit: str = "") -> str:
    """The value in words; a typed one must be the same."""
    words = _words(value, unit)
    if typed:
        readers: dict[type, Callable[[Any], Any]] = {
            bool: facts.yes_no, date: facts.day, Decimal: facts.money, int: facts.whole, str: str,
        }  # fmt: skip
        if readers.get(type(value), str)(typed) != value:
            raise place.error(f"the answer typed in is {typed}; computed it is {words}.")
    return escaped(words)


def _words(value: Any, unit: str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return long_day(value)
    if value is None:
        return "none"
    if value == 1 and unit in ("days", "months", "years"):
        return f"{value} {unit.removesuffix('s')}"
    return in_words(value, unit) if unit else dollars(value) if isinstance(value, Decimal) else str(value)
