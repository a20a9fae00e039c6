"""A file as a workbook to fill in: a sheet for what is said once, one for each list, drop-downs, and a guide."""

from __future__ import annotations

from datetime import date
from typing import Any

from seskit.formats.cell_names import letters
from seskit.law import facts
from seskit.law.facts import FactError, Unreadable
from seskit.record.forms.fields import Field
from seskit.record.forms.grid import Grid
from seskit.record.forms.layout import DeclaredFile, SheetOfEntries

GUIDE, CHOICES = "Guide", "Choices"
HEAD = ("Entry", "Value", "What it is", "How to write it")
#: The row of the headings, counted from nothing.
TOP = 2
_SPARE, _LONGEST = 200, 32_000
_EARLIEST = date(1900, 3, 1)
_LOOKS = {"day": "iso", "whole": "label", "number": "label"}


def workbook(declared: DeclaredFile, held: Grid) -> bytes:
    """The workbook with what is held; drop-downs for choices, and a guide to every column."""
    from seskit.formats import workbooks

    book = workbooks.book(f"{declared.title}: {declared.says}", declared.says, "", to_read=False)
    made = _Made(book, declared, held)
    for sheet in declared.sheets:
        if sheet.is_single:
            made.single(sheet)
        else:
            made.rows(sheet)
    made.guide()
    made.choices()
    content: bytes = book.done()
    return content


