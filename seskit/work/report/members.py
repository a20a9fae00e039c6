"""The member-level form of June 2005 (Form 1558, Annual SES Ratings and Pay-for-Performance Summary Data Report).

One row for each member, made from the same roster. The fields are those of the blank form of June 2005; that each row is
one member is a reading, and so are the columns marked not confirmed. For later years OPM's own workbook is not public:
the same rows are then an export, and are called that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from seskit.law.awards import pool_shares
from seskit.law.facts import FactError, Unreadable, money, yes_no
from seskit.law.report.dates import member_form_year, month_start
from seskit.record.agency import Agency, Plan
from seskit.record.problem import Problem
from seskit.record.roster import Person, Roster
from seskit.record.roster.columns import canonical
from seskit.record.roster.pay_changes import changes
from seskit.work.report.forms import Form

CODES = {"career": "C", "presidential": "C", "noncareer": "N", "limited_term": "L", "limited_emergency": "L"}
_SOURCE = "the blank form of June 2005"
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class MemberColumn:
    """A column: its number on the form, its words, whether it is confirmed, and how it is filled."""

    number: str
    words: str
    confirmed: bool
    filled: str
    #: Whether it holds a percentage; money otherwise, where it holds a number with decimals.
    percent: bool = False

    @property
    def head(self) -> str:
        """The column's heading."""
        return f"{self.number} {self.words}"


FIELDS = (
    MemberColumn("B1", "Number of members", True, "1: one row for each member. That a row is one member is our reading."),
    MemberColumn("B2", "Appointment type", True, "C career, N noncareer, L limited. A Presidential appointee who kept award "
          "eligibility is entered as C: the form has no code for one (our reading)."),
    MemberColumn("B3", "New appointment", True, "X where the roster's column new_appointment says yes."),
    MemberColumn("B4", "Rating", True, "5 to 1, or N for not rated."),
    MemberColumn("B5", "Basic pay before adjustment", True, "basic_pay_period_end; that this is the rate meant is our reading."),
    MemberColumn("B6", "Basic pay after adjustment", True, "The rate before plus the roster's column pay_adjustment."),
    MemberColumn("B7", "Amount to keep relative position", True, "The roster's column relative_position."),
    MemberColumn("B8", "Percent adjustment", True, "100 times the adjustment divided by the rate before, two decimals (our reading).", percent=True),
    MemberColumn("B9", "Award pool amount", False, "The pool of the plan's form; that each row repeats it is our reading."),
    MemberColumn("B9", "Award pool percent", False, "The percentage the pool is made with; that each row repeats it is our reading.", percent=True),
    MemberColumn("B10", "Performance award amount", True, "The roster's column award."),
    MemberColumn("B11", "Performance award percent", True, "100 times the award divided by the rate before, two decimals (our reading).", percent=True),
    MemberColumn("B12", "Cash award amount", True, "The roster's column cash_award."),
    MemberColumn("B13", "Cash award percent", True, "100 times the cash award divided by the rate before, two decimals (our reading).", percent=True),
    MemberColumn("B14", "Distinguished rank award", True, "X where the roster's column rank_award says distinguished."),
    MemberColumn("B15", "Meritorious rank award", True, "X where the roster's column rank_award says meritorious."),
    MemberColumn("B16", "Aggregate compensation", True, "The roster's column total_compensation."),
)  # fmt: skip
#: Columns of the roster that only this form reads; each may be left out.
OWN_COLUMNS = (
    "new_appointment",
    "pay_adjustment",
    "relative_position",
    "cash_award",
    "rank_award",
    "total_compensation",
)


