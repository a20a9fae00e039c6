"""A second roster brought under its own name: the agency's own stays, and the form of a request offers both."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from seskit.desk.certification import walk
from seskit.desk.opener import Desk, brought, sections
from seskit.desk.opener.front import Front
from seskit.formats.refusals import FactError

SAMPLE = Path(__file__).resolve().parents[2] / "notebooks" / "sample" / "agencies" / "LKA"


@pytest.fixture
def agency(tmp_path):
    folder = tmp_path / "LKA"
    shutil.copytree(SAMPLE, folder)
    (folder / "agency.yaml").write_text(
        (SAMPLE / "agency.yaml").read_text(encoding="utf-8").replace("name: ", "name: Our ", 1), encoding="utf-8"
    )
    return folder


def content(agency):
    return (agency / "roster.csv").read_bytes() + b"\n"


def opened(agency):
    """The section of the other files with the form of the request on the part with the periods."""
    desk = Desk(walk.WALK, "", agency / "out")
    desk.choose(agency)
    front = Front(desk)
    section = sections.other_files(front)
    listed, place, said, upload = section.children
    listed.value = "certification"
    (editor,) = place.children
    editor.go(editor.draft.declared.sheet("Periods"))
    return editor, said, upload


def choices(editor):
    return [value for _, value in editor.cells["roster"].widget.options]


def give(upload, name, data):
    given = {
        "name": name,
        "content": data,
        "size": len(data),
        "type": "",
        "last_modified": datetime(2024, 1, 1, tzinfo=UTC),
    }
    upload.set_trait("value", (given,))


def test_a_roster_brought_beside_is_offered_and_the_own_stays(agency):
    """Nothing of the agency's own roster changes, and no corrections are put aside."""
    own = (agency / "roster.csv").read_bytes()
    editor, said, upload = opened(agency)
    assert choices(editor) == ["", "roster.csv", "roster_2015.csv"]
    give(upload, "Roster FY 2023.csv", content(agency))
    kept = next(name for name in choices(editor) if name not in ("", "roster.csv", "roster_2015.csv"))
    assert (agency / kept).read_bytes() == content(agency)
    assert kept in said.value
    assert (agency / "roster.csv").read_bytes() == own
    editor.cells["roster"].widget.value = kept
    assert editor.draft.rows(editor.sheet)[0]["roster"] == kept


@pytest.mark.parametrize(("name", "data", "why"), [
    ("roster.csv", b"a,b\n", "has the name of another"), ("History.csv", b"a,b\n", "has the name of another"),
    ("roster-2023.pdf", b"a,b\n", "is not a roster this reads"), ("roster-2023.csv", b"", "is empty"),
    ("roster-2023.xlsx", b"a,b\n", "is not what its ending says"),
])  # fmt: skip
def test_what_cannot_be_a_second_roster_is_refused_in_a_sentence(agency, name, data, why):
    """The agency's own files are never written over."""
    before = {one.name: one.read_bytes() for one in agency.iterdir() if one.is_file()}
    _, said, upload = opened(agency)
    give(upload, name, data)
    assert why in said.value
    assert {one.name: one.read_bytes() for one in agency.iterdir() if one.is_file()} == before
    with pytest.raises(FactError, match=why):
        brought.keep_another(agency, name, data)


def test_the_same_name_again_keeps_the_former(agency):
    """Another year's roster corrected and brought again replaces the first, which is kept and not offered."""
    brought.keep_another(agency, "roster-2023.csv", b"a,b\n")
    brought.keep_another(agency, "roster-2023.csv", b"a,c\n")
    assert (agency / "roster-2023.before.csv").read_bytes() == b"a,b\n"
    assert brought.there(agency) == ["roster.csv", "roster-2023.csv", "roster_2015.csv"]
