"""The folder of an agency's next fiscal year, begun from that of the year before.

What lasts is taken over: people, plans, earlier ratings, rates and clocks, the agency's own readings. What the year
before decided is not: ratings, awards, dates, members of boards, reasons given, what was sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from seskit.formats import files
from seskit.formats.counts import number_of
from seskit.formats.tables import as_csv
from seskit.formats.two_ways import two_ways
from seskit.law import parameters
from seskit.law.clocks import add_years
from seskit.law.facts import FactError
from seskit.law.pay_setting.clock import pay_period_on_or_after
from seskit.law.rate_range import open_range_day
from seskit.record.agency import FILE as AGENCY
from seskit.record.agency import Agency, Plan
from seskit.record.agency_entries import LABELS, where
from seskit.record.agency_folder import AgencyFolder
from seskit.record.agency_text import agency_text, scalar
from seskit.record.appraisal.rating_history import MUST_REMOVE, carries_out
from seskit.record.appraisal.year_record.files import BASIC_PLAN, CYCLE, CycleFile
from seskit.record.checked_yaml import ON_SCREEN
from seskit.record.pay_setting.worksheet.columns import COLUMNS as PAY_COLUMNS
from seskit.record.pay_setting.worksheet.reading import FILE as PAY
from seskit.record.pay_setting.worksheet.reading import TERMS
from seskit.record.pay_setting.worksheet.slips import NOT_THE_ROSTERS
from seskit.record.people_import import RECIPE
from seskit.record.problem import Problem, errors
from seskit.record.roster import Judged, Person, last_year, lists, readings
from seskit.record.roster import judged as as_judged
from seskit.record.roster.columns import COLUMNS, STATED
from seskit.work.pay_setting.folder import open_folder as open_pay
from seskit.work.pay_setting.worksheet.checking import JudgedRow
from seskit.work.report import earlier_ratings, gone, left_before
from seskit.work.report.forms import base_day

_ROSTER = "roster.csv"
_BUDGET = "budget_percent"
#: Files that go on from year to year, as they are.
_LASTING = (RECIPE, readings.FILE, "vacancy.yaml", "system_description.yaml")
_LASTING_LISTS = ("probation", "actions", "correspondence")
_BEGUN = two_ways("`seskit blank FOLDER --what steps` begins it", f"'{ON_SCREEN}' begins it")
_ELSEWHERE = two_ways("Name another folder with --out.", "Choose it under 'Choose another agency'.")
_ADDED = two_ways("`seskit import ratings` takes them from that folder", "write them there")
#: Files of one year alone, each with what to do instead.
_LEFT = {
    "steps": f"its days are those of the year before; {_BEGUN}",
    "plan.yaml": "the performance plans of the new year are made anew",
    "plans": "the performance plans of the new year are made anew",
    "closeout.yaml": "its days are those of the year before; write the weights again",
    "element_levels": "levels are those of the year before",
    "moves": "moves announced to executives are those of the year before",
    "assessment.yaml": "the self-assessment is of the request it was made for",
}


@dataclass(frozen=True)
class NextYear:
    """What was written for the next year, and what to know about it."""

    folder: Path
    written: tuple[str, ...]
    says: tuple[str, ...]


def folder_name(earlier: Path) -> str:
    """What the folder of the next year is called: the agency's code and the year."""
    agency = _agency(AgencyFolder(earlier))
    return f"{agency.code}_{agency.fiscal_year + 1}"


def begin(earlier: Path, folder: Path) -> NextYear:
    """Write the folder of the next year; the earlier one stays as it is. Raises FactError where it cannot be begun."""
    if any((folder / name).exists() for name in (AGENCY, _ROSTER, "roster.xlsx")):
        raise FactError(f"There is an agency in '{folder.name}' already; nothing was written. {_ELSEWHERE}")
    before = AgencyFolder(earlier)
    agency = _agency(before)
    wrong = errors([*before.roster.problems, *gone.problems(before.roster)])
    if wrong:
        raise FactError(f"The roster of '{earlier.name}' has errors. Correct them first: {wrong[0]}")
    made = _shifted(agency)
    pays_on = pay_period_on_or_after(date(max(plan.period_end for plan in made.plans).year + 1, 1, 1))
    made, says = _certified(made, before, pays_on)
    stay, left = _people(before)
    contents: dict[str, bytes] = {AGENCY: agency_text(made).encode(), _ROSTER: _roster(stay, made)}
    contents[last_year.FILE] = last_year.text(person.person_id for person in stay).encode()
    says = [*_of_people(stay, left, before, made), *says]
    with TemporaryDirectory() as place:
        for name, content in contents.items():
            files.private(Path(place) / name, content)
        history = earlier_ratings.of_folders((earlier,), Path(place))
    contents[earlier_ratings.FILE] = history.text.encode()
    says += [f"{earlier_ratings.FILE}: {history.says[0]}"]
    if stay and not any(person.rating for person in before.roster.people):
        says.append(
            f"{earlier_ratings.FILE}: nobody in '{earlier.name}' is rated for fiscal year {agency.fiscal_year} yet, so these "
            f"ratings are not in it. When they are there, add them: {_ADDED}."
        )
    for part, told in (_pay(before, stay, pays_on), _cycle(before, made), _lasting(before)):
        contents |= part
        says += told
    folder.mkdir(parents=True, exist_ok=True)
    for name in sorted(contents, key=lambda name: name == AGENCY):
        files.private(folder / name, contents[name])
    return NextYear(folder, tuple(contents), tuple(says))


