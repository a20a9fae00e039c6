"""One finding: something about an agency that needs attention, or a look, whoever found it.

Every subject says it in this one form. The commands, the walks, the packets, the index of a run with its counts and
exit code, and the manifest read the same list.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any, Literal, get_args

from seskit.formats.counts import number_of
from seskit.record.problem import Problem

Severity = Literal["error", "block", "flag", "warning", "indicator"]
Subject = Literal["report", "pay", "appraisal", "certification", "staffing", "closeout", "run"]
#: From the worst down, as every list has them.
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
SUBJECTS: tuple[Subject, ...] = get_args(Subject)
#: What a reader is asked to do by each.
MEANS: Mapping[Severity, str] = {
    "error": "wrong, missing or late: correct it",
    "block": "the law stands in the way: change it",
    "flag": "needs a written reason, a fact or a decision",
    "warning": "look at it",
    "indicator": "for your information; nothing is asked",
}
#: What keeps an agency from being done; the other two only ask for a look.
OPEN: tuple[Severity, ...] = ("error", "block", "flag")
#: The rule of the ceiling on Levels 4 and 5, which stands first wherever it binds.
CEILING = "ceiling"
#: Where a rule says one thing at most about a person or a place; elsewhere the words are part of the key.
_ONE_EACH = ("pay", "appraisal")
_WORDS = re.compile(r"[^a-z0-9.]+")


@dataclass(frozen=True)
class Finding:
    """One thing found: by which rule, about whom or where, how grave, how sure, and what to do."""

    subject: Subject
    #: The check or rule that found it, by its key: R13, T9, pool.
    rule: str
    severity: Severity
    sentence: str
    to_do: str = ""
    authority: str = ""
    #: The agency's own number for the person, vacancy, board or system; empty for the whole.
    about: str = ""
    file: str = ""
    row: int | None = None
    column: str = ""
    day: date | None = None
    confidence: str = "verified"
    #: What the answer is by the other reading of the rule, where there is one.
    other_reading: str = ""
    #: An error that only waits for what the agency says is still to come, such as pending awards.
    waits: bool = False
    #: The heading of the walk-through under which it is shown.
    section: str = ""

    @property
    def key(self) -> str:
        """What tells it from every other finding of its agency, and stays the same from run to run."""
        cell = ".".join(str(part) for part in (self.file, self.row, self.column) if part)
        of_cell = cell and (self.rule == "file" or self.subject == "report")
        place = cell if of_cell else self.about or cell
        several = self.rule == "file" or self.subject not in _ONE_EACH
        said = hashlib.sha256(self.sentence.encode("utf-8", "surrogatepass")).hexdigest()[:6] if several else ""
        return ".".join(part for part in (self.subject, _slug(self.rule), _slug(place), said) if part)

    @property
    def open(self) -> bool:
        """Whether somebody must do something about it."""
        return self.severity in OPEN and not self.waits

    @property
    def where(self) -> str:
        """The person or thing, and the place, in words."""
        at = [self.file] if self.file else []
        if self.row is not None:
            at.append(f"{'line' if self.file.endswith('.yaml') else 'row'} {self.row}")
        if self.column:
            at.append(self.column)
        place = ", ".join(at)
        return f"{self.about} ({place})" if self.about and place else self.about or place or "the agency"

    @property
    def said_there(self) -> str:
        """The sentence as it follows its place: what it repeats of it is left out."""
        return self.sentence.removeprefix(f"{self.column}: ") if self.column else self.sentence

    def to_dict(self) -> dict[str, Any]:
        """The finding as plain data, with its key first."""
        left_out: dict[str, Any] = {each.name: each.default for each in fields(self)}
        said = {name: value for name, value in asdict(self).items() if value != left_out[name]}
        return {"key": self.key, **said} | ({"day": self.day.isoformat()} if self.day else {})

    def __str__(self) -> str:
        doubt = f" By the other reading: {self.other_reading}." if self.other_reading else ""
        law = f" [{self.authority}]" if self.authority else ""
        return f"{self.severity.capitalize()}: {self.where}: {self.said_there} {self.to_do}".rstrip() + doubt + law


_NAMES = {each.name for each in fields(Finding)}


def from_dict(data: Mapping[str, Any]) -> Finding:
    """A finding from plain data; raises ValueError where it is none."""
    try:
        given = {name: value for name, value in data.items() if name in _NAMES}
        found = Finding(**given)
        told = replace(found, day=date.fromisoformat(found.day)) if isinstance(found.day, str) else found
        sound = told.subject in SUBJECTS and told.severity in SEVERITIES and isinstance(told.row, int | None)
        words = (told.rule, told.sentence, told.to_do, told.authority, told.about, told.file, told.column)
        sound = sound and all(
            isinstance(word, str) for word in (*words, told.confidence, told.other_reading, told.section)
        )
    except (TypeError, AttributeError) as failure:
        raise ValueError(f"no finding: {failure}") from None
    if not sound:
        raise ValueError("no finding: a field is not of its kind")
    return told


def of_problem(problem: Problem, subject: Subject, **more: Any) -> Finding:
    """A problem with a file as a finding; words from a roster are left out, because they may be a name."""
    value = problem.filed_value
    reason = problem.filed_reason
    said = f"'{value}'" if value and reason == problem.reason and not problem.says_value else ""
    sentence = f"{said}{problem.said if said else reason}".strip().rstrip(".")
    if not said:
        sentence = f"{sentence[:1].upper()}{sentence[1:]}"
    return Finding(
        subject, problem.check or "file", problem.severity, f"{sentence}.", problem.fix, file=problem.file,
        row=problem.row, column=problem.column or "", about=problem.person, **more,
    )  # fmt: skip


def of_problems(problems: Iterable[Problem], subject: Subject) -> list[Finding]:
    """Problems with files as findings."""
    return [of_problem(problem, subject) for problem in problems]


def in_order(found: Iterable[Finding]) -> list[Finding]:
    """Each finding once: the ceiling where it binds, then the worst first, by subject and place."""
    once: dict[tuple[Any, ...], Finding] = {}
    for one in found:
        known = once.setdefault(_same(one), one)
        if SEVERITIES.index(one.severity) < SEVERITIES.index(known.severity):
            once[_same(one)] = one
    return sorted(once.values(), key=_rank)


def _same(one: Finding) -> tuple[Any, ...]:
    """What makes two findings one: the same said of the same place, whichever subject read the file."""
    return (one.file, one.row, one.column, one.sentence) if one.file else (one.key, one.day, one.sentence)


def _rank(one: Finding) -> tuple[Any, ...]:
    return (
        one.rule != CEILING, SEVERITIES.index(one.severity), one.waits, SUBJECTS.index(one.subject), _natural(one.rule),
        one.file, one.row or 0, one.about,
    )  # fmt: skip


def _natural(rule: str) -> tuple[str, int]:
    letters = rule.rstrip("0123456789")
    return letters, int(rule[len(letters) :] or 0)


def counts(found: Iterable[Finding]) -> dict[str, int]:
    """How many there are of each severity, the worst first; those there are none of left out."""
    many = Counter(one.severity for one in found)
    return {severity: many[severity] for severity in SEVERITIES if many[severity]}


def in_words(many: Mapping[str, int]) -> str:
    """Counts by severity in words."""
    return ", ".join(number_of(count, severity) for severity, count in many.items() if count)


def waiting(found: Iterable[Finding]) -> str:
    """How many only wait for what is still to come, in words; empty where none does."""
    many = sum(one.waits for one in found)
    return f"{number_of(many, 'error only waits', 'errors only wait')}" if many else ""


def in_short(found: Sequence[Finding]) -> str:
    """What was found, counted as every list, index and terminal counts it: what only waits is apart."""
    said = (in_words(counts(one for one in found if not one.waits)), waiting(found))
    return "; ".join(part for part in said if part)


def needs_attention(found: Iterable[Finding]) -> bool:
    """Whether somebody must do something: what every command's exit code and the index of a run say alike."""
    return any(one.open for one in found)


def to_json(found: Sequence[Finding]) -> str:
    """The list as JSON, with its counts."""
    data = {
        "attention": needs_attention(found),
        "counts": counts(found),
        "findings": [one.to_dict() for one in found],
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def _slug(text: str) -> str:
    return _WORDS.sub("-", text.lower()).strip("-")
