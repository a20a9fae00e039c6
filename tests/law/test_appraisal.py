"""Appraisal: both sides of every change of law, and properties that hold for every history."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seskit.law import appraisal, parameters
from seskit.law.appraisal.derivation import summary_of
from seskit.law.facts import FactError
from seskit.law.in_words import as_data
from seskit.law.question import find, questions
from tests.extent import some, times
from tests.plans import plan, requirement

STEPS = range(5, 85, 5)
#: Every lawful vector in steps of 5, in the plan's order: Results Driven, the last, has 20 or more and is the heaviest.
LAWFUL = [
    (*others, most) for others in product(STEPS, repeat=4) if (most := 100 - sum(others)) >= 20 and most >= max(others)
]
#: The same for the plan of 2025: minimums of 25 and four times 15, no heaviest element.
LAWFUL_2025 = [(first, *others) for others in product(range(15, 35, 5), repeat=4) if (first := 100 - sum(others)) >= 25]


def rated(levels, weights, regime="basic-2012", **more):
    return appraisal.derive_rating(regime=regime, levels=list(levels), weights=list(weights), **more).answer


@pytest.mark.parametrize(
    ("regime", "vectors", "number"), [("basic-2012", LAWFUL, 870), ("basic-2025", LAWFUL_2025, 35)]
)
def test_every_level_over_every_lawful_weight_vector(regime, vectors, number):
    """Every combination of five levels over lawful vectors in steps of 5 (by `make test-all` over each, none left out):
    the level that an independent count of missing fifths in whole numbers gives, and Level 1 exactly where an element
    is at Level 1.
    """
    folder = f"appraisal.{regime.replace('-', '_')}"
    first = parameters.parameter(f"{folder}.elements").values[0].first_day
    bands, override = (parameters.figure(f"{folder}.{key}", first).value for key in ("score_bands", "override_level"))
    assert len(vectors) == len(set(vectors)) == number
    combinations = list(product((1, 2, 3, 4, 5), repeat=5))
    for weights in some(vectors, 120):
        exact = [Decimal(weight) for weight in weights]
        a, b, c, d, e = (weight // 5 for weight in weights)
        for levels in combinations:
            v, w, x, y, z = levels
            short = a * (5 - v) + b * (5 - w) + c * (5 - x) + d * (5 - y) + e * (5 - z)  # in fifths of a level, of 100
            independent = 1 if 1 in levels else 5 if short <= 5 else 4 if short <= 20 else 3 if short <= 40 else 2
            score, level = summary_of(levels, exact, override, bands)
            assert level == independent, (weights, levels)
            assert score == (None if level == 1 else 500 - 5 * short)


@pytest.mark.parametrize(("regime", "vectors"), [("basic-2012", LAWFUL), ("basic-2025", LAWFUL_2025)])
def test_the_question_asks_that_count_for_every_vector(regime, vectors):
    """Each lawful vector is accepted, and the answer is that of the count above; a step of 5 outside is refused."""
    for number, weights in enumerate(vectors):
        levels = [2 + (number + place) % 4 for place in range(5)]
        points = sum(weight * level for weight, level in zip(weights, levels, strict=True))
        level = 2 + (points >= 300) + (points >= 400) + (points >= 475)
        assert rated(levels, weights, regime) == {"score": points, "level": level}
    lawful = set(vectors)
    tried = [(*others, 100 - sum(others)) for others in product(range(5, 45, 5), repeat=4) if sum(others) < 100]
    for weights in tried:
        assert appraisal.check_weights(regime=regime, weights=list(weights)).answer["valid"] == (weights in lawful)


LEVELS = st.lists(st.integers(1, 5), min_size=5, max_size=5)


@st.composite
def weight_vectors(draw):
    return list(draw(st.sampled_from(LAWFUL)))


@settings(max_examples=times(200, 60), deadline=None)
@given(levels=LEVELS, weights=weight_vectors(), place=st.integers(0, 4))
def test_a_better_element_never_lowers_the_summary(levels, weights, place):
    """Raising one element by a level leaves the summary as it is or raises it."""
    better = [min(5, level + (number == place)) for number, level in enumerate(levels)]
    assert rated(better, weights)["level"] >= rated(levels, weights)["level"]


@settings(max_examples=times(100, 40), deadline=None)
@given(levels=LEVELS, weights=weight_vectors())
def test_one_unsatisfactory_element_decides(levels, weights):
    """The summary is Level 1 exactly where an element is, and then there is no score."""
    answer = rated(levels, weights)
    assert (answer["level"] == 1) == (1 in levels) == (answer["score"] is None)


def test_fractional_weights_are_refused_unless_asked_for_and_never_rounded():
    """474.9 is Level 4: a fraction is refused by default and compared exactly where the agency insists."""
    weights = ["10", "10", "5.1", "14.9", "60"]
    with pytest.raises(FactError, match="whole percents"):
        rated([4, 4, 4, 5, 5], weights)
    assert rated([4, 4, 4, 5, 5], weights, fractional_weights=True) == {"score": Decimal("474.9"), "level": 4}


def test_a_level_not_known_leaves_the_summary_open_unless_another_is_unsatisfactory():
    """A missing level means cannot tell, except that a known Level 1 decides."""
    assert rated([4, None, 4, 4, 4], [20] * 5)["level"] is None
    assert rated([1, None, 4, 4, 4], [20] * 5)["level"] == 1


def test_the_plan_of_2025_uses_bands_marked_as_recalled():
    """Until OPM's bands for the 2025 plan are confirmed the result says so."""
    result = appraisal.derive_rating(regime="basic-2025", levels=[4] * 5, weights=[25, 15, 15, 15, 30])
    assert (result.answer, result.confidence) == ({"score": 400, "level": 4}, "recalled")
    assert result.cautions


