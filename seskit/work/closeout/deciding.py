"""Who decides on what is proposed for one executive, and so who signs the notice of it."""

from __future__ import annotations

from datetime import date

from seskit.law import inspector_general
from seskit.law.pay_setting.facts import OFFICIAL, TOP_OFFICIAL
from seskit.record.roster import Person
from seskit.work.pay_setting.worksheet.checking import JudgedRow

AGENCY_HEAD = "agency head or designee"
#: Where an Office of Inspector General is a separate agency for the SES, its head takes each of the three places.
INSPECTOR = "Inspector General"


def under_inspector(person: Person | None, on: date) -> bool:
    """Whether the executive serves in an Office of Inspector General that counts as an agency of its own on that day."""
    return bool(person and person.ig_office) and inspector_general.is_agency_of_its_own(on)


def head(person: Person | None, on: date) -> str:
    """Who decides as the head of the executive's agency: on awards, moves and removals."""
    return INSPECTOR if under_inspector(person, on) else AGENCY_HEAD


def of_rate(judged: JudgedRow, person: Person | None, on: date) -> str:
    """Who must approve a change of the rate: the highest of those the law names."""
    if under_inspector(person, on):
        return INSPECTOR
    return TOP_OFFICIAL if TOP_OFFICIAL in judged.approval else OFFICIAL
