"""An agency's own workbook: what its headings are taken for, what is asked, and that nothing is lost or guessed in silence."""

from __future__ import annotations

import re

import openpyxl
import pytest

from seskit.desk import correcting
from seskit.desk.report import show
from seskit.record import roster as roster_file
from seskit.record.people_import import guess
from seskit.record.roster import Person, Roster, usual_headings
from seskit.record.roster.as_accepted import ALL, AsAccepted
from seskit.record.roster.columns import COLUMNS
from seskit.record.roster.readings import Readings
from seskit.work import corrections, report
from seskit.work.corrections import fitting, headings
from seskit.work.corrections.grid import Grid
from seskit.work.report import same_names
from tests import own_headings, small_report

ALL_OFFERS = ("heading:employee-no:person_id", "heading:full-name:name", "heading:appointment:appointment_type",
              "heading:annual-salary:both", "heading:bonus:award", "every:plan:main", "every:ig_office:no")  # fmt: skip
OTHER_PERIOD = own_headings.AGENCY.replace("{from: 2024-10-01, to: 2025-09-30}", "{from: 2024-07-01, to: 2025-06-30}")


def moment(number):
    return f"2025-12-02T08:00:{number:02}"


def accepted(folder, *offers):
    found = corrections.open_folder(folder)
    for number, offer in enumerate(offers):
        found.accept(offer, when=moment(number), who="P. Reparer")
    return found


def offers_for(found, column):
    """The headings offered for a column, in order; other repairs by their own names."""
    return [one.id.split(":")[1] if one.id.startswith("heading:") else one.id for one in found.offers.values()
            if any(reading.column == column for reading in one.readings)]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Bonus", "award"), ("Bonus $", "award"), ("Performance award", "award"), ("AWARD AMOUNT", "award"),
        ("Award ($)", "award"), ("Employee No.", "person_id"), ("Emp ID", "person_id"), ("EmplID", "person_id"),
        ("Rating", "rating"), ("Summary level", "rating"), ("Final rating", "rating"), ("Full Name", "name"),
        ("Type of appointment", "appointment_type"), ("Basic pay 09/30/2025", "basic_pay_fy_end"), ("Bureau", "component"),
        ("Date of rating", "rating_date"), ("OIG?", "ig_office"), ("Performance Plan", "plan"),
    ],
)  # fmt: skip
def test_a_usual_heading_names_its_column(heading, column):
    """Case, signs and order of words do not matter."""
    assert usual_headings.columns(heading, list(ALL)) == [column]


@pytest.mark.parametrize("heading", ["Salary", "Annual salary", "Basic pay", "BASE PAY", "Annual rate of pay"])
def test_pay_without_a_day_may_be_either_rate(heading):
    """Which one is asked."""
    assert usual_headings.columns(heading, list(ALL)) == list(usual_headings.PAYS)


@pytest.mark.parametrize(
    "heading", ["Position title", "Entered SES", "Grade of supervisor's name", "", "Local pay total"]
)
def test_a_heading_that_names_nothing_is_taken_for_nothing_needed(heading):
    """Neither an id, nor a plan, nor pay, nor a rating, nor an award."""
    named = usual_headings.columns(heading, list(ALL))
    assert not [column for column in named if COLUMNS[column].needed_in_header or column == "award"]


def test_the_import_of_exports_knows_the_same_headings():
    """One list: each heading of its columns is found there, too."""
    for column, phrases in usual_headings.WITHIN.items():
        if column != "name":
            assert column in guess.by_heading([phrases[0].title()]), column


@pytest.mark.parametrize(
    ("column", "cells", "may"),
    [
        ("person_id", ["E41", "E42", "E43"], True), ("person_id", ["00101", "00102"], True),
        ("person_id", ["Director", "Chief"], False), ("person_id", ["E41", "E41"], False),
        ("person_id", ["2015-03-04", "2016-04-05"], False), ("person_id", ["$11,400", "$12,000"], False),
        ("person_id", ["E41", ""], False), ("person_id", ["Adler, A", "Baker, B"], False),
        ("plan", ["main", "Main"], True), ("plan", ["E41", "E42"], False), ("plan", ["Director", "Director"], False),
        ("basic_pay_fy_end", ["$201,500", "190000"], True), ("basic_pay_fy_end", ["11400", "12000"], False),
        ("basic_pay_fy_end", ["Director", "190000"], False), ("rating", ["3", "5"], True), ("rating", ["7", "9"], False),
        ("rating_date", ["2025-11-10", "11/12/2025"], True), ("rating_date", ["3", "4"], False),
        ("ig_office", ["yes", "no"], True), ("ig_office", ["Dallas", "Boise"], False),
        ("appointment_type", ["career"], True), ("appointment_type", ["E41"], False), ("rating", ["", ""], False),
    ],
)  # fmt: skip
def test_what_a_column_cannot_be_is_not_offered(tmp_path, column, cells, may):
    """By what its reader reads."""
    agency = corrections.open_folder(own_headings.folder(tmp_path / "OWB")).agency
    assert fitting.could_be(column, cells, agency) is may


