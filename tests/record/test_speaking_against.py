"""What a file holds against what is read of it is asked, in an export as in a roster that is brought; what agrees is not."""

from datetime import date

import pytest
from xlsxwriter import Workbook

from seskit.record import roster as rosters
from seskit.record.people_import import convert, guess, values
from seskit.record.people_import import rows as import_rows
from seskit.record.roster import heading_times, origin, speaking_against
from seskit.record.roster.heading_times import ReportDays
from seskit.record.roster.marks import MarkedRow
from seskit.record.roster.refusal import Refusal
from seskit.record.roster.speaking_against import of_nobody
from seskit.record.roster.usual_headings import PAYS
from seskit.record.roster.workbook import rows
from seskit.work import corrections
from tests import small_report

DAYS = ReportDays(2002, dict.fromkeys(PAYS, date(2002, 9, 30)))
HEADS = ("Emp No", "Name", "Appt Type", "Base Pay", "Rating", "Award")
PEOPLE = (
    ("E1", "Vale, Robin", "Career", "190000", "5", "12000"),
    ("E2", "Reed, Sam", "Career", "200000", "4", "14000"),
    ("E3", "Lind, Noor", "Career", "210000", "3", ""),
)
#: A heading, what is below it for the three, and a part of what is asked; no part: nothing is.
BESIDE = (
    ("Rating FY02", "4 5 3", "another level than 'Rating' for 2 people"),
    ("Final", "4 5 3", "another level"),
    ("Prior Rating", "4 5 3", ""),
    ("Rating FY01", "5 4 3", ""),
    ("Award Approved", "11000 14000 ", "another amount than 'Award' for 1 person"),
    ("Proposed Award", "11000 14000 ", ""),
    ("Base Pay 2", "190000 204000 210000", "another rate than 'Base Pay' for 1 person"),
    ("Locality Pay", "19000 20000 21000", ""),
    ("Status", "Active Separated Active", "'separated' of 1 person who may not be on the rolls"),
    ("Emp Status", "A T A", "'T' of 1 person"),
    ("Active", "Y N Y", "'no' of 1 person"),
    ("On Board 9/30/02", "Yes No Yes", "'no' of 1 person"),
    ("Remarks", "new Retired -", "'retired' of 1 person"),
    ("NOA", "893 352 893", "'352' of 1 person"),
    ("Retirement Status", "FERS CSRS FERS", ""),
    ("Position Status", "Filled Filled Filled", ""),
    ("Award Type", "Performance Rank -", "'rank' of 1 award"),
    ("Award Status", "Paid Declined -", "'declined' of 1 award"),
    ("Approved", "Yes No No", "'no' of 1 award"),
    ("Award FY", "2002 2001 2001", "'2001' of 1 award"),
    ("Award Date", "2002-12-15 2002-12-15 -", ""),
    ("Fiscal Year", "2002 2001 2002", "'2001' of 1 row"),
    ("Fiscal Year", "2001 2001 2001", "and the report is for fiscal year 2002"),
    ("Award Paid On", "2002-12-15 2003-01-03 -", ""),
    ("Base Pay before adjustment", "187000 197000 207000", "another rate"),
    ("Category", "SES SL SES", "'SL' of 1 person"),
    ("Include in Report", "Yes No Yes", "'No' of 1 person"),
    ("Exclude", "- X -", "'X' of 1 person"),
    ("Included", "Y Y Y", ""),
    ("Current/Former", "Current Former Current", "'former' of 1 person"),
    ("Comments", "- duplicate -", "'duplicate' of 1 person"),
    ("Date Entered SES", "05/01/1995 11/03/2002 05/01/2002", "to have come after a day for which there is a rate"),
    ("Date Entered Position", "05/01/1995 11/03/2002 05/01/2002", ""),
    ("Separation Date", "- 12/31/2002 -", ""),
    ("Separation Date", "- 03/15/2002 -", "gives the day on which 1 person left"),
    ("EOD", "05/01/1995 11/03/2002 05/01/2002", "1 person to have come after a day for which there is a rate"),
    ("SES (Y/N)", "Y N Y", "'N' of 1 person"),
    ("SES Member", "Yes Yes Yes", ""),
    (
        "Appointment Type 9/30/02",
        "Career Noncareer Career",
        "another type of appointment than 'Appt Type' for 1 person",
    ),
    ("Prior Appointment Type", "Career Noncareer Career", ""),
    ("Position Title", "Director Director Inspector-General", "names an Inspector General office in 1 row"),
    ("Position Title", "Director Director OIG/Liaison", ""),
    ("Office", "Water OIG Water", "names an Inspector General office in 1 row"),
)


