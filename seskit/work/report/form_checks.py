"""The numbered checks on filled forms: each says which box, what is wrong and what to do.

They look at the forms alone, so that a form read back from an edited workbook is checked as strictly as a new one.
Checks on single rows of the roster (R06, R16, R19, R20) are in `roster_checks`; `numbered_checks` says what each number holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from seskit.formats.counts import number_of
from seskit.law import rating_levels
from seskit.law.awards import average_share, locality_base_day, pool_shares, spending_limit
from seskit.law.awards import pool as pool_of
from seskit.law.clocks import fiscal_year, fiscal_year_end
from seskit.law.facts import dollars
from seskit.law.parameters import NoRule, figure, latest
from seskit.law.report.dates import month_end, month_start
from seskit.record.agency import PATTERNS, Agency, Plan
from seskit.record.problem import Problem
from seskit.work.report.forms import APPOINTEES, LEVELS, Form, form_pool
from seskit.work.report.numbered_checks import FILLED_TOGETHER

AGREE = "Correct the roster and complete the report again, so that the boxes agree."


@dataclass(frozen=True)
class RowsLeft:
    """Rows that are still to be corrected: how many, the awards in them by plan, and the highest rate on the roster."""

    rows: int
    awards: Mapping[str, Decimal]
    highest: Decimal

    @property
    def words(self) -> tuple[str, str]:
        """What the amount leaves out, and how the limit is meant."""
        return f" without those of {number_of(self.rows, 'row')} with errors", "at most "


def whatever_rows(
    agency: Agency, forms: Sequence[Form], unpaid: tuple[int, Decimal], beside: RowsLeft | None
) -> list[Problem]:
    """What holds however the rows with errors are corrected: what agency.yaml alone says, and a pool passed without them.

    Each of these rows may turn out to add the highest rate to the base of the pool. Without them nothing is said of it.
    """
    found = list(_plans(agency))
    if beside:
        found += _pool_of_year(forms, unpaid, beside)
    return found


def problems(
    agency: Agency,
    forms: Sequence[Form],
    supplement: Sequence[tuple[str, int]],
    unpaid: tuple[int, Decimal] = (0, Decimal(0)),
) -> list[Problem]:
    """Run every check on every form; errors block a final form, warnings ask for a look.

    `unpaid` is how many career appointees the plans without base pay on their forms cover, and their pay: the pool is the agency's.
    """
    found = [problem for form in forms for problem in _on_form(agency, form, forms)]
    found += _pool_of_year(forms, unpaid)
    found += _awarded(agency, forms)
    found += _spending_limit(agency, forms)
    found += _inspector_general(agency, forms)
    found += _supplement_rows(agency, forms, supplement)
    found += _plans(agency)
    return found


def _on_form(agency: Agency, form: Form, forms: Sequence[Form]) -> list[Problem]:
    """What is wrong with one form; of an aggregate only what is not said of the one plan it is made of."""
    found = [problem for check in _EACH for problem in check(agency, form)]
    if form.scope != "aggregate":
        return found
    parts = [part for part in forms if part.scope == "plan" and part.pattern == form.pattern]
    if len(parts) != 1:
        return found
    said = {replace(problem, file=form.title) for problem in _on_form(agency, parts[0], forms)}
    return [problem for problem in found if problem not in said]


def _finding(
    check: str,
    form: Form,
    box: str,
    value: object,
    reason: str,
    fix: str = AGREE,
    warning: bool = False,
    named: bool = False,
) -> Problem:
    given = "" if value is None else f"${value:,.2f}" if isinstance(value, Decimal) else str(value)
    holds, *rest = box.split(", ", 1)
    return Problem(
        None,
        ", ".join((form.edition.named(holds), *rest)),
        given,
        reason,
        fix,
        "warning" if warning else "error",
        form.title,
        check or None,
        named=named,
    )


def _pay_totals(agency: Agency, form: Form) -> Iterator[Problem]:
    for name, row in (form.pay_rows or {}).items():
        if row.base_pay is not None and row.number * row.base_pay != row.total:
            expected = dollars(row.number * row.base_pay)
            yield _finding(
                "R01", form, f"base_pay, row {name}", row.total, f"{row.number} x {dollars(row.base_pay)} is {expected}"
            )


def _pool(agency: Agency, form: Form) -> Iterator[Problem]:
    if form.pay_rows is None:
        return
    paid_in = form.paid_in or max((plan.awards.paid_in or "" for plan in _plans_of(agency, form)), default="")
    expected = form_pool(form.pay_rows, month_start(paid_in), form.form == "1558A", agency.options)
    if form.pool != expected:
        yield _finding(
            "R02",
            form,
            "pool",
            form.pool,
            f"the award pool from {form.edition.named('base_pay')} is {dollars(expected)}",
        )
    if form.paid_amount is not None and form.pool is not None and form.scope == "plan" and form.paid_amount > form.pool:
        binds = agency.options.pool_cap == "each_plan"
        reason = f"awards of {dollars(form.paid_amount)} are more than the plan's own pool of {dollars(form.pool)}"
        fix = (
            "The limit binds the agency's plans of one fiscal year together; see that they stay within it."
            if not binds
            else "Reduce the awards."
        )
        yield _finding("R05", form, "paid", form.paid_amount, reason, fix, warning=not binds, named=True)


def _awardees(agency: Agency, form: Form) -> Iterator[Problem]:
    if form.levels is None:
        return
    total = sum(form.levels.values())
    if form.awards_number != total:
        yield _finding(
            "R07",
            form,
            "awards",
            form.awards_number,
            f"{form.edition.named('levels')} holds {number_of(total, 'awardee')}",
        )
    lowest = figure("awards.individual.lowest_rating", fiscal_year_end(agency.fiscal_year)).value
    entitled = sum(form.ratings[level]["career"] for level in form.ratings if level >= lowest)
    if total > entitled and agency.options.presidential_in_ratings == "career":
        reason = f"{total} awardees, but {entitled} career appointees are rated fully successful or better"
        yield _finding(
            "R08",
            form,
            "levels",
            total,
            reason,
            "Nobody below fully successful may be paid an award; check ratings and awards.",
        )
    if form.awards_percent is not None and form.awards_percent > 100:
        yield _finding(
            "R09",
            form,
            "awards",
            f"{form.awards_percent}%",
            "more awardees than career appointees at the end of the period",
        )
    yield from _plausible(form)


def _plausible(form: Form) -> Iterator[Problem]:
    """Award dollars must lie within what their levels and the lowest and highest base pay allow."""
    rates = [row.base_pay for row in (form.pay_rows or {}).values()]
    if form.period is None or form.pay_as_of != form.period[1] or not rates or None in rates or not form.levels:
        return
    if form.pay_as_of == locality_base_day():
        return  # that base holds locality pay, and an award is a share of the rate without it
    known = [rate for rate in rates if rate is not None]
    half = Decimal("0.5")
    low, high = (figure(f"awards.individual.{end}_share", form.period[1]).value for end in ("minimum", "maximum"))
    least = sum((n * max(level - half, low) for level, n in form.levels.items()), Decimal(0)) * min(known) / 100
    most = sum((n * min(level + 1, high) for level, n in form.levels.items()), Decimal(0)) * max(known) / 100
    if form.paid_amount is not None and not least <= form.paid_amount <= most:
        of = form.edition.said("item {levels} and item {base_pay}")
        reason = f"{of} allow between {dollars(least)} and {dollars(most)}"
        yield _finding(
            "R15",
            form,
            "paid",
            form.paid_amount,
            reason,
            "Check the awards and the rates they are measured on.",
            warning=True,
        )


def _rated(agency: Agency, form: Form) -> Iterator[Problem]:
    for column in APPOINTEES:
        rated = form.rating_totals[column]
        if rated > form.appointees[column]:
            reason = f"{rated} rated, but {form.appointees[column]} on the rolls at the end of the period"
            fix = "Someone was rated and left before the period ended, or a rate on its last day is missing."
            yield _finding("R10", form, f"ratings, {column}", rated, reason, fix, warning=True)
    for level, row in form.ratings.items():
        if level not in PATTERNS[form.pattern] and any(row.values()):
            reason = f"pattern {form.pattern} has no level {level}"
            yield _finding("R11", form, f"ratings, level {level}", sum(row.values()), reason)


def _blanks(agency: Agency, form: Form) -> Iterator[Problem]:
    values = (form.pay_rows, form.pool, form.paid_amount, form.levels, form.awards_number)
    boxes = dict(zip(FILLED_TOGETHER, values, strict=True))
    blank = [holds for holds, value in boxes.items() if value is None]
    pending = any(plan.awards.status == "pending" for plan in _plans_of(agency, form))
    if pending:
        yield _finding(
            "R13",
            form,
            "paid_in",
            None,
            "awards are pending, so the form cannot be final",
            "Complete the report when awards are determined.",
        )
    elif blank and len(blank) < len(boxes):
        yield _finding(
            "R13",
            form,
            blank[0],
            None,
            f"{form.edition.named(*FILLED_TOGETHER)} are only partly filled in",
            "Fill in all of them, or none if no awards are paid.",
        )


def _same_day(agency: Agency, form: Form) -> Iterator[Problem]:
    if form.period is None or form.pay_as_of != form.period[1] or form.aggregate is None:
        return
    unpaid = any(plan.awards.status == "none" for plan in _plans_of(agency, form))
    if (
        not unpaid
        and agency.options.presidential_in_ratings == "career"
        and form.aggregate.number != form.appointees["career"]
    ):
        base, rolls = (form.edition.named(holds) for holds in ("base_pay", "appointees"))
        reason = f"{base} counts {form.aggregate.number} and {rolls} {form.appointees['career']} career appointees on the same day"
        yield _finding(
            "R17",
            form,
            "base_pay",
            form.aggregate.number,
            reason,
            "Compare the two pay columns of the roster.",
            warning=True,
        )


def _method(agency: Agency, form: Form) -> Iterator[Problem]:
    if form.form == "1558A" and form.aggregate and form.aggregate.number > 1 and form.scope == "plan":
        gain = "gives the same pool" if form.aggregate.number == 2 else "gives a smaller pool"
        share = average_share(month_start(form.paid_in) if form.paid_in else None)
        reason = f"with {form.aggregate.number} members the {share} percent method {gain}"
        yield _finding(
            "R18", form, "pool", form.pool, reason, "Consider Form 1558 (pool_basis: aggregate).", warning=True
        )


def _staffed(agency: Agency, form: Form) -> Iterator[Problem]:
    if form.scope == "plan" and not any(
        (form.pay_rows, any(form.appointees.values()), any(form.rating_totals.values()))
    ):
        reason, fix = (
            "the roster has no one in this plan",
            "Check the column 'plan', or remove it from agency.yaml.",
        )
        yield _finding("", form, "appointees", None, reason, fix, warning=True)


_EACH: tuple[Callable[[Agency, Form], Iterator[Problem]], ...] = (
    _pay_totals, _pool, _awardees, _rated, _blanks, _same_day, _method, _staffed,
)  # fmt: skip


def _awarded(agency: Agency, forms: Sequence[Form]) -> Iterator[Problem]:
    """A plan that is said to have paid awards, and of which none is on the roster."""
    paid = {plan.id for plan in agency.plans if plan.awards.status == "paid"}
    for form in forms:
        if form.scope == "plan" and form.plan in paid and not form.paid_amount and any(form.appointees.values()):
            reason = "agency.yaml says that the plan paid awards, and the roster's column award holds none for it that counts"
            fix = "Write the awards into the column award or, if none was paid, status: none in agency.yaml."
            yield _finding("R21", form, "paid", form.paid_amount, reason, fix)


def _pool_of_year(
    forms: Sequence[Form], unpaid: tuple[int, Decimal], beside: RowsLeft | None = None
) -> Iterator[Problem]:
    """The limit of the statute: what was paid in one fiscal year, against the pay of all plans together."""
    years: dict[int, list[Form]] = {}
    for form in forms:
        if form.scope == "plan" and form.paid_in and form.paid_amount is not None and form.aggregate:
            years.setdefault(fiscal_year(month_start(form.paid_in)), []).append(form)
    for year, paid in years.items():
        number = unpaid[0] + sum(form.aggregate.number for form in paid if form.aggregate)
        total = unpaid[1] + sum((form.aggregate.total for form in paid if form.aggregate), Decimal(0))
        amount = sum((form.paid_amount or Decimal(0) for form in paid), Decimal(0))
        share, of_average = pool_shares(month_start(paid[-1].paid_in or ""))
        if beside:
            amount -= sum((beside.awards.get(form.plan or "", Decimal(0)) for form in paid), Decimal(0))
            number, total = number + beside.rows, total + beside.rows * beside.highest
        limit = max(pool_of(total, number, share), pool_of(total, number, of_average, of_average=True))
        if beside:
            limit = max(limit, pool_of(beside.highest, 1, of_average, of_average=True))
        if amount > limit:
            without, most = beside.words if beside else ("", "")
            reason = f"awards paid in fiscal year {year} are {dollars(amount)}{without}; the agency's pool is {most}{dollars(limit)}"
            yield Problem(
                None,
                paid[0].edition.named("paid"),
                f"${amount:,.2f}",
                reason,
                "Reduce the awards to the pool (5 U.S.C. 5384(b)(3)).",
                "error",
                "all plan forms",
                "R04",
                named=True,
            )


def _spending_limit(agency: Agency, forms: Sequence[Form]) -> Iterator[Problem]:
    """Guidance on award spending, over the whole agency's career pay: a warning, never an error."""
    plans = [form for form in forms if form.scope == "plan"]
    total = sum((form.aggregate.total for form in plans if form.aggregate), Decimal(0))
    years: dict[int, list[Form]] = {}
    for form in plans:
        if form.paid_in and form.paid_amount is not None:
            years.setdefault(fiscal_year(month_start(form.paid_in)), []).append(form)
    for year, paid in years.items():
        amount = sum((form.paid_amount or Decimal(0) for form in paid), Decimal(0))
        limit = spending_limit(month_end(max(form.paid_in or "" for form in paid)), total)
        if limit and (text := limit.passed_by(amount, total)):
            fix = f"Keep the written reason with the report, or reduce the awards of fiscal year {year} ({limit.citation})."
            yield Problem(
                None,
                paid[0].edition.named("paid"),
                f"${amount:,.2f}",
                text.rstrip("."),
                fix,
                "warning",
                "all plan forms",
                named=True,
            )


