"""The opener of the walks: places, making an agency, bringing a roster, what follows, and what a run with parameters does."""

import html
import inspect
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from seskit.desk import widgets
from seskit.desk.opener import brought, links, overview, places, progress, sections, since, state
from seskit.desk.opener.make import ChangedAgency, NewAgency
from seskit.desk.opener.state import Desk, Pick, Walk
from seskit.desk.report import show
from seskit.desk.report import walk as report_walk
from seskit.formats.refusals import FactError
from seskit.formats.tables import Table
from seskit.record import agency as agency_file
from seskit.record.agency_text import agency_text
from seskit.work import corrections
from seskit.work import report as report_work
from tests.extent import some
from tests.opened_desk import LONG_AGO, PLAN, made, opener
from tests.places import SAMPLES

pytestmark = pytest.mark.usefixtures("home")


def copied(name, folder):
    """A copy of a sample that is a person's own: something in it differs."""
    place = Path(shutil.copytree(SAMPLES / name, folder / name))
    (place / "notes.txt").write_text("mine")
    return place


# Places.


def test_the_folders_used_last_come_first_and_the_samples_apart(tmp_path, home):
    """Each once, the last one on top; one that is gone is left out; the file is readable by its owner alone."""
    first, second = copied("DPW", tmp_path), copied("ASR", tmp_path)
    for folder in (first, second, first):
        places.remember(folder)
    assert places.recent() == [first, second]
    assert [one.folder for one in places.own()] == [first, second]
    assert stat.S_IMODE((home / "recent.json").stat().st_mode) == 0o600
    shutil.rmtree(first)
    assert places.recent() == [second]
    assert {one.name for one in places.samples()} >= {"Department of Parks and Weather"}
    assert not {one.folder for one in places.own()} & {one.folder for one in places.samples()}


@pytest.mark.parametrize("kept", ["", "{", "3", '{"a": 1}', "[1, null]"])
def test_a_spoiled_memory_of_folders_is_no_memory(home, kept):
    """What is not a list of folders is read as none."""
    home.mkdir()
    (home / "recent.json").write_text(kept)
    assert places.recent() == []


def test_agencies_beside_the_notebooks_are_found(tmp_path):
    """A folder made in another session is offered."""
    made(places.beside_notebooks())
    assert [one.name for one in places.own()] == ["Office of Own Tests, fiscal year 2002"]


def test_a_changed_copy_of_a_sample_is_no_sample(tmp_path):
    """Only what came with the product, unchanged, may stay in a saved notebook."""
    plain = Path(shutil.copytree(SAMPLES / "DPW", tmp_path / "DPW"))
    assert places.is_sample(SAMPLES / "DPW")
    assert places.is_sample(plain)
    with (plain / "roster.csv").open("a") as file:
        file.write("\n")
    assert not places.is_sample(plain)


# Making and changing an agency.


def test_an_agency_is_made_by_answering_questions(tmp_path):
    """What the answers say is what the file says, and it is said where the folder is."""
    panel = made(tmp_path / "agencies")
    assert str(tmp_path / "agencies" / "OOT") in panel.kept
    read = agency_file.read(tmp_path / "agencies" / "OOT").agency
    assert (read.name, read.fiscal_year, read.certified) == ("Office of Own Tests", 2002, None)
    assert str(read.plans[0].period_end) == "2002-09-30"
    assert read.plans[0].awards.paid_in == "2002-12"
    again = made(tmp_path / "agencies")
    assert "already" in again.kept
    assert agency_file.read(tmp_path / "agencies" / "OOT").agency == read


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"plans": [PLAN | {"last_day": "2000-09-30"}]}, "Plan 1: the appraisal period ends on 2000-09-30"),
        ({"plans": [{name: PLAN[name] for name in PLAN if name != "paid_in"}]}, "Fill in 'Awards paid in'"),
        ({"plans": [PLAN, PLAN]}, "'main' is already the id"),
        ({"name": f"Office {'-'.join(('219', '09', '9999'))}"}, "Social Security number"),
    ],
)
def test_a_wrong_answer_is_said_as_it_is_made(tmp_path, wrong, words):
    """The sentence stands beside the entries, and nothing is written."""
    panel = made(tmp_path, **wrong)
    assert words in panel.message
    assert not (tmp_path / "OOT").exists()


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.iterdir() if path.is_dir()))
def test_an_agency_written_is_the_agency_read(tmp_path, name):
    """Every sample comes back as it was, from the file that the form would save."""
    found = agency_file.read(SAMPLES / name).agency
    if found is None:
        pytest.skip("made to be unreadable")
    (tmp_path / "agency.yaml").write_text(agency_text(found), encoding="utf-8")
    assert agency_file.read(tmp_path).agency == found


