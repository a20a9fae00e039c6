"""The columns of a roster: what each means, how its cells are read, and which must be there."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import Any, Literal, NamedTuple, get_args, get_type_hints

from seskit.law import facts

APPOINTMENT_TYPES: tuple[str, ...] = get_args(facts.AppointmentType)
#: Each reason for placement outside the SES, as the instructions word it.
REMOVAL_REASONS = {
    "one_unsatisfactory": "one unsatisfactory rating",
    "two_unsatisfactory": "two unsatisfactory ratings in 5 years",
    "two_less_than_fully_successful": "two less than fully successful ratings in 3 years",
}
#: Those that require removal stand before the one that only allows it.
_IN_PRINT = ("two_unsatisfactory", "two_less_than_fully_successful", "one_unsatisfactory")
_BOTH = "; "
REMOVED = "removed from the SES"
REASSIGNED, TRANSFERRED = "reassigned within the SES", "transferred within the SES"
#: Actions offered in lists; other words are allowed, because the form's own are examples.
ACTIONS = (
    "none yet",
    REASSIGNED,
    TRANSFERRED,
    REMOVED,
    "optional retirement",
    "discontinued service retirement",
    "resigned",
)
#: In an agency's own words: what places someone outside the SES, and what shows that it has not happened.
_OUTSIDE = re.compile(
    r"\bremov(ed|al)\b(?! of\b)|\b(outside|out of) (the )?(SES|Senior Executive Service)\b|\bGS-?\d", re.IGNORECASE
)
#: Other words of an agency for the same: the person is in its SES no longer.
_LEFT = re.compile(r"\b(retire(d|ment)|resign(ed|ation)|transfer(red)?|separated|died|deceased)\b", re.IGNORECASE)
_NOT_SO = re.compile(
    r"\b(not?|never|without|before|instead|in lieu|to avoid|to be|propos\w+|pending|planned|considered|detail\w*|within (the )?SES)\b",
    re.IGNORECASE,
)

#: What an agency writes of an action that has not taken place, so that it has no effective date yet.
_TO_COME = re.compile(r"^\s*(none|no|nothing)\b|\b(not|propos\w*|pending|planned|consider\w*|to be)\b", re.IGNORECASE)

#: Far below every yearly rate of an executive since 1979, and above any for an hour, a pay period or a month.
_LEAST_RATE = 30_000


class Person(NamedTuple):
    """One executive as the roster's row gives them; None where a cell is blank or could not be read."""

    row: int
    person_id: str | None
    name: str | None
    plan: str | None
    component: str | None
    ig_office: bool | None
    appointment_type: str | None
    es_level: int | None
    basic_pay_fy_end: Decimal | None
    basic_pay_period_end: Decimal | None
    rating: int | None
    rating_date: date | None
    award: Decimal | None
    pay_decreased: bool | None
    action: str | None
    action_date: date | None
    removal_reason: str | None
    on_rolls_fy_end: bool | None = None
    on_rolls_period_end: bool | None = None
    ses_pay_kept: bool | None = None


class Judged(NamedTuple):
    """What the report's rules look at in a person; people alike in all of it are judged and counted once."""

    plan: str | None
    ig_office: bool | None
    appointment_type: str | None
    es_level: int | None
    basic_pay_fy_end: Decimal | None
    basic_pay_period_end: Decimal | None
    rating: int | None
    award: Decimal | None
    on_rolls_fy_end: bool | None
    on_rolls_period_end: bool | None
    ses_pay_kept: bool | None
    pay_decreased: bool | None
    action: str | None
    action_date: date | None
    removal_reason: str | None

    def on_rolls(self, column: str) -> bool:
        """Whether the person was on the rolls on the day of a pay column: as stated, else where a rate is given."""
        stated = self.on_rolls_fy_end if column == "basic_pay_fy_end" else self.on_rolls_period_end
        return getattr(self, column) is not None if stated is None else stated


#: The judged part of a person's record, as a plain tuple in the order of `Judged`.
judged: Callable[[Person], tuple[Any, ...]] = itemgetter(*(Person._fields.index(name) for name in Judged._fields))


def took_place(action: str) -> bool:
    """Whether the words tell of an action that was taken, so that it has an effective date."""
    return not _TO_COME.search(action)


ColumnKind = Literal["text", "choice", "day", "whole", "number", "money", "yes_no"]


@dataclass(frozen=True)
class Column:
    """One column: how a cell is read, whether it may be blank, and what a person should know about it."""

    name: str
    read: Callable[[str], Any]
    help: str
    fix: str
    required: bool = False
    needed_in_header: bool = False
    choices: tuple[str, ...] = ()
    text: bool = False
    #: What people read for its name, where that is not the name with spaces.
    label: str = ""

    @property
    def is_free(self) -> bool:
        """Whether words of any kind may be written; nothing is found by them."""
        return self.read is str and not self.required

    @property
    def kind(self) -> ColumnKind:
        """What its cells hold, from what reads them; blank sheets, forms and entries take their look from it."""
        return _KINDS.get(self.read, "choice" if self.choices else "text")


