"""The scoring sheet of an Executive Resources Board: a workbook with anchored levels to fill in, and reading it back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from seskit.formats import results, workbooks
from seskit.formats.characters import file_name
from seskit.formats.files import whole
from seskit.formats.in_short import joined
from seskit.formats.privacy import shown
from seskit.law import parameters
from seskit.law.facts import FactError, Unreadable, percent
from seskit.law.result import Result
from seskit.law.staffing.rating import EcqRating, ecq_rating
from seskit.law.staffing.vacancy import ecq_set
from seskit.record.roster import workbook
from seskit.record.roster.plain_sheets import plain
from seskit.record.roster.sheets import Refusal
from seskit.record.staffing import candidates as candidate_numbers
from seskit.record.staffing.records import Vacancy, VacancyFolder

CANDIDATE, TECHNICAL, REASON = "Candidate", "Technical (1 to 5)", "Reason for the levels"
LEVELS_SHEET = "Levels"
_RATER = "Rater "
_HEAD = 4
_AGAIN = "Write the sheet again and copy the levels over."
_GONE = "If a candidate withdrew, or a row is not a candidate's, delete that row on every sheet."
#: How a spreadsheet marks the name of a sheet that was copied; and signs that look like the dash in a number.
_COPY, _DASHES = re.compile(r"\s*\(\d+\)$"), re.compile("[\u2010-\u2015\u2212]")


@dataclass(frozen=True)
class Filled:
    """What a filled-in workbook holds: levels, technical scores, and the cells of those left blank."""

    scores: tuple[dict[str, Any], ...]
    technical: dict[str, Decimal]
    technical_blanks: tuple[str, ...]
    level_blanks: tuple[str, ...] = ()


def qualifications(folder: VacancyFolder, vacancy: Vacancy) -> list[str]:
    """The qualifications in force for the vacancy's announcement."""
    closes = vacancy.closes_on or folder.known.as_of
    return list(ecq_set(closes, early_adoption=folder.agency()["early_adoption"]).answer.ecqs)


def sheet(
    folder: VacancyFolder, vacancy: Vacancy, candidates: Sequence[str], raters: Sequence[str], agency: str = ""
) -> bytes:
    """The workbook: one sheet per rater, one row per candidate, one column per qualification, and the anchored levels."""
    if not candidates or not raters:
        raise FactError("A scoring sheet needs at least one candidate and one rater.")
    if any(map(candidate_numbers.is_named, candidates)):
        raise FactError(f"candidates: {candidate_numbers.GIVE}.")
    for what, given in (("candidate", candidates), ("rater", raters)):
        if twice := _alike(dict.fromkeys(given)):
            raise FactError(
                f"'{shown(twice[0])}' and '{shown(twice[1])}' are one {what}, or look like one. Give each {what} once."
            )
    ecqs = qualifications(folder, vacancy)
    book = workbooks.book(
        f"Scoring sheet {vacancy.id}", "Rating on the Executive Core Qualifications", agency, to_read=False
    )
    for rater in dict.fromkeys(raters):
        _rater_sheet(book, vacancy, rater, list(dict.fromkeys(candidates)), ecqs)
    _levels_sheet(book, vacancy, ecqs)
    return book.done()


def write(
    folder: VacancyFolder,
    vacancy: Vacancy,
    candidates: Sequence[str],
    raters: Sequence[str],
    place: Path,
    agency: str = "",
) -> Path:
    """Write the workbook as a file named for the vacancy."""
    place.mkdir(parents=True, exist_ok=True)
    name = f"scores_{file_name(vacancy.id)}.xlsx"
    with results.kept(place, name):
        return whole(place / name, sheet(folder, vacancy, candidates, raters, agency))


def anchors(on: date) -> dict[str, dict[int, str]]:
    """What levels 1, 3 and 5 look like for each qualification."""
    found: dict[str, dict[int, str]] = parameters.figure("staffing.ecq.anchors", on).value
    return found


def levels(on: date) -> dict[int, str]:
    """The scale for every qualification."""
    found: dict[int, str] = parameters.figure("staffing.ecq.rating_levels", on).value
    return found


