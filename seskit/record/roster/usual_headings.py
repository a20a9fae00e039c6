"""Usual headings of other systems: the one list by which a heading is known for a column of the roster.

The correction page, the reader of a roster and the import of exports use it. A heading is known by its words alone: case,
signs and the order of words do not matter ("Bonus $", "Employee No.").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from seskit.record.roster.columns import READ_ELSEWHERE
from seskit.record.roster.pay_headings import is_basic_pay, is_fiscal_year_end

#: How a cell names an Office of Inspector General: in words, shortened, or by its letters.
_INSPECTOR = re.compile(
    r"(?<![a-z0-9])(?:insp(?:ectors?|ect|c?tr)?[\W_]*gen(?:eral|l|(?![a-z]))|o?[-.]?ig\d*(?![a-z0-9])|(?:o\.)?i\.g\.)",
    re.IGNORECASE,
)
#: Who deals with one and serves elsewhere: OIG Liaison, GAO/OIG Audit Liaison, Liaison to the Inspector General.
_ITS = r"(?:office of (?:the )?)?(?:inspector[\s-]+general(?:'s)?|o?ig)\b"
_LIAISON = re.compile(
    rf"\b{_ITS}[\s/&]+(?:(?:and|audit|gao)[\s/&]+)*(?:liaison|coordinator)\b|\b(?:liaison|coordinator)(?: officer)? (?:to|with|for) (?:the )?{_ITS}",
    re.IGNORECASE,
)
#: Words that name a column wherever they are in a heading, first ones first.
WITHIN: Mapping[str, tuple[str, ...]] = {
    "person_id": ("emplid", "empl id", "employee id", "employee number", "employee no", "emp id", "emp no", "person id", "personnel number",
                  "employee key", "pers no", "common identifier", "badge"),
    "name": ("employee name", "full name", "name"),
    "plan": ("performance plan", "plan id", "appraisal plan"),
    "component": ("sub agency", "subagency", "bureau", "component", "organization", "org", "department", "office"),
    "appointment_type": ("appointment type", "type appointment", "appt type", "type appt", "appointment code", "appt code",
                         "nature appointment", "appointment", "appt"),
    "es_level": ("es level", "pay level", "grade level", "step", "grade"),
    "basic_pay_fy_end": ("pay 9 30", "pay sept", "pay fiscal year end", "salary 9 30", "rate 9 30", "pay fy end", "salary fy end"),
    "basic_pay_period_end": ("basic pay", "base pay", "basic rate", "base salary", "annual salary", "annual rate", "adjusted basic",
                             "basic salary", "salary", "rate pay", "pay rate", "annual pay"),
    "rating_date": ("rating date", "date rating", "appraisal date", "rating effective", "rated on"),
    "rating": ("summary rating", "final rating", "rating record", "rating level", "summary level", "performance rating", "rating",
               "appraisal level"),
    "award": ("performance award", "award amount", "bonus amount", "ses award", "award", "bonus"),
    "pay_decreased": ("pay decrease", "pay decreased", "pay reduction"),
    "action_date": ("action date", "action effective"),
    "action": ("action taken", "action"),
    "ig_office": ("ig office", "oig", "inspector general"),
}  # fmt: skip
#: Words that name a column only where the heading says nothing else.
ALONE: Mapping[str, tuple[str, ...]] = {
    "person_id": ("person number", "id", "executive id", "pernr", "id number", "executive no", "no", "person", "employee", "emp"),
    "name": ("executive", "executive name", "name of executive", "last name first name", "incumbent", "incumbent name",
             "member name", "ses member name", "ses name", "appointee name", "official name"),
    "plan": ("ses plan", "perf plan", "plan code", "program plan"),
    "component": ("organization name", "division"),
    "ig_office": ("ig", "office of inspector general", "in ig office", "ig staff"),
    "appointment_type": ("type of appointment", "type of appt", "appointmenttypedescription", "ses appointment type", "type"),
    "es_level": ("level", "es rate", "es pay level", "ses level", "es", "rate level", "levelgradepay", "eslevel"),
    "basic_pay_fy_end": ("base pay fy end", "basic pay sept 30", "fy end pay", "fy end salary", "basic pay fiscal year end"),
    "basic_pay_period_end": ("pay period end", "base pay period end", "salary period end", "period end pay", "period end salary",
                             "basic pay end of period", "pay at period end", "pay at end of period", "base pay end of period", "basic pay end of appraisal period"),
    "rating": ("annual summary rating", "final summary rating", "perf rating", "overall rating", "summary"),
    "rating_date": ("date of rating", "final rating date", "date rated", "rating dt", "date of final rating"),
    "award": ("perf award", "performance award amount", "award amt", "awards", "performance bonus", "bonuses", "noa 879 amount",
              "noa 885 amount"),
    "pay_decreased": ("pay reduced", "decrease in pay"),
    "action": ("actions", "personnel action"),
    "action_date": ("effective date", "date of action", "action effective date", "effective date of action"),
    "removal_reason": ("reason for removal", "reason", "basis for removal"),
    "on_rolls_fy_end": ("on rolls 9 30", "on the rolls fy end"),
    "on_rolls_period_end": ("on the rolls period end",),
    "ses_pay_kept": ("kept ses pay", "ses pay retained"),
}  # fmt: skip
#: Columns of other papers, where the heading says nothing else but a year.
ELSEWHERE: Mapping[str, tuple[str, ...]] = {
    "pay_adjustment": ("performance pay adjustment", "performance based pay adjustment", "performance adjustment", "pay adjustment amount",
                       "salary adjustment"),
    "total_compensation": ("aggregate compensation", "aggregate total compensation"),
    "rank_award": ("presidential rank award",),
    "on_probation": ("in probation",),
}  # fmt: skip
#: Words of awards, incentives and payments that are no performance award, and of those of another time.
_NEVER_AWARD = ("rank", "presidential", "distinguished", "meritorious", "recruitment", "recruiting", "relocation", "retention", "special",
                "travel", "suggestion", "invention", "time off", "spot", "referral", "language", "loan", "allowance", "length service",
                "honorary", "net award", "net bonus", "after tax", "prior", "previous", "former", "last year")  # fmt: skip
#: One of these words must be in a heading before its cells may speak for the column: yes and no, or a small number, are
#: below many headings.
SPEAKS_FOR: Mapping[str, frozenset[str]] = {
    "ig_office": frozenset(("ig", "oig", "inspector", "igs")),
    "rating": frozenset(("rating", "ratings", "rated", "rtg", "level", "lvl", "summary", "score", "appraisal", "evaluation", "eval",
                         "overall", "result")),
}  # fmt: skip
#: A heading that says pay and not of which day may mean either rate.
EITHER_PAY = ("salary", "base pay", "basic pay", "pay", "annual salary", "rate of pay", "base salary", "annual rate", "basic rate",
              "annual pay", "basic salary", "annual basic pay", "annual rate of pay", "current salary", "annual salary rate", "salary rate",
              "basic pay rate", "annual rate of basic pay")  # fmt: skip
#: How a last and a first name are named where each has a column of its own, and what parts the two when they are joined.
_LAST, _FIRST = ("last name", "surname", "family name"), ("first name", "given name", "forename")
NAME_JOIN = ", "
PAYS = ("basic_pay_fy_end", "basic_pay_period_end")
#: Columns whose words are part of many other headings.
_COMMON = ("name", "component", "es_level", "ig_office", "action", "basic_pay_period_end")
#: What people shorten in a heading, and what it stands for.
_SHORT: Mapping[str, str] = {
    short: whole
    for whole, shorts in {
        "executive": ("exec", "execs", "executives"),
        "name": ("nm",),
        "date": ("dt",),
        "rating": ("rtg", "rtng"),
        "level": ("lvl",),
        "number": ("no", "nr", "nbr", "num", "nmbr"),
        "personnel": ("pers",),
        "salary": ("sal", "slry"),
        "rate": ("rt",),
        "annual": ("ann", "annl"),
        "summary": ("summ", "sumry"),
        "performance": ("perf",),
        "appointment": ("appt", "apptmt"),
        "organization": ("org",),
        "bureau": ("bur",),
        "department": ("dept",),
        "award": ("awd",),
        "amount": ("amt",),
        "effective": ("eff",),
    }.items()
    for short in shorts
}
_ANY_DAY = re.compile(
    r"\d{1,2}[/._-]\d{1,2}|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? ?-?\d|\d[ -](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)


def names_inspector(cells: Iterable[str]) -> bool:
    """Whether one of the cells names an Office of Inspector General; a liaison to one serves elsewhere."""
    return any(_INSPECTOR.search(cell) and _INSPECTOR.search(_LIAISON.sub(" ", cell)) for cell in cells)


@lru_cache(maxsize=1 << 12)
def words(heading: str) -> frozenset[str]:
    """The words and numbers of a heading."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    return frozenset(_SHORT.get(word, word) for word in re.findall(r"[a-z]+|\d+", spaced.lower()))


