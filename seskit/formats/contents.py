"""What a file says, whatever it is: its text piece by piece, out of documents, archives and mail, nested or damaged.

Each piece has the place it comes from. What cannot be read is a piece, too: it says why.
"""

from __future__ import annotations

import base64
import binascii
import bz2
import gzip
import html
import io
import json
import lzma
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default as modern
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from seskit.formats import grids, unopened
from seskit.formats.grids import Grid

if TYPE_CHECKING:
    from seskit.formats.pdf_text import OpenedPdf

MOST_BYTES = 256 * 2**20
MOST_DEPTH = 6
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"\0\0\1\0", b"wOFF", b"wOF2", b"\0\1\0\0\0", b"OTTO")  # fmt: skip
_PNG = b"\x89PNG\r\n\x1a\n"
_CLOSED = {b"7z\xbc\xaf\x27\x1c": "a 7z archive", b"Rar!": "a RAR archive", b"SQLite format 3": "a database",
           b"\x28\xb5\x2f\xfd": "a Zstandard archive"}  # fmt: skip
_BASE64 = re.compile(
    r"(?<![A-Za-z0-9+/=])(?:[A-Za-z0-9+/]{4}\s?){3,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?(?![A-Za-z0-9+/=])"
)
#: In the address of a page's data, however short.
_ADDRESS = re.compile(r";base64,([A-Za-z0-9+/]{4,}={0,2})")
_RUN = re.compile(rb"[\x20-\x7e\x80-\xff]{6,}")
#: Characters that text has next to none of.
_CONTROLS = bytes((*range(9), *range(14, 27)))
_WIDE_RUN = re.compile(rb"(?:[\x20-\x7e]\0){6,}")


@dataclass(frozen=True)
class FilePiece:
    """Some text of a file, or a table of it, or why a part of it cannot be read; `inside` is the part's place."""

    inside: str
    text: str = ""
    grid: Grid = ()
    closed: str = ""
    #: A picture or font: nothing to read, and said so.
    picture: bool = False
    #: Whether the table has a name and its value in each row, so that what stands above a cell says nothing of it.
    pairs: bool = False


class Budget:
    """How much may still be unpacked."""

    def __init__(self, left: int = MOST_BYTES) -> None:
        """Begin with so many bytes."""
        self.left = left

    def take(self, size: int) -> bool:
        """Whether that much more may be unpacked."""
        self.left -= size
        return self.left >= 0


def pieces(
    name: str, content: bytes, inside: str = "", budget: Budget | None = None, depth: int = 0
) -> Iterator[FilePiece]:
    """Everything a file says. Never raises for what is in the file: what cannot be read is a piece with `closed`."""
    budget = budget or Budget()
    try:
        yield from _pieces(name, content, inside, budget, depth)
    except (MemoryError, RecursionError):
        yield FilePiece(inside, closed=unopened.TOO_LARGE)
    except Exception:  # noqa: BLE001 - whatever a reader stumbles over is told, never passed over
        yield FilePiece(inside, closed=unopened.DAMAGED)


def _pieces(name: str, content: bytes, inside: str, budget: Budget, depth: int) -> Iterator[FilePiece]:
    if depth > MOST_DEPTH:
        yield FilePiece(inside, closed=unopened.TOO_DEEP.format(MOST_DEPTH))
        return
    kind = _kind(content)
    if kind is not None:
        yield from kind(name, content, inside, budget, depth)
        return
    text = as_text(content)
    if text is None:
        yield from _loose(content, inside)
        yield from _salvaged(content, inside, budget, depth)
        yield FilePiece(inside, closed=unopened.of_unknown(PurePosixPath(name).name))
        return
    yield from _texts(name, text, inside, budget, depth)


Opener = Callable[[str, bytes, str, Budget, int], Iterator[FilePiece]]


def _kind(content: bytes) -> Opener | None:
    """How a file that is not text is opened, by how it begins."""
    if content[:4] in (b"PK\3\4", b"PK\5\6", b"PK\7\x08") or (content[:2] == b"PK" and len(content) > 2):
        return _zipped
    if content[:1024].lstrip()[:5] == b"%PDF-":
        return _pdf
    if content[:2] == b"\x1f\x8b":
        return _unpacked(lambda packed: gzip.GzipFile(fileobj=io.BytesIO(packed)))
    if content[:3] == b"BZh":
        return _unpacked(lambda packed: bz2.BZ2File(io.BytesIO(packed)))
    if content[:6] == b"\xfd7zXZ\0":
        return _unpacked(lambda packed: lzma.LZMAFile(io.BytesIO(packed)))
    if content[257:262] == b"ustar":
        return _tar
    if content.startswith(unopened.COMPOUND):
        return _old_office
    if any(content.startswith(start) for start in _CLOSED):
        return _other_archive
    if content.startswith(_PICTURES):
        return _picture
    return None


