"""Awards through every regime: pool, limits, check, rank awards."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from seskit.desk import cli
from seskit.law import awards, parameters
from seskit.law.facts import FactError
from seskit.law.parameters import NoRule
from tests.places import FIELD


@pytest.mark.parametrize(
    ("paid", "count", "aggregate", "pool", "method"),
    [
        ("1998-10-20", 4, 400000, 15000, "average"),  # 3 percent is 12,000; 15 percent of the average 15,000
        ("1998-10-20", 5, 500000, 15000, "aggregate"),  # the tie of the old percentages
        ("1998-10-21", 4, 400000, 40000, "aggregate"),
        ("2002-12-15", 1, 140000, 28000, "average"),
        ("2002-12-15", 2, 300000, 30000, "aggregate"),
        ("2002-12-15", 0, 0, 0, "aggregate"),
    ],
)
def test_the_pool_is_the_larger_of_two_percentages(paid, count, aggregate, pool, method):
    """3 and 15 percent to 1998-10-20, 10 and 20 percent after."""
    assert awards.award_pool(paid, count=count, aggregate=aggregate).answer == {"pool": pool, "method": method}


def test_before_1985_there_was_no_pool():
    """The refusal names the earliest covered day."""
    with pytest.raises(NoRule, match="1985-02-06"):
        awards.award_pool("1985-02-05", count=3, aggregate=200000)


@given(st.integers(1, 500), st.decimals(1, 10**8, places=2))
def test_the_average_wins_only_with_one_member(count, aggregate):
    """Twenty percent of the average beats ten percent of the aggregate only for n = 1."""
    answer = awards.award_pool("2002-12-15", count=count, aggregate=aggregate).answer
    assert answer["method"] == ("average" if count == 1 and aggregate >= Decimal("0.1") else answer["method"])
    if count > 1:
        assert answer["method"] == "aggregate"
    share = Decimal("0.2") / count if answer["method"] == "average" else Decimal("0.1")
    assert 0 <= aggregate * share - answer["pool"] < Decimal("0.01")


@pytest.mark.parametrize(
    ("paid", "said"),
    [
        ("2011-06-09", None),
        ("2011-06-10", "5 percent"),
        ("2012-09-30", "5 percent"),
        ("2012-10-01", "M-13-05"),
        ("2013-10-01", "5 percent"),
        ("2014-10-01", "4.8 percent"),
        ("2016-10-01", "7.5 percent"),
        ("2017-09-30", "7.5 percent"),
        (
            "2017-10-01",
            "7.5 percent of aggregate SES salaries: $900,000 on the aggregate given. It is guidance, not the statutory pool. Whether it was replaced",
        ),
    ],
)
def test_guidance_limits_are_cautions_with_their_dates(paid, said):
    """Administrative limits warn; they never change the statutory pool."""
    found = awards.award_pool(paid, count=75, aggregate=12_000_000)
    assert found.answer["pool"] == 1_200_000
    assert any(said in caution for caution in found.cautions) if said else not found.cautions


def test_for_fiscal_year_2004_the_base_includes_locality():
    """Awards paid from 2003-10-01 to 2004-09-30 rest on a base with locality pay (5 CFR 534.405(b)(2))."""
    for paid, warned in (("2003-09-30", False), ("2003-10-01", True), ("2004-09-30", True), ("2004-10-01", False)):
        cautions = awards.award_pool(paid, count=10, aggregate=1_000_000).cautions
        assert any("locality" in caution for caution in cautions) is warned


@pytest.mark.parametrize(("award", "lawful"), [(6489.99, False), (6490, True), (25960, True), (25960.01, False)])
def test_an_award_is_five_to_twenty_percent(award, lawful):
    """Neither bound is rounded into range."""
    found = awards.check_award("2002-09-30", appointment_type="career", rating=3, rate=129800, award=award)
    assert found.answer["lawful"] is lawful
    assert found.answer["nearest_lawful"] in (6490, 25960)


@pytest.mark.parametrize(("rating", "lawful"), [(2, False), (3, True), (5, True)])
def test_fully_successful_is_needed(rating, lawful):
    """Level 3 is the lowest that allows an award."""
    found = awards.check_award("2002-09-30", appointment_type="career", rating=rating, rate=129800, award=12980)
    assert found.answer["lawful"] is lawful


@pytest.mark.parametrize("kind", ["noncareer", "limited_term", "limited_emergency"])
def test_noncareer_and_limited_appointees_get_no_award(kind):
    """Performance awards are for career appointees."""
    found = awards.check_award("2002-09-30", appointment_type=kind, rating=5, rate=129800, award=12980)
    assert found.answer == {"lawful": False, "nearest_lawful": None}
    limits = awards.award_limits("2002-09-30", rate=129800, appointment_type=kind)
    assert limits.answer == {"minimum": 0, "maximum": 0}
    assert limits.says.startswith("No performance award may be paid")


@pytest.mark.parametrize(("certified", "most"), [(True, 37020), (False, 34080), (None, 37020)])
def test_a_presidential_appointee_counts_at_the_range_maximum(certified, most):
    """Paid above the range, the award is measured on its maximum, which depends on certification."""
    found = awards.award_limits("2016-09-30", rate=205700, appointment_type="presidential", certified=certified)
    assert found.answer["maximum"] == most
    assert bool(found.cautions) is (certified is None)


@pytest.mark.parametrize(
    ("award", "certified", "lawful"),
    [
        (37020, True, True),
        (37020, None, None),
        (37020, False, False),
        (34080, None, True),
        (9000, None, None),
        (37021, None, False),
    ],
)
def test_an_award_that_turns_on_certification_cannot_be_told_without_it(award, certified, lawful):
    """5 CFR 534.405(a)(2)(i): 8,520 to 34,080 without a certified system, 9,255 to 37,020 with one."""
    facts = {"appointment_type": "presidential", "rating": 5, "rate": 205700, "award": award, "certified": certified}
    found = awards.check_award("2016-09-30", **facts)
    assert found.answer["lawful"] is lawful
    assert ("whether the system is certified is not known" in found.says) is (lawful is None)


@pytest.mark.parametrize(
    ("day", "rate", "certified", "doubt"),
    [
        ("2002-09-30", 129800, None, ""),
        ("2002-09-30", 129900, None, "none of the six ES rates"),
        ("2004-01-11", 104926, None, "below the range minimum of $104,927"),
        ("2016-09-30", 185100, None, ""),
        ("2016-09-30", 185101, True, "above the range maximum of $185,100"),
        ("2016-09-30", 170401, False, "lawful only as a rate kept from before"),
        ("2016-09-30", 170400, False, ""),
        ("1997-09-30", 1, None, ""),
    ],
)
def test_a_rate_that_nobody_may_be_paid_is_told(day, rate, certified, doubt):
    """5 CFR 534.403(a): an award on such a rate, a rank's lump sum, and a pool whose rates are on average such a rate."""
    found = [
        awards.award_limits(day, rate=rate, certified=certified),
        awards.check_award(day, appointment_type="career", rating=4, rate=rate, award=rate / 10, certified=certified),
    ]
    if day > "1998-10-21" and certified is None:
        found.append(awards.rank_award(day, rank="meritorious", rate=rate))
    for one in found:
        assert any(doubt in caution for caution in one.cautions) if doubt else "check the rate" not in str(one.cautions)


