"""The stored form of a file, YAML or CSV: read into a grid, and written anew with every key explained."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seskit.formats import files, strict_yaml
from seskit.law.facts import FactError
from seskit.record import checked_yaml
from seskit.record.appraisal.plan_document import plans
from seskit.record.forms import back, each, places
from seskit.record.forms import grid as grids
from seskit.record.forms.fields import written
from seskit.record.forms.grid import Grid, GridRecord
from seskit.record.forms.layout import DeclaredFile
from seskit.record.problem import Problem, errors
from seskit.record.roster import lists
from seskit.record.roster.marks import Marks
from seskit.record.roster.sheets import Refusal, rows
from seskit.record.roster.workbook import SheetCells


@dataclass(frozen=True)
class StoredFile:
    """What a folder holds of a file: its rows, the file they came from, and what it held when it was read."""

    declared: DeclaredFile
    grid: Grid
    file: Path | None = None
    seen: str | None = None

    @property
    def is_there(self) -> bool:
        """Whether the folder has the file."""
        return self.file is not None


@dataclass(frozen=True)
class SavedFile:
    """The file that was written, and the former one kept beside it."""

    file: Path
    kept: Path | None = None


def find(declared: DeclaredFile, folder: Path) -> Path | None:
    """The stored file in a folder, if there is one."""
    if declared.is_list:
        return lists.find(folder, declared.stem)
    if declared.each_in:
        return folder / declared.each_in if plans.listed(folder) else None
    file = folder / declared.file
    return file if file.is_file() else None


def read(declared: DeclaredFile, folder: Path) -> StoredFile:
    """What the folder holds, also what cannot be so and is to be corrected; nothing where the file is not there.

    Raises FactError where it cannot be read, or where rows have no place for all of it.
    """
    if declared.each_in:
        held = each.read(declared, folder)
        return StoredFile(declared, held, find(declared, folder), each.seen(folder))
    file = find(declared, folder)
    if file is None:
        return StoredFile(declared, grids.empty(declared))
    seen = files.digest(file)
    if declared.model is None:
        return StoredFile(declared, {declared.sheets[0].title: list(_list_rows(declared, file))}, file, seen)
    found = checked_yaml.read(file, declared.model, place="the agency's folder", example=declared.title)
    if found.record is None:
        return StoredFile(declared, _to_correct(declared, file, found), file, seen)
    held = grids.of_record(declared, found.record)
    if grids.made(declared, held).record != found.record:
        raise FactError(
            f"{file.name} is written in a way this form cannot hold. Perhaps two rows of a list have the same name."
        )
    return StoredFile(declared, held, file, seen)


def _to_correct(declared: DeclaredFile, file: Path, found: checked_yaml.Read[Any]) -> Grid:
    """The entries of a file that says what cannot be so, to be corrected one by one; refuses what has no place among them."""
    if found.entries is not None and places.has_each(declared, found.entries):
        held = grids.of_tree(declared, found.entries)
        if places.tells_apart(declared, held) and grids.made(declared, held).faults:
            return held
    raise FactError(f"{_first(found.problems)} Correct {file.name} first.")


def save(opened: StoredFile, folder: Path, held: Grid) -> SavedFile:
    """Write the file anew and keep the former one; refuses what another program changed meanwhile. Raises FactError."""
    found = grids.made(opened.declared, held)
    if found.faults:
        raise FactError(f"Not saved: {said(opened.declared, found.faults[0])}")
    if opened.declared.each_in:
        return _save_each(opened, folder, found)
    there = find(opened.declared, folder)
    if there is not None and files.digest(there) != opened.seen:
        raise FactError(
            f"{there.name} was changed by another program. Read the folder again, and enter your change again."
        )
    content = _content(opened.declared, there, found, held)
    file = there or folder / opened.declared.file
    if there is not None and there.read_bytes() == content:
        return SavedFile(file)
    kept = keep_beside(there) if there is not None else None
    folder.mkdir(parents=True, exist_ok=True)
    return SavedFile(files.whole(file, content), kept)


def _save_each(opened: StoredFile, folder: Path, found: GridRecord) -> SavedFile:
    """Write each file anew; one that is no longer among the rows is put aside, and none is deleted."""
    if each.seen(folder) != opened.seen:
        raise FactError(f"A file in {plans.FOLDER} was changed by another program. Read the folder again.")
    place = folder / opened.declared.each_in
    wanted = {
        name: text(opened.declared, tree, f"{opened.declared.each_in}.").encode()
        for name, tree in each.contents(found.tree)
    }
    kept = None
    for path in plans.listed(folder):
        if wanted.get(path.name) != path.read_bytes():
            kept = keep_beside(path)
            if path.name not in wanted:
                path.unlink()
    place.mkdir(parents=True, exist_ok=True)
    for name, content in wanted.items():
        if not (place / name).is_file() or (place / name).read_bytes() != content:
            files.whole(place / name, content)
    return SavedFile(place, kept)


def kept_of(name: str) -> str:
    """The file of which one is a former version that was kept: pay.yaml for pay.before-2.yaml and pay.yaml.before; empty where it is none."""
    found = re.fullmatch(r"(.+?)\.before(?:-\d+)?(\.\w+)?", name)
    return f"{found[1]}{found[2] or ''}" if found else ""


def keep_beside(former: Path) -> Path:
    """Keep a file under the first free name beside it: vacancy.before.yaml, vacancy.before-2.yaml."""
    return files.private(files.beside(former), former.read_bytes())


def said(declared: DeclaredFile, fault: grids.GridFault) -> str:
    """What is wrong with a cell, in a sentence with its place."""
    entry = grids.column_of(declared, fault.sheet, fault.column) if fault.column else None
    place = [fault.sheet]
    if fault.row and not declared.sheet(fault.sheet).is_single:
        place.append(f"row {fault.row}")
    if entry:
        place.append(entry.label)
    given = f" '{fault.value}'" if fault.value else ""
    return f"{', '.join(place)}:{given} {why(declared, fault)}"


def why(declared: DeclaredFile, fault: grids.GridFault) -> str:
    """Why a cell cannot be used, and what to do, with the labels of entries for their names."""
    entries = [entry for sheet in declared.sheets for entry in sheet.columns]
    labels = {name: entry.label for entry in entries for name in (entry.name, entry.name.rpartition(".")[2])}
    names = r"(?<![\w'.])[a-z]+(?:[_.][a-z]+)+(?![\w'])"
    return re.sub(
        names, lambda found: f"'{labels[found[0]]}'" if found[0] in labels else found[0], f"{fault.reason}. {fault.fix}"
    )


def _content(declared: DeclaredFile, there: Path | None, found: GridRecord, held: Grid) -> bytes:
    if not declared.is_list:
        return text(declared, found.tree).encode()
    if there is not None and there.suffix == ".xlsx":
        from seskit.record.forms import book

        return book.workbook(declared, held)
    return _csv(declared, held)


def text(declared: DeclaredFile, tree: dict[str, Any], before: str = "") -> str:
    """The plain data of a file as YAML, every key explained where it first stands; `before` leads to its keys' help."""
    plain = strict_yaml.dump(tree)
    explained: dict[int, list[str]] = {}
    told: set[str] = set()
    for path, line in strict_yaml.lines(plain).items():
        key = before + ".".join(step for step in path if isinstance(step, str))
        if path and isinstance(path[-1], str) and key not in told and (help_text := declared.helps.get(key)):
            told.add(key)
            explained.setdefault(line, []).append(help_text)
    made = [f"# {declared.says}"]
    for number, entry in enumerate(plain.splitlines(), 1):
        lead = entry[: len(entry) - len(entry.lstrip())]
        made += [*(f"{lead}# {sentence}" for sentence in explained.get(number, ())), entry]
    return "\n".join([*made, ""])


