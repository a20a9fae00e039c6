"""A name where a list wants the number of a person: told to who filled it in, and in no file that leaves."""

import csv
import json
import shutil

import pytest

from seskit.record import own_files
from seskit.record.finding import of_problem
from seskit.record.problem import Problem
from seskit.work import findings
from seskit.work.staffing.folder import open_walk
from tests.places import SAMPLES

NAME = "Maria Quillfeather"
#: Lists with people and a sample that has each.
LISTS = {"steps": "BSC", "history": "BSC", "probation": "DPW", "pay": "CTA", "pay_history": "WSA"}


def named(place, stem):
    """A sample with a name for the number in the first row of a list."""
    folder = shutil.copytree(SAMPLES / LISTS[stem], place / LISTS[stem])
    file = folder / f"{stem}.csv"
    with file.open(newline="", encoding="utf-8") as source:
        rows = list(csv.reader(source))
    rows[1][rows[0].index("person_id")] = NAME
    with file.open("w", newline="", encoding="utf-8") as to:
        csv.writer(to).writerows(rows)
    return folder


@pytest.mark.parametrize("stem", LISTS)
def test_no_finding_has_the_name(tmp_path, stem):
    """What is found is filed beside the results of a batch; the row is named."""
    found = findings.of_folder(named(tmp_path, stem))
    said = json.dumps([vars(one) for one in found], default=str)
    assert "Quillfeather" not in said
    assert any(one.row == 2 and stem in one.file for one in found)


@pytest.mark.parametrize("place", ["plan.yaml", "plans/one.yaml"])
def test_no_finding_has_the_name_in_a_plan(tmp_path, place):
    """The plan of somebody who is not on the roster: its line is named."""
    folder = shutil.copytree(SAMPLES / "DBT", tmp_path / "DBT")
    text = (folder / "plan.yaml").read_text(encoding="utf-8").replace("executive: DBT002", f"executive: {NAME}")
    (folder / "plan.yaml").unlink()
    (folder / place).parent.mkdir(exist_ok=True)
    (folder / place).write_text(text, encoding="utf-8")
    found = findings.of_folder(folder)
    assert "Quillfeather" not in json.dumps([vars(one) for one in found], default=str)
    assert any("The executive is not on the roster" in one.sentence for one in found)


@pytest.mark.parametrize("file", ["roster", *(f"{stem}.csv" for stem in own_files.TABLES), *own_files.TABLES])
def test_words_of_a_table_are_not_filed(file):
    """Whatever a table is called in its problems; a figure is."""
    assert "Quillfeather" not in str(of_problem(Problem(2, "person_id", NAME, "is not known", "", file=file), "report"))
    assert "129800" in str(of_problem(Problem(2, "rate", "129800", "is high", "", file=file), "report"))


def test_who_is_in_probation_is_called_by_the_row(tmp_path):
    """On the page and in its files; the number of somebody on the roster, or with a digit, stays."""
    walk = open_walk(named(tmp_path, "probation"))
    people = [one.person_id for one in walk.tracked]
    assert "row 2" in people
    assert NAME not in people
    assert "DPW006" in people
