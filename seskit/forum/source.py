"""One session's source: Markdown with front matter, slides under headings, marked blocks for what is not on screen."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from seskit.formats import personal_data, strict_yaml
from seskit.forum.place import SourcePlace, in_words

BLOCKS = ("notes", "answer", "example", "wrong", "tables", "faq", "check")
#: What is kept when time is short: a slide says nothing (must), or that it may go (should) or goes first (could).
KEEPS = ("must", "should", "could")
_HEADING = re.compile(r"# +(?P<title>.*?)\s*(?:(?<!\{)\{(?P<attributes>[^{}]*)\})?\s*$")
_FRONT = ("title", "minutes", "objectives", "materials", "practice", "cases", "told", "valid_from", "valid_to")
PICTURE = re.compile(r"!\[[^\]]*\]\(([^)]*)\)")


@dataclass
class SourceText:
    """Markdown and the line it begins on."""

    place: SourcePlace
    lines: list[str] = field(default_factory=list)
    aim: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing is written there."""
        return not "".join(self.lines).strip()


@dataclass
class SessionStep:
    """What happens in the hall for some minutes: a slide, an exercise with its computed answer, or a discussion."""

    title: str
    place: SourcePlace
    minutes: int
    exercise: str
    discussion: str
    who: str
    body: SourceText
    keep: str
    aims: tuple[int, ...]
    #: Whether people write the card here that the evaluation form asks about later.
    card: bool
    blocks: dict[str, SourceText] = field(default_factory=dict)

    @property
    def heading(self) -> str:
        """The title on screen; an exercise or a discussion carries its number."""
        if self.exercise:
            return f"Exercise {self.exercise}: {self.title}"
        return f"Discussion {self.discussion}: {self.title}" if self.discussion else self.title


@dataclass
class Pair:
    """A question and its answer: first paragraph and the rest; `aim` is the number of the objective it checks."""

    question: SourceText
    answer: SourceText
    aim: int


@dataclass
class Session:
    """A session as it is written, before its references are resolved."""

    file: Path
    front: dict[str, Any]
    steps: list[SessionStep]
    faqs: list[Pair]
    checks: list[Pair]
    #: What an agenda that gives it fewer minutes leaves out, by title.
    left_out: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The session's title."""
        return str(self.front["title"])

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return int(self.front["minutes"])


def read(file: Path) -> Session:
    """Read a session and check what can be checked without a date."""
    lines = _printed(file)
    front, first = _front(file, lines)
    session = Session(file, front, [], [], [])
    _fill(session, lines, first)
    _check(session)
    return session


def text(file: Path) -> SourceText:
    """A paper without steps, such as a job aid: its whole Markdown."""
    return SourceText(SourcePlace(file, 1), _printed(file))


def _printed(file: Path) -> list[str]:
    """The lines of a source that will be printed; one with a telephone number or the like is refused where it stands."""
    whole = written(file)
    if personal_data.kinds(whole):
        for number, line in enumerate(whole.splitlines(), 1):
            for kind in personal_data.kinds(line):
                raise SourcePlace(file, number).error(
                    f"the line holds {kind}, which would be printed; remove it, or name the contact in forum.yaml."
                )
    return whole.splitlines()


