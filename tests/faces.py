"""How wide the letters of a face are: DejaVu from the font that comes with the drawings, others from `faces.json`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.places import TESTS

MEASURED = json.loads((TESTS / "faces.json").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Face:
    """A face: how wide its letters are and how high its lines, for type of one point."""

    widths: dict[str, float]
    line: float

    def wide(self, text: str) -> float:
        """How wide words are on one line."""
        most = max(self.widths.values())
        return sum(self.widths.get(sign, most) for sign in text.replace("\N{NO-BREAK SPACE}", " "))

    def lines(self, text: str, room: float) -> int:
        """How many lines words take in a column of that room, for type of one point; a word too long counts as many."""
        count, used = 1, 0.0
        for word in text.split(" "):
            wide, space = self.wide(word), self.wide(" ") if used else 0
            if used + space + wide <= room:
                used += space + wide
            else:
                count, used = count + (1 if used else 0) + int(wide // room), wide % room
        return count


@cache
def face(family: str, weight: str = "regular") -> Face:
    """A face of that family; DejaVu from the font that comes with the drawings."""
    if family != "DejaVu Sans":
        held = MEASURED[f"{family}, {weight}"]
        pairs = zip(MEASURED["signs"], held["widths"], strict=True)
        return Face({sign: wide / held["em"] for sign, wide in pairs}, held["line"] / held["em"])
    import matplotlib

    name = "DejaVuSans-Bold.ttf" if weight == "bold" else "DejaVuSans.ttf"
    return read(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name)


def read(file: Path) -> Face:
    from fontTools.ttLib import TTFont

    font = TTFont(file)
    em, names, across, head = font["head"].unitsPerEm, font.getBestCmap(), font["hmtx"], font["hhea"]
    widths = {sign: across[names[ord(sign)]][0] / em for sign in MEASURED["signs"]}
    return Face(widths, (head.ascent - head.descent + head.lineGap) / em)
