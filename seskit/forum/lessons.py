"""The lessons of the course: one Markdown file each, in the style of the sessions, its numbers computed by the questions.

Between two lines `---` a lesson says its title, its minutes, the day whose rules it shows (`as_of`), and its objectives,
each with the scenarios that practice it. Then each heading is a section of the page; amounts are typed only in a section
titled "A worked case". A block `::: key` holds the key points.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from seskit.desk.course import feedback, plan, scenario
from seskit.desk.course.plan import Course, Lesson, LessonLimit, Objective, Side
from seskit.desk.course.plan import Path as Way
from seskit.desk.practice.answers import AnswerPart
from seskit.formats import strict_yaml
from seskit.formats.days import long_date
from seskit.formats.documents import Document, bullets, escaped, on_one_page, overleaf
from seskit.formats.shipped import shipped
from seskit.forum import cited, source
from seskit.forum.config import Forum
from seskit.forum.place import KitError, SourcePlace
from seskit.forum.references import Resolver, read_facts
from seskit.forum.resolved import with_doubt
from seskit.forum.source import PICTURE, SourceText

NAME = "course.yaml"
WORKED = "A worked case"
SHORTEST, LONGEST = 10, 20
#: A one-word answer begins a sentence of its own.
_ANSWER = re.compile(r"(\? )([yn])(?=es\b|o\b)")
_FRONT = ("title", "minutes", "as_of", "objectives", "limits")
#: What a lesson may say more: figures that it tells and no story practices.
_MORE = ("told",)


@cache
def course(training: Path | None = None) -> Course:
    """The whole course as it lies in the training folder; raises KitError naming file and line."""
    folder = (training or shipped("training")) / scenario.FOLDER
    file = folder / NAME
    if not file.is_file():
        raise KitError(f"{folder.name} has no {NAME}, which lists the paths and their lessons.")
    said = strict_yaml.load(source.written(file)) or {}
    made: dict[str, Way] = {}
    for name, one in said.items():
        lessons = tuple(read(folder / name / f"{stem}.md", folder) for stem in one["lessons"])
        common = made[plan.START].lessons if plan.START in made else ()
        made[name] = Way(name, str(one["title"]), str(one["about"]), lessons, common)
    return Course(made)


def read(file: Path, folder: Path) -> Lesson:
    """One lesson with every reference resolved."""
    lines = source.written(file).splitlines()
    front, first = _front(file, lines)
    forum = Forum(folder, {"title": front["title"], "date": front["as_of"], "content_as_of": front["as_of"]}, (), ())
    resolver = Resolver(forum, read_facts(folder.parent))
    sections, key = _sections(file, lines, first)
    shown = tuple(
        (
            title,
            _ANSWER.sub(lambda found: found[1] + found[2].upper(), _shown(resolver, text, title == WORKED)),
        )
        for title, text in sections
    )
    if not any(title == WORKED for title, _ in shown):
        raise SourcePlace(file, 1).error(f"the lesson has no section '{WORKED}'.")
    return Lesson(
        f"{file.parent.name}.{file.stem}", str(front["title"]), front["minutes"], front["as_of"], _objectives(file, front),
        shown, _shown(resolver, key), tuple(resolver.take_cited()), _limits(file, front), tuple(front.get("told") or ()),
        resolver.images,
    )  # fmt: skip


def _shown(resolver: Resolver, text: SourceText, typed_amounts: bool = False) -> str:
    """A section as it is read, with what is not sure of it at its end."""
    made = resolver.text(text, typed_amounts=typed_amounts)
    return with_doubt(made, resolver.take_unsure(once=True))


def _front(file: Path, lines: list[str]) -> tuple[dict[str, Any], int]:
    top = SourcePlace(file, 1)
    if not lines or lines[0] != "---" or "---" not in lines[1:]:
        raise top.error("the front matter between two lines '---' is missing.")
    end = lines.index("---", 1)
    front = strict_yaml.load("\n".join(lines[1:end])) or {}
    for word in (*_FRONT, *front):
        if word not in front or word not in (*_FRONT, *_MORE):
            raise top.error(f"the front matter holds {', '.join((*_FRONT, *_MORE))}; see '{word}'.")
    if not isinstance(front["minutes"], int) or not SHORTEST <= front["minutes"] <= LONGEST:
        raise top.error(f"a lesson takes {SHORTEST} to {LONGEST} minutes.")
    if type(front["as_of"]) is not date:
        raise top.error("as_of is not a date; write for example 2026-10-01.")
    return front, end + 1


def _objectives(file: Path, front: dict[str, Any]) -> tuple[Objective, ...]:
    made = []
    for one in front["objectives"]:
        names = tuple(_named(file, name) for name in one["practice"])
        sides = tuple(_side(file, str(says), said, names) for says, said in (one.get("sides") or {}).items())
        if len(sides) == 1:
            raise SourcePlace(file, 1).error(f"an objective has two sides or more, or none; see '{sides[0].says}'.")
        made.append(Objective(str(one["says"]), names, sides))
    if not 2 <= len(made) <= 5:
        raise SourcePlace(file, 1).error(f"a lesson has two to five objectives; {len(made)} are given.")
    return tuple(made)


def _named(file: Path, name: str) -> str:
    """The full name of a scenario of the lesson's path."""
    full = f"{file.parent.name}.{name}"
    if full not in scenario.scenarios():
        raise SourcePlace(file, 1).error(f"there is no scenario '{full}'.")
    return full


