"""Certification of appraisal systems: terms, rehearsal, state machine, package and pay effects."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seskit.law import certification
from seskit.law.certification.criteria import CRITERIA
from seskit.law.clocks import add_months
from seskit.law.facts import FactError

FULL = {
    "group": "SES",
    "requested": "full",
    "design_met": "all",
    "application_met": "all",
    "levels_used": [5, 4, 3, 2, 1],
    "system_approved": True,
    "rating_periods": 2,
    "omb_concurs": True,
    "signed": True,
    "ratings_reviewed": True,
    "covered": 100,
    "plans_submitted": 20,
    "paat_score": 95,
}
GRADES = st.sampled_from(["full", "provisional"])
BY_YEARS = st.dates(date(2004, 7, 29), date(2008, 10, 7))
BY_MONTHS = st.dates(date(2008, 10, 8), date(2040, 12, 31))


def ask(**changes):
    facts = {"as_of": "2012-03-16", **FULL, **changes}
    return certification.assess(**{name: value for name, value in facts.items() if value is not ...})


# --- terms


@settings(deadline=None)
@given(BY_MONTHS, GRADES)
def test_no_term_by_months_passes_its_ceiling(granted, grade):
    """A term is at most 24 months and, extended, at most 30; the day after it is the anniversary or the month's end."""
    answer = certification.term(granted=granted, grade=grade).answer
    months = 24 if grade == "full" else 12
    assert answer["last_day"] + timedelta(days=1) == add_months(granted, months)
    assert answer["last_day"] < add_months(granted, 24)
    assert answer["extension_ceiling"] < add_months(granted, 30)
    assert answer["submit_by"] < answer["last_day"] < answer["extension_ceiling"]


@given(BY_MONTHS, GRADES, st.integers(1, 400))
def test_an_extension_stops_at_the_ceiling(granted, grade, days):
    """An extension is allowed up to the ceiling and refused past it."""
    plain = certification.term(granted=granted, grade=grade).answer
    wanted = plain["last_day"] + timedelta(days=days)
    if wanted <= plain["extension_ceiling"]:
        assert certification.term(granted=granted, grade=grade, extended_to=wanted).answer["last_day"] == wanted
    else:
        with pytest.raises(FactError, match="past the ceiling"):
            certification.term(granted=granted, grade=grade, extended_to=wanted)


@given(BY_YEARS, GRADES)
def test_a_term_by_years_ends_with_a_calendar_year(granted, grade):
    """Until 2008-10-07 a term ends on 31 December, of the year of the grant or of the next; no date to ask again."""
    answer = certification.term(date(2008, 10, 7), granted=granted, grade=grade).answer
    assert answer["last_day"] == date(granted.year + (grade == "full"), 12, 31)
    assert answer["submit_by"] is None


@given(BY_YEARS, GRADES)
def test_the_carry_over_never_shortens(granted, grade):
    """The carry-over of 2008 reaches past the old last day, and only for terms ending in 2008 and 2009."""
    answer = certification.term(granted=granted, grade=grade).answer
    due = granted.year + (grade == "full")
    assert (answer["extension_ceiling"] is not None) == (due in (2008, 2009))
    assert answer["last_day"] >= date(due, 12, 31)
    if answer["extension_ceiling"]:
        assert answer["extension_ceiling"] >= date(due + 1, 6, 30)


def test_the_carry_over_is_not_used_before_its_law():
    """On 2008-10-07 a provisional certification of 2008 ends on 2008-12-31; from 2008-10-08 it may last longer."""
    facts = {"granted": "2008-02-15", "grade": "provisional"}
    assert certification.term("2008-10-07", **facts).answer["last_day"] == date(2008, 12, 31)
    assert certification.term("2008-10-08", **facts).answer["last_day"] == date(2009, 6, 30)


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"granted": "2005-03-10", "grade": "full", "certified_for": 2004}, "not 2004"),
        ({"granted": "2012-03-10", "grade": "full", "certified_for": 2012}, "leave it out"),
        ({"granted": "2005-03-10", "grade": "full", "extended_to": "2007-01-01"}, "cannot run past"),
        ({"granted": "2012-03-10", "grade": "full", "extended_to": "2014-03-09"}, "is not an extension"),
        ({"granted": "2012-03-10", "grade": "full", "letter_last_day": "2012-03-09"}, "before the first day"),
    ],
)
def test_a_term_refuses_what_the_law_does_not_know(facts, says):
    """A year, an extension or a printed date that cannot be is refused with its reason."""
    with pytest.raises(FactError, match=says):
        certification.term(**facts)


def test_the_letter_decides_and_is_questioned():
    """The date printed in the letter is used; past 24 months it is questioned."""
    inside = certification.term(granted="2012-03-10", grade="full", letter_last_day="2013-12-31")
    past = certification.term(granted="2012-03-10", grade="full", letter_last_day="2014-03-10")
    assert inside.answer["last_day"] == date(2013, 12, 31)
    assert inside.answer["submit_by"] == date(2013, 6, 30)
    assert not any("longer than the law" in caution for caution in inside.cautions)
    assert past.answer["last_day"] == date(2014, 3, 10)
    assert any("longer than the law" in caution for caution in past.cautions)


