"""How fast the batch is: stock papermill in sequence, the batch, and the floor, interleaved in one run.

The floor is the notebook's own cells run as a plain script, in processes that are warm already, as many as the batch
has workers. Ratios are printed and never asserted. Run: python -m tests.bench_batch [AGENCIES] [ROUNDS]
"""

from __future__ import annotations

import contextlib
import io
import json
import multiprocessing
import os
import re
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

from seskit import batch
from seskit.batch import notebook, plan
from seskit.batch.engine.imports import papermill
from seskit.batch.launch import Launcher
from seskit.batch.progress import Silent
from seskit.formats import results
from tests import batch_kit
from tests.bench_waits import Row
from tests.places import SAMPLES

WORKERS = os.cpu_count() or 1
#: What the batch alone writes beside a notebook's own files, and the notebook's list of its files, which the batch keeps.
BESIDE = set(map(Path, ("report.ipynb", "report.html", "findings.html", "findings.json", results.RECORD)))


def cells(ready: notebook.Notebook) -> list[str]:
    """The code of a notebook."""
    return ["".join(cell["source"]) for cell in json.loads(ready.source)["cells"] if cell["cell_type"] == "code"]


def as_script(code: list[str], folders: list[Path], begin: object, done: object) -> None:
    """Get warm on one agency, wait for the signal, then run the cells for each agency one after the other."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    from seskit.batch import served
    from seskit.batch.engine import preload

    preload.everything(served)
    compiled = [compile(source, "cell", "exec") for source in code]

    def one(folder: Path) -> None:
        with tempfile.TemporaryDirectory() as place, contextlib.redirect_stdout(io.StringIO()):
            names = {"__name__": "__main__"}
            exec(compiled[0], names)  # noqa: S102
            names |= {"agency": str(folder), "out": place, "display": lambda *shown: [_shown(x) for x in shown]}
            for step in compiled[1:]:
                exec(step, names)  # noqa: S102

    one(folders[0])
    begin.wait()
    for folder in folders:
        one(folder)
    done.release()


def _shown(value: object) -> None:
    show = getattr(value, "_repr_html_", None)
    if show:
        show()


def floor(code: list[str], folders: list[Path]) -> float:
    """Seconds a notebook, in warm processes."""
    context = multiprocessing.get_context("spawn")
    begin, done = context.Barrier(WORKERS + 1), context.Semaphore(0)
    shares = [folders[n::WORKERS] for n in range(WORKERS)]
    processes = [context.Process(target=as_script, args=(code, share, begin, done)) for share in shares]
    for process in processes:
        process.start()
    begin.wait()
    since = time.perf_counter()
    for _ in processes:
        done.acquire()
    spent = time.perf_counter() - since
    for process in processes:
        process.join()
    return spent / len(folders)


def stock(ready: notebook.Notebook, agencies: Path, names: list[str], kept: Path) -> float:
    """Seconds a notebook, stock papermill called from Python in sequence; what it gives stays in `kept`."""
    since = time.perf_counter()
    for name in names:
        place = kept / name
        place.mkdir(parents=True, exist_ok=True)
        (place / "source.ipynb").write_text(ready.source, encoding="utf-8")
        if not (place / "agencies").exists():
            (place / "agencies").symlink_to(agencies)
        papermill().execute_notebook(
            str(place / "source.ipynb"), str(place / "executed.ipynb"), progress_bar=False, cwd=str(place),
            kernel_name="python3", parameters={"agency": f"agencies/{name}", "out": "out"},
        )  # fmt: skip
    return (time.perf_counter() - since) / len(names)


def differences(stocks: Path, batches: Path, names: list[str]) -> list[str]:
    """Each file that stock papermill's run and the batch have not alike, and each notebook whose outputs differ."""
    found = []
    for name in names:
        ours, theirs = batches / name, stocks / name
        if outputs(ours / "report.ipynb") != outputs(theirs / "executed.ipynb"):
            found.append(f"{name}: outputs")
        files = {path.relative_to(theirs / "out") for path in (theirs / "out").rglob("*") if path.is_file()}
        files |= {path.relative_to(ours) for path in ours.rglob("*") if path.is_file()}
        for file in sorted(files - BESIDE):
            pair = [folder / file for folder in (ours, theirs / "out")]
            if not all(path.is_file() for path in pair) or pair[0].read_bytes() != pair[1].read_bytes():
                found.append(f"{name}: {file}")
    return found


