"""The award pool of an agency that has an Office of Inspector General, which the law has made an agency of its own."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from seskit.law import parameters
from seskit.record.pay_setting.worksheet import pool_base
from seskit.record.roster import Person
from seskit.work import closeout
from tests.noticed import DBT

FIRST = parameters.parameter("certification.inspector_general.separate").values[0].first_day


def person(number, rate, *, office=False, kind="career"):
    nobody = Person._make([None] * len(Person._fields))
    return nobody._replace(row=number, appointment_type=kind, basic_pay_fy_end=Decimal(rate), ig_office=office)


TWENTY = [person(n, 200_000) for n in range(12)] + [person(20 + n, 180_000, office=True) for n in range(8)]


def test_both_pools_are_told_from_the_day_the_office_is_an_agency_of_its_own():
    """Ten percent of career pay each: 12 rates of $200,000 and 8 of $180,000; a noncareer appointee adds nothing."""
    people = [*TWENTY, person(40, 190_000, office=True, kind="noncareer")]
    (told,) = pool_base.inspectors(people, FIRST, certified=True)
    assert told.startswith(f"9 executives serve in an Office of Inspector General, since {FIRST} ")
    assert told.endswith("separately, the office has $144,000, the others $240,000.")
    assert list(pool_base.inspectors(people, FIRST - timedelta(days=1), certified=True)) == []


@pytest.mark.parametrize("people", [TWENTY[:12], TWENTY[12:], []], ids=["no office", "an office alone", "nobody"])
def test_nothing_is_told_where_all_are_of_one_agency(people):
    assert list(pool_base.inspectors(people, date(2024, 12, 20), certified=True)) == []


def test_the_closeout_of_a_sample_says_it_once():
    """With its pay worksheet, and by the roster alone."""
    assert sum("Office of Inspector General" in note for note in closeout.open_folder(DBT).notes) == 1
