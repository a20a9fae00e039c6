"""What is to be run: the agency folders, their names in the output, and everything checked before the first start."""

from __future__ import annotations

import errno
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import seskit
from seskit.batch import among, passing
from seskit.batch.notebook import Notebook, walk_throughs
from seskit.batch.snapshot import Stamp, changed, copy
from seskit.desk import agency_in_batch
from seskit.desk.in_batch import DATED
from seskit.formats import shipped, strict_yaml
from seskit.formats.files import digest as digest_of
from seskit.formats.near_files import below, open_now
from seskit.formats.personal_data import Names, found, hits, masked
from seskit.formats.privacy import shown
from seskit.formats.refusals import FactError, near, suggestion
from seskit.record.finding import Finding, in_order, of_problems
from seskit.record.problem import Problem

PARAMETERS = "parameters.yaml"
_LONGEST = 120
#: What a Mac puts beside the folders that it packs into an archive.
_RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    "index.html",
    "index.csv",
    "findings.csv",
    "findings.json",
    "manifest",
    "rollup",
} | {f"{w}{n}" for w in ("com", "lpt") for n in range(10)}


#: Rules whose findings do not come from the agency's own files.
_NOT_OF_FILES = (*agency_in_batch.ALIKE, agency_in_batch.IN_USE)


@dataclass(frozen=True)
class AgencyInput:
    """An agency's folder as found: the name its output gets, what it calls itself, and what stands in the way.

    `folder` is the copy that this run reads; `source` is the agency's own, which nothing here touches.
    """

    name: str
    folder: Path
    source: Path
    title: str
    problems: tuple[Problem, ...]
    readable: bool
    fiscal_year: int | None
    digest: str
    inputs: Mapping[str, str]
    parameters: Mapping[str, Mapping[str, Any]]
    stamps: Mapping[str, Stamp]
    #: Everything that needs attention about the agency, in every subject, the worst first.
    findings: tuple[Finding, ...] = ()
    #: The agency's code, and a mark for each of its people, by which it is compared with the others of the run.
    code: str = ""
    marks: Sequence[str] = ()
    #: A mark for what each row says but days; and for those on the rolls at the end of the period, with their rows.
    rows: Sequence[str] = ()
    counted: Mapping[str, int] = field(default_factory=dict)
    #: The folders whose rosters have most of its people.
    alike: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The name of the agency's own folder as text, which the output's name may only resemble."""
        return shown_as(self.source)

    def changed(self) -> list[str]:
        """The files of the agency's own folder that are no longer what this run reads."""
        shown = passing.named(self.inputs)
        known = dict(zip(sorted(self.inputs), shown, strict=True))
        return [known.get(name, "a new file") for name in changed(self.source, self.inputs, self.stamps)]


@dataclass(frozen=True)
class Job:
    """One notebook for one agency."""

    agency: AgencyInput
    notebook: Notebook
    parameters: Mapping[str, Any]

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from every other job of the run."""
        return self.agency.name, self.notebook.stem

    @property
    def fingerprint(self) -> str:
        """What its result rests on, by content: inputs, notebook, parameters, package with its rules."""
        parts = [self.agency.name, self.agency.digest, self.notebook.stem, self.notebook.digest, package_digest()]
        parts += [one.key for one in self.agency.findings if one.rule in _NOT_OF_FILES]
        return _digest(json.dumps([*parts, self.all_parameters], sort_keys=True).encode())

    @property
    def all_parameters(self) -> dict[str, Any]:
        """What goes into the parameters cell; paths are relative to the folder the notebook runs in."""
        return {"agency": f"agencies/{self.agency.name}", "out": "out", **self.parameters}


def shown_as(folder: Path) -> str:
    """The name of an agency's own folder as text."""
    return masked(folder.name.encode("utf-8", "replace").decode())


def folders(agencies: Path) -> dict[str, Path]:
    """The agency folders below a folder (or the folder itself, where it is one), by their name in the output."""
    if not agencies.is_dir():
        raise FactError(f"There is no folder '{agencies.name}'. Name the folder that holds one folder per agency.")
    if not (agencies / agency_in_batch.MARK).is_file() and any(
        path.is_file() for path in agencies.glob("manifest*.jsonl")
    ):
        raise FactError(
            f"'{agencies.name}' holds the results of a batch, not the agencies' own folders. Name the folder that holds one "
            "folder per agency."
        )
    found = [agencies.resolve()] if (agencies / agency_in_batch.MARK).is_file() else below(agencies)
    if not found:
        raise FactError(
            f"There is no agency folder in '{agencies.name}'. Each agency has a folder with {agency_in_batch.HOLDS}."
        )
    names = safe_names(path.name for path in found)
    return dict(zip(names, found, strict=True))