@pytest.mark.parametrize(
    ("heading", "cell", "column", "offered"),
    [
        ("Perf plan on file", "yes", "ig_office", False), ("Telework", "no", "ig_office", False), ("Veteran?", "Y", "ig_office", False),
        ("Works for the OIG (Y/N)", "no", "ig_office", True), ("Inspector staff", "yes", "ig_office", True),
        ("Direct reports", "4", "rating", False), ("Tier", "3", "rating", False), ("Overall score", "4", "rating", True),
        ("Level", "Exceeds", "rating", True), ("Level", "4", "rating", True), ("Final", "5 - Outstanding", "rating", True),
    ],
)  # fmt: skip
def test_cells_alone_never_speak_for_a_column_of_yes_and_no(tmp_path, heading, cell, column, offered):
    """Nor for one of small numbers: the heading's own words must fit, in whatever group it is offered.

    Names of levels speak for themselves, also below a heading that names another column which they do not fit. Where
    nothing is offered, the headings that were looked at are named, and no cell of the header is to be typed.
    """
    heads = ["person_id", "plan", "ig_office", "appointment_type", "basic_pay_fy_end", "basic_pay_period_end", "rating"]
    held = dict(zip(heads, ("", "main", "no", "career", "190000", "190000", "4"), strict=True))
    heads[heads.index(column)], held[heading] = heading, cell
    rows = [[held[head] or f"E{number}" for head in heads] for number in range(12)]
    (tmp_path / "roster.csv").write_text("".join(",".join(row) + "\n" for row in [heads, *rows]), encoding="utf-8")
    (tmp_path / "agency.yaml").write_text(own_headings.AGENCY, encoding="utf-8")
    found = corrections.open_folder(tmp_path)
    assert not found.roster.is_bad(1, "plan")
    named = [
        offer
        for offer in found.offers.values()
        for one in offer.readings
        if one.heading == heading and one.column == column
    ]
    assert bool(named) is offered
    missing = next((one for one in found.groups if one.id == f"missing:{column}"), None)
    if missing and not missing.offers:
        assert f"'{heading}'" in missing.fix
        assert not [line for line in correcting.lines(found, [missing]) if "--set" in line]
    if column == "ig_office":
        assert "every:ig_office:no" in found.offers or offered


def test_each_needed_column_has_its_one_right_repair(tmp_path):
    """No title, date or amount is offered for an id or a plan."""
    found = corrections.open_folder(own_headings.folder(tmp_path / "OWB"))
    assert offers_for(found, "person_id") == ["employee-no"]
    assert offers_for(found, "plan") == ["every:plan:main"]
    assert offers_for(found, "award") == ["bonus"]
    assert offers_for(found, "basic_pay_fy_end")[0] == "annual-salary"
    assert set(ALL_OFFERS) <= set(found.offers)


def test_from_own_headings_to_final_forms(tmp_path):
    """What was confirmed is in the account; the saved copy reads the same; the awards are all there."""
    folder = own_headings.folder(tmp_path / "OWB")
    found = accepted(folder, *ALL_OFFERS)
    for row in own_headings.UNRATED:
        assert found.set(row, "rating", "4", when=moment(30 + row), why="rating letter") == []
    assert not found.problems
    found.save(when=moment(59))
    package = report.open_folder(folder).complete()
    assert package.final
    (said,) = [line.note for line in package.account.lines if line.what == "Ways of reading agreed on"]
    for words in ("plan is main in every row", "ig_office is no in every row", "is also read as basic_pay_period_end"):
        assert words in said
    (person, *_) = report.open_folder(folder).roster.people
    assert (person.plan, person.ig_office, person.basic_pay_fy_end) == ("main", False, person.basic_pay_period_end)
    saved = openpyxl.load_workbook(folder / "roster.corrected.xlsx").active
    assert [cell.value for cell in saved[1]][-3:] == ["basic_pay_period_end", "plan", "ig_office"]
    assert [cell.value for cell in saved[2]][-2:] == ["main", "no"]


