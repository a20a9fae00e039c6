"""Finished files as links; one without a link says how to come to it."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from seskit.desk.handing import downloads, ways
from seskit.desk.opener import places

#: The largest file that has a link, in bytes.
MOST = 8_000_000


def said(markup: object) -> str:
    return unescape(re.sub(r"<[^>]*>", "", str(markup)))


def of_size(folder: Path, size: int, name: str = "data_book.xlsx") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    with path.open("wb") as file:
        file.truncate(size)
    return path


@pytest.mark.parametrize(("size", "linked"), [(MOST, True), (MOST + 1, False)])
def test_a_file_has_a_link_up_to_eight_megabytes(tmp_path: Path, size: int, *, linked: bool) -> None:
    """At the limit a link; a byte more, and its name, its size and the way to its folder stand there instead."""
    told = str(ways(of_size(tmp_path, size)))
    assert ("href=" in told) is linked
    if not linked:
        assert (
            f"data_book.xlsx has 8.0 MB, too much for a link. Open your file manager, paste {tmp_path.resolve()} into"
            in said(told)
        )


def test_several_files_are_linked_or_lead_to_their_folder(tmp_path: Path) -> None:
    """Each as it is: a link, the way to the folder, the word that it is empty."""
    files = [of_size(tmp_path, 3, "one.csv"), of_size(tmp_path, 12_340_000), of_size(tmp_path, 0, "none.csv")]
    told = str(downloads(files))
    assert re.findall(r"download='([^']*)'", told) == ["one.csv"]
    for words in ("data_book.xlsx has 12.3 MB, too much for a link.", "none.csv is empty."):
        assert words in said(told)
    assert said(told).count(str(tmp_path.resolve())) == 2


def test_a_file_of_a_folder_that_is_deleted_is_to_be_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A desk that is served deletes its private folder; what is outside of it stays."""
    monkeypatch.setenv(places.SESSION, str(tmp_path / "private"))
    kept, lost = (said(ways(of_size(tmp_path / folder, MOST + 1))) for folder in ("mine", "private/out"))
    assert "deleted" not in kept
    assert lost.endswith("Copy it to a folder of your own: this one is deleted when the desk is closed.")


def test_a_file_that_is_gone_says_so(tmp_path: Path) -> None:
    """No error where a file was taken away since it was written."""
    assert said(ways(tmp_path / "gone.pdf")).startswith("gone.pdf cannot be read from here. Open your file manager")
