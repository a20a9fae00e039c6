"""The answer with its reasons: one structure, shown as text, Markdown or JSON here, as HTML by `result_html`."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, cast

from seskit.formats.characters import visible
from seskit.formats.counts import number_of
from seskit.formats.days import long_date
from seskit.law import parameters
from seskit.law.answers import Answer
from seskit.law.facts import FactError
from seskit.law.in_words import SURE, as_data, plainly, printed_source, shown
from seskit.law.parameters import CONFIDENCE, Figure

if TYPE_CHECKING:
    from typing_extensions import TypeVar as Defaulted

    from seskit.formats.markup import Markup
    from seskit.law.probing import FactChange
    from seskit.law.question import FactSlot, Question

    #: What an answer is: its class, or the kind of one value. Where nothing is said of it, as of any question's, anything.
    A = Defaulted("A", default=Any, covariant=True)
    B = Defaulted("B", default=Any)
else:
    A, B = TypeVar("A", covariant=True), TypeVar("B")

Outcome = Literal["met", "not met", "assumed", "not asked", "open reading", "cannot tell", "information"]
Basis = Literal["verified", "recalled", "design"]
#: Confidence in words for people.
LABELS = {
    "verified": "Confirmed in the source.",
    "recalled": "Not yet confirmed in the source.",
    "design": "Our reading where the law is silent.",
    "cannot tell": "Cannot tell: a fact or a rule is missing.",
}
#: The outcomes that rest on something nobody stated or the law leaves open: never confirmed in a source.
_UNSURE = ("assumed", "open reading")
_NO = (False, "not allowed", "no")
_UNKNOWN = (None, "cannot tell")


class CannotTell(str):
    """The words of an answer that cannot be determined, or of one a part of which cannot: a fact or a rule is missing."""

    __slots__ = ()


@dataclass(frozen=True)
class Reason:
    """One step on the way to the answer, with its authority."""

    text: str
    citation: str
    outcome: Outcome = "information"
    basis: Basis = "verified"
    #: The name of the check this reason reports, where it reports one; read this, never the text.
    key: str = ""
    #: Whether the answer rests on it; None leaves that to its outcome.
    decides: bool | None = None
    #: Whether it says what must be done before one acts on the answer, or with it.
    due: bool = False

    @property
    def words(self) -> str:
        """The text without the check's name before it."""
        return self.text.removeprefix(f"{self.key}: ")

    @property
    def source(self) -> str:
        """The authority as it is printed beside the reason: what is our own is not passed off as a regulation."""
        return printed_source(self.citation, self.basis)

    @property
    def confidence(self) -> Basis:
        """How sure it is: what nobody stated, or the law leaves open, is a reading of ours."""
        return "design" if self.outcome in _UNSURE else self.basis

    def to_dict(self) -> dict[str, str]:
        """The reason as plain data; `key` only where it reports a check."""
        kept = {"text": self.text, "citation": self.citation, "outcome": self.outcome, "basis": self.basis}
        return kept | ({"key": self.key} if self.key else {})


