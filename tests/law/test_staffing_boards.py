"""Boards, ratings, tables and the timeline of a vacancy."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seskit.law import staffing
from seskit.law.facts import FactError
from seskit.law.staffing.representation import TOTAL, hide
from tests.extent import times

ECQS = ["Leading Change", "Leading People", "Results Driven", "Business Acumen", "Building Coalitions"]
NEEDED = {"opens_on": "2026-03-02", "closes_on": "2026-03-16"}


def scores(levels: dict[str, dict[str, list[int]]]) -> list[dict[str, Any]]:
    """Ratings from {candidate: {rater: five levels}}."""
    return [
        {"candidate": candidate, "rater": rater, "ecq": ecq, "level": level}
        for candidate, by_rater in levels.items()
        for rater, row in by_rater.items()
        for ecq, level in zip(ECQS, row, strict=False)
    ]


def test_the_steps_end_with_the_qrb_and_the_record() -> None:
    """The board recommends before the selection, and the QRB certifies last before the record."""
    steps = [row["step"] for row in staffing.board_steps("2026-03-02").answer]
    assert steps.index("recommended") < steps.index("selected") < steps.index("certified by the QRB")
    assert steps[0] == "announced"
    assert staffing.board_steps("2014-12-31").confidence == "recalled"


@pytest.mark.parametrize(
    ("facts", "lawful"),
    [
        ({"board": "ERB", "outside_agency": 0}, True),
        ({"board": "ERB", "outside_agency": 1}, False),
        ({"board": "ERB", "outside_agency": 0, "career": 0}, True),
        ({"board": "ERB"}, None),
        ({"board": "QRB", "career": 2}, False),
        ({"board": "QRB", "career": 3}, True),
        ({"board": "QRB"}, None),
        ({"board": "QRB", "career": 5}, None),
        ({"board": "PRB", "career": 2, "career_ratee": True}, False),
        ({"board": "PRB", "career": 2, "career_ratee": True, "opm_found_too_few": True}, True),
        ({"board": "PRB", "career": 0, "career_ratee": False}, True),
        ({"board": "PRB", "career": 2}, None),
        ({"board": "PRB", "career": 3}, True),
    ],
)
def test_three_boards_three_majority_rules(facts: dict[str, Any], lawful: bool | None) -> None:
    """Half is not a majority; the Executive Resources Board needs none; the PRB only for a career ratee."""
    assert staffing.check_board("2026-03-02", members=4, **facts).answer["lawful"] is lawful


@pytest.mark.parametrize(("day", "follows"), [("2025-01-19", None), ("2025-01-20", True)])
def test_board_policy_is_dated_and_not_law(day: str, follows: bool | None) -> None:
    """The noncareer majority is policy from 2025 and leaves the lawfulness alone."""
    facts = {"board": "ERB", "members": 5, "outside_agency": 0, "noncareer_chair": True, "career": 2}
    assert staffing.check_board(day, **facts).answer == {"lawful": True, "follows_policy": follows}
    assert staffing.check_board(day, **{**facts, "career": 3}).answer["lawful"] is True


@pytest.mark.parametrize(
    ("route", "competed", "competition", "qrb"),
    [
        ("initial career", None, True, True),
        ("transfer", None, False, False),
        ("program graduate", True, False, False),
        ("program graduate", False, True, False),
        ("program graduate", None, None, False),
    ],
)
def test_when_competition_is_needed(route: str, competed: bool | None, competition: bool | None, qrb: bool) -> None:
    """5 U.S.C. 3393(c). Only an initial career appointment needs both; a graduate needs what the program lacked."""
    answer = staffing.competition("2015-03-02", route=route, competed_civil_service_wide=competed).answer
    assert answer == {"competition": competition, "qrb": qrb}


def test_rating_ranks_on_leadership() -> None:
    """The mean of the five qualifications decides, ties share a rank, and near raters agree."""
    given_ = scores({"K1": {"R1": [4] * 5, "R2": [5, 4, 4, 4, 4]}, "K2": {"R1": [3] * 5, "R2": [3] * 5}})
    answer = staffing.ecq_rating("2015-03-02", scores=given_).answer
    assert [(row["candidate"], row["rank"], row["ecq_mean"]) for row in answer["ranking"]] == [
        ("K1", 1, Decimal("4.10")),
        ("K2", 2, Decimal("3.00")),
    ]
    assert answer["agreement"] == {"exact": 90, "within_one": 100, "to_discuss": []}
    assert answer["leadership_drives_order"] is True
    tie = staffing.ecq_rating("2015-03-02", scores=scores({"K1": {"R1": [3] * 5}, "K2": {"R1": [3] * 5}}))
    assert [row["rank"] for row in tie.answer["ranking"]] == [1, 1]
    assert any("Only one rater" in caution for caution in tie.cautions)


@pytest.mark.parametrize(("level", "discussed"), [(4, 0), (5, 1)])
def test_raters_two_levels_apart_discuss(level: int, discussed: int) -> None:
    """One level apart passes, two levels call for discussion."""
    given_ = scores({"K1": {"R1": [3] * 5, "R2": [level, 3, 3, 3, 3]}})
    result = staffing.ecq_rating("2015-03-02", scores=given_)
    assert len(result.answer["agreement"]["to_discuss"]) == discussed


@pytest.mark.parametrize(("weight", "drives"), [(0, True), (49, True), (50, False)])
def test_leadership_must_carry_more_than_half(weight: int, drives: bool) -> None:
    """At half the weight the technical score, not leadership, drives the order."""
    given_ = scores({"K1": {"R1": [4] * 5}, "K2": {"R1": [3] * 5}})
    facts = {"scores": given_, "technical": {"K1": "4", "K2": "3"}, "technical_weight": weight}
    assert staffing.ecq_rating("2015-03-02", **facts).answer["leadership_drives_order"] is drives


def test_an_order_against_leadership_is_named() -> None:
    """A board order, or a technical score, that turns the leadership order calls for a recorded reason."""
    given_ = scores({"K1": {"R1": [4] * 5}, "K2": {"R1": [3] * 5}})
    turned = staffing.ecq_rating("2015-03-02", scores=given_, board_order=["K2", "K1"])
    assert turned.answer["leadership_drives_order"] is False
    assert any("K2 is ranked above K1" in caution for caution in turned.cautions)
    facts = {"scores": given_, "technical": {"K1": "1", "K2": "5"}, "technical_weight": 40}
    assert staffing.ecq_rating("2015-03-02", **facts).answer["ranking"][0]["candidate"] == "K2"
    assert staffing.ecq_rating("2015-03-02", **facts).answer["leadership_drives_order"] is False


def test_rating_gaps_are_not_ranked() -> None:
    """One rating missing stops the ranking and is named."""
    given_ = scores({"K1": {"R1": [4] * 5, "R2": [4] * 4}})
    answer = staffing.ecq_rating("2015-03-02", scores=given_).answer
    assert answer["ranking"] == []
    assert answer["not_rated"] == [{"candidate": "K1", "ecq": "Building Coalitions", "rater": "R2"}]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"scores": []}, "empty"),
        ({"scores": [{"candidate": "K1", "rater": "R1", "ecq": "Leading Peple", "level": 3}]}, "Leading People"),
        (
            {"scores": [{"candidate": "K1", "rater": "R1", "ecq": "Leading People", "level": 6}]},
            "level 6 is not 1 to 5",
        ),
        ({"scores": [{"candidate": "K1", "rater": "R1", "ecq": "Leading People", "level": 3}] * 2}, "rated K1 twice"),
        ({"technical_weight": 10}, "no score for K1"),
        ({"technical_weight": 101}, "more than 100 percent"),
        ({"technical": {"K9": "3"}}, "K9 has no ratings"),
        ({"board_order": ["K1", "K1"]}, "every rated candidate once"),
    ],
)
def test_rating_refusals(change: dict[str, Any], says: str) -> None:
    """A score that cannot be used is refused with its place."""
    with pytest.raises(FactError, match=says):
        staffing.ecq_rating("2015-03-02", **{"scores": scores({"K1": {"R1": [3] * 5}}), **change})


def test_the_set_in_force_is_rated() -> None:
    """A qualification of the 2006 set is refused for an announcement under the 2025 set."""
    with pytest.raises(FactError, match="'Leading Change' is not a qualification in force"):
        staffing.ecq_rating("2025-10-01", scores=scores({"K1": {"R1": [3]}}))


TABLES = st.integers(2, 4).flatmap(
    lambda wide: st.lists(st.lists(st.integers(0, 30), min_size=wide, max_size=wide), min_size=2, max_size=5)
)


@settings(max_examples=times(200, 60), deadline=None)
@given(rows=TABLES, least=st.integers(3, 10))
def test_no_hidden_count_follows_from_a_total(rows: list[list[int]], least: int) -> None:
    """No small count is shown, and no row or column with its total leaves one cell to be worked out."""
    counts = {f"U{r}": {f"G{c}": count for c, count in enumerate(row)} for r, row in enumerate(rows)}
    table = staffing.representation_table("2020-10-01", counts=counts, threshold=least).answer["table"]
    lines = [list(row.values()) for row in table.values()]
    for line in [*lines, *zip(*lines, strict=True)]:
        hidden = [cell for cell in line if cell == "hidden"]
        assert len(hidden) != 1
        assert not any(isinstance(cell, int) and 0 < cell < least for cell in line)


def test_a_table_without_small_counts_is_shown_whole() -> None:
    """At the threshold nothing is hidden, one below it something is; zero is shown in a row that is large enough."""
    large = {"U1": {"a": 5, "b": 9}, "U2": {"a": 0, "b": 12}}
    assert staffing.representation_table("2020-10-01", counts=large).answer["hidden"] == []
    assert staffing.representation_table("2020-10-01", counts={**large, "U1": {"a": 4, "b": 9}}).answer["hidden"]
    small_row = {("U1", "a"): 0, ("U1", "b"): 3, ("U1", TOTAL): 3}
    assert ("U1", "a") in hide(small_row, 5)


@pytest.mark.parametrize(
    ("counts", "threshold", "says"),
    [
        ({"U1": {"a": 5, "b": 9}}, None, "at least two units"),
        ({"U1": {"a": 5}, "U2": {"a": 7}}, None, "two groups"),
        ({"U1": {"a": 5, "b": 9}, "U2": {"a": 5, "c": 9}}, None, "counts, U2"),
        ({"U1": {"a": 5, "total": 9}, "U2": {"a": 5, "total": 9}}, None, "is added here"),
        ({"U1": {"a": 5, "b": 9}, "U2": {"a": 5, "b": 9}}, 2, "give 3 or more"),
    ],
)
def test_table_refusals(counts: dict[str, dict[str, int]], threshold: int | None, says: str) -> None:
    """A table that would give people away, or does not fit together, is refused."""
    with pytest.raises(FactError, match=says):
        staffing.representation_table("2020-10-01", counts=counts, threshold=threshold)


def steps_with(**dates: Any) -> Any:
    return staffing.timeline(**{**NEEDED, **dates})


def test_the_timeline_sets_the_days_of_the_law() -> None:
    """Earliest closing, QRB due and end of probation stand among the given days, in order."""
    rows = steps_with(certified_on="2026-06-02", submitted_on="2026-05-01", appointed_on="2026-06-14").answer["rows"]
    by_step = {row["step"]: row["date"] for row in rows}
    assert by_step["earliest_close"] == date(2026, 3, 15)
    assert by_step["qrb_due"] == date(2026, 6, 4)
    assert by_step["probation_ends"] == date(2027, 6, 13)
    assert all(first["date"] <= second["date"] for first, second in pairwise(rows))
    assert [row["working_days"] for row in rows][:3] == [0, 9, 1]


@pytest.mark.parametrize(
    ("as_of", "dates", "problem"),
    [
        ("2026-06-04", {}, None),
        ("2026-06-05", {}, "qrb_due"),
        ("2026-06-05", {"submitted_on": "2026-06-04"}, None),
        ("2026-06-05", {"submitted_on": "2026-06-05"}, "submitted_on"),
        (None, {"closes_on": "2026-03-14"}, "closes_on"),
        (None, {"closes_on": "2026-03-15"}, None),
        (None, {"selected_on": "2026-03-10"}, "selected_on"),
        (None, {"appointed_on": "2026-05-03"}, "appointed_on"),
        (None, {"certified_on": "2026-05-03", "appointed_on": "2026-05-03"}, None),
    ],
)
def test_timeline_problems(as_of: str | None, dates: dict[str, str], problem: str | None) -> None:
    """Late, early, out of order and uncertified are found; on the day itself nothing is."""
    found = [one["step"] for one in steps_with(as_of=as_of, **dates).answer["problems"]]
    assert found == ([problem] if problem else [])


def test_what_slips_when_closing_moves() -> None:
    """Later plans keep their gaps, or move only as needed; what has happened stays; the law's days follow."""
    facts = {"rated_on": "2026-03-23", "selected_on": "2026-04-20", "moved": "closes_on", "moved_to": "2026-03-30"}
    kept = {one["step"]: one["days"] for one in steps_with(**facts).answer["slips"]}
    assert kept == {"closes_on": 14, "rated_on": 14, "qrb_due": 14, "selected_on": 14}
    needed = {one["step"]: one["days"] for one in steps_with(**facts, later_steps="only as needed").answer["slips"]}
    assert needed == {"closes_on": 14, "rated_on": 7, "qrb_due": 14}
    past = steps_with(as_of="2026-03-23", **facts).answer
    assert "rated_on" not in {one["step"] for one in past["slips"]}
    assert [one["step"] for one in past["problems"]] == ["rated_on"]


