"""What an agency signs for certification: letter, description, self-assessment and the year, and how their pages look."""

from __future__ import annotations

import csv
import io
import re
import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal

import icalendar
import pypdf
import pytest
from click.testing import CliRunner

from seskit.desk import cli
from seskit.desk.certification import walk
from seskit.desk.opener.state import Desk
from seskit.formats.days import long_date
from seskit.paper.certification import oversight, package, papers, request_papers, year_page
from seskit.work import folder_check
from seskit.work.certification import description, mock_review, self_assessment, year
from seskit.work.certification.suggestions import PERSON
from tests.places import SAMPLES

LKA, OQH, DBT = SAMPLES / "LKA", SAMPLES / "OQH", SAMPLES / "DBT"
SECTIONS = (
    "coverage", "period", "levels", "alignment", "results", "measures", "perspectives", "distinctions", "consequences",
    "feedback", "training", "guidance", "oversight",
)  # fmt: skip


@pytest.fixture(scope="module")
def found():
    """The rehearsal of the complete sample."""
    return mock_review.rehearse(LKA)


@pytest.fixture(scope="module")
def assessed(found):
    """Its self-assessment."""
    return self_assessment.assess(LKA, found)


@pytest.fixture(scope="module")
def pages(found, assessed):
    """The PDF of every paper that goes with a request, made once: name -> pages as lines with their height."""
    made = {
        "letter": request_papers.letter(found, package.enclosed(found)),
        "description": request_papers.description(found, description.describe(LKA, found)),
        "assessment": request_papers.assessment(assessed),
        "request": papers.request(found),
        "annual": papers.annual(found),
        "year": year_page.document(found, year_page.steps(found, LKA)),
    }
    return {name: (document, _pages(document.to_pdf())) for name, document in made.items()}


def _pages(content):
    """Each page as (height from the bottom, size, text), the footer left out, from top to bottom."""
    listed = []
    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        lines = []

        def keep(text, moved, matrix, __, size, lines=lines):
            height = matrix[4] * moved[1] + matrix[5] * moved[3] + moved[5]
            if text.strip() and height > 50 and size < 100:
                lines.append((height, size, text.strip()))

        page.extract_text(visitor_text=keep)
        images = [0.0] * len(page.images)
        listed.append((sorted(lines, reverse=True), len(images)))
    return listed


def copied(place, source, name, text):
    """A copy of an agency with one more file."""
    to = shutil.copytree(source, place / source.name)
    (to / name).write_text(text)
    return to


def test_the_sections_are_those_of_the_tool(assessed):
    """Thirteen sections, each with points, law and what is left to judge; together they weigh 100."""
    assert tuple(one.key for one in assessed.sections) == SECTIONS
    assert round(sum(one.weight for one in assessed.sections), 10) == 100
    for point in assessed.points:
        assert point.asked.key.startswith(f"{point.asked.section}.")
        assert point.asked.law
        assert point.asked.person
        assert point.suggestion.seen


def test_a_point_is_met_partly_or_not_and_the_score_follows(found, assessed):
    """By hand: thirteen sections of 100/13, one point of two partly and one of two not met."""
    assert {one.asked.key: one.standing for one in assessed.points if one.standing != "met"} == {
        "measures.source": "partly", "training.results": "not met",
    }  # fmt: skip
    thirteenth = Decimal(100) / 13
    assert assessed.score == (thirteenth * 12 + thirteenth * Decimal("0.25")).quantize(Decimal("0.01"), "ROUND_DOWN")
    assert not assessed.open


def test_an_answer_that_nothing_shows_does_not_count(tmp_path, found):
    """Without document and without a suggestion as good, a point stays with a person."""
    text = (LKA / "assessment.yaml").read_text().replace(", document: Training record for 2016", "").replace(
        ", place: pages 1 to 3, dated: 2016-03-15", ""
    )  # fmt: skip
    seen = self_assessment.assess(copied(tmp_path, LKA, "assessment.yaml", text), found)
    (point,) = [one for one in seen.points if one.asked.key == "training.given"]
    assert (point.standing, point.said) == (PERSON, "answered without evidence")
    assert "without a document" in request_papers.assessment(seen).body
    assert request_papers.assessment(seen).draft


