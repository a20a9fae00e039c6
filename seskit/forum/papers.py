"""The papers of a forum as Markdown documents: agenda, decks, handouts, guide, key, check, change log."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from seskit.formats.counts import number_of
from seskit.formats.days import long_date
from seskit.formats.documents import HAND, Document, escaped, on_one_page, powerpoint, table
from seskit.formats.documents.deck import ALTERNATIVE, Deck
from seskit.forum import cited, config, hanging
from seskit.forum.config import AgendaRow, Forum
from seskit.forum.images import Images
from seskit.forum.resolved import ResolvedSession, ResolvedStep
from seskit.forum.teaching import text_of

_AIMS = "Read the aims aloud, and come back to them at the end of the session."
_LATE = "Came late? The slides are on these pages in the order of the screen, and the tasks come after them. Join your table at the next task."
_LATE_GUIDE = (
    "Do not begin again. When the next task starts, point latecomers to it in the handout, where every task is printed, and let their "
    "neighbors tell them in one sentence what came before."
)
_LATE_IN_ROOM = "Keep seats and handouts near the door."
_BLANK = "\\_" * 36
#: How a thing that a task asks for begins, and how few lines to write on it may have.
_ASKED = re.compile(r"\s*(?:-|\w{1,2}\.)\s")
_FEWEST_LINES = 3
#: So many people sign on one page.
_SIGNED_IN = 18
_SIGNED = "Holds names when it is filled in: for those who keep the records of the forum."
_SIGNING = (
    "Print the sign-in sheet for each table or door, and turn it over when the room is full. It asks for name and office alone. If you keep "
    "a record of who came that is found by name, put your agency's Privacy Act statement on the sheet first (5 U.S.C. 552a(e)(3)), and "
    "destroy the sheet when your records schedule says so."
)
#: The share of a task's minutes in which it is gone through together.
_SHARE_TOGETHER = 0.35
#: What a facilitator does with each slide when time is short.
CUTS = {"must": "keep it", "should": "goes next", "could": "goes first"}


def deck(forum: Forum, lesson: ResolvedSession, *, page: bool) -> Deck:
    """The slides of one session; the sources stand at the foot of each, in PowerPoint in a box of their own."""
    first = f"# After this session you can\n\n{_listed(lesson.objectives)}\n\n{_notes([_AIMS])}"
    slides = [first, *(_slide(step, page=page) for step in lesson.steps)]
    row = lesson.row
    presenters = _and(row.presented if len(row.presenters) == 1 else row.presenters)  # two titles do not fit the slide
    opening = [forum.title, f"{forum.day:%A}, {long_date(forum.day)}, {row.times}", presenters]
    return Deck(
        lesson.title, "\n\n".join(slides), images=lesson.images, opening=[line for line in opening if line],
        footer=f"{forum.title}, {long_date(forum.day)}",
        sources={step.title: step.sources for step in lesson.steps if step.cited and not step.task},
    )  # fmt: skip


def printed_of(forum: Forum) -> list[tuple[str, Any]]:
    """What the agenda says of the day, by the word before it."""
    facts = forum.facts
    where = ", ".join(str(facts[word]) for word in ("room", "place") if facts.get(word))
    return [
        ("When", f"{forum.when} ({forum.zone})"), ("Where", where), ("Host", facts.get("host")),
        ("How", facts.get("mode")), ("For", facts.get("audience")), ("Places", facts.get("capacity")),
        ("Questions", facts["contact"]), ("Accessibility and accommodation", facts["accommodation_contact"]),
        ("Rules and figures as of", long_date(forum.content_as_of)),
    ]  # fmt: skip


def agenda(forum: Forum) -> Document:
    """When, where and what; who to ask for an accommodation."""
    facts, about = forum.facts, printed_of(forum)
    rows = [(row.times, row.minutes, row.title, _and(row.presented) or "-") for row in forum.rows]
    lines = [
        f"- **{word}:** {escaped(said)}{' **(to be filled in)**' if config.placeholder(said) else ''}"
        for word, said in about
        if said
    ]
    body = f"{escaped(facts.get('about') or '')}\n\n" + "\n".join(lines) + "\n\n# Sessions\n\n"
    made = body + table("Agenda", ("Time", "Minutes", "Session", "Presenters"), rows)
    return Document(forum.title, "\n\n".join([made, *_invented(forum)]))


def handout(forum: Forum, lesson: ResolvedSession) -> Document:
    """What participants take home: key points, exercises to work on, sources; no answers."""
    parts = [
        f"{escaped(forum.title)}, {escaped(config.sentence(forum.when))}",
        _LATE,
        "# What you will be able to do",
        _listed(lesson.objectives),
    ]
    for step in lesson.steps:
        if step.body.strip() and not step.task and not powerpoint.asks(text_of(step)):
            parts.append(on_one_page(f"{step.start:%H%M}", f"# {step.title}", _told(step.body), *_doubt(step.unsure), "My notes:", *[_BLANK * 2] * 2))  # fmt: skip
    for step in (step for step in lesson.steps if step.task):
        parts.append(
            on_one_page(
                step.task,
                f"# {step.title} ({step.minutes} minutes)",
                step.body,
                *_doubt(step.unsure),
                "My answer:",
                *[_BLANK * 2] * _lines(step),
            )
        )
    parts += [*_questions("# Questions often asked", lesson), *_sources("# Sources", lesson)]
    return Document(f"Handout: {lesson.title}", "\n\n".join(parts), images=lesson.images)


def board_words(forum: Forum) -> str:
    """How a facilitator shows what the tables answer, with a board or on paper."""
    tables = "" if forum.tables else f" --tables {config.USUAL_TABLES}"
    return (
        f"Start the board with `seskit forum board {forum.folder.name}{tables} --share`. While it runs, it offers a page of cards to print, one "
        "for each table with its address. Print them on the network of the hall, because the address belongs to that network. The wall then shows "
        "how the answers spread and the most common mistake. Each table has its own figures, so neighbors may both be right with different answers. "
        "Without a network, print its sheets, one for each table with that table's figures, collect them and type in the answers; "
        "or mark what you see on the tally sheet."
    )


def guide(forum: Forum, lessons: Sequence[ResolvedSession]) -> Document:
    """Everything a facilitator needs, minute by minute, answers included."""
    rows = [(row.times, row.title, _and(row.presented) or "-") for row in forum.rows]
    parts = [
        f"{escaped(forum.title)}, {escaped(config.sentence(forum.when))} Rules and figures as of {long_date(forum.content_as_of)}. This guide holds the answers: keep it from participants.",
        "# The day", table("The day at a glance", ("Time", "Session", "Presenters"), rows), *_invented(forum),
        "## What the tables answer, on the wall", board_words(forum),
        "## Who was there", _SIGNING,
        "## Those who come late", " ".join([*([_LATE_IN_ROOM] if hanging.holds("room", forum, None) else []), _LATE_GUIDE]),
    ]  # fmt: skip
    for lesson in lessons:
        after_it = _after(forum, lesson)
        steps = [(step.times, step.minutes, step.title, CUTS[step.keep]) for step in lesson.steps]
        parts += [
            f"# {lesson.row.times}: {escaped(lesson.title)}", "## Objectives", _listed(lesson.objectives),
            *(["## Materials", _listed(lesson.materials)] if lesson.materials else []),
            "## Minutes", table(f"Minutes of {lesson.title}", ("Time", "Minutes", "On screen", "If time is short"), steps),
            *_short(lesson),
        ]  # fmt: skip
        for step, after in pairwise([*lesson.steps, None]):
            assert step is not None  # noqa: S101 (only the last is None)
            parts.append(
                on_one_page(
                    f"{step.start:%H%M}",
                    f"## {step.times}: {step.title}",
                    *_directions(step),
                    _transition(after) if after else after_it,
                )
            )
        parts += [*_questions("## Hard questions", lesson), *_sources("## Sources", lesson)]
    return Document("Facilitator guide", "\n\n".join(parts), images=Images(*(lesson.images for lesson in lessons)))


def run_sheet(forum: Forum, lessons: Sequence[ResolvedSession]) -> Document:
    """The day on the clock, slide by slide: what to keep, what goes when time is short, and by when each session must be over."""
    parts = [
        f"{escaped(forum.title)}, {escaped(config.sentence(forum.when))} Take it to the rehearsal, and write beside each line when you got there.",
        "When you are late, leave out what goes first, then what goes next. Never cut the last exercise of a session: it shows what was learned.",
    ]  # fmt: skip
    for lesson in lessons:
        rows = [(config.clock(step.start), step.minutes, step.title, CUTS[step.keep], "") for step in lesson.steps]
        title = f"Over by {config.clock(lesson.row.end)}"
        header = ("Begin", "Minutes", "On screen", "If time is short", "Rehearsed")
        parts += [f"# {lesson.row.times}: {escaped(lesson.title)}", table(title, header, rows), *_short(lesson)]
    return Document("Run sheet", "\n\n".join(parts))


def tally_sheet(forum: Forum, lessons: Sequence[ResolvedSession]) -> Document:
    """The board on paper: for each exercise a line to mark what the tables answered."""
    parts = [
        f"{escaped(forum.title)}. Walk from table to table, and make a mark for each answer. Write the mistake you saw most. "
        "`seskit forum tally` adds up what you type from the sheets."
    ]
    for lesson in lessons:
        rows = [(step.title, HAND, HAND, HAND) for step in lesson.steps if step.exercise]
        if rows:
            parts.append(table(escaped(lesson.title), ("Exercise", "Right", "Not right", "What went wrong"), rows))
    return Document("Tally sheet", "\n\n".join(parts))


def sign_in_sheet(forum: Forum) -> Document:
    """Who was there: name and office, and nothing that identifies anyone elsewhere."""
    rows = [(str(number), HAND, HAND) for number in range(1, _SIGNED_IN + 1)]
    parts = [
        f"{escaped(forum.title)}, {escaped(config.sentence(forum.when))}",
        "Write your name and your office, and nothing else: no Social Security number, no employee number, no address. The sheet shows "
        "who was here. You need not sign to take part.",
        table("Who is here", ("Line", "Name", "Office"), rows),
    ]
    return Document("Sign-in sheet", "\n\n".join(parts), holds=_SIGNED)


def answer_key(forum: Forum, lessons: Sequence[ResolvedSession]) -> Document:
    """Answers of the exercises and of the knowledge check, apart from what participants get."""
    parts = [f"{escaped(forum.title)}. For facilitators only."]
    for lesson in lessons:
        tasks = [step for step in lesson.steps if step.answer or step.example]
        if not tasks and not lesson.checks:
            continue
        parts.append(f"# {escaped(lesson.title)}")
        for step in tasks:
            sources = [f"{escaped(step.sources)}."] if step.cited else []
            sources += _doubt(step.unsure_in_all) if step.unsure_in_all != step.unsure else []
            parts.append(
                on_one_page(
                    step.task,
                    f"## {step.title}",
                    step.body,
                    *_solved(step),
                    *(["**Likely wrong answers:**", step.wrong] if step.wrong.strip() else []),
                    *sources,
                )
            )
        if lesson.checks:
            asked = [
                f"{n}. {c.question}\n\n    **{c.answer}**{cited.behind(c.answer, c.cited)}{f' {escaped(c.unsure)}' if c.unsure else ''}"
                for n, c in enumerate(lesson.checks, 1)
            ]
            parts += [f"## Knowledge check: {escaped(lesson.title)}", *asked]
    return Document("Answer key", "\n\n".join(parts))


def knowledge_check(forum: Forum, lessons: Sequence[ResolvedSession]) -> Document:
    """The questions without their answers."""
    parts = [f"{escaped(forum.title)}. Four minutes a session. Answer without notes, then compare with your neighbor."]
    for lesson in lessons:
        if lesson.checks:
            asked = [f"{n}. {check.question}\n\n    Answer: {_BLANK}" for n, check in enumerate(lesson.checks, 1)]
            parts.append(on_one_page(lesson.stem, f"# {escaped(lesson.title)}", *asked))
    return Document("Knowledge check", "\n\n".join(parts))


def _slide(step: ResolvedStep, *, page: bool) -> str:
    said = _said(step)
    if powerpoint.asks(text_of(step)) and not step.task:
        return f"# {step.title} {{.asks}}\n\n{step.body}\n{_notes(said)}"
    if step.task:
        kind = "Exercise" if step.exercise else "Discussion"
        noted = [f"{kind}. {step.allowed}.", *said, *_solved(step)]
        return f"# {step.title}\n\n**{step.allowed}**\n\n{step.body}\n{_notes(noted)}"
    if step.cited and page:
        return f"# {step.title}\n\n{step.body}\n::: sources\n{escaped(step.sources)}\n:::\n\n{_notes(said)}"
    return f"# {step.title}\n\n{step.body}\n{_notes(said)}"


def _notes(said: Sequence[str]) -> str:
    return "::: notes\n" + "\n\n".join(said) + "\n:::\n" if said else ""


def _lines(step: ResolvedStep) -> int:
    """How many lines to write on a task has: one for each thing asked, and never fewer than three."""
    return max(_FEWEST_LINES, sum(bool(_ASKED.match(line)) for line in step.body.splitlines()))


def _directions(step: ResolvedStep) -> list[str]:
    parts = [f"**Time:** {step.allowed}."]
    if step.body.strip():
        parts += ["**On screen:**", _told(step.body)]
    if said := _said(step):
        parts += ["**Say and do:**", *said]
    if step.keep != "must":
        parts.append(f"**If time is short:** {CUTS[step.keep]}.")
    return [
        *parts,
        *_solved(step),
        *(["**Likely wrong answers:**", step.wrong] if step.wrong.strip() else []),
        *_doubt(step.unsure_in_all),
    ]


def _doubt(said: str) -> list[str]:
    """What is not sure, where something is not."""
    return [escaped(said)] if said else []


def _said(step: ResolvedStep) -> list[str]:
    """What is said and done on a slide; every task is run as all are, and its minutes are those it has."""
    own = [step.notes.strip()] if step.notes.strip() else []
    return [_run(step), *own] if step.task else own


def _run(step: ResolvedStep) -> str:
    """How a task is run, minute by minute: read it, let people work, and go through it together."""
    together_ = max(1, round(step.minutes * _SHARE_TOGETHER))
    work = step.minutes - 1 - together_
    if work < 1:
        return "Read the task aloud, let people work, and ask one of them to answer."
    shown = (
        "read the answer and its reason aloud, from below or from the answer key; no slide shows it"
        if step.exercise
        else "read the example below, and ask what is better in theirs"
    )
    return (
        f"Read the task aloud, and ask one person to say it again in his or her own words (1 minute). Let people work "
        f"({step.who}, {number_of(work, 'minute')}); walk around and listen, and help those who ask. Then go through it together "
        f"({number_of(together_, 'minute')}): one answers, another says whether he or she agrees and why; then {shown}."
    )


def _short(lesson: ResolvedSession) -> list[str]:
    """How many minutes are won, first by what may go, then by what goes next."""
    first, more = (sum(step.minutes for step in lesson.steps if step.keep == kept) for kept in ("could", "should"))
    if first and more:
        return [f"Leaving out what goes first saves {first} minutes, what goes next {more} more."]
    return (
        [f"Leaving out what goes {'first' if first else 'next'} saves {first or more} minutes."]
        if first or more
        else []
    )


def _solved(step: ResolvedStep) -> list[str]:
    if step.answer:
        return ["**Answer:**", step.answer]
    return ["**For example:**", step.example] if step.example else []


def _invented(forum: Forum) -> list[str]:
    """What the kit made up, where it says so."""
    said = forum.facts.get("invented")
    return [f"**Invented for this kit:** {escaped(str(said))}"] if said else []


def _transition(after: ResolvedStep | AgendaRow) -> str:
    return f"**Next:** {config.clock(after.start)}, {after.title}"


def _after(forum: Forum, lesson: ResolvedSession) -> str:
    """What follows a session on the agenda."""
    rest = [row for row in forum.rows if row.start >= lesson.row.end]
    return _transition(rest[0]) if rest else "**Next:** the end of the forum"


def _questions(heading: str, lesson: ResolvedSession) -> list[str]:
    return [heading, *(f"**{q}** {a}" for q, a in lesson.faqs)] if lesson.faqs else []


def _sources(heading: str, lesson: ResolvedSession) -> list[str]:
    return [heading, f"{escaped(cited.joined(lesson.cited))}."] if lesson.cited else []


def _told(body: str) -> str:
    """A picture on paper, with what it says in words below it."""
    return ALTERNATIVE.sub(lambda found: f"{found[0]}\n\n{escaped(found[2])}", body)


def _listed(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _and(names: Sequence[str]) -> str:
    return "; ".join(names)
