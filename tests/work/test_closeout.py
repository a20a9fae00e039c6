"""The closeout: both sides of each limit, the cheapest ways held against every other, the states, the pages."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product
from random import Random

import pytest
from click.testing import CliRunner

from seskit.desk import cli, closeout
from seskit.formats import scanning
from seskit.formats.days import days_in_words
from seskit.formats.sheets import page as sheets_page
from seskit.formats.sheets import typeset
from seskit.law import awards
from seskit.law.appraisal.distribution import rating_ceiling
from seskit.law.facts import FactError
from seskit.law.rate_range import range_on
from seskit.paper.closeout import decision, report
from seskit.work import closeout as work
from seskit.work.closeout import ceiling, money, shifts, ways
from seskit.work.closeout.opening import checked
from seskit.work.closeout.shifts import AwardShare, LevelMoney
from tests import axe
from tests.closeouts import BOUND, done, folder, person, worksheet_rows
from tests.extent import some
from tests.pdf_files import check_structure
from tests.places import SAMPLES


def at_levels(counts, **facts):
    """People at levels 1 to 5, so many at each."""
    return [person(f"I{level}{n:02}", level, **facts) for level, count in enumerate(counts, 1) for n in range(count)]


# The ceiling on levels 4 and 5


@pytest.mark.parametrize(("counts", "over"), [((0, 0, 7, 2, 1), 0), ((0, 0, 6, 3, 1), 1), ((0, 0, 0, 5, 5), 7)])
def test_both_sides_of_the_ceiling(tmp_path, counts, over):
    """Three of ten is the last number that is lawful; each way says how many ratings it takes."""
    found = done(folder(tmp_path, at_levels(counts), period=BOUND))
    assert [group.over for group in found.groups] == [over]
    musts = [must for must in found.musts if must.check == "ceiling"]
    assert len(musts) == (over > 0)
    assert all(must.by_law and "OPM" in must.citation for must in musts)


def test_four_career_members_have_no_ceiling_and_five_have(tmp_path):
    """Career members count, rated or not; a noncareer executive never does (K17)."""
    noncareer = [person("N1", 5, kind="noncareer"), person("N2", 5, kind="noncareer")]
    four = done(folder(tmp_path / "four", [*at_levels((0, 0, 0, 4, 0)), *noncareer], period=BOUND))
    five = done(folder(tmp_path / "five", [*at_levels((0, 0, 1, 4, 0)), *noncareer], period=BOUND))
    assert four.groups[0].allowed is None
    assert not four.groups[0].over
    assert (five.groups[0].allowed, five.groups[0].over) == (1, 3)


def test_the_inspector_general_is_counted_apart(tmp_path):
    """Two groups, each with its own ceiling; together they would pass, apart one does not."""
    inside = [person(f"G{n}", 5, ig="yes") for n in range(5)]
    found = done(folder(tmp_path, [*at_levels((0, 0, 20, 0, 0)), *inside], period=BOUND))
    assert {group.name: group.over for group in found.groups} == {"Agency": 0, "Office of Inspector General": 4}


def test_a_year_before_the_ceiling_and_a_waiver_ask_nothing(tmp_path):
    """The same people in an earlier year, or with the President's waiver."""
    people = at_levels((0, 0, 0, 5, 5))
    assert not done(folder(tmp_path / "old", people)).groups[0].over
    assert not done(folder(tmp_path / "waived", people, period=BOUND, settings="ceiling_waived: yes\n")).groups[0].over


def test_over_the_ceiling_of_an_earlier_year_asks_opm_and_bars_nothing(tmp_path):
    """As in the check of the folder, where it is a flag: no ceiling is recorded for that year."""
    found = done(folder(tmp_path, at_levels((0, 0, 0, 5, 5)), period=("2027-10-01", "2028-09-30")))
    (must,) = (must for must in found.musts if must.check == "ceiling")
    assert (must.by_law, must.cheapest.says) == (
        False,
        "Ask OPM what holds for this period before the ratings are final.",
    )


@pytest.mark.parametrize("seed", some(range(20), 8))
def test_following_any_way_keeps_the_ceiling_and_one_rating_fewer_does_not(seed):
    """The number of ratings is the smallest: the rule itself says so on both sides, for every split."""
    random = Random(seed)
    counts = [random.randint(0, 6) for _ in range(5)]
    if sum(counts) < 5:
        counts[2] += 5
    people = [
        type("P", (), {"appointment_type": "career", "rating": level, "ig_office": False})()
        for level, count in enumerate(counts, 1)
        for _ in range(count)
    ]
    (group,) = ceiling.groups(people, date(2026, 9, 30))
    splits = ceiling.moves(group)
    assert bool(splits) == bool(group.over)
    for fours, fives in splits:
        high = group.high - fours - fives
        asked = {"career_rated": group.rated, "career_members": group.rated}
        assert rating_ceiling("2026-09-30", career_high=high, **asked).answer["lawful"] is True
        assert rating_ceiling("2026-09-30", career_high=high + 1, **asked).answer["lawful"] is False
        assert fours <= counts[3]
        assert fives <= counts[4]
    assert [fours + 2 * fives for fours, fives in splits] == sorted(fours + 2 * fives for fours, fives in splits)