def _rater_sheet(book: workbooks.Book, vacancy: Vacancy, rater: str, candidates: list[str], ecqs: list[str]) -> None:
    made, formats = book.sheet(f"Rater {rater}"), book.formats
    heads = [CANDIDATE, *ecqs, TECHNICAL, REASON]
    widths = [14, *[max(20, *(len(word) + 4 for word in ecq.split())) for ecq in ecqs], 12, 44]
    for column, width in enumerate(widths):
        made.set_column(column, column, width)
    made.write_string(0, 0, f"{vacancy.id}: {vacancy.title}", formats["title"])
    made.write_string(1, 0, f"Rater {rater}. One level from 1 to 5 for each candidate and qualification; the sheet "
                      f"'{LEVELS_SHEET}' says what each level means.", formats["plain"])  # fmt: skip
    made.write_string(2, 0, "Rate on the record only. Give candidate numbers, never names.", formats["plain"])
    for column, head in enumerate(heads):
        made.write_string(_HEAD, column, head, formats["head"])
    made.set_row(_HEAD, max(32, *(workbooks.height(ecq, 18) for ecq in ecqs)))
    last = _HEAD + len(candidates)
    for row, candidate in enumerate(candidates, _HEAD + 1):
        made.write_string(row, 0, candidate, formats["label"])
        for column in range(1, len(heads) - 1):
            made.write_blank(row, column, None, formats["count"])
        made.write_blank(row, len(heads) - 1, None, formats["text"])
        made.set_row(row, 32)
    made.data_validation(
        _HEAD + 1, 1, last, len(ecqs),
        {"validate": "list", "source": ["1", "2", "3", "4", "5"], "input_title": "Level",
         "input_message": "1 to 5; see the sheet Levels", "error_title": "Not a level",
         "error_message": "Choose a whole number from 1 to 5."},
    )  # fmt: skip
    made.data_validation(
        _HEAD + 1, len(ecqs) + 1, last, len(ecqs) + 1,
        {"validate": "decimal", "criteria": "between", "minimum": 1, "maximum": 5, "ignore_blank": True,
         "error_title": "Not a technical score", "error_message": "Write a number from 1 to 5, or leave it blank."},
    )  # fmt: skip
    made.freeze_panes(_HEAD + 1, 1)
    made.repeat_rows(_HEAD)
    workbooks.page(made, left=vacancy.id, middle="Scoring sheet", right=f"Rater {rater}", landscape=True)


def _levels_sheet(book: workbooks.Book, vacancy: Vacancy, ecqs: list[str]) -> None:
    made = book.sheet(LEVELS_SHEET)
    on = vacancy.closes_on or parameters.first_day("staffing.ecq.anchors")
    scale, marks = levels(on), anchors(on)
    made.write_string(0, 0, "What each level means", book.formats["title"])
    made.write_string(1, 0, "Levels 2 and 4 lie between their neighbors. The first row holds for every qualification.",
                      book.formats["plain"])  # fmt: skip
    rows = [["Every qualification", *(scale[n] for n in sorted(scale))]]
    rows += [[ecq, *(marks[ecq].get(n, "Between its neighbors") for n in sorted(scale))] for ecq in ecqs]
    heads = ["Qualification", *(f"Level {n}" for n in sorted(scale))]
    workbooks.table(made, 3, "Levels", heads, [26, 30, 30, 30, 30, 30], rows, book.formats)
    workbooks.page(made, left=vacancy.id, middle="Levels", right="", landscape=True)


def title_of(source: str | Path | bytes) -> str:
    """What a scoring sheet says on top, the vacancy first; nothing where a file is no scoring sheet."""
    try:
        found, _ = _sheets(source)
    except Refusal:
        return ""
    first = next((table for name, table in found.items() if name.startswith(_RATER)), [])
    heads = first[_HEAD][:1] if len(first) > _HEAD else []
    return first[0][0] if heads == [CANDIDATE] and LEVELS_SHEET in found else ""


def tables(source: str | Path | bytes) -> dict[str, list[list[str]]]:
    """The raters' sheets as texts, each by its name. Raises Refusal where it is not a workbook that can be read."""
    return {name: table for name, table in _sheets(source)[0].items() if name.startswith(_RATER)}


def raters(source: str | Path | bytes) -> list[str]:
    """The codes of the raters whose sheets a workbook holds."""
    return [_code(name) for name in tables(source)]


def _sheets(source: str | Path | bytes) -> tuple[dict[str, list[list[str]]], list[str]]:
    """The sheets as texts, and what a person would not see on those of the raters or cannot be used."""
    found, faults = {}, []
    for name, cells in workbook.sheets(source).items():
        found[name], wrong = plain(cells)
        if name.startswith(_RATER):
            faults += [f"Sheet '{name}', {one.place}: {one.reason}. {one.fix}" for one in wrong]
            if cells.hidden:
                faults.append(f"Sheet '{name}' is hidden, and would be read. Unhide it if it counts, or delete it.")
    return found, faults


