"""Kinds of fact: how each is read from what a person types, and the sentence said when it cannot be.

The same reading serves the Python call, the command line, the panels, the batch parameters and the roster.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any, Literal

from seskit.formats import strict_yaml
from seskit.formats.refusals import FactError as FactError
from seskit.formats.refusals import near as near
from seskit.formats.refusals import suggestion as suggestion
from seskit.formats.typed import Unreadable as Unreadable
from seskit.formats.typed import whole as whole
from seskit.formats.typed import yes_no as yes_no

NOT_KNOWN = "not known"
#: The years in which a day can be, in files and as facts alike.
YEARS = range(strict_yaml.FIRST_YEAR, strict_yaml.LAST_YEAR + 1)


@dataclass(frozen=True)
class Fact:
    """What a panel, the command line and the schema say about one fact.

    `happened` marks a day that lies behind the as-of date, and `after` names the days it follows. `zero` says whether 0 makes
    sense; where it is left out, it does for all but a yearly rate.
    """

    label: str
    help: str = ""
    unit: str = ""
    happened: bool = False
    after: tuple[str, ...] = ()
    zero: bool | None = None


#: No amount of the subject comes near it; below it cents are kept exactly.
TOO_MUCH = Decimal(10) ** 13
#: A difference between an amount held and its whole cents that only comes from how computers add; in dollars.
_NOISE = Decimal("0.00001")
CENT = Decimal("0.01")
#: Digits are those of a keyboard: others look alike and are not taken for them.
_AMOUNT = re.compile(r"\$?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$", re.ASCII)
_US_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})$", re.ASCII)
_SHORT_DAY = re.compile(r"\d{1,2}([/.-])(?:\d{1,2}|[A-Za-z]{3,9})\1\d{2}$", re.ASCII)
_A_DAY = "write for example 8/15/2004, August 15, 2004 or 2004-08-15"
#: The Senior Executive Service began in 1979: two digits of a year mean none before it.
_FIRST_SHORT = 79
_WITH_TIME = re.compile(
    r"(\d[\dA-Za-z/.-]*\d)[ T](\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AP]M)?)$", re.IGNORECASE | re.ASCII
)
_MIDNIGHT = re.compile(r"(0?0|12(?=.*AM)):00(:00(\.0+)?)?( ?AM)?$", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})-(\d{2})$", re.ASCII)
#: As Americans write a day and a month, as our own papers print them, and as payroll systems export them.
_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})\.?\s*(\d{1,2})(?:st|nd|rd|th)?(?:,\s*|\s+)(\d{4})$", re.ASCII)
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s-]*([A-Za-z]{3,9})\.?,?[\s-]*(\d{4})$", re.ASCII)
_US_MONTH = re.compile(r"(\d{1,2})/(\d{4})$", re.ASCII)
_LONG_MONTH = re.compile(r"([A-Za-z]{3,9})\.?,? (\d{4})$", re.ASCII)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip


def money(value: Any) -> Decimal:
    """Read an amount in dollars: 129800, 129,800.50 or $129,800; never negative."""
    if isinstance(value, bool):
        raise Unreadable("is not an amount in dollars", "write for example 129800 or $129,800")
    text = str(value).strip()
    if text.startswith(("-", "(")) and any(c.isdigit() for c in text):
        raise Unreadable("is negative", "an amount in dollars cannot be less than zero")
    if isinstance(value, Decimal | float) and text.replace("E", "").replace("+", "").replace(".", "").isdigit():
        return _in_bounds(Decimal(text))
    found = _AMOUNT.fullmatch(text)
    if not found:
        raise Unreadable("is not an amount in dollars", "write for example 129800 or $129,800")
    amount = _in_bounds(Decimal(text.replace("$", "").replace(",", "").strip()))
    return _whole_cents(amount, len(found[2] or ""))


def change(value: Any) -> Decimal:
    """Read a change in dollars: 4300 up; -3700, $-3,700 or (3,700) down."""
    if isinstance(value, bool):
        return money(value)
    plain_text = str(value).strip().replace("\N{MINUS SIGN}", "-")
    if plain_text.startswith("(") and plain_text.endswith(")"):
        return -money(plain_text[1:-1])
    if plain_text.startswith(("-", "$-")):
        return -money(plain_text.replace("-", "", 1))
    return money(value if plain_text == str(value) else plain_text)


def _in_bounds(amount: Decimal) -> Decimal:
    if amount >= TOO_MUCH:
        raise Unreadable("has more than 13 digits before the point", "check whether amounts have run together")
    return amount


def _whole_cents(amount: Decimal, decimals: int) -> Decimal:
    """The amount, without what is far less than a cent; three digits after the point may be thousands, and are refused."""
    if decimals <= 2:
        return amount
    if decimals == 3:
        reason = "is not an amount in dollars: it has three digits after the point"
        raise Unreadable(reason, "write cents with two digits, and thousands with a comma")
    cents = amount.quantize(CENT, ROUND_HALF_UP)
    if abs(amount - cents) >= _NOISE:
        fix = "Round it to cents, in a formula with ROUND(..., 2) around it, or write the amount itself."
        raise Unreadable("has a fraction of a cent", "round it to cents", fix=fix)
    return cents


def percent(value: Any) -> Decimal:
    """Read a percentage: 12.74 or 12.74%; never negative."""
    text = str(value).strip().removesuffix("%").strip()
    number = Decimal(text) if _NUMBER.fullmatch(text) else Decimal(-1)
    if isinstance(value, bool) or not 0 <= number < TOO_MUCH:
        raise Unreadable("is not a percentage", "write for example 12.74")
    return number


def day(value: Any) -> date:
    """Read a date that can mean one day alone: 2004-08-15, 8/15/2004, August 15, 2004 or 15-AUG-2004.

    Midnight may stand behind it, as spreadsheet programs write it.
    """
    if isinstance(value, date) and not isinstance(value, datetime):
        return _in_reach(value)
    text = " ".join(str(value).split())
    if timed := _WITH_TIME.match(text):
        if not _MIDNIGHT.match(timed[2]):
            raise Unreadable(f"has a time of day, {timed[2]}, beside the date", "write the date alone")
        text = timed[1]
    if found := _YEAR_FIRST.match(text):
        year, month, number = int(found[1]), int(found[3]), int(found[4])
    elif found := _US_DAY.match(text):
        month, number, year = (int(part) for part in found.groups())
    elif (found := _MONTH_DAY.match(text)) and (month := month_named(found[1])):
        number, year = int(found[2]), int(found[3])
    elif (found := _DAY_MONTH.match(text)) and (month := month_named(found[2])):
        number, year = int(found[1]), int(found[3])
    else:
        if _SHORT_DAY.match(text):
            raise Unreadable("has a year of two digits", "write all four, for example 8/15/2004")
        raise Unreadable("is not a date", _A_DAY)
    try:
        return _in_reach(date(year, month, number))
    except ValueError as failure:
        if isinstance(failure, Unreadable):
            raise
        raise Unreadable("is not a day in the calendar", "check the month and the day") from None


def _in_reach(value: date) -> date:
    if value.year not in YEARS:
        raise Unreadable(f"is in the year {value.year}", f"give a day from {YEARS[0]} to {YEARS[-1]}")
    return value


def calendar_year(value: Any) -> int:
    """Read a calendar or fiscal year in four digits."""
    try:
        number = whole(value)
    except Unreadable:
        raise Unreadable("is not a year", "write four digits, for example 2003") from None
    if number not in YEARS:
        hint = f"give a year from {YEARS[0]} to {YEARS[-1]}, in four digits"
        raise Unreadable("is not a year this work covers", hint)
    return number


def four_digits(year: str) -> str:
    """A year of two digits in all four, where a person who types it is there to see how it is read."""
    return year if len(year) != 2 else f"{19 if int(year) >= _FIRST_SHORT else 20}{year}"


def month_named(word: str) -> int:
    """The number of a month by its name, whole or cut short to three letters or more; 0 where it is none."""
    found = (number for number, name in enumerate(_MONTHS, 1) if len(word) > 2 and name.startswith(word.lower()))
    return next(found, 0)


def month(value: Any) -> str:
    """Read a month: 2002-12, 12/2002 or December 2002."""
    if isinstance(value, date):
        return f"{_in_reach(value):%Y-%m}"
    text = str(value).strip()
    if found := _MONTH.match(text):
        year, number = int(found[1]), int(found[2])
    elif found := _US_MONTH.match(text):
        number, year = int(found[1]), int(found[2])
    elif found := _LONG_MONTH.match(text):
        number, year = month_named(found[1]), int(found[2])
    else:
        number = year = 0
    if not 1 <= number <= 12:
        raise Unreadable("is not a month", "write for example 12/2002, December 2002 or 2002-12")
    _in_reach(date(max(year, 1), 1, 1))
    return f"{year:04}-{number:02}"


def one_of(value: Any, choices: Iterable[str]) -> str:
    """Read a choice, in any case; name the nearest one when it is not there."""
    listed = list(choices)
    text = " ".join(str(value).split())
    for choice in listed:
        if text.lower() == choice.lower():
            return choice
    raise Unreadable(f"is not one of {', '.join(listed)}", meant=near(text, listed))


def short_code(value: Any) -> str:
    """Read a word that names files: letters or digits alone."""
    text = str(value).strip()
    if not text.isalnum():
        raise Unreadable("has other signs than letters or digits", "write these alone, for example DPW")
    return text


def rating_level(value: Any) -> int:
    """Read a summary rating level, 1 to 5."""
    text = str(value).strip().removesuffix(".0")
    if isinstance(value, bool) or text not in {"1", "2", "3", "4", "5"}:
        raise Unreadable("is not a rating level", "levels are 1 (unsatisfactory) to 5")
    return int(text)


def dollars(value: Decimal | int) -> str:
    """An amount as people write it: $129,800 or $87,540.25."""
    amount = Decimal(value)
    return f"${amount:,.0f}" if amount == amount.to_integral_value() else f"${amount:,.2f}"


def plain(value: Decimal) -> Decimal:
    """The same amount without trailing zeros: 9005, not 9005.00."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


