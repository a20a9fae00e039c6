"""HTML, made in this one place: elements from their parts, and whatever is not markup already is escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from markupsafe import Markup as Markup

from seskit.formats.characters import visible

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_XML_NAME = re.compile(r"([a-zA-Z]\w*:)?[a-zA-Z][\w-]*")
_TAG = re.compile(r"(<[^>]*>)")
#: Elements whose words are not for a reader, or are to be typed as they are.
_KEPT_WORDS = re.compile(r"<(/?)(code|pre|style|script|svg)\b")
#: Elements without content or end tag.
_VOID = ("br", "img", "input", "meta")
#: Names of elements and attributes that are known to be ones; there are few, and each is met thousands of times.
_NAMES = 500


def element(tag: str, *content: Any, **attributes: Any) -> Markup:
    """An element with its content and attributes, in order; `class_` is class, `aria_label` aria-label, None left out."""
    opened = f"<{_named(tag)}{''.join(_attribute(name, value) for name, value in attributes.items())}>"
    return Markup(opened if tag in _VOID else f"{opened}{_inside(content)}</{tag}>")  # noqa: S704 (all escaped)


def together(*content: Any, between: str = "") -> Markup:
    """Pieces one after the other; text among them is escaped, None left out, lists are taken apart."""
    return Markup(_escaped(between).join(_pieces(content)))  # noqa: S704 (all escaped)


def paragraph(*content: Any) -> Markup:
    """A paragraph."""
    return element("p", *content)


def listed(lines: Iterable[Any], tag: str = "ul") -> Markup:
    """A list with an item for each line."""
    return element(tag, [element("li", line) for line in lines])


def page(
    title: str,
    styles: str,
    body: Markup,
    scripts: str = "",
    *,
    lang: str = "en",
    skip: bool = False,
    class_: str | None = None,
) -> Markup:
    """A whole page that opens without a network: language, title, one main region, and before it a link to it if asked."""
    head = element(
        "head", "\n", element("meta", charset="utf-8"), "\n",
        element("meta", name="viewport", content="width=device-width, initial-scale=1"), "\n",
        element("title", title), "\n", style(styles), "\n",
    )  # fmt: skip
    running = script(scripts) if scripts else None
    skipping = [element("a", "Skip to the content", class_="skip", href="#main"), "\n"] if skip else None
    main = element("main", "\n", body, "\n", id="main" if skip else None)
    inside = element("body", "\n", skipping, main, "\n", running, "\n", class_=class_)
    return together(trusted("<!DOCTYPE html>\n"), element("html", "\n", head, "\n", inside, "\n", lang=lang), "\n")


def style(rules: str) -> Markup:
    """Style rules of the package's own."""
    return _own("style", rules)


def script(code: str) -> Markup:
    """A script of the package's own."""
    return _own("script", code)


def reworded(made: str, change: Callable[[str], str]) -> Markup:
    """The same with its words changed: no tag or attribute, and nothing in code, preformatted text or a drawing."""
    parts, within = [], ""
    for part in _TAG.split(made):
        if found := _KEPT_WORDS.match(part):
            within = "" if found[1] and found[2] == within else within or found[2] * (not found[1])
        parts.append(part if within or part.startswith("<") else change(part))
    return Markup("".join(parts))  # noqa: S704 (its tags are those that were made, its words stay escaped)


def trusted(made: str) -> Markup:
    """Markup another program made and escaped, such as nbconvert or pandoc; never text from a file."""
    return Markup(made)  # noqa: S704 (what this is for)


def xml(tag: str, *content: Any, **attributes: Any) -> Markup:
    """An element of an office file or a drawing: `w__val` is w:val, one without content ends at once."""
    given = "".join(
        f' {_named(name.replace("__", ":"), _XML_NAME)}="{_escaped(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    inside = _inside(content)
    opened = f"{_named(tag, _XML_NAME)}{given}"
    return Markup(f"<{opened}>{inside}</{tag}>" if inside else f"<{opened}/>")  # noqa: S704 (all escaped)


def _own(tag: str, text: str) -> Markup:
    if "</" in text or "<!--" in text:
        raise ValueError(f"The {tag} would end in its middle.")
    return Markup(f"<{tag}>{text}</{tag}>")  # noqa: S704 (a constant of the package, checked above)


def _pieces(content: Iterable[Any]) -> Iterable[str]:
    for piece in content:
        if piece is None:
            continue
        if isinstance(piece, (str, bytes)) or hasattr(piece, "__html__") or not isinstance(piece, Iterable):
            yield _escaped(piece)
        else:
            yield from _pieces(piece)


def _inside(content: Iterable[Any]) -> str:
    return "".join(_pieces(content))


def _escaped(piece: Any) -> str:
    if hasattr(piece, "__html__"):
        return str(piece.__html__())
    return html.escape(visible(str(piece)))


def _attribute(name: str, value: Any) -> str:
    if value is None or value is False:
        return ""
    named = _attribute_named(name)
    return f" {named}" if value is True else f" {named}='{html.escape(visible(str(value)))}'"


@lru_cache(_NAMES)
def _attribute_named(name: str) -> str:
    named = _named(name.rstrip("_").replace("_", "-"))
    if named.startswith("on"):
        raise ValueError(f"{named} would hold a script.")
    return named


@lru_cache(_NAMES)
def _named(name: str, rule: re.Pattern[str] = _NAME) -> str:
    if not rule.fullmatch(name):
        raise ValueError(f"'{name}' names no element or attribute.")
    return name