@pytest.mark.parametrize("name", ["no", "Yes", "1_000", "a: b # c", "'", '"', "Café", "0x1F", "2002-12", "- x", "~"])
def test_any_name_comes_back_as_it_was_written(tmp_path, name):
    """No word is taken for a number, a date or an answer."""
    panel = made(tmp_path, name=name, plans=[PLAN | {"id": name}])
    assert agency_file.read(tmp_path / "OOT").agency.name == name, panel.message
    assert agency_file.read(tmp_path / "OOT").agency.plans[0].id == name


def test_settings_are_saved_and_the_former_file_is_kept(tmp_path):
    """The form is filled from the file; what is changed is written back, and what nobody asked about stays."""
    folder = copied("DPW", tmp_path)
    held = agency_file.read(folder).agency.model_copy(update={"closed_days": (date(2002, 12, 24),)})
    (folder / "agency.yaml").write_text(agency_text(held), encoding="utf-8")
    told = []
    former = (folder / "agency.yaml").read_bytes()
    panel = widgets.FormPanel(ChangedAgency(folder, told.append))
    panel.fill(fiscal_year="2003", options={"due_days": "working", "budget_percent": "4.5"}, closed_days=["2003-02-18"])
    panel.save()
    after = agency_file.read(folder).agency
    assert after.closed_days == (date(2003, 2, 18),)
    assert (after.fiscal_year, after.options.due_days, str(after.options.budget_percent)) == (2003, "working", "4.5")
    asked = {"fiscal_year": after.fiscal_year, "options": after.options, "closed_days": after.closed_days}
    assert after == held.model_copy(update=asked)
    assert "Begin the next year keeps both" in panel.kept
    assert (folder / "agency.before.yaml").read_bytes() == former
    assert told == [folder]
    panel.fill(fiscal_year="2004")
    panel.save()
    assert (folder / "agency.before-2.yaml").is_file()


def test_the_next_year_is_begun_beside_this_one_and_told(tmp_path):
    """The page goes on with the new folder and says what was taken over; a second press, or a sample, writes nothing."""
    folder, front = copied("DPW", tmp_path), opener()
    assert "Samples cannot be changed" in sections.next_year(front).children[0].value
    front.choose(folder)
    front.show(sections.NEXT_YEAR)
    ready, press = front._place.children[0].children[-2:]
    assert str(tmp_path / "DPW_2003") in ready.value
    press.click()
    assert (front.desk.folder, front.message) == (
        tmp_path / "DPW_2003",
        f"Begun: Department of Parks and Weather, fiscal year 2003, in {tmp_path / 'DPW_2003'}. Below is what was carried over and what was not.",
    )
    listed = front._place.children[0].children[0].value
    assert "history.csv: " in listed
    assert "October 1, 2002 to September 30, 2003" in listed
    front.choose(folder)
    front.show(sections.NEXT_YEAR)
    front._place.children[0].children[-1].click()
    assert "already; nothing was written. Choose it under 'Choose another agency'." in html.unescape(
        front._status.value
    )


def test_what_another_program_wrote_meanwhile_is_said_first(tmp_path):
    """Nothing is saved at the first press; the second keeps that file beside."""
    folder = copied("DPW", tmp_path)
    panel = widgets.FormPanel(ChangedAgency(folder, lambda _: None))
    with (folder / "agency.yaml").open("a") as file:
        file.write("# by hand\n")
    panel.save()
    assert "another program" in panel.kept
    panel.save()
    assert (folder / "agency.before.yaml").read_text().endswith("# by hand\n")


def test_pay_dates_and_budgets_are_written_where_they_stand(tmp_path):
    """Five entries change or go; every other entry and every comment stays, and the former file is kept."""
    from seskit.desk.pay_setting.terms_form import TermsForm
    from seskit.record.pay_setting.worksheet import read

    folder, told = copied("DBT", tmp_path), []
    former = (folder / "pay.yaml").read_text(encoding="utf-8")
    panel = widgets.FormPanel(TermsForm(folder, told.append))
    panel.fill(effective="2025-02-09", award_budget="$1,250,000")
    panel.entries["adjustment_budget"].put(None)
    panel.save()
    text = (folder / "pay.yaml").read_text(encoding="utf-8")
    terms = read(folder).worksheet.terms
    assert (str(terms.effective), terms.adjustment_budget, terms.award_budget) == ("2025-02-09", None, 1250000)
    assert text.splitlines()[0] == former.splitlines()[0]
    assert (folder / "pay.before.yaml").read_text(encoding="utf-8") == former
    assert told == [folder]


