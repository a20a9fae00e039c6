"""The pay worksheet: files read, every limit on both sides, the workbook held against the engine, clocks and commands."""

from __future__ import annotations

import io
import json
import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from seskit.desk import cli
from seskit.desk.pay_setting import show
from seskit.law.pay_setting import clock
from seskit.paper.pay_setting.worksheet import book, formula_columns, page
from seskit.paper.pay_setting.worksheet.formulas import both, call, cell, constant, if_, serial
from seskit.record.pay_setting.worksheet.columns import COLUMNS
from seskit.record.pay_setting.worksheet.reading import WorksheetRow
from seskit.work.pay_setting import personal_clock, worksheet
from seskit.work.pay_setting.folder import open_folder
from tests import axe
from tests.extent import some
from tests.pay_sheets import random_sheet, row, sheet
from tests.places import FIELD, SAMPLES
from tests.workbooks import differences, formulas, recalculate

#: Two samples have determined awards on the roster that their worksheets propose otherwise.
DETERMINED = "the proposed awards differ from those determined in the roster"
WITH_PAY = ["DBT", "WSA", "OQH", "CTA"]
AGENCY = """code: TST
name: Test Agency
fiscal_year: 2016
certified: true
plans:
  - id: main
    pattern: H
    appraisal_period: {from: 2015-10-01, to: 2016-09-30}
    awards: {status: none, ratings_final_on: 2016-11-18}
"""
TERMS = "effective: 2017-02-05\nawards_paid_on: 2016-12-16\n"
ROSTER = "person_id,plan,ig_office,appointment_type,basic_pay_fy_end,basic_pay_period_end,rating,rating_date\n"
PAY = "person_id,rate,last_adjusted,proposed_rate,proposed_award,top_official_approves,reason\n"


def folder(tmp_path, pay, roster="A1,main,no,career,160000,160000,4,2016-11-01\n", terms=TERMS, agency=AGENCY):
    """An agency's folder with these files."""
    (tmp_path / "agency.yaml").write_text(agency)
    (tmp_path / "pay.yaml").write_text(terms)
    (tmp_path / "roster.csv").write_text(ROSTER + roster)
    (tmp_path / "pay.csv").write_text(PAY + pay)
    return tmp_path


def found(*rows: WorksheetRow, **terms: Any) -> list[tuple[str, str]]:
    """The kind and check of every finding."""
    return [(f.level, f.check) for f in worksheet.check(sheet(*rows, **terms)).findings]


def test_a_worksheet_is_read_with_its_roster(tmp_path):
    """What the worksheet leaves blank comes from the roster; the pool base is career pay at the fiscal year's end."""
    opened = worksheet.read(folder(tmp_path, 'A1,"$160,000",1/10/2016,163000,12000,,\n'))
    assert not opened.problems
    (made,) = opened.worksheet.rows
    assert (made.rating, made.appointment_type, made.award_base) == (4, "career", 160000)
    assert (opened.worksheet.pool_count, opened.worksheet.pool_aggregate) == (1, 160000)
    assert opened.worksheet.certified is True


@pytest.mark.parametrize(
    ("pay", "words"),
    [
        ("A1,x,2016-01-10,,,,\n", "pay, row 2, rate: 'x' is not an amount in dollars"),
        ("A1,,2016-01-10,,,,\n", "pay, row 2, rate: needed, and blank"),
        ("A1,160000,2016-13-10,,,,\n", "pay, row 2, last_adjusted: '2016-13-10' is not a day in the calendar"),
        ("A1,160000,,,,maybe,\n", "pay, row 2, top_official_approves: 'maybe' is neither yes nor no"),
        ("B9,160000,,,,,\n", "pay, row 2, person_id: 'B9' is not in the roster"),
        ("A1,160000,,,,,\nA1,160000,,,,,\n", "pay, row 3, person_id: 'A1': the number is already on row 2"),
        ("A1,160000,,,,,see 900-12-3456\n", "looks like a Social Security number"),
    ],
)  # fmt: skip
def test_every_problem_has_its_place(tmp_path, pay, words):
    """File, row and column, why, and what to do; nothing is checked until it is right."""
    opened = worksheet.read(folder(tmp_path, pay))
    assert opened.worksheet is None
    assert any(words in str(problem) for problem in opened.problems), opened.problems


def test_a_worksheet_may_not_contradict_the_roster(tmp_path):
    """A rating that differs from the roster's is a problem, not a choice made in silence."""
    place = folder(tmp_path, "")
    (place / "pay.csv").write_text("person_id,rate,last_adjusted,proposed_rate,proposed_award,rating\nA1,160000,,,,5\n")
    opened = worksheet.read(place)
    assert opened.worksheet is None
    assert "rating: '5' is not what the roster says: 4" in str(opened.problems[0])


def test_someone_left_out_is_named(tmp_path):
    """Every executive of the roster belongs into the worksheet: a warning, not a refusal."""
    two = "A1,main,no,career,160000,160000,4,2016-11-01\nA2,main,no,career,150000,150000,3,2016-11-01\n"
    opened = worksheet.read(folder(tmp_path, "A1,160000,2016-01-10,,,,\n", roster=two))
    assert opened.worksheet
    assert [problem.severity for problem in opened.problems] == ["warning"]
    assert "'A2' is in the roster but not in the pay worksheet" in str(opened.problems[0])


