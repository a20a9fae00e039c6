"""From the ratings onward: for every executive what is required, permitted and barred, from what day, on what notice.

Nothing is typed again: each action is an answer of the question that owns it (appraisal, awards, pay_setting), asked
with the facts of the roster, and carries that answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from seskit.formats.days import long_date
from seskit.law import awards, pay_setting, rating_levels
from seskit.law.action_facts import kind_of
from seskit.law.actions import bars, histories, removals
from seskit.law.actions.bars import ActionBar
from seskit.law.actions.histories import Consequences, Rated
from seskit.law.clocks import add_days
from seskit.law.facts import FactError, dollars
from seskit.law.parameters import NoRule
from seskit.law.parameters import figure as in_force
from seskit.law.question import of as of_result
from seskit.law.rate_range import range_maximum
from seskit.law.result import Result
from seskit.record.appraisal.rating_history import EITHER, MUST_REMOVE, carries_out
from seskit.record.appraisal.year_record.files import Files
from seskit.record.roster import Person
from seskit.record.roster.columns import took_place
from seskit.work.appraisal.year_record.audit import plan_of

Force = Literal["required", "permitted", "barred"]
Kind = Literal["removal", "reassignment", "placement", "award", "adjustment", "development", "question"]
#: Who takes an action of each kind further.
READERS: dict[Kind, str] = {
    "removal": "staffing", "reassignment": "staffing", "placement": "staffing", "award": "awards",
    "adjustment": "pay_setting", "development": "appraisal", "question": "appraisal",
}  # fmt: skip
LOWEST = "appraisal.regime.lowest_fully_successful"
_BY = {
    "notice": "written notice by", "position": "placement position named by",
    "hearing": "a hearing may be asked for until",
}  # fmt: skip
_BOSS_NOT_KNOWN = "a new noncareer supervisor may delay it: the roster has no column noncareer_supervisor_since"
_HEAD_NOT_KNOWN = "whether a bar runs cannot be determined: give the day the agency head was appointed"


@dataclass(frozen=True)
class Consequence:
    """One thing that must, may or may not follow, from what day, and on what notice; `asked` is the answer behind it."""

    force: Force
    kind: Kind
    what: str
    earliest: date | None
    notice: str
    asked: Result
    because: Result | None = None
    #: The same for anyone, without amounts; empty where `what` names none.
    alike: str = ""
    #: What the answer comes to, where it was asked with a rate that nobody proposed.
    limit: str = ""

    @property
    def in_general(self) -> str:
        """What it is for anyone, so that like actions can be counted."""
        return self.alike or self.what.rstrip(".")

    @property
    def why(self) -> str:
        """What the ratings call for, where they do, and the answer on the action itself."""
        said = self.limit or self.asked.says
        return f"{self.because.says} {said}" if self.because else said

    @property
    def authority(self) -> str:
        """What the ratings' call and the answer rest on."""
        met = [reason.citation for reason in self.because.reasons if reason.outcome == "met"] if self.because else []
        return "; ".join(dict.fromkeys([*met[:1], *(reason.citation for reason in self.asked.reasons[:1])]))


@dataclass(frozen=True)
class Outcome:
    """What follows from one executive's ratings."""

    person: Person
    consequences: Result[Consequences]
    actions: tuple[Consequence, ...]
    report: tuple[str, ...]
    #: What would follow past probation, where nobody said whether the executive serves it.
    past_probation: Result[Consequences] | None = None
    #: Whether the executive left before the period ended: nothing of this agency's can follow.
    gone: bool = False

    @property
    def urgency(self) -> int:
        """How soon the agency must act: 0 must act, 1 may have to, 2 need not; what is done already waits."""
        action = self.consequences.answer.action or ""
        if self.gone or carries_out(self.person.action, action):
            return 2
        told = self.past_probation or self.consequences
        if self.consequences.answer.required:
            return 0
        return 2 if told.answer.required is False else 1