def _agency(before: AgencyFolder) -> Agency:
    if before.agency is None:
        raise FactError(f"'{before.path.name}' cannot be used to begin the next year: {before.about.problems[0]}")
    return before.agency


def _shifted(agency: Agency) -> Agency:
    """The agency a year later: the same plans, a year on, with nothing decided and no reason given."""
    return Agency.model_validate(
        {
            "code": agency.code,
            "name": agency.name,
            "fiscal_year": agency.fiscal_year + 1,
            "certified": agency.certified,
            "plans": [_plan(plan) for plan in agency.plans],
            "options": agency.options.model_copy(update={_BUDGET: None}),
        }
    )


def _of_settings(agency: Agency) -> Iterator[str]:
    """The agency's own readings, which go on; its budget and closed days, which are of one year."""
    own = agency.options.model_dump(exclude_defaults=True, exclude={_BUDGET})
    if own:
        named = ", ".join(f"'{LABELS[name]}': {str(value).replace('_', ' ')} ({name})" for name, value in own.items())
        yield f"{AGENCY}: carried over are your readings that differ from the recommended ones: {named}."
    if agency.options.budget_percent is not None:
        percent = agency.options.budget_percent
        yield f"{AGENCY}: not carried over: {percent} percent as the budget of the year before; write this year's: {where(_BUDGET)}."
    if agency.closed_days:
        days = ", ".join(map(str, agency.closed_days))
        yield f"{AGENCY}: not carried over: closed_days ({days}); write this year's."


def _plan(plan: Plan) -> dict[str, object]:
    period = plan.appraisal_period
    first, last = add_years(period.first, 1), add_years(period.last, 1)
    if first == period.last + timedelta(days=1):
        last = add_years(first, 1) - timedelta(days=1)
    return {
        "id": plan.id,
        "name": plan.name,
        "pattern": plan.pattern,
        "appraisal_period": {"from": first, "to": last},
        "awards": {"status": "pending"},
        "pool_basis": plan.pool_basis,
    }


def _certified(made: Agency, before: AgencyFolder, pays_on: date) -> tuple[Agency, list[str]]:
    """Certified is taken over only where the certification on record is in force when pay is adjusted next, with its last
    day: the record itself stays with the year before.
    """
    if not made.certified:
        return made, []
    last = _certified_until(before, pays_on)
    if last and pays_on <= last:
        said = (
            f"certified: true is carried over; the certification on record runs to {last}: {where('certified_until')}."
        )
        return made.model_copy(update={"certified_until": last}), [said]
    why = f"the one on record ends on {last}, before" if last else "no record says that it is in force when"
    says = f"certified is left blank: {why} pay is adjusted on {pays_on}. Write it in {AGENCY} when you know."
    return made.model_copy(update={"certified": None}), [says]


def _certified_until(before: AgencyFolder, pays_on: date) -> date | None:
    """The last day of the certification on record: that of certification.yaml, else the one that agency.yaml gives."""
    record = before.evidence.record if before.evidence else None
    held = [one for one in record.systems if one.group == "SES" and not one.inspector_general] if record else []
    if not held:
        return before.agency.certified_until if before.agency else None
    running = [one for one in held if one.in_force(pays_on)]
    ended = [one for one in held if one.last_held and one.last_held < pays_on]
    return max((one.last_held for one in running or ended if one.last_held), default=None)


def _people(before: AgencyFolder) -> tuple[list[Person], list[Person]]:
    """Who goes on, and who does not: not on the rolls on the later of the two days that count, gone by the action on record,
    or gone by a column of the roster with the day on which they left, that day or since, before the next period ends.
    """
    stay: list[Person] = []
    left: list[Person] = []
    plans = {plan.id: plan for plan in before.agency.plans} if before.agency else {}
    since = left_before.days(before.roster)
    for place, person in enumerate(before.roster.people):
        plan = plans.get(person.plan or "")
        column, counted = _last_day(plan)
        gone = not Judged._make(as_judged(person)).on_rolls(column) or carries_out(person.action, MUST_REMOVE)
        if plan and counted:
            ends = add_years(plan.period_end, 1)
            gone |= any(day and counted <= day <= ends for day in (days[place] for days in since))
        (left if gone or not person.person_id else stay).append(person)
    return stay, left


