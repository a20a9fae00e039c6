"""Pictures of pay: the rate range through time, the twelve-month clock, the aggregate limit, awards by rating level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from textwrap import fill
from typing import Any

from seskit.formats.counts import number_of
from seskit.formats.days import long_date
from seskit.formats.drawing import FONT, STYLES, Chart, day_axis, figure_of
from seskit.formats.in_short import rising_award
from seskit.formats.tables import Table
from seskit.law import parameters
from seskit.law.facts import day as read_day
from seskit.law.facts import dollars, money
from seskit.law.pay_setting import clock
from seskit.law.pay_setting.aggregate import Payment, allocate, in_order_of_payment, limit_at_year_end
from seskit.law.pay_setting.clock import Action
from seskit.law.rate_range import open_range_day
from seskit.law.result import Working
from seskit.work.pay_setting.worksheet import CheckedWorksheet

#: Dollars left free under the range, where a label stands.
_ROOM = 9000


def rate_range(rates: Mapping[str, str | int] | None = None, *, certified: bool | None = None) -> Chart:
    """The lowest and highest rate since 1998, and a person's rate on it: each rate with the day it began."""
    starts, lows, thirds, tops = _range_series()
    held = sorted((read_day(day), money(rate)) for day, rate in (rates or {}).items())
    figure, axes = _canvas(4.0)
    days = [*starts, date(starts[-1].year + 1, 1, 1)]
    for values, (color, _), dash, label in (
        (lows, STYLES[0], "-", "lowest rate"), (thirds, STYLES[1], "--", "highest, system not certified (level III)"),
        (tops, STYLES[2], "-.", "highest, system certified (level II)"),
    ):  # fmt: skip
        axes.step(days, [*values, values[-1]], where="post", color=color, linestyle=dash, linewidth=2, label=label)
    if held:
        ends = [*(day for day, _ in held), max(days[-1], held[-1][0] + timedelta(days=200))]
        points = [float(rate) for _, rate in held]
        axes.step(ends, [*points, points[-1]], where="post", color="#1b1b1b", linewidth=2.4, label="this executive")
        axes.plot(ends[:-1], points, "o", color="#1b1b1b")
    change = open_range_day()
    axes.axvline(change, ymax=0.6, color="#5c5c5c", linewidth=1)
    axes.set_ylim(bottom=axes.get_ylim()[0] - _ROOM)
    axes.annotate(f"open range\nfrom {long_date(change)}", (change, axes.get_ylim()[0]), xytext=(6, 6), textcoords="offset points", fontsize=FONT - 1)  # fmt: skip
    last = max([*days, *(day for day, _ in held)])
    years = range(starts[0].year + 2, last.year + 1, 4)
    axes.set_xticks([date(year, 1, 1) for year in years], [str(year) for year in years])
    _money_axis(axes.yaxis)
    axes.set_ylabel("Rate of basic pay a year")
    axes.legend(fontsize=FONT, frameon=False, loc="upper left")
    known = {True: "With a certified system", False: "Without a certified system", None: "Certification not stated"}
    where = "; ".join(_standing(day, rate, certified) for day, rate in held)
    alt = (
        f"Line chart of the SES rate range. It runs from {dollars(lows[0])} to {dollars(tops[0])} in {starts[0].year} and from "
        f"{dollars(lows[-1])} to {dollars(tops[-1])} with a certified system, {dollars(thirds[-1])} without, in {starts[-1].year}. "
        f"{known[certified]}. {where or 'No rate of a person is shown'}."
    )
    rows = tuple(
        (str(day), dollars(low), dollars(third), dollars(top))
        for day, low, third, top in zip(starts, lows, thirds, tops, strict=True)
    )
    header = ("From", "Lowest", "Highest, not certified", "Highest, certified")
    if held:
        says = _standing(*held[-1], certified)
    else:
        says = f"The highest rate rose from {dollars(tops[0])} in {starts[0].year} to {dollars(tops[-1])} in {starts[-1].year}"
    return Chart(alt, Table("The SES rate range", header, rows), figure, says=says)


def _range_series() -> tuple[list[date], list[Decimal], list[Decimal], list[Decimal]]:
    change = open_range_day()
    parts = []
    for fixed, opened in (("level_1", "minimum"), ("level_6", "maximum_uncertified"), ("level_6", "maximum_certified")):
        before = {
            f.first_day: Decimal(f.value)
            for f in parameters.parameter(f"pay_setting.es_rates.{fixed}").values
            if f.value
        }
        after = {f.first_day: Decimal(f.value) for f in parameters.parameter(f"pay_setting.ses_range.{opened}").values}
        parts.append({day: value for day, value in before.items() if day < change} | after)
    starts = sorted(set.intersection(*(set(part) for part in parts)))
    low, third, top = ([part[day] for day in starts] for part in parts)
    return starts, low, third, top


