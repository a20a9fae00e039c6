"""A comparison of two years as files: a page with charts, and the same as JSON."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

from seskit.formats import results
from seskit.formats.files import whole
from seskit.formats.markup import Markup, element, listed, together
from seskit.formats.small_cells import HIDDEN
from seskit.work.report.year_on_year import Compared, Comparison

#: What is drawn, and what its axis says; dollars of unlike sizes are left to the table.
_AXES = {"count": "Executives", "percent": "Percent"}


def write(found: Comparison, folder: Path) -> list[Path]:
    """Write compare.html and compare.json."""
    folder.mkdir(parents=True, exist_ok=True)
    data = json.dumps(found.to_dict(), indent=1, ensure_ascii=False) + "\n"
    with results.kept(folder, "compare"):
        return [
            whole(folder / "compare.html", page(found).encode()),
            whole(folder / "compare.json", data.encode()),
        ]


def page(found: Comparison) -> Markup:
    """The comparison as a page."""
    from seskit.formats import notebook_page

    title = f"{found.agency}: {found.this} against {found.last}"
    body = [element("h1", title), listed(found.notes)]
    for table, shown in zip(found.tables, found.as_tables(), strict=True):
        body.append(element("div", shown.to_html(), class_="wide", role="region", aria_label=table.title, tabindex="0"))
        if table.kind in _AXES and _drawable(table):
            body.append(_chart(table, found))
    return notebook_page.document(title, together(body, between="\n"))


def _drawable(table: Compared) -> bool:
    """Whether there is a bar to draw, and each row has something to say of both years or is a level one does not use."""
    numbers = [cell for row in table.rows for cell in row[1:3] if isinstance(cell, int | Decimal)]
    return any(numbers) and (table.by_level or all(None not in row[1:3] for row in table.rows))


def _chart(table: Compared, found: Comparison) -> Markup:
    """The numbers of both years side by side; a hidden number has no bar, and the words say so."""
    from seskit.paper import charts

    rows = table.rows[:-1] if table.by_level else table.rows
    series = {
        year: [cell if isinstance(cell := row[column], int | Decimal) else 0 for row in rows]
        for column, year in ((1, found.this), (2, found.last))
    }
    said = "; ".join(f"{row[0]}: {found.this} {_word(row[1])}, {found.last} {_word(row[2])}" for row in rows)
    hidden = " A hidden number has no bar." if any(HIDDEN in row for row in rows) else ""
    chart = charts.grouped_bars(
        table.title, f"Bar chart. {said}.{hidden}", "", _AXES[table.kind], [str(row[0]) for row in rows], series
    )
    return chart._repr_html_()


def _word(cell: object) -> str:
    return "not used" if cell is None else str(cell)