def test_entries_written_in_another_way_are_left_alone():
    """What would change anything else is refused."""
    from seskit.desk.opener.yaml_entries import with_entries

    assert with_entries("a: 1  # one\nb: 2\n", {"a": 3, "c": None}) == "a: 3  # one\nb: 2\n"
    with pytest.raises(FactError, match="text editor"):
        with_entries("{a: 1, b: 2}\n", {"a": 3})
    with pytest.raises(FactError, match="text editor"):
        with_entries('a: "one\ntwo"\nb: 1\n', {"a": 3})


def test_an_entry_of_several_lines_is_written_anew_whole_or_stays_as_it_is():
    """A mapping that changes loses its own lines and no other; one that is the same keeps its comments."""
    from seskit.desk.opener.yaml_entries import with_entries

    text = "a: 1\nreasons:  # why\n  x: y  # z\n\n  q: r\n# last\nc: yes\n"
    assert with_entries(text, {"a": 2, "reasons": {"x": "y", "q": "r"}}) == text.replace("a: 1", "a: 2")
    assert with_entries(text, {"reasons": {"x": "1: 2 # 3"}}) == "a: 1\nreasons:\n  x: '1: 2 # 3'\n\n# last\nc: yes\n"
    assert with_entries(text, {"reasons": None, "c": False}) == "a: 1\n\n# last\nc: no\n"
    assert with_entries("a: |\n  text\nb: 1\n", {"a": 3}) == "a: 3\nb: 1\n"


def test_a_prefilled_panel_goes_back_to_the_file():
    """A fact is changed, the answer changes; one press and the file's values are there again."""
    from seskit.desk.opener.prefilled import Prefilled
    from seskit.law import awards

    made = Prefilled("An award", awards.check_award, as_of="2002-09-30", appointment_type="career", rating=4,
                     rate=129800, award=9735)  # fmt: skip
    first = made.panel.message
    made.panel.fill(award=50000)
    assert made.panel.message != first
    made.back()
    assert made.panel.message == first


# Bringing a roster.


def test_a_roster_is_kept_as_it_came_and_closed_to_others(tmp_path):
    """The same bytes, its owner's alone; a former one is kept beside, and only one counts."""
    made(tmp_path)
    folder, roster = tmp_path / "OOT", (SAMPLES / "DPW" / "roster.csv").read_bytes()
    os.umask(mask := os.umask(0))
    kept = brought.keep(folder, "People of ours.CSV", roster)
    os.umask(mask)
    assert kept.read_bytes() == roster
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    book = next(SAMPLES.glob("*/roster.xlsx")).read_bytes()
    brought.keep(folder, "x.xlsx", book)
    assert not (folder / "roster.csv").exists()
    assert (folder / "roster.before.csv").read_bytes() == roster
    assert stat.S_IMODE((folder / "roster.before.csv").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("people.pdf", b"%PDF", "is not a roster this reads"),
        ("people.csv", b"", "is empty"),
        ("people.xlsx", b"a,b\n", "is not what its ending says"),
        ("people.csv", b"PK\x03\x04", "is not what its ending says"),
    ],
)
def test_what_is_no_roster_is_refused_in_a_sentence(tmp_path, name, content, words):
    """Nothing is written."""
    made(tmp_path)
    with pytest.raises(FactError, match=words):
        brought.keep(tmp_path / "OOT", name, content)
    assert [path.name for path in (tmp_path / "OOT").iterdir()] == ["agency.yaml"]


def test_a_sample_is_never_written_to(tmp_path):
    """An own agency comes first."""
    sample = Path(shutil.copytree(SAMPLES / "DPW", tmp_path / "DPW"))
    with pytest.raises(FactError, match="Samples cannot be changed"):
        brought.keep(sample, "roster.csv", b"x")


def test_a_roster_may_be_pointed_to(tmp_path):
    """By the path a file manager gives, in quotes or not; a wrong one is answered with the place looked in."""
    made(tmp_path)
    assert brought.point_to(tmp_path / "OOT", f'"{SAMPLES / "DPW" / "roster.csv"}" ').is_file()
    with pytest.raises(FactError, match="looked in"):
        brought.point_to(tmp_path / "OOT", str(tmp_path / "none.csv"))


