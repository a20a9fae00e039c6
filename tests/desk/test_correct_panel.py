"""Correcting on the screen: what was done is said where the person works, and the keyboard goes on from there."""

import shutil

import ipywidgets
import openpyxl
import pytest

from seskit.desk.correct import panel
from seskit.desk.opener import brought, carried
from seskit.work.corrections.groups import ProblemGroup
from tests.opened_desk import opener
from tests.places import CASES

HEADS = ("Emp No", "Employee Name", "plan", "ig_office", "Appt Type", "Basic Pay 09/30/2026", "basic_pay_period_end",
         "rating", "rating_date", "pay_decreased", "Rate held in fall")  # fmt: skip
HEADS_AS_READ = ("person_id", "name", "plan", "ig_office", "appointment_type", "basic_pay_fy_end", "basic_pay_period_end",
                 "rating", "rating_date", "pay_decreased", "Rate held in fall")  # fmt: skip
AGENCY = """code: DLH
name: Department of Lighthouses
fiscal_year: 2026
plans:
- id: main
  name: Plan
  pattern: H
  appraisal_period: {from: 2025-10-01, to: 2026-09-30}
  awards: {status: paid, paid_in: 2026-12, determined_on: 2026-11-25}
"""


def roster(folder, heads=HEADS):
    """Four people as an export prints them; one date in words, one rate that is no number."""
    book = openpyxl.Workbook()
    book.active.append(heads)
    for number in range(4):
        held = (101 + number, f"Adler, A{number}", "main", "no", "Career", 190_000, "?" if number == 2 else 190_000,
                4, "Nov 12, 2026" if number == 1 else "2026-11-10", "no", 190_000)  # fmt: skip
        book.active.append(held)
    for cell in book.active["A"][1:]:
        cell.number_format = "00000"
    book.save(folder / "roster.xlsx")
    (folder / "agency.yaml").write_text(AGENCY)
    return folder


@pytest.fixture
def focused(monkeypatch):
    """The widgets that were given the keyboard, in order."""
    found = []
    monkeypatch.setattr(ipywidgets.DOMWidget, "focus", lambda one: found.append(one), raising=False)
    return found


def button(shown, words):
    """The first button whose words begin so."""
    every = [*shown.list.children, *shown.cell.children]
    return next(one for one in every if str(getattr(one, "description", "")).startswith(words))


def test_a_needed_column_that_no_heading_names_is_listed_at_once(tmp_path):
    """A heading with the day in it is offered; where no heading is alike, those that were not used can be chosen from."""
    shown = panel(roster(tmp_path))
    first = [offer.question for group in shown.found.groups for offer in group.offers]
    assert "Read the heading 'Basic Pay 09/30/2026' as basic_pay_fy_end? It has 4 values." in first
    assert not any("as basic_pay_period_end" in one for one in first)
    other = tmp_path / "other"
    other.mkdir()
    shown = panel(roster(other, tuple("Zulu" if head.startswith("Basic Pay") else head for head in HEADS)))
    group = next(one for one in shown.found.groups if one.id == "missing:basic_pay_fy_end")
    asked = {offer.question.split("'")[1] for offer in group.offers}
    assert asked == {"basic_pay_period_end", "Zulu", "Rate held in fall"}
    assert "Read an export" in group.fix
    button(shown, "Confirm: Read the heading 'Zulu' as Basic pay on September 30?").click()
    assert not [one for one in shown.found.groups if one.id == "missing:basic_pay_fy_end"]


def test_each_confirmation_is_said_where_the_next_problem_is(tmp_path, focused):
    """The keyboard stays at the place in the list, never at the filters, and the words are beside it."""
    shown = panel(roster(tmp_path))
    while offers := [one for one in shown.list.children if str(getattr(one, "description", "")).startswith("Confirm:")]:
        place = shown.list.children.index(offers[0])
        focused.clear()
        offers[0].click()
        assert "Confirmed: " in shown.told.value
        assert "?: yes" not in shown.told.value
        assert focused[-1] is shown.save or shown.list.children.index(focused[-1]) <= place + 3
        told = shown.list.children.index(shown.told)
        assert focused[-1] is shown.save or shown.list.children[told + 1 :].index(focused[-1]) <= 3


