"""The roll-up as files: a page with charts, a workbook, and a CSV for each table."""

from __future__ import annotations

import io
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from seskit.formats import results, workbooks
from seskit.formats.counts import number_of
from seskit.formats.files import whole
from seskit.formats.markup import Markup, element, listed, paragraph, together
from seskit.formats.small_cells import HIDDEN, SMALL_CELL
from seskit.formats.tables import Table, as_csv
from seskit.law.facts import dollars
from seskit.work.rollup import published, releases
from seskit.work.rollup.gather import AgencyForms, LeftOut, gather
from seskit.work.rollup.sums import ALL, Cell, Figures, RollupTable, tables

FOLDER = "rollup"
_INTRODUCTION = (
    "Sums over the forms of the agencies below. Each reporting year and each rating pattern is shown by itself. "
    "Inspector General offices are part of their agencies and are shown separately, never added. Drafts are named. A box "
    "left blank on every form is blank here, not zero. A number of fewer than "
    "{least} people is hidden, with as many others as it takes to keep it hidden."
)


@dataclass(frozen=True)
class RollupSummary:
    """What was written."""

    agencies: int
    left_out: tuple[LeftOut, ...]
    tables: tuple[RollupTable, ...]
    earlier: int
    lost: int
    drafts: tuple[str, ...]

    @property
    def waiting(self) -> int:
        """How many agencies the batch has not come to yet."""
        return sum(agency.waiting for agency in self.left_out)

    def to_text(self) -> str:
        """The roll-up in a few sentences."""
        said = [
            f"{number_of(self.agencies, 'agency', 'agencies')} in {number_of(len(self.tables), 'table')}: open {FOLDER}/index.html."
        ]
        if self.drafts:
            said.append(f"Drafts are in these tables: {', '.join(self.drafts)}.")
        if self.left_out:
            said.append(f"{len(self.left_out)} left out; the page says which and why.")
        if waiting := self.waiting:
            said.append(
                f"The batch is not finished: the report of {number_of(waiting, 'agency', 'agencies')} has not been run, or not since "
                "its files changed. Run it again, and then this with --unreleased; do not publish these tables."
            )
        if self.earlier:
            said.append(f"Protected together with {self.earlier} earlier release{'' if self.earlier == 1 else 's'}.")
        if self.lost:
            said.append(
                f"{self.lost} small number{'' if self.lost == 1 else 's'} can be worked out from earlier releases "
                "alone; this one adds nothing to that."
            )
        said.append(f"{releases.FILE} remembers this release and holds the hidden numbers: keep it, never publish it.")
        return " ".join(said)


def write(
    folder: str | Path, *, drafts: bool = False, least: int = SMALL_CELL, after: Iterable[str | Path] = (),
    unreleased: bool = False,
) -> RollupSummary:  # fmt: skip
    """Add up what a batch left in a folder, and write the tables into `rollup` beside the agencies.

    What this folder and the folders `after` released before is protected, too: together they give no hidden cell away.
    Tables of this folder that never left the house are forgotten where they are named as unreleased.
    """
    place = Path(folder)
    parts, left = gather(place, drafts=drafts)
    before = releases.earlier(place, map(Path, after), unreleased=unreleased)
    parts = releases.alike(parts, before)
    if before and before[-1].same_input(parts, least):
        before.pop()
    hidden, lost = _hidden(parts, least, before)
    made = [*tables(parts, least, hidden), *published.tables(parts, least, hidden)]
    made.sort(key=lambda table: table.year)
    out = place / FOLDER
    out.mkdir(exist_ok=True)
    names = [part.title for part in parts]
    with results.kept(out, "rollup", ", ".join([*names, *(table.key for table in made)])):
        for table in made:
            whole(out / f"{table.key}.csv", _csv(table).encode("utf-8-sig"))
        whole(out / "rollup.xlsx", _workbook(made, least))
        whole(out / "index.html", _page(made, names, left, least, len(before), _drafts(parts)).encode())
    releases.write(place, [*before, releases.Release(least, tuple(parts), hidden)])
    return RollupSummary(len(parts), tuple(left), tuple(made), len(before), lost, _drafts(parts))


def _drafts(parts: Sequence[AgencyForms]) -> tuple[str, ...]:
    return tuple(part.title for part in parts if part.draft)


def _hidden(
    parts: Sequence[AgencyForms], least: int, before: Sequence[releases.Release]
) -> tuple[dict[int, frozenset[Hashable]], int]:
    """The cells to hide in each year, and how many earlier releases give away by themselves."""
    hidden, lost = {}, 0
    for year in sorted({part.fiscal_year for part in parts}):
        found, gone = releases.protected(Figures([p for p in parts if p.fiscal_year == year]), least, before)
        hidden[year], lost = frozenset(found), lost + gone
    return hidden, lost


def _csv(table: RollupTable) -> str:
    return as_csv(table.header, table.rows)


