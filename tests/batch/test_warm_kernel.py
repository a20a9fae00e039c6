"""The fast kernel: an ordinary kernel to everyone who uses it, and nobody needs it."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpecManager

import seskit
from seskit.batch import warm_kernel
from seskit.batch.engine import kernels
from tests import batch_kit as kit

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


@pytest.fixture
def started(tmp_path, monkeypatch):
    """Starts kernels of that name, in a place of their own, whose sockets are files: a port could be taken meanwhile."""
    runtime = tempfile.TemporaryDirectory(prefix="kernels-")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(kit.ROOT))
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", runtime.name)
    monkeypatch.delenv("PYTEST_CURRENT_TEST", raising=False)
    warm_kernel.install(tmp_path / "kernels")
    managers = []

    def start():
        specs = KernelSpecManager(kernel_dirs=[str(tmp_path / "kernels")], ensure_native_kernel=False)
        manager = KernelManager(
            kernel_name=warm_kernel.NAME,
            kernel_spec_manager=specs,
            transport="ipc",
            connection_file=f"{runtime.name}/{len(managers)}.json",
        )
        manager.start_kernel(cwd=str(tmp_path))
        managers.append(manager)
        client = manager.client()
        client.start_channels()
        client.wait_for_ready(timeout=300)
        return manager, client

    yield start
    for manager in managers:
        manager.shutdown_kernel(now=True)
    for place in tmp_path.glob("seskit-*/*.sock"):
        place.unlink()
        _has_ended(place)
    runtime.cleanup()


def _has_ended(place):
    """The warm process ends once nobody can reach it any more."""
    fcntl = pytest.importorskip("fcntl")
    end = time.monotonic() + 60
    with place.with_suffix(".lock").open("w") as alone:
        while time.monotonic() < end:
            with contextlib.suppress(BlockingIOError):
                return fcntl.flock(alone, fcntl.LOCK_EX | fcntl.LOCK_NB)
            time.sleep(0.05)
    pytest.fail("The warm process goes on.")


def asked(client, code):
    """What a cell shows, as one text."""
    said = []
    client.execute_interactive(code, timeout=300, output_hook=lambda message: said.append(str(message["content"])))
    return " ".join(said)


@pytest.mark.slow
def test_a_kernel_starts_cold_then_warm_and_is_a_kernel_either_way(started, tmp_path):
    """The first start is an ordinary kernel; once a warm process answers, kernels are forked, and do all a kernel does."""
    _, client = started()
    assert "'cold', False" in asked(client, "import sys; 'cold', 'seskit.batch.engine.preload' in sys.modules")
    end = time.monotonic() + 300
    while not list(tmp_path.glob("seskit-*/*.sock")) and time.monotonic() < end:
        time.sleep(0.1)
    manager, client = started()
    assert "'warm', True" in asked(client, "import sys; 'warm', 'seskit.batch.engine.preload' in sys.modules")
    assert "image/png" in asked(client, "import matplotlib.pyplot as plt\nplt.plot([1, 2])")
    assert "widget-view" in asked(client, "import ipywidgets\nipywidgets.IntText(3)")
    assert str(tmp_path) in asked(client, "import os\nos.getcwd()")
    client.execute("import time\nprint('asleep', flush=True)\ntime.sleep(600)")
    while "asleep" not in str(client.get_iopub_msg(timeout=300)["content"].get("text")):
        pass
    manager.interrupt_kernel()
    assert "KeyboardInterrupt" in str(client.get_shell_msg(timeout=300)["content"])
    said = next(said for _ in range(5) if "PID " in (said := asked(client, "print('PID', os.getpid(), 'END')")))
    pid = int(said.split("PID ")[1].split()[0])
    manager.shutdown_kernel(now=True)
    end = time.monotonic() + 120
    while os.path.exists(f"/proc/{pid}") and time.monotonic() < end:  # noqa: PTH110
        time.sleep(0.05)
    assert not os.path.exists(f"/proc/{pid}")  # noqa: PTH110


def test_the_kernelspec_can_be_removed(tmp_path):
    """What `install` wrote `remove` takes away, and says whether there was anything."""
    place = warm_kernel.install(tmp_path)
    assert sys.executable in (place / "kernel.json").read_text()
    assert warm_kernel.remove(tmp_path)
    assert not place.exists()
    assert not warm_kernel.remove(tmp_path)


def _serving(place, tmp_path):
    command = [sys.executable, "-m", "seskit.batch.warm_kernel", "--serve", str(place)]
    return subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(kit.ROOT)}, cwd=tmp_path)


def test_one_warm_process_at_a_place(tmp_path):
    """When many kernels start at once, each asks for a warm process; the first one stays and the others end."""
    place = tmp_path / "k.sock"
    made = [_serving(place, tmp_path) for _ in range(2)]
    try:
        _until(lambda: place.exists() and any(process.poll() is not None for process in made))
        assert sorted(process.poll() is None for process in made) == [False, True]
        with socket.socket(socket.AF_UNIX) as asking:
            asking.connect(str(place))
    finally:
        for process in made:
            process.kill()
            process.wait()


def test_a_change_anywhere_in_the_package_asks_for_a_new_warm_process(tmp_path):
    """A kernel never starts with rules older than those on the disk: its address tells of every file."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "awards.yaml").write_text("a: 1\n")
    before = kernels._newest(tmp_path)
    time.sleep(0.02)
    with (tmp_path / "rules" / "awards.yaml").open("a") as file:
        file.write("b: 2\n")
    assert kernels._newest(tmp_path) > before


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with the one that started it")
def test_forked_kernels_end_with_their_warm_process(started, tmp_path):
    """When the warm process is killed its kernels end, so that none is left that nobody can reach."""
    place = kernels.address(Path(seskit.__file__).parent)
    server = _serving(place, tmp_path)
    try:
        _until(place.exists)
        with socket.socket(socket.AF_UNIX) as silent:
            silent.connect(str(place))
            _, client = started()
        pid = int(asked(client, "import os\nprint('PID', os.getpid(), 'END')").split("PID ")[1].split()[0])
        assert os.getpgid(pid) == pid
        server.kill()
        _until(lambda: not Path(f"/proc/{pid}").exists())
    finally:
        server.kill()
        server.wait()


def _until(what, seconds=300):
    end = time.monotonic() + seconds
    while not what() and time.monotonic() < end:
        time.sleep(0.05)
    assert what()
