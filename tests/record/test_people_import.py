"""Exports of payroll and HR systems: guessed, looked at, accepted; every row is written or named; the recipe is used again."""

import csv
import io
from datetime import date
from random import Random

import openpyxl
import pytest
import xlsxwriter
from click.testing import CliRunner

from seskit.desk.cli import main
from seskit.formats import leaving
from seskit.law.facts import FactError
from seskit.record import people_import
from seskit.record import roster as rosters
from seskit.record.people_import import convert, guess, recipe, rows, values
from seskit.record.roster import usual_headings
from seskit.record.roster.columns import COLUMNS
from seskit.record.roster.printed.words import _TYPES, appointment
from seskit.record.roster.usual_headings import PAYS
from seskit.work import report
from tests import office
from tests.exported import PAYROLL
from tests.extent import some, times
from tests.own_headings import AGENCY

ROWS = [
    ("HR Analytics extract", *[""] * 7),
    ("Employee Number", "Full Name", "Type of Appointment", "Organization", "Base Salary", "Summary Level", "Rating Date", "Bonus"),
    ("K-01", "Avery Adams", "SES Career", "Bridges", 170000, "Level 5", date(2012, 11, 15), 12000),
    ("K-02", "Blair Brown", "SES Noncareer", "Bridges", 171000.5, "Level 4", date(2012, 11, 15), ""),
    ("K-03", "Casey Cole", "Limited Emergency", "Roads", 160000, "Level 3", date(2012, 11, 16), ""),
    ("Grand total", "", "", "", 501000.5, "", "", 12000),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _nobody_in_mind(monkeypatch):
    """Names of rosters that other tests read are not those of this export."""
    monkeypatch.setattr(leaving, "_names", {})


def run(*asked, code=0):
    ran = CliRunner().invoke(main, ["import", "people", *map(str, asked)])
    assert ran.exit_code == code, ran.output
    return ran.output


def people(out):
    return list(csv.DictReader(io.StringIO((out / "roster.csv").read_text(encoding="utf-8"))))


@pytest.fixture
def payroll(tmp_path):
    path = tmp_path / "export.csv"
    path.write_text(PAYROLL, encoding="cp1252")
    return path


def excel(path):
    """The rows as an office program saves them, days as days and amounts as numbers."""
    book = xlsxwriter.Workbook(str(path))
    sheet, day = book.add_worksheet("Extract"), book.add_format({"num_format": "dd-mmm-yy"})
    for number, row in enumerate(ROWS):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, place, cell, day)
            elif cell != "":
                sheet.write(number, place, cell)
    book.close()
    return path


def test_the_first_call_guesses_and_writes_only_the_recipe(payroll, tmp_path):
    """Each guess is said; no roster is written until they are accepted; the name of nobody is shown."""
    out = tmp_path / "agency"
    said = run(payroll, "--out", out, code=1)
    for expected in (
        "Guess: row 4 is the header.", "Guess: column 'EMPLID' is person_id.", "'10 - SES Career'", "means career",
        "Guess: everybody is in the plan 'main'.", "is the rate on both days", "only rows with ES in 'PAYPLAN'",
        "Columns never read, because of what they hold: Soc Sec Nbr.", "Names in 'Emp Name' were not written",
        "Nothing but the recipe was written.",
    ):  # fmt: skip
        assert expected in said, expected
    assert not (out / "roster.csv").exists()
    recipe = (out / "people.yaml").read_text(encoding="utf-8")
    assert "# Guess: row 4 is the header" in recipe
    assert "accepted: no" in recipe
    for name in ("ADAMS", "BROWN", "DIAZ"):
        assert name not in said + recipe