def as_text(content: bytes) -> str | None:
    """Bytes as text, in whatever encoding they are in; nothing where they are no text."""
    if content.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return content.decode("utf-32", "replace")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    start = content[:4096]
    for encoding, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
        if len(zeros) > 1 and zeros.count(0) > len(zeros) * 0.7 and start.count(0) < len(start) * 0.7:
            return content.decode(encoding, "replace")
    if start.count(0) or len(start) - len(start.translate(None, _CONTROLS)) > len(start) * 0.02:
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _texts(name: str, text: str, inside: str, budget: Budget, depth: int) -> Iterator[FilePiece]:
    """A text as it is written and as it reads."""
    suffix = PurePosixPath(name).suffix.lower()
    start = text.lstrip()[:200].lower()
    yield FilePiece(inside, text=text)
    if suffix == ".ipynb" or (suffix == ".json" and start[:1] in "{["):
        yield from _json(text, inside, budget, depth)
    elif suffix in (".csv", ".tsv", ".txt") and (table := grids.of_csv(text)):
        yield FilePiece(inside, grid=table)
    elif suffix in (".eml", ".mht", ".mhtml") or re.match(r"(?:[\w-]+: .*\n)+(?:[ \t].*\n)*mime-version:", start):
        yield from _mail(text, inside, budget, depth)
    elif suffix == ".mbox" or re.match(r"from \S+ .*\n[\w-]+: ", start):
        for letter in re.split(r"(?m)^From .*\n", text):
            yield from _mail(letter, inside, budget, depth)
    elif start.startswith("{\\rtf"):
        yield FilePiece(inside, text=_rich_text(text))
    if start.startswith("begin:v"):
        yield FilePiece(inside, text=re.sub(r"\r?\n[ \t]", "", text))
    if "<" in text and re.search(r"</\w|<!|<\?xml|/>|<\w+>", text[:100_000]):
        marked = html.unescape(grids.without_tags(text))
        yield FilePiece(inside, text=marked)
        yield from (FilePiece(inside, grid=table) for table in grids.of_html(text))
    elif "&#" in text or re.search(r"&\w+;", text):
        yield FilePiece(inside, text=html.unescape(text))
    if re.search(r"%[0-9A-Fa-f]{2}", text):
        yield FilePiece(inside, text=unquote(text))
    if re.search(r"=[0-9A-F]{2}", text):
        yield FilePiece(inside, text=re.sub(r"=([0-9A-F]{2})", lambda found: chr(int(found[1], 16)), text))
    if re.search(r"\\[ux][0-9a-fA-F]{2}", text):
        yield FilePiece(inside, text=re.sub(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))",
                                        lambda found: chr(int(found[1] or found[2], 16)), text))  # fmt: skip
    yield from _encoded(text, inside, budget, depth)


def _encoded(text: str, inside: str, budget: Budget, depth: int) -> Iterator[FilePiece]:
    """What is written in base 64 inside a text, where it turns out to be text or a known kind of file."""
    written = [*(found[0] for found in _BASE64.finditer(text)), *(found[1] for found in _ADDRESS.finditer(text))]
    for coded in dict.fromkeys(written):
        try:
            content = base64.b64decode(re.sub(r"\s", "", coded), validate=True)
        except (binascii.Error, ValueError):
            continue
        if not budget.take(len(content)):
            yield FilePiece(inside, closed=unopened.TOO_MUCH)
            return
        if content.startswith(_PICTURES):
            yield FilePiece(inside, picture=True)
        elif _kind(content):
            yield from pieces("", content, inside, budget, depth + 1)
        elif (said := as_text(content)) and sum(map(str.isprintable, said[:400])) > 0.9 * len(said[:400]) and said.isascii():  # fmt: skip
            yield FilePiece(inside, text=said)
            if depth < MOST_DEPTH and _BASE64.search(said):
                yield from _encoded(said, inside, budget, depth + 1)


