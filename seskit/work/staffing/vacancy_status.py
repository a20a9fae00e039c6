"""Where each vacancy stands on a day, and what is overdue, barred, incomplete or irregular about it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, cast

from seskit.formats.counts import number_of
from seskit.law.actions.probationary_year import Probation, probation
from seskit.law.result import Result
from seskit.law.staffing.appointments import LimitedAppointment, check_appointment, limited_appointment
from seskit.law.staffing.qrb import QrbDeadline, QrbMoratorium, qrb_deadline, qrb_forwarding, qrb_moratorium
from seskit.law.staffing.vacancy_timeline import Timeline, timeline
from seskit.record.staffing import doubt
from seskit.record.staffing.doubt import Doubt
from seskit.record.staffing.records import Moratorium, Vacancy, VacancyFolder, is_limited
from seskit.work.staffing import day_order
from seskit.work.staffing.case import case
from seskit.work.staffing.vacancy_words import BEFORE_SELECTION, NEXT, TO_DO, Kind

#: The state after each step before the selection, the last first.
_BEFORE_SELECTED = {
    "board_on": "to be selected", "rated_on": "before the board", "closes_on": "to be rated", "opens_on": "announced",
}  # fmt: skip
#: The steps of merit staffing that stand before the case.
_MERIT = ("opens_on", "closes_on", "rated_on", "board_on", "selected_on")
_OF_A_SENT_CASE = "Write into vacancy.yaml where each is kept. If one was never sent, ask OPM what to do."
_NOT_LISTED = "Correct the number of the selectee or the lists in vacancy.yaml; select from the best qualified only."
_CORRECT_DAYS = "Correct the days in vacancy.yaml."
_NO_DUE = "The day it is due cannot be determined"
_SENDING = "OPM memoranda on QRB submission"
_POLITICAL = "OPM guidance on political appointees"
_UNKNOWN = Doubt("cannot tell")


@dataclass(frozen=True)
class Remark:
    """One thing that needs attention."""

    vacancy: str
    kind: Kind
    text: str
    citation: str
    line: int | None
    doubt: Doubt
    fix: str

    @property
    def to_do(self) -> str:
        """What to do about it."""
        return self.fix or TO_DO[self.kind]


@dataclass(frozen=True)
class Seen:
    """A vacancy as it stands on a day, with everything that needs attention."""

    vacancy: Vacancy
    state: str
    findings: tuple[Remark, ...]
    #: What the days of the vacancy rest on, and how sure each of them is.
    doubts: tuple[tuple[str, Doubt], ...]
    #: What comes next, with its day where the law sets one.
    next_step: str

    @property
    def doubt(self) -> str:
        """The doubts about its days in sentences; empty where every day is confirmed in the source."""
        return " ".join(f"{what}: {one.says}" for what, one in self.doubts if one.says)


def look(folder: VacancyFolder, as_of: date) -> list[Seen]:
    """Every vacancy of an agency as it stands on a day."""
    return [_seen(folder, vacancy, as_of) for vacancy in folder]


def against(folder: VacancyFolder, vacancy: Vacancy, as_of: date) -> tuple[str, ...]:
    """What speaks against sending the case of a vacancy, whether its papers are complete or not."""
    if vacancy.filling != "career":
        return ()
    return tuple(dict.fromkeys(_View(folder, vacancy, as_of).against()))


def _seen(folder: VacancyFolder, vacancy: Vacancy, as_of: date) -> Seen:
    view = _View(folder, vacancy, as_of)
    found = tuple(
        Remark(vacancy.id, one.kind, one.text, one.law, folder.line(vacancy), one.doubt, one.fix)
        for one in view.career_or_other()
    )
    return Seen(vacancy, view.state(), found, tuple(view.doubts()), view.next_step({one.kind for one in found}))


class _Said(NamedTuple):
    """What is to be said of a vacancy, with the doubt of the question behind it."""

    kind: Kind
    text: str
    law: str
    doubt: Doubt = doubt.NONE
    fix: str = ""


Noted = Iterator[_Said]


@dataclass(frozen=True)
class _View:
    """One vacancy seen on one day: days after it are plans."""

    folder: VacancyFolder
    vacancy: Vacancy
    as_of: date

    def happened(self, day: date | None) -> bool:
        return day is not None and day <= self.as_of

    def state(self) -> str:
        one = self.vacancy
        if self.happened(one.ended_on):
            return "ended"
        if one.filling != "career":
            return self._other_state()
        if self.happened(one.appointed_on):
            status = self.probation().answer.status
            return {"running": "in probation", "final": "final"}.get(status or "", "probation over, not final")
        if self.happened(one.certified_on):
            return "to be appointed"
        if self.happened(one.selected_on) and self.held():
            return "held"
        if self.returned():
            return "case returned"
        return self._after({"submitted_on": "with the QRB", "selected_on": "case to be sent"})

    def _after(self, selected: dict[str, str]) -> str:
        """The state after the last step that has happened, with those from the selection on given."""
        steps = selected | _BEFORE_SELECTED
        return next((name for step, name in steps.items() if self.happened(getattr(self.vacancy, step))), "planned")

    def _other_state(self) -> str:
        if not self.happened(self.vacancy.appointed_on):
            return "to be appointed" if self.vacancy.selectee else self._after({"selected_on": "to be appointed"})
        if not is_limited(self.vacancy.filling):
            return "serving, noncareer"
        return "term over" if self._term_ends() < self.as_of else "serving for a term"

    def career_or_other(self) -> Noted:
        if self.happened(self.vacancy.ended_on):
            yield from self._ended()
            return
        for text in day_order.steps(self.vacancy, self.as_of):
            yield _Said("irregular", text, "the order of the steps", fix=_CORRECT_DAYS)
        if self.vacancy.filling != "career":
            yield from self._other()
            return
        yield from self._order()
        yield from self._selection()
        yield from self._other_days()
        if self.happened(self.vacancy.selected_on) and not self.happened(self.vacancy.certified_on):
            yield from self._waiting()
        elif self.happened(self.vacancy.selected_on):
            yield from (one._replace(kind="irregular") for one in self._forwarding() if one.kind == "barred")
        if self.happened(self.vacancy.selected_on) and self.state() != "final":
            yield from self._papers()
        if self.happened(self.vacancy.appointed_on):
            yield from self._in_probation()

    def _order(self) -> Noted:
        past: dict[str, Any] = {step: day for step, day in self.vacancy.dates.items() if day <= self.as_of}
        if not past and not self._graduate():
            return
        if "opens_on" in past and self.vacancy.closes_on:
            past["closes_on"] = self.vacancy.closes_on
        asked = timeline(
            self.as_of, criterion=self.vacancy.criterion or "A", graduated_on=self.vacancy.graduated_on,
            early_adoption=self.folder.agency()["early_adoption"], closed_days=self.folder.agency()["closed_days"],
            **past,
        )  # fmt: skip
        for problem in asked.answer.problems:
            if problem.step != "qrb_due":
                sure = self.deadline() if problem.step == "submitted_on" else doubt.NONE
                yield _Said("irregular", problem.text, "5 CFR 317.501-317.503", sure)
            elif not self.excused(asked):
                yield _Said("overdue", problem.text, _SENDING, self.deadline())

    def _other_days(self) -> Noted:
        """Days of merit staffing, of the case and of probation that have happened in another order."""
        said = (
            (day_order.merit_staffing, "5 CFR 317.501(c)"), (day_order.with_opm, "5 CFR 317.502"),
            (day_order.in_probation, "5 CFR 317.503"),
        )  # fmt: skip
        for found, law in said:
            for day, text in found(self.vacancy):
                if self.happened(day):
                    yield _Said("irregular", text, law, fix=_CORRECT_DAYS)

    def against(self) -> Iterator[str]:
        """Merit staffing out of order or too short, a selectee off the lists, and what bars the case."""
        one = self.vacancy
        merit: dict[str, Any] = {step: one.dates[step] for step in _MERIT if step in one.dates}
        if merit and one.criterion != "B":
            closed = self.folder.agency()["closed_days"]
            yield from (problem.text for problem in timeline(**merit, closed_days=closed).answer.problems)
            yield from (text for _, text in day_order.merit_staffing(one))
            yield from (said.text for said in self._selection())
        yield from (said.text for said in self._waiting() if said.kind == "barred")

    def deadline(self) -> Doubt:
        """How sure the day is on which the case is due."""
        return doubt.of(self.due())

    def due(self) -> Result[QrbDeadline]:
        """The question when the case is due."""
        agency, one = self.folder.agency(), self.vacancy
        return qrb_deadline(
            self.as_of, criterion=one.criterion or "A", closes_on=one.closes_on, graduated_on=one.graduated_on,
            early_adoption=agency["early_adoption"], closed_days=agency["closed_days"],
        )  # fmt: skip

    def next_step(self, kinds: Collection[Kind] = ()) -> str:
        """What is to be done next of a vacancy at its state, and by what day where the law sets one; `kinds` is what is found."""
        state = self.state()
        if state == "case to be sent" or (state == "planned" and self._graduate()):
            return self._sending(kinds)
        if state == "case returned":
            again = qrb_deadline(
                criterion=self.vacancy.criterion, returned_on=self.vacancy.returned_on
            ).answer.resubmit_by
            return f"Send the case to OPM again{f' by {again}' if again else ''}."
        if state == "planned" and self.vacancy.filling != "career":
            return "Select the appointee, and record the day."
        if state in BEFORE_SELECTION:
            due = self.due().answer.due if self.vacancy.filling == "career" and self._starts_a_clock() else None
            later = f" The case is due at OPM by {due}." if due else ""
            return f"{BEFORE_SELECTION[state]}{later}"
        if state in ("in probation", "probation over, not final"):
            tense = "ends" if state == "in probation" else "ended"
            return f"Assess and certify the performance; probation {tense} on {self.probation().answer.last_day}."
        if state == "serving for a term":
            return f"The term ends on {self._term_ends()}."
        return NEXT.get(state, "")

    def _graduate(self) -> bool:
        """Whether the selectee graduated from a candidate program, whose case waits for no announcement."""
        return self.vacancy.criterion == "B" and self.happened(self.vacancy.graduated_on)

    def _starts_a_clock(self) -> bool:
        return bool(self.vacancy.closes_on or self.vacancy.graduated_on)

    def _sending(self, kinds: Collection[Kind]) -> str:
        due = self.due().answer.due
        late = due is not None and due < self.as_of
        if "barred" in kinds:
            when = f"The case {'was due at OPM on' if late else 'is due at OPM by'} {due}" if due else _NO_DUE
            return f"Settle what bars the case before it is sent. {when}."
        send = "Complete the case, and send it to OPM" if "incomplete" in kinds else "Send the case to OPM"
        if due is None:
            return f"{send}. {_NO_DUE}."
        return f"{send} now; it was due on {due}." if late else f"{send} by {due}."

    def doubts(self) -> Iterator[tuple[str, Doubt]]:
        """Each day of law that the vacancy now waits for, with its doubt."""
        one = self.vacancy
        if self.happened(one.ended_on):
            return
        if one.filling == "career" and self.happened(one.appointed_on):
            yield "Last day of probation", doubt.of(self.probation())
        elif one.filling == "career" and not self.happened(one.submitted_on) and self._starts_a_clock():
            yield "Day the case is due", self.deadline()
        elif is_limited(one.filling) and self.happened(one.appointed_on):
            yield "Last day of the term", doubt.of(self.term())

    def excused(self, asked: Result[Timeline]) -> bool:
        """Whether a moratorium that began before the due day holds the case."""
        due = next(row.date for row in asked.answer.rows if row.step == "qrb_due")
        return bool(self.held()) and self.vacancy.moratorium is not None and self.vacancy.moratorium.since <= due

    def held(self) -> bool | None:
        """Whether a moratorium holds the case on the day; None where it cannot be determined."""
        bar = self.vacancy.moratorium
        if bar is None or not self.happened(bar.since) or (bar.until and bar.until < self.as_of):
            return False
        sent = self.vacancy.submitted_on
        if self.happened(sent) and bar.event != "governmentwide" and sent and sent < bar.since:
            return False
        held: bool | None = self.moratorium(bar, sent).answer.held
        return held

    def moratorium(self, bar: Moratorium, sent: date | None) -> Result[QrbMoratorium]:
        """The question whether the moratorium on record holds the case."""
        return qrb_moratorium(
            bar.since, criterion=self.vacancy.criterion or "A", event=bar.event,
            acting_head_presidential=bar.acting_head_presidential, board_or_commission=bar.board_or_commission,
            head_approves_selection=bar.head_approves_selection, exception_granted=bar.exception_granted,
            submitted_before=bool(sent and sent < bar.since),
        )  # fmt: skip

    def returned(self) -> bool:
        one = self.vacancy
        return self.happened(one.returned_on) and not self.happened(one.sent_again_on)

    def _selection(self) -> Noted:
        """A selectee whom the board did not rank, or did not certify as best qualified."""
        one = self.vacancy
        lists = {"in the board's order": one.board_order, "among the best qualified": one.best_qualified}
        lacking = [name for name, numbers in lists.items() if numbers and one.selectee not in numbers]
        if one.selectee and self.happened(one.selected_on) and lacking:
            said = f"The selectee {one.selectee} is not {' and not '.join(lacking)}."
            yield _Said("irregular", said, "5 CFR 317.501(c)", fix=_NOT_LISTED)

    def _waiting(self) -> Noted:
        one, held = self.vacancy, self.held()
        if held and one.moratorium:
            said = f"A moratorium since {one.moratorium.since} holds the case ({one.moratorium.event})."
            sure = doubt.of(self.moratorium(one.moratorium, one.submitted_on))
            yield _Said("barred", said, "5 CFR 317.502(d)", sure)
        elif held is None:
            said = "Whether a moratorium holds the case depends on the acting head."
            yield _Said("incomplete", said, "5 CFR 317.502(d)", _UNKNOWN)
        yield from self._forwarding()
        if one.returned_on and self.happened(one.returned_on):
            asked = qrb_deadline(criterion=one.criterion, returned_on=one.returned_on)
            again, sure = asked.answer.resubmit_by, Doubt(asked.confidence)
            if again and self.returned() and again < self.as_of and not held:
                yield _Said("overdue", f"The returned case was due back by {again}.", _SENDING, sure)
            elif again and one.sent_again_on and one.sent_again_on > again:
                yield _Said("irregular", f"Sent again on {one.sent_again_on}, after {again}.", _SENDING, sure)

    def _ended(self) -> Noted:
        """An appointment that ended before it began, or a limited one that went on past its last lawful day."""
        one, ended = self.vacancy, cast("date", self.vacancy.ended_on)
        if one.appointed_on is None:
            return
        if ended < one.appointed_on:
            said = f"Ended on {ended}, before the appointment on {one.appointed_on}."
            yield _Said("irregular", said, "5 CFR 317.602", fix=_CORRECT_DAYS)
        elif is_limited(one.filling):
            result = self.term()
            last = result.answer.safe_last_day
            if last and ended > last:
                said = f"Ended on {ended}, after {last}, the last day of the term."
                yield _Said("irregular", said, "5 U.S.C. 3132(a)(5)-(6); 5 CFR 317.602(b)", doubt.of(result))

    def _papers(self) -> Noted:
        """What the case lacks, before it is sent and after."""
        one = self.vacancy
        missing = (made := case(self.folder, one, self.as_of)).missing_says
        if missing and self.happened(one.submitted_on):
            said = f"The case was sent on {one.submitted_on}, and these are not on record: {missing}."
            yield _Said("incomplete", said, "5 CFR 317.502(b)", Doubt(made.confidence), _OF_A_SENT_CASE)
        elif missing and not self.happened(one.certified_on):
            yield _Said("incomplete", f"Missing in the case: {missing}.", "5 CFR 317.502(b)", Doubt(made.confidence))

    def _forwarding(self) -> Noted:
        one = self.vacancy
        if one.present_appointment is None:
            return
        asked = qrb_forwarding(
            self.as_of, current_appointment=one.present_appointment, same_position=one.same_position,
            left_political_on=one.left_political_on,
        )  # fmt: skip
        if asked.answer.forwarded is False:
            yield _Said("barred", asked.says, "5 CFR 317.502(e)", doubt.of(asked))
        elif asked.answer.forwarded is None:
            said = "Whether the selectee now holds this position is not known."
            yield _Said("incomplete", said, "5 CFR 317.502(e)", _UNKNOWN)
        elif asked.answer.opm_approval and one.opm_approved is False:
            said = "OPM has not approved this political appointee's career appointment."
            yield _Said("barred", said, _POLITICAL, doubt.of(asked))
        elif asked.answer.opm_approval and one.opm_approved is None:
            said = "OPM's approval for a political appointee is not recorded."
            yield _Said("incomplete", said, _POLITICAL, _UNKNOWN)

    def probation(self) -> Result[Probation]:
        one, appointed_on = self.vacancy, cast("date", self.vacancy.appointed_on)
        return probation(
            self.as_of, appointed_on=appointed_on, criterion=one.criterion, nonpay_days=one.nonpay_days,
            department_of_defense=self.folder.agency()["department_of_defense"],
            assessed=self.happened(day_order.counted(one.assessed_on, appointed_on)),
            certified=self.happened(day_order.counted(one.performance_certified_on, appointed_on)),
            development_covered=one.development_covered,
        )  # fmt: skip

    def _in_probation(self) -> Noted:
        result = self.probation()
        asked, sure = result.answer, doubt.of(result)
        if asked.status in ("running", "final"):
            return
        needed = ", ".join(asked.missing)
        if asked.status == "not final":
            yield _Said("overdue", f"Probation ended on {asked.last_day} without {needed}.", "5 CFR 317.503(a)", sure)
        else:
            yield _Said(
                "incomplete", f"Probation ended on {asked.last_day}; not known: {needed}.", "5 CFR 317.503(b)", sure
            )

    def term(self) -> Result[LimitedAppointment]:
        """The question how long the limited appointment may last, from its first day or from the day it is seen on."""
        one = self.vacancy
        starts = one.appointed_on or self.as_of
        return limited_appointment(appointment_type=one.filling, starts_on=starts, months=one.months)  # type: ignore[arg-type]

    def _term_ends(self) -> date:
        """The last lawful day of the term; as made, where no day of it is lawful."""
        term = self.term().answer
        ends: date = term.safe_last_day or term.nte_date
        return ends

    def _other(self) -> Noted:
        """A noncareer or limited appointment: whether it may be made, and what it still needs."""
        one = self.vacancy
        if is_limited(one.filling):
            yield from self._length()
        if not (one.selectee or one.appointed_on):
            return
        asked = check_appointment(
            self.as_of, appointment_type=one.filling, position=one.position, opm_approved=one.opm_approved,
            standard_written=one.merit.standard_written,
            qualifications_certified=self.happened(one.merit.agency_certified_on) or None,
        )  # fmt: skip
        if asked.answer.position_allows is False:
            yield _Said("barred", asked.says, "5 U.S.C. 3132(a)(8)", Doubt(asked.confidence))
        missing = list(asked.answer.missing)
        if is_limited(one.filling) and one.present_appointment != "career type" and not one.opm_approved:
            missing.append("OPM's approval of the authority")
        if missing:
            yield _Said("incomplete", f"Needed before the appointment: {'; '.join(missing)}.", "5 U.S.C. 3394")

    def _length(self) -> Noted:
        """A term that is longer than the law allows, planned or made, and one that is over without an end on record."""
        one, result = self.vacancy, self.term()
        term, sure = result.answer, doubt.of(result)
        if not term.lawful:
            made = "Made" if self.happened(one.appointed_on) else "Planned"
            said = f"{made} for {number_of(one.months or 0, 'month')}; the longest is {term.maximum_months}."
            yield _Said("barred", said, "5 U.S.C. 3132(a)(5)-(6)", sure)
        if one.appointed_on and self._term_ends() < self.as_of:
            said = f"The term ran to {self._term_ends()} and no end is recorded."
            yield _Said("overdue", said, "5 CFR 317.605(c)", sure)
