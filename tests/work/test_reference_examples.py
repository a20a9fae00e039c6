"""Every worked example of the reference, by its id: where it is tested; and those that no other file tests."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from seskit.law import awards
from seskit.law.report import editions
from seskit.law.report.dates import base_pay_date
from seskit.paper.appraisal import notice
from seskit.record import agency as agency_file
from seskit.record.appraisal.year_record import Files
from seskit.record.appraisal.year_record.files import open_folder as open_year
from seskit.work import report
from seskit.work.appraisal import adjustments, rating_tables
from seskit.work.report import readings
from tests.places import CASES, SAMPLES, file_of
from tests.worked import WORKED

ONE_PLAN = CASES / "report-one-plan"


def numbered(letter: str, numbers: str) -> list[str]:
    """The ids of a letter: '1-3 5 4b' is 1, 2, 3, 5 and 4b."""
    found = []
    for part in numbers.split():
        first, _, last = part.partition("-")
        found += [f"{letter}{n:0{len(first)}}" for n in range(int(first), int(last) + 1)] if last else [letter + part]
    return found


#: The examples whose ids are those of a worked case, by the files of cases that hold them.
BY_CASE: dict[str, tuple[tuple[str, ...], list[str]]] = {
    "pay": (
        ("pay_setting", "awards"),
        [
            *numbered("P", "01-04 06-08 10-13 15-17 19-21 23-25 27-29 31-34 36-38 40-42 44-46 49 51 52 54"),
            *numbered("M", "1-4 6-8"),
        ],
    ),
    "appraisal": (
        ("appraisal",),
        [
            *numbered("D", "1-4 6-8 10 11 13-15 17 18"), *numbered("W", "1 2 4-6 8 9 11"), *numbered("L", "1 2 4 5 7 8"),
            *numbered("C", "1-3 5-7 9 10 12-15 17 18 20 21"), *numbered("B", "1-4 6"), *numbered("K", "1-3 5-7 9"),
            *numbered("Y", "1 3-5 7 8"),
        ],
    ),
    "certification": (
        ("certification",),
        [
            *numbered("R", "1-10"), *numbered("H", "1-3 5-7 9-13 15-17 19-21 23 24 26-28"), *numbered("PAY-", "1-9"),
            *numbered("TERM-", "1-9"), *numbered("TRANS-", "1-5"),
        ],
    ),
    "staffing": (
        ("staffing",),
        numbered("W", "1 2 4-6 8-13 15 16 18-22 24-26 28-32 34 35 37-39 41-43 45-48 50-52"),
    ),
    "corrections": (("pay_setting", "awards"), numbered("K", "1-6 8 10")),
}  # fmt: skip
#: The others, each with the test that holds it.
BY_TEST: dict[str, str] = {
    "M5": "test_reference_examples::test_m5_award_and_pool_rest_on_days_of_their_own",
    "K7": "test_awards::test_k7_after_fiscal_year_2017_the_limit_goes_on_with_a_doubt",
    "K9": "test_field_report::test_the_pool_is_the_agencys_over_all_plans",
    "K11": "test_awards::test_k11_growth_of_the_executive_schedule",
    "K12": "test_corrections::test_k12_the_chance_to_respond_and_a_higher_level_review_are_statute",
    "K13": "test_corrections::test_k13_the_board_speaks_of_awards_before_2015_and_of_pay_from_2015",
    "K14": "test_corrections::test_k14_three_or_more_members",
    "K15": "test_corrections::test_k15_own_level_names_need_a_statement",
    "K16": "test_field_appraisal::test_quarterly_reviews_are_our_reading_with_a_switch",
    "K17": "test_corrections::test_k17_the_ceiling_counts_career_members",
    "K18": "test_reference_examples::test_k18_the_notice_gives_adjustments_beside_awards_and_ratings",
    "K19": "test_field_certification::test_k19_provisional_needs_80_points",
    "K20": "test_field_certification::test_k20_pay_above_level_iii_is_an_indicator",
    "K21": "test_field_certification::test_a_new_system_needs_no_rating_period",
    "K22": "test_reference_examples::test_k22_forms_come_in_the_order_of_the_instructions",
    "K23": "test_reconciliation::test_an_agency_without_a_career_rate_has_blanks",
    "K24": "test_reconciliation::test_a_year_for_which_opm_takes_another_layout_says_so",
    "K25": "test_corrections::test_k25_before_the_appointment_no_bar_runs",
    "R03": "test_reconciliation::test_an_account_that_does_not_agree_with_the_forms_is_an_error",
    **dict.fromkeys(
        [*numbered("R", "01 02 04 05 07-13 15 17 18")], "test_checks::test_a_check_finds_its_fault"
    ),
    "R14": "test_checks::test_an_inspector_general_form_never_exceeds_the_plans_that_contain_it",
    **dict.fromkeys(["R06", "R16", "R19", "R20"], "test_reference_examples::test_a_check_of_rows_finds_its_fault"),
    **dict.fromkeys(numbered("G", "1-17"), "test_reference_examples::test_g_an_open_point_is_read_as_recommended"),
    "report 11": "test_reference_examples::test_report_11_the_worked_example",
    "X1": "test_forum::test_x1_the_forum_of_28_july_2004",
    "X2": "test_forum::test_x2_moving_the_start_moves_every_time_and_nothing_else",
    "X4": "test_forum::test_x4_a_deleted_break_leaves_a_gap",
    "X4b": "test_forum::test_x4b_a_long_stretch_without_a_break_is_a_warning",
    "X5": "test_forum::test_x5_what_is_proposed_says_so",
    "X7": "test_forum::test_x7_figures_of_2004_are_refused_in_2005",
    "X8": "test_forum::test_x8_an_exercise_without_an_answer_stops_the_build",
    "X9": "test_forum::test_x9_x10_the_answers_are_computed",
    "X10": "test_forum::test_x9_x10_the_answers_are_computed",
    "X11": "test_forum::test_x11_the_balanced_measures_day",
    "X12": "test_forum::test_x12_on_another_day_the_names_of_record_are_dropped",
}  # fmt: skip


def test_every_example_is_a_case_or_names_its_test() -> None:
    """No id is without a test: of the cases the id itself, or with a letter or word after it; of the tests, one that is there."""
    ids = {(stem, case["id"]) for stem, case in WORKED}
    missing = [
        (group, one)
        for group, (stems, wanted) in BY_CASE.items()
        for one in wanted
        if not any(stem in stems and re.fullmatch(rf"{re.escape(one)}([-.].+)?", known) for stem, known in ids)
    ]
    for one, where in BY_TEST.items():
        file, _, name = where.partition("::")
        if f"\ndef {name}(" not in file_of(file).read_text(encoding="utf-8"):
            missing.append(("by test", one))
    assert missing == []
    counts = {group: len(wanted) for group, (_, wanted) in BY_CASE.items()}
    assert counts == {"pay": 47, "appraisal": 62, "certification": 55, "staffing": 41, "corrections": 8}


def test_the_checks_of_forms_are_asked_for_by_their_number() -> None:
    """Each number that the table above sends to the list of faults is a row of that list."""
    text = file_of("test_checks").read_text(encoding="utf-8")
    sent = [one for one, where in BY_TEST.items() if where.endswith("test_a_check_finds_its_fault")]
    assert len(sent) == 14
    assert all(f'"{one}", "item' in text for one in sent)


def changed(place: Path, who: str, **cells: str) -> Path:
    """The worked example with other cells in one row."""
    shutil.copytree(ONE_PLAN, place)
    rows = list(csv.DictReader((place / "roster.csv").read_text(encoding="utf-8").splitlines()))
    made = io.StringIO()
    writer = csv.DictWriter(made, rows[0])
    writer.writeheader()
    writer.writerows(row | (cells if row["person_id"] == who else {}) for row in rows)
    (place / "roster.csv").write_text(made.getvalue(), encoding="utf-8")
    return place


@pytest.mark.parametrize(
    ("check", "who", "cells", "column", "severity"),
    [
        ("R06", "X01", {"award": "5649"}, "award", "error"),
        ("R06", "X07", {"award": "26001"}, "award", "error"),
        ("R16", "X08", {"award": "9000"}, "award", "error"),
        ("R19", "X03", {"basic_pay_fy_end": "129801"}, "basic_pay_fy_end", "warning"),
        ("R12", "X06", {"action": "reassigned within the SES", "action_date": ""}, "action_date", "error"),
        ("R20", "X06", {"action": "reassigned", "action_date": "2002-11-14"}, "action_date", "warning"),
    ],
)
def test_a_check_of_rows_finds_its_fault(tmp_path: Path, check: str, who: str, cells: dict[str, str], column: str,
                                         severity: str) -> None:  # fmt: skip
    """R06, R12, R16, R19, R20: one dollar or one day is enough; the finding names row, column and how grave it is."""
    clean = {problem.check for problem in report.check(ONE_PLAN)}
    assert check not in clean
    found = [problem for problem in report.check(changed(tmp_path / "a", who, **cells)) if problem.check == check]
    assert [(problem.column, problem.severity) for problem in found] == [(column, severity)]
    assert found[0].row == int(who[1:]) + 1


@pytest.mark.parametrize("words", ["none yet", "No action", "removal proposed", "reassignment pending"])
def test_an_action_that_was_not_taken_needs_no_effective_date(tmp_path: Path, words: str) -> None:
    """What is still to come has no day yet; the supplementary form can be final without one."""
    folder = changed(tmp_path / "a", "X06", action=words, action_date="")
    assert not [one for one in report.check(folder) if one.column == "action_date"]


def test_report_11_the_worked_example() -> None:
    """The report's worked example, value for value."""
    form = report.open_folder(ONE_PLAN).complete().forms[0]
    assert form.aggregate is not None
    pay = {name: (row.number, row.total) for name, row in form.pay_rows.items() if row.number}
    assert pay == {
        "1": (2, Decimal(226000)), "4": (3, Decimal(389400)), "6": (1, Decimal(130000)),
        "presidential": (1, Decimal(130000)),
    }  # fmt: skip
    assert (form.aggregate.number, form.aggregate.total) == (7, Decimal(875400))
    assert (form.pool, form.paid_amount, form.paid_percent) == (Decimal("87540.00"), Decimal(54365), Decimal("6.21"))
    assert {level: count for level, count in (form.levels or {}).items() if count} == {5: 1, 8: 1, 10: 1, 20: 1}
    assert (form.awards_number, form.awards_percent) == (4, Decimal("57.1"))
    assert form.appointees == {"career": 7, "noncareer": 1, "limited": 1}