def test_the_year_certified_for_controls():
    """A letter of late 2005 for 2006 covers 2006 from its first day."""
    answer = certification.term(granted="2005-12-20", grade="full", certified_for=2006).answer
    assert (answer["first_day"], answer["last_day"]) == (date(2006, 1, 1), date(2007, 12, 31))


# --- the rehearsal


def test_a_complete_request_has_nothing_open():
    """A complete request comes out full, every test met, nothing to change, nothing untested."""
    result = ask()
    assert result.answer["grade"] == "full"
    assert result.answer["would_change"] == result.answer["not_tested"] == []
    assert {reason.outcome for reason in result.reasons} <= {"met", "information"}
    assert "Rehearsal" in result.says


@pytest.mark.parametrize(
    ("changes", "grade", "names"),
    [
        ({"signed": False}, "none", "sign the request"),
        ({"system_approved": False}, "none", "approval"),
        ({"levels_used": [5, 3, 1]}, "none", "summary levels"),
        ({"ratings_reviewed": False}, "none", "reviewing ratings"),
        ({"plans_submitted": 19}, "incomplete", "20 performance plans"),
        ({"paat_score": 89}, "provisional", "90 points"),
        ({"paat_score": 79}, "none", "80 points"),
        ({"rating_periods": 1}, "provisional", "2 appraisal periods"),
        ({"omb_concurs": False}, "none", "OMB's concurrence"),
        ({"omb_concurs": None}, "pending", "OMB's concurrence"),
    ],
)
def test_removing_one_item_changes_the_rehearsal_and_names_it(changes, grade, names):
    """Whatever single item is missing changes the outcome and is named."""
    answer = ask(**changes).answer
    assert answer["grade"] == grade
    assert any(names in item for item in answer["would_change"])


@pytest.mark.parametrize("key", CRITERIA)
def test_each_criterion_counts(key):
    """5 CFR 430.404(a). Design of the first four stops a request, of the others caps it; a flaw always stops; application caps."""
    others = [other for other in CRITERIA if other != key]
    by_documents, called = key in CRITERIA[:4], key.replace("_", " ").replace("assessments g", "assessments and g")
    without = ask(design_met=others).answer
    assert without["grade"] == ("none" if by_documents else "provisional")
    assert without["would_change"] == [f"show the design of {called}"]
    assert ask(design_flawed=[key]).answer["grade"] == "none"
    assert ask(application_met=others).answer["would_change"] == [f"show the application of {called}"]
    assert ask(requested="provisional", design_met=others).answer["grade"] == (
        "none" if by_documents else "provisional"
    )


@pytest.mark.parametrize("fact", ["design_met", "application_met", "system_approved", "rating_periods"])
def test_an_unknown_fact_leads_to_cannot_tell(fact):
    """A fact that is not known makes the outcome unknown, and the list says which."""
    answer = ask(**{fact: None}).answer
    assert answer["grade"] is None
    assert len(answer["would_change"]) == 1


def test_an_unknown_fact_that_makes_no_difference_is_no_obstacle():
    """With one period of ratings the outcome is provisional whether or not application is known."""
    assert ask(application_met=None, rating_periods=1).answer["grade"] == "provisional"
    assert ask(levels_used=...).answer["grade"] is None


def test_meeting_what_would_change_leads_further():
    """Doing what the list says leads to a better grade."""
    poor = {"design_met": ["alignment"], "paat_score": 70, "rating_periods": 1}
    first = ask(**poor).answer
    assert first["grade"] == "none"
    assert "show the design of oversight" not in first["would_change"]
    better = ask(**{**poor, "design_met": list(CRITERIA[:4]), "paat_score": 80}).answer
    assert better["grade"] == "provisional"
    assert "give ratings and pay data of 2 appraisal periods" in better["would_change"]


@pytest.mark.parametrize(
    ("on", "group", "used", "grade"),
    [
        ("2015-10-25", "SES", [5, 3, 2, 1], "full"),
        ("2015-10-26", "SES", [5, 3, 2, 1], "none"),
        ("2015-10-26", "SES", [5, 4, 3, 2, 1], "full"),
        ("2015-10-26", "SL/ST", [5, 3, 1], "full"),
        ("2015-10-26", "SL/ST", [5, 4, 3, 1], "full"),
        ("2015-10-26", "SL/ST", [4, 3, 1], "none"),
        ("2015-10-26", "SL/ST", [4, 3, 2, 1], "none"),
        ("2012-03-16", "SES", [5, 4, 3, 1], "none"),
    ],
)
def test_summary_levels_by_group_and_date(on, group, used, grade):
    """SES systems need four or five levels, from 2015-10-26 exactly five; SL/ST patterns B, E, F and H qualify."""
    assert ask(as_of=on, group=group, levels_used=used).answer["grade"] == grade


def test_levels_that_contradict_each_other_are_refused():
    """A number of levels that does not match the levels listed is refused."""
    with pytest.raises(FactError, match="says 4"):
        ask(levels=4)


