"""From element levels and weights to a summary rating, exactly: no binary fraction, no rounding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from seskit.law import parameters, rating_levels
from seskit.law.answers import Answer
from seskit.law.checks import Check, Checks, opposite, sentence, some, unknown
from seskit.law.facts import Day, Fact, FactError, Percent, PeriodStart, RatingLevel, Whole, YesNo, plain
from seskit.law.parameters import NoRule
from seskit.law.question import question
from seskit.law.result import CannotTell, Result, Working

SYSTEM = "OPM basic SES appraisal system"
#: The levels of a pattern, and the ban on limits for a level, by the rule of 2000 and that of 2015.
_PATTERN = "5 CFR 430.304(c)(2) to 2015-10-25, 430.305(a)(6) from 2015-10-26"
QUOTA_BAN = "5 CFR 430.304(c)(3) to 2015-10-25, 430.305(a)(5) from 2015-10-26"
Regime = Annotated[Literal["basic-2012", "basic-2025"], Fact("Regime", "The appraisal plan in use.")]
AnyDay = Annotated[
    Day | None, Fact("As-of date", "A day of the appraisal period; left out, the regime's first day is used.")
]
Levels = Annotated[
    list[RatingLevel | None],
    Fact("Element levels", "In the plan's order, 1 to 5.", "level"),
]
Weights = Annotated[list[Percent], Fact("Element weights", "In the plan's order; they sum to 100.", "percent")]
Minimums = Annotated[
    list[Whole] | None,
    Fact("Agency's own minimum weights", "In the plan's order, where the agency is stricter.", "percent"),
]
Fractions = Annotated[YesNo, Fact("Fractional weights allowed", "The package asks for whole percents unless told so.")]


def _sheet(as_of: date | None, regime: str) -> tuple[Working, str]:
    """A sheet on the day given or the regime's first day, and the regime's folder of rules."""
    folder = f"appraisal.{regime.replace('-', '_')}"
    first = parameters.first_day(f"{folder}.elements")
    if as_of and as_of < first:
        raise NoRule(f"No {regime} plan is in force on {as_of}; the earliest day is {first} ({SYSTEM}).")
    work = Working(as_of or first)
    if regime == "basic-2012" and as_of and work.recorded("appraisal.regime.basic_plan") != regime:
        newer = parameters.figure("appraisal.regime.basic_plan", as_of)
        work.caution(f"Periods that start on or after {newer.first_day} use the plan {newer.value}.")
    return work, folder


def weight_faults(work: Working, folder: str, weights: Sequence[Decimal], fractions: bool) -> list[str]:
    """Test weights against the plan's limits and name every fault."""
    names, least = work.figure(f"{folder}.elements"), work.figure(f"{folder}.minimum_weights")
    _same_length("weights", weights, names)
    total = work.figure(f"{folder}.sum_of_weights")
    faults = []

    def test(passed: bool, text: str, fault: str, basis: Literal["verified", "design"] = "verified") -> None:
        work.test(passed, text, SYSTEM, basis)
        if not passed:
            faults.append(fault)

    test(sum(weights) == total, f"The weights sum to {plain(sum(weights, Decimal(0)))}; {total} is needed.", "sum")
    for name, weight, smallest in zip(names, weights, least, strict=True):
        test(weight >= smallest, f"{name} weighs {weight}; at least {smallest} is needed.", f"minimum: {name}")
    heaviest = work.recorded(f"{folder}.heaviest_element")
    if heaviest:
        most = weights[names.index(heaviest)]
        for name, weight in zip(names, weights, strict=True):
            if weight > most:
                test(False, f"{name} weighs {weight}, more than {heaviest} with {most}.", f"above {heaviest}: {name}")
    whole = all(weight == weight.to_integral_value() for weight in weights)
    if not whole and not fractions:
        test(False, "Weights are whole percents.", "fraction", "design")
    elif not whole:
        work.caution("Fractional weights are allowed here as the agency's choice; the exact score is never rounded.")
    return faults


