"""What a folder is ready for: a job is ready to finish only where its papers would be final."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from seskit.desk import start_walk
from seskit.desk.certification.walk import CertificationWalk as Certification
from seskit.work import report
from seskit.work.pay_setting.folder import open_folder as open_pay
from tests.places import FIELD, SAMPLES

FOLDERS = [file.parent for place in (SAMPLES, FIELD) for file in sorted(place.rglob("agency.yaml"))]
REPORT, PAY, CERTIFICATION = start_walk.WAYS[0].name, start_walk.WAYS[3].name, start_walk.WAYS[4].name


def ready(folder: Path) -> dict[str, str]:
    """What is said of each job."""
    return dict(start_walk.ways(start_walk.opened(folder, Path(), {})).rows)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_ready_is_never_said_of_what_would_be_a_draft(folder: Path) -> None:
    """The report, the pay worksheet and the request: yes means final, and final means yes."""
    said = ready(folder)
    if not said[REPORT].startswith("missing"):
        opened = report.open_folder(folder)
        final = opened.agency is not None and bool(opened.roster.people) and opened.complete().final
        assert (said[REPORT] == "yes") is final, said[REPORT]
    if said[PAY] == "yes":
        checked = open_pay(folder).checked
        assert getattr(checked, "final", False)
    if said[CERTIFICATION] == "yes":
        walk = Certification(folder, folder, {"system": ""})
        assert getattr(walk.found, "final", False)


def test_ready_is_never_said_while_nobody_is_in_a_plan(tmp_path: Path) -> None:
    """A plan of another name in every row: each job that needs the people says so, and what is missing is named in words."""
    folder = shutil.copytree(SAMPLES / "DBT", tmp_path / "DBT")
    roster = folder / "roster.csv"
    head, *rows = roster.read_text(encoding="utf-8").splitlines()
    place = head.split(",").index("plan")
    cells = [row.split(",") for row in rows]
    roster.write_text(
        "\n".join([head, *(",".join([*row[:place], "elsewhere", *row[place + 1 :]]) for row in cells)]) + "\n"
    )
    said = ready(folder)
    nobody = [way.name for way in start_walk.WAYS if any(need.files == start_walk.ROSTERS for need in way.needs)]
    assert len(nobody) == 3
    assert {said[name] for name in nobody} == {"not yet: nobody of the roster is in a plan"}
    assert said[CERTIFICATION] == "missing: the request for certification (certification.yaml)"