def _last_day(plan: Plan | None) -> tuple[str, date | None]:
    """The pay column of the later of the two days that count in a plan, and that day."""
    base = base_day(plan) if plan else None
    if plan and base and base > plan.period_end:
        return "basic_pay_fy_end", base
    return "basic_pay_period_end", plan.period_end if plan else None


def who_stayed(earlier: Sequence[Path], year: int) -> str:
    """The list of last year's executives from the folder of the year before; empty where none of these is of that year."""
    for before in map(AgencyFolder, earlier):
        if before.agency and before.agency.fiscal_year == year - 1:
            return last_year.text(person.person_id for person in _people(before)[0])
    return ""


def _roster(stay: Sequence[Person], made: Agency) -> bytes:
    """The people with nothing that a year decides; their rates are asked for, not taken over."""
    names = [*COLUMNS, *STATED]
    es = max(plan.period_end for plan in made.plans) < open_range_day()
    rows = []
    for person in stay:
        kept = {
            "person_id": person.person_id,
            "name": person.name,
            "plan": person.plan,
            "component": person.component,
            "ig_office": None if person.ig_office is None else ("no", "yes")[person.ig_office],
            "appointment_type": person.appointment_type,
            "es_level": person.es_level if es else None,
            "on_rolls_fy_end": "yes",
            "on_rolls_period_end": "yes",
            "ses_pay_kept": None if person.ses_pay_kept is None else ("no", "yes")[person.ses_pay_kept],
        }
        rows.append([kept.get(name) for name in names])
    return as_csv(names, rows).encode()


def _of_people(stay: Sequence[Person], left: Sequence[Person], before: AgencyFolder, made: Agency) -> Iterator[str]:
    periods = {f"{plan.appraisal_period.first} to {plan.period_end}" for plan in made.plans}
    yield f"{AGENCY}: fiscal year {made.fiscal_year}, appraisal period {', '.join(sorted(periods))}; awards not decided yet."
    confirmed = before.agency.confirmed.model_dump(exclude_none=True, exclude={"dates_for"}) if before.agency else {}
    if confirmed:
        yield f"{AGENCY}: not carried over: what you confirmed for the year before ({', '.join(confirmed)})."
    yield from _of_settings(before.agency) if before.agency else ()
    yield f"{_ROSTER}: {number_of(len(stay), 'person', 'people')} without rates, ratings and awards, all shown as on the rolls; replace it with the roster at the end of the year."
    yield f"{last_year.FILE}: the numbers of the same people; whoever is not on the new roster is asked about."
    if left:
        numbers = ", ".join(person.person_id or f"row {person.row}" for person in left)
        yield f"{_ROSTER}: not carried over, because they were not on the rolls on the last day that counts, left on it or since, or the action on record removed them: {numbers}."


def _pay(before: AgencyFolder, stay: Sequence[Person], pays_on: date) -> tuple[dict[str, bytes], list[str]]:
    """Rates and clocks after last year's adjustments; what the law was against is not taken as done."""
    opened = open_pay(before)
    checked, sheet = opened.checked, opened.opened.worksheet
    if checked is None or sheet is None:
        there = (before.path / TERMS).is_file()
        why = next((f" {one}" for one in errors(opened.problems)), "")
        return {}, [f"No pay worksheet is begun: that of '{before.path.name}' has errors.{why}"] if there else []
    on, numbers = sheet.terms.effective, {person.person_id for person in stay}
    rows, doubted, changed = [], [], 0
    for judged in checked.rows:
        if judged.row.person_id not in numbers:
            continue
        rate, last = _after(judged, on, checked.limits.minimum)
        if judged.change and judged.decision != "allowed":
            doubted.append(judged.row.person_id)
        changed += bool(judged.change) and judged.decision == "allowed"
        given = {"person_id": judged.row.person_id, "rate": _plain(rate), "last_adjusted": last and last.isoformat()}
        rows.append([given.get(name) for name in PAY_COLUMNS])
    paid = add_years(sheet.terms.awards_paid_on, 1)
    terms = (
        "# What holds for the whole pay worksheet. Both days are those of the year before, moved on: write your own.\n"
        f"effective: {pays_on}\nawards_paid_on: {paid}\n"
        "# Whether OPM certified the appraisal system: yes or no. Left out: what agency.yaml says.\n# certified: yes\n"
    )
    says = [
        f"{PAY}.csv: {number_of(len(rows), 'rate')}, {changed or 'none'} of them after an adjustment proposed for {on}, each "
        "with its 12-month clock; correct any that were decided differently.",
        f"{TERMS}: the days {pays_on} and {paid} are those of the year before, moved on; budgets, reasons and records are not carried over.",
    ]
    if doubted:
        says.append(
            f"{PAY}.csv: the former rate and clock stay, because the proposal was not allowed: {', '.join(doubted)}."
        )
    says += _unlike_the_roster(opened.problems, checked.rows, numbers)
    if before.pay_history.actions:
        says.append("pay_history.csv stays with the year before; the last counted action of each is in pay.csv.")
    return {TERMS: terms.encode(), f"{PAY}.csv": as_csv(list(PAY_COLUMNS), rows).encode()}, says


