"""Two files of an agency say whether its system is certified: where they differ on the day that counts, it is said."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from seskit.record.certification.evidence_index import FILE
from seskit.work import findings
from seskit.work.certification import mock_review
from tests.places import SAMPLES

COMPLETE = yaml.safe_load((SAMPLES / "LKA" / FILE).read_text(encoding="utf-8"))["systems"][0]
NONE_HELD = {"held": "none", "held_since": None, "held_until": None}
DAY = date(2016, 9, 30)


@pytest.fixture
def agency(tmp_path):
    """A copy of the complete agency, whose period ends on 2016-09-30."""
    return Path(shutil.copytree(SAMPLES / "LKA", tmp_path / "LKA"))


def said(folder, certified, **entries):
    """What is said of the certification in agency.yaml, with other entries of the system."""
    (folder / FILE).write_text(yaml.safe_dump({"systems": [{**COMPLETE, **entries}]}, sort_keys=False))
    text = (folder / "agency.yaml").read_text(encoding="utf-8")
    (folder / "agency.yaml").write_text(text.replace("certified: true", f"certified: {certified}"), encoding="utf-8")
    return [one for one in mock_review.rehearse(folder).problems if one.column == "certified"]


@pytest.mark.parametrize(
    ("certified", "entries", "differs"),
    [
        ("true", {}, False),
        ("false", {}, True),
        ("", {}, False),
        ("true", NONE_HELD, True),
        ("false", NONE_HELD, False),
        ("true", {"held_since": date(2014, 10, 1), "held_until": DAY}, False),
        ("true", {"held_since": date(2014, 9, 30), "held_until": date(2016, 9, 29)}, True),
        ("true", {"held_since": date(2014, 10, 1), "held_until": None}, False),
        ("true", {"held_since": date(2014, 9, 30), "held_until": None}, True),
        ("true", {"held_since": date(2016, 10, 1), "held_until": date(2018, 9, 30)}, False),
        ("false", {"group": "SL/ST"}, False),
        ("false", {"inspector_general": True}, False),
    ],
)
def test_what_the_two_files_say_of_the_last_day_of_the_period_is_compared(agency, certified, entries, differs):
    """On its last day a certification still counts, on the day after no more; what is not known is not compared."""
    assert [one.severity for one in said(agency, certified, **entries)] == ["warning"] * differs


def test_it_is_among_what_needs_attention(agency):
    """It stands with agency.yaml, and blocks nothing."""
    (fault,) = said(agency, "false")
    assert (fault.file, fault.value) == ("agency.yaml", "false")
    assert f"in force on {DAY}" in fault.reason
    assert mock_review.rehearse(agency).final
    assert [one for one in findings.of_folder(agency) if "certification in force" in one.sentence]
