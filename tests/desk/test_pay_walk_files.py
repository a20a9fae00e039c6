"""The files of the pay walk: the worksheet with what goes with it, and the paper that is signed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from seskit.desk import cli
from seskit.desk.opener.links import FileLinks
from seskit.desk.pay_setting import walk
from seskit.paper.closeout import decision
from tests.places import SAMPLES

#: A sample with a pay worksheet in which something must change, and one without.
WITH, WITHOUT = "DBT", "LKA"
PAPER = ("decision_paper.pdf", "decision_paper.html")


def made(agency: Path, out: Path) -> FileLinks:
    picked: dict[str, Any] = {"person": ""}
    return walk.files(walk.opened(agency, out, picked))


def test_the_walk_makes_the_decision_paper_that_the_command_makes(tmp_path: Path) -> None:
    """Byte for byte, linked among the other files, with a word on what it is; the report of the closeout is not made."""
    links = made(SAMPLES / WITH, tmp_path / "walk")
    assert [row[0] for row in links.table.rows if row[0] in PAPER] == ["decision_paper.html", "decision_paper.pdf"]
    assert "the paper to decide on and sign" in " ".join(links.table.notes)
    assert "pay_worksheet.xlsx" in {path.name for path in links.files}
    assert not list((tmp_path / "walk").glob("closeout*"))
    told = CliRunner().invoke(
        cli.main, ["closeout", str(SAMPLES / WITH), "--format", "pdf,html", "--out", str(tmp_path / "told")]
    )
    assert "decision_paper.pdf" in told.output
    for name in PAPER:
        assert (tmp_path / "walk" / name).read_bytes() == (tmp_path / "told" / name).read_bytes()
        assert f"download='{name}'" in str(links.live_html())


def test_no_file_of_the_pay_walk_speaks_of_a_supplementary_form(tmp_path: Path) -> None:
    """That form belongs to the report; here nothing is said of who was rated how."""
    assert "supplementary" not in made(SAMPLES / WITH, tmp_path).table.to_html()


def test_without_a_worksheet_there_is_nothing_to_sign(tmp_path: Path) -> None:
    """A folder without pay.yaml proposes no pay: no paper, and no word of one."""
    links = made(SAMPLES / WITHOUT, tmp_path / "out")
    assert not links.files
    assert "decision_paper" not in links.table.to_html()


def test_a_copy_with_names_in_the_folder_stays(tmp_path: Path) -> None:
    """Made by command into the same folder; the walk neither renews nor removes it."""
    CliRunner().invoke(
        cli.main, ["closeout", str(SAMPLES / WITH), "--names", "--format", "pdf", "--out", str(tmp_path)]
    )
    copy = tmp_path / f"{decision.NAMED_STEM}.pdf"
    before = copy.read_bytes()
    made(SAMPLES / WITH, tmp_path)
    assert copy.read_bytes() == before


@pytest.mark.parametrize("state", ["draft", "final"])
def test_the_paper_is_a_draft_while_something_must_change(tmp_path: Path, state: str) -> None:
    """The sample must change; without any proposal nothing must."""
    from tests.closeouts import folder, person, worksheet_rows

    place = SAMPLES / WITH
    if state == "final":
        people = [person(1, 3, 200000, 0)]
        place = folder(tmp_path / "agency", people, pay=worksheet_rows(people))
    made(place, tmp_path / "out")
    said = (tmp_path / "out" / "decision_paper.html").read_text(encoding="utf-8")
    assert ("DRAFT: not to be signed" in said) is (state == "draft")