def test_no_way_names_a_person_where_the_choice_is_the_boards(tmp_path):
    """A way about several executives speaks of levels; a person's number never stands in it."""
    people = at_levels((0, 0, 2, 4, 4), award=39000)
    found = done(folder(tmp_path, people, period=BOUND))
    said = " ".join(way.says for must in found.musts if must.row is None for way in must.ways)
    assert said
    assert not re.search(r"I\d{3}", said)


# Awards and rates of one executive


def least_and_most(rate=200000, end=date(2024, 9, 30)):
    """The lawful bounds of an award, asked of the law."""
    asked = awards.award_limits(end, rate=rate).answer
    return asked["minimum"], asked["maximum"]


@pytest.mark.parametrize(("side", "off", "lawful"), [(0, 0, True), (0, -1, False), (1, 0, True), (1, 1, False)])
def test_both_ends_of_an_award(tmp_path, side, off, lawful):
    """5 U.S.C. 5384(b)(2). At the bound nothing is said; a dollar past it costs a dollar."""
    award = least_and_most()[side] + off
    found = done(folder(tmp_path, [person("A1", 4, award=award), *at_levels((0, 0, 9, 0, 0))]))
    assert [must.check for must in found.blocks] == ([] if lawful else ["award"])
    if not lawful:
        assert found.blocks[0].cheapest.amount == -off


@pytest.mark.parametrize(("off", "lawful"), [(0, True), (1, False)])
def test_both_sides_of_the_range_maximum(tmp_path, off, lawful):
    """Level II on the effective day, with the top official's approval."""
    top = range_on(date(2025, 1, 12)).certified
    people = [person("A1", 5, rate=220000)]
    rows = worksheet_rows(people, A1=(top + off, "", "", "yes", ""))
    found = done(folder(tmp_path, people, pay=rows))
    assert [must.check for must in found.blocks] == ([] if lawful else ["rate"])
    if not lawful:
        assert found.blocks[0].cheapest.amount == -1
        assert found.lawful.rows[0].row.new_rate == top


def test_level_three_needs_a_reason_below_outstanding(tmp_path):
    """A dollar above level III for one rated 4 needs a reason, and none at level III; the reason settles it."""
    third = range_on(date(2025, 1, 12)).uncertified
    people = [person("A1", 4)]

    def flags(rate, reason=""):
        rows = worksheet_rows(people, A1=(rate, "", "", "yes", reason))
        return [must.check for must in done(folder(tmp_path, people, pay=rows)).flags]

    assert flags(third) == []
    assert flags(third + 1) == ["above level III"]
    assert flags(third + 1, "Led two agencies at once.") == []


def test_a_way_that_asks_for_more_than_another_figure_is_listed(tmp_path):
    """A reduction without a basis may be made with consent; what is only another figure is priced once, by the closeout."""
    place = folder(tmp_path, [person("A1", 3, rate=190000)], pay=[])
    (place / "pay.csv").write_text(
        "person_id,rate,last_adjusted,proposed_rate,proposed_award,reduction_basis,notice_given\n"
        "A1,190000,2023-01-15,180000,,performance,2024-12-01\n"
    )
    found = done(place)
    (must,) = [one for one in found.blocks if one.check == "reduction"]
    assert {way.says: way.needs for way in must.ways} == {
        "Leave the rate at $190,000.": "",
        "Set $180,000 with the executive's consent.": "approval, proof or time",
    }
    (finding,) = [one for one in found.found.findings if one.check == "reduction"]
    assert [one.figure for one in finding.instead] == [False, True]


# Money by level


def spender(place, seed, terms=""):
    """An invented agency whose awards and raises are at random: unlawful here, too much there, upside down elsewhere."""
    random = Random(seed)
    shares = (9, 11, 12, 15, 18, 20) if seed % 3 == 0 else (3, 5, 6, 8, 9, 12, 15, 21)
    people = [
        person(f"R{n:03}", random.choices((3, 4, 5), (5, 4, 2))[0], rate=random.randrange(170000, 207000, 100))
        for n in range(random.randint(6, 18))
    ]
    given = {}
    for number, _, _, _, _, level, rate, _ in people:
        award = int(rate * Decimal(random.choice(shares)) / 100) if random.random() < 0.7 else ""
        raised = rate + random.choice((0, 800, 2500, 9000, 30000)) if random.random() < 0.5 else ""
        given[number] = (
            "" if raised == rate else raised,
            award,
            "",
            random.choice(("yes", "")),
            "noted" if level == 5 else "",
        )
    return folder(place, people, pay=worksheet_rows(people, **given), terms=terms)


BUDGETS = "adjustment_budget: 9000\naward_budget: 90000\n"


