"""Twelve months is one rule: adjust, reduce, transfer, the clock and the worksheet count the same days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seskit.law import pay_setting
from seskit.law.pay_setting import clock
from tests.extent import times

LAST = st.dates(date(2005, 1, 1), date(2025, 6, 30))
#: Days around the end of twelve months, and any day of the two years before and after it.
AWAY = st.integers(-3, 3) | st.integers(-360, 360)
QUICK = settings(max_examples=times(120, 40), deadline=None)
RATE = {"rate": 170000, "certified": True}


def year_after(day: date) -> date:
    """The same day a year on; the last day of February for a leap day."""
    return day.replace(year=day.year + 1) if (day.month, day.day) != (2, 29) else date(day.year + 1, 2, 28)


def clocked(made) -> str:
    """What an answer says of the twelve months: open, closed, or one of two readings."""
    words = ("12 months", "12 calendar months", "last adjusted")
    found = {r.outcome for r in made.reasons if any(word in r.text.lower() for word in words)}
    if "open reading" in found or "open reading" in made.says.lower():
        return "two readings"
    return "closed" if "not met" in found else "open"


@QUICK
@given(last=LAST, away=AWAY)
def test_twelve_months_under_every_name(last, away) -> None:
    """An increase, a cut, a higher rate on transfer: open, closed, and in doubt on the same days as the clock says."""
    day = year_after(last) + timedelta(days=away)
    if day <= last or not date(2005, 1, 9) <= day <= date(2026, 12, 31):
        return
    opens = pay_setting.next_adjustment(actions=[{"effective": last, "kind": "adjustment"}]).answer
    assert opens == year_after(last)
    wanted = "open" if day >= opens else "two readings" if clock.is_drift(last, day) else "closed"
    raised = pay_setting.adjust(
        day, proposed_rate=171000, rating=5, last_adjusted=last, warranted=True, new_position=True, **RATE
    )
    cut = pay_setting.reduce(
        day, proposed_rate=165000, basis="performance", rating=2, last_adjusted=last,
        notice_given=day - timedelta(days=60), appointment_type="career", protected_total=0, **RATE,
    )  # fmt: skip
    moved = pay_setting.transfer(
        day, rate=170000, proposed_rate=171000, from_certified=True, to_certified=True, last_adjusted=last, rating=5,
        new_position=True, protected_total=0,
    )  # fmt: skip
    told = {"adjust": clocked(raised), "reduce": clocked(cut), "transfer": clocked(moved)}
    assert told == dict.fromkeys(told, wanted), (last, day)


@pytest.mark.parametrize(
    ("last", "day", "drifts"),
    [
        (date(2015, 1, 11), date(2016, 1, 10), True), (date(2015, 1, 11), date(2016, 1, 11), False),
        (date(2015, 1, 11), date(2016, 1, 9), False), (date(2023, 1, 15), date(2024, 1, 14), True),
        (date(2024, 1, 14), date(2025, 1, 12), True), (date(2024, 1, 14), date(2025, 1, 13), False),
    ],
)  # fmt: skip
def test_the_doubt_is_of_26_pay_periods_alone(last, day, drifts) -> None:
    """364 days after the last adjustment, one or two days short of the calendar's year; no other day."""
    assert clock.is_drift(last, day) is drifts
    assert ((day - last).days == 364 and day < year_after(last)) is drifts
