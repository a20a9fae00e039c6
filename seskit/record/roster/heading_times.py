"""What a heading says of time: of which year or day it is, and whether it is of an earlier year or step than another."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from time import strptime

from seskit.formats.days import long_date
from seskit.law.facts import Unreadable, day
from seskit.law.report.dates import base_pay_day
from seskit.record.agency import Agency
from seskit.record.roster import printed
from seskit.record.roster.usual_headings import PAYS, words

#: What a heading says of a figure that another one took the place of.
_EARLIER = frozenset(
    ("prior", "previous", "prev", "former", "last", "old", "before", "begin", "beginning", "beg", "boy", "start", "from", "initial",
     "proposed", "recommended", "recommendation", "rec", "requested", "nominated", "self", "draft", "target", "max", "maximum", "min",
     "minimum", "budget", "estimated", "midyear", "mid", "progress", "supervisor", "sup", "element", "critical", "results")
)  # fmt: skip
_ANOTHER_TIME = frozenset(("prior", "previous", "prev", "former", "last", "old", "proposed", "recommended", "requested", "nominated", "initial",
                           "self", "draft", "target", "max", "maximum", "prb"))  # fmt: skip
_AWARDS = frozenset(("award", "awards", "bonus", "bonuses"))
#: Words of the last step, beside which those of a board say whose decision it was.
_DECIDED = frozenset(("final", "approved"))
_SPAN = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-\u2013/]\s*((?:19|20)?\d\d)(?![\d/-])")
_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?!\d)|(?:(?<=[/.-]\d\d[/.-])|(?<=[/.-]\d[/.-])|(?<=fy)\s*'?)(\d\d)(?!\d)", re.I
)
_FISCAL = re.compile(
    r"\b(?:FY|fiscal year)\s*'?((?:19|20)\d\d|\d\d)(?!\d)(?:\s*[-\u2013/]\s*((?:19|20)\d\d|\d\d)(?!\d))?", re.IGNORECASE
)
_DAYS = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d\d)(?!\d)|\d{1,2}[ -][a-z]{3,9}\.?[ -](?:\d{4}|\d\d)(?!\d)|[a-z]{3,9}\.? \d{1,2},? \d{4}|\d{4}-\d\d-\d\d",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ReportDays:
    """The fiscal year of a report, and the last of the days for which each pay column is, as far as they are known."""

    fiscal_year: int
    pays: Mapping[str, date]

    @property
    def years(self) -> frozenset[int]:
        """The years by which people call what the report is about: that of its cycle, and that in which it is paid."""
        ends = [self.pays[PAYS[1]].year] if PAYS[1] in self.pays else []
        return frozenset((self.fiscal_year, self.fiscal_year + 1, *ends))


def of_agency(agency: Agency) -> ReportDays:
    """The days of an agency's report."""
    ends = [plan.period_end for plan in agency.plans]
    bases = [base_pay_day(plan.awards.paid_in) for plan in agency.plans if plan.awards.paid_in]
    found = {column: max(days) for column, days in zip(PAYS, (bases, ends), strict=True) if days}
    return ReportDays(agency.fiscal_year, found)


@lru_cache(maxsize=1 << 12)
def year(heading: str) -> int:
    """The year that a heading names, the last of a span; 0 where it names none."""
    if span := _SPAN.search(heading):
        return int(span[2]) if len(span[2]) > 2 else int(span[1][:2] + span[2])
    found = _YEAR.search(heading.replace("_", " "))
    if not found:
        return 0
    return int(found[1]) if found[1] else _of_two_digits(found[2])


def fiscal_years(texts: Sequence[str]) -> frozenset[int]:
    """The fiscal years that lines above a table name."""
    given = (one for text in texts for found in _FISCAL.findall(text) for one in found if one)
    return frozenset(int(one) if len(one) > 2 else _of_two_digits(one) for one in given)


def _of_two_digits(text: str) -> int:
    return strptime(text, "%y").tm_year


@lru_cache(maxsize=1 << 12)
def day_of(heading: str) -> date | None:
    """The whole day that a heading names: Base Pay 30-JUN-2022, Salary as of 9/30/21; None where it names none."""
    found = _DAYS.search(re.sub(r"(?<=\d)_(?=\d)", "/", heading).replace("_", " ").replace("\n", " "))
    if not found:
        return None
    forms = [form.read(found[0], {}) for form in printed.FORMS["rating_date"]]
    for text in filter(None, (found[0], *forms)):
        try:
            return day(text)
        except Unreadable:
            continue
    return None


def stands_before(heading: str, used: str, report: ReportDays | None = None) -> bool:
    """Whether a heading's words say that it is of another time or step than the one that is read: that of the report's year, or else
    the later.

    A heading that is read and names no year is of the report's.
    """
    if _is_share(heading) and not _is_share(used):
        return True
    mine, theirs = year(heading), year(used)
    if mine and theirs and mine != theirs:
        own = report.fiscal_year if report else 0
        if own not in (mine, theirs):
            return mine < theirs
        # An award may be called by the year in which it is paid.
        return theirs == own and not (mine == own + 1 and words(heading) & _AWARDS)
    if mine and not theirs and report and mine < report.fiscal_year:
        return True
    return bool(words(heading) & _EARLIER) and not words(used) & _EARLIER


def _is_share(heading: str) -> bool:
    """Whether a heading is of a percentage, beside which another one is of the amount."""
    return "%" in heading or bool(words(heading) & {"percent", "percentage", "pct"})


def latest(headings: Sequence[str], report: ReportDays | None = None) -> list[str]:
    """Of headings that may be one column, those that no other one of them took the place of."""
    return [one for one in headings if not any(stands_before(one, other, report) for other in headings)]


def of_another_time(column: str, heading: str, report: ReportDays | None = None) -> str:
    """What a heading that is read says of being of another year, day or step than the report's; empty where nothing."""
    if column not in ("rating", "award", *PAYS):
        return ""
    said = re.findall(r"[a-z]+", heading.lower())
    if word := next((one for one in said if one in _ANOTHER_TIME and not (one == "prb" and _DECIDED & {*said})), ""):
        return word
    if report is None:
        return ""
    on, wanted = day_of(heading) if column in PAYS else None, report.pays.get(column)
    if on and wanted:
        return "" if on in report.pays.values() else long_date(on)
    known = report.years | ({wanted.year} if wanted else set())
    return str(named) if (named := year(heading)) and named not in known else ""
