"""The files of an agency with every key and column, from the models and columns that read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from docs.site.tables import cell, table
from seskit.formats import strict_yaml
from seskit.formats.days import days_in_words
from seskit.law.question import members
from seskit.record import correspondence
from seskit.record.agency import Agency
from seskit.record.appraisal import actions_taken
from seskit.record.appraisal.plan_document.record import ExecutivePlan
from seskit.record.appraisal.year_record.files import CycleFile
from seskit.record.appraisal.year_record.ledger import STEP_COLUMNS
from seskit.record.certification import description, self_assessment
from seskit.record.certification.evidence_index import Index
from seskit.record.closeout import files as closeout
from seskit.record.closeout import moves
from seskit.record.forms.known import KEYS as KEYS
from seskit.record.pay_setting import pay_history
from seskit.record.pay_setting.worksheet import columns as pay
from seskit.record.pay_setting.worksheet.reading import Terms
from seskit.record.people_import.recipe import Recipe
from seskit.record.roster import history, last_year
from seskit.record.roster.columns import COLUMNS, STATED, Column
from seskit.record.roster.origin import Origin
from seskit.record.roster.readings import ReadingsFile
from seskit.record.staffing import tracker
from seskit.record.staffing.records import Vacancies

#: The YAML files, each with the record it is read into and what it is for.
RECORDS: dict[str, tuple[type[BaseModel], str]] = {
    "agency.yaml": (
        Agency,
        "Every folder has it: the agency, its performance plans, their cycles, patterns and awards.",
    ),
    "pay.yaml": (Terms, "What applies to the whole pay worksheet."),
    "certification.yaml": (Index, "The evidence index: for each point the document and the place in it."),
    "appraisal.yaml": (CycleFile, "How the appraisal year was run."),
    "plan.yaml": (ExecutivePlan, "One executive's performance plan; `plan.xlsx` holds the same."),
    "vacancy.yaml": (Vacancies, "Every vacancy, with candidate numbers and never a name."),
    "assessment.yaml": (self_assessment.Assessment, "Your answers to the guided self-assessment of a system."),
    "system_description.yaml": (description.Answers, "The description of a system for a request, part by part."),
    "closeout.yaml": (closeout.Settings, "The days of certification and the weights of the plan; it may be left out."),
    "people.yaml": (Recipe, "How the export of another system becomes the roster; `seskit import people` writes it."),
    "roster.origin.yaml": (
        Origin,
        "What a roster that was written from an export leaves out of it; the import writes it.",
    ),
    "roster.readings.yaml": (ReadingsFile, "How printed values of the roster are read; `seskit correct` writes it."),
}
#: The lists, each as CSV or as a workbook, with their columns and what they are for.
LISTS: dict[str, tuple[tuple[Column, ...], str]] = {
    "roster": ((*COLUMNS.values(), *STATED.values()), "Every folder has it: one row for each executive."),
    "history": (history.COLUMNS, "Ratings of earlier years."),
    "last_year": (last_year.COLUMNS, "Who was on the roster of the year before, and why those who are gone are."),
    "pay": (tuple(pay.COLUMNS.values()), "Proposed rates and awards, one row for each executive."),
    "pay_history": (tuple(pay_history.COLUMNS.values()), "Pay actions of earlier years, for the 12-month clock."),
    "steps": (STEP_COLUMNS, "Who did what and when in the appraisal year."),
    "probation": (tuple(tracker.COLUMNS.values()), "Career appointees in or just past probation."),
    "correspondence": (
        correspondence.COLUMNS,
        "Papers under control: number, action office, due date, what became of it.",
    ),
    "actions": (actions_taken.COLUMNS, "What followed from ratings, year by year."),
    "moves": (tuple(moves.COLUMNS.values()), "Moves that executives must be notified of."),
    "element_levels": (tuple(closeout.COLUMNS.values()), "Element levels, from which scores are derived."),
}


def pages() -> dict[str, str]:
    """Every page by its place below the site."""
    meanings = strict_yaml.load(KEYS.read_text(encoding="utf-8"))
    made = {}
    for name, (record, words) in RECORDS.items():
        rows = [_key(key, field, explained(meanings, name, key)) for key, field in keys(record)]
        made[name] = f"# {name}\n\n{words}\n\n{table(('Key', 'What it holds', 'How it is given', 'Needed'), rows)}\n"
    for name, (columns, words) in LISTS.items():
        rows = [_column(column) for column in columns]
        head = ("Column", "What it holds", "How to write it", "Needed")
        made[f"{name}.csv"] = f"# {name}.csv or {name}.xlsx\n\n{words}\n\n{table(head, rows)}\n"
    listed = table(("File", "What it is for"), [(f"[{name}]({_place(name)}.md)", _words(name)) for name in made])
    places = "\n".join(map(_place, made))
    index = f"# The files of an agency\n\n{_INTRODUCTION}\n\n{listed}\n\n```{{toctree}}\n:hidden:\n\n{places}\n```\n"
    return {"files/index.md": index} | {f"files/{_place(name)}.md": text for name, text in made.items()}


_INTRODUCTION = """An agency is a folder. `agency.yaml` and a roster are always there; the others are for one job each.
A key that is not known, or a column that a list does not have, is reported with its line and the nearest one that is.
A roster may have other columns; they are named in the account and not read."""


def keys(record: type[BaseModel], before: str = "") -> Iterator[tuple[str, Any]]:
    """Every key of a record with its field; keys inside a key follow it, after a dot."""
    for name, field in record.model_fields.items():
        key = before + (field.alias or name)
        yield key, field
        if inner := _inner(field.annotation):
            yield from keys(inner, f"{key}.")


def _inner(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _inner(part))), None)


def _key(key: str, field: Any, meaning: str) -> tuple[str, ...]:
    needed = "yes" if field.is_required() else f"no{_default(field)}"
    return f"`{key}`", cell(days_in_words(meaning)), cell(_kind(field.annotation)), cell(needed)


def _default(field: Any) -> str:
    value = field.default
    if value in (None, PydanticUndefined, "", ()) or isinstance(value, BaseModel):
        return ""
    return f"; else {'yes' if value is True else 'no' if value is False else value}"


def _kind(annotation: Any) -> str:
    """How a value is given, in words."""
    inner = _inner(annotation)
    kinds = [part for part in members(annotation) if part is not type(None)]
    origin = get_origin(kinds[0]) or kinds[0]
    if origin is tuple:
        return "a list of entries" if inner else "a list"
    if origin is dict:
        return "entries by name" if inner else "values by name"
    if inner:
        return "entries"
    choices = [str(word) for part in kinds for word in get_args(part)]
    names = {"date": "a date", "Decimal": "a number", "int": "a whole number", "bool": "yes or no", "str": "words"}
    return ", ".join(choices) or names[origin.__name__]


def _column(column: Column) -> tuple[str, ...]:
    needed = "yes" if column.required else "yes; a cell may be blank" if column.needed_in_header else "no"
    return f"`{column.name}`", cell(days_in_words(column.help)), cell(column.fix), needed


def _place(name: str) -> str:
    return name.replace(".", "_")


def _words(name: str) -> str:
    return RECORDS[name][1] if name in RECORDS else LISTS[name.removesuffix(".csv")][1]


class NotExplained(LookupError):
    """A key that a file may have, and whose words nobody has written."""


def explained(meanings: Mapping[str, Mapping[str, str]], name: str, key: str) -> str:
    """What a key of a file holds, in words."""
    found = meanings.get(name, {}).get(key)
    if found is None:
        raise NotExplained(f"{name}: {key} is not explained; add its line to seskit/record/forms/keys.yaml")
    return found


def missing(meanings: Mapping[str, Mapping[str, str]]) -> Iterable[str]:
    """Every key that is declared and not explained, and every key explained that is not declared."""
    for name, (record, _) in RECORDS.items():
        declared, told = {key for key, _ in keys(record)}, set(meanings.get(name, {}))
        yield from (f"{name}: {key} is not explained" for key in sorted(declared - told))
        yield from (f"{name}: {key} is explained and not declared" for key in sorted(told - declared))
