"""The tally sheets of a forum: a table typed from them, a line for each sheet and exercise, is summed up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from seskit.formats.files import whole
from seskit.formats.in_short import leading
from seskit.formats.personal_data import kinds, reason
from seskit.formats.tables import Table, as_csv
from seskit.forum import typed
from seskit.forum.tally import KitTally
from seskit.law.facts import FactError, suggestion

NAME = "tally.csv"
#: The columns of the sheet, in its order.
HEADER = ("session", "exercise", "right", "not_right", "what_went_wrong")
_DIGITS = 4  # of a count of marks


def blank(tally: KitTally) -> bytes:
    """The empty table, with a line for each exercise of the kit; each further sheet has the same lines again."""
    rows = [(name, step.exercise, "", "", "") for name, one in tally.sessions.items() for step in one.exercises]
    return as_csv(HEADER, rows).encode()


def empty_table(folder: Path, tally: KitTally) -> Path:
    """The empty table written into the folder; one that is there stays as it is, because sheets may be typed into it."""
    file = folder / NAME
    if file.exists() and file.read_bytes() != blank(tally):
        raise FactError(
            f"'{file}' is there already and stays as it is: give it to be summed up, or move it to begin anew."
        )
    return whole(file, blank(tally))


def summed(tally: KitTally, file: Path, notes: list[str]) -> Table:
    """The marks of all sheets for each exercise; every line that is wrong is named at once."""
    exercises = {
        (name, str(step.exercise)): step.title for name, one in tally.sessions.items() for step in one.exercises
    }
    numbered = typed.lines(file, HEADER, notes)
    found = [row for _, row in numbered]
    if faults := [
        f"{file.name}, line {number}: {fault}" for number, row in numbered for fault in _faults(row, exercises)
    ]:
        raise FactError("\n".join(faults))
    rows = []
    for (session, exercise), title in exercises.items():
        mine = [row for row in found if (row["session"], row["exercise"]) == (session, exercise)]
        right, wrong = (sum(int(row[word] or 0) for row in mine) for word in ("right", "not_right"))
        said = Counter(row["what_went_wrong"].casefold() for row in mine if row["what_went_wrong"])
        share = f"{100 * right / (right + wrong):.0f} percent" if right + wrong else "no mark"
        rows.append((title, str(right), str(wrong), share, _most(said)))
    return Table(
        "Marks of the tally sheets", ("Exercise", "Right", "Not right", "Right of all", "What went wrong"), tuple(rows)
    )


def _faults(row: dict[str, str], exercises: dict[tuple[str, str], str]) -> Iterator[str]:
    if (row["session"], row["exercise"]) not in exercises:
        known = [f"{session}, {exercise}" for session, exercise in exercises]
        said = f"{row['session']}, {row['exercise']}"
        yield f"this kit has no exercise '{said}'.{suggestion(said, known)} It has {'; '.join(known)}."
    for word in ("right", "not_right"):
        if row[word] and not (row[word].isdecimal() and len(row[word]) <= _DIGITS):
            yield f"{word} is not a whole number of marks."
    for kind in kinds(row["what_went_wrong"]):
        yield f"what_went_wrong {reason(kind, 'tally')}. Leave it out."


def _most(said: Counter[str]) -> str:
    """What most sheets name; each where several are as common."""
    alike, times, _ = leading(said)
    return f"{'; '.join(alike)}{f' ({times} sheets)' if times > 1 else ''}" if alike else ""
