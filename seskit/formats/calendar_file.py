"""Dates as a calendar file, as RFC 5545 wants it: whole days or times, the same bytes each time."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from seskit.formats.characters import visible

_STAMP = datetime(2000, 1, 1, tzinfo=UTC)
#: A line has at most so many bytes; the rest follows on the next line, after a blank.
_LONGEST = 74
_LETTER = re.compile(r"\\?.")


@dataclass(frozen=True)
class CalendarEntry:
    """A day to keep, or a time with its end; `identity` stays the same when the file is made again, so that it is
    updated, not doubled.
    """

    on: date
    summary: str
    description: str | None
    identity: str
    until: datetime | None = None
    place: str = ""


def write(subject: str, entries: Iterable[CalendarEntry]) -> bytes:
    """The calendar file."""
    lines = [("BEGIN", "VCALENDAR"), ("VERSION", "2.0"), ("PRODID", _text(f"-//seskit//{subject}//EN"))]
    for entry in entries:
        lines += _event(entry)
    return "".join(_folded(f"{name}:{value}") for name, value in [*lines, ("END", "VCALENDAR")]).encode()


def _event(entry: CalendarEntry) -> list[tuple[str, str]]:
    identity = hashlib.sha256(entry.identity.encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return [
        ("BEGIN", "VEVENT"),
        ("SUMMARY", _text(entry.summary)),
        _moment("DTSTART", entry.on),
        _moment("DTEND", entry.until or entry.on + timedelta(days=1)),
        ("DTSTAMP", _time(_STAMP)),
        ("UID", f"{identity}@seskit.invalid"),
        *([("DESCRIPTION", _text(entry.description))] if entry.description is not None else []),
        *([("LOCATION", _text(entry.place))] if entry.place else []),
        ("END", "VEVENT"),
    ]


def _moment(name: str, on: date) -> tuple[str, str]:
    return (name, _time(on)) if isinstance(on, datetime) else (f"{name};VALUE=DATE", f"{on:%Y%m%d}")


def _time(when: datetime) -> str:
    return f"{when.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """Words with the marks of the format made harmless."""
    words = visible(words).replace("\r\n", "\n").replace("\r", "\n")
    for mark in "\\;,":
        words = words.replace(mark, f"\\{mark}")
    return words.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line with its end, taken apart where it is too long: between characters, never inside a mark made harmless."""
    parts, size = [""], 0
    for letter in _LETTER.findall(line):
        size += len(letter.encode())
        if size > _LONGEST:
            parts.append("")
            size = len(letter.encode())
        parts[-1] += letter
    return "\r\n ".join(parts) + "\r\n"