def _standing(day: date, rate: Decimal, certified: bool | None) -> str:
    starts, lows, thirds, tops = _range_series()
    at = max((n for n, start in enumerate(starts) if start <= day), default=0)
    top = thirds[at] if certified is False else tops[at]
    place = "below" if rate < lows[at] else "above" if rate > top else "within"
    return f"{dollars(rate)} from {long_date(day)} is {place} the range of {dollars(lows[at])} to {dollars(top)}"


def clock_timeline(actions: Sequence[Mapping[str, Any]]) -> Chart:
    """Each pay action on a line of time, with the twelve months that those that count start."""
    steps = clock.history([Action.model_validate(dict(action)) for action in actions])
    figure, axes = _canvas(max(1.8, 0.5 * len(steps) + 1.1))
    rows = []
    for place, step in enumerate(steps):
        begins = step.action.effective
        if step.restarts:
            ends = clock.opens_on(begins)
            axes.barh(place, ends - begins, left=begins, height=0.5, color=STYLES[0][0])
            axes.annotate(f"until {long_date(ends)}", (ends, place), xytext=(5, 0), textcoords="offset points", va="center", fontsize=FONT - 1)  # fmt: skip
        else:
            axes.plot([begins], [place], "D", color=STYLES[1][0], markersize=8)
            axes.annotate("does not count" if step.restarts is False else "cannot tell", (begins, place), xytext=(9, 0), textcoords="offset points", va="center", fontsize=FONT - 1)  # fmt: skip
        said = {True: "starts 12 months", False: "does not count", None: "cannot tell"}[step.restarts]
        rows.append((long_date(begins), step.action.words, said, long_date(step.opens) if step.opens else "not known"))
    names = [f"{fill(s.action.words, 30)}\n{long_date(s.action.effective)}" for s in steps]
    axes.set_yticks(range(len(steps)), names)
    axes.set_ylim(max(len(steps), 1) - 0.5, -0.5)
    if not steps:
        axes.xaxis.set_visible(False)
        axes.annotate("No pay action is given.", (0.5, 0), xycoords=("axes fraction", "data"), ha="center", fontsize=FONT)  # fmt: skip
    else:
        first, last_day = steps[0].action.effective, max(step.opens or step.action.effective for step in steps)
        axes.set_xlim(first - timedelta(days=40), last_day + max(timedelta(days=240), (last_day - first) * 0.3))
        day_axis(axes.xaxis)
    axes.set_xlabel("Bars: no ordinary adjustment may take effect")
    last = steps[-1].opens if steps else None
    says = (
        f"The next ordinary adjustment may take effect from {long_date(last)}"
        if last
        else "The day of the next ordinary adjustment is not known"
    )
    says = says if steps else "No pay action is given"
    said = "; ".join(f"{day} {what}: {effect}" for day, what, effect, _ in rows)
    alt = f"Timeline of pay actions. {said or 'No action is given'}."
    header = ("Effective", "Action", "Clock", "Next ordinary adjustment from")
    table = Table("The twelve-month clock", header, tuple(rows), "No pay action is given.")
    return Chart(alt, table, figure, says=says)


