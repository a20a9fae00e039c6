"""Two requests from the field: a new system of 2004, and a renewal with two documents missing."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from seskit.law import certification
from seskit.work.certification import mock_review
from seskit.work.certification.evidence import which_list
from seskit.work.certification.mock_review import AskedAgain
from tests.places import FIELD, SAMPLES

NEW, RENEWAL = FIELD / "30-new-system-2004", FIELD / "31-renewal-two-documents"


def changed(folder: Path, to: Path, source: str = "certification.yaml", **entries: Any) -> mock_review.Rehearsal:
    """Rehearse a copy of a folder whose one system has other entries; None takes an entry away."""
    shutil.copytree(folder, to)
    index = yaml.safe_load((folder / source).read_text(encoding="utf-8"))
    system = {key: value for key, value in {**index["systems"][0], **entries}.items() if value is not None}
    (to / "certification.yaml").write_text(yaml.safe_dump({"systems": [system]}, sort_keys=False))
    return mock_review.rehearse(to)


def test_a_renewal_without_its_two_documents_names_those_two(tmp_path: Path) -> None:
    """The rehearsal asks for the documents that the check names, no more, and counts the two periods that are there."""
    found = changed(RENEWAL, tmp_path / "a", "cert_2docs.yaml")
    assert [point.number for point in found.open] == [20, 21]
    (better,) = found.changes
    assert better.to == "full"
    assert len(better.steps) == 2
    for point, step in zip(found.open, better.steps, strict=True):
        assert f"item {point.number}" in step
    periods = [reason.text for reason in found.result.reasons if "appraisal periods are there" in reason.text]
    assert periods == ["Ratings and pay data of 2 appraisal periods are there; 2 were given."]
    assert "0 were given" not in found.result.to_text()
    assert found.result.answer["would_change"] == list(better.steps)
    assert "sign the request" not in found.result.says


def test_the_renewal_with_its_documents_is_full() -> None:
    """With both documents nothing is open, and the certification lasts 24 months; their former numbers are told."""
    found = mock_review.rehearse(RENEWAL)
    assert "the numbers items once had" in which_list(found.system, found.points)
    assert (found.open, found.changes, found.grade) == ((), (), "full")
    assert str(found.result.answer["last_day"]) == "2029-05-14"


@pytest.mark.parametrize("periods", [True, False], ids=["an earlier roster", "no period"])
def test_a_new_system_needs_no_rating_period(tmp_path: Path, periods: bool) -> None:
    """K21: provisional certification of 2004 asks for no period; covered fixes the sample, and listed plans are seen."""
    found = mock_review.rehearse(NEW) if periods else changed(NEW, tmp_path / "a", periods=None)
    assert (found.grade, found.open, found.changes) == ("provisional", (), ())
    assert str(found.result.answer["last_day"]) == "2004-12-31"
    sample = next(point for point in found.points if point.role == "sample")
    assert (sample.number, sample.state, sample.documents) == (
        15,
        "shown",
        ("Sample list, 20 plans, kept outside the folder",),
    )
    assert "20 are needed for 26 covered employees; 20 were sent" in found.result.to_text()


def test_a_short_sample_of_a_new_system_is_one_step(tmp_path: Path) -> None:
    """K21: with nineteen plans listed the sample alone is missing, and alone is the way to provisional."""
    plans = [f"NLS{number:02}" for number in range(1, 20)]
    found = changed(NEW, tmp_path / "a", periods=None, sampled_plans=plans)
    assert [(point.role, point.state) for point in found.open] == [("sample", "missing")]
    assert found.changes == (mock_review.Change("provisional", ("send 20 performance plans (item 15)",)),)


def own_design(folder: Path, score: int, requested: str = "full") -> mock_review.Rehearsal:
    sample = SAMPLES / "LKA"
    return changed(sample, folder, assessment_score=score, requested=requested)


def test_k19_provisional_needs_80_points(tmp_path: Path) -> None:
    """K19: from 79 points 80 lead to provisional and 90 to full; a provisional request is told of 80 alone."""
    found = own_design(tmp_path / "a", 79)
    assert [(change.to, change.steps) for change in found.changes] == [
        ("provisional", ("score 80 points with the assessment tool",)),
        ("full", ("score 90 points with the assessment tool",)),
    ]
    less = own_design(tmp_path / "b", 79, "provisional")
    assert [change.steps for change in less.changes] == [("score 80 points with the assessment tool",)]
    assert own_design(tmp_path / "c", 80, "provisional").grade == "provisional"


def test_the_list_is_the_shortest_there_is(tmp_path: Path) -> None:
    """No smaller choice among all open steps reaches the better outcome."""
    sample = SAMPLES / "LKA"
    evidence = yaml.safe_load((sample / "certification.yaml").read_text())["systems"][0]["evidence"]
    kept = [entry for entry in evidence if entry.get("item") not in (1, 4) and entry.get("criterion") != "results"]
    found = changed(sample, tmp_path / "a", assessment_score=79, evidence=kept)
    steps = AskedAgain(found.system, found.data, found.points).steps
    assert len(steps) > 4
    for change in found.changes:
        assert AskedAgain(found.system, found.data, found.points).grade(change.steps) == change.to
        for some in itertools.combinations(steps, len(change.steps) - 1):
            reached = AskedAgain(found.system, found.data, found.points).grade(some)
            assert reached != change.to
            assert not (change.to == "provisional" and reached == "full")


def test_every_open_point_of_the_check_is_a_step(tmp_path: Path) -> None:
    """Check and rehearsal speak of the same points, whatever is missing."""
    sample = SAMPLES / "LKA"
    found = changed(sample, tmp_path / "a", evidence=None, sampled_plans=None)
    assert len(found.open) > 15
    numbers = {f"item {point.number}" for point in found.open if point.role != "tool"}
    told = " ".join(AskedAgain(found.system, found.data, found.points).steps)
    assert all(f"{number}:" in told or f"({number})" in told for number in numbers)


def test_k20_pay_above_level_iii_is_an_indicator(tmp_path: Path) -> None:
    """K20: people above level III with a level below 4 are named in a caution; no criterion fails by it."""
    found = mock_review.rehearse(RENEWAL)
    last = found.data[-1]
    low = [paid for paid in last.above if paid.rating is not None and paid.rating < 4]
    assert len(low) > 0
    assert last.pay_follows is True
    assert last.indicators is not None
    cautions = " ".join(last.indicators.cautions)
    for paid in low:
        assert f"{paid.person_id} (level {paid.rating})" in cautions
    counts = {"counts": [0, 0, 5, 3, 2], "average_pay": [0, 0, 5000, 9000, 9001], "above_level_III": [0, 0, 1, 2, 2]}
    result = certification.indicators("2016-09-30", **counts)
    assert not any("430.404(a)(9)" in reason.citation for reason in result.reasons if reason.outcome == "not met")


@pytest.mark.parametrize(("rates", "rise"), [([0, 0, 150, 160, 170], True), ([0, 0, 175, 160, 170], False)])
def test_k20_levels_of_pay_are_compared(rates: list[int], rise: bool) -> None:
    """K20: average basic pay by level is compared, and a fall names the levels with their pay."""
    result = certification.indicators(
        "2016-09-30", counts=[0, 0, 5, 3, 2], average_rate=[rate * 1000 for rate in rates]
    )
    assert result.answer["levels_of_pay_rise"] is rise
    said = "level 4 $160,000, level 3 $175,000"
    assert any(said in caution for caution in result.cautions) is not rise


def test_the_ceiling_comes_first_in_rehearsal_and_check(tmp_path: Path) -> None:
    """K17: the rehearsal's first caution is the ceiling; over it, the first problem of the check says so."""
    found = mock_review.rehearse(RENEWAL)
    assert (
        found.result.cautions[0]
        == "Levels 4 and 5 in October 1, 2025 to September 30, 2026: Within the ceiling: at most 6 of 22."
    )
    assert not found.problems
    shutil.copytree(RENEWAL, tmp_path / "a")
    roster = tmp_path / "a" / "roster.csv"
    lines = roster.read_text().splitlines()
    place = next(n for n, line in enumerate(lines) if ",career," in line and ",3,2026-11-05," in line)
    lines[place] = lines[place].replace(",3,2026-11-05,", ",4,2026-11-05,")
    roster.write_text("\n".join(lines) + "\n")
    over = mock_review.rehearse(tmp_path / "a")
    assert "Over the ceiling" in over.result.cautions[0]
    assert "Over the ceiling" in over.problems[0].reason
    old = SAMPLES / "LKA"
    assert not any("Levels 4 and 5" in caution for caution in mock_review.rehearse(old).result.cautions)
