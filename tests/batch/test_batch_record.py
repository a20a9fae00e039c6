"""One agency never hurts another, and the record is true: reading in a child, copies, the manifest, what is left over."""

import errno
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from seskit import batch
from seskit.batch import passing, plan, reader, served, since, snapshot
from seskit.batch import store as stores
from seskit.batch.engine import answering, warm
from seskit.batch.launch import Launcher
from seskit.batch.limits import Limits
from seskit.batch.progress import Silent
from seskit.batch.store import Store
from seskit.formats.files import digest
from seskit.record.manifest import Record, from_lines
from tests import batch_kit as kit

needs_fork = pytest.mark.skipif(not warm.available(), reason="this system cannot fork")


def run(folder, way, path, *names, out="out", **more):
    """A run over copies of small agencies."""
    place = folder / "agencies" if (folder / "agencies").exists() else kit.agencies(folder, *(names or ("ASR",)))
    return batch.run(place, folder / out, notebooks=[path], progress=Silent(), launcher=way, **more)


FAULTS = {
    "raises": ("raise RuntimeError('no')", "RuntimeError"),
    "aborts": ("import os; os.abort()", "SIGABRT"),
    "leaves": ("import os; os._exit(0)", "ended the process"),
    "too much memory": ("x = []\nwhile True: x.append(bytearray(1 << 24))", "MiB of memory"),
    "too slow": ("import time; time.sleep(90)", "longer than 10 seconds"),
    "prints": ("import os; os.write(1, b'{}\\n'); print('{}')", ""),
}


@pytest.mark.parametrize("forked", [pytest.param(True, marks=needs_fork), False])
def test_whatever_happens_to_a_reader_is_one_agencys_record(tmp_path, monkeypatch, forked):
    """The readers fail in every way there is, forked by the warm parent or started anew; all others are read."""
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        f"FAULTS = {FAULTS!r}\n"
        "def find(*_):\n"
        "    from seskit.work import report\n"
        "    before = report.open_folder\n"
        "    def opened(folder):\n"
        "        exec(FAULTS.get(folder.path.name, ('',))[0], {})\n"
        "        return before(folder)\n"
        "    report.open_folder = opened\n"
        "if {'seskit.batch.engine.answering', 'seskit.batch.engine.warm'} & set(sys.orig_argv): find()\n"
    )
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), str(kit.ROOT)]))
    place = kit.agencies(tmp_path, "A=ASR", "Z=ASR", *(f"{name}=ASR" for name in FAULTS))
    parent = warm.Warm(served.NAME) if forked else None
    try:
        found = reader.read_all(
            plan.folders(place), tmp_path / "copies", Limits(reading=10, reading_memory=256), parent=parent
        )
    finally:
        if parent:
            parent.close()
    told = {agency.source.name: str(agency.problems[0]) for agency in found if not agency.readable}
    assert told.keys() == {name for name, (_, said) in FAULTS.items() if said}
    assert [name for name in told if FAULTS[name][1] not in told[name]] == []


@needs_fork
def test_a_parent_that_is_lost_is_no_agencys_fault(tmp_path):
    """Where the warm parent dies with its readers, the same agencies are read by a process of their own."""
    parent = warm.Warm(served.NAME)
    process = answering.Forked(parent, 256)
    parent.close()
    assert process.ask({}) is None
    assert process.status() is None
    process.close()
    found = reader.read_all(plan.folders(kit.agencies(tmp_path, "ASR")), tmp_path / "copies", Limits(), parent=parent)
    assert [agency.readable for agency in found] == [True]


def test_a_notebook_works_on_a_copy(tmp_path, way):
    """It cannot change or delete the agency's folder, and what it reads is what was hashed."""
    cell = (
        "import os, shutil, hashlib, json\n"
        "found = {n: hashlib.sha256(open(f'{agency}/{n}', 'rb').read()).hexdigest() for n in os.listdir(agency)}\n"
        "json.dump(found, open(out + '/read.json', 'w'))\n"
        "modes = {oct(os.stat(f'{agency}/{n}').st_mode & 0o777) for n in os.listdir(agency)}\n"
        "print(modes, os.path.islink(agency))\n"
        "os.chmod(agency, 0o700)\nshutil.rmtree(agency)"
    )
    before = kit.files(kit.agencies(tmp_path, "ASR") / "ASR")
    summary = run(tmp_path, way, kit.notebook(tmp_path / "n.ipynb", cell))
    record = summary.records[0]
    assert record.status == "done"
    assert kit.files(tmp_path / "agencies" / "ASR") == before
    assert json.loads((tmp_path / "out" / "ASR" / "n" / "read.json").read_text()) == dict(record.inputs)
    assert "{'0o400'} False" in (tmp_path / "out" / "ASR" / "n" / "n.ipynb").read_text()
    assert not (tmp_path / "out" / ".work").exists()


