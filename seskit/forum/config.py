"""One forum's configuration: when, where, who, which sessions; its times are checked before anything is built."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from seskit.formats import personal_data, strict_yaml
from seskit.formats.days import long_date
from seskit.formats.documents.look import Look
from seskit.forum import shorter, source, theme
from seskit.forum.place import Faults, KitError, SourcePlace, in_words
from seskit.forum.source import Session
from seskit.law import facts
from seskit.law.facts import FactError, suggestion

NAME = "forum.yaml"
_LONGEST_WITHOUT_BREAK = 120
_MOST_MINUTES = 10_000
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)")
_TIME = re.compile(r"(\d{1,2})(?::([0-5]\d))? ?(am|pm)?")
_NOON, _LAST_HOUR = 12, 23
#: How many tables a hall may have, and how many it has where nobody says.
MOST_TABLES, USUAL_TABLES = 60, 8
#: Words that nobody has replaced yet.
_PLACEHOLDER = re.compile(r"\b(?:your (?:agency|forum desk|executive resources office)|to be named)\b", re.IGNORECASE)
_NEEDED = (
    "title",
    "date",
    "start",
    "place",
    "timezone",
    "content_as_of",
    "contact",
    "accommodation_contact",
    "sessions",
)
#: Entries whose telephone number or e-mail address is meant to be printed.
CONTACTS = ("contact", "accommodation_contact")
_KNOWN = (
    *_NEEDED,
    "minutes",
    "host",
    "room",
    "mode",
    "audience",
    "capacity",
    "tables",
    "about",
    "names_hold_on",
    "job_aids",
    "invented",
)
_KINDS = ("talk", "exercise", "panel", "break")
_ROW = ("title", "at", "minutes", "source", "kind", "presenters", "role", "room")


@dataclass(frozen=True)
class AgendaRow:
    """One line of the agenda."""

    title: str
    start: datetime
    minutes: int
    kind: str
    presenters: tuple[str, ...]
    session: Session | None
    titles: tuple[str, ...]

    @property
    def presented(self) -> tuple[str, ...]:
        """Who presents, each with the title where one is given."""
        return tuple(", ".join(filter(None, both)) for both in zip_longest(self.presenters, self.titles, fillvalue=""))

    @property
    def end(self) -> datetime:
        """When it ends."""
        return self.start + timedelta(minutes=self.minutes)

    @property
    def times(self) -> str:
        """From when to when."""
        return span(self.start, self.end)


@dataclass(frozen=True)
class Forum:
    """A forum that chains: every start is the end before it, and the last end is the forum's."""

    folder: Path
    facts: dict[str, Any]
    rows: tuple[AgendaRow, ...]
    warnings: tuple[str, ...]
    look: Look = field(default_factory=Look)

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.facts["title"])

    @property
    def day(self) -> date:
        """The day it is held."""
        found = self.facts["date"]
        assert isinstance(found, date)  # noqa: S101 (read checked it)
        return found

    @property
    def content_as_of(self) -> date:
        """The day whose rules and figures are shown."""
        found = self.facts["content_as_of"]
        assert isinstance(found, date)  # noqa: S101 (read checked it)
        return found

    @property
    def tables(self) -> int | None:
        """How many tables the hall has; none where the file does not say."""
        return self.facts.get("tables")

    @property
    def zone(self) -> str:
        """The time zone as people call it on the day, such as EST or EDT."""
        called = self.rows[0].start.replace(tzinfo=ZoneInfo(str(self.facts["timezone"]))).tzname() or ""
        return called if called.isalpha() else str(self.facts["timezone"])

    @property
    def when(self) -> str:
        """Weekday, date and times in words."""
        return f"{self.day:%A}, {long_date(self.day)}, {span(self.rows[0].start, self.rows[-1].end)}"

    @property
    def sessions(self) -> list[tuple[AgendaRow, Session]]:
        """The rows that have material."""
        return [(row, row.session) for row in self.rows if row.session]


def clock(moment: datetime) -> str:
    """A time of day, such as 8:30 a.m., 12:00 noon or 1:00 p.m."""
    half = "noon" if (moment.hour, moment.minute) == (12, 0) else "a.m." if moment.hour < 12 else "p.m."
    return f"{(moment.hour - 1) % 12 + 1}:{moment:%M} {half}"


