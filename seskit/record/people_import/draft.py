"""A recipe on the desk: an export with what each of its headings, values and dates means, changed piece by piece."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from seskit.formats.personal_data import column_kind
from seskit.formats.privacy import shown
from seskit.law.facts import FactError
from seskit.record.people_import import convert, guess, recipe, rows, single_rows, thousands, values
from seskit.record.people_import.convert import Imported
from seskit.record.people_import.recipe import DATES, IN_THOUSANDS, RECIPE, Recipe
from seskit.record.roster import origin
from seskit.record.roster.columns import COLUMNS, STATED
from seskit.record.roster.heading_times import ReportDays
from seskit.record.roster.printed.amounts import says_thousands

_MOST_HEADS = 40
_EXAMPLES, _LONGEST = 2, 40
_MOST_TEXTS = 40
_YES_NO = ("yes", "no")
#: Up to so many rows that are left out are listed one by one.
_MOST_ROWS = 40
_LONG_NUMBER = 9


class ImportDraft:
    """An export and the recipe it is read with; every change is a choice of a person, and can be looked at at once."""

    def __init__(
        self,
        table: Sequence[Sequence[str]],
        used: Recipe | None = None,
        notes: Sequence[str] = (),
        plans: Sequence[str] = (),
        report: ReportDays | None = None,
    ) -> None:
        """With the recipe given, or the one that is guessed; where no header is found, with an empty one."""
        if not any(any(row) for row in table):
            raise FactError("The export is empty. Choose the file with the people in it.")
        self.table, self.notes, self.report = table, tuple(notes), report
        self.guesses: tuple[str, ...] = ()
        self.again = used is not None
        self.recipe = used or self._guessed(plans)

    def _guessed(self, plans: Sequence[str]) -> Recipe:
        try:
            made, guesses = guess.recipe(self.table, plans, self.report)
        except FactError:
            fullest = max(range(min(len(self.table), _MOST_HEADS)), key=lambda n: (sum(map(bool, self.table[n])), -n))
            return Recipe(header_row=fullest + 1, columns={})
        self.guesses = tuple(guesses)
        return made

    @property
    def heads(self) -> list[str]:
        """The headings that may be used: none that is named for something personal, each once."""
        row = self.table[self.recipe.header_row - 1]
        return list(dict.fromkeys(head for head in row if head and column_kind(head) is None))

    @property
    def joined_name(self) -> str:
        """The heading that stands for a last and a first name with a column each; empty where there are not both."""
        return guess.whole_name(self.heads)

    @property
    def header_rows(self) -> list[tuple[str, int]]:
        """The rows that can be the header: its headings where it has known ones, else how many cells it has, because
        they may be those of a person.
        """
        return [(self._row_in_words(n, row), n) for n, row in enumerate(self.table[:_MOST_HEADS], 1) if any(row)]

    def _row_in_words(self, number: int, row: Sequence[str]) -> str:
        cells = [cell for cell in row if cell]
        known = number == self.recipe.header_row or len(guess.by_heading(row)) > 1
        said = ", ".join(map(shown, cells[:4]))[:60] if known else f"{len(cells)} cell{'' if len(cells) == 1 else 's'}"
        return f"row {number}: {said}"

    def cells(self, head: str) -> list[str]:
        """What stands below a heading in the rows that are kept."""
        heads = list(self.table[self.recipe.header_row - 1])
        at = {one: heads.index(one) for one in (head, *self.recipe.keep) if one in heads}
        kept = (
            row for row in self.table[self.recipe.header_row :]
            if all(at.get(one, -1) < len(row) and row[at[one]] in texts for one, texts in self.recipe.keep.items())
        )  # fmt: skip
        return [row[at[head]] for row in kept if head in at and at[head] < len(row) and row[at[head]] not in ("", head)]

    def examples(self, head: str) -> str:
        """The first values below a heading, as they may be shown; none of a person's name."""
        if guess.person_name(head) or self.recipe.columns.get("name") == head:
            return ""
        return ", ".join(shown(cell) for cell in list(dict.fromkeys(self.cells(head)))[:_EXAMPLES])[:_LONGEST]

    def texts(self, column: str) -> list[tuple[str, int, str | None]]:
        """For a column with a fixed set of values: each text of the export, how often, what it means; None: not known."""
        head = self.recipe.columns.get(column, "")
        if not head or not values.fixed(column):
            return []
        said = self.recipe.values.get(column, {})
        counted = Counter(self.cells(head)).most_common(_MOST_TEXTS)
        return [(text, count, said[text] if text in said else _literal(column, text)) for text, count in counted]

    def keepers(self, head: str) -> list[str]:
        """The texts below a heading by which rows can be kept; none where there are too many to choose from."""
        found = Counter(
            row[place] if place < len(row) else ""
            for row in self.table[self.recipe.header_row :] if any(row) for place in (self._at(head),)
        )  # fmt: skip
        texts = [text for text, _ in found.most_common() if text != head]
        return texts if any(texts) and len(texts) <= _MOST_TEXTS else []

    def _at(self, head: str) -> int:
        return list(self.table[self.recipe.header_row - 1]).index(head)

    def header(self, row: int) -> None:
        """Take another row as the header; the headings are guessed again."""
        self._now(header_row=row, columns={}, values={}, dates={}, thousands=(), keep={})
        for column, head in guess.by_heading(self.table[row - 1], self.table[row:], self.report).items():
            self.column(column, head)

    def column(self, column: str, head: str) -> None:
        """Read a column of the roster from a heading, or from none; its values and dates are guessed again."""
        columns = {one: other for one, other in self.recipe.columns.items() if one != column}
        small = {*self.recipe.thousands} - {column}
        said = {one: held for one, held in self.recipe.values.items() if one != column}
        dates = {one: how for one, how in self.recipe.dates.items() if one != column}
        if head:
            columns[column] = head
            small |= {column} if says_thousands(head) and thousands.likely(column, head, self.cells(head)) else set()
            held = {text: meant for text in self.cells(head) if (meant := values.meant(column, text)) is not None}
            said |= {column: held} if held else {}
            if column in DATES and (order := values.order(self.cells(head))):
                dates[column] = order.name
        self._now(columns=columns, values=said, dates=dates, thousands=_in_order(small))

    def same(self, column: str, value: str) -> None:
        """Give everybody the same value; none takes it back."""
        rest = {one: other for one, other in self.recipe.same_for_all.items() if one != column}
        self._now(same_for_all=rest | ({column: value} if value else {}))

    def value(self, column: str, text: str, meant: str | None) -> None:
        """Say what a text means: a value of the roster, blank, or, with None, nothing yet."""
        held = {one: other for one, other in self.recipe.values.get(column, {}).items() if one != text}
        held |= {} if meant is None else {text: meant}
        rest = {one: other for one, other in self.recipe.values.items() if one != column}
        self._now(values=rest | ({column: held} if held else {}))

    def date(self, column: str, how: str) -> None:
        """Say in which order the parts of a date stand."""
        self._now(dates={**self.recipe.dates, column: how})

    @property
    def amounts(self) -> dict[str, tuple[tuple[str, ...], bool]]:
        """Each heading whose amounts are read as thousands of dollars, or are too small for dollars, with its columns and whether they are."""
        found: dict[str, tuple[tuple[str, ...], bool]] = {}
        for head in dict.fromkeys(self.recipe.columns.get(column, "") for column in IN_THOUSANDS):
            columns = tuple(column for column in IN_THOUSANDS if head and self.recipe.columns.get(column) == head)
            now = bool({*columns} & {*self.recipe.thousands})
            if columns and (now or thousands.small(self.cells(head))):
                found[head] = columns, now
        return found

    def in_thousands(self, columns: Sequence[str], said: bool) -> None:
        """Say that the amounts of these columns are thousands of dollars, or dollars."""
        self._now(thousands=_in_order({*self.recipe.thousands} - {*columns} | ({*columns} if said else set())))

    def keep(self, head: str, texts: Sequence[str]) -> None:
        """Keep only the rows with one of these texts below a heading; without a heading or texts, keep all."""
        self._now(keep={head: tuple(texts)} if head and texts else {})

    @property
    def may_be_award(self) -> tuple[str, ...]:
        """The headings that may hold the awards, where none is chosen, whether a person has said that they do not or not yet."""
        heads, rows = self.table[self.recipe.header_row - 1], self.table[self.recipe.header_row :]
        columns = self.recipe.columns
        return (
            ()
            if columns.get("award")
            else tuple(guess.may_be_award(heads, guess.kept(rows, heads, self.recipe.keep), columns))
        )

    def none_is_award(self, heads: Sequence[str], said: bool) -> None:
        """Say that none of these headings holds the awards, or take it back."""
        others = tuple(head for head in self.recipe.unused if head not in heads)
        answered = {head: what for head, what in self.recipe.answered.items() if head not in heads}
        self._now(unused=(*others, *(heads if said else ())), answered=answered)

    def right(self, head: str, said: bool) -> None:
        """Say that what is read is right, whatever this heading says, or take it back."""
        self.none_is_award((head,), said)

    def questions(self, made: Imported) -> dict[str, tuple[str, bool]]:
        """What each heading says against what is read, and whether a person said that what is read is right."""
        return {head: (says, head not in made.open) for head, says in made.questions.items()}

    def single_rows(self, made: Imported) -> dict[str, tuple[tuple[str, ...], bool]]:
        """Rows that may be left out by themselves, in words, with their names and whether they are: those of a question, one by one
        where they are few, and those that are left out already.
        """
        few = {row for rows in made.asked_of.values() if len(rows) <= single_rows.FEW for row in rows}
        together = len(made.out) > _MOST_ROWS
        few |= set() if together else {*made.out}
        found: dict[str, tuple[tuple[str, ...], bool]] = {}
        found |= {row: ((row,), row in made.out) for row in sorted(few, key=single_rows.place)}
        many = {rows: head for head, rows in made.asked_of.items() if len(rows) > single_rows.FEW}
        found |= {f"the {len(rows):,} rows of '{shown(head)}'": (rows, False) for rows, head in many.items()}
        return found | ({f"the {len(made.out):,} rows chosen so far": (made.out, True)} if together else {})

    def leave_out(self, rows: Sequence[str], said: bool) -> None:
        """Leave rows out of this export, or take it back."""
        others = tuple(row for row in self.recipe.leave_out if row not in rows)
        answered = {head: what for head, what in self.recipe.answered.items() if head not in rows}
        self._now(leave_out=(*others, *(rows if said else ())), answered=answered)

    def rows_numbered(self, text: str) -> tuple[str, ...]:
        """The rows of the export with these numbers; raises FactError for a number of none with a person in it."""
        at = self._at(self.recipe.columns["person_id"]) if "person_id" in self.recipe.columns else len(self.heads)
        found = []
        for word in re.findall(r"[^\s,;]+", text):
            number = int(word) if word.isdecimal() and len(word) < _LONG_NUMBER else 0
            row = self.table[number - 1] if self.recipe.header_row < number <= len(self.table) else []
            if not any(row):
                raise FactError(
                    f"'{shown(word)}' is not a row of the export with a person in it. Write the numbers of rows, such as 12, 15."
                )
            found.append(single_rows.row_named(number, row[at] if at < len(row) else ""))
        return tuple(found)

    def names(self, written: bool) -> None:
        """Whether names are written, too; only the supplementary form needs them."""
        self._now(names=written)

    def _now(self, **changes: Any) -> None:
        self.recipe = Recipe.model_validate(self.recipe.model_dump() | changes)

    def came_to(self) -> tuple[Imported, list[dict[str, str]]]:
        """What the export comes to as the recipe is now, and every person; nothing is written."""
        return convert.through(
            self.table, self.recipe.model_copy(update={"accepted": True}), (), self.notes, self.report
        )

    def files(self) -> dict[str, bytes]:
        """The recipe, accepted, and the roster, as they will be written; raises FactError where there is nobody, or a question open."""
        made, people = self.came_to()
        if made.open:
            listed = ", ".join(f"'{shown(head)}'" for head in made.open)
            raise FactError(
                f"Answer what is asked under 'Questions' first, or change what is read. It is about {listed}."
            )
        if not people:
            raise FactError("No one would be on the roster: say which column holds the person's number.")
        return {
            RECIPE: recipe.text(
                made.recipe.model_copy(
                    update={
                        "accepted_for": tuple(self.heads),
                        "answered": made.answered,
                        "leave_out": made.out,
                    }
                ),
                (),
            ).encode(),
            convert.ROSTER: convert.as_roster(people, made.recipe).encode(),
            origin.FILE: convert.of_export(made, people).encode(),
        }


def open_export(file: Path, folder: Path) -> ImportDraft:
    """An export for an agency's folder, with the folder's recipe where it has one."""
    notes: list[str] = []
    table = rows.read(file, notes)
    used = convert.read_recipe(folder / RECIPE) if (folder / RECIPE).is_file() else None
    if used and used.header_row <= len(table):
        used, told = recipe.of_these_headings(used, table[used.header_row - 1])
        notes += told
    return ImportDraft(table, used, notes, convert.plans_beside(folder), convert.report_days(folder))


def _in_order(columns: set[str]) -> tuple[str, ...]:
    return tuple(column for column in IN_THOUSANDS if column in columns)


def choices(column: str) -> tuple[str, ...]:
    """What a column with a fixed set of values may hold; an empty text leaves the cell blank."""
    return ("", *((COLUMNS | STATED)[column].choices or _YES_NO))


def _literal(column: str, text: str) -> str | None:
    meant = values.meant(column, text)
    return meant if meant is not None and meant.lower() == text.lower() else None
