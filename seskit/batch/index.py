"""The overview of a run: a page to sort and read offline, and the same as a table for a spreadsheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import quote

from seskit.batch import attention, dashboard
from seskit.batch.attention import AgencyOfRun
from seskit.desk import in_batch
from seskit.formats import notebook_page
from seskit.formats.counts import first_of, number_of
from seskit.formats.files import whole
from seskit.formats.markup import Markup, element, paragraph, together
from seskit.formats.shipped import text_beside
from seskit.formats.tables import as_csv
from seskit.paper.findings import PAGE
from seskit.record.finding import OPEN, SEVERITIES, in_words
from seskit.record.manifest import WORDS, Record

_STYLE = text_beside(__file__, "index.css")
_SCRIPT = text_beside(__file__, "index.js")


#: So many agencies are named on the screen; the index has all.
_NAMED = 8
_WORST = ("not run", "failed", "draft", "final", "done")
#: How an agency's forms are, where the run is counted.
_HOW = {"final": "with final forms", "draft": "with draft forms"}


def write(out: Path, records: Iterable[Record], unfinished: int, never: int, elsewhere: int) -> None:
    """Write `index.html` with the findings of every agency, `index.csv`, `findings.csv` and `findings.json`, the worst first."""
    listed = sorted(records, key=lambda r: (r.well, _WORST.index(r.status), r.agency.casefold(), r.notebook))
    agencies = attention.of_run(out, listed)
    whole(out / "index.html", made(listed, unfinished, agencies, never, elsewhere).encode(), looked_over=False)
    whole(out / "index.csv", table(listed).encode("utf-8-sig"), looked_over=False)
    csv_text, json_text = dashboard.table(agencies), dashboard.data(agencies)
    whole(out / "findings.csv", csv_text.encode("utf-8-sig", "backslashreplace"), looked_over=False)
    whole(out / "findings.json", json_text.encode(errors="backslashreplace"), looked_over=False)


def summary(
    records: Sequence[Record], unfinished: int = 0, never: int = 0, elsewhere: int = 0, outdated: Sequence[str] = ()
) -> list[str]:
    """The run in a few sentences for whoever answers for it; so many `never` ran here where only what failed is asked for.

    Of so many agencies `elsewhere` in the same folder there is no result, and this run was not to make any; what it left
    of the `outdated` is from before their files changed.
    """
    said = _counted(records)
    look = len({record.agency for record in records if not record.well})
    if look:
        open_ones = _open(records)
        said.append(f"{number_of(look, 'needs', 'need')} attention{f': {open_ones}' if open_ones else ''}.")
    elif not unfinished and not never and not elsewhere and not outdated:
        said.append("Nothing needs attention.")
    if unfinished:
        said.append(f"{unfinished} not started yet: run the same command again to continue.")
    if never:
        said.append(f"{never} never ran here, so there is nothing to repeat: run the command without --failed.")
    if elsewhere:
        more = number_of(elsewhere, "more agency in the folder has", "more agencies in the folder have")
        said.append(f"{more} no results here yet: run the other parts, or the command without --only and --shard.")
    if outdated:
        said.append(
            f"Results from before a change in the agency's files or in the rules, in no roll-up until they are made again: "
            f"{first_of(outdated, _NAMED)}. Run these agencies again, with the same notebook and without --failed."
        )
    return said


def _counted(records: Sequence[Record]) -> list[str]:
    """How many agencies there are by how the first notebook ended; a sentence for each other notebook, in runs."""
    stems = sorted({record.notebook for record in records}, key=lambda stem: (stem != in_batch.HOME, stem))
    agencies = len({record.agency for record in records})
    if not stems:
        return [f"{number_of(agencies, 'agency', 'agencies')}: nothing run."]
    said: list[str] = []
    for stem in stems:
        counts: Counter[str] = Counter(record.status for record in records if record.notebook == stem)
        parts = [f"{counts[status]} {_HOW.get(status, WORDS[status].lower())}" for status in WORDS if counts[status]]
        head = number_of(agencies, "agency", "agencies") if not said else f"Notebook {stem}"
        said.append(f"{head}: {', '.join(parts)}.")
    return said


def first(records: Sequence[Record]) -> list[str]:
    """Which agencies to look at first, by name: without a result, then those whose forms are a draft for another reason."""
    said = []
    for status, words in (("not run", "Not run"), ("failed", "Failed")):
        names = list(dict.fromkeys(record.shown for record in records if record.status == status))
        if names:
            said.append(f"{words}: {first_of(names, _NAMED)}.")
    drafts = [record for record in records if not record.well and record.status not in ("not run", "failed")]
    worst = sorted(drafts, key=lambda record: (-record.errors, record.agency.casefold()))
    names = list(dict.fromkeys(record.shown for record in worst))
    if names:
        said.append(f"Look {'next' if said else 'first'} at: {first_of(names, _NAMED)}.")
    return said


def _open(records: Sequence[Record]) -> str:
    """What is open about the agencies that need attention, in words; each agency counted once."""
    found: Counter[str] = Counter()
    for record in {record.agency: record for record in records if not record.well}.values():
        for many in record.findings.values():
            found.update({severity: count for severity, count in many.items() if severity in OPEN})
        found["error"] -= record.waiting
    found["error"] += sum(record.status == "failed" or bool(record.changed) for record in records)
    return in_words({severity: found[severity] for severity in OPEN})


def made(
    records: Sequence[Record], unfinished: int, agencies: Sequence[AgencyOfRun] = (), never: int = 0, elsewhere: int = 0
) -> Markup:
    """The page: what needs attention, then every agency with its files."""
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
    header = [element("th", _head(head), scope="col") for head in heads]
    caption = element("caption", "Press a column's name to sort by it")
    seen: dict[tuple[str, str], str] = {}
    rows = together([_row(record, several, seen) for record in records], between="\n")
    listed = element(
        "table", "\n", caption, "\n", element("thead", element("tr", header)), "\n",
        element("tbody", "\n", rows, "\n"), "\n",
    )  # fmt: skip
    finals = [said for notebook in sorted({one.notebook for one in records}) if (said := _final(notebook, records))]
    cares = dict.fromkeys(care for one in records if (care := in_batch.special(one.notebook).care))
    body = together(
        element("h1", "Agencies of this run"),
        together([paragraph(sentence) for sentence in summary(records, unfinished, never, elsewhere)]),
        dashboard.sections(agencies),
        element("h2", "Results and files", id="results"),
        paragraph(
            *(f"{said} " for said in finals),
            "A draft has problems that block it; its page lists them. "
            "Files named supplement hold names of people: handle them as personal information.",
            *(f" {said}" for said in cares),
        ),
        element("p", id="sorted", role="status"),
        element("div", listed, class_="wide", role="region", aria_label="Agencies", tabindex="0"),
        paragraph("The same as a table for a spreadsheet: ", element("a", "index.csv", href="index.csv"), "."),
        between="\n",
    )
    return notebook_page.document("Agencies of this run", body, dashboard.STYLE + _STYLE, _SCRIPT + dashboard.SCRIPT)


def _final(notebook: str, records: Sequence[Record]) -> str:
    """What a notebook's final results are good for."""
    years = [one.fiscal_year for one in records if one.notebook == notebook and one.status == "final"]
    return in_batch.special(notebook).final([year for year in years if year is not None])


