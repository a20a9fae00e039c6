"""A table of more than twenty rows is searched and sorted by keyboard, says so to a screen reader, and is whole without."""

import pytest

from seskit.formats import long_tables, notebook_page
from seskit.formats.markup import element, together
from seskit.formats.tables import Table
from tests import axe

HEAD = ("Person", "Award", "Paid")


def table(count):
    """Executives with awards; 9,500 comes before 10,400 as a number and after it as text, blanks come last."""
    rows = [(f"P-{n}", f"{500 * (n * 7 % 23) + 400:,}" if n else "", f"2002-{n % 12 + 1:02}-03") for n in range(count)]
    return Table("Awards of the year", HEAD, tuple(rows))


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
    page.keyboard.type("10-03 p-9")
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
def test_printed_it_is_the_plain_table(page):
    """On paper no box to write in."""
    page.emulate_media(media="print")
    assert page.locator(".seskit-find:visible").count() == 0
