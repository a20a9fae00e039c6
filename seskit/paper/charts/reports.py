"""Pictures of a ratings and awards report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from seskit.formats.bars import within
from seskit.formats.counts import number_of
from seskit.formats.drawing import FONT, Chart, grouped_bars
from seskit.formats.in_short import every, joined, leading, percent_of, rated
from seskit.formats.tables import Table
from seskit.law import rating_levels
from seskit.law.facts import dollars
from seskit.law.report.editions import edition
from seskit.work.report.forms import LEVELS, Form
from seskit.work.report.package import ReportPackage


def rating_distribution(package: ReportPackage) -> Chart:
    """How many were rated at each level, by appointment type, over the plan forms."""
    forms = _plan_forms(package)
    columns = ("career", "noncareer", "limited")
    counts = {
        column: [sum(form.ratings[level][column] for form in forms) for level in rating_levels.LEVELS]
        for column in columns
    }
    said = "; ".join(
        f"level {n}: " + ", ".join(f"{counts[c][n - 1]} {c}" for c in columns) for n in rating_levels.LEVELS
    )
    return grouped_bars(
        f"Ratings at {package.agency.name}",
        f"Bar chart of people by rating level. {said}.",
        "Rating level",
        "People",
        [str(level) for level in rating_levels.LEVELS],
        counts,
        says=rated({level: sum(counts[column][level - 1] for column in columns) for level in rating_levels.LEVELS}),
    )


def awards_by_percentage(package: ReportPackage) -> Chart:
    """How many awards fall on each whole percentage of pay, over the plan forms."""
    forms = [form for form in _plan_forms(package) if form.levels is not None]
    counts = [sum((form.levels or {})[level] for form in forms) for level in LEVELS]
    some = ", ".join(f"{count} at {level} percent" for level, count in zip(LEVELS, counts, strict=True) if count)
    return grouped_bars(
        f"Performance awards by percentage of pay at {package.agency.name}",
        f"Bar chart of awardees by percentage level. {some or 'No awards were paid'}.",
        "Percentage of basic pay",
        "Awardees",
        [str(level) for level in LEVELS],
        {"awardees": counts},
        says=_percentages(dict(zip(LEVELS, counts, strict=True))),
    )


def _percentages(counts: Mapping[int, int]) -> str:
    used = [level for level, count in counts.items() if count]
    first, top, total = leading(counts)
    if not used:
        return "No awards were paid"
    if len(used) == 1:
        return f"{every(total, 'award', 'awards')} {used[0]} percent of pay"
    ran = f"Awards run from {min(used)} to {max(used)} percent of pay"
    if len(first) == len(used):
        same = f"{number_of(top, 'award')} at each percentage used" if top > 1 else "no two at the same percentage"
        return f"{ran}, {same}"
    each = " each" if len(first) > 1 else ""
    return f"{ran}, most often {joined([str(level) for level in first])}: {top:,} of {total:,} awards{each}"


def pool_used(package: ReportPackage) -> Chart:
    """The award pool of each plan and the part of it paid out."""
    forms = [form for form in _plan_forms(package) if form.pool is not None]
    rows = tuple((form.plan or "", _money(form.pool), _money(form.paid_amount), _share(form)) for form in forms)
    said = "; ".join(f"plan {plan}: {paid or 'not determined'} of {pool}" for plan, pool, paid, _ in rows)
    pools = [form.pool or Decimal(0) for form in forms]
    paid = [form.paid_amount or Decimal(0) for form in forms]
    used = edition(package.agency.fiscal_year)
    drawn = within(
        "Dollars",
        [f"plan {form.plan}" for form in forms],
        (f"pool ({used.named('pool')})", pools),
        (f"paid ({used.named('paid')})", paid),
        dollars,
        FONT,
    )
    title = f"Award pool and awards paid at {package.agency.name}"
    alt = f"Bar chart of award pools and the part paid. {said or 'No plan has an award pool'}."
    return Chart(alt, Table(title, ("Plan", "Pool", "Paid", "Share used"), rows), drawn, says=_used(forms))


def _used(forms: Sequence[Form]) -> str:
    """How much of the pool awards use; where there are several, the least and the most as well."""
    known = [(form.paid_amount, form.pool) for form in forms if form.paid_amount is not None and form.pool]
    if not known:
        return "The awards are not determined yet" if any(form.pool for form in forms) else "There is no award pool"
    unknown = len(forms) - len(known)
    where = f"; {number_of(unknown, 'plan')} cannot be determined" if unknown else ""
    paid, pool = (sum(amounts, Decimal(0)) for amounts in zip(*known, strict=True))
    if len(known) == 1:
        over = " and pass it" if paid > pool else ""
        return f"Awards use {percent_of(paid, pool)} of the pool{over}{where}"
    shares = sorted(known, key=lambda one: one[0] / one[1])
    least, most = (percent_of(*one) for one in (shares[0], shares[-1]))
    each = f"{least} in each" if least == most else f"from {least.removesuffix(' percent')} to {most}"
    past = sum(amount > limit for amount, limit in known)
    over = f"; {number_of(past, 'pool')} {'is' if past == 1 else 'are'} passed" if past else ""
    return f"Awards use {percent_of(paid, pool)} of {len(known):,} pools together, {each}{over}{where}"


def _plan_forms(package: ReportPackage) -> list[Form]:
    return [form for form in package.forms if form.scope == "plan"]


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else dollars(amount)


def _share(form: Form) -> str:
    if form.paid_amount is None or not form.pool:
        return ""
    return f"{100 * form.paid_amount / form.pool:.1f} percent"
