"""The heavy packages of the batch, imported once and only here."""

from __future__ import annotations

import logging
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from seskit.formats.sparing import sparing


def papermill() -> ModuleType:
    """Papermill, quiet."""
    if "papermill" not in sys.modules:
        with sparing():
            import_module("papermill")
        logging.getLogger("papermill").setLevel(logging.ERROR)
    return sys.modules["papermill"]


def _nbformat() -> Any:
    if "nbformat" not in sys.modules:
        with sparing():
            import_module("nbformat")
    return sys.modules["nbformat"]


def read_notebook(path: Path) -> Any:
    """The notebook in a file; ValueError where there is none in it."""
    nbformat = _nbformat()
    try:
        return nbformat.read(path, as_version=4)
    except (AttributeError, nbformat.ValidationError) as failure:
        raise ValueError(str(failure)) from None


def written(notebook: Any) -> str:
    """A notebook as the text of its file."""
    return str(_nbformat().writes(notebook))


def made(*cells: tuple[str, str], output: dict[str, Any]) -> Any:
    """A notebook of cells, each its kind and its source; the output goes to every code cell."""
    v4 = _nbformat().v4
    found = []
    for kind, source in cells:
        cell = v4.new_markdown_cell(source) if kind == "markdown" else v4.new_code_cell(source, execution_count=1)
        if kind == "code":
            cell.outputs = [v4.new_output("display_data", data=output)]
        found.append(cell)
    return v4.new_notebook(cells=found)
