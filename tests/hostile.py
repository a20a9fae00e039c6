"""Agencies whose every free text holds markup, for tests of what leaves: no element, attribute or script comes of it."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import lxml.html
import yaml

from tests import batch_kit as kit

MARK = "zq7"
MARKUP = (
    f"\"><{MARK} on{MARK}=1>'><script>{MARK}()</script><img src=x onerror={MARK}()></td></table></style></title>"
    f"<a href=javascript:{MARK}()>a</a> [a](javascript:{MARK}()) ![a](http://{MARK}) `<{MARK}>`{{=html}} "
    f"<!-- {MARK} --> {{{{ {MARK} }}}} ${MARK}$ &lt;{MARK}&gt; \\"
)
#: Columns of the lists that hold free text; every other column has its own words, dates and amounts.
FREE = ("name", "component", "action", "reason", "note", "new_position")


def agency(name: str, folder: Path, text: str = MARKUP) -> Path:
    """A copy of a sample agency with the text before every free text of its files."""
    place = folder / name
    shutil.copytree(kit.SAMPLES / name, place)
    for file in place.glob("*.csv"):
        with file.open(newline="", encoding="utf-8") as lines:
            rows = list(csv.DictReader(lines))
        with file.open("w", newline="", encoding="utf-8") as out:
            writer = csv.DictWriter(out, list(rows[0]))
            writer.writeheader()
            for row in rows:
                writer.writerow({key: f"{text} {cell}" if key in FREE and cell else cell for key, cell in row.items()})
    for file in place.glob("*.yaml"):
        read = yaml.safe_load(file.read_text(encoding="utf-8"))
        file.write_text(yaml.safe_dump(_changed(read, text), sort_keys=False, width=4000), encoding="utf-8")
    return place


def everywhere(name: str, folder: Path, text: str = MARKUP) -> Path:
    """The same with the text in every cell of the roster, dates and amounts too: nothing can be read, all is told."""
    place = agency(name, folder, text)
    with (place / "roster.csv").open(newline="", encoding="utf-8") as lines:
        head, *rows = csv.reader(lines)
    with (place / "roster.csv").open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([head, *([f"{text} {cell}" for cell in row] for row in rows)])
    return place


def _changed(value, text):
    if isinstance(value, dict):
        return {key: _changed(item, text) for key, item in value.items()}
    if isinstance(value, list):
        return [_changed(item, text) for item in value]
    return f"{text} {value}" if isinstance(value, str) and " " in value else value


def obeyed(page: str) -> list[str]:
    """What a browser would make of the text: elements, scripts, handlers, links. Nothing where it is only shown."""
    found = []
    for one in lxml.html.document_fromstring(page).iter():
        tag = one.tag if isinstance(one.tag, str) else "comment"
        if MARK in tag or (
            tag in ("script", "style", "comment", "title") and f"{MARK}(" in (one.text or "") and tag != "title"
        ):
            found.append(tag)
        for name, value in one.attrib.items():
            address = name in ("href", "src", "action", "style") and ("javascript:" in value or f"//{MARK}" in value)
            if MARK in name or name.startswith("on") or address:
                found.append(f"{tag} {name}={value[:60]}")
    return found
