"""The what-if: within every limit for any agency and any budget, rising with the level, and honest where nothing fits."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import count, pairwise

import pytest
from test_pay_worksheet import random_sheet, row, sheet

from seskit.law.awards import ELIGIBLE
from seskit.law.facts import FactError
from seskit.work.pay_setting import what_if, worksheet


def agency(**terms):
    """Six executives, two at each level from fully successful up."""
    rows = [
        row(row=n + 2, person_id=f"A{n}", rating=3 + n // 2, rate=150_000 + 2_000 * n, award_base=150_000 + 2_000 * n)
        for n in range(6)
    ]
    return sheet(*rows, **terms)


def proposal(given, for_pay, for_awards):
    """The proposal, or None where it is refused in plain words."""
    try:
        return what_if.propose(given, for_pay, for_awards)
    except FactError as refusal:
        if not str(refusal).startswith(("Nothing is proposed", "adjustment_budget")):
            raise
        return None


def rises(checked, part):
    values = [getattr(level, part) for level in checked.levels if level.people]
    return all(low < high or low == 0 for low, high in pairwise(values))


def test_a_proposal_spends_the_budgets_and_rises():
    """Within a dollar a head of each budget, every average above the one below, everyone at a level the same percent."""
    found = what_if.propose(agency(), Decimal(20_000), Decimal(60_000))
    checked = found.checked
    assert 20_000 - 6 < checked.adjustments_total <= 20_000
    assert 60_000 - 6 < checked.awards_total <= 60_000
    assert rises(checked, "award_percent")
    assert rises(checked, "adjustment_percent")
    for rating in (3, 4, 5):
        shares = {round(j.award_percent, 2) for j in checked.rows if j.row.rating == rating}
        assert len(shares) == 1
    assert not [f for f in checked.findings if f.level == "block"]


def test_nothing_is_applied():
    """The worksheet given is unchanged; the proposal is a worksheet of its own."""
    given = agency()
    before = given.rows
    found = what_if.propose(given, Decimal(20_000), Decimal(0))
    assert given.rows == before
    assert all(r.proposed_rate is None for r in given.rows)
    assert found.to_csv().splitlines()[0].startswith("person_id,appointment_type,rating,rate")
    assert len(found.to_csv().splitlines()) == 7


@pytest.mark.parametrize(("budget", "awarded"), [(7_000, 0), (16_000, 2), (36_000, 4), (52_000, 6), (200_000, 6)])
def test_awards_begin_at_the_top_and_stop_at_the_pool(budget, awarded):
    """An award is at least 5 percent, so a small budget reaches the highest level only; a large one ends at the pool or guidance."""
    found = what_if.propose(agency(), Decimal(0), Decimal(budget))
    assert sum(judged.row.proposed_award is not None for judged in found.checked.rows) == awarded
    assert found.checked.awards_total <= min(Decimal(budget), Decimal(found.checked.pool.answer["pool"]))


@pytest.mark.parametrize("ten", range(6))
def test_any_agency_any_budget(ten):
    """Random agencies: no block, no dollar over, no one lowered, raised past the cap or inside the clock; or a plain refusal."""
    proposed = 0
    for seed in range(10 * ten, 10 * ten + 10):
        given = random_sheet(seed)
        usable = [r._replace(rate=max(r.rate, worksheet.check(given).limits.minimum)) for r in given.rows]
        given = replace(given, rows=tuple(usable))
        found = proposal(given, Decimal(seed * 1_700), Decimal(seed * 4_000))
        if found is None:
            continue
        proposed += 1
        checked = found.checked
        assert checked.adjustments_total <= seed * 1_700
        assert checked.awards_total <= min(seed * 4_000, Decimal(checked.pool.answer["pool"]))
        assert rises(checked, "award_percent")
        assert rises(checked, "adjustment_percent")
        for judged in checked.rows:
            facts = judged.row
            assert judged.decision == "allowed"
            assert judged.award_decision in ("allowed", "none")
            assert judged.change >= 0
            assert judged.change == judged.change.to_integral_value()
            assert facts.proposed_award is None or facts.appointment_type in ELIGIBLE
    assert proposed >= 3


def test_what_binds_is_named():
    """The clock, level III and the cap hold people; a spent budget binds."""
    rows = [
        row(person_id="A1", last_adjusted=row().last_adjusted.replace(month=6)),
        row(person_id="A2", row=3, rate=172_000, award_base=172_000),
        row(person_id="A3", row=4, rate=186_990, award_base=186_990, top_official_approves=True),
    ]
    found = what_if.propose(sheet(*rows), Decimal(9_000), Decimal(0))
    words = {limit.what for limit in found.limits if limit.binds}
    assert {"Executives held by: 12-month clock", "Executives held by: level III without approval",
            "Executives held by: range maximum"} <= words  # fmt: skip
    assert found.checked.adjustments_total in range(109, 111)


def test_the_minimum_is_paid_first_or_nothing_is_proposed():
    """Everyone is raised to the range minimum; a budget that cannot do it is refused with the amount."""
    low = row(rate=124_000, award_base=124_000, rating=2)
    assert what_if.propose(sheet(low), Decimal(406), Decimal(0)).checked.rows[0].row.proposed_rate == 124_406
    with pytest.raises(FactError, match=r"range minimum alone takes \$406"):
        what_if.propose(sheet(low), Decimal(405), Decimal(0))


def test_a_step_lost_in_whole_dollars_is_refused():
    """Too small a step between levels could vanish when dollars are rounded down."""
    with pytest.raises(FactError, match="too small to survive whole dollars"):
        what_if.propose(agency(step="0.001"), Decimal(1_000), Decimal(0))


@pytest.mark.parametrize(("adjusts", "awards_"), [(20_000, 0), (0, 60_000), (20_000, 60_000)])
def test_a_solver_that_errs_is_caught(monkeypatch, adjusts, awards_):
    """After rounding every limit is checked again in exact numbers: an answer a hundredth too high is not proposed."""
    solve, asked = what_if._solve, count(1)
    monkeypatch.setattr(what_if, "_solve", lambda *facts: solve(*facts) * (1.01 if next(asked) % 2 == 0 else 1))
    with pytest.raises(FactError, match=r"Nothing is proposed: \d+ limit\(s\) would not hold"):
        what_if.propose(agency(), Decimal(adjusts), Decimal(awards_))


def test_rounding_never_passes_a_budget():
    """Budgets a cent apart around a whole dollar: what is proposed is whole dollars and never more than the budget."""
    for cents in range(1_999_960, 2_000_041, 20):
        budget = Decimal(cents) / 100
        checked = what_if.propose(agency(), budget, budget * 3).checked
        assert checked.adjustments_total <= budget
        assert checked.awards_total <= budget * 3
        assert checked.adjustments_total == checked.adjustments_total.to_integral_value()
        assert not [f for f in checked.findings if f.level == "block"]
