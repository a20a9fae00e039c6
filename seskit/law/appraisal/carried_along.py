"""What an executive carries along in the year: appraisals of long details and of positions left, and plans after a move."""

from __future__ import annotations

from datetime import date, timedelta

from seskit.law.appraisal import periods
from seskit.law.appraisal.executive_year import Outcome, Step, Year
from seskit.law.checks import every
from seskit.law.clocks import add_days


def plan_after_a_move(year: Year) -> Outcome:
    """Whether each position taken up in the year has a plan of its own within the days that the agency gives."""
    for day in year.moved_on():
        left = max(gone for gone in year.days("left_position") if gone <= day)
        due = add_days(day, year.plan_days)
        told = next((on for on in year.days("plan") if on > left), None)
        if told is None or told > due:
            return False, f"Moved on {day}; the plan of that position was communicated {told or 'never'}, due by {due}."
    return None


def details(year: Year) -> Outcome:
    """Whether each detail that is long enough has an appraisal; one for each, on or after its first day."""
    starts, ends = year.days("detail_start"), year.days("detail_end")
    if len(starts) < len(year.all("detail_start")):
        return None, "A detail has no first day."
    appraised = _by_day(year.all("detail_appraisal"))
    long, lacking = [], []
    for start, following in zip(starts, [*starts[1:], None], strict=False):
        before = following - timedelta(days=1) if following else year.ended
        last = next((day for day in ends if start <= day and (following is None or day < following)), before)
        found = periods.detail(start, last_day=max(start, last)).answer
        if not found.owed:
            continue
        said = f"A detail of {found.days} days from {start}."
        long.append(said)
        own = next((entry for entry in appraised if entry.on is None or entry.on >= start), None)
        if own is None:
            lacking.append(said)
        else:
            appraised.remove(own)
    return (not lacking, " ".join(lacking or long)) if long else None


def departures(year: Year) -> Outcome:
    """Whether each position left after the minimum period was left with an appraisal."""
    appraised, lefts = _by_day(year.all("departure_appraisal")), year.days("left_position")
    if len(lefts) < len(year.all("left_position")):
        return None, "A position was left on no recorded day."
    if not lefts:
        on = (appraised[-1].on if appraised else None) or "on no recorded day"
        missing = f"Appraised {on}; the day the position was left (left_position) is missing."
        return (None, missing) if appraised else None
    held = _held(lefts, appraised)
    found = [outcome for left in lefts if (outcome := _departure(year, left, held.get(left))) is not None]
    if not found:
        return None
    passed = every(outcome for outcome, _ in found)
    return passed, " ".join(said for outcome, said in found if outcome is passed)


def _held(lefts: list[date], appraised: list[Step]) -> dict[date, Step]:
    """The appraisal of each position left: one given since the position before was left; otherwise a late one, or one
    without a day.
    """
    held: dict[date, Step] = {}
    for before, left in zip([None, *lefts], lefts, strict=False):
        for entry in appraised:
            if entry.on and (before is None or before < entry.on) and entry.on <= left:
                held[left] = entry
    rest = [entry for entry in appraised if entry not in held.values()]
    for left in lefts:
        if left not in held and (late := [entry for entry in rest if entry.on is None or entry.on > left]):
            held[left] = late[0]
            rest.remove(late[0])
    return held


def _departure(year: Year, left: date, appraised: Step | None) -> Outcome:
    told = max((on for on in year.days("plan") if on <= left), default=None)
    if told is None or left < year.first:
        return _brought_along(left, appraised)
    found = periods.job_change(max(told, year.first), leaves_on=left, appraised_on=appraised.on if appraised else None)
    if not found.answer.owed:
        return None
    if appraised and appraised.on is None:
        return None, f"Left {left}; the appraisal has no day."
    return found.answer.in_time is True, f"Left {left}; appraised {appraised.on if appraised else 'never'}."


def _by_day(entries: list[Step]) -> list[Step]:
    return sorted(entries, key=lambda entry: entry.on or date.min)


def _brought_along(left: date, appraised: Step | None) -> Outcome:
    """A position left before this plan began, as in another agency: its own plan is not on record, and so neither whether
    an appraisal was owed.
    """
    if appraised is None:
        return None
    if appraised.on is None:
        return None, f"Left {left}; the appraisal has no day."
    in_time = True if appraised.on <= left else None
    return in_time, f"Left {left}, before this plan; appraised {appraised.on}."
