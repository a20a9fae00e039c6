"""The corrected rules, by their ids: each row of the corrections, both sides of what it decides."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from seskit.law import appraisal, certification, parameters, staffing

RECORD: dict[str, Any] = {
    "own_case_excluded": True, "saw_package": True, "written": True, "recommended_on": "2011-10-20",
    "annual_rating_on": "2011-10-25",
}  # fmt: skip


@pytest.mark.parametrize("day", ["2001-11-01", "2011-11-01", "2020-11-02"])
def test_k12_the_chance_to_respond_and_a_higher_level_review_are_statute(day: str) -> None:
    """K12: under the rules of 2000 and 2015 alike the record fails without the chance to respond, or the review."""
    for fact, key in (("response_offered", "P12"), ("review_offered", "P20")):
        result = appraisal.check_board_record(day, **RECORD, **{fact: False})
        assert key in result.answer["failed"]
        cited = [reason.citation for reason in result.reasons if reason.outcome == "not met"]
        assert any("5 U.S.C. 4312(b)(3)" in citation for citation in cited)


def test_k12_before_the_record_begins_nothing_is_said_of_the_law() -> None:
    """K12: the statute is older than the record; a fact given for an earlier day is not said to be asked only later."""
    result = appraisal.check_board_record("1995-11-05", response_offered=False, covers_pay=False)
    said = {reason.text[:3]: reason.text for reason in result.reasons}
    assert "what is recorded here begins on 2000-11-13" in said["P12"]
    assert "it is asked from 2015-10-26" in said["P19"]


def test_k12_steps_of_the_year_ask_it_by_statute_too() -> None:
    """K12: the two offers in an appraisal year rest on the statute from the first day of the subject."""
    for check in ("T8", "T10"):
        rule = parameters.parameter(f"appraisal.steps.{check}").values[0]
        assert (rule.citation, rule.first_day) == ("5 U.S.C. 4312(b)(3)", date(2000, 11, 13))


def test_k13_the_board_speaks_of_awards_before_2015_and_of_pay_from_2015() -> None:
    """K13, 5 U.S.C. 5384(c), 5 CFR 534.405(a)(3), (4): the award half is asked under both rules; a pay adjustment told of in 2011 is named as not asked."""
    before = appraisal.check_board_record("2011-11-01", **RECORD, covers_award=False, covers_pay=False)
    assert "P15" in before.answer["failed"]
    assert "P19" not in before.answer["failed"]
    assert any(reason.text.startswith("P19: not asked on 2011-11-01") for reason in before.reasons)
    after = appraisal.check_board_record("2015-11-02", **RECORD, covers_award=True, covers_pay=False)
    assert "P19" in after.answer["failed"]
    other = appraisal.check_board_record("2015-11-02", **RECORD, covers_award=False, appointment_type="noncareer")
    assert "P15" not in [*other.answer["failed"], *other.answer["not_known"]]


@pytest.mark.parametrize(("members", "lawful"), [(2, False), (3, True)])
def test_k14_three_or_more_members(members: int, lawful: bool) -> None:
    """K14: a board of two is not lawful, under either name of the question."""
    mine = appraisal.check_board("2024-10-14", members=members, career=members, appointment_type="career")
    theirs = staffing.check_board("2024-10-14", board="PRB", members=members, career=members, career_ratee=True)
    assert mine.answer["roster_passes"] is theirs.answer["lawful"] is lawful
    if not lawful:
        assert any("430.310" in reason.citation for reason in theirs.reasons if reason.outcome == "not met")


@pytest.mark.parametrize(
    ("day", "label", "stated", "lawful"),
    [
        ("2018-10-01", "Superior", True, True),
        ("2018-10-01", "Superior", False, False),
        ("2018-10-01", "Superior", None, None),
        ("2018-10-01", "Outstanding", None, None),
        ("2012-10-01", "Superior", None, None),
    ],
)
def test_k15_own_level_names_need_a_statement(day: str, label: str, stated: bool | None, lawful: bool | None) -> None:
    """K15: from the rule of 2015 an agency's own name for a level needs a statement of how it equals a level."""
    result = appraisal.check_rating(day, pattern=5, rating=5, label=label, equivalency_stated=stated)
    assert result.answer["names_lawful"] is lawful
    asked = any("430.305(a)(7)" in reason.citation for reason in result.reasons)
    assert asked is (day == "2018-10-01" and label == "Superior")


def test_k17_the_ceiling_counts_career_members() -> None:
    """K17: four career members of six are not covered; five are; noncareer members count for nothing."""
    for career, covered in ((4, False), (5, True)):
        mine = appraisal.rating_ceiling("2026-09-30", career_rated=career, career_high=3, noncareer_rated=2)
        assert mine.answer["covered"] is covered
        assert mine.answer["lawful"] is not covered
    theirs = certification.top_two_ceiling(fiscal_year=2026, career=4, ses_total=6, in_top_two=3)
    assert theirs.answer is None
    assert "does not cover" in theirs.says


