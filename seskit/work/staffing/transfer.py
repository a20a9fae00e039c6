"""The transfer packet of an executive who moves: ratings on record, pay history, clocks; made, and read again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from seskit.formats.personal_data import kinds, reason
from seskit.law.action_facts import ExecutiveType, kind_of
from seskit.law.facts import Day, FactError, Money, RatingLevel, Whole, YesNo
from seskit.law.in_words import as_data
from seskit.law.pay_setting import clock
from seskit.law.pay_setting.clock import Action, ActionKind
from seskit.record import checked_yaml
from seskit.record.agency_folder import AgencyFolder
from seskit.record.appraisal import rating_history
from seskit.record.pay_setting.worksheet.reading import FILE as PAY
from seskit.record.problem import Problem, errors
from seskit.record.roster import Person
from seskit.record.roster.history import STEM as HISTORY

#: The packet's file begins so: it holds a name.
STEM = "supplement_transfer"
VERSION = 1
_SUM = "sum"
_AGAIN = "Ask the agency that the executive left for the packet again; it is the file that ends in .json."


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
    #: Whether it was changed after it was made.
    changed: bool = False

    @property
    def last_counted(self) -> date | None:
        """The last pay action that started 12 months."""
        return clock.last_counted(actions(self.pay_actions))

    @property
    def opens(self) -> date | None:
        """The day from which pay may change again."""
        last = self.last_counted
        return clock.opens_on(last) if last else None

    @property
    def sum(self) -> str:
        """What tells the packet from one with other contents, in letters alone: digits may look like a person's number."""
        content = json.dumps(self._parts(), sort_keys=True).encode()
        return hashlib.sha256(content).hexdigest().translate(str.maketrans("0123456789", "ghijklmnop"))

    def to_json(self) -> bytes:
        """The packet as the next agency reads it."""
        return (json.dumps(self._parts() | {_SUM: self.sum}, indent=1, ensure_ascii=False) + "\n").encode()

    def _parts(self) -> dict[str, Any]:
        parts = {name: getattr(self, name) for name in type(self).model_fields if name != "changed"}
        listed = {
            name: [{key: getattr(one, key) for key in type(one).model_fields} for one in parts[name]]
            for name in ("ratings", "pay_actions")
        }
        whole: dict[str, Any] = as_data(parts | listed)
        return whole


def actions(listed: Sequence[PayAction]) -> list[Action]:
    """Pay actions as the clock of 12 months takes them."""
    return [Action(effective=one.effective, kind=one.kind, rate_changed=one.rate_changed) for one in listed]


def packet(folder: str | Path, person_id: str) -> Packet:
    """The packet of one executive from an agency's files; refuses a number that is not on the roster, and files of which
    something that belongs in the packet cannot be read.
    """
    place = AgencyFolder(Path(folder))
    agency, roster = place.agency, place.roster
    if agency is None:
        raise FactError(str(place.about.problems[0]))
    person = next((one for one in roster.people if one.person_id == person_id), None)
    if person is None:
        why = next((f" {one}" for one in errors(roster.problems) if one.row is None), "")
        raise FactError(
            f"'{person_id}' is not on the roster of {place.path.name}; give the agency's number of the executive.{why}"
        )
    if unread := next(_unread(place, person), None):
        raise FactError(f"The packet would lack what cannot be read here; correct it first. {unread}")
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


def _unread(place: AgencyFolder, person: Person) -> Iterator[Problem]:
    """What is wrong where the packet's facts come from: the executive's own rows, and lists of which a row may be missing."""
    for one in errors(place.roster.problems):
        if one.file.partition(".")[0] == HISTORY or (one.file == "roster" and one.row == person.row):
            yield one
    if place.pay is None:
        return
    sheet = place.pay.worksheet
    own = {row.row for row in sheet.rows if row.person_id == person.person_id} if sheet else set()
    for one in errors(place.pay.problems):
        if sheet is None or (one.file == PAY and one.row in own):
            yield one
    yield from errors(place.pay_history.problems)


def read(source: str | Path) -> Packet:
    """Read a packet; refuses what is none, and says of one that was changed that it was."""
    try:
        given = json.loads(Path(source).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        raise _refused("it is not a transfer packet, or it is damaged") from None
    if not isinstance(given, dict):
        raise _refused("it is not a transfer packet")
    if given.get("version") not in (None, VERSION):
        raise _refused("it was made by another version of seskit")
    if personal := kinds(json.dumps(given, ensure_ascii=False)):
        raise _refused(reason(personal[0], "packet"))
    written = given.pop(_SUM, None)
    try:
        made = Packet.model_validate({name: value for name, value in given.items() if name != "changed"})
    except ValidationError as failure:
        way, value, why, _ = next(iter(checked_yaml.refused(failure, Packet)))
        where = " ".join(str(step + 1 if isinstance(step, int) else step) for step in way)
        said = f"'{value}' {why}" if value else why
        raise _refused(f"{where}: {said.rstrip('.')}") from None
    return made.model_copy(update={"changed": written != made.sum})


def _refused(why: str) -> FactError:
    return FactError(f"The transfer packet cannot be read: {why}. {_AGAIN}")