@pytest.mark.parametrize(
    ("terms", "agency", "words"),
    [
        ("effective: 2004-01-10\nawards_paid_on: 2003-12-16\n", AGENCY, "pay.yaml, effective"),
        (TERMS, AGENCY.replace("certified: true\n", ""), "pay.yaml, certified: is not known"),
        (TERMS + "budget: 5\n", AGENCY, "pay.yaml, line 3, budget"),
        ("awards_paid_on: 2016-12-16\n", AGENCY, "effective: is required but missing"),
    ],
)
def test_the_terms_are_checked(tmp_path, terms, agency, words):
    """Before the open range, without a certification status, with an unknown entry: refused with line and key."""
    opened = worksheet.read(folder(tmp_path, "A1,160000,2016-01-10,,,,\n", terms=terms, agency=agency))
    assert opened.worksheet is None
    assert any(words in str(problem) for problem in opened.problems), [str(p) for p in opened.problems]


def test_the_open_range_begins_on_its_day(tmp_path):
    """11 January 2004 is the first day a worksheet can take effect."""
    terms = "effective: 2004-01-11\nawards_paid_on: 2004-12-16\n"
    agency = AGENCY.replace("2015-10-01", "2002-10-01").replace("2016-09-30", "2003-09-30")
    assert worksheet.read(folder(tmp_path, "A1,120000,,,,,\n", terms=terms, agency=agency)).worksheet


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"proposed_rate": 172100}, []),
        ({"proposed_rate": 172101}, [("block", "rate"), ("flag", "above level III")]),
        ({"proposed_rate": 172101, "top_official_approves": True, "rating": 5, "reason": "r"}, []),
        ({"proposed_rate": 187000, "top_official_approves": True, "rating": 5}, []),
        ({"proposed_rate": 187001, "top_official_approves": True, "rating": 5}, [("block", "rate")]),
        ({"proposed_rate": 172101, "top_official_approves": True}, [("flag", "above level III")]),
        ({"proposed_rate": 160001, "last_adjusted": date(2016, 2, 5)}, []),
        ({"proposed_rate": 160001, "last_adjusted": date(2016, 2, 6)}, [("block", "rate")]),
        ({"proposed_rate": 160001, "last_adjusted": None}, [("block", "rate")]),
        ({"proposed_rate": 160001, "last_adjusted": date(2016, 2, 6), "ground": "retention",
          "top_official_approves": True}, []),
        ({"proposed_rate": 160001, "rating": 3}, []),
        ({"proposed_rate": 160001, "rating": 2}, [("block", "rate")]),
        ({"proposed_rate": 160001, "rating": None}, [("block", "rate")]),
        ({"rating": 5}, [("flag", "outstanding")]),
        ({"rate": 124405, "award_base": 124405}, [("block", "rate")]),
        ({"rate": 124405, "award_base": 124405, "proposed_rate": 124406, "rating": 2}, []),
        ({"proposed_award": 8000}, []),
        ({"proposed_award": Decimal("7999.99")}, [("block", "award")]),
        ({"proposed_award": 32000}, []),
        ({"proposed_award": Decimal("32000.01")}, [("block", "award")]),
        ({"proposed_award": 8000, "rating": 2}, [("block", "award")]),
        ({"proposed_award": 8000, "rating": None}, [("block", "award")]),
        ({"proposed_award": 8000, "appointment_type": "noncareer"}, [("block", "award")]),
        ({"proposed_award": 8000, "award_base": None}, [("block", "award")]),
    ],
)  # fmt: skip
def test_each_limit_just_below_at_and_just_above(facts, expected):
    """5 CFR 534.404(b)(2), 534.404(b)(5) and others. Range, level III, clock, rating, award bounds, pool: the dollar or the day decides. Guidance is left aside."""
    seen = [finding for finding in found(row(**facts)) if finding[1] not in ("guidance", "aggregate limit")]
    assert sorted(seen) == sorted([f for f in expected if not (f[1] == "above level III" and facts.get("reason"))])


def test_without_certification_level_three_is_the_cap_and_higher_rates_are_frozen():
    """Uncertified, 172,100 is the end; a rate above it stays and may not be touched."""
    assert found(row(proposed_rate=172100), certified=False) == []
    assert ("block", "rate") in found(row(proposed_rate=172101, top_official_approves=True, rating=5), certified=False)
    assert found(row(rate=180000), certified=False) == []
    frozen = row(rate=180000, proposed_rate=180001, top_official_approves=True, rating=5)
    assert ("block", "rate") in found(frozen, certified=False)


@pytest.mark.parametrize(
    ("facts", "allowed"),
    [
        ({"proposed_rate": 144000}, True),
        ({"proposed_rate": 143999}, False),
        ({"proposed_rate": 144000, "notice_given": date(2017, 1, 21)}, True),
        ({"proposed_rate": 144000, "notice_given": date(2017, 1, 22)}, False),
        ({"proposed_rate": 144000, "rating": 3}, False),
        ({"proposed_rate": 144000, "reduction_basis": None}, False),
        ({"proposed_rate": 144000, "last_adjusted": date(2016, 2, 6)}, False),
        ({"proposed_rate": 144000, "rating": 3, "reduction_basis": "conduct"}, True),
    ],
)
def test_a_reduction_keeps_its_limits(facts, allowed):
    """At most 10 percent, on a ground, after 15 days' notice, and not inside 12 months."""
    usual = {"rating": 2, "reduction_basis": "performance", "notice_given": date(2017, 1, 1)}
    assert (("block", "reduction") not in found(row(**(usual | facts)))) is allowed


