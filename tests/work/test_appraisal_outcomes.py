"""From the ratings onward: each rating history leads to its actions, on days that notice and bars allow."""

from datetime import date

import openpyxl
import pytest

from seskit.desk.appraisal import show
from seskit.law import appraisal, staffing
from seskit.paper.appraisal import action_list
from seskit.record.appraisal.year_record import blank
from seskit.record.forms import back
from seskit.record.forms import blank as forms_blank
from seskit.record.forms.draft import Draft
from seskit.record.forms.known import declared
from seskit.work.appraisal import year_record
from seskit.work.appraisal.outcomes import outcomes
from tests import appraisal_year as invented

DECIDED = date(2024, 12, 15)


def follow(tmp_path, rating, history=(), cycle=invented.CYCLE, decided=DECIDED, **changes):
    """The outcome for one invented executive with this rating and these earlier ratings."""
    row = invented.person(1, **({"rating": str(rating), "rating_date": "2024-11-18"} | changes))
    years = {"HBR001": invented.clean(rating, date(2024, 11, 18))}
    folder = invented.write(tmp_path, years, [row], cycle=cycle)
    lines = "".join(f"HBR001,{year},{level},{issued}\n" for year, level, issued in history)
    (folder / "history.csv").write_text(f"person_id,year,level,issued\n{lines}", encoding="utf-8")
    files = year_record.open_folder(folder)
    assert not files.problems
    (found,) = outcomes(files, decided)
    return found


def said(found, force):
    return [action.what for action in found.actions if action.force == force]


def action(found, what):
    return next(one for one in found.actions if one.what.startswith(what))


def test_two_weak_ratings_in_three_years_mean_removal_after_thirty_days(tmp_path):
    """5 CFR 430.309, 430.312. Notice on the day of the decision, effective on the thirtieth day; a placement at GS-15 or above goes with it."""
    found = follow(tmp_path, 2, [(2023, 2, "2023-11-20")])
    removal = action(found, "Remove")
    assert (removal.force, removal.earliest) == ("required", date(2025, 1, 14))
    assert "notice by 2024-12-15" in removal.notice
    assert removal.authority.startswith("5 U.S.C. 4314(b)(4)")
    assert removal.why.startswith("The executive must be removed from the SES.")
    assert any(what.startswith("Offer a position at GS-15") for what in said(found, "required"))
    assert "Performance award." in said(found, "barred")
    assert "Increase of pay." in said(found, "barred")


def test_a_new_agency_head_delays_a_removal_that_does_not_rest_on_an_unsatisfactory_rating(tmp_path):
    """Head appointed 2024-12-01: two minimally satisfactory wait to day 121; an earlier unsatisfactory does not."""
    cycle = invented.CYCLE.replace("2021-03-01", "2024-12-01")
    late = follow(tmp_path / "a", 2, [(2023, 2, "2023-11-20")], cycle)
    assert action(late, "Remove").earliest == date(2025, 4, 1)
    free = follow(tmp_path / "b", 1, [(2022, 1, "2022-11-20")], cycle)
    assert action(free, "Remove").earliest == date(2025, 1, 14)


@pytest.mark.parametrize(("since", "removal", "move"), [
    ("2024-12-01", date(2025, 4, 1), date(2025, 4, 1)), ("2024-09-16", date(2025, 1, 15), date(2025, 1, 15)),
    ("2024-09-15", date(2025, 1, 14), date(2025, 1, 14)), ("", date(2025, 1, 14), date(2024, 12, 30)),
])  # fmt: skip
def test_a_new_noncareer_supervisor_on_the_roster_delays_removal_and_reassignment(tmp_path, since, removal, move):
    """Day 121 after the appointment is the first open one; a blank cell means there is none."""
    weak = follow(tmp_path / "a", 2, [(2023, 2, "2023-11-20")], noncareer_supervisor_since=since)
    assert action(weak, "Remove").earliest == removal
    fine = follow(tmp_path / "b", 4, noncareer_supervisor_since=since)
    assert action(fine, "Reassign within").earliest == move