def test_what_was_read_is_said_at_once(tmp_path):
    """People, plans, problems alike together, and the columns that were not used."""
    made(tmp_path)
    assert "there is no roster yet" in overview.look(tmp_path / "OOT").says
    header = "person_id,name,plan,appointment_type,basic_pay_fy_end,basic_pay_period_end,rating,rating_date,award,room"
    rows = [f"OT{n},Ann Example{n},main,career,129800,129800,3,15/11/2002,,{n}" for n in range(5)]
    brought.keep(tmp_path / "OOT", "r.csv", "\n".join([header, *rows, ""]).encode())
    seen = overview.look(tmp_path / "OOT")
    assert "5 people read from roster.csv, 1 plan; " in seen.says
    assert "to correct" in seen.says
    assert "room" in " ".join(seen.unused)
    assert "roster, rating_date: 5 rows" in seen.to_html()


# What follows.


def plain_walk(**more):
    """A walk that shows the names of a folder's files."""
    return Walk("plain", "Plain", "DPW", lambda folder, _, picked: (folder, dict(picked)), **more)


def test_choosing_another_folder_renews_what_is_heard(tmp_path):
    """One that cannot be used is refused in a sentence with the place, and the former stays."""
    desk, heard = Desk(plain_walk(), ""), []
    desk.heard(heard.append)
    desk.choose(SAMPLES / "DPW")
    desk.choose(SAMPLES / "ASR")
    assert desk.made(lambda read: read[0].name) == "ASR"
    assert heard == ["", ""]
    with pytest.raises(FactError, match=r"There is no folder 'none': looked in .*agencies\."):
        desk.choose(SAMPLES / "none")
    with pytest.raises(FactError, match=r"holds no agency.yaml: looked in"):
        desk.choose(SAMPLES)
    assert desk.folder.name == "ASR"


def test_a_section_is_put_away_before_another_folder_is_shown(monkeypatch):
    """While outputs are renewed nothing is left to type into that would be gone a moment later; a refusal leaves it."""
    from seskit.desk.opener.sections import CHOOSE

    front = opener()
    front.show(CHOOSE)
    front.choose(SAMPLES / "none")
    assert front._place.children
    left = []
    monkeypatch.setattr(front, "_look", lambda: left.append(front._place.children))
    front.choose(SAMPLES / "ASR")
    assert left == [()]


def test_a_pick_renews_what_follows_it(tmp_path):
    """A pick that rereads opens the files anew; what cannot be picked is refused."""
    picks = (Pick("who", "Who"), Pick("days", "Days", read=lambda text: int(text), rereads=True))
    desk, heard = Desk(plain_walk(picks=picks), ""), []
    desk.choose(SAMPLES / "DPW")
    desk.heard(heard.append)
    desk.pick("who", "A")
    desk.pick("days", "4")
    assert heard == ["who", ""]
    assert desk.read[1] == {"who": "A", "days": 4}
    with pytest.raises(ValueError, match="invalid"):
        desk.pick("days", "many")


def test_a_view_is_renewed_and_keeps_only_a_sample_in_the_notebook(tmp_path):
    """An agency's own table is never in what a cell stores; one that cannot be made says why."""
    desk = Desk(report_walk.WALK, "")
    desk.choose(SAMPLES / "DPW")
    view = desk.show(report_walk.people)
    assert "career" in view.children[0].value
    own = copied("ASR", tmp_path)
    desk.choose(own)
    view.renew()
    bundle = view._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "application/vnd.jupyter.widget-view+json"}
    assert "nothing of it is saved" in bundle["text/plain"]
    (own / "agency.yaml").write_text("code: 1\n")
    desk.renew()
    view.renew()
    assert "The report cannot be made" in view.children[0].value


def test_running_a_cell_again_renews_one_view_and_not_two():
    """The view of the earlier run is let go."""
    desk = Desk(report_walk.WALK, "")
    desk.choose(SAMPLES / "DPW")
    desk.show(report_walk.people)
    desk.show(report_walk.people)
    assert len(desk.views) == 1


WALKS = ("report", "appraisal", "staffing", "pay_setting", "certification")


def walk_of(stem):
    """The walk of that name."""
    return import_module(f"seskit.desk.{stem}.walk").WALK


@pytest.mark.parametrize("folder", ["none", "."])
@pytest.mark.parametrize("stem", WALKS)
def test_a_run_with_parameters_stops_at_a_wrong_folder(stem, folder):
    """Before anything is shown, in the sentence all walks share."""
    with pytest.raises(FactError, match=r"(There is no folder 'none'|This folder holds no .*): looked in"):
        Desk(walk_of(stem), folder)


