"""Slips of a roster filled in by hand: each is offered a repair with its result, or refused as what it looks like."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from seskit.record import roster as roster_file
from seskit.record.roster.pay_headings import is_fiscal_year_end
from seskit.work import corrections, report
from tests.extent import ALL
from tests.places import CASES

BASE = CASES / "report-one-plan"
HEADER, *PEOPLE = list(csv.reader(io.StringIO((BASE / "roster.csv").read_text(encoding="utf-8"))))
DAYS = ("rating_date", "action_date")
Rows = list[list[str]]


def rows_with(cells: dict[tuple[int, str], str]) -> Rows:
    """The roster with cells changed, by row and column."""
    made = [list(HEADER), *(list(row) for row in PEOPLE)]
    for (row, column), text in cells.items():
        made[row - 1][HEADER.index(column)] = text
    return made


def as_csv(rows: Rows, sign: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=sign, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()


def as_xlsx(rows: Rows, sheets: dict[str, Rows] | None = None) -> bytes:
    """A workbook as people have it: numbers are numbers, ISO days are dates, everything else is text."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, table in (sheets or {"Roster": rows}).items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(table):
            for place, text in enumerate(row):
                if len(text) == 10 and text[4] == text[7] == "-" and text.replace("-", "").isdigit():
                    sheet.write_datetime(at, place, date.fromisoformat(text), day)
                elif (
                    text.isascii()
                    and text.replace(".", "", 1).isdigit()
                    and not (text[0] == "0" and text[:2] != "0." and len(text) > 1)
                ):
                    sheet.write_number(at, place, float(text))
                elif text:
                    sheet.write_string(at, place, text)
    book.close()
    return out.getvalue()


@dataclass(frozen=True)
class Slip:
    """A slip: the cells or the whole file as it was filled in, and what must come of it."""

    name: str
    cells: dict[tuple[int, str], str] = field(default_factory=dict)
    #: The ids of the repairs offered, in the order in which they are accepted; of alternatives the first is.
    offers: tuple[str, ...] = ()
    #: What the refused value looks like, where no repair is offered.
    looks: str = ""
    #: Values that differ from the right roster once the repairs are accepted, by row and column.
    then: dict[tuple[int, str], object] = field(default_factory=dict)
    rows: Callable[[], Rows] | None = None
    files: dict[str, Callable[[], bytes]] | None = None
    #: Rows that are no people once the repairs are accepted do not move the others.
    offset: int = 0

    def contents(self, kind: str) -> bytes:
        """The file of that kind."""
        if self.files is not None:
            return self.files[kind]()
        rows = self.rows() if self.rows else rows_with(self.cells)
        return as_csv(rows) if kind == "csv" else as_xlsx(rows)


def one(name, row, column, text, *offers, looks="", then=None):
    """A slip in one cell."""
    return Slip(name, {(row, column): text}, offers, looks, then or {})


def day(name, text, form, then="2002-11-15"):
    """A date of the first person in another form."""
    return one(name, 2, "rating_date", text, f"rating_date:{form}", then={(2, "rating_date"): date.fromisoformat(then)})


def award(name, text, form, row=4):
    """An award in another form."""
    return one(name, row, "award", text, f"award:{form}")


def refused(name, row, column, text, looks):
    """A value that can only be corrected by the person who knows."""
    return one(name, row, column, text, looks=looks)


def headed(name, column, heading, offer=None):
    """A heading in other words."""

    def rows():
        made = rows_with({})
        made[0][HEADER.index(column)] = heading
        return made

    slug = "-".join("".join(c if c.isalnum() else " " for c in heading.lower()).split())
    return Slip(name, offers=(offer or f"heading:{slug}:{column}",), rows=rows)


def with_rows(name, change, *offers, looks="", then=None, offset=0):
    """A slip in the rows of the file."""

    def rows():
        made = rows_with({})
        change(made)
        return made

    return Slip(name, {}, offers, looks, then or {}, rows, None, offset)