def _csv(declared: DeclaredFile, held: Grid) -> bytes:
    sheet = declared.sheets[0]
    content = io.StringIO(newline="")
    writer = csv.writer(content, lineterminator="\n")
    writer.writerow([entry.name for entry in sheet.fields])
    for row in held[sheet.title]:
        if any(one.strip() for one in row.values()):
            writer.writerow([_stored(entry.value, row.get(entry.name, "").strip()) for entry in sheet.fields])
    return content.getvalue().encode()


def _stored(read: Callable[[str], Any], text: str) -> str:
    return written(read(text)) if text else ""


def _list_rows(declared: DeclaredFile, file: Path) -> list[dict[str, str]]:
    """The rows of a list as they are filled in; what a form cannot hold is refused, since saving would lose it."""
    marks, problems = Marks(of_people=False), list[Problem]()
    try:
        cells = list(rows(file, [], sheet=file.stem, marks=marks))
    except Refusal as refusal:
        raise FactError(f"{file.name}: {refusal.reason}. {refusal.fix}") from None
    if not any(map(str.strip, cells[0] if cells else [])):
        return []
    found = back.listed(declared.sheets[0], SheetCells(cells, marks), file.name, problems)
    in_question = [one for one in problems if one.row is None]  # days of a column that saving would settle
    if wrong := [*errors(problems), *in_question]:
        raise FactError(f"{wrong[0]} Correct {file.name} first.")
    return [row for _, row in found]


def _first(problems: tuple[Problem, ...]) -> str:
    return str(problems[0]) if problems else "The file cannot be read."