def asked(heads, *people):
    table = [list(heads), *map(list, people)]
    used, _ = guess.recipe(table, ("main",))
    return " ".join(convert.through(table, used, report=DAYS)[0].asked.values())


@pytest.mark.parametrize(("heading", "below", "said"), BESIDE)
def test_a_heading_of_an_export_that_speaks_against_what_is_read_is_asked(heading, below, said):
    """Once, by its name and by whom it is about; one of an earlier year or step is not."""
    heads, cells = (*HEADS, heading), below.split(" ")
    if heading == "Office":
        heads, cells = (*heads, "Bureau"), [f"{cell} X" for cell in cells]
        people = [(*one, cell.split()[0], "X") for one, cell in zip(PEOPLE, cells, strict=True)]
    else:
        people = [(*one, cell.strip("-")) for one, cell in zip(PEOPLE, cells, strict=True)]
    found = asked(heads, *people)
    assert (said in found) if said else (found == "")
    assert not said or f"'{heading}'" in found


def test_a_row_is_of_nobody_by_its_number_or_name_and_a_name_with_a_first_name_is_somebodys():
    for said in ("VACANT", "Vacant, Deputy Director", "EXAMPLE", "* Example row", "void", "TBD", "Sample"):
        assert of_nobody("E4", said), said
        assert of_nobody(said, "Lee, Pat"), said
    for said in ("Example, Quentin 3", "Void , Pat", "Sample, Pat", "Testa, Pat", "Vacanti, Pat", ""):
        assert not of_nobody("E4", said), said


def test_an_export_asks_for_what_it_holds_twice_or_of_nobody():
    """Two columns of one heading, a heading of another year or step alone, and an award in a row without a number that is no sum."""
    twice = [(*one, cell) for one, cell in zip(PEOPLE, ("1", "2", "3"), strict=True)]
    assert "'Rating' is there 2 times with other cells" in asked((*HEADS, "Rating"), *twice)
    assert "says 'proposed'" in asked((*HEADS[:-1], "Proposed Award"), *PEOPLE)
    assert "is read as rating, and its heading says '2001'" in asked((*HEADS[:4], "FY01 Rating", "Award"), *PEOPLE)
    assert "its heading says 'January 15, 2003'" in asked((*HEADS[:3], "Base Pay 1/15/2003", *HEADS[4:]), *PEOPLE)
    offices = zip(PEOPLE, ("Office of Inspector General", "", "Water"), strict=True)
    assert "'Bureau' is blank in 1 row below one that names" in asked(
        (*HEADS, "Bureau"), *((*one, at) for one, at in offices)
    )
    assert speaking_against.below_inspector(("", "OIG", '"', "Water", "")) == (2,)
    assert not asked((*HEADS[:4], "PRB Final Rating", "Award"), *PEOPLE)
    assert "'row 5, number E4' is of nobody" in asked(HEADS, *PEOPLE, ("E4", "VACANT", *PEOPLE[0][2:]))
    assert "'column G' has no heading, and says 'retired' of 1 person" in asked(
        (*HEADS, ""), *((*one, told) for one, told in zip(PEOPLE, ("", "Retired 8/31", ""), strict=True))
    )
    blank = ("", "", "", "", "", "8000")
    assert "an amount in 1 row without a number" in asked(HEADS, *PEOPLE, blank)
    assert not asked(HEADS, *PEOPLE, (*blank[:-1], "26000"))


