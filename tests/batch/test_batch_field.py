"""Notebooks and parameters as people have them: what stock papermill runs is run, what cannot run is refused first."""

import dataclasses
import json
import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient.exceptions import CellTimeoutError
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from seskit import batch
from seskit.batch import job, notebook
from seskit.batch.engine.order import Order
from seskit.batch.progress import Silent
from seskit.law.facts import FactError
from tests import batch_kit as kit
from tests.places import FIELD


def run(folder, way, *notebooks, **parameters):
    """A run of notebooks for one small agency; its records by notebook, and where its files are."""
    place = folder / "agencies" if (folder / "agencies").exists() else kit.agencies(folder, "ASR")
    names = [str(path) for path in notebooks]
    summary = batch.run(place, folder / "out", notebooks=names, parameters=parameters, progress=Silent(), launcher=way)
    return {record.notebook: record for record in summary.records}, folder / "out" / "ASR"


def shown(folder, stem):
    """All a notebook put out, as one text."""
    cells = nbformat.read(folder / stem / f"{stem}.ipynb", as_version=4).cells
    return json.dumps([cell.get("outputs", []) for cell in cells], ensure_ascii=False)


def test_the_arguments_are_a_kernels(tmp_path, way):
    """A notebook that reads `sys.argv` finds a kernel's program name, and no number of this package."""
    records, out = run(tmp_path, way, FIELD / "12-sys-argv" / "argv.ipynb")
    assert "year 2002" in shown(out, "argv")
    assert "ipykernel_launcher.py" in shown(out, "argv")
    assert records["argv"].step == "code cell 4"  # its parser is given a kernel's arguments, and refuses, in stock too


def test_odd_names_of_cells_and_half_characters(tmp_path, way):
    """An odd cell id changes nothing; a character that cannot be sent is the failure of the cell that shows it."""
    paths = [FIELD / "13-cell-id" / f"{name}.ipynb" for name in ("badtail", "f_badid", "surrogate")]
    records, out = run(tmp_path, way, *paths)
    assert [records[name].status for name in ("badtail", "f_badid", "surrogate")] == ["done", "done", "failed"]
    assert (out / "badtail" / "result.txt").read_text() == "42"
    assert "the figures: 42" in (out / "badtail" / "badtail.html").read_text(encoding="utf-8")
    step, message = records["surrogate"].step, records["surrogate"].message
    if "did not arrive" in message:  # stock's kernel, busy, may wait in vain for the half character that was printed
        assert step.startswith("code cell")
    else:
        assert (step, "UnicodeEncodeError" in message) == ("code cell 5", True)


@pytest.mark.parametrize(
    ("begun", "said"),
    [(0, "the start, before its first cell"), (2, 'code cell 2, under "B"'), (3, "the end, after its last cell")],
)
def test_where_a_lost_kernel_was(begun, said):
    """A kernel lost in the middle of a cell leaves no error there: the step is the last cell that began."""
    cells = [new_code_cell("1"), new_markdown_cell("# B"), new_code_cell("2"), new_code_cell("3")]
    for number, cell in enumerate(cell for cell in cells if cell.cell_type == "code"):
        cell.metadata["papermill"] = {"status": "completed", "start_time": "2026" if number < begun else None}
    assert job.failing_step(new_notebook(cells=cells)) == said


@pytest.mark.parametrize(
    ("text", "limit", "said"),
    [("Timeout waiting for IOPub output", 60, "did not arrive"), ("A cell timed out", 60, "longer than 60 seconds")],
)
def test_a_cell_that_waits_in_vain(monkeypatch, tmp_path, text, limit, said):
    """A kernel whose outputs do not arrive is not called too slow by a limit that it kept."""

    def papermill(*_, **__):
        raise CellTimeoutError(text)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(job.papermill(), "execute_notebook", papermill)
    place = kit.agencies(tmp_path, "ASR") / "ASR"
    order = Order(str(tmp_path), "ASR", "ASR", str(place), "n", "python3", {"agency": "agencies/ASR"}, "f")
    assert said in job.executed(dataclasses.replace(order, cell_limit=limit))["failed"]


def test_lines_for_ipython_in_the_parameters_cell(tmp_path, way):
    """`%matplotlib inline` and `!command` are legal there, and parameters are put in after them."""
    records, out = run(tmp_path, way, *sorted((FIELD / "16-parameters-cell-magic").glob("*.ipynb")))
    assert {name: record.message for name, record in records.items() if record.status != "done"} == {}
    assert all("agencies/ASR" in shown(out, stem) for stem in records)


def test_numbers_below_zero(tmp_path, way):
    """A parameter whose default is -1 takes -3."""
    _, out = run(tmp_path, way, FIELD / "17-negative-integer" / "p_neg.ipynb", offset="-3", opt="7")
    assert "-3 0.1 x 2002-10-01 [] 7" in shown(out, "p_neg")


