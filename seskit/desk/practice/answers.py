"""What a practice problem asks for: kinds of answer, their choices with names, and the comparison with what was given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from seskit.desk import typed_days
from seskit.formats.days import long_date
from seskit.law import facts, parameters
from seskit.law.facts import FactError, Unreadable, dollars

KINDS = ("choice", "several", "yes or no", "number", "year", "dollars", "date")
#: How an answer that is not there is written.
NONE = "none"
_NO_ANSWER = (NONE, "null", "not known", "no date", "nothing", "n/a", "na", "not applicable")
#: How an amount, and how a bare number is written.
_AN_AMOUNT, _A_NUMBER = "write for example 129800 or $129,800.50", "write digits alone, for example 15"
_UNITS = re.compile(r"\s*(percent|%|(us ?)?dollars( a year)?|usd|(calendar |working )?days|months|years|people|plans)$")
#: A number whose commas set off thousands.
_COMMAS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d*)?\s*k?")
#: A thousand as it is typed in a telephone, and thousands with a period between them, which may mean cents.
_THOUSANDS, _PERIODS = re.compile(r"(\d)\s*k$"), re.compile(r"\d{1,3}(\.\d{3})+")


@dataclass(frozen=True)
class AnswerChoice:
    """One answer to choose: its code, and the name people see."""

    code: str
    name: str


@dataclass(frozen=True)
class AnswerPart:
    """One part of an answer: where it is found, how it is asked for, its kind and choices.

    `none` says in words what it means that there is no answer; empty where there always is one.
    """

    path: str
    label: str
    kind: str
    choices: tuple[AnswerChoice, ...] = ()
    none: str = ""

    @property
    def offered(self) -> tuple[AnswerChoice, ...]:
        """The choices in order, with the one for 'no answer' where that is possible."""
        return (*self.choices, AnswerChoice(NONE, self.none)) if self.choices and self.none else self.choices

    @property
    def wanted(self) -> str:
        """What to give, without giving it away."""
        names = [choice.name for choice in self.offered]
        said = {
            "choice": f"one of: {'; '.join(names)}",
            "several": f"all that apply, or none: {'; '.join(names)}",
            "yes or no": "; ".join(names),
            "number": "a number",
            "year": "a year",
            "dollars": "an amount in dollars",
            "date": "a date",
        }[self.kind]
        return said if self.choices or not self.none else f"{said}, or '{NONE}': {self.none}"

    def expects(self, value: Any) -> bool:
        """Whether the answer can be this value: a choice on the list, a number, a date."""
        if value is None:
            return bool(self.none)
        if self.kind == "several":
            return isinstance(value, list | tuple) and all(self._code(item) is not None for item in value)
        if self.choices:
            return self._code(value) is not None
        kind = date if self.kind == "date" else int | Decimal
        return isinstance(value, kind) and not isinstance(value, bool)

    def fault(self, expected: Any, given: Any) -> str:
        """Why what was given is not the answer; empty when it is."""
        try:
            read = self.read(given)
        except Unreadable as failure:
            return f"{self.label}: '{given}' {failure}"
        if read == self.read(expected):
            return ""
        return f"{self.label}: you gave {self.shown(given)}; it is {self.shown(expected)}"

    def read(self, given: Any) -> Any:
        """What was given as a value that can be compared; raises Unreadable where it says nothing of this kind."""
        if self.kind == "several":
            return frozenset(self._codes(given))
        if given is not None and self.choices and (code := self._code(given) or self._numbered(given)):
            return code
        if given is None or (self.none and _plain(given) in (*_NO_ANSWER, _plain(self.none))):
            return None
        if self.choices:
            raise Unreadable("is not one of the choices", "; ".join(choice.name for choice in self.offered))
        if self.kind == "dollars" and isinstance(given, str) and _PERIODS.fullmatch(given.strip(" $")):
            raise Unreadable("may mean thousands or cents", _AN_AMOUNT)
        if self.kind == "date":
            return facts.day(typed_days.day(given) if isinstance(given, str) else given)
        return _number(given, _AN_AMOUNT if self.kind == "dollars" else _A_NUMBER)

    def shown(self, given: Any) -> str:
        """A value in words: names for codes, amounts and dates as people write them."""
        value = self.read(given)
        if self.kind == "several":
            return "; ".join(choice.name for choice in self.choices if choice.code in value) or NONE
        if value is None:
            return self.none or NONE
        if self.choices:
            return next(choice.name for choice in self.choices if choice.code == value)
        if isinstance(value, date):
            return long_date(value)
        if self.kind == "dollars":
            return dollars(value)
        return str(value) if self.kind == "year" else f"{value:,f}"

    def outcome(self, value: Any) -> str:
        """The kind of outcome a value is: the choice or choices; for amounts and dates 'none', '0' or 'some'."""
        read = self.read(value)
        if self.kind == "several":
            return ", ".join(choice.code for choice in self.choices if choice.code in read) or NONE
        if read is None:
            return NONE
        if self.choices:
            return str(read)
        return "0" if read == 0 else "some"

    def _code(self, given: Any) -> str | None:
        """The code of a choice, found by its code or its name in any case."""
        said = _plain(given)
        for choice in self.choices:
            if said in (_plain(choice.code), _plain(choice.name)):
                return choice.code
        if self.kind == "yes or no":
            try:
                return "yes" if facts.yes_no(given) else "no"
            except Unreadable:
                return None
        return None

    def _numbered(self, given: Any) -> str | None:
        """The code of the choice with that number on the list."""
        text = str(given).strip()
        return self.choices[int(text) - 1].code if text.isdecimal() and 0 < int(text) <= len(self.choices) else None

    def _codes(self, given: Any) -> Iterable[str]:
        """The codes of several choices: a list, or a text with commas, semicolons, lines or 'and' between them."""
        if given is None or (isinstance(given, str) and _plain(given) in ("", *_NO_ANSWER)):
            return []
        if isinstance(given, str):
            return self._separated(given)
        return [self._known(item) for item in given]

    def _separated(self, text: str) -> list[str]:
        if found := self._code(text) or self._numbered(text):
            return [found]
        for sign in (r"[;\n]", ",", r"\band\b"):
            pieces = [piece for piece in re.split(sign, text) if piece.strip()]
            if len(pieces) > 1:
                return [code for piece in pieces for code in self._separated(piece.strip())]
        return [self._known(text)]

    def _known(self, given: Any) -> str:
        found = self._code(given) or self._numbered(given)
        if found is None:
            meant = facts.near(str(given), [choice.name.lower() for choice in self.choices])
            raise Unreadable("is not one of the choices", meant=meant)
        return found


def parts(declared: Mapping[str, Any], on: date) -> tuple[AnswerPart, ...]:
    """The parts that a declaration asks for, with their choices on that day."""
    return tuple(_part(path, said, on) for path, said in declared.items())


def _part(path: str, said: Any, on: date) -> AnswerPart:
    name = "the answer" if path in ("", "answer") else path.replace("_", " ").replace(".", " ")
    given = {"kind": said} if isinstance(said, str) else dict(said)
    listed = [kind for kind in ("choice", "several") if kind in given]
    kind = listed[0] if listed else str(given.get("kind"))
    if kind not in KINDS:
        raise FactError(f"{path}: '{kind}' is not a kind of answer; kinds are {', '.join(KINDS)}.")
    for word in given:
        if word not in ("kind", "label", "none", *listed):
            raise FactError(f"{path}: '{word}' is not known; known are choice, several, kind, label, none.")
    choices = _choices(given[kind], on) if listed else ()
    if listed and len(choices) < 2:
        raise FactError(f"{path}: there are fewer than two choices.")
    if kind == "yes or no":
        choices = (AnswerChoice("yes", "yes"), AnswerChoice("no", "no"))
    return AnswerPart(path, str(given.get("label") or name), kind, choices, str(given.get("none") or ""))


def _choices(listed: Any, on: date) -> tuple[AnswerChoice, ...]:
    """Choices from a list of names, a mapping of codes to names, or the rules under one path."""
    if isinstance(listed, str):
        found = [parameters.recorded(path, on) for path in parameters.paths(listed.removeprefix("rule:"))]
        return tuple(_of_rule(figure.name, figure.value) for figure in found if figure)
    if isinstance(listed, Mapping):
        return tuple(AnswerChoice(str(code), str(name)) for code, name in listed.items())
    return tuple(AnswerChoice(str(code), str(code).replace("_", " ")) for code in listed)


def _of_rule(path: str, value: Any) -> AnswerChoice:
    code = path.rpartition(".")[2]
    return AnswerChoice(code, str(value["title"]) if isinstance(value, Mapping) else f"{code}: {value}")


def _number(given: Any, write: str) -> Decimal:
    said = _UNITS.sub("", str(given).strip().lower().rstrip("."))
    text = said.removeprefix("usd").removeprefix("us$").lstrip("$ ")
    if "," in text and not _COMMAS.fullmatch(text):
        raise Unreadable("has a comma that sets off no thousands", write)
    try:
        number = Decimal(_THOUSANDS.sub(r"\1e3", text.replace(",", "")))
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite() or isinstance(given, bool):
        raise Unreadable("is not a number", write)
    return number


def _plain(text: Any) -> str:
    if isinstance(text, bool):
        return "yes" if text else "no"
    return " ".join(str(text).lower().replace("_", " ").replace("-", " ").split())
