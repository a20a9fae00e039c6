"""What subjects declare of their walk-throughs for the batch."""

import pytest

from seskit.desk import in_batch
from seskit.work import report
from tests.places import SAMPLES


@pytest.fixture
def out(tmp_path):
    """The files of a final report."""
    report.open_folder(SAMPLES / "BLB").complete().write(tmp_path, ["json"])
    return tmp_path


def test_final_forms_are_told_of_the_report_and_of_a_notebook_of_ones_own(out):
    """Both write the forms; a walk that declares nothing says nothing of any files."""
    for stem in ("report", "ours"):
        found = in_batch.special(stem).outcome(out, [])
        assert (found.status, found.well) == ("final", True)
        assert ("forms.pdf", "PDF") in in_batch.special(stem).links
    assert in_batch.special("pay_setting").outcome(out, []) is None
    assert in_batch.special("pay_setting").links == ()


def test_problems_without_forms_say_nothing_of_forms(out):
    """The pay worksheet and the request package have a `problems.json`, too."""
    (out / "forms.json").unlink()
    assert (out / "problems.json").is_file()
    assert in_batch.special("ours").outcome(out, []) is None


def test_each_subject_of_findings_leads_to_its_walk():
    """The index links a finding to the section that shows it; what a run itself says has none."""
    assert in_batch.shown_in("closeout") == "appraisal"
    assert in_batch.shown_in("pay") == "pay_setting"
    assert in_batch.shown_in("run") == ""
