"""Where the instructions contradict themselves or are silent: the readings offered, the one used, and its footnote.

The numbers G1 to G17 are those of the product's list of open points; an option in `agency.yaml` changes a reading.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from seskit.formats.counts import number_of
from seskit.formats.days import long_date
from seskit.formats.in_short import joined
from seskit.law.awards import average_share, locality_base_day
from seskit.law.clocks import fiscal_year
from seskit.law.facts import dollars
from seskit.law.rate_range import open_range_day
from seskit.law.report.dates import member_form_year, month_start
from seskit.law.report.editions import Edition, edition
from seskit.record.agency import Agency, Options, Plan
from seskit.work.report.forms import Form, Tally, base_day
from seskit.work.report.numbered_checks import FILLED_TOGETHER

#: How the one footnote begins that an Inspector General form keeps in a clean copy, too.
INSPECTOR = "Inspector General offices"


@dataclass(frozen=True)
class OpenPoint:
    """One open point: the question, the option that settles it (None: one reading only), and each reading in words.

    Question and readings name items of the form by what they hold; an edition gives the numbers.
    """

    code: str
    question: str
    option: str | None
    readings: Mapping[str, str]

    def asked(self, edition: Edition) -> str:
        """The question, with the numbers of an edition."""
        return edition.said(self.question)

    def used(self, options: Options, edition: Edition) -> str:
        """The reading in force, in a sentence, with the other ones named."""
        chosen = getattr(options, self.option) if self.option else next(iter(self.readings))
        others = [words for value, words in self.readings.items() if value != chosen]
        also = f" (other reading: {'; '.join(others)})" if others else ""
        words = self.readings[chosen]
        return edition.said(f"{words[0].upper()}{words[1:]}{also}.")

    def footnote(self, options: Options, edition: Edition) -> str:
        """The reading in force as it stands below a form: the sentence, then the number of the open point."""
        return f"{self.used(options, edition)} [{self.code}]"


READINGS = (
    OpenPoint("G1", "Form 1558A prints .20 of the aggregate in item {pool}, its heading says average", "form_1558a_pool",
            {"average": "item {pool} is 20 percent of the average rate, as the statute says", "as_printed": "item {pool} is 20 percent of the aggregate, as the form prints"}),
    OpenPoint("G2", "Item {base_pay} prints 'September 30, 19__'", "item_4_year",
            {"four_digits": "the year of item {base_pay} is printed with four digits", "two_digits": "the year of item {base_pay} is printed with two digits"}),
    OpenPoint("G3", "The 20 percent method 'will produce a larger pool only' with one career member", None,
            {"snapshot": "rates on the day of item {base_pay} count, for which the statement holds; it can fail for pay actually received over part of a year"}),
    OpenPoint("G4", "Presidential appointees are covered, but items {appointees} and {ratings} have no column for them", "presidential_in_ratings",
            {"career": "Presidential appointees who kept award eligibility are in the Career column of items {appointees} and {ratings}", "exclude": "Presidential appointees are left out of items {appointees} and {ratings}"}),
    OpenPoint("G5", "The denominator of item {awards}", "item_8_denominator",
            {"item_9_career": "item {awards} is a percentage of the career appointees of item {appointees}", "item_4_number": "item {awards} is a percentage of the number in item {base_pay}", "item_10_career": "item {awards} is a percentage of the career appointees rated in item {ratings}"}),
    OpenPoint("G6", "Fractional percentages in item {levels}", "percent_level_rounding",
            {"nearest": "item {levels} takes the nearest whole percent, half up", "truncate": "item {levels} drops the fraction of a percent"}),
    OpenPoint("G7", "Item {paid} prints '._____%'", "item_6_percent",
            {"percent": "item {paid} shows a percentage with two decimals", "fraction": "item {paid} shows a decimal fraction"}),
    OpenPoint("G8", "The pool limit is per agency and year, the form per plan", "pool_cap",
            {"agency_and_year": "the limit binds the agency's plans paid in one fiscal year together; a single plan above its own item {pool} is only flagged", "each_plan": "each plan must stay within its own item {pool}"}),
    OpenPoint("G9", "Inspector General staff are also inside the plan forms", "inspector_general_form",
            {"per_pattern": "the Inspector General form shows a part of the plan forms and is never added to them", "none": "no Inspector General form is made"}),
    OpenPoint("G10", "Whether a pattern with one plan needs an aggregate form", "aggregate_of_single_plan",
            {"yes": "a pattern with one plan gets an aggregate form, identical to the plan's", "no": "a pattern with one plan gets no aggregate form"}),
    OpenPoint("G11", "Two different patterns have four levels", None,
            {"letter": "patterns F and G are aggregated separately, because their highest levels differ"}),
    OpenPoint("G12", "'Percentage on which it was calculated' against the printed .10", "budget_percent",
            {"None": "item {pool} is the statutory ceiling; a lower budget stays off the form"}),
    OpenPoint("G13", "The reason for leaving the SES has no column, and reasons overlap", None,
            {"action": "the reason is printed in the action column; of two, that of unsatisfactory ratings comes first"}),
    OpenPoint("G14", "Payment on both sides of October 1", None,
            {"one_month": "one month of payment per plan fixes the day of item {base_pay}; payments in two fiscal years are reported apart"}),
    OpenPoint("G15", "Item {paid_in} when no awards are paid", "item_3_without_awards",
            {"blank": "item {paid_in} is blank when no awards are paid", "none": "item {paid_in} says 'none' when no awards are paid"}),
    OpenPoint("G16", "'14 days': calendar or working", "due_days",
            {"calendar": "the 14 days are calendar days", "working": "the 14 days are working days"}),
    OpenPoint("G17", "A full Social Security number on paper", None,
            {"by_hand": "the Social Security number is left to be added by hand"}),
)  # fmt: skip
_BY_CODE = {reading.code: reading for reading in READINGS}
_ALWAYS = ("G16",)
_WITH_BASE = ("G2", "G3", "G8", "G12", "G14")
_WITH_AWARDS = ("G5", "G6", "G7")


def footnotes(agency: Agency, scope: str, plans: list[Plan], tallies: Mapping[str, Tally]) -> tuple[str, ...]:
    """What the reader of one form must know of the readings behind it."""
    codes = set(_codes(scope, plans))
    used, options = edition(agency.fiscal_year), _without_budget(agency.options)
    kept = [reading.footnote(options, used) for reading in READINGS if reading.code in codes]
    return (*_particulars(agency, scope, plans, tallies), *kept)


def inspector_note(form: Form) -> str:
    """Why an Inspector General form is on 1558A or shows awards above its own share; empty where neither is so."""
    above = form.pool is not None and form.paid_amount is not None and form.paid_amount > form.pool
    if form.scope != "ig" or not (above or form.form == "1558A"):
        return ""
    basis = average_share(month_start(form.paid_in) if form.paid_in else None)
    method = (
        f"the plan's pool rests on {basis} percent of average pay, so Form 1558A is used; "
        if form.form == "1558A"
        else ""
    )
    share = (
        f"Awards of {dollars(form.paid_amount)} are above it, which" if above and form.paid_amount else "More than it"
    )
    rest = "breaks no limit" if above else "would break no limit"
    said = (
        f"{method}{form.edition.named('pool')} is worked out from the rates of these offices only and is not their limit: the award pool is "
        f"the whole agency's (5 U.S.C. 5384(b)(3)). {share} {rest} by itself."
    )
    return f"{INSPECTOR}: {said}"


def other_layout(agency: Agency) -> str:
    """What to say of a year for which OPM uses another layout than that of the FY 2002 form; nothing for others."""
    if agency.fiscal_year < member_form_year():
        return ""
    return (
        f"This is the layout of the FY 2002 form, not the one OPM uses for fiscal year {agency.fiscal_year}: since June "
        "2005 the form has one row for each member, and later years are collected in OPM's own workbook."
    )


def final_words(agency: Agency) -> str:
    """What forms without a fault are: ready to be sent, or final in their figures where OPM uses another layout."""
    if agency.fiscal_year < member_form_year():
        return "Final: nothing stands in the way of sending the forms."
    return (
        f"Final in its figures. For fiscal year {agency.fiscal_year} OPM uses another layout: file these figures in it."
    )


def final_of_years(years: Iterable[int]) -> str:
    """What final forms of some fiscal years are good for, in a sentence or two."""
    listed = sorted(set(years))
    later = [year for year in listed if year >= member_form_year()]
    if not later:
        return "A final form may be sent."
    those = f"fiscal {'year' if len(later) == 1 else 'years'} {joined([str(year) for year in later])}"
    earlier = "A final form of an earlier year may be sent. " if later != listed else ""
    return (
        f"{earlier}For {those} final means final in its figures: OPM uses another layout, so file these figures in it."
    )


def later_layout(year: int) -> str:
    """What is filed for a fiscal year in the place of the forms of 2002; nothing where it is these forms."""
    if year < member_form_year():
        return ""
    return "One row for each member: the form of June 2005" + (
        "" if year == member_form_year() else ", later OPM's own workbook"
    )


def all_used(options: Options, edition: Edition) -> list[tuple[str, str, str]]:
    """Every open point: its question, the reading used, and its number."""
    kept = _without_budget(options)
    return [(reading.asked(edition), reading.used(kept, edition), reading.code) for reading in READINGS]


def _without_budget(options: Options) -> Options:
    return options.model_copy(update={"budget_percent": "None"})


def _codes(scope: str, plans: list[Plan]) -> Iterator[str]:
    paying = [plan for plan in plans if plan.awards.status != "none"]
    yield from _ALWAYS
    if any(plan.awards.paid_in for plan in paying):
        yield from _WITH_BASE
        if any(plan.pool_basis == "average" for plan in paying):
            yield "G1"
    if any(plan.awards.status == "paid" for plan in paying):
        yield from _WITH_AWARDS
    if len(paying) < len(plans):
        yield "G15"
    if scope == "ig":
        yield "G9"
    if scope == "aggregate":
        yield from ("G11",) if plans[0].pattern in "FG" else ()
        yield from ("G10",) if len(plans) == 1 else ()


def _particulars(agency: Agency, scope: str, plans: list[Plan], tallies: Mapping[str, Tally]) -> Iterator[str]:
    used = edition(agency.fiscal_year)
    base = used.named("base_pay")
    presidential = sum(tallies[plan.id].heads["presidential"] for plan in plans)
    rated = sum(n for plan in plans for (_, kind), n in tallies[plan.id].ratings.items() if kind == "presidential")
    if presidential or rated:
        yield f"{number_of(presidential, 'Presidential appointee')} on the rolls and {rated} rated. {_BY_CODE['G4'].footnote(agency.options, used)}"
    limited = sum((tallies[plan.id].limited for plan in plans if plan.awards.status != "none"), Counter())
    for (rate, most), count in sorted(limited.items()):
        yield (
            f"{number_of(count, 'Presidential appointee')} paid {dollars(rate)}: {base} counts {dollars(most)}, the highest SES rate, "
            "because the roster does not say that full SES basic pay was kept (column ses_pay_kept)."
        )
    if scope == "aggregate" and len(plans) == 1:
        yield f"Identical to plan {plans[0].id}."
    unpaid = [plan.id for plan in plans if plan.awards.status == "none"]
    if scope != "plan" and unpaid and len(unpaid) < len(plans):
        empty, filled = used.named(*FILLED_TOGETHER), used.named("appointees", "ratings")
        yield f"{'Plan' if len(unpaid) == 1 else 'Plans'} {', '.join(unpaid)} paid no awards: nothing is added to {empty}, but their people are in {filled}."
    days = sorted({day for plan in plans if (day := base_day(plan))})
    if len(days) > 1:
        yield f"{base.capitalize()} adds rates of {' and '.join(long_date(day) for day in days)}; no single base pay can be printed."
    if locality_base_day() in days:
        yield f"By law the base of {long_date(locality_base_day())} includes locality pay and law-enforcement adjustments (5 CFR 534.405(b)(2)); the rates are those of the roster."
    if any(day >= open_range_day() for day in days):
        yield f'Since {long_date(open_range_day())} there is one SES pay range: the row "{used.rows["range"]}" replaces the six pay rates, and the layout is that of the FY 2002 form.'
    if len({fiscal_year(day) for day in days}) > 1:
        yield "The plans are paid in different fiscal years, which have separate award pools."
