"""The oversight letter: the official's certification of the year's results, with the figures it rests on."""

from __future__ import annotations

from seskit.formats.days import long_date
from seskit.formats.documents import Document, escaped, still_open, table
from seskit.paper.certification.papers import in_doubt, money
from seskit.work.certification.evidence import off_list
from seskit.work.certification.mock_review import Rehearsal
from seskit.work.certification.ratings import OF_CAREER

_LAW = "5 CFR 430.404(a)(6)"
#: What the three statements rest on, by the point of the evidence.
_RESTS = {
    "performance_differentiation.application": "the ratings make meaningful distinctions based on relative performance",
    "assessments_guidelines.application": "the results take the assessment of the agency into account",
    "pay_differentiation.application": "pay adjustments, awards and rates of pay reflect performance",
}


def letter(found: Rehearsal) -> Document:
    """The letter for one system; a draft while the evidence does not bear one of its statements."""
    system, period = found.system, found.data[-1] if found.data else None
    listed = {point.role: point for point in found.points}
    open_ones = []
    for role, says in _RESTS.items():
        stands = listed.get(role) or off_list(role, system, found.data)
        if stands.state != "shown":
            open_ones.append(f"It is not shown that {says}: {stands.why}.")
    who = "Inspector General or designee" if system.inspector_general else "Agency head or designee"
    span = (
        f"{long_date(period.period.first)} to {long_date(period.period.last)}"
        if period
        else "(period to be written in)"
    )
    rows = [
        (level.level, level.people, level.share, level.career, money(level.adjustment), money(level.award), level.above_level_three)
        for level in (period.levels if period else ()) if level.people
    ]  # fmt: skip
    head = ("Level", "People", "Percent", "Career", "Average adjustment", "Average award", "Paid above level III")
    parts = [
        *still_open(open_ones),
        escaped(system.organization),
        "Date: ______________________________",
        escaped(
            f"I oversee the results of the {system.name} for the appraisal period {span}, and certify that ({_LAW}):"
        ),
        "\n".join(f"{number}. {escaped(says)}." for number, says in enumerate(_RESTS.values(), 1)),
        table(f"The results this rests on; {OF_CAREER}", head, rows),
        *(escaped(f"Levels 4 and 5: {one.says}") for one in found.ceilings),
        table("To be signed", ("Who", "Signature", "Date"), [(who, "_" * 22, "_" * 12)]),
        in_doubt(found).strip(),
    ]
    return Document(
        f"Certification of results: {system.name}",
        "\n\n".join(filter(None, parts)) + "\n",
        system.organization,
        draft=bool(open_ones),
    )
