"""The 12-month clock: which pay actions start it, and when the next ordinary adjustment may take effect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict

from seskit.formats.counts import number_of
from seskit.law import parameters
from seskit.law.answers import Answer
from seskit.law.clocks import add_months
from seskit.law.facts import AsOf, Day, Fact, FactError, YesNo
from seskit.law.question import question
from seskit.law.result import CannotTell, Result, Working

LAW = "5 U.S.C. 5383(c); 5 CFR 534.404(c)"
#: First pay periods of January lie this many pay periods apart, or one more.
PAY_PERIODS_A_YEAR = 26
SUNDAY = 6
ActionKind = Literal[
    "initial",
    "adjustment",
    "zero_adjustment",
    "relative_position",
    "minimum_increase",
    "conversion",
    "executive_schedule_review",
    "exception_increase",
    "reduction",
    "transfer",
    "reappointment",
    "reinstatement",
    "locality_conversion",
    "paper_increase",
    "schedule_change",
    "certification_review",
]


class Action(BaseModel):
    """One pay action: the day it took effect and its kind; for a transfer, whether the rate changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    effective: Annotated[Day, Fact("Effective", happened=True)]
    kind: ActionKind
    rate_changed: YesNo | None = None

    @property
    def words(self) -> str:
        """The kind as people say it."""
        return self.kind.replace("_", " ")


Actions = Annotated[
    list[Action],
    Fact("Pay actions", "For a transfer, say also whether the rate changed."),
]


@dataclass(frozen=True)
class Counted:
    """An action, whether it starts 12 months (None: not known), and the first day the clock allows another."""

    action: Action
    restarts: bool | None
    opens: date | None


@cache
def opens_on(last_counted: date) -> date:
    """The first day of the next ordinary adjustment after a counted one; February 29 becomes February 28."""
    return add_months(last_counted, int(parameters.figure("pay_setting.clock.months", last_counted).value))


def opens_after(last_counted: date | None) -> date | None:
    """The same after the last counted adjustment; None where its day is not known."""
    return opens_on(last_counted) if last_counted else None


def is_drift(last_counted: date, on: date) -> bool:
    """Whether a day is exactly 26 pay periods, which begin on Sundays, after a counted action, and short of 12 calendar months."""
    return (
        last_counted.weekday() == SUNDAY
        and (on - last_counted).days == PAY_PERIODS_A_YEAR * 14
        and on < opens_on(last_counted)
    )


def is_known(action: Action) -> bool:
    """Whether the rules in force on the day of an action know its kind."""
    return parameters.recorded(f"pay_setting.clock.restarts.{action.kind}", action.effective) is not None


def restarts(action: Action) -> bool | None:
    """Whether an action starts a new 12 months; for a transfer with the rate change not known, None."""
    recorded = parameters.recorded(f"pay_setting.clock.restarts.{action.kind}", action.effective)
    if recorded is None:
        raise FactError(
            f"actions: {action.words} on {action.effective} is not a pay action under the rules of that day; "
            "give a kind that the regulation then in force knew, such as 'adjustment', or correct the day."
        )
    return action.rate_changed if action.kind == "transfer" else bool(recorded.value)


def history(actions: Sequence[Action]) -> list[Counted]:
    """Every action in order of date, with the state of the clock after it."""
    found: list[Counted] = []
    opens: date | None = None
    for action in sorted(actions, key=lambda action: action.effective):
        counts = restarts(action)
        opens = opens_on(action.effective) if counts else opens
        found.append(Counted(action, counts, opens))
    return found


def last_counted(actions: Sequence[Action]) -> date | None:
    """The day of the last action that certainly started 12 months."""
    days = [step.action.effective for step in history(actions) if step.restarts]
    return days[-1] if days else None


def frozen_then(opens: date | None) -> str:
    """Where 12 months end inside the statutory freeze of 2011 to 2013, what an increase then needs; empty elsewhere."""
    path = "pay_setting.general_freeze.in_force"
    if opens is None or not parameters.recorded(path, opens):
        return ""
    ends = parameters.last_change(path)
    return (
        f"On {opens} the statutory freeze is in force: before {ends} an increase needs substantially greater responsibility or a "
        "promotion (5 U.S.C. 5303 note (s.147(c)))."
    )


def pay_period_on_or_after(day: date) -> date:
    """The first day of the first pay period that begins on or after a day, in the standard biweekly cycle."""
    on = max(day, parameters.first_day("pay_setting.pay_periods.anchor"))
    anchor = parameters.figure("pay_setting.pay_periods.anchor", on).value
    length = int(parameters.figure("pay_setting.pay_periods.length", on).value)
    return day + timedelta(days=(anchor - day).days % length)


