"""An export read on the screen: mapped column by column, looked at before anything is written, kept as a recipe."""

import csv
import html
import io

import ipywidgets
import pytest
import yaml

from seskit.desk.opener import exported, places
from seskit.desk.opener.sections import EXPORT, of
from seskit.desk.report import walk as report_walk
from seskit.desk.widgets.importing import Importing
from seskit.law.facts import FactError
from seskit.record import people_import
from seskit.record.forms.labels import label as column_label
from seskit.record.people_import.draft import ImportDraft, open_export
from seskit.record.roster import read
from tests.exported import PAYROLL
from tests.opened_desk import LONG_AGO, made, opener
from tests.places import SAMPLES

pytestmark = pytest.mark.usefixtures("home")
#: Headings and codes that nothing can be guessed from.
STRANGE = """Q1,Q2,Q3,Q4,Q5,Q6
71-A,AA,168000,VI,04.12.2012,East
72-B,BB,150000,VII,05.12.2012,West
73-C,ZZ,150000,,13.12.2012,West
"""


@pytest.fixture
def folder(tmp_path):
    """An agency's folder without a roster."""
    made(tmp_path)
    return tmp_path / "OOT"


def panel(text, folder, tmp_path, plans=("main",)):
    """The panel of an export, and what was written."""
    (tmp_path / "export.csv").write_text(text, encoding="cp1252")
    written = {}
    return Importing(open_export(tmp_path / "export.csv", folder), written.update, plans), written


def entry(shown, words):
    """The entry with these words in its label."""
    found = [
        one for one in everything(shown) if words in plain(getattr(one, "description", "")) and hasattr(one, "value")
    ]
    assert len(found) == 1, [one.description for one in found]
    return found[0]


def everything(one):
    yield one
    for child in getattr(one, "children", ()):
        yield from everything(child)


def people(written):
    return list(csv.DictReader(io.StringIO(written["roster.csv"].decode())))


def test_what_is_guessed_is_shown_and_written_as_the_command_writes_it(folder, tmp_path):
    """The same roster as from the command, a recipe that is accepted, and no name on the screen or in the file."""
    shown, written = panel(PAYROLL, folder, tmp_path)
    entry(shown, ">Other rows<").value = "2"
    assert "&#x27;2&#x27; is not a row of the export" in shown.status.value or "'2' is not a row" in shown.status.value
    entry(shown, ">Other rows<").value = "5"
    assert "3 people on the roster" in shown.status.value
    entry(shown, "Leave out row 5, number 0004711").value = False
    assert "4 people on the roster" in shown.status.value
    assert entry(shown, ">Person number<").value == "EMPLID"
    assert entry(shown, "'10 - SES Career'").value == "career"
    everywhere = [
        str(getattr(one, name, "")) for one in everything(shown) for name in ("value", "options", "description")
    ]
    for name in ("ADAMS", "AVERY", "EAST", "EMERY"):
        assert not [text for text in everywhere if name in text]
    shown.write()
    people_import.run(tmp_path / "export.csv", tmp_path / "cli", accept=True)
    assert written["roster.csv"] == (tmp_path / "cli" / "roster.csv").read_bytes()
    assert yaml.safe_load(written["people.yaml"])["accepted"] in (True, "yes")


def test_that_no_heading_holds_the_awards_is_said_on_the_page(folder, tmp_path):
    """Where two may hold them; the answer is kept with the recipe, and can be taken back."""
    two = PAYROLL.replace("Perf Award Amt", "Perf Award Amt;Bonus Paid").replace("12,000.00", "12,000.00;12,000.00")
    shown, written = panel(two, folder, tmp_path)
    said = "None of these holds the performance awards: Perf Award Amt, Bonus Paid"
    assert "may hold it" in plain(shown.preview.value)
    for answer in (True, False, True):
        entry(shown, said).value = answer
        assert ("may hold it" in plain(shown.preview.value)) is not answer
    shown.write()
    assert yaml.safe_load(written["people.yaml"])["unused"] == ["Perf Award Amt", "Bonus Paid"]