def read(source: str | Path | bytes, ecqs: Sequence[str]) -> Filled:
    """Read a filled-in workbook; everything that cannot be used is refused together, each with its sheet and cell."""
    try:
        found, unusable = _sheets(source)
    except Refusal as refusal:
        raise FactError(f"The scoring sheet cannot be read: {refusal}") from None
    tables = {name: table for name, table in found.items() if name.startswith(_RATER)}
    if not tables:
        raise FactError(f"The workbook has no sheet whose name begins with 'Rater'. {_AGAIN}")
    gathered = _Gathered(faults=[*unusable, *_not_raters(found), *_one_rater_twice(tables)])
    for name, table in tables.items():
        _read_sheet(name, table, ecqs, gathered)
    if not gathered.faults:
        gathered.faults += _not_on_the_same_basis(tables, gathered.scores)
    if gathered.faults:
        raise FactError("\n".join(gathered.faults))
    given = gathered.technical
    means = {candidate: sum(scores, Decimal(0)) / len(scores) for candidate, scores in given.items()}
    open_cells = tuple(gathered.technical_blanks) if given else ()
    return Filled(tuple(gathered.scores), means, open_cells, tuple(gathered.level_blanks))


def _alike(names: Iterable[str]) -> tuple[str, str] | None:
    """Two names of which one is the other again: in other letters, with another dash, or as a spreadsheet names a copy."""
    met: dict[str, str] = {}
    for name in names:
        plain_name = _COPY.sub("", _DASHES.sub("-", name)).strip().casefold()
        if plain_name in met:
            return met[plain_name], name
        met[plain_name] = name
    return None


def _not_raters(found: Mapping[str, Sequence[Sequence[str]]]) -> Iterator[str]:
    """Sheets with levels that would not be read because of their name, which is not repeated: it may be a person's."""
    for number, (name, table) in enumerate(found.items(), 1):
        if not name.startswith(_RATER) and len(table) > _HEAD and list(table[_HEAD][:1]) == [CANDIDATE]:
            yield (
                f"Sheet {number} of the workbook holds levels, and its name does not begin with 'Rater'. Name it 'Rater' and the "
                "rater's code, or delete it if it does not count."
            )


def _one_rater_twice(names: Iterable[str]) -> Iterator[str]:
    if twice := _alike(names):
        yield (
            f"Sheets '{shown(twice[0])}' and '{shown(twice[1])}' are of one rater, who would count twice. Delete one of them; if "
            "they are of two people, give each a code of their own."
        )


