"""The warm engine in whole runs: isolation, faults, resume, limits, order."""

import contextlib
import io
import json
import os
import random
import re
import signal
import subprocess
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from seskit import batch
from seskit.batch import index
from seskit.batch.engine import warm
from seskit.batch.limits import Limits
from seskit.batch.progress import LineProgress, Silent
from seskit.law.facts import FactError
from tests import batch_kit as kit
from tests.batch_kit import stable
from tests.extent import thorough, times

pytestmark = pytest.mark.skipif(not warm.available(), reason="this system cannot fork")
NAMES = ("ASR", "BCC", "BLB", "BLN")


@pytest.fixture(scope="module")
def launcher(warm_way):
    """One warm parent for the tests that do not harm it."""
    return warm_way


@pytest.fixture(autouse=True)
def way(launcher):
    """The shared parent is at hand for `run`."""
    _SHARED["launcher"] = launcher
    return launcher


_SHARED = {}


def run(folder, notebook, *names, **more):
    """A run over copies of small agencies."""
    place = folder / "agencies"
    if not place.exists():
        kit.agencies(folder, *(names or NAMES))
    return batch.run(place, folder / "out", notebooks=[notebook], progress=Silent(), **_SHARED | more)


def statuses(summary):
    return {record.agency: record.status for record in summary.records}


def test_nothing_one_agency_does_reaches_another(tmp_path):
    """Globals, environment, directory, open files, patched modules and chance of one notebook stay with it."""
    leak = (
        "import builtins, decimal, json, os, random, sys, matplotlib.pyplot as plt\n"
        "seen = [hasattr(builtins, 'leaked'), 'LEAK' in os.environ, decimal.getcontext().prec, 'leak' in sys.path,\n"
        "        hasattr(json, 'leaked'), plt.get_fignums(), plt.rcParams['font.size'], os.path.basename(os.getcwd()),\n"
        "        len(get_ipython().events.callbacks['post_run_cell']), 'mine' in globals(), os.environ.get('TZ')]\n"
        "print(seen)\n"
        "print('CHANCE', random.random(), __import__('numpy').random.random())\n"
        "builtins.leaked = mine = 1; os.environ['LEAK'] = '1'; decimal.getcontext().prec = 3; sys.path.append('leak')\n"
        "json.leaked = 1; plt.figure(); plt.rcParams['font.size'] = 40\n"
        "get_ipython().events.register('post_run_cell', lambda r: None); held = open('held.txt', 'w')\n"
        "import seskit.law.awards; seskit.law.awards.pool = None; os.umask(0o777)\nos.chdir('/')"
    )
    summary = run(tmp_path, kit.small(tmp_path, leak), workers=1)
    assert set(statuses(summary).values()) == {"final"}
    texts = [(tmp_path / "out" / name / "report.ipynb").read_text() for name in NAMES]
    assert len({re.search(r"\[False.*\]", text)[0] for text in texts}) == 1
    assert "[False, False, 28, False, False, [], 10.0, 'run', " in texts[0]
    assert len({re.search(r"CHANCE [\d. ]+", text)[0] for text in texts}) == len(NAMES)


FAULTY = """
import os, signal, time, subprocess
which = package.agency.code
if which == 'ASR': raise ValueError('a plain fault')
if which == 'BCC': os.kill(os.getpid(), signal.SIGKILL)
if which == 'BLB':
    print('half way', flush=True)
    while True:
        try: time.sleep(60)
        except BaseException: pass
if which == 'BLN':
    held = []
    while True: held.append(bytearray(2**22))
if which == 'BOH': os._exit(0)
if which == 'BPI':
    subprocess.Popen(['sleep', '300'])
    time.sleep(60)
"""


def test_what_a_later_cell_changed_above_is_in_what_a_lost_notebook_leaves(tmp_path):
    """Does the notebook saved last show an output above as a later cell left it, when the process then ends?"""
    cells = (
        "from IPython.display import display, update_display\nshown = display('at first', display_id='above')",
        "1", "update_display('at last', display_id='above')", "import os\nos._exit(3)",
    )  # fmt: skip
    summary = run(tmp_path, kit.small(tmp_path, *cells), "ASR")
    assert "code cell 7" in summary.records[0].message
    kept = json.loads((tmp_path / "out/ASR/report.ipynb").read_text(encoding="utf-8"))["cells"]
    shown = ["".join(out["data"]["text/plain"]) for cell in kept for out in cell.get("outputs", []) if "data" in out]
    assert "'at last'" in shown
    assert "'at first'" not in shown


