"""A form in which systems print a value: how it looks, and what it would mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from seskit.formats.strict_yaml import load_own

#: Texts of a row by column, as the file holds them.
Row = Mapping[str, str]
_WORDS = load_own(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class PrintedForm:
    """One printed form: `read` gives the text the roster takes, an empty text for a blank, None for any other form."""

    name: str
    #: What such a cell looks like, as a noun.
    looks: str
    #: What is done when it is accepted, as an order.
    does: str
    read: Callable[[str, Row], str | None]
    #: The form also explains texts that could be read as they are, and would then mean something else.
    reads_more: bool = False
    #: Forms of one family read the same texts in another order: one is offered only where it fits all of them.
    family: str = ""


def plain(read: Callable[[str], str | None]) -> Callable[[str, Row], str | None]:
    """A reader that needs the text alone."""
    return lambda text, _: read(text)


def words_for(meaning: str) -> frozenset[str]:
    """The words and signs that systems print for one meaning."""
    return frozenset(_WORDS[meaning])


def by_word(what: str) -> dict[str, str]:
    """What each printed word means."""
    return {word: meant for meant, words in _WORDS[what].items() for word in words}