def test_undo_takes_one_value_for_every_row_back(tmp_path):
    """And both halves of one pay column at once."""
    found = accepted(own_headings.folder(tmp_path / "OWB"), "every:plan:main", "heading:annual-salary:both")
    assert {person.plan for person in found.roster.people} == {"main"}
    assert found.undo().count("Annual salary") == 2
    assert found.left.text.endswith("; what you confirmed applies even without --save.")
    found.undo()
    assert {person.plan for person in found.roster.people} == {None}


def test_the_plan_is_offered_for_every_row_only_where_there_is_one(tmp_path):
    """With two plans a person must say who is in which."""
    second = "\n".join(own_headings.AGENCY.splitlines()[4:]).replace("id: main", "id: other")
    found = corrections.open_folder(own_headings.folder(tmp_path / "OWB", f"{own_headings.AGENCY}{second}\n"))
    assert found.agency
    assert len(found.agency.plans) == 2
    assert offers_for(found, "plan") == []


def _with_an_inspector(tmp_path):
    folder = own_headings.folder(tmp_path / "OWB")
    book = openpyxl.load_workbook(folder / "roster.xlsx")
    book.active["C4"] = "Deputy Inspector General"
    book.save(folder / "roster.xlsx")
    return folder


def test_no_for_every_row_is_not_offered_where_a_row_names_an_inspector_general(tmp_path):
    """Yes in that row and no in the others is offered instead, with the row and what it says."""
    found = corrections.open_folder(_with_an_inspector(tmp_path))
    assert offers_for(found, "ig_office") == ["office:ig_office"]
    (group,) = [one for one in found.groups if one.id == "missing:ig_office"]
    assert "as yes in row 4, which names an Office of Inspector General" in group.offers[0].question
    assert group.offers[0].examples == (("Deputy Inspector General", "yes"),)


def test_who_serves_in_an_inspector_general_office_may_be_told_by_the_row(tmp_path):
    """Yes in the row that names one and no in every other; without such a row the reading is put aside, and asked anew."""
    folder = _with_an_inspector(tmp_path)
    found = accepted(folder, "office:ig_office")
    assert {person.row: person.ig_office for person in found.roster.people if person.ig_office} == {4: True}
    assert {person.ig_office for person in found.roster.people} == {True, False}
    assert not [one for one in found.groups if one.id == "missing:ig_office"]
    found.save(when="2026-01-05T09:00:00")
    book = openpyxl.load_workbook(folder / "roster.xlsx")
    book.active["C4"] = "Deputy Director"
    book.save(folder / "roster.xlsx")
    again = corrections.open_folder(folder)
    assert offers_for(again, "ig_office") == ["every:ig_office:no"]


def test_the_column_of_offices_may_tell_it_alone_and_an_office_typed_counts(tmp_path):
    """Another cell that names one makes no yes there; an office written into a row below one does, in the copy, too."""
    folder = own_headings.folder(tmp_path / "OWB", heads=(*own_headings.HEADS, "Office"), plan="Office of Programs")
    book = openpyxl.load_workbook(folder / "roster.xlsx")
    book.active["I4"], book.active["I5"], book.active["C6"] = "Office of Inspector General", None, "OIG Audits"
    book.save(folder / "roster.xlsx")
    found = corrections.open_folder(folder)
    assert offers_for(found, "ig_office") == ["office:ig_office:office", "office:ig_office"]
    assert "though row 6 names one under 'Position title'" in found.offers["office:ig_office:office"].question
    found.accept("heading:office:component", when=moment(0))
    found.accept("office:ig_office:office", when=moment(1))
    assert [person.row for person in found.roster.people if person.ig_office] == [4]
    found.set(5, "component", "Office of Inspector General", when=moment(2), why="written once")
    assert [person.row for person in found.roster.people if person.ig_office] == [4, 5]
    found.save(when=moment(3))
    assert [person.row for person in roster_file.read(folder).people if person.ig_office] == [4, 5]


