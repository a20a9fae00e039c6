"""What an operator meets at three in the morning: odd names, two runs at once, a closed terminal, a parent that hangs."""

import dataclasses
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from seskit import batch
from seskit.batch import hold, index, limits, notebook, store
from seskit.batch.clean import Cleaner
from seskit.batch.engine import warm
from seskit.batch.engine.order import Order
from seskit.batch.progress import LineProgress, Silent
from seskit.formats import scanning
from seskit.law.facts import FactError
from seskit.record.manifest import Record, from_lines, read
from tests import axe
from tests import batch_kit as kit
from tests.extent import some, thorough

pytestmark = pytest.mark.skipif(not warm.available(), reason="this system cannot fork")


@pytest.fixture(scope="module")
def way(warm_way):
    """One warm parent for the tests that do not harm it."""
    return warm_way


def run(folder, launcher, *cells, names=("ASR", "BCC"), notebooks=None, **more):
    """A run over copies of small agencies."""
    place = folder / "agencies"
    if not place.exists():
        kit.agencies(folder, *names)
    more = {"progress": Silent(), "agencies": place, "out": folder / "out"} | more
    return batch.run(notebooks=notebooks or [kit.small(folder, *cells)], launcher=launcher, **more)


def told(summary):
    return {(r.agency, r.notebook): r.status for r in summary.records}


def until(what, seconds=300):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(0.02)
    raise AssertionError("it did not happen in time")


def begun(out):
    return list(out.glob(".work/*/executed.ipynb"))


def in_the_background(folder, path, place, out, **more):
    code = (
        "from seskit import batch\nfrom seskit.batch.launch import Launcher\n"
        f"s = batch.run({str(place)!r}, {str(out)!r}, notebooks=[{path!r}], **dict({more.pop('given', '')}))\n"
        "print(s.to_text(), [(r.agency, r.status, r.attempts, r.message) for r in s.records])"
    )
    return kit.python(code, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)


# Names


def test_file_names_in_no_known_alphabet(tmp_path, way):
    """A file whose name is not UTF-8, as old archives leave them, among the inputs or the results, harms nothing."""
    place = kit.agencies(tmp_path, "ASR", "BCC")
    Path(os.fsdecode(os.fsencode(place / "ASR") + b"/caf\xe9.txt")).write_text("x")
    cell = "import os\nopen(os.fsencode(out) + b'/caf\\xe9.txt', 'w').write('x')"
    assert set(told(run(tmp_path, way, cell)).values()) == {"final"}
    assert run(tmp_path, way, cell).kept == 2
    assert "not UTF-8" not in (tmp_path / "out" / "manifest.jsonl").read_text(encoding="utf-8")


def test_a_message_in_no_known_alphabet(tmp_path, way):
    """An error message that cannot be written in UTF-8, moves the cursor or has lines, is told in one plain line."""
    said = io.StringIO()
    summary = run(
        tmp_path,
        way,
        "raise ValueError('\\udce9\\x1b[2Jtwo\\nlines' + 'x' * 9000)",
        progress=LineProgress(said),
        names=("ASR",),
    )
    (record,) = summary.records
    assert "two lines" in record.message
    assert record.message.isprintable()
    assert len(record.message) <= 500
    assert "\x1b" not in said.getvalue()
    assert len(said.getvalue().splitlines()) == 2


def test_agencies_called_like_the_batchs_own_files(tmp_path, way):
    """An agency whose folder is called like the manifest or the roll-up gets another name in the output."""
    summary = run(tmp_path, way, names=("manifest.jsonl=ASR", "rollup=BCC"))
    assert told(summary) == {("_manifest.jsonl", "report"): "final", ("_rollup", "report"): "final"}


def test_a_link_that_leads_nowhere_is_told(tmp_path, way):
    """An agency whose folder is on a share that is away tonight is listed as not run, never passed over."""
    place = kit.agencies(tmp_path, "ASR")
    (place / "AWAY").symlink_to(tmp_path / "share" / "AWAY")
    summary = run(tmp_path, way)
    assert told(summary) == {("ASR", "report"): "final", ("AWAY", "report"): "not run"}
    assert summary.exit_code == 1


def test_results_never_stand_among_an_agencys_own_files(tmp_path, way):
    """An output folder in which an agency's results would fall into its own folder is refused."""
    place = kit.agencies(tmp_path, "ASR")
    with pytest.raises(FactError, match="mixed with its own files"):
        run(tmp_path, way, agencies=place / "ASR", out=place)
    assert sorted(path.name for path in (place / "ASR").iterdir()) == ["agency.yaml", "roster.csv"]


