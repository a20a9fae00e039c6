"""A forum of one's own: dates and times as Americans write them, what can be computed is, all faults at once, placeholders marked."""

from __future__ import annotations

import re
import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from seskit.forum import config, papers, rehearsal
from seskit.forum.build import resolve
from seskit.forum.place import KitError
from tests.own_forum import PLAIN
from tests.places import TRAINING


@pytest.fixture(scope="module")
def training(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources, to which folders are added."""
    return Path(shutil.copytree(TRAINING, tmp_path_factory.mktemp("own") / "training"))


def own(training: Path, text: str) -> Path:
    """A folder with this configuration, beside the kits."""
    folder = training / "own"
    folder.mkdir(exist_ok=True)
    (folder / "forum.yaml").write_text(text, encoding="utf-8")
    return folder


def test_what_can_be_computed_is_computed(training: Path) -> None:
    """No end, no offset and no minutes of a session are typed; the day may be written as people write it."""
    forum = config.read(own(training, PLAIN))
    assert (forum.day, forum.content_as_of) == (date(2012, 2, 15), date(2012, 2, 15))
    assert [row.start.strftime("%H:%M") for row in forum.rows] == ["13:00", "13:30", "13:45"]
    assert forum.rows[-1].end == datetime(2012, 2, 15, 14, 30)  # noqa: DTZ001
    assert forum.warnings == ()
    kit = resolve(forum)
    guide = papers.guide(forum, kit.lessons).body
    assert "**Next:** 1:30 p.m., Break" in guide
    # Who rehearses in the afternoon types 1:20 and means the afternoon; what is written out is taken as it is written.
    late = [rehearsal.late_at(kit.lessons[0], 1, now) for now in ("1:20", "13:20", "1:20 p.m.", "12:50", "1:20 a.m.")]
    assert late == [20, 20, 20, -10, 20 - 12 * 60]
    # A word for those who come late; the form asks about a card only where one is written.
    assert "# Those who come late\n\nKeep seats" in guide
    assert "Came late?" in papers.handout(forum, kit.lessons[0]).body
    assert "1:00 to 2:30 p.m. (EST)" in papers.agenda(forum).body.replace("\\", "")
    assert "my card" not in kit.shared["evaluation"].body


@pytest.mark.parametrize(("start", "at"), [
    ("8:30", "8:30 a.m."), ("13:00", "1:00 p.m."), ("1:00 p.m.", "1:00 p.m."), ("1 pm", "1:00 p.m."),
    ("12:00 p.m.", "12:00 noon"), ("9:15 AM", "9:15 a.m."), ("12:30 a.m.", "12:30 a.m."),
])  # fmt: skip
def test_times_are_understood_as_they_are_written(training: Path, start: str, at: str) -> None:
    """With and without a.m. and p.m."""
    assert config.clock(config.read(own(training, PLAIN), start=start).rows[0].start) == at


@pytest.mark.parametrize("start", ["25:00", "13:00 p.m.", "0:30 am", "half past eight", "8", "8:75", ""])
def test_what_is_no_time_is_refused(training: Path, start: str) -> None:
    """The message says how to write one."""
    with pytest.raises(KitError, match="start"):
        config.read(own(training, PLAIN), start=start)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """Three in one session, two in another, each with file and line."""
    training = Path(shutil.copytree(TRAINING, tmp_path / "training"))
    for name, old, new in (
        ("model_plan", "{{chart model_weights}}", "{{chart model_weight}}"),
        ("model_plan", "weights=4;16;20;20;40 | lawful = no", "weights=4;16;20;20;40 | valid = yes"),
        ("model_plan", "{{rule appraisal.basic_2012.heaviest_element}}", "{{fact X9}}"),
        ("model_opening", "{{chart model_parts}}", "{{chart model_party}}"),
        ("model_opening", "::: check 2\nAt what does the system look first?\n\n{{fact N2}}", "::: check 2\nWhat first?\n\nLeadership."),
    ):  # fmt: skip
        file = training / "sessions" / f"{name}.md"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(KitError) as failure:
        resolve(config.read(own(training, PLAIN)))
    lines = str(failure.value).splitlines()
    assert len(lines) == 5
    assert all(", line " in line for line in lines)


def test_faults_of_the_agenda_are_told_at_once(training: Path) -> None:
    """An unknown word, a source that is not there and a kind that is none."""
    spoilt = (
        PLAIN.replace("role: Chief", "rolle: Chief")
        .replace("kind: break", "kind: pause")
        .replace("model_plan.md", "no.md")
    )
    with pytest.raises(KitError) as failure:
        config.read(own(training, spoilt))
    assert [word in str(failure.value) for word in ("'rolle'", "'pause'", "no.md")] == [True] * 3


def test_placeholders_are_marked(training: Path) -> None:
    """The build warns of each, and the agenda says what is to be filled in."""
    forum = config.read(own(training, PLAIN.replace("Hall A", "Room to be named")))
    assert forum.warnings == ("place still says 'Room to be named'; the agenda marks it as to be filled in.",)
    assert "(to be filled in)" in papers.agenda(forum).body
    assert "(to be filled in)" not in papers.agenda(config.read(training / "2004-07-28-pay")).body


def test_a_wrong_day_hides_no_fault_of_the_agenda(tmp_path: Path) -> None:
    """The day, a word that is not known with the one that was meant, a source that is not there and a gap, all in one go."""
    file = Path(shutil.copytree(TRAINING, tmp_path / "training")) / "2026-update" / "forum.yaml"
    text = file.read_text(encoding="utf-8")
    first = re.search(r"source: (\S+?\.md)", text)
    assert first
    wrong = text.replace(first[0], "source: ../sessions/pay_tody.md", 1).replace("\nplace:", "\nplaec:", 1)
    file.write_text(re.sub(r"(?m)^date: .*$", "date: Octember 9, 2026", wrong), encoding="utf-8")
    with pytest.raises(KitError) as caught:
        config.read(file.parent)
    said = str(caught.value)
    for words in ("date is not a date", "'plaec' is not known. Did you mean", "pay_tody.md is not there"):
        assert words in said, said


def test_minutes_that_are_none_and_a_key_with_a_tab_are_told_on_one_line_each(training: Path) -> None:
    """Neither ends the reading, nor does a control character of the file reach the terminal."""
    wrong = re.sub(r"(?m)^(date:.*)$", r"\1\nminutes: an hour", PLAIN)
    with pytest.raises(KitError, match="the forum's minutes must be a whole number"):
        config.read(own(training, wrong))
    wrong = PLAIN.replace("{minutes: 15,", '{"at\\tmodel": 1, minutes: 15,', 1)
    assert wrong != PLAIN
    with pytest.raises(KitError, match="'at model' is not known in a session"):
        config.read(own(training, wrong))
