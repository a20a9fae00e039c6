"""An export through a recipe into roster.csv: every row is written, or named with the reason."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from seskit.formats import results
from seskit.formats.cell_names import letters
from seskit.formats.counts import first_of, number_of, rows_of
from seskit.formats.files import whole
from seskit.formats.personal_data import column_kind
from seskit.formats.privacy import shown
from seskit.formats.two_ways import two_ways
from seskit.law.facts import FactError, Unreadable, dollars
from seskit.record import agency as agencies
from seskit.record.people_import import against, guess, rows, same_names, single_rows, thousands, to_answer, values
from seskit.record.people_import import recipe as recipes
from seskit.record.people_import.recipe import RECIPE, Recipe
from seskit.record.roster import award_headings, origin
from seskit.record.roster.as_accepted import is_remark
from seskit.record.roster.columns import COLUMNS, READ_ELSEWHERE, STATED
from seskit.record.roster.heading_groups import TwoRows
from seskit.record.roster.heading_times import ReportDays, of_agency
from seskit.record.roster.usual_headings import PAYS, names_inspector

ROSTER = "roster.csv"
_MONEY = (
    "basic_pay_fy_end",
    "basic_pay_period_end",
    "award",
    "pay_adjustment",
    "total_compensation",
    "cash_award",
    "relative_position",
)
#: What stands in the row of a person, and not together in that of a sum or a remark.
_TELLING = ("appointment_type", "rating", "basic_pay_fy_end", "basic_pay_period_end", "award")
_TOTAL = re.compile(
    r"^(?:grand )?(?:sub)?totals?\b|^count\b|^sum\b|^(?:average|avg|mean|median)\b|^end of report|^page \d",
    re.IGNORECASE,
)
_NOBODY = "no person number"
_SHOWN = 8
_SAY = two_ways(
    "No form is final until you say under values: {} what it means",
    "No form is final until you say under 'Values' what it means",
)
_NAMES = two_ways(
    "Ask for names with --names if you make the supplementary form.",
    "Have names written if you make the supplementary form.",
)
#: What parts a last from a first name, in a heading of both and in a cell of both.
JOIN = guess.JOIN


@dataclass
class Imported:
    """What an import came to: the recipe and its guesses, how many people were written, and what was not."""

    recipe: Recipe
    guesses: list[str]
    notes: list[str]
    written: int = 0
    left: dict[str, list[int]] = field(default_factory=dict)
    unread: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    kept: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    #: Rows of people that have no number; they are written, and stand in the way of final forms.
    numberless: list[int] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    #: Headings that nothing is read from; those with amounts of money; and those that may hold the award, where none is taken.
    unused: tuple[str, ...] = ()
    money: tuple[str, ...] = ()
    may_be_award: tuple[str, ...] = ()
    #: Headings that nothing is read from, though they are named for what the recipe says for everybody, with their column;
    #: and the questions about those that do not hold one value alone.
    beside_same: dict[str, str] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    #: Headings that speak against what is read, with what they say; and all that is to be answered before a roster is made.
    against: dict[str, str] = field(default_factory=dict)
    open: dict[str, str] = field(default_factory=dict)
    #: The same with what is answered, to be looked at again; and what each answer is kept for.
    questions: dict[str, str] = field(default_factory=dict)
    answered: dict[str, str] = field(default_factory=dict)
    #: The rows that were left out one by one; and those that questions are about, question by question.
    out: tuple[str, ...] = ()
    asked_of: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """The rows with anything in them below the header."""
        return self.written + sum(map(len, self.left.values()))

    def lines(self) -> Iterator[str]:
        """The account of the import in sentences; values are shown safely, like ones together."""
        yield from self.notes
        for text in self.guesses:
            yield f"Guess: {text}."
        for why, numbers in self.left.items():
            yield f"Left out, {why}: {rows_of(numbers, _SHOWN)}."
        for (column, text), numbers in self.unread.items():
            yield f"Not understood, {column} kept as it is: '{text}' ({rows_of(numbers, _SHOWN)}). {_SAY.format(column)}."
        for (column, text), numbers in self.kept.items():
            yield f"Not a day, {column} kept as it is: '{text}' ({rows_of(numbers, _SHOWN)}). Correct it once the roster is read."
        if self.numberless:
            yield f"Written without the number that each person needs: {rows_of(self.numberless, _SHOWN)}. Give them one in the export."
        if self.recipe.accepted:
            yield f"{number_of(self.rows, 'row')}: {number_of(self.written, 'person', 'people')} written, {number_of(self.rows - self.written, 'row')} left out."


def run(file: Path, out: Path, recipe: Path | None = None, *, accept: bool = False, names: bool = False) -> Imported:
    """Read an export with the recipe named, or the one in the folder, or a guessed one; write the roster once accepted.

    A guessed recipe is written beside the roster to be looked at; without `accept` nothing else is.
    """
    place = recipe or out / RECIPE
    notes: list[str] = []
    table = rows.read(file, notes)
    plans = plans_beside(out)
    if recipe is not None and not place.is_file():
        raise FactError(f"There is no recipe '{recipe.name}'. Leave out --recipe to have one guessed.")
    used, guesses = _kept(place, table, notes) if place.is_file() else guess.recipe(table, plans, report_days(out))
    former, heads = used, [head for head in table[used.header_row - 1] if head] if used.header_row <= len(table) else []
    other = recipes.for_others(used, heads)
    if other:
        notes.append(f"{place.name} was accepted for an export with other headings: {other}.")
    own = recipe is None or accept
    made, people = through(
        table, used.model_copy(update={"names": used.names or names}), guesses, report=report_days(out), own=own
    )
    unsaid = [*guess.unsaid(used, plans), *made.asked.values()]
    told = [*made.asked.values()] if used.accepted else unsaid
    at_once = accept or used.accepted
    notes += [f"Not read: {one}." for one in told if (at_once or one in made.asked.values()) and one not in guesses]
    short = {f"'{shown(head)}' {says}." for head, says in made.against.items()}
    accepted = ((used.accepted and not other) or (accept and (used.accepted or not unsaid))) and not made.asked
    used = used.model_copy(update={"accepted": accepted, "names": used.names or names})
    if accepted and (accept or not used.accepted_for):
        used = used.model_copy(update={"accepted_for": tuple(heads)})
    if accepted:
        used = used.model_copy(update={"answered": made.answered})
    if plans and (plan := used.same_for_all.get("plan", plans[0])) not in plans:
        notes.append(
            f"The recipe puts everybody in plan '{shown(plan)}', but agency.yaml has {' and '.join(plans)}. Correct {place.name}."
        )
    made.recipe, made.notes = used, [*notes, *(one for one in made.notes if one not in short)]
    _write(made, people, out, place, guesses, replaced=former if accept or recipe is None else None)
    return made


def _kept(place: Path, table: Sequence[Sequence[str]], notes: list[str]) -> tuple[Recipe, list[str]]:
    """The recipe of a file, fitted to the headings of this export; nothing in it is guessed."""
    used = read_recipe(place)
    if used.header_row <= len(table):
        used, told = recipes.of_these_headings(used, table[used.header_row - 1])
        notes += told
    return used, []


def _write(
    made: Imported, people: list[dict[str, str]], out: Path, place: Path, guesses: Sequence[str], *, replaced: Recipe | None
) -> None:  # fmt: skip
    """Write the recipe, and the roster once it is accepted; an acceptance is noted in the recipe that is `replaced`."""
    used = made.recipe
    out.mkdir(parents=True, exist_ok=True)
    with results.kept(out, "import people"):
        if not place.is_file():
            made.files.append(recipes.write(used, place, guesses))
        elif used.accepted and replaced and recipes.acceptance(used) != recipes.acceptance(replaced):
            made.files.append(recipes.record_acceptance(used, place))
        if used.accepted:
            made.files.append(whole(out / ROSTER, as_roster(people, used).encode()))
            made.files.append(whole(out / origin.FILE, of_export(made, people).encode()))


def through(
    table: Sequence[Sequence[str]],
    used: Recipe,
    guesses: Sequence[str] = (),
    notes: Sequence[str] = (),
    report: ReportDays | None = None,
    *,
    own: bool = True,
) -> tuple[Imported, list[dict[str, str]]]:
    """An export through a recipe, nothing written: what it comes to, and every person column by column.

    In a recipe that is not this agency's `own`, an answer about people is none unless it says of whom.
    """
    heads, body = _header(table, used)
    guess.refuse_numbers(heads, [row for _, row in body], used)
    made = Imported(used, [*guesses], [*notes])
    number_of_person = used.columns.get("person_id", "")
    keys = single_rows.keys(single_rows.named(body, heads, number_of_person), report) if used.leave_out else {}
    out = single_rows.followed(used, keys, answered=not own)
    people = list(_people(body, heads, used, made, out))
    left = {number: "" if why == _NOBODY else why for why, numbers in made.left.items() for number in numbers}
    rows = [row for number, row in body if number not in left]
    made.unused = tuple(_unused(heads, used))
    made.money = tuple(
        head
        for head in made.unused
        if award_headings.holds_money(head, cells := guess.cells_below(rows, heads, head))
        or award_headings.amounts(head, cells)
    )
    possible = () if used.columns.get("award") else guess.may_be_award(heads, rows, used.columns)
    made.may_be_award = tuple(head for head in possible if head not in used.unused)
    made.beside_same = {head: column for head in made.unused if (column := guess.said_for_all(head, used.same_for_all))}
    rows_by = [head for head in used.keep if head not in used.columns.values()]
    found = against.all_found(
        table, heads, body, left, used, (*made.unused, *rows_by), (*possible, *made.beside_same), report, out
    )
    still = against.still_open(found, used, report, answered=not own)
    made.against = {head: one.told(head) for head, one in still.items()}
    made.out = tuple(one for one in used.leave_out if one in out)
    made.answered = against.answers(found, used, report) | {one: keys[one] for one in made.out}
    made.asked_of = {head: one.rows for head, one in found.items() if one.rows}
    several = dict(_several(heads, rows, used, made.beside_same))
    made.open = made.against | {head: says for head, says in several.items() if head not in used.unused}
    made.questions = {head: one.told(head) for head, one in found.items()} | several
    made.asked = to_answer.told(made.against, several, made.beside_same, used)
    made.notes += (*_dropped(heads, rows, used, made), *to_answer.in_ig_offices(people, used))
    made.written = len(people)
    return made, people


def plans_beside(folder: Path) -> tuple[str, ...]:
    """The plans of the folder's agency.yaml; none where there is no agency.yaml, or none that can be read."""
    found = agencies.read(folder / agencies.FILE).agency if (folder / agencies.FILE).is_file() else None
    return tuple(plan.id for plan in found.plans) if found else ()


