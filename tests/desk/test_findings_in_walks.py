"""The walks and the papers say what the list of findings says: no more, no less."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import lxml.html
import openpyxl
import pytest

from seskit.desk.appraisal import show as appraisal_show
from seskit.desk.appraisal import walk as appraisal_walk
from seskit.desk.certification import show as certification_show
from seskit.desk.certification import walk as certification_walk
from seskit.desk.opener import attention, overview
from seskit.desk.opener.front import Front
from seskit.desk.opener.state import Desk
from seskit.desk.pay_setting import show as pay_show
from seskit.desk.pay_setting import walk as pay_walk
from seskit.desk.report import walk as report_walk
from seskit.desk.staffing import walk as staffing_walk
from seskit.formats.days import days_in_words
from seskit.paper.appraisal import packet
from seskit.paper.pay_setting.worksheet import book as pay_book
from seskit.paper.staffing import lists
from seskit.record.finding import CEILING, Finding, in_short
from seskit.work import findings, report
from seskit.work.appraisal import year_record
from seskit.work.pay_setting.folder import open_folder as open_pay
from seskit.work.report import unrated
from seskit.work.staffing.folder import open_walk
from tests.places import FIELD, SAMPLES

FOLDERS = [file.parent for place in (SAMPLES, FIELD) for file in sorted(place.rglob("agency.yaml"))]


def having(file: str) -> list[Path]:
    return [folder for folder in FOLDERS if (folder / file).is_file()]


@cache
def listed(folder: Path) -> tuple[Finding, ...]:
    """The one list of a folder."""
    return tuple(findings.of_folder(folder))


def told(folder: Path, subject: str, section: str = "") -> Counter[tuple[str, str]]:
    """Rule and person or place of the findings under one heading of a walk."""
    return Counter(
        (one.rule, one.about)
        for one in listed(folder)
        if one.subject == subject and one.rule != CEILING and (not section or one.section == section)
    )


def sheet(content: bytes, name: str) -> list[tuple[str, ...]]:
    """The rows of a sheet below its heading, as text."""
    rows = list(openpyxl.load_workbook(io.BytesIO(content))[name].iter_rows(values_only=True))
    first = next(n for n, row in enumerate(rows) if "Check" in row or "Kind" in row)
    return [tuple("" if cell is None else str(cell) for cell in row) for row in rows[first + 1 :]]


@pytest.mark.parametrize("folder", having("pay.yaml"), ids=lambda folder: folder.name)
def test_pay_worksheet_tables_and_workbook(folder: Path) -> None:
    """Blocks and flags of the walk, and the workbook's sheet, are the list's; the walk shows forty of each."""
    opened = open_pay(folder)
    if opened.checked is None:
        assert any(one.subject == "pay" for one in listed(folder))
        return
    wanted = told(folder, "pay", "3. What stands in the way")
    shown = Counter()
    for level in ("block", "flag"):
        rows = pay_show.findings(opened, level).rows
        assert len(rows) < pay_show._MOST or "the first" in pay_show.findings(opened, level).title
        shown += Counter((row[1], "" if row[0] == "all" else row[0]) for row in rows)
    assert set(shown) <= set(wanted)
    rows = [row for row in sheet(pay_book.workbook(opened.checked), "Findings") if row[0] != "none"]
    printed = Counter((row[1], row[4]) for row in rows)
    closing = told(folder, "closeout")
    assert printed - closing <= wanted
    own = {(f.check, f.person_id) for f in opened.checked.findings}
    assert set(printed) == own == {key for key in wanted if key in own}


@pytest.mark.parametrize("folder", having("appraisal.yaml"), ids=lambda folder: folder.name)
def test_appraisal_year_table_and_packet(folder: Path) -> None:
    """What the walk and the packet call late, missing or out of order is the list's, person by person."""
    files = year_record.open_folder(folder)
    if not files.usable:
        assert any(one.subject == "appraisal" for one in listed(folder))
        return
    audit = year_record.audit(files)
    wanted = told(folder, "appraisal", "2. The appraisal year")
    rows = packet.finding_rows(audit)
    assert Counter((row[0], row[1]) for row in rows) == wanted
    shown = appraisal_show.findings(audit).rows
    people = [(row[-1].rpartition("(")[2].rstrip(")"), row[0].rpartition(": ")[2].split(", ")) for row in shown]
    assert Counter((check, who) for check, each in people for who in each) == wanted
    printed = [row for row in sheet(packet.workbook(audit), "Findings") if row[0]]
    assert Counter((row[0], row[1]) for row in printed) == wanted
    boards = told(folder, "appraisal", "3. The board")
    assert Counter(one.board for one in audit.board_findings()) == Counter(board for _, board in boards.elements())
    severities = Counter({"not met": "error", "cannot tell": "flag"}[row[3]] for row in rows)
    assert severities == Counter(one.severity for one in listed(folder) if one.section == "2. The appraisal year")


