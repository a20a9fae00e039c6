"""Derived scores: what the element levels come to, and who is within a point of a cut-off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from seskit.law import parameters
from seskit.law.appraisal.derivation import check_weights, derive_rating
from seskit.law.facts import FactError
from seskit.law.parameters import NoRule
from seskit.record.closeout.files import SETTINGS, CloseoutFiles, ElementLevels
from seskit.record.problem import Problem
from seskit.record.roster import Person

#: A score this near a cut-off deserves a second look.
NEAR = Decimal(1)


@dataclass(frozen=True)
class ExecutiveScore:
    """One executive's score, the level it gives, the rating on the roster, and how far the cut-offs are."""

    person_id: str
    score: Decimal | None
    level: int | None
    rating: int | None
    above_cut_off: Decimal | None
    to_next: Decimal | None

    @property
    def near(self) -> bool:
        """Whether the score is within a point of a cut-off, on either side."""
        return any(gap is not None and gap <= NEAR for gap in (self.above_cut_off, self.to_next))

    @property
    def differs(self) -> bool:
        """Whether the rating on the roster is not the level the score gives."""
        return None not in (self.level, self.rating) and self.level != self.rating


def scores(
    files: CloseoutFiles, people: Mapping[str, Person], starts: Mapping[str, date]
) -> tuple[list[ExecutiveScore], list[Problem]]:
    """The score of everyone in the file of element levels, and what is wrong with their rows."""
    found: list[ExecutiveScore] = []
    problems = _usual_weights(files, starts)
    for one in files.elements:
        if problems and problems[0].file == SETTINGS and not any(one.weights):
            continue
        person = people.get(one.person_id or "")
        if person is None:
            problems.append(_problem(one, "person_id", "is not in the roster", "Correct the number."))
            continue
        try:
            found.append(_score(files, one, person, starts.get(person.plan or "")))
        except (FactError, NoRule) as failure:
            problems.append(_problem(one, None, str(failure).rstrip("."), "Correct the levels or the weights."))
    return found, problems


def _usual_weights(files: CloseoutFiles, starts: Mapping[str, date]) -> list[Problem]:
    """What is wrong with the weights in closeout.yaml, said once and not in every row."""
    plan: Any = files.settings.plan or (_usual(min(starts.values())) if starts else None)
    if not files.settings.weights or plan is None:
        return []
    try:
        asked = check_weights(regime=plan, weights=list(files.settings.weights))
    except FactError as failure:
        return [Problem(None, "weights", "", str(failure).rstrip("."), "Correct them.", file=SETTINGS)]
    if asked.answer.lawful:
        return []
    why = " ".join(reason.text for reason in asked.reasons if reason.outcome == "not met").rstrip(".")
    return [Problem(None, "weights", "", f"are not valid in {plan}: {why}", "Correct them.", file=SETTINGS)]


def _problem(one: ElementLevels, column: str | None, reason: str, fix: str) -> Problem:
    return Problem(one.row, column, "", reason, fix, file="element_levels")


def _score(files: CloseoutFiles, one: ElementLevels, person: Person, first_day: date | None) -> ExecutiveScore:
    plan: Any = files.settings.plan or _usual(first_day)
    if plan is None:
        raise FactError("the plan is not known: write plan: basic-2012 or plan: basic-2025 in closeout.yaml.")
    count = len(parameters.parameter(f"appraisal.{plan.replace('-', '_')}.elements").values[0].value)
    own = any(weight is not None for weight in one.weights)
    weights = [weight or Decimal(0) for weight in one.weights[:count]] if own else list(files.settings.weights)
    if not weights:
        raise FactError("no weights are given: write them in closeout.yaml, or in the row's own columns.")
    asked = derive_rating(first_day, regime=plan, levels=list(one.levels[:count]), weights=weights)
    score = None if asked.answer.score is None else Decimal(asked.answer.score)
    bands: dict[int, int] = next((figure.value for figure in asked.figures if figure.name.endswith("score_bands")), {})
    cuts = [Decimal(cut) for cut in bands.values()]
    below = [score - cut for cut in cuts if score is not None and cut <= score]
    above = [cut - score for cut in cuts if score is not None and cut > score]
    return ExecutiveScore(
        one.person_id or "", score, asked.answer.level, person.rating, min(below, default=None),
        min(above, default=None),
    )  # fmt: skip


def _usual(first_day: date | None) -> str | None:
    found = first_day and parameters.recorded("appraisal.regime.basic_plan", first_day)
    return str(found.value) if found and found.value else None
