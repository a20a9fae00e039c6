"""Facts that can hardly be right are refused or told, over every question and every fact of the kind; nothing lawful is."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any

import pytest

from seskit.desk.asked import declared
from seskit.law import odd_facts, parameters
from seskit.law.facts import FactError
from seskit.law.question import find, questions
from tests.worked import WORKED

ASKED = sorted(questions())
#: Two worked cases that are about facts that can hardly be right.
MEANT = ({"rate": 16000}, {"last_adjusted": "2016-03-07"})


@cache
def answers(name: str) -> tuple[Any, ...]:
    """What a question answers to its example and to its worked cases."""
    given = [declared.of(name).example, *(case["facts"] for _, case in WORKED if case["ask"] == name)]
    return tuple(made for facts in given if (made := asked(name, facts)))


def asked(name: str, facts: Any) -> Any:
    try:
        return find(name)(**facts)
    except FactError:
        return None


def told(name: str, facts: Any, *words: str) -> bool:
    """Whether the facts are refused, or an answer's caution has all these words."""
    made = asked(name, facts)
    return made is None or any(all(word in caution for word in words) for caution in made.cautions)


@pytest.mark.parametrize("name", ASKED)
def test_each_odd_fact_is_refused_or_told(name):
    """A day far from all others, or out of its order; pay of a month, and pay of nine million; a percentage as a fraction."""
    for slot in find(name).slots.values():
        made = next((one for one in answers(name) if one.facts.get(slot.name) is not None), None)
        if made is None or slot.name == "as_of":
            continue
        if slot.kind is date:
            assert told(name, {**made.facts, slot.name: "1950-06-01"}, "1950-06-01", "check"), slot.name
            if "as_of" in made.facts:
                assert told(name, {**made.facts, slot.name: "2150-06-01"}, "2150-06-01", "check"), slot.name
        if slot.unit == "USD per year":
            assert told(name, {**made.facts, slot.name: 15_000}, "$15,000", "check"), slot.name
        if slot.unit in ("USD per year", "USD") and not isinstance(made.facts[slot.name], list):
            assert told(name, {**made.facts, slot.name: 9_000_000}, "$9,000,000", "check"), slot.name
        if slot.unit == "percent" and not isinstance(made.facts[slot.name], list):
            assert told(name, {**made.facts, slot.name: "0.05"}, "0.05 percent", "check"), slot.name


@pytest.mark.parametrize("name", ASKED)
def test_days_that_must_follow_others_are_told_where_they_do_not(name):
    """One day after the as-of date, or one before the day that comes first; in their order nothing is said."""
    for slot in find(name).slots.values():
        made = next((one for one in answers(name) if "as_of" in one.facts), None)
        if made is None or slot.kind is not date:
            continue
        as_of = made.facts["as_of"].toordinal()
        for days in (1, -1) if slot.happened else ():
            given = date.fromordinal(as_of + days)
            said = asked(name, {**made.facts, slot.name: given})
            line = f"{slot.label}: {given} comes after {made.facts['as_of']}; check both days."
            assert said is None or (line in said.cautions) is (days == 1), slot.name
        for first in slot.after:
            early, late = (date.fromordinal(as_of + days) for days in (-20, -10))
            days = {first: late, slot.name: early}
            assert told(name, {**made.facts, **days}, f"{early} comes before {late}", "check both days"), slot.name


def test_no_lawful_case_is_doubted():
    """Of all examples and worked cases only those that are meant to be odd are told."""
    for name in ASKED:
        for made in answers(name):
            odd = list(odd_facts.cautions(find(name).slots, made.facts, made.as_of, ()))
            meant = any(all(str(made.facts.get(key)) == str(value) for key, value in one.items()) for one in MEANT)
            assert bool(odd) is meant, (name, odd)


def test_what_rows_hold_is_doubted_like_a_fact():
    """An amount, a count and a day inside a list are looked at, too."""
    limit = find("pay_setting.aggregate_limit")
    said = limit(
        year=2016,
        certified=True,
        basic_pay_received=185100,
        payments=[{"kind": "performance_award", "amount": 9_000_000}],
    )
    assert any("$9,000,000" in one and "check" in one for one in said.cautions)
    twice = limit(
        year=2016, certified=True, basic_pay_received=185100, payments=[{"kind": "rank_award", "amount": 37020}] * 2
    )
    assert any("check that none of the 2 is there twice" in one for one in twice.cautions)
    spread = find("certification.indicators")("2024-09-30", counts=[0, 0, 10_000_000, 1, 1])
    assert any("10,000,000" in one and "check" in one for one in spread.cautions)