@pytest.mark.slow
@pytest.mark.parametrize("stem", some(WALKS, 1))
def test_papermill_fails_at_a_wrong_folder(tmp_path, stem):
    """The exit code says so, and the sentence is in the log."""
    command = [sys.executable, "-m", "papermill", str(SAMPLES.parents[1] / f"{stem}.ipynb"), str(tmp_path / "o.ipynb")]
    ran = subprocess.run([*command, "-p", "agency", "nowhere"], capture_output=True, text=True, check=False)
    assert ran.returncode != 0
    assert "There is no folder 'nowhere': looked in" in ran.stderr


@pytest.mark.parametrize("stem", WALKS)
def test_every_output_of_a_walk_follows_to_another_folder(tmp_path, stem):
    """From the sample to an agency that has only a roster: each output is made or says in a sentence why not."""
    walk = walk_of(stem)
    module = import_module(f"seskit.desk.{stem}.walk")
    source = json.loads((SAMPLES.parents[1] / f"{stem}.ipynb").read_text(encoding="utf-8"))
    text = "".join("".join(cell["source"]) for cell in source["cells"] if cell["cell_type"] == "code")
    names = dict.fromkeys(re.findall(r"walk\.([a-z_]+)", text))
    desk = Desk(walk, "")
    desk.choose(SAMPLES / walk.sample)
    views = [desk.show(getattr(module, name)) for name in names if name != "files"]
    shown = [view.children for view in views]
    assert not [one for one in shown if one and "Nothing to show" in str(getattr(one[0], "value", ""))]
    desk.choose(copied("ASR", tmp_path))
    for view in views:
        view.renew()
        assert view.children is not None


def test_a_run_with_parameters_shows_outputs_as_they_are(capsys):
    """No opener, no view: the last output is the cell's answer."""
    desk = Desk(report_walk.WALK, SAMPLES / "DPW", "out")
    shown = desk.show(report_walk.people)
    assert type(shown).__name__ == "Table"
    assert not desk.by_hand


def test_progress_is_said_after_half_a_second_and_taken_back():
    """Quick work says nothing."""
    said, times = [], iter([0, 0.1, 0.7, 0.8, 1.4, 1.5, 2.0])
    assert list(progress.told("abc", 3, said.append, lambda: next(times))) == ["a", "b", "c"]
    assert said == ["Updating part 2 of 3 below; 1 s so far.", "Updating part 3 of 3 below; 2 s so far.", ""]
    said.clear()
    list(progress.told("abc", 3, said.append, lambda: 0.0))
    assert said == []


def test_finished_files_are_links(tmp_path):
    """Each with its kind and its name, the page to open, and the folder; what a notebook keeps has none of them."""
    desk = Desk(report_walk.WALK, SAMPLES / "DPW", tmp_path / "finished")
    found = desk.made(report_walk.files)
    live = found.live_html()
    assert "download='forms.xlsx'" in live
    assert "Open page" in live
    assert str(tmp_path / "finished") in live
    assert "data:" not in found._repr_html_()
    assert links.linked(found.table, []).live_html() == found.table.to_html()


def test_an_error_of_the_disk_is_a_sentence():
    """The file and what to do, no number of an error."""
    said = state.in_a_sentence(PermissionError(13, "Permission denied", "a/roster.csv"))
    assert said == "roster.csv cannot be used: permission denied. Close it in other programs."


# The opener as a whole, without a browser.


def test_the_opener_begins_with_the_sample_and_later_with_the_agency_used_last(tmp_path):
    """The sentence says whether it is invented."""
    assert opener().message.startswith(
        "A sample: everything in it is invented. Department of Parks and Weather, fiscal year 2002: 118"
    )
    front = opener()
    front.choose(copied("ASR", tmp_path))
    assert front.message.startswith("Agency for Small Rivers, fiscal year ")
    assert opener().message == front.message
    shutil.rmtree(tmp_path / "ASR")
    assert opener().message.startswith("A sample")


def test_an_uploaded_roster_leaves_the_widget_at_once(tmp_path):
    """Saved into the folder, read, said; the widget holds nothing that a notebook could keep."""
    import ipywidgets

    from seskit.desk.opener.sections import ROSTER

    front = opener()
    made(tmp_path)
    front.choose(tmp_path / "OOT")
    front.show(ROSTER)
    upload = next(one for one in front._place.children[0].children if isinstance(one, ipywidgets.FileUpload))
    content = (SAMPLES / "ASR" / "roster.csv").read_bytes()
    given = {
        "name": "p.csv",
        "type": "",
        "size": len(content),
        "content": memoryview(content),
        "last_modified": LONG_AGO,
    }
    upload.set_trait("value", (given,))
    assert upload.value == ()
    assert (tmp_path / "OOT" / "roster.csv").read_bytes() == content
    assert front.message.startswith("Saved as roster.csv. Office of Own Tests, fiscal year 2002: ")
    assert json.loads((places.home() / "recent.json").read_text()) == [str((tmp_path / "OOT").resolve())]