def titled(rows):
    rows[:0] = [["Senior Executive Service, fiscal year 2002"], ["Office of Programs, as of November 2002"], []]


def both_days(rows, texts):
    for row, text in texts.items():
        rows[row - 1][HEADER.index("rating_date")] = text


def filled(column, text, only=None):
    def change(rows):
        for row in rows[1:]:
            if row[HEADER.index(column)]:
                row[HEADER.index(column)] = text
        for at, other in (only or {}).items():
            rows[at - 1][HEADER.index(column)] = other

    return change


def located(rows):
    """Every career rate as it is paid with locality pay."""
    for row in rows[1:]:
        if row[HEADER.index("es_level")]:
            for column in ("basic_pay_fy_end", "basic_pay_period_end"):
                row[HEADER.index(column)] = "138200"


def emptied(rows):
    rows.append(["Z1", "", "main", "", "no", "career", "1", *[""] * 9])


def doubled_column(rows):
    for at, row in enumerate(rows):
        row.append("award" if not at else "")


def without(column):
    def change(rows):
        for row in rows:
            del row[HEADER.index(column)]

    return change


def plus(*cells):
    return lambda rows: rows.append([*cells, *[""] * (len(HEADER) - len(cells))])


JANE = {(2, "rating_date"): None}
SLIPS = [
    # dates
    day("month as a word, two digits", "15-NOV-02", "month-name"),
    day("month cut short", "Nov. 15, '02", "month-name"),
    day("with its weekday", "Friday, November 15, 2002", "month-name"),
    day("eight digits", "20021115", "eight-digits"),
    day("eight digits, month first", "11152002", "eight-digits-month-first"),
    day("two digits of the year", "11/15/02", "month-first-short"),
    day("month first with dashes", "11-15-2002", "month-first"),
    day("month first with points", "11.15.2002", "month-first"),
    day("day first with points", "15.11.2002", "day-first"),
    day("year first with spaces", "2002 11 15", "year-first"),
    day("a count of days", "37575", "spreadsheet-days"),
    day("a time of day", "2002-11-15 14:30", "without-time"),
    day("a time and a zone", "2002-11-15T09:00:00Z", "without-time"),
    day("day first, two digits", "15/11/02", "day-first-short"),
    Slip("either order", {(2, "rating_date"): "11/12/02"}, ("rating_date:month-first-short",),
         then={(2, "rating_date"): date(2002, 11, 12)}),
    with_rows("a whole column day first", lambda rows: both_days(rows, {2: "15/11/2002", 3: "05/12/2002", 4: "15/11/2002"}),
              "rating_date:day-first", then={(3, "rating_date"): date(2002, 12, 5)}),
    with_rows("both orders in one column", lambda rows: both_days(rows, {2: "15/11/2002", 3: "11/16/2002"}),
              looks="dates in both orders"),
    one("no date, in words", 2, "rating_date", "n/a", "rating_date:no-day", then=JANE),
    one("no date, in zeros", 2, "rating_date", "00/00/0000", "rating_date:no-day", then=JANE),
    refused("a month", 2, "rating_date", "November 2002", "a month without its day"),
    refused("a year", 2, "rating_date", "2002", "a year alone"),
    refused("no day in the calendar", 2, "rating_date", "11/31/2002", "a day that is not in the calendar"),
    refused("no day in the calendar, in words", 2, "rating_date", "30-FEB-02", "a day that is not in the calendar"),
    refused("a fiscal year", 2, "rating_date", "FY 2002", "a fiscal year or a quarter, not a day"),
    # awards
    award("zero", "0", "none", row=3),
    award("zero dollars", "$0.00", "none", row=3),
    award("a dash", "-", "none", row=3),
    award("the word none", "none", "none", row=3),
    award("not applicable", "N/A", "none", row=3),
    with_rows("zero for everyone without", lambda rows: [row.__setitem__(HEADER.index("award"), row[HEADER.index("award")] or "0")
                                                         for row in rows[1:]], "award:none"),
    award("percent", "7.5%", "percent"),
    award("percent in words", "7.5 percent", "percent"),
    award("percent without its sign", "7.5", "bare-percent"),
    award("a share", "0.075", "bare-percent"),
    award("currency before", "USD 9,735", "currency"),
    award("currency behind", "9,735 dollars", "currency"),
    award("a space between thousands", "9 735", "spaces"),
    award("a point between thousands, two points", "9.735,00", "points"),
    award("a comma before cents", "9735,00", "comma-cents"),
    award("a comma at an unusual place", "97,35.00", "odd-commas"),
    award("thousands", "9.735K", "thousands"),
    award("a star", "9735*", "note"),
    award("a note", "9,735 (paid in December)", "note"),
    award("a quotation mark", "'9735", "quoted"),
    award("powers of ten", "9.735E+03", "power"),
    award("a letter O", "1298O", "letters", row=5),
    award("a letter l", "l2980", "letters", row=5),
    refused("negative", 4, "award", "(9735)", "is negative"),
    refused("with a minus", 4, "award", "-9735", "is negative"),
    refused("another currency", 4, "award", "\u20ac9735", "an amount in another currency"),
    refused("about", 4, "award", "approx 9735", "an amount that is not exact"),
    refused("two amounts", 4, "award", "5000+4735", "more than one amount"),
    refused("a range", 4, "award", "9000-10000", "a range of amounts"),
    refused("a formula as text", 4, "award", "=H4*0.075", "a formula, not its value"),
    refused("words", 4, "award", "time off", "words, not an amount"),
    refused("half a cent", 4, "award", "9735.005", "is not an amount in dollars: it has three digits after the point"),
    refused("a spreadsheet's error", 4, "award", "#N/A", "is an error of the spreadsheet, not a value"),
    refused("a date in place of an award", 4, "award", "11/15/2002", "a date"),
    # rates
    one("a rate with K", 4, "basic_pay_fy_end", "129.8K", "basic_pay_fy_end:thousands"),
    one("a rate in thousands with two decimals", 4, "basic_pay_fy_end", "129.80", "basic_pay_fy_end:in-thousands"),
    one("a rate in thousands", 4, "basic_pay_fy_end", "129.8", "basic_pay_fy_end:in-thousands"),
    one("a rate with words", 4, "basic_pay_fy_end", "129,800 per year", "basic_pay_fy_end:yearly"),
    one("a rate with a space", 4, "basic_pay_period_end", "129 800", "basic_pay_period_end:spaces"),
    one("a rate with a currency", 4, "basic_pay_fy_end", "129800 USD", "basic_pay_fy_end:currency"),
    one("a rate of zero", 2, "basic_pay_fy_end", "0", "basic_pay_fy_end:none", then={(2, "basic_pay_fy_end"): None}),
    refused("an hourly rate", 4, "basic_pay_fy_end", "62.19/hr", "an hourly rate"),
    refused("a monthly rate", 4, "basic_pay_fy_end", "$10,816.67 per month", "a monthly rate"),
    refused("an hourly rate without words", 4, "basic_pay_fy_end", "62.19", "an hourly rate"),
    refused("a rate for a pay period", 4, "basic_pay_fy_end", "4984", "a rate for a pay period"),
    refused("a monthly rate without words", 4, "basic_pay_fy_end", "10816.67", "a monthly rate"),
    refused("a level for a rate", 4, "basic_pay_fy_end", "ES-4", "a grade or level, not an amount"),
    with_rows("all rates with locality", located, "basic_pay_fy_end:scheduled-rates", "basic_pay_period_end:scheduled-rates"),
    with_rows("neither rates nor rating", emptied, "rates:not-on-the-rolls",
              then={(11, "on_rolls_fy_end"): False, (11, "on_rolls_period_end"): False}),
    # ratings
    one("level and words", 6, "rating", "3 - Fully Successful", "rating:level-and-words"),
    one("the word level", 6, "rating", "Level 3", "rating:level-and-words"),
    one("words in brackets", 6, "rating", "3 (Fully Successful)", "rating:level-and-words"),
    one("words first", 6, "rating", "Fully Successful - 3", "rating:level-and-words"),
    one("a name of the agency's own", 6, "rating", "3 - Meets", "rating:level-own-name"),
    one("a name of its own first", 6, "rating", "Role Model (3)", "rating:level-own-name"),
    refused("a name that holds that of another level", 6, "rating", "3 - truly outstanding",
            "level 3 by its number and another level by its words"),
    one("words alone", 6, "rating", "Fully Successful", "rating:level-words"),
    one("short words", 6, "rating", "FS", "rating:level-words"),
    one("a Roman number", 6, "rating", "III", "rating:level-words"),
    one("a number in letters", 6, "rating", "three", "rating:level-words"),
    one("not rated because new", 6, "rating", "New appointee", "rating:not-rated", then={(6, "rating"): None}),
    one("a level of five", 4, "rating", "4 of 5", "rating:level-and-words"),
    one("not rated", 6, "rating", "NR", "rating:not-rated", then={(6, "rating"): None}),
    refused("a score", 6, "rating", "3.4", "a score, not a level"),
    refused("two levels", 6, "rating", "3/4", "two levels"),
    refused("number against words", 6, "rating", "3 - Outstanding", "level 3 by its number and another level by its words"),
    refused("a school grade", 6, "rating", "B+", "a school grade, not a level"),
    refused("a percentage", 6, "rating", "92", "a score or a percentage, not a level"),
    refused("pass", 6, "rating", "Pass", "pass or fail, not a level"),
    refused("no such level", 6, "rating", "6", "is not a rating level"),
    # levels, types, yes and no, plans
    one("ES with a space", 4, "es_level", "ES 04", "es_level:es-level"),
    one("ES without a sign", 4, "es_level", "ES4", "es_level:es-level"),
    one("a Roman ES level", 4, "es_level", "IV", "es_level:es-level"),
    refused("a GS grade", 4, "es_level", "GS-15", "a General Schedule grade, not an ES level"),
    refused("another pay plan", 4, "es_level", "SL-00", "another pay plan, not an ES level"),
    one("a code for career", 4, "appointment_type", "CA", "appointment_type:type-code"),
    one("career in words", 4, "appointment_type", "Career Appointment", "appointment_type:type-code"),
    one("noncareer with a dash", 9, "appointment_type", "Non-career", "appointment_type:type-code"),
    one("limited term cut short", 10, "appointment_type", "LTD TERM", "appointment_type:type-code"),
    refused("limited and no more", 10, "appointment_type", "Limited", "a limited appointment that does not say term or emergency"),
    refused("the position's type", 4, "appointment_type", "Career Reserved", "the type of the position, not of the appointment"),
    refused("a pay plan for a type", 4, "appointment_type", "ES", "a pay plan, not a type of appointment"),
    one("a dash for no", 4, "ig_office", "-", "ig_office:mark-no"),
    with_rows("marks and blanks", filled("ig_office", "", {2: "X"}), "ig_office:mark-yes", "ig_office:blank",
              then={(2, "ig_office"): True}),
    refused("a question mark", 4, "ig_office", "?", "an answer that is not known"),
    refused("yes with a remark", 4, "ig_office", "no, detailed to OIG", "an answer with a remark"),
    with_rows("a plan in capitals", filled("plan", "MAIN"), "plan:main"),
    with_rows("a plan by its name", filled("plan", "SES performance plan"), "plan:sesperformanceplan"),
    one("a plan with a slip", 4, "plan", "mian", "plan:mian"),
    with_rows("no plan at all", filled("plan", ""), "plan:blank"),
    refused("an unknown plan", 4, "plan", "Q7", "a plan that agency.yaml does not name"),
    # headings
    headed("award amount", "award", "Award amount"),
    headed("bonus", "award", "Bonus"),
    headed("employee id", "person_id", "Employee ID"),
    headed("final rating", "rating", "Final Rating"),
    headed("appt type", "appointment_type", "Appt Type"),
    headed("oig", "ig_office", "OIG?"),
    headed("performance plan", "plan", "Performance plan"),
    headed("salary of the fiscal year's end", "basic_pay_fy_end", "Salary FY end"),
    headed("salary and no more", "basic_pay_period_end", "Salary"),
    # rows and files
    with_rows("title lines above the header", titled, "layout:table", offset=3),
    with_rows("the header again", lambda rows: rows.insert(5, list(HEADER)), "rows:repeated-header"),
    with_rows("a total", plus("Total", "", "", "", "", "", "", "1090000"), "rows:totals"),
    with_rows("a count", plus("9 executives"), "rows:totals"),
    with_rows("the end of the report", plus("*** End of report ***"), "rows:totals"),
    with_rows("a row twice", lambda rows: rows.append(list(rows[2])), "rows:repeated-row"),
    with_rows("a number twice", lambda rows: rows.append([rows[2][0], "", *rows[3][2:]]), looks="the number is already on row 3"),
    with_rows("a column twice", doubled_column, looks="appears twice in the header"),
    with_rows("a column missing", without("rating"), looks="the column is not in the header"),
    one("a space that cannot be seen", 4, "basic_pay_fy_end", "129\u00a0800", "basic_pay_fy_end:spaces"),
    one("digits of another script", 4, "award", "\uff19\uff17\uff13\uff15", "award:unseen"),
    refused("an award of a noncareer executive", 9, "award", "9735", "a noncareer appointee cannot receive a performance award"),
    refused("an award far above the limit", 4, "award", "97350", "over 20 percent of $129,800 ($25,960)"),
    Slip("cells separated by upright lines", offers=("layout:table",), files={"csv": lambda: as_csv(rows_with({}), "|")}),
    Slip("sep= on the first line", offers=("layout:table",), offset=1,
         files={"csv": lambda: b"sep=;\r\n" + as_csv(rows_with({}), ";")}),
    Slip("title with commas above semicolons", offers=("layout:table",), offset=1,
         files={"csv": lambda: b"Executives, all, of 2002\r\n" + as_csv(rows_with({}), ";")}),
    Slip("on another sheet", offers=("layout:table",),
         files={"xlsx": lambda: as_xlsx([], {"Read me": [["About this file"]], "Executives": rows_with({})})}),
    Slip("below titles on another sheet", offers=("layout:table",), offset=2,
         files={"xlsx": lambda: as_xlsx([], {"Cover": [["x"]], "FY 2002": [["Title"], ["More"], *rows_with({})]})}),
]  # fmt: skip


