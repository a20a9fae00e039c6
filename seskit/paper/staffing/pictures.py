"""Pictures of vacancies: where they stand, one vacancy's days, days left in probation, what drives the order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from seskit.formats.counts import number_of
from seskit.formats.days import long_date
from seskit.formats.drawing import FONT, STYLES, Chart, day_axis, figure_of
from seskit.formats.in_short import joined
from seskit.formats.small_cells import HIDDEN
from seskit.formats.tables import Table, text_rows
from seskit.law.staffing.vacancy_timeline import TimelineDay
from seskit.work.staffing import days, outreach
from seskit.work.staffing.folder import StaffingWalk
from seskit.work.staffing.vacancy_words import STATES


def vacancy_states(walk: StaffingWalk) -> Chart | Table:
    """How many vacancies stand at each step, and how many of them need attention."""
    if walk.absent:
        return _nothing("Vacancies by the step they are at", walk.absent)
    seen = walk.seen
    counts = Counter(one.state for one in seen)
    asking = Counter(one.state for one in seen if one.findings)
    states = [state for state in STATES if counts[state]]
    rows = text_rows([(state, counts[state], asking[state]) for state in states])
    said = "; ".join(f"{state}: {counts[state]}, of which {asking[state]} need attention" for state in states)
    title = "Vacancies by the step they are at"
    figure, axes = figure_of(max(1.8, 0.32 * len(states) + 1.2))
    clear = [counts[state] - asking[state] for state in states]
    need = [asking[state] for state in states]
    places = list(range(len(states)))
    axes.barh(places, clear, color=STYLES[0][0], edgecolor="#ffffff", label="nothing to do")
    axes.barh(
        places, need, left=clear, color=STYLES[1][0], hatch=STYLES[1][1], edgecolor="#ffffff", label="needs attention"
    )
    for place, state in zip(places, states, strict=True):
        axes.text(counts[state] + 0.05, place, str(counts[state]), va="center", fontsize=FONT)
    _listed(axes, states)
    _whole(axes, max(counts.values(), default=1))
    axes.legend(
        fontsize=FONT,
        frameon=False,
        loc="upper center",
        bbox_to_anchor=(0.4, 1.08 if len(states) > 8 else 1.25),
        ncols=2,
    )
    alt = f"Bar chart of vacancies by step. {said or 'There is no vacancy'}."
    table = Table(title, ("Step", "Vacancies", "Need attention"), rows, "There is no vacancy.")
    return Chart(alt, table, figure, says=_asking(len(seen), sum(asking.values())))


def _asking(total: int, need: int) -> str:
    """How many vacancies need attention."""
    if not total:
        return "There is no vacancy"
    if not need:
        return "The one vacancy needs no attention" if total == 1 else f"None of {total:,} vacancies needs attention"
    if need == total:
        return "The one vacancy needs attention" if total == 1 else f"All {total:,} vacancies need attention"
    return f"{need:,} of {total:,} vacancies {'needs' if need == 1 else 'need'} attention"


def vacancy_days(walk: StaffingWalk) -> Chart | Table:
    """The days of the vacancy in focus on a line: what happened, what is planned, what the law sets."""
    one = walk.vacancy
    if one is None or not one.dates:
        return _nothing("Timeline", walk.absent or "No vacancy in focus has a day.")
    as_of, title = walk.day, f"Timeline of {one.id}, {one.title}"
    rows = days.days(walk.folder, one, as_of).answer.rows
    figure, axes = figure_of(max(2.0, 0.36 * len(rows) + 1.0))
    for place, row in enumerate(rows):
        mark, color = _mark(row, as_of)
        axes.plot([_number(rows[0].date), _number(row.date)], [place, place], color="#d0d0d0", linewidth=1, zorder=1)
        axes.scatter([_number(row.date)], [place], marker=mark, color=color, s=55, zorder=3, label=_kind(row, as_of))
        axes.annotate(long_date(row.date), (_number(row.date), place), xytext=(8, 0), textcoords="offset points", va="center",
                      fontsize=FONT, bbox={"facecolor": "#ffffff", "edgecolor": "none", "pad": 1})  # fmt: skip
    axes.axvline(_number(as_of), color="#1b1b1b", linestyle="--", linewidth=1, label=f"seen on {long_date(as_of)}")
    _listed(axes, [row.label for row in rows])
    last = max(_number(rows[-1].date), _number(as_of))
    span = max(last - _number(rows[0].date), 14)
    axes.set_xlim(_number(rows[0].date) - 0.03 * span, last + 0.42 * span)
    axes.xaxis_date()
    day_axis(axes.xaxis)
    handles, labels = axes.get_legend_handles_labels()
    once = dict(zip(labels, handles, strict=True))
    axes.legend(
        once.values(),
        once.keys(),
        fontsize=FONT,
        frameon=False,
        loc="upper center",
        bbox_to_anchor=(0.4, -0.12),
        ncols=4,
    )
    said = "; ".join(f"{row.label} {long_date(row.date)}" for row in rows)
    table = text_rows(
        [(row.label, row.date, _kind(row, as_of), "yes" if row.working_day else "no", row.working_days) for row in rows]
    )
    header = ("Step", "Day", "Kind", "Working day", "Working days since the row before")
    alt = f"Timeline as of {long_date(as_of)}. {said}."
    return Chart(alt, Table(title, header, table), figure, says=_coming(rows, as_of))


def _coming(rows: Sequence[TimelineDay], as_of: date) -> str:
    """The next day on the line, and how far it is."""
    ahead = sorted((row for row in rows if row.date >= as_of), key=lambda row: row.date)
    if not ahead:
        last = max(rows, key=lambda row: row.date)
        return f"Every day has passed; the last was {long_date(last.date)}: {last.label}"
    left = (ahead[0].date - as_of).days
    when = (
        f"in {number_of(left, 'day')}, on {long_date(ahead[0].date)}"
        if left
        else f"on the day itself, {long_date(as_of)}"
    )
    return f"Next comes {when}: {joined([row.label for row in ahead if row.date == ahead[0].date])}"


def days_left(walk: StaffingWalk) -> Chart | Table:
    """Days of probation left, shortest first; those that ended without certification stand below zero."""
    if not walk.tracker.is_there or walk.as_of is None:
        return _nothing("Days of probation left", walk.no_probation)
    tracked, as_of = walk.tracked, walk.as_of
    shown = sorted(
        (one for one in tracked if one.last_day and one.status != "final"),
        key=lambda one: (one.last_day or as_of, one.person_id),
    )
    values = [((one.last_day or as_of) - as_of).days + 1 for one in shown]
    figure, axes = figure_of(max(1.8, 0.3 * len(shown) + 1.1))
    for number, (value, one) in enumerate(zip(values, shown, strict=True)):
        color, hatch = STYLES[1] if value <= 0 else STYLES[0]
        axes.barh([number], [value], color=color, hatch=hatch, edgecolor="#ffffff")
        words = f"{value}  ({long_date(one.last_day or as_of)})"
        axes.annotate(words, (value, number), xytext=(5 if value > 0 else -5, 0), va="center",
                      ha="left" if value > 0 else "right", textcoords="offset points", fontsize=FONT)  # fmt: skip
    _listed(axes, [one.person_id for one in shown])
    axes.axvline(0, color="#1b1b1b", linewidth=1)
    low, high = min([0, *values]), max([30, *values])
    axes.set_xlim(low - 0.45 * (high - low) if low else 0, high + 0.45 * (high - low))
    axes.set_xlabel("Days left, the as-of day included (hatched: over without certification)")
    said = "; ".join(f"{one.person_id}: {value}" for value, one in zip(values, shown, strict=True))
    rows = text_rows(
        [(one.person_id, one.last_day, value, one.status) for value, one in zip(values, shown, strict=True)]
    )
    title = f"Days of probation left on {long_date(as_of)}"
    alt = f"Bar chart of days of probation left. {said or 'Nobody is in probation'}."
    table = Table(title, ("Person", "Last day", "Days left", "Status"), rows, "Nobody is in probation.")
    left = [(value, one.person_id) for value, one in zip(values, shown, strict=True)]
    return Chart(alt, table, figure, says=_left(left))


def _left(people: Sequence[tuple[int, str]]) -> str:
    """How many probations are over without certification, and which ends next."""
    ahead = [(value, person) for value, person in people if value > 0]
    over = len(people) - len(ahead)
    past = f"{over} of {number_of(len(people), 'probation')} {'is' if over == 1 else 'are'} over without certification"
    if not ahead:
        return past if people else "Nobody is in probation"
    soonest = min(value for value, _ in ahead)
    who = joined([person for value, person in ahead if value == soonest])
    next_ = f"{who} {'has' if who in [person for _, person in ahead] else 'have'} {number_of(soonest, 'day')} left"
    return f"{past}; next, {next_}" if over else f"Next, {next_} of probation"


def candidate_levels(walk: StaffingWalk) -> Chart | Table:
    """Mean level of each ranked candidate on each qualification."""
    ranking = walk.ranking
    if ranking is None or not ranking.answer.ranking:
        return _nothing("Levels of the candidates", walk.absent or "No scoring sheet can be ranked yet.")
    rows = ranking.answer.ranking
    ecqs = list(rows[0].by_ecq) if rows else []
    title = "Mean level by candidate and qualification, best first"
    figure, axes = figure_of(3.6)
    width = 0.8 / max(len(ecqs), 1)
    for number, (ecq, (color, hatch)) in enumerate(zip(ecqs, STYLES, strict=False)):
        places = [index + (number - (len(ecqs) - 1) / 2) * width for index in range(len(rows))]
        axes.bar(
            places,
            [float(row.by_ecq[ecq]) for row in rows],
            width,
            color=color,
            hatch=hatch,
            edgecolor="#ffffff",
            label=ecq,
        )
    axes.set_xticks(range(len(rows)), [f"{row.rank}. {row.candidate}" for row in rows])
    axes.set_ylabel("Level, 1 to 5")
    axes.set_ylim(0, 5)
    if ecqs:
        axes.legend(fontsize=FONT - 1, frameon=False, loc="upper center", bbox_to_anchor=(0.5, -0.1), ncols=2)
    table = text_rows([(row.candidate, row.rank, *row.by_ecq.values(), row.ecq_mean) for row in rows])
    said = "; ".join(f"rank {row.rank} {row.candidate}, mean {row.ecq_mean}" for row in rows)
    header = ("Candidate", "Rank", *ecqs, "Mean")
    first = [row.candidate for row in rows if row.rank == rows[0].rank]
    leads = "ranks first" if len(first) == 1 else "share the first rank"
    says = f"{joined(first)} {leads} of {number_of(len(rows), 'candidate')}"
    shown = Table(title, header, table, ranking.says)
    return Chart(f"Bar chart of levels. {said or ranking.says}.", shown, figure, says=says)


def applicant_sources(walk: StaffingWalk) -> Chart | Table:
    """Shares of applicants by source beside the least share the recruitment plan states; hidden counts stay hidden."""
    title = "Applicants by source and the recruitment plan"
    if walk.absent or not (found := outreach.sources(walk.folder, walk.day)).lines:
        return _nothing(title, walk.absent or "No applicants are recorded by source.")
    lines = found.lines
    figure, axes = figure_of(max(1.8, 0.5 * len(lines) + 1.3))
    places = list(range(len(lines)))
    axes.barh([p - 0.2 for p in places], [float(line.planned or 0) for line in lines], 0.36, color="#ffffff",
              edgecolor="#1b1b1b", label="least share planned")  # fmt: skip
    axes.barh(
        [p + 0.2 for p in places],
        [float(line.actual or 0) for line in lines],
        0.36,
        color=STYLES[0][0],
        label="share of applicants",
    )
    for place, line in zip(places, lines, strict=True):
        text = f"{line.actual} percent" if line.actual is not None else HIDDEN if line.count == HIDDEN else "not shown"
        axes.annotate(
            text,
            (float(line.actual or 0), place + 0.2),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            fontsize=FONT,
        )
    _listed(axes, [line.source for line in lines])
    axes.set_xlabel("Percent of applicants")
    axes.margins(x=0.2)
    axes.legend(fontsize=FONT, frameon=False, loc="upper center", bbox_to_anchor=(0.4, 1.2), ncols=2)
    said = "; ".join(f"{line.source}: {line.said}" for line in lines)
    table = found.table(f"{title}, {long_date(found.on)}")
    return Chart(f"Bar chart of sources. {said}.", table, figure, says=_reached(lines))


def _reached(lines: Sequence[outreach.SourceLine]) -> str:
    """How many sources have the share the plan states; what a hidden count would decide is not said."""
    planned = [line for line in lines if line.planned is not None and line.actual is not None]
    hidden = (
        f"; {number_of(more, 'source')} cannot be shown" if (more := sum(line.actual is None for line in lines)) else ""
    )
    if not planned:
        return f"No source can be compared with a plan{hidden}"
    reached = sum(line.reached for line in planned)
    return f"{reached} of {number_of(len(planned), 'source')} reached the share planned{hidden}"


def _nothing(title: str, why: str) -> Table:
    return Table(title, ("",), (), why if why.endswith(".") else f"{why}.")


def _listed(axes: Any, names: Sequence[str]) -> None:
    axes.set_yticks(range(len(names)), list(names))
    axes.invert_yaxis()


def _whole(axes: Any, most: int) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.set_xlabel("Vacancies")
    axes.set_xlim(0, most * 1.12 + 0.2)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))


def _kind(row: TimelineDay, as_of: date) -> str:
    return "set by law" if row.set_by_law else "done" if row.date <= as_of else "planned"


def _mark(row: TimelineDay, as_of: date) -> tuple[str, str]:
    return {"set by law": ("D", STYLES[1][0]), "done": ("o", STYLES[0][0]), "planned": ("s", STYLES[4][0])}[
        _kind(row, as_of)
    ]


def _number(day: date) -> float:
    return float((day - date(1970, 1, 1)) / timedelta(days=1))