@pytest.mark.parametrize(("text", "meant"), [
    ("Highly Successful", "4"), ("4.2", None), ("4-5", None), ("3 -> 4", None), ("Less than Fully Successful", None), ("Below FS", None),
    ("4.0", "4"), ("4 of 5", "4"), ("4 - Exceeds", "4"), ("Not rated", ""), ("Exceeds Fully Successful", "4"),
])  # fmt: skip
def test_a_rating_is_guessed_only_where_its_text_names_one_level(text, meant):
    """A fraction, two levels and a level that somebody falls short of are none."""
    assert values.meant("rating", text) == meant


@pytest.mark.parametrize(("heading", "cell", "said"), [
    ("Status", "Retired", "says 'retired' of 1 person"), ("rating 2003", "4", "another level than 'rating'"),
    ("award type", "Rank", "says 'rank' of 1 award"), ("EOD", "11/03/2002", "to have come after a day for which there is a rate"),
    ("Pay Plan", "SL", "says 'SL' of 1 person"),
])  # fmt: skip
def test_a_heading_of_a_roster_that_speaks_against_it_blocks_final_forms(heading, cell, said, tmp_path, monkeypatch):
    """Until it is confirmed that it is not used, which the correction page offers."""
    monkeypatch.setattr(small_report, "HEADER", f"{small_report.HEADER},{heading}")
    usual = {"Pay Plan": "ES", "EOD": "05/01/1995"}.get(heading, "")
    named = [f"{row},{cell if row.startswith('E1') else usual}" for row in small_report.ROWS]
    made = small_report.report(tmp_path, rows=tuple(named))
    assert [one.column for one in made.problems if one.severity == "error" and said in one.reason] == [heading]
    session = corrections.open_folder(tmp_path)
    offered = [name for name, offer in session.offers.items() if any(one.kind == "unused" for one in offer.readings)]
    assert len(offered) == 1


def test_two_rates_for_one_day_block_final_forms(tmp_path):
    """Where both pay columns are for the last day of the period, and where they are not they may differ."""
    row = small_report.ROWS[0].replace("113000,113000", "109100,113000")
    for period, expected in (("2001-10-01, to: 2002-09-30", 1), ("2001-07-01, to: 2002-06-30", 0)):
        made = small_report.report(tmp_path / period[:10], rows=(row, *small_report.ROWS[1:]), period=period)
        assert sum("both are for September 30, 2002" in one.reason for one in made.problems) == expected


def test_one_pay_column_of_an_export_for_two_days_blocks_final_forms(tmp_path):
    """As in a roster that is brought: the roster beside the note of its export has the rate of one day twice."""
    columns = small_report.HEADER.split(",")
    tmp_path.joinpath(origin.FILE).write_text(origin.text(columns, (), (), one_pay="Base Pay"), encoding="utf-8")
    rows = small_report.ROWS[:4]
    for period, expected in (("2001-10-01, to: 2002-09-30", 0), ("2001-07-01, to: 2002-06-30", 1)):
        made = small_report.report(tmp_path, rows=rows, period=period)
        assert sum("'Base Pay' is read as both pay columns" in one.reason for one in made.problems) == expected


def test_of_two_sheets_with_the_same_headings_none_is_read_unasked(tmp_path):
    """Its people would be lost; a sheet of the name that is read, or with other headings, is no question."""
    for names, refused in ((("Water", "Soils"), True), (("roster", "Soils"), False)):
        book = Workbook(tmp_path / "two.xlsx")
        for name in names:
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, HEADS)
            sheet.write_row(1, 0, PEOPLE[0])
        book.close()
        if refused:
            with pytest.raises(Refusal, match="have the same headings"):
                list(rows(tmp_path / "two.xlsx", [], "roster"))
        else:
            assert len(list(rows(tmp_path / "two.xlsx", [], "roster"))) == 2


