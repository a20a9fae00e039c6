"""Examples in pages written by hand: each `console` block is run where the site is built, and shown with what it says.

A block runs in a folder of its own for each page. ```` ```console agency=DBT ```` first puts a copy of that sample agency
there as my_agency; `agencies=BLB,DPW` puts copies into a folder agencies; `lines=12` shows so many lines of what each command says. Exit code 1 says that something needs
attention and may be shown; any other but 0 stops the build.
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

from click.testing import CliRunner

from seskit.desk.cli import main

_BLOCK = re.compile(r"^```console(?P<options>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_LINES = 14
AGENCIES = Path(__file__).parents[2] / "notebooks" / "sample" / "agencies"


class Stopped(Exception):
    """An example that could not be run."""


def commands(text: str) -> Iterator[str]:
    """Every command of a page's examples."""
    for block in _BLOCK.finditer(text):
        yield from (line.removeprefix("$ ") for line in block["body"].splitlines() if line.startswith("$ "))


def run(text: str, folder: Path) -> str:
    """The page with what each command says below it."""
    folder.mkdir(parents=True, exist_ok=True)
    return _BLOCK.sub(lambda block: _shown(block["options"], block["body"], folder), text)


def _shown(options: str, body: str, folder: Path) -> str:
    given = dict(word.split("=", 1) for word in options.split())
    if "agency" in given:
        shutil.rmtree(folder / "my_agency", ignore_errors=True)
        shutil.copytree(AGENCIES / given["agency"], folder / "my_agency")
    for name in given.get("agencies", "").split(",") if "agencies" in given else ():
        shutil.copytree(AGENCIES / name, folder / "agencies" / name, dirs_exist_ok=True)
    most = int(given.get("lines", _LINES))
    lines = []
    for line in body.splitlines():
        lines.append(line)
        if line.startswith("$ "):
            lines += _said(line.removeprefix("$ "), folder, most)
    return "\n".join(["```text", *lines, "```"])


def _said(command: str, folder: Path, most: int) -> list[str]:
    words = shlex.split(command, comments=True)
    if words[0] != "seskit":
        raise Stopped(f"Only seskit is run in examples, not: {command}")
    with chdir(folder):
        ran = CliRunner().invoke(main, words[1:])
    if ran.exit_code not in (0, 1) or (ran.exception and not isinstance(ran.exception, SystemExit)):
        raise Stopped(f"{command}\n{ran.output}\n{ran.exception or ''}")
    said = ran.output.rstrip().splitlines()
    left = len(said) - most
    return said if left < 2 else [*said[:most], f"... and {left} more lines"]
