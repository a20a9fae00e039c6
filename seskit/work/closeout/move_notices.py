"""Notices of moves, from `moves.csv` and the questions that own each move: reassignment, transfer, removal, placement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from seskit.formats.days import long_date
from seskit.law import parameters, rating_levels
from seskit.law.action_facts import kind_of
from seskit.law.actions import bars, histories, moves, removals
from seskit.law.clocks import add_days
from seskit.law.facts import FactError, dollars
from seskit.law.result import Result
from seskit.record.agency_folder import AgencyFolder
from seskit.record.appraisal import rating_history
from seskit.record.appraisal.year_record.files import Files
from seskit.record.closeout import moves as moves_file
from seskit.record.closeout.moves import Move
from seskit.record.problem import Problem
from seskit.record.roster import Person
from seskit.record.roster.columns import REMOVAL_REASONS
from seskit.work.closeout import deciding
from seskit.work.closeout.figures import Closeout
from seskit.work.closeout.notices import LEFT_OPEN, Notice, Said

#: What each ground for removal is stated in.
_GROUNDS = {
    "one_unsatisfactory": "5 U.S.C. 4314(b)(3)", "two_unsatisfactory": "5 U.S.C. 4314(b)(3)",
    "two_less_than_fully_successful": "5 U.S.C. 4314(b)(4)",
}  # fmt: skip
_TOLD: list[Any] = ["basis", "placement", "hearing", "effective_date", "retirement"]


@dataclass(frozen=True)
class _Told:
    """One move with the executive and what the appraisal year says of them."""

    move: Move
    person: Person
    kind: Any
    on_probation: bool | None
    head_on: date | None
    supervisor_on: date | None
    ratings: Any

    @property
    def signer(self) -> str:
        """Who signs the notice."""
        day = self.move.effective_on or self.move.given_on
        return deciding.head(self.person, day) if day else deciding.AGENCY_HEAD

    @property
    def bar(self) -> dict[str, Any]:
        """The appointments that may bar the move."""
        if self.supervisor_on is None:
            return {"head_appointed_on": self.head_on}
        return {
            "head_appointed_on": self.head_on, "supervisor_appointed_on": self.supervisor_on,
            "supervisor_noncareer": True,
        }  # fmt: skip

    @property
    def unsatisfactory_on(self) -> date | None:
        """The day of the latest unsatisfactory rating."""
        return max(
            (one.issued for one in self.ratings or () if one.level == rating_levels.unsatisfactory() and one.issued),
            default=None,
        )


def of_folder(folder: Path, closeout: Closeout) -> tuple[list[Notice], list[Problem]]:
    """The notice of each move in the folder's file, and what is wrong with the file."""
    sheet = moves_file.read(folder)
    problems = list(sheet.problems)
    if not sheet.people:
        return [], problems
    year = AgencyFolder(folder).year
    serving = rating_history.probation(year.people, [])
    bosses = rating_history.supervisors(year.people, []) or {}
    made = []
    for move in sheet.people:
        person = closeout.people.get(move.person_id or "")
        if person is None or move.move is None:
            reason = "is not in the roster" if person is None else "has no kind of move"
            problems.append(Problem(move.row, "person_id", "", reason, "Correct the row.", file=moves_file.FILE))
            continue
        told = _told(year, move, person, serving, bosses)
        try:
            notice = _MAKERS.get(move.move, _reassignment)(told)
            besides = (*_not_there(year, told), *_another_row(told, sheet.people), *_in_place_of_removal(told))
        except FactError as failure:
            problems.append(
                Problem(move.row, None, "", str(failure).rstrip("."), "Correct the row.", file=moves_file.FILE)
            )
            continue
        made.append(replace(notice, open=tuple(dict.fromkeys((*notice.open, *besides)))))
    return made, problems