@pytest.mark.parametrize(
    ("levels", "weights", "score", "level"),
    [
        ([5, 4, 5, 5, 5], [25, 25, 15, 15, 20], 475, 5),
        ([5, 4, 5, 5, 5], [25, 26, 15, 15, 19], 474, 4),
        ([3, 3, 3, 3, 3], [40, 15, 15, 15, 15], 300, 3),
        ([3, 3, 3, 3, 2], [40, 15, 15, 15, 15], 285, 2),
        ([5, 5, 5, 5, 1], [40, 15, 15, 15, 15], None, 1),
        ([2, 2, 2, 2, 2], [40, 15, 15, 15, 15], 200, 2),
    ],
)
def test_the_edges_of_the_bands_in_the_plan_of_2025(levels, weights, score, level):
    """The same edges and the same override are used for the plan of 2025."""
    assert rated(levels, weights, "basic-2025") == {"score": score, "level": level}


def test_no_basic_plan_before_its_first_day():
    """The basic plan of 2012 begins on 2012-01-04, that of 2025 on 2025-10-01."""
    for regime, first, weights in (
        ("basic-2012", date(2012, 1, 4), [20] * 5),
        ("basic-2025", date(2025, 10, 1), [40, 15, 15, 15, 15]),
    ):
        facts = {"regime": regime, "weights": weights}
        assert appraisal.check_weights(first, **facts).answer["valid"]
        with pytest.raises(FactError, match=str(first)):
            appraisal.check_weights(first - timedelta(days=1), **facts)


@pytest.mark.parametrize(
    ("weights", "regime", "fault"),
    [
        ([20, 20, 20, 21, 19], "basic-2012", "minimum: Results Driven"),
        ([5, 5, 5, 45, 40], "basic-2012", "above Results Driven: Building Coalitions"),
        ([5, 5, 5, "5.5", "79.5"], "basic-2012", "fraction"),
        ([24, 16, 15, 15, 30], "basic-2025", "minimum: Faithful Administration"),
        ([25, 14, 15, 15, 31], "basic-2025", "minimum: Government Efficiency"),
    ],
)
def test_a_weight_past_its_limit_is_named(weights, regime, fault):
    """Each limit on weights fails one step past it, with the element's name."""
    answer = appraisal.check_weights(regime=regime, weights=weights).answer
    assert not answer["valid"]
    assert any(found.startswith(fault) for found in answer["faults"])


def test_an_agency_may_be_stricter():
    """Results Driven at 39 is lawful by the system and not by an agency that asks for 40."""
    facts = {"regime": "basic-2012", "weights": [10, 15, 16, 20, 39]}
    assert appraisal.check_weights(**facts).answer["valid"]
    assert not appraisal.check_weights(**facts, agency_minimums=[5, 5, 5, 5, 40]).answer["valid"]


def test_an_annual_rating_is_explained_by_changed_levels_or_a_reason():
    """5 U.S.C. 4314(c)(3). A rating that the levels do not give is explained by new levels, or by the recorded reason."""
    facts = {"regime": "basic-2012", "weights": [20] * 5, "initial_levels": [3] * 5, "annual_rating": 4}
    assert appraisal.check_final_rating(**facts).answer["explained"] is None
    assert appraisal.check_final_rating(**facts, reason_recorded=False).answer["explained"] is False
    assert appraisal.check_final_rating(**facts, reason_recorded=True).answer["explained"] is True
    assert appraisal.check_final_rating(**facts, final_levels=[4] * 5).answer["explained"] is True


@pytest.mark.parametrize(
    ("day", "facts", "regime", "plan"),
    [
        ("2000-11-13", {}, "2000-rule", "agency"),
        ("2012-01-03", {}, "2000-rule", "agency"),
        ("2012-01-04", {"adopted_on": "2012-01-04"}, "basic-2012", "basic-2012"),
        ("2012-10-01", {"adopted_on": "2012-10-02"}, "2000-rule", "agency"),
        ("2012-10-01", {"uses_basic": False}, "2000-rule", "agency"),
        ("2012-10-01", {}, None, None),
        ("2015-10-25", {"uses_basic": False}, "2000-rule", "agency"),
        ("2015-10-26", {"uses_basic": False, "conforms": True}, "2015-rule", "agency"),
        ("2015-10-26", {"uses_basic": False, "conforms": False}, "2000-rule", "agency"),
        ("2015-10-26", {"uses_basic": False}, None, "agency"),
        ("2016-10-26", {"uses_basic": False, "conforms": False}, "2000-rule", "agency"),
        ("2016-10-27", {"uses_basic": False}, "2015-rule", "agency"),
        ("2015-10-26", {"adopted_on": "2013-10-01"}, "2015-rule", "basic-2012"),
        ("2025-09-30", {"adopted_on": "2013-10-01"}, "2015-rule", "basic-2012"),
        ("2025-10-01", {}, "basic-2025", "basic-2025"),
    ],
)
def test_the_regime_goes_by_the_first_day_of_the_period(day, facts, regime, plan):
    """Each regime begins with periods that start on its first day, not the day before."""
    answer = appraisal.regime(day, **facts).answer
    assert (answer["regime"], answer["plan"]) == (regime, plan)


def test_before_the_rule_of_2000_there_is_no_answer():
    """A period that started before 2000-11-13 is outside the package; no adoption comes before 2012-01-04."""
    with pytest.raises(FactError, match="2000-11-13"):
        appraisal.regime("2000-11-12")
    with pytest.raises(FactError, match="2012-01-04"):
        appraisal.regime("2012-10-01", adopted_on="2012-01-03")