def test_every_fault_is_recorded_and_the_others_finish(tmp_path):
    """An exception, a suicide, a hang, filled memory, a silent exit: each a sentence, a step, a half-run notebook."""
    names = ("ASR", "BCC", "BLB", "BLN", "BOH", "BPI", "BTM", "CCL")
    path = kit.small(tmp_path, "## Trouble", FAULTY)
    summary = run(tmp_path, path, *names, limits=Limits(cell=12, notebook=60, memory=400))
    told = {record.agency: record for record in summary.records}
    assert statuses(summary) == {name: "final" if name in ("BTM", "CCL") else "failed" for name in names}
    assert "ValueError: a plain fault" in told["ASR"].message
    assert "ended by itself" in told["BCC"].message
    assert "longer than 12 seconds" in told["BLB"].message
    assert "MemoryError" in told["BLN"].message
    assert "ended by itself" in told["BOH"].message
    assert "longer than 12 seconds" in told["BPI"].message
    for name in names[:6]:
        assert told[name].step == 'code cell 4, under "Trouble"', name
        assert told[name].attempts == 1
        assert "forms.json" in (tmp_path / "out" / name / "report.ipynb").read_text()
    assert "half way" in (tmp_path / "out" / "BLB" / "report.ipynb").read_text()
    assert summary.exit_code == 1
    assert "Trouble" in (tmp_path / "out" / "index.html").read_text()


def test_a_second_run_does_only_what_is_unfinished_or_changed(tmp_path):
    """The same command again keeps what is done; a changed roster, notebook, parameter or file runs again."""
    mark = tmp_path / "ran.txt"
    count = f"open({str(mark)!r}, 'a').write(package.agency.code + '\\n')"
    path = kit.small(tmp_path, count, more_parameters="year: int = 2002")

    def ran(**more):
        mark.write_text("")
        run(tmp_path, path, **more)
        return sorted(mark.read_text().split())

    assert ran() == sorted(NAMES)
    before = stable(tmp_path / "out")
    assert ran() == []
    assert stable(tmp_path / "out") == before
    roster = tmp_path / "agencies" / "ASR" / "roster.csv"
    roster.write_text(roster.read_text() + "\n")
    assert ran() == ["ASR"]
    (tmp_path / "out" / "BCC" / "forms.json").unlink()
    assert ran() == ["BCC"]
    assert ran(parameters={"year": 2003}) == sorted(NAMES)
    (tmp_path / "agencies" / "BLN" / "parameters.yaml").write_text("report:\n  year: 2004\n")
    assert ran(parameters={"year": 2003}) == ["BLN"]
    assert ran(parameters={"year": 2003}, only=["BLB"]) == []
    kit.small(tmp_path, count, "1", more_parameters="year: int = 2002")
    assert ran(parameters={"year": 2003}, only=["BLB"]) == ["BLB"]


def test_failed_runs_only_what_failed(tmp_path):
    """With `failed`, what went well is left alone even where something it rests on changed."""
    path = kit.small(tmp_path, "assert package.agency.code != 'ASR'")
    assert statuses(run(tmp_path, path))["ASR"] == "failed"
    path = kit.small(tmp_path, "x = 1")
    summary = run(tmp_path, path, failed=True)
    assert summary.kept == 3
    assert set(statuses(summary).values()) == {"final"}


def test_files_no_longer_written_are_taken_away(tmp_path):
    """What an earlier run of a notebook wrote and the new one does not is gone, so nothing stale is sent."""
    path = kit.small(tmp_path, "open(out + '/extra.txt', 'w').write('x')")
    run(tmp_path, path, "ASR")
    assert (tmp_path / "out" / "ASR" / "extra.txt").exists()
    path = kit.small(tmp_path, "1")
    run(tmp_path, path)
    assert not (tmp_path / "out" / "ASR" / "extra.txt").exists()
    assert (tmp_path / "out" / "ASR" / "forms.json").exists()


