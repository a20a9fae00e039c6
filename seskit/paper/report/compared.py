"""A comparison of two years as files: a page with a chart of the ratings, and the same as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from seskit.formats import results
from seskit.formats.files import whole
from seskit.formats.markup import Markup, element, listed, together
from seskit.formats.small_cells import HIDDEN
from seskit.work.report.year_on_year import Compared, Comparison


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
        if table.by_level:
            body.append(_chart(table, found))
    return notebook_page.document(title, together(body, between="\n"))


def _chart(table: Compared, found: Comparison) -> Markup:
    """How many were rated at each level in both years; a hidden number has no bar, and the words say so."""
    from seskit.paper import charts

    rows = table.rows[:-1]
    series = {
        year: [cell if isinstance(cell := row[column], int) else 0 for row in rows]
        for column, year in ((1, found.this), (2, found.last))
    }
    said = "; ".join(f"{row[0]}: {found.this} {_word(row[1])}, {found.last} {_word(row[2])}" for row in rows)
    hidden = " A hidden number has no bar." if any(HIDDEN in row for row in rows) else ""
    chart = charts.grouped_bars(
        table.title, f"Bar chart. {said}.{hidden}", "Rating level", "Executives", [row[0] for row in rows], series
    )
    return chart._repr_html_()


def _word(cell: object) -> str:
    return "not used" if cell is None else str(cell)
