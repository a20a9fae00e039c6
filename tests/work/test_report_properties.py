"""The arithmetic of the forms holds for any roster: ten thousand random agencies."""

from collections import Counter
from decimal import Decimal
from random import Random

import pytest

from seskit.record.roster import Groups, Roster, judged
from seskit.record.roster.columns import Judged
from seskit.work import report
from seskit.work.report import roster_checks
from seskit.work.report.counted import all_nowhere, award_unlisted, nowhere
from seskit.work.report.forms import APPOINTEES, LEVELS
from tests.extent import some, times
from tests.random_reports import agency, person, roster


@pytest.mark.parametrize("thousand", some(range(10), 1))
def test_the_forms_hold_together_for_any_roster(thousand):
    """Aggregates are sums of plans, Inspector General forms never exceed them, totals tie, every refusal has a place."""
    seen = 0
    for seed in range(1000 * thousand, 1000 * thousand + times(1000, 400)):
        chance = Random(seed)
        made = agency(chance)
        people = roster(chance, [plan.id for plan in made.plans])
        seen += len(people.people)
        holds_together(report.complete(made, people))
    assert seen > times(5000, 2000)


def holds_together(package):
    by_scope = {scope: [form for form in package.forms if form.scope == scope] for scope in ("plan", "aggregate", "ig")}
    for whole in (*by_scope["aggregate"], *by_scope["ig"]):
        parts = [form for form in by_scope["plan"] if form.pattern == whole.pattern]
        compare = "__eq__" if whole.scope == "aggregate" else "__le__"
        for column in APPOINTEES:
            assert getattr(whole.appointees[column], compare)(sum(part.appointees[column] for part in parts))
            for level in range(1, 6):
                assert getattr(whole.ratings[level][column], compare)(
                    sum(part.ratings[level][column] for part in parts)
                )
        counted = [part for part in parts if part.aggregate]
        if whole.aggregate:
            assert getattr(whole.aggregate.number, compare)(sum(part.aggregate.number for part in counted))
            assert whole.aggregate.total <= sum(part.aggregate.total for part in counted)
        if whole.levels is not None:
            for level in LEVELS:
                assert getattr(whole.levels[level], compare)(sum((part.levels or {}).get(level, 0) for part in parts))
    for form in package.forms:
        if form.pool is not None:
            share = Decimal("0.1") if form.form == "1558" else Decimal("0.2") / max(form.aggregate.number, 1)
            assert 0 <= form.aggregate.total * share - form.pool < Decimal("0.01")
        if form.levels is not None:
            assert form.awards_number == sum(form.levels.values())
        assert form.rating_totals == {c: sum(form.ratings[n][c] for n in form.ratings) for c in APPOINTEES}
    for problem in package.problems:
        assert problem.reason
        assert problem.fix
        assert problem.row is not None or problem.column or problem.file
    assert package.final is not bool(package.blocking)
    assert not {problem.check for problem in package.problems} & {"R01", "R02", "R07", "R14"}


def alike(chance, plans):
    """A roster of few kinds of people, with awards of many amounts in each: lawful, too small, too large, none."""
    kinds = [person(chance, 0, plans) for _ in range(chance.randint(1, 6))]
    amounts = [None, *(Decimal(chance.randint(1, 60_000)) for _ in range(chance.randint(0, 8)))]
    rows = range(2, 2 + chance.randint(0, 60))
    return Roster(people=[chance.choice(kinds)._replace(row=row, award=chance.choice(amounts)) for row in rows])


@pytest.mark.parametrize("hundred", some(range(10), 2))
def test_people_alike_are_judged_as_each_alone(hundred):
    """What is asked once for a kind of people, or for the ends of its awards, is what is said of every one of them."""
    told = Counter()
    for seed in range(100 * hundred, 100 * (hundred + 1)):
        chance = Random(seed)
        made = agency(chance)
        people = alike(chance, [plan.id for plan in made.plans]).people
        groups, plans = Groups(people), {plan.id: plan for plan in made.plans}
        assert groups.alike.total() == len(people) == sum(count for _, count in groups.counted)
        outside, unlisted = (
            all_nowhere(made, groups),
            groups.said_of_awards(lambda one, of=made: award_unlisted(of, one)),
        )
        noted = roster_checks._noted(made, groups, plans)
        for one, kind in zip(people, groups.of, strict=True):
            seen, key = Judged._make(judged(one)), (kind, one.award)
            assert groups.kinds[kind]._replace(award=one.award) == seen
            assert outside.get(key) == nowhere(made, seen)
            assert unlisted.get(key) == award_unlisted(made, seen)
            findings = (
                *roster_checks._judge_standing(seen, plans), *roster_checks._judge_award(seen, plans, made),
                *roster_checks._judge_pay(seen, plans, made),
            )  # fmt: skip
            assert noted.get(key, ()) == findings
            told += Counter(nowhere=key in outside, unlisted=key in unlisted, found=bool(findings), clean=not findings)
    assert min(told[what] for what in ("nowhere", "unlisted", "found", "clean")) > 20, told
