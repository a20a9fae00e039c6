"""What a learner is in the middle of: the pages of a lesson, of a check or of practice, and how far one is.

It is kept as text in the progress file, so that one comes back to the page one left, also in another notebook.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from random import Random
from typing import Any

from seskit.desk.course import scenario
from seskit.desk.course.plan import Lesson, Objective, Path

LESSON, PLACEMENT, PRACTICE = "lesson", "placement", "practice"
TEACHING, GUIDED, ALONE, CHECK, RESULT = "teaching", "guided", "alone", "check", "result"
#: Pages whose story has no hints and counts at the first answer.
ASKED = (CHECK, PLACEMENT)
#: Why the placement check asks two stories of each objective.
WHY_TWO = (
    "One right answer can be a lucky guess. So each objective takes two stories, from both sides of its rule where it has two; "
    "the first wrong answer ends it, and its lesson stays open."
)


@dataclass
class Page:
    """One page: its kind, its story with its number (0 until it is shown), and what came of it so far."""

    kind: str
    story: str = ""
    objective: str = ""
    seed: int = 0
    tries: int = 0
    hints: int = 0
    settled: bool = False
    #: Right at the first answer, without a hint.
    right: bool = False
    #: The side of its objective that it asks for, where that has two.
    side: str = ""
    #: What is entered and perhaps not yet checked, by part.
    entered: dict[str, Any] = field(default_factory=dict)

    @property
    def open(self) -> bool:
        """Whether it has a story that is not decided."""
        return bool(self.story) and not self.settled


@dataclass
class Sitting:
    """Pages one after the other, of the lesson of that name, and the one that is shown."""

    kind: str
    name: str
    pages: list[Page]
    at: int = 0

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self.pages[self.at]

    @property
    def after(self) -> int:
        """The place of the page after it; as many as there are pages where it is the last."""
        return next((place for place in range(self.at + 1, len(self.pages)) if self._wanted(place)), len(self.pages))

    @property
    def before(self) -> int:
        """The place of the page before it; the first has itself before it."""
        return next((place for place in range(self.at - 1, -1, -1) if self._wanted(place)), self.at)

    @property
    def following(self) -> Page | None:
        """The page after it."""
        return self.pages[self.after] if self.after < len(self.pages) else None

    @property
    def asked(self) -> list[Page]:
        """The pages of its check; of a placement check the second story of an objective only where the first is right."""
        return [page for place, page in enumerate(self.pages) if page.kind in ASKED and self._wanted(place)]

    def twin(self, page: Page) -> Page | None:
        """The other story of an objective in a placement check, once it was shown."""
        return next(
            (
                one
                for one in self.pages
                if page.kind == PLACEMENT and one is not page and one.seed and one.objective == page.objective
            ),
            None,
        )

    def _wanted(self, place: int) -> bool:
        page = self.pages[place]
        earlier = [
            one for one in self.pages[:place] if one.kind == page.kind == PLACEMENT and one.objective == page.objective
        ]
        return all(one.right for one in earlier)

    @property
    def stories(self) -> int:
        """How many stories it has."""
        return sum(bool(page.story) for page in self.pages)

    def written(self) -> str:
        """As text that `read` reads."""
        return json.dumps(asdict(self))


def read(text: str) -> Sitting | None:
    """What was written; None where it is of another version of the course, or nothing."""
    known = scenario.scenarios()
    try:
        said = json.loads(text)
        made = Sitting(said["kind"], said["name"], [Page(**page) for page in said["pages"]], said["at"])
        usable = 0 <= made.at < len(made.pages) and all(not one.story or one.story in known for one in made.pages)
    except (ValueError, TypeError, KeyError):
        return None
    return made if usable else None


def left(kind: str, path: Path, kept: Mapping[str, str]) -> Sitting | None:
    """The lesson or placement check one left on a path; None where there is none, or the course has changed."""
    found, lessons = read(kept.get(f"{kind} {path.name}", "")), {one.name: one for one in path.way}
    if not found or (found.name and found.name not in lessons):
        return None
    says = {one.says for one in (lessons[found.name] if found.name else path).objectives}
    return found if all(page.objective in says for page in found.asked) else None


def of_lesson(lesson: Lesson, random: Random) -> Sitting:
    """Teaching, guided practice, practice alone, the check and how it came out."""
    guided = [Page(GUIDED, name) for name in lesson.guided]
    alone = [Page(ALONE, name) for name in lesson.alone]
    return Sitting(LESSON, lesson.name, [Page(TEACHING), *guided, *alone, *_check(lesson, random), Page(RESULT)])


def of_check(lesson: Lesson, random: Random) -> Sitting:
    """The check of a lesson alone."""
    return Sitting(LESSON, lesson.name, [*_check(lesson, random), Page(RESULT)])


def of_placement(objectives: Sequence[Objective], random: Random) -> Sitting:
    """Two stories for each objective, one on each side where it has sides, else of two scenarios where it has them."""
    pages = []
    for one in objectives:
        if one.sides:
            pages += _on_each_side(PLACEMENT, one, (), random)
            continue
        names = random.sample(one.scenarios, min(2, len(one.scenarios)))
        pages += [Page(PLACEMENT, names[0], one.says), Page(PLACEMENT, names[-1], one.says)]
    return Sitting(PLACEMENT, "", [*pages, Page(RESULT)])


def of_practice(names: Sequence[str], lesson: str) -> Sitting:
    """Stories with hints at hand; after those of a lesson comes its check."""
    return Sitting(PRACTICE, lesson, [Page(PRACTICE, name) for name in names])


def _check(lesson: Lesson, random: Random) -> list[Page]:
    """A story for each objective, or for each of its sides; where there are several not one whose solution the guide showed."""
    made = []
    for one in lesson.objectives:
        if one.sides:
            made += _on_each_side(CHECK, one, lesson.guided, random)
            continue
        names = [name for name in one.scenarios if name not in lesson.guided] or list(one.scenarios)
        made.append(Page(CHECK, random.choice(names), one.says))
    return made


def _on_each_side(kind: str, one: Objective, shown: Sequence[str], random: Random) -> list[Page]:
    """A story on each side, where a side has several not one of those shown before."""
    made = []
    for side in one.sides:
        names = [name for name, _ in side.stories]
        made.append(
            Page(kind, random.choice([name for name in names if name not in shown] or names), one.says, side=side.says)
        )
    return made


def comes_to(name: str, seed: int) -> str:
    """Which outcome of its scenario a story of that number comes to, where it has several."""
    turns = scenario.named(name).turns
    return turns[seed % len(turns)] if turns else ""


def figures(story: str) -> Any:
    """What makes two stories the same for one who remembers the first: their figures, or their words where there are none."""
    return re.findall(r"\d[\d,]*", story) or story
