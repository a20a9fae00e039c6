"""One list of findings: the commands, the batch with its index and exit code, and the manifest say the same."""

from __future__ import annotations

import csv
import importlib
import io
import json
import re
import shutil
import zipfile
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import lxml.html
import nbformat
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from seskit import batch
from seskit.batch import attention, dashboard, index
from seskit.batch.attention import AgencyOfRun
from seskit.batch.progress import Silent, line
from seskit.desk import in_batch
from seskit.desk.cli import main
from seskit.law.appraisal.distribution import rating_ceiling
from seskit.paper import findings as paper
from seskit.record.finding import (
    OPEN,
    SEVERITIES,
    SUBJECTS,
    Finding,
    counts,
    from_dict,
    in_order,
    needs_attention,
    of_problem,
)
from seskit.record.manifest import Record, from_lines
from seskit.record.problem import Problem
from seskit.work import findings, report
from seskit.work.appraisal.ceiling import Ceiling
from tests import batch_kit as kit
from tests.dashboards import many_agencies
from tests.places import FIELD, NOTEBOOKS, PACKAGE, SAMPLES

FOLDERS = {file.parent.name: file.parent for place in (SAMPLES, FIELD) for file in sorted(place.rglob("agency.yaml"))}
#: Which command looks at a folder, by a file that is there; `check` looks at every one.
COMMANDS = {
    "pay.yaml": [["pay", "worksheet"]],
    "appraisal.yaml": [["appraisal", "audit"]],
    "plan.yaml": [["appraisal", "plan"]],
    "certification.yaml": [["certification", "check"], ["certification", "rehearse"]],
    "vacancy.yaml": [["staffing", "list"]],
    "probation.csv": [["staffing", "probation"]],
    "correspondence.csv": [["staffing", "control"]],
}
ROOMS = ("report", "pay_setting", "appraisal", "certification", "staffing", "closeout")


@cache
def of_folder(folder: Path) -> list[Finding]:
    """The one list of a folder, made once."""
    return findings.of_folder(folder)


@pytest.fixture(scope="module")
def ran(tmp_path_factory, warm_way):
    """One run over every sample agency and every folder from the field, with a notebook that takes no time."""
    place = tmp_path_factory.mktemp("run")
    for name, folder in FOLDERS.items():
        shutil.copytree(folder, place / "agencies" / name)
    path = kit.small(place)
    summary = batch.run(place / "agencies", place / "out", notebooks=[path], progress=Silent(), launcher=warm_way)
    return summary, place / "out"


@cache
def listed(*command: str) -> tuple[list[Finding], int]:
    """The findings on which a command's exit code rests, and the code; each command is given once."""
    kept: list[Finding] = []

    def keep(found):
        kept.extend(found)
        return int(needs_attention(kept))

    with pytest.MonkeyPatch.context() as patch:
        for room in ROOMS:
            patch.setattr(importlib.import_module(f"seskit.desk.{room}.commands"), "exit_code", keep)
        done = CliRunner().invoke(main, list(command))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    return kept, done.exit_code


def of_commands(folder: Path) -> tuple[list[Finding], list[int]]:
    """Everything the commands find about a folder, and their exit codes."""
    checked = CliRunner().invoke(main, ["check", str(folder), "--json"])
    found = [from_dict(one) for one in json.loads(checked.output)["findings"]]
    codes = [checked.exit_code]
    for file, commands in COMMANDS.items():
        for command in commands if (folder / file).is_file() else ():
            more, code = listed(*command, str(folder))
            found += more
            codes.append(code)
    if (folder / "pay.yaml").is_file():
        more, code = listed("closeout", str(folder))
        known = {one.key for one in found}
        found += [one for one in more if one.key not in known]
        codes.append(code)
    return found, codes


def record_of(summary, name: str) -> Record:
    return next(record for record in summary.records if record.agency == name)


