# mypy: disable-error-code="attr-defined, no-untyped-call"
"""A page from an executed notebook: words, results and charts, no code, nothing fetched from anywhere."""

from __future__ import annotations

import html
import re
from copy import copy
from functools import cache
from typing import Any

from seskit.formats import frames, long_tables, markup, tokens
from seskit.formats.markup import Markup, element, paragraph, together, trusted
from seskit.formats.shipped import text_beside

#: Tags of cells for the one who works on the notebook: of JupyterLab's menus, and of how to use what is on the screen.
IN_JUPYTERLAB, AT_THE_DESK = "in-jupyterlab", "at-the-desk"
_BARE_DOLLAR = re.compile(r"(?<!\\)\$")
_STYLE = tokens.declared() + text_beside(__file__, "notebook_page.css")


def made(notebook: Any, title: str, agency: str = "", more: Markup | None = None) -> str:
    """The page of a notebook, whole in one file, its code and what is for the screen left out; `more` stands below the agency's name."""
    shown = copy(notebook)
    shown.cells = [_in_words(cell) for cell in notebook.cells if not {IN_JUPYTERLAB, AT_THE_DESK} & set(_tags(cell))]
    body, _ = _exporter().from_notebook_node(shown)
    named = (paragraph(element("strong", agency)), "\n") if agency else None
    return document(title, together(named, more, trusted(_anchored(body))))


def anchor(heading: str) -> str:
    """The address of a heading inside its page."""
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")


def _anchored(body: str) -> str:
    """The page's plain headings, each with its address; the first of two alike has it."""
    seen: set[str] = set()

    def addressed(found: re.Match[str]) -> str:
        name = anchor(html.unescape(found[1]))
        if not name or name in seen:
            return found[0]
        seen.add(name)
        return str(element("h2", trusted(found[1]), id=name))

    return _HEADING.sub(addressed, body)


def _tags(cell: Any) -> list[str]:
    return cell.metadata.get("tags") or []


def _in_words(cell: Any) -> Any:
    """Papermill's marks of a failure, which speak of numbered code, as a page without code tells them."""
    if "papermill-error-cell-tag" not in _tags(cell):
        return cell
    told = copy(cell)
    told.source = _HERE if 'id="papermill-error-cell"' in cell.source else _STOPPED
    return told


def document(title: str, body: Markup, style: str = "", script: str = "") -> Markup:
    """A page that opens without a network: language, title, one main region; a long table is searched and sorted."""
    made = frames.framed(str(body))
    if long_tables.within(made):
        style, script = style + long_tables.STYLE, script + long_tables.script()
    return markup.page(title, _STYLE + frames.STYLE + style, trusted(made), script)


#: A table with its title in a line of its own below it, as Markdown writes one.
_TITLED = re.compile(r"<table>((?:(?!</table>).)*)</table>\s*<p>: (.*?)</p>", re.DOTALL)


def from_markdown(text: str) -> Markup:
    """Markdown of the package's own as a piece of a page; a dollar sign is a dollar sign and begins no formula."""
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    made = markdown2html_mistune(_BARE_DOLLAR.sub(r"\\$", text))
    return trusted(_TITLED.sub(r"<table><caption>\2</caption>\1</table>", made))


def title(notebook: Any, otherwise: str) -> str:
    """The first heading of a notebook."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("# "):
            return str(cell.source).splitlines()[0][2:].strip()
    return otherwise


_STOPPED = "**This notebook did not run to its end.** Further down it says where it stopped, and why."
_HERE = "**The notebook stopped here:**"
_HEADING = re.compile(r"<h2>([^<>]*)</h2>")
_WORDLESS = re.compile(r"<img((?![^>]*\balt=)[^>]*>)")


@cache
def _exporter() -> Any:
    from nbconvert.exporters.html import Highlight2HTML, HTMLExporter, TemplateExporter, WidgetsDataTypeFilter
    from nbconvert.filters import strip_ansi

    class Exporter(HTMLExporter):
        """nbconvert's own, without parsing the finished page once more to look for pictures without words."""

        def _validate_preprocessor(self, *_: Any) -> None:
            """What papermill ran can be shown, whatever the format says of its outputs."""

        def from_notebook_node(self, nb: Any, resources: Any = None, **more: Any) -> Any:
            resources = self._init_resources(resources)
            kept = WidgetsDataTypeFilter(notebook_metadata=self._nb_metadata, parent=self, resources=resources)
            self.register_filter("highlight_code", Highlight2HTML(parent=self))
            self.register_filter("filter_data_type", kept)
            made, resources = TemplateExporter.from_notebook_node(self, nb, resources, **more)
            return _WORDLESS.sub(r'<img alt="A picture without a description"\1', made), resources

    made = Exporter(
        template_name="basic", exclude_input=True, exclude_input_prompt=True, exclude_output_prompt=True,
        exclude_anchor_links=True, embed_images=True, optimistic_validation=True,
    )  # fmt: skip
    made.register_filter("ansi2html", lambda text: html.escape(strip_ansi(text)))  # colors of a terminal are too pale
    return made
