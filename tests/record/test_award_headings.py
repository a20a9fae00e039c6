"""Which heading may be the performance award: judged alike where an export is read and where a roster is brought."""

import openpyxl
import pytest

from seskit.record import people_import
from seskit.record.people_import import convert, guess
from seskit.record.people_import.draft import ImportDraft
from seskit.record.roster import usual_headings
from seskit.work import corrections, report
from tests import own_headings

OTHERS = ("Rank Award", "Presidential rank award", "Recruitment bonus", "Relocation award", "Retention Bonus", "Special act award",
          "Travel award", "Suggestion award", "Time-off award", "Referral bonus", "Prior year award")  # fmt: skip


def table(**awards):
    """Two people with these columns of awards."""
    heads = ["Emp No", "Appt Type", "Annual Salary", "Rating", *(head.replace("_", " ") for head in awards)]
    rows = [[f"E{n}", "Career", "190000", "5", *(cells[n] for cells in awards.values())] for n in (0, 1)]
    return [heads, *rows]


def read(made):
    used, _ = guess.recipe(made)
    found, people = convert.through(made, used)
    return used.columns.get("award"), "\n".join(found.lines()), people


@pytest.mark.parametrize("heading", OTHERS)
def test_another_award_is_never_the_performance_award(heading, tmp_path):
    """Neither alone nor beside it; neither where an export is read nor where a roster is brought."""
    assert read(table(**{heading: ("30,000", "31,000")}))[0] is None
    taken, said, people = read(table(**{heading: ("30,000", "31,000"), "Bonus $": ("9,000", "8,000")}))
    assert taken == "Bonus $"
    assert [person["award"] for person in people] == ["9,000", "8,000"]
    assert f"Columns with amounts of money that are not used: '{heading}' (2 amounts, $61,000)." in said
    assert "award" not in usual_headings.columns(heading, ["award"])
    heads = tuple(heading if head == "Bonus $" else head for head in own_headings.HEADS)
    folder = own_headings.folder(tmp_path / "OWB", heads=heads)
    book = openpyxl.load_workbook(folder / "roster.xlsx")
    for row in range(2, own_headings.PEOPLE + 2):
        book.active.cell(row, 8).value = 12_000
    book.save(folder / "roster.xlsx")
    offers = corrections.open_folder(folder).offers.values()
    assert not [one.id for one in offers if any(reading.column == "award" for reading in one.readings)]


def test_an_empty_column_never_wins():
    """The one with amounts is taken, in either order."""
    for empty in ("SES Award", "Award", "Performance award"):
        used, guesses = guess.recipe(table(**{empty: ("", ""), "Bonus $": ("9,000", "")}))
        assert used.columns["award"] == "Bonus $"
        assert f"'{empty}' is blank in every row, so it does not hold the awards" in guesses
        assert read(table(**{"Bonus $": ("9,000", ""), empty: ("0", "")}))[0] == "Bonus $"
    assert read(table(**{"Award date": ("2025-01-04", "2025-01-04"), "Bonus": ("9000", "0")}))[0] == "Bonus"
    assert read(table(**{"SES Award": ("", "")}))[0] is None


@pytest.mark.parametrize("nothing", ["\u2013", "-", "$ -", "None", "N/A", "$0.00"])
def test_a_sign_for_no_award_does_not_keep_the_awards_from_being_read(nothing):
    """However many have none; a column of such signs alone holds no award."""
    made = table(**{"Award Amount": ("$10,110.00", nothing)})
    made += [[f"E{n}", *made[-1][1:]] for n in range(2, 9)]
    taken, _, people = read(made)
    assert taken == "Award Amount"
    assert people[0]["award"] == "10,110.00"
    assert read(table(**{"Award Amount": (nothing, nothing)}))[0] is None


def test_where_two_may_be_it_a_person_is_asked():
    """None is taken; both are named with their amounts; chosen, the question is gone."""
    made = table(**{"SES Award": ("7,000", "6,000"), "Bonus $": ("9,000", "8,000"), "Rank Award": ("30,000", "")})
    taken, said, _ = read(made)
    assert taken is None
    assert "No column is used for the performance award: 'SES Award' or 'Bonus $' may hold it." in said
    assert "'Rank Award' (1 amount, $30,000)" in said
    draft = ImportDraft(made)
    assert "award" not in draft.recipe.columns
    draft.column("award", "Bonus $")
    said = "\n".join(draft.came_to()[0].lines())
    assert "No column is used" not in said
    assert "'SES Award' (2 amounts, $13,000)" in said


