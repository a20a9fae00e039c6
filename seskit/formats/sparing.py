"""Heavy packages imported without what they would import and never use."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

#: A grammar of international addresses, for a check of event schemas: half the time that importing papermill, JupyterLab
#: or Voila takes. And a debugger that none of them uses as it starts, as costly again.
_NEVER_USED = ("rfc3987_syntax", "debugpy")


@contextmanager
def sparing() -> Iterator[None]:
    """Import without them; those who ask can do without, and afterwards both can be imported as ever."""
    hidden = [name for name in _NEVER_USED if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