def column(
    read: Callable[[str], Any], says: str, fix: str, *, needed: bool = False, choices: tuple[str, ...] = ()
) -> Column:
    """A column of a list as the field of its record declares it; a needed one is in the header and in every row."""
    return Column("", read, says, fix, needed, needed, choices, read is str)


def a_day(says: str, *, needed: bool = False) -> Column:
    """A column of days."""
    return column(facts.day, says, "Write the date as year-month-day or month/day/year.", needed=needed)


def yes_or_no(says: str) -> Column:
    """A column of yes and no."""
    return column(facts.yes_no, says, "Write yes or no.", choices=("yes", "no"))


def columns_of(record: type) -> dict[str, Column]:
    """The columns of a list by name: what the annotation of each field of its record says."""
    hints = get_type_hints(record, include_extras=True)
    said = {name: one for name, hint in hints.items() for one in get_args(hint)[1:] if isinstance(one, Column)}
    return {name: replace(one, name=name) for name, one in said.items()}


def _es_level(text: str) -> int:
    if text.upper().removeprefix("ES-").removesuffix(".0") not in set("123456"):
        raise facts.Unreadable("is not an ES level", "ES levels are 1 to 6")
    return int(text.upper().removeprefix("ES-").removesuffix(".0"))


def read_award(text: str) -> Decimal:
    """An award in dollars, more than zero."""
    amount = facts.money(text)
    if not amount:
        raise facts.Unreadable("is zero, which is not an award")
    return amount


def read_rate(text: str) -> Decimal:
    """A yearly rate of pay, more than zero."""
    amount = facts.money(text)
    if not amount:
        raise facts.Unreadable("is zero, which is not a rate of pay")
    return amount


def _yearly_rate(text: str) -> Decimal:
    """The same, large enough for an executive's year."""
    amount = read_rate(text)
    if amount < _LEAST_RATE:
        raise facts.Unreadable("is too small for the yearly rate of an executive")
    return amount


#: What the cells of a column hold, by what reads them; money is more than zero.
_KINDS: Mapping[Callable[[str], Any], ColumnKind] = {
    facts.day: "day", facts.whole: "whole", facts.rating_level: "whole", _es_level: "whole", facts.percent: "number",
    facts.money: "number", read_rate: "money", read_award: "money", _yearly_rate: "money", facts.yes_no: "yes_no",
}  # fmt: skip


def read_choice(what: str, choices: tuple[str, ...]) -> Callable[[str], str]:
    """A reader of one of these words."""

    def read(text: str) -> str:
        try:
            return facts.one_of(text.replace(" ", "_"), choices)
        except facts.Unreadable:
            raise facts.Unreadable(f"is not {what}", meant=facts.near(text, choices)) from None

    return read


_read_reason = read_choice("a reason for removal", tuple(REMOVAL_REASONS))


def read_reasons(text: str) -> str:
    """The reasons for removal in the order they are printed; several are separated by semicolons, commas or 'and'."""
    parts = [part.strip() for part in re.split(r"[;,]|\band\b", text) if part.strip()]
    given = {_read_reason(part) for part in parts} or {_read_reason(text)}
    return _BOTH.join(reason for reason in _IN_PRINT if reason in given)


def reasons(removal_reason: str | None) -> list[str]:
    """The single reasons that a removal reason as read is made of."""
    return removal_reason.split(_BOTH) if removal_reason else []


def reasons_in_words(removal_reason: str | None) -> str:
    """A removal reason as it is printed."""
    return ", and ".join(REMOVAL_REASONS[reason] for reason in reasons(removal_reason))


def placed_outside(action: str) -> bool | None:
    """Whether an action places the person outside the SES; None where the agency's own words do not tell."""
    if action.lower() in {known.lower() for known in ACTIONS}:
        return action.lower() == REMOVED.lower()
    return True if _OUTSIDE.search(action) and not _NOT_SO.search(action) else None


def left_by(person: Person, day: date) -> str:
    """The action by which the person has left the agency's SES by a day; empty where the roster has none.

    An agency's own words are not repeated: they may hold a name.
    """
    action, on = person.action, person.action_date
    if not action or on is None or on > day or not took_place(action):
        return ""
    elsewhere = action.replace("within the SES", "")
    if not placed_outside(action) and not (_LEFT.search(action) and not _NOT_SO.search(elsewhere)):
        return ""
    inside = f": a transfer is to another agency (5 CFR 317.902); a move inside this one is '{REASSIGNED}'"
    told = inside if action == TRANSFERRED else ""
    return f"{action if action in ACTIONS else 'left the SES'}, {on}, on the roster{told}"


_MONEY_FIX = "Write the yearly amount in dollars, such as 129800 or $129,800."
_DATE_FIX = "Write the date as year-month-day or month/day/year."

