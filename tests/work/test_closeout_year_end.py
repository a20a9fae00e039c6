"""What a closeout says at the end of the calendar year: January under each state of certification, and one budget in two counts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from seskit.paper.closeout import report
from seskit.work import closeout as work
from seskit.work.closeout.states import NAMES
from tests.closeouts import done, folder, person, worksheet_rows
from tests.places import FIELD, SAMPLES

SAMPLE = SAMPLES / "DBT"
FOLDER = FIELD / "34-pay-worksheet"
#: Executive Schedule level I and the Vice President's salary of 2024: the two aggregate limits.
LOW, HIGH = 246400, 284600


@pytest.mark.parametrize(
    ("award", "waits"),
    [
        (LOW - 221900, (0, 0, 0, 0)),
        (LOW - 221900 + 1, (0, 1, 0, 1)),
        (44380, (0, 19880, 0, 19880)),
    ],
)
def test_what_waits_for_january_under_each_state(tmp_path, award, waits):
    """5 U.S.C. 5307: lost by the year's end and late, level I counts; suspended only after it, the higher limit still does."""
    people = [person("A1", 5, rate=221900)]
    days = "lost_on: 2024-12-15\nnotice_on: 2024-12-16\nsuspended_on: 2025-01-15\ncertified_on: 2025-03-03\n"
    place = folder(tmp_path, people, pay=worksheet_rows(people, A1=("", award, "", "", "considered")), settings=days)
    found = done(place)
    assert tuple(state.name for state in found.states) == NAMES
    assert found.deferred_each == ([("A1", tuple(map(Decimal, waits)))] if any(waits) else [])
    sums = next(line.values for line in found.side_by_side if line.what == "Deferred to January 2025")
    assert sums == tuple(f"${one:,}" for one in waits)


@pytest.mark.parametrize(("suspended", "waits"), [("2024-12-31", True), ("2025-01-01", False)])
def test_a_suspension_counts_on_the_last_day_of_the_year(tmp_path, suspended, waits):
    """5 CFR 430.405(h)(3): the lower limit while suspended, so the last of December decides."""
    people = [person("A1", 5, rate=221900)]
    days = f"notice_on: 2024-11-20\nsuspended_on: {suspended}\n"
    rows = worksheet_rows(people, A1=("", LOW - 221900 + 500, "", "", "considered"))
    found = done(folder(tmp_path, people, pay=rows, settings=days))
    late = dict(zip(NAMES, found.deferred_each[0][1], strict=True)) if found.deferred_each else {}
    assert (late.get("suspended", 0) == 500) is waits


def test_the_sample_compares_its_own_days():
    """The sample's closeout.yaml names the days; the report shows who waits for January and under which state."""
    found = work.closeout(work.open_folder(SAMPLE))
    assert found.opened.files.settings.lost_on == date(2025, 1, 1)
    assert {line.day for line in found.side_by_side} >= {date(2024, 12, 20), date(2025, 1, 26)}
    text = report.document(found).body
    assert "Part of each award deferred to January 2025" in text
    who = [one for one, _ in found.deferred_each]
    assert who
    assert all(one in text for one in who)


def test_a_budget_in_two_counts_says_why():
    """Case 34: 128,002 once each proposal is lawful, 119,601 on the worksheet, which leaves out what is not."""
    found = work.closeout(work.open_folder(FOLDER))
    (must,) = [must for must in found.together if must.check == "adjustment budget"]
    assert "$128,002 is $28,002 more than the budget" in must.text
    assert "does not count them, and says: $119,601 is $19,601 more" in must.text
    assert (found.lawful.adjustments_total, found.found.adjustments_total) == (128002, 119601)


def test_equal_counts_say_nothing_more(tmp_path):
    """Where nothing is unlawful, the finding stands as the worksheet has it."""
    people = [person("A1", 5), person("A2", 4)]
    pay = worksheet_rows(people, A1=(204000, "", "", "", ""), A2=(202000, "", "", "", ""))
    found = done(folder(tmp_path, people, pay=pay, terms="adjustment_budget: 5000\n"))
    (must,) = [must for must in found.together if must.check == "adjustment budget"]
    assert must.text == "$6,000 is $1,000 more than the budget of $5,000."