#: What the reference recommends for each open point, as the product words it.
RECOMMENDED = {
    "G1": "20 percent of the average rate", "G2": "printed with four digits", "G3": "rates on the day of item 4 count",
    "G4": "in the Career column of items 9 and 10", "G5": "percentage of the career appointees of item 9",
    "G6": "nearest whole percent, half up", "G7": "a percentage with two decimals",
    "G8": "the agency's plans paid in one fiscal year together", "G9": "a part of the plan forms and is never added",
    "G10": "gets an aggregate form, identical to the plan's", "G11": "patterns F and G are aggregated separately",
    "G12": "item 5 is the statutory ceiling", "G13": "the reason is printed in the action column",
    "G14": "one month of payment per plan fixes the day of item 4", "G15": "item 3 is blank when no awards are paid",
    "G16": "the 14 days are calendar days", "G17": "left to be added by hand",
}  # fmt: skip


def test_g_an_open_point_is_read_as_recommended() -> None:
    """G1 to G17: each reading in force without a word in agency.yaml is the recommended one."""
    said = {code: used for _, used, code in readings.all_used(agency_file.Options(), editions.newest())}
    assert list(said) == list(RECOMMENDED)
    assert {code for code, words in RECOMMENDED.items() if words.lower() not in said[code].lower()} == set()


