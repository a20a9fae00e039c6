"""The same proposals under each state of certification, side by side, on the days that matter."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

from seskit.law import parameters
from seskit.law.answers import known
from seskit.law.certification.effects import pay_after, unlocks
from seskit.law.clocks import add_days
from seskit.law.facts import dollars
from seskit.law.pay_setting.aggregate import AggregateLimit, aggregate_limit, limit_is_recorded
from seskit.law.rate_range import open_range_day
from seskit.record.closeout.files import Settings
from seskit.work.closeout.opening import checked
from seskit.work.pay_setting.worksheet import CheckedWorksheet
from seskit.work.pay_setting.worksheet.checking import JudgedRow

Name = Literal["certified", "lost", "suspended", "late"]
NAMES: tuple[Name, ...] = ("certified", "lost", "suspended", "late")
Suspension = Literal["none", "notice received", "suspended"]
_DAY = timedelta(days=1)
#: Where the schedule of the day is not recorded.
_UNKNOWN = "cannot tell"


@dataclass(frozen=True)
class State:
    """One course that certification may take, with its days."""

    name: Name
    says: str
    ends: date | None = None
    notice: date | None = None
    begins: date | None = None

    def on(self, day: date) -> tuple[bool, Suspension]:
        """Whether the system is certified on a day, and what a suspension has come to."""
        if self.notice is not None and self.ends is not None:
            return True, "suspended" if day >= self.ends else "notice received" if day >= self.notice else "none"
        if self.ends is not None:
            return day < self.ends, "none"
        return self.begins is None or day >= self.begins, "none"

    def sets_above(self, day: date) -> bool:
        """Whether a rate above level III may be set on a day."""
        certified, suspension = self.on(day)
        return certified and suspension == "none"

    def counts_high(self, day: date) -> bool:
        """Whether the higher aggregate limit counts on a day."""
        certified, suspension = self.on(day)
        return certified and suspension != "suspended"


@dataclass(frozen=True)
class Deferral:
    """What one executive's pay and award come to in a calendar year, and what of it waits for January."""

    person_id: str
    year: int
    total: Decimal
    limit: Decimal
    deferred: Decimal


@dataclass(frozen=True)
class StateLine:
    """One measure on one day, with its value under each state."""

    day: date
    what: str
    values: tuple[str, ...]


def states(settings: Settings, paid: date, effective: date) -> list[State]:
    """The four courses; days not given are taken so that each bites on the first day that matters."""
    first = min(paid, effective)
    days = int(parameters.figure("pay_setting.certification.suspension_notice", max(first, _known_from())).value)
    lost, late = settings.lost_on or first, settings.certified_on or effective + _DAY
    notice = settings.notice_on or first
    suspended = settings.suspended_on or add_days(notice, days)
    return [
        State("certified", "Certified on every one of these days."),
        State("lost", f"Certification ends; {lost} is the first day without it.", ends=lost),
        State("suspended", f"OPM's notice on {notice}, suspended from {suspended}.", ends=suspended, notice=notice),
        State("late", f"Certified only from {late}.", begins=late),
    ]


def _known_from() -> date:
    return parameters.parameter("pay_setting.certification.suspension_notice").values[0].first_day


def deferrals(found: CheckedWorksheet, high: Callable[[date], bool]) -> list[Deferral]:
    """Who passes the aggregate limit of the year in which awards are paid, a full year's pay taken as received."""
    year = found.worksheet.terms.awards_paid_on.year
    if not limit_is_recorded(year):
        return []
    asked = [
        _deferral(found, judged, year, high(date(year, 12, 31))) for judged in found.rows if judged.row.proposed_award
    ]
    return [one for one in asked if one.deferred > 0]


def limit_of_year(found: CheckedWorksheet, judged: JudgedRow, *, certified: bool) -> AggregateLimit:
    """The aggregate limit of the year in which awards are paid, with the pay of that day and the proposed award."""
    terms, row = found.worksheet.terms, judged.row
    rate = row.new_rate if terms.awards_paid_on >= terms.effective else row.rate
    award: Any = [{"kind": "performance_award", "amount": row.proposed_award}]
    year = terms.awards_paid_on.year
    return aggregate_limit(year=year, certified=certified, basic_pay_received=rate, payments=award).answer


def _deferral(found: CheckedWorksheet, judged: JudgedRow, year: int, certified: bool) -> Deferral:
    said = limit_of_year(found, judged, certified=certified)
    return Deferral(judged.row.person_id, year, *map(known, (said.total, said.limit, said.deferred)))