@pytest.mark.parametrize("seed", some(range(25), 8))
@pytest.mark.parametrize("terms", ["", BUDGETS], ids=["pool", "budgets"])
def test_following_the_cheapest_way_makes_the_finding_go_away(tmp_path, seed, terms):
    """Block by block, then pool, budgets and distinctions: each is gone once its way is followed, and no block is new."""
    found = done(spender(tmp_path, seed, terms))
    for must in found.blocks:
        assert must.cheapest, must
        after = checked(ways.apply(found.sheet, must.cheapest.changes))
        judged = next(judged for judged in after.rows if judged.row.row == must.row)
        assert must.check not in {finding.check for finding in judged.findings if finding.level == "block"}
    assert not [finding for judged in found.lawful.rows for finding in judged.findings if finding.level == "block"]
    for must in found.together:
        assert not must.by_law or must.cheapest.changes, must
        for way in must.ways:
            if not way.changes:
                assert way.needs == ways.REASON
                assert not must.by_law
                continue
            after = checked(ways.apply(found.lawful.worksheet, way.changes))
            assert must.check not in {finding.check for finding in after.together}
            assert not [finding for finding in after.findings if finding.level == "block" and finding.row is not None]
            spent = after.awards_total + after.adjustments_total
            assert spent - found.lawful.awards_total - found.lawful.adjustments_total == way.amount


@pytest.mark.parametrize("seed", some(range(0, 25, 2), 4))
def test_everything_at_once_settles_all_of_it(tmp_path, seed):
    """Budgets and distinctions on the same money together: after any such way no finding about that money is left."""
    found = done(spender(tmp_path, seed, BUDGETS))
    for kind, listed in found.at_once:
        for way in listed:
            after = checked(ways.apply(found.lawful.worksheet, way.changes))
            assert not [one for one in after.together if money.KINDS.get(one.check) == kind]


def test_some_things_are_settled_at_once(tmp_path):
    """The invented agencies do have several findings on the same money, with ways that settle all."""
    listed = [done(spender(tmp_path / str(seed), seed, BUDGETS)).at_once for seed in (0, 2, 4, 6)]
    assert any(found and found[0][1] for found in listed)


def test_the_property_is_not_empty(tmp_path):
    """The invented agencies hold every kind of finding the property speaks of, each with a way that changes figures."""
    seen = {}
    for seed in range(9):
        found = done(spender(tmp_path / str(seed), seed, BUDGETS if seed % 2 else ""))
        for must in (*found.blocks, *found.together):
            seen.setdefault(must.check, []).append(any(way.changes for way in must.ways))
    assert {"award", "rate", "pool", "award budget", "adjustment budget", "award differentiation"} <= set(seen)
    assert all(any(changed) for changed in seen.values())
    upside_down = [person(f"U{level}", level, award=award) for level, award in ((3, 30000), (4, 20000), (5, 12000))]
    (must,) = [one for one in done(folder(tmp_path / "down", upside_down)).together if "award" in one.check]
    assert must.text.count("must rise with the level") == 2


def test_both_sides_of_the_pool(tmp_path):
    """5 U.S.C. 5384(b)(3); 5 CFR 534.405(b)(1). The last dollar of the pool is lawful; the next is not, and the cheapest way gives back no more than it must."""
    people = [person(f"P{n}", 5, award=20000) for n in range(10)]
    pool = Decimal(awards.award_pool("2010-12-31", count=10, aggregate=2000000).answer["pool"])
    left = pool - 9 * 20000
    assert 10000 <= left <= 40000
    for off in (0, 1):
        listed = [*people[:9], person("P9", 5, award=left + off)]
        found = done(folder(tmp_path, listed), awards_paid_on=date(2010, 12, 31))  # before any limit of guidance
        assert [must.check for must in found.together] == (["pool"] if off else [])
    way = found.together[0].cheapest
    assert way.amount <= -1
    assert checked(ways.apply(found.sheet, way.changes)).awards_total <= pool


def small_levels(random):
    """Levels 3 to 5 with so few shares and such narrow bounds that every choice can be tried."""
    levels = []
    for rating in (3, 4, 5):
        shares = []
        for n in range(random.randint(0, 2)):
            base, room = Decimal(random.randrange(100000, 200000, 5000)), Decimal(random.randint(0, 15)) / 1000
            amount = Decimal(random.randint(5, 9)) * base / 100
            shares.append(AwardShare(10 * rating + n, amount, amount - room * base, amount + room * base / 2, base))
        levels.append(
            LevelMoney(rating, len(shares) + random.randint(1, 2), Decimal(0), tuple(shares), random.random() < 0.5)
        )
    return levels


@pytest.mark.parametrize("seed", some(range(60), 20))
def test_no_choice_moves_fewer_dollars(seed):
    """The search against every choice there is: the same dollars, and nothing found only where nothing is."""
    random = Random(seed)
    levels, rising = small_levels(random), random.random() < 0.6
    now = sum((level.option(0).total for level in levels), Decimal(0))
    limit = None if random.random() < 0.2 else now - random.randint(-500, 4000)
    lawful = [
        choice
        for choice in product(*(level.options for level in levels))
        if (limit is None or sum(option.total for option in choice) <= limit) and (not rising or shifts.rises(choice))
    ]
    found = shifts.cheapest(levels, limit, rising)
    assert (found is None) == (not lawful)
    if found:
        assert found in lawful
        assert shifts.moved(found) == min(map(shifts.moved, lawful))