def outputs(path: Path) -> str:
    """The outputs of a notebook's cells as text, without ids that every run draws anew."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    shown = json.dumps([cell.get("outputs") for cell in cells if cell["cell_type"] == "code"], sort_keys=True)
    return re.sub(r"\b[0-9a-f]{32}\b|0x[0-9a-f]{6,}", "ID", shown)


def ours(place: Path, out: Path, launcher: Launcher) -> tuple[float, float]:
    """Seconds a notebook over a whole batch with a warm parent, and of the same batch where nothing has changed."""
    spent = []
    for _ in range(2):
        since = time.perf_counter()
        summary = batch.run(place, out, progress=Silent(), launcher=launcher)
        spent.append((time.perf_counter() - since) / len(summary.records))
    return spent[0], spent[1]


def cold(place: Path) -> tuple[float, int]:
    """Seconds of a whole batch from nothing, and how many notebooks it had."""
    with tempfile.TemporaryDirectory() as out:
        since = time.perf_counter()
        summary = batch.run(place, out, progress=Silent())
        return time.perf_counter() - since, len(summary.records)


def growth(sizes: tuple[int, ...] = (10, 100, 1000)) -> None:
    """Small agencies by the ten, the hundred and the thousand: what one costs, and the most memory all processes hold."""
    print("Small agencies, a small notebook, parent warm: does the cost of one grow with their number?")
    with tempfile.TemporaryDirectory() as folder:
        written = batch_kit.small(Path(folder))
        launcher = Launcher()
        first = 0.0
        for size in (1, *sizes):
            place = Path(folder, f"agencies{size}")
            place.mkdir()
            for number in range(size):
                (place / f"A{number:04d}").symlink_to(SAMPLES / "BCC")
            with Memory() as memory:
                since = time.perf_counter()
                batch.run(place, Path(folder, f"out{size}"), notebooks=[written], progress=Silent(), launcher=launcher)
                spent = (time.perf_counter() - since) / size
            if size > 1:
                first = first or spent
                print(
                    f"  {size:5,} agencies: {spent:.3f} s each ({spent / first:.2f} of the first line), "
                    f"at most {memory.most:.0f} MiB in all processes"
                )
        launcher.close()


class Memory:
    """The most memory this process and all below it hold together, shared pages counted once, while it is open."""

    def __enter__(self) -> Memory:
        self.most, self._over = 0.0, threading.Event()
        self._watch = threading.Thread(target=self._look)
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watch.join()

    def _look(self) -> None:
        while not self._over.wait(0.25):
            self.most = max(self.most, sum(map(_held, [os.getpid(), *batch_kit.family(os.getpid())])))


def _held(pid: int) -> float:
    """A process's share of the memory it uses, in MiB."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def main(count: int = 33, rounds: int = 5) -> list[Row]:
    """Measure and print; the lines that have an aim."""
    rows = against_stock(count, rounds)
    growth()
    return rows


def against_stock(count: int, rounds: int) -> list[Row]:
    """Stock papermill, the batch, and the floor, in turns."""
    names = sorted(path for path in SAMPLES.iterdir() if path.is_dir() and path.name != "XFR")[:count]
    ready = notebook.load("report")
    code = cells(ready)
    found: dict[str, list[float]] = {"stock": [], "batch": [], "floor": [], "again": [], "from nothing": []}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "agencies")
        place.mkdir()
        for path in names:
            (place / path.name).symlink_to(path)
        folders = list(plan.folders(place).values())
        launcher = Launcher()
        with tempfile.TemporaryDirectory() as out:
            batch.run(place, out, only=[names[0].name], progress=Silent(), launcher=launcher)
        compared = [path.name for path in names[: max(2, count // 6)]]
        unlike: list[str] = []
        for number in range(rounds):
            stocks, batches = Path(folder, f"stock{number}"), Path(folder, f"batch{number}")
            found["stock"].append(stock(ready, place, compared, stocks))
            one, again = ours(place, batches, launcher)
            unlike += differences(stocks, batches, compared)
            found["batch"].append(one)
            found["again"].append(again)
            found["floor"].append(floor(code, folders))
            spent, run = cold(place)
            found["from nothing"].append(spent / run)
        launcher.close()
    middle = {name: statistics.median(values) for name, values in found.items()}
    pairs = list(zip(found["stock"], found["batch"], found["floor"], strict=True))
    print(f"{len(folders)} agencies, {WORKERS} workers, {rounds} rounds interleaved; seconds a notebook, medians")
    print(f"  stock papermill in sequence   {middle['stock']:.3f}")
    print(f"  our batch, parent warm        {middle['batch']:.3f}")
    print(f"  our batch, from nothing       {middle['from nothing']:.3f}")
    print(f"  our batch, nothing changed    {middle['again']:.3f}")
    print(f"  floor, plain script, warm     {middle['floor']:.3f}")
    print(
        f"  {rounds * len(compared)} runs compared with stock papermill's: {', '.join(unlike) or 'all files and outputs alike'}"
    )
    work = f"{len(folders)} agencies"
    return [
        Row(f"{work}, stock papermill in sequence, against the batch", statistics.median(s / b for s, b, _ in pairs), 18, at_least=True),
        Row(f"{work}, batch against the floor", statistics.median(b / f for _, b, f in pairs), 1.25),
    ]  # fmt: skip


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
