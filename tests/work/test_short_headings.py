"""Headings that shorten a word, or name a rating where the day of it stands: offered, and never taken without a person."""

from datetime import date

import openpyxl
import own_headings
import pytest

from seskit.record.roster.usual_headings import columns
from seskit.work import corrections


def offered(place, heads, cells):
    """What is offered for each of these headings, put in the place of the name and behind the last column."""
    folder = own_headings.folder(place)
    book = openpyxl.load_workbook(folder / "roster.xlsx")
    sheet = book.active
    sheet["B1"], last = heads[0], sheet.max_column + 1
    sheet.cell(1, last).value = heads[1]
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, last).value = cells
    book.save(folder / "roster.xlsx")
    return {
        reading.heading: reading.column
        for offer in corrections.open_folder(folder).offers.values()
        for reading in offer.readings
        if reading.kind == "column"
    }


@pytest.mark.parametrize("name", ["Exec Name", "Executive", "SES Member Name", "Incumbent Name", "Exec. Nm"])
@pytest.mark.parametrize("day", ["Rating issued", "Rating approved", "Rtg Dt", "Final rating signed on", "Date rated"])
def test_the_name_and_the_day_of_the_rating_are_offered(tmp_path, name, day):
    """Both are offered under the words an agency uses."""
    found = offered(tmp_path / "OWB", (name, day), date(2025, 11, 3))
    assert (found.get(name), found.get(day)) == ("name", "rating_date")


@pytest.mark.parametrize("cells", ["approved", 4, None])
def test_without_days_below_it_a_heading_of_a_rating_is_no_day(tmp_path, cells):
    """Words and levels below 'Rating issued' are no day of a rating."""
    assert offered(tmp_path / "OWB", ("Full Name", "Rating issued"), cells).get("Rating issued") != "rating_date"


@pytest.mark.parametrize("heading", ["Bureau name", "Position name", "File name", "Supervisor name"])
def test_the_name_of_something_else_is_no_name(heading):
    """Only what says the executive names one."""
    assert "name" not in columns(heading, ["name"])


@pytest.mark.parametrize("blank", ["", "0.1"])
@pytest.mark.parametrize("first", ["Bonus ($)", "Bonus (%)"])
def test_headings_of_the_same_letters_are_told_apart(tmp_path, first, blank):
    """Each has repairs of its own name; the last word on a heading counts, so that two never are one column."""
    (tmp_path / "agency.yaml").write_text(own_headings.AGENCY, encoding="utf-8")
    head = "person_id,plan,ig_office,appointment_type,basic_pay_fy_end,basic_pay_period_end,rating,Bonus ($),Bonus (%)"
    rows = [f"E{number},main,no,career,180000,180000,5,18000,{blank}" for number in range(6)]
    (tmp_path / "roster.csv").write_text("\n".join((head, *rows)), encoding="utf-8")
    found = corrections.open_folder(tmp_path)
    ids = [offer.id for group in found.groups for offer in group.offers]
    assert len(ids) == len({*ids})
    wanted = first
    while taking := [one for one in found.offers.values() if one.id.endswith(":award")]:
        found.accept(next(one.id for one in taking if one.readings[0].heading == wanted), when="2025-12-02T08:00:00")
        wanted = "Bonus ($)"
    taken = [one.heading for one in found.readings.accepted if (one.kind, one.column) == ("column", "award")]
    assert taken == [first if blank else "Bonus ($)"]
    assert not [one for one in found.problems if "twice" in str(one)]


@pytest.mark.parametrize(("day", "column"), [("2003-09-30", "es_level"), ("2025-09-30", "rating")])
@pytest.mark.parametrize("cell", ["3", "Outstanding"])
def test_a_level_is_that_of_the_rating_once_there_are_no_es_levels(tmp_path, day, column, cell):
    """A heading may mean only a column that the days of the report have; words of a rating are none of an ES level."""
    year = int(day[:4])
    about = own_headings.AGENCY.replace("2024-10-01", f"{year - 1}-10-01").replace("2025-09-30", day)
    about = (
        about.replace("2025-12", f"{year}-12")
        .replace("2025-11", f"{year}-11")
        .replace("fiscal_year: 2025", f"fiscal_year: {year}")
    )
    (tmp_path / "agency.yaml").write_text(about, encoding="utf-8")
    rows = [f"E{number},main,no,career,180000,180000,{cell}" for number in range(6)]
    head = "person_id,plan,ig_office,appointment_type,basic_pay_fy_end,basic_pay_period_end,Level"
    (tmp_path / "roster.csv").write_text("\n".join((head, *rows)), encoding="utf-8")
    taken = {one.readings[0].column for one in corrections.open_folder(tmp_path).offers.values() if one.readings}
    assert {"es_level", "rating"} & taken == {column if cell == "3" else "rating"}