@pytest.mark.parametrize(
    ("day", "pattern", "old", "lawful"),
    [
        ("2015-10-25", 4, None, True),
        ("2015-10-26", 4, None, None),
        ("2015-10-26", 4, True, True),
        ("2016-10-26", 3, True, True),
        ("2016-10-27", 3, True, False),
        ("2015-10-26", 5, None, True),
        ("2002-10-01", 2, None, False),
    ],
)
def test_five_levels_from_2015_with_a_year_to_finish(day, pattern, old, lawful):
    """Three or four levels are lawful to 2015-10-25, and to 2016-10-26 in an old system being finished."""
    assert appraisal.check_rating(day, pattern=pattern, finishing_old_system=old).answer["pattern_lawful"] is lawful


def test_a_three_level_system_is_lawful_but_cannot_be_certified():
    """From the certification rule of 2004 on, three levels are too few for certification."""
    answer = appraisal.check_rating("2006-10-01", pattern=3, rating=3).answer
    assert (answer["lawful"], answer["certifiable"]) == (True, False)
    assert appraisal.check_rating("2002-10-01", pattern=3, rating=3).answer["certifiable"] is None


def test_only_a_weak_critical_element_sinks_the_summary():
    """A summary of 1 on fully successful critical elements and a weak other element is outside the limits."""
    facts = {"pattern": 5, "summary": 1, "limits_numbers": False}
    ask = appraisal.check_agency_method
    assert ask("2001-10-01", critical_levels=[3, 3], other_levels=[1], **facts).answer["lawful"] is False
    assert ask("2001-10-01", critical_levels=[3, 1], other_levels=[1], **facts).answer["lawful"] is True
    assert ask("2001-10-01", critical_levels=[1], pattern=5, summary=2, limits_numbers=False).answer["lawful"] is False


def test_a_quota_is_barred_until_the_rule_of_2025():
    """A method that limits numbers is outside the law on 2025-10-14 and no longer on 2025-10-15."""
    facts = {"pattern": 5, "critical_levels": [3], "summary": 3, "limits_numbers": True}
    assert appraisal.check_agency_method("2025-10-14", **facts).answer["lawful"] is False
    assert appraisal.check_agency_method("2025-10-15", **facts).answer["lawful"] is True


WEIGHT = {"none": 0, "help_improve": 1, "must_reassign_transfer_or_remove": 2, "REFER_TO_COUNSEL": 3, "must_remove": 4}
HISTORIES = st.lists(
    st.tuples(st.integers(2015, 2024), st.integers(1, 5), st.integers(0, 120)), max_size=5, unique_by=lambda r: r[0]
)


def action(history):
    entries = [
        {"year": year, "level": level, "issued": date(year, 10, 15) + timedelta(days=late)}
        for year, level, late in history
    ]
    facts = {"appointment_type": "career", "on_probation": False, "history": entries}
    return appraisal.consequences("2025-06-30", **facts).answer["action"]


@settings(max_examples=times(250, 60), deadline=None)
@given(history=HISTORIES.filter(bool), place=st.integers(0, 4))
def test_a_better_rating_never_leads_to_a_harsher_consequence(history, place):
    """Raising any one rating of a history leaves the consequence as it is or makes it milder."""
    place %= len(history)
    better = [(y, min(5, level + (n == place)), late) for n, (y, level, late) in enumerate(history)]
    assert WEIGHT[action(better)] <= WEIGHT[action(history)]


@settings(max_examples=times(150, 40), deadline=None)
@given(history=HISTORIES, level=st.integers(3, 5))
def test_one_more_good_rating_never_leads_to_a_harsher_consequence(history, level):
    """A further rating at fully successful or better never makes the consequence harsher."""
    more = [(year, at, late) for year, at, late in history if year < 2024]
    assert WEIGHT[action([*more, (2024, level, 30)])] <= WEIGHT[action(more)]


def career(history, as_of="2025-06-30", **more):
    facts = {"appointment_type": "career", "on_probation": False, "history": history, **more}
    return appraisal.consequences(as_of, **facts)


def test_two_ways_of_counting_that_differ_go_to_counsel():
    """A pair inside the window by day and outside by year is for counsel, never settled by itself."""
    result = career(
        [{"year": 2021, "level": 2, "issued": "2022-01-10"}, {"year": 2024, "level": 2, "issued": "2024-12-12"}]
    )
    assert (result.answer["action"], result.answer["open"]) == ("REFER_TO_COUNSEL", ["R2"])
    assert result.answer["required"] is None
    assert any("day of issue" in caution for caution in result.cautions)


def test_an_open_five_year_window_keeps_the_duty_of_one_unsatisfactory_rating():
    """Where R1 is open, R3 still stands as the least that is owed."""
    result = career(
        [{"year": 2019, "level": 1, "issued": "2020-01-31"}, {"year": 2024, "level": 1, "issued": "2024-12-09"}]
    )
    assert (result.answer["action"], result.answer["rows"]) == ("REFER_TO_COUNSEL", ["R3"])


@pytest.mark.parametrize(("late", "action_due"), [("2025-12-09", "must_remove"), ("2025-12-10", "REFER_TO_COUNSEL")])
def test_the_three_year_window_ends_on_the_anniversary(late, action_due):
    """Ratings for 2022 and 2024 count by day too, up to the day before the third anniversary."""
    pair = [{"year": 2022, "level": 2, "issued": "2022-12-10"}, {"year": 2024, "level": 2, "issued": late}]
    assert career(pair, "2025-12-31").answer["action"] == action_due


def test_unknown_facts_leave_the_consequence_open():
    """Without the history, a level, the appointment type or the probation the answer is cannot tell."""
    weak = [{"year": 2024, "level": 1}]
    for facts in (
        {"appointment_type": "career", "on_probation": False},
        {"appointment_type": "career", "history": weak},
        {"on_probation": False, "history": weak},
        {"appointment_type": "career", "on_probation": False, "history": [{"year": 2024}]},
    ):
        result = appraisal.consequences("2025-01-31", **facts)
        assert result.answer["action"] is None
        assert result.says.startswith("Cannot tell")


