"""The command: answers, one clear sentence for a wrong fact, exit codes a script can use."""

import json
import shutil

import pytest
from click.testing import CliRunner

from seskit.desk.cli import main
from seskit.law.question import questions
from tests.places import CASES

POOL = ["ask", "awards.award_pool", "as_of=2002-12-15", "count=7", "aggregate=875400"]


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_ask_answers_in_words_and_in_json():
    """The same answer either way; the JSON has the fixed keys."""
    words = run(*POOL)
    assert words.exit_code == 0
    assert words.output.startswith("The award pool is $87,540")
    data = json.loads(run(*POOL, "--json").output)
    assert set(data) >= {"question", "as_of", "answer", "reasons", "figures", "cautions"}
    assert data["answer"] == {"pool": "87540", "method": "aggregate"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask", "awards.award_pol"], "Did you mean 'awards.award_pool'?"),
        ([*POOL[:-1]], "also needs Aggregate career basic pay (aggregate)"),
        ([*POOL, "color=red"], "has no fact 'color'"),
        ([*POOL, "count=8"], "given twice"),
        ([*POOL[:-1], "aggregate"], "write name=value"),
        ([*POOL[:-1], "aggregate=x"], "not an amount"),
        (["changes", "x", "2004-01-01"], "FROM: 'x' is not a date; write for example 8/15/2004"),
        (["changes", "2003-01-01", "2004-01-01", "--subject", "pay("], "no rules of a subject 'pay('"),
        (["template", str(CASES / "awards.yaml" / "x")], "'x' cannot be used: not a directory"),
        (["changes", "2004-01-02", "2004-01-01"], "before the first"),
        (["scan", "nowhere"], "not a folder"),
    ],
)
def test_a_wrong_call_ends_with_one_sentence_and_exit_code_2(arguments, said):
    """Nothing on standard output, one line on standard error."""
    ran = run(*arguments)
    assert ran.exit_code == 2
    assert ran.stdout == ""
    assert said in ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("formats", ["docs", "html,xlxs", "XLSX", " , ", ""])
@pytest.mark.parametrize(
    ("command", "listed"),
    [
        (["report"], "json, xlsx, pdf, html"),
        (["pay", "worksheet"], "xlsx, html, json, ics, csv"),
        (["certification", "package"], "docx, pdf, html, xlsx, ics, json"),
        (["staffing", "case"], "docx, pdf, html"),
    ],
)
def test_a_format_that_is_not_made_is_refused_before_any_work(tmp_path, command, listed, formats):
    """Even of a folder that does not exist the format is what is said, with all that are made; nothing is written."""
    more = ["V-1"] if command == ["staffing", "case"] else []
    ran = run(*command, tmp_path / "none", *more, "--out", tmp_path / "out", "--format", formats)
    assert ran.exit_code == 2
    assert ran.stderr.startswith(("There is no format '", "No format is named"))
    assert f"Formats are {listed}." in ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_questions_lists_every_question_with_its_facts():
    """In words, and as JSON Schema."""
    words = run("questions").output
    listed = json.loads(run("questions", "--json").output)
    assert {entry["question"] for entry in listed} == set(questions())
    assert all(name in words for name in questions())
    assert all(entry["facts"]["type"] == "object" for entry in listed)


def test_check_reports_every_fault_and_fails():
    """Problems as JSON with the five keys, each once and with its executive's number; exit code 1."""
    ran = run("check", CASES / "report-faulty", "--json")
    expected = json.loads((CASES / "report-faulty" / "expected_problems.json").read_text())
    found = json.loads(ran.output)["problems"]
    assert ran.exit_code == 1
    assert {(p["row"], p["column"]) for p in found} == {(p["row"], p["column"]) for p in expected}
    assert all({"row", "column", "value", "reason", "fix"} <= set(problem) for problem in found)
    places = [(one["file"], one["row"], one["column"], one["reason"]) for one in found]
    assert len(places) == len(set(places))
    assert run("check", CASES / "report-one-plan").exit_code == 0
    assert "'carreer'" in run("check", CASES / "report-faulty" / "roster.csv").output


