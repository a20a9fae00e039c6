"""The list steps.csv of an appraisal year: each row read to a step, and rows that speak against each other or the year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, get_args

from seskit.formats.counts import number_of
from seskit.law import facts
from seskit.law.appraisal.steps import Doer, Step, StepName
from seskit.law.clocks import add_years
from seskit.record.agency import Agency
from seskit.record.problem import Problem
from seskit.record.roster import lists
from seskit.record.roster.columns import Column
from seskit.record.roster.lists import Listed
from seskit.record.roster.person_numbers import ZEROS, bare

STEPS = "steps"
#: How many years a step may lie before the appraisal year and after it: a choice, wide enough for every year in order.
_YEARS = 2
#: The steps that give a level, of which one counts.
_RATINGS = ("initial_rating", "board", "final_rating")
#: Which step comes before which, where no check of the audit asks it.
_ORDER = (
    ("initial_rating", "response"), ("initial_rating", "review_asked"), ("sent_to_board", "board"),
)  # fmt: skip


def _choice(choices: tuple[str, ...], text: str) -> str:
    return facts.one_of(text.strip().replace(" ", "_"), choices)


def _column(
    name: str, read: Callable[[str], Any], text: str, fix: str, choices: tuple[str, ...] = (), *, needed: bool = False
) -> Column:
    return Column(name, read, text, fix, required=needed, needed_in_header=needed, choices=choices)


_DAY = "Write the date as year-month-day or month/day/year."
STEP_COLUMNS = (
    _column("person_id", str, "The agency's own number for the executive, as on the roster.",
            "Write the number on the roster.", needed=True),
    _column("step", partial(_choice, get_args(StepName)), "What was done.",
            f"Write one of {', '.join(get_args(StepName))}.", get_args(StepName), needed=True),
    _column("date", facts.day, "The day it was done.", _DAY),
    _column("by", partial(_choice, get_args(Doer)), "The role of the one who did it, never a name.",
            f"Write one of {', '.join(get_args(Doer))}.", get_args(Doer)),
    _column("level", facts.rating_level, "The level, for ratings and recommendations.", "Write a level from 1 to 5."),
    _column("note", str, "A reason or a reference; no names.", "Write a few words."),
)  # fmt: skip


class _Row(NamedTuple):
    """One step with the row that it stands in."""

    row: int
    step: Step


def span_of(agency: Agency | None) -> tuple[date, date] | None:
    """From when to when steps of this appraisal year can lie; None where its periods are not known."""
    periods = [plan.appraisal_period for plan in agency.plans] if agency else []
    if not periods:
        return None
    first, last = min(one.first for one in periods), max(one.last for one in periods)
    return add_years(first, -_YEARS), add_years(last, _YEARS)


def read(
    folder: Path, known: set[str], problems: list[Problem], notes: list[str], span: tuple[date, date] | None = None
) -> dict[str, list[Step]]:
    """The steps of everyone on the roster; a step of anybody else is a problem, where anybody is on it."""
    found: dict[str, list[_Row]] = defaultdict(list)
    file = lists.find(folder, STEPS)
    listed = lists.read(file, STEP_COLUMNS) if file else Listed(STEPS)
    open_rows, unread = 0, {one.row for one in listed.problems}
    without_zeros = set(map(bare, known))
    for record in listed.records:
        who, step, row = record["person_id"], record["step"], record["row"]
        if who is not None and known and who not in known:
            usual = "Correct the number, or add the executive to the roster."
            fix = ZEROS if bare(who) in without_zeros else usual
            listed.report(row, "person_id", who, "is not on the roster", fix)
        elif who is None or step is None:
            continue
        elif row not in unread and not any(record[name] for name in ("date", "by", "level", "note")):
            open_rows += 1
        else:
            on = _of_this_year(record, span, listed)
            made = Step(step=step, on=on, by=record["by"], level=record["level"], note=record["note"] or "")
            found[who].append(_Row(row, made))
    steps = {who: _settled(held, listed) for who, held in found.items()}
    problems += listed.problems
    notes += listed.notes
    if open_rows:
        notes.append(
            f"{number_of(open_rows, 'step')} in {listed.name} without a day, role, level or note: treated as not done yet."
        )
    return steps


def _of_this_year(record: lists.Record, span: tuple[date, date] | None, listed: Listed) -> date | None:
    """The day of a row; none where it lies years away, as that of a year written into a cell for a day does."""
    on: date | None = record["date"]
    if on is None or span is None or (on < span[0] and record["step"] == "entered") or span[0] <= on <= span[1]:
        return on
    reason = f"lies years away from the appraisal year; a step of it lies from {span[0]} to {span[1]}"
    listed.report(
        record["row"], "date", on, reason, "Write the day. A year alone, typed into a date cell, becomes a day of 1905."
    )
    return None


def _settled(held: list[_Row], listed: Listed) -> list[Step]:
    """The steps of one executive: of ratings of one day that differ none has its level, since nothing says which counts."""
    unsure = {one.row for pair in _two_levels(held, listed) for one in pair}
    _out_of_order(held, listed)
    _ends_without_a_start(held, listed)
    return [one.step.model_copy(update={"level": None}) if one.row in unsure else one.step for one in held]


def _two_levels(held: Sequence[_Row], listed: Listed) -> Iterator[tuple[_Row, _Row]]:
    """Each pair of entries of one rating that give different levels on one day, reported; on two days, the later counts."""
    for name in _RATINGS:
        rated = [one for one in held if one.step.step == name and one.step.level is not None and one.step.on]
        for first, second in pairwise(rated):
            if first.step.level == second.step.level or (first.step.on != second.step.on and second.step.note.strip()):
                continue
            what = name.replace("_", " ")
            reason = (
                f"is the level of the {what} of {second.step.on}; row {first.row} gives Level {first.step.level} on "
                f"{first.step.on}"
            )
            fix = "Remove the row that is wrong; if the level was changed on a later day, say why in the note of that row."
            listed.report(second.row, "level", second.step.level, reason, fix)
            if first.step.on == second.step.on:
                yield first, second


def _out_of_order(held: Sequence[_Row], listed: Listed) -> None:
    """A step whose every day lies before that of the step it answers."""
    for earlier, later in _ORDER:
        days = [one.step.on for one in held if one.step.step == earlier and one.step.on]
        for one in held:
            if one.step.step == later and one.step.on and days and one.step.on < min(days):
                reason = f"is the day of {later}, before {earlier} on {min(days)}"
                listed.report(one.row, "date", one.step.on, reason, "Correct the day that is wrong.")


def _ends_without_a_start(held: Sequence[_Row], listed: Listed) -> None:
    """The end of a detail before which none began: its days may be swapped, and no check could ask for its appraisal."""
    begun = [one.step.on for one in held if one.step.step == "detail_start"]
    if None in begun:
        return
    for one in held:
        on = one.step.on
        if one.step.step == "detail_end" and on and not any(day and day <= on for day in begun):
            fix = "Add detail_start with its day, or correct the two days if they are swapped."
            listed.report(one.row, "date", on, "ends a detail, and no detail_start is on or before it", fix)
