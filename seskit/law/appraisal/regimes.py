"""Which rules apply to an appraisal period, which rating patterns they allow, and what an agency may change."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from seskit.law import parameters, rating_levels
from seskit.law.answers import Answer
from seskit.law.awards import ELIGIBLE
from seskit.law.checks import every, unknown
from seskit.law.facts import Appointment, AsOf, Day, Fact, FactError, PeriodStart, Rating, Whole, YesNo
from seskit.law.parameters import NoRule
from seskit.law.question import question
from seskit.law.result import CannotTell, Result, Working


class RegimeOfPeriod(Answer):
    """The rules an appraisal period is under."""

    regime: Annotated[str | None, Fact("Regime", "Null: cannot tell.")]
    rule: Annotated[str, Fact("Rule")]
    plan: Annotated[str | None, Fact("Plan", "Null: cannot tell.")]


#: How many summary levels a system has.
_LEVELS = "5 CFR 430.304(c)(2) to 2015-10-25, 430.305(a)(6) from 2015-10-26"


@question("5 CFR 430.301; OPM memoranda of 2012-01-04 and 2025-02-25")
def regime(
    as_of: PeriodStart,
    *,
    uses_basic: Annotated[YesNo | None, Fact("Agency adopted the basic system", "OPM's model system of 2012.")] = None,
    adopted_on: Annotated[
        Day | None, Fact("Basic system adopted on", "The day the agency adopted it.", happened=True)
    ] = None,
    conforms: Annotated[
        YesNo | None, Fact("Own system conforms to the 2015 rule", "Asked for periods from 2015-10-26 to 2016-10-26.")
    ] = None,
) -> Result[RegimeOfPeriod]:
    """Which appraisal regime governs a period that starts on this day?

    The rule of 2000, the basic system of 2012 where the agency had adopted it, the rule of 2015, and the basic plan of
    2025 (5 CFR 430.301; OPM memoranda). `answer` holds the regime, the regulation (`rule`) and the plan in use:
    `basic-2012`, `basic-2025` or `agency`; null where a missing fact decides.
    """
    work = Working(as_of)
    rule = _rule(work)
    work.note("The regime is picked by the first day of the period.", "practice", basis="design")
    newest = work.recorded("appraisal.regime.basic_plan")
    if newest == "basic-2025":
        return _regime(work, newest, rule, newest)
    basic = _on_basic(work, as_of, uses_basic, adopted_on) if newest else False
    if basic is None:
        return _regime(work, None if rule == "2000-rule" else rule, rule, None)
    if basic:
        return _regime(work, "basic-2012" if rule == "2000-rule" else rule, rule, "basic-2012")
    return _own_system(work, as_of, rule, conforms)


def _rule(work: Working) -> str:
    try:
        return str(work.figure("appraisal.regime.rule"))
    except NoRule as unrecorded:
        raise NoRule(f"{unrecorded} Periods that started before then are outside this package.") from None


def _on_basic(work: Working, as_of: date, uses_basic: bool | None, adopted_on: date | None) -> bool | None:
    first = parameters.first_day("appraisal.regime.basic_plan")
    if adopted_on and adopted_on < first:
        raise FactError(f"adopted_on: {adopted_on} is before the basic system was issued on {first}.")
    if adopted_on and uses_basic is False:
        raise FactError("adopted_on: a day is given, but the agency is said not to use the basic system.")
    if uses_basic is False:
        return False
    if adopted_on is None:
        work.test(None, "Whether and when the agency adopted the basic system is not known.", "OPM memo of 2012-01-04")
        return None
    return work.test(
        adopted_on <= as_of,
        f"The agency adopted the basic system on {adopted_on}; the period starts on {as_of}.",
        "OPM memo of 2012-01-04",
    )


def _own_system(work: Working, as_of: date, rule: str, conforms: bool | None) -> Result[RegimeOfPeriod]:
    if rule == "2000-rule" or as_of > parameters.figure("appraisal.regime.old_systems_end", as_of).value:
        return _regime(work, rule, rule, "agency")
    last = work.figure("appraisal.regime.old_systems_end")
    work.test(conforms, "The agency's own system conforms to the 2015 rule.", "5 CFR 430.301(c)")
    if conforms is False:
        work.caution(
            f"A system that does not conform may run only until {last}; by then an approved one must be there."
        )
    settled = {True: rule, False: "2000-rule", None: None}[conforms]
    return _regime(work, settled, rule, "agency")


def _regime(work: Working, found: str | None, rule: str, plan: str | None) -> Result[RegimeOfPeriod]:
    says = f"The regime is {found}." if found else CannotTell("Cannot tell: a fact that decides the regime is missing.")
    return work.answer(RegimeOfPeriod(found, rule, plan), says)


class CheckedRating(Answer, verdict="lawful"):
    """Whether a rating belongs to a lawful pattern, and what it allows."""

    pattern_lawful: Annotated[bool | None, Fact("Pattern lawful", "Null: cannot tell.")]
    in_pattern: Annotated[bool | None, Fact("Rating in the pattern", "Null: cannot tell.")]
    lawful: Annotated[bool | None, Fact("Lawful", "Null: cannot tell.")]
    fully_successful: Annotated[bool | None, Fact("Fully successful or better", "Null: cannot tell.")]
    highest_possible: Annotated[bool | None, Fact("Highest possible", "Null: cannot tell.")]
    award_eligible: Annotated[bool | None, Fact("Allows an award", "Null: cannot tell.")]
    certifiable: Annotated[
        bool | None, Fact("Number of levels of a certifiable system", "Null: no such rule on that day.")
    ]
    names_lawful: Annotated[
        bool | None, Fact("The agency's own level names are lawful", "Null: cannot tell, or none needed.")
    ]


@question("5 U.S.C. 4314(a); 5 CFR 430.304(c)(2), 430.305(a)(6), 430.405(b)(1)(iii)")
def check_rating(
    as_of: PeriodStart,
    *,
    pattern: Annotated[Whole, Fact("Summary levels in the pattern", "", "count")],
    rating: Rating = None,
    appointment_type: Annotated[Appointment | None, Fact("Appointment type")] = None,
    finishing_old_system: Annotated[
        YesNo | None, Fact("Finishing an old system", "Asked only for periods from 2015-10-26 to 2016-10-26.")
    ] = None,
    label: Annotated[str, Fact("Agency's name for the level", "Kept beside the number.")] = "",
    equivalency_stated: Annotated[
        YesNo | None,
        Fact("A statement says how the agency's own names equal the levels", "Asked where a name of its own is given."),
    ] = None,
) -> Result[CheckedRating]:
    """Does this rating belong to a lawful rating pattern, and what does it allow?

    Three, four or five summary levels under the 2000 rule, exactly five under the 2015 rule; level 3 and above is fully
    successful (5 U.S.C. 4314(a); 5 CFR 430.304(c)(2), 430.305(a)(6)). `answer` says whether the pattern and the rating
    are lawful, whether the rating is fully successful, the highest possible, and one that allows an award, and whether
    an agency's own level names have the statement they need (`names_lawful`; null: cannot tell, or none needed).
    """
    work = Working(as_of)
    count = pattern
    lawful = _pattern_lawful(work, as_of, count, finishing_old_system)
    certifiable = work.recorded("appraisal.regime.certifiable_levels")
    if certifiable:
        work.note(
            f"A certifiable system has {_listed(certifiable)} levels; this one has {count}.", "5 CFR 430.405(b)(1)(iii)"
        )
    lowest = int(work.figure("appraisal.regime.lowest_fully_successful"))
    inside = None if rating is None else rating <= count
    work.test(inside, "The rating is not known." if rating is None else f"Level {rating} of {count}.", _LEVELS)
    known = rating is not None and inside and lawful
    full = rating is not None and rating >= lowest if known else None
    if count == 4 and rating == count:
        work.caution("Placing the top of a four-level pattern in row 4 of the form is our reading.")
    equivalency = _equivalency(work, label, equivalency_stated)
    answer = CheckedRating(
        pattern_lawful=lawful,
        in_pattern=inside,
        lawful=every((lawful, inside)),
        fully_successful=full,
        highest_possible=rating == count if known else None,
        award_eligible=_award(full, appointment_type),
        certifiable=None if certifiable is None else count in certifiable,
        names_lawful=equivalency,
    )
    return work.answer(answer, f"{_rating_says(answer, rating, count)}{_name_says(work, label)}")


def _name_says(work: Working, label: str) -> str:
    """What is still to be said of an agency's own name for the level."""
    outcome = next((reason.outcome for reason in work.reasons if reason.key == "equivalency"), "met")
    said = {
        "not met": "has no statement of the level it equals",
        "cannot tell": "needs a statement of the level it equals",
    }
    return f" The agency's own name '{label}' {said[outcome]}." if outcome in said else ""


