"""The checks of one executive's appraisal year: each looks at the steps on record and says what it found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from seskit.law import parameters
from seskit.law.actions import bars
from seskit.law.appraisal import periods, regimes
from seskit.law.appraisal.carried_along import departures, details, plan_after_a_move
from seskit.law.appraisal.executive_year import Doer, Outcome, Step, StepName, Year
from seskit.law.clocks import add_days

AFTER_THE_PERIOD = 4  # checks T1 to T4 can be answered while the period runs; T4, the review, only once it was held
WITHOUT_A_RATING = (*range(1, 5), 23, 24)  # and these where no rating is due
RATED = 16


def _dated(entry: Step | None, what: str) -> Outcome:
    """Whether a step is on record; not known where it stands there without its day."""
    if entry is None:
        return False, f"No {what} is on record."
    return (None if entry.on is None else True), f"{what.capitalize()}: {entry.on or 'no day given'}."


def _plan(year: Year) -> Outcome:
    return _dated(year.one("plan"), "plan")


def _plan_in_time(year: Year) -> Outcome:
    told = min((entry.on for entry in year.all("plan") if entry.on), default=None)
    if told is None:
        return None
    entered = year.began > year.first
    due = add_days(year.began, year.plan_days) if entered else year.first
    if told > due:
        return False, f"Communicated {told}, due by {due}."
    return plan_after_a_move(year) or (True, f"Communicated {told}, due by {due}.")


def _consulted(year: Year) -> Outcome:
    first = min((entry.on for entry in year.all("consultation") if entry.on), default=None)
    told = year.day("plan")
    if not year.all("consultation"):
        return False, "No consultation is on record."
    if first is None:
        return None, "The consultation has no day."
    return (True if told is None else first <= told), f"Consulted {first}, plan {told or 'not on record'}."


def _held(year: Year) -> periods.ProgressReviews | None:
    """The progress reviews of the year judged; None for one who entered in the period and had none."""
    held = [entry.on for entry in year.all("progress_review") if entry.on]
    late = year.began > year.first
    if late and not held:
        return None
    plan: Any = "agency" if late else year.plan
    least = 0 if late else year.fewest_reviews
    return periods.progress_review(
        year.began, period_end=max(year.ended, year.began), plan=plan, reviews=held, agency_minimum=least,
        timing=year.timing, last_quarter=year.last_quarter,
    ).answer  # fmt: skip


def _reviews(year: Year) -> Outcome:
    found = _held(year)
    return None if found is None else (found.lawful, f"{found.held} in the period.")


def _panels(year: Year) -> Outcome:
    """What plan and agency ask for beyond the one review of the regulation."""
    found = _held(year)
    if found is None or not found.lawful or (found.needed <= 1 and found.passes):
        return None
    judged = found.quarters_without if year.timing == "inside the quarter" else []
    lacking = f"; quarters without one inside: {', '.join(map(str, judged))}" if judged else ""
    beside = " beside the appraisal" if year.plan == "basic-2025" and year.last_quarter == "appraisal" else ""
    return found.passes, f"{found.held} in the period, {found.needed} needed{beside}{lacking}."


def _minimum(year: Year) -> Outcome:
    rated = year.one("initial_rating") or year.one("final_rating")
    told = min((entry.on for entry in year.all("plan") if entry.on), default=None)
    if rated is None or told is None:
        return None
    start = max(told, year.began)
    if start > year.ended:
        return False, f"The plan began on {start}, after the period."
    if year.early_without_basis:
        return False, (
            f"By the steps the period ended on {year.day('period_end')}, with no reason in the note; by the plan it ends "
            f"on {year.last}, and every check uses that day."
        )
    basis = True if year.ended < year.last else None
    found = periods.minimum_period(
        start, period_end=year.ended, ends_early=bool(basis), adequate_basis=basis, promotes_effectiveness=basis
    )
    return found.answer.rate, f"{found.answer.days} days under the plan to {year.ended}. {found.says}"


def _initial(year: Year) -> Outcome:
    entry = year.one("initial_rating")
    if entry is None or entry.on is None:
        return _dated(entry, "initial rating")
    return entry.on > year.ended, f"Rated {entry.on}; the period ended {year.ended}."


def _by(step: StepName, wanted: Doer) -> Callable[[Year], Outcome]:
    def check(year: Year) -> Outcome:
        entry = year.one(step)
        if entry is None:
            return None
        told = entry.by.replace("_", " ") if entry.by else "not recorded"
        return (None if entry.by is None else entry.by == wanted), f"By: {told}."

    return check


def _offered(step: StepName, right: str) -> Callable[[Year], Outcome]:
    def check(year: Year) -> Outcome:
        if year.one("initial_rating") is None:
            return None
        told, board = year.day(step), year.to_board
        if told is None:
            return _dated(year.one(step), right)
        return (True if board is None else told <= board), f"Offered {told}; sent to the board {board or 'not yet'}."

    return check


def _time_to_respond(year: Year) -> Outcome:
    told, board = year.day("response_offered"), year.to_board
    if told is None or board is None or told > board or year.response_days is None:
        return None
    answered = year.day("response")
    over = board > add_days(told, year.response_days)
    there = answered is not None and answered <= board
    return (
        over or there,
        f"Offered {told}, with {year.response_days} days by the agency's rule; sent to the board {board}.",
    )


def _review_done(year: Year) -> Outcome:
    asked, done, final = year.day("review_asked"), year.day("review_done"), year.day("final_rating")
    sent, board = year.to_board, year.day("board")
    if done and final and done > final:
        when = f"Asked for {asked or 'on no recorded day'}"
        late = f", after the board had the rating on {sent}" if asked and sent and asked >= sent else ""
        return False, f"{when}{late}; done {done}, after the annual rating of {final}."
    if asked is None:
        return None
    if not _owed(asked, sent):
        return None
    if done is None:
        return False, f"Asked for {asked}; no review is on record."
    return (True if board is None else asked <= done <= board), f"Asked for {asked}, done {done}, board {board}."


def _owed(asked: date, sent: date | None) -> bool | None:
    return periods.higher_level_review(
        asked, sent_to_board_on=sent, not_yet_sent=sent is None, earlier_reviews=0, reviewer=None
    ).answer.owed


def late_request(year: Year) -> str:
    """That a higher-level review was asked for when the board had the rating already; empty where none was."""
    asked, sent, done = year.day("review_asked"), year.to_board, year.day("review_done")
    if asked is None or sent is None or _owed(asked, sent):
        return ""
    held = f"it was done anyway on {done}" if done else "none is on record"
    return f"A higher-level review was asked for on {asked}, out of time: the board had the rating on {sent}. No review is owed; {held}."


def _reviewer(year: Year) -> Outcome:
    entry = year.one("review_done")
    if entry is None:
        return None
    roles: dict[str, Any] = {
        "higher_official": "higher_official",
        "officer": "officer",
        "board_member": "board_member",
        "board": "board_member",
        "supervisor": "rater",
    }
    reviewer = roles.get(entry.by, "other") if entry.by else None
    found = periods.higher_level_review(
        entry.on or year.ended, not_yet_sent=True, reviewer=reviewer,
        executive_consents=year.consents_to_officer, reports_to_head=year.reports_to_head,
    )  # fmt: skip
    return found.answer.reviewer_may_act, f"By: {entry.by.replace('_', ' ') if entry.by else 'not recorded'}."


def _board(year: Year) -> Outcome:
    return _dated(year.one("board"), "recommendation of the board")


def _ordered(first: StepName, second: StepName) -> Callable[[Year], Outcome]:
    def check(year: Year) -> Outcome:
        early, late = year.day(first), year.day(second)
        if early is None or late is None:
            return None
        words = f"{first.replace('_', ' ').capitalize()} {early}, {second.replace('_', ' ')} {late}."
        return early <= late, words

    return check


def _final(year: Year) -> Outcome:
    return _dated(year.one("final_rating"), "annual summary rating")


def _bar(year: Year) -> Outcome:
    """Whether a rating was given in the days after a new administration began."""
    barred: list[str] = []
    unknown: list[str] = []
    kind: Any = year.appointment_type
    for step in ("initial_rating", "final_rating"):
        day = year.day(step)
        if day is None:
            continue
        began, new = _administration(year, day)
        found = bars.rating_bar(day, appointment_type=kind, administration_began_on=began, same_president=new is False)
        if began and found.answer.barred is not False:
            sure = found.answer.barred and new
            (barred if sure else unknown).append(f"{step.replace('_', ' ')} {day} (term begun on {began})")
    if barred:
        return False, f"In the bar: {', '.join(barred)}."
    if unknown:
        return None, f"Whether the bar covers it is not known: {', '.join(unknown)}."
    return (True, "In the bar: none.") if year.administration_began_on else None


def _administration(year: Year, day: date) -> tuple[date | None, bool | None]:
    """When the administration of a day began, as stated unless a later one is on record; and whether it is a new one (None:
    that is not on record).
    """
    stated = year.administration_began_on
    term = parameters.recorded("appraisal.period.administration", day)
    began = None if term is None else term.first_day if day < term.value else term.value
    if stated and (began is None or began <= stated <= day):
        return stated, not year.same_president
    return began, None if term is None or began == term.value else True


def _told(year: Year) -> Outcome:
    final = year.one("final_rating")
    if final is None:
        return None
    entry = year.one("communication")
    if entry is None or entry.on is None or final.on is None:
        return _dated(entry, "communication")
    return entry.on >= final.on, f"Issued {final.on}, communicated on {entry.on}."


def _pattern(year: Year) -> Outcome:
    """What is wrong with the number of levels: for the period, or for the basic plan of OPM's in use."""
    count = len(year.levels)
    lawful = regimes.check_rating(year.first, pattern=count).answer.pattern_lawful
    if lawful is None:
        return None, f"The plan has {count} levels: whether an old system was being finished is not known."
    if not lawful:
        return False, f"The plan has {count} levels: not lawful for a period that begins on {year.first}."
    bands = None if year.plan == "agency" else f"appraisal.{year.plan.replace('-', '_')}.score_bands"
    needed = max(parameters.figure(bands, year.last).value) if bands else count
    return None if count == needed else (False, f"The plan has {count} levels; OPM's basic plan has {needed}.")


