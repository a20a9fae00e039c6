"""Papers of boards and vacancies that are signed, the control of correspondence, transfers, and action over years."""

from __future__ import annotations

import csv
import re
import shutil
import stat
from dataclasses import replace
from datetime import date

import pypdf
import pytest
from click.testing import CliRunner

from seskit.desk import cli
from seskit.desk.opener.state import Desk
from seskit.desk.staffing import show
from seskit.desk.staffing import walk as staffing_walk
from seskit.formats.leaving import inspect
from seskit.formats.personal_data import Names
from seskit.law.facts import FactError
from seskit.paper.appraisal import board_notice
from seskit.paper.appraisal import followed as followed_paper
from seskit.paper.certification import oversight
from seskit.paper.staffing import board_papers, case_paper
from seskit.paper.staffing import transfer as transfer_paper
from seskit.record import correspondence
from seskit.record import roster as rosters
from seskit.record.appraisal import rating_history
from seskit.record.appraisal.year_record import files as year_files
from seskit.work import control, findings
from seskit.work.appraisal import followed
from seskit.work.certification import mock_review
from seskit.work.pay_setting.folder import open_folder as open_pay
from seskit.work.staffing import board, development, received, transfer
from seskit.work.staffing.folder import open_walk
from tests.places import SAMPLES

BSC, DPW, DBT, WSA, LKA, OQH = (SAMPLES / name for name in ("BSC", "DPW", "DBT", "WSA", "LKA", "OQH"))


def plain(document):
    """The words of a document."""
    return " ".join(document.body.replace("\\", "").split())


def changed(place, source, file, *pairs):
    """A copy of an agency with words of one file changed."""
    to = shutil.copytree(source, place / source.name)
    text = (to / file).read_text()
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    (to / file).write_text(text)
    return to


@pytest.fixture(scope="module")
def walk():
    """The sample whose board has decided."""
    return open_walk(BSC, "", "S-01")


@pytest.fixture(scope="module")
def decided(walk):
    """The board's record of its first vacancy."""
    return board.record(walk.folder, walk.folder.vacancy("S-01"))


# The board


def test_the_record_has_weights_spread_and_reasons(decided, walk):
    """5 CFR 317.501(c), (d): one basis for all, the candidates told apart, reasons in writing, the best qualified named."""
    assert not decided.open
    assert [one.candidate for one in decided.best] == ["K-01", "K-02"]
    by_hand = {"K-02": 1, "K-01": 1, "K-03": 1}
    assert {one.candidate: one.spread for one in decided.candidates} == by_hand
    document = board_papers.record(decided, walk.name)
    text = plain(document)
    for words in ("Weight of leadership, percent | 100", "Raters | 2", "Several examples at executive level", "for two years (5 CFR 317.501(d))",
                  "spread is the largest difference"):  # fmt: skip
        assert words in text, words
    assert not document.draft


def test_the_certificate_lists_the_best_qualified_by_number_and_not_by_rank(decided, walk):
    """From this list the appointing authority selects and certifies both kinds of qualification."""
    document = board_papers.certificate(decided, walk.name)
    text = plain(document)
    assert text.index("| K-01 |") < text.index("| K-02 |")
    assert "K-03" not in text
    for words in ("candidate K-02", "5 U.S.C. 3393(e)", "5 CFR 317.501(c)", "not by rank"):
        assert words in text, words
    assert not document.draft


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ((("best_qualified: [K-01, K-02]", "best_qualified: [K-01]"),), "K-02 is not among the best qualified"),
        ((("best_qualified: [K-01, K-02]", "best_qualified: [K-02, K-09]"),), "K-09 is certified but was not rated"),
        ((("    best_qualified: [K-01, K-02]\n", ""),), "Name the best qualified"),
        ((("      K-03: Sound technical record; examples below executive level on four of five qualifications.\n", ""),),
         "Write the reason for K-03"),
        ((("    board_on: 2026-09-14\n", ""),), "the day the board met"),
        ((("      standard_written: yes\n", ""),), "standard must be in writing"),
    ],
)  # fmt: skip
def test_what_is_open_before_the_board_signs(tmp_path, pairs, words):
    """5 U.S.C. 3393(e), 5 CFR 317.501(c). Selectee, list, reasons, days, standard: each makes record and certificate drafts and says what to do."""
    seen = open_walk(changed(tmp_path, BSC, "vacancy.yaml", *pairs), "", "S-01")
    found = board.record(seen.folder, seen.folder.vacancy("S-01"))
    assert any(words in text for text in found.open), found.open
    assert board_papers.certificate(found, "x").draft
    assert board_papers.record(found, "x").draft


