"""The parts of a zipped workbook, unpacked in small pieces and parsed without entities: no part can grow or hang."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.parsers import expat

from seskit.record.roster.refusal import COMPOUND, LOCKED, SAVE_AGAIN, UNLOCK, Refusal

#: The most a part may unpack to, and the most parts.
LARGEST_PART = 256 * 2**20
MOST_PARTS = 10_000
_LARGEST_DIRECTORY = 4 * 2**20
_LARGEST_ATTRIBUTE = 2**20
_DEEPEST = 64
_PIECE = 1 << 16
DAMAGED = "the workbook is damaged or is not an .xlsx workbook"
_EXTENSIONS = frozenset(("extLst", "Fallback"))

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


class _Bounded(io.FileIO):
    """A file whose zip directory cannot be larger than it may be: it is read in one go."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > _LARGEST_DIRECTORY:
            raise Refusal("the workbook has too many parts", "Save only the roster sheet, as CSV UTF-8.")
        return super().read(-1 if size is None else size) or b""


class Parts:
    """The parts of a workbook by their names, however these are written."""

    def __init__(self, source: Path | bytes) -> None:
        """Open the archive. Raises Refusal where it is not one, or holds two parts of one name."""
        self._file = io.BytesIO(source) if isinstance(source, bytes) else _Bounded(source)
        try:
            self._open()
        except Refusal:
            self._file.close()
            raise

    def __enter__(self) -> Parts:
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()
        self._file.close()

    def _open(self) -> None:
        with _in_words():
            start = self._file.read(len(COMPOUND))
            self._file.seek(0)
            if start == COMPOUND:
                raise Refusal(LOCKED, UNLOCK)
            self._archive = zipfile.ZipFile(self._file)
            members = self._archive.infolist()
            if len(members) > MOST_PARTS:
                raise Refusal(f"the workbook has {len(members):,} parts", SAVE_AGAIN)
            self._members: dict[str, zipfile.ZipInfo] = {}
            for member in members:
                name = _plain(member.filename)
                if name in self._members:
                    raise Refusal("the workbook is damaged: it holds two parts with the same name", SAVE_AGAIN)
                self._members[name] = member

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._members

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def pieces(self, name: str) -> Iterator[bytes]:
        """The content of a part, piece by piece."""
        member = self._members.get(_plain(name))
        if member is None:
            raise Refusal("the workbook is damaged: a part is not there", SAVE_AGAIN)
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refusal("the workbook is packed in an unusual way", SAVE_AGAIN)
        total = 0
        with _in_words(), self._archive.open(member) as part:
            while piece := part.read(_PIECE):
                total += len(piece)
                if total > LARGEST_PART:
                    raise Refusal(
                        f"the sheet or its texts unpack to more than {LARGEST_PART >> 20} MB",
                        "Save only the roster sheet, as CSV UTF-8.",
                    )
                yield piece

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to inside the workbook: kind and name of each, by its id; "" is the workbook itself."""
        folder, _, name = part.rpartition("/")
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, said: dict[str, str]) -> None:
            if local(tag) == "Relationship" and said.get("TargetMode", "").lower() != "external":
                target = said.get("Target", "").replace("\\", "/")
                whole = posixpath.normpath(posixpath.join("/", folder, target))
                found[said.get("Id", "")] = (said.get("Type", "").rpartition("/")[2], whole.lstrip("/"))

        if listed in self:
            self.parse(listed, start)
        return found

    def parse(self, name: str, start: Start, end: End | None = None) -> None:
        """Parse a part from its first to its last byte, without what lies in its extensions."""
        for _ in self.parsing(name, *_outside_extensions(start, end)):
            pass

    def parsing(self, name: str, start: Start, end: End | None = None, text: End | None = None) -> Iterator[None]:
        """Parse a part, with a pause behind each piece, so that what was read can be taken away."""
        yield from parse(self.pieces(name), start, end, text)


def parse(pieces: Iterable[bytes], start: Start, end: End | None = None, text: End | None = None) -> Iterator[None]:
    """Parse XML that declares no document type and no entity; any other, and what is not XML, is refused in words."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _forbidden
    parser.EntityDeclHandler = _forbidden
    parser.StartElementHandler = start
    if end:
        parser.EndElementHandler = end
    if text:
        parser.CharacterDataHandler = text
    fed = 0
    with _in_words():
        for piece in pieces:
            parser.Parse(piece, False)
            fed += len(piece)
            if fed - parser.CurrentByteIndex > _LARGEST_ATTRIBUTE:
                raise Refusal(DAMAGED)
            yield
        parser.Parse(b"", True)
        yield


def _outside_extensions(start: Start, end: End | None) -> tuple[Start, End]:
    """Handlers that hear nothing of an extension or of what replaces it in an older program.

    Both repeat names of the part itself for something else: Excel writes a second `workbookPr`, which has no date system.
    """
    inside = 0

    def started(tag: str, said: dict[str, str]) -> None:
        nonlocal inside
        if inside or local(tag) in _EXTENSIONS:
            inside += 1
        else:
            start(tag, said)

    def ended(tag: str) -> None:
        nonlocal inside
        if inside:
            inside -= 1
        elif end:
            end(tag)

    return started, ended


def too_deep(depth: int) -> None:
    """Refuse elements nested deeper than any workbook has them."""
    if depth > _DEEPEST:
        raise Refusal(DAMAGED)


def local(name: str) -> str:
    """The name of an element or attribute without its prefix."""
    return name.rpartition(":")[2]


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _forbidden(*_: object) -> None:
    raise Refusal("the workbook declares entities, which no spreadsheet program writes", SAVE_AGAIN)


@contextmanager
def _in_words() -> Iterator[None]:
    """Every failure of an archive or of its XML as a refusal."""
    try:
        yield
    except (
        zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, expat.ExpatError, OSError, EOFError, RuntimeError, ValueError,
        LookupError, OverflowError,
    ):  # fmt: skip
        raise Refusal(DAMAGED) from None