def safe_names(names: Iterable[str]) -> list[str]:
    """A name for each that is safe as a folder anywhere and stays inside it; names that would fall together differ."""
    given = list(names)
    safe = [_safe(name) for name in given]
    often = Counter(name.casefold() for name in safe)
    return [
        f"{name}-{_digest(original.encode('utf-8', 'surrogatepass'))[:8]}" if often[name.casefold()] > 1 else name
        for name, original in zip(safe, given, strict=True)
    ]


def _safe(name: str) -> str:
    kept = re.sub(r"[^A-Za-z0-9._ -]", "_", name)[:_LONGEST].strip(". ") or "_"
    return f"_{kept}" if kept.casefold().split(".")[0] in _RESERVED or kept.casefold() in _RESERVED else kept


def choose(found: Mapping[str, Path], only: Sequence[str]) -> dict[str, Path]:
    """The agencies named; an unknown name is refused with the nearest one."""
    by_name = {path.name: name for name, path in found.items()} | {name: name for name in found}
    for name in only:
        if name not in by_name:
            lower = {known.lower(): known for known in by_name}
            meant = near(name, lower)
            asked = f" Did you mean '{lower[meant]}'?" if meant else ""
            raise FactError(f"There is no agency folder '{shown(name)}'.{asked}")
    wanted = {by_name[name] for name in only}
    return {name: path for name, path in found.items() if not only or name in wanted}


def part(found: Mapping[str, Path], shard: tuple[int, int] | None) -> dict[str, Path]:
    """The agencies of one of n parts; together the parts are all of them, and no two overlap."""
    if shard is None:
        return dict(found)
    number, of = shard
    if not 1 <= number <= of:
        raise FactError(f"There is no part {number} of {of}; parts are numbered from 1, for example 1/{max(of, 1)}.")
    return {name: path for index, (name, path) in enumerate(sorted(found.items())) if index % of == number - 1}


def open_agency(name: str, source: Path, folder: Path, as_of: str = "") -> AgencyInput:
    """Copy an agency's folder, read the copy, and say what stands in its way; whatever happens, the others go on.

    What turns on a day is seen on `as_of`, or else on the day the agency's own parameters or files give.
    """
    try:
        if not source.is_dir():
            raise FileNotFoundError(errno.ENOENT, "the link leads nowhere")
        inputs, stamps = copy(source, folder)
        parameters, wrong = _parameters(folder)
        found = agency_in_batch.read(folder, name, str(parameters.get(DATED, {}).get("as_of", as_of)))
        wrong += _named_personally(folder, Names(found.names))
        wrong += agency_in_batch.without_a_file(source)
        findings = [*of_problems(wrong, "run"), *found.findings]
        if used := passing.named(dict.fromkeys(open_now(source), "")):
            findings.append(agency_in_batch.in_use(sorted(used)))
    except (OSError, UnicodeError) as failure:
        said = failure.strerror if isinstance(failure, OSError) else "not text"
        fix = "Check that the files are there and may be read."
        return not_read(name, source, f"cannot be read ({said})", fix, _which(failure, source))
    return AgencyInput(
        name=name,
        folder=folder,
        source=source,
        title=found.title,
        problems=(*wrong, *found.problems),
        readable=found.readable and not wrong,
        fiscal_year=found.fiscal_year,
        digest=_digest(json.dumps(inputs, sort_keys=True).encode()),
        inputs=inputs,
        parameters=parameters,
        stamps=stamps,
        code=found.code,
        marks=among.marks(found.people),
        rows=among.marks(found.rows),
        counted={among.mark(person): row for person, row in found.counted},
        findings=tuple(in_order(findings)),
    )


def open_people(name: str, source: Path) -> AgencyInput:
    """An agency that this run leaves alone: whom its roster has, so that the others can be compared with it."""
    inputs = {one: digest for one in agency_in_batch.PEOPLE_IN if (digest := digest_of(source / one))}
    found = agency_in_batch.read_people(source, name)
    return AgencyInput(
        name, source, source, found.title, (), found.readable, found.fiscal_year, "", inputs, {}, {},
        code=found.code, marks=among.marks(found.people), rows=among.marks(found.rows),
        counted={among.mark(person): row for person, row in found.counted},
    )  # fmt: skip


