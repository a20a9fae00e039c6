"""Amounts as systems print them: with a currency, with spaces, as a percentage, as thousands, as a sign for none."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from seskit.law.facts import Unreadable, money, plain
from seskit.law.parameters import parameter
from seskit.record.roster.printed.form import PrintedForm, Row, words_for
from seskit.record.roster.printed.form import plain as alone

BASE = "basic_pay_period_end"
_CENT = Decimal("0.01")
SMALL, _PAY_PERIOD = Decimal(1000), Decimal(9_000)
#: Below it a number is rather an hourly rate than a yearly one in thousands.
_THOUSANDS_FROM = Decimal(95)
#: The same for a number with two decimals, as rates for an hour are printed.
_WITH_CENTS_FROM = Decimal(110)
_NONE = words_for("no_amount")
_ZERO = re.compile(r"(?:USD|US\$|\$)?\s*0+(?:[.,]0+)?", re.I)
_CURRENCY = re.compile(r"(?:USD|US\$|US Dollars?)\s*|\s*(?:USD|US\$|dollars?|\$)|(?:\.-|,-)", re.I)
_SPACED = re.compile(r"\$?\s*\d{1,3}(?:[ '\u2019]\d{3})+(?:\.\d{2})?")
_POINTS = re.compile(r"\$?\s*(\d{1,3}(?:\.\d{3})+)(?:,(\d{2}))?")
_COMMA_CENTS = re.compile(r"\$?\s*(\d+),(\d{2})")
_ODD_COMMAS = re.compile(r"\$?\s*\d[\d,]*(?:\.\d{2})?")
_THOUSANDS = re.compile(r"\$?\s*(\d+(?:\.\d+)?)\s*(?:k|thousand)", re.I)
_YEARLY = re.compile(r"(.+?)\s*(?:per (?:year|annum)|a year|/\s*(?:yr|year)\.?|p\.?\s?a\.?|annual(?:ly)?|yearly)", re.I)
_PERCENT = re.compile(r"(\d{1,2}(?:\.\d+)?)\s*(?:%|percent|pct\.?|per cent)", re.I)
_NUMBER = re.compile(r"\d{1,2}(?:\.\d+)?|0?\.\d+", re.A)
_LETTERS = re.compile(r"[\dOoIl,.$\s]*[OoIl][\dOoIl,.$\s]*")
_NOTED = re.compile(r"(\$?\s*[\d,]+(?:\.\d{2})?)\s*(?:[(\[*#\u2020].*|\*+)")
_QUOTED = re.compile(r"['\"\u2018\u2019\u201c\u201d`](.+?)['\"\u2018\u2019\u201c\u201d`]?")
#: What stands around the digits of an amount in an export, and says nothing else about it.
_AROUND = re.compile(
    r"^['\u2018\u2019`](?=[\d$])|USD|\$|\s|(?:per(?:year|annum)|/(?:yr|year)\.?|(?<=[\d\s])p\.?\s?a\.?)$", re.I
)
_HEADING = re.compile(r"\(\$?[0xX]{3}'?s?\)|\(\$? ?1,?000'?s?\)|\$ ?000|thousand|\(\$?K\$?\)|\$K\b", re.IGNORECASE)
_POWER = re.compile(r"\d(?:\.\d+)?E\+?0?[3-9]", re.I)


def _amount(text: str) -> str | None:
    try:
        read = money(text.strip())
    except Unreadable:
        return None
    return f"{plain(read):f}" if read else None


def bare(text: str) -> str:
    """An amount without its currency, the mark before a text, and the words that say that it is for a year."""
    return _AROUND.sub("", "".join(text.split()))


def says_thousands(heading: str) -> bool:
    """Whether a heading says that the amounts below it are thousands of dollars: Award ($000), Rate in thousands."""
    return bool(_HEADING.search(heading))


def none(text: str) -> str | None:
    """A zero, a dash or a word that says there is none: blank."""
    return "" if text.lower().strip("()") in _NONE or _ZERO.fullmatch(text) else None


def currency(text: str) -> str | None:
    """USD 129,800, 129,800 dollars, 129,800.-"""
    return _amount(_CURRENCY.sub("", text)) if _CURRENCY.search(text) else None


def spaced(text: str) -> str | None:
    """129 800 or 129'800."""
    return _amount(re.sub(r"[ '\u2019]", "", text)) if _SPACED.fullmatch(text) else None


