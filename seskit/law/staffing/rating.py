"""Rating candidates on the Executive Core Qualifications: agreement between raters, order, and what drives it."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations, pairwise
from typing import Annotated

from pydantic import BaseModel, ConfigDict

from seskit.formats.counts import number_of
from seskit.formats.in_short import joined
from seskit.law.action_facts import EarlyAdoption
from seskit.law.answers import Answer
from seskit.law.facts import AsOf, Fact, FactError, Percent, Whole, suggestion
from seskit.law.question import question
from seskit.law.result import Result, Working
from seskit.law.staffing.vacancy import in_force_for

TOOL = "OPM memorandum of 2000-05-22; 5 CFR 317.501(c)"
_HUNDREDTH = Decimal("0.01")


class Score(BaseModel):
    """One rater's level for one candidate on one qualification."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    candidate: str
    rater: str
    ecq: str
    level: Whole


class Ranked(Answer):
    """One candidate in the ranking."""

    candidate: Annotated[str, Fact("Candidate")]
    rank: Annotated[int, Fact("Rank")]
    total: Annotated[Decimal, Fact("Total")]
    ecq_mean: Annotated[Decimal, Fact("Mean of the qualifications")]
    technical: Annotated[Decimal | None, Fact("Technical score", "Null: none is given.")]
    by_ecq: Annotated[dict[str, Decimal], Fact("Mean by qualification")]


class ToDiscuss(Answer):
    """A qualification on which raters differ."""

    candidate: Annotated[str, Fact("Candidate")]
    ecq: Annotated[str, Fact("Qualification")]
    levels: Annotated[dict[str, int], Fact("Levels by rater")]


class Agreement(Answer):
    """How far raters agree, in percent of pairs; null with one rater."""

    exact: Annotated[Decimal | None, Fact("The same level", unit="percent")]
    within_one: Annotated[Decimal | None, Fact("Within one level", unit="percent")]
    to_discuss: Annotated[list[ToDiscuss], Fact("To discuss")]


class NotRated(Answer):
    """A rating that is missing."""

    candidate: Annotated[str, Fact("Candidate")]
    ecq: Annotated[str, Fact("Qualification")]
    rater: Annotated[str, Fact("Rater")]


class EcqRating(Answer):
    """How candidates rank on the qualifications."""

    ranking: Annotated[list[Ranked], Fact("Ranking", "Each candidate with rank, total, means and technical score.")]
    agreement: Annotated[
        Agreement, Fact("Agreement of the raters", "Percent exact and within one, and what to discuss.")
    ]
    leadership_drives_order: Annotated[bool | None, Fact("Leadership drives the order", "Null: cannot tell.")]
    not_rated: Annotated[list[NotRated], Fact("Still to be rated")]