def test_without_the_column_the_doubt_about_the_supervisor_is_said(tmp_path):
    """The sample roster has no such column; the notice of a removal names it."""
    found = outcomes(year_record.open_folder("notebooks/sample/agencies/DBT"), date(2024, 11, 30))
    removals = [act for one in found for act in one.actions if act.force == "required" and act.kind == "removal"]
    assert removals
    assert all("noncareer_supervisor_since" in act.notice for act in removals)


def test_one_unsatisfactory_rating_opens_three_ways_and_forbids_none_of_them(tmp_path):
    """Reassign after fifteen days or remove after thirty: one is required."""
    found = follow(tmp_path, 1, [(2023, 4, "2023-11-20")])
    assert any("one of the three" in what for what in said(found, "required"))
    assert action(found, "Reassign within").earliest == date(2024, 12, 30)
    assert action(found, "Remove").force == "permitted"


def test_one_minimally_satisfactory_rating_asks_for_help_and_bars_removal(tmp_path):
    """Removal is not open on it alone."""
    found = follow(tmp_path, 2, [(2023, 3, "2023-11-20")])
    assert "Removal for performance on this rating alone." in said(found, "barred")
    assert found.report[0] == "Goes on the supplementary form."
    assert "Fill in pay_decreased on the roster." in found.report


def test_windows_that_differ_go_to_counsel(tmp_path):
    """2022 and 2024 issued more than three years apart: inside by year, outside by day."""
    found = follow(tmp_path, 2, [(2022, 2, "2022-01-05")], decided=date(2025, 2, 1), rating_date="2025-01-20")
    assert found.consequences.answer["action"] == "REFER_TO_COUNSEL"
    assert "counsel" in said(found, "required")[0]


def test_fully_successful_or_better_allows_an_award_and_a_raise_to_career_only(tmp_path):
    """5 U.S.C. 4314(b)(2), 5384. A noncareer executive gets no performance award, and may be removed on a day's notice."""
    career = follow(tmp_path / "a", 4)
    assert "Performance award of $9,000 to $36,000." in said(career, "permitted")
    assert said(career, "barred") == []
    noncareer = follow(tmp_path / "b", 4, appointment_type="noncareer")
    assert said(noncareer, "barred") == ["Performance award."]
    assert action(noncareer, "Remove").earliest == date(2024, 12, 16)


def test_an_award_is_open_to_whoever_may_have_one_whether_or_not_it_is_on_the_roster(tmp_path):
    """Counted with the others; the amount on the roster is named beside the limits."""
    found = [follow(tmp_path / "a", 4), follow(tmp_path / "b", 5, award="12000"), follow(tmp_path / "c", 5, award="1")]
    assert ("permitted", "Performance award", "3") in show.actions(found).rows
    assert "Performance award of $9,000 to $36,000; $12,000 is on the roster." in said(found[1], "permitted")
    assert "The award of $1 on the roster." in said(found[2], "barred")


def test_a_limit_of_pay_is_said_and_not_a_rate_that_nobody_proposed(tmp_path):
    """Rated 1 at $180,000: no rate beside it and the limits is named, and what is missing is called by its label."""
    rows = action_list.rows([follow(tmp_path / "a", 1), follow(tmp_path / "b", 4)])
    why = [row[8] for row in rows if row[6] == "pay_setting"]
    assert why == [
        "At most $180,000, the rate now, until a later appraisal period is rated level 3 or better.",
        "At least $162,000 in one action, and less than $180,000, the rate now."
        " Not known yet: Last counted adjustment, Written notice given.",
        "At least $180,000, the rate now, and at most $221,900.",
    ]
    assert not [row for row in rows if "$180,001" in row[8] or "$179,999" in row[8]]


def test_a_question_is_shown_in_its_words(tmp_path):
    """The workbook asks in a sentence and gives the name by which it is asked again."""
    asked = {row[7] for row in action_list.rows([follow(tmp_path, 2, award="12000")])}
    assert "May this executive receive this performance award? (awards.check_award)" in asked
    assert all("? (" in one for one in asked)