class CheckedWeights(Answer, verdict="lawful", renamed={"valid": "lawful"}):
    """Whether element weights are lawful in the plan."""

    lawful: Annotated[bool, Fact("Lawful")]
    faults: Annotated[list[str], Fact("Faults")]


@question("OPM basic SES appraisal system, weights")
def check_weights(
    as_of: AnyDay = None,
    *,
    regime: Regime,
    weights: Weights,
    agency_minimums: Minimums = None,
    fractional_weights: Fractions = False,
) -> Result[CheckedWeights]:
    """Are these element weights lawful in the plan?

    They sum to 100, each element has its minimum, and in the 2012 plan none outweighs Results Driven, though it may
    equal it (OPM basic SES appraisal system). An agency may be stricter. `answer` says whether they are valid and names
    the faults.
    """
    work, folder = _sheet(as_of, regime)
    faults = weight_faults(work, folder, weights, fractional_weights)
    if agency_minimums is not None:
        names = work.figure(f"{folder}.elements")
        _same_length("agency_minimums", agency_minimums, names)
        for name, weight, smallest in zip(names, weights, agency_minimums, strict=True):
            if not work.test(weight >= smallest, f"The agency asks for {smallest} on {name}.", "agency rule"):
                faults.append(f"agency minimum: {name}")
    if regime == "basic-2025":
        work.caution("A plan template may also set maximum weights; the defaults were not found.")
    says = f"The weights are not valid: {'; '.join(faults)}." if faults else "The weights are valid."
    return work.answer(CheckedWeights(lawful=not faults, faults=faults), says)


class DerivedRating(Answer):
    """The summary rating that follows from element levels and weights."""

    score: Annotated[int | Decimal | None, Fact("Score", "Null where the override decides, or a level is not known.")]
    level: Annotated[int | None, Fact("Summary level", "Null: cannot tell.", unit="level")]


@question("OPM basic SES appraisal system, derivation of the rating")
def derive_rating(
    as_of: AnyDay = None,
    *,
    regime: Regime,
    levels: Levels,
    weights: Weights,
    fractional_weights: Fractions = False,
) -> Result[DerivedRating]:
    """What summary rating follows from the element levels and weights?

    One critical element at Level 1 makes the summary Level 1, whatever the score; otherwise weight times level is
    summed and the score's band gives the level, with no rounding (OPM basic SES appraisal system). `answer` holds the
    score (null where the override decides) and the level, 1 to 5 (null: cannot tell).
    """
    work, folder = _sheet(as_of, regime)
    names = work.figure(f"{folder}.elements")
    _same_length("levels", levels, names)
    if weight_faults(work, folder, weights, fractional_weights):
        broken = " ".join(reason.text for reason in work.reasons if reason.outcome == "not met")
        raise FactError(f"weights: not valid in {regime}. {broken} Correct them before deriving a rating.")
    override = work.figure(f"{folder}.override_level")
    if regime == "basic-2025":
        work.caution(
            "The bands and the override of the 2012 system are used; they are not confirmed for the 2025 plan."
        )
    failing = [name for name, level in zip(names, levels, strict=True) if level == override]
    if failing:
        work.note(f"{', '.join(failing)} at Level {override}: the summary is Level {override}.", SYSTEM, "met")
        return work.answer(
            DerivedRating(score=None, level=override), f"Level {override}: a critical element is unsatisfactory."
        )
    if None in levels:
        return _open_rating(work, folder, names, levels, weights)
    return _scored(work, folder, [level for level in levels if level is not None], weights, override)


def _open_rating(
    work: Working, folder: str, names: list[str], levels: Sequence[int | None], weights: Sequence[Decimal]
) -> Result[DerivedRating]:
    missing = ", ".join(name for name, level in zip(names, levels, strict=True) if level is None)
    work.test(None, f"The level of {missing} is not known.", SYSTEM)
    bands = work.figure(f"{folder}.score_bands")
    best = level_of(score_of([level or max(bands) for level in levels], weights), bands)
    work.note(f"With Level 5 on what is missing the summary would be Level {best}; with Level 1 it is Level 1.", SYSTEM)
    return work.answer(
        DerivedRating(score=None, level=None), CannotTell(f"Cannot tell: the level of {missing} is not known.")
    )


