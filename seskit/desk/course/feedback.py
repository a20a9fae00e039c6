"""Feedback that teaches: which mistake an answer shows, three hints made from the reasons, and the full solution."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from seskit.desk import drills
from seskit.desk.course.scenario import StoryProblem
from seskit.desk.practice.answers import AnswerPart
from seskit.desk.practice.declared import plain
from seskit.formats import phrases
from seskit.formats.days import days_in_words
from seskit.formats.tables import Table
from seskit.law import parameters
from seskit.law.facts import Unreadable
from seskit.law.in_words import shown
from seskit.law.parameters import Figure
from seskit.law.result import Reason

HINTS = 3
#: Reasons that are tests, which may hold or not; how the others begin in a solution.
_TESTED = ("met", "not met", "cannot tell")
_LEADS = {
    "not met": "Not met: ",
    "cannot tell": "Not known: ",
    "assumed": "Assumed: ",
    "open reading": "Open to another reading: ",
}
#: A page of the Federal Register, and what it is.
_FR = re.compile(r"\b\d+ FR \d+")
_REGISTER = " (FR is the Federal Register: volume, then page)"
_BY_NAME = re.compile(r"[;:,] (?:for another \w+ )?ask [a-z_]+\.[a-z_]+(?: or [a-z_]+\.[a-z_]+)*(?: for [^.;]*)?")
#: Numbers of tests of a board or a plan, names of the program, and one of a thing.
_TESTS, _CODES, _ONE = (
    re.compile(r" \([A-Z]{1,2}\d+\)|^[A-Z]{1,2}\d+: "),
    re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b"),
    re.compile(r"\b1 (day|month|year|plan|rate)s\b"),
)
#: Verbs that take a "not", and others that stand between words.
_HELPS = re.compile(r"\b(is|are|was|were|may|must)\b")
_DOES = re.compile(r" (\w+[^s\W])s ")
#: Words of labels that say nothing of what a figure is for.
_EVERYWHERE = {
    "award",
    "awards",
    "performance",
    "career",
    "agency",
    "members",
    "executive",
    "executives",
    "appointees",
    "more",
    "that",
    "from",
    "which",
}
#: What a label explains in brackets at its end.
_EXPLAINED = re.compile(r" \([^)]*\)$")
#: Amounts that change every year and are looked up.
IN_TABLES = (
    "pay_setting.ses_range.",
    "pay_setting.executive_schedule.",
    "pay_setting.es_rates.",
    "pay_setting.aggregate_limit.",
)
_TOTAL = "pay_setting.aggregate_limit"
_WHOLE_YEAR = (
    "The limit on total pay is one amount for the whole calendar year: the salary at the end of that year, whatever the day "
    "of the payment."
)
UNUSUAL = "That is not one of the usual mistakes."
_ADVICE = " Take a hint, or work through the facts again."
#: What figures of a kind are called beside a decision that does not go with them.
_FIGURES = {"date": "day", "dollars": "amount", "number": "number", "year": "year"}


@dataclass(frozen=True)
class Verdict:
    """What came of an answer: right, wrong, or None where it cannot be read; in words; and the mistake it shows."""

    right: bool | None
    says: str
    mistake: str = ""


def check(problem: StoryProblem, given: Mapping[str, Any], *, helped: bool = True) -> Verdict:
    """Judge an answer without giving the right one away; `helped` where hints are at hand."""
    read: dict[str, Any] = {}
    for part in problem.parts:
        said = given.get(part.path)
        if said in (None, ""):
            return Verdict(None, _asked(part))
        try:
            read[part.path] = part.read(said)
        except Unreadable as failure:
            return Verdict(None, f"{_first(part.label)}: '{said}' {failure}.")
    right = _values(problem.parts, problem.expected)
    wrong = [part for part in problem.parts if read[part.path] != right[part.path]]
    if not wrong:
        return Verdict(True, "Right.")
    mistake = diagnosis(problem, read)
    said = f"Not right. {mistake}" if mistake else _where(problem, read, wrong, helped=helped)
    return Verdict(False, f"{said} The rule: {_told(_law(problem))}.", mistake)


def diagnosis(problem: StoryProblem, read: Mapping[str, Any]) -> str:
    """The mistake that leads to just this answer, or one for each wrong part where each changes that part alone; else empty."""
    right = _values(problem.parts, problem.expected)
    slips = [(slip.says, _values(problem.parts, slip.answer)) for slip in problem.slips]
    if whole := [says for says, answer in slips if answer == dict(read)]:
        return whole[0]
    off = [name for name in right if read[name] != right[name]]
    each = [next((says for says, answer in slips if answer == right | {name: read[name]}), "") for name in off]
    return " ".join(dict.fromkeys(each)) if all(each) else ""


def hints(problem: StoryProblem) -> tuple[str, str, str]:
    """The rule, the figure, and the first line of the working; the first gives no answer away.

    What an answer tests is asked and not said: it may be what is not so in this story.
    """
    deciding = _deciding(problem)
    first = deciding[0].text if deciding else problem.result.says
    begins = "First ask whether this is true" if deciding and deciding[0].outcome in _TESTED else "The working begins"
    law = _law(problem)
    about = problem.scenario.about
    return (
        f"The rule: {_told(law)}{_REGISTER if _FR.search(law) else ''}. What decides is {about}.",
        _figure(problem, deciding),
        f"{begins}: {_first(_told(first))}",
    )


def hint_names(problem: StoryProblem) -> tuple[str, str, str]:
    """What each hint is called before it is taken."""
    figure = "the figure" if _of_law(problem, _deciding(problem)) else "what decides in the story"
    return "the rule", figure, "the first line of the working"


def solution(problem: StoryProblem) -> tuple[str, tuple[str, ...]]:
    """The right answer in one line, and the reasons that decide it, each with its law."""
    pairs = zip(problem.parts, problem.expected, strict=True)
    answer = ". ".join(_first(_said(problem, part, value)) for part, value in pairs)
    steps = tuple(
        f"{_LEADS.get(reason.outcome, '')}{_first(_told(reason.text))} ({_told(reason.source)})"
        for reason in problem.reasons
    )
    sentences = [one for one in phrases.sentences(problem.result.says) if not problem.leaves(one)]
    more = [said for one in sentences if _adds(said := _told(one), answer)]
    return " ".join([f"{answer}.", *more]), steps


def _adds(said: str, answer: str) -> bool:
    """Whether a sentence says more than the answer: not the decision once more, nor its numbers alone."""
    numbers = re.findall(r"\$?\d[\d,.]*", said.rstrip("."))
    again = said.startswith(("Allowed:", "Not allowed:")) or said.rstrip(".").lower() in answer.lower()
    return not again and not (numbers and all(one in answer for one in numbers))


def _told(text: str) -> str:
    """Words of an answer for a learner: days as people write them, and no question of the program to ask by name."""
    named = _CODES.sub(lambda code: code[0].replace("_", " "), _TESTS.sub("", _BY_NAME.sub("", text)))
    return days_in_words(_ONE.sub(r"1 \1", named))


def _said(problem: StoryProblem, part: AnswerPart, value: Any) -> str:
    """An answer as a learner reads it: a sentence where the label is or begins one, without what it explains in brackets."""
    label = _EXPLAINED.sub("", part.label)
    if part.kind == "yes or no":
        return label if part.shown(value) == "yes" else negated(problem, part)
    return f"{label} {part.shown(value)}" if label.endswith((" is", " are")) else f"{label}: {part.shown(value)}"


def negated(problem: StoryProblem, part: AnswerPart) -> str:
    """What a yes or no asks, denied: in the words of the scenario, else with the first verb denied."""
    said = problem.scenario.give[part.path]
    if isinstance(said, Mapping) and "denied" in said:
        return str(said["denied"])
    label = _EXPLAINED.sub("", part.label)
    helped = _HELPS.sub(lambda verb: "need not" if verb[0] == "must" else f"{verb[0]} not", label, count=1)
    return helped if helped != label else _DOES.sub(r" does not \1 ", label, count=1)


def _asked(part: AnswerPart) -> str:
    """What is still to answer."""
    label = part.label
    if part.kind == "yes or no":
        return f"Choose yes or no first: {label}."
    if part.choices:
        names = [choice.name for choice in part.offered]
        one = f"{', '.join(names[:-1])} or {names[-1]}"
        return f"Choose first. {_first(label)}{'' if label.endswith((' is', ' are')) else ':'} {one}."
    return f"Also enter this: {label}, {part.wanted}."


def _deciding(problem: StoryProblem) -> tuple[Reason, ...]:
    """The reasons that decide, with what is not met first."""
    return tuple(sorted(problem.reasons, key=lambda reason: reason.outcome != "not met"))


def _figure(problem: StoryProblem, deciding: tuple[Reason, ...]) -> str:
    """The figure of the law that decides; without one, what decides in the story."""
    if figure := _of_law(problem, deciding):
        return _shown(figure)
    if told := _telling(problem):
        return f"No figure of the law decides here. Look at this sentence of the story: {told}"
    return f"No figure of the law decides here. What decides is {problem.scenario.about}."


def _of_law(problem: StoryProblem, deciding: tuple[Reason, ...]) -> Figure | None:
    """The figure the deciding reasons name, of several the one nearest to the fact that decides."""
    told = " ".join(reason.text for reason in deciding)
    figures = [
        one
        for one in problem.result.figures
        if isinstance(one.value, int | Decimal) and not isinstance(one.value, bool)
    ]
    if answered := _answering(problem, figures):
        return answered
    named = [one for one in figures if _named(shown(one.value, one.unit), one.label, told, problem.scenario.about)]
    if named := named or [one for one in figures if one.unit.startswith("USD")]:
        fact, about = problem.values.get(_compared(problem)), _matters(problem.scenario.about)
        return min(named, key=lambda one: (_distance(one, fact), -len(_matters(one.label) & about)))
    return None


def _answering(problem: StoryProblem, figures: list[Figure]) -> Figure | None:
    """The amount that is itself the answer to a part, or the share of an amount of the story that is; None without one."""
    amounts = [
        value
        for part, value in zip(problem.parts, problem.expected, strict=True)
        if part.kind == "dollars" and value not in [problem.values.get(name) for name in problem.scenario.varies]
    ]
    facts = [Decimal(one) for one in problem.values.values() if type(one) in (int, Decimal)]

    def gives(one: Figure) -> bool:
        if one.unit == "percent":
            return any(fact * one.value / 100 in amounts for fact in facts)
        return one.unit.startswith("USD") and one.value in amounts

    return next(filter(gives, figures), None)


def _shown(figure: Figure) -> str:
    """A figure in words; a limit on total pay holds for a calendar year, others from a day on."""
    year = figure.first_day.year if figure.name.startswith(f"{_TOTAL}.") else None
    since = f"for all of {year}" if year else f"in force from {drills.in_words(figure.first_day)}"
    return f"The figure is {shown(figure.value, figure.unit)}: {figure.label}, {since}."


def _named(figure: str, label: str, told: str, about: str) -> bool:
    """Whether the reasons name a figure; one that is a bare number only where it is what the story is about."""
    if not re.search(rf"(?<![\w.,$]){re.escape(figure)}(?![\w]|[.,]\d)", told):
        return False
    return not figure.isdecimal() or bool(_matters(label) & _matters(about))


def _matters(words: str) -> set[str]:
    return {word for word in re.findall(r"[a-z]{4,}", words.lower()) if word not in _EVERYWHERE}


def tables(problem: StoryProblem) -> Table | None:
    """The amounts of the day that a specialist has in a table at the desk; None where the answer rests on no such amount."""
    groups = {one.name.rpartition(".")[0] for one in problem.result.figures if one.name.startswith(IN_TABLES)}
    day = problem.result.as_of
    if not groups or day is None:
        return None
    groups |= {"pay_setting.executive_schedule"} if "pay_setting.ses_range" in groups else set()
    found = (
        parameters.recorded(path, day)
        for group in sorted(groups - {_TOTAL})
        for path in parameters.paths(group)
        if path.startswith(f"{group}.")
    )
    rows = tuple(
        (one.label, shown(one.value, one.unit), drills.in_words(one.first_day))
        for one in found
        if one and one.unit.startswith("USD") and isinstance(one.value, int | Decimal)
    )
    limits = _limits_on_total_pay(day)
    rows += tuple((one.label, shown(one.value, one.unit), f"All of {day.year}") for one in limits)
    named = " and ".join(
        f"{shown(one.value, one.unit)} {'with' if one.name.endswith('higher') else 'without'} a certified system"
        for one in limits
    )
    notes = (f"{_WHOLE_YEAR} For {day.year} it is {named}.",) if limits else ()
    title, header = f"Amounts in force on {drills.in_words(day)}", ("What", "Amount", "In force from")
    return Table(title, header, rows, notes=notes) if rows else None


def _limits_on_total_pay(day: date) -> list[Figure]:
    """The limits of the calendar year of a day, which are recorded with the last day of that year."""
    found = (parameters.recorded(path, date(day.year, 12, 31)) for path in parameters.paths(_TOTAL))
    return [one for one in found if one and one.first_day.year == day.year]


def _compared(problem: StoryProblem) -> str:
    """The fact that the figures are held against: the rate or amount of the story where it has one."""
    return next(
        (name for name in ("proposed_rate", "rate", "award", *problem.scenario.decides) if name in problem.values), ""
    )


def _distance(figure: Figure, fact: Any) -> Decimal:
    """How far an amount is from that of the story; others, such as shares and spans, are not held against it."""
    amounts = figure.unit.startswith("USD") and isinstance(fact, int | Decimal) and not isinstance(fact, bool)
    return abs(Decimal(figure.value) - Decimal(fact)) if amounts else Decimal(0)


def _telling(problem: StoryProblem) -> str:
    """The sentence of the story that tells a fact which decides; empty where none tells it."""
    scenario = problem.scenario
    told = {name: plain(value) for name, value in problem.values.items()}
    for name in scenario.decides:
        if words := drills.told_words(scenario.story, name, scenario.question, told):
            return next((one for one in phrases.sentences(problem.story) if words in one or one in words), "")
    return ""


def _where(problem: StoryProblem, read: Mapping[str, Any], wrong: list[AnswerPart], *, helped: bool) -> str:
    """That it is not right, or which part is and at which to look again."""
    pairs = zip(problem.parts, problem.expected, strict=True)
    good = [_said(problem, part, value) for part, value in pairs if part not in wrong]
    shown_by = _shown_by(problem, read, wrong)
    decides = f"What decides is {problem.scenario.about}."
    advice = f"{shown_by or UNUSUAL} {decides}{_ADVICE if helped and not shown_by else ''}"
    if not good:
        return f"Not right. {advice}"
    again = " and ".join(_EXPLAINED.sub("", part.label) for part in wrong)
    return f"Partly right: {good[0].replace(': ', ', ', 1)}. Look again at this: {again}. {advice}"


def _shown_by(problem: StoryProblem, read: Mapping[str, Any], wrong: list[AnswerPart]) -> str:
    """What an answer shows that no mistake of the story leads to: a decision that does not go with the figure found, or a
    count that is one off; empty where it shows neither.
    """
    figures = [_FIGURES[part.kind] for part in problem.parts if part.kind in _FIGURES and part not in wrong]
    if figures and all(part.choices for part in wrong):
        return f"It does not go with the {figures[0]} you found: hold that against the story."
    right = _values(problem.parts, problem.expected)
    return next(filter(None, (_one_off(problem, part, read[part.path], right[part.path]) for part in wrong)), "")


def _one_off(problem: StoryProblem, part: AnswerPart, given: Any, right: Any) -> str:
    """What to ask about a day, a number of days or an amount that is one off."""
    if given is None or right is None or part.kind not in ("date", "number", "dollars"):
        return ""
    off = abs((given - right).days) if part.kind == "date" else abs(given - right)
    if not 0 < off <= 1:
        return ""
    if part.kind == "date" or "days" in part.label:
        return "You are one day off. Ask which day is counted as the first, and whether the last one counts."
    if problem.values["rounded"] or part.kind == "dollars":
        return "You are no more than one off. Ask what becomes of a fraction."
    return ""


def _law(problem: StoryProblem) -> str:
    """What the reasons that decide first rest on."""
    law = "; ".join(dict.fromkeys(reason.source for reason in _deciding(problem)[:2]))
    return law or problem.scenario.question.authority


def _values(parts: tuple[AnswerPart, ...], values: tuple[Any, ...]) -> dict[str, Any]:
    return {part.path: part.read(value) for part, value in zip(parts, values, strict=True)}


def _first(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"
