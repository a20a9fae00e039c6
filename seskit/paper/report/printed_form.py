"""What each box of the paper form says, in print: one text per box, for the PDF and the web page alike.

Wording, order and blanks are those of the printed form. A box left blank holds an empty text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from seskit.formats.counts import number_of
from seskit.formats.days import long_date, long_month
from seskit.formats.sheets.blocks import Piece
from seskit.law.awards import pool_shares
from seskit.law.clocks import fiscal_year_end
from seskit.law.facts import dollars
from seskit.law.parameters import figure, first_day
from seskit.law.rate_range import open_range_day
from seskit.law.report.editions import supplementary
from seskit.record.agency import PATTERNS, Agency, Plan
from seskit.record.alike import Alike, alike
from seskit.record.problem import Problem
from seskit.record.roster.columns import reasons_in_words
from seskit.work.report import proof, readings
from seskit.work.report.forms import APPOINTEES, LEVELS, Form, PayRow
from seskit.work.report.package import ReportPackage, SupplementRow

SEE_PLANS = "See plan forms"
SSN = "SSN:"
BY_HAND = "Social Security numbers are written by hand on the printed sheet, and are in no file."
PERSONAL = "Contains personal information: keep separate from the forms, and send it protected."
#: So many of the percentage levels are in the left half of their item.
LEFT = len(LEVELS) // 2
#: Problems printed of each kind; a roster with thousands has them all in problems.json.
MOST = 300


@dataclass(frozen=True)
class FormOnPaper:
    """One form as it is printed."""

    key: str
    title: str
    plan: str
    heading: str
    basis: str
    number: str
    agency: str
    period_from: str
    period_to: str
    paid_in: str
    pay_as_of: str
    pay_rows: tuple[tuple[str, str, str, str], ...]
    pool: tuple[Piece, ...]
    paid: tuple[Piece, ...]
    levels: tuple[tuple[str, str], ...]
    awards: tuple[Piece, ...]
    appointees: tuple[str, ...]
    ratings: tuple[tuple[str, str, str, str, str], ...]
    footnotes: tuple[str, ...]
    #: What the items hold that the edition has beyond those of every one, by number.
    added: Mapping[str, str]


@dataclass(frozen=True)
class Printed:
    """A problem in words that may leave the agency: the place and what to do, never the cell's own content."""

    where: str
    reason: str
    fix: str


@dataclass(frozen=True)
class Cover:
    """What a reader should know before the forms."""

    title: str
    agency: str
    status: str
    due: str
    look_at: tuple[str, ...]
    contents: tuple[tuple[str, str], ...]
    errors: tuple[Printed, ...]
    warnings: tuple[Printed, ...]
    more_errors: int
    more_warnings: int


@dataclass(frozen=True)
class SupplementSheet:
    """The supplementary form of one plan."""

    key: str
    plan: str
    agency: str
    period_ending: str
    #: Row by row and column by column, the lines of each box.
    rows: tuple[tuple[tuple[str, ...], ...], ...]


def paper(form: Form, agency: Agency) -> FormOnPaper:
    """The printed text of every box of a form."""
    options = agency.options
    four = options.item_4_year == "four_digits"
    used = form.edition
    return FormOnPaper(
        key=form.key,
        title=form.title,
        plan=next((plan.name for plan in agency.plans if plan.id == form.plan), ""),
        heading=used.heading.format(year=agency.fiscal_year),
        basis=used.basis[form.form],
        number=used.number.format(form=form.form),
        agency=form.agency,
        period_from=mmddyy(form.period[0]) if form.period else SEE_PLANS,
        period_to=mmddyy(form.period[1]) if form.period else SEE_PLANS,
        paid_in=_paid_in(form, agency),
        pay_as_of=_pay_as_of(form, four_digits=four),
        pay_rows=tuple(_pay_rows(form)),
        pool=_pool(form, agency),
        paid=_paid(form, used.base_line, as_fraction=options.item_6_percent == "fraction"),
        levels=tuple(_levels(form)),
        awards=(
            Piece(_number(form.awards_number), True),
            Piece("or"),
            Piece(_number(form.awards_percent), True),
            Piece(f"% {used.awards_line}"),
        ),
        appointees=tuple(str(form.appointees[column]) for column in APPOINTEES),
        ratings=tuple(_ratings(form, used.first_day)),
        footnotes=form.footnotes,
        added={one.number: proof.added_text(form, one.formula) for one in used.added if one.formula},
    )


def clean(form: Form) -> Form:
    """The form as it is sent: without the readings, but with the note an Inspector General form needs."""
    note = readings.inspector_note(form)
    return replace(form, footnotes=(note,) if note else ())


def _paid_in(form: Form, agency: Agency) -> str:
    if form.paid_in:
        return long_month(form.paid_in)
    if "paid_in" not in form.blanks:
        return SEE_PLANS
    # The month and the awards are blank for one reason only where nothing is paid; pending awards give the month another.
    unpaid = form.blanks["paid_in"] == form.blanks.get("awards")
    return "none" if unpaid and agency.options.item_3_without_awards == "none" else ""


