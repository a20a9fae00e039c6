"""What a facilitator typed is read as the spreadsheet saved it: any encoding and separator, a CSV file or a workbook."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from seskit.forum import evaluation, tally, typed
from seskit.forum.tally import AskedEntry, KitTally
from seskit.law.facts import FactError
from tests import office
from tests.places import TRAINING

KIT = TRAINING / "2004-07-28-pay"
FORMS = ["5;4;5;5;4;4;Café; = sum", "4;2;5;4;3;4;;", "", "3;1;4;5;4;4;;", "5;2;5;5;;;;", "4;3;4;5;2;4;;"]


def saved(separator: str, end: str, encoding: str) -> bytes:
    table = [";".join(evaluation.HEADER), *FORMS]
    return end.join(line.replace(";", separator) for line in table).encode(encoding)


@pytest.mark.parametrize(
    ("separator", "end", "encoding"),
    [
        (",", "\n", "utf-8"),
        (",", "\r\n", "utf-8-sig"),
        (",", "\r\n", "cp1252"),
        (";", "\r\n", "cp1252"),
        ("\t", "\r\n", "utf-16"),
    ],
)
def test_filled_forms_are_read_as_any_spreadsheet_saves_them(
    tmp_path: Path, separator: str, end: str, encoding: str
) -> None:
    """Five forms, their words whole, the blank line passed over; a guess about the file is noted."""
    file = tmp_path / "evaluation.csv"
    file.write_bytes(saved(separator, end, encoding))
    notes: list[str] = []
    body = evaluation.summary("Forum", file, notes).body
    assert "5 filled forms." in body
    assert "Café" in body
    assert all(note.startswith("evaluation.csv: ") for note in notes)
    assert bool(notes) or encoding.startswith("utf-8")


def test_a_workbook_of_libreoffice_is_read_like_its_csv_file(tmp_path: Path) -> None:
    """The same page from both."""
    file, made = tmp_path / "evaluation.csv", openpyxl.Workbook()
    file.write_bytes(saved(",", "\n", "utf-8"))
    made.active.append(evaluation.HEADER)
    for line in FORMS:
        made.active.append([int(cell) if cell.isdigit() else cell for cell in line.split(";")])
    made.save(tmp_path / "evaluation.xlsx")
    (book,) = office.converted("xlsx", tmp_path / "converted", tmp_path / "evaluation.xlsx")
    assert evaluation.summary("Forum", book).body == evaluation.summary("Forum", file).body


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04x", b"a,b\n", b"\xff\xfe\x00", b'"open\n1,2\n', b"\x00" * 9])
@pytest.mark.parametrize("read", [KitTally(KIT).read, lambda file: evaluation.summary("Forum", file)])
def test_what_is_no_such_table_is_refused_in_a_sentence(tmp_path: Path, content: bytes, read) -> None:
    """With the file's name, whatever is in it."""
    file = tmp_path / "typed.csv"
    file.write_bytes(content)
    with pytest.raises(FactError, match=r"^typed\.csv"):
        read(file)


def test_an_answer_never_becomes_a_formula(tmp_path: Path) -> None:
    """What a table typed is text in a spreadsheet, and the same answer when the file is read again."""
    kept = KitTally(KIT, 1)
    exercise, problem = kept.problems("pay_2004", 1)[0]
    asked = AskedEntry("pay_2004", 1, exercise, 1, problem.drill.parts[0].path)
    for text in ("=1+1", "+1", "-1", "@x", "=cmd|' /C calc'!A0"):
        kept.give(asked, text)
        file = tmp_path / "answers.csv"
        file.write_bytes(kept.to_csv())
        ((_, row),) = typed.lines(file, tally.HEADER, [], tally.MORE)
        assert row["answer"].startswith("'")
        again = KitTally(KIT, 1)
        again.read(file)
        assert again.answers == kept.answers