def test_two_notebooks_of_one_name(tmp_path, way):
    """Two notebooks that would leave their files in one place are refused; one named twice is run once."""
    (tmp_path / "other").mkdir()
    first, same = kit.small(tmp_path), kit.small(tmp_path / "other")
    assert len(run(tmp_path, way, notebooks=[first, same, first]).records) == 2
    other = kit.small(tmp_path / "other", "1")
    with pytest.raises(FactError, match="Two notebooks are called 'report'"):
        run(tmp_path, way, notebooks=[first, other])


def test_a_misspelled_notebook_in_an_agencys_parameters(tmp_path, way):
    """`raport:` in parameters.yaml is refused before anything starts; another run's notebook is left alone."""
    place = kit.agencies(tmp_path, "ASR")
    (place / "ASR" / "parameters.yaml").write_text("pay_setting:\n  x: 1\nours:\n  x: 1\n")
    assert set(told(run(tmp_path, way)).values()) == {"final"}
    (place / "ASR" / "parameters.yaml").write_text("raport:\n  year: 2003\n")
    with pytest.raises(FactError, match="Did you mean 'report'"):
        run(tmp_path, way)


def test_parameters_without_annotations_are_what_their_values_are(tmp_path):
    """In a notebook written for papermill `year = 2002` takes 2003 as a number, and text stays text."""
    path = kit.small(tmp_path, more_parameters='year = 2002\nname = "a"\nopen_ended = None')
    ready = notebook.load(path)
    assert ready.read({"year": "2003", "name": "003", "open_ended": "x"}) == {
        "year": 2003, "name": "003", "open_ended": "x",
    }  # fmt: skip
    with pytest.raises(FactError, match="not a whole number"):
        ready.read({"year": "two"})


