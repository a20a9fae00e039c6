"""What the command line prints: no character of a file ever moves the cursor, colors the screen or turns a line around."""

from __future__ import annotations

from seskit.formats.characters import visible


def safe(text: object) -> str:
    """Text for a terminal: line ends and tabs as they are, every other control as its code."""
    return visible(str(text).replace("\r\n", "\n")).replace("\r", "[U+000D]")


def say(text: object = "", *, err: bool = False) -> None:
    """Print a line, on standard error where asked."""
    import click

    click.echo(safe(text), err=err)
