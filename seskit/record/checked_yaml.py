"""A YAML file of an agency as checked records: every problem with its line, its key and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from seskit.formats import near_files, strict_yaml
from seskit.formats.memory import uncollected
from seskit.formats.personal_data import hits, kinds, reason
from seskit.formats.privacy import shown
from seskit.formats.spelling import american, american_codes
from seskit.law.facts import suggestion
from seskit.record.problem import Problem, listed

Step = str | int
_SHORTEST = 5  # a text with anything personal in it is longer


class Strict(BaseModel):
    """A record that takes the entries it knows and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Misplaced(ValueError):
    """What is wrong with one entry inside a record, what to do, and the way to that entry."""

    def __init__(self, reason: str, fix: str, *path: Step) -> None:
        """Keep both sentences, and where in the record the entry lies."""
        super().__init__(reason)
        self.fix, self.path = fix, path


def own_ids(listed: str, ids: Sequence[str], what: str) -> None:
    """Refuse an id that an earlier entry of the list has, at the place of the later one."""
    first: dict[str, int] = {}
    for place, one in enumerate(ids):
        if first.setdefault(one, place) != place:
            reason = f"'{shown(one)}' is already the id of {what} {first[one] + 1}"
            raise Misplaced(reason, f"Give each {what} its own id.", listed, place, "id")


M = TypeVar("M", bound=Strict)


@dataclass(frozen=True)
class Read(Generic[M]):
    """What a file holds: the record, or nothing and the problems that stand in the way; and the line of every entry.

    Where only the values stand in the way, and nothing in the file is personal, `entries` has it as plain data.
    """

    record: M | None
    problems: tuple[Problem, ...] = ()
    at: Mapping[tuple[Step, ...], int] = field(default_factory=dict)
    entries: Mapping[str, Any] | None = None

    def line(self, *path: Step) -> int | None:
        """The line of an entry, or of what it stands in."""
        return _line(self.at, path)


_A_FOLDER = "Give the agency's folder, in which the file is. If it is a corrected workbook of forms, save it as .xlsx without a password."
#: The button of the pages behind which a file has a form.
ON_SCREEN = "Fill in the other files"


def read(file: Path, model: type[M], *, place: str, example: str, on_screen: bool = False) -> Read[M]:
    """Read a file into a record; `place` says where it belongs, `example` which entries it has, `on_screen` whether the
    pages have a form for it.
    """
    with uncollected():
        return _read(file, model, place, example, on_screen=on_screen)


def _read(file: Path, model: type[M], place: str, example: str, *, on_screen: bool) -> Read[M]:
    try:
        text = strict_yaml.opened(file)
        tree, at = strict_yaml.load_with_lines(text)
    except (FileNotFoundError, NotADirectoryError):
        if file.parent.is_file():
            return _refused(file, None, f"is not there, because '{shown(file.parent.name)}' is a file", _A_FOLDER)
        fix = f"Put a file named {file.name} into {place}." if file.suffix else "Check the folder and its name."
        if on_screen and file.suffix:
            fix = f"On the page, press '{ON_SCREEN}'; or put a file named {file.name} into {place}."
        return _refused(file, None, "is not there", near_files.fix(file.parent, (file.name,)) or fix)
    except OSError:
        return _refused(file, None, "cannot be read", "Check that it is a file and may be read.")
    except strict_yaml.YamlError as failure:
        return _refused(file, failure.line, failure.reason, failure.fix)
    if tree is None:
        return _refused(file, None, "is empty", "Restore a copy of it, or start from a sample agency.")
    if not isinstance(tree, dict):
        return _refused(file, 1, f"has no entries such as {example}", "Start from a sample agency.")
    tree = american_codes(tree)
    at = _american_lines(at)
    personal = _personal(file, text, tree, at)
    try:
        record = model.model_validate(tree)
    except ValidationError as failure:
        found = _first_hand(failure)
        lines = text.splitlines()
        others = (_problem(file, model, error, at, lines) for error in found)
        problems = listed(chain(personal, others), len(personal) + len(found), file.name)
        return Read(None, problems, at, None if personal else tree)
    except (ArithmeticError, RecursionError):
        return _refused(file, None, "holds a number or a date that is out of range", "Check its numbers and years.")
    if personal:
        return Read(None, listed(iter(personal), len(personal), file.name), at)
    return Read(record, (), at)


def _american_lines(at: strict_yaml.Lines) -> strict_yaml.Lines:
    """The line of each entry under the American spelling of its keys; each key is looked at once."""
    keys = {step for path in at for step in path if isinstance(step, str)}
    respelled = {key: word for key in keys if (word := american(key)) != key}
    if not respelled:
        return at
    return {
        tuple(respelled.get(step, step) if isinstance(step, str) else step for step in path): line
        for path, line in at.items()
    }


def refused(failure: ValidationError, model: type[BaseModel]) -> Iterator[tuple[tuple[Step, ...], str, str, str]]:
    """What is wrong with entries that came another way than by a file: the way to each, its value, the reason, the fix."""
    for error in _first_hand(failure):
        path = (*error["loc"], *getattr(error.get("ctx", {}).get("error"), "path", ()))
        value = _value(error)
        yield (path, value, *_explained(model, error))