def _equivalency(work: Working, label: str, stated: bool | None) -> bool | None:
    """Whether an agency's own name for a level comes with the statement of equivalence; None: cannot tell, none needed."""
    if not label:
        return None
    work.note(f"The agency calls this level '{label}'.", "agency text")
    if (
        work.recorded("appraisal.regime.equivalency") is None
        or " ".join(label.lower().split()) in rating_levels.NAMES.values()
    ):
        return None
    text = f"A statement says how the name '{label}' equals one of the five summary levels."
    work.test(stated, text, "5 CFR 430.305(a)(7)", key="equivalency")
    return stated


def _pattern_lawful(work: Working, as_of: date, count: int, finishing_old: bool | None) -> bool | None:
    allowed = work.figure("appraisal.regime.summary_levels")
    lawful: bool | None = count in allowed
    text = f"A pattern may have {_listed(allowed)} summary levels; this one has {count}."
    last = work.recorded("appraisal.regime.old_systems_end")
    if not lawful and last and as_of <= last and count in (3, 4):
        lawful = finishing_old
        work.caution(f"An old approved system may be finished only until {last} (5 CFR 430.301(c)).")
        text = f"A pattern has {_listed(allowed)} summary levels; one of {count} is lawful only in an old system that is being finished."
    work.test(lawful, text, parameters.figure("appraisal.regime.summary_levels", as_of).citation)
    return lawful