def _side(file: Path, says: str, said: Any, names: tuple[str, ...]) -> Side:
    """A side: a condition for every story of its objective, or for each story on it a condition or nothing."""
    if isinstance(said, str):
        return Side(says, tuple((name, said) for name in names))
    stories = tuple((_named(file, name), str(when or "")) for name, when in said.items())
    if strange := [name for name, _ in stories if name not in names]:
        raise SourcePlace(file, 1).error(
            f"the side '{says}' names {strange[0]}, which does not practice its objective."
        )
    return Side(says, stories)


def _limits(file: Path, front: dict[str, Any]) -> tuple[LessonLimit, ...]:
    """The limits and changes of law that the lesson teaches."""
    made = tuple(
        LessonLimit(str(one["says"]), _named(file, one["story"]), tuple(one["sides"])) for one in front["limits"]
    )
    practiced = {_named(file, name) for one in front["objectives"] for name in one["practice"]}
    for one in made:
        if len(one.sides) < 2 or one.scenario not in practiced:
            raise SourcePlace(file, 1).error(
                f"the limit '{one.says}' has two sides or more, and a story of this lesson."
            )
    return made


def _sections(file: Path, lines: list[str], first: int) -> tuple[list[tuple[str, SourceText]], SourceText]:
    sections: list[tuple[str, SourceText]] = []
    key = SourceText(SourcePlace(file, 1))
    inside = False
    for number, line in enumerate(lines[first:], first + 1):
        if line.startswith(":::"):
            inside = line.strip(": ") == "key"
            key = SourceText(SourcePlace(file, number + 1)) if inside else key
        elif inside:
            key.lines.append(line)
        elif line.startswith("# "):
            sections.append((line[2:].strip(), SourceText(SourcePlace(file, number + 1))))
        elif sections:
            if PICTURE.search(line) and "){alt=" not in line:
                raise SourcePlace(file, number).error(
                    'a picture has no words for those who cannot see it; add {alt="..."}.'
                )
            sections[-1][1].lines.append(line)
        elif line.strip():
            raise SourcePlace(file, number).error("text comes before the first heading; begin with '# Heading'.")
    if key.empty:
        raise SourcePlace(file, 1).error("the lesson has no key points; add a block '::: key'.")
    return sections, key


def panel(path: str = "") -> Any:
    """The course on screen, for the learner of this computer: one path, or the one chosen last."""
    from seskit.desk.opener import places
    from seskit.desk.widgets.course import CoursePanel

    return CoursePanel(course(), path=path, served=bool(places.session()))


def printed(lesson: Lesson) -> Document:
    """The lesson on paper: objectives, teaching, stories to work with pencil, key points, and the answers at the end."""
    body = ["# What you will be able to do", "", *(f"- {escaped(one.says)}" for one in lesson.objectives), ""]
    for title, text in lesson.sections:
        body += [f"# {title}", "", text, ""]
    stories = [scenario.named(name).draw(1) for name in dict.fromkeys((*lesson.guided, *lesson.alone))]
    body += ["# Practice", ""]
    for number, one in enumerate(stories, 1):
        body += [
            on_one_page(
                f"story-{number}",
                f"## Story {number}: {escaped(one.scenario.title)}",
                escaped(one.story),
                "To decide:",
                bullets(map(_blank, one.parts)),
            ),
            "",
        ]
    body += ["# Key points", "", lesson.key_points, ""]
    answers = ["# Answers", ""]
    for number, one in enumerate(stories, 1):
        answer, steps = feedback.solution(one)
        answers += [f"**Story {number}.** {escaped(answer)}", "", *(f"- {escaped(step)}" for step in steps), ""]
    sources = [f"Rules as of {escaped(long_date(lesson.as_of))}.", f"{escaped(cited.joined(lesson.sources))}."]
    body.append(overleaf("answers", "\n".join(answers), "# Sources", *sources))
    return Document(lesson.title, "\n".join(body), subject="SES course", images=lesson.images)


def _blank(part: AnswerPart) -> str:
    """What is to be given, with a line to write it on."""
    wanted = part.wanted.removeprefix("one of: ").replace("; ", " or ") if part.choices else part.wanted
    return f"{part.label[0].upper()}{part.label[1:]} ({wanted}): __________"
