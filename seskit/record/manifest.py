"""What is kept about each run: one record per agency and notebook, a line each in `manifest.jsonl`. No people.

Each line is a JSON object: `agency` (its folder in the output), `title` (what it calls itself), `fiscal_year`,
`notebook`, `parameters`; `status` (final, draft, done, failed, not run), `well` (nobody needs to look: neither at the result nor at a finding of any subject), `message`,
`step` (where it stopped), `errors` and `warnings` (how many the forms have); `findings` (what needs attention, by subject and severity); `inputs` and `outputs` (SHA-256 of each
file), `folder` (its own folder by name), `alike` (folders whose rosters have most of its people), `sources` (of the package with its rules), `package` (its version), `fingerprint` (of all that the result rests
on); `changed` (files that changed while the run went on, or since); `engine` (warm or stock), `attempts`, `seconds`. While a run goes on, a later line for the same agency and notebook
replaces an earlier one; when it is over there is one line for each, in order.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path, PurePath
from typing import Any, Literal

MANIFEST = "manifest.jsonl"
#: The agencies of which results are to come here, each by the name of its results with that of its own folder.
AGENCIES = "agencies.json"
#: What breaks a line for some readers, or cannot be written in UTF-8: old file names that are in no known alphabet.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
Status = Literal["final", "draft", "done", "failed", "not run"]
#: The status in the words of the index.
WORDS: dict[str, str] = {
    "final": "Forms final",
    "draft": "Forms draft",
    "done": "Done",
    "failed": "Failed",
    "not run": "Not run",
}


@dataclass(frozen=True)
class Record:
    """How one notebook went for one agency."""

    agency: str
    title: str
    notebook: str
    status: Status
    #: Whether nobody needs to look: final, done, or a draft that only waits for pending awards.
    well: bool
    message: str = ""
    step: str = ""
    errors: int = 0
    warnings: int = 0
    parameters: Mapping[str, Any] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    outputs: Mapping[str, str] = field(default_factory=dict)
    fingerprint: str = ""
    package: str = ""
    sources: str = ""
    engine: str = ""
    attempts: int = 1
    seconds: float = 0.0
    fiscal_year: int | None = None
    #: The agency's files that changed while the run went on, or since; the result is that of the files as they were before.
    changed: Sequence[str] = ()
    #: What needs attention about the agency: how many of each severity in each subject.
    findings: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    #: How many of the errors only wait for what is still to come, such as pending awards.
    waiting: int = 0
    #: The agency's own folder by its name, which its name in the output may only resemble.
    folder: str = ""
    #: The folders whose rosters have most of this agency's people.
    alike: Sequence[str] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from every other record."""
        return self.agency, self.notebook

    @property
    def unfinished(self) -> bool:
        """Whether it must be run again, whatever it rests on."""
        return self.status in ("failed", "not run")

    @property
    def shown(self) -> str:
        """The folder as people know it."""
        return self.folder or self.agency

    @property
    def words(self) -> str:
        """The status as people read it."""
        return WORDS[self.status]

    def to_line(self) -> str:
        """The record as one line of the manifest."""
        text = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)
        return _ESCAPED.sub(lambda found: f"\\u{ord(found.group()):04x}", text) + "\n"


_KNOWN = {each.name for each in fields(Record)}


def read(folder: Path) -> dict[tuple[str, str], Record]:
    """The records of an output folder: those of the whole, then those of the parts that have run since."""
    files = [path for path in folder.glob("manifest*.jsonl") if path.is_file()]
    files.sort(key=lambda path: (path.name != MANIFEST, path.stat().st_mtime, path.name))
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in files)
    return from_lines(line for text in texts for line in text.split("\n"))


def expected(folder: Path) -> dict[str, str]:
    """The agencies whose results are to be in an output folder, run or not; none where an older version wrote it."""
    try:
        known = json.loads((folder / AGENCIES).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    named = known.items() if isinstance(known, dict) else ()
    return {name: shown for name, shown in named if isinstance(shown, str)}


def from_lines(lines: Iterable[str], refused: list[str] | None = None) -> dict[tuple[str, str], Record]:
    """The last whole record of each agency and notebook; a torn line, as a power failure leaves it, is passed over,
    and so is a field that this version does not know. What is no record of this folder goes to `refused`.
    """
    found: dict[tuple[str, str], Record] = {}
    for line in filter(str.strip, lines):
        try:
            told = {name: value for name, value in json.loads(line).items() if name in _KNOWN}
            record = Record(**told | {name: tuple(told.get(name, ())) for name in ("changed", "alike")})
            sound = _is_sound(record)
        except (ValueError, TypeError, AttributeError, RecursionError):
            sound = False
        if sound:
            found[record.key] = record
        elif refused is not None:
            refused.append(line)
    return found


def _is_sound(record: Record) -> bool:
    """Whether every field is of its kind, and every name stays inside the output folder."""
    words = (record.agency, record.title, record.notebook, record.message, record.step, record.fingerprint)
    numbers = (record.waiting, record.errors, record.warnings, record.attempts, record.seconds)
    mappings = (record.parameters, record.inputs, record.outputs, record.findings, *record.findings.values())
    counted = [many for one in record.findings.values() if isinstance(one, Mapping) for many in one.values()]
    return (
        all(isinstance(many, int) for many in counted)
        and all(
            isinstance(word, str)
            for word in (
                *words,
                record.package,
                record.sources,
                record.engine,
                record.folder,
                *record.changed,
                *record.alike,
            )
        )
        and all(isinstance(number, int | float) for number in numbers)
        and all(isinstance(mapping, Mapping) for mapping in mappings)
        and record.status in WORDS
        and isinstance(record.well, bool)
        and isinstance(record.fiscal_year, int | None)
        and all(_is_one_name(name) for name in record.key)
        and all(isinstance(d, str) and _is_below(name, record.agency) for name, d in record.outputs.items())
    )


def _is_one_name(name: str) -> bool:
    return bool(name) and name not in (".", "..") and not set("/\\\0") & set(name)


def _is_below(name: str, agency: str) -> bool:
    """Whether an output's name leads to a place in its agency's folder, and nowhere else."""
    path = PurePath(name)
    return not path.anchor and ".." not in path.parts and len(path.parts) > 1 and path.parts[0] == agency
