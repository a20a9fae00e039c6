"""An executive's plan: every gap is named with its place, and it survives the way through the workbook and back."""

import datetime
import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pikepdf
import pytest

from seskit.law import appraisal, parameters
from seskit.paper.appraisal import printed_plan
from seskit.record.agency_folder import AgencyFolder
from seskit.record.appraisal.plan_document import blank, workbook
from seskit.work.appraisal import attention, plan_document
from tests import appraisal_year as invented

SAMPLE = "notebooks/sample/agencies/DBT"
CUTS = [
    ("        measure: procedures live\n", "Leading Change, requirement 1", "Write the measure.", "BM4"),
    ('        target: "2"\n', "Leading Change, requirement 1", "Write the target.", "BM1"),
    ("        due: 2024-06-30\n", "Leading Change, requirement 1", "Write the day it is due.", "BM1"),
    ("        data_source: procedure register, read monthly\n", "Leading Change, requirement 1", "data source", "BM4"),
    ('        goal: "3.2 Simpler tolls"\n', "Leading Change, requirement 1", "strategic goal", "SL1, SL2"),
    ("    weight: 10\n", "Leading Change", "weight", "PLAN weights"),
    ("consulted_on: 2023-09-18\n", "The plan", "consultation", "A3"),
    ("communicated_on: 2023-09-28\n", "The plan", "communicated", "A4"),
    ("        perspective: customers\n", "Building Coalitions, requirement 1", "perspective", "BM1 to BM3"),
    ("cascades: yes\n", "The plan", "Subordinates", "SL6"),
]


@pytest.fixture
def text():
    return complete(Path(f"{SAMPLE}/plan.yaml").read_text(encoding="utf-8"))


def complete(text):
    """The sample with its three open gaps filled."""
    text = text.replace(
        "        target: all 7\n        due: 2024-03-31\n",
        "        target: all 7\n        due: 2024-03-31\n        data_source: audit log\n",
    )
    text = text.replace("    weight: 50\n", "    weight: 50\n    standard: Delivers the agreed results on the day.\n")
    return text.replace(
        '2.1 Disputes settled"\n        document: Annual performance plan FY 2024\n',
        '2.1 Disputes settled"\n        document: Annual performance plan FY 2024\n        page: "14"\n',
    )


def checked(tmp_path, text):
    path = tmp_path / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    opened = plan_document.read(path)
    assert not opened.problems
    return plan_document.check(opened)


def beside_a_roster(tmp_path, text, **changes):
    """The gaps against the roster of a plan that lies in an agency's folder."""
    row = invented.person(2, **({"person_id": "DBT002"} | changes))
    agency = invented.AGENCY.replace("from: 2023-10-01", changes.get("first", "from: 2023-10-01"))
    row.pop("first", None)
    folder = invented.write(tmp_path, {}, [row], agency=agency)
    (folder / "plan.yaml").write_text(text, encoding="utf-8")
    return [gap for gap in plan_document.check(plan_document.read(folder)).gaps if gap.check == "roster"]


def test_a_plan_that_agrees_with_the_roster_has_no_gap(tmp_path, text):
    """The executive is there, with the same appointment type and period."""
    assert beside_a_roster(tmp_path, text) == []


@pytest.mark.parametrize(("changes", "where", "what"), [
    ({"person_id": "DBT003"}, "Executive (line 2)", "'DBT002' is not on the roster"),
    ({"appointment_type": "noncareer"}, "Appointment type (line 5)", "The roster says noncareer"),
    ({"first": "from: 2023-11-01"}, "Period (line 6)", "agency.yaml has 2023-11-01 to 2024-09-30"),
])  # fmt: skip
def test_a_plan_that_says_otherwise_than_the_roster_is_a_draft(tmp_path, text, changes, where, what):
    """Each retyped fact that differs is named with its line."""
    (gap,) = beside_a_roster(tmp_path, text, **changes)
    assert gap.where == where
    assert what in gap.what


