"""What all tests share: how they are spread over the cores, and what is built once however many need it."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.extent import times
from tests.lending import lend
from tests.places import TRAINING

#: Inputs of tests: their notebooks fail on purpose and are run by the tests alone.
collect_ignore_glob = ["field/*", "cases/*"]

#: Kits that are written out by `make test`: the longest, the newest and the shortest. All are by `make test-all`; that every
#: kit resolves, teaches what it says, fits its slides and is solved at its tables is tried without writing it.
WRITTEN = ("2004-07-28-pay", "2012-02-model-system", "2026-update")
#: Longest wait for what another core builds, in seconds.
_LONGEST = 900
#: Tests that start whole runs and look at the clock: one after another, or each would wait for the cores of the others.
TIMED = (
    "test_batch_cluster",
    "test_batch_equal",
    "test_batch_night",
    "test_batch_stock",
    "test_batch_warm",
    "test_warm_kernel",
)
#: Tests with a browser and no JupyterLab: they wait for no other, since a second browser costs little.
BROWSER_ALONE = ("test_desk_served_browser",)

#: Rules on the code of the package: they share what one of them has parsed.
RULES_ON_CODE = (
    "test_house",
    "test_law_literals",
    "test_packaging",
    "test_sentences",
    "test_workbook_formulas",
)

# No test reads or changes which folders a person used last.
os.environ["SESKIT_HOME"] = tempfile.mkdtemp(prefix="seskit-tests-")

# Threads of numpy that wait for each other take ten times the work of one where other tests have the cores. It asks as it is
# loaded; what tests start is not told.
with pytest.MonkeyPatch.context() as _one_thread:
    _one_thread.setenv("OPENBLAS_NUM_THREADS", "1")
    import numpy  # noqa: F401

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=times(100, 40)
)
settings.load_profile("any machine")


def pytest_configure(config: pytest.Config) -> None:
    """The list of fonts is made once, before any notebook draws: the first that waits for it would say so."""
    if not hasattr(config, "workerinput"):
        import matplotlib.font_manager  # noqa: F401


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Hands out whole files, since the tests of one share what they build; together go timed ones, those of JupyterLab and rules on code."""
    from xdist.scheduler import LoadFileScheduling

    class Files(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = str(super()._split_scope(nodeid))
            if Path(file).stem in TIMED:
                return "timed"
            if Path(file).stem in RULES_ON_CODE:
                return "rules on code"
            return "browser" if _is_browser(Path(file)) and Path(file).stem not in BROWSER_ALONE else file

    return Files(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Any:
    """The tests that were found stay until the end: who looks for garbage need not look at them again, and looks less often."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(20_000, 20, 50)
        gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Any:
    """Every process reads all tests, each from another folder on: what one has compiled the others find compiled."""
    report = yield
    if isinstance(collector, pytest.Dir) and (found := report.result):
        given = getattr(collector.config, "workerinput", {"workerid": "gw0", "workercount": 1})
        at = int(given["workerid"].removeprefix("gw")) * len(found) // given["workercount"]
        report.result = found[at:] + found[:at]
    return report


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable(report: Any) -> Any:
    """Of what went well nobody asks for its marks and the names of its folders, which the process that counts would read."""
    told = yield
    if told and getattr(report, "outcome", "") == "passed" and "keywords" in told:
        told["keywords"] = {}
    return told


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins, so that no core waits for another at the end; all timed tests count as slow."""
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
        if item.path.stem in TIMED:
            item.add_marker(pytest.mark.slow)
    items[:] = [item for _, group in sorted(files.items(), key=lambda one: _turn(*one)) for item in group]


def _turn(file: Path, items: list[pytest.Item]) -> tuple[int, str, Path]:
    if file.stem in TIMED:
        return 0, file.name, file
    if _is_browser(file):
        return 1, file.name, file
    if file.suffix == ".ipynb":
        return 2, file.name, file
    return (3 if any(item.get_closest_marker("slow") for item in items) else 4), file.name, file


@pytest.fixture(scope="session")
def warm_way() -> Iterator[Any]:
    """One launcher, and so one warm parent, for every run on a core that does it no harm."""
    from seskit.batch.launch import Launcher

    os.environ.pop("PYTEST_CURRENT_TEST", None)  # a kernel that finds it watches no output
    launcher = Launcher()
    yield launcher
    launcher.close()


@pytest.fixture
def lent(warm_way: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch command of this process runs with the shared launcher, which it would otherwise start and end."""
    lend(warm_way, monkeypatch)


def _is_browser(file: Path) -> bool:
    return file.stem.endswith("_browser")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """What the open pages show where a browser test fails."""
    report = yield
    if report.failed and _is_browser(item.path):
        from tests import axe

        report.sections.append(("pages", "\n\n".join(axe.seen())))
    return report


def pytest_sessionfinish() -> None:
    """The LibreOffice that tests left open is ended."""
    if office := sys.modules.get("tests.office"):
        office.leave()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """The browser and the JupyterLab that browser tests share, or the tests of one file, are ended before any other test."""
    if nextitem and (nextitem.path == item.path or (_is_browser(item.path) and _is_browser(nextitem.path))):
        return
    if _is_browser(item.path):
        from tests import browser

        browser.leave()
    elif axe := sys.modules.get("tests.axe"):
        axe.leave()


@pytest.fixture
def chromium() -> Iterator[Any]:
    """A browser that stays open for the tests of a file; its driver keeps the others of that file from loops of their own."""
    from tests import axe

    opened = axe.stay()
    before = opened.contexts
    yield opened
    for context in opened.contexts:
        if context not in before:
            context.close()


@pytest.fixture(autouse=True)
def _nothing_left_to_say() -> Iterator[None]:
    """What a test left to be told of its results is not told by the next one's command."""
    yield
    if results := sys.modules.get("seskit.formats.results"):
        results.taken()


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Callable[[str, Callable[[Path], object]], Path]:
    """Gives a folder that is built once for all cores: who asks first builds it, the others wait. Only to be read."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent

    def built(name: str, make: Callable[[Path], object]) -> Path:
        place, done, failed = (shared / f"once-{name}{end}" for end in ("", ".done", ".failed"))
        try:
            place.mkdir()
        except FileExistsError:
            _wait_for(done, failed)
            return place
        try:
            make(place)
        except BaseException:
            failed.touch()
            raise
        done.touch()
        return place

    return built


def _wait_for(done: Path, failed: Path) -> None:
    until = time.monotonic() + _LONGEST
    while not done.exists():
        if failed.exists() or time.monotonic() > until:
            pytest.fail(f"{done.stem} could not be built; the first test that asked for it says why.")
        time.sleep(0.2)


@pytest.fixture(scope="session")
def resolved() -> list[Any]:
    """Every forum kit of the project, resolved once and not written; only to be read."""
    from seskit.forum import config
    from seskit.forum.build import resolve

    return [resolve(config.read(path.parent)) for path in sorted(TRAINING.glob("*/forum.yaml"))]


@pytest.fixture(scope="session")
def closeout() -> Any:
    """The closeout of a sample with 120 executives; only to be read."""
    from seskit.work import closeout as work
    from tests.noticed import DBT

    return work.closeout(work.open_folder(DBT))


@pytest.fixture(scope="session")
def kits(once: Callable[[str, Callable[[Path], object]], Path]) -> dict[str, tuple[list[Path], Path]]:
    """Forum kits of the project, written out: the files of each and the folder they are in."""
    from seskit.forum.build import RECORD, build
    from tests.extent import ALL

    sources = sorted(path.parent for path in TRAINING.glob("*/forum.yaml") if ALL or path.parent.name in WRITTEN)
    out = once("kits", lambda place: [build(folder, place / folder.name) for folder in sources])
    return {
        folder.name: (
            sorted(file for file in (out / folder.name).iterdir() if file.name not in (RECORD, "written.json")), out / folder.name
        )
        for folder in sources
    }  # fmt: skip
