"""Headings in other words: which column a heading probably means, by its words and by what its cells hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher, get_close_matches

from seskit.formats.counts import first_of, number_of
from seskit.formats.days import long_date
from seskit.formats.privacy import shown
from seskit.law.rate_range import open_range_day
from seskit.record.agency import Agency
from seskit.record.roster import Roster, heading_groups, personal
from seskit.record.roster.as_accepted import ALL
from seskit.record.roster.cells import safe
from seskit.record.roster.columns import canonical
from seskit.record.roster.header import misnamed
from seskit.record.roster.heading_times import ReportDays, day_of, latest, of_agency, of_another_time, stands_before
from seskit.record.roster.readings import OFFICE, Reading
from seskit.record.roster.speaking_against import Against
from seskit.record.roster.usual_headings import (
    PAYS,
    elsewhere,
    last_and_first,
    may_speak_for,
    names_inspector,
    never_award,
    speaks_for,
    words,
)
from seskit.record.roster.usual_headings import columns as columns_of
from seskit.work.corrections import fitting, single_rows
from seskit.work.corrections.grid import Grid
from seskit.work.corrections.groups import Offer, ProblemGroup, called, numbered
from seskit.work.report import open_headings
from seskit.work.report.forms import base_day
from seskit.work.report.open_headings import may_hold_awards

_MOST_CHOICES = 6
#: Words of a heading beside which an office is not the one that somebody serves in.
_ELSEWHERE = frozenset(("detail", "detailed", "details", "prior", "previous", "former", "from", "title"))
#: Columns that several headings may name, of which one is of the last year or step.
_TIMED = ("rating", "award", *PAYS)


def meant(heading: str, absent: Sequence[str]) -> list[str]:
    """The columns, among those that are not there, that a heading may mean: by usual headings, else by likeness."""
    name = canonical(heading).replace("\n", "_").strip("_*: ")
    if usual := columns_of(heading, absent):
        return usual
    squeezed = name.replace("_", "").replace(".", "")
    alike = [column for column in absent if column.replace("_", "") == squeezed]
    if never_award(heading):
        absent = [column for column in absent if column != "award"]
    words = set(name.split("_"))
    said = [column for column in absent if len(column.split("_")) > 1 and set(column.split("_")) <= words]
    return alike or said or get_close_matches(name, absent, n=1, cutoff=0.8)


def groups(grid: Grid, agency: Agency | None, roster: Roster) -> Iterator[ProblemGroup]:
    """A group for each heading that may mean a column that is missing, and one for each needed column that is left."""
    absent = [column for column in _possible(agency) if column not in grid.slots]
    answered = roster.not_used | _parts(roster)
    left = [one for one in _unused(grid) if canonical(one[1]) not in ALL and canonical(one[1]) not in answered]
    named = _meanings(grid, left, absent, agency, roster)
    offered: set[str] = set()
    pays = [heading for heading, columns in named.items() if {*columns} & {*PAYS}]
    for place, heading in list(left):
        columns = [column for column in named[heading] if fitting.named(column, _texts(grid, place), agency)]
        columns = columns or _day_of(heading, absent, _texts(grid, place), agency)
        if columns:
            offered.update(columns)
            left.remove((place, heading))
            yield _named(grid, place, heading, columns, agency)
    beside = open_headings.beside_awards(roster, of_agency(agency) if agency else None)
    for place, heading in [one for one in left if safe(one[1]) in beside]:
        left.remove((place, heading))
        yield _beside(grid, heading, beside[safe(heading)])
    against = {one.heading: one for one in open_headings.against(agency, roster)}
    for place, heading in [one for one in left if safe(one[1]) in against]:
        left.remove((place, heading))
        yield _against(grid, heading, against[safe(heading)], roster)
    if "name" in absent and "name" not in offered and (parts := last_and_first([heading for _, heading in left])):
        offered.add("name")
        left = [one for one in left if one[1] not in parts]
        yield _joined(grid, parts)
    for place, heading, column in _doubtful(grid, left):
        left.remove((place, heading))
        yield _doubted(grid, place, heading, column, agency)
    if not grid.header:
        return
    for column in absent:
        if ALL[column].needed_in_header and column not in offered:
            yield _missing(grid, column, left, agency, pays)


def _meanings(
    grid: Grid, unused: Sequence[tuple[int, str]], absent: Sequence[str], agency: Agency | None, roster: Roster
) -> dict[str, list[str]]:
    """The missing columns that each unused heading may mean."""
    awards = may_hold_awards(agency, roster)
    report = of_agency(agency) if agency else None
    whole = heading_groups.whole(grid.titles, grid.header)
    named = {
        heading: ["award"]
        if safe(heading) in awards
        else of_its_day(heading, meant(heading, absent) or meant(whole[place], absent), report)
        for place, heading in unused
    }
    if any(_is_of_its_day(heading, report) for heading in named):
        named = {
            heading: [
                column
                for column in columns
                if column not in PAYS or not day_of(heading) or _is_of_its_day(heading, report)
            ]
            for heading, columns in named.items()
        }
    named = {heading: _latest(heading, columns, named, report) for heading, columns in named.items()}
    return _for_both_days(named, absent, agency)


def of_its_day(heading: str, columns: Sequence[str], report: ReportDays | None) -> list[str]:
    """Of the pay columns that a heading may mean, the one for the day that it names; the other columns as they are."""
    on = day_of(heading) if report and set(columns) & set(PAYS) else None
    exact = [column for column in PAYS if report and on and report.pays.get(column) == on]
    return [column for column in columns if not exact or column in exact]


def _is_of_its_day(heading: str, report: ReportDays | None) -> bool:
    """Whether a heading names a day for which the report takes a rate."""
    return report is not None and day_of(heading) in report.pays.values()


def _latest(
    heading: str, columns: Sequence[str], named: Mapping[str, Sequence[str]], report: ReportDays | None
) -> list[str]:
    """The columns that a heading may mean, without those of which another heading holds a later year or step."""
    return [
        column
        for column in columns
        if column not in _TIMED
        or (column in PAYS and _is_of_its_day(heading, report))
        or not any(column in others and stands_before(heading, other, report) for other, others in named.items())
    ]


def _for_both_days(
    named: Mapping[str, list[str]], absent: Sequence[str], agency: Agency | None
) -> dict[str, list[str]]:
    """The one heading of a rate for both pay columns, where both are missing and for one day."""
    pays = [heading for heading, columns in named.items() if {*columns} & {*PAYS}]
    if len(pays) != 1 or not {*PAYS} <= {*absent} or agency is None or not open_headings.same_day(agency):
        return dict(named)
    return {**named, pays[0]: list(PAYS)}


def _possible(agency: Agency | None) -> list[str]:
    """The columns that a heading may mean: the level of the former ES rates is none where no day of the report is of their time."""
    days = [plan.period_end for plan in agency.plans] if agency else []
    days += [day for plan in (agency.plans if agency else ()) if (day := base_day(plan))]
    ended = bool(days) and min(days) >= open_range_day()
    return [column for column in ALL if not (ended and column == "es_level")]


def _day_of(heading: str, absent: Sequence[str], cells: Sequence[str], agency: Agency | None) -> list[str]:
    """The column with the day of what a heading names, where the cells are days: 'Rating issued' is the day of the rating."""
    days = [f"{column}_date" for column in columns_of(heading, _possible(agency))]
    return [column for column in days if column in absent and fitting.could_be(column, cells, agency)]


def _named(grid: Grid, place: int, heading: str, columns: Sequence[str], agency: Agency | None) -> ProblemGroup:
    """A heading that may mean a column that is missing, or blank in every row; one pay column may serve both where both are for one day."""
    report = of_agency(agency) if agency else None
    offers = [_offer(grid, place, heading, column, of_another_time(column, heading, report)) for column in columns]
    lack = "blank in every row" if set(columns) <= set(grid.slots) else "missing"
    reason = f"the heading '{shown(heading)}' is not a column, and {' or '.join(columns)} is {lack}"
    if set(columns) == set(PAYS):
        both, why = _both(grid, place, heading, agency)
        offers, reason = [*both, *offers], reason + why
    if not any(ALL[column].needed_in_header for column in columns):
        offers.append(_not_used(grid, heading))
    fix = (
        f"Confirm what it is: {columns[0]} or something else."
        if columns[0] in grid.slots
        else f"Name the column {columns[0]} if it holds that."
    )
    return ProblemGroup(f"heading:{called(heading, grid.header)}", reason, fix, tuple((grid.header_row, column) for column in columns),
                 offers=tuple(offers), looks=f"the column {' or '.join(columns)} under another name", kind="column",
                 texts=(shown(heading),), number=sum(ALL[column].needed_in_header for column in columns))  # fmt: skip


def _beside(grid: Grid, heading: str, many: int) -> ProblemGroup:
    """A heading named for the awards, beside a column of them that is blank for people who have an amount here."""
    reason = f"the heading '{shown(heading)}' is not used, and holds amounts for {number_of(many, 'person', 'people')} whose award is blank"
    return ProblemGroup(f"heading:{called(heading, grid.header)}", reason, open_headings.BESIDE, ((grid.header_row, "award"),),
                 offers=(_not_used(grid, heading),), looks="another column of awards", kind="column", texts=(shown(heading),))  # fmt: skip


def _against(grid: Grid, heading: str, one: Against, roster: Roster | None) -> ProblemGroup:
    """A heading that speaks against what is read: another figure, or somebody or an award that may not count."""
    reason = f"the heading '{shown(heading)}' is not used, and {one.says}"
    rows = [roster.people[place].row for place in one.places] if roster and one.out else []
    return ProblemGroup(f"heading:{called(heading, grid.header)}", reason, open_headings.AGAINST, ((grid.header_row, ""),),
                 offers=(_not_used(grid, heading), *single_rows.to_leave_out(rows)), looks="a column that speaks against what is read", kind="column", texts=(shown(heading),))  # fmt: skip


def _joined(grid: Grid, parts: Sequence[str]) -> ProblemGroup:
    """A last and a first name that have a column each, where the roster needs one column with both."""
    last, first = parts
    both = f"'{shown(last)}' and '{shown(first)}'"
    reading = Reading(kind="joined", heading=last, with_heading=first, column="name")
    offer = Offer(
        "heading:last-and-first:name", f"Read the headings {both} together as name, such as Doe, Jane?", (), (reading,)
    )
    reason = f"the headings {both} are not a column, and name is missing"
    fix = "Confirm that they are the two parts of the name; the supplementary form needs it."
    return ProblemGroup("heading:last-and-first", reason, fix, ((grid.header_row, "name"),), offers=(offer,),
                        looks="the column name in two parts", kind="column", texts=(shown(last), shown(first)))  # fmt: skip


def _doubtful(grid: Grid, left: Sequence[tuple[int, str]]) -> list[tuple[int, str, str]]:
    """Headings that stop the report, because they may mean a column that is missing, though the cells do not fit it."""
    places = {heading: place for place, heading in left}
    return [(places[name], name, column) for name, column in misnamed(list(places), grid.slots, ALL)]


def _doubted(grid: Grid, place: int, heading: str, column: str, agency: Agency | None) -> ProblemGroup:
    """Such a heading with the two ways out: it is something else, or it is that column all the same."""
    unlike = "" if fitting.named(column, _texts(grid, place), agency) else ", though its cells do not look like it"
    said = f"the heading '{shown(heading)}' may mean {column}, which is missing{unlike}"
    what = f"'{shown(heading)}' is not {column}: leave the column out, so that nothing below it is in the report?"
    other = replace(_not_used(grid, heading), question=what)
    return ProblemGroup(f"heading:{called(heading, grid.header)}", said, "Confirm what it is.", ((grid.header_row, column),),
                 offers=(other, _offer(grid, place, heading, column)), looks=f"a heading similar to {column}", kind="column",
                 texts=(shown(heading),))  # fmt: skip


def _both(grid: Grid, place: int, heading: str, agency: Agency | None) -> tuple[list[Offer], str]:
    """One heading as both pay columns, where both are for one day; else why it cannot be both."""
    if agency is None:
        return [], ""
    if not open_headings.same_day(agency):
        return [], f"; one column cannot hold both rates: {open_headings.days(agency)}"
    first = _offer(grid, place, heading, PAYS[0])
    question = f"Read the heading '{shown(heading)}' as both pay columns, which are both for {_one_day(agency)}?"
    readings = (*first.readings, Reading(kind="same", heading=heading.strip(), column=PAYS[1]))
    return [Offer(f"heading:{called(heading, grid.header)}:both", question, first.examples, readings)], ""


def _one_day(agency: Agency) -> str:
    return " and ".join(dict.fromkeys(long_date(plan.period_end) for plan in agency.plans))


def _not_used(grid: Grid, heading: str) -> Offer:
    question = f"Leave the heading '{shown(heading)}' unused, so that nothing below it is in the report?"
    return Offer(
        f"heading:{called(heading, grid.header)}:unused",
        question,
        (),
        (Reading(kind="unused", heading=heading.strip()),),
    )


def _parts(roster: Roster) -> set[str]:
    """The headings, in their usual form, that are read as a part of a column already."""
    return {canonical(heading) for heading, column in roster.headings if column}


def _unused(grid: Grid) -> Iterator[tuple[int, str]]:
    """The headings that nothing is read from, with their places; none that is named for something personal."""
    for place, cell in enumerate(grid.header):
        heading = cell.strip()
        free = place < len(grid.slots) and grid.slots[place] is None and heading
        if free and not personal.of_heading(heading) and not elsewhere(heading):
            yield place, heading


def _missing(
    grid: Grid, column: str, left: Sequence[tuple[int, str]], agency: Agency | None, pays: Sequence[str]
) -> ProblemGroup:
    """A needed column that no heading names alone: a heading that says it among other words, before one value for every row
    or the other pay column; after these, one that only its cells speak for. Of several the likest first; `pays` may be rates already.
    """
    whole, why = _for_every_row(grid, column, agency)
    fit = [(place, heading) for place, heading in left if _may_be(column, heading, _texts(grid, place), agency)]
    if column in _TIMED:
        read = [
            head.strip() for head, slot in zip(grid.header, grid.slots, strict=False) if slot in PAYS and column in PAYS
        ]
        kept = latest(
            [*read, *(pays if column in PAYS else ()), *(heading for _, heading in fit)],
            of_agency(agency) if agency else None,
        )
        fit = [one for one in fit if one[1] in kept]
    fit.sort(key=lambda one: -SequenceMatcher(None, canonical(one[1]), column).ratio())
    fit.sort(key=lambda one: not speaks_for(one[1], column))
    made = [_offer(grid, place, heading, column) for place, heading in fit[:_MOST_CHOICES]]
    told = column == "appointment_type"  # cells with types of appointment, and everybody would be of one
    if told and any(column in columns_of(heading, [column]) for _, heading in left):
        whole = []
    own = sum(told or speaks_for(heading, column) for _, heading in fit[:_MOST_CHOICES])
    offers = (*made[:own], *whole, *made[own:])
    fix = f"{'Confirm what holds it' if offers else _none_of(column, left)}; or add the column to the roster: {ALL[column].help} If the file is an export, use 'Read an export' in the report walk."
    reason = f"the column {column} is missing, and it is needed{why}"
    return ProblemGroup(f"missing:{column}", reason, fix, ((grid.header_row, column),), offers=offers,
                 looks="the column is not in the header", kind="column")  # fmt: skip


def _may_be(column: str, heading: str, cells: Sequence[str], agency: Agency | None) -> bool:
    """Whether a heading that was not used may be a needed column by its cells: its words name no other column that the
    cells fit, and speak for this one where the cells alone say nothing.
    """
    if not fitting.could_be(column, cells, agency):
        return False
    spoken = may_speak_for(heading, column) or fitting.in_words(column, cells)
    others = [other for other in columns_of(heading, _possible(agency)) if other != column]
    return spoken and not any(fitting.named(other, cells, agency) for other in others)


def _none_of(column: str, left: Sequence[tuple[int, str]]) -> str:
    """That no heading is offered, with those that were looked at."""
    looked_at = first_of(left, _MOST_CHOICES, said=lambda one: f"'{shown(one[1])}'")
    if not left:
        return "No heading is left that could hold it"
    return f"No unused heading has cells like it; if {looked_at} holds it, rename that heading {column} in the file"


def _for_every_row(grid: Grid, column: str, agency: Agency | None) -> tuple[list[Offer], str]:
    """What may hold for every row without a column of its own, and what a person must know first."""
    if column in PAYS:
        return _other_pay(grid, column, agency)
    if column == "plan" and agency and len(agency.plans) == 1:
        plan = agency.plans[0].id
        return [_every(column, plan, f"Put every row in plan '{plan}', the only plan of agency.yaml?")], ""
    if column == "ig_office":
        if rows := tuple(row for row, cells in grid.now.items() if names_inspector(cells)):
            return list(_offices(grid, rows)), ""
        return [
            _every(
                column,
                "no",
                "Read ig_office as no in every row: no one on this roster serves in an Office of Inspector General?",
            )
        ], ""
    if column == "appointment_type":
        return [
            _every(
                column,
                "career",
                "Read appointment_type as career in every row: everyone on this roster is a career appointee?",
            )
        ], ""
    return [], ""


def _offices(grid: Grid, rows: tuple[int, ...]) -> Iterator[Offer]:
    """By whatever a row names; where the column of the office names one in some of them alone, by it, and by that first
    unless another column of offices names the others: a title or a detail names what somebody does not serve in.
    """
    whole = _office(grid, rows)
    place = grid.place("component")
    if place is None:
        fit = [at for at, head in enumerate(grid.header) if columns_of(head.strip(), ["component"])]
        place = fit[0] if len(fit) == 1 else None
    if place is None or place >= len(grid.header):
        yield whole
        return
    own = tuple(row for row in rows if names_inspector(grid.now[row][place : place + 1]))
    if not own or own == rows:
        yield whole
        return
    others = tuple(row for row in rows if row not in own)
    heads = [
        head.strip()
        for at, head in enumerate(grid.header)
        if any(names_inspector(grid.now[row][at : at + 1]) for row in others)
    ]
    named = " and ".join(f"'{shown(head)}'" for head in heads)
    heading = grid.header[place].strip()
    question = (
        f"Read {OFFICE} as yes in {numbered(own)}, which {'name' if len(own) > 1 else 'names'} an Office of Inspector General under "
        f"'{shown(heading)}', and as no in every other row, though {numbered(others)} {'name' if len(others) > 1 else 'names'} one under {named}?"
    )
    examples = tuple((shown(grid.now[row][place]), "yes") for row in own[:3])
    alone = Offer(
        f"office:{OFFICE}:{called(heading, grid.header)}",
        question,
        examples,
        (Reading(kind="office", column=OFFICE, heading=heading),),
    )
    of_offices = any(speaks_for(head, "component") and not _ELSEWHERE & words(head) for head in heads)
    yield from (whole, alone) if of_offices else (alone, whole)


def _office(grid: Grid, rows: tuple[int, ...]) -> Offer:
    """Yes in the rows that name an Office of Inspector General, no in every other; each cell that names one is shown."""
    named = dict.fromkeys(shown(cell) for row in rows for cell in grid.now[row] if names_inspector([cell]))
    question = (
        f"Read {OFFICE} as yes in {numbered(rows)}, which {'name' if len(rows) > 1 else 'names'} an Office of Inspector General, "
        "and as no in every other row?"
    )
    examples = tuple((cell, "yes") for cell in list(named)[:3])
    return Offer(f"office:{OFFICE}", question, examples, (Reading(kind="office", column=OFFICE),))


def _every(column: str, value: str, question: str) -> Offer:
    reading = Reading(kind="every", column=column, take=value)
    return Offer(f"every:{column}:{value}", question, (), (reading,))


def _other_pay(grid: Grid, column: str, agency: Agency | None) -> tuple[list[Offer], str]:
    """The pay column that is there for the one that is not, where both are for one day."""
    place = grid.place(PAYS[0] if column == PAYS[1] else PAYS[1])
    if agency is None or place is None or place >= len(grid.header):
        return [], ""
    heading = grid.header[place].strip()
    if not open_headings.same_day(agency):
        return [], f"; '{shown(heading)}' cannot also hold it: {open_headings.days(agency)}"
    question = f"Also read the heading '{shown(heading)}' as {column}: both are for {_one_day(agency)}?"
    reading = Reading(kind="same", heading=heading, column=column)
    return [Offer(f"heading:{called(heading, grid.header)}:{column}", question, (), (reading,))], ""


def _texts(grid: Grid, place: int) -> list[str]:
    return [row[place] if place < len(row) else "" for row in grid.now.values()]


def _offer(grid: Grid, place: int, heading: str, column: str, another_time: str = "") -> Offer:
    texts = [text for text in _texts(grid, place) if text.strip()]
    sample = () if column == "name" else tuple((shown(text), "") for text in dict.fromkeys(texts[:3]))
    question = f"Read the heading '{shown(heading)}' as {column}? It has {number_of(len(texts), 'value')}."
    if another_time:
        question += f" Its heading says '{another_time}': does it hold what became final for this report?"
    readings = [Reading(kind="column", heading=heading, column=column)]
    if (own := grid.place(column)) is not None and own < len(grid.header):
        question += f" The column '{shown(grid.header[own].strip())}', which is blank, is then not used."
        readings.append(Reading(kind="unused", heading=grid.header[own].strip()))
    return Offer(f"heading:{called(heading, grid.header)}:{column}", question, sample, tuple(readings))
