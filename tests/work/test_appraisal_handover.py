"""A rating stands in one roster and its history; report, awards, pay worksheet and staffing all follow it."""

import csv
from datetime import date

import pytest
from click.testing import CliRunner

from seskit.desk.appraisal import show
from seskit.desk.cli import main
from seskit.record.staffing import tracker
from seskit.work import report
from seskit.work.appraisal import year_record
from seskit.work.appraisal.outcomes import outcomes
from seskit.work.pay_setting import worksheet
from seskit.work.staffing import after_ratings
from seskit.work.staffing.folder import open_walk
from tests import appraisal_year as invented

DECIDED = date(2024, 12, 15)
AGENCY = invented.AGENCY.replace(
    "{status: none, ratings_final_on: 2024-12-02}", "{status: paid, paid_in: 2024-12, determined_on: 2024-12-05}"
)
PAY = "person_id,rate,last_adjusted,proposed_rate,proposed_award\nHBR001,180000,2023-01-15,185000,10000\n"
HISTORY = "person_id,year,level,issued\nHBR001,2022,4,2022-11-20\nHBR001,2023,3,2023-11-20\n"


def agency(tmp_path, history=HISTORY, **roster):
    """An agency of one executive with everything that rests on the rating: roster, history, pay worksheet."""
    row = invented.person(1, **({"award": "10000"} | roster))
    folder = invented.write(tmp_path, {}, [row], agency=AGENCY)
    (folder / "steps.csv").write_text(",".join(invented.HEAD) + "\n", encoding="utf-8")
    (folder / "history.csv").write_text(history, encoding="utf-8")
    (folder / "pay.yaml").write_text("effective: 2025-01-12\nawards_paid_on: 2024-12-20\n", encoding="utf-8")
    (folder / "pay.csv").write_text(PAY, encoding="utf-8")
    return folder


def change(folder, name, old, new):
    """One cell typed anew in one file."""
    text = (folder / name).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")


def told(folder):
    """What each reader makes of the folder: report problems, pay blocks, actions, moves, supplement."""
    opened = report.open_folder(folder)
    files = year_record.open_folder(folder)
    (found,) = outcomes(files, DECIDED)
    checked = worksheet.check(worksheet.read(folder).worksheet)
    return {
        "report": sorted({problem.column for problem in opened.problems if problem.check}),
        "supplement": [row.person_id for row in opened.complete().supplement],
        "pay": sorted(finding.check for finding in checked.findings if finding.level == "block"),
        "flags": sorted(finding.check for finding in checked.findings if finding.level == "flag"),
        "barred": sorted({action.kind for action in found.actions if action.force == "barred"}),
        "moves": [(move.force, move.what) for move in after_ratings.moves(files, DECIDED)],
    }


def test_one_cell_of_the_roster_moves_every_reader(tmp_path):
    """Level 4 becomes Level 1 in the roster and nowhere else: award, increase, supplement and moves follow."""
    folder = agency(tmp_path)
    before = told(folder)
    assert before == {"report": [], "supplement": [], "pay": [], "flags": [], "barred": [], "moves": []}
    change(folder, "roster.csv", "180000,4,2024-11-18", "180000,1,2024-11-18")
    after = told(folder)
    assert set(after["report"]) == {"action", "award", "pay_decreased"}
    assert after["supplement"] == ["HBR001"]
    assert after["pay"] == ["award", "rate"]
    assert after["flags"] == ["ratings on record"]
    assert after["barred"] == ["adjustment", "award"]
    assert ("required", "Reassign or transfer within the SES, or remove: one of the three.") in after["moves"]
    assert ("permitted", "Remove from the SES.") in after["moves"]