def test_accepted_every_row_is_written_or_named(payroll, tmp_path):
    """Four executives; the GS row, the repeated header and the total are named with their rows."""
    out = tmp_path / "agency"
    said = run(payroll, "--out", out, "--accept")
    assert "Left out, 'PAYPLAN' is not ES: row 7." in said
    assert "Left out, the header again: row 8." in said
    assert "Left out, a total or a line of the report: row 11." in said
    assert "7 rows: 4 people written, 3 rows left out." in said
    assert "ig_office is yes for 2 people, whose" in said
    read = report.open_folder(out).roster
    assert (read.rows_left, read.left_because[-1]) == (3, "a total or a line of the report: row 11")
    found = people(out)
    assert [one["person_id"] for one in found] == ["0004711", "0004712", "0004714", "0004715"]
    assert [one["appointment_type"] for one in found] == ["career", "noncareer", "limited_term", "career"]
    assert [one["rating"] for one in found] == ["5", "4", "", "3"]
    assert [one["ig_office"] for one in found] == ["no", "no", "yes", "yes"]
    assert found[0]["basic_pay_fy_end"] == "165,300.00"
    assert found[3]["basic_pay_period_end"] == "140000"
    assert found[0]["award"] == "12,000.00"
    assert "name" not in found[0]
    read = rosters.read(out)
    assert not [problem for problem in read.problems if problem.severity == "error"]
    assert len(read.people) == 4


def test_the_recipe_is_used_next_year(payroll, tmp_path):
    """A value not met before is named, with its rows, and what to write; a corrected recipe takes it."""
    out = tmp_path / "agency"
    run(payroll, "--out", out, "--accept")
    later = tmp_path / "later.csv"
    later.write_text(
        PAYROLL.replace("SES Limited Term", "Type 60").replace("0004711", "0004799").replace("EMPLID", "Emplid 2013"),
        encoding="utf-8",
    )
    (out / "people.yaml").write_text(
        (out / "people.yaml").read_text(encoding="utf-8").replace(": EMPLID", ": EMPLID 2012"), encoding="utf-8"
    )
    first = (out / "people.yaml").read_text(encoding="utf-8")
    assert "Nothing but the recipe" not in run(later, "--out", out, "--accept", code=1)
    said = run(later, "--out", out, "--accept", code=1)
    assert "Guess:" not in said
    assert "Not understood, appointment_type kept as it is: 'Type 60' (row 9)" in said
    assert "values: appointment_type" in said
    assert people(out)[2]["appointment_type"] == "Type 60"
    assert [problem.column for problem in rosters.read(out).problems if problem.severity == "error"] == [
        "appointment_type"
    ]
    assert "Read for 'EMPLID 2012' of the recipe, which names another year: 'Emplid 2013'." in said
    recorded = (out / "people.yaml").read_text(encoding="utf-8")
    assert recorded.replace("Emplid 2013", "EMPLID") == first.replace(": EMPLID 2012", ": EMPLID 2012")
    fixed = recorded.replace("SES Limited Term:", "Type 60:")
    (out / "people.yaml").write_text(fixed, encoding="utf-8")
    run(later, "--out", out)
    assert people(out)[2]["appointment_type"] == "limited_term"


def test_what_was_accepted_once_is_not_asked_again(payroll, tmp_path):
    """It is recorded with the headings of the export, and what a person wrote stays; an export with others asks again."""
    out, recipe = tmp_path / "agency", tmp_path / "agency" / "people.yaml"
    run(payroll, "--out", out, code=1)
    recipe.write_text(recipe.read_text(encoding="utf-8") + "# our own remark\n", encoding="utf-8")
    assert "Nothing was written. Look at people.yaml" in run(payroll, "--out", out, code=1)
    run(payroll, "--out", out, "--accept")
    assert recipe.read_text(encoding="utf-8").endswith("# our own remark\n")
    assert people_import.read(recipe).record.accepted
    as_it_was = recipe.read_bytes()
    run(payroll, "--out", out)
    assert recipe.read_bytes() == as_it_was
    other = tmp_path / "other.csv"
    other.write_text(PAYROLL.replace("Perf Award Amt", "Perf Award Amt;Bonus Pd"), encoding="utf-8")
    said = run(other, "--out", out, code=1)
    assert "people.yaml was accepted for an export with other headings: 'Bonus Pd' is new." in said
    assert "Nothing was written." in said
    run(other, "--out", out, "--accept")
    assert "other headings" not in run(other, "--out", out)


