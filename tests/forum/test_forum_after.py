"""The run-through by the clock, and what participants thought, from the filled forms to a page."""

from __future__ import annotations

import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from seskit.desk.cli import main
from seskit.forum import config, evaluation, rehearsal, shorter
from seskit.forum.build import Kit, resolve
from seskit.forum.place import KitError
from seskit.forum.resolved import ResolvedSession
from seskit.law.facts import FactError
from tests.places import TRAINING

KIT = TRAINING / "2004-07-28-pay"


@pytest.fixture(scope="module")
def day() -> Kit:
    return resolve(config.read(KIT))


@pytest.fixture(scope="module")
def pay(day: Kit) -> ResolvedSession:
    return next(one for one in day.lessons if one.stem == "4-pay-2004")


def test_what_is_cut_wins_the_minutes_and_goes_in_order(pay: ResolvedSession) -> None:
    """First what goes first, then what goes next; never what must stay, never what is over."""
    assert [step.keep for step in rehearsal.cuts(pay, 13)] == ["could"]
    assert {step.keep for step in rehearsal.cuts(pay, 19)} == {"could", "should"}
    for late in range(1, 20):
        assert sum(step.minutes for step in rehearsal.cuts(pay, late)) >= late
    assert sum(step.minutes for step in rehearsal.cuts(pay, 20)) == 19
    last = rehearsal.cuts(pay, 14, after=len(pay.steps) - 1)
    assert last == [step for step in pay.steps[-1:] if step.keep != "must"]
    assert rehearsal.cuts(pay, 0) == []


def test_what_one_session_cannot_win_is_won_in_those_that_follow(day: Kit) -> None:
    """Every delay of the day: the minutes told add up to it, each session begins when the one before lets it, or what is left is named."""
    whole = sum(step.minutes for one in day.lessons for step in one.steps if step.keep != "must")
    for late in range(1, whole + 3):
        said = list(rehearsal.caught_up(day.lessons, late, 1))
        won = sum(int(found[1]) for line in said if (found := re.search(r"Leave out: .*\((\d+) minutes?\)$", line)))
        left = re.match(r"(\d+) minutes? cannot be made up", said[-1])
        assert won >= late or (left and won + int(left[1]) == late)
        assert (left is None) == (late <= whole)
    first, after = day.lessons[:2]
    gain = sum(step.minutes for step in first.steps if step.keep != "must")
    begins = config.clock(after.row.start + timedelta(minutes=1))
    assert f"{after.title} begins 1 minute late, at {config.sentence(begins)}" in [
        *rehearsal.caught_up(day.lessons, gain + 1, 1)
    ]


def test_an_agenda_may_give_a_session_less_time(tmp_path: Path) -> None:
    """Every length that leaves out what its author marked: what is left fills it, and the build says what is not held."""
    training = tmp_path / "training"
    shutil.copytree(TRAINING, training, ignore=shutil.ignore_patterns("course"))
    kit = training / "2026-update"
    written = re.sub(r"(?m)^minutes: .*\n", "", (kit / config.NAME).read_text("utf-8"))
    written = re.sub(r'at: "[^"]*", ', "", written)
    lengths = 0
    for whole in (found for _, found in config.read(kit).sessions):
        line = next(one for one in written.splitlines() if f"/{whole.file.name}" in one)
        for minutes, held in shorter.lengths(whole).items():
            assert sum(step.minutes for step in held.steps) == minutes < whole.minutes
            assert all(step.keep != "must" for step in whole.steps if step not in held.steps)
            fewer = line.replace(f"minutes: {whole.minutes}", f"minutes: {minutes}")
            (kit / config.NAME).write_text(written.replace(line, fewer), "utf-8")
            found = config.read(kit)
            assert any("left out: " in said and held.left_out[-1] in said for said in found.warnings)
            lengths += 1
        wrong = line.replace(f"minutes: {whole.minutes}", "minutes: 1")
        (kit / config.NAME).write_text(written.replace(line, wrong), "utf-8")
        with pytest.raises(KitError, match=rf"takes [0-9, ]*(or )?{min(shorter.lengths(whole))}:"):
            config.read(kit)
    assert lengths > 8