def _not_there(year: Files, told: _Told) -> Iterator[str]:
    """That the executive had left before the period ended, so that there is nobody to move."""
    if year.on_rolls_at_end(told.person) is False:
        end = year.ends.get(told.person.plan or "")
        yield f"The executive was not on the rolls on {end}: correct row {told.move.row} of {moves_file.FILE}, or the roster."


def _another_row(told: _Told, rows: Sequence[Move]) -> Iterator[str]:
    """Another row that moves the executive elsewhere; only the placement goes with a removal."""
    if told.move.move == "placement":
        return
    for other in rows:
        if (
            other.person_id == told.move.person_id
            and other.row != told.move.row
            and other.move not in (None, "placement")
        ):
            yield f"Row {other.row} of {moves_file.FILE} has a {other.move.replace('_', ' ')} of this executive too: keep the one that is meant."


def _called(told: _Told) -> Result[histories.Consequences] | None:
    """What the ratings of a career executive past probation call for on the day of the move; None of anybody else."""
    day = told.move.effective_on or told.move.given_on
    if told.kind != "career" or told.on_probation is not False or day is None:
        return None
    return histories.consequences(day, appointment_type=told.kind, on_probation=False, history=told.ratings)


def _in_place_of_removal(told: _Told) -> Iterator[str]:
    """That the ratings require a removal, which another move within the SES does not replace."""
    what = (told.move.move or "").replace("_", " ")
    if what in ("", "removal", "placement"):
        return
    called = _called(told)
    if called and called.answer.action == rating_history.MUST_REMOVE:
        yield f"{called.says} A {what} does not take the place of the removal (5 U.S.C. 4314(b))."


def _told(year: Files, move: Move, person: Person, serving: dict[str, bool], bosses: dict[str, date]) -> _Told:
    who = person.person_id or ""
    day = move.effective_on or move.given_on
    probation = serving.get(who)
    if probation is None and year.cycle is not None and day is not None:
        probation = year.on_probation(person, day)
    head = year.cycle.agency_head_appointed_on if year.cycle else None
    return _Told(move, person, kind_of(person.appointment_type), probation, head, bosses.get(who), year.ratings(person))


def _day(day: date | None) -> str:
    return long_date(day) if day else LEFT_OPEN