@pytest.mark.parametrize("given", ["office:ig_office", "every:ig_office:no", "every:appointment_type:career"])
def test_a_total_is_still_offered_to_be_left_out_once_a_column_is_given_to_every_row(tmp_path, given):
    """In whatever order a person confirms: the total's row holds the value, too, and is no person for that."""
    folder = _with_an_inspector(tmp_path) if given.startswith("office") else own_headings.folder(tmp_path / "OWB")
    book = openpyxl.load_workbook(folder / "roster.xlsx")
    sheet = book.active
    if "appointment" in given:
        place = next(cell.column for cell in sheet[1] if "appointment" in str(cell.value).lower())
        sheet.delete_cols(place)
    sheet.append(["TOTAL", *[None] * (sheet.max_column - 1)])
    book.save(folder / "roster.xlsx")
    found = corrections.open_folder(folder)
    assert {"rows:totals", given} <= set(found.offers)
    found.accept(given, when=moment(0))
    assert "rows:totals" in found.offers
    found.accept("rows:totals", when=moment(1))
    assert not [person for person in found.roster.people if person.row == sheet.max_row]


def test_one_pay_column_for_two_days_is_refused_with_both_days(tmp_path):
    """Neither offered nor, once agreed and the period changed, final."""
    folder = own_headings.folder(tmp_path / "OWB", OTHER_PERIOD)
    found = corrections.open_folder(folder)
    assert "heading:annual-salary:both" not in found.offers
    (group,) = [one for one in found.groups if one.id == "heading:annual-salary"]
    for day in ("September 30, 2025", "June 30, 2025"):
        assert day in group.reason
    found = accepted(folder, "heading:annual-salary:basic_pay_fy_end")
    (group,) = [one for one in found.groups if one.id == "missing:basic_pay_period_end"]
    assert "June 30, 2025" in group.reason
    assert not any(reading.kind == "same" for offer in group.offers for reading in offer.readings)
    (folder / "agency.yaml").write_text(own_headings.AGENCY, encoding="utf-8")
    accepted(folder, "heading:annual-salary:basic_pay_period_end")
    (folder / "agency.yaml").write_text(OTHER_PERIOD, encoding="utf-8")
    assert any("not for the same day" in one.reason for one in report.open_folder(folder).problems)
    pending = own_headings.AGENCY.replace(
        "status: paid, paid_in: 2025-12, determined_on: 2025-11-28", "status: pending"
    )
    (folder / "agency.yaml").write_text(pending, encoding="utf-8")
    opened = report.open_folder(folder)
    (one,) = [one for one in opened.problems if one.column == "basic_pay_period_end" and one.severity == "error"]
    assert "not known yet whether" in one.reason
    assert one.fix.startswith("Write in agency.yaml in which month the awards are paid")
    assert "awards are not decided" in str(show.pools(opened.complete()))


@pytest.mark.parametrize("heading", ["Bonus $", "Recognition"])
def test_awards_are_never_lost_in_silence(tmp_path, heading):
    """By its name or by its amounts: an error until a person says yes or no; no is kept and said."""
    heads = tuple(heading if head == "Bonus $" else head for head in own_headings.HEADS)
    folder = tmp_path / "OWB"
    folder.mkdir()
    (folder / "agency.yaml").write_text(own_headings.AGENCY, encoding="utf-8")
    own_headings.workbook(folder / "roster.xlsx", heads, rated_all=True)
    if heading != "Bonus $":
        book = openpyxl.load_workbook(folder / "roster.xlsx")
        for row in range(2, own_headings.PEOPLE + 2, 3):
            book.active.cell(row, len(heads)).value = 12_345 + row
        book.save(folder / "roster.xlsx")
    name = "bonus" if heading == "Bonus $" else "recognition"
    found = accepted(folder, *(one for one in ALL_OFFERS if not one.startswith("heading:bonus")))
    assert [one for one in found.problems if one.severity == "error" and one.column == heading]
    assert {f"heading:{name}:award", f"heading:{name}:unused"} <= set(found.offers)
    found.accept(f"heading:{name}:unused", when=moment(50))
    assert not [one for one in found.problems if one.severity == "error"]
    assert f"heading:{name}:award" not in found.offers
    assert any("is not used" in note for note in roster_file.read(folder).notes)
    found.undo()
    found.accept(f"heading:{name}:award", when=moment(51))
    assert any(person.award for person in found.roster.people)


