"""What a scan could not look into is told in words, with what a person can do about it."""

import bz2
import gzip
import io
import lzma
import re
import zipfile

import pikepdf
import pytest

from seskit.formats import scanning, unopened


def pdf(**lock):
    made = io.BytesIO()
    with pikepdf.new() as file:
        file.add_blank_page()
        file.save(made, encryption=pikepdf.Encryption(**lock))
    return made.getvalue()


def compound(*streams):
    """The start of a file of the older Office programs, and its list of parts."""
    listed = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *streams))
    return unopened.COMPOUND.ljust(512, b"\0") + listed


def archive():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a.txt", "a sentence, " * 400)
    return made.getvalue()


def with_a_flag(content):
    """The archive as if it was locked."""
    return content.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")


def changed(content, at):
    return content[:at] + bytes([content[at] ^ 255]) + content[at + 1 :]


def owner_note(who):
    return bytes([len(who)]) + who.encode().ljust(54) + bytes([len(who), 0]) + who.ljust(54).encode("utf-16-le")


LOCKED_PDFS = [
    {"user": user, "owner": "o", "R": level, "aes": level >= 4, "metadata": level >= 4}
    for user in ("", "u")
    for level in (3, 4, 6)
]
CLOSED = {
    "locked.xlsx": (compound("EncryptedPackage", "EncryptionInfo"), "with the password and save a copy without one"),
    "old.xls": (compound("Workbook"), "save a copy as .docx, .xlsx or .pptx"),
    "old.doc": (compound("WordDocument"), "save a copy as .docx, .xlsx or .pptx"),
    "mail.msg": (compound("__properties_version1.0"), "save it in Outlook as text"),
    "Thumbs.db": (compound("256_0a"), "look through it yourself"),
    "~$roster.xlsx": (owner_note("Avery"), "close the file there and the note goes away"),
    "cut.zip": (archive()[:-30], "get it again from where it came from"),
    "locked.zip": (with_a_flag(archive()), "unpack it with the password"),
    "cut.gz": (gzip.compress(b"text " * 99)[:-12], "get it again from where it came from"),
    "cut.bz2": (bz2.compress(b"text " * 99)[:-12], "get it again from where it came from"),
    "changed.xz": (changed(lzma.compress(b"text " * 99), 40), "get it again from where it came from"),
    "cut.pdf": (pdf(user="", owner="o", R=6)[:60], "get it again from where it came from"),
    "some.bin": (bytes(range(30)), "look through it yourself"),
    "cut.json": (b'{"one": ', "get it again from where it came from"),
}


@pytest.mark.parametrize("name", CLOSED)
def test_a_file_that_stays_closed_says_what_to_do(tmp_path, name):
    """And never the name of an error."""
    content, says = CLOSED[name]
    (tmp_path / name).write_bytes(content)
    told = [leak.what for leak in scanning.scan(tmp_path).leaks]
    assert any(says in what for what in told), told
    assert not re.search(r"\w(?:Error|File|Exception)\b", " ".join(told))


@pytest.mark.parametrize("lock", LOCKED_PDFS, ids=str)
def test_a_pdf_that_is_encrypted_is_read_or_says_what_to_do(tmp_path, lock):
    """Whatever it is encrypted with, and whether or not it asks for a password."""
    (tmp_path / "paper.pdf").write_bytes(pdf(**lock))
    told = [leak.what for leak in scanning.scan(tmp_path).leaks]
    readable = not lock["user"] and not lock["aes"]
    assert told == ([] if readable else [f"a file that could not be looked into: {unopened.LOCKED_PDF}"])