def test_the_heading_of_another_day_is_named():
    """A recipe of last year names 'Basic Pay 09/30/2026': the one of this year is shown, and taken only once it is written."""
    used, _ = guess.recipe(two_pay_columns("Basic Pay 09/30/2026"))
    with pytest.raises(
        FactError,
        match=r"There is 'Basic Pay 09/30/2027', for another day\. Correct",
    ):
        convert.through(two_pay_columns("Basic Pay 09/30/2027"), used)


def test_what_is_new_in_the_next_years_export_is_named():
    """A renamed heading with what it may be now; a column of plans where the recipe has one plan for everybody."""
    table = two_pay_columns("Basic Pay 09/30/2026")
    used, _ = guess.recipe(table, ("main",))
    renamed = [["Type of Appointment" if cell == "Appt Type" else cell for cell in row] for row in table]
    with pytest.raises(
        FactError, match=r"in row 1\. 'Type of Appointment' may be appointment_type\. Correct the recipe"
    ):
        convert.through(renamed, used)
    said = "Nothing is read from 'PLAN': the recipe says plan: main for everybody. Check whether that is still right."
    for cell in ("SCI", ""):
        longer = [[*row, "PLAN" if row is table[0] else cell] for row in table]
        assert (said in convert.through(longer, used)[0].lines()) is bool(cell)


def test_a_column_of_plans_beside_one_plan_is_asked(payroll, tmp_path):
    """Several values below it may put somebody in another plan: nothing is written, also by a recipe that was accepted."""
    out, recipe, export = tmp_path / "agency", tmp_path / "agency" / "people.yaml", tmp_path / "export.csv"
    run(payroll, "--out", out, "--accept")
    heads, one, two = [f"{line};PLAN" if "EMPLID" in line else f"{line};main" for line in PAYROLL.splitlines()[3:6]]
    (out / "roster.csv").unlink()
    export.write_text("\n".join((*PAYROLL.splitlines()[:3], heads, one, two.replace(";main", ";ig"))), encoding="utf-8")
    said = run(export, "--out", out, "--accept", code=1)
    assert (
        "'PLAN' holds 2 values, such as main and ig, and the recipe says plan: main for everybody: write plan: PLAN"
        in said
    )
    assert not (out / "roster.csv").exists()
    as_it_was = recipe.read_text(encoding="utf-8")
    recipe.write_text(as_it_was + "unused: [PLAN]\n", encoding="utf-8")
    run(export, "--out", out, "--accept")
    assert "settled:" in (out / "roster.origin.yaml").read_text(encoding="utf-8")
    recipe.write_text(as_it_was.replace("columns:\n", "columns:\n  plan: PLAN\n"), encoding="utf-8")
    run(export, "--out", out, "--accept")
    assert [person["plan"] for person in people(out)] == ["main", "ig"]


def test_awards_that_were_left_in_the_export_keep_forms_from_being_final(payroll, tmp_path):
    """Two headings may hold them and none was taken: also where agency.yaml says that none are paid, until one says so."""
    about = AGENCY.replace("status: paid, paid_in: 2025-12, determined_on", "status: none, ratings_final_on")
    (tmp_path / "agency.yaml").write_text(about, encoding="utf-8")
    lines = [f"{line};{'Bonus Paid' if 'EMPLID' in line else '1,000'}" for line in PAYROLL.splitlines()]
    payroll.write_text("\n".join(lines), encoding="cp1252")
    run(payroll, "--out", tmp_path, "--accept")
    asked = "says that the export has amounts under 'Perf Award Amt'"
    assert [one for one in report.open_folder(tmp_path).complete().blocking if asked in one.reason]
    with (tmp_path / "people.yaml").open("a", encoding="utf-8") as recipe:
        recipe.write("unused: [Perf Award Amt, Bonus Paid]\n")
    assert "may hold it" not in run(payroll, "--out", tmp_path)
    assert not [one for one in report.open_folder(tmp_path).complete().blocking if asked in one.reason]


