"""What the participants thought: a table typed from the filled evaluation forms becomes one page with the results."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from seskit.formats.counts import number_of
from seskit.formats.documents import Document, escaped, table
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


def blank() -> bytes:
    """The empty table to type filled forms into, a line for each."""
    return (",".join(HEADER) + "\n").encode()


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
    right, asked = (sum(int(row[word] or 0) for row in rows if row["asked"]) for word in ("right", "asked"))
    lowest = min((one for one in marked if one[-1] != "none"), key=lambda one: float(str(one[-1])), default=None)
    parts = [f"{escaped(title)}. {len(rows)} filled forms."]
    if lowest:
        parts.append(f"**Look first at:** {escaped(lowest[0])}, {lowest[-1]} of {_BEST}.")
    if asked:
        parts.append(f"**What was learned:** {right} of {asked} answers of the knowledge check were right, {round(100 * right / asked)} percent.")  # fmt: skip
    header = ("Statement", *(str(mark) for mark in range(1, _BEST + 1)), "Answers", "Average")
    parts += ["# Marks", table("How was the forum? 1 is no, 5 is yes", header, marked)]
    for word, says in _WORDS.items():
        said = [row[word] for row in rows if row[word]]
        parts += [f"# {says}", "\n".join(f"- {escaped(one)}" for one in said) or "No one wrote anything."]
    return Document("What participants thought", "\n\n".join(parts))


def _read(file: Path, notes: list[str]) -> list[dict[str, str]]:
    rows, faults = [], []
    for number, kept in typed.lines(file, HEADER, notes):
        for word in HEADER[: len(STATEMENTS) + 2]:
            most = _BEST if word in STATEMENTS else 999
            if kept[word] and not (kept[word].isdecimal() and (word not in STATEMENTS or int(kept[word]) >= 1) and int(kept[word]) <= most):  # fmt: skip
                faults.append(f"{file.name}, line {number}: {word} is not a whole number{f' from 1 to {_BEST}' if word in STATEMENTS else _COUNTED[word]}.")  # fmt: skip
        rows.append(kept)
    if faults:
        raise FactError("\n".join(faults))
    return rows
