"""A page for each command, with its options and the commands below it, from the commands themselves."""

from __future__ import annotations

import inspect

import click

from docs.site.tables import cell, table
from seskit.desk.cli import COMMANDS, main


def pages() -> dict[str, str]:
    """Every page by its place below the site."""
    with click.Context(main, info_name="seskit") as context:
        made = {f"commands/{name}.md": page(name, context) for name in COMMANDS}
    rows = [(f"[seskit {name}]({name}.md)", cell(found.does)) for name, found in sorted(COMMANDS.items())]
    places = "\n".join(sorted(COMMANDS))
    listed = table(("Command", "What it does"), rows)
    made["commands/index.md"] = (
        f"# Every command\n\n{listed}\n\n{_CODES}\n\n```{{toctree}}\n:hidden:\n\n{places}\n```\n"
    )
    return made


_CODES = """Exit codes: 0 when all went well, 1 when something needs attention, 2 when the call could not be used.
`seskit --version` says the version, and `--help` after any command says what it does."""


def page(name: str, context: click.Context) -> str:
    """The page of a command and of those below it."""
    command = main.get_command(context, name)
    if command is None:
        raise KeyError(name)
    return "\n\n".join(_described(command, f"seskit {name}", context, 1)) + "\n"


def _described(command: click.Command, path: str, parent: click.Context, depth: int) -> list[str]:
    context = click.Context(command, info_name=path.rsplit(" ", 1)[-1], parent=parent)
    words = inspect.cleandoc(command.help or "").replace("\b\n", "")
    usage = " ".join([path, *command.collect_usage_pieces(context)])
    parts = [f"{'#' * depth} {path}", *_paragraphs(words), f"```text\n{usage}\n```"]
    options = [
        option for option in command.get_params(context) if isinstance(option, click.Option) and not option.hidden
    ]
    rows = [_option(option, context) for option in options if "--help" not in option.opts]
    if rows:
        parts.append(table(("Option", "What it does"), rows))
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None and not below.hidden:
                parts += _described(below, f"{path} {name}", context, depth + 1)
    return parts


def _paragraphs(words: str) -> list[str]:
    return [cell(part) for part in words.split("\n\n") if part.strip()]


def _option(option: click.Option, context: click.Context) -> tuple[str, str]:
    record = option.get_help_record(context)
    names, said = record if record else (", ".join(option.opts), option.help or "")
    return f"`{names}`", cell(said)
