"""A problem a person can act on: where it is, what stands there, why it is wrong, what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal


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

    def to_dict(self, *, filed: bool = False) -> dict[str, Any]:
        """The problem as plain data; `check` only where a numbered check found it, no free text when it is filed."""
        kept = {word: getattr(self, word) for word in ("row", "column", "value", "reason", "fix", "severity", "file")}
        if filed:
            kept["value"] = self.filed_value
        return kept | ({"check": self.check} if self.check else {})

    @property
    def filed_value(self) -> str:
        """The value as it may stand in a file: words from a roster are left out, because they may be a name."""
        words = (self.file == "roster" or self.file.endswith((".csv", ".xlsx"))) and any(
            character.isalpha() for character in self.value
        )
        return "(text; see the roster)" if words else self.value

    @property
    def where(self) -> str:
        """The place in words."""
        place = [self.file]
        if self.row is not None:
            place.append(f"{'line' if self.file.endswith('.yaml') else 'row'} {self.row}")
        if self.column:
            place.append(self.column)
        return ", ".join(place)

    def __str__(self) -> str:
        said = self.value and self.reason.startswith(f"{self.value} ")
        given = f" '{self.value}'" if self.value and not said else ""
        return f"{self.severity.capitalize()}: {self.where}:{given} {self.reason}. {self.fix}"


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that block a final form."""
    return [problem for problem in problems if problem.severity == "error"]