@dataclass(frozen=True)
class Reads:
    """How a kind of fact is read, and how its schema calls it; pydantic is loaded where it builds something of it."""

    read: Callable[[Any], Any]
    schema: Mapping[str, Any]
    as_text: bool = False

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """For pydantic: read with the function; where wanted, given out as text."""
        from pydantic import PlainValidator
        from pydantic_core import core_schema

        made: Any = PlainValidator(self.read).__get_pydantic_core_schema__(source, handler)
        if self.as_text:
            made["serialization"] = core_schema.plain_serializer_function_ser_schema(str)
        return made

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> dict[str, Any]:
        """For pydantic: the kind in a JSON Schema."""
        return dict(self.schema)

    def __hash__(self) -> int:
        return hash(self.read)


Money = Annotated[Decimal, Reads(money, {"type": "string", "format": "decimal", "minimum": 0}, as_text=True)]
Change = Annotated[Decimal, Reads(change, {"type": "string", "format": "decimal"}, as_text=True)]
Percent = Annotated[Decimal, Reads(percent, {"type": "string", "format": "decimal"}, as_text=True)]
Day = Annotated[date, Reads(day, {"type": "string", "format": "date"})]
Month = Annotated[str, Reads(month, {"type": "string", "pattern": r"^\d{4}-\d{2}$"})]
YesNo = Annotated[bool, Reads(yes_no, {"type": "boolean"})]
Whole = Annotated[int, Reads(whole, {"type": "integer", "minimum": 0})]
CalendarYear = Annotated[int, Reads(calendar_year, {"type": "integer", "minimum": YEARS[0], "maximum": YEARS[-1]})]
ShortCode = Annotated[str, Reads(short_code, {"type": "string", "minLength": 1})]
RatingLevel = Annotated[int, Reads(rating_level, {"type": "integer", "minimum": 1, "maximum": 5})]

# Facts that many questions share, with the field's own words.
AppointmentType = Literal["career", "noncareer", "limited_term", "limited_emergency", "presidential"]
AsOf = Annotated[Day, Fact("As-of date", "The date whose rules apply.")]
PeriodStart = Annotated[Day, Fact("First day of the appraisal period", "The rules of this day apply.")]
Rate = Annotated[Money, Fact("Rate of basic pay", "Yearly rate, without locality pay.", "USD per year")]
Certified = Annotated[
    YesNo | None,
    Fact(
        "Appraisal system certified", "Whether OPM, with OMB's concurrence, has certified the system that covers them."
    ),
]
Group = Annotated[
    Literal["SES", "SL/ST"], Fact("Group", "Senior Executive Service, or senior-level and scientific or professional.")
]
Rating = Annotated[
    RatingLevel | None, Fact("Annual summary rating", "Level 1 (unsatisfactory) to 5; 3 is fully successful.", "level")
]
Appointment = Annotated[
    AppointmentType, Fact("Appointment type", "Presidential is a former career appointee who kept award eligibility.")
]