#: The first day on which the text of a Federal Register document was in force.
IN_FORCE = {
    "65 FR 60837": "2000-11-13", "65 FR 33738": "2000-06-26", "65 FR 33741": "2000-06-26", "69 FR 2047": "2004-01-01",
    "69 FR 45547": "2004-07-29", "69 FR 70355": "2004-12-06", "71 FR 38753": "2006-07-10", "73 FR 50179": "2008-09-25",
    "74 FR 65383": "2009-12-10", "79 FR 12353": "2014-04-04", "80 FR 57693": "2015-10-26", "89 FR 5737": "2024-04-01",
    "90 FR 44291": "2025-10-15",
}  # fmt: skip


def test_no_rule_is_confirmed_by_a_text_of_a_later_day():
    """A rule that rests on a document is confirmed from the day that document was in force, and read back before it."""
    late = [
        f"{path} from {one.first_day}: {one.source}"
        for path in parameters.paths()
        for one in parameters.parameter(path).values
        if one.confidence == "verified" and (named := re.match(r"\d\d FR \d+", one.source))
        and "preamble" not in one.source and "the year before" not in one.source
        and str(one.first_day) < IN_FORCE.get(named[0], "")
    ]  # fmt: skip
    assert late == []


#: Sections of 5 CFR part 430 whose subject moved on 2015-10-26, named without a paragraph or a day beside them.
_MOVED = re.compile(r"430\.3(?:0[5-9]|1[0-4])\b(?!\()")


def bare(made: Any) -> set[str]:
    """The citations of an answer that name a section whose subject moved, and not the days on which it held."""
    cited = {one.citation for one in made.reasons if one.outcome != "not asked"} | {
        one.citation for one in made.figures
    }
    return {one for one in cited if _MOVED.search(one) and not re.search(r"from 2015-10-26|\(2000 rule\)|\(our ", one)}


#: A day by which a text is called; what is said to hold from, to or before a day is no text of that day.
_DATED = re.compile(r"(?<!from )(?<!to )(?<!before )\b(\d{4}-\d\d-\d\d)")


def on_day(name: str, day: str) -> list[Any]:
    """What a question answers on another day to its first cases, without their other days."""
    kept = [{key: one for key, one in made.facts.items() if not isinstance(one, date)} for made in answers(name)[:3]]
    return [made for facts in kept if (made := asked(name, {**facts, "as_of": day}))]


@pytest.mark.parametrize("name", [name for name in ASKED if (slot := find(name).slots.get("as_of")) and slot.required])
def test_an_answer_cites_nothing_of_another_day(name):
    """No text of a later day; and from 5 CFR 430.305 to .314 no section alone on both sides of the day on which all of them moved."""
    cited: list[set[str]] = []
    for day in ("2014-10-01", "2025-02-20"):
        found = on_day(name, day)
        later = {
            one.citation
            for made in found
            for one in made.reasons
            for said in _DATED.findall(one.citation)
            if said > day
        }
        assert later == set(), day
        cited.append({one for made in found for one in bare(made)})
    assert cited[0] & cited[1] == set()


def test_a_rating_that_is_given_twice_counts_once():
    """A row that was copied makes no second rating, and nobody is removed for it; one of another day counts."""
    low = {"year": 2024, "level": 2, "kind": "final"}
    once, copied = (
        find("appraisal.consequences")(
            "2024-12-20", appointment_type="career", on_probation=False, history=[low] * times
        )
        for times in (1, 2)
    )
    assert (copied.answer, copied.says) == (once.answer, once.says)
    assert any("given twice, alike, for 2024; it counts once" in one for one in copied.cautions)
    two = [{**low, "issued": "2024-10-01"}, {**low, "issued": "2024-12-01"}]
    removed = find("appraisal.consequences")("2024-12-20", appointment_type="career", on_probation=False, history=two)
    assert "must be removed" in removed.says


def test_a_year_and_a_length_that_can_hardly_be_right_are_told():
    """A year before the service began or after the as-of date; a pay action to come; a period or announcement of years."""
    rank = {"as_of": "2024-03-01", "rank": "meritorious"}
    assert told("awards.rank_eligibility", {**rank, "last_same_rank": 1950}, "1950 comes before", "check the year")
    assert told("awards.rank_eligibility", {**rank, "last_same_rank": 2027}, "2027 comes after", "check both")
    assert not told("awards.rank_eligibility", {**rank, "last_same_rank": 2024}, "2024 comes")
    action = [{"effective": "2017-01-08", "kind": "adjustment"}]
    assert told(
        "pay_setting.next_adjustment", {"as_of": "2016-01-01", "actions": action}, "2017-01-08 comes after 2016-01-01"
    )
    for name in ("appraisal.minimum_period", "appraisal.cycle", "appraisal.progress_review"):
        for end, wanted in (("2025-09-30", False), ("2026-09-30", True)):
            assert told(name, {"as_of": "2024-10-01", "period_end": end}, "is more than a year", "check both") is wanted
    assert told("staffing.posting_window", {"opens_on": "2026-03-02", "closes_on": "2027-03-31"}, "more than a year")
