"""The step ledger: every fault put into an invented agency of sixty is found, and none is invented."""

import io
import re
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from seskit.desk.appraisal import show
from seskit.desk.cli import main
from seskit.law import parameters
from seskit.law.appraisal import steps
from seskit.law.facts import FactError
from seskit.paper.appraisal import notice, packet
from seskit.record.appraisal.year_record import blank
from seskit.work.appraisal import year_record
from tests import appraisal_year as invented


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    years, people, expected = invented.sixty()
    folder = invented.write(tmp_path_factory.mktemp("HBR"), years, people)
    return year_record.audit(year_record.open_folder(folder)), expected


def test_the_invented_agency_has_sixty_executives_and_many_kinds_of_fault():
    """Enough of both for the test below to mean something."""
    years, people, expected = invented.sixty()
    assert len(people) == len(years) == len(expected) == 60
    assert len(invented.FAULTS) >= 30
    assert len({key for _, checks in invented.FAULTS.values() for key in checks.split()}) >= 21
    seeded = [check for check in expected.values() if check]
    assert len(seeded) == len(invented.FAULTS)
    every_check = {f"T{number}" for number in range(1, 25)}
    found = {key for checks in expected.values() for key in checks.split()}
    assert every_check - found == ELSEWHERE


#: What the whole agency must share is seeded in tests of its own below: a new administration, a pattern of levels.
ELSEWHERE = {"T18", "T20"}
KEPT_BY_ONE_WHO_LEFT = ("consultation", "plan", "progress_review")


@pytest.mark.parametrize(
    ("asked", "done", "known"),
    [
        ("2024-10-07", "2024-10-10", ""),
        ("2024-10-08", "", "none is on record"),
        ("2024-10-09", "2024-10-20", "done anyway on 2024-10-20"),
    ],
)
def test_a_review_asked_for_too_late_is_told_and_no_fault(tmp_path, asked, done, known):
    """The board had the rating on 2024-10-08: who asks then is owed none, and audit, packet and findings say so."""
    years = {f"HBR00{n}": invented.clean(4, date(2024, 11, 18)) for n in (1, 2)}
    years["HBR002"]["review_asked"] = [[asked, "executive", "", ""]]
    if done:
        years["HBR002"]["review_done"] = [[done, "higher_official", "", ""]]
    found = year_record.audit(
        year_record.open_folder(invented.write(tmp_path, years, [invented.person(1), invented.person(2)]))
    )
    assert [finding.check for finding in found.findings] == []
    assert [person for person, _ in found.remarks] == (["HBR002"] if known else [])
    assert all(known in said for _, said in found.remarks)
    assert ("To find out, HBR002" in show.findings(found).to_html()) == bool(known)
    assert ("To find out" in packet.document(found).body) == bool(known)
    said = CliRunner().invoke(main, ["appraisal", "audit", str(tmp_path)]).output
    assert ("To find out, HBR002" in said) == bool(known)


@pytest.mark.parametrize("kind", sorted(invented.FAULTS))
def test_each_kind_of_fault_is_found_alone(tmp_path, kind):
    """Put into one executive of two, the fault is found there and not at the neighbor."""
    change, expected = invented.FAULTS[kind]
    years = {f"HBR00{n}": invented.clean(4, date(2024, 11, 18)) for n in (1, 2)}
    change(years["HBR002"])
    folder = invented.write(tmp_path, years, [invented.person(1), invented.person(2)])
    found = year_record.audit(year_record.open_folder(folder))
    assert " ".join(f"{finding.person_id} {finding.check}" for finding in found.findings) == " ".join(
        f"HBR002 {check}" for check in expected.split()
    )


def test_each_fault_is_found_and_none_is_invented(audited):
    """Every executive shows exactly the checks that were broken for them."""
    found, expected = audited
    seen = {
        executive.person.person_id: " ".join(finding.check for finding in executive.findings)
        for executive in found.executives
    }
    assert {who: (seen[who], check) for who, check in expected.items() if seen[who] != check} == {}
    assert not found.board_findings()
    assert found.leaders.answer["passes"] is True
    assert not found.files.problems


def one(tmp_path, year=None, cycle=invented.CYCLE, agency=invented.AGENCY, **changes):
    """The audit of a single invented executive."""
    years = {"HBR001": year or invented.clean(4, date(2024, 11, 18))}
    folder = invented.write(tmp_path, years, [invented.person(1, **changes)], agency=agency, cycle=cycle)
    return year_record.audit(year_record.open_folder(folder))


