"""Of which columns a roster that was written from an export holds nothing, so that what was left out stays known.

`roster.origin.yaml` beside the roster is written with it. It speaks of that roster alone: of one with other columns
nothing is said.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from seskit.formats import strict_yaml
from seskit.formats.keyed import Keyed
from seskit.formats.privacy import shown
from seskit.record import checked_yaml
from seskit.record.checked_yaml import Strict
from seskit.record.roster import award_headings
from seskit.record.roster.notes import NOT_USED
from seskit.record.roster.refusal import Refusal

FILE = "roster.origin.yaml"
_TOP = "# What the export holds that roster.csv was written from, and the roster does not; listed in each report.\n"


class Origin(Strict):
    """The export's columns that were not used, those with amounts of money among them, its rows left out, and the roster's own columns."""

    columns: tuple[str, ...]
    not_used: tuple[str, ...] = ()
    money: tuple[str, ...] = ()
    #: Those of which somebody said that they are neither the awards nor anything else that they are named for.
    settled: tuple[str, ...] = ()
    #: The one heading that both pay columns were read from.
    one_pay: str = ""
    #: How many of its rows the roster does not hold, and which, by the reason.
    rows_left: int = 0
    left_because: tuple[str, ...] = ()


def text(
    columns: Sequence[str],
    not_used: Sequence[str],
    money: Sequence[str],
    settled: Sequence[str] = (),
    one_pay: str = "",
    *,
    rows_left: int = 0,
    left_because: Sequence[str] = (),
) -> str:
    """The file's text for a roster with these columns."""
    said: dict[str, list[str] | str | int] = {
        "columns": list(columns),
        "not_used": list(map(shown, not_used)),
        "money": list(map(shown, money)),
    }
    said |= {"settled": list(map(shown, settled))} if settled else {}
    said |= {"one_pay": shown(one_pay)} if one_pay else {}
    said |= {"rows_left": rows_left, "left_because": list(left_because)} if rows_left else {}
    return _TOP + strict_yaml.dump(said)


def beside(roster: Path, headings: Collection[str]) -> Origin | None:
    """What was left out of the export that a roster with these headings was written from; None where it was not.

    Raises Refusal where the file cannot be read: what it says would be lost in silence.
    """
    file = roster.parent / FILE
    if not file.is_file():
        return None
    found = checked_yaml.read(file, Origin, place="the agency's folder", example="columns")
    if found.record is None:
        raise Refusal(
            f"{FILE}, which says what was not used of the export, cannot be read: {found.problems[0].reason}",
            "Read the export again, or remove the file; the report then says nothing about the export.",
        )
    return found.record if set(found.record.columns) <= set(headings) else None


def awards(found: Origin) -> tuple[str, ...]:
    """The columns with amounts that are named for the awards, where nobody has said that they are none."""
    return tuple(head for head in found.money if award_headings.is_named(head) and head not in found.settled)


def note(found: Origin) -> str:
    """The sentence for what was read; empty where everything was used."""
    if not found.not_used:
        return ""
    money = f" Some hold amounts of money: {', '.join(found.money)}." if found.money else ""
    return Keyed(f"Columns of the export that are not used: {', '.join(found.not_used)}.{money}", NOT_USED)