def test_k25_before_the_appointment_no_bar_runs() -> None:
    """K25: on a day before the appointment nothing is barred, under either name, for both actions."""
    for action in ("reassignment", "removal"):
        for day, barred in (("2012-05-01", False), ("2012-06-01", True), ("2012-09-29", True), ("2012-09-30", False)):
            theirs = staffing.moratorium(day, action=action, new_head_on="2012-06-01")
            mine = getattr(appraisal, f"{action}_bar")(
                day, appointment_type="career", ground="other", head_appointed_on="2012-06-01"
            )
            assert theirs.answer["barred"] is mine.answer["blocked"] is barred
    move = staffing.reassignment(
        "2012-05-01", received_on="2012-04-01", outside_commuting_area=False, head_appointed_on="2012-06-01"
    )
    assert move.answer == {"allowed": True, "earliest": date(2012, 4, 16), "held_by": "notice"}


def test_k25_acting_service_counts_and_details_are_left_out() -> None:
    """K25: days acting without a break count toward the 120; of the days on detail at most 60 are left out."""
    facts: dict[str, Any] = {"appointment_type": "career", "ground": "other", "head_appointed_on": "2012-06-01"}
    long_ago = appraisal.reassignment_bar("2012-06-01", **facts, head_acting_since="2011-06-01", detail_days=60)
    assert long_ago.answer["blocked"] is False
    for away, first in ((0, date(2012, 8, 30)), (45, date(2012, 10, 14)), (90, date(2012, 10, 29))):
        answer = appraisal.reassignment_bar(
            "2012-06-01", **facts, head_acting_since="2012-05-01", detail_days=away
        ).answer
        assert (answer["blocked"], answer["first_open"]) == (True, first)


def test_k25_nothing_stated_cannot_be_told() -> None:
    """K25: without a word on head and supervisor the bar is open; saying that neither is recent settles it."""
    for action in ("reassignment", "removal"):
        bar = getattr(appraisal, f"{action}_bar")
        facts = {"appointment_type": "career", "ground": "other"}
        assert bar("2012-05-01", **facts).answer["blocked"] is None
        assert staffing.moratorium("2012-05-01", action=action).answer["barred"] is None
        assert staffing.moratorium(action=action).answer["applies"] is None
        assert bar("2012-05-01", **facts, no_recent_appointment=True).answer["blocked"] is False
        assert staffing.moratorium(action=action, no_recent_appointment=True).answer["applies"] is False


def test_a_bar_of_1985_is_answered_by_the_statute() -> None:
    """The statute stands since 1979, so a removal of 1985 is barred under either name."""
    facts = {"appointment_type": "career", "ground": "other", "head_appointed_on": "1985-06-01"}
    assert appraisal.removal_bar("1985-07-01", **facts).answer["first_open"] == date(1985, 9, 30)
    assert staffing.moratorium("1985-07-01", action="removal", new_head_on="1985-06-01").answer["barred"] is True


@pytest.mark.parametrize(("probation", "blocked"), [(True, False), (False, True), (None, None)])
def test_crime_lifts_the_bar_on_probation_only(probation: bool | None, blocked: bool | None) -> None:
    """5 CFR 359.406(c) is a rule for probationers; past probation the exception is not there."""
    facts = {"appointment_type": "career", "head_appointed_on": "2025-06-01", "exception": "crime"}
    assert appraisal.removal_bar("2025-07-01", **facts, on_probation=probation).answer["blocked"] is blocked


def test_a_detail_names_its_days() -> None:
    """Day 120 and day 240 of a detail are counted from its first day."""
    result = staffing.detail("2026-03-02", person="career SES", to_position="unclassified duties", days=241)
    assert result.answer["increment_ends"] == date(2026, 6, 29)
    assert result.answer["limit_reached"] == date(2026, 10, 27)
    assert result.answer["last_day"] == date(2026, 10, 28)
    assert "Day 120 is 2026-06-29; day 240 is 2026-10-27." in result.says


def test_a_limited_term_names_its_last_lawful_day_first() -> None:
    """The last lawful day comes first, also where more was asked for, and the longest lawful term is said."""
    facts: dict[str, Any] = {"appointment_type": "limited_term", "starts_on": "2026-04-05"}
    too_long = staffing.limited_appointment(**facts, months=40)
    assert too_long.says.startswith("The last lawful day is 2029-04-04.")
    assert too_long.answer["lawful"] is False
    short = staffing.limited_appointment(**facts, months=12)
    assert short.says == "The last lawful day is 2027-04-04. The longest lawful term ends on 2029-04-04."
    served = [{"first_day": "2022-01-02", "last_day": "2025-01-01"}]
    blocked = staffing.limited_appointment(
        appointment_type="limited_term", starts_on="2025-06-01", earlier_service=served
    )
    assert blocked.answer["safe_last_day"] == date(2025, 6, 1)
    assert blocked.says.startswith("The last lawful day is 2025-06-01.")


def test_levels_that_can_be_certified_are_one_rule() -> None:
    """How many levels a certifiable system has follows from the levels it needs and may have."""
    for day in (date(2004, 7, 29), date(2015, 10, 25), date(2015, 10, 26), date(2026, 9, 30)):
        levels = parameters.figure("certification.levels.SES", day).value
        fewest = len(levels["required"])
        counts = list(range(fewest, fewest + len(levels["optional"]) + 1))
        assert parameters.figure("appraisal.regime.certifiable_levels", day).value == counts