def test_everyone_at_a_level_is_treated_alike(tmp_path):
    """A way moves each at a level by the same percent of pay, up to the lawful bound; nobody is picked."""
    people = [person(f"P{n}", 5, rate=190000 + 1000 * n, award=30000) for n in range(8)]
    found = done(folder(tmp_path, people))
    level = money.by_level(found.lawful, "award")[-1]
    way = found.together[0].cheapest
    assert way.people == 8
    assert {way.changes[share.row]["proposed_award"] for share in level.shares} == {
        share.at(option) for option in [_shift(level, way)] for share in level.shares
    }


def _shift(level, way):
    first = level.shares[0]
    return next(o.shift for o in level.options if first.at(o.shift) == way.changes[first.row]["proposed_award"])


# Scores


HEAD = "person_id,level_1,level_2,level_3,level_4,level_5,weight_1,weight_2,weight_3,weight_4,weight_5\n"


@pytest.mark.parametrize(
    ("levels", "weights", "score", "near"),
    [
        ("4,4,4,4,4", "10,20,15,20,35", 400, True),  # on the cut-off
        ("3,5,4,4,4", "20,19,15,20,26", 399, True),
        ("3,5,4,4,4", "21,19,14,20,26", 398, False),
        ("5,3,4,4,4", "20,19,15,20,26", 401, True),
        ("5,3,4,4,4", "21,19,14,20,26", 402, False),
    ],
)
def test_both_sides_of_a_point(tmp_path, levels, weights, score, near):
    """A score on a cut-off, a point from it on either side, and two."""
    found = done(folder(tmp_path, [person("A1", 4)], elements=f"{HEAD}A1,{levels},{weights}\n"))
    (one,) = found.scores
    assert (one.score, one.near, one.differs) == (score, near, score < 400)
    assert f"{int(near)} are within a point" in report.document(found).body


def test_weights_of_the_plan_serve_all_and_a_row_without_is_named(tmp_path):
    """closeout.yaml holds the usual weights; without them and without its own a row is a problem, never a score."""
    elements = "person_id,level_1,level_2,level_3,level_4,level_5\nA1,4,4,4,4,5\nA9,4,4,4,4,4\n"
    usual = "plan: basic-2012\nweights: [10, 20, 15, 20, 35]\n"
    with_weights = done(folder(tmp_path / "a", [person("A1", 4)], elements=elements, settings=usual))
    without = done(folder(tmp_path / "b", [person("A1", 4)], elements=elements))
    assert [one.score for one in with_weights.scores] == [435]
    assert [problem.row for problem in with_weights.problems] == [3]
    assert not without.scores
    assert [problem.row for problem in without.problems] == [2, 3]


def test_wrong_usual_weights_are_said_once(tmp_path):
    """Not in every row: in closeout.yaml, with what is wrong."""
    elements = "person_id,level_1,level_2,level_3,level_4,level_5\n" + "".join(
        f"I3{n:02},4,4,4,4,4\n" for n in range(6)
    )
    usual = "plan: basic-2012\nweights: [30, 20, 15, 20, 15]\n"
    found = done(folder(tmp_path, at_levels((0, 0, 6, 0, 0)), elements=elements, settings=usual))
    assert [(problem.file, problem.column) for problem in found.problems] == [("closeout.yaml", "weights")]
    assert not found.scores


def test_an_element_at_level_one_has_no_score(tmp_path):
    """The override decides; there is no cut-off to be near."""
    found = done(folder(tmp_path, [person("A1", 4)], elements=f"{HEAD}A1,1,4,4,4,4,10,20,15,20,35\n"))
    assert [(one.score, one.level, one.near, one.differs) for one in found.scores] == [(None, 1, False, True)]


# The states of certification


def lines(found):
    """Each line of the comparison by day and words."""
    return {(str(line.day), line.what): line.values for line in found.side_by_side}


def test_the_states_side_by_side_on_the_days_that_matter(tmp_path):
    """Above level III: allowed while certified, frozen in each other state; the award waits where the lower limit counts."""
    limits = range_on(date(2025, 1, 12))
    people = [person("A1", 5, rate=216000, award=""), person("A2", 4, rate=190000), person("A3", 3, rate=180000)]
    rows = worksheet_rows(people, A1=(limits.certified, 40000, "", "yes", ""), A2=(194000, 15000, "", "", ""))
    said = lines(done(folder(tmp_path, people, pay=rows)))
    day, end = "2025-01-12", "2024-12-31"
    assert said[day, "System"] == ("certified", "not certified", "notice received", "not certified")
    assert said[day, "Highest rate that may be set"] == ("$225,700", "$207,500", "$207,500", "$207,500")
    assert said[day, "Rates frozen: no adjustment"] == ("0", "1", "1", "1")
    assert said[day, "Proposed rates not allowed, or undetermined"] == ("0", "1", "1", "1")
    assert said[day, "Increases that could not be made, a year"] == ("$0", "$9,700", "$9,700", "$9,700")
    assert said[end, "Aggregate limit of 2024"] == ("$284,600", "$246,400", "$284,600", "$246,400")
    assert said[end, "Executives whose award is deferred in part"] == ("0", "1", "0", "1")
    assert said[end, "Deferred to January 2025"] == ("$0", "$9,600", "$0", "$9,600")
    assert said["2025-12-31", "Aggregate limit of 2025"] == ("$289,400", "$250,600", "$250,600", "$289,400")


