"""Single rows of an export left out, amounts in thousands, two headings of one figure: guessed, or asked, for this export alone."""

from dataclasses import replace
from datetime import date

import pytest

from seskit.law.facts import FactError
from seskit.record.forms.stored import kept_of
from seskit.record.people_import import convert, guess, thousands
from seskit.record.people_import.draft import ImportDraft
from seskit.record.people_import.recipe import read
from seskit.record.roster import heading_groups, leaving_headings
from seskit.record.roster.heading_times import ReportDays, latest
from seskit.record.roster.usual_headings import PAYS, names_inspector

DAYS = ReportDays(2022, dict.fromkeys(PAYS, date(2022, 9, 30)))
HEADS = ["Emp No", "Name", "Office", "Appt Type", "Base Pay", "Rating", "Award", "Remarks"]
PEOPLE = [
    ["7", "Vale, Robin", "Water", "Career", "190000", "5", "12000", ""],
    ["8", "Reed, Sam", "Water", "Career", "200000", "4", "14000", "retired 3/31/2022"],
    ["9", "Vale, Robin", "Water", "Career", "190000", "5", "12000", ""],
    ["10", "Lind, Noor", "Soils", "Career", "210000", "3", "", ""],
    ["11", "Lind, Noor", "Harbor", "Career", "210000", "3", "", ""],
]
OUT = ("row 3, number 8", "row 4, number 9")


def draft(*, days=DAYS, people=PEOPLE, heads=HEADS, above=(), recipe=None):
    return ImportDraft([*above, heads, *people], recipe, plans=("main",), report=days)


def again(made, **more):
    """The recipe of a draft as it is kept, for another export."""
    return draft(recipe=made.recipe.model_copy(update={"answered": made.came_to()[0].answered}), **more)


def told(made):
    return {head: says for head, (says, right) in made.questions(made.came_to()[0]).items() if not right}


def test_rows_are_left_out_one_by_one_of_this_export_alone():
    """Each row of a question, and any other by its number; the next year asks anew of these people, as does another row of theirs."""
    now = draft()
    assert list(told(now)) == ["Remarks", "numbers 7 and 9"]
    assert list(now.single_rows(now.came_to()[0])) == ["row 2, number 7", *OUT]
    now.leave_out(OUT, True)
    made, people = now.came_to()
    assert [one["person_id"] for one in people] == ["7", "10", "11"]
    assert "Left out, as you said of this export alone: rows 3, 4." in list(made.lines())
    assert not told(now)
    assert [out for _, out in now.single_rows(made).values()] == [True, True]
    with pytest.raises(FactError, match="'7' is not a row of the export"):
        now.rows_numbered("6, 7")
    assert now.rows_numbered("6") == ("row 6, number 11",)
    assert not told(again(now))
    changed = [[*one[:6], "11000", one[7]] if one[0] == "9" else one for one in PEOPLE]
    assert list(told(again(now, people=changed))) == ["row 4, number 9", "numbers 7 and 9"]
    for people in (PEOPLE, PEOPLE[1:], [[one[0].zfill(4), *one[1:]] for one in PEOPLE]):
        next_year = again(now, days=replace(DAYS, fiscal_year=2023), people=people)
        asked = told(next_year)
        assert [head for head in asked if head.startswith("row")] == [
            f"row {n}, number {one[0]}" for n, one in enumerate(people, 2) if one[0].lstrip("0") in ("8", "9")
        ]
        assert len(next_year.came_to()[1]) == len(people)


def test_rows_that_are_many_are_left_out_together_but_never_everybody_of_a_name():
    """One box for many rows of a heading, and one to take many back; of one person twice, somebody stays."""
    rows = [[str(n), f"Vale, {n % 25}", *PEOPLE[0][2:7], "retired 3/31/2022" if n < 45 else ""] for n in range(50)]
    now = draft(people=rows)
    assert list(told(now)) == ["Remarks", "numbers 0 and 25, and 24 more such names"]
    offered = now.single_rows(now.came_to()[0])
    assert list(offered) == ["the 45 rows of 'Remarks'"]
    titled = draft(people=rows[45:], above=[["Extract, FY 2021"]])
    assert list(told(titled)) == ["row 1, fiscal year 2021"]
    assert not titled.single_rows(titled.came_to()[0]), "a line above the table is no row to leave out"
    now.leave_out(offered.popitem()[1][0], True)
    made, people = now.came_to()
    assert len(people) == 5
    assert {words: out for words, (_, out) in now.single_rows(made).items()} == {"the 45 rows chosen so far": True}