def test_a_hidden_row_and_a_merged_cell_of_an_export_are_asked():
    """Each hidden row by its number, many at once; a cell merged with one above where the other is read and not blank."""
    rows = [MarkedRow([f"E{n}", "career", "" if n == 2 else "3"]) for n in range(1, 9)]
    rows[1].merged = {0: 2, 2: 2}
    for hidden in (1, 6):
        for row in rows[2 : 2 + hidden]:
            row.hidden = True
        table = [["Employee ID", "Appointment Type", "Rating"], *rows]
        asked = convert.through(table, guess.recipe(table)[0])[0].asked
        told = ["row 4, number E3"] if hidden == 1 else ["6 hidden rows, numbers E3 to E8"]
        assert list(asked) == ["row 3, number E2", *told]
        left_out = {*told} if hidden == 1 else {f"row {n}, number E{n - 1}" for n in range(4, 10)}
        assert {*convert.through(table, guess.recipe(table)[0])[0].asked_of[told[0]]} == left_out
        used = guess.recipe(table)[0].model_copy(update={"unused": tuple(asked)})
        assert not convert.through(table, used)[0].asked


@pytest.mark.parametrize(("heading", "levels", "column"), [
    ("Perf Level", "5 4 3", "rating"), ("Level", "Level_5 Level_4 Level_4", "rating"), ("Level", "5 4 3", "es_level"), ("Level", "5 4 4", "rating"),
    ("Security Level", "5 4 4", ""), ("Level", "9 8 7", ""),
])  # fmt: skip
def test_a_level_of_an_export_is_the_rating_or_the_es_rate(heading, levels, column):
    """People of one ES rate have one pay, so a level of several pays is the rating; another kind of level is neither."""
    cells = [cell.replace("_", " ") for cell in levels.split(" ")]
    table = [
        [*HEADS[:4], heading, "Award"],
        *([*one[:4], cell, one[5]] for one, cell in zip(PEOPLE, cells, strict=True)),
    ]
    used, _ = guess.recipe(table, ("main",))
    assert [one for one, head in used.columns.items() if head == heading] == [column] * bool(column)


def test_amounts_of_an_export_are_read_with_what_stands_around_them():
    """For a year, after a mark, in dollars; under a code of the action that pays the award."""
    for text, read in (("187,300 PA", "187,300"), ("'18730", "18730"), ("$ 187,300.00", "187,300.00"), ("187300/yr", "187300"),
                       ("USD 9,000", "9,000"), ("18730 PAX", "18730 PAX")):  # fmt: skip
        assert values.amount(text) == read
    table = [
        [*HEADS[:5], "NOA 885 Amount"],
        *([*one[:3], f"{one[3]} p.a.", one[4], f"'{one[5]}" if one[5] else ""] for one in PEOPLE),
    ]
    used, _ = guess.recipe(table, ("main",))
    made, people = convert.through(table, used, report=DAYS)
    assert [(one["basic_pay_period_end"], one["award"]) for one in people] == [
        ("190000", "12000"),
        ("200000", "14000"),
        ("210000", ""),
    ]
    assert not made.asked


def test_one_person_under_two_numbers_of_an_export_is_asked():
    """By the numbers and not by the name; of another office, without a rate or with names written the export asks nothing."""
    twin = ("E9", "VALE ROBIN", *PEOPLE[0][2:])
    for more, said in (((*twin[:3], "", *twin[4:]), False), (twin, True)):
        assert ("'numbers E1 and E9' have the same name" in asked(HEADS, *PEOPLE, more)) is said
    heads = (*HEADS, "Bureau")
    assert "numbers" not in asked(heads, *((*one, one[0]) for one in (*PEOPLE, twin)))
    table = [list(HEADS), *map(list, (*PEOPLE, twin))]
    used, _ = guess.recipe(table, ("main",))
    for more in ({"names": True}, {"unused": ("numbers E1 and E9",)}):
        assert not convert.through(table, used.model_copy(update=more), report=DAYS)[0].asked


def test_a_heading_that_agrees_says_nothing():
    """The same figures in other words are no other figures."""
    read = {"rating": ("Rating", ["5", "3"]), "award": ("Award", ["12000", ""])}
    assert speaking_against.found("Rating in words", ["Outstanding", "Fully Successful"], read) is None
    assert speaking_against.found("Bonus", ["$12,000.00", ""], read) is None