@pytest.mark.parametrize(
    ("settings", "place", "first_bad", "last_good"),
    [("lost_on", 1, "2025-01-12", "2025-01-13"), ("certified_on", 3, "2025-01-13", "2025-01-12"),
     ("notice_on", 2, "2025-01-12", "2025-01-13")],
)  # fmt: skip
def test_both_sides_of_the_day_certification_turns(tmp_path, settings, place, first_bad, last_good):
    """The day itself and the next: what closeout.yaml says decides the pay set on the effective day."""
    people = [person("A1", 5, rate=216000)]
    rows = worksheet_rows(people, A1=(220000, "", "", "yes", ""))
    for turn, frozen in ((first_bad, "1"), (last_good, "0")):
        more = "suspended_on: 2025-06-01\n" if settings == "notice_on" else ""
        said = lines(done(folder(tmp_path / turn, people, pay=rows, settings=f"{settings}: {turn}\n{more}")))
        assert said["2025-01-12", "Rates frozen: no adjustment"][place] == frozen


@pytest.mark.parametrize(("off", "deferred"), [(0, 0), (1, 1)])
def test_both_sides_of_the_aggregate_limit(tmp_path, off, deferred):
    """5 U.S.C. 5307; 5 CFR 530.203. At the limit nothing waits; a dollar past it, a dollar is paid in January."""
    people = [person("A1", 5, rate=221900)]
    rows = worksheet_rows(people, A1=("", 24500 + off, "", "", "considered"))
    found = done(folder(tmp_path, people, pay=rows, terms="certified: no\n"))
    assert [one.deferred for one in found.deferrals] == [deferred] * deferred
    rows = worksheet_rows(people, A1=("", 24500 + off, "", "", ""))
    flagged = done(folder(tmp_path, people, pay=rows, terms="certified: no\n")).flags
    ways_out = [(way.amount, way.needs) for must in flagged if must.check == "aggregate limit" for way in must.ways]
    assert ways_out == ([(0, ways.REASON), (-1, ""), (-24501, "")] if deferred else [])


def test_a_year_past_the_record_says_cannot_tell(tmp_path):
    """Rates of January 2027 by a schedule not yet recorded: nothing is guessed, and the paper stays a draft."""
    people = [person("A1", 5, rate=216000), *at_levels((0, 0, 9, 0, 0))]
    found = done(folder(tmp_path, people, period=BOUND, pay=worksheet_rows(people, A1=(219000, "", "", "yes", ""))))
    said = lines(found)
    assert set(said["2027-01-12", "Highest rate that may be set"]) == {"cannot tell"}
    assert said["2027-12-31", "Aggregate limit"] == ("not recorded",) * 4
    assert [must.check for must in found.musts if must.by_law][:1] == ["schedule"]
    assert decision.paper(found).draft


def test_before_the_open_range_awards_alone_are_closed_out():
    """An agency of 2002: pool and awards of its year, and no state of certification to compare."""
    found = done(SAMPLES / "DPW")
    assert found.found.rows
    assert not found.side_by_side
    assert not found.blocks
    assert "nothing to compare" in report.document(found).body
    facts = dict(decision.paper(found).facts)
    assert facts["Six fixed rates of basic pay"] == "$113,000 to $130,000"
    assert not {"Appraisal system", "Rate range"} & set(facts)


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.iterdir() if (path / "agency.yaml").is_file()))
def test_every_sample_is_closed_out_or_says_why_not(name):
    """No sample ends in a fault; what stands in the way is a sentence."""
    opened = work.open_folder(SAMPLES / name)
    if opened.sheet is None:
        assert opened.problems
        with pytest.raises(FactError):
            work.closeout(opened)
        return
    found = work.closeout(opened)
    assert report.document(found).body
    assert decision.sheets(decision.paper(found)).front


# Totals as proposed


def test_what_is_proposed_is_counted_whole_and_what_is_allowed_is_named_so(tmp_path):
    """An award and an increase against the law, a reduction without its notice: in each total as proposed, in none that is allowed."""
    people = [person("A1", 5), person("A2", 4), person("A3", 4), person("A4", 3, rate=180000)]
    rows = worksheet_rows(
        people, A1=(204000, 20000, "", "", "noted"), A2=(240000, "", "", "yes", "noted"), A3=("", 45000, "", "", ""),
        A4=(178000, "", "", "", ""),
    )  # fmt: skip
    budgets = "adjustment_budget: 30000\naward_budget: 60000\n"
    found = done(folder(tmp_path, people, pay=rows, terms=budgets))
    awarded = [one for one in work.figures.spending(found.found) if one.what.startswith("Awards")]
    assert {(one.proposed, one.allowed) for one in awarded} == {(65000, 20000)}
    (raised,) = [one for one in work.figures.spending(found.found) if one.what.startswith("Increases")]
    assert (raised.proposed, raised.allowed, raised.limit, raised.left) == (44000, 4000, 30000, "over by $14,000")
    made = decision.paper(found)
    assert [row[1:3] for row in made.strip if row[0].startswith("Awards")] == [("$65,000", "$20,000")] * len(awarded)
    asked = " ".join(what for _, what in made.signers)
    for said in (
        "increases a year $40,000 as proposed, $0 of it allowed",
        "increases a year $4,000; reductions a year $2,000 as proposed, $0 of it allowed",
        "Awards in every group: $65,000 as proposed, $20,000 of it allowed.",
    ):
        assert said in asked
    titles = " ".join(group.title for group in made.groups)
    assert "awards $45,000 as proposed, $0 of it allowed" in titles
    body = report.document(found).body
    assert re.search(r"Increases a year\W+44,000\W+4,000\W", body.replace("\\$", "$").replace("$", ""))
    assert "Awards, of the budget: $65,000 of $60,000; $20,000 of it allowed." in report.short(found)


