"""The proof: a department of 120 executives through a whole year, every paper made, and nothing personal outside the named files."""

from __future__ import annotations

import re
import shutil
import stat
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from seskit import batch
from seskit.batch.progress import Silent
from seskit.desk import cli
from seskit.formats import leaving, scanning, strict_yaml
from seskit.formats.sheets import typeset
from seskit.paper.closeout import decision
from seskit.record import agency as agencies
from seskit.record import roster
from seskit.work import closeout as work
from seskit.work.certification import mock_review, self_assessment
from seskit.work.closeout.notices import Notices
from seskit.work.staffing import transfer
from tests import batch_kit as kit
from tests import citations, department
from tests.extent import ALL, some
from tests.places import TESTS

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
    ("staffing control {d} --as-of 2025-03-10 --out {o}/control", (1,)),
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


@pytest.fixture(scope="module")
def held(year):
    """The closeout of the department, certified."""
    return work.closeout(work.open_folder(year[0]))


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
    for leak in scanning.scan(year[1], names).leaks:
        assert Path(str(leak.file)).name.startswith(leaving.WITH_NAMES), leak
    named = [path for path in files(year[1]) if path.name.startswith(leaving.WITH_NAMES)]
    assert len(named) >= 14
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in named)


def test_no_command_says_a_name(year, names):
    """Console lines speak of numbers."""
    for command, output in year[2].items():
        assert not [name for name in names if name in output], command


def test_no_paper_speaks_with_another_agencys_words(year):
    """Neither the head, the offices nor the name of another agency, unless an executive is to move there."""
    others = {agencies.read(path).agency for path in AGENCIES if path.name != "DBT"}
    words = {one.name for one in others if one} | {"Administrator", "the Administration", "Lamps", "Foghorns"}
    words -= {"Clock Towers Administration"}  # one executive transfers there
    for path in [*year[0].iterdir(), *files(year[1])]:
        said = " ".join(citations.said_in(path).split())
        assert not [word for word in words if word in said], path.name


def test_everything_proposed_is_in_the_totals_as_proposed(held):
    """The award of DBT003 stands against the law, the rate of DBT011 lacks an approval: counted as proposed, and left out only
    where it is said. The decision paper asks for that approval and counts the rate.
    """
    rows = held.found.rows
    assert sum(judged.row.proposed_award or 0 for judged in rows) == 939629
    assert sum(max(judged.row.new_rate - judged.row.rate, 0) for judged in rows) == 269729
    for one in work.figures.spending(held.found):
        assert (one.proposed, one.allowed) == ((939629, 898800) if one.what.startswith("Awards") else (269729, 262807))
    asked = dict(decision.paper(held).signers)
    assert "$924,729 as proposed, $883,900 of it allowed" in asked["Agency head or designee"]
    assert "Awards: $14,900." in asked["Inspector General"], "939,629 and 898,800 together"
    assert "Rates of 11 executives; increases a year $77,769." in asked["Top approving official"]
    assert "increases a year $10,747. Approval of 1 of them: to be given by this paper." in asked["Inspector General"]


def test_what_was_decided_is_what_the_other_papers_of_the_year_report(year, held):
    """Roster, notice of the outcome and request hold the lawful decisions, reductions of level 1 among them."""
    paid = roster.read(year[0]).people
    assert sum(person.award or 0 for person in paid) == held.lawful.awards_total == Decimal("938633.40")
    said = " ".join(citations.said_in(year[1] / "notice" / "outcome_notice.docx").split())
    assert "DRAFT" not in said
    assert "Average adjustment of pay by level" in said
    data = mock_review.rehearse(year[0]).data[-1]
    lowest = next(level for level in data.levels if level.level == 1)
    assert lowest.adjustment == Decimal("-3590.00")


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
def test_no_page_of_the_decision_paper_stands_alone(held):
    """Sums and signatures are on the first page with the first rows; every other page has rows under their headings."""
    ran = subprocess.run(
        ["pdftotext", "-layout", "-", "-"],
        input=typeset.pdf(decision.sheets(decision.paper(held))),
        capture_output=True,
        check=True,
    )
    first, *others = ran.stdout.decode().rstrip("\f").split("\f")
    assert all(said in first for said in ("Budget and pool", "Before you sign", "Signature"))
    shown = [len(re.findall(r"^ *DBT\d{3}\b", page, re.MULTILINE)) for page in (first, *others)]
    assert sum(shown) == 120
    assert all(shown)
    assert all("Verdict" in page for page in others)


def test_the_same_year_under_two_states_of_certification(year, held):
    """Certified and not: the highest rate, what is allowed, what waits for January and what is lost differ; people do not."""
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
    """Two periods of 112 people, the Inspector General's office apart: ratings and pay differ by level, and the self-assessment sees the year. The one plan in the folder is a draft."""
    found = mock_review.rehearse(year[0])
    assert [len(period.people) for period in found.data] == [112, 112]
    (point,) = found.open
    assert (point.role, point.why) == ("sample", "drafts, with gaps to close: DBT002")
    state = {point.role: point.state for point in found.points}
    assert state["performance_differentiation.application"] == "shown"
    seen = {one.asked.key: one.standing for one in self_assessment.assess(year[0], found).points}
    assert seen["feedback.reviewed"] == "partly"
    assert seen["alignment.plans"] in ("partly", "met")


