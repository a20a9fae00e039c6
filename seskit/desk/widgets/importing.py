"""Read an export here: which heading, value and date means what, with what comes of it beside, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, get_args

import ipywidgets

from seskit.desk.widgets.look import Shown, heading, label, opening, status
from seskit.desk.widgets.pressing import Button
from seskit.formats.counts import number_of
from seskit.formats.markup import element, paragraph, together
from seskit.formats.privacy import shown
from seskit.formats.tables import Table
from seskit.law import rating_levels
from seskit.law.facts import FactError
from seskit.law.in_words import choice as words_of
from seskit.record.forms.labels import in_labels, labels_alone
from seskit.record.forms.labels import label as column_label
from seskit.record.people_import.convert import Imported, ask_award
from seskit.record.people_import.draft import ImportDraft, choices
from seskit.record.people_import.recipe import DATES, RECIPE, DateOrder
from seskit.record.roster.columns import COLUMNS, READ_ELSEWHERE, STATED

_HOW = (
    "Say what each column and value of the export means. Below is what the roster would hold. Nothing is written until "
    f"you press the last button; then your answers are kept as {RECIPE}, and next year's export is read with them."
)
_HOW_TO_ANSWER = (
    "Look at the rows and columns named in your export. Check a box if the roster is to hold them as they are read; to take that "
    "back, uncheck it and write the roster again. Otherwise leave the rows out, choose another column above, or "
    "correct the export and choose it again. While a box is not checked, no roster is written. An answer about people holds "
    "for these rows and this year; others are asked."
)
_HOW_TO_LEAVE_OUT = (
    "A row left out here is left out of this export alone; in another fiscal year you are asked about it."
)
_DOLLARS, _THOUSANDS = "dollars", "thousands of dollars"
_NONE, _ALL, _OPEN = "not in the export", "all rows", "not known: kept as it is and named"
_JOINED = "{} (both, joined)"
_MOST_PEOPLE, _MOST_LINES = 5, 40
_LOOKED_AT = ("person_id", "plan", "appointment_type", "basic_pay_fy_end", "basic_pay_period_end", "rating", "award")


class Importing(Shown):
    """The panel: `write` is called with the files once a person presses the button; `plans` are the agency's."""

    def __init__(
        self, draft: ImportDraft, write: Callable[[dict[str, bytes]], None], plans: tuple[str, ...] = ()
    ) -> None:
        """Show the recipe of an export."""
        self.draft, self._write, self._plans = draft, write, plans
        self._building = False
        self.status, self.preview, self.beside = (ipywidgets.HTML() for _ in range(3))
        self.header = _entry(ipywidgets.Dropdown, "Row with the headings", options=draft.header_rows)
        self.header.observe(lambda change: self._do(draft.header, change["new"]), "value")
        self.columns, self.values, self.dates, self.rows, self.questions = (ipywidgets.VBox([]) for _ in range(5))
        for box in (self.columns, self.values, self.dates, self.rows):
            box.add_class("seskit-form")
        self.named = _entry(ipywidgets.Checkbox, "Also write names; only the supplementary form needs them")
        self.named.observe(lambda change: self._do(draft.names, change["new"]), "value")
        self.button = Button("Write the roster", self.write, tooltip="Write the roster and keep the answers")
        super().__init__([opening("Read an export", _HOW), self.header, _head("Columns"), self.columns,
                          _head("Rows"), self.rows, _head("Values"), self.values, self.dates, self.named,
                          self.questions, _head("What the roster would hold"), self.status, self.preview, self.beside, self.button])  # fmt: skip
        self.add_class("seskit-panel")
        self.show()

    def show(self) -> None:
        """Show the recipe as it is now, and what comes of it."""
        self._building = True
        try:
            self.header.value = self.draft.recipe.header_row
            self.named.value = self.draft.recipe.names
            for box, made in (
                (self.columns, self._columns()), (self.rows, self._rows()), (self.values, self._values()), (self.dates, self._dates()),
            ):  # fmt: skip
                _put(box, list(made))
        finally:
            self._building = False
        self.look()

    def look(self) -> None:
        """What the export comes to, or why it cannot be read so."""
        try:
            made, people = self.draft.came_to()
        except FactError as failure:
            self.status.value, self.preview.value = status(in_labels(str(failure))), ""
            _put(self.questions, [])
            return
        self._building = True
        _put(self.questions, list(self._questions(made)))
        self._building = False
        self.status.value = status(
            f"{number_of(made.rows, 'row')} in the export, {number_of(len(people), 'person', 'people')} on the roster."
        )
        told = {f"'{shown(head)}' {says}." for head, says in made.open.items()}
        lines = [line for line in made.lines() if line not in told]
        more = [f"And {len(lines) - _MOST_LINES:,} more."] if len(lines) > _MOST_LINES else []
        held = [one for one in _LOOKED_AT if any(person.get(one) for person in people)]
        first = tuple(tuple(shown(person.get(one, "")) for one in held) for person in people[:_MOST_PEOPLE])
        title = "The first people, without names"
        table = Table(title, tuple(map(column_label, held)), first).to_html() if first else None
        wide = {"role": "region", "aria_label": title, "tabindex": "0", "style": "overflow-x: auto"}
        self.preview.value = together(
            element("div", table, **wide) if table else None,
            [paragraph(in_labels(line)) for line in (*lines[:_MOST_LINES], *more)],
        )

    def write(self) -> None:
        """Hand over the recipe and the roster, or say why there is none."""
        try:
            self._write(self.draft.files())
        except (FactError, OSError) as failure:
            said = in_labels(str(failure))
            self.status.value, self.beside.value = status(said), paragraph(said)
            return
        self.beside.value = paragraph("The roster is written. See above, beside the name of the agency, what was read.")

    def _do(self, act: Callable[..., None], *given: Any) -> None:
        if not self._building:
            try:
                act(*given)
            except FactError as failure:
                self.status.value = status(in_labels(str(failure)))
                return
            self.show()

    def _columns(self) -> Iterator[Any]:
        heads = [
            (f"{head} ({example})" if (example := self.draft.examples(head)) else head, head)
            for head in self.draft.heads
        ]
        both = self.draft.joined_name
        of_report = {name: column.help for name, column in (COLUMNS | STATED).items()}
        for name, held in {**of_report, **READ_ELSEWHERE}.items():
            offered = [*([(_JOINED.format(both), both)] if both and name == "name" else []), *heads]
            help_text = f"{held} {self._asked()}".strip() if name == "award" else held
            entry = _chosen(
                column_label(name), help_text, [(_NONE, ""), *offered], self.draft.recipe.columns.get(name, "")
            )
            entry.observe(lambda change, name=name: self._do(self.draft.column, name, change["new"]), "value")
            yield entry
            if name == "award" and (asked := self.draft.may_be_award):
                box = _entry(
                    ipywidgets.Checkbox, f"None of these holds the performance awards: {', '.join(map(shown, asked))}",
                    value=set(asked) <= {*self.draft.recipe.unused},
                )  # fmt: skip
                box.observe(
                    lambda change, asked=asked: self._do(self.draft.none_is_award, asked, change["new"]), "value"
                )
                yield box
            if name == "plan" and name not in self.draft.recipe.columns:
                yield self._plan()

    def _asked(self) -> str:
        """The question which heading holds the awards, where none is chosen and one or several may."""
        try:
            possible = self.draft.came_to()[0].may_be_award
        except FactError:
            return ""
        return ask_award(possible) if possible else ""

    def _questions(self, made: Imported) -> Iterator[Any]:
        """A box to check for each heading that speaks against what is read."""
        asked = self.draft.questions(made)
        if asked:
            yield ipywidgets.HTML(heading("Questions", level=4) + paragraph(_HOW_TO_ANSWER))
        for head, (says, right) in asked.items():
            box = _entry(
                ipywidgets.Checkbox, f"What is read is right, though '{shown(head)}' {in_labels(says)}", value=right
            )
            box.observe(lambda change, head=head: self._do(self.draft.right, head, change["new"]), "value")
            yield box
        yield from self._single_rows(made)

    def _single_rows(self, made: Imported) -> Iterator[Any]:
        """A box to leave out each row of a question, and an entry for others."""
        yield ipywidgets.HTML(heading("Leave out single rows", level=4) + paragraph(_HOW_TO_LEAVE_OUT))
        for words, (rows, out) in self.draft.single_rows(made).items():
            box = _entry(ipywidgets.Checkbox, f"Leave out {shown(words)}", value=out)
            box.observe(lambda change, rows=rows: self._do(self.draft.leave_out, rows, change["new"]), "value")
            yield box
        entry = _entry(
            ipywidgets.Text, "Other rows", "Numbers of rows in the export, such as 12, 15.", continuous_update=False
        )
        entry.observe(lambda change: self._do(self._others_out, change["new"]), "value")
        yield entry

    def _others_out(self, text: str) -> None:
        self.draft.leave_out(self.draft.rows_numbered(text), True)

    def _plan(self) -> Any:
        now = self.draft.recipe.same_for_all.get("plan", "")
        options = list(dict.fromkeys(("", *self._plans, now)))
        entry = _chosen(
            "Plan of everybody", "The export does not say it.", [(one or "not known", one) for one in options], now
        )
        entry.observe(lambda change: self._do(self.draft.same, "plan", change["new"]), "value")
        return entry

    def _rows(self) -> Iterator[Any]:
        kept = next(iter(self.draft.recipe.keep.items()), ("", ()))
        heads = [(head, head) for head in self.draft.heads if self.draft.keepers(head)]
        entry = _chosen("Keep only rows by", "Such as the pay plan.", [(_ALL, ""), *heads], kept[0])
        entry.observe(lambda change: self._do(self._keep_by, change["new"]), "value")
        yield entry
        for text in self.draft.keepers(kept[0]) if kept[0] else ():
            box = _entry(
                ipywidgets.Checkbox, f"Keep rows with {_quoted(text)} in {shown(kept[0])}", value=text in kept[1]
            )
            box.observe(lambda change, text=text: self._do(self._keep, text, change["new"]), "value")
            yield box

    def _keep_by(self, head: str) -> None:
        self.draft.keep(head, self.draft.keepers(head) if head else ())

    def _keep(self, text: str, kept: bool) -> None:
        ((head, texts),) = self.draft.recipe.keep.items()
        self.draft.keep(
            head, [one for one in self.draft.keepers(head) if (one in texts or one == text) and (kept or one != text)]
        )

    def _values(self) -> Iterator[Any]:
        for name in COLUMNS | STATED:
            options: list[tuple[str, str | None]] = [
                ((rating_levels.named(one) if name == "rating" else words_of(one)) or "blank", one)
                for one in choices(name)
            ]
            for text, count, meant in self.draft.texts(name):
                said = f"'{shown(text)}' in {shown(self.draft.recipe.columns[name])}"
                entry = _chosen(
                    said, f"{number_of(count, 'row')}; {column_label(name)}", [(_OPEN, None), *options], meant
                )
                entry.observe(lambda change, at=(name, text): self._do(self.draft.value, *at, change["new"]), "value")
                yield entry
        for head, (columns, small) in self.draft.amounts.items():
            help_text = f"{' and '.join(map(column_label, columns))}. For example {self.draft.examples(head)}."
            entry = _chosen(f"Amounts in {shown(head)}", help_text, [(_DOLLARS, False), (_THOUSANDS, True)], small)
            entry.observe(lambda change, at=columns: self._do(self.draft.in_thousands, at, change["new"]), "value")
            yield entry

    def _dates(self) -> Iterator[Any]:
        for name in DATES:
            if head := self.draft.recipe.columns.get(name):
                help_text = f"For example {self.draft.examples(head)}."
                now = self.draft.recipe.dates.get(name, "year first")
                entry = _chosen(f"Dates in {shown(head)}", help_text, [(one, one) for one in get_args(DateOrder)], now)
                entry.observe(partial(self._dated, name), "value")
                yield entry

    def _dated(self, name: str, change: dict[str, Any]) -> None:
        self._do(self.draft.date, name, change["new"])


def _quoted(text: str) -> str:
    return f"'{shown(text)}'" if text else "nothing"


def _put(box: Any, made: list[Any]) -> None:
    """Fill a box anew; an entry that would be as it is stays, and with it whoever is in it."""
    there = {_as_it_is(one): one for one in box.children}
    now = [there.get(_as_it_is(one), one) for one in made]
    for spare in {*made, *box.children}.difference(now):
        spare.close()
    box.children = tuple(now)


def _as_it_is(entry: Any) -> tuple[Any, ...]:
    return type(entry), entry.description, str(getattr(entry, "options", "")), str(entry.value)


def _entry(kind: Any, words: str, help_text: str = "", **more: Any) -> Any:
    made = kind(
        description=label(words, labels_alone(help_text)),
        description_allow_html=True,
        style={"description_width": "initial"},
        **more,
    )
    made.add_class("seskit-field")
    return made


def _chosen(words: str, help_text: str, options: list[Any], value: Any) -> Any:
    known = [one for _, one in options]
    return _entry(ipywidgets.Dropdown, words, help_text, options=options, value=value if value in known else known[0])


def _head(words: str) -> Any:
    return ipywidgets.HTML(heading(words, level=4))
