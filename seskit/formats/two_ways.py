"""What to do, told in two ways: by command, and by what a page has for it. A person in a browser has no terminal."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from seskit.formats.markup import together
from seskit.formats.tables import coded

#: What the pages say for the advice of a command, by the advice; each is declared where it is written.
_PAGES: dict[str, str] = {}
#: The same advice as a pattern, with what it begins with: as it is written in a text, in markup, and set off as a command.
_WRITTEN: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {}
_BLANK = "{}"


def two_ways(command: str, page: str) -> str:
    """The advice as a command line gives it, a part of a sentence; declares what the pages say for it.

    `{}` in it stands for a name that is filled in later; the page says none.
    """
    _PAGES[command] = page
    _WRITTEN[command] = tuple(_pattern(command, written) for written in (str, html.escape, _coded))
    return command


def on_page(text: str) -> str:
    """A text as the pages say it."""
    for command, page in _PAGES.items():
        text = _told(text, _WRITTEN[command][0], page)
    return text


def on_page_made(made: str) -> str:
    """The same for markup, where a command may be set off as one."""
    for command, page in _PAGES.items():
        for one in _WRITTEN[command][1:]:
            made = _told(made, one, html.escape(page))
    return made


def _coded(text: str) -> str:
    return str(together(coded(text)))


def _pattern(command: str, written: Callable[[str], str]) -> tuple[str, re.Pattern[str]]:
    first, *others = written(command).split(_BLANK)
    return first, re.compile("[^`<]*?".join(map(re.escape, (first, *others))))


def _told(text: str, written: tuple[str, re.Pattern[str]], page: str) -> str:
    begins, pattern = written
    return pattern.sub(lambda _: page, text) if begins in text else text