def _json(text: str, inside: str, budget: Budget, depth: int) -> Iterator[FilePiece]:
    try:
        tree = json.loads(text)
    except ValueError:
        yield FilePiece(inside, closed=unopened.JSON)
        return
    yield FilePiece(inside, grid=grids.of_json(tree), pairs=True)
    yield from (FilePiece(inside, grid=table) for table in grids.tables_of_json(tree))
    for said in _strings(tree):
        if "<" in said or "&" in said or "%" in said:
            yield from _texts("", said, inside, budget, depth + 1)
        else:
            yield FilePiece(inside, text=said)


def _strings(tree: Any) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        for key, value in tree.items():
            yield str(key)
            yield from _strings(value)
    elif isinstance(tree, list):
        if tree and all(isinstance(item, str) for item in tree):
            yield "".join(tree)
        else:
            for item in tree:
                yield from _strings(item)


def _mail(text: str, inside: str, budget: Budget, depth: int) -> Iterator[FilePiece]:
    letter = message_from_bytes(text.encode("utf-8", "surrogateescape"), policy=modern)
    for part in letter.walk():
        yield FilePiece(inside, text="\n".join(f"{name}: {said}" for name, said in part.items()))
        if not part.is_multipart():
            content = part.get_payload(decode=True)
            name = part.get_filename() or "part"
            if isinstance(content, bytes) and budget.take(len(content)):
                yield FilePiece(inside, text=name)
                yield from pieces(name, content, _join(inside, name), budget, depth + 1)


def _rich_text(text: str) -> str:
    text = re.sub(r"\\'([0-9a-fA-F]{2})", lambda found: bytes.fromhex(found[1]).decode("cp1252", "replace"), text)
    text = re.sub(r"\\u(-?\d+) ?\??", lambda found: chr(int(found[1]) % 65536), text)
    text = re.sub(r"\\(?:par|line|row|page)\b ?", "\n", text)
    text = text.replace("\\_", "-").replace("\\~", " ").replace("\\tab", " ")
    return re.sub(r"\\[a-z]+-?\d* ?|[{}]", "", text)


def _zipped(name: str, content: bytes, inside: str, budget: Budget, depth: int) -> Iterator[FilePiece]:  # noqa: ARG001
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError, struct.error):
        yield FilePiece(inside, closed=unopened.ARCHIVE)
        yield from _salvaged(content, inside, budget, depth)
        return
    with archive:
        members = archive.infolist()
        parts: dict[str, bytes] = {}
        for member in members:
            yield FilePiece(inside, text=member.filename)
            if archive.comment:
                yield FilePiece(inside, text=archive.comment.decode("utf-8", "replace"))
            if member.is_dir():
                continue
            try:
                with archive.open(member) as file:
                    data = file.read(max(budget.left, 0) + 1)
            except Exception:  # noqa: BLE001 - a damaged or locked part is told, and the others are read
                why = unopened.LOCKED_PART if member.flag_bits & 1 else unopened.DAMAGED
                yield FilePiece(_join(inside, member.filename), closed=why)
                yield from _salvaged(content[member.header_offset :], _join(inside, member.filename), budget, depth, 1)
                continue
            if not budget.take(len(data)):
                yield FilePiece(inside, closed=unopened.TOO_MUCH)
                return
            parts[member.filename] = data
    book = grids.of_workbook(parts) if "[Content_Types].xml" in parts or "xl/workbook.xml" in parts else {}
    for part, data in parts.items():
        if part in book:
            yield FilePiece(_join(inside, part), grid=book[part])
        yield from pieces(part, data, _join(inside, part), budget, depth + 1)


def _salvaged(content: bytes, inside: str, budget: Budget, depth: int, most: int = 10_000) -> Iterator[FilePiece]:
    """What can still be unpacked of a damaged archive, part by part."""
    for number, start in enumerate(found.start() for found in re.finditer(re.escape(b"PK\x03\x04"), content)):
        header = content[start : start + 30]
        if number >= most or len(header) < 30:
            return
        method, size = struct.unpack("<H", header[8:10])[0], struct.unpack("<I", header[18:22])[0]
        names, extra = struct.unpack("<HH", header[26:30])
        name = content[start + 30 : start + 30 + names].decode("utf-8", "replace")
        body = content[start + 30 + names + extra :]
        try:
            data = (
                zlib.decompressobj(-15).decompress(body, min(budget.left, MOST_BYTES)) if method == 8 else body[:size]
            )
        except zlib.error:
            continue
        if not budget.take(len(data)):
            return
        yield FilePiece(inside, text=name)
        yield from pieces(name, data, _join(inside, name), budget, depth + 1)


