"""Charts of pay say in words what they show, and the walk through pay-setting can be done by keyboard alone."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from seskit.formats.drawing import Chart
from seskit.formats.tables import Table
from seskit.law.facts import day
from seskit.paper import charts
from seskit.work.pay_setting.folder import open_folder
from tests.places import SAMPLES


def test_the_rate_range_runs_from_1998_to_2026():
    """Both ends of the years, the day the open range began, and where a person's rate stands."""
    made = charts.rate_range({"2004-01-10": 140000, "2004-01-11": 140000}, certified=False)
    assert "in 1998" in made.alt
    assert "in 2026" in made.alt
    assert "$140,000 from January 10, 2004 is above the range" in made.alt
    assert "$140,000 from January 11, 2004 is within the range of $104,927 to $145,600" in made.alt
    firsts = [day(row[0]) for row in made.table.rows]
    assert date(2004, 1, 11) in firsts
    assert firsts == sorted(firsts)


def test_the_clock_shows_what_counts():
    """An action that counts has its twelve months, one that does not says so."""
    made = charts.clock_timeline(
        [{"effective": "2016-02-07", "kind": "adjustment"}, {"effective": "2016-05-01", "kind": "zero_adjustment"}]
    )
    assert "February 7, 2016 adjustment: starts 12 months" in made.alt
    assert "May 1, 2016 zero adjustment: does not count" in made.alt
    assert made.title == "The next ordinary adjustment may take effect from February 7, 2017"
    assert "No action is given" in charts.clock_timeline([]).alt


@pytest.mark.parametrize("years", [0, 1, 2, 3, 5, 9, 15, 22])
def test_the_days_under_the_clock_stand_apart(years):
    """Whether one action is shown or twenty years of them: no name of a day runs into the next."""
    firsts = [f"{2003 + year}-03-{9 + year % 9:02d}" for year in range(years + 1)]
    figure = charts.clock_timeline([{"effective": day, "kind": "adjustment"} for day in firsts]).drawn
    figure.draw_without_rendering()
    axis = figure.axes[0].xaxis
    low, high = axis.get_view_interval()
    boxes = [
        label.get_window_extent()
        for place, label in zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=True)
        if label.get_text() and low <= place <= high
    ]
    assert len(boxes) >= 3
    assert all(left.x1 + 4 < right.x0 for left, right in pairwise(boxes))


def test_the_waterfall_is_that_of_the_worked_example():
    """185,100 of basic pay, 37,020 and 64,785 in 2016: 49,205 is deferred (P45)."""
    payments = [{"kind": "performance_award", "amount": 37020}, {"kind": "rank_award", "amount": 64785}]
    made = charts.aggregate_waterfall(2016, certified=True, basic_pay=185100, payments=payments)
    assert "limit of $237,700" in made.alt
    assert "rank award: $15,580 paid, $49,205 deferred" in made.alt
    assert made.table.rows[1:] == (("performance award", "$37,020", "$0"), ("rank award", "$15,580", "$49,205"))
    assert made.png == charts.aggregate_waterfall(2016, certified=True, basic_pay="185100", payments=payments).png


def test_the_waterfall_stands_in_the_legal_order():
    """Given last, what was deferred from last year still comes first, then what an agreement promises; all of it is in view."""
    kinds = ("rank_award", "student_loan_repayment", "retention", "deferred_from_last_year")
    payments = [
        {"kind": kind, "amount": amount} for kind, amount in zip(kinds, (120000, 9000, 20000, 15000), strict=True)
    ]
    made = charts.aggregate_waterfall(2016, certified=True, basic_pay=185100, payments=payments)
    assert made.table.rows[1:] == (
        ("deferred from last year", "$15,000", "$0"),
        ("retention", "$20,000", "$0"),
        ("rank award", "$17,600", "$102,400"),
    )


def test_awards_by_rating_need_a_worksheet():
    """Levels with nobody are left out; without a worksheet there is a sentence, not a picture."""
    made = charts.awards_by_rating(open_folder(SAMPLES / "OQH").checked)
    assert isinstance(made, Chart)
    assert "level 1" not in made.alt
    absent = charts.awards_by_rating(None)
    assert isinstance(absent, Table)
    assert "There is no worksheet" in repr(absent)
