"""A department's roster from those of its bureaus: one report to OPM, with the pool and the limits of the whole.

OPM takes no report of a component, and the award pool is that of the agency. Nothing is added up here: the rows of the
bureaus, as they are read in each folder, become the rows of one roster.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from seskit.formats import near_files
from seskit.formats.counts import number_of, rows_of
from seskit.formats.privacy import shown
from seskit.formats.tables import as_csv
from seskit.law.facts import FactError
from seskit.record.agency import FILE, Agency, Options, Plan
from seskit.record.agency_folder import AgencyFolder
from seskit.record.agency_text import agency_text
from seskit.record.problem import errors
from seskit.record.roster import COLUMNS, STATED, Person, Roster, history, last_year, origin
from seskit.record.roster.columns import READ_ELSEWHERE, canonical
from seskit.record.roster.person_numbers import bare
from seskit.record.roster.usual_headings import columns as named
from seskit.work.report import gathered_before, gathered_names, gone, open_folder, open_headings, same_names
from seskit.work.report.open_headings import has_award_values

_LOW = (1, 2)
_MOST_ROWS = 8


@dataclass(frozen=True)
class Bureau:
    """A bureau's folder as it is read, with its rows."""

    folder: Path
    agency: Agency
    roster: Roster

    def rows(self, *, coded: bool, names: bool) -> Iterator[tuple[Person, dict[str, Any]]]:
        """Each person, and the row for the department: the bureau as component, names where they are needed or asked for."""
        elsewhere = {canonical(head): cells for head, cells in self.roster.extra.items()}
        for place, person in enumerate(self.roster.people):
            row = {name: _text(value) for name, value in zip(Person._fields[1:], person[1:], strict=True)}
            row["component"] = self.agency.name
            row["person_id"] = self.number(person, coded=coded)
            if not names and person.rating not in _LOW:
                row["name"] = None
            row |= {name: cells[place] for name, cells in elsewhere.items() if name in READ_ELSEWHERE}
            yield person, row

    @property
    def numbers(self) -> set[str | None]:
        """Every number that its people may have in the department, with its code and without."""
        return {self.number(person, coded=coded) for person in self.roster.people for coded in (True, False)}

    def number(self, person: Person, *, coded: bool) -> str | None:
        """The person's number, with the bureau's code before it where that is asked for."""
        return f"{self.agency.code}-{person.person_id}" if coded and person.person_id else person.person_id


@dataclass(frozen=True)
class Gathered:
    """What the bureaus come to: the department's files as text, what to know, or why they are not made."""

    bureaus: tuple[Bureau, ...]
    files: dict[str, str]
    people: int
    notes: tuple[str, ...]
    wrong: tuple[str, ...] = ()


