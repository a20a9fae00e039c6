"""The course on screen: a start page, lessons, stories, the placement check and the record, all by keyboard.

When a page is turned the keyboard is at its heading; what leads on is at its foot. The page one is on is kept, so that one
comes back to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from functools import partial
from pathlib import Path as Folder
from random import Random
from typing import Any

import ipywidgets
import traitlets

from seskit.desk import drills
from seskit.desk.course import plan, scenario, sitting
from seskit.desk.course.plan import Course, Lesson, Objective, Path, Side
from seskit.desk.course.progress import ProgressFile
from seskit.desk.course.scenario import StoryProblem
from seskit.desk.course.sitting import Page, Sitting
from seskit.desk.widgets import course_pages as pages
from seskit.desk.widgets.course_home import Home, jobs, lessons
from seskit.desk.widgets.look import Shown, opening, status
from seskit.desk.widgets.pressing import Button
from seskit.desk.widgets.story import StoryPanel
from seskit.formats.markup import element, listed, paragraph, style, together
from seskit.formats.notebook_page import from_markdown
from seskit.law.facts import FactError

HOW = (
    "Everything can be done with the keyboard: Tab moves on, Space or Enter presses a button. Next is at the foot of each "
    "page. The page you are on is kept: come back any day."
)
HOME, BACK = "Start page", "Back one page"
CHOOSE = "Choose the job you want to learn"
OUTCOME = "How the check came out"
_KINDS = {
    sitting.GUIDED: "Guided practice", sitting.ALONE: "On your own", sitting.PRACTICE: "Practice",
    sitting.PLACEMENT: "Placement check",
}  # fmt: skip
_PURPOSES = {sitting.CHECK: "check", sitting.PLACEMENT: "placement"}
#: How often a story is drawn anew because one with the same figures was shown before.
_DRAWS = 12
#: How often one is drawn until it is on the side of its objective that is asked for.
_DRAWS_FOR_A_SIDE = 40


class CoursePanel(Shown):
    """The course for one learner; `message` is what was said last, `page` the heading of the page shown."""

    message = traitlets.Unicode("")
    page = traitlets.Unicode("")

    def __init__(
        self, course: Course, progress: ProgressFile | None = None, path: str = "", folder: Folder | None = None,
        *, served: bool = False,
    ) -> None:  # fmt: skip
        self.course, self.progress, self.folder = course, progress or ProgressFile(), folder or Folder()
        self._asked_for = path
        self.path: Path | None = None
        self.sitting: Sitting | None = None
        self.story: StoryPanel | None = None
        self.start: Home | None = None
        self._stories: dict[int, StoryPanel] = {}
        self._turns: dict[str, int] = {}
        self._after: tuple[str, Callable[[], Any]] = (HOME, self.home)
        self._seeds = Random(f"{len(self.or_none(self.progress.tries) or [])} {self.progress.today}")  # noqa: S311
        self.next_button = Button("Next", self.forward)
        self.back_button, self.home_button = Button(BACK, self.back), Button(HOME, self.home)
        self._status, self._body, self._foot = ipywidgets.HTML(), ipywidgets.VBox([]), pages.row()
        self._words = ipywidgets.HTML()
        self._head = pages.landing(self._words)
        self._head.add_class("seskit-page")
        self._status.add_class("seskit-spot")
        parts = [opening("The SES course", HOW, level=2), ipywidgets.HTML(style(pages.STYLE)), self._status, self._head]
        super().__init__([*parts, self._body, self._foot, *([self._arrival()] if served else [])])
        self.add_class("seskit-panel")
        self.add_class("seskit-course")
        self.arrive()

    @property
    def chosen(self) -> Path:
        """The path one is on."""
        if self.path is None:
            raise FactError(f"{CHOOSE} first.")
        return self.path

    def _arrival(self) -> Any:
        """A button that a served page presses when it is opened: it was made ready before the last answers."""
        made = Button("Show where I am", self.arrive)
        made.layout.display = "none"
        made.add_class("seskit-arrived")
        return made

    def arrive(self) -> None:
        """The start page of the path one is on, or the choice of one; read from what is kept."""
        kept = (self.or_none(self.progress.kept) or {}).get("path", "")
        known = self.course.path(self._asked_for).name if self._asked_for else kept
        self.path = self.course.paths.get(known)
        self._home()

    def choose(self, name: str) -> None:
        """Go to the start page of a path, and come back to it next time."""
        self.path = self.course.path(name)
        self._asked_for = ""
        self._keep_path()
        self.home()

    def _keep_path(self) -> None:
        if path := self.path:
            self.or_none(lambda: self.progress.keep("path", path.name))

    def choosing(self) -> None:
        """The page on which a path is chosen."""
        self.path = None
        self.home()

    def home(self) -> None:
        """The start page: where one is on each objective, and what comes next."""
        self._home()
        self._head.focus()

    def _home(self) -> None:
        self.sitting = self.story = self.start = None
        if self.path is None:
            self._show(CHOOSE, jobs(self), "Each job is a path of lessons. You can choose another at any time.")
            return
        self._show(self.path.title, [], f"Start page: {self.path.title}.")
        try:
            self.start = Home(self, self.path)
            self._body.children = self.start.children
        except FactError as failure:
            self._body.children = lessons(self, self.path)
            self.say(str(failure))

    def forward(self) -> None:
        """The next page; from the start page the page one left, or the next lesson."""
        if self.sitting is None:
            if self.start:
                self.start.go_on()
        elif self.sitting.following is None:
            self._after[1]()
        else:
            self.sitting.at = self.sitting.after
            self._turn()

    def back(self) -> None:
        """The page before, as it was left."""
        if self.sitting and self.sitting.at:
            self.sitting.at = self.sitting.before
            self._turn()

    def begin(self, lesson: Lesson) -> None:
        """Begin a lesson at its page of teaching."""
        self.sit(sitting.of_lesson(lesson, self._seeds))

    def check(self, lesson: Lesson) -> None:
        """The check of a lesson, with stories drawn anew."""
        self.sit(sitting.of_check(lesson, self._seeds))

    def placement(self) -> None:
        """Two stories for each objective not yet mastered, until one is missed; what is right may be skipped."""
        todo = [one for one, now in plan.standings(self.chosen, self.progress).items() if not now.done]
        if todo:
            self.sit(sitting.of_placement(todo, self._seeds))
        else:
            self.say("Every objective of this path is mastered.")

    def review(self, names: Sequence[str], lesson: str = "") -> None:
        """Stories one after the other, with hints at hand; after those of a lesson comes its check."""
        self.sit(sitting.of_practice(names, lesson))

    def sit(self, made: Sitting) -> None:
        """Go on with the pages of a lesson, a check or practice."""
        self.sitting, self._stories, self._after, self.start = made, {}, (HOME, self.home), None
        if made.kind == sitting.PRACTICE and made.name:
            lesson = self.course.lesson(made.name)
            self._after = (f"Next: the check of {lesson.title}", lambda: self.check(lesson))
        self._keep_path()
        self._turn()

    def left(self, kind: str) -> Sitting | None:
        """The lesson or placement check one left on this path; None where there is none, or the course has changed."""
        return sitting.left(kind, self.chosen, self.or_none(self.progress.kept) or {})

    def _objectives(self, of: Sitting) -> tuple[Objective, ...]:
        return self.course.lesson(of.name).objectives if of.name else self.chosen.objectives

    def _turn(self) -> None:
        """Show the page one is at, and keep where that is."""
        now = self.sitting
        if now is None:
            return
        self.story = None
        made = {sitting.TEACHING: self._teach, sitting.RESULT: self._outcome}.get(now.page.kind, self._tell)
        made(now)
        if now.page.kind != sitting.RESULT:
            self._keep()
        self._head.focus()

    def _keep(self) -> None:
        """Keep where one is; trouble with the file is said when an answer cannot be kept."""
        if self.path and self.sitting and self.sitting.kind != sitting.PRACTICE:
            word, said = f"{self.sitting.kind} {self.path.name}", self.sitting.written()
            self.or_none(lambda: self.progress.keep(word, said))

    def _teach(self, now: Sitting) -> None:
        lesson = self.course.lesson(now.name)
        self._show(lesson.title, pages.teaching(lesson))

    def _tell(self, now: Sitting) -> None:
        """A story, with hints at hand or at its first answer; one shown before is as it was."""
        page, asked = now.page, now.page.kind in sitting.ASKED
        if now.at not in self._stories:
            made = StoryPanel(
                self._problem(now, page), partial(self._heard, page), helped=not asked, tries=page.tries, hints=page.hints,
                settled=page.settled, entered=page.entered,
            )  # fmt: skip
            made.observe(lambda change: self._moved(page, change), ["tries", "hints", "settled", "entered"])
            self._stories[now.at] = made
        self.story = self._stories[now.at]
        kind = _KINDS.get(page.kind) or f"Check of {self.course.lesson(now.name).title}"
        why = [pages.text(sitting.WHY_TWO)] if page.kind == sitting.PLACEMENT and not now.at else []
        self._show(kind, [*why, self.story])

    def _moved(self, page: Page, change: Any) -> None:
        setattr(page, change["name"], change["new"])
        self._keep()
        self._lead()

    def _heard(self, page: Page, right: bool, first: bool, hints: int) -> str:
        """Keep an answer; says when the story is due again, or why it could not be kept."""
        page.right = page.right or (right and first)
        try:
            self.progress.answered(
                page.story,
                page.seed,
                right=right,
                first=first,
                hints=hints,
                purpose=_PURPOSES.get(page.kind, "practice"),
                side=self._side_of(page),
            )
        except FactError as failure:
            return str(failure)
        return self._review(page.story) if right and first else ""

    def _review(self, story: str) -> str:
        """When the objective that a right answer shows is due again, and why; nothing where it is not mastered yet."""
        objective = self.course.objective(story)
        now = plan.standings(self.chosen, self.progress).get(objective) if objective else None
        if now is None or now.state != plan.MASTERED or now.due is None:
            return ""
        return f"Mastered. So that you do not forget it, a short review is due on {drills.in_words(now.due)}; after each right answer the next is later."

    def _problem(self, now: Sitting, page: Page) -> StoryProblem:
        """The story of a page; a new one has other figures than those shown before it."""
        found = scenario.named(page.story)
        if page.seed:
            return found.draw(page.seed)
        before = [sitting.figures(scenario.named(one.story).draw(one.seed).story) for one in now.pages if one.seed]
        side = self._side(page)
        for drawn in range(_DRAWS_FOR_A_SIDE if side else _DRAWS):
            page.seed = self._seed(page.story, now.twin(page))
            made = found.draw(page.seed)
            new = sitting.figures(made.story) not in before or drawn >= _DRAWS
            if new and (side is None or side.has(made)):
                break
        return made

    def _side(self, page: Page) -> Side | None:
        """The side of its objective that a story is to be on: the one asked for, else the one shown least."""
        objective = self.course.objective(page.story)
        if objective is None or not objective.sides:
            return None
        asked = next((side for side in objective.sides if side.says == page.side), None)
        return asked or self.or_none(lambda: plan.side_to_ask(objective, page.story, self.progress))

    def _side_of(self, page: Page) -> str:
        """The side of its objective that the story of a page is on, in words."""
        objective = self.course.objective(page.story)
        if objective is None or not objective.sides:
            return ""
        return objective.side_of(scenario.named(page.story).draw(page.seed))

    def _seed(self, name: str, twin: Page | None = None) -> int:
        """A number for a story not met before; the same scenario comes to another outcome each time, also than its twin."""
        turns = max(len(scenario.named(name).turns), 1)
        turn = self._turns.get(name, self._seeds.randrange(turns)) + 1
        if twin:
            turn += next(
                (
                    more
                    for more in range(turns)
                    if sitting.comes_to(name, turn + more) != sitting.comes_to(twin.story, twin.seed)
                ),
                0,
            )
        self._turns[name] = turn
        return self._seeds.randrange(1, 100_000) * turns + self._turns[name] % turns

    def _outcome(self, now: Sitting) -> None:
        """How a check came out: what is right, what is still to practice, and what is best done next."""
        for page in now.asked:
            if page.seed and not page.tries:
                left = partial(self.progress.answered, page.story, page.seed, right=False, first=True)
                self.guarded(partial(left, purpose=_PURPOSES[page.kind], side=self._side_of(page)))
        kept = f"{now.kind} {self.chosen.name}"
        self.or_none(lambda: self.progress.keep(kept, ""))
        missed = {page.objective for page in now.asked if not page.right}
        asked = {page.objective for page in now.asked}
        shown = asked - missed
        still = self._still(now, asked, missed)
        if now.kind == sitting.PLACEMENT:
            said = (
                f"{len(shown)} of {len(asked)} objectives were shown, each by two stories. You may skip their lessons."
            )
            self._result(said, still)
            return
        lesson = self.course.lesson(now.name)
        if missed:
            right = sum(page.right for page in now.asked)
            said = f"Right at the first answer: {right} of {len(now.asked)} stories."
        else:
            self.guarded(lambda: self.progress.finished(lesson.name))
            said = "Every story of the check was right at the first answer. The lesson is finished."
        if still:
            said += " Practice what is listed; then take the check again."
            names = [name for one in still for name in plan.to_practice(one, self.progress)]
            self._after = ("Next: practice what is still open", lambda: self.review(names, lesson.name))
        self._result(said, still, lesson)

    def _still(self, now: Sitting, asked: Set[str], missed: Set[str]) -> dict[Objective, str]:
        """What is still to practice of what was asked, each with where one is on it, as the start page says it."""
        every = [one for one in self._objectives(now) if one.says in asked]
        found = self.or_none(lambda: plan.standings(self.chosen, self.progress))
        if found is None:
            return {one: "" for one in every if one.says in missed}
        return {one: found[one].says for one in plan.to_review({one: found[one] for one in every})}

    def _result(self, said: str, still: Mapping[Objective, str], lesson: Lesson | None = None) -> None:
        """The page of an outcome; where nothing is open the next lesson is offered."""
        path = self.chosen
        following = self.or_none(lambda: plan.next_lesson(path, self.progress))
        if following and (lesson is None or not still):
            words = f"Next lesson: {following.title} ({following.minutes} minutes)"
            self._after = (words, lambda: self.begin(following))
        found = self.or_none(lambda: plan.standings(path, self.progress)) or {}
        complete = not still and found and all(one.done for one in found.values())
        if complete:
            self._after = (f"{HOME}: write your record", self.home)
        listed_ = (f"{one.says} Now {state}." if state else one.says for one, state in still.items())
        shown = [
            paragraph(said),
            paragraph(f"{plan.all_mastered(found)} Write your record now.") if complete else None,
            together(paragraph("Still to practice:"), listed(listed_)) if still else None,
            together(element("h3", "Key points"), from_markdown(lesson.key_points)) if lesson else None,
        ]
        made = [ipywidgets.HTML(together(shown))]
        if still:
            made += pages.practice(list(still), lambda one: self._practice(one, lesson))
        if still and lesson:
            made.append(
                pages.row(
                    Button("Take the check again", lambda: self.check(lesson)),
                    Button("Open the lesson again", lambda: self.begin(lesson)),
                )
            )
        self._show(OUTCOME, made, said)

    def _practice(self, objective: Objective, lesson: Lesson | None) -> None:
        self.guarded(lambda: self.review(plan.to_practice(objective, self.progress), lesson.name if lesson else ""))

    def _show(self, heading: str, children: Sequence[Any], said: str = "") -> None:
        self.page = heading
        self._words.value = element("h2", heading)
        self._body.children = tuple(children)
        now = self.sitting
        ended = now is not None and now.page.kind == sitting.RESULT
        back = [self.back_button] if now and now.at and not ended else []
        self._foot.children = (self.next_button, *back, self.home_button) if now else ()
        self._lead()
        self.say(said or (self._where(now) if now else ""))

    def _where(self, now: Sitting) -> str:
        """Which page of how many."""
        what = self.course.lesson(now.name).title if now.kind == sitting.LESSON else _KINDS[now.kind]
        count = len(now.pages) - (now.pages[-1].kind == sitting.RESULT)
        alone = now.kind == sitting.LESSON and now.pages[0].kind == sitting.CHECK
        return f"Check of {what}: story {now.at + 1} of {count}." if alone else f"{what}: page {now.at + 1} of {count}."

    def _lead(self) -> None:
        """What the button at the foot leads to; it says so where a story is left open."""
        now = self.sitting
        if now is None:
            return
        following = now.following
        words = self._after[0] if following is None else _leads(following, now)
        open_ = "Leave this story open. " if now.page.open else ""
        self.next_button.description = f"{open_}{words}"

    def guarded(self, done: Callable[[], Any]) -> None:
        """Do it, or say in a sentence why it could not be done."""
        try:
            done()
        except FactError as failure:
            self.say(str(failure))

    def or_none(self, asked: Callable[[], Any]) -> Any:
        """What is kept, or None where it cannot be read."""
        try:
            return asked()
        except FactError:
            return None

    def say(self, said: str) -> None:
        """Say one thing on top, for a screen reader too."""
        self.message = said
        self._status.value = status(said)


def _leads(page: Page, now: Sitting) -> str:
    """What a page is called on the button that leads to it."""
    if page.kind == sitting.RESULT:
        left = sum(one.open for one in now.asked)
        return f"Next: how the check came out{f', with {left} of its stories open' if left else ''}"
    if page.kind in sitting.ASKED:
        return f"Next: a story of the {'placement check' if page.kind == sitting.PLACEMENT else 'check'}"
    return f"Next: {_KINDS[page.kind].lower()}, {scenario.named(page.story).title}"
