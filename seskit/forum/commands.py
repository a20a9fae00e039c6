"""`seskit forum`: list, build and begin forum kits."""

from __future__ import annotations

from pathlib import Path

import click

from seskit.desk.arguments import Commands
from seskit.desk.console import say
from seskit.formats.counts import number_of
from seskit.formats.shipped import shipped, start

_FOLDER = click.Path(path_type=Path)
_HERE = "training"
_TRAINING = click.option(
    "--training", type=_FOLDER, default=None, callback=lambda _context, _option, given: given or _found(),
    help="Folder of the kits and sessions.  [default: training, here or as it comes with the product]",
)  # fmt: skip
_TABLES = click.option(
    "--tables", type=click.IntRange(1, 60), default=None,
    help="How many tables there are.  [default: as forum.yaml says, or 8]",
)  # fmt: skip


@click.group(cls=Commands)
def forum() -> None:
    """Hold a forum: agenda, decks, handouts, guide, exercises, made from dated rules."""


@forum.command(name="list")
@_TRAINING
def list_(training: Path) -> None:
    """List the kits, and the sessions that a forum of your own can hold."""
    from seskit.forum import config, offered
    from seskit.law.facts import FactError

    for folder in _kits(training):
        try:
            found = config.read(folder)
        except FactError as failure:
            say(f"{folder.name} cannot be built: {failure}")
            continue
        say(f"{folder.name}: {found.title}. {config.sentence(found.when)} Rules as of {found.content_as_of}.")
    say("Sessions, by the name of the file, and the days of content_as_of on which they hold:")
    for line in offered.sessions(training):
        say(f"  {line}")


@forum.command()
@click.argument("kit")
@click.option("--out", type=_FOLDER, required=True, help="Folder for the files; created if needed.")
@_TRAINING
def build(kit: str, out: Path, training: Path) -> None:
    """Build one kit, or all of them.

    For example: seskit forum build 2004-07-28-pay --out out/forum. Each kit gets a folder of its own in DIR; open its index.html first.
    """
    from seskit.forum.build import build as make

    for folder in _kits(training) if kit == "all" else [named_kit(training, kit)]:
        made, written = make(folder, out / folder.name)
        for warning in made.warnings:
            say(f"Warning: {warning}", err=True)
        say(f"{folder.name}: {number_of(len(written), 'file')}. Open {out / folder.name / 'index.html'}")
        say(f"  Print facilitator-guide.pdf for yourself, and hand out {folder.name}-participants.zip.")


@forum.command()
@click.argument("kit")
@click.option(
    "--answers", type=_FOLDER, default=Path("answers.csv"), show_default=True, help="File that keeps the answers."
)
@_TABLES
@click.option("--share", is_flag=True, help="Also accept other computers on this private network, not only this one.")
@click.option("--port", type=click.IntRange(0, 65535), default=8870, show_default=True, help="The port to listen on.")
@_TRAINING
def board(kit: str, answers: Path, tables: int | None, share: bool, port: int, training: Path) -> None:
    """Show the tables' answers on the wall: spread and most common mistake; no account needed.

    Tables answer in a browser on the same network (--share), or you type their answers in. Control+C ends it.
    """
    from seskit.forum import known_on
    from seskit.forum.board import BoardServer
    from seskit.forum.tally import KitTally
    from seskit.law.facts import FactError

    try:
        made = BoardServer(KitTally.of(named_kit(training, kit), tables), answers, port=port, share=share)
    except OSError as failure:
        raise FactError(f"The board cannot listen at {port}: {failure.strerror}. Choose another --port.") from None
    say(
        f"The board: http://{made.at}/   Tables: http://{made.at}/table/1 to http://{made.at}/table/{made.tally.tables}"
    )
    say(f"Cards to print, with the address for each table: http://{made.at}/cards")
    say(f"Answers are kept in {answers}. End with Control+C.")
    if made.tally.answers:
        kept = number_of(len(made.tally.answers), "answer")
        say(
            f"The board goes on with {kept} that {answers} holds. For a new day, such as after a rehearsal, give another --answers."
        )
    if unknown := known_on.beyond(made.tally.day):
        say(unknown)
    try:
        made.serve_forever()
    except KeyboardInterrupt:
        say("Closed.")
    finally:
        made.server_close()


@forum.command()
@click.argument("kit")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=False)
@click.option("--out", type=_FOLDER, help="Folder for the empty table to type tally sheets into.")
@_TABLES
@_TRAINING
def tally(kit: str, file: Path | None, out: Path | None, tables: int | None, training: Path) -> None:
    """Sum up the tables' answers in a file: spread and most common mistake for each exercise.

    The file is what the board kept, or typed: session,table,exercise,problem,part,answer. It may also be tally.csv with
    the marks of your tally sheets: without FILE, --out writes it to type them into.
    """
    from seskit.forum import marks, typed
    from seskit.forum.tally import KitTally
    from seskit.law.facts import FactError

    if file is not None and out is not None:
        raise FactError("--out writes an empty table: leave it out to have a file summed up, or leave out the file.")
    made = KitTally.of(named_kit(training, kit), tables)
    if file is None:
        if out is None:
            raise FactError(
                "Give the file of answers, or --out with the folder for an empty table to type tally sheets into."
            )
        out.mkdir(parents=True, exist_ok=True)
        say(
            f"Type the marks of each tally sheet into {marks.empty_table(out, made)}: copy its lines for each further sheet."
        )
        return
    if typed.head(file) == list(marks.HEADER):
        notes: list[str] = []
        summed = marks.summed(made, file, notes)
        for note in notes:
            say(note, err=True)
        say(repr(summed))
        return
    for note in made.read(file):
        say(note, err=True)
    for name in made.sessions:
        if any(one.session == name for one in made.answers):
            say(repr(made.spread(name)))


