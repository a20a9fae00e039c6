"""The batch on stock papermill: what every machine can do."""

import json

import nbformat
import pytest

from seskit import batch
from seskit.batch.progress import LineProgress
from seskit.formats import scanning
from seskit.record import roster
from tests import batch_kit as kit


@pytest.fixture(scope="module")
def run(tmp_path_factory, warm_way):
    """Four agencies, one unreadable, one whose notebook stops half way."""
    import io

    tmp_path = tmp_path_factory.mktemp("stock")
    place = kit.agencies(tmp_path, "DPW", "XFR", "broken=ASR")
    (place / "broken" / "agency.yaml").write_text("code: [\n")
    stop = 'raise ValueError(f\'{open(agency + "/roster.csv").read().splitlines()[1]} {__import__("os").getcwd()}\')'
    path = kit.small(tmp_path, "## Awards", f"if package.agency.code == 'DPW':\n    {stop}")
    said = io.StringIO()
    summary = batch.run(place, tmp_path / "out", notebooks=[path], progress=LineProgress(said), launcher=warm_way)
    return summary, said.getvalue()


def test_one_agency_never_stops_the_others(run):
    """A failure, an unreadable folder and a draft are recorded, each as what it is; the exit code says to look."""
    summary, _ = run
    assert {record.agency: record.status for record in summary.records} == {
        "DPW": "failed", "XFR": "draft", "broken": "not run",
    }  # fmt: skip
    assert summary.exit_code == 1
    assert (summary.out / "XFR" / "forms.json").is_file()


def test_a_failure_keeps_its_half_run_notebook_and_names_the_step(run):
    """The failing step is told in the notebook's own headings, and the cells that ran keep their outputs."""
    summary, _ = run
    record = next(record for record in summary.records if record.agency == "DPW")
    assert record.step == 'code cell 4, under "Awards"'
    assert "ValueError" in record.message
    half = nbformat.read(summary.out / "DPW" / "report.ipynb", 4)
    assert any("forms.json" in str(cell.get("outputs")) for cell in half.cells)
    assert any(output.output_type == "error" for cell in half.cells for output in cell.get("outputs", []))


def test_an_unreadable_agency_has_its_problems_written_down(run):
    """An agency that is not run leaves its problems, with the file and the line."""
    summary, _ = run
    found = json.loads((summary.out / "broken" / "problems.json").read_text())
    assert found["final"] is False
    assert found["problems"][0]["file"] == "agency.yaml"


def test_nothing_about_the_run_tells_names_or_paths(run):
    """No name of a person and no path of the machine is in any file, not even where an error quoted both."""
    summary, said = run
    names = [person.name for person in roster.read(kit.SAMPLES / "DPW").people if person.name]
    assert scanning.scan(summary.out, names).leaks == []
    for content in kit.files(summary.out).values():
        assert str(summary.out.parent).encode() not in content
    assert not any(name in said for name in names)
    assert str(summary.out.parent) not in said


def test_progress_is_plain_lines_where_there_is_no_terminal(run):
    """Without a terminal each agency is one line with how many are done."""
    _, said = run
    assert said.startswith("2 to run.")
    assert "2/2 " in said
    assert "\x1b" not in said


def test_the_manifest_has_a_line_for_each(run):
    """The manifest is one JSON object a line, in order, with what each result rests on."""
    summary, _ = run
    lines = [json.loads(line) for line in (summary.out / "manifest.jsonl").read_text().splitlines()]
    assert [line["agency"] for line in lines] == ["DPW", "XFR", "broken"]
    assert lines[1]["parameters"] == {"agency": "agencies/XFR", "out": "out"}
    assert set(lines[1]["outputs"]) >= {"XFR/report.ipynb", "XFR/report.html", "XFR/forms.json"}
    assert not (summary.out / ".work").exists()
