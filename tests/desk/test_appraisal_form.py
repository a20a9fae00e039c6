"""Drafting in the form: what is saved reads back as it was, nothing that was there is lost, faults are told."""

import datetime
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from seskit.desk import widgets
from seskit.desk.appraisal import plan_form, show, walk
from seskit.desk.opener.front import Front
from seskit.desk.opener.state import Desk
from seskit.formats import strict_yaml
from seskit.record.appraisal.plan_document import blank, files
from seskit.work.appraisal import plan_document

SAMPLE = Path("notebooks/sample/agencies/DBT")
GAP = "data_source, row 3.1"
AWKWARD = [
    "yes", "no", "2", "1:30", "1,200", "2024-09-30", "null", "~", "a: b", "# none", "- x", "", "'", '"', "{}", "[1]",
    "0012", "1e3", "é — ü", "two\nlines\n", "two\r\nlines", " around ", "%x", "@x", "&x", "*x", "!x", "x" * 400, "=", "\t",
    "\x85", "\u2028", "a\rb", "\ufeff",
]  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    own = Path(shutil.copytree(SAMPLE, tmp_path / "DBT"))
    (own / "notes.txt").write_text("An agency of one's own, and no sample.")
    return own


@pytest.fixture
def panel(folder):
    return widgets.FormPanel(show.form(folder, folder.parent / "out"))


def enter(panel, name, text, *row):
    """Type a text into an entry of the form, or into a field of a row of its elements and their requirements."""
    boxes = list(panel.entries.values())
    for number in row:
        rows = next(box for box in boxes if box.slot.name in ("elements", "requirements"))
        boxes = rows.rows[number - 1]
    next(box for box in boxes if box.slot.name == name).widget.value = text


def saved(panel):
    panel.button.click()
    return panel.kept


def test_the_form_is_filled_from_the_plan_and_names_every_gap(panel):
    """The three gaps stand first, with their rows as the form's labels count them; the balance is counted at once."""
    assert panel.result.says.endswith("Requirements: results 3, customers 1, employees 1. Gaps: 3, named first below.")
    named = [reason.text for reason in panel.result.reasons[:3]]
    assert named[0].startswith("Business Acumen, requirement 1 (row 3.1): Write the data source")
    assert [text.partition(" (")[2].partition(")")[0] for text in named] == ["row 3.1", "row 5", "row 5.1"]
    assert panel.button.description == "Save the plan and print it"
    assert panel.kept.startswith("Not saved")


def test_what_is_drafted_in_the_form_is_saved_and_printed(folder, panel):
    """The entry typed is in plan.yaml and nothing else has changed; the former file is kept byte for byte."""
    former, before = (folder / "plan.yaml").read_bytes(), plan_document.read(folder).plan
    assert "The plan.yaml there is kept as plan.before.yaml." in panel.form.will()
    enter(panel, "data_source", "audit log", 3, 1)
    told = saved(panel)
    assert told.startswith("Saved: plan.yaml. The previous plan.yaml is kept as plan.before.yaml. Printed into ")
    assert "It is a draft; still open: 2. Results Driven (row 5): Say" in told
    after = plan_document.read(folder).plan
    requirement = before.elements[2].requirements[0].model_copy(update={"data_source": "audit log"})
    element = before.elements[2].model_copy(update={"requirements": (requirement,)})
    assert after == before.model_copy(update={"elements": (*before.elements[:2], element, *before.elements[3:])})
    assert (folder / "plan.before.yaml").read_bytes() == former
    assert {path.name for path in (folder.parent / "out").iterdir()} == {
        "written.json",
        *(f"performance_plan.{kind}" for kind in ("docx", "pdf", "html", "xlsx")),
    }
    assert "kept as plan.before-2.yaml" in panel._will.value


def test_a_complete_plan_is_said_to_be_complete(panel):
    """With its three gaps filled nothing is open."""
    enter(panel, "data_source", "audit log", 3, 1)
    enter(panel, "standard", "Delivers the agreed results on the day.", 5)
    enter(panel, "page", "14", 5, 1)
    assert "Gaps" not in panel.message
    assert saved(panel).endswith("The plan is complete.")


def test_saving_again_keeps_every_former_plan(folder, panel):
    """An unchanged plan is left alone; each changed one keeps the one before it under the next free name."""
    enter(panel, "position", "First")
    saved(panel)
    assert "says so already" in saved(panel)
    enter(panel, "position", "Second")
    assert panel.kept.startswith("Not saved")
    saved(panel)
    kept = [plan_document.read(folder / f"plan{name}.yaml").plan.position for name in (".before", ".before-2", "")]
    assert kept == ["Director of Toll Policy", "First", "Second"]
    assert not (folder / "plan.before-3.yaml").exists()


