"""The package that is sent to OPM, on the page: made with who prepared and reviewed it, noted as sent, listed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import ipywidgets

from seskit.desk.handing import downloads
from seskit.desk.opener import agency_archive, pieces, places
from seskit.desk.opener.on_request import FilesOffered, FilesOnRequest
from seskit.desk.widgets import typed
from seskit.formats.counts import number_of
from seskit.formats.days import long_date
from seskit.formats.markup import Markup, element, together
from seskit.formats.refusals import FactError
from seskit.formats.tables import Table, text_rows
from seskit.paper.report import sending
from seskit.paper.report.letter import Signed
from seskit.record import sent as register
from seskit.work.report.amendments import since
from seskit.work.report.package import ReportPackage

_TITLE = "The package to send to OPM"
_PARTS = "Clean forms, cover letter and sign-off sheet; the Supplementary form holds names."
_NOTE = "Note the day. A copy of every file is kept; what changes later is a numbered amendment."
NOT_KEPT = (
    "What is noted here is deleted when the desk is closed. To keep it for an amendment, note the day first, then make the "
    "archive under Choose another agency."
)
_NONE = "Nothing is noted as sent."


def listed(place: Path) -> Table:
    """What is noted as sent, and whether the kept copies are still what was sent."""
    rows = [(one.title, one.fiscal_year, one.on, ", ".join(one.files)) for one in register.sent(place)]
    header = ("What", "Fiscal year", "Sent on", "Files")
    return Table("What was sent", header, text_rows(rows), _NONE, (*sending.corrected(place), *sending.altered(place)))


def _sent(place: Path) -> Markup:
    """The same with the kept copies to be downloaded."""
    kept = (
        element("details", element("summary", f"Download what was sent on {long_date(typed.a_day(one.on))}: {one.title}"),
                downloads(place / register.KEPT / str(one.number) / name for name in one.files))
        for one in register.sent(place)
    )  # fmt: skip
    return together(listed(place).to_html(), *kept)


class PackageToSend(ipywidgets.VBox):  # type: ignore[misc]
    """Entries for the letter, a button that makes the package, and one that notes the day it was sent."""

    def __init__(self, report: ReportPackage, place: Path, folder: Path | None = None) -> None:
        self._report, self._place, self._folder = report, place, folder
        self.preparer = pieces.text("Prepared by", "As printed on letter and sign-off sheet.")
        self.reviewer = pieces.text("Reviewed by", "As printed on the sign-off sheet.")
        self.to = pieces.text("Office at OPM", "To which the letter is addressed.")
        self.on = pieces.text("Day of the letter", "Empty: left to be written in.")
        self.sent_on = pieces.text("Sent on")
        self.why = pieces.text("Why, if another day was noted", "Only to correct a day that is noted already.")
        self.which = pieces.chosen("Which one to correct", [("The one sent last", "")])
        letter = (self.preparer, self.reviewer, self.to, self.on)
        self.making = FilesOnRequest(_TITLE, FilesOffered("Make the package", self._make), note=_PARTS, entries=letter)
        noted = FilesOffered("Note it as sent", self._note_sent)
        note = _NOTE if places.stays(place) else f"{_NOTE} {NOT_KEPT}"
        self.noting = FilesOnRequest("Once it is sent", noted, note=note, entries=(self.sent_on, self.why, self.which))
        self._show_made()
        self._listed = ipywidgets.HTML()
        self._listed.add_class("seskit-shown")
        self._list()
        super().__init__([self.making, self.noting, self._listed])
        self.add_class("seskit-panel")

    def _list(self) -> None:
        """What was sent, and which day may be corrected; there is nothing to choose while one was sent at most."""
        self._listed.value = _sent(self._place)
        before = register.sent(self._place)[:-1]
        earlier = [(f"{one.title}, {long_date(typed.a_day(one.on))}", str(one.number)) for one in before]
        self.which.options = [("The one sent last", ""), *earlier]
        self.which.layout.display = "" if earlier else "none"

    def _show_made(self) -> None:
        """The package made last stays to be downloaded; it says so where it is not of the roster as it is now."""
        package = register.made(self._place)
        there = [self._place / register.SEND / name for name in package.files] if package else []
        if package and (there := [path for path in there if path.is_file()]):
            later = since(package, self._report)
            differ = number_of(len(later), "value has", "values have")
            of = (
                f"before the correction: {differ} changed since. Make it again to have them in it"
                if later
                else "made last"
            )
            self.making.show_earlier(there, f"{package.title} of fiscal year {package.fiscal_year}, as it was {of}.")

    def take_over(self, former: PackageToSend) -> None:
        """What was entered before a correction, or before this was put away; of another report nothing."""
        if former._place == self._place:
            for name in ("preparer", "reviewer", "to", "on", "sent_on", "why", "which"):
                getattr(self, name).value = getattr(former, name).value

    def _make(self) -> tuple[Sequence[Path], Sequence[str]]:
        if not self._report.final:
            many = number_of(len(self._report.blocking), "problem stands", "problems stand")
            raise FactError(f"The forms are a draft: {many} in the way, listed above.")
        on = typed.a_day(self.on.value) if self.on.value.strip() else None
        made = sending.make(
            self._report, self._place, Signed(self.preparer.value, self.reviewer.value, on, self.to.value)
        )
        self.noting.forget()  # that there was no package, or that another was noted, is so no longer
        if made is None:
            return (), ["Nothing changed since the last package was sent: there is nothing to amend."]
        said = [f"{made.package.title} of fiscal year {made.package.fiscal_year} is made."]
        if made.last:
            differ = number_of(len(made.changes), "value differs", "values differ")
            said.append(f"{differ} from what was sent on {made.last.on}; the list of changes names each.")
        return made.written, said

    def _note_sent(self) -> tuple[Sequence[Path], Sequence[str]]:
        package = register.made(self._place)
        if package is None:
            raise FactError("There is no package yet: make it first.")
        if not self.sent_on.value.strip():
            raise FactError("Write the day on which it was sent.")
        day = typed.a_day(self.sent_on.value)
        why = self.why.value.strip()
        number = int(self.which.value) if self.which.value else None
        if number and not why:
            raise FactError("Say why another day was noted, or choose the one sent last.")
        noted, said = sending.correct_day(self._place, day, why, number) if why else sending.mark_sent(self._place, day)
        self._list()
        self.on.value = self.sent_on.value = self.why.value = ""  # an amendment has days of its own
        done = f"{noted.title} is noted as sent on {long_date(typed.a_day(noted.on))}: {number_of(len(noted.files), 'file')} kept."
        if later := since(package, self._report):
            differ = number_of(len(later), "value has", "values have")
            said.append(f"{differ} changed since it was made; what was sent is kept as it was made.")
        if self._folder and (of_archive := agency_archive.outdated(self._folder)):
            said.append(f"{of_archive}: make it again under Choose another agency.")
        return (), [done, *said]