def test_a_cell_says_beside_its_button_what_became_of_it(tmp_path, focused):
    """Without a reason: said at the button and at the box, which has the keyboard; when it is right, the cell is closed."""
    shown = panel(roster(tmp_path))
    button(shown, "Open the cell").click()
    shown.value.value = "190,000"
    button(shown, "Write this value").click()
    assert "Say why" in shown.asked.value
    assert "needed" in shown.why.description
    assert focused[-1] is shown.why
    button(shown, "Leave out this row").click()
    assert "Say why the row is left out" in shown.asked.value
    shown.why.value = "pay record"
    button(shown, "Write this value").click()
    assert shown.cell.children == ()
    assert "in order" in shown.told.value
    shown.save.click()
    assert "Saved: roster.corrected.xlsx" in shown.kept.value
    assert "download='roster.corrected.xlsx'" in shown.kept.value
    assert "download='roster.corrections.csv'" in shown.kept.value
    assert "1 cell changed (1 typed or written by a repair)" in shown.kept.value
    assert "does not say who" in shown.kept.value


def test_a_number_shows_as_the_sheet_shows_it_and_no_list_is_empty(tmp_path):
    """Leading zeros stay; a list of likely values stands only where there are any, and shows what is chosen."""
    shown = panel(roster(tmp_path))
    button(shown, "Confirm: Read the heading 'Emp No'").click()
    shown.look_at(((3, "person_id"), (3, "rating")), 0)
    assert "The cell of Person number (person_id) holds &#x27;00102&#x27;." in shown.wrong.value
    shown.look_at(((3, "rating"),), 0)
    assert "4: exceeds fully successful" in dict(shown.choice.options)
    assert dict(shown.choice.options)["4: exceeds fully successful"] == "4"
    assert shown.choice not in shown.cell.children or shown.choice.index == 0


def test_a_refusal_keeps_what_was_typed(tmp_path):
    """Nothing is made anew by a refusal."""
    shown = panel(roster(tmp_path))
    before = shown.list.children
    said, done = shown._do(lambda: shown.found.undo())
    assert not done
    assert said in shown.status.value
    assert shown.list.children == before


def test_corrections_of_a_former_roster_never_reach_the_rows_of_another(tmp_path):
    """They are by row: with another roster they are put beside, and nothing of them is in what is read."""
    folder = roster(tmp_path)
    shown = panel(folder)
    shown.found.set(4, "basic_pay_period_end", "190000", when="2026-11-30T10:00:00Z", why="pay record")
    shown.found.save(when="2026-11-30T10:01:00Z")
    same = (folder / "roster.xlsx").read_bytes()
    brought.keep(folder, "again.xlsx", same)
    assert (folder / "roster.corrections.csv").is_file()
    lines = "\n".join(
        ",".join(map(str, row)) for row in [("person_id", "basic_pay_period_end"), ("9", ""), ("8", ""), ("7", "")]
    )
    brought.keep(folder, "people.csv", lines.encode())
    assert not (folder / "roster.corrections.csv").exists()
    assert not (folder / "roster.corrected.xlsx").exists()
    assert (folder / "roster.corrections.before.csv").is_file()
    assert (folder / "roster.corrected.before.xlsx").is_file()
    assert panel(folder).found.grid.cell(4, "basic_pay_period_end") == ""


def typed_again(folder, heads, rows):
    """Another workbook brought in the place of the former one, as the page does it; what is said of the corrections."""
    book = openpyxl.Workbook()
    for cells in (heads, *rows):
        book.active.append(cells)
    book.save(folder / "next.xlsx")
    typed = carried.typed(folder)
    brought.keep(folder, "next.xlsx", (folder / "next.xlsx").read_bytes())
    return carried.over(folder, typed)


