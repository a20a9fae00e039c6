"""Every paper of a request speaks of the list that is in use, and of no other."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from seskit.desk import cli
from seskit.law.certification.criteria import CRITERIA
from seskit.paper.certification import oversight, package, papers, request_papers
from seskit.record.certification.evidence_index import FILE
from seskit.work.certification import mock_review, year
from seskit.work.certification.suggestions import RehearsedFolder
from tests.places import SAMPLES

COMPLETE = yaml.safe_load((SAMPLES / "LKA" / FILE).read_text(encoding="utf-8"))["systems"][0]
NONE_HELD = {"held": "none", "held_since": None, "held_until": None}
SHORT = {
    "basic_system": True, "asked_on": date(2026, 12, 15), "decision_on": date(2026, 12, 20), "assessment_score": None, **NONE_HELD,
    "evidence": [{"item": n, "document": "Paper", "place": "page 1", "dated": date(2026, 12, 1)} for n in (1, 2, 20, 21)],
}  # fmt: skip
RENEWAL = {**SHORT, "held": "full", "held_since": date(2025, 6, 1), "held_until": date(2027, 5, 31)}
PROVISIONAL = {"requested": "provisional", **NONE_HELD}
ONE_LIST = {
    "long": {}, "short": SHORT, "renewal": RENEWAL, "provisional": PROVISIONAL,
    "calendar years": {"asked_on": date(2005, 1, 10), "decision_on": date(2005, 2, 10), **NONE_HELD},
    "2005 renewed": {"requested": "provisional", "held": "provisional", "held_since": None, "held_until": None,
                     "asked_on": date(2005, 1, 10), "decision_on": date(2005, 2, 10)},
}  # fmt: skip
SAID = {
    "Description of the system": "description", "Administrative instructions": "guidance", "Sample of": "sample",
    "Ratings, pay, adjustments": "ratings", "Self-assessment with": "tool", "Verification by": "document",
    "Yearly data": "document", "People ": "document",
}  # fmt: skip


@pytest.fixture
def agency(tmp_path):
    """A copy of the complete agency."""
    return Path(shutil.copytree(SAMPLES / "LKA", tmp_path / "LKA"))


def change(folder, **entries):
    """Write the index anew with other entries of its system, and rehearse."""
    (folder / FILE).write_text(yaml.safe_dump({"systems": [{**COMPLETE, **entries}]}, sort_keys=False))
    return mock_review.rehearse(folder)


@pytest.mark.parametrize("listed", ONE_LIST)
def test_the_letter_encloses_what_the_list_asks_for_and_no_more(agency, listed):
    """Each enclosure is an item of the list in use; plans are spoken of where a sample is asked for, and nowhere else."""
    found = change(agency, **ONE_LIST[listed])
    asked = {point.role for point in found.points if point.needed}
    enclosed = package.enclosed(found)[1:]
    roles = [role for text in enclosed for start, role in SAID.items() if text.startswith(start)]
    assert set(roles) <= asked
    assert asked & {"description", "guidance", "sample", "ratings", "tool", "document"} == set(roles)
    papers_made = (request_papers.letter(found, package.enclosed(found)), papers.request(found))
    for document in papers_made:
        assert (("Sample of" in document.body) or ("plans that are sent" in document.body)) == ("sample" in asked)


def test_a_description_that_is_not_written_is_not_enclosed_as_one(agency):
    """The letter names the agency's own document; the command says which papers are drafts still."""
    (agency / "system_description.yaml").unlink()
    change(agency)
    out = agency.parent / "out"
    said = CliRunner().invoke(
        cli.main, ["certification", "package", str(agency), "--out", str(out), "--format", "html"]
    )
    assert said.exit_code == 0, said.output
    assert "Still drafts, each with what it lacks: system_description_ses." in said.output
    letter = (out / "certification_letter_ses.html").read_text(encoding="utf-8")
    assert "Description of the system, as the checklist names it" in letter
    assert "in parts" not in letter


def documents(day, *keys):
    """A document for each criterion, for its use."""
    return [
        {"criterion": key, "shows": "application", "document": f"Paper on {key}", "place": "page 1", "dated": day}
        for key in keys
    ]


