"""What README promises: one test for each sentence, named after it, and no sentence without one."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from seskit import batch
from seskit.batch.progress import Silent
from seskit.desk.cli import main
from seskit.formats.files import whole
from seskit.formats.small_cells import HIDDEN, hide, two_way
from seskit.law import parameters
from seskit.law.question import questions
from seskit.record import roster
from seskit.work import report
from tests import batch_kit as kit
from tests.extent import times
from tests.places import ROOT, TRAINING

KEPT: dict[str, str] = {}
CONFIDENCE = {"verified", "recalled", "design"}


def promise(sentence: str) -> Callable[[Any], Any]:
    """The sentence of README that a test holds."""

    def kept(test: Any) -> Any:
        KEPT[sentence] = test.__name__
        return test

    return kept


def sentences() -> list[str]:
    """Every promise of README."""
    _, _, after = (ROOT / "README.md").read_text(encoding="utf-8").partition("## What seskit promises\n")
    return re.findall(r"(?m)^- (.+)$", after.partition("\n## ")[0])


def test_each_promise_has_a_test_and_each_test_a_promise():
    """README says nothing under this heading that is not held here, word for word."""
    assert sentences() == list(KEPT)


#: Put before everything a Python process loads: an attempt to reach another machine is written down and refused.
WATCH = """
import os, socket, sys
def watch(event, args):
    if event == "socket.getaddrinfo" and args[0] not in (None, "", "localhost", "127.0.0.1", "::1", b"localhost", b"127.0.0.1"):
        reached(args[0])
    if event in ("socket.connect", "socket.sendto") and isinstance(args[1], tuple) and str(args[1][0]) not in ("127.0.0.1", "::1", "localhost"):
        reached(args[1])
def reached(where):
    with open(os.environ["REACHED"], "a") as log:
        log.write(f"{where}\\n")
    raise OSError(f"reached for {where}")
