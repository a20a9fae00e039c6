"""The answer with its reasons: one structure, shown as text, Markdown, HTML or JSON."""

from __future__ import annotations

import dataclasses
import html as _html
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from seskit.formats.tables import NOT_MATH, Table
from seskit.law import parameters
from seskit.law.facts import dollars
from seskit.law.parameters import CONFIDENCE, Figure

Outcome = Literal["met", "not met", "cannot tell", "information"]
Basis = Literal["verified", "recalled", "design"]


@dataclass(frozen=True)
class Reason:
    """One step on the way to the answer, with its authority."""

    text: str
    citation: str
    outcome: Outcome = "information"
    basis: Basis = "verified"


@dataclass(frozen=True)
class Result:
    """An answer that can be filed: what was asked, what follows, why, from which figures, with what cautions."""

    question: str
    as_of: date | None
    answer: Any
    says: str
    reasons: tuple[Reason, ...] = ()
    figures: tuple[Figure, ...] = ()
    cautions: tuple[str, ...] = ()

    @property
    def confidence(self) -> str:
        """The weakest confidence among the parts; 'cannot tell' where a fact is missing and nothing is answered."""
        if self.answer is None and any(reason.outcome == "cannot tell" for reason in self.reasons):
            return "cannot tell"
        marks = [reason.basis for reason in self.reasons] + [figure.confidence for figure in self.figures]
        return max(marks, key=CONFIDENCE.index, default="verified")

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data: dates in ISO form, decimals as text."""
        kept = ("name", "label", "value", "unit", "first_day", "citation", "source", "confidence", "checked")
        return {
            "question": self.question,
            "as_of": as_data(self.as_of),
            "answer": as_data(self.answer),
            "says": self.says,
            "confidence": self.confidence,
            "reasons": [dataclasses.asdict(reason) for reason in self.reasons],
            "figures": [{word: as_data(getattr(figure, word)) for word in kept} for figure in self.figures],
            "cautions": list(self.cautions),
        }

    def to_json(self) -> str:
        """The answer as JSON."""
        return json.dumps(self.to_dict(), indent=2, ensure_ascii=False)

    def to_text(self) -> str:
        """The answer as plain text."""
        lines = [self.says, f"Confidence: {self.confidence}.", ""]
        for number, reason in enumerate(self.reasons, 1):
            lines.append(f"{number}. {reason.text}{_mark(reason.outcome)} [{_cited(reason)}]")
        if self.figures:
            lines += ["", "Figures used:"]
            for figure in self.figures:
                lines.append(
                    f"- {figure.label}: {shown(figure.value, figure.unit)}, in force from {figure.first_day} "
                    f"({figure.citation}; {figure.source}; {figure.confidence})"
                )
        if self.cautions:
            lines += ["", "Cautions:", *(f"- {caution}" for caution in self.cautions)]
        return "\n".join(lines)

    def to_markdown(self) -> str:
        """The answer as Markdown."""
        lines = [f"**{_md(self.says)}**", "", f"Confidence: {self.confidence}.", ""]
        for number, reason in enumerate(self.reasons, 1):
            lines.append(f"{number}. {_md(reason.text)}{_mark(reason.outcome)} *({_md(_cited(reason))})*")
        if self.figures:
            lines += [
                "",
                "| Figure | Value | In force from | Source | Confidence |",
                "| --- | ---: | --- | --- | --- |",
            ]
            for row in self._figure_rows():
                lines.append("| " + " | ".join(_md(cell) for cell in row) + " |")
        if self.cautions:
            lines += ["", "Cautions:", "", *(f"- {_md(caution)}" for caution in self.cautions)]
        return "\n".join(lines)

    def to_html(self) -> str:
        """The answer as an HTML fragment: no script, no colour that carries meaning."""
        says = f"<p><strong>{_html.escape(self.says)}</strong></p>"
        return f"<section {NOT_MATH}>{says}{self.working_html()}</section>"

    def working_html(self) -> str:
        """Everything below the answer's sentence: confidence, reasons, figures, cautions."""
        e = _html.escape
        parts = [f"<p>Confidence: {e(self.confidence)}.</p>"]
        if self.reasons:
            steps = "".join(f"<li>{e(r.text)}{_mark(r.outcome)} <em>({e(_cited(r))})</em></li>" for r in self.reasons)
            parts.append(f"<ol>{steps}</ol>")
        if self.figures:
            header = ("Figure", "Value", "In force from", "Source", "Confidence")
            parts.append(Table("Figures used", header, tuple(self._figure_rows())).to_html())
        if self.cautions:
            parts.append("<p>Cautions:</p><ul>" + "".join(f"<li>{e(c)}</li>" for c in self.cautions) + "</ul>")
        return "".join(parts)

    def _figure_rows(self) -> list[tuple[str, ...]]:
        return [
            (f.label, shown(f.value, f.unit), str(f.first_day), f"{f.citation}; {f.source}", f.confidence)
            for f in self.figures
        ]

    def _repr_html_(self) -> str:
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

    def figure(self, path: str, on: date | None = None) -> Any:
        """Look up the value in force (on the as-of date unless another is given) and keep it for the record."""
        when = on or self.as_of
        if when is None:
            raise ValueError(f"{path} was asked for without a date")
        return self._keep(parameters.figure(path, when))

    def recorded(self, path: str, on: date | None = None) -> Any:
        """Like `figure`, but None where nothing is recorded for the date."""
        when = on or self.as_of
        found = parameters.recorded(path, when) if when else None
        return self._keep(found) if found else None

    def _keep(self, found: Figure) -> Any:
        if found not in self.figures:
            self.figures.append(found)
        return found.value

    def note(self, text: str, citation: str, outcome: Outcome = "information", basis: Basis = "verified") -> None:
        """Write one step."""
        self.reasons.append(Reason(text, citation, outcome, basis))

    def test(self, passed: bool | None, text: str, citation: str, basis: Basis = "verified") -> bool:
        """Write one test as met, not met or (None) cannot tell, and say whether it is met."""
        outcome: Outcome = "cannot tell" if passed is None else "met" if passed else "not met"
        self.note(text, citation, outcome, basis)
        return bool(passed)

    def caution(self, text: str) -> None:
        """Add a caution, once."""
        if text not in self.cautions:
            self.cautions.append(text)

    def answer(self, value: Any, says: str) -> Result:
        """Close the sheet: the answer, and the same in one sentence."""
        return Result("", self.as_of, value, says, tuple(self.reasons), tuple(self.figures), tuple(self.cautions))


def as_data(value: Any) -> Any:
    """Dates and decimals as text, tuples as lists, anything else as it is."""
    if isinstance(value, date | Decimal):
        return format(value, "f") if isinstance(value, Decimal) else value.isoformat()
    if isinstance(value, Mapping):
        return {str(as_data(key)): as_data(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [as_data(item) for item in value]
    return value


def shown(value: Any, unit: str) -> str:
    """A figure as people write it."""
    if unit.startswith("USD") and isinstance(value, Decimal | int):
        return dollars(value)
    if unit == "percent":
        return f"{value} percent"
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {shown(item, '')}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(shown(item, "") for item in value) or "none listed"
    return f"{value} {unit}" if unit in ("days", "months", "years") else str(value)


def _mark(outcome: str) -> str:
    return "" if outcome == "information" else f" ({outcome})"


def _cited(reason: Reason) -> str:
    return reason.citation if reason.basis == "verified" else f"{reason.citation}; {reason.basis}"


def _md(text: str) -> str:
    return text.replace("|", "\\|").replace("*", "\\*").replace("_", "\\_").replace("<", "&lt;").replace("$", "\\$")