def test_the_oversight_letter_can_be_signed_whatever_the_list(agency):
    """Its statements rest on the rosters and on the assessment the index names, also where no item asks for them."""
    periods = [
        {"from": date(2024, 10, 1), "to": date(2025, 9, 30), "roster": "roster_2015.csv"},
        {"from": date(2025, 10, 1), "to": date(2026, 9, 30), "roster": "roster.csv", "ratings_begin": date(2026, 10, 14)},
    ]  # fmt: skip
    for name in ("roster.csv", "roster_2015.csv"):
        text = (agency / name).read_text(encoding="utf-8")
        (agency / name).write_text(text.replace("2016-1", "2026-1").replace("2015-1", "2025-1"))
    bare = change(agency, **SHORT, periods=periods)
    assert oversight.letter(bare).draft
    body = oversight.letter(bare).body
    assert "not asked about it" not in body
    assert body.count("is not shown") == 1
    assert "no document is named in certification.yaml" in body.replace("\\", "")
    named = {**SHORT, "evidence": [*SHORT["evidence"], *documents(date(2026, 10, 7), "assessments_guidelines")]}
    assert not oversight.letter(change(agency, **named, periods=periods)).draft
    late = {**SHORT, "evidence": [*SHORT["evidence"], *documents(date(2026, 11, 7), "assessments_guidelines")]}
    told = oversight.letter(change(agency, **late, periods=periods)).body.replace("\\", "")
    assert "no document is dated between the end of the period" in told


def test_what_the_index_shows_is_not_denied_while_the_verification_is_open(agency):
    """Without items 20 and 21 a criterion stands by its own document; the package is incomplete and says by what."""
    evidence = [one for one in SHORT["evidence"] if one["item"] < 20]
    assert change(agency, **{**SHORT, "evidence": evidence}).grade == "none"
    own = [
        {"criterion": key, "shows": "design", "document": "Directive", "place": "page 1", "dated": date(2016, 1, 4)}
        for key in CRITERIA
    ]
    found = change(agency, **{**SHORT, "evidence": [*evidence, *own]})
    assert found.grade == "incomplete"
    assert [reason.text for reason in found.result.deciding if reason.outcome == "met"] == []
    assert "not met" in {reason.outcome for reason in found.result.deciding}
    assert [point.number for point in found.open] == [20, 21]
    assert RehearsedFolder(agency, found).suggest("", "alignment.design").standing == "met"


@pytest.mark.parametrize("listed", ["long", "short"])
def test_the_number_covered_is_compared_on_every_list(agency, listed):
    """With an Inspector General's people left out it says so."""
    text = (agency / "roster.csv").read_text(encoding="utf-8")
    (agency / "roster.csv").write_text(text.replace(",no,career", ",yes,career", 2))
    (fault,) = [one for one in change(agency, **ONE_LIST[listed]).problems if "covered says" in one.reason]
    assert fault.severity == "error"
    assert "has 30 people, with 2 of Inspector General offices left out" in fault.reason


@pytest.mark.parametrize(("score", "outcomes"), [(92, {"met"}), (85, {"met", "not met"}), (70, {"not met"})])
def test_a_score_that_is_entered_is_judged_before_its_paper_is_named(agency, score, outcomes):
    """The score counts as entered; the tool that is not named leaves the package incomplete."""
    evidence = [entry for entry in COMPLETE["evidence"] if entry.get("item") != 19]
    found = change(agency, evidence=evidence, assessment_score=score)
    assert found.grade == "incomplete"
    assert {one.outcome for one in found.result.reasons if f"The score is {score}" in one.text} == outcomes
    assert "is not stated; with" not in found.result.to_text().partition("Assessment-tool score")[2][:30]


def test_a_request_before_the_short_list_needs_the_papers_of_its_own_day(agency):
    """Asked for before the short list was in use and decided after: what the check finds missing, the rehearsal misses."""
    evidence = [entry for entry in COMPLETE["evidence"] if entry.get("item") != 19]
    days = {"asked_on": date(2018, 12, 1), "decision_on": date(2019, 3, 1)}
    found = change(agency, basic_system=True, evidence=evidence, **days, **NONE_HELD)
    assert 19 in [point.number for point in found.open]
    assert found.grade != "full"


