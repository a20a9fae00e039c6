"""From the field: a scoring sheet whose technical column is filled, and every fault of a sheet at once."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from seskit.desk.cli import main
from seskit.law import staffing
from seskit.law.facts import FactError
from seskit.record.staffing import records, scoring
from tests.places import FIELD

FOLDER = FIELD / "33-technical-scores"
SHEET = FOLDER / "scores_with_technical.xlsx"


def rank(weight: Decimal | None, sheet: Path | bytes = SHEET):
    folder = records.open_folder(FOLDER)
    return scoring.rank(folder, folder.vacancy("C-1"), sheet, weight)


def test_a_filled_technical_column_is_asked_about() -> None:
    """Without a weight nothing is ranked, and the answer asks for the weight; the column is never dropped."""
    found = rank(None)
    assert found.answer["ranking"] == []
    assert "Give Weight of the technical score in percent" in found.says
    assert any("weight" in reason.text for reason in found.reasons if reason.outcome == "cannot tell")


def test_a_weight_of_40_percent_changes_the_order() -> None:
    """With 40 percent K-2, first on leadership alone, is last; the order is written with its basis."""
    alone, mixed = rank(Decimal(0)), rank(Decimal(40))
    assert [row["candidate"] for row in alone.answer["ranking"]] == ["K-2", "K-1", "K-3"]
    assert [row["candidate"] for row in mixed.answer["ranking"]] == ["K-1", "K-3", "K-2"]
    assert [str(row["total"]) for row in mixed.answer["ranking"]] == ["4.20", "3.55", "3.44"]
    assert "leadership at 60 percent and technical scores at 40 percent" in mixed.says
    assert "weight of 0 percent" in alone.says


def test_a_technical_score_left_blank_is_named() -> None:
    """One blank cell in a filled column is named, with the candidate's mean from the other raters."""
    found = rank(Decimal(40), FOLDER / "filled.xlsx")
    assert any("sheet 'Rater R3', cell G8" in caution for caution in found.cautions)


def test_every_fault_of_a_sheet_is_told_at_once() -> None:
    """Three cells on two sheets cannot be used: one refusal names all three."""
    book = openpyxl.load_workbook(SHEET)
    book["Rater R1"]["B6"], book["Rater R1"]["G7"], book["Rater R2"]["C8"] = "high", 9, 7
    content = io.BytesIO()
    book.save(content)
    with pytest.raises(FactError) as failure:
        rank(Decimal(40), content.getvalue())
    lines = str(failure.value).splitlines()
    assert len(lines) == 3
    for place in ("'Rater R1', cell B6", "'Rater R1', cell G7", "'Rater R2', cell C8"):
        assert any(place in line for line in lines)


@pytest.mark.parametrize(
    ("more", "said"), [([], "Cannot rank yet"), (["--technical-weight", "40"], "3 candidates ranked")]
)
def test_the_command_takes_the_weight(more: list[str], said: str) -> None:
    """`seskit staffing rank` asks for the weight, and takes it."""
    ran = CliRunner().invoke(main, ["staffing", "rank", str(FOLDER), "C-1", str(SHEET), *more])
    assert said in ran.output
    assert ran.exit_code == 1


def test_a_timeline_carries_the_doubt_of_its_questions() -> None:
    """The due day in 2010 may be counted by either clock: row, problem and question say the same other day."""
    facts = {"criterion": "A", "closes_on": "2010-03-01"}
    question = staffing.qrb_deadline(**facts)
    other = question.answer["other_due"]
    assert other is not None
    asked = staffing.timeline("2010-07-01", opens_on="2010-02-01", **facts)
    row = next(row for row in asked.answer["rows"] if row["step"] == "qrb_due")
    assert str(other) in row["doubt"]
    (late,) = [one for one in asked.answer["problems"] if one["step"] == "qrb_due"]
    assert str(other) in late["text"]
    sure = staffing.timeline("2026-07-01", criterion="A", opens_on="2026-02-02", closes_on="2026-03-02")
    assert next(row for row in sure.answer["rows"] if row["step"] == "qrb_due")["doubt"] == "our reading of the rule"


def test_probation_names_its_other_reading() -> None:
    """Time without pay lengthens probation by the excess or the whole: the other day stands beside the answer."""
    answer = staffing.probation(appointed_on="2025-06-01", nonpay_days=45).answer
    assert (str(answer["last_day"]), answer["doubt"]) == ("2026-06-15", "adding the whole absence, 2026-07-15")
    assert staffing.probation(appointed_on="2025-06-01").answer["doubt"] == ""
