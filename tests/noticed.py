"""Notices to executives, and what they say."""

from __future__ import annotations

import shutil

from seskit.work.closeout import move_notices
from tests.places import SAMPLES

DBT = SAMPLES / "DBT"


def said(notice):
    """Everything a notice says, with its citations."""
    lines = [f"{what}: {value}" for what, value in notice.facts]
    return "\n".join([*lines, *(f"{text} ({law})" for text, law in (*notice.says, *notice.rights)), *notice.open])


def move(tmp_path, closeout, **changed):
    """One notice of a move with some cells changed."""
    place = shutil.copytree(DBT, tmp_path / "dbt")
    lines = (DBT / "moves.csv").read_text().splitlines()
    head = lines[0].split(",")
    row = {
        "person_id": "DBT016",
        "to_position": "Director",
        "to_place": "Cape Ferry",
        "reason": "Vacant since October.",
    }
    row |= {name: str(value) for name, value in changed.items()}
    (place / "moves.csv").write_text(f"{lines[0]}\n{','.join(row.get(name, '') for name in head)}\n")
    (found,), problems = move_notices.of_folder(place, closeout)
    assert not problems
    return found
