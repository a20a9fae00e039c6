"""What the participants thought: a table typed from the filled evaluation forms becomes one page with the results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from seskit.formats.counts import number_of
from seskit.formats.documents import Document, escaped, table
from seskit.formats.files import whole
from seskit.formats.personal_data import kinds, reason
from seskit.forum import typed
from seskit.law.facts import FactError

#: The form's statements by column, in the order of the form.
STATEMENTS = {
    "use": "I can use what I learned", "pace": "The pace was right", "exercises": "The exercises helped me",
    "access": "I could take part fully (access, sound, view)",
}  # fmt: skip
_WORDS = {"stay": "What should stay", "change": "What should change"}
#: What the two counts of the knowledge check are: "Score of my knowledge check: right of asked".
_COUNTED = {
    "right": ": how many answers of the knowledge check were right",
    "asked": ": how many answers the knowledge check asked for",
}
HEADER = (*STATEMENTS, "right", "asked", *_WORDS)
#: Below so many answers a person could be known by what he or she wrote.
FEWEST = 5
_BEST = 5
_MARKS = frozenset(str(mark) for mark in range(1, _BEST + 1))
_DIGITS = 3  # of a count of answers


def blank() -> bytes:
    """The empty table to type filled forms into, a line for each."""
    return (",".join(HEADER) + "\n").encode()


def empty_table(folder: Path) -> Path:
    """The empty table written into the folder; one that is there stays as it is, because forms may be typed into it."""
    file = folder / "evaluation.csv"
    if file.exists() and file.read_bytes() != blank():
        raise FactError(
            f"'{file}' is there already and stays as it is: give it for the page of results, or move it to begin anew."
        )
    return whole(file, blank())


def summary(title: str, file: Path, notes: list[str] | None = None) -> Document:
    """The page; every line of the file that is wrong is named at once, and what to know of the file is noted."""
    rows = _read(file, [] if notes is None else notes)
    if len(rows) < FEWEST:
        raise FactError(
            f"{file.name} holds {number_of(len(rows), 'filled form')}; with fewer than {FEWEST} someone could be known by the answers."
        )
    marked = []
    for word, says in STATEMENTS.items():
        counted = Counter(int(row[word]) for row in rows if row[word])
        given = sum(counted.values())
        mean = f"{sum(mark * times for mark, times in counted.items()) / given:.1f}" if given else "none"
        marked.append((says, *(counted[mark] for mark in range(1, _BEST + 1)), given, mean))
    lowest = min((one for one in marked if one[-1] != "none"), key=lambda one: float(str(one[-1])), default=None)
    parts = [f"{escaped(title)}. {len(rows)} filled forms."]
    if lowest:
        parts.append(f"**Look first at:** {escaped(lowest[0])}, {lowest[-1]} of {_BEST}.")
    parts += _learned(rows)
    header = ("Statement", *(str(mark) for mark in range(1, _BEST + 1)), "Answers", "Average")
    parts += ["# Marks", table("How was the forum? 1 is no, 5 is yes", header, marked)]
    for word, says in _WORDS.items():
        said = Counter(row[word] for row in rows if row[word]).most_common()
        lines = [f"- {escaped(one)}{f' ({times} forms)' if times > 1 else ''}" for one, times in said]
        parts += [f"# {says}", "\n".join(lines) or "No one wrote anything."]
    return Document("What participants thought", "\n\n".join(parts))


def _learned(rows: list[dict[str, str]]) -> list[str]:
    """What the forms with both counts add up to, and how many of the forms those are."""
    scored = [(int(row["right"]), int(row["asked"])) for row in rows if row["right"] and row["asked"]]
    right, asked = (sum(count) for count in zip(*scored, strict=True)) if scored else (0, 0)
    if not asked:
        return []
    of = f" The score is on {len(scored)} of the {len(rows)} forms." if len(scored) < len(rows) else ""
    return [
        f"**What was learned:** {right} of {asked} answers of the knowledge check were right, {round(100 * right / asked)} percent.{of}"
    ]


def _read(file: Path, notes: list[str]) -> list[dict[str, str]]:
    rows, faults = [], []
    for number, kept in typed.lines(file, HEADER, notes):
        faults += [f"{file.name}, line {number}: {fault}" for fault in _faults(kept)]
        rows.append(kept)
    if faults:
        raise FactError("\n".join(faults))
    return rows


def _faults(kept: dict[str, str]) -> Iterator[str]:
    """What is wrong with one form as it was typed."""
    unread = [word for word in STATEMENTS if kept[word] and kept[word] not in _MARKS]
    yield from (f"{word} is not a whole number from 1 to {_BEST}." for word in unread)
    counts = [word for word in _COUNTED if kept[word] and not (kept[word].isdecimal() and len(kept[word]) <= _DIGITS)]
    yield from (f"{word} is not a whole number{_COUNTED[word]}." for word in counts)
    if not counts and kept["right"] and kept["asked"] and int(kept["right"]) > int(kept["asked"]):
        yield f"right is {kept['right']}, more than asked, {kept['asked']}."
    for word in _WORDS:
        yield from (f"{word} {reason(kind, 'page of results')}. Leave it out." for kind in kinds(kept[word]))
