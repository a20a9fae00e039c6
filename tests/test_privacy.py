"""Nothing personal leaks: safe display, small cells, the scanner."""

import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seskit import privacy


def test_a_number_shaped_like_an_ssn_is_masked_when_a_value_is_repeated():
    """Messages repeat what stands in a cell, but never such a number."""
    assert privacy.shown("no. 900-12-3456 here") == "no. ***-**-**** here"
    assert len(privacy.shown("x" * 500)) == 40
    assert "\x1b" not in privacy.shown("a\x1b[31mb")


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 30), min_size=1, max_size=8))
def test_a_hidden_cell_cannot_be_found_by_subtraction(counts):
    """Cells under five are hidden, and with the total known the hidden ones together leave a choice."""
    shown = privacy.hide_small(counts)
    hidden = [key for key, value in shown.items() if value == privacy.HIDDEN]
    assert all(shown[key] == privacy.HIDDEN for key, count in counts.items() if 0 < count < 5)
    if hidden and len(hidden) < len(counts):
        assert len(hidden) >= 2
        assert sum(counts[key] for key in hidden) >= 5
    if not any(0 < count < 5 for count in counts.values()):
        assert not hidden


@pytest.mark.parametrize("name", ["page.html", "forms.xlsx"])
def test_the_scanner_finds_what_should_not_be_there(tmp_path, name):
    """SSN shapes, machine paths and names are found in text and inside workbooks."""
    text = "Avery Adams\n900-12-3456\n" + "/ho" + "me/someone/roster.csv\n"
    if name.endswith(".xlsx"):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("xl/sharedStrings.xml", text)
    else:
        (tmp_path / name).write_text(text)
    found = {(leak.line, leak.what.split()[-1]) for leak in privacy.scan(tmp_path, ["Avery Adams"])}
    assert found == {(1, "person"), (2, "number"), (3, "on")}


def test_the_supplement_may_hold_names_but_no_ssn(tmp_path):
    """Part 2 is made to hold names; a number shaped like an SSN is reported even there."""
    (tmp_path / "supplement.html").write_text("Avery Adams 900-12-3456")
    assert [leak.what for leak in privacy.scan(tmp_path, ["Avery Adams"])] == [
        "a number shaped like a Social Security number"
    ]
