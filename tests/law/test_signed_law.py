"""What papers that are signed say of the law: of its day, and on both sides of what decides."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date

import pytest

from seskit.law import appraisal, certification
from seskit.work.certification import description, mock_review, self_assessment
from seskit.work.closeout import move_notices
from tests.noticed import DBT, move, said
from tests.places import SAMPLES

LKA = SAMPLES / "LKA"
#: Each topic of subpart C by its section in the rule of 2000 and from October 26, 2015.
SECTIONS = {
    "planning": ("430.305", "430.306"), "monitoring": ("430.306", "430.307"), "rating": ("430.308", "430.309"),
    "moves": ("430.307", "430.310"), "boards": ("430.310", "430.311"), "use": ("430.309", "430.312"),
    "upkeep": ("430.311", "430.313"), "period": ("430.304", "430.304"), "elements": ("430.305", "430.305"),
    "levels": ("430.304", "430.305"),
}  # fmt: skip


@pytest.mark.parametrize(("on", "place"), [(date(2015, 10, 25), 0), (date(2015, 10, 26), 1)])
def test_each_part_of_a_description_cites_the_section_of_its_day(on, place):
    """Subpart C was renumbered on October 26, 2015: systems 430.304, standards 430.305, and each topic one further."""
    found = mock_review.rehearse(LKA)
    system = found.system.model_copy(update={"asked_on": on})
    parts = {one.key: one.law for one in description.describe(LKA, replace(found, system=system)).parts}
    for key, sections in SECTIONS.items():
        assert sections[place] in parts[key], key


@pytest.mark.parametrize(("given", "is_late"), [("2024-12-13", False), ("2024-12-14", True)])
def test_a_removal_on_probation_needs_notice_before_its_day(tmp_path, closeout, given, is_late):
    """5 U.S.C. 3592(a)(1), 5 CFR 359.402: in writing, before the effective date; no number of days, no hearing."""
    facts = {"person_id": "DBT009", "move": "removal", "reason": "Unacceptable work.", "effective_on": "2024-12-14",
             "from_career": "yes", "to_position": "Auditor"}  # fmt: skip
    one = move(tmp_path, closeout, **facts, given_on=given)
    assert any("notice is due by 2024-12-13" in text for text in one.open) is is_late, one.open
    assert "359.402" in said(one)
    assert "Merit Systems" not in said(one)


@pytest.mark.parametrize(("career", "words"), [("yes", "at GS-15 or above"), ("no", "no right to placement")])
def test_placement_on_probation_turns_on_where_one_came_from(tmp_path, closeout, career, words):
    """5 U.S.C. 3594(b), 5 CFR 359.701 to 359.703: a right only for one who came from a career appointment."""
    one = move(tmp_path, closeout, person_id="DBT009", move="removal", given_on="2024-11-01", effective_on="2024-12-14",
               from_career=career, reason="Unacceptable work.")  # fmt: skip
    assert words in said(one)
    assert career != "yes" or "359.701-.703" in said(one)


def test_a_placement_letter_cites_what_the_position_must_be(closeout):
    """5 CFR 359.702, 359.703: a vacant continuing position at GS-15 or above; pay by 5 U.S.C. 3594(c)."""
    made, _ = move_notices.of_folder(DBT, closeout)
    (one,) = [one for one in made if one.kind.startswith("placement")]
    assert "359.702, 359.703" in said(one)


def test_a_transfer_is_voluntary_by_its_section(closeout):
    """5 CFR 317.902: no time of notice, the executive's own agreement."""
    made, _ = move_notices.of_folder(DBT, closeout)
    (one,) = [one for one in made if one.kind == "transfer"]
    assert "voluntary" in said(one)
    assert "317.902" in said(one)


def test_a_removal_past_probation_rests_on_its_ratings(closeout):
    """5 U.S.C. 3592(a)(2), 4314(b)(3); 5 CFR 359.501: two unsatisfactory ratings in five years, or one."""
    made, _ = move_notices.of_folder(DBT, closeout)
    rests = {one.person.person_id: said(one) for one in made if one.kind.startswith("removal")}
    assert "two unsatisfactory ratings in 5 years" in rests["DBT058"]
    assert "one unsatisfactory rating" in rests["DBT109"]
    assert all("359.501" in text and "3592(a)(2)" in text for text in rests.values())


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [("AL4", "430.309", "430.312"), ("AL7", "430.312", "430.314"), ("AL8", "430.311", "430.313")],
)
def test_what_leaders_owe_is_cited_by_the_section_of_its_day(key, before, after):
    """5 U.S.C. 4312(c); 5 CFR 430.312, 430.313, 430.314 from October 26, 2015: one thing left undone fails, by its section."""
    for on, section in (("2014-10-01", before), ("2016-10-01", after)):
        given = [f"AL{number}" for number in range(1, 13) if f"AL{number}" != key and (on > "2015" or number != 11)]
        answer = appraisal.leader_responsibilities(on, met=given, not_met=[key])
        assert answer.answer["failed"] == [key]
        (reason,) = [one for one in answer.reasons if one.outcome == "not met"]
        assert section in reason.citation
        assert key != "AL7" or "4312(c)" in reason.citation


@pytest.mark.parametrize(
    ("fact", "law", "words"),
    [
        ("system_described", "430.405(b)(1)(i)", "describe the system in full"),
        ("guidance_sent", "430.405(b)(1)(ii)", "send the administrative instructions"),
        ("more_supplied", "430.405(b)(5)", "supply whatever else"),
    ],
)
def test_each_part_of_a_request_is_asked_for(fact, law, words):
    """5 CFR 430.405(b)(1)(i), (b)(1)(ii), (b)(5): what is not sent leaves the request incomplete, and is named."""
    for sent in (True, False):
        answer = certification.assess("2012-03-16", group="SES", requested="full", **{fact: sent})
        (reason,) = [one for one in answer.reasons if one.citation == f"5 CFR {law}"]
        assert reason.outcome == ("met" if sent else "not met")
        assert any(words in one for one in answer.answer["would_change"]) is not sent


@pytest.mark.parametrize(
    ("on", "stated", "lawful"),
    [("2015-10-25", None, None), ("2015-10-26", None, None), ("2015-10-26", False, False), ("2015-10-26", True, True)],
)
def test_an_agencys_own_name_of_a_level_needs_its_statement(on, stated, lawful):
    """5 CFR 430.305(a)(7), from October 26, 2015: a name of the agency's own comes with the level it equals."""
    answer = appraisal.check_rating(on, rating=4, pattern=5, label="Splendid", equivalency_stated=stated)
    assert answer.answer["names_lawful"] is lawful
    assert any("430.305(a)(7)" in one.citation for one in answer.reasons) is (on == "2015-10-26")


@pytest.mark.parametrize("described", [True, False])
def test_the_levels_must_be_described(tmp_path, described):
    """5 CFR 430.305(a)(3): with the document that describes the levels the point is met, without it it is not."""
    place = shutil.copytree(LKA, tmp_path / "LKA")
    if not described:
        text = (place / "certification.yaml").read_text(encoding="utf-8")
        kept = [line for line in text.splitlines() if "table of summary levels" not in line and "item: 5," not in line]
        (place / "certification.yaml").write_text("\n".join(kept) + "\n", encoding="utf-8")
    points = self_assessment.assess(place, mock_review.rehearse(place)).points
    (point,) = [one for one in points if one.asked.key == "levels.described"]
    assert (point.standing == "met") is described
    assert point.asked.law == "5 CFR 430.305(a)(3)"