def gather(
    folders: Sequence[Path], out: Path, code: str = "", name: str = "", *, coded: bool = False, names: bool = False
) -> Gathered:
    """The rosters of these folders as one; an agency.yaml that lies in `out` is the department's and stays.

    Nothing is made, and everything that stands in the way is said, where a roster cannot be read whole, plans or years do
    not fit, or somebody would count twice.
    """
    bureaus, wrong = _opened(folders)
    if len({one.agency.fiscal_year for one in bureaus}) > 1:
        years = ", ".join(f"{one.folder.name} {one.agency.fiscal_year}" for one in bureaus)
        wrong.append(f"A report is for one fiscal year; these are not: {years}.")
        return Gathered(tuple(bureaus), {}, 0, (), tuple(wrong))
    notes: list[str] = []
    exports = {bureau.folder.name: _export(bureau) for bureau in bureaus}
    wrong += _in_the_way(bureaus)
    wrong += [one for bureau in bureaus for one in _lost_plans(bureau, exports[bureau.folder.name])]
    plans = tuple(_plans(bureaus, notes, wrong))
    moved = _moved(bureaus, coded, notes, wrong)
    alike, told = gathered_names.twice(
        [
            gathered_names.BureauPeople(
                bureau.folder.name,
                [one for one in bureau.roster.people if (number, one.row) not in moved],
                bool(bureau.agency.confirmed.same_names),
            )
            for number, bureau in enumerate(bureaus)
        ],
        coded=coded,
        confirmed=gathered_before.same_names(out),
    )
    wrong += alike
    notes += told
    about = _department(bureaus, plans, out, code, name, notes, wrong) if bureaus and not wrong else None
    if wrong or about is None:
        return Gathered(tuple(bureaus), {}, 0, tuple(notes), tuple(wrong))
    rows = [
        row
        for number, bureau in enumerate(bureaus)
        for person, row in bureau.rows(coded=coded, names=names)
        if (number, person.row) not in moved
    ]
    notes += _left_out(bureaus)
    notes += gathered_before.missing(
        out, {bureau.agency.name for bureau in bureaus}, {one for bureau in bureaus for one in bureau.numbers}
    )
    if out.resolve().parent in {folder.resolve().parent for folder in folders}:
        notes.append(
            f"'{out.name}' lies beside its bureaus: whoever runs all of these folders as agencies reports these people twice. "
            "Run them without it, or gather into a folder elsewhere."
        )
    if any(out.glob("roster.corrected.*")):
        notes.append(
            f"'{out.name}' has its own corrected roster, made from a former one: if the new one differs, nothing is read until "
            "roster.corrected and roster.corrections are moved away. Correct the bureau's roster instead."
        )
    columns = _columns(rows)
    files = {"roster.csv": as_csv(columns, ([row.get(name) for name in columns] for row in rows))}
    left, money, settled = (
        [f"{heading} of {name}" for name, one in exports.items() for heading in getattr(one, which)]
        for which in ("not_used", "money", "settled")
    )
    if left or (out / origin.FILE).is_file():
        files[origin.FILE] = origin.text(columns, left, money, settled)
    if left:
        notes.append(f"Columns of exports that the bureaus do not use: {', '.join(left)}.")
    if earlier := [row for bureau in bureaus for row in _earlier(bureau, coded)]:
        files["history.csv"] = as_csv([column.name for column in history.COLUMNS], dict.fromkeys(earlier))
    if about:
        files[FILE] = about
    return Gathered(tuple(bureaus), files, len(rows), tuple(notes))


def _opened(folders: Sequence[Path]) -> tuple[list[Bureau], list[str]]:
    """The folders that can be read whole, and what stands in the way of the others."""
    bureaus, wrong = [], []
    for folder in folders:
        if not (folder / FILE).is_file():
            usual = (
                "If it is a bureau, add the file, so that its people are counted; if not, move the folder elsewhere."
            )
            wrong.append(
                f"{folder.name}: there is no {FILE} in this folder. {near_files.fix(folder, (FILE,)) or usual}"
            )
            continue
        opened = open_folder(folder)
        of_rows = [*opened.roster.problems, *gone.problems(opened.roster)]
        if opened.agency:
            of_rows += same_names.problems(opened.agency, opened.roster)
        refused = [*opened.of_agency, *of_rows] if opened.agency else list(opened.problems)
        if opened.agency is None or (refused := errors(refused)):
            many = number_of(len(errors(refused)), "problem stands", "problems stand")
            first = errors(refused)[0].sentence
            wrong.append(
                f"{folder.name}: {many} in the way; run `seskit check` on that folder to list them. The first: {first}"
            )
            continue
        bureaus.append(Bureau(folder, opened.agency, opened.roster))
    return bureaus, wrong


def _in_the_way(bureaus: Sequence[Bureau]) -> Iterator[str]:
    """What of the columns of these rosters would be lost or mistaken in the sum."""
    yield from filter(None, map(_lost_awards, bureaus))
    for bureau in bureaus:
        for one in open_headings.against(bureau.agency, bureau.roster):
            yield f"{bureau.folder.name}: the heading '{one.heading}' is not used, and {one.says}. Correct the rows, or confirm that it is not used."
    for bureau in bureaus:
        if open_headings.one_for_two_days(bureau.agency, bureau.roster):
            yield f"{bureau.folder.name}: '{bureau.roster.one_pay}' is read as both pay columns, and they are not for the same day: {open_headings.days(bureau.agency)}."


