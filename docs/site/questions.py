"""A page for each question: what is asked, its authority, its facts, an example that was run, and its cases."""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from docs.site.tables import cell, table
from seskit.desk.asked import declared, line
from seskit.formats import strict_yaml
from seskit.formats.days import days_in_words
from seskit.law import answers
from seskit.law.in_words import as_data
from seskit.law.question import FactSlot, Question, questions

CASES = Path(__file__).parents[2] / "tests" / "cases"
SUBJECTS = {
    "appraisal": "Performance appraisal",
    "awards": "Awards",
    "certification": "Certification",
    "pay_setting": "Pay",
    "report": "The ratings and awards report",
    "staffing": "Staffing",
}


def pages() -> dict[str, str]:
    """Every page by its place below the site: one for each question, one that lists those of each subject."""
    found, known = cases(), questions()
    made = {f"questions/{name.replace('.', '/')}.md": page(asked, found.get(name, [])) for name, asked in known.items()}
    lists = [
        _subject(subject, [q for name, q in known.items() if name.startswith(f"{subject}.")]) for subject in SUBJECTS
    ]
    made["questions/index.md"] = _contents("Every question", [f"{subject}/index" for subject in SUBJECTS], _HOW)
    return made | {f"questions/{subject}/index.md": text for subject, text in zip(SUBJECTS, lists, strict=True)}


_HOW = """In a terminal: `seskit ask QUESTION FACT=VALUE ...`. In Python: `awards.award_limits("2002-09-30", rate=129800)` after
`from seskit.law import awards`. In a notebook: `widgets.Panel(awards.award_limits)` is a form to fill in."""


def page(asked: Question[Any], cases: list[Mapping[str, Any]]) -> str:
    """The page of one question."""
    more = (inspect.getdoc(asked.function) or "").split("\n\n", 1)
    parts = [
        f"# {asked.title}",
        asked.asks,
        f"- Question: `{asked.name}`\n- Authority: {days_in_words(asked.authority)}",
        *map(days_in_words, more[1:]),
        "## Facts",
        table(("Fact", "What it is", "How it is given", "Needed"), [_fact(slot) for slot in asked.slots.values()]),
    ]
    parts += ["## The answer", answer_table(asked), "## An example", _example(asked)]
    if cases:
        rows = [
            (cell(days_in_words(case["says"])), cell(_given(case["facts"])), cell(_expected(case["expect"])))
            for case in cases
        ]
        parts += ["## Cases", _PROVED, table(("Case", "Facts", "What must come out"), rows)]
    return "\n\n".join(parts) + "\n"


def answer_table(asked: Question[Any]) -> str:
    """What its answer holds: each part with its words and kind; the one that says yes or no is named."""
    told = asked.answers
    rows = [
        (
            f"`{name}`",
            cell(_said(one, name)),
            cell(answer_kind(one)),
            "yes or no" if name == kind.verdict_part() else "",
        )
        for kind in told.classes
        for name, one in answers.fields(kind).items()
    ]
    if rows:
        return table(("Part", "What it is", "How it is given", "Decides"), rows)
    return f"One value: {_said(told.annotation, 'answer').rstrip('.')}; {answer_kind(told.annotation)}."


def _said(annotation: Any, name: str) -> str:
    found = answers.words(annotation, name)
    return days_in_words(f"{found.label}. {found.help}".strip())


def answer_kind(annotation: Any) -> str:
    """How a part of an answer is given, in words."""
    unit = answers.words(annotation).unit.replace("USD", "dollars")
    made = answers.schema(annotation)
    kinds = [_kind_said(one) for one in made.get("anyOf", [made])]
    return ", or ".join(dict.fromkeys(kinds)) + (f", {unit}" if unit else "")


def _kind_said(made: Mapping[str, Any]) -> str:
    if "enum" in made:
        return "one of " + ", ".join(map(str, made["enum"]))
    names = {"boolean": "yes or no", "integer": "a whole number", "null": "none", "array": "a list", "object": "parts"}
    text = {"date": "a date", "decimal": "a number"}
    return names.get(made.get("type", ""), text.get(made.get("format", ""), "words" if made else "any value"))


_PROVED = "Each case is asked whenever the tests run, and must come out as it says here."


def _example(asked: Question[Any]) -> str:
    """The line to copy, and what it answers."""
    facts = declared.of(asked.name).example
    return f"```text\n$ {line.command(asked, facts)}\n{asked(**facts).to_text(brief=True)}\n```"


def _typed(value: Any) -> str:
    """A fact as it is typed in a terminal."""
    plain = as_data(value)
    if isinstance(plain, bool):
        return "yes" if plain else "no"
    text = "not known" if plain is None else plain if isinstance(plain, str) else json.dumps(plain, default=str)
    return f"'{text}'" if set(str(text)) & set(' "[]{}()*&;|<>$') else str(text)


def _given(facts: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={_typed(value)}" for name, value in facts.items())


def _expected(expect: Mapping[str, Any]) -> str:
    words = {"answer": "", "refuses": "refused: ", "says_contain": "says: ", "reasons_contain": "reason: "}
    said = [f"{words.get(name, name.replace('_', ' ') + ': ')}{_plain(value)}" for name, value in expect.items()]
    return "; ".join(said)


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_plain(one)}" for name, one in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(map(_plain, value)) or "nothing"
    return {True: "yes", False: "no", None: "none"}[value] if isinstance(value, bool | None) else str(as_data(value))


def _fact(slot: FactSlot) -> tuple[str, ...]:
    what = days_in_words(f"{slot.label}. {slot.help}".strip())
    needed = "yes" if slot.required else "no" if slot.default is None else f"no; else {_plain(slot.default)}"
    return f"`{slot.name}`", cell(what), cell(kind(slot)), cell(needed)


def kind(slot: FactSlot) -> str:
    """How a fact is given, in words."""
    names = {"date": "a date", "Decimal": "a number", "int": "a whole number", "bool": "yes or no", "str": "words",
             "list": "a list", "tuple": "a list", "dict": "a mapping"}  # fmt: skip
    found = slot.kind
    if isinstance(found, tuple):
        said = ", ".join(map(str, found))
    else:
        said = names.get(getattr(found, "__name__", ""), "a list of entries")
    unit = f", {slot.unit.replace('USD', 'dollars')}" if slot.unit else ""
    return said + unit + (", or not known" if slot.may_be_unknown else "")


@cache
def cases() -> dict[str, list[Mapping[str, Any]]]:
    """The cases of each question that has some, by its name."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for file in sorted(CASES.glob("*.yaml")):
        for case in strict_yaml.load(file.read_text(encoding="utf-8")) or []:
            found.setdefault(case["ask"], []).append(case)
    return found


def _subject(subject: str, asked: list[Question[Any]]) -> str:
    rows = [(f"[{q.title}]({q.name.split('.')[1]}.md)", cell(q.asks)) for q in asked]
    said = table(("Question", "What it asks"), rows)
    return _contents(SUBJECTS[subject], [q.name.split(".")[1] for q in asked], said, hidden=True)


def _contents(title: str, places: list[str], words: str, *, hidden: bool = False) -> str:
    option = ":hidden:\n" if hidden else ":maxdepth: 1\n"
    return f"# {title}\n\n{words}\n\n```{{toctree}}\n{option}\n" + "\n".join(places) + "\n```\n"
