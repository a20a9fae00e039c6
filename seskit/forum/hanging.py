"""Words that hang on the forum's own settings: its hour, whether people are in the room or online, what comes before and after."""

from __future__ import annotations

from seskit.forum import config
from seskit.forum.config import AgendaRow, Forum
from seskit.law.facts import FactError

_NOON, _EVENING = 12, 17
_ONLINE = ("online", "hybrid", "virtual", "remote", "video", "webinar", "web")
_ROOM = ("person", "hybrid", "room")
CONDITIONS = ("online", "room", "card", "break", "later=SESSION", "earlier=SESSION")


def words(forum: Forum, row: AgendaRow | None) -> dict[str, str]:
    """What a talk can say of its forum: the greeting of its hour, the part of the day the forum takes, when it ends, what comes next."""
    begins, ends = forum.rows[0].start, forum.rows[-1].end
    said = {"half": _half(begins.hour, ends.hour), "ends": config.clock(ends)}
    if row is None:
        return said
    following = [one for one in forum.rows if one.start >= row.end and one.kind != "break"]
    return said | {
        "greeting": f"Good {_half(row.start.hour, row.start.hour)}",
        "next": following[0].title if following else "the end of the forum",
    }


def _half(first: int, last: int) -> str:
    if first >= _EVENING:
        return "evening"
    if first >= _NOON:
        return "afternoon"
    return "morning" if last <= _NOON else "day"


def holds(condition: str, forum: Forum, row: AgendaRow | None) -> bool:
    """Whether what a sentence hangs on is so at this forum."""
    mode = str(forum.facts.get("mode") or "in person").lower()
    word, _, session = condition.partition("=")
    if word == "online":
        return any(one in mode for one in _ONLINE)
    if word == "room":
        return any(one in mode for one in _ROOM) or not any(one in mode for one in _ONLINE)
    if word == "card":
        return any(step.card for _, found in forum.sessions for step in found.steps)
    if row and word == "break":
        return any(one.kind == "break" and one.start >= row.end for one in forum.rows)
    if row and session and word in ("later", "earlier"):
        held = [one.start >= row.end for one, found in forum.sessions if found.file.stem == session]
        return (word == "later") in held
    raise FactError(f"'{condition}' is nothing that a sentence can hang on; conditions are {', '.join(CONDITIONS)}")
