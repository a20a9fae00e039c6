"""Whether action followed appraisal, over years: counts by year, what was owed and is not on record, and every weak rating."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from seskit.formats import results
from seskit.formats.documents import FORMATS, Document, escaped, table
from seskit.work.appraisal.followed import RatedYear

STEM = "action_after_appraisal"
HEAD = (
    "Year", "Rated", "Action required", "Action on record", "Award permitted", "Award on record", "Adjustment permitted",
    "Adjustment on record", "Nothing on record",
)  # fmt: skip
KIND_HEAD = ("Year", "What", "Permitted", "Required", "On record")
#: What may follow a rating, in words; retirement and resignation end the matter and are nobody's action.
_KINDS = {
    "award": "award", "adjustment": "pay adjustment", "reduction": "pay reduction", "development": "development",
    "reassignment": "reassignment", "transfer": "transfer within the SES", "removal": "removal",
    "retirement": "retirement", "resignation": "resignation",
}  # fmt: skip
_LOWEST = 3


def kinds(listed: Sequence[RatedYear]) -> list[tuple[int, str, int, int, int]]:
    """For each year and kind: for how many it was permitted, required, and is on record; nothing where all are none."""
    counted = [
        (one.year, words, one.count(kind)[0], one.required(kind), one.happened(kind))
        for one in listed for kind, words in _KINDS.items()
    ]  # fmt: skip
    return [row for row in counted if any(row[2:])]


def in_words(listed: Sequence[RatedYear]) -> list[str]:
    """The years as sentences."""
    said = []
    for one in listed:
        parts = [
            f"{words} permitted {may}, required {must}, on record {did}" for _, words, may, must, did in kinds([one])
        ]
        said.append(
            f"{one.year}: rated {len(one.rows)}; {'; '.join(parts) or 'nothing permitted, required or on record'}."
        )
    return said


def rows(listed: Sequence[RatedYear]) -> list[tuple[int, ...]]:
    """One row for each year."""
    made: list[tuple[int, ...]] = []
    for one in listed:
        required = [row for row in one.rows if row.required]
        nothing = sum(row.nothing for row in one.rows)
        made.append(
            (
                one.year,
                len(one.rows),
                len(required),
                len(required) - len(one.owed),
                *one.count("award"),
                *one.count("adjustment"),
                nothing,
            )
        )
    return made


def document(listed: Sequence[RatedYear], agency: str) -> Document:
    """The years side by side, then what was owed, then each rating below fully successful."""
    owed = [(row.person_id, row.year, row.level, row.required, row.says) for one in listed for row in one.owed]
    weak = [
        (row.person_id, row.year, row.level, row.required or "nothing", ", ".join(row.permitted), row.says)
        for one in listed for row in one.rows if row.level < _LOWEST
    ]  # fmt: skip
    parts = [
        escaped("A rating requires, permits or bars; what happened is what the agency's files have on record for the same year."),
        table("Year by year", HEAD, rows(listed)),
        table("By kind of action, for how many executives; where one of several was required, each is counted", KIND_HEAD, kinds(listed)),
        "# Required, and not on record\n\n" + table("Still owed", ("Executive", "Year", "Level", "Required", "On record"), owed),
        "# Ratings below fully successful\n\n" + table(
            "Each with what followed", ("Executive", "Year", "Level", "Required", "Permitted", "What happened"), weak),
    ]  # fmt: skip
    return Document(f"Does action follow appraisal? {agency}", "\n\n".join(parts) + "\n", agency, draft=bool(owed))


def write(listed: Sequence[RatedYear], agency: str, out: Path, formats: Iterable[str] = FORMATS) -> list[Path]:
    """Write the comparison."""
    with results.kept(out, STEM):
        return document(listed, agency).write(out, STEM, formats)
