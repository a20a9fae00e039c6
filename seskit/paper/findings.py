"""Findings on a page: like ones together under a count that opens, each with what to do, its authority and its link."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from seskit.formats import notebook_page
from seskit.formats.counts import number_of
from seskit.formats.days import days_in_words
from seskit.formats.markup import Markup, element, listed, paragraph, together
from seskit.formats.shipped import text_beside
from seskit.formats.tables import coded
from seskit.law.result import LABELS
from seskit.record.alike import sentence
from seskit.record.finding import MEANS, SEVERITIES, Finding, Severity, counts, in_order, in_short, waiting

#: The file beside an agency's results that holds its whole list.
PAGE, DATA = "findings.html", "findings.json"
SIGNS: dict[Severity, str] = {"error": "■", "block": "▲", "flag": "◆", "warning": "○", "indicator": "·"}
#: So many places of one kind are listed; the page says how many more there are.
MOST = 200
STYLE = text_beside(__file__, "findings.css")
#: What is particular to one finding about a file: a quoted value, a number, a day.
_PARTICULAR = re.compile(r"'[^']*'|\$?\d[\d,.-]*")
#: A link into a fold opens it.
SCRIPT = text_beside(__file__, "findings.js")
Link = Callable[[Finding], str | None]


def page(title: str, found: Sequence[Finding]) -> Markup:
    """The whole list of one agency as a page."""
    body = together(
        element("h1", f"{title}: what needs attention"),
        paragraph(f"{number_of(len(found), 'finding')}: {in_short(found)}." if found else "Nothing needs attention."),
        legend() if found else None,
        kinds(found, anchored=True),
        between="\n",
    )
    return notebook_page.document(f"{title}: what needs attention", body, STYLE, SCRIPT)


def line(said: str) -> Markup | None:
    """What leads from a page of the agency to its list; nothing where nothing was found."""
    return paragraph("What needs attention: ", element("a", said, href=PAGE), ".") if said else None


def legend() -> Markup:
    """What the words mean, in a fold."""
    meant = listed([(mark(severity), f": {words}") for severity, words in MEANS.items()])
    return element("details", element("summary", "What the words mean"), meant)


def mark(severity: Severity, many: int | None = None) -> Markup:
    """A severity as word and sign, with a count where there is one."""
    word = severity.capitalize() if many is None else number_of(many, severity)
    return element("span", element("span", SIGNS[severity], " ", aria_hidden="true"), word, class_=severity)


def marks(found: Sequence[Finding]) -> Markup:
    """Counts by severity, each with its sign, the worst first; what only waits is apart."""
    many = counts(one for one in found if not one.waits)
    said = together([mark(severity, many[severity]) for severity in SIGNS if many.get(severity)], between=", ")
    return together([part for part in (said, waiting(found)) if part], between="; ")


def grouped(found: Iterable[Finding]) -> list[list[Finding]]:
    """Findings of one agency and kind together: the same rule, as grave, in one subject; the worst kind first."""
    return _by_kind(in_order(found))


def grouped_apart(found: Iterable[Finding]) -> list[list[Finding]]:
    """The same over many agencies, where two findings alike are two; the worst kind first, then the most frequent."""
    kinds_of = _by_kind(found)
    return sorted(kinds_of, key=lambda kind: (SEVERITIES.index(kind[0].severity), -len(kind), name_of(kind)))


def _said(one: Finding) -> str:
    """What a finding about a file says, without the values, numbers and names in it: what is alike is one kind."""
    return _PARTICULAR.sub("…", one.sentence).lower()


def _by_kind(found: Iterable[Finding]) -> list[list[Finding]]:
    kinds_of: dict[tuple[str, ...], list[Finding]] = {}
    for one in found:
        kind = (one.subject, one.rule, one.severity, *((one.file, _said(one)) if one.rule == "file" else ()))
        kinds_of.setdefault(kind, []).append(one)
    return list(kinds_of.values())


def name_of(kind: Sequence[Finding]) -> str:
    """A kind in a few words: the subject, and the rule or the file."""
    one = kind[0]
    return f"{one.subject.capitalize()}, {one.file if one.rule == 'file' else one.rule}"


def sentence_of(kind: Sequence[Finding]) -> str:
    """What a kind says of all its findings."""
    return sentence([one.sentence for one in kind])


def _nowhere(_: Finding) -> None:
    return None


def kinds(found: Iterable[Finding], link: Link = _nowhere, walk: Link = _nowhere, *, anchored: bool = False) -> Markup:
    """A list of findings, like ones folded under their count."""
    items = []
    for kind in grouped(found):
        if len(kind) == 1:
            items.append(_item(kind[0], link, walk, anchored))
            continue
        head = element(
            "summary",
            element("span", mark(kind[0].severity, len(kind)), f" {name_of(kind)}: {days_in_words(sentence_of(kind))}"),
        )
        inside = [_item(one, link, walk, anchored) for one in kind[:MOST]]
        more = paragraph(f"{len(kind) - MOST} more are in {DATA}.") if len(kind) > MOST else None
        items.append(element("li", element("details", head, element("ul", inside, class_="findings"), more)))
    return element("ul", items, class_="findings") if items else element("p", "Nothing.")


def _item(one: Finding, link: Link, walk: Link, anchored: bool) -> Markup:
    to, shown = link(one), walk(one)
    see = [" ", element("a", "See the walk-through", href=shown, aria_label=f"See the walk-through, {one.where}")]
    where: Markup | str = element("a", one.where, href=to) if to else element("strong", one.where)
    parts = [
        paragraph(mark(one.severity), " ", where, ". ", days_in_words(one.said_there)),
        paragraph("What to do: ", coded(days_in_words(one.to_do))) if one.to_do else None,
        paragraph("By the other reading: ", one.other_reading, ".") if one.other_reading else None,
        paragraph(element("span", _basis(one), class_="muted"), see if shown and shown != to else None),
    ]
    return element("li", parts, id=one.key if anchored else None)


def _basis(one: Finding) -> str:
    seen = f"Seen on {one.day}." if one.day else ""
    waits = "Waits for information still to come." if one.waits else ""
    law = f"{one.authority}." if one.authority else ""
    sure = LABELS.get(one.confidence, "") if one.authority else ""
    return " ".join(part for part in (f"{name_of([one])}.", law, sure, seen, waits) if part)
