"""One notebook for one agency, in a process and a folder of its own: run it, make its page, say how it ended.

Everything is written into the work folder; the last file, `result.json`, says that the rest is whole. Only the batch
itself moves finished files to where people look for them.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from seskit.batch import passing, snapshot
from seskit.batch.clean import Cleaner
from seskit.batch.engine.imports import papermill, read_notebook, written
from seskit.batch.engine.keeper import end_orphans, limit_memory
from seskit.batch.engine.likeness import STOP
from seskit.batch.engine.order import PYTHON, Order
from seskit.desk.agency_in_batch import names as people_of
from seskit.formats.files import digest, whole
from seskit.formats.kernel_sockets import private_sockets
from seskit.formats.personal_data import Names, masked
from seskit.formats.results import RECORD as WRITTEN

RESULT = "result.json"
SOURCE = "source.ipynb"
EXECUTED = "executed.ipynb"
PAGE = "page.html"
RUN = "run"
OUT = "out"


def run(order: Order) -> int:
    """Carry out an order; 0 when a result was written, whatever it says."""
    os.chdir(order.work)
    signal.signal(STOP if order.engine else signal.SIGTERM, _asked_to_stop)
    limit_memory(order.memory)
    mask = os.umask(0o022)
    os.umask(mask)
    outcome = executed(order)
    os.umask(mask)
    end_orphans()
    try:
        finish(order, outcome)
    except Exception as failure:  # noqa: BLE001 - what fails after the last cell is recorded as well
        if isinstance(failure, OSError) and failure.errno in _FULL:
            return failure.errno
        why = outcome.get("failed") or f"Its results could not be kept. {_in_words(failure, order)}"
        _finish_in_short(order, why)
    return 0


def executed(order: Order) -> dict[str, Any]:
    """Run the notebook; nothing where all went well, and otherwise what stopped it."""
    pm = papermill()
    try:
        _lay_out(order)
        with _sockets(order) as more:
            pm.execute_notebook(
                SOURCE, EXECUTED, parameters=dict(order.parameters), engine_name=order.engine,
                kernel_name=order.kernel, progress_bar=False, cwd=RUN, execution_timeout=order.cell_limit,
                start_timeout=120, iopub_timeout=120, **more,
            )  # fmt: skip
    except pm.exceptions.PapermillExecutionError as failure:
        return {"failed": f"{failure.ename}: {failure.evalue}".strip(": ")}
    except Exception as failure:  # noqa: BLE001 - whatever stops a notebook is recorded, and the others go on
        return {"failed": _in_words(failure, order), "start": not _has_started(Path(order.work))}
    return {}


def _sockets(order: Order) -> contextlib.AbstractContextManager[dict[str, Any]]:
    """Private sockets for papermill and a kernel of Python's; with another kernel it is ports, as papermill has it."""
    return contextlib.nullcontext({}) if order.engine or order.kernel != PYTHON else private_sockets()


def _finish_in_short(order: Order, why: str) -> None:
    """A result without a page, and without the files where even those cannot be made fit to keep."""
    work = Path(order.work)
    try:
        result = half_run(order, why)
    except Exception:  # noqa: BLE001 - the reason is known already
        (work / EXECUTED).unlink(missing_ok=True)
        snapshot.remove(work / RUN)
        result = {"failed": why, "step": "the end, after its last cell"}
    cleaner = Cleaner(order.folder, order.work, people_of(order.folder))
    files = {path.relative_to(work).as_posix(): digest(path) for path in left(work)}
    result |= {"failed": cleaner.text(why), "fingerprint": order.fingerprint, "files": files}
    whole(work / RESULT, json.dumps(result).encode())


def _asked_to_stop(*_: Any) -> None:
    raise SystemExit(143)


def _lay_out(order: Order) -> None:
    """Make the folder the notebook runs in: `agencies/NAME` is a copy of the agency's folder, `out` takes its files."""
    place = Path(RUN, *Path(order.parameters["agency"]).parts)
    Path(RUN, OUT).mkdir(parents=True, exist_ok=True)
    found, _ = snapshot.copy(Path(order.folder), place)
    if order.inputs is not None and found != order.inputs:
        other = sorted(name for name in found.keys() | order.inputs.keys() if found.get(name) != order.inputs.get(name))
        raise _Spoiled(f"The copy of {other[0]} for this run was changed by something else. Run it again.")


class _Spoiled(Exception):
    """What the notebook would read is not what was checked; says so in a sentence."""


def finish(order: Order, outcome: Mapping[str, Any]) -> None:
    """Make what a run has left fit to keep: no machine path, no name in an error, a page without code, a result."""
    from seskit.formats import notebook_page
    from seskit.paper import findings as paper

    work = Path(order.work)
    failed = "failed" in outcome
    cleaner = Cleaner(order.folder, order.work, names=people_of(order.folder) if failed else ())
    result = dict(outcome)
    if (work / EXECUTED).is_file():
        notebook = read_notebook(work / EXECUTED)
        if failed:
            result["step"] = failing_step(notebook)
            result["failed"] = cleaner.text(outcome["failed"])
        cleaner.notebook(notebook, order.stem)
        whole(work / EXECUTED, _bytes(notebook), looked_over=False)
        title = f"{order.title}: {notebook_page.title(notebook, order.stem)}"
        page = notebook_page.made(notebook, title, order.title, paper.line(order.attention)).encode(errors="replace")
        whole(work / PAGE, page, looked_over=False)
    cleaner.files(work / RUN / OUT)
    _passing(order, result)
    result["fingerprint"] = order.fingerprint
    result["files"] = {path.relative_to(work).as_posix(): digest(path) for path in left(work)}
    whole(work / RESULT, json.dumps(result).encode(), looked_over=False)