def _scored(
    work: Working, folder: str, levels: Sequence[int], weights: Sequence[Decimal], override: int
) -> Result[DerivedRating]:
    exact, level = summary_of(levels, weights, override, work.figure(f"{folder}.score_bands"))
    score = plain(exact or Decimal(0))
    terms = " + ".join(f"{plain(weight)} x {level}" for weight, level in zip(weights, levels, strict=True))
    work.note(f"{terms} = {score}.", SYSTEM)
    work.note(f"The score {score} is in the band of Level {level}.", SYSTEM, "met")
    number = int(score) if score == score.to_integral_value() else score
    return work.answer(DerivedRating(number, level), f"The score is {score}; the summary rating is Level {level}.")


def summary_of(
    levels: Sequence[int], weights: Sequence[Decimal], override: int, bands: Mapping[int, int]
) -> tuple[Decimal | None, int]:
    """The score and the summary level: an element at the override level decides alone, and then there is no score."""
    if override in levels:
        return None, override
    score = score_of(levels, weights)
    return score, level_of(score, bands)


def score_of(levels: Sequence[int], weights: Sequence[Decimal]) -> Decimal:
    """Weight times level, summed exactly."""
    return sum((weight * level for weight, level in zip(weights, levels, strict=True)), Decimal(0))


def level_of(score: Decimal, bands: Mapping[int, int]) -> int:
    """The highest level whose band the score reaches; never rounded."""
    return max(level for level, lowest in bands.items() if score >= lowest)


def _same_length(name: str, given: Sequence[object], names: list[str]) -> None:
    if len(given) != len(names):
        raise FactError(f"{name}: {len(given)} given; the plan has {len(names)} elements: {', '.join(names)}.")


class FinalRating(Answer):
    """Whether the element levels explain the annual summary rating."""

    initial: Annotated[int | None, Fact("Initial summary level", unit="level")]
    derived: Annotated[int | None, Fact("Derived final level", unit="level")]
    explained: Annotated[bool | None, Fact("Annual rating explained", "Null: cannot tell.")]


@question("OPM basic SES appraisal system, part 4 of the form; 5 U.S.C. 4314(c)(3)")
def check_final_rating(
    as_of: AnyDay = None,
    *,
    regime: Regime,
    weights: Weights,
    initial_levels: Levels,
    final_levels: Annotated[
        list[RatingLevel | None] | None, Fact("Element levels, if changed", "Leave out if none changed.", "level")
    ] = None,
    annual_rating: Annotated[RatingLevel | None, Fact("Annual summary rating", "", "level")] = None,
    reason_recorded: Annotated[YesNo | None, Fact("Reason for the difference is recorded")] = None,
) -> Result[FinalRating]:
    """Do the final element levels explain the annual summary rating?

    The derivation may be run twice, for the initial and the final rating; a difference is explained by changed levels
    or by a recorded reason (OPM basic SES appraisal system, part 4 of the form). `answer` holds the initial and the
    derived final level, and whether the annual rating is explained (null: cannot tell).
    """
    work, _ = _sheet(as_of, regime)
    first = derive_rating(as_of, regime=regime, levels=initial_levels, weights=weights)
    last = derive_rating(as_of, regime=regime, levels=final_levels or initial_levels, weights=weights)
    derived = last.answer.level
    work.figures, work.cautions = list(last.figures), list(last.cautions)
    work.note(f"Initial levels give Level {first.answer.level}.", SYSTEM)
    explained = None if None in (derived, annual_rating) else derived == annual_rating
    work.test(
        explained, f"Final levels give {derived or 'no level yet'}; the annual rating is {annual_rating}.", SYSTEM
    )
    if explained is False:
        work.caution(
            "The annual rating does not follow from the element levels: change the levels or record the reason."
        )
        work.test(reason_recorded, "The appointing authority's reason is recorded.", "practice", "design")
        explained = reason_recorded
    facts: dict[str, object] = {"the level that the elements give": derived, "the annual rating": annual_rating}
    if None not in facts.values():
        facts = {"whether the reason is recorded": reason_recorded}
    says = sentence(explained, "The annual rating is explained.", "The annual rating is not explained.", unknown(facts))
    return work.answer(FinalRating(first.answer.level, derived, explained), says)


