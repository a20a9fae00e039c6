"""Announcement, QRB and qualifications: both sides of each change, clocks against an independent count."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seskit.law import staffing
from seskit.law.facts import FactError
from tests.extent import times

DAYS = st.dates(date(2000, 7, 1), date(2030, 12, 31))


def federal_holidays(year: int) -> set[date]:
    """Federal holidays as observed, counted here by the statute and not by the library the package uses."""

    def nth(month: int, weekday: int, number: int) -> date:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))

    last_monday = next(date(year, 5, day) for day in range(31, 24, -1) if date(year, 5, day).weekday() == 0)
    moving = {nth(1, 0, 3), nth(2, 0, 3), last_monday, nth(9, 0, 1), nth(10, 0, 2), nth(11, 3, 4)}
    fixed = [date(year, 1, 1), date(year, 7, 4), date(year, 11, 11), date(year, 12, 25), date(year + 1, 1, 1)]
    if year >= 2021:
        fixed.append(date(year, 6, 19))
    return moving | {day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0)) for day in fixed}


def working_days_after(start: date, end: date, closed: list[date]) -> int:
    free = {day for year in range(start.year, end.year + 1) for day in federal_holidays(year)} | set(closed)
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(day.weekday() < 5 and day not in free for day in days)


@settings(max_examples=times(60, 30), deadline=None)
@given(closed_on=st.dates(date(2020, 12, 1), date(2025, 9, 30)), data=st.data())
def test_the_90_working_days_count_open_days_only(closed_on: date, data: st.DataObject) -> None:
    """The due day is an open day, the ninetieth after closing, whatever holidays and closures lie between."""
    closed = [closed_on + timedelta(days=n) for n in data.draw(st.lists(st.integers(1, 130), max_size=6))]
    due = staffing.qrb_deadline(criterion="A", closes_on=closed_on, closed_days=closed).answer["due"]
    assert working_days_after(closed_on, due, closed) == 90
    assert working_days_after(closed_on, due - timedelta(days=1), closed) == 89


@settings(max_examples=times(60, 30), deadline=None)
@given(closed_on=st.dates(date(2025, 10, 1), date(2030, 12, 31)), criterion=st.sampled_from("AC"))
def test_the_80_days_are_calendar_days(closed_on: date, criterion: str) -> None:
    """From 2025-10-01 the case is due exactly 80 calendar days after closing."""
    answer = staffing.qrb_deadline(criterion=criterion, closes_on=closed_on).answer
    assert (answer["due"] - closed_on).days == 80


@pytest.mark.parametrize(
    ("closed_on", "count", "unit"),
    [
        ("2006-12-31", 12, "months"),
        ("2007-01-01", 90, "calendar days"),
        ("2020-11-30", 90, "calendar days"),
        ("2020-12-01", 90, "working days"),
        ("2025-09-30", 90, "working days"),
        ("2025-10-01", 80, "calendar days"),
    ],
)
def test_the_clock_changes_with_the_closing_day(closed_on: str, count: int, unit: str) -> None:
    """The clock in force on the closing day governs the case."""
    answer = staffing.qrb_deadline(criterion="A", closes_on=closed_on).answer
    assert (answer["count"], answer["unit"]) == (count, unit)


@pytest.mark.parametrize(("closed_on", "count"), [("2025-05-28", 90), ("2025-05-29", 80), ("2025-09-30", 80)])
def test_an_agency_may_take_up_the_80_days_early(closed_on: str, count: int) -> None:
    """Early use of the 80-day clock is possible from 2025-05-29, not before."""
    early = staffing.qrb_deadline(criterion="A", closes_on=closed_on, early_adoption=True)
    assert early.answer["count"] == count


def test_an_uncertain_clock_names_the_other_day() -> None:
    """Where calendar or working days are in doubt, the other due day stands in a caution."""
    result = staffing.qrb_deadline(criterion="C", closes_on="2015-03-02")
    assert result.answer["due"] == date(2015, 5, 31)
    assert any("2015-07-08" in caution for caution in result.cautions)
    assert result.confidence == "design"


@pytest.mark.parametrize(
    ("closed_on", "doubt", "confidence"),
    [
        ("2004-12-31", False, "design"),
        ("2005-01-01", True, "design"),
        ("2025-05-28", True, "design"),
        ("2025-05-29", False, "recalled"),
    ],
)
def test_the_doubt_about_the_clock_is_dated(closed_on: str, doubt: bool, confidence: str) -> None:
    """Between 2005 and May 2025 the days of change are uncertain; after that they are not."""
    result = staffing.qrb_deadline(criterion="A", closes_on=closed_on)
    assert any("was not found" in caution for caution in result.cautions) is doubt
    assert next(one.confidence for one in result.figures if one.name == "staffing.qrb.clock") == confidence


@pytest.mark.parametrize(
    "facts",
    [
        {"criterion": "A", "closes_on": "2026-03-16"},
        {"criterion": "B", "graduated_on": "2018-06-20"},
        {"returned_on": "2007-06-15"},
    ],
)
def test_the_day_from_which_a_submission_counts_is_our_reading(facts: dict[str, str]) -> None:
    """No memo says whether the first day counts: each clock tells that it takes the starting day as day 0."""
    found = staffing.qrb_deadline(**facts)
    assert [one.basis for one in found.reasons if "day 0" in one.text] == ["design"]


def test_a_program_case_is_not_held_against_an_announcement() -> None:
    """A criterion B case may go to OPM, and come back, before an announcement closes; not before the graduation."""
    dates = {"closes_on": "2026-06-01", "submitted_on": "2026-03-02", "returned_on": "2026-04-01"}
    assert staffing.qrb_deadline(criterion="B", graduated_on="2026-01-05", **dates).answer["days_late"] == 0
    with pytest.raises(FactError, match="the graduation"):
        staffing.qrb_deadline(criterion="B", graduated_on="2026-03-10", **dates)


def test_what_was_stated_is_not_called_assumed() -> None:
    """Other facts that add a reason before it do not make a stated certification an assumption."""
    found = staffing.probation("2026-11-22", appointed_on="2025-06-01", assessed=False, certified=True)
    assert "Certification by the appointing authority: needed before the appointment is final. (met)" in str(found)


@pytest.mark.parametrize(
    ("change", "completed"),
    [
        ({}, True),
        ({"months": 11}, False),
        ({"training_hours": 79}, False),
        ({"assignment_months": 3}, False),
        ({"continuous_days": 89}, False),
        ({"mentor": False}, False),
        ({"plan_approved": None}, None),
        ({"opm_approved_on": "2010-06-30"}, True),
        ({"opm_approved_on": "2010-06-29"}, False),
        ({"opm_approved_on": None}, None),
    ],
)
def test_the_terms_of_a_candidate_program(change: dict[str, Any], completed: bool | None) -> None:
    """5 CFR 412.302. Every term is met at its limit and missed one below it; what is not known stays open."""
    facts = {
        "opm_approved_on": "2014-01-06",
        "months": 12,
        "training_hours": 80,
        "assignment_months": 4,
        "continuous_days": 90,
        "plan_approved": True,
        "mentor": True,
    }
    assert staffing.candidate_program("2015-06-30", **{**facts, **change}).answer["completed"] is completed


@pytest.mark.parametrize(("sent", "doubt"), [("2026-02-17", False), ("2026-02-18", True)])
def test_the_program_rule_of_2026_is_in_doubt(sent: str, doubt: bool) -> None:
    """From the end of the comments in 2026 the user is asked which program rule binds."""
    cautions = staffing.case_contents(sent, criterion="B").cautions
    assert any("which rule binds" in caution for caution in cautions) is doubt


def test_days_late() -> None:
    """On the due day the case is in time; a day later it is one day late."""
    facts = {"criterion": "A", "closes_on": "2026-03-16"}
    assert staffing.qrb_deadline(**facts, submitted_on="2026-06-04").answer["days_late"] == 0
    assert staffing.qrb_deadline(**facts, submitted_on="2026-06-05").answer["days_late"] == 1
    assert staffing.qrb_deadline(**facts).answer["days_late"] is None
    assert staffing.qrb_deadline("2026-06-14", **facts).answer["days_late"] == 10


def test_a_graduate_has_90_working_days() -> None:
    """Criterion B counts 90 working days from graduation, and nothing is recorded before the rule of 2009."""
    due = staffing.qrb_deadline(criterion="B", graduated_on="2015-06-30").answer["due"]
    assert working_days_after(date(2015, 6, 30), due, []) == 90
    assert staffing.qrb_deadline(criterion="B", graduated_on="2009-12-09").answer["due"] is None


@settings(max_examples=times(100, 40), deadline=None)
@given(opens=DAYS, open_for=st.integers(1, 40))
def test_posting_counts_the_day_of_posting(opens: date, open_for: int) -> None:
    """Fourteen days with the day of posting are lawful, thirteen are not."""
    closes = opens + timedelta(days=open_for - 1)
    answer = staffing.posting_window(opens_on=opens, closes_on=closes).answer
    assert answer["lawful"] == (open_for >= 14)
    assert answer["days_short"] == max(14 - open_for, 0)
    assert (answer["earliest_close"] - opens).days == 13


def test_posting_may_shift_and_refuses_disorder() -> None:
    """An agency may close on working days only; closing before opening is refused."""
    shifted = staffing.posting_window(opens_on="2026-03-02", shift_to_working_day=True)
    assert shifted.answer["earliest_close"] == date(2026, 3, 16)
    with pytest.raises(FactError, match=r"\(closes_on\): 2026-03-01 is before 2026-03-02"):
        staffing.posting_window(opens_on="2026-03-02", closes_on="2026-03-01")
    with pytest.raises(FactError, match="the earliest is 1995-02-02"):
        staffing.posting_window(opens_on="1990-01-01")


@pytest.mark.parametrize(
    ("closes", "early", "name"),
    [
        ("2006-09-30", False, "1997 set"),
        ("2006-10-01", False, "2006 set"),
        ("2025-05-28", True, "2006 set"),
        ("2025-05-29", True, "2025 set"),
        ("2025-05-29", False, "2006 set"),
        ("2025-09-30", False, "2006 set"),
        ("2025-10-01", False, "2025 set"),
    ],
)
def test_ecq_set_by_date(closes: str, early: bool, name: str) -> None:
    """The set changes on 2006-10-01 and 2025-10-01, and could be taken up early from 2025-05-29."""
    assert staffing.ecq_set(closes, early_adoption=early).answer["name"] == name


@pytest.mark.parametrize("closes", ["2015-01-31", "2025-11-30"])
def test_ecq_competencies_add_up(closes: str) -> None:
    """The competencies listed, the fundamental ones included, are as many as the set counts."""
    answer = staffing.ecq_set(closes).answer
    listed = [one for many in answer["ecqs"].values() for one in many] + answer["fundamental"]
    assert len(set(listed)) == len(listed) == answer["competencies"]


@pytest.mark.parametrize(
    ("sent", "has", "lacks"),
    [
        ("2000-06-25", "merit_record", "merit_statement"),
        ("2000-06-26", "merit_statement", "merit_record"),
        ("2016-03-10", "ecq_statement", "ecq_statement_or_alternative"),
        ("2016-03-11", "ecq_statement_or_alternative", "ecq_statement"),
        ("2025-05-28", "resume", "two_page_resume"),
        ("2025-05-29", "two_page_resume", "ecq_statement_or_alternative"),
        ("2025-09-30", "two_page_resume", "interview_results"),
        ("2025-10-01", "interview_results", "resume"),
    ],
)
def test_case_contents_by_date(sent: str, has: str, lacks: str) -> None:
    """A case holds the documents of its date and no others."""
    keys = {row["key"] for row in staffing.case_contents(sent, criterion="A").answer["documents"]}
    assert has in keys
    assert lacks not in keys


def test_case_contents_by_criterion() -> None:
    """5 CFR 317.502(c). B proves the program, C adds a plan, and only A and C prove the competition."""
    for criterion, only in (("B", "program_completion"), ("C", "development_plan")):
        keys = {row["key"] for row in staffing.case_contents("2010-05-03", criterion=criterion).answer["documents"]}
        assert only in keys
        assert only not in {r["key"] for r in staffing.case_contents("2010-05-03", criterion="A").answer["documents"]}
        assert ("merit_statement" in keys) == (criterion != "B")


@pytest.mark.parametrize(("political", "needed"), [(None, [None]), (True, [True]), (False, [])])
def test_conversion_evidence(political: bool | None, needed: list[Any]) -> None:
    """Further evidence is needed for a political selectee, and left open where that is not known."""
    rows = staffing.case_contents("2010-05-03", criterion="A", political_or_noncareer=political).answer["documents"]
    assert [row["needed"] for row in rows if row["key"] == "conversion_evidence"] == needed


@pytest.mark.parametrize(
    ("day", "facts", "held"),
    [
        ("2019-08-14", {"acting_head_presidential": True}, True),
        ("2019-08-15", {"acting_head_presidential": True}, False),
        ("2019-08-15", {"acting_head_presidential": False}, True),
        ("2019-08-15", {}, None),
        ("2019-08-15", {"acting_head_presidential": True, "board_or_commission": True}, True),
        ("2019-08-15", {"acting_head_presidential": False, "head_approves_selection": False}, False),
        ("2018-05-01", {"exception_granted": True}, False),
        ("2021-01-08", {"event": "governmentwide"}, None),
        ("2021-01-08", {"event": "governmentwide", "submitted_before": True}, False),
        ("2021-01-08", {"event": "governmentwide", "submitted_before": False, "acting_head_presidential": True}, True),
    ],
)
def test_qrb_moratorium(day: str, facts: dict[str, Any], held: bool | None) -> None:
    """A and C wait for the new head; the narrowing of 2019-08-15 does not touch a governmentwide transition."""
    facts = {"event": "head departed", "criterion": "C"} | facts
    assert staffing.qrb_moratorium(day, **facts).answer["held"] is held
    assert staffing.qrb_moratorium(day, **{**facts, "criterion": "B"}).answer["held"] is False


@pytest.mark.parametrize(
    ("day", "criterion", "valid"),
    [("2000-06-25", "B", False), ("2000-06-25", "A", True), ("2000-06-25", None, None), ("2000-06-26", "B", True)],
)
def test_a_certification_stopped_expiring(day: str, criterion: str | None, valid: bool | None) -> None:
    """A graduate's certification lasted three years until the rule of 2000 lifted every limit."""
    assert staffing.qrb_validity(day, certified_on="1997-06-01", criterion=criterion).answer["valid"] is valid


