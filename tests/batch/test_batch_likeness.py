"""From inside, the warm engine looks like a kernel: its state is compared with stock papermill's, name by name."""

import json
import os

import pytest

from seskit.batch import job, notebook
from seskit.batch.engine import warm
from seskit.batch.engine.order import Order
from seskit.batch.launch import Launcher
from tests import batch_kit as kit
from tests.extent import thorough

pytestmark = pytest.mark.skipif(not warm.available(), reason="this system cannot fork")

#: Everything a cell can see of its process without looking for it in memory, each under a name of its own.
STATE = r"""
import asyncio, builtins, faulthandler, gc, json, locale, logging, os, pdb, re, resource, signal, sys, threading, warnings
def plain(value):
    text = re.sub(r"0x[0-9a-f]+", "", repr(value))
    return re.sub(r"(?:kernel|tmp\w+)\.json", "FILE.json", text)
known = [log for log in logging.root.manager.loggerDict.values() if isinstance(log, logging.Logger)]
state = {
    "argv": plain(sys.argv),
    "orig_argv": plain(sys.orig_argv),
    "breakpoint": getattr(sys.breakpointhook, "__name__", "") == "breakpointhook",
    "pdb": plain([pdb.Pdb, pdb.set_trace]),
    "hooks": plain([sys.displayhook, sys.excepthook, sys.unraisablehook, threading.excepthook, sys.gettrace()]),
    "loggers": {log.name: [log.level, [type(h).__name__ for h in log.handlers], log.propagate, log.disabled]
                for log in known if log.level or log.handlers or log.disabled or not log.propagate},
    "root logger": [logging.root.level, len(logging.root.handlers), logging.root.manager.disable],
    "warnings": [plain(warnings.filters), plain(warnings.showwarning), sys.warnoptions],
    "signals": {s.name: plain(signal.getsignal(s)) for s in signal.Signals if not s.name.startswith("SIGRT")},
    "signals blocked": plain(signal.pthread_sigmask(signal.SIG_BLOCK, [])),
    "timer": signal.getitimer(signal.ITIMER_REAL),
    "environment": {n: v for n, v in os.environ.items() if n not in ("JPY_PARENT_PID", "PYTHONHASHSEED")},
    "parent told": os.environ.get("JPY_PARENT_PID", "").isdigit(),
    "threads": sorted(t.name for t in threading.enumerate()),
    "daemons": [t.daemon for t in threading.enumerate()],
    "next thread": threading.Thread().name,
    "this thread": threading.current_thread() is threading.main_thread(),
    "limits": [sys.getrecursionlimit(), sys.getswitchinterval(), gc.isenabled(), gc.get_threshold()],
    "umask and niceness": [os.umask(0o22), os.nice(0)],
    "faulthandler": faulthandler.is_enabled(),
    "locale": locale.setlocale(locale.LC_ALL),
    "path": sys.path,
    "loop": plain([type(asyncio.get_event_loop()), type(asyncio.get_event_loop_policy())]),
    "main": sorted(vars(sys.modules["__main__"])),
    "streams": [[getattr(s, "encoding", ""), getattr(s, "errors", ""), s.isatty()] for s in (sys.stdout, sys.stderr)],
    "history": [get_ipython().history_manager.enabled, get_ipython().history_manager.hist_file],
    "events": plain(get_ipython().events.callbacks),
    "flags": [sys.flags.interactive, sys.flags.dev_mode, sys.flags.utf8_mode, sys.dont_write_bytecode],
    "group and session": [os.getpgid(0) == os.getpid(), os.getsid(0) == os.getpid()],
    "children": [n for t in os.listdir("/proc/self/task") for n in open(f"/proc/self/task/{t}/children").read().split()],
}
os.umask(state["umask and niceness"][0])
open("state.json", "w").write(json.dumps(state, default=repr))
"""
#: What a cell does, one after the other in one notebook: a thread gets the number it would get; importing a library brings its
#: warnings filters and handlers in the cell that imports it; no debugger stops a run that nobody can type into.
CELLS = {
    "thread": "import threading\nthreading.Thread().name",
    "library": "import numpy, requests, warnings, logging\n"
    "sorted(repr(f) for f in warnings.filters if 'numpy' in repr(f) or 'urllib3' in repr(f)), "
    "logging.getLogger('urllib3').handlers",
    "breakpoint": "breakpoint(); print('after')",
}
DEEP = "import time\nbegun = time.perf_counter()\ndef f(n): return f(n + 1) + 1\nf(0)"
WAYS = ("stock", "warm")


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Runs cells either way, the warm one by a parent that begins with the same environment."""
    place = tmp_path_factory.mktemp("alike")

    os.environ.pop("PYTEST_CURRENT_TEST", None)  # a kernel that finds it watches no output
    launcher = Launcher()

    def run(name, *cells):
        os.environ.pop("PYTEST_CURRENT_TEST", None)
        for way in WAYS:
            work = place / way / name
            work.mkdir(parents=True)
            ready = notebook.load(kit.notebook(work / "n.ipynb", *cells))
            (work / job.SOURCE).write_text(ready.source, encoding="utf-8")
            order = Order(
                work=str(work), agency="ASR", title="T", folder=str(kit.SAMPLES / "ASR"), stem="n", kernel="python3",
                parameters={"agency": "agencies/ASR", "out": "out"}, fingerprint="f",
                engine="seskit" if way == "warm" else None, cell_limit=120,
            )  # fmt: skip
            launcher.start(order)
            while not launcher.ended(0.2):
                pass
        return place / "stock" / name, place / "warm" / name

    yield run
    launcher.close()


def outputs(work):
    """The outputs of each cell of code; where a run failed, papermill puts words of its own before the cell."""
    cells = json.loads((work / job.EXECUTED).read_text(encoding="utf-8"))["cells"]
    return [cell["outputs"] for cell in cells if cell["cell_type"] == "code"]


def apart(one, other):
    """Both values; of two mappings only the entries that differ."""
    if not isinstance(one, dict):
        return one, other
    return {name: (one.get(name), other.get(name)) for name in one | other if one.get(name) != other.get(name)}


def test_a_cell_sees_what_it_sees_in_a_kernel(both):
    """Each thing of the list is as in stock papermill; each that is not is named by this test."""
    stock, warm = (json.loads((work / job.RUN / "state.json").read_text()) for work in both("state", STATE))
    assert stock.keys() == warm.keys()
    unlike = {name: apart(stock[name], warm[name]) for name in stock if stock[name] != warm[name]}
    unlike.pop("path", None) if [p[-20:] for p in stock["path"]] == [p[-20:] for p in warm["path"]] else None
    assert unlike == {}
    assert "ipykernel_launcher" in warm["argv"]


@pytest.fixture(scope="module")
def done(both):
    """What the cells came to, either way."""
    return [outputs(work)[-len(CELLS) :] for work in both("does", *CELLS.values())]


@pytest.mark.parametrize("number", range(len(CELLS)), ids=CELLS)
def test_a_cell_does_what_it_does_in_a_kernel(done, number):
    """Each of the cells shows what it shows in a kernel."""
    stock, warm = (each[number] for each in done)
    assert warm == stock
    assert warm


@pytest.mark.slow
@thorough
def test_endless_recursion_takes_no_longer_than_in_a_kernel(both):
    """The traceback of thousands of frames is made without a search through everything the warm parent imported."""
    shown = "import time\ntook = time.perf_counter() - begun\nopen('took', 'w').write(str(took))"
    hook = "get_ipython().events.register('post_run_cell', lambda result: exec(compile(TOOK, 't', 'exec'), globals()))"
    works = both("deep", f"TOOK = {shown!r}\nbegun = 0\n{hook}", DEEP)
    stock, warm = (float((work / job.RUN / "took").read_text()) for work in works)
    assert warm < 3 * stock
    assert all(outputs(work)[-1][-1]["ename"] == "RecursionError" for work in works)