def test_one_cell_of_the_history_moves_every_reader(tmp_path):
    """This year's Level 2 asks for help; with an earlier 2 in the history it means removal, in every reader."""
    weak = {"rating": "2", "award": "", "pay_decreased": "no", "action": "removed from the SES",
            "action_date": "2025-01-31"}  # fmt: skip
    folder = agency(tmp_path, **weak)
    before = told(folder)
    assert before["report"] == ["removal_reason"]
    assert before["moves"] == []
    change(folder, "history.csv", "2023,3", "2023,2")
    after = told(folder)
    assert ("required", "Remove from the SES.") in after["moves"]
    assert any(what.startswith("Offer a position at GS-15") for _, what in after["moves"])
    assert after["flags"] == ["ratings on record"]
    (row,) = report.open_folder(folder).complete().supplement
    assert row.removal_reason == "two_less_than_fully_successful"
    (said,) = [one for one in report.open_folder(folder).problems if one.column == "removal_reason"]
    assert (said.row, said.severity) == (2, "warning")


@pytest.mark.parametrize(
    ("levels", "ground"),
    [
        ((1, 3, 1), "two_unsatisfactory"),
        ((2, 3, 1), "two_less_than_fully_successful"),
        ((3, 2, 2), "two_less_than_fully_successful"),
        ((4, 3, 1), "one_unsatisfactory"),
        ((4, 3, 2), None),
    ],
)
def test_the_form_states_the_ground_that_the_ratings_give(tmp_path, levels, ground):
    """Two unsatisfactory in five years, two below fully successful in three, one unsatisfactory; one 2 gives none."""
    history = f"person_id,year,level,issued\nHBR001,2022,{levels[0]},2022-11-20\nHBR001,2023,{levels[1]},2023-11-20\n"
    facts = {"award": "", "pay_decreased": "no", "action": "removed from the SES", "action_date": "2025-01-31"}
    folder = agency(tmp_path, history, rating=str(levels[2]), **facts)
    (row,) = report.open_folder(folder).complete().supplement
    assert row.removal_reason == ground


@pytest.mark.parametrize(("reason", "wrong"), [
    ("two_unsatisfactory", True), ("two_less_than_fully_successful", True), ("one_unsatisfactory", False),
])  # fmt: skip
def test_a_ground_the_ratings_do_not_bear_out_is_a_problem_with_row_and_column(tmp_path, reason, wrong):
    """One unsatisfactory rating after good years bears out that ground and no other."""
    folder = agency(
        tmp_path, rating="1", award="", pay_decreased="no", action="removed from the SES", action_date="2025-01-31",
        removal_reason=reason,
    )  # fmt: skip
    found = [one for one in report.open_folder(folder).problems if one.column == "removal_reason"]
    assert [(one.row, one.severity) for one in found] == ([(2, "error")] if wrong else [])


def test_none_yet_is_an_answer_and_the_duty_is_said(tmp_path):
    """The report warns, with row and column, where ratings call for action and none is on record."""
    facts = {"award": "", "pay_decreased": "no", "action": "none yet"}
    folder = agency(tmp_path, rating="1", **facts)
    (said,) = [one for one in report.open_folder(folder).problems if one.column == "action"]
    assert (said.row, said.severity) == (2, "warning")
    assert "reassignment or transfer within the SES, or removal" in said.reason
    mild = agency(tmp_path / "mild", rating="2", **facts)
    assert [one for one in report.open_folder(mild).problems if one.column == "action"] == []


RETYPED = [
    ("history.csv", "HBR001,2023,3,2023-11-20", "HBR001,2024,3,2024-11-18", "history.csv", 3, "level"),
    ("history.csv", "HBR001,2023,3,2023-11-20", "HBR001,2024,4,2024-11-19", "history.csv", 3, "issued"),
    ("history.csv", "HBR001,2023,3,2023-11-20", "HBR001,2025,3,2025-11-18", "history.csv", 3, "year"),
    ("history.csv", "HBR001,2023,3,2023-11-20", "HBR001,2022,3,2022-11-20", "history.csv", 3, "year"),
    ("history.csv", "HBR001,2023,3,2023-11-20", "HBR001,2023,3,2022-11-20", "history.csv", 3, "issued"),
    ("pay.csv", "HBR001,180000", "HBR002,180000", "pay", 2, "person_id"),
]