def test_of_several_sheets_the_one_with_the_people_is_read(tmp_path):
    """Wherever it stands; where two look like it, neither is."""
    for names, read_from in ((("Notes", "Staff"), "Staff"), (("Notes", "East", "West"), "")):
        book = xlsxwriter.Workbook(tmp_path / "export.xlsx")
        for name in names:
            sheet = book.add_worksheet(name)
            for at, row in enumerate([["How to read this"]] if name == "Notes" else [ROWS[1], [*ROWS[2][:6], "", ""]]):
                sheet.write_row(at, 0, row)
        book.close()
        if read_from:
            assert [one[0] for one in rows.read(tmp_path / "export.xlsx", [])] == ["Employee Number", "K-01"]
        else:
            with pytest.raises(FactError, match="both look like the people"):
                rows.read(tmp_path / "export.xlsx", [])


def test_a_number_and_a_type_are_known_by_their_cells():
    """Where no heading is a usual one, and one column alone has such cells."""
    table = [
        ["CRIS ID", "C/NC/L", "Base Pay", "Rating", "Award"],
        *(
            [f"{n}", kind, "180000", "4", award]
            for n, (kind, award) in enumerate((("Career", "9000"), ("Noncareer", "")), 1)
        ),
    ]
    assert {"person_id": "CRIS ID", "appointment_type": "C/NC/L"}.items() <= guess.recipe(table)[0].columns.items()


def test_a_person_without_a_number_is_not_left_out():
    """Who has an appointment and a rate is written and told; a sum and a remark without a number are left out."""
    head = ["Emp No", "Appt Type", "Basic Pay 09/30/2026", "Rating"]
    table = [
        head,
        ["1", "Career", "180000", "4"],
        ["", "Career", "190000", "2"],
        ["", "", "370000", ""],
        ["", "Printed on Monday", "", ""],
    ]
    used, _ = guess.recipe(table, ("main",))
    made, people_read = convert.through(table, used)
    assert [one["rating"] for one in people_read] == ["4", "2"]
    assert (made.numberless, made.left) == ([3], {"no person number": [4, 5]})
    assert [line for line in made.lines() if "without the number that each person needs: row 3." in line]


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("Salary 9/30/2022", "Salary 9/30/2023"), ("SALARY 9-30-22", "Salary 9-30-23"), ("Base pay FY22", "Base pay FY 23"),
        ("Pay 2021-22", "Pay 2022-23"), ("Salary 9/30", ""), ("Pay step 22", ""),
    ],
)  # fmt: skip
def test_a_heading_that_names_its_year_is_read_the_next_year(first, later):
    """By the one heading that differs in the year alone; what was taken is said, and a later one beside it is named."""
    made = recipe.Recipe(columns={"award": first, "person_id": "ID"}, keep={first: ("x",)})
    other = later or first.replace("9/30", "9/15").replace("22", "23")
    used, said = recipe.of_these_headings(made, ["ID", other])
    assert (used.columns["award"], *used.keep) == ((later, later) if later else (first, first))
    assert [later in one for one in said] == ([True] if later else [])
    used, said = recipe.of_these_headings(made, ["ID", first, other])
    assert (used, len(said)) == (made, bool(later) and other > first)


@pytest.mark.parametrize("plans", [("main",), ("ses",), ("north", "south")])
def test_the_plan_of_everybody_is_one_of_the_agency(payroll, tmp_path, plans):
    """The only plan of agency.yaml; of several a person says which, and one that is none of them is told."""
    first, plan = AGENCY.split("- id: main")
    (tmp_path / "agency.yaml").write_text(first + "".join(f"- id: {one}{plan}" for one in plans), encoding="utf-8")
    several = len(plans) > 1
    said = run(payroll, "--out", tmp_path, "--accept", code=int(several))
    if several:
        assert "no column is used for plan: " in said
        assert not (tmp_path / "roster.csv").exists()
        assert "Not read: no column is used for plan: " in run(payroll, "--out", tmp_path, "--accept", code=1)
        text = (tmp_path / "people.yaml").read_text(encoding="utf-8")
        (tmp_path / "people.yaml").write_text(
            text.replace("same_for_all: {}", "same_for_all: {plan: south}"), encoding="utf-8"
        )
        run(payroll, "--out", tmp_path, "--accept")
    assert {one["plan"] for one in people(tmp_path)} == {plans[-1]}
    (tmp_path / "agency.yaml").write_text(AGENCY.replace("main", "other"), encoding="utf-8")
    assert f"puts everybody in plan '{plans[-1]}', but agency.yaml has other." in run(
        payroll, "--out", tmp_path, "--accept"
    )