COLUMNS: dict[str, Column] = {
    column.name: column
    for column in (
        Column("person_id", str, "The agency's own number for the person; never a Social Security number.",
               "Give each person the agency's own number.", required=True, needed_in_header=True, text=True, label="Person number"),
        Column("name", str, "Needed only for people rated below fully successful (supplementary form).",
               "Write the person's name.", text=True),
        Column("plan", str, "The id of the performance plan in agency.yaml.",
               "Write the id of a plan in agency.yaml.", required=True, needed_in_header=True),
        Column("component", str, "Bureau or office.", "Write the component."),
        Column("ig_office", facts.yes_no, "Whether the person serves in an Office of Inspector General: yes or no.",
               "Write yes or no.", required=True, needed_in_header=True, choices=("yes", "no"),
               label="Serves in an IG office"),
        Column("appointment_type", read_choice("an appointment type", APPOINTMENT_TYPES),
               "career, noncareer, limited_term, limited_emergency, or presidential (a former career appointee who kept award eligibility).",
               f"Write one of {', '.join(APPOINTMENT_TYPES)}.", required=True, needed_in_header=True, choices=APPOINTMENT_TYPES),
        Column("es_level", _es_level, "1 to 6, before January 11, 2004; blank after.", "Write a number from 1 to 6.",
               choices=tuple("123456"), label="ES level"),
        Column("basic_pay_fy_end", _yearly_rate,
               "Yearly rate of basic pay on September 30 before the fiscal year of payment; blank if not on the rolls that day.",
               _MONEY_FIX, needed_in_header=True, label="Basic pay on September 30"),
        Column("basic_pay_period_end", _yearly_rate,
               "Yearly rate of basic pay on the last day of the appraisal period; blank if not on the rolls that day.",
               _MONEY_FIX, needed_in_header=True, label="Basic pay at the end of the appraisal period"),
        Column("rating", facts.rating_level, "Final summary rating, 1 to 5; blank if not rated.",
               "Write the level as a number, or leave the cell blank if the person was not rated.", needed_in_header=True,
               choices=tuple("12345")),
        Column("rating_date", facts.day, "Date of the final rating.", _DATE_FIX),
        Column("award", read_award, "Performance award in dollars; blank if none.",
               "Write the amount in dollars, or leave the cell blank if there is no award."),
        Column("pay_decreased", facts.yes_no, "For ratings 1 and 2: whether pay was decreased because of the rating, yes or no.",
               "Write yes or no.", choices=("yes", "no")),
        Column("action", str, "For ratings 1 and 2: action taken because of the rating; 'none yet' is an answer.",
               "Write the action, or 'none yet'.", choices=ACTIONS, text=True),
        Column("action_date", facts.day, "Effective date of the action; needed for each but 'none yet'.", _DATE_FIX),
        Column("removal_reason", read_reasons, "For placement outside the SES: which rule it rests on, or which two.",
               f"Write one of {', '.join(REMOVAL_REASONS)}; two are separated by a semicolon.",
               choices=(*REMOVAL_REASONS, _BOTH.join(_IN_PRINT[:2]))),
    )
}  # fmt: skip

#: Columns a roster may have besides: they say what a blank rate means, and which rate counts.
STATED: dict[str, Column] = {
    column.name: column
    for column in (
        Column("on_rolls_fy_end", facts.yes_no,
               "Whether the person was on the rolls on the day of basic_pay_fy_end: yes or no. Blank: yes where a rate is given.",
               "Write yes or no: with yes, a blank rate is one that is not known.", choices=("yes", "no"),
               label="On the rolls on September 30"),
        Column("on_rolls_period_end", facts.yes_no,
               "Whether the person was on the rolls on the day of basic_pay_period_end: yes or no. Blank: yes where a rate is given.",
               "Write yes or no: with yes, a blank rate is one that is not known.", choices=("yes", "no"),
               label="On the rolls at the end of the appraisal period"),
        Column("ses_pay_kept", facts.yes_no,
               "For Presidential appointees: yes if full SES basic pay was kept by election, so that the rate counts in full.",
               "Write yes or no; blank or no: a rate above the highest SES rate counts at that rate.", choices=("yes", "no"),
               label="SES pay kept"),
    )
}  # fmt: skip


def of_kind(kind: ColumnKind) -> tuple[str, ...]:
    """The roster's columns of a kind, by name."""
    return tuple(name for name, column in (COLUMNS | STATED).items() if column.kind == kind)


#: Columns that other papers read where they are there, with what each holds: the report says nothing about them.
READ_ELSEWHERE: Mapping[str, str] = {
    "pay_adjustment": "By how much pay was adjusted for performance, in dollars; 0 for not at all.",
    "total_compensation": "Everything paid in the calendar year, in dollars.",
    "cash_award": "Cash awards besides the performance award, in dollars.",
    "rank_award": "Which Presidential rank award was given, if any.",
    "new_appointment": "Whether the person was newly appointed in the year: yes or no.",
    "relative_position": "The part of the adjustment that keeps the position within the range, in dollars.",
    "on_probation": "Whether a career appointee is in the probationary year: yes or no.",
    "noncareer_supervisor_since": "The day a new immediate supervisor who is noncareer and can rate or remove was appointed.",
}


@lru_cache(maxsize=1 << 14)
def canonical(header: str) -> str:
    """A header cell as a column name: 'Appointment Type' is appointment_type."""
    return re.sub(r"[\s_-]+", "_", header.strip().lower())
