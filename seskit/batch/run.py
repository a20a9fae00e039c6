"""The batch from the outside: one call, one summary."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seskit.batch import among, attention, index, notebook, passing, plan, reader, since
from seskit.batch import store as stores
from seskit.batch.drive import Drive, OutputGone, gone, in_one_line
from seskit.batch.launch import Launcher, Lost
from seskit.batch.limits import Limits, Tls
from seskit.batch.plan import AgencyInput, Job
from seskit.batch.progress import Lasting, Progress, display
from seskit.batch.store import Store
from seskit.desk.in_batch import DATED, HOME
from seskit.formats import results
from seskit.formats.refusals import FactError
from seskit.record.manifest import Record
from seskit.record.problem import errors


@dataclass(frozen=True)
class BatchSummary:
    """How a run ended."""

    out: Path
    records: tuple[Record, ...]
    unfinished: int = 0
    kept: int = 0
    trouble: str = ""
    only_failed: bool = False
    #: Those of the unfinished that never ran here, where only what failed was asked for.
    never: int = 0
    #: Agencies of the same folder that this run left alone and that have no results here.
    elsewhere: int = 0
    #: Agencies whose results here are from before their files or the rules changed, as people know them.
    outdated: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """0: all went well. 1: something needs attention or is unfinished. 2: nothing could be started."""
        if self.records and all(record.status == "not run" for record in self.records):
            return 2
        return (
            1
            if self.trouble or self.unfinished or self.outdated or not all(record.well for record in self.records)
            else 0
        )

    def to_text(self) -> str:
        """The run in a few sentences."""
        said = index.summary(self.records, self.unfinished - self.never, self.never, self.elsewhere, self.outdated)
        if self.kept and self.only_failed:
            said.append(f"{self.kept} left as an earlier run made them, because only failed ones were to run.")
        elif self.kept:
            said.append(f"{self.kept} kept from an earlier run, because nothing they depend on has changed.")
        told = " ".join([*said, *self.notes, *([self.trouble] if self.trouble else [])])
        page = self.out / "index.html"
        return "\n".join([told, *index.first(self.records), *([f"Open {page}."] if page.is_file() else [])])


def run(
    agencies: str | Path,
    out: str | Path,
    *,
    notebooks: Sequence[str] | None = None,
    parameters: Mapping[str, Any] | None = None,
    only: Sequence[str] = (),
    failed: bool = False,
    workers: int | None = None,
    shard: tuple[int, int] | None = None,
    cluster: str | None = None,
    tls: Tls | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
    launcher: Launcher | None = None,
) -> BatchSummary:
    """Run each notebook for each agency folder, and leave the results, an index and a manifest in `out`.

    Everything is checked before the first notebook starts. What an earlier run into the same folder finished is kept
    as long as nothing it rests on has changed. Raises FactError where nothing can be started. A launcher that is
    handed over is used and left open, for callers that run one batch after another.
    """
    agencies, out = Path(agencies), Path(out)
    if tls and not cluster:
        raise FactError("TLS files are for a Dask cluster; also give its address with --cluster.")
    _apart(agencies, out)
    limits, show = limits or Limits(), Lasting(progress or display())
    with _way(launcher, cluster, limits, tls) as way, _trying(out):
        wanted = notebook.load_all((HOME,) if notebooks is None else notebooks, here=cluster is None)
        found = plan.folders(agencies)
        _not_among(found, out)
        chosen = plan.part(plan.choose(found, only), shard)
        with Store(out, shard) as store:
            day = (parameters or {}).get("as_of", "") if any(one.stem == DATED for one in wanted) else ""
            others = {name: folder for name, folder in found.items() if name not in chosen}
            every = reader.read_all(chosen, store.inputs, limits, str(day), way.parent, others)
            every.sort(key=lambda agency: agency.name)
            opened = [agency for agency in among.compared(every) if agency.name in chosen]
            planned, wrong = plan.jobs([agency for agency in opened if agency.readable], wanted, parameters or {})
            if wrong:
                raise FactError("\n".join(dict.fromkeys(map(str, wrong))))
            drive = Drive(store, way, limits, workers, show)
            store.forget(found, {plan.shown_as(folder): name for name, folder in found.items()})
            with contextlib.suppress(OSError):  # of a full disk the run itself tells
                store.expect({name: plan.shown_as(folder) for name, folder in found.items()})
            return _carried_out(store, drive, opened, planned, [w.stem for w in wanted], show, failed, others)


@contextlib.contextmanager
def _trying(out: Path) -> Iterator[None]:
    """Where nothing could be started, no new output folder is left."""
    new = not out.exists()
    try:
        yield
    except FactError:
        if new:
            with contextlib.suppress(OSError):
                out.rmdir()
        raise


@contextlib.contextmanager
def _way(launcher: Launcher | None, cluster: str | None, limits: Limits, tls: Tls | None) -> Iterator[Launcher]:
    """The launcher handed over, or one for this run alone; it gets ready while the checks are made."""
    if launcher:
        yield launcher
        return
    if cluster:
        from seskit.batch.cluster import Cluster

        own: Launcher = Cluster(cluster, limits, tls)
    else:
        own = Launcher()
    try:
        yield own
    finally:
        own.close()


def _carried_out(
    store: Store, drive: Drive, opened: list[AgencyInput], planned: list[Job],
    stems: list[str], show: Progress, failed: bool, others: Mapping[str, Path],
) -> BatchSummary:  # fmt: skip
    trouble = ""
    older: list[Record] = []
    records, waiting, never = _parted(store, planned, failed)
    kept = len(records)
    try:
        for agency in opened:
            if not agency.readable:
                records += [_not_run(store, agency, stem) for stem in stems]
        left = []
        for job, fingerprint in waiting:
            adopted = drive.adopt(job, fingerprint)
            if adopted is None:
                left.append((job, fingerprint))
            else:
                records.append(adopted)
        store.clear()
        show.start(len(left), kept + len(waiting) - len(left))
        try:
            for record in drive.run(left):
                records.append(record)
                show.done(record)
        except Lost as failure:
            trouble = str(failure)
        records = _noting_changes(store, opened, records)
        if not store.is_part:
            sure = {record.key for record in records[kept if failed else 0 :]}
            older = since.outdated(store.records.values(), sure, {**others, **{one.name: one.source for one in opened}})
            records = _with(records, [store.note(record) for record in older])
        store.settle()
        store.see_parts({*others, *(agency.name for agency in opened)})
        with results.kept(store.out, "batch"):
            index.write(
                store.out,
                store.records.values(),
                _unfinished(planned, records) - never,
                never,
                _elsewhere(store, others),
            )
    except OutputGone as failure:
        trouble = str(failure)
    except OSError as failure:
        trouble = str(gone(failure))
    finally:
        show.close()
    ordered = tuple(sorted(records, key=lambda r: r.key))
    return BatchSummary(
        store.out, ordered, _unfinished(planned, records), kept, trouble, failed, never, _elsewhere(store, others),
        tuple(dict.fromkeys(record.shown for record in older)), tuple(store.said),
    )  # fmt: skip


def _parted(store: Store, planned: list[Job], failed: bool) -> tuple[list[Record], list[tuple[Job, str]], int]:
    """The results that are kept, the jobs to run with their fingerprints, and how many are left out: never run, where only what `failed` is asked for."""
    kept, waiting, never = [], [], 0
    before = dict(store.records)
    for job in planned:
        fingerprint = job.fingerprint
        earlier = before.get(job.key)
        if failed and earlier is None:
            never += 1
        elif earlier and (store.is_done(earlier, fingerprint) or (failed and not earlier.unfinished)):
            kept.append(earlier)
        else:
            waiting.append((job, fingerprint))
    return kept, waiting, never


def _elsewhere(store: Store, others: Collection[str]) -> int:
    """How many agencies that this run leaves alone have no results here."""
    return len({*others} - {agency for agency, _ in store.records})


def _noting_changes(store: Store, opened: list[AgencyInput], records: list[Record]) -> list[Record]:
    """Say of each agency whose files changed meanwhile that its results are those of the files as they were."""
    changed = {agency.name: names for agency in opened if agency.inputs and (names := agency.changed())}
    told = [
        since.told(record, changed[record.agency], "while this ran") if record.agency in changed else record
        for record in records
    ]
    return [store.note(record) if record.changed else record for record in told]


def _with(records: list[Record], newer: list[Record]) -> list[Record]:
    """The records, each in the newer form where there is one."""
    known = {record.key: record for record in newer}
    return [known.get(record.key, record) for record in records]


def _unfinished(planned: list[Job], records: list[Record]) -> int:
    done = {record.key for record in records}
    return sum(job.key not in done for job in planned)


def _not_run(store: Store, agency: AgencyInput, stem: str) -> Record:
    """Note an agency whose files cannot be used, with its problems beside the others' results."""
    found = errors(agency.problems) or list(agency.problems)
    data = {"final": False, "problems": [problem.to_dict(filed=True) for problem in agency.problems], "notes": []}
    work = store.new_folder("not-run")
    text = json.dumps(data, indent=1, ensure_ascii=False) + "\n"
    (work / "problems.json").write_text(text, encoding="utf-8", errors="replace")
    files = {"problems.json": work / "problems.json", **attention.files(work, agency.title, agency.findings)}
    first = f"{found[0].where}: {found[0].filed_reason}." if found else ""
    more = f" {len(found) - 1} more in problems.json." if len(found) > 1 else ""
    record = Record(
        agency.name, agency.title, stem, "not run", False, in_one_line(f"The files cannot be used. {first}{more}"),
        folder=agency.shown, errors=len(found), inputs=passing.named(agency.inputs), findings=attention.by_subject(agency.findings),
    )  # fmt: skip
    kept = store.publish(record, files)
    stores.discard(work)
    return kept


def _apart(agencies: Path, out: Path) -> None:
    """Refuse an output folder that is, or lies in, the agencies' own."""
    inside, outside = out.resolve(), agencies.resolve()
    if inside == outside or outside in inside.parents:
        raise FactError("The output folder is inside the agencies' folder; give --out a separate place.")


def _not_among(found: Mapping[str, Path], out: Path) -> None:
    """Refuse an output folder in which an agency's results would come to stand among its own files."""
    for name, folder in found.items():
        files, results = folder.resolve(), (out / name).resolve()
        if files == results or files in results.parents or results in files.parents:
            raise FactError(f"The results of '{name}' would be mixed with its own files; give --out a separate place.")