def test_a_roster_that_comes_again_says_what_became_of_what_was_typed(tmp_path):
    """Taken over and read at once where person and former value are the same; said beside the new roster."""
    front = opener()
    made(tmp_path)
    folder = tmp_path / "OOT"
    shutil.copy(SAMPLES / "ASR" / "roster.csv", folder)
    front.choose(folder)
    found = corrections.open_folder(folder)
    found.set(2, "component", "Annex", when="2003-01-02T08:00:01", why="personnel file")
    head, first, *rest = (folder / "roster.csv").read_text(encoding="utf-8").splitlines()
    again = "\n".join((head, *rest, first, "")).encode()
    front.bring(lambda place: brought.keep(place, "again.csv", again))
    assert "What you typed for 1 cell is taken over" in front.message
    (person,) = [one for one in corrections.open_folder(folder).roster.people if one.component == "Annex"]
    assert person.row == len(rest) + 2


def test_a_section_that_opened_by_itself_stays_open_at_the_first_press(tmp_path):
    """After an agency is made its roster is asked for at once; who presses the button as well does not close it."""
    front = opener()
    for one in front._buttons:
        front.show(one)
        front.toggle(one)
        assert front._open is one
        front.toggle(one)
        assert front._open is None
        front.toggle(one)
        assert front._open is one
        front.toggle(one)


def test_more_problems_than_before_are_explained_where_a_column_was_found(tmp_path):
    """Once the heading is right its cells are checked; other growth is not explained so."""
    from seskit.desk.opener.overview import MORE

    front = opener()
    made(tmp_path)
    front.choose(tmp_path / "OOT")
    head, *rows = (SAMPLES / "ASR" / "roster.csv").read_text(encoding="utf-8").splitlines()
    place = head.split(",").index("rating")
    cells = [row.split(",") for row in rows]
    wrong = [",".join([*row[:place], "nine", *row[place + 1 :]]) for row in cells]
    roster = tmp_path / "OOT" / "roster.csv"
    roster.write_text("\n".join([head.replace(",rating,", ",marks,"), *wrong]) + "\n")
    front.renew()
    assert MORE not in front.message
    roster.write_text("\n".join([head, *wrong]) + "\n")
    front.renew()
    assert MORE in front.message
    roster.write_text("\n".join([head, *wrong, wrong[0]]) + "\n")
    front.renew()
    assert MORE not in front.message


def test_the_files_say_why_there_is_no_supplementary_form(tmp_path):
    """On the screen, below the links; where somebody is on it the file is there instead."""
    there = set()
    for name in ("ASR", "APS"):
        walk = report_walk.opened(SAMPLES / name, tmp_path / name, {})
        there.add(bool(walk.package.supplement))
        assert (
            f"There is no supplementary form. {show.NOBODY_BELOW}" in report_walk.files(walk).live_html()
        ) is not bool(walk.package.supplement)
    assert there == {True, False}


def test_one_section_is_open_at_a_time(tmp_path):
    """A second press puts it away."""
    front = opener()
    for section in front._buttons:
        front.toggle(section)
        assert len(front._place.children) == 1
    front.toggle(section)
    assert front._place.children == ()


# Saving.


