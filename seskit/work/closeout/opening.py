"""An agency's folder as the closeout sees it: the pay worksheet where there is one, the roster's awards otherwise."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from seskit.formats.counts import number_of
from seskit.formats.days import long_month
from seskit.law import awards
from seskit.law.rate_range import RateRange, es_rates, open_range_day
from seskit.record.agency import Agency
from seskit.record.agency_folder import AgencyFolder, opened
from seskit.record.closeout.files import CloseoutFiles
from seskit.record.pay_setting.worksheet import Terms, Worksheet, pool_base
from seskit.record.pay_setting.worksheet.reading import WorksheetRow
from seskit.record.problem import Problem, errors
from seskit.record.roster import Person, Roster
from seskit.work.pay_setting import folder as pay_folder
from seskit.work.pay_setting import personal_clock, worksheet
from seskit.work.pay_setting.personal_clock import PersonalClock
from seskit.work.pay_setting.worksheet import CheckedWorksheet, Objection
from seskit.work.pay_setting.worksheet.checking import JudgedRow, averages

_NO_ADJUSTMENTS = "There is no pay worksheet: awards come from the roster, and no rate change is proposed."


@dataclass(frozen=True)
class OpenedCloseout:
    """What the folder holds; without `sheet` nothing can be closed out."""

    people: tuple[Person, ...]
    sheet: Worksheet | None
    clocks: tuple[PersonalClock, ...]
    files: CloseoutFiles
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    from_roster: bool
    #: What is known of the day of payment where it had to be assumed, and the day taken.
    paid_in_words: str = ""
    folder: AgencyFolder | None = None


def open_folder(
    place: AgencyFolder | str | Path, *, awards_paid_on: date | None = None, effective: date | None = None
) -> OpenedCloseout:
    """Read an agency for its closeout; the days serve a folder without pay.yaml, which states them itself."""
    folder = opened(place)
    found, roster, own = folder.about, folder.roster, folder.closeout
    if folder.pay is not None:
        pay = pay_folder.open_folder(folder)
        problems = (*pay.problems, *own.problems)
        sheet = pay.opened.worksheet
        clocks = tuple(pay.clocks)
        return OpenedCloseout(
            tuple(roster.people), sheet, clocks, own, problems, (*pay.notes, *own.notes), False,
            folder=folder,
        )  # fmt: skip
    problems = (*found.problems, *roster.problems, *own.problems)
    notes = [*roster.notes, *own.notes, _NO_ADJUSTMENTS]
    sheet, said = None, ""
    if found.agency and roster.people and not errors(problems):
        if awards_paid_on is None:
            awards_paid_on, said = _paid_on(found.agency, notes)
        sheet = _from_roster(found.agency, roster, awards_paid_on, effective, notes)
    clocks = ()
    if sheet and sheet.terms.effective >= open_range_day():
        clocks = tuple(personal_clock.clocks(sheet))
    people = tuple(roster.people)
    return OpenedCloseout(people, sheet, clocks, own, problems, tuple(notes), True, said, folder)


def _from_roster(agency: Agency, roster: Roster, paid: date, effective: date | None, notes: list[str]) -> Worksheet:
    """A worksheet with the roster's awards and every rate as it is."""
    if effective is None:
        effective = paid  # no rate is to change
    certified = agency.certified
    if certified is None:
        certified = False
        if paid >= open_range_day():
            notes.append("agency.yaml does not say whether the system is certified; the figures assume it is not.")
    ends = {plan.id: plan.period_end for plan in agency.plans}
    rows = tuple(_row(person, ends.get(person.plan or "")) for person in roster.people if _rate(person))
    left = sum(not _rate(person) for person in roster.people)
    if left:
        notes.append(
            f"{number_of(left, 'executive without a rate on the roster is', 'executives without a rate on the roster are')} left out of pay and awards."
        )
    notes += pool_base.inspectors(roster.people, paid, certified)
    terms = Terms(effective=effective, awards_paid_on=paid, award_budget=None)
    return Worksheet(agency, terms, certified, rows, *pool_base.of_people(roster.people, paid, certified))


def _paid_on(agency: Agency, notes: list[str]) -> tuple[date, str]:
    """The latest day awards are paid, as far as agency.yaml tells it, and what it tells."""
    days = []
    for plan in agency.plans:
        if plan.awards.paid_in:
            year, month = map(int, plan.awards.paid_in.split("-"))
            days.append(date(year, month, monthrange(year, month)[1]))
    if days:
        notes.append(f"Awards are assumed to be paid on {max(days)}, the last day of the month in agency.yaml.")
        return max(days), f"{long_month(max(days))} (day taken: {max(days)})"
    last = max(plan.period_end for plan in agency.plans)
    assumed = date(last.year, 12, 31) if last < date(last.year, 12, 31) else date(last.year + 1, 12, 31)
    notes.append(f"agency.yaml gives no month of payment; awards are assumed to be paid on {assumed}.")
    return assumed, f"month not given (day taken: {assumed})"


def _rate(person: Person) -> Decimal | None:
    return person.basic_pay_fy_end or person.basic_pay_period_end


def _row(person: Person, period_end: date | None) -> WorksheetRow:
    return WorksheetRow(
        person.row, person.person_id or "", person.component, person.appointment_type, person.rating,
        _rate(person) or Decimal(0), person.basic_pay_period_end, period_end, None, "adjustment", None, person.award,
        None, None, None, None, False, None, None, None,
    )  # fmt: skip


def checked(sheet: Worksheet) -> CheckedWorksheet:
    """The worksheet checked by the rules of its days; before the open range awards alone are proposed."""
    if sheet.terms.effective >= open_range_day():
        return worksheet.check(sheet)
    rates = es_rates(sheet.terms.effective)
    limits = RateRange(rates["ES-1"], rates["ES-6"], rates["ES-6"])
    rows = tuple(_judged(sheet, row) for row in sheet.rows)
    pool = awards.award_pool(sheet.terms.awards_paid_on, count=sheet.pool_count, aggregate=sheet.pool_aggregate)
    made = CheckedWorksheet(sheet, limits, rows, pool, tuple(averages(rows, limits)), ())
    over = made.awards_total - pool.answer.pool
    if over <= 0:
        return made
    text = f"Awards exceed the pool. {pool.says}"
    finding = Objection("block", "pool", text, awards.award_pool.authority)
    return CheckedWorksheet(sheet, limits, rows, pool, made.levels, (finding,))


def _judged(sheet: Worksheet, row: WorksheetRow) -> JudgedRow:
    base, end = row.award_base, row.period_end
    least = most = None
    if base is not None and end is not None:
        bounds = awards.award_limits(end, rate=base, appointment_type=row.appointment_type, certified=sheet.certified)
        least, most = bounds.answer.minimum, bounds.answer.maximum
    verdict, found = "none", []
    if row.proposed_award is not None:
        kind: Any = row.appointment_type
        asked = awards.check_award(
            end or sheet.terms.awards_paid_on, appointment_type=kind, rating=row.rating, rate=base,
            award=row.proposed_award, certified=sheet.certified,
        )  # fmt: skip
        verdict = {True: "allowed", False: "not allowed", None: "cannot tell"}[asked.answer.lawful]
        if verdict != "allowed":
            found.append(Objection("block", "award", asked.says, awards.AWARD_LAW, row.row, row.person_id))
    return JudgedRow(row, "allowed", row.rate, row.rate, None, None, None, (), verdict, base, least, most, tuple(found))
