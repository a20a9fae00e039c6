"""Pictures of results, each with alternative text and its data table, readable without colour."""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from seskit.facts import dollars
from seskit.report.forms import LEVELS, Form
from seskit.report.package import ReportPackage
from seskit.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from seskit.appraisal.agreement import Checked
    from seskit.appraisal.ledger import Audit

#: Fill and hatch together, so that series differ in print and to a colour-blind eye; each fill has contrast with white.
STYLES = (("#1a4480", ""), ("#8a5a00", "//"), ("#2e6f40", ".."), ("#6b2d73", "xx"), ("#5c5c5c", "\\\\"))
_FONT = 9


@dataclass(frozen=True)
class Chart:
    """A picture, what it says in words, and the numbers it was drawn from."""

    alt: str
    table: Table
    png: bytes

    @property
    def title(self) -> str:
        """What the picture shows."""
        return self.table.title

    def __repr__(self) -> str:
        """What the picture says, in words."""
        return self.alt

    def _repr_html_(self) -> str:
        e = html.escape
        source = base64.b64encode(self.png).decode()
        return (
            f"<figure style='margin:0'><img alt='{e(self.alt, quote=True)}' src='data:image/png;base64,{source}' "
            f"style='max-width:100%;height:auto;background:#fff'><figcaption>{e(self.title)}</figcaption>"
            f"<details><summary>The numbers of this chart</summary>{self.table.to_html()}</details></figure>"
        )


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
    figure, axes = _figure(max(1.6, 0.6 * len(forms) + 1.0))
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
        axes.legend(fontsize=_FONT, loc="upper center", bbox_to_anchor=(0.5, -0.35), ncols=2, frameon=False)
    title = f"Award pool and awards paid at {package.agency.name}"
    alt = f"Bar chart of award pools and the part paid. {said or 'No plan has an award pool'}."
    return Chart(alt, Table(title, ("Plan", "Pool", "Paid", "Share used"), rows), _png(figure))


def plan_balance(checked: Checked | None) -> Chart | Table:
    """How many requirements of each element take each perspective, or that there is no plan."""
    if checked is None:
        return Table("Requirements by element and perspective", (), (), "There is no plan to draw.")
    *rows, _ = checked.coverage()
    names = ("results", "customers", "employees")
    counts = {name: [int(row[column]) for row in rows] for column, name in enumerate(names, 1)}
    said = "; ".join(
        f"{row[0]}: {', '.join(f'{n} {name}' for n, name in zip(row[1:], names, strict=True))}" for row in rows
    )
    return grouped_bars(
        "Requirements by element and perspective", f"Bar chart of requirements. {said}.", "Element (number in the plan)",
        "Requirements", [str(number) for number in range(1, len(rows) + 1)], counts,
    )  # fmt: skip


def steps_met(audit: Audit | None) -> Chart | Table:
    """How many executives each check of the step ledger is not met for, or that there is no ledger."""
    if audit is None:
        return Table("Checks of the step ledger", (), (), "There is no ledger to draw.")
    told = [(check, counts["not met"], counts["cannot tell"]) for check, _, counts in audit.tally()]
    some = "; ".join(
        f"{check}: {unmet} not met, {unclear} cannot tell" for check, unmet, unclear in told if unmet + unclear
    )
    return grouped_bars(
        "Checks of the step ledger that need a look", f"Bar chart of executives by check. {some or 'None'}.", "Check (T1 to T24)",
        "Executives", [check[1:] for check, _, _ in told],
        {"not met": [unmet for _, unmet, _ in told], "cannot tell": [unclear for _, _, unclear in told]},
    )  # fmt: skip


def grouped_bars(
    title: str, alt: str, across: str, up: str, categories: Sequence[str], series: Mapping[str, Sequence[int]]
) -> Chart:
    """Bars side by side, one group per category, one style per series, with the count above each bar."""
    from matplotlib.ticker import MaxNLocator

    figure, axes = _figure(3.2)
    width = 0.8 / len(series)
    for number, ((name, counts), (colour, hatch)) in enumerate(zip(series.items(), STYLES, strict=False)):
        places = [index + (number - (len(series) - 1) / 2) * width for index in range(len(categories))]
        bars = axes.bar(places, counts, width, color=colour, hatch=hatch, edgecolor="#ffffff", label=name)
        axes.bar_label(bars, [str(count) if count else "" for count in counts], fontsize=_FONT - 1)
    axes.set_xticks(range(len(categories)), list(categories))
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.margins(y=0.15)
    if len(series) > 1:
        axes.legend(fontsize=_FONT, frameon=False, loc="lower left", bbox_to_anchor=(0, 1), ncols=len(series))
    rows = tuple(
        (category, *(str(counts[index]) for counts in series.values())) for index, category in enumerate(categories)
    )
    return Chart(alt, Table(title, (across, *series), rows), _png(figure))


def _plan_forms(package: ReportPackage) -> list[Form]:
    return [form for form in package.forms if form.scope == "plan"]


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else dollars(amount)


def _share(form: Form) -> str:
    if form.paid_amount is None or not form.pool:
        return ""
    return f"{100 * form.paid_amount / form.pool:.1f} percent"


def _figure(height: float) -> tuple[Figure, Axes]:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7.2, height), dpi=110, layout="constrained")
    FigureCanvasAgg(figure)
    axes: Any = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=_FONT)
    return figure, axes


def _png(figure: Figure) -> bytes:
    out = io.BytesIO()
    figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()
