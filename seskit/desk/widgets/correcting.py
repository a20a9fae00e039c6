"""Correct here: like problems with their repairs, one cell after the other where there is none, undo, and saving."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import ipywidgets

from seskit.desk.correcting import moment
from seskit.desk.handing import downloads
from seskit.desk.widgets.look import Shown, beside, heading, label, opening, status
from seskit.desk.widgets.pressing import Button
from seskit.formats.counts import number_of
from seskit.formats.days import days_in_words
from seskit.formats.markup import Markup, element, paragraph, reworded, together
from seskit.law import rating_levels
from seskit.law.facts import FactError
from seskit.record.checked_yaml import ON_SCREEN
from seskit.record.forms.labels import in_labels, labels_alone
from seskit.record.roster.as_accepted import ALL
from seskit.work.corrections import Corrections, Offer, ProblemGroup
from seskit.work.corrections.groups import numbered

_HOW = (
    "Similar problems are together. Confirm a repair, or open the cells and write them one by one. "
    "Nothing changes until you confirm it, and your original roster is never changed."
)
_MOST_GROUPS = 25
_WHY, _WHY_HELP = "Why it is changed", "The reason is kept in the log."
_FEWER, _EVERYTHING = "Show only some problems", "Show all problems"
_OTHER = "another value, written below"
#: What stands for it in the list; a list shows nothing at all where nothing is chosen.
_WRITTEN = "\0"
_ALL = "all"
_NONE = (
    "Nothing in the roster is left to correct or to look at; what the page lists of other files is corrected in those."
)
_NONE_OF_THESE = "No problem of this kind is left."
_ANY, _ANY_AWAY = "Correct a cell that no problem names", "Put the cell away"
_ANY_HELP = (
    "For what you find wrong later, such as an award after the report was sent. To leave somebody out, open a cell of that person. To add a person who is missing, add the row to your "
    "own file and bring it again; what you typed here is kept where the cell is unchanged."
)
_ADDED = "Your roster has no column {0}. The corrected roster gets it at its end, with the heading '{0}'."
_KINDS = (
    ("everything", ""), ("errors", "error"), ("warnings", "warning"), ("values", "value"), ("blank cells", "blank"),
    ("headings", "column"), ("where the table is", "layout"), ("rows that are not people", "rows"), ("rules", "rule"),
)  # fmt: skip

#: Who corrects, as last written while the notebook runs: the next panel begins with it. It is kept nowhere else.
_who = [""]
_BESIDE = f"The file is on the report page, under '{ON_SCREEN}'."


def _labeled(kind: Any, words: str, help_text: str = "", **more: Any) -> Any:
    """An entry under its label and help."""
    said = label(labels_alone(words), help_text)
    made = kind(description=said, description_allow_html=True, style={"description_width": "initial"}, **more)
    made.add_class("seskit-field")
    return made


class Correcting(Shown):
    """The panel: `renew` is called after each save, so that whatever rests on the roster is read again."""

    def __init__(self, found: Corrections, renew: Callable[[], None] | None = None) -> None:
        """Show the problems of a roster."""
        self.found, self._renew = found, renew or (lambda: None)
        self.status = ipywidgets.HTML()
        plans = [plan.id for plan in found.agency.plans] if found.agency else []
        self.plan = _labeled(ipywidgets.Dropdown, "Plan", options=[(_ALL, ""), *((one, one) for one in plans)])
        self.kind = _labeled(ipywidgets.Dropdown, "Kind of problem", options=list(_KINDS))
        self.person = _labeled(
            ipywidgets.Text,
            "Person",
            "The agency's number for the person; empty for everyone.",
            continuous_update=False,
        )
        self.who = _labeled(ipywidgets.Text, "Your name for the log", value=_who[-1], continuous_update=False)
        self.who.observe(lambda change: _who.append(change["new"].strip()), "value")
        self.list = ipywidgets.VBox([])
        self.cell = ipywidgets.VBox([])
        #: What was just done, beside what the person is working on; the status on top is what a screen reader hears.
        self.told, self.kept, self.asked = (ipywidgets.HTML() for _ in range(3))
        self._at = 0
        self.undo = Button("Undo the last step", self._undo)
        self.save = Button("Save the corrected roster", self._save)
        for entry in (self.plan, self.kind, self.person):
            entry.observe(lambda _: self.show(), "value")
        #: The filters stand behind a button, so that the first problem is on the first screen.
        self.filters = ipywidgets.VBox([])
        self.filter = Button(_FEWER, self._filter)
        #: A cell of any person, for what no problem names.
        self.any, self.named = Button(_ANY, self._any), ipywidgets.VBox([])
        super().__init__([opening("Correct the roster", _HOW), self.status, self.who, self.filter, self.filters,
                          self.list, self.any, self.named, self.undo, self.save, self.kept])  # fmt: skip
        self.add_class("seskit-panel")
        self.show()

    def show(self, *said: str) -> None:
        """Show what is left, and what was just done."""
        self.status.value = status(*map(in_labels, said), in_labels(self.found.left.text))
        self.told.value = self.kept.value = ""
        groups = self._groups
        agreed = [element("li", in_labels(reading.line)) for reading in self.found.readings.accepted]
        summary = element("summary", f"Confirmed so far: {number_of(len(agreed), 'way')} of reading")
        head = element("details", summary, element("ul", agreed)) if agreed else None
        aside = [paragraph(in_labels(said)) for said in self.found.put_aside]
        self._head = [ipywidgets.HTML(together(aside, head))] if head or aside else []
        self._listed = [self._of(group, number) for number, group in enumerate(groups[:_MOST_GROUPS])]
        self._first = [
            next((one for one in made if not isinstance(one, ipywidgets.HTML)), None) for made in self._listed
        ]
        more = (
            f"And {len(groups) - _MOST_GROUPS:,} more kinds of problems; press '{_FEWER}' above to see fewer at once."
        )
        last = (
            (_NONE_OF_THESE if self.found.groups else _NONE)
            if not groups
            else more
            if len(groups) > _MOST_GROUPS
            else ""
        )
        self._foot = [ipywidgets.HTML(paragraph(last))] if last else []
        self._arrange()

    def _arrange(self) -> None:
        """What was just done is before the problem one is at; the cell that is open is below it."""
        at = min(self._at, len(self._listed))
        before, here, after = self._listed[:at], self._listed[at : at + 1], self._listed[at + 1 :]
        self.list.children = (
            *self._head, *chain(*before), self.told, *chain(*here), self.cell, *chain(*after), *self._foot,
        )  # fmt: skip

    def _filter(self) -> None:
        """Show the filters, or put them away, with everything listed again."""
        closed = not self.filters.children
        self.filters.children = (self.plan, self.kind, self.person) if closed else ()
        self.filter.description = _EVERYTHING if closed else _FEWER
        if closed:
            self.plan.focus()
        else:
            self.plan.value = self.kind.value = self.person.value = ""

    @property
    def _groups(self) -> list[ProblemGroup]:
        return self.found.filtered(plan=self.plan.value, person=self.person.value.strip(), kind=self.kind.value)

    def _go_on(self, *said: str) -> None:
        """Say what was done where the work goes on, and put the keyboard there: the next problem, or saving."""
        self.told.value = beside(*map(in_labels, said))
        nexts = [one for one in self._first[self._at :] if one is not None] or [one for one in self._first if one]
        (nexts[0] if nexts else self.save).focus()

    def _of(self, group: ProblemGroup, number: int) -> list[Any]:
        said = f"{group.reason}{self.found.at(group)}."
        head = heading(f"{group.severity.capitalize()}: ", element("span", said), level=4)
        fix = f"{group.fix} {_BESIDE}" if group.file else group.fix
        pieces: list[Any] = [
            ipywidgets.HTML(reworded(together(head, None if group.offers else paragraph(fix)), _words))
        ]
        if len(group.offers) > 1:
            pieces.append(ipywidgets.HTML(paragraph(f"Choose one of {len(group.offers)}:")))
        for offer in group.offers:
            if examples := self._examples(offer):
                pieces.append(ipywidgets.HTML(examples))
            pieces.append(Button(f"Confirm: {labels_alone(offer.question)}", partial(self._accept, offer, number)))
        places = [place for place in group.places if place[1] in ALL and place[0] in self.found.grid.now]
        other = [[(row, column) for row, _ in places] for column in group.rests_on]
        for cells in (places, *other) if places else ():
            column = group.columns[0] if cells is places else cells[0][1]
            if why_not := self.found.why_not(column):
                pieces.append(ipywidgets.HTML(paragraph(in_labels(why_not))))
                continue
            words = (
                f"Open the cell of row {cells[0][0]}"
                if len(cells) == 1
                else f"Open the {len(cells):,} cells one by one"
            )
            pieces.append(Button(f"{words}: {labels_alone(column)}", partial(self._open, number, tuple(cells))))
        return pieces + (self._reason(group, number) if group.confirms else [])

    def _reason(self, group: ProblemGroup, number: int) -> list[Any]:
        """An entry for the reason why a group is right as it is, and the button that keeps it."""
        looks = f"though it looks like {labels_alone(group.looks)}"
        why = _labeled(ipywidgets.Textarea, f"Or why it is right, {looks}", "Kept in agency.yaml and shown with the report.",
                       continuous_update=False)  # fmt: skip
        return [
            why,
            Button(f"Confirm with this reason, {looks}", partial(self._confirm, group, why, number)),
        ]

    def _confirm(self, group: ProblemGroup, why: Any, number: int) -> None:
        def act() -> str:
            kept = self.found.confirm(group.id, why.value)
            return f"Confirmed, with the reason in agency.yaml. The previous file is kept as {kept.name}."

        self._at = number
        said, done = self._do(act)
        if not done:
            self.told.value = beside(in_labels(said))
            return
        self._renew()
        self._go_on(said)

    def _examples(self, offer: Offer) -> Markup | None:
        shown = [f"'{was}' as {to}" if to else f"'{was}'" for was, to in offer.examples]
        return paragraph(f"For example {', '.join(shown)}.") if shown else None

    def _accept(self, offer: Offer, number: int) -> None:
        self._at, self.cell.children = number, ()
        said, _ = self._do(lambda: accepted(self.found.accept(offer.id, when=moment(), who=self.who.value)))
        self._go_on(said)

    def _do(self, act: Callable[[], str], heard: str = "") -> tuple[str, bool]:
        """Do one thing and show what is left; what was done or why nothing was, and whether it was done.

        `heard` is said on top in its place, where the whole of it stands beside the button.
        """
        try:
            said = act()
        except (FactError, OSError) as failure:
            self.status.value = status(in_labels(str(failure)), in_labels(self.found.left.text))
            return str(failure), False
        self.show(heard or said)
        return said, True

    def _undo(self) -> None:
        self.cell.children = ()
        said, _ = self._do(lambda: f"Undone: {self.found.undo()}.", heard="Undone.")
        self.kept.value = beside(in_labels(said))

    def _save(self) -> None:
        def act() -> str:
            saved = self.found.save(when=moment())
            made.extend((saved.roster, saved.log))
            return f"Saved: {saved.roster.name}, with {saved.says}; {saved.log.name} lists each. Both may hold names."

        made: list[Path] = []
        said, done = self._do(act, heard="Saved.")
        if done:
            self.cell.children = ()
            self._renew()
        unnamed = done and not self.who.value.strip()
        more = "No name was written above, so the log does not say who changed what." if unnamed else ""
        self.kept.value = together(beside(in_labels(said), more), downloads(made))

    def _open(self, number: int, places: tuple[tuple[int, str], ...]) -> None:
        self._at = number
        self._arrange()
        former = self._opened if self.cell.children else None
        unwritten = former and former != places[0] and self.value.value.strip()
        self.look_at(places, 0)
        if former and former != places[0]:
            row, column = former
            lost = "; what you had typed there was not written" if unwritten else ""
            self.asked.value = beside(f"The cell of row {row}, {labels_alone(column)} was closed{lost}.")

    def _any(self) -> None:
        """Ask for a person and a column whose cell is to be opened, or put the entries away."""
        closed = not self.named.children
        self.any.description = _ANY_AWAY if closed else _ANY
        if not closed:
            self.named.children = ()
            return
        columns = [(labels_alone(one), one) for one in ALL if one != "person_id" and not self.found.why_not(one)]
        self.whose = _labeled(
            ipywidgets.Text, "Whose cell", "The agency's number for the person.", continuous_update=False
        )
        self.which = _labeled(ipywidgets.Dropdown, "Which column", options=columns)
        self.unknown = ipywidgets.HTML(paragraph(_ANY_HELP))
        self.named.children = (self.whose, self.which, self.unknown, Button("Open this cell", self._open_any))
        self.whose.focus()

    def _open_any(self) -> None:
        """Open the cell; a number of nobody, or of two, is said."""
        number = self.whose.value.strip()
        rows = [one.row for one in self.found.roster.people if number and one.person_id == number]
        if len(rows) == 1:
            self._open(len(self._listed), ((rows[0], self.which.value),))
            return
        which = "No row" if not rows else f"More than one row ({numbered(tuple(rows))})"
        self.unknown.value = beside(f"{which} of the roster has the number '{number}'. Write the number of one person.")
        self.whose.focus()

    def look_at(self, places: tuple[tuple[int, str], ...], number: int) -> None:
        """Open one cell as an entry: whose it is, why it is wrong, the likely values."""
        row, column = self._opened = places[number]
        likely = self.found.likely(row, column)
        options = [(_OTHER, _WRITTEN), *((_named(column, value), value) for value in likely)]
        self.choice = _labeled(ipywidgets.Dropdown, f"Likely values of {column}, row {row}", options=options)
        self.value = _labeled(
            ipywidgets.Text, f"Value of {column}, row {row}", "Leave empty for a blank cell.", continuous_update=False
        )
        self.why = _labeled(ipywidgets.Text, _WHY, _WHY_HELP, continuous_update=False)
        self.wrong, self.asked.value = ipywidgets.HTML(self._about(row, column)), ""
        self.choice.observe(lambda change: self._chosen(change["new"]), "value")
        place = f"{number + 1} of {len(places)}"
        controls = [Button(f"Write this value ({place})", partial(self._write, places, number))]
        if number + 1 < len(places):
            controls.append(Button("Next cell, without changing this one", partial(self.look_at, places, number + 1)))
        controls.append(Button("Leave out this row", partial(self._leave_out, row)))
        controls.append(Button("Close the cell", self._close))
        chosen = (self.choice,) if likely else ()
        self.cell.children = (self.wrong, *chosen, self.value, self.why, self.asked, *controls)
        (self.choice if likely else self.value).focus()

    def _chosen(self, value: str) -> None:
        if value != _WRITTEN:
            self.value.value = value

    def _about(self, row: int, column: str, said: str = "") -> Markup:
        """The person, to be recognized, and what is wrong with the cell."""
        person = self.found.person(row)
        who = ", ".join(part for part in (person.person_id, person.name, person.plan) if part) if person else ""
        cell = self.found.grid.cell(row, column)
        held = str(getattr(cell, "shown", cell))
        wrong = [paragraph(_words(f"{one.reason}. {one.fix}")) for one in self.found.of_cell(row, column)]
        return together(
            paragraph(element("strong", f"Row {row}{': ' if who else ''}{who}")), paragraph(in_labels(said)) if said else None,
            paragraph(in_labels(_held(column, held))), paragraph(in_labels(_ADDED.format(column))) if self.found.will_add(column) else None, wrong,
        )  # fmt: skip

    def _write(self, places: tuple[tuple[int, str], ...], number: int) -> None:
        row, column = places[number]
        still: list[Any] = []

        def act() -> str:
            still.extend(
                self.found.set(row, column, self.value.value, when=moment(), why=self.why.value, who=self.who.value)
            )
            taken = str(self.found.grid.cell(row, column))
            other = f", read as {taken or 'blank'} as agreed" if taken != self.value.value.strip() else ""
            return f"Row {row}, {column}: {still[0].reason if still else f'in order{other}'}."

        said, done = self._do(act)
        self.why.description = label(_WHY, _WHY_HELP, "" if done or self.why.value.strip() else "It is needed.")
        if not done:
            self.asked.value = beside("Nothing was written.", in_labels(said))
            (self.value if self.why.value.strip() else self.why).focus()
        elif still:
            self.wrong.value, self.asked.value = self._about(row, column), beside(in_labels(said))
        elif number + 1 < len(places):
            self.look_at(places, number + 1)
            self.asked.value = beside(in_labels(said))
        else:
            self.cell.children = ()
            self._go_on(said)

    def _leave_out(self, row: int) -> None:
        def act() -> str:
            self.found.leave_out(row, when=moment(), why=self.why.value, who=self.who.value)
            return f"Row {row} is left out of this roster alone. Undo takes it back."

        said, done = self._do(act)
        if not done:
            self.asked.value = beside("Nothing was left out.", in_labels(said))
            self.why.focus()
            return
        self.cell.children = ()
        self._go_on(said)

    def _close(self) -> None:
        self.cell.children = ()
        self._go_on()


def _words(text: str) -> str:
    """A sentence with days and columns in the words of the page."""
    return in_labels(days_in_words(text))


def _named(column: str, value: str) -> str:
    """A likely value as the list shows it: a rating with the name of its level, a code in words."""
    return rating_levels.named(value) if column == "rating" and value else labels_alone(value) or "blank"


def _held(column: str, held: str) -> str:
    """What a cell holds, so that it cannot be read as a sentence on what the column is about."""
    return f"The cell of {column} holds '{held.strip()}'." if held.strip() else f"The cell of {column} is blank."


def accepted(offer: Offer) -> str:
    """What was confirmed, as a sentence and not as the question it was."""
    asked = offer.question.partition("? It has ")[0].rstrip("?")
    return f"Confirmed: {asked}: yes. Undo takes it back."