@pytest.mark.parametrize(("changes", "left", "gone"), [
    ({"on_rolls_period_end": "no", "basic_pay_period_end": ""}, False, True),
    ({"basic_pay_period_end": ""}, True, True), ({"basic_pay_period_end": ""}, False, False), ({}, True, False),
])  # fmt: skip
def test_nothing_follows_for_one_who_left_before_the_period_ended(tmp_path, changes, left, gone):
    """By the roster, or by the steps where it has no rate: nobody is reassigned who is not there any more."""
    row = invented.person(1, **({"rating": "", "rating_date": "", "on_probation": ""} | changes))
    steps = {"HBR001": {"left_position": [["2024-03-15", "", "", ""]]} if left else {}}
    (found,) = outcomes(year_record.open_folder(invented.write(tmp_path, steps, [row])), DECIDED)
    assert (found.actions == ()) == gone
    assert not gone or (found.urgency == 2 and not show.is_weak(found))


def test_an_award_paid_against_the_rule_is_named(tmp_path):
    """Level 2 with an award on the roster."""
    found = follow(tmp_path, 2, award="12000")
    assert "The award of $12,000 on the roster." in said(found, "barred")


def test_without_the_fact_of_probation_nothing_is_guessed(tmp_path):
    """A blank cell is not known, and the action is to find out."""
    found = follow(tmp_path, 2, on_probation="")
    assert said(found, "required")[0].startswith("Find out what is missing.")


@pytest.mark.parametrize("days", [0, 1, 119, 120, 121, 200])
@pytest.mark.parametrize("who", ["head", "supervisor"])
def test_appraisal_and_staffing_count_the_same_bars(days, who):
    """Both subjects speak of the 120 days after an appointment; they end on the same day for the same facts."""
    appointed = date(2024, 3, 1)
    day = date.fromordinal(appointed.toordinal() + days)
    head = {"new_head_on": appointed} if who == "head" else {}
    boss = {"new_supervisor_on": appointed, "supervisor_noncareer": True, "supervisor_has_authority": True}
    there = {"head_appointed_on": appointed} if who == "head" else {}
    chief = {"supervisor_appointed_on": appointed, "supervisor_noncareer": True}
    for name, power in (("removal", "supervisor_can_remove"), ("reassignment", "supervisor_rates")):
        mine = getattr(appraisal, f"{name}_bar")(
            day, appointment_type="career", ground="other", **(there or {**chief, power: True})
        )
        theirs = staffing.moratorium(day, action=name, **(head or boss))
        assert mine.answer["blocked"] == theirs.answer["barred"]
        if mine.answer["blocked"]:
            assert mine.answer["first_open"] == theirs.answer["first_free_day"]


def several(tmp_path, weak, cycle=invented.CYCLE):
    """Five executives, the one in the middle with another rating, of whom nobody said whether they are on probation."""
    rows = [invented.person(n, on_probation="", rating=str(weak if n == 3 else 4)) for n in range(1, 6)]
    years = {row["person_id"]: invented.clean(int(row["rating"]), date(2024, 11, 18)) for row in rows}
    folder = invented.write(tmp_path / "a", years, rows, cycle=cycle)
    (folder / "history.csv").write_text("person_id,year,level,issued\nHBR001,2023,4,2023-11-20\n", encoding="utf-8")
    return year_record.open_folder(folder)


@pytest.mark.parametrize("weak", [1, 2])
def test_who_must_be_acted_on_stands_before_those_of_whom_nothing_can_be_told(tmp_path, weak):
    """One line for the weak one, with what follows past probation and on it; one for the four others, numbers behind it."""
    found = outcomes(several(tmp_path, weak), DECIDED)
    first, rest = show.weak(found).parts
    assert first[0].startswith(f"HBR003: rated {weak}. Past probation: {found[2].past_probation.says} On probation: ")
    assert rest[0].startswith("4 executives: Cannot tell: whether the executive is on probation is not known. ")
    assert "or that nobody is" in rest[0]
    assert [one for one in ("HBR001", "HBR002", "HBR003", "HBR004", "HBR005") if one not in rest[1]] == ["HBR003"]
    assert show.by_urgency(found)[0].person.person_id == "HBR003"


