"""The parts of the course on screen: its pages of teaching and standing, and the controls on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets

from seskit.desk import drills
from seskit.desk.course import plan, scenario
from seskit.desk.course.plan import Lesson, Objective
from seskit.desk.widgets.look import label
from seskit.formats.markup import Markup, element, listed, paragraph, together
from seskit.formats.notebook_page import from_markdown
from seskit.formats.tables import Table


def decided(problem: scenario.Problem) -> str:
    """The facts that decide a story."""
    return str([problem.scenario.name, *(problem.values.get(name) for name in problem.scenario.decides)])


def teaching(lesson: Lesson) -> list[Any]:
    """The page of teaching: objectives, sections, key points, sources."""
    parts: list[Markup] = [
        paragraph(f"About {lesson.minutes} minutes. Rules as of {drills.in_words(lesson.as_of)}."),
        paragraph("After this lesson you can:"),
        listed(one.says for one in lesson.objectives),
    ]
    for title, text in lesson.sections:
        parts += [element("h3", title), from_markdown(text)]
    parts += [element("h3", "Key points"), from_markdown(lesson.key_points)]
    parts.append(element("details", element("summary", "Sources"), listed(lesson.sources)))
    return [ipywidgets.HTML(together(parts))]


def standings(found: dict[Objective, plan.Standing]) -> Markup:
    """Where one is on each objective, as a table."""
    rows = [
        (one.says, now.state, drills.in_words(now.mastered_on) if now.mastered_on else "",
         drills.in_words(now.due) if now.due else "") for one, now in found.items()
    ]  # fmt: skip
    return Table("Where you are", ("Objective", "State", "Mastered on", "Due again"), tuple(rows)).to_html()


def row(*buttons: Any) -> Any:
    """Buttons side by side, or below each other where it is narrow."""
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
    """A list with one choice to make."""
    made = ipywidgets.Dropdown(
        options=options, value=value, description=label(words, help_text), description_allow_html=True,
        style={"description_width": "initial"},
    )  # fmt: skip
    made.add_class("seskit-field")
    return made


def button(words: str, pressed: Callable[[], Any]) -> Any:
    """A button and what it does."""
    made = ipywidgets.Button(description=words)
    made.on_click(lambda _: pressed())
    return made
