"""What the rosters show of an appraisal period: ratings by level, and the pay, adjustments and awards that followed.

Averages count career members alone, because only they receive performance awards; ratings count everyone rated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from seskit.formats.counts import number_of
from seskit.formats.in_short import joined
from seskit.formats.privacy import shown
from seskit.law import inspector_general, parameters, rating_levels
from seskit.law.certification.checklist import sample_size
from seskit.law.certification.distinctions import indicators, rises
from seskit.law.clocks import add_years
from seskit.law.facts import Unreadable, change, dollars, money
from seskit.law.result import Result
from seskit.record import roster
from seskit.record.certification.evidence_index import EvidencePeriod, System
from seskit.record.problem import Problem
from seskit.record.roster import Person, Roster
from seskit.record.roster.columns import canonical

ADJUSTMENT, TOTAL = "pay_adjustment", "total_compensation"
_CENT = Decimal("0.01")
#: A difference is one between two levels.
_TWO = 2
EXCEEDS = 4


@dataclass(frozen=True)
class Level:
    """What became of the people rated at one level; averages of career members, None where not known."""

    level: int
    people: int
    career: int
    share: Decimal
    basic_pay: Decimal | None
    adjustment: Decimal | None
    award: Decimal | None
    total: Decimal | None
    above_level_three: int

    @property
    def combined(self) -> Decimal | None:
        """Average adjustment and award together; None where one of them is not known."""
        return None if self.award is None or self.adjustment is None else self.award + self.adjustment


#: Of the averages of a level: noncareer and limited executives are counted beside them, and are in none.
OF_CAREER = "averages are of career executives"


@dataclass(frozen=True)
class PaidAbove:
    """Someone paid above Executive Schedule level III, by number."""

    person_id: str
    rating: int | None
    rate: Decimal


@dataclass(frozen=True)
class PeriodData:
    """One period as its roster shows it."""

    period: EvidencePeriod
    people: tuple[Person, ...]
    adjustments: tuple[Decimal | None, ...]
    totals: tuple[Decimal | None, ...]
    levels: tuple[Level, ...]
    above: tuple[PaidAbove, ...]
    indicators: Result | None
    problems: tuple[Problem, ...]
    #: What a person should know about how the roster was read.
    notes: tuple[str, ...]
    #: People on the roster whom another system covers, because an Inspector General is an agency apart.
    left_out: int

    @property
    def rated(self) -> int:
        """People with a rating."""
        return sum(level.people for level in self.levels)

    @property
    def modal_level(self) -> int | None:
        """The most common level; the higher where two are equally common."""
        most = max((level.people for level in self.levels), default=0)
        return next((level.level for level in self.levels if level.people == most and most), None)

    @property
    def rating_dates(self) -> tuple[date, ...]:
        """The days of the final ratings, in order."""
        return tuple(sorted({person.rating_date for person in self.people if person.rating and person.rating_date}))

    @property
    def distinguishes(self) -> bool:
        """More than one level is used, one of them above fully successful."""
        used = [level.level for level in self.levels if level.people]
        lowest = int(parameters.figure("appraisal.regime.lowest_fully_successful", self.period.last).value)
        return len(used) > 1 and max(used) > lowest

    @property
    def pay_follows(self) -> bool | None:
        """Whether average adjustments and awards rise with every level used; None where that cannot be seen."""
        paid = self._paid()
        return None if paid is None or self.pay_unknown else rises(paid)

    @property
    def pay_unknown(self) -> str:
        """Why it cannot be seen whether adjustments and awards rise with the rating; empty where it can."""
        used = [level for level in self.levels if level.career]
        lacking = [str(level.level) for level in reversed(used) if level.combined is None]
        if lacking:
            column = f"{ADJUSTMENT} of {self.period.roster} is not filled for every career member rated"
            return f"adjustments are not known for {'level' if len(lacking) == 1 else 'levels'} {joined(lacking)}: the column {column}"
        if len(used) < _TWO:
            return "career members are rated at one level only, and a single level cannot show a difference"
        return ""

    @property
    def pay_fault(self) -> str:
        """Which levels break the rise of adjustments and awards; empty where none does."""
        return "; ".join(
            f"level {level} averages {dollars(high)}, level {lower} {dollars(low)}"
            for (lower, low), (level, high) in pairwise(self._paid() or ())
            if not rises([(lower, low), (level, high)])
        )

    def _paid(self) -> list[tuple[int, Decimal]] | None:
        paid = [(level.level, level.combined) for level in reversed(self.levels) if level.career]
        known = [(level, amount) for level, amount in paid if amount is not None]
        return known if known and len(known) == len(paid) else None


def read_periods(folder: Path, system: System) -> tuple[PeriodData, ...]:
    """The last two periods of a system, each from its own roster."""
    return tuple(_period(system, period, roster.read(folder / period.roster)) for period in system.last_periods)


def sample(system: System, data: PeriodData) -> tuple[str, ...]:
    """Whose plans to send: the number OPM asks for, spread evenly over rating levels and components."""
    people = sorted(
        (person for person in data.people if person.person_id),
        key=lambda person: (-(person.rating or 0), person.component or "", person.person_id or ""),
    )
    wanted = sample_size(len(people), system.asked_on)
    step = Decimal(len(people)) / wanted if wanted else Decimal(1)
    return tuple(sorted(people[int(step * number)].person_id or "" for number in range(wanted)))


def _period(system: System, period: EvidencePeriod, found: Roster) -> PeriodData:
    kept = [place for place, person in enumerate(found.people) if _covered(system, period, person)]
    people = tuple(found.people[place] for place in kept)
    problems = [_in_file(problem, period.roster) for problem in found.problems]
    adjustments = _amounts(found, ADJUSTMENT, kept, period, problems)
    totals = _amounts(found, TOTAL, kept, period, problems)
    problems += _misfits(system, period, people)
    three = parameters.recorded("pay_setting.executive_schedule.level_III", period.last)
    above = tuple(
        PaidAbove(person.person_id or f"row {person.row}", person.rating, person.basic_pay_period_end)
        for person in people
        if three and person.basic_pay_period_end and person.basic_pay_period_end > Decimal(three.value)
    )
    rated = Counter(person.rating for person in people if person.rating)
    paid_above = Counter(paid.rating for paid in above)
    levels = []
    for number in reversed(rating_levels.LEVELS):
        places = [n for n, p in enumerate(people) if p.rating == number and p.appointment_type == "career"]
        levels.append(
            Level(
                number, rated[number], len(places), _share(rated[number], sum(rated.values())),
                _average([people[place].basic_pay_period_end for place in places]),
                _average([adjustments[place] for place in places]),
                _average([people[place].award or Decimal(0) for place in places]),
                _average([totals[place] for place in places]),
                paid_above[number],
            )
        )  # fmt: skip
    return PeriodData(
        period,
        people,
        adjustments,
        totals,
        tuple(levels),
        above,
        _indicators(period, levels, above),
        tuple(problems),
        tuple(f"{period.roster}: {note}" for note in found.notes),
        len(found.people) - len(kept),
    )


def _covered(system: System, period: EvidencePeriod, person: Person) -> bool:
    if system.inspector_general:
        return bool(person.ig_office)
    apart = inspector_general.is_agency_of_its_own(period.last)
    return not (apart and person.ig_office)


def _in_file(problem: Problem, name: str) -> Problem:
    return Problem(
        problem.row, problem.column, problem.value, problem.reason, problem.fix, problem.severity, name, problem.check
    )


def _amounts(
    found: Roster, column: str, kept: Sequence[int], period: EvidencePeriod, problems: list[Problem]
) -> tuple[Decimal | None, ...]:
    """The amounts of a column beyond the report's own, for the people kept; None where blank or not there."""
    cells = next((values for name, values in found.extra.items() if canonical(name) == column), None)
    if cells is None:
        return (None,) * len(kept)
    read: list[Decimal | None] = []
    reads = change if column == ADJUSTMENT else money
    for place in kept:
        text = cells[place].strip()
        try:
            read.append(reads(text) if text else None)
        except Unreadable as failure:
            read.append(None)
            row, fix = found.people[place].row, "Write the amount in dollars, 0 for none."
            problems.append(Problem(row, column, shown(text), str(failure), fix, file=period.roster))
    return tuple(read)


