"""A first recipe for an export: what each heading and value probably means. Everything here is a guess, and is said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from seskit.formats.personal_data import SSN, bare_number, column_kind
from seskit.formats.privacy import shown
from seskit.formats.two_ways import two_ways
from seskit.law.facts import FactError
from seskit.record.people_import import thousands, values
from seskit.record.people_import.recipe import DATES, IN_THOUSANDS, RECIPE, Recipe
from seskit.record.roster import award_headings, heading_groups
from seskit.record.roster.columns import COLUMNS, STATED, canonical
from seskit.record.roster.heading_times import ReportDays, day_of, latest, stands_before, year
from seskit.record.roster.leaving_headings import day_in
from seskit.record.roster.pay_headings import is_basic_pay, is_fiscal_year_end
from seskit.record.roster.printed.amounts import says_thousands
from seskit.record.roster.printed.words import names_level
from seskit.record.roster.usual_headings import (
    ALONE,
    NAME_JOIN,
    PAYS,
    SPEAKS_FOR,
    WITHIN,
    elsewhere,
    last_and_first,
    may_speak_for,
    words,
)
from seskit.record.roster.usual_headings import columns as named

_PAY_PLAN = ("pay plan", "payplan", "pp")
_NOT_BASIC = re.compile(r"local|adjusted|total|hourly|biweekly|bi weekly|monthly|comp\b", re.IGNORECASE)
_NAMES = {"name", "names", "incumbent", "surname", "lastname", "firstname", "employee"}
_MOST_HEADS, _SHOWN, _TABLE = 40, 6, 3
_LEVEL, _OF_RATING = {"level"}, frozenset(("performance", "final", "annual", "ses", "fy"))
_NUMBER = frozenset(("number", "id", "uid", "key", "code"))
#: The most signs of a number that may be a level, or a day counted from 1900.
_BARE = 5
#: Columns that several headings may name, of which one is of the last year or step.
_TIMED = ("rating", "award", *PAYS)
#: What parts a last from a first name where each has a column of its own.
JOIN = NAME_JOIN
_NAME = two_ways(
    "Name the file roster.csv or roster.xlsx in the agency's folder, and `seskit correct FOLDER` looks at its cells and asks what "
    "each heading is;",
    "Bring it with 'Bring a roster', and 'Correct problems here' looks at its cells and asks what each heading is;",
)


def recipe(
    table: Sequence[Sequence[str]], plans: Sequence[str] = (), report: ReportDays | None = None
) -> tuple[Recipe, list[str]]:
    """A recipe for an export, and every guess in it as a sentence. Raises FactError where no header can be found.

    `plans` and `report` are those of the agency, as far as they are known.
    """
    header_row = max(
        range(min(len(table), _MOST_HEADS)),
        key=lambda n: (len(by_heading(table[n])), isinstance(table[n], heading_groups.TwoRows), -n),
        default=0,
    )
    heads = table[header_row] if table else []
    rows = [row for row in table[header_row + 1 :] if any(row)]
    keep = _kept(rows, heads)
    read = kept(rows, heads, keep)
    columns = _columns(table[header_row - 1] if header_row else (), heads, read, report)
    guesses = [f"row {header_row + 1} is the header"] if header_row else []
    guesses += [f"column '{shown(head)}' is {column}" for column, head in columns.items()]
    guesses += _not_the_awards(heads, rows, columns)
    guesses += _both_pays(heads, read, columns)
    same: dict[str, str] = {}
    if "plan" not in columns and len(plans) < 2:
        same["plan"] = plans[0] if plans else "main"
        guesses.append(f"everybody is in the plan '{same['plan']}'{', the only one of agency.yaml' if plans else ''}")
    guesses += unsaid(Recipe(columns=columns, same_for_all=same), plans)
    if "ig_office" not in columns:
        guesses.append(
            "service in an Inspector General office is recognized by the words 'Inspector General', OIG or IG in the component"
        )
    below = {column: cells_below(rows, heads, head) for column, head in columns.items()}
    held = {column: mapped for column, cells in below.items() if (mapped := dict(_values(column, cells)))}
    dates = {column: order for column in DATES if column in columns and (order := values.order(below[column]))}
    small = tuple(
        column for column in IN_THOUSANDS
        if says_thousands(columns.get(column, "")) and thousands.likely(column, columns[column], below[column])
    )  # fmt: skip
    guesses += _of_cells(columns, held, dates, small)
    guesses += [
        f"only rows with {shown(text)} in '{shown(head)}' are read as executives"
        for head, texts in keep.items()
        for text in texts
    ]
    made = Recipe(
        header_row=header_row + 1, columns=columns, same_for_all=same, values=held,
        dates={column: order.name for column, order in dates.items()}, thousands=small,
        keep={head: tuple(texts) for head, texts in keep.items()},
    )  # fmt: skip
    return made, guesses


def _columns(
    above: Sequence[str], heads: Sequence[str], rows: Sequence[Sequence[str]], report: ReportDays | None
) -> dict[str, str]:
    """Each roster column with the heading it is read from; FactError where none is the number of each person."""
    columns = by_heading(heads, rows, report)
    columns |= _by_cells(heads, rows, columns)
    if above:
        columns |= _by_titles(above, heads, rows, columns, report)
    columns |= _pay_of_year(heads, rows, columns, report)
    if "person_id" not in columns:
        heading = ", ".join(f"'{shown(head)}'" for head in heads[:_SHOWN] if head and column_kind(head) is None)
        told = f" of {heading}" if len(columns) > 1 else ""
        raise FactError(
            f"No header was found with a column for person_id, the number of each person: none{told} is a usual heading for it. "
            f"{_NAME} or write {RECIPE} by hand: columns: with the headings of the export, for example person_id: Badge."
        )
    return columns


def _not_the_awards(heads: Sequence[str], rows: Sequence[Sequence[str]], columns: Mapping[str, str]) -> list[str]:
    """Which headings named for awards are blank, where another is read as the awards."""
    named = [head for head in heads if award_headings.is_named(head) and head not in columns.values()]
    blank = [head for head in named if not any(cells_below(rows, heads, head))] if "award" in columns else []
    return [f"'{shown(head)}' is blank in every row, so it does not hold the awards" for head in blank]


def _both_pays(heads: Sequence[str], rows: Sequence[Sequence[str]], columns: dict[str, str]) -> Iterator[str]:
    """Where the export has one pay column, it is read for both days; what to check about that."""
    others = [head for head in heads if head and is_basic_pay(head) and head not in columns.values()]
    others = _of_pay(others, heads, rows)
    others = [head for head in others if not any(stands_before(head, columns.get(column, head)) for column in PAYS)]
    if "basic_pay_fy_end" not in columns and others:
        yield f"no column is used for the rate on September 30: {' or '.join(repr(shown(head)) for head in others)} may be it; say which"
    elif "basic_pay_fy_end" not in columns and "basic_pay_period_end" in columns:
        columns["basic_pay_fy_end"] = columns["basic_pay_period_end"]
        yield (
            f"'{shown(columns['basic_pay_fy_end'])}' is the rate on both days: the export has one pay column; check people "
            "whose rate changed between them"
        )
    elif "basic_pay_period_end" not in columns and "basic_pay_fy_end" in columns and not others:
        columns["basic_pay_period_end"] = columns["basic_pay_fy_end"]
        yield (
            f"'{shown(columns['basic_pay_fy_end'])}' is also the rate on the last day of the appraisal period: the export has "
            "no other column for it; this is right if the period ends on that day"
        )


def _of_cells(
    columns: Mapping[str, str],
    held: Mapping[str, Mapping[str, str]],
    dates: Mapping[str, values.DateStyle],
    small: Sequence[str],
) -> Iterator[str]:
    """How the cells of the columns are read: values, dates, amounts in thousands."""
    for column, mapped in held.items():
        for text, value in mapped.items():
            if text.lower() != value.lower():
                yield f"'{shown(text)}' in '{shown(columns[column])}' means {value or 'blank'}"
    for column, order in dates.items():
        if order.doubtful:
            yield f"dates in '{shown(columns[column])}' are read as {order.name}; nothing in them shows which order is meant"
    for head in dict.fromkeys(columns[column] for column in small):
        yield f"amounts in '{shown(head)}' are thousands of dollars, as the heading says"


def _by_titles(
    above: Sequence[str],
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    taken: Mapping[str, str],
    report: ReportDays | None,
) -> dict[str, str]:
    """The columns that headings name together with the titles above them."""
    said = heading_groups.whole(above, heads)
    own = {
        whole: head for whole, head in zip(said, heads, strict=True)
        if head and head not in taken.values() and column_kind(head) is None
    }  # fmt: skip
    named = by_heading([one if one in own else "" for one in said], rows, report) if said != list(heads) else {}
    return {column: own[whole] for column, whole in named.items() if column not in taken and whole in own}


def _pay_of_year(
    heads: Sequence[str], rows: Sequence[Sequence[str]], taken: Mapping[str, str], report: ReportDays | None
) -> dict[str, str]:
    """The one heading of rates that names the fiscal year that ends on the day of a pay column: FY22 Rate beside FY21 Rate."""
    if report is None or taken.keys() & {*PAYS}:
        return {}
    fit = _of_pay([head for head in heads if head and is_basic_pay(head) and head not in taken.values()], heads, rows)
    ends = {column: on.year for column, on in report.pays.items() if is_fiscal_year_end(f"pay {on:%m/%d}")}
    found = {
        column: [head for head in fit if year(head) == named and day_of(head) is None] for column, named in ends.items()
    }
    return {column: those[0] for column, those in found.items() if len(those) == 1}


def _by_cells(heads: Sequence[str], rows: Sequence[Sequence[str]], taken: Mapping[str, str]) -> dict[str, str]:
    """The number of each person, the type of appointment and the rating, where no heading is a usual one and one column alone has such cells.

    Only of a table that has several usual headings besides.
    """
    if len(taken) < _TABLE:
        return {}
    found = {}
    left = [head for head in dict.fromkeys(heads) if head and column_kind(head) is None and head not in taken.values()]
    below = {head: cells_below(rows, heads, head) for head in left}
    numbers = [head for head in left if words(head) & _NUMBER and len({*below[head]}) == len(below[head]) == len(rows)]
    numbers = [head for head in numbers if all(re.search(r"\d", cell) for cell in below[head])]
    types = [head for head in left if below[head] and all(map(_is_type, below[head]))]
    levels = [head for head in left if "rating" not in taken and _is_level(head, heads, rows, taken)]
    for column, heads_of in (("person_id", numbers), ("appointment_type", types), ("rating", levels)):
        if column not in taken and len(heads_of) == 1:
            found[column] = heads_of[0]
    return found


def _is_level(head: str, heads: Sequence[str], rows: Sequence[Sequence[str]], taken: Mapping[str, str]) -> bool:
    """Whether a heading says level or the like and nothing besides, and all below it are levels of rating.

    A heading that says level alone may be the ES rate: people of one rate have one pay.
    """
    said = {word for word in words(head) if not word.isdecimal()}
    if not said <= SPEAKS_FOR["rating"] | _OF_RATING or not said & SPEAKS_FOR["rating"]:
        return False
    below = list(dict.fromkeys(cells_below(rows, heads, head)))
    if not below or any(values.meant("rating", cell) is None for cell in below):
        return False
    return said != _LEVEL or not _of_one_pay(head, heads, rows, taken)


def _of_one_pay(head: str, heads: Sequence[str], rows: Sequence[Sequence[str]], taken: Mapping[str, str]) -> bool:
    """Whether everybody with the same cell below a heading has the same pay."""
    at = list(heads).index(head)
    for pay in [list(heads).index(taken[column]) for column in PAYS if taken.get(column) in heads]:
        both = [(row[at], row[pay]) for row in rows if max(at, pay) < len(row) and row[at] and row[pay]]
        if len({*both}) > len({level for level, _ in both}):
            return False
    return True


def _is_type(cell: str) -> bool:
    """Whether a cell holds a type of appointment, in a word and not in a letter that may mean anything."""
    return bool(values.meant("appointment_type", cell)) and len(cell) > 1


def unsaid(made: Recipe, plans: Sequence[str]) -> list[str]:
    """What a person must say in the recipe before a roster is made: what no heading holds and nobody can guess."""
    said = made.columns.keys() | made.same_for_all.keys()
    everyone = {"appointment_type": "appointment_type: career where everyone is a career appointee"}
    if len(plans) > 1:
        everyone["plan"] = f"plan: {' or '.join(plans)} where everyone is in one plan"
    return [
        f"no column is used for {column}: write its heading under columns:, or under same_for_all: {words}"
        for column, words in everyone.items()
        if column not in said
    ]


def said_for_all(head: str, same: Mapping[str, str]) -> str:
    """The column that a heading is named for, among those of which everybody has the same value; empty where it is none."""
    return next((column for column in same if canonical(head) == column or column in named(head, [column])), "")


def by_heading(
    heads: Sequence[str], rows: Sequence[Sequence[str]] | None = None, report: ReportDays | None = None
) -> dict[str, str]:
    """Each roster column with the heading that says it best; a heading is used once.

    With the rows below them, the award is taken only where just one heading may hold it.
    """
    usable = [head for head in heads if head and column_kind(head) is None]
    plain = {head: words(head) for head in usable}
    others = {column: head for head in reversed(usable) if (column := elsewhere(head)) and not _of_awards(column)}
    usable = [head for head in usable if head not in others.values()]
    taken: dict[str, str] = {}
    for head in usable:
        if canonical(head) in COLUMNS | STATED and canonical(head) not in taken:
            taken[canonical(head)] = head
    if dated := _of_pay(
        [head for head in usable if is_fiscal_year_end(head) and head not in taken.values()], heads, rows
    ):
        taken.setdefault("basic_pay_fy_end", min(latest(dated, report), key=len))
    for column, phrases in WITHIN.items():
        if column in taken:
            continue
        fit = [
            head for head in usable if head not in taken.values() and any(words(one) <= plain[head] for one in phrases)
        ]
        if column in PAYS:
            fit = _of_pay(fit, heads, rows)
            fit = [head for head in fit if not _NOT_BASIC.search(head)] or fit
            fit = [head for head in fit if not stands_before(head, taken.get(PAYS[0], head))]
        if column == "rating" and (dated := [head for head in fit if _holds_days(head, heads, rows)]):
            fit = [head for head in fit if head not in dated]
            taken |= {"rating_date": dated[0]} if len(dated) == 1 and "rating_date" not in taken else {}
        fit = latest(fit, report) if column in _TIMED else fit
        for phrase in phrases:
            found = [head for head in fit if words(phrase) <= plain[head]]
            if column == "award":
                found = [head for head in found if award_headings.is_named(head)]
            if found:
                taken[column] = min(found, key=lambda head: len(plain[head]))
                break
    if "name" in taken and not person_name(taken["name"]):
        del taken["name"]
    if (both := whole_name(heads)) and ("name" not in taken or taken["name"] in both.split(JOIN)):
        taken["name"] = both
    for head in usable if rows is not None else ():
        if head not in taken.values() and (column := _said_alone(head, taken, heads, rows or ())):
            taken[column] = head
    taken |= others
    return taken if rows is None else _with_award(taken, heads, rows, report)


def _said_alone(head: str, taken: Mapping[str, str], heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The column that a heading is the usual name of where it says nothing else, such as 'ID' or 'Type', as the
    correction of a roster knows it; none where the cells below it do not fit.
    """
    absent = [column for column in (*COLUMNS, *STATED) if column not in taken and column != "award"]
    absent = [
        column for column in absent
        if column not in PAYS or not taken.keys() & {*PAYS} or words(head) in map(words, ALONE.get(column, ()))
    ]  # fmt: skip
    below = list(dict.fromkeys(cells_below(rows, heads, head)))
    for column in reversed(named(head, absent)):
        if column in PAYS and not _of_pay([head], heads, rows):
            continue
        if column == "es_level" and words(head) == _LEVEL and not _of_one_pay(head, heads, rows, taken):
            continue
        read = [values.meant(column, cell) is not None for cell in below] if values.fixed(column) else []
        if sum(read) * 2 >= len(read):
            return column
    levels = sum(map(names_level, below)) * 2 > len(below)
    return "rating" if levels and "rating" in absent and may_speak_for(head, "rating") else ""


