"""Saving a walk leaves the file as it was: JupyterLab's server is told to keep no output of a notebook with an opener.
And code that a notebook folds away is out of sight, by a style sheet of ours.

An extension of the server, switched on by `seskit lab`. What a person changes in words or code is saved as ever.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from seskit.desk.notebooks import OPENS

#: How the server is started with it.
FLAG = "--ServerApp.jpserver_extensions=seskit.desk.saving=True"
#: How JupyterLab is told to use the style sheet; it lies in this folder.
STYLED = "--LabApp.custom_css=True"
STYLE = Path(__file__).with_name("custom")


def as_it_was(notebook: dict[str, Any], before: dict[str, Any]) -> None:
    """Give every cell the outputs that the file has for it, where its source is the same, and none where it is not."""
    if not any(OPENS in _source(cell) for cell in notebook["cells"]):
        return
    kept = {cell.get("id"): cell for cell in before.get("cells", [])}
    notebook["metadata"] = before.get("metadata", {})
    for cell in notebook["cells"]:
        former = kept.get(cell.get("id"))
        same = former is not None and _source(former) == _source(cell)
        if former is not None:
            cell["metadata"] = former["metadata"]
        if cell["cell_type"] == "code":
            cell["outputs"] = former["outputs"] if former and same else []
            cell["execution_count"] = former["execution_count"] if former and same else None


def before_saving(model: dict[str, Any], path: str, contents_manager: Any, **_: Any) -> None:
    """The server's hook: called with what is about to be saved."""
    if model.get("type") != "notebook" or not model.get("content"):
        return
    try:
        before = json.loads(Path(contents_manager.root_dir, path.strip("/")).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        before = {}
    as_it_was(model["content"], before)


def _source(cell: Any) -> str:
    return "".join(cell["source"])


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    server.contents_manager.register_pre_save_hook(before_saving)
    places = server.web_app.settings.get("static_custom_path")
    if isinstance(places, list):
        places.insert(0, str(STYLE))
