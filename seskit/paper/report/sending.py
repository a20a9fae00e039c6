"""A package to send into a folder: clean forms, letter, sign-off sheet and changes, the working copy beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from seskit.formats import leaving, results
from seskit.formats.counts import number_of
from seskit.formats.files import digest, whole
from seskit.formats.privacy import has_ssn
from seskit.formats.refusals import FactError
from seskit.formats.two_ways import two_ways
from seskit.paper.report import letter, pdf, workbook
from seskit.paper.report.letter import Signed
from seskit.record import sent as register
from seskit.record.agency import Agency
from seskit.record.sent import Package
from seskit.work.report.amendments import since
from seskit.work.report.differences import Difference
from seskit.work.report.package import ReportPackage

WORKING = "working"
_DOCUMENTS = ("docx", "pdf")
_BEFORE = "is before {}, when the awards were determined or the ratings final"
_RIGHT = two_ways(
    "give the right one with the reason: `seskit package sent PACKAGEFOLDER --on DAY --why TEXT`",
    "give the right one with the reason why another was noted",
)
#: A person may finish these in Word before they are sent; the others are sent as they were made.
_OWN_WORDS = ("cover_letter.", "sign_off.")


@dataclass(frozen=True)
class Made:
    """What was made: the package, its files, and what changed since the one sent before."""

    package: Package
    written: tuple[Path, ...]
    last: Package | None
    changes: tuple[Difference, ...]


def make(report: ReportPackage, out: Path, signed: Signed) -> Made | None:
    """Make the package; None, and nothing is written, where nothing changed since the last one sent.

    Raises FactError for a draft, since what is not final is not sent, and for another report than the folder's.
    """
    if not report.final:
        raise FactError(
            f"The package was not made: {number_of(len(report.blocking), 'problem stands', 'problems stand')} in the way of final forms. "
            "`seskit report` lists them and writes the draft."
        )
    earlier = register.sent(out)
    agency = report.agency
    _own_folder(earlier[-1] if earlier else register.made(out), agency, out)
    last = earlier[-1] if earlier else None
    changes = tuple(since(last, report)) if last else ()
    if last and not changes:
        return None
    decided = _decided(agency)
    if signed.on and signed.on.isoformat() < decided:
        raise FactError(f"The package was not made: the day of the letter, {signed.on}, {_BEFORE.format(decided)}.")
    package = Package(len(earlier) + 1, agency.code, agency.fiscal_year, report.to_dict(), not_before=decided)
    out.mkdir(parents=True, exist_ok=True)
    source = f"{report.made_of} {package.number} {signed}"
    with leaving.allowing(signed.preparer, signed.reviewer), results.kept(out, "package", source):
        written = _send(report, out / register.SEND, package, signed, last, changes)
        report.write(out / WORKING)
    package = replace(package, files={path.name: digest(path) or "" for path in written})
    register.note_made(out, package)
    return Made(package, tuple(written), last, changes)


def _decided(agency: Agency) -> str:
    """The last day on which a plan's awards were determined or, without awards, its ratings final; empty where none is given."""
    days = [plan.awards.determined_on or plan.awards.ratings_final_on for plan in agency.plans]
    return max((day.isoformat() for day in days if day), default="")


def _own_folder(held: Package | None, agency: Agency, out: Path) -> None:
    """Raise FactError where the folder holds the report of another agency or fiscal year: an amendment is of one report."""
    if held is None or (held.agency, held.fiscal_year) == (agency.code, agency.fiscal_year):
        return
    raise FactError(
        f"The package was not made: '{out.name}' is the folder of the report of {held.agency} for fiscal year "
        f"{held.fiscal_year}, and this is that of {agency.code} for fiscal year {agency.fiscal_year}. "
        "Each report needs its own folder: give another one with --out."
    )


def _send(
    report: ReportPackage, folder: Path, package: Package, signed: Signed, last: Package | None,
    changes: Sequence[Difference],
) -> list[Path]:  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    forms = [
        whole(folder / "forms.pdf", pdf.forms(report, clean=True)),
        whole(folder / "forms.xlsx", workbook.forms(report, clean=True)),
    ]
    if report.supplement:
        forms.append(whole(folder / "supplement.pdf", pdf.supplement(report)))
        forms.append(whole(folder / "supplement.xlsx", workbook.supplement(report)))
    hashes = {path.name: digest(path) or "" for path in forms}
    papers = letter.letter(report, package, signed, last).write(folder, "cover_letter", _DOCUMENTS)
    papers += letter.sign_off(report, package, signed, hashes).write(folder, "sign_off", _DOCUMENTS)
    if last:
        papers += letter.changes(report, package, last, changes).write(folder, "changes", _DOCUMENTS)
    return [*forms, *papers]