def test_what_an_import_left_out_is_in_the_account_and_in_what_was_read(tmp_path):
    """With its money columns; of a roster with other columns nothing is said."""
    folder = tmp_path / "OWB"
    folder.mkdir()
    (folder / "agency.yaml").write_text(own_headings.AGENCY, encoding="utf-8")
    made = table(**{"Bonus $": ("9,500", ""), "Rank Award": ("", "31,000")})
    (tmp_path / "export.csv").write_text("\n".join(";".join(row) for row in [*made, ["Total"]]), encoding="utf-8")
    people_import.run(tmp_path / "export.csv", folder, accept=True)
    package = report.open_folder(folder).complete()
    (line,) = [one for one in package.account.lines if one.what == "Rows of the export left out"]
    assert (line.value, line.note) == ("1", f"a total or a line of the report: row {len(made) + 1}")
    (line,) = [one for one in package.account.lines if one.what == "Columns not used"]
    assert (line.value, line.note) == ("1", "of the export it was written from: Rank Award")
    said = "Columns of the export that are not used: Rank Award. Some hold amounts of money: Rank Award."
    assert said in package.notes
    (folder / "roster.csv").write_text("person_id,plan\nE1,main\n", encoding="utf-8")
    assert said not in report.open_folder(folder).roster.notes


def test_the_account_and_the_notes_list_the_same_columns(tmp_path):
    """What other papers read is a line of its own in the account."""
    heads = (*own_headings.HEADS, "Rank Award")
    package = report.open_folder(own_headings.folder(tmp_path / "OWB", heads=heads)).complete()
    lines = {line.what: line for line in package.account.lines}
    (note,) = [one for one in package.notes if one.startswith("Columns kept but not used: ")]
    listed = note.removeprefix("Columns kept but not used: ").removesuffix(".").split(", ")
    assert lines["Columns not used"].note.split(", ") == listed
    assert lines["Columns not used"].value == str(len(listed))
    assert (lines["Columns for other papers"].value, lines["Columns for other papers"].note) == ("1", "Rank Award")


def test_a_name_in_two_columns_is_written_whole():
    """Last and first name are offered joined, and one of them alone is not taken."""
    made = table()
    made = [
        [*row, last, first]
        for row, (last, first) in zip(
            made, [("Last Name", "First Name"), ("Adler", "Robin"), ("Baker", "")], strict=True
        )
    ]
    draft = ImportDraft(made)
    assert draft.joined_name == draft.recipe.columns["name"] == "Last Name, First Name"
    draft.names(True)
    found, people = draft.came_to()
    assert [person["name"] for person in people] == ["Adler, Robin", "Baker"]
    assert not any("not used" in line and "Name" in line for line in found.lines())
    again, _ = convert.through(made, draft.recipe)
    assert again.written == 2
    draft.column("name", "Last Name")
    assert [person["name"] for person in draft.came_to()[1]] == ["Adler", "Baker"]


def test_sums_are_of_people_and_a_heading_that_is_there_twice_is_told():
    """A total of the report is nobody's money; of two columns with one heading the first alone is read, and it is said."""
    made = [
        *table(**{"Bonus $": ("9,000", "8,000"), "Rank Award": ("30,000", "")}),
        ["Total", "", "", "", "17,000", "30,000"],
    ]
    _, said, people = read(made)
    assert [person["award"] for person in people] == ["9,000", "8,000"]
    assert "'Rank Award' (1 amount, $30,000)" in said
    assert "more than once" not in said
    twice = [[*made[0], "Bonus $"], *([*row, "1,000"] for row in made[1:])]
    _, said, people = read(twice)
    assert [person["award"] for person in people] == ["9,000", "8,000"]
    assert "Headings that appear more than once, of which only the first column is read: Bonus $." in said


@pytest.mark.parametrize(("second", "asked"), [("8,500", True), ("", False), ("n/a", False)])
def test_amounts_beside_a_blank_award_are_asked(tmp_path, second, asked):
    """A second column of awards, once the first is taken: forms are not final while somebody's amount there is unread."""
    folder = tmp_path / "OWB"
    folder.mkdir()
    (folder / "agency.yaml").write_text(own_headings.AGENCY, encoding="utf-8")
    rows = [
        ("person_id", "plan", "appointment_type", "award", "Bonus Paid"),
        ("E1", "main", "career", "9500", "9500"),
        ("E2", "main", "career", "", second),
    ]
    (folder / "roster.csv").write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
    said = "holds amounts of money for 1 person whose award is blank"
    assert [one.column for one in report.open_folder(folder).complete().blocking if said in one.reason] == [
        "Bonus Paid"
    ] * asked
    opened = corrections.open_folder(folder)
    assert ("heading:bonus-paid:unused" in opened.offers) is asked
    if asked:
        opened.accept("heading:bonus-paid:unused", when="2025-12-01T00:00:00Z")
        assert not [one for one in report.open_folder(folder).complete().blocking if said in one.reason]
