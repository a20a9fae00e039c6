"""What the talk, the papers and the exercises of a session owe one another: no case is given away, days go with the forum's year,
words go with its hour and form, and each slide that states a rule names its source.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from seskit.formats.days import long_date
from seskit.formats.documents import powerpoint
from seskit.formats.documents.deck import Deck
from seskit.forum import config, hanging, papers, source, teaching
from seskit.forum.build import Kit, resolve
from seskit.forum.place import KitError
from seskit.forum.resolved import ResolvedSession, ResolvedStep
from seskit.law import parameters
from seskit.law.facts import dollars
from tests.places import TRAINING

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_FIGURES = re.compile(rf"(?:{_MONTHS}) \d{{1,2}}(?:, \d{{4}})?|\$\d[\d,]*|\b\d+ of (?:the )?\d+\b")
_QUOTED = re.compile(r'"([^"]+)"')
_ITEM = re.compile(r"(?m)^\s*(?:\w{1,2}\.)\s+(.*)$")
_PLAIN_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "by",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "if",
        "in",
        "is",
        "it",
        "its",
        "no",
        "not",
        "of",
        "on",
        "one",
        "or",
        "she",
        "so",
        "than",
        "that",
        "the",
        "their",
        "them",
        "there",
        "they",
        "this",
        "to",
        "was",
        "were",
        "what",
        "which",
        "who",
        "with",
        "would",
        "you",
        "your",
        "may",
        "must",
        "all",
        "any",
        "does",
        "do",
        "how",
        "much",
        "many",
        "when",
    ]
)
#: The share of a case's own words in one sentence of the talk at which the sentence is that case.
_SAME, _SHORT = 0.6, 4
KITS = sorted(file.parent for file in TRAINING.glob("*/forum.yaml"))
SESSIONS = sorted((TRAINING / "sessions").glob("*.md"))


def lessons(kits: list[Kit]) -> Iterator[tuple[str, ResolvedSession]]:
    for kit in kits:
        for one in kit.lessons:
            yield f"{kit.forum.folder.name}: {one.title}", one


def plain(text: str) -> str:
    return text.replace("\\", "").replace("\N{NO-BREAK SPACE}", " ")


def before(lesson: ResolvedSession, task: ResolvedStep) -> str:
    """Slides and talk before a task; the tasks before it are no part of the talk."""
    told = lesson.steps[: lesson.steps.index(task)]
    return plain("\n".join(f"{step.title}.\n{step.body}\n{step.notes}" for step in told if not step.task))


def _stems(text: str) -> set[str]:
    words = re.findall(r"[a-z]+", re.sub(_MONTHS, "", text).lower())
    return {word.removesuffix("s")[:5] for word in words if word not in _PLAIN_WORDS}


def _is(case: str, sentence: str) -> bool:
    """Whether a sentence has most of a case's own words; of a short one all."""
    own = _stems(case)
    same = len(own & _stems(sentence))
    return same >= _SAME * len(own) if len(own) > _SHORT else same == len(own) == _SHORT


def _spoken(talk: str) -> str:
    """A talk without the tables and pictures of its slides."""
    return "\n".join(line for line in talk.splitlines() if not line.startswith(("|", "![", ": ")))


def given_away(lesson: ResolvedSession, task: ResolvedStep, lawful: frozenset[str]) -> list[str]:
    """What of a task's cases stands on a slide or in the talk before it: a figure, quoted words, or the case in other words."""
    talk, body = before(lesson, task), plain(task.body)
    figures = {found for found in _FIGURES.findall(body) if found not in lawful}
    found = [one for one in figures if re.search(rf"(?<![\w$]){re.escape(one)}(?![\d,]*\d)", talk)]
    for quoted in _QUOTED.findall(body):
        words = re.findall(r"\w+", quoted.lower())
        runs = (" ".join(words[place : place + 4]) for place in range(max(1, len(words) - 3)))
        found += [run for run in runs if run in " ".join(re.findall(r"\w+", talk.lower()))]
    for case in (one for one in _ITEM.findall(body) if not one.rstrip().endswith("?")):
        found += [f"'{case}' is '{one}'" for one in re.split(r"(?<=[.!?])\s", _spoken(talk)) if _is(case, one)]
    return found


