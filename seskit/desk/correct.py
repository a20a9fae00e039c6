"""The panel to correct a roster in a notebook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from seskit.work import corrections

if TYPE_CHECKING:
    from seskit.desk.widgets.correcting import Correcting


def panel(folder: str | Path, renew: Callable[[], None] | None = None) -> Correcting:
    """Correct the roster of an agency's folder; `renew` is called after each save.

    Raises FactError, in one sentence, where the folder holds no roster to correct.
    """
    from seskit.desk.widgets.correcting import Correcting

    return Correcting(corrections.open_folder(Path(folder)), renew)