def _bytes(notebook: Any) -> bytes:
    """A notebook as a file; half a character, which no file may hold, as JSON escapes it."""
    return written(notebook).encode(errors="backslashreplace")


def left(work: Path) -> list[Path]:
    """What a job leaves to keep: the executed notebook, its page, and all it wrote into its own folder."""
    out = work / RUN / OUT
    found = [work / EXECUTED, work / PAGE, *([] if out.is_symlink() else sorted(out.rglob("*")))]
    return [path for path in found if path.is_file() and not path.is_symlink() and path.name != WRITTEN]


def result(work: Path) -> dict[str, Any] | None:
    """What a job says of itself, or nothing where it has not come to its end."""
    try:
        found = json.loads((work / RESULT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def failing_step(notebook: Any) -> str:
    """Where a notebook stopped, in the words of its own headings.

    A cell that failed says so. Where the kernel was lost, papermill calls the cell it was at complete: it is then the
    last that began, unless no cell was left to begin.
    """
    heading, begun, left = "", "", False
    code = 0
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("#"):
            heading = cell.source.splitlines()[0].lstrip("# ")
        if cell.cell_type != "code":
            continue
        code += 1
        here = f"code cell {code}" + (f', under "{heading}"' if heading else "")
        about = cell.metadata.get("papermill", {})
        if about.get("status") in ("running", "failed") or any(
            out.output_type == "error" for out in cell.get("outputs", ())
        ):
            return here
        if about.get("start_time") or cell.get("execution_count"):
            begun, left = here, False
        else:
            left = True
    if not begun:
        return "the start, before its first cell"
    return begun if left else "the end, after its last cell"


def running_step(work: Path) -> str | None:
    """The step a job had reached when its process ended, or nothing where no cell was begun."""
    notebook = _saved(work)
    if notebook is None:
        return None
    begun = [cell for cell in notebook.cells if cell.metadata.get("papermill", {}).get("start_time")]
    return failing_step(notebook) if begun else None


def saved_at(work: Path) -> float | None:
    """When the notebook of a job was last saved, by the disk's clock: as its current cell began; nothing before that."""
    try:
        return (work / EXECUTED).stat().st_mtime
    except OSError:
        return None


def half_run(order: Order, why: str) -> dict[str, Any]:
    """Keep what a process left that ended without a word: the notebook as far as it came, and the step."""
    notebook = _saved(Path(order.work))
    step = "the start"
    if why in _FULL.values():
        snapshot.remove(Path(order.work, RUN))
    if notebook is not None:
        step = failing_step(notebook)
        cleaner = Cleaner(order.folder, order.work, people_of(order.folder))
        cleaner.notebook(notebook, order.stem)
        cleaner.files(Path(order.work, RUN, OUT))
        whole(Path(order.work, EXECUTED), _bytes(notebook), looked_over=False)
    result = {"failed": why, "step": step}
    _passing(order, result)
    return result


def _passing(order: Order, result: dict[str, Any]) -> None:
    """Remove what may not leave, and let the result say so."""
    work, names = Path(order.work), list(people_of(order.folder))
    files = {path.relative_to(work).as_posix().removeprefix(f"{RUN}/{OUT}/"): path for path in left(work)}
    result["passed"], refused = passing.look_over(files, names)
    if refused:
        result.setdefault("step", "the files it left")
        result["failed"] = " ".join([*([result["failed"]] if "failed" in result else []), *refused[:3]])
    if "failed" in result:
        result["failed"] = masked(result["failed"], Names(names))


def _saved(work: Path) -> Any:
    try:
        return read_notebook(work / EXECUTED)
    except (OSError, ValueError):
        return None


def _has_started(work: Path) -> bool:
    """Whether any code of the notebook was run."""
    notebook = _saved(work)
    return notebook is not None and any(cell.get("execution_count") or cell.get("outputs") for cell in notebook.cells)


def _in_words(failure: Exception, order: Order) -> str:
    kind = type(failure).__name__
    if kind == "CellTimeoutError":
        if order.cell_limit is None or "IOPub" in str(failure):
            return "The output of a cell did not arrive."
        return f"A cell took longer than {order.cell_limit} seconds."
    if isinstance(failure, _Spoiled):
        return str(failure)
    if isinstance(failure, snapshot.NoRoom):
        return f"The agency's files cannot be copied: {failure}."
    if kind == "DeadKernelError":
        return "The process that ran the notebook ended by itself."
    if isinstance(failure, OSError) and failure.errno in _FULL:
        return _FULL[failure.errno]
    return f"{kind}: {failure}".strip(": ")


def ended_in_words(status: int | None) -> str:
    """Why a process ended that left no result."""
    if status in _FULL:
        return _FULL[status]
    return "The process that ran the notebook ended by itself."


_FULL = {28: "The disk is full.", 27: "A file grew larger than this machine allows.", 122: "The disk quota is used up."}