def test_ratings_after_the_day_of_decision_do_not_count():
    """A rating issued after the day of decision is named and left out."""
    pair = [{"year": 2023, "level": 2}, {"year": 2024, "level": 2, "issued": "2024-12-10"}]
    assert career(pair, "2024-12-09").answer["action"] == "help_improve"
    assert career(pair, "2024-12-10").answer["action"] == "must_remove"


def test_limited_executives_owe_the_same_duty_by_other_means():
    """Two weak ratings of a limited appointee meet R9, carried out through R8."""
    pair = [{"year": 2023, "level": 2}, {"year": 2024, "level": 2}]
    result = appraisal.consequences("2024-12-31", appointment_type="limited_term", history=pair)
    answer = result.answer
    assert (answer["rows"], answer["action"], answer["award_eligible"]) == (["R9", "R8"], "must_remove", False)
    said = {reason.key: reason for reason in result.deciding}
    assert said["R2"].text.startswith("R2: limited term executive, two ratings below fully successful")
    assert "359" not in said["R2"].citation
    assert "R9" in said
    once = appraisal.consequences("2024-12-31", appointment_type="noncareer", history=pair[1:])
    assert [reason.key for reason in once.reasons] == ["R7"]


@pytest.mark.parametrize(("level", "required"), [(1, None), (2, False), (3, False)])
def test_on_probation_counsel_decides_whether_the_duty_of_the_statute_holds(level, required):
    """An unsatisfactory rating on probation is not called one that requires nothing."""
    answer = appraisal.consequences(
        "2024-12-31", appointment_type="career", on_probation=True, history=[{"year": 2024, "level": level}]
    ).answer
    assert (answer["action"], answer["required"]) == ("may_remove", required)
    assert answer["open"] == (["R9"] if level == 1 else [])


@pytest.mark.parametrize(("facts", "row"), [({"conduct": True}, "R11"), ({"reemployed_annuitant": True}, "R10")])
def test_conduct_and_annuitants_are_outside_the_table(facts, row):
    """Misconduct and reemployed annuitants go another way whatever the ratings."""
    assert career([{"year": 2024, "level": 1}], **facts).answer["rows"] == [row]


HEAD = {"appointment_type": "career", "head_appointed_on": "2025-04-01"}


@pytest.mark.parametrize(
    ("day", "blocked"), [("2025-03-31", False), ("2025-04-01", True), ("2025-07-30", True), ("2025-07-31", False)]
)
def test_the_removal_bar_runs_from_day_0_through_day_120(day, blocked):
    """5 U.S.C. 3592(b); 5 CFR 359.503, 359.406. The bar begins with the appointment and day 121 is open."""
    answer = appraisal.removal_bar(day, ground="less_than_fully_successful", **HEAD).answer
    assert answer["blocked"] is blocked


@pytest.mark.parametrize(("issued", "blocked"), [("2025-03-31", False), ("2025-04-01", True)])
def test_only_a_rating_given_before_the_appointment_lifts_the_bar(issued, blocked):
    """An unsatisfactory rating of the day before lifts the bar; one of the day itself does not."""
    for ask in (appraisal.removal_bar, appraisal.reassignment_bar):
        answer = ask("2025-06-15", ground="unsatisfactory", unsatisfactory_issued_on=issued, **HEAD).answer
        assert answer["blocked"] is blocked


def test_a_missing_fact_leaves_the_bar_open():
    """Ground, day of rating, appointments and supervisor are each needed while a bar may run."""
    for ask, power in (
        (appraisal.removal_bar, "supervisor_can_remove"),
        (appraisal.reassignment_bar, "supervisor_rates"),
    ):
        assert ask("2025-06-15", **HEAD).answer["blocked"] is None
        assert ask("2025-06-15", ground="unsatisfactory", **HEAD).answer["blocked"] is None
        assert ask("2025-06-15", appointment_type="career", ground="other").answer["blocked"] is None
        facts = {"appointment_type": "career", "ground": "other", "supervisor_appointed_on": "2025-06-01"}
        assert ask("2025-06-15", **facts, supervisor_noncareer=True).answer["blocked"] is None
        assert ask("2025-06-15", **facts, supervisor_noncareer=True, **{power: True}).answer["blocked"] is True
        assert ask("2025-06-15", **facts, supervisor_noncareer=True, **{power: False}).answer["blocked"] is False


@pytest.mark.parametrize(
    ("days", "first_open"), [(0, "2025-06-05"), (45, "2025-07-20"), (60, "2025-08-04"), (80, "2025-08-04")]
)
def test_at_most_sixty_days_on_detail_lengthen_the_reassignment_bar(days, first_open):
    """5 U.S.C. 3395(e); 5 CFR 317.901(c). Days on detail, up to 60, do not count toward the 120."""
    facts = {"appointment_type": "career", "ground": "other", "head_appointed_on": "2025-02-04", "detail_days": days}
    assert as_data(appraisal.reassignment_bar("2025-02-10", **facts).answer["first_open"]) == first_open


def test_acting_service_counts_and_consent_opens_the_reassignment_bar():
    """Days acting without a break count toward the 120, and an agreed move is not barred."""
    facts = {"appointment_type": "career", "ground": "other", "head_appointed_on": "2025-04-01"}
    answer = appraisal.reassignment_bar("2025-04-10", **facts, acting_since="2025-03-02").answer
    assert as_data(answer["first_open"]) == "2025-07-01"
    agreed = appraisal.reassignment_bar("2025-04-10", **facts, voluntary=True, outside_commuting_area=True).answer
    assert (agreed["blocked"], agreed["notice_days"]) == (False, 60)


