"""An agency kept from one session of the served walks to the next: its files as one archive to download, and back from it."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from seskit.desk.opener import places
from seskit.desk.opener.on_request import FilesOffered, FilesOnRequest
from seskit.desk.opener.state import in_a_sentence
from seskit.desk.widgets.uploading import take_file
from seskit.formats import files
from seskit.formats.archives import packed_folder, unpacked_folder
from seskit.formats.characters import file_name
from seskit.formats.counts import number_of
from seskit.formats.refusals import FactError
from seskit.record import sent
from seskit.record.agency import FILE
from seskit.record.agency_folder import AgencyFolder

if TYPE_CHECKING:
    from seskit.desk.opener.front import Front

KEEP = "To keep this agency, open 'Choose another agency' and download its files as one archive."
_NOTE = (
    "One ZIP archive with every file in the agency's folder and the copies of what is noted as sent to OPM, including names. The "
    "button makes it. It does not include other finished files: download those from the pages that show them."
)
_MOST_NAMED = 8
_BRING = "Bring back an agency (ZIP)"


def entries(front: Front) -> list[Any]:
    """What makes an archive of the agency on the screen, and what brings one back; nothing where files stay."""
    if not places.session():
        return []
    bring = take_file(_BRING, [".zip"], lambda name, content: _bring(front, name, content))
    if places.stays(front.desk.folder):
        return [bring]
    offer = FilesOffered("Make the archive", lambda: kept(front.desk.folder))
    keep = FilesOnRequest(f"Keep {places.title(front.desk.folder)}", offer, note=_NOTE)
    if said := outdated(front.desk.folder):
        keep.show_earlier([], f"{said}: make it again.")
    elif (made := _place(front.desk.folder)).is_file():
        keep.show_earlier([made], "The archive as it was made last; nothing has changed since.")
    return [keep, bring]


def kept(folder: Path) -> tuple[list[Path], list[str]]:
    """The archive of an agency's folder as it is now, and what to do with it."""
    place = _place(folder)
    place.parent.mkdir(mode=0o700, exist_ok=True)
    files.private(place, packed_folder(folder, _packages(folder)))
    return [place], [
        f"Download it and keep it where only you can read it. Next time, press 'Choose another agency', then '{_BRING}'."
    ]


def outdated(folder: Path) -> str:
    """What to say of an archive that was made before something in it changed; empty where it is as it should be, or is none."""
    place = _place(folder)
    if places.stays(folder) or not place.is_file() or place.read_bytes() == packed_folder(folder, _packages(folder)):
        return ""
    return "The archive was made before the last change and does not hold it"


def _place(folder: Path) -> Path:
    """Where the archive is: called by the agency's code, too, since several agencies may have a folder '2022'."""
    return places.beside_notebooks().parent / "kept" / f"{_with_code(folder.name, folder)}.zip"


def _with_code(name: str, folder: Path) -> str:
    """The name, after the code of the agency in a folder where that is not in it."""
    agency = AgencyFolder(folder).agency
    code = agency.code if agency else ""
    return file_name(name if code.casefold() in name.casefold() else f"{code}_{name}")


def _packages(folder: Path) -> list[Path]:
    """The packages of the agency's reports that are with the finished files; those in its folder are packed with it."""
    finished = places.finished("report", folder)
    return [one for one in sent.places(finished) if sent.place(folder, finished, one.name) == one]


def brought_back(name: str, content: bytes) -> Path:
    """The folder of an agency written from its archive; raises FactError, and writes nothing, where it is none."""
    called, inside = _of_one_agency(Path(name).name, *unpacked_folder(Path(name).name, content))
    folder = places.beside_notebooks() / file_name(called)
    folder.parent.mkdir(mode=0o700, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=".") as place:
        whole = Path(place) / folder.name
        for path, held in inside.items():
            (whole / path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            files.private(whole / path, held)
        if _of_another(whole, folder):
            folder = folder.with_name(_with_code(called, whole))
        if folder.exists():
            raise FactError(
                f"There is an agency in '{folder.name}' already; nothing was written. Choose it in the list above. To work with "
                "the archive in its place, keep this one first, then close the desk and start it anew."
            )
        whole.rename(folder)
    return folder


def _of_another(one: Path, other: Path) -> bool:
    """Whether two folders are of two agencies, each with a code of its own."""
    codes = {agency.code.casefold() if (agency := AgencyFolder(folder).agency) else "" for folder in (one, other)}
    return len(codes) == 2 and "" not in codes


def _of_one_agency(name: str, called: str, inside: dict[str, bytes]) -> tuple[str, dict[str, bytes]]:
    """The folder of the one agency in an archive, further down where it was packed again with a folder around it."""
    if FILE in inside:
        return called, inside
    found = sorted(place.parent for place in map(PurePosixPath, inside) if place.name == FILE)
    if not found:
        raise FactError(f"'{name}' has no {FILE}. Choose an archive that was made with 'Make the archive'.")
    if len(found) > 1:
        named = ", ".join(str(one) for one in found[:_MOST_NAMED])
        many = number_of(len(found), "agency", "agencies")
        raise FactError(f"'{name}' holds {many} ({named}). Unpack it, and bring an archive of one of them.")
    (top,) = found
    start = f"{top}/"
    return top.name, {place[len(start) :]: held for place, held in inside.items() if place.startswith(start)}


def _bring(front: Front, name: str, content: bytes) -> None:
    try:
        folder = brought_back(name, content)
    except (FactError, OSError) as failure:
        front.refuse(in_a_sentence(failure))
        return
    front.choose(folder)
