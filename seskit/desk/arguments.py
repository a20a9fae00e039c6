"""What the commands share: how a folder, a fact and a day are given, and how problems are printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from seskit.desk.console import say
from seskit.formats.counts import number_of
from seskit.formats.refusals import FactError

if TYPE_CHECKING:
    from datetime import date

    from seskit.record.finding import Finding
    from seskit.record.problem import Problem
    from seskit.work.appraisal.ceiling import Ceiling

FOLDER = click.Path(path_type=Path)


class Commands(click.Group):
    """Commands below one name; help lists each with its whole first sentence, on as many lines as it takes."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list, as help shows it."""
        found = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        with formatter.section("Commands"):
            formatter.write_dl([(name, first_line(one)) for name, one in found if one and not one.hidden])


def first_line(command: click.Command) -> str:
    """What a command does, as the first paragraph of its help says it."""
    return " ".join((command.help or "").split("\n\n")[0].split())


def must_be_there(place: Path) -> None:
    """Refuse a file or folder that is not there, with the place looked in."""
    if not place.exists():
        raise FactError(f"There is no file or folder '{place.name}': looked in {place.absolute().parent}.")


def pairs(texts: Iterable[str]) -> dict[str, str]:
    """Facts given as name=value."""
    given: dict[str, str] = {}
    for text in texts:
        key, sign, value = text.partition("=")
        if not sign:
            raise FactError(f"'{text}' is not a fact; write name=value, for example as_of=2002-09-30.")
        if key in given:
            raise FactError(f"{key}: given twice.")
        given[key] = value
    return given


def day(name: str, text: str) -> date:
    """A day given as an argument or option of that name."""
    from seskit.law import facts

    try:
        return facts.day(text)
    except facts.Unreadable as failure:
        raise FactError(f"{name}: '{text}' {failure}.") from None


def say_problems(problems: Iterable[Problem], notes: Iterable[str] = ()) -> None:
    """Print problems, like ones together, and then how the files were read, one a line."""
    from seskit.record.alike import alike
    from seskit.record.problem import noted

    for said in (*map(str, alike(problems)), *noted(notes)):
        say(said)


def say_ceilings(ceilings: Iterable[Ceiling]) -> None:
    """Print what the ceiling on Levels 4 and 5 says where it binds: before anything else."""
    for one in ceilings:
        say(f"Levels 4 and 5: {one.says}")


def exit_code(found: Iterable[Finding]) -> int:
    """1 where somebody must do something about one of the findings, as the index of a run has it, too; otherwise 0."""
    from seskit.record.finding import needs_attention

    return int(needs_attention(found))


def others_kept(out: Path, what: str, aside: Sequence[str]) -> str:
    """What became of the results of another agency or year that a folder held."""
    more = f" and {number_of(len(aside) - 1, 'more file')} that end in .before" if len(aside) > 1 else ""
    kept = f", kept as {aside[0]}{more}" if aside else ""
    return f"{out.name} held {what}{kept}. Give each its own folder."


def say_files(written: Iterable[Path]) -> None:
    """Print the names of the files written."""
    for path in written:
        say(f"  {path.name}")
