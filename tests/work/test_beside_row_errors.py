"""What a report tells beside errors in the rows of the roster: only what holds however these rows are corrected."""

from decimal import Decimal

import pytest

from seskit.record.roster import Roster
from seskit.record.roster.last_year import FILE, LastYear
from seskit.work import report
from tests.small_report import report as small
from tests.years import agency, person

RATE = Decimal(180000)


def passed(made):
    """The errors of the pool that a person is told."""
    return [one for one in made.listed if one.check == "R04"]


def paid(number, award, **more):
    return person(number, 5, award=award, rate=RATE, **more)


def made(*people):
    return report.complete(agency(), Roster(people=list(people)))


def roster(share, wrong):
    """Ten paid that share of their rate, and one row that is wrong in its own way."""
    return [*(paid(n, RATE * share / 100) for n in range(1, 11)), paid(11, *wrong[0], **wrong[1])]


@pytest.mark.parametrize("wrong", [((Decimal(9000),), {"kind": "noncareer"}), ((Decimal(500),), {})])
def test_a_pool_passed_without_the_wrong_rows_is_told_at_once(wrong):
    """Twenty percent of every rate is over ten percent of the pay, whatever becomes of one row; five percent is not."""
    told = made(*roster(20, wrong))
    assert any(one.row for one in told.listed if one.severity == "error")
    (one,) = passed(told)
    assert "$360,000 without those of 1 row with errors" in one.reason
    assert not passed(made(*roster(5, wrong)))


def test_a_row_of_last_years_list_is_no_row_of_the_roster():
    """Whoever is missing may come with the highest rate; the award of the roster's row of the same number still counts."""
    people = roster(20, ((Decimal(9000),), {"kind": "noncareer"}))
    missing = LastYear(FILE, {"GONE1": (people[0].row, None)})
    (one,) = passed(report.complete(agency(), Roster(people=people, last=missing)))
    assert "$360,000 without those of 2 rows with errors" in one.reason


def test_what_is_told_holds_after_any_correction():
    """However the wrong row is corrected, in its award, its type or its rate, a pool that was told is passed."""
    for share in (10, 11, 12, 13):
        *others, wrong = roster(share, ((Decimal(500),), {}))
        told = bool(passed(made(*others, wrong)))
        corrections = [
            wrong._replace(award=award, appointment_type=kind, basic_pay_fy_end=rate, basic_pay_period_end=rate)
            for award, kind in ((None, "career"), (RATE / 10, "career"), (None, "noncareer"))
            for rate in (RATE, RATE * 2)
        ]
        assert told <= all(bool(passed(made(*others, one))) for one in corrections)
        assert told is (share == 13)


def test_a_rate_that_was_refused_keeps_the_pool_for_later(tmp_path):
    """A rate that cannot be read may be any: the pool it is part of is not spoken of."""
    over = [f"E{n},,main,no,career,4,129800,129800,5,2002-11-20,25960,,,," for n in range(1, 11)]
    wrong = "E11,,main,no,career,4,{},129800,5,2002-11-20,1,,,,"
    assert passed(small(tmp_path / "read", rows=(*over, wrong.format(129800)), pattern="H"))
    assert not passed(small(tmp_path / "refused", rows=(*over, wrong.format("n/k")), pattern="H"))


def test_what_agency_yaml_says_is_told_beside_a_wrong_row(tmp_path):
    """A day that is missing in agency.yaml does not wait until every row is right."""
    wrong = ("E1,Robin Vale,main,no,career,1,113000,113000,3,2002-11-20,1,,,,",)
    made = small(tmp_path, awards="{status: paid, paid_in: 2002-12}", rows=wrong)
    assert [one.file for one in made.listed if one.severity == "error"] == ["roster"]
    assert "due date is not known" in next(one.reason for one in made.listed if one.file == "agency.yaml")