def written(file: Path) -> str:
    """The text of a source as an editor saved it; one that is not UTF-8 is refused."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise SourcePlace(file, 1).error(
            "the file is not saved as UTF-8; choose UTF-8 where your editor saves it."
        ) from None


def _front(file: Path, lines: list[str]) -> tuple[dict[str, Any], int]:
    if not lines or lines[0] != "---" or "---" not in lines[1:]:
        raise SourcePlace(file, 1).error("the front matter between two lines '---' is missing.")
    end = lines.index("---", 1)
    written = "\n".join(lines[1:end])
    try:
        front, where = strict_yaml.load_with_lines(written)
    except strict_yaml.YamlError as failure:
        raise SourcePlace(file, (failure.line or 0) + 1).error(f"{in_words(failure.reason)}.") from None
    front = front or {}
    if not isinstance(front, dict):
        raise SourcePlace(file, 1).error("the front matter holds no lines such as 'title: Opening'.")
    _check_front(front, lambda word: SourcePlace(file, where.get((word,), 0) + 1))
    return front, end + 1


def _check_front(front: dict[str, Any], at: Callable[[str], SourcePlace]) -> None:
    for word in front:
        if word not in _FRONT:
            raise at(word).error(f"'{word}' is not known in the front matter; known are {', '.join(_FRONT)}.")
    for word in ("title", "minutes"):
        if word not in front:
            raise at(word).error(f"the front matter has no {word}.")
    if type(front["minutes"]) is not int or front["minutes"] <= 0:
        raise at("minutes").error("the session's minutes must be a whole number greater than zero.")
    for word in ("objectives", "materials", "practice", "told"):
        if word in front and not isinstance(front[word], list):
            raise at(word).error(f"{word} is a list: one line '- ...' for each.")
        for line in front.get(word, []):
            if not isinstance(line, str):
                raise at(word).error(
                    f"each line of {word} must be text; put a line with a colon, or a number alone, in quotes."
                )
    for word in ("valid_from", "valid_to"):
        if word in front and type(front[word]) is not date:
            raise at(word).error(f"{word} is not a date; write for example 2004-07-28.")
    cases = front.get("cases", {})
    if not isinstance(cases, dict) or not all(isinstance(case, dict) and case.get("ask") for case in cases.values()):
        raise at("cases").error("each case has a name, and under it 'ask:' with a question and the facts.")


def _fill(session: Session, lines: list[str], first: int) -> None:
    step: SessionStep | None = None
    for kind, place, found in _pieces(session.file, lines, first):
        if kind == "heading":
            step = _step(place, found.lines[0])
            session.steps.append(step)
        elif kind in ("faq", "check"):
            (session.faqs if kind == "faq" else session.checks).append(_pair(kind, found))
        elif step is None:
            if not found.empty:
                raise place.error("text comes before the first slide; begin with '# Title {minutes=5}'.")
        elif kind == "body":
            step.body.lines += [""] * (found.place.line - step.body.place.line - len(step.body.lines)) + found.lines
        elif kind in step.blocks:
            raise place.error(f"'{step.heading}' has two blocks '{kind}'.")
        else:
            step.blocks[kind] = found


def _pieces(file: Path, lines: list[str], first: int) -> Iterator[tuple[str, SourcePlace, SourceText]]:
    """Headings, marked blocks and the text between them, in order."""
    kind, opened = "body", SourceText(SourcePlace(file, first + 1))
    for number, line in enumerate(lines[first:], first + 1):
        place = SourcePlace(file, number)
        if line.startswith(":::"):
            word, _, aim = line.strip(": ").partition(" ")
            if (kind != "body") == bool(word):
                raise place.error(
                    "a block is opened inside another." if word else "':::' closes a block that is not open."
                )
            if word and word not in BLOCKS:
                raise place.error(f"there is no block '{word}'; blocks are {', '.join(BLOCKS)}.")
            if aim and (word != "check" or not aim.isdecimal()):
                raise place.error("after '::: check' write the number of the objective it checks, and nothing more.")
            yield kind, opened.place, opened
            kind, opened = word or "body", SourceText(SourcePlace(file, number + 1), aim=int(aim or 0))
        elif line.startswith("# ") and kind == "body":
            yield kind, opened.place, opened
            yield "heading", place, SourceText(place, [line])
            opened = SourceText(SourcePlace(file, number + 1))
        else:
            opened.lines.append(line)
    if kind != "body":
        raise opened.place.error(f"the block '{kind}' is never closed.")
    yield kind, opened.place, opened


def _step(place: SourcePlace, line: str) -> SessionStep:
    found = _HEADING.match(line)
    words = shlex.split(found["attributes"] or "") if found else []
    given = dict(word.partition("=")[::2] for word in words)
    for name in given:
        if name not in ("minutes", "exercise", "discussion", "who", "keep", "aim", "card"):
            raise place.error(
                f"a slide takes minutes, exercise or discussion, who, keep, aim and card; '{name}' is not known."
            )
    if given.get("card", "yes") != "yes":
        raise place.error("card=yes marks the task in which people write an action card; leave it out elsewhere.")
    if given.get("keep", "must") not in KEEPS:
        raise place.error(f"keep is {', '.join(KEEPS)}; '{given['keep']}' is not one of them.")
    aims = given.get("aim", "").replace(",", " ").split()
    if not all(aim.isdecimal() for aim in aims):
        raise place.error('aim names objectives by number, for example aim=1 or aim="1 3".')
    if given.get("exercise") and given.get("discussion"):
        raise place.error("a slide is an exercise, whose answer is computed, or a discussion; it cannot be both.")
    minutes = given.get("minutes", "")
    if not found or not minutes.isdecimal() or not int(minutes):
        raise place.error("a slide says how long it is on screen: '# Title {minutes=5}'.")
    return SessionStep(
        found["title"],
        place,
        int(minutes),
        given.get("exercise", ""),
        given.get("discussion", ""),
        given.get("who", ""),
        SourceText(SourcePlace(place.file, place.line + 1)),
        given.get("keep", "must"),
        tuple(map(int, aims)),
        "card" in given,
    )


def _pair(kind: str, found: SourceText) -> Pair:
    filled = [n for n, line in enumerate(found.lines) if line.strip()]
    gap = next((n for n in range(filled[0], len(found.lines)) if not found.lines[n].strip()), None) if filled else None
    if gap is None or not "".join(found.lines[gap:]).strip():
        raise found.place.error(
            f"a block '{kind}' holds a question, an empty line and its answer; the answer is missing."
        )
    at = found.place
    return Pair(
        SourceText(SourcePlace(at.file, at.line + filled[0]), found.lines[filled[0] : gap]),
        SourceText(SourcePlace(at.file, at.line + gap), found.lines[gap:]),
        found.aim,
    )


def _check(session: Session) -> None:
    top = SourcePlace(session.file, 1)
    objectives = session.front.get("objectives") or []
    if not 2 <= len(objectives) <= 5:
        raise top.error(f"a session has two to five objectives; {len(objectives)} are given.")
    seen: dict[str, SessionStep] = {}
    for step in session.steps:
        if step.heading in seen:
            raise step.place.error(f"two slides are titled '{step.heading}'; a title is unique.")
        seen[step.heading] = step
        _check_blocks(step)
        _check_pictures(step)
        if any(not 1 <= aim <= len(objectives) for aim in step.aims):
            raise step.place.error(f"aim names an objective that is not there; there are {len(objectives)}.")
    total = sum(step.minutes for step in session.steps)
    if total != session.minutes:
        raise top.error(f"the slides and exercises take {total} minutes; the session lasts {session.minutes}.")


def _check_blocks(step: SessionStep) -> None:
    """An exercise has its answer and its problems for the tables, and only a discussion an example."""
    if step.exercise and ("answer" not in step.blocks or step.blocks["answer"].empty):
        raise step.place.error(f"exercise {step.exercise} has no answer; add a block '::: answer'.")
    if step.exercise and ("tables" not in step.blocks or step.blocks["tables"].empty):
        raise step.place.error(
            f"exercise {step.exercise} has nothing to answer at the tables; add a block '::: tables' that says which "
            "facts change and what to give."
        )
    kinds = (
        ("answer", "exercise", step.exercise),
        ("tables", "exercise", step.exercise),
        ("example", "discussion", step.discussion),
        ("wrong", "exercise or discussion", step.exercise or step.discussion),
    )
    for block, kind, given in kinds:
        if block in step.blocks and not given:
            raise step.blocks[block].place.error(f"'::: {block}' is under a slide that is not marked as {kind}.")


def _check_pictures(step: SessionStep) -> None:
    for text in (step.body, *step.blocks.values()):
        for number, line in enumerate(text.lines, text.place.line):
            place = SourcePlace(text.place.file, number)
            for name in PICTURE.findall(line):
                if f"({name}){{alt=" not in line:
                    raise place.error(
                        f'the picture {name} has no words for those who cannot see it; write ![Title]({name}){{alt="What it shows"}}.'
                    )
                if not (place.file.parent / name).is_file():
                    raise place.error(f"the picture {name} is not there.")