def checks(found):
    return [finding.check for finding in found.findings]


@pytest.mark.parametrize(("began", "kind", "expected"), [
    ("2024-07-21", "career", ["T18"]), ("2024-07-20", "career", ["T18"]), ("2024-06-02", "career", []),
    ("2024-07-21", "noncareer", []),
])  # fmt: skip
def test_no_career_executive_is_rated_in_the_bar(tmp_path, began, kind, expected):
    """The initial rating of 2024-10-01 is day 72 or 73 after the start; day 121 is open; noncareer are not protected."""
    cycle = f"administration_began_on: {began}\n{invented.CYCLE}"
    assert checks(one(tmp_path, cycle=cycle, appointment_type=kind)) == expected


@pytest.mark.parametrize(("rated", "kind", "outcome"), [
    ("2025-05-20", "career", "not met"), ("2025-05-21", "career", None), ("2025-05-20", "noncareer", None),
    ("2025-05-20", None, "cannot tell"), ("2013-02-01", "career", None), ("2009-01-20", "career", "not met"),
    ("2029-02-01", "career", "cannot tell"), ("2000-12-01", "career", None),
])  # fmt: skip
def test_the_bar_is_asked_where_nobody_names_the_administration(rated, kind, outcome):
    """Terms of Presidents are on record; whether the next one begins a new administration is not."""
    assert barred(rated, kind) == outcome


def barred(rated, kind="career", **facts):
    """What the check of the bar says of a final rating."""
    given = {"step": "final_rating", "on": rated, "level": 3, "by": "appointing_authority"}
    found = steps.check_steps("2000-11-13", steps=[given], appointment_type=kind, **facts)
    return next((reason.outcome for reason in found.reasons if reason.key == "T18"), None)


def test_a_day_left_from_an_earlier_administration_hides_no_later_one():
    """A day in appraisal.yaml that was copied from year to year counts only until a later term on record begins."""
    assert [barred(day, administration_began_on="2021-01-20") for day in ("2024-11-18", "2025-03-01")] == [
        "met",
        "not met",
    ]


def test_a_second_term_starts_no_bar(tmp_path):
    """The same President in a row is not a new administration."""
    cycle = f"administration_began_on: 2024-07-21\nsame_president: yes\n{invented.CYCLE}"
    assert checks(one(tmp_path, cycle=cycle)) == []


def test_a_level_outside_the_pattern_is_found(tmp_path):
    """A plan with three levels cannot give Level 4, and from 2015 on three levels are not lawful at all."""
    assert checks(one(tmp_path, agency=invented.AGENCY.replace("pattern: H", "pattern: D"))) == ["T20"]


@pytest.mark.parametrize(("plan", "levels", "passed"), [
    ("basic-2012", 4, False), ("basic-2012", 5, True), ("agency", 4, True),
])  # fmt: skip
def test_a_basic_plan_has_five_levels_before_the_rule_of_2015_too(plan, levels, passed):
    """An agency's own plan may have four until then."""
    rated = {"step": "initial_rating", "on": "2014-10-10", "level": 3}
    found = steps.check_steps("2013-10-01", steps=[rated], plan=plan, levels=list(range(1, levels + 1)))
    assert ("T20" not in found.answer["failed"]) is passed


@pytest.mark.parametrize(("looked_on", "asked"), [("2026-03-31", False), ("2026-09-30", False), ("2026-10-01", True)])
def test_a_review_may_still_be_held_while_the_period_runs(looked_on, asked):
    """Until the last day none is missing."""
    plan = {"step": "plan", "on": "2025-09-30"}
    found = steps.check_steps("2025-10-01", steps=[plan], looked_on=looked_on)
    assert ("T4" in found.answer["failed"]) is asked


