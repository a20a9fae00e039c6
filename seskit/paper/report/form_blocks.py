"""The forms and the supplementary form as blocks: built once, printed as the page and as the PDF."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from seskit.formats.sheets.blocks import (
    Beside,
    Block,
    Box,
    Boxes,
    Codes,
    Frame,
    Heading,
    Imprint,
    Line,
    Lines,
    Links,
    Listing,
    Notes,
    Piece,
    Room,
    Section,
    Sheets,
    SheetTable,
    TableColumn,
    Text,
    Words,
)
from seskit.law.report.editions import Edition, Item, edition, supplementary
from seskit.paper.report import printed_form
from seskit.paper.report.printed_form import LEFT, Cover, FormOnPaper, Printed, SupplementSheet
from seskit.work.report import proof, readings
from seskit.work.report.forms import APPOINTEES, LEVELS
from seskit.work.report.package import ReportPackage

_DRAFT = "DRAFT: not to be sent"
#: Words in quotes, which print with those of print.
_QUOTED = re.compile(r'"([^"]*)"')
#: An agency's name at the foot of a sheet has so many letters.
_SHORT = 50


def forms(report: ReportPackage, *, clean: bool = False) -> Sheets:
    """A short summary, then every form, its proof, and the readings used.

    A clean copy holds the forms alone, each on its sheet: no cover, footnote, proof or reading.
    """
    used = edition(report.agency.fiscal_year)
    shown = [printed_form.clean(form) if clean else form for form in report.forms]
    papers = [printed_form.paper(form, report.agency) for form in shown]
    sections = [_form(number, paper, used) for number, paper in enumerate(papers, 1)]
    cover = printed_form.cover(report)
    if not clean:
        sections += [_proof(number, form.title, proof.lines(form)) for number, form in enumerate(report.forms, 1)]
        sections.append(_readings(readings.all_used(report.agency.options, used)))
    return Sheets(
        cover.title, () if clean else tuple(_front(report, cover)), tuple(sections), subject=cover.agency,
        draft="" if report.final else _DRAFT, foot=_shortened(cover.agency), covered=not clean,
    )  # fmt: skip


def supplement(report: ReportPackage) -> Sheets:
    """The supplementary form, one per plan, with names; the Social Security number is left to be added by hand."""
    sheets = printed_form.supplement(report)
    status = printed_form.supplement_status(report)
    front: list[Block] = [Text(Lines((status, printed_form.PERSONAL)), "status")]
    if not sheets:
        front += [Heading("Nobody to report"), Text("No executive was rated below fully successful.")]
    return Sheets(
        f"{printed_form.supplement_title(report.agency)}: {report.agency.name}", (*front, Codes()),
        tuple(_sheet(number, sheet, status, report.agency.fiscal_year) for number, sheet in enumerate(sheets, 1)),
        draft="" if report.final else _DRAFT, foot=printed_form.PERSONAL, covered=not sheets,
    )  # fmt: skip


def _shortened(name: str) -> str:
    return name if len(name) <= _SHORT else f"{name[: _SHORT - 1]}…"


def _front(report: ReportPackage, cover: Cover) -> Iterator[Block]:
    yield from (Text(cover.agency, "large"), Text(cover.status, "status"), Text(cover.due))
    if report.account:
        yield Heading("Account of the roster", "account")
        yield SheetTable(
            "Every row, person, award and column of the roster, and where it is on the forms",
            (TableColumn("What", share=1.2), TableColumn("How many", "right", 0.7), TableColumn("Note", share=2.4)),
            tuple((line.what, line.value, line.note) for line in report.account.lines),
        )
    yield from (Heading("Look at"), Listing(cover.look_at), Codes())
    if cover.errors:
        yield Heading("What stands in the way", "errors")
        yield from _findings("Problems to correct before the forms are sent", cover.errors, cover.more_errors)
    yield Heading("Forms in this file")
    yield SheetTable(
        "Forms and their due dates",
        (TableColumn("Form", share=2), TableColumn("Due to OPM", share=1)),
        tuple((Piece(title, link=f"form-{number}"), due) for number, (title, due) in enumerate(cover.contents, 1)),
    )
    after = (("Proof: how each number was made", "proof-1"), ("Readings of the instructions", "readings"))
    yield Links("After the forms", tuple(Piece(words, link=place) for words, place in after))
    if cover.warnings:
        yield Heading("Warnings", "warnings")
        yield from _findings("Warnings: look at each before sending", cover.warnings, cover.more_warnings)


def _findings(caption: str, found: Sequence[Printed], more: int) -> Iterator[Block]:
    columns = (
        TableColumn("Where", share=1.1),
        TableColumn("What is wrong", share=1.6),
        TableColumn("What to do", share=1.6),
    )
    yield SheetTable(caption, columns, tuple((one.where, one.reason, one.fix) for one in found))
    if more:
        yield Text(f"And {more} more; all are in problems.json.")


def _form(number: int, form: FormOnPaper, used: Edition) -> Section:
    title = f"{form.title}: {form.plan}" if form.plan else form.title
    blocks: list[Block] = [
        Text(Lines((form.heading, form.basis)), "centered"),
        Frame(tuple(_block(block, form, used) for block in used.blocks)),
        Imprint(*used.imprint, form.number),
    ]
    if form.footnotes:
        blocks.append(Notes("Footnotes", form.footnotes))
    return Section(title, f"form-{number}", tuple(blocks), sent=True)


def _block(items: Sequence[Item], form: FormOnPaper, used: Edition) -> Box | Boxes:
    """An item's box, or the boxes of several side by side: the first at the left, the others at the right."""
    first, *others = (_box(item, form, used) for item in items)
    return Boxes(((first,), tuple(others)), (1.15, 1)) if others else first