def span(start: datetime, end: datetime) -> str:
    """From when to when; the half of the day is said once where it is the same."""
    first, last = clock(start), clock(end)
    same = first.rpartition(" ")[2] == last.rpartition(" ")[2]
    return f"{first.rpartition(' ')[0] if same else first} to {last}"


def placeholder(said: object) -> bool:
    """Whether an entry still holds the words that stand for one's own."""
    return isinstance(said, str) and bool(_PLACEHOLDER.search(said))


def sentence(words: str) -> str:
    """The words with one period at the end, also where they end in a.m. or p.m."""
    return words if words.endswith(".") else f"{words}."


def read(folder: Path, faults: Faults | None = None, **changed: Any) -> Forum:
    """Read a forum's folder; `changed` entries replace those of the file, for a trial.

    Faults are told all at once; given `faults`, those that leave the day and the sessions known are only noted there.
    """
    file = folder / NAME
    if not file.is_file():
        raise KitError(f"{folder.name} has no {NAME}. See: seskit forum list.")
    written = source.written(file)
    try:
        given, lines = strict_yaml.load_with_lines(written)
    except strict_yaml.YamlError as failure:
        raise SourcePlace(file, failure.line or 1).error(f"{in_words(failure.reason)}.") from None
    given = given or {}
    if not isinstance(given, dict):
        raise SourcePlace(file, 1).error("the file holds no lines such as 'title: My forum'.")
    given |= changed
    found = Faults() if faults is None else faults
    look = theme.read(folder, found)
    rows: list[AgendaRow] = []
    usable = _check_entries(file, given, lines, found)
    if usable or _can_be_walked(given):
        with found.gathered():
            rows = _rows(file, given if isinstance(given["date"], date) else given | {"date": date.min}, lines, found)
    rows = rows if usable else []
    if faults is None or not rows:
        found.told()
    return Forum(folder, given, tuple(rows), tuple(_warnings(tuple(rows), given, look)), look)


def _can_be_walked(given: dict[str, Any]) -> bool:
    """Whether the agenda can be looked through for its own faults, although something else of the forum has one."""
    listed = given.get("sessions")
    return (
        bool(given.get("date") and given.get("start"))
        and isinstance(listed, list)
        and all(isinstance(one, dict) for one in listed)
    )


def _check_entries(file: Path, given: dict[str, Any], lines: dict[tuple[str | int, ...], int], faults: Faults) -> bool:
    """Note what is wrong with the entries; whether the agenda can be read all the same."""
    before = len(faults.found)

    def at(word: str) -> SourcePlace:
        return SourcePlace(file, lines.get((word,), 1))

    for word in given:
        with faults.gathered():
            if word not in _KNOWN:
                like = suggestion(str(word), _KNOWN) if faults.listed else ""
                raise at(word).error(f"'{word}' is not known.{like} Known are {', '.join(_KNOWN)}.")
    unknown = len(faults.found) - before
    for word in _NEEDED:
        with faults.gathered():
            if not given.get(word):
                raise SourcePlace(file, 1).error(f"the forum has no {word}.")
    for word in ("date", "content_as_of", "names_hold_on"):
        with faults.gathered():
            if given.get(word):
                given[word] = _day(at(word), word, given[word])
    with faults.gathered():
        _check_tables(given, at)
    with faults.gathered():
        _check_values(given, at)
    with faults.gathered():
        _check_aids(file, given, at)
    for path, value in _texts(given, ()):
        with faults.gathered():
            _check_personal(SourcePlace(file, _line_of(path, lines)), path, value)
    return len(faults.found) == before + unknown


def _texts(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Each text of the file with the entries that lead to it."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inside:
        yield from _texts(one, (*path, key))
    if isinstance(value, str):
        yield path, value


def _line_of(path: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int]) -> int:
    return next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), 1)


def _check_personal(place: SourcePlace, path: tuple[str | int, ...], value: str) -> None:
    """A telephone number or an address of the event is meant to be printed; it stands where participants look for it."""
    for kind in personal_data.kinds(value):
        if kind not in (personal_data.PHONE, personal_data.EMAIL):
            raise place.error(f"'{path[-1]}' holds {kind}, which must never be printed; remove it.")
        if path[0] not in CONTACTS:
            named = next(word for word in reversed(path) if isinstance(word, str))
            raise place.error(
                f"'{named}' holds {kind}, which would be printed; one of the event, such as an office's, belongs under "
                f"{' or '.join(CONTACTS)}."
            )