@dataclass(frozen=True)
class _ExecutiveCase:
    """One executive on the day of the decision, with the facts every question shares."""

    person: Person
    kind: Any
    on_probation: bool | None
    history: list[Rated] | None
    day: date
    period_end: date
    certified: bool | None
    head_on: date | None
    supervisors: dict[str, date] | None
    #: Whether the executive was no longer on the rolls when the period ended, and was not rated.
    gone: bool

    def bar_facts(self, power: str) -> dict[str, Any]:
        """The facts of a bar: who was appointed when, and the unsatisfactory rating that may lift it."""
        boss = (self.supervisors or {}).get(self.person.person_id or "")
        there = {"supervisor_appointed_on": boss, "supervisor_noncareer": True, power: True} if boss else {}
        return {
            "appointment_type": self.kind, "head_appointed_on": self.head_on,
            "unsatisfactory_issued_on": self.unsatisfactory_on, **there,
        }  # fmt: skip

    def doubt(self, barred: Result[ActionBar], told: Result[Consequences] | None) -> str:
        """What the files leave open about a bar, for the notice."""
        if barred.answer.barred is None:
            return _HEAD_NOT_KNOWN
        return _BOSS_NOT_KNOWN if told and self.kind == "career" and self.supervisors is None else ""

    @property
    def unsatisfactory_on(self) -> date | None:
        """The day of the latest unsatisfactory rating."""
        return max(
            (
                rated.issued
                for rated in self.history or ()
                if rated.level == rating_levels.unsatisfactory() and rated.issued
            ),
            default=None,
        )

    def carried_out(self, duty: str | None) -> bool:
        """Whether the roster holds the action that the ratings call for, in effect by the day of the decision."""
        person = self.person
        in_effect = person.action_date is not None and person.action_date <= self.day
        return duty in (MUST_REMOVE, EITHER) and in_effect and carries_out(person.action, duty or "")


def decision_day(files: Files) -> date | None:
    """The day of the last rating on the roster or, without any, December 31; None where there is no agency."""
    if files.agency is None:
        return None
    last = max(files.ends.values())
    rated = [one.rating_date for one in files.executives() if one.rating_date and one.rating_date >= last]
    return max(rated, default=date(last.year, 12, 31))


def outcomes(files: Files, decided_on: date) -> list[Outcome]:
    """What follows for every executive of an agency, as of the day of the decision."""
    last = max(files.ends.values(), default=decided_on)
    if decided_on < last:
        raise FactError(f"The decision on {decided_on} comes before the period ends on {last}; give a later day.")
    return [_one(files, person, decided_on) for person in files.executives()]


def _one(files: Files, person: Person, decided_on: date) -> Outcome:
    agency, cycle = files.year()
    case = _ExecutiveCase(
        person, kind_of(person.appointment_type), files.on_probation(person, decided_on), files.ratings(person), decided_on,
        plan_of(files, person).period_end, agency.certified, cycle.agency_head_appointed_on, files.supervisors,
        person.rating is None and files.on_rolls_at_end(person) is False,
    )  # fmt: skip
    try:
        return _outcome(case)
    except FactError as failure:
        raise FactError(f"Executive {person.person_id}: {failure}") from None


def _outcome(case: _ExecutiveCase) -> Outcome:
    told = histories.consequences(
        case.day, appointment_type=case.kind, on_probation=case.on_probation, history=case.history
    )
    if case.gone:
        return Outcome(case.person, told, (), (), gone=True)
    past = _past_probation(case)
    actions = (*_from_ratings(case, told, past), *_reassignment(case, told), *_award(case), *_pay(case))
    return Outcome(case.person, told, actions, tuple(_report(case)), past)


def _past_probation(case: _ExecutiveCase) -> Result[Consequences] | None:
    """What follows past probation, where that is all that is not known."""
    if case.on_probation is not None or case.kind != "career" or case.history is None:
        return None
    told = histories.consequences(case.day, appointment_type=case.kind, on_probation=False, history=case.history)
    return told if told.answer.action else None