def test_raters_who_differ_must_speak_first():
    """The other sample has raters two levels apart: open until they have spoken."""
    seen = open_walk(DPW, "", "P-01")
    found = board.record(seen.folder, seen.folder.vacancy("P-01"))
    assert any("Raters differ" in text for text in found.open)
    assert max(one.spread for one in found.candidates) >= 2
    assert found.technical_weight == 20


def test_a_name_in_place_of_a_number_is_refused(tmp_path):
    """The best qualified and their reasons are kept by number."""
    place = changed(tmp_path, BSC, "vacancy.yaml", ("best_qualified: [K-01, K-02]", "best_qualified: [Robin, K-02]"))
    assert "best_qualified: give the candidate's number" in str(open_walk(place).problems[0])


@pytest.mark.parametrize(
    ("closes", "first"),
    [("2025-09-30", "Leading Change"), ("2025-10-01", "Commitment to the Rule of Law")],
)
def test_the_interview_guide_asks_for_the_qualifications_in_force(tmp_path, closes, first):
    """The set of 2025 binds announcements that close from October 1, 2025; each has its anchored levels."""
    pairs = (("opens_on: 2026-07-20", "opens_on: 2025-09-01"), ("closes_on: 2026-08-10", f"closes_on: {closes}"))
    seen = open_walk(changed(tmp_path, BSC, "vacancy.yaml", *pairs), "", "S-01")
    text = plain(board_papers.interview_guide(seen, seen.folder.vacancy("S-01")))
    assert f"# 1. {first}" in text
    assert len(set(re.findall(r"(\w+): what to look for", text))) == 5
    assert "What did you do yourself?" in text


def test_the_transmittal_says_only_what_a_paper_shows(tmp_path, walk):
    """5 CFR 317.502(b): merit staffing and qualifications are stated on papers at hand; a missing paper is called missing."""
    document = board_papers.transmittal(walk.case)
    text = plain(document)
    for words in ("5 CFR 317.502(b)", "October 29, 2026", "candidate K-02", "criterion A", "Folder 26-114, item 1"):
        assert words in text, words
    assert document.draft is bool(walk.case.missing) is True
    missing = text.partition("Missing before this is signed")[2].partition("# The case")[0]
    assert "Results of the structured interview" in missing
    assert "Merit staffing was followed, as the enclosed statement says" in text
    enclosed = text.partition("# Enclosed")[2]
    assert "Results of the structured interview" not in enclosed
    assert text.index("To be signed") < text.index("# The case")
    line = '      - {document: merit_statement, place: "Folder 26-114, item 5"}\n'
    without = open_walk(changed(tmp_path, BSC, "vacancy.yaml", (line, "")), "", "S-01")
    said = plain(board_papers.transmittal(without.case))
    assert "Missing, and therefore not said here: written statement that merit staffing was followed" in said
    assert "Merit staffing was followed" not in said


def test_what_speaks_against_a_case_keeps_its_papers_drafts(tmp_path):
    """R3.2, R3.15, R4.9: with every document at hand, neither transmittal nor case is final, and both say why."""
    folder = changed(
        tmp_path, BSC, "vacancy.yaml",
        ("    documents:\n", '    documents:\n      - {document: interview_results, place: "7"}\n'
                             '      - {document: conversion_evidence, place: "8"}\n'),
        ("closes_on: 2026-08-10", "closes_on: 2026-08-01"), ("rated_on: 2026-08-31", "rated_on: 2026-07-31"),
        ("selectee: K-02", "selectee: K-03"),
        ("appointment: career type", "appointment: Schedule C\n    same_position: yes"),
    )  # fmt: skip
    walk = open_walk(folder, "", "S-01")
    one = walk.case
    assert not one.missing
    assert "Before it is sent: 5" in [name for name, _ in show.case(walk).parts]
    for made in (board_papers.transmittal(one), case_paper.document(one)):
        assert made.draft
        for said in (
            "the earliest lawful day is",
            "before closed on",
            "not among the best qualified",
            "will not forward",
        ):
            assert said in plain(made)
    assert not replace(one, against=()).missing
    sent = replace(one, vacancy=one.vacancy.model_copy(update={"submitted_on": one.on}))
    assert "# Speaks against the case that was sent" in case_paper.document(sent).body
    assert not board_papers.transmittal(replace(one, against=())).draft


