"""A notice to one executive: Word to edit and a tagged PDF to hand over, each in a file of its own that its owner alone opens."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from seskit.formats.characters import file_name
from seskit.formats.choice import chosen
from seskit.formats.documents import Document, bullets, escaped, table
from seskit.work.closeout.notices import FORMATS, Notice, Notices, Said

#: Files that begin so may hold names; the others are looked through for them.
STEM = "supplement_notice"
_LINE = "______________________________"
_PERSONAL = "This notice holds a name. Personnel record: for the executive and for those who sign."


def write(found: Notices, folder: Path, formats: tuple[str, ...]) -> list[Path]:
    """Write every notice; a second one of the same kind to the same executive is numbered."""
    wanted = [name for name in chosen(formats, FORMATS) if name in FORMATS] if formats else []
    folder.mkdir(parents=True, exist_ok=True)
    agency = found.closeout.sheet.agency.name
    written: list[Path] = []
    taken: dict[str, int] = {}
    for one in found.listed:
        stem = _stem(one)
        taken[stem] = taken.get(stem, 0) + 1
        numbered = stem if taken[stem] == 1 else f"{stem}_{taken[stem]}"
        written += document(one, agency).write(folder, numbered, wanted)
    return written


def _stem(one: Notice) -> str:
    kind = "_".join(word for word in one.kind.split() if word not in ("a", "from", "of", "the"))
    return f"{STEM}_{kind.lower()}_{file_name(one.person.person_id or '')}"


def document(one: Notice, agency: str) -> Document:
    """The notice as a document; a draft, with what is open in front, until nothing is."""
    name = one.person.name or f"executive {one.person.person_id}"
    parts = [
        escaped(agency),
        f"Date: {_LINE}",
        f"To: **{escaped(name)}**, number {escaped(one.person.person_id or '')}"
        + (f", {escaped(one.person.component)}" if one.person.component else ""),
        f"Subject: **{escaped(one.title)}**",
        *(("# Before this is signed", _listed([(text, "") for text in one.open])) if one.open else ()),
        table("In short", ("What", "Value"), one.facts),
        *(f"{escaped(text)} {escaped(f'({law})')}" for text, law in one.says),
        *(("# Your rights", _listed(one.rights)) if one.rights else ()),
        "# Signatures",
        table("To be signed", ("Who", "Signature", "Date"), _signatures(one)),
        *((f"Answer of the executive (mark one): {escaped(one.answer)}",) if one.answer else ()),
    ]
    return Document(one.title, "\n\n".join(parts) + "\n", subject=agency, draft=bool(one.open), holds=_PERSONAL)


def _listed(said: Sequence[Said]) -> str:
    return bullets(f"{text} ({law})" if law else text for text, law in said)


def _signatures(one: Notice) -> list[tuple[str, str, str]]:
    signer = one.signer[0].upper() + one.signer[1:]
    return [(signer, "_" * 22, "_" * 12), ("Executive, received", "_" * 22, "_" * 12)]
