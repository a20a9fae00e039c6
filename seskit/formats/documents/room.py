"""How much of a line words take in a table, so that none is broken where another face stands in for Arial.

Measured with DejaVu Sans, the widest face that is put in its place.
"""

from __future__ import annotations

import math

#: Hundredths of an em in DejaVu Sans Bold, by letter; a letter that is not named is as wide as a capital.
_WIDTHS = {
    letter: width
    for letters, width in {
        "ijl ,.:;'|": 39, "frt_-()/\"": 50, "csz": 61, "vxyJLk": 67, "abdeghnopqu$0123456789": 72, "ACBEFKPRSTVXYZ": 78,
        "w": 93, "mMW%@": 110,
    }.items()
    for letter in letters
}  # fmt: skip
_CAPITAL = 86
#: Words that are not bold take so much of it.
_PLAIN = 0.92
#: Points: the letters of a table, the room beside them in a cell of Word, and a ninety-sixth of the page's line.
_SIZE, _BESIDE, _UNIT = 9, 8, 482 / 96


def room_for(words: str, *, bold: bool = False) -> int:
    """The ninety-sixths of a line that words take in a cell without being broken."""
    wide = sum(_WIDTHS.get(letter, _CAPITAL) for letter in words) / 100 * (1 if bold else _PLAIN)
    return math.ceil((wide * _SIZE + _BESIDE) / _UNIT)
