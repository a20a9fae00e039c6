"""The progress file: what it holds, and that no accident spoils it."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from seskit.desk.cli import main
from seskit.desk.course import copied, progress, sitting
from seskit.desk.course.progress import ProgressFile
from seskit.forum import lessons
from seskit.law.facts import FactError

DAY = date(2026, 11, 28)
WHOLE = {
    "scenario": "a.b", "seed": 1, "day": "2026-11-28", "right": True, "first": True, "hints": 0, "purpose": "check", "side": "",
}  # fmt: skip
WRITER = """
import sys
from pathlib import Path
from datetime import date
from seskit.desk.course.progress import ProgressFile
made = ProgressFile(Path(sys.argv[1]), date(2026, 11, 28))
for number in range(int(sys.argv[2])):
    made.answered(f"job.story{number}", number, right=True, first=True)
    print(number, flush=True)
"""


def kept(path: Path) -> ProgressFile:
    return ProgressFile(path, DAY)


def sound(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as made:
        return bool(made.execute("PRAGMA integrity_check").fetchone()[0] == "ok")


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    """Answers, days, lessons and the name; a good answer is due later each time, a wrong one soon."""
    made = kept(tmp_path / "deep" / "c.sqlite3")
    assert (made.tries(), made.due(), made.lessons(), made.learner) == ([], {}, {}, "")
    assert not made.path.exists()
    gaps, day = [], DAY
    for _ in range(4):
        due = ProgressFile(made.path, day).answered("a.b", 7, right=True, first=True)
        gaps.append((due - day).days)
        day = due
    assert gaps == sorted(gaps)
    assert gaps[0] >= 1
    assert gaps[-1] > 30
    assert (ProgressFile(made.path, day).answered("a.b", 8, right=False, first=False) - day).days < gaps[-1]
    made.finished("a.lesson")
    ProgressFile(made.path, DAY + timedelta(9)).finished("a.lesson")
    made.name(" Pat Example ")
    assert made.lessons() == {"a.lesson": DAY}
    assert made.learner == "Pat Example"
    assert [one.right for one in made.tries()] == [True] * 4 + [False]


def test_where_one_is_is_kept_and_dropped(tmp_path: Path) -> None:
    """Under a word of its own, in the copy that is handed over, and gone with nothing said."""
    made = kept(tmp_path / "c.sqlite3")
    made.keep("path", "")
    assert not made.path.exists()
    made.keep("path", "report")
    made.keep("path", "staffing")
    made.name("Pat Example")
    assert made.kept() == {"path": "staffing", "name": "Pat Example"}
    assert made.exported()["where"] == {"path": "staffing"}
    made.keep("path", "")
    assert made.kept() == {"name": "Pat Example"}


def test_nothing_else_is_kept_about_anyone(tmp_path: Path) -> None:
    """The tables and their columns, all of them; only the owner may read the file."""
    made = kept(tmp_path / "c.sqlite3")
    made.answered("a.b", 1, right=True, first=True)
    with closing(sqlite3.connect(made.path)) as opened:
        tables = [row[0] for row in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = {name: [row[1] for row in opened.execute(f"PRAGMA table_info({name})")] for name in tables}
    assert columns == {
        "tries": ["scenario", "seed", "day", "right", "first", "hints", "purpose", "side"],
        "cards": ["scenario", "due", "card"],
        "lessons": ["lesson", "day"],
        "learner": ["word", "said"],
    }
    if os.name == "posix":
        assert made.path.stat().st_mode & 0o077 == 0


def test_erased_is_gone(tmp_path: Path) -> None:
    """The file is taken away, and what was in it overwritten first."""
    made = kept(tmp_path / "c.sqlite3")
    made.name("Pat Unforgettable")
    twin = tmp_path / "twin"
    os.link(made.path, twin)
    made.erase()
    assert not made.path.exists()
    assert b"Unforgettable" not in twin.read_bytes()
    made.erase()
    assert made.tries() == []


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is asked of POSIX systems")
def test_a_kill_in_the_middle_of_writing_loses_nothing_that_was_said(tmp_path: Path) -> None:
    """Killed at any moment the file is sound, and every answer that was kept is there."""
    path, chance = tmp_path / "c.sqlite3", random.Random(3)
    for _ in range(4):
        before = len(kept(path).tries())
        command = [sys.executable, "-c", WRITER, str(path), "100000"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
            assert running.stdout
            running.stdout.readline()
            time.sleep(chance.uniform(0.05, 0.6))
            running.send_signal(signal.SIGKILL)
            said = 1 + len(running.stdout.read().splitlines())
        assert sound(path)
        after = len(kept(path).tries()) - before
        assert said - 1 <= after <= said + 1
        assert len(kept(path).due()) >= after


def test_two_notebooks_at_once(tmp_path: Path) -> None:
    """Both write, each waits for the other, nothing is lost."""
    path = tmp_path / "c.sqlite3"
    both = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(path), "25"], stdout=subprocess.DEVNULL) for _ in range(2)
    ]
    assert [one.wait(120) for one in both] == [0, 0]
    assert len(kept(path).tries()) == 50
    assert sound(path)


def test_a_notebook_that_waits_too_long_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock that is never given up ends in a sentence, and what was there stays."""
    made = kept(tmp_path / "c.sqlite3")
    made.answered("a.b", 1, right=True, first=True)
    monkeypatch.setattr(progress, "_PATIENCE", 0.1)
    with closing(sqlite3.connect(made.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(FactError, match="Another page is writing your progress"):
            made.answered("a.c", 2, right=True, first=True)
    assert [one.scenario for one in made.tries()] == ["a.b"]


FULL = """
import resource, signal, sys
from pathlib import Path
from datetime import date
from seskit.desk.course.progress import ProgressFile
from seskit.law.facts import FactError
made = ProgressFile(Path(sys.argv[1]), date(2026, 11, 28))
made.answered("a.b", 1, right=True, first=True)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (made.path.stat().st_size, resource.RLIM_INFINITY))
try:
    for number in range(5000):
        made.answered("a.c" * 50, number, right=True, first=True)
except FactError as failure:
    print(failure)
"""


@pytest.mark.skipif(os.name != "posix", reason="the limit on a file's size is POSIX's")
def test_a_full_disk_is_a_sentence_and_loses_nothing(tmp_path: Path) -> None:
    """No room for another page: it says so, and the file is sound and holds what it held."""
    path = tmp_path / "c.sqlite3"
    ran = subprocess.run([sys.executable, "-c", FULL, str(path)], capture_output=True, text=True, check=True)
    assert "Your progress could not be kept: the disk is full." in ran.stdout
    assert sound(path)
    assert kept(path).tries()[0].scenario == "a.b"


def test_an_older_file_is_brought_up_and_a_newer_one_left_alone(tmp_path: Path) -> None:
    """The first layout had no name; a layout of the future is not touched."""
    path = tmp_path / "c.sqlite3"
    with closing(sqlite3.connect(path)) as old:
        for line in progress._STEPS[1]:
            old.execute(line)
        old.execute("INSERT INTO tries VALUES ('a.b', 1, '2026-11-01', 1, 1, 0, 'practice')")
        old.execute("PRAGMA user_version = 1")
        old.commit()
    assert kept(path).learner == ""
    assert len(kept(path).tries()) == 1
    with closing(sqlite3.connect(path)) as newer:
        newer.execute(f"PRAGMA user_version = {progress.SCHEMA + 1}")
        newer.commit()
    before = path.read_bytes()
    with pytest.raises(FactError, match="newer version of seskit"):
        kept(path).answered("a.b", 1, right=True, first=True)
    assert path.read_bytes() == before


def test_the_command_lists_exports_and_erases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a notebook: how far one is, all that is kept, and the end of it."""
    monkeypatch.setattr(progress, "place", lambda: tmp_path / "c.sqlite3")
    ProgressFile().answered("report.pool", 3, right=True, first=True, purpose="check")
    ProgressFile().answered("pay_setting.january", 3, right=False, first=True)
    run = CliRunner()
    listed = run.invoke(main, ["course", "list"])
    assert listed.exit_code == 0, listed.output
    assert "report: Completing the ratings and awards report. 1 of 13 objectives mastered." in listed.output
    assert "0 of 19 objectives mastered, 1 begun." in listed.output
    assert [line.split(":")[0].strip() for line in listed.output.splitlines() if line.endswith("minutes, begun")] == [
        "report.pool", "pay_setting.range",
    ]  # fmt: skip
    for made in (sitting.of_lesson(lessons.course().lesson("start.dates"), random.Random(1)),
                 sitting.of_placement(lessons.course().path("staffing").objectives, random.Random(1))):  # fmt: skip
        made.at = 2
        ProgressFile().keep(f"{made.kind} staffing", made.written())
    opened = run.invoke(main, ["course", "list"]).output
    assert "  start.dates: How an answer is found, 10 minutes, left at page 3 of 8\n" in opened
    assert "  Placement check: left at story 3 of 32\n" in opened
    assert run.invoke(main, ["course", "export", "--out", str(tmp_path)]).exit_code == 0
    assert '"scenario": "report.pool"' in (tmp_path / "progress.json").read_text(encoding="utf-8")
    printed = run.invoke(main, ["course", "print", "report.awards", "--out", str(tmp_path), "--format", "html"])
    assert printed.output.strip() == "report-awards.html"
    assert run.invoke(main, ["course", "print", "report.award", "--out", str(tmp_path)]).exit_code == 2
    ProgressFile().name("Sam Example")
    made = run.invoke(main, ["course", "record", "report", "--out", str(tmp_path), "--name", "Pat Example"])
    assert made.stdout.strip() == "record-so-far-report-pat-example.pdf"
    assert "under the name Sam Example is now on the record of Pat Example." in made.stderr
    if os.name == "posix":
        closed = ("record-so-far-report-pat-example.pdf", "progress.json")
        assert not any((tmp_path / name).stat().st_mode & 0o077 for name in closed), (
            "what tells of a learner is the learner's"
        )
    erased = run.invoke(main, ["course", "erase", "--yes"])
    assert "Records and copies that you wrote stay" in erased.output
    assert not (tmp_path / "c.sqlite3").exists()
    back = run.invoke(main, ["course", "import", str(tmp_path / "progress.json")])
    assert back.output.strip() == "Brought back: 2 answers."
    assert "1 of 13 objectives mastered." in run.invoke(main, ["course", "list"]).output


def test_a_copy_goes_on_elsewhere_and_never_mixes_two_learners(tmp_path: Path) -> None:
    """Everything comes back as it was, with the days; what is kept here and not in the copy stays as it is."""
    first, second = kept(tmp_path / "1"), kept(tmp_path / "2")
    for number in range(3):
        ProgressFile(first.path, DAY + timedelta(number)).answered(
            "a.b", 7 + number, right=number != 1, first=True, side="x"
        )
    first.finished("a.lesson")
    first.keep("path", "report")
    early = copied.written(first)
    assert copied.brought(second, early) == "Brought back: 3 answers."
    assert second.exported() == first.exported()
    assert second._rows("SELECT * FROM cards") == first._rows("SELECT * FROM cards")
    second.answered("a.c", 1, right=True, first=True)
    assert copied.brought(first, copied.written(second)) == "Brought back: 4 answers.", "went on at the other computer"
    assert copied.brought(first, early) == "Everything in this copy is kept here already."
    second.finished("c.lesson")  # a lesson is finished after its last answer, and a name is no answer
    second.name("Pat Example")
    assert copied.brought(first, copied.written(second)) == (
        "Brought back: where you were, and the lessons finished, under the name Pat Example. The copy holds no other answers."
    )
    second.keep("lesson report", "page 5")  # read on, and nothing answered
    assert "where you were" in copied.brought(first, copied.written(second))
    assert first.exported() == second.exported()
    assert copied.brought(first, copied.written(second)) == "Everything in this copy is kept here already."
    assert set(first.lessons()) == {"a.lesson", "c.lesson"}
    second.name("")
    second.answered("a.d", 2, right=True, first=True)
    copied.brought(first, copied.written(second))
    assert first.learner == "Pat Example"
    first.name("")
    third = kept(tmp_path / "both")
    copied.brought(third, early)
    third.answered("a.e", 5, right=False, first=False)
    third.finished("b.lesson")
    with pytest.raises(FactError, match="write the same name"):  # all who begin on one day are asked the same
        copied.brought(third, copied.written(second))
    second.name("Pat Example")
    third.name("pat example")
    said = copied.brought(third, copied.written(second))
    assert said.startswith("Brought together: 2 answers of this copy with 4 kept here. On ")
    assert [one.scenario for one in third.tries()] == ["a.b", "a.e", "a.c", "a.d", "a.b", "a.b"]
    assert set(third.lessons()) == {"a.lesson", "b.lesson", "c.lesson"}
    assert copied.brought(third, copied.written(second)) == "Everything in this copy is kept here already."
    other = kept(tmp_path / "3")
    other.answered("a.d", 1, right=True, first=True)
    for here, copy in ((first, copied.written(other)), (other, early)):
        before = here.exported()
        with pytest.raises(FactError, match="may be somebody else's"):
            copied.brought(here, copy)
        assert here.exported() == before
    first.name("Pat Example")
    second.name("Sam Example")
    second.answered("a.c", 2, right=True, first=True)
    with pytest.raises(FactError, match="may be somebody else's"):
        copied.brought(first, copied.written(second))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"schema": progress.SCHEMA + 1}, "newer version of seskit"),
        *(
            (change, "no copy of progress")
            for change in (
                {"tries": 5}, {"tries": [{"scenario": "a.b"}]}, {"lessons": {"a": "soon"}}, {"where": []}, {"name": 7},
                {"schema": "3"}, {"tries": [{**WHOLE, "purpose": "gift"}]}, {"tries": [{**WHOLE, "seed": "1"}]},
                {"tries": [{**WHOLE, "more": 1}]},
            )
        ),
    ],
)  # fmt: skip
def test_what_is_no_copy_is_refused_and_changes_nothing(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    """In a sentence, whatever is wrong in it; the same copy without the fault is taken."""
    whole = {"schema": progress.SCHEMA, "name": "", "where": {}, "lessons": {}, "tries": [WHOLE]}
    made = kept(tmp_path / "c.sqlite3")
    with pytest.raises(FactError, match=said):
        copied.brought(made, json.dumps(whole | change).encode())
    with pytest.raises(FactError, match="no copy of progress"):
        copied.brought(made, b"[" * 100_000)
    assert not made.path.exists()
    assert copied.brought(made, json.dumps(whole).encode()) == "Brought back: 1 answer."