def report_days(folder: Path) -> ReportDays | None:
    """The days of the report of the folder's agency.yaml; None where there is none."""
    found = agencies.read(folder / agencies.FILE).agency if (folder / agencies.FILE).is_file() else None
    return of_agency(found) if found else None


def read_recipe(place: Path) -> Recipe:
    """A recipe from its file; raises FactError with the first thing that is wrong in it."""
    found = recipes.read(place)
    if found.record is None:
        raise FactError(str(found.problems[0]))
    return found.record


def _header(table: Sequence[Sequence[str]], used: Recipe) -> tuple[list[str], list[tuple[int, list[str]]]]:
    if used.header_row > len(table):
        raise FactError(
            f"header_row: the export has {number_of(len(table), 'row')}, so row {used.header_row} cannot be its header."
        )
    heads = list(table[used.header_row - 1])
    wanted = [*used.columns.values(), *used.keep]
    if missing := [head for head in wanted if head not in heads and not parts_of(head, heads)]:
        listed = ", ".join(f"'{shown(head)}'" for head in dict.fromkeys(missing))
        alike = [head for head in heads if head and head not in wanted and _letters(head) in {*map(_letters, missing)}]
        instead = f" There is {', '.join(repr(shown(head)) for head in alike)}, for another day." if alike else ""
        instead += "".join(
            f" '{shown(head)}' may be {column}."
            for column, head in guess.by_heading(heads, table[used.header_row :]).items()
            if used.columns.get(column) in missing and head not in (*wanted, *alike)
        )
        raise FactError(
            f"The export has no column {listed} in row {used.header_row}.{instead} Correct the recipe: headings must match exactly."
        )
    body = [
        (n, list(row))
        for n, row in enumerate(table[used.header_row :], used.header_row + 1)
        if any(row) and not isinstance(row, TwoRows)
    ]
    return heads, body