def test_what_was_typed_survives_a_roster_that_comes_again(tmp_path):
    """By the number of the person and the former value, wherever the row is now; what does not hold any more is named."""
    folder = roster(tmp_path, HEADS_AS_READ)
    shown = panel(folder)
    for second, (row, column, value) in enumerate(
        ((4, "basic_pay_period_end", "190000"), (2, "name", "Adler, Ada"), (3, "rating", "5"))
    ):
        shown.found.set(row, column, value, when=f"2026-11-30T10:00:0{second}Z", why="pay record")
    cells = [list(row) for row in openpyxl.load_workbook(folder / "roster.xlsx").active.iter_rows(values_only=True)]
    heads, first, second, third, last = cells
    second[HEADS.index("rating")] = 3
    said = typed_again(folder, heads, (third, last, second, first))
    assert "What you typed for 2 cells is taken over" in said
    assert "Put aside, by its row in the former roster: row 3, rating." in said
    again = panel(folder).found
    assert again.grid.cell(2, "basic_pay_period_end") == "190000"
    assert again.grid.cell(5, "name") == "Adler, Ada"
    assert again.grid.cell(4, "rating") == "3"
    said = typed_again(folder, heads, (last,))
    assert "taken over" not in said
    assert "row 2, basic_pay_period_end" in said


def test_a_column_the_roster_lacks_is_said_before_anything_is_typed(tmp_path):
    """It is added at the end of the corrected roster; where it cannot be, the cell is not opened, and the heading is named."""
    shown = panel(roster(tmp_path, tuple("Zulu" if head == "rating_date" else head for head in HEADS_AS_READ)))
    shown.look_at(((3, "rating_date"),), 0)
    assert "gets it at its end, with the heading &#x27;rating_date&#x27;" in shown.wrong.value
    shown.value.value, shown.why.value = "2026-11-12", "appraisal file"
    shown._write(((3, "rating_date"),), 0)
    shown.save.click()
    (came, made) = (openpyxl.load_workbook(tmp_path / name).active for name in ("roster.xlsx", "roster.corrected.xlsx"))
    assert came.max_column == len(HEADS)
    assert [made.cell(row, len(HEADS) + 1).value for row in (1, 2, 3)] == ["rating_date", None, "2026-11-12"]
    log = (tmp_path / "roster.corrections.csv").read_text(encoding="utf-8")
    assert "the column was added at the end" in log
    lines = [",".join(f'"{"" if cell is None else cell}"' for cell in row) for row in came.values]
    (tmp_path / "other").mkdir()
    lines[2] += ",a remark"
    (tmp_path / "other" / "roster.csv").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "other" / "agency.yaml").write_text(AGENCY)
    other = panel(tmp_path / "other")
    assert "row 3" in other.found.why_not("rating_date")
    assert "heading 'rating_date'" in other.found.why_not("rating_date")
    group = ProblemGroup("look", "blank", "", ((3, "rating_date"),))
    pieces = other._of(group, 0)
    assert not [one for one in pieces if str(getattr(one, "description", "")).startswith("Open the cell")]
    assert "heading &#x27;rating_date&#x27;" in pieces[-1].value


def test_who_corrects_is_written_once(tmp_path):
    """The panel opened again, for this roster or another, begins with the name last written; the log says it each time."""
    first = panel(roster(tmp_path))
    first.who.value = "Ida Falk"
    again = panel(tmp_path)
    assert again.who.value == "Ida Falk"
    button(again, "Confirm:").click()
    assert again.found.readings.accepted[0].who == "Ida Falk"
    again.who.value = ""
    assert panel(tmp_path).who.value == ""


