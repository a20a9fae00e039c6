"""The start page of a path: what comes next, where one is on each objective, the record, and what is kept of one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from seskit.desk import drills
from seskit.desk.course import plan, record, sitting
from seskit.desk.course.plan import Lesson, Objective, Path
from seskit.desk.widgets import course_pages as pages
from seskit.desk.widgets.course_keeping import Keeping, bring
from seskit.desk.widgets.pressing import Button
from seskit.formats.refusals import FactError

if TYPE_CHECKING:
    from seskit.desk.widgets.course import CoursePanel

RECORD, OTHER = "Write the record", "Choose another job"


def jobs(panel: CoursePanel) -> list[Any]:
    """The paths to choose from, and the way back from a copy of one's progress."""
    made: list[Any] = []
    for name, way in panel.course.paths.items():
        if name == plan.START:
            made.append(pages.text(f"Each begins with the common start: {way.about[:1].lower()}{way.about[1:]}"))
            continue
        made += [
            pages.head(way.title),
            pages.text(f"{way.about} About {sum(one.minutes for one in way.way)} minutes."),
            Button(f"Learn: {way.title}", partial(panel.choose, name)),
        ]
    back = [pages.head("Did you learn at another computer?"), pages.row(bring(panel))]
    return [*made, pages.contents(list(panel.course.paths.values())), *back]


def lessons(panel: CoursePanel, path: Path, following: Lesson | None = None) -> list[Any]:
    """A list of the lessons on the way, and a button that opens the one chosen."""
    way = path.way
    options = [(f"{one.title} ({one.minutes} minutes)", one.name) for one in way]
    chosen = pages.choice("Lesson", "Open any lesson at its first page.", options, (following or way[0]).name)
    return [chosen, Button("Open this lesson", lambda: panel.begin(panel.course.lesson(chosen.value)))]


class Home:
    """The start page for one path, as what is kept says it is now; `children` are what it shows."""

    def __init__(self, panel: CoursePanel, path: Path) -> None:
        self.panel, self.path, self.progress = panel, path, panel.progress
        self.found = plan.standings(path, self.progress)
        self.due = plan.due_now(path, self.progress)
        self.lesson, self.check = panel.left(sitting.LESSON), panel.left(sitting.PLACEMENT)
        self.next = plan.next_lesson(path, self.progress)
        self.complete = all(one.done for one in self.found.values())
        self.name = pages.name_box(self.progress.learner)
        self.name.observe(lambda change: panel.guarded(lambda: self._named(change["new"])), "value")
        self.written, self.keeping = pages.PressResult(), Keeping(panel)
        self.next_button = Button(self._leads(), self.go_on)
        parts = [self._ways(), lessons(panel, path, self.next), self._objectives()]
        parts.insert(1 if self.complete else len(parts), self._record())
        self.children = tuple(child for part in (*parts, self.keeping.children) for child in part)

    def go_on(self) -> None:
        """The page one left, or the next lesson; where all are done, what is open, or everything once more."""
        if self.lesson:
            self.panel.sit(self.lesson)
        elif self.next:
            self.panel.begin(self.next)
        else:
            self.panel.review([name for one in self._open() or self.path.objectives for name in self._stories(one)])

    def _leads(self) -> str:
        if self.lesson:
            page = f"page {self.lesson.at + 1} of {len(self.lesson.pages) - 1}"
            return f"Continue: {self.panel.course.lesson(self.lesson.name).title}, {page}"
        if self.next:
            return f"Continue: {self.next.title}"
        return "Practice what is still open" if self._open() else "Practice once more"

    def _open(self) -> list[Objective]:
        return [one for one, now in self.found.items() if not now.done]

    def _stories(self, objective: Objective) -> Sequence[str]:
        return plan.to_practice(objective, self.progress)

    def _ways(self) -> list[Any]:
        """What comes next, what is due, and the ways to go on."""
        made = [self.next_button]
        if self.due:
            made.append(Button(f"Practice what is due: {len(self.due)}", lambda: self.panel.review(self.due)))
        if self._open():
            at = f": go on with story {self.check.at + 1} of {self.check.stories}" if self.check else ""
            made.append(Button(f"Placement check{at}", self._place))
        made.append(Button(OTHER, self.panel.choosing))
        return [pages.text(self.path.about, self._whose(), self._standing(), self._days()), pages.row(*made)]

    def _whose(self) -> str:
        return f"This is the progress of {self.progress.learner}." if self.progress.learner else ""

    def _place(self) -> None:
        if self.check:
            self.panel.sit(self.check)
        else:
            self.panel.guarded(self.panel.placement)

    def _standing(self) -> str:
        if self.complete:
            return f"{plan.all_mastered(self.found)} Write your record now; it stays good when something is due again."
        if self.next:
            return ""
        return f"Every lesson of this path is done. Still open: {len(self._open())} of {len(self.found)} objectives."

    def _days(self) -> str:
        """What is due now, or when something will be."""
        if self.due:
            return f"Due again now: {len(self.due)} {'story' if len(self.due) == 1 else 'stories'}."
        days = [now.due for now in self.found.values() if now.due]
        return f"Nothing is due today. The next is due on {drills.in_words(min(days))}." if days else ""

    def _objectives(self) -> list[Any]:
        """Where one is on each, what that takes, and a way to practice any."""
        table = pages.standings(self.found)
        chosen = pages.practice(list(self.found), lambda one: self.panel.review(self._stories(one)))
        return [table, pages.text(plan.TAKES, plan.REVIEWS), *chosen]

    def _record(self) -> list[Any]:
        return [pages.head("Your record"), self.name, Button(RECORD, self.record), self.written.widget]

    def _named(self, name: str) -> None:
        """Keep the name, and say what it means where there was another one."""
        if said := record.named(self.progress, name):
            self.written.say(
                f"{said} If these are two people, write the first name back and see 'What is kept about you'."
            )

    def record(self) -> None:
        """Write the record beside the notebook, and hand it over."""
        try:
            self.progress.name(self.name.value)
            paper, stem = record.document(self.path, self.progress), record.name(self.path, self.progress)
            content, name = paper.to_pdf(), f"{stem}.pdf"
            note = record.note(self.path, self.progress)
        except FactError as failure:
            self.written.say(str(failure))
            return
        try:
            paper.write(self.panel.folder, stem, ("pdf",))
            said = f"Written: {name}, {pages.place(self.panel.folder)}. {note} Open it and print it."
        except OSError:
            said = f"{name} is ready, and could not be written {pages.place(self.panel.folder)}: download it. {note}"
        self.written.say(said, pages.download("Download the record", name, "application/pdf", content))
