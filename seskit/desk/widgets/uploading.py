"""The button that takes a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import ipywidgets


def take_file(words: str, kinds: Iterable[str], take: Callable[[str, bytes], None]) -> Any:
    """A button that takes one file, by its name and content, as often as it is pressed; without a tip it says "null"."""
    made = ipywidgets.FileUpload(accept=",".join(kinds), multiple=False, description=words, tooltip=words)
    made.add_class("seskit-upload")

    def given(_: Any) -> None:
        if not made.value:
            return
        file = made.value[0]
        name, content = str(file["name"]), bytes(file["content"])
        made.value = ()
        take(name, content)

    made.observe(given, "value")
    return made
