"""The papers of a request: complete, accessible, without names; drafts while anything is open; dates; the walk."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from datetime import date

import openpyxl
import pikepdf
import pytest
from click.testing import CliRunner
from icalendar import Calendar

from seskit.desk.certification import show
from seskit.desk.cli import main
from seskit.formats import scanning
from seskit.formats.days import days_in_words
from seskit.law import unsure
from seskit.law.facts import FactError
from seskit.paper import charts
from seskit.paper.certification import agenda, data_book, oversight, package, papers, request_papers
from seskit.record import roster
from seskit.work.certification import mock_review, self_assessment
from tests import axe, office
from tests.extent import thorough
from tests.pdf_files import tags
from tests.places import SAMPLES

COMPLETE, OPEN = SAMPLES / "LKA", SAMPLES / "OQH"


@pytest.fixture(scope="module")
def complete():
    """The rehearsal of the complete agency."""
    return mock_review.rehearse(COMPLETE)


@pytest.fixture(scope="module")
def incomplete():
    """The rehearsal of an agency with three things open."""
    return mock_review.rehearse(OPEN)


@pytest.fixture(scope="module")
def asked(complete):
    """The request of the complete agency, its pictures drawn once."""
    return papers.request(complete)


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_package_of_a_complete_agency_is_final(complete, tmp_path):
    """Request, annual report, rehearsal, data, dates: every file, no draft mark, nobody's name, no number like an SSN."""
    written = package.write(complete, tmp_path)
    assert {path.name for path in written} == {
        *(f"{stem}_ses.{kind}" for stem in ("certification_letter", "certification_request", "oversight_letter", "annual_data_report", "rehearsal")
          for kind in ("docx", "pdf", "html")),
        "certification_data_ses.xlsx", "certification_dates_ses.ics", "problems.json",
    }  # fmt: skip
    for path in tmp_path.glob("*.html"):
        assert "DRAFT" not in path.read_text(encoding="utf-8")
    names = [person.name for person in roster.read(COMPLETE / "roster.csv").people]
    assert len(names) == 32
    assert scanning.scan(tmp_path, names).leaks == []


def test_the_checklist_has_four_columns_and_every_item(asked):
    """The rule in the first two, what can show it in the third, the agency's document and place in the fourth."""
    page = asked.to_html()
    part = page[page.index("Checklist</h2>") :]
    table = part[part.index("<table") : part.index("</table>")]
    assert re.findall(r'<th scope="col"[^>]*>(.*?)</th>', table, re.S) == [
        "Requirement", "Rule", "Documents that can show it", "Document supplied and the place in it",
    ]  # fmt: skip
    said = words(table)
    assert [int(number) for number in re.findall(r"Item (\d+):", said)] == list(range(1, 20))
    assert "Letter of request, page 1 (December 20, 2016)" in said
    assert "Nothing more was asked for" in said


def test_an_open_item_makes_a_draft_that_lists_it(incomplete):
    """The draft says so in title and text, and names the three open items with what to do."""
    document = papers.request(incomplete)
    said = words(document.to_html())
    assert document.draft
    assert "DRAFT: Request for provisional certification" in said
    for item in ("Item 6, Alignment: design", "Item 15, Sample of performance plans", "Item 18, Review of ratings"):
        assert item in said
    assert said.count("OPEN, ") == 3
    assert not papers.rehearsal(incomplete).draft


def test_the_annual_report_lacks_what_the_roster_lacks(complete, incomplete):
    """Adjustments and totals of the year are needed; without them the report is a draft that names the columns."""
    assert not papers.annual(complete).draft
    report = papers.annual(incomplete)
    assert report.draft
    assert {fix.split()[3] for _, fix in papers.lacking(incomplete.data[-1])} == {
        "pay_adjustment",
        "total_compensation",
    }


def test_the_rehearsal_is_called_one(incomplete):
    """Title and text say rehearsal; the least that would change the outcome stands in it."""
    said = words(papers.rehearsal(incomplete).to_html())
    assert "Rehearsal: Executive appraisal system" in said
    assert "never a decision" in said
    assert "send 10 performance plans (item 15)" in said