def right(slip: Slip, count: int) -> list[tuple[object, ...]]:
    """The right people, by the roster without the slip."""
    people = list(roster_file.read(BASE).people)
    if (11, "on_rolls_fy_end") in slip.then:
        people.append(people[0]._replace(row=11, person_id="Z1", name=None, component=None, basic_pay_fy_end=None,
                                         basic_pay_period_end=None, rating=None, rating_date=None, award=None))  # fmt: skip
    assert len(people) == count
    changed = []
    for person in people:
        values = {column: value for (row, column), value in slip.then.items() if row == person.row}
        changed.append(tuple(person._replace(**values))[1:])
    return changed


KINDS = [(slip, kind) for slip in SLIPS for kind in (slip.files or {"csv": None, "xlsx": None})]
#: By `make test` every other.
TRIED = KINDS if ALL else KINDS[::2]


@pytest.fixture
def folder(tmp_path):
    shutil.copy(BASE / "agency.yaml", tmp_path / "agency.yaml")
    return tmp_path


def test_there_are_many_different_slips():
    """Each is a slip of its own."""
    assert len({slip.name for slip in SLIPS}) == len(SLIPS) >= 85


@pytest.mark.parametrize(("slip", "kind"), TRIED, ids=[f"{slip.name}-{kind}" for slip, kind in TRIED])
def test_a_slip_ends_in_its_repair_or_its_refusal(slip, kind, folder):
    """Not final before; after the repair, and read again from the corrected file, the right people; else named."""
    source = folder / f"roster.{kind}"
    source.write_bytes(slip.contents(kind))
    came = source.read_bytes()
    assert not report.open_folder(folder).complete().final, "taken in silence"
    found = corrections.open_folder(folder)
    if slip.looks:
        assert not found.offers
        assert slip.looks in {group.looks for group in found.groups}
        return
    for number, offer in enumerate(slip.offers):
        assert offer in found.offers, (offer, list(found.offers), [group.reason for group in found.groups])
        found.accept(offer, when=f"2003-01-02T08:00:0{number}", who="A. Reader")
    assert not found.offers, list(found.offers)
    assert found.left.errors == 0, [str(problem) for problem in found.problems]
    expected = right(slip, len(found.roster.people))
    assert [tuple(person)[1:] for person in found.roster.people] == expected
    found.save(when="2003-01-02T09:00:00")
    assert source.read_bytes() == came
    again = report.open_folder(folder)
    assert again.complete().final
    assert [tuple(person)[1:] for person in again.roster.people] == expected
    assert again.roster.people[0].row == 2 + slip.offset
    lines = {line.what: line.value for line in again.complete().account.lines}
    assert int(lines["Rows in the roster"]) == len(expected) + int(lines.get("Rows not read as people", 0))