def test_an_answer_above_the_files_is_named(tmp_path):
    """The open sample has a form that is too old; an answer may say otherwise, and both are shown."""
    rehearsal = mock_review.rehearse(OQH)
    text = "answers:\n  - {point: alignment.form, answer: met, document: Plan form, place: part 2, dated: 2016-10-03}\n"
    seen = self_assessment.assess(copied(tmp_path, OQH, "assessment.yaml", text), rehearsal)
    (point,) = [one for one in seen.points if one.differs]
    assert point.asked.key == "alignment.form"
    assert "Answers above what the files show" in request_papers.assessment(seen).body


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "answers:\n  - {point: coverage.named, answer: met}\n  - {point: coverage.named, answer: partly}\n",
            "answered twice",
        ),
        ("answers:\n  - {point: coverage.nobody, answer: met}\n", "is not a point of the assessment"),
        ("answers:\n  - {point: coverage.named, answer: perhaps}\n", "answer"),
    ],
)
def test_answers_are_checked(tmp_path, found, text, words):
    """A point twice, an unknown point, an unknown answer: each a problem of the file."""
    seen = self_assessment.assess(copied(tmp_path, LKA, "assessment.yaml", text), found)
    assert any(words in str(problem) for problem in seen.problems), seen.problems


def test_weights_are_the_agencys_or_alike(tmp_path, found):
    """Weights for every section that add up to 100, or none at all."""
    own = {key: (4 if key != "coverage" else 52) for key in SECTIONS}
    text = "weights: {" + ", ".join(f"{key}: {weight}" for key, weight in own.items()) + "}\n"
    seen = self_assessment.assess(copied(tmp_path, LKA, "assessment.yaml", text), found)
    assert seen.sections[0].weight == 52
    assert seen.own_weights
    with pytest.raises(ValueError, match="together 100"):
        self_assessment.assess(copied(tmp_path / "less", LKA, "assessment.yaml", "weights: {coverage: 100}\n"), found)


def test_suggestions_name_where_in_the_plans_they_were_seen(tmp_path):
    """Three gaps of the sample's plan are found at their places; the perspectives are named by requirement."""
    rehearsal = mock_review.rehearse(OQH)
    place = copied(tmp_path, OQH, "plan.yaml", (DBT / "plan.yaml").read_text())
    seen = {one.asked.key: one.suggestion for one in self_assessment.assess(place, rehearsal).points}
    assert seen["perspectives.customers"].standing in ("met", "not met")
    said = " ".join(
        text
        for key in ("alignment.plans", "results.plans", "measures.source", "measures.own")
        for text in seen[key].seen
    )
    assert "DBT002 (" in said
    assert "requirement" in said
    assert {seen[key].standing for key in ("alignment.plans", "results.plans", "measures.source")} <= {
        "met",
        "partly",
        "not met",
    }
    bare = self_assessment.assess(OQH, rehearsal)
    assert {one.standing for one in bare.points if one.asked.source == "plans"} == {PERSON}


@pytest.mark.parametrize(
    ("source", "changed", "standing"),
    [
        ("plans", ("goal:", "goal_:"), None),
        ("page", ('page: "21"', 'page: ""'), "partly"),
    ],
)
def test_a_plan_that_lacks_one_entry_is_partly(tmp_path, source, changed, standing):
    """One requirement without a page: partly, and the place is named. A plan that cannot be read counts as none."""
    text = (DBT / "plan.yaml").read_text().replace(*changed)
    place = copied(tmp_path, OQH, "plan.yaml", text)
    seen = {one.asked.key: one.suggestion for one in self_assessment.assess(place, mock_review.rehearse(OQH)).points}
    assert seen["alignment.plans"].standing == (standing or PERSON), source
    if standing:
        assert "Leading Change, requirement 1" in " ".join(seen["alignment.plans"].seen)


def test_steps_of_the_year_are_seen(tmp_path):
    """With appraisal.yaml and steps.csv beside it, who lacks a progress review is named by number."""
    place = copied(
        tmp_path,
        DBT,
        "certification.yaml",
        (OQH / "certification.yaml").read_text().replace("covered: 10", "covered: 120"),
    )
    seen = {one.asked.key: one for one in self_assessment.assess(place, mock_review.rehearse(place)).points}
    assert seen["feedback.reviewed"].standing == "partly"
    assert "not met by DBT004" in seen["feedback.reviewed"].suggestion.seen
    assert seen["training.given"].standing == "met"
    assert seen["oversight.boards"].standing == "partly"


def test_the_letter_is_a_page_to_sign(found, pages):
    """Addressee, subject, ground, what is held, what is enclosed, a line for the signature: one page."""
    document, listed = pages["letter"]
    assert len(listed) == 1
    for words in ("Office of Personnel Management", "concurrence", "full certification", "5 U.S.C. 5307", "430.405", "June 30, 2017",
                  "September 30, 2016", "Sample of 20 performance plans", "Signed:", "Administrator"):  # fmt: skip
        assert words in document.body.replace("\\", ""), words
    assert not document.draft
    open_one = mock_review.rehearse(OQH)
    assert request_papers.letter(open_one, package.enclosed(open_one)).draft
    assert "Annual data report" not in package.enclosed(open_one)


