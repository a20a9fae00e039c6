"""The papers of one request, from what the rehearsal found: the request itself, the annual data report, the rehearsal.

The request and the report go to OPM; the rehearsal stays in the agency.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from seskit.formats.counts import number_of
from seskit.formats.documents import Document, beside, escaped, table
from seskit.law.certification.criteria import unsure_on
from seskit.law.facts import dollars
from seskit.paper.certification.pictures import pay_by_level, ratings_by_period
from seskit.record.problem import noted
from seskit.work.certification.evidence import Point, which_list
from seskit.work.certification.evidence_from_rosters import SAMPLE
from seskit.work.certification.mock_review import Rehearsal
from seskit.work.certification.ratings import OF_CAREER, TOTAL, PeriodData, sample

_OPEN = ("What is open", "Status", "What to do")
_PAY = (
    "Level", "Rated", "Career", "Average basic pay", "Average adjustment", "Average award", "Paid above level III",
)  # fmt: skip


def request(found: Rehearsal) -> Document:
    """What goes with the letter of request: system, checklist, data tables, sample list; a draft while anything is open."""
    system = found.system
    parts = [
        _open_items(found),
        "# The system\n\n" + _system(found),
        "# Checklist\n\n" + _checklist(found),
    ]
    full = system.requested == "full"
    if full and found.data:
        parts.append("# Data tables\n\n" + _tables(found))
    if found.data and any(point.role == SAMPLE for point in found.points):
        parts.append("# Sample of performance plans\n\n" + _sample(found))
    return Document(
        f"Request for {system.requested} certification: {system.name}",
        "\n".join(part for part in parts if part),
        subject=f"{system.organization}, {system.group}",
        draft=not found.final,
        images=_pictures(found.data) if full else {},
    )


def annual(found: Rehearsal) -> Document:
    """The annual data report on the last period; a draft while the roster lacks something it must tell."""
    system, period = found.system, found.data[-1]
    missing = lacking(period)
    parts = [ceiling(found)]
    if missing:
        parts.append(table("What the roster lacks", ("What is open", "What to do"), missing))
    parts.append(
        f"{escaped(system.organization)} reports on the appraisal period {period.period.name} for the employees covered "
        f"by the {escaped(system.name)} (5 CFR 430.405\\(g\\)). The regulation sets no due date; OPM's yearly data call "
        f"does.\n\n{number_of(len(period.people), 'person is', 'people are')} covered; {number_of(period.rated, 'was', 'were')} rated.\n"
    )
    parts += [
        "# Ratings\n\n" + _ratings([period]) + "\n" + _picture("ratings.png", [period]),
        "# Pay, adjustments and awards\n\n" + _paid(period),
        "# Total compensation\n\n" + _totals(period),
        "# People paid above Executive Schedule level III\n\n" + _above(period),
    ]
    title = f"Annual data report: {system.name}, period to {period.period.last}"
    pictures = {"ratings.png": _pictures([period])["ratings.png"]}
    return Document(title, "\n".join(parts), subject=system.organization, draft=bool(missing), images=pictures)


def ceiling(found: Rehearsal) -> str:
    """The ceiling on Levels 4 and 5 as a paragraph, where it binds."""
    said = "".join(f"{escaped(one.says)} " for one in found.ceilings)
    return f"**Levels 4 and 5.** {said.strip()}\n\n" if said else ""


def lacking(period: PeriodData) -> list[tuple[str, str]]:
    """What the roster must still tell before the annual report can be sent."""
    used = [level for level in period.levels if level.career]
    found = [
        (f"{problem.where}: {problem.reason}", problem.fix)
        for problem in period.problems
        if problem.severity == "error"
    ]
    for what, column, values in (
        ("Average adjustment by level", "pay_adjustment", [level.adjustment for level in used]),
        ("Average total compensation by level", TOTAL, [level.total for level in used]),
        ("Average basic pay by level", "basic_pay_period_end", [level.basic_pay for level in used]),
    ):
        if not values or None in values:
            found.append((what, f"Fill the column {column} of {period.period.roster} for every career member rated."))
    return found


def rehearsal(found: Rehearsal) -> Document:
    """The rehearsed decision for the agency's own use: every test with its citation, and the least that changes it."""
    result = found.result
    tests = [
        (reason.text, reason.outcome, reason.source) for reason in result.reasons if reason.outcome != "information"
    ]
    problems = [(problem.where, problem.reason, problem.fix) for problem in found.problems]
    cautions = "".join(f"- {escaped(caution)}\n" for caution in result.cautions)
    body = (
        f"{ceiling(found)}{escaped(result.says)}\n\nThis is a rehearsal from the agency's own evidence, never a decision.\n\n"
        "# Tests\n\n" + table("Tests in the order of the regulation", ("Test", "Outcome", "Authority"), tests) + in_doubt(found)
        + "\n# What would change the outcome\n\n" + changes(found)
        + "\n# Evidence and rosters\n\n" + table("What needs attention", ("Where", "Why", "What to do"), problems)
        + "".join(f"\n{escaped(said)}\n" for said in noted(found.notes))
        + f"\n# Cautions\n\n{cautions}"
    )  # fmt: skip
    return Document(f"Rehearsal: {found.system.name}", body, subject=found.system.organization)