class AgencyMethod(Answer, verdict="lawful"):
    """Whether a rating by an agency's own method is within the limits."""

    lawful: Annotated[bool | None, Fact("Lawful", "Null: cannot tell.")]
    must_be_unsatisfactory: Annotated[bool | None, Fact("Summary must be Level 1", "Null: cannot tell.")]


@question("5 CFR 430.303, 430.304(c) (2000 rule); 5 CFR 430.305(a)(5)")
def check_agency_method(
    as_of: PeriodStart,
    *,
    pattern: Annotated[Whole, Fact("Summary levels in the pattern", "", "count")],
    critical_levels: Annotated[list[RatingLevel | None], Fact("Levels of the critical elements", "", "level")],
    other_levels: Annotated[list[RatingLevel] | None, Fact("Levels of other elements", "", "level")] = None,
    summary: Annotated[RatingLevel | None, Fact("Summary rating by the agency's method", "", "level")] = None,
    limits_numbers: Annotated[
        YesNo | None, Fact("Method limits how many may get a level", "A quota, a curve or a ranking.")
    ] = None,
) -> Result[AgencyMethod]:
    """Is a summary rating by an agency's own method within the law's limits?

    A critical element at unsatisfactory makes the summary unsatisfactory, another element alone never does, the level
    is in the pattern, and no step counts how many others got a level while forced distribution was prohibited (5 CFR
    430.303, 430.304(c)). `answer` says whether it is lawful and whether the summary must be Level 1.
    """
    work = Working(as_of)
    allowed = work.figure("appraisal.regime.summary_levels")
    checks = Checks(work, [Check(pattern in allowed, f"A pattern of {pattern} levels.", "5 U.S.C. 4314(a)")])
    lowest_level = rating_levels.unsatisfactory()
    must = some(None if level is None else level == lowest_level for level in critical_levels)
    at_lowest = {True: "A critical element is at Level 1.", False: "No critical element is at Level 1."}
    if must is None:
        work.test(None, "Whether a critical element is at Level 1 is not known.", "5 CFR 430.303")
    else:
        work.note(at_lowest[must], "5 CFR 430.303", decides=must or None)
    if summary is None:
        checks.add(Check(None, "The summary rating is not known.", _PATTERN, needs="the summary rating"))
    else:
        checks.add(Check(summary <= pattern, f"Level {summary} of {pattern}.", _PATTERN))
        if must:
            checks.add(
                Check(summary == lowest_level, f"The summary must be Level 1; it is Level {summary}.", "5 CFR 430.303")
            )
        elif summary == lowest_level and lowest_level in (other_levels or []):
            lowest = int(work.figure("appraisal.regime.lowest_fully_successful"))
            low = None if None in critical_levels else any(level < lowest for level in critical_levels if level)
            text = "An element that is not critical does not by itself make the summary Level 1."
            checks.add(Check(low, text, "practice", basis="design", needs="the level of a critical element"))
    if parameters.recorded("appraisal.regime.quota_ban", as_of):
        text = "No step limits how many executives may get a level."
        needs = "whether the method limits how many may get a level"
        checks.add(Check(opposite(limits_numbers), text, QUOTA_BAN, needs=needs))
    yes, no = "The summary rating is within the limits.", "The summary rating is outside the limits."
    return work.answer(AgencyMethod(checks.passes, must), checks.told(yes, no))