@pytest.mark.parametrize(
    ("left", "valid", "again"),
    [
        ("no", True, False),
        ("left after probation", True, False),
        ("resigned in probation", True, True),
        ("removed in probation, other", True, True),
        ("removed in probation, performance or discipline", False, True),
        ("removed after probation, reinstatement barred", False, True),
        (None, None, None),
    ],
)
def test_a_new_certification_after_leaving(left: str | None, valid: bool | None, again: bool | None) -> None:
    """Only certain removals call for a new certification; leaving in probation calls for merit staffing again."""
    answer = staffing.qrb_validity("2026-01-11", certified_on="2015-02-01", left_ses=left).answer
    assert (answer["valid"], answer["merit_staffing_again"]) == (valid, again)


def test_forwarding() -> None:
    """A noncareer type may compete for another position, with OPM's approval; five years count for a former one."""
    asked = staffing.qrb_forwarding("2026-03-02", current_appointment="Schedule C", same_position=False)
    assert asked.answer == {"forwarded": True, "opm_approval": True}
    assert staffing.qrb_forwarding("2026-03-02", current_appointment="Schedule C").answer["forwarded"] is None
    for left, needed in (("2021-03-02", True), ("2021-03-01", False)):
        answer = staffing.qrb_forwarding("2026-03-02", current_appointment="career type", left_political_on=left).answer
        assert answer == {"forwarded": True, "opm_approval": needed}