@pytest.mark.parametrize(("stated", "gone"), [("", True), ("no", True), ("yes", False)])
def test_one_who_left_before_the_end_and_is_not_on_the_rolls_is_owed_no_rating(tmp_path, stated, gone):
    """Left in July with an appraisal: nothing is missing; on the rolls, the rating is."""
    year = {step: rows for step, rows in invented.clean(4, date(2024, 11, 18)).items() if step in KEPT_BY_ONE_WHO_LEFT}
    year["left_position"], year["departure_appraisal"] = (
        [["2024-07-15", "", "", ""]],
        [["2024-07-10", "supervisor", "4", ""]],
    )
    row = invented.person(1, rating="", rating_date="", basic_pay_period_end="", on_rolls_period_end=stated)
    invented.write(tmp_path, {"HBR001": year}, [row])
    (found,) = year_record.audit(year_record.open_folder(tmp_path)).executives
    assert (not found.findings) is gone
    assert any("no rating by this agency is due" in reason.text for reason in found.result.reasons) is gone


def test_an_undated_step_cannot_be_told(tmp_path):
    """A step on record without its day is neither met nor missed."""
    year = invented.clean(4, date(2024, 11, 18))
    year["plan"][0][0] = ""
    (found,) = one(tmp_path, year).findings
    assert (found.check, found.outcome) == ("T1", "cannot tell")


def test_while_the_year_runs_later_steps_are_not_due(tmp_path):
    """On 2024-06-30 only plan, consultation and reviews are asked for; on the day after the period all are."""
    year = {step: invented.clean(4, date(2024, 11, 18))[step] for step in ("consultation", "plan", "progress_review")}
    folder = invented.write(tmp_path, {"HBR001": year}, [invented.person(1, rating="", rating_date="")])
    files = year_record.open_folder(folder)
    assert checks(year_record.audit(files, date(2024, 6, 30))) == []
    assert checks(year_record.audit(files, date(2024, 10, 1))) == ["T13", "T16", "T6"]


def test_one_who_entered_too_late_to_be_rated_is_no_fault(tmp_path):
    """Under 90 days at the end: extended to 2024-10-01, a rating missing only after it; with 90 days one is due."""
    year = {
        "entered": [["2024-07-04", "", "", ""]],
        "consultation": [["2024-07-04", "supervisor", "", ""]],
        "plan": [["2024-07-04", "supervisor", "", ""]],
    }
    late = one(tmp_path / "a", year, rating="", rating_date="")
    assert checks(late) == ["T16"]
    assert checks(year_record.audit(late.files, date(2024, 10, 1))) == []
    assert checks(year_record.audit(late.files, date(2024, 10, 2))) == ["T16"]
    for rows in year.values():
        rows[0][0] = "2024-07-03"
    assert checks(one(tmp_path / "b", year, rating="", rating_date="")) == ["T13", "T16", "T6"]


@pytest.mark.parametrize(("change", "to", "key"), [
    ("members: 5\n    career: 3", "members: 4\n    career: 2", "P5"),
    ("members: 5\n    career: 3", "members: 2\n    career: 2", "P2"),
    ("published_on: 2024-09-12", "published_on: 2024-10-21", "P8"),
    ("published_on: 2024-09-12\n", "", "P8"),
    ("appointed_by_head: yes", "appointed_by_head: no", "P3"),
    ("stable_appointment: yes", "stable_appointment: no", "P4"),
])  # fmt: skip
def test_faults_of_a_board_are_found(tmp_path, change, to, key):
    """Half career, too few, published on the day it met or never, wrongly appointed."""
    cycle = invented.CYCLE.replace(change, to.lstrip()) if to else invented.CYCLE.replace(f"    {change}", "")
    found = one(tmp_path, cycle=cycle).board_findings()
    assert [short.check for short in found if short.outcome == "not met"] == [key]


@pytest.mark.parametrize(("kept_out", "expected"), [("yes", []), ("no", ["not met"])])
def test_a_member_stays_out_of_the_own_case(tmp_path, kept_out, expected):
    """A board member who is reviewed by the board is recused, or it is a finding."""
    cycle = invented.CYCLE.replace(
        "recused_from_own_case: yes", f"member_ids: [HBR001]\n    recused_from_own_case: {kept_out}"
    )
    assert [found.outcome for found in one(tmp_path, cycle=cycle).board_findings() if found.check == "P9"] == expected


