"""Days that an executive order closed: what a count of working days takes, what it says, and that no drill denies one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from seskit.desk.asked import declared as asked
from seskit.desk.course import scenario
from seskit.desk.practice import declared
from seskit.law import closed_days, parameters, staffing
from seskit.law.clocks import add_working_days, is_working_day
from seskit.law.question import find
from seskit.law.report import due_date
from seskit.law.result import Result
from tests.extent import times

CLOSED = date(2014, 12, 26)
KNOWN = [found.first_day for found in parameters.parameter(closed_days.RULE).values]


def _named(result: Result) -> list[str]:
    return [caution for caution in result.cautions if "executive order closed offices" in caution]


def test_each_known_day_would_else_be_worked() -> None:
    """No known day is a weekend or a holiday of the law, and each names its order."""
    assert CLOSED in KNOWN
    assert all(is_working_day(day) for day in KNOWN)
    assert all("executive order" in str(parameters.figure(closed_days.RULE, day).value).lower() for day in KNOWN)


@pytest.mark.parametrize(("graduated", "named"), [
    ("2014-12-08", True), ("2014-12-25", True), ("2014-12-26", False), ("2014-08-14", False), ("2014-08-15", True),
])  # fmt: skip
def test_a_known_day_in_the_count_is_named_on_both_sides(graduated: str, named: bool) -> None:
    """The starting day is not counted; a count that ends the day before does not hold it; the other day is said."""
    found = staffing.qrb_deadline(criterion="B", graduated_on=graduated)  # type: ignore[arg-type]
    said = _named(found)
    start, due = date.fromisoformat(graduated), found.answer.due
    assert due is not None
    assert (start < CLOSED <= due) == named
    assert bool(said) == named
    if named:
        assert f"would be {add_working_days(start, 90, {CLOSED})}" in said[0]
        stated = staffing.qrb_deadline(criterion="B", graduated_on=graduated, closed_days=[CLOSED])  # type: ignore[arg-type]
        assert _named(stated) == []
        assert stated.answer.due == add_working_days(start, 90, {CLOSED})
        assert any("1 stated day are left out" in reason.text for reason in stated.reasons)


def test_the_answer_says_what_the_count_leaves_out() -> None:
    """A count of working days says so in its reasons, without a known day too; a count of calendar days does not."""
    working = staffing.qrb_deadline(criterion="A", closes_on="2025-06-30")  # type: ignore[arg-type]
    calendar = staffing.qrb_deadline(criterion="A", closes_on="2025-11-28")  # type: ignore[arg-type]
    told = "weekends and the holidays of 5 U.S.C. 6103 are left out, and no other day"
    assert any(told in reason.text for reason in working.reasons)
    assert not any(told in reason.text for reason in calendar.reasons)
    assert _named(calendar) == []


def test_two_closed_days_are_left_out_together() -> None:
    """Where leaving one out brings the next into the count, both move the last day."""
    found = staffing.qrb_deadline(criterion="B", graduated_on="2018-11-30")  # type: ignore[arg-type]
    days = {date(2018, 12, 5), date(2018, 12, 24)}
    assert f"would be {add_working_days(date(2018, 11, 30), 90, days)}" in _named(found)[0]


def test_other_counts_of_working_days_name_it_too() -> None:
    """The report counted in working days, and probation lengthened by workdays."""
    report = due_date(awards_determined_on="2014-12-15", count="working")  # type: ignore[arg-type]
    assert _named(report)
    assert _named(due_date(awards_determined_on="2014-12-15")) == []  # type: ignore[arg-type]
    lengthened = staffing.probation(appointed_on="2013-12-22", nonpay_workdays=30)  # type: ignore[arg-type]
    assert _named(lengthened)
    assert _named(staffing.probation(appointed_on="2013-12-22", nonpay_days=60)) == []  # type: ignore[arg-type]


def test_a_stated_day_is_left_out_of_every_count_and_of_every_advice() -> None:
    """The report by working days and its advice by calendar days, the close of an announcement, the days of a vacancy."""
    closed = [CLOSED]
    report = due_date(awards_determined_on="2014-12-15", count="working", closed_days=closed)  # type: ignore[arg-type]
    assert report.answer == add_working_days(date(2014, 12, 15), 14, closed)
    assert _named(report) == []
    assert any("1 stated day are left out" in reason.text for reason in report.reasons)
    advised = due_date(awards_determined_on="2014-12-12", closed_days=closed)  # type: ignore[arg-type]
    assert advised.answer == CLOSED
    assert any("is not moved; send the report by 2014-12-24." in said for said in advised.cautions)
    window = staffing.posting_window(opens_on="2014-12-13", shift_to_working_day=True, closed_days=closed)  # type: ignore[arg-type]
    assert window.answer.earliest_close == date(2014, 12, 29)
    facts = {"opens_on": "2014-12-01", "closes_on": "2014-12-26", "rated_on": "2014-12-30"}
    rows = {row.step: row for row in staffing.timeline(**facts, closed_days=closed).answer.rows}  # type: ignore[arg-type]
    assert (rows["closes_on"].working_day, rows["rated_on"].working_days) == (False, 2)
    moved = staffing.timeline("2014-12-02", **facts, closed_days=closed, moved="closes_on", moved_to="2014-12-22")  # type: ignore[arg-type]
    assert {slip.step: slip.after for slip in moved.answer.slips}["rated_on"] == date(2014, 12, 29)


def test_no_drill_and_no_example_holds_a_day_it_does_not_name() -> None:
    """In stories, practice and examples no count of working days holds a known closed day."""
    seeds = range(times(40, 10))
    made = [story.draw(seed).result for story in scenario.scenarios().values() for seed in seeds]
    made += [declared.for_question(find(name)).draw(seed, seed).result for name in declared.names() for seed in seeds]
    made += [find(name)(**said.example) for name, said in asked.declared().items()]
    assert [result.facts for result in made if _named(result)] == []
    counted = [result for result in made if any("6103" in reason.text for reason in result.reasons)]
    assert len(counted) > times(20, 5)
    for result in counted:
        start, due = result.facts.get("graduated_on") or result.facts["closes_on"], result.answer.due
        assert not [day for day in KNOWN if start < day <= due]
        assert due - start > timedelta(days=100)
