"""The department's papers as they are signed: two cases for the Qualifications Review Board, and every page of every PDF."""

from __future__ import annotations

from datetime import date

import pytest
from click.testing import CliRunner

from seskit.desk import cli
from seskit.paper.staffing import board_papers
from seskit.record import correspondence
from seskit.work import control
from seskit.work.staffing import attention, development
from seskit.work.staffing.folder import open_walk
from tests import department, printed

#: Every paper of the year that is a document, as PDF alone; the exit code 1 says that something needs attention.
PAPERS = (
    "appraisal audit {d} --out {o}/audit",
    "closeout {d} --out {o}/closeout --names --notices --executive DBT002 --executive DBT015 --executive DBT016 --executive DBT020"
    " --executive DBT058 --format pdf",
    "appraisal board-notice {d} --out {o}/boards",
    "appraisal followed {d} --out {o}/followed",
    "certification package {d} --out {o}/certification --format pdf",
    "staffing case {d} T-01 --out {o}/case --format pdf",
    "staffing papers {d} T-00 --out {o}/vacancy --format pdf",
    "staffing papers {d} T-01 --out {o}/vacancy --format pdf",
    "staffing control {d} --as-of 2025-03-10 --out {o}/control",
    "staffing transfer {d} DBT020 --out {o}/transfer --format pdf",
)  # fmt: skip
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The department."""
    return department.made(tmp_path_factory.mktemp("department"))


def test_a_case_is_complete_signed_and_sent(folder):
    """Selected, certified by the agency, every paper at hand: the transmittal is no draft, names its papers, and is one page."""
    walk = open_walk(folder, "", "T-01")
    assert (walk.problems, walk.case.missing) == ((), ())
    letter = board_papers.transmittal(walk.case)
    assert not letter.draft
    assert "issing" not in letter.body
    words = letter.body.replace("\\", "")
    for said in (
        "candidate K-04",
        "February 26, 2025",
        "Merit staffing was followed",
        "has certified that the candidate",
    ):
        assert said in words, said
    assert {row.state for row in walk.case.checklist} == {"at hand"}
    assert {one.vacancy.id: one.state for one in walk.seen} == {
        "T-00": "final",
        "T-01": "with the QRB",
        "T-02": "announced",
    }


def test_a_case_is_carried_into_probation_and_its_end(folder):
    """Development agreed under criterion C is in the tracker, covered by the assessment, and nothing is overdue."""
    walk = open_walk(folder, "", "T-00")
    (agreed,) = development.agreed(walk.folder, walk.tracker)
    assert agreed.row is not None
    assert not agreed.missing
    (served,) = walk.tracked
    assert served.person_id == "DBT009"
    assert attention.of_probation(walk) == []


def test_the_correspondence_of_the_case_is_controlled(folder):
    """What the Qualifications Review Board asked has its number, office, day and outcome."""
    papers, problems = correspondence.read(folder)
    assert not problems
    (asked,) = [one for one in control.look(papers, date(2025, 3, 10)) if "T-00" in (one.paper.subject or "")]
    assert asked.paper.control
    assert asked.paper.action_office
    assert asked.paper.outcome


def test_no_page_would_be_sent_back(folder, tmp_path):
    """No heading, lead, caption or signature alone, no row split, no page but the last half empty: every PDF of the year."""
    for command in PAPERS:
        ran = CliRunner().invoke(cli.main, command.format(d=folder, o=tmp_path).split())
        assert ran.exit_code in (0, 1), (command, ran.output)
    papers = sorted(tmp_path.rglob("*.pdf"))
    assert len(papers) > 28
    assert [len(printed.lines(path)) for path in papers if path.name == "qrb_transmittal_T-01.pdf"] == [1]
    apart = {path: 0 if path.stem.endswith("decision_paper") else printed.APART for path in papers}
    assert {path.name: found for path in papers if (found := printed.faults(path, apart[path]))} == {}