def _known(as_of: date) -> frozenset[str]:
    """Days and amounts of the law itself, which slides are there to show."""
    limits = [parameters.recorded(path, as_of) for path in parameters.paths("pay_setting")]
    amounts = {dollars(one.value) for one in limits if one and isinstance(one.value, Decimal)}
    days = {value.first_day for path in parameters.paths("forum") for value in parameters.parameter(path).values}
    return frozenset(amounts) | {f"{day:%B} {day.day}" for day in days} | set(map(long_date, days))


def test_no_case_of_an_exercise_is_told_before_it(resolved: list[Kit]) -> None:
    told = {f"{kit.forum.folder.name}: {step.title}": given_away(one, step, _known(kit.forum.content_as_of))
            for kit in resolved for one in kit.lessons for step in one.steps if step.exercise}  # fmt: skip
    assert len(told) > 25
    assert {title: found for title, found in told.items() if found} == {}


@pytest.mark.parametrize("told", [
    "A plan signed in the spring for a cycle that began in the fall is late.",
    "The memo says: Provide leadership for the bureau.",
    "If 94 of 100 executives hold the top rating, it means nothing.",
    "A supervising executive gets the top rating, and half of the subordinates have no plan.",
    "A backlog target with a date and nothing else fails.",
])  # fmt: skip
def test_a_case_that_is_told_is_seen(resolved: list[Kit], told: str) -> None:
    lesson = next(one for where, one in lessons(resolved) if one.stem.endswith("certification-criteria"))
    task = next(step for step in lesson.steps if step.exercise == "B-1")
    spoilt = replace(lesson, steps=[replace(lesson.steps[0], notes=told), *lesson.steps[1:]])
    assert given_away(spoilt, task, frozenset()) != []


def test_days_of_a_case_go_with_the_year_of_the_forum(resolved: list[Kit]) -> None:
    """Each day that an exercise is asked with is written out on its slide, or its year is about the forum's."""
    strange = []
    for kit in resolved:
        for one in kit.lessons:
            for step in one.steps:
                body = plain(step.body)
                for asked in step.asked:
                    for day in (value for value in asked.facts.values() if isinstance(value, date)):
                        if long_date(day) not in body and abs(day.year - kit.forum.content_as_of.year) > 1:
                            strange.append(f"{kit.forum.folder.name}: {step.title}: {day}")
                written = set(re.findall(rf"(?:{_MONTHS}) \d{{1,2}}(?!\d|,? \d)", body))
                years = {day for day in written if any(f"{day}, " in plain(step.answer) for _ in step.asked)}
                strange += [f"{step.title}: {day} has no year on the slide" for day in years]
    assert strange == []


def test_the_cases_of_a_session_move_with_content_as_of(resolved: list[Kit]) -> None:
    bodies = {kit.forum.content_as_of.year: plain(step.body)
              for kit in resolved for one in kit.lessons for step in one.steps if step.exercise == "B-1" and "cycle that" in step.body}  # fmt: skip
    assert "A plan signed on April 15, 2026 for a cycle that began on October 1, 2025." in bodies[2026]
    assert "A plan signed on April 15, 2003 for a cycle that began on October 1, 2002." in bodies[2004]


def test_the_last_exercise_is_never_cut(resolved: list[Kit]) -> None:
    for where, one in lessons(resolved):
        exercises = [step for step in one.steps if step.exercise]
        assert not exercises or exercises[-1].keep == "must", f"{where}: {exercises[-1].title}"
    _, one = next(pair for pair in lessons(resolved) if any(step.exercise for step in pair[1].steps))
    last = [step for step in one.steps if step.exercise][-1]
    marked = replace(one, steps=[replace(step, keep="could") if step is last else step for step in one.steps])
    assert any("is the last exercise" in fault for fault in teaching.faults(marked))