def aggregate_waterfall(
    year: int, *, certified: bool, basic_pay: int | str, payments: Sequence[Mapping[str, Any]] = ()
) -> Chart:
    """Money received in a year, payment upon payment in the legal order, up to the limit; what is deferred is hatched."""
    limit = limit_at_year_end(Working(None), year, certified)
    basic = money(basic_pay)
    given = [Payment.model_validate(dict(payment)) for payment in payments]
    shares = allocate(limit - basic, in_order_of_payment(given, year), year)
    figure, axes = _canvas(3.6)
    rows = [("basic pay", dollars(basic), "$0")]
    axes.bar(0, float(basic), color=STYLES[0][0], label="paid this year")
    height = top = float(basic)
    for place, share in enumerate(shares, 1):
        paid, late = float(share.paid), float(share.deferred)
        axes.bar(place, paid, bottom=height, color=STYLES[0][0])
        if late:
            look = {"color": "#ffffff", "edgecolor": STYLES[1][0], "hatch": "///", "label": "deferred to January"}
            axes.bar(place, late, bottom=height + paid, **look)
        axes.plot([place - 1 + 0.4, place - 0.4], [height, height], color="#5c5c5c", linewidth=1)
        height, top = height + paid, max(top, height + paid + late)
        rows.append((share.payment.words, dollars(share.paid), dollars(share.deferred)))
    axes.axhline(float(limit), color="#1b1b1b", linestyle="--", linewidth=1.6, label=f"limit {dollars(limit)}")
    axes.set_xticks(range(len(rows)), [fill(row[0], 14) for row in rows])
    axes.set_ylim(0, max(top, float(limit)) * 1.12)
    _money_axis(axes.yaxis)
    handles, labels = axes.get_legend_handles_labels()
    kept = dict(zip(labels, handles, strict=True))
    axes.legend(
        kept.values(),
        kept.keys(),
        fontsize=FONT,
        frameon=False,
        loc="upper center",
        bbox_to_anchor=(0.5, -0.12),
        ncols=3,
    )
    axes.set_ylabel(f"Received in {year}")
    said = "; ".join(f"{what}: {paid} paid, {late} deferred" for what, paid, late in rows)
    alt = f"Waterfall chart of pay received in {year} under the limit of {dollars(limit)}. {said}."
    table = Table(f"The aggregate limit of {year}, {dollars(limit)}", ("Payment", "Paid", "Deferred"), tuple(rows))
    return Chart(
        alt, table, figure, says=_under_limit(limit, basic + sum((s.paid for s in shares), Decimal(0)), shares)
    )


def _under_limit(limit: Decimal, received: Decimal, shares: Sequence[Any]) -> str:
    """What is deferred to January, or how far the year's pay stays under the limit."""
    if late := sum((share.deferred for share in shares), Decimal(0)):
        return f"{dollars(late)} is above the limit and deferred to January"
    if received > limit:
        return f"Basic pay alone exceeds the limit by {dollars(received - limit)}; nothing is deferred"
    if received == limit:
        return "The year's pay is exactly at the limit; nothing is deferred"
    return f"The year's pay stays {dollars(limit - received)} under the limit; nothing is deferred"


def awards_by_rating(checked: CheckedWorksheet | None) -> Chart | Table:
    """The average award and increase of career executives at each rating level, in percent of pay."""
    title = "Average award and change of the rate by rating level"
    header = ("Rating level", "People", "Award, percent", "Change of the rate, percent")
    levels = [level for level in checked.levels if level.people] if checked else []
    if not checked or not levels:
        return Table(title, header, (), "There is no worksheet to show.")
    rows = tuple(
        (str(v.rating), str(v.people), f"{v.award_percent:.2f}", f"{v.adjustment_percent:.2f}") for v in levels
    )
    figure, axes = _canvas(3.2)
    for number, (name, part) in enumerate((("award", "award_percent"), ("change of the rate", "adjustment_percent"))):
        color, hatch = STYLES[number]
        places = [place + (number - 0.5) * 0.38 for place in range(len(levels))]
        values = [float(getattr(level, part)) for level in levels]
        bars = axes.bar(places, values, 0.36, color=color, hatch=hatch, edgecolor="#ffffff", label=name)
        axes.bar_label(bars, [f"{value:.1f}" for value in values], fontsize=FONT - 1)
    axes.set_xticks(
        range(len(levels)), [f"level {level.rating}\n{number_of(level.people, 'person', 'people')}" for level in levels]
    )
    axes.set_ylabel("Percent of pay, average")
    axes.margins(y=0.15)
    axes.legend(fontsize=FONT, frameon=False, loc="upper left")
    said = "; ".join(
        f"level {a}: award {c}, change of the rate {d}, {number_of(int(b), 'person', 'people')}" for a, b, c, d in rows
    )
    where = checked.worksheet.agency.name
    says = rising_award({level.rating: level.award_percent for level in levels}, "in percent of pay")
    return Chart(
        f"Bar chart of averages in percent of pay. {said}.",
        Table(f"{title} at {where}", header, rows), figure, says=says,
    )  # fmt: skip


def _money_axis(axis: Any) -> None:
    axis.set_major_formatter(lambda value, _: f"${value:,.0f}")


def _canvas(height: float) -> tuple[Any, Any]:
    """An empty picture; its types leave out that dates may stand on an axis."""
    return figure_of(height)