def test_a_recipe_of_another_folder_answers_nothing_about_people_without_a_word(tmp_path):
    """With --recipe alone it asks of whom; with --accept the answer is recorded, for these rows; the account tells each name once."""
    made = draft()
    text = "accepted: yes\n" + "".join(f"{key}\n" for key in ("names: no", "columns:")) + "".join(
        f"  {column}: {head}\n" for column, head in made.recipe.columns.items()
    )  # fmt: skip
    shared, export = tmp_path / "shared.yaml", tmp_path / "export.csv"
    text += "same_for_all: {plan: main}\nunused: [Remarks, numbers 7 and 9]\nleave_out: ['row 3, number 8']\n"
    shared.write_text(text, encoding="utf-8")
    export.write_text("\n".join(",".join(f'"{cell}"' for cell in row) for row in [HEADS, *PEOPLE]), encoding="utf-8")
    first = convert.run(export, tmp_path / "A", shared)
    assert set(first.asked) == {"Remarks", "numbers 7 and 9", "row 3, number 8"}
    assert "give --accept" in first.asked["Remarks"]
    assert not first.files
    assert "1 name is in several rows under different numbers (10 and 11)" in " ".join(first.lines())
    assert convert.run(export, tmp_path / "A", shared, accept=True).written == len(PEOPLE) - 1
    assert set(read(shared).record.answered) == {"numbers 7 and 9", "row 3, number 8"}
    assert not convert.run(export, tmp_path / "B", shared).asked
    export.write_text(export.read_text(encoding="utf-8").replace("Reed, Sam", "Stone, Wren"), encoding="utf-8")
    assert set(convert.run(export, tmp_path / "C", shared).asked) == {"Remarks", "row 3, number 8"}


@pytest.mark.parametrize(
    ("heads", "cells", "guessed", "asked"),
    [
        ("Base Pay ($000)|Award ($000)", "190.25|12.5", (*PAYS, "award"), ""),
        ("Base Pay ($000)|Award", "118.30|12,500", PAYS, ""),
        ("Base Pay|Award ($000)", "183250|12.5000", ("award",), ""),
        (
            "Base Pay|Award",
            "183.25|12500",
            (),
            "(then name basic_pay_fy_end and basic_pay_period_end under thousands: in people.yaml)",
        ),
        ("Base Pay|Award", "183250|21.5", (), "'21.5' for $21,500 (then name award under thousands: in people.yaml)"),
        ("Base Pay|Award", "183250|7.5", (), ""),
        ("Base Pay|Award", "87.42|12500", (), ""),
    ],
)
def test_amounts_in_thousands_are_guessed_by_the_heading_or_asked(heads, cells, guessed, asked):
    """An hourly rate is none, and an award that may be a percentage is asked once the roster is read."""
    pay, award = heads.split("|")
    people = [[*one[:4], *cells.split("|")[:1], one[5], cells.split("|")[1], ""] for one in PEOPLE[:1]]
    made = draft(people=people, heads=[*HEADS[:4], pay, "Rating", award, "Remarks"])
    if pay not in made.recipe.columns.values():
        for column in PAYS:
            made.column(column, pay)
    assert made.recipe.thousands == guessed
    assert asked in " ".join(told(made).values())
    assert bool(asked) == bool(told(made))
    small = [head for head, cell in ((pay, cells.split("|")[0]), (award, cells.split("|")[1])) if "." in cell]
    assert list(made.amounts) == small
    for head, (columns, said) in made.amounts.items():
        assert said is ("000" in head)
        if guessed or asked:
            made.in_thousands(columns, True)
    assert not told(made)
    assert thousands.small(["12.5", "pending", ""])
    (person,) = made.came_to()[1]
    assert person["award"].replace(",", "") in ("12500", "21500", "7.5")
    if made.recipe.thousands:
        large = [[*one[:4], "183,250", one[5], "12,500", ""] for one in PEOPLE[:1]]
        assert "is more than thousands are" in " ".join(told(again(made, people=large, heads=made.table[0])).values())
    made.header(1)
    assert {*made.recipe.thousands} <= {*guessed}


