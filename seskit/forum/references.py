"""References in sources resolved on one day: rules, questions, facts, tables and charts; anything unresolved stops the build."""

from __future__ import annotations

import re
import shlex
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from seskit.desk.practice import drawing
from seskit.formats import strict_yaml
from seskit.formats.days import long_date
from seskit.formats.documents import escaped
from seskit.forum import cited, hanging, known_on, looked_up, pictures, shown
from seskit.forum.config import AgendaRow, Forum
from seskit.forum.images import Images
from seskit.forum.parts import CITE, WORDS, Wanted, agreed, cited_by, of_result, part_of, parted, reasons_of
from seskit.forum.place import KitError, SourcePlace, in_words
from seskit.forum.source import PICTURE, SourceText
from seskit.forum.source import written as text_of
from seskit.law import facts, parameters, unsure
from seskit.law.facts import FactError, Unreadable, suggestion
from seskit.law.in_words import OURS, printed_source
from seskit.law.question import Question, find
from seskit.law.result import Result

FACTS = "facts.yaml"
_NUMBERED = re.compile(r"(?m)^(\| \d+\\\.) ")
_REFERENCE = re.compile(r"\{\{(.*?)\}\}")
_TYPED = re.compile(r"\$ ?\d")
_LABEL = re.compile(r"^\s*(?:\w{1,2}\.|-)\s+")
_FIRST = re.compile(r"^(\s*(?:\w{1,2}\.\s+|-\s+)?)([a-z])(?![.])", re.MULTILINE)
_LAW = re.compile(r"\bCFR\b|U\.S\.C\.|\bFR\b|Pub\. L\.")
_FEW = 6
#: How a day of a case begins that goes with the fiscal year of content_as_of.
_OF_THE_YEAR = "fiscal_year_start "
_QUESTIONS = ("ask", "case")
#: Values that say that something cannot be determined.
_OPEN = (None, "cannot tell")
_FACT_WORDS = ("text", "citation", "basis", "from", "to", "status")


@dataclass(frozen=True)
class TeachingFact:
    """A teaching fact: its words, authority, how sure it is, and the days on which it holds."""

    name: str
    text: str
    citation: str
    basis: str
    first_day: date | None
    last_day: date | None
    status: str
    place: SourcePlace

    def holds_on(self, day: date) -> bool:
        """Whether it may be shown as of that day."""
        return (self.first_day or day) <= day <= (self.last_day or day)


@dataclass(frozen=True)
class Asked:
    """A question as a source asks it: its facts, and the parts of the answer that are compared or shown."""

    question: Question[Any]
    facts: dict[str, Any]
    parts: tuple[str, ...]


@dataclass(frozen=True)
class ShownPart:
    """What a reference showed of an answer: a value that is known, or a reason that is open."""

    place: SourcePlace
    known: bool
    open: bool


