"""The bounds that several pay decisions share: range, approval, rating, clock, freezes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from seskit.law import parameters
from seskit.law.checks import at_least, opposite
from seskit.law.facts import dollars
from seskit.law.pay_setting import clock
from seskit.law.pay_setting.decision import WITHOUT_LIMIT, Bound, Decision, ceiling, floor, gate, in_days
from seskit.law.pay_setting.facts import GROUNDS, GroundName
from seskit.law.rate_range import OPEN_RANGE, RateRange, range_on
from seskit.law.result import A, Basis, Working
from seskit.law.versions import Asked, P, since

_UNTIL_RANGE_RISES = "the range maximum rises (at the earliest the first pay period of January)"
FREEZE_LAW = "5 U.S.C. 5303 note (s.738)"
#: The written way past the freeze on political appointees, in words.
CLEARED = "OPM or counsel finds in writing that it does not cover this appointee"
AT_LEAST_THE_MINIMUM = "it is at least the range minimum"
UNTIL_CERTIFIED = "the system is certified, or the executive moves to an eligible position"


def interim_rule(on: date) -> str:
    """That the rule in force on a day was an interim one, in a sentence; empty once the final rule was."""
    if parameters.recorded("pay_setting.regulation.final_rule", on):
        return ""
    final = parameters.first_day("pay_setting.regulation.final_rule")
    return f"Before {final} an interim rule applied, whose text was not seen; the final rule is used."


def open_range(work: Working, on: date, group: str = "SES") -> RateRange:
    """The range on a date, with its figures kept."""
    found = range_on(on, group, work.figure)
    if group == "SES" and (told := interim_rule(on)):
        work.caution(told)
    if found.certifiable_from:
        work.caution(
            f"No system could be certified before {found.certifiable_from}: until then level III is the maximum."
        )
    return found


def since_open_range(what: str, instead: str = "") -> Callable[[Asked[P, A]], Asked[P, A]]:
    """Below `@question`: a day before the open range is refused, because what is asked about began with it."""
    told = f"as_of: {what} exists only since the open range of {{first}}; {{as_of}} is before it. {instead}"
    return since(OPEN_RANGE, told.rstrip())


def is_frozen(rate: Decimal, limits: RateRange, certified: bool | None) -> bool | None:
    """Whether a rate above Executive Schedule level III is frozen because no certified system covers it."""
    if rate <= limits.uncertified:
        return False
    return opposite(certified)


_FROZEN = "A rate above level III without a certified system is frozen; no adjustment of any kind."
_FROZEN_LAW = "5 CFR 534.403(b), 534.404(h)(2)"


def not_frozen(decision: Decision, frozen: bool | None) -> None:
    """The test that a rate is not frozen, the same for every change of it, up or down; a rate that is not needs none."""
    if frozen is not False:
        decision.need(
            not frozen if frozen is not None else None,
            _FROZEN,
            _FROZEN_LAW,
            "certified",
            "recalled",
            bars="any adjustment of this rate",
            until=UNTIL_CERTIFIED,
        )
        decision.work.caution("Another reading lets a disciplinary reduction touch a frozen rate; ask counsel.")


def frozen_floor(limits: RateRange, certified: bool | None, held: Decimal) -> list[Bound]:
    """Below a frozen rate no other may be set; nothing where the rate is not frozen."""
    frozen = is_frozen(held, limits, certified)
    if frozen is False:
        return []
    possible = held if frozen else Decimal(0)
    return [Bound(held, possible, _FROZEN, _FROZEN_LAW, "certified", "recalled", is_floor=True, until=UNTIL_CERTIFIED)]


def range_bounds(limits: RateRange, certified: bool | None, current: Decimal | None = None) -> list[Bound]:
    """The ends of the range; a current rate above level III without certification is frozen where it is."""
    low = floor(
        limits.minimum,
        f"The range minimum is {dollars(limits.minimum)}.",
        "5 U.S.C. 5382(a); 5 CFR 534.403(a)(1)",
        until=AT_LEAST_THE_MINIMUM,
    )
    held = current or Decimal(0)
    frozen = is_frozen(held, limits, certified)
    if frozen:
        text = (
            f"Without a certified system a rate above {dollars(limits.uncertified)} (level III) is kept and frozen: "
            "no adjustment until the system is certified again or the executive moves to an eligible position."
        )
        return [ceiling(held, text, _FROZEN_LAW, until=UNTIL_CERTIFIED), low]
    below = limits.uncertified if frozen is False else max(held, limits.uncertified)
    if certified is None and not limits.one_maximum:
        text = (
            f"The maximum is {dollars(limits.certified)} with a certified system and {dollars(limits.uncertified)} "
            "without; certification is not known."
        )
        law = "5 U.S.C. 5382; 5 CFR 534.403(a)(2)"
        return [Bound(below, limits.certified, text, law, "certified", until=_UNTIL_RANGE_RISES), low]
    top = limits.certified if certified else limits.uncertified
    with_words = "with a certified system (level II)" if certified else "without a certified system (level III)"
    if limits.one_maximum:
        with_words = "with or without a certified system"
    until = "the system is certified" if not certified and limits.certified > top else _UNTIL_RANGE_RISES
    if limits.certifiable_from:
        until = f"a system is certified, which is possible from {limits.certifiable_from}"
    text = f"The range maximum {with_words} is {dollars(top)}."
    return [ceiling(top, text, "5 U.S.C. 5382; 5 CFR 534.403(a)(2)", until=until), low]


def approval_bound(limits: RateRange, approves: bool | None, unchanged: Decimal = Decimal(0)) -> Bound:
    """Above level III only with the top approving official's approval."""
    said = {True: "who approves", False: "who does not approve", None: "whose decision is not known"}[approves]
    return gate(
        approves,
        max(limits.uncertified, unchanged),
        f"A rate set above {dollars(limits.uncertified)} (level III) needs the top approving official, {said}.",
        "5 CFR 534.404(g)(3)",
        "top_official_approves",
        until="the top approving official approves",
    )