@dataclass(frozen=True)
class Result(Generic[A]):
    """An answer that can be filed: what was asked, what follows, why, from which figures, with what cautions."""

    question: str
    as_of: date | None
    answer: A
    says: str
    reasons: tuple[Reason, ...] = ()
    figures: tuple[Figure, ...] = ()
    cautions: tuple[str, ...] = ()
    late: tuple[Figure, ...] = ()
    #: Whether the answer, or a part of it, cannot be determined.
    cannot_tell: bool = field(default=False, repr=False)

    def by_last_schedule(self) -> Result[A]:
        """Where a schedule it rests on is due and not recorded: what the last one gives, as an answer that cannot be determined yet."""
        if not self.late:
            return self
        year = max(figure.first_day.year for figure in self.late)
        text = f"the schedule for {year + 1} is not recorded"
        labels = "; ".join(dict.fromkeys(figure.label for figure in self.late))
        reason = Reason(f"T{text[1:]}: {labels}.", self.late[0].citation, "cannot tell")
        says = f"Cannot tell yet: by the {year} schedule: {self.says.rstrip('.')}; and {text}."
        way = f"Add the schedule for {year + 1} when it is published: seskit schedule add FILE."
        reasons, cautions = (*self.reasons, reason), (*self.cautions, way)
        made = replace(self, answer=cast("A", None), says=says, reasons=reasons, cautions=cautions)
        return replace(made, cannot_tell=True)

    #: The facts it was asked with, by name: what was given, and nothing that was left out.
    facts: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def verdict(self) -> Any:
        """The yes or no of the answer: True, False, None for 'cannot tell', or 'value' where it is neither."""
        if self.cannot_tell:
            return None
        said: Any = self.answer.verdict if isinstance(self.answer, Answer) else self.answer
        if isinstance(said, bool) or said is None:
            return said
        return False if said in _NO else None if said in _UNKNOWN else True if said == "allowed" else "value"

    @property
    def deciding(self) -> tuple[Reason, ...]:
        """The reasons the answer rests on: for a no the tests not met, for 'cannot tell' what is missing, otherwise all met,
        assumed or open, with every step of the working, and those not met where it is neither yes nor no. Unless it is a
        no, what must be done before one acts belongs to it.
        """
        wanted: tuple[str, ...] = ("met", "assumed", "open reading", *(("not met",) if self.verdict == "value" else ()))
        if self.verdict is False:
            wanted = ("not met", "open reading")
        elif self.verdict is None:
            wanted = ("cannot tell", "open reading")
        found = tuple(r for r in self.reasons if r.decides or (r.decides is None and r.outcome in wanted))
        beside = ("not asked",) if self.verdict is None else ("not asked", "cannot tell")
        found = found or tuple(r for r in self.reasons if r.decides is not False and r.outcome not in beside)
        return found if self.verdict is False else tuple(r for r in self.reasons if r.due or r in found)

    @property
    def confidence(self) -> str:
        """The weakest confidence among what decides: reasons, steps of the working, figures.

        'cannot tell' where nothing is answered.
        """
        if self.cannot_tell or (
            self.verdict is None and any(reason.outcome == "cannot tell" for reason in self.reasons)
        ):
            return "cannot tell"
        steps = [r for r in self.reasons if r.outcome == "information" and r.decides is not False]
        marks = [r.confidence for r in (*self.deciding, *steps)] + [figure.confidence for figure in self.figures]
        return max(marks, key=CONFIDENCE.index, default="verified")

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data: dates in ISO form, decimals as text."""
        kept = ("name", "label", "value", "unit", "first_day", "citation", "source", "confidence", "checked")
        return {
            "question": self.question,
            "as_of": as_data(self.as_of),
            "answer": self._answer_as_data(),
            **({} if self.verdict == "value" else {"verdict": self.verdict}),
            "says": self.says,
            "confidence": self.confidence,
            "reasons": [reason.to_dict() for reason in self.shown_reasons],
            "figures": [
                {**{word: as_data(getattr(figure, word)) for word in kept}, "grade": figure.grade}
                for figure in self.figures
            ],
            "cautions": list(self.cautions),
            "decides": [self.reasons.index(reason) for reason in self.deciding],
            "not_asked": list(self.not_asked),
        }

    def _answer_as_data(self) -> Any:
        """The answer as plain data, its renamed parts under both names."""
        found = as_data(self.answer)
        older = self.answer.older_names() if isinstance(self.answer, Answer) else {}
        return {**found, **{old: found[new] for old, new in older.items()}} if older else found

    def to_json(self) -> str:
        """The answer as JSON."""
        import json

        return json.dumps(self.to_dict(), indent=2, ensure_ascii=False)

    @property
    def _asked(self) -> Question[Any] | None:
        from seskit.law import question

        return question.of(self)

    @cached_property
    def changes(self) -> tuple[FactChange, ...]:
        """Each fact that could change the answer, with one value that would."""
        from seskit.law import probing

        return probing.changes(self._asked, self) if self._asked else ()

    @cached_property
    def matters(self) -> frozenset[str]:
        """The facts whose value can still change anything in the answer."""
        from seskit.law import probing

        return probing.mattering(self._asked, self) if self._asked else frozenset()

    @property
    def assumed(self) -> str:
        """What the answer takes for facts that nobody stated, where another value would change it; empty where nothing."""
        taken = [f"{c.label}: {plainly(c.assumed, c.unit)}" for c in self.changes if c.alone and c.assumed is not None]
        return f"Assumed, because it was not stated: {'; '.join(taken)}." if taken else ""

    @property
    def shown_reasons(self) -> tuple[Reason, ...]:
        """The reasons as they are shown: one that is met only by what nobody stated is assumed."""
        rests = {number for change in self.changes for number in change.rests}
        return tuple(replace(r, outcome="assumed") if n in rests else r for n, r in enumerate(self.reasons))

    @cached_property
    def traceless(self) -> tuple[FactSlot, ...]:
        """The facts that were given and left no trace."""
        from seskit.law import probing

        return probing.unused(self._asked, self) if self._asked else ()

    @property
    def not_asked(self) -> tuple[str, ...]:
        """Each fact that was given and is not asked on the day, or left no trace, with why."""
        return self.not_asked_but(())

    @property
    def as_usual(self) -> frozenset[str]:
        """The facts that have the value which is taken where nobody states one."""
        asked = self._asked
        return frozenset(name for name, value in self.facts.items() if asked and value == asked.slots[name].default)

    def not_asked_but(self, quiet: Container[str]) -> tuple[str, ...]:
        """The same without the facts that are to stay quiet."""
        day = f" on {self.as_of}" if self.as_of else ""
        by_rule = [reason.text for reason in self.reasons if reason.outcome == "not asked"]
        traceless = [
            f"{slot.label}: not asked{day}, because no value of it changes this answer."
            for slot in self.traceless
            if slot.name not in quiet
        ]
        return (*by_rule, *traceless)

    @property
    def could_change(self) -> tuple[str, ...]:
        """Each fact that could change the answer, with the answer it would lead to; what was not stated comes first."""
        return tuple(
            f"{c.label}{_unstated(c)}; with {plainly(c.value, c.unit)}{_beside(c)}: {c.says}." for c in self.changes
        )

    def to_text(self, *, brief: bool = False) -> str:
        """The answer as plain text: the sentence, what decides, what would change it; then, unless brief, all the rest."""
        lines = [self.says, LABELS[self.confidence], *([self.assumed] if self.assumed else []), "", "What decides:"]
        lines += [f"- {_step(reason)}" for reason in self.as_shown(self.deciding)]
        lines += _block("What would change this answer:", self.could_change)
        lines += _block("Given, and not asked:", self.not_asked)
        lines += _block("Cautions:", self.cautions)
        if brief:
            rest = len(self.reasons) - len(self.deciding)
            more = f"{number_of(rest, 'other reason')}, {number_of(len(self.figures), 'figure')}"
            return "\n".join([*lines, "", f"More with --all: {more}."])
        lines += ["", "All reasons:", *(f"{number}. {_step(r)}" for number, r in enumerate(self.shown_reasons, 1))]
        figures = [
            f"{figure.label}: {shown(figure.value, figure.unit)}, in force from {figure.first_day} "
            f"({figure.citation}; {figure.source}; {figure.grade}; {SURE[figure.confidence]})"
            for figure in self.figures
        ]
        return "\n".join(lines + _block("Figures used:", figures))

    def to_markdown(self) -> str:
        """The answer as Markdown."""
        lines = [f"**{_md(self.says)}**", "", f"{LABELS[self.confidence]} {_md(self.assumed)}".rstrip(), ""]
        for number, reason in enumerate(self.shown_reasons, 1):
            lines.append(f"{number}. {_md(reason.text)}{mark(reason.outcome)} *({_md(cited(reason))})*")
        if self.figures:
            lines += [
                "",
                "| Figure | Value | In force from | Source | Confidence |",
                "| --- | ---: | --- | --- | --- |",
            ]
            for row in self.figure_rows():
                lines.append("| " + " | ".join(_md(cell) for cell in row) + " |")
        if self.cautions:
            lines += ["", "Cautions:", "", *(f"- {_md(caution)}" for caution in self.cautions)]
        return "\n".join(lines)

    def to_html(self) -> Markup:
        """The answer as an HTML fragment: no script, no color that carries meaning."""
        from seskit.law import result_html

        return result_html.whole(self)

    def working_html(self) -> Markup:
        """Everything below the answer's sentence."""
        from seskit.law import result_html

        return result_html.working(self)

    def as_shown(self, reasons: Iterable[Reason]) -> tuple[Reason, ...]:
        """These reasons of it as they are shown."""
        shown_as = dict(zip(self.reasons, self.shown_reasons, strict=True))
        return tuple(shown_as[reason] for reason in reasons)

    def figure_rows(self) -> list[tuple[str, ...]]:
        """The figures used as rows of text: label, value, first day, where it comes from, how sure it is."""
        return [
            (
                f.label,
                shown(f.value, f.unit),
                long_date(f.first_day),
                f"{f.citation}; {f.source} ({f.grade})",
                SURE[f.confidence],
            )
            for f in self.figures
        ]

    def _repr_html_(self) -> Markup:
        return self.to_html()

    def _repr_markdown_(self) -> str:
        return self.to_markdown()

    def __str__(self) -> str:
        return self.to_text()