def test_every_paper_that_the_checklist_asks_for_is_enclosed(found):
    """Item 11 of a full request is the certification of results, item 19 the scored tool; a provisional one has no results."""
    listed = " ".join(package.enclosed(found))
    assert "Certification of results" in listed
    assert "Self-assessment with the SES appraisal assessment" in listed
    provisional = mock_review.rehearse(OQH)
    assert "Certification of results" not in " ".join(package.enclosed(provisional))
    asked = any(point.role == "tool" for point in provisional.points)
    assert ("Self-assessment with" in " ".join(package.enclosed(provisional))) is asked


def test_whose_averages_stand_beside_the_people_is_said_and_can_be_counted_again(found):
    """Eight at level 5, seven of them career: the average is of the seven. Whoever counts the roster again finds each figure."""
    rows = list(csv.DictReader((LKA / "roster.csv").read_text().splitlines()))
    for text in (oversight.letter(found).body, papers.request(found).body, papers.annual(found).body):
        assert "averages are of career executives" in text
    head, *cells = (
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in oversight.letter(found).body.replace("\\", "").splitlines()
        if line.startswith("|") and not line.startswith("|-") and ("$" in line or "Level" in line)
    )
    for one in (dict(zip(head, row, strict=True)) for row in cells):
        rated = [row for row in rows if row["rating"] == one["Level"]]
        career = [row for row in rated if row["appointment_type"] == "career"]
        assert (one["People"], one["Career"]) == (str(len(rated)), str(len(career)))
        for column, name in (("award", "Average award"), ("pay_adjustment", "Average adjustment")):
            mean = sum(Decimal(row[column] or 0) for row in career) / len(career)
            assert one[name] == f"${mean.quantize(Decimal(1)):,}", (one, name)


def test_two_scores_of_one_system_are_told_apart(found):
    """The request states the score of OPM's tool; the agency's own assessment has another, says so, and that it is not sent."""
    made = self_assessment.assess(LKA, found)
    said = request_papers.assessment(made).body.replace("\\", "")
    assert made.score != found.system.assessment_score == 92
    assert "The request states 92: that is the score of OPM's tool" in said
    assert said.startswith("For the agency only: this assessment is not sent.")
    rehearsal = replace(found, system=found.system.model_copy(update={"assessment_score": None}))
    without = request_papers.assessment(replace(made, rehearsal=rehearsal)).body
    assert "The request states" not in without


def test_the_description_asks_each_part_and_says_what_is_unwritten(found, pages):
    """Thirteen parts with rule and answer; a sample without answers is a draft that lists them."""
    document, _ = pages["description"]
    described = description.describe(LKA, found)
    assert (len(described.parts), described.open, described.problems) == (13, [], ())
    assert not document.draft
    bare = mock_review.rehearse(OQH)
    empty = description.describe(OQH, bare)
    assert len(empty.open) == 13
    draft = request_papers.description(bare, empty)
    assert draft.draft
    assert "Still to be written" in draft.body


@pytest.mark.parametrize(("asked_on", "law"), [(date(2015, 10, 25), "430.310"), (date(2015, 10, 26), "430.311")])
def test_a_part_cites_the_section_of_its_day(found, asked_on, law):
    """Boards moved from 430.310 to 430.311 on 2015-10-26."""
    system = found.system.model_copy(update={"asked_on": asked_on})
    described = description.describe(LKA, replace(found, system=system))
    assert law in next(part.law for part in described.parts if part.key == "boards")


def test_an_unknown_part_is_a_problem(tmp_path, found):
    """A part or a point by a key that nobody knows is not lost in silence; the check of the folder says so, too."""
    place = copied(tmp_path, LKA, "system_description.yaml", "parts: {weather: fine}\n")
    assert "weather" in str(description.describe(place, found).problems[0])
    (place / "assessment.yaml").write_text("answers: [{point: mood, answer: met}]\n")
    said = {one.name: str(one.problems) for one in folder_check.files(place)}
    assert "weather" in said["system_description.yaml"]
    assert "mood" in said["assessment.yaml"]


def test_no_page_is_half_empty_and_no_heading_stands_alone(pages):
    """On every page but the last something is printed in the lower third, and no heading is the last line."""
    for name, (document, listed) in pages.items():
        heads = {
            line.lstrip("# ").replace("\\", "").split(" {")[0]
            for line in document.body.splitlines()
            if line.startswith("#")
        }
        for number, (lines, images) in enumerate(listed, 1):
            low, _, text = lines[-1]
            assert text not in heads, f"{name}, page {number}: {text}"
            if number < len(listed):
                assert low < 792 / 3 or images, f"{name}, page {number} ends at {low}"


def test_no_two_tables_of_a_paper_are_called_the_same(pages):
    """Who goes from table to table hears the captions alone."""
    for name, (document, _) in pages.items():
        captions = re.findall(r"(?m)^: (.+)$", document.body)
        assert len(captions) == len(set(captions)), (name, captions)