sys.addaudithook(watch)
"""


def watched(folder: Path, *arguments: str, **more: str) -> tuple[subprocess.CompletedProcess[str], str]:
    """A command in a process in which, and in whose children, nothing can reach another machine unseen."""
    (folder / "watch").mkdir(exist_ok=True)
    (folder / "watch" / "sitecustomize.py").write_text(WATCH)
    log = folder / "reached.txt"
    log.touch()
    paths = os.pathsep.join([str(folder / "watch"), str(ROOT)])
    ran = subprocess.run(
        [sys.executable, "-m", "seskit", *arguments],
        env=os.environ | {"PYTHONPATH": paths, "REACHED": str(log)} | more,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return ran, log.read_text()


def reported(place: Path, **more: str) -> str:
    """A report of a sample agency in every format, made in a folder of its own; the addresses that were asked for."""
    ran, reached = watched(place, "report", str(kit.agencies(place, "DPW") / "DPW"), "--out", "finished", **more)
    assert ran.returncode == 0, ran.stderr
    return reached


@pytest.fixture(scope="module")
def report_of_dpw(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """One such report: where it is, and the addresses that were asked for."""
    place = tmp_path_factory.mktemp("one")
    return place, reported(place, TZ="UTC", PYTHONHASHSEED="1")


@promise("Nothing is sent anywhere. Everything runs on your own computer, without a network.")
@pytest.mark.slow
def test_nothing_is_sent_anywhere(tmp_path, report_of_dpw):
    """A question, a report in every format and a batch run ask for no address; no page would load one."""
    folder = kit.agencies(tmp_path, "DPW")
    made, reached = report_of_dpw
    assert reached == ""
    for arguments in (
        ["ask", "awards.award_limits", "as_of=2002-09-30", "rate=129800"],
        ["batch", str(folder), "--out", "run"],
    ):
        ran, reached = watched(tmp_path, *arguments)
        assert ran.returncode == int(arguments[0] == "batch"), ran.stderr  # the vacancies of DPW need attention
        assert reached == ""
    pages = [*(made / "finished").rglob("*.html"), *(tmp_path / "run").rglob("*.html")]
    assert len(pages) >= 3
    for page in pages:
        loads = r"""(?:src|srcset|data|poster|action)\s*=\s*["']?\s*(?:https?:)?//|url\(\s*["']?(?:https?:)?//|@import|<link[^>]+href=["']?http"""
        assert not re.search(loads, page.read_text(encoding="utf-8")), page.name


def test_reaching_another_machine_would_be_seen(tmp_path):
    """The watch works: an attempt is refused and written down."""
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch" / "sitecustomize.py").write_text(WATCH)
    code = "import socket\ntry: socket.create_connection(('192.0.2.1', 80), 1)\nexcept OSError as e: print(e)"
    env = os.environ | {"PYTHONPATH": str(tmp_path / "watch"), "REACHED": str(tmp_path / "log")}
    ran = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert "reached for" in ran.stdout
    assert "192.0.2.1" in (tmp_path / "log").read_text()


TYPED = [
    "x", "-1", "1e3", "12,98", "129.800", "$129,8OO", "2002-02-30", "11/15/2002", "5.5", "maybe", "yes", "3 - Fully Successful", "#N/A", "=1+1",
    "\uff11\uff12\uff13", " 4 ", "0", "two_unsatisfactory", "129800.001", "career ", "CAREER", "1,29800", "nan", "half", "a\nb",
]  # fmt: skip


def people_of(place: Path) -> tuple[list[dict[str, Any]], list[Any]]:
    """The rows as read, by column, and the problems."""
    found = roster.read(place)
    return [person._asdict() for person in found.people], found.problems


@promise(
    "Nothing is silently corrected or dropped. Each row of a roster is counted, or listed with the reason why it is not."
)
def test_nothing_is_silently_corrected_or_dropped(tmp_path):
    """Odd texts in random cells: each is a problem of its row and column, or is read as a value that it spells; and
    of every roster as many people are counted or named as there are rows.
    """
    folder = kit.agencies(tmp_path, "DPW") / "DPW"
    lines = (folder / "roster.csv").read_text(encoding="utf-8").splitlines()
    header = lines[0].split(",")
    usual, _ = people_of(folder / "roster.csv")
    chance = random.Random(11)
    said, tries = 0, times(150, 45)
    for _ in range(tries):
        row, column, typed = chance.randrange(1, len(lines)), chance.randrange(len(header)), chance.choice(TYPED)
        cells = lines[row].split(",")
        cells[column] = '"' + typed.replace('"', '""') + '"'
        changed = [*lines[:row], ",".join(cells), *lines[row + 1 :]]
        (folder / "roster.csv").write_text("\n".join(changed) + "\n", encoding="utf-8")
        people, problems = people_of(folder / "roster.csv")
        here = [one for one in problems if one.row in (row + 1, None)]
        said += bool(here)
        assert len(people) == len(usual) or here
        if not here:
            assert spelled(people[row - 1][header[column]], typed), (header[column], typed, people[row - 1])
        package = report.open_folder(folder).complete()
        account = package.account
        assert account.counted + len(account.nowhere) == account.people
        assert all(why for _, why in account.nowhere)
    assert said > tries / 3


def spelled(value: Any, typed: str) -> bool:
    """Whether a value is what the text says, apart from blanks around it, signs of dollars and thousands, and case."""
    plain = re.sub(r"[$,\s]", "", typed).lower()
    if value is None:
        return plain == ""
    if isinstance(value, bool):
        return plain in ({"yes", "y", "true", "1"} if value else {"no", "n", "false", "0"})
    if isinstance(value, int | float) or type(value).__name__ == "Decimal":
        return float(value) == float(plain)
    if hasattr(value, "isoformat"):
        return plain in (value.isoformat(), f"{value.month}/{value.day}/{value.year}")
    return re.sub(r"[$,\s]", "", str(value)).lower() == plain


NUMBER = "-".join(("900", "12", "3456"))


@promise("A Social Security number is never read, stored or printed. Names are in the Supplementary form and in files that say so, and nowhere else.")  # fmt: skip
@pytest.mark.slow
@pytest.mark.parametrize("where", ["component", "action", "name", "agency.yaml", "SSN"])
def test_a_social_security_number_is_never_read_stored_or_printed(tmp_path, where):
    """Planted in a cell, a column of its own or agency.yaml: not on the console, in no file; names only where said."""
    folder = kit.agencies(tmp_path, "DPW") / "DPW"
    file = folder / "roster.csv"
    head, *rows = file.read_text(encoding="utf-8").splitlines()
    columns = head.split(",")
    if where in columns:
        cells = rows[2].split(",")
        cells[columns.index(where)] = NUMBER
        rows[2] = ",".join(cells)
    elif where == "SSN":
        head, rows = f"{head},SSN", [f"{row},{NUMBER}" for row in rows]
    else:
        (folder / where).write_text(f"# {NUMBER}\n" + (folder / where).read_text(encoding="utf-8"), encoding="utf-8")
    file.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    said = ""
    for arguments in (["check", str(folder)], ["report", str(folder), "--out", str(tmp_path / "finished")]):
        ran = CliRunner().invoke(main, arguments)
        assert ran.exit_code == 1
        said += ran.output
    assert "Social Security" in said
    assert NUMBER not in said
    assert NUMBER.replace("-", "") not in said
    for path in (tmp_path / "finished").rglob("*"):
        if path.is_file():
            assert NUMBER.encode() not in path.read_bytes(), path.name


@pytest.mark.slow
def test_names_are_in_the_supplementary_form_and_nowhere_else(tmp_path, lent):
    """Every person of a sample agency, in every text that a report and a batch run write."""
    folder = kit.agencies(tmp_path, "DPW")
    names = [person.name for person in roster.read(folder / "DPW").people if person.name]
    assert len(names) > 5
    CliRunner().invoke(main, ["report", str(folder / "DPW"), "--out", str(tmp_path / "finished")])
    CliRunner().invoke(main, ["batch", str(folder), "--out", str(tmp_path / "run")])
    written = [path for place in ("finished", "run") for path in (tmp_path / place).rglob("*") if path.is_file()]
    holding = {
        path.name for path in written if any(name in path.read_text("utf-8", errors="ignore") for name in names)
    }  # fmt: skip
    assert holding
    assert all(name.startswith("supplement") for name in holding), holding


@promise("A file is whole or absent.")
@pytest.mark.skipif(sys.platform == "win32", reason="needs child processes made by fork")
def test_a_file_is_whole_or_absent(tmp_path):
    """A process that writes two contents in turn is killed at a random moment, many times: one of the two is there."""
    place = tmp_path / "form.json"
    contents = [letter * 400_000 for letter in (b"a", b"b")]
    chance = random.Random(5)
    for _ in range(times(30, 12)):
        begun, first = os.pipe()
        child = os.fork()
        if child == 0:
            for content in itertools.cycle(contents):
                whole(place, content)
                os.write(first, b".")
        os.read(begun, 1)
        time.sleep(chance.random() / 40)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(begun)
        os.close(first)
        assert place.read_bytes() in contents
        place.unlink()


@promise("A run that was interrupted gives the same result when the same command is given again, apart from times.")
@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_an_interrupted_run_gives_the_same_result(tmp_path, warm_way):
    """Killed once some of four agencies are done, and continued: every file is that of a run nobody disturbed."""
    folder = kit.agencies(tmp_path, "DPW", "DBT", "BSC", "ASR")
    asked = {"notebooks": [kit.small(tmp_path, "import time; time.sleep(0.5)")], "workers": 1}
    out, calm = tmp_path / "run", tmp_path / "calm"
    call = "from seskit import batch; from seskit.batch.progress import Silent; "
    going = kit.python(call + f"batch.run({str(folder)!r}, {str(out)!r}, progress=Silent(), **{asked!r})")
    while going.poll() is None and not list(out.glob("*/forms.json")):
        time.sleep(0.02)
    for process in [going.pid, *kit.family(going.pid)]:
        with_kill(process)
    going.wait()
    done = len(list(out.glob("*/forms.json")))
    for place in (out, calm):
        batch.run(folder, place, progress=Silent(), launcher=warm_way, **asked)
    assert 0 < done < 4
    assert apart_from_times(out) == apart_from_times(calm)


def with_kill(process: int) -> None:
    """End a process, if it is still there."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def apart_from_times(out: Path) -> dict[str, bytes]:
    """Every file of a run; of the manifest only what each agency came to."""
    found = {name: content for name, content in kit.files(out).items() if not name.startswith((".", "index"))}
    lines = [json.loads(line) for line in found.pop("manifest.jsonl").splitlines()]
    kept = {(line["agency"], line["status"], line["message"], json.dumps(line["outputs"])) for line in lines}
    return found | {"manifest": repr(sorted(kept)).encode()}