@pytest.mark.parametrize(("on", "grade"), [("2014-09-30", "full"), ("2014-10-01", "provisional")])
def test_the_modal_rating_from_its_first_day(on, grade):
    """A most common rating of level 5 without a reason caps the outcome from the first day of the practice."""
    assert ask(as_of=on, modal_rating=5, modal_justified=False).answer["grade"] == grade
    assert ask(as_of=on, modal_rating=5, modal_justified=True).answer["grade"] == "full"
    assert ask(as_of=on, modal_rating=4, modal_justified=False).answer["grade"] == "full"
    for requested in ("full", "provisional"):
        told = " ".join(ask(as_of=on, requested=requested, modal_rating=None).cautions)
        assert ("No single most common rating" in told) is (requested == "full" and grade == "provisional")


@pytest.mark.parametrize(("on", "grade"), [("2019-01-06", None), ("2019-01-07", "full")])
def test_certification_2_from_its_first_day(on, grade):
    """The basic system is renewed on its yearly data from 2019-01-07, not a day before."""
    facts = {"group": "SES", "requested": "full", "basic_system": True, "held": "full", "omb_concurs": True}
    answer = certification.assess(on, **facts, data_review_satisfactory=True).answer
    assert answer["grade"] == grade
    held = certification.assess("2019-06-01", **{**facts, "held": "provisional"}, data_review_satisfactory=True)
    assert held.answer["grade"] is None


@pytest.mark.parametrize(
    ("stated", "grade", "outcome"), [(None, "full", "cannot tell"), (True, "full", "met"), (False, "none", "not met")]
)
def test_a_renewal_takes_omb_as_given_only_where_it_is_not_stated(stated, grade, outcome):
    """What nobody stated is not shown as met; what is stated counts."""
    facts = {"group": "SES", "requested": "full", "basic_system": True, "held": "full", "omb_concurs": stated}
    found = certification.assess("2019-01-07", **facts, data_review_satisfactory=True)
    (reason,) = [reason for reason in found.reasons if "OMB" in reason.text]
    assert (found.answer["grade"], reason.outcome) == (grade, outcome)


@pytest.mark.parametrize(("until", "grade"), [("2019-06-01", "full"), ("2019-05-31", None)])
def test_a_certification_that_ended_is_not_renewed(until, grade):
    """H19 and 4.6: the last day itself still renews; a day later there is nothing left to renew, as `status` says, too."""
    facts = {"group": "SES", "requested": "full", "basic_system": True, "held": "full", "omb_concurs": True}
    found = certification.assess("2019-06-01", **facts, held_until=until, data_review_satisfactory=True)
    assert found.answer["grade"] == grade
    assert any("not renewed" in caution for caution in found.cautions) is (grade is None)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"held": "full", "held_until": "2022-12-01"}, "no certification held then"),
        ({"covered": 15, "plans_submitted": 16}, "more than the 15 covered"),
    ],
)
def test_facts_that_cannot_be_of_one_request_are_refused(more, says):
    """4.3, 5.1: no certification runs 30 months past a decision; no more plans than people."""
    with pytest.raises(FactError, match=says):
        certification.assess("2020-06-01", group="SES", requested="full", **more)


def test_the_doubt_about_two_criteria_is_told_from_its_day():
    """Section 3, dated note: from 2025-10-15 the rehearsal says that criteria 5 and 8 may have changed."""
    for on, told in (("2025-10-14", False), ("2025-10-15", True)):
        assert (
            any("430.404" in text for text in certification.assess(on, group="SES", requested="full").cautions) is told
        )


@pytest.mark.parametrize(("given", "failed"), [("2009-09-30", ["assessments_guidelines"]), ("2009-10-01", [])])
def test_the_assessment_comes_after_the_period(given, failed):
    """430.404(a)(5): after the period ends and before ratings are recommended; a year from its first day where no end is stated."""
    facts = {"assessment_given_on": given, "ratings_recommended_on": "2009-11-01"}
    for period in ({"period_start": "2008-10-01"}, {"period_end": "2009-09-30"}):
        found = certification.gaps("2010-03-01", **facts, **period)
        assert found.answer["failed"] == failed
        assert ("a year long, is taken to end" in str(found.reasons)) is ("period_start" in period and bool(failed))


def test_nothing_is_submitted_before_subpart_d():
    """The day before says since when there are requests; the day itself lists what one contains."""
    with pytest.raises(
        FactError, match="nothing could be submitted on 2004-07-28; subpart D took effect on 2004-07-29"
    ):
        certification.submission("2004-07-28", requested="full", group="SES")
    assert certification.submission("2004-07-29", requested="full", group="SES").answer


def test_what_would_change_is_told_to_the_end_of_the_sentence():
    """An abbreviation with periods ends no sentence."""
    told = "\n".join(certification.decider("2010-10-07", action="certify").could_change)
    assert "Director, Administrative Office of the U.S. Courts decides." in told


