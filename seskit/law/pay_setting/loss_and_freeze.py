"""What certification status and freezes do to pay that is already set."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Literal

from seskit.law.answers import Answer
from seskit.law.facts import AsOf, Certified, Day, Fact, Rate, dollars, plain
from seskit.law.pay_setting.aggregate import limit_at_year_end
from seskit.law.pay_setting.bounds import (
    UNTIL_CERTIFIED,
    Appointee,
    freeze_ends,
    general_freeze_bound,
    open_range,
    political_bound,
    since_open_range,
)
from seskit.law.pay_setting.decision import WITHOUT_LIMIT, Barred
from seskit.law.pay_setting.facts import OFFICIAL, TOP_OFFICIAL, Appointed, FreezeContinues, NewPosition, Political
from seskit.law.question import question
from seskit.law.rate_range import doubt_rate
from seskit.law.result import CannotTell, Result, Working


class LossOfCertification(Answer):
    """What loss of certification does to a rate."""

    frozen: Annotated[bool | None, Fact("Frozen", "Null: cannot tell.")]
    rate: Annotated[Decimal, Fact("Rate kept", unit="USD per year")]
    maximum: Annotated[Decimal, Fact("Highest rate that may be set", unit="USD per year")]
    aggregate_limit: Annotated[Decimal, Fact("Aggregate limit", unit="USD")]
    barred: Annotated[list[Barred], Fact("Barred", "What, and until when.")]
    missing: Annotated[list[str], Fact("Missing facts")]


@question("5 CFR 534.403(b); 5 CFR 430.405(d), (h)(3)")
@since_open_range("Certification of a pay system")
def loss_of_certification(
    as_of: AsOf,
    *,
    rate: Rate,
    event: Annotated[Literal["suspended", "expired"], Fact("Event", "Certification was suspended by OPM, or ran out.")],
    event_on: Annotated[Day | None, Fact("First day without certification")] = None,
    notified_on: Annotated[
        Day | None, Fact("Day of OPM's notice", "For a suspension: the cap holds from the notice.")
    ] = None,
) -> Result[LossOfCertification]:
    """What happens to an executive's pay when the certification of the appraisal system is lost?

    Nobody's rate is cut; above level III it is frozen until certification returns or the executive moves to an eligible
    position, and no rate may be set above level III (5 CFR 534.403(b), 430.405(d), (h)(3)). `answer` holds `frozen`, the
    `rate` that stays, `maximum`: the highest rate that may be set, and `aggregate_limit`, in dollars a year; `barred`
    says what is barred and until when, `missing` which day is not known.
    """
    work = Working(as_of)
    limits = open_range(work, as_of)
    doubt_rate(work, as_of, rate)
    above = rate > limits.uncertified
    lost, ended, missing = _when_lost(work, as_of, event, event_on, notified_on)
    frozen = False if not above else True if lost else lost
    highest = limits.certified if lost is False else limits.uncertified
    work.note(
        f"{dollars(rate)} is above {dollars(limits.uncertified)} (level III): kept and frozen, never cut, not a retained rate."
        if frozen is not False
        else f"{dollars(rate)} stays adjustable up to {dollars(highest)}.",
        "5 CFR 534.403(b)",
        basis="recalled" if frozen is False else "verified",
    )
    total = limit_at_year_end(work, as_of.year, not ended)
    work.note(
        f"The aggregate limit while {'certification still counts' if not ended else 'without certification'} is {dollars(total)}.",
        "5 CFR 430.405(d), (h)(3)",
    )
    said = {True: " and is frozen.", False: ".", None: "; whether it is frozen already cannot be determined."}[frozen]
    kept = f"The rate stays {dollars(rate)}{said}"
    barred = [] if lost is False else [(f"a rate set above {dollars(highest)}", "the system is certified")]
    barred += [("any adjustment of this rate", UNTIL_CERTIFIED)] if frozen else []
    work.note(
        f"Within {dollars(highest)} the {OFFICIAL} sets rates; above level III, once certified, the {TOP_OFFICIAL} approves.",
        "5 CFR 534.404(g)(3)",
    )
    answer = LossOfCertification(
        frozen=frozen,
        rate=plain(rate),
        maximum=plain(highest),
        aggregate_limit=plain(total),
        barred=[Barred(what, until) for what, until in barred],
        missing=missing,
    )
    lacks = f" Missing: {'; '.join(missing)}." if missing else ""
    says = f"{kept} No rate may be set above {dollars(highest)}.{lacks}"
    return work.answer(answer, CannotTell(says) if frozen is None else says)


def _when_lost(
    work: Working, as_of: date, event: str, event_on: date | None, notified_on: date | None
) -> tuple[bool | None, bool, list[str]]:
    """Whether rates above level III may no longer be set (None: not known), whether certification ended, what is missing."""
    if event == "expired":
        work.note(
            "For a rate already above level III, expiry is treated like suspension.",
            "5 CFR 534.403(b)",
            basis="recalled",
        )
        if event_on is None:
            work.caution(
                "The first day without certification is not given (event_on); the answer takes it to have come."
            )
            return True, True, ["event_on"]
        began: date | None = event_on
    else:
        days = int(work.figure("pay_setting.certification.suspension_notice"))
        law = "5 CFR 430.405(h)(3)"
        work.note(
            f"OPM gives notice at least {days} calendar days before; rates may not be set above level III from the notice.",
            law,
        )
        work.note("Adjustments in effect before the notice stand unless unlawful.", law)
        if event_on is None and notified_on is None:
            work.caution(
                "The first day without certification is not given (event_on); the answer takes it to have come."
            )
            return True, True, ["event_on", "notified_on"]
        if notified_on and event_on and (event_on - notified_on).days < days:
            work.caution(
                f"The notice of {notified_on} came fewer than {days} days before {event_on}; it would allow {notified_on + timedelta(days=days)}."
            )
        began = notified_on
        latest = (event_on or as_of) - timedelta(days=days)
        if notified_on is None and as_of >= latest:
            work.note(f"The notice must have come by {latest}.", law)
            began = latest
        if event_on is None and notified_on is not None:
            first = notified_on + timedelta(days=days)
            work.caution(f"The first day of the suspension is not given (event_on); it can be {first} at the earliest.")
            return as_of >= notified_on, as_of >= first, ["event_on"]
    ended = event_on is not None and as_of >= event_on
    if began is None:
        work.caution(
            "The day of OPM's notice is not given (notified_on); from that day no rate is set above level III."
        )
        return None, ended, ["notified_on"]
    if as_of < began:
        work.note(f"On {as_of} certification still counts; it does so until {began}.", "5 CFR 430.405")
    return as_of >= began, ended, []


class PayFreeze(Answer):
    """Whether a pay freeze holds a rate."""

    general: Annotated[str, Fact("General freeze", "covered, not covered or cannot tell.")]
    political: Annotated[str, Fact("Political freeze", "covered, not covered or cannot tell.")]
    maximum: Annotated[
        Decimal | None, Fact("Highest payable rate that is certain", "Null: no freeze sets one.", unit="USD per year")
    ]
    barred: Annotated[list[Barred], Fact("Barred", "What, and until when.")]
    missing: Annotated[list[str], Fact("Missing facts")]


@question("5 U.S.C. 5303 note")
def pay_freeze(
    as_of: AsOf,
    *,
    rate: Annotated[Rate | None, Fact("Rate of basic pay", "Leave out for a new entrant.", "USD per year")] = None,
    appointment_type: Appointed = None,
    serves_politically: Political = None,
    certified: Certified = None,
    new_position: NewPosition = False,
    political_freeze_in_force: FreezeContinues = None,
) -> Result[PayFreeze]:
    """Does a pay freeze hold this executive's rate on a date, and up to what may it go?

    The general freeze of 2011 to 2013 barred individual increases without a bigger job; since 2014 appropriations acts
    freeze the payable rates of senior political appointees (5 U.S.C. 5303 note). `answer` holds `general` and
    `political`, each covered, not covered or cannot tell (below the trigger a rate is not covered and may rise to it), `maximum`: the highest payable rate that is certain, in
    dollars a year (null where no freeze sets one), what is `barred` and until when, and what is `missing`. Awards are
    not affected by the general freeze.
    """
    work = Working(as_of)
    ceilings: list[Decimal] = []
    barred: list[Barred] = []
    missing: list[str] = []
    words = {"general": "not covered", "political": "not covered"}
    if rate is not None:
        doubt_rate(work, as_of, rate, certified)
    general = general_freeze_bound(work, new_position, rate or Decimal(0)) if rate is not None else None
    if general:
        words["general"] = {True: "not covered", False: "covered", None: "cannot tell"}[new_position]
        work.note(general.text, general.citation)
        if general.sure != WITHOUT_LIMIT:
            ceilings.append(general.sure)
            barred.append(Barred(f"a rate above {dollars(general.sure)}", str(freeze_ends())))
        missing += [general.lacks] if new_position is None else []
    appointee = Appointee(appointment_type, serves_politically, political_freeze_in_force, new_position)
    bound = political_bound(work, as_of, certified, appointee, rate)
    below = False
    if bound:
        certain = bound.sure == bound.possible
        below = certain and rate is not None and rate < bound.sure
        words["political"] = "cannot tell" if not certain else "not covered" if below else "covered"
        work.note(bound.text, bound.citation, "information" if certain else "cannot tell", bound.basis)
        ceilings.append(bound.sure)
        missing += [] if certain else [bound.lacks]
        if certain:
            barred.append(Barred(bound.bars, bound.until))
    else:
        work.note(_not_frozen(work, appointee), "5 U.S.C. 5303 note (s.738)")
    if bound and certified is None:
        work.caution("Certification is not known; the frozen limit without certification is used.")
    work.note("Caps and the aggregate limit follow the official rates, not the frozen ones.", "CPM 2018-02")
    highest = min(ceilings, default=None)
    says = f"General freeze: {words['general']}; political freeze: {words['political']}."
    if below and rate is not None and highest is not None:
        says += f" Below the trigger {dollars(rate)} is not frozen; it may rise to {dollars(highest)}."
    says += f" Missing: {'; '.join(missing)}." if missing else ""
    most = None if highest is None else plain(highest)
    answer = PayFreeze(words["general"], words["political"], most, barred, missing)
    return work.answer(answer, CannotTell(says) if "cannot tell" in words.values() else says)


def _not_frozen(work: Working, appointee: Appointee) -> str:
    if appointee.political is False:
        return "The political-appointee freeze covers no career and no other nonpolitical executive."
    said = ", as you say" if appointee.freeze_continues is False else ""
    return f"The political-appointee freeze is not in force on {work.as_of}{said}."