def test_steps_of_unknown_people_and_unreadable_cells_are_problems(tmp_path):
    """Each with its row and column; nothing is dropped in silence, and no number like an SSN is repeated."""
    folder = invented.write(tmp_path, {}, [invented.person(1)])
    rows = [
        "HBR999,plan,2023-09-28,supervisor,,", "HBR001,plann,2023-09-28,supervisor,,", "HBR001,plan,soon,,,",
        "HBR001,board,2024-11-01,board,9,", "HBR001,plan,2023-09-28,supervisor,,see 666-12-3456",
    ]  # fmt: skip
    (folder / "steps.csv").write_text("person_id,step,date,by,level,note\n" + "\n".join(rows), encoding="utf-8")
    problems = year_record.open_folder(folder).problems
    assert sorted((problem.row, problem.column) for problem in problems) == [
        (2, "person_id"), (3, "step"), (4, "date"), (5, "level"), (6, "note"),
    ]  # fmt: skip
    assert "3456" not in " ".join(map(str, problems))
    assert "Did you mean 'plan'?" in " ".join(map(str, problems))


@pytest.mark.parametrize("cell", ["2023-02-30", "soon"])
def test_a_step_whose_day_cannot_be_read_is_on_record(tmp_path, cell):
    """The cell is a problem with row and column; the step is not counted as missing, its day cannot be determined."""
    year = invented.clean(4, date(2024, 11, 18))
    year["plan"][0][0] = cell
    found = one(tmp_path, year)
    (problem,) = found.files.problems
    assert (problem.column, problem.value) == ("date", cell)
    (finding,) = found.findings
    assert (finding.check, finding.outcome, finding.found) == ("T1", "cannot tell", "Plan: no day given.")


def test_a_finding_tells_apart_what_was_found_and_what_is_asked(tmp_path):
    """'No plan is on record' stands beside the rule and is not run together with it."""
    year = invented.clean(4, date(2024, 11, 18))
    del year["plan"]
    (finding,) = one(tmp_path, year).findings
    assert finding.found == "No plan is on record."
    assert finding.asked == "A plan was communicated to the executive"


def test_a_day_that_is_none_is_named_with_advice_that_helps(tmp_path):
    """In appraisal.yaml 30 February is a day that is not in the calendar, and no matter of spaces."""
    cycle = invented.CYCLE.replace("published_on: 2024-09-12", "published_on: 2024-02-30")
    folder = invented.write(tmp_path, {}, [invented.person(1)], cycle=cycle)
    (problem,) = year_record.open_folder(folder).problems
    assert "2024-02-30" in problem.reason
    assert problem.fix == "Check the year, the month and the day; write year-month-day, such as 2024-09-30."
    line = (folder / "appraisal.yaml").read_text(encoding="utf-8").splitlines()[problem.row - 1]
    assert "2024-02-30" in line


LEFT_OPEN = invented.CYCLE.replace("AL5, ", "")


@pytest.mark.parametrize(("rating", "action", "failed", "not_known"), [
    ("4", "", [], []), ("2", "none yet", [], []), ("1", "none yet", ["AL5"], []), ("1", "", [], ["AL5"]),
    ("1", "reassigned within the SES", [], []),
])  # fmt: skip
def test_whether_leaders_acted_on_weak_ratings_is_read_from_the_roster(tmp_path, rating, action, failed, not_known):
    """AL5 left out of appraisal.yaml: one unsatisfactory rating needs an action on the roster, one at Level 2 does not."""
    year = invented.clean(int(rating), date(2024, 11, 18))
    answer = one(tmp_path, year, LEFT_OPEN, rating=rating, action=action).leaders.answer
    assert (answer["failed"], answer["not_known"]) == (failed, not_known)


def test_an_agency_without_the_files_says_so():
    """One plain sentence, and no audit."""
    files = year_record.open_folder("notebooks/sample/agencies/OQH")
    assert not files.usable
    assert "appraisal.yaml" in files.missing
    with pytest.raises(FactError, match=r"appraisal\.yaml"):
        year_record.audit(files)


def test_the_packet_puts_what_is_missing_in_front(audited):
    """Findings come before everything else, and no name stands in any file."""
    found, expected = audited
    body = packet.document(found).body
    assert body.index("What needs attention") < body.index("Every question, answered") < body.index("# Boards")
    assert all(who in body for who, check in expected.items() if check)
    assert "Invented Person" not in body
    book = openpyxl.load_workbook(io.BytesIO(packet.workbook(found)))
    assert book.sheetnames == ["Findings", "Questions", "Ledger", "Boards"]
    assert book["Ledger"].max_row == 63
    assert "Invented Person" not in "".join(str(cell.value) for sheet in book for row in sheet for cell in row)