def test_k22_forms_come_in_the_order_of_the_instructions() -> None:
    """K22: plans, then aggregates, then Inspector General offices."""
    scopes = [form.scope for form in report.open_folder(CASES / "report-many-plans").complete().forms]
    assert set(scopes) == {"plan", "aggregate", "ig"}
    assert scopes == sorted(scopes, key=["plan", "aggregate", "ig"].index)


def test_m5_award_and_pool_rest_on_days_of_their_own() -> None:
    """M5: the award on the rate at the end of the period, the pool on the rates at the end of the fiscal year before."""
    assert base_pay_date(paid_in="2002-12").answer == date(2002, 9, 30)
    assert base_pay_date(paid_in="2002-09").answer == date(2001, 9, 30)
    row = report.open_folder(ONE_PLAN).roster.people[0]
    assert row.basic_pay_period_end == Decimal(113000)
    checked = awards.check_award("2002-12-10", appointment_type="career", rating=5, rate=113000, award=22600)
    assert checked.answer["lawful"] is True
    assert (
        checked.answer
        == awards.check_award("2003-12-10", appointment_type="career", rating=5, rate=113000, award=22600).answer
    )


def year_of(place: Path, *, pending: bool, adjustments: list[str] | None) -> Files:
    """An agency of fourteen at each of levels 3 and 4, with these adjustments in turn."""
    sample = SAMPLES / "CTA"
    shutil.copytree(sample, place)
    text = (place / "agency.yaml").read_text(encoding="utf-8")
    if pending:
        text = re.sub(r"status: paid, paid_in: \S+, determined_on: [\d-]+", "status: pending, paid_in: 2012-12", text)
    (place / "agency.yaml").write_text(text, encoding="utf-8")
    rows = list(csv.DictReader((place / "roster.csv").read_text(encoding="utf-8").splitlines()))
    made = io.StringIO()
    columns = [*rows[0], *(["pay_adjustment"] if adjustments else [])]
    writer = csv.DictWriter(made, columns)
    writer.writeheader()
    for number, row in enumerate(rows):
        writer.writerow(row | ({"pay_adjustment": adjustments[number % len(adjustments)]} if adjustments else {}))
    (place / "roster.csv").write_text(made.getvalue(), encoding="utf-8")
    return open_year(place)


