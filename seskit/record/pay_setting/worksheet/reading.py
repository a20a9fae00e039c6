"""A pay worksheet out of an agency's folder: `pay.yaml` with its terms, `pay.csv` or `pay.xlsx`, and the roster beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import Field

from seskit.formats.privacy import shown
from seskit.formats.two_ways import two_ways
from seskit.law import parameters
from seskit.law.clocks import fiscal_year, fiscal_year_end
from seskit.law.facts import Day, Money, Percent, RatingLevel, YesNo
from seskit.law.pay_setting.aggregate import limit_is_recorded
from seskit.law.rate_range import first_certified_day, open_range_day, schedule_not_recorded
from seskit.record import agency as agency_file
from seskit.record import checked_yaml
from seskit.record import roster as rosters
from seskit.record.agency import Agency, AgencyFile
from seskit.record.appraisal.rating_history import called_for
from seskit.record.certification import evidence_index
from seskit.record.certification.evidence_index import Index
from seskit.record.checked_yaml import ON_SCREEN, Read, Strict
from seskit.record.closeout import moves
from seskit.record.pay_setting.worksheet import beside, determined, pool_base, slips
from seskit.record.pay_setting.worksheet.columns import COLUMNS, Proposal
from seskit.record.pay_setting.worksheet.entries import FORM, where
from seskit.record.problem import Problem, errors
from seskit.record.roster import Person, Roster
from seskit.record.roster.columns import left_by
from seskit.record.roster.kinds import Kind, Sheet
from seskit.record.roster.person_numbers import ZEROS, bare, strangers
from seskit.record.roster.reader import fill

FILE = "pay"
TERMS = "pay.yaml"
_KIND = Kind(
    FILE,
    COLUMNS,
    Proposal._make,
    blank=two_ways(
        f"{ON_SCREEN} begins one, and `seskit template DIR --pay` writes a blank one.", f"'{ON_SCREEN}' begins one."
    ),
)
_BEGUN = two_ways(f"{FORM} begins one, and `seskit template DIR --pay` writes one to fill in", f"'{FORM}' begins one")
_ADD = two_ways("Add it with `seskit schedule add FILE`;", "Whoever keeps seskit here adds it with a command;")
#: What the roster says too; a worksheet may leave it blank, and may not say otherwise.
_SHARED = {"appointment_type": "appointment_type", "rating": "rating", "award_base": "basic_pay_period_end"}


Aim = Literal["even", "ratio", "compression", "floor"]
#: What a what-if may aim at.
AIMS: tuple[Aim, ...] = ("even", "ratio", "compression", "floor")


class Terms(Strict):
    """What holds for the whole worksheet: when, under which status, with which budgets, and the reasons given."""

    effective: Day
    awards_paid_on: Day
    certified: YesNo | None = None
    adjustment_budget: Money | None = None
    award_budget: Money | None = None
    step: Percent = Decimal("0.5")
    lowest_award_rating: RatingLevel = 3
    political_freeze_in_force: YesNo | None = None
    cycle_record: str | None = None
    aim: Aim = "even"
    ratio: dict[int, Percent] = Field(default_factory=dict)
    floor: Percent | None = None
    compression_line: Money | None = None
    reasons: dict[str, str] = Field(default_factory=dict)


class WorksheetRow(NamedTuple):
    """One executive with every fact the checks use, from the worksheet and the roster."""

    row: int
    person_id: str
    component: str | None
    appointment_type: Any
    rating: int | None
    rate: Decimal
    award_base: Decimal | None
    period_end: date | None
    last_adjusted: date | None
    action: str
    proposed_rate: Decimal | None
    proposed_award: Decimal | None
    ground: Any
    top_official_approves: bool | None
    reduction_basis: Any
    notice_given: date | None
    new_position: bool
    serves_politically: bool | None
    protected_total: Decimal | None
    reason: str | None
    ratings_call: str = ""
    freeze_cleared_by: str | None = None
    #: The action on the roster, or the move, by which the executive has left the SES here when rates take effect.
    left_by: str = ""

    @property
    def new_rate(self) -> Decimal:
        """The rate proposed, or the present one where no change is."""
        return self.rate if self.proposed_rate is None else self.proposed_rate


_NOT_THERE = "Correct the number, add the person to the roster, or remove the row if the executive has left."


@dataclass(frozen=True)
class Worksheet:
    """The proposals of an agency, ready to be checked; `certified` is settled."""

    agency: Agency
    terms: Terms
    certified: bool
    rows: tuple[WorksheetRow, ...]
    pool_count: int
    pool_aggregate: Decimal

    def with_rows(self, rows: Iterable[WorksheetRow]) -> Worksheet:
        """The same worksheet with other proposals."""
        return replace(self, rows=tuple(rows))


@dataclass(frozen=True)
class OpenedPay:
    """A worksheet and what is wrong with its files; without `worksheet` nothing can be checked."""

    worksheet: Worksheet | None
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()


def is_there(folder: str | Path) -> bool:
    """Whether a folder holds a pay worksheet."""
    return any((Path(folder) / name).is_file() for name in (TERMS, f"{FILE}.csv", f"{FILE}.xlsx"))


def read_terms(folder: Path) -> Read[Terms]:
    """The terms of `pay.yaml` alone."""
    return checked_yaml.read(
        folder / TERMS,
        Terms,
        place=f"the agency's folder; {_BEGUN}",
        example="effective and awards_paid_on",
    )


def read(
    folder: str | Path,
    described: AgencyFile | None = None,
    people: Roster | None = None,
    stated: Read[Terms] | None = None,
    evidence: Read[Index] | None = None,
) -> OpenedPay:
    """Read an agency's pay worksheet with the roster beside it; every problem comes with file, row and column.

    What was read already, agency.yaml, the roster, the terms or certification.yaml, may be handed in and is not read again.
    """
    place = Path(folder)
    opened = described or agency_file.read(place)
    entries = stated or read_terms(place)
    terms, problems = entries.record, [*opened.problems, *entries.problems]
    sheet: Sheet[Proposal] = Sheet(file=FILE)
    roster = rosters.read(place) if people is None else people
    fill(sheet, place, _KIND)
    problems += [*sheet.problems, *roster.problems]
    notes = tuple(sheet.notes + roster.notes)
    if opened.agency is None or terms is None:
        return OpenedPay(None, tuple(problems), notes)
    certified = opened.agency.certified if terms.certified is None else terms.certified
    if certified is None and open_range_day() <= terms.effective < first_certified_day():
        certified = False  # no system could be certified yet
    problems += _terms_problems(terms, certified)
    if evidence is None and (place / evidence_index.FILE).is_file():
        evidence = evidence_index.read(place)
    rated = any(person.rating is not None for person in roster.people)
    index = evidence.record if evidence else None
    problems += beside.problems(opened.agency, terms, certified, index, rated=rated)
    if certified is None or errors(problems):
        return OpenedPay(None, tuple(problems), notes)
    if roster.history:
        ends = {plan.id: plan.period_end for plan in opened.agency.plans}
        problems += roster.history.against(roster.people, ends)
    if not sheet.people:
        problems.append(
            Problem(None, None, "", "the worksheet has no executives", "Write one row for each.", file=FILE)
        )
    moving = moves.read(place)
    gone = moves.leaving(moving.people, terms.effective)
    problems += strangers(
        ((one.row, one.person_id) for one in moving.people), (one.person_id for one in roster.people), moves.FILE
    )
    rows = tuple(_rows(opened.agency, sheet, roster, gone, terms.effective, problems, certified=certified))
    problems += determined.problems(opened.agency, roster.people, {row.person_id: row.proposed_award for row in rows})
    count, aggregate = pool_base.of_people(roster.people, terms.awards_paid_on, certified)
    made = Worksheet(opened.agency, terms, certified, rows, count, aggregate)
    notes += tuple(pool_base.inspectors(roster.people, terms.awards_paid_on, certified))
    return OpenedPay(None if errors(problems) else made, tuple(problems), notes)


def _terms_problems(terms: Terms, certified: bool | None) -> Iterator[Problem]:
    first = open_range_day()
    if certified is None and terms.effective >= first:
        reason = "is not known; caps and approvals depend on it"
        yield Problem(None, "certified", "", reason, f"Write yes or no: {where('certified')}.", file=TERMS)
    if terms.effective < first:
        reason = f"is before {first}, when the open range began"
        yield Problem(
            None, "effective", str(terms.effective), reason,
            "For the six ES rates ask about an adjustment (pay_setting.adjust).", file=TERMS,
        )  # fmt: skip
    yield from _award_day_problems(terms.awards_paid_on)
    if late := schedule_not_recorded(terms.effective):
        yield Problem(
            None, "effective", str(terms.effective), f"is past the record. {late}",
            f"{_ADD} until then the worksheet stays a draft.", "warning", file=TERMS,
        )  # fmt: skip


def _award_day_problems(paid: date) -> Iterator[Problem]:
    first = parameters.parameter("pay_setting.executive_schedule.level_III").values[0].first_day

    def problem(reason: str, fix: str, severity: Literal["error", "warning"]) -> Problem:
        return Problem(None, "awards_paid_on", str(paid), reason, fix, severity, file=TERMS)

    if paid < first:
        yield problem(f"is before {first}, when the record of pay limits begins", "Correct the day.", "error")
    elif not limit_is_recorded(paid.year):
        reason = f"is in {paid.year}, for which no aggregate limit is recorded; awards are not compared with it"
        yield problem(
            reason, "Check the day, and compare pay and awards with the limit of that year by hand.", "warning"
        )
    if stopped := parameters.recorded("awards.pool.stopped", paid):
        reason = (
            f"is in fiscal year {fiscal_year(paid)}, in which discretionary awards were stopped ({stopped.citation})"
        )
        yield problem(reason, "Pay only what the law requires, or keep the reason with the decision.", "warning")
    if parameters.recorded("awards.pool.base_with_locality", paid):
        reason = f"is in fiscal year {fiscal_year(paid)}, whose pool base of {fiscal_year_end(fiscal_year(paid) - 1)} includes locality pay"
        yield problem(reason, "Check that the roster's basic_pay_fy_end includes locality pay.", "warning")


def _rows(
    agency: Agency,
    sheet: Sheet[Proposal],
    roster: Roster,
    leaving: Mapping[str, str],
    effective: date,
    problems: list[Problem],
    *,
    certified: bool,
) -> Iterator[WorksheetRow]:
    ends = {plan.id: plan.period_end for plan in agency.plans}
    left = {person.person_id: person for person in roster.people}
    without_zeros = {bare(one) for one in left if one}
    for proposal in sheet.people:
        person = left.pop(proposal.person_id, None)
        if proposal.rate is None:
            continue  # a problem of its own cell
        if person is None:
            who = proposal.person_id or ""
            fix = ZEROS if bare(who) in without_zeros else _NOT_THERE
            problems.append(Problem(proposal.row, "person_id", shown(who), "is not in the roster", fix, file=FILE))
            continue
        end = ends.get(person.plan or "")
        problems += slips.doubts(proposal, proposal.rate, person, effective, end, certified=certified)
        gone = left_by(person, effective) or leaving.get(proposal.person_id or "", "")
        row = _row(proposal, person, end, problems)._replace(left_by=gone)
        found = called_for(person, roster.history, row.period_end, effective) if row.period_end else None
        yield row._replace(ratings_call=found.says) if found and found.says else row
    for person in left.values():
        problems.append(
            Problem(person.row, "person_id", shown(person.person_id or ""), "is in the roster but not in the pay worksheet",
                    "Add a row, with no proposal if none is made.", "warning")
        )  # fmt: skip


def _row(proposal: Proposal, person: Person, period_end: date | None, problems: list[Problem]) -> WorksheetRow:
    merged = {}
    for name, theirs in _SHARED.items():
        here, there = getattr(proposal, name), getattr(person, theirs)
        if here is not None and there is not None and here != there:
            problems.append(
                Problem(proposal.row, name, shown(here), f"is not what the roster says: {shown(there)}",
                        "Correct the one that is wrong.", file=FILE)
            )  # fmt: skip
        merged[name] = there if here is None else here
    return WorksheetRow(
        proposal.row, proposal.person_id or "", person.component, merged["appointment_type"], merged["rating"],
        proposal.rate or Decimal(0), merged["award_base"], period_end, proposal.last_adjusted,
        proposal.action or "adjustment", proposal.proposed_rate, proposal.proposed_award, proposal.ground,
        proposal.top_official_approves, proposal.reduction_basis, proposal.notice_given,
        bool(proposal.new_position), proposal.serves_politically, proposal.protected_total, proposal.reason,
        freeze_cleared_by=proposal.freeze_cleared_by,
    )  # fmt: skip