def _head(word: str) -> Markup | str:
    return word if word == "Files" else element("button", word, type="button")


def _row(record: Record, several: bool, seen: dict[tuple[str, str], str]) -> Markup:
    """A record's row; what is said of another notebook of the agency is not said again, however the rows are sorted."""
    first = seen.setdefault((record.agency, record.message), record.notebook)
    message = record.message if first == record.notebook or not record.message else f"As for the notebook {first}."
    rank = list(WORDS).index(record.status)
    return element(
        "tr",
        element("th", record.title, scope="row"),
        element("td", record.shown),
        element("td", record.notebook) if several else None,
        element("td", record.words, data_key=f"{int(record.well)}{rank}"),
        element("td", record.errors, class_="number"),
        element("td", record.warnings, class_="number"),
        element("td", message, class_="message"),
        element("td", f"{record.seconds:.1f}", class_="number"),
        element("td", _links(record)),
        data_agency=dashboard.named(record.title, record.shown, record.agency),
    )


def _links(record: Record) -> Markup | None:
    place = record.agency if record.notebook == in_batch.HOME else f"{record.agency}/{record.notebook}"
    wanted = (
        (f"{record.notebook}.html", "page"),
        (PAGE, "findings"),
        *in_batch.special(record.notebook).links,
        (f"{record.notebook}.ipynb", "notebook"),
    )
    there = [(f"{place}/{name}", word) for name, word in wanted if f"{place}/{name}" in record.outputs]
    if record.status == "not run" and f"{place}/problems.json" in record.outputs:
        there.append((f"{place}/problems.json", "problems"))
    items = [
        element(
            "li",
            element("a", word, href=quote(path.encode(errors="surrogatepass")), aria_label=f"{word}, {record.title}"),
        )
        for path, word in there
    ]
    return element("ul", items, class_="plain") if items else None


def table(records: Iterable[Record]) -> str:
    """The overview as CSV that a spreadsheet opens; no cell can act as a formula."""
    header = ["Agency", "Folder", "Notebook", "Status", "Needs attention", "Errors", "Warnings", "Message",
              *(f"Findings: {severity}s" for severity in SEVERITIES), "Seconds"]  # fmt: skip
    return as_csv(header, map(_line, records))


def _line(r: Record) -> list[object]:
    many = [sum(found.get(severity, 0) for found in r.findings.values()) for severity in SEVERITIES]
    attention = "no" if r.well else "yes"
    return [r.title, r.shown, r.notebook, r.words, attention, r.errors, r.warnings, r.message, *many, r.seconds]