# The decision paper


@pytest.mark.parametrize("record", ["", "Memorandum of December 2"])
def test_an_increase_a_day_short_of_12_months_names_the_record_it_rests_on(tmp_path, record):
    """Who signs sees the ground and its document in the row; without one the paper is a draft."""
    people = [person("E1", 4), person("E2", 4)]
    pay = ["E1,200000,2024-01-14,203000,,,,\n", "E2,200000,2023-01-15,203000,,,,\n"]
    terms = f"cycle_record: {record}\n" if record else ""
    made = decision.paper(done(folder(tmp_path / "INV", people, pay=pay, terms=terms)))
    assert made.draft == (not record)
    last = {line[0]: line[-1] for group in made.groups for line in group.rows}
    ground = f"Ground: fitting the appraisal and pay cycle that otherwise applies; record: {record}."
    assert (ground in last["E1"]) == bool(record)
    assert "Ground" not in last["E2"]


@pytest.fixture(scope="module")
def forty(tmp_path_factory):
    """Forty invented executives: raises, exceptions with a long written ground, a reduction, awards, one unlawful row."""
    random = Random(40)
    people = [
        person(f"F{n:03}", 5 if n % 4 == 0 else 4 if n % 4 == 1 else 3, rate=random.randrange(170000, 206000, 100),
               component=random.choice(("Harbors", "Office of the Chief Navigation Officer", "Lighthouses", "Pilotage")),
               name=f"Invented Person{n}")
        for n in range(40)
    ]  # fmt: skip
    record = "The board's written record shows results far beyond the plan in three of five elements; narrative of 2024-11-10."
    rows, lately = {}, {}
    for number, _, _, _, _, level, rate, _ in people:
        share = {5: 10, 4: 7, 3: 5}[level]
        raised = "" if number == "F003" else rate + {5: 7000, 4: 3000, 3: 900}[level]
        if number in ("F000", "F004", "F008", "F012"):
            raised = 208100 + int(number[1:]) * 100
        if number in ("F001", "F005", "F009"):
            lately[number] = ("retention", f'"{record} Without it the executive leaves for a post outside."')
        rows[number] = (raised, -(-rate * share // 100), "", "yes", f'"{record}"' if level == 5 else "")
    rows["F007"] = ("", 60000, "", "", "")
    rows["F011"] = ("", "", "", "", "")
    pay = worksheet_rows(people, **rows)
    for place_in_file, (number, *_) in enumerate(people):
        if number in lately:
            raised, award, *_ = rows[number]
            ground, reason = lately[number]
            pay[place_in_file] = (
                f"{number},{people[place_in_file][6]},2024-06-02,{raised},{award},{ground},yes,{reason}\n"
            )
    place = folder(tmp_path_factory.mktemp("forty"), people, pay=pay)
    return done(place)


def text_of(content, *options):
    """The text of a PDF as a reader gets it."""
    ran = subprocess.run(["pdftotext", *options, "-", "-"], input=content, capture_output=True, check=True)
    return ran.stdout.decode()


needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")


@needs_poppler
def test_forty_executives_fit_four_pages_and_every_page_of_rows_has_its_headings(forty):
    """At most four pages; wherever a row is printed its group and the column heads are on the same page."""
    made = decision.paper(forty)
    pages = text_of(typeset.pdf(decision.sheets(made)), "-layout").rstrip("\f").split("\f")
    assert len(pages) <= 4
    rows = [(group, row) for group in made.groups for row in group.rows]
    assert len(rows) == 40
    for group, row in rows:
        (page,) = [page for page in pages if re.search(rf"^ *{row[0]}\b", page, re.MULTILINE)]
        assert group.title.split(" (")[0] in page
        assert "Verdict" in page
        assert "written ground" in page
    assert all(said in pages[0] for said in ("Budget and pool", "Approval", "Signature"))
    assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1))


@needs_poppler
def test_nothing_is_cut(forty):
    """Every word of every cell is in the PDF and on the page, the long written grounds too."""
    made = decision.paper(forty)
    flat = re.sub(r"[\s\u200b]+", "", text_of(typeset.pdf(decision.sheets(made)), "-raw"))
    body = re.sub(r"\s+", "", html.unescape(re.sub(r"<[^>]*>", "", sheets_page.made(decision.sheets(made)))))
    cells = [cell for group in made.groups for row in group.rows for cell in row]
    cells += [cell for row in (*made.strip, *made.facts, *made.signers) for cell in row] + list(made.attention)
    for cell in cells:
        squeezed = re.sub(r"\s+", "", days_in_words(cell))
        assert squeezed in flat, cell
        assert squeezed in body, cell


