"""The overview of a run: a page to sort and read offline, and the same as a table for a spreadsheet."""

from __future__ import annotations

import csv
import html
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import quote

from seskit.batch.store import HOME
from seskit.formats import notebook_page
from seskit.formats.files import whole
from seskit.formats.tables import as_text
from seskit.record.manifest import WORDS, Record

#: Files of an agency worth a link of their own, with the words of the link.
_LINKS = (("forms.html", "forms"), ("forms.xlsx", "workbook"), ("forms.pdf", "PDF"), ("forms.json", "JSON"))
_STYLE = """
th button{font:inherit;background:none;border:0;padding:.1rem;cursor:pointer;text-decoration:underline;color:#1a4480}
th[aria-sort=ascending] button::after{content:" \\2191"}th[aria-sort=descending] button::after{content:" \\2193"}
td.number{text-align:right}ul.plain{list-style:none;padding:0;margin:0;min-width:15rem}ul.plain li{display:inline-block;margin-right:.7rem}
"""
_SCRIPT = """
document.querySelectorAll("th button").forEach(function (button) {
  button.addEventListener("click", function () {
    var header = button.parentNode, body = document.querySelector("tbody");
    var column = Array.prototype.indexOf.call(header.parentNode.children, header);
    var down = header.getAttribute("aria-sort") === "ascending";
    document.querySelectorAll("th[aria-sort]").forEach(function (other) { other.removeAttribute("aria-sort"); });
    header.setAttribute("aria-sort", down ? "descending" : "ascending");
    var key = function (row) { var cell = row.children[column]; return cell.getAttribute("data-key") || cell.textContent; };
    Array.prototype.slice.call(body.rows).sort(function (a, b) {
      return key(a).localeCompare(key(b), "en", { numeric: true }) * (down ? -1 : 1);
    }).forEach(function (row) { body.appendChild(row); });
    document.getElementById("sorted").textContent =
      "Sorted by " + button.textContent + (down ? ", descending." : ", ascending.");
  });
});
"""


def write(out: Path, records: Iterable[Record], unfinished: int = 0) -> None:
    """Write `index.html` and `index.csv`, what needs attention first."""
    order = list(WORDS)
    listed = sorted(records, key=lambda r: (r.well, -order.index(r.status), r.agency.casefold(), r.notebook))
    whole(out / "index.html", made(listed, unfinished).encode())
    whole(out / "index.csv", table(listed).encode("utf-8-sig"))


def summary(records: Sequence[Record], unfinished: int = 0) -> list[str]:
    """The run in a few sentences for whoever answers for it."""
    agencies = len({record.agency for record in records})
    counts: Counter[str] = Counter(record.status for record in records)
    parts = [f"{counts[status]} {WORDS[status].lower()}" for status in WORDS if counts[status]]
    said = [f"{agencies} {'agency' if agencies == 1 else 'agencies'}: {', '.join(parts) or 'nothing run'}."]
    look = sum(not record.well for record in records)
    if look:
        said.append(f"{look} need{'s' if look == 1 else ''} attention.")
    elif not unfinished:
        said.append("Nothing needs attention.")
    if unfinished:
        said.append(f"{unfinished} not started yet: run the same command again to continue.")
    return said


def made(records: Sequence[Record], unfinished: int) -> str:
    """The page."""
    several = len({record.notebook for record in records}) > 1
    heads = [
        "Agency",
        "Folder",
        *(["Notebook"] if several else []),
        "Status",
        "Errors",
        "Warnings",
        "Message",
        "Seconds",
        "Files",
    ]
    header = "".join(f'<th scope="col">{_head(head)}</th>' for head in heads)
    rows = "\n".join(_row(record, several) for record in records)
    said = "".join(f"<p>{html.escape(sentence)}</p>" for sentence in summary(records, unfinished))
    body = (
        f"<h1>Agencies of this run</h1>\n{said}\n"
        "<p>A final form may be sent. A draft has problems in its way; its page lists them. "
        "Files named supplement hold names of people: handle them as personal information.</p>\n"
        '<p id="sorted" role="status"></p>\n'
        '<div class="wide" role="region" aria-label="Agencies" tabindex="0"><table>\n'
        f"<caption>Press a column's name to sort by it</caption>\n<thead><tr>{header}</tr></thead>\n"
        f"<tbody>\n{rows}\n</tbody>\n</table></div>\n"
        '<p>The same as a table for a spreadsheet: <a href="index.csv">index.csv</a>.</p>'
    )
    return notebook_page.document("Agencies of this run", body, _STYLE, _SCRIPT)


def _head(word: str) -> str:
    return html.escape(word) if word == "Files" else f'<button type="button">{html.escape(word)}</button>'


def _row(record: Record, several: bool) -> str:
    e = html.escape
    rank = list(WORDS).index(record.status)
    cells = [
        f'<th scope="row">{e(record.title)}</th>',
        f"<td>{e(record.agency)}</td>",
        *([f"<td>{e(record.notebook)}</td>"] if several else []),
        f'<td data-key="{int(record.well)}{rank}">{e(record.words)}</td>',
        f'<td class="number">{record.errors}</td>',
        f'<td class="number">{record.warnings}</td>',
        f"<td>{e(record.message)}</td>",
        f'<td class="number">{record.seconds:.1f}</td>',
        f"<td>{_links(record)}</td>",
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _links(record: Record) -> str:
    place = record.agency if record.notebook == HOME else f"{record.agency}/{record.notebook}"
    wanted = ((f"{record.notebook}.html", "page"), *_LINKS, (f"{record.notebook}.ipynb", "notebook"))
    there = [(f"{place}/{name}", word) for name, word in wanted if f"{place}/{name}" in record.outputs]
    if record.status == "not run" and f"{place}/problems.json" in record.outputs:
        there.append((f"{place}/problems.json", "problems"))
    e = html.escape
    items = [
        f'<li><a href="{e(quote(path), quote=True)}" aria-label="{e(f"{word}, {record.title}", quote=True)}">{word}</a></li>'
        for path, word in there
    ]
    return f'<ul class="plain">{"".join(items)}</ul>' if items else ""


def table(records: Iterable[Record]) -> str:
    """The overview as CSV that a spreadsheet opens; no cell can act as a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(
        ["Agency", "Folder", "Notebook", "Status", "Needs attention", "Errors", "Warnings", "Message", "Seconds"]
    )
    for r in records:
        attention = "no" if r.well else "yes"
        words = [r.title, r.agency, r.notebook, r.words, attention]
        writer.writerow([*map(as_text, words), r.errors, r.warnings, as_text(r.message), r.seconds])
    return text.getvalue()