@dataclass
class Working:
    """The sheet a question writes on: figures looked up, reasons in order, cautions; then the answer."""

    as_of: date | None
    reasons: list[Reason] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    cautions: list[str] = field(default_factory=list)
    late: list[Figure] = field(default_factory=list)

    def figure(self, path: str, on: date | None = None) -> Any:
        """Look up the value in force (on the as-of date unless another is given) and keep it for the record."""
        when = on or self.as_of
        if when is None:
            raise FactError(f"as_of: needed here, to know which {parameters.parameter(path).label} applies.")
        return self._keep(parameters.figure(path, when), when)

    def recorded(self, path: str, on: date | None = None) -> Any:
        """Like `figure`, but None where nothing is recorded for the date."""
        when = on or self.as_of
        found = parameters.recorded(path, when) if when else None
        return self._keep(found, when) if found and when else None

    def warned(self, path: str, on: date) -> None:
        """Add the caution that a rule of words holds for a day, where it holds one; it decides nothing."""
        if found := parameters.recorded(path, on):
            self.caution(str(found.value))

    def _keep(self, found: Figure, when: date) -> Any:
        if parameters.is_due(found.name, when) and found not in self.late:
            self.late.append(found)
        if found not in self.figures:
            self.figures.append(found)
        return found.value

    def note(
        self, text: str, citation: str, outcome: Outcome = "information", basis: Basis = "verified", *, key: str = "",
        decides: bool | None = None,
    ) -> None:  # fmt: skip
        """Write one step; `decides=False` for one that changed nothing, such as a rounding without a fraction."""
        self.reasons.append(Reason(text, citation, outcome, basis, key, decides))

    def due(self, text: str, citation: str, basis: Basis = "verified") -> None:
        """Write what must be done before one acts on the answer, or with it; the answer in short says it, too."""
        self.reasons.append(Reason(text, citation, basis=basis, due=True))

    def rounded(self, exact: Decimal, taken: Decimal | int, text: str, citation: str) -> None:
        """Write how a fraction was rounded, where there is one: a rounding that changed nothing is no reason."""
        if exact != taken:
            self.note(text, citation, basis="design", key="rounding")

    def test(self, passed: bool | None, text: str, citation: str, basis: Basis = "verified", *, key: str = "") -> bool:
        """Write one test as met, not met or (None) cannot tell, and say whether it is met."""
        outcome: Outcome = "cannot tell" if passed is None else "met" if passed else "not met"
        self.note(text, citation, outcome, basis, key=key)
        return bool(passed)

    def assume(self, text: str, citation: str) -> None:
        """Write what the answer takes for granted although nobody stated it."""
        self.note(text, citation, "assumed", "design")

    def caution(self, text: str) -> None:
        """Add a caution, once."""
        if text not in self.cautions:
            self.cautions.append(text)

    def answer(self, value: B, says: str) -> Result[B]:
        """Close the sheet: the answer, and the same in one sentence; a `CannotTell` where it cannot be determined."""
        parts = tuple(self.reasons), tuple(self.figures), tuple(self.cautions)
        return Result("", self.as_of, value, says, *parts, tuple(self.late), isinstance(says, CannotTell))