def deferred_each(found: CheckedWorksheet, courses: Iterable[State]) -> list[tuple[str, tuple[Decimal, ...]]]:
    """Each executive whose award waits in part for January under some state, with what waits under each."""
    late = [{one.person_id: one.deferred for one in deferrals(found, state.counts_high)} for state in courses]
    who = dict.fromkeys(person for one in late for person in one)
    return [(person, tuple(one.get(person, Decimal(0)) for one in late)) for person in sorted(who)]


def side_by_side(found: CheckedWorksheet, courses: Iterable[State]) -> list[StateLine]:
    """Every measure on every day that matters; nothing before the open range, when no system was certified."""
    terms = found.worksheet.terms
    if min(terms.effective, terms.awards_paid_on) < open_range_day():
        return []
    listed = list(courses)
    views = [checked(replace(found.worksheet, certified=state.sets_above(terms.effective))) for state in listed]
    lines: list[StateLine] = []
    for day in sorted({terms.awards_paid_on, terms.effective}):
        lines += _on_day(day, listed)
    lines += _on_effective(terms.effective, listed, views)
    for year in sorted({terms.awards_paid_on.year, terms.effective.year}):
        lines += _at_year_end(year, listed, views, found)
    return sorted(lines, key=lambda line: line.day)


def _on_day(day: date, listed: list[State]) -> list[StateLine]:
    caps = [
        unlocks(day, group="SES", certified=state.on(day)[0], suspension=state.on(day)[1]).answer for state in listed
    ]
    return [
        StateLine(day, "System", tuple(_standing(state, day) for state in listed)),
        StateLine(
            day,
            "Highest rate that may be set",
            tuple(_UNKNOWN if cap is None or cap.maximum is None else dollars(cap.maximum) for cap in caps),
        ),
    ]


def _standing(state: State, day: date) -> str:
    certified, suspension = state.on(day)
    return suspension if suspension != "none" else "certified" if certified else "not certified"


def _on_effective(day: date, listed: list[State], views: list[CheckedWorksheet]) -> list[StateLine]:
    frozen = [_frozen(view, state, day) for view, state in zip(views, listed, strict=True)]
    blocked = [sum(judged.decision != "allowed" for judged in view.rows) for view in views]
    lost = [_lost(view) for view in views]
    above = [sum(judged.row.rate > view.limits.uncertified for judged in view.rows) for view in views]
    return [
        StateLine(day, "Executives now above level III", tuple(map(str, above))),
        StateLine(
            day, "Rates frozen: no adjustment", tuple(_UNKNOWN if many is None else str(many) for many in frozen)
        ),
        StateLine(day, "Proposed rates not allowed, or undetermined", tuple(map(str, blocked))),
        StateLine(day, "Increases that could not be made, a year", tuple(map(dollars, lost))),
    ]


def _frozen(view: CheckedWorksheet, state: State, day: date) -> int | None:
    """How many rates are frozen on a day, by what becomes of pay after certification; None where it cannot be determined."""
    if state.sets_above(day):
        return 0
    certified, suspension = state.on(day)
    happens: Any = suspension if certified else "expired"
    asked = [pay_after(day, group="SES", rate=judged.row.rate, happens=happens).answer for judged in view.rows]
    return None if None in asked else sum(bool(answer.frozen) for answer in asked)


def _lost(view: CheckedWorksheet) -> Decimal:
    """Dollars of the proposed increases above what the law allows each for certain."""
    lost = Decimal(0)
    for judged in view.rows:
        if judged.decision != "allowed" and judged.change > 0:
            top = judged.lowest if judged.highest is None else max(judged.highest, judged.row.rate)
            lost += judged.row.new_rate - min(max(top, judged.row.rate), judged.row.new_rate)
    return lost


def _at_year_end(
    year: int, listed: list[State], views: list[CheckedWorksheet], found: CheckedWorksheet
) -> list[StateLine]:
    end = date(year, 12, 31)
    if not limit_is_recorded(year):
        return [StateLine(end, "Aggregate limit", tuple("not recorded" for _ in listed))]
    caps = [
        known(aggregate_limit(year=year, certified=state.counts_high(end), basic_pay_received=Decimal(0)).answer.limit)
        for state in listed
    ]
    lines = [StateLine(end, f"Aggregate limit of {year}", tuple(map(dollars, caps)))]
    if year == found.worksheet.terms.awards_paid_on.year:
        late = [deferrals(view, state.counts_high) for view, state in zip(views, listed, strict=True)]
        lines.append(StateLine(end, "Executives whose award is deferred in part", tuple(str(len(one)) for one in late)))
        sums = tuple(dollars(sum((each.deferred for each in one), Decimal(0))) for one in late)
        lines.append(StateLine(end, f"Deferred to January {year + 1}", sums))
    return lines