def _shown(cell: Cell, head: str) -> str:
    if cell is None:
        return "blank"
    if isinstance(cell, Decimal):
        if "percent" in head:
            return f"{cell}%"
        return f"-{dollars(-cell)}" if cell < 0 else dollars(cell)
    return f"{cell:,}" if isinstance(cell, int) else cell


def as_page_table(table: RollupTable) -> Table:
    """The table as the page shows it."""
    rows = tuple(tuple(_shown(cell, head) for cell, head in zip(row, table.header, strict=True)) for row in table.rows)
    return Table(table.title, table.header, rows)


def _page(
    made: list[RollupTable], names: list[str], left: list[LeftOut], least: int, earlier: int, drafts: Sequence[str]
) -> Markup:
    from seskit.formats import notebook_page

    body = [together(element("h1", "All agencies together"), paragraph(_INTRODUCTION.format(least=least)))]
    if earlier:
        body.append(
            paragraph(f"So that nothing can be worked out from several releases, {earlier} earlier ones count.")
        )
    year = None
    for table in made:
        if table.year != year:
            year = table.year
            body.append(element("h2", f"FY {year}"))
        shown = as_page_table(table).to_html()
        body.append(element("div", "\n", shown, class_="wide", role="region", aria_label=table.title, tabindex="0"))
        body += [paragraph(table.note)] if table.note else []
        body += [_chart(table)] if _is_drawn(table) else []
    body.append(together(element("h2", "Agencies in these tables"), listed(names)))
    if drafts:
        said = "The forms of these agencies are drafts; what they have not filled in yet is blank and adds nothing."
        body.append(together(element("h2", "Drafts in these tables"), paragraph(said), listed(drafts)))
    if left:
        out = listed(f"{agency.title}: {agency.why}" for agency in left)
        body.append(together(element("h2", "Agencies left out"), out))
    workbook = element("a", "rollup.xlsx", href="rollup.xlsx")
    body.append(paragraph("The same as a workbook: ", workbook, ", and each table as a CSV file."))
    return notebook_page.document("All agencies together", together(body, between="\n"))


def _is_drawn(table: RollupTable) -> bool:
    """Tables that have few enough bars for a picture, and anything to show."""
    filled = any(cell is not None for row in table.rows for cell in row[1:])
    return filled and ("-ratings-" in table.key or table.key.endswith("-percentages"))


def _drawn(cell: Cell) -> int | None:
    """What a cell has as its bar: nothing where it is blank, and None where it is hidden."""
    return None if cell == HIDDEN else cell if isinstance(cell, int) else 0


def _chart(table: RollupTable) -> Markup:
    """The picture of a table; a hidden number has a bar that says so, of one height for all."""
    from seskit.paper import charts

    rows = [row for row in table.rows if row[0] != ALL]
    columns = [(n, head) for n, head in enumerate(table.header) if n and head != ALL]
    series = {head: [_drawn(row[n]) for row in rows] for n, head in columns}
    said = "; ".join(f"{row[0]}: " + ", ".join(f"{row[n]} {head.lower()}" for n, head in columns) for row in rows)
    hidden = (
        " A hidden number is not zero: its bar is pale and says hidden." if any(HIDDEN in row for row in rows) else ""
    )
    chart = charts.grouped_bars(
        table.title, f"Bar chart. {said}.{hidden}", table.header[0], "Executives", [str(row[0]) for row in rows], series
    )
    return replace(chart, table=as_page_table(table))._repr_html_()


def _workbook(made: list[RollupTable], least: int) -> bytes:
    file = io.BytesIO()
    with workbooks.new(file, {"title": "All agencies together"}, to_read=True) as book:
        bold, wrap = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"text_wrap": True})
        money, percent = book.add_format({"num_format": "$#,##0.00"}), book.add_format({"num_format": '0.00"%"'})
        first = book.add_worksheet("About")
        first.set_column(0, 0, 100)
        first.write_string(0, 0, "All agencies together", bold)
        first.write_string(1, 0, _INTRODUCTION.format(least=least), wrap)
        for number, table in enumerate(made, 1):
            sheet = book.add_worksheet(f"{number} {table.key}"[:31])
            first.write_url(number + 2, 0, f"internal:'{sheet.get_name()}'!A1", string=table.title)
            sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
            sheet.write_string(0, 0, table.title, bold)
            sheet.write_string(1, 0, table.note)
            sheet.write_row(3, 0, table.header, bold)
            sheet.freeze_panes(4, 1)
            sheet.set_column(0, 0, 40)
            sheet.set_column(1, len(table.header), 16)
            for down, row in enumerate(table.rows, 4):
                for across, cell in enumerate(row):
                    if isinstance(cell, Decimal):
                        style = percent if "percent" in table.header[across] else money
                        sheet.write_number(down, across, float(cell), style)
                    elif isinstance(cell, int):
                        sheet.write_number(down, across, cell)
                    elif cell is not None:
                        sheet.write_string(down, across, cell)
    return file.getvalue()
