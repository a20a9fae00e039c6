"""The `seskit` command. Exit codes: 0 all well, 1 something needs attention, 2 the call could not be used.

Each command lives with its subject and is loaded when it is called; help loads none of them.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import click

import seskit
from seskit.desk.console import say
from seskit.formats.refusals import FactError


class Command(NamedTuple):
    """Where a command is, and what it does in one line."""

    module: str
    name: str
    does: str


#: What each module's commands do, in one line, by the name they are called by; and those that Python calls otherwise.
_DOES = {
    "batch.commands": {
        "batch": "Run a notebook for every agency folder. Finished results from an earlier run are kept.",
        "kernel": "Let JupyterLab start notebooks faster, with a kernel that is kept warm; optional.",
    },
    "desk.appraisal.commands": {
        "appraisal": "Check plans, audit an appraisal year, and list what follows from ratings.",
    },
    "desk.asking": {
        "ask": "Ask one question.",
        "changes": "List what changed in the rules after FROM, up to and including TO.",
        "questions": "List every question that can be asked, with its facts.",
    },
    "desk.certification.commands": {
        "certification": "Certification of appraisal systems: evidence, mock review, request package, dates.",
    },
    "desk.closeout.commands": {
        "closeout": "Say what must change before the board sits, the cheapest lawful ways, and what each costs.",
    },
    "desk.correcting": {
        "correct": "Correct a roster: similar problems together, repairs to confirm, a corrected copy beside it.",
    },
    "desk.forms.commands": {
        "blank": "Write any blank file of an agency to fill in: roster, history, pay, plan, vacancies and others.",
        "form": "Fill in vacancies, evidence, the appraisal year and other files as Excel workbooks, and read them back.",
    },
    "desk.pay_setting.commands": {
        "pay": "Check a pay worksheet, try budgets, see when pay may change.",
        "schedule": "Add a year's pay schedule on the day its order is signed, and see what was added.",
    },
    "desk.report.commands": {
        "check": "Check a roster, or every file of an agency's folder: each problem with row, column and what to do.",
        "import": "Turn published listings and exports of personnel systems into agency folders.",
        "report": "Complete the ratings and awards report of one agency (OPM Forms 1558, 1558A, Supplementary).",
        "rollup": "Add up the results of a batch: government-wide tables with small cells suppressed.",
        "template": "Write a blank roster workbook and an agency.yaml to fill in.",
    },
    "desk.report.department_commands": {
        "gather": "Combine the folders of bureaus into one department's folder: one roster, one report, one award pool.",
    },
    "desk.report.package_commands": {
        "package": "Make the package to send to OPM, note what was sent, and number later changes.",
    },
    "desk.report.year_commands": {
        "compare": "Compare an agency's report with that of another year: counts only, small numbers hidden.",
        "next": "Begin the next fiscal year from the folder of the year before, which stays as it is.",
        "percentage": "Say whether a printed percentage can come from a count of so many people.",
    },
    "desk.served": {
        "desk": "Serve the walks of a folder as an application on this machine, without code.",
    },
    "desk.staffing.commands": {
        "staffing": "Fill SES vacancies: the status of each, QRB cases, timelines, scoring sheets, probation.",
    },
    "desk.upkeep": {
        "lab": "Open the notebooks of a folder in JupyterLab, at start_here.",
        "refresh": "Run notebooks from the top and store only their marked answers; without a name, also refresh the course's picture of a form.",
        "scan": "Find personal data that should not be in a folder, and list the files that could not be read.",
        "start": "Copy the notebooks, the sample agencies and the training material into a folder to work in.",
    },
    "forum.commands": {
        "forum": "Hold a forum: agenda, decks, handouts, guide, exercises, made from dated rules.",
    },
    "forum.course_commands": {
        "course": "Learn a job of the SES on your own: paths, printed lessons, your progress and record.",
    },
}
_OTHERWISE = {"desk": "serve", "import": "import_", "next": "next_year"}
#: Every command by the name it is called by.
COMMANDS = {
    name: Command(f"seskit.{module}", _OTHERWISE.get(name, name), does)
    for module, found in _DOES.items()
    for name, does in found.items()
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
