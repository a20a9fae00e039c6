"""What leaves the product: no address on the network, no path of this machine, no name outside the supplement."""

import json
import re

import pytest

from seskit import batch
from seskit.formats import scanning
from seskit.work import report
from tests.places import ROOT, SAMPLES

TEXT = {".html", ".json", ".jsonl", ".csv", ".ics", ".ipynb"}


@pytest.fixture(scope="module")
def run(tmp_path_factory, warm_way):
    """Three agencies through the batch: many plans, a faulty one, a name with an accent."""
    out = tmp_path_factory.mktemp("run") / "out"
    summary = batch.run(SAMPLES, out, only=("DPW", "XFR", "BCC"), workers=2, launcher=warm_way)
    assert summary.exit_code == 1
    return out


def test_no_address_on_the_network(run):
    """Everything opens offline: no text file names an address to load from."""
    for path in sorted(run.rglob("*")):
        if path.suffix in TEXT:
            text = path.read_text(encoding="utf-8")
            assert not re.findall(r"https?://(?!www\.w3\.org)[^\s\"'<)\\]+", text), path.name


def test_no_path_and_no_name_outside_the_supplement(run):
    """The scanner, told every name in the rosters, finds nothing; neither does a search for this folder."""
    names = {
        p.name for code in ("DPW", "XFR", "BCC") for p in report.open_folder(SAMPLES / code).roster.people if p.name
    }
    assert len(names) > 100
    assert scanning.scan(run, names).leaks == []
    here = str(ROOT)
    for path in run.rglob("*"):
        if path.suffix in TEXT:
            assert here not in path.read_text(encoding="utf-8")


def test_the_executed_notebook_is_whole_and_holds_no_widgets(run):
    """Interactive cells are gone; every other cell ran."""
    notebook = json.loads((run / "DPW" / "report.ipynb").read_text(encoding="utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert all(cell["execution_count"] for cell in code)
    assert not [cell for cell in code if "interactive" in cell["metadata"].get("tags", [])]
    assert "widgets" not in notebook["metadata"]
