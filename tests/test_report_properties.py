"""The arithmetic of the forms holds for any roster: ten thousand random agencies."""

from datetime import date
from decimal import Decimal
from random import Random

import pytest

from seskit.record.agency import Agency
from seskit.record.roster import Person, Roster
from seskit.record.roster.columns import APPOINTMENT_TYPES
from seskit.work import report
from seskit.work.report.forms import APPOINTEES, LEVELS
from tests.extent import some

RATES = {1: 113000, 2: 118300, 3: 123700, 4: 129800, 5: 130000, 6: 130000}
CYCLES = (("2001-10-01", "2002-09-30", "2002-12"), ("2001-07-01", "2002-06-30", "2002-09"))

AMOUNTS = [None, *map(Decimal, RATES.values()), Decimal(90000), Decimal("250000.50")]


def agency(chance):
    plans = []
    for number in range(chance.randint(1, 4)):
        first, last, paid_in = chance.choice(CYCLES)
        status = chance.choice(["paid", "paid", "none", "pending"])
        awards = {"status": status, "determined_on": "2002-12-10", "ratings_final_on": "2002-11-20"}
        if status != "none":
            awards["paid_in"] = paid_in
        plans.append(
            {
                "id": f"p{number}",
                "pattern": chance.choice("DFGH"),
                "appraisal_period": {"from": first, "to": last},
                "awards": awards,
                "pool_basis": chance.choice(["aggregate", "aggregate", "average"]),
            }
        )
    return Agency.model_validate({"code": "X", "name": "Agency of Chance", "fiscal_year": 2002, "plans": plans})


def person(chance, row, plans):
    pick = chance.choice
    return Person(
        row, f"P{row}", pick([None, "Avery Adams"]), pick([*plans, *plans, "other", None]), None, pick([True, False, None]),
        pick(["career", "career", *APPOINTMENT_TYPES, None]), pick([None, *RATES]), pick(AMOUNTS), pick(AMOUNTS),
        pick([None, 1, 2, 3, 4, 5]), pick([None, date(2002, 11, 15)]),
        pick([None, Decimal(chance.randint(100, 6_000_000)) / 100]), pick([None, True, False]),
        pick([None, "none yet", "removed from the SES"]), pick([None, date(2002, 11, 1), date(2003, 1, 12)]),
        pick([None, "one_unsatisfactory", "two_less_than_fully_successful"]),
    )  # fmt: skip


def roster(chance, plans):
    return Roster(people=[person(chance, row, plans) for row in range(2, 2 + chance.randint(0, 15))])


@pytest.mark.parametrize("thousand", some(range(10), 2))
def test_the_forms_hold_together_for_any_roster(thousand):
    """Aggregates are sums of plans, Inspector General forms never exceed them, totals tie, every refusal has a place."""
    seen = 0
    for seed in range(1000 * thousand, 1000 * (thousand + 1)):
        chance = Random(seed)
        made = agency(chance)
        people = roster(chance, [plan.id for plan in made.plans])
        seen += len(people.people)
        holds_together(report.complete(made, people))
    assert seen > 5000


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