@pytest.mark.parametrize("text", ["15-NOV-2002", "15 November 2002", "November 15th, 2002", "2002/11/15", "2002-11-15"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_date_that_can_mean_one_day_alone_is_read_as_it_is(text, kind, folder):
    """Nothing is asked, and the forms are final."""
    (folder / f"roster.{kind}").write_bytes(Slip("", {(2, "rating_date"): text}).contents(kind))
    assert report.open_folder(folder).complete().final
    assert not corrections.open_folder(folder).groups
    assert corrections.open_folder(folder).person(2).rating_date == date(2002, 11, 15)


def test_a_column_without_its_heading_is_offered_those_that_fit(folder):
    """Nothing in the name leads to it: headings whose cells can be read in it are offered, and it is said at once."""
    source = folder / "roster.csv"
    text = Slip("as it is", {}).contents("csv").decode("utf-8-sig")
    source.write_text(
        text.replace("basic_pay_fy_end", "Column G").replace("appointment_type", "appt type"), encoding="utf-8"
    )
    found = corrections.open_folder(folder)
    assert "missing:basic_pay_fy_end" in {group.id for group in found.groups}
    for offer in ("heading:column-g:basic_pay_fy_end", "heading:appt-type:appointment_type"):
        found.accept(offer, when="2003-01-02T08:00:00", who="A. Reader")
    assert found.left.errors == 0


@pytest.mark.parametrize(
    ("heading", "is_it"),
    [
        ("Basic Pay 09/30/2026", True), ("Basic pay at 9/30", True), ("Salary Sept 30", True), ("BasicPayFYEnd", True),
        ("Rate of pay, end of the fiscal year", True), ("Basic Pay", False), ("Basic Pay 12/31/2026", False),
        ("Adjusted Basic Pay 9/30", False), ("Pay Plan 9/30", False), ("Total pay 9/30/2026", False), ("Pay 19/30", False),
    ],
)  # fmt: skip
def test_a_heading_that_names_september_30_is_the_rate_of_that_day(heading, is_it):
    """Neither another day, nor a sum, a part or a plan."""
    assert is_fiscal_year_end(heading) is is_it


def test_accepting_by_percentage_gives_the_amount_to_the_cent(folder):
    """7.5 percent of $129,800 is $9,735."""
    (folder / "roster.csv").write_bytes(as_csv(rows_with({(4, "award"): "7.5%"})))
    found = corrections.open_folder(folder)
    found.accept("award:percent", when="2003-01-02")
    assert found.person(4).award == Decimal(9735)