def test_an_award_without_a_rating_opens_the_rating_and_blank_ratings_are_listed(tmp_path):
    """The rows of both; a warning does not stand in the way once the awards are cleared."""
    folder = own_headings.folder(tmp_path / "OWB")
    found = accepted(folder, *ALL_OFFERS)
    (award,) = [one for one in found.groups if one.columns == ("award",)]
    assert (award.rows, award.rests_on) == (own_headings.UNRATED, ("rating",))
    (blank,) = found.filtered(kind="blank")
    assert (blank.rows, blank.columns, blank.severity) == (own_headings.UNRATED, ("rating",), "warning")
    for row in own_headings.UNRATED:
        found.set(row, "award", "", when=moment(30 + row), why="no award")
    assert (found.left.errors, found.left.warnings) == (0, 2)
    found.save(when=moment(59))
    assert report.open_folder(folder).complete().final


@pytest.mark.parametrize(
    ("heading", "cells", "column"),
    [("Rating Type", ("Annual", "Annual", "Interim"), "rating_date"), ("Bonus Date", ("2026-12-05",) * 3, "award")],
)
def test_a_heading_that_stops_the_report_has_two_ways_out(tmp_path, heading, cells, column):
    """It is something else and left out, or it is that column all the same; until one is confirmed it is an error."""
    heads = ("person_id", "plan", "ig_office", "appointment_type", "basic_pay_fy_end", "basic_pay_period_end", "rating",
             heading)  # fmt: skip
    rows = [
        (f"{number}", "main", "no", "career", "190000", "190000", "4", cell) for number, cell in enumerate(cells, 1)
    ]
    (tmp_path / "roster.csv").write_text("".join(",".join(row) + "\n" for row in (heads, *rows)), encoding="utf-8")
    (tmp_path / "agency.yaml").write_text(own_headings.AGENCY, encoding="utf-8")
    found = corrections.open_folder(tmp_path)
    assert found.left.errors
    (group,) = [one for one in found.groups if heading in one.texts]
    assert "do not look like it" in group.reason
    out, read = group.offers
    assert "leave the column out" in out.question
    assert read.question.startswith(f"Read the heading '{heading}' as {column}?")
    before = found.left.errors
    found.accept(out.id, when=moment(1))
    assert found.left.errors == before - 1
    assert not [one for one in found.groups if heading in one.texts]
    found.undo()
    found.accept(read.id, when=moment(2))
    assert column in found.grid.slots


@pytest.mark.parametrize("confirmed", [0, 3, len(ALL_OFFERS)])
def test_the_counter_counts_what_is_listed(tmp_path, confirmed):
    """Errors and warnings are the sums of the list; a heading that stops nothing is no error; it ends where the report does."""
    found = accepted(own_headings.folder(tmp_path / "OWB"), *ALL_OFFERS[:confirmed])
    listed = {kind: [group.count for group in found.filtered(kind=kind)] for kind in ("error", "warning")}
    assert (found.left.errors, found.left.warnings) == (sum(listed["error"]), sum(listed["warning"]))
    assert found.left.kinds == sum(map(len, listed.values()))
    assert f"listed as {found.left.kinds} kind" in found.left.text
    assert bool(found.left.errors) is any(one.severity == "error" for one in found.problems)
    if not confirmed:
        assert {group.severity for group in found.groups if group.id == "heading:full-name"} == {"warning"}


def test_like_names_are_one_group_and_each_counts(tmp_path):
    """Twenty names in two rows each: one error with all its places, counted as twenty, until a reason says that all are two."""
    heads = [
        "person_id",
        "name",
        "plan",
        "ig_office",
        "appointment_type",
        "basic_pay_fy_end",
        "basic_pay_period_end",
        "rating",
    ]
    rows = [[f"E{n}", f"Adler {chr(65 + n % 20)}", "main", "no", "career", "190000", "190000", "4"] for n in range(40)]
    (tmp_path / "roster.csv").write_text("".join(",".join(row) + "\n" for row in [heads, *rows]), encoding="utf-8")
    (tmp_path / "agency.yaml").write_text(own_headings.AGENCY.replace("status: paid, paid_in: 2025-12, determined_on: 2025-11-28",
                                                                      "status: none"), encoding="utf-8")  # fmt: skip
    found = corrections.open_folder(tmp_path)
    (group,) = [one for one in found.groups if "name" in one.columns]
    assert (group.count, len(group.rows), group.severity) == (20, 40, "error")
    assert "20 names are each in several rows under different numbers: rows 2, 22; rows 3, 23" in group.reason
    assert "and 12 more" in group.reason
    found.confirm(group.id, "Invented people of like names.")
    found = corrections.open_folder(tmp_path)
    assert found.left.warnings == sum(one.count for one in found.groups if one.severity == "warning") >= 20
    assert not [one for one in found.problems if one.severity == "error" and one.column == "name"]


