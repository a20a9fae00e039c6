"""A pay worksheet begun on the page: pay.yaml by its form, the worksheet with the roster's people, and back again filled in."""

from __future__ import annotations

import html
from copy import deepcopy
from pathlib import Path
from typing import Any, get_args

import pytest

from seskit.desk import widgets
from seskit.desk.opener.file_editor import Editor
from seskit.desk.pay_setting import walk
from seskit.desk.pay_setting.terms_form import Explained, TermsForm
from seskit.law.facts import FactError
from seskit.law.pay_setting.adjust import adjust
from seskit.record.forms import back, book
from seskit.record.forms.draft import Draft
from seskit.record.forms.known import declared
from seskit.record.forms.labels import in_labels, label
from seskit.record.pay_setting.worksheet.entries import FORM, LABELS, where
from seskit.record.pay_setting.worksheet.reading import Terms
from seskit.work.pay_setting.folder import ABSENT, open_folder
from seskit.work.pay_setting.worksheet import finding
from tests.closeouts import folder, person

PEOPLE = [person("A1", 5, 200000), person("A2", 3, 190000), person("A3", 4, 180000)]
WORKSHEET = declared("pay")


def begun(place: Path) -> Path:
    """An agency with a roster and no worksheet; two amounts of one person differ."""
    made = folder(place, PEOPLE)
    roster = made / "roster.csv"
    roster.write_text(roster.read_text().replace("career,180000,180000", "career,182000,180000"))
    return made


def terms(place: Path, **facts: Any) -> widgets.FormPanel:
    """The form of pay.yaml, filled in and saved."""
    panel = widgets.FormPanel(TermsForm(place, lambda _: None))
    panel.fill(effective="2025-01-12", awards_paid_on="12/20/2024", **facts)
    panel.save()
    return panel


def test_a_worksheet_is_begun_with_what_the_roster_says_and_nothing_else(tmp_path: Path) -> None:
    """Number, type, rating and rate; a rate that the roster says in two ways stays blank and is asked for."""
    draft = Draft(WORKSHEET, begun(tmp_path))
    assert draft.rows(WORKSHEET.sheets[0]) == [
        {"person_id": "A1", "appointment_type": "career", "rating": "5", "rate": "200000"},
        {"person_id": "A2", "appointment_type": "career", "rating": "3", "rate": "190000"},
        {"person_id": "A3", "appointment_type": "career", "rating": "4"},
    ]
    assert [(fault.row, fault.column, fault.reason) for fault in draft.faults] == [(3, "rate", "needed, and blank")]
    assert "3 executives" in draft.begun
    assert back.read(WORKSHEET, draft.workbook()).grid == draft.grid
    draft.set(WORKSHEET.sheets[0], 3, "rate", "182000")
    assert not draft.begun, "it is no longer only what the roster says"


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_filled_in_worksheet_is_brought_mended_and_saved(tmp_path: Path, kind: str) -> None:
    """A bad cell is named with its place and nothing is saved; mended, the file is there and the walk follows."""
    place, renewed = begun(tmp_path), []
    terms(place)
    editor = Editor(Draft(WORKSHEET, place), lambda: renewed.append(1))
    held = deepcopy(editor.draft.grid)
    held["Pay"][2] |= {"rate": "about 182000", "proposed_rate": "185000"}
    lines = ["person_id,rate,proposed_rate,last_adjusted", "A1,200000,,", "A2,190000,,", "A3,about 182000,185000,"]
    content = book.workbook(WORKSHEET, held) if kind == "xlsx" else "\n".join(lines).encode()
    editor.bring(f"pay.{kind}", content)
    editor.save()
    assert "Pay, row 3, Rate: 'about 182000'" in html.unescape(editor.status.value)
    assert not (place / "pay.csv").exists()
    editor.draft.set(editor.sheet, 3, "rate", "182000")
    editor.save()
    found = open_folder(place)
    assert (place / "pay.csv").is_file()
    assert renewed == [1]
    assert found.checked is not None
    assert [judged.row.new_rate for judged in found.checked.rows] == [200000, 190000, 185000]
    hidden = {name for name, cell in editor.cells.items() if "seskit-spare" in cell.widget._dom_classes}
    assert not hidden & {"last_adjusted", "proposed_rate", "proposed_award"}, "what a worksheet is for is not put away"
    assert "notice_given" in hidden
    again = Editor(Draft(WORKSHEET, place))
    assert not again.draft.begun
    again.bring("pay.xlsx", book.workbook(WORKSHEET, again.draft.grid | {"Pay": again.draft.grid["Pay"][:2]}))
    again.save()
    assert "A3" in (place / "pay.before.csv").read_text()
    assert again.draft.for_each(again.sheet, ["A1", "A3"]) == 1
    assert again.draft.rows(again.sheet)[2]["rating"] == "4", "a row that is added has what the roster says as well"


def test_the_page_offers_both_and_says_where(tmp_path: Path) -> None:
    """The worksheet among the other files, pay.yaml by its button; a folder without them is told both."""
    assert "pay" in walk.WALK.files
    assert [words for words, _ in walk.WALK.forms] == [FORM]
    said = str(walk.problems(walk.opened(begun(tmp_path), tmp_path / "out", {"person": ""})).to_html())
    assert FORM in said
    assert "Fill in the other files" in said
    assert FORM in ABSENT


