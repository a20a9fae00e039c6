"""Ratings are told so that nobody can be found out: tried by solving for every hidden cell."""

import random
from datetime import date
from decimal import Decimal

import pytest

from seskit.formats.small_cells import HIDDEN, determined
from seskit.record import agency, roster
from seskit.record.roster.columns import Person
from seskit.work.appraisal import rating_tables
from tests.extent import some
from tests.solving import try_to_solve

AGENCIES = ("DBT", "BSC", "CTA", "NLR")


ENDS = {"main": date(2024, 9, 30)}


def person(number, component, kind, level, award=None, rate=190_000, es_level=None):
    blank = dict.fromkeys(Person._fields)
    return Person(**blank | {
        "row": number, "person_id": f"P{number}", "plan": "main", "component": component, "appointment_type": kind,
        "rating": level, "award": award, "basic_pay_period_end": Decimal(rate), "es_level": es_level,
    })  # fmt: skip


@pytest.mark.parametrize("end", [date(2002, 9, 30), date(2024, 9, 30)])
@pytest.mark.parametrize("seed", some(range(20), 5))
def test_what_one_view_hides_the_others_do_not_give_away(seed, end):
    """Component, appointment type and pay level together, over invented agencies of every size, before 2004 and after."""
    draw = random.Random(seed)
    people = [
        person(number, draw.choice("ABCD"), draw.choice(["career"] * 8 + ["noncareer", "limited_term"]),
               draw.choice([1, 2, 3, 3, 4, 4, 4, 5, 5]), rate=draw.choice([190_000, 200_000, 215_000]),
               es_level=draw.choice([1, 2, 3, 4, 5, 6]))
        for number in range(draw.choice([8, 20, 45, 120]))
    ]  # fmt: skip
    shown = rating_tables.spread(people, {"main": end})
    assert [view.title for view in shown.views] == ["Component", "Appointment type", "Pay level, career"]
    counts, sums = rating_tables.linked(people, {"main": end})
    told = told_of(shown, counts)
    try_to_solve(counts, sums, told)
    assert determined(counts, sums, hidden_in(told), hidden_in(told)) == []
    assert not [key for key, count in counts.items() if 0 < count < 5 and told[key] != HIDDEN]


def test_the_solver_sees_a_cell_that_another_view_gives_away():
    """The test above can fail: a ring of four cells is safe, and two of them are solved for by their rows."""
    people = [person(n, "AB"[n % 2], "career", 3 + n % 2, rate=190_000 + 40_000 * (n % 3 == 0)) for n in range(60)]
    counts, sums = rating_tables.linked(people, ENDS)
    pair = [("Pay level, career", row, "3") for row in ("above level III", "up to level III")]
    ring = [*pair, *((title, row, "4") for title, row, _ in pair)]
    try_to_solve(counts, sums, counts | dict.fromkeys(ring, HIDDEN))
    assert determined(counts, sums, ring, ring) == []
    assert set(determined(counts, sums, pair, pair)) == set(pair)


@pytest.mark.parametrize(("end", "rate", "es_level", "expected"), [
    (date(2003, 9, 30), 129_800, 4, "ES-4"), (date(2003, 9, 30), 129_800, None, "not recorded"),
    (date(2004, 1, 10), 129_800, 4, "ES-4"), (date(2004, 1, 11), 129_800, 4, "up to level III"),
    (date(2024, 9, 30), 204_000, None, "up to level III"), (date(2024, 9, 30), 204_001, None, "above level III"),
])  # fmt: skip
def test_a_pay_level_is_an_es_level_before_2004_and_a_side_of_level_iii_after(end, rate, es_level, expected):
    """The open range began on 2004-01-11; the rate of level III itself is not above it ($204,000 in 2024)."""
    assert rating_tables.pay_level(person(1, "A", "career", 3, rate=rate, es_level=es_level), end) == expected


def told_of(shown, counts):
    """Every count as a reader sees it in the views; the last row of each is the one it hangs on."""
    told = {}
    for view in shown.views:
        whole = ("Appointment type", "career") if view.title == "Pay level, career" else ("", "total")
        for name, *row in view.rows:
            for column, text in zip(rating_tables.COLUMNS, row, strict=True):
                key = (*whole, column) if name == "All" else (view.title, name, column)
                assert told.setdefault(key, text) == text
                assert text in (HIDDEN, str(counts[key]))
    assert told.keys() == counts.keys()
    return told


def hidden_in(told):
    return [key for key, text in told.items() if text == HIDDEN]


@pytest.mark.parametrize("code", AGENCIES)
def test_the_sample_agencies_leak_nobody(code):
    """Also for real shapes: few noncareer people, one limited appointee, an agency of one."""
    place = f"notebooks/sample/agencies/{code}"
    people, ends = roster.read(place).people, {one.id: one.period_end for one in agency.read(place).agency.plans}
    rated = [one for one in people if one.rating is not None]
    counts, sums = rating_tables.linked(rated, ends)
    told = told_of(rating_tables.spread(people, ends), counts)
    try_to_solve(counts, sums, told)
    assert determined(counts, sums, hidden_in(told), hidden_in(told)) == []


def test_a_small_or_uniform_group_shows_no_level_at_all():
    """The empty levels of one limited appointee, or of a component all at Level 3, would tell their ratings."""
    people = [person(n, "A" if n < 30 else "B", "career", 3 + n % 3) for n in range(60)]
    people += [person(90, "A", "limited_term", 4), *(person(100 + n, "C", "career", 3) for n in range(9))]
    shown = {view.title: {row[0]: row[1:] for row in view.rows} for view in rating_tables.spread(people).views}
    assert set(shown["Appointment type"]["limited term"]) == {HIDDEN}
    assert set(shown["Component"]["C"][:5]) == {HIDDEN}


def test_the_modal_level_is_said_only_where_it_is_shown():
    """Ties name both levels; a hidden level is not named."""
    people = [person(n, "A", "career", 3 + n % 2) for n in range(20)]
    assert rating_tables.spread(people).modal == (3, 4)
    assert rating_tables.spread(people[:4]).modal is None


@pytest.mark.parametrize(
    ("awarded", "expected"), [(4, (HIDDEN, HIDDEN)), (5, (HIDDEN, "$10,000")), (20, ("20", "$10,000"))]
)
def test_average_awards_need_five_people(awarded, expected):
    """Fewer than five share no average, and a number that tells of fewer than five without an award is hidden."""
    others = [person(100 + n, "AAB"[n % 3], "career", 3 + 2 * (n % 2)) for n in range(60)]
    total = awarded + (0 if awarded == 20 else 1) if awarded > 4 else 20
    people = [person(n, "A", "career", 4, Decimal(10_000) if n < awarded else None) for n in range(total)]
    assert rating_tables.spread([*people, *others]).awards[3][1:] == expected


def test_the_ceiling_is_asked_with_the_counts_of_the_roster():
    """Ten career executives, three high, pass at the FY 2026 closeout; four fail; noncareer are left out."""
    people = [person(n, "A", "career", 4 if n < 3 else 3) for n in range(10)]
    people += [person(50 + n, "A", "noncareer", 5) for n in range(5)]
    assert rating_tables.ceiling(people, date(2026, 9, 30)).answer == {"covered": True, "allowed": 3, "lawful": True}
    more = [*people[:3], person(3, "A", "career", 5), *people[4:]]
    assert rating_tables.ceiling(more, date(2026, 9, 30)).answer["lawful"] is False