def rating_bound(work: Working, rating: int | None, unchanged: Decimal) -> Bound:
    """No increase for one rated below fully successful."""
    lowest = int(work.figure("pay_setting.performance.lowest_rating"))
    text = (
        "The rating is not known."
        if rating is None
        else f"Rated level {rating}; an increase needs level {lowest} or better."
    )
    until = f"a later appraisal period is rated level {lowest} or better"
    return gate(at_least(rating, lowest), unchanged, text, "5 CFR 534.404(b)(5)", "rating", until=until)


def clock_bound(
    as_of: date,
    last_adjusted: date | None,
    unchanged: Decimal,
    ground: GroundName | None,
    approves: bool | None,
    allowed_grounds: tuple[GroundName, ...] = tuple(GROUNDS),
    cycle_record: str | None = None,
    lacks: str = "ground",
) -> Bound:
    """One adjustment in 12 months, unless the top approving official finds a listed ground."""
    law = "5 U.S.C. 5383(c); 5 CFR 534.404(c)(1), (4), (5)"
    opens = clock.opens_after(last_adjusted)
    if opens and as_of >= opens:
        basis: Basis = "design" if (as_of - opens).days < 7 else "verified"
        text = f"Last adjusted {last_adjusted}; the 12 months ended on {opens}."
        return gate(True, unchanged, text, law, "", basis)
    if last_adjusted and clock.is_drift(last_adjusted, as_of) and not (ground in allowed_grounds and ground):
        return _drifted(as_of, last_adjusted, unchanged, cycle_record, lacks)
    if opens:
        text = f"Last adjusted {last_adjusted}; the 12 months end on {opens}, {in_days((opens - as_of).days)} after {as_of}."
    else:
        text = "The date of the last counted adjustment is not known."
    if ground in allowed_grounds and ground:
        verb = {True: "finds", False: "does not find", None: "must find"}[approves]
        text += f" Exception: the top approving official {verb} the ground of {GROUNDS[ground]}."
        if opens is None and not approves:
            return gate(None, unchanged, text, law, "last_adjusted, or top_official_approves")
        return gate(approves, unchanged, text, law, "top_official_approves", until=str(opens or ""))
    if ground:
        text += f" The ground of {GROUNDS[ground]} does not serve this action."
    return gate(None if opens is None else False, unchanged, text, law, "last_adjusted", until=str(opens or ""))


