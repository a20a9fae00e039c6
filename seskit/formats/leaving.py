"""What leaves: nothing is written before the detector of personal data has passed over it.

`files.whole` calls `check` for every file. The names looked for are those of the agency whose result is written; where
the writer does not say whose it is, those of the rosters read last since a person turned to another agency's folder.
Files of the supplement and a corrected roster may hold them, and nothing else that is personal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from operator import is_
from pathlib import PurePath
from typing import Any

from seskit.formats.counts import number_of
from seskit.formats.personal_data import BIRTH, EMAIL, NAME, NOBODY, PHONE, SSN, Hit, Names, column_kind, found, kinds
from seskit.formats.refusals import FactError

#: How the files begin that may hold names: of executives rated below fully successful, and of a roster corrected.
WITH_NAMES = ("supplement", "roster.corrected", "roster.corrections")
#: Results that hold what the supplement says of each executive, by number.
_BY_NUMBER = ("forms.json", "package.json", "sent.json", "changes.", "decision_paper.json")
#: An agency's own files that hold people, by their names before the first dot, and how others of them begin.
_OF_PEOPLE = frozenset(
    {"roster", "last_year", "history", "pay", "pay_history", "steps", "actions", "moves", "probation", "element_levels", "people",
     "vacancy", "vacancies", "plan", "plans", "progress"}
)  # fmt: skip
#: Also how files with scores begin, and records of learners.
_ALSO_OF_PEOPLE = ("scores_", "record-of-completion", "record-so-far")
#: Digits of a telephone number, without its country.
_DIGITS = 10
_ROSTERS = 8  # of which the names are kept in mind, the last ones read
_TEXTS = {".html", ".svg", ".csv", ".json", ".ipynb", ".ics", ".md", ".yaml", ".yml", ".txt", ".xml", ".jsonl", ".tsv"}
_ZIPPED = {".xlsx", ".docx", ".pptx", ".zip"}
_MARKED = re.compile(r"<[/!a-zA-Z]")
#: Every branch begins with a letter of its own, so that the search goes from one such letter to the next.
_EMBEDDED = re.compile(r"base64,[A-Za-z0-9+/=\s]+|d(?<![\w-]d)=\"[^\"]*\"|<style\b.*?</style>", re.DOTALL)
Kept = tuple[str, str]  # the kind, and where


def may_hold_names(name: str) -> bool:
    """Whether a file is one that may hold names of people, by its own name."""
    return name.startswith(WITH_NAMES)


class Withheld(FactError):
    """A file that was not written because of what it would show; the message says the kind and the place."""

    def __init__(self, file: str, hits: Sequence[Kept]) -> None:
        """Say what was found where, and nothing of the value."""
        kind, where = hits[0]
        more = f" {number_of(len(hits) - 1, 'more place')} to look at." if len(hits) > 1 else ""
        super().__init__(
            f"{file} was not written: {where} would hold {kind}.{more} "
            "Find it in the agency's own files, remove it there, and run this again."
        )
        self.file, self.hits = file, tuple(hits)


_names: dict[str, tuple[str, ...]] = {}
#: The same made ready to be looked for, with what it was made of.
_everybody: list[tuple[tuple[tuple[str, ...], ...], Names]] = []
#: Of whom a result that is being written tells; the innermost counts.
_told_of: list[tuple[str, ...]] = []
_allowed: list[str] = []
_passed: dict[str, bool] = {}
_KEPT = 500
_sources: dict[str, tuple[Kept, ...]] = {}


def always_closed(name: str) -> bool:
    """Whether a file of this name is a result that only its owner may read."""
    return name.startswith((*WITH_NAMES, *_BY_NUMBER))


def holds_people(name: str) -> bool:
    """Whether a new file of this name begins as its owner's alone; one that replaces another is as open as that one was."""
    return always_closed(name) or name.startswith(_ALSO_OF_PEOPLE) or name.partition(".")[0] in _OF_PEOPLE


def remember(place: object, names: Iterable[str | None]) -> None:
    """Keep the names of a roster in mind, so that they are found in whatever is written after it was read."""
    given = tuple(name for name in names if name)
    if not remembers(given):
        _passed.clear()
    _names.pop(str(place), None)
    _names[str(place)] = given
    while len(_names) > _ROSTERS:
        _names.pop(next(iter(_names)))


