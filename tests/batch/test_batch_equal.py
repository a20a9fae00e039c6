"""The warm engine gives what stock papermill gives: awkward notebooks, run both ways, compared cell by cell."""

import json
import multiprocessing
import os
import re
from concurrent.futures import ProcessPoolExecutor

import nbformat
import pytest

from seskit.batch import job, notebook
from seskit.batch.engine.order import Order
from tests import batch_kit as kit
from tests.extent import ALL, times

#: Each a notebook: its cells, in order. Where stock itself is a matter of chance, the cell waits or sorts.
AWKWARD = {
    "print": ["print('a'); import sys; print('b', file=sys.stderr); print('c')"],
    "carriage": ["print('10%\\r20%\\r100%', end='')\nprint()"],
    "unicode": ["print('é 中 \\U0001F600'); '\\u2028'"],
    "long output": ["for n in range(5000): print(n)"],
    "result": ["1 + 1", "_ + 1", "None", "x = 5", "x;"],
    "history": ["In[1][:5], Out", "_ih[-1]", "%history"],
    "rich": [
        "from IPython.display import HTML, Markdown, JSON, display\ndisplay(HTML('<b>x</b>'), Markdown('*y*'))\nJSON({'a': [1, 2]})",
        "class R:\n    def _repr_html_(self): return '<i>r</i>'\n    def __repr__(self): return 'R!'\nR()",
        "class M:\n    def _repr_mimebundle_(self, **k): return {'text/plain': 'm', 'application/x': {'a': 1}}, {'k': 1}\nM()",
    ],
    "update": [
        "h = display('one', display_id='here')\nfrom IPython.display import update_display\nupdate_display('two', display_id='here')",
        "h.update('three')",
        "display('again', display_id='here'); h2 = display(display_id=True); type(h2).__name__",
    ],
    "clear": [
        "from IPython.display import clear_output\nprint('gone'); clear_output(); print('stays')",
        "print('a'); clear_output(wait=True); print('b')",
        "display(1); clear_output(wait=True)",
        "for n in range(4):\n    clear_output(wait=True); display(n)",
    ],
    "error": ["def f(n):\n    return 1 / n\nf(0)", "print('never')"],
    "error chain": ["try:\n    {}['k']\nexcept KeyError as e:\n    raise ValueError('two') from e"],
    "syntax": ["x = (", "1"],
    "raises tag": ["raise RuntimeError('x')", "2"],
    "own error": ["class Odd(Exception):\n    def __str__(self): return 'odd: ' + self.args[0]\nraise Odd('yes')"],
    "custom traceback": ["class T(Exception):\n    def _render_traceback_(self): return ['rendered']\nraise T()"],
    "warning": ["import warnings; warnings.warn('look out', UserWarning, stacklevel=1); 1"],
    "input": ["input('name? ')"],
    "getpass": ["import getpass; getpass.getpass()"],
    "sys.exit": ["import sys; sys.exit(3)", "1"],
    "sys.exit zero": ["import sys; sys.exit()", "1"],
    "keyboard interrupt": ["raise KeyboardInterrupt", "1"],
    "async": [
        "import asyncio\nawait asyncio.sleep(0.01); 'slept'",
        "async def g():\n    await asyncio.sleep(0); return 7\nawait g()",
        "t = asyncio.ensure_future(g())",
        "await t",
        "asyncio.get_running_loop().is_running()",
        "try:\n    asyncio.run(g())\nexcept RuntimeError as e:\n    print(e)",
    ],
    "await error": ["import asyncio\nawait asyncio.wait_for(asyncio.sleep(5), 0.01)"],
    "threads": [
        "import threading\nt = threading.Thread(target=lambda: print('from a thread')); t.start(); t.join()",
        "import time\ndef late():\n    time.sleep(60)\nthreading.Thread(target=late).start(); 'left running'",
        "'next'",
    ],
    "thread display": ["import threading\nt = threading.Thread(target=lambda: display('shown')); t.start(); t.join()"],
    "subprocess": ["import subprocess\nsubprocess.run(['echo', 'out']); import time; time.sleep(.3)", "subprocess.run(['sh', '-c', 'echo err >&2']); time.sleep(.3)"],
    "subprocess fails": ["import subprocess\nsubprocess.run(['false'], check=True)"],
    "system": ["import os, time\nos.system('echo system'); time.sleep(.3)"],
    "bang": ["!echo bang", "x = !echo kept\nx", "!exit 3", "_exit_code"],
    "raw fd": ["import os, time\nos.write(1, b'raw\\n'); time.sleep(.3)", "os.write(2, b'raw err\\n'); time.sleep(.3)"],
    "much raw": ["import os, subprocess, time\nsubprocess.run(['sh', '-c', 'yes x | head -c 200000']); time.sleep(.8)"],
    "magics": ["%%bash\necho from bash", "%%capture c\nprint('caught')", "c.stdout", "%%writefile f.txt\nhello", "open('f.txt').read()"],
    "unknown magic": ["%no_such_magic"],
    "figures": [
        "import matplotlib.pyplot as plt\nfig, ax = plt.subplots(); ax.plot([1, 2])",
        "plt.plot([3, 1]); plt.title('t')",
        "plt.figure(); plt.plot([1]); plt.show(); print('after')",
        "fig",
        "fig, axes = plt.subplots(1, 2);",
        "plt.close('all'); plt.get_fignums()",
    ],
    "figures drawn elsewhere": ["import matplotlib; matplotlib.use('agg'); import matplotlib.pyplot as plt", "plt.plot([1]); plt.show()", "plt.gcf()"],
    "figures when asked": ["import matplotlib.pyplot as plt\nplt.ioff()", "plt.plot([1, 2])", "plt.show()"],
    "figure formats": ["%matplotlib inline\n%config InlineBackend.figure_format = 'svg'", "import matplotlib.pyplot as plt\nplt.get_backend()"],
    "pickle": ["import pickle\nclass P:\n    x = 1\npickle.loads(pickle.dumps(P())).x, P.__module__, __name__"],
    "main": ["import sys\nsys.modules['__main__'].__dict__ is globals(), '__file__' in globals()"],
    "dataclass": ["from dataclasses import dataclass\n@dataclass\nclass D:\n    a: int = 1\nD()"],
    "signals": ["import signal, os\ntry:\n    os.kill(os.getpid(), signal.SIGINT)\n    import time; time.sleep(1)\nexcept KeyboardInterrupt:\n    print('caught')"],
    "alarm": ["import signal, time\ndef ring(*_): raise TimeoutError('rang')\nsignal.signal(signal.SIGALRM, ring); signal.setitimer(signal.ITIMER_REAL, .05); time.sleep(2)"],
    "decimal": ["from decimal import Decimal, getcontext\ngetcontext().prec, Decimal(1) / 3"],
    "environment": ["import os\nsorted(k for k in os.environ if k.startswith(('OPENBLAS', 'OMP', 'MKL', 'SESKIT')) and k != 'SESKIT_TEST_ALL')", "os.environ['PAGER'], os.environ['TERM'], os.environ.get('MPLBACKEND')"],
    "path": ["import sys\n[p[-20:] for p in sys.path], sys.stdout.encoding, sys.stdout.isatty(), sys.flags.interactive"],
    "shell": ["ip = get_ipython()\ntype(ip).__name__, type(ip.kernel).__mro__[-3].__name__, ip.execution_count"],
    "set next": ["get_ipython().set_next_input('x')\n1", "%page _"],
    "events": ["n = []\nget_ipython().events.register('post_run_cell', lambda r: n.append(1))", "len(n)", "len(n)"],
    "user formatter": ["get_ipython().display_formatter.formatters['text/html'].for_type(int, lambda n: f'<b>{n}</b>')\n3"],
    "bad repr": ["class B:\n    def __repr__(self): raise ValueError('no repr')\nB()", "1"],
    "logging": ["import logging\nlogging.warning('w'); logging.getLogger('x').error('e')"],
    "stdout replaced": ["import io, contextlib\nwith contextlib.redirect_stdout(io.StringIO()) as s: print('in')\ns.getvalue()"],
    "flush order": ["import sys\nprint('1'); sys.stdout.flush(); print('2', file=sys.stderr); sys.stderr.flush(); print('3')"],
    "markdown only": ["# Only words"],
    "empty cells": ["", "   ", "1", "# Heading", "2"],
    "multiprocessing": ["import os, sys\nsys.stdout.flush()\npid = os.fork()\nif pid == 0:\n    os._exit(7)\nos.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])"],
    "widgets": ["import ipywidgets as w\nb = w.Button(description='x'); b", "s = w.IntText(3); s.value = 5; display(s); s.value"],
    "widget output": ["import ipywidgets as w\no = w.Output()\nwith o:\n    print('inside'); display('shown')\no", "len(o.outputs), [x['output_type'] for x in o.outputs]"],
    "widget output error": ["import ipywidgets as w\no = w.Output()\nwith o:\n    1/0\n", "o.outputs[0]['ename']"],
    "interact": ["import ipywidgets as w\nw.interact(lambda x: print('got', x), x=w.IntText(2));", "1"],
    "widget link": ["import ipywidgets as w\na, b = w.IntText(1), w.IntText(2)\nw.jslink((a, 'value'), (b, 'value')); a.value = 9; w.VBox([a, b])"],
    "random": ["import random, time\nrandom.seed(1); random.random()"],
    "session": ["import os\ntry: os.setsid()\nexcept OSError as e: print(type(e).__name__)\nos.getpid() == os.getsid(0)"],
    "descriptor closed": ["import os; os.close(1)", "print('x')", "!echo hi"],
    "folder gone": ["import os\nos.mkdir('d'); os.chdir('d'); os.rmdir('../d')", "1"],
    "pool": ["from concurrent.futures import ProcessPoolExecutor\nimport multiprocessing as m\ndef f(x): return x * x", "with ProcessPoolExecutor(2, mp_context=m.get_context('fork')) as p: print(list(p.map(f, range(4))))"],
    "error group": ["raise ExceptionGroup('g', [ValueError(1), TypeError(2)])"],
    "run": ["open('s.py', 'w').write('q = 5\\nprint(__name__)')", "%run s.py", "q"],
    "task fails": ["import asyncio\nasync def f(): raise ValueError('in a task')\nt = asyncio.create_task(f())", "await asyncio.sleep(.05)", "t.exception()"],
    "own handler": ["get_ipython().set_custom_exc((ValueError,), lambda s, t, v, tb, tb_offset=None: print('mine', v))", "raise ValueError(3)", "1"],
    "comm": ["from comm import create_comm\nc = create_comm(target_name='x', data={'a': 1}); c.send({'b': 2}); c.close()"],
    "help": ["?print"],
    "standard input": ["import sys; sys.stdin.read()", "sys.stdin.fileno()"],
    "from C": ["import ctypes, time\nlib = ctypes.CDLL(None); lib.puts(b'from c'); lib.fflush(None); time.sleep(.3)"],
    "atexit": ["import atexit\natexit.register(lambda: open('left.txt', 'w').write('x')); 1"],
}  # fmt: skip
#: The process ends inside a cell: the cells before it are compared.
DEADLY = {
    "os._exit": ["print('before')", "import os\nos._exit(3)", "1"],
    "kill": ["1", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"],
    "exit": ["1", "exit()", "2"],
}


def _ran(cells, work, *, warm, limit=60):
    """Run cells one way; the notebook left behind and how it ended."""
    work.mkdir(parents=True)
    ready = notebook.load(kit.notebook(work / "n.ipynb", *cells))
    (work / job.SOURCE).write_text(ready.source, encoding="utf-8")
    if "raises tag" in str(work):
        tagged = nbformat.read(work / job.SOURCE, 4)
        tagged.cells[1].metadata["tags"] = ["raises-exception"]
        nbformat.write(tagged, work / job.SOURCE)
    return Order(
        work=str(work), agency="ASR", title="T", folder=str(kit.SAMPLES / "ASR"), stem="n", kernel="python3",
        parameters={"agency": "agencies/ASR", "out": "out"}, fingerprint="f", engine="seskit" if warm else None,
        cell_limit=limit,
    )  # fmt: skip


#: Kinds of widget that make stock papermill hang now and then.
WIDGETS = ("widget output", "interact", "widget output error", "widgets")
#: Those that end well and leave nothing behind that another would meet: by `make test` the cells of one notebook, one
#: kind after the other, since stock papermill takes seconds for each notebook.
CALM = ("print", "rich", "update", "clear", "async", "bang", "magics", "figures", "warning", "pool", "events")
#: Run every time; all others, and each of the calm ones by itself, by `make test-all`.
QUICK = {
    "calm", "error", "sys.exit", "threads", "empty cells", "atexit", *WIDGETS, "os._exit", "kill",
}  # fmt: skip
AWKWARD["calm"] = [cell for name in CALM for cell in AWKWARD[name]]


def _named(names):
    return [name for name in names if ALL or name in QUICK]


@pytest.fixture(scope="module")
def ran(tmp_path_factory, request, warm_way):
    """Every notebook that a chosen test asks for, both ways."""
    asked = {item.callspec.params["name"] for item in request.session.items if "ran" in getattr(item, "fixturenames", ())
             and hasattr(item, "callspec")} | {"atexit", *WIDGETS}  # fmt: skip
    place = tmp_path_factory.mktemp("equal")
    os.environ.pop("PYTEST_CURRENT_TEST", None)
    chosen = {name: cells for name, cells in (AWKWARD | DEADLY).items() if name in asked}
    stock = [_ran(cells, place / "stock" / name, warm=False) for name, cells in chosen.items()]
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        going = [pool.submit(job.run, order) for order in stock]
        _by_warm_parent(warm_way, [_ran(cells, place / "warm" / name, warm=True) for name, cells in chosen.items()])
        assert not any(run.result() for run in going)
    return place


def _by_warm_parent(launcher, waiting):
    """Run orders on the engine, two at once."""
    running = set()
    while waiting or running:
        while waiting and len(running) < 2:
            order = waiting.pop()
            launcher.start(order)
            running.add(order.work)
        running -= launcher.ended(0.5).keys()


def _comparable(folder):
    """A notebook without times, ids and the places of this machine, its streams joined."""
    text = json.dumps(nbformat.read(folder / job.EXECUTED, as_version=4).cells)
    text = re.sub(r"\b[0-9a-f]{32}\b", "ID", text)
    text = re.sub(r"ipykernel_\d+", "ipykernel", text)
    text = re.sub(r"0x[0-9a-f]{6,}", "ADDRESS", text)
    cells = json.loads(text)
    for cell in cells:
        for word in ("execution", "papermill"):
            kept = cell["metadata"].pop(word, {})
            if word == "papermill":
                cell["state"] = kept.get("status"), kept.get("exception")
        cell["outputs"] = _joined(cell.get("outputs", []))
    return cells


def _joined(outputs):
    joined = []
    for output in outputs:
        text = output.get("text")
        if output["output_type"] == "stream":
            text = "".join(text)
            same = next((o for o in joined if o.get("stream") == output["name"]), None)
            if same:
                same["text"] += text
                continue
            output = {"stream": output["name"], "text": text}
        joined.append(output)
    return sorted(joined, key=lambda o: o.get("stream") or "~") if any("stream" in o for o in joined) else joined


@pytest.mark.parametrize("name", _named(AWKWARD))
def test_outputs_equal_stock_papermill(ran, name):
    """Cells, outputs, counts and states are those stock papermill gives, apart from times and ids."""
    stock, warm = _comparable(ran / "stock" / name), _comparable(ran / "warm" / name)
    assert warm == stock


@pytest.mark.parametrize("name", _named(AWKWARD))
def test_the_end_is_told_alike(ran, name):
    """Failed or not, at which step and with which words, is the same either way."""
    told = [json.loads((ran / way / name / job.RESULT).read_text()) for way in ("stock", "warm")]
    files = [result.pop("files") for result in told]
    passed = [result.pop("passed") for result in told]  # by digest: a stream may be stored in other pieces
    assert len(passed[0]) == len(passed[1])
    assert told[0] == told[1]
    assert files[0].keys() == files[1].keys()
    about = [json.loads((ran / way / name / job.EXECUTED).read_text())["metadata"] for way in ("stock", "warm")]
    assert about[0]["language_info"] == about[1]["language_info"]
    assert sorted(about[0]["papermill"]) == sorted(about[1]["papermill"])


@pytest.mark.parametrize("name", _named(DEADLY))
def test_a_death_keeps_what_was_before_it(ran, name):
    """Where a cell ends the process, the cells before it keep the outputs stock papermill keeps."""
    stock, warm = ([c for c in _comparable(ran / way / name) if c["cell_type"] == "code"] for way in ("stock", "warm"))
    deadly = next(
        n for n, cell in enumerate(warm) if any(w in "".join(cell["source"]) for w in ("_exit(", "SIGKILL", "exit()"))
    )
    assert [c["outputs"] for c in warm[:deadly]] == [c["outputs"] for c in stock[:deadly]]
    assert all(not c["outputs"] for c in warm[deadly + 1 :])


def test_what_is_left_for_the_end_of_the_process_is_done(ran):
    """A function registered for exit runs either way."""
    for way in ("stock", "warm"):
        assert (ran / way / "atexit" / "run" / "left.txt").read_text() == "x"


def test_widgets_never_hang(ran, tmp_path, warm_way):
    """Notebooks with `Output` and `interact`, one after the other: each comes to its end, with what stock gives.

    SESKIT_WIDGETS=1000 runs a thousand.
    """
    count = int(os.environ.get("SESKIT_WIDGETS", str(times(12, 8))))
    chosen = [(number, WIDGETS[number % len(WIDGETS)]) for number in range(count)]
    _by_warm_parent(
        warm_way, [_ran(AWKWARD[name], tmp_path / f"{number}" / name, warm=True) for number, name in chosen]
    )
    right = {name: _comparable(ran / "stock" / name) for name in WIDGETS}
    unlike = [number for number, name in chosen if _comparable(tmp_path / f"{number}" / name) != right[name]]
    assert unlike == []
