"""Every paper of an appraisal year opens elsewhere: LibreOffice, tagged PDF, accessible page, nobody named."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pikepdf
import pytest
from click.testing import CliRunner

from seskit.desk.cli import main
from seskit.paper.appraisal import action_list, notice, packet, printed_plan
from seskit.record import roster
from seskit.record.appraisal.plan_document import blank
from seskit.work.appraisal import plan_document, year_record
from seskit.work.appraisal.outcomes import outcomes
from tests import axe, office
from tests.extent import thorough
from tests.pdf_files import check_structure, text
from tests.places import SAMPLES

SAMPLE = "notebooks/sample/agencies/DBT"
STEMS = {
    "performance_plan": ["DBT002", "Leading Change", "Write the page of that goal"],
    "audit_packet": ["DBT015", "No plan is on record", "Tunnel Service board"],
    "outcome_notice": ["Department of Bridges and Tunnels", "Most frequent rating: Level 4", "hidden"],
    "actions": ["DBT038", "Remove from the SES"],
    "plan": ["Government Efficiency"],
}


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    """Every file the commands write for one agency, by name."""
    place = tmp_path_factory.mktemp("papers")
    files = year_record.open_folder(SAMPLE)
    written = [
        *printed_plan.write(plan_document.check(plan_document.read(SAMPLE)), place),
        *packet.write(year_record.audit(files), place),
        *notice.write(files, place),
        *action_list.write(files, outcomes(files, date(2024, 11, 29)), place),
        blank.write(place),
    ]
    return {path.name: path for path in written}


def test_every_paper_is_there(papers):
    """Plan and packet in four formats, the notice in three, the actions and a blank plan as workbooks."""
    assert sorted(papers) == sorted(
        [f"{stem}.{kind}" for stem in ("performance_plan", "audit_packet") for kind in ("docx", "pdf", "html", "xlsx")]
        + [f"outcome_notice.{kind}" for kind in ("docx", "pdf", "html")]
        + ["actions.xlsx", "plan.xlsx"]
    )


@pytest.fixture(scope="module")
def converted(papers, tmp_path_factory):
    """Each Word file and workbook as LibreOffice prints it."""
    place = tmp_path_factory.mktemp("office")
    found = {}
    for kind in ("docx", "xlsx"):
        given = [path for name, path in papers.items() if name.endswith(kind)]
        found |= {f"{path.stem}.{kind}": path.read_bytes() for path in office.converted("pdf", place / kind, *given)}
    return found


@thorough
def test_libreoffice_opens_every_word_file_and_workbook(papers, converted):
    """Nothing is refused, and the words are there."""
    assert sorted(converted) == sorted(name for name in papers if name.endswith(("docx", "xlsx")))
    for name, content in converted.items():
        said = text(content)
        for words in STEMS[name.split(".")[0]]:
            if name != "performance_plan.xlsx" or "Write" not in words:
                assert words in said, (name, words)
        assert "#REF!" not in said
        assert "#NAME?" not in said


def test_a_printed_workbook_is_one_page_wide(papers, tmp_path):
    """Each sheet fits its width; the plan takes one page for each of its four sheets."""
    (made,) = office.converted("pdf", tmp_path, papers["performance_plan.xlsx"])
    with pikepdf.open(made) as pdf:
        assert len(pdf.pages) == 4


@pytest.mark.parametrize("stem", ["performance_plan", "audit_packet", "outcome_notice"])
def test_each_pdf_is_tagged_and_says_what_it_should(papers, stem):
    """PDF/UA-1 with title and language, tables with headers, headings that skip no level, every word extractable."""
    content = papers[f"{stem}.pdf"].read_bytes()
    check_structure(content)
    said = text(content)
    assert all(words in said for words in STEMS[stem])


@pytest.mark.parametrize("stem", ["performance_plan", "audit_packet", "outcome_notice"])
def test_each_page_is_accessible(papers, stem, chromium):
    """Axe finds nothing on the page as it is saved, wide or on a narrow screen."""
    page = chromium.new_page()
    for width in (1280, 400):
        page.set_viewport_size({"width": width, "height": 800})
        page.set_content(papers[f"{stem}.html"].read_text(encoding="utf-8"))
        assert axe.violations(page) == []


def test_no_paper_names_a_person(papers):
    """Numbers only, in every format."""
    names = [person.name for person in roster.read(SAMPLE).people if person.name]
    for name, path in papers.items():
        if name.endswith("xlsx"):
            book = openpyxl.load_workbook(path)
            said = " ".join(str(cell.value) for sheet in book for row in sheet for cell in row)
        elif name.endswith("pdf"):
            said = text(path.read_bytes())
        elif name.endswith("html"):
            said = path.read_text(encoding="utf-8")
        else:
            continue
        assert not [who for who in names if who in said], name


def test_the_same_year_makes_the_same_files(papers, tmp_path):
    """Written again, the workbooks are the same to the byte."""
    files = year_record.open_folder(SAMPLE)
    (again,) = action_list.write(files, outcomes(files, date(2024, 11, 29)), tmp_path)
    assert again.read_bytes() == papers["actions.xlsx"].read_bytes()
    assert packet.workbook(year_record.audit(files)) == papers["audit_packet.xlsx"].read_bytes()


def test_what_must_be_done_stands_in_front(papers):
    """The first sheet holds the required actions, then the barred ones; the permitted have their own."""
    book = openpyxl.load_workbook(papers["actions.xlsx"])
    assert book.sheetnames == ["Required and barred", "Permitted", "Report"]
    forces = [row[2].value for row in book["Required and barred"].iter_rows(min_row=3)]
    assert forces == sorted(forces, key=["required", "barred"].index)
    assert {row[2].value for row in book["Permitted"].iter_rows(min_row=3)} == {"permitted"}
    readers = {row[6].value for sheet in book.worksheets[:2] for row in sheet.iter_rows(min_row=3)}
    assert readers == {"staffing", "awards", "pay_setting", "appraisal"}


@pytest.fixture
def roster_only(tmp_path):
    """A folder with agency.yaml and a roster alone, as a central office has it of most agencies."""
    folder = tmp_path / "BLB"
    folder.mkdir()
    for name in ("agency.yaml", "roster.csv"):
        (folder / name).write_bytes((SAMPLES / "BLB" / name).read_bytes())
    return folder


def test_the_notice_needs_ratings_and_not_how_the_year_was_run(roster_only, tmp_path):
    """Ratings and awards are in the roster: the notice is written where nothing says who did what and when."""
    ran = CliRunner().invoke(main, ["appraisal", "notice", str(roster_only), "--out", str(tmp_path / "out")])
    assert "outcome_notice.pdf" in ran.output
    assert "Most frequent rating" in (tmp_path / "out" / "outcome_notice.html").read_text("utf-8")


def test_the_notice_of_wrong_awards_is_a_draft(roster_only):
    """An award that the law is against is in the average: the notice says so, and is no final one."""
    files = year_record.open_folder(roster_only)
    said = "in ratings, awards or types of appointment"
    assert not any(said in one for one in notice.waiting(files))
    wrong = files.people.people[0]._replace(appointment_type="noncareer", award=Decimal(9000))
    files = replace(files, people=replace(files.people, people=[wrong, *files.people.people[1:]]))
    assert any(f"1 error {said}" in one for one in notice.waiting(files))
    assert notice.notice(files).draft


def test_an_agency_without_executives_has_no_outcome_to_tell(roster_only, tmp_path):
    """A sentence, and no file."""
    roster_file = roster_only / "roster.csv"
    roster_file.write_text(roster_file.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    ran = CliRunner().invoke(main, ["appraisal", "notice", str(roster_only), "--out", str(tmp_path / "out")])
    assert (ran.exit_code, ran.output.strip()) == (1, "Nobody is on the roster.")
    assert not (tmp_path / "out").exists()