def _facts(move: Move, *more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    shown = [("To", move.to_position or LEFT_OPEN), ("At", move.to_place or LEFT_OPEN)]
    shown += [("This notice is received on", _day(move.given_on)), ("Takes effect", _day(move.effective_on)), *more]
    return tuple(shown)


def _lacking(move: Move, *names: str) -> list[str]:
    """Columns that the notice needs and the row leaves blank."""
    return [f"Fill in {name} in row {move.row} of {moves_file.FILE}." for name in names if getattr(move, name) is None]


def _against(asked: Result, verdict: bool | None) -> list[str]:
    """Why the law does not let the notice stand, or why that cannot be determined."""
    if verdict is True:
        return []
    return [
        asked.says,
        *(f"{one.text} ({one.citation})" for one in asked.reasons if one.outcome in ("not met", "cannot tell")),
    ]


def _either() -> str:
    """The time of notice where the row does not say how far the move goes."""
    here, away = (parameters.latest(f"actions.notice.{one}_days") for one in ("same_area", "outside"))
    return f"{here} days, or {away} outside the commuting area,"


def _said_of_move(move: Move) -> tuple[Said, ...]:
    outside = move.outside_commuting_area
    days = _days(outside, move.given_on)
    length = f"{days} days" if days else _either()
    says: list[Said] = [
        (f"You are to be {'reassigned' if move.move == 'reassignment' else 'moved by a transfer of function'} to the position of "
         f"{move.to_position or LEFT_OPEN}, {move.to_place or LEFT_OPEN}.", "5 U.S.C. 3395(a)"),
        (f"The move takes effect at least {length} after you receive this notice.", "5 U.S.C. 3395(a)(2)"),
    ]  # fmt: skip
    if outside or move.reason:
        law = "5 U.S.C. 3395(a)(2)(B)" if outside else "5 U.S.C. 3395(a)"
        says.append((f"Reason: {move.reason or LEFT_OPEN}", law))
    if outside:
        told_on = f"You were consulted on {_day(move.consulted_on)}, before this notice"
        says.append((f"{told_on}, on the reasons for the move and on your preferences.", "5 U.S.C. 3395(a)(2)(B)"))
    return tuple(says)


def _rights_in_move() -> tuple[Said, ...]:
    return (
        ("The time of notice may be waived only by your consent in writing.", "5 CFR 317.901(b)"),
        (f"You may not be moved against your will within {parameters.latest('actions.bars.days')} days after the appointment of the agency head, or of a noncareer "
         "immediate supervisor who can make your initial appraisal; the notice itself may be given in that time.",
         "5 U.S.C. 3395(e); 5 CFR 317.901(c), (d)"),
    )  # fmt: skip


def _reassignment(told: _Told) -> Notice:
    move = told.move
    name = move.move or ""
    lacking = _lacking(move, "given_on", "effective_on", "to_position", "to_place", "outside_commuting_area")
    if move.outside_commuting_area:
        lacking += _lacking(move, "consulted_on", "reason")
    if told.kind != "career":
        lacking.append("The rules on notice of a move protect career appointees; this executive is not one.")
    asked = moves.reassignment(
        move.effective_on, received_on=move.given_on, outside_commuting_area=move.outside_commuting_area,
        consulted_on=move.consulted_on, waived_on=move.agreed_on, unsatisfactory_issued_on=told.unsatisfactory_on,
        exception="unsatisfactory rating issued before" if told.unsatisfactory_on else "none", supervisor_rates=True if told.supervisor_on else None,
        **told.bar,
    ) if move.given_on else None  # fmt: skip
    outside = move.outside_commuting_area
    more = [("Commuting area", "not recorded" if outside is None else "outside" if outside else "the same")]
    if asked and asked.answer.earliest:
        more.append(("First lawful day", long_date(asked.answer.earliest)))
        if told.head_on and not told.supervisor_on:
            more.append(
                (
                    "Bar on a move counted from",
                    f"agency head, {long_date(told.head_on)}; no new noncareer supervisor is recorded",
                )
            )
    open_ones = lacking if asked is None else [*lacking, *_against(asked, asked.answer.allowed)]
    return Notice(
        name, told.person, _facts(move, *more), _said_of_move(move), _rights_in_move(), told.signer, tuple(open_ones),
        "I agree to the move / I waive the time of notice / I do neither.",
    )  # fmt: skip


def _days(outside: bool | None, on: date | None) -> int | None:
    if outside is None or on is None:
        return None
    return int(parameters.figure(f"actions.notice.{'outside_days' if outside else 'same_area_days'}", on).value)


def _transfer(told: _Told) -> Notice:
    move = told.move
    lacking = _lacking(move, "effective_on", "to_position", "to_place", "agreed_on")
    says: tuple[Said, ...] = (
        (f"You are to transfer to the position of {move.to_position or LEFT_OPEN}, {move.to_place or LEFT_OPEN}, in another agency.",
         "5 U.S.C. 3395(a); 5 CFR 317.902"),
        ("A transfer to another agency is voluntary; no time of notice runs.", "5 CFR 317.902"),
        ("At the same rate of basic pay a transfer does not start a new 12 months.", "5 CFR 534.404(h)(1)"),
    )  # fmt: skip
    facts = (
        *_facts(move)[:2], ("You agreed in writing on", _day(move.agreed_on)), ("Takes effect", _day(move.effective_on)),
    )  # fmt: skip
    return Notice("transfer", told.person, facts, says, (), told.signer, tuple(lacking), "I agree to this transfer.")


def _removal(told: _Told) -> Notice:
    move, day = told.move, told.move.effective_on
    lacking = _lacking(move, "given_on", "effective_on")
    tenured = told.kind == "career" and told.on_probation is False
    if told.kind == "career":
        lacking += _lacking(move, *(("ground", "retirement_eligible") if tenured else ("reason",)))
    says: list[Said] = [(f"You are to be removed from the Senior Executive Service on {_day(day)}.", _law(told))]
    rights: list[Said] = []
    if told.kind == "career":
        rests = REMOVAL_REASONS[move.ground] if move.ground else move.reason or LEFT_OPEN
        law = f"{_GROUNDS[move.ground]}; 5 CFR 359.501" if tenured and move.ground else _law(told)
        says.append((f"The removal rests on: {rests}.", law))
        if move.reason and move.ground:
            says.append((move.reason, law))
        rights += _placement_right(told)
    if day:
        lacking += _checked(told, day, tenured)
        if tenured:
            rights += _hearing(told, day)
    if tenured:
        rights.append(("The rating itself cannot be appealed.", "5 U.S.C. 4312(d)"))
    return Notice("removal from the Senior Executive Service", told.person, _removal_facts(told), tuple(says), tuple(rights),
                  told.signer, tuple(dict.fromkeys(lacking)))  # fmt: skip


def _law(told: _Told) -> str:
    if told.kind != "career":
        return "5 U.S.C. 3592(c); 5 CFR 359.902, 317.605(b)"
    return "5 U.S.C. 3592(a)(1); 5 CFR 359.402" if told.on_probation else "5 U.S.C. 3592(a)(2); 5 CFR 359.501, 359.502"


def _removal_facts(told: _Told) -> tuple[tuple[str, str], ...]:
    move = told.move
    named = move.to_position and ", ".join(part for part in (move.to_position, move.to_place) if part)
    retire = {True: "yes", False: "no", None: LEFT_OPEN}[move.retirement_eligible]
    return (
        ("This notice is given on", _day(move.given_on)),
        ("Takes effect", _day(move.effective_on)),
        *((("Position for placement", named),) if named and not _named_later(move) else ()),
        *((("Eligible for immediate retirement", retire),) if told.kind == "career" else ()),
    )


def _named_later(move: Move) -> bool:
    """Whether the position for placement is named after the notice, in a supplement to it."""
    return bool(move.position_named_on and move.given_on and move.position_named_on > move.given_on)


def _checked(told: _Told, day: date, tenured: bool) -> list[str]:
    """What the questions on removal say against it: time, the 120-day bar, the ratings on record."""
    move = told.move
    named = move.position_named_on or (move.given_on if move.to_position else None)
    kept = removals.removal_notice(
        day, appointment_type=told.kind, on_probation=told.on_probation, notice_on=move.given_on,
        position_named_on=named, states=_TOLD, retirement_eligible=move.retirement_eligible,
    )  # fmt: skip
    against = _against(kept, kept.answer.passes)
    found = against[1:] or against
    ground: Any = "less_than_fully_successful" if move.ground == "two_less_than_fully_successful" else "unsatisfactory"
    barred = bars.removal_bar(
        day, appointment_type=told.kind, on_probation=told.on_probation, ground=ground if tenured else "other",
        unsatisfactory_issued_on=told.unsatisfactory_on, supervisor_can_remove=True if told.supervisor_on else None, **told.bar,
    )  # fmt: skip
    if barred.answer.barred is not False:
        found.append(barred.says)
    if tenured:
        try:
            found += _by_ratings(told, _called(told))
        except FactError as failure:
            found.append(str(failure))
    return found


def _by_ratings(told: _Told, called: Result[histories.Consequences] | None) -> Iterator[str]:
    """That the ratings on record call for no removal, or do not bear out the ground that the notice states."""
    if called is None:
        return
    if called.answer.action not in (rating_history.MUST_REMOVE, rating_history.EITHER):
        yield f"The ratings on record call for no removal: {called.says}"
        return
    borne = {rating_history.GROUNDS[row] for row in called.answer.rows if row in rating_history.GROUNDS}
    if told.unsatisfactory_on:
        borne.add("one_unsatisfactory")
    if told.move.ground and told.move.ground not in borne:
        words = " or ".join(REMOVAL_REASONS[one] for one in sorted(borne))
        yield f"The ratings on record bear out {words}, and not {REMOVAL_REASONS[told.move.ground]}."


def _placement_right(told: _Told) -> list[Said]:
    right = removals.placement(
        told.move.effective_on or told.move.given_on or date.max, appointment_type=told.kind, on_probation=told.on_probation,
        reason="performance", from_career_type=told.move.from_career,
    ) if told.move.effective_on or told.move.given_on else None  # fmt: skip
    if right is None or right.answer.entitled is None:
        return [("Your right to placement outside the SES: (to be settled before this is signed)", "5 U.S.C. 3594")]
    if not right.answer.entitled:
        return [("You have no right to placement outside the SES.", "5 U.S.C. 3594")]
    named = f" The position named for you is {told.move.to_position}." if told.move.to_position else ""
    if named and _named_later(told.move):
        named = f" The position is named to you in a supplement to this notice, on {_day(told.move.position_named_on)}."
    return [
        (f"You are entitled to a continuing position at {right.answer.grade} or above, or its equal.{named}",
         "5 U.S.C. 3594; 5 CFR 359.701-.703"),
    ]  # fmt: skip


def _hearing(told: _Told, day: date) -> list[Said]:
    days = int(parameters.figure("actions.removal.hearing_days", day).value)
    until = add_days(day, -days)
    retire = told.move.retirement_eligible
    listed: list[Said] = [
        (f"You may ask the Merit Systems Protection Board for an informal hearing until {long_date(until)}, {days} days before the "
         "removal takes effect. The hearing need not delay the removal, and gives no appeal.", "5 U.S.C. 3592(a); 5 CFR 359.502(b)"),
    ]  # fmt: skip
    if retire:
        listed.append(("You are eligible for immediate retirement.", "5 CFR 359.502(a)"))
    return listed


def _placement(told: _Told) -> Notice:
    move = told.move
    lacking = _lacking(move, "effective_on", "to_position", "to_place", "position_rate", "former_rate")
    rate = told.person.basic_pay_period_end
    asked = removals.placement(
        move.effective_on, appointment_type=told.kind, on_probation=told.on_probation, reason="performance",
        from_career_type=move.from_career, new_position_rate=move.position_rate, former_position_rate=move.former_rate,
        ses_rate=rate,
    ) if move.effective_on else None  # fmt: skip
    right, pay = (asked.answer.entitled, asked.answer.pay) if asked else (None, None)
    if asked and right is not True:
        lacking += _against(asked, right)
    grade = asked.answer.grade if asked else None
    says: tuple[Said, ...] = (
        (f"You are offered the position of {move.to_position or LEFT_OPEN}, {move.to_place or LEFT_OPEN}"
         f"{f', at {grade} or above or its equal' if grade else ''}.", "5 U.S.C. 3594(a)-(c); 5 CFR 359.702, 359.703"),
        ("Basic pay is the highest of three: the rate of the new position, the present rate of the position you held before the SES, "
         "and your SES rate just before.", "5 U.S.C. 3594(c)(2)"),
    )  # fmt: skip
    facts = (
        *_facts(move)[:2],
        ("Takes effect", _day(move.effective_on)),
        ("Rate of the position", dollars(move.position_rate) if move.position_rate else LEFT_OPEN),
        ("Present rate of the former position", dollars(move.former_rate) if move.former_rate else LEFT_OPEN),
        ("SES rate just before", dollars(rate) if rate else LEFT_OPEN),
        ("Basic pay on placement", dollars(pay) if pay is not None else LEFT_OPEN),
    )
    return Notice("placement outside the Senior Executive Service", told.person, facts, says, (), told.signer, tuple(lacking),
                  "I accept / decline the position.")  # fmt: skip


_MAKERS = {"transfer": _transfer, "removal": _removal, "placement": _placement}