@pytest.mark.parametrize(
    ("entered", "first", "told", "gaps"),
    [
        ("2024-03-16", "2024-03-16", "2024-03-16", []),
        ("2024-03-16", "2024-03-20", "2024-03-20", []),
        ("2024-03-16", "2024-03-15", "2024-03-15", ["roster"]),
        ("", "2024-03-16", "2024-03-16", ["roster"]),
        ("2024-03-16", "2023-10-01", "2024-03-16", ["A4"]),
        ("2024-03-16", "2024-03-16", "2024-03-17", ["A4"]),
    ],
)
def test_the_plan_of_one_who_entered_later_begins_with_that_day(tmp_path, text, entered, first, told, gaps):
    """Its period may begin later than the agency's where the steps say so, and not otherwise; the gap says which day to write."""
    late = text.replace("from: 2023-10-01", f"from: {first}").replace("on: 2023-09-28", f"on: {told}")
    folder = invented.write(
        tmp_path,
        {"DBT002": {"entered": [[entered, "personnel_office", "", ""]]} if entered else {}},
        [invented.person(2, person_id="DBT002")],
    )
    (folder / "plans").mkdir()
    (folder / "plans" / "DBT002.yaml").write_text(late, encoding="utf-8")
    (folder / "plan.yaml").write_text(late, encoding="utf-8")
    for opened in AgencyFolder(folder).held_plans:
        found = plan_document.check(opened).gaps
        assert [gap.check for gap in found] == gaps
        if gaps == ["roster"] and not entered:
            assert "steps.csv (step entered)" in found[0].what
        if gaps == ["A4"]:
            assert ("the plan's own period may begin with that day" in found[0].what) == (first < entered)


@pytest.mark.parametrize(("first", "last", "what"), [
    ("2023-10-01", "2024-09-30", ""), ("2023-10-01", "2024-10-01", "longer than a year"),
    ("2024-07-03", "2024-09-30", "outside the period"), ("2024-07-04", "2024-09-30", "has 89 days"),
    ("2011-10-01", "2012-09-30", "OPM's basic system of 2012 is for appraisal periods that begin on or after 2012-01-04"),
])  # fmt: skip
def test_the_days_of_a_plan_fit_its_period(tmp_path, text, first, last, what):
    """Too short to rate on, longer than a year, or due in the year from which the plan was copied."""
    (tmp_path / "plan.yaml").write_text(
        text.replace("from: 2023-10-01, to: 2024-09-30", f"from: {first}, to: {last}"), encoding="utf-8"
    )
    found = plan_document.check(plan_document.read(tmp_path / "plan.yaml")).gaps
    assert any(what in gap.what for gap in found) is bool(found)
    assert bool(found) is bool(what)
    (tmp_path / "plan.yaml").write_text(text.replace("from: 2023-10-01", "from: 1923-10-01"), encoding="utf-8")
    (problem,) = plan_document.read(tmp_path / "plan.yaml").problems
    assert str(problem).startswith("Error: plan.yaml, period (line 6): Nothing is recorded for 1923-10-01")


@pytest.mark.parametrize(("days", "said"), [((), []), (("2023-09-28",), []), (("2023-09-28", "2024-02-01"), []), (
    ("2023-10-02",), ["It is 2023-09-28 here; steps.csv has 2023-10-02 (step plan). Correct the one that is wrong."])])  # fmt: skip
def test_a_day_that_plan_and_steps_have_otherwise_is_a_gap(tmp_path, text, days, said):
    """The day the plan was told is written in two files; one of several plans of a year may be this one."""
    steps = {"DBT002": {"plan": [[day, "supervisor", "", ""] for day in days]}}
    folder = invented.write(tmp_path, steps, [invented.person(2, person_id="DBT002")])
    (folder / "plan.yaml").write_text(text, encoding="utf-8")
    assert [gap.what for gap in plan_document.check(plan_document.read(folder)).gaps] == said