def _from_ratings(
    case: _ExecutiveCase, told: Result[Consequences], past: Result[Consequences] | None
) -> Iterator[Consequence]:
    action, rows = told.answer.action, told.answer.rows
    if case.carried_out(action):
        return
    if action is None and past and past.answer.required is not False:
        words = f"Find out whether the executive is on probation. Past it: {past.says}"
        yield Consequence("required", "question", words, None, "", told)
    elif action is None:
        yield Consequence("required", "question", f"Find out what is missing. {told.says}", None, "", told)
    elif action == histories.REFER:
        words = "Refer to counsel: two ways of counting the years differ."
        yield Consequence("required", "question", words, None, "", told)
    elif action == MUST_REMOVE:
        ground = "unsatisfactory" if "R1" in rows else "less_than_fully_successful"
        yield from _removal(case, "required", ground, told)
    elif action == EITHER:
        words = "Reassign or transfer within the SES, or remove: one of the three."
        yield Consequence("required", "reassignment", words, None, "", told)
        yield from _removal(case, "permitted", "unsatisfactory", told)
    elif action == "may_remove":
        if told.answer.open:
            words = "Ask counsel whether the ratings require action on probation."
            yield Consequence("required", "question", words, None, "", told)
        yield from _removal(case, "permitted", "other", told)
    elif action == "help_improve":
        yield Consequence("barred", "removal", "Removal for performance on this rating alone.", None, "", told)
    if action == MUST_REMOVE:
        yield Consequence("barred", "reassignment", "Reassignment in place of the removal.", None, "", told)
    elif case.person.rating is not None:
        weak = case.person.rating < int(in_force(LOWEST, case.day).value)
        help_ = "Advise and help to improve; plan development." if weak else "Development, as the appraisal suggests."
        yield Consequence("permitted", "development", help_, None, "", told)


def _removal(case: _ExecutiveCase, force: Force, ground: Any, told: Result[Consequences]) -> Iterator[Consequence]:
    """The removal, on the first day that notice and bar allow, and the placement that goes with it."""
    steps: Any = {"appointment_type": case.kind, "on_probation": case.on_probation}
    asked = removals.removal_notice(case.day, **steps)
    latest = asked.answer.latest.get("notice")
    by_notice = add_days(case.day, (case.day - latest).days) if latest else case.day
    barred = bars.removal_bar(by_notice, ground=ground, **case.bar_facts("supervisor_can_remove"))
    earliest = (barred.answer.first_open if barred.answer.barred else None) or by_notice
    due = removals.removal_notice(earliest, **steps)
    words = "; ".join(f"{_BY[step]} {day}" for step, day in due.answer.latest.items())
    words = "; ".join(part for part in (words, case.doubt(barred, told)) if part)
    yield Consequence(force, "removal", "Remove from the SES.", earliest, words, barred, told)
    right = removals.placement(earliest, **steps, reason="performance")
    if right.answer.entitled:
        grade = right.answer.grade
        words = f"Offer a position at {grade} or above, if removed."
        yield Consequence("required", "placement", words, earliest, "", right)


def _reassignment(case: _ExecutiveCase, told: Result[Consequences]) -> Iterator[Consequence]:
    """The reassignment inside the commuting area, on the first day that notice and bar allow."""
    action = told.answer.action
    if action in (None, histories.REFER, MUST_REMOVE) or case.carried_out(action):
        return
    owed = action == EITHER
    facts: Any = {
        **case.bar_facts("supervisor_rates"), "ground": "unsatisfactory" if owed else "other",
        "outside_commuting_area": False,
    }  # fmt: skip
    days = bars.reassignment_bar(case.day, **facts).answer.notice_days or 0
    by_notice = add_days(case.day, days)
    barred = bars.reassignment_bar(by_notice, **facts)
    earliest = (barred.answer.first_open if barred.answer.barred else None) or by_notice
    notice = f"{days} days inside the commuting area; longer outside, after consultation" if days else ""
    because = told if owed else None
    notice = "; ".join(part for part in (notice, case.doubt(barred, because)) if part)
    yield Consequence("permitted", "reassignment", "Reassign within the SES.", earliest, notice, barred, because)