@pytest.mark.parametrize(
    ("column", "other"), [("plan", "second"), ("component", "Soils"), ("basic_pay_period_end", "")]
)
def test_one_name_in_two_rows_that_do_not_count_twice_is_a_warning(tmp_path, column, other):
    """Of another plan or component, or without a rate of the same day; the same in all these is an error."""
    rows = [
        {**dict.fromkeys(COLUMNS), "row": row, "name": name, "plan": "main", "component": "Water", "basic_pay_period_end": 190000}
        for row, name in ((2, "Vale, Robin"), (3, "Vale  Robin"))
    ]  # fmt: skip
    for changed in (False, True):
        people = [Person(**{field: one.get(field) for field in Person._fields}) for one in rows]
        assert same_names.in_rows(Roster(people=people), counted_twice=not changed) == [(2, 3)]
        assert not same_names.in_rows(Roster(people=people), counted_twice=changed)
        rows[1][column] = other or None


def test_an_inspector_general_named_outside_the_column_of_the_office_is_told(tmp_path):
    """The office's own column comes first, with the rows that a title or a detail names; another column of offices does not stand back."""
    for heading, first in (("Position title", True), ("Detailed to Office", True), ("Org Level 2", False)):
        heads, ids = ("Employee No.", "Bureau", heading), ("E1", "E2", "E3")
        cells = (("IG01", "Chief"), ("Water", "Director, OIG Audits"), ("Water", "Chief"))
        grid = Grid(header=list(heads), slots=["person_id", "component", None])
        grid.now = {row: [one, *two] for row, (one, two) in enumerate(zip(ids, cells, strict=True), 2)}
        offers = list(headings._offices(grid, (2, 3)))
        assert [one.id for one in offers] == ["office:ig_office:bureau", "office:ig_office"][:: 1 if first else -1]
        (alone,) = [one for one in offers if "bureau" in one.id]
        assert f"row 3 names one under '{heading}'" in alone.question
        how = Readings(accepted=alone.readings)
        follower = AsAccepted(how, list(heads), list(grid.slots))
        assert [row[-1] for row in follower.rows(iter(grid.now.values()), 2)] == ["yes", "no", "no"]


def beside_blank(place, *, heading="Bonus $", status="paid", blank=("", "", ""), first=False):
    """A roster with a column award that holds these cells, and amounts under another heading."""
    place.mkdir(exist_ok=True)
    amounts = ("12000", "9500", "")
    heads = ["person_id", "plan", "ig_office", "appointment_type", "basic_pay_fy_end", "basic_pay_period_end", "rating"]
    rows = [[f"E{n}", "main", "no", "career", "190000", "190000", "4"] for n in range(3)]
    for row, *cells in zip([heads, *rows], (heading, *amounts), ("award", *blank), strict=True):
        row.extend(cells if first else reversed(cells))
    (place / "roster.csv").write_text("".join(",".join(row) + "\n" for row in [heads, *rows]), encoding="utf-8")
    agency = own_headings.AGENCY
    if status != "paid":
        agency = re.sub(r"awards: .*", f"awards: {{status: {status}}}", agency)
    (place / "agency.yaml").write_text(agency, encoding="utf-8")
    return place


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("heading", ["Bonus $", "Recognition"])
def test_amounts_beside_a_blank_column_award_are_asked_about(tmp_path, heading, first):
    """By its name or by its amounts, before the blank column or after it; yes and no are kept, and undone alike."""
    folder = beside_blank(tmp_path, heading=heading, first=first)
    (error,) = [one for one in report.open_folder(folder).problems if one.column == heading]
    assert error.severity == "error"
    assert "the column award is blank in every row" in error.reason
    found = corrections.open_folder(folder)
    (group,) = [one for one in found.groups if heading in one.texts]
    read, leave = group.offers
    assert "The column 'award', which is blank, is then not used." in read.question
    found.accept(read.id, when=moment(1))
    assert [person.award for person in found.roster.people] == [12000, 9500, None]
    assert not [one for one in found.problems if one.column in (heading, "award")]
    package = report.open_folder(folder)
    assert [person.award for person in package.roster.people] == [12000, 9500, None]
    assert "Columns kept but not used: award." in package.roster.notes
    found.undo()
    found.accept(leave.id, when=moment(2))
    assert not any(person.award for person in found.roster.people)
    assert not [one for one in found.problems if one.column == heading]


