"""Every file of an agency's folder, each with what it holds and what is wrong with it: read, and checked by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seskit.formats import results
from seskit.formats.counts import number_of
from seskit.record import agency as agencies
from seskit.record import checked_yaml
from seskit.record.agency_folder import AgencyFolder, opened
from seskit.record.appraisal.plan_document import find as find_plan
from seskit.record.appraisal.plan_document.plans import FOLDER as PLANS
from seskit.record.appraisal.year_record.files import CYCLE
from seskit.record.appraisal.year_record.ledger import STEPS
from seskit.record.forms.known import all_files
from seskit.record.forms.layout import DeclaredFile
from seskit.record.forms.stored import find, kept_of
from seskit.record.pay_setting.worksheet.reading import FILE as PAY
from seskit.record.people_import import RECIPE
from seskit.record.people_import.recipe import Recipe
from seskit.record.problem import MOST_LISTED, Problem, errors, shortened
from seskit.record.roster import kept, lists, origin, readings
from seskit.record.roster.person_numbers import strangers
from seskit.record.staffing import tracker
from seskit.work import filled_workbooks
from seskit.work.certification import description, self_assessment

#: Files that their own subject counts and checks, or that a command writes: what each is.
_BY_SUBJECT = {
    agencies.FILE: "The agency, its performance plans, their cycles, patterns and awards.",
    "roster": "One row for each executive.",
    PAY: "Proposed rates and awards, one row for each executive.",
    "plan": "One executive's performance plan.",
}

#: What Windows keeps in a folder for itself.
_OF_PROGRAMS = ("desktop.ini", "thumbs.db")
#: Lists about people on the roster that no subject holds against it when they are read alone.
_OF_THE_ROSTER = ("actions", "moves")
#: What finds answers to something that is not asked, in files of answers by name.
_UNKNOWN: dict[str, Callable[[Any], Sequence[Problem]]] = {
    "description": description.unknown,
    "assessment": self_assessment.unknown,
}


@dataclass(frozen=True)
class FileFound:
    """One file of the folder: its name, how many entries it holds (None where it is not a list), its problems."""

    name: str
    says: str
    entries: int | None
    problems: tuple[Problem, ...]
    #: What it holds, in words, where that is not how many entries.
    holds: str = ""

    @property
    def found(self) -> str:
        """What was found, in words."""
        holds = self.holds or "read" if self.entries is None else number_of(self.entries, "row")
        wrong, looks = len(errors(self.problems)), len(self.problems) - len(errors(self.problems))
        parts = [number_of(count, word) for count, word in ((wrong, "error"), (looks, "warning")) if count]
        return f"{holds}; {', '.join(parts) or 'no problems found'}"

    def __str__(self) -> str:
        return f"{self.name}: {self.found}."

    def to_dict(self) -> dict[str, Any]:
        """The file as plain data."""
        return {"file": self.name, "entries": self.entries, "problems": [one.to_dict() for one in self.problems]}


def files(place: AgencyFolder | str | Path, known: Iterable[Problem] = ()) -> tuple[FileFound, ...]:
    """Each file of an agency that the folder holds, in the order in which an agency fills them in.

    `known` are problems of the roster and of agency.yaml that were found already.
    """
    folder = opened(place)
    found = list(dict.fromkeys(known))
    if len(found) < MOST_LISTED:
        found = list(dict.fromkeys([*found, *_of_parts(folder)]))
    listed = [_part(folder, file, words, found) for file, words in _by_subject(folder.path)]
    for one in all_files().values():
        file = find(one, folder.path)
        if file is not None and not one.each_in and one.what not in _BY_SUBJECT:
            listed.append(_declared(folder, one, file, found))
    for path, plan in folder.plans.items():
        listed.append(FileFound(f"{PLANS}/{path.name}", _BY_SUBJECT["plan"], None, tuple(plan.problems)))
    for book in filled_workbooks.of_folder(folder):
        listed.append(FileFound(book.declared.book, book.declared.says, None, book.problems, book.holds))
    for name, model in ((RECIPE, Recipe), (readings.FILE, readings.ReadingsFile), (origin.FILE, origin.Origin)):
        if (folder.path / name).is_file():
            read = checked_yaml.read(folder.path / name, model, place="the agency's folder", example="columns")
            listed.append(FileFound(name, "", None, tuple(read.problems)))
    return tuple(listed)


def not_read(place: AgencyFolder | str | Path, found: Iterable[FileFound]) -> list[str]:
    """The names of the files in the folder that are none of an agency's own; another file may name them."""
    folder = opened(place).path
    roster = lists.find(folder, "roster")
    known = {
        kept.LOG, results.RECORD, *(one.name for one in found), *([kept.corrected(roster).name] if roster else []),
    }  # fmt: skip
    own = {Path(name).stem for name in known}
    return sorted(
        file.name for file in folder.iterdir()
        if file.is_file() and file.name not in known and not _of_a_program(file.name) and Path(kept_of(file.name)).stem not in own
    )  # fmt: skip