def test_names_only_when_asked(payroll, tmp_path):
    """--names writes them into the column name."""
    out = tmp_path / "agency"
    said = run(payroll, "--out", out, "--accept", "--names")
    assert people(out)[0]["name"] == "ADAMS,AVERY"
    assert "ADAMS" not in said


@pytest.mark.parametrize("kind", some(["excel", "xlsx", "csv"], 1))
def test_office_programs(kind, tmp_path):
    """As Excel saves it, and as LibreOffice saves it again as workbook and as CSV: the same people."""
    file = excel(tmp_path / "extract.xlsx")
    if kind != "excel":
        (file,) = office.converted(kind, tmp_path / "converted", file)
    out = tmp_path / "agency"
    said = run(file, "--out", out, "--accept")
    assert "3 people written" in said
    found = people(out)
    assert [one["person_id"] for one in found] == ["K-01", "K-02", "K-03"]
    assert [one["appointment_type"] for one in found] == ["career", "noncareer", "limited_emergency"]
    assert [one["rating_date"] for one in found] == ["2012-11-15", "2012-11-15", "2012-11-16"]
    assert [one["rating"] for one in found] == ["5", "4", "3"]
    assert found[1]["basic_pay_period_end"].rstrip("0") == "171000.5"
    assert found[0]["award"].replace(",", "").split(".")[0] == "12000"


def test_numbers_that_may_be_social_security_numbers_are_refused(tmp_path):
    """Nine digits as the number of a person, or a column named for it: nothing is written, nothing is shown."""
    number = "".join(("123", "45", "6789"))
    for head in ("Employee ID", "SSN"):
        path = tmp_path / f"{head}.csv"
        path.write_text(f"{head},Appointment Type,Basic Pay\n{number},Career,150000\n", encoding="utf-8")
        said = run(path, "--out", tmp_path / "agency", code=2)
        assert number not in said
        assert not (tmp_path / "agency").exists() or not list((tmp_path / "agency").iterdir())


def test_a_recipe_that_does_not_fit_is_refused_in_words(payroll, tmp_path):
    """A heading that is not there, a column that is none of the roster, a recipe that is not there, an unreadable file."""
    out = tmp_path / "agency"
    run(payroll, "--out", out, code=1)
    text = (out / "people.yaml").read_text(encoding="utf-8")
    (out / "people.yaml").write_text(text.replace("person_id: EMPLID", "person_id: Badge"), encoding="utf-8")
    assert "The export has no column 'Badge'" in run(payroll, "--out", out, code=2)
    (out / "people.yaml").write_text(text.replace("person_id: EMPLID", "person: EMPLID"), encoding="utf-8")
    assert "is not a column of the roster" in run(payroll, "--out", out, code=2)
    assert "There is no recipe" in run(payroll, "--out", out, "--recipe", tmp_path / "none.yaml", code=2)
    odd = tmp_path / "odd.csv"
    odd.write_bytes(b"\x00\x01\x02" * 50)
    assert "neither text nor an .xlsx workbook" in run(odd, "--out", tmp_path / "x", code=2)
    odd.write_text("a,b\n1,2\n", encoding="utf-8")
    assert "No header was found" in run(odd, "--out", tmp_path / "x", code=2)