def _box(item: Item, form: FormOnPaper, used: Edition) -> Box:
    if not item.holds:
        return Box(item.label, beside=Piece(form.added[item.number], True))
    return _BOXES[item.holds](item, form, used)


def _heads(used: Edition) -> Mapping[str, Sequence[str]]:
    return {name: [_QUOTED.sub(r"“\1”", head) for head in heads] for name, heads in used.heads.items()}


def _columns(used: Edition) -> list[str]:
    return [used.columns[kind] for kind in APPOINTEES]


def _caption(item: Item, form: FormOnPaper, words: str) -> str:
    return f"Item {item.number} of {form.title}: {words}"


def _agency(item: Item, form: FormOnPaper, _: Edition) -> Box:
    return Box(item.label, (Text(form.agency),))


def _period(item: Item, form: FormOnPaper, used: Edition) -> Box:
    begins, ends = used.period
    period = Line((begins, Piece(form.period_from, True), ends, Piece(form.period_to, True)))
    return Box(item.label, (Text(period),))


def _paid_in(item: Item, form: FormOnPaper, _: Edition) -> Box:
    return Box(item.label, (Text(Piece(form.paid_in, True)),))


def _base_pay(item: Item, form: FormOnPaper, used: Edition) -> Box:
    pay = _counts(_heads(used)["pay"], (1.2, 1.5, 1, 1))
    caption = _caption(item, form, "career appointees by pay rate")
    return Box(Line((item.label, Piece(form.pay_as_of, True))), (SheetTable(caption, pay, form.pay_rows, total=True),))


def _pool(item: Item, form: FormOnPaper, _: Edition) -> Box:
    return Box(item.label, beside=Line(form.pool))


def _paid(item: Item, form: FormOnPaper, _: Edition) -> Box:
    return Box(item.label, beside=Line(form.paid))


def _levels(item: Item, form: FormOnPaper, used: Edition) -> Box:
    levels = _counts(_heads(used)["levels"], (1, 1))
    low = _caption(item, form, f"awardees at {LEVELS[0]} to {LEVELS[LEFT - 1]} percent")
    high = _caption(item, form, f"awardees at {LEVELS[LEFT]} to {LEVELS[-1]} percent, and in all")
    lower, upper = SheetTable(low, levels, form.levels[:LEFT]), SheetTable(high, levels, form.levels[LEFT:], total=True)
    return Box(item.label, (Beside(((lower,), (upper,))),))