def points(text: str) -> str | None:
    """129.800 or 129.800,00: points between thousands."""
    found = _POINTS.fullmatch(text)
    return _amount(found[1].replace(".", "") + (f".{found[2]}" if found[2] else "")) if found else None


def comma_cents(text: str) -> str | None:
    """9735,00: a comma before the cents."""
    found = _COMMA_CENTS.fullmatch(text)
    return _amount(f"{found[1]}.{found[2]}") if found else None


def odd_commas(text: str) -> str | None:
    """1,29,800: commas at unusual places."""
    return (
        _amount(text.replace(",", ""))
        if "," in text and _ODD_COMMAS.fullmatch(text) and _amount(text) is None
        else None
    )


def thousands(text: str) -> str | None:
    """129.8K."""
    found = _THOUSANDS.fullmatch(text)
    return f"{plain(Decimal(found[1]) * 1000):f}" if found else None


def yearly(text: str) -> str | None:
    """129,800 per year."""
    found = _YEARLY.fullmatch(text)
    return (_amount(found[1]) or currency(found[1])) if found else None


def letters(text: str) -> str | None:
    """1298OO: letters that look like digits."""
    if not _LETTERS.fullmatch(text) or not any(sign.isdigit() for sign in text):
        return None
    return _amount(text.translate(str.maketrans("OoIl", "0011")))


def noted(text: str) -> str | None:
    """9,735 (paid December): the amount before a note."""
    found = _NOTED.fullmatch(text)
    return _amount(found[1]) if found else None


def quoted(text: str) -> str | None:
    """'129800: an amount after a quotation mark."""
    found = _QUOTED.fullmatch(text)
    return _amount(found[1]) if found else None


def power(text: str) -> str | None:
    """1.298E+05."""
    if not _POWER.fullmatch(text):
        return None
    return f"{plain(Decimal(text)):f}"


def _of_rate(percent: Decimal, row: Row) -> str | None:
    rate = _amount(str(row.get(BASE, "")))
    if rate is None or Decimal(rate) < SMALL:
        return None
    return f"{plain((Decimal(rate) * percent / 100).quantize(_CENT, ROUND_HALF_UP)):f}"


def percent(text: str, row: Row) -> str | None:
    """7.5% or 7.5 percent: of the rate on the last day of the period."""
    found = _PERCENT.fullmatch(text)
    return _of_rate(Decimal(found[1]), row) if found else None


def bare_percent(text: str, row: Row) -> str | None:
    """7.5 or 0.075 where a dollar amount would be far too small."""
    if not _NUMBER.fullmatch(text):
        return None
    number = Decimal(text)
    share = number * 100 if number < 1 else number
    least, most = (parameter(f"awards.individual.{end}_share").values[-1].value for end in ("minimum", "maximum"))
    return _of_rate(share, row) if least <= share <= most else None


def in_thousands(text: str) -> str | None:
    """129.8 as a yearly rate."""
    found = re.fullmatch(r"\$?\s*(\d{2,3}(?:\.\d{1,3})?)", text)
    least = _WITH_CENTS_FROM if re.search(r"\.\d\d$", text) else _THOUSANDS_FROM
    return f"{plain(Decimal(found[1]) * 1000):f}" if found and Decimal(found[1]) >= least else None


def award_in_thousands(text: str) -> str | None:
    """12.5 as an award of 12,500."""
    found = re.fullmatch(r"\$?\s*([1-9]\d?(?:\.\d{1,3})?)", text)
    return f"{plain(Decimal(found[1]) * 1000):f}" if found else None