def test_an_edited_roster_is_kept(payroll, tmp_path):
    """A roster that a person completed is not overwritten by the next import."""
    out = tmp_path / "agency"
    run(payroll, "--out", out, "--accept")
    (out / "roster.csv").write_text("mine", encoding="utf-8")
    assert "kept as roster.csv.before" in run(payroll, "--out", out, "--accept")
    assert (out / "roster.csv.before").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("cells", "order", "doubtful"),
    [
        (["11/15/2012", "11/16/2012"], "month first", False), (["15.11.2012"], "day first", False),
        (["05/06/2012"], "month first", True), (["20121115"], "year first", False), (["15-NOV-12"], "year first", False),
        (["41228"], "serial numbers", True), ([], None, None),
    ],
)  # fmt: skip
def test_the_order_of_dates(cells, order, doubtful):
    """What the dates themselves decide is no doubt; what they do not is a guess that is said."""
    found = values.order(cells)
    assert (found.name, found.doubtful) == (order, doubtful) if order else found is None
    for cell in cells:
        if not doubtful:
            assert values.iso(cell, order).startswith("2012-11-1")


def test_every_way_of_writing_a_day_is_the_same_day():
    """Promise: a random day in each notation is read as that day."""
    for seed in range(times(300, 60)):
        chance = Random(seed)
        day = date(chance.randint(1990, 2026), chance.randint(1, 12), chance.randint(1, 28))
        serial = str((day - date(1899, 12, 30)).days)
        for text, how in (
            (day.isoformat(), "year first"), (f"{day:%Y%m%d}", "year first"), (f"{day:%d-%b-%Y}", "year first"),
            (f"{day:%d%b%Y}".upper(), "year first"), (f"{day:%m/%d/%Y}", "month first"), (f"{day:%d.%m.%Y}", "day first"),
            (f"{day:%m/%d/%y}", "month first"), (f"{day:%Y-%m-%d} 00:00:00", "year first"), (serial, "serial numbers"),
        ):  # fmt: skip
            assert values.iso(text, how) == day.isoformat(), text


@pytest.mark.parametrize(
    ("column", "text", "meant"),
    [
        ("appointment_type", "CA", "career"), ("appointment_type", "Noncareer Appointment (SES)", "noncareer"),
        ("appointment_type", "Limited Term Career", "limited_term"), ("appointment_type", "EA - Emergency", "limited_emergency"),
        ("appointment_type", "50", None), ("rating", "5 - Outstanding", "5"), ("rating", "Minimally Satisfactory", "2"),
        ("rating", "Unsatisfactory", "1"), ("rating", "Exceeds Fully Successful", "4"), ("rating", "Level 3", "3"), ("rating", "Not Rated", ""),
        ("rating", "A", None), ("rating", "35", None), ("ig_office", "Y", "yes"), ("es_level", "ES-04", "4"), ("es_level", "15", None),
    ],
)  # fmt: skip
def test_what_values_mean(column, text, meant):
    """Codes and words that systems print; what cannot be determined is not guessed."""
    assert values.meant(column, text) == meant


