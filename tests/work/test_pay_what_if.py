"""The what-if: within every limit for any agency and any budget, rising with the level, and honest where nothing fits."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from random import Random

import pytest

from seskit.desk.pay_setting import show
from seskit.law.awards import ELIGIBLE
from seskit.law.facts import FactError
from seskit.record.pay_setting.pay_history import PayHistory
from seskit.record.pay_setting.worksheet.reading import AIMS, OpenedPay
from seskit.work.pay_setting import sharing, what_if, worksheet
from seskit.work.pay_setting.folder import PayFolder
from seskit.work.pay_setting.sharing import Member
from tests.extent import some
from tests.pay_sheets import random_sheet, row, sheet
from tests.places import FIELD

FOLDER = FIELD / "34-pay-worksheet"


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


@pytest.mark.parametrize("ten", some(range(6), 1))
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
    for terms, words in (
        ({"adjustment_budget": Decimal(405)}, "Budget for adjustments: raising everyone"),
        ({}, "No budget is given"),
    ):
        folder = PayFolder(FOLDER, OpenedPay(sheet(low, **terms), ()), PayHistory({}))
        assert folder.no_proposal.startswith(words)
        assert words in repr(show.proposal(folder))


def test_a_step_lost_in_whole_dollars_is_refused():
    """Too small a step between levels could vanish when dollars are rounded down."""
    with pytest.raises(FactError, match="too small to survive whole dollars"):
        what_if.propose(agency(step="0.001"), Decimal(1_000), Decimal(0))


@pytest.mark.parametrize(("name", "adjusts", "awards_"), [("share_out", 20_000, 0), ("share_awards", 0, 60_000)])
def test_a_search_that_errs_is_caught(monkeypatch, name, adjusts, awards_):
    """After rounding every limit is checked again: percents a hundredth too high are not proposed."""
    search = getattr(what_if.sharing, name)

    def wrong(*facts):
        return {level: share * 101 // 100 for level, share in search(*facts).items()}

    monkeypatch.setattr(what_if.sharing, name, wrong)
    with pytest.raises(FactError, match=r"Nothing is proposed: 1 limit would not be met"):
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


def field_worksheet(**terms):
    """The worksheet of 38 executives with typing slips, from the field, with other terms."""
    given = worksheet.read(FOLDER).worksheet
    return replace(given, terms=given.terms.model_copy(update=terms))


TERMS = {"ratio": {3: Decimal(1), 4: Decimal(2), 5: Decimal(3)}, "floor": Decimal("0.4")}


@pytest.mark.parametrize("aim", AIMS)
def test_field_34_equals_get_the_same(aim):
    """Same level, rate and room: the same percent, whatever the aim (X35, X36, X37, and any others alike)."""
    found = what_if.propose(field_worksheet(**TERMS), aim=aim)
    amounts = defaultdict(set)
    for judged in found.checked.rows:
        facts = judged.row
        if facts.appointment_type in ELIGIBLE:
            amounts[facts.rating, facts.rate, judged.highest, facts.award_base].add(
                (judged.change, facts.proposed_award)
            )
    assert {len(given) for given in amounts.values()} == {1}
    three = [j for j in found.checked.rows if j.row.person_id in ("X35", "X36", "X37")]
    assert len({(j.change, j.change_percent, j.row.proposed_award) for j in three}) == 1
    assert three[0].change > 0


@pytest.mark.parametrize("aim", AIMS)
def test_an_aim_keeps_the_limits(aim):
    """Every aim keeps the budgets and the law, and averages rise; the relief, which goes by the line, says where they do not."""
    found = what_if.propose(field_worksheet(**TERMS), aim=aim)
    checked = found.checked
    assert 100_000 - len(checked.rows) < checked.adjustments_total <= 100_000
    assert checked.awards_total <= 600_000
    assert rises(checked, "award_percent")
    told = any("whatever their level" in sentence for sentence in found.says)
    assert rises(checked, "merit_percent") != told
    assert aim == "compression" or not told
    assert all(judged.decision == "allowed" for judged in checked.rows)


def test_what_each_aim_gives():
    """A ratio is kept where no limit asks for less; a floor reaches all."""
    ratio = what_if.propose(agency(step="0.1", ratio=TERMS["ratio"]), Decimal(18_000), Decimal(0), "ratio")
    low, middle, high = (level.increase_percent for level in ratio.levels)
    assert abs(middle - 2 * low) <= Decimal("0.01")
    assert abs(high - 3 * low) <= Decimal("0.01")
    floor = what_if.propose(agency(floor="1.2"), Decimal(20_000), Decimal(0), "floor")
    assert min(judged.change_percent for judged in floor.checked.rows) > Decimal("1.19")
    with pytest.raises(FactError, match=r"the aim takes \$21,470 a year, more than the \$20,000"):
        what_if.propose(agency(floor="1.8"), Decimal(20_000), Decimal(0), "floor")


def test_relief_begins_below_the_line():
    """The relief of compression raises those below the line and nobody above it."""
    line = Decimal(155_000)
    relief = what_if.propose(agency(step="0.01", compression_line=line), Decimal(4_000), Decimal(0), "compression")
    assert {j.row.person_id for j in relief.checked.rows if j.change > 0} == {"A0", "A1", "A2"}
    assert 4_000 - 3 <= relief.checked.adjustments_total <= 4_000
    assert all(j.row.proposed_rate is None or j.row.proposed_rate <= line for j in relief.checked.rows)
    assert any("whatever their level" in sentence for sentence in relief.says)


def test_relief_ends_at_the_line_before_anyone_above_is_raised():
    """With money enough all below reach the line or their own limit first; then the rest is spent, from the top."""
    line = Decimal(155_000)
    relief = what_if.propose(agency(step="0.01", compression_line=line), Decimal(12_000), Decimal(0), "compression")
    rates = {j.row.person_id: j.row.proposed_rate or j.row.rate for j in relief.checked.rows}
    assert all(rates[who] >= line for who in ("A0", "A1", "A2"))
    assert rates["A5"] > 160_000
    large = what_if.propose(agency(step="0.01", compression_line=line), Decimal(40_000), Decimal(0), "compression")
    assert rises(large.checked, "merit_percent")
    assert not any("whatever their level" in sentence for sentence in large.says)


@pytest.mark.parametrize("budget", range(1_000, 30_000, 3_300))
def test_nobody_above_the_line_is_raised_before_all_below_have_reached_it(budget):
    """For any budget; and those of the same level and rate get the same."""
    line = Decimal(155_000)
    relief = what_if.propose(agency(step="0.01", compression_line=line), Decimal(budget), Decimal(0), "compression")
    after = {j.row.person_id: (j.row.rate, j.row.proposed_rate or j.row.rate) for j in relief.checked.rows}
    above_raised = any(new > old >= line for old, new in after.values())
    assert not above_raised or all(new >= line for old, new in after.values() if old < line)
    assert relief.checked.adjustments_total <= budget


@pytest.mark.parametrize(("terms", "aim", "words"), [
    ({}, "floor", "floor: give the percent"),
    ({"ratio": {5: 3}}, "ratio", "ratio: give a share for level 3, 4"),
    ({"ratio": {3: 3, 4: 2, 5: 1}}, "ratio", "the shares must rise with the level"),
])  # fmt: skip
def test_an_aim_that_lacks_its_terms_says_so(terms, aim, words):
    """What the aim needs is named, with an example."""
    with pytest.raises(FactError, match=words):
        what_if.propose(agency(**terms), Decimal(20_000), Decimal(0), aim)


def test_scenarios_stand_side_by_side():
    """Each aim with its proposal, or the reason why there is none."""
    found = what_if.scenarios(field_worksheet(ratio=TERMS["ratio"]))
    assert list(found) == list(AIMS)
    assert str(found["floor"]).startswith("floor: give the percent")
    assert found["ratio"].checked.adjustments_total <= 100_000


def test_who_is_held_and_by_what():
    """Every executive without room is listed with the rule; noncareer and limited ones are explained."""
    found = what_if.propose(field_worksheet())
    by = {one.person_id: one.by for one in found.held}
    assert (by["X04"], by["X26"], by["X30"]) == (
        "range maximum",
        "last counted adjustment not known",
        "not a career appointee",
    )
    assert all(one.citation for one in found.held)
    assert any("not career appointees" in sentence for sentence in found.says)


def random_members(seed):
    """Thirty people of three levels, some twice, with any room."""
    chance = Random(seed)
    made = [
        Member(
            chance.choice([3, 4, 5]),
            Decimal(chance.randint(120_000, 220_000)),
            0,
            chance.choice([0, 500, 9_000, 60_000]),
        )
        for _ in range(20)
    ]
    return made + made[:10]


@pytest.mark.parametrize("seed", some(range(25), 8))
def test_sharing_is_fair_within_budget_and_monotone(seed):
    """Equals get the same, nobody passes their room, levels rise, a larger budget never lowers anyone, and none is left over."""
    members, chance = random_members(seed), Random(seed)
    budget, step = Decimal(chance.randint(1, 200_000)), sharing.units(Decimal("0.5"))
    percents = sharing.share_out(members, budget, step)
    given = [member.dollars_at(percents[member.level]) for member in members]
    assert sum(given) <= budget
    assert given[:10] == given[20:]
    assert all(amount <= member.most for amount, member in zip(given, members, strict=True))
    more = sharing.share_out(members, budget + 5_000, step)
    richer = [member.dollars_at(more[member.level]) for member in members]
    assert all(after >= before for after, before in zip(richer, given, strict=True))
    most = sharing.spent(members, sharing.ladder(members, sharing.MOST, step))
    assert budget - sum(given) < len(members) or sum(given) == most
    levels = sorted(percents)
    for low, high in pairwise(levels):
        averages = [
            sum(m.percent_at(percents[m.level]) for m in members if m.level == level)
            / sum(m.level == level for m in members)
            for level in (low, high)
        ]
        assert averages[0] == 0 or averages[1] - averages[0] >= step


def test_awards_spend_as_much_as_any_other_sharing():
    """Against every ladder of whole tenths of a percent, none within the limit pays a dollar a head more."""
    groups = [
        sharing.AwardGroup(level, (Decimal(100_000 + 7_000 * level),) * (level - 1), level) for level in (3, 4, 5)
    ]
    terms = sharing.AwardTerms(sharing.units(Decimal(5)), sharing.units(Decimal(20)), sharing.units(Decimal("0.5")))

    def cost(percents):
        return sum(terms.dollars_at(base, percents[g.level]) for g in groups if g.level in percents for base in g.bases)

    for limit in range(0, 240_000, 9_700):
        found = sharing.share_awards(groups, Decimal(limit), terms)
        assert cost(found) <= limit
        tenths = [sharing.units(Decimal(n) / 10) for n in range(50, 201)]
        for count in (1, 2, 3):
            for top in tenths:
                other = sharing._award_ladder(groups[::-1], top, count, terms)
                assert other is None or cost(other) > limit or cost(other) <= cost(found) + 9