def test_the_parameters_of_a_notebook_in_r(tmp_path):
    """A notebook in another language is read too: its names are known, and one it does not have is refused."""
    source = 'agency <- "a"  # folder\nout = "b"\nyear <- 2002L\nif (out == "c") stop()'
    cell = nbformat.v4.new_code_cell(source, metadata={"tags": ["parameters"]})
    about = {"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}
    nbformat.write(nbformat.v4.new_notebook(cells=[cell], metadata=about), tmp_path / "r.ipynb")
    ready = notebook.load(str(tmp_path / "r.ipynb"), here=False)
    assert (ready.kernel, sorted(ready.parameters)) == ("ir", ["agency", "out", "year"])
    with pytest.raises(FactError, match="Did you mean 'year'"):
        ready.read({"yaer": 1})


# Places


def test_a_name_that_fills_the_disks_limit(tmp_path, way):
    """A file whose name is as long as a disk allows is kept like any other."""
    run(tmp_path, way, "open(out + '/' + 'x' * 255, 'w').write('x')", names=("ASR",))
    assert (tmp_path / "out" / "ASR" / ("x" * 255)).read_text() == "x"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_file_may_become_a_folder(tmp_path, way, order):
    """What a notebook wrote as a file, and then as a folder, or the other way round, is what it wrote last."""
    cells = ["open(out + '/x', 'w').write('1')", "import os\nos.mkdir(out + '/x'); open(out + '/x/y', 'w').write('1')"]
    for which in order:
        assert set(told(run(tmp_path, way, cells[which])).values()) == {"final"}
    assert (tmp_path / "out" / "ASR" / "x").is_dir() == bool(order[-1])


def test_a_place_that_is_taken_is_one_agencys_failure(tmp_path, way):
    """Where a file stands in the way of another notebook's folder, that agency fails in words, and the others go on."""
    first = kit.small(tmp_path, "if package.agency.code == 'ASR': open(out + '/second', 'w').write('x')")
    second = kit.notebook(tmp_path / "second.ipynb", "# Second")
    summary = run(tmp_path, way, notebooks=[first, second])
    statuses = told(summary)
    assert sorted([statuses["ASR", "report"], statuses["ASR", "second"]]) in (["done", "failed"], ["failed", "final"])
    assert statuses["BCC", "report"] == "final"
    assert "is in its place" in " ".join(record.message for record in summary.records)
    assert summary.trouble == ""


def test_an_input_linked_among_the_results_stays_as_it_is(tmp_path, way):
    """Cleaning results never writes into an agency's own file, though a notebook gave it a second name in its folder."""
    place = kit.agencies(tmp_path, "ASR")
    text = f"see {Path.home()}/x and {place}/y\n"
    (place / "ASR" / "note.txt").write_text(text)
    link = "import os\nos.link(agency + '/note.txt', out + '/a.txt')\nos.symlink(os.path.realpath(agency) + '/note.txt', out + '/b.txt')"
    assert set(told(run(tmp_path, way, link)).values()) == {"final"}
    assert (place / "ASR" / "note.txt").read_text() == text
    assert str(tmp_path) not in (tmp_path / "out" / "ASR" / "a.txt").read_text()


def test_only_whole_places_are_shortened(tmp_path):
    """A path that merely begins like a known place is not cut in the middle of a word."""
    cleaner = Cleaner("/srv/data/agencies/A", "/srv/data/out/.work/w")
    assert (
        cleaner._plain("/srv/data/out/x /srv/data/output /srv/data/agencies/B") == "out/x /srv/data/output agencies/B"
    )


def test_a_warning_tells_no_path(tmp_path, way):
    """A warning in a notebook's own cell is shown without the place where Python keeps such cells."""
    assert set(told(run(tmp_path, way, "import warnings; warnings.warn('look', stacklevel=1)")).values()) == {"final"}
    assert "look" in (tmp_path / "out" / "ASR" / "report.html").read_text()
    assert scanning.scan(tmp_path / "out").leaks == []


def test_an_index_that_cannot_be_written(tmp_path, way):
    """Where the index cannot be put in its place the run says so in one sentence; its records are kept."""
    (tmp_path / "out" / "index.html").mkdir(parents=True)
    summary = run(tmp_path, way)
    assert "can no longer be written" in summary.trouble
    assert (summary.exit_code, len(read(tmp_path / "out"))) == (1, 2)


# Two runs at once


@thorough
def test_parts_that_run_at_once_leave_each_other_alone(tmp_path):
    """A part that starts while another is at work takes nothing from it: each agency is run once."""
    place = kit.agencies(tmp_path, "ASR", "BCC", "BLB", "BLN")
    path = kit.small(tmp_path, "import time; time.sleep(1.5)")
    first = in_the_background(tmp_path, path, place, tmp_path / "out", given="shard=(1, 2), workers=1")
    until(lambda: begun(tmp_path / "out"))
    summary = batch.run(place, tmp_path / "out", notebooks=[path], shard=(2, 2), workers=1, progress=Silent())
    said, _ = first.communicate(timeout=300)
    assert [record.attempts for record in summary.records] == [1, 1]
    assert re.findall(r"'(\w+)', 'final', (\d)", said) == [("ASR", "1"), ("BLB", "1")]


def test_who_may_write_at_once(tmp_path):
    """Parts of one division side by side; never the same part twice, another division, or the whole with a part."""
    held = hold.hold(tmp_path, (1, 2))
    held += hold.hold(tmp_path, (2, 2))
    for other in ((1, 2), (1, 3), None):
        with pytest.raises(FactError, match="Another run is writing"):
            hold.hold(tmp_path, other)
    for lock in held:
        lock.close()
    held = hold.hold(tmp_path, None)
    for other in ((1, 2), None):
        with pytest.raises(FactError, match="Another run is writing"):
            hold.hold(tmp_path, other)
    for lock in held:
        lock.close()
    for lock in hold.hold(tmp_path, (1, 3)):
        lock.close()


def test_a_run_that_ends_takes_nothing_from_the_next(tmp_path, monkeypatch):
    """Between a run's end and the next one's start nobody's hold is taken away: two never hold the folder."""
    first = store.Store(tmp_path / "out")
    late = []

    def taking_away(work):
        if not late:
            with pytest.raises(FactError, match="Another run"):
                store.Store(tmp_path / "out")
            late.append(True)
        discard(work)

    discard = store.discard
    monkeypatch.setattr(store, "discard", taking_away)
    first.close()
    assert late
    with store.Store(tmp_path / "out"):
        assert (tmp_path / "out" / ".work" / "lock").exists()


def test_the_newest_manifest_counts(tmp_path):
    """What a part has noted since the last whole run replaces what that run noted, and a part keeps only its own."""
    out = tmp_path / "out"
    with store.Store(out) as whole:
        for name in "AB":
            whole.note(Record(name, name, "report", "draft", False))
        whole.settle()
    with store.Store(out, (1, 2)) as part:
        part.note(Record("A", "A", "report", "final", True))
        part.settle()
    assert len((out / "manifest.1-of-2.jsonl").read_text().splitlines()) == 1
    assert {record.agency: record.status for record in read(out).values()} == {"A": "final", "B": "draft"}
    with store.Store(out) as whole:
        assert not list(out.glob("manifest.*-of-*"))
        assert whole.records["A", "report"].status == "final"


# The manifest


def test_the_documentation_tells_every_field():
    """The table of the manifest in the documentation has the fields that a record has, each once."""
    table = (
        (kit.ROOT / "docs" / "jobs" / "batch.md")
        .read_text(encoding="utf-8")
        .split("| What they hold |")[1]
        .split("\n\n")[0]
    )
    told = re.findall("`([a-z_]+)`", " ".join(line.split("|")[1] for line in table.splitlines()[2:]))
    assert sorted(told) == sorted(each.name for each in dataclasses.fields(Record))


def test_a_run_killed_between_the_files_and_the_note(tmp_path, way, monkeypatch):
    """Files that are in their place but not yet noted are taken over by the next run; nothing is run a second time."""
    mark = tmp_path / "ran"
    cell = f"open({str(mark)!r}, 'a').write('x')"

    def dead(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(store.Store, "note", dead)
        patched.setattr(store.Store, "close", lambda self: [lock.close() for lock in self._locks])
        with pytest.raises(KeyboardInterrupt):
            run(tmp_path, way, cell, names=("ASR",))
    assert (tmp_path / "out" / "ASR" / "forms.json").is_file()
    assert not read(tmp_path / "out")
    assert told(run(tmp_path, way, cell)) == {("ASR", "report"): "final"}
    assert mark.read_text() == "x"
    assert not (tmp_path / "out" / ".work").exists()


@thorough
def test_without_fork_the_same_command_gives_the_same_files(tmp_path, way, monkeypatch):
    """Where the system cannot fork, stock papermill does the work: same statuses, same messages, same files."""
    cell = "if package.agency.code == 'BCC': raise ValueError('a plain fault')\nopen(out + '/x.txt', 'w').write(agency)"
    with monkeypatch.context() as patched:
        patched.setattr(warm, "available", lambda: False)
        stock = run(tmp_path, None, cell, out=tmp_path / "stock")
    here = run(tmp_path, way, cell)
    assert {record.engine for record in stock.records} == {"stock"}
    assert [(r.key, r.status, r.message, r.step) for r in stock.records] == [
        (r.key, r.status, r.message, r.step) for r in here.records
    ]
    assert kit.files(tmp_path / "stock").keys() == kit.files(tmp_path / "out").keys()
    assert run(tmp_path, way, cell, out=tmp_path / "stock", only=["ASR"]).kept == 1


def test_a_manifest_of_another_version_and_of_odd_words(tmp_path):
    """Fields of a later version are passed over, and no character of a title or a message breaks a line."""
    record = Record("A", "Caf\u0085 \u2028 x", "report", "final", True, outputs={"A/caf\udce9": "0"})
    line = record.to_line()
    assert len(line.splitlines()) == 1
    line.encode()
    assert from_lines([json.dumps(json.loads(line) | {"later": 1})]) == {record.key: record}


def test_failed_runs_nothing_that_was_never_run(tmp_path, way):
    """`failed` is for what failed: an agency that has no record yet waits for the whole command."""
    run(tmp_path, way, "1/0")
    kit.agencies(tmp_path, "BLB")
    summary = run(tmp_path, way, "1", failed=True)
    assert told(summary) == {("ASR", "report"): "final", ("BCC", "report"): "final"}
    assert summary.unfinished == 1
    summary = run(tmp_path, way, "2", failed=True)
    assert "because only failed ones were to run" in summary.to_text()
    assert "nothing they depend on has changed" not in summary.to_text()


def test_the_summary_does_not_reassure_too_early():
    """While agencies wait nobody is told that nothing needs attention."""
    assert "Nothing" not in " ".join(index.summary([Record("A", "A", "report", "final", True)], 3))
    assert index.summary([Record("A", "A", "report", "final", True)])[-1] == "Nothing needs attention."


def test_the_pages_of_a_run_can_be_read_by_everyone(tmp_path, way):
    """The index, the page of an agency that failed and one that is a draft have no accessibility fault."""
    run(
        tmp_path,
        way,
        "if package.agency.code == 'ASR': raise ValueError('a <plain> fault')",
        names=("ASR", "XFR", "BCC"),
    )
    with axe.browser() as browser:
        for name in ("index.html", "ASR/report.html", "XFR/report.html"):
            page = browser.new_page()
            page.goto((tmp_path / "out" / name).as_uri())
            assert axe.violations(page) == [], name
            if name.startswith("ASR"):
                assert "did not run to its end" in page.inner_text("main")
                assert "ValueError: a <plain> fault" in page.inner_text("main")
                assert "papermill" not in page.inner_text("main")


# Signals and hangs


def test_a_terminal_that_is_gone_stops_nothing(tmp_path, way):
    """Where progress can no longer be shown, the run goes on and its results are whole."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", closefd=True) as gone:
        summary = run(tmp_path, way, progress=LineProgress(gone))
        gone.close = lambda: None
    assert set(told(summary).values()) == {"final"}
    assert (tmp_path / "out" / "index.html").is_file()


@pytest.mark.parametrize("ignored", some([False, True], 1))
def test_a_closed_terminal_is_a_request_to_stop_unless_switched_off(tmp_path, ignored):
    """SIGHUP finishes what runs and starts nothing more; under nohup the run goes on to its end."""
    place = kit.agencies(tmp_path, "ASR", "BCC")
    path = kit.small(tmp_path, "import time; time.sleep(1)")
    heard = {"preexec_fn": lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL)}  # these tests may run under nohup
    under = {"under": ["nohup"]} if ignored else heard
    going = in_the_background(tmp_path, path, place, tmp_path / "out", given="workers=1", **under)
    until(lambda: begun(tmp_path / "out"))
    going.send_signal(signal.SIGHUP)
    said, _ = going.communicate(timeout=300)
    assert said.count("'final'") == (2 if ignored else 1)
    assert ("1 not started yet" in said) != ignored


def test_a_parent_that_hangs_is_given_up(tmp_path):
    """A warm parent that is stopped cannot hold the run for ever: at the limit it is ended, and what it ran is told."""
    place = kit.agencies(tmp_path, "ASR")
    path = kit.small(tmp_path, "import time; time.sleep(30)")
    going = in_the_background(
        tmp_path, path, place, tmp_path / "out", given="limits=batch.Limits(cell=2, notebook=600)"
    )
    until(lambda: begun(tmp_path / "out"))
    _keeper, parent, *_ = kit.family(going.pid)
    os.kill(parent, signal.SIGSTOP)
    try:
        said, _ = going.communicate(timeout=300)
    finally:
        going.kill()
    assert "'failed'" in said
    assert "seconds" in said


def test_a_disk_with_another_clock_cuts_nothing_short(tmp_path, monkeypatch):
    """Time in a cell is taken by this machine's clock, not by that of a shared disk."""
    order = Order(str(tmp_path), "A", "A", str(tmp_path), "n", "python3", {}, "f", engine="seskit")
    watch = limits.Watch(order, limits.Limits(cell=5, notebook=60))
    (tmp_path / "executed.ipynb").write_text("")
    os.utime(tmp_path / "executed.ipynb", (1, 1))
    assert watch.overdue() == ""
    late = time.monotonic() + 6
    monkeypatch.setattr(limits.time, "monotonic", lambda: late)
    assert "A cell took longer than 5 seconds" in watch.overdue()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with the one that started it")
def test_stock_papermill_ends_with_the_run(tmp_path):
    """When a run is killed, the stock papermill it started and that one's kernel end as well."""
    place = kit.agencies(tmp_path, "ASR")
    path = kit.small(tmp_path, "import time; time.sleep(60)")
    going = in_the_background(tmp_path, path, place, tmp_path / "out", given="launcher=Launcher(warm=False)")
    until(lambda: len(kit.family(going.pid)) > 1 and begun(tmp_path / "out"))
    started = kit.family(going.pid)
    going.kill()
    going.communicate()
    until(lambda: not any(_alive(pid) for pid in started))


def test_an_output_folder_made_anew_takes_no_records(tmp_path):
    """A record is noted only in the folder the run began with: one removed and made again would lack the others."""
    place = tmp_path / "out"
    with store.Store(place) as opened:
        place.rename(tmp_path / "moved")
        (place / hold.WORK).mkdir(parents=True)
        with pytest.raises(FileNotFoundError):
            opened.note(Record("A", "A", "n", "final", True))
        assert not opened.manifest.exists()


def _alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_launcher_can_be_used_again_after_trouble(tmp_path, way):
    """A run that ended early leaves nothing running, and the next one with the same parent is not confused."""
    gone = f"import shutil, os\nwhile os.path.exists({str(tmp_path / 'out')!r}):\n    shutil.rmtree({str(tmp_path / 'out')!r}, ignore_errors=True)"
    assert "can no longer be written" in run(tmp_path, way, gone).trouble
    assert set(told(run(tmp_path, way, "1", out=tmp_path / "again")).values()) == {"final"}