def test_a_relative_position_increase_has_its_day_and_its_height():
    """On 8 January 2017 160,000 may go to 161,628 and no further (P19); four weeks later not at all."""
    day = {"effective": "2017-01-08"}
    moved = {"action": "relative_position", "last_adjusted": date(2016, 7, 10)}
    assert found(row(proposed_rate=161628, **moved), **day) == []
    assert found(row(proposed_rate=161629, **moved), **day) == [("block", "relative position")]
    assert found(row(proposed_rate=160001, **moved)) == [("block", "relative position")]


def test_the_freeze_of_2011_to_2013_bars_increases_and_allows_awards():
    """An increase needs a far larger post; an award does not (P32)."""
    terms = {"effective": "2012-03-11", "awards_paid_on": "2011-12-16"}
    at = {"rate": 150000, "award_base": 150000, "last_adjusted": date(2010, 1, 3)}
    assert ("block", "rate") in found(row(**at, proposed_rate=150001), **terms)
    assert ("block", "rate") not in found(row(**at, proposed_rate=150001, new_position=True), **terms)
    assert [f for f in found(row(**at, proposed_award=7500), **terms) if f[0] == "block"] == []


@pytest.mark.parametrize(
    ("effective", "rate", "rating", "flagged"),
    [
        ("2026-02-08", 168000, 3, False),
        ("2026-02-08", 168001, 3, True),
        ("2026-02-08", 168001, 4, False),
        ("2025-10-01", 168001, 3, True),
        ("2025-09-30", 168001, 3, False),
    ],
)
def test_an_increase_past_the_guidance_of_2025_is_flagged(effective, rate, rating, flagged):
    """Over 5 percent for level 3, from the cycle of fiscal year 2026: a flag that a reason settles, no block."""
    terms = {"effective": effective, "awards_paid_on": "2025-12-19"}
    seen = found(row(rate=160000, proposed_rate=rate, rating=rating, last_adjusted=date(2024, 1, 14)), **terms)
    assert (("flag", "increase guidance") in seen) is flagged
    assert [one for one in seen if one[0] == "block"] == []


@pytest.mark.parametrize(
    ("facts", "check", "column"),
    [
        ({"proposed_rate": 187001, "top_official_approves": True}, "rate", "proposed_rate"),
        ({"proposed_rate": 143999, "reduction_basis": "consent"}, "reduction", "proposed_rate"),
        ({"proposed_rate": 160001, "action": "relative_position"}, "relative position", "proposed_rate"),
        ({"proposed_award": 32001}, "award", "proposed_award"),
        ({"proposed_award": 8000, "rating": 2}, "award", "proposed_award"),
        ({"proposed_award": 8000, "appointment_type": "noncareer"}, "award", "proposed_award"),
        ({"proposed_rate": 172101, "top_official_approves": True}, "above level III", "proposed_rate"),
        ({"rating": 5}, "outstanding", "proposed_rate"),
        ({"rate": 187000, "award_base": 320000, "proposed_award": 50701}, "aggregate limit", "proposed_award"),
        ({"proposed_award": 8000, "ratings_call": "Twice below"}, "ratings on record", "rating"),
    ],
)
def test_every_finding_names_row_and_column(facts, check, column):
    """The column of the worksheet that is to change, in the problems, in the sheet Findings and on the page."""
    checked = worksheet.check(sheet(row(**facts)))
    named = {finding.check: finding.column for finding in checked.findings}
    assert named[check] == column
    assert column in COLUMNS
    assert all("Cost: $" in f.lawful_ways for f in checked.findings if f.row and f.level == "block")
    assert f"pay, row 2, {column}" in "\n".join(problem.where for problem in checked.problems())
    assert f">2, {column}</th>" in page.document(checked).to_html()


def test_a_flag_keeps_its_reason_and_a_block_does_not_yield():
    """A written reason settles policy, never law."""
    reason = "Considered by the board."
    checked = worksheet.check(sheet(row(rating=5, reason=reason)))
    (flag,) = checked.findings
    assert (flag.level, flag.reason, flag.is_open, checked.final) == ("flag", reason, False, True)
    assert "Settled by the written reason" in checked.problems()[0].fix
    assert reason not in str(checked.problems()[0])
    assert reason in page.document(checked).to_html()
    assert not worksheet.check(sheet(row(rating=2, proposed_rate=170000, reason=reason))).final


def test_averages_must_rise_with_the_level():
    """Level 4 above level 5 is flagged; equal averages are too; a reason in pay.yaml settles it."""
    low = row(person_id="A1", rating=4, proposed_award=9000)
    high = row(person_id="A2", row=3, rating=5, proposed_award=9000, reason="Considered.")
    assert ("flag", "award differentiation") in found(low, high)
    better = high._replace(proposed_award=Decimal(9001))
    assert ("flag", "award differentiation") not in found(low, better)
    reasons = {"award differentiation": "One of two was on leave."}
    settled = worksheet.check(sheet(low, high, reasons=reasons))
    assert [f.is_open for f in settled.findings if f.check == "award differentiation"] == [False]


def test_lawful_awards_past_the_pool_block():
    """Awards that are each lawful and together pass the pool block it; a blocked award is left out of pool, budget and averages."""
    pair = (
        row(proposed_award=32_000),
        row(row=3, person_id="A2", appointment_type="presidential", proposed_award=8_000),
    )
    assert ("block", "pool") in found(*pair)
    blocked = (pair[0], pair[1]._replace(proposed_award=Decimal(90_000), proposed_rate=Decimal(250_000)))
    checked = worksheet.check(sheet(*blocked))
    assert {f.check for f in checked.findings if f.level == "block"} == {"award", "rate"}
    assert (checked.awards_total, checked.adjustments_total) == (32_000, 0)
    four = checked.levels[3]
    assert (four.awarded, four.adjusted, four.award_percent) == (1, 0, 10)


