"""LibreOffice as the tests use it: one that stays open on each core, so that a file costs its conversion and not a start."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
#: Longest wait, in seconds: for LibreOffice to be open, and for the files of one call.
_OPEN_WITHIN, _DONE_WITHIN = 120, 400
#: What makes it calculate every formula of a workbook it opens.
_RECALCULATES = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""


class _Open:
    """A LibreOffice that stays: it ends by itself after a conversion unless a file is open in it, so that one is."""

    def __init__(self, recalculates: bool) -> None:
        self.place = Path(tempfile.mkdtemp(prefix="seskit-office-"))
        self.profile = f"-env:UserInstallation={(self.place / 'profile').as_uri()}"
        if recalculates:
            (self.place / "profile" / "user").mkdir(parents=True)
            (self.place / "profile" / "user" / "registrymodifications.xcu").write_text(_RECALCULATES, encoding="utf-8")
        held = self.place / "held.txt"
        held.write_text("held open\n", encoding="utf-8")
        self._runs = subprocess.Popen(
            [str(SOFFICE), self.profile, "--headless", "--norestore", str(held)],
            env=os.environ | {"HOME": str(self.place)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = time.monotonic() + _OPEN_WITHIN
        while not (self.place / ".~lock.held.txt#").exists() and self._runs.poll() is None:
            assert time.monotonic() < until, "LibreOffice opened no file."
            time.sleep(0.05)

    def end(self) -> None:
        """End it and every process of it."""
        for how in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(self._runs.pid, how)
            with suppress(subprocess.TimeoutExpired):
                self._runs.wait(20)
                break
        shutil.rmtree(self.place, ignore_errors=True)


_open: dict[bool, _Open] = {}


def has_writer() -> bool:
    """Whether it can open documents of words."""
    return SOFFICE is not None and (Path(SOFFICE).resolve().parent / "libswlo.so").exists()


def converted(kind: str, folder: Path, *files: Path, recalculates: bool = False) -> list[Path]:
    """Files as LibreOffice saves them in another format, such as pdf or txt:Text, in that folder; the test is skipped without it.

    With `recalculates`, every formula of a workbook is calculated anew.
    """
    if SOFFICE is None:
        pytest.skip("LibreOffice is not installed (Debian: apt-get install libreoffice).")
    if recalculates not in _open:
        _open[recalculates] = _Open(recalculates)
    office = _open[recalculates]
    subprocess.run(
        [SOFFICE, office.profile, "--headless", "--convert-to", kind, "--outdir", folder, *files],
        env=os.environ | {"HOME": str(office.place)},
        capture_output=True,
        timeout=_DONE_WITHIN,
        check=True,
    )
    made = [folder / f"{file.stem}.{kind.partition(':')[0]}" for file in files]
    assert not (missing := [file.name for file in made if not file.is_file()]), missing
    return made


def leave() -> None:
    """End every LibreOffice that stayed open."""
    for one in _open.values():
        one.end()
    _open.clear()
