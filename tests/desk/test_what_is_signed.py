"""What the board and the top official sign is among the files of the appraisal year, or the page says where it is made."""

import shutil
from pathlib import Path

import pytest

from seskit.desk.appraisal import walk

SAMPLES = Path(__file__).resolve().parents[2] / "notebooks" / "sample" / "agencies"


def files(folder, out):
    return walk.files(walk.opened(folder, out, {"plan": "", "decided_on": "", "board": "", "person": ""}))


@pytest.mark.parametrize("agency", ["DBT", "BSC"])
def test_the_paper_to_sign_is_among_the_files(tmp_path, agency):
    """PDF and page; the notice with names is named with its command."""
    shown = files(SAMPLES / agency, tmp_path)
    names = [row[0] for row in shown.table.rows]
    assert {"decision_paper.pdf", "decision_paper.html"} <= set(names)
    assert (tmp_path / "decision_paper.pdf").is_file()
    said = " ".join(shown.table.notes)
    assert "top official decides on and signs" in said
    assert "board-notice" in said


def test_without_it_the_page_says_what_makes_it(tmp_path):
    """A roster with errors, and no pay worksheet: no paper, and how it is made."""
    folder = shutil.copytree(SAMPLES / "BSC", tmp_path / "BSC")
    for name in ("pay.yaml", "pay.csv"):
        (folder / name).unlink(missing_ok=True)
    roster = folder / "roster.csv"
    head, first, *rest = roster.read_text(encoding="utf-8").splitlines(keepends=True)
    roster.write_text("".join([head, first.replace(",career,", ",carer,"), *rest]), encoding="utf-8")
    assert roster.read_bytes() != (SAMPLES / "BSC" / "roster.csv").read_bytes()
    shown = files(folder, tmp_path / "out")
    assert not [row for row in shown.table.rows if row[0].startswith("decision_paper")]
    assert "seskit closeout" in shown.table.notes[0]
