"""What the decision papers of a folder were made of: `decision_paper.json` beside them, by number only.

It holds the paper made last and the one made from other files before it, so that making the same one again says the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from seskit.formats.files import whole

FILE = "decision_paper.json"
_ABOUT = "What the decision papers here were made of: the next one says by this what changed."


@dataclass(frozen=True)
class MadeOf:
    """The agency and the year of a paper, its files by SHA-256, and the rate and the award proposed for each number."""

    agency: str
    fiscal_year: int
    files: Mapping[str, str]
    proposals: Mapping[str, tuple[str, str]]


def before(folder: Path, now: MadeOf) -> MadeOf | None:
    """The paper of the same agency and year that was made in the folder from other files; the last of them."""
    for one in _read(folder):
        same = (one.agency, one.fiscal_year) == (now.agency, now.fiscal_year)
        if not same:
            return None
        if one.files != now.files:
            return one
    return None


def readable(folder: Path) -> bool:
    """Whether what is kept of earlier papers can be read, or nothing is kept."""
    return not (folder / FILE).is_file() or bool(_read(folder))


def others_in(folder: Path, agency: str, fiscal_year: int) -> str:
    """Whose paper is in a folder, where it is of another agency or year; empty where it is not."""
    last = next(iter(_read(folder)), None)
    if last is None or (last.agency, last.fiscal_year) == (agency, fiscal_year):
        return ""
    return f"{last.agency} for fiscal year {last.fiscal_year}"


def note(folder: Path, now: MadeOf) -> Path:
    """Keep what a paper is made of, with the one before it."""
    kept = [now, *filter(None, [before(folder, now)])]
    data = {"about": _ABOUT, "papers": [asdict(one) for one in kept]}
    return whole(folder / FILE, (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode())


def _read(folder: Path) -> list[MadeOf]:
    """The papers, the last first; none where the file is not there or is not as it was written."""
    try:
        told = json.loads((folder / FILE).read_text(encoding="utf-8"))["papers"]
        return [
            MadeOf(
                str(one["agency"]), int(one["fiscal_year"]), dict(one["files"]),
                {number: (str(rate), str(award)) for number, (rate, award) in one["proposals"].items()},
            )
            for one in told
        ]  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return []
