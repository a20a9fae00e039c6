"""The figure in force on a date, and what changed between two dates. The law as data lies in `rules/`.

A path is the rules file, then its keys: `pay_setting.executive_schedule.level_II`.
"""

from __future__ import annotations

import csv
import os
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from seskit.formats import strict_yaml
from seskit.law import sources
from seskit.law.facts import FactError, suggestion

#: Days of a pay period; schedules begin on the first day of one.
PAY_PERIOD = 14
#: When a yearly series is renewed: on the first pay period of January, or on January 1.
RENEWED = ("pay period", "year")
CONFIDENCE = ("verified", "recalled", "design")
_RULES = Path(__file__).with_name("rules")
_REQUIRED = ("label", "unit", "citation")
#: Where a group says what all its rules have in common of these.
_EACH = "each"


class RuleError(Exception):
    """A rules file that cannot be trusted: a duplicate date, a missing source, an unknown confidence."""


class NoRule(FactError):
    """No figure is recorded for that date."""


@dataclass(frozen=True)
class Figure:
    """One recorded value: what it is, its first day in force, and where it comes from."""

    name: str
    label: str
    value: Any
    unit: str
    first_day: date
    citation: str
    source: str
    confidence: str
    checked: date

    @property
    def grade(self) -> sources.Grade:
        """How good its source is."""
        return sources.grade(self.source, self.name)