def _text(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else value


def _columns(rows: Sequence[dict[str, Any]]) -> list[str]:
    held = {name for row in rows for name, cell in row.items() if cell not in (None, "")}
    return [*COLUMNS, *(name for name in (*STATED, *READ_ELSEWHERE) if name in held)]


def _export(bureau: Bureau) -> origin.Origin:
    """What was left out of the export that the bureau's roster was written from; nothing where it was not."""
    found = origin.beside(bureau.folder / bureau.roster.source, [heading for heading, _ in bureau.roster.headings])
    return found or origin.Origin(columns=())


def _lost_awards(bureau: Bureau) -> str:
    """Why a bureau's awards may be lost in the sum: none is on its roster, and its export had amounts named for them."""
    named = bureau.roster.awards_in_export
    if not named or has_award_values(bureau.roster):
        return ""
    listed = ", ".join(f"'{heading}'" for heading in named)
    return (
        f"{bureau.folder.name}: no award is on its roster, but the export that it was written from has amounts under {listed}. "
        "If they are the performance awards, write the heading under columns: award in people.yaml of that folder; if they are "
        f"not, write it under unused:; and read the export again."
    )


def _lost_plans(bureau: Bureau, export: origin.Origin) -> Iterator[str]:
    """Why people may be counted under the wrong plan: all are in one, and a column of the export is named for their plans."""
    plans = {person.plan for person in bureau.roster.people}
    for heading in export.not_used if len(plans) == 1 else ():
        if heading not in export.settled and (canonical(heading) == "plan" or "plan" in named(heading, ["plan"])):
            yield (
                f"{bureau.folder.name}: everybody is in plan '{shown(plans.pop() or '')}', and the export that its roster was written from has "
                f"a column '{heading}' that is not used. Read the export again: where the column holds several plans, it asks. If everybody is "
                f"in that plan, write the heading under settled in {origin.FILE}."
            )
            return


def _earlier(bureau: Bureau, coded: bool) -> Iterator[tuple[Any, ...]]:
    listed = bureau.roster.history
    people = {person.person_id: person for person in bureau.roster.people}
    for who, ratings in listed.ratings.items() if listed else ():
        for one in ratings:
            yield bureau.number(people[who], coded=coded), one.year, one.level, _text(one.issued)


def _plans(bureaus: Sequence[Bureau], notes: list[str], wrong: list[str]) -> Iterator[Plan]:
    """Each plan once; one that several bureaus have must be the same in all, with the last day of determination."""
    by_id: dict[str, list[tuple[Bureau, Plan]]] = defaultdict(list)
    for bureau in bureaus:
        for plan in bureau.agency.plans:
            by_id[plan.id].append((bureau, plan))
    for plan_id, several in by_id.items():
        first, plan = several[0]
        for bureau, other in several[1:]:
            if differs := [
                name
                for name, one, two in zip(
                    gathered_before.SAME, gathered_before.same(plan), gathered_before.same(other), strict=True
                )
                if one != two
            ]:
                wrong.append(
                    f"Plan '{plan_id}' is not the same in {first.folder.name} and {bureau.folder.name}: {', '.join(differs)}. "
                    f"Correct {FILE} of one of them; if they are two plans, give them two ids."
                )
        if len(several) > 1:
            who = ", ".join(bureau.folder.name for bureau, _ in several)
            notes.append(
                f"Plan '{plan_id}' of {who} is one plan, with one form: it is the same in each. If they are separate plans, give each its own id."
            )
        days = {
            name: max(held) if (held := [day for _, one in several if (day := getattr(one.awards, name))]) else None
            for name in ("determined_on", "ratings_final_on")
        }
        if any(getattr(one.awards, name) != day for _, one in several for name, day in days.items()):
            notes.append(
                f"Plan '{plan_id}': the last day of determination counts, {days['determined_on'] or days['ratings_final_on']}."
            )
        yield plan.model_copy(update={"awards": plan.awards.model_copy(update=days)})


def _moved(bureaus: Sequence[Bureau], coded: bool, notes: list[str], wrong: list[str]) -> set[tuple[int, int]]:
    """The rows that are left out, by bureau and row: of one who is on two rosters, that of the bureau they had left."""
    held: dict[str, list[tuple[int, Person]]] = defaultdict(list)
    for number, bureau in enumerate(bureaus):
        for person in bureau.roster.people:
            if person.person_id:
                held[bare(bureau.number(person, coded=coded) or "")].append((number, person))
    gone: set[tuple[int, int]] = set()
    twice: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for several in held.values():
        there = [one for one in several if gathered_names.counted(one[1])]
        for one in several if len(several) > 1 else ():
            if one not in there and len(there) == 1:
                gone.add((one[0], one[1].row))
                notes.append(
                    f"Row {one[1].row} of {bureaus[one[0]].folder.name} is left out: that person counts in {bureaus[there[0][0]].folder.name}, row {there[0][1].row}."
                )
        left = [one for one in several if (one[0], one[1].row) not in gone]
        for (here, first), (elsewhere, second) in combinations(left, 2):
            twice[here, elsewhere].append((first.row, second.row))
    for (here, elsewhere), rows in twice.items():
        one_has, other_has = (
            {person.row: person.person_id for person in bureaus[one].roster.people} for one in (here, elsewhere)
        )
        zeros = ", apart from leading zeros" if any(one_has[one] != other_has[other] for one, other in rows) else ""
        wrong.append(
            f"{rows_of([one for one, _ in rows], _MOST_ROWS).capitalize()} of {bureaus[here].folder.name} and {rows_of([other for _, other in rows], _MOST_ROWS)} of "
            f"{bureaus[elsewhere].folder.name} have the same {'number' if len(rows) == 1 else 'numbers'}{zeros}. If it is one person, leave rates, "
            "rating and award blank where they had left; if it is two, give each a different number, or gather with --coded."
        )
    return gone


def _department(
    bureaus: Sequence[Bureau],
    plans: tuple[Plan, ...],
    out: Path,
    code: str,
    name: str,
    notes: list[str],
    wrong: list[str],
) -> str | None:
    """The department's agency.yaml; empty where its own is there and fits, None where neither can be."""
    year = bureaus[0].agency.fiscal_year
    if (out / FILE).is_file():
        found = AgencyFolder(out).about
        own = found.agency
        if own is None:
            wrong.append(f"{out.name}: {found.problems[0]}")
        elif own.fiscal_year != year:
            wrong.append(
                f"'{out.name}' is for fiscal year {own.fiscal_year}, and the bureaus are for {year}: give another folder."
            )
        else:
            notes.append(f"{FILE} is there, and stays as it is.")
            notes += gathered_before.plans(own.plans, plans)
        return "" if own else None
    if not code or not name:
        raise FactError("Give the department's --code and --name: there is no agency.yaml that gives them.")
    certified = {one.agency.certified for one in bureaus}
    if len(certified) > 1:
        notes.append(f"The bureaus do not agree on whether the system is certified: write it into {FILE}.")
    options = {one.agency.options.model_dump_json() for one in bureaus}
    if len(options) > 1:
        notes.append(
            f"The bureaus read the form in different ways; the readings recommended are taken: see the options in {FILE}."
        )
    if confirmed := [one.folder.name for one in bureaus if any(one.agency.confirmed.model_dump().values())]:
        notes.append(
            f"What {', '.join(confirmed)} confirmed is not carried over: confirm it for the department if it still applies."
        )
    return agency_text(
        Agency(
            code=code, name=name, fiscal_year=year, plans=plans,
            certified=certified.pop() if len(certified) == 1 else None,
            certified_until=min((until for one in bureaus if (until := one.agency.certified_until)), default=None),
            options=bureaus[0].agency.options if len(options) == 1 else Options(),
        )
    )  # fmt: skip


def _left_out(bureaus: Sequence[Bureau]) -> Iterator[str]:
    """What of the bureaus' folders is not in the department's: own components, and other files."""
    from seskit.record.forms.known import all_files

    others = {one.stem for one in all_files().values()} - {
        history.STEM,
        last_year.STEM,
    }  # which a bureau answers itself
    parts = sum(
        1
        for one in bureaus
        for person in one.roster.people
        if person.component not in (None, one.agency.name, one.agency.code)
    )
    if parts:
        yield f"The column component names the bureau; in {number_of(parts, 'row')} it named another office, which only the bureau's roster says."
    for one in bureaus:
        stems = sorted({path.stem for path in one.folder.iterdir() if path.stem in others})
        if stems:
            yield f"Not gathered from {one.folder.name}: {', '.join(stems)}. The report needs none of them; other papers read the department's own."
