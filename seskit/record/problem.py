"""A problem a person can act on: where it is, what stands there, why it is wrong, what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from seskit.formats.two_ways import two_ways
from seskit.record import own_files

#: How a reason begins that says where a value lies and not that it does.
_VERBLESS = ("not ", "before ", "after ", "above ", "below ", "over ", "under ")
#: How a reason begins that has a subject of its own, which is not the value: it follows a colon.
_OWN_SUBJECT = re.compile(
    r"(?:an?|the|there|this|that|its?|no|none|nobody|pattern|plan|rated|awards?|items?|row|column|[\d$].*? x) ",
    re.IGNORECASE,
)
#: What reads headings in words of their own; a roster alone is corrected there.
CURE = two_ways(
    " If it has a different heading, say which with `seskit correct FOLDER`, or in Correct problems here in "
    "`seskit desk`; the file stays as it is.",
    " If it has a different heading, say which in 'Correct problems here'; the file stays as it is.",
)


def say_under(key: str) -> str:
    """Where the reason goes why what looks wrong is right: an entry of agency.yaml; a page has a button for it."""
    return two_ways(f"under confirmed: {key} in agency.yaml", "in 'Correct problems here'")


@dataclass(frozen=True)
class Problem:
    """One finding. An error blocks a final form; a warning asks for a look."""

    row: int | None
    column: str | None
    value: str
    reason: str
    fix: str
    severity: Literal["error", "warning"] = "error"
    file: str = "roster"
    check: str | None = None
    #: Which kind of problem it is, for code that acts on it; people read the reason.
    key: Literal[
        "", "blank", "counted nowhere", "rates above schedule", "no column", "not rated", "left before", "nobody", "rating dates", "dates",
        "same names", "struck row", "hidden row",
        "not the roster's rate",
    ] = ""  # fmt: skip
    #: Another column of the row on which the finding rests, and whose cell may be the wrong one.
    rests_on: str = ""
    #: Whether the reason is a sentence that names the value.
    named: bool = False
    #: The agency's own number of the executive in the row.
    person: str = ""

    def to_dict(self, *, filed: bool = False) -> dict[str, Any]:
        """The problem as plain data; `check` only where a numbered check found it, `person` only of a row, no free text when it is filed."""
        kept = {word: getattr(self, word) for word in ("row", "column", "value", "reason", "fix", "severity", "file")}
        if filed:
            kept |= {"value": self.filed_value, "reason": self.filed_reason}
        return kept | {word: said for word in ("check", "person") if (said := getattr(self, word))}

    @property
    def filed_value(self) -> str:
        """The value as it may stand in a file: words from a table are left out, because they may be a name.

        A heading stays, since it is the column that is named.
        """
        of_table = self.file.endswith((".csv", ".xlsx")) or self.file in own_files.TABLES
        if not of_table or self.value == self.column or not any(map(str.isalpha, self.value)):
            return self.value
        return f"(text; see the {'roster' if self.file == 'roster' else 'file'})"

    @property
    def filed_reason(self) -> str:
        """The reason as it may stand in a file: without the value it begins with, where that is left out."""
        return self.reason if self.filed_value == self.value else self.reason.removeprefix(f"{self.value} ")

    @property
    def said(self) -> str:
        """The reason as it follows a value: one without a verb has one, one with a subject of its own a colon."""
        if self.reason.startswith(_VERBLESS):
            return f" is {self.reason}"
        return f"{':' if _OWN_SUBJECT.match(self.reason) else ''} {self.reason}"

    @property
    def says_value(self) -> bool:
        """Whether the reason names the value itself, so that it is not put in front."""
        return self.named or self.reason.startswith(f"{self.value} ")

    @property
    def where(self) -> str:
        """The place in words."""
        place = [self.file]
        if self.row is not None:
            place.append(
                f"{'line' if self.file.endswith('.yaml') else 'row'} {self.row}{f' ({self.person})' * bool(self.person)}"
            )
        if self.column:
            place.append(self.column)
        return ", ".join(place)

    @property
    def sentence(self) -> str:
        """Where, what and what to do, without how grave it is."""
        given = f" '{self.value}'{self.said}" if self.value and not self.says_value else f" {self.reason}"
        return f"{self.where}:{given}. {self.fix}"

    def __str__(self) -> str:
        return f"{self.severity.capitalize()}: {self.sentence}"


def noted(notes: Iterable[str]) -> list[str]:
    """What a person should know about the files that were read, as sentences to print; each said once."""
    return [f"Note: {note}" for note in dict.fromkeys(notes)]


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that block a final form."""
    return [problem for problem in problems if problem.severity == "error"]


#: How many problems of one file are listed; the others are counted.
MOST_LISTED = 1000


def shortened(problems: list[Problem]) -> list[Problem]:
    """The first thousand problems of a file, and before them a sentence with the number of all."""
    if len(problems) <= MOST_LISTED:
        return problems
    severity: Literal["error", "warning"] = "error" if errors(problems) else "warning"
    reason = f"{len(problems):,} problems were found; the first {MOST_LISTED:,} are listed"
    fix = "Correct these, and check again."
    return [Problem(None, None, "", reason, fix, severity, problems[0].file), *problems[:MOST_LISTED]]


def listed(problems: Iterator[Problem], count: int, file: str) -> tuple[Problem, ...]:
    """The first thousand of `count` problems, and one that says how many more there are; no more than these are made."""
    first = tuple(islice(problems, MOST_LISTED))
    if count <= MOST_LISTED:
        return first
    reason = f"has {count - len(first):,} more problems; {count:,} in all"
    return (*first, Problem(None, None, "", reason, "Correct those listed, and check again.", file=file))
