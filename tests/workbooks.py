"""Workbooks of the forms, opened and recalculated."""

import io
from functools import cache
from random import Random
from typing import get_args

import openpyxl
import pytest

from seskit.record.agency import Options
from seskit.work import report
from tests import office
from tests.random_reports import agency as random_agency
from tests.random_reports import roster as random_roster

CHOICES = {name: get_args(field.annotation) for name, field in Options.model_fields.items() if name != "budget_percent"}


def completed(folder):
    return report.open_folder(folder).complete()


def random_package(seed):
    chance = Random(seed)
    made = random_agency(chance)
    if seed % 2:
        options = {name: chance.choice(words) for name, words in CHOICES.items()}
        made = made.model_copy(update={"options": Options.model_validate(options)})
    return report.complete(made, random_roster(chance, [plan.id for plan in made.plans]))


def opened(content, **how):
    return openpyxl.load_workbook(io.BytesIO(content), **how)


@cache
def formulas(content):
    """Every formula by its place; read once for each workbook, and only to be read."""
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in opened(content)
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def differences(stored, recalculated):
    """The formula cells whose stored value is not the recalculated one."""
    before, after = opened(stored, data_only=True), opened(recalculated, data_only=True)
    found = {}
    for sheet, place in formulas(stored):
        old, new = before[sheet][place].value, after[sheet][place].value
        same = old == pytest.approx(new, rel=1e-12, abs=1e-12) if isinstance(new, int | float) else old == new
        if not same or old is None:
            found[sheet, place] = (old, new)
    return found


def recalculate(contents, folder):
    """The workbooks as LibreOffice saves them, every formula calculated anew."""
    files = [folder / f"{number}.xlsx" for number in range(len(contents))]
    for file, content in zip(files, contents, strict=True):
        file.write_bytes(content)
    return [made.read_bytes() for made in office.converted("xlsx", folder / "made", *files, recalculates=True)]


def box(sheet, place):
    return sheet.cell(place[0] + 1, place[1] + 1)
