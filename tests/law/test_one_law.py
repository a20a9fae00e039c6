"""One law, one question: an older name answers as the question that took its place, on every fact both can state."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seskit.law import appraisal, certification, pay_setting, staffing
from seskit.law.facts import FactError
from seskit.law.question import questions
from seskit.law.result import Result
from tests.extent import times

DAYS = st.dates(date(1985, 1, 1), date(2027, 12, 31))
NEAR = st.integers(-200, 200)
MAYBE = st.sampled_from([True, False, None])
QUICK = settings(max_examples=times(150, 40), deadline=None)


def shifted(day: date, days: int | None) -> date | None:
    return None if days is None else day + timedelta(days=days)


def older(result: Result, survivor: str) -> bool:
    """Whether the answer says that it keeps an older name, and names the question that answers."""
    return any("older name" in caution and survivor in caution for caution in result.cautions)


@QUICK
@given(
    day=DAYS, head=st.none() | NEAR, acting=st.none() | st.integers(0, 300), boss=st.none() | NEAR,
    noncareer=MAYBE, power=MAYBE, away=st.integers(0, 100), recent=st.sampled_from([None, False]),
    action=st.sampled_from(["removal", "reassignment"]),
    exception=st.sampled_from(["none", "crime", "discipline begun before", "unsatisfactory rating issued before"]),
    agreed=st.booleans(),
)  # fmt: skip
def test_the_bar_under_both_names(
    day, head, acting, boss, noncareer, power, away, recent, action, exception, agreed
) -> None:
    """`staffing.moratorium` says of a day what the bar of the same action says, whatever is stated."""
    head_on, boss_on = shifted(day, head), shifted(day, boss)
    acted = None if acting is None or head_on is None else head_on - timedelta(days=acting)
    shared = {"supervisor_noncareer": noncareer, "no_recent_appointment": recent, "exception": exception}
    there = {"appointment_type": "career", "head_appointed_on": head_on, "supervisor_appointed_on": boss_on, **shared}
    if action == "reassignment":
        mine = appraisal.reassignment_bar(
            day, **there, supervisor_rates=power, head_acting_since=acted, detail_days=away, voluntary_in_writing=agreed
        )
    else:
        mine = appraisal.removal_bar(day, **there, on_probation=True, supervisor_can_remove=power)
    theirs = staffing.moratorium(
        day, action=action, new_head_on=head_on, new_supervisor_on=boss_on, **shared, supervisor_has_authority=power,
        head_acting_since=acted, detail_days=away, voluntary_in_writing=agreed,
    )  # fmt: skip
    assert theirs.answer["barred"] is mine.answer["blocked"]
    assert older(theirs, f"appraisal.{action}_bar")
    if theirs.answer["applies"] and theirs.answer["barred"]:
        assert mine.answer["first_open"] <= theirs.answer["first_free_day"]
    if head_on and not boss_on and theirs.answer["applies"] and theirs.answer["barred"]:
        assert mine.answer["first_open"] == theirs.answer["first_free_day"]


@QUICK
@given(day=DAYS, head=st.none() | NEAR, boss=st.none() | NEAR, noncareer=MAYBE, power=MAYBE, away=st.integers(0, 100))
def test_moves_and_removals_in_probation_ask_the_same_bar(day, head, boss, noncareer, power, away) -> None:
    """A move with its notice waived, and a removal in probation, turn on the bar alone; it is the same bar."""
    shared: dict[str, Any] = {
        "head_appointed_on": shifted(day, head), "supervisor_appointed_on": shifted(day, boss),
        "supervisor_noncareer": noncareer,
    }  # fmt: skip
    mine = appraisal.reassignment_bar(
        day, appointment_type="career", exception="none", **shared, supervisor_rates=power, detail_days=away
    ).answer["blocked"]
    before = day - timedelta(days=1)
    move = staffing.reassignment(
        day, received_on=before, waived_on=before, outside_commuting_area=False, **shared, supervisor_rates=power,
        detail_days=away,
    )  # fmt: skip
    assert move.answer["allowed"] is (None if mine is None else not mine)
    mine = appraisal.removal_bar(
        day, appointment_type="career", exception="none", **shared, supervisor_can_remove=power
    ).answer["blocked"]
    theirs = staffing.probation_removal(
        day, ground="performance", notice_on=before, last_day=day, **shared, supervisor_can_remove=power
    )
    assert theirs.answer["allowed"] is (None if mine is None else not mine)


@QUICK
@given(year=st.integers(2001, 2028), career=st.integers(0, 300), high=st.none() | st.integers(0, 300),
       others=st.integers(0, 30), waived=st.booleans())  # fmt: skip
def test_the_ceiling_under_both_names(year, career, high, others, waived) -> None:
    """`certification.top_two_ceiling` gives the number that `appraisal.rating_ceiling` allows."""
    high = None if high is None else min(high, career)
    mine = appraisal.rating_ceiling(date(year, 9, 30), career_rated=career, career_high=high, waived=waived)
    theirs = certification.top_two_ceiling(
        fiscal_year=year, career=career, in_top_two=high, waived=waived, ses_total=career + others
    )
    assert theirs.answer == (None if waived else mine.answer["allowed"])
    assert (theirs.answer is not None) == (year >= 2026 and career >= 5 and not waived)
    assert older(theirs, "appraisal.rating_ceiling")


@QUICK
@given(members=st.integers(1, 9), career=st.none() | st.integers(0, 9), rated=MAYBE, finding=st.booleans(),
       day=st.dates(date(2000, 11, 13), date(2027, 1, 1)))  # fmt: skip
def test_the_review_board_under_both_names(members, career, rated, finding, day) -> None:
    """The numbers of a Performance Review Board: three or more, and the career majority."""
    career = None if career is None else min(career, members)
    kind = {True: "career", False: "noncareer", None: None}[rated]
    mine = appraisal.check_board(
        day, members=members, career=career, appointment_type=kind, opm_finding=finding
    ).answer["roster_passes"]
    theirs = staffing.check_board(
        day, board="PRB", members=members, career=career, career_ratee=rated, opm_found_too_few=finding
    )
    assert theirs.answer["lawful"] is mine
    assert older(theirs, "appraisal.check_board")
    if members < 3:
        assert mine is False


@QUICK
@given(
    day=DAYS, kind=st.sampled_from(["career", "noncareer", "limited"]), probation=st.booleans(), cause=MAYBE,
    came=MAYBE, rates=st.lists(st.none() | st.integers(100_000, 200_000), min_size=3, max_size=3),
)  # fmt: skip
def test_placement_under_both_names(day, kind, probation, cause, came, rates) -> None:
    """`staffing.fallback` gives the right and the pay of `appraisal.placement`."""
    pay = dict(zip(("new_position_rate", "former_position_rate", "ses_rate"), rates, strict=True))
    fair = "other" if probation else "performance"
    mine = appraisal.placement(
        day, appointment_type="limited_term" if kind == "limited" else kind, on_probation=probation,
        reason={True: "misconduct", False: fair, None: None}[cause], from_career_type=came, **pay,
    ).answer  # fmt: skip
    theirs = staffing.fallback(
        day, appointment_type=kind, stage="probation" if probation else "after probation", for_cause=cause,
        from_career_type=came, **pay,
    )  # fmt: skip
    assert theirs.answer == {"entitled": mine["right"], "rate": mine["pay"]}
    assert older(theirs, "appraisal.placement")
    if mine["right"] and kind == "career":
        assert mine["pay"] == (None if None in rates else max(rates))


@QUICK
@given(new=st.integers(100_000, 200_000), former=st.none() | st.integers(0, 200_000), ses=st.integers(100_000, 200_000))
def test_the_pay_of_a_placement_under_both_names(new, former, ses) -> None:
    """`pay_setting.placement_rate` gives the pay of `appraisal.placement`; with a rate missing neither tells."""
    theirs = pay_setting.placement_rate("2016-06-12", new_position_rate=new, former_position_rate=former, ses_rate=ses)
    assert theirs.answer == (None if former is None else max(new, former, ses))
    assert older(theirs, "appraisal.placement")
    assert "Cannot tell" in theirs.says or former is not None


@pytest.mark.parametrize("career", [True, False, None])
@pytest.mark.parametrize("probation", [True, False, None])
@pytest.mark.parametrize("weak", [True, False, None])
@pytest.mark.parametrize("conduct", [True, False, None])
def test_reinstatement_under_both_names(career, probation, weak, conduct) -> None:
    """`appraisal.reinstatement` gives the answer of `staffing.reinstatement` for the way of leaving it states."""
    left = "removal for performance" if weak else "removal for discipline" if conduct else "other"
    theirs = staffing.reinstatement(
        "2024-12-15", was_career=career, probation_completed=probation,
        left_by=None if not weak and not conduct and None in (weak, conduct) else left,
    )  # fmt: skip
    mine = appraisal.reinstatement(
        "2024-12-15", was_career=career, completed_probation=probation, left_for_performance=weak,
        left_for_misconduct=conduct,
    )  # fmt: skip
    assert mine.answer["eligible"] is theirs.answer["eligible"]
    assert older(mine, "staffing.reinstatement")


@QUICK
@given(day=st.dates(date(1996, 1, 1), date(2027, 1, 1)), before=st.integers(0, 5))
def test_notice_of_a_noncareer_removal_under_both_names(day, before) -> None:
    """`staffing.noncareer_removal` gives the verdict of `appraisal.removal_notice`, and the first day it allows."""
    on = day - timedelta(days=before)
    mine = appraisal.removal_notice(day, appointment_type="noncareer", notice_on=on)
    theirs = staffing.noncareer_removal(day, notice_on=on)
    assert theirs.answer["allowed"] is mine.answer["passes"]
    assert staffing.noncareer_removal(theirs.answer["earliest"], notice_on=on).answer["allowed"] is True
    assert older(theirs, "appraisal.removal_notice")


@pytest.mark.parametrize("came", [True, False, None])
@pytest.mark.parametrize("same", [True, False, None])
@pytest.mark.parametrize("cause", [True, False, None])
def test_the_return_of_a_limited_appointee_is_the_placement(came, same, cause) -> None:
    """`staffing.limited_end` and `appraisal.placement` agree on who goes back to the former job."""
    reason = {True: "misconduct", False: "other", None: None}[cause]
    mine = appraisal.placement(
        "2024-12-15", appointment_type="limited_term", reason=reason, from_career_type=came, same_agency=same
    )
    theirs = staffing.limited_end("2024-12-15", from_career_type=came, same_agency=same, for_cause=cause)
    assert theirs.answer["return_right"] is mine.answer["right"]


@QUICK
@given(received=DAYS, outside=st.booleans())
def test_the_notice_of_a_move_counts_the_same_days(received, outside) -> None:
    """`staffing.notice` waits the days that `appraisal.reassignment_bar` says are owed."""
    owed = appraisal.reassignment_bar(
        received, appointment_type="career", no_recent_appointment=True, outside_commuting_area=outside
    ).answer["notice_days"]
    told = staffing.notice(
        received_on=received, outside_commuting_area=outside, consulted_on=received - timedelta(days=1)
    )
    assert (told.answer["earliest"] - received).days == owed


EXAMPLES: dict[str, dict[str, Any]] = {
    "appraisal.reassignment_bar": {"as_of": "2025-04-10", "appointment_type": "career", "ground": "other"},
    "appraisal.placement": {"as_of": "2025-04-10"},
    "staffing.notice": {"received_on": "2025-03-01"},
    "pay_setting.retention_percent": {"as_of": "2026-02-08", "rate": 200000, "percent": 30, "rating": 3},
    "staffing.reassignment": {"as_of": "2025-04-10"},
    "staffing.probation_removal": {
        "as_of": "2025-04-10", "ground": "performance", "notice_on": "2025-04-01", "last_day": "2025-06-01",
    },
    "staffing.reinstatement": {"as_of": "2025-04-10"},
    "staffing.limited_end": {"as_of": "2025-04-10"},
}  # fmt: skip
VALUES = {date: "2025-01-01", bool: "yes"}


def test_every_older_fact_name_works_and_says_so() -> None:
    """A fact given under its older name answers as under the present one, names it, and is not taken twice."""
    seen = set()
    for question in questions().values():
        for name, present in question.renamed.items():
            plain = [one.removeprefix("not ") for one in present]
            facts = EXAMPLES[question.name]
            kind = question.slots[plain[0]].kind
            value = VALUES.get(kind, "150000")
            new = {one.removeprefix("not "): "no" if one.startswith("not ") else value for one in present}
            told = question(**facts, **{name: value})
            same = question(**facts, **new)
            assert told.answer == same.answer
            assert any(f"The fact {name} is now called {plain[0]}" in caution for caution in told.cautions)
            assert name not in question.slots
            with pytest.raises(FactError, match="give the fact once"):
                question(**facts, **{name: value, plain[0]: value})
            seen.add(name)
    assert {"same_area", "acting_since", "came_same_agency", "new_head_on", "position_rate"} <= seen


def test_an_older_name_not_known_stays_not_known() -> None:
    """Not known turns into not known, also where yes and no change places."""
    assert staffing.notice(received_on="2025-03-01", same_area="not known").answer["valid"] is None
    with pytest.raises(FactError, match="neither yes nor no"):
        staffing.notice(received_on="2025-03-01", same_area="perhaps")


@pytest.mark.parametrize("rate", [165000, 180000])
@pytest.mark.parametrize("certified", [True, False, None])
def test_a_frozen_rate_is_frozen_for_every_change_of_it(rate, certified) -> None:
    """A lower rate asked of the adjustment and of the reduction: the same sentence with the same outcome, and the same verdict."""
    facts = {"as_of": date(2016, 3, 1), "rate": rate, "proposed_rate": 160000, "certified": certified}
    asked = pay_setting.adjust(**facts), pay_setting.reduce(**facts)
    frozen = [
        [(one.text, one.outcome) for one in made.reasons if "is frozen; no adjustment" in one.text] for made in asked
    ]
    assert frozen[0] == frozen[1]
    assert bool(frozen[0]) is (rate == 180000 and certified is not True)
    if frozen[0] and certified is False:
        assert {made.answer.verdict for made in asked} == {"not allowed"}