def test_what_is_contradictory_or_taken_stands_in_the_answer() -> None:
    """Section 4, R4.13, R8.5: returned before sent, the rules of 2025 too early, a graduation and a criterion not stated."""
    facts = {"criterion": "A", "closes_on": "2026-03-16", "submitted_on": "2026-05-01"}
    assert staffing.qrb_deadline(**facts, returned_on="2026-05-01").answer["resubmit_by"] == date(2026, 6, 30)
    with pytest.raises(FactError, match="the day the case was sent"):
        staffing.qrb_deadline(**facts, returned_on="2026-04-30")
    for closes, told in (("2025-05-28", True), ("2025-05-29", False)):
        found = staffing.qrb_deadline(criterion="A", closes_on=closes, early_adoption=True)
        assert any("could be taken up from 2025-05-29" in text for text in found.cautions) is told
    of_program = staffing.timeline("2026-12-05", criterion="B", closes_on="2026-03-31", submitted_on="2026-12-01")
    assert any("Cannot tell the due date" in text for text in of_program.cautions)
    done = {"appointed_on": "2024-06-02", "assessed": True, "certified": True}
    for criterion, taken in ((None, True), ("A", False)):
        reasons = staffing.probation("2025-06-10", **done, criterion=criterion).reasons
        assert any(reason.outcome == "assumed" for reason in reasons) is taken
    early = staffing.probation("2024-06-01", **done).cautions
    assert any("not in effect yet" in text for text in early)
    too_many = staffing.probation("2024-07-02", **done, nonpay_days=31).cautions
    assert any("More days without pay" in text for text in too_many)
