"""Whole columns at once: which rows are shown, the same for all of them, a column pasted, a row for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets

from seskit.desk.opener import pieces
from seskit.desk.widgets import typed
from seskit.desk.widgets.look import label
from seskit.formats.counts import number_of
from seskit.record.agency_folder import AgencyFolder
from seskit.record.forms.people import PERSON

if TYPE_CHECKING:
    from seskit.desk.opener.file_editor import Editor

_ANY = "any"
#: Only columns with so few different values are filters.
_MOST_VALUES = 40


class Tools:
    """The tools of the part of the file that is open."""

    def __init__(self, editor: Editor) -> None:
        self.editor = editor
        self._quiet = False
        self.filter = pieces.chosen("Show the rows whose", [("all rows", "")])
        self.value = pieces.chosen("is", [(_ANY, "")])
        self.column = pieces.chosen("Column to fill", [("choose", "")])
        self.text = pieces.text("The same for all rows shown")
        self.pasted = ipywidgets.Textarea(
            continuous_update=False, description_allow_html=True, style={"description_width": "initial"},
            description=label("Or paste a column copied from Excel", "A line for each row shown, or two columns: the "
                              "number of each person, and the value."),
        )  # fmt: skip
        self.pasted.add_class("seskit-field")
        self.everyone = pieces.button("Add a row for each executive on the roster", self.for_each)
        self.filter.observe(lambda _: self._filtered(), "value")
        self.value.observe(lambda _: self._shown_again(), "value")
        fill = pieces.bar(
            pieces.button("Write it into all rows shown", self.same),
            pieces.button("Write the pasted column", self.paste),
        )
        self._inside = ipywidgets.VBox(
            [self.filter, self.value, self.everyone, self.column, self.text, self.pasted, fill]
        )
        self._inside.layout.display = "none"
        self._inside.add_class("seskit-form")
        self.open = pieces.button("Fill whole columns", self.turn)
        self.box = ipywidgets.VBox([self.open, self._inside])

    def turn(self) -> None:
        """Show the tools, or put them away."""
        self._inside.layout.display = "none" if self._inside.layout.display != "none" else ""

    def show(self) -> None:
        """Offer the columns of the part that is open."""
        sheet = self.editor.sheet
        self.box.layout.display = "none" if sheet.is_single else ""
        self._quiet = True
        columns = [(entry.label, entry.name) for entry in sheet.columns]
        filters = [(entry.label, entry.name) for entry in sheet.columns if entry.words or entry.name.startswith("of:")]
        self.filter.options = [("all rows", ""), *filters]
        self.column.options = [("choose", ""), *columns]
        self.filter.value = self.column.value = ""
        self._values()
        self._quiet = False
        people = any(entry.name == PERSON for entry in sheet.columns)
        self.everyone.layout.display = "" if people else "none"

    def shown(self) -> list[int]:
        """The numbers of the rows shown."""
        rows = self.editor.draft.rows(self.editor.sheet)
        name, wanted = self.filter.value, self.value.value
        return [number for number, row in enumerate(rows, 1) if not (name and wanted) or row.get(name, "") == wanted]

    def preset(self) -> dict[str, str]:
        """What a new row has, so that it is among the rows shown."""
        return {self.filter.value: self.value.value} if self.filter.value and self.value.value else {}

    def same(self) -> None:
        """The same value into every row shown."""
        rows = self.shown()

        def act() -> str:
            column = self._column()
            text = typed.of_field(self.editor.sheet.column(column), self.text.value)
            count = self.editor.draft.same(self.editor.sheet, column, text, rows)
            return f"Written into {number_of(count, 'row')}."

        self.editor.do(act)

    def paste(self) -> None:
        """A copied column into the rows shown."""
        rows = self.shown()

        def act() -> str:
            column = self._column()
            text = typed.of_column(self.editor.sheet.column(column), self.pasted.value)
            count = self.editor.draft.paste(self.editor.sheet, column, text, rows)
            self.pasted.value = ""
            return f"Written into {number_of(count, 'row')}."

        self.editor.do(act)

    def for_each(self) -> None:
        """A row for each executive of the roster who has none among the rows shown."""

        def act() -> str:
            people = [one.person_id for one in AgencyFolder(self.editor.draft.folder).roster.people if one.person_id]
            count = self.editor.draft.for_each(self.editor.sheet, people, **self.preset())
            return (
                f"{number_of(count, 'row was', 'rows were')} added."
                if people
                else "The folder has no roster yet. Bring it first."
            )

        self.editor.do(act)

    def _column(self) -> str:
        from seskit.formats.refusals import FactError

        if not self.column.value:
            raise FactError("Choose the column to fill.")
        return str(self.column.value)

    def _values(self) -> None:
        entries = {entry.name: entry for entry in self.editor.sheet.columns}
        entry = entries.get(self.filter.value)
        held = [row.get(entry.name, "") for row in self.editor.draft.rows(self.editor.sheet)] if entry else []
        words = dict.fromkeys([*(entry.words if entry else ()), *filter(None, held)])
        self.value.options = [(_ANY, ""), *((word, word) for word in list(words)[:_MOST_VALUES])]
        self.value.value = ""

    def _filtered(self) -> None:
        if not self._quiet:
            self._quiet = True
            self._values()
            self._quiet = False
            self._shown_again()

    def _shown_again(self) -> None:
        if not self._quiet:
            rows: list[Any] = self.shown()
            self.editor.at = rows[0] if rows else 1
            self.editor.show()
