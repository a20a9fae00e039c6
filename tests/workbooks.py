"""Workbooks of the forms, opened and recalculated."""

import io
import os
import shutil
import subprocess
from functools import cache
from random import Random
from typing import get_args

import openpyxl
import pytest

from seskit.record.agency import Options
from seskit.work import report
from tests.random_reports import agency as random_agency
from tests.random_reports import roster as random_roster

CHOICES = {name: get_args(field.annotation) for name, field in Options.model_fields.items() if name != "budget_percent"}

SOFFICE = shutil.which("soffice")

ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""


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
    if SOFFICE is None:
        pytest.skip("soffice is not installed: formulas cannot be recalculated here; install LibreOffice Calc")
    profile, made = folder / "profile", folder / "made"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE, encoding="utf-8")
    files = [folder / f"{number}.xlsx" for number in range(len(contents))]
    for file, content in zip(files, contents, strict=True):
        file.write_bytes(content)
    command = [SOFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx", "--outdir"]
    quiet = {**os.environ, "HOME": str(folder)}
    ran = subprocess.run([*command, made, *files], capture_output=True, text=True, timeout=240, env=quiet, check=False)
    assert ran.returncode == 0, ran.stderr
    return [(made / file.name).read_bytes() for file in files]


def box(sheet, place):
    return sheet.cell(place[0] + 1, place[1] + 1)