def test_budgets_and_the_aggregate_limit_are_flagged():
    """A dollar over a budget is said; so is what the aggregate limit defers."""
    both_over = row(proposed_rate=163000, proposed_award=12000)
    assert ("flag", "adjustment budget") not in found(both_over, adjustment_budget=3000, award_budget=12000)
    seen = found(both_over, adjustment_budget=2999, award_budget=11999)
    assert {("flag", "adjustment budget"), ("flag", "award budget")} <= set(seen)
    top = {"rate": 185000, "award_base": 185000, "rating": 4}
    assert ("flag", "aggregate limit") not in found(row(**top, proposed_award=37000))
    assert ("flag", "aggregate limit") in found(row(**top, proposed_award=37000), certified=False)


def test_the_administrative_guidance_is_policy():
    """From fiscal year 2017 guidance asks for 7.5 percent of salaries: above it, a reason is needed."""
    assert ("flag", "guidance") not in found(row(proposed_award=12000))
    assert ("flag", "guidance") in found(row(proposed_award=12001))


@pytest.mark.parametrize("ten", some(range(6), 2))
def test_the_formulas_give_the_engines_answers(ten):
    """Random worksheets, every fact unknown now and then: each cell's formula equals the engine, or nothing is written."""
    for seed in range(10 * ten, 10 * ten + 10):
        assert book.workbook(worksheet.check(random_sheet(seed)))


@pytest.mark.parametrize("ten", range(6))
def test_no_allowed_row_breaks_cap_clock_or_the_ten_percent(ten):
    """Whatever is proposed, what the worksheet allows is within the cap, on time, and cuts a career rate by at most a tenth."""
    allowed = 0
    for seed in range(100 + 10 * ten, 110 + 10 * ten):
        checked = worksheet.check(random_sheet(seed))
        limits, effective = checked.limits, checked.worksheet.terms.effective
        for judged in checked.rows:
            facts, new = judged.row, judged.row.new_rate
            if judged.decision != "allowed" or new == facts.rate:
                continue
            allowed += 1
            top = limits.certified if checked.worksheet.certified else limits.uncertified
            assert limits.minimum <= new <= top
            assert facts.appointment_type != "career" or new * 10 >= facts.rate * 9
            opens = clock.opens_on(facts.last_adjusted) if facts.last_adjusted else None
            late = opens is not None and effective >= opens
            if new < facts.rate and effective < date(2005, 1, 11):
                assert facts.protected_total is not None
                assert new >= min(facts.protected_total, facts.rate)
            recorded = clock.is_drift(facts.last_adjusted, effective) if facts.last_adjusted else False
            recorded = recorded and bool(checked.worksheet.terms.cycle_record) and not facts.ground
            spared = new == limits.minimum or facts.action == "relative_position"
            assert judged.by_cycle_record == (recorded and not spared and new > max(facts.rate, limits.minimum))
            assert late or (new > facts.rate and (spared or recorded or (facts.ground and facts.top_official_approves)))
            assert new <= max(limits.uncertified, facts.rate) or facts.top_official_approves
    assert allowed > 20


@pytest.mark.parametrize("record", [None, "Memorandum 12-B"])
@pytest.mark.parametrize(
    "facts",
    [{"proposed_rate": 150_000}, {"proposed_rate": 144_000}, {"proposed_rate": 120_000}, {"proposed_rate": 150_000, "notice_given": None},
     {"proposed_rate": 150_000, "notice_given": date(2017, 1, 2)}, {"proposed_rate": 150_000, "rating": 4}, {"proposed_rate": 163_000, "rating": 4}],
)  # fmt: skip
def test_a_change_26_pay_periods_after_the_last_one_is_written_as_the_engine_judges_it(facts, record):
    """Reductions among them, whatever else stands in their way; until then the workbook was not written at all."""
    usual = {
        "rating": 2,
        "reduction_basis": "performance",
        "notice_given": date(2016, 12, 1),
        "last_adjusted": date(2016, 1, 10),
    }
    one = row(**(usual | facts))
    assert book.workbook(worksheet.check(sheet(one, effective="2017-01-08", cycle_record=record)))


def test_a_formula_that_differs_stops_the_export():
    """One cell that does not agree, and there is no workbook; the message names the cell."""
    checked = worksheet.check(sheet(row(proposed_rate=163000)))
    wrong = replace(checked, rows=(replace(checked.rows[0], highest=Decimal(1)),))
    with pytest.raises(book.Mismatch, match="row 5, 'Highest rate lawful for certain'"):
        book.workbook(wrong)
    with pytest.raises(book.Mismatch, match="level 1"):
        book.workbook(replace(checked, levels=tuple(replace(v, adjustment_percent=Decimal(9)) for v in checked.levels)))


@pytest.mark.slow
def test_recalculation_changes_no_cell(tmp_path):
    """LibreOffice calculates every formula anew and finds what is stored."""
    checked = [worksheet.check(worksheet.read(SAMPLES / name).worksheet) for name in WITH_PAY]
    checked += [worksheet.check(random_sheet(seed)) for seed in range(4)]
    contents = [book.workbook(each) for each in checked]
    for each, content, after in zip(checked, contents, recalculate(contents, tmp_path), strict=True):
        assert len(formulas(content)) >= len(formula_columns.live()) * len(each.rows)
        assert not differences(content, after)


