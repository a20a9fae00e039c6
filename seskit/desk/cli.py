"""The `seskit` command. Exit codes: 0 all well, 1 something needs attention, 2 the call could not be used.

Each command lives with its subject and is loaded when it is called; help loads none of them.
"""

from __future__ import annotations

import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import click

import seskit
from seskit.desk.console import say
from seskit.formats.refusals import FactError


class Command(NamedTuple):
    """Where a command is."""

    module: str
    name: str

    @property
    def does(self) -> str:
        """What it does, in one line: the first paragraph of its own help, read without loading it."""
        file = Path(seskit.__file__).parent.parent / f"{self.module.replace('.', '/')}.py"
        said = re.search(
            rf'^def {self.name}\(.*?"""(.*?)(?:"""|\n\n)', file.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
        )
        return " ".join(said[1].split()) if said else ""


#: The commands of each module, by the names they are called by; and those that Python calls otherwise.
_IN = {
    "batch.commands": ("batch", "kernel"),
    "desk.appraisal.commands": ("appraisal",),
    "desk.asking": ("ask", "changes", "questions"),
    "desk.certification.commands": ("certification",),
    "desk.closeout.commands": ("closeout",),
    "desk.correcting": ("correct",),
    "desk.forms.commands": ("blank", "form"),
    "desk.pay_setting.commands": ("pay", "schedule"),
    "desk.report.commands": ("check", "import", "report", "rollup", "template"),
    "desk.report.department_commands": ("gather",),
    "desk.report.package_commands": ("package",),
    "desk.report.year_commands": ("compare", "next", "percentage"),
    "desk.served": ("desk",),
    "desk.staffing.commands": ("staffing",),
    "desk.upkeep": ("lab", "refresh", "scan", "start"),
    "forum.commands": ("forum",),
    "forum.course_commands": ("course",),
}
_OTHERWISE = {"desk": "serve", "import": "import_", "next": "next_year"}
#: Every command by the name it is called by.
COMMANDS = {
    name: Command(f"seskit.{module}", _OTHERWISE.get(name, name)) for module, names in _IN.items() for name in names
}


class _Commands(click.Group):
    """Commands loaded when called. A wrong fact ends with one clear sentence and exit code 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(found.module), found.name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, found.does) for name, found in sorted(COMMANDS.items())])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            done = super().invoke(ctx)
            _say_kept()
            return done
        except SystemExit:
            _say_kept()
            raise
        except FactError as failure:
            say(str(failure), err=True)
            ctx.exit(2)
        except OSError as failure:
            if failure.filename is None:
                raise
            place, why = Path(str(failure.filename)).name, (failure.strerror or "").lower()
            say(f"'{place}' cannot be used: {why}. Check the name, and that you may write there.", err=True)
            ctx.exit(2)


def _say_kept() -> None:
    """Say which files of the person's were kept, and which of an earlier run are gone."""
    if (results := sys.modules.get("seskit.formats.results")) is not None:
        for sentence in results.taken():
            say(sentence)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(seskit.__version__, prog_name="seskit")
def main() -> None:
    """Dated rules, calculations and forms for the Senior Executive Service, each answer with its reasons."""
    from seskit.desk import console_guard

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    click.get_current_context().with_resource(console_guard.guarded())