def test_a_file_changed_meanwhile_is_told_before_it_is_replaced(folder, panel):
    """The first press writes nothing and says what the second will do; the second keeps the other's work."""
    other = (folder / "plan.yaml").read_text(encoding="utf-8").replace("Toll Policy", "Bridge Policy")
    (folder / "plan.yaml").write_text(other, encoding="utf-8")
    told = saved(panel)
    assert told.startswith("Nothing was saved. The plan.yaml in the folder is not the one this form was filled from.")
    assert (folder / "plan.yaml").read_text(encoding="utf-8") == other
    assert not (folder / "plan.before.yaml").exists()
    assert not (folder.parent / "out").exists()
    assert saved(panel).startswith("Saved")
    assert (folder / "plan.before.yaml").read_text(encoding="utf-8") == other


def test_a_plan_that_cannot_be_read_is_not_replaced_at_once(folder):
    """The form then holds the newest basic plan; the broken file is told and kept."""
    (folder / "plan.yaml").write_text("executive: [", encoding="utf-8")
    panel = widgets.FormPanel(show.form(folder, folder.parent / "out"))
    assert panel.message == "To be filled in: Executive."
    panel.fill(executive="DBT002")
    assert "is not the one this form was filled from" in saved(panel)
    assert saved(panel).startswith("Saved")
    assert (folder / "plan.before.yaml").read_text(encoding="utf-8") == "executive: ["


def test_a_workbook_is_kept_and_the_plan_goes_on_as_yaml(folder):
    """plan.xlsx moves aside, so that one plan stands in the folder, not two."""
    plan = plan_document.read(folder).plan
    (folder / "plan.yaml").unlink()
    book = folder / "plan.xlsx"
    book.write_bytes(blank.workbook(plan))
    former = book.read_bytes()
    panel = widgets.FormPanel(show.form(folder, folder.parent / "out"))
    assert "The plan.xlsx there is kept as plan.before.xlsx." in panel.form.will()
    assert "The previous plan.xlsx is kept as plan.before.xlsx." in saved(panel)
    assert plan_document.read(folder).plan.elements[0] == plan.elements[0]
    assert (folder / "plan.before.xlsx").read_bytes() == former
    assert not book.exists()


def test_a_plan_is_made_from_nothing(tmp_path):
    """In an empty folder the executive is asked for; then plan.yaml is written, and there is nothing to keep."""
    panel = widgets.FormPanel(show.form(tmp_path, tmp_path / "out"))
    assert saved(panel) == "Nothing was saved. To be filled in: Executive."
    panel.fill(executive="K-1")
    assert saved(panel).startswith("Saved: plan.yaml. Printed")
    made = plan_document.read(tmp_path).plan
    assert made.executive == "K-1"
    assert [element.name for element in made.elements] == [element.name for element in blank.empty().elements]
    assert not list(tmp_path.glob("*before*"))


@pytest.fixture
def without(folder):
    """The agency without a plan; its period is October 1, 2023 to September 30, 2024."""
    (folder / "plan.yaml").unlink()
    return folder


def test_a_new_plan_begins_with_the_period_of_the_agency(without):
    """From agency.yaml, with the elements of OPM's basic system of that time; before there was one, with none."""
    panel = widgets.FormPanel(show.form(without, without.parent / "out"))
    assert panel.message == "To be filled in: Executive."
    panel.fill(executive="DBT002")
    given = panel.result.facts
    assert (str(given["as_of"]), str(given["period_end"]), given["plan"]) == ("2023-10-01", "2024-09-30", "basic-2012")
    assert saved(panel).startswith("Saved: plan.yaml.")
    about = without / "agency.yaml"
    about.write_text(about.read_text().replace("2023-10-01", "2001-10-01").replace("2024-09-30", "2002-09-30"))
    (without / "plan.yaml").unlink()
    facts = show.form(without, without.parent / "out").facts
    assert (facts["plan"], facts["elements"]) == ("agency", [])


def test_a_plan_of_a_later_system_is_refused_in_words(without):
    """What is in the way, the day from which it would do, and the two entries that settle it."""
    panel = widgets.FormPanel(show.form(without, without.parent / "out"))
    panel.fill(executive="DBT002", plan="basic-2025")
    assert saved(panel) == (
        "Nothing was saved. OPM's basic system of 2025 is for appraisal periods that begin on or after 2025-10-01; this one "
        "begins on 2023-10-01. Choose the basic system of 2012 or the agency's own plan in 'Plan in use', or correct the "
        "first day of the period."
    )
    assert not (without / "plan.yaml").exists()


def test_a_gap_that_no_rule_knows_is_named_at_once(without):
    """The rules are met, the executive is nobody's: no 'passes every check', and the gap is in what decides."""
    shutil.copy(SAMPLE / "plan.yaml", without / "plan.yaml")
    form = show.form(without, without.parent / "out")
    panel = widgets.FormPanel(form)
    enter(panel, "data_source", "Accounting reports", 3, 1)
    for row in (5,):
        enter(panel, "standard", "Fully successful: as agreed", row)
    enter(panel, "document", "Strategic plan", 5, 1)
    panel.fill(executive="DBT999")
    gap = panel.result.deciding[0].text
    assert gap.startswith("Executive (the form): 'DBT999' is not on the roster")
    assert "passes every check" not in panel.result.says
    assert f"Gaps: {len([one for one in panel.result.reasons if one.decides])}, named first below." in panel.result.says


