"""What was released before: kept beside the roll-up, so that a new release and all earlier ones give nothing away.

Two tables that are safe alone can be subtracted: where one agency is new in the second, the difference is that agency.
All releases are therefore read as one system of sums. Agencies that are in the same releases with the same counts form
a group; the totals of every release are sums of its groups, and small cells of a group are kept from being worked out.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from seskit.formats.files import whole
from seskit.formats.small_cells import Sum, determined, hide
from seskit.law.facts import FactError
from seskit.work.report.by_level import from_data
from seskit.work.report.form_json import form_from_dict, form_to_dict
from seskit.work.rollup.gather import AgencyForms
from seskit.work.rollup.sums import AGENCY_PLACE, Figures

FILE = "rollup.releases.json"
Hidden = Mapping[int, frozenset[Hashable]]


@dataclass(frozen=True)
class Release:
    """The agencies of one release, and which cells of each year it hid."""

    least: int
    parts: tuple[AgencyForms, ...]
    hidden: Hidden

    def figures(self, year: int) -> Figures:
        """The counts of a year."""
        return Figures([part for part in self.parts if part.fiscal_year == year])

    def to_dict(self) -> dict[str, Any]:
        """The release as data, the counts of hidden cells with it."""
        agencies = [
            {"agency": part.agency, "title": part.title, "fiscal_year": part.fiscal_year,
             "forms": [form_to_dict(form) for form in part.forms],
             "pay_by_level": [plan.to_dict() for plan in part.pay_by_level]}
            for part in self.parts
        ]  # fmt: skip
        hidden = {
            str(year): sorted([*key] for key in keys if isinstance(key, tuple)) for year, keys in self.hidden.items()
        }
        return {"least": self.least, "agencies": agencies, "hidden": hidden}

    def same_input(self, parts: Sequence[AgencyForms], least: int) -> bool:
        """Whether it was made from the same forms, so that making it again releases nothing new."""
        return (
            self.least == least and Release(least, tuple(parts), {}).to_dict()["agencies"] == self.to_dict()["agencies"]
        )


def read(folder: Path) -> list[Release]:
    """The releases a roll-up's folder remembers, oldest first; none where it has no register."""
    if not (folder / FILE).is_file():
        return []
    try:
        data = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return [_release(one) for one in data["releases"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise FactError(
            f"{FILE} in '{folder.name}' cannot be read, so nothing can be protected against what was released. "
            "Restore the file as it was written."
        ) from None


def earlier(folder: Path, after: Iterable[Path], *, unreleased: bool) -> list[Release]:
    """Every release to protect against: those of the folders named, then the folder's own, each once."""
    found: list[Release] = []
    for place in after:
        if not (place / FILE).is_file():
            raise FactError(f"--after: '{place.name}' holds no {FILE}. Name the folder whose roll-up was released.")
        found += read(place)
    own = read(folder)
    found += own[:-1] if unreleased else own
    return list({json.dumps(one.to_dict(), sort_keys=True): one for one in found}.values())


def alike(parts: Sequence[AgencyForms], before: Sequence[Release]) -> list[AgencyForms]:
    """The agencies without awards and adjustments by level in years of which an earlier release does not remember them:
    what cannot be held against it cannot be protected.
    """
    older = {part.fiscal_year for one in before for part in one.parts if part.forms and not part.pay_by_level}
    return [replace(part, pay_by_level=()) if part.fiscal_year in older else part for part in parts]


def write(folder: Path, releases: Sequence[Release]) -> Path:
    """Keep what was released. The file holds the hidden counts: only its owner may read it, and it is never published."""
    data = {"releases": [release.to_dict() for release in releases]}
    path = whole(folder / FILE, (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode())
    path.chmod(0o600)
    return path


def _release(data: Mapping[str, Any]) -> Release:
    parts = tuple(
        AgencyForms(
            one["agency"], one["title"], one["fiscal_year"], tuple(form_from_dict(form) for form in one["forms"]),
            from_data(one.get("pay_by_level", ())),
        )
        for one in data["agencies"]
    )  # fmt: skip
    hidden = {int(year): frozenset(tuple(key) for key in keys) for year, keys in data["hidden"].items()}
    return Release(data["least"], parts, hidden)


@dataclass
class _Joined:
    """All releases of a year as one system: counts by name, sums, which cells are known, hidden, or shown nowhere."""

    counts: dict[Hashable, int] = field(default_factory=dict)
    sums: dict[Sum, None] = field(default_factory=dict)
    shown: set[Hashable] = field(default_factory=set)
    hidden: dict[Hashable, None] = field(default_factory=dict)
    published: set[Hashable] = field(default_factory=set)

    def add(self, figures: Figures, names: Mapping[Hashable, Hashable]) -> None:
        """Counts and sums under their names in the system."""
        self.counts |= {names[key]: count for key, count in figures.counts.items()}
        self.sums |= {
            Sum(names[tie.total], tuple(names[part] for part in tie.parts)): None for tie in figures.sums
        }  # fmt: skip


def protected(figures: Figures, least: int, before: Sequence[Release]) -> tuple[set[Hashable], int]:
    """The cells of a year to hide in a new release, and how many small ones earlier releases give away without it."""
    years = {part.fiscal_year for part in figures.parts}
    past = [(release.figures(year), release.hidden.get(year, frozenset())) for release in before for year in years]
    past = [(one, hidden) for one, hidden in past if one.parts]
    if not past:
        return set(hide(figures.counts, figures.sums, least, unpublished=figures.rest)), 0
    joined, names = _joined(figures, past)
    counts, sums = joined.counts, list(joined.sums)
    public = _subtracted(sums, joined.shown)
    small = {key for key, count in counts.items() if 0 < count < least and key not in joined.shown}
    asked = small | joined.hidden.keys()
    lost = asked & public
    lost |= set(determined(counts, sums, [key for key in counts if key not in public], asked - public))
    found = set(
        hide(
            counts, sums, least, also=joined.hidden, known=public, given_up=lost,
            unpublished=[key for key in counts if key not in joined.published],
        )
    )  # fmt: skip
    return {key for key, name in names.items() if name in found | small}, len(lost & small)


def _subtracted(sums: Sequence[Sum], shown: Iterable[Hashable]) -> set[Hashable]:
    """What is shown, and all that follows from it by subtraction alone: hiding it would hide nothing."""
    told, left = set(shown), list(sums)
    while True:
        alone = {tie: [key for key in tie.members if key not in told] for tie in left}
        found = {open_[0] for open_ in alone.values() if len(open_) == 1}
        if not found:
            return told
        told |= found
        left = [tie for tie, open_ in alone.items() if len(open_) > 1]


def _joined(
    figures: Figures, past: Sequence[tuple[Figures, frozenset[Hashable]]]
) -> tuple[_Joined, dict[Hashable, Hashable]]:
    """The system of a new release and all earlier ones, and the new release's names in it."""
    joined, of = _Joined(), [figures, *(one for one, _ in past)]
    versions = [{part.agency: _version(part) for part in one.parts} for one in of]
    groups = _groups(of, versions)
    for number, (parts, _) in enumerate(groups):
        group = Figures(parts)
        version = {part.agency: _version(part) for part in parts}
        joined.add(group, _names(group, version, ("group", number)))
    names: dict[Hashable, Hashable] = {}
    for number, one in enumerate(of):
        named = _names(one, versions[number], ("release", number))
        joined.add(one, named)
        _tie(joined, named, number, groups)
        published = {key: name for key, name in named.items() if key not in one.rest}
        joined.published |= set(published.values())
        if number == 0:
            names = published
            continue
        hidden = past[number - 1][1]
        joined.hidden |= {name: None for key, name in published.items() if key in hidden}
        joined.shown |= {name for key, name in published.items() if key not in hidden}
    joined.hidden = {name: None for name in joined.hidden if name not in joined.shown}
    return joined, names


def _groups(
    of: Sequence[Figures], versions: Sequence[Mapping[str, str]]
) -> list[tuple[list[AgencyForms], frozenset[int]]]:
    """Agencies with the same counts in the same releases."""
    found: dict[frozenset[int], dict[str, AgencyForms]] = {}
    for one in of:
        for part in one.parts:
            mark = _version(part)
            inside = frozenset(n for n, known in enumerate(versions) if known.get(part.agency) == mark)
            found.setdefault(inside, {})[f"{part.agency} {mark}"] = part
    groups: list[tuple[list[AgencyForms], frozenset[int]]] = []
    for inside, parts in found.items():
        groups.append((list(parts.values()), inside))
    return groups


def _tie(
    joined: _Joined, named: Mapping[Hashable, Hashable], number: int,
    groups: Sequence[tuple[Sequence[AgencyForms], frozenset[int]]],
) -> None:  # fmt: skip
    """Each total of a release is the sum of its groups' totals.

    A group without Inspector General offices has no rest of its own: all its people are the rest.
    """
    for key, name in named.items():
        if isinstance(key, tuple) and _agency(key) is None:
            parts = tuple(
                found
                for n, (_, inside) in enumerate(groups)
                if number in inside and (found := _of_group(joined, n, key)) is not None
            )
            if parts:
                joined.sums[Sum(name, parts)] = None


def _of_group(joined: _Joined, number: int, key: tuple[Any, ...]) -> Hashable | None:
    """The group's own name of a total; none where the group has nothing of the kind."""
    whole = ("plan", *key[1:]) if key[0] == "rest" else key
    return next((name for one in (key, whole) if (name := ("group", number, one)) in joined.counts), None)


def _names(figures: Figures, versions: Mapping[str, str], place: tuple[str, int]) -> dict[Hashable, Hashable]:
    """An agency's own cells are the same in every release with the same counts; totals belong to their release."""
    return {
        key: (*place, key) if (agency := _agency(key)) is None else ("agency", versions[agency], key)
        for key in figures.counts
    }


def _agency(key: Hashable) -> str | None:
    """Whose cell it is; None for a cell over several agencies."""
    if not isinstance(key, tuple) or (place := AGENCY_PLACE.get(key[1])) is None or key[place] == "All":
        return None
    return str(key[place])


def _version(part: AgencyForms) -> str:
    """A mark of an agency's counts."""
    import hashlib

    counted = Figures([part])
    told = sorted(f"{key} {count}" for key, count in counted.counts.items() if count)
    amounts = sorted(f"{key} {amount}" for key, amount in counted.amounts.items())
    return hashlib.sha256(json.dumps([told, amounts]).encode()).hexdigest()