@pytest.mark.parametrize("name", ["report-one-plan", "report-many-plans", "report-one-member"])
def test_report_writes_the_forms_as_json(tmp_path, name):
    """`forms.json` in the layout of the worked agencies."""
    ran = run("report", CASES / name, "--out", tmp_path / "out", "--format", "json")
    assert ran.exit_code == 0, ran.output
    made = json.loads((tmp_path / "out" / "forms.json").read_text())
    expected = json.loads((CASES / name / "expected.json").read_text())
    assert made["due_date"] == expected["due_date"]
    assert made["supplement"] == expected["supplement"]
    assert [f["items"]["10"] for f in made["forms"]] == [f["items"]["10"] for f in expected["forms"]]


def test_report_of_a_faulty_agency_is_a_draft_and_says_so(tmp_path):
    """Exit code 1; the files are there, marked as a draft."""
    ran = run("report", CASES / "report-faulty", "--out", tmp_path, "--format", "json")
    assert ran.exit_code == 1
    assert "DRAFT" in ran.output
    assert json.loads((tmp_path / "problems.json").read_text())["final"] is False


def test_report_refuses_an_unknown_format_and_an_unreadable_agency(tmp_path):
    """Nothing is written for either."""
    assert run("report", CASES / "report-one-plan", "--out", tmp_path / "a", "--format", "docx").exit_code == 2
    ran = run("report", tmp_path, "--out", tmp_path / "b")
    assert ran.exit_code == 1
    assert not (tmp_path / "b").exists()


def test_all_formats_are_written_and_hold_no_names_outside_the_supplement(tmp_path):
    """Part 1 in four formats, Part 2 apart; a scan with the roster's names finds nothing."""
    ran = run("report", CASES / "report-many-plans", "--out", tmp_path)
    assert ran.exit_code == 0, ran.output
    assert {path.name for path in tmp_path.iterdir()} == {
        "forms.json", "problems.json", "forms.xlsx", "forms.pdf", "forms.html", "supplement.xlsx", "supplement.pdf",
        "supplement.html", "due_date.ics", "written.json",
    }  # fmt: skip
    scanned = run("scan", tmp_path, "--roster", CASES / "report-many-plans")
    assert scanned.exit_code == 0, scanned.output


def test_template_is_a_start_that_lacks_only_people(tmp_path):
    """A blank roster and an agency.yaml; nothing else is wrong, and a second call overwrites nothing."""
    assert run("template", tmp_path).exit_code == 0
    assert (tmp_path / "roster.xlsx").is_file()
    checked = run("check", tmp_path)
    assert checked.exit_code == 1
    sheet_read = "Note: The workbook has 2 sheets; 'Roster' was read."
    said = [line for line in checked.output.splitlines() if not line.startswith(("Account", "  "))]
    assert said[:2] == ["agency.yaml: read; 1 error.", "roster.xlsx: 0 rows; 1 error."]
    assert said[4:] == [sheet_read, "2 problems found."]
    assert "nobody is in it" in checked.output
    assert "the code and name of the blank agency.yaml" in checked.output
    assert run("template", tmp_path).exit_code == 2


def test_import_plum_refuses_another_file(tmp_path):
    """One sentence, exit code 2."""
    shutil.copy(CASES / "report-one-plan" / "roster.csv", tmp_path / "x.csv")
    ran = run("import", "plum", tmp_path / "x.csv", "--out", tmp_path / "out")
    assert ran.exit_code == 2
    assert ran.stderr.strip()


def test_check_looks_at_the_boxes_once_every_row_is_right(tmp_path):
    """What would make the report a draft is found by the check, too: here, awards that are pending."""
    folder = tmp_path / "agency"
    shutil.copytree(CASES / "report-one-plan", folder)
    assert run("check", folder).exit_code == 0
    described = folder / "agency.yaml"
    described.write_text(
        described.read_text(encoding="utf-8").replace("status: paid", "status: pending"), encoding="utf-8"
    )
    checked = run("check", folder)
    assert checked.exit_code == 1
    assert "awards are pending" in checked.output


def test_changes_are_said_in_words():
    """A rule that begins, ends or is a yes or no is not shown as the program holds it."""
    lines = run("changes", "2003-12-31", "2004-01-31").output
    assert "no rule -> " in lines
    assert "None" not in lines
    assert "False" not in lines