def test_text_stays_text_in_the_workbook():
    """A reason that looks like a formula is a text in the workbook."""
    checked = worksheet.check(sheet(row(rating=5, reason="=1+1")))
    written = openpyxl.load_workbook(io.BytesIO(book.workbook(checked)))
    last = formula_columns.place(formula_columns.REASON) + 1
    assert (written["Worksheet"].cell(5, last).value, written["Worksheet"].cell(5, last).data_type) == ("=1+1", "s")


def test_formulas_compute_as_a_spreadsheet_does():
    """Blank is nothing, text sorts after numbers, dates are counted, and only the branch taken is computed."""
    a = cell("a", "A")
    assert a.blank.value({"a": None}) is True
    assert a.given.value({"a": ""}) is False
    assert (a > 5).value({"a": "text"}) is True
    assert call("EDATE", a, 12).value({"a": serial(date(2016, 2, 29))}) == serial(date(2017, 2, 28))
    assert if_(a.equals(0), 0, constant(1) / a).value({"a": 0}) == 0
    assert both(a > 1, a < 3).text(7) == "AND(($A7>1),($A7<3))"
    assert if_(a > 1, 'say "x"', a).texts()(7) == 'IF(($A7>1),"say ""x""",$A7)'


def test_a_pay_clock_says_when_and_why():
    """Frozen, unknown, spared actions and the freeze are each said; the day is the calendar day one year later."""
    (plain,) = personal_clock.clocks(sheet(row(last_adjusted=date(2016, 2, 29))))
    assert (plain.opens, plain.pay_period) == (date(2017, 2, 28), date(2017, 3, 5))
    (frozen,) = personal_clock.clocks(sheet(row(rate=180000), certified=False))
    assert frozen.opens is None
    assert frozen.why.startswith("Frozen")
    (unknown,) = personal_clock.clocks(sheet(row(last_adjusted=None)))
    assert unknown.why.startswith("Cannot tell")
    history = [
        {"effective": "2016-02-07", "kind": "adjustment"},
        {"effective": "2016-05-01", "kind": "zero_adjustment"},
    ]
    actions = {"A1": [clock.Action.model_validate(action) for action in history]}
    (spared,) = personal_clock.clocks(sheet(row()), actions)
    assert spared.opens == date(2017, 2, 7)
    assert "zero adjustment of 2016-05-01 does not count" in spared.why


def test_the_clocks_go_into_a_calendar():
    """One all-day entry per person with a day, the same bytes each time, people by number."""
    import icalendar

    found_clocks = personal_clock.clocks(sheet(row(), row(person_id="A2", row=3, last_adjusted=None)))
    made = personal_clock.diary("TST", found_clocks)
    events = icalendar.Calendar.from_ical(made).walk("VEVENT")
    assert [(str(e["summary"]), e["dtstart"].dt) for e in events] == [("Pay of A1 may change", date(2017, 1, 10))]
    assert made == personal_clock.diary("TST", found_clocks)


def test_a_pay_history_is_read_and_compared(tmp_path):
    """A day of last adjustment that the history contradicts is named; an unknown kind of action is refused."""
    place = folder(tmp_path, "A1,160000,2016-01-10,,,,\n")
    (place / "pay_history.csv").write_text(
        "person_id,effective,kind\nA1,2014-01-12,initial\nA1,2016-02-07,adjustment\n"
    )
    opened = open_folder(place)
    assert [str(problem) for problem in opened.problems] == [
        "Warning: pay, row 2, last_adjusted: is 2016-01-10, but the pay history says 2016-02-07. Correct the one that is wrong."
    ]
    assert opened.clocks[0].opens == date(2017, 2, 7)
    (place / "pay_history.csv").write_text("person_id,effective,kind\nA1,2014-01-12,bonus\n")
    assert "pay_history, row 2, kind" in str(open_folder(place).problems[0])


def test_an_action_unknown_to_the_rules_of_its_day_has_its_row(tmp_path):
    """A certification review existed from 2006 to 2014 only: later it is a problem of its row, not a refusal of all."""
    place = folder(tmp_path, "A1,160000,2016-01-10,,,,\n")
    (place / "pay_history.csv").write_text(
        "person_id,effective,kind\nA1,2013-02-10,certification_review\nA1,2015-02-10,certification_review\n"
    )
    opened = open_folder(place)
    assert [str(problem).split(" is not ")[0] for problem in opened.problems] == [
        "Error: pay_history, row 3, kind: 'certification_review'"
    ]
    assert opened.clocks[0].opens == date(2017, 1, 10)
    assert CliRunner().invoke(cli.main, ["pay", "clock", str(place)]).exit_code == 1


def test_a_transfer_long_past_does_not_hide_the_clock(tmp_path):
    """Whether the rate changed on a transfer matters only until a later action that counts."""
    place = folder(tmp_path, "A1,160000,2016-01-10,,,,\n")
    before = "person_id,effective,kind,rate_changed\nA1,2015-02-10,transfer,\n"
    (place / "pay_history.csv").write_text(before + "A1,2016-01-10,adjustment,\n")
    assert open_folder(place).clocks[0].opens == date(2017, 1, 10)
    (place / "pay_history.csv").write_text(before.replace("2015-02-10", "2016-02-10"))
    assert open_folder(place).clocks[0].opens is None


RANGE_DAY = TERMS.replace("2017-02-05", "2017-01-08")


