"""The public listing of SES positions (PLUM) in: one agency folder per agency, oddities flagged, nothing lost.

It is read in OPM's own columns (`plum_export`) or as the short table of nine columns.

People go to `roster.csv`, positions that nobody holds to `vacancies.csv` beside it.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import yaml

from seskit.formats import results
from seskit.formats.files import whole
from seskit.law import parameters
from seskit.law.clocks import fiscal_year_end
from seskit.law.facts import FactError, dollars, plain, suggestion
from seskit.record import plum_export

#: The fiscal year of the listing as first published; the file does not say it.
FISCAL_YEAR = 2025
PLAN = "ses"
COLUMNS = (
    "row_id",
    "agency",
    "organization",
    "appointment_code",
    "appointment_category",
    "position_status",
    "pay_as_exported",
    "annual_basic_pay_usd",
    "source",
)
APPOINTMENTS = {"CA": "career", "NA": "noncareer", "TA": "limited_term", "EA": "limited_emergency"}
ROSTER_COLUMNS = (
    "person_id",
    "name",
    "plan",
    "component",
    "ig_office",
    "appointment_type",
    "es_level",
    "basic_pay_fy_end",
    "basic_pay_period_end",
    "rating",
    "rating_date",
    "award",
    "pay_decreased",
    "action",
    "action_date",
    "removal_reason",
)
VACANCY_COLUMNS = ("row_id", "organization", "appointment_code", "position_status", "pay_as_exported")

_LARGEST = 20_000_000
_LONGEST_NAME = 90
_DOLLARS = re.compile(r"\$(\d{1,3}(,\d{3})+|\d+)(\.\d{1,2})?")
_INSPECTOR = re.compile(r"\binspectors?\s+general\b", re.IGNORECASE)
_DEVICES = {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(10)}


@dataclass(frozen=True)
class Oddity:
    """One cell of the listing that looks wrong: carried over as it stands, for a person to judge."""

    row: int
    column: str
    value: str
    why: str


@dataclass(frozen=True)
class ImportSummary:
    """What an import wrote: how many agency folders, people and vacant positions, and what looks wrong."""

    agencies: int
    people: int
    vacancies: int
    oddities: tuple[Oddity, ...]
    folders: tuple[str, ...]
    #: What was concluded and not read.
    guesses: tuple[Oddity, ...]
    #: What was left out, and how people and codes are distributed, as sentences.
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Position:
    """One row of the listing; `row` is its row in the file, the header being row 1."""

    row: int
    row_id: str
    agency: str
    organization: str
    code: str
    status: str
    pay: str
    pay_as_number: str

    @property
    def filled(self) -> bool:
        """Whether someone serves in the position."""
        return self.status == "filled"

    @property
    def rate(self) -> Decimal | None:
        """The yearly rate, where the listing prints a plain dollar amount."""
        return Decimal(self.pay[1:].replace(",", "")) if _DOLLARS.fullmatch(self.pay) else None

    @property
    def in_inspector_general_office(self) -> bool:
        """Whether the agency or the organization names an inspector general."""
        return any(_INSPECTOR.search(name) for name in (self.agency, self.organization))


def agencies(path: str | Path, out: str | Path, year: int | None = None) -> ImportSummary:
    """Write one agency folder for each agency of the listing at `path` into the folder `out`.

    `year` is the fiscal year the agencies report for; the listing does not say it. Every SES position arrives in
    exactly one file. Refuses, with FactError, a file that is not this listing; a cell that looks wrong is carried over
    unchanged and named in the summary. The same listing gives the same files.
    """
    positions, oddities, notes = _read(Path(path))
    fiscal_year = year or FISCAL_YEAR
    by_agency: dict[str, list[Position]] = {}
    for position in positions:
        by_agency.setdefault(position.agency, []).append(position)
    folders = _folder_names(by_agency)
    for name, held in by_agency.items():
        _write_agency(Path(out), folders[name], name, held, fiscal_year)
    people = sum(position.filled for position in positions)
    oddities += _oddities(positions, fiscal_year)
    oddities.sort(key=lambda oddity: oddity.row)
    return ImportSummary(
        len(folders), people, len(positions) - people, tuple(oddities), tuple(folders[name] for name in by_agency),
        tuple(_guesses(positions)), (*notes, *_told(positions, year)),
    )  # fmt: skip


def _guesses(positions: Iterable[Position]) -> Iterator[Oddity]:
    """People counted as Inspector General staff because of a name: the listing does not say it."""
    for position in positions:
        if position.filled and position.in_inspector_general_office:
            of_agency = _INSPECTOR.search(position.agency)
            column, name = ("agency", position.agency) if of_agency else ("organization", position.organization)
            yield Oddity(position.row, column, name, "taken for an Inspector General's office by its name")


def _told(positions: list[Position], year: int | None) -> Iterator[str]:
    codes = Counter(position.code or "(blank)" for position in positions)
    yield f"Appointment codes: {', '.join(f'{code} {count:,}' for code, count in codes.most_common())}."
    kinds = Counter(APPOINTMENTS.get(position.code, "other") for position in positions if position.filled)
    yield f"People by appointment: {', '.join(f'{kind} {count:,}' for kind, count in kinds.most_common())}."
    if year is None:
        yield f"The listing does not say its year; {FISCAL_YEAR} was assumed. Give the year that is meant."
    yield (
        "Each agency.yaml assumes one plan of pattern H, October to September, with awards pending: correct what differs."
    )


def _read(path: Path) -> tuple[list[Position], list[Oddity], list[str]]:
    """The positions, what looks wrong with columns and blank rates, and what was left out."""
    rows = _rows(path)
    header = [cell.strip() for cell in next(rows, [])]
    if plum_export.is_export(header):
        return _read_export(path, header, rows)
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        raise FactError(
            f"{path.name} is not the listing of SES positions: its first row lacks the column"
            f"{'s' if len(missing) > 1 else ''} {', '.join(missing)}.{suggestion(missing[0], header)}"
        )
    repeated = sorted({column for column in COLUMNS if header.count(column) > 1})
    if repeated:
        raise FactError(f"{path.name} has the column {repeated[0]} twice; keep the one that is meant.")
    extra = [
        Oddity(1, column, column, "not a column of the listing; it is not carried over")
        for column in header
        if column not in COLUMNS
    ]
    positions = [_position(path, header, row, cells) for row, cells in enumerate(rows, 2) if any(cells)]
    if not positions:
        raise FactError(f"{path.name} holds no position; there is nothing below its column names.")
    return positions, extra, []


def _read_export(
    path: Path, header: list[str], rows: Iterator[list[str]]
) -> tuple[list[Position], list[Oddity], list[str]]:
    """OPM's own export: its SES rows as positions, and every filled one without a rate."""
    numbered = ((row, cells) for row, cells in enumerate(rows, 2) if any(cell.strip() for cell in cells))
    export = plum_export.read(path.name, header, numbered)
    positions = [_made(path, row, cell) for row, cell in export.rows]
    if not positions:
        raise FactError(f"{path.name} holds no position of pay plan {plum_export.SES}.")
    blank = [
        Oddity(position.row, "pay_as_exported", "", "blank, so the rate of a filled position is not known")
        for position in positions
        if position.filled and not position.pay
    ]
    return positions, blank, export.notes


