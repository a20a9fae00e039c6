"""How the next agency takes a transfer packet in: its own files with the executive added, written beside them."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from seskit.formats import files
from seskit.formats.counts import number_of
from seskit.formats.in_short import joined
from seskit.formats.personal_data import bare_number
from seskit.formats.privacy import shown
from seskit.law.facts import FactError, dollars
from seskit.law.pay_setting import clock
from seskit.record.agency import Agency, Plan
from seskit.record.agency_folder import AgencyFolder
from seskit.record.pay_setting import pay_history
from seskit.record.pay_setting.worksheet.reading import FILE as PAY
from seskit.record.problem import errors
from seskit.record.roster import Person, Roster, history, kept, longer_lists, readings
from seskit.record.roster.longer_lists import LongerList
from seskit.record.roster.person_numbers import bare
from seskit.record.roster.reader import read_people
from seskit.work.report.forms import base_day
from seskit.work.staffing.transfer import Packet, PayAction, actions

ROSTER = "roster.csv"
_YES_NO = {True: "yes", False: "no", None: ""}
#: How many years before a transfer a rating can lie: a choice, longer than a career in the SES.
_LONGEST = 50
_AGAIN = "Check the day of the transfer (--on), and ask the agency that the executive left."
_HELD = ("person_id", "name", "plan", "appointment_type")
#: The rates of a roster, each with the column that says who was on the rolls on its day.
_RATES = {"basic_pay_fy_end": "on_rolls_fy_end", "basic_pay_period_end": "on_rolls_period_end"}
_ASKED = ("person_id", "name", "plan", "appointment_type", "component", "ig_office", "on_probation")


@dataclass(frozen=True)
class TakenIn:
    """The files of the next agency with the executive in them; whoever receives them puts them in their place."""

    number: str
    files: Mapping[str, bytes]
    says: tuple[str, ...]


@dataclass(frozen=True)
class Arrival:
    """What the next agency says of the executive: the number and plan there, the day, the rate, the office."""

    number: str
    plan: str
    on: date
    rate_changed: bool
    rate: Decimal | None = None
    component: str = ""
    ig_office: bool | None = None


def receive(given: Packet, folder: str | Path, here: Arrival) -> TakenIn:
    """Roster, history, pay worksheet and pay history of the next agency with this executive added, under a number of its own.

    It says which cells of the new rows are blank, since the packet cannot know them, and what to do with the files. Raises
    FactError where the packet cannot be right, or where a file of the agency has no place for the executive.
    """
    place = AgencyFolder(Path(folder))
    agency = _agency(place)
    plan = _plan(agency, here.plan)
    _refuse_wrong(given, here)
    _refuse_number(place.roster, here.number)
    row = {
        "person_id": here.number, "name": given.name or "", "plan": here.plan, "appointment_type": given.appointment_type or "",
        "component": here.component, "ig_office": _YES_NO[here.ig_office], "on_probation": _YES_NO[given.on_probation],
        **_not_yet(plan, here.on),
    }  # fmt: skip
    roster = longer_lists.opened_roster(place.path)
    made, left_out = _longer_roster(place, roster, row)
    earlier = longer_lists.opened(place.path, history.STEM, [one.name for one in history.COLUMNS])
    paid = longer_lists.opened(place.path, pay_history.FILE, list(pay_history.COLUMNS))
    ratings = list(_new_ratings(given, earlier, here.number))
    moved = PayAction(effective=here.on, kind="transfer", rate_changed=here.rate_changed)
    events = [
        {"person_id": here.number, "effective": one.effective, "kind": one.kind, "rate_changed": _YES_NO[one.rate_changed]}
        for one in (*given.pay_actions, moved)
    ]  # fmt: skip
    written = {ROSTER: made, "history.csv": earlier.with_rows(ratings), "pay_history.csv": paid.with_rows(events)}
    last = clock.last_counted(actions((*given.pay_actions, moved)))
    rate = here.rate if here.rate is not None or here.rate_changed else given.rate
    if place.pay is not None and (there := _worksheet(place)) is not None:
        written["pay.csv"] = there.with_rows([{"person_id": here.number, "rate": rate, "last_adjusted": last}])
    says = [
        *_of_the_packet(given, here, agency.name, place.roster, (earlier, paid)),
        f"{number_of(len(given.ratings), 'rating')} and {number_of(len(events), 'pay action')} read in.",
        f"Pay may change again from {clock.opens_on(last)} (5 CFR 534.404(c))." if last else "The last pay action that counts is not known.",
        *(["Blank in the new row of the pay worksheet, to be filled in: rate."] if "pay.csv" in written and rate is None else []),
        *_of_the_row(row, roster),
        *left_out,
        *_in_their_place(place.path, written),
    ]  # fmt: skip
    return TakenIn(here.number, written, tuple(says))


def refuse_waiting(out: Path, folder: str | Path, number: str) -> None:
    """Refuse a folder with files in which another executive waits to be put in place: new ones would be without that person."""
    if not (out / ROSTER).is_file():
        return
    there = {person.person_id for person in read_people(Path(folder)).people}
    found = longer_lists.opened_roster(out).numbers
    if waiting := sorted(found - there - {number}):
        raise FactError(
            f"--out: '{out.name}' holds files with {joined(waiting)}, who {'is' if len(waiting) == 1 else 'are'} not on the agency's roster yet. Put those files in "
            "their place first and receive this packet again, or give another folder."
        )


def _agency(place: AgencyFolder) -> Agency:
    """The agency; refuses a folder whose own files cannot be used."""
    if place.agency is None:
        raise FactError(str(place.about.problems[0]))
    if place.without_roster:
        raise FactError(str(next(one for one in errors(place.roster.problems) if one.row is None)))
    return place.agency


def _plan(agency: Agency, wanted: str) -> Plan:
    found = next((one for one in agency.plans if one.id == wanted), None)
    if found is None:
        known = joined([one.id for one in agency.plans])
        raise FactError(f"plan: '{shown(wanted)}' is not a plan of the receiving agency; its plans are {known}.")
    return found


def _refuse_number(roster: Roster, number: str) -> None:
    if bare_number(number) or not number.strip():
        raise FactError("number: give the agency's own number for the executive, never a Social Security number.")
    if bare(number) in {bare(one.person_id) for one in roster.people if one.person_id}:
        raise FactError(f"number: '{shown(number)}' is already on the roster. Give a number that nobody has.")


def _refuse_wrong(given: Packet, here: Arrival) -> None:
    """Refuse what no packet of this executive can say."""
    wrong = [*_wrong_ratings(given, here.on), *_wrong_pay(given, here.on)]
    if wrong:
        raise FactError(f"The packet cannot be right: {'; '.join(wrong)}. {_AGAIN}")
    if here.rate is None or given.rate is None:
        return
    if here.rate != given.rate and not here.rate_changed:
        raise FactError(
            f"--rate: {dollars(here.rate)} is not the rate in the packet, {dollars(given.rate)}. If the transfer changes the rate, "
            "add --rate-changed; if not, leave --rate out."
        )
    if here.rate == given.rate and here.rate_changed:
        raise FactError(
            f"--rate-changed: {dollars(here.rate)} is the rate in the packet. A transfer at the same rate starts no 12 months: leave "
            "--rate-changed out, or give the new rate."
        )


def _wrong_ratings(given: Packet, on: date) -> Iterator[str]:
    for place, one in enumerate(given.ratings):
        others = [other for other in given.ratings[:place] if other.year == one.year]
        if any(None in (one.issued, other.issued) or one.issued == other.issued for other in others):
            yield f"it has two ratings of {one.year}"
        if not on.year - _LONGEST <= one.year <= on.year:
            yield f"a rating of {one.year} does not go with a transfer on {on}"
        elif one.issued and one.issued.year < one.year:
            yield f"the rating of {one.year} was issued on {one.issued}, before that year"
        elif one.issued and one.issued > on:
            yield f"the rating of {one.year} was issued on {one.issued}, after the transfer on {on}"


def _wrong_pay(given: Packet, on: date) -> Iterator[str]:
    for place, one in enumerate(given.pay_actions):
        if one in given.pay_actions[:place]:
            yield f"the pay action of {one.effective} is there twice"
        elif one.effective > on:
            yield f"a pay action of {one.effective} is after the transfer on {on}"
        elif not clock.is_known(actions([one])[0]):
            yield f"'{one.kind}' is not a pay action under the rules of {one.effective}"


def _new_ratings(given: Packet, earlier: LongerList, number: str) -> Iterator[dict[str, object]]:
    """The packet's ratings that the list does not have; refuses one that it has with another level."""
    own = {row.get("year"): row.get("level") for row in earlier.records if row.get("person_id") == number}
    for one in given.ratings:
        had = own.get(str(one.year))
        if had is None:
            yield {"person_id": number, "year": one.year, "level": one.level, "issued": one.issued}
        elif had != str(one.level):
            raise FactError(
                f"number: history.csv has a rating of {one.year} under '{shown(number)}' already, with another level. Give a number "
                "that nobody had, or correct the row if it is the same executive's."
            )


