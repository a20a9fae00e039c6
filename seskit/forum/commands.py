"""`seskit forum`: list, build and begin forum kits."""

from __future__ import annotations

from pathlib import Path

import click

from seskit.desk.console import say
from seskit.formats.shipped import shipped

_FOLDER = click.Path(path_type=Path)
_TRAINING = click.option(
    "--training", type=_FOLDER, default=None, callback=lambda _context, _option, given: given or _found(),
    help="Folder of the kits and sessions.  [default: training, here or as it comes with the product]",
)  # fmt: skip


@click.group()
def forum() -> None:
    """Hold a forum: agenda, decks, handouts, guide, exercises, made from dated rules."""


@forum.command(name="list")
@_TRAINING
def list_(training: Path) -> None:
    """List the kits."""
    from seskit.forum import config

    for folder in _kits(training):
        found = config.read(folder)
        say(f"{folder.name}: {found.title}. {config.sentence(found.when)} Rules as of {found.content_as_of}.")


@forum.command()
@click.argument("kit")
@click.option("--out", type=_FOLDER, required=True, help="Folder for the files; made if it is not there.")
@_TRAINING
def build(kit: str, out: Path, training: Path) -> None:
    """Build one kit, or all of them: seskit forum build 2004-07-28-pay --out out/forum

    Each kit gets a folder of its own in DIR; open its index.html first.
    """
    from seskit.forum.build import build as make

    for folder in _kits(training) if kit == "all" else [_kit(training, kit)]:
        made, written = make(folder, out / folder.name)
        for warning in made.warnings:
            say(f"Warning: {warning}", err=True)
        say(f"{folder.name}: {len(written)} files. Open {out / folder.name / 'index.html'}")
        say(f"  Print facilitator-guide.pdf for yourself, and hand out {folder.name}-participants.zip.")


@forum.command()
@click.argument("name")
@click.option("--like", default="2026-update", show_default=True, help="Kit to begin from.")
@_TRAINING
def new(name: str, like: str, training: Path) -> None:
    """Begin a forum of your own: makes training/NAME/forum.yaml to edit."""
    from seskit.formats.files import whole
    from seskit.forum import config
    from seskit.law.facts import FactError

    target = training / name
    if not name.replace("-", "").replace("_", "").isalnum():
        raise FactError(f"'{name}' cannot be the name of a folder; use letters, digits and hyphens.")
    if target.exists():
        raise FactError(f"'{name}' is there already; edit {target / config.NAME}, or choose another name.")
    model = _kit(training, like)
    config.read(model)
    written = (model / config.NAME).read_bytes()
    target.mkdir()
    whole(target / config.NAME, written)
    say(f"Edit {target / config.NAME}: title, date, place, contacts, presenters, content_as_of.")
    say(f"Then: seskit forum build {name} --out out/forum")


def _kit(training: Path, name: str) -> Path:
    from seskit.law.facts import FactError, suggestion

    known = [folder.name for folder in _kits(training)]
    if name not in known:
        raise FactError(f"There is no kit '{name}' in '{training}'.{suggestion(name, known)} See: seskit forum list.")
    return training / name


def _kits(training: Path) -> list[Path]:
    from seskit.law.facts import FactError

    found = sorted(path.parent for path in training.glob("*/forum.yaml"))
    if not found:
        raise FactError(
            f"There is no kit in '{training}'. Start the command where the training folder is, or give --training."
        )
    return found


def _found() -> Path:
    """The training folder here, or else the one that comes with the product."""
    here = Path("training")
    return here if here.is_dir() else shipped("training")