def test_a_file_changed_meanwhile_is_told(tmp_path, way):
    """The result is that of the file as it was; the record says so, and the same command runs it again."""
    place = kit.agencies(tmp_path, "ASR", "BCC")
    roster = place / "ASR" / "roster.csv"
    once = f"import os\nif not os.path.exists({str(tmp_path / 'once')!r}):\n    open({str(tmp_path / 'once')!r}, 'w')\n"
    path = kit.notebook(tmp_path / "n.ipynb", once + f"    open({str(roster)!r}, 'a').write('\\n')")
    found = {record.agency: record for record in run(tmp_path, way, path, workers=1).records}
    assert list(found["ASR"].changed) == ["roster.csv"]
    assert "roster.csv changed while this ran" in found["ASR"].message
    assert not found["ASR"].well
    assert found["BCC"].well
    again = run(tmp_path, way, path)
    assert again.kept == 1
    assert all(record.well and not record.changed for record in again.records)
    assert again.exit_code == 0


def test_what_a_run_leaves_from_before_a_change_is_told(tmp_path, way):
    """Left out by name or by how it ended: the end of the run, the findings, the exit code and the manifest say so."""
    path = kit.notebook(tmp_path / "n.ipynb", "1")
    run(tmp_path, way, path, "ASR", "BCC")
    with (tmp_path / "agencies" / "BCC" / "roster.csv").open("a") as roster:
        roster.write("\n")
    for left in ({"only": ("ASR",)}, {"failed": True}):
        told = run(tmp_path, way, path, **left)
        assert (told.outdated, told.exit_code) == (("BCC",), 1)
        assert "from before a change" in told.to_text()
        assert "Nothing needs attention" not in told.to_text()
    kept = from_lines((tmp_path / "out" / "manifest.jsonl").read_text().split("\n"))["BCC", "n"]
    assert (kept.well, kept.changed) == (False, ("roster.csv",))
    assert "run,changed" in (tmp_path / "out" / "findings.csv").read_text()


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ({"roster.csv": "a", "notes b.txt": "n"}, []),
        ({"roster.csv": "b", "notes b.txt": "n"}, ["roster.csv"]),
        ({"roster.csv": "a", "notes a.txt": "m", "notes b.txt": "n"}, ["file 1.txt"]),
        ({"roster.csv": "a"}, ["file 1.txt"]),
        (None, ["file 1.txt", "roster.csv", "seskit or its rules"]),
    ],
)
def test_a_result_is_of_the_files_that_are_there(tmp_path, now, told):
    """A file that is new, gone or another one is named; one of another name only by its number, which may move."""

    def folder(name, files):
        (tmp_path / name).mkdir()
        for file, content in files.items():
            (tmp_path / name / file).write_text(content)
        return tmp_path / name

    before = folder("before", {"roster.csv": "a", "notes b.txt": "n"})
    inputs = passing.named({path.name: digest(path) for path in before.iterdir()})
    sources = plan.package_digest() if now is not None else "of an older version"
    record = Record("A", "A", "n", "done", True, inputs=inputs, sources=sources)
    places = {"A": folder("now", now) if now is not None else tmp_path / "gone"}
    assert [list(one.changed) for one in since.outdated([record], [], places)] == ([told] if told else [])
    assert since.outdated([record], [record.key], places) == []


