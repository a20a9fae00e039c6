"""The agenda as a calendar file, one entry a session, in the forum's own time zone."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from seskit.formats import calendar_file
from seskit.forum.config import AgendaRow, Forum


def calendar(forum: Forum) -> bytes:
    """One entry for each session and break."""
    zone = ZoneInfo(str(forum.facts["timezone"]))
    return calendar_file.write("SES forum", [_entry(forum, row, zone) for row in forum.rows])


def _entry(forum: Forum, row: AgendaRow, zone: ZoneInfo) -> calendar_file.CalendarEntry:
    return calendar_file.CalendarEntry(
        on=row.start.replace(tzinfo=zone),
        until=row.end.replace(tzinfo=zone),
        summary=f"{row.title} ({forum.title})",
        description=None,
        identity=f"{forum.folder.name} {row.start} {row.title}",
        place=", ".join(str(forum.facts[word]) for word in ("room", "place") if forum.facts.get(word)),
    )
