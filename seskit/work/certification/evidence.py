"""The evidence of a request, point by point: shown, missing, stale, contradictory, or computed from the rosters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from seskit.law import parameters
from seskit.law.certification.checklist import RequestItem, former_numbers, number_of_criterion, numbered, submission
from seskit.law.certification.terms import term
from seskit.record.certification.evidence_index import FILE, Aspect, EvidenceEntry, System
from seskit.record.problem import Problem
from seskit.work.certification import evidence_from_rosters
from seskit.work.certification.evidence_from_rosters import SAMPLE, JudgedPoint, State
from seskit.work.certification.ratings import PeriodData

Line = Callable[[int | None], int | None]
#: For each executive whose plan is in the folder, whether it is final.
Plans = Mapping[str, bool]
#: What each item of the checklist is for, by its citation; any other item is a document like another.
ROLES = {
    "5 CFR 430.405(b)": "letter",
    "5 CFR 430.403(b)": "approval",
    "5 CFR 430.405(b)(1)(i)": "description",
    "5 CFR 430.405(b)(1)(ii)": "guidance",
    "5 CFR 430.405(b)(1)(iii)": "levels",
    "5 CFR 430.405(b)(2)": "review",
    "5 CFR 430.405(b)(4); CPM 2004-13": "ratings",
    "5 CFR 430.405(b)(5)": "more",
    "CPM 2004-13": "sample",
    "OPM certification guidance": "tool",
}
_LONG, _SHORT = "certification.checklist.requirements", "certification.checklist.basic_system"
_FORMER = (
    " The index uses the numbers items once had on this list; if you mean the first items of the full list, "
    "they prove nothing here."
)
_FIXES: Mapping[State, str] = {
    "missing": "Add an entry that names the document and the place in it",
    "stale": "Name a document of the periods asked about",
    "contradictory": "Correct the entries, so that they agree with each other and with the rosters",
    "does not meet": "Correct the system or its use, then name the document that shows it",
    "cannot tell": "Complete the rosters",
}
_ROSTER_FIXES = {
    "sample": "List under the sampled plans (sampled_plans in certification.yaml) the agency's numbers of the people whose plans are sent, each plan complete in the folder; if they are kept elsewhere, set plans_elsewhere in certification.yaml to yes",
    "ratings": "List both periods under periods, each with a roster that has no problems",
    "performance_differentiation.application": "Correct the rosters, or explain the ratings to OPM",
    "pay_differentiation.application": "Correct the rosters, or explain the pay decisions to OPM",
}


@dataclass(frozen=True)
class Point:
    """One thing to be shown, how it stands, and by which documents."""

    role: str
    number: int | None
    requirement: str
    aspect: Aspect | None
    citation: str
    wanted: str
    needed: bool
    state: State
    documents: tuple[str, ...]
    why: str
    line: int | None
    #: How many of what is asked for are there, where it is a number.
    counted: int | None = None

    @property
    def label(self) -> str:
        """The point as people name it."""
        item = f"Item {self.number}, " if self.number else ""
        return f"{item}{self.requirement}" + (f": {self.aspect}" if self.aspect else "")

    @property
    def open(self) -> bool:
        """Whether it stands in the way of a finished request."""
        return (self.needed and self.state not in ("shown", "not asked")) or self.state == "does not meet"

    @property
    def problem(self) -> Problem:
        """The same as a problem with its line."""
        by_roster = None if self.state == "cannot tell" else _ROSTER_FIXES.get(self.role)
        what = by_roster or _FIXES.get(self.state, "Correct the entry")
        fix = f"{what}. What can show it: {self.wanted}."
        kind: Literal["error", "warning"] = "error" if self.open else "warning"
        return Problem(self.line, self.label, "", f"{self.state}: {self.why}", fix, kind, FILE)


def weigh(system: System, data: Sequence[PeriodData], plans: Plans, line: Line) -> tuple[Point, ...]:
    """Every point of the request for this system, in the order of the checklist."""
    system = _with_own_numbers(system)
    rows = _asked(system, data)
    asked = [point for row in rows for point in _points(row, system, data, plans, line) if row.needed != "not needed"]
    return (*asked, *_against(asked, system, line))


def _asked(system: System, data: Sequence[PeriodData]) -> list[RequestItem]:
    if _too_early(system):
        return []
    covered = system.covered or (len(data[-1].people) if data else None)
    rows: list[RequestItem] = submission(
        system.asked_on, requested=system.requested, group=system.group, held=system.holds, changed=system.changed,
        basic_system=system.basic_system, covered=covered,
    ).answer  # fmt: skip
    return rows


def _too_early(system: System) -> bool:
    return system.asked_on < parameters.first_day(_LONG)


def _nothing_before() -> str:
    return f"the rules of certification took effect on {parameters.first_day(_LONG)}, and nothing could be asked for before"


def short_list(system: System) -> bool:
    """Whether the short list of the basic system is what is sent."""
    return bool(system.basic_system) and parameters.recorded(_SHORT, system.asked_on) is not None


def without_criteria(points: Sequence[Point]) -> bool:
    """Whether the list in use asks for something, and for no criterion: the basic system's, and the renewal for 2005."""
    return bool(points) and not any(point.aspect and point.needed for point in points)


