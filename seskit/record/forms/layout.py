"""A file as sheets: one for what is said once, and one for each list in it, whose rows name the row they belong to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from seskit.record.checked_yaml import Strict
from seskit.record.forms.fields import Field, of_column, of_field
from seskit.record.roster.columns import Column

#: Fields by which a row is known to the rows that belong to it.
_NAMED_BY = ("id", "executive", "name")
OWNER, NAME = "of:", "name:"


@dataclass(frozen=True)
class SheetOfEntries:
    """One sheet: its title, its entries, and the lists on the way to its rows; none on the way is what is said once."""

    title: str
    one: str
    fields: tuple[Field, ...]
    way: tuple[str, ...]
    #: The columns that say whose row it is, outermost first; then, in a mapping, the column of its name.
    owners: tuple[Field, ...] = ()
    #: Whether the rows are kept by name, and not in a list.
    by_name: bool = False

    @property
    def is_single(self) -> bool:
        """Whether it has one row: what is said once."""
        return not self.way

    @cached_property
    def columns(self) -> tuple[Field, ...]:
        """Every column, owners first."""
        return (*self.owners, *self.fields)

    @cached_property
    def named_by(self) -> str:
        """The column by which its rows are known."""
        if self.by_name:
            return NAME
        names = [entry.name for entry in self.fields]
        return next((name for name in _NAMED_BY if name in names), names[0] if names else "")

    def column(self, name: str) -> Field:
        """One column by its name."""
        return next(entry for entry in self.columns if entry.name == name)


@dataclass(frozen=True)
class DeclaredFile:
    """One file of an agency: its name, what it is, and the record or the columns that read it."""

    what: str
    file: str
    title: str
    says: str
    model: type[Strict] | None = None
    columns: tuple[Column, ...] = ()
    #: The help of every key, by its path.
    helps: Mapping[str, str] = field(default_factory=dict)
    #: The sheet of each list, for many and for one.
    titles: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    #: What may be chosen in an entry whose record does not say so; with what people call each, where that is its own word.
    offered: Mapping[str, Callable[[], list[str] | dict[str, str]]] = field(default_factory=dict)
    #: Records in which an empty text says more than one that is left out.
    empty_is_said: Collection[type[BaseModel]] = ()
    #: What an entry says that is known to be empty, in words.
    none_said: Mapping[str, str] = field(default_factory=dict)
    #: The rows with which a workbook begins of a folder that has no such file yet.
    begun: Callable[[Path], list[dict[str, str]]] | None = None
    #: The name of its workbook, where a file of its own name is something else.
    book_name: str = ""
    #: The list in which a file holds one entry of many: each is stored as a file of its own.
    each_in: str = ""
    #: For a list of everybody on the roster, the columns that the roster can fill, each with what the roster calls it.
    of_person: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return self.file.rpartition(".")[0]

    @property
    def book(self) -> str:
        """The name of its workbook."""
        return self.book_name or f"{self.stem}.xlsx"

    @property
    def is_list(self) -> bool:
        """Whether it is a list of rows, stored as CSV or as a workbook."""
        return self.model is None

    @cached_property
    def sheets(self) -> tuple[SheetOfEntries, ...]:
        """Its sheets, in the order in which they are filled in."""
        if self.model is None:
            return (SheetOfEntries(self.title, "row", tuple(map(of_column, self.columns)), ("rows",)),)
        return tuple(self._sheets(self.model, self.title, self.title, (), (), "", by_name=False))

    def sheet(self, title: str) -> SheetOfEntries:
        """One sheet by its title."""
        return next(sheet for sheet in self.sheets if sheet.title == title)

    def _sheets(
        self, model: type[BaseModel], title: str, one: str, way: tuple[str, ...], owners: tuple[Field, ...],
        key: str, *, by_name: bool,
    ) -> Iterator[SheetOfEntries]:  # fmt: skip
        entries, lists = self._entries(model, "", key, needed=True)
        own = (*owners, Field(NAME, "Name", "The name of the entry.", needed=True)) if by_name else owners
        sheet = SheetOfEntries(title, one, tuple(entries), way, own, by_name)
        if entries or way:
            yield sheet
        for name, inner, named in lists:
            path = f"{key}{name}"
            words = self.titles.get(path, (_title(name), _title(name).rstrip("s")))
            below = owners if not way else (*owners, _owner(sheet))
            yield from self._sheets(inner, *words, (*way, name), below, f"{path}.", by_name=named)

    def _entries(
        self, model: type[BaseModel], before: str, key: str, *, needed: bool
    ) -> tuple[list[Field], list[tuple[str, type[BaseModel], bool]]]:
        """The entries of a record, those of a record within it among them, and the lists it holds."""
        entries: list[Field] = []
        lists: list[tuple[str, type[BaseModel], bool]] = []
        for name, info in model.model_fields.items():
            said = f"{before}{info.alias or name}"
            inner = record_of(info.annotation)
            if inner is None:
                offered = self.offered.get(f"{key}{said}", list)()
                made = of_field(said, info, self.helps.get(f"{key}{said}", ""), offered=list(offered),
                                empty_is_said=model in self.empty_is_said)  # fmt: skip
                made = replace(made, named=offered if isinstance(offered, dict) else {},
                               none_said=self.none_said.get(f"{key}{said}", ""))  # fmt: skip
                entries.append(made if needed else replace(made, needed=False))
            elif (kind := _container(info.annotation)) is None:
                more, further = self._entries(inner, f"{said}.", key, needed=needed and info.is_required())
                entries += more
                lists += further
            else:
                lists.append((said, inner, kind is dict))
        return entries, lists


def record_of(annotation: Any) -> type[BaseModel] | None:
    """The record an annotation holds, alone or in a list."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := record_of(part))), None)


def _container(annotation: Any) -> type | None:
    kinds = [get_origin(part) or part for part in (annotation, *get_args(annotation))]
    return next((kind for kind in (tuple, list, dict) if kind in kinds), None)


def _owner(sheet: SheetOfEntries) -> Field:
    named = sheet.column(sheet.named_by)
    words = f"{sheet.one[0].upper()}{sheet.one[1:]} ({named.label.lower()})"
    return Field(f"{OWNER}{'/'.join(sheet.way)}", words, f"Which {sheet.one} it belongs to.", needed=True)


def _title(name: str) -> str:
    words = name.rpartition(".")[2].replace("_", " ")
    return words[0].upper() + words[1:]
