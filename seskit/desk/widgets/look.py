"""How panels look: labels and help above each box, colors taken from JupyterLab's own light or dark theme."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import ipywidgets
from IPython.core.getipython import get_ipython
from IPython.display import Javascript, display

from seskit.formats.days import days_in_words, long_date
from seskit.formats.markup import Markup, element, paragraph, style, together
from seskit.formats.shipped import text_beside
from seskit.law.facts import dollars, money

# Inherited colors only: contrast is that of the theme, and no color carries meaning.
_STYLE = text_beside(__file__, "look.css")

# What no widget can be told. JupyterLab takes letters and arrows for its own commands while a list of choices, a
# tick box or a button has the keyboard: 'M' turns the cell to text, 'D D' deletes it. And a live region is heard for
# certain only where its element stays while the words in it are replaced. And each cell of a table knows its column: where
# there is no room side by side, cells are below each other, each with the words of its column. And the keyboard is not left
# nowhere: where the control that had it is gone, the one now in its place gets it, or the first where nothing is there; and
# a course that was just run begins at its heading, for "Run All" leaves the keyboard below the last cell. And a page that
# was made ready before it was opened says that it is. And the answer that stays in sight at the foot of the window while a
# form is filled in never covers the entry that has the keyboard, with its words. And what is being typed stays: ipywidgets
# writes an entry's value into its box at any change of the entry, its label's, too. And what a press opens is heard: a live
# region that comes with its words says nothing, so one region that is always there says what came, and the words of a
# button that changed under the press. Which button of the opener is open, and which entry cannot be used, is told as well.
# And the count of files behind a button is taken away: what was brought leaves the widget at once, so it would always be 0.
_TENDED = text_beside(__file__, "tended.js").strip()


class Shown(ipywidgets.VBox):  # type: ignore[misc]
    """A box that, once shown in a notebook, leaves the keyboard to its own controls and has its status heard."""

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        if get_ipython() is not None:
            display(Javascript(_TENDED))  # type: ignore[no-untyped-call]
        return super()._repr_mimebundle_(**kwargs)


def opening(sentence: str, *more: str, level: int = 3) -> ipywidgets.HTML:
    """The head of a panel: its style, what is asked, and how to use it."""
    lines = [paragraph(line) for line in more if line]
    return ipywidgets.HTML(together(style(_STYLE), heading(sentence, level=level), lines))


def heading(*words: str | Markup, level: int) -> Markup:
    """A head that a screen reader can jump to, no larger than the text below it."""
    return element(f"h{level}", words, class_="seskit-head")


def status(*lines: str) -> Markup:
    """The lines a screen reader announces when they change, as a live region."""
    said = [paragraph(line) for line in lines if line]
    return element("div", said, class_="seskit-status", role="status", aria_live="polite", aria_atomic="true")


def beside(*lines: str) -> Markup:
    """The same lines where the person works, to be seen; what is announced stands in the status."""
    said = [paragraph(line) for line in lines if line]
    return together(element("div", said, class_="seskit-status") if said else None)


def brief(*lines: str) -> Markup:
    """The same in two lines at most, which stay in sight where the answer comes after the entries; for the eye alone."""
    return element("div", class_="seskit-said", aria_hidden="true", data_says=" ".join(line for line in lines if line))


def label(words: str, help_text: str, wrong: str = "") -> Markup:
    """A box's label with its help and, where the entry cannot be used, why: all of it is read out with the box."""
    parts = [element("span", days_in_words(words), class_="seskit-label")]
    if help_text:
        parts.append(element("span", days_in_words(help_text), class_="seskit-help"))
    if wrong:
        parts.append(element("span", "Please correct: ", wrong, class_="seskit-wrong"))
    return together(parts, between=" ")


def text_of(value: object, unit: str = "") -> str:
    """A value as it stands in a box: a day as people write it, and an amount, unless that would round it."""
    if isinstance(value, date):
        return long_date(value)
    if not isinstance(value, Decimal):
        return str(value)
    written = dollars(value)
    return written if unit.startswith("USD") and money(written) == value else format(value, "f")


def side_by_side(form: ipywidgets.VBox, side: ipywidgets.VBox) -> ipywidgets.HBox:
    """The form, with the answer beside it, or below it where the window is narrow."""
    form.add_class("seskit-form")
    side.add_class("seskit-side")
    side.children[0].add_class("seskit-answer")
    both = ipywidgets.HBox([form, side])
    both.add_class("seskit-columns")
    return both
