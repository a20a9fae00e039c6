"""An agency's people under the rules of other days, as a page and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from seskit.formats import results
from seskit.formats.files import whole
from seskit.formats.markup import Markup, element, together
from seskit.work.report.under_rules import SideBySide

STEM = "other_rules"


def write(found: SideBySide, folder: Path) -> list[Path]:
    """Write other_rules.html and other_rules.json."""
    folder.mkdir(parents=True, exist_ok=True)
    data = json.dumps(found.to_dict(), indent=1, ensure_ascii=False) + "\n"
    with results.kept(folder, STEM):
        return [
            whole(folder / f"{STEM}.html", page(found).encode()),
            whole(folder / f"{STEM}.json", data.encode()),
        ]


def page(found: SideBySide) -> Markup:
    """The comparison as a page."""
    from seskit.formats import notebook_page

    title = f"{found.agency} under the rules of {', '.join(map(str, found.days))}"
    table = element("div", found.table().to_html(), class_="wide", role="region", aria_label=title, tabindex="0")
    return notebook_page.document(title, together([element("h1", title), table], between="\n"))
