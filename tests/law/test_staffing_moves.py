"""The 120-day bars, moves, removal and return: both sides of each limit, and what is not known."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seskit.law import staffing
from tests.extent import times

DAYS = st.dates(date(2000, 7, 1), date(2030, 12, 31))


@settings(max_examples=times(100, 40), deadline=None)
@given(head=DAYS, away=st.integers(0, 120), acting=st.integers(0, 200))
def test_the_bar_counts_120_days(head: date, away: int, acting: int) -> None:
    """Details stretch the reassignment bar by 60 days at most, acting days shorten it, never before the appointment."""
    since = head - timedelta(days=acting) if acting else None
    answer = staffing.moratorium(
        action="reassignment", new_head_on=head, detail_days=away, head_acting_since=since
    ).answer
    free = max((since or head) + timedelta(days=121 + min(away, 60)), head)
    assert answer["applies"] == (free > head)
    assert answer["first_free_day"] == (free if free > head else None)
    removal = staffing.moratorium(action="removal", new_head_on=head, detail_days=away).answer
    assert removal["first_free_day"] == head + timedelta(days=121)


def test_details_before_the_law_of_1991_do_not_stretch() -> None:
    """The stretch for details came on 1991-12-02."""
    for head, days in ((date(1991, 12, 1), 121), (date(1991, 12, 2), 181)):
        answer = staffing.moratorium(action="reassignment", new_head_on=head, detail_days=80).answer
        assert answer["first_free_day"] == head + timedelta(days=days)


@pytest.mark.parametrize(
    ("noncareer", "authority", "applies"),
    [(True, True, True), (False, None, False), (None, False, False), (True, None, None), (None, None, None)],
)
def test_a_new_supervisor_counts_when_noncareer_with_authority(
    noncareer: bool | None, authority: bool | None, applies: bool | None
) -> None:
    """A new supervisor starts a bar only if noncareer and able to rate or remove; unknown stays open."""
    facts = {"supervisor_noncareer": noncareer, "supervisor_has_authority": authority}
    answer = staffing.moratorium(action="removal", new_supervisor_on="2026-01-05", **facts).answer
    assert answer["applies"] is applies


def test_two_bars_and_one_not_known() -> None:
    """The longer bar decides; a bar that is certain holds even while the other is not known."""
    facts = {"action": "reassignment", "new_head_on": "2026-01-05", "new_supervisor_on": "2026-02-02"}
    sure = staffing.moratorium(**facts, supervisor_noncareer=True, supervisor_has_authority=True).answer
    assert sure["first_free_day"] == date(2026, 6, 3)
    for day, barred in (("2026-05-05", True), ("2026-05-06", None)):
        answer = staffing.moratorium(day, **facts).answer
        assert (answer["applies"], answer["barred"]) == (None, barred)
    ended = {"supervisor_acting_since": "2025-06-01", "supervisor_noncareer": True, "supervisor_has_authority": True}
    assert staffing.moratorium(**facts, **ended).answer["first_free_day"] == date(2026, 5, 6)


def test_exceptions_lift_the_bar() -> None:
    """Consent lifts the bar on reassignment, not on removal; crime lifts only the bar on removal."""
    facts = {"new_head_on": "2026-01-05"}
    assert staffing.moratorium(action="reassignment", voluntary_in_writing=True, **facts).answer["applies"] is False
    assert staffing.moratorium(action="removal", voluntary_in_writing=True, **facts).answer["applies"] is True
    assert staffing.moratorium(action="reassignment", exception="crime", **facts).answer["applies"] is True
    assert staffing.moratorium(action="removal", exception="crime", **facts).answer["applies"] is False


@settings(max_examples=times(60, 30), deadline=None)
@given(received=DAYS, same=st.booleans(), head=st.one_of(st.none(), DAYS))
def test_the_latest_day_decides_a_reassignment(received: date, same: bool, head: date | None) -> None:
    """The earliest day is the day the notice allows, or the end of the bar where the bar covers that day."""
    facts = {
        "received_on": received,
        "outside_commuting_area": not same,
        "consulted_on": received - timedelta(days=1),
        "head_appointed_on": head,
        "no_recent_appointment": None if head else True,
    }
    answer = staffing.reassignment(**facts).answer
    by_notice = received + timedelta(days=15 if same else 60)
    barred = head is not None and head <= by_notice < head + timedelta(days=121)
    assert answer["earliest"] == (head + timedelta(days=121) if barred and head else by_notice)
    assert staffing.reassignment(answer["earliest"], **facts).answer["allowed"] is True
    assert staffing.reassignment(answer["earliest"] - timedelta(days=1), **facts).answer["allowed"] is False


def test_what_is_not_stated_of_head_or_supervisor_is_told() -> None:
    """K25: where one of the two appointments is stated, what is taken of the other stands in the answer."""
    facts = {"received_on": "2025-05-01", "outside_commuting_area": False}
    for stated, told in (
        ({"head_appointed_on": "2020-02-04"}, True),
        ({"supervisor_appointed_on": "2020-02-04"}, True),
        ({"head_appointed_on": "2020-02-04", "supervisor_noncareer": False}, False),
        ({"head_appointed_on": "2020-02-04", "supervisor_appointed_on": "2020-02-04"}, False),
        ({"head_appointed_on": "2020-02-04", "no_recent_appointment": True}, False),
    ):
        result = staffing.reassignment("2025-06-01", **facts, **stated)
        assert result.answer["allowed"] is True
        assert any("Nothing is stated about" in caution for caution in result.cautions) is told
        assert any(reason.outcome == "assumed" for reason in result.reasons) is told
    later = staffing.reassignment(**facts, head_appointed_on="2025-06-10", supervisor_noncareer=False)
    assert any("from then the bar runs" in caution for caution in later.cautions)
    kind = {"supervisor_appointed_on": "2025-06-10", "head_appointed_on": "2020-02-04"}
    unsure = staffing.reassignment(**facts, **kind, supervisor_noncareer=True)
    assert any("from then the bar may run" in caution for caution in unsure.cautions)
    acted = staffing.reassignment(
        **facts, **kind, supervisor_noncareer=True, supervisor_rates=True, supervisor_acting_since="2025-01-05"
    )
    assert not any("from then the bar" in caution for caution in acted.cautions), "no day of the bar is left"


def test_reassignment_that_cannot_be_told() -> None:
    """Without notice or the place nothing can be told; inside the bar it is no all the same."""
    assert staffing.reassignment("2026-06-01").answer["allowed"] is None
    assert staffing.reassignment("2026-06-01", received_on="2026-03-02").answer["allowed"] is None
    assert staffing.reassignment("2026-05-01", new_head_on="2026-03-02").answer["allowed"] is False
    assert staffing.reassignment(voluntary_in_writing=True, new_head_on="2026-03-02").answer["allowed"] is True
    facts = {"received_on": "2026-03-02", "same_area": False}
    assert staffing.reassignment("2026-07-01", **facts).answer["allowed"] is None
    assert staffing.reassignment("2026-07-01", **facts, consulted_on="2026-03-03").answer["held_by"] == "consultation"


def test_notice_waivers_and_transfers() -> None:
    """A written waiver ends the wait, but not the consultation; a transfer needs consent and nothing else."""
    facts = {"received_on": "2026-03-02", "waived_on": "2026-03-05"}
    assert staffing.notice(**facts, same_area=True).answer == {"lawful": True, "earliest": date(2026, 3, 5)}
    assert staffing.notice(**facts, same_area=False).answer["lawful"] is None
    assert staffing.notice(**facts, same_area=False, consulted_on="2026-03-03").answer["lawful"] is False
    assert staffing.notice(received_on="2026-03-02").answer == {"lawful": None, "earliest": None}
    early = {"received_on": "2026-03-02", "same_area": False, "consulted_on": "2026-02-20", "waived_on": "2026-02-10"}
    assert staffing.notice(**early).answer == {"lawful": True, "earliest": date(2026, 5, 1)}
    same_day = staffing.notice(received_on="2026-03-02", same_area=False, consulted_on="2026-03-02")
    assert same_day.answer["lawful"] is True
    assert any("share a day" in caution for caution in same_day.cautions)
    assert staffing.notice(action="transfer", received_on="2026-03-02").answer["lawful"] is None
    assert staffing.notice(action="transfer", **facts).answer["lawful"] is True


@pytest.mark.parametrize(
    ("change", "allowed"),
    [
        ({}, True),
        ({"as_of": "2026-05-20"}, False),
        ({"as_of": "2026-05-31"}, True),
        ({"as_of": "2026-06-01"}, False),
        ({"new_head_on": "2026-01-20"}, True),
        ({"new_head_on": "2026-01-21"}, False),
        ({"new_head_on": "2026-01-21", "exception": "crime"}, False),
        ({"new_head_on": "2026-02-01", "exception": "crime", "as_of": "2026-05-27"}, True),
        ({"new_head_on": "2026-02-01", "exception": "crime", "as_of": "2026-05-26"}, False),
        ({"new_head_on": "2026-01-21", "exception": "crime", "as_of": "2026-05-22"}, True),
        ({"new_head_on": "2026-01-21", "exception": "crime", "ground": "reduction in force"}, True),
        ({"ground": "conduct"}, None),
        ({"ground": "conduct", "covered_by_7511": False}, True),
        ({"ground": "conduct", "covered_by_7511": True}, False),
        ({"ground": "conduct", "covered_by_7511": True, "notice_on": "2026-04-21"}, True),
        ({"ground": "conduct", "covered_by_7511": True, "notice_on": "2026-04-22"}, False),
        ({"new_supervisor_on": "2026-05-01"}, None),
    ],
)
def test_removal_in_probation(change: dict[str, Any], allowed: bool | None) -> None:
    """Notice before the day, inside probation, outside the bar; thirty days where part 752 governs."""
    facts = {"ground": "performance", "notice_on": "2026-05-20", "as_of": "2026-05-21", "last_day": "2026-05-31"}
    if not {"new_head_on", "new_supervisor_on"} & set(change):
        facts["no_recent_appointment"] = True
    assert staffing.probation_removal(**{**facts, **change}).answer["allowed"] is allowed


@pytest.mark.parametrize(
    ("facts", "entitled"),
    [
        ({"from_career_type": True, "for_cause": False}, True),
        ({"from_career_type": True, "for_cause": True}, False),
        ({"from_career_type": False}, False),
        ({"from_career_type": True}, None),
        ({"for_cause": False}, None),
        ({"for_cause": False, "stage": "after probation"}, True),
        ({"for_cause": False, "from_career_type": True, "appointment_type": "noncareer"}, False),
    ],
)
def test_fallback(facts: dict[str, Any], entitled: bool | None) -> None:
    """The right belongs to career appointees from career-type positions who are not removed for cause."""
    assert staffing.fallback("2026-05-21", **facts).answer["entitled"] is entitled


def test_a_removal_in_probation_without_a_word_on_the_head_cannot_be_told() -> None:
    """Nothing stated about head and supervisor leaves the bar, and so the removal, open."""
    facts = {"ground": "performance", "notice_on": "2026-05-20", "as_of": "2026-05-21", "last_day": "2026-05-31"}
    assert staffing.probation_removal(**facts).answer["allowed"] is None
    assert staffing.probation_removal(**facts | {"ground": "reduction in force"}).answer["allowed"] is True


def test_fallback_pay_is_the_highest_of_three_rates() -> None:
    """All three rates are needed, and the highest is paid."""
    facts = {
        "from_career_type": True,
        "for_cause": False,
        "new_position_rate": "150000",
        "former_position_rate": "149000",
    }
    assert staffing.fallback("2026-05-21", **facts).answer["rate"] is None
    assert staffing.fallback("2026-05-21", **facts, ses_rate="190000").answer["rate"] == 190000


def test_noncareer_removal_needs_a_day() -> None:
    """Notice on the day itself is too late; the day before is enough."""
    assert staffing.noncareer_removal("2026-03-02", notice_on="2026-03-02").answer["allowed"] is False
    assert staffing.noncareer_removal("2026-03-03", notice_on="2026-03-02").answer["allowed"] is True


def test_the_end_of_a_limited_appointment() -> None:
    """The right to return turns on the former position and the cause; discipline may bring part 752."""
    facts = {"came_same_agency": True, "for_cause": False}
    assert staffing.limited_end("2026-03-02", **facts).answer == {"return_right": True, "part_752": False}
    cause = staffing.limited_end("2026-03-02", came_same_agency=True, for_cause=True, covered_by_7511=True)
    assert cause.answer == {"return_right": False, "part_752": True}
    assert staffing.limited_end("2026-03-02").answer["return_right"] is None


def test_guaranteed_reinstatement() -> None:
    """Ninety days to apply, not ninety-one; a gap or cause ends the right."""
    facts = {"left_on": "2025-01-20", "came_without_break": True, "for_cause": False}
    in_time = staffing.guaranteed_reinstatement(**facts, applied_on="2025-04-20").answer
    assert (in_time["right"], in_time["opm_places_by"]) == (True, date(2025, 6, 4))
    assert staffing.guaranteed_reinstatement(**facts, applied_on="2025-04-21").answer["right"] is False
    assert staffing.guaranteed_reinstatement(**facts, gap_between_appointments=True).answer["right"] is False
    assert staffing.guaranteed_reinstatement(left_on="2025-01-20").answer["right"] is None


@pytest.mark.parametrize(
    ("left", "mobility", "eligible"),
    [
        ("resignation", None, True),
        ("resignation after notice of removal", None, False),
        ("removal for discipline", None, False),
        ("refusal of a move to another commuting area", False, True),
        ("refusal of a move to another commuting area", True, False),
        ("refusal of a move to another commuting area", None, None),
        (None, None, None),
    ],
)
def test_reinstatement(left: str | None, mobility: bool | None, eligible: bool | None) -> None:
    """An exit for performance or discipline bars it; refusing a move does so only under a mobility agreement."""
    facts = {"left_by": left, "mobility_agreement": mobility}
    assert staffing.reinstatement("2026-03-02", probation_completed=True, **facts).answer["eligible"] is eligible
    assert staffing.reinstatement("2026-03-02", probation_completed=False, **facts).answer["eligible"] is False


@pytest.mark.parametrize(
    ("facts", "allowed", "increments"),
    [
        ({"person": "career SES", "to_position": "unclassified duties", "days": 240}, True, 2),
        ({"person": "career SES", "to_position": "unclassified duties", "days": 241}, False, 3),
        ({"person": "career SES", "to_position": "GS-15 or below", "days": 241}, None, 3),
        ({"person": "career SES", "to_position": "GS-15 or below", "days": 241, "opm_approved": True}, True, 3),
        ({"person": "career type, not SES", "to_position": "SES", "days": 240}, True, 2),
        ({"person": "career type, not SES", "to_position": "SES", "days": 241}, None, 3),
        ({"person": "career type, not SES", "to_position": "SES", "days": 241, "competed": True}, True, 3),
        (
            {"person": "career type, not SES", "to_position": "SES supervising SES", "days": 241, "competed": True},
            None,
            3,
        ),
        ({"person": "other, not SES", "to_position": "SES", "days": 90, "career_reserved": True}, False, 1),
        ({"person": "other, not SES", "to_position": "SES", "days": 90, "career_reserved": False}, True, 1),
        ({"person": "noncareer or limited SES", "to_position": "SES", "days": 90}, None, 1),
    ],
)
def test_details(facts: dict[str, Any], allowed: bool | None, increments: int) -> None:
    """Steps of 120 days, limits past 240, career people only in career reserved positions."""
    answer = staffing.detail("2026-03-02", **facts).answer
    assert (answer["allowed"], answer["increments"]) == (allowed, increments)


def test_acting_days_do_not_shorten_the_removal_bar() -> None:
    """Counting acting days is recorded for reassignment only; a removal bar runs from the appointment."""
    facts = {"new_head_on": "2026-03-02", "head_acting_since": "2026-01-05"}
    removal = staffing.moratorium(action="removal", **facts)
    assert removal.answer["first_free_day"] == date(2026, 7, 1)
    assert any("not counted here" in caution for caution in removal.cautions)
    assert staffing.moratorium(action="reassignment", **facts).answer["first_free_day"] == date(2026, 5, 6)
