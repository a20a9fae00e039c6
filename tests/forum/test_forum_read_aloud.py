"""Keys that are read aloud: a figure is never followed by a reason that says it cannot be told."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from seskit.forum import config, lessons
from seskit.forum.build import Kit, resolve
from seskit.forum.place import KitError
from tests.places import TRAINING

_UNTOLD = re.compile(r"not known|cannot tell|not stated", re.IGNORECASE)


def test_no_key_says_that_its_answer_cannot_be_told(resolved: list[Kit]) -> None:
    """No line of a key, and no worked case of a lesson, gives a figure and then says that something is not known."""
    keys = [(step.task, line) for kit in resolved for one in kit.lessons for step in one.steps for line in step.answer.splitlines()]  # fmt: skip
    assert len(keys) > 40
    assert [key for key in keys if re.search(r"\d", key[1]) and _UNTOLD.search(key[1])] == []
    taught = [
        text for path in lessons.course().paths.values() for lesson in path.lessons for _, text in lesson.sections
    ]
    assert len(taught) > 20
    assert [text for text in taught if ": cannot tell (" in text] == []


def test_the_ceiling_of_today_gives_the_share_that_carries_it(resolved: list[Kit]) -> None:
    """The key on the ceiling says the percentage, and where a fraction falls away that it does."""
    answers = [step.answer for kit in resolved for one in kit.lessons for step in one.steps if step.title.endswith("How many at the top?")]  # fmt: skip
    assert len(answers) == 1
    a, b = answers[0].replace("\\", "").strip().splitlines()
    assert a.startswith("a. 30. 30 percent of 100 is 30 (")
    assert "Rounded" not in a
    assert b.startswith("b. 14. 30 percent of 47 is 14.1 (")
    assert "Rounded down to 14" in b


@pytest.mark.parametrize(("shown", "refused"), [("because}}", True), ("because percent of}}", False), ("because known}}", True)])  # fmt: skip
def test_a_key_with_such_a_reason_is_not_built(shown: str, refused: bool, tmp_path: Path) -> None:
    """The build names the exercise and the way out; with the reason that carries the figure it goes through."""
    shutil.copytree(TRAINING, tmp_path / "training")
    session = tmp_path / "training" / "sessions" / "ratings_and_recruitment.md"
    written = session.read_text(encoding="utf-8")
    old = "career_rated=100 | because percent of}}"
    assert old in written
    session.write_text(written.replace(old, f"career_rated=100 | {shown}"), encoding="utf-8")
    forum = config.read(tmp_path / "training" / "2026-update")
    if refused:
        with pytest.raises(KitError, match=r"exercise C-1 gives a value, and beside it a reason that is not known"):
            resolve(forum)
    else:
        resolve(forum)
