"""Nothing personal leaks: safe display, the scanner."""

import zipfile

import pytest

from seskit.formats import privacy, scanning


def test_a_number_shaped_like_an_ssn_is_masked_when_a_value_is_repeated():
    """Messages repeat what stands in a cell, but never such a number."""
    assert privacy.shown("no. 900-12-3456 here") == "no. ***-**-**** here"
    assert len(privacy.shown("x" * 500)) == 40
    assert "\x1b" not in privacy.shown("a\x1b[31mb")


@pytest.mark.parametrize("name", ["page.html", "forms.xlsx"])
def test_the_scanner_finds_what_should_not_be_there(tmp_path, name):
    """SSN shapes, machine paths and names are found in text and inside workbooks."""
    text = "Avery Adams\n900-12-3456\n" + "/ho" + "me/someone/roster.csv\n"
    if name.endswith(".xlsx"):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("xl/sharedStrings.xml", text)
    else:
        (tmp_path / name).write_text(text)
    found = {(leak.line, leak.what.split()[-1]) for leak in scanning.scan(tmp_path, ["Avery Adams"]).leaks if leak.line}
    assert found == {(1, "person"), (2, "number"), (3, "on")}


def test_the_supplement_may_hold_names_but_no_ssn(tmp_path):
    """Part 2 is made to hold names; a number shaped like an SSN is reported even there."""
    (tmp_path / "supplement.html").write_text("Avery Adams 900-12-3456")
    assert [leak.what for leak in scanning.scan(tmp_path, ["Avery Adams"]).leaks] == [
        "a number shaped like a Social Security number"
    ]