@pytest.mark.parametrize(
    ("rate", "last", "terms", "words"),
    [
        ("123174", "2016-01-10", RANGE_DAY, ["pay, row 2, rate: '123174' is below the range minimum of $123,175", "is not the $160,000 that the roster has"]),
        ("123175", "2016-01-10", RANGE_DAY, ["is not the $160,000 that the roster has"]),
        ("160000", "2017-01-09", RANGE_DAY, ["pay, row 2, last_adjusted: '2017-01-09' comes after 2017-01-08"]),
        ("160000", "2017-01-08", RANGE_DAY, []),
        ("160000", "2016-01-10", RANGE_DAY.replace("2017-01-08", "2027-01-09"), []),
        ("160000", "2016-01-10", RANGE_DAY.replace("2017-01-08", "2027-01-10"), ["pay.yaml, effective: '2027-01-10' is past the record"]),
    ],
)  # fmt: skip
def test_what_can_hardly_be_right_is_named(tmp_path, rate, last, terms, words):
    """A rate under the minimum of the day before, a last adjustment still to come, a year past the record: warnings."""
    opened = worksheet.read(folder(tmp_path, f"A1,{rate},{last},,,,\n", terms=terms))
    assert opened.worksheet
    assert len(opened.problems) == len(words), [str(problem) for problem in opened.problems]
    assert all(word in str(problem) for word, problem in zip(words, opened.problems, strict=True))
    assert all(problem.severity == "warning" for problem in opened.problems)


@pytest.mark.parametrize(
    ("paid", "severity", "words"),
    [
        ("1998-01-03", "error", "is before 1998-01-04"),
        ("2003-09-30", None, ""),
        ("2003-10-01", "warning", "pool base of 2003-09-30 includes locality pay"),
        ("2004-09-30", "warning", "basic_pay_fy_end includes locality pay"),
        ("2004-10-01", None, ""),
        ("2026-12-31", None, ""),
        ("2027-01-01", "warning", "is in 2027, for which no aggregate limit is recorded"),
    ],
)
def test_the_day_of_payment_is_named_where_it_matters(tmp_path, paid, severity, words):
    """Before the record, in the year whose base includes locality pay, past the record: each says awards_paid_on and what to do."""
    terms = TERMS.replace("2016-12-16", paid)
    opened = worksheet.read(folder(tmp_path, "A1,160000,2016-01-10,,16000,,\n", terms=terms))
    named = [problem for problem in opened.problems if problem.column == "awards_paid_on"]
    assert [problem.severity for problem in named] == ([severity] if severity else [])
    assert all(words in str(problem) and problem.file == "pay.yaml" and problem.fix for problem in named)
    assert (opened.worksheet is None) is (severity == "error")
    if opened.worksheet:
        assert book.workbook(worksheet.check(opened.worksheet))


@pytest.mark.parametrize(
    ("effective", "total", "expected"),
    [
        ("2004-06-13", None, "cannot tell"),
        ("2004-06-13", 137000, "not allowed"),
        ("2004-06-13", 136000, "allowed"),
        ("2004-06-13", 0, "allowed"),
        ("2005-01-10", 137000, "not allowed"),
        ("2005-01-11", 137000, "allowed"),
        ("2005-01-12", None, "allowed"),
    ],
)
def test_a_reduction_in_the_first_year_of_the_open_range(effective, total, expected):
    """5 CFR 534.406(b); 5 U.S.C. 5304 note. In 2004 a reduction is judged by the rule of that December; the total of November 2003 holds through 2005-01-10."""
    facts = {"rate": 140000, "award_base": 140000, "proposed_rate": 136000, "rating": 2, "reduction_basis": "conduct",
             "notice_given": date(2004, 5, 1), "last_adjusted": date(2003, 1, 12),
             "protected_total": None if total is None else Decimal(total)}  # fmt: skip
    other = row(person_id="A2", row=3, rate=130000, award_base=130000, last_adjusted=date(2003, 1, 12))
    checked = worksheet.check(sheet(row(**facts), other, effective=effective, awards_paid_on="2004-12-16"))
    assert [judged.decision for judged in checked.rows] == [expected, "allowed"]
    assert book.workbook(checked)


def test_a_missing_sheet_says_where_a_blank_one_comes_from(tmp_path):
    """The hint is a command that does it."""
    place = folder(tmp_path, "A1,160000,,,,,\n")
    (place / "pay.csv").unlink()
    assert any("`seskit template DIR --pay` writes a blank one." in str(p) for p in worksheet.read(place).problems)
    assert CliRunner().invoke(cli.main, ["template", str(place), "--pay"]).exit_code == 0
    assert "the worksheet has no executives" in str(worksheet.read(place).problems)


def test_an_empty_worksheet_is_refused(tmp_path):
    """A header alone is not a worksheet that is final."""
    opened = worksheet.read(folder(tmp_path, ""))
    assert opened.worksheet is None
    assert any("the worksheet has no executives" in str(problem) for problem in opened.problems)


@pytest.mark.parametrize("name", WITH_PAY)
def test_the_samples_are_read_and_written(name, tmp_path):
    """Each sample gives its files; no name of a person stands in any."""
    opened = open_folder(SAMPLES / name)
    expected = {"DBT": [DETERMINED], "WSA": [DETERMINED], "CTA": ["is in fiscal year 2013"]}
    assert [one.reason.split(",")[0] for one in opened.problems] == expected.get(name, [])
    written = {path.name for path in opened.write(tmp_path)}
    assert {
        "pay_worksheet.xlsx",
        "pay_worksheet.html",
        "problems.json",
        "pay_clock.ics",
        "pay_what_if.csv",
    } == written
    names = [line.split(",")[1] for line in (SAMPLES / name / "roster.csv").read_text().splitlines()[1:]]
    texts = "".join((tmp_path / each).read_text() for each in written if not each.endswith("xlsx"))
    assert not [person for person in names if person and person in texts]
    assert json.loads((tmp_path / "problems.json").read_text())["final"] is opened.checked.final


