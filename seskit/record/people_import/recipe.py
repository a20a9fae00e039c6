"""The recipe of an import, `people.yaml`: headings, values, dates and rows of one system's export."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from seskit.formats import strict_yaml
from seskit.formats.files import whole
from seskit.formats.privacy import shown
from seskit.law.facts import YesNo
from seskit.record import checked_yaml
from seskit.record.checked_yaml import Read, Strict
from seskit.record.roster.columns import COLUMNS, READ_ELSEWHERE, STATED, of_kind
from seskit.record.roster.usual_headings import PAYS

RECIPE = "people.yaml"
DateOrder = Literal["year first", "month first", "day first", "serial numbers"]
DATES = (*of_kind("day"), "noncareer_supervisor_since")
#: Every column a recipe may fill: those of the report and those of other papers.
KNOWN = frozenset((*COLUMNS, *STATED, *READ_ELSEWHERE))
#: Columns whose amounts an export may hold in thousands of dollars.
IN_THOUSANDS = (*PAYS, "award")
_HEAD = """# How the export of one system becomes roster.csv. The next year's export is read with it.
# Correct what is wrong, then write accepted: yes. Names are written only with names: yes.
"""


class Recipe(Strict):
    """Which column of an export is which column of the roster, and what its values mean."""

    accepted: YesNo = False
    #: The headings of the export for which it was accepted; one with others asks again.
    accepted_for: tuple[str, ...] = ()
    names: YesNo = False
    header_row: int = Field(default=1, ge=1, le=1000)
    #: Roster column: heading in the export.
    columns: dict[str, str]
    #: Roster column: the same value for everybody.
    same_for_all: dict[str, str] = Field(default_factory=dict)
    #: Roster column: text in the export, and the value in the roster; an empty value leaves the cell blank.
    values: dict[str, dict[str, str]] = Field(default_factory=dict)
    #: Roster column of dates: the order of their parts.
    dates: dict[str, DateOrder] = Field(default_factory=dict)
    #: Roster columns whose amounts are thousands of dollars in the export.
    thousands: tuple[str, ...] = ()
    #: Heading in the export: the values of the rows that are kept.
    keep: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    #: Rows that are left out of this export alone, as 'row 12, number 10023'; another year's are asked.
    leave_out: tuple[str, ...] = ()
    #: Headings of which a person says that they are neither the awards nor anything else that they are named for.
    unused: tuple[str, ...] = ()
    #: Heading or row under `unused`: what it said when a person answered; where it says something else, it is asked again.
    answered: dict[str, str] = Field(default_factory=dict)

    @field_validator("columns", "same_for_all", "values", "dates")
    @classmethod
    def _known(cls, given: dict[str, object]) -> dict[str, object]:
        for name in given:
            if name not in KNOWN:
                raise ValueError(f"'{name}' is not a column of the roster")
        return given

    @field_validator("thousands")
    @classmethod
    def _amounts(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        for name in given:
            if name not in IN_THOUSANDS:
                raise ValueError(f"'{name}' is not a column of amounts; those are {', '.join(IN_THOUSANDS)}")
        return given


#: The year in a heading: Salary 9/30/2022, Award FY22, Rating 2021-22.
_YEAR = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?:\s*[-/]\s*\d\d)?(?!\d)|(?:(?<=[/.-]\d\d[/.-])|(?<=[/.-]\d[/.-])|(?<=FY)\s*'?)\d\d(?!\d)",
    re.IGNORECASE,
)
#: What a recipe says of its acceptance, with the lines that belong to it; and where its first entry begins.
_ACCEPTANCE = re.compile(
    r"^(?:accepted(?:_for)?|answered)[ \t]*:.*(?:\n|\Z)(?:(?:[ \t]+|-[ \t]).*(?:\n|\Z))*", re.MULTILINE
)
_FIRST_KEY = re.compile(r"^\w", re.MULTILINE)


def of_these_headings(recipe: Recipe, heads: Sequence[str]) -> tuple[Recipe, list[str]]:
    """A recipe for an export whose headings name another year, and what was taken for what, in sentences."""
    alike: dict[str, list[str]] = {}
    for head in dict.fromkeys(heads):
        if _YEAR.search(head):
            alike.setdefault(_without_year(head), []).append(head)
    renamed, said = dict[str, str](), []
    for wanted in dict.fromkeys((*recipe.columns.values(), *recipe.keep)):
        others = (
            [head for head in alike.get(_without_year(wanted), []) if head != wanted] if _YEAR.search(wanted) else []
        )
        listed = " and ".join(f"'{shown(head)}'" for head in others)
        if wanted not in heads and len(others) == 1:
            renamed[wanted] = others[0]
            said.append(f"Read for '{shown(wanted)}' of the recipe, which names another year: {listed}.")
        elif wanted in heads and any(head > wanted for head in others):
            said.append(
                f"The recipe reads '{shown(wanted)}', but the export also has {listed}: say in the recipe which one is meant."
            )
    columns = {column: renamed.get(head, head) for column, head in recipe.columns.items()}
    keep = {renamed.get(head, head): texts for head, texts in recipe.keep.items()}
    return recipe.model_copy(update={"columns": columns, "keep": keep}), said


def _without_year(head: str) -> str:
    return " ".join(_YEAR.sub(" ", head).lower().split())


def for_others(recipe: Recipe, heads: Sequence[str]) -> str:
    """How an export differs from the one for which the recipe was accepted; empty where it does not, or where none is named."""
    then, now = ({_without_year(head): head for head in of if head} for of in (recipe.accepted_for, heads))
    new = [f"'{shown(now[head])}' is new" for head in now if head not in then]
    gone = [f"'{shown(then[head])}' is gone" for head in then if head not in now]
    return "; ".join((*new, *gone)) if then else ""


def record_acceptance(recipe: Recipe, file: Path) -> Path:
    """Write into the file that the recipe is accepted, and for which headings; all else that a person wrote there stays."""
    was = file.read_text(encoding="utf-8-sig")
    without = _ACCEPTANCE.sub("", was)
    at = found.start() if (found := _FIRST_KEY.search(without)) else len(without)
    whole(file, (without[:at] + strict_yaml.dump(acceptance(recipe)) + without[at:]).encode())
    made = read(file).record
    return file if made and made.accepted else whole(file, text(recipe, ()).encode())


def acceptance(recipe: Recipe) -> dict[str, object]:
    """What a recipe says of its acceptance."""
    made: dict[str, object] = {"accepted": recipe.accepted}
    made |= {"accepted_for": list(recipe.accepted_for)} if recipe.accepted_for else {}
    return made | ({"answered": dict(recipe.answered)} if recipe.answered else {})


def read(file: Path) -> Read[Recipe]:
    """A recipe from its file; every problem with its line."""
    return checked_yaml.read(file, Recipe, place="the agency's folder", example="columns and values")


def write(recipe: Recipe, file: Path, guesses: Sequence[str]) -> Path:
    """Write a recipe with each guess as a comment above it."""
    return whole(file, text(recipe, guesses).encode())


#: What a recipe lists where it has any.
_LISTS = ("thousands", "leave_out", "unused")


def text(recipe: Recipe, guesses: Sequence[str]) -> str:
    """The same as text."""
    comments = "".join(f"# Guess: {guess}\n" for guess in guesses)
    tree = {
        **acceptance(recipe), "names": recipe.names, "header_row": recipe.header_row,
        "columns": dict(recipe.columns), "same_for_all": dict(recipe.same_for_all),
        "values": {column: dict(held) for column, held in recipe.values.items()}, "dates": dict(recipe.dates),
        "keep": {heading: list(held) for heading, held in recipe.keep.items()},
    }  # fmt: skip
    tree |= {key: list(held) for key in _LISTS if (held := getattr(recipe, key))}
    return _HEAD + comments + strict_yaml.dump(tree)