def changes(found: Rehearsal) -> str:
    """The least that leads to each better outcome, as Markdown."""
    if not found.changes:
        return without_changes(found) + "\n"
    listed = []
    for change in found.changes:
        steps = "".join(f"- {escaped(step)}\n" for step in change.steps)
        listed.append(f"To {change.to} certification, all of these are needed:\n\n{steps}")
    return "\n".join(listed)


def without_changes(found: Rehearsal) -> str:
    """What is said where no list of changes leads to a better outcome."""
    if found.final:
        return "Nothing required is left open."
    return "No list of changes was found that leads to a better outcome; see what needs attention."


def document_cell(points: Iterable[Point]) -> str:
    """The fourth column of the checklist: the agency's document and the place in it, or what is open."""
    said = []
    for point in points:
        text = "; ".join(point.documents) if point.state == "shown" else _still(point)
        said.append(f"{point.aspect.capitalize()}: {text}" if point.aspect else text)
    return ". ".join(said)


def _still(point: Point) -> str:
    if point.state == "not asked":
        return "Nothing more was asked for"
    if not point.open:
        return "Not needed for this grade"
    return f"OPEN, {point.state}: {point.why}"


def by_item(found: Rehearsal) -> list[tuple[Point, ...]]:
    """The points of each item of the checklist together."""
    numbers = dict.fromkeys(point.number for point in found.points)
    return [tuple(point for point in found.points if point.number == number) for number in numbers]


def checklist_rows(found: Rehearsal) -> list[tuple[str, str, str, str]]:
    """Each item of the checklist with its rule, what can show it, and what was supplied."""
    return [
        (f"Item {first.number}: {first.requirement}", first.citation, first.wanted, document_cell(points))
        for points in by_item(found)
        for first in points[:1]
    ]


def _open_items(found: Rehearsal) -> str:
    if found.final:
        return ""
    errors = [problem for problem in found.problems if problem.severity == "error"]
    rows = [(problem.column or problem.where, problem.reason, problem.fix) for problem in errors]
    return "# Open items\n\n" + table("To be settled before this request is sent", _OPEN, rows)


def _system(found: Rehearsal) -> str:
    system = found.system
    people = f"{len(found.data[-1].people)}" if found.data else str(system.covered or "not given")
    rows = [
        *(("Levels 4 and 5 in the last period", one.says) for one in found.ceilings),
        ("Organization", system.organization),
        ("Group", system.group),
        ("Parts covered", ", ".join(system.covers)),
        ("Employees covered", people),
        ("Basic appraisal system of OPM", {True: "yes", False: "no", None: "not known"}[system.basic_system]),
        ("Changed since the last certification", "yes" if system.changed else "no"),
        *((("Score with the assessment tool", system.assessment_score),) if system.assessment_score else ()),
    ]
    levels = [(level, name) for level, name in sorted(system.levels.items(), reverse=True)]
    return (
        f"{escaped(system.description)}\n\n" + table("The system in brief", ("Point", "Answer"), rows)
        + "\n" + table("Summary levels", ("Level", "Name"), levels)
    )  # fmt: skip