def _personal(file: Path, text: str, tree: Any, at: Mapping[tuple[Step, ...], int]) -> list[Problem]:
    """Each line that holds personal data, as written in the file or as an entry reads."""
    found = dict.fromkeys((text.count("\n", 0, hit.start) + 1, hit.kind) for hit in hits(text))
    for path, entry in _entries(tree, ()):
        if one := kinds(entry):
            found.setdefault((_line(at, path) or 1, one[0]))
    return [Problem(line, None, "", reason(kind, "file"), "Remove it.", file=file.name) for line, kind in sorted(found)]


def _entries(tree: Any, path: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], str]]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from _entries(value, (*path, key))
    elif isinstance(tree, list):
        for place, value in enumerate(tree):
            yield from _entries(value, (*path, place))
    elif isinstance(tree, str) and len(tree) > _SHORTEST:
        yield path, tree


def _first_hand(failure: ValidationError) -> list[Any]:
    """The errors without those that only say a list is short because its entries could not be read."""
    found = failure.errors(include_url=False)
    inside = {error["loc"][:n] for error in found for n in range(len(error["loc"]))}
    return [error for error in found if error["type"] != "too_short" or error["loc"] not in inside]


def _refused(file: Path, line: int | None, reason: str, fix: str) -> Read[Any]:
    return Read(None, (Problem(line, None, "", reason, fix, file=file.name),))


def _line(at: Mapping[tuple[Step, ...], int], path: tuple[Step, ...]) -> int | None:
    return next((at[path[:n]] for n in range(len(path), -1, -1) if path[:n] in at), None)


def _problem(
    file: Path, model: type[BaseModel], error: Any, at: Mapping[tuple[Step, ...], int], lines: Sequence[str]
) -> Problem:
    path = (*error["loc"], *getattr(error.get("ctx", {}).get("error"), "path", ()))
    where = ".".join(str(step + 1 if isinstance(step, int) else step) for step in path)
    value = _value(error)
    reason, fix = _explained(model, error)
    line = _line(at, path)
    if error["type"] == "string_type" and line and path and (typed := _typed(lines[line - 1], str(path[-1]))):
        value, reason = shown(typed), f"is read as {_KINDS.get(type(error['input']), 'something else than text')}"
        fix = f'Put it in quotes: {path[-1]}: "{shown(typed)}".'
    if _DAY_FIRST.fullmatch(value):
        fix = f"{fix} Its day stands first: look at the other dates of the file, which are read month first."
    return Problem(line, where or None, value, reason, fix, file=file.name)


#: A date that can only have its day first.
_DAY_FIRST = re.compile(r"(?:1[3-9]|2\d|3[01])/(?:0?[1-9]|1[0-2])/\d{4}", re.ASCII)
#: What YAML takes a word for that is meant as text.
_KINDS: Mapping[type, str] = {
    bool: "yes or no, not as text", int: "a number, not as text", Decimal: "a number, not as text",
    date: "a day, not as text", type(None): "nothing, not as text",
}  # fmt: skip


def _typed(line: str, key: str) -> str:
    """The value as a person typed it behind its key on a line."""
    found = re.search(rf"(?:^|[{{,\s-]){re.escape(key)}\s*:\s*([^\s#,{{}}\[\]&*!|>'\"][^#,}}\]]*)", line)
    return found[1].strip() if found else ""


def _value(error: Any) -> str:
    """The value that is wrong; what stands behind a name that is no entry is not."""
    of_value = error["type"] != "extra_forbidden" and isinstance(error["input"], str | int)
    return shown(error["input"]) if of_value else ""


def _explained(model: type[BaseModel], error: Any) -> tuple[str, str]:
    kind = error["type"]
    if kind == "missing":
        return "is required but missing", "Add it; a sample agency shows how."
    if kind == "extra_forbidden":
        meant = suggestion(str(error["loc"][-1]), _known_keys(model, error["loc"][:-1])).strip()
        return "is not an entry this file can have", meant or "Remove it."
    if kind == "literal_error":
        expected = str(error["ctx"]["expected"]).replace("'", "")
        meant = suggestion(str(error["input"]), expected.replace(" or ", ", ").split(", ")).strip()
        return f"is not one of {expected}", meant or "Use one of these words."
    if kind == "value_error":
        why = error["ctx"]["error"]
        return str(why), getattr(why, "fix", "Correct the entry.")
    if kind == "too_short":
        return "has nothing in it", "Add at least one entry; a sample agency shows how."
    if kind in ("greater_than_equal", "less_than_equal"):
        limit = error["ctx"]["ge" if kind == "greater_than_equal" else "le"]
        return f"must be {limit} or {'more' if kind == 'greater_than_equal' else 'less'}", "Correct the entry."
    if kind == "string_type":
        return "must be text", "Put the value in quotes, so that leading zeros are kept."
    if kind in ("list_type", "tuple_type"):
        return "must be a list", "Put what it holds in brackets, with commas between: [first, second]."
    return error["msg"][0].lower() + error["msg"][1:], "Correct the entry."


def _known_keys(model: type[BaseModel], path: tuple[Step, ...]) -> list[str]:
    for step in path:
        fields = {entry.alias or name: entry for name, entry in model.model_fields.items()}
        if step in fields:
            model = _records(fields[str(step)].annotation) or model
    return [entry.alias or name for name, entry in model.model_fields.items()]


def _records(annotation: Any) -> type[BaseModel] | None:
    """The record an annotation holds, alone or in a list."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _records(part))), None)
