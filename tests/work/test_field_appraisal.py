"""From the field: an appraisal year of fifteen executives with its faults, the ceiling first, and our readings apart."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from seskit.desk.cli import main
from seskit.law import appraisal
from seskit.paper.appraisal import packet
from seskit.work.appraisal import year_record
from tests.places import FIELD, SAMPLES

FOLDER = FIELD / "32-appraisal-year"
#: Each planted fault: the executive, and the check that finds it.
PLANTED = {
    ("NLS01", "T2"), ("NLS02", "T3"), ("NLS03", "T1"), ("NLS04", "T25"), ("NLS05", "T4"), ("NLS06", "T6"),
    ("NLS07", "T8"), ("NLS08", "T10"), ("NLS09", "T11"), ("NLS10", "T13"), ("NLS11", "T15"), ("NLS11", "T21"),
    ("NLS12", "T17"), ("NLS13", "T19"), ("NLS15", "T16"),
}  # fmt: skip


def test_every_planted_fault_is_found_and_nothing_else() -> None:
    """Fifteen findings about the executives, and the board's late publication."""
    found = year_record.audit(year_record.open_folder(FOLDER))
    assert {(one.person_id, one.check) for one in found.findings} == PLANTED
    assert all(one.outcome == "not met" for one in found.findings)
    boards = {(one.outcome, one.text[:3]) for one in found.board_findings()}
    assert ("not met", "P8:") in boards


def test_a_review_after_the_final_rating_is_found_owed_or_not() -> None:
    """NLS09 asked when the board had the rating, and the review came two days after the annual rating."""
    found = year_record.audit(year_record.open_folder(FOLDER))
    (one,) = [one for one in found.findings if one.person_id == "NLS09"]
    assert "2026-11-12, after the annual rating of 2026-11-10" in one.found
    assert "4312(b)(3)" in one.citation


def test_an_extended_period_that_has_ended_calls_for_a_rating() -> None:
    """5 U.S.C. 4314(b)(1)(A). NLS15's period was extended to 2026-11-12; looked at earlier nothing is due, later the rating is missing."""
    files = year_record.open_folder(FOLDER)
    for day, due in (("2026-11-12", False), ("2026-11-13", True)):
        found = year_record.audit(files, date.fromisoformat(day))
        assert (("NLS15", "T16") in {(one.person_id, one.check) for one in found.findings}) is due


def test_quarterly_reviews_are_our_reading_with_a_switch(tmp_path: Path) -> None:
    """K16: no finding on the timing cites the regulation; the switch of appraisal.yaml turns the stricter reading on."""
    shutil.copytree(FOLDER, tmp_path / "a")
    cycle = yaml.safe_load((FOLDER / "appraisal.yaml").read_text())
    cycle |= {"quarterly_reviews": "inside the quarter", "last_quarter": "review"}
    (tmp_path / "a" / "appraisal.yaml").write_text(yaml.safe_dump(cycle, sort_keys=False))
    strict = year_record.audit(year_record.open_folder(tmp_path / "a"))
    panels = [one for one in strict.findings if one.check == "T25"]
    assert len(panels) == 13
    assert not any("430.30" in one.citation for one in panels)
    assert [one.person_id for one in strict.findings if one.check == "T4"] == ["NLS05"]
    for executive in strict.executives:
        for reason in executive.result.reasons:
            assert not reason.text.startswith("T25") or reason.basis == "design"


@pytest.mark.parametrize(("levels", "over"), [({}, False), ({"NLS01": 4}, True)])
def test_the_ceiling_comes_first_where_it_binds(tmp_path: Path, levels: dict[str, int], over: bool) -> None:
    """K17: the first line of the audit, of the list of actions and of the packet speaks of the ceiling."""
    folder = Path(shutil.copytree(FOLDER, tmp_path / "a"))
    for who, level in levels.items():
        lines = (folder / "roster.csv").read_text().splitlines()
        changed = [
            line.replace(",3,2026-11-10", f",{level},2026-11-10") if line.startswith(who) else line for line in lines
        ]
        (folder / "roster.csv").write_text("\n".join(changed) + "\n")
    found = year_record.audit(year_record.open_folder(folder))
    assert any(one.over for one in found.ceilings) is over
    assert "at most 3 of 12" in found.ceiling_says
    ran = CliRunner().invoke(main, ["appraisal", "audit", str(folder)])
    assert ran.output.startswith("Levels 4 and 5: ")
    acted = CliRunner().invoke(main, ["appraisal", "actions", str(folder), "--decided-on", "2026-12-01"])
    assert acted.output.startswith("Levels 4 and 5: ")
    html = " ".join(packet.document(found).to_html().split())
    assert html.index("at most 3 of 12") < html.index("Late, missing or out of order")


def test_an_agency_that_the_ceiling_does_not_cover_reads_nothing_of_it() -> None:
    """Before fiscal year 2026 no ceiling binds, and no line speaks of one."""
    sample = SAMPLES / "DBT"
    found = year_record.audit(year_record.open_folder(sample))
    assert (found.ceiling_says, found.ceilings) == ("", ())


def test_without_roster_facts_the_roster_is_not_judged() -> None:
    """No roster facts given: cannot tell; a roster that was read and is blank: not met."""
    steps = [{"step": "final_rating", "on": "2024-11-18", "by": "appointing_authority", "level": 4}]
    unknown = appraisal.check_steps("2023-10-01", steps=steps)
    assert "T21" in unknown.answer["not_known"]
    blank = appraisal.check_steps("2023-10-01", steps=steps, roster_read=True)
    assert "T21" in blank.answer["failed"]