@dataclass(frozen=True)
class Parameter:
    """A figure through time, ordered by first day in force."""

    path: str
    label: str
    unit: str
    citation: str
    values: tuple[Figure, ...]
    renewed: str
    #: The rule that records a doubt about it; empty where there is none.
    doubt: str

    @property
    def due(self) -> date | None:
        """The first day on which a newer value is due than the last one recorded; None where no day is set for it.

        A schedule renewed with a pay period changes on the first one that begins in January.
        """
        last = self.values[-1].first_day
        if not self.renewed or self.values[-1].value is None:
            return None
        january = date(last.year + 1, 1, 1)
        if self.renewed == "year":
            return january
        return last + timedelta(days=-(-(january - last).days // PAY_PERIOD) * PAY_PERIOD)

    def on(self, as_of: date) -> Figure:
        """The figure in force on a date; refuses a date before the record begins or after the rule ended."""
        position = bisect_right(self.values, as_of, key=lambda figure: figure.first_day)
        if position == 0:
            earliest = self.values[0].first_day
            said = f"Nothing is recorded for {as_of} about this: {self.label}"
            raise NoRule(f"{said}; the earliest is {earliest} ({self.citation}).")
        found = self.values[position - 1]
        if found.value is None:
            said = f"The rule about {self.label} is not in force on {as_of}"
            raise NoRule(f"{said}; it ended on {found.first_day} ({found.source}).")
        read = sources.read_from(found.source) if found.confidence == "recalled" else None
        return replace(found, confidence="verified") if read and as_of >= read else found


@dataclass(frozen=True)
class FigureChange:
    """One figure that changed, with its value before and after."""

    path: str
    label: str
    first_day: date
    before: Any
    after: Any
    source: str


def _loaded(text: str, stem: str) -> dict[str, Any]:
    try:
        return strict_yaml.load_own(text) or {}
    except strict_yaml.YamlError as failure:
        raise RuleError(f"{stem}.yaml, {failure}") from None


def _entries(tree: Mapping[str, Any], path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every rule by its path; what a group says under `each` holds for each of its rules, whose words stand for `{key}` in a label."""
    each = tree.get(_EACH, {})
    if odd := sorted(set(each).difference(_REQUIRED)):
        raise RuleError(f"{path}.{_EACH} says {', '.join(odd)}, which every rule says for itself")
    for key, entry in tree.items():
        if not isinstance(entry, Mapping):
            raise RuleError(f"{path}.{key} is neither a parameter nor a group of them")
        if "values" in entry or "series" in entry:
            labeled = {"label": each["label"].replace("{key}", key.replace("_", " "))} if "label" in each else {}
            yield f"{path}.{key}", {**each, **labeled, **entry} if each else entry
        elif key == _EACH:
            continue
        else:
            yield from _entries(entry, f"{path}.{key}")


def _parameter(path: str, entry: Mapping[str, Any], series: Mapping[str, str]) -> Parameter:
    for word in _REQUIRED:
        if not entry.get(word):
            raise RuleError(f"{path} has no {word}")
    rows = list(_series_rows(path, entry, series)) if "series" in entry else []
    rows += [(first_day, row) for first_day, row in entry.get("values", {}).items()]
    figures: dict[date, Figure] = {}
    for first_day, row in rows:
        if not isinstance(first_day, date):
            raise RuleError(f"{path}: '{first_day}' is not a first day in force")
        if first_day in figures:
            raise RuleError(f"{path} has two values for {first_day}")
        figures[first_day] = _figure(path, entry, first_day, row)
    if not figures:
        raise RuleError(f"{path} has no value")
    ordered = tuple(figures[first_day] for first_day in sorted(figures))
    renewed = entry.get("series", {}).get("renewed", "")
    if renewed and renewed not in RENEWED:
        raise RuleError(f"{path}: renewed: '{renewed}' is not one of {', '.join(RENEWED)}")
    return Parameter(path, entry["label"], entry["unit"], entry["citation"], ordered, renewed, entry.get("doubt", ""))


def _figure(path: str, entry: Mapping[str, Any], first_day: date, row: Mapping[str, Any]) -> Figure:
    for word in ("source", "confidence"):
        if not row.get(word):
            raise RuleError(f"{path} on {first_day} has no {word}")
    if "value" not in row:
        raise RuleError(f"{path} on {first_day} has no value; write null where the rule ended")
    if row["confidence"] not in CONFIDENCE:
        raise RuleError(f"{path} on {first_day}: '{row['confidence']}' is not one of {', '.join(CONFIDENCE)}")
    checked = row.get("checked", entry.get("checked"))
    if not isinstance(checked, date):
        raise RuleError(f"{path} on {first_day} does not say when it was last checked")
    citation = row.get("citation", entry["citation"])
    return Figure(
        path,
        entry["label"],
        row["value"],
        entry["unit"],
        first_day,
        citation,
        row["source"],
        sources.confirmed(row["source"], row["confidence"], path),
        checked,
    )


def _series_rows(
    path: str, entry: Mapping[str, Any], series: Mapping[str, str]
) -> Iterator[tuple[date, dict[str, Any]]]:
    wanted = entry["series"]
    if wanted["file"] not in series:
        raise RuleError(f"{path} names the series {wanted['file']}, which is not there")
    for row in csv.DictReader(series[wanted["file"]].splitlines()):
        if row.get("level", row.get("name")) == wanted["name"]:
            first_day = date.fromisoformat(row["effective_date"])
            amount = _following(path, wanted, first_day) if "follows" in wanted else Decimal(row["amount"])
            yield first_day, {"value": amount, "source": row["source"], "confidence": row["confidence"]}


def _following(path: str, wanted: Mapping[str, Any], on: date) -> Decimal:
    """The amount of a series that has none of its own: that of the rule it follows, or a percentage of it to the dollar."""
    followed = _recorded(wanted["follows"])
    if followed is None:
        raise RuleError(f"{path} follows {wanted['follows']}, which is not there")
    amount = Decimal(followed.on(on).value)
    return (amount * wanted["percent"] / 100).quantize(Decimal(1)) if "percent" in wanted else amount


#: Where schedules that a user added lie in a folder, and their columns.
ADDED_FILE = "schedules.csv"
ADDED_COLUMNS = ("path", "first_day", "amount", "source", "added_by", "added_on")
#: The series that every added schedule continues.
SINCE = "pay_setting.ses_range.maximum_certified"
#: Names a folder of added schedules that every question uses, whatever agency is open.
ENVIRONMENT = "SESKIT_SCHEDULES"
_in_use: list[Path] = []
_explicit = [os.environ.get(ENVIRONMENT, "")]


def use(folder: str | Path | None) -> None:
    """From now on take the schedules that were added in this folder; None: those of no agency."""
    place = None if folder is None else Path(folder)
    kept = [place] if place is not None and (place / ADDED_FILE).is_file() else []
    explicit = os.environ.get(ENVIRONMENT, "")
    if kept or (kept, explicit) != (_in_use, _explicit[0]):
        _in_use[:], _explicit[0] = kept, explicit
        for cached in (_found, _additions, _paths, first_day, last_change, figure, recorded, is_due):
            cached.cache_clear()


def added(folder: Path) -> list[tuple[str, Figure]]:
    """The figures that a user added in a folder, each with who added it and from where."""
    text = (folder / ADDED_FILE).read_text(encoding="utf-8") if (folder / ADDED_FILE).is_file() else ""
    found = []
    for number, row in enumerate(csv.DictReader(text.splitlines()), 2):
        known = _recorded(row.get("path") or "")
        if known is None or set(row) != set(ADDED_COLUMNS):
            raise FactError(f"{ADDED_FILE}, row {number}: is not an entry that `seskit schedule add` wrote.")
        try:
            first, amount, on = (
                date.fromisoformat(row["first_day"]),
                Decimal(row["amount"]),
                date.fromisoformat(row["added_on"]),
            )
        except (ValueError, ArithmeticError):
            raise FactError(f"{ADDED_FILE}, row {number}: a day or an amount cannot be read.") from None
        source = f"added by {row['added_by']} on {on} from {row['source']}"
        found.append(
            (
                known.path,
                Figure(known.path, known.label, amount, known.unit, first, known.citation, source, "recalled", on),
            )
        )
    return found


@cache
def _found(path: str) -> Parameter | None:
    """The parameter at a path with what a user added to it; None where there is none."""
    found = _recorded(path)
    for added_to, new in _additions():
        if found and added_to == path and new.first_day > found.values[-1].first_day:
            found = replace(found, values=(*found.values, new))
    return found


@cache
def _additions() -> tuple[tuple[str, Figure], ...]:
    """The figures that were added in the folders in use."""
    explicit = [Path(_explicit[0])] if _explicit[0] else []
    return tuple(one for folder in dict.fromkeys([*explicit, *_in_use]) for one in added(folder))


@cache
def _recorded(path: str) -> Parameter | None:
    """The parameter at a path as it is in the package; made of its entry when it is first asked for."""
    entry = _tree(_stem(path)).get(path)
    if entry is None:
        return None
    file = entry.get("series", {}).get("file", "")
    return _parameter(path, entry, {file: _series(file)} if (_RULES / "figures" / file).is_file() else {})


@cache
def _tree(stem: str) -> dict[str, Mapping[str, Any]]:
    """The entries of one rules file by path; none where there is no such file."""
    if stem not in _stems():
        return {}
    return dict(_entries(_loaded((_RULES / f"{stem}.yaml").read_text(encoding="utf-8"), stem), stem))


@cache
def _series(file: str) -> str:
    """The text of a file of figures."""
    return (_RULES / "figures" / file).read_text(encoding="utf-8")


@cache
def _stems() -> tuple[str, ...]:
    """Every rules file by its name."""
    return tuple(sorted(file.name.removesuffix(".yaml") for file in _RULES.glob("*.yaml")))


def _stem(path: str) -> str:
    return path.partition(".")[0]


def paths(stem: str = "") -> list[str]:
    """Every parameter path, or those of one rules file."""
    return list(_paths(stem))


@cache
def _paths(stem: str) -> tuple[str, ...]:
    stems = (_stem(stem),) if stem else _stems()
    every = (path for one in stems for path in _tree(one))
    return tuple(path for path in every if not stem or path == stem or path.startswith(f"{stem}."))


def parameter(path: str) -> Parameter:
    """The parameter at a path, with all its dates; an unknown path names the nearest."""
    found = _found(path)
    if found is None:
        raise KeyError(f"There is no parameter '{path}'.{suggestion(path, _paths(''))}")
    return found


@lru_cache(maxsize=1 << 10)
def first_day(path: str) -> date:
    """The first day on which a rule is in force, as far as it is recorded."""
    return parameter(path).values[0].first_day


@lru_cache(maxsize=1 << 10)
def last_change(path: str) -> date:
    """The first day of the last value recorded: of one that ended, the first day without it."""
    return parameter(path).values[-1].first_day


def latest(path: str) -> Any:
    """The last value recorded, whatever the day: for words about a rule where no day is known."""
    return parameter(path).values[-1].value


@lru_cache(maxsize=1 << 16)
def figure(path: str, as_of: date) -> Figure:
    """The figure in force on a date. Raises NoRule, naming the earliest covered date, where there is none."""
    return parameter(path).on(as_of)


@lru_cache(maxsize=1 << 16)
def recorded(path: str, as_of: date) -> Figure | None:
    """The figure in force on a date, or None where none is."""
    try:
        return figure(path, as_of)
    except NoRule:
        return None


def doubt(path: str, as_of: date) -> str:
    """The doubt recorded about a rule on a day; empty where there is none."""
    named = parameter(path).doubt
    found = recorded(named, as_of) if named else None
    return str(found.value) if found else ""


@cache
def doubts() -> frozenset[str]:
    """The rules that record a doubt about another."""
    entries = (entry for stem in _stems() for entry in _tree(stem).values())
    return frozenset(str(entry["doubt"]) for entry in entries if entry.get("doubt"))


@lru_cache(maxsize=1 << 16)
def is_due(path: str, as_of: date) -> bool:
    """Whether a newer value is due by that day than the last one recorded: what is found then is the one before."""
    due = parameter(path).due
    return due is not None and as_of >= due


def changes(start: date, end: date, stem: str = "") -> list[FigureChange]:
    """What changed after `start`, up to and including `end`, in order of date."""
    if end < start:
        raise FactError(f"The second date, {end}, is before the first, {start}.")
    found = []
    for path in paths(stem):
        known = parameter(path)
        for value in known.values:
            if start < value.first_day <= end:
                before = recorded(path, value.first_day - timedelta(days=1))
                old = before.value if before else None
                if old != value.value:
                    found.append(FigureChange(path, known.label, value.first_day, old, value.value, value.source))
    return sorted(found, key=lambda change: (change.first_day, change.path))