def test_the_figure_of_the_fiscal_year_is_guessed_beside_another_years():
    """Of rates and ratings that name a year, the one of the report's, whichever is later; a title above says what a heading is of."""
    rates = ("FY21 Rate", "FY22 Rate")
    heads = [*HEADS[:4], *rates, "FY21 Rating", "FY22 Rating", "Award"]
    people = [[*one[:4], "180000", "190000", "4", "5", "12000"] for one in PEOPLE[:1]]
    for year, short in ((2022, "FY22"), (2021, "FY21")):
        days = ReportDays(year, dict.fromkeys(PAYS, date(year, 9, 30)))
        columns = draft(days=days, heads=heads, people=people).recipe.columns
        assert [columns.get(one) for one in (*PAYS, "rating")] == [f"{short} Rate", f"{short} Rate", f"{short} Rating"]
        assert latest(rates, days) == [f"{short} Rate"]
    for beside, taken in (("FY21 Award", 1), ("FY23 Award", 2), ("FY23 Rating", 1)):
        assert len(latest((f"FY22 {beside[5:]}", beside), DAYS)) == taken, (
            "an award may be called by the year it is paid in"
        )
    other = ReportDays(2022, {PAYS[0]: date(2021, 9, 30), PAYS[1]: date(2022, 6, 30)})
    found = guess.recipe([heads, *people], ("main",), other)[0].columns
    assert (found.get(PAYS[0]), found.get(PAYS[1])) == ("FY21 Rate", None)
    titles = ["Executive", "", "", "", "Basic pay", "", "FY 2022 appraisal", "", "Award"]
    below = [*HEADS[:4], "9/30/2021", "9/30/2022", "Rating", "Date", "Amount"]
    dated = [[*one[:4], "180000", "190000", "5", "2022-11-14", "12000"] for one in PEOPLE[:1]]
    columns = draft(heads=below, people=dated, above=[["Extract"], titles]).recipe.columns
    assert [columns[one] for one in (*PAYS, "rating_date", "award")] == ["9/30/2022", "9/30/2022", "Date", "Amount"]
    upper, lower = [*HEADS[:4], "Base Pay", "", "Rating", "Award"], ["", "", "", "", "9/30/2021", "9/30/2022", "", ""]
    table = heading_groups.in_one([["Extract"], upper, lower, *([*one[:6], *one[7:]] for one in dated)])
    for person in (
        ["E1", "Vale, Robin", "Water", "Career", "", "on leave", "", ""],
        ["", "VACANT", "", "", "", "abolished", "", ""],
    ):
        assert heading_groups.in_one([upper, person])[1] is person
    found = guess.recipe(table, ("main",), DAYS)[0]
    assert (found.header_row, found.columns[PAYS[0]], found.columns["rating"]) == (3, "Base Pay 9/30/2022", "Rating")
    former = found.model_copy(update={"header_row": 2, "columns": {**found.columns, **dict.fromkeys(PAYS, "Base Pay")}})
    made, people = convert.through(table, former, report=DAYS)
    assert [one["person_id"] for one in people] == ["7"]
    assert "has no heading, and holds amounts of money for 1 person" in made.open["column F"]


def test_an_inspector_general_is_known_in_every_usual_spelling_and_a_liaison_is_none():
    of = ("Inspector-General", "Off. of Insp. Gen.", "O.I.G.", "OFC_INSP_GEN", "Inspectors General", "Insp Gen's Ofc", "DHS-OIG", "IG01",
          "OIG, Office of Congressional Liaison")  # fmt: skip
    for text in of:
        assert names_inspector([text]), text
    for text in (
        "Director, OIG Liaison",
        "GAO/OIG Audit Liaison",
        "Liaison to the Inspector General",
        "Inspections, General Services",
        "Big",
    ):
        assert not names_inspector([text]), text


def test_a_former_file_is_known_by_its_name_and_who_had_left_is_judged_by_each_day():
    for name, of in (
        ("people.yaml.before", "people.yaml"),
        ("people.yaml.before-2", "people.yaml"),
        ("pay.before-3.csv", "pay.csv"),
        ("notes", ""),
    ):
        assert kept_of(name) == of
    first, second = date(2022, 6, 30), date(2022, 9, 30)
    rated = [[first, second], [first], [], [second]]
    assert leaving_headings.left_by([first, second, first, None], rated) == {0: [first, second]}


def test_a_title_says_nothing_of_a_heading_that_is_there_twice():
    """Which of the two is read, no heading tells."""
    titles, heads = ["", "FY 2021", "", "FY 2022", ""], ["Emp No", "Level", "Date", "Rating", "Date"]
    assert heading_groups.whole(titles, heads) == ["Emp No", "FY 2021 Level", "Date", "FY 2022 Rating", "Date"]
