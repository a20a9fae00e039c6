"""Every figure of the law with its first day in force, its source and how sure it is, from the rules themselves."""

from __future__ import annotations

from docs.site.tables import cell, table
from seskit.formats.days import days_in_words
from seskit.law.in_words import as_data
from seskit.law.parameters import Figure, parameter, paths
from seskit.law.result import LABELS


def pages() -> dict[str, str]:
    """Every page by its place below the site: one for each subject of the rules."""
    subjects = sorted({path.partition(".")[0] for path in paths()})
    made = {f"figures/{subject}.md": page(subject) for subject in subjects}
    listed = "\n".join(f"- [{_title(subject)}]({subject}.md)" for subject in subjects)
    contents = "\n".join(subjects)
    made["figures/index.md"] = f"# Every figure\n\n{_HOW}\n\n{listed}\n\n```{{toctree}}\n:hidden:\n\n{contents}\n```\n"
    return made


_HOW = """The law as data: each figure with the first day it was in force, where it is from and how sure it is.
`seskit changes 2003-12-31 2004-01-31` lists what changed between two days."""


def page(subject: str) -> str:
    """Every figure of one subject, each with all its values."""
    parts = [f"# Figures: {_title(subject).lower()}"]
    for path in paths(subject):
        rule = parameter(path)
        rows = [_row(figure) for figure in rule.values]
        head = ("From", "Value", "Source", "How sure")
        parts += [f"## {cell(rule.label[:1].upper() + rule.label[1:])}", f"`{path}`", table(head, rows)]
    return "\n\n".join(parts) + "\n"


def _row(figure: Figure) -> tuple[str, ...]:
    sure = LABELS[figure.confidence].rstrip(".")
    return str(figure.first_day), cell(_value(figure)), cell(days_in_words(figure.source)), sure


def _value(figure: Figure) -> str:
    value = figure.value
    if value is None:
        return "no rule"
    if isinstance(value, bool):
        return "yes" if value else "no"
    plain = as_data(value)
    unit = "" if figure.unit in ("", None) else f" {figure.unit.replace('USD', 'dollars')}"
    return f"{plain}{unit}"


def _title(subject: str) -> str:
    return subject.replace("_", " ").capitalize()