def _rows(path: Path) -> Iterator[list[str]]:
    try:
        if path.stat().st_size > _LARGEST:
            raise FactError(f"{path.name} is larger than {_LARGEST // 1_000_000} MB, far more than the listing holds.")
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FactError(f"{path.name} is not text in UTF-8; give the listing as a CSV file in UTF-8.") from None
    except OSError as error:
        raise FactError(f"{path.name} cannot be read: {error.strerror}.") from None
    if not text.strip():
        raise FactError(f"{path.name} is empty; give the listing of SES positions as a CSV file.")
    if "\0" in text:
        raise FactError(f"{path.name} is not a text file; give the listing of SES positions as a CSV file.")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise FactError(f"{path.name} cannot be read as CSV near line {reader.line_num}: {error}.") from None


def _position(path: Path, header: list[str], row: int, cells: list[str]) -> Position:
    if len(cells) != len(header):
        raise FactError(f"{path.name}, row {row}, has {len(cells)} cells where its header has {len(header)}.")
    return _made(path, row, dict(zip(header, cells, strict=True)))


def _made(path: Path, row: int, cell: dict[str, str]) -> Position:
    for column in ("row_id", "agency"):
        if not cell[column].strip():
            raise FactError(f"{path.name}, row {row}, has no {column}; without it the position belongs nowhere.")
    return Position(
        row,
        cell["row_id"],
        cell["agency"],
        cell["organization"],
        cell["appointment_code"],
        cell["position_status"],
        cell["pay_as_exported"],
        cell["annual_basic_pay_usd"],
    )