def test_a_question_of_an_export_is_answered_before_anything_is_written(folder, tmp_path):
    """Each answer is kept with the recipe, and can be taken back."""
    told = PAYROLL.replace("Perf Award Amt", "Perf Award Amt;Emp Status").replace("12,000.00", "12,000.00;Retired")
    (tmp_path / "export.csv").write_text(told, encoding="cp1252")
    draft = open_export(tmp_path / "export.csv", folder)
    ((head, (says, right)),) = draft.questions(draft.came_to()[0]).items()
    assert (head, right, "says 'retired'" in says) == ("Emp Status", False, True)
    for answer in (True, False):
        with pytest.raises(FactError, match="Answer what is asked under 'Questions' first"):
            draft.files()
        draft.right(head, said=answer)
        assert dict(draft.questions(draft.came_to()[0])) == {head: (says, answer)}
        if answer:
            kept = draft.files()["people.yaml"]
            assert yaml.safe_load(kept)["unused"] == ["Emp Status"]
            draft.right(head, said=False)
    (folder / "people.yaml").write_bytes(kept)
    again = open_export(tmp_path / "export.csv", folder)
    assert again.questions(again.came_to()[0]) == {head: (says, True)}
    again.right(head, said=False)
    assert again.came_to()[0].open == {head: says}


def test_an_answer_about_people_holds_for_these_people_alone(folder, tmp_path):
    """Another row, another word or the report of another year is asked again; a heading that says two things asks both."""
    export, file = PAYROLL.replace("Perf Award Amt", "Perf Award Amt;Remarks"), tmp_path / "export.csv"

    def asked(first, second=""):
        remarks = export.replace("Outstanding;12,000.00", f"Outstanding;12,000.00;{first}").replace(
            "0;4;", f"0;4;;{second}"
        )
        file.write_text(remarks, encoding="cp1252")
        return open_export(file, folder).came_to()[0].open.get("Remarks", "")

    assert asked("retired").endswith(" (row 5, number 0004711)")
    draft = open_export(file, folder)
    draft.right("Remarks", said=True)
    (folder / "people.yaml").write_bytes(draft.files()["people.yaml"])
    assert not asked("retired")
    assert "says 'resigned'" in asked("resigned")
    assert "(row 5, number 0004711; row 6, number 0004712)" in asked("retired", "retired")
    assert "names an Inspector General office in 1 row, where ig_office is no (row 6" in asked(
        "retired", "detail to OIG"
    )
    draft = open_export(file, folder)
    draft.keep("Remarks", ["", "retired", "detail to OIG"])
    assert "names an Inspector General office" in draft.came_to()[0].open["Remarks"]
    draft.keep("Remarks", ["", "retired"])
    assert "Remarks" not in draft.came_to()[0].open
    agency = folder / "agency.yaml"
    agency.write_text(agency.read_text(encoding="utf-8").replace("2002", "2003"), encoding="utf-8")
    assert "says 'retired' of 1 person" in asked("retired")


def test_a_column_of_days_is_no_rating_whatever_its_heading(folder, tmp_path):
    """The rating of the last year is taken, and the days are those of the rating."""
    table = ["Emp ID;FY21 Rating;FY22 Rating;Rating Approved", "7;4;3;11/04/2022", "8;5;5;11/04/2022"]
    (tmp_path / "export.csv").write_text("\n".join(table), encoding="cp1252")
    columns = open_export(tmp_path / "export.csv", folder).recipe.columns
    assert (columns["rating"], columns["rating_date"]) == ("FY22 Rating", "Rating Approved")


def shown_labels(shown):
    return " ".join(getattr(one, "description", "") for one in everything(shown))


def test_an_export_that_says_nothing_is_mapped_by_hand(folder, tmp_path):
    """Column, value, date and row chosen on the screen; what is left unknown is kept as it is and named."""
    shown, written = panel(STRANGE, folder, tmp_path)
    assert "0 people" in shown.status.value
    shown.write()
    assert "which column holds the person&#x27;s number" in shown.status.value
    assert not written
    for column, head in (
        ("person_id", "Q1"), ("appointment_type", "Q2"), ("basic_pay_period_end", "Q3"), ("basic_pay_fy_end", "Q3"),
        ("rating", "Q4"), ("rating_date", "Q5"),
    ):  # fmt: skip
        entry(shown, f">{column_label(column)}<").value = head
    entry(shown, "AA").value = "career"
    entry(shown, "BB").value = "noncareer"
    entry(shown, "VII").value = "4"
    entry(shown, "Plan of everybody").value = "main"
    assert entry(shown, "Dates in Q5").value == "day first"
    assert "Not understood, Appointment type (appointment_type) kept as it is: 'ZZ' (row 4)" in plain(
        shown.preview.value
    )
    assert "Not understood, rating kept as it is: 'VI' (row 2)" in plain(shown.preview.value)
    entry(shown, "Keep only rows by").value = "Q2"
    entry(shown, "Keep rows with 'ZZ'").value = False
    assert "2 people" in shown.status.value
    shown.write()
    first, second = people(written)
    assert (first["person_id"], first["appointment_type"], first["plan"]) == ("71-A", "career", "main")
    assert (first["rating"], first["rating_date"], second["rating"]) == ("VI", "2012-12-04", "4")