def test_rows_in_are_rows_out(tmp_path):
    """Promise: over random exports every row is written once or left out with a reason, and no name is written."""
    heads = {
        "person_id": ["Emplid", "Employee No."],
        "appointment_type": ["Appt Type", "Appointment"],
        "pay": ["Base Pay", "Basic Rate"],
    }
    for seed in range(times(40, 12)):
        chance = Random(seed)
        names = [
            chance.choice(heads["person_id"]),
            "Employee Name",
            chance.choice(heads["appointment_type"]),
            chance.choice(heads["pay"]),
        ]
        lines, kept = [names], []
        for number in range(chance.randint(3, 30)):
            odd = chance.random()
            if odd < 0.1:
                lines.append(names)
            elif odd < 0.2:
                lines.append(["Total", "", "", "99"])
            elif odd < 0.3:
                kept.append("")
                lines.append(["", "Nobody Known", "Career", "150000"])
            else:
                kept.append(f"P{number}")
                lines.append(
                    [
                        f"P{number}",
                        f"Surname{number}, Given",
                        chance.choice(["Career", "NONCAREER", "Limited Term"]),
                        "150000",
                    ]
                )
        title = [["Extract", "", "", ""]] * chance.randint(0, 4)
        path = tmp_path / f"{seed}.csv"
        separator = chance.choice(",;\t|")
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=separator).writerows([*title, *lines])
        found = people_import.run(path, tmp_path / str(seed), accept=True)
        held = people(tmp_path / str(seed))
        assert [one["person_id"] for one in held] == kept
        assert found.rows == len(lines) - 1
        assert found.written == len(kept)
        assert "Surname" not in (tmp_path / str(seed) / "roster.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("heads", "columns"),
    [
        ("PERS NR;ANN SAL RATE;SUMM LVL;APPT;BUR;BONUS AMT", "person_id basic_pay_period_end rating appointment_type component award"),
        ("ID;Basic pay;Rating;Type;Component;Award", "person_id basic_pay_period_end rating appointment_type component award"),
        ("Emp Nbr;Salary;Level;Appt Type;Org;Perf Awd", "person_id basic_pay_period_end rating appointment_type component award"),
        ("ID;Pay;Summ Rtg", "person_id basic_pay_period_end rating"),
    ],
)  # fmt: skip
def test_headings_that_the_correction_of_a_roster_reads_are_read_in_an_export(tmp_path, heads, columns):
    """Shortened, or the usual name where nothing else is said; without a type of appointment a person says it first."""
    cells = (("E1", "190000", "Outstanding", "CA", "Roads", "12000"), ("E2", "191000", "Exceeds", "NC", "Roads", ""))
    names = dict(zip(heads.split(";"), columns.split(), strict=True))
    table = [list(names), *([*row[: len(names)]] for row in cells)]
    found, guesses = guess.recipe(table)
    assert {head: column for column, head in found.columns.items() if column != PAYS[0]} == names
    typed = "appointment_type" in names.values()
    assert any(one.startswith("no column is used for appointment_type") for one in guesses) is not typed
    for head, column in names.items():
        assert column in usual_headings.columns(head, list(COLUMNS)) or head in ("Level", "Component"), head
    if not typed:
        (tmp_path / "a.csv").write_text("\n".join(map(",".join, table)), encoding="utf-8")
        assert "Nothing but the recipe was written" in run(
            tmp_path / "a.csv", "--out", tmp_path / "a", "--accept", code=1
        )
        made = (tmp_path / "a" / "people.yaml").read_text(encoding="utf-8")
        (tmp_path / "a" / "people.yaml").write_text(
            made.replace("plan: main", "plan: main\n  appointment_type: career"), encoding="utf-8"
        )
        run(tmp_path / "a.csv", "--out", tmp_path / "a", "--accept")
        assert {one["appointment_type"] for one in people(tmp_path / "a")} == {"career"}


def test_a_header_without_people_is_refused():
    """Nothing that could be the number of a person: no recipe is guessed."""
    with pytest.raises(FactError, match="person_id"):
        guess.recipe([["Title"], ["a", "b"]])


def two_pay_columns(day_of_item_4):
    head = ["Emp No", "Appt Type", day_of_item_4, "Annual Salary", "Rating Date"]
    return [head, ["101", "Career", "", "190000", "Nov 12, 2026"], ["108", "Career", "180000", "185000", "soon"]]


def test_a_pay_column_of_its_own_day_is_never_replaced_by_the_other():
    """The rate of September 30 is read where it is; a column that may be it is named, and nobody gets the rate of another day."""
    made, _ = guess.recipe(two_pay_columns("Basic Pay 09/30/2026"))
    assert (made.columns["basic_pay_fy_end"], made.columns["basic_pay_period_end"]) == (
        "Basic Pay 09/30/2026",
        "Annual Salary",
    )
    made, guesses = guess.recipe(two_pay_columns("Salary then"))
    assert "basic_pay_fy_end" not in made.columns
    assert any("'Salary then' may be it; say which" in one for one in guesses)
    only = [row[:2] + row[3:] for row in two_pay_columns("gone")]
    made, guesses = guess.recipe(only)
    assert made.columns["basic_pay_fy_end"] == "Annual Salary"
    assert any("is the rate on both days" in one for one in guesses)


def test_a_date_in_words_is_read_and_what_is_none_stays_to_be_corrected():
    """A day as Americans write it is that day; a word where a day should be is on the roster, so that it is a problem there."""
    table = two_pay_columns("Basic Pay 09/30/2026")
    used, _ = guess.recipe(table)
    made, people = convert.through(table, used)
    assert [person["rating_date"] for person in people] == ["2026-11-12", "soon"]
    assert any("rating_date kept as it is: 'soon' (row 3)" in line for line in made.lines())