def _not_on_the_same_basis(
    tables: Mapping[str, Sequence[Sequence[str]]], scores: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    """Raters without any level, candidates without any, and candidates who are not on every sheet."""
    rated, gave = {one["candidate"] for one in scores}, {one["rater"] for one in scores}
    named = {name: [row[0] for row in table[_HEAD + 1 :] if row[0]] for name, table in tables.items()}
    for name in named:
        if _code(name) not in gave:
            yield f"Sheet '{shown(name)}' has no level. Fill it in; if the rater did not rate, delete the sheet."
    every = list(dict.fromkeys(one for listed in named.values() for one in listed))
    if unrated := [one for one in every if one not in rated]:
        yield (
            f"No rater has given {', '.join(map(shown, unrated))} any level; everyone must be rated on the same basis. {_GONE}"
        )
    for one in filter(rated.__contains__, every):
        if lacking := [name for name, listed in named.items() if one not in listed]:
            twin = next((other for other in every if other != one and _alike((one, other))), None)
            sheets = joined([f"'{shown(name)}'" for name in lacking])
            said = f"There is also {shown(twin)}: write one number on every sheet." if twin else _GONE
            yield f"Candidate {shown(one)} is not on {'sheet' if len(lacking) == 1 else 'sheets'} {sheets}. {said}"


def _code(sheet_name: str) -> str:
    return sheet_name.removeprefix(_RATER).strip()


@dataclass
class _Gathered:
    """What the sheets of a workbook hold, and every fault found in them."""

    scores: list[dict[str, Any]] = field(default_factory=list)
    technical: dict[str, list[Decimal]] = field(default_factory=dict)
    technical_blanks: list[str] = field(default_factory=list)
    level_blanks: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def level(self, cell: str, where: str) -> int | None:
        """A level from 1 to 5; None, with the cell kept as blank or at fault, otherwise."""
        text = cell.removesuffix(".0")
        if text in {"1", "2", "3", "4", "5"}:
            return int(text)
        if text:
            self._fault(where, f"'{shown(cell)}' is not a level; write a whole number from 1 to 5.")
        else:
            self.level_blanks.append(where)
        return None

    def technical_score(self, candidate: str, cell: str, where: str) -> None:
        """Keep a technical score, or the cell as blank or at fault."""
        if not cell:
            self.technical_blanks.append(where)
            return
        score = _technical(cell)
        if score is None:
            self._fault(where, f"'{shown(cell)}' is not a technical score; write a number from 1 to 5.")
        else:
            self.technical.setdefault(candidate, []).append(score)

    def _fault(self, where: str, what: str) -> None:
        self.faults.append(f"{where[0].upper()}{where[1:]}: {what}")


def _read_sheet(name: str, table: Sequence[Sequence[str]], ecqs: Sequence[str], gathered: _Gathered) -> None:
    heads = list(table[_HEAD]) if len(table) > _HEAD else []
    if heads[: len(ecqs) + 1] != [CANDIDATE, *ecqs]:
        gathered.faults.append(
            f"Sheet '{name}': row {_HEAD + 1} does not name the qualifications in force, {', '.join(ecqs)}. {_AGAIN}"
        )
        return
    rater = _code(name)
    seen: set[str] = set()
    for number, row in enumerate(table[_HEAD + 1 :], _HEAD + 2):
        candidate = row[0]
        if not candidate:
            if any(row):
                gathered.faults.append(f"Sheet '{name}', row {number}: levels without a candidate number in column A.")
            continue
        if candidate_numbers.is_named(candidate):
            gathered.faults.append(f"Sheet '{name}', row {number}: {candidate_numbers.GIVE}. {_GONE}")
            continue
        if candidate in seen:
            gathered.faults.append(f"Sheet '{name}', row {number}: candidate {shown(candidate)} appears twice.")
            continue
        seen.add(candidate)
        for column, ecq in enumerate(ecqs, 1):
            level = gathered.level(row[column], f"sheet '{name}', cell {chr(65 + column)}{number}")
            if level is not None:
                gathered.scores.append({"candidate": candidate, "rater": rater, "ecq": ecq, "level": level})
        cell = row[len(ecqs) + 1] if len(row) > len(ecqs) + 1 else ""
        gathered.technical_score(candidate, cell, f"sheet '{name}', cell {chr(66 + len(ecqs))}{number}")


def _technical(cell: Any) -> Decimal | None:
    """A technical score on the scale of the qualifications, or nothing."""
    try:
        score = percent(cell)
    except Unreadable:
        return None
    return score if 1 <= score <= max(parameters.parameter("staffing.ecq.rating_levels").values[-1].value) else None


def rank(
    folder: VacancyFolder,
    vacancy: Vacancy,
    source: str | Path | bytes | None = None,
    technical_weight: Decimal | None = None,
) -> Result[EcqRating]:
    """Agreement, order and its reasons from a filled-in workbook; the one `vacancy.yaml` names unless another is given.

    The weight of technical scores is that of `vacancy.yaml` unless one is given; without either they are asked about.
    """
    filled = read(source_of(folder, vacancy) if source is None else source, qualifications(folder, vacancy))
    weight = vacancy.technical_weight if technical_weight is None else technical_weight
    found = ecq_rating(
        vacancy.closes_on or folder.known.as_of,
        scores=list(filled.scores),  # type: ignore[arg-type]
        technical=filled.technical or None,
        technical_weight=weight,
        board_order=list(vacancy.board_order) or None,
        early_adoption=folder.agency()["early_adoption"],
    )
    said = []
    if filled.level_blanks:
        said.append(f"Levels left blank: {'; '.join(filled.level_blanks)}.")
    if filled.technical_blanks:
        said.append(f"Technical scores left blank (the mean uses the others): {'; '.join(filled.technical_blanks)}.")
    return replace(found, cautions=(*found.cautions, *said))


def source_of(folder: VacancyFolder, vacancy: Vacancy) -> Path:
    """The scoring sheet that `vacancy.yaml` names; refuses a vacancy without."""
    if not vacancy.scores:
        raise FactError(f"Vacancy {vacancy.id} names no scoring sheet (scores: in vacancy.yaml).")
    return folder.path / vacancy.scores


def reasons(ranking: Result[EcqRating]) -> list[tuple[str, str]]:
    """For each ranked candidate why it stands there: strongest and weakest qualification, distance to the next."""
    rows = ranking.answer.ranking
    said = []
    for number, row in enumerate(rows):
        most, least = max(row.by_ecq.values()), min(row.by_ecq.values())
        text = "The same level on every qualification"
        if most != least:
            text = f"Strongest on {_at(row.by_ecq, most)}, weakest on {_at(row.by_ecq, least)}"
        if number + 1 < len(rows):
            gap = row.total - rows[number + 1].total
            text += f"; {gap} ahead of the next" if gap else "; tied with the next"
        said.append((row.candidate, f"{text}."))
    return said


def _at(levels: Mapping[str, Decimal], level: Decimal) -> str:
    """The qualifications at a level: by name, or more than two of them by how many."""
    held = [name for name, one in levels.items() if one == level]
    return f"{joined(held) if len(held) <= 2 else f'{len(held)} of {len(levels)}'} ({level})"
