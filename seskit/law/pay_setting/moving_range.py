"""What happens to a rate when the range itself moves: relative position, the minimum, Executive Schedule reviews."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from itertools import product
from typing import Annotated, Literal

from seskit.law import parameters, rating_levels
from seskit.law.answers import Answer
from seskit.law.checks import at_least
from seskit.law.clocks import add_days
from seskit.law.facts import AsOf, Certified, Day, Fact, Rate, Rating, YesNo, dollars, plain
from seskit.law.pay_setting.bounds import (
    Appointee,
    approval_bound,
    open_range,
    political_bound,
    range_bounds,
    rating_bound,
    since_open_range,
)
from seskit.law.pay_setting.decision import DOLLAR, WITHOUT_LIMIT, Bound, Decision, PayDecision, gate, in_days
from seskit.law.pay_setting.facts import (
    OFFICIAL,
    TOP_OFFICIAL,
    Appointed,
    FreezeContinues,
    LastAdjusted,
    Political,
    ProposedRate,
    TopApproves,
)
from seskit.law.question import question
from seskit.law.rate_range import RateRange, doubt_rate, open_range_day, range_on, rate_doubt, scheduled_range
from seskit.law.result import CannotTell, Result, Working

POSITION_LAW = "5 CFR 534.404(b)(4)"


def position(rate: Decimal, limits: RateRange, maximum: Decimal) -> Decimal:
    """Where a rate stands in its range, 0 at the minimum and 1 at the maximum."""
    return (rate - limits.minimum) / (maximum - limits.minimum)


def same_position(
    rate: Decimal, old: RateRange, new: RateRange, old_certified: bool, certified: bool, *, exact: bool = False
) -> Decimal:
    """The rate in the new range at the same relative position, a fraction of a dollar dropped; never a lower rate."""
    before, after = (
        (old.certified if old_certified else old.uncertified),
        (new.certified if certified else new.uncertified),
    )
    share_of_width = (rate - old.minimum) * (after - new.minimum) / (before - old.minimum)
    same = new.minimum + share_of_width
    return max(rate, same if exact else same.quantize(DOLLAR, ROUND_FLOOR))


def highest_rate(
    rate: Decimal,
    old: RateRange,
    new: RateRange,
    *,
    rating: int,
    certified: bool,
    certified_before: bool,
    approves: bool,
    exceptional: bool,
    levels: tuple[int, int],
) -> Decimal:
    """The highest rate when the range moves from `old` to `new`, with every fact known; `levels`: FS, outstanding."""
    fully_successful, outstanding = levels
    at_least = max(rate, new.minimum)
    above = rate > old.uncertified
    frozen = above and not (certified and certified_before)
    if frozen or rating < fully_successful or old == new:
        return at_least
    full = max(at_least, same_position(rate, old, new, certified_before, certified))
    if full <= new.uncertified and not above:
        return full
    past_level_three = (
        certified and approves and (rating >= outstanding or (above and rating > fully_successful and exceptional))
    )
    if past_level_three:
        return max(at_least, min(full, new.certified))
    return at_least if above else max(at_least, min(full, new.uncertified))


def moved_on(as_of: date) -> tuple[RateRange, RateRange] | None:
    """The range before and from a day, where one of its ends rose that day."""
    if as_of <= open_range_day():
        return None
    old, new = scheduled_range(as_of - timedelta(days=1)), scheduled_range(as_of)
    return (old, new) if old != new else None


def _known(value: object, choices: Iterable[object]) -> list[object]:
    return list(choices) if value is None else [value]


def _stops(frozen: Bound | None) -> list[Decimal]:
    """The rates at which the freeze on political appointees stops a raise: none, one, or one that turns on a missing fact."""
    return list(dict.fromkeys((frozen.sure, frozen.possible))) if frozen else [WITHOUT_LIMIT]


def _turns_on(place: int, answers: Mapping[tuple[object, ...], object]) -> bool:
    """Whether the fact at a place of the keys, all others being equal, changes an answer."""
    met: dict[tuple[object, ...], object] = {}
    return any(met.setdefault((*key[:place], *key[place + 1 :]), one) != one for key, one in answers.items())


@question(POSITION_LAW)
@since_open_range("The relative-position increase")
def relative_position(
    as_of: Annotated[AsOf, Fact("Effective date", "The day the range moves.")],
    *,
    rate: Rate,
    rating: Rating = None,
    certified: Certified = None,
    top_official_approves: TopApproves = None,
    certified_before: Annotated[
        YesNo | None, Fact("Certified the day before", "Leave out where it has not changed.")
    ] = None,
    exceptional: Annotated[
        YesNo | None,
        Fact(
            "Exceptional case",
            "Rated above fully successful, with for example exceptionally meritorious accomplishment.",
        ),
    ] = False,
    appointment_type: Appointed = "career",
    serves_politically: Political = None,
    political_freeze_in_force: FreezeContinues = None,
) -> Result[Annotated[Decimal | None, Fact("Highest lawful rate", "Null: cannot tell.", "USD per year")]]:
    """How high may a rate go to keep its relative position when the range moves?

    Only on the day the range minimum or maximum rises, for one who meets or exceeds expectations, and at most to the
    same relative position; past level III only for one rated outstanding whom the top approving official approves
    (5 CFR 534.404(b)(4)). The freeze on political appointees holds here, too. `answer` is the highest lawful rate in
    dollars a year (null: cannot tell).
    """
    work = Working(as_of)
    new = open_range(work, as_of)
    moved = moved_on(as_of)
    if moved is None:
        return _not_moved(work, as_of, rate, new)
    old = moved[0]
    if rate > old.certified and (because := rate_doubt(add_days(as_of, -1), rate, certified)):
        work.test(None, f"{dollars(rate)} {because}.", "5 CFR 534.403(a)(2)")
        return work.answer(None, CannotTell(f"Cannot tell: {dollars(rate)} {because}: check the rate."))
    frozen = political_bound(
        work, as_of, certified, Appointee(appointment_type, serves_politically, political_freeze_in_force), rate
    )
    levels = tuple(int(work.figure(f"pay_setting.performance.{word}")) for word in ("lowest_rating", "outstanding"))
    answers: dict[tuple[object, ...], Decimal] = {}
    for one_rating, one_certified, approves, case, stop in product(
        _known(rating, rating_levels.LEVELS),
        _known(certified, (True, False)),
        _known(top_official_approves, (True, False)),
        _known(exceptional, (True, False)),
        _stops(frozen),
    ):
        before = one_certified if certified_before is None else certified_before
        highest = highest_rate(
            rate, old, new, rating=one_rating, certified=one_certified, certified_before=before,  # type: ignore[arg-type]
            approves=approves, exceptional=case, levels=levels,  # type: ignore[arg-type]
        )  # fmt: skip
        answers[one_rating, one_certified, approves, case, stop] = max(rate, new.minimum, min(highest, stop))
    if certified is not None:
        _explain(work, rate, old, new, certified, certified if certified_before is None else certified_before)
    facts = {
        "rating": rating,
        "certified": certified,
        "top_official_approves": top_official_approves,
        "exceptional": exceptional,
        frozen.lacks if frozen else "": frozen,
    }
    if len(set(answers.values())) > 1:
        lacks = ", ".join(name for place, name in enumerate(facts) if _turns_on(place, answers))
        listed = ", ".join(dollars(value) for value in sorted(set(answers.values())))
        work.test(None, f"The highest rate is one of {listed}; it turns on {lacks}.", POSITION_LAW)
        return work.answer(None, CannotTell(f"Cannot tell: one of {listed}. Missing: {lacks}."))
    (highest,) = set(answers.values())
    if frozen:
        work.note(frozen.text, frozen.citation, basis=frozen.basis)
    _judged(work, rate, highest, old, new)
    if certified is not None and not frozen:
        before = certified if certified_before is None else certified_before
        past = highest_rate(
            rate, old, new, rating=levels[1], certified=certified, certified_before=before, approves=True,
            exceptional=True, levels=levels,  # type: ignore[arg-type]
        )  # fmt: skip
        _if_outstanding(work, highest, past)
    return work.answer(plain(highest), f"The highest lawful rate is {dollars(highest)}.")


def _not_moved(work: Working, as_of: date, rate: Decimal, new: RateRange) -> Result[Decimal | None]:
    """The answer for a day on which the range stays, with the next day on which it is known to move."""
    changes = [f.first_day for f in parameters.parameter("pay_setting.ses_range.maximum_certified").values]
    near = [day for day in changes if moved_on(day) and day > as_of]
    next_day = f" The next recorded day is {near[0]}, in {in_days((near[0] - as_of).days)}." if near else ""
    work.test(False, f"The range does not move on {as_of}.{next_day}", f"{POSITION_LAW}(i)")
    kept = max(rate, new.minimum)
    return work.answer(plain(kept), f"No increase: the range does not move on {as_of}; the rate stays {dollars(kept)}.")


def _if_outstanding(work: Working, highest: Decimal, past: Decimal) -> None:
    if past > highest:
        work.note(
            f"Rated outstanding, with the top approving official's approval, it could go to {dollars(past)}: "
            f"{dollars(past - highest)} a year more.",
            f"{POSITION_LAW}(ii), (iii)",
        )


def _explain(work: Working, rate: Decimal, old: RateRange, new: RateRange, certified: bool, before: bool) -> None:
    old_top, new_top = old.certified if before else old.uncertified, new.certified if certified else new.uncertified
    work.note(
        f"The range moves from {dollars(old.minimum)}-{dollars(old_top)} to {dollars(new.minimum)}-{dollars(new_top)}.",
        f"{POSITION_LAW}(i)",
    )
    if old.minimum <= rate <= old_top:
        full = same_position(rate, old, new, before, certified)
        share = position(rate, old, old_top)
        dropped = "" if full == same_position(rate, old, new, before, certified, exact=True) else ", a fraction dropped"
        work.note(
            f"{dollars(rate)} is at {share:.6f} of the range; the same position is {dollars(full)}{dropped}.",
            f"{POSITION_LAW}(i)",
            basis="recalled",
            key="rounding" if dropped else "",
        )


def _judged(work: Working, rate: Decimal, highest: Decimal, old: RateRange, new: RateRange) -> None:
    if highest == rate:
        work.note("No increase: rating, freeze or approval stops it at the present rate.", f"{POSITION_LAW}(ii), (iii)")
    elif highest == new.uncertified:
        work.note(f"The increase stops at {dollars(highest)} (level III).", f"{POSITION_LAW}(ii)", basis="recalled")
    elif highest > new.uncertified:
        work.note(
            "Past level III: rating and the top approving official's approval allow it.", f"{POSITION_LAW}(ii), (iii)"
        )
    who = TOP_OFFICIAL if highest > new.uncertified else OFFICIAL
    if highest > rate:
        work.note(f"Approval: {who}.", "5 CFR 534.404(b)(4), (g)(3)")
    work.note("The increase is optional and does not restart the 12-month clock.", "5 CFR 534.404(b)(4)(i), (c)(3)(vi)")
    if old.uncertified < rate <= new.uncertified:
        work.caution(
            f"Whether the rate is above level III is judged by the level before, {dollars(old.uncertified)}; judged by the new one, "
            f"{dollars(new.uncertified)}, it is not, and an increase up to that would not need an outstanding rating."
        )


class MinimumIncrease(Answer, verdict="owed", renamed={"required": "owed"}):
    """Whether a rate must be raised to the minimum."""

    owed: Annotated[bool, Fact("Must be raised")]
    rate: Annotated[Decimal, Fact("Rate", unit="USD per year")]
    restarts_clock: Annotated[bool, Fact("Starts a new 12 months")]


@question("5 CFR 534.403(a)(1), 534.404(c)(3)(vii)")
@since_open_range("The minimum of the range")
def minimum_increase(as_of: AsOf, *, rate: Rate, last_adjusted: LastAdjusted = None) -> Result[MinimumIncrease]:
    """Must this rate be raised to the range minimum?

    Nobody may be paid below the minimum, whatever the rating; reaching it is not an adjustment (5 CFR 534.403(a)(1),
    534.404(c)(3)(vii)). `answer` holds `owed`, the `rate` that must be paid in dollars a year, and `restarts_clock`.
    """
    work = Working(as_of)
    limits = open_range(work, as_of)
    required = rate < limits.minimum
    if not required:
        doubt_rate(work, as_of, rate)
    kept = max(rate, limits.minimum)
    work.note(f"The range minimum is {dollars(limits.minimum)}; the rate is {dollars(rate)}.", "5 CFR 534.403(a)(1)")
    work.note("Rating, freeze and the 12 months do not block it; the clock is unchanged.", "5 CFR 534.404(c)(3)(vii)")
    if last_adjusted:
        work.note(f"The clock still runs from {last_adjusted}.", "5 CFR 534.404(c)(3)(vii)")
    says = (
        f"The rate must be raised to {dollars(kept)}." if required else f"No: {dollars(rate)} is not below the minimum."
    )
    return work.answer(MinimumIncrease(owed=required, rate=plain(kept), restarts_clock=False), says)


class ReviewDecision(PayDecision, verdict="decision"):
    """Whether a reviewed rate is lawful, and from when."""

    effective: Annotated[date | None, Fact("Effective")]


@question("5 CFR 534.404(f)")
@since_open_range("The Executive Schedule review")
def executive_schedule_review(
    as_of: Annotated[AsOf, Fact("Day of the Executive Schedule increase")],
    *,
    rate: Rate,
    proposed_rate: ProposedRate,
    case: Annotated[
        Literal["second_increase", "after_decisions"],
        Fact("Case", "A second increase in the same calendar year, or one after decisions for the cycle were made."),
    ],
    decided_effective: Annotated[
        Day, Fact("Effective date of the decision", "When the increase already granted took effect.", happened=True)
    ],
    first_increase: Annotated[
        Day | None, Fact("First Executive Schedule increase", "Only for a second increase in a year.", happened=True)
    ] = None,
    rating: Rating = None,
    certified: Certified = None,
    top_official_approves: TopApproves = None,
    appointment_type: Appointed = "career",
    serves_politically: Political = None,
    political_freeze_in_force: FreezeContinues = None,
) -> Result[ReviewDecision]:
    """May a pay decision be revisited because the Executive Schedule rose after it?

    After a second increase in one calendar year, for decisions effective on or after the first; otherwise only for one
    whose rate sits exactly at the old cap (5 CFR 534.404(f)). The freeze on political appointees holds here, too.
    `answer` holds decision and lawful bounds, and `effective`, the day the extra takes effect, what is missing, what is
    barred and until when, and alternatives with their cost. It does not restart the 12 months.
    """
    work = Working(as_of)
    limits = open_range(work, as_of)
    decision = Decision(work)
    conditions, effective = _review_conditions(as_of, limits, rate, case, decided_effective, first_increase, certified)
    base = max(rate, limits.minimum)
    appointee = Appointee(appointment_type, serves_politically, political_freeze_in_force)
    frozen = political_bound(work, as_of, certified, appointee, base)

    def bounds(approves: bool | None) -> list[Bound | None]:
        ends = [*range_bounds(limits, certified, rate), frozen]
        return [*ends, approval_bound(limits, approves, base), rating_bound(work, rating, base), *conditions]

    decision.judge(bounds(top_official_approves), proposed_rate)
    decision.minimum = max(decision.minimum, base)
    decision.need(
        proposed_rate >= rate, "A review may only add.", "5 CFR 534.404(f)",
        bars=f"a rate below {dollars(rate)}", until="it is a reduction, with its own rules (pay_setting.reduce)",
    )  # fmt: skip
    decision.offer_nearest(proposed_rate, rate)
    if top_official_approves is not True:
        decision.offer_approval(bounds(True), proposed_rate)
    decision.approves(top=proposed_rate > limits.uncertified)
    work.note("The criteria of the first decision apply; the 12 months do not restart.", "5 CFR 534.404(c)(3)(iv), (f)")
    return decision.close(ReviewDecision, proposed_rate, "a reviewed rate of", effective=effective)


def _rose_twice(year: int) -> bool | None:
    """Whether the schedule first published for a year was a raise, and a higher one replaced it; None past the record."""
    final, first = (
        "pay_setting.executive_schedule.level_III",
        "pay_setting.executive_schedule_first_published.level_III",
    )
    if year > parameters.last_change(final).year:
        return None
    published = [
        one for one in parameters.parameter(first).values if one.value is not None and one.first_day.year == year
    ]
    return any(
        parameters.figure(final, add_days(one.first_day, -1)).value
        < one.value
        < parameters.figure(final, one.first_day).value
        for one in published
    )


def _review_conditions(
    as_of: date,
    limits: RateRange,
    rate: Decimal,
    case: str,
    decided: date,
    first_increase: date | None,
    certified: bool | None,
) -> tuple[list[Bound], date | None]:
    """What must hold before anything is added, and the day the extra takes effect."""
    base = max(rate, limits.minimum)
    never, ordinary = "it is asked as an ordinary increase (pay_setting.adjust)", "5 CFR 534.404(f)"
    if case == "second_increase":
        law = f"{ordinary}(1)"
        since = at_least(decided, first_increase)
        text = f"The decision took effect on {decided}; the first increase on {first_increase or 'a day not known'}."
        found = [gate(since, base, text, law, "first_increase", until=never)]
        if first_increase:
            one_year = first_increase.year == as_of.year
            found.append(gate(one_year, base, "Both increases fall in one calendar year.", law, "", until=never))
        text = f"The Executive Schedule must have risen twice in {as_of.year}."
        found.append(gate(_rose_twice(as_of.year), base, text, law, "the schedule of the year", until=never))
        return found, first_increase
    law = f"{ordinary}(2)"
    old = range_on(add_days(as_of, -1)) if as_of > open_range_day() else limits
    old_cap = old.maximum(certified)
    cap_words = f", {dollars(old_cap)}." if old_cap is not None else "; certification is not known."
    at_cap = rate == old_cap if old_cap is not None else None if rate in (old.certified, old.uncertified) else False
    rose = limits.uncertified > old.uncertified
    return [
        gate(rose, base, f"The Executive Schedule must rise on {as_of}.", law, "", until=never),
        gate(decided < as_of, base, f"The decision of {decided} came before the increase.", law, "", until=never),
        gate(at_cap, base, f"The rate must sit exactly at the cap before the increase{cap_words}", law, "certified",
             until=never),
    ], as_of  # fmt: skip