@pytest.mark.parametrize(
    ("on", "own", "grade"),
    [("2008-10-13", False, "full"), ("2008-10-14", False, "none"), ("2008-10-14", True, "full")],
)
def test_inspectors_general_ask_for_themselves(on, own, grade):
    """From 2008-10-14 an Office of Inspector General files its own request."""
    assert ask(as_of=on, inspector_general=True, own_request=own).answer["grade"] == grade


def test_outside_chapter_43():
    """A system outside chapter 43 is tested by whether it separates outstanding performance."""
    assert ask(chapter_43=False, separates_outstanding=True).answer["grade"] == "full"
    assert ask(chapter_43=False, separates_outstanding=False).answer["grade"] == "none"
    assert ask(chapter_43=False).answer["grade"] is None


def test_criteria_may_be_typed():
    """The command line gives criteria as all, a list with commas or JSON; a wrong one names the nearest."""
    for given_as in ("all", ", ".join(CRITERIA), str(list(CRITERIA)).replace("'", '"')):
        assert ask(design_met=given_as).answer["grade"] == "full"
    with pytest.raises(FactError, match="Did you mean 'alignment'"):
        ask(design_met="alignmnt")
    with pytest.raises(FactError, match="is not a JSON list"):
        ask(design_met='["alignment"')


@given(st.sets(st.sampled_from(CRITERIA)), st.sets(st.sampled_from(CRITERIA)), st.integers(0, 3), st.integers(0, 100))
def test_more_is_never_worse(design, applied, periods, score):
    """Showing everything never gives a lower grade than showing less."""
    order = ["none", "incomplete", "provisional", "full"]
    answer = ask(design_met=sorted(design), application_met=sorted(applied), rating_periods=periods, paat_score=score)
    better = ask(application_met=sorted(applied), rating_periods=periods, paat_score=score)
    assert order.index(answer.answer["grade"]) <= order.index(better.answer["grade"])
    assert (answer.answer["grade"] == "full") == (answer.answer["would_change"] == [])


# --- who decides, criteria, checklist


@pytest.mark.parametrize(
    ("facts", "decides", "concurs"),
    [
        ({"branch": "executive"}, "Office of Personnel Management", "Office of Management and Budget"),
        ({"action": "terminate"}, "Office of Personnel Management", "Office of Management and Budget"),
        ({"action": "extend"}, "OPM Director", None),
        ({"branch": "judicial"}, "Director, Administrative Office of the U.S. Courts", None),
        ({"branch": "government_publishing_office"}, "Director of the Government Publishing Office", None),
    ],
)
def test_who_decides(facts, decides, concurs):
    """OPM with OMB; the Director alone extends; others for courts and three legislative agencies."""
    answer = certification.decider("2018-01-01", **facts).answer
    assert (answer["decides"], answer["concurs"]) == (decides, concurs)


def test_legislative_deciders_before_2015_are_not_established():
    """The Librarian decides from 2015-12-18; who decided before cannot be determined."""
    assert certification.decider("2015-12-17", branch="library_of_congress").answer["decides"] is None
    assert (
        certification.decider("2015-12-18", branch="library_of_congress").answer["decides"] == "Librarian of Congress"
    )


def test_nine_criteria_four_by_documents():
    """Nine criteria apply; the documents show all for full and the first four for provisional."""
    rows = certification.criteria("2012-01-01", group="SES").answer
    assert [row["key"] for row in rows] == list(CRITERIA)
    assert all(row["documents"] == "needed" for row in rows)
    rows = certification.criteria("2012-01-01", group="SL/ST", grade="provisional", inspector_general=True).answer
    assert [row["key"] for row in rows if row["documents"] == "needed"] == list(CRITERIA[:4])
    assert [row["number"] for row in rows if "Inspector" in row["performed_by"]] == [5, 6]
    with pytest.raises(FactError, match="2004-07-29"):
        certification.criteria("2004-07-28", group="SES")


def test_the_steps_of_the_criteria_are_numbered_once():
    """The list numbers the criteria; their own texts do not begin with a number again."""
    said = certification.criteria("2012-01-01", group="SES").to_text()
    assert "1. Alignment: " in said
    assert not re.search(r"\d\. \d", said)


@pytest.mark.parametrize(("on", "warned"), [("2025-10-14", False), ("2025-10-15", True), ("2025-10-16", True)])
def test_the_end_of_the_ban_is_shown_without_taking_a_side(on, warned):
    """From 2025-10-15 the criteria carry both texts on numeric limits."""
    cautions = certification.criteria(on, group="SES").cautions
    assert any("430.305 ended" in caution for caution in cautions) is warned


def needed(**facts):
    rows = certification.submission(**{"as_of": "2006-05-01", "group": "SES", **facts}).answer
    return [row["number"] for row in rows if row["needed"] == "needed"]


def test_checklist_by_grade():
    """Full needs all eighteen rows; provisional leaves out the fifth to ninth criterion and the rating data."""
    assert needed(requested="full") == list(range(1, 19))
    assert needed(requested="provisional") == [*range(1, 10), 15, 17, 18]


