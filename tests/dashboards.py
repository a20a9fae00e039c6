"""A run of many agencies, for its dashboard."""

from __future__ import annotations

from seskit.batch.attention import AgencyOfRun
from seskit.record.finding import (
    Finding,
)


def many_agencies(count: int, most: int = 400) -> list[AgencyOfRun]:
    """Invented agencies, the worst in the middle with findings of nearly as many rows as `most`."""
    made = []
    for number in range(count):
        worst = number == count // 2
        found = [
            Finding("report", "R12", "error", f"Cell {row} is blank.", "Fill it.", file="roster", row=row)
            for row in range(2, most if worst else 4)
        ]
        found.append(Finding("staffing", "overdue", "flag", "A day has passed.", about=f"V-{number}"))
        made.append(
            AgencyOfRun(
                f"A{number:03}", f"Agency number {number}", tuple(found), frozenset({f"A{number:03}/findings.html"})
            )
        )
    return made
