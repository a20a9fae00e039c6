"""Where a sentence ends: a period behind an abbreviation of the law ends none."""

from __future__ import annotations

import re

_ENDS = re.compile(r"(?<=[.?!])(?<!\bU\.S\.)(?<!\bPub\.)(?<!\bL\.)(?<!\bDoc\.)(?<!\bs\.) ")


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with its period."""
    return _ENDS.split(text)
