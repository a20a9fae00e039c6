"""A walk-through as the batch runs it: found by name, without its interactive cells, its parameters checked."""

from __future__ import annotations

import ast
import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from seskit.batch import preflight
from seskit.batch.engine.imports import written
from seskit.desk.agency_in_batch import refused as refused_as_fact
from seskit.formats.refusals import FactError, suggestion
from seskit.formats.shipped import shipped
from seskit.formats.typed import Unreadable, whole, yes_no

INTERACTIVE = "interactive"
#: How R, Julia and most others give a name its value.
_ASSIGNED = re.compile(r"^\s*(?:val |var |let |const )?([A-Za-z_]\w*)\s*(?:<-|=)(?!=)", re.MULTILINE)
#: Set by the batch itself for every agency: where the agency's files are, and where the notebook writes.
OWN = ("agency", "out")


@dataclass(frozen=True)
class NotebookParameter:
    """One name of the parameters cell, with its annotation as written."""

    name: str
    kind: str


@dataclass(frozen=True)
class Notebook:
    """A walk-through ready to run: interactive cells dropped, nothing stored in it."""

    stem: str
    kernel: str
    source: str
    parameters: dict[str, NotebookParameter]

    @property
    def digest(self) -> str:
        """What its content comes to."""
        return hashlib.sha256(self.source.encode()).hexdigest()

    def read(self, given: Mapping[str, Any], whose: str = "") -> dict[str, Any]:
        """Parameters checked by name, by annotation, and as facts of the subject's questions; raises FactError."""
        return {name: self._read_one(name, value, whose) for name, value in given.items()}

    def _read_one(self, name: str, value: Any, whose: str) -> Any:
        where = f"{whose}: " if whose else ""
        if name in OWN:
            raise FactError(f"{where}the parameter '{name}' of {self.stem} is set by the batch; leave it out.")
        if name not in self.parameters:
            known = [name for name in self.parameters if name not in OWN]
            listed = f"Its parameters are {', '.join(known)}." if known else "It has no other parameters."
            raise FactError(f"{where}{self.stem} has no parameter '{name}'.{suggestion(name, known)} {listed}")
        try:
            read = _read_as(self.parameters[name].kind, value)
        except Unreadable as failure:
            raise FactError(f"{where}{self.stem}, parameter {name}: '{value}' {failure}.") from None
        if refused := refused_as_fact(self.stem, name, read):
            raise FactError(f"{where}{self.stem}, parameter {refused}")
        return read


def find(name: str) -> Path:
    """The notebook of that name: a path to one, or a walk-through in `notebooks` here or beside the package."""
    if name.endswith(".ipynb"):
        path = Path(name)
        if not path.is_file():
            raise FactError(f"There is no notebook at '{path.name}'.")
        return path
    for folder in _folders():
        if (folder / f"{name}.ipynb").is_file():
            return folder / f"{name}.ipynb"
    known = walk_throughs()
    raise FactError(f"There is no notebook '{name}'.{suggestion(name, known)} Walk-throughs are {', '.join(known)}.")


def _folders() -> list[Path]:
    return [Path("notebooks"), shipped("notebooks")]


def walk_throughs() -> list[str]:
    """The names of those that can be run."""
    return sorted({path.stem for folder in _folders() for path in folder.glob("*.ipynb")} - {"start_here", "course"})


def load_all(names: Sequence[str], *, here: bool) -> list[Notebook]:
    """Every walk-through asked for, once; two that would leave their files in one place are refused."""
    loaded: dict[str, Notebook] = {}
    for name in names:
        ready = load(name, here=here)
        if loaded.setdefault(ready.stem.casefold(), ready).source != ready.source:
            raise FactError(f"Two notebooks are called '{ready.stem}'; give one of them another name.")
    if not loaded:
        raise FactError("Name at least one notebook.")
    return list(loaded.values())


