"""No given fact without a trace, and what is said to change an answer changes it: over every question and every fact."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from itertools import islice

import pytest

from seskit.desk.asked import declared
from seskit.law import appraisal, awards, pay_setting, probing
from seskit.law.facts import FactError
from seskit.law.question import find, questions
from tests.worked import WORKED

#: For each question its example and every worked case, and the first of them that goes with a fact.
CASES_OF: dict[str, list[dict]] = {}
for _, case in WORKED:
    CASES_OF.setdefault(case["ask"], []).append(case["facts"])

#: Facts that have no usual value, such as lists, beside the example of their question; None leaves one of it out.
ALSO: dict[str, list[dict]] = {
    "appraisal.balanced_measures": [
        {"elements": None, "perspectives": ["results", "customers"]},
        {"narrative_covers": ["results"], "considered": {"equal_opportunity": True}, "stage": "appraisal"},
        {"narrative_covers": ["results"], "considered": {"equal_opportunity": True}},
    ],
    "appraisal.check_plan": [{"elements": [{"name": "Results", "critical": True, "standard": "As the goals say."}]}],
    "appraisal.check_steps": [{"levels": [1, 2, 3, 5]}],
    "appraisal.detail": [{"days": None, "last_day": "2024-05-01"}],
    "appraisal.removal_notice": [{"states": ["basis", "effective_date"]}, {"on_probation": False, "states": ["basis"]}],
    "certification.assess": [{"design_flawed": ["alignment"]}, {"as_of": "2005-02-01", "certified_for": 2005}],
    "certification.calendar": [
        {"granted": "2004-12-01", "certified_for": 2004},
        {"extended_to": "2026-09-01", "period_ends": ["2024-08-31", "2025-08-31"]},
        {"basic_system": True},
    ],
    "certification.indicators": [
        {"average_rate": [0, 180000, 190000, 200000, 210000], "above_level_III": [0, 0, 1, 2, 3]}
    ],
    "staffing.ecq_rating": [
        {"technical": {"C1": 2, "C2": 5}, "technical_weight": 40, "board_order": ["C2", "C1"]},
        {"board_order": ["C2", "C1"]},
    ],
    "staffing.probation": [
        {"appointed_on": "2016-06-12", "department_of_defense": True, "extended_to": "2019-01-11"},
    ],
    "report.due_date": [{"awards_determined_on": "2014-12-22", "count": "working", "closed_days": ["2014-12-26"]}],
    "staffing.posting_window": [{"opens_on": "2014-12-13", "shift_to_working_day": True, "closed_days": ["2014-12-26"]}],
    "staffing.qrb_deadline": [{"closes_on": "2025-03-03", "closed_days": ["2025-04-07"]}, {"closed_days": ["2026-04-06"]}],
    "staffing.timeline": [
        {"moved": "closes_on", "moved_to": "2026-04-10"},
        {"closed_days": ["2026-04-06"]},
    ],
}  # fmt: skip


@cache
def example(name):
    """The answer to a question's own example."""
    return find(name)(**declared.of(name).example)


def answered(question, facts):
    try:
        return question(**facts)
    except FactError:
        return None


def words(result):
    """Everything that a reader is told, as the question wrote it."""
    return result.answer, result.says, result.reasons, result.figures, result.cautions


def stated(name, slot):
    """Answers to which the fact was stated: the example, with each usual value, then the worked cases."""
    if slot.name in example(name).facts:
        yield example(name)
    days = [value for value in example(name).facts.values() if isinstance(value, date)]
    for value in probing.values(slot, max(days, default=None)):
        if made := answered(find(name), {**example(name).facts, slot.name: value}):
            yield made
    told = [{**example(name).facts, **more} for more in ALSO.get(name, [])]
    told = [{fact: value for fact, value in facts.items() if value is not None} for facts in told]
    for facts in [*told, *CASES_OF.get(name, [])]:
        if slot.name in facts and (made := answered(find(name), facts)):
            yield made