@pytest.mark.parametrize("name", FOLDERS)
def test_the_commands_and_the_batch_find_the_same(ran, name):
    """In count by severity and subject, finding by finding, and in what the exit code means."""
    summary, out = ran
    record = record_of(summary, name)
    said, codes = of_commands(FOLDERS[name])
    kept = [from_dict(one) for one in json.loads((out / name / "findings.json").read_text())["findings"]]
    # The ceiling, and what ratings call for, are said of the folder, with or without a command that is asked for a day;
    # that two rosters are alike is seen in a run alone.
    own = {one.key for one in kept if one.rule == "ceiling" or one.rule.startswith("action ")}
    own |= {one.key for one in kept if one.key.startswith("run.")}
    assert {one.key for one in in_order(said)} | own == {one.key for one in kept}
    with_ceiling = in_order([*said, *(one for one in kept if one.key in own)])
    assert counts(with_ceiling) == counts(kept)
    assert attention.by_subject(kept) == record.findings
    waiting = [one for one in kept if one.waits]
    if record.status != "failed":
        assert record.well is not needs_attention(kept)
    assert (1 in codes) is (needs_attention(kept) or bool(waiting))


def test_the_closeout_says_nothing_that_the_list_does_not(ran):
    """Every block and flag of a closeout with a pay worksheet has its finding, under the same key."""
    _, out = ran
    looked = 0
    for name, folder in FOLDERS.items():
        if (folder / "pay.yaml").is_file():
            said, code = listed("closeout", str(folder))
            kept = {one["key"] for one in json.loads((out / name / "findings.json").read_text())["findings"]}
            assert {one.key for one in said if one.rule != "file"} <= kept, name
            assert code <= json.loads((out / name / "findings.json").read_text())["attention"]
            looked += 1
    assert looked >= 4


def test_an_appraisal_year_with_faults_needs_attention_in_the_batch(ran, tmp_path, warm_way):
    """What the audit finds is in the record, the summary and the exit code of a run of another notebook."""
    kept = counts(one for one in findings.of_folder(FOLDERS["32-appraisal-year"]) if one.subject == "appraisal")
    assert kept["error"] + kept["flag"] >= 16
    shutil.copytree(FOLDERS["32-appraisal-year"], tmp_path / "agencies" / "NLS")
    clear = tmp_path / "agencies" / "ASR"
    shutil.copytree(FOLDERS["ASR"], clear)
    summary = batch.run(
        tmp_path / "agencies", tmp_path / "out", notebooks=[kit.small(tmp_path)], progress=Silent(), launcher=warm_way
    )
    assert summary.exit_code == 1
    assert "1 needs attention: 16 errors, 3 flags." in summary.to_text()
    assert record_of(summary, "ASR").well
    shutil.rmtree(tmp_path / "agencies" / "NLS")
    again = batch.run(
        tmp_path / "agencies", tmp_path / "out", notebooks=[kit.small(tmp_path)], progress=Silent(), launcher=warm_way
    )
    assert (again.exit_code, again.to_text().count("Nothing needs attention.")) == (0, 1)