def _letters(head: str) -> str:
    """A heading without its numbers, which are those of a year or a day."""
    return re.sub(r"[\W\d_]+", " ", head).strip().lower()


def _unused(heads: Sequence[str], used: Recipe) -> Iterator[str]:
    """The headings that nothing is read from; none that is named for something personal."""
    read = {one for head in used.columns.values() for one in (head, *parts_of(head, heads))} | {*used.keep}
    yield from (head for head in dict.fromkeys(heads) if head and head not in read and not column_kind(head))


def _dropped(heads: Sequence[str], rows: Sequence[Sequence[str]], used: Recipe, made: Imported) -> Iterator[str]:
    if made.may_be_award:
        yield ask_award(made.may_be_award)
    for column in (one for one in PAYS if one not in used.columns):
        pool = ", and the award pool would be 0" if column == PAYS[0] else ""
        yield f"No column is used for {column}: no one would be on the rolls that day{pool}. Say which heading holds it."
    for head, column in made.beside_same.items():
        if any(guess.cells_below(rows, heads, head)):
            yield f"Nothing is read from '{shown(head)}': the recipe says {column}: {shown(used.same_for_all[column])} for everybody. Check whether that is still right."
    yield from (f"'{shown(head)}' {says}." for head, says in made.against.items())
    if made.money:
        told = (f"'{shown(head)}' ({_amounts(guess.cells_below(rows, heads, head))})" for head in made.money)
        yield f"Columns with amounts of money that are not used: {', '.join(told)}."
    if twice := [head for head, count in Counter(heads).items() if head and count > 1]:
        yield f"Headings that appear more than once, of which only the first column is read: {', '.join(shown(head) for head in twice)}."
    personal = [head for head in heads if head and column_kind(head)]
    if personal:
        yield f"Columns never read, because of what they hold: {', '.join(shown(head) for head in personal)}."
    if alike := same_names.noted(heads, rows, used):
        listed = first_of(alike, _SHOWN, "; ", lambda numbers: " and ".join(map(shown, numbers)))
        yield f"{number_of(len(alike), 'name is', 'names are')} in several rows under different numbers ({listed}). Is it one person each time, or two?"
    if "name" in used.columns and not used.names:
        yield f"Names in '{shown(used.columns['name'])}' were not written. {_NAMES}"
    held = [
        letters(place)
        for place, head in enumerate(heads)
        if not head and any("".join(row[place : place + 1]) for row in rows)
    ]
    if held:
        yield f"Columns without a heading are not used: {', '.join(held)}."
    if made.unused:
        yield f"Columns not used: {', '.join(shown(head) for head in made.unused)}."