def _checklist(found: Rehearsal) -> str:
    header = ("Requirement", "Rule", "Documents that can show it", "Document supplied and the place in it")
    caption = "Checklist; the wording of the third column is not OPM's"
    short = which_list(found.system, found.points)
    return (f"{escaped(short)}\n\n" if short else "") + table(caption, header, checklist_rows(found)) + in_doubt(found)


def in_doubt(found: Rehearsal) -> str:
    """What is not sure of the criteria on the day of the decision, as a paragraph after them."""
    said = unsure_on(found.system.decision_on)
    return f"\n\n{escaped(said)}\n" if said else ""


def _tables(found: Rehearsal) -> str:
    parts = [_ratings(found.data), _picture("ratings.png", found.data)]
    for number, period in enumerate(found.data, 1):
        parts += [f"## Period {period.period.name}\n", _paid(period), _picture(f"pay{number}.png", found.data)]
        parts += [_above(period)]
    parts.append(
        "Averages count career members, who are the only ones with performance awards; ratings count everyone rated.\n"
    )
    return "\n".join(parts)


def _ratings(data: Sequence[PeriodData]) -> str:
    header = ["Level"]
    for period in data:
        header += [f"People, period to {period.period.last}", "Percent"]
    rows: list[list[object]] = []
    for place, level in enumerate(data[0].levels):
        cells = [(period.levels[place].people, period.levels[place].share) for period in data]
        rows.append([level.level, *(cell for pair in cells for cell in pair)])
    rows.append(["All", *(cell for period in data for cell in (period.rated, "100.0" if period.rated else "0.0"))])
    return table("Ratings by level", header, rows)


def _paid(period: PeriodData) -> str:
    rows = [
        (level.level, level.people, level.career, money(level.basic_pay), money(level.adjustment), money(level.award),
         level.above_level_three)
        for level in period.levels if level.people
    ]  # fmt: skip
    return table(f"Pay and awards by rating level, {period.period.name}; {OF_CAREER}", _PAY, rows)


def _totals(period: PeriodData) -> str:
    rows = [(level.level, level.career, money(level.total)) for level in period.levels if level.people]
    return table("Average total compensation", ("Level", "Career", "Average total compensation"), rows)


def _above(period: PeriodData) -> str:
    rows = [(paid.person_id, paid.rating or "not rated", dollars(paid.rate)) for paid in period.above]
    caption = f"People paid above Executive Schedule level III on {period.period.last}, by the agency's number"
    return beside(caption, ("Person", "Rating", "Basic pay"), rows)


def _sample(found: Rehearsal) -> str:
    last = found.data[-1]
    rated = {person.person_id: person for person in last.people}
    chosen = found.system.sampled_plans
    words = "The plans sent, by the agency's number of the person; personal data are removed from each"
    if not chosen:
        chosen = sample(found.system, last)
        words = "Proposed plans to send, spread evenly over rating levels and components"
    rows = [
        (name, rated[name].component or "", rated[name].rating or "not rated") if name in rated else (name, "", "")
        for name in chosen
    ]
    return beside(words, ("Person", "Component", "Rating"), rows, sets=2)


def money(amount: Decimal | None) -> str:
    """An average as people write it; nothing where it is not known."""
    return "" if amount is None else dollars(amount.quantize(Decimal(1)))


def _picture(name: str, data: Sequence[PeriodData]) -> str:
    number = 0 if name == "ratings.png" else int(name.removeprefix("pay").removesuffix(".png"))
    chart = pay_by_level(data[number - 1]) if number else ratings_by_period(data)
    alt = chart.alt.replace('"', "'")
    return f'![{escaped(chart.title)}]({name}){{alt="{alt}" .drawn}}\n'


def _pictures(data: Sequence[PeriodData]) -> dict[str, bytes]:
    if not data:
        return {}
    made = {f"pay{number}.png": pay_by_level(period).png for number, period in enumerate(data, 1)}
    return {"ratings.png": ratings_by_period(data).png, **made}