def test_the_pdf_is_tagged(asked, complete, incomplete):
    """Marked, language, title, header cells, words for every picture."""
    for document in (asked, papers.annual(complete), papers.request(incomplete)):
        with pikepdf.open(io.BytesIO(document.to_pdf())) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert str(pdf.Root.Lang).startswith("en")
            found = tags(pdf)
            kinds = [kind for kind, _ in found]
            alternatives = [str(node.Alt) for kind, node in found if kind == "/Figure"]
        assert kinds.count("/TH") >= 8
        assert len(alternatives) == len(re.findall(r"^!\[", document.body, re.M))
        assert all(len(text) > 40 for text in alternatives)


def test_axe_passes_on_the_pages(asked, complete, incomplete):
    """Request, draft, annual report and rehearsal."""
    pages = [
        asked,
        papers.request(incomplete),
        papers.annual(complete),
        papers.rehearsal(incomplete),
    ]
    with axe.browser() as browser:
        page = browser.new_page()
        for document in pages:
            page.set_content(document.to_html())
            assert axe.violations(page) == []


@thorough
def test_word_opens_in_another_program(asked, complete, tmp_path):
    """LibreOffice turns the Word file into PDF and text, and keeps every cell of the checklist."""
    if not office.has_writer():
        pytest.skip("LibreOffice Writer is not installed")
    asked.write(tmp_path, "request", ["docx"])
    for kind in ("pdf", "txt:Text"):
        office.converted(kind, tmp_path, tmp_path / "request.docx")
    text = " ".join((tmp_path / "request.txt").read_text(encoding="utf-8", errors="replace").split())
    for points in papers.by_item(complete):
        assert days_in_words(papers.document_cell(points)) in text
    assert (tmp_path / "request.pdf").read_bytes().startswith(b"%PDF")


def test_the_word_file_holds_every_cell(asked, complete):
    """The same words as the page, in Word."""
    with zipfile.ZipFile(io.BytesIO(asked.to_docx())) as archive:
        xml = archive.read("word/document.xml").decode()
    text = " ".join(re.sub(r"<[^>]+>", "", xml.replace("</w:p>", " ")).split())
    for points in papers.by_item(complete):
        assert days_in_words(papers.document_cell(points)) in text


def test_the_workbook_holds_the_same_numbers(complete, incomplete):
    """Levels add up to everyone rated; each covered person by number; the same bytes again; drafts say so."""
    content = data_book.write(complete)
    assert content == data_book.write(complete)
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = list(book["Levels"].iter_rows(min_row=5, values_only=True))
    assert sum(row[2] for row in rows) == sum(period.rated for period in complete.data)
    people = list(book["People"].iter_rows(min_row=5, values_only=True))
    assert len(people) == sum(len(period.people) for period in complete.data)
    assert {row[1] for row in people} >= {"LKA001", "LKA032"}
    assert book["Levels"]["A2"].value == "Final"
    draft = openpyxl.load_workbook(io.BytesIO(data_book.write(incomplete)))
    assert "DRAFT" in draft["Levels"]["A2"].value


def test_the_calendar_keeps_every_date(complete):
    """Submit-by, last day, day after, extension ceiling, periods to report: of what is held and what is rehearsed."""
    found = {(row["of"], row["on"]) for row in agenda.entries(complete)}
    held, hoped = "Certification held", "If certified as rehearsed"
    assert {(held, date(2016, 12, 30)), (held, date(2017, 6, 30)), (held, date(2017, 7, 1)), (held, date(2017, 12, 31)),
            (hoped, date(2018, 12, 14)), (hoped, date(2019, 6, 14)), (hoped, date(2019, 6, 15))} <= found  # fmt: skip
    content = agenda.file(complete)
    assert content == agenda.file(complete)
    events = Calendar.from_ical(content).walk("VEVENT")
    assert len(events) == len(agenda.entries(complete))
    assert len({str(event["uid"]) for event in events}) == len(events)
    after = next(event for event in events if event.decoded("dtstart") == date(2017, 7, 1))
    assert "already above level III remain" in str(after["summary"])


