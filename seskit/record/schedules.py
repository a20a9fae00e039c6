"""Pay schedules that a user adds: read, held against the arithmetic of law, and kept with who added them from where.

One year is added at a time: the Executive Schedule, GS-15 step 1, and if known the SES range and the Vice President's
salary, from one file or from OPM's own tables together.
What is added lies beside the agency (or in a folder of the user's) as `schedules.csv`, and is used from then on.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path

from seskit.formats.files import whole
from seskit.law import parameters
from seskit.law.facts import FactError, Unreadable, day, dollars, money
from seskit.law.parameters import ADDED_COLUMNS, ADDED_FILE, SINCE
from seskit.record import published_tables
from seskit.record.published_tables import CERTIFIED, MINIMUM, NOT_CERTIFIED
from seskit.record.published_tables import GS_15 as GS_15

LEVELS = ("EX-I", "EX-II", "EX-III", "EX-IV", "EX-V")
VICE_PRESIDENT = "Vice President"
NEEDED, OPTIONAL = (*LEVELS, GS_15), (MINIMUM, CERTIFIED, NOT_CERTIFIED, VICE_PRESIDENT)
#: The SES minimum as a share of GS-15 step 1 (5 U.S.C. 5376(b)(1)(A), 5382(a)).
_MINIMUM_SHARE = Decimal("1.2")
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Schedule:
    """The rates of one year with their first day in force."""

    effective: date
    rates: Mapping[str, Decimal]

    @property
    def minimum(self) -> Decimal:
        """The SES minimum: 120 percent of GS-15 step 1, to the dollar."""
        return (self.rates[GS_15] * _MINIMUM_SHARE).quantize(Decimal(1), ROUND_HALF_UP)


def read(
    paths: Path | Sequence[Path], effective: date | None = None, more: Mapping[str, Decimal] | None = None
) -> Schedule:
    """Read a schedule from one file or several: a CSV of effective_date, name and amount, or OPM's own tables."""
    files = [paths] if isinstance(paths, Path) else list(paths)
    name, rates = ", ".join(path.name for path in files), dict(more or {})
    for path in files:
        days, found = _from_file(path)
        effective = effective or days
        for rate, amount in found.items():
            if (known := rates.setdefault(rate, amount)) != amount:
                raise FactError(f"{path.name}: {rate} is {dollars(amount)}, and {dollars(known)} elsewhere.")
    if effective is None:
        raise FactError(f"{name}: the first day in force is not given; name it with --effective.")
    absent = [rate for rate in NEEDED if rate not in rates]
    if absent:
        raise FactError(f"{name}: {', '.join(absent)} is missing; a schedule needs {', '.join(NEEDED)}.")
    return Schedule(effective, rates)


def _from_file(path: Path) -> tuple[date | None, dict[str, Decimal]]:
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix.lower() == ".xml":
        return None, published_tables.of_xml(text, path.name)
    header = {cell.strip() for cell in text.split("\n", 1)[0].split(",")}
    if not {"name", "amount"} <= header:
        return None, published_tables.of_csv(text, path.name)
    return _from_csv(text, path.name)


def _from_csv(text: str, file: str) -> tuple[date | None, dict[str, Decimal]]:
    rates: dict[str, Decimal] = {}
    days: set[date] = set()
    for number, row in enumerate(csv.DictReader(io.StringIO(text)), 2):
        name = (row.get("name") or "").strip()
        if name not in (*NEEDED, *OPTIONAL):
            raise FactError(f"{file}, row {number}: '{name}' is not one of {', '.join((*NEEDED, *OPTIONAL))}.")
        if name in rates:
            raise FactError(f"{file}, row {number}: {name} appears twice.")
        try:
            days.add(day(row.get("effective_date")))
            rates[name] = money(row.get("amount"))
        except Unreadable as failure:
            raise FactError(f"{file}, row {number}: {name} {failure}.") from None
    if len(days) > 1:
        raise FactError(f"{file}: the rows name {len(days)} first days; a file holds one schedule.")
    return (days.pop() if days else None), rates


