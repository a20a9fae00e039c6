"""What needs attention about the agencies of a run: kept beside each agency's results, and read again for the index."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from seskit.desk import in_batch
from seskit.formats.files import whole
from seskit.formats.notebook_page import anchor
from seskit.paper import findings as paper
from seskit.record.finding import Finding, counts, from_dict, to_json
from seskit.record.manifest import Record, Status

#: Findings that the index alone has, since they are about the run and not about the agency's files.
_OF_THE_RUN = (("run", "failed"), ("run", "changed"))


@dataclass(frozen=True)
class AgencyOfRun:
    """An agency of a run with everything found about it, and the files that are there to link to."""

    folder: str
    title: str
    findings: tuple[Finding, ...]
    outputs: frozenset[str]
    #: How its report ended, or else any of its notebooks; and its folder as people know it.
    status: Status = "done"
    shown: str = ""

    @property
    def place_name(self) -> str:
        """Its own folder's name as text; `folder` is its name in the output."""
        return self.shown or self.folder

    def walk(self, one: Finding) -> str | None:
        """The section of the walk-through that shows a finding, where that was run."""
        stem = in_batch.shown_in(one.subject)
        page = f"{self.place(stem)}/{stem}.html"
        return _address(page, anchor(one.section)) if one.section and page in self.outputs else None

    def link(self, one: Finding) -> str | None:
        """Where a finding stands in the agency's own list; without one, in the walk-through."""
        if (one.subject, one.rule) in _OF_THE_RUN:
            return None
        for place in (self.folder, *sorted({name.rpartition("/")[0] for name in self.outputs})):
            if f"{place}/{paper.PAGE}" in self.outputs:
                return _address(f"{place}/{paper.PAGE}", one.key)
        return self.walk(one)

    def place(self, stem: str) -> str:
        """The folder of a notebook's results."""
        return self.folder if stem == in_batch.HOME else f"{self.folder}/{stem}"


def _address(path: str, section: str) -> str:
    return quote(path.encode(errors="surrogatepass")) + (f"#{quote(section)}" if section else "")


def files(work: Path, title: str, found: Sequence[Finding]) -> dict[str, Path]:
    """The list of an agency as data and as a page, in a work folder; by the names they get."""
    made = {paper.DATA: to_json(found), paper.PAGE: str(paper.page(title, found))}
    return {
        name: whole(work / name, text.encode(errors="backslashreplace"), looked_over=False)
        for name, text in made.items()
    }


def by_subject(found: Iterable[Finding]) -> dict[str, dict[str, int]]:
    """How many there are of each severity in each subject."""
    parted: dict[str, list[Finding]] = {}
    for one in found:
        parted.setdefault(one.subject, []).append(one)
    return {subject: counts(listed) for subject, listed in parted.items()}


def of_run(out: Path, records: Sequence[Record]) -> list[AgencyOfRun]:
    """Every agency of a run with its findings, read from the files beside its results; what failed is one itself."""
    together: dict[str, list[Record]] = {}
    for record in records:
        together.setdefault(record.agency, []).append(record)
    return [_agency(out, name, listed) for name, listed in together.items()]


def _agency(out: Path, name: str, records: Sequence[Record]) -> AgencyOfRun:
    outputs = frozenset(path for record in records for path in record.outputs)
    kept = next((path for path in sorted(outputs, key=len) if path.endswith(f"/{paper.DATA}")), None)
    stopped = [
        Finding(
            "run", record.status if record.unfinished else "changed", "error", f"{record.notebook}: {record.message}",
            "Correct it, and run the same command again.",
        )
        for record in records
        if record.status == "failed" or record.changed
    ]  # fmt: skip
    found = (*stopped, *(_read(out / kept) if kept else ()))
    worst = next((one for one in ("not run", "failed") for record in records if record.status == one), None)
    home = next((record for record in records if record.notebook == in_batch.HOME), records[0])
    return AgencyOfRun(name, records[0].title, found, outputs, worst or home.status, home.shown)


def _read(path: Path) -> list[Finding]:
    """The findings of a file; none where it cannot be read, since an index must still be made."""
    try:
        return [from_dict(one) for one in json.loads(path.read_text(encoding="utf-8"))["findings"]]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return []
