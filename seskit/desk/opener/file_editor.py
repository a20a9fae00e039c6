"""One file as entries on the screen: a row at a time, whole columns at once, and the same as a workbook to fill in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import ipywidgets

from seskit.desk.handing import download
from seskit.desk.opener import brought, pieces, scored
from seskit.desk.opener.file_entries import CellEntry
from seskit.desk.opener.file_tools import Tools
from seskit.desk.widgets import typed
from seskit.desk.widgets.look import Shown, heading, status
from seskit.desk.widgets.uploading import take_file
from seskit.formats.markup import listed, paragraph, together
from seskit.formats.refusals import FactError
from seskit.formats.two_ways import on_page
from seskit.record.forms import back, stored
from seskit.record.forms.draft import Draft
from seskit.record.forms.grid import GridFault
from seskit.record.forms.layout import DeclaredFile, SheetOfEntries
from seskit.record.problem import errors

_MOST_FAULTS = 6
_MORE, _LESS = "More entries of this row", "Hide the entries that are not used"
_ALL = "seskit-all"


class Editor(Shown):
    """The form of one file; `renew` is called after each save."""

    def __init__(self, draft: Draft, renew: Callable[[], None] | None = None) -> None:
        self.draft, self._renew = draft, renew or (lambda: None)
        self.sheet: SheetOfEntries = draft.declared.sheets[0]
        self.at = 1
        self.cells: dict[str, CellEntry] = {}
        self._quiet = False
        self.status, self._begun = ipywidgets.HTML(), ipywidgets.HTML()
        titles = [(one.title, one.title) for one in draft.declared.sheets]
        self.sheets = pieces.chosen("Part of the file", titles, titles[0][1])
        self.chooser = pieces.chosen("Row", [("no row yet", "")])
        self.sheets.observe(lambda _: self._turned(), "value")
        self.chooser.observe(lambda _: self._chosen(), "value")
        self.entries = ipywidgets.VBox([])
        self.entries.add_class("seskit-form")
        self.more = pieces.button(_MORE, self._turn)
        self.wrong = ipywidgets.VBox([])
        self.tools = Tools(self)
        self.row_bar = pieces.bar(pieces.button("Add a row", self.add), pieces.button("Remove this row", self.remove))
        keep = pieces.bar(pieces.button("Save the file", self.save), pieces.button("Undo the last change", self.undo))
        super().__init__(
            [self.status, self._begun, self.sheets, self.chooser, self.entries, self.more, self.row_bar, self.wrong, keep,
             self.tools.box, _workbook_box(self)]
        )  # fmt: skip
        self.add_class("seskit-panel")
        self.sheets.layout.display = "none" if len(titles) == 1 else ""
        self.go(self.sheet)

    def go(self, sheet: SheetOfEntries, row: int = 1) -> None:
        """Show one part of the file, and one row of it."""
        self.sheet, self.at = sheet, min(row, max(len(self.draft.rows(sheet)), 1))
        self._quiet, self.sheets.value = True, sheet.title
        self._quiet = False
        self.tools.show()
        self.show()

    def _turned(self) -> None:
        if not self._quiet:
            self.go(self.draft.declared.sheet(self.sheets.value))

    def correct(self, fault: GridFault) -> None:
        """Put the keyboard where a fault is corrected: into its entry, or on the button that adds the row it lacks."""
        self.go(self.draft.declared.sheet(fault.sheet), fault.row or 1)
        if fault.column in self.cells:
            self.cells[fault.column].widget.focus()
        else:
            (next(iter(self.cells.values())).widget if self.cells else self.row_bar.children[0]).focus()

    def show(self, *told: str) -> None:
        """Show the row, what is wrong, and what was just done."""
        self._list_rows()
        held = self.draft.rows(self.sheet)
        self.cells = {}
        made: list[Any] = []
        if held:
            for entry in self.sheet.columns:
                cell = CellEntry(entry, held[self.at - 1].get(entry.name, ""), self._offered(entry.name))
                cell.heard = partial(self._changed, entry.name)
                self.cells[entry.name] = cell
                made += cell.widgets
        former, self.entries.children = self.entries.children, tuple(made)
        for gone in former:
            gone.close()
        self._mark(*told)

    def _list_rows(self) -> None:
        single = self.sheet.is_single
        for one in (self.chooser, self.row_bar):
            one.layout.display = "none" if single else ""
        if single:
            return
        named = [(self._title(number), str(number)) for number in self.tools.shown()]
        self._quiet = True
        self.chooser.options = named or [("no row yet", "")]
        known = [value for _, value in named]
        self.chooser.value = str(self.at) if str(self.at) in known else (known[0] if known else "")
        self.at = int(self.chooser.value or 1)
        self._quiet = False

    def _title(self, number: int) -> str:
        row = self.draft.rows(self.sheet)[number - 1]
        words = [typed.as_seen(entry, row.get(entry.name, "")).replace("\n", ", ") for entry in self.sheet.columns]
        return f"{number}: {', '.join(word for word in words if word)[:70] or 'empty'}"

    def _offered(self, column: str) -> list[str]:
        if column.rpartition(".")[2] == brought.NAME:
            return brought.there(self.draft.folder)
        parent = self.draft.parent(column)
        return self.draft.named(parent) if parent else []

    def _chosen(self) -> None:
        if not self._quiet and self.chooser.value:
            self.at = int(self.chooser.value)
            self.show()

    def _changed(self, column: str, text: str) -> None:
        self.draft.set(self.sheet, self.at, column, text)
        self._mark()
        if column == self.sheet.named_by:
            self._list_rows()

    def _mark(self, *told: str) -> None:
        """Say at each entry what is wrong with it; put aside what is empty and not needed."""
        spare = 0
        for name, cell in self.cells.items():
            fault = self.draft.fault(self.sheet, self.at, name)
            cell.complain(stored.why(self.draft.declared, fault) if fault else "")
            aside = not fault and not cell.text and not cell.entry.usual and len(self.cells) > 8
            spare += aside
            for one in cell.widgets:
                (one.add_class if aside else one.remove_class)("seskit-spare")
        self.more.layout.display = "" if spare else "none"
        self.more.description = f"{_LESS if self._shows_all else _MORE}: {spare}"
        self._say(*told)

    @property
    def _shows_all(self) -> bool:
        return _ALL in self.entries._dom_classes

    def _turn(self) -> None:
        (self.entries.remove_class if self._shows_all else self.entries.add_class)(_ALL)
        self._mark()

    def _say(self, *told: str) -> None:
        faults = self.draft.faults
        left = f"{len(faults)} to correct." if faults else "Nothing to correct in any entry by itself."
        kept = (
            "Not saved yet."
            if self.draft.changed
            else "As saved."
            if self.draft.is_there
            else "Nothing is entered yet."
        )
        self.status.value = status(*told, f"{self.draft.declared.file}: {left} {kept}")
        self._begun.value = paragraph(self.draft.begun) if self.draft.begun else ""
        former = self.wrong.children
        self.wrong.children = tuple(
            pieces.button(f"Go to {stored.said(self.draft.declared, one)}", partial(self.correct, one))
            for one in faults[:_MOST_FAULTS]
        )  # fmt: skip
        for gone in former:
            gone.close()

    def do(self, act: Callable[[], str]) -> None:
        """Do one thing, and say what was done or why nothing was."""
        try:
            told = act()
        except (FactError, OSError) as failure:
            self._say(on_page(str(failure)))
            return
        self.show(told)

    def add(self) -> None:
        """Add a row and open it; it belongs to what the row before belongs to."""
        rows = self.draft.rows(self.sheet)
        given = {one.name: rows[-1].get(one.name, "") for one in self.sheet.owners} if rows else {}
        self.at = self.draft.add(self.sheet, **{**given, **self.tools.preset()})
        self.show(f"Row {self.at} was added.")
        if self.cells:
            next(iter(self.cells.values())).widget.focus()

    def remove(self) -> None:
        """Take the row out."""
        if self.draft.rows(self.sheet):
            self.draft.remove(self.sheet, self.at)
            self.at = max(self.at - 1, 1)
            self.show("The row was removed; Undo brings it back.")

    def undo(self) -> None:
        """Take the last change back."""
        self.do(lambda: f"Undone: {self.draft.undo()}.")

    def save(self) -> None:
        """Write the file, and have everything read again that rests on it."""

        def act() -> str:
            saved = self.draft.save()
            return (
                f"Saved: {saved.file.name}.{f' The previous file is kept as {saved.kept.name}.' if saved.kept else ''}"
            )

        before = self.draft.changed
        self.do(act)
        if before and not self.draft.changed:
            self._renew()

    def bring(self, name: str, content: bytes) -> None:
        """Take the rows of a filled-in workbook, which are not saved yet; or the scoring sheet of a vacancy."""

        def act() -> str:
            if scored.is_one(self.draft, content):
                return scored.keep(self.draft, content)
            found = back.read(self.draft.declared, content, name)
            if wrong := errors(found.of_workbook):
                raise FactError(str(wrong[0]))
            self.draft.take(found.grid)
            return " ".join((f"Read: {name}. Look it over, and save.", *map(str, found.of_workbook)))

        self.do(act)


def _workbook_box(editor: Editor) -> Any:
    """The same file as a workbook: taken away, and brought back."""
    box = ipywidgets.VBox([])
    upload = take_file("Read a filled-in workbook", back.kinds(editor.draft.declared), editor.bring)
    link = ipywidgets.HTML()

    def made() -> None:
        try:
            content = editor.draft.workbook()
        except FactError as failure:
            link.value = paragraph(on_page(str(failure)))
            return
        name = editor.draft.declared.book
        link.value = paragraph(download(name, content, f"Download {name}"), ": what is entered now, with drop-downs.")

    box.children = (pieces.bar(pieces.button("Make an Excel workbook of it", made), upload), link)
    return box


def overview(declared: list[DeclaredFile], folder: Path) -> Any:
    """Which of the files a folder has."""
    found = [(one, stored.find(one, folder)) for one in declared]
    lines = [f"{one.says} {f'It is in {file.name}.' if file else 'Not there yet.'}" for one, file in found]
    return ipywidgets.HTML(together(heading("Files to fill in", level=3), listed(lines)))