@forum.command()
@click.argument("kit")
@click.option("--session", default="", help="Only this session, by the name of its file: pay_2004.")
@click.option("--step", type=click.IntRange(1), default=1, show_default=True, help="The step you are about to begin.")
@click.option(
    "--now", default="", help="The current time: 9:40, or 1:05 for a session in the afternoon; shows what to leave out."
)
@_TRAINING
def rehearse(kit: str, session: str, step: int, now: str, training: Path) -> None:
    """Run through a session by the clock: what is due when, and what to leave out if you are late.

    For example: seskit forum rehearse 2004-07-28-pay --session pay_2004 --step 5 --now 11:19
    """
    from seskit.forum import config, rehearsal
    from seskit.forum.build import resolve
    from seskit.law.facts import FactError, suggestion

    made = resolve(config.read(named_kit(training, kit)))
    named = {one.stem.partition("-")[2].replace("-", "_"): one for one in made.lessons}
    if session and session not in named:
        raise FactError(
            f"There is no session '{session}'.{suggestion(session, named)} Sessions are {', '.join(named)}."
        )
    if now and not session:
        raise FactError("--now needs --session, so that we know where you are.")
    for one in [named[session]] if session else made.lessons:
        say(f"{one.row.times}: {one.title}")
        for number, line in enumerate(rehearsal.lines(one), 1):
            say(f"{number:>3} {line}")
    if now:
        late = rehearsal.late_at(named[session], step, now)
        say(f"You are {number_of(late, 'minute')} late." if late > 0 else "You are on time; leave nothing out.")
        here = list(named).index(session)
        for line in rehearsal.caught_up(made.lessons[here:], late, step) if late > 0 else []:
            say(line)


@forum.command()
@click.argument("kit")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--out", type=_FOLDER, required=True, help="Folder for the page, or for the empty table.")
@_TRAINING
def evaluation(kit: str, file: Path | None, out: Path, training: Path) -> None:
    """Sum up filled-in evaluation forms on one page; without FILE, write the empty table to type them into.

    For example: seskit forum evaluation 2026-update evaluation.csv --out out
    """
    from seskit.forum import config
    from seskit.forum import evaluation as forms

    forum = config.read(named_kit(training, kit))
    out.mkdir(parents=True, exist_ok=True)
    if file is None:
        say(f"Type each form into {forms.empty_table(out)}, one line each.")
        return
    notes: list[str] = []
    page = forms.summary(forum.title, file, notes)
    for note in notes:
        say(note, err=True)
    for path in page.write(out, "what-participants-thought", ("docx", "pdf", "html")):
        say(str(path))


@forum.command()
@click.argument("name")
@click.option("--like", default="2026-update", show_default=True, help="Kit to start from.")
@_TRAINING
def new(name: str, like: str, training: Path) -> None:
    """Start a forum of your own: writes training/NAME/forum.yaml for you to edit.

    If there is no folder training here, the training material is copied here first: a forum is built from its sessions.
    """
    from seskit.formats.files import whole
    from seskit.forum import config
    from seskit.law.facts import FactError

    if _written_out(training, name):
        name = Path(name).name
    target = training / name
    if not name.replace("-", "").replace("_", "").isalnum():
        raise FactError(f"'{name}' cannot be the name of a folder; use letters, digits and hyphens.")
    if target.exists():
        raise FactError(f"'{name}' is there already; edit {target / config.NAME}, or choose another name.")
    model = named_kit(training, like)
    config.read(model)
    written = (model / config.NAME).read_bytes()
    if training == shipped(_HERE):
        training = Path(_HERE)
        target = training / name
        start(Path(), [_HERE])
        say(f"The training material is copied to {training.absolute()}: a forum is built from its sessions.")
    target.mkdir()
    whole(target / config.NAME, written)
    say(f"Edit {target / config.NAME}: title, date, place, contacts, presenters, content_as_of.")
    say(f"Then: seskit forum build {name} --out out/forum")


def named_kit(training: Path, name: str) -> Path:
    """The folder of a kit, by its name or by the path to it or to its forum.yaml."""
    from seskit.forum import config
    from seskit.law.facts import FactError, suggestion

    known = [folder.name for folder in _kits(training)]
    at = Path(name).parent if Path(name).name == config.NAME else Path(name)
    if name in known:
        return training / name
    if (at / config.NAME).is_file():
        return at if at.name.strip(".") else at.resolve()
    if at.name in known and _written_out(training, at):
        return training / at.name
    raise FactError(f"There is no kit '{name}' in '{training}'.{suggestion(at.name, known)} See: seskit forum list.")


def _written_out(training: Path, name: str | Path) -> bool:
    """Whether a kit is named as a folder in the training material, wherever that lies."""
    return Path(name).parent.name == training.name


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
    here = Path(_HERE)
    return here if here.is_dir() else shipped(_HERE)