def test_the_notice_names_nobody(audited):
    """No number and no name of an executive, only levels, counts and averages."""
    body = notice.notice(audited[0].files).body
    assert "HBR0" not in body
    assert "Invented Person" not in body


def test_every_check_has_its_rule_and_every_rule_its_check():
    """The checks are numbered as the rules are."""
    assert [path.rsplit(".", 1)[1] for path in parameters.paths("appraisal.steps")] == [
        f"T{number}" for number in range(1, len(steps.CHECKS) + 1)
    ]


def run(*arguments):
    return CliRunner().invoke(main, ["appraisal", *arguments])


def test_the_commands_say_what_needs_attention(tmp_path):
    """Exit code 1 with findings, 0 without, 2 for a day that is none; files only where they are asked for."""
    sample = "notebooks/sample/agencies/DBT"
    audited = run("audit", sample)
    assert audited.exit_code == 1
    assert "DBT015: T1" in audited.stdout
    kinds = re.findall(r"(T\d+) (?:not met|cannot tell)\. ", audited.stdout)
    assert len(kinds) == len(packet.kind_rows(year_record.audit(year_record.open_folder(Path(sample)))))
    assert run("plan", sample, "--out", str(tmp_path)).exit_code == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *(f"performance_plan.{kind}" for kind in ("docx", "html", "pdf", "xlsx")),
        "written.json",
    ]
    refused = run("actions", sample, "--decided-on", "soon")
    assert (refused.exit_code, "Traceback" in refused.stderr) == (2, False)
    early = run("actions", sample, "--decided-on", "2024-09-29")
    assert early.exit_code == 2
    assert "before the period ends on 2024-09-30" in early.stderr
    assert run("audit", "notebooks/sample/agencies/OQH").exit_code == 1
    listed = run("actions", sample, "--decided-on", "2024-11-30")
    assert listed.exit_code == 0
    assert "0 executives wait for theirs on the roster" in listed.stdout
    open_yet = shutil.copytree(sample, tmp_path / "DBT")
    roster = (open_yet / "roster.csv").read_text(encoding="utf-8")
    (open_yet / "roster.csv").write_text(roster.replace(",optional retirement,2025-02-28,", ",,,"), encoding="utf-8")
    waits = run("actions", str(open_yet), "--decided-on", "2024-11-30")
    assert waits.exit_code == 1
    shutil.rmtree(open_yet)
    assert "DBT038, level 1: Remove from the SES. Earliest 2024-12-30. written notice by 2024-11-30" in listed.stdout
    assert "DBT015" not in listed.stdout
    assert run("blank", str(tmp_path)).stdout.strip() == "plan.xlsx"


def test_the_commands_say_what_was_left_out(tmp_path):
    """A rating that cannot be read is named by `actions` and `notice` too, and is no reason for exit code 0."""
    folder = shutil.copytree("notebooks/sample/agencies/BSC", tmp_path / "BSC")
    history = folder / "history.csv"
    history.write_text(history.read_text(encoding="utf-8").replace("BSC001,2023,5", "BSC001,2023,9"), encoding="utf-8")
    for asked in (
        ["actions", str(folder), "--decided-on", "2024-12-01"],
        ["notice", str(folder), "--out", str(tmp_path)],
    ):
        said = run(*asked)
        assert "history.csv, row 3, level: '9'" in said.stdout
        assert said.exit_code == 1


@pytest.mark.parametrize(
    ("name", "text"), [("steps.csv", ""), ("steps.csv", "persn_id,step\n"), ("history.csv", "person_id,yeer,level\n")]
)
def test_a_list_that_cannot_be_read_is_no_empty_list(tmp_path, name, text):
    """Without its steps nobody is found late, and without its history nobody is found clear: the year is refused."""
    folder = shutil.copytree("notebooks/sample/agencies/BSC", tmp_path / "BSC")
    (folder / name).write_text(text, encoding="utf-8")
    files = year_record.open_folder(folder)
    assert not files.usable
    assert files.missing == f"{name} cannot be read, so this appraisal year cannot be checked."
    with pytest.raises(FactError, match="cannot be read"):
        year_record.audit(files)