@pytest.mark.parametrize(("many", "said"), [(1, "1 requirement;"), (2, "2 requirements;")])
def test_one_requirement_is_not_requirements(many, said):
    """The plan of 2025 asks for three under its last element, and says how many there are."""
    names = parameters.figure("appraisal.basic_2025.elements", datetime.date(2025, 10, 1)).value
    elements = [
        {"name": name, "critical": True, "weight": 20, "requirements": [{"text": "Close cases"}] * many}
        for name in names
    ]
    found = appraisal.check_plan("2025-10-01", plan="basic-2025", elements=elements)
    assert f"{names[-1]} has {said} 3 are needed." in found.to_text()


def save(book, path):
    """Save as a spreadsheet program would leave it, without the formulas this library cannot work out."""
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cell.value = None
    book.save(path)


def test_the_sample_names_its_three_gaps_and_no_other():
    """A data source, a standard and a page are missing; each is named with its line and its check."""
    found = plan_document.check(plan_document.read(SAMPLE))
    assert [gap.check for gap in found.gaps] == ["BM4", "A7", "SL1, SL2"]
    lines = Path(f"{SAMPLE}/plan.yaml").read_text(encoding="utf-8").splitlines()
    for gap in found.gaps:
        line = int(re.search(r"line (\d+)", gap.where)[1])
        assert lines[line - 1].lstrip().startswith("- ")
    assert not found.complete
    assert found.coverage()[-1] == ("All elements", "3", "1", "1")


def test_a_complete_plan_has_no_gap(tmp_path, text):
    """Nothing is invented, and the document is no draft."""
    found = checked(tmp_path, text)
    assert found.gaps == ()
    assert found.contents.answer["passes"] is True
    assert not printed_plan.document(found).draft


@pytest.mark.parametrize(("cut", "where", "what", "check"), CUTS)
def test_each_thing_taken_out_is_named(tmp_path, text, cut, where, what, check):
    """One entry less is one gap more, in the right place."""
    assert text.count(cut) >= 1
    found = checked(tmp_path, text.replace(cut, "", 1))
    assert any(
        gap.where.startswith(where) and what.lower() in gap.what.lower() and gap.check == check for gap in found.gaps
    ), found.gaps


def test_a_late_plan_and_weights_out_of_bounds_are_named(tmp_path, text):
    """Told on the first day passes, the day after fails; Results Driven under 20 fails."""
    first = checked(tmp_path, text.replace("communicated_on: 2023-09-28", "communicated_on: 2023-10-01"))
    assert first.complete
    late = checked(tmp_path, text.replace("communicated_on: 2023-09-28", "communicated_on: 2023-10-02"))
    assert [gap.check for gap in late.gaps] == ["A4"]
    heavy = checked(tmp_path, text.replace("weight: 50", "weight: 49"))
    assert [gap.check for gap in heavy.gaps] == ["PLAN weights"]
    assert heavy.weights.answer["valid"] is False


def test_a_plan_survives_the_workbook(tmp_path, text):
    """Written as XLSX and read again it is the same plan, with drop-downs and the weights added up."""
    found = checked(tmp_path, text)
    path = tmp_path / "plan.xlsx"
    path.write_bytes(workbook.workbook(found.plan))
    again = plan_document.read(path)
    assert again.problems == ()
    assert again.plan == found.plan
    assert plan_document.check(again).gaps == ()
    book = openpyxl.load_workbook(path)
    assert book["Elements"]["C1"].value.startswith("=SUM(")
    assert openpyxl.load_workbook(path, data_only=True)["Elements"]["C1"].value == 100
    assert len(book["Requirements"].data_validations.dataValidation) == 3
    assert path.read_bytes() == workbook.workbook(found.plan)


def test_a_gap_in_the_workbook_is_named_with_sheet_and_row(tmp_path, text):
    """The cell emptied in row 4 of the sheet Requirements is the gap named; an unknown element is a problem."""
    path = tmp_path / "plan.xlsx"
    path.write_bytes(workbook.workbook(checked(tmp_path, text).plan))
    book = openpyxl.load_workbook(path)
    book["Requirements"]["D4"].value = None
    save(book, path)
    gaps = plan_document.check(plan_document.read(path)).gaps
    assert [(gap.where, gap.what) for gap in gaps] == [
        ("Leading Change, requirement 1 (sheet Requirements, row 4)", "Write the measure.")
    ]
    book["Requirements"]["A4"].value = "Leading Chnge"
    book["Plan"]["B3"].value = "666-12-3456"
    save(book, path)
    problems = plan_document.read(path).problems
    assert [(problem.row, problem.column) for problem in problems] == [(3, "Plan"), (4, "Element")]
    assert "3456" not in str(problems)


