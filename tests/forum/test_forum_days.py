"""A kit of any day is built, or refused in words, at the build and never at the board in front of the hall."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from seskit.forum import config, known_on
from seskit.forum.board import BoardServer
from seskit.forum.build import resolve
from seskit.forum.hall import Practiced
from seskit.forum.tally import KitTally
from seskit.law import parameters
from seskit.law.facts import FactError
from tests.extent import ALL
from tests.places import TRAINING

SESSIONS = sorted(file.stem for file in (TRAINING / "sessions").glob("*.md"))
KITS = sorted(file.parent.name for file in TRAINING.glob("*/forum.yaml"))
ALONE = """title: One session
date: 2026-12-14
start: "9:00"
timezone: America/New_York
place: Hall A
contact: Pat in room 5
accommodation_contact: Pat in room 5
content_as_of: 2026-12-10
sessions:
  - {source: ../sessions/SESSION.md, role: Chief}
"""
#: Days on which nothing, or not everything, is recorded yet or any more: of every third year from 2003 to 2030 another month.
MONTHS = [
    date(year, month, 20)
    for year in range(2003, 2031, 1 if ALL else 3)
    for month in (range(1, 13) if ALL else [1 + 5 * year % 12])
]


@pytest.fixture(scope="module")
def training(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources, with a kit of each session alone."""
    copied = Path(shutil.copytree(TRAINING, tmp_path_factory.mktemp("days") / "training"))
    for session in SESSIONS:
        (copied / session).mkdir()
        (copied / session / config.NAME).write_text(ALONE.replace("SESSION", session), encoding="utf-8")
    return copied


def _due() -> date:
    found = parameters.parameter(parameters.SINCE).due
    assert found
    return found


@pytest.mark.parametrize("session", SESSIONS)
def test_a_session_of_any_month_is_built_or_refused_in_words(training: Path, session: str) -> None:
    told = []
    for day in MONTHS:
        try:
            resolve(config.read(training / session, content_as_of=day))
        except FactError as failure:
            told += str(failure).splitlines()
    assert told, f"{session} is built on every day"
    assert [line for line in told if ", line " not in line] == []


@pytest.mark.parametrize("kit", KITS)
def test_a_kit_of_its_own_day_is_built(kit: str) -> None:
    assert resolve(config.read(TRAINING / kit)).lessons


@pytest.mark.parametrize("session", ["opening_today", "pay_today", "ratings_and_recruitment", "certification_criteria"])
def test_what_is_built_can_be_answered_at_every_table(training: Path, session: str) -> None:
    """Around the last day of the schedules: exercises and further practice, at each table."""
    built = []
    for day in (_due() + timedelta(days=days) for days in range(-40, 20, 1 if ALL else 6)):
        try:
            made = resolve(config.read(training / session, content_as_of=day, date=day))
        except FactError:
            continue
        forum = made.forum
        practiced = Practiced(forum, *forum.sessions[0])
        problems = [one for table in range(1, 9) for one in practiced.problems(table)]
        assert all(not one.drill.result.late for one in problems)
        told = any("Pay schedules are recorded to" in warning for warning in made.warnings)
        assert told == (bool(known_on.beyond(day)) and bool(practiced.exercises)), day
        built.append(day)
    assert built
    assert session not in ("opening_today", "pay_today") or max(built) < _due()


def test_the_board_opens_within_a_month_of_the_last_schedule(training: Path, tmp_path: Path) -> None:
    file = training / "pay_today" / config.NAME
    file.write_text(ALONE.replace("SESSION", "pay_today").replace("2026-12-10", "2026-12-14"), encoding="utf-8")
    tally = KitTally(training / "pay_today", 12)
    board = BoardServer(tally, tmp_path / "answers.csv")
    board.server_close()
    assert all(tally.problems("pay_today", table) for table in range(1, 13))


def test_what_is_not_recorded_is_named(training: Path) -> None:
    late = _due() + timedelta(days=10)
    with pytest.raises(FactError) as failure:
        resolve(config.read(training / "opening_today", content_as_of=late))
    told = str(failure.value)
    assert "{{table caps}} cannot be resolved" in told
    assert "recorded to January 9, 2027; what holds from January 10, 2027 is not recorded" in told
    assert "seskit schedule add" in told
    assert known_on.figure(parameters.SINCE, _due() - timedelta(days=1)).value
    with pytest.raises(FactError, match="is not recorded"):
        known_on.figure(parameters.SINCE, _due())


def test_practice_that_cannot_be_set_stops_the_build(training: Path) -> None:
    file = training / "sessions" / "pay_today.md"
    written = file.read_text(encoding="utf-8")
    file.write_text(written.replace("practice: [pay_setting.check_rate", "practice: [pay_setting.chek_rate"), "utf-8")
    try:
        with pytest.raises(
            FactError, match=r"pay_today\.md, line 1: the practice pay_setting\.chek_rate cannot be set"
        ):
            resolve(config.read(training / "pay_today"))
    finally:
        file.write_text(written, "utf-8")