def _in_pattern(year: Year) -> Outcome:
    rated = [entry for entry in year.steps if entry.step in ("initial_rating", "board", "final_rating")]
    if not rated:
        return None
    if (unlawful := _pattern(year)) is not None:
        return unlawful
    for entry in rated:
        words = entry.step.replace("_", " ")
        if entry.level is None and entry.step != "board":
            return None, f"The {words} has no level."
        if entry.level is not None and entry.level not in year.levels:
            return False, f"Level {entry.level} of the {words} is not in the pattern."
    return True, ""


def _agrees(year: Year) -> Outcome:
    final = year.one("final_rating")
    if final is None and year.roster_level is None:
        return None
    if final is None:
        return False, f"The roster says Level {year.roster_level}; the ledger has no annual rating."
    if year.roster_level is None and not year.roster_read:
        return None, "The rating on the roster is not known."
    level = year.roster_level is not None and final.level == year.roster_level
    day = year.roster_day is None or final.on is None or final.on == year.roster_day
    ledger = f"ledger: Level {final.level or '-'}, {final.on or 'no day'}"
    return level and day, f"Roster: Level {year.roster_level or '-'}, {year.roster_day or 'no day'}; {ledger}."


def _explained(year: Year) -> Outcome:
    initial, final = year.one("initial_rating"), year.one("final_rating")
    if not initial or not final or None in (initial.level, final.level) or initial.level == final.level:
        return None
    return bool(final.note.strip()), f"Initial Level {initial.level}, annual Level {final.level}."


CHECKS: tuple[Callable[[Year], Outcome], ...] = (
    _plan, _plan_in_time, _consulted, _reviews, _minimum, _initial, _by("initial_rating", "supervisor"),
    _offered("response_offered", "offer to respond"), _time_to_respond,
    _offered("review_offered", "offer of a higher-level review"), _review_done, _reviewer, _board,
    _ordered("initial_rating", "board"), _ordered("board", "final_rating"), _final,
    _by("final_rating", "appointing_authority"), _bar, _told, _in_pattern, _agrees, _explained, details, departures,
    _panels,
)  # fmt: skip
