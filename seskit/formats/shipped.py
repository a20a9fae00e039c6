"""What comes with the product beside its code: the notebooks with their sample agencies, and the training material.

In an installed package they lie inside it; in a checkout, beside it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import seskit

FOLDERS = ("notebooks", "training")
#: Never copied: what running leaves behind.
_LEFT_BEHIND = ("__pycache__", ".ipynb_checkpoints")


@dataclass(frozen=True)
class Copied:
    """What became of the files of a folder: copied, already there, or kept because they differ from ours."""

    new: tuple[Path, ...]
    same: tuple[Path, ...]
    kept: tuple[Path, ...]


def shipped(name: str) -> Path:
    """The folder of that name that comes with the product: `notebooks` or `training`."""
    package = Path(seskit.__file__).parent
    inside = package / "shipped" / name
    return inside if inside.is_dir() else package.parent / name


def text_beside(module: str, name: str) -> str:
    """The text of a file beside a module: how a page looks, or what a browser runs."""
    return Path(module).with_name(name).read_text(encoding="utf-8")


def start(folder: Path, names: Iterable[str] = FOLDERS) -> Copied:
    """Copy notebooks, samples and training material into a folder to work in; a file that is there stays as it is."""
    new: list[Path] = []
    same: list[Path] = []
    kept: list[Path] = []
    for name in names:
        source = shipped(name)
        for file in files(source):
            target = folder / name / file.relative_to(source)
            content = file.read_bytes()
            if target.exists():
                (same if target.is_file() and target.read_bytes() == content else kept).append(target)
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            new.append(target)
    return Copied(tuple(new), tuple(same), tuple(kept))


def files(folder: Path) -> Iterator[Path]:
    """The files below a folder, in the order of their names, but for what running leaves behind.

    Folders of compiled Python are not even listed: another process may be writing there.
    """
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(set(folders).difference(_LEFT_BEHIND))
        yield from (Path(place, name) for name in sorted(names))