def _drifted(as_of: date, last_adjusted: date, unchanged: Decimal, record: str | None, lacks: str) -> Bound:
    """26 pay periods after the last adjustment: whether these are 12 months, no text of OPM says."""
    opens, law = clock.opens_on(last_adjusted), "5 U.S.C. 5383(c); 5 CFR 534.404(c)(1), (4)(iv)"
    short = in_days((opens - as_of).days)
    if record:
        text = (
            f"{as_of} is 26 pay periods after {last_adjusted} and {short} short of 12 calendar months; the top approving official "
            f"found the ground of the appraisal cycle: {record}."
        )
        return gate(True, unchanged, text, law, "", "design")
    text = (
        f"{as_of} is 26 pay periods after {last_adjusted} and {short} short of 12 calendar months: an open reading. Counted by "
        f"calendar months nothing may change before {opens}; counted by pay periods the 12 months are over. OPM has not said which."
    )
    return gate(None, unchanged, text, law, lacks, "design", until=str(opens), two_readings=True)


def general_freeze_bound(work: Working, new_position: bool | None, unchanged: Decimal) -> Bound | None:
    """The statutory freeze of 2011 to 2013: no increase without a bigger job."""
    if not work.recorded("pay_setting.general_freeze.in_force"):
        return None
    said = {
        True: "a new position brings it",
        False: "no such change is stated",
        None: "whether there is one is not known",
    }
    text = f"From 2011 to 2013 an increase needs substantially greater responsibility or a promotion; {said[new_position]}."
    return gate(
        new_position, unchanged, text, "5 U.S.C. 5303 note (s.147(c))", "new_position", until=str(freeze_ends())
    )


def freeze_ends() -> date:
    """The first day after the statutory freeze of 2011 to 2013."""
    return parameters.last_change("pay_setting.general_freeze.in_force")


@dataclass(frozen=True)
class Appointee:
    """What is stated of an appointee that the freezes turn on."""

    appointment_type: str | None
    serves_politically: bool | None
    freeze_continues: bool | None
    new_position: bool | None = False
    cleared: bool = False

    @property
    def political(self) -> bool | None:
        """Whether the appointment is of a kind the political-appointee freeze covers."""
        if self.cleared or self.appointment_type is None:
            return False if self.cleared else None
        if self.appointment_type in ("limited_term", "limited_emergency"):
            return self.serves_politically
        return self.appointment_type == "noncareer"

    def cleared_by(self, work: Working, document: str | None) -> Appointee:
        """The same, where a named written finding takes the appointee out of the freeze."""
        if not document or self.political is False:
            return self
        work.note(f"Cleared of the freeze on political appointees by: {document}.", FREEZE_LAW, basis="design")
        work.caution(
            f"That the freeze does not cover this appointee rests on {document} alone; keep it with the record."
        )
        return replace(self, cleared=True)


