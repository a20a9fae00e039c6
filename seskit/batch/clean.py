"""What a run leaves, made fit to keep: no path of the machine, and in errors no name of a person."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import seskit

_PATH_IN_TRACE = re.compile(r"(?<![\w.:/<])(?:[A-Za-z]:)?[/\\](?:[^\s'\"<>|:*?]+[/\\])+(?=[^\s'\"<>|:*?/\\]+)")
_TEXTS = (".json", ".html", ".csv", ".txt", ".md", ".svg", ".ics")
_SHORTEST = 4
_WIDGET = "application/vnd.jupyter.widget-view+json"
#: What differs from one run to the next and says nothing: the number of a process, the address of an object.
_BY_CHANCE = ((re.compile(r"\bipykernel_\d+\b"), "ipykernel"), (re.compile(r"(?<= at )0x[0-9a-f]{6,16}\b"), "0x0"))
_TIMES = ("start_time", "end_time", "duration")


class Cleaner:
    """Replaces the places and names that must not leave the machine."""

    def __init__(self, folder: str, work: str, names: Iterable[str] = ()) -> None:
        """Know the places of this run and the names to hide."""
        package = Path(seskit.__file__).parent.parent
        places = {
            str(Path(work, "run")): ".",
            str(Path(work)): ".",
            str(Path(folder)): "agency",
            str(Path(folder).resolve()): "agency",
            str(Path(folder).parent): "agencies",
            str(Path(folder).parent.resolve()): "agencies",
            str(package): "package",
            str(package.resolve()): "package",
            sys.prefix: "python",
            sys.base_prefix: "python",
            str(Path(work).resolve()): ".",
            str(Path(work).resolve().parent.parent): "out",
            tempfile.gettempdir(): "temporary",
            str(Path.home()): "home",
        }
        known = {place: word for place, word in places.items() if len(place) >= _SHORTEST}
        known |= {place.replace("\\", "\\\\"): word for place, word in known.items()}
        longest_first = sorted(known, key=len, reverse=True)
        self._places = known
        self._place = re.compile("(?:" + "|".join(map(re.escape, longest_first)) + r")(?![\w-])")
        hidden = sorted({name for name in names if name.strip()}, key=len, reverse=True)
        self._name = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, hidden)) + r")(?!\w)") if hidden else None

    def text(self, text: str) -> str:
        """A message: known places shortened, any other path cut to its last part, names hidden."""
        return _PATH_IN_TRACE.sub("", self._plain(text))

    def _plain(self, text: str) -> str:
        for pattern, plain in _BY_CHANCE:
            text = pattern.sub(plain, text)
        text = self._place.sub(lambda found: self._places[found.group()], text)
        return self._name.sub("[name]", text) if self._name else text

    def notebook(self, notebook: Any, stem: str) -> None:
        """An executed notebook, in place: no places, no times, nothing that another run of the same would not have."""
        for number, cell in enumerate(notebook.cells):
            if "injected-parameters" in cell.metadata.get("tags", []):
                cell.id = "parameters-of-this-run"
            elif {"papermill-error-cell-tag"} & set(cell.metadata.get("tags", [])):
                cell.id = f"error-{number}"
            cell.metadata.pop("execution", None)
            _untimed(cell.metadata.get("papermill"))
            for output in cell.get("outputs", []):
                if isinstance(output.get("data"), dict):
                    output["data"].pop(_WIDGET, None)
                clean = self.text if output.output_type == "error" else self._plain
                for key, value in list(output.items()):
                    output[key] = _within(value, clean)
        about = notebook.metadata.setdefault("papermill", {})
        _untimed(about)
        about["input_path"] = about["output_path"] = f"{stem}.ipynb"
        if "widgets" in notebook.metadata:
            del notebook.metadata["widgets"]

    def files(self, folder: Path) -> None:
        """The text files a notebook wrote: known places only, since their words are the notebook's own."""
        for path in [] if folder.is_symlink() else list(folder.rglob("*")):
            if path.suffix in _TEXTS and path.is_file() and not path.is_symlink():
                self._file(path)

    def _file(self, path: Path) -> None:
        """Line by line, whatever its size, and in a new file: it may be a second name of one of the agency's own."""
        with path.open(encoding="utf-8", errors="surrogateescape", newline="") as lines:
            if not any(self._place.search(line) for line in lines):
                return
            lines.seek(0)
            handle, name = tempfile.mkstemp(dir=path.parent)
            with os.fdopen(handle, "w", encoding="utf-8", errors="surrogateescape", newline="") as cleaned:
                cleaned.writelines(self._place.sub(lambda found: self._places[found.group()], line) for line in lines)
        shutil.copymode(path, name)
        Path(name).replace(path)


def _untimed(about: Any) -> None:
    for name in _TIMES if isinstance(about, dict) else ():
        about.pop(name, None)


def _within(value: Any, clean: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_within(item, clean) for item in value]
    if isinstance(value, dict):
        for key in value:
            value[key] = _within(value[key], clean)
    return value