def _oddities(positions: Iterable[Position], year: int) -> list[Oddity]:
    found = []
    first_use: dict[str, int] = {}
    for position in positions:
        earlier = first_use.setdefault(position.row_id, position.row)
        if earlier != position.row:
            found.append(Oddity(position.row, "row_id", position.row_id, f"already on row {earlier}"))
        if position.code not in APPOINTMENTS:
            known = ", ".join(APPOINTMENTS)
            found.append(Oddity(position.row, "appointment_code", position.code, f"not one of {known}"))
        if position.status not in ("filled", "vacant"):
            why = "neither filled nor vacant; the position is listed with the vacant ones"
            found.append(Oddity(position.row, "position_status", position.status, why))
        found += _pay_oddities(position, year)
    return found


def _pay_oddities(position: Position, year: int) -> Iterator[Oddity]:
    if not position.pay:
        if position.pay_as_number:
            why = "pay_as_exported is blank on this row, so this number is not carried over"
            yield Oddity(position.row, "annual_basic_pay_usd", position.pay_as_number, why)
        return
    rate = position.rate
    if rate is None:
        why = "not a dollar amount such as $204,000; it may be a grade"
        yield Oddity(position.row, "pay_as_exported", position.pay, why)
        return
    if position.pay_as_number not in (str(rate), str(plain(rate))):
        why = f"differs from pay_as_exported, {position.pay}, which is the one carried over"
        yield Oddity(position.row, "annual_basic_pay_usd", position.pay_as_number, why)
    on = fiscal_year_end(year)
    most = parameters.recorded("pay_setting.ses_range.maximum_certified", on)
    least = parameters.recorded("pay_setting.ses_range.minimum", on)
    if most and rate > most.value:
        why = f"above {dollars(most.value)}, the highest SES rate on {on} even with a certified appraisal system"
        yield Oddity(position.row, "pay_as_exported", position.pay, why)
    if least and rate < least.value:
        why = f"below {dollars(least.value)}, the lowest SES rate on {on}; perhaps part-time pay"
        yield Oddity(position.row, "pay_as_exported", position.pay, why)


def _folder_names(names: Iterable[str]) -> dict[str, str]:
    """A folder name for each agency: unique in any letter case, and safe on every system."""
    chosen: dict[str, str] = {}
    taken = set(_DEVICES)
    for name in names:
        ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        stem = re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-")[:_LONGEST_NAME].strip("-") or "agency"
        folder, number = stem, 2
        while folder in taken:
            folder, number = f"{stem}-{number}", number + 1
        taken.add(folder)
        chosen[name] = folder
    return chosen


def _write_agency(out: Path, code: str, name: str, positions: list[Position], year: int) -> None:
    folder = out / code
    if folder.is_symlink():
        raise FactError(
            f"'{code}' in the output folder is a link to another place; remove it or choose another folder."
        )
    people = [position for position in positions if position.filled]
    vacant = [position for position in positions if not position.filled]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with results.kept(folder, "import"):
            whole(folder / "agency.yaml", _agency(code, name, people, year).encode())
            whole(folder / "roster.csv", _table(ROSTER_COLUMNS, map(_person, people)).encode())
            whole(folder / "vacancies.csv", _table(VACANCY_COLUMNS, map(_vacancy, vacant)).encode())
    except OSError as error:
        raise FactError(f"The folder '{code}' cannot be written in '{out.name}': {error.strerror}.") from None


def _agency(code: str, name: str, people: list[Position], year: int) -> str:
    rated_career = sum(person.code == "CA" and person.rate is not None for person in people)
    first_day = date(year - 1, 10, 1)
    plan = {
        "id": PLAN,
        "name": "SES performance plan",
        "pattern": "H",
        "appraisal_period": {"from": first_day, "to": fiscal_year_end(year)},
        "awards": {"status": "pending", "paid_in": f"{year}-12"},
        "pool_basis": "average" if rated_career == 1 else "aggregate",
    }
    content = {"code": code, "name": name, "fiscal_year": year, "plans": [plan]}
    text: str = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=200)
    return text


def _person(position: Position) -> dict[str, str]:
    pay = position.pay if position.rate is None else str(position.rate)
    return {
        "person_id": f"P{position.row_id}",
        "plan": PLAN,
        "component": position.organization,
        "ig_office": "yes" if position.in_inspector_general_office else "no",
        "appointment_type": APPOINTMENTS.get(position.code, position.code),
        "basic_pay_fy_end": pay,
        "basic_pay_period_end": pay,
    }


def _vacancy(position: Position) -> dict[str, str]:
    return {
        "row_id": position.row_id,
        "organization": position.organization,
        "appointment_code": position.code,
        "position_status": position.status,
        "pay_as_exported": position.pay,
    }


def _table(columns: Iterable[str], rows: Iterable[dict[str, str]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, tuple(columns), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
