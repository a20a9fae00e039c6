"""A kind of file of people, and one such file as it was read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, Generic, Literal, TypeVar, cast

from seskit.formats.privacy import shown
from seskit.record.problem import Problem
from seskit.record.roster import as_accepted, personal
from seskit.record.roster.columns import READ_ELSEWHERE, Column, canonical
from seskit.record.roster.sheets import Refusal

Record = TypeVar("Record")
_MOST_PROBLEMS = 100_000


@dataclass(frozen=True)
class Kind(Generic[Record]):
    """A kind of file: its name in an agency's folder, its columns, and the record a row becomes."""

    file: str
    columns: Mapping[str, Column]
    make: Callable[[Iterable[Any]], Record]
    one_row_each: bool = True
    #: Where a blank one comes from, if anywhere.
    blank: str = ""

    def __post_init__(self) -> None:
        """A row fills its record by place, so a named tuple has the columns in their order, after the row's number."""
        record = getattr(self.make, "__self__", None)
        wanted = ("row", *self.columns)
        fields = getattr(record, "_fields", wanted)
        if fields != wanted:
            alike = next((at for at, pair in enumerate(zip(fields, wanted, strict=False)) if pair[0] != pair[1]), None)
            at = min(len(fields), len(wanted)) if alike is None else alike
            raise TypeError(
                f"{record.__module__}.{getattr(record, '__name__', '')} does not list the columns of '{self.file}' in their order: "
                f"after '{wanted[at - 1]}' it has {_named(fields, at)} where the columns have {_named(wanted, at)}"
            )

    def records(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[Record]:
        """The records of rows, each its number and then a value for every column; what is checked above is not checked anew."""
        record = getattr(self.make, "__self__", None)
        if isinstance(record, type) and issubclass(record, tuple):
            return map(cast("Callable[..., Record]", tuple.__new__), repeat(record), rows)
        return map(self.make, rows)


def _named(names: Sequence[str], at: int) -> str:
    return f"'{names[at]}'" if at < len(names) else "nothing more"


@dataclass(kw_only=True)
class Sheet(Generic[Record]):
    """The people a file holds, and what is wrong with it."""

    file: str = "roster"
    people: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    extra: dict[str, list[str]] = field(default_factory=dict)
    bad_cells: set[tuple[int, str]] = field(default_factory=set)
    bad_rows: set[int] = field(default_factory=set)
    #: Rows below the header that hold anything.
    rows_given: int = 0
    #: Each column as it is headed, and as what it is read; None where it is not used.
    headings: list[tuple[str, str | None]] = field(default_factory=list)
    header_row: int = 1
    #: The cells of columns without a heading, by their places.
    unheaded: dict[int, list[str]] = field(default_factory=dict)
    #: The fiscal years that the lines above the header name.
    years_above: frozenset[int] = frozenset()
    #: How a person agreed that the file is read, and what that did to its rows.
    accepted: list[str] = field(default_factory=list)
    applied: as_accepted.Applied = field(default_factory=as_accepted.Applied)
    #: Headings that a person said are not used, and the one that is read as both pay columns.
    not_used: set[str] = field(default_factory=set)
    one_pay: str = ""
    #: Headings of the export it was written from that are not used.
    left_in_export: tuple[str, ...] = ()
    #: How many rows of that export it does not hold, and which, by the reason.
    rows_left: int = 0
    left_because: tuple[str, ...] = ()
    #: Those among them that are named for the awards and have amounts, where nobody has said that they are none.
    awards_in_export: tuple[str, ...] = ()
    #: The name of the file that was read, and whether it is a workbook.
    source: str = ""
    of_workbook: bool = False

    def _left(self) -> list[str]:
        return [heading for heading, column in self.headings if column is None]

    @property
    def unused(self) -> list[str]:
        """The headings that nothing is read from, for any paper: what the notes and the account both list."""
        return [one for one in self._left() if canonical(one) not in READ_ELSEWHERE and not personal.of_heading(one)]

    @property
    def for_other_papers(self) -> list[str]:
        """The headings that the report does not use and other papers read."""
        return [one for one in self._left() if canonical(one) in READ_ELSEWHERE]

    @property
    def never_read(self) -> list[str]:
        """The headings that are named for something personal."""
        return [one for one in self._left() if personal.of_heading(one)]

    def is_bad(self, row: int, column: str) -> bool:
        """Whether a cell could not be read, and has been reported."""
        return (row, column) in self.bad_cells

    def warn(self, row: int, column: str, value: object, reason: str, fix: str) -> None:
        """Add a warning about one cell that was read."""
        self.problems.append(Problem(row, column, shown(value), reason, fix, "warning", self.file))

    def report(
        self,
        row: int,
        column: str | None,
        value: object,
        reason: str,
        fix: str,
        key: Literal["", "blank", "no column"] = "",
    ) -> None:
        """Add a problem with one cell."""
        if len(self.problems) >= _MOST_PROBLEMS:
            raise Refusal(
                f"the file has more than {_MOST_PROBLEMS:,} problems", "Correct the first ones, and check again."
            )
        self.problems.append(Problem(row, column, shown(value), reason, fix, file=self.file, key=key))
        self.bad_rows.add(row)
        if column:
            self.bad_cells.add((row, column))
