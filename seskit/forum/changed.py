"""What a build shows otherwise than the one before it: figures and answers, the day and its sessions, slides whose words changed."""

from __future__ import annotations

from collections.abc import Mapping

from seskit.formats.documents import Document, table
from seskit.forum import papers
from seskit.forum.config import Forum

_TITLE = "Changes since the last build"


def shown(forum: Forum) -> dict[str, str]:
    """What a forum's own files say, by where it is printed: the agenda line by line, and each slide as it is written."""
    day = {f"Agenda: {word}": str(said) for word, said in papers.printed_of(forum) if said}
    rows = {f"Agenda: {row.title}": ", ".join([row.times, *row.presented]) for row in forum.rows}
    slides = {
        f"{session.file.name}: {step.heading}": "\n".join(step.body.lines).strip()
        for _, session in forum.sessions
        for step in session.steps
    }
    return day | rows | slides


def log(before: Mapping[str, str] | None, now: Mapping[str, str]) -> Document:
    """Each entry that is otherwise than in the build before it in the same folder, with the lines of it that changed."""
    if before is None:
        return Document(_TITLE, "This is the first build in this folder.")
    rows = [
        (name, *_lines_apart(before.get(name, "not there"), now.get(name, "left out")))
        for name in sorted({*before, *now})
        if before.get(name) != now.get(name)
    ]
    if not rows:
        return Document(
            _TITLE, "Nothing changed: every fact, figure, answer, slide and line of the agenda is the same."
        )
    return Document(_TITLE, table("Changes", ("What is printed", "Before", "Now"), rows))


def _lines_apart(before: str, now: str) -> tuple[str, str]:
    """The lines that only one of two texts has, a row of a table as its cells."""
    old, new = before.splitlines(), now.splitlines()
    apart = ([line for line in old if line not in new], [line for line in new if line not in old])
    former, latter = (" ".join(map(_plain, lines)) for lines in apart)
    return former or "-", latter or "-"


def _plain(line: str) -> str:
    cells = [cell.strip() for cell in line.replace("\\", "").strip("| ").split("|")] if line.startswith("|") else []
    return f"{', '.join(cells)};" if cells else line.replace("\\", "").removeprefix(": ")