def test_before_there_were_rules_every_command_says_so(agency):
    """A request of a day without rules of certification is told as that at its entry; nothing stops half way."""
    days = {"asked_on": date(2003, 12, 1), "decision_on": date(2004, 3, 1), **NONE_HELD}
    periods = [
        {"from": date(2001, 10, 1), "to": date(2002, 9, 30), "roster": "roster_2015.csv"},
        {"from": date(2002, 10, 1), "to": date(2003, 9, 30), "roster": "roster.csv"},
    ]
    found = change(agency, **days, periods=periods)
    assert (found.grade, found.final, found.points) == ("none", False, ())
    assert [one.column for one in found.problems if one.file == FILE] == ["asked_on"]
    for command in ("check", "rehearse", "package", "assess", "dates"):
        more = ["--out", str(agency.parent / "out"), "--format", "html,json"] if command == "package" else []
        said = CliRunner().invoke(cli.main, ["certification", command, str(agency), *more])
        assert said.exit_code in (0, 1), (command, said.output)
        assert "as_of" not in said.output


LISTS_OF_2005 = [
    {"item": n, "document": f"Paper {n}", "place": "page 1", "dated": date(2005, 1, 5)} for n in (1, 22, 23)
]
RENEWED = {
    **ONE_LIST["2005 renewed"],
    "basic_system": False,
    "assessment_score": None,
    "sampled_plans": [],
    "periods": [{"from": date(2003, 10, 1), "to": date(2004, 9, 30), "roster": "roster.csv"}],
}


@pytest.mark.parametrize(
    ("gone", "more", "grade", "open_ones"),
    [
        (None, [], "provisional", []),
        (22, [], "none", [22]),
        (22, CRITERIA, "incomplete", [22]),
        (None, ["against"], "none", [6]),
    ],
)
def test_a_provisional_certification_of_2004_is_renewed_by_its_own_list(agency, gone, more, grade, open_ones):
    """A letter and two lists are enough (CPM 2004-34); the criteria stand as they were shown, save what a document denies."""
    entries = [one for one in LISTS_OF_2005 if one["item"] != gone]
    paper = {"document": "Audit", "place": "page 1", "dated": date(2005, 1, 5), "shows": "design"}
    entries += [
        {**paper, "criterion": "alignment", "finding": "does not meet"}
        if one == "against"
        else {**paper, "criterion": one}
        for one in more
    ]
    for name, ended in (("roster.csv", "2004"), ("roster_2015.csv", "2003")):
        text = (agency / name).read_text(encoding="utf-8")
        (agency / name).write_text(text.replace("2016-1", f"{ended}-1").replace("2015-1", f"{ended}-1"))
    found = change(agency, **RENEWED, evidence=entries)
    assert found.grade == grade
    assert [point.number for point in found.open] == open_ones
    if grade == "provisional":
        assert found.result.answer.last_day == date(2005, 12, 31)
        assert found.final, found.problems
        assert "CPM 2004-34" in CliRunner().invoke(cli.main, ["certification", "check", str(agency)]).output
        assert "count as shown" in request_papers.letter(found, package.enclosed(found)).body


def test_an_item_of_another_list_is_no_fault_of_a_short_one(agency):
    """The index of the full request may stay as it is where a short list is in use, whichever of them it is."""
    for short in (SHORT, RENEWED):
        day = short["asked_on"]
        own = short.get("evidence", LISTS_OF_2005)
        every = [*own, *({**own[0], "item": n, "dated": day} for n in (3, 4, 5, 18))]
        found = change(agency, **{**short, "evidence": every})
        assert not [one for one in found.problems if "does not ask for" in one.reason]


@pytest.mark.parametrize(
    ("asked_on", "section", "guided"),
    [
        (date(2005, 1, 10), "430.312", False),
        (date(2010, 1, 10), "430.312", True),
        (date(2015, 10, 25), "430.312", True),
        (date(2015, 10, 26), "430.314", True),
    ],
)
def test_a_request_cites_the_sections_and_the_guidance_of_its_day(agency, asked_on, section, guided):
    """The approval of a system moved with the rule of 2015; asking again six months before is guidance of 2008 and later."""
    found = change(agency, asked_on=asked_on, decision_on=asked_on, periods=[], **NONE_HELD)
    (approval,) = [point for point in found.points if point.number == 2]
    assert f"(5 CFR {section})" in approval.requirement
    told = [step.what for step in year.steps(agency, found, []) if "six months before" in step.what]
    assert bool(told) == guided
