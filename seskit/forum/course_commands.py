"""`seskit course`: the paths, the lessons on paper, and what a learner keeps, without a notebook."""

from __future__ import annotations

from pathlib import Path

import click

from seskit.desk.arguments import FOLDER, Commands, say_files
from seskit.desk.console import say


@click.group(cls=Commands)
def course() -> None:
    """Learn a job of the SES on your own: paths, printed lessons, your progress and record."""


@course.command(name="list")
def list_() -> None:
    """List paths and lessons, and how far you are."""
    from seskit.desk.course import plan, record, sitting
    from seskit.desk.course.progress import ProgressFile
    from seskit.forum import lessons

    made, progress = lessons.course(), ProgressFile()
    finished, kept = progress.lessons(), progress.kept()
    open_ = [one for path in made.paths.values() if (one := sitting.left(sitting.LESSON, path, kept))]
    pages = {one.name: f", left at page {one.at + 1} of {len(one.pages) - 1}" for one in open_}
    for path in made.paths.values():
        say(f"{path.name}: {path.title}. {record.note(path, progress)}")
        states = plan.standings(path, progress)
        for lesson in path.lessons:
            begun = any(states[one].state != plan.NEW for one in lesson.objectives)
            how = pages.get(lesson.name) or (", finished" if lesson.name in finished else ", begun" if begun else "")
            say(f"  {lesson.name}: {lesson.title}, {lesson.minutes} minutes{how}")
        if check := sitting.left(sitting.PLACEMENT, path, kept):
            say(f"  Placement check: left at story {check.at + 1} of {check.stories}")
        if due := plan.due_now(path, progress):
            say(f"  Due again: {len(due)}")
    say("Open notebooks/course.ipynb to learn: seskit lab, or seskit desk without code")


@course.command(name="print")
@click.argument("name", metavar="LESSON|PATH|all")
@click.option("--out", type=FOLDER, required=True, help="Folder for the files; created if needed.")
@click.option("--format", "formats", default="pdf", show_default=True, help="pdf, docx, html; several with commas.")
def print_(name: str, out: Path, formats: str) -> None:
    """Print a lesson, a path, or all of them.

    For example: seskit course print pay_setting --out lessons
    """
    from seskit.forum import lessons

    made = lessons.course()
    if name == "all":
        found = [lesson for path in made.paths.values() for lesson in path.lessons]
    else:
        found = list(made.path(name).lessons) if name in made.paths else [made.lesson(name)]
    for lesson in found:
        say_files(lessons.printed(lesson).write(out, lesson.name.replace(".", "-"), formats.split(",")))


@course.command()
@click.argument("path")
@click.option("--out", type=FOLDER, required=True, help="Folder for the record.")
@click.option("--name", default="", help="Your name for the record; kept with your progress.")
def record(path: str, out: Path, name: str) -> None:
    """Write the record of completion of one path.

    For example: seskit course record pay_setting --out . --name "Pat Doe"
    """
    from seskit.desk.course import record as paper
    from seskit.desk.course.progress import ProgressFile
    from seskit.forum import lessons

    progress = ProgressFile()
    if name and (said := paper.named(progress, name)):
        say(said, err=True)
    chosen = lessons.course().path(path)
    say_files(paper.document(chosen, progress).write(out, paper.name(chosen, progress), ("pdf",)))


@course.command()
@click.option("--out", type=FOLDER, required=True, help="Folder for progress.json.")
def export(out: Path) -> None:
    """Export everything kept about your progress."""
    from seskit.desk.course import copied
    from seskit.desk.course.progress import ProgressFile
    from seskit.formats.files import whole

    out.mkdir(parents=True, exist_ok=True)
    say_files([whole(out / copied.NAME, copied.written(ProgressFile()))])


@course.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_(file: Path) -> None:
    """Bring back a copy of your progress, on another computer or after somebody else's turn.

    For example: seskit course import progress.json
    """
    from seskit.desk.course import copied
    from seskit.desk.course.progress import ProgressFile

    say(copied.brought(ProgressFile(), file.read_bytes()))


@course.command()
@click.option("--yes", is_flag=True, help="Do not ask first.")
def erase(yes: bool) -> None:
    """Erase everything kept about your progress."""
    from seskit.desk.course.progress import ProgressFile

    if yes or click.confirm("Forget all progress of the course on this computer?"):
        ProgressFile().erase()
        say(
            "Nothing about you is kept in your progress now. Records and copies that you wrote stay: delete them yourself."
        )