def test_a_chart_keeps_clear_of_the_tables(pages):
    """The charts of the request are on pages with their tables, never one alone on a page."""
    _, listed = pages["request"]
    assert sum(images for _, images in listed) == 3
    assert all(len(lines) > 10 for lines, images in listed if images)


def test_the_year_has_every_step_once_in_order(found):
    """System, plans, guidance, board, oversight, pay, data call, renewal, day after, records: each with its authority."""
    listed = year_page.steps(found, LKA)
    days = [one.on for one in listed if one.on]
    assert days == sorted(days)
    said = {one.what: one for one in listed}
    for words in ("Plans are written", "The period ends", "assessment of the agency", "oversight|certifies", "Federal Register",
                  "Ask for certification again", "Last day of the certification", "Without a new certification",
                  "ratings and awards report", "OPM calls for the data", "aggregate limit", "Records of these"):  # fmt: skip
        assert any(part in what for what in said for part in words.split("|")), words
    assert all(one.citation and one.who for one in listed)
    begins = next(one for one in listed if "guidelines" in one.what)
    assert (begins.on, begins.basis) == (date(2016, 10, 14), year.FILES)
    last = next(one for one in listed if "still be rated" in one.what)
    assert (date(2016, 9, 30) - last.on).days + 1 == 90


def test_no_day_is_on_the_page_of_the_year_twice(pages, found):
    """A step of the certification held and of the one asked for is one step; what falls on one day is one row."""
    document, _ = pages["year"]
    rows = [line for line in document.body.splitlines() if re.match(r"\| [A-Z][a-z]+ \d+, \d{4} \|", line)]
    days = [row.split(" | ")[0] for row in rows]
    assert len(days) > 12
    assert len(set(days)) == len(days)
    listed = year_page.steps(found, LKA)
    assert all(long_date(one.on) in _plain(days) for one in listed if one.on)
    assert len({(one.on, one.what.partition(" (")[0], one.who) for one in listed}) == len(listed)
    assert sum("eriod ends" in one.what for one in listed if one.on == date(2016, 9, 30)) == 1


def _plain(lines):
    return " ".join(lines).replace("\\", "")


def test_the_walk_shows_the_assessment_and_makes_its_paper(tmp_path):
    """In a fold: what the score comes to, each section, what is open, what no machine can judge; and links to the paper."""
    shown = Desk(walk.WALK, OQH, tmp_path).made(walk.self_assessment)
    answered, links = shown
    words = [heading for heading, _ in answered.parts]
    found = self_assessment.assess(OQH, mock_review.rehearse(OQH))
    assert words == [found.says, f"Open: {len(found.open)} points", "What only people can judge"]
    score, left, judged = (str(body) for _, body in answered.parts)
    assert all(section.title in score for section in found.sections)
    assert left.count("<tr") == 1 + len(found.open)
    assert judged.count("<tr") == 1 + len(found.points)
    assert [path.name for path in links.files] == ["self_assessment_ses.docx", "self_assessment_ses.pdf"]
    assert all(path.parent == tmp_path for path in links.files)
    assert "download='self_assessment_ses.pdf'" in links.live_html()
    assert walk.self_assessment.folded


def test_the_calendar_file_holds_every_day_of_the_page(found):
    """As many events as steps with a day; made again it is the same file."""
    listed = year_page.steps(found, LKA)
    made = year_page.calendar(found, listed)
    events = icalendar.Calendar.from_ical(made).walk("VEVENT")
    assert len(events) == sum(one.on is not None for one in listed)
    assert len({str(event["uid"]) for event in events}) == len(events)
    assert made == year_page.calendar(found, listed)


def test_a_year_without_files_still_lists_its_steps():
    """An agency with nothing but its index: steps without a day say so."""
    found = mock_review.rehearse(OQH)
    undated = [one.what for one in year_page.steps(found, OQH) if one.on is None]
    assert any("Federal Register" in what for what in undated)
    assert any("OPM calls" in what for what in undated)


def test_the_commands_write_and_assess(tmp_path):
    """`assess` lists sections and points; `package` writes the letter, the parts and the year."""
    run = CliRunner().invoke
    found = run(cli.main, ["certification", "assess", str(LKA)])
    assert found.exit_code == 0
    assert "Customer and employee perspective: 7.7 of 7.7" in found.output
    assert run(cli.main, ["certification", "assess", str(OQH)]).exit_code == 1
    asked = ["certification", "package", str(LKA), "--out", str(tmp_path), "--format", "docx,ics"]
    run(cli.main, asked)
    assert {path.name for path in tmp_path.iterdir()} >= {
        "certification_letter_ses.docx", "system_description_ses.docx", "self_assessment_ses.docx", "certification_year_ses.docx",
        "certification_year_ses.ics",
    }  # fmt: skip
