"""Whether a notebook can run at all, found before the first start, and the names its parameters cell gives a value.

The measure is stock papermill: what it runs is run, and what it cannot run is refused in one sentence.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from seskit.batch.engine.imports import papermill, read_notebook
from seskit.batch.engine.order import PYTHON
from seskit.formats.refusals import FactError

_IDENTIFIER = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_CELL_MAGIC = re.compile(r"\A\s*%%[^\n]*\n")
_SAVE_AGAIN = "Open it in JupyterLab, choose its kernel, and save it."


def opened(path: Path) -> Any:
    """The notebook in a file, in today's format; FactError where papermill could not run it."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as failure:
        line = getattr(failure, "lineno", None)
        place = f": line {line} is not JSON" if line else ": it is not UTF-8 text"
        raise FactError(f"'{path.name}' cannot be read as a notebook{place}. {_SAVE_AGAIN}") from None
    except (OSError, RecursionError):
        raise FactError(f"'{path.name}' cannot be read as a notebook.") from None
    if wrong := _wrong(raw):
        raise FactError(f"'{path.name}' cannot be run: {wrong}. {_SAVE_AGAIN}")
    try:
        notebook = read_notebook(path)
    except Exception as failure:  # noqa: BLE001 - whatever the format's own reader trips over is this notebook's fault
        said = " ".join(str(failure).split())[:200] or type(failure).__name__
        raise FactError(f"'{path.name}' cannot be read as a notebook ({said}). {_SAVE_AGAIN}") from None
    if wrong := _wrong(notebook):
        raise FactError(f"'{path.name}' cannot be run: {wrong}. {_SAVE_AGAIN}")
    _name_cells(notebook)
    return notebook


def _wrong(notebook: Any) -> str:
    """What in a notebook would stop papermill before the first cell, or nothing."""
    if not isinstance(notebook, Mapping) or not isinstance(notebook.get("nbformat"), int):
        return "it says no format (nbformat)"
    if notebook["nbformat"] < 4:
        return ""
    if notebook["nbformat"] > 4:
        return f"its format {notebook['nbformat']} is newer than this version knows"
    if not isinstance(notebook.get("cells"), list):
        return "it has no list of cells"
    if not isinstance(notebook.get("metadata"), Mapping):
        return "its metadata are not a mapping"
    for number, cell in enumerate(notebook["cells"], 1):
        if wrong := _wrong_cell(cell):
            return f"cell {number} {wrong}"
    return next(_wrong_about(notebook["metadata"]), "")


def _wrong_cell(cell: Any) -> str:
    if not isinstance(cell, Mapping):
        return "is not a cell"
    if cell.get("cell_type") not in ("code", "markdown", "raw"):
        return "has a type that does not exist"
    source = cell.get("source")
    lines = source if isinstance(source, list) else [source]
    if not all(isinstance(line, str) for line in lines):
        return "has a source that is not text"
    if not isinstance(cell.get("metadata"), Mapping):
        return "has metadata that are not a mapping"
    if not isinstance(cell["metadata"].get("tags", []), list | str):
        return "has tags that are not a list"
    return ""


def _wrong_about(about: Mapping[str, Any]) -> Iterator[str]:
    for name in ("kernelspec", "language_info", "papermill"):
        if not isinstance(about.get(name, {}), Mapping):
            yield f"'{name}' in its metadata is not a mapping"


def _name_cells(notebook: Any) -> None:
    """Give a name in the right form to each cell that has none, or one that the format does not allow."""
    taken: set[str] = set()
    for number, cell in enumerate(notebook.cells):
        name = cell.get("id")
        if not isinstance(name, str) or not _IDENTIFIER.fullmatch(name) or name in taken:
            name = f"cell-{number}"
            while name in taken:
                name += "-"
        taken.add(name)
        cell.id = name


def language(notebook: Any, path: Path) -> str:
    """The language a notebook is in, as papermill finds it; FactError where it can put no parameters into it."""
    about = notebook.metadata
    named = about.get("language_info", {}).get("name") or about.get("kernelspec", {}).get("language")
    if not named:
        raise FactError(f"'{path.name}' names no language in its metadata. {_SAVE_AGAIN}")
    if named != "python":
        translators = papermill().translators.papermill_translators
        try:
            translators.find_translator(about.get("kernelspec", {}).get("name"), named)
        except Exception:  # noqa: BLE001 - papermill's own kind of failure has changed its name before
            raise FactError(f"'{path.name}' is in {named}, and papermill cannot set parameters in it.") from None
    return str(named).lower()


def check_text(source: str, path: Path) -> None:
    """Refuse a notebook with half of a two-part character in it: papermill could not write it down."""
    try:
        source.encode()
    except UnicodeEncodeError as failure:
        line = source.count("\n", 0, failure.start) + 1
        raise FactError(
            f"'{path.name}' cannot be run: line {line} holds half of a two-part character. Type the text again."
        ) from None


def check_kernel(name: str, path: Path) -> None:
    """Refuse a notebook whose kernel is not on this machine, naming those that are."""
    if name == PYTHON:
        return
    from jupyter_client.kernelspec import KernelSpecManager

    known = sorted(KernelSpecManager().find_kernel_specs())
    if name not in known:
        raise FactError(
            f"'{path.name}' asks for the kernel '{name}', which is not installed. Kernels: {', '.join(known)}."
        )


def assigned(source: str, path: Path) -> Iterator[tuple[str, str, ast.expr | None]]:
    """Each name a parameters cell in Python gives a value, its annotation as written, and the value."""
    for line in _parsed(source, path).body:
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
            yield line.target.id, ast.unparse(line.annotation), line.value
        elif isinstance(line, ast.Assign):
            for target in line.targets:
                yield from _each(target, line.value)


def _each(target: ast.expr, value: ast.expr | None) -> Iterator[tuple[str, str, ast.expr | None]]:
    if isinstance(target, ast.Name):
        yield target.id, "", value
    elif isinstance(target, ast.Tuple | ast.List):
        values = value.elts if isinstance(value, ast.Tuple | ast.List) else []
        alike = len(values) == len(target.elts) and not any(isinstance(one, ast.Starred) for one in target.elts)
        for number, one in enumerate(target.elts):
            yield from _each(one, values[number] if alike else None)


def _parsed(source: str, path: Path) -> ast.Module:
    """The cell as Python; lines for IPython, such as `%matplotlib inline` and `!command`, are as legal as in a kernel."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError):
        pass
    from IPython.core.inputtransformer2 import TransformerManager

    manager = TransformerManager()  # type: ignore[no-untyped-call]
    try:
        return ast.parse(manager.transform_cell(_CELL_MAGIC.sub("\n", source)))
    except (SyntaxError, ValueError) as failure:
        line = getattr(failure, "lineno", None) or 1
        raise FactError(f"'{path.name}': line {line} of its parameters cell cannot be read.") from None