def test_pay_yaml_is_begun_with_what_a_person_enters(tmp_path: Path) -> None:
    """What agency.yaml says is told and not taken over; what is not entered is not written."""
    place = begun(tmp_path)
    form = TermsForm(place, lambda _: None)
    assert form.facts == {}
    assert "fiscal year 2024; plan main, awards paid in December 2024" in form.will()
    panel = terms(place)
    assert panel.kept.startswith("Saved: pay.yaml is started.")
    lines = [line for line in (place / "pay.yaml").read_text().splitlines() if not line.startswith("#")]
    assert lines == ["effective: 2025-01-12", "awards_paid_on: 2024-12-20"]
    assert not list(place.glob("pay.before*"))
    assert "leaves the rest" in panel.form.will()


def test_every_key_of_pay_yaml_is_an_entry_with_the_label_that_findings_say() -> None:
    """A key that the reader knows and the form lacks could be written in an editor only."""
    slots = TermsForm(Path("nowhere"), lambda _: None).question.slots
    assert set(slots) == set(Terms.model_fields) == set(LABELS)
    assert {name: slot.label for name, slot in slots.items()} == LABELS
    assert [name for name, slot in slots.items() if slot.help.startswith("Needed.")] == [
        name for name, slot in slots.items() if slot.required
    ]
    assert [name for name, slot in slots.items() if slot.required] == [
        name for name, info in Terms.model_fields.items() if info.is_required()
    ]
    asked = adjust.slots
    for name in ("cycle_record", "political_freeze_in_force"):
        assert asked[name].label == LABELS[name], "a question says that it is missing by this label"


def test_every_entry_comes_back_from_the_file_as_it_was_entered(tmp_path: Path) -> None:
    """Texts with colons and number signs, a mapping, a number that is usual and one that is not."""
    place = begun(tmp_path)
    given: dict[str, Any] = {
        "certified": True, "adjustment_budget": 9000, "award_budget": 90000, "cycle_record": "Memorandum: no. #3",
        "political_freeze_in_force": False, "step": "0.75", "lowest_award_rating": 4, "aim": "ratio",
        "ratio": {"3": 1, "4": "2.5", "5": 3}, "floor": "0.5", "compression_line": 185000,
        "reasons": {"award budget": "Two moves: both late."},
    }  # fmt: skip
    first = terms(place, **given).facts
    again = widgets.FormPanel(TermsForm(place, lambda _: None))
    assert again.facts == first
    assert set(first) == set(Terms.model_fields)
    before = (place / "pay.yaml").read_text()
    again.save()
    assert (place / "pay.yaml").read_text() == before
    found = open_folder(place)
    assert not [problem for problem in found.problems if problem.file == "pay.yaml"]


def test_a_reason_under_another_name_stays(tmp_path: Path) -> None:
    """The form knows the checks of the worksheet; what somebody wrote beside them is kept."""
    place = begun(tmp_path)
    (place / "pay.yaml").write_text("effective: 2025-01-12\nawards_paid_on: 2024-12-20\nreasons: {pool: by mistake}\n")
    terms(place, reasons={"guidance": "As asked."})
    assert TermsForm(place, lambda _: None)._read()["reasons"] == {"pool": "by mistake", "guidance": "As asked."}


def test_the_form_has_a_reason_for_every_flag_about_the_whole_worksheet() -> None:
    """A check that looks at no column is about all; those that the law blocks no reason settles."""
    by_law = {"schedule", "twelve months", "pool"}
    assert set(finding.CHECKS) - set(finding._COLUMNS) - by_law == set(get_args(Explained))


def test_the_finding_of_26_pay_periods_says_the_entry(tmp_path: Path) -> None:
    """The record is named in the form, and the finding is gone."""
    place = folder(tmp_path, PEOPLE[:1], pay=["A1,200000,2024-01-14,204000,,,,\n"])
    (waiting,) = [one for one in open_folder(place).checked.findings if one.check == "twelve months"]  # type: ignore[union-attr]
    assert where("cycle_record") in waiting.lawful_ways
    assert f"'{LABELS['cycle_record']}' under {FORM}" in waiting.lawful_ways
    terms(place, cycle_record="Memorandum of January 6, 2025")
    assert "twelve months" not in {one.check for one in open_folder(place).checked.findings}  # type: ignore[union-attr]


def test_a_problem_with_pay_yaml_names_the_entry_by_its_label() -> None:
    """The key stands behind, since the file may be edited; a column of another file with such a name keeps its own."""
    assert in_labels("pay.yaml, awards_paid_on: is not a day") == (
        "pay.yaml, Awards are paid on (awards_paid_on): is not a day"
    )
    assert in_labels(where("cycle_record")) == where("cycle_record")
    assert label("step") != LABELS["step"]


def test_what_a_person_typed_is_not_called_confirmed(tmp_path: Path) -> None:
    """The form repeats what was entered; no source says it. An answer of law says how sure it is."""
    panel = terms(begun(tmp_path))
    assert panel.result is not None
    assert "onfirmed" not in panel._working.value
    asked = widgets.Panel(adjust, as_of="2025-01-12", rate=200000, proposed_rate=204000, rating=5, certified=True)
    assert "Cannot tell" in asked.message or "onfirmed" in asked._working.value
    assert "onfirmed in the source" in str(adjust(as_of="2025-01-12", rate=190000, proposed_rate=190000, rating=3,
                                                  certified=True, last_adjusted="2023-01-15").working_html())  # fmt: skip


def test_a_number_that_looks_personal_is_refused(tmp_path: Path) -> None:
    """In the record and in a reason; nothing is written."""
    place = begun(tmp_path)
    number = "-".join(("123", "45", "6789"))
    with pytest.raises(FactError, match="Social Security"):
        TermsForm(place, lambda _: None).save({"reasons": {"guidance": f"see {number}"}})
    assert not (place / "pay.yaml").exists()
