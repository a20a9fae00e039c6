"""Buttons: what a press does comes after what was entered before it.

While the kernel works on a change of an entry, the page holds that entry's next changes back, and a press would overtake
them. So a press first asks the page for a sign: what was held back is sent before it. A page that gives none within a few
seconds is not waited for.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import ipywidgets

#: Seconds after which a press is followed, should the page give no sign.
_PATIENCE = 5


class Button(ipywidgets.Button):  # type: ignore[misc]
    """A button that does one thing."""

    def __init__(self, words: str, pressed: Callable[[], Any], **more: Any) -> None:
        super().__init__(description=words, **more)
        self.on_click(lambda _: pressed())

    def _handle_button_msg(self, _widget: Any, content: Mapping[str, Any], _buffers: Any) -> None:
        """Hear a press on the page; a call of `click` is followed at once."""
        if content.get("event") == "click":
            _page().then(self.click)


class _Page:
    """The page of this kernel: a number that is set here comes back from it, after all that was sent before."""

    def __init__(self) -> None:
        self._asked, self._heard = ipywidgets.IntText(), ipywidgets.IntText()
        self._link = ipywidgets.jsdlink((self._asked, "value"), (self._heard, "value"))
        self._heard.observe(self._hear, "value")
        self._acts: deque[Callable[[], None]] = deque()

    def then(self, act: Callable[[], None]) -> None:
        """Act once the page has sent what it held back; acts keep their order."""
        self._acts.append(act)
        if len(self._acts) == 1:
            self._ask()

    def _ask(self) -> None:
        try:
            self._late = asyncio.get_running_loop().call_later(_PATIENCE, self._go)
        except RuntimeError:  # nothing would follow the press, should the page give no sign
            self._go()
        else:
            self._asked.value += 1

    def _hear(self, change: Mapping[str, Any]) -> None:
        if self._acts and change["new"] == self._asked.value:
            self._late.cancel()
            self._go()

    def _go(self) -> None:
        try:
            self._acts[0]()
        finally:
            self._acts.popleft()
            if self._acts:
                self._ask()


_page = cache(_Page)
