"""The stored answers of a notebook: run it from the top, keep only what is marked, and always the same bytes.

Cells tagged `interactive` are for people and keep nothing. Cells tagged `nbval-check-output` keep their answer, which
the tests compare. A kept answer keeps its count, because the comparison skips a cell without one. Code is folded away, and
left out where the notebook is exported, except parameters that a person fills in.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from seskit.desk.opener.places import HOME
from seskit.formats.files import whole
from seskit.formats.kernel_sockets import private_sockets

KEPT = "nbval-check-output"
INTERACTIVE = "interactive"
PARAMETERS = "parameters"
#: How a walk begins that lets a person choose on the screen: its parameters are for runs without a person.
OPENS = "opener.begin("


def tags(cell: Any) -> list[str]:
    """The tags of a cell."""
    return list(cell.metadata.get("tags", []))


def refresh(path: Path) -> str:
    """Run a notebook where it lies and store its marked answers; says whether the file changed."""
    import nbclient
    import nbformat

    before = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(before, as_version=4)  # type: ignore[no-untyped-call]
    where = {"metadata": {"path": str(path.parent)}}
    with tempfile.TemporaryDirectory(prefix="seskit-") as nothing_remembered, private_sockets() as more:
        client = nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3", resources=where, **more)
        client.execute(env=os.environ | {HOME: nothing_remembered})
    strip(notebook)
    after = str(nbformat.writes(notebook, indent=1)) + "\n"  # type: ignore[no-untyped-call]
    if after == before:
        return "unchanged"
    whole(path, after.encode())
    return "answers updated"


def strip(notebook: Any) -> None:
    """Keep the marked answers and nothing else: no other output, no widget state, no times."""
    count = 0
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    opened = any(OPENS in cell.source for cell in notebook.cells)
    for cell in notebook.cells:
        kept: dict[str, Any] = {"tags": tags(cell)} if tags(cell) else {}
        if cell.cell_type == "code" and (opened or PARAMETERS not in tags(cell)):
            kept["jupyter"], kept["transient"] = {"source_hidden": True}, {"remove_source": True}
        cell.metadata = kept
        if cell.cell_type != "code":
            continue
        count += 1
        if KEPT in tags(cell):
            cell.execution_count = count
            cell.outputs = [_answer(output, count) for output in cell.outputs if output.output_type != "stream"]
        else:
            cell.execution_count = None
            cell.outputs = []


def _answer(output: Any, count: int) -> Any:
    if "execution_count" in output:
        output.execution_count = count
    output.metadata = {}
    output.data = {kind: text for kind, text in output.data.items() if kind.startswith("text/")}
    return output