def test_saving_a_walk_keeps_the_outputs_of_the_file():
    """Outputs, counts and the state of widgets are those of the file; of a cell that was changed nothing is kept."""
    from seskit.desk.saving import as_it_was

    file = json.loads((SAMPLES.parents[1] / "report.ipynb").read_text(encoding="utf-8"))
    now = json.loads(json.dumps(file))
    now["metadata"]["widgets"] = {"state": "Ann Example"}
    for cell in now["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [{"data": {"text/plain": "Ann Example"}}], 9
    as_it_was(now, file)
    assert now == file
    changed = next(cell for cell in now["cells"] if cell.get("outputs"))
    changed["source"] = ["1 + 1"]
    as_it_was(now, file)
    assert changed["outputs"] == []
    other = {"metadata": {}, "cells": [{"cell_type": "code", "id": "a", "source": "1", "outputs": [1], "metadata": {}}]}
    as_it_was(other, {})
    assert other["cells"][0]["outputs"] == [1]


# Detail on demand.


def test_a_form_or_picture_is_made_when_it_is_opened_and_follows_while_it_is():
    """Nothing is made before; opened it is renewed with the folder; put away again it is gone."""
    from seskit.desk.opener.folds import folded
    from seskit.desk.opener.view import View

    made = []

    @folded("More of it")
    def more(read):
        made.append(read)
        return Table("More", ("a",), (("1",),))

    walk = Walk("report", "A walk", "DPW", lambda *_: len(made))
    desk = Desk(walk, "")
    desk.choose(SAMPLES / "DPW")
    view = View(desk, more)
    assert (made, view._button.description) == ([], "Show: More of it")
    view._button.click()
    view.renew()
    assert len(made) == 2
    assert "More" in view._body.children[0].value
    assert view._button.description == "Hide: More of it"
    view._button.click()
    view.renew()
    assert (len(made), view._body.children) == (2, ())


def test_files_that_take_seconds_are_asked_for_with_each_agency():
    """Another agency puts them away, unmade; the same agency read again makes them anew."""
    from seskit.desk.opener.folds import folded
    from seskit.desk.opener.view import View

    made = []

    @folded("The files", each=True)
    def files(read):
        made.append(read)
        return Table("Files", ("a",), (("1",),))

    desk = Desk(plain_walk(), "")
    desk.choose(SAMPLES / "DPW")
    view = View(desk, files)
    view._button.click()
    view.renew()
    assert len(made) == 2
    desk.choose(SAMPLES / "ASR")
    view.renew()
    assert (len(made), view._button.description, view._body.children) == (2, "Show: The files", ())
    view._button.click()
    assert made[-1][0].name == "ASR"


def test_a_long_table_shows_its_first_rows_and_all_below():
    """Three of twelve, the rest to open; a short one is shown whole."""
    from seskit.desk.opener import folds

    rows = tuple((str(number), "x") for number in range(12))
    said = str(folds.short(Table("People", ("a", "b"), rows)))
    assert said.index("People (the first 3 of 12)") < said.index("<details") < said.index("All 12 rows of: People")
    assert said.count("<tr>") == 1 + 3 + 1 + 12
    assert folds.short(Table("People", ("a", "b"), rows[:7])) is None
    assert folds.short(Table("Long", ("a", "b"), tuple((one, "x" * 600) for one, _ in rows[:5]))) is not None


def test_every_form_and_picture_of_a_walk_is_behind_a_button():
    """What a walk makes of widgets or charts has words on its button, so that no walk is longer than it must be."""

    def shown(name):
        return f"seskit.desk.{name}.", "seskit.paper."

    met = 0
    for name in ("report", "appraisal", "certification", "pay_setting", "staffing"):
        walk = import_module(f"seskit.desk.{name}.walk")
        pieces = [
            one for one in vars(walk).values() if inspect.isfunction(one) and one.__module__.startswith(shown(name))
        ]
        for piece in pieces:
            drawn = "Chart" in str(inspect.signature(piece).return_annotation)
            if drawn or re.search(r"Prefilled\(|FormPanel\(|charts\.", inspect.getsource(piece)):
                met += 1
                assert getattr(piece, "folded", ""), f"{name}: {piece.__name__}"
    assert met >= 24


# What changed since the last time.


def test_the_files_say_what_changed_since_the_last_time(tmp_path):
    """The first time nothing is compared; then nothing changed; then the files that differ, and the figures."""
    folder = copied("ASR", tmp_path)
    desk = Desk(report_walk.WALK, folder, tmp_path / "out")
    assert desk.made(report_walk.files).since == ()
    desk.renew()
    assert desk.made(report_walk.files).since == ("Nothing changed since the last time.",)
    text = (folder / "agency.yaml").read_text(encoding="utf-8")
    name = agency_file.read(folder).agency.name
    (folder / "agency.yaml").write_text(text.replace(name, "Another Office of Tests"), encoding="utf-8")
    desk.renew()
    shown = desk.made(report_walk.files)
    assert re.match("Changed since the last time: .*forms.json", shown.since[0])
    assert any(f"Another Office of Tests, was {name}" in line for line in shown.since)
    assert shown.live_html().index("Changed since") < shown.live_html().index("<table")
    assert "since" not in repr(shown)


def test_files_that_people_open_come_first_and_the_corrected_roster_is_among_them(tmp_path):
    """The page, the workbook and the PDF, then data; the corrected roster with its log is there once it was saved."""
    folder = copied("DPW", tmp_path)
    desk = Desk(report_walk.WALK, folder, tmp_path / "out")
    names = [row[0] for row in desk.made(report_walk.files).table.rows]
    kinds = list(dict.fromkeys(Path(name).suffix for name in names))
    assert kinds[0] == ".html"
    assert kinds[-1] == ".json"
    assert not any(name.startswith("roster.") for name in names)
    found = corrections.open_folder(folder)
    found.set(2, "name", "Falk, Ida", when="2003-01-02T08:00:01", why="personnel file")
    found.save(when="2003-01-02T08:00:02")
    desk.renew()
    shown = desk.made(report_walk.files)
    personal = {row[0]: row[1] for row in shown.table.rows}
    for name in (f"roster.corrected{found.original.suffix}", "roster.corrections.csv"):
        assert personal[name].startswith("yes")
        assert f"download='{name}'" in shown.live_html()
        assert "href" not in shown._repr_html_()


def test_the_people_by_plan_are_all_people_read(tmp_path):
    """A row that is in no plan, such as a total, is a line of its own, so that the lines add up to what was read."""
    place = Path(shutil.copytree(SAMPLES / "ASR", tmp_path / "ASR"))
    with (place / "roster.csv").open("a", encoding="utf-8") as file:
        file.write("TOTAL\n")
    seen = overview.look(place)
    assert seen.by_plan[-1] == ("", "Rows in no plan of agency.yaml", 1)
    assert sum(count for *_, count in seen.by_plan) == seen.people
    assert "1 plan;" in seen.says


def test_no_roster_is_no_clean_roster(tmp_path):
    """Where nothing was read nothing is said to be without problems."""
    place = tmp_path / "ASR"
    place.mkdir()
    shutil.copy(SAMPLES / "ASR" / "agency.yaml", place)
    assert "No problems were found" not in overview.look(place).to_html()


def test_a_new_agency_of_a_later_year_is_told_what_opm_takes():
    """Before anything is typed into a form: from 2005 the layout is another."""
    facts = {"name": "Office of Tests", "code": "OOT", "plans": [PLAN]}
    new = NewAgency(lambda _: None).question
    assert not new(**facts, fiscal_year=2004).cautions
    (caution,) = new(**facts, fiscal_year=2026).cautions
    assert "not the one OPM uses for fiscal year 2026" in caution


def test_what_changed_is_told_by_form_and_item(tmp_path):
    """Neither a key nor a place in a list is shown where the data say what they are."""
    package = report_work.open_folder(SAMPLES / "DPW").complete()
    written = package.write(tmp_path, ["json"])
    was = since.before(tmp_path)
    (data,) = [path for path in written if path.name == "forms.json"]
    text = data.read_text(encoding="utf-8")
    data.write_text(text.replace('"441310.00"', '"441311.00"'), encoding="utf-8")
    assert "Form 1558, plan oct, item 5: 441,311.00, was 441,310.00" in since.changed(was, written)


def test_of_problems_only_their_number_is_told(tmp_path):
    """A problem that went is no figure by its place in a program."""
    file = tmp_path / "forms.json"
    file.write_text('{"problems": [{"column": "plans.1.awards.determined_on"}, {"column": "award"}], "year": "2002"}')
    was = since.before(tmp_path)
    file.write_text('{"problems": [{"column": "award"}], "year": "2003"}')
    assert since.changed(was, [file])[1:] == ["Problems: 1, was 2", "Year: 2,003, was 2,002"]


def test_a_header_further_down_is_said_at_the_first_reading(tmp_path):
    """With its row and where to confirm it, in the place of the list of all columns; nothing where none was found."""
    folder = copied("ASR", tmp_path)
    text = (folder / "roster.csv").read_text(encoding="utf-8")
    (folder / "roster.csv").write_text("Department of Tests\nAs of today\n" + text, encoding="utf-8")
    said = "Row 3 looks like the header: confirm it under 'Correct problems here'."
    seen = overview.look(folder)
    assert seen.people == 0
    assert said in seen.says
    assert [one.fix for one in seen.problems if one.file == "roster"] == [said]
    found = corrections.open_folder(folder)
    found.accept("layout:table", when="2003-01-02T08:00:01")
    assert "looks like the header" not in overview.look(folder).says
    (folder / "roster.readings.yaml").unlink()
    (folder / "roster.csv").write_text("a,b\nc,d\n", encoding="utf-8")
    assert "looks like the header" not in overview.look(folder).says