def test_the_pdf_is_tagged_and_the_same_every_time(forty):
    """PDF/UA-1, byte for byte alike."""
    made = typeset.pdf(decision.sheets(decision.paper(forty)))
    check_structure(made)
    assert made == typeset.pdf(decision.sheets(decision.paper(forty)))


def test_each_executive_is_in_the_group_of_the_official_who_must_approve(forty):
    """Above level III or inside 12 months the top official; any other change the authorized one; awards alone the head."""
    third = forty.found.limits.uncertified
    for group in decision.paper(forty).groups:
        for row in group.rows:
            judged = next(judged for judged in forty.found.rows if judged.row.person_id == row[0])
            if judged.change:
                top = judged.row.new_rate > third or judged.row.ground is not None
                assert (group.approver == decision.TOP_OFFICIAL) == top, row
            else:
                assert group.approver == (decision.AWARDS if judged.row.proposed_award else decision.NOTHING)


def test_a_paper_against_the_law_is_a_draft(forty):
    """One award past its bound: not to be signed; with the lawful figures it may be."""
    assert decision.paper(forty).draft
    assert not decision.paper(replace(forty, sheet=forty.lawful.worksheet, found=forty.lawful)).draft


THIRD = range_on(date(2025, 1, 12)).uncertified


@pytest.mark.parametrize(
    ("row", "draft"),
    [
        (f"A1,205000,2023-01-15,{THIRD + 100},,,,Led two agencies\n", False),
        (f"A1,205000,2023-01-15,{THIRD + 100},,,no,Led two agencies\n", True),
        ("A1,205000,2023-01-15,240000,,,,Led two agencies\n", True),
        ("A1,205000,2024-06-02,206000,,retention,,Would leave\n", False),
        ("A1,205000,2024-06-02,206000,,retention,no,Would leave\n", True),
        ("A1,205000,2024-06-02,206000,,,,Would leave\n", True),
        (f"A1,205000,2023-01-15,{THIRD + 100},60000,,,Led two agencies\n", True),
    ],
    ids=["unsaid", "refused", "past the maximum", "ground named", "ground refused", "no ground", "an award past its bound"],
)  # fmt: skip
def test_the_approval_that_the_paper_obtains_makes_no_draft(tmp_path, row, draft):
    """5 CFR 534.404(g)(3), (c)(4). Whatever else the law asks must be there before; what the official refused stays refused."""
    place = folder(tmp_path, [person("A1", 5, rate=205000)], pay=[row])
    made = decision.paper(done(place))
    page = sheets_page.made(decision.sheets(made))
    assert made.draft is draft
    assert (decision.DRAFT in page, decision.FOR_DECISION in page) == (draft, not draft)
    if not draft:
        (group,) = made.groups
        cells = dict(zip((column.head for column in decision.HEADER), group.rows[0], strict=True))
        assert cells["Verdict"] == "for approval"
        assert "Missing" not in page
        told = f"Approval of the top approving official: {decision.BY_THIS_PAPER}."
        assert cells["Exception and its written ground"].count(told) == 1
        asked = dict(made.signers)["Top approving official"]
        assert asked.endswith(f"Approval of 1 of them: {decision.BY_THIS_PAPER}.")
        assert "of it allowed" not in asked
        assert any(said.startswith("1 rate needs the approval") for said in made.attention)


def test_what_must_precede_the_approval_keeps_the_paper_a_draft(tmp_path):
    """The pool (5 U.S.C. 5384(b)(3)) is passed by the awards of others; with smaller ones the same rate is for decision."""
    people = [person(f"P{n}", 5, rate=205000) for n in range(6)]

    def drafted(award):
        rows = worksheet_rows(people, **{number: (THIRD + 100, award, "", "", "noted") for number, *_ in people})
        found = done(folder(tmp_path, people, pay=rows))
        assert {must.check for must in found.blocks} == {"rate"}, "the closeout itself still says that it is missing"
        return decision.paper(found).draft

    assert drafted(40000)
    assert not drafted(11000)


def test_nothing_changes_in_a_paper_that_asks_for_no_approval(forty):
    """Where every approval is on record, the paper counts what the closeout counts."""
    assert forty.to_approve == frozenset()
    assert forty.as_asked is forty


def test_names_are_in_the_copy_that_says_so_and_nowhere_else(forty, tmp_path):
    """Without the wish no file has a name; with it one kind of file has, and says so on every page."""
    names = [person.name for person in forty.people.values()]
    written = forty.write(tmp_path, names=True)
    assert {path.name for path in written} == {
        "closeout.docx", "closeout.pdf", "closeout.html", "decision_paper.pdf", "decision_paper.html",
        "supplement_decision_paper.pdf", "supplement_decision_paper.html",
    }  # fmt: skip
    assert not scanning.scan(tmp_path, names).leaks
    named = (tmp_path / "supplement_decision_paper.html").read_text(encoding="utf-8")
    assert "CONTAINS NAMES" in named
    assert all(name in named for name in names)
    if shutil.which("pdftotext"):
        assert not any(name in text_of((tmp_path / "decision_paper.pdf").read_bytes()) for name in names)
        pages = text_of((tmp_path / "supplement_decision_paper.pdf").read_bytes()).rstrip("\f").split("\f")
        assert all("CONTAINS NAMES" in " ".join(page.split()) for page in pages)