@pytest.mark.parametrize("blank", [("0", "", ""), ("", "pending", "")])
def test_a_column_award_with_a_word_in_it_is_the_awards(tmp_path, blank):
    """One cell that holds anything, a zero or what cannot be read, and the other heading is a column that is not used."""
    found = corrections.open_folder(beside_blank(tmp_path, blank=blank))
    assert not [one for one in found.groups if "Bonus $" in one.texts]


@pytest.mark.parametrize(("heading", "asked"), [("Bonus $", True), ("Recognition", False), ("Rank award", False)])
def test_where_no_awards_are_paid_only_a_name_asks(tmp_path, heading, asked):
    """A bonus of an agency that says it paid none is a contradiction; other amounts are not."""
    found = corrections.open_folder(beside_blank(tmp_path, heading=heading, status="none"))
    assert bool([one for one in found.groups if heading in one.texts]) is asked


def test_another_roster_whose_own_awards_are_filled_is_read_by_them(tmp_path):
    """What was confirmed for the blank column is put aside; blank again, it is followed."""
    folder = beside_blank(tmp_path)
    corrections.open_folder(folder).accept("heading:bonus:award", when=moment(1))
    beside_blank(folder, blank=("7000", "", ""))
    roster = roster_file.read(folder)
    assert [person.award for person in roster.people] == [7000, None, None]
    (told,) = (note for note in roster.notes if "this one has its own column award" in note)
    assert all(words in told for words in ("'Bonus $' is read as award", "'award' is not used"))
    beside_blank(folder, blank=("", "", ""), first=True)
    assert [person.award for person in roster_file.read(folder).people] == [12000, 9500, None]


NAMED = ["person_id", "Last name", "First name", "plan", "ig_office", "appointment_type", "basic_pay_fy_end", "basic_pay_period_end",
         "rating", "rating_date", "pay_decreased", "action"]  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_last_and_a_first_name_are_read_as_one(tmp_path, kind):
    """Offered once, in the corrected copy, and read again the same; for another roster without them it is put aside."""
    rows = [[f"E{n}", f"Adler{n}", f"Robin  {n}" if n else "", "main", "no", "career", "190000", "190000", "2", "2025-11-10", "no",
             "none yet"] for n in range(3)]  # fmt: skip
    if kind == "csv":
        (tmp_path / "roster.csv").write_text("".join(",".join(row) + "\n" for row in [NAMED, *rows]), encoding="utf-8")
    else:
        book = openpyxl.Workbook()
        for row in [NAMED, *rows]:
            book.active.append(row)
        book.save(tmp_path / "roster.xlsx")
    (tmp_path / "agency.yaml").write_text(own_headings.AGENCY.replace("status: paid, paid_in: 2025-12, determined_on: 2025-11-28",
                                                                      "status: none"), encoding="utf-8")  # fmt: skip
    found = corrections.open_folder(tmp_path)
    assert [one.row for one in found.problems if one.column == "name"] == [2, 3, 4]
    found.accept("heading:last-and-first:name", when=moment(1))
    assert [person.name for person in found.roster.people] == ["Adler0", "Adler1, Robin 1", "Adler2, Robin 2"]
    assert not [one for one in found.problems if one.column == "name"]
    assert "heading:last-and-first:name" not in found.offers
    assert found.set(2, "name", "Adler, Ada", when=moment(2), why="personnel file") == []
    found.save(when=moment(3))
    read = roster_file.read(tmp_path)
    assert [person.name for person in read.people] == ["Adler, Ada", "Adler1, Robin 1", "Adler2, Robin 2"]
    assert not read.unused
    assert any("'Last name' and 'First name' are read as name, joined" in note for note in read.notes)
    (used,) = [
        line.note for line in report.open_folder(tmp_path).complete().account.lines if line.what == "Columns used"
    ]
    assert used.split(", ").count("name") == 1
    found.undo()
    found.undo()
    assert {person.name for person in found.roster.people} == {None}


