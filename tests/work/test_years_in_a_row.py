"""Several years in a row: papers of another year stay, a year left out is told, and what is missing is named as it is."""

import re
import shutil

import pytest
from click.testing import CliRunner

from seskit.desk import cli
from seskit.formats import results
from seskit.record.appraisal import year_record
from seskit.record.closeout import papers
from seskit.work import next_year
from seskit.work.report import earlier_ratings
from tests.places import SAMPLES


@pytest.fixture
def first(tmp_path):
    """The folder of the first year."""
    return shutil.copytree(SAMPLES / "DBT", tmp_path / "DBT")


def run(*asked):
    done = CliRunner().invoke(cli.main, list(map(str, asked)))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.output


def a_year_later(folder):
    """The same agency as if all days of the agency and of its pay worksheet were a year later."""
    for file in (folder / "agency.yaml", folder / "pay.yaml"):
        file.write_text(re.sub(r"\b20\d\d\b", lambda year: str(int(year[0]) + 1), file.read_text()))
    return folder


@pytest.mark.parametrize(
    ("command", "held"),
    [(["closeout"], "the decision paper of DBT for fiscal year 2024"), (["report"], "the forms of Department of Bridges and Tunnels for the period to 2024-09-30")],
)  # fmt: skip
def test_results_of_another_year_stay_beside_the_new_ones(first, tmp_path, command, held):
    """Each under its name and .before: what was signed is never replaced by the next year's."""
    out = tmp_path / "out"
    asked = [*command, first, "--out", out, "--format", "html,json" if command == ["report"] else "html"]
    run(*asked)
    before = {path.name: path.read_bytes() for path in out.iterdir() if path.name != results.RECORD}
    assert before
    assert held not in run(*asked)
    a_year_later(first)
    said = run(*asked)
    assert f"out held {held}, kept as " in said
    assert {f"{name}.before" for name in before} <= {path.name for path in out.iterdir()}
    assert {path.name.removesuffix(".before"): path.read_bytes() for path in out.glob("*.before")} == before


def test_results_of_another_writer_are_left_where_they_are(tmp_path):
    """A report that is in the same folder belongs to no closeout."""
    for writer in ("closeout", "closeout notices", "report"):
        with results.kept(tmp_path, writer):
            results.files.whole(tmp_path / f"{writer}.txt", b"x")
    moved = results.all_put_aside(tmp_path, "closeout")
    assert sorted(moved) == ["closeout notices.txt.before", "closeout.txt.before"]
    assert (tmp_path / "report.txt").is_file()
    assert results.all_put_aside(tmp_path, "closeout") == []


def test_a_paper_of_which_the_record_is_damaged_says_what_cannot_be_said(first, tmp_path):
    """Otherwise a changed proposal would look like the first paper of the year."""
    out = tmp_path / "out"
    run("closeout", first, "--out", out, "--format", "html")
    assert papers.readable(out)
    (out / papers.FILE).write_text("{")
    assert "cannot be read, so what changed since the earlier decision paper" in run(
        "closeout", first, "--out", out, "--format", "html"
    )
    assert papers.readable(out)


def test_a_year_in_which_nobody_was_rated_is_told(first, tmp_path):
    """The next year begins without its ratings, and the pay worksheet that is not begun says why."""
    second = next_year.begin(first, tmp_path / "second")
    assert not any("is rated for fiscal year" in text for text in second.says)
    third = next_year.begin(second.folder, tmp_path / "third")
    assert any("nobody in 'second' is rated for fiscal year 2025 yet" in text for text in third.says)
    assert any(text.startswith("No pay worksheet is begun") and "certified" in text for text in third.says)


def test_a_year_left_out_of_earlier_ratings_is_named(first, tmp_path):
    """Two weak ratings count together only if both are on record."""
    folder = shutil.copytree(first, tmp_path / "later")
    for _ in range(2):
        a_year_later(folder)
    (folder / "history.csv").unlink()
    says = earlier_ratings.of_folders([first], folder).says
    assert any(text.startswith("Of 2025 there is no rating of anybody.") for text in says)
    between = a_year_later(shutil.copytree(first, tmp_path / "between"))
    says = earlier_ratings.of_folders([first, between], folder).says
    assert not any("no rating of anybody" in text for text in says)


@pytest.mark.parametrize("gone", [("appraisal.yaml",), ("steps.csv",), ("appraisal.yaml", "steps.csv")])
def test_only_a_file_that_is_not_there_is_said_to_be_missing(first, gone):
    """A folder begun from the year before has one of the two."""
    for name in gone:
        (first / name).unlink()
    assert f"This agency has no {' and '.join(gone)} yet" in year_record.open_folder(first).missing