@pytest.mark.parametrize(("name", "old", "new", "file", "row", "column"), RETYPED)
def test_a_value_typed_twice_and_not_alike_is_a_problem_with_row_and_column(
    tmp_path, name, old, new, file, row, column
):
    """Report, pay worksheet and ledger all say so; nobody picks one of the two in silence."""
    folder = agency(tmp_path)
    change(folder, name, old, new)
    readers = [worksheet.read(folder).problems]
    if name == "history.csv":
        readers += [report.open_folder(folder).problems, year_record.open_folder(folder).problems]
    for problems in readers:
        found = [(one.file, one.row, one.column) for one in problems if one.severity == "error"]
        assert found == [(file, row, column)]


def test_an_executive_who_has_gone_may_stay_in_the_history(tmp_path):
    """A row about someone not on the roster is a warning; the report stays final."""
    folder = agency(tmp_path, HISTORY + "HBR099,2023,1,2023-11-20\n")
    opened = report.open_folder(folder)
    (problem,) = opened.problems
    assert (problem.row, problem.column, problem.severity) == (4, "person_id", "warning")
    assert opened.complete().final
    assert problem in year_record.open_folder(folder).problems


def test_a_history_that_cannot_be_read_gives_no_ground(tmp_path):
    """The torn list is an error, and the ground of a removal is not made up from this year's rating alone."""
    folder = agency(
        tmp_path, "person_id,yeer,level\n", rating="1", award="", pay_decreased="no",
        action="removed from the SES", action_date="2025-01-31",
    )  # fmt: skip
    opened = report.open_folder(folder)
    assert {(one.file, one.column) for one in opened.problems} == {
        ("history.csv", "yeer"), ("history.csv", "year"), ("roster", "removal_reason"),
    }  # fmt: skip
    (row,) = opened.complete().supplement
    assert row.removal_reason is None


def test_a_rating_retyped_in_the_pay_worksheet_must_agree(tmp_path):
    """The worksheet may leave the rating blank and may not say another one."""
    folder = agency(tmp_path)
    lines = "person_id,rating,rate,last_adjusted,proposed_rate,proposed_award\nHBR001,5,180000,2023-01-15,,\n"
    (folder / "pay.csv").write_text(lines, encoding="utf-8")
    (problem,) = [one for one in worksheet.read(folder).problems if one.column == "rating"]
    assert (problem.row, problem.value) == (2, "5")
    assert "roster says: 4" in problem.reason


def test_this_years_rating_in_both_files_is_one_rating(tmp_path):
    """A Level 2 of 2024 in roster and history alike is no second weak rating."""
    history = HISTORY + "HBR001,2024,2,2024-11-18\n"
    folder = agency(tmp_path, history, rating="2", award="", pay_decreased="no", action="none yet")
    files = year_record.open_folder(folder)
    assert not files.problems
    (found,) = outcomes(files, DECIDED)
    assert found.consequences.answer["action"] == "help_improve"


def test_a_rating_that_cannot_be_read_leaves_the_consequence_open(tmp_path):
    """Nobody is found clear because a cell of the history could not be read."""
    folder = agency(tmp_path, HISTORY.replace("2023,3", "2023,x"), rating="2", award="")
    (found,) = outcomes(year_record.open_folder(folder), DECIDED)
    assert found.consequences.answer["action"] is None
    wrong_year = agency(tmp_path / "year", HISTORY.replace("2023,3", "MMXXIII,3"), rating="2", award="")
    (found,) = outcomes(year_record.open_folder(wrong_year), DECIDED)
    assert found.consequences.answer["action"] is None


def probationer(folder, appointed):
    row = dict.fromkeys(tracker.COLUMNS, "") | {"person_id": "HBR001", "appointed_on": appointed}
    with (folder / "probation.csv").open("w", encoding="utf-8", newline="") as file:
        sheet = csv.DictWriter(file, list(row))
        sheet.writeheader()
        sheet.writerow(row)


