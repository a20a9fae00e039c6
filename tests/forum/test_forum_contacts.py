"""A contact that is meant to be printed is printed; what is personal elsewhere is named where it stands, and nothing is written."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from seskit.formats import contents, leaving
from seskit.formats.refusals import FactError
from seskit.forum import config
from seskit.forum.build import build, resolve
from seskit.forum.place import KitError
from tests.own_forum import PLAIN
from tests.places import TRAINING

PHONE, MAILBOX = "202-555-0148", "access-office@rivers.example"
CONTACT = f"Executive resources office of the Agency for Rivers and Harbors of the Middle West, Telephone: {PHONE}"
ACCOMMODATION = (
    f"Accommodation office of the Agency for Rivers and Harbors, {MAILBOX} or (202) 555-0149, by email first"
)
WITH_CONTACTS = PLAIN.replace("contact: Pat in room 5\nacc", f'contact: "{CONTACT}"\nacc').replace(
    "accommodation_contact: Pat in room 5", f'accommodation_contact: "{ACCOMMODATION}"'
)
SSN = "-".join(("219", "09", "9999"))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A forum with contacts of its own, beside a copy of the sources."""
    folder = Path(shutil.copytree(TRAINING, tmp_path / "training")) / "own"
    folder.mkdir()
    (folder / config.NAME).write_text(WITH_CONTACTS, encoding="utf-8")
    return folder


def _text(file: Path) -> str:
    if file.suffix == ".ics":
        return re.sub(r"\r?\n ", "", file.read_text(encoding="utf-8"))
    pieces = contents.pieces(file.name, file.read_bytes())
    return " ".join("\n".join([piece.text, *(" ".join(row) for row in piece.grid)]) for piece in pieces)


def test_the_contacts_of_a_forum_are_printed(own: Path, tmp_path: Path) -> None:
    _, files = build(own, tmp_path / "out")
    for name in ("agenda.html", "agenda.pdf"):
        text = " ".join(_text(tmp_path / "out" / name).split())
        assert [one for one in (PHONE, MAILBOX, "555-0149") if one not in re.sub(r"(?<=-) ", "", text)] == [], name
    assert {file.name for file in (tmp_path / "out").iterdir()} == {file.name for file in files} | {
        "record.json", "written.json",
    }  # fmt: skip
    with zipfile.ZipFile(io.BytesIO((tmp_path / "out" / "own-participants.zip").read_bytes())) as zipped:
        assert "own-participants/agenda.html" in zipped.namelist()


@pytest.mark.parametrize(("old", "new", "line", "told"), [
    ("place: Hall A", "place: Hall A, 202-555-0177", 5, "'place' holds a telephone number"),
    ("title: Our half day", "title: Write to desk@rivers.example", 1, "'title' holds an e-mail address"),
    ("role: Chief}", 'presenters: ["Lee Poe, 202-555-0177"]}', 10, "'presenters' holds a telephone number"),
    ("role: Lead}", "role: desk@rivers.example}", 12, "'role' holds an e-mail address"),
    (PHONE, SSN, 6, "'contact' holds a number shaped like a Social Security number"),
    (PHONE, "date of birth 3/4/1961", 6, "'contact' holds a date of birth"),
])  # fmt: skip
def test_what_is_personal_elsewhere_is_named_with_line_and_entry(
    own: Path, tmp_path: Path, old: str, new: str, line: int, told: str
) -> None:
    file = own / config.NAME
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KitError) as failure:
        build(own, tmp_path / "out")
    assert f"own/forum.yaml, line {line}: {told}" in str(failure.value)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("source", ["sessions/model_plan.md", "papers/evaluation.md"])
def test_what_is_personal_in_a_source_is_named_with_its_line(own: Path, source: str) -> None:
    file = own.parent / source
    lines = [*file.read_text(encoding="utf-8").splitlines(), "", "Call 202-555-0177."]
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(KitError, match=rf"{source}, line {len(lines)}: the line holds a telephone number"):
        resolve(config.read(own))


def test_a_build_that_is_refused_leaves_the_folder_as_it_was(own: Path, tmp_path: Path) -> None:
    """The name of an executive whose roster was read stands in a talk, where no entry of the forum is to blame."""
    build(own, tmp_path / "out")
    before = {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()}
    file = own.parent / "sessions" / "model_plan.md"
    file.write_text(
        file.read_text(encoding="utf-8").replace("::: notes\n", "::: notes\nAsk Ottilie Vandermark. ", 1), "utf-8"
    )
    leaving.remember("a roster", ["Vandermark, Ottilie"])
    try:
        with pytest.raises(leaving.Withheld):
            build(own, tmp_path / "out")
        with pytest.raises(leaving.Withheld):
            build(own, tmp_path / "new")
    finally:
        leaving.remember("a roster", [])
    assert {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()} == before
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(("shown", "leaves"), [
    (PHONE, True), ("1 (202) 555-0148", True), ("202.555.0148", True), (MAILBOX.upper(), True), ("202-555-0147", False),
    ("212-555-0148", False), ("office@rivers.example", False), (f"{PHONE} or 202-555-0147", False),
])  # fmt: skip
def test_only_what_was_declared_leaves(shown: str, leaves: bool) -> None:
    with leaving.allowing(CONTACT, ACCOMMODATION):
        if leaves:
            leaving.check("page.html", f"<p>{shown}</p>".encode())
        else:
            with pytest.raises(FactError, match="was not written"):
                leaving.check("page.html", f"<p>{shown}</p>".encode())


def test_a_social_security_number_never_leaves() -> None:
    with leaving.allowing(f"Office, {SSN}"), pytest.raises(FactError, match="Social Security"):
        leaving.check("page.html", f"<p>Office, {SSN}</p>".encode())