@pytest.mark.parametrize(
    ("facts", "rows"),
    [
        ({"held": "provisional", "requested": "provisional"}, [1, 22, 23]),
        ({"held": "provisional", "requested": "provisional", "changed": True}, [1, 22, 23, 24]),
        ({"held": "provisional", "requested": "full"}, list(range(1, 19))),
        ({"held": "full", "requested": "full"}, []),
        ({"held": "none", "requested": "full"}, list(range(1, 19))),
    ],
)
def test_renewal_for_2005(facts, rows):
    """Holders of 2004 send a letter and two lists, the full package, or nothing, by what they hold and want."""
    assert needed(as_of="2004-12-01", certified_for=2005, **facts) == rows


def test_checklist_on_both_sides_of_the_tool_and_of_certification_2():
    """The assessment tool joins with the months; the basic system sends no plans from 2019-01-07."""
    assert len(needed(as_of="2008-10-07", requested="full")) == 18
    assert len(needed(as_of="2008-10-08", requested="full")) == 19
    renewal = {"requested": "full", "held": "full", "basic_system": True}
    assert len(needed(as_of="2019-01-06", **renewal)) == 19
    assert len(needed(as_of="2019-01-07", **renewal)) == 2
    assert len(needed(as_of="2019-01-07", requested="full", basic_system=True)) == 4
    assert len(needed(as_of="2019-01-07", **{**renewal, "basic_system": False})) == 19


def test_the_checklist_gives_the_number_of_plans():
    """With the number covered, the sample is a number."""
    rows = certification.submission("2006-05-01", requested="full", group="SES", covered=250).answer
    assert any(row["evidence"].startswith("25 plans") for row in rows)


@given(st.integers(0, 20000))
def test_the_sample_of_plans_is_bounded(covered):
    """Never more plans than people, never fewer than 20 where there are 20, never under ten percent."""
    number = certification.plans_required(covered=covered).answer
    assert number <= covered
    assert number >= min(covered, 20)
    assert 10 * number >= covered > 10 * (number - 1) or number == min(covered, 20)


# --- pay


def test_unknown_certification_shows_both_caps():
    """With certification not known the caps that differ are null and both are told."""
    result = certification.unlocks("2026-02-01", group="SES", certified=None)
    assert result.answer["maximum"] is None
    assert result.answer["minimum"] is not None
    assert any("$228,000" in caution for caution in result.cautions)
    assert any("$209,600" in caution for caution in result.cautions)


@pytest.mark.parametrize(
    ("group", "suspension", "level", "total"),
    [
        ("SES", "none", "II", "Vice President"),
        ("SES", "notice received", "III", "Vice President"),
        ("SES", "suspended", "III", "I"),
        ("SL/ST", "notice received", "II", "Vice President"),
        ("SL/ST", "suspended", "III", "I"),
    ],
)
def test_suspension_lowers_caps_in_two_steps(group, suspension, level, total):
    """The SES cap falls with the notice, the limit on total pay with the suspension."""
    answer = certification.unlocks("2012-06-01", group=group, certified=True, suspension=suspension).answer
    assert (answer["maximum_level"], answer["aggregate_level"]) == (level, total)


def test_carry_over_ends_with_calendar_years():
    """A carried-over raise opens level II in 2008 and no longer in 2009."""
    facts = {"group": "SES", "certified": False, "carry_over": True}
    assert certification.unlocks("2008-12-31", **facts).answer["maximum_level"] == "II"
    assert certification.unlocks("2009-01-01", **facts).answer["maximum_level"] == "III"


def test_before_the_open_range_the_es_rates_stop_at_level_iv():
    """Until 2004-01-10 SES basic pay stops at level IV, with locality at III; from 2004-01-11 at III."""
    before = certification.unlocks("2004-01-10", group="SES", certified=False).answer
    after = certification.unlocks("2004-01-11", group="SES", certified=False).answer
    assert (before["maximum_level"], before["with_locality_level"]) == ("IV", "III")
    assert (after["maximum_level"], after["with_locality_level"]) == ("III", None)


@given(
    st.dates(date(2005, 1, 9), date(2026, 12, 31)),
    st.integers(100_000, 250_000),
    st.sampled_from(["expired", "notice received", "suspended", "terminated", "moved to uncertified"]),
    st.sampled_from(["SES", "SL/ST"]),
)
def test_no_rate_is_ever_lowered(day, rate, happens, group):
    """Whatever ends or suspends a certification, the existing rate stands; above the cap it is frozen."""
    answer = certification.pay_after(day, group=group, rate=rate, happens=happens).answer
    assert answer["rate"] == Decimal(rate)
    assert answer["highest_new_rate"] >= answer["rate"]
    keeps = group == "SL/ST" and happens == "notice received"
    cap = certification.unlocks(day, group=group, certified=keeps).answer["maximum"]
    assert answer["frozen"] == (rate > cap)
    assert answer["highest_new_rate"] == max(rate, cap)


@pytest.mark.parametrize(("on", "warned"), [("2004-07-28", True), ("2004-07-29", False)])
def test_no_certification_ends_before_the_first_could_begin(on, warned):
    """The day before subpart D took effect is questioned, the day itself is not."""
    result = certification.pay_after(on, group="SES", rate=140_000, happens="expired")
    assert any("No system could be certified" in caution for caution in result.cautions) is warned