def _unlike_the_roster(
    problems: Sequence[Problem], judged: Sequence[JudgedRow], numbers: set[str | None]
) -> Iterator[str]:
    """Whose rate the roster of the year before had otherwise, and who has no row."""
    wrong = {one.row for one in problems if one.key == NOT_THE_ROSTERS}
    otherwise = [one.row.person_id for one in judged if one.row.row in wrong and one.row.person_id in numbers]
    if otherwise:
        yield (
            f"{PAY}.csv: the rate is not the one that the roster of the year before has for the end of the period, and no "
            f"adjustment explains it; correct it: {', '.join(otherwise)}."
        )
    missing = sorted(filter(None, numbers - {one.row.person_id for one in judged}))
    if missing:
        yield f"{PAY}.csv: no row, because the worksheet of the year before has none; add it: {', '.join(missing)}."


def _after(judged: JudgedRow, on: date, minimum: Decimal) -> tuple[Decimal, date | None]:
    """The rate after the adjustment, and the day of the last action that counts."""
    row = judged.row
    if not judged.change or judged.decision != "allowed":
        return row.rate, row.last_adjusted
    to_minimum = row.rate < minimum and row.new_rate == minimum
    counts = row.action == "adjustment" and not to_minimum
    return row.new_rate, on if counts else row.last_adjusted


def _plain(amount: Decimal) -> str:
    return f"{amount:f}"


def _cycle(before: AgencyFolder, made: Agency) -> tuple[dict[str, bytes], list[str]]:
    """How the agency runs its year, with its boards by name alone; a basic plan of OPM's is that of the new period."""
    cycle = before.cycle.record if before.cycle else None
    if cycle is None:
        return {}, []
    says = [f"{CYCLE}: the agency's rules and the names of its boards; write their members, dates and notices again."]
    begins = min(plan.appraisal_period.first for plan in made.plans)
    basic = parameters.recorded(BASIC_PLAN, begins)
    if cycle.plan != "agency" and basic and str(basic.value) != cycle.plan:
        says.append(
            f"{CYCLE}: plan was {cycle.plan} and is {basic.value}, OPM's plan for a period that begins on {begins}."
        )
        cycle = cycle.model_copy(update={"plan": str(basic.value)})
    return {CYCLE: _cycle_text(cycle).encode()}, says


def _cycle_text(cycle: CycleFile) -> str:
    kept: Mapping[str, object] = {
        "plan": cycle.plan,
        "response_days": cycle.response_days,
        "plan_days": cycle.plan_days,
        "progress_reviews": cycle.progress_reviews,
        "quarterly_reviews": cycle.quarterly_reviews,
        "last_quarter": cycle.last_quarter,
        "administration_began_on": cycle.administration_began_on,
        "agency_head_appointed_on": cycle.agency_head_appointed_on,
    }
    lines = ["# How the appraisal year is run, begun from the year before. Boards: write members and dates."]
    lines += [f"{name}: {value}" for name, value in kept.items() if value is not None]
    lines += ["boards:"] if cycle.boards else []
    for board in cycle.boards:
        plans = ", ".join(map(scalar, board.plans))
        lines += [f"  - name: {scalar(board.name)}", "    members: 0", "    career: 0"]
        lines += [f"    plans: [{plans}]"] if plans else []
    return "\n".join([*lines, ""])


def _lasting(before: AgencyFolder) -> tuple[dict[str, bytes], list[str]]:
    """The files that go on as they are, and those that do not."""
    held = [before.path / name for name in _LASTING if (before.path / name).is_file()]
    held += [file for stem in _LASTING_LISTS if (file := lists.find(before.path, stem))]
    says = [f"Carried over unchanged: {', '.join(file.name for file in held)}."] if held else []
    for name, why in _LEFT.items():
        there = before.path / name
        file = there if there.exists() else lists.find(before.path, name)
        if file is not None:
            says.append(f"Not carried over: {file.name}; {why}.")
    if before.evidence is not None:
        says.append("Not carried over: certification.yaml; a request names its rosters and stays with them.")
    says.append(
        "Add by hand: people who came or returned, with their earlier ratings in history.csv; a renamed plan, in the roster "
        f"and {AGENCY}."
    )
    return {file.name: file.read_bytes() for file in held}, says