def _misfits(system: System, period: EvidencePeriod, people: Sequence[Person]) -> list[Problem]:
    found = list(_of_another_year(period, people))
    for person in people:
        if person.rating and person.rating not in system.levels:
            reason = f"is a level the system '{system.id}' does not have"
            fix = "Correct the rating, or the levels in certification.yaml."
            found.append(Problem(person.row, "rating", str(person.rating), reason, fix, file=period.roster))
        if person.rating and person.rating_date and person.rating_date <= period.last:
            reason = f"is in the appraisal period, which ends on {period.last}"
            fix = "Correct the date, or the period in certification.yaml."
            found.append(
                Problem(person.row, "rating_date", str(person.rating_date), reason, fix, file=period.roster)
            )  # fmt: skip
    return found


def _of_another_year(period: EvidencePeriod, people: Sequence[Person]) -> Iterator[Problem]:
    """That most ratings are dated a year and more after the period: the roster is that of a later one."""
    days = [person.rating_date for person in people if person.rating and person.rating_date]
    late = [day for day in days if day >= add_years(period.last, 1)]
    if 2 * len(late) > len(days):
        reason = f"is the first of {number_of(len(late), 'rating')} a year and more after the period ends on {period.last}: it looks like the roster of a later period"
        fix = "Name the roster of this period in certification.yaml, or correct the period."
        yield Problem(None, "rating_date", str(min(late)), reason, fix, file=period.roster)


def _share(part: int, whole: int) -> Decimal:
    return (Decimal(100) * part / whole).quantize(Decimal("0.1")) if whole else Decimal(0)


def _average(amounts: Sequence[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    if not known or len(known) != len(amounts):
        return None
    return (sum(known, Decimal(0)) / len(known)).quantize(_CENT)


def _indicators(period: EvidencePeriod, levels: Sequence[Level], above: Sequence[PaidAbove]) -> Result | None:
    upward = sorted(levels, key=lambda level: level.level)
    if not any(level.people for level in upward):
        return None
    used = [level for level in upward if level.people]
    made = indicators(
        period.last,
        counts=[level.people for level in upward],
        average_pay=[level.combined or Decimal(0) for level in upward]
        if all(level.combined is not None for level in used)
        else None,
        average_rate=[level.basic_pay or Decimal(0) for level in upward]
        if all(level.basic_pay is not None for level in used)
        else None,
        above_level_III=[level.above_level_three for level in upward],
    )
    low = [f"{paid.person_id} (level {paid.rating})" for paid in above if paid.rating and paid.rating < EXCEEDS]
    if not low:
        return made
    named = f"Paid above level III and rated below level 4: {', '.join(low)}. An indicator to look at, not a failed criterion."
    return replace(made, cautions=(*made.cautions, named))