def _check_values(given: dict[str, Any], at: Callable[[str], SourcePlace]) -> None:
    given.setdefault("minutes", None)
    if given["minutes"] is not None and (
        type(given["minutes"]) is not int or not 0 < given["minutes"] <= _MOST_MINUTES
    ):
        given["minutes"] = None
        raise at("minutes").error("the forum's minutes must be a whole number greater than zero.")
    if "sessions" not in given or "timezone" not in given:
        return
    if not isinstance(given["sessions"], list) or not all(isinstance(entry, dict) for entry in given["sessions"]):
        raise at("sessions").error("sessions is a list: one line '- {at: \"0:00\", minutes: 30, ...}' for each.")
    try:
        ZoneInfo(str(given["timezone"]))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise at("timezone").error(
            f"'{given['timezone']}' is not a time zone; write for example America/New_York."
        ) from None


def _check_tables(given: dict[str, Any], at: Callable[[str], SourcePlace]) -> None:
    many = given.get("tables")
    if many is not None and (type(many) is not int or not 1 <= many <= MOST_TABLES):
        raise at("tables").error(f"tables is how many tables the hall has, a whole number from 1 to {MOST_TABLES}.")


def _check_aids(file: Path, given: dict[str, Any], at: Callable[[str], SourcePlace]) -> None:
    if not isinstance(given.get("job_aids", []), list):
        raise at("job_aids").error("job_aids is a list, for example [caps, award-card].")
    for name in given.get("job_aids", []):
        if not (file.parents[1] / "papers" / f"{name}.md").is_file():
            raise at("job_aids").error(f"the job aid {name} is not in papers.")


def _rows(
    file: Path, given: dict[str, Any], lines: dict[tuple[str | int, ...], int], faults: Faults
) -> list[AgendaRow]:
    """The agenda, without the lines that have a fault."""

    def at(*path: str | int) -> SourcePlace:
        return SourcePlace(file, lines.get(path, 1))

    opening = datetime.combine(given["date"], datetime.min.time()) + _time(at("start"), given["start"])
    due, rows = opening, list[AgendaRow]()
    before = len(faults.found)
    for number, entry in enumerate(given["sessions"]):
        place = at("sessions", number)
        with faults.gathered():
            start, expected = opening + _span(place, entry["at"]) if "at" in entry else due, due
            lasts = entry.get("minutes")
            due = start + timedelta(minutes=lasts if type(lasts) is int and 0 < lasts <= _MOST_MINUTES else 0)
            rows.append(_row(file, place, entry, start, given))
            due = rows[-1].end
            if start != expected:
                gap = "a gap" if start > expected else "an overlap"
                raise place.error(
                    f"the times do not chain: {gap} from {' to '.join(map(clock, sorted((expected, start))))} before '{rows[-1].title}'."
                )
            if rows[-1].title in [row.title for row in rows[:-1]]:
                raise place.error(f"two sessions are called '{rows[-1].title}'; give each a title of its own.")
    end = opening + timedelta(minutes=given["minutes"]) if given["minutes"] else due
    with faults.gathered():
        if due != end and len(faults.found) == before:
            raise at("minutes").error(sentence(f"the sessions end at {clock(due)}; the forum ends at {clock(end)}"))
    return rows


def _row(file: Path, place: SourcePlace, entry: dict[str, Any], start: datetime, given: dict[str, Any]) -> AgendaRow:
    session = None
    for word in entry:
        if word not in _ROW:
            raise place.error(f"'{word}' is not known in a session; known are {', '.join(_ROW)}.")
    if not isinstance(entry.get("source", ""), str):
        raise place.error("source is the name of a file, in quotes where it looks like a number.")
    if entry.get("source"):
        path = (file.parent / entry["source"]).resolve()
        if not path.is_file():
            raise place.error(f"the source {entry['source']} is not there.")
        session = shorter.held_in(place, source.read(path), entry)
    minutes = entry.get("minutes")
    if type(minutes) is not int or not 0 < minutes <= _MOST_MINUTES:
        raise place.error("a session without a source needs its minutes, a whole number above zero.")
    title = entry.get("title") or (session.title if session else "")
    if not title:
        raise place.error("a session without a source needs a title.")
    kind = entry.get("kind") or ("talk" if session else "break")
    if kind not in _KINDS:
        raise place.error(f"'{kind}' is not a kind of session; kinds are {', '.join(_KINDS)}.")
    presenters, titles = _presenters(place, entry, given)
    if kind != "break" and not presenters:
        raise place.error(f"no one presents '{title}'; give it presenters or a role.")
    return AgendaRow(title, start, entry["minutes"], kind, presenters, session, titles)


