"""The opener: the first output of each walk. Whose files are shown, what was read, and the ways to change it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets
from IPython.core.getipython import get_ipython
from IPython.display import Javascript, display

from seskit.desk.opener import carried, overview, pieces, places, sections
from seskit.desk.opener.picks import PickEntry
from seskit.desk.opener.progress import told
from seskit.desk.opener.sections import OpenerSection
from seskit.desk.opener.state import in_a_sentence, usable
from seskit.desk.widgets.look import Shown, beside, opening, status
from seskit.formats import long_tables
from seskit.formats.markup import element, paragraph, style, together
from seskit.formats.refusals import FactError
from seskit.record.forms.labels import in_labels, made_in_labels
from seskit.record.roster.kept import LOG, LogEntry

if TYPE_CHECKING:
    from seskit.desk.opener.state import Desk

HOW = "Choose another agency, and every table, form and file below is made again."
ASIDE = "The corrections of the former roster are kept beside it."
READING = "Reading the folder …"


class Front(Shown):
    """The opener of one walk; `message` is what it says."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.message = ""
        #: What was said last of the folder, and whether what is said now is of the open section alone.
        self._of_folder, self._passing = "", False
        self._status, self._read, self._progress, self._beside = (ipywidgets.HTML() for _ in range(4))
        self._buttons = {one: pieces.button(one.words, partial(self.toggle, one)) for one in sections.of(desk.walk)}
        for made in self._buttons.values():
            made.add_class("seskit-opens")
        self._place = ipywidgets.VBox([])
        self._open: OpenerSection | None = None
        self._by_itself = False
        self._former: overview.Overview | None = None
        self._made_for = desk.folder
        #: What was typed for a roster that another took the place of, which could not be read: the next may be the one it holds for.
        self._waiting: dict[Path, list[tuple[str, LogEntry]]] = {}
        self._seen = ""
        head = ipywidgets.HTML(style(pieces.STYLE + long_tables.STYLE))
        bar = pieces.bar(*self._buttons.values())
        focus = [PickEntry(desk, pick) for pick in desk.walk.picks if pick.rereads]
        title = opening(f"{desk.walk.title}: whose files?", HOW, level=2)
        children = [
            head,
            title,
            self._status,
            bar,
            self._place,
            self._beside,
            self._read,
            *([pieces.bar(*focus)] if focus else []),
        ]
        if places.session():
            children.append(self._arrival())
        super().__init__([*children, self._progress])
        self.add_class("seskit-panel")
        self.add_class("seskit-desk")
        desk.heard(self._changed)

    def _arrival(self) -> Any:
        """A button that the page itself presses when it is opened: it was made ready before an agency was chosen."""
        made = pieces.button("Show the agency used last", self.arrive)
        made.layout.display = "none"
        made.add_class("seskit-arrived")
        return made

    def arrive(self) -> None:
        """Show the agency used last on another page of the session, and as its files are now."""
        used = next((folder for folder in places.recent() if _can_use(folder, self.desk)), None)
        if used and (used != self.desk.folder.resolve() or self._seen != places.stamp(used)):
            self.choose(used)

    def start(self) -> None:
        """Show the agency used last, where this walk can use it; the sample otherwise."""
        used = next((folder for folder in places.recent() if _can_use(folder, self.desk)), None)
        try:
            self.desk.choose(used or places.sample(self.desk.walk.sample))
        except FactError as failure:
            self.say(str(failure))

    def choose(self, folder: Path) -> None:
        """Work with another folder, or say why it cannot be."""
        opened = self._open
        self.say(READING)
        try:
            self.desk.choose(folder)
        except FactError as failure:
            self.refuse(f"{failure} {self._still()}")
            return
        if places.session() or not self.desk.is_sample:
            places.remember(self.desk.folder)
        self._refresh_section()
        self.lead_to(opened)

    def bring(self, put: Callable[[Path], Path]) -> None:
        """Put a roster into the folder and read it at once, or say why it cannot be."""
        self.say(READING)
        log = self.desk.folder / LOG
        corrected = log.is_file()
        typed = carried.typed(self.desk.folder) or self._waiting.pop(self.desk.folder, [])
        try:
            kept = put(self.desk.folder)
        except (FactError, OSError) as failure:
            self.refuse(f"{in_a_sentence(failure)} {self._still()}")
            return
        places.remember(self.desk.folder)
        aside = corrected and not log.is_file()
        over = carried.over(self.desk.folder, typed) if not log.is_file() else ""
        if typed and not log.is_file():
            self._waiting[self.desk.folder] = typed
        said = "".join(f" {one}" for one in (ASIDE if aside else "", over) if one)
        self.renew()
        self.say(f"Saved as {kept.name}.{said} {self.message}")
        self.lead_to(self._open)

    def renew(self) -> None:
        """Read the folder again and renew everything that follows."""
        self.desk.renew()

    def say(self, sentence: str, *, passing: bool = False) -> None:
        """Say one thing, for a screen reader too; what is passing holds while the section is open."""
        self.message, self._beside.value, self._passing = sentence, "", passing
        if self._status.value != (said := status(in_labels(sentence))):
            self._status.value = said

    def refuse(self, sentence: str) -> None:
        """Say why nothing was done, on top for a screen reader, and below what is open, where the person works."""
        self.say(sentence, passing=True)
        self._beside.value = beside(in_labels(sentence)) if self._open else ""

    def _still(self) -> str:
        """Whose files are on the screen after something was refused."""
        return f"The page below still shows {places.name(self.desk.folder)}." if self.desk.folder.name else ""

    def toggle(self, one: OpenerSection) -> None:
        """Show what a button stands for, or put it away again; one at a time. What opened by itself stays at the first press."""
        if self._open is one and self._by_itself:
            self._by_itself = False
            self.lead_to(one)
        elif self._open is one:
            self._close()
        else:
            self.show(one)
            self._by_itself = False

    def show(self, one: OpenerSection) -> None:
        """Show one section; what was said of the one before it is said no longer."""
        self._beside.value = ""
        self._forget()
        self._open, self._made_for, self._by_itself = one, self.desk.folder, True
        former, self._place.children = self._place.children, (one.make(self),)
        for gone in former:
            gone.close()
        self._mark()

    def lead_to(self, one: OpenerSection | None) -> None:
        """Put the keyboard, and with it the eye, where the work goes on."""
        if one in self._buttons:
            self._buttons[one].focus()

    def _forget(self) -> None:
        if self._passing and self._of_folder:
            self.say(self._of_folder)

    def _close(self) -> None:
        self._forget()
        self._open, self._place.children = None, ()
        self._mark()

    def _refresh_section(self) -> None:
        """A section shows the folder it was made for; with another folder it is put away, before anything is typed into it."""
        if self._open is not None:
            self._close()

    def _mark(self) -> None:
        for one, made in self._buttons.items():
            (made.add_class if one is self._open else made.remove_class)("seskit-current")

    def _changed(self, name: str) -> None:
        if self._made_for != self.desk.folder:
            self._refresh_section()
        if not name:
            self._look()
        views = [view for view in self.desk.views.values() if not name or view.follows == name]
        for view in told(views, len(views), self._tell):
            view.renew()

    def _tell(self, sentence: str) -> None:
        self._progress.value = paragraph(sentence) if sentence else ""

    def _look(self) -> None:
        """What was read, at once."""
        folder = self.desk.folder
        self._seen = places.stamp(folder)
        try:
            seen = overview.look(folder)
        except (OSError, ValueError) as failure:
            self._read.value = ""
            self.say(in_a_sentence(failure))
            return
        sample = "A sample: everything in it is invented. " if self.desk.is_sample else ""
        more = overview.why_more(self._former, seen)
        self._former = seen
        self._of_folder = f"{sample}{seen.says}"
        self.say(" ".join(part for part in (self._of_folder, more, self.desk.failed) if part))
        words = element("summary", "What was read: people, plans, problems")
        place = paragraph("Folder: ", element("strong", folder.absolute()))
        self._read.value = together(element("details", words, place, made_in_labels(seen.to_html())))

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        if get_ipython() is not None:
            display(Javascript(pieces.OPENING + ";\n" + long_tables.script()))  # type: ignore[no-untyped-call]
        return super()._repr_mimebundle_(**kwargs)


def _can_use(folder: Path, desk: Desk) -> bool:
    try:
        return bool(usable(folder, desk.walk))
    except FactError:
        return False
