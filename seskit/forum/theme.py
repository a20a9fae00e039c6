"""A forum's own look, from theme.yaml beside its forum.yaml: the agency's color and logo, every fault told."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from seskit.formats import strict_yaml
from seskit.formats.documents.look import Look, contrast_with_white, size_of
from seskit.forum import source
from seskit.forum.place import Faults, SourcePlace, in_words

NAME = "theme.yaml"
_WORDS = ("color", "logo", "logo_says")
_COLOR = re.compile(r"#?([0-9A-Fa-f]{6})")
#: White letters stand on the color, as large as on a wall and as small as on a button.
_CONTRAST = 4.5
_LEAST, _MOST = 100, 2_000_000


def read(folder: Path, faults: Faults) -> Look:
    """The look of a forum; ours where it has no theme.yaml. What is wrong with it goes to `faults`."""
    file = folder / NAME
    if not file.is_file():
        return Look()
    text = source.written(file)
    lines = strict_yaml.lines(text) if text.strip() else {}
    given: dict[str, Any] = {}
    with faults.gathered():
        given = _given(file, text)
    made: dict[str, Any] = {}
    for word in given:
        place = SourcePlace(file, lines.get((word,), 1))
        with faults.gathered():
            if word not in _WORDS:
                raise place.error(f"'{word}' is not known in a theme; known are {', '.join(_WORDS)}.")
            made[word] = {"color": _color, "logo": _logo, "logo_says": _words}[word](place, given[word])
    with faults.gathered():
        if "logo" in given and "logo_says" not in given:
            raise SourcePlace(file, lines.get(("logo",), 1)).error(
                "the logo has no words for those who cannot see it; add for example logo_says: Seal of the Department of Examples."
            )
    return Look(made.get("color", ""), made.get("logo", b""), made.get("logo_says", ""))


def _given(file: Path, text: str) -> dict[str, Any]:
    try:
        given = strict_yaml.load(text) or {}
    except strict_yaml.YamlError as failure:
        raise SourcePlace(file, failure.line or 1).error(f"{in_words(failure.reason)}.") from None
    if not isinstance(given, dict):
        raise SourcePlace(file, 1).error("the file holds no lines such as 'color: \"#7a1f3d\"'.")
    return given


def _color(place: SourcePlace, said: object) -> str:
    found = _COLOR.fullmatch(str(said))
    if not found:
        raise place.error(f"'{said}' is not a color; write six digits in quotes, for example \"#7a1f3d\".")
    contrast = contrast_with_white(found[1])
    if contrast < _CONTRAST:
        raise place.error(
            f"white letters are hard to read on #{found[1]}: their contrast is {contrast:.1f}, and {_CONTRAST} are needed; take a darker color."
        )
    return found[1].upper()


def _logo(place: SourcePlace, said: object) -> bytes:
    file = place.file.parent / str(said)
    if not file.resolve().is_relative_to(place.file.parent.resolve()) or not file.is_file():
        raise place.error(f"the logo {said} is not in this folder.")
    png = file.read_bytes()
    size = size_of(png)
    if size is None:
        raise place.error(f"the logo {said} is not a PNG picture; save it as one.")
    if max(size) < _LEAST:
        raise place.error(f"the logo {said} is {size[0]} by {size[1]} pixels; at least {_LEAST} are needed for a wall.")
    if len(png) > _MOST:
        raise place.error(
            f"the logo {said} is larger than {_MOST // 1_000_000} megabytes, and it is in every file; make it smaller."
        )
    return png


def _words(place: SourcePlace, said: object) -> str:
    words = " ".join(str(said or "").replace('"', "'").split())
    if not words:
        raise place.error("logo_says is empty; say whose logo it is.")
    return words
