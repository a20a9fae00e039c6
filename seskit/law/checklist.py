"""Numbered checks whose words are in the rules: each is looked up on its date and answered by its key."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from seskit.formats import phrases
from seskit.law import parameters
from seskit.law.answers import Answer
from seskit.law.checks import Check, Checks
from seskit.law.facts import Fact, FactError, suggestion
from seskit.law.result import Basis, CannotTell, Working

#: A sentence names so many checks; the reasons name all.
_MOST_NAMED = 3


def in_force(group: str, on: date) -> list[str]:
    """The keys of the checks of a group that are asked on a date, in order."""
    found = [path for path in parameters.paths(f"appraisal.{group}") if parameters.recorded(path, on)]
    return [path.rsplit(".", 1)[1] for path in found]


class FoundByChecks(Answer, verdict="passes"):
    """What a list of checks finds."""

    passes: Annotated[bool | None, Fact("Passes", "Null: cannot tell.")]
    failed: Annotated[list[str], Fact("Checks that fail", "Their keys.")]
    not_known: Annotated[list[str], Fact("Checks not known", "Their keys.")]


class Checklist(Checks[Check]):
    """The checks of one group of rules: the words and the citation of each are those in force on a date."""

    def __init__(self, work: Working, group: str, on: date) -> None:
        super().__init__(work)
        self.group, self.on = group, on

    def ask(self, key: str, passed: bool | None, detail: str = "") -> None:
        """Write one check as met, not met or not known; one not in force on the date is not asked, and says so if told."""
        rule = parameters.recorded(f"appraisal.{self.group}.{key}", self.on)
        if rule is None:
            if passed is not None:
                self._not_asked(key)
            return
        text = f"{rule.value[0].upper()}{rule.value[1:]}. {detail}".strip()
        self.write(key, passed, text, rule.citation, rule.confidence)  # type: ignore[arg-type]

    def ask_all(self, **answers: bool | None) -> None:
        """Answer several checks by their keys."""
        for key, passed in answers.items():
            self.ask(key, passed)

    def write(self, key: str, passed: bool | None, text: str, citation: str, basis: Basis = "verified") -> None:
        """Write a check whose words stand in no rule."""
        self.add(Check(passed, f"{key}: {text}", citation, key, basis=basis))

    def _not_asked(self, key: str) -> None:
        """Write that a fact was given for a check that is not in force on the date."""
        values = parameters.parameter(f"appraisal.{self.group}.{key}").values
        begins = values[0].first_day
        when = f"it ended on {values[-1].first_day}"
        if self.on < begins:
            first = parameters.first_day("appraisal.regime.rule")
            when = f"what is recorded here begins on {begins}" if begins == first else f"it is asked from {begins}"
        held = next(figure for figure in values if figure.value is not None)
        text = f"{key}: not asked on {self.on}, because {when} ({held.value})."
        self.work.note(text, held.citation, "not asked", key=key)

    def tell(self, key: str, detail: str = "") -> None:
        """Write a rule that informs and is no test."""
        if rule := parameters.recorded(f"appraisal.{self.group}.{key}", self.on):
            text = f"{key}: {rule.value[0].upper()}{rule.value[1:]}. {detail}"
            self.work.note(text.strip(), rule.citation, basis=rule.confidence, key=key)  # type: ignore[arg-type]

    def ask_each(self, met: list[str], not_met: list[str]) -> None:
        """Answer every check of the group from two lists of keys; what stands in neither is not known."""
        keys = self.keys()
        for key in [*met, *not_met]:
            if key not in keys:
                fact = "met" if key in met else "not_met"
                near = suggestion(key, keys)
                raise FactError(
                    f"{fact}: '{key}' is not a check of this list on {self.on}.{near} It has {', '.join(keys)}."
                )
        if both := sorted(set(met) & set(not_met)):
            raise FactError(f"not_met: {', '.join(both)} cannot be both met and not met; take it out of one list.")
        for key in keys:
            self.ask(key, True if key in met else False if key in not_met else None)

    def keys(self) -> list[str]:
        """The checks in force on the date, in order."""
        return in_force(self.group, self.on)

    def answer(self) -> FoundByChecks:
        """What a question hands back: the verdict, and the keys behind it."""
        return FoundByChecks(self.passes, self.failed, self.not_known)

    def says(self, what: str) -> str:
        """The verdict in one sentence."""
        if self.failed:
            open_ones = f" Not known: {named(self.work, self.not_known)}." if self.not_known else ""
            return f"{what} fails: {named(self.work, self.failed)}.{open_ones}"
        return f"{what} passes every check." if self.passes else cannot_tell(self.work, self.not_known)


def named(work: Working, keys: list[str]) -> str:
    """What these checks ask, each with its key: nobody knows what stands behind a key alone. The first few, where many."""
    asked = {reason.key: reason.text.removeprefix(f"{reason.key}: ") for reason in work.reasons if reason.key}
    first = [phrases.sentences(asked[key])[0].rstrip(".") for key in keys[:_MOST_NAMED]]
    said = "; ".join(f"{text[:1].lower()}{text[1:]} ({key})" for key, text in zip(keys, first, strict=False))
    return f"{said}; and {len(keys) - _MOST_NAMED} more" if len(keys) > _MOST_NAMED else said


def cannot_tell(work: Working, keys: list[str]) -> str:
    """That the answer is open, and on which checks it hangs."""
    return CannotTell(f"Cannot tell; not known: {named(work, keys)}.")