def plain(made):
    return html.unescape(str(made))


def test_next_year_the_answers_are_there(folder, tmp_path):
    """The recipe in the folder is used: nothing is asked again, a heading that is gone is named."""
    shown, written = panel(STRANGE, folder, tmp_path)
    entry(shown, ">Person number<").value = "Q1"
    entry(shown, ">Appointment type<").value = "Q2"
    entry(shown, "AA").value = "career"
    shown.write()
    exported.keep(folder, written)
    again, written = panel(STRANGE.replace("71-A", "91-A"), folder, tmp_path)
    assert again.draft.again
    assert entry(again, "AA").value == "career"
    again.write()
    assert people(written)[0]["person_id"] == "91-A"
    gone, _ = panel(STRANGE.replace("Q2", "Q9"), folder, tmp_path)
    assert "The export has no column 'Q2'" in plain(gone.status.value)
    entry(gone, ">Appointment type<").value = "Q9"
    assert "3 people" in gone.status.value


def test_another_row_may_hold_the_headings(folder, tmp_path):
    """The headings are read from the row chosen, and guessed from it."""
    shown, _ = panel("a,b\n" + PAYROLL.replace(";", ","), folder, tmp_path)
    right = shown.header.value
    shown.header.value = 1
    assert "0 people" in shown.status.value
    shown.header.value = right
    assert entry(shown, ">Person number<").value == "EMPLID"


def test_numbers_that_may_be_social_security_numbers_are_refused_on_the_screen(folder, tmp_path):
    """The column cannot be used; its values are nowhere on the screen."""
    digits = "".join(map(str, range(9)))
    shown, written = panel(f"Number,Appointment type\n{digits},career\n", folder, tmp_path)
    entry(shown, ">Person number<").value = "Number"
    assert "could be Social Security numbers" in shown.status.value
    shown.write()
    assert not written
    assert digits not in shown_labels(shown) + shown.preview.value + shown.status.value


def test_in_the_walk_an_export_becomes_the_roster_and_everything_is_read_anew(tmp_path):
    """Chosen in the browser, mapped, written; a former roster and recipe are kept, the upload leaves the widget."""
    front = opener()
    made(tmp_path)
    folder = tmp_path / "OOT"
    (folder / "roster.xlsx").write_bytes((SAMPLES / "DPW" / "roster.csv").read_bytes())
    (folder / "people.yaml").unlink(missing_ok=True)
    front.choose(folder)
    front.show(EXPORT)
    place = front._place.children[0]
    upload = next(one for one in place.children if isinstance(one, ipywidgets.FileUpload))
    given = {"name": "x.csv", "type": "", "size": 1, "content": memoryview(PAYROLL.encode()), "last_modified": LONG_AGO}
    upload.set_trait("value", (given,))
    assert upload.value == ()
    (shown,) = place.children
    assert isinstance(shown, Importing)
    shown.write()
    assert front.message.startswith("Saved as roster.csv. Office of Own Tests, fiscal year 2002: 4 people")
    assert (folder / "roster.before.xlsx").is_file()
    assert not (folder / "roster.xlsx").exists()
    assert len(read(folder).people) == 4
    assert people_import.read(folder / "people.yaml").record.accepted


def test_a_path_may_be_named_and_a_wrong_one_is_said(tmp_path):
    """As the roster's own button does."""
    front = opener()
    made(tmp_path)
    front.choose(tmp_path / "OOT")
    front.show(EXPORT)
    (_, _, typed, button) = front._place.children[0].children
    typed.value = str(tmp_path / "nowhere.csv")
    button.click()
    assert front.message.startswith("There is no file 'nowhere.csv'")
    (tmp_path / "e.csv").write_text(PAYROLL)
    typed.value = str(tmp_path / "e.csv")
    button.click()
    assert isinstance(front._place.children[0].children[0], Importing)


def test_a_sample_is_left_alone_and_only_the_report_has_the_button(tmp_path):
    """The export is of use where a roster is the subject."""
    front = opener()
    front.show(EXPORT)
    assert "Samples cannot be changed" in front._place.children[0].children[0].value
    assert EXPORT in of(report_walk.WALK)
    from seskit.desk.staffing import walk as other

    assert EXPORT not in of(other.WALK)
    with pytest.raises(FactError, match="Samples cannot be changed"):
        exported.keep(places.sample("DPW"), {"people.yaml": b"", "roster.csv": b"person_id\n1\n"})


@pytest.mark.parametrize("table", [[], [[]], [["", ""]]])
def test_an_empty_export_is_refused(table):
    """In a sentence."""
    with pytest.raises(FactError, match="empty"):
        ImportDraft(table)