@pytest.mark.parametrize("name", sorted(questions()))
def test_every_fact_that_is_given_is_used_or_named_as_not_asked(name):
    """Each optional fact of the question, with its values: the answer moves with it, or says that it was not asked."""
    asked = find(name)
    looked = set()
    for slot in asked.slots.values():
        if slot.required or slot.name == "as_of":
            continue
        for result in islice((one for one in stated(name, slot) if one.facts.get(slot.name) is not None), 2):
            looked.add(slot.name)
            others = [{fact: kept for fact, kept in result.facts.items() if fact != slot.name}]
            others += [{**result.facts, slot.name: value} for value in probing.values(slot, result.as_of)]
            made = [other for facts in others if (other := answered(asked, facts))]
            used = not made or any(words(other) != words(result) for other in made)
            named = slot in result.traceless
            assert used is not named, (slot.name, result.facts)
            if named:
                assert any(said.startswith(f"{slot.label}: not asked") for said in result.not_asked)
    optional = {slot.name for slot in asked.slots.values() if not slot.required and slot.name != "as_of"}
    assert optional - looked == set()


@pytest.mark.parametrize("name", sorted(questions()))
def test_what_is_said_to_change_the_answer_changes_it(name):
    """With exactly the facts that a line names, the answer is the one that the line says."""
    asked, result = find(name), example(name)
    labels = {slot.label: slot.name for slot in asked.slots.values()}
    for change, line in zip(result.changes, result.could_change, strict=True):
        beside = {labels[label]: value for label, value, _ in change.together}
        other = asked(**{**result.facts, **beside, change.fact: change.value})
        if change.parts:
            assert other.says == result.says
            assert all(other.answer[part] != result.answer[part] for part in change.parts)
            continue
        assert other.says != result.says
        assert other.says.startswith(change.says)
        assert change.says != result.says.split(". ")[0].rstrip(".")
        if beside:
            assert "(together with " in line
            without = answered(asked, {**result.facts, **beside})
            assert without is not None
            assert without.says != other.says


def test_the_assumed_is_what_changes_the_answer_alone():
    """A fact that matters only together with others is not called assumed on the first line."""
    result = pay_setting.adjust(
        "2026-01-11", rate=190000, proposed_rate=195000, rating=4, certified=True, last_adjusted="2025-01-12"
    )
    assert result.assumed == "Assumed, because it was not stated: Warranted: yes."
    (approval,) = (change for change in result.changes if change.fact == "top_official_approves")
    assert [label for label, _, _ in approval.together] == ["Exception ground"]


def test_a_fact_of_a_rule_of_another_day_is_named_on_the_first_screen():
    """A pay adjustment told of in 2011, when the board's word on pay was not asked, with the day on which it begins."""
    result = appraisal.check_board_record("2011-11-01", response_offered=False, covers_pay=False)
    (line,) = result.not_asked
    assert re.match(r"P19: not asked on 2011-11-01, because it is asked from 2015-10-26", line)
    assert line in result.to_text(brief=True)
    assert next(reason for reason in result.reasons if reason.key == "P19").outcome == "not asked"
    silent = appraisal.check_board_record("2011-11-01", response_offered=False)
    assert silent.not_asked == ()


def test_a_stated_default_that_decides_nothing_is_named():
    """A fact stated with the value it would have had anyway is used, or named as not asked; a needed one, too."""
    result = pay_setting.pay_range("2003-12-31", certified=False, group="SES")
    assert [line.split(":")[0] for line in result.not_asked] == ["Appraisal system certified"]


@pytest.mark.parametrize("name", sorted(questions()))
def test_amounts_are_written_with_their_unit(name):
    """Dollars only where the fact is in dollars; a percentage is never an amount."""
    asked = find(name)
    for change, line in zip(example(name).changes, example(name).could_change, strict=True):
        told = line.removeprefix(f"{change.label}").split(": ")[0].split("(together")[0]
        assert ("$" in told) is (asked.slots[change.fact].unit.startswith("USD") and change.value is not None), line


def test_a_choice_may_be_written_in_words():
    """As it is read on the screen: with spaces."""
    left = awards.award_after_leaving(
        "2026-12-15", period_end="2026-09-30", left_on="2026-10-15", rating=5, left_to="another agency",
        career_at_period_end=True,
    )  # fmt: skip
    assert left.facts["left_to"] == "another_agency"