def test_a_second_term_in_a_row_starts_no_rating_bar():
    """The bar needs a new President; a day of the term not stated, or of an earlier term, gives way to the one on record."""
    facts = {"appointment_type": "career", "administration_began_on": "2013-01-20"}
    assert appraisal.rating_bar("2013-02-01", **facts, same_president=True).answer["blocked"] is False
    assert appraisal.rating_bar("2013-02-01", **facts).answer["blocked"] is True
    assert appraisal.rating_bar("2013-02-01", appointment_type="career").answer["blocked"] is False
    assert appraisal.rating_bar("2017-05-20", appointment_type="career").answer["blocked"] is True
    earlier = appraisal.rating_bar("2017-05-20", appointment_type="career", administration_began_on="2009-01-20")
    assert earlier.answer["blocked"] is True
    assert "began on 2017-01-20, which is used" in earlier.cautions[0]
    later = appraisal.rating_bar("2025-05-20", appointment_type="career", administration_began_on="2026-06-24")
    assert later.answer["blocked"] is True
    assert later.cautions == (
        "2026-06-24 comes after 2025-05-20: an administration began on 2025-01-20, which is used.",
    )
    assert appraisal.rating_bar("2029-02-01", appointment_type="career").answer["blocked"] is None
    of_record = appraisal.rating_bar("2025-02-01", appointment_type="career", same_president=True)
    assert of_record.answer["blocked"] is True
    assert of_record.cautions == ("By the record a new President took office on 2025-01-20: the bar runs.",)
    assert appraisal.rating_bar("2013-02-01", administration_began_on="2013-01-20").answer["blocked"] is None
    assert appraisal.rating_bar("2013-01-19", **facts).answer["blocked"] is False


def test_a_complete_plan_passes_every_check():
    """A plan with nothing left out passes, and names nothing."""
    assert appraisal.check_plan("2012-10-01", **plan()).answer == {"passes": True, "failed": [], "not_known": []}


def swapped(number, **change):
    elements = plan()["elements"]
    kept = requirement(elements[number]["requirements"][0]["perspective"]) | change
    elements[number] = elements[number] | {"requirements": [{k: v for k, v in kept.items() if v is not None}]}
    return elements


@pytest.mark.parametrize(
    ("change", "failed", "not_known"),
    [
        ({"written": False}, ["A1"], []),
        ({"individual_and_organizational": None}, [], ["A2", "A6"]),
        ({"consulted_on": None, "consulted": False}, ["A3"], []),
        ({"communicated_on": "2012-10-02"}, ["A4"], []),
        ({"consulted_on": "2012-10-01", "communicated_on": "2012-09-30"}, ["A3"], []),
        ({"elements": []}, ["A5", "A7", "SL1", "SL2", "BM1", "BM2", "BM3", "BM4", "BM5", "PLAN elements"], []),
        ({"agrees_with_planning": False}, ["A8"], []),
        ({"elements": swapped(4, page="")}, ["SL2"], []),
        ({"elements": swapped(0, goal="")}, ["SL1"], []),
        ({"elements": swapped(3, own=False)}, ["BM2"], []),
        ({"elements": swapped(3, own=None)}, [], ["BM2"]),
        ({"elements": swapped(3, perspective="results")}, ["BM2"], []),
        ({"elements": swapped(1, perspective=None)}, [], ["BM3"]),
        ({"elements": swapped(2, data_source="")}, ["BM4"], []),
        (
            {"elements": [plan()["elements"][n] | {"weight": w} for n, w in enumerate((20, 20, 20, 25, 15))]},
            ["PLAN weights"],
            [],
        ),
        (
            {"elements": [{k: v for k, v in e.items() if k != "weight"} for e in plan()["elements"]]},
            [],
            ["PLAN weights"],
        ),
        ({"elements": plan()["elements"][::-1]}, ["PLAN elements"], []),
        ({"documents_cover_year": False}, ["SL3"], []),
        ({"cascades": None}, [], ["SL6"]),
    ],
)
def test_each_gap_in_a_plan_is_named_and_no_other(change, failed, not_known):
    """5 U.S.C. 4312(b)(1); 5 CFR 430.305, 430.306. One fault in an otherwise complete plan is found, and none is invented."""
    answer = appraisal.check_plan("2012-10-01", **plan(**change)).answer
    assert (answer["failed"], answer["not_known"]) == (failed, not_known)


def test_the_basic_plan_of_2012_is_not_the_one_for_periods_from_october_2025():
    """OPM memorandum of 2025-02-25: the new plan applies from fiscal year 2026."""
    for day, failed in (("2025-09-30", False), ("2025-10-01", True)):
        facts = plan(consulted_on="2025-09-01", communicated_on="2025-09-02")
        assert ("PLAN year" in appraisal.check_plan(day, **facts).answer["failed"]) is failed


def test_control_over_goals_is_asked_from_the_2015_rule():
    """SL5 begins with periods from 2015-10-26."""
    facts = plan(elements=swapped(0, own=False), communicated_on="2012-10-01")
    assert "SL5" not in appraisal.check_plan("2015-10-25", **facts).answer["failed"]
    assert "SL5" in appraisal.check_plan("2015-10-26", **facts).answer["failed"]


def test_the_plan_of_2025_needs_three_goal_requirements_and_no_page():
    """Two requirements under the last element are too few; a page number is optional."""
    names = parameters.figure("appraisal.basic_2025.elements", date(2025, 10, 1)).value

    def elements(count):
        wanted = [requirement(view, page=None) for view in ("results", "customers", "employees")]
        made = [
            {"name": name, "weight": weight, "standard": "x", "requirements": wanted}
            for name, weight in zip(names, (40, 15, 15, 15, 15), strict=True)
        ]
        made[-1] = made[-1] | {"requirements": wanted[:count]}
        return made

    def failed(count):
        facts = plan(plan="basic-2025", elements=elements(count))
        return appraisal.check_plan("2025-10-01", **facts).answer["failed"]

    assert failed(3) == []
    assert failed(2) == ["PLAN goal requirements"]