def test_a_result_that_cannot_be_replaced_is_one_agencys_failure(tmp_path, monkeypatch):
    """A workbook that is open on Windows: named, the others go on, and nothing of the earlier run is taken for a change."""
    files = {"a.txt": tmp_path / "a", "b.txt": tmp_path / "b"}
    put = stores._put

    def refused(source, target):
        if target.name == "b.txt" and refusing:
            raise PermissionError(errno.EACCES, "Permission denied", str(source), None, str(target))
        put(source, target)

    monkeypatch.setattr(stores, "_put", refused)
    with Store(tmp_path / "out") as store:
        for content, refusing in (("1", False), ("2", True), ("3", False)):
            for file in files.values():
                file.unlink(missing_ok=True)
                file.write_text(content)
            record = store.publish(Record("A", "A", "report", "final", True), files)
            assert (record.status, "'b.txt'" in record.message) == (("failed", True) if refusing else ("final", False))
            assert set(record.outputs) == {"A/a.txt", "A/b.txt"}
            assert (tmp_path / "out" / "A" / "b.txt").read_text() == ("1" if refusing else content)
        assert store.said == []


def test_a_copy_is_made_in_one_pass(tmp_path):
    """Files behind links come along, links in a circle end, hidden files stay behind; remove takes all away."""
    folder = tmp_path / "A"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "a.txt").write_text("a")
    (folder / ".hidden").write_text("h")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "b.txt").write_text("b")
    (folder / "linked").symlink_to(tmp_path / "elsewhere")
    (folder / "circle").symlink_to(folder)
    inputs, stamps = snapshot.copy(folder, tmp_path / "copy")
    assert sorted(inputs) == ["deep/a.txt", "linked/b.txt"]
    assert snapshot.changed(folder, inputs, stamps) == []
    (folder / "deep" / "a.txt").write_text("A")
    (folder / "new").write_text("n")
    (tmp_path / "elsewhere" / "b.txt").unlink()
    assert snapshot.changed(folder, inputs, stamps) == ["deep/a.txt", "linked/b.txt", "new"]
    for copied in (tmp_path / "copy", tmp_path / "copy" / "deep", tmp_path / "copy" / "deep" / "a.txt"):
        assert copied.stat().st_mode & 0o277 == 0  # read-only, and nobody else's
    snapshot.remove(tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


LEADING_OUT = ["../x", "/etc/x", "A/../../x", "B/x", "A", "..", "", "A/../B/x"]


@pytest.mark.parametrize("name", LEADING_OUT)
def test_no_line_of_a_manifest_leads_out_of_its_folder(tmp_path, way, name):
    """A line that names a place outside its agency's folder is no record, and deletes nothing."""
    victim = tmp_path / "x"
    victim.write_text("keep")
    record = Record("A", "A", "report", "final", True, outputs={name: "0"})
    sound = Record("Z", "Z", "report", "final", True)
    assert from_lines([record.to_line()]) == {}
    out = tmp_path / "out"
    out.mkdir()
    (out / "manifest.jsonl").write_text(record.to_line() + sound.to_line())
    with Store(out) as store:
        assert list(store.records) == [sound.key]
        assert "skipped: 1" in store.said[0]
        store._drop_earlier(("A", "report"), ())
    assert victim.read_text() == "keep"


@pytest.mark.parametrize("field", ["agency", "notebook"])
@pytest.mark.parametrize("name", ["..", "", ".", "a/b", "/etc", "a\\b", 5, None])
def test_names_in_a_manifest_are_names(field, name):
    """An agency or notebook with a path in its name is no record."""
    line = json.loads(Record("A", "A", "report", "final", True).to_line()) | {field: name}
    assert from_lines([json.dumps(line)]) == {}


def test_a_link_among_the_results_is_not_followed_out(tmp_path, way):
    """Where a link stands in the place of an agency's results, nothing is written or deleted behind it."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "ASR").symlink_to(tmp_path / "elsewhere")
    record = run(tmp_path, way, kit.notebook(tmp_path / "report.ipynb", "1")).records[0]
    assert record.status == "failed"
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("content", ["hello\n", "[1]\n[2]\n", '{"a": 1}\n', "\x00\x01\n\n\x02", "[" * 100_000, None])
def test_a_manifest_that_is_none_is_set_aside(tmp_path, content):
    """It gets another name, a sentence says so, and nothing in it is lost."""
    place = tmp_path / "manifest.jsonl"
    if content is None:
        place.mkdir()
    else:
        place.write_text(content)
    with Store(tmp_path) as store:
        assert store.records == {}
        assert store.said == ["manifest.jsonl was not a manifest of a batch and is now called not-a-manifest.jsonl."]
        store.note(Record("A", "A", "report", "final", True))
    assert content is None or (tmp_path / "not-a-manifest.jsonl").read_text() == content
    with Store(tmp_path) as store:
        assert store.said == []
        assert len(store.records) == 1


DETACHED = (
    "import subprocess, sys\n"
    "code = 'import os, sys, time\\nif os.fork(): os._exit(0)\\nos.setsid()\\nif os.fork(): os._exit(0)\\n"
    'open(sys.argv[1], "w").write(str(os.getpid()))\\ntime.sleep(300)\'\n'
    "subprocess.run([sys.executable, '-c', code, {mark!r}])\n"
    "import os, time\nwhile not os.path.exists({mark!r}) or not open({mark!r}).read(): time.sleep(.01)\n"
)
ENDS = {
    "well": "1",
    "failed": "1 / 0",
    "killed": "os.kill(os.getpid(), 9)",
    "left": "os._exit(0)",
    "slow": "time.sleep(60)",
}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process adopt orphans")
@pytest.mark.parametrize("end", ENDS)
def test_nothing_a_notebook_started_outlives_it(tmp_path, way, end):
    """A process that detaches itself in every way is ended with its notebook, however that one ends."""
    mark = str(tmp_path / "pid")
    path = kit.notebook(tmp_path / "n.ipynb", DETACHED.format(mark=mark) + ENDS[end])
    limits = Limits(cell=10 if end == "slow" else 600)
    run(tmp_path, way, path, limits=limits)
    pid = int(Path(mark).read_text())
    assert not _alive(pid)


def _alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process adopt orphans")
@pytest.mark.parametrize("given", ["", "launcher=Launcher(warm=False)"])
def test_nothing_outlives_a_run_that_is_killed(tmp_path, given):
    """SIGKILL to the run itself: what its notebook detached ends all the same."""
    mark = tmp_path / "pid"
    path = kit.notebook(tmp_path / "n.ipynb", DETACHED.format(mark=str(mark)) + "time.sleep(300)")
    place = kit.agencies(tmp_path, "ASR")
    code = (
        "from seskit import batch\nfrom seskit.batch.launch import Launcher\n"
        f"batch.run({str(place)!r}, {str(tmp_path / 'out')!r}, notebooks=[{path!r}], {given})"
    )
    going = kit.python(code, stderr=subprocess.DEVNULL)
    _until(lambda: mark.exists() and mark.read_text())
    going.kill()
    going.wait()
    _until(lambda: not _alive(int(mark.read_text())))


def _until(ready, seconds=120):
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_two_runs_of_the_same_give_the_same_bytes(tmp_path, way):
    """Every file is the same, byte for byte; the index and the manifest apart from their times."""
    cells = ["import ipywidgets\nipywidgets.IntText(3)", "{'b', 'a', 'c'}, object()", "1 / 0"]
    plot = "import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.savefig(out + '/a.png')"
    path = kit.small(tmp_path, plot, *cells)
    found = []
    for out in ("one", "two"):
        run(tmp_path, way, path, "ASR", "BCC", out=out)
        files = kit.files(tmp_path / out)
        for name in ("index.html", "index.csv", "manifest.jsonl"):
            text = re.sub(r'"seconds": [\d.]+', "", files[name].decode("utf-8-sig"))
            files[name] = re.sub(r"<td class=.number.>\d+\.\d</td>|,[\d.]+\r", "", text).encode()
        found.append(files)
    assert found[0].keys() == found[1].keys()
    assert [name for name in found[0] if found[0][name] != found[1][name]] == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such sockets")
def test_papermills_kernel_is_reached_through_a_private_folder(tmp_path):
    """On the stock way no port is opened; the sockets are in a folder of mode 0700."""
    cell = (
        "import os, json\nfrom ipykernel.kernelapp import IPKernelApp\napp = IPKernelApp.instance()\n"
        "folder = os.path.dirname(app.ip)\n"
        "json.dump([app.transport, os.stat(folder).st_mode & 0o777], open(out + '/how.json', 'w'))"
    )
    launcher = Launcher(warm=False)
    run(tmp_path, launcher, kit.notebook(tmp_path / "n.ipynb", cell))
    launcher.close()
    assert json.loads((tmp_path / "out" / "ASR" / "n" / "how.json").read_text()) == ["ipc", 0o700]