def test_two_parts_of_a_name_are_put_aside_where_they_are_not_there(tmp_path):
    """Another roster without one of the two headings is read without them, and the reason is said."""
    rows = [["E1", "Adler", "Robin", *["x"] * (len(NAMED) - 3)]]
    roster = tmp_path / "roster.csv"
    roster.write_text("".join(",".join(row) + "\n" for row in [NAMED, *rows]), encoding="utf-8")
    corrections.open_folder(tmp_path).accept("heading:last-and-first:name", when=moment(1))
    roster.write_text(roster.read_text(encoding="utf-8").replace("First name", "Called"), encoding="utf-8")
    read = roster_file.read(tmp_path)
    assert [person.name for person in read.people] == [None]
    assert any("this one has no heading 'First name'" in note for note in read.notes)


@pytest.mark.parametrize(("own", "column", "order"), [
    ("OIG Staff", "ig_office", ["oig-staff", "office:ig_office"]),
    ("Retirement eligible", "ig_office", ["office:ig_office"]),
    ("Base Pay End of Appraisal Period", "basic_pay_period_end", ["base-pay-end-of-appraisal-period", "annual-basic-pay-09-30-2025"]),
    ("Total comp", "basic_pay_period_end", ["annual-basic-pay-09-30-2025", "total-comp"]),
])  # fmt: skip
def test_a_heading_that_says_a_column_comes_before_what_is_derived_of_another(tmp_path, own, column, order):
    """Confirming from the top never puts a column of the roster's own aside for what another one only lets be guessed."""
    (tmp_path / "agency.yaml").write_text(own_headings.AGENCY, encoding="utf-8")
    cell = "N" if column == "ig_office" else "191000"
    head = f"person_id,component,plan,appointment_type,rating,award,Annual Basic Pay 09/30/2025,{own}\n"
    rows = [f"E{number},{place},main,career,3,,190000,{cell}\n" for number, place in enumerate(("OIG", "Tides"))]
    (tmp_path / "roster.csv").write_text(head + "".join(rows), encoding="utf-8")
    found = accepted(tmp_path, "heading:annual-basic-pay-09-30-2025:basic_pay_fy_end")
    assert offers_for(found, column) == order


def test_the_last_year_and_step_is_offered_and_a_number_is_no_award(tmp_path, monkeypatch):
    """Of two headings of ratings the final one; of no heading is a number of a person offered as an award."""
    header = (
        small_report.HEADER.replace(",rating,", ",Initial Rating,").replace("person_id", "EMPLID") + ",Final Rating"
    )
    monkeypatch.setattr(small_report, "HEADER", header.replace(",award,", ",Amount ($000),"))
    changed = (
        row.replace("E", "100", 1).replace(",5650,", ",5.65,").replace(",9735,", ",9.735,")
        for row in small_report.ROWS[:2]
    )
    small_report.report(tmp_path, rows=tuple(f"{row},{level}" for row, level in zip(changed, (4, 5), strict=True)))
    found = corrections.open_folder(tmp_path)
    assert offers_for(found, "rating") == ["final-rating"]
    assert offers_for(found, "award") == []


def test_small_awards_are_offered_as_a_share_and_as_thousands(tmp_path):
    """Whichever reads all of them; as thousands alone where the heading says so."""
    rows = [row.replace(",5650,", ",5.65,").replace(",9735,", ",9.735,") for row in small_report.ROWS[:2]]
    small_report.report(tmp_path / "both", rows=tuple(rows))
    assert [one for one in corrections.open_folder(tmp_path / "both").offers if one.startswith("award")] == [
        "award:bare-percent", "award:in-thousands",
    ]  # fmt: skip
    small_report.report(tmp_path / "one", rows=(rows[0].replace(",5.65,", ",22.6,"), rows[1]))
    found = corrections.open_folder(tmp_path / "one")
    assert [one for one in found.offers if one.startswith("award")] == ["award:in-thousands"]
    found.accept("award:in-thousands", when=moment(0))
    assert [one.award for one in found.roster.people] == [22600, 9735]
