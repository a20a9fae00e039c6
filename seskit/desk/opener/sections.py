"""What the opener's buttons show: another folder, a new agency, its roster, its settings. Each gets the front it serves."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import ipywidgets

from seskit.desk import correct
from seskit.desk.handing import download
from seskit.desk.opener import agency_archive, attention, brought, exported, holds, pieces, places
from seskit.desk.opener.make import ChangedAgency, NewAgency
from seskit.desk.widgets import FormPanel
from seskit.desk.widgets.look import status
from seskit.desk.widgets.uploading import take_file
from seskit.formats.days import days_in_words
from seskit.formats.markup import element, paragraph, together
from seskit.formats.refusals import FactError
from seskit.record.agency_entries import FORM as SETTINGS_FORM
from seskit.record.checked_yaml import ON_SCREEN
from seskit.record.forms.labels import in_labels
from seskit.record.roster import template

if TYPE_CHECKING:
    from seskit.desk.opener.front import Front
    from seskit.desk.opener.state import Walk

_ORDER = (
    "Your own first, the last used on top; then the invented samples, those that have something for this page first."
)


class OpenerSection(NamedTuple):
    """A button of the opener, and what it shows."""

    words: str
    make: Callable[[Front], Any]


def choose(front: Front) -> Any:
    """Another agency's folder: those used last first, the samples apart."""
    own = [(f"{one.name}, in {_short(one.folder)}", str(one.folder)) for one in places.own()]
    stem = front.desk.walk.stem
    samples = sorted(places.samples(), key=lambda one: not holds.suits(one.folder, stem))
    ours = [
        (f"Sample: {one.name} ({one.folder.name}): {holds.says(one.folder, stem)}", str(one.folder)) for one in samples
    ]
    options = [("choose", ""), *own, *ours]
    listed = pieces.chosen("Agency", options, "", _ORDER)
    typed = pieces.text("Or write where the folder is", "The whole path, as your file manager shows it.")

    def opened() -> None:
        if place := typed.value.strip().strip('"') or listed.value:
            front.choose(Path(place))
        else:
            front.refuse("Choose an agency from the list, or write where its folder is.")

    entries = [listed] if places.session() else [listed, typed]
    return pieces.section(*entries, pieces.button("Work with this agency", opened), *agency_archive.entries(front))


def make(front: Front) -> Any:
    """A new agency, by answering plain questions."""

    def made(folder: Path) -> None:
        front.choose(folder)
        front.show(ROSTER)
        front.lead_to(ROSTER)
        front.say(f"Made: {places.title(folder)}, in {folder.absolute()}. Next: its roster; bring it below.")

    return pieces.section(FormPanel(NewAgency(made)))


def next_year(front: Front) -> Any:
    """The next fiscal year, begun from the folder on the screen: what is taken over, and what is not, is said."""
    from seskit.work import next_year as years

    earlier = front.desk.folder
    if front.desk.is_sample:
        return pieces.refusal(places.sample_stays("begin its next year"))
    try:
        folder = earlier.parent / years.folder_name(earlier)
    except FactError as failure:
        return pieces.refusal(str(failure))

    def begun() -> None:
        try:
            made = years.begin(earlier, folder)
        except (FactError, OSError) as failure:
            front.refuse(str(failure))
            return
        front.choose(folder)
        said = together(*(paragraph(in_labels(days_in_words(sentence))) for sentence in made.says))
        front.show(OpenerSection(_NEXT, lambda _: pieces.section(ipywidgets.HTML(said))))
        front.say(
            f"Begun: {places.title(folder)}, in {folder.absolute()}. Below is what was carried over and what was not."
        )

    what = paragraph(
        "People, plans a year later, earlier ratings and, in the pay worksheet, rates and 12-month clocks are carried over; the "
        "roster's rates, ratings, awards, decision dates, board members, budgets, reasons and what was sent are not. This year's folder does not change."
    )
    kept = "" if places.stays(folder) else paragraph(agency_archive.KEEP)
    head = together(what, paragraph("The button makes the folder ", element("strong", folder.absolute()), "."), kept)
    return pieces.section(ipywidgets.HTML(head), pieces.button("Begin it", begun))


def roster(front: Front) -> Any:
    """The people: a file brought here, or named by its place."""
    blank = download(template.ROSTER, template.roster_workbook(), "Download a blank roster to fill in")
    what = paragraph("The roster is an Excel workbook or a CSV file with a row for each executive. ", blank, ".")
    if front.desk.is_sample:
        return pieces.section(ipywidgets.HTML(together(status(places.sample_stays("bring its roster")), what)))
    upload = take_file(
        "Choose a file", brought.KINDS, lambda name, content: front.bring(lambda at: brought.keep(at, name, content))
    )
    typed = pieces.text("Or write where the file is", "The whole path, with the file's name.")

    def pointed() -> None:
        front.bring(lambda folder: brought.point_to(folder, typed.value))

    there = element("strong", front.desk.folder.absolute())
    where = paragraph(f"It is kept in a private folder and deleted when the desk is closed. {agency_archive.KEEP}")
    if places.stays(front.desk.folder):
        where = paragraph("It is copied to ", there, ", readable by you alone. The previous roster is kept.")
    head = ipywidgets.HTML(together(what, where))
    if places.session():
        return pieces.section(head, upload)
    return pieces.section(head, upload, typed, pieces.button("Read this file", pointed))


