"""A reason is no surer than the text it cites: for a day before the text that was read, it is not confirmed, and a caution says so."""

import re
import shlex
from datetime import date, timedelta

import pytest

from seskit.desk.asked import given, line
from seskit.law import appraisal, parameters, staffing
from seskit.law.facts import FactError
from seskit.law.question import questions

TEXTS = {str(parameters.latest(path)): path for path in parameters.paths("texts")}
DAYS = sorted(
    {day + timedelta(days=off) for path in TEXTS.values() for day in [parameters.first_day(path)] for off in (-1, 0)}
)
ASKED = [asked for asked in questions().values() if "as_of" in asked.slots]


def first_days(citation):
    """The first days of the texts that a citation names, each by the longest beginning that fits."""
    fits = [
        max((one for one in TEXTS if section.startswith(one)), key=len, default="")
        for section in re.findall(r"\d{3}\.\d+", citation)
    ]
    return [parameters.first_day(TEXTS[one]) for one in fits if one]


def on(asked, day):
    """The example of a question, asked of another day; nothing where that is refused."""
    words = [word for word in shlex.split(line.example(asked))[3:] if not word.startswith("as_of=")]
    try:
        return asked(**given.facts(asked, [f"as_of={day}", *words]))
    except FactError:
        return None


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.name)
def test_no_reason_is_surer_than_the_text_it_cites(asked):
    """Over each question, on both sides of each first day."""
    for day in DAYS:
        found = on(asked, day)
        for one in found.reasons if found else ():
            if (
                one.basis == "verified"
                and one.outcome != "not asked"
                and one.citation.startswith("5 CFR")
                and ";" not in one.citation
            ):
                assert all(first <= day for first in first_days(one.citation)), (day, one)


@pytest.mark.parametrize(
    ("day", "confidence", "told"),
    [(date(1995, 2, 1), "recalled", True), (date(1995, 2, 2), "verified", False)],
)
def test_both_sides_of_a_text(day, confidence, told):
    """The answer stays the same; how sure it is, and the caution, change on the first day of the text."""
    found = staffing.reinstatement(day, probation_completed=True, left_by="resignation")
    assert found.verdict is True
    assert found.confidence == confidence
    assert any("5 CFR part 317 is used as it reads from 1995-02-02" in one for one in found.cautions) is told


def test_what_a_statute_says_too_stays_confirmed():
    """A statute beside the regulation speaks for the reason by itself."""
    found = appraisal.placement(date(1988, 6, 15), appointment_type="career", on_probation=False, reason="performance")
    both = [one for one in found.reasons if "5 U.S.C. 3594" in one.citation]
    assert both
    assert all(one.basis == "verified" for one in both)