@promise("The same files give the same result, byte for byte, on any day.")
@pytest.mark.slow
def test_the_same_files_give_the_same_bytes(tmp_path, report_of_dpw):
    """A report in every format, made in two places, time zones and orders of memory."""
    reported(tmp_path, TZ="Pacific/Kiritimati", PYTHONHASHSEED="2")
    made = [kit.files(place / "finished") for place in (report_of_dpw[0], tmp_path)]
    assert len(made[0]) > 5
    assert made[0] == made[1]


@promise("One agency's failure never stops the others.")
@pytest.mark.slow
def test_one_agencys_failure_never_stops_the_others(tmp_path, lent):
    """A notebook that ends its process for one agency, and one whose file cannot be read: the others are done."""
    folder = kit.agencies(tmp_path, "DPW", "DBT", "BSC", "ASR")
    (folder / "DBT" / "agency.yaml").write_bytes(b"\xff\xfe\x00: [")
    notebook = kit.small(tmp_path, "import os\nif agency.endswith('BSC'): os.kill(os.getpid(), 9)")
    ran = CliRunner().invoke(main, ["batch", str(folder), "--out", str(tmp_path / "run"), "--notebook", notebook])
    assert ran.exit_code == 1
    lines = [json.loads(line) for line in (tmp_path / "run" / "manifest.jsonl").read_text().splitlines()]
    finished = {line["agency"] for line in lines if line["status"] in ("final", "draft", "done")}
    assert finished == {"DPW", "ASR"}
    assert {line["agency"] for line in lines} == {"DPW", "DBT", "BSC", "ASR"}


