"""Paper for a hall where tables cannot open the board: a sheet for each table, with its own figures and room for its answers."""

from __future__ import annotations

from seskit.desk.practice.answers import NONE, AnswerChoice, AnswerPart
from seskit.formats.markup import Markup, element, paragraph
from seskit.forum.hall import PracticeProblem
from seskit.forum.tally import KitTally

STYLES = """
.sheet { break-after: page; padding: 1rem 0; border-bottom: 1px dashed var(--line); }
.sheet fieldset { break-inside: avoid; margin: .6rem 0; } .sheet ul { list-style: none; padding: 0; margin: .3rem 0; display: flex; flex-wrap: wrap; gap: .2rem 1.5rem; }
.sheet p { margin: .3rem 0; }
.sheet .line { display: inline-block; width: 16rem; border-bottom: 1px solid currentColor; }
@media print { @page { margin: 0.6in; } .sheet { border: 0; padding: 0; font-size: .9rem; } .sheet:last-child { break-after: auto; } }
"""
_BOX = "\N{BALLOT BOX}"
#: What is marked where no choice of several applies.
NO_BOX = AnswerChoice(NONE, "none of these")


def sheets(tally: KitTally, session: str) -> list[Markup]:
    """One for each table of the hall, with the problems of one session."""
    return [_sheet(tally, session, table) for table in range(1, tally.tables + 1)]


def _sheet(tally: KitTally, session: str, table: int) -> Markup:
    problems = [_problem(table, exercise, problem) for exercise, problem in tally.problems(session, table)]
    title = element("h1", f"Table {table}: {tally.sessions[session].row.title}")
    return element("section", title, paragraph("These figures are this table's own."), problems, class_="sheet")


def _problem(table: int, exercise: str, problem: PracticeProblem) -> Markup:
    story = [paragraph(line) for line in problem.drill.given]
    asked = [_asked(part) for part in problem.drill.parts]
    legend = element("legend", f"Table {table}, exercise {exercise}, problem {problem.number + 1}")
    return element("fieldset", legend, story, asked)


def _asked(part: AnswerPart) -> Markup:
    label = f"{part.label[0].upper()}{part.label[1:]}"
    if not part.choices:
        return paragraph(f"{label} ({part.wanted}): ", element("span", " ", class_="line"))
    several = part.kind == "several"
    choices = [element("li", f"{_BOX} {choice.name}") for choice in (*part.offered, *((NO_BOX,) if several else ()))]
    return element("div", paragraph(f"{label}{', mark all that apply' if several else ''}:"), element("ul", choices))