@dataclass
class Resolver:
    """Resolves on `as_of`; remembers what each reference came to, the sources cited, what was asked, and the pictures.

    `cases` holds the facts that a session names once to ask with several times.
    """

    forum: Forum
    facts: Mapping[str, TeachingFact]
    cases: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    sources: Mapping[str, date] = field(init=False)
    asked: list[Asked] = field(default_factory=list)
    shown: list[ShownPart] = field(default_factory=list)
    came_to: dict[str, str] = field(default_factory=dict)
    cited: list[str] = field(default_factory=list)
    doubts: list[unsure.Piece] = field(default_factory=list)
    images: Images = field(default_factory=Images)
    #: What was said to be unsure on the page that is being made.
    noted: list[unsure.Piece] = field(default_factory=list)
    #: The line of the agenda whose session is resolved; none for what belongs to the whole forum.
    row: AgendaRow | None = None

    def __post_init__(self) -> None:
        """Read the days of the sources beside the forum."""
        self.sources = cited.read_sources(self.forum.folder.parent)

    @property
    def as_of(self) -> date:
        """The day whose rules are shown."""
        return self.forum.content_as_of

    def text(self, source: SourceText, *, typed_amounts: bool = False) -> str:
        """A source with every reference resolved; amounts typed by hand are refused unless a task may invent them."""
        made = []
        for number, line in enumerate(source.lines, source.place.line):
            place = SourcePlace(source.place.file, number)
            if not typed_amounts and _TYPED.search(_REFERENCE.sub("", line)):
                raise place.error("an amount is typed in; write a reference to a rule or a question instead.")
            for picture in PICTURE.findall(line):
                self.images.keep(picture, (place.file.parent / picture).read_bytes())
            made.append(self.line(line, place))
        return "\n".join(made).strip() + "\n"

    def answer(self, written: SourceText, exercise: str) -> str:
        """The answer of an exercise: every line asks a question, and no line adds a figure or closing words to it."""
        for number, line in enumerate(written.lines, written.place.line):
            place = SourcePlace(written.place.file, number)
            kinds = [reference.split()[0] for reference in _REFERENCE.findall(line) if reference.strip()]
            if line.strip() and not set(kinds) & set(_QUESTIONS):
                raise place.error(
                    f"the answer of exercise {exercise} is typed, not computed; ask a question, or make it a discussion."
                )
            if any(" | given " in reference for reference in _REFERENCE.findall(line)):
                raise place.error(
                    f"the answer of exercise {exercise} repeats a fact that was given; where there is no single answer, "
                    "make it a discussion with '::: example'."
                )
            typed = _LABEL.sub("", _REFERENCE.sub("\0", line))
            if any(sign.isdigit() for sign in typed) or typed.rpartition("\0")[2].strip(" .;,)"):
                raise place.error(
                    f"the answer of exercise {exercise} has a figure or closing words typed in; let the answer say them, "
                    "for example with '| because'."
                )
        resolved = self.text(written, typed_amounts=True)
        for number in range(written.place.line, written.place.line + len(written.lines)):
            on_line = [one for one in self.shown if one.place == SourcePlace(written.place.file, number)]
            if any(one.open for one in on_line) and any(one.known for one in on_line):
                raise SourcePlace(written.place.file, number).error(
                    f"the answer of exercise {exercise} gives a value, and beside it a reason that is not known; name the reason "
                    "that carries the value, for example with '| because percent of'."
                )
        return _FIRST.sub(lambda found: found[1] + found[2].upper(), resolved)

    def line(self, line: str, place: SourcePlace) -> str:
        """One line with its references resolved."""
        resolved = _REFERENCE.sub(lambda found: self._one(found[1].strip(), place), line)
        if "{{" in resolved or "}}" in resolved:
            raise place.error("a reference is not closed; write {{ ... }} on one line.")
        return resolved

    def take_cited(self) -> list[str]:
        """The sources cited since this was last asked that there were on the day, each once."""
        found, self.cited = cited.there_on(self.as_of, self.cited, self.sources), []
        return found

    def take_unsure(self, *, once: bool = False) -> str:
        """What is not sure in what was shown since this was last asked, in sentences; `once` where all is read on one page."""
        found = [piece for piece in self.doubts if piece not in self.noted]
        self.noted += found if once else []
        self.doubts = []
        return unsure.told(found)

    def _one(self, reference: str, place: SourcePlace) -> str:
        kinds: dict[str, Callable[[str, SourcePlace], str]] = {
            "rule": self._rule, "ask": self._ask, "case": self._case, "fact": self._fact,
            "forum": self._forum, "table": self._table, "chart": self._chart, "when": self._when,
        }  # fmt: skip
        kind, _, rest = reference.partition(" ")
        if kind not in kinds:
            raise place.error(f"'{reference}' is not a reference; a reference begins with {', '.join(kinds)}.")
        try:
            made = kinds[kind](rest.strip(), place)
        except (FactError, KeyError, Unreadable) as failure:
            if str(place) in str(failure):
                raise
            said = str(failure.args[0] if isinstance(failure, KeyError) else failure)
            raise place.error(f"{{{{{reference}}}}} cannot be resolved on {self.as_of}: {said.rstrip('.')}.") from None
        self.came_to[f"{place.file.name}: {reference}"] = made
        return made

    def _rule(self, rest: str, place: SourcePlace) -> str:
        path, (wanted, *more) = parted(rest)
        if more:
            raise place.error("a rule shows one part.")
        path, day = self._dated(path)
        figure = known_on.figure(path, day)
        source = figure.value.get("cite", figure.citation) if isinstance(figure.value, dict) else figure.citation
        self.cited.append(printed_source(source, figure.confidence))
        self.doubts += unsure.of_figure(figure, day)
        if wanted.name:
            return agreed(part_of(figure.value, wanted.name, place), wanted.typed, place)
        return agreed(figure.value, wanted.typed, place, figure.unit)

    def _ask(self, rest: str, place: SourcePlace) -> str:
        call, wanted = parted(rest)
        name, *words = shlex.split(call)
        return self._answered(name, self._given(words, place), wanted, place)

    def _case(self, rest: str, place: SourcePlace) -> str:
        """A case of the front matter, with facts added or changed."""
        call, wanted = parted(rest)
        name, *words = shlex.split(call)
        question, given = self.case(name, place)
        return self._answered(question, given | self._given(words, place), wanted, place)

    def question(self, name: str, given: dict[str, Any]) -> Question[Any]:
        """The question of that name; where it needs an as-of date and none is given, that of the forum is."""
        question = find(name)
        slot = question.slots.get("as_of")
        if slot and slot.required:
            given.setdefault("as_of", self.as_of)
        return question

    def case(self, name: str, place: SourcePlace) -> tuple[str, dict[str, Any]]:
        """The question and the facts that the front matter gathers under a name."""
        if name not in self.cases:
            raise place.error(f"there is no case '{name}' in the front matter.{suggestion(name, self.cases)}")
        given = {word: self._amounts(value) for word, value in self.cases[name].items()}
        return str(given.pop("ask")), given

    def _given(self, words: list[str], place: SourcePlace) -> dict[str, Any]:
        given = {}
        for word in words:
            key, sign, value = word.partition("=")
            if not sign:
                raise place.error(f"'{word}' is not a fact; write name=value.")
            given[key] = self._amounts(value)
        return given

    def _answered(self, name: str, given: dict[str, Any], wanted: list[Wanted], place: SourcePlace) -> str:
        question = self.question(name, given)
        result = known_on.told(question(**given))
        cites = [part for part in wanted if part.name.startswith(f"{CITE} ")]
        wanted = [part for part in wanted if part not in cites]
        self.cited += [cited_by(result, part, place) for part in cites] or [_authority(question, result)]
        doubts = unsure.of_result(result, self.as_of)
        self.doubts += [(kind, cited.on_the_day(words, self.as_of)) for kind, words in doubts]
        named = tuple(part.name for part in wanted if part.name.split(" ")[0] not in WORDS)
        read = question.read(given)
        self.asked.append(Asked(question, read, named))
        word, _, rest = wanted[-1].name.partition(" ")
        untold = word == "because" and any(one.outcome == "cannot tell" for one in reasons_of(result, rest))
        known = any(part_of(result.answer, name, place) not in _OPEN for name in named)
        self.shown.append(ShownPart(place, known, untold))
        plain = {name: value for name, value in read.items() if not isinstance(value, list | tuple)}
        return of_result(result, given | plain, wanted, self.as_of, place)

    def dated(self, value: Any) -> Any:
        """A declared fact with `from:DAY` replaced by that day or content_as_of, the later."""
        if isinstance(value, list):
            return [self.dated(item) for item in value]
        return self._not_before(value.removeprefix("from:")) if str(value).startswith("from:") else value

    def _amounts(self, value: Any) -> Any:
        """A fact's value; `rule:PATH` stands for the figure in force, `from:DAY` for that day or content_as_of, the later.

        `fiscal_year_start - 6 months + 14 days` is a day that goes with content_as_of.
        """
        if not isinstance(value, str):
            return value
        if value.startswith("from:"):
            return self._not_before(value.removeprefix("from:"))
        if value.startswith(_OF_THE_YEAR):
            return drawing.Draw(Random(0), self.as_of).sum(value)  # noqa: S311 - nothing of it is left to chance
        if not value.startswith("rule:"):
            return value
        path, day = self._dated(value.removeprefix("rule:").replace("@", " on="))
        return str(known_on.figure(path, day).value)

    def _fact(self, rest: str, place: SourcePlace) -> str:
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
        if not cited.there_on(self.as_of, [fact.citation], self.sources):
            raise place.error(f"fact {fact.name} rests on {fact.citation}, which was not there yet on {self.as_of}.")
        text = self.line(fact.text, fact.place)
        self.cited.append(fact.citation)
        if fact.basis == "recalled":
            self.doubts.append(unsure.of_cited(fact.citation))
        return lead + (text[0].lower() + text[1:] if lead and text[1:2].islower() else text)

    def _forum(self, rest: str, place: SourcePlace) -> str:
        words = {
            "when": self.forum.when, "day": long_date(self.forum.day), "as_of": long_date(self.as_of),
            "year": str(self.as_of.year), **(hanging.words(self.forum, self.row) if self.forum.rows else {}),
        }  # fmt: skip
        known = words | {
            word: str(self.forum.facts[word]) for word in self.forum.facts if word not in ("sessions", "date")
        }
        if rest not in known:
            raise place.error(f"the forum has no '{rest}'.{suggestion(rest, known)}")
        return escaped(known[rest])

    def _when(self, rest: str, place: SourcePlace) -> str:
        """A sentence where what it hangs on is so, and nothing where it is not."""
        condition, sign, sentence = rest.partition(" | ")
        if not sign or not sentence.strip():
            raise place.error(
                "write what the sentence hangs on, ' | ' and the sentence: {{when online | Use the chat.}}."
            )
        return sentence.strip() if hanging.holds(condition.strip(), self.forum, self.row) else ""

    def _table(self, rest: str, place: SourcePlace) -> str:
        name, *words = shlex.split(rest)
        if name not in shown.TABLES:
            raise place.error(f"there is no table '{name}'.{suggestion(name, shown.TABLES)}")
        self.cited += [find(question).authority for question in shown.MADE_FROM.get(name, ())]
        with looked_up.gathered() as behind:
            made = shown.TABLES[name](self.as_of, **dict(word.partition("=")[::2] for word in words))
        self.doubts += [piece for found, on in behind for piece in unsure.of_figure(found, on)]
        made = _NUMBERED.sub("\\1\N{NO-BREAK SPACE}", made)  # a number stays on the line of its name
        return made.replace("\\'", "\N{RIGHT SINGLE QUOTATION MARK}")

    def _chart(self, rest: str, place: SourcePlace) -> str:
        name, *words = shlex.split(rest)
        if name not in pictures.PICTURES:
            raise place.error(f"there is no chart '{name}'.{suggestion(name, pictures.PICTURES)}")
        given = {key: str(self._amounts(value)) for key, _, value in (word.partition("=") for word in words)}
        self.cited += [found for cites in pictures.cites(name, self.as_of, **given) for found in cites.split("; ")]
        chart, behind = pictures.drawn(name, self.as_of, **given)
        self.doubts += [piece for found, on in behind for piece in unsure.of_figure(found, on)]
        file = f"{name}{zlib.crc32(rest.encode()) % 10_000 if words else ''}.png"
        self.images.keep(file, chart)
        quoted = chart.alt.replace('"', "'")
        return f'![{escaped(chart.title)}]({file}){{alt="{quoted}" .drawn}}'

    def _dated(self, call: str) -> tuple[str, date]:
        """The path and its day: `on=` that day, `from=` that day or content_as_of, whichever is later."""
        path, _, day = call.partition(" on=")
        if day:
            return path.strip(), facts.day(day)
        path, _, day = call.partition(" from=")
        return path.strip(), self._not_before(day) if day else self.as_of

    def _not_before(self, day: str) -> date:
        return max(facts.day(day), self.as_of)


