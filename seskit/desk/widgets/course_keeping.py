"""What is kept of a learner: a copy to hand over, the way back from it, and how all of it is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from seskit.desk.course import copied
from seskit.desk.widgets import course_pages as pages
from seskit.desk.widgets.pressing import Button
from seskit.desk.widgets.uploading import take_file
from seskit.formats.counts import number_of
from seskit.formats.refusals import FactError

if TYPE_CHECKING:
    from seskit.desk.widgets.course import CoursePanel

COPY, FORGET, BRING = "Keep a copy of my progress", "Forget my progress", "Bring back my progress"
SHARED = (
    "Everyone who uses this account of this computer shares one progress. To take turns, each keeps a copy, forgets, and "
    f"next time brings the copy back. At another computer, press '{BRING}' and choose the copy."
)


class Keeping:
    """The buttons at the foot of a start page; `children` are what it shows."""

    def __init__(self, panel: CoursePanel) -> None:
        self.panel, self.progress = panel, panel.progress
        self.held, self._sure = pages.PressResult(), False
        row = pages.row(Button(COPY, self.copy), bring(panel), Button(FORGET, self.forget))
        self.children = [pages.head("What is kept about you"), pages.text(SHARED), row, self.held.widget]

    def copy(self) -> None:
        """Offer a file with all that is kept of the learner."""
        try:
            content, answers = copied.written(self.progress), number_of(len(self.progress.tries()), "answer")
        except FactError as failure:
            self.held.say(str(failure))
            return
        said = f"Everything kept about your progress: {answers}, the lessons, where you are, and your name."
        self.held.say(said, pages.download("Download my progress", copied.NAME, "application/json", content))

    def forget(self) -> None:
        """Erase all that is kept, at the second press."""
        if not self._sure:
            self._sure = True
            self.held.say(
                "This erases every answer, every day and your name from your progress on this computer. Records and copies that "
                f"you wrote or downloaded stay: delete them yourself. To do it, press '{FORGET}' again."
            )
            return
        try:
            self.progress.erase()
        except FactError as failure:
            self.held.say(str(failure))
            return
        self.panel.home()
        self.panel.say("Nothing about you is kept in your progress now.")


def bring(panel: CoursePanel) -> Any:
    """A button that takes a copy, and shows where its learner was."""

    def given(_: str, content: bytes) -> None:
        try:
            said = copied.brought(panel.progress, content)
        except FactError as failure:
            said = str(failure)
        else:
            panel.arrive()
        panel.say(said)

    return take_file(BRING, [".json"], given)