def _worksheet(place: AgencyFolder) -> LongerList | None:
    """The pay worksheet; None where only its terms are there."""
    if not any((place.path / f"{PAY}.{kind}").is_file() for kind in ("csv", "xlsx")):
        return None
    return longer_lists.opened(place.path, PAY, ())


def _longer_roster(place: AgencyFolder, roster: LongerList, row: Mapping[str, str]) -> tuple[bytes, list[str]]:
    """The roster with the executive, and which of its rows it is without; refuses where it would be read otherwise than before."""
    people = place.roster.people
    read = {person.row for person in people}
    rest = [
        number for number, cells in enumerate(roster.rows, 1)
        if number > roster.header_row and number not in read and any(str(cell).strip() for cell in cells)
    ]  # fmt: skip
    made = roster.with_rows([row], rest)
    if not _reads_alike(place.path, made, people, row, roster):
        raise FactError(
            f"The roster of '{place.path.name}' has no place for another row as it is written now. Save it anew as a plain table "
            "that begins with the headings of a blank roster (`seskit template`), check it, and receive the packet again."
        )
    one = len(rest) == 1
    said = f"Not in the new {ROSTER}, because {'it is' if one else 'they are'} not read as {'a person' if one else 'people'}: "
    return made, [f"{said}{'row' if one else 'rows'} {joined([str(number) for number in rest])}."] if rest else []


