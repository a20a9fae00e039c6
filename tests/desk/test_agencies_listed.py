"""The list of agencies: one for JupyterLab and the served desk, and what each sample holds."""

import shutil

import pytest

from seskit.desk.opener import holds, places, sections
from seskit.desk.opener.front import Front
from seskit.desk.opener.state import Desk
from seskit.desk.pay_setting import walk as pay
from seskit.desk.report import walk as report
from tests.places import SAMPLES


@pytest.fixture
def own(home, tmp_path):
    """An agency of the person's own, used once in JupyterLab."""
    folder = tmp_path / "mine" / "DPW"
    shutil.copytree(SAMPLES / "DPW", folder)
    (folder / "agency.yaml").write_text(f"{(folder / 'agency.yaml').read_text()}# own\n")
    places.remember(folder)
    return folder


def served(monkeypatch, tmp_path):
    """From here on the walks are served, with a private folder of the session."""
    private = tmp_path / "private"
    (private / "agencies").mkdir(parents=True)
    monkeypatch.setenv(places.SESSION, str(private))
    return private


def test_the_served_desk_lists_what_was_made_in_jupyterlab(own, tmp_path, monkeypatch):
    """It stays where it is, with its finished files beside the notebooks; what is made in the desk is private and goes."""
    private = served(monkeypatch, tmp_path)
    assert [one.folder for one in places.own()] == [own]
    made = private / "agencies" / "NEW"
    shutil.copytree(own, made)
    places.remember(made)
    assert places.recent() == [made, own]
    assert (places.stays(own), places.stays(made)) == (True, False)
    assert private not in places.finished("report", own).resolve().parents
    assert private in places.finished("report", made).parents
    monkeypatch.delenv(places.SESSION)
    assert places.recent() == [own]


def test_what_is_said_of_a_brought_roster_is_true_of_its_folder(own, tmp_path, monkeypatch):
    """Kept where the agency's folder stays; deleted at the end where it is the desk's private one."""
    private = served(monkeypatch, tmp_path)
    made = private / "agencies" / "NEW"
    shutil.copytree(own, made)
    for folder, words in ((own, "readable by you alone"), (made, "deleted when the desk is closed")):
        front = Front(Desk(report.WALK, ""))
        front.choose(folder)
        assert words in sections.roster(front).children[0].value


def test_samples_that_have_something_for_a_walk_come_first_and_each_says_what_it_holds(home):
    """Opened for pay, the first samples have a pay worksheet; of the others it is said that they have none."""
    front = Front(Desk(pay.WALK, ""))
    words = [label for label, _ in sections.choose(front).children[0].options if label.startswith("Sample")]
    has = ["has a pay worksheet" in one for one in words]
    assert sum(has) >= 2
    assert has == sorted(has, reverse=True)
    assert all("no pay worksheet" in one for one, there in zip(words, has, strict=True) if not there)
    assert "an appraisal year" in next(one for one in words if "(DBT)" in one)


def test_what_a_folder_holds_is_said_for_the_walk_first():
    """The walk's own thing, then the others; a walk about none of them names what is there."""
    assert holds.says(SAMPLES / "DBT", "appraisal").startswith("has an appraisal year, a roster")
    assert holds.says(SAMPLES / "APS", "certification") == "no request for certification; has a roster"
    assert holds.says(SAMPLES / "APS", "start_here") == "has a roster"
    assert holds.suits(SAMPLES / "APS", "start_here")


def test_two_agencies_with_a_folder_of_the_year_have_files_of_their_own(tmp_path, monkeypatch):
    """Named by the year alone, both would write into one; what is there already is found again."""
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    monkeypatch.setattr(places, "session", lambda: None)
    found = [places.finished("report", tmp_path / agency / "2022") for agency in ("OTT", "BOT")]
    assert [one.name for one in found] == ["OTT_2022", "BOT_2022"]
    (found[0].parent / "2022").mkdir(parents=True)
    assert places.finished("report", tmp_path / "OTT" / "2022").name == "2022"
    assert places.finished("report", tmp_path / "OTT").name == "OTT"