@pytest.mark.parametrize(
    ("appointed", "action"), [("2023-12-16", "may_remove"), ("2023-12-15", "must_reassign_transfer_or_remove")]
)
def test_probation_is_taken_from_the_probation_tracker(tmp_path, appointed, action):
    """With no column and no list, probation.csv says it: one year from the appointment, to the day of the decision."""
    folder = agency(tmp_path, rating="1", award="", on_probation="")
    probationer(folder, appointed)
    (found,) = outcomes(year_record.open_folder(folder), DECIDED)
    assert found.consequences.answer["action"] == action


def test_two_files_that_differ_on_probation_are_a_problem(tmp_path):
    """The roster says no, probation.csv says it still ran when the period ended."""
    folder = agency(tmp_path)
    probationer(folder, "2024-03-03")
    (problem,) = year_record.open_folder(folder).problems
    assert (problem.file, problem.row, problem.column) == ("probation", 2, "appointed_on")


def test_staffing_shows_the_moves_and_says_why_there_are_none(tmp_path):
    """By number, with first day and notice; before the period ends, and without the year's files, a plain sentence."""
    folder = agency(tmp_path / "a", rating="1", award="")
    from seskit.desk.staffing import show as staffing_show

    table = staffing_show.moves(open_walk(folder, DECIDED))
    assert table.rows[0][0] == "HBR001"
    assert "Invented Person" not in str(table.rows)
    assert "December 30, 2024" in str(table.rows)
    assert "after September 29, 2024" in staffing_show.moves(open_walk(folder, date(2024, 9, 29))).empty
    without = staffing_show.moves(open_walk("notebooks/sample/agencies/OQH", DECIDED))
    assert "appraisal.yaml" in without.empty


def moves_of(folder, day):
    return CliRunner().invoke(main, ["staffing", "moves", str(folder), "--as-of", day])


def test_the_command_lists_moves_without_a_vacancy_file(tmp_path):
    """Exit code 1 where something is to be done or cannot be said, 0 where nothing is; without a day it refuses."""
    folder = agency(tmp_path / "a", rating="1", award="")
    said = moves_of(folder, "2024-12-15")
    assert said.exit_code == 1
    assert "Remove from the SES." in said.output
    assert "vacancy.yaml" not in said.output
    assert moves_of(agency(tmp_path / "b"), "2024-12-15").exit_code == 0
    assert "No rating calls for a move" in moves_of(tmp_path / "b", "2024-12-15").output
    assert moves_of("notebooks/sample/agencies/OQH", "2024-12-15").exit_code == 1
    assert moves_of(folder, "").exit_code != 0


def test_the_notebook_and_staffing_tell_the_same_moves():
    """Both read the same sample agency and name the same executives on the same days."""
    files = year_record.open_folder("notebooks/sample/agencies/DBT")
    there = {
        (move.person_id, move.what, move.earliest) for move in after_ratings.moves(files, show.decision_day(files))
    }
    called = [one for one in show.following(files) if one.consequences.answer["required"] is not False]
    assert there
    assert there == {
        (one.person.person_id, action.what, action.earliest)
        for one in called
        for action in one.actions
        if action.kind in ("removal", "reassignment", "placement", "question")
    }


@pytest.mark.parametrize(("done", "on", "open_still"), [
    ("removed from the SES", "2024-12-14", False), ("optional retirement", "2024-12-14", False),
    ("removed from the SES", "2024-12-16", True), ("reassigned within the SES", "2024-12-14", True),
    ("removal proposed", "2024-12-14", True), ("none yet", "", True),
])  # fmt: skip
def test_what_the_roster_says_was_done_is_not_asked_for_again(tmp_path, done, on, open_still):
    """In effect by the day of the decision; a reassignment is no removal, and the report says that, too."""
    facts = {"award": "", "pay_decreased": "no", "action": done, "action_date": on}
    folder = agency(tmp_path, HISTORY.replace("2023,3", "2023,2"), rating="2", **facts)
    (found,) = outcomes(year_record.open_folder(folder), DECIDED)
    assert any(action.what == "Remove from the SES." for action in found.actions) is open_still
    warned = any(one.column == "action" for one in report.open_folder(folder).problems)
    assert warned is (done in ("reassigned within the SES", "removal proposed", "none yet"))