@pytest.mark.parametrize(
    ("paid", "count", "aggregate", "doubt"),
    [
        ("2003-06-01", 10, 1_300_000, ""),
        ("2003-06-01", 10, 1_300_001, "The average rate, $130,000.10, is not between $113,000 and $130,000"),
        ("2004-06-01", 10, 1_425_000, ""),
        ("2004-06-01", 10, 1_425_001, "between $116,500 and $142,500"),
        ("2010-06-01", 10, 160_800, "The average rate, $16,080, is below the range minimum of $117,787 on 2009-09-30"),
        ("2010-06-01", 0, 140_000, "No career rate is counted"),
        ("2010-06-01", 0, 0, ""),
    ],
)
def test_a_pool_of_rates_that_nobody_may_be_paid_is_told(paid, count, aggregate, doubt):
    """A digit too few or too many in the sum; the base of the end of 2003 holds locality pay, up to level III."""
    cautions = awards.award_pool(paid, count=count, aggregate=aggregate).cautions
    told = [caution for caution in cautions if caution.endswith(("their sum.", "check both."))]
    assert len(told) == bool(doubt)
    assert doubt in "".join(told)


@pytest.mark.parametrize(
    ("day", "rank", "amount"),
    [
        ("1998-10-20", "distinguished", 20000),
        ("1998-10-20", "meritorious", 10000),
        ("1998-10-21", "distinguished", 64785),
        ("1998-10-21", "meritorious", 37020),
    ],
)
def test_rank_awards_change_from_fixed_amounts_to_shares(day, rank, amount):
    """Fixed to 1998-10-20, 35 and 20 percent of the rate after."""
    assert awards.rank_award(day, rank=rank, rate=185100).answer == amount


