"""What stands on a paper of boxes and tables, said once: the page and the PDF are printed from the same blocks.

All text is plain text: each printer makes it safe for its format, and writes the days in it as people do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Side: TypeAlias = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Piece:
    """A stretch of a line: printed words, or what is filled into a blank; on the page it may lead to an id."""

    text: str
    filled: bool = False
    strong: bool = False
    link: str = ""


@dataclass(frozen=True)
class Choice:
    """A small empty square to be marked by hand, and what it means."""

    text: str


@dataclass(frozen=True)
class Room:
    """A rule to write on by hand, with the room a hand needs, behind its label."""

    text: str


@dataclass(frozen=True)
class Bar:
    """A figure with a bar beside it, as long as its share of the longest one; the bar is decoration."""

    text: str
    share: float


@dataclass(frozen=True)
class Line:
    """Pieces on one line, set apart by spaces."""

    pieces: tuple[str | Piece, ...]


@dataclass(frozen=True)
class Lines:
    """Each on a line of its own."""

    lines: tuple[str | Piece | Choice | Room | Line, ...]


Words: TypeAlias = str | Piece | Choice | Room | Bar | Line | Lines


@dataclass(frozen=True)
class Heading:
    """A heading; its level is 2 below the title of the whole, 3 below a section's."""

    words: str
    id: str = ""
    level: int = 2


@dataclass(frozen=True)
class Text:
    """A paragraph; `status` says how the paper stands, `centered` is what a form prints over its boxes."""

    words: Words
    look: Literal["", "large", "status", "centered"] = ""


@dataclass(frozen=True)
class Listing:
    """Points one below the other."""

    items: tuple[Words, ...]


@dataclass(frozen=True)
class Notes:
    """Notes in small print under their own heading; nothing refers to one by a number."""

    title: str
    items: tuple[Words, ...]


@dataclass(frozen=True)
class TableColumn:
    """One column of a table: its head, the side its cells stand at, its share of the width; no share is as wide as it needs.

    Columns side by side with the same words in `under` have these as a head over theirs. An empty cell of a column that
    is `filled` in says to those who cannot see it that it is blank.
    """

    head: str
    side: Side = "left"
    share: float = 0
    under: str = ""
    filled: bool = False


@dataclass(frozen=True)
class SheetTable:
    """Rows under heads; the first cell of a row heads it, the last row may be the total.

    A `titled` table has its caption as heading: on the page above it, on paper over the heads of every sheet.
    """

    caption: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Words, ...], ...]
    total: bool = False
    headed: bool = True
    titled: bool = False


@dataclass(frozen=True)
class Beside:
    """Blocks side by side where there is room."""

    sides: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True)
class Together:
    """Blocks that stay on one sheet of paper."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Box:
    """One box of a form: its number and words, and what stands beside or below them."""

    title: Words
    below: tuple[Block, ...] = ()
    beside: Words = ""


@dataclass(frozen=True)
class Boxes:
    """Boxes in columns side by side, with the share of the width each column has on paper."""

    columns: tuple[tuple[Box, ...], ...]
    shares: tuple[float, ...]


@dataclass(frozen=True)
class Frame:
    """The boxes of a form, one below the other inside one rule."""

    boxes: tuple[Box | Boxes, ...]


@dataclass(frozen=True)
class Imprint:
    """What a form prints below its boxes: to the left, in the middle, and to the right its number."""

    left: str
    middle: str
    number: str


@dataclass(frozen=True)
class Links:
    """Where to go on the page; nothing on paper."""

    says: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Codes:
    """Here the PDF says, where it printed a character as its code, what the code is."""


Block: TypeAlias = Heading | Text | Listing | Notes | SheetTable | Beside | Together | Frame | Imprint | Links | Codes


@dataclass(frozen=True)
class Section:
    """A part that begins a sheet of paper; one that is `sent` says beside its title whether it is a draft."""

    title: str
    id: str
    blocks: tuple[Block, ...]
    sent: bool = False


@dataclass(frozen=True)
class Sheets:
    """A whole paper: its front, then its sections."""

    title: str
    front: tuple[Block, ...]
    sections: tuple[Section, ...] = ()
    #: What the page's title names beside the paper's own.
    subject: str = ""
    #: What a draft says of itself, and nothing otherwise.
    draft: str = ""
    #: What stands at the foot of every sheet of paper.
    foot: str = ""
    landscape: bool = False
    #: Whether title and front are on paper too; a form alone is printed without.
    covered: bool = True