_SHARED = (
    PrintedForm("currency", "an amount with the name of the currency", "take only the amount", alone(currency)),
    PrintedForm("spaces", "an amount with spaces between thousands", "take it without the spaces", alone(spaced)),
    PrintedForm("points", "an amount with periods between thousands", "take the periods as thousands separators", alone(points)),
    PrintedForm("comma-cents", "an amount with a comma before the cents", "take the comma as the decimal point", alone(comma_cents)),
    PrintedForm("odd-commas", "an amount with commas at unusual places", "take it without the commas", alone(odd_commas)),
    PrintedForm("thousands", "an amount in thousands", "take it times one thousand", alone(thousands)),
    PrintedForm("letters", "an amount with letters in place of digits", "take O as zero, and l or I as one", alone(letters)),
    PrintedForm("note", "an amount with a note after it", "take the amount without the note", alone(noted)),
    PrintedForm("quoted", "an amount after a quotation mark", "take it without the mark", alone(quoted)),
    PrintedForm("power", "an amount in powers of ten", "take it as the number it stands for; digits may be cut off", alone(power)),
)  # fmt: skip

AWARDS = (
    PrintedForm("none", "a sign for no award", "leave the cell blank: no award", alone(none)),
    PrintedForm("percent", "a percentage of the rate", f"take it as that share of {BASE}", percent),
    PrintedForm("bare-percent", "a percentage of the rate, without its sign", f"take it as a percentage of {BASE}", bare_percent,
         reads_more=True),
    PrintedForm("in-thousands", "an award in thousands", "take it times one thousand", alone(award_in_thousands), reads_more=True),
    *_SHARED,
)  # fmt: skip

RATES = (
    PrintedForm("none", "a sign for no rate", "leave the cell blank: not on the rolls that day", alone(none)),
    PrintedForm("yearly", "a yearly amount in words", "take only the amount", alone(yearly)),
    PrintedForm("in-thousands", "a yearly rate in thousands", "take it times one thousand", alone(in_thousands), reads_more=True),
    *_SHARED,
)  # fmt: skip

_BAD = (
    (re.compile(r"\d{1,4}[-/]\d{1,2}[-/]\d{1,4}"), "a date"),
    (re.compile(r".*(?:/\s*h(?:r|our)?|per hour|hourly|an hour)\.?", re.I), "an hourly rate"),
    (re.compile(r".*(?:/\s*mo(?:nth)?|per month|monthly|a month)\.?", re.I), "a monthly rate"),
    (re.compile(r".*(?:bi-?weekly|per pay period|/\s*pp)\.?", re.I), "a rate for a pay period"),
    (re.compile(r".*[\u20ac\u00a3\u00a5].*|.*\b(?:EUR|GBP|CAD)\b.*"), "an amount in another currency"),
    (re.compile(r"=.*"), "a formula, not its value"),
    (re.compile(r".*\d\s*[-\u2013]\s*\$?\d.*|.*\d\s+to\s+\$?\d.*"), "a range of amounts"),
    (re.compile(r".*\d\s*[+/&;]\s*\$?\d.*"), "more than one amount"),
    (re.compile(r"(?:~|c\.|ca\.|approx\w*\.?|about|around|abt\.?)\s*\$?\d.*", re.I), "an amount that is not exact"),
    (re.compile(r"ES-?\s?\d|GS-?\s?\d+.*|EX-.*", re.I), "a grade or level, not an amount"),
    (re.compile(r".*\d.*%.*|.*percent.*", re.I), "a percentage"),
    (re.compile(r"[^\d]+"), "words, not an amount"),
)


def looks(text: str) -> str:
    """What an amount that no form can read looks like; nothing where that cannot be said."""
    return next((words for sign, words in _BAD if sign.fullmatch(text)), "")


def looks_rate(text: str) -> str:
    """The same for a rate of pay, of which a number alone may be for an hour, a pay period or a month."""
    if amount := _amount(text):
        periods = ((SMALL, "an hourly rate"), (_PAY_PERIOD, "a rate for a pay period"))
        return next((words for limit, words in periods if Decimal(amount) < limit), "a monthly rate")
    return looks(text)
