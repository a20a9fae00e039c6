"""What needs attention across a run: what comes first by its hook, then agency by subject, kind by kind, agency by agency."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from seskit.batch.attention import AgencyOfRun
from seskit.desk.agency_in_batch import HEADINGS
from seskit.desk.in_batch import FIRST, WAITS_FOR
from seskit.formats.counts import number_of
from seskit.formats.markup import Markup, element, listed, paragraph, together
from seskit.formats.notebook_page import anchor
from seskit.formats.shipped import text_beside
from seskit.formats.tables import as_csv
from seskit.paper import findings as paper
from seskit.record.finding import SEVERITIES, SUBJECTS, Finding, counts, needs_attention
from seskit.record.manifest import WORDS
from seskit.record.problem import CURE

#: So many agencies stand open to the eye in a list; the others are folded.
FEW = 25
STYLE = paper.STYLE + text_beside(__file__, "dashboard.css")
SCRIPT = paper.SCRIPT + text_beside(__file__, "dashboard.js")


def sections(agencies: Iterable[AgencyOfRun]) -> Markup | None:
    """The dashboard; nothing where nothing was found."""
    agencies = list(agencies)
    found = [one for one in agencies if one.findings]
    if not found:
        return _finder(agencies)
    found.sort(key=_rank)
    every = [one for agency in found for one in agency.findings]
    return together(
        _first(found),
        element("h2", "What needs attention", id="attention"),
        element("p", paper.marks(every), class_="totals"),
        _waiting(every),
        _cure(every),
        paper.legend(),
        _finder(agencies),
        _table(found),
        element("h2", "Findings by kind", id="kinds"),
        _kinds(found),
        element("h2", "Findings by agency", id="agencies"),
        _few([_details(one) for one in found], "agencies"),
        paragraph(
            "The same as data: ", element("a", "findings.csv", href="findings.csv"), ", ",
            element("a", "findings.json", href="findings.json"), ".",
        ),
        between="\n",
    )  # fmt: skip


def _waiting(every: Sequence[Finding]) -> Markup | None:
    waits = any(one.waits for one in every)
    return paragraph(f"Findings that only wait, wait for {WAITS_FOR}.") if waits else None


def _cure(every: Sequence[Finding]) -> Markup | None:
    """How headings in an agency's own words are read, where there are some; nothing where there are none."""
    if not any(CURE.strip() in one.to_do for one in every):
        return None
    before, after = HEADINGS
    desk = (element("code", "seskit correct FOLDER"), ", or Correct problems here in ", element("code", "seskit desk"))
    return paragraph(before, *desk, after)


def _named(agency: AgencyOfRun, to: str | None) -> Markup:
    """The agency's name with its link, and its folder where that is another word."""
    name = element("a", agency.title, href=to) if to else element("strong", agency.title)
    folder = element("span", f" {agency.place_name}", class_="muted") if agency.place_name != agency.title else None
    return together(name, folder)


def _rank(agency: AgencyOfRun) -> tuple[Any, ...]:
    """The worst first: without a result, then forms that are a draft, then what else is open, then each severity in turn."""
    many = counts(one for one in agency.findings if not one.waits)
    open_ones = not needs_attention(agency.findings)
    order = ("not run", "failed", "draft")
    stands = order.index(agency.status) if agency.status in order else len(order)
    return (open_ones, stands, *(-many.get(severity, 0) for severity in SEVERITIES), agency.title.casefold())


def _first(found: Sequence[AgencyOfRun]) -> Markup | None:
    """What the rule that comes first says wherever it binds: those over it, and, folded, those within."""
    bound = [(agency, one) for agency in found for one in agency.findings if one.rule == FIRST.rule]
    if not bound:
        return None
    bound.sort(key=lambda pair: SEVERITIES.index(pair[1].severity))
    over, within = ([pair for pair in bound if (pair[1].severity != "indicator") is wanted] for wanted in (True, False))
    lines = [_said(agency, one) for agency, one in over]
    parts: list[Markup] = [element("h2", FIRST.heading, id=FIRST.rule)]
    if over:
        parts += [
            paragraph(number_of(len(over), "agency is", "agencies are"), f" {FIRST.over}."),
            listed(lines),
        ]
    if within:
        title = f"{number_of(len(within), 'agency is', 'agencies are')} {FIRST.within}"
        parts.append(
            element("details", element("summary", title), listed([_said(agency, one) for agency, one in within]))
        )
    return together(parts)


def _said(agency: AgencyOfRun, one: Finding) -> Markup:
    name = _named(agency, agency.link(one))
    return together(paper.mark(one.severity), " ", name, ": ", one.sentence, f" [{one.authority}]")


def _finder(found: Sequence[AgencyOfRun]) -> Markup | None:
    """A box to find an agency by, where there are so many that one looks for it."""
    if len(found) < 2:
        return None
    box = element("input", type="search", id="find-agency", autocomplete="off")
    label = element("label", "Find an agency", box, for_="find-agency", class_="search")
    return element("div", label, element("p", id="found", role="status"), id="finder", hidden=True)


def _table(found: Sequence[AgencyOfRun]) -> Markup:
    """A row for each agency with findings, a column for each subject."""
    subjects = [subject for subject in SUBJECTS if any(one.subject == subject for a in found for one in a.findings)]
    heads = ["Agency", "Status", "All", *(subject.capitalize() for subject in subjects)]
    header = [element("th", element("button", head, type="button"), scope="col") for head in heads]
    rows = [_row(agency, place, subjects) for place, agency in enumerate(found)]
    table = element(
        "table", element("caption", "Agency by subject; press a column's name to sort by it"),
        element("thead", element("tr", header)), element("tbody", rows),
    )  # fmt: skip
    return element("div", table, class_="wide", role="region", aria_label="Agency by subject", tabindex="0")


