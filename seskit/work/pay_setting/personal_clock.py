"""The pay clock of each executive: the first day a change is allowed again, and why, as a table and a calendar file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from seskit.formats.calendar_file import CalendarEntry, write
from seskit.law import parameters
from seskit.law.facts import dollars
from seskit.law.pay_setting import clock
from seskit.law.pay_setting.bounds import is_frozen
from seskit.law.pay_setting.clock import Action
from seskit.law.rate_range import range_on
from seskit.record.pay_setting.worksheet.reading import Worksheet, WorksheetRow


@dataclass(frozen=True)
class PersonalClock:
    """When one executive's pay may change next; `opens` is None where that cannot be determined or no day is set."""

    person_id: str
    opens: date | None
    pay_period: date | None
    why: str


def clocks(worksheet: Worksheet, actions: dict[str, list[Action]] | None = None) -> list[PersonalClock]:
    """The clock of every executive, from the history of pay actions or else the last counted adjustment."""
    return [_clock(worksheet, row, (actions or {}).get(row.person_id, [])) for row in worksheet.rows]


def _clock(worksheet: Worksheet, row: WorksheetRow, actions: list[Action]) -> PersonalClock:
    effective = worksheet.terms.effective
    limits = range_on(effective)
    last = clock.last_counted(actions) or row.last_adjusted
    if is_frozen(row.rate, limits, worksheet.certified):
        why = (
            f"Frozen: {dollars(row.rate)} is above level III ({dollars(limits.uncertified)}) without a certified system; no "
            "change until it is certified or the executive moves to an eligible position (5 CFR 534.403(b))."
        )
        return PersonalClock(row.person_id, None, None, why)
    if any(step.restarts is None and (last is None or step.action.effective > last) for step in clock.history(actions)):
        why = "Cannot tell: whether the rate changed on a transfer is not known (5 CFR 534.404(h)(1))."
        return PersonalClock(row.person_id, None, None, why)
    if last is None:
        why = "Cannot tell: the last counted adjustment is not known."
        return PersonalClock(row.person_id, None, None, why)
    opens = clock.opens_on(last)
    spared = [step.action for step in clock.history(actions) if step.restarts is False and step.action.effective > last]
    why = f"12 months from {last}, the last action that counts (5 CFR 534.404(c)(1))."
    why += "".join(f" The {action.words} of {action.effective} does not count." for action in spared)
    return PersonalClock(row.person_id, opens, clock.pay_period_on_or_after(opens), why + _also(effective, row, opens))


def _also(effective: date, row: WorksheetRow, opens: date) -> str:
    notes = ""
    lowest = int(parameters.figure("pay_setting.performance.lowest_rating", effective).value)
    if row.rating is not None and row.rating < lowest:
        notes += f" Rated level {row.rating}: no increase for this appraisal period (5 CFR 534.404(b)(5))."
    freeze = parameters.recorded("pay_setting.general_freeze.in_force", max(effective, opens))
    if freeze and freeze.value:
        notes += " The statutory freeze allows an increase only with a far larger post (5 U.S.C. 5303 note)."
    if opens > effective:
        notes += " Before that day an increase needs one of four grounds, found by the top approving official."
    return notes


def diary(agency_code: str, found: Iterable[PersonalClock]) -> bytes:
    """The clocks as a calendar file, one entry per executive whose day is known; people stand there by number."""
    entries = [
        CalendarEntry(each.opens, f"Pay of {each.person_id} may change", f"{each.why} The first pay period then begins {each.pay_period}.",
              f"{agency_code} {each.person_id} {each.opens}")
        for each in sorted(found, key=lambda each: (each.opens or date.max, each.person_id))
        if each.opens
    ]  # fmt: skip
    return write("SES pay clock", entries)
