"""The list of pages beside each page: every part of the site, and below the one that is open, its own pages.

Sphinx would resolve the whole list anew for each page, which is four fifths of the time of a build.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import Any

from sphinx import addnodes
from sphinx.search.en import SearchEnglish

from seskit.formats.markup import Markup, element, together


class Navigation:
    """The lists of pages of one build."""

    def __init__(self, app: Any) -> None:
        self.app = app

    @cached_property
    def parts(self) -> list[tuple[str, list[str]]]:
        """Each heading of the contents with its pages."""
        found = self.app.env.master_doctree.findall(addnodes.toctree)
        return [(one["caption"], one["includefiles"]) for one in found]

    @cached_property
    def above(self) -> dict[str, str]:
        """The page that lists each page."""
        listed = self.app.env.toctree_includes.items()
        return {child: parent for parent, children in listed for child in children}

    def path(self, page: str) -> list[str]:
        """A page and those it lies below."""
        way = [page]
        while way[-1] in self.above:
            way.append(self.above[way[-1]])
        return way

    def beside(self, page: str) -> Markup:
        """The list for one page."""
        way = self.path(page)
        return together([self._part(caption, self._pages(pages, page, way, 1)) for caption, pages in self.parts])

    def _part(self, caption: str, pages: Markup) -> Markup:
        words = element("span", caption, class_="caption-text")
        return together(element("p", words, class_="caption", role="heading", aria_level="2"), pages)

    def _pages(self, pages: list[str], page: str, way: list[str], depth: int) -> Markup:
        return element("ul", [self._line(one, page, way, depth) for one in pages])

    def _line(self, one: str, page: str, way: list[str], depth: int) -> Markup:
        here = " current" if one in way else ""
        opened = " current-page" if one == page else ""
        to = "#" if one == page else self.app.builder.get_relative_uri(page, one)
        link = element("a", self.app.env.titles[one].astext(), class_=f"reference internal{here}", href=to)
        below = self.app.env.toctree_includes.get(one, []) if here else []
        inside = self._pages(below, page, way, depth + 1) if below else None
        return element("li", link, inside, class_=f"toctree-l{depth}{here}{opened}")


class Words(SearchEnglish):
    """English as the search knows it; the stem of a word is found once, not each time the word is read."""

    stem = cache(SearchEnglish.stem)


def setup(app: Any) -> dict[str, bool]:
    """Give each page its list in place of the theme's, and the search its words."""
    found = Navigation(app)

    def hold(_: Any, __: str, ___: str, context: dict[str, Any], ____: Any) -> None:
        context["toctree"] = lambda **_____: ""

    def give(_: Any, page: str, __: str, context: dict[str, Any], ___: Any) -> None:
        context["furo_navigation_tree"] = found.beside(page)

    app.connect("html-page-context", hold, priority=400)
    app.connect("html-page-context", give, priority=600)
    app.add_search_language(Words)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