@pytest.mark.parametrize(("looked", "late"), [("2026-10-29", 0), ("2026-10-30", 1), ("2026-11-20", 22)])
def test_a_case_past_its_day_says_so_on_each_paper_that_goes_with_it(looked, late):
    """80 calendar days from August 10, 2026: on the last day it is due, on the next it is late by a day, and the letter asks why."""
    case = open_walk(BSC, looked, "S-01").case
    letter, paper = (plain(made) for made in (board_papers.transmittal(case), case_paper.document(case)))
    days = f"{late} day{'s' * (late > 1)} late"
    for text in (letter, paper):
        assert ("The case was due on" in text) is bool(late)
        assert text.partition("# Rules used")[0].count(days) == (2 if late else 0), "in the table, too"
    assert ("Why it is late:" in letter) is bool(late)
    assert ("ask before you send it" in paper) is bool(late)
    assert "ask before you send it" not in letter, "that is for the agency"
    assert ("The case is due on October 29, 2026." in letter) is not late


def test_a_case_that_was_sent_is_late_by_the_day_it_was_sent(tmp_path):
    """Sent on the tenth day after it was due and looked at later: ten days, and no question why; sent in time: none."""
    for sent, said in (("2026-11-08", "it was sent 10 days late"), ("2026-10-29", "")):
        line = "    selected_on: 2026-09-28\n"
        there = changed(tmp_path / sent, BSC, "vacancy.yaml", (line, f"{line}    submitted_on: {sent}\n"))
        text = plain(board_papers.transmittal(open_walk(there, "2026-11-20", "S-01").case))
        assert "Why it is late:" not in text
        assert (said in text) if said else ("late" not in text)


def test_a_moratorium_on_record_is_told_where_the_case_is_late():
    """It began before the day the case was due: OPM may adjust that day, case by case."""
    case = open_walk(DBT, "", "T-01").case
    assert case.days_late
    assert "A moratorium since January 20, 2025 is on record" in plain(board_papers.transmittal(case))


def test_a_program_is_completed_only_on_its_proof(tmp_path):
    """5 CFR 317.502(c), 412.302: criterion B rests on a program approved by OPM; said on its proof, and not without."""
    said = "The candidate completed a candidate development program approved by OPM (5 CFR 317.502(c), 412.302)"
    assert said in plain(board_papers.transmittal(open_walk(DPW, "", "P-05").case))
    line = '      - {document: program_completion, place: "Case folder P-05, page 3", dated: 2002-05-31}\n'
    there = changed(tmp_path, DPW, "vacancy.yaml", (line, ""))
    without = plain(board_papers.transmittal(open_walk(there, "", "P-05").case))
    assert "Missing, and therefore not said here: proof that an OPM-approved candidate development program" in without
    assert said not in without