def form(front: Front, made: Callable[[Path, Callable[[Path], None]], Any]) -> Any:
    """Settings of the agency's files as entries, saved where they stand."""
    if front.desk.is_sample:
        return pieces.refusal(places.sample_stays("change its dates and settings"))
    try:
        return pieces.section(FormPanel(made(front.desk.folder, lambda _: front.renew())))
    except FactError as failure:
        return pieces.refusal(str(failure))


def corrections(front: Front) -> Any:
    """The problems of the roster as something to work on; everything is renewed after each save."""
    if front.desk.is_sample:
        return pieces.refusal(places.sample_stays("bring its roster and correct it"))
    try:
        return pieces.section(correct.panel(front.desk.folder, front.renew))
    except FactError as failure:
        return pieces.refusal(str(failure))


def other_files(front: Front) -> Any:
    """The files beside agency.yaml and the roster, each as entries on the screen and as a workbook to fill in."""
    from seskit.desk.opener.file_editor import Editor, overview
    from seskit.record.forms.draft import Draft
    from seskit.record.forms.known import declared

    if front.desk.is_sample:
        return pieces.refusal(places.sample_stays("fill in its files"))
    folder, files = front.desk.folder, [declared(what) for what in front.desk.walk.files]
    place = ipywidgets.VBox([])
    listed = pieces.chosen("File", [("choose", ""), *((f"{one.says} ({one.stem})", one.what) for one in files)])

    def opened(what: str) -> None:
        former = place.children
        try:
            place.children = (
                (Editor(Draft(declared(what), folder), front.renew),) if what else (overview(files, folder),)
            )
        except FactError as failure:
            place.children = (ipywidgets.HTML(paragraph(str(failure))),)
        for gone in former:
            gone.close()

    listed.observe(lambda change: opened(change["new"]), "value")
    opened("")
    names_rosters = any(
        entry.name.rpartition(".")[2] == brought.NAME
        for one in files
        for sheet in one.sheets
        for entry in sheet.columns
    )
    return pieces.section(listed, place, *(_another_roster(front, place) if names_rosters else ()))


def _another_roster(front: Front, place: Any) -> tuple[Any, ...]:
    """Bring the roster of another period under its own name; the form that is open offers it at once."""
    from seskit.desk.opener.file_editor import Editor
    from seskit.desk.opener.state import in_a_sentence

    said = ipywidgets.HTML(
        paragraph("Each period of a request has a roster. One brought here is kept under its own name beside the agency's, "
                  "and is then offered where a period names its roster.")
    )  # fmt: skip

    def kept(name: str, content: bytes) -> None:
        try:
            put = brought.keep_another(front.desk.folder, name, content)
        except (FactError, OSError) as failure:
            said.value = paragraph(in_a_sentence(failure))
            return
        said.value = paragraph(f"Kept as {put.name}. Choose it where a period names its roster.")
        for form in place.children:
            if isinstance(form, Editor):
                form.show()
        front.renew()

    return said, take_file("Bring the roster of another period", brought.KINDS, kept)


def _short(folder: Path) -> str:
    """A folder by its last two names: enough to tell two of the same name apart."""
    return "/".join(folder.parts[-2:])


_NEXT = "Begin the next year"
NEXT_YEAR = OpenerSection(_NEXT, next_year)
CHOOSE, MAKE = OpenerSection("Choose another agency", choose), OpenerSection("Make a new agency", make)
ROSTER = OpenerSection("Bring a roster", roster)
EXPORT = OpenerSection("Read an export", exported.section)
CORRECTIONS = OpenerSection("Correct problems here", corrections)
SETTINGS = OpenerSection(SETTINGS_FORM, partial(form, made=ChangedAgency))
ATTENTION = OpenerSection(attention.WORDS, attention.section)
OTHER_FILES = OpenerSection(ON_SCREEN, other_files)


def of(walk: Walk) -> list[OpenerSection]:
    """The buttons of a walk, in their order."""
    forms = (OpenerSection(words, partial(form, made=made)) for words, made in walk.forms)
    brings = [ROSTER, EXPORT] if walk.stem == "report" else [ROSTER]
    begins = [MAKE, NEXT_YEAR] if walk.stem in ("report", "start_here") else [MAKE]
    others = [OTHER_FILES] if walk.files else []
    return [CHOOSE, *begins, *brings, CORRECTIONS, SETTINGS, ATTENTION, *forms, *others]