def mark_sent(out: Path, on: date) -> tuple[Package, list[str]]:
    """Note that the package made last was sent, and keep a copy of every file; returns it and what is to be said."""
    package = register.made(out)
    if package is None:
        raise FactError(f"'{out.name}' holds no package. Make one with `seskit package make`.")
    done = register.sent(out)
    if len(done) >= package.number:
        noted = done[package.number - 1].on
        raise FactError(f"{package.title} is already noted as sent on {noted}. If that day is wrong, {_RIGHT}.")
    _fits(on, package, done)
    return _kept(out, package, on)


def correct_day(out: Path, on: date, why: str, number: int | None = None) -> tuple[Package, list[str]]:
    """Correct the day noted for the package of that number, else for the one sent last; returns it and what is to be said."""
    done = register.sent(out)
    if not done:
        raise FactError("Nothing is noted as sent yet, so there is no day to correct. Leave the reason out.")
    if has_ssn(why):
        raise FactError("The reason looks like it holds a Social Security number, which must never be kept here.")
    number = len(done) if number is None else number
    if not 1 <= number <= len(done):
        raise FactError(f"No package {number} is noted as sent; the last one is {len(done)}, {done[-1].title}.")
    wrong, later = done[number - 1], done[number:]
    if on.isoformat() == wrong.on:
        raise FactError(f"{wrong.title} is noted as sent on {on} already. Give the right day, or leave the reason out.")
    _fits(on, wrong, done[: number - 1])
    if later and on.isoformat() > later[0].on:
        raise FactError(f"{on} is after {later[0].on}, when {later[0].title.lower()} was sent.")
    said = [f"The day noted before, {wrong.on}, is kept with the reason."]
    if later:
        said.append(f"{later[0].title}, sent on {later[0].on}, names the former day, and stays as it was sent.")
    elif waits := register.waiting(out):
        said.append(f"{waits.title} names the former day: make it again before you send it.")
    return register.correct_day(out, number, on, " ".join(why.split())), said


def _fits(on: date, package: Package, before: Sequence[Package]) -> None:
    """Raise FactError for a day before the decisions of the package, or before the one before it was sent."""
    if on.isoformat() < package.not_before:
        raise FactError(f"{on} {_BEFORE.format(package.not_before)}.")
    if before and on.isoformat() < before[-1].on:
        raise FactError(f"{on} is before {before[-1].on}, when {before[-1].title.lower()} was sent.")


def _kept(out: Path, package: Package, on: date) -> tuple[Package, list[str]]:
    held, said = {}, []
    for name, made_as in package.files.items():
        here = digest(out / register.SEND / name)
        if here is None:
            said.append(f"{name} is not there: it is noted as not sent.")
            continue
        if here != made_as and not name.startswith(_OWN_WORDS):
            raise FactError(
                f"{name} was changed after it was made, so it no longer says what the record says. "
                "Correct the roster or the working copy, and make the package again."
            )
        if here != made_as:
            said.append(f"{name} was changed after it was made: it is kept as you sent it.")
        held[name] = here
    if not held:
        raise FactError("None of the package's files is there, so nothing can be noted as sent.")
    kept = out / register.KEPT / str(package.number)
    kept.mkdir(parents=True, exist_ok=True)
    for name in held:
        source = out / register.SEND / name
        whole(kept / name, source.read_bytes(), like=source)
    package = replace(package, files=held, on=on.isoformat())
    register.note_sent(out, package, on)
    return package, said


def corrected(out: Path) -> list[str]:
    """Each day of sending that was corrected, in sentences."""
    return [
        f"{package.title}: the day was noted as {day} before. {why.rstrip('.')}."
        for package in register.sent(out)
        for day, why in package.corrections
    ]


def altered(out: Path) -> list[str]:
    """The kept copies that are not what was sent, in sentences."""
    said = []
    for package in register.sent(out):
        for name, held in package.files.items():
            here = digest(out / register.KEPT / str(package.number) / name)
            if here != held:
                how = "was removed" if here is None else "is not the file that was sent"
                said.append(f"{package.title} of {package.on}: {name} {how}.")
    return said