@dataclass(frozen=True)
class Small:
    """A table of two rows and two columns with its totals."""

    counts: dict[Any, int]

    @classmethod
    def of(cls, cells: tuple[int, ...]) -> Small:
        """From its four cells."""
        keys = list(itertools.product(("x", "y"), ("a", "b")))
        counts: dict[Any, int] = dict(zip(keys, cells, strict=True))
        for tie in two_way(("x", "y"), ("a", "b")):
            counts[tie.total] = sum(counts[part] for part in tie.parts)
        return cls(counts)


@promise("A table over several agencies shows no count from one to four, and hides enough others that the table does not give it away.")  # fmt: skip
def test_small_counts_are_not_shown_and_not_given_away():
    """Forty tables drawn at random: no small count is shown, and another table would look the same."""
    sums = two_way(("x", "y"), ("a", "b"))
    chance = random.Random(7)
    for _ in range(40):
        cells = tuple(chance.choices((0, 1, 2, 4, 5, 6), k=4))
        counts = Small.of(cells).counts
        hidden = hide(counts, sums)
        shown = {key: count for key, count in counts.items() if key not in hidden}
        assert all(count == 0 or count >= 5 for count in shown.values()), (cells, HIDDEN)
        small = [key for key, count in counts.items() if 0 < count < 5]
        others = list(alike(shown, max(cells) + 1)) if small else []
        for key in small:
            assert len({other[key] for other in others}) > 1, (cells, key)


def alike(shown: dict[Any, int], most: int) -> Iterator[dict[Any, int]]:
    """Every table that shows the same; sums that are shown bound its cells."""
    keys = list(itertools.product(("x", "y"), ("a", "b")))
    ranges = [[shown[key]] if key in shown else range(most + 1) for key in keys]
    for cells in itertools.product(*ranges):
        other = Small.of(cells).counts
        if all(other[key] == count for key, count in shown.items()):
            yield other


@promise("A file of yours stays as it is: `start`, `template` and `forum new` never replace one.")
def test_a_file_of_yours_stays_as_it_is(tmp_path, monkeypatch):
    """Each is called twice with every file of the first call changed in between."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(TRAINING, tmp_path / "training")
    calls = {"mine": ["start", "mine"], "agency": ["template", "agency"], "training/kit": ["forum", "new", "kit"]}
    for place, arguments in calls.items():
        CliRunner().invoke(main, arguments)
        files = [path for path in (tmp_path / place).rglob("*") if path.is_file()]
        assert files, place
        for path in files:
            path.write_bytes(b"mine")
        CliRunner().invoke(main, arguments)
        assert {path.read_bytes() for path in files} == {b"mine"}
        shutil.rmtree(tmp_path / place)


@promise("Each figure has its source, its first day in force, and how sure it is. What is not known is named, not guessed.")  # fmt: skip
def test_each_figure_has_its_source_day_and_confidence():
    """Every value of every rule; and every question that may lack a fact says so by its label where it decides."""
    for path in parameters.paths():
        for figure in parameters.parameter(path).values:
            assert figure.source.strip(), path
            assert figure.first_day, path
            assert figure.confidence in CONFIDENCE, path
    told = 0
    for asked in questions().values():
        if all(slot.may_be_unknown or not slot.required for slot in asked.slots.values() if slot.name != "as_of"):
            try:
                result = asked("2026-06-01") if "as_of" in asked.slots else asked()
            except (ValueError, TypeError):
                continue
            if any(reason.outcome == "cannot tell" for reason in result.reasons):
                told += 1
                assert "annot tell" in result.says or result.cautions, asked.name
    assert told > 5