def test_averages_beside_the_awards_are_of_those_awarded_and_those_over_all_are_named(tmp_path):
    """Two of four at level 5 get 5 and 10 percent: 7.50 of those, 3.75 over all; nobody's average is left empty."""
    people = [person(f"A{n}", 5, award=award) for n, award in enumerate((10000, 20000, "", ""))]
    made = decision.paper(done(folder(tmp_path, [*people, person("B1", 3)])))
    heads = [column.head for column in decision.LEVELS]
    five, three = (dict(zip(heads, row, strict=True)) for row in made.levels)
    assert (five["People"], five["Awards"]) == ("4", "2")
    assert (five["Average award, %"], five["Awards over all, %"]) == ("7.50", "3.75")
    assert (three["Average award, %"], three["Average increase, %"]) == ("", "")
    assert "of everyone, minus reductions" in sheets_page.made(decision.sheets(made))


def test_a_day_that_had_to_be_taken_is_said_on_the_paper(tmp_path):
    """The roster has a month alone: the paper says so; no rate changes, so no day on which rates take effect is told."""
    place = folder(tmp_path, [person("A1", 5, award=10000)])
    facts = dict(decision.paper(done(place)).facts)
    assert days_in_words(facts["Awards are paid"]) == "December 2024 (day taken: December 31, 2024)"
    assert "Rates take effect" not in facts
    assert dict(decision.paper(done(place, awards_paid_on=date(2024, 12, 20))).facts)["Awards are paid"] == "2024-12-20"


def test_a_day_on_which_rates_change_is_told(forty):
    """A worksheet states both days."""
    facts = dict(decision.paper(forty).facts)
    assert (facts["Rates take effect"], facts["Awards are paid"]) == ("2025-01-12", "2024-12-20")


@pytest.mark.browser
def test_the_printed_page_has_its_lines_to_sign_on_the_first_sheet(forty, tmp_path):
    """As in the PDF: sums and approval on the first sheet, each group under its title, no more sheets than it needs."""
    file = tmp_path / "decision.html"
    made = decision.paper(forty)
    file.write_text(sheets_page.made(decision.sheets(made)), encoding="utf-8")
    with axe.browser() as browser:
        sheet = browser.new_page()
        sheet.goto(file.as_uri())
        printed = text_of(sheet.pdf(prefer_css_page_size=True), "-layout").rstrip("\f").split("\f")
        sheet.close()
    assert all(said in printed[0] for said in ("Budget and pool", "Approval", "Signature"))
    assert len(printed) <= 4
    for group in made.groups:
        for row in group.rows:
            (one,) = [page for page in printed if re.search(rf"^ *{row[0]}\b", page, re.MULTILINE)]
            assert group.title.split(" (")[0] in " ".join(one.split())


# The command


def run(*arguments):
    """The command as a person gives it."""
    return CliRunner().invoke(cli.main, ["closeout", *map(str, arguments)])


def test_the_command_says_what_must_change_and_what_it_costs(tmp_path):
    """Exit code 1 where something must change, 0 where nothing does, 2 for a call that cannot be used."""
    ran = run(SAMPLES / "DBT", "--out", tmp_path, "--format", "html")
    assert ran.exit_code == 1
    assert "Cheapest: Set the award at $39,833.40. Cost: $995.60 less." in ran.output
    assert "Of these, 1 rate lacks only the approval that the decision paper asks for." in ran.output
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "closeout.html",
        "decision_paper.html",
        "decision_paper.json",
        "written.json",
    ]
    assert run(SAMPLES / "WSA").exit_code == 0
    assert run(SAMPLES / "XFR").exit_code == 1
    assert run(SAMPLES / "WSA", "--names").exit_code == 2
    assert run(SAMPLES / "LKA", "--awards-paid-on", "soon").exit_code == 2


def test_the_day_of_payment_may_be_given_for_a_roster_alone():
    """The fiscal year of payment decides the guidance limit: December 2015 has 4.8 percent, December 2022 7.5."""
    said = [run(SAMPLES / "LKA", "--awards-paid-on", day).output for day in ("2015-12-15", "2022-12-15")]
    limits = [re.search(r"limit in guidance: \S+ of (\S+)\.", one).group(1) for one in said]
    assert limits[0] < limits[1]


# The walk


def test_the_walk_shows_what_must_change_and_the_states_by_number():
    """Tables for the notebook, none with a name; a folder that cannot be read gives its sentence."""
    found = closeout.must_change(SAMPLES / "DBT")
    assert [row[0] for row in found.rows][:1] == ["DBT003"]
    assert {row[2] for row in found.rows} == {"must change"}
    names = [one.name for one in done(SAMPLES / "DBT").people.values() if one.name]
    assert names
    assert not [name for name in names if name in repr(found)]
    assert len(closeout.states(SAMPLES / "DBT").rows) >= 10
    assert closeout.must_change(SAMPLES / "XFR").empty == closeout.states(SAMPLES / "XFR").empty
    assert "No system was certified" in repr(closeout.states(SAMPLES / "DPW"))
    assert "Nothing must change" in repr(closeout.must_change(SAMPLES / "WSA"))
