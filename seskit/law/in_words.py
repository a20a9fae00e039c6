"""Values of facts, figures and answers as people write them, and as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from seskit.law.facts import dollars

_SYSTEMS = {
    "basic-2012": "OPM's basic system of 2012",
    "basic-2025": "OPM's basic system of 2025",
}
#: Of each fact the choices that are codes, or that letters alone do not name, as people call them.
NAMED: Mapping[str, Mapping[str, str]] = {
    "regime": _SYSTEMS,
    "plan": {**_SYSTEMS, "agency": "the agency's own"},
    "criterion": {
        "A": "A: executive experience",
        "B": "B: candidate development program",
        "C": "C: special or unique qualities",
    },
    "board": {
        "ERB": "Executive Resources Board (ERB)",
        "QRB": "Qualifications Review Board (QRB)",
        "PRB": "Performance Review Board (PRB)",
    },
    "bureau": {"IRS": "Internal Revenue Service (IRS)"},
    "holds": {"ses": "SES"},
    "kind": {"flsa_overtime": "overtime under the FLSA"},
    "item": {"oig_variant": "a variant for the Inspector General office"},
}
#: Confidence in a few words, beside a citation or in a table.
SURE = {"verified": "confirmed in the source", "recalled": "not yet confirmed", "design": "our reading"}


def choice(value: object, fact: str = "") -> str:
    """A choice of a fact in plain words: limited term, not limited_term."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return NAMED.get(fact, {}).get(str(value), str(value).replace("_", " "))


def as_data(value: Any) -> Any:
    """Dates and decimals as text, tuples as lists, anything else as it is."""
    if isinstance(value, date | Decimal):
        return format(value, "f") if isinstance(value, Decimal) else value.isoformat()
    if isinstance(value, Mapping):
        return {str(as_data(key)): as_data(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [as_data(item) for item in value]
    return value


def shown(value: Any, unit: str) -> str:
    """A figure as people write it."""
    if unit.startswith("USD") and isinstance(value, Decimal | int):
        return dollars(value)
    if unit == "percent":
        return f"{value} percent"
    if isinstance(value, Mapping):
        return "; ".join(_entry(key, item) for key, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(shown(item, "") for item in value) or "none listed"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value} {unit}" if unit in ("days", "months", "years") else _words(value)


def _entry(key: object, item: Any) -> str:
    """One entry of a figure that is a list by key: what has a name and an authority of its own is called by them."""
    if not isinstance(item, Mapping) or not {"name", "basis"} <= item.keys():
        return f"{str(key).replace('_', ' ')}: {shown(item, '')}"
    known = ("name", "citation", "basis")
    more = [f"{str(one).replace('_', ' ')} {shown(said, '')}" for one, said in item.items() if one not in known]
    return f"{item['name']} ({'; '.join([*more, str(item['citation']), SURE[item['basis']]])})"


def _words(value: Any) -> str:
    """A value; one of a list of choices, such as limited_term, in words."""
    said = str(value)
    return said.replace("_", " ") if isinstance(value, str) and said.isidentifier() else said


def plainly(value: Any, unit: str = "") -> str:
    """A fact's value as people write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return shown(value, unit) if unit else str(value).replace("_", " ")


#: What stands for the authority of a check that no law asks for.
OURS = "our own check"


def printed_source(citation: str, basis: str) -> str:
    """An authority as it is printed: a reading or a check of our own says so."""
    if "(our check)" in citation or citation in ("our check", "design"):
        return OURS
    return f"our own reading of {citation}" if basis == "design" else citation