@pytest.mark.parametrize(("rate", "frozen"), [(209_600, False), (209_601, True)])
def test_frozen_from_one_dollar_above_level_iii(rate, frozen):
    """In 2026 a rate of $209,600 is at the cap, one dollar more is frozen."""
    assert certification.pay_after("2026-02-01", group="SES", rate=rate, happens="expired").answer["frozen"] is frozen


@pytest.mark.parametrize(
    ("on", "reviewed"), [("2006-07-09", False), ("2006-07-10", True), ("2014-04-03", True), ("2014-04-04", False)]
)
def test_gap_review_between_its_two_rules(on, reviewed):
    """Pay set in a gap could be reviewed from 2006-07-10 to 2014-04-03 only."""
    result = certification.pay_after(on, group="SES", rate=140_000, happens="expired")
    assert any("gap may be reviewed" in reason.text for reason in result.reasons) is reviewed


@pytest.mark.parametrize(("rate", "told"), [(18_000, "below"), (209_600, ""), (228_000, ""), (228_001, "above")])
def test_a_rate_outside_the_range_is_told(rate, told):
    """8.4: of 2026, pay of a month and a rate above level II, 228,000."""
    found = certification.pay_after("2026-05-10", group="SES", rate=rate, happens="expired").cautions
    assert [word for word in ("below", "above") if any(f" is {word} " in text for text in found)] == (
        [told] if told else []
    )


# --- the ceiling on levels 4 and 5


@pytest.mark.parametrize(("year", "answer", "guided"), [(2024, None, False), (2025, None, True), (2026, 6, False)])
def test_the_ceiling_binds_from_fiscal_year_2026(year, answer, guided):
    """No ceiling in 2024, guidance in 2025, a ceiling from 2026."""
    result = certification.top_two_ceiling(fiscal_year=year, career=20, ses_total=20)
    assert result.answer == answer
    assert any("guidance" in caution for caution in result.cautions) is guided


def test_only_career_members_make_the_five_of_the_ceiling():
    """Four career and one noncareer member are not five career members; a waiver lifts the ceiling."""
    four = certification.top_two_ceiling(fiscal_year=2026, career=4, ses_total=5)
    assert four.answer is None
    assert "does not cover" in four.says
    assert any("taken to be the 4 rated" in caution for caution in four.cautions)
    assert certification.top_two_ceiling(fiscal_year=2026, career=5, ses_total=5).answer == 1
    assert certification.top_two_ceiling(fiscal_year=2026, career=20, waived=True).answer is None
    with pytest.raises(FactError, match="fewer than"):
        certification.top_two_ceiling(fiscal_year=2026, career=6, ses_total=5)


@given(st.integers(5, 10000))
def test_the_ceiling_is_the_largest_number_within_the_share(career):
    """The ceiling is within 30 percent, and one more would not be."""
    number = certification.top_two_ceiling(fiscal_year=2026, career=career, ses_total=career).answer
    assert 10 * number <= 3 * career < 10 * (number + 1)


def test_indicators():
    """Shares, modal level, pay by level and pay above level III are reported as indicators only."""
    facts = {"counts": [0, 0, 5, 3, 2], "average_pay": [0, 0, 5000, 9000, 9001], "above_level_III": [0, 0, 1, 2, 2]}
    result = certification.indicators("2016-09-30", **facts)
    assert result.answer["shares"] == [Decimal(n) for n in ("0.0", "0.0", "50.0", "30.0", "20.0")]
    assert result.answer["modal_level"] == 3
    assert result.answer["top_two_share"] == 50
    assert result.answer["pay_rises_with_level"] is True
    assert result.answer["above_level_III_below_level_4"] == 1
    flat = certification.indicators("2016-09-30", **{**facts, "average_pay": [0, 0, 5000, 9000, 9000]})
    assert flat.answer["pay_rises_with_level"] is False
    with pytest.raises(FactError, match="3 at level 3 is more than the 2 rated"):
        certification.indicators("2016-09-30", counts=[0, 0, 2, 3, 2], above_level_III=[0, 0, 3, 0, 0])
    with pytest.raises(FactError, match="nobody is rated"):
        certification.indicators("2016-09-30", counts=[0, 0, 0, 0, 0])
    with pytest.raises(FactError, match="five numbers"):
        certification.indicators("2016-09-30", counts=[1, 2])


def test_an_average_may_be_below_zero():
    """A reduction at level 1 outweighs what that level is paid, as in OPM's own figures of 2016; pay still rises with the level."""
    facts = {"counts": [1, 0, 5, 3, 2], "average_rate": [180000, 0, 190000, 200000, 210000]}
    made = certification.indicators("2016-09-30", **facts, average_pay=["-3700", 0, 5000, 9000, 9001])
    assert made.answer["pay_rises_with_level"] is True
    fell = certification.indicators("2016-09-30", **facts, average_pay=[-3700, 0, -5000, 9000, 9001])
    assert fell.answer["pay_rises_with_level"] is False
    with pytest.raises(FactError, match="negative"):
        certification.indicators("2016-09-30", **facts | {"average_rate": [-1, 0, 190000, 200000, 210000]})


