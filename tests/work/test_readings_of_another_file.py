"""Readings belong to the file they were confirmed for: of another file only those that fit it are followed, and it is said."""

from __future__ import annotations

import pytest

from seskit.desk.opener import overview
from seskit.desk.widgets.correcting import Correcting
from seskit.record import people_import
from seskit.record import roster as rosters
from seskit.record.roster import readings, readings_fit
from seskit.work import corrections
from tests import own_headings

HEADS = (
    "person_id,plan,component,ig_office,appointment_type,basic_pay_fy_end,basic_pay_period_end,rating,rating_date,award"
)
PERSON = "E{n},main,Bridges,no,career,19000{n},19000{n},4,{day},"


def people(*days):
    return [PERSON.format(n=n, day=day) for n, day in enumerate(days, 1)]


@pytest.fixture
def folder(tmp_path):
    """An agency's folder with a roster below two title lines."""
    (tmp_path / "OWB").mkdir()
    (tmp_path / "OWB" / "agency.yaml").write_text(own_headings.AGENCY, encoding="utf-8")
    return tmp_path / "OWB"


def put(folder, *lines):
    (folder / "roster.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def confirmed(folder, *offers):
    found = corrections.open_folder(folder)
    for number, offer in enumerate(offers):
        found.accept(offer, when=f"2025-12-02T08:00:{number:02}")
    return found


def test_where_the_table_is_holds_for_its_own_file_alone(folder):
    """The header in row 3 of one file; the roster written from an export is read from row 1, and the page says so."""
    put(folder, "Report", "of October", HEADS, *people("2025-11-10", "2025-11-10", "2025-11-10"))
    confirmed(folder, "layout:table")
    assert len(rosters.read(folder).people) == 3
    table = ["Emp No,Appt Type,Annual Salary,Rating,Bonus", *(f"E{n},Career,190000,4," for n in range(1, 15))]
    (folder / "export.csv").write_text("\n".join(table), encoding="utf-8")
    people_import.run(folder / "export.csv", folder, accept=True)
    read = rosters.read(folder)
    assert len(read.people) == 14
    said = [note for note in read.notes if note.startswith("Put aside")]
    assert said == [
        "Put aside from roster.readings.yaml, because it was confirmed for another file and the headings are in row 1 of "
        "roster.csv: the header is in row 3."
    ]
    assert said[0] in overview.look(folder).to_html()
    found = corrections.open_folder(folder)
    assert any(said[0] in getattr(one, "value", "") for one in Correcting(found).list.children)
    assert not [group.id for group in found.groups if group.kind in ("rows", "layout")]
    found.set(2, "rating", "5", when="2025-12-03T08:00:00", why="letter")
    assert (folder / "roster.readings.before.yaml").is_file()
    assert not [note for note in rosters.read(folder).notes if note.startswith("Put aside")]


def test_the_order_of_dates_is_not_taken_over_where_nothing_decides_it(folder):
    """Confirmed day first, because one date cannot be otherwise; in another file both orders are possible."""
    put(folder, HEADS, *people("25/11/2025", "10/11/2025", "11/11/2025"))
    confirmed(folder, "rating_date:day-first")
    assert {person.rating_date.month for person in rosters.read(folder).people} == {11}
    put(folder, HEADS, *people("11/10/2025", "11/12/2025", "11/09/2025"))
    read = rosters.read(folder)
    assert {person.rating_date.month for person in read.people} == {11}
    assert any("nothing in the dates of this one shows that they have that order" in note for note in read.notes)
    put(folder, HEADS, *people("11/30/2025", "11/12/2025", "11/09/2025"))
    assert any("not every date of this one can be read that way" in note for note in rosters.read(folder).notes)
    put(folder, HEADS, *people("28/11/2025", "10/11/2025", "12/11/2025"))
    read = rosters.read(folder)
    assert {person.rating_date.month for person in read.people} == {11}
    assert not [note for note in read.notes if note.startswith("Put aside")]


def test_what_still_fits_stays_and_the_rest_is_named(folder):
    """A heading that is there again is read as before; one that is gone, rows and values that are not there are put aside."""
    put(
        folder,
        HEADS.replace("award", "Bonus $").replace("rating,", "Final rating,"),
        *people("2025-11-10", "2025-11-10"),
        "Total,,,,,,,,,",
    )
    confirmed(folder, "heading:bonus:award", "heading:final-rating:rating", "rows:totals")
    assert len(rosters.read(folder).people) == 2
    put(folder, HEADS.replace("award", "Bonus $"), *people("2025-11-10", "2025-11-11", "2025-11-12"))
    read = rosters.read(folder)
    assert ("Bonus $", "award") in read.headings
    said = "\n".join(note for note in read.notes if note.startswith("Put aside"))
    assert "this one has no such heading: the heading 'Final rating'" in said
    assert "no row of this one is like that" in said
    assert "Bonus" not in said


def test_a_correction_by_hand_of_the_same_file_loses_nothing(folder):
    """Another file by its bytes; every reading fits it."""
    lines = [HEADS.replace("award", "Bonus $"), *people("15-NOV-25", "15-NOV-25")]
    put(folder, *lines)
    found = confirmed(folder, "heading:bonus:award", "rating_date:month-name")
    before = list(found.readings.accepted)
    put(folder, *lines, PERSON.format(n=9, day="2025-11-10"))
    read = rosters.read(folder)
    assert len(read.accepted) == len(before) == 2
    assert not [note for note in read.notes if note.startswith("Put aside")]


@pytest.mark.parametrize(
    ("reading", "why"),
    [
        ({"kind": "every", "column": "plan", "take": "main"}, "this one has its own column plan"),
        ({"kind": "value", "column": "plan", "text": "Main plan", "take": "main"}, "no cell of this one holds that text"),
        ({"kind": "blank", "column": "ig_office", "take": "no"}, "no cell of this one is blank there"),
        ({"kind": "form", "column": "rating_date", "form": "month-name"}, "no cell of this one is written that way"),
        ({"kind": "unused", "heading": "Remarks"}, "this one has no such heading"),
        ({"kind": "same", "heading": "Salary", "column": "basic_pay_period_end"}, "this one has no such heading"),
        ({"kind": "rows", "rows": "repeated_row"}, "no row of this one is like that"),
        ({"kind": "rows", "rows": "repeated_header"}, "no row of this one is like that"),
    ],
)  # fmt: skip
def test_each_kind_of_reading_says_why_it_does_not_fit(folder, reading, why):
    """And nothing is read by it."""
    put(folder, HEADS, *people("2025-11-10"))
    readings.keep(folder / "roster.csv", (readings.Reading(**reading),))
    assert not [note for note in rosters.read(folder).notes if note.startswith("Put aside")]
    put(folder, HEADS, *people("2025-11-10", "2025-11-11"))
    read = rosters.read(folder)
    assert any(note.startswith("Put aside") and why in note for note in read.notes), read.notes
    assert read.accepted == []


@pytest.mark.parametrize("below", [0, 1])
def test_rows_of_people_never_look_like_the_header(folder, below):
    """Where the row of a person is taken for the header, and where people are alike in most cells."""
    lines = people(*["2025-11-10"] * 12)
    put(folder, HEADS, *[line.replace("19000", "17500").replace("E", f"E{n}") for n, line in enumerate(lines)])
    reading = readings.Reading(kind="layout", header_row=1 + below)
    readings.keep(folder / "roster.csv", (reading,))
    found = corrections.open_folder(folder)
    assert not [group.reason for group in found.groups if "the header again" in group.reason]


def test_a_header_on_top_of_each_page_is_still_found(folder):
    """Word for word; also where a heading is the word No."""
    put(folder, HEADS, *people("2025-11-10"), HEADS, *people("2025-11-11")[:1])
    found = corrections.open_folder(folder)
    assert [group.rows for group in found.groups if group.id == "rows:repeated-header"] == [(3,)]
    heads = HEADS.replace("person_id", "No")
    put(folder, heads, *people("2025-11-10"), heads)
    found = corrections.open_folder(folder)
    assert [group.rows for group in found.groups if group.id == "rows:repeated-header"] == [(3,)]


def test_readings_put_aside_for_one_reason_are_one_sentence():
    """Each reason once, with everything it is the reason for; a reason of its own stays apart."""
    made = [readings.Reading(kind="unused", heading=heading) for heading in ("Alpha", "Beta", "Gamma")]
    said = list(readings_fit.notes(readings.Readings(aside=((made[0], "a"), (made[1], "a"), (made[2], "b")))))
    assert len(said) == 2
    assert "because they were confirmed for another file and a" in said[0]
    assert all(one.says in said[place > 1] for place, one in enumerate(made))


def test_a_column_left_unused_that_says_others_left_is_asked_again(folder):
    """Confirmed for the people of one roster; in the next one it says so of others, or of nobody."""
    rows = people("2025-11-10", "2025-11-10", "2025-11-10")
    put(folder, f"{HEADS},Remarks", f"{rows[0]},detail in", *(f"{row}," for row in rows[1:]))
    confirmed(folder, "heading:remarks:unused")
    assert not [note for note in rosters.read(folder).notes if note.startswith("Put aside")]
    for said in ("retired 8/3", "on leave"):
        put(folder, f"{HEADS},Remarks", f"{rows[0]},", f"{rows[1]},{said}", f"{rows[2]},")
        notes = [note for note in rosters.read(folder).notes if note.startswith("Put aside")]
        assert ["says 'retired' of 1 person" in note for note in notes] == ([True] if "retired" in said else [])
