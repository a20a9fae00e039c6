"""What a learner has practiced, in one small SQLite file in this computer's own folder for user data.

The file holds which scenarios were answered, on which day, whether at the first try, when each is due again, which
lessons are finished, the page one is on with what is typed into its story, and the name the learner typed for the record; nothing else about anyone. A write is one
transaction, so an interruption leaves what was there before. Several notebooks may use it at once.

The days of practice are the only days this package takes from the clock; no answer of law depends on them.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from seskit.formats.refusals import FactError

NAME = "course.sqlite3"
SCHEMA = 3
#: How long a notebook waits while another one writes, in seconds.
_PATIENCE = 15
_FIRST_TABLES = (
    "CREATE TABLE tries (scenario TEXT NOT NULL, seed INTEGER NOT NULL, day TEXT NOT NULL, "
    "right INTEGER NOT NULL, first INTEGER NOT NULL, hints INTEGER NOT NULL, purpose TEXT NOT NULL)",
    "CREATE TABLE cards (scenario TEXT PRIMARY KEY, due TEXT NOT NULL, card TEXT NOT NULL)",
    "CREATE TABLE lessons (lesson TEXT PRIMARY KEY, day TEXT NOT NULL)",
)
_STEPS = {
    1: _FIRST_TABLES,
    2: ("CREATE TABLE learner (word TEXT PRIMARY KEY, said TEXT NOT NULL)",),
    3: ("ALTER TABLE tries ADD COLUMN side TEXT NOT NULL DEFAULT ''",),
}


@dataclass(frozen=True)
class Try:
    """One answered story: `first` is right at the first try without a hint; `purpose` is practice, check or placement.

    `side` says on which side of its objective it was, where that has two.
    """

    scenario: str
    seed: int
    day: date
    right: bool
    first: bool
    hints: int
    purpose: str
    side: str = ""


def place() -> Path:
    """The file, in the folder this computer keeps for the user's own data."""
    import platformdirs

    return Path(platformdirs.user_data_dir("seskit", appauthor=False)) / NAME


class ProgressFile:
    """The progress file; made when something is first kept. `today` is only given in tests."""

    def __init__(self, path: Path | None = None, today: date | None = None) -> None:
        self.path = path or place()
        self._today = today

    @property
    def today(self) -> date:
        """The day of this computer's clock, as SQLite tells it."""
        if self._today:
            return self._today
        with closing(sqlite3.connect(":memory:")) as memory:
            return date.fromisoformat(memory.execute("SELECT date('now', 'localtime')").fetchone()[0])

    def tries(self) -> list[Try]:
        """Every answered story, oldest first."""
        rows = self._rows("SELECT scenario, seed, day, right, first, hints, purpose, side FROM tries ORDER BY rowid")
        return [Try(n, s, date.fromisoformat(d), bool(r), bool(f), h, p, e) for n, s, d, r, f, h, p, e in rows]

    def due(self) -> dict[str, date]:
        """When each practiced scenario is due again."""
        return {name: date.fromisoformat(day) for name, day in self._rows("SELECT scenario, due FROM cards")}

    def lessons(self) -> dict[str, date]:
        """The lessons finished, with their days."""
        return {name: date.fromisoformat(day) for name, day in self._rows("SELECT lesson, day FROM lessons")}

    @property
    def learner(self) -> str:
        """The name typed for the record."""
        return self.kept().get("name", "")

    def kept(self) -> dict[str, str]:
        """What is kept under a word: the name, the path chosen, and where one is in a lesson or a check."""
        return {str(word): str(said) for word, said in self._rows("SELECT word, said FROM learner")}

    def answered(
        self, scenario: str, seed: int, *, right: bool, first: bool, hints: int = 0, purpose: str = "practice",
        side: str = "",
    ) -> date:  # fmt: skip
        """Keep one answer, and plan when the scenario is due again; says that day."""
        with self._writing() as made:
            return _added(made, Try(scenario, seed, self.today, right, first, hints, purpose, side))

    def finished(self, lesson: str) -> None:
        """Keep that a lesson's check was passed; the first day stays."""
        with self._writing() as made:
            made.execute("INSERT OR IGNORE INTO lessons VALUES (?, ?)", (lesson, self.today.isoformat()))

    def name(self, learner: str) -> None:
        """Keep the name for the record."""
        self.keep("name", learner.strip())

    def keep(self, word: str, said: str) -> None:
        """Keep what is said under a word, in place of what was; nothing said is forgotten."""
        if not said and word not in self.kept():
            return
        with self._writing() as made:
            made.execute("DELETE FROM learner WHERE word = ?", (word,))
            if said:
                made.execute("INSERT INTO learner VALUES (?, ?)", (word, said))

    def exported(self) -> dict[str, Any]:
        """Everything the file holds, as plain data."""
        return {
            "schema": SCHEMA,
            "name": self.learner,
            "where": {word: said for word, said in self.kept().items() if word != "name"},
            "lessons": {name: day.isoformat() for name, day in self.lessons().items()},
            "due": {name: day.isoformat() for name, day in self.due().items()},
            "tries": [{**vars(one), "day": one.day.isoformat()} for one in self.tries()],
        }

    def replace(self, tries: Iterable[Try], lessons: Mapping[str, date], kept: Mapping[str, str]) -> None:
        """Keep this in place of all that is kept; when a story is due again follows from its answers."""
        with self._writing() as made:
            _emptied(made)
            for one in tries:
                _added(made, one)
            made.executemany(
                "INSERT INTO lessons VALUES (?, ?)", [(name, day.isoformat()) for name, day in lessons.items()]
            )
            made.executemany("INSERT INTO learner VALUES (?, ?)", list(kept.items()))

    def erase(self) -> None:
        """Forget everything; what was written is overwritten, and the file is taken away."""
        if not self.path.exists():
            return
        with self._writing() as made:
            _emptied(made)
        with _in_words(self.path):
            self.path.unlink(missing_ok=True)

    def _rows(self, query: str) -> list[Any]:
        if not self.path.exists():
            return []
        with _in_words(self.path), closing(self._open()) as made:
            return made.execute(query).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with _in_words(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._open()) as made:
                made.execute("BEGIN IMMEDIATE")
                try:
                    yield made
                    made.execute("COMMIT")
                except BaseException:
                    if made.in_transaction:
                        made.execute("ROLLBACK")
                    raise

    def _open(self) -> sqlite3.Connection:
        """The file, brought up to the present layout; one made by a newer version is left alone."""
        made = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)
        try:
            _owners_alone(self.path)
            made.execute("PRAGMA secure_delete = ON")
            made.execute("PRAGMA synchronous = FULL")
            if self._version(made) < SCHEMA:
                made.execute("BEGIN IMMEDIATE")
                for step in range(self._version(made) + 1, SCHEMA + 1):
                    for line in _STEPS[step]:
                        made.execute(line)
                    made.execute(f"PRAGMA user_version = {step}")
                made.execute("COMMIT")
        except BaseException:
            made.close()
            raise
        return made

    def _version(self, made: sqlite3.Connection) -> int:
        found = int(made.execute("PRAGMA user_version").fetchone()[0])
        if found > SCHEMA:
            raise FactError(
                f"'{self.path.name}' was written by a newer version of seskit. Update seskit; the file is left as it is."
            )
        return found


