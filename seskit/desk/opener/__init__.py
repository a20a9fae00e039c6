"""The opener of every walk: whose files are shown, and everything that follows from them.

A person runs the walk: the last agency used is shown, or a sample. Four buttons: choose another agency; make a new one
by answering questions; bring a roster; change dates and plans. Each change is read at once, said in a sentence, and
renews every output below. A run with parameters (papermill, the batch) names its agency: it shows no opener.
"""

from __future__ import annotations

from pathlib import Path

from seskit.desk.opener.state import Desk, Pick, Walk, of_part

__all__ = ["Desk", "Pick", "Walk", "begin", "of_part"]


def begin(walk: Walk, agency: str | Path = "", out: str | Path = "", **picked: object) -> Desk:
    """Begin a walk. With an agency it is opened and nothing is shown; without one, the opener lets a person choose."""
    desk = Desk(walk, agency, out, picked)
    if desk.by_hand:
        from IPython.display import display

        from seskit.desk.opener.front import Front

        front = Front(desk)
        front.start()
        display(front)  # type: ignore[no-untyped-call]
    return desk