@question("5 CFR 317.501(c); 5 U.S.C. 3393(b)")
def ecq_rating(
    as_of: Annotated[AsOf, Fact("Announcement closes", "The day decides which qualifications are rated.")],
    *,
    scores: Annotated[
        list[Score], Fact("Levels given", "One row for each level that a rater gave a candidate on a qualification.")
    ],
    technical: Annotated[
        dict[str, Percent] | None, Fact("Technical score by candidate", "On the same scale of 1 to 5.")
    ] = None,
    technical_weight: Annotated[
        Percent | None,
        Fact("Weight of the technical score", "Needed where technical scores are given; 0 leaves them out.", "percent"),
    ] = None,
    board_order: Annotated[
        list[str] | None, Fact("The board's own order", "Best first; compared with the order of the qualifications.")
    ] = None,
    early_adoption: EarlyAdoption = False,
) -> Result[EcqRating]:
    """How do candidates rank on the Executive Core Qualifications, and does leadership drive the order?

    All candidates are rated on the same basis (5 CFR 317.501(c)) on every qualification in force; the leadership
    qualities are to be the primary tool of selection. `answer` holds `ranking` (candidate, rank, total, ecq_mean,
    technical, by_ecq), `agreement` (exact and within_one in percent, to_discuss), `leadership_drives_order` (null: cannot tell)
    and `not_rated`, what is still to be rated.
    """
    work = Working(as_of)
    ecqs = list(in_force_for(work, "staffing.ecq.set", as_of, early=early_adoption)["ecqs"])
    levels = work.figure("staffing.ecq.rating_levels")
    table = _table(scores, ecqs, max(levels))
    gaps = _not_rated(table, ecqs)
    work.test(not gaps, "Every rater rated every candidate on every qualification.", "5 CFR 317.501(c)")
    weight = technical_weight or Decimal(0)
    if weight > 100:
        raise FactError("technical_weight: more than 100 percent; give 0 to 100.")
    _check_technical(technical or {}, set(table), weight)
    agreement = _agreement(work, table)
    if gaps:
        return work.answer(
            EcqRating(ranking=[], agreement=agreement, leadership_drives_order=None, not_rated=gaps),
            f"Cannot rank yet: {number_of(len(gaps), 'rating is', 'ratings are')} missing.",
        )
    if technical and technical_weight is None:
        work.test(None, "Technical scores are given; their weight (technical_weight) is not.", "the board's own rule")
        return work.answer(
            EcqRating(ranking=[], agreement=agreement, leadership_drives_order=None, not_rated=[]),
            "Cannot rank yet: technical scores are given, but not their weight. Give technical_weight in percent; 0 leaves "
            "the scores out.",
        )
    basis = _basis(technical, weight)
    work.note(f"The order rests on {basis}.", "the board's own rule", basis="design")
    ranking = _ranking(table, ecqs, technical or {}, weight)
    for row in ranking:
        beside = "" if row.technical is None else f", {row.technical} technical"
        text = f"Rank {row.rank}: {row.candidate}, {row.total} in all, {row.ecq_mean} on leadership{beside}."
        work.note(text, TOOL)
    drives = _leadership(work, ranking, weight, board_order)
    work.caution("Numbers are an aid: the rule requires distinguishing candidates, and broad groups are enough.")
    return work.answer(
        EcqRating(ranking=ranking, agreement=agreement, leadership_drives_order=drives, not_rated=[]),
        f"{len(ranking)} candidates ranked; leadership qualities {'drive' if drives else 'do not drive'} the order. "
        f"Basis: {basis}.",
    )


def _basis(technical: dict[str, Decimal] | None, weight: Decimal) -> str:
    """What the totals are made of, in words."""
    if not technical:
        return "leadership alone: no technical scores are given"
    if not weight:
        return "leadership alone: the technical scores given have a weight of 0 percent"
    return f"leadership at {100 - weight} percent and technical scores at {weight} percent"


Table = dict[str, dict[str, dict[str, int]]]


def _table(scores: list[Score], ecqs: list[str], highest: int) -> Table:
    found: Table = defaultdict(lambda: defaultdict(dict))
    for number, one in enumerate(scores, 1):
        where = f"scores, item {number}"
        if one.ecq not in ecqs:
            raise FactError(f"{where}: '{one.ecq}' is not a qualification in force.{suggestion(one.ecq, ecqs)}")
        if not 1 <= one.level <= highest:
            raise FactError(f"{where}: level {one.level} is not 1 to {highest}.")
        if one.rater in found[one.candidate][one.ecq]:
            raise FactError(f"{where}: {one.rater} rated {one.candidate} twice on {one.ecq}; keep one.")
        found[one.candidate][one.ecq][one.rater] = one.level
    if not found:
        raise FactError("scores: empty; give at least one rating.")
    return {candidate: {ecq: dict(by) for ecq, by in rows.items()} for candidate, rows in found.items()}


def _not_rated(table: Table, ecqs: list[str]) -> list[NotRated]:
    raters = sorted({rater for rows in table.values() for by in rows.values() for rater in by})
    return [
        NotRated(candidate, ecq, rater)
        for candidate, rows in sorted(table.items())
        for ecq in ecqs
        for rater in raters
        if rater not in rows.get(ecq, {})
    ]