def test_wrong_words_and_days_are_refused_with_their_place(tmp_path, text):
    """Line in YAML, sheet and row in the workbook."""
    path = tmp_path / "plan.yaml"
    path.write_text(text.replace("perspective: results", "perspective: outcomes", 1), encoding="utf-8")
    (problem,) = plan_document.read(path).problems
    assert problem.column == "elements.1.requirements.1.perspective"
    assert text.splitlines()[problem.row - 1].strip().startswith("perspective")
    path = tmp_path / "plan.xlsx"
    path.write_bytes(workbook.workbook(plan_document.read(SAMPLE).plan))
    book = openpyxl.load_workbook(path)
    book["Requirements"]["F5"].value = "in May"
    save(book, path)
    (problem,) = plan_document.read(path).problems
    assert "sheet Requirements, row 5" in problem.column
    assert problem.value == "in May"


def test_a_number_shaped_like_an_ssn_is_refused_in_a_text_file(tmp_path, text):
    """Wherever it stands in plan.yaml; the line is named and the number is not repeated."""
    path = tmp_path / "plan.yaml"
    path.write_text(text.replace("executive: DBT002", "executive: 666-12-3456"), encoding="utf-8")
    found = plan_document.read(path)
    (problem,) = found.problems
    assert found.plan is None
    assert "666-12-3456" in path.read_text(encoding="utf-8").splitlines()[problem.row - 1]
    assert "3456" not in str(problem)


def test_a_blank_plan_has_the_elements_of_the_newest_basic_plan(tmp_path):
    """It can be read, names its gaps, and is never written over."""
    path = blank.write(tmp_path)
    opened = plan_document.read(tmp_path)
    assert [element.name for element in opened.plan.elements][1] == "Government Efficiency"
    assert opened.plan.period.first == datetime.date(2025, 10, 1)
    gaps = plan_document.check(opened).gaps
    assert len(gaps) > 10
    assert (gaps[0].where, gaps[0].what) == (
        "Executive (sheet Plan, row 3)", "Write the agency's own number for the executive."
    )  # fmt: skip
    before = path.read_bytes()
    with pytest.raises(ValueError, match="already"):
        blank.write(tmp_path)
    assert path.read_bytes() == before


def test_no_plan_in_the_folder_says_what_to_do(tmp_path):
    """One plain problem, not a traceback."""
    (problem,) = plan_document.read(tmp_path).problems
    assert "seskit appraisal blank" in problem.fix


def test_the_documents_hold_the_plan(tmp_path):
    """Word and a tagged PDF, with every element, and DRAFT while a gap is open."""
    found = plan_document.check(plan_document.read(SAMPLE))
    made = printed_plan.document(found)
    with zipfile.ZipFile(io.BytesIO(made.to_docx())) as archive:
        words = re.sub(r"<[^>]+>", "", archive.read("word/document.xml").decode())
    assert all(element.name in words for element in found.plan.elements)
    assert "DRAFT" in words
    with pikepdf.open(io.BytesIO(made.to_pdf())) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang


def test_a_blank_plan_is_one_finding_and_one_entry_makes_it_a_plan(tmp_path):
    """The blank as it is given needs one thing; as soon as somebody writes an entry, every gap is named."""
    file = blank.write(tmp_path)
    (one,) = attention.of_plan(plan_document.check(plan_document.read(file)))
    assert one.severity == "error"
    assert "blank" in one.sentence
    file.write_bytes(workbook.workbook(blank.empty().model_copy(update={"position": "Director of Kites"})))
    assert len(attention.of_plan(plan_document.check(plan_document.read(file)))) > 20
