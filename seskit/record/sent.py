"""What of a report was sent: a numbered register with the forms and the SHA-256 of every file, kept beside the package.

`package.json` describes the package made last, `sent.json` lists those that were sent. Neither holds a name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from seskit.formats import files
from seskit.formats.refusals import FactError

PACKAGE, REGISTER = "package.json", "sent.json"
#: Where the files to send are, and where a copy of what was sent is kept.
SEND, KEPT = "send", "sent"

_PLACE = "package_"


@dataclass(frozen=True)
class Package:
    """One package: its number, the report in plain data, the files by SHA-256, and the day it was sent."""

    number: int
    agency: str
    fiscal_year: int
    report: Mapping[str, Any]
    files: Mapping[str, str] = field(default_factory=dict)
    on: str = ""
    #: The day that starts the clock of its last plan, empty where it is not known: nothing is sent before.
    not_before: str = ""
    #: Each day that was noted wrongly, with why it was corrected.
    corrections: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str:
        """What it is called: the report, or a numbered amendment of it."""
        return "Report" if self.number == 1 else f"Amendment {self.number - 1}"


def places(parent: Path) -> list[Path]:
    """The folders of packages in a folder, one for each fiscal year."""
    return [one for one in sorted(parent.glob(f"{_PLACE}*")) if (one / PACKAGE).is_file() or (one / REGISTER).is_file()]


def name(fiscal_year: int) -> str:
    """What the folder of a year's packages is called."""
    return f"{_PLACE}{fiscal_year}"


def place(agency: Path, finished: Path, called: str) -> Path:
    """Where the packages of a year are: with the finished files, or in the agency's folder, as an archive brings them back.

    Where they are in both, the one with more sent counts, since nothing is ever taken out of a register.
    """
    within, beside = agency / called, finished / called
    if within not in places(agency):
        return beside
    return beside if beside in places(finished) and len(sent(beside)) >= len(sent(within)) else within


def sent(folder: Path) -> list[Package]:
    """The packages that were sent, in order."""
    return [_package(one) for one in _read(folder / REGISTER).get("packages", [])]


def made(folder: Path) -> Package | None:
    """The package made last; None where there is none."""
    found = _read(folder / PACKAGE)
    return _package(found) if found else None


def waiting(folder: Path) -> Package | None:
    """The package made last, where it is not noted as sent."""
    package, done = made(folder), sent(folder)
    return package if package and package.number not in {one.number for one in done} else None


def note_made(folder: Path, package: Package) -> Path:
    """Keep what the package that was just made holds."""
    return files.whole(folder / PACKAGE, _json(asdict(package)))


def note_sent(folder: Path, package: Package, on: date) -> Path:
    """Add a package to the register; it is never taken out again, and only its day can be corrected."""
    done = [*sent(folder), Package(**{**asdict(package), "on": on.isoformat()})]
    return files.whole(folder / REGISTER, _json({"packages": [asdict(one) for one in done]}))


def correct_day(folder: Path, number: int, on: date, why: str) -> Package:
    """Put the right day to the package of that number; the day that was noted stays with it, with the reason."""
    done = sent(folder)
    wrong = done[number - 1]
    done[number - 1] = replace(wrong, on=on.isoformat(), corrections=(*wrong.corrections, (wrong.on, why)))
    files.whole(folder / REGISTER, _json({"packages": [asdict(one) for one in done]}))
    return done[number - 1]


def _package(data: Mapping[str, Any]) -> Package:
    try:
        known = {"not_before": "", "corrections": (), **data}
        known["corrections"] = tuple((str(day), str(why)) for day, why in known["corrections"])
        return Package(**{name: known[name] for name in Package.__dataclass_fields__})
    except (KeyError, TypeError, ValueError):
        raise FactError(
            "A file of the package is not as it was written. Keep it, and make the package again."
        ) from None


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError):
        raise FactError(f"{path.name} cannot be read. It records what was sent: restore a copy of it first.") from None
    if not isinstance(found, dict):
        raise FactError(f"{path.name} is not as it was written. It records what was sent: restore a copy of it first.")
    return found


def _json(data: Mapping[str, Any]) -> bytes:
    return (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode()