def test_an_agency_without_a_worksheet_is_told_so(tmp_path):
    """Every piece of the walk is a plain sentence, and no file is written."""
    opened = open_folder(SAMPLES / "BLB")
    assert "no pay worksheet" in repr(show.first_problems(opened))
    clean = SimpleNamespace(problems=[], notes=(), opened=SimpleNamespace(worksheet=object()))
    assert "Those of the roster are listed on the report page" in repr(show.first_problems(clean))
    for piece in (show.overview, show.levels, show.clocks, show.proposal, show.limits):
        assert "<table" not in piece(opened).to_html()
    assert opened.write(tmp_path) == []


def test_the_page_is_accessible():
    """Headings in order, tables with headers and captions: axe finds nothing."""
    html = page.document(worksheet.check(worksheet.read(SAMPLES / "DBT").worksheet)).to_html()
    assert "DRAFT" in html
    with axe.browser() as browser:
        opened = browser.new_page()
        opened.set_content(html)
        assert axe.violations(opened) == []


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("worksheet", "WSA"), 0, "88 executives, 0 blocks, 0 open flags, final"),
        (("worksheet", "OQH"), 1, "Error: pay, row 2, proposed_rate"),
        (("worksheet", "BLB"), 2, "no pay worksheet"),
        (("what-if", "WSA", "--award-budget", "500000"), 0, "a person decides"),
        (("what-if", "WSA", "--award-budget", "lots"), 2, "--award-budget: 'lots' is not an amount"),
        (("clock", "OQH"), 0, "OQH001  2017-01-10  12 months from 2016-01-10"),
    ],
)
def test_the_commands(arguments, code, words):
    """0 all well, 1 something is open, 2 the call could not be used; always words a person can act on."""
    command, name, *rest = arguments
    ran = CliRunner().invoke(cli.main, ["pay", command, str(SAMPLES / name), *rest])
    assert ran.exit_code == code, ran.output
    assert words in ran.output


FOLDER = FIELD / "34-pay-worksheet"


@pytest.fixture(scope="module")
def field_34():
    """The field's worksheet of 38 executives with typing slips, read and checked."""
    opened = worksheet.read(FOLDER)
    return opened, worksheet.check(opened.worksheet)


def of_person(checked, person):
    """One executive's row with its findings."""
    return next(judged for judged in checked.rows if judged.row.person_id == person)


def test_field_34_slips_are_warnings(field_34):
    """X23's rate contradicts the roster, X28 lost a digit, X27's day is to come; those at the old minimum are no slip."""
    warned = {
        (problem.row, problem.column)
        for problem in field_34[0].problems
        if problem.severity == "warning" and problem.file == "pay"
    }
    assert warned == {(22, "rate"), (27, "proposed_rate"), (26, "last_adjusted")}
    texts = [str(problem) for problem in field_34[0].problems if problem.row == 22]
    assert any("158000" in text and "$185,000 that the roster has" in text for text in texts)
    assert of_person(field_34[1], "X09").decision == "allowed"


def test_field_34_political_freeze(field_34):
    """X29 lacks serves_politically; X30 is not allowed; X31 may rise to the trigger, with a caution."""
    checked = field_34[1]
    assert "Missing: Limited appointee serves politically." in of_person(checked, "X29").findings[0].text
    assert of_person(checked, "X29").decision == "cannot tell"
    assert of_person(checked, "X30").decision == "not allowed"
    assert "finds in writing" in of_person(checked, "X30").findings[0].lawful_ways
    assert of_person(checked, "X31").decision == "allowed"
    (caution,) = of_person(checked, "X31").findings
    assert (caution.level, caution.check) == ("flag", "political freeze")


def test_field_34_blocked_proposals_count_nowhere(field_34):
    """The totals are those of the lawful proposals alone."""
    checked = field_34[1]
    lawful = [judged for judged in checked.rows if judged.decision == "allowed"]
    assert checked.adjustments_total == sum(max(judged.change, Decimal(0)) for judged in lawful)
    awarded = [judged for judged in checked.rows if judged.award_decision == "allowed"]
    assert checked.awards_total == sum(judged.row.proposed_award for judged in awarded)
    assert len(lawful) < len(checked.rows)
    assert book.workbook(checked)


@pytest.mark.parametrize(("facts", "column"), [
    ("X01,230000,2025-01-12,,,,,,,,,,", "rate"), ("X01,150159,2025-01-12,,,,,,,,,,", "rate"),
    ("X01,200000,2025-01-12,,20000,,,,,,,,", "proposed_rate"), ("X01,200000,2025-01-12,,2200000,,,,,,,,", "proposed_rate"),
    ("X01,200000,2025-01-12,,209600,,,,,,,,", None), ("X01,200000,2025-01-12,,299000,,,,,,,,", None),
])  # fmt: skip
def test_what_can_hardly_be_right_is_a_warning(tmp_path, facts, column):
    """A rate outside every range, or a large change that a digit explains; a large change alone is no slip."""
    shutil.copytree(FOLDER, tmp_path / "x")
    head = (FOLDER / "pay.csv").read_text().splitlines()[0]
    (tmp_path / "x" / "pay.csv").write_text(f"{head}\n{facts}\n")
    found = {p.column for p in worksheet.read(tmp_path / "x").problems if p.row == 2 and p.file == "pay"}
    assert found == ({column} if column else set())


