"""What certification opens for pay, and what becomes of pay on the day after it ends."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from seskit.law import parameters
from seskit.law.answers import Answer
from seskit.law.facts import AsOf, Certified, Fact, Group, Rate, YesNo, dollars
from seskit.law.question import question
from seskit.law.result import Basis, CannotTell, Result, Working

Suspension = Literal["none", "notice received", "suspended"]
SUSPENSION = Fact("Suspension", "From OPM's notice no SES rate is set above level III.")


def _level_rate(work: Working, level: str | None) -> Decimal | None:
    return None if level is None else Decimal(work.figure(f"pay_setting.executive_schedule.level_{level}"))


def _basic_level(work: Working, group: str, certified: bool) -> str:
    if certified:
        level = work.recorded(f"certification.maximum_level.{group}_certified")
        if level is not None:
            return str(level)
    return str(work.figure(f"certification.maximum_level.{group}_uncertified"))


def _caps(work: Working, group: str, for_basic: bool, for_aggregate: bool) -> Caps:
    as_of = work.as_of or date.min
    level = _basic_level(work, group, for_basic)
    local = work.recorded(f"certification.maximum_level.{group}_with_locality")
    floor = "ses_minimum" if work.recorded("pay_setting.minimum_rate.statutory_floor") is None else "statutory_floor"
    limit = parameters.recorded(
        f"pay_setting.aggregate_limit.{'higher' if for_aggregate else 'standard'}", date(as_of.year, 12, 31)
    )
    if limit is None or limit.first_day.year != as_of.year:
        work.caution(f"No aggregate limit is recorded for {as_of.year}.")
        limit = None
    else:
        work.figures.append(limit)
    return Caps(
        minimum=Decimal(work.figure(f"pay_setting.minimum_rate.{floor}")),
        maximum_level=level,
        maximum=_level_rate(work, level),
        with_locality_level=local,
        with_locality=_level_rate(work, local),
        aggregate_level="Vice President" if for_aggregate else "I",
        aggregate_limit=None if limit is None else Decimal(limit.value),
    )


class Caps(Answer):
    """The caps on basic and total pay; null where one cannot be determined."""

    minimum: Annotated[Decimal | None, Fact("Lowest rate", unit="USD per year")]
    maximum_level: Annotated[str | None, Fact("Executive Schedule level of the highest rate")]
    maximum: Annotated[Decimal | None, Fact("Highest rate", unit="USD per year")]
    with_locality_level: Annotated[str | None, Fact("Executive Schedule level of the cap with locality pay")]
    with_locality: Annotated[Decimal | None, Fact("Cap with locality pay", unit="USD per year")]
    aggregate_level: Annotated[str | None, Fact("Whose pay is the limit on total pay")]
    aggregate_limit: Annotated[Decimal | None, Fact("Limit on total pay", unit="USD per year")]


@question("5 U.S.C. 5307(d), 5376(b)(3), 5382(b); 5 CFR 430.405(d), (h)")
def unlocks(
    as_of: Annotated[AsOf, Fact("Effective date of the pay action")],
    *,
    group: Group,
    certified: Certified,
    suspension: Annotated[Suspension, SUSPENSION] = "none",
    carry_over: Annotated[
        YesNo, Fact("Raise earned under a lapsed provisional certification", "On ratings of its last calendar year.")
    ] = False,
) -> Result[Caps]:
    """Which caps on basic pay and on total pay apply with, and without, a certified appraisal system?

    Basic pay to Executive Schedule level II instead of III, total pay to the Vice President's salary instead of level I
    (5 U.S.C. 5382(b), 5376(b)(3), 5307(d)); full and provisional open the same. `answer` holds `minimum`, `maximum`,
    `maximum_level`, `with_locality`, `aggregate_limit`, `aggregate_level` (dollars a year); null where it cannot be determined.
    """
    work = Working(as_of)
    if certified and _none_yet(as_of):
        work.caution(
            f"No system could be certified before {_none_yet(as_of)}; the caps without certification are given."
        )
        certified = False
    if certified is None:
        return _either(work, group)
    basic, aggregate = _standing(work, group, certified, suspension)
    if carry_over and not certified:
        basic = _carry_over(work, as_of)
    caps = _caps(work, group, basic, aggregate)
    law = "5 U.S.C. 5382(a), (b)" if group == "SES" else "5 U.S.C. 5376(b)"
    work.note(f"{group} basic pay stops at Executive Schedule level {caps.maximum_level}.", law)
    if group == "SL/ST" and caps.with_locality_level:
        ended = parameters.parameter("certification.maximum_level.SL/ST_with_locality").values[-1].first_day
        work.note(
            f"Before {ended} certification changed only the limit on total pay of SL/ST employees; "
            "base pay and pay with locality stayed as they were.",
            "5 U.S.C. 5376 before Pub. L. 110-372",
        )
    _aggregate_notes(work, caps.aggregate_level)
    _freeze(work, as_of)
    return work.answer(caps, _says(caps))


def _none_yet(as_of: date) -> date | None:
    """The first day on which a system could be certified, where it is still to come."""
    path = "certification.maximum_level.SES_certified"
    return parameters.first_day(path) if parameters.recorded(path, as_of) is None else None


def _standing(work: Working, group: str, certified: bool, suspension: str) -> tuple[bool, bool]:
    if not certified or suspension == "none":
        return certified, certified
    if suspension == "suspended":
        work.note("While suspended, total pay stops at level I.", "5 CFR 430.405(h)(3)")
    if suspension == "suspended" or group == "SES":
        work.note("From the notice until reinstatement no rate is set above level III.", "5 CFR 430.405(h)(3)")
    stopped = suspension == "suspended" or group == "SES"
    return not stopped, suspension != "suspended"


def _carry_over(work: Working, as_of: date) -> bool:
    if not work.test(
        parameters.recorded("certification.actions.carry_over", as_of) is not None,
        "A raise earned on ratings under a provisional certification may be finished in the next calendar year, "
        "until the change to months in 2008.",
        "5 CFR 430.405(c)(2)",
    ):
        return False
    work.figure("certification.actions.carry_over")
    work.caution("The higher cap is for that raise only; any new raise needs a certification for its own year.")
    return True


def _aggregate_notes(work: Working, level: str | None) -> None:
    named = "the Vice President's salary" if level == "Vice President" else "Executive Schedule level I"
    work.note(f"Total pay received in the calendar year stops at {named} at its end.", "5 U.S.C. 5307(a), (d)")
    work.note("Money over the limit is paid as a lump sum at the start of the next calendar year.", "5 U.S.C. 5307(b)")
    work.caution(
        "The status on December 31 decides the limit. If certification ends within the year, what was paid over the lower "
        "limit is a debt the agency head may waive; if it begins, the difference may be paid (5 CFR 530.203(g), (h))."
    )


def _freeze(work: Working, as_of: date) -> None:
    if parameters.recorded("pay_setting.political_freeze.level_III", as_of) is not None:
        work.caution(
            "Political appointees under the pay freeze have the payable, not the official, rates as basic-pay caps."
        )


def _says(caps: Caps) -> str:
    limit = caps.aggregate_limit
    total = dollars(limit) if limit is not None else "not recorded for that year"
    return f"Basic pay up to {dollars(caps.maximum or 0)} (level {caps.maximum_level}); total pay limit {total}."


def _either(work: Working, group: str) -> Result[Caps]:
    with_it, without = _caps(work, group, True, True), _caps(work, group, False, False)
    work.test(None, "Whether the system is certified is not known.", "5 U.S.C. 5307(d)")
    work.caution(f"If certified: {_says(with_it)}")
    work.caution(f"If not certified: {_says(without)}")
    answer = Caps(**{key: value if value == vars(without)[key] else None for key, value in vars(with_it).items()})
    return work.answer(answer, CannotTell("Cannot tell: whether the system is certified is not known."))


class PayAfter(Answer, verdict="frozen"):
    """What becomes of a rate when certification ends."""

    rate: Annotated[Decimal, Fact("Rate kept", unit="USD per year")]
    frozen: Annotated[bool, Fact("Frozen", "Above the cap.")]
    highest_new_rate: Annotated[
        Decimal, Fact("Highest new rate", "The most that may be set from that day.", unit="USD per year")
    ]


@question("5 U.S.C. 5382(c), 5376(b)(4); 5 CFR 430.405(h), 534.403(b), 534.509")
def pay_after(
    as_of: Annotated[AsOf, Fact("Day after certification ends, or of the move")],
    *,
    group: Group,
    rate: Rate,
    happens: Annotated[
        Literal["expired", "notice received", "suspended", "terminated", "moved to uncertified"], Fact("What happens")
    ],
) -> Result[PayAfter]:
    """What becomes of someone's existing rate when certification ends, or when they move to an uncertified agency?

    The rate is never lowered; above Executive Schedule level III it does not rise until there is certification again (5
    U.S.C. 5382(c), 5376(b)(4); 5 CFR 534.403(b), 534.509). `answer` holds `rate`, `frozen` (above the cap) and
    `highest_new_rate`, the most that may be set from that day, in dollars a year.
    """
    work = Working(as_of)
    if first := _none_yet(as_of):
        work.caution(f"No system could be certified before {first}, so no certification could end; check the day.")
    else:
        _outside(work, group, rate)
    keeps = group == "SL/ST" and happens == "notice received"
    level = _basic_level(work, group, keeps)
    cap = _level_rate(work, level) or Decimal(0)
    frozen = rate > cap
    cited, basis = _authority(group, happens)
    work.note(f"The rate of {dollars(rate)} is kept.", cited, basis=basis, decides=True)
    above = "above" if frozen else "not above"
    work.note(
        f"It is {above} level {level}, {dollars(cap)}, where new rates stop.",
        "5 CFR 430.405(d)(1), (h)(3)",
        decides=True,
    )
    if frozen:
        work.note(
            f"Above level {level} a rate is frozen until there is certification again.",
            "5 CFR 534.403(b), 534.509(b), (e)",
            decides=True,
        )
    work.note("Awards and pay set before are kept, unless OPM finds that they broke the law.", "5 CFR 430.405(h)(3)")
    gap = parameters.recorded("certification.actions.gap_review", as_of)
    if gap and happens == "expired" and group == "SES":
        work.figure("certification.actions.gap_review")
        work.note("Pay set in the gap may be reviewed and raised up to level II once certified again.", gap.citation)
    if happens == "notice received":
        work.caution("Total pay keeps the higher limit until the suspension itself.")
    answer = PayAfter(rate=rate, frozen=frozen, highest_new_rate=max(rate, cap))
    room = f"free to rise to {dollars(cap)}" if rate < cap else "the highest that may be set"
    held = "frozen until there is certification again" if frozen else room
    return work.answer(answer, f"The rate stays at {dollars(rate)}, {held}.")


def _outside(work: Working, group: str, rate: Decimal) -> None:
    """Caution where no rate of the group's range looks like this one: pay of a month, or more than certification opens."""
    silent = Working(work.as_of)
    caps = _caps(silent, group, True, True)
    if caps.minimum is not None and rate < caps.minimum:
        work.caution(
            f"{dollars(rate)} is below the lowest rate of the range, {dollars(caps.minimum)}; give a yearly rate."
        )
    if caps.maximum is not None and rate > caps.maximum:
        work.caution(
            f"{dollars(rate)} is above {dollars(caps.maximum)}, level {caps.maximum_level}, which no certified system opens; "
            "check the rate and its authority."
        )


def _authority(group: str, happens: str) -> tuple[str, Basis]:
    if happens == "moved to uncertified":
        return ("5 U.S.C. 5382(c)" if group == "SES" else "5 U.S.C. 5376(b)(4)"), "verified"
    if group == "SL/ST":
        return "5 CFR 534.509(b), (e)", "verified"
    recalled = happens in ("expired", "terminated")
    return "5 CFR 534.403(a)(2), (b)", "recalled" if recalled else "verified"