def columns(heading: str, absent: Sequence[str]) -> list[str]:
    """The columns, among these, that a heading usually names; both pay columns where it does not say the day."""
    said = words(heading)
    if not said:
        return []
    if any(said == words(one) for one in EITHER_PAY):
        return [column for column in PAYS if column in absent]
    if is_fiscal_year_end(heading):
        return [column for column in PAYS[:1] if column in absent]
    if is_basic_pay(heading) and _ANY_DAY.search(heading):
        return [column for column in PAYS if column in absent]
    if never_award(heading):
        absent = [column for column in absent if column != "award"]
    whole = [column for column in absent if any(said == words(one) for one in _all(column))]
    return whole or [column for column in absent if column not in _COMMON and _within(said, column)][:1]


def elsewhere(heading: str) -> str:
    """The column of other papers that a heading names, with or without a year behind it; empty where it names none."""
    said = frozenset(word for word in words(heading) if not word.isdecimal())
    known = ((column, (column.replace("_", " "), *ELSEWHERE.get(column, ()))) for column in READ_ELSEWHERE)
    return next((column for column, phrases in known if said and said in map(words, phrases)), "")


def last_and_first(heads: Sequence[str]) -> tuple[str, ...]:
    """The headings of a last and a first name that have a column each; none where there are not both, in two columns."""
    found = [_of_words(heads, one) for one in (_LAST, _FIRST)]
    return tuple(found) if all(found) and found[0] != found[1] else ()


def _of_words(heads: Sequence[str], phrases: Sequence[str]) -> str:
    fit = [head for head in heads if any(words(one) <= words(head) for one in phrases)]
    return min(fit, key=lambda head: len(words(head)), default="")


def may_speak_for(heading: str, column: str) -> bool:
    """Whether a heading that does not name a column may be it by its cells: where these alone say nothing, its words must."""
    return column not in SPEAKS_FOR or bool(words(heading) & SPEAKS_FOR[column])


def speaks_for(heading: str, column: str) -> bool:
    """Whether the words of a heading name a column, whatever else it says."""
    said = words(heading)
    return bool(said & SPEAKS_FOR[column]) if column in SPEAKS_FOR else _within(said, column)


def never_award(heading: str) -> bool:
    """Whether a heading names an award or a payment that is never the performance award of the report."""
    said = words(heading)
    return any(words(one) <= said for one in _NEVER_AWARD)


def _all(column: str) -> tuple[str, ...]:
    return (*WITHIN.get(column, ()), *ALONE.get(column, ()))


def _within(said: frozenset[str], column: str) -> bool:
    return any(words(one) <= said for one in WITHIN.get(column, ()))