def _holds_days(head: str, heads: Sequence[str], rows: Sequence[Sequence[str]] | None) -> bool:
    """Whether most cells below a heading are days, written with more than a bare number, which may be a level."""
    cells = cells_below(rows or (), heads, head)
    return sum(len(cell) > _BARE and day_in(cell) is not None for cell in cells) * 2 > len(cells)


def _of_awards(column: str) -> bool:
    """Whether a column of other papers is of awards: amounts and names stand below such headings, and a person says which."""
    return column.endswith("_award")


def _of_pay(named: Sequence[str], heads: Sequence[str], rows: Sequence[Sequence[str]] | None) -> list[str]:
    """Of headings that speak of pay, those that may hold it: a day or a code is none, whatever its heading says."""
    below = ((head, cells_below(rows or (), heads, head)) for head in named)
    return [
        head
        for head, cells in below
        if not cells or award_headings.holds_money(head, cells) or thousands.likely(PAYS[0], head, cells)
    ]


def _with_award(
    taken: dict[str, str], heads: Sequence[str], rows: Sequence[Sequence[str]], report: ReportDays | None
) -> dict[str, str]:
    """The columns with the one heading that may hold the awards; the roster's own name for them wins where it has any."""
    own = taken.pop("award", "")
    possible = latest(may_be_award(heads, rows, taken), report)
    if canonical(own) == "award" and (own in possible or not possible):
        return taken | {"award": own}
    if own and not possible and award_headings.too_small(own, cells_below(rows, heads, own)):
        return taken | {"award": own}
    return taken | ({"award": possible[0]} if len(possible) == 1 else {})


