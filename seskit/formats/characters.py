"""Characters that a reader cannot see or that change what is read: shown by their code, wherever text leaves.

Control characters, halves of characters, and marks that turn the direction of a line make a file that other programs
refuse, move a terminal's cursor, or show words in an order in which they are not written.
"""

from __future__ import annotations

import re

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
#: What no text of a file means: controls, marks of direction, and letters that take no room, by which alone two texts
#: that look alike would differ. Ends of lines and the mark a file may begin with are left.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069"
    "\u115f\u1160\u2800\u3164\uffa0\U000e0001-\U000e007f]"
)
_UNSAFE_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*\x7f]')
#: Names that Windows keeps for devices, whatever follows the dot.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_LONGEST = 60


def visible(text: str) -> str:
    """The same text, each unseen character as its code, for example [U+001B]; tabs and line ends stay."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSEEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def unhidden(text: str) -> str:
    """A text as it is read from a file: each character that cannot be seen as its code."""
    return (
        text if text.isascii() and text.isprintable() else _HIDDEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)
    )


def one_line(text: str) -> str:
    """The same on one line, for a title or a name."""
    return visible(" ".join(text.split()))


def file_name(text: str) -> str:
    """Part of a file name made from an id or a title: no folder, no device, the same name on every system.

    Different texts give different names: where anything had to be replaced or cut, a short sum of the text follows.
    """
    kept = re.sub(r"[^\w.-]+", "_", _UNSAFE_IN_NAMES.sub("_", visible(text))).strip("._ ")[:_LONGEST]
    if kept and kept == text and kept.isascii() and not _DEVICES.fullmatch(kept):
        return kept
    return f"{_ascii(kept)}-{_sum(text)}"


def _ascii(text: str) -> str:
    import unicodedata

    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^\w.-]+", "_", plain)[:_LONGEST].strip("._-") or "unnamed"


def _sum(text: str) -> str:
    import hashlib

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