_HANGING = re.compile(
    r"\b(?:good (?:morning|afternoon|evening)|(?:this|all) (?:morning|afternoon)|the morning|(?:by|until|before) noon|(?:at|after|before) lunch|"
    r"(?:in|after|before|until) the break|next session|session before|online|captions?|hybrid|raised hand|webinar|nine-thirty|at eleven)\b",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|\d+) minutes? "
                    r"(?:at the tables|in pairs|alone|in the whole group)|, \w+ in the whole group", re.IGNORECASE)  # fmt: skip


@pytest.mark.parametrize("file", SESSIONS, ids=lambda file: file.stem)
def test_words_that_hang_on_a_kit_come_from_its_settings(file: Path) -> None:
    """The hour, the form, what comes next and the parts of a task's minutes are typed into no session."""
    read = source.read(file)
    for step in read.steps:
        for text in (step.body, *step.blocks.values()):
            for line in text.lines:
                typed = re.sub(r"\{\{.*?\}\}", "", line)
                assert _HANGING.search(typed) is None, f"{step.heading}: {_HANGING.search(typed)}"
                assert _SPLIT.search(typed) is None, f"{step.heading}: {_SPLIT.search(typed)}"


def _changed(folder: Path, **facts: Any) -> Kit:
    return resolve(config.read(folder, **facts))


@pytest.mark.parametrize("folder", KITS, ids=lambda folder: folder.name)
@pytest.mark.parametrize(("start", "mode", "greeting"), [
    ("9:00", "in person", "Good morning"), ("13:00", "In person", "Good afternoon"), ("17:30", "online", "Good evening"),
    ("8:30", "virtual", "Good morning"), ("12:00", "hybrid", "Good afternoon"),
])  # fmt: skip
def test_the_talk_goes_with_hour_and_form(folder: Path, start: str, mode: str, greeting: str) -> None:
    kit = _changed(folder, start=start, mode=mode)
    talk = "\n".join(step.notes for one in kit.lessons for step in one.steps)
    others = {"Good morning", "Good afternoon", "Good evening"} - {greeting}
    assert not any(other in talk for other in others)
    online, room = mode in ("online", "virtual", "hybrid"), mode not in ("online", "virtual")
    assert online or not re.search(r"\b(?:online|[Cc]aptions are on|the chat)\b", talk)
    if "opening_today" in {session.file.stem for _, session in kit.forum.sessions}:
        assert ("Captions are on" in talk) == online
        assert ("The exits are at the back" in talk) == room
        assert greeting in talk
    if start == "13:00":
        assert not re.search(r"\b(?:this|the|all|their) morning\b", talk)
    assert [one for one in kit.warnings if "is taught for" in one] == []


def test_what_comes_next_is_what_the_agenda_says(tmp_path: Path) -> None:
    rows = [
        {"source": f"../sessions/{name}.md", "role": "Chief"}
        for name in ("opening_today", "pay_today", "certification_criteria")
    ]
    kit = _changed(TRAINING / "2026-update", sessions=rows, minutes=None)
    notes = ["\n".join(step.notes for step in one.steps) for one in kit.lessons]
    assert "Next: Setting pay and awards." in notes[0]
    assert "Some of the examples come back in the Top 10." not in notes[0]
    assert "the session on it" not in notes[2]
    top = {"source": "../sessions/top_ten.md", "role": "Chief"}
    ending = _changed(TRAINING / "2026-update", sessions=[rows[0], top], minutes=None)
    assert "Some of the examples come back in the Top 10." in "".join(step.notes for step in ending.lessons[0].steps)
    row = ending.forum.rows[-1]
    assert hanging.words(ending.forum, row)["next"] == "the end of the forum"


def test_a_sentence_that_hangs_on_nothing_known_stops_the_build(tmp_path: Path) -> None:
    import shutil

    training = Path(shutil.copytree(TRAINING, tmp_path / "training"))
    file = training / "sessions" / "opening_today.md"
    file.write_text(
        file.read_text(encoding="utf-8").replace("{{when online |", "{{when raining |", 1), encoding="utf-8"
    )
    with pytest.raises(
        KitError, match=r"opening_today\.md, line 21: .*'raining' is nothing that a sentence can hang on"
    ):
        resolve(config.read(training / "2026-update"))