def faults(schedule: Schedule) -> Iterator[str]:
    """What the arithmetic of law does not allow, each as a sentence."""
    year = schedule.effective.year
    last = parameters.parameter("pay_setting.executive_schedule.level_II")
    due = last.due
    if schedule.effective <= last.values[-1].first_day:
        yield f"a schedule for {last.values[-1].first_day} is recorded; only a later one can be added"
    elif due and schedule.effective != due:
        yield f"the first pay period of January after {last.values[-1].first_day} begins on {due}, not on {schedule.effective}"
    for name in LEVELS:
        if schedule.rates[name] % _HUNDRED:
            yield f"{name}, {dollars(schedule.rates[name])}, is not a multiple of $100 (5 U.S.C. 5318)"
    for above, below in pairwise(LEVELS):
        if schedule.rates[below] >= schedule.rates[above]:
            yield f"{below} is not below {above}"
    given = schedule.rates.get(MINIMUM)
    if given is not None and given != schedule.minimum:
        yield f"the SES minimum must be {100 * _MINIMUM_SHARE:.0f} percent of GS-15 step 1, {dollars(schedule.minimum)}, not {dollars(given)}"
    for maximum, level in ((CERTIFIED, "EX-II"), (NOT_CERTIFIED, "EX-III")):
        told = schedule.rates.get(maximum)
        if told is not None and told != schedule.rates[level]:
            yield f"the {maximum} must equal {level}, {dollars(schedule.rates[level])}, not {dollars(told)} (5 U.S.C. 5382)"
    if not _one_growth(schedule):
        yield f"no single percentage turns every rate of {last.values[-1].first_day.year} into that of {year} (5 U.S.C. 5318)"


def _one_growth(schedule: Schedule) -> bool:
    """Whether one percentage, rounded to $100 at each level, gives every rate from the one before."""
    low, high = Decimal(0), Decimal("Infinity")
    for name in LEVELS:
        path = f"pay_setting.executive_schedule.level_{name.removeprefix('EX-')}"
        before = Decimal(parameters.parameter(path).values[-1].value)
        low = max(low, (schedule.rates[name] - 50) / before)
        high = min(high, (schedule.rates[name] + 50) / before)
    return low < high


def figures(schedule: Schedule) -> dict[str, tuple[date, Decimal]]:
    """Every recorded series that the schedule continues, with its first day and value."""
    on, rates = schedule.effective, schedule.rates
    kept = {f"pay_setting.executive_schedule.level_{n.removeprefix('EX-')}": (on, rates[n]) for n in LEVELS}
    kept |= {
        "pay_setting.ses_range.minimum": (on, schedule.minimum),
        "pay_setting.ses_range.maximum_uncertified": (on, rates["EX-III"]),
        "pay_setting.ses_range.maximum_certified": (on, rates["EX-II"]),
        "pay_setting.minimum_rate.ses_minimum": (on, schedule.minimum),
        "pay_setting.general_schedule.gs15_step1": (on, rates[GS_15]),
        "pay_setting.political_freeze.trigger": (on, rates["EX-IV"]),
        "pay_setting.aggregate_limit.standard": (date(on.year, 12, 31), rates["EX-I"]),
    }
    if VICE_PRESIDENT in rates:
        salary = rates[VICE_PRESIDENT]
        kept["pay_setting.vice_president.official"] = (date(on.year, 1, 1), salary)
        kept["pay_setting.aggregate_limit.higher"] = (date(on.year, 12, 31), salary)
    return kept


def add(schedule: Schedule, folder: Path, *, by: str, source: str, on: date) -> Path:
    """Keep a checked schedule in a folder with who added it from where, and use it from now on."""
    parameters.use(folder)
    if wrong := list(faults(schedule)):
        raise FactError(f"Nothing is added: {'; '.join(wrong)}.")
    if on < schedule.effective - timedelta(days=366):
        raise FactError(f"on: {on} is more than a year before the schedule's first day, {schedule.effective}.")
    place = folder / ADDED_FILE
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(ADDED_COLUMNS)
    if place.is_file():
        writer.writerows(list(csv.reader(io.StringIO(place.read_text(encoding="utf-8"))))[1:])
    for path, (first_day, amount) in figures(schedule).items():
        writer.writerow((path, first_day, format(amount, "f"), source, by, on))
    written = whole(place, out.getvalue().encode())
    parameters.use(folder)
    return written


def summary(folder: Path) -> list[str]:
    """What was added in a folder, one sentence for each schedule."""
    found = {(a.first_day, a.source) for path, a in parameters.added(folder) if path == SINCE}
    return [f"From {first}: {source}." for first, source in sorted(found)]
