"""An agency kept from one session of the served walks to the next: its files as one archive to download, and back from it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from seskit.desk.opener import pieces, places
from seskit.desk.opener.on_request import FilesOffered, FilesOnRequest
from seskit.desk.opener.state import in_a_sentence
from seskit.formats import files
from seskit.formats.archives import packed_folder, unpacked_folder
from seskit.formats.characters import file_name
from seskit.formats.refusals import FactError
from seskit.record.agency import FILE

if TYPE_CHECKING:
    from seskit.desk.opener.front import Front

KEEP = "To keep this agency, open 'Choose another agency' and download its files as one archive."
_NOTE = (
    "One ZIP archive with every file in the agency's folder, including names. The button makes it. It does not include finished "
    "files or the list of what was sent: download those from the pages that show them."
)
_BRING = "Bring back an agency (ZIP)"


def entries(front: Front) -> list[Any]:
    """What makes an archive of the agency on the screen, and what brings one back; nothing where files stay."""
    if not places.session():
        return []
    bring = pieces.upload(_BRING, [".zip"], lambda name, content: _bring(front, name, content))
    if places.stays(front.desk.folder):
        return [bring]
    offer = FilesOffered("Make the archive", lambda: kept(front.desk.folder))
    return [FilesOnRequest(f"Keep {places.name(front.desk.folder)}", offer, note=_NOTE), bring]


def kept(folder: Path) -> tuple[list[Path], list[str]]:
    """The archive of an agency's folder as it is now, and what to do with it."""
    place = places.beside_notebooks().parent / "kept" / f"{file_name(folder.name)}.zip"
    place.parent.mkdir(mode=0o700, exist_ok=True)
    files.private(place, packed_folder(folder))
    return [place], [
        f"Download it and keep it where only you can read it. Next time, press 'Choose another agency', then '{_BRING}'."
    ]


def brought_back(name: str, content: bytes) -> Path:
    """The folder of an agency written from its archive; raises FactError, and writes nothing, where it is none."""
    called, inside = unpacked_folder(Path(name).name, content)
    if FILE not in inside:
        raise FactError(f"'{Path(name).name}' has no {FILE}. Choose an archive that was made with 'Make the archive'.")
    folder = places.beside_notebooks() / file_name(called)
    if folder.exists():
        raise FactError(f"There is an agency in '{folder.name}' already; nothing was written.")
    folder.parent.mkdir(mode=0o700, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=".") as place:
        whole = Path(place) / folder.name
        for path, held in inside.items():
            (whole / path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            files.private(whole / path, held)
        whole.rename(folder)
    return folder


def _bring(front: Front, name: str, content: bytes) -> None:
    try:
        folder = brought_back(name, content)
    except (FactError, OSError) as failure:
        front.refuse(in_a_sentence(failure))
        return
    front.choose(folder)
