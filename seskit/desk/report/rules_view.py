"""`seskit report --rules-of DAY`: the same people under another day's rules, on the console and as files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from seskit.desk.console import say
from seskit.record.agency import Agency
from seskit.record.roster import Roster


def show(agency: Agency, roster: Roster, days: Sequence[date], out: Path | None, *, as_json: bool) -> None:
    """Print the comparison, and write it where a folder is named."""
    from seskit.work.report.under_rules import side_by_side

    found = side_by_side(agency, roster, days)
    if as_json:
        say(json.dumps(found.to_dict(), indent=1, ensure_ascii=False))
    else:
        for line in found.to_text():
            say(line)
    if out is not None:
        from seskit.paper.report import side_by_side as paper

        for path in paper.write(found, out):
            if not as_json:
                say(f"  {path.name}")
