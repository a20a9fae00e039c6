"""Groups of values that cannot be read: by the form in which systems print them, with what each would be taken for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from seskit.formats.counts import number_of
from seskit.formats.privacy import shown
from seskit.law.facts import Unreadable, near
from seskit.record.agency import Agency
from seskit.record.roster import printed
from seskit.record.roster.as_accepted import ALL, readable
from seskit.record.roster.cells import Cell, Personal, UnusableCell, settled
from seskit.record.roster.printed.amounts import says_thousands
from seskit.record.roster.readings import Reading
from seskit.work.corrections.fitting import simple
from seskit.work.corrections.grid import Grid
from seskit.work.corrections.groups import Offer, ProblemGroup

_MOST_EXAMPLES = 4
#: Texts by which no value is meant that could be guessed: numbers of people, names, and actions in own words.
_OWN_WORDS = ("person_id", "name", "action", "component")


def groups(grid: Grid, agency: Agency | None) -> Iterator[ProblemGroup]:
    """Every group of values of every column."""
    for column in ALL:
        if column in grid.slots and column not in (*_OWN_WORDS, "plan"):
            yield from _of_column(grid, column)
    yield from _plans(grid, agency)


def _of_column(grid: Grid, column: str) -> Iterator[ProblemGroup]:
    cells = [(row, cell) for row, cell in grid.texts(column) if cell.strip()]
    bad = [(row, cell) for row, cell in cells if not readable(ALL[column], cell)]
    left = dict(bad)
    for family in _families(column):
        yield from _in_order(grid, column, family, cells, left)
    for group in _too_small(grid, column, cells):
        yield group
        left = {row: cell for row, cell in left.items() if row not in set(group.rows)}
    for form in printed.FORMS.get(column, ()):
        if form.family or form.reads_more:
            continue
        taken = {row: value for row, cell in bad if (value := _value(grid, column, form, row, cell)) is not None}
        taken = {row: value for row, value in taken.items() if row in left}
        if taken:
            yield _group(grid, column, form.looks, [(form, taken)])
            left = {row: cell for row, cell in left.items() if row not in taken}
    unseen = {
        row: printed.held(cell) for row, cell in left.items()
        if isinstance(cell, Cell) and cell.fault and not isinstance(cell.fault, Personal)
        and readable(ALL[column], printed.held(cell))
    }  # fmt: skip
    if unseen:
        yield _group(grid, column, printed.UNSEEN.looks, [(printed.UNSEEN, unseen)])
    yield from _unexplained(column, {row: cell for row, cell in left.items() if row not in unseen})


def _too_small(grid: Grid, column: str, cells: Sequence[tuple[int, str]]) -> Iterator[ProblemGroup]:
    """Numbers that could be read as they are, and would mean something else: a share of the rate, or thousands.

    What reads each of them is offered; where the heading says thousands, nothing else is.
    """
    forms = [form for form in printed.FORMS.get(column, ()) if form.reads_more and not form.family]
    read = [(form, {row: value for row, cell in cells if (value := _value(grid, column, form, row, cell)) is not None})
            for form in forms]  # fmt: skip
    concerned = {row for _, rows in read for row in rows}
    fit = [(form, rows) for form, rows in read if rows and rows.keys() == concerned]
    place = grid.place(column)
    heading = grid.header[place] if place is not None and place < len(grid.header) else ""
    fit = [one for one in fit if says_thousands(heading) and one[0].name == "in-thousands"] or fit
    for one in [fit] if fit else [[each] for each in read if each[1]]:
        yield _group(grid, column, " or ".join(form.looks for form, _ in one), one)


def _families(column: str) -> list[tuple[printed.PrintedForm, ...]]:
    forms = [form for form in printed.FORMS.get(column, ()) if form.family]
    names = dict.fromkeys(form.family for form in forms)
    return [tuple(form for form in forms if form.family == name) for name in names]


def _in_order(
    grid: Grid,
    column: str,
    family: Sequence[printed.PrintedForm],
    cells: Sequence[tuple[int, str]],
    left: dict[int, str],
) -> Iterator[ProblemGroup]:
    """Dates that may have day and month in either order: an order is offered where it fits all of them."""
    read = {form: {row: value for row, cell in cells if (value := _value(grid, column, form, row, cell)) is not None}
            for form in family}  # fmt: skip
    concerned = {row for rows in read.values() for row in rows}
    if not concerned & left.keys():
        return
    fitting = [(form, rows) for form, rows in read.items() if rows.keys() == concerned]
    changed = {row for row in concerned if row in left or any(_differs(grid, column, row, rows) for _, rows in fitting)}
    if fitting:
        yield _group(grid, column, family[0].looks if len(fitting) > 1 else fitting[0][0].looks,
                     [(form, {row: rows[row] for row in sorted(changed)}) for form, rows in fitting])  # fmt: skip
    else:
        reason = "dates in both orders of day and month; which is meant cannot be determined from the column"
        places = tuple((row, column) for row in sorted(concerned))
        yield ProblemGroup(f"{column}:both-orders", reason, ALL[column].fix, places, looks="dates in both orders")
    for row in concerned:
        left.pop(row, None)


def _differs(grid: Grid, column: str, row: int, rows: Mapping[int, str]) -> bool:
    try:
        return bool(settled(grid.cell(row, column), ALL[column].read)[0] != settled(rows[row], ALL[column].read)[0])
    except Unreadable:
        return True


def _value(grid: Grid, column: str, form: printed.PrintedForm, row: int, cell: str) -> str | None:
    """What a form takes a cell for, where the column takes that."""
    value = form.read(printed.held(cell), grid.by_column(row))
    return value if value is not None and readable(ALL[column], value) else None


def _group(
    grid: Grid, column: str, looks: str, forms: Sequence[tuple[printed.PrintedForm, Mapping[int, str]]]
) -> ProblemGroup:
    rows = tuple(sorted({row for _, taken in forms for row in taken}))
    offers = tuple(_offer(grid, column, form, taken) for form, taken in forms)
    count = len(rows)
    reason = f"{number_of(count, 'cell')} of {column}: {looks}"
    name = forms[0][0].name
    return ProblemGroup(
        f"{column}:{name}", reason, ALL[column].fix, tuple((row, column) for row in rows), offers=offers, looks=looks
    )


def _offer(grid: Grid, column: str, form: printed.PrintedForm, taken: Mapping[int, str]) -> Offer:
    distinct: Counter[tuple[str, str]] = Counter()
    for (text, value), count in Counter((grid.cell(row, column), value) for row, value in taken.items()).items():
        distinct[shown(printed.held(text)), value or "blank"] += count
    cells = f"{len(taken):,} cell{'' if len(taken) == 1 else 's'}"
    question = f"{column}: {form.looks}, in {cells}; {form.does}?"
    reading = Reading(kind="form", column=column, form=form.name)
    return Offer(
        f"{column}:{form.name}", question, tuple(pair for pair, _ in distinct.most_common(_MOST_EXAMPLES)), (reading,)
    )


def _unexplained(column: str, left: Mapping[int, str]) -> Iterator[ProblemGroup]:
    """Values for which no repair of all is offered: what they look like, or why they cannot be read."""
    by_reason: dict[tuple[str, str], list[int]] = {}
    texts: dict[tuple[str, str], list[str]] = {}
    for row, cell in left.items():
        try:
            settled(cell, ALL[column].read, free=ALL[column].is_free)
            continue
        except Unreadable as failure:
            reason, told = failure.reason, isinstance(failure, UnusableCell)
        personal = isinstance(cell, Cell) and isinstance(cell.fault, Personal)
        looks = "" if told or personal else printed.looks_like(column, cell)
        by_reason.setdefault((reason, looks), []).append(row)
        texts.setdefault((reason, looks), []).append("" if personal else shown(cell))
    for number, ((reason, looks), rows) in enumerate(by_reason.items(), 1):
        like = f"; it looks like {looks}" if looks else ""
        name = f"{column}:cannot-be-read-{number}"
        yield ProblemGroup(name, f"{column}: {reason}{like}", ALL[column].fix, tuple((row, column) for row in rows), looks=looks or reason,
                    texts=tuple(dict.fromkeys(texts[reason, looks])))  # fmt: skip


def _plans(grid: Grid, agency: Agency | None) -> Iterator[ProblemGroup]:
    """Plans in other words than in agency.yaml: by its case, its spaces, its name, or a data-entry error."""
    if agency is None or "plan" not in grid.slots:
        return
    ids = [plan.id for plan in agency.plans]
    names = {simple(word): plan.id for plan in agency.plans for word in (plan.id, plan.name) if word}
    given: dict[str, list[int]] = {}
    for row, cell in grid.texts("plan"):
        text = printed.held(cell)
        if text not in ids:
            given.setdefault(text, []).append(row)
    for text, rows in given.items():
        meant = names.get(simple(text)) or near(text, ids)
        if not text:
            meant = ids[0] if len(ids) == 1 else None
        places = tuple((row, "plan") for row in rows)
        said = f"'{shown(text)}' is not a plan of agency.yaml" if text else "the plan is blank"
        question = f"plan: {said} ({len(rows):,} x). Read {'them' if len(rows) > 1 else 'it'} as '{meant}'?"
        offers: tuple[Offer, ...] = ()
        if meant:
            reading = (Reading(kind="value", column="plan", text=text, take=meant) if text
                       else Reading(kind="blank", column="plan", take=meant))  # fmt: skip
            offers = (Offer(f"plan:{simple(text) or 'blank'}", question, ((shown(text), meant),), (reading,)),)
        yield ProblemGroup(f"plan:{simple(text) or 'blank'}", f"plan: {said}", f"Plans are {', '.join(ids)}.", places,
                    offers=offers, looks="a plan that agency.yaml does not name")  # fmt: skip


def likely(column: str, text: str, row: Mapping[str, str], plans: Iterable[str]) -> list[str]:
    """The values a single cell probably means, best first; an empty text is a blank."""
    seen, found = printed.held(text), []
    for form in printed.FORMS.get(column, ()):
        value = form.read(seen, row)
        if value is not None and readable(ALL[column], value):
            found.append(value)
    choices = tuple(plans) if column == "plan" else ALL[column].choices if column in ALL else ()
    meant = near(seen.replace(" ", "_"), choices)
    return list(dict.fromkeys([*found, *([meant] if meant else []), *choices]))