#: A notebook as an office may write it: every paper that the folder has files for, by the commands a person gives.
PAPERS = """
from pathlib import Path
from seskit.desk import cli
from seskit.record.staffing import records

def give(*words):
    try:
        cli.main([*words])
    except SystemExit as end:
        assert end.code in (0, 1), words

has = lambda name: (Path(agency) / name).is_file()
give("closeout", agency, "--out", f"{out}/closeout", "--format", "html")
if has("certification.yaml"):
    give("certification", "package", agency, "--out", f"{out}/certification", "--format", "docx,ics")
if has("steps.csv"):
    give("appraisal", "audit", agency, "--out", f"{out}/audit")
    give("appraisal", "followed", agency, "--out", f"{out}/followed")
if has("correspondence.csv"):
    give("staffing", "control", agency, "--out", f"{out}/control")
if has("vacancy.yaml"):
    for vacancy in records.open_folder(agency).known.vacancies:
        give("staffing", "papers", agency, vacancy.id, "--out", f"{out}/vacancy", "--format", "docx")
"""


#: What a folder has when there is more to sign than a closeout; the others are alike, and `make test` takes some of them.
MORE = ("pay.yaml", "certification.yaml", "steps.csv", "vacancy.yaml", "correspondence.csv")
RUN = [path.name for path in AGENCIES if ALL or any((path / name).is_file() for name in MORE)]
RUN += [] if ALL else some(sorted(path.name for path in AGENCIES if path.name not in RUN), 4)


@pytest.fixture(scope="module")
def samples(tmp_path_factory, warm_way):
    """The sample agencies through one real run of the batch that makes their papers; by `make test-all` all of them."""
    place = tmp_path_factory.mktemp("samples")
    path = kit.notebook(place / "papers.ipynb", PAPERS)
    out = place / "out"
    return out, batch.run(kit.SAMPLES, out, notebooks=[path], only=RUN, progress=Silent(), launcher=warm_way)


def test_the_batch_makes_the_papers_of_every_sample_or_says_why_not(samples):
    """One run: each to its end; the decision paper of each that can be closed out, the others by their sentence."""
    out, summary = samples
    assert {record.status for record in summary.records} == {"done"}
    assert {record.agency for record in summary.records} == set(RUN)
    closed = {path.parents[2].name for path in out.rglob("decision_paper.html")}
    assert len(closed) * 3 > len(RUN) * 2
    for name in set(RUN) - closed:
        opened = work.open_folder(department.SAMPLES / name)
        assert opened.sheet is None
        assert opened.problems, name
    made = {path.name for path in out.rglob("*.docx")}
    assert {"certification_letter_ses.docx", "audit_packet.docx", "correspondence_control.docx",
            "action_after_appraisal.docx"} <= made  # fmt: skip


def test_each_citation_on_a_paper_has_its_test(year, samples):
    """tests/citations.yaml names for each the test of the law that holds its edge; a citation without one fails, and so does a tie that is none."""
    ties = strict_yaml.load((TESTS / "citations.yaml").read_text(encoding="utf-8"))
    printed = {}
    for path in [*files(year[1]), *files(samples[0])]:
        if path.stem not in ("findings", "index", "papers"):
            printed |= dict.fromkeys(citations.cited(citations.said_in(path)), path.name)
    for name in citations.PAPERS:
        printed |= dict.fromkeys(citations.cited((citations.TESTS.parent / name).read_text(encoding="utf-8")), name)
    assert len(printed) > 130
    assert {one: name for one, name in printed.items() if one not in ties} == {}
    assert [wrong for one, listed in ties.items() for tie in listed if (wrong := citations.tied(one, tie))] == []
    assert all(ties.values())


def test_a_citation_is_read_wherever_a_list_or_a_span_names_it():
    """Each section and paragraph of a list is one citation; a tie to a test that is gone, or of another rule, is none."""
    said = "(5 U.S.C. 4314(b)(3) and (4); 5 CFR 534.404(b)(4)(i), (b)(5), 359.701-.703; 430.405(b)(1)(i))"
    assert citations.cited(said) == {
        "5 U.S.C. 4314(b)(3)", "5 U.S.C. 4314(b)(4)", "5 CFR 534.404(b)(4)(i)", "5 CFR 534.404(b)(5)", "5 CFR 359.701", "5 CFR 359.703",
        "5 CFR 430.405(b)(1)(i)",
    }  # fmt: skip
    assert "is not there" in citations.tied("5 CFR 317.902", "test_notices::test_nothing")
    assert "does not name" in citations.tied(
        "5 CFR 534.409", "test_notices::test_a_move_keeps_15_or_60_days_and_consultation"
    )
    assert "rests on" in citations.tied("5 CFR 317.902", "cases/appraisal: C9 / C10")
    assert "end alike" in citations.tied("5 CFR 534.405(b)(1)", "cases/awards: P34-one / P34-one")


def test_every_executive_of_a_sample_can_take_a_packet_along():
    """The first of each roster with a number: what the next agency reads is of that executive."""
    for agency in AGENCIES:
        first = next((person.person_id for person in roster.read(agency).people if person.person_id), None)
        assert first is None or transfer.packet(agency, first).person_id == first


def test_the_batch_leaves_nothing_personal_outside_the_named_files(samples):
    """The project's detector over every paper of the run, agency by agency, with that agency's names."""
    for name in RUN:
        agency, made = department.SAMPLES / name, samples[0] / name
        known = [person.name for person in roster.read(agency).people if person.name]
        for leak in scanning.scan(made, known).leaks:
            assert Path(str(leak.file)).name.startswith(leaving.WITH_NAMES), leak