def _award(case: _ExecutiveCase) -> Iterator[Consequence]:
    person, rate = case.person, case.person.basic_pay_period_end
    if person.rating is None or person.appointment_type is None or rate is None:
        return
    kind: Any = person.appointment_type
    asked = awards.check_award(
        case.period_end, appointment_type=kind, rating=person.rating, rate=rate, award=person.award,
        certified=case.certified,
    )  # fmt: skip
    unlawful = asked.answer.lawful is False
    if person.award is not None and unlawful:
        yield Consequence(
            "barred",
            "award",
            f"The award of {dollars(person.award)} on the roster.",
            None,
            "",
            asked,
            alike="The award",
        )
    if unlawful and asked.answer.nearest_lawful is None:
        yield Consequence("barred", "award", "Performance award.", None, "", asked)
    else:
        limits = awards.award_limits(case.period_end, rate=rate, appointment_type=kind, certified=case.certified)
        there = "" if person.award is None else f"; {dollars(person.award)} is on the roster"
        told = f"Performance award of {dollars(limits.answer.minimum)} to {dollars(limits.answer.maximum)}{there}."
        notice = "after the board's recommendation"
        yield Consequence("permitted", "award", told, None, notice, limits, alike="Performance award")


def _pay(case: _ExecutiveCase) -> Iterator[Consequence]:
    """A raise or a reduction by the rating; the rules on pay know the rest, such as the last adjustment."""
    person, rate = case.person, case.person.basic_pay_period_end
    if person.rating is None or rate is None:
        return
    kind: Any = person.appointment_type
    facts: Any = {"rate": rate, "rating": person.rating, "certified": case.certified, "appointment_type": kind}
    lowest_rating = int(in_force(LOWEST, case.day).value)
    weak, now = person.rating < lowest_rating, f"{dollars(rate)}, the rate now"
    try:
        if weak:
            raised = pay_setting.adjust(case.day, proposed_rate=rate + 1, **facts)
            limit = f"At most {now}, until a later appraisal period is rated level {lowest_rating} or better."
            yield Consequence("barred", "adjustment", "Increase of pay.", None, "", raised, limit=limit)
            cut = pay_setting.reduce(case.day, proposed_rate=rate - 1, basis="performance", **facts)
            lowest = cut.answer.minimum
            if lowest is not None and lowest < rate:
                said = f"Reduction of pay, in one action to no less than {dollars(lowest)}."
                day, notice = cut.answer.earliest, "written notice first"
                limit = f"At least {dollars(lowest)} in one action, and less than {now}.{_lacking(cut)}"
                yield Consequence(
                    "permitted", "adjustment", said, day, notice, cut, alike="Reduction of pay", limit=limit
                )
        else:
            same = pay_setting.adjust(case.day, proposed_rate=rate, **facts)
            limit = f"At least {now}, and at most {dollars(max(rate, range_maximum(case.day, case.certified)))}."
            words = "Adjustment of pay, where performance warrants it."
            yield Consequence("permitted", "adjustment", words, None, "", same, limit=limit)
    except NoRule:
        return


def _lacking(asked: Result[Any]) -> str:
    """The facts that the answer misses, by their labels."""
    known = of_result(asked)
    missing = [known.slots[name].label if known else name for name in asked.answer.missing]
    return f" Not known yet: {', '.join(missing)}." if missing else ""


def on_record(person: Person) -> str:
    """The action the roster has, with its day."""
    return f"On record: {person.action}{f', {long_date(person.action_date)}' if person.action_date else ''}."


def _report(case: _ExecutiveCase) -> Iterator[str]:
    """What the ratings report still needs about someone rated below fully successful."""
    person = case.person
    if person.rating is None or person.rating >= int(in_force(LOWEST, case.day).value):
        return
    yield "Goes on the supplementary form."
    if person.action:
        yield on_record(person)
        if person.action_date is None and took_place(person.action):
            yield "Fill in action_date on the roster."
    for name in ("rating_date", "pay_decreased", "action"):
        if getattr(person, name) is None:
            yield f"Fill in {name} on the roster."
