"""`seskit desk` started for a browser, and how tall its walks may be."""

import os
import re
import socket
import subprocess
import sys
import time

#: The desk as a person starts it; and one that replaces no kernel that a page has taken, which costs as much as its walk.
_AS_USED = ("-m", "seskit")
_NOT_REPLACED = (
    "-c",
    """
from seskit.desk import cli, served_app

listen = served_app.ServedDesk.listen

def once(desk):
    fill = desk.kernel_manager.fill_if_needed
    desk.kernel_manager.fill_if_needed = lambda delay=None, **more: fill(delay=0, **more) if delay == 0 else None
    listen(desk)

served_app.ServedDesk.listen = once
cli.main()
""",
)


def start(folder, *, replaced=True):
    """`seskit desk` on a folder with notebooks and a place for private ones; its process, its address with the token."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        *(_AS_USED if replaced else _NOT_REPLACED),
        "desk",
        str(folder),
        "--port",
        str(port),
        "--no-browser",
    ]
    environment = os.environ | {"TMPDIR": str(folder / "private"), "HOME": str(folder)}
    with (folder / "log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        return process, _address(folder / "log", process)
    except RuntimeError:
        process.kill()
        raise


def _address(log, process):
    until = time.monotonic() + 120
    while time.monotonic() < until and process.poll() is None:
        if found := re.search(r"http://127\.0\.0\.1:\d+/\S*\?token=\w+", log.read_text(encoding="utf-8")):
            return found[0]
        time.sleep(0.3)
    raise RuntimeError(log.read_text(encoding="utf-8"))


#: Half of what each walk was high at 1366 by 768 before detail was put behind buttons, in pixels.
HEIGHTS = {"report": 3050, "pay_setting": 3687, "staffing": 4433, "appraisal": 5242, "certification": 5514}
