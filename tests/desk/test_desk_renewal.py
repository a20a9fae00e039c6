"""What is on the screen while a walk is renewed, and what a page that was made ready before its visitor shows."""

import shutil
from pathlib import Path

import ipywidgets
import pytest

from seskit.desk.opener import links, places, sections
from seskit.desk.opener.front import Front
from seskit.desk.opener.state import Desk
from seskit.desk.report import walk as report_walk
from tests.places import SAMPLES


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A memory of folders and a folder of notebooks of this test alone."""
    (tmp_path / "work" / "notebooks").mkdir(parents=True)
    monkeypatch.setenv(places.HOME, str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path / "work" / "notebooks")


@pytest.fixture
def own(tmp_path):
    """A copy of a sample that is a person's own: something in it differs."""
    folder = Path(shutil.copytree(SAMPLES / "ASR", tmp_path / "ASR"))
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    return folder


def test_no_link_leads_to_a_former_file_while_its_files_are_made_anew(own, monkeypatch):
    """From the moment a folder is read again until the files are written, they are listed without links."""
    places.remember(own)
    desk = Desk(report_walk.WALK, "")
    front = Front(desk)
    front.start()
    view = desk.show(report_walk.files)
    assert "Download" in view.children[0].value
    seen = []
    read = report_walk.ReportWalk.package.func
    monkeypatch.setattr(
        report_walk.ReportWalk, "package", property(lambda walk: seen.append(view.children[0].value) or read(walk))
    )
    for renew in (front.renew, lambda: front.choose(own), lambda: front.bring(lambda folder: folder / "roster.csv")):
        seen.clear()
        renew()
        assert links.RENEWED in seen[0]
        assert "href" not in seen[0]
        assert "forms.xlsx" in seen[0]
        assert "Download" in view.children[0].value


def test_after_each_act_the_keyboard_is_where_the_words_are(own, tmp_path, monkeypatch):
    """What was done is said above the buttons, and one of them has the keyboard; a refusal is said below what is open."""
    focused = []
    monkeypatch.setattr(ipywidgets.DOMWidget, "focus", lambda one: focused.append(one))
    front = Front(Desk(report_walk.WALK, ""))
    front.start()
    assert focused == []
    front.show(sections.CHOOSE)
    front.choose(tmp_path / "nowhere")
    assert "There is no folder" in front._beside.value
    assert focused == []
    front.show(sections.ROSTER)
    assert front.message == front._of_folder != "", "what was said of one section goes with it"
    front.show(sections.CHOOSE)
    front.choose(own)
    assert focused == [front._buttons[sections.CHOOSE]]
    assert front._beside.value == ""
    front.show(sections.ROSTER)
    front.bring(lambda folder: folder / "roster.csv")
    assert focused[-1] is front._buttons[sections.ROSTER]
    made = sections.make(front).children[0]
    made.fill(name="Department of Lighthouses", code="DLH", fiscal_year=2002)
    row = {box.slot.name: box for box in made.entries["plans"].rows[0]}
    for name, text in (("id", "main"), ("first_day", "Oct 1, 2001"), ("last_day", "9/30/2002"), ("paid_in", "12/2002")):
        row[name].widget.value = text
    row["pattern"].widget.value = row["pattern"].shape.choices[0]
    row["awards"].widget.value = row["awards"].shape.choices[0]
    made.button.click()
    assert "Made: Department of Lighthouses" in front.message
    assert focused[-1] is front._buttons[sections.ROSTER]


def test_what_cannot_be_made_again_has_no_links_left(own):
    """A folder that became unreadable meanwhile: the sentence, and nothing to fetch."""
    places.remember(own)
    desk = Desk(report_walk.WALK, "")
    Front(desk).start()
    view = desk.show(report_walk.files)
    (own / "agency.yaml").write_text("name: [", encoding="utf-8")
    desk.renew()
    assert "href" not in view.children[0].value
    assert "Nothing to show." in view.children[0].value


def test_the_files_of_a_sample_have_no_last_time(own):
    """A sample's files are made whenever a walk is made ready; only of an agency of one's own it is said what changed."""
    for walk in (Desk(report_walk.WALK, ""), Desk(report_walk.WALK, "")):
        Front(walk).start()
        assert "last time" not in walk.show(report_walk.files).children[0].value
    places.remember(own)
    for said in (False, True):
        desk = Desk(report_walk.WALK, "")
        Front(desk).start()
        assert ("last time" in desk.show(report_walk.files).children[0].value) is said


def test_a_sample_that_was_chosen_is_that_of_the_next_page(own, tmp_path, monkeypatch):
    """Of the served desk, for its session alone; a page that was shown already begins with it on the next arrival."""
    places.remember(own)
    for private in ("", str(tmp_path / "private")):
        if private:
            monkeypatch.setenv(places.SESSION, private)
        front, other = Front(Desk(report_walk.WALK, "")), Front(Desk(report_walk.WALK, ""))
        other.start()
        front.choose(SAMPLES / "APS")
        other.arrive()
        assert other.desk.folder == (SAMPLES / "APS" if private else own)
    heard = []
    other.desk.heard(heard.append)
    other.arrive()
    assert heard == []
    assert "APS" not in [one.folder.name for one in places.own()]
    monkeypatch.delenv(places.SESSION)
    assert places.recent() == [own]


def test_a_page_made_ready_earlier_shows_the_files_as_they_are_when_it_is_opened(own, tmp_path, monkeypatch):
    """Served walks wait for their visitor: what was written to the folder meanwhile is read on arrival, and only then."""
    monkeypatch.setenv(places.SESSION, str(tmp_path / "private"))
    places.remember(own)
    desk = Desk(report_walk.WALK, "")
    front = Front(desk)
    front.start()
    heard = []
    desk.heard(heard.append)
    front.arrive()
    assert heard == []
    roster = (own / "roster.csv").read_text(encoding="utf-8").splitlines()
    (own / "roster.csv").write_text("\n".join(roster[:-1]) + "\n", encoding="utf-8")
    before = front.message
    front.arrive()
    assert heard == [""]
    assert front.message != before
