"""Pictures of a ratings and awards report."""

from __future__ import annotations

from decimal import Decimal

from seskit.formats.drawing import FONT, STYLES, Chart, figure_of, grouped_bars, png
from seskit.formats.tables import Table
from seskit.law.facts import dollars
from seskit.work.report.forms import LEVELS, Form
from seskit.work.report.package import ReportPackage


def rating_distribution(package: ReportPackage) -> Chart:
    """How many were rated at each level, by appointment type, over the plan forms."""
    forms = _plan_forms(package)
    columns = ("career", "noncareer", "limited")
    counts = {
        column: [sum(form.ratings[level][column] for form in forms) for level in range(1, 6)] for column in columns
    }
    said = "; ".join(f"level {n}: " + ", ".join(f"{counts[c][n - 1]} {c}" for c in columns) for n in range(1, 6))
    return grouped_bars(
        f"Ratings at {package.agency.name}",
        f"Bar chart of people by rating level. {said}.",
        "Rating level",
        "People",
        [str(level) for level in range(1, 6)],
        counts,
    )


def awards_by_percentage(package: ReportPackage) -> Chart:
    """How many awards fall on each whole percentage of pay, over the plan forms (item 7)."""
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
    )


def pool_used(package: ReportPackage) -> Chart:
    """The award pool of each plan and the part of it paid out."""
    forms = [form for form in _plan_forms(package) if form.pool is not None]
    rows = tuple((form.plan or "", _money(form.pool), _money(form.paid_amount), _share(form)) for form in forms)
    said = "; ".join(f"plan {plan}: {paid or 'not determined'} of {pool}" for plan, pool, paid, _ in rows)
    figure, axes = figure_of(max(1.6, 0.6 * len(forms) + 1.0))
    places = range(len(forms))
    axes.barh(
        places, [float(form.pool or 0) for form in forms], color="#ffffff", edgecolor="#1b1b1b", label="pool (item 5)"
    )
    axes.barh(
        places, [float(form.paid_amount or 0) for form in forms], height=0.45, color=STYLES[0][0], label="paid (item 6)"
    )
    axes.set_yticks(list(places), [f"plan {form.plan}" for form in forms])
    axes.invert_yaxis()
    axes.xaxis.set_major_formatter(lambda value, _: f"${value:,.0f}")
    axes.set_xlabel("Dollars")
    if forms:
        axes.legend(fontsize=FONT, loc="upper center", bbox_to_anchor=(0.5, -0.35), ncols=2, frameon=False)
    title = f"Award pool and awards paid at {package.agency.name}"
    alt = f"Bar chart of award pools and the part paid. {said or 'No plan has an award pool'}."
    return Chart(alt, Table(title, ("Plan", "Pool", "Paid", "Share used"), rows), png(figure))


def _plan_forms(package: ReportPackage) -> list[Form]:
    return [form for form in package.forms if form.scope == "plan"]


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else dollars(amount)


def _share(form: Form) -> str:
    if form.paid_amount is None or not form.pool:
        return ""
    return f"{100 * form.paid_amount / form.pool:.1f} percent"