def may_be_award(heads: Sequence[str], rows: Sequence[Sequence[str]], taken: Mapping[str, str]) -> list[str]:
    """The headings that may hold the performance award, none that is another column already."""
    usable = [
        head for head in dict.fromkeys(heads) if head and column_kind(head) is None and head not in taken.values()
    ]
    return award_headings.may_hold((head, cells_below(rows, heads, head)) for head in usable)


def whole_name(heads: Sequence[str]) -> str:
    """A last and a first name that have a column each, as one heading of both; empty where there are not both."""
    return JOIN.join(last_and_first([head for head in heads if head and column_kind(head) is None]))


def person_name(head: str) -> bool:
    """Whether a heading is that of a person's name, and not of an office's."""
    return bool(words(head) & _NAMES) and not words(head) & {
        "agency",
        "organization",
        "org",
        "office",
        "bureau",
        "component",
        "position",
        "plan",
        "department",
    }


def cells_below(rows: Sequence[Sequence[str]], heads: Sequence[str], head: str) -> list[str]:
    """What is below a heading in these rows; blank cells and the heading again left out."""
    if head not in heads:
        return []
    place = list(heads).index(head)
    return [row[place] for row in rows if place < len(row) and row[place] and row[place] != head]


def _values(column: str, cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What the texts of a column with a fixed set of values mean, as far as it can be told."""
    for text, _ in sorted(Counter(cells).items()):
        meant = values.meant(column, text)
        if meant is not None:
            yield text, meant


def kept(rows: Sequence[Sequence[str]], heads: Sequence[str], keep: Mapping[str, Sequence[str]]) -> list[Sequence[str]]:
    """The rows of a table that are kept."""
    at = {list(heads).index(head): texts for head, texts in keep.items() if head in heads}
    return [row for row in rows if all(place < len(row) and row[place] in texts for place, texts in at.items())]


def _kept(rows: Sequence[Sequence[str]], heads: Sequence[str]) -> dict[str, list[str]]:
    """The pay plan that marks executives, where the export holds others as well."""
    for head in heads:
        if head and " ".join(sorted(words(head))) in {" ".join(sorted(phrase.split())) for phrase in _PAY_PLAN}:
            texts = set(cells_below(rows, heads, head))
            chosen = sorted(text for text in texts if re.match(r"ES\b", text.strip(), re.IGNORECASE))
            if chosen and len(chosen) < len(texts):
                return {head: chosen}
    return {}


def refuse_numbers(heads: Sequence[str], rows: Sequence[Sequence[str]], made: Recipe) -> None:
    """Refuse a recipe whose numbers of people are, or may be, Social Security numbers."""
    head = made.columns.get("person_id", "")
    if column_kind(head) == SSN:
        raise FactError(
            f"Column '{shown(head)}' is named for Social Security numbers, which are never read. Name another column."
        )
    cells = cells_below(rows, heads, head) if head in heads else []
    if cells and sum(map(bare_number, cells)) * 2 > len(cells):
        raise FactError(
            f"Column '{shown(head)}' holds nine-digit numbers, which could be Social Security numbers. "
            "Name another column under columns: person_id, or give people other numbers in the export."
        )
