"""Pay in special cases: on detail or acting, a rate set in error, an executive not yet rated."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from seskit.law.answers import Answer
from seskit.law.checks import at_least
from seskit.law.facts import AsOf, Fact, Rate, Rating, dollars, plain
from seskit.law.pay_setting.bounds import interim_rule
from seskit.law.question import question
from seskit.law.rate_range import doubt_rate
from seskit.law.result import CannotTell, Result, Working

_FROM_MEMORY = "The words of this rule were not read for this answer; check the regulation."


class PayOnDetail(Answer):
    """What is paid on detail."""

    rate: Annotated[Decimal, Fact("Rate", unit="USD per year")]
    restarts_clock: Annotated[bool, Fact("Starts a new 12 months")]


@question("5 U.S.C. 3395; 5 CFR 317.903")
def pay_on_detail(
    as_of: AsOf,
    *,
    rate: Rate,
    holds: Annotated[
        Literal["ses", "general_schedule"], Fact("Position held", "SES, or a General Schedule position.")
    ] = "ses",
    serves: Annotated[
        Literal["detail", "acting"], Fact("Serving", "On detail, or acting in a vacant position.")
    ] = "detail",
) -> Result[PayOnDetail]:
    """What is paid to one on detail, or acting, in an SES position?

    A detail changes the duties, not the position held: pay stays that of the position of record, and acting is no
    appointment. `answer` holds the `rate` in dollars a year and whether the clock `restarts_clock`.
    """
    work = Working(as_of)
    words = {"ses": "the SES position of record", "general_schedule": "the General Schedule position of record"}[holds]
    work.note(
        f"{serves.capitalize()} service is not an appointment to the position served in: pay is that of {words}.",
        "5 CFR 317.903",
        basis="recalled",
    )
    work.note("Nothing is adjusted, so no 12 months start.", "5 CFR 534.404(c)(2)", basis="design")
    work.caution(_FROM_MEMORY)
    if holds == "ses":
        doubt_rate(work, as_of, rate)
        work.caution("A lasting change of duties is a reassignment; an increase for it needs pay_setting.adjust.")
    return work.answer(PayOnDetail(rate=plain(rate), restarts_clock=False), f"Pay stays {dollars(rate)} a year.")


class RateCorrection(Answer):
    """How a rate set in error is corrected."""

    correct_to: Annotated[Decimal | None, Fact("Correct to", "Null: no correction.", unit="USD per year")]
    difference: Annotated[Decimal, Fact("Difference", unit="USD per year")]
    debt: Annotated[bool, Fact("Too much was paid")]
    is_adjustment: Annotated[bool, Fact("Is an adjustment")]


@question("5 U.S.C. 5383; 5 U.S.C. 5584, 5596; 5 CFR 534.404")
def correct_rate(
    as_of: Annotated[AsOf, Fact("Effective date of the rate set in error")],
    *,
    rate_paid: Annotated[Rate, Fact("Rate set in error", unit="USD per year")],
    rate_right: Annotated[Rate, Fact("Rate that should have been set", unit="USD per year")],
    error: Annotated[
        Literal["unlawful", "clerical", "second_thoughts"],
        Fact("Kind of error", "Against the law; not what the official approved; or approved and now thought wrong."),
    ],
) -> Result[RateCorrection]:
    """How is a rate of basic pay corrected that was set in error?

    What the law did not allow, or the official did not approve, never took effect as a lawful rate: it is corrected back to its
    first day. A lawful rate that is now thought wrong is not an error; changing it is an adjustment. The law is silent on
    the word error: this is our reading. `answer` holds `correct_to` (null: no correction), `difference` in dollars a year,
    `debt` (whether too much was paid), and `is_adjustment`.
    """
    work = Working(as_of)
    if error != "second_thoughts":
        doubt_rate(work, as_of, rate_right)
    difference = rate_right - rate_paid
    if error == "second_thoughts":
        work.note(
            "The rate was lawful and approved: a change is an adjustment or a reduction, from a later day.",
            "5 CFR 534.404(b), (j)",
            basis="design",
        )
        answer = RateCorrection(correct_to=None, difference=plain(difference), debt=False, is_adjustment=True)
        return work.answer(
            answer,
            "Not an error to correct: ask about an adjustment (pay_setting.adjust) or a reduction (pay_setting.reduce).",
        )
    cause = "the law did not allow" if error == "unlawful" else "the official did not approve"
    work.note(
        f"A rate that {cause} is set right from {as_of}; setting it right is not an adjustment.",
        "5 U.S.C. 5383",
        basis="design",
    )
    if difference < 0:
        work.note("What was overpaid is a debt; a waiver may be asked for.", "5 U.S.C. 5584", basis="recalled")
    elif difference > 0:
        work.note("What was underpaid is back pay.", "5 U.S.C. 5596", basis="recalled")
    work.caution(
        "Reading a correction as no adjustment is our choice where the law is silent; have counsel confirm it and keep the record."
    )
    answer = RateCorrection(
        correct_to=plain(rate_right), difference=plain(difference), debt=difference < 0, is_adjustment=False
    )
    return work.answer(answer, f"Correct the rate to {dollars(rate_right)} from {as_of}.")


class NotYetRated(Answer, verdict="allowed"):
    """What may be done before the rating is final."""

    allowed: Annotated[bool | None, Fact("Allowed", "Null: cannot tell.")]


@question("5 CFR 534.404(b)(5), 534.405(a)(1); 5 U.S.C. 5384(b)(1)")
def not_yet_rated(
    as_of: AsOf,
    *,
    action: Annotated[
        Literal["increase", "award", "minimum_increase"],
        Fact("Action", "What is to be done before the rating is final."),
    ],
    earlier_rating: Annotated[
        Rating, Fact("Rating of the period before", "Leave out for one who was never rated.", "level")
    ] = None,
    policy: Annotated[
        Literal["wait", "earlier_rating"],
        Fact("Agency's plan", "Whether an increase waits for the rating or may rest on that of the period before."),
    ] = "wait",
) -> Result[NotYetRated]:
    """What may be done for an executive who is not yet rated for the period?

    No performance award without a rating of the period; being raised to the range minimum never waits. On an increase the
    regulation bars one rated below fully successful and is silent on one not yet rated: the agency's plan decides, and
    waiting is the default here. `answer` says whether it is `allowed` (null: cannot tell).
    """
    work = Working(as_of)
    lowest = int(work.figure("pay_setting.performance.lowest_rating"))
    if told := interim_rule(as_of):
        work.caution(told)
    if action == "minimum_increase":
        work.test(True, "Nobody may be paid below the minimum, whatever the rating.", "5 CFR 534.403(a)(1)")
        return work.answer(NotYetRated(allowed=True), "Allowed: the raise to the minimum does not wait for a rating.")
    if action == "award":
        work.test(
            False,
            "An award needs a rating of the period, fully successful or better.",
            "5 U.S.C. 5384(b)(1); 5 CFR 534.405(a)(1)",
        )
        return work.answer(NotYetRated(allowed=False), "No performance award before the rating is final.")
    work.caution(
        "The regulation is silent on an increase before the rating; the answer follows the agency's plan as given."
    )
    law = "5 CFR 534.404(b)(3), (b)(5)"
    if policy == "wait":
        work.test(False, "The agency's plan waits for the rating.", law, basis="design")
        return work.answer(NotYetRated(allowed=False), "Not before the rating is final.")
    known = at_least(earlier_rating, lowest)
    text = f"The plan takes the rating of the period before; level {lowest} or better is needed."
    work.test(known, text, law, basis="design")
    says = {
        True: "Allowed under the agency's plan.",
        False: "Not allowed: the earlier rating is too low.",
        None: CannotTell("Cannot tell. Missing: earlier_rating."),
    }
    return work.answer(NotYetRated(known), says[known])
