"""What an Executive Resources Board decided on one vacancy: weights, spread between raters, reasons, the best qualified."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from seskit.law.result import Result
from seskit.law.staffing.rating import EcqRating
from seskit.record.staffing import scoring
from seskit.record.staffing.records import Vacancy, VacancyFolder

#: The row of a rater's sheet that holds the headings.
_HEADS = 4


@dataclass(frozen=True)
class Considered:
    """One candidate as the board saw them: totals, each qualification with its spread, and why."""

    candidate: str
    rank: int
    total: Decimal
    leadership: Decimal
    technical: Decimal | None
    by_ecq: dict[str, tuple[Decimal, int]]
    reason: str
    computed: str

    @property
    def spread(self) -> int:
        """The largest difference between two raters on one qualification."""
        return max((apart for _, apart in self.by_ecq.values()), default=0)


@dataclass(frozen=True)
class BoardRecord:
    """The record of one vacancy, and what is still open before it is signed."""

    vacancy: Vacancy
    ranking: Result[EcqRating]
    candidates: tuple[Considered, ...]
    raters: int
    technical_weight: Decimal
    open: tuple[str, ...]

    @property
    def best(self) -> list[Considered]:
        """Those the board certifies, by number and not by rank."""
        return sorted(
            (one for one in self.candidates if one.candidate in self.vacancy.best_qualified),
            key=lambda one: one.candidate,
        )


def record(folder: VacancyFolder, vacancy: Vacancy) -> BoardRecord:
    """The record of a vacancy whose scoring sheet is filled in; refuses one without."""
    ranking = scoring.rank(folder, vacancy)
    source = folder.path / (vacancy.scores or "")
    filled = scoring.read(source, scoring.qualifications(folder, vacancy))
    levels: dict[tuple[str, str], list[int]] = defaultdict(list)
    for one in filled.scores:
        levels[one["candidate"], one["ecq"]].append(one["level"])
    computed = dict(scoring.reasons(ranking))
    written = _written(source)
    candidates = tuple(
        Considered(
            row.candidate, row.rank, row.total, row.ecq_mean, row.technical,
            {ecq: (mean, _apart(levels[row.candidate, ecq])) for ecq, mean in row.by_ecq.items()},
            vacancy.reasons.get(row.candidate, "") or "; ".join(written.get(row.candidate, ())), computed[row.candidate],
        )
        for row in ranking.answer.ranking
    )  # fmt: skip
    weight = vacancy.technical_weight if filled.technical and vacancy.technical_weight is not None else Decimal(0)
    raters, rated = len({one["rater"] for one in filled.scores}), {one["candidate"] for one in filled.scores}
    return BoardRecord(vacancy, ranking, candidates, raters, weight, tuple(_open(vacancy, ranking, candidates, rated)))


def _apart(given: list[int]) -> int:
    return max(given) - min(given) if given else 0


def _written(source: Path) -> dict[str, list[str]]:
    """The reasons that raters wrote beside their levels."""
    found: dict[str, list[str]] = defaultdict(list)
    for table in scoring.tables(source).values():
        heads = table[_HEADS] if len(table) > _HEADS else []
        if scoring.REASON not in heads:
            continue
        at = heads.index(scoring.REASON)
        for row in table[_HEADS + 1 :]:
            if row[at] and row[at] not in found[row[0]]:
                found[row[0]].append(row[at])
    return found


def _open(
    vacancy: Vacancy, ranking: Result[EcqRating], candidates: tuple[Considered, ...], rated: Collection[str]
) -> list[str]:
    """What the board must still do before it signs."""
    found = [f"{one.rater} has not rated {one.candidate} on {one.ecq}." for one in ranking.answer.not_rated]
    if ranking.answer.agreement.to_discuss:
        found.append("Raters differ by more than the board allows; see the column Spread, discuss and rate again.")
    if not vacancy.best_qualified:
        found.append("Name the best qualified (best_qualified in vacancy.yaml).")
    found += [f"{who} is certified but was not rated." for who in vacancy.best_qualified if who not in rated]
    if vacancy.selectee and vacancy.best_qualified and vacancy.selectee not in vacancy.best_qualified:
        found.append(f"The selectee {vacancy.selectee} is not among the best qualified.")
    found += [
        f"Write the reason for {one.candidate} (reasons in vacancy.yaml, or in the scoring sheet)."
        for one in candidates
        if not one.reason
    ]
    for name, what in (("rated_on", "the day of the rating"), ("board_on", "the day the board met")):
        if getattr(vacancy, name) is None:
            found.append(f"Give {what} ({name}).")
    if vacancy.merit.standard_written is not True:
        found.append("The qualification standard must be in writing before the announcement (merit.standard_written).")
    if vacancy.filling != "career":
        found.append("Only an initial career appointment goes through merit staffing.")
    return found
