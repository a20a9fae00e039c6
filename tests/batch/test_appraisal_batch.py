"""The walk through the appraisal year for many agencies at once, with and without the files of a year."""

import nbformat
import openpyxl
import pytest

from seskit import batch
from seskit.batch.progress import Silent
from seskit.record import roster
from tests import batch_kit as kit

PAPERS = {f"{stem}.{kind}" for stem in ("audit_packet", "outcome_notice") for kind in ("docx", "pdf", "html")} | {
    "audit_packet.xlsx",
    "actions.xlsx",
    "decision_paper.pdf",
}
PLAN = {f"performance_plan.{kind}" for kind in ("docx", "pdf", "html", "xlsx")}


@pytest.fixture(scope="module")
def ran(tmp_path_factory, warm_way):
    """Agencies with a plan and a year, with a year only, with neither, with faults, and with a torn history."""
    place = tmp_path_factory.mktemp("batch")
    agencies = kit.agencies(place, "DBT", "CTA", "OQH", "XFR", "TORN=BSC")
    (agencies / "TORN" / "history.csv").write_text("person_id,yeer,level\n", encoding="utf-8")
    out = place / "out"
    return (
        agencies,
        out,
        batch.run(agencies, out, notebooks=["appraisal"], workers=2, progress=Silent(), launcher=warm_way),
    )


def said(out, agency):
    """Everything a run notebook shows."""
    notebook = nbformat.read(next((out / agency).rglob("*.ipynb")), as_version=4)
    return "\n".join(
        str(output.get("data", {}).get("text/html") or output.get("data", {}).get("text/plain") or output.get("text"))
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
    )


def test_every_agency_runs_to_its_end(ran):
    """No walk stops, whatever the agency's folder lacks."""
    _, _, summary = ran
    assert {record.agency: (record.status, record.step) for record in summary.records} == dict.fromkeys(
        ("DBT", "CTA", "OQH", "XFR", "TORN"), ("done", "")
    )


def test_each_agency_gets_the_papers_it_has_files_for(ran):
    """Plan, packet, actions, notice and paper to sign; the same without the plan; nothing but the notebook."""
    _, out, _ = ran
    made = {
        name: {path.name for path in (out / name).rglob("*") if path.suffix in (".docx", ".pdf", ".xlsx")}
        | {path.name for path in (out / name).rglob("*.html") if path.stem in ("audit_packet", "outcome_notice", "performance_plan")}
        for name in ("DBT", "CTA", "OQH", "XFR", "TORN")
    }  # fmt: skip
    assert made == {"DBT": PAPERS | PLAN, "CTA": PAPERS, "OQH": set(), "XFR": set(), "TORN": set()}


def test_what_is_not_there_is_said_in_a_sentence(ran):
    """An agency without the files is told which ones; a torn list is named, and no answer is made up."""
    _, out, _ = ran
    assert "This agency has no appraisal.yaml and steps.csv yet" in said(out, "OQH")
    assert "This agency has no plan.yaml, no plan.xlsx and no folder plans yet" in said(out, "OQH")
    assert "history.csv cannot be read" in said(out, "TORN")
    assert "No rating calls for action" not in said(out, "TORN")
    assert "Traceback" not in "".join(said(out, name) for name in ("DBT", "CTA", "OQH", "XFR", "TORN"))


def test_no_name_leaves_the_folder(ran):
    """Neither the notebooks nor the workbooks name anyone."""
    agencies, out, _ = ran
    for name in ("DBT", "CTA"):
        names = [person.name for person in roster.read(agencies / name).people if person.name]
        shown = said(out, name)
        for path in (out / name).rglob("*.xlsx"):
            book = openpyxl.load_workbook(path)
            shown += " ".join(str(cell.value) for sheet in book for row in sheet for cell in row)
        assert not [who for who in names if who in shown]


def test_a_rating_changed_in_the_history_runs_that_agency_again(ran, warm_way):
    """The history is one of the files a walk rests on; an agency left alone is not run twice."""
    agencies, out, first = ran
    file = agencies / "CTA" / "history.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("CTA001,2010,1", "CTA001,2010,4"), encoding="utf-8")
    before = said(out, "CTA")
    again = batch.run(agencies, out, notebooks=["appraisal"], workers=2, progress=Silent(), launcher=warm_way)
    finger = {record.agency: record.fingerprint for record in first.records}
    assert {record.agency for record in again.records if record.fingerprint != finger[record.agency]} == {"CTA"}
    assert "CTA001: The executive must be removed from the SES." in before
    assert "CTA001: The executive must be reassigned or transferred within the SES, or removed." in said(out, "CTA")