def test_whistleblower_protection_is_considered_from_2017_12_12():
    """BM9 is asked of appraisals from the day the statute gained the factor."""
    elements = plan()["elements"]
    considered = {"staff_performance": True, "equal_opportunity": True, "whistleblower_protection": False}
    facts = {"elements": elements, "narrative_covers": ["results", "customers", "employees"], "considered": considered}
    before = appraisal.balanced_measures("2017-12-11", stage="appraisal", **facts).answer
    after = appraisal.balanced_measures("2017-12-12", stage="appraisal", **facts).answer
    assert (before["failed"], after["failed"]) == ([], ["BM9"])
    assert before["requirements"] == {"results": 3, "customers": 1, "employees": 1}


def test_perspectives_alone_answer_balance_but_not_sources():
    """Naming only the perspectives settles BM1 to BM3 and BM5; the data sources stay not known."""
    answer = appraisal.balanced_measures("2012-10-01", perspectives=["results", "customers"]).answer
    assert (answer["passes"], answer["failed"], answer["not_known"]) == (False, ["BM3"], ["BM4"])
    assert appraisal.balanced_measures("2012-10-01", perspectives=["results"]).answer["failed"] == ["BM2", "BM3", "BM5"]
    assert appraisal.balanced_measures("2012-10-01").answer["passes"] is None
    with pytest.raises(FactError, match="not both"):
        appraisal.balanced_measures("2012-10-01", perspectives=["results"], elements=[])


def test_the_tension_of_2025_is_shown_and_no_side_taken():
    """From 2025-10-15 the statutory factor stays and the rule's wording is gone: a caution says both."""
    assert not appraisal.balanced_measures("2025-10-14", stage="appraisal").cautions
    assert any("no side" in text for text in appraisal.balanced_measures("2025-10-15", stage="appraisal").cautions)


def test_a_board_with_an_opm_finding_needs_no_career_majority():
    """Only OPM's finding lifts the career majority."""
    facts = {"members": 4, "career": 1, "appointment_type": "career"}
    assert appraisal.check_board("2018-11-01", **facts).answer["roster_passes"] is False
    assert appraisal.check_board("2018-11-01", **facts, opm_finding=True).answer["roster_passes"] is True


def test_a_board_that_deliberates_before_its_names_are_published_fails():
    """With no first meeting stated the day of the question is one of service."""
    facts = {"members": 3, "career": 2, "appointment_type": "career", "published_on": "2018-10-01"}
    assert appraisal.check_board("2018-10-01", **facts).answer["failed"] == ["P8"]
    assert "P8" in appraisal.check_board("2018-10-02", **facts).answer["not_known"]


def test_a_rule_of_2015_says_nothing_of_a_review_under_the_rule_of_2000():
    """A member of the board as reviewer: barred from 2015-10-26, open before."""
    for day, may in (("2015-10-25", None), ("2015-10-26", False)):
        answer = appraisal.higher_level_review(day, not_yet_sent=True, reviewer="board_member").answer
        assert answer["reviewer_may_act"] is may


@pytest.mark.parametrize(("published", "failed"), [("2018-10-31", []), ("2018-11-01", ["P8"])])
def test_names_are_published_before_the_first_meeting(published, failed):
    """5 U.S.C. 4314(c)(4); 5 CFR 430.311. Publication on the day of the first meeting is too late."""
    facts = {"members": 3, "career": 2, "appointment_type": "career", "first_meeting": "2018-11-01"}
    assert appraisal.check_board("2018-11-01", **facts, published_on=published).answer["failed"] == failed


def test_a_board_on_unknown_facts_cannot_be_judged():
    """Without the career count or the kind of executive the majority is open where it decides."""
    assert appraisal.check_board("2018-11-01", members=5, appointment_type="career").answer["roster_passes"] is None
    assert appraisal.check_board("2018-11-01", members=4, career=2).answer["roster_passes"] is None
    with pytest.raises(FactError, match="career"):
        appraisal.check_board("2018-11-01", members=3, career=4)


def test_the_record_of_the_board_gains_checks_in_2015():
    """5 U.S.C. 4314(b)(1)(B), 4314(c)(2); 5 CFR 430.310, 430.311. P10, P13 and P19 begin on 2015-10-26, and the board comes before the rating."""
    facts = {"own_case_excluded": True, "saw_package": True, "written": True}
    facts |= {"response_offered": True, "review_offered": True, "covers_award": True}
    days = {"recommended_on": "2015-10-20", "annual_rating_on": "2015-10-20"}
    assert appraisal.check_board_record("2015-10-25", **facts, **days).answer["passes"] is True
    after = appraisal.check_board_record("2015-10-26", **facts, **days).answer
    assert after["not_known"] == ["P10", "P13", "P19"]
    late = appraisal.check_board_record("2015-10-25", **facts, **days | {"annual_rating_on": "2015-10-19"})
    assert late.answer["failed"] == ["ORDER"]


def test_the_minimum_period_is_extended_not_skipped():
    """89 days are one too few: the period is extended to its ninetieth day."""
    answer = as_data(appraisal.minimum_period("2024-07-04", period_end="2024-09-30").answer)
    assert answer == {"days": 89, "rate": False, "earliest_end": "2024-10-01"}
    assert appraisal.minimum_period("2024-07-04").answer["rate"] is None


