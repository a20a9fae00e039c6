"""What changed since an earlier decision paper of the same year in the same folder: its files, and what it proposed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from seskit.formats.counts import number_of
from seskit.formats.files import digest
from seskit.law.facts import dollars
from seskit.record.closeout import papers
from seskit.record.closeout.papers import MadeOf
from seskit.work.closeout.figures import Closeout

#: The files of a folder that a closeout reads: proposals, clocks, ratings on record, the year and the certification.
_STEMS = (
    "agency", "appraisal", "certification", "closeout", "element_levels", "history", "moves", "pay", "pay_history", "roster",
    "steps",
)  # fmt: skip
_KINDS = (".csv", ".xlsx", ".yaml")
_NEITHER = ("no change", "none")
_ABSENT = ("not on it", "not on it")


@dataclass(frozen=True)
class Changed:
    """The files that are others now, in words, and each number with its rate and award before and now."""

    fiscal_year: int
    files: tuple[str, ...]
    proposals: tuple[tuple[str, str, str, str, str], ...]

    @property
    def says(self) -> str:
        """What changed, in a sentence or two, without the single proposals."""
        many = number_of(len(self.proposals), "executive")
        what = f"Proposals changed for {many}." if self.proposals else "The proposals are the same."
        return (
            f"An earlier decision paper of fiscal year {self.fiscal_year} was made here from other files: "
            f"{', '.join(self.files)}. {what}"
        )

    @property
    def each(self) -> Iterator[str]:
        """Each executive by number, with what was proposed and what is proposed now."""
        for number, rate, rate_now, award, award_now in self.proposals:
            pairs = (("rate", rate, rate_now), ("award", award, award_now))
            yield f"{number}: {'; '.join(f'{what} {one}, now {now}' for what, one, now in pairs if one != now)}."


def files(closeout: Closeout) -> dict[str, str]:
    """The files whose entries stand on the paper, each with its SHA-256: another one is another paper."""
    place = closeout.opened.folder.path if closeout.opened.folder else None
    listed = sorted(file for stem in _STEMS for file in place.glob(f"{stem}.*")) if place else []
    return {file.name: digest(file) or "" for file in listed if file.suffix in _KINDS}


def made_of(closeout: Closeout) -> MadeOf:
    """What the decision paper of a closeout is made of."""
    agency = closeout.sheet.agency
    proposals = {
        one.row.person_id: (
            dollars(one.row.new_rate) if one.change else _NEITHER[0],
            _NEITHER[1] if one.row.proposed_award is None else dollars(one.row.proposed_award),
        )
        for one in closeout.found.rows
    }
    return MadeOf(agency.code, agency.fiscal_year, files(closeout), proposals)


def changed(closeout: Closeout, out: Path) -> Changed | None:
    """What changed since the earlier paper in the folder; None where none of the year was made there from other files."""
    now = made_of(closeout)
    before = papers.before(out, now)
    if before is None:
        return None
    numbers = sorted({*before.proposals, *now.proposals})
    pairs = ((number, before.proposals.get(number, _ABSENT), now.proposals.get(number, _ABSENT)) for number in numbers)
    others = tuple((number, one[0], new[0], one[1], new[1]) for number, one, new in pairs if one != new)
    return Changed(now.fiscal_year, tuple(_files(before, now)), others)


def _files(before: MadeOf, now: MadeOf) -> Iterator[str]:
    for name in sorted({*before.files, *now.files}):
        if name not in before.files:
            yield f"{name} is new"
        elif name not in now.files:
            yield f"{name} is no longer there"
        elif before.files[name] != now.files[name]:
            yield f"{name} changed"