def _award(full: bool | None, appointment_type: str | None) -> bool | None:
    if full is False or (appointment_type and appointment_type not in ELIGIBLE):
        return False
    return None if full is None or appointment_type is None else True


def _rating_says(answer: CheckedRating, rating: int | None, count: int) -> str:
    if answer.pattern_lawful is False:
        return f"A pattern of {count} summary levels is not lawful for this period."
    if answer.in_pattern is False:
        return f"Level {rating} is not in a pattern of {count} levels."
    if answer.lawful is None:
        facts = {"the rating": rating, "whether an old system is being finished": answer.pattern_lawful}
        return CannotTell(f"Cannot tell: {unknown(facts)}.")
    word = "fully successful or better" if answer.fully_successful else "less than fully successful"
    top = ", the highest possible rating" if answer.highest_possible else ""
    return f"Level {rating} is lawful in this pattern: {word}{top}."


class ReportForms(Answer):
    """The rating reports that plans need."""

    plan_forms: Annotated[int, Fact("Plan forms")]
    aggregates: Annotated[list[int], Fact("Patterns that need an aggregate", "Their numbers of levels.")]


@question("OPM instructions for the FY 2002 report (MSG-068b)")
def report_forms(
    as_of: PeriodStart,
    *,
    patterns: Annotated[list[Whole], Fact("Summary levels of each plan", "One number for each plan.")],
) -> Result[ReportForms]:
    """How many rating reports do plans with different rating patterns need?

    One form for each plan, and one aggregate for each pattern; patterns are never combined in one form (OPM
    instructions for the FY 2002 report). `answer` holds the number of plan forms and the patterns that need an
    aggregate.
    """
    work = Working(as_of)
    allowed = work.figure("appraisal.regime.summary_levels")
    for number, count in enumerate(patterns, 1):
        if count not in allowed:
            raise FactError(f"patterns, item {number}: a pattern may have {_listed(allowed)} levels, not {count}.")
    aggregates = sorted(set(patterns))
    work.note("One form for each plan, one aggregate for each pattern.", "OPM instructions for the FY 2002 report")
    return work.answer(
        ReportForms(plan_forms=len(patterns), aggregates=aggregates),
        f"{len(patterns)} plan forms and {len(aggregates)} aggregates, one for each pattern.",
    )


class Customization(Answer, verdict="allowed"):
    """Whether an agency may change a part of the basic system."""

    allowed: Annotated[str, Fact("Allowed", "yes, no, within limits, or outside the system.")]
    how: Annotated[str, Fact("How")]