def _of_a_program(name: str) -> bool:
    """Whether a file was made by a program for itself and nobody works in it."""
    return name.startswith((".", "~")) or name.lower() in _OF_PROGRAMS


def _of_parts(folder: AgencyFolder) -> Iterator[Problem]:
    """What is wrong with the files, as the subjects that read them say it."""
    yield from folder.about.problems
    yield from folder.roster.problems
    for part in (folder.pay, folder.plan, folder.evidence, folder.cycle):
        yield from part.problems if part is not None else ()
    yield from folder.pay_history.problems
    yield from folder.year.problems if _has_year(folder) else ()
    yield from folder.closeout.problems
    yield from folder.vacancies.problems
    yield from folder.probation.problems


def _has_year(folder: AgencyFolder) -> bool:
    return folder.cycle is not None and lists.find(folder.path, STEPS) is not None


def _by_subject(folder: Path) -> Iterator[tuple[Path, str]]:
    for name, words in _BY_SUBJECT.items():
        if name == "plan":
            file = find_plan(folder)
        else:
            file = folder / name if name == agencies.FILE else lists.find(folder, name)
        if file is not None:
            yield file, words


def _part(folder: AgencyFolder, file: Path, words: str, found: Sequence[Problem]) -> FileFound:
    counts: dict[str, Callable[[], int | None]] = {
        "roster": lambda: len(folder.roster.people),
        PAY: lambda: len(folder.pay.worksheet.rows) if folder.pay and folder.pay.worksheet else None,
    }
    count = counts.get(file.stem) if file.suffix != ".yaml" else None
    return FileFound(file.name, words, count() if count else None, _about(file, found))


def _declared(folder: AgencyFolder, one: DeclaredFile, file: Path, found: Sequence[Problem]) -> FileFound:
    """A file that has a form: what its subject says of it, or else what reading it alone says."""
    subjects = {CYCLE, "pay.yaml", "certification.yaml", "vacancy.yaml", "closeout.yaml"}
    if one.model is not None:
        if file.name in subjects:
            return FileFound(file.name, one.says, None, _about(file, found))
        read = checked_yaml.read(file, one.model, place="the agency's folder", example=one.title)
        finds = _UNKNOWN.get(one.what)
        unknown = finds(read.record) if finds and read.record else ()
        return FileFound(file.name, one.says, None, (*read.problems, *unknown))
    if one.what == "history" and folder.history is not None:
        return FileFound(file.name, one.says, folder.history.rows, _about(file, found))
    if one.what == "steps" and _has_year(folder):
        return FileFound(file.name, one.says, sum(map(len, folder.year.steps.values())), _about(file, found))
    if one.what == "pay_history" and folder.pay and folder.pay.worksheet:
        count = sum(map(len, folder.pay_history.actions.values()))
        return FileFound(file.name, one.says, count, _about(file, found))
    if file.stem == tracker.FILE:
        return FileFound(file.name, one.says, len(folder.probation.rows), _about(file, found))
    if one.what == "element_levels":
        return FileFound(file.name, one.says, len(folder.closeout.elements), _about(file, found))
    listed = lists.read(file, one.columns)
    problems = [*listed.problems, *_about(file, found)]
    if file.stem in _OF_THE_ROSTER:
        numbers = ((record["row"], record["person_id"]) for record in listed.records)
        others = strangers(numbers, (person.person_id for person in folder.roster.people), file.name)
        problems = shortened(
            [*problems, *(other for other in others if other.row not in {had.row for had in problems})]
        )
    return FileFound(file.name, one.says, len(listed.records), tuple(dict.fromkeys(problems)))


def _about(file: Path, found: Sequence[Problem]) -> tuple[Problem, ...]:
    names = {file.name} if file.suffix == ".yaml" else {file.name, file.stem}
    return tuple(one for one in found if one.file in names)