def _reads_alike(
    folder: Path, made: bytes, people: Sequence[Person], row: Mapping[str, str], roster: LongerList
) -> bool:
    """Whether the new roster gives the same people as before, and the executive as the packet has them."""
    with TemporaryDirectory() as place:
        files.private(Path(place) / ROSTER, made)
        if (folder / readings.FILE).is_file():
            files.private(Path(place) / readings.FILE, (folder / readings.FILE).read_bytes())
        again = read_people(Path(place)).people
    if [tuple(one) for one in again[:-1]] != [tuple(one) for one in people] or len(again) != len(people) + 1:
        return False
    return all((getattr(again[-1], name) or "") == row[name] for name in _HELD if name in roster.columns)


def _of_the_packet(
    given: Packet, here: Arrival, agency: str, roster: Roster, beside: Sequence[LongerList]
) -> Iterator[str]:
    """Whose packet it is, and what speaks against it."""
    yield f"Executive {shown(given.person_id)} of {given.from_agency}, from now on {here.number}."
    if given.from_agency == agency:
        yield "The packet was made by this agency itself: go on only if the executive left it and comes back."
    if given.changed:
        yield "The packet was changed after it was made: hold it against the signed paper that came with it."
    alike = [
        one.person_id or f"row {one.row}"
        for one in roster.people
        if given.name and _words(one.name) == _words(given.name)
    ]
    if alike:
        yield (
            f"The roster has the same name already, under {joined(alike)}: if it is the same executive, do not put these files in "
            "their place."
        )
    if any(here.number in one.numbers for one in beside):
        yield (
            f"Rows under {here.number} are in history.csv or pay_history.csv already and count as this executive's. If they are "
            "somebody else's, receive the packet again with another number."
        )


def _words(name: str | None) -> list[str]:
    return sorted((name or "").lower().replace(",", " ").split())


def _not_yet(plan: Plan, on: date) -> dict[str, str]:
    """The columns of the roster that say who was on the rolls on a day before the transfer: this executive was not."""
    days = {"on_rolls_fy_end": base_day(plan), "on_rolls_period_end": plan.period_end}
    return {name: "no" for name, day in days.items() if day and day < on}


def _of_the_row(row: Mapping[str, str], roster: LongerList) -> Iterator[str]:
    """Cells of the new row that nobody filled in, and values for which the roster has no column."""
    paid = [rate for rate, rolls in _RATES.items() if rolls not in row]
    blank = [name for name in (*_ASKED, *paid) if name in roster.columns and not row.get(name)]
    if blank:
        yield f"Blank in the new row of the roster, to be filled in: {', '.join(blank)}."
    if later := [rate for rate, rolls in _RATES.items() if rolls in row]:
        yield f"To stay blank in the new row of the roster, because the transfer is after the day they are for: {', '.join(later)}."
    lost = [name for name, value in row.items() if value and name not in roster.columns]
    if lost:
        yield f"Left out, because the roster has no such column: {', '.join(lost)}. Add the columns that you need."


def _in_their_place(folder: Path, written: Mapping[str, bytes]) -> Iterator[str]:
    """What to do with the files, so that no former one counts beside them."""
    books = [f"{Path(name).stem}.xlsx" for name in written]
    former = [*books, f"{kept.STEM}.csv", f"{kept.STEM}.xlsx", kept.LOG]
    if there := [name for name in former if (folder / name).is_file()]:
        yield f"To put the files in their place, first move out of '{folder.name}', and keep: {', '.join(there)}. What they say is in the new files."
    yield f"Copy the new files into '{folder.name}' over those of the same name, then check them: seskit check {shlex.quote(str(folder))}"