def _unpacked(opener: Callable[[bytes], Any]) -> Opener:
    def read(name: str, content: bytes, inside: str, budget: Budget, depth: int) -> Iterator[FilePiece]:
        data, why = bytearray(), ""
        try:
            with opener(content) as file:
                while block := file.read(1 << 20):
                    if not budget.take(len(block)):
                        why = unopened.TOO_MUCH
                        break
                    data += block
        except (OSError, EOFError, zlib.error, lzma.LZMAError):
            why = unopened.DAMAGED
        if why:
            yield FilePiece(inside, closed=why)
        yield from pieces(PurePosixPath(name).stem, bytes(data), inside, budget, depth + 1)

    return read


def _tar(name: str, content: bytes, inside: str, budget: Budget, depth: int) -> Iterator[FilePiece]:  # noqa: ARG001
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        for member in archive:
            yield FilePiece(inside, text=member.name)
            file = archive.extractfile(member) if member.isfile() else None
            if file and budget.take(member.size):
                yield from pieces(member.name, file.read(), _join(inside, member.name), budget, depth + 1)


def _pdf(name: str, content: bytes, inside: str, budget: Budget, depth: int) -> Iterator[FilePiece]:  # noqa: ARG001
    from seskit.formats import pdf_text

    try:
        with pdf_text.locks_told():
            yield from _opened_pdf(pdf_text.OpenedPdf(content), inside, budget, depth)
    except unopened.LockedError:
        yield FilePiece(inside, closed=unopened.LOCKED_PDF)


def _opened_pdf(opened: OpenedPdf, inside: str, budget: Budget, depth: int) -> Iterator[FilePiece]:
    for page, text in opened.pages():
        yield FilePiece(_join(inside, page), text=text)
    for part, data in opened.attachments():
        if budget.take(len(data)):
            yield FilePiece(inside, text=part)
            yield from pieces(part, data, _join(inside, part), budget, depth + 1)
    if why := opened.closed():
        yield FilePiece(inside, closed=why)


def _old_office(name: str, content: bytes, inside: str, budget: Budget, depth: int) -> Iterator[FilePiece]:  # noqa: ARG001
    yield from _loose(content, inside)
    yield FilePiece(inside, closed=unopened.of_compound(content))


def _loose(content: bytes, inside: str) -> Iterator[FilePiece]:
    """The runs of characters in a file of an unknown kind."""
    yield FilePiece(inside, text="\n".join(run.decode("cp1252", "replace") for run in _RUN.findall(content)))
    yield FilePiece(inside, text="\n".join(run.decode("utf-16-le") for run in _WIDE_RUN.findall(content)))


def _other_archive(name: str, content: bytes, inside: str, budget: Budget, depth: int) -> Iterator[FilePiece]:  # noqa: ARG001
    what = next(what for start, what in _CLOSED.items() if content.startswith(start))
    yield FilePiece(inside, closed=f"it is {what}, which is not opened; unpack it first")


def _picture(name: str, content: bytes, inside: str, budget: Budget, depth: int) -> Iterator[FilePiece]:  # noqa: ARG001
    """What is written beside the pixels, and an archive that follows them."""
    said = b"\n".join(_beside_pixels(content)) if content.startswith(_PNG) else content
    yield FilePiece(inside, text="\n".join(run.decode("cp1252", "replace") for run in _RUN.findall(said[:65536])))
    yield from _salvaged(said, inside, budget, depth)
    yield FilePiece(inside, picture=True)


def _beside_pixels(content: bytes) -> Iterator[bytes]:
    """The parts of a PNG without its pixels, which are packed and look like text by chance; all of a damaged one."""
    at = len(_PNG)
    while at + 8 <= len(content):
        length, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        if not kind.isalpha() or at + 12 + length > len(content):
            yield content[at:]
            return
        if kind != b"IDAT":
            said = content[at + 8 : at + 8 + length]
            yield kind + said
            if kind in (b"zTXt", b"iTXt"):
                yield _grown(said)
        at += 12 + length
    yield content[at:]


def _grown(said: bytes) -> bytes:
    """The packed words of a picture's note, which stand behind its title; nothing where it has none."""
    packed = re.search(rb"\x78[\x01\x5e\x9c\xda].*", said, re.DOTALL)
    try:
        return zlib.decompressobj().decompress(packed[0], 1 << 16) if packed else b""
    except zlib.error:
        return b""


def _join(inside: str, part: str) -> str:
    return f"{inside}, {part}" if inside else part