def which_list(system: System, points: Sequence[Point]) -> str:
    """Which list of what to send is in use, and why, where it is a short one; empty otherwise."""
    if not without_criteria(points):
        return ""
    numbers = sorted({point.number for point in points if point.needed and point.number})
    if not short_list(system):
        cited = next(point.citation for point in points if point.needed)
        return (
            f"The list of {cited} is in use, because this request renews the certification held: items "
            f"{', '.join(map(str, numbers))}. The criteria count as shown for it. A document that says a "
            "criterion is not met still counts against it."
        )
    renewed = (
        " and it asks to renew a full certification" if (system.holds, system.requested) == ("full", "full") else ""
    )
    return (
        f"The short list is in use, because the system is OPM's basic system (basic_system: yes){renewed}: items "
        f"{', '.join(map(str, numbers))}. The criteria are shown by the verification of the oversight official. A document "
        "that says a criterion is not met still counts against it."
        + ("" if _with_own_numbers(system) is system else _FORMER)
    )


def off_list(role: str, system: System, data: Sequence[PeriodData]) -> JudgedPoint:
    """How a criterion stands by the index and the rosters, where the list in use does not ask for it."""
    if _too_early(system):
        return JudgedPoint("cannot tell", why=_nothing_before())
    about, _, shows = role.partition(".")
    named = [entry for entry in system.evidence if (entry.about, entry.shows) == (about, shows)]
    judged = _judged(role, named, system, data, {})
    if named or judged.state != "missing" or role in evidence_from_rosters.FROM_ROSTERS:
        return judged
    return JudgedPoint("missing", why=f"{judged.why} in {FILE} (criterion: {about}, shows: {shows})")


def _with_own_numbers(system: System) -> System:
    """The system, its two documents of the short list by their own numbers where nothing but their former ones is named."""
    former = former_numbers(system.asked_on) if short_list(system) else {}
    if not system.evidence or not all(e.criterion is None and e.item in former for e in system.evidence):
        return system
    named = (entry.model_copy(update={"item": former[entry.item or 0]}) for entry in system.evidence)
    return system.model_copy(update={"evidence": tuple(named)})


def _against(asked: Sequence[Point], system: System, line: Line) -> Iterator[Point]:
    """What a document says is not met, where nothing on the list asks for it: it is never read as met."""
    told: set[str] = set()
    for place, entry in enumerate(system.evidence):
        if entry.finding != "does not meet" or any(_answers(entry, p.role, p.number, p.aspect) for p in asked):
            continue
        item = numbered(number_of_criterion(entry.about) if entry.about else entry.item or 0)
        aspect: Aspect | None = entry.shows if entry.about else None
        if item is None or (aspect == "application" and system.requested == "provisional"):
            continue
        role = f"{entry.about}.{aspect}" if aspect else ROLES.get(item.citation, "document")
        if role not in told:
            told.add(role)
            why = f"{entry.document} says so"
            yield Point(role, item.number, item.requirement, aspect, item.citation, item.evidence, False,
                        "does not meet", (entry.cited,), why, line(place))  # fmt: skip


