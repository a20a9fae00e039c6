"""The wheel in an empty environment of each supported Python that is found: `make check-install`.

What a person does first is done there: start a folder, complete a report, run a batch, ask a question. Nothing of the
checkout is on the way: each runs in a folder of its own, with an empty home.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

VERSIONS = ("3.11", "3.12", "3.13", "3.14")
#: The installed base is at most so large, in MB.
MOST = 350
#: What papermill brings there only: aiohttp.
MORE = {"3.12": 6}
UV = Path(sys.executable).with_name("uv")
JOB = (
    ("start", "mine"),
    ("report", "mine/notebooks/sample/agencies/DPW", "--out", "finished"),
    ("batch", "mine/notebooks/sample/agencies", "--only", "ASR", "--out", "run"),
    ("ask", "awards.award_limits", "as_of=2002-09-30", "rate=129800"),
)
MADE = ("mine/notebooks/start_here.ipynb", "finished", "run/index.html")


def candidates(version: str) -> Iterator[Path]:
    """Where a Python of this version may be: on the path, and among those that pyenv and uv keep."""
    yield from (Path(folder, f"python{version}") for folder in os.environ.get("PATH", "").split(os.pathsep))
    kept = (
        (Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv"), "versions"),
        (
            Path(os.environ.get("UV_PYTHON_INSTALL_DIR") or Path.home() / ".local/share/uv/python"),
            "",
        ),
    )
    for root, below in kept:
        yield from sorted((root / below).glob(f"*{version}*/bin/python{version}"), reverse=True)


def python(version: str) -> Path | None:
    """The first of them that runs and can make an environment; a shim of pyenv that leads nowhere does not run."""
    tried = [sys.executable] if sys.version.startswith(f"{version}.") else []
    return next((path for path in [*map(Path, tried), *candidates(version)] if _runs(path, version)), None)


def _runs(path: Path, version: str) -> bool:
    code = "import ssl, sqlite3, ctypes, sys; print('%d.%d' % sys.version_info[:2])"
    try:
        ran = subprocess.run([path, "-c", code], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return ran.returncode == 0 and ran.stdout.strip() == version


def install(wheel: Path, found: Path, place: Path) -> Path:
    """The wheel with what it asks for in an empty environment; its folder of programs."""
    quiet = {"check": True, "stdout": subprocess.DEVNULL}
    subprocess.run([UV, "--quiet", "venv", "--python", found, place / "venv"], **quiet)
    programs = next(path for path in (place / "venv" / "bin", place / "venv" / "Scripts") if path.is_dir())
    subprocess.run([UV, "--quiet", "pip", "install", "--python", programs / "python", wheel], **quiet)
    return programs


def size(folder: Path) -> int:
    """MB on the disk, as `du -sm` counts them."""
    return int(subprocess.run(["du", "-sm", folder], capture_output=True, text=True, check=True).stdout.split()[0])


def do_the_job(programs: Path, place: Path) -> None:
    """Every command of the job; one that fails stops the check with its words."""
    (place / "home").mkdir()
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment = clean | {"HOME": str(place / "home"), "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    for words in JOB:
        ran = subprocess.run([programs / "seskit", *words], cwd=place, env=environment, capture_output=True, text=True)
        if ran.returncode:
            raise SystemExit(f"seskit {' '.join(words)}: exit code {ran.returncode}\n{ran.stdout}{ran.stderr}")
    if missing := [name for name in MADE if not (place / name).exists()]:
        raise SystemExit(f"Not made: {', '.join(missing)}")


def main(wheel: Path) -> int:
    """Each Python in turn."""
    too_large = 0
    for version in VERSIONS:
        found = python(version)
        if found is None:
            print(f"Python {version}: not found here, not tried.")
            continue
        with tempfile.TemporaryDirectory() as name:
            place = Path(name)
            programs = install(wheel.resolve(), found, place)
            megabytes = size(place / "venv")
            do_the_job(programs, place)
        too_large += megabytes > MOST + MORE.get(version, 0)
        print(
            f"Python {version}: {megabytes} MB (at most {MOST + MORE.get(version, 0)}); start, report, batch and ask did their work."
        )
    return int(too_large > 0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
