"""The entries of `pay.yaml` as a form: begun where there is none, else written back with everything else in it kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from seskit.desk.opener.yaml_entries import with_entries
from seskit.formats import files
from seskit.formats.days import long_month
from seskit.formats.privacy import has_ssn
from seskit.formats.strict_yaml import YamlError, load, opened
from seskit.law.facts import Day, Fact, FactError, Money, Percent, RatingLevel, YesNo, dollars
from seskit.law.pay_setting.facts import CycleRecord, FreezeContinues
from seskit.law.question import Question
from seskit.law.result import Result
from seskit.record.agency_folder import AgencyFolder
from seskit.record.forms.known import declared
from seskit.record.forms.stored import keep_beside
from seskit.record.forms.stored import text as new_text
from seskit.record.pay_setting.worksheet.entries import LABELS
from seskit.record.pay_setting.worksheet.reading import TERMS as FILE
from seskit.record.pay_setting.worksheet.reading import Aim, Terms

#: The checks of the whole worksheet that a written reason settles.
Explained = Literal["guidance", "award budget", "adjustment budget", "award differentiation", "pay differentiation"]
_SAID = ("effective", "awards_paid_on", "certified", "adjustment_budget", "award_budget")
#: Entries beside days, status and budgets, which the answer says in words.
_BESIDE = tuple(name for name in LABELS if name not in _SAID)
_NONE = "Leave empty if there is none."


def _usual(name: str) -> Any:
    """The value that an entry has where the file does not say it."""
    return Terms.model_fields[name].get_default(call_default_factory=True, validated_data={})


_STEP, _LOWEST = _usual("step"), _usual("lowest_award_rating")


class TermsForm:
    """When pay changes and awards are paid, with which budgets, and whatever else holds for the whole worksheet."""

    button = "Save dates and budgets"

    def __init__(self, folder: Path, done: Callable[[Path], None]) -> None:
        """Read what is there; raises FactError where it cannot be read."""
        self._file, self._done = folder / FILE, done
        self.question: Question[Any] = Question("pay_setting.change_terms", self._answer, "5 CFR 534.404")
        held = self._read()
        reasons = given if isinstance(given := held.get("reasons"), dict) else {}
        #: Reasons under names that no check has: the form leaves them where they are.
        self._others = {name: reason for name, reason in reasons.items() if name not in get_args(Explained)}
        held["reasons"] = {name: reason for name, reason in reasons.items() if name not in self._others} or None
        self.facts = {name: value for name, value in held.items() if name in LABELS and value is not None}

    def will(self) -> str:
        """What the button does."""
        if self._file.is_file():
            return (
                f"The button writes these entries into {FILE}, leaves the rest, and keeps the previous file beside it."
            )
        return f"This folder holds no {FILE} yet; the button starts it with these entries. {self._of_agency()}".rstrip()

    def save(self, facts: Mapping[str, Any]) -> list[str]:
        """Write the entries and keep the file as it was, where there was one."""
        if has_ssn(str([facts.get("cycle_record"), facts.get("reasons")])):
            raise FactError("An entry looks like a Social Security number, which must never be kept here. Remove it.")
        held = self._read()
        wanted = {name: self._wanted(name, facts.get(name), held) for name in LABELS}
        if self._file.is_file():
            text = with_entries(opened(self._file), wanted)
            kept = keep_beside(self._file).name
            said = f"Saved. The previous {FILE} is kept as {kept}. Everything below is updated."
        else:
            tree = {name: value for name, value in wanted.items() if value is not None}
            text = new_text(declared("pay_terms"), tree)
            said = f"Saved: {FILE} is started. Everything below is updated."
        files.whole(self._file, text.encode())
        self._done(self._file.parent)
        return [said]

    def _wanted(self, name: str, value: Any, held: Mapping[str, Any]) -> Any:
        """What the file is to have; what has its usual value is not written where it was not."""
        if name == "reasons":
            value = {**self._others, **{check: reason for check, reason in (value or {}).items() if reason}} or None
        return None if name not in held and value == _usual(name) else value

    def _read(self) -> dict[str, Any]:
        try:
            tree = load(opened(self._file))
        except FileNotFoundError:
            return {}
        except YamlError as failure:
            raise FactError(f"{FILE} {failure.reason}. {failure.fix}") from None
        return tree if isinstance(tree, dict) else {}

    def _of_agency(self) -> str:
        """What agency.yaml says of the same things, to fill in from; nothing is taken over by itself."""
        agency = AgencyFolder(self._file.parent).about.agency
        if agency is None:
            return ""
        paid = [
            f"plan {plan.id}, awards paid in {long_month(plan.awards.paid_in)}"
            for plan in agency.plans
            if plan.awards.paid_in
        ]
        return f"agency.yaml says: {'; '.join([f'fiscal year {agency.fiscal_year}', *paid])}."

    def _answer(
        self,
        effective: Annotated[Day, Fact(LABELS["effective"], "Needed. The first day of a pay period.")],
        awards_paid_on: Annotated[Day, Fact(LABELS["awards_paid_on"], "Needed.")],
        *,
        certified: Annotated[YesNo | None, Fact(LABELS["certified"], "Unknown here: agency.yaml decides.")] = None,
        adjustment_budget: Annotated[
            Money | None, Fact(LABELS["adjustment_budget"], f"Dollars a year. {_NONE}", "USD")
        ] = None,
        award_budget: Annotated[Money | None, Fact(LABELS["award_budget"], _NONE, "USD")] = None,
        cycle_record: CycleRecord = None,
        political_freeze_in_force: FreezeContinues = None,
        step: Annotated[
            Percent,
            Fact(LABELS["step"], "The what-if keeps the averages of two levels so far apart.", "percent of pay"),
        ] = _STEP,
        lowest_award_rating: Annotated[
            RatingLevel, Fact(LABELS["lowest_award_rating"], "The lowest level that the what-if proposes an award for.")
        ] = _LOWEST,
        aim: Annotated[Aim, Fact(LABELS["aim"], "How the what-if shares a budget out.")] = "even",
        ratio: Annotated[
            dict[int, Percent] | None, Fact(LABELS["ratio"], "The level, a colon and its share, such as 3: 1.")
        ] = None,
        floor: Annotated[Percent | None, Fact(LABELS["floor"], "Only for that aim.", "percent of pay")] = None,
        compression_line: Annotated[Money | None, Fact(LABELS["compression_line"], "Only for that aim.", "USD")] = None,
        reasons: Annotated[
            dict[Explained, str] | None,
            Fact(
                LABELS["reasons"], "For what policy flags about all proposals together; each is kept with the decision."
            ),
        ] = None,
    ) -> Result:
        """Change when pay changes, when awards are paid, the budgets, and what else holds for all proposals."""
        given = {name: value for name, value in locals().items() if name in _BESIDE}
        budgets = [
            f"{name} {dollars(amount)}"
            for name, amount in (("adjustments", adjustment_budget), ("awards", award_budget))
            if amount is not None
        ]
        beside = [LABELS[name] for name in _BESIDE if given[name] not in (None, {}, _usual(name))]
        says = f"Adjustments on {effective}, awards on {awards_paid_on}. Budgets: {', '.join(budgets) or 'none'}."
        says += f" Also entered: {'; '.join(beside)}." if beside else ""
        return Result("", None, certified, says)
