"""Notebooks hold words and short calls, one shape for all; only marked answers are stored."""

import ast
import json
import re

import pytest

from seskit.desk.notebooks import INTERACTIVE, KEPT, OPENS, strip
from seskit.formats.notebook_page import IN_JUPYTERLAB
from tests.places import NOTEBOOKS, TRAINING

ALL = sorted([*NOTEBOOKS.glob("*.ipynb"), TRAINING / "exercises.ipynb"])
FORBIDDEN = (
    ast.FunctionDef,
    ast.ClassDef,
    ast.For,
    ast.While,
    ast.Lambda,
    ast.ListComp,
    ast.DictComp,
    ast.With,
    ast.If,
)


def cells(path, kind="code"):
    return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == kind]


def source(cell):
    return "".join(cell["source"])


def tags(cell):
    return cell["metadata"].get("tags", [])


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_a_step_is_short_and_holds_no_program(path):
    """Cells of at most seven lines, at most three behind the words on them; no definitions, loops or conditions; imports only
    from seskit and the display. A walk-through has as many steps as its reader needs.
    """
    kinds = [cell["cell_type"] for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]]
    steps = ["".join(kind[0] for kind in kinds)[place : place + 4] for place in range(len(kinds))]
    assert "cccc" not in steps, "four cells in a row: say between them what comes next"
    for cell in cells(path):
        text = source(cell)
        assert len([line for line in text.splitlines() if line.strip()]) <= 7, text
        tree = ast.parse(text)
        assert not [node for node in ast.walk(tree) if isinstance(node, FORBIDDEN)], text
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] == "seskit" or node.module == "IPython.display"
            assert not isinstance(node, ast.Import)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_the_parameters_cell_is_first_and_annotated(path):
    """One annotated assignment per line with a comment: papermill turns these into its usage text."""
    first = cells(path)[0]
    assert tags(first) == ["parameters"]
    for line in source(first).splitlines():
        statement = ast.parse(line).body[0]
        assert isinstance(statement, ast.AnnAssign), line
        assert "#" in line
    assert [tags(cell).count("parameters") for cell in cells(path)[1:]].count(1) == 0


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_only_marked_answers_are_stored(path):
    """A stored, marked answer with its count where code answers by itself; no other output, no widget state, no times."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    assert set(stored["metadata"]) == {"kernelspec", "language_info"}
    kept = [cell for cell in cells(path) if cell["outputs"]]
    shown = [cell for cell in cells(path) if cell["cell_type"] == "code" and "parameters" not in tags(cell)]
    assert kept or all(INTERACTIVE in tags(cell) for cell in shown), "run `seskit refresh`"
    for cell in cells(path):
        if cell["outputs"]:
            assert KEPT in tags(cell)
            assert cell["execution_count"]
        elif KEPT in tags(cell):
            raise AssertionError(f"a marked answer is not stored; run `seskit refresh`: {source(cell)}")
        else:
            assert cell["execution_count"] is None
        if "widgets." in source(cell) or "panels(" in source(cell):
            assert {INTERACTIVE, "nbval-ignore-output"} <= set(tags(cell))
        assert set(cell["metadata"]) <= {"tags", "jupyter", "transient"}
        folded = cell["metadata"].get("jupyter", {}).get("source_hidden", False)
        by_hand = any(OPENS in source(one) for one in cells(path))
        assert folded is (by_hand or "parameters" not in tags(cell)), (
            "run `seskit refresh`: code is folded away for readers"
        )
        assert cell["metadata"].get("transient", {}).get("remove_source", False) is folded


def test_a_walk_exported_as_a_page_holds_no_code():
    """`jupyter nbconvert --to html` leaves the folded code out; the stored answers stay."""
    from nbconvert.exporters import HTMLExporter

    page = HTMLExporter().from_filename(str(NOTEBOOKS / "staffing.ipynb"))[0]
    assert "desk.show(" not in page
    assert "opener.begin" not in page
    assert "What needs attention" in page


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_the_words_come_first(path):
    """One title, then headings in order; who it is for stands before the first cell to fill in.

    No table is among the words: in a notebook it would have neither caption nor heads of rows.
    """
    document = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert document[0]["cell_type"] == "markdown"
    headings = [
        line
        for cell in document
        if cell["cell_type"] == "markdown"
        for line in source(cell).splitlines()
        if line.startswith("#")
    ]
    assert [line for line in headings if line.startswith("# ")] == headings[:1]
    assert all(line.startswith(("# ", "## ", "### ")) for line in headings)
    words = [source(cell) for cell in document if cell["cell_type"] == "markdown"]
    assert not [line for said in words for line in said.splitlines() if line.startswith("| ")]


def test_strip_keeps_marked_answers_only():
    """Counts, times, widget state and unmarked outputs go; a marked answer stays without its stream."""
    import nbformat.v4

    notebook = nbformat.v4.new_notebook(metadata={"widgets": {"state": 1}})
    marked = nbformat.v4.new_code_cell("1", metadata={"tags": [KEPT], "collapsed": True}, execution_count=7)
    marked.outputs = [
        nbformat.v4.new_output("stream", text="noise"),
        nbformat.v4.new_output("execute_result", data={"text/plain": "1", "image/png": "x"}, execution_count=7),
    ]
    other = nbformat.v4.new_code_cell("2", execution_count=8)
    other.outputs = [nbformat.v4.new_output("stream", text="noise")]
    notebook.cells = [marked, other]
    strip(notebook)
    assert "widgets" not in notebook.metadata
    assert (marked.execution_count, other.execution_count, other.outputs) == (1, None, [])
    assert [output.data for output in marked.outputs] == [{"text/plain": "1"}]


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_what_a_served_page_says_is_for_people_who_never_saw_a_notebook(path):
    """Its words are page and job; only what JupyterLab alone shows speaks of notebooks."""
    shown = [source(cell) for cell in cells(path, "markdown") if IN_JUPYTERLAB not in tags(cell)]
    assert not [text for text in shown if re.search(r"\b(notebook|walk)", re.sub(r"\([^)]*\.ipynb\)", "", text), re.I)]