def _awards(item: Item, form: FormOnPaper, _: Edition) -> Box:
    return Box(item.label, beside=Line(form.awards))


def _appointees(item: Item, form: FormOnPaper, used: Edition) -> Box:
    appointees = tuple(TableColumn(head, "right", 1) for head in _columns(used))
    caption = _caption(item, form, "appointees at the end of the rating period")
    return Box(item.label, (SheetTable(caption, appointees, (form.appointees,), headed=False),))


def _ratings(item: Item, form: FormOnPaper, used: Edition) -> Box:
    level, highest, rated = _heads(used)["ratings"]
    ratings = (
        TableColumn(level, share=1.6), TableColumn(highest, "center", 1.6, filled=True),
        *(TableColumn(head, "right", 1, under=rated, filled=True) for head in _columns(used)),
    )  # fmt: skip
    caption = _caption(item, form, "number rated at each level")
    return Box(item.label, (SheetTable(caption, ratings, form.ratings, total=True),))


#: How the box of an item is set, by what it holds.
_BOXES: Mapping[str, Callable[[Item, FormOnPaper, Edition], Box]] = {
    "agency": _agency, "period": _period, "paid_in": _paid_in, "base_pay": _base_pay, "pool": _pool, "paid": _paid,
    "levels": _levels, "awards": _awards, "appointees": _appointees, "ratings": _ratings,
}  # fmt: skip


def _counts(heads: Sequence[str], shares: Sequence[float]) -> tuple[TableColumn, ...]:
    first, *others = zip(heads, shares, strict=True)
    return TableColumn(first[0], share=first[1]), *(
        TableColumn(head, "right", share, filled=True) for head, share in others
    )


def _proof(number: int, title: str, lines: Sequence[proof.ProofLine]) -> Section:
    columns = (
        TableColumn("Item"), TableColumn("Value", share=1.25, filled=True), TableColumn("How it was made", share=2),
        TableColumn("Must tie to", share=1.5), TableColumn("Why it is blank", share=1.2),
    )  # fmt: skip
    rows = tuple((line.item, line.value, line.made, line.ties_to, line.blank) for line in lines)
    return Section(
        f"Proof of {title}", f"proof-{number}", (SheetTable(f"How each box of {title} was filled", columns, rows),)
    )


def _readings(used: Sequence[tuple[str, str, str]]) -> Section:
    columns = (TableColumn("Question", share=1), TableColumn("Reading used", share=2), TableColumn("Point"))
    said = "Where the instructions contradict themselves or are silent, this is how they were read."
    table = SheetTable("Every open point and the reading used", columns, tuple(used))
    return Section("Readings of the instructions", "readings", (Text(said), table))


def _sheet(number: int, sheet: SupplementSheet, status: str, year: int) -> Section:
    used = supplementary(year)
    heading = Lines(tuple(line.format(year=year) for line in used.heading))
    columns = tuple(TableColumn(box.words, share=float(box.width), filled=True) for box in used.columns)
    rows = tuple(tuple(_cell(lines) for lines in row) for row in sheet.rows)
    blocks = (
        Text(heading, "centered"),
        Text(Lines((Piece(printed_form.PERSONAL, strong=True), status))),
        Text(used.asked),
        Text(Line((f"{used.agency}:", Piece(sheet.agency, True)))),
        Text(Line((f"{used.period_ending}:", Piece(sheet.period_ending, True)))),
        SheetTable(f"Executives rated below fully successful, {sheet.plan}", columns, rows),
        *([Text(printed_form.BY_HAND)] if any("ssn" in box.holds for box in used.columns) else ()),
    )
    return Section(sheet.plan, f"sheet-{number}", blocks, sent=True)


def _cell(lines: Sequence[str]) -> Words:
    """The lines of a box, with a rule to write on where the number stands."""
    said = tuple(Room(line) if line == printed_form.SSN else line for line in lines)
    return said[0] if len(said) == 1 else Lines(said)
