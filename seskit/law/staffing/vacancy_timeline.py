"""A vacancy from announcement to the end of probation: the days that law sets, what is late, and what slips."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Annotated, Any, Literal, get_args

from seskit.formats.counts import number_of
from seskit.law.action_facts import EarlyAdoption, KnownCriterion, SesAppointment
from seskit.law.actions.probationary_year import probation
from seskit.law.answers import Answer
from seskit.law.clocks import is_working_day, on_or_after, working_days_between
from seskit.law.closed_days import ClosedDays
from seskit.law.facts import AsOf, Day, Fact, FactError, Whole, YesNo
from seskit.law.question import question
from seskit.law.result import Result, Working
from seskit.law.staffing.appointments import limited_appointment
from seskit.law.staffing.qrb import qrb_deadline
from seskit.law.staffing.vacancy import posting_window

Step = Literal[
    "opens_on", "closes_on", "rated_on", "board_on", "selected_on", "submitted_on", "certified_on", "appointed_on"
]
LABEL = {
    "graduated_on": "graduated from the candidate program",
    "opens_on": "announced",
    "earliest_close": "earliest closing day",
    "closes_on": "closed",
    "rated_on": "rated on the qualifications",
    "board_on": "Executive Resources Board",
    "selected_on": "selected",
    "submitted_on": "case sent to the QRB",
    "qrb_due": "QRB case due",
    "certified_on": "certified by the QRB",
    "appointed_on": "appointed",
    "probation_ends": "last day of probation",
    "term_ends": "last day of the term",
}
SET_BY_LAW = ("earliest_close", "qrb_due", "probation_ends", "term_ends")
_STEPS = get_args(Step)
Dates = dict[str, date]
#: The kind of a part whose name is `date` itself.
Date = date


class TimelineDay(Answer):
    """One day of a vacancy."""

    step: Annotated[str, Fact("Step")]
    label: Annotated[str, Fact("Label")]
    date: Annotated[Date, Fact("Date")]
    set_by_law: Annotated[bool, Fact("Set by law")]
    working_day: Annotated[bool, Fact("A working day")]
    working_days: Annotated[int, Fact("Working days")]
    doubt: Annotated[str, Fact("What is open", "Empty: nothing.")]


class TimelineProblem(Answer):
    """What is late or out of order."""

    step: Annotated[str, Fact("Step")]
    text: Annotated[str, Fact("What is wrong")]


class TimelineSlip(Answer):
    """A day that moves with another."""

    step: Annotated[str, Fact("Step")]
    before: Annotated[Date, Fact("Before")]
    after: Annotated[Date, Fact("After")]
    days: Annotated[int, Fact("Days", unit="days")]


class Timeline(Answer):
    """The days of a vacancy."""

    rows: Annotated[
        list[TimelineDay], Fact("Days", "Each step with its date, whether the law sets it, and what is open.")
    ]
    problems: Annotated[list[TimelineProblem], Fact("Problems", "Each with its step.")]
    slips: Annotated[list[TimelineSlip], Fact("Days that move", "Each with the day before and after.")]


@question("5 CFR 317.501, 317.502, 317.503; OPM memoranda on QRB submission")
def timeline(
    as_of: Annotated[AsOf | None, Fact("As-of date", "Days up to it have happened; later days are plans.")] = None,
    *,
    opens_on: Annotated[Day | None, Fact("Announced")] = None,
    closes_on: Annotated[Day | None, Fact("Closed")] = None,
    rated_on: Annotated[Day | None, Fact("Rated on the qualifications")] = None,
    board_on: Annotated[Day | None, Fact("Executive Resources Board")] = None,
    selected_on: Annotated[Day | None, Fact("Selected")] = None,
    submitted_on: Annotated[Day | None, Fact("Case sent to the QRB")] = None,
    certified_on: Annotated[Day | None, Fact("Certified by the QRB")] = None,
    appointed_on: Annotated[Day | None, Fact("Appointed")] = None,
    appointment_type: SesAppointment = "career",
    months: Annotated[Whole | None, Fact("Months of a limited appointment", "Left out: the longest.", "months")] = None,
    criterion: KnownCriterion = "A",
    graduated_on: Annotated[Day | None, Fact("Program graduation", "Criterion B.")] = None,
    department_of_defense: Annotated[YesNo, Fact("Department of Defense")] = False,
    nonpay_days: Annotated[Whole, Fact("Calendar days without pay in probation", unit="days")] = 0,
    early_adoption: EarlyAdoption = False,
    closed_days: ClosedDays = None,
    moved: Annotated[Step | None, Fact("Step whose date moves", "To see what slips.")] = None,
    moved_to: Annotated[Day | None, Fact("Moves to")] = None,
    later_steps: Annotated[
        Literal["keep gaps", "only as needed"],
        Fact("Later planned steps", "Move along by as many days, or only where they would come too early."),
    ] = "keep gaps",
) -> Result[Timeline]:
    """Which days mark this vacancy, what is late or out of order, and what slips when one day moves?

    Posting (5 CFR 317.501), the QRB clock, certification before appointment (317.502) and probation (317.503) of a career
    appointment; the end of a limited term (5 U.S.C. 3132(a)(5)-(6)). `answer`
    holds `rows` (step, label, date, set_by_law, working_day, working_days since the row before, doubt: what the question
    behind the day leaves open), `problems` (step and text, with that doubt) and `slips` (step, before, after, days) for the moved step.
    """
    given = {
        "opens_on": opens_on,
        "closes_on": closes_on,
        "rated_on": rated_on,
        "board_on": board_on,
        "selected_on": selected_on,
        "submitted_on": submitted_on,
        "certified_on": certified_on,
        "appointed_on": appointed_on,
    }
    dates = {step: day for step, day in given.items() if day}
    if criterion == "B" and graduated_on and appointment_type == "career":
        dates["graduated_on"] = graduated_on
    if not dates:
        raise FactError("timeline: no date is given; give at least one step of the vacancy.")
    work = Working(as_of or min(dates.values()))
    facts = {
        "appointment_type": appointment_type,
        "months": months,
        "criterion": criterion,
        "graduated_on": graduated_on,
        "department_of_defense": department_of_defense,
        "nonpay_days": nonpay_days,
        "early_adoption": early_adoption,
        "closed_days": closed_days,
    }
    closed = frozenset(closed_days or ())
    before, doubts = _with_law(work, dates, facts)
    after = before
    if moved or moved_to:
        if not (moved and moved_to and moved in dates):
            raise FactError("moved: give a step that has a date, and the day it moves to.")
        after, doubts = _with_law(
            None, _moved(dates, moved, moved_to, as_of, closed, keep_gaps=later_steps == "keep gaps"), facts
        )
    problems = _problems(after, as_of, doubts, career=appointment_type == "career")
    for one in problems:
        work.note(one.text, "5 CFR 317.501-317.503", "not met")
    slips = [
        TimelineSlip(step, before[step], after[step], (after[step] - before[step]).days)
        for step in LABEL
        if step in before and before[step] != after[step]
    ]
    says = f"Days: {len(after)}. Problems: {len(problems)}." + (f" Days that move: {len(slips)}." if moved else "")
    return work.answer(Timeline(rows=_rows(after, doubts, closed), problems=problems, slips=slips), says)


def _with_law(work: Working | None, dates: Dates, facts: dict[str, Any]) -> tuple[Dates, dict[str, str]]:
    """The days with those set by law, and for each of these what its question leaves open."""
    asked: list[tuple[str, Result, date | None]] = []
    doubts: dict[str, str] = {}
    found = dict(dates)
    other_due = None
    career = facts["appointment_type"] == "career"
    if "opens_on" in dates and career:
        window = posting_window(opens_on=dates["opens_on"], closed_days=facts["closed_days"])
        asked.append(("earliest_close", window, window.answer.earliest_close))
    clock = {word: facts[word] for word in ("criterion", "graduated_on", "early_adoption", "closed_days")}
    if career and ("closes_on" in dates or facts["graduated_on"]):
        case = qrb_deadline(closes_on=dates.get("closes_on"), **clock)
        asked.append(("qrb_due", case, case.answer.due))
        other_due = case.answer.other_due
    if "appointed_on" in dates and facts["appointment_type"] in ("limited_term", "limited_emergency"):
        term: Any = {"appointment_type": facts["appointment_type"], "months": facts["months"]}
        serves = limited_appointment(starts_on=dates["appointed_on"], **term)
        asked.append(("term_ends", serves, serves.answer.safe_last_day or serves.answer.nte_date))
    if "appointed_on" in dates and career:
        about = {word: facts[word] for word in ("department_of_defense", "nonpay_days")}
        ends = probation(appointed_on=dates["appointed_on"], **about)
        asked.append(("probation_ends", ends, ends.answer.last_day))
    for step, result, day in asked:
        if day:
            found[step] = day
            doubts[step] = _doubt(result, other_due if step == "qrb_due" else None)
        if work:
            law = result.reasons[0].citation
            if result.confidence == "cannot tell":
                work.note(result.says, law, "cannot tell")
                work.caution(f"{_sentence(LABEL[step])}: {result.says}")
            else:
                work.note(result.says, law, basis=result.confidence)  # type: ignore[arg-type]
            work.figures += [one for one in result.figures if one not in work.figures]
            for text in result.cautions:
                work.caution(f"{_sentence(LABEL[step])}: {text}")
    return found, {step: doubt for step, doubt in doubts.items() if doubt}


def _doubt(result: Result, other: date | None) -> str:
    """What the question behind a day leaves open: another reading's day, or the weaker confidence of its own."""
    if other:
        return f"by the other clock {other}"
    return {"design": "our reading of the rule", "recalled": "recalled, not verified"}.get(result.confidence, "")