def test_the_parts_of_a_task_add_up_to_its_minutes(resolved: list[Kit]) -> None:
    for where, one in lessons(resolved):
        for step in (step for step in one.steps if step.task):
            parts = [int(found) for found in re.findall(r"(\d+) minutes?\)", papers._run(step))]
            assert not parts or sum(parts) == step.minutes, f"{where}: {step.title}: {parts}"


def test_who_speaks_has_the_answer_at_hand(resolved: list[Kit]) -> None:
    """Where the run of an exercise says to read its answer, the answer stands in the same notes, and no slide promises it."""
    for kit in resolved:
        for one in kit.lessons:
            body = papers.deck(kit.forum, one, page=True).body
            for step in (step for step in one.steps if step.exercise):
                notes = body.partition(f"# {step.title}\n")[2].partition("::: notes")[2].partition("\n:::")[0]
                assert step.answer.strip() in notes, step.title
                assert "show the answer" not in notes


_STATES = re.compile(r"\b(?:must|may (?!you|mean)|at least|at most|no more than|never fewer|cannot)\b")


def test_every_slide_that_states_a_rule_names_its_source(resolved: list[Kit]) -> None:
    """On the page and in PowerPoint, whatever signs its title has."""
    seen = 0
    for kit in resolved:
        for one in kit.lessons:
            page, office = papers.deck(kit.forum, one, page=True), papers.deck(kit.forum, one, page=False)
            shown = {powerpoint.plain(title) for title in office.sources}
            for step in (step for step in one.steps if not step.task and not teaching.asks_the_room(step)):
                where = f"{kit.forum.folder.name}: {step.title}"
                assert step.cited or not _STATES.search(plain(step.body)), where
                if step.cited:
                    assert powerpoint.plain(step.title) in shown, where
                    assert "::: sources" in page.body.partition(f"# {step.title}\n")[2].partition("\n# ")[0], where
                    seen += 1
    assert seen > 60


@pytest.mark.parametrize(
    "title", ["The year's limit", "What's \"new\" is today's", "Level\N{NO-BREAK SPACE}II -- and why"]
)
def test_a_title_with_signs_keeps_its_sources(title: str) -> None:
    deck = Deck("Deck", f"# {title}\n\nWords on it.\n", sources={title: "Sources: 5 U.S.C. 5307"}, footer="Forum")
    with zipfile.ZipFile(io.BytesIO(deck.to_pptx())) as made:
        slides = [
            made.read(name).decode() for name in made.namelist() if re.fullmatch(r"ppt/slides/slide\d+\.xml", name)
        ]
    assert sum("Sources: 5 U.S.C. 5307" in slide for slide in slides) == 1


@pytest.mark.parametrize(("held", "told"), [
    (date(2025, 12, 14), "a later day"), (date(2026, 11, 21), "a later day"), (date(2026, 11, 22), ""), (date(2026, 12, 31), ""),
    (date(2027, 1, 1), "figures change every year"),
])  # fmt: skip
def test_rules_of_another_day_are_warned_of_both_ways(held: date, told: str) -> None:
    warnings = config.read(TRAINING / "2026-update", date=held).warnings
    found = [one for one in warnings if "shows the rules of" in one]
    assert bool(found) == bool(told)
    assert all(told in one for one in found)


def test_a_task_has_a_line_for_each_of_its_answers(resolved: list[Kit]) -> None:
    for kit in resolved:
        for one in kit.lessons:
            handout = papers.handout(kit.forum, one).body
            for step in (step for step in one.steps if step.task):
                room = handout.partition(f"# {step.title} (")[2].partition("My answer:")[2].partition(":::")[0]
                asked = len(re.findall(r"(?m)^\s*(?:-|\w{1,2}\.)\s", step.body))
                assert len([line for line in room.splitlines() if "_" in line]) == max(3, asked), step.title