def test_the_workbook_of_actions_begins_with_those_to_act_on(tmp_path):
    """What must be found out first is about the one who may have to go, and says what then follows."""
    found = outcomes(several(tmp_path, 1), DECIDED)
    listed = [row for row in action_list.rows(found) if row[2] == "required"]
    assert [row[0] for row in listed] == ["HBR003", "HBR001", "HBR002", "HBR004", "HBR005"]
    assert listed[0][3].endswith("must be reassigned or transferred within the SES, or removed.")


@pytest.mark.parametrize("known", [True, False])
def test_without_earlier_ratings_the_list_and_its_workbook_say_so(tmp_path, known):
    """A second weak rating would else stand there as the first."""
    folder = tmp_path / "a"
    several(tmp_path, 1)
    if not known:
        (folder / "history.csv").unlink()
    files = year_record.open_folder(folder)
    assert any("No earlier ratings are on record" in note for note in files.notes) is not known
    (made,) = action_list.write(files, outcomes(files, DECIDED), tmp_path / "out")
    assert ("To know" in openpyxl.load_workbook(made).sheetnames) is not known


def test_the_steps_to_fill_in_are_those_that_a_year_cannot_do_without(tmp_path):
    """Each of them left out is a finding; of the others a clean year has, none is."""
    year = invented.clean(4, date(2024, 11, 18))
    needed = set()
    for step in year:
        left = {name: rows for name, rows in year.items() if name != step}
        folder = invented.write(tmp_path / step, {"HBR001": left}, [invented.person(1)])
        if year_record.audit(year_record.open_folder(folder)).findings:
            needed.add(step)
    assert needed == set(blank.EVERYONE)


def test_steps_begin_with_the_roster_and_a_row_without_a_day_is_not_done(tmp_path):
    """Workbook, list and entries: a row for each step of each executive; as they come, every year lacks all of it."""
    folder = invented.write(tmp_path / "a", {}, [invented.person(n) for n in (1, 2)])
    assert year_record.audit(year_record.open_folder(folder)).findings
    (folder / "steps.csv").unlink()
    rows = [(f"HBR00{number}", step.replace("_", " ")) for number in (1, 2) for step in blank.EVERYONE]
    (made,) = forms_blank.write(folder, "steps")
    sheet = openpyxl.load_workbook(made).worksheets[0]
    told = [tuple(cell.value for cell in row[:2]) for row in sheet.iter_rows()]
    assert [one for one in told if one in rows] == rows
    made.unlink()
    draft = Draft(declared("steps"), folder)
    content = draft.workbook()
    draft.take(back.read(declared("steps"), content, "steps.xlsx").grid)
    assert not draft.faults
    draft.save()
    files = year_record.open_folder(folder)
    assert files.steps == {}
    assert not files.problems
    assert "18 steps in steps.csv without a day, role, level or note: treated as not done yet." in files.notes
    (folder / "appraisal.yaml").unlink()
    (folder / "steps.csv").unlink()
    blank.write(folder)
    assert (folder / "steps.csv").read_text().splitlines()[1] == "HBR001,consultation,,,,"
    assert len((folder / "steps.csv").read_text().splitlines()) == 19


def test_a_number_of_nobody_on_probation_is_an_error(tmp_path):
    """It is named; the numbers on the roster are not."""
    files = several(tmp_path, 4, f"{invented.CYCLE}on_probation: ['9999', HBR002]\n")
    assert [(one.file, one.column, one.value, one.severity) for one in files.problems] == [
        ("appraisal.yaml", "on_probation", "9999", "error")
    ]


@pytest.mark.parametrize(("row", "said"), [
    ("2022,2,2025-11-18", "is after the period of the roster, which ends on 2024-09-30, and the rating is that of 2022"),
    ("1922,2,", "is over 50 years before the period of the roster"), ("2022,2,2022-11-18", None),
])  # fmt: skip
def test_an_earlier_rating_of_an_impossible_day_is_an_error(tmp_path, row, said):
    """One that is mistyped would drop out of the three and five years, and with it the removal it requires."""
    folder = invented.write(tmp_path, {}, [invented.person(1, rating="2", rating_date="2024-11-18")])
    (folder / "history.csv").write_text(f"person_id,year,level,issued\nHBR001,{row}\n", encoding="utf-8")
    assert [one.reason for one in year_record.open_folder(folder).problems] == [said] * (said is not None)