def test_an_unknown_rank_is_refused():
    """The two ranks are listed."""
    with pytest.raises(FactError, match="meritorious, distinguished"):
        awards.rank_award("2016-01-01", rank="gold", rate=1)


def test_field_24_the_spending_limit_warns_in_check_and_report(tmp_path):
    """120,000 on 1,700,000 is 7.06 percent: past the 4.8 percent of guidance by 38,400, a warning and never an error."""
    place = FIELD / "24-award-spending-limit" / "FLD"
    for command in (["check"], ["report", "--format", "json", "--out", str(tmp_path)]):
        said = CliRunner().invoke(cli.main, [*command, str(place)]).output
        for part in ("Warning: ", "$120,000", "7.06 percent", "4.8 percent", "$81,600", "$38,400", "guidance, not law"):
            assert part in said, (command, part, said)


@pytest.mark.parametrize(("spent", "warned"), [("81600", False), ("81600.01", True)])
def test_k7_the_limit_itself_is_kept(spent, warned):
    """At the limit nothing is said; a cent past it the amount by which it is passed."""
    limit = awards.spending_limit(date(2015, 12, 1), Decimal(1_700_000))
    assert bool(limit.passed_by(Decimal(spent), Decimal(1_700_000))) is warned


def test_k7_after_fiscal_year_2017_the_limit_goes_on_with_a_doubt():
    """Executive Order 13714 s.3(a)(i): 7.5 percent since fiscal year 2017; from 2017-10-01 on with the doubt that it may have been replaced."""
    before, after = (awards.spending_limit(day, Decimal(1_000)) for day in (date(2017, 9, 30), date(2017, 10, 1)))
    assert (before.percent, after.percent) == (Decimal("7.5"), Decimal("7.5"))
    assert "replaced" not in before.doubt
    assert "Whether it was replaced" in after.doubt
    assert awards.award_pool("2026-03-01", count=60, aggregate=12_000_000).confidence != "verified"


@pytest.mark.parametrize(("year", "growth"), [(1999, "0"), (2000, "3.4"), (2001, "2.7")])
def test_k11_growth_of_the_executive_schedule(year, growth):
    """Each level is the one before times the growth, to the nearest 100 dollars."""
    for level in ("I", "II", "III", "IV", "V"):
        path = f"pay_setting.executive_schedule.level_{level}"
        before, after = (parameters.figure(path, date(when, 6, 1)).value for when in (year - 1, year))
        assert after == (before * (100 + Decimal(growth)) / 10_000).quantize(Decimal(1), ROUND_HALF_UP) * 100
