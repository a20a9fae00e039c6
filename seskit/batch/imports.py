"""The heavy packages of the batch, imported once and only here."""

from __future__ import annotations

import logging
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any


def papermill() -> ModuleType:
    """Import papermill, quietly and without a grammar that it never uses.

    With JupyterLab installed, half the cost of the import is the grammar of international addresses that a check of
    event schemas asks for. Hiding the module while papermill loads makes that check do without it; afterwards it can
    be imported as ever.
    """
    if "papermill" not in sys.modules:
        hidden = "rfc3987_syntax" not in sys.modules
        if hidden:
            sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
        try:
            import_module("papermill")
        finally:
            if hidden:
                del sys.modules["rfc3987_syntax"]
        logging.getLogger("papermill").setLevel(logging.ERROR)
    return sys.modules["papermill"]


def read_notebook(path: Path) -> Any:
    """The notebook in a file; ValueError where there is none in it."""
    import nbformat

    try:
        return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    except (AttributeError, nbformat.ValidationError) as failure:
        raise ValueError(str(failure)) from None


def written(notebook: Any) -> str:
    """A notebook as the text of its file."""
    import nbformat

    return str(nbformat.writes(notebook))  # type: ignore[no-untyped-call]