def test_what_ratings_call_for_is_in_the_list_until_the_roster_has_it(tmp_path):
    """A required removal that the roster does not have, in `actions`, `staffing moves`, the list and the exit codes."""
    place = tmp_path / "CTA"
    shutil.copytree(FOLDERS["CTA"], place)
    assert not [one for one in findings.of_folder(place) if one.rule.startswith("action")]
    rows = list(csv.DictReader((place / "roster.csv").read_text(encoding="utf-8").splitlines()))
    for row in rows:
        if row["person_id"] in ("CTA001", "CTA033"):
            row |= {"action": "", "action_date": "", "removal_reason": ""}
    with (place / "roster.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    kept = {one.key: one for one in findings.of_folder(place) if one.rule == "action removal"}
    assert {one.about for one in kept.values()} == {"CTA001", "CTA033"}
    assert {one.severity for one in kept.values()} == {"flag"}
    for command in (("appraisal", "actions", str(place), "--decided-on"), ("staffing", "moves", str(place), "--as-of")):
        said, code = listed(*command, "2012-11-23")
        assert {one.key for one in said if one.rule == "action removal"} == set(kept)
        assert code == 1


def _numbers(said: str) -> Counter:
    """The counts of what must be settled in a sentence, each severity added up; what only waits is left out."""
    found = re.findall(r"(\d+) (error|block|flag)s?\b(?! only)", said)
    return Counter({severity: sum(int(many) for many, word in found if word == severity) for severity in OPEN})


def test_terminal_index_and_list_count_alike(ran):
    """Each line of the terminal adds up to its agency's row of the index, and the first sentence to the total below it."""
    summary, out = ran
    page = lxml.html.document_fromstring((out / "index.html").read_text(encoding="utf-8"))
    table = page.xpath("//table[.//tr[@data-agency]]")[0]
    rows = {row.get("data-agency"): row for row in table.xpath(".//tr[@data-agency]")}
    assert rows
    for record in summary.records:
        row = rows.get(f"{record.title} {record.agency}".lower())
        if record.status in ("final", "draft") and row is not None:
            assert _numbers(line(record)) == _numbers(row.xpath(".//td")[1].text_content()), record.agency
            assert line(record).startswith(f"{record.agency}: forms {record.status}."), line(record)
    (total,) = page.xpath("//p[@class='totals']")
    assert sum(_numbers(total.text_content()).values()) > 0
    assert _numbers(total.text_content()) == _numbers(summary.to_text())
    assert _numbers(total.text_content()) == sum(
        (_numbers(row.xpath(".//td")[1].text_content()) for row in rows.values()), Counter()
    )
    assert "only wait" in total.text_content()


def test_manifest_index_and_data_hold_the_same_counts(ran):
    """Each severity over the whole run: in the manifest, in index.csv, in findings.csv and in findings.json."""
    summary, out = ran
    told = from_lines((out / "manifest.jsonl").read_text(encoding="utf-8").split("\n"))
    manifest = Counter()
    for record in told.values():
        for many in record.findings.values():
            manifest.update(many)
    rows = list(csv.DictReader(io.StringIO((out / "findings.csv").read_text(encoding="utf-8-sig"))))
    runs = list(csv.DictReader(io.StringIO((out / "index.csv").read_text(encoding="utf-8-sig"))))
    kept = json.loads((out / "findings.json").read_text(encoding="utf-8"))["agencies"]
    assert Counter(row["Severity"] for row in rows) == manifest
    assert Counter({s: sum(int(row[f"Findings: {s}s"]) for row in runs) for s in SEVERITIES}) == manifest
    assert Counter(one["severity"] for agency in kept.values() for one in agency["findings"]) == manifest
    assert set(kept) == {record.agency for record in summary.records}


def test_every_link_of_the_index_leads_to_a_place(ran):
    """The file is there, and the address inside it, too; the ceiling is said before anything else."""
    _, out = ran
    page = lxml.html.document_fromstring((out / "index.html").read_text(encoding="utf-8"))
    pages = {"index.html": page}
    for link in page.iterfind(".//a[@href]"):
        path, _, place = unquote(link.get("href")).partition("#")
        file = out / (path or "index.html")
        assert file.is_file(), path
        if place and not path.endswith("report.html"):  # this run's notebook is not the walk-through itself
            name = path or "index.html"
            if name not in pages:
                pages[name] = lxml.html.document_fromstring(file.read_text(encoding="utf-8"))
            assert pages[name].xpath("//*[@id=$place]", place=place), (name, place)
    assert page.findall(".//h2")[0].text_content() == "The ceiling on Levels 4 and 5"
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_the_page_of_a_notebook_leads_to_the_list(ran):
    """Below the agency's name stands what needs attention; where nothing does, nothing is said."""
    _, out = ran
    page = lxml.html.document_fromstring((out / "DBT" / "report.html").read_text(encoding="utf-8"))
    (link,) = page.xpath("//a[@href='findings.html']")
    assert link.text_content() == "24 errors, 4 blocks, 1 flag, 9 warnings, 4 indicators"
    assert "findings.html" not in (out / "BPI" / "report.html").read_text(encoding="utf-8")


def test_a_link_leads_into_the_walk_where_it_was_run():
    """To the agency's own list, and to the section of the subject's page where that notebook was run."""
    one = Finding("appraisal", "T4", "error", "No review.", about="X1", section="2. The appraisal year")
    with_page = AgencyOfRun("A", "A", (one,), frozenset({"A/appraisal/appraisal.html", "A/findings.html"}))
    assert with_page.link(one) == f"A/findings.html#{one.key}"
    assert with_page.walk(one) == "A/appraisal/appraisal.html#2-the-appraisal-year"
    assert "#2-the-appraisal-year" in index.made([], 0, [with_page])
    assert (
        AgencyOfRun("A b", "A", (one,), frozenset({"A b/findings.html"})).link(one) == f"A%20b/findings.html#{one.key}"
    )
    assert AgencyOfRun("A", "A", (one,), frozenset()).link(one) is None


def test_every_section_that_a_finding_names_is_a_heading_of_its_walk():
    """A heading that is worded anew takes its findings with it."""
    seen = set()
    for folder in FOLDERS.values():
        seen |= {(one.subject, one.section) for one in of_folder(folder) if one.section}
    assert len(seen) > 8
    for subject, section in seen:
        made = nbformat.read(NOTEBOOKS / f"{in_batch.shown_in(subject)}.ipynb", as_version=4)
        assert any(f"## {section}" in cell.source.splitlines() for cell in made.cells), (subject, section)


def test_hundreds_of_agencies_stay_readable():
    """The worst first; like findings under one count; all but a few agencies folded; nothing is lost."""
    agencies = many_agencies(300)
    text = str(index.made([], 0, agencies))
    page = lxml.html.document_fromstring(text)
    assert len(text) < 2_000_000
    rows = page.xpath("//table[caption[contains(., 'Agency by subject')]]/tbody/tr")
    assert len(rows) == 300
    assert "Agency number 150" in rows[0].text_content()
    own = page.xpath("//details[@data-agency]")
    assert len(own) == 300
    assert own[0].get("data-agency").startswith("agency number 150")
    assert len(page.xpath("//details[@data-agency][not(ancestor::details)]")) == dashboard.FEW
    assert "398 errors" in own[0].text_content()
    assert f"{398 - paper.MOST} more are in findings.json" in own[0].text_content()
    assert all(not one.get("open") for one in page.iterfind(".//details"))
    assert page.xpath("//summary[contains(., 'Report, R12')]")[0].text_content().strip().startswith("■ 996 errors")


def test_without_findings_the_index_has_no_dashboard():
    """A run in which nothing was found says so, and shows its results."""
    text = index.made([Record("A", "A", "report", "final", True)], 0, [AgencyOfRun("A", "A", (), frozenset())])
    assert "Nothing needs attention." in text
    assert "What needs attention" not in text


def test_what_failed_is_a_finding_of_the_index(tmp_path):
    """A notebook that stopped stands among the errors, with its message."""
    record = Record("A", "A", "report", "failed", False, "Stopped at code cell 2. ValueError: x")
    (agency,) = attention.of_run(tmp_path, [record])
    assert [one.severity for one in agency.findings] == ["error"]
    assert "Stopped at code cell 2" in index.made([record], 0, [agency])


@pytest.mark.parametrize("broken", ["", "[]", "{}", '{"findings": [1]}', '{"findings": [{"subject": "x"}]}'])
def test_a_list_that_cannot_be_read_stops_no_index(tmp_path, broken):
    """The index is made all the same."""
    (tmp_path / "A").mkdir()
    (tmp_path / "A" / "findings.json").write_text(broken)
    record = Record("A", "A", "report", "final", True, outputs={"A/findings.json": ""})
    (agency,) = attention.of_run(tmp_path, [record])
    assert agency.findings == ()


def test_no_text_of_a_finding_acts_on_the_page_or_in_a_spreadsheet():
    """Markup is shown as text, and no cell is a formula."""
    bad = Finding("pay", "<b>", "block", "<script>x</script>", "=1+1", "'\"&", about="=cmd|x", other_reading="<i>")
    agency = AgencyOfRun("A", "<img src=x>", (bad,), frozenset())
    page = str(index.made([], 0, [agency])) + str(paper.page("<u>", [bad]))
    assert not any(tag in page for tag in ("<script>x", "<b>", "<img src=x", "<u>", "<i>"))
    (row,) = csv.DictReader(io.StringIO(dashboard.table([agency])))
    assert row["What to do"] == "'=1+1"
    assert row["About"].startswith("'=")


texts = st.text(max_size=20)


@given(
    st.builds(
        Finding, st.sampled_from(SUBJECTS), texts, st.sampled_from(SEVERITIES), texts, texts, texts, texts, texts,
        st.none() | st.integers(1, 9), texts, st.none() | st.dates(), st.sampled_from(["verified", "design"]), texts,
        st.booleans(), texts,
    )
)  # fmt: skip
def test_a_finding_survives_its_file(one):
    """Written as JSON and read again it is the same."""
    assert from_dict(json.loads(json.dumps(one.to_dict()))) == one


def test_the_order_is_the_ceiling_the_worst_and_each_once():
    """A block about the ceiling, errors, blocks, flags; what two subjects read in one file is said once."""
    problem = Problem(3, "award", "5", "is below 5 percent", "Correct it.")
    twice = [of_problem(problem, "report"), of_problem(problem, "pay")]
    ceiling = Finding("appraisal", "ceiling", "indicator", "Within.")
    flag = Finding("pay", "outstanding", "flag", "No increase.", about="X1")
    found = in_order([flag, *twice, Finding("pay", "rate", "block", "No.", about="X1"), ceiling])
    assert [one.severity for one in found] == ["indicator", "error", "block", "flag"]
    assert found[1].subject == "report"
    assert needs_attention(found)
    assert not needs_attention([ceiling, replace(twice[0], waits=True)])


@pytest.mark.parametrize("subject", SUBJECTS)
def test_like_problems_of_one_row_have_keys_of_their_own(subject):
    """Two blank cells of one executive are two findings, whichever subject read the roster."""
    cells = [Problem(3, name, "", "is blank", "Write it.", person="A17") for name in ("plan", "rating")]
    assert len({of_problem(one, subject).key for one in cells}) == len(cells)


def test_no_two_findings_of_an_agency_have_one_key(ran):
    """A key leads to one finding, on the page and in the data."""
    _, out = ran
    for name in FOLDERS:
        keys = [one["key"] for one in json.loads((out / name / "findings.json").read_text())["findings"]]
        assert len(keys) == len(set(keys)), name
        ids = lxml.html.document_fromstring((out / name / "findings.html").read_text(encoding="utf-8")).xpath("//@id")
        assert len(ids) == len(set(ids)), name
        assert set(ids) >= set(keys), name


def test_a_name_in_a_roster_is_in_no_finding():
    """Words from a cell are left out, because they may be a name."""
    one = of_problem(Problem(3, "plan", "Ada Example", "is no plan", "Correct it."), "report")
    assert "Ada" not in str(one)
    assert "roster, row 3, plan" in str(one)


@pytest.mark.parametrize(("ends", "severity"), [("2026-09-30", "block"), ("2026-10-01", "flag")])
def test_over_a_ceiling_that_is_not_recorded_for_the_year_is_a_doubt(ends, severity):
    """The ceiling of fiscal year 2026 blocks; of a later year it is not known what holds, and OPM is to be asked."""
    over = rating_ceiling(ends, career_rated=10, career_high=5)
    found = Ceiling("Agency", over, alone=True).finding
    assert (found.severity, "Ask OPM" in found.to_do) == (severity, severity == "flag")


def test_check_all_lists_every_subject():
    """One command for the whole list, in words and as data, with the exit code of the batch."""
    folder = str(FOLDERS["DPW"])
    said = CliRunner().invoke(main, ["check", folder, "--all"])
    data = CliRunner().invoke(main, ["check", folder, "--all", "--json"])
    kept = findings.of_folder(folder)
    assert said.exit_code == data.exit_code == 1
    assert json.loads(data.output)["counts"] == counts(kept)
    assert said.output.splitlines()[-1].startswith(f"{len(kept)} findings: ")
    clear = CliRunner().invoke(main, ["check", str(FOLDERS["BPI"]), "--all"])
    assert (clear.exit_code, clear.output) == (0, "Nothing needs attention.\n")


def test_a_part_that_cannot_be_looked_at_is_a_finding(tmp_path, monkeypatch):
    """Whatever stops one subject, the others are looked at."""
    from seskit.work.appraisal import year_record

    def stop(*_):
        raise RuntimeError("secret")

    monkeypatch.setattr(year_record, "audit", stop)
    found = findings.of_folder(FOLDERS["32-appraisal-year"])
    (one,) = (one for one in found if one.rule == "not looked at")
    assert (one.subject, one.severity) == ("appraisal", "error")
    assert "secret" not in one.sentence
    assert any(other.subject == "report" for other in found)


@pytest.mark.parametrize(("broken", "lines"), [("roster.csv", 0), ("roster.csv", 1), ("agency.yaml", 0)])
def test_what_rests_on_a_file_that_cannot_be_used_is_said_once_for_each_subject(tmp_path, broken, lines):
    """Not passed over, and not checked against nobody, as where the roster has its header alone: a worksheet, a year and their steps."""
    folder = Path(shutil.copytree(FOLDERS["CTA"], tmp_path / "CTA"))
    kept = (folder / broken).read_text(encoding="utf-8").splitlines(keepends=True)[:lines]
    (folder / broken).write_text("".join(kept), encoding="utf-8")
    found = findings.of_folder(folder)
    unseen = [one for one in found if one.rule == "not looked at"]
    assert sorted(one.subject for one in unseen) == ["appraisal", "pay"]
    assert all(one.open and Path(broken).stem in one.sentence for one in unseen)
    assert [one.subject for one in found if one not in unseen] == ["report"]


# The ceiling on Levels 4 and 5 stands first wherever it binds


SAID = "at most 3 of 12"


def with_a_ceiling(tmp_path: Path, *, over: bool) -> Path:
    """The appraisal year from the field with a pay worksheet and an evidence index of its own; one rating too many or not."""
    folder = Path(shutil.copytree(FOLDERS["32-appraisal-year"], tmp_path / "agency"))
    if over:
        lines = (folder / "roster.csv").read_text().splitlines()
        (folder / "roster.csv").write_text(
            "\n".join(x.replace(",3,2026-11-10", ",4,2026-11-10") if x.startswith("NLS01") else x for x in lines) + "\n"
        )
    with (folder / "roster.csv").open() as file:
        people = list(csv.DictReader(file))
    rows = [
        f"{one['person_id']},{one['basic_pay_period_end']},2025-01-12,,"
        for one in people
        if one["basic_pay_period_end"]
    ]
    head = "person_id,rate,last_adjusted,proposed_rate,proposed_award"
    (folder / "pay.csv").write_text("\n".join([head, *rows]) + "\n")
    (folder / "pay.yaml").write_text("effective: 2026-12-27\nawards_paid_on: 2026-12-18\ncertified: no\n")
    for name in ("certification.yaml", "roster_2025.csv"):
        shutil.copy(FOLDERS["31-renewal-two-documents"] / name, folder)
    return folder


@pytest.mark.parametrize("over", [False, True])
def test_the_ceiling_stands_first_wherever_it_binds(tmp_path, over):
    """Audit, packet, actions, rehearsal, certification check and package, pay worksheet, list and index: one answer, first."""
    folder = with_a_ceiling(tmp_path, over=over)
    word = "Over the ceiling" if over else "Within the ceiling"
    out = tmp_path / "files"
    for command in (
        ["appraisal", "audit", folder, "--out", out],
        ["appraisal", "actions", folder, "--decided-on", "2026-12-01"],
        ["pay", "worksheet", folder, "--out", out],
        ["certification", "check", folder],
        ["certification", "rehearse", folder],
        ["certification", "package", folder, "--out", out, "--format", "html,xlsx,json"],
    ):
        ran = CliRunner().invoke(main, [str(part) for part in command])
        first = ran.output.splitlines()[0]
        assert first.startswith("Levels 4 and 5: "), (command, ran.output)
        assert word in first
        assert SAID in first
        if over and command[1] not in ("actions", "package"):
            assert ran.exit_code == 1
    (found,) = [one for one in findings.of_folder(folder) if one.rule == "ceiling"]
    assert findings.of_folder(folder)[0] == found
    assert found.severity == ("block" if over else "indicator")
    assert word in found.sentence
    pages = {path.name: " ".join(path.read_text(encoding="utf-8").split()) for path in out.glob("*.html")}
    later = {
        "audit_packet.html": "Late, missing or out of order", "pay_worksheet.html": "Adjustments take effect",
        "annual_data_report_": "are covered", "rehearsal_": "Tests in the order", "certification_request_": "Organization",
    }  # fmt: skip
    for start, words in later.items():
        (page,) = (text for name, text in pages.items() if name.startswith(start))
        assert page.index(SAID) < page.index(words), start


def test_the_index_says_the_ceiling_before_anything_else(tmp_path, warm_way):
    """Those over it in front, those within it folded; a run over an agency above it needs attention."""
    over, within = with_a_ceiling(tmp_path / "a", over=True), with_a_ceiling(tmp_path / "b", over=False)
    for name, folder in (("OVER", over), ("WITHIN", within)):
        shutil.copytree(folder, tmp_path / "agencies" / name)
    batch.run(
        tmp_path / "agencies", tmp_path / "out", notebooks=[kit.small(tmp_path)], progress=Silent(), launcher=warm_way
    )
    page = lxml.html.document_fromstring((tmp_path / "out" / "index.html").read_text(encoding="utf-8"))
    head = page.find(".//h2")
    assert head.get("id") == "ceiling"
    text = " ".join(page.text_content().split())
    assert text.index("1 agency is over the ceiling") < text.index("1 agency is within the ceiling")
    assert text.index("1 agency is within the ceiling") < text.index("Agency by subject")


def test_where_no_ceiling_binds_nothing_speaks_of_one():
    """Before fiscal year 2026, and where fewer than five career members serve."""
    for name, folder in FOLDERS.items():
        for one in of_folder(folder):
            assert one.rule != "ceiling" or one.day.year >= 2026, name


def test_no_module_asks_the_law_for_the_ceiling_but_one():
    """One function is asked everywhere; the closeout counts its groups, the report its forms,
    and a slide what it teaches, with the same question.
    """
    asking = {
        path.relative_to(PACKAGE).as_posix()
        for path in (PACKAGE).rglob("*.py")
        if "law" not in path.parts
        and ("rating_ceiling" in (text := path.read_text(encoding="utf-8")) or "rating_tables.ceiling" in text)
    }
    assert asking <= {
        "work/appraisal/rating_tables.py",
        "work/appraisal/ceiling.py",
        "work/closeout/ceiling.py",
        "work/report/year_limits.py",
        "work/report/under_rules.py",
        "desk/appraisal/show.py",
        "forum/pictures.py",
    }


@pytest.mark.parametrize("code", [path.name for path in sorted(SAMPLES.iterdir()) if (path / "plan.yaml").is_file()])
def test_no_finding_says_its_place_twice(code, tmp_path):
    """On the command line and on the page, a gap of a plan is said with its place once."""
    folder = tmp_path / code
    shutil.copytree(SAMPLES / code, folder)
    plan = folder / "plan.yaml"
    plan.write_text(re.sub(r"(?m)^(consulted_on|cascades|considers_gpra): .*$", "", plan.read_text("utf-8")), "utf-8")
    listed = [one for one in findings.of_folder(folder) if one.column and one.sentence.startswith(f"{one.column}: ")]
    assert listed
    for one in listed:
        assert str(one).count(f"{one.column}: ") == 1
        assert str(paper.kinds([one], lambda _: "", lambda _: "")).count(f"{one.column}: ") == 0


_WRONG_PLACE = "Quentin Zorblatt"


@pytest.mark.parametrize("column", (SAMPLES / "BLB" / "roster.csv").read_text("utf-8-sig").splitlines()[0].split(","))
def test_a_name_in_a_wrong_column_is_in_no_finding_and_no_form(column, tmp_path):
    """Whatever column three rows have a name in, even in that of the number, only files with names repeat it."""
    folder = tmp_path / "BLB"
    shutil.copytree(SAMPLES / "BLB", folder)
    with (folder / "roster.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows[:3]:
        row[column] = _WRONG_PLACE
    with (folder / "roster.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    listed = json.dumps([one.to_dict() for one in findings.of_folder(folder)])
    assert _WRONG_PLACE not in listed
    written = report.open_folder(folder).complete().write(tmp_path / "out", ("json", "html", "xlsx"))
    for path in written:
        if not path.name.startswith("supplement"):
            held = path.read_bytes() if path.suffix != ".xlsx" else b"".join(parts(path))
            assert _WRONG_PLACE.encode() not in held, path.name


def parts(path):
    """What the parts of a workbook hold."""
    with zipfile.ZipFile(path) as book:
        return [book.read(name) for name in book.namelist()]
