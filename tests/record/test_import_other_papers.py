"""An export is brought in whole: the columns that other papers read, one pay column for both days, and the agency.yaml."""

from __future__ import annotations

import csv
import io

import pytest
from click.testing import CliRunner

from seskit.desk import cli
from seskit.formats import strict_yaml
from seskit.record import roster
from seskit.record.people_import import guess, recipe, run
from seskit.record.roster.columns import COLUMNS, READ_ELSEWHERE, STATED
from seskit.record.roster.usual_headings import elsewhere

HEADS = ["Employee Number", "Type of Appointment", "Organization", "Annual Basic Pay 9/30/2026", "Summary Rating"]
ROWS = [["N001", "Career", "Licensing", "$165,000.00", "4"], ["N002", "Career", "Policy", "$170,000.00", "3"]]


def exported(place, heads=(), cells=()):
    """An export with more columns, the same cells in every row."""
    made = io.StringIO(newline="")
    csv.writer(made).writerows([[*HEADS, *heads], *([*row, *cells] for row in ROWS)])
    file = place / "export.csv"
    file.write_text(made.getvalue())
    return file


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Pay Adjustment", "pay_adjustment"),
        ("Pay Adjustment 2026", "pay_adjustment"),
        ("Performance-Based Pay Adjustment", "pay_adjustment"),
        ("Total Compensation CY", ""),
        ("Total Compensation 2026", "total_compensation"),
        ("Aggregate Compensation", "total_compensation"),
        ("Cash Award", "cash_award"),
        ("Performance Award", ""),
        ("Pay", ""),
        ("2026", ""),
        *((name, name) for name in READ_ELSEWHERE),
    ],
)
def test_a_heading_of_another_paper_is_known_by_its_words(heading, column):
    """With or without a year, and only where the heading says nothing else."""
    assert elsewhere(heading) == column


@pytest.mark.parametrize("name", READ_ELSEWHERE)
def test_every_column_of_another_paper_comes_through(tmp_path, name):
    """It is guessed by its own name, a recipe may name it, and the roster holds it."""
    cell = {"on_probation": "yes", "new_appointment": "no", "noncareer_supervisor_since": "2026-03-01"}.get(
        name, "2500"
    )
    heading = name.replace("_", " ").title()
    file = exported(tmp_path, [heading], [cell])
    guessed = run(file, tmp_path / "own").recipe
    assert guessed.columns.get(name) == (None if name in ("cash_award", "rank_award") else heading)
    recipe.write(
        guessed.model_copy(update={"columns": {**guessed.columns, name: heading}}), tmp_path / "own" / "people.yaml", ()
    )
    run(file, tmp_path / "own", accept=True)
    read = roster.read(tmp_path / "own")
    assert list(read.extra[name]) == [cell, cell]
    assert not read.problems


def test_amounts_of_another_paper_are_plain(tmp_path):
    """Dollars as payroll prints them lose the sign, as in the columns of the report, and none is said to be left out."""
    file = exported(tmp_path, ["Pay Adjustment", "Total Compensation 2026"], ["$4,000.00", "$184,800.00"])
    made = run(file, tmp_path / "own", accept=True)
    assert (made.unused, made.money) == ((), ())
    assert list(roster.read(tmp_path / "own").extra["pay_adjustment"]) == ["4,000.00", "4,000.00"]


def test_a_recipe_still_refuses_what_no_paper_reads(tmp_path):
    """A column of a recipe is one of the report or of another paper."""
    assert frozenset((*COLUMNS, *STATED, *READ_ELSEWHERE)) == recipe.KNOWN
    (tmp_path / "people.yaml").write_text("columns: {shoe_size: Organization}\n")
    found = recipe.read(tmp_path / "people.yaml")
    assert found.record is None
    assert "shoe_size" in str(found.problems[0])


def test_one_pay_column_of_september_is_both_rates_and_said(tmp_path):
    """The other pay column is guessed from it, as it is the other way round; with two pay columns nothing is guessed."""
    made, guesses = guess.recipe([HEADS, *ROWS])
    assert made.columns["basic_pay_fy_end"] == made.columns["basic_pay_period_end"] == HEADS[3]
    assert [one for one in guesses if "right if the period ends on that day" in one]
    two, said = guess.recipe([[*HEADS, "Basic Pay"], *([*row, "$160,000.00"] for row in ROWS)])
    assert two.columns["basic_pay_period_end"] == "Basic Pay"
    assert not [one for one in said if "right if the period ends" in one]


@pytest.mark.parametrize("name", ["roster.csv", "roster.xlsx"])
def test_beside_a_roster_the_agency_file_is_had_alone(tmp_path, name):
    """What was imported stays as it is, the template says the way, and the second time there is nothing to write."""
    (tmp_path / name).write_bytes(b"as it came")
    refused = CliRunner().invoke(cli.main, ["template", str(tmp_path)])
    assert refused.exit_code != 0
    assert f"seskit blank {tmp_path} --what agency" in refused.output + refused.stderr
    said = CliRunner().invoke(cli.main, ["blank", str(tmp_path), "--what", "agency"])
    assert (said.exit_code, said.output.split()) == (0, ["agency.yaml"])
    assert (tmp_path / name).read_bytes() == b"as it came"
    assert strict_yaml.load((tmp_path / "agency.yaml").read_text(encoding="utf-8"))["plans"]
    again = CliRunner().invoke(cli.main, ["blank", str(tmp_path), "--what", "agency"])
    assert again.exit_code != 0


def test_an_import_says_how_the_agency_file_is_made(tmp_path):
    """A folder with a roster alone is told what it lacks, and by which command it comes."""
    file = exported(tmp_path)
    said = CliRunner().invoke(cli.main, ["import", "people", str(file), "--out", str(tmp_path / "own"), "--accept"])
    assert f"seskit blank {tmp_path / 'own'} --what agency" in said.output
    CliRunner().invoke(cli.main, ["blank", str(tmp_path / "own"), "--what", "agency"])
    said = CliRunner().invoke(cli.main, ["import", "people", str(file), "--out", str(tmp_path / "own"), "--accept"])
    assert "--what agency" not in said.output
