"""Plans brought in the folder `plans`: the page shows each with its gaps, as the command line does."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from seskit.desk.appraisal import show, walk
from seskit.desk.cli import main
from seskit.desk.opener import Desk
from seskit.work import findings

SAMPLE = Path(__file__).resolve().parents[2] / "notebooks" / "sample" / "agencies" / "DBT"
#: A plan as a person brings it: no results requirement, weights of 80, not individual and organizational.
POOR = """executive: {who}
appointment_type: career
period: {{from: 2023-10-01, to: 2024-09-30}}
plan: agency
individual_and_organizational: no
consulted_on: 2023-09-20
communicated_on: 2023-10-10
elements:
  - name: Leading People
    critical: yes
    weight: 50
    standard: Does it well.
    requirements:
      - {{text: Keep staff turnover low, perspective: employees, measure: turnover, target: under 8 percent, due: 2024-09-30}}
  - {{name: Business Acumen, critical: yes, weight: 30, standard: Does it well., requirements: []}}
"""


@pytest.fixture
def agency(tmp_path):
    folder = tmp_path / "DBT"
    shutil.copytree(SAMPLE, folder)
    (folder / "plan.yaml").unlink()
    (folder / "plans").mkdir()
    return folder


def bring(folder, *people):
    for who in people:
        (folder / "plans" / f"{who}.yaml").write_text(POOR.format(who=who), encoding="utf-8")


def read(folder, **picked):
    return walk.opened(folder, folder / "out", {"plan": "", "decided_on": "", "board": "", "person": ""} | picked)


def test_one_plan_brought_is_on_the_page_with_its_gaps(agency):
    """The page counts the gaps that the command counts, and no longer says that there is no plan."""
    assert walk.plan_problems(read(agency)).empty == show.NO_PLAN
    bring(agency, "DBT001")
    opened = read(agency)
    assert not {show.NO_PLAN, show.NOT_YET} & {walk.plan_problems(opened).empty, walk.gaps(opened).empty}
    rows = walk.gaps(opened).rows
    said = CliRunner().invoke(main, ["appraisal", "plan", str(agency)]).output
    count = walk.gaps(opened).title.partition(": ")[2]
    assert count == f"{len(rows)} gaps, a draft"
    assert "results" in " ".join(what for _, what in rows)
    assert f"DBT001.yaml: {len(read(agency).plans[0].gaps)} gap" in said
    assert "DBT001" in walk.coverage(opened).title


def test_of_many_plans_each_gap_says_whose_it_is(agency):
    """The plan in focus is that of the executive chosen; the findings say whose gap it is."""
    bring(agency, "DBT001", "DBT002")
    opened = read(agency, plan="DBT002")
    assert opened.plan.plan.executive == "DBT002"
    assert {row[0] for row in walk.gaps(opened).rows} == {"DBT001", "DBT002"}
    assert walk.gaps(opened).title.endswith("2 of 2 plans a draft")
    found = [one for one in findings.of_folder(agency) if one.rule.startswith("plan ")]
    assert len(found) == len(walk.gaps(opened).rows)
    assert {one.about for one in found} == {"DBT001", "DBT002"}
    assert {one.where.partition(" (")[0] for one in found} == {"DBT001", "DBT002"}
    assert [value for _, value in Desk(walk.WALK, agency, agency / "out").walk.picks[1].choices(opened)] == [
        "DBT001",
        "DBT002",
    ]


def test_a_plan_that_cannot_be_read_is_said_with_its_file(agency):
    """A plan with an unreadable entry is neither missing nor without gaps."""
    bring(agency, "DBT001")
    (agency / "plans" / "DBT001.yaml").write_text("executive: DBT001\nelements: none\n", encoding="utf-8")
    opened = read(agency)
    said = str(walk.plan_problems(opened).rows)
    assert "elements" in said
    assert show.NO_PLAN not in walk.plan_problems(opened).empty
    assert walk.gaps(opened).empty == show.UNREAD