@pytest.mark.parametrize(
    ("line", "given", "read"),
    [
        ("x = 1", "-3", -3), ("x: int = 1", "1,000", 1000), ("x = 0.5", "1", 1), ("x = 0.5", "-1e3", -1000.0),
        ("x = None", "True", True), ("x = None", "5", 5), ("x = None", "None", None), ("x = None", "003", 3),
        ("x = 'a'", "003", "003"), ("x = 'a'", "True", "True"), ("x: str | None = None", "None", None),
        ("x = True", "False", False), ("x = False", "yes", True), ("x: int | None = 1", "None", None),
        ("x, y = 1, 'a'", "-2", -2), ("%time\nx = 1", "-2", -2), ("x = []", '["a"]', ["a"]),
    ],
)  # fmt: skip
def test_parameters_are_typed_as_papermill_types_them(tmp_path, line, given, read):
    """Text of the command line becomes what papermill's own command makes of it, unless the cell says otherwise."""
    ready = notebook.load(kit.notebook(tmp_path / "n.ipynb", more_parameters=line))
    found = ready.read({"x": given})["x"]
    assert (found, type(found)) == (read, type(read))


BROKEN = {
    "not JSON": "{",
    "not text": b"\xff\xfe\x00",
    "no notebook": "[]",
    "no format": {"nbformat": None},
    "of the future": {"nbformat": 5},
    "no cells": {"cells": None},
    "cells that are words": {"cells": ["x"]},
    "metadata null": {"metadata": None},
    "kernelspec null": {"metadata": {"kernelspec": None}},
    "no language": {"metadata": {"kernelspec": {"name": "python3"}}},
    "an unknown language": {"metadata": {"kernelspec": {"name": "python3", "language": "cobol"}}},
    "an unknown kernel": {"metadata": {"kernelspec": {"name": "no-such-kernel", "language": "python"}}},
    "a cell's metadata null": ("metadata", None),
    "a cell's tags null": ("metadata", {"tags": None}),
    "a cell's source null": ("source", None),
    "a cell's source numbers": ("source", [1, 2]),
    "half a character in a cell": ("source", "print('\ud800')"),
    "a cell of no type": ("cell_type", "strange"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_run_is_refused_before_the_first_start(tmp_path, name, warm_way):
    """One sentence that names the notebook, and nothing is made."""
    path = Path(kit.small(tmp_path, "1", name="sound"))
    tree, change = json.loads(path.read_text()), BROKEN[name]
    if isinstance(change, tuple):
        tree["cells"][-1][change[0]] = change[1]
    elif isinstance(change, dict):
        tree |= change
    text = change if isinstance(change, str | bytes) else json.dumps(tree)
    bad = tmp_path / "bad.ipynb"
    bad.write_bytes(text if isinstance(text, bytes) else text.encode())
    place = kit.agencies(tmp_path, "ASR")
    with pytest.raises(FactError, match=r"'bad\.ipynb'") as refused:
        batch.run(place, tmp_path / "out", notebooks=[str(path), str(bad)], progress=Silent(), launcher=warm_way)
    assert "\n" not in str(refused.value)
    assert not (tmp_path / "out").exists()


def test_what_fails_after_the_last_cell_says_what_it_was(tmp_path, way):
    """A result that cannot be kept is a failure in words, and nothing is tried twice."""
    path = kit.small(
        tmp_path, "import os, shutil\nshutil.rmtree(out)\nopen(out, 'w').write('x')\nopen('../page.html', 'w')"
    )
    page = kit.small(tmp_path, "import os\nos.mkdir('../page.html')\nopen('../page.html/x', 'w')", name="page")
    records, _ = run(tmp_path, way, path, page)
    assert (
        "Results could not be kept" in records["page"].message or "results could not be kept" in records["page"].message
    )
    assert records["page"].attempts == 1
    assert "ended by itself" not in records["report"].message


def test_one_agency_that_cannot_be_read_never_stops_the_others(tmp_path, way):
    """A workbook that ends its reader, YAML that grows without end: a record with its reason; the others are done."""
    place = kit.agencies(tmp_path, "ASR", "book=BCC", "yaml=BCC")
    (place / "book" / "roster.csv").unlink()
    shutil.copy(FIELD / "27-sheet-guard-passed-by" / "roster.xlsx", place / "book")
    shutil.copy(FIELD / "28-yaml-aliases" / "agency.yaml", place / "yaml")
    limits = batch.Limits(reading=30, reading_memory=512)
    path = kit.notebook(tmp_path / "n.ipynb", "1")
    summary = batch.run(place, tmp_path / "out", notebooks=[path], progress=Silent(), launcher=way, limits=limits)
    found = {record.agency: record for record in summary.records}
    assert found["ASR"].status == "done"
    assert found["yaml"].status == "not run"
    assert all(found[name].message for name in ("book", "yaml") if found[name].status == "not run")
    assert summary.exit_code == 1
