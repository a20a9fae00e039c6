"""An entry that cannot be used is called by the label a person saw, with its short name behind it for commands and files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Protocol

from seskit.formats.refusals import FactError

_START = re.compile(r"([a-z]\w*)((?:, item \d+|, [a-z]\w*)*): ", re.ASCII)
_SHORT_NAME = re.compile(r"(?<![\w='.])[a-zA-Z]+(?:_[a-zA-Z]+)+(?![\w=.]\w)")


class Labeled(Protocol):
    """What bears a label: a fact of a question, or a field of its rows."""

    @property
    def name(self) -> str:
        """Its short name."""

    @property
    def label(self) -> str:
        """The label a person sees."""


class Refused(FactError):
    """A sentence about one entry: `name` is its short name, `at_entry` the sentence without it, for a form that shows the label.

    `beside_others` says that the entry reads well by itself and is refused for what it is beside the others or in this question.
    """

    name = ""
    at_entry = ""
    beside_others = False

    @classmethod
    def of(cls, slot: Labeled, said: str, place: str = "") -> Refused:
        """The refusal of one fact, or of the place in it, such as ', row 2'."""
        made = cls(f"{heading(slot)}{place}: {said}")
        made.name, made.at_entry = slot.name, f"{slot.label}{place}: {said}"
        return made


def heading(slot: Labeled) -> str:
    """The label with the short name behind it: Annual summary rating (rating)."""
    return f"{slot.label} ({slot.name})"


def listed(slots: Mapping[str, Any]) -> str:
    """Several facts by label and short name."""
    return ", ".join(heading(slot) for slot in slots.values())


def by_label(failure: FactError, slots: Mapping[str, Any]) -> FactError:
    """The same refusal in labels, where its sentence begins with a fact's short name."""
    found = None if isinstance(failure, Refused) else _START.match(str(failure))
    if not found or found[1] not in slots:
        return failure
    slot = slots[found[1]]
    said = _SHORT_NAME.sub(lambda word: _quoted(word[0], slots), str(failure)[found.end() :])
    refused = Refused.of(slot, said, found[2])
    refused.beside_others = True
    return refused


def _quoted(word: str, slots: Mapping[str, Any]) -> str:
    return f"'{slots[word].label}' ({word})" if word in slots else word
