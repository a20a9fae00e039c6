"""The roll-up as files: a page with charts, a workbook, and a CSV for each table."""

from __future__ import annotations

import csv
import html
import io
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from seskit.formats.files import whole
from seskit.formats.small_cells import HIDDEN, SMALL_CELL
from seskit.formats.tables import Table, as_text
from seskit.law.facts import dollars
from seskit.work.rollup.gather import LeftOut, gather
from seskit.work.rollup.sums import ALL, Cell, RollupTable, tables

FOLDER = "rollup"
_INTRODUCTION = (
    "Sums over the final forms of the agencies below. Each reporting year and each rating pattern stands on its own. "
    "Inspector General offices are a part of their agencies and are shown apart, never added. A number of fewer than "
    "{least} people is hidden, with as many others as it takes to keep it hidden."
)


@dataclass(frozen=True)
class RollupSummary:
    """What was written."""

    folder: Path
    agencies: int
    left_out: tuple[LeftOut, ...]
    tables: tuple[RollupTable, ...]

    def to_text(self) -> str:
        """The roll-up in a few sentences."""
        said = [f"{self.agencies} agencies in {len(self.tables)} tables: open {FOLDER}/index.html."]
        if self.left_out:
            said.append(f"{len(self.left_out)} left out; the page says which and why.")
        return " ".join(said)


def write(folder: str | Path, *, drafts: bool = False, least: int = SMALL_CELL) -> RollupSummary:
    """Add up what a batch left in a folder, and write the tables into `rollup` beside the agencies."""
    place = Path(folder)
    parts, left = gather(place, drafts=drafts)
    made = tables(parts, least)
    out = place / FOLDER
    out.mkdir(exist_ok=True)
    wanted = {f"{table.key}.csv" for table in made}
    for stale in out.glob("*.csv"):
        if stale.name not in wanted:
            stale.unlink()
    for table in made:
        whole(out / f"{table.key}.csv", _csv(table).encode("utf-8-sig"))
    whole(out / "rollup.xlsx", _workbook(made, least))
    names = [part.title for part in parts]
    whole(out / "index.html", _page(made, names, left, least).encode())
    return RollupSummary(out, len(parts), tuple(left), tuple(made))


def _csv(table: RollupTable) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.header)
    for row in table.rows:
        writer.writerow([as_text(cell) if isinstance(cell, str) else "" if cell is None else cell for cell in row])
    return text.getvalue()


def _shown(cell: Cell, head: str) -> str:
    if cell is None:
        return "none"
    if isinstance(cell, Decimal):
        return f"{cell}%" if "percent" in head else dollars(cell)
    return f"{cell:,}" if isinstance(cell, int) else cell


def as_page_table(table: RollupTable) -> Table:
    """The table as the page shows it."""
    rows = tuple(tuple(_shown(cell, head) for cell, head in zip(row, table.header, strict=True)) for row in table.rows)
    return Table(table.title, table.header, rows)


def _page(made: list[RollupTable], names: list[str], left: list[LeftOut], least: int) -> str:
    from seskit.formats import notebook_page

    e = html.escape
    body = [f"<h1>All agencies together</h1><p>{e(_INTRODUCTION.format(least=least))}</p>"]
    year = ""
    for table in made:
        if table.title.split(":")[0] != year:
            year = table.title.split(":")[0]
            body.append(f"<h2>{e(year)}</h2>")
        body.append(f'<div class="wide" role="region" aria-label="{e(table.title, quote=True)}" tabindex="0">')
        body.append(f"{as_page_table(table).to_html()}</div>")
        if table.note:
            body.append(f"<p>{e(table.note)}</p>")
        body.append(_chart(table))
    listed = "".join(f"<li>{e(name)}</li>" for name in names)
    body.append(f"<h2>Agencies in these tables</h2><ul>{listed}</ul>")
    if left:
        out = "".join(f"<li>{e(agency.title)}: {e(agency.why)}</li>" for agency in left)
        body.append(f"<h2>Agencies left out</h2><ul>{out}</ul>")
    body.append('<p>The same as a workbook: <a href="rollup.xlsx">rollup.xlsx</a>, and each table as a CSV file.</p>')
    return notebook_page.document("All agencies together", "\n".join(body))


def _chart(table: RollupTable) -> str:
    """A picture of the tables that have few enough bars; a hidden number has none, and its words say so."""
    if not ("-ratings-" in table.key or table.key.endswith("-percentages")):
        return ""
    from seskit.paper import charts

    rows = [row for row in table.rows if row[0] != ALL]
    columns = [(n, head) for n, head in enumerate(table.header) if n and head != ALL]
    series = {head: [cell if isinstance(cell := row[n], int) else 0 for row in rows] for n, head in columns}
    said = "; ".join(f"{row[0]}: " + ", ".join(f"{row[n]} {head.lower()}" for n, head in columns) for row in rows)
    hidden = " A hidden number has no bar." if any(HIDDEN in row for row in rows) else ""
    chart = charts.grouped_bars(
        table.title, f"Bar chart. {said}.{hidden}", table.header[0], "Executives", [str(row[0]) for row in rows], series
    )
    return replace(chart, table=as_page_table(table))._repr_html_()


def _workbook(made: list[RollupTable], least: int) -> bytes:
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        from datetime import datetime

        book.set_properties({"title": "All agencies together", "created": datetime(2000, 1, 1)})  # noqa: DTZ001
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
