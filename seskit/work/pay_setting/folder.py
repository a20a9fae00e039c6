"""An agency's folder as pay-setting sees it: worksheet, check, clocks and what-if, or a plain word on what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from seskit.law.facts import FactError
from seskit.record.agency_folder import AgencyFolder, opened
from seskit.record.pay_setting.pay_history import PayHistory
from seskit.record.pay_setting.worksheet import OpenedPay
from seskit.record.pay_setting.worksheet.entries import FORM, by_entry
from seskit.record.problem import Problem
from seskit.work import hand_over
from seskit.work.appraisal import ceiling
from seskit.work.pay_setting import personal_clock, what_if, worksheet
from seskit.work.pay_setting.personal_clock import PersonalClock
from seskit.work.pay_setting.what_if import WhatIf
from seskit.work.pay_setting.worksheet import CheckedWorksheet

FORMATS = ("xlsx", "html", "json", "ics", "csv")
ABSENT = (
    "This folder holds no pay worksheet (pay.yaml with pay.csv or pay.xlsx), so there is nothing to check. Start pay.yaml under "
    f"{FORM}, and the worksheet under Fill in the other files."
)


@dataclass(frozen=True)
class PayFolder:
    """What an agency's folder holds for pay-setting."""

    place: Path
    opened: OpenedPay
    history: PayHistory
    #: The folder as it was opened, whose parts are not read again.
    agency: AgencyFolder | None = None

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the files."""
        return [*self.opened.problems, *self.history.problems]

    @property
    def notes(self) -> list[str]:
        """What a person should know about how the files were read."""
        return [*self.opened.notes, *self.history.notes]

    @property
    def names(self) -> list[str] | None:
        """The people of the roster by name; None where it was not read with the worksheet."""
        return None if self.agency is None else [one.name for one in self.agency.roster.people if one.name]

    @cached_property
    def checked(self) -> CheckedWorksheet | None:
        """The worksheet with every finding; None where there is none to check."""
        if self.opened.worksheet is None:
            return None
        return replace(worksheet.check(self.opened.worksheet), ceilings=ceiling.of_folder(self.agency or self.place))

    @cached_property
    def clocks(self) -> list[PersonalClock]:
        """The pay clock of every executive."""
        sheet = self.opened.worksheet
        return [] if sheet is None else personal_clock.clocks(sheet, self.history.actions)

    @cached_property
    def _proposed(self) -> WhatIf | str:
        sheet = self.opened.worksheet
        if sheet is None:
            return "There is no worksheet to show."
        if sheet.terms.award_budget is None and sheet.terms.adjustment_budget is None:
            return "No budget is given."
        try:
            return what_if.propose(sheet)
        except FactError as failure:
            return by_entry(str(failure))

    @property
    def proposal(self) -> WhatIf | None:
        """What the budgets of `pay.yaml` could buy; None where no budget is given or nothing can be proposed."""
        return None if isinstance(self._proposed, str) else self._proposed

    @property
    def no_proposal(self) -> str:
        """Why nothing is proposed; empty where something is."""
        return self._proposed if isinstance(self._proposed, str) else ""

    def write(self, out: str | Path, formats: Iterable[str] = FORMATS) -> list[Path]:
        """Write the worksheet, its findings, the clocks and the what-if; nothing where there is no worksheet."""
        return hand_over.write("pay_setting", self, out, formats)


def open_folder(place: AgencyFolder | str | Path) -> PayFolder:
    """Open an agency's folder for pay-setting."""
    folder = opened(place)
    if folder.pay is None:
        return PayFolder(folder.path, OpenedPay(None, (), (ABSENT,)), PayHistory({}))
    return PayFolder(folder.path, folder.pay, folder.pay_history, folder)
