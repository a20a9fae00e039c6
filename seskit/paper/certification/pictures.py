"""Pictures for certification: ratings by level and period, pay and awards by level, and the life of a certification."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from textwrap import fill
from typing import Any

from seskit.formats.days import long_date
from seskit.formats.drawing import FONT, Chart, figure_of, grouped_bars
from seskit.formats.in_short import percent_of, rated, rising_award
from seskit.formats.tables import Table
from seskit.law import rating_levels
from seskit.law.certification.standing import STATES, State, transitions
from seskit.law.facts import dollars
from seskit.work.certification.ratings import Level, PeriodData

_LEVELS = rating_levels.LEVELS
#: Where each state stands in the picture: what is not in force on the left, suspension on the right.
_PLACES: dict[State, tuple[float, float]] = {
    "expired": (0.0, 2.3), "none": (0.0, 1.0), "terminated": (0.0, -0.3),
    "provisional": (1.7, 2.0), "full": (1.7, 0.0), "suspended": (3.1, 1.0),
}  # fmt: skip
#: How far a path bends: the two that pass outside the others bend more.
_BENDS: dict[tuple[State, State], float] = {("suspended", "expired"): 0.42, ("suspended", "terminated"): -0.42}
_BEND, _ALONG, _TOP = 0.12, 0.25, 0.17
#: A step to the right is so much longer on the page than a step up.
_WIDER = 1.85


def ratings_by_period(data: Sequence[PeriodData]) -> Chart:
    """How many people were rated at each level, period by period."""
    series = {_short(period): [_level(period, number).people for number in _LEVELS] for period in data}
    said = "; ".join(
        f"{name}: " + ", ".join(f"{count} at level {level}" for level, count in zip(_LEVELS, counts, strict=True))
        for name, counts in series.items()
    )
    return grouped_bars(
        "Ratings by level and appraisal period",
        f"Bar chart of people by rating level. {said or 'No period is given'}.",
        "Rating level", "People", [str(level) for level in _LEVELS], series or {"no period": [0] * 5},
        says=_over_periods(data),
    )  # fmt: skip


def _over_periods(data: Sequence[PeriodData]) -> str:
    """What became of the share at the highest level used, from the first period to the last."""
    counts = [{number: _level(period, number).people for number in _LEVELS} for period in data]
    if len(data) < 2 or not all(any(one.values()) for one in counts):
        return rated(counts[-1]) if counts else "No period is given"
    top = max(level for one in counts for level, count in one.items() if count)
    (before, first), (after, last) = ((one[top], sum(one.values())) for one in (counts[0], counts[-1]))
    was, now = percent_of(before, first), percent_of(after, last)
    ends = f"{long_date(data[0].period.last)} and {long_date(data[-1].period.last)}"
    if before * last == after * first:
        return f"The share rated level {top} stayed at {now} in the periods to {ends}"
    went = "rose" if before * last < after * first else "fell"
    said = f"from {was} to {now}" if was != now else f"by less than 1 percent, at about {now}"
    return f"The share rated level {top} {went} {said} between the periods to {ends}"


def pay_by_level(period: PeriodData) -> Chart:
    """The average adjustment and award at each level used, career members."""
    used = [level for level in reversed(period.levels) if level.career]
    series: dict[str, list[int | Decimal]] = {"average award": [_whole(level.award) for level in used]}
    if all(level.adjustment is not None for level in used):
        series = {"average adjustment": [_whole(level.adjustment) for level in used], **series}
    said = "; ".join(
        f"level {level.level}: " + ", ".join(f"{name} {dollars(amounts[n])}" for name, amounts in series.items())
        for n, level in enumerate(used)
    )
    return grouped_bars(
        f"Average adjustment and award by rating level, {period.period.name}",
        f"Bar chart of average pay adjustment and award of career members. {said or 'Nobody is rated'}.",
        "Rating level", "Dollars", [str(level.level) for level in used], series, dollars,
        says=rising_award({level.level: level.award for level in used}),
    )  # fmt: skip


def life(as_of: str | date) -> Chart:
    """The states a certification can be in on a date, and what leads from one to the other."""
    arrows = transitions(date.fromisoformat(as_of) if isinstance(as_of, str) else as_of)
    numbers = {label: number for number, label in enumerate(dict.fromkeys(arrow.label for arrow in arrows), 1)}
    paths: dict[tuple[State, State], list[int]] = defaultdict(list)
    for arrow in arrows:
        paths[arrow.source, arrow.target].append(numbers[arrow.label])
    figure, axes = figure_of(5.6)
    axes.set_axis_off()
    axes.set_xlim(-0.45, 3.55)
    axes.set_ylim(-2.6, 3.1)
    for (source, target), events in paths.items():
        _draw_path(axes, source, target, ", ".join(map(str, sorted(events))))
    for state, (x, y) in _PLACES.items():
        axes.text(x, y, "not certified" if state == "none" else state, ha="center", va="center", fontsize=FONT + 1,
                  bbox={"boxstyle": "round,pad=0.45", "fc": "#ffffff", "ec": "#1b1b1b", "lw": 1.3})  # fmt: skip
    key = [f"{number}  {label}" for label, number in numbers.items()]
    half = -(-len(key) // 2)
    for column, part in enumerate((key[:half], key[half:])):
        lines = "\n".join(fill(line, 52, subsequent_indent="    ") for line in part)
        axes.text(-0.42 + 2.05 * column, -1.15, lines, va="top", fontsize=FONT, linespacing=1.5)
    title = f"The life of a certification under the rules of {as_of}"
    rows = tuple((a.label, a.source, a.target, a.guard, a.citation) for a in arrows)
    said = "; ".join(
        f"from {source} to {target}: {_named(numbers, events)}" for (source, target), events in paths.items()
    )
    header = ("What happens", "From", "To", "Condition", "Authority")
    return Chart(f"Diagram of {len(STATES)} states with arrows. {said}.", Table(title, header, rows), figure)


def _named(numbers: dict[str, int], events: Sequence[int]) -> str:
    return ", ".join(label for label, number in numbers.items() if number in events)


def _draw_path(axes: Any, source: State, target: State, words: str) -> None:
    (x, y), (to_x, to_y) = _PLACES[source], _PLACES[target]
    bend = _BENDS.get((source, target), _BEND)
    shape: dict[str, Any] = {"arrowstyle": "-|>", "color": "#1a4480", "lw": 1.1}
    if source == target:
        up = 1 if y > 1 else -1
        start, end = (x - 0.2, y + up * _TOP), (x + 0.2, y + up * _TOP)
        shape["connectionstyle"], label = f"arc3,rad={-1.1 * up}", (x, y + up * 0.39)
    else:
        start, end, label = (x, y), (to_x, to_y), _on_path((x, y), (to_x, to_y), bend)
        shape |= {"connectionstyle": f"arc3,rad={bend}", "shrinkA": 30, "shrinkB": 30}
    axes.annotate("", xy=end, xytext=start, arrowprops=shape)
    axes.text(*label, words, ha="center", va="center", fontsize=FONT, bbox={"fc": "#ffffff", "ec": "none", "pad": 0.8})


def _on_path(start: tuple[float, float], end: tuple[float, float], bend: float) -> tuple[float, float]:
    """A point on the bent path, nearer its start than its end, where its label goes."""
    across, up = end[0] - start[0], end[1] - start[1]
    aside = 2 * _ALONG * (1 - _ALONG) * bend
    return start[0] + _ALONG * across + aside * up / _WIDER, start[1] + _ALONG * up - aside * across * _WIDER


def _level(period: PeriodData, number: int) -> Level:
    return next(level for level in period.levels if level.level == number)


def _whole(amount: Decimal | None) -> Decimal:
    return (amount or Decimal(0)).quantize(Decimal(1))


def _short(period: PeriodData) -> str:
    return f"period to {long_date(period.period.last)}"