def _pay_as_of(form: Form, *, four_digits: bool) -> str:
    if form.pay_as_of is None:
        return "" if form.pay_rows is None else SEE_PLANS.lower()
    year = f"{form.pay_as_of:%Y}" if four_digits else f"{form.pay_as_of:%y}"
    return f"{form.pay_as_of:%B} {form.pay_as_of.day}, {year}"


def _pay_rows(form: Form) -> Iterator[tuple[str, str, str, str]]:
    rows = form.pay_rows or {}
    labels, on = pay_labels(form), _pay_day(form)
    levels, opened = [str(level) for level in range(1, 7)], open_range_day()
    if on < opened or any(level in rows for level in levels):
        yield from (_pay_row(labels[level], rows.get(level)) for level in levels)
    if on >= opened or "range" in rows:
        yield _pay_row(labels["range"], rows.get("range"))
    yield _pay_row(labels["presidential"], rows.get("presidential"))
    yield _pay_row(form.edition.rows["aggregate"], form.aggregate)


def pay_labels(form: Form) -> dict[str, str]:
    """What the rows of the base pay are called on one form."""
    levels = {str(level): str(level) for level in range(1, 7)}
    rows = form.edition.rows
    one = rows["range" if _pay_day(form) >= open_range_day() else "no_level"]
    return levels | {"range": one, "presidential": rows["presidential"]}


def _pay_day(form: Form) -> date:
    return form.pay_as_of or (form.period[1] if form.period else form.edition.first_day)


def _pay_row(label: str, row: PayRow | None) -> tuple[str, str, str, str]:
    if row is None:
        return label, "", "", ""
    return label, str(row.number), "" if row.base_pay is None else dollars(row.base_pay), dollars(row.total)


def _pool(form: Form, agency: Agency) -> tuple[Piece, ...]:
    average = form.form == "1558A"
    base = form.aggregate.total if form.aggregate else None
    words = "aggregate"
    if average and agency.options.form_1558a_pool == "average":
        words = "average"
        base = base / form.aggregate.number if base and form.aggregate else base
    recorded = first_day("awards.pool.share_of_aggregate")
    unpaid = max(fiscal_year_end(agency.fiscal_year), recorded)
    shares = pool_shares(unpaid if form.pool is None else _paid_on(form, agency))
    share = f"{shares[average] / 100:.2f}".removeprefix("0")
    return (
        Piece(f"{share} × $"), Piece(_bare(base), True),
        Piece(form.edition.base_line.format(base=words)), Piece(_bare(form.pool, cents=True), True),
    )  # fmt: skip


def _paid_on(form: Form, agency: Agency) -> date:
    months = [plan.awards.paid_in for plan in agency.plans if plan.pattern == form.pattern and plan.awards.paid_in]
    return date.fromisoformat(f"{form.paid_in or max(months)}-01")


def _paid(form: Form, base_line: str, *, as_fraction: bool) -> tuple[Piece, ...]:
    percent = form.paid_percent
    if as_fraction and percent is not None:
        percent = (percent / 100).quantize(Decimal("0.0001"))
    base = form.aggregate.total if form.aggregate and form.paid_amount is not None else None
    return (
        Piece(_number(percent), True), Piece("× $" if as_fraction else "% × $"), Piece(_bare(base), True),
        Piece(base_line.format(base="aggregate")), Piece(_bare(form.paid_amount, cents=True), True),
    )  # fmt: skip


def _levels(form: Form) -> Iterator[tuple[str, str]]:
    for level in LEVELS:
        yield str(level), "" if form.levels is None else str(form.levels[level])
    yield form.edition.rows["total"], "" if form.levels is None else str(sum(form.levels.values()))


def _ratings(form: Form, used_from: date) -> Iterator[tuple[str, str, str, str, str]]:
    names = figure("report.level_names", used_from).value
    allowed = PATTERNS[form.pattern]
    for level, row in form.ratings.items():
        label = f"{level} ({names[level]})" if names[level] else str(level)
        # A level the pattern lacks prints empty; a count there is a fault, and is shown.
        counts = [str(row[column]) if level in allowed or row[column] else "" for column in APPOINTEES]
        yield label, form.edition.mark if level == form.highest else "", *counts  # type: ignore[misc]
    yield form.edition.rows["total"], "", *(str(form.rating_totals[column]) for column in APPOINTEES)  # type: ignore[misc]


def cover(report: ReportPackage) -> Cover:
    """The summary before the forms: the agency, final or draft, when due, what to look at."""
    agency = report.agency
    errors = [problem for problem in report.problems if problem.severity == "error"]
    warnings = [problem for problem in report.problems if problem.severity == "warning"]
    status = readings.final_words(agency)
    if errors:
        status = f"DRAFT: not to be sent. {number_of(len(errors), 'problem')} to be solved first, listed below."
    return Cover(
        title=f"SES performance ratings and awards report, fiscal year {agency.fiscal_year}",
        agency=agency.name,
        status=status,
        due=_due(report),
        look_at=tuple(_look_at(report, len(warnings))),
        contents=tuple(
            (form.title, long_date(form.due_date) if form.due_date else "Not known yet") for form in report.forms
        ),
        errors=tuple(_findings(alike(errors)[:MOST])),
        warnings=tuple(_findings(alike(warnings)[:MOST])),
        more_errors=_unlisted(errors),
        more_warnings=_unlisted(warnings),
    )