@question("OPM guidance on the basic SES appraisal system; 5 CFR 430.305(b)-(c)")
def customization(
    as_of: PeriodStart,
    *,
    item: Annotated[
        Literal[
            "critical_elements",
            "extra_requirements",
            "weights",
            "level_labels",
            "number_of_levels",
            "points_and_bands",
            "progress_reviews",
            "procedures",
            "narrative_rules",
            "pay_and_award_rules",
            "other_staff",
            "automation",
            "oig_variant",
        ],
        Fact("What the agency wants to change"),
    ],
) -> Result[Customization]:
    """May an agency change this part of the basic appraisal system?

    The elements, the number of levels and the derivation are fixed; much else may be adapted (OPM guidance; 5 CFR
    430.305(b)-(c)). `answer` holds `allowed` (yes, no, within limits, or outside the system) and how.
    """
    work = Working(as_of)
    path = f"appraisal.custom.{item}"
    rule = work.figure(path)
    figure = parameters.figure(path, as_of)
    work.note(f"{rule['how'].capitalize()}.", figure.citation, basis=figure.confidence)  # type: ignore[arg-type]
    work.note(
        "A change to anything a regulation governs goes to OPM before use; approval by OPM is always needed, "
        "certification is a second and separate gate.",
        "5 U.S.C. 4312(c)",
    )
    if work.recorded("appraisal.regime.basic_plan") != "basic-2012":
        work.caution("The table was written for the system of 2012; for the plan of 2025 check it with OPM.")
    return work.answer(
        Customization(allowed=rule["allowed"], how=rule["how"]), f"{rule['allowed'].capitalize()}: {rule['how']}."
    )


class MoveToBasicSystem(Answer):
    """When an agency moves to the basic system."""

    adopt_by: Annotated[date | None, Fact("Adopt by", "Null: cannot tell.")]
    first_period: Annotated[date | None, Fact("First period under it", "Null: the next start is not given.")]


@question("OPM and OMB memorandum of 2012-01-04; 5 CFR 430.301(c)")
def transition(
    as_of: Annotated[AsOf, Fact("Day the question is asked", "On or after the basic system was issued.")],
    *,
    certification_ends: Annotated[
        Day | None,
        Fact(
            "Current certification ends on",
            "Last day of the certification in force; leave out if none.",
            after=("as_of",),
        ),
    ] = None,
    certified: Annotated[YesNo | None, Fact("System is certified now")] = None,
    next_period_starts: Annotated[Day | None, Fact("Next appraisal period starts on")] = None,
) -> Result[MoveToBasicSystem]:
    """By when does an agency move to the basic appraisal system?

    When its current certification ends, or sooner if it wishes (OPM and OMB memorandum of 2012-01-04); without a
    certification nothing forced a date until the 2015 rule set 2016-10-26 (5 CFR 430.301(c)). `answer` holds
    `adopt_by` and the first period under the new system, `first_period`, where the next start is given.
    """
    work = Working(as_of)
    work.figure("appraisal.regime.basic_plan")
    if certification_ends and certified is False:
        raise FactError("certification_ends: a day is given, but the system is said not to be certified.")
    by = certification_ends
    if by:
        work.note(f"The current certification ends on {by}.", "OPM memo of 2012-01-04", "met")
    elif certified is False:
        first = parameters.first_day("appraisal.regime.old_systems_end")
        by = work.figure("appraisal.regime.old_systems_end", max(as_of, first))
        work.note("Without a certification only the 2015 rule set a last day.", "5 CFR 430.301(c)")
        work.caution("An agency on the basic system, or with a conforming approved system, had nothing to change.")
    else:
        work.test(None, "The end of the current certification is not known.", "OPM memo of 2012-01-04")
    work.note("The regime changes only at the start of an appraisal period.", "practice", basis="design")
    if by and next_period_starts and next_period_starts > by:
        work.caution("The next period starts after that day; adopt at the start of the period before it, or ask OPM.")
    says = (
        f"Adopt the basic system by {by}; sooner is allowed."
        if by
        else CannotTell("Cannot tell: when the certification ends.")
    )
    return work.answer(MoveToBasicSystem(by, next_period_starts), says)


def _listed(numbers: list[int]) -> str:
    return str(numbers[0]) if len(numbers) == 1 else f"{', '.join(map(str, numbers[:-1]))} or {numbers[-1]}"