def test_numbers_of_people_keep_the_zeros_that_a_workbook_shows(tmp_path):
    """As the roster itself reads them: 00101, never 101."""
    book = openpyxl.Workbook()
    for row in ([*two_pay_columns("Basic Pay 09/30/2026")[0]], [101, "Career", 180000, 185000, "2026-11-12"]):
        book.active.append(row)
    book.active["A2"].number_format = "00000"
    book.save(tmp_path / "export.xlsx")
    table = rows.read(tmp_path / "export.xlsx", [])
    assert table[1][:3] == ["00101", "Career", "180000"]


_ONE_PAY = 'EMP_ID,APPT TYPE CD,ANNUAL SALARY,{other},PERF RATING\n1001,CA,181070.00,{first},4\n1002,NC,"$172,500.00",{second},3\n'


@pytest.mark.parametrize(
    ("other", "first", "second"),
    [("LAST SAL CHG DT", "01/12/2025", "03/09/2025"), ("Salary Effective Date", "2025-01-12", "2025-03-09"),
     ("Pay Rate Determinant", "0", "0"), ("Rate Code", "A", "B")],
)  # fmt: skip
def test_a_day_or_a_code_named_for_pay_does_not_keep_the_one_rate_from_both_days(tmp_path, other, first, second):
    """Else nobody would be on the rolls on September 30, and the award pool would be 0."""
    export = tmp_path / "payroll.csv"
    export.write_text(_ONE_PAY.format(other=other, first=first, second=second), encoding="utf-8")
    made, _ = guess.recipe(rows.read(export, []))
    assert {made.columns[column] for column in PAYS} == {"ANNUAL SALARY"}


def test_a_pay_column_that_no_heading_is_taken_for_is_named(tmp_path):
    """With what follows from it; an export whose rate may be of either day is asked about."""
    export = tmp_path / "payroll.csv"
    export.write_text(
        _ONE_PAY.format(other="Rate of pay in October", first="183000", second="174000"), encoding="utf-8"
    )
    table = rows.read(export, [])
    made, _ = guess.recipe(table)
    (told,) = [line for line in convert.through(table, made)[0].lines() if "on the rolls that day" in line]
    assert "basic_pay_fy_end" in told
    assert "award pool would be 0" in told
    both = made.model_copy(update={"columns": made.columns | {"basic_pay_fy_end": "ANNUAL SALARY"}})
    assert not [line for line in convert.through(table, both)[0].lines() if "on the rolls that day" in line]


_CUT_SHORT = {
    "career": "CAR;SES CAREER APPT;10 - SES Career", "noncareer": "NONCAR;Non-Car;55 - NonCareer (SES)",
    "limited_term": "LTD TERM;Limited Term;60 Lim. Term", "limited_emergency": "LTD EMERG;LIM EMER",
}  # fmt: skip


def test_what_is_no_type_of_the_service_is_not_taken_for_one():
    """A position's type, another service, a code alone, a word of another meaning."""
    for text in (
        "60",
        "CAREER RESERVED",
        "Career-Conditional",
        "LTD",
        "ES",
        "35",
        "Sched C",
        "term/emerg",
        "Lim Term 2 yrs",
    ):
        assert appointment(text) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *(one for one in _TYPES.items() if one[1]),
        *((text, meant) for meant, texts in _CUT_SHORT.items() for text in texts.split(";")),
    ],
)
def test_an_import_knows_every_code_that_the_correction_page_knows(text, meant):
    """Of an appointment: one list for both ways to bring a roster; whatever its case."""
    for written in (text, text.upper()):
        assert values.meant("appointment_type", written) == meant


def test_a_limited_appointment_that_says_no_more_is_not_guessed():
    """Term and emergency follow different rules."""
    assert values.meant("appointment_type", "Limited") is None
    assert values.meant("appointment_type", "SES Limited Emergency") == "limited_emergency"