def _due(report: ReportPackage) -> str:
    days = [form.due_date for form in report.forms]
    known = [day for day in days if day]
    if len(known) < len(days):
        return "Not every due date is known yet; see the list of forms."
    if min(known) == max(known):
        return f"Due to OPM by {long_date(known[0])}."
    return f"Due to OPM form by form: the first by {long_date(min(known))}, the last by {long_date(max(known))}."


def _look_at(report: ReportPackage, warnings: int) -> Iterator[str]:
    if other := readings.other_layout(report.agency):
        yield other
    if warnings:
        yield f"{number_of(warnings, 'warning')}: look at each before sending."
    if report.supplement:
        rows = number_of(len(report.supplement), "executive")
        yield f"{rows} rated below fully successful: the supplementary form, a separate file, holds personal information."
        if not report.earlier_known:
            yield (
                "No rating of an earlier year is on record beside the roster (history.csv), so it is not known whether two weak "
                "ratings call for removal from the SES (5 U.S.C. 4314(b)(3), (4))."
            )
    blank = sum(1 for form in report.forms if form.blanks)
    if blank:
        yield f"{number_of(blank, 'form')} with boxes left blank: the proof says why."
    yield from map(str, report.limits)
    if any(form.scope == "ig" for form in report.forms):
        yield "The Inspector General form shows a part of the plan forms; it is never added to them."
    yield "Footnotes name each reading of the instructions that was used; all readings are at the end."
    told = report.account is not None
    yield from (note for note in report.notes if not (told and note in report.agreed))


def _unlisted(problems: Sequence[Problem]) -> int:
    """How many problems are not among the kinds that are printed."""
    return sum(len(kind.problems) for kind in alike(problems)[MOST:])


def _findings(kinds: Sequence[Alike]) -> Iterator[Printed]:
    for kind in kinds:
        reason = kind.first.filed_reason[:1].upper() + kind.first.filed_reason[1:].rstrip(".") + "."
        yield Printed(kind.where[:1].upper() + kind.where[1:], reason, kind.first.fix)


def supplement_status(report: ReportPackage) -> str:
    """How the supplementary forms stand: final, or a draft and why."""
    if report.final:
        return readings.final_words(report.agency)
    return f"DRAFT: not to be sent. {number_of(len(report.blocking), 'problem')} to be solved first, listed with the forms."


def supplement_title(agency: Agency) -> str:
    """What the file of the supplementary forms is called."""
    return f"SES performance ratings and awards report, supplementary information, fiscal year {agency.fiscal_year}"


def supplement(report: ReportPackage) -> list[SupplementSheet]:
    """The supplementary form of every plan that has someone rated below fully successful."""
    used, sheets = supplementary(report.agency.fiscal_year), []
    names = figure("report.level_names", used.first_day).value
    for plan_id, rows in groupby(report.supplement, key=lambda row: row.plan):
        plan = report.agency.plan(plan_id)
        printed = [entries(row, names) for row in rows]
        lines = tuple(tuple(tuple(one[held] for held in box.holds) for box in used.columns) for one in printed)
        ending = mmddyy(plan.period_end)
        sheets.append(SupplementSheet(plan.id, _plan_words(plan), report.agency.name, ending, lines))
    return sheets


def _plan_words(plan: Plan) -> str:
    return f"Plan {plan.id}, {plan.name}" if plan.name else f"Plan {plan.id}"


def entries(row: SupplementRow, names: Mapping[int, str]) -> dict[str, str]:
    """What is known of one executive, entry by entry, as the columns of an edition hold it."""
    reason = reasons_in_words(row.removal_reason) if row.removal_reason else ""
    dated = ", ".join(filter(None, (row.action, mmddyy(row.action_date))))
    return {
        "name": row.name or "",
        "ssn": SSN,
        "rating": f"{row.rating} ({names[row.rating]})",
        "rated_on": mmddyy(row.rating_date),
        "pay_decrease": {True: "Yes", False: "No", None: ""}[row.pay_decreased],
        "action": f"{row.action or 'action to be added'}: {reason}" if reason else row.action or "",
        "acted_on": mmddyy(row.action_date),
        "action_dated": f"{dated}; reason: {reason}" if reason else dated,
    }


def mmddyy(day: date | None) -> str:
    """A date as the form asks for it."""
    return f"{day:%m/%d/%y}" if day else ""


def _number(value: Decimal | int | None) -> str:
    return "" if value is None else format(value, "f") if isinstance(value, Decimal) else str(value)


def _bare(amount: Decimal | None, *, cents: bool = False) -> str:
    if amount is None:
        return ""
    return f"{amount:,.2f}" if cents or amount != amount.to_integral_value() else f"{amount:,.0f}"
