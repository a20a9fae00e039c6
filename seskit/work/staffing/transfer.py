"""The transfer packet of an executive who moves: ratings on record, pay history, clocks; and how the next agency takes it in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from seskit.formats.counts import number_of
from seskit.law.action_facts import ExecutiveType, kind_of
from seskit.law.facts import Day, FactError, Money, RatingLevel, Whole, YesNo
from seskit.law.in_words import as_data
from seskit.law.pay_setting import clock
from seskit.law.pay_setting.clock import Action, ActionKind
from seskit.record.agency_folder import AgencyFolder
from seskit.record.appraisal import rating_history
from seskit.record.pay_setting import pay_history
from seskit.record.pay_setting.worksheet.reading import FILE as PAY
from seskit.record.roster import Person, lists
from seskit.record.roster import history as history_file
from seskit.record.roster.sheets import rows as sheet_rows

#: The packet's file begins so: it holds a name.
STEM = "supplement_transfer"
VERSION = 1
_PAID = ("basic_pay_fy_end", "basic_pay_period_end")
_YES_NO = {True: "yes", False: "no", None: ""}


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rating(_Part):
    """One annual summary rating on record."""

    year: Whole
    level: RatingLevel
    issued: Day | None = None


class PayAction(_Part):
    """One pay action on record."""

    effective: Day
    kind: ActionKind
    rate_changed: YesNo | None = None


class Packet(_Part):
    """What goes with an executive to the next agency."""

    version: Whole = VERSION
    from_agency: str
    person_id: str
    name: str | None = None
    component: str | None = None
    appointment_type: ExecutiveType | None = None
    rate: Money | None = None
    certified: YesNo | None = None
    on_probation: YesNo | None = None
    ratings: tuple[Rating, ...] = ()
    pay_actions: tuple[PayAction, ...] = ()

    @property
    def last_counted(self) -> date | None:
        """The last pay action that started 12 months."""
        return clock.last_counted(_actions(self.pay_actions))

    @property
    def opens(self) -> date | None:
        """The day from which pay may change again."""
        last = self.last_counted
        return clock.opens_on(last) if last else None

    def to_json(self) -> bytes:
        """The packet as the next agency reads it."""
        parts = {name: getattr(self, name) for name in type(self).model_fields}
        listed = {
            name: [{key: getattr(one, key) for key in type(one).model_fields} for one in parts[name]]
            for name in ("ratings", "pay_actions")
        }
        return (json.dumps(as_data(parts | listed), indent=1, ensure_ascii=False) + "\n").encode()


def _actions(listed: Sequence[PayAction]) -> list[Action]:
    return [Action(effective=one.effective, kind=one.kind, rate_changed=one.rate_changed) for one in listed]


def packet(folder: str | Path, person_id: str) -> Packet:
    """The packet of one executive from an agency's files; refuses a number that is not on the roster."""
    place = AgencyFolder(Path(folder))
    agency, roster = place.agency, place.roster
    person = next((one for one in roster.people if one.person_id == person_id), None)
    if agency is None or person is None:
        raise FactError(
            f"'{person_id}' is not on the roster of {place.path.name}; give the agency's number of the executive."
        )
    ends = {plan.id: plan.period_end for plan in agency.plans}
    ratings = rating_history.ratings(person, roster.history, ends.get(person.plan or "")) or []
    rate, pay = _pay(place, person)
    year = place.year
    serving = year.on_probation(person, max(ends.values())) if year.usable else None
    return Packet(
        from_agency=agency.name, person_id=person_id, name=person.name, component=person.component, appointment_type=kind_of(person.appointment_type),
        rate=rate, certified=agency.certified, on_probation=serving,
        ratings=tuple(Rating(year=one.year, level=one.level, issued=one.issued) for one in ratings if one.level),
        pay_actions=tuple(pay),
    )  # fmt: skip


def _pay(place: AgencyFolder, person: Person) -> tuple[Any, list[PayAction]]:
    """The rate now and the pay actions on record: the history, else the last counted adjustment of the worksheet."""
    rate = person.basic_pay_period_end
    if place.pay is None or place.pay.worksheet is None:
        return rate, []
    row = next((one for one in place.pay.worksheet.rows if one.person_id == person.person_id), None)
    known = place.pay_history.actions.get(person.person_id or "", [])
    listed = [PayAction(effective=one.effective, kind=one.kind, rate_changed=one.rate_changed) for one in known]
    if row and row.last_adjusted and not listed:
        listed = [PayAction(effective=row.last_adjusted, kind="adjustment")]
    return (row.rate if row else rate), listed