def _row(agency: AgencyOfRun, place: int, subjects: Sequence[str]) -> Markup:
    name = _named(agency, f"#{_id(agency)}")
    cells = [
        element("td", WORDS[agency.status], data_key=f"{place:06}"),
        _cell(agency.findings, _weight(agency.findings)),
    ]
    for subject in subjects:
        own = [one for one in agency.findings if one.subject == subject]
        cells.append(_cell(own, _weight(own)))
    return element(
        "tr", element("th", name, scope="row", data_key=agency.title), cells, data_agency=_names(agency)
    )  # fmt: skip


def _cell(found: Sequence[Finding], key: str) -> Markup:
    shown = paper.marks(found) if found else element("span", "none", class_="muted")
    return element("td", shown, class_="counts", data_key=key)


def _weight(found: Sequence[Finding]) -> str:
    """A word that sorts the worst first."""
    many = counts(found)
    return "".join(f"{max(999999 - many.get(severity, 0), 0):06}" for severity in SEVERITIES)


def _id(agency: AgencyOfRun) -> str:
    return f"agency-{anchor(agency.folder) or 'one'}"


def _names(agency: AgencyOfRun) -> str:
    return named(agency.title, agency.place_name, agency.folder)


def named(*names: str) -> str:
    """The names by which an agency is found."""
    return " ".join(dict.fromkeys(names)).lower()


def _kinds(found: Sequence[AgencyOfRun]) -> Markup:
    """Each kind of finding over all agencies, and in which of them it is."""
    owner = {id(one): agency for agency in found for one in agency.findings}
    items = []
    for kind in paper.grouped_apart(one for agency in found for one in agency.findings):
        where: dict[str, list[Finding]] = {}
        for one in kind:
            where.setdefault(owner[id(one)].folder, []).append(one)
        links = [_kind_in(owner[id(some[0])], some) for some in where.values()]
        agencies = "1 agency" if len(where) == 1 else f"{len(where)} agencies"
        head = element(
            "span",
            paper.mark(kind[0].severity, len(kind)),
            f" {paper.name_of(kind)}, in {agencies}: {paper.sentence_of(kind)}",
        )
        items.append(element("details", element("summary", head), _few_items(links)))
    return _few(items, "kinds")


def _kind_in(agency: AgencyOfRun, some: Sequence[Finding]) -> Markup:
    name = _named(agency, agency.link(some[0]))
    many = f" ({len(some)})" if len(some) > 1 else ""
    return together(name, many, ": ", some[0].sentence)


def _few_items(lines: Sequence[Markup]) -> Markup:
    more = len(lines) - FEW
    rest = [element("details", element("summary", f"{more} more"), listed(lines[FEW:]))] if more > 0 else []
    return together(listed(lines[:FEW]), rest)


def _few(parts: Sequence[Markup], what: str) -> Markup:
    """The first as they are, the others in a fold."""
    more = len(parts) - FEW
    rest = (
        element("details", element("summary", f"{more} more {what}"), parts[FEW:], class_="more") if more > 0 else None
    )
    return together(*parts[:FEW], rest, between="\n")


def _details(agency: AgencyOfRun) -> Markup:
    """One agency: its counts, and every finding with its link."""
    head = element("span", _named(agency, None), ": ", paper.marks(agency.findings))
    return element(
        "details", element("summary", head), paper.kinds(agency.findings, agency.link, agency.walk), id=_id(agency),
        data_agency=_names(agency),
    )  # fmt: skip


_COLUMNS: tuple[tuple[str, Callable[[AgencyOfRun, Finding], object]], ...] = (
    ("Agency", lambda agency, _: agency.title),
    ("Folder", lambda agency, _: agency.place_name),
    ("Severity", lambda _, one: one.severity),
    ("Needs action", lambda _, one: "yes" if one.open else "no"),
    ("Subject", lambda _, one: one.subject),
    ("Rule", lambda _, one: one.rule),
    ("About", lambda _, one: one.about),
    ("File", lambda _, one: one.file),
    ("Row", lambda _, one: one.row),
    ("Column", lambda _, one: one.column),
    ("Day", lambda _, one: one.day),
    ("What was found", lambda _, one: one.sentence),
    ("What to do", lambda _, one: one.to_do),
    ("Authority", lambda _, one: one.authority),
    ("Confidence", lambda _, one: one.confidence),
    ("Other reading", lambda _, one: one.other_reading),
    ("Link", lambda agency, one: agency.link(one)),
    ("Key", lambda _, one: one.key),
)


def table(agencies: Iterable[AgencyOfRun]) -> str:
    """Every finding as CSV that a spreadsheet opens; no cell can act as a formula."""
    rows = (
        [value(agency, one) for _, value in _COLUMNS]
        for agency in sorted(agencies, key=_rank)
        for one in agency.findings
    )
    return as_csv([name for name, _ in _COLUMNS], rows)


def data(agencies: Iterable[AgencyOfRun]) -> str:
    """Every finding as JSON, agency by agency."""
    told = {
        agency.folder: {
            "title": agency.title,
            "attention": needs_attention(agency.findings),
            "counts": counts(agency.findings),
            "findings": [{**one.to_dict(), "link": agency.link(one)} for one in agency.findings],
        }
        for agency in sorted(agencies, key=_rank)
    }
    return json.dumps({"agencies": told}, indent=1, ensure_ascii=False) + "\n"