@dataclass(frozen=True)
class MemberForm:
    """The form of one plan: Part A as label and value, Part B row by row; what is not known is None."""

    plan: str
    part_a: tuple[tuple[str, Any], ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Members:
    """The member-level form of an agency, its name for that year, and what could not be read."""

    agency: Agency
    title: str
    about: str
    sheets: tuple[MemberForm, ...]
    missing: tuple[str, ...]
    problems: tuple[Problem, ...]


def members(agency: Agency, roster: Roster, forms: Sequence[Form]) -> Members:
    """One row for each member on the rolls or rated. Refused before fiscal year 2005, when the form did not exist."""
    year = agency.fiscal_year
    if year < member_form_year():
        raise FactError(
            f"The form with one row for each member was issued in June 2005; fiscal year {year} is reported on Forms 1558, "
            "1558A and Supplementary. Leave out --members."
        )
    own = _Own(roster)
    sheets = tuple(_sheet(agency, plan, roster, own, forms) for plan in agency.plans)
    return Members(agency, *named(year), sheets, own.missing, tuple(own.problems))


def named(year: int) -> tuple[str, str]:
    """What the rows are called for a year, and what a reader must know of them."""
    if year == member_form_year():
        return (
            "Form 1558 of June 2005: Annual Senior Executive Service Ratings and Pay-for-Performance Summary Data Report",
            f"Fields as on {_SOURCE}. Columns marked not confirmed are our reading.",
        )
    return (
        "Member-level export with the fields of the June 2005 form",
        f"This is not the form OPM uses for fiscal year {year}: later years are collected in OPM's own workbook, which is "
        f"not public. The fields are those of {_SOURCE}.",
    )


class _Own:
    """The roster's columns that only this form reads."""

    def __init__(self, roster: Roster) -> None:
        self.cells = {canonical(name): values for name, values in roster.extra.items()}
        self.changes = changes(roster).by_person
        self.missing = tuple(name for name in OWN_COLUMNS if name not in self.cells)
        self.problems: list[Problem] = []

    def text(self, column: str, place: int) -> str:
        cells = self.cells.get(column, ())
        return cells[place].strip() if place < len(cells) else ""

    def amount(self, column: str, place: int, row: int) -> Decimal | None:
        text = self.text(column, place)
        try:
            return money(text) if text else None
        except Unreadable as failure:
            self._report(row, column, failure.reason, "Write the amount in dollars, or leave the cell blank.")
            return None

    def marked(self, column: str, place: int, row: int) -> str | None:
        text = self.text(column, place)
        try:
            return "X" if text and yes_no(text) else None
        except Unreadable as failure:
            self._report(row, column, failure.reason, "Write yes or no.")
            return None

    def rank(self, place: int, row: int) -> str:
        text = self.text("rank_award", place).lower()
        if text in ("", "distinguished", "meritorious"):
            return text
        self._report(row, "rank_award", "is not a rank", "Write distinguished or meritorious, or leave the cell blank.")
        return ""

    def _report(self, row: int, column: str, reason: str, fix: str) -> None:
        self.problems.append(Problem(row, column, "", reason, fix, "warning"))


def _sheet(agency: Agency, plan: Plan, roster: Roster, own: _Own, forms: Sequence[Form]) -> MemberForm:
    people = [
        (place, person)
        for place, person in enumerate(roster.people)
        if person.plan == plan.id and person.appointment_type in CODES and (_there(person) or person.rating is not None)
    ]
    form = next(form for form in forms if form.scope == "plan" and form.plan == plan.id)
    rows = tuple(tuple(_row(person, place, own, form)) for place, person in people)
    return MemberForm(plan.id, tuple(_part_a(agency, plan, [person for _, person in people])), rows)


def _there(person: Person) -> bool:
    stated = person.on_rolls_period_end
    return person.basic_pay_period_end is not None if stated is None else stated


def _part_a(agency: Agency, plan: Plan, people: Sequence[Person]) -> Iterator[tuple[str, Any]]:
    yield "A1 Department, agency, component", agency.name
    yield "A2 Date", None
    yield "A3 Contact name", None
    yield "A4 Contact phone", None
    yield "A5 Contact e-mail", None
    yield "A6 Certification status (provisional, full, N/A)", "N/A" if agency.certified is False else None
    yield "A7 Certification date", None
    yield "A8a Cycle begins", plan.appraisal_period.first
    yield "A8b Cycle ends", plan.appraisal_period.last
    yield "A9 Rating pattern", plan.pattern
    yield "A10 Total SES members", sum(map(_there, people))
    yield "A11 Eligible to be rated", None
    for code, word in (("C", "career"), ("N", "noncareer"), ("L", "limited")):
        unrated = [one for one in people if CODES[one.appointment_type or ""] == code and one.rating is None]
        yield f"A12 Not rated, {word}", len(unrated)


def _row(person: Person, place: int, own: _Own, form: Form) -> Iterator[Any]:
    before, award = person.basic_pay_period_end, person.award
    change, cash = own.changes[place], own.amount("cash_award", place, person.row)
    rank = own.rank(place, person.row)
    shares = pool_shares(month_start(form.paid_in)) if form.paid_in and form.pool is not None else None
    yield 1
    yield CODES[person.appointment_type or ""]
    yield own.marked("new_appointment", place, person.row)
    yield person.rating or "N"
    yield before
    yield None if before is None or change is None else before + change
    yield own.amount("relative_position", place, person.row)
    yield _percent(change, before)
    yield form.pool
    yield None if shares is None else shares[form.form == "1558A"]
    yield award
    yield _percent(award, before)
    yield cash
    yield _percent(cash, before)
    yield "X" if rank == "distinguished" else None
    yield "X" if rank == "meritorious" else None
    yield own.amount("total_compensation", place, person.row)


def _percent(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return None if part is None or not whole else (100 * part / whole).quantize(_CENT, ROUND_HALF_UP)
