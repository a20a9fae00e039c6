"""Voila as the desk runs it: a page is asked for at the address under which its kernel waits, and the browser opens there."""

from __future__ import annotations

import os
import webbrowser
from pathlib import Path
from typing import Any

from tornado.ioloop import IOLoop
from tornado.web import RedirectHandler
from voila.app import Voila

from seskit.desk.console import say
from seskit.desk.opener.places import SESSION
from seskit.desk.served import FIRST, ONE_WAITS
from seskit.formats import files
from seskit.formats.markup import element

#: Seconds from one kernel that gets ready to the next: all at once would make the first page wait for the last.
_APART = 2.0


class ServedDesk(Voila):  # type: ignore[misc]
    """Voila adds a slash to the address of a notebook, and knows no ready kernel by a name with one."""

    name = "voila"

    @property
    def display_url(self) -> str:
        """The address that is shown and opened."""
        return str(super().display_url).replace(".ipynb/", ".ipynb")

    def init_handlers(self) -> list[Any]:
        """An address with the slash, written down earlier, leads to the one without."""
        render = f"{self.server_url.rstrip('/')}/voila/render"
        slashed = (rf"{render}/(.*\.ipynb)/", RedirectHandler, {"url": f"{render}/{{0}}", "permanent": False})
        return [slashed, *super().init_handlers()]

    def listen(self) -> None:
        """Say where the pages are once they can be asked for; whatever else the server notes is not for the terminal."""
        loop = IOLoop.current()
        loop.add_callback(self._say_where)
        others = sorted(file.name for file in Path(self.root_dir).glob("*.ipynb") if file.name != FIRST)
        for place, notebook in enumerate(others, 1):
            loop.call_later(place * _APART, self._get_ready, notebook)
        super().listen()

    def _get_ready(self, notebook: str) -> None:
        """Have a kernel wait for the visitor of that page; who comes before it gets ready has one of his own at once."""
        self.kernel_manager.kernel_pools_config[notebook] = ONE_WAITS
        self.kernel_manager.fill_if_needed(delay=0, notebook_name=notebook)

    def _say_where(self) -> None:
        say(f"Open in your browser: {self.display_url}")
        say("To close it, press Control+C here: your files are then deleted.")

    def launch_browser(self) -> None:
        """Open the first page, by a file of the private folder, so that no list of programs shows the token."""
        leads = element("meta", http_equiv="refresh", content=f"0; url={self.display_url}")
        webbrowser.open(files.private(Path(os.environ[SESSION], "open.html"), str(leads).encode()).as_uri())