def turn_to(folder: PurePath) -> None:
    """Forget the rosters of other folders: what is written from now on tells of this one."""
    for place in [place for place in _names if not PurePath(place).is_relative_to(folder)]:
        _names.pop(place)


@contextmanager
def telling_of(names: Iterable[str | None] | None) -> Iterator[None]:
    """Look for these names, and those of no other agency, in what is written meanwhile; None leaves it open whose they are."""
    if names is None:
        yield
        return
    given = tuple(name for name in names if name)
    _told_of.append(given)
    try:
        yield
    finally:
        _told_of.remove(given)


def people() -> Names:
    """The names to be looked for: of whom a result tells, or of the rosters read last."""
    given = (_told_of[-1],) if _told_of else tuple(_names.values())
    if not _everybody or len(given) != len(_everybody[0][0]) or not all(map(is_, given, _everybody[0][0])):
        _everybody[:] = [(given, Names(name for names in given for name in names))]
    return _everybody[0][1]


@contextmanager
def allowing(*texts: object) -> Iterator[None]:
    """Let these very texts leave: an office's own telephone number on an invitation, the name of who signs a request.

    What is in them may be set in another line or form of writing. A Social Security number or a day of birth never leaves.
    """
    given = [str(text) for text in texts if text and not set(kinds(str(text))) & {SSN, BIRTH}]
    _allowed.extend(given)
    try:
        yield
    finally:
        for text in given:
            _allowed.remove(text)


def check(name: str, content: bytes) -> None:
    """Refuse to let a file leave that holds personal data. Raises Withheld with the kind and the place."""
    if hits := inspect(name, content, people()):
        raise Withheld(_safe(name), hits)
    if not _told_of or remembers(_told_of[-1], exactly=True):
        _passed[digest(content)] = may_hold_names(name)
    while len(_passed) > _KEPT:
        _passed.pop(next(iter(_passed)))


def has_passed(content: str, name: str) -> bool:
    """Whether a file of that SHA-256 was looked over as it was written by this process, with the names of a roster."""
    return _passed.get(content) is may_hold_names(PurePath(name).name)


def remembers(names: Iterable[str], *, exactly: bool = False) -> bool:
    """Whether these names are among those of the rosters read last, or `exactly` those."""
    known = {name for known in _names.values() for name in known}
    return known == set(names) if exactly else known.issuperset(names)


def _safe(name: str) -> str:
    return "A file" if found(name, people()) else name


def inspect(name: str, content: bytes, names: Names) -> list[Kept]:
    """What a file would show that is personal, by kind and place; its name is looked at, too."""
    names = NOBODY if may_hold_names(PurePath(name).name) else names
    hits = [(hit.kind, "its name") for hit in found(PurePath(name).stem, names)]
    known = _sources.get(digest(content))
    if known is not None:
        return hits + [hit for hit in known if hit[0] != NAME or names]
    for where, text in _readable(PurePath(name), content):
        for hit in _not_allowed(text, names):
            hits.append((hit.kind, where or f"line {text.count(chr(10), 0, hit.start) + 1}"))
    if PurePath(name).suffix == ".csv":
        hits += _by_heading(content)
    return list(dict.fromkeys(hits))


def typeset(content: bytes, texts: Iterable[str]) -> bytes:
    """Note what the text of a document holds that was just made of it, so that its pages need not be read again."""
    hits = [(hit.kind, "its text") for text in texts for hit in _not_allowed(_as_read(text), people())]
    while len(_sources) > _KEPT:
        _sources.pop(next(iter(_sources)))
    _sources[digest(content)] = tuple(dict.fromkeys(hits))
    return content


def _as_read(text: str) -> str:
    """A source as it will be read: the texts of JSON data, or marked text without the signs that keep it plain."""
    import json

    if text.startswith("{"):
        return "\n".join(_shown(json.loads(text)))
    return re.sub(r"-{2,3}", "-", re.sub(r"\\([^\w\s])", r"\1", text))


def digest(content: bytes) -> str:
    """What a file holds, by its SHA-256."""
    from hashlib import sha256

    return sha256(content).hexdigest()