# --- the life of a certification


GRANT = {"on": "2012-03-16", "kind": "granted", "grade": "full"}
NOTICE = {"on": "2012-06-01", "kind": "suspension_notice"}
SUSPENDED = {"on": "2012-07-01", "kind": "suspended"}


def stands(as_of, *events, **facts):
    return certification.status(as_of, events=list(events), **facts).answer


def test_a_certification_from_grant_to_expiry():
    """In force on the first and last day, none before, expired the day after."""
    assert stands("2012-03-15", GRANT)["state"] == "none"
    assert stands("2012-03-16", GRANT)["certified"]
    assert stands("2014-03-15", GRANT)["certified"]
    after = stands("2014-03-16", GRANT)
    assert (after["state"], after["certified"], after["next"]) == ("expired", False, ["granted"])


def test_notice_suspension_reinstatement():
    """The cap falls with the notice, certification with the suspension; reinstatement keeps the last day."""
    noticed = stands("2012-06-30", GRANT, NOTICE, SUSPENDED)
    assert (noticed["state"], noticed["above_level_III"], noticed["vice_president_limit"]) == ("full", False, True)
    assert stands("2012-06-30", GRANT, NOTICE, group="SL/ST")["above_level_III"]
    suspended = stands("2012-07-01", GRANT, NOTICE, SUSPENDED)
    assert (suspended["state"], suspended["vice_president_limit"]) == ("suspended", False)
    back = stands("2012-12-01", GRANT, NOTICE, SUSPENDED, {"on": "2012-12-01", "kind": "reinstated"})
    assert (back["state"], back["last_day"], back["above_level_III"]) == ("full", date(2014, 3, 15), True)
    assert stands("2014-03-16", GRANT, NOTICE, SUSPENDED)["state"] == "expired"


@pytest.mark.parametrize(
    ("events", "says"),
    [
        ([GRANT, NOTICE, {**SUSPENDED, "on": "2012-06-30"}], "allows it from 2012-07-01"),
        ([GRANT, SUSPENDED], "gives notice at least 30"),
        ([NOTICE], "only granted can follow"),
        ([GRANT, {"on": "2013-01-01", "kind": "granted", "grade": "provisional"}], "full certification is in force"),
        ([{"on": "2012-03-16", "kind": "granted"}], "full or provisional"),
        ([GRANT, {"on": "2014-03-01", "kind": "extended", "until": "2014-09-16"}], "ceiling, 2014-09-15"),
        ([GRANT, {"on": "2014-03-01", "kind": "extended"}], "until when"),
        ([GRANT, {"on": "2014-03-16", "kind": "extended", "until": "2014-09-15"}], "'expired'"),
        ([GRANT, {"on": "2013-03-01", "kind": "renewed"}], "only from 2019-01-07"),
        (
            [{**GRANT, "on": "2006-01-05"}, {"on": "2007-01-05", "kind": "extended", "until": "2008-06-01"}],
            "2008-10-08",
        ),
        ([GRANT, {"on": "2012-05-01", "kind": "reinstated"}], "from which only"),
    ],
)
def test_events_that_cannot_happen_are_refused(events, says):
    """An event outside the law of its day, its state or its guard is refused with what is possible."""
    with pytest.raises(FactError, match=says):
        stands("2016-01-01", *events)


def test_extension_renewal_termination():
    """An extension reaches its ceiling; a renewal runs on from the last day; a termination ends at once."""
    extended = stands("2014-09-15", GRANT, {"on": "2014-03-01", "kind": "extended", "until": "2014-09-15"})
    assert (extended["certified"], extended["last_day"]) == (True, date(2014, 9, 15))
    late = {"on": "2018-07-01", "kind": "granted", "grade": "full"}
    renewed = stands("2021-01-01", late, {"on": "2020-05-01", "kind": "renewed"})
    assert (renewed["first_day"], renewed["last_day"]) == (date(2018, 7, 1), date(2022, 6, 30))
    ended = stands("2012-05-01", GRANT, {"on": "2012-05-01", "kind": "terminated"})
    assert (ended["state"], ended["certified"], ended["last_day"]) == ("terminated", False, date(2012, 4, 30))


def test_provisional_after_provisional():
    """Provisional certification may follow provisional certification, and full may follow it."""
    years = [{"on": f"{year}-01-20", "kind": "granted", "grade": "provisional"} for year in (2005, 2006, 2007)]
    assert stands("2007-06-01", *years)["state"] == "provisional"
    assert stands("2007-01-19", *years)["state"] == "expired"
    full = {"on": "2007-03-01", "kind": "granted", "grade": "full"}
    assert stands("2008-12-18", *years, full)["last_day"] == date(2008, 12, 31)