def test_an_unknown_format_is_refused(complete, tmp_path):
    """One sentence with the known ones."""
    with pytest.raises(FactError, match="docx, pdf, html, xlsx, ics, json"):
        package.write(complete, tmp_path, ["rtf"])


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["check", str(COMPLETE)], 0, "No problems found."),
        (["check", str(OPEN)], 1, "Item 18"),
        (["check", str(OPEN), "--json"], 1, '"problems"'),
        (["rehearse", str(COMPLETE)], 0, "Rehearsal: full certification, until 2019-06-14."),
        (["rehearse", str(OPEN)], 1, "- send 10 performance plans (item 15)"),
        (["rehearse", str(OPEN), "--json"], 1, '"changes"'),
        (["rehearse", str(COMPLETE), "--system", "sl"], 2, "has no system 'sl'"),
        (["rehearse", str(SAMPLES / "DPW")], 1, "certification.yaml: is not there"),
        (["dates", str(OPEN)], 0, "No dates: no certification is held"),
        (["dates", str(COMPLETE)], 0, "2017-07-01  Without a new certification"),
    ],
)
def test_the_commands_answer_with_their_codes(words, code, said):
    """0 all well, 1 something needs attention, 2 the call could not be used."""
    result = CliRunner().invoke(main, ["certification", *words])
    assert result.exit_code == code, result.output
    assert said in result.output


def test_the_package_command_writes_and_says_draft(tmp_path):
    """An open request is written as a draft with exit code 1."""
    result = CliRunner().invoke(
        main, ["certification", "package", str(OPEN), "--out", str(tmp_path), "--format", "html,xlsx"]
    )
    assert result.exit_code == 1
    assert "a DRAFT: 3 items open" in result.output
    assert (tmp_path / "certification_request_ses.html").is_file()


@pytest.mark.parametrize("name", ["LKA", "OQH", "DPW"])
def test_the_walk_shows_every_step_for_every_agency(name, tmp_path):
    """With and without an evidence index; nobody's name anywhere."""
    walk = show.SystemWalk(SAMPLES / name)
    pieces = [
        walk.systems(), walk.criteria(), walk.evidence(), walk.attention(), walk.indicators(), walk.figures(),
        walk.rehearsal(), walk.tests(), walk.changes(), walk.pay(), walk.dates(), walk.files(tmp_path),
    ]  # fmt: skip
    shown = "".join(piece._repr_html_() + repr(piece) for piece in [*pieces, *walk.charts()])
    assert not [person.name for person in roster.read(SAMPLES / name).people if person.name and person.name in shown]
    if name == "DPW":
        assert "certification.yaml: is not there" in shown
        assert "no evidence index" in repr(walk.evidence())
        assert [path.name for path in tmp_path.iterdir()] == ["problems.json"]


def test_the_charts_say_their_numbers(complete):
    """What the eye reads off the bars stands in the words; every state and arrow of a certification's life, too."""
    bars = charts.ratings_by_period(complete.data)
    assert (
        "period to September 30, 2016: 0 at level 1, 1 at level 2, 8 at level 3, 14 at level 4, 8 at level 5"
        in bars.alt
    )
    pay = charts.pay_by_level(complete.data[-1])
    assert "level 5: average adjustment $3,871, average award $15,971" in pay.alt
    life = charts.life("2017-06-15")
    assert life.png == charts.life("2017-06-15").png
    assert "from suspended to expired: last day passes without renewal" in life.alt
    assert "renewed" not in life.alt
    assert "renewed" in charts.life("2019-06-15").alt
    for chart in (bars, pay, life):
        assert chart.png.startswith(b"\x89PNG")
        assert "<details>" in chart._repr_html_()


@pytest.mark.parametrize(("on", "doubted"), [(date(2025, 10, 14), False), (date(2025, 10, 15), True)])
def test_what_prints_the_criteria_says_what_is_in_doubt(complete, on, doubted):
    """From the first day of the doubt on, the same words as the forum's stand in every paper and table of the criteria."""
    found = dataclasses.replace(complete, system=complete.system.model_copy(update={"decision_on": on}))
    said = unsure.of_rules(["certification.criteria.assessments_guidelines"], on)
    assert bool(said) is doubted
    told = said.partition(". ")[2] or "Whether 430.404 changed"
    own = dataclasses.replace(self_assessment.assess(COMPLETE, complete), rehearsal=found)
    plain = [
        paper.body.replace("\\", "")
        for paper in (
            papers.request(found),
            papers.rehearsal(found),
            request_papers.assessment(own),
            request_papers.letter(found, []),
            oversight.letter(found),
        )
    ]
    walk = show.SystemWalk(COMPLETE)
    walk.found = found
    tables = [" ".join(table.notes) for table in (walk.criteria(), walk.evidence())]
    assert [told in text for text in (*plain, *tables)] == [doubted] * 7