def _moved(
    dates: Dates, moved: str, to: date, as_of: date | None, closed: frozenset[date], *, keep_gaps: bool
) -> Dates:
    new, shift, latest = dict(dates), (to - dates[moved]).days, to
    new[moved] = to
    for step in _STEPS[_STEPS.index(moved) + 1 :]:
        if step not in dates:
            continue
        if as_of is None or dates[step] > as_of:
            day = dates[step] + timedelta(days=shift) if keep_gaps else max(dates[step], latest)
            new[step] = on_or_after(day, closed) if day != dates[step] else day
        latest = max(latest, new[step])
    return new


def _problems(dates: Dates, as_of: date | None, doubts: dict[str, str], *, career: bool) -> list[TimelineProblem]:
    found = []
    open_ = f" ({doubts['qrb_due']})" if "qrb_due" in doubts else ""
    taken = [step for step in _STEPS if step in dates]
    for first, second in pairwise(taken):
        if dates[second] < dates[first]:
            found.append((second, f"{LABEL[second]} on {dates[second]}, before {LABEL[first]} on {dates[first]}"))
    closes, earliest = dates.get("closes_on"), dates.get("earliest_close")
    if closes and earliest and closes < earliest:
        found.append(("closes_on", f"closed on {closes}; the earliest lawful day is {earliest}"))
    due, sent = dates.get("qrb_due"), dates.get("submitted_on")
    if due and sent and sent > due:
        found.append(
            (
                "submitted_on",
                f"case sent on {sent}, {number_of((sent - due).days, 'day')} after it was due on {due}{open_}",
            )
        )
    waiting = not sent and "certified_on" not in dates and "appointed_on" not in dates
    if due and as_of and as_of > due and waiting:
        found.append(("qrb_due", f"case overdue: it was due on {due}{open_} and has not been sent"))
    appointed = dates.get("appointed_on")
    if career and appointed and "certified_on" not in dates:
        found.append(("appointed_on", f"appointed on {appointed} without a recorded QRB certification"))
    return [TimelineProblem(step, f"{_sentence(text)}.") for step, text in found]


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"


def _rows(dates: Dates, doubts: dict[str, str], closed: frozenset[date]) -> list[TimelineDay]:
    order = sorted(dates, key=lambda step: (dates[step], list(LABEL).index(step)))
    rows: list[TimelineDay] = []
    for number, step in enumerate(order):
        day = dates[step]
        rows.append(
            TimelineDay(
                step=step,
                label=LABEL[step],
                date=day,
                set_by_law=step in SET_BY_LAW,
                working_day=is_working_day(day, closed),
                working_days=working_days_between(dates[order[number - 1]], day, closed) if number else 0,
                doubt=doubts.get(step, ""),
            )
        )
    return rows
