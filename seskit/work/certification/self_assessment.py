"""The guided self-assessment: each point with its evidence, where it was seen, a suggestion, and what only a person can judge.

Sections follow OPM's assessment tool; points and words are this project's own. OPM's points for each question are not
known, so sections weigh alike unless the agency says otherwise: the score guides, it is not OPM's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from seskit.formats import strict_yaml
from seskit.law import parameters
from seskit.law.facts import FactError
from seskit.record.certification import self_assessment as answers_file
from seskit.record.certification.self_assessment import Assessment, PointAnswer
from seskit.record.problem import Problem
from seskit.work.certification import suggestions
from seskit.work.certification.mock_review import Rehearsal
from seskit.work.certification.suggestions import PERSON, Suggestion

_POINTS = Path(__file__).with_name("assessment_points.yaml")
_WORTH = {"met": Decimal(1), "partly": Decimal("0.5"), "not met": Decimal(0), PERSON: Decimal(0)}
_WHOLE = Decimal(100)


@dataclass(frozen=True)
class AssessmentPoint:
    """One point of the assessment as it is worded."""

    key: str
    section: str
    words: str
    law: str
    source: str
    person: str


@dataclass(frozen=True)
class Answered:
    """One point with the suggestion, the agency's answer, and how it stands."""

    asked: AssessmentPoint
    suggestion: Suggestion
    answer: PointAnswer | None

    @property
    def has_evidence(self) -> bool:
        """Whether a document is named, or the files show as much as is answered."""
        if self.answer is None:
            return bool(self.suggestion.seen)
        return bool(self.answer.shown) or _WORTH[self.suggestion.standing] >= _WORTH[self.answer.answer]

    @property
    def standing(self) -> str:
        """Met, partly, not met, or for a person to say; an answer that nothing shows does not count."""
        if self.answer is None:
            return self.suggestion.standing
        return self.answer.answer if self.has_evidence else PERSON

    @property
    def worth(self) -> Decimal:
        """What part of the point is earned, 0 to 1."""
        return _WORTH[self.standing]

    @property
    def differs(self) -> bool:
        """Whether the agency says more than the files show."""
        known = self.suggestion.standing != PERSON
        return self.answer is not None and known and _WORTH[self.answer.answer] > _WORTH[self.suggestion.standing]

    @property
    def said(self) -> str:
        """Where the standing comes from."""
        if self.answer is None:
            return "suggested" if self.suggestion.standing != PERSON else "open"
        return "answered" if self.has_evidence else "answered without evidence"


@dataclass(frozen=True)
class AssessmentSection:
    """One section with its points and its weight of 100."""

    key: str
    title: str
    weight: Decimal
    points: tuple[Answered, ...]

    @property
    def score(self) -> Decimal:
        """What of its weight the section earns."""
        earned = sum((point.worth for point in self.points), Decimal(0)) / len(self.points)
        return (self.weight * earned).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True)
class SelfAssessment:
    """The whole assessment of one system."""

    rehearsal: Rehearsal
    sections: tuple[AssessmentSection, ...]
    problems: tuple[Problem, ...]
    own_weights: bool

    @cached_property
    def points(self) -> list[Answered]:
        """Every point in order."""
        return [point for section in self.sections for point in section.points]

    @property
    def score(self) -> Decimal:
        """The sum of the sections, of 100; never rounded up."""
        return _down(sum((_earned(section, section.points) for section in self.sections), Fraction(0)))

    @property
    def most(self) -> Decimal:
        """The score if every open point were met."""
        left = (
            Fraction(one.weight) * sum(p.standing == PERSON for p in one.points) / len(one.points)
            for one in self.sections
        )
        return _down(sum((_earned(one, one.points) for one in self.sections), Fraction(0)) + sum(left, Fraction(0)))

    @property
    def open(self) -> list[Answered]:
        """The points that a person must still say something about."""
        return [point for point in self.points if point.standing == PERSON]

    @property
    def says(self) -> str:
        """What the score comes to beside the scores OPM asks for."""
        on = self.rehearsal.system.asked_on
        full, provisional = (
            parameters.recorded(f"certification.scores.{grade}", on) for grade in ("full", "provisional")
        )
        said = f"{self.score} of 100 by this assessment, with {len(self.open)} of {len(self.points)} points open."
        if full is None or provisional is None:
            return f"{said} No scores of OPM's tool are recorded for {on}."
        return (
            f"{said} If every open point were met, {self.most}. OPM's tool asks for {full.value} for full and {provisional.value} for "
            "provisional certification; its points for each question are not known, so this score is not a forecast of OPM's."
        )


def _earned(section: AssessmentSection, points: Sequence[Answered]) -> Fraction:
    return Fraction(section.weight) * sum((Fraction(one.worth) for one in points), Fraction(0)) / len(points)


def _down(exact: Fraction) -> Decimal:
    """Two decimals, never rounded up; the error of weights that have no end is less than their last place."""
    return Decimal(int(exact * 100 + Fraction(1, 1000))) / 100


@cache
def asked() -> tuple[tuple[str, str, tuple[AssessmentPoint, ...]], ...]:
    """Every section: its key, title and points."""
    tree: Any = strict_yaml.load(_POINTS.read_text(encoding="utf-8"))
    return tuple(
        (one["section"], one["title"], tuple(_asked(one["section"], point) for point in one["points"])) for one in tree
    )


def _asked(section: str, point: Mapping[str, str]) -> AssessmentPoint:
    return AssessmentPoint(point["key"], section, point["words"], point["law"], point["from"], point["person"])


def unknown(told: Assessment) -> list[Problem]:
    """The answers to points that the assessment does not have."""
    known = {point.key for _, _, points in asked() for point in points}
    return [
        Problem(None, "answers", one.point, "is not a point of the assessment", "Correct it.", file=answers_file.FILE)
        for one in told.answers if one.point not in known
    ]  # fmt: skip


def assess(folder: str | Path, found: Rehearsal) -> SelfAssessment:
    """Assess one system from the agency's answers and files."""
    place = Path(folder)
    told, problems = Assessment(), []
    if answers_file.is_there(place):
        read = answers_file.read(place)
        problems = list(read.problems)
        told = read.record or told
        if told.system and told.system != found.system.id:
            told = Assessment()
    problems += unknown(told)
    given = {one.point: one for one in told.answers}
    look = suggestions.RehearsedFolder(place, found)
    sections = tuple(
        AssessmentSection(key, title, weight, tuple(Answered(point, look.suggest(point.key, point.source), given.get(point.key)) for point in points))
        for (key, title, points), weight in zip(asked(), _weights(told), strict=True)
    )  # fmt: skip
    return SelfAssessment(found, sections, tuple(problems), bool(told.weights))


def _weights(told: Assessment) -> Iterator[Decimal]:
    keys = [key for key, _, _ in asked()]
    if not told.weights:
        yield from [_WHOLE / len(keys)] * len(keys)
        return
    if set(told.weights) != set(keys) or sum(told.weights.values()) != _WHOLE:
        raise FactError(f"weights: give each of {', '.join(keys)} a weight, together 100.")
    yield from (told.weights[key] for key in keys)
