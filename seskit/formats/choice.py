"""The formats files are asked for in: read once, and one that is not made is refused before any work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

from seskit.formats.refusals import FactError, suggestion


def chosen(formats: Iterable[str], known: Iterable[str]) -> list[str]:
    """The formats asked for, each once; refuses one that is not among those known, and none at all."""
    asked, listed = list(dict.fromkeys(formats)), list(known)
    ending = f"Formats are {', '.join(listed)}."
    if not asked:
        raise FactError(f"No format is named. {ending}")
    for name in asked:
        if name not in listed:
            raise FactError(f"There is no format '{name}'.{suggestion(name, listed)} {ending}")
    return asked


def option(module: str, default: str) -> Callable[[Any], Any]:
    """`--format` of a command, checked against the FORMATS of a module as soon as the call is read."""
    import click

    def read(_context: click.Context, _parameter: click.Parameter, text: str) -> list[str]:
        names = (name.strip() for name in text.split(","))
        return chosen((name for name in names if name), import_module(module).FORMATS)

    return click.option(
        "--format", "formats", default=default, show_default=True, callback=read, is_eager=True,
        help="Formats, separated by commas.",
    )  # fmt: skip