def _walk(work: Working, actions: Sequence[Action]) -> list[Counted]:
    steps = history(actions)
    before: date | None = None
    for step in steps:
        rule = parameters.figure(f"pay_setting.clock.restarts.{step.action.kind}", step.action.effective)
        outcome = {
            True: f"starts 12 months; the next ordinary adjustment is from {step.opens}",
            False: "does not start 12 months",
            None: "starts 12 months only if the rate changed, which is not known",
        }[step.restarts]
        basis: Any = rule.confidence
        work.note(f"{step.action.effective}, {step.action.words}: {outcome}.", rule.citation, basis=basis)
        ordinary = step.action.kind in ("adjustment", "reduction")
        if ordinary and before and step.action.effective < before:
            short = (before - step.action.effective).days
            work.caution(
                f"The {step.action.words} of {step.action.effective} came {number_of(short, 'day')} before the 12 months ended on {before}."
            )
        before = step.opens
    return steps


@question(LAW)
def next_adjustment(
    as_of: AsOf | None = None,
    *,
    actions: Actions,
) -> Result[Annotated[date | None, Fact("Next ordinary adjustment", "Null: cannot tell.")]]:
    """When may the next ordinary pay adjustment take effect?

    Not more than one adjustment in 12 months; some actions start a new period and others do not (5 U.S.C. 5383(c);
    5 CFR 534.404(c)). `answer` is the first date of the next ordinary adjustment (null: cannot tell).
    """
    work = Working(as_of)
    if not actions:
        work.test(None, "No pay action is given; at least the initial appointment counts.", LAW)
        return work.answer(None, CannotTell("Cannot tell: the pay actions are missing."))
    steps = _walk(work, actions)
    open_from = steps[-1].opens
    later = [step.action.effective for step in steps if step.restarts is None]
    decided = [step.action.effective for step in steps if step.restarts]
    if later and (not decided or later[-1] > decided[-1]):
        if_changed = opens_on(later[-1])
        first = f"{open_from} if not" if open_from else "the time before is not given"
        work.test(None, f"Whether the rate changed on the transfer of {later[-1]} is not known.", "5 CFR 534.404(h)(1)")
        return work.answer(
            None,
            CannotTell(f"Cannot tell: {if_changed} if the rate changed on transfer; {first}. Missing: rate_changed."),
        )
    if open_from is None:
        work.test(None, "No action given starts the 12 months; the last one that does is missing.", LAW)
        return work.answer(None, CannotTell("Cannot tell: the last counted adjustment is missing from the actions."))
    work.note(
        "The 12 months run to the same calendar day one year later; February 29 becomes February 28.",
        LAW,
        basis="design",
    )
    period = pay_period_on_or_after(open_from)
    work.note(f"The first pay period that begins on or after it begins {period}.", "5 U.S.C. 5504", basis="design")
    if told := frozen_then(open_from):
        work.caution(told)
    if as_of and as_of < open_from:
        work.caution(f"On {as_of} an ordinary adjustment is still barred for {(open_from - as_of).days} days.")
    return work.answer(open_from, f"The next ordinary adjustment may take effect on {open_from} or later.")


class ClockStep(Answer):
    """What one pay action did to the clock."""

    effective: Annotated[date, Fact("Effective")]
    kind: Annotated[str, Fact("Kind of action")]
    restarts: Annotated[bool | None, Fact("Starts a new 12 months", "Null: cannot tell.")]
    next_ordinary: Annotated[date | None, Fact("Next ordinary adjustment", "Null: cannot tell.")]


@question(LAW)
def clock_history(
    as_of: AsOf | None = None, *, actions: Actions
) -> Result[Annotated[list[ClockStep], Fact("Pay actions", "In order, each with what it did to the clock.")]]:
    """What did each pay action do to the 12-month clock?

    Each action either starts a new 12 months or leaves the clock alone (5 CFR 534.404(c)(2), (3)). `answer` is a list,
    in order of date, of `{"effective", "kind", "restarts", "next_ordinary"}`; `restarts` is null where it cannot be determined.
    """
    work = Working(as_of)
    rows = [
        ClockStep(step.action.effective, step.action.kind, step.restarts, step.opens) for step in _walk(work, actions)
    ]
    counted = sum(row.restarts is True for row in rows)
    return work.answer(rows, f"{counted} of {len(rows)} pay actions started a new 12 months.")
