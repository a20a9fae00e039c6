"""An answer is honest: it rests on what decides, names what could change it, and ignores no fact in silence."""

import pytest

from seskit.law import appraisal, awards, certification, pay_setting, probing
from seskit.law.facts import FactError
from seskit.law.question import find
from seskit.law.result import LABELS, Reason, Result, Working
from tests.worked import WORKED

#: Every nineteenth worked example: enough to meet most questions, few enough to be asked many times over.
SAMPLE = [case for _, case in WORKED if "refuses" not in case["expect"]][::19]
ADJUST = {"rate": 150000, "proposed_rate": 155000, "rating": 4, "certified": True, "last_adjusted": "2008-01-12"}


def without(result, name):
    return {fact: value for fact, value in result.facts.items() if fact != name}


@pytest.mark.parametrize("case", SAMPLE, ids=lambda case: f"{case['ask']}-{case['id']}")
def test_no_given_fact_is_without_a_trace(case):
    """A fact that was given changes the answer, its reasons or its working, or is listed as not asked."""
    question = find(case["ask"])
    result = question(**case["facts"])
    listed = [slot.name for slot in probing.unused(question, result)]
    for name, value in result.facts.items():
        slot = question.slots[name]
        if slot.required or name == "as_of" or value is None or value == slot.default or name in listed:
            continue
        tried = [without(result, name)]
        tried += [{**result.facts, name: other} for other in probing.values(slot, result.as_of)]
        answers = []
        for facts in tried:
            try:
                answers.append(question(**facts))
            except FactError:
                answers.append(None)
        assert any(other is None or other.to_dict() != result.to_dict() for other in answers), name
    shown = result.to_text()
    assert all(line.split(":")[0] in shown for line in result.not_asked)


def test_a_fact_that_is_not_asked_on_that_day_is_named():
    """Before the open range no rate depended on certification; a reader who gave it is told."""
    result = pay_setting.pay_range("2004-01-10", certified=True)
    assert any("not asked on 2004-01-10" in line for line in result.not_asked)
    assert "Given, and not asked:" in result.to_text(brief=True)
    assert "not asked on January 10, 2004" in result.to_html()


@pytest.mark.parametrize("case", SAMPLE[::2], ids=lambda case: f"{case['ask']}-{case['id']}")
def test_what_would_change_the_answer_does(case):
    """Each fact named as able to change the answer leads to another one, and none is named that was not tried."""
    question = find(case["ask"])
    result = question(**case["facts"])
    for change in probing.changes(question, result):
        assert change.fact in question.slots
        assert change.missing == (result.facts.get(change.fact) is None)
        if not change.missing:
            other = question(**{**result.facts, change.fact: change.value})
            assert other.verdict != result.verdict


def test_the_facts_that_could_turn_an_answer_are_named_with_the_nearest_value():
    """A rating one level lower, a clock one year later, a proposal above the range."""
    result = pay_setting.adjust("2010-01-11", **ADJUST)
    found = {change.fact: change for change in probing.changes(pay_setting.adjust, result)}
    assert found["rating"].value == 2
    assert found["warranted"].missing
    assert "Annual summary rating; with 2: Not allowed" in "\n".join(result.could_change)


def test_a_fact_that_can_no_longer_matter_is_not_asked_for():
    """A noncareer appointee gets no performance award, whatever the rating and the rate."""
    asked = probing.can_matter(awards.check_award, {"as_of": "2002-09-30", "appointment_type": "noncareer"})
    assert "rating" not in asked
    assert "rating" in probing.can_matter(awards.check_award, {"as_of": "2002-09-30", "appointment_type": "career"})


def reasons(*outcomes):
    return tuple(Reason(f"{outcome}.", "a", outcome, basis) for outcome, basis in outcomes)


@pytest.mark.parametrize(
    ("answer", "given", "decides", "confidence"),
    [
        (True, [("met", "verified"), ("met", "design")], 2, "design"),
        (False, [("not met", "verified"), ("met", "design")], 1, "verified"),
        (False, [("not met", "verified"), ("cannot tell", "recalled")], 1, "verified"),
        (None, [("met", "verified"), ("cannot tell", "verified")], 1, "cannot tell"),
        (True, [("met", "verified"), ("assumed", "verified")], 2, "design"),
        (True, [("met", "verified"), ("open reading", "verified")], 2, "design"),
        (awards.CheckedAward(False, None), [("not met", "verified"), ("met", "recalled")], 1, "verified"),
    ],
)
def test_confidence_rests_on_what_decides(answer, given, decides, confidence):
    """A test that was met does not weaken a no; what nobody stated is never confirmed in a source."""
    result = Result("", None, answer, "So.", reasons(*given))
    assert len(result.deciding) == decides
    assert result.confidence == confidence
    assert LABELS[confidence] in result.to_text(brief=True)


def test_a_convention_that_changed_nothing_decides_nothing():
    """A step marked so is in the record, and the answer does not rest on it."""
    work = Working(None)
    work.test(True, "Met.", "a")
    work.note("No fraction was dropped.", "a", basis="design", decides=False)
    assert work.answer(True, "Yes.").confidence == "verified"


def test_the_first_screen_is_short():
    """An answer's first screen leaves out figures and the reasons that decide nothing."""
    result = pay_setting.adjust("2009-06-01", **ADJUST)
    brief, whole = result.to_text(brief=True), result.to_text()
    assert "Figures used:" not in brief
    assert "Figures used:" in whole
    assert len(brief.split()) < 210


@pytest.mark.parametrize("name", sorted({case["ask"] for _, case in WORKED if "refuses" not in case["expect"]}))
def test_what_cannot_be_told_is_confirmed_in_no_source(name):
    """Of every worked case, whole and without each of its facts: the sentence and the confidence say the same."""
    question = find(name)
    for case in [case for _, case in WORKED if case["ask"] == name and "refuses" not in case["expect"]][:8]:
        whole = case["facts"]
        for left_out in (
            None,
            *(fact for fact in whole if fact in question.slots and not question.slots[fact].required),
        ):
            try:
                result = question(**{fact: value for fact, value in whole.items() if fact != left_out})
            except FactError:
                continue
            first = result.says.split(". ")[0].lower()
            if "cannot tell" in first or "cannot be determined" in first:
                assert result.confidence == "cannot tell", result.says
                assert result.verdict is None
            elif result.confidence == "cannot tell":
                words = ("cannot be", "not known", "missing", "waits")
                assert any(word in result.says.lower() for word in words), result.says


def test_a_ceiling_is_told_without_the_number_it_is_held_against():
    """The older question asks how many may be; who is at Levels 4 and 5 is another matter."""
    result = certification.top_two_ceiling(fiscal_year=2026, career=10)
    assert (result.answer, result.says) == (3, "At most 3 of 10 may be at Levels 4 and 5.")


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        (True, ""),
        (False, "has no statement of the level it equals"),
        (None, "needs a statement of the level it equals"),
    ],
)
def test_an_own_name_of_a_level_is_on_the_first_line(stated, words):
    """430.305(a)(7): what the agency's own name lacks is part of the answer's sentence."""
    facts = {"pattern": 5, "rating": 4, "label": "Superior", "equivalency_stated": stated}
    says = appraisal.check_rating("2018-10-01", **facts).says
    assert words in says
    assert ("Superior" in says) is bool(words)