def test_what_is_saved_is_on_the_page_at_once(without, tmp_path):
    """The page that said there is no plan shows it after the press, and the form keeps its words."""
    desk = Desk(walk.WALK, "", tmp_path / "out")
    desk.choose(without)
    front = Front(desk)
    said, made = desk.show(walk.gaps), None
    view = desk.show(walk.draft)
    view.turn()
    (made,) = view._parts
    assert show.NOT_YET in said.children[0].value
    made.fill(executive="DBT002")
    made.button.click()
    assert made.kept.startswith("Saved: plan.yaml.")
    assert view._parts == [made]
    assert show.NOT_YET not in said.children[0].value
    assert front.desk.read.plan is not None


def test_a_blank_workbook_goes_on_in_the_form(tmp_path):
    """What stands for the executive in a blank plan is asked for, not taken."""
    blank.write(tmp_path)
    assert widgets.FormPanel(show.form(tmp_path, tmp_path / "out")).message == "To be filled in: Executive."


@pytest.mark.parametrize(("name", "row", "place"), [
    ("position", (), "Position"), ("executive", (), "Executive"),
    ("standard", (2,), "Standard, row 2"), ("data_source", (3, 1), "Data source, row 3.1"),
])  # fmt: skip
def test_a_number_shaped_like_an_ssn_is_refused_with_its_place(folder, panel, name, row, place):
    """Nothing is written, the place is named, and the number is not repeated."""
    before = sorted(path.name for path in folder.iterdir())
    enter(panel, name, "see 666-12-3456", *row)
    assert panel.result is None
    assert panel.message.startswith(f"{place}: looks like a Social Security number")
    told = saved(panel)
    assert told.startswith(f"Nothing was saved. {place}: looks like a Social Security number")
    assert "3456" not in told
    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_wrong_entry_is_named_and_nothing_is_saved(folder, panel):
    """A day that is none, and a period that ends before it begins."""
    before = (folder / "plan.yaml").read_bytes()
    enter(panel, "consulted_on", "2023-13-01")
    assert saved(panel).startswith(
        "Nothing was saved. Consultation signed or noted on: '2023-13-01' is not a day in the calendar"
    )
    enter(panel, "consulted_on", "")
    enter(panel, "period_end", "2023-09-30")
    assert "the period ends on 2023-09-30, before it begins on 2023-10-01" in saved(panel)
    assert (folder / "plan.yaml").read_bytes() == before


def test_an_executive_who_is_not_on_the_roster_is_a_gap_in_the_form(panel):
    """The form knows the roster beside the plan."""
    enter(panel, "executive", "DBT999")
    assert panel.result.reasons[0].text.startswith("Executive (the form): 'DBT999' is not on the roster")


def test_a_plan_that_cannot_be_printed_is_saved_all_the_same(folder, panel):
    """A file stands where the folder for the print should be: said so, and the draft is safe."""
    (folder.parent / "out").write_text("")
    enter(panel, "position", "Changed")
    told = saved(panel)
    assert told.startswith("Saved: plan.yaml.")
    assert "It could not be printed into" in told
    assert plan_document.read(folder).plan.position == "Changed"


def test_a_folder_closed_to_writing_is_told(folder, panel, monkeypatch):
    """The reason is said in words without the machine's path, and the plan is as it was."""

    def closed(path, _, **_more):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(plan_form, "whole", closed)
    enter(panel, "position", "Changed")
    told = saved(panel)
    assert told.startswith("Saving stopped: Permission denied. Close the folder's files")
    assert str(folder) not in told
    assert plan_document.read(folder).plan.position == "Director of Toll Policy"


@pytest.mark.parametrize("awkward", AWKWARD)
def test_any_text_reads_back_as_it_was_written(tmp_path, awkward):
    """Words that YAML would take for something else, marks, lines and letters of any kind."""
    plan = plan_document.read(SAMPLE).plan
    item = plan.elements[0].requirements[0].model_copy(update={"text": awkward, "measure": awkward, "own": False})
    element = plan.elements[0].model_copy(
        update={"requirements": (item,), "critical": False, "weight": Decimal("12.50"), "standard": awkward}
    )
    plan = plan.model_copy(update={"elements": (element, *plan.elements[1:]), "position": awkward})
    (tmp_path / "plan.yaml").write_bytes(files.text(plan).encode())
    opened = plan_document.read(tmp_path)
    assert opened.problems == ()
    assert opened.plan == plan


def test_yaml_is_written_as_people_write_it():
    """Yes and no, days, and exact decimals; a value that appears twice is written twice."""
    day = datetime.date(2024, 9, 30)
    tree = {"a": True, "b": [day, day], "c": Decimal("12.50"), "d": Decimal(10), "e": "yes"}
    text = strict_yaml.dump(tree)
    assert text == "a: yes\nb:\n- 2024-09-30\n- 2024-09-30\nc: 12.50\nd: 10\ne: 'yes'\n"
    assert strict_yaml.load(text) == tree