def _emptied(made: sqlite3.Connection) -> None:
    for table in ("tries", "cards", "lessons", "learner"):
        made.execute(f"DELETE FROM {table}")  # noqa: S608 (our own names)


def _added(made: sqlite3.Connection, one: Try) -> date:
    """Add an answer, and plan when its story is due again; says that day."""
    row = made.execute("SELECT card FROM cards WHERE scenario = ?", (one.scenario,)).fetchone()
    card, due = _reviewed(row[0] if row else None, one.day, right=one.right, first=one.first, hints=one.hints)
    made.execute(
        "INSERT INTO tries VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (one.scenario, one.seed, one.day.isoformat(), one.right, one.first, one.hints, one.purpose, one.side),
    )
    made.execute("INSERT OR REPLACE INTO cards VALUES (?, ?, ?)", (one.scenario, due.isoformat(), card))
    return due


def _reviewed(kept: str | None, today: date, *, right: bool, first: bool, hints: int) -> tuple[str, date]:
    """The card after this answer and the day it is due; forgetting is modeled by FSRS, in whole days."""
    from fsrs import Card, Rating, Scheduler

    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False, maximum_interval=365)
    rating = Rating.Again if not right else Rating.Good if first and not hints else Rating.Hard
    card = Card.from_json(kept) if kept else Card(card_id=0)
    moment = datetime.combine(today, time(12), UTC)
    reviewed, _ = scheduler.review_card(card, rating, moment)
    return json.dumps(json.loads(reviewed.to_json())), reviewed.due.date()


def _owners_alone(path: Path) -> None:
    if path.stat().st_mode & 0o077:
        os.chmod(path, 0o600)  # noqa: PTH101 (one call on every system)


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    """What SQLite or the system says, as a sentence that says what to do."""
    try:
        yield
    except sqlite3.OperationalError as failure:
        said = str(failure)
        if "locked" in said or "busy" in said:
            raise FactError("Another page is writing your progress. Wait a moment and press again.") from None
        if "full" in said or "disk I/O" in said:
            raise FactError(
                "Your progress could not be kept: the disk is full. What was kept before is safe; free some space and press again."
            ) from None
        raise FactError(f"Your progress in '{path.name}' cannot be used: {said}.") from None
    except sqlite3.DatabaseError:
        raise FactError(
            f"'{path.name}' in {path.parent.name} is damaged. Rename it to start over; the course goes on without it."
        ) from None
    except OSError as failure:
        raise FactError(
            f"Your progress could not be kept: {(failure.strerror or '').lower()}. Make sure that you can write in {path.parent.name}."
        ) from None