def test_a_typed_value_in_another_form_is_confirmed_once(tmp_path):
    """Its button goes when it is pressed; the next such value is in order at once, the words say as what, and it is saved."""
    shown = panel(roster(tmp_path, HEADS_AS_READ))
    for row, last in ((2, False), (4, True)):
        shown.look_at(((row, "rating_date"),), 0)
        shown.value.value, shown.why.value = f"2026 11 1{row}", "appraisal file"
        shown._write(((row, "rating_date"),), 0)
        if not last:
            button(shown, "Confirm: Rating date: a date with the year first").click()
        every = [str(getattr(one, "description", "")) for one in shown.list.children]
        assert not [one for one in every if one.startswith("Confirm: Rating date: a date with the year first")]
    assert "in order, read as 2026-11-14 as agreed" in shown.told.value
    assert "Confirmed so far: 1 way of reading" in shown._head[0].value
    shown.save.click()
    assert "Saved: roster.corrected.xlsx" in shown.kept.value
    book = openpyxl.load_workbook(tmp_path / "roster.corrected.xlsx").active
    assert [str(book.cell(row, 9).value)[:10] for row in (2, 4)] == ["2026-11-12", "2026-11-14"]


def test_like_problems_and_the_place_of_the_header_are_said_in_plain_words(tmp_path):
    """No dots for numbers, no count of headings as an example of a row, and days as people write them."""
    folder = shutil.copytree(CASES / "report-one-plan", tmp_path / "XA")
    text = (folder / "roster.csv").read_text(encoding="utf-8").replace(",113000,113000,", ",113100,113000,")
    text = text.replace("129800,129800,4", "129900,129800,4")
    (folder / "roster.csv").write_text(f"People of the agency,,\n\n{text}", encoding="utf-8")
    shown = panel(folder)
    assert button(
        shown, "Confirm: The header of a roster was found, with 16 headings of a roster: the header is in row 3."
    )
    page = "".join(str(getattr(one, "value", "")) for one in shown.list.children)
    assert "For example" not in page
    button(shown, "Confirm: The header").click()
    page = "".join(str(getattr(one, "value", "")) for one in shown.list.children)
    assert (
        "for example, not the ES-1 rate on September 30, 2002, which is $113,000 (rows 4 [X01], 5 [X02], 6 [X03], 11 [X08])."
        in page
    )
    assert "not the ES-4 rate on September 30, 2002, which is $129,800 (rows 6, 11)" in page
    assert "left out" not in page
    assert "\u2026" not in page


def test_a_cell_that_no_problem_names_is_corrected_by_number_and_column(tmp_path, focused):
    """An award found too high after the report was sent: opened by the person's number, written with a reason, saved."""
    shown = panel(roster(tmp_path, HEADS_AS_READ))
    shown.any.click()
    whose, which, said, opens = shown.named.children
    whose.value = "99"
    opens.click()
    assert "No row of the roster has the number" in said.value
    whose.value, which.value = "00101", "rating"
    opens.click()
    assert "holds &#x27;4&#x27;" in shown.wrong.value
    shown.value.value, shown.why.value = "3", "the board's minutes say so"
    button(shown, "Write this value").click()
    shown.save.click()
    assert openpyxl.load_workbook(tmp_path / "roster.corrected.xlsx").active["H2"].value == 3
    shown.any.click()
    assert shown.named.children == ()


@pytest.mark.usefixtures("home")
def test_what_was_typed_waits_while_a_roster_cannot_be_read(tmp_path):
    """A file that is no roster comes between: what was typed goes over to the one that comes after it."""
    folder, front = roster(tmp_path, HEADS_AS_READ), opener()
    front.choose(folder)
    panel(folder).found.set(4, "basic_pay_period_end", "190000", when="2026-11-30T10:00:00Z", why="pay record")
    again = (folder / "roster.xlsx").read_bytes()
    front.bring(lambda at: brought.keep(at, "wrong.csv", b"Quarter,Sum\n1,2\n"))
    assert "Put aside, by its row in the former roster: row 4" in front.message
    front.bring(lambda at: brought.keep(at, "again.xlsx", again))
    assert "What you typed for 1 cell is taken over" in front.message
    assert panel(folder).found.grid.cell(4, "basic_pay_period_end") == "190000"