def _check_technical(technical: dict[str, Decimal], candidates: set[str], weight: Decimal) -> None:
    if unknown := sorted(set(technical) - candidates):
        raise FactError(f"technical: {unknown[0]} has no ratings.{suggestion(unknown[0], candidates)}")
    if weight and (lacking := sorted(candidates - set(technical))):
        raise FactError(f"technical: no score for {', '.join(lacking)}; everyone is rated on the same basis.")


def _agreement(work: Working, table: Table) -> Agreement:
    spread = int(work.figure("staffing.ecq.agreement_spread"))
    gaps: list[int] = []
    discuss: list[ToDiscuss] = []
    for candidate, rows in sorted(table.items()):
        for ecq, by in rows.items():
            gaps += [abs(one - other) for one, other in combinations(by.values(), 2)]
            if max(by.values()) - min(by.values()) >= spread:
                discuss.append(ToDiscuss(candidate, ecq, dict(sorted(by.items()))))
    if not gaps:
        work.caution("Only one rater: agreement cannot be shown.")
        return Agreement(None, None, [])
    for one in discuss:
        work.caution(f"Raters differ by {spread} levels or more on {one.candidate}, {one.ecq}: discuss.")
    exact, within_one = (_percent(sum(gap <= most for gap in gaps), len(gaps)) for most in (0, 1))
    return Agreement(exact, within_one, discuss)


def _percent(part: int, whole: int) -> Decimal:
    return (Decimal(100) * part / whole).quantize(Decimal(1), ROUND_HALF_UP)


def _ranking(table: Table, ecqs: list[str], technical: dict[str, Decimal], weight: Decimal) -> list[Ranked]:
    rows = []
    for candidate, rated in table.items():
        by_ecq = {ecq: Decimal(sum(rated[ecq].values())) / len(rated[ecq]) for ecq in ecqs}
        mean = sum(by_ecq.values(), Decimal(0)) / len(ecqs)
        total = (mean * (100 - weight) + technical.get(candidate, Decimal(0)) * weight) / 100
        rows.append((candidate, total, mean, by_ecq, technical.get(candidate)))
    rows.sort(key=lambda row: (-row[1], row[0]))
    return [
        Ranked(
            candidate=candidate,
            rank=1 + sum(other[1] > total for other in rows),
            total=total.quantize(_HUNDREDTH, ROUND_HALF_UP),
            ecq_mean=mean.quantize(_HUNDREDTH, ROUND_HALF_UP),
            technical=None if score is None else score.quantize(_HUNDREDTH, ROUND_HALF_UP),
            by_ecq={ecq: level.quantize(_HUNDREDTH, ROUND_HALF_UP) for ecq, level in by_ecq.items()},
        )
        for candidate, total, mean, by_ecq, score in rows
    ]


def _leadership(work: Working, ranking: list[Ranked], weight: Decimal, order: list[str] | None) -> bool:
    means = {row.candidate: row.ecq_mean for row in ranking}
    if order is not None and sorted(order) != sorted(means):
        lacking, more = sorted(set(means) - set(order)), sorted(set(order) - set(means))
        said = [f" {joined(lacking)} {'is' if len(lacking) == 1 else 'are'} rated and not in it." if lacking else "",
                f" {joined(more)} {'is' if len(more) == 1 else 'are'} in it and not rated." if more else ""]  # fmt: skip
        raise FactError(f"board_order: name every rated candidate once, best first.{''.join(said)}")
    used = order or [row.candidate for row in ranking]
    turned = [(upper, lower) for upper, lower in pairwise(used) if means[upper] < means[lower]]
    work.test(
        2 * weight < 100, f"Leadership carries {100 - weight} percent of the total; more than half is wanted.", TOOL
    )
    work.test(not turned, "The order follows the leadership qualities.", TOOL)
    for upper, lower in turned:
        work.caution(f"{upper} is ranked above {lower} although {lower} is stronger on leadership: record the reason.")
    return 2 * weight < 100 and not turned
