"""Probation, limited appointments and ceilings: both sides of each limit, and what is not known."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seskit.law import staffing
from seskit.law.clocks import add_months, not_to_exceed
from seskit.law.facts import FactError
from tests.extent import times

DAYS = st.dates(date(2000, 7, 1), date(2030, 12, 31))


@settings(max_examples=times(100, 40), deadline=None)
@given(start=DAYS, absent=st.integers(0, 200))
def test_probation_adds_the_excess_over_30_days(start: date, absent: int) -> None:
    """The last day moves by the days without pay beyond 30, and the anniversary is the day after."""
    answer = staffing.probation(appointed_on=start, nonpay_days=absent).answer
    plain = staffing.probation(appointed_on=start).answer["last_day"]
    assert (answer["last_day"] - plain).days == max(absent - 30, 0)
    assert answer["anniversary"] - answer["last_day"] == timedelta(days=1)
    if (start.month, start.day) != (2, 29):
        assert plain == start.replace(year=start.year + 1) - timedelta(days=1)


def test_probation_counts_workdays_too() -> None:
    """Twenty-two workdays without pay count; the twenty-third moves the last day to the next working day."""
    for workdays, last in ((22, date(2026, 5, 31)), (23, date(2026, 6, 1))):
        answer = staffing.probation(appointed_on="2025-06-01", nonpay_workdays=workdays).answer
        assert answer["last_day"] == last
    with pytest.raises(FactError, match="not both"):
        staffing.probation(appointed_on="2025-06-01", nonpay_workdays=23, nonpay_days=3)


def test_a_year_from_29_february_is_a_full_year() -> None:
    """Appointed on 29 February, the year is served through 28 February."""
    assert staffing.probation(appointed_on="2024-02-29").answer["last_day"] == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("appointed", "years"), [("2015-11-25", 1), ("2015-11-26", 2), ("2022-12-30", 2), ("2022-12-31", 1)]
)
def test_defense_probation_by_date(appointed: str, years: int) -> None:
    """Two years for Defense appointments after 2015-11-25 and before the repeal; one year for everyone else."""
    assert staffing.probation(appointed_on=appointed, department_of_defense=True).answer["years"] == years
    assert staffing.probation(appointed_on=appointed).answer["years"] == 1


def test_a_defense_extension() -> None:
    """Only a two-year probation can be extended, and only to a later day."""
    facts = {"appointed_on": "2016-06-12", "department_of_defense": True}
    assert staffing.probation(**facts, extended_to="2018-12-11").answer["last_day"] == date(2018, 12, 11)
    with pytest.raises(FactError, match="an extension ends later"):
        staffing.probation(**facts, extended_to="2018-06-10")
    with pytest.raises(FactError, match="only a two-year probation"):
        staffing.probation(appointed_on="2025-06-01", extended_to="2026-12-01")


@pytest.mark.parametrize(
    ("as_of", "facts", "status", "left"),
    [
        ("2026-05-31", {"assessed": True, "certified": True}, "running", 1),
        ("2026-06-01", {"assessed": True, "certified": True}, "final", 0),
        ("2026-06-01", {"assessed": False, "certified": True}, "not final", 0),
        ("2026-06-01", {"assessed": True}, None, 0),
        ("2026-06-01", {}, None, 0),
        ("2026-06-01", {"assessed": True, "certified": True, "criterion": "C"}, None, 0),
        (
            "2026-06-01",
            {"assessed": True, "certified": True, "criterion": "C", "development_covered": False},
            "not final",
            0,
        ),
        (
            "2026-06-01",
            {"assessed": True, "certified": True, "criterion": "C", "development_covered": True},
            "final",
            0,
        ),
    ],
)
def test_probation_status(as_of: str, facts: dict[str, Any], status: str | None, left: int) -> None:
    """The year, the assessment and the certification are all needed; what is not known leaves the status open."""
    answer = staffing.probation(as_of, appointed_on="2025-06-01", **facts).answer
    assert (answer["status"], answer["days_left"]) == (status, left)


@pytest.mark.parametrize("restored", [None, False])
def test_military_duty_without_restoration_is_open(restored: bool | None) -> None:
    """Without restoration free of another break the last day cannot be determined."""
    facts = {"appointed_on": "2025-06-01", "military_or_injury_days": 90, "restored_without_break": restored}
    assert staffing.probation("2026-07-01", **facts).answer["last_day"] is None


@pytest.mark.parametrize(
    ("returned", "reason", "without_break", "new"),
    [
        ("2025-07-31", None, None, False),
        ("2025-08-01", "other", None, True),
        ("2025-08-01", None, None, None),
        ("2025-08-01", "presidential appointment", True, False),
        ("2025-08-01", "presidential appointment", False, True),
        ("2025-08-01", "reemployment right", None, None),
    ],
)
def test_probation_after_a_break(
    returned: str, reason: str | None, without_break: bool | None, new: bool | None
) -> None:
    """Thirty calendar days out keep the time served, thirty-one start a new year, but for three exceptions."""
    facts = {"left_on": "2025-06-30", "returned_on": returned, "reason": reason, "without_break": without_break}
    assert staffing.probation_after_break(**facts).answer["new_period"] is new


@settings(max_examples=times(100, 40), deadline=None)
@given(start=st.dates(date(1996, 1, 1), date(2040, 12, 31)), months=st.integers(1, 48))
def test_a_term_and_the_next_one_meet(start: date, months: int) -> None:
    """The day after a term is the same day of its end month, or the first of the next where there is none."""
    after = not_to_exceed(start, months) + timedelta(days=1)
    assert after.day == start.day or (after.day == 1 and (after - timedelta(days=1)).day < start.day)
    assert after - timedelta(days=1) in (add_months(start, months) - timedelta(days=1), add_months(start, months))


@settings(max_examples=30, deadline=None)
@given(start=DAYS, kind=st.sampled_from(["limited_term", "limited_emergency"]))
def test_a_first_limited_appointment_is_never_blocked(start: date, kind: str) -> None:
    """Without earlier service the longest appointment can be served to its end."""
    answer = staffing.limited_appointment(appointment_type=kind, starts_on=start).answer
    assert answer["can_serve"]
    assert answer["earliest_start"] == start


@settings(max_examples=20, deadline=None)
@given(first=DAYS, served=st.integers(1, 36), gap=st.integers(0, 900), months=st.integers(1, 36))
def test_the_earliest_start_can_be_served_and_the_day_before_cannot(
    first: date, served: int, gap: int, months: int
) -> None:
    """On the earliest start the whole term fits into 36 in 48 months; a day earlier it does not, or was asked for."""
    last = not_to_exceed(first, served)
    start = last + timedelta(days=1 + gap)
    facts = {
        "appointment_type": "limited_term",
        "months": months,
        "earlier_service": [{"first_day": first, "last_day": last}],
    }
    answer = staffing.limited_appointment(starts_on=start, **facts).answer
    assert answer["can_serve"] == (answer["earliest_start"] == start)
    if served + months <= 36:
        assert answer["can_serve"]
    again = staffing.limited_appointment(starts_on=answer["earliest_start"], **facts).answer
    assert again["can_serve"]
    if answer["earliest_start"] > start:
        earlier = answer["earliest_start"] - timedelta(days=1)
        assert not staffing.limited_appointment(starts_on=earlier, **facts).answer["can_serve"]


@pytest.mark.parametrize(
    ("kind", "months", "lawful"),
    [
        ("limited_term", 36, True),
        ("limited_term", 37, False),
        ("limited_emergency", 18, True),
        ("limited_emergency", 19, False),
    ],
)
def test_limited_lengths(kind: str, months: int, lawful: bool) -> None:
    """Thirty-six and eighteen months are the longest."""
    answer = staffing.limited_appointment(appointment_type=kind, starts_on="2026-04-05", months=months).answer
    assert answer["lawful"] is lawful


@pytest.mark.parametrize("kind", ["limited_term", "limited_emergency"])
@pytest.mark.parametrize("served", [0, 12, 24])
def test_one_last_day_is_told(kind: str, served: int) -> None:
    """A day from which a person may not serve is told only as the day after the last lawful one."""
    last_day = not_to_exceed(date(2025, 1, 1), served or 1)
    before = [{"first_day": date(2025, 1, 1), "last_day": last_day}] if served else []
    told = 0
    for months in range(1, 49):
        result = staffing.limited_appointment(
            appointment_type=kind, starts_on=last_day + timedelta(days=100), months=months, earlier_service=before
        )
        found, last = result.answer["first_blocked_day"], result.answer["safe_last_day"]
        said = "may not serve on" in result.says
        assert said == (found is not None and found == last + timedelta(days=1)), (months, result.says)
        told += said
    assert told or not served or kind == "limited_emergency"


@pytest.mark.parametrize(("wanted", "allowed"), [(24, False), (30, True), (31, False)])
def test_limited_extension(wanted: int, allowed: bool) -> None:
    """An extension lengthens the first term and stays within what was authorized."""
    facts = {"appointment_type": "limited_term", "starts_on": "2024-04-07", "months": 24, "authorized_months": 30}
    extension = staffing.limited_appointment(**facts, extend_to_months=wanted).answer["extension"]
    assert extension["allowed"] is allowed
    assert extension["notify_opm"] is (True if allowed else None)


def test_limited_refusals() -> None:
    """No length, overlapping service and service not yet over are refused with the reason."""
    facts = {"appointment_type": "limited_term", "starts_on": "2024-04-07"}
    with pytest.raises(FactError, match="0 months"):
        staffing.limited_appointment(**facts, months=0)
    overlap = [
        {"first_day": "2022-01-02", "last_day": "2022-06-01"},
        {"first_day": "2022-06-01", "last_day": "2022-07-01"},
    ]
    with pytest.raises(FactError, match="overlap on 2022-06-01"):
        staffing.limited_appointment(**facts, earlier_service=overlap)
    with pytest.raises(FactError, match="is not over on 2024-04-07"):
        staffing.limited_appointment(**facts, earlier_service=[{"first_day": "2024-01-01", "last_day": "2024-04-07"}])


@pytest.mark.parametrize(
    ("bureau", "longest"), [("IRS", 36), ("NASA expiring duties", 48), ("NASA continuing duties", 12)]
)
def test_bureau_terms(bureau: str, longest: int) -> None:
    """IRS and NASA have terms of their own."""
    facts = {"appointment_type": "limited_term", "starts_on": "2019-04-07", "bureau": bureau}
    assert staffing.limited_appointment(**facts).answer["maximum_months"] == longest


@pytest.mark.parametrize(
    ("facts", "authority"),
    [
        ({"from_career_type": True, "allocation": 200, "pool_in_use": 5}, "agency"),
        ({"from_career_type": True, "allocation": 200, "pool_in_use": 6}, "OPM"),
        ({"from_career_type": True, "allocation": 200, "pool_in_use": 5, "pool_suspended": True}, "OPM"),
        ({"from_career_type": False}, "OPM"),
        ({"from_career_type": True}, None),
        ({}, None),
        ({"from_career_type": True, "allocation": 200, "pool_in_use": 0, "governmentwide_limit_reached": True}, "none"),
    ],
)
def test_who_authorizes_a_limited_appointment(facts: dict[str, Any], authority: str | None) -> None:
    """The agency from a free place in its pool for career-type people, otherwise OPM, and nobody at 5 percent."""
    assert staffing.limited_authority("2026-03-02", **facts).answer["authority"] == authority


@pytest.mark.parametrize(("day", "pool"), [("2000-06-25", 4), ("2000-06-26", 6)])
def test_the_pool_grew_in_2000(day: str, pool: int) -> None:
    """Two percent before the rule of 2000, three from its first day."""
    assert staffing.ceilings(day, agency_allocation=200).answer["agency_limited_pool"] == pool


@settings(max_examples=times(100, 40), deadline=None)
@given(positions=st.integers(4, 20000), in_1978=st.integers(0, 50))
def test_ceilings_are_never_rounded_up(positions: int, in_1978: int) -> None:
    """A ceiling is the largest whole number that does not pass its share."""
    answer = staffing.ceilings(
        "2026-03-01", agency_positions=positions, noncareer_1978=in_1978, governmentwide_positions=positions
    ).answer
    assert 10 * answer["governmentwide_noncareer"] <= positions < 10 * (answer["governmentwide_noncareer"] + 1)
    assert 20 * answer["governmentwide_limited"] <= positions < 20 * (answer["governmentwide_limited"] + 1)
    assert answer["agency_noncareer"] == max(in_1978, positions // 4)


def test_small_agencies_and_what_is_exceeded() -> None:
    """Under four positions there is no agency ceiling; numbers above a ceiling are named."""
    assert staffing.ceilings("2026-03-01", agency_positions=3).answer["agency_noncareer"] == "no ceiling"
    assert staffing.ceilings("2026-03-01", agency_positions=4).answer["agency_noncareer"] == 1
    for used, exceeded in ((7, []), (8, ["agency_noncareer"])):
        answer = staffing.ceilings("2026-03-01", agency_positions=30, noncareer_1978=0, noncareer_in_use=used).answer
        assert answer["exceeded"] == exceeded
    assert "Cannot tell" in staffing.ceilings("2026-03-01").says
    assert staffing.ceilings("2026-03-01", bureau_positions=89).answer["bureau_limited"] == 8


@pytest.mark.parametrize(
    ("facts", "allows"),
    [
        ({"appointment_type": "career", "position": "career_reserved"}, True),
        ({"appointment_type": "limited_term", "position": "career_reserved"}, False),
        ({"appointment_type": "limited_term", "position": "general"}, True),
        ({"appointment_type": "noncareer"}, None),
        ({"appointment_type": "limited_term", "position": "career_reserved", "bureau": "IRS"}, None),
        (
            {"appointment_type": "limited_term", "position": "career_reserved", "bureau": "IRS", "opm_approved": True},
            True,
        ),
        (
            {
                "appointment_type": "limited_term",
                "position": "career_reserved",
                "bureau": "NASA",
                "opm_approved": False,
                "from_career_type": False,
            },
            False,
        ),
        (
            {"appointment_type": "noncareer", "position": "career_reserved", "bureau": "IRS", "opm_approved": True},
            False,
        ),
    ],
)
def test_which_position_takes_which_appointment(facts: dict[str, Any], allows: bool | None) -> None:
    """Career reserved positions take career appointees, with the exception of two bureaus for limited ones."""
    assert staffing.check_appointment("2026-03-02", **facts).answer["position_allows"] is allows


def test_what_an_appointment_still_needs() -> None:
    """A career appointment needs standard, finding and QRB; one missing stops it, one not known leaves it open."""
    ready = {"standard_written": True, "qualifications_certified": True, "qrb_certified": True}
    facts = {"appointment_type": "career", "position": "general"}
    assert staffing.check_appointment("2026-03-02", **facts, **ready).answer["ready"] is True
    assert (
        staffing.check_appointment("2026-03-02", **facts, **{**ready, "qrb_certified": False}).answer["ready"] is False
    )
    open_ = staffing.check_appointment("2026-03-02", **facts, **{**ready, "qrb_certified": None}).answer
    assert open_ == {"position_allows": True, "ready": None, "missing": ["QRB certification before the appointment"]}


def test_the_window_of_48_months_slides() -> None:
    """After 36 months to 2025-01-01 one more month fits as soon as as much has left the window, counted by hand."""
    facts = {"appointment_type": "limited_term", "months": 1, "starts_on": "2025-06-01"}
    earlier = [{"first_day": "2022-01-02", "last_day": "2025-01-01"}]
    answer = staffing.limited_appointment(**facts, earlier_service=earlier).answer
    assert answer["earliest_start"] == date(2026, 1, 3)
