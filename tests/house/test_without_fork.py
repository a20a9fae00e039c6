"""Where a system has no fork, no fcntl and no resource, as Windows has none, the main job is done all the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import ROOT

#: Put before everything that Python starts: takes away what Windows lacks. Others' modules keep what they import.
TAKEN = """
import builtins, os, signal
for place, names in ((os, ("fork", "forkpty", "killpg", "setsid", "getuid")), (signal, ("SIGALRM",))):
    for name in names:
        if hasattr(place, name):
            delattr(place, name)
_import = builtins.__import__
def without(name, globals=None, *rest, **named):
    if str((globals or {}).get("__name__")).startswith("seskit"):
        if name in ("fcntl", "resource", "termios", "pwd", "grp"):
            raise ImportError(f"No module named '{name}'")
        if name == "msvcrt":
            return _import("locks_of_windows")
    return _import(name, globals, *rest, **named)
builtins.__import__ = without
"""
#: Windows' own way to hold a file, made of what is here; it raises OSError where another process holds it.
LOCKS = """
import fcntl
LK_UNLCK, LK_LOCK, LK_NBLCK, LK_RLCK, LK_NBRLCK = range(5)
def locking(file, mode, length):
    fcntl.lockf(file, fcntl.LOCK_UN if mode == LK_UNLCK else fcntl.LOCK_EX | fcntl.LOCK_NB, length)
"""
HERE = "mine/notebooks/sample/agencies"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to work in."""
    made = tmp_path_factory.mktemp("windows")
    (made / "taken").mkdir()
    (made / "taken" / "sitecustomize.py").write_text(TAKEN)
    (made / "taken" / "locks_of_windows.py").write_text(LOCKS)
    assert seskit(made, "start", "mine").returncode == 0
    return made


def seskit(place: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The command, in a Python without what Windows lacks; so is every Python that it starts."""
    path = os.pathsep.join([str(place / "taken"), str(ROOT)])
    return subprocess.run(
        [sys.executable, "-m", "seskit", *words], cwd=place, env=os.environ | {"PYTHONPATH": path}, capture_output=True, text=True,
    )  # fmt: skip


def test_the_test_takes_away_what_it_says(place: Path) -> None:
    """Neither fork nor a lock can be had by the package in these runs."""
    code = "import os, seskit.batch.engine.warm\nprint(hasattr(os, 'fork'), seskit.batch.engine.warm.available())"
    ran = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": str(place / "taken")}, capture_output=True, text=True,
    )  # fmt: skip
    assert ran.stdout.split() == ["False", "False"], ran.stderr


@pytest.mark.slow
def test_a_report_is_made(place: Path) -> None:
    """Check, report, ask: with every file."""
    assert seskit(place, "check", f"{HERE}/ASR").returncode == 0
    made = seskit(place, "report", f"{HERE}/DPW", "--out", "out")
    assert made.returncode in (0, 1), made.stderr
    assert {path.name for path in (place / "out").iterdir()} >= {"forms.xlsx", "forms.pdf", "forms.html", "forms.json"}
    assert "Traceback" not in made.stderr


@pytest.mark.slow
def test_agencies_are_run_and_kept(place: Path) -> None:
    """A batch runs each notebook in a process of its own; given again, nothing is run anew."""
    first = seskit(place, "batch", HERE, "--only", "ASR", "--out", "run")
    assert first.returncode == 0, first.stdout + first.stderr
    assert json.loads((place / "run" / "ASR" / "forms.json").read_text(encoding="utf-8"))
    again = seskit(place, "batch", HERE, "--only", "ASR", "--out", "run")
    assert again.returncode == 0, again.stdout + again.stderr
    assert "nothing to run" in again.stdout.lower() or "kept" in again.stdout, again.stdout