def load(name: str, *, here: bool = True) -> Notebook:
    """Read a walk-through and make it ready: interactive cells out, outputs out, parameters known.

    Raises FactError where it could not run. Its kernel is looked for where it runs here, not on a cluster.
    """
    path = find(name)
    notebook = preflight.opened(path)
    tags = [cell.metadata.get("tags", []) for cell in notebook.cells]
    if not any("parameters" in found for found in tags):
        raise FactError(f"'{path.name}' has no cell tagged 'parameters', so no agency can be put into it.")
    notebook.cells = [cell for cell, found in zip(notebook.cells, tags, strict=True) if INTERACTIVE not in found]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    kernel = str(notebook.metadata.get("kernelspec", {}).get("name") or "python3")
    known = _parameters(notebook, path)
    if here:
        preflight.check_kernel(kernel, path)
    for name in OWN:
        if name not in known:
            raise FactError(f"'{path.name}' has no parameter '{name}' in its parameters cell; the batch needs it.")
    source = written(notebook)
    preflight.check_text(source, path)
    return Notebook(path.stem, kernel, source, known)


def _parameters(notebook: Any, path: Path) -> dict[str, NotebookParameter]:
    """The names assigned in the parameters cell, with their annotations."""
    language = preflight.language(notebook, path)
    cell = next((cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])), None)
    if cell is None:
        raise FactError(f"'{path.name}': the cell tagged 'parameters' is also tagged '{INTERACTIVE}'; remove that tag.")
    if language != "python":
        return {name: NotebookParameter(name, "") for name in _ASSIGNED.findall(cell.source)}
    found = preflight.assigned(cell.source, path)
    return {name: NotebookParameter(name, kind or _kind_of(value)) for name, kind, value in found}


def _kind_of(value: ast.expr | None) -> str:
    """What a parameter without an annotation is, by the value it has."""
    if value is None:
        return ""
    try:
        found = ast.literal_eval(value)
    except ValueError:
        return ""
    return "" if found is None else type(found).__name__


def _read_as(kind: str, value: Any) -> Any:
    """A parameter as its annotation wants it, typed as papermill types it; text that does not fit is read for it."""
    if isinstance(value, date | Decimal):
        value = str(value)
    kinds = [part.strip().split("[")[0] for part in kind.replace("Optional[", "None | ").rstrip("]").split("|")]
    typed = _as_papermill(value) if isinstance(value, str) else value
    wanted = [name for name in kinds if name in _READERS]
    if (typed is None and "None" in kinds) or not wanted:
        return typed
    if any(type(typed) in _FITTING.get(name, ()) for name in wanted):
        return typed
    for name in wanted[:-1]:
        try:
            return _READERS[name](value)
        except Unreadable:
            continue
    return _READERS[wanted[-1]](value)


def _as_papermill(text: str) -> Any:
    """A text from a command line as papermill's own command reads it."""
    plain = {"True": True, "False": False, "None": None}
    if text in plain:
        return plain[text]
    for number in (int, float):
        try:
            return number(text)
        except ValueError:
            continue
    return text


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Unreadable("is not text", "put it in quotes")
    return value


def _integer(value: Any) -> int:
    """A whole number; one below zero is as good as any."""
    text = str(value).strip()
    try:
        return -whole(text[1:]) if text.startswith("-") and not isinstance(value, bool) else whole(value)
    except Unreadable:
        raise Unreadable("is not a whole number") from None


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise Unreadable("is not a number") from None


def _listed(value: Any) -> list[Any]:
    found = _json(value)
    if not isinstance(found, list):
        raise Unreadable("is not a list", 'write for example ["a", "b"]')
    return found


def _mapped(value: Any) -> dict[str, Any]:
    found = _json(value)
    if not isinstance(found, dict):
        raise Unreadable("is not a mapping", 'write for example {"a": 1}')
    return found


def _json(value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return None


_READERS: dict[str, Callable[[Any], Any]] = {
    "str": _text, "bool": yes_no, "int": _integer, "float": _number, "list": _listed, "dict": _mapped,
}  # fmt: skip
#: What papermill makes of a text that is right for the annotation as it is; a whole number is a number, too.
_FITTING: dict[str, tuple[type, ...]] = {"bool": (bool,), "int": (int,), "float": (float, int)}