def _which(failure: Exception, source: Path) -> str:
    """The file that could not be read, by a name that tells of nobody; 'folder' where it is another, or the folder itself."""
    name = Path(str(getattr(failure, "filename", None) or source)).name
    return name if agency_in_batch.FILE_NAMES.fullmatch(name) else "folder"


def _named_personally(folder: Path, people: Names) -> list[Problem]:
    """The folder by the name of a person, or a file in it by anything else personal."""
    names = [folder.name] if found(folder.name, people) else []
    names += [file.name for file in folder.rglob("*") if any(hits(file.name))]
    fix = "Give it another name."
    kinds = dict.fromkeys(found(name, people)[0].kind for name in names)
    return [Problem(None, None, "", f"the name of a file or folder holds {kind}", fix, file="folder") for kind in kinds]


def not_read(name: str, source: Path, why: str, fix: str, file: str = "folder") -> AgencyInput:
    """An agency whose folder, or a file in it, could not be read, with the reason in words."""
    problem = Problem(None, None, "", why, fix, file=file)
    return AgencyInput(name, source, source, name, (problem,), False, None, "", {}, {}, {},
                       tuple(of_problems([problem], "run")))  # fmt: skip


def _parameters(folder: Path) -> tuple[dict[str, dict[str, Any]], list[Problem]]:
    """An agency's own parameters, by notebook, where its folder holds any."""
    file = folder / PARAMETERS
    if not file.is_file():
        return {}, []
    fix = "Write the notebook's name, and below it, indented, name: value."
    try:
        tree = strict_yaml.load(strict_yaml.opened(file))
    except strict_yaml.YamlError as failure:
        return {}, [Problem(failure.line, None, "", failure.reason, fix, file=PARAMETERS)]
    if not isinstance(tree, dict) or not all(isinstance(values, dict) for values in tree.values()):
        return {}, [Problem(None, None, "", "does not hold parameters by notebook", fix, file=PARAMETERS)]
    return {str(stem): {str(key): value for key, value in values.items()} for stem, values in tree.items()}, []


def jobs(
    agencies: Iterable[AgencyInput], notebooks: Sequence[Notebook], given: Mapping[str, Any]
) -> tuple[list[Job], list[FactError]]:
    """A job per agency and notebook, and every parameter that cannot be used, found before anything starts.

    Parameters given for the whole run go into each notebook that has them; an agency's own come after and win.
    """
    wrong: list[FactError] = []
    for name in given:
        if not any(name in notebook.parameters for notebook in notebooks):
            try:
                notebooks[0].read({name: given[name]})
            except FactError as failure:
                wrong.append(failure)
    made = []
    common: dict[str, dict[str, Any]] = {}
    for notebook in notebooks:
        try:
            common[notebook.stem] = notebook.read({k: v for k, v in given.items() if k in notebook.parameters})
        except FactError as failure:
            wrong.append(failure)
            common[notebook.stem] = {}
    for agency in agencies:
        wrong += _misspelled(agency, [notebook.stem for notebook in notebooks])
        for notebook in notebooks:
            try:
                own = notebook.read(agency.parameters.get(notebook.stem, {}), whose=agency.name)
            except FactError as failure:
                wrong.append(failure)
                continue
            made.append(Job(agency, notebook, common[notebook.stem] | own))
    return made, wrong


def _misspelled(agency: AgencyInput, stems: Sequence[str]) -> list[FactError]:
    """Names in an agency's parameters that are no notebook, but nearly one of this run; others may be another run's."""
    unknown = [name for name in agency.parameters if name not in stems and name not in walk_throughs()]
    return [
        FactError(f"{agency.name}: {PARAMETERS} speaks of a notebook '{shown(name)}'.{suggestion(name, stems)}")
        for name in unknown
        if near(name, stems)
    ]


@cache
def package_digest() -> str:
    """What the package's sources and rules come to."""
    root = Path(seskit.__file__).parent
    total = hashlib.sha256(seskit.__version__.encode())
    for path in shipped.files(root):
        total.update(f"{path.relative_to(root).as_posix()}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