def _authority(question: Question[Any], result: Result) -> str:
    """What the answer rests on as of its day; where that is much, what the question rests on as a whole."""
    found = dict.fromkeys(part for reason in result.reasons for part in reason.source.split("; "))
    return "; ".join(found) if 0 < len(found) <= _FEW else question.authority


def read_facts(folder: Path) -> dict[str, TeachingFact]:
    """The facts beside the forums, by name."""
    file = folder / FACTS
    if not file.is_file():
        raise KitError(f"{folder.name} has no {FACTS}, which holds what the sessions teach.")
    written = text_of(file)
    try:
        entries, lines = strict_yaml.load_with_lines(written)
    except strict_yaml.YamlError as failure:
        raise SourcePlace(file, failure.line or 1).error(f"{in_words(failure.reason)}.") from None
    found = {}
    for name, entry in (entries or {}).items():
        place = SourcePlace(file, lines[(name,)])
        if not isinstance(entry, dict):
            raise place.error(f"fact {name} has no text, citation and basis under it.")
        for word in entry:
            if word not in _FACT_WORDS:
                raise place.error(f"'{word}' is not known in a fact; known are {', '.join(_FACT_WORDS)}.")
        for word in ("text", "citation", "basis"):
            if not entry.get(word):
                raise place.error(f"fact {name} has no {word}.")
        if entry["basis"] not in parameters.CONFIDENCE:
            raise place.error(f"fact {name}: basis is one of {', '.join(parameters.CONFIDENCE)}.")
        if entry["basis"] == "design" and _LAW.search(entry["citation"]):
            raise place.error(f"fact {name} is our own design, and its citation names a law; cite '{OURS}'.")
        for word in ("from", "to"):
            if word in entry and type(entry[word]) is not date:
                raise place.error(f"fact {name}: '{word}' is not a date; write for example 2004-07-28.")
        if _TYPED.search(_REFERENCE.sub("", entry["text"])):
            raise place.error(f"fact {name} holds an amount typed in; write a reference to a rule.")
        found[name] = TeachingFact(
            name, entry["text"], entry["citation"], entry["basis"], entry.get("from"), entry.get("to"), entry.get("status", ""), place
        )  # fmt: skip
    return found