def test_the_command_says_where_one_is_and_what_to_leave_out() -> None:
    """Ten minutes late at the fifth step; a time that is none is refused in a sentence."""
    ask = [
        "forum",
        "rehearse",
        KIT.name,
        "--training",
        str(KIT.parent),
        "--session",
        "pay_2004",
        "--step",
        "5",
        "--now",
    ]
    ran = CliRunner().invoke(main, [*ask, "11:22"])
    assert ran.exit_code == 0, ran.output
    assert "  5 11:12 a.m." in ran.output
    assert "You are 10 minutes late." in ran.output
    assert "Leave out: Some decisions would come out differently (13 minutes)" in ran.output
    assert "leave nothing out" in CliRunner().invoke(main, [*ask, "11:12 a.m."]).output
    wrong = CliRunner().invoke(main, [*ask, "soon"])
    assert wrong.exit_code
    assert "'soon' is not a time of day" in wrong.output


FILLED = [
    "5,4,5,5,4,4,The exercises,More time", "4,2,5,4,3,4,,Fewer slides", "3,1,4,5,4,4,,", "5,2,5,5,,4,The board,", "4,3,4,5,2,4,,More time",
]  # fmt: skip


def test_filled_forms_become_a_page(tmp_path: Path) -> None:
    """Marks counted and averaged, the lowest named first, the score of the forms that give it, the words as they were written."""
    file = tmp_path / "evaluation.csv"
    file.write_bytes(evaluation.blank() + "\n".join(FILLED).encode())
    body = evaluation.summary("Forum", file).body.replace("\\", "")
    assert "5 filled forms." in body
    assert "**Look first at:** The pace was right, 2.4 of 5." in body
    assert "13 of 16 answers of the knowledge check were right, 81 percent. The score is on 4 of the 5 forms." in body
    assert "| I can use what I learned | 0 | 0 | 1 | 2 | 2 | 5 | 4.2 |" in body
    assert "- More time (2 forms)\n- Fewer slides" in body


def test_too_few_forms_and_wrong_marks_are_refused(tmp_path: Path) -> None:
    """Nobody can be known by an answer; every wrong line is named."""
    file = tmp_path / "evaluation.csv"
    file.write_bytes(evaluation.blank() + "\n".join(FILLED[:4]).encode())
    with pytest.raises(FactError, match="with fewer than 5"):
        evaluation.summary("Forum", file)
    file.write_bytes(evaluation.blank() + b"6,1,1,1,1,1,,\n1,x,1,1,1,1,,\n1,1,1,1,5,4,,ask 202-555-0199\n")
    with pytest.raises(FactError) as failure:
        evaluation.summary("Forum", file)
    assert str(failure.value).splitlines() == [
        "evaluation.csv, line 2: use is not a whole number from 1 to 5.",
        "evaluation.csv, line 3: pace is not a whole number from 1 to 5.",
        "evaluation.csv, line 4: right is 5, more than asked, 4.",
        "evaluation.csv, line 4: change looks like a telephone number, which must never be in a page of results. Leave it out.",
    ]


def test_the_empty_table_and_the_page_come_by_command(tmp_path: Path) -> None:
    """Without a file the table to type into, never in place of a filled one; with it three files of the page."""
    ask = ["forum", "evaluation", KIT.name, "--training", str(KIT.parent), "--out", str(tmp_path)]
    assert CliRunner().invoke(main, ask).exit_code == 0
    file = tmp_path / "evaluation.csv"
    file.write_bytes(file.read_bytes() + "\n".join(FILLED).encode())
    ran = CliRunner().invoke(main, [*ask[:3], str(file), *ask[3:]])
    assert ran.exit_code == 0, ran.output
    assert (tmp_path / "what-participants-thought.pdf").is_file()
    typed = file.read_bytes()
    again = CliRunner().invoke(main, ask)
    assert again.exit_code
    assert "stays as it is" in again.output
    assert file.read_bytes() == typed
