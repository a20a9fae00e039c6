"""What certification status and freezes do to pay that is already set."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Literal

from seskit.facts import AsOf, Certified, Day, Fact, Rate, dollars, plain
from seskit.pay_setting.aggregate import limit_at_year_end
from seskit.pay_setting.bounds import general_freeze_bound, may_be_political, open_range, political_bound
from seskit.pay_setting.decision import WITHOUT_LIMIT
from seskit.pay_setting.facts import Appointed, FreezeContinues, NewPosition, Political
from seskit.pay_setting.initial import refuse_before_open_range
from seskit.question import question
from seskit.result import Result, Working


@question("5 CFR 534.403(b); 5 CFR 430.405(d), (h)(3)")
def loss_of_certification(
    as_of: AsOf,
    *,
    rate: Rate,
    event: Annotated[Literal["suspended", "expired"], Fact("Event", "Certification was suspended by OPM, or ran out.")],
    event_on: Annotated[Day | None, Fact("First day without certification")] = None,
    notified_on: Annotated[
        Day | None, Fact("Day of OPM's notice", "For a suspension: the cap holds from the notice.")
    ] = None,
) -> Result:
    """What happens to an executive's pay when the certification of the appraisal system is lost?

    Nobody's rate is cut; above level III it is frozen until certification returns or the executive moves to an eligible
    position, and no rate may be set above level III (5 CFR 534.403(b), 430.405(d), (h)(3)). `answer` holds `frozen`, the
    `rate` that stays, `maximum`: the highest rate that may be set, and `aggregate_limit`, in dollars a year.
    """
    refuse_before_open_range(as_of, "Certification of a pay system")
    work = Working(as_of)
    limits = open_range(work, as_of)
    above = rate > limits.uncertified
    began = notified_on if event == "suspended" and notified_on else event_on
    lost = None if began is None and event_on is None else as_of >= (began or as_of)
    ended = event_on is None or as_of >= event_on
    if lost is False:
        work.note(f"On {as_of} certification still counts; it does so until {began}.", "5 CFR 430.405")
    if event == "suspended":
        days = int(work.recorded("pay_setting.certification.suspension_notice") or 0)
        work.note(
            f"OPM gives notice at least {days} calendar days before; rates may not be set above level III from the notice.",
            "5 CFR 430.405(h)(3)",
        )
        if notified_on and event_on and (event_on - notified_on).days < days:
            work.caution(
                f"The notice of {notified_on} came fewer than {days} days before {event_on}; it would allow {notified_on + timedelta(days=days)}."
            )
        work.note("Adjustments in effect before the notice stand unless unlawful.", "5 CFR 430.405(h)(3)")
    else:
        work.note(
            "For a rate already above level III, expiry is treated like suspension.",
            "5 CFR 534.403(b)",
            basis="recalled",
        )
    frozen = above and lost is not False
    highest = limits.certified if lost is False else limits.uncertified
    work.note(
        f"{dollars(rate)} is above {dollars(limits.uncertified)} (level III): kept and frozen, never cut, not a retained rate."
        if frozen
        else f"{dollars(rate)} stays adjustable up to {dollars(highest)}.",
        "5 CFR 534.403(b)",
        basis="verified" if frozen else "recalled",
    )
    total = limit_at_year_end(work, as_of.year, not ended)
    work.note(
        f"The aggregate limit while {'certification still counts' if not ended else 'without certification'} is {dollars(total)}.",
        "5 CFR 430.405(d), (h)(3)",
    )
    if began is None:
        work.caution("The first day without certification is not given; the answer takes it to have come.")
    kept = f"The rate stays {dollars(rate)}" + (" and is frozen." if frozen else ".")
    answer = {"frozen": frozen, "rate": plain(rate), "maximum": plain(highest), "aggregate_limit": plain(total)}
    return work.answer(answer, f"{kept} No rate may be set above {dollars(highest)}.")


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
) -> Result:
    """Does a pay freeze hold this executive's rate on a date, and up to what may it go?

    The general freeze of 2011 to 2013 barred individual increases without a bigger job; since 2014 appropriations acts
    freeze the payable rates of senior political appointees (5 U.S.C. 5303 note). `answer` holds `general` and
    `political`, each covered, not covered or cannot tell, and `maximum`: the highest payable rate that is certain, in
    dollars a year (null where no freeze sets one). Awards are not affected by the general freeze.
    """
    work = Working(as_of)
    ceilings: list[Decimal] = []
    general = general_freeze_bound(work, new_position, rate or Decimal(0)) if rate is not None else None
    words = {"general": "not covered", "political": "not covered"}
    if general:
        words["general"] = {True: "not covered", False: "covered", None: "cannot tell"}[new_position]
        work.note(general.text, general.citation)
        if general.sure != WITHOUT_LIMIT:
            ceilings.append(general.sure)
    political = may_be_political(appointment_type, serves_politically)
    bound = political_bound(work, as_of, certified, political, rate, new_position, political_freeze_in_force)
    if bound:
        words["political"] = "covered" if bound.sure == bound.possible else "cannot tell"
        work.note(
            bound.text, bound.citation, "information" if bound.sure == bound.possible else "cannot tell", bound.basis
        )
        ceilings.append(bound.sure)
    else:
        work.note("The political-appointee freeze does not apply.", "5 U.S.C. 5303 note (s.738(f), (g))")
    if bound and certified is None:
        work.caution("Certification is not known; the frozen limit without certification is used.")
    work.note("Caps and the aggregate limit follow the official rates, not the frozen ones.", "CPM 2018-02")
    highest = min(ceilings, default=None)
    says = f"General freeze: {words['general']}; political freeze: {words['political']}."
    return work.answer(words | {"maximum": None if highest is None else plain(highest)}, says)