def problems(points: Sequence[Point], system: System, data: Sequence[PeriodData], line: Line) -> list[Problem]:
    """Everything about the evidence that needs attention, with its line."""
    quiet: tuple[State, ...] = ("shown", "not asked")
    system = _with_own_numbers(system)
    if _too_early(system):
        why = f"is too early: {_nothing_before()}"
        return [Problem(line(None), "asked_on", str(system.asked_on), why, "Correct the day.", file=FILE)]
    found = [*_lapse(system, line), *_late(system, line), *_count_off_list(points, system, data, line)]
    found += [
        point.problem for point in points if point.state not in quiet and (point.open or point.state != "missing")
    ]
    for place, entry in enumerate(system.evidence):
        role = next((point.role for point in points if _answers(entry, point.role, point.number, point.aspect)), None)
        if role in (SAMPLE, *evidence_from_rosters.FROM_ROSTERS) and entry.finding == "meets":
            why = "is computed from the rosters, so this entry is not used"
            found.append(Problem(line(place), "evidence", entry.document, why, "Remove it.", "warning", FILE))
        elif role is None:
            found += _unasked(entry, line(place), quiet=without_criteria(points))
    return found


def _count_off_list(points: Sequence[Point], system: System, data: Sequence[PeriodData], line: Line) -> list[Problem]:
    """That the number covered is not the roster's, where no item of the list asks for it."""
    fault = evidence_from_rosters.counted(system, data)
    if fault is None or any(point.role == "description" for point in points):
        return []
    return [Problem(line(None), "covered", str(system.covered), fault.why, f"{_FIXES['contradictory']}.", file=FILE)]


def _lapse(system: System, line: Line) -> list[Problem]:
    """That the certification held had ended when the new one is asked for."""
    if system.lapsed is None:
        return []
    why = (
        f"the {system.held} certification ended on {system.lapsed}, before the request of {system.asked_on}; the request is "
        "judged as of a system that holds none, and the lower caps on pay hold from the day after"
    )
    fix = "Write under held_until the last day of OPM's letter or of its extension; if that day is there, leave it as it is."
    return [Problem(line(None), "held_until", str(system.held_until or ""), why, fix, "warning", FILE)]


def _late(system: System, line: Line) -> Iterator[Problem]:
    """That the new certification is asked for after the day by which OPM's guidance wants it."""
    if (
        system.held == "none"
        or system.held_since is None
        or system.last_held is None
        or system.lapsed
        or short_list(system)
    ):
        return
    days = term(granted=system.held_since, grade=system.held, letter_last_day=system.last_held).answer
    if days.submit_by and system.asked_on > days.submit_by:
        why = (
            f"is after {days.submit_by}, the day by which OPM's guidance wants the request for a certification that ends on "
            f"{days.last_day}: without a decision by then the lower caps on pay hold from the day after"
        )
        yield Problem(
            line(None),
            "asked_on",
            str(system.asked_on),
            why,
            "Correct the day, or send it now and ask OPM about an extension.",
            "warning",
            FILE,
        )


def _unasked(entry: EvidenceEntry, row: int | None, *, quiet: bool) -> Iterator[Problem]:
    """An entry that nothing on the list asks for: what it says against the system, or that its number is another's."""
    listed = entry.about is not None or numbered(entry.item or 0) is not None
    if entry.finding == "does not meet" and listed:
        why = f"says that {entry.about or 'it'} is not met in use; a provisional request does not ask for that"
        yield Problem(row, "evidence", entry.document, why, "Correct it before full certification is asked for.", "warning", FILE)  # fmt: skip
    elif listed and (entry.about or quiet):
        return
    else:
        why = f"names item {entry.item}, which this request does not ask for"
        fix = "Choose the item again from the list, or remove the entry."
        yield Problem(row, "evidence", entry.document, why, fix, "warning", FILE)