@pytest.mark.parametrize("folder", having("certification.yaml"), ids=lambda folder: folder.name)
def test_certification_table(folder: Path) -> None:
    """What the walk lists as missing, stale or contradictory is in the list."""
    walk = certification_show.SystemWalk(folder)
    said = {days_in_words(one.sentence).rstrip(".").lower() for one in listed(folder) if one.subject == "certification"}
    rows = walk.attention().rows
    assert any(row[0] == "Levels 4 and 5" for row in rows) is any(one.rule == CEILING for one in listed(folder))
    for row in rows:
        assert row[0] == "Levels 4 and 5" or any(row[3].rstrip(".").lower() in sentence for sentence in said), row


@pytest.mark.parametrize("folder", having("vacancy.yaml"), ids=lambda folder: folder.name)
def test_vacancy_table_and_workbook(folder: Path) -> None:
    """What needs attention about a vacancy, in walk, console and workbook, is the list's, each with its doubt."""
    walk = open_walk(folder, "")
    wanted = told(folder, "staffing", "1. Where every vacancy stands")
    shown = lists.findings(walk).rows
    assert Counter((row[1], row[0]) for row in shown) == wanted
    printed = [row for row in sheet(lists.workbook(walk), "Needs attention") if len(row) > 5 and row[5]]
    assert Counter((row[1], row[0]) for row in printed) == wanted


WALKS = {
    "report": report_walk, "pay_setting": pay_walk, "appraisal": appraisal_walk, "certification": certification_walk,
    "staffing": staffing_walk,
}  # fmt: skip


@pytest.mark.parametrize("stem", WALKS)
def test_every_walk_shows_the_whole_list(stem: str) -> None:
    """A button of the opener shows each finding of the agency once, those of the walk first, with the list's counts."""
    walk = WALKS[stem].WALK
    folder = next(one for one in FOLDERS if one.name == {"certification": "OQH", "staffing": "BSC"}.get(stem, "CTA"))
    desk = Desk(walk, folder)
    front = Front(desk)
    (button,) = (one for one in front._buttons if one.words == attention.WORDS)
    front.toggle(button)
    page = lxml.html.document_fromstring(front._place.children[0].children[0].value)
    found = listed(folder)
    text = page.text_content()
    assert f"{len(found)} finding" in text
    assert in_short(found) in text
    for one in found:
        assert days_in_words(one.sentence) in text
    own = [subject for subject, (name, _) in attention.WALKS.items() if name == stem]
    heads = [one.text_content().split(",")[0].lower() for one in page.iterfind(".//h3")]
    subjects = [head for head in heads if head in attention.WALKS]
    here = [subject for subject in subjects if subject in own]
    assert subjects[: len(here)] == here
    assert ("shown below" in text) is bool(here)


def test_an_agency_without_findings_says_so() -> None:
    """Nothing needs attention."""
    assert "Nothing needs attention." in attention.listed([], report_walk.WALK)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_finding_of_a_rule_names_its_authority(folder: Path) -> None:
    """Only what cannot be read in a file rests on no rule; a check of our own says that it is ours."""
    for one in listed(folder):
        assert one.authority or one.rule in ("file", "year", "not looked at", "moves"), one
        assert one.rule != one.authority
        if one.authority.startswith("OPM instructions for the FY 2002 report and"):
            assert one.confidence == "design"


@pytest.mark.parametrize("walk", [(report_walk, "problems"), (appraisal_walk, "year_problems")], ids=lambda one: one[1])
def test_the_table_of_a_walk_lists_what_the_sentence_above_it_counts(walk, tmp_path):
    """Executives without a rating are warnings in both, and findings of a run; where nobody of a plan is rated yet, all are one."""
    module, name = walk
    desk = Desk(module.WALK, SAMPLES / "DBT", tmp_path)
    counted = overview.look(SAMPLES / "DBT").problems
    assert [one.row for one in findings.of_folder(SAMPLES / "DBT") if one.column == "rating"] == [
        one.row for one in counted
    ]
    assert {one.key for one in counted} == {"not rated"}
    table = getattr(module, name)(desk.read)
    rows = ", ".join(f"{one.row} [{one.person}]" for one in counted)
    assert [row[0] for row in table.rows] == [f"roster, rating, {len(counted)} rows ({rows})"]


def test_a_plan_in_which_nobody_is_rated_yet_is_one_warning():
    """Not one for each executive."""
    opened = report.open_folder(SAMPLES / "DBT")
    nobody = replace(opened.roster, people=[one._replace(rating=None) for one in opened.roster.people])
    found = list(unrated.problems(opened.agency, nobody))
    assert [(one.row, one.key) for one in found] == [(None, "not rated")] * len(opened.agency.plans)
