"""A table of more than twenty rows is searched and sorted by keyboard, says so to a screen reader, and is whole without."""

from datetime import date

import pytest

from seskit.formats import long_tables, notebook_page
from seskit.formats.markup import element, together
from seskit.formats.tables import Table, text_rows
from tests import axe

HEAD = ("Person", "Award", "Paid")


def table(count):
    """Executives with awards; 9,500 comes before 10,400 as a number and after it as text, blanks come last."""
    rows = [(f"P-{n}", f"{500 * (n * 7 % 23) + 400:,}" if n else "", paid(n)) for n in range(count)]
    return Table("Awards of the year", HEAD, text_rows(rows))


def paid(n):
    """A day; of one not known yet, and of one the month alone."""
    return {5: "not known", 7: "December 2001"}.get(n, date(2002 - n % 2, n % 12 + 1, n % 4 * 9 + 1))


def test_only_a_page_with_a_long_table_holds_the_script():
    """Twenty rows are a plain page, and two short tables are not one long one."""
    short = table(20).to_html()
    for held in (short, together(short, short)):
        assert "<script" not in notebook_page.document("Short", held)
    assert "<script" in notebook_page.document("Long", table(21).to_html())
    assert f"most = {long_tables.MOST};" in long_tables.script()


@pytest.fixture(scope="module")
def page():
    """A page with one long table and one short one."""
    with axe.browser() as chromium:
        opened = chromium.new_page(viewport={"width": 820, "height": 700})
        body = together(element("h1", "Awards"), table(24).to_html(), table(3).to_html())
        opened.set_content(notebook_page.document("Awards", body))
        yield opened


def shown(page, column):
    """The cells of a column in the rows that are shown."""
    return page.locator("table").first.evaluate(
        "(table, at) => [...table.tBodies[0].rows].filter(row => row.offsetParent).map(row => row.cells[at].textContent)", column
    )  # fmt: skip


@pytest.mark.browser
def test_rows_are_found_by_words_in_any_order(page):
    """The count is said; nothing is lost when the words are taken out."""
    assert page.locator("[role=status]").all_inner_texts() == ["24 rows."]
    page.keyboard.press("Tab")
    page.keyboard.type("october 10, 2001 p-9")
    assert shown(page, 0) == ["P-9"]
    assert page.locator("[role=status]").inner_text() == "1 of 24 rows."
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    assert len(shown(page, 0)) == 24


@pytest.mark.browser
def test_a_column_sorts_up_down_and_back(page):
    """Amounts as amounts, with blanks at the end; the heading says the order, the status too."""
    before = shown(page, 0)
    button = page.get_by_role("button", name="Award")
    button.focus()
    amounts = []
    for order in ("ascending", "descending"):
        page.keyboard.press("Enter")
        assert page.get_by_role("columnheader", name="Award", exact=True).first.get_attribute("aria-sort") == order
        assert page.locator("[role=status]").inner_text() == f"24 rows, sorted by Award, {order}."
        assert shown(page, 1)[-1] == "", "what is blank comes last either way"
        amounts.append([int(cell.replace(",", "")) for cell in shown(page, 1) if cell])
    assert amounts == [sorted(amounts[0]), sorted(amounts[0], reverse=True)]
    assert axe.violations(page) == []
    page.keyboard.press("Enter")
    assert shown(page, 0) == before
    assert page.get_by_role("columnheader", name="Award", exact=True).first.get_attribute("aria-sort") is None


@pytest.mark.browser
def test_days_sort_as_days(page):
    """As in a calendar and not by the names of months, with a month before its days and words after all of them."""
    button = page.get_by_role("button", name="Paid")
    button.focus()
    order = [2001_12_00 if n == 7 else 9999_99_99 if n == 5 else int(f"{paid(n):%Y%m%d}") for n in range(24)]
    for turn in (1, -1):
        page.keyboard.press("Enter")
        got = [order[int(name.removeprefix("P-"))] for name in shown(page, 0)]
        assert got == sorted(order, reverse=turn < 0)
    assert {"December 2001", "February 10, 2001", "not known"} <= set(shown(page, 2))
    page.keyboard.press("Enter")


@pytest.mark.browser
def test_printed_it_is_the_plain_table(page):
    """On paper no box to write in."""
    page.emulate_media(media="print")
    assert page.locator(".seskit-find:visible").count() == 0