def _not_allowed(text: str, names: Names) -> list[Hit]:
    """What a text holds that is personal, but for what may leave."""
    left = _without_allowed(text)
    hits = found(left, names)
    if not hits or not _allowed:
        return hits
    allowed = {(hit.kind, _value(hit, said)) for said in _allowed for hit in found(said, names)}
    return [hit for hit in hits if (hit.kind, _value(hit, left)) not in allowed]


def _value(hit: Hit, text: str) -> str:
    """What was found, however it is written: the digits of a telephone number, the letters of all else."""
    said = text[hit.start : hit.end]
    if hit.kind == PHONE:
        return re.sub(r"\D", "", said)[-_DIGITS:]
    return re.sub(r"\s+" if hit.kind == EMAIL else r"\W+", "", said).lower()


def _without_allowed(text: str) -> str:
    if not _allowed:
        return text
    import html
    import json

    for allowed in sorted(_allowed, key=len, reverse=True):
        in_calendar = allowed.replace(",", "\\,").replace(";", "\\;")
        for form in {allowed, html.escape(allowed), json.dumps(allowed)[1:-1], in_calendar}:
            text = text.replace(form, "")
    return text


def _readable(name: PurePath, content: bytes) -> Iterator[tuple[str, str]]:
    """The text of a file with its place; no place where lines can be counted."""
    suffix = name.suffix.lower()
    if suffix in _TEXTS:
        text = content.decode("utf-8", "replace")
        if suffix == ".ics":
            text = re.sub(r"\r?\n[ \t]", "", text)
        if suffix == ".json" and "\\" in text:
            yield from _text(text, notebook=True)
        yield from _text(text, notebook=suffix == ".ipynb")
    elif suffix in _ZIPPED and _is_zip(content):
        yield from _parts(content)
    else:
        from seskit.formats import contents

        for piece in contents.pieces(name.name, content):
            if piece.text or piece.grid:
                yield piece.inside or "it", piece.text
                yield piece.inside or "it", "\n".join("\n".join(row) for row in piece.grid)


def _text(text: str, *, notebook: bool) -> Iterator[tuple[str, str]]:
    import html
    import json

    from seskit.formats import grids

    if notebook:
        try:
            text = "\n".join(_shown(json.loads(text)))
        except ValueError:
            yield "", text
            return
    text = _EMBEDDED.sub("", text)
    yield "", text
    if _MARKED.search(text):
        yield "its text", html.unescape(grids.without_tags(text))


def _shown(tree: Any) -> Iterator[str]:
    """Every text of a notebook; pictures are left out."""
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        for name, value in tree.items():
            if not name.startswith("image/") or name == "image/svg+xml":
                yield from _shown(value)
    elif isinstance(tree, list):
        if tree and all(isinstance(item, str) for item in tree):
            yield "".join(tree)
        else:
            for item in tree:
                yield from _shown(item)


def _is_zip(content: bytes) -> bool:
    from zipfile import is_zipfile

    return is_zipfile(BytesIO(content))


def _parts(content: bytes) -> Iterator[tuple[str, str]]:
    import html
    from zipfile import ZipFile

    from seskit.formats import grids

    with ZipFile(BytesIO(content)) as archive:
        for part in archive.infolist():
            yield "the name of a part", part.filename
            if part.filename.endswith((".xml", ".rels", ".vml")):
                text = archive.read(part).decode("utf-8", "replace")
                yield part.filename, html.unescape(grids.without_tags(text))
                if "descr=" in text or "title=" in text:
                    yield part.filename, "\n".join(re.findall(r"(?:descr|title|name)=\"([^\"]*)\"", text))
            elif not part.is_dir() and not part.filename.endswith((".png", ".jpeg", ".jpg", ".ttf")):
                data = archive.read(part)
                if digest(data) in _passed:
                    continue
                yield from (
                    (f"{part.filename}, {where}", text) for where, text in _readable(PurePath(part.filename), data)
                )


def _by_heading(content: bytes) -> Iterator[Kept]:
    """A column that is named for something personal and has a value in it."""
    from seskit.formats import grids

    rows = grids.of_csv(content.decode("utf-8", "replace"))
    for number, heading in enumerate(rows[:1], 1):
        for place, cell in enumerate(heading):
            kind = column_kind(cell)
            if kind and any(len(row) > place and row[place].strip() for row in rows[number:]):
                yield kind, "a column"