def read(source: str | Path) -> Packet:
    """Read a packet; refuses what is none."""
    try:
        return Packet.model_validate_json(Path(source).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError) as failure:
        first = failure.errors()[0] if isinstance(failure, ValidationError) else None
        where = ".".join(map(str, first["loc"])) if first else ""
        why = f"{where or 'the file'}: {first['msg']}" if first else "it cannot be opened"
        raise FactError(f"The transfer packet cannot be read: {why}.") from None


@dataclass(frozen=True)
class TakenIn:
    """The files of the next agency with the executive in them; whoever receives them puts them in their place."""

    number: str
    files: Mapping[str, bytes]
    says: tuple[str, ...]


def receive(
    given: Packet, folder: str | Path, *, number: str, plan: str, on: date, rate_changed: bool, component: str = "",
    ig_office: bool | None = None, rate: Decimal | None = None,
) -> TakenIn:  # fmt: skip
    """Roster, history, pay worksheet and pay history of the next agency with this executive added, under a number of its own.

    It says which cells of the new rows are blank: the packet cannot know them.
    """
    place = Path(folder)
    here_now = AgencyFolder(place)
    agency, roster = here_now.agency, here_now.roster
    if agency is None or plan not in {one.id for one in agency.plans}:
        raise FactError(f"plan: '{plan}' is not a plan of the receiving agency.")
    if number in {one.person_id for one in roster.people}:
        raise FactError(f"number: '{number}' is already on the roster.")
    here = {"person_id": number, "name": given.name or "", "plan": plan, "appointment_type": given.appointment_type or "",
            "component": component, "ig_office": _YES_NO[ig_office], "on_probation": _YES_NO[given.on_probation]}  # fmt: skip
    made = {"roster.corrected.csv": _added(lists.find(place, "roster"), [here], ())}
    ratings = [
        {"person_id": number, "year": one.year, "level": one.level, "issued": one.issued or ""} for one in given.ratings
    ]
    made["history.csv"] = _added(
        lists.find(place, history_file.STEM), ratings, tuple(one.name for one in history_file.COLUMNS)
    )
    moved = PayAction(effective=on, kind="transfer", rate_changed=rate_changed)
    pay = [
        {"person_id": number, "effective": one.effective, "kind": one.kind,
         "rate_changed": _YES_NO[one.rate_changed]}
        for one in (*given.pay_actions, moved)
    ]  # fmt: skip
    made["pay_history.csv"] = _added(lists.find(place, pay_history.FILE), pay, tuple(pay_history.COLUMNS))
    last = clock.last_counted(_actions((*given.pay_actions, moved)))
    paid = rate if rate is not None or rate_changed else given.rate
    if worksheet := lists.find(place, PAY):
        row = {"person_id": number, "rate": "" if paid is None else paid, "last_adjusted": last or ""}
        made["pay.csv"] = _added(worksheet, [row], ())
    says = [
        f"{number_of(len(ratings), 'rating')} and {number_of(len(pay), 'pay action')} read in from {given.from_agency}."
    ]
    says.append(
        f"Pay may change again from {clock.opens_on(last)} (5 CFR 534.404(c))."
        if last
        else "The last pay action that counts is not known."
    )
    if "pay.csv" in made and paid is None:
        says.append("Blank in the new row of the pay worksheet, to be filled in: rate.")
    return TakenIn(number, made, (*says, *_left_blank(here, made["roster.corrected.csv"])))


def _left_blank(here: Mapping[str, str], roster: bytes) -> Iterator[str]:
    """Cells of the new row that nobody filled in, and values for which the roster has no column."""
    head = next(csv.reader(io.StringIO(roster.decode())))
    blank = [name for name in (*here, *_PAID) if name in head and not here.get(name)]
    if blank:
        yield f"Blank in the new row of the roster, to be filled in: {', '.join(blank)}."
    lost = [name for name, value in here.items() if value and name not in head]
    if lost:
        yield f"Left out, because the roster has no such column: {', '.join(lost)}."


def _added(file: Path | None, rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> bytes:
    """The rows of a list with more rows below, in the list's own columns."""
    listed = list(sheet_rows(file, [], sheet=file.stem)) if file else []
    head = [str(cell).strip() for cell in listed[0]] if listed else list(columns)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([[str(cell) for cell in row] for row in listed[1:] if any(str(cell).strip() for cell in row)])
    writer.writerows([[str(row.get(name, "")) for name in head] for row in rows])
    return text.getvalue().encode()
