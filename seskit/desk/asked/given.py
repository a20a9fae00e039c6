"""Facts given on the command line: name=value or --name value, a list by giving its option again, rows as @FILE.csv."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from seskit.formats.spelling import american
from seskit.law.entry_shape import shape
from seskit.law.facts import FactError
from seskit.law.question import FactSlot, Question


def facts(question: Question[Any], texts: Sequence[str]) -> dict[str, Any]:
    """What was given, by name; a list given in several parts is put together."""
    given: dict[str, Any] = {}
    for name, value in _named(question, texts):
        slot = question.slots.get(name)
        if name not in given:
            given[name] = value
        elif slot is None or shape(slot).kind in ("text", "choice"):
            raise FactError(f"{slot.label + ' (' + name + ')' if slot else name}: given twice.")
        else:
            given[name] = f"{given[name]}; {value}"
    return {name: _from_file(question.slots.get(name), value) for name, value in given.items()}


def _named(question: Question[Any], texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    waiting = ""
    for text in texts:
        if waiting:
            yield waiting, text
            waiting = ""
            continue
        name, sign, value = text.removeprefix("--").partition("=")
        option = text.startswith("--")
        if not sign and not option:
            raise FactError(f"'{text}' is not a fact; write name=value, for example as_of=2002-09-30.")
        if name not in question.slots:
            name = american(name.replace("-", "_") if option else name)
        if sign:
            yield name, value
        else:
            waiting = name
    if waiting:
        raise FactError(f"--{waiting}: a value belongs behind it, for example --as-of 2002-09-30.")


def _from_file(slot: FactSlot | None, value: str) -> Any:
    """The rows of a CSV file where its name is given with @; anything else as it is."""
    if slot is None or not value.startswith("@"):
        return value
    if shape(slot).kind != "rows":
        raise slot.refused("a file is read for rows only; write the value itself.")
    from seskit.formats import grids

    path = Path(value[1:].strip())
    try:
        grid = grids.of_csv(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise slot.refused(f"'{path.name}' is not text in UTF-8; save it as CSV UTF-8.") from None
    if len(grid) < 2:
        raise slot.refused(f"'{path.name}' has no rows below a line of column names, separated with commas.")
    return _rows(slot, grid)


def _rows(slot: FactSlot, grid: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
    """Rows of the file; columns such as `requirements.text` make rows within a row, whose other columns repeat or are empty."""
    from seskit.law.written import under_names

    fields = {field.name: field for field in shape(slot).fields}
    head = [name.strip() for name in grid[0]]
    made: list[dict[str, Any]] = []
    for number, cells in enumerate(grid[1:], 2):
        row = {name: cell.strip() for name, cell in zip(head, cells, strict=False) if cell.strip()}
        if not row:
            continue
        own = under_names(slot, fields, {n: v for n, v in row.items() if "." not in n}, f", line {number}")
        inner: dict[str, dict[str, str]] = {}
        for name, value in row.items():
            if "." in name:
                inner.setdefault(name.partition(".")[0], {})[name.partition(".")[2]] = value
        if inner and made and (not own or own == {n: v for n, v in made[-1].items() if n not in inner}):
            for name, one in inner.items():
                made[-1].setdefault(name, []).append(one)
        else:
            made.append(own | {name: [one] for name, one in inner.items()})
    return made
