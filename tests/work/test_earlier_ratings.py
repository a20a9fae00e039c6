"""Ratings of earlier years taken over into history.csv: each once, by the year its period ended, for who is on the roster."""

import csv

import pytest
from click.testing import CliRunner

from seskit.desk.cli import main
from seskit.law.facts import FactError
from seskit.paper.report import printed_form
from seskit.work import report
from seskit.work.report import earlier_ratings

ABOUT = """code: EAR
name: Office of Earlier Ratings
fiscal_year: {year}
certified: true
plans:
- id: main
  pattern: H
  appraisal_period: {{from: {last}-10-01, to: {year}-09-30}}
  awards: {{status: none, ratings_final_on: {year}-11-20}}
"""
HEAD = "person_id,name,plan,ig_office,appointment_type,basic_pay_fy_end,basic_pay_period_end,rating,rating_date,pay_decreased,action\n"
#: Who was rated what in which year: E2 twice weakly with a year between, E3 reinstated, E4 new, E5 gone.
LEVELS = {
    2022: {"E1": 4, "E2": 2, "E3": 3, "E5": 5},
    2023: {"E1": 5, "E2": 3, "E5": 4},
    2024: {"E1": 4, "E2": 2, "E3": 4, "E4": 3},
}


@pytest.fixture
def years(tmp_path):
    for year, levels in LEVELS.items():
        folder = tmp_path / f"FY{year}"
        folder.mkdir()
        (folder / "agency.yaml").write_text(ABOUT.format(year=year, last=year - 1), encoding="utf-8")
        rows = (
            f"{who},{'Adams Avery' * (level < 3)},main,no,career,190000,190000,{level},{year}-11-14,{'no' * (level < 3)},"
            f"{'none yet' * (level < 3)}\n"
            for who, level in levels.items()
        )
        (folder / "roster.csv").write_text(HEAD + "".join(rows), encoding="utf-8")
    return tmp_path


def run(years, *earlier):
    words = ["import", "ratings", *(str(years / f"FY{year}") for year in earlier), "--out", str(years / "FY2024")]
    return CliRunner().invoke(main, words)


def listed(years):
    with (years / "FY2024" / "history.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["person_id"], int(row["year"])): (int(row["level"]), row["issued"]) for row in csv.DictReader(file)
        }


def test_every_rating_of_who_is_on_the_roster_is_taken_over_once(years):
    """Of each earlier folder, also of who was away for a year; given again nothing is added, one of one's own stays."""
    own = years / "FY2024" / "history.csv"
    own.write_text("person_id,year,level,issued\nE1,2021,3,\nE1,2022,4,\n", encoding="utf-8")
    ran = run(years, 2022, 2023)
    assert ran.exit_code == 0, ran.output
    assert "4 ratings of 3 people added, 2 there before." in ran.output
    assert "1 person has no earlier rating in these folders." in ran.output
    assert listed(years) == {
        ("E1", 2021): (3, ""), ("E1", 2022): (4, ""), ("E1", 2023): (5, "2023-11-14"), ("E2", 2022): (2, "2022-11-14"),
        ("E2", 2023): (3, "2023-11-14"), ("E3", 2022): (3, "2022-11-14"),
    }  # fmt: skip
    assert (years / "FY2024" / "history.before.csv").is_file()
    before = own.read_bytes()
    assert "0 ratings of 0 people added, 6 there before." in run(years, 2023, 2022).output
    assert own.read_bytes() == before


def test_what_two_weak_ratings_call_for_is_told_once_the_earlier_one_is_on_record(years):
    """Without it the report says that this is not told."""

    def told():
        made = report.open_folder(years / "FY2024").complete()
        unknown = [one for one in printed_form.cover(made).look_at if "No rating of an earlier year" in one]
        return bool(unknown), any("removal from the SES" in one.reason for one in made.problems)

    assert told() == (True, False)
    run(years, 2022, 2023)
    assert told() == (False, True)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("FY2024/history.csv", "", "person_id,year,level,issued\nE2,2022,3,\n", "the level for 2022 is 2 in 'FY2022' .row 3. and 3"),
        ("FY2022/roster.csv", "190000,4,", "190000,IV,", "'FY2022' cannot be read whole"),
        ("FY2022/agency.yaml", "fiscal_year: 2022", "fiscal_year: 2024", "'FY2022' is not of an earlier fiscal year"),
    ],
)  # fmt: skip
def test_what_cannot_be_trusted_is_refused(years, file, old, new, said):
    """Two files that say otherwise of one rating, a roster with a cell that cannot be read, a year that is not earlier."""
    path = years / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new) if old else new, encoding="utf-8")
    with pytest.raises(FactError, match=said):
        earlier_ratings.of_folders([years / "FY2022", years / "FY2023"], years / "FY2024")