def test_several_notebooks_at_once(tmp_path, way):
    """Each further notebook has a folder of its own inside the agency's, and a row of its own in the index."""
    first = kit.small(tmp_path)
    second = kit.notebook(tmp_path / "second.ipynb", "# Second", "open(out + '/answer.txt', 'w').write(agency)")
    place = kit.agencies(tmp_path, "ASR", "BCC")
    summary = batch.run(place, tmp_path / "out", notebooks=[first, second], progress=Silent(), launcher=way)
    assert {record.status for record in summary.records} == {"final", "done"}
    assert (tmp_path / "out" / "ASR" / "second" / "answer.txt").read_text() == "agencies/ASR"
    assert "second/second.html" in (tmp_path / "out" / "index.html").read_text()


def test_the_folder_is_held_by_one_run(tmp_path):
    """A second run into the same folder is refused clearly; when the first is gone, however it went, it is free."""
    path = kit.small(tmp_path, "import time; time.sleep(30)")
    place = kit.agencies(tmp_path, "ASR")
    code = f"from seskit import batch; batch.run({str(place)!r}, {str(tmp_path / 'out')!r}, notebooks=[{path!r}])"
    first = kit.python(code, stderr=subprocess.DEVNULL)
    try:
        _until(lambda: list((tmp_path / "out").glob(".work/*/executed.ipynb")))
        with pytest.raises(FactError, match="Another run is writing"):
            run(tmp_path, path)
    finally:
        first.kill()
        first.wait()
    assert statuses(run(tmp_path, kit.small(tmp_path, "1"))) == {"ASR": "final"}


def _until(what, seconds=300):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = what()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("it did not happen in time")