class _Made:
    """The workbook being written, and where each list of choices will stand."""

    def __init__(self, book: Any, declared: DeclaredFile, held: Grid) -> None:
        self.book, self.declared, self.held = book, declared, held
        self._choices: dict[tuple[str, ...], int] = {}
        for words in (entry.words for sheet in declared.sheets for entry in sheet.columns if entry.words):
            self._choices.setdefault(words, len(self._choices))

    def single(self, sheet: SheetOfEntries) -> None:
        """What is said once: an entry a row, its value beside it."""
        page = self._page(sheet, [34, 44, 62, 52])
        for column, head in enumerate(HEAD):
            page.write_string(TOP, column, head, self.book.formats["head"])
        row = (self.held.get(sheet.title) or [{}])[0]
        for number, entry in enumerate(sheet.fields, TOP + 1):
            page.write_string(number, 0, entry.label, self.book.formats["label"])
            self._cell(page, number, 1, entry, row.get(entry.name, ""))
            page.write_string(number, 2, _needed(entry), self.book.formats["label"])
            page.write_string(number, 3, entry.how, self.book.formats["label"])
            self._validated(page, number, number, 1, entry)
            page.set_row(number, _high((row.get(entry.name, ""), 40), (_needed(entry), 58), (entry.how, 48)))
        page.freeze_panes(TOP + 1, 1)

    def rows(self, sheet: SheetOfEntries) -> None:
        """The rows of a list, an entry a column; of a list file, the headings stand first, as its reader wants them."""
        top = 0 if self.declared.is_list else TOP
        listed = self.held.get(sheet.title, [])
        widths = [_width(entry, [row.get(entry.name, "") for row in listed]) for entry in sheet.columns]
        page = self._page(sheet, widths, titled=not self.declared.is_list)
        last = top + len(listed) + _SPARE
        for column, entry in enumerate(sheet.columns):
            page.write_string(top, column, entry.label, self.book.formats["head"])
            page.write_comment(top, column, f"{_needed(entry)} {entry.how}"[:1000], {"x_scale": 2, "y_scale": 1.4})
            self._validated(page, top + 1, last, column, entry)
        page.set_row(top, 48)
        for number, row in enumerate(listed, top + 1):
            for column, entry in enumerate(sheet.columns):
                self._cell(page, number, column, entry, row.get(entry.name, ""))
            texts = ((row.get(entry.name, ""), width - 3) for entry, width in zip(sheet.columns, widths, strict=True))
            page.set_row(number, _high(*texts))
        for number in range(top + 1 + len(listed), last + 1):
            for column, entry in enumerate(sheet.columns):
                page.write_blank(number, column, None, self._look(entry))
        page.freeze_panes(top + 1, 1)
        page.repeat_rows(top)

    def guide(self) -> None:
        """Every column of every sheet: what it holds, how it is written."""
        from seskit.formats import workbooks

        page = self.book.sheet(GUIDE)
        page.write_string(0, 0, f"How to fill in: {self.declared.says}", self.book.formats["title"])
        page.write_string(1, 0, "Never write a name of a candidate or a Social Security number anywhere.",
                          self.book.formats["plain"])  # fmt: skip
        found = [
            [sheet.title, entry.label, _needed(entry), entry.how, ", ".join(entry.words)]
            for sheet in self.declared.sheets
            for entry in sheet.columns
        ]
        heads = ["Sheet", "Entry", "What it holds", "How to write it", "Choices"]
        workbooks.table(page, TOP, "Guide", heads, [18, 30, 56, 48, 44], found, self.book.formats)
        page.freeze_panes(TOP + 1, 0)
        workbooks.page(page, left="", middle="Guide", right="", landscape=True)

    def choices(self) -> None:
        """The lists behind the drop-downs, a column each."""
        from seskit.formats import workbooks

        page = self.book.sheet(CHOICES)
        page.write_string(0, 0, "The choices; the drop-downs read them from here.", self.book.formats["plain"])
        for words, column in self._choices.items():
            page.set_column(column, column, 30)
            for number, word in enumerate(words, 1):
                page.write_string(number, column, word, self.book.formats["text"])
        workbooks.page(page, left="", middle="Choices", right="", landscape=True)

    def _page(self, sheet: SheetOfEntries, widths: list[int], *, titled: bool = True) -> Any:
        from seskit.formats import workbooks

        page = self.book.sheet(sheet.title)
        page.set_comments_author("seskit")
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        if titled:
            page.write_string(0, 0, sheet.title, self.book.formats["title"])
            page.write_string(1, 0, self.declared.says, self.book.formats["plain"])
        workbooks.page(page, left="", middle=sheet.title, right="", landscape=True)
        return page

    def _look(self, entry: Field) -> Any:
        return self.book.formats[_LOOKS.get(entry.kind, "text") if entry.shape == "one" else "text"]

    def _cell(self, page: Any, row: int, column: int, entry: Field, text: str) -> None:
        from seskit.formats import workbooks

        if len(text) > _LONGEST:
            raise FactError(f"{entry.label}: the text is longer than a cell of a workbook holds. Shorten it.")
        look, value = self._look(entry), _typed(entry, text)
        if value is None:
            page.write_blank(row, column, None, look)
        elif isinstance(value, date):
            workbooks.write_day(page, row, column, value, look)
        elif isinstance(value, str):
            page.write_string(row, column, value, look)
        else:
            page.write_number(row, column, value, look)

    def _validated(self, page: Any, first: int, last: int, column: int, entry: Field) -> None:
        from seskit.formats import workbooks

        told = {"error_title": entry.label[:32], "error_message": entry.how[:255]}
        asked = workbooks.asked(entry.label, f"{_needed(entry)} {entry.how}")
        page.data_validation(first, column, last, column, (self._rule(entry) or {"validate": "any"}) | told | asked)

    def _rule(self, entry: Field) -> dict[str, Any] | None:
        if entry.name.startswith("of:"):
            return {"validate": "list", "source": self._names(entry), "error_type": "information"}
        if entry.words and entry.shape == "one":
            at = self._choices[entry.words]
            source = f"={CHOICES}!${letters(at)}$2:${letters(at)}${len(entry.words) + 1}"
            return {"validate": "list", "source": source, "error_type": "information" if entry.offered else "stop"}
        if entry.shape != "one":
            return None
        if entry.kind == "day":
            return {"validate": "date", "criteria": ">=", "value": _EARLIEST}
        if entry.kind == "whole":
            return {"validate": "integer", "criteria": ">=", "value": 0}
        return {"validate": "decimal", "criteria": ">=", "value": 0} if entry.kind == "number" else None

    def _names(self, entry: Field) -> str:
        """The names of the rows that a row may belong to."""
        way = tuple(entry.name.removeprefix("of:").split("/"))
        parent = next(sheet for sheet in self.declared.sheets if sheet.way == way)
        at = next(place for place, one in enumerate(parent.columns) if one.name == parent.named_by)
        last = TOP + 1 + len(self.held.get(parent.title, [])) + _SPARE
        return f"='{parent.title}'!${letters(at)}${TOP + 2}:${letters(at)}${last}"


def _typed(entry: Field, text: str) -> Any:
    """What a cell holds: a day or a number where the text is one, so that a spreadsheet can sort and count."""
    text = text.strip()
    if not text or entry.shape != "one":
        return text or None
    try:
        if entry.kind == "day":
            return facts.day(text)
        if entry.kind == "whole":
            return facts.whole(text)
        if entry.kind == "number" and len(text.replace(".", "")) <= 15:
            return float(facts.percent(text.replace("$", "").replace(",", "")))
    except Unreadable:
        pass
    return text


def _needed(entry: Field) -> str:
    return f"{entry.help} {'Needed.' if entry.needed else ''}".strip()


def _width(entry: Field, texts: list[str]) -> int:
    least = {"day": 14, "whole": 11, "number": 13, "yes_no": 13}.get(entry.kind, 22) if entry.shape == "one" else 26
    longest = max((len(line) for text in texts for line in text.splitlines()), default=0)
    return min(max(least, min(longest, 46) + 3, max(len(word) for word in entry.label.split()) + 3), 50)


def _high(*texts: tuple[str, int]) -> int:
    from seskit.formats import workbooks

    return min(max(workbooks.height(text, max(width, 5)) for text, width in texts), 400)
