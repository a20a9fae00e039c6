"""Every check by its key, with what must be so: of the report, of the pay worksheet and of the appraisal year."""

from __future__ import annotations

import re

from docs.site.tables import cell, table
from seskit.law.parameters import parameter, paths
from seskit.law.report.editions import newest
from seskit.work.pay_setting.worksheet import finding
from seskit.work.report.numbered_checks import CHECKS
from seskit.work.report.readings import READINGS

#: How the last part of a rule's path looks where it is the key of a check.
_KEY = re.compile(r"(?P<list>.+)\.(?P<key>[A-Z]{1,2}\d+)")


def pages() -> dict[str, str]:
    """The one page of the checks by its place below the site."""
    used = newest()
    report = [(f"`{key}`", cell(one.holds(used)), cell(one.law)) for key, one in CHECKS.items()]
    readings = [(f"`{one.code}`", cell(one.asked(used)), f"`{one.option}`" if one.option else "") for one in READINGS]
    pay = [(f"`{name}`", cell(holds)) for name, holds in finding.CHECKS.items()]
    parts = [
        f"# Every check\n\n{_HOW}",
        f"## The report\n\n{table(('Check', 'What must be so', 'Law'), report)}",
        "## Open points of the forms\n\nWhere the instructions are silent or can be read in two ways. A footnote of a form "
        f"names each that was used.\n\n{table(('Point', 'What is open', 'Option in agency.yaml'), readings)}",
        f"## The pay worksheet\n\n{table(('Check', 'What must be so'), pay)}",
    ]
    for listed, keys in _of_rules().items():
        rows = [(f"`{key}`", cell(_looked_at(f"{listed}.{key}", key))) for key in keys]
        kind, by_key, _ = parameter(f"{listed}.{keys[0]}").label.partition(f" {keys[0]}")
        head = f"{kind[0].upper()}{kind[1:]}: " if by_key else ""
        parts.append(f"## {head}`{listed}`\n\n{table(('Check', 'What is looked at'), rows)}")
    return {"checks/index.md": "\n\n".join(parts) + "\n"}


_HOW = """A finding names its check by a key. Each key is here with what must be so; a finding says which file, row or box it
is about and what to do. The checks of the appraisal year have their dates and sources among the [figures](../figures/appraisal.md)."""


def _looked_at(path: str, key: str) -> str:
    """What a check of the rules looks at: the words last in force where it is called by its key alone."""
    found = parameter(path)
    if not found.label.endswith(key):
        return found.label
    return str(next(one.value for one in reversed(found.values) if one.value is not None))


def _of_rules() -> dict[str, list[str]]:
    """The checks whose words are in the rules: the keys of each list."""
    made: dict[str, list[str]] = {}
    for path in paths():
        if found := _KEY.fullmatch(path):
            made.setdefault(found["list"], []).append(found["key"])
    return {
        listed: sorted(keys, key=lambda key: (re.sub(r"\d", "", key), int(re.sub(r"\D", "", key))))
        for listed, keys in made.items()
    }