def test_an_early_end_needs_a_basis_and_from_2015_a_benefit():
    """A period may end early after the minimum with an adequate basis; the 2015 rule adds effectiveness."""
    facts = {"period_end": "2015-10-01", "ends_early": True, "adequate_basis": True}
    assert appraisal.minimum_period("2015-01-01", **facts).answer["rate"] is True
    later = facts | {"period_end": "2016-06-01"}
    assert appraisal.minimum_period("2015-10-26", **later).answer["rate"] is None
    assert appraisal.minimum_period("2015-10-26", **later, promotes_effectiveness=False).answer["rate"] is False


def test_progress_reviews_one_by_rule_and_four_panels_in_the_plan_of_2025():
    """5 CFR 430.306, 430.307. One review in the period is the rule; the plan of 2025 has four panels, the last perhaps met by the appraisal."""
    assert appraisal.progress_review("2012-10-01", reviews=["2013-10-01"]).answer["passes"] is False
    assert appraisal.progress_review("2012-10-01", reviews=["2013-09-30"]).answer["passes"] is True
    basic = appraisal.progress_review("2012-10-01", plan="basic-2012", reviews=["2013-04-01"])
    assert basic.answer["passes"] is True
    more = appraisal.progress_review("2012-10-01", reviews=["2013-04-01"], agency_minimum=2).answer
    assert (more["lawful"], more["passes"]) == (True, False)
    held = ["2025-12-15", "2026-03-15", "2026-06-15"]
    found = appraisal.progress_review("2025-10-01", plan="basic-2025", reviews=held, last_quarter="review")
    answer = found.answer
    assert (answer["needed"], answer["quarters_without"], answer["lawful"], answer["passes"]) == (4, [4], True, False)
    assert ("not met", "3 held in the period; plan and agency ask for 4.") in [
        (reason.outcome, reason.text) for reason in found.deciding
    ]
    by_rating = appraisal.progress_review("2025-10-01", plan="basic-2025", reviews=held)
    assert by_rating.answer["passes"] is True
    assert appraisal.progress_review("2012-10-01").answer["passes"] is None


def test_a_losing_supervisor_appraises_after_the_minimum_only():
    """At 89 days nothing is owed; at 90 an appraisal is, by the last day."""
    assert appraisal.job_change("2024-01-01", leaves_on="2024-03-29").answer["owed"] is False
    owed = appraisal.job_change("2024-01-01", leaves_on="2024-03-30", appraised_on="2024-03-31").answer
    assert owed == {"owed": True, "in_time": False}
    assert appraisal.job_change("2024-01-01", leaves_on="2024-03-30").answer["in_time"] is None


@pytest.mark.parametrize(
    ("facts", "may"),
    [
        ({"reviewer": "higher_official"}, True),
        ({"reviewer": "officer"}, None),
        ({"reviewer": "officer", "executive_consents": True}, True),
        ({"reviewer": "board_member"}, False),
        ({"reviewer": "rater"}, False),
        ({"reviewer": "other", "reports_to_head": True}, True),
        ({"reviewer": "other", "reports_to_head": False}, False),
        ({}, None),
    ],
)
def test_who_may_review_an_initial_rating(facts, may):
    """5 U.S.C. 4312(b)(3); 5 CFR 430.308, 430.309. A higher official may; an officer with consent; never a board member or the rater."""
    answer = appraisal.higher_level_review("2016-11-01", sent_to_board_on="2016-11-02", **facts).answer
    assert (answer["in_time"], answer["reviewer_may_act"]) == (True, may)


def test_the_cycle_names_sixteen_steps_with_owner_and_days():
    """Every step has an owner; by 5 CFR 430.311, 430.313 records stay five years; plan, reviews and records have their days."""
    rows = as_data(appraisal.cycle("2012-10-01", plan="basic-2012", annual_ratings_on="2013-11-15").answer)
    assert [row["step"] for row in rows] == list(range(1, 17))
    assert all(row["owner"] for row in rows)
    assert rows[1]["last_day"] == "2012-10-01"
    assert rows[3]["last_day"] == "2013-09-30"
    assert rows[15]["last_day"] == "2018-11-15"
    assert appraisal.records("2013-11-15").answer == date(2018, 11, 15)
    assert appraisal.records("2015-11-15").answer == date(2020, 11, 15)


@pytest.mark.parametrize(("notice", "passes"), [("2024-12-01", True), ("2024-12-02", False)])
def test_thirty_days_notice_of_a_removal(notice, passes):
    """Notice 30 days before is in time and 29 days before is not."""
    facts = {
        "appointment_type": "career",
        "on_probation": False,
        "notice_on": notice,
        "position_named_on": "2024-12-21",
        "states": ["basis", "placement", "hearing", "effective_date"],
    }
    answer = as_data(appraisal.removal_notice("2024-12-31", **facts).answer)
    assert answer["passes"] is passes
    assert answer["latest"] == {"notice": "2024-12-01", "position": "2024-12-21", "hearing": "2024-12-16"}
    late = facts | {"notice_on": "2024-12-01", "position_named_on": "2024-12-22"}
    assert appraisal.removal_notice("2024-12-31", **late).answer["failed"] == ["position"]


def test_a_noncareer_removal_needs_a_day_and_an_unknown_kind_cannot_be_told():
    """5 U.S.C. 3592(c). One day's notice for noncareer and limited; without the kind no procedure can be named."""
    ask = appraisal.removal_notice
    assert ask("2024-12-31", appointment_type="noncareer", notice_on="2024-12-31").answer["passes"] is False
    assert ask("2024-12-31", appointment_type="noncareer", notice_on="2024-12-30").answer["passes"] is True
    assert ask("2024-12-31", notice_on="2024-12-01").answer["passes"] is None