def test_development_is_carried_into_probation(tmp_path):
    """5 CFR 317.503(b): every activity of the case is in the tracker, or the paper says which is not; a row is ready to add."""
    seen = open_walk(DPW, "", "P-01")
    (one,) = development.agreed(seen.folder, seen.tracker)
    assert one.row is None
    paper = board_papers.agreement(one.vacancy, seen)
    assert "No row of probation.csv begins" in plain(paper)
    assert "317.503(b)" in plain(paper)
    assert not paper.draft
    long = one.vacancy.model_copy(update={"appointed_on": date(2002, 1, 6), "nonpay_days": 31})
    assert "Probation ends on January 6, 2003" in plain(board_papers.agreement(long, replace(seen, vacancy=long)))
    row = development.tracker_row(one.vacancy).decode().splitlines()[1]
    place = shutil.copytree(DPW, tmp_path / "DPW")
    head = (place / "probation.csv").read_text().splitlines()[0].split(",")
    cells = dict(zip(development.tracker.COLUMNS, next(csv.reader([row])), strict=True)) | {"person_id": "DPW020"}
    with (place / "probation.csv").open("a", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow([cells.get(name, "") for name in head])
    again = open_walk(place, "", "P-01")
    (carried,) = development.agreed(again.folder, again.tracker)
    assert carried.row is not None
    assert not carried.missing
    assert "holds every activity" in plain(board_papers.agreement(carried.vacancy, again))


def test_the_command_writes_every_paper(tmp_path):
    """Every paper of a case under criterion C in one go, with the row for the tracker; what is open is said."""
    asked = ["staffing", "papers", str(DPW), "P-01", "--out", str(tmp_path), "--format", "docx"]
    done = CliRunner().invoke(cli.main, asked)
    assert done.exit_code == 1
    assert "Open: Name the best qualified" in done.output
    stems = ("board_record", "board_certificate", "interview_guide", "qrb_transmittal", "development")
    assert {path.name for path in tmp_path.glob("*.docx")} == {f"{stem}_P-01.docx" for stem in stems}
    assert (tmp_path / "probation_row_P-01.csv").is_file()


def test_the_walk_makes_the_papers_to_sign_with_links(tmp_path):
    """The board's record and certificate, guide, transmittal, development: made behind a button, each with a link and who signs it."""
    links, missing = Desk(staffing_walk.WALK, DPW, tmp_path, {"vacancy": "P-01"}).made(staffing_walk.papers)
    stems = ("interview_guide", "board_record", "board_certificate", "qrb_transmittal", "development")
    assert {path.name for path in links.files} == {
        *(f"{stem}_P-01.{kind}" for stem in stems for kind in ("docx", "pdf")), "probation_row_P-01.csv"
    }  # fmt: skip
    assert all(path.is_file() for path in links.files)
    assert len(links.table.rows) == len(links.files)
    assert all(f"download='{path.name}'" in links.live_html() for path in links.files)
    assert staffing_walk.papers.folded
    assert missing.rows == ()
    assert missing.empty == "Every paper to sign was made."


def test_what_is_not_made_is_named_with_what_is_missing(tmp_path):
    """A vacancy without a scoring sheet, a selectee or development: four papers, each with its reason, and a guide."""
    seen = open_walk(DPW, "", "P-07")
    named = next(one for one in seen.folder if one.id == "P-07")
    made = {path.name for path in board_papers.write(seen, named, tmp_path, ("docx",))}
    assert made == {"interview_guide_P-07.docx"}
    assert dict(board_papers.not_made(named)) == {
        **dict.fromkeys(("The board's record", "The board's certificate"), board_papers.NO_SHEET),
        "The transmittal to the Qualifications Review Board": "No selectee is recorded.",
        "The development agreed": "No development activity is recorded for the vacancy.",
    }
    assert {row[0] for row in show.not_made(seen).rows} == {"P-07"}


def test_a_board_is_on_paper_whichever_vacancy_is_in_focus(tmp_path):
    """Another vacancy in focus: the one whose sheet is read has its record, and no transmittal of the other's case."""
    seen = open_walk(DPW, "", next(one.id for one in open_walk(DPW).folder if one.id != "P-01"))
    made = {path.name for path in show.write_papers(seen, tmp_path)}
    assert "board_record_P-01.pdf" in made
    assert "Record of the Executive Resources Board, vacancy P-01" in _first_page(tmp_path / "board_record_P-01.pdf")
    for path in tmp_path.glob("qrb_transmittal_*.pdf"):
        assert f"vacancy {path.stem.rpartition('_')[2]}" in _first_page(path)


def _first_page(path):
    return " ".join(pypdf.PdfReader(path).pages[0].extract_text().split())


# The notice of board members


def test_the_notice_names_members_in_a_file_of_its_own(tmp_path):
    """5 U.S.C. 4314(c)(4): published before service; names from the roster, in a file its owner alone opens."""
    counted = "    members: 5\n    career: 4\n    member_ids: [DBT002, DBT004, DBT006, DBT008, DBT001]\n"
    pairs = (("    members: 5\n    career: 3\n", counted),)
    files = year_files.open_folder(changed(tmp_path, DBT, "appraisal.yaml", *pairs))
    written, open_ones = board_notice.write(files, tmp_path / "out", ["docx"])
    assert not any(text.startswith("Department board: ") and "not named" in text for text in open_ones)
    assert any("Tunnel Service board: 4 of 4 members are not named" in text for text in open_ones)
    assert any("P5" in text and "4314(c)(5)" in text for text in open_ones)
    assert stat.S_IMODE(written[0].stat().st_mode) == 0o600
    names = Names(["Ellis Lopez"])
    assert inspect("x.docx", written[0].read_bytes(), names)
    document, _ = board_notice.notice(files)
    assert document.draft
    for words in ("October 2, 2024", "5 U.S.C. 4314(c)(4)", "Ellis Lopez"):
        assert words in plain(document), words


# The oversight letter


def test_the_oversight_letter_rests_on_what_the_rosters_show():
    """5 CFR 430.404(a)(6): three statements, each with evidence; without it the letter is a draft that says why."""
    done = oversight.letter(mock_review.rehearse(LKA))
    assert not done.draft
    for words in (
        "meaningful distinctions",
        "take the assessment",
        "reflect performance",
        "430.404(a)(6)",
        "September 30, 2016",
    ):
        assert words in plain(done), words
    assert oversight.letter(mock_review.rehearse(OQH)).draft


# The control of correspondence


@pytest.mark.parametrize(
    ("cells", "on", "state", "attention"),
    [
        ("C1,,,OPM,x,y,Office,2026-11-20,,,", date(2026, 11, 20), "due today", False),
        ("C1,,,OPM,x,y,Office,2026-11-20,,,", date(2026, 11, 21), "overdue by 1 day", True),
        ("C1,,,OPM,x,y,Office,2026-11-20,2026-11-20,Sent,", date(2026, 11, 30), "answered", False),
        ("C1,,,OPM,x,y,Office,2026-11-20,2026-11-21,Sent,", date(2026, 11, 30), "answered 1 day late", False),
        (
            "C1,,,OPM,x,y,Office,2026-11-20,2026-11-20,,",
            date(2026, 11, 30),
            "answered; the outcome is not recorded",
            True,
        ),
        ("C1,,,OPM,x,y,,2026-11-20,,,", date(2026, 11, 1), "no action office", True),
        ("C1,,,OPM,x,y,Office,,,,", date(2026, 11, 1), "open, no due date", True),
    ],
)
def test_each_paper_under_control_says_how_it_stands(tmp_path, cells, on, state, attention):
    """Control number, action office, due date, outcome; the day decides."""
    head = ",".join(column.name for column in correspondence.COLUMNS)
    (tmp_path / "correspondence.csv").write_text(f"{head}\n{cells}\n")
    papers, problems = correspondence.read(tmp_path)
    assert not problems
    (one,) = control.look(papers, on)
    assert (one.state, one.attention) == (state, attention)


def test_a_control_number_given_twice_is_a_problem(tmp_path):
    """Each paper has a number of its own, and its days follow one another."""
    (tmp_path / "correspondence.csv").write_text("control,subject\nC1,x\nC1,y\n")
    assert "is given twice" in str(correspondence.read(tmp_path)[1][0])
    rows = "control,dated,received_on,answered_on\nC1,2026-10-08,2026-10-05,\nC2,,2026-11-02,2026-11-01\nC3,2026-11-02,2026-11-02,2026-11-02\n"
    (tmp_path / "correspondence.csv").write_text(rows)
    found = [(one.row, one.column) for one in correspondence.read(tmp_path)[1]]
    assert found == [(2, "received_on"), (3, "answered_on")]


def test_the_register_is_written(tmp_path):
    """What needs attention comes first, and the command ends with 1 while something does."""
    asked = ["staffing", "control", str(BSC), "--as-of", "2026-11-20", "--out", str(tmp_path)]
    done = CliRunner().invoke(cli.main, asked)
    assert done.exit_code == 1
    assert done.output.startswith("C-26-030, no office")
    assert (tmp_path / "correspondence_control.pdf").is_file()
    page = " ".join((tmp_path / "correspondence_control.html").read_text().split())
    assert "2 of them need attention" in page


# The transfer packet


def test_the_next_agencys_roster_reads_the_packet(tmp_path):
    """Ratings on record, pay history and clock arrive as they left, under the new number."""
    given = transfer.packet(WSA, "WSA002")
    files = transfer_paper.write(given, tmp_path / "packet", ["docx"])
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    read = transfer.read(next(path for path in files if path.suffix == ".json"))
    assert read == given
    assert given.opens == next(one.opens for one in open_pay(WSA).clocks if one.person_id == "WSA002")
    here = shutil.copytree(DBT, tmp_path / "DBT")
    where = {"component": "Toll Policy", "ig_office": False}
    arrival = received.Arrival("DBT900", "dept", date(2025, 2, 9), rate_changed=False, **where)
    found = received.receive(read, here, arrival)
    for path in transfer_paper.write_taken(found, tmp_path / "in"):
        shutil.copyfile(path, here / path.name)
    roster = rosters.read(here)
    (person,) = [one for one in roster.people if one.person_id == "DBT900"]
    assert person.name == given.name
    end = year_files.open_folder(here).ends["dept"]
    kept = {(one.year, one.level) for one in rating_history.ratings(person, roster.history, end) or ()}
    assert kept == {(one.year, one.level) for one in given.ratings}
    assert f"Pay may change again from {given.opens}" in " ".join(found.says)
    line = next(line for line in (here / "pay_history.csv").read_text().splitlines() if "transfer" in line)
    assert line == "DBT900,2025-02-09,transfer,no"
    before, after = open_pay(DBT), open_pay(here)
    assert [one for one in after.problems if one not in before.problems] == []
    assert next(one.opens for one in after.clocks if one.person_id == "DBT900") == given.opens
    onward = transfer.packet(here, "DBT900")
    assert onward.rate == given.rate
    assert (onward.name, onward.ratings, onward.appointment_type) == (given.name, given.ratings, given.appointment_type)
    assert onward.pay_actions[:-1] == given.pay_actions
    assert (onward.pay_actions[-1].kind, onward.opens) == ("transfer", given.opens)
    years = followed.years(here, year_files.open_folder(here))[0]
    assert {year.year for year in years for row in year.rows if row.person_id == "DBT900"} == {
        one.year for one in given.ratings
    }


@pytest.mark.parametrize(("changed_rate", "opens"), [(True, "2026-02-09"), (False, "2017-01-24")])
def test_a_transfer_starts_twelve_months_only_at_another_rate(changed_rate, opens):
    """5 CFR 534.404(c), (h)(1): the same rate starts nothing."""
    given = transfer.packet(WSA, "WSA002")
    found = received.receive(given, DBT, received.Arrival("DBT900", "dept", date(2025, 2, 9), changed_rate))
    assert f"from {opens}" in found.says[2]


def test_what_the_packet_cannot_know_is_asked_or_said(tmp_path):
    """Component and Inspector General's office are given, or the command says that their cells are blank."""
    packet = tmp_path / "packet.json"
    packet.write_bytes(transfer.packet(WSA, "WSA002").to_json())
    ask = ["staffing", "receive", str(packet), str(DBT), "--number", "DBT900", "--plan", "dept", "--on", "2025-02-09"]
    plain_run = CliRunner().invoke(cli.main, [*ask, "--out", str(tmp_path / "a")]).output
    assert "to be filled in: component, ig_office.\n" in plain_run
    assert "is after the day they are for: basic_pay_fy_end, basic_pay_period_end." in plain_run
    more = ["--component", "Toll Policy", "--ig-office", "no", "--out", str(tmp_path / "b")]
    asked = CliRunner().invoke(cli.main, [*ask, *more]).output
    assert "to be filled in" not in asked
    sooner = CliRunner().invoke(cli.main, [*ask[:-1], "2024-03-10", "--out", str(tmp_path / "c")]).output
    assert "to be filled in: component, ig_office, basic_pay_fy_end, basic_pay_period_end.\n" in sooner
    last = (tmp_path / "b" / "roster.csv").read_text(encoding="utf-8").splitlines()[-1]
    assert ",dept,Toll Policy,no,career," in last
    here = tmp_path / "here"
    here.mkdir()
    shutil.copyfile(DBT / "agency.yaml", here / "agency.yaml")
    (here / "roster.csv").write_text("person_id,plan,appointment_type\nA1,dept,career\n")
    arrival = received.Arrival("A9", "dept", date(2025, 2, 9), rate_changed=False, component="Tolls")
    says = received.receive(transfer.read(packet), here, arrival).says
    assert any(text.startswith("Left out, because the roster has no such column: name, component") for text in says)


def test_another_rate_is_in_the_pay_worksheet_or_said_to_be_blank(tmp_path):
    """The rate of a transfer at another rate is given, or its cell is blank and the command says so."""
    packet = tmp_path / "packet.json"
    packet.write_bytes(transfer.packet(WSA, "WSA002").to_json())
    ask = [
        "staffing",
        "receive",
        str(packet),
        str(DBT),
        "--number",
        "DBT900",
        "--plan",
        "dept",
        "--on",
        "2025-02-09",
        "--rate-changed",
    ]
    said = CliRunner().invoke(cli.main, [*ask, "--out", str(tmp_path / "a")]).output
    assert "Blank in the new row of the pay worksheet, to be filled in: rate." in said
    given = CliRunner().invoke(cli.main, [*ask, "--rate", "$181,500", "--out", str(tmp_path / "b")]).output
    assert "pay worksheet" not in given
    assert (tmp_path / "b" / "pay.csv").read_text().splitlines()[-1].startswith("DBT900,181500,2025-02-09,")
    wrong = CliRunner().invoke(cli.main, [*ask, "--rate", "much", "--out", str(tmp_path / "c")])
    assert wrong.exit_code == 2
    assert "--rate: 'much' is not an amount in dollars" in wrong.output


def test_what_cannot_be_taken_in_is_refused(tmp_path):
    """A number in use, an unknown plan, a file that is no packet, a number nobody has."""
    given = transfer.packet(WSA, "WSA002")
    facts = {"on": date(2025, 2, 9), "rate_changed": False}
    with pytest.raises(FactError, match="already on the roster"):
        received.receive(given, DBT, received.Arrival("DBT002", "dept", **facts))
    with pytest.raises(FactError, match="not a plan of the receiving agency; its plans are dept and tunnels"):
        received.receive(given, DBT, received.Arrival("DBT900", "nowhere", **facts))
    (tmp_path / "x.json").write_text("{}")
    with pytest.raises(FactError, match="cannot be read: from_agency"):
        transfer.read(tmp_path / "x.json")
    with pytest.raises(FactError, match="not on the roster"):
        transfer.packet(WSA, "WSA999")


def test_correspondence_and_board_records_are_findings_of_the_agency(tmp_path):
    """Overdue, without an office, answered with no outcome, a board's record not ready: in the list, until it is done."""
    here = shutil.copytree(BSC, tmp_path / "BSC")
    seen = [one for one in findings.of_folder(here) if one.rule in ("correspondence", "board")]
    assert [(one.about, one.severity) for one in seen] == [("C-26-030", "error"), ("C-26-031", "error")]
    early = findings.of_folder(here, "2026-11-13")
    assert [(one.about, one.severity) for one in early if one.rule == "correspondence"] == [("C-26-030", "flag")]
    text = (here / "vacancy.yaml").read_text(encoding="utf-8")
    (here / "vacancy.yaml").write_text(text.replace("    best_qualified: [K-01, K-02]\n", ""), encoding="utf-8")
    (board,) = [one for one in findings.of_folder(here) if one.rule == "board"]
    assert (board.about, board.severity, board.authority) == ("S-01", "flag", "5 CFR 317.501(c)")
    assert "Name the best qualified" in board.sentence
    listed = CliRunner().invoke(cli.main, ["staffing", "list", str(here)])
    assert "S-01 board: The board's record cannot be signed yet: Name the best qualified" in listed.output
    (here / "scores_S-01.xlsx").write_bytes(b"no workbook")
    (board,) = [one for one in findings.of_folder(here) if one.rule == "board"]
    assert board.severity == "error"
    (here / "vacancy.yaml").unlink()
    (undated,) = [one for one in findings.of_folder(here) if one.rule == "correspondence"]
    assert "no as-of date" in undated.sentence


# Does action follow appraisal?


@pytest.fixture(scope="module")
def over_years():
    """Three years of the sample."""
    files = year_files.open_folder(DBT)
    return followed.years(DBT, files)[0]


def test_action_is_held_against_appraisal_over_years(over_years):
    """Each year: what was required and is on record; the years before come from actions.csv, this one from the roster."""
    assert [one.year for one in over_years] == [2022, 2023, 2024]
    required = [(row.person_id, row.year, row.done) for one in over_years for row in one.rows if row.required]
    assert ("DBT058", 2022, True) in required
    assert all(done for _, _, done in required)
    permitted, given = over_years[2].count("award")
    assert (permitted, given) == (88, 74)
    text = plain(followed_paper.document(over_years, "x"))
    assert "reassignment on January 15, 2023" in text
    assert "Still owed: none." in text


def test_the_actions_show_what_followed_by_kind_and_year(over_years):
    """Award, pay, development, reassignment, removal: permitted, required, on record, each year; on paper and by command."""
    counted = {(row[0], row[1]): row[2:] for row in followed_paper.kinds(over_years)}
    assert counted[(2022, "reassignment")] == (0, 1, 1)
    assert counted[(2022, "removal")] == (0, 1, 0)
    assert counted[(2023, "development")][0] >= counted[(2023, "development")][2] == 1
    assert counted[(2024, "award")] == (88, 0, 74)
    for year in over_years:
        for kind, words in (("award", "award"), ("removal", "removal"), ("adjustment", "pay adjustment")):
            did = sum(any(taken.kind == kind for taken in row.happened) for row in year.rows)
            assert counted.get((year.year, words), (0, 0, 0))[2] == did
    said = CliRunner().invoke(cli.main, ["appraisal", "actions", str(DBT), "--decided-on", "2024-12-31"]).output
    assert "What followed, 2022: rated" in said
    assert "reassignment permitted 0, required 1, on record 1" in said
    assert "By kind of action" in plain(followed_paper.document(over_years, "x"))


@pytest.mark.parametrize(
    ("rating", "kind", "done"),
    [("reassignment, transfer or removal", "reassignment", True), ("reassignment, transfer or removal", "development", False),
     ("removal", "reassignment", False), ("removal", "removal", True), ("removal", "retirement", True), ("", "award", True)],
)  # fmt: skip
def test_only_what_was_required_counts_as_done(rating, kind, done):
    """5 U.S.C. 4314(b)(3), (4): one unsatisfactory may be met by a move, two by removal alone; leaving ends it."""
    taken = followed.Taken(kind, None, None)
    assert followed.Followed("A1", 2024, 1, rating, (), (taken,)).done is done


def test_what_is_owed_is_said_and_ends_with_1(tmp_path):
    """Without the record of 2022 the move of that year is owed."""
    place = shutil.copytree(DBT, tmp_path / "DBT")
    assert CliRunner().invoke(cli.main, ["appraisal", "followed", str(place)]).exit_code == 0
    (place / "actions.csv").unlink()
    done = CliRunner().invoke(cli.main, ["appraisal", "followed", str(place)])
    assert done.exit_code == 1
    assert "Owed: DBT058, 2022, level 1" in done.output


def test_an_agencys_own_files_are_not_written_over(tmp_path):
    """Taken in beside: its folder is refused as the place to write, and stays as it was either way."""
    packet = next(
        path
        for path in transfer_paper.write(transfer.packet(WSA, "WSA002"), tmp_path / "packet", ["docx"])
        if path.suffix == ".json"
    )
    here = shutil.copytree(DBT, tmp_path / "DBT")
    before = {path: path.read_bytes() for path in here.rglob("*") if path.is_file()}
    ask = ["staffing", "receive", str(packet), str(here), "--number", "DBT900", "--plan", "dept", "--on", "2025-02-09"]
    refused = CliRunner().invoke(cli.main, [*ask, "--out", str(here)])
    assert refused.exit_code
    assert "give another folder than the agency's" in refused.output
    taken = CliRunner().invoke(cli.main, [*ask, "--out", str(tmp_path / "in")])
    assert taken.exit_code == 0, taken.output
    assert {path: path.read_bytes() for path in here.rglob("*") if path.is_file()} == before