@settings(max_examples=40, deadline=None)
@given(shift=st.integers(-30, 60), step=st.sampled_from(["opens_on", "closes_on", "board_on"]))
def test_moving_by_nothing_moves_nothing_and_back_again(shift: int, step: str) -> None:
    """The moved step moves by exactly the days asked for, and no step before it moves."""
    dates = {"opens_on": date(2026, 3, 2), "closes_on": date(2026, 3, 16), "board_on": date(2026, 4, 1)}
    slips = staffing.timeline(**dates, moved=step, moved_to=dates[step] + timedelta(days=shift)).answer["slips"]
    moved = {one["step"]: one["days"] for one in slips}
    assert moved.get(step, 0) == shift
    before = list(dates)[: list(dates).index(step)]
    assert not set(before) & set(moved)
    if not shift:
        assert not moved


@pytest.mark.parametrize(("facts", "steps"), [
    ({"appointment_type": "limited_term"}, {"term_ends": "2029-04-04"}),
    ({"appointment_type": "limited_emergency", "months": 12}, {"term_ends": "2027-04-04"}),
    ({"appointment_type": "noncareer", "opens_on": "2026-03-01", "closes_on": "2026-03-02"}, {}),
])  # fmt: skip
def test_the_days_of_law_are_those_of_the_kind_of_appointment(facts: dict[str, Any], steps: dict[str, str]) -> None:
    """R7.1, R8.9: only a career appointment has an announcement of 14 days, a QRB case and probation; a limited one a last day."""
    found = staffing.timeline("2026-11-30", appointed_on="2026-04-05", **facts).answer
    assert {row["step"]: str(row["date"]) for row in found["rows"] if row["set_by_law"]} == steps
    assert found["problems"] == []


def test_the_case_of_a_graduate_needs_no_day_of_an_announcement() -> None:
    """R4.13: 90 workdays after the graduation of 2026-09-30 is 2027-02-11."""
    rows = staffing.timeline("2026-11-30", criterion="B", graduated_on="2026-09-30").answer["rows"]
    assert [(row["step"], str(row["date"])) for row in rows] == [
        ("graduated_on", "2026-09-30"),
        ("qrb_due", "2027-02-11"),
    ]


def test_timeline_refusals() -> None:
    """No date at all, or a move of a step without a date, is refused."""
    with pytest.raises(FactError, match="no date is given"):
        staffing.timeline("2026-03-02")
    with pytest.raises(FactError, match="give a step that has a date"):
        steps_with(moved="board_on", moved_to="2026-04-01")
