"""Charts of pay say in words what they show, and the walk through pay-setting can be done by keyboard alone."""

from __future__ import annotations

from pathlib import Path

from seskit import charts
from seskit.drawing import Chart
from seskit.pay_setting.folder import open_folder
from seskit.tables import Table

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
SAMPLES = NOTEBOOKS / "sample" / "agencies"


def test_the_rate_range_runs_from_1998_to_2026():
    """Both ends of the years, the day the open range began, and where a person's rate stands."""
    made = charts.rate_range({"2004-01-10": 140000, "2004-01-11": 140000}, certified=False)
    assert "in 1998" in made.alt
    assert "in 2026" in made.alt
    assert "$140,000 from 2004-01-10 is above the range" in made.alt
    assert "$140,000 from 2004-01-11 is within the range of $104,927 to $145,600" in made.alt
    firsts = [row[0] for row in made.table.rows]
    assert "2004-01-11" in firsts
    assert firsts == sorted(firsts)


def test_the_clock_shows_what_counts():
    """An action that counts has its twelve months, one that does not says so."""
    made = charts.clock_timeline(
        [{"effective": "2016-02-07", "kind": "adjustment"}, {"effective": "2016-05-01", "kind": "zero_adjustment"}]
    )
    assert "2016-02-07 adjustment: starts 12 months" in made.alt
    assert "2016-05-01 zero adjustment: does not count" in made.alt
    assert made.alt.endswith("2017-02-07.")
    assert "No action is given" in charts.clock_timeline([]).alt


def test_the_waterfall_is_that_of_the_worked_example():
    """185,100 of basic pay, 37,020 and 64,785 in 2016: 49,205 is deferred (P45)."""
    payments = [{"kind": "performance_award", "amount": 37020}, {"kind": "rank_award", "amount": 64785}]
    made = charts.aggregate_waterfall(2016, certified=True, basic_pay=185100, payments=payments)
    assert "limit of $237,700" in made.alt
    assert "rank award: $15,580 paid, $49,205 deferred" in made.alt
    assert made.png == charts.aggregate_waterfall(2016, certified=True, basic_pay="185100", payments=payments).png


def test_awards_by_rating_need_a_worksheet():
    """Levels with nobody are left out; without a worksheet there is a sentence, not a picture."""
    made = charts.awards_by_rating(open_folder(SAMPLES / "OQH").checked)
    assert isinstance(made, Chart)
    assert "level 1" not in made.alt
    absent = charts.awards_by_rating(None)
    assert isinstance(absent, Table)
    assert "There is no worksheet" in repr(absent)