def test_the_state_machine_can_be_drawn():
    """Every arrow joins known states and names its guard; extension joins in 2008, renewal in 2019."""
    for day, absent in (("2008-10-07", {"extended", "renewed"}), ("2019-01-06", {"renewed"}), ("2019-01-07", set())):
        arrows = certification.transitions(date.fromisoformat(day))
        names = {arrow.event for arrow in arrows}
        assert names.isdisjoint(absent)
        assert len(names) == 9 - len(absent)
        assert all(arrow.guard and arrow.citation for arrow in arrows)
    pairs = {(arrow.event, arrow.source, arrow.target) for arrow in arrows}
    assert ("granted", "full", "provisional") not in pairs
    assert ("suspended", "suspended", "suspended") not in pairs
    assert {("reinstated", "suspended", "full"), ("expired", "suspended", "expired")} <= pairs


@given(BY_MONTHS, GRADES, st.integers(0, 1500))
def test_status_agrees_with_the_term(granted, grade, days):
    """Without other events a certification is in force exactly from its first to its last day."""
    day = granted + timedelta(days=days)
    term = certification.term(granted=granted, grade=grade).answer
    event = {"on": granted, "kind": "granted", "grade": grade}
    assert stands(day, event)["certified"] == (day <= term["last_day"])


def test_calendar_in_order():
    """5 CFR 430.405(g). The calendar lists asking again, the last day, the day after, the ceiling and the yearly data, by date."""
    rows = certification.calendar(granted="2023-10-01", grade="full").answer
    days = [row["on"] for row in rows]
    assert all(first <= second for first, second in pairwise(days))
    assert {date(2025, 3, 30), date(2025, 9, 30), date(2025, 10, 1), date(2026, 3, 31)} <= set(days)
    assert sum("data" in row["what"] for row in rows) == 2
    with pytest.raises(FactError, match="in no calendar year"):
        certification.calendar(granted="2023-10-01", grade="full", period_ends=["2027-09-30"])


@pytest.mark.parametrize(("granted", "grade", "basic", "until"), [
    ("2019-01-07", "full", True, "2023-01-06"), ("2017-01-08", "full", True, "2021-01-07"), ("2017-01-06", "full", True, ""),
    ("2019-01-07", "full", False, ""), ("2019-01-07", "provisional", True, ""), ("2019-01-07", "full", None, ""),
])  # fmt: skip
def test_a_full_certification_of_the_basic_system_is_renewed_by_itself(granted, grade, basic, until):
    """Certification 2.0, from January 7, 2019: two more years from the day after; not a provisional one, nor an agency's own design."""
    found = certification.calendar(granted=granted, grade=grade, basic_system=basic)
    (without,) = [row for row in found.answer if row["what"].startswith("Without")]
    renewed = [row for row in found.answer if row["what"].startswith("Renewed by itself")]
    assert [row["on"] for row in renewed] == [without["on"]] * bool(until)
    assert ("this renewal" in without["what"]) is bool(until)
    assert all(f"until {until} at most" in row["what"] for row in renewed)
    assert any("basic appraisal system is not known" in said for said in found.cautions) is (basic is None)


@given(BY_MONTHS, GRADES)
def test_no_report_on_a_period_that_ended_before_the_certification(granted, grade):
    """5 CFR 430.405(g). By months, a period belongs to a certification that had begun when it ended; the law's note says so."""
    result = certification.calendar(granted=granted, grade=grade)
    ends = [row["on"] for row in result.answer if row["what"].startswith("Appraisal period ends")]
    assert ends
    assert min(ends) >= granted
    left_out = date(granted.year, 9, 30) < granted
    assert any("before the certification began" in reason.text for reason in result.reasons) is left_out


def test_in_calendar_years_every_period_of_the_year_is_reported_on():
    """Granted in December 2004 for 2004 and 2005: the period to September 30, 2004 belongs to it."""
    rows = certification.calendar(granted="2004-12-01", grade="full").answer
    assert date(2004, 9, 30) in {row["on"] for row in rows if row["what"].startswith("Appraisal period ends")}


@pytest.mark.parametrize(("granted", "text"), [("2006-01-05", "caps on basic pay stay"), ("2010-01-05", "level III")])
def test_the_day_after_for_senior_professionals(granted, text):
    """Before 2009-04-12 the end of an SL/ST certification leaves basic-pay caps alone."""
    rows = certification.calendar(granted=granted, grade="full", group="SL/ST").answer
    assert any(text in row["what"] for row in rows)


@pytest.mark.parametrize("level", range(1, 6))
def test_one_level_cannot_show_that_pay_rises(level):
    """5 CFR 430.404(a)(9). With everyone at one level neither pay nor awards can be compared; never met, never failed."""
    counts = [38 if number == level else 0 for number in range(1, 6)]
    amounts = [9000 if number == level else 0 for number in range(1, 6)]
    facts = {"counts": counts, "average_pay": amounts, "average_rate": amounts}
    result = certification.indicators("2026-09-30", **facts)
    assert (result.answer["pay_rises_with_level"], result.answer["levels_of_pay_rise"]) == (None, None)
    paid = [reason.outcome for reason in result.reasons if "so it cannot be seen" in reason.text]
    assert paid == ["cannot tell", "information"]
