"""The dates and budgets of a pay worksheet as entries, written back to `pay.yaml` with everything else in it kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

from seskit.desk.opener.make import keep_beside
from seskit.desk.opener.yaml_entries import with_entries
from seskit.formats import files
from seskit.formats.strict_yaml import YamlError, load, opened
from seskit.law.facts import Day, Fact, FactError, Money, YesNo, dollars
from seskit.law.question import Question
from seskit.law.result import Result

FILE = "pay.yaml"
_ENTRIES = ("effective", "awards_paid_on", "certified", "adjustment_budget", "award_budget")


class TermsForm:
    """When pay changes and awards are paid, and with which budgets."""

    button = "Save dates and budgets"

    def __init__(self, folder: Path, done: Callable[[Path], None]) -> None:
        """Read what is there; raises FactError where there is no file to change."""
        self._file, self._done = folder / FILE, done
        self.question: Question[Any] = Question("pay_setting.change_terms", self._answer, "5 CFR 534.404")
        self.facts = {name: value for name, value in self._read().items() if name in _ENTRIES and value is not None}

    def will(self) -> str:
        """What the button does."""
        return f"The button writes these entries into {FILE}, leaves the others, and keeps the former file beside it."

    def save(self, facts: Mapping[str, Any]) -> list[str]:
        """Write the entries and keep the file as it was."""
        text = with_entries(opened(self._file), {name: facts.get(name) for name in _ENTRIES})
        kept = keep_beside(self._file)
        files.whole(self._file, text.encode())
        self._done(self._file.parent)
        return [f"Saved. The former {FILE} is kept as {kept.name}. Everything below is renewed."]

    def _read(self) -> dict[str, Any]:
        try:
            tree = load(opened(self._file))
        except FileNotFoundError:
            raise FactError(f"This folder holds no {FILE}, so there are no pay dates or budgets to change.") from None
        except YamlError as failure:
            raise FactError(f"{FILE} {failure.reason}. {failure.fix}") from None
        return tree if isinstance(tree, dict) else {}

    def _answer(
        self,
        effective: Annotated[Day, Fact("Adjustments take effect on", "The first day of a pay period.")],
        awards_paid_on: Annotated[Day, Fact("Awards are paid on")],
        *,
        certified: Annotated[
            YesNo | None, Fact("System certified by OPM?", "Unknown here: agency.yaml decides.")
        ] = None,
        adjustment_budget: Annotated[
            Money | None, Fact("Budget for adjustments", "Dollars a year; leave empty if there is none.", "USD")
        ] = None,
        award_budget: Annotated[Money | None, Fact("Budget for awards", "Leave empty if there is none.", "USD")] = None,
    ) -> Result:
        """Change when pay changes, when awards are paid, and the budgets."""
        budgets = [
            f"{name} {dollars(amount)}"
            for name, amount in (("adjustments", adjustment_budget), ("awards", award_budget))
            if amount is not None
        ]
        says = f"Adjustments on {effective}, awards on {awards_paid_on}. Budgets: {', '.join(budgets) or 'none'}."
        return Result("", None, certified, says)