def test_ctrl_c_finishes_what_runs_and_starts_nothing_more(tmp_path):
    """After Ctrl-C the running notebook is finished and kept, the rest is not started, and the same command goes on."""
    path = kit.small(tmp_path, "import time; time.sleep(.7)")
    place = kit.agencies(tmp_path, *NAMES)
    code = (
        "import signal, sys; from seskit import batch\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        f"s = batch.run({str(place)!r}, {str(tmp_path / 'out')!r}, notebooks=[{path!r}], workers=1)\n"
        "print(s.to_text()); sys.exit(s.exit_code)"
    )
    first = kit.python(code, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    _until(lambda: list((tmp_path / "out").glob(".work/*/executed.ipynb")))
    first.send_signal(signal.SIGINT)
    said, lines = first.communicate(timeout=300)
    assert "Stopping" in lines
    assert first.returncode == 1
    assert "not started yet" in said
    kept = [json.loads(line)["agency"] for line in (tmp_path / "out" / "manifest.jsonl").read_text().splitlines()]
    assert 1 <= len(kept) < len(NAMES)
    summary = run(tmp_path, path)
    assert summary.kept == len(kept)
    assert set(statuses(summary).values()) == {"final"}


def test_killed_at_any_moment_and_continued_the_result_is_the_same(tmp_path, way):
    """SIGKILL to the run, its parent or a child, then the same command: nothing lost, nothing finished twice.

    SESKIT_KILLS=50 does it to forty agencies.
    """
    kills = int(os.environ.get("SESKIT_KILLS", str(times(22, 3))))
    count = 40 if kills > 10 else 6
    chance = random.Random(7)
    path = kit.small(tmp_path, "open(out + '/mark.txt', 'w').write(agency); import time; time.sleep(.05)")
    samples = sorted(p.name for p in kit.SAMPLES.iterdir() if p.name not in ("XFR", "DPW"))
    place = kit.agencies(tmp_path, *(f"A{n:02d}={samples[n % len(samples)]}" for n in range(count)))
    whole = batch.run(place, tmp_path / "whole", notebooks=[path], progress=Silent(), launcher=way)
    right = stable(tmp_path / "whole")
    struck: Counter[str] = Counter()
    passes = 0
    while struck.total() < kills:
        out = tmp_path / f"out{passes}"
        code = f"from seskit import batch; batch.run({str(place)!r}, {str(out)!r}, notebooks=[{path!r}])"
        finished: dict[str, float] = {}
        while struck.total() < kills and len(finished) < count:
            going = kit.python(code, stderr=subprocess.DEVNULL)
            struck += _strike(going, out, chance, kills - struck.total())
            _nothing_twice(out, finished)
        summary = batch.run(place, out, notebooks=[path], progress=Silent(), launcher=way)
        _nothing_twice(out, finished)
        assert statuses(summary) == statuses(whole)
        assert stable(out) == right
        passes += 1
    print(f"{dict(struck)}, {passes} times to the end")


def _strike(going, out, chance, most):
    """Kill the processes of a run at random moments until the run itself is gone; how often each kind was hit."""
    struck = Counter()
    while going.poll() is None and struck.total() < most:
        if chance.random() < 0.6:
            since = time.time()
            _until(lambda since=since: going.poll() is not None or _cell_begun(out, since))
        time.sleep(chance.uniform(0, 0.6))
        family = kit.family(going.pid)
        kind = chance.choice(["run", "parent", "child"][: 1 + min(2, len(family))])
        victim = {"run": [going.pid], "parent": family[:1], "child": family[1:]}[kind]
        if going.poll() is None:
            _kill(chance.choice(victim))
            struck[kind] += 1
            if kind == "run":
                going.wait()
    going.wait(300)
    return struck


def _cell_begun(out, since):
    """Whether a notebook has begun a cell since then."""
    for work in out.glob(".work/*.*"):
        with contextlib.suppress(OSError):
            if (work / "executed.ipynb").stat().st_mtime > since:
                return True
    return False


def _nothing_twice(out, finished):
    """What is noted as finished is never run again: its seconds stay."""
    for line in _lines(out):
        if line["status"] != "failed":
            assert finished.setdefault(line["agency"], line["seconds"]) == line["seconds"]


def _lines(out):
    found = {}
    for line in (out / "manifest.jsonl").read_text().splitlines() if (out / "manifest.jsonl").exists() else ():
        try:
            record = json.loads(line)
        except ValueError:
            continue
        found[record["agency"]] = record
    return found.values()


def _kill(pid):
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def test_a_lost_parent_is_replaced_and_nobody_notices(tmp_path):
    """When the warm parent dies its children's work starts anew under another one, and counts as a first attempt."""
    path = kit.small(tmp_path, "import time; time.sleep(1)")
    before = set(kit.family(os.getpid()))
    result = {}

    def go():
        result["summary"] = run(tmp_path, path, workers=2, launcher=None)

    running = threading.Thread(target=go)
    running.start()
    _until(lambda: list((tmp_path / "out").glob(".work/*/executed.ipynb")))
    parents = [
        pid for pid in kit.family(os.getpid()) if pid not in before and b"seskit.batch.engine.warm" in _command(pid)
    ]
    os.kill(parents[0], signal.SIGKILL)
    running.join(300)
    assert set(statuses(result["summary"]).values()) == {"final"}
    assert {record.attempts for record in result["summary"].records} == {1}


def _command(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def test_a_start_up_failure_is_tried_once_more(tmp_path, monkeypatch):
    """A kernel that cannot be started is tried twice, and then it is a failure told in words."""
    place = tmp_path / "jupyter" / "kernels" / "broken"
    place.mkdir(parents=True)
    spec = {"argv": [str(place / "no-such-program")], "display_name": "broken", "language": "python"}
    (place / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    summary = run(tmp_path, kit.small(tmp_path, kernel="broken"), "ASR")
    (record,) = summary.records
    assert (record.status, record.attempts, record.engine) == ("failed", 2, "stock")
    assert "no-such-program" in record.message


def test_a_full_disk_is_said_and_the_next_run_goes_on(tmp_path):
    """A notebook that fills what it may write is told so; the others finish."""
    fill = (
        "import resource\n"
        "if package.agency.code == 'ASR':\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "    open(out + '/big', 'wb').write(b'x' * 5000)"
    )
    summary = run(tmp_path, kit.small(tmp_path, "## Files", fill))
    told = {record.agency: record for record in summary.records}
    assert told["ASR"].status == "failed"
    assert "grew larger than this machine allows" in told["ASR"].message
    assert [told[name].status for name in NAMES[1:]] == ["final"] * 3


@thorough
def test_a_disk_that_is_really_full(tmp_path):
    """On a disk of three megabytes one agency's notebook fills it: it fails in words, and with room again the same
    command goes on from there.
    """
    disk = tmp_path / "disk"
    disk.mkdir()
    room = ["unshare", "-rm", "sh", "-c", f'mount -t tmpfs -o size=3m none {disk} && exec "$@"', "sh"]
    if subprocess.run([*room, "true"], capture_output=True).returncode:
        pytest.skip("this system lets nobody mount a small disk")
    place = kit.agencies(tmp_path, *NAMES)
    fill = (
        "import os\n"
        f"if package.agency.code == 'ASR' and not os.path.exists({str(tmp_path / 'again')!r}):\n"
        "    open(out + '/big', 'wb').write(b'x' * 5_000_000)"
    )
    path = kit.small(tmp_path, "## Files", fill)
    code = (
        "import pathlib\nfrom seskit import batch\n"
        "from seskit.batch.progress import Silent\n"
        "def go():\n"
        f"    s = batch.run({str(place)!r}, {str(disk / 'out')!r}, notebooks=[{path!r}], workers=1, progress=Silent())\n"
        "    print(sorted((r.agency, r.status, r.message) for r in s.records), s.unfinished, s.trouble, flush=True)\n"
        f"go(); pathlib.Path({str(tmp_path / 'again')!r}).write_text(''); go()"
    )
    ran = kit.python(code, under=room, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    said, complaint = ran.communicate(timeout=300)
    first, second = said.splitlines() or [complaint] * 2
    assert "The disk is full." in first
    assert "Traceback" not in complaint
    assert re.findall(r"'(\w{3})', '(\w+)'", second) == [(name, "final") for name in NAMES]


def test_an_output_folder_that_goes_away_ends_the_run_with_one_sentence(tmp_path):
    """Where nothing can be kept any more, the run says so once and stops."""
    path = kit.small(tmp_path, f"import shutil; shutil.rmtree({str(tmp_path / 'out')!r}, ignore_errors=True)")
    summary = run(tmp_path, path, workers=1)
    assert "can no longer be written" in summary.trouble
    assert summary.exit_code == 1


def test_parts_of_a_run_come_together(tmp_path):
    """Each part runs its own agencies into the same folder; the index and the manifest end up with all of them."""
    path = kit.small(tmp_path)
    run(tmp_path, path, shard=(1, 2))
    first = [
        json.loads(line)["agency"] for line in (tmp_path / "out" / "manifest.1-of-2.jsonl").read_text().splitlines()
    ]
    run(tmp_path, path, shard=(2, 2))
    assert len(first) == 2
    text = (tmp_path / "out" / "index.html").read_text()
    assert all(f"<td>{name}</td>" in text for name in NAMES)
    whole = run(tmp_path, path)
    assert whole.kept == len(NAMES)
    assert not list((tmp_path / "out").glob("manifest.*-of-*"))


def test_progress_counts_and_the_summary_is_for_a_manager(tmp_path, way):
    """Lines count up; the summary says how many agencies, how they went, and whether anyone must look."""
    said = io.StringIO()
    place = kit.agencies(tmp_path, "ASR", "NKC")
    summary = batch.run(
        place, tmp_path / "out", notebooks=[kit.small(tmp_path)], progress=LineProgress(said), launcher=way
    )
    assert said.getvalue().splitlines()[0] == "2 to run."
    told = "2 agencies: 1 with final forms, 1 with draft forms. Nothing needs attention."
    assert summary.to_text().split("\n") == [told, f"Open {tmp_path / 'out' / 'index.html'}."]
    assert summary.exit_code == 0
    assert index.summary([], 3)[-1].startswith("3 not started yet")


def test_no_process_is_left_behind(tmp_path):
    """When a run is over, no process it started is alive, not even one a notebook left in the background."""
    mark = tmp_path / "pid"
    start = f"import subprocess; open({str(mark)!r}, 'w').write(str(subprocess.Popen(['sleep', '600']).pid))"
    run(tmp_path, kit.small(tmp_path, start), "ASR")
    pid = int(mark.read_text())
    _until(lambda: not Path(f"/proc/{pid}").exists() or "Z" in Path(f"/proc/{pid}/stat").read_text().split()[2], 5)
