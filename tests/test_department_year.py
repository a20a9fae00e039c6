"""The proof: a department of 120 executives through a whole year, every paper made, and nothing personal outside the named files."""

from __future__ import annotations

import stat
from decimal import Decimal
from pathlib import Path

import department
import pytest
from click.testing import CliRunner

from seskit.desk import cli
from seskit.formats import leaving, privacy
from seskit.record import agency as agencies
from seskit.record import correspondence, roster
from seskit.record.appraisal.year_record import files as year_files
from seskit.record.closeout import moves
from seskit.work import closeout as work
from seskit.work.appraisal import followed
from seskit.work.certification import description, mock_review, self_assessment
from seskit.work.closeout.notices import Notices
from seskit.work.staffing import transfer

AGENCIES = sorted(path for path in department.SAMPLES.iterdir() if path.is_dir())
#: Every step of the year: the command, and the exit code it ends with (1: something needs attention).
YEAR = (
    ("appraisal plan {d} --out {o}/plan", (0, 1)),
    ("appraisal audit {d} --out {o}/audit", (1,)),
    ("closeout {d} --out {o}/closeout --names --notices --executive DBT002 --executive DBT015 --executive DBT016 --executive DBT020"
     " --executive DBT058 --format docx,html", (1,)),
    ("pay worksheet {d} --out {o}/pay --format xlsx", (0, 1)),
    ("report {d} --out {o}/report --format xlsx", (0, 1)),
    ("appraisal actions {d} --decided-on 2024-12-31 --out {o}/actions", (0, 1)),
    ("appraisal notice {d} --out {o}/notice", (0, 1)),
    ("appraisal board-notice {d} --out {o}/boards", (1,)),
    ("appraisal followed {d} --out {o}/followed", (0, 1)),
    ("certification assess {d}", (0, 1)),
    ("certification package {d} --out {o}/certification --format docx,xlsx,ics", (0, 1)),
    ("staffing papers {d} T-01 --out {o}/vacancy --format docx", (0,)),
    ("staffing control {d} --as-of 2026-11-20 --out {o}/control", (1,)),
    ("staffing transfer {d} DBT020 --out {o}/transfer --format docx", (0,)),
)  # fmt: skip


pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """The department, and everything its year makes: folder, results, what each command said."""
    place = tmp_path_factory.mktemp("department")
    folder, out = department.made(place), place / "out"
    said = {}
    for command, codes in YEAR:
        ran = CliRunner().invoke(cli.main, command.format(d=folder, o=out).split())
        assert ran.exit_code in codes, (command, ran.output, ran.exception)
        said[command.split()[0] + " " + command.split()[1]] = ran.output
    return folder, out, said


@pytest.fixture(scope="module")
def names(year):
    """Everyone of the department by name."""
    return [person.name for person in roster.read(year[0]).people if person.name]


def files(out):
    """Every file of the year."""
    return sorted(path for path in out.rglob("*") if path.is_file())


def test_every_paper_of_the_year_is_made(year):
    """One folder for each step, and in it what a person signs."""
    made = {path.relative_to(year[1]).as_posix() for path in files(year[1])}
    for name in (
        "audit/audit_packet.docx", "closeout/decision_paper.html", "closeout/supplement_decision_paper.html", "closeout/closeout.docx",
        "closeout/supplement_notice_proposed_reduction_pay_DBT015.docx", "closeout/supplement_notice_reassignment_DBT016.docx",
        "closeout/supplement_notice_transfer_DBT020.docx", "closeout/supplement_notice_removal_senior_executive_service_DBT058.docx",
        "closeout/supplement_notice_placement_outside_senior_executive_service_DBT058.docx",
        "closeout/supplement_notice_performance_award_DBT002.docx", "closeout/supplement_notice_pay_adjustment_DBT002.docx",
        "pay/pay_worksheet.xlsx", "actions/actions.xlsx", "notice/outcome_notice.docx", "boards/supplement_board_notice.docx",
        "followed/action_after_appraisal.docx", "certification/certification_letter_ses.docx", "certification/certification_request_ses.docx",
        "certification/system_description_ses.docx", "certification/self_assessment_ses.docx", "certification/oversight_letter_ses.docx", "certification/sample_plan_DBT002.docx",
        "certification/annual_data_report_ses.docx", "certification/certification_year_ses.ics", "vacancy/board_record_T-01.docx",
        "vacancy/board_certificate_T-01.docx", "vacancy/interview_guide_T-01.docx", "vacancy/qrb_transmittal_T-01.docx",
        "control/correspondence_control.docx", "transfer/supplement_transfer_DBT020.json",
    ):  # fmt: skip
        assert name in made, name


