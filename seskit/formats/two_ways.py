"""What to do, told in two ways: by command, and by what a page has for it. A person in a browser has no terminal."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from seskit.formats.markup import together
from seskit.formats.tables import coded

#: What the pages say for the advice of a command, by the advice; each is declared where it is written.
_PAGES: dict[str, str] = {}
_BLANK = "{}"


def two_ways(command: str, page: str) -> str:
    """The advice as a command line gives it, a part of a sentence; declares what the pages say for it.

    `{}` in it stands for a name that is filled in later; the page says none.
    """
    _PAGES[command] = page
    return command


def on_page(text: str) -> str:
    """A text as the pages say it."""
    return _told(text, str, str) if "seskit" in text or "--" in text else text


def on_page_made(made: str) -> str:
    """The same for markup, where a command may be set off as one."""
    for escaped in (html.escape, _coded):
        made = _told(made, escaped, html.escape)
    return made


def _coded(text: str) -> str:
    return str(together(coded(text)))


def _told(text: str, written: Callable[[str], str], said: Callable[[str], str]) -> str:
    for command, page in _PAGES.items():
        pattern = "[^`<]*".join(map(re.escape, written(command).split(_BLANK)))
        if re.search(pattern, text):
            text = re.sub(pattern, lambda _, page=page: said(page), text)  # type: ignore[misc]
    return text