@pytest.mark.parametrize(
    ("facts", "right"),
    [
        ({"appointment_type": "career", "on_probation": True, "reason": "performance", "came_from_career": True}, True),
        ({"appointment_type": "career", "on_probation": True, "reason": "misconduct", "came_from_career": True}, False),
        ({"appointment_type": "career", "on_probation": True, "reason": "performance"}, None),
        ({"appointment_type": "career", "on_probation": False}, None),
        ({"appointment_type": "limited_term", "reason": "other", "came_from_career": True, "same_agency": True}, True),
        ({"appointment_type": "limited_term", "reason": "other", "came_from_career": False}, False),
        ({}, None),
    ],
)
def test_who_has_a_right_to_placement(facts, right):
    """5 U.S.C. 3594(a), (b). Probationers need a career origin and no misconduct; limited appointees go back to their former job."""
    assert appraisal.placement("2024-12-31", **facts).answer["right"] is right


def test_a_placement_position_lasts_three_months_at_gs_15():
    """5 CFR 359.702, 359.703. The position is continuing from three months on, and at GS-15 or above."""
    result = appraisal.placement("2024-12-31", appointment_type="career", on_probation=False, reason="performance")
    assert any("at least 3 months, GS-15 or above" in reason.text for reason in result.reasons)
    assert result.answer["pay"] is None


@pytest.mark.parametrize(
    ("rated_count", "high", "lawful"),
    [(5, 1, True), (5, 2, False), (20, 6, True), (20, 7, False), (5, None, None), (100, 31, False)],
)
def test_the_ceiling_is_30_percent_rounded_down_from_five_career_executives(rated_count, high, lawful):
    """The ceiling binds from five career executives on, one above the rounded share is too many."""
    answer = appraisal.rating_ceiling("2026-09-30", career_rated=rated_count, career_high=high).answer
    assert answer["covered"] is True
    assert answer["lawful"] is lawful


def test_the_ceiling_begins_with_the_closeout_of_2026_and_may_be_waived():
    """The day before nothing binds; the President may waive it; unknown numbers leave it open."""
    facts = {"career_rated": 10, "career_high": 9}
    assert appraisal.rating_ceiling("2026-09-29", **facts).answer["lawful"] is True
    assert appraisal.rating_ceiling("2026-09-30", **facts).answer["lawful"] is False
    assert appraisal.rating_ceiling("2026-09-30", **facts, waived=True).answer["lawful"] is True
    assert appraisal.rating_ceiling("2026-09-30").answer["lawful"] is None


def test_more_than_30_percent_in_2025_is_warned_of():
    """For the 2025 closeout 31 of 100 brings a caution and 30 of 100 none; nothing binds before the memorandum."""
    assert not appraisal.rating_ceiling("2025-09-30", career_rated=100, career_high=30).cautions
    assert appraisal.rating_ceiling("2025-09-30", career_rated=100, career_high=31).cautions
    assert not appraisal.rating_ceiling("2024-09-30", career_rated=100, career_high=31).cautions


def test_an_agency_quota_is_barred_to_2025_10_14():
    """5 CFR 430.305(a)(5). An agency's limit on a level is a forced distribution until the ban ends."""
    assert appraisal.rating_ceiling("2025-10-14", agency_limit=20).answer["lawful"] is False
    result = appraisal.rating_ceiling("2025-10-15", agency_limit=20)
    assert result.answer["lawful"] is True
    assert any("430.404" in caution for caution in result.cautions)


def test_leaders_are_checked_item_by_item():
    """What stands in neither list is not known, a wrong key is named, and AL11 begins with the 2015 rule."""
    everything = [f"AL{number}" for number in range(1, 13)]
    assert appraisal.leader_responsibilities("2016-10-01", met=everything).answer["passes"] is True
    answer = appraisal.leader_responsibilities("2016-10-01", met=everything[:10], not_met=["AL12"]).answer
    assert (answer["failed"], answer["not_known"]) == (["AL12"], ["AL11"])
    with pytest.raises(FactError, match="AL11"):
        appraisal.leader_responsibilities("2001-10-01", met=["AL11"])
    with pytest.raises(FactError, match="both"):
        appraisal.leader_responsibilities("2016-10-01", met=["AL1"], not_met=["AL1"])


def test_adoption_follows_the_end_of_the_certification():
    """The basic system is adopted by the end of the current certification, or by the last day of the 2015 rule."""
    ask = appraisal.transition
    assert ask("2012-03-01", certification_ends="2013-06-30").answer["adopt_by"] == date(2013, 6, 30)
    assert ask("2012-03-01", certified=False).answer["adopt_by"] == date(2016, 10, 26)
    assert ask("2012-03-01").answer["adopt_by"] is None
    with pytest.raises(FactError, match="2012-01-04"):
        ask("2012-01-03", certified=False)


def test_what_may_be_changed_is_read_from_the_rules():
    """Every item the question offers has its rule, and the fixed ones say no."""
    items = find("appraisal.customization").slots["item"].kind
    assert {f"appraisal.custom.{item}" for item in items} == set(parameters.paths("appraisal.custom"))
    answers = {item: appraisal.customization("2013-10-01", item=item).answer["allowed"] for item in items}
    assert {item for item, allowed in answers.items() if allowed == "no"} == {
        "critical_elements",
        "number_of_levels",
        "points_and_bands",
    }


def test_every_appraisal_rule_is_used():
    """Every rule in the file is named in the code, by its own key or as an item of a list the code walks."""
    folder = Path(appraisal.__file__).parents[1]
    code = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    walked = {"cycle", "leaders", "custom", "steps"}
    for path in parameters.paths("appraisal"):
        _, group, key = path.split(".")
        assert group in walked or f"{key}=" in code or any(f"{mark}{key}" in code for mark in ("'", '"', ".")), path


def test_every_question_says_what_its_answer_holds():
    """Every appraisal question opens with what is asked and says what the answer holds."""
    for name, question in questions().items():
        if name.startswith("appraisal."):
            assert question.asks.endswith("?"), name
            assert "`answer`" in (question.__doc__ or ""), name
