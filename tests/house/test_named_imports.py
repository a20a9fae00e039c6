"""Code that stands as text, in a test's notebook, a page or a script, imports what there is."""

import importlib
import re
from pathlib import Path

from tests.places import ROOT

_IMPORT = re.compile(r"(?<!\.)\bfrom (seskit(?:\.\w+)*) import (?:\\n)?\(?([\w, ]+)")
_KINDS = ("*.py", "*.md", "*.ipynb", "*.yaml")


def named() -> dict[tuple[str, str], Path]:
    """Each module and name that some file imports, with the first such file."""
    found: dict[tuple[str, str], Path] = {}
    for top in ("seskit", "tests", "docs", "notebooks", "training"):
        for kind in _KINDS:
            for file in sorted((ROOT / top).rglob(kind)):
                for module, names in _IMPORT.findall(file.read_text(encoding="utf-8", errors="replace")):
                    for name in re.findall(r"[^\s,]+", re.sub(r"\bas \w+", "", names)):
                        found.setdefault((module, name), file.relative_to(ROOT))
    return found


def _is_there(module: str, name: str) -> bool:
    try:
        if hasattr(importlib.import_module(module), name):
            return True
        importlib.import_module(f"{module}.{name}")
    except ImportError:
        return False
    return True


def test_every_import_that_is_written_anywhere_finds_its_name():
    """A class that is renamed is renamed in notebooks that tests write, in documentation and in examples, too."""
    found = named()
    assert len(found) > 500
    missing = {f"{module}.{name}": str(file) for (module, name), file in found.items() if not _is_there(module, name)}
    assert not missing, missing