def _several(
    heads: Sequence[str], rows: Sequence[Sequence[str]], used: Recipe, beside: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """Each heading that holds several values of what the recipe says for everybody: somebody may be another."""
    for head, column in beside.items():
        values = list(dict.fromkeys(guess.cells_below(rows, heads, head)))
        if len(values) > 1:
            told = f"holds {number_of(len(values), 'value')}, such as {' and '.join(map(shown, values[:2]))}"
            yield head, f"{told}, and the recipe says {column}: {shown(used.same_for_all[column])} for everybody"


def ask_award(possible: Sequence[str]) -> str:
    """The question for a person where no column is used for the awards and one or several may hold them."""
    named = " or ".join(f"'{shown(head)}'" for head in possible)
    none = "they do not" if len(possible) > 1 else "it does not"
    return f"No column is used for the performance award: {named} may hold it. Say which, or leave it if {none}."


def _amounts(cells: Sequence[str]) -> str:
    many, amount = award_headings.total(cells)
    return f"{number_of(many, 'amount')}, {dollars(amount)}"


def _people(
    body: Sequence[tuple[int, list[str]]], heads: Sequence[str], used: Recipe, made: Imported, out: frozenset[str]
) -> Iterator[dict[str, str]]:
    at = {head: heads.index(head) for head in {*used.columns.values(), *used.keep} if head in heads}
    joined = {head: parts_of(head, heads) for head in used.columns.values() if head not in at}
    for number, row in body:
        cells = {head: row[place] if place < len(row) else "" for head, place in at.items()}
        cells |= {head: _joined(row, heads, parts) for head, parts in joined.items()}
        named = single_rows.row_named(number, cells.get(used.columns.get("person_id", ""), ""))
        if why := single_rows.WHY if named in out else _left_out(row, heads, cells, used):
            made.left.setdefault(why, []).append(number)
            continue
        person = {column: _cell(column, cells[head], number, used, made) for column, head in used.columns.items()}
        person = {
            **used.same_for_all,
            **{column: cell for column, cell in person.items() if cell or column not in used.same_for_all},
        }
        if "ig_office" not in used.columns and "ig_office" not in used.same_for_all:
            person["ig_office"] = "yes" if names_inspector([person.get("component", "")]) else "no"
        if not person.get("person_id"):
            made.numberless.append(number)
        yield person


def parts_of(head: str, heads: Sequence[str]) -> tuple[str, ...]:
    """The two headings that one is joined of, such as 'Last Name, First Name'; none where it is a heading itself."""
    parts = tuple(head.split(JOIN))
    return parts if head not in heads and len(parts) > 1 and all(part in heads for part in parts) else ()


def _joined(row: Sequence[str], heads: Sequence[str], parts: Sequence[str]) -> str:
    places = [list(heads).index(part) for part in parts]
    return JOIN.join(row[place] for place in places if place < len(row) and row[place])


def _left_out(row: Sequence[str], heads: Sequence[str], cells: dict[str, str], used: Recipe) -> str:
    if [cell for cell in row if cell] == [head for head in heads if head]:
        return "the header again"
    first, number = next((cell for cell in row if cell), ""), cells.get(used.columns.get("person_id", ""), "")
    if _TOTAL.match(first) or (number and is_remark(row)):
        return "a total or a line of the report"
    for head, kept in used.keep.items():
        if cells[head] not in kept:
            return f"'{shown(head)}' is not {' or '.join(one or 'blank' for one in kept)}"
    return "" if number or _is_person(cells, used) else _NOBODY


def _is_person(cells: dict[str, str], used: Recipe) -> bool:
    """Whether a row without a number tells of a person all the same: an appointment or a rating, and something beside it."""
    told = {column: head for column, head in used.columns.items() if cells.get(head) and column in _TELLING}
    if "award" in told and ("appointment_type" in told or cells.get(used.columns.get("name", ""))):
        return bool(award_headings.total([cells[told["award"]]])[0])
    told.pop("award", None)
    return bool({"appointment_type", "rating"} & {*told}) and len({*told.values()}) > 1


def _cell(column: str, text: str, number: int, used: Recipe, made: Imported) -> str:
    if column == "name" and not used.names:
        return ""
    if not text:
        return ""
    if text in used.values.get(column, {}):
        return used.values[column][text]
    if column in used.dates or column in recipes.DATES:
        try:
            return values.iso(text, used.dates.get(column, "year first"))
        except Unreadable:
            made.kept.setdefault((column, shown(text)), []).append(number)
            return text
    if values.fixed(column):
        meant = values.meant(column, text) if text.lower() == str(values.meant(column, text)).lower() else None
        if meant is None:
            # A blank cell has a meaning of its own (not rated, not on the rolls), so what is not understood is never one.
            made.unread.setdefault((column, shown(text)), []).append(number)
            return text
        return meant
    plain = values.amount(text) if column in _MONEY else text
    return thousands.dollars(plain) if column in used.thousands else plain


def of_export(made: Imported, people: Sequence[dict[str, str]]) -> str:
    """The text of the file that says what was left out of the export."""
    settled = [head for head in made.unused if head in made.beside_same or head in made.recipe.unused]
    pays = {made.recipe.columns.get(column, "") for column in PAYS}
    differ = any(person.get(PAYS[0]) != person.get(PAYS[1]) for person in people)
    one_pay = pays.pop() if len(pays) == 1 and not differ else ""
    left = [f"{why}: {rows_of(numbers, _SHOWN)}" for why, numbers in made.left.items()]
    many = made.rows - made.written
    columns = _written(people, made.recipe)
    return origin.text(columns, made.unused, made.money, settled, one_pay, rows_left=many, left_because=left)


def _written(people: Sequence[dict[str, str]], used: Recipe) -> list[str]:
    columns = [name for name in COLUMNS if name != "name" or used.names]
    return columns + [name for name in (*STATED, *READ_ELSEWHERE) if any(name in person for person in people)]


def as_roster(people: Sequence[dict[str, str]], used: Recipe) -> str:
    """The people as the text of roster.csv."""
    columns = _written(people, used)
    made = io.StringIO(newline="")
    writer = csv.DictWriter(made, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(people)
    return made.getvalue()
