"""The warm engine with the oldest and the newest versions that are allowed: `make check-engine`.

Each is installed in an environment of its own, and there the awkward notebooks are run both ways and compared, and the
list of what is not public is looked at. Where the registry of packages cannot be reached, that is said.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.places import ROOT

UV = Path(sys.executable).with_name("uv")
#: What the engine stands on: the versions found are said.
PACKAGES = ("ipykernel", "nbclient", "papermill", "nbconvert", "jupyter_client", "ipywidgets", "traitlets")
#: How uv picks from the versions allowed for each.
WAYS = {"oldest": "lowest-direct", "newest": "highest"}
TRIED = ("tests/batch/test_batch_private.py", "tests/batch/test_batch_equal.py")


def main(ways: list[str]) -> int:
    """Try each; 1 where one fails."""
    failed = False
    for way in ways or WAYS:
        with tempfile.TemporaryDirectory() as folder:
            failed |= not tried(way, Path(folder))
    return int(failed)


def tried(way: str, folder: Path) -> bool:
    """Install one end of the range and run the tests there."""
    python = folder / "bin" / "python"
    _said([UV, "--quiet", "venv", "--python", sys.executable, folder])
    asked = [UV, "--quiet", "pip", "install", "--python", python, "--resolution", WAYS[way], "-e", str(ROOT)]
    done = _said([*asked, "pytest>=8.3", "hypothesis>=6.170", "nbval>=0.11"])
    if done.returncode:
        print(f"{way}: cannot be installed here.\n{done.stderr.strip()[-2000:]}")
        return False
    listed = "import sys; from importlib.metadata import version; print(*(f'{n} {version(n)}' for n in sys.argv[1:]), sep=', ')"
    print(f"{way}: {_said([python, '-c', listed, *PACKAGES]).stdout.strip()}", flush=True)
    ran = subprocess.run([python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *TRIED], cwd=ROOT, check=False)
    return ran.returncode == 0


def _said(command: list[str | Path]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