def test_the_files_of_a_year_are_begun_from_nothing(tmp_path):
    """Blank files are read without a problem, everyone's steps are then missing, and nothing is written over."""
    folder = invented.write(tmp_path, {}, [invented.person(1)])
    for name in ("appraisal.yaml", "steps.csv"):
        (folder / name).unlink()
    assert "blank --year" in year_record.open_folder(folder).missing
    assert [path.name for path in blank.write(folder)] == ["appraisal.yaml", "steps.csv"]
    files = year_record.open_folder(folder)
    assert (files.problems, files.missing) == ((), "")
    assert files.cycle.plan == "basic-2012"
    (unpublished,) = [one.text for one in year_record.audit(files).board_findings() if one.check == "P8"]
    assert unpublished.endswith("Not published.")
    assert {"T1", "T6", "T13"} <= {row[0] for row in packet.finding_rows(year_record.audit(files))}
    before = (folder / "appraisal.yaml").read_bytes()
    with pytest.raises(FactError, match=r"Already in the folder: appraisal\.yaml and steps\.csv"):
        blank.write(folder)
    assert (folder / "appraisal.yaml").read_bytes() == before


@pytest.mark.parametrize(("first", "plan"), [
    ("2012-01-03", "agency"), ("2012-01-04", "basic-2012"), ("2025-10-01", "basic-2025"), ("", "basic-2025"),
])  # fmt: skip
def test_a_blank_year_names_the_basic_plan_of_its_period(tmp_path, first, plan):
    """The agency's own before the first basic plan; the newest where the period is not known."""
    if first:
        last = f"{int(first[:4]) + 1}-09-30"
        text = invented.AGENCY.replace("from: 2023-10-01, to: 2024-09-30", f"from: {first}, to: {last}")
        (tmp_path / "agency.yaml").write_text(text, encoding="utf-8")
    blank.write(tmp_path)
    assert f"\nplan: {plan}\n" in (tmp_path / "appraisal.yaml").read_text(encoding="utf-8")


def _with(tmp_path, *rows, cycle=invented.CYCLE):
    """An executive without a fault, and rows more: the problems of the files, and the checks that are open."""
    year = invented.clean(4, date(2024, 11, 18))
    for step, day, level, note in rows:
        year.setdefault(step, []).append([day, "board" if step == "board" else "supervisor", level, note])
    found = one(tmp_path, year, cycle)
    return [problem.reason for problem in found.files.problems], checks(found), found


@pytest.mark.parametrize(("rows", "said", "expected"), [
    ([("final_rating", "2024-11-18", "3", "")], "row [0-9]+ gives Level 4 on 2024-11-18", ["T21", "T20"]),
    ([("board", "2024-11-17", "5", "")], "row [0-9]+ gives Level 4 on 2024-11-17", []),
    ([("board", "2024-11-18", "5", "")], "row [0-9]+ gives Level 4 on 2024-11-17", []),
    ([("board", "2024-11-18", "5", "met again")], None, []),
    ([("detail_start", "2024-06-01", "", ""), ("detail_end", "2024-01-05", "", "")], "no detail_start is on or before", ["T23"]),
    ([("response", "2024-09-30", "", "")], "is the day of response, before initial_rating on 2024-10-01", []),
    ([("communication", "1905-07-16", "", "")], "lies years away", []),
    ([("board", "2024-10-20", "4", "")], "the first meeting for plan main, and steps.csv has 1 recommendation before it", []),
])  # fmt: skip
def test_rows_that_speak_against_each_other_or_the_year_are_told(tmp_path, rows, said, expected):
    """Nothing says which of two levels of one day counts, a detail that ends before it begins would never be asked for,
    and a year typed into a date cell is a day of 1905: each is a problem with its row, and settled by nobody.
    """
    reasons, open_checks, found = _with(tmp_path, *rows)
    assert len(reasons) == (said is not None)
    assert said is None or re.search(said, reasons[0])
    assert open_checks == expected
    assert ("problem in the files read, listed at the end" in packet.document(found).body) == bool(reasons)


def test_leaders_answers_that_this_year_does_not_ask_are_told_and_left_out(tmp_path):
    """AL11 is asked from 2015: in a year before it, or misspelled, or under both answers, the audit goes on without it."""
    cycle = invented.CYCLE.replace("AL12]}", "AL12, AL21], not_met: [AL9]}")
    reasons, _, found = _with(tmp_path, cycle=cycle)
    assert [reason.split()[0] for reason in reasons] == ["stands", "is"]
    assert found.leaders.answer["not_known"] == ["AL9"]
    assert "**Leaders.**" in packet.document(found).body