def test_k18_the_notice_gives_adjustments_beside_awards_and_ratings(tmp_path: Path) -> None:
    """K18: ratings, average awards and average adjustments by level; small groups hidden."""
    files = year_of(tmp_path / "a", pending=False, adjustments=["4000", "$4,000", ""])
    made = notice.notice(files)
    assert not made.draft
    assert notice.waiting(files) == []
    body = made.body
    assert body.index("# Ratings") < body.index("# Performance awards") < body.index("# Performance adjustments")
    shown = rating_tables.spread(files.executives(), files.ends, adjusted=adjustments.of(files).amounts)
    averages = {row[0]: row[1:] for row in shown.adjustments}
    assert set(averages) == {f"Level {level}" for level in range(1, 6)}
    assert {row[1] for row in averages.values()} <= {"$4,000", "none", "hidden"}
    assert any(row[1] == "$4,000" for row in averages.values())
    few = Counter(one.rating for one in files.executives() if one.rating)
    assert all(averages[f"Level {level}"] == ("hidden", "hidden") for level, many in few.items() if many < 5)


@pytest.mark.parametrize(
    ("pending", "amounts", "why"),
    [
        (True, ["4000"], ["the awards of plan main are pending"]),
        (False, None, ["the roster has no column pay_adjustment"]),
        (False, ["4000", "much"], ["pay_adjustment cannot be read in row 3,"]),
        (True, None, ["the awards of plan main are pending", "the roster has no column pay_adjustment"]),
    ],
)
def test_k18_the_notice_is_a_draft_while_something_is_to_come(tmp_path: Path, pending: bool, amounts: list[str] | None,
                                                              why: list[str]) -> None:  # fmt: skip
    """Pending awards, and adjustments not on record, make it a draft that says why."""
    made = notice.notice(files := year_of(tmp_path / "a", pending=pending, adjustments=amounts))
    assert made.draft
    assert all(said.startswith(words) for said, words in zip(notice.waiting(files), why, strict=True))
    assert made.body.count("**Draft:**") == len(why)
    assert ("Not on record." in made.body) is (amounts is None or "much" in amounts)