def _presenters(
    place: SourcePlace, entry: dict[str, Any], given: dict[str, Any]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of record with their titles on the day they belong to; on any other day the role."""
    listed = entry.get("presenters", [])
    if not isinstance(listed, list):
        raise place.error("presenters is a list, for example [Jo Smith] or [{name: Jo Smith, title: Team Leader}].")
    named = [each if isinstance(each, dict) else {"name": each} for each in listed]
    for each in named:
        if not each.get("name") or set(each) - {"name", "title"}:
            raise place.error("a presenter has a name and, if wanted, a title: {name: Jo Smith, title: Team Leader}.")
    if named and given.get("names_hold_on") in (None, given["date"]):
        return tuple(str(each["name"]) for each in named), tuple(str(each.get("title") or "") for each in named)
    return ((str(entry["role"]),) if entry.get("role") else ()), ()


def _day(place: SourcePlace, word: str, value: object) -> date:
    """A date as the file gives it: 2004-07-28, 7/28/2004 or July 28, 2004."""
    if type(value) is date:
        return value
    with suppress(ValueError):
        return datetime.strptime(" ".join(str(value).split()), "%B %d, %Y").date()  # noqa: DTZ007 (a day has no zone)
    with suppress(ValueError):
        return facts.day(str(value))
    raise place.error(f"{word} is not a date; write for example 2004-07-28, 7/28/2004 or July 28, 2004.")


def times_of_day(said: str) -> list[timedelta]:
    """What a typed time may mean: 1:05 p.m. and 13:05 one time, 1:05 one in the morning and one in the afternoon."""
    try:
        found = _time(SourcePlace(Path("time"), 1), said)
    except KitError:
        raise FactError(f"'{said}' is not a time of day; write for example 9:40 or '1:05 p.m.'.") from None
    half = timedelta(hours=_NOON)
    either = timedelta(hours=1) <= found < half and _CLOCK.fullmatch(said.strip())
    return [found, found + half] if either else [found]


def _time(place: SourcePlace, value: object) -> timedelta:
    """A time of day: 8:30, 13:00, 1:00 p.m. or 1 p.m."""
    found = _TIME.fullmatch(" ".join(str(value).lower().replace(".", "").split()))
    hour, half = (int(found[1]), found[3]) if found else (99, "")
    if hour > (_NOON if half else _LAST_HOUR) or (half and not hour) or not (half or (found and found[2])):
        raise place.error('start is not a time in quotes; write for example "8:30" or "1:00 p.m.".')
    if half:
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    return timedelta(hours=hour, minutes=int((found and found[2]) or 0))


def _span(place: SourcePlace, value: object) -> timedelta:
    found = _CLOCK.fullmatch(str(value))
    if not found:
        raise place.error('at is not a time in quotes; write for example "8:30".')
    return timedelta(hours=int(found[1]), minutes=int(found[2]))


def _warnings(rows: tuple[AgendaRow, ...], given: dict[str, Any], look: Look) -> list[str]:
    if not rows:
        return []
    found = [f"the logo is said to be '{look.says}'; say whose it is."] if placeholder(look.says) else []
    since = rows[0].start
    for row, after in pairwise((*rows, None)):
        assert row is not None  # noqa: S101 (only the last is None)
        if row.kind == "break":
            since = row.end
        elif after is None or after.kind == "break":
            passed = int((row.end - since).total_seconds()) // 60
            if passed > _LONGEST_WITHOUT_BREAK:
                found.append(sentence(f"{passed} minutes without a break from {clock(since)}"))
    found += [
        f"'{row.title}' is held in {row.minutes} minutes; left out: {'; '.join(session.left_out)}."
        for row in rows
        if (session := row.session) and session.left_out
    ]
    found += [
        f"{word.replace('_', ' ')} still says '{given[word]}'; the agenda marks it as to be filled in."
        for word in given
        if placeholder(given[word])
    ]
    held, shown = given["date"], given["content_as_of"]
    if shown.year < held.year:
        found.append(f"The forum is held on {held} and shows the rules of {shown}; figures change every year.")
    if shown > held:
        found.append(f"The forum is held on {held} and shows the rules of a later day, {shown}.")
    if given.get("names_hold_on") not in (None, given["date"]):
        found.append(f"The presenters' names belong to {given['names_hold_on']}; roles are printed instead.")
    return found
