"""The pieces of the course's pages: text, tables, lists and buttons."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path as Folder
from typing import Any

import ipywidgets

from seskit.desk import drills
from seskit.desk.course import plan
from seskit.desk.course.plan import Lesson, Objective, ObjectiveStanding, Path
from seskit.desk.widgets.look import label, status
from seskit.desk.widgets.pressing import Button
from seskit.formats.markup import Markup, element, listed, paragraph, together
from seskit.formats.notebook_page import from_markdown
from seskit.formats.shipped import text_beside
from seskit.formats.tables import Table

_PICTURE = re.compile(r'!\[(?P<title>[^\]]*)\]\((?P<file>[^)]*)\)\{alt="(?P<alt>[^"]*)"[^}]*\}')
STYLE = text_beside(__file__, "course_pages.css")


class PressResult:
    """What came of a button, right below it: the page above stays where it is, and what is offered is the next stop."""

    def __init__(self) -> None:
        self.widget = ipywidgets.HTML(status(""))

    def say(self, sentence: str, link: Markup | None = None) -> None:
        """Say it, and hand over a file."""
        self.widget.value = together(status(sentence), paragraph(link) if link else None)


def download(words: str, name: str, kind: str, content: bytes) -> Markup:
    """A link that hands over a file."""
    held = base64.b64encode(content).decode()
    return element("a", f"{words}: {name}", download=name, href=f"data:{kind};base64,{held}")


def place(folder: Folder) -> str:
    """Where a file was written, for the one who wrote it; shown and never kept."""
    return f"in the folder {folder.absolute()}"


def teaching(lesson: Lesson) -> list[Any]:
    """The page of teaching: objectives, sections, key points, sources."""
    parts: list[Markup] = [
        paragraph(f"About {lesson.minutes} minutes. Rules as of {drills.in_words(lesson.as_of)}."),
        paragraph("After this lesson you can:"),
        listed(one.says for one in lesson.objectives),
    ]
    for title, text in lesson.sections:
        parts += [element("h3", title), *_pictured(text, lesson.images)]
    parts += [element("h3", "Key points"), from_markdown(lesson.key_points)]
    parts.append(element("details", element("summary", "Sources"), listed(lesson.sources)))
    return [ipywidgets.HTML(together(parts))]


def _pictured(text: str, images: Mapping[str, bytes]) -> Iterator[Markup]:
    """A section with its pictures, each under its title and with its words."""
    rest = 0
    for found in _PICTURE.finditer(text):
        held = base64.b64encode(images[found["file"]]).decode()
        picture = element("img", src=f"data:image/png;base64,{held}", alt=found["alt"])
        named = f"Picture: {found['title']}. It scrolls."
        frame = element("div", picture, class_="wide", role="group", tabindex="0", aria_label=named)
        yield from_markdown(text[rest : found.start()])
        yield element("figure", frame, element("figcaption", found["title"]))
        rest = found.end()
    yield from_markdown(text[rest:])


def contents(paths: Sequence[Path]) -> Any:
    """The paths of the course, with their lessons and how long they take."""
    rows = tuple(
        (way.title, "; ".join(one.title for one in way.lessons), f"{sum(one.minutes for one in way.lessons)} minutes")
        for way in paths
    )
    return ipywidgets.HTML(Table("The paths of the course", ("Path", "Lessons", "Together"), rows).to_html())


def standings(found: Mapping[Objective, ObjectiveStanding]) -> Any:
    """Where one is on each objective."""
    rows = [(one.says, now.says, _day(now.mastered_on), _due(now)) for one, now in found.items()]
    table = Table("Where you are", ("Objective", "State", "Mastered on", "Due again"), tuple(rows))
    return ipywidgets.HTML(table.to_html())


def _day(day: Any) -> str:
    return drills.in_words(day) if day else ""


def _due(now: ObjectiveStanding) -> str:
    return "now" if now.state == plan.DUE else _day(now.due)


def practice(objectives: Sequence[Objective], pressed: Callable[[Objective], None]) -> list[Any]:
    """A list of objectives, and a button that leads to the stories of the one chosen."""
    options = [(one.says, str(number)) for number, one in enumerate(objectives)]
    chosen = choice("Objective", "Choose one to practice it with hints at hand.", options, "0")
    return [chosen, Button("Practice this objective", lambda: pressed(objectives[int(chosen.value)]))]


def text(*lines: Any) -> Any:
    """Paragraphs."""
    return ipywidgets.HTML(together(paragraph(line) for line in lines if line))


def head(words: str) -> Any:
    """The head of a part of a page."""
    return ipywidgets.HTML(element("h3", words))


def landing(child: Any) -> Any:
    """What the keyboard can be put on, so that one reads on from there; Tab passes it by."""
    made = ipywidgets.VBox([child], tabbable=False)
    made.add_class("seskit-landing")
    return made


def row(*buttons: Any) -> Any:
    """Buttons in a row that wraps."""
    made = ipywidgets.HBox(buttons)
    made.add_class("seskit-buttons")
    return made


def name_box(name: str) -> Any:
    """The box for the name on the record."""
    made = ipywidgets.Text(
        value=name, description=label("Your name", "Only for the printed record; kept on this computer."),
        description_allow_html=True, continuous_update=False, style={"description_width": "initial"},
    )  # fmt: skip
    made.add_class("seskit-field")
    return made


def choice(words: str, help_text: str, options: Sequence[tuple[str, str]], value: str) -> Any:
    """A list to choose from."""
    made = ipywidgets.Dropdown(
        options=options, value=value, description=label(words, help_text), description_allow_html=True,
        style={"description_width": "initial"},
    )  # fmt: skip
    made.add_class("seskit-field")
    return made
