"""`seskit questions`, `ask` and `changes`: what can be asked, one answer, and what changed in the rules."""

from __future__ import annotations

import json

import click

from seskit.desk.arguments import day, pairs
from seskit.desk.console import say
from seskit.formats.refusals import FactError


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Facts as JSON Schema.")
def questions(as_json: bool) -> None:
    """List every question that can be asked, with its facts."""
    from seskit.law.question import questions as known

    if as_json:
        listed = [
            {"question": q.name, "asks": q.asks, "authority": q.authority, "facts": q.schema()}
            for q in known().values()
        ]
        say(json.dumps(listed, indent=2, ensure_ascii=False))
        return
    for asked in known().values():
        say(f"{asked.name}\n    {asked.asks}\n    Authority: {asked.authority}")
        for slot in asked.slots.values():
            need = "needed" if slot.required else "may be left out"
            help_text = f" {slot.help}" if slot.help else ""
            say(f"      {slot.name}: {slot.label} ({need}).{help_text}")
        say()


@click.command()
@click.argument("name", metavar="QUESTION")
@click.argument("facts", nargs=-1, metavar="FACT=VALUE...")
@click.option("--json", "as_json", is_flag=True, help="The answer as JSON.")
@click.option("--all", "everything", is_flag=True, help="With every reason, figure and source.")
def ask(name: str, facts: tuple[str, ...], as_json: bool, everything: bool) -> None:
    """Ask one question.

    For example: seskit ask awards.award_limits as_of=2002-09-30 rate=129800

    Dates are year-month-day, lists and mappings JSON. See: seskit questions.
    """
    from seskit.law.question import find

    asked = find(name)
    result = asked(**pairs(facts))
    say(result.to_json() if as_json else result.to_text(brief=not everything))


@click.command()
@click.argument("start", metavar="FROM")
@click.argument("end", metavar="TO")
@click.option("--subject", default="", help="Only the rules of one subject, for example pay_setting.")
def changes(start: str, end: str, subject: str) -> None:
    """List what changed in the rules after FROM, up to and including TO."""
    from seskit.law.parameters import changes as changed
    from seskit.law.parameters import paths

    if not paths(subject):
        subjects = sorted({path.partition(".")[0] for path in paths()})
        raise FactError(f"There are no rules of a subject '{subject}'. Subjects are {', '.join(subjects)}.")
    for change in (found := changed(day("FROM", start), day("TO", end), subject)):
        before, after = _in_words(change.before), _in_words(change.after)
        say(f"{change.first_day}  {change.label}: {before} -> {after}  [{change.source}]")
    if not found:
        say("Nothing recorded changed between these dates.")


def _in_words(value: object) -> object:
    from seskit.law.result import as_data

    if value is None:
        return "no rule"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else as_data(value)