def _inspector_general(agency: Agency, forms: Sequence[Form]) -> Iterator[Problem]:
    for part in (form for form in forms if form.scope == "ig"):
        whole = [form for form in forms if form.scope == "plan" and form.pattern == part.pattern]
        for box, count, limit in _cells(part, whole):
            if count > limit:
                yield _finding("R14", part, box, count, f"more than the {limit} in the plan forms that contain it")


def _cells(part: Form, whole: list[Form]) -> Iterator[tuple[str, int, int]]:
    for name, row in (part.pay_rows or {}).items():
        yield (
            f"base_pay, row {name}",
            row.number,
            sum(f.pay_rows[name].number for f in whole if f.pay_rows and name in f.pay_rows),
        )
    for level in LEVELS:
        yield (
            f"levels, {level} percent",
            (part.levels or {}).get(level, 0),
            sum((f.levels or {}).get(level, 0) for f in whole),
        )
    for column in APPOINTEES:
        yield f"appointees, {column}", part.appointees[column], sum(f.appointees[column] for f in whole)
        for rating, row_ in part.ratings.items():
            yield f"ratings, level {rating}, {column}", row_[column], sum(f.ratings[rating][column] for f in whole)


def _supplement_rows(agency: Agency, forms: Sequence[Form], supplement: Sequence[tuple[str, int]]) -> Iterator[Problem]:
    if agency.options.presidential_in_ratings == "exclude":
        return
    for form in forms:
        if form.scope == "plan":
            listed = sum(1 for plan, _ in supplement if plan == form.plan)
            below = sum(sum(form.ratings[level].values()) for level in rating_levels.below())
            if listed != below:
                shows = form.edition.named("ratings")
                reason = f"{shows} shows {below} rated below fully successful, the supplementary form lists {listed}"
                yield _finding("R12", form, "ratings", below, reason)