def political_bound(
    work: Working,
    as_of: date,
    certified: bool | None,
    appointee: Appointee,
    current: Decimal | None,
    *,
    stated: bool = True,
) -> Bound | None:
    """The appropriations-act freeze on the payable rates of senior political appointees.

    Nothing is written on the sheet where `certified` is not what was `stated` but only tried.
    """
    work = work if stated else Working(as_of)
    political, new_position = appointee.political, appointee.new_position
    if appointee.appointment_type == "presidential" and work.recorded("pay_setting.political_appointees.freeze"):
        work.caution(
            "One who elected SES pay is not covered by the freeze on political appointees; the pay of the Executive Schedule post, "
            "without that election, is (5 U.S.C. 5303 note (s.738(b), (g)))."
        )
    in_force = False if political is False else political_freeze_holds(work, as_of, appointee.freeze_continues)
    if in_force is False:
        return None
    highest, trigger = frozen_maximum(work, as_of, certified), work.figure("pay_setting.executive_schedule.level_IV")
    if lapse := parameters.recorded("pay_setting.political_appointees.lapse", as_of):
        work.caution(
            f"The freeze had lapsed from {lapse.first_day} until the act of 2019; OPM advised to keep paying frozen rates."
        )
    unknown = "serves_politically" if appointee.appointment_type else "appointment_type"
    lacks = unknown if political is None else "political_freeze_in_force" if in_force is None else ""
    if current is None or new_position:
        limit, text = highest, f"A covered political appointee may be paid at most the frozen {dollars(highest)}."
        if trigger > highest:
            limit, lacks = max(highest, current or highest), lacks or "a review of the freeze"
            text = (
                f"The freeze covers rates at or above {dollars(trigger)}, but its own limit is {dollars(highest)}: "
                "the two cross, so a rate above that limit needs a review by counsel or OPM."
            )
    elif current >= trigger:
        limit, text = current, f"At or above {dollars(trigger)} a political appointee's payable rate is frozen."
        if new_position is None:
            lacks = lacks or "new_position"
    else:
        limit, text = trigger, f"A political appointee may be raised up to {dollars(trigger)} (level IV), not past it."
    if trigger > highest and in_force:
        crossed = f"Since 2023 the trigger, {dollars(trigger)}, is above the frozen limit of {dollars(highest)}: the two cross; have counsel or OPM review a rate above that limit."
        work.caution(text if lacks == "a review of the freeze" else crossed)
    if in_force is None:
        text = f"Whether the political-appointee freeze is in force on {as_of} is not recorded. If it is: {text}"
    if lacks:
        tail = (
            "" if in_force is None or lacks == "a review of the freeze" else " Whether the freeze applies is not known."
        )
        return Bound(limit, WITHOUT_LIMIT, text + tail, FREEZE_LAW, lacks, "recalled")
    return ceiling(limit, text, FREEZE_LAW, until=f"the freeze ends, or {CLEARED}")


def political_freeze_holds(work: Working, as_of: date, continues: bool | None) -> bool | None:
    """Whether the political-appointee freeze is in force on a day; past the record, as the user says, else not known."""
    values = parameters.parameter("pay_setting.political_appointees.freeze").values
    if as_of < values[0].first_day:
        return False
    if work.recorded("pay_setting.political_appointees.freeze"):
        return True
    last = values[-1].first_day - timedelta(days=1)
    if continues is None:
        work.caution(
            f"The freeze is recorded through {last}; ask OPM whether it went on, and say political_freeze_in_force."
        )
    else:
        said = "in force" if continues else "ended"
        work.caution(f"The freeze is recorded through {last}; that it is {said} on {as_of} is taken from what you say.")
    return continues


def crossing(as_of: date) -> bool:
    """Whether the trigger of the freeze, official level IV, is above its own limit, frozen level II."""
    frozen = parameters.recorded("pay_setting.political_freeze.level_II", as_of)
    return (
        frozen is not None and parameters.figure("pay_setting.executive_schedule.level_IV", as_of).value > frozen.value
    )


def frozen_maximum(work: Working, as_of: date, certified: bool | None) -> Decimal:
    """The highest payable rate under the political freeze; with certification not known, the lower one."""
    path = f"pay_setting.political_freeze.level_{'II' if certified else 'III'}"
    return Decimal(work.figure(path, max(as_of, parameters.first_day(path))))
