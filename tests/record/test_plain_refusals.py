"""What is said of files that cannot be used: the words of whoever made them, the file that is there, like problems once."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from seskit.desk.cli import main
from seskit.desk.report import show
from seskit.formats import near_files, strict_yaml
from seskit.record import agency as agency_file
from seskit.record import own_files
from seskit.record.alike import alike
from seskit.record.finding import of_problem
from seskit.record.forms.known import all_files
from seskit.record.problem import Problem
from seskit.work import report
from tests.extent import times
from tests.places import FIELD

BASE = FIELD / "42-pool-over-all-plans"
#: Words of a YAML parser, and of Python.
PARSER = (
    "mapping values",
    "block end",
    "scalar",
    "token",
    "stream",
    "<",
    "node",
    "flow",
    "indicator",
    "False",
    "True",
    "None",
)


def run(*words):
    return CliRunner().invoke(main, [*map(str, words)])


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(BASE, tmp_path / "TWO"))


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("name: Two", "name: Parks: Two", 2, "has a second colon in its value. Put the whole value in double quotes"),
        ("name: Two Plan Board", "name: 'Parks' Board", 2, "ends before the value does. Put the whole value in double"),
        ("name: Two Plan Board", "name: 'O'Brien Board'", 2, "ends before the value does"),
        ("name: Two Plan Board", 'name: "Two Plan', 2, "opens a quotation mark or apostrophe that is never closed"),
        ("name: Two Plan Board", "name: 'Two Plan", 2, "opens a quotation mark or apostrophe that is never closed"),
        ("name: Two", "name: @Two", 2, "has a value that begins with @"),
        ("name: Two", "name: %Two", 2, "has a value that begins with %"),
        ("name: Two Plan Board", 'name: "Two\\dBoard"', 2, "has a backslash inside double quotes"),
        ("name: Two", "name Two", 2, "has no colon after its first word"),
        ("name: Two", "  name: Two", 2, "is indented further than its place"),
        ("fiscal_year", "\tfiscal_year", 3, "begins with a tab. Indent with spaces"),
        ("status: paid,", "status: paid", 9, "lacks a comma between two values"),
        ("2001-10-01, to: 2002-09-30}", "2001-10-01, to: 2002-09-30", 8, "opens a brace or bracket that is not closed"),
        ("plans:", "- plans:", 4, "begins with a dash where a list cannot be"),
        ("  - id: b", "   - id: b", 10, "is not indented like the lines it belongs with"),
        ("code: TWO", "code: NO", 1, "'NO' is read as yes or no, not as text. Put it in quotes: code: \"NO\"."),
        ("code: TWO", "code: on", 1, "'on' is read as yes or no"),
        ("code: TWO", "code: 007", 1, "'007' is read as a number, not as text. Put it in quotes: code: \"007\"."),
        ("code: TWO", "code: 2002-10-01", 1, "is read as a day, not as text"),
        ("id: b", "id: no", 10, "'no' is read as yes or no"),
    ],
)  # fmt: skip
def test_a_slip_in_agency_yaml_is_said_in_the_words_of_its_line(folder, old, new, line, said):
    """The line as it was typed, what is wrong with it, what to write; nothing of the parser's own words."""
    text = (folder / "agency.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / "agency.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    problem = agency_file.read(folder).problems[0]
    assert problem.row == line
    assert said in str(problem)
    assert not [word for word in PARSER if word in str(problem)]


def refusal(text):
    """Why a text is refused; nothing where it is read."""
    try:
        strict_yaml.load(text)
    except strict_yaml.YamlError as failure:
        return failure.reason
    return ""


def test_no_word_of_the_parser_is_ever_said():
    """Many files spoiled at random: each that is refused is refused in plain words."""
    from random import Random

    chance, whole = Random(16), (BASE / "agency.yaml").read_text(encoding="utf-8")
    refused = set()
    for _ in range(times(1500, 300)):
        text = list(whole)
        for _ in range(chance.randint(1, 3)):
            place = chance.randrange(len(text))
            text[place : place + chance.randint(0, 2)] = chance.choice(
                [*":'\"{}[],\t@`%&*!|>-#?\\", "\n", "  ", ": ", "- "]
            )
        failure = refusal("".join(text))
        if failure:
            plain = failure.partition("' ")[2] if failure.startswith("'") else failure
            refused.add(plain)
            assert not [word for word in PARSER[:5] if word in plain], failure
    assert len(refused) > 5


@pytest.mark.parametrize(
    ("there", "said"),
    [
        ("Roster.csv", "There is 'Roster.csv': rename it to roster.csv, in small letters."),
        ("ROSTER.XLSX", "There is 'ROSTER.XLSX': rename it to roster.xlsx, in small letters."),
        ("roster.xls", "There is 'roster.xls', which cannot be read: open it and save it as roster.xlsx (Excel workbook)."),
        ("Roster.ods", "which cannot be read: open it and save it as roster.xlsx"),
        ("roster.txt", "There is 'roster.txt': rename it to roster.csv."),
        ("roster (1).xlsx", "There is 'roster (1).xlsx': rename it to roster.xlsx if it is the one."),
        ("roster_2002.csv", "rename it to roster.csv if it is the one."),
        ("people.csv", "`seskit template` writes a blank one"),
    ],
)  # fmt: skip
def test_a_roster_under_another_name_is_named(folder, there, said):
    """What is probably meant and what to do; no account of nobody."""
    (folder / "roster.csv").rename(folder / there)
    ran = run("check", folder)
    assert ran.exit_code == 1
    assert said in ran.output
    assert "Account" not in ran.output


@pytest.mark.parametrize("there", ["agency.yml", "Agency.yaml", "agency.yaml.txt", "AGENCY.YML"])
def test_an_agency_under_another_name_is_named(folder, there):
    """By check and by report."""
    (folder / "agency.yaml").rename(folder / there)
    for asked in (("check", folder), ("report", folder, "--out", folder / "out")):
        ran = run(*asked)
        assert ran.exit_code == 1
        assert f"There is '{there}': rename it to agency.yaml" in ran.output


def test_other_files_are_not_taken_for_it(tmp_path):
    """History, a corrected copy, a folder of that name."""
    for name in ("roster.corrected.csv", "roster.readings.yaml", "rosters.csv", "history.csv"):
        (tmp_path / name).write_text("")
    (tmp_path / "Roster.csv").mkdir()
    assert near_files.fix(tmp_path, ("roster.csv", "roster.xlsx")) == ""
    assert near_files.fix(tmp_path / "nowhere", ("roster.csv",)) == ""


@pytest.mark.parametrize("command", [["check"], ["report", "--out", "o"]])
def test_a_folder_that_is_not_there_is_said_to_be_missing(tmp_path, monkeypatch, command):
    """With the place looked in, and nothing else."""
    monkeypatch.chdir(tmp_path)
    ran = run(*command, "nowhere")
    assert ran.exit_code == 2
    assert ran.output == f"There is no file or folder 'nowhere': looked in {tmp_path}.\n"
    assert not (tmp_path / "o").exists()


def test_like_problems_of_three_hundred_people_are_a_few_lines(folder):
    """Once each, with how many and where, on the console, the page's cover and the notebook; and how to correct them."""
    head, row = (folder / "roster.csv").read_text(encoding="utf-8").splitlines()[:2]
    row = row.replace(",career,", ",CA,").replace(",5,", ",5 - Outstanding,").replace("2002-11-20", "20-NOV-02")
    people = [row.replace("A0,", f"P{n},", 1) for n in range(300)]
    (folder / "roster.csv").write_text("\n".join([head, *people]) + "\n", encoding="utf-8")
    ran = run("check", folder)
    problems = [line for line in ran.output.splitlines() if line.startswith(("Error", "Warning"))]
    assert len(problems) < 10
    assert (
        "Error: roster, appointment_type, 300 rows (2 [P0], 3 [P1], 4 [P2], 5 [P3], 6 [P4], 7 [P5], 8 [P6], 9 [P7] and 292 more): 'CA' is not an appointment type"
        in ran.output
    )
    assert f"seskit correct {folder}" in ran.output
    opened = report.open_folder(folder)
    assert len(show.problems(opened.problems).rows) < 10
    cover = run("report", folder, "--out", folder / "out", "--format", "html,json").output
    assert cover.count("appointment type") < 5
    page = (folder / "out" / "forms.html").read_text(encoding="utf-8")
    assert page.count("20-NOV-02") + page.count("is not a date") < 5
    assert "300 rows" in page


def test_grouping_loses_no_problem():
    """Every problem is in exactly one group; fewer than three alike stay single; the order is that of the first."""
    made = [Problem(n, "rating", str(n % 4), "is wrong", "Correct it.") for n in range(2, 9)]
    made += [Problem(None, "x", "", "is wrong", "Correct it."), Problem(None, "x", "", "is wrong", "Correct it.")]
    made += [Problem(3, "award", "", "is wrong", "Correct it."), Problem(4, "award", "", "is wrong", "Correct it.")]
    kinds = alike(made)
    assert sorted(map(str, (one for kind in kinds for one in kind.problems))) == sorted(map(str, made))
    assert [len(kind.problems) for kind in kinds] == [7, 1, 1, 1, 1]
    assert str(kinds[0]) == (
        "Error: roster, rating, 7 rows (2, 3, 4, 5, 6, 7, 8): '2', '3', '0' and 1 other: is wrong. Correct it."
    )


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_roster_under_a_name_of_its_own_is_pointed_at_without_its_name(tmp_path, ending):
    """One table with the word in its name may be the roster; its name may hold that of a person."""
    (tmp_path / f"Robin Vale, roster of 2025{ending}").write_bytes(b"x")
    (tmp_path / "history.xlsx").write_bytes(b"x")
    said = f"There is one {ending} file with 'roster' in a longer name: if it is the one, rename it to roster{ending}."
    output = run("check", tmp_path).output
    assert said in output
    assert "Robin Vale" not in output.partition(said)[2]
    (tmp_path / f"another roster{ending}").write_bytes(b"x")
    assert "longer name" not in run("check", tmp_path).output


@pytest.mark.parametrize("command", ["check", "correct"])
@pytest.mark.parametrize(
    ("there", "said"),
    [
        ("Vale OS_SES_FY2022.xlsx", "There is a table with a different name: if it holds the people, name it"),
        ("history.csv", "`seskit template` writes a blank one; `seskit import people` makes one from an export."),
    ],
)
def test_an_export_beside_a_missing_roster_is_led_to_the_import(tmp_path, command, there, said):
    """Any table of no name of an agency's own may be the roster or an export; its name is not repeated."""
    for one in all_files().values():
        assert {one.book.removesuffix(".xlsx")} | ({one.stem} if one.is_list else set()) <= own_files.FILLED_IN, (
            one.what
        )
    (tmp_path / there).write_bytes(b"x")
    output = run(command, tmp_path).output
    assert said in output
    assert "seskit import people" in output
    assert "Vale" not in output.partition("roster")[2]


@pytest.mark.parametrize(
    ("value", "reason", "said"),
    [
        ("$156,800.00", "the award pool from item 4 is $156,800.50", "'$156,800.00': the award pool from item 4 is $156,800.50"),
        ("8000", "there is no rate to measure it against", "'8000': there is no rate to measure it against"),
        ("5", "pattern G has no level 5", "'5': pattern G has no level 5"), ("6", "not a level", "'6' is not a level"),
        ("2", "2 rated, but 1 on the rolls", "2 rated, but 1 on the rolls"), ("", "awards are pending", "awards are pending"),
        ("25961", "is over 20 percent", "'25961' is over 20 percent"),
    ],
)  # fmt: skip
def test_a_value_and_its_reason_are_one_sentence(value, reason, said):
    """On the console and among the findings alike: a value before a verb or a colon."""
    problem = Problem(None, "item 7", value, reason, "Look.", file="Form A")
    assert str(problem) == f"Error: Form A, item 7: {said}. Look."
    assert of_problem(problem, "report").sentence.lower() == f"{said.lower()}."


def test_a_folder_of_agencies_among_agencies_is_told(tmp_path):
    """A folder that holds agencies' folders is no agency: which command wants it, and which one of them."""
    (tmp_path / "returns" / "AAA").mkdir(parents=True)
    (tmp_path / "returns" / "AAA" / "agency.yaml").write_text("code: AAA")
    assert near_files.fix(tmp_path / "returns", ("agency.yaml",)) == (
        "1 folder inside it holds one: if these are agencies, give `seskit batch` or `seskit gather` the folder 'returns', "
        "and other commands one agency's folder inside it."
    )
    assert near_files.fix(tmp_path, ("agency.yaml",)) == ""


def test_the_amount_of_a_box_is_said_once():
    """A sentence that names the amount is not put behind it; of a cell the value stays in front."""
    reason = "awards of $156,800 are more than the plan's own pool of $138,525"
    box = Problem(None, "item 6", "$156,800.00", reason, "Look.", "warning", "all plan forms", named=True)
    for said in (str(box), of_problem(box, "report").sentence):
        assert said.count("156,800") == 1, said
    cell = Problem(4, "award", "$9", "is under 5 percent of $900 ($45)", "Pay more.")
    assert "'$9' is under" in str(cell)
    assert "'$9' is under" in of_problem(cell, "report").sentence