def _plans(agency: Agency) -> Iterator[Problem]:
    for number, plan in enumerate(agency.plans, 1):
        if plan.pool_basis == "average" and len(agency.plans) > 1:
            yield Problem(
                None, f"plans.{number}.pool_basis", "average",
                "Form 1558A rests on an agency-wide average and cannot be used with several plans",
                "Write pool_basis: aggregate.", file="agency.yaml", check="R18",
            )  # fmt: skip
        if plan.awards.status != "pending":
            yield from _due_known(number, plan)


def _due_known(number: int, plan: Plan) -> Iterator[Problem]:
    key = "determined_on" if plan.awards.status == "paid" else "ratings_final_on"
    day = plan.awards.determined_on if plan.awards.status == "paid" else plan.awards.ratings_final_on
    if day is None:
        reason, fix = (
            "not given, so the due date is not known",
            f"Write the day the {latest('report.due_days')} days start from.",
        )
    else:
        try:
            figure("report.due_days", day)
            return
        except NoRule as unknown:
            reason, fix = f"gives no due date: {unknown}".rstrip("."), "Ask OPM when this report was due."
    where = f"plans.{number}.awards.{key}"
    yield Problem(None, where, str(day or ""), reason, fix, "warning", "agency.yaml")


def _plans_of(agency: Agency, form: Form) -> list[Plan]:
    if form.scope == "plan":
        return [plan for plan in agency.plans if plan.id == form.plan]
    return [plan for plan in agency.plans if plan.pattern == form.pattern]