def test_january_is_one_finding_and_one_switch():
    """Many rows a day short of 12 months: one block with three ways; the agency's record settles all of them."""
    rows = [
        row(row=n + 2, person_id=f"A{n}", proposed_rate=163_000, last_adjusted=date(2016, 1, 10)) for n in range(21)
    ]
    checked = worksheet.check(sheet(*rows, effective="2017-01-08"))
    (block,) = [finding for finding in checked.findings if finding.level == "block"]
    assert (block.check, block.row, len(block.instead)) == ("twelve months", None, 3)
    assert "21 proposals" in block.text
    assert checked.findings[0] is block
    assert {judged.decision for judged in checked.rows} == {"cannot tell"}
    assert book.workbook(checked)
    settled = worksheet.check(sheet(*rows, effective="2017-01-08", cycle_record="Memorandum of 2017-01-03"))
    assert {judged.decision for judged in settled.rows} == {"allowed"}
    assert not [finding for finding in settled.findings if finding.level == "block"]
    assert book.workbook(settled)
    assert "twelve months" in page.document(checked).to_html()


@pytest.mark.parametrize("record", [None, "Memorandum 12-B"])
def test_what_waits_for_more_than_the_reading_of_12_months_is_not_said_to_wait_for_it(record):
    """A reduction, which no record of the cycle lets come early, and a kept position that turns on a rating not known: each
    row's own finding holds it, with ways out of its own.
    """
    drift = {"last_adjusted": date(2016, 1, 10)}
    rows = [
        row(row=2, person_id="UP", proposed_rate=163_000, **drift),
        row(row=3, person_id="DOWN", rating=2, proposed_rate=150_000, reduction_basis="performance",
            notice_given=date(2016, 12, 1), **drift),
        row(row=4, person_id="KEPT", rating=None, action="relative_position", proposed_rate=161_000, **drift),
    ]  # fmt: skip
    checked = worksheet.check(sheet(*rows, effective="2017-01-08", cycle_record=record))
    together = [finding for finding in checked.together if finding.check == "twelve months"]
    assert [one.text.startswith("1 proposal takes effect") for one in together] == ([] if record else [True])
    assert not [one for one in together if "DOWN" in one.text or "KEPT" in one.text]
    own = {finding.person_id: finding.check for finding in checked.findings if finding.is_of_rate}
    assert own == {"DOWN": "reduction", "KEPT": "relative position"}
    assert [judged.by_cycle_record for judged in checked.rows] == [bool(record), False, False]
    assert ("Memorandum 12-B; 1 increase rests on it" in page.document(checked).to_html()) == bool(record)


@pytest.mark.parametrize(
    ("facts", "allowed", "way"),
    [({"rating": 4}, False, "exceptional accomplishment"), ({"rating": 4, "top_official_approves": True}, False, "exceptional accomplishment"),
     ({"rating": 4, "top_official_approves": True, "ground": "exceptional_accomplishment"}, True, ""),
     ({"rating": 4, "ground": "exceptional_accomplishment"}, False, "once the top approving official approves it"),
     ({"rating": 5}, False, "once the top approving official approves it"), ({"rating": 5, "top_official_approves": True}, True, ""),
     ({"rating": 3, "top_official_approves": True, "ground": "exceptional_accomplishment"}, False, "")],
)  # fmt: skip
def test_a_kept_position_above_level_three_shows_who_may_allow_it(facts, allowed, way):
    """Outstanding with the top approving official; above fully successful in an exceptional case, which the row's ground
    says (5 CFR 534.404(b)(4)(iii)); else not at all, and no way is shown.
    """
    at_top = row(rate=180_000, action="relative_position", proposed_rate=181_000, **facts)
    checked = worksheet.check(sheet(at_top, effective="2017-01-08"))
    (judged,) = checked.rows
    blocks = [finding for finding in judged.findings if finding.level == "block"]
    assert (judged.decision == "allowed", not blocks) == (allowed, allowed)
    said = " ".join(one.lawful_ways for one in blocks)
    assert way in said
    assert ("top approving official" in said) == bool(way)


def test_a_kept_position_that_is_lawful_with_and_without_the_approval_needs_none():
    """Up to level III for one whose whole position would pass it: the approval is asked above level III only."""
    short = row(rate=170_400, rating=5, action="relative_position", proposed_rate=172_100)
    past = short._replace(proposed_rate=Decimal(172_141))
    decisions = [worksheet.check(sheet(one, effective="2017-01-08")).rows[0].decision for one in (short, past)]
    assert decisions == ["allowed", "cannot tell"]


def test_a_worksheet_past_the_record_stays_a_draft(tmp_path):
    """Page, workbook and problems say that the schedule for 2027 is not recorded; what-if proposes nothing."""
    terms = TERMS.replace("2017-02-05", "2027-01-24")
    made = worksheet.read(folder(tmp_path, "A1,160000,2016-01-10,170000,,,\n", terms=terms)).worksheet
    checked = worksheet.check(made)
    words = "the schedule for 2027 is not recorded"
    assert words in checked.findings[0].text
    assert not checked.final
    assert words in " ".join(page.document(checked).to_html().split())
    texts = {
        cell.value for line in openpyxl.load_workbook(io.BytesIO(book.workbook(checked)))["Findings"] for cell in line
    }
    assert any(words in str(text) for text in texts)
