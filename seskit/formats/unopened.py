"""Why a file cannot be looked into, in words for a person, and what that person can do."""

from __future__ import annotations

#: How a file of the Office programs before 2007 begins, and whatever else is kept in the same kind of container.
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: How the note begins that Word and Excel keep beside a file while somebody has it open.
OWNER_NOTE = "~$"
LOOK = "open it and look through it yourself"
DAMAGED = f"it is damaged, or made in a way that cannot be read; get it again from where it came from, or {LOOK}"
JSON = f"it is damaged: not the JSON it should be; get it again from where it came from, or {LOOK}"
ARCHIVE = f"it is damaged: its list of contents cannot be read; get it again from where it came from, or {LOOK}"
LOCKED_PART = "it is locked by a password; unpack it with the password and look through what was in it"
LOCKED_PDF = (
    "it is a PDF that is encrypted or locked by a password; print it to a new PDF without protection, or " + LOOK
)
LOCKED_OFFICE = (
    "it is an Office file locked by a password; open it with the password and save a copy without one, or " + LOOK
)
OLD_OFFICE = "it is an Office file in the form used before 2007, read only in part; save a copy as .docx, .xlsx or .pptx without a password"
MESSAGE = "it is a message saved by Outlook, read only in part; save it in Outlook as text or as a web page, or look through it yourself"
OTHER_COMPOUND = f"it is a file of an older Windows program, read only in part; {LOOK}"
OPEN_NOW = (
    "it is a note that Word or Excel keeps while somebody has a file open, with that person's name; "
    "close the file there and the note goes away, or delete it if nobody has the file open"
)
TOO_LARGE = f"it is too large to be read; {LOOK}"
TOO_MUCH = f"it holds more than can be read; unpack it or divide it, or {LOOK}"
TOO_DEEP = "it is nested more than {} deep; unpack it and scan what was in it"
UNKNOWN = f"it is of a kind that cannot be read; {LOOK}"
PICTURES = "its pages are pictures; look at them yourself"
_STREAMS = (
    ("EncryptedPackage", LOCKED_OFFICE),
    ("WordDocument", OLD_OFFICE),
    ("Workbook", OLD_OFFICE),
    ("Book", OLD_OFFICE),
    ("PowerPoint Document", OLD_OFFICE),
    ("__properties_version1.0", MESSAGE),
)


class LockedError(Exception):
    """A file that cannot be opened without a password or a key."""


def of_compound(content: bytes) -> str:
    """Why a file in the container of the older Office programs cannot be looked into, by the names of its parts."""
    for name, why in _STREAMS:
        if name.encode("utf-16-le") + b"\0\0" in content:
            return why
    return OTHER_COMPOUND


def of_unknown(name: str) -> str:
    """Why a file of an unknown kind cannot be looked into, by its name."""
    return OPEN_NOW if name.startswith(OWNER_NOTE) else UNKNOWN
