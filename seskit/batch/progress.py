"""How far a run is: a bar with the agencies done and the time left on a terminal, plain lines anywhere else."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import IO, Any, Protocol

from seskit.desk.console import safe
from seskit.desk.in_batch import HOME
from seskit.record.manifest import Record


class Progress(Protocol):
    """Told what happens, shows it or not."""

    def start(self, total: int, kept: int) -> None:
        """The run begins: how much there is to do, how much an earlier run has done already."""

    def done(self, record: Record) -> None:
        """One notebook has ended for one agency."""

    def tick(self) -> None:
        """Some time has passed."""

    def say(self, text: str) -> None:
        """Something a person should know."""

    def close(self) -> None:
        """The run is over."""


class LineProgress:
    """A plain line for each that is done."""

    def __init__(self, stream: IO[str] | None = None) -> None:
        """Write to a stream, standard error unless another is given."""
        self._stream = stream or sys.stderr
        self._done = self._total = 0

    def start(self, total: int, kept: int) -> None:
        """The run begins."""
        self._total = total
        earlier = f" {kept} done by an earlier run." if kept else ""
        self.say(f"{total} to run.{earlier}")

    def done(self, record: Record) -> None:
        """One line: how many, which, how it went."""
        self._done += 1
        self.say(f"{self._done}/{self._total} {line(record)}")

    def tick(self) -> None:
        """Nothing to repaint."""

    def say(self, text: str) -> None:
        """Write a line."""
        self._stream.write(safe(text) + "\n")
        self._stream.flush()

    def close(self) -> None:
        """Nothing is left open."""


class Silent(LineProgress):
    """Says nothing."""

    def say(self, text: str) -> None:
        """Keep quiet."""


class Lasting:
    """Another display for as long as it can be seen: where the terminal is gone the run goes on untold."""

    def __init__(self, shown: Progress) -> None:
        """Pass everything on."""
        self._shown = shown

    def start(self, total: int, kept: int) -> None:
        """The run begins."""
        self._tell(lambda: self._shown.start(total, kept))

    def done(self, record: Record) -> None:
        """One has ended."""
        self._tell(lambda: self._shown.done(record))

    def tick(self) -> None:
        """Some time has passed."""
        self._tell(self._shown.tick)

    def say(self, text: str) -> None:
        """Something a person should know."""
        self._tell(lambda: self._shown.say(text))

    def close(self) -> None:
        """The run is over."""
        self._tell(self._shown.close)

    def _tell(self, what: Callable[[], None]) -> None:
        try:
            what()
        except (OSError, ValueError):
            self._shown = Silent()


class ProgressBar:
    """A bar with the number done and the time left; what needs attention stays above it as a line."""

    def __init__(self, stream: IO[str]) -> None:
        """Draw on a terminal. Nothing repaints by itself, so that no second thread runs here."""
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._bar: Any = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("time left"),
            TimeRemainingColumn(), console=Console(file=stream), auto_refresh=False,
        )  # fmt: skip
        self._task: Any = None

    def start(self, total: int, kept: int) -> None:
        """The run begins."""
        if kept:
            self.say(f"{kept} done by an earlier run.")
        self._bar.start()
        self._task = self._bar.add_task("Agencies", total=total)
        self._bar.refresh()

    def done(self, record: Record) -> None:
        """Move on by one."""
        if not record.well:
            self.say(line(record))
        self._bar.advance(self._task)
        self._bar.refresh()

    def tick(self) -> None:
        """Repaint."""
        if self._task is not None:
            self._bar.refresh()

    def say(self, text: str) -> None:
        """A line above the bar."""
        self._bar.console.print(safe(text), markup=False, highlight=False)

    def close(self) -> None:
        """Leave the terminal as it was."""
        self._bar.stop()


def display(stream: IO[str] | None = None) -> Progress:
    """A bar on a terminal, lines elsewhere."""
    stream = stream or sys.stderr
    return ProgressBar(stream) if stream.isatty() else LineProgress(stream)


def line(record: Record) -> str:
    """A record in one line."""
    which = record.shown if record.notebook == HOME else f"{record.shown}, {record.notebook}"
    said = f" {record.message}" if record.message else ""
    return f"{which}: {record.words.lower()}.{said}"