def test_nothing_personal_is_outside_the_named_files(year, names):
    """The project's own detector over everything: names only in files that begin so, and those are their owner's alone."""
    assert len(names) == 120
    for leak in privacy.scan(year[1], names):
        assert Path(str(leak.file)).name.startswith(leaving.WITH_NAMES), leak
    named = [path for path in files(year[1]) if path.name.startswith(leaving.WITH_NAMES)]
    assert len(named) >= 14
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in named)


def test_no_command_says_a_name(year, names):
    """Console lines speak of numbers."""
    for command, output in year[2].items():
        assert not [name for name in names if name in output], command


def test_the_same_year_under_two_states_of_certification(year):
    """Certified and not: the highest rate, what is allowed, what waits for January and what is lost differ; people do not."""
    held = work.closeout(work.open_folder(year[0]))
    text = (year[0] / "pay.yaml").read_text()
    try:
        (year[0] / "pay.yaml").write_text(f"{text}certified: no\n")
        lost = work.closeout(work.open_folder(year[0]))
    finally:
        (year[0] / "pay.yaml").write_text(text)
    assert len(held.found.rows) == len(lost.found.rows) == 120
    assert (held.found.limits.certified, lost.found.limits.uncertified) == (Decimal(225700), Decimal(207500))
    blocked = [sum(judged.decision != "allowed" for judged in one.found.rows) for one in (held, lost)]
    assert blocked == [2, 13]
    assert sum((one.deferred for one in held.deferrals), Decimal(0)) == 0
    assert sum((one.deferred for one in lost.deferrals), Decimal(0)) == 1300
    side = {line.what: line.values for line in held.side_by_side}
    assert side["Proposed rates not allowed, or undetermined"][:2] == tuple(map(str, blocked))
    assert side["Highest rate that may be set"][:2] == ("$225,700", "$207,500")
    drafts = [{one.person.person_id for one in Notices(state, year[0]).listed if one.open} for state in (held, lost)]
    assert drafts[0] < drafts[1]


def test_the_request_of_the_department_stands_on_its_rosters(year):
    """Two periods of 112 people, the Inspector General's office apart: ratings and pay differ by level, and the self-assessment sees the year."""
    found = mock_review.rehearse(year[0])
    assert [len(period.people) for period in found.data] == [112, 112]
    assert found.final, [str(problem) for problem in found.problems]
    state = {point.role: point.state for point in found.points}
    assert state["performance_differentiation.application"] == "shown"
    seen = {one.asked.key: one.standing for one in self_assessment.assess(year[0], found).points}
    assert seen["feedback.reviewed"] == "partly"
    assert seen["alignment.plans"] in ("partly", "met")


def test_every_sample_gives_its_papers_or_says_why_not():
    """Notices, action over years, correspondence, moves, transfer and certification of each sample: made, or a sentence."""
    made = [path.name for path in AGENCIES if _papers(path)]
    assert len(AGENCIES) > 30
    assert len(made) > 25


def _papers(agency):
    """Whether the papers of one sample can be made; where not, its files say why."""
    opened = work.open_folder(agency)
    if opened.sheet is None:
        assert opened.problems or opened.notes, agency.name
        return False
    listed = Notices(work.closeout(opened), agency)
    assert all(one.facts and one.says for one in listed.listed), agency.name
    assert not correspondence.read(agency)[1], agency.name
    assert not moves.read(agency).problems, agency.name
    year = year_files.open_folder(agency)
    assert not year.usable or followed.years(agency, year)[0], agency.name
    assert agencies.read(agency).agency, agency.name
    first = next(person.person_id for person in opened.people if person.person_id)
    assert transfer.packet(agency, first).person_id == first
    if (agency / "certification.yaml").is_file():
        found = mock_review.rehearse(agency)
        assert self_assessment.assess(agency, found).points, agency.name
        assert description.describe(agency, found).parts, agency.name
    return True