def _points(row: RequestItem, system: System, data: Sequence[PeriodData], plans: Plans, line: Line) -> Iterator[Point]:
    aspects: tuple[Aspect | None, ...] = (None,)
    if row.criterion:
        aspects = ("design", "application") if system.requested == "full" else ("design",)
    for aspect in aspects:
        name = row.criterion or ROLES.get(row.citation, "letter" if row.number == 1 else "document")
        role = f"{name}.{aspect}" if aspect else name
        places = [n for n, entry in enumerate(system.evidence) if _answers(entry, role, row.number, aspect)]
        judged = _judged(role, [system.evidence[n] for n in places], system, data, plans)
        needed = row.needed == "needed"
        yield Point(
            role, row.number, row.requirement, aspect, row.citation, row.evidence, needed,
            judged.state, judged.documents, judged.why, line(places[0] if places else None), judged.counted,
        )  # fmt: skip


def _answers(entry: EvidenceEntry, role: str, number: int | None, aspect: Aspect | None) -> bool:
    if aspect:
        return f"{entry.about}.{entry.shows}" == role
    return entry.about is None and entry.item == number


def _judged(
    role: str, entries: Sequence[EvidenceEntry], system: System, data: Sequence[PeriodData], plans: Plans
) -> JudgedPoint:
    if role == SAMPLE:
        return _by_rosters(evidence_from_rosters.sampled(system, data, plans), entries)
    if role in evidence_from_rosters.FROM_ROSTERS:
        return _by_rosters(evidence_from_rosters.FROM_ROSTERS[role](system, data), entries)
    if role == "more" and not system.asked_for:
        return JudgedPoint("not asked", why="nothing more was asked for")
    judged = _by_documents(entries, system, role.endswith(".application"))
    if judged.state == "shown" and role in evidence_from_rosters.BESIDES:
        fault = evidence_from_rosters.BESIDES[role](entries, system, data)
        if fault:
            return JudgedPoint(fault.state, judged.documents, fault.why)
    return judged


def _by_rosters(judged: JudgedPoint, entries: Sequence[EvidenceEntry]) -> JudgedPoint:
    """What the rosters show; a document of the agency's own that says otherwise is not passed over."""
    against = next((entry for entry in entries if entry.finding == "does not meet"), None)
    if against is None or judged.state != "shown":
        return judged
    why = f"the rosters show it, but {against.document} says it is not met"
    return JudgedPoint("contradictory", judged.documents, why)


def _by_documents(entries: Sequence[EvidenceEntry], system: System, application: bool) -> JudgedPoint:
    if not entries:
        return JudgedPoint("missing", why="no document is named")
    against = [entry for entry in entries if entry.finding == "does not meet"]
    if against and len(against) < len(entries):
        return JudgedPoint("contradictory", why=f"{against[0].document} says it is not met, another entry says it is")
    if against:
        return JudgedPoint("does not meet", (against[0].cited,), f"{against[0].document} says so")
    faults = [(entry, _fault(entry, system, application)) for entry in entries]
    good = tuple(entry.cited for entry, fault in faults if fault is None)
    if good:
        return JudgedPoint("shown", good)
    entry, fault = faults[0]
    return JudgedPoint(fault[0] if fault else "missing", (entry.cited,), fault[1] if fault else "")


def _fault(entry: EvidenceEntry, system: System, application: bool) -> tuple[State, str] | None:
    days = {other.dated for other in system.evidence if other.document == entry.document}
    if len(days) > 1:
        return "contradictory", f"{entry.document} has two dates, {min(days)} and {max(days)}"
    if entry.dated > system.asked_on:
        return "contradictory", f"{entry.document} is dated {entry.dated}, after the request of {system.asked_on}"
    if entry.valid_until and entry.valid_until < system.asked_on:
        return "stale", f"{entry.document} was valid until {entry.valid_until}; the request is of {system.asked_on}"
    first = system.last_periods[0].first if system.last_periods else None
    if application and first and entry.dated < first:
        return "stale", f"{entry.document} is dated {entry.dated}, before the periods asked about begin on {first}"
    return None