def _unstated(change: FactChange) -> str:
    """That nobody stated a fact, and what is assumed for it."""
    if not change.missing:
        return ""
    if change.assumed is None:
        return ", which is not stated"
    return f", not stated and assumed: {plainly(change.assumed, change.unit)}"


def _beside(change: FactChange) -> str:
    """The other facts that must have their values too, for this one to matter."""
    told = "; ".join(f"{label}: {plainly(value, unit)}" for label, value, unit in change.together)
    return f" (together with {told})" if told else ""


def _step(reason: Reason) -> str:
    return f"{reason.text}{mark(reason.outcome)} [{cited(reason)}]"


def _block(title: str, lines: Iterable[str]) -> list[str]:
    listed = [f"- {line}" for line in lines]
    return ["", title, *listed] if listed else []


def mark(outcome: str) -> str:
    """What is said behind a reason of its outcome; nothing where it is only information."""
    return "" if outcome in ("information", "not asked") else f" ({outcome})"


def cited(reason: Reason) -> str:
    """A reason's authority, with what it is where it is not confirmed in the source."""
    return reason.citation if reason.basis == "verified" else f"{reason.citation}; {SURE[reason.basis]}"


def _md(text: str) -> str:
    """Text as Markdown that shows it and makes nothing of it: no element, link or picture."""
    return re.sub(r"([\\|*_$\[\]`])", r"\\\1", visible(text)).replace("<", "&lt;")
