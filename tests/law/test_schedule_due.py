"""From the first day on which the next schedule is due, every question that rests on a schedule says that it cannot tell yet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from seskit.law import parameters, pay_setting
from seskit.law.facts import FactError
from seskit.law.question import find
from tests.worked import WORKED

DUE = parameters.parameter("pay_setting.ses_range.maximum_certified").due
RENEWED = [path for path in parameters.paths() if parameters.parameter(path).renewed]


def asked():
    """One question of the record for each name that takes an as-of date, with the facts of a case that is answered."""
    found = {}
    for _, case in WORKED:
        if "as_of" in case["facts"] and "refuses" not in case["expect"]:
            found.setdefault(case["ask"], case["facts"])
    return sorted(found.items())


def on(name, facts, day):
    """The answer on another day; None where that day does not go with the facts."""
    try:
        return find(name)(**facts | {"as_of": day})
    except FactError:
        return None


@pytest.mark.parametrize(("name", "facts"), asked(), ids=[name for name, _ in asked()])
def test_every_question_that_rests_on_a_schedule_says_so(monkeypatch, name, facts):
    """Whatever a question looks up past the last schedule is said; one that looks up none answers as before."""
    seen = []
    real = parameters.figure

    def noted(path, day):
        if parameters.is_due(path, day):
            seen.append(path)
        return real(path, day)

    monkeypatch.setattr(parameters, "figure", noted)
    result = on(name, facts, DUE)
    if result is None:
        return
    if seen:
        assert result.says.startswith("Cannot tell yet: by the 2026 schedule: "), (name, seen)
        assert result.says.endswith("and the schedule for 2027 is not recorded.")
        assert (result.answer, result.confidence) == (None, "cannot tell")
    else:
        assert "schedule for 2027 is not recorded" not in result.says


@pytest.mark.parametrize("path", RENEWED)
def test_a_series_is_due_with_its_first_day_of_the_next_year(path):
    """The day before it is still the year of the record; the due day is the first that a new value could hold."""
    known = parameters.parameter(path)
    assert known.due
    assert (known.due.year, known.due.day <= 14) == (known.values[-1].first_day.year + 1, True)
    assert not parameters.is_due(path, known.due - timedelta(days=1))
    assert parameters.is_due(path, known.due)
    assert parameters.is_due(path, known.due + timedelta(days=9_000))


def test_three_days_around_the_next_schedule():
    """The day before, the day itself and the day after, by the range question."""
    answers = [pay_setting.pay_range(DUE + timedelta(days=n), certified=True) for n in (-1, 0, 1)]
    assert [result.answer is None for result in answers] == [False, True, True]
    assert date(2027, 1, 10) == DUE
    assert answers[0].confidence == "verified"
    assert "seskit schedule add" in " ".join(answers[1].cautions)