def test_a_line_above_the_table_that_names_another_fiscal_year_is_asked(tmp_path):
    """In an export and in a roster; one that names the year of the report, or of payment, is not."""
    for year, said in (("2001", True), ("2003", False)):
        table = [[f"SES ratings, FY {year}"], list(HEADS), *map(list, PEOPLE)]
        used, _ = guess.recipe(table, ("main",))
        found = convert.through(table, used, report=DAYS)[0].asked
        assert (f"row 1, fiscal year {year}" in found) is said
        folder = tmp_path / year
        small_report.report(folder)
        roster = folder / "roster.csv"
        roster.write_text(f"SES ratings; FY {year}\n" + roster.read_text(encoding="utf-8"), encoding="utf-8")
        session = corrections.open_folder(folder)
        session.accept("layout:table", when="2026-01-02T00:00:00")
        assert any("name fiscal year 2001" in one.reason for one in session.problems) is said


def test_a_row_that_is_struck_through_is_asked(tmp_path):
    """In a roster and in an export; a cell that nothing is read from may be struck through."""
    header, people = small_report.HEADER.split(","), [row.split(",") for row in small_report.ROWS[:2]]
    for struck, place, asked_for in ((1, 0, "row 3"), (1, len(header), "")):
        folder = tmp_path / str(place)
        folder.mkdir()
        book = Workbook(folder / "roster.xlsx")
        sheet = book.add_worksheet()
        for at, row in enumerate(([*header, "Room"], *([*one, "Water", "Retired 8/31"] for one in people))):
            for column, cell in enumerate(row):
                look = {"font_strikeout": True} if at == struck + 1 and column == place else {}
                sheet.write_string(at, column, cell, book.add_format(look))
        book.close()
        said = [one.row for one in rosters.read(folder).problems if "struck through" in one.reason]
        assert said == ([3] if asked_for else [])
        assert "Columns without a heading are not used: Q." in rosters.read(folder).notes
        table = import_rows.read(folder / "roster.xlsx", [])
        used, _ = guess.recipe(table)
        found = [head for head in convert.through(table, used)[0].asked if head.startswith("row ")]
        assert found == (["row 3, number E2"] if asked_for else [])


@pytest.mark.parametrize(("heads", "column", "taken"), [
    (("FY20 Rating", "FY21 Rating", "FY22 Rating"), "rating", "FY22 Rating"),
    (("Supervisor Rating", "Summary Rating"), "rating", "Summary Rating"),
    (("Proposed Award", "Approved Award"), "award", "Approved Award"),
    (("Bonus %", "Bonus"), "award", "Bonus"), (("FY22 Award", "FY21 Award"), "award", "FY22 Award"),
    (("Prior Base Pay", "Salary"), "basic_pay_period_end", "Salary"), (("Salary 2021", "Salary 2022"), "basic_pay_fy_end", "Salary 2022"),
])  # fmt: skip
def test_of_several_years_and_steps_the_last_is_taken(heads, column, taken):
    """Without a question about those before it."""
    given = {"rating": ("3", "4", "5"), "award": ("12000", "13000", "14000")}.get(
        column, ("190000", "191000", "192000")
    )
    others = [head for head in HEADS if head != {"rating": "Rating", "award": "Award"}.get(column, "Base Pay")]
    place = [HEADS.index(head) for head in others]
    people = [(*(one[at] for at in place), *given[: len(heads)]) for one in PEOPLE]
    table = [[*others, *heads], *map(list, people)]
    used, _ = guess.recipe(table, ("main",))
    assert used.columns[column] == taken
    assert not convert.through(table, used)[0].asked


def test_a_heading_names_a_day_or_a_year():
    """However it is written; a span is of its last year."""
    for heading in (
        "Base Pay 30-JUN-2022",
        "BASE_PAY_6_30_2022",
        "Basic Pay June 30, 2022",
        "Pay 6/30/22",
        "Pay 2022-06-30",
    ):
        assert heading_times.day_of(heading) == date(2022, 6, 30)
    assert [heading_times.year(one) for one in ("Rating 2021-22", "FY22 Award", "Salary 2022", "Rating")] == [
        2022,
        2022,
        2022,
        0,
    ]
