"""What has the name of an agency's file and is none is told as what it is, whether or not the file is needed."""

import os
import shutil

import pytest

from seskit.batch import plan
from seskit.record import no_file, roster
from seskit.record.forms.known import all_files
from seskit.work import corrections
from tests.places import SAMPLES

LEADS = "is a link that leads nowhere"


@pytest.mark.parametrize("name", ["roster.csv", "history.csv", "last_year.csv", "pay.yaml", "Roster.xlsx"])
@pytest.mark.parametrize("kind", [os.symlink, os.mkdir])
def test_a_name_without_a_file_is_an_error(tmp_path, name, kind):
    """A share that is not there leaves links without a file: nobody takes that for a folder without the file."""
    kind(*([str(tmp_path / "gone")] if kind is os.symlink else []), tmp_path / name)
    (found,) = no_file.problems(tmp_path)
    assert (found.file, found.severity) == (name, "error")
    assert found.reason == (LEADS if kind is os.symlink else "is a folder and not a file")
    assert found in roster.read(tmp_path).problems


@pytest.mark.parametrize(
    "name",
    sorted({
        *(one.file for one in all_files().values()),
        *("roster.csv", "roster.corrected.csv", "roster.corrections.csv", "agency.yaml", "roster.readings.yaml"),
    }),
)  # fmt: skip
def test_every_file_of_an_agency_is_looked_for(tmp_path, name):
    """A file that the list of names forgets would be missed in silence, as a link that leads nowhere and as a copy."""
    (tmp_path / name).symlink_to(tmp_path / "gone")
    assert [one.file for one in no_file.problems(tmp_path)] == [name]


def test_the_corrections_list_it(tmp_path):
    """What stands in the way of the forms is listed where it is mended, with the file's name."""
    shutil.copytree(SAMPLES / "ASR", tmp_path / "ASR")
    (tmp_path / "ASR" / "history.csv").symlink_to(tmp_path / "gone")
    told = [group.reason for group in corrections.open_folder(tmp_path / "ASR").groups if LEADS in group.reason]
    assert told == [f"history.csv: {LEADS}"]


def test_a_batch_tells_it_of_the_folder_and_not_of_its_copy(tmp_path):
    """The copy that a run reads has no such link; other names, and what the product never reads, are left alone."""
    shutil.copytree(SAMPLES / "ASR", tmp_path / "ASR")
    for name in ("notes.csv", "plans", "history.txt"):
        (tmp_path / "ASR" / name).symlink_to(tmp_path / "gone")
    assert plan.open_agency("ASR", tmp_path / "ASR", tmp_path / "one").readable
    (tmp_path / "ASR" / "history.csv").symlink_to(tmp_path / "gone")
    found = plan.open_agency("ASR", tmp_path / "ASR", tmp_path / "two")
    assert (found.readable, [str(one.where) for one in found.problems if one.reason == LEADS]) == (
        False,
        ["history.csv"],
    )
