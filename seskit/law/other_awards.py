"""Awards beside the performance award: chapter 45 cash awards and when a presidential election or a Senate post bars them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from seskit.law import parameters
from seskit.law.answers import Answer
from seskit.law.award_base import regulation
from seskit.law.checks import Check, Checks, at_least, sentence
from seskit.law.clocks import fiscal_year
from seskit.law.facts import Appointment, AsOf, Day, Fact, Money, Rating, Whole, YesNo, dollars
from seskit.law.question import question
from seskit.law.result import Basis, CannotTell, Result, Working

SUBJECT = "awards"

ELECTION_LAW = "5 U.S.C. 4508; 5 CFR 451.105(a)(1)"
SENATE_LAW = "5 U.S.C. 4509; 5 CFR 451.105(b)"


class AwardBar(Answer, verdict="barred"):
    """Whether a presidential election or a Senate post bars an award."""

    barred: Annotated[bool | None, Fact("Barred", "By the election period or the post; null: cannot tell.")]
    until: Annotated[date | None, Fact("Last day barred", "Null: not barred, or for good.")]


@question("5 U.S.C. 4508, 4509; 5 CFR 451.105")
def chapter_45_award(
    as_of: Annotated[AsOf, Fact("Day the award would be paid")],
    *,
    appointment_type: Appointment,
    cash: Annotated[YesNo, Fact("Cash award", "No for an honorary award, which is not barred.")] = True,
    senate_confirmed: Annotated[
        YesNo | None,
        Fact("Senate-confirmed Executive Schedule post", "Appointed by the President with the Senate's consent."),
    ] = None,
) -> Result[AwardBar]:
    """May this executive receive a chapter 45 award (suggestion, special act) on this day?

    An SES member who is not a career appointee receives no cash award from June 1 of a presidential election year through January
    20 of the next year (5 U.S.C. 4508); one in a Senate-confirmed Executive Schedule post never does (4509). `answer`
    says whether it is `barred` by this (null: cannot tell), and `until`: the last day barred (null: not barred, or for good).
    """
    work = Working(as_of)
    period = work.figure("awards.election_period.not_career")
    work.caution("These bars alone are answered; the agency's own award rules come on top of them.")
    if not cash:
        work.note("Only cash awards are barred; an honorary award is not.", "5 CFR 451.105")
        return work.answer(AwardBar(False, None), "An honorary award is not barred.")
    if senate_confirmed or (appointment_type == "presidential" and senate_confirmed is None):
        work.figure("awards.election_period.senate_confirmed")
        text = "No cash award at any time in a Senate-confirmed Executive Schedule post."
        work.test(False if senate_confirmed else None, text, SENATE_LAW)
        if senate_confirmed:
            return work.answer(AwardBar(True, None), "No cash award while in the Senate-confirmed post.")
        return work.answer(AwardBar(None, None), CannotTell("Cannot tell. Missing: senate_confirmed."))
    words = appointment_type.replace("_", " ")
    if appointment_type in ("career", "presidential"):
        work.note(f"The bar is on SES members who are not career appointees; this one is {words}.", ELECTION_LAW)
        return work.answer(AwardBar(False, None), "The election period bars no award to this executive.")
    year = as_of.year - as_of.year % period["every"]
    begins = date.fromisoformat(f"{year}-{period['begins']}")
    ends = date.fromisoformat(f"{year + 1}-{period['ends']}")
    barred = begins <= as_of <= ends
    work.note(
        f"{year} is the latest presidential election year; for a {words} appointee the bar runs from {begins} through {ends}.",
        ELECTION_LAW,
    )
    _suspension(work, as_of)
    says = f"No chapter 45 cash award through {ends}." if barred else "The election period bars no award on this day."
    return work.answer(AwardBar(barred, ends if barred else None), says)


def _suspension(work: Working, as_of: date) -> None:
    """The suspension of 2010, which is no bar of law: its end was not found."""
    through = work.recorded("awards.political_appointees.suspension")
    if through is None:
        return
    source = parameters.parameter("awards.political_appointees.suspension").citation
    later = "" if as_of <= through else ", and the suspension was continued; its end was not found: ask OPM"
    work.caution(
        f"For a political appointee: discretionary cash awards were suspended through {through}{later} ({source})."
    )


class SpecialActAward(Answer, verdict="allowed"):
    """Whether a special act award may be paid, and who decides."""

    allowed: Annotated[bool | None, Fact("Allowed", "Null: cannot tell.")]
    approve: Annotated[str | None, Fact("Who approves", "Null: it is no award of this kind.")]


@question("5 U.S.C. 4502, 4503; 5 CFR part 451")
def special_act_award(
    as_of: Annotated[AsOf, Fact("Day the award would be paid")],
    *,
    award: Annotated[Money, Fact("Cash award", unit="USD")],
    opm_approves: Annotated[YesNo | None, Fact("OPM approves", "Needed past what an agency pays on its own.")] = None,
    president_approves: Annotated[YesNo | None, Fact("President approves", "Needed past what OPM approves.")] = None,
    for_rating: Annotated[YesNo, Fact("For the rating alone", "A reward for the yearly summary rating.")] = False,
) -> Result[SpecialActAward]:
    """How high may a special act or suggestion award be for an executive?

    An agency pays chapter 45 cash awards up to an amount of its own, past it with OPM's approval, and past OPM's with the
    President's (5 U.S.C. 4502, 4504); a reward for the rating is a performance award, not one of these. `answer` says
    whether it is `allowed` (null: cannot tell) and who must `approve`. Ask chapter_45_award for the election period.
    """
    work = Working(as_of)
    own, with_opm = (Decimal(work.figure(f"awards.special_act.{word}_amount")) for word in ("agency", "opm"))
    work.note("It counts toward the aggregate limitation on pay.", "5 CFR 530.202")
    if for_rating:
        work.test(
            False,
            "A reward for the rating is a performance award under 5 U.S.C. 5384.",
            "5 CFR 451.104(a)(3)",
            "recalled",
        )
        return work.answer(
            SpecialActAward(False, None),
            "Not allowed: ask whether a performance award may be paid (awards.check_award).",
        )
    allowed: bool | None = True
    who, fact = "the agency", ""
    if award > with_opm:
        who, allowed, fact = "the President", president_approves, "president_approves"
    elif award > own:
        who, allowed, fact = "OPM", opm_approves, "opm_approves"
    upto = f"{dollars(own)} on its own" + (f", and {dollars(with_opm)} with OPM's approval" if award > with_opm else "")
    text = f"Up to {dollars(own)} the agency decides, up to {dollars(with_opm)} OPM approves, past it the President."
    work.test(allowed, text, "5 U.S.C. 4502, 4504", "recalled")
    says = {
        True: f"{dollars(award)} is allowed; {who} decides.",
        False: f"{dollars(award)} is not allowed without {who}; the agency may pay {upto}.",
        None: CannotTell(f"Cannot tell: {who} must approve {dollars(award)}. Missing: {fact}."),
    }[allowed]
    return work.answer(SpecialActAward(allowed, who), says)


class AwardAfterLeaving(Answer, verdict="allowed"):
    """Whether one who left may be paid, and by whom."""

    allowed: Annotated[bool | None, Fact("Allowed", "Null: cannot tell.")]
    paid_by: Annotated[str, Fact("Paid by")]
    fiscal_year: Annotated[int, Fact("Fiscal year of the pool")]


@question("5 CFR 534.405(a)(1), (b), (f); 5 U.S.C. 5384")
def award_after_leaving(
    as_of: Annotated[AsOf, Fact("Day the award would be paid")],
    *,
    period_end: Annotated[Day, Fact("Last day of the appraisal period", happened=True)],
    left_on: Annotated[Day, Fact("Last day in the agency or in the SES", happened=True)],
    career_at_period_end: Annotated[YesNo | None, Fact("Career appointee on the last day of the period")] = None,
    rating: Rating = None,
    left_to: Annotated[
        Literal["another_agency", "outside"], Fact("Left for", "Another agency, or outside the SES or the service.")
    ] = "outside",
) -> Result[AwardAfterLeaving]:
    """May a performance award be paid to one who left or transferred after the period, and from which pool?

    One who met the conditions for the appraisal period may be paid although they have left or moved since (5 CFR
    534.405(a)(1)). Which agency pays after a transfer the regulation does not say: we take the one that rated the period, and its
    pool of the fiscal year of payment. `answer` holds `allowed` (null: cannot tell), `paid_by` and the pool's `fiscal_year`.
    """
    work = Working(as_of)
    lowest = int(work.figure("awards.individual.lowest_rating", period_end))
    rated = at_least(rating, lowest)
    sure = regulation(work, as_of)
    law, served = (
        "5 CFR 534.405(a)(1)",
        f"In the agency through the end of the period on {period_end}; left on {left_on}.",
    )
    allowed = Checks(work, [
        Check(left_on >= period_end, served, law, basis=sure),
        Check(career_at_period_end, "A career appointee on the last day of the period.", law, basis=sure),
        Check(rated, f"Rated level {lowest}, fully successful, or better for the period.", "5 U.S.C. 5384(b)(1)"),
    ]).passes  # fmt: skip
    year = fiscal_year(as_of)
    payer = "the agency that rated the period"
    basis: Basis = "design" if left_to == "another_agency" else sure
    work.note(f"Charged to the pool of {payer}, fiscal year {year}.", "5 CFR 534.405(b), (f)", basis=basis)
    if left_to == "another_agency":
        work.caution(
            "Which agency pays after a transfer is our reading; agree on it with the gaining agency in writing."
        )
    says = sentence(
        allowed,
        f"Allowed: paid by {payer} from its pool of fiscal year {year}.",
        "Not allowed: the conditions of the period were not met.",
        "the rating or the appointment at the end of the period is not known",
    )
    return work.answer(AwardAfterLeaving(allowed, payer, year), says)


class RankCeilings(Answer):
    """The most Presidential ranks of a fiscal year."""

    meritorious: Annotated[int, Fact("Most Meritorious ranks", unit="ranks")]
    distinguished: Annotated[int, Fact("Most Distinguished ranks", unit="ranks")]
    kept: Annotated[bool | None, Fact("Ceilings kept", "By the ranks given; null: none is given.")]


@question("5 U.S.C. 4507(d)")
def rank_ceilings(
    as_of: Annotated[AsOf, Fact("A day of the fiscal year")],
    *,
    ses_members: Annotated[Whole, Fact("SES members", "Of the whole Government.", "count", zero=False)],
    meritorious: Annotated[
        Whole | None, Fact("Meritorious ranks", "Granted or planned in the fiscal year.", "count")
    ] = None,
    distinguished: Annotated[
        Whole | None, Fact("Distinguished ranks", "Granted or planned in the fiscal year.", "count")
    ] = None,
) -> Result[RankCeilings]:
    """How many Presidential ranks may be granted in a fiscal year?

    At most 5 percent of the SES may become Meritorious and 1 percent Distinguished Executives in a fiscal year (5 U.S.C.
    4507(d)). `answer` holds the most of each, and `kept`: whether those given keep it (null: none is given).
    """
    work = Working(as_of)
    most: dict[str, int] = {}
    kept: list[bool] = []
    for rank, given in (("meritorious", meritorious), ("distinguished", distinguished)):
        share = Decimal(work.figure(f"awards.rank.{rank}_ceiling"))
        most[rank] = int(ses_members * share / 100)
        if given is None:
            dropped = ", a fraction dropped" if ses_members * share % 100 else ""
            work.note(f"{share} percent of {ses_members} is {most[rank]}{dropped}.", "5 U.S.C. 4507(d)")
        else:
            kept.append(
                work.test(
                    given <= most[rank],
                    f"{given} {rank} of at most {most[rank]} ({share} percent).",
                    "5 U.S.C. 4507(d)",
                )
            )
    answer = RankCeilings(most["meritorious"], most["distinguished"], all(kept) if kept else None)
    says = f"At most {answer.meritorious} Meritorious and {answer.distinguished} Distinguished ranks."
    return work.answer(answer, says if answer.kept is not False else f"{says} The ranks given pass it.")
