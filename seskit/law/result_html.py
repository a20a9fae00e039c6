"""An answer as HTML: its sentence, what decides, and reasons and figures in folds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from seskit.formats.days import days_in_words
from seskit.formats.markup import Markup, element, listed, paragraph, together
from seskit.formats.tables import NOT_MATH, Table
from seskit.law.result import LABELS, Reason, Result, cited, mark


def whole(result: Result[Any]) -> Markup:
    """The answer as a fragment: no script, no color that carries meaning."""
    return element(
        "section", paragraph(element("strong", days_in_words(result.says))), working(result), class_=NOT_MATH
    )


def working(result: Result[Any]) -> Markup:
    """Everything below the answer's sentence: what decides, cautions; reasons and figures in folds.

    How sure an answer is, is said where it rests on a source; what a person typed and is only repeated rests on none.
    Of a fact with the value it would have anyway it is not said that it was not asked: a form fills it in by itself.
    """
    rests = result.reasons or result.figures
    sure = LABELS[result.confidence] if rests and not result.says.startswith("Cannot tell") else ""
    parts = [paragraph(line) for line in (sure, result.assumed) if line]
    if result.deciding:
        parts += [paragraph("What decides:"), _list(result.as_shown(result.deciding), "ul")]
    not_asked = result.not_asked_but(result.as_usual)
    for title, lines in (("Given, and not asked:", not_asked), ("Cautions:", result.cautions)):
        if lines:
            parts += [paragraph(title), listed(days_in_words(line) for line in lines)]
    if len(result.reasons) > len(result.deciding):
        parts.append(_fold(f"All reasons: {len(result.reasons)}", _list(result.shown_reasons, "ol")))
    if result.figures:
        header = ("Figure", "Value", "In force from", "Source", "Confidence")
        table = Table("Figures used", header, tuple(result.figure_rows())).to_html()
        parts.append(_fold(f"Figures used: {len(result.figures)}", table))
    return together(parts)


def _list(reasons: Iterable[Reason], kind: str) -> Markup:
    lines = (
        (days_in_words(r.text), mark(r.outcome), " ", element("em", "(", days_in_words(cited(r)), ")")) for r in reasons
    )
    return listed(lines, kind)


def _fold(summary: str, content: Markup) -> Markup:
    return element("details", element("summary", summary), content)
