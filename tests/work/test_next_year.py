"""The next fiscal year from the folder of the year before: what lasts goes over, what a year decided does not, and files
of another year are told where they lie beside this one's.
"""

from __future__ import annotations

import csv
from datetime import date

import pytest
from click.testing import CliRunner

from seskit.desk.cli import main
from seskit.law.facts import FactError
from seskit.record.agency_folder import AgencyFolder
from seskit.record.agency_text import agency_text
from seskit.work import folder_check, next_year, report
from seskit.work.corrections import Corrections
from seskit.work.pay_setting.folder import open_folder as open_pay

REASON = "written for this year alone"
AGENCY = f"""code: NXT
name: Office of Next Years
fiscal_year: 2024
certified: true
closed_days: [2024-12-24]
plans:
- id: main
  pattern: H
  appraisal_period: {{from: 2023-10-01, to: 2024-09-30}}
  awards: {{status: paid, paid_in: 2024-12, determined_on: 2024-12-02}}
options: {{due_days: working, budget_percent: 7.77}}
confirmed: {{dates: {REASON}}}
"""
ROSTER = """person_id,name,plan,ig_office,appointment_type,basic_pay_fy_end,basic_pay_period_end,rating,rating_date,award,pay_decreased,action,action_date
N1,Adams Avery,main,no,career,190000,190000,5,2024-11-07,19111,,,
N2,Brook Blake,main,yes,career,180000,180000,2,2024-11-07,,no,none yet,
N3,Cole Casey,main,no,career,170000,170000,1,2024-11-07,,no,removed from the SES,2024-12-29
N4,Dale Devon,main,no,career,175000,,3,2024-11-07,,,,
N5,Ellis Ember,main,no,noncareer,185000,185000,3,2024-11-07,,,,
N6,Frost Finley,main,no,career,147000,147000,3,2024-11-07,,,,
"""
PAY = f"""person_id,rate,last_adjusted,action,proposed_rate,proposed_award,reason
N1,190000,2023-01-15,,195000,19111,{REASON}
N2,180000,2023-01-15,,,,
N3,170000,2023-01-15,,,,
N4,175000,2023-01-15,,,,
N5,185000,2024-06-16,,187000,,
N6,147000,2024-06-16,,150160,,
"""
TERMS = f"effective: 2025-01-12\nawards_paid_on: 2024-12-20\ncertified: yes\naward_budget: 20777\nreasons: {{pool: {REASON}}}\n"
CYCLE = """plan: agency
response_days: 9
agency_head_appointed_on: 2021-03-01
on_probation: [N6]
boards:
- {name: "Board: one", members: 3, career: 3, member_ids: [N1, N2], published_on: 2024-09-05, first_meeting: 2024-10-22, plans: [main]}
leaders: {met: [AL1]}
"""
HELD = """systems:
- {id: ses, name: System, organization: Office, group: SES, description: One system., covers: [All], signed_by: Head,
   requested: full, asked_on: 2023-01-05, decision_on: 2023-05-01, approval: approved, levels: {3: FS},
   held: full, held_since: 2023-05-01, held_until: UNTIL}
"""
#: What only the year before decided: none of it may stand in a file of the next.
DECIDED = (
    REASON,
    "19111",
    "20777",
    "7.77",
    "2024-11-07",
    "2024-12-02",
    "2024-12-24",
    "2024-09-05",
    "2024-10-22",
    "AL1",
    "[N1",
    "[N6",
)


@pytest.fixture
def earlier(tmp_path):
    folder = tmp_path / "FY2024"
    folder.mkdir()
    texts = {"agency.yaml": AGENCY, "roster.csv": ROSTER, "pay.csv": PAY, "pay.yaml": TERMS, "appraisal.yaml": CYCLE}
    texts |= {
        "steps.csv": "person_id,step,date,by,level,note\nN1,plan,2023-10-02,supervisor,,\n",
        "people.yaml": "kept\n",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def rows(file):
    with file.open(encoding="utf-8", newline="") as text:
        return {row["person_id"]: row for row in csv.DictReader(text)}


def test_what_lasts_goes_over_and_what_the_year_decided_does_not(earlier, tmp_path):
    """People, plans a year on, ratings as earlier ones, rates and clocks after what was lawful; the earlier folder stays."""
    before = {file.name: file.read_bytes() for file in earlier.iterdir()}
    new = tmp_path / "NXT_2025"
    told = CliRunner().invoke(main, ["next", str(earlier), "--out", str(new)])
    assert told.exit_code == 0, told.output
    assert {file.name: file.read_bytes() for file in earlier.iterdir()} == before
    assert next_year.folder_name(earlier) == new.name

    assert list(rows(new / "roster.csv")) == list(rows(new / "pay.csv")) == ["N1", "N2", "N5", "N6"]
    assert "the action on record removed them: N3, N4." in told.output
    clocks = {who: (row["rate"], row["last_adjusted"]) for who, row in rows(new / "pay.csv").items()}
    assert clocks == {
        "N1": ("195000", "2025-01-12"),
        "N2": ("180000", "2023-01-15"),
        "N5": ("185000", "2024-06-16"),
        "N6": ("150160", "2024-06-16"),
    }
    assert "the proposal was not allowed: N5." in told.output
    ratings = {who: (row["year"], row["level"]) for who, row in rows(new / "history.csv").items()}
    assert ratings == {"N1": ("2024", "5"), "N2": ("2024", "2"), "N5": ("2024", "3"), "N6": ("2024", "3")}

    texts = {file.name: file.read_text(encoding="utf-8") for file in new.iterdir() if file.name != "history.csv"}
    assert not [(name, mark) for name, text in texts.items() for mark in DECIDED if mark in text]
    assert texts["people.yaml"] == "kept\n"
    assert "steps.csv" not in texts
    assert "Not carried over: steps.csv;" in told.output
    assert (
        "your readings that differ from the recommended ones: 'Days until the report is due': working (due_days)."
        in told.output
    )
    assert "not carried over: 7.77 percent as the budget" in told.output
    assert "not carried over: closed_days (2024-12-24)" in told.output

    folder = AgencyFolder(new)
    (plan,) = folder.agency.plans
    assert (plan.appraisal_period.first, plan.period_end) == (date(2024, 10, 1), date(2025, 9, 30))
    assert (plan.awards.status, folder.agency.certified, folder.agency.options.due_days) == ("pending", None, "working")
    assert (folder.cycle.record.response_days, folder.cycle.record.boards[0].name) == (9, "Board: one")
    assert {one.key or one.reason for one in folder.roster.problems} == set()
    assert [one.column for one in open_pay(folder).problems] == ["certified"]
    with pytest.raises(FactError, match="already; nothing was written"):
        next_year.begin(earlier, new)


@pytest.mark.parametrize(("until", "certified"), [("2025-04-30", None), ("2025-10-31", None), ("2026-01-31", True)])
def test_a_certification_goes_over_as_far_as_it_runs(earlier, tmp_path, until, certified):
    """Pay is adjusted next on 2026-01-11: what ends before is left open, and the day is said."""
    (earlier / "certification.yaml").write_text(
        HELD.replace("2023-05-01, held_until: UNTIL", f"2024-02-01, held_until: {until}")
    )
    made = next_year.begin(earlier, tmp_path / "new")
    assert AgencyFolder(made.folder).agency.certified is certified
    assert [one for one in made.says if until in one and "certified" in one]
    assert not (made.folder / "certification.yaml").exists()
    assert str(AgencyFolder(made.folder).agency.certified_until) == (until if certified else "None")


def test_the_last_day_of_a_certification_goes_on_without_its_record(earlier, tmp_path):
    """In the next folder it bounds pay.yaml, and in the one after that it has ended."""
    (earlier / "certification.yaml").write_text(
        HELD.replace("2023-05-01, held_until: UNTIL", "2024-02-01, held_until: 2026-01-31")
    )
    second = next_year.begin(earlier, tmp_path / "second").folder
    agency = agency_text(AgencyFolder(second).agency)
    assert (second / "agency.yaml").read_text(encoding="utf-8") == agency
    assert [one.column for one in AgencyFolder(second).pay.problems] == []
    third = next_year.begin(second, tmp_path / "third")
    assert AgencyFolder(third.folder).agency.certified is None
    assert [
        one for one in third.says if "the one on record ends on 2026-01-31, before pay is adjusted on 2027-01-10" in one
    ]
    (second / "pay.yaml").write_text("effective: 2026-02-08\nawards_paid_on: 2025-12-29\n")
    (wrong,) = [one for one in AgencyFolder(second).pay.problems if one.file == "pay.yaml"]
    assert (wrong.column, wrong.severity) == ("certified", "error")
    assert "'Certified until' under Change dates and plans" in wrong.fix


@pytest.mark.parametrize(("terms", "until", "wrong"), [
    (TERMS, "2025-04-30", []),
    (TERMS.replace("2025-01-12", "2024-01-14"), "", ["effective"]),
    (TERMS.replace("2024-12-20", "2023-12-20"), "", ["awards_paid_on"]),
    (TERMS, "2024-12-31", ["certified"]),
    (TERMS.replace("certified: yes", "certified: no"), "2024-12-31", []),
    (TERMS.replace("certified: yes\n", ""), "2024-12-31", ["certified"]),
])  # fmt: skip
def test_terms_of_another_year_or_of_a_certification_that_ended_are_told(earlier, terms, until, wrong):
    """Against the period and the payment of agency.yaml, and against the certification on record."""
    (earlier / "pay.yaml").write_text(terms)
    if until:
        (earlier / "certification.yaml").write_text(HELD.replace("UNTIL", until))
    found = AgencyFolder(earlier).pay.problems
    assert [one.column for one in found if one.file == "pay.yaml"] == wrong
    assert all(
        one.severity == ("warning" if one.column == "awards_paid_on" else "error")
        for one in found
        if one.file == "pay.yaml"
    )


def test_a_day_in_the_period_is_a_warning_while_nobody_is_rated(earlier):
    """A single action may take effect in the year itself; ratings of the period are then not on the roster yet."""
    (earlier / "pay.yaml").write_text(TERMS.replace("2025-01-12", "2024-06-30"))
    people = [line.split(",") for line in ROSTER.splitlines()]
    rating = people[0].index("rating")
    unrated = [
        line if place == 0 else [*line[:rating], *[""] * (len(line) - rating)] for place, line in enumerate(people)
    ]
    (earlier / "roster.csv").write_text("".join(",".join(line) + "\n" for line in unrated))
    assert [(one.column, one.severity) for one in AgencyFolder(earlier).pay.problems if one.file == "pay.yaml"] == [
        ("effective", "warning")
    ]


def test_a_board_of_another_year_and_ratings_that_nobody_kept_are_told(earlier):
    """A board that first met before the period ended, and a weak rating with no earlier ones on record."""
    assert AgencyFolder(earlier).year.problems == ()
    (told,) = [one for one in report.open_folder(earlier).notes if "2 career executives below fully successful" in one]
    assert "requires removal. `seskit import ratings` takes them" in told
    (earlier / "appraisal.yaml").write_text(
        CYCLE.replace("2024-10-22", "2023-10-22").replace("2024-09-05", "2023-09-05")
    )
    (earlier / "history.csv").write_text("person_id,year,level,issued\nN2,2023,3,2023-11-07\n")
    folder = AgencyFolder(earlier)
    assert [(one.column, one.severity) for one in folder.year.problems] == [("boards", "warning")]
    assert not [one for one in report.open_folder(earlier).notes if "No earlier ratings" in one]


def test_a_basic_plan_of_opms_is_that_of_its_period(earlier, tmp_path):
    """One of later periods is told by its entry; the next year has that of its own first day, and says so."""
    (earlier / "appraisal.yaml").write_text(CYCLE.replace("plan: agency", "plan: basic-2025"))
    assert [(one.column, one.severity) for one in AgencyFolder(earlier).year.problems] == [("plan", "error")]
    (earlier / "appraisal.yaml").write_text(CYCLE.replace("plan: agency", "plan: basic-2012"))
    (earlier / "agency.yaml").write_text(AGENCY.replace("2023-10-01, to: 2024-09-30", "2024-10-01, to: 2025-09-30"))
    made = next_year.begin(earlier, tmp_path / "new")
    assert AgencyFolder(made.folder).cycle.record.plan == "basic-2025"
    assert [one for one in made.says if "plan was basic-2012 and is basic-2025" in one]


def test_a_rate_that_the_roster_has_otherwise_and_a_missing_row_are_told(earlier, tmp_path):
    """The worksheet goes over as it is, by number; what the roster of the same year contradicts is named."""
    rows = PAY.replace("N2,180000", "N2,179000").splitlines()[:-1]
    (earlier / "pay.csv").write_text("\n".join(rows) + "\n")
    told = " ".join(one for one in next_year.begin(earlier, tmp_path / "new").says if one.startswith("pay.csv"))
    assert "3 rates, 1 of them after an adjustment" in told
    assert "no adjustment explains it; correct it: N2." in told
    assert "has none; add it: N6." in told


def test_whoever_left_since_is_not_begun_as_on_the_rolls(earlier):
    """The later of the two days counts, whichever it is; a column with days of leaving tells who left after it."""
    roster = earlier / "roster.csv"

    def stayed():
        return next_year.who_stayed([earlier], 2025).split()[1:]

    assert stayed() == ["N1,", "N2,", "N5,", "N6,"]
    told = iter(["Separation date", "2024-11-30", "", "", "", "2025-10-01", "2020-01-05"])
    roster.write_text("".join(f"{line},{next(told)}\n" for line in ROSTER.splitlines()))
    assert stayed() == ["N2,", "N5,", "N6,"]
    roster.write_text(roster.read_text().replace("2024-11-30", "2024-09-30"))
    assert stayed() == ["N2,", "N5,", "N6,"], "whoever left on the last day was on the rolls on it, and is not after it"
    roster.write_text(ROSTER.replace("N1,Adams Avery,main,no,career,190000", "N1,Adams Avery,main,no,career,"))
    given = earlier / "agency.yaml"
    given.write_text(AGENCY.replace("2023-10-01, to: 2024-09-30", "2023-07-01, to: 2024-06-30"))
    assert stayed() == ["N2,", "N4,", "N5,", "N6,"]


def test_whoever_was_on_the_roster_before_and_is_not_on_it_now_is_asked_about(earlier, tmp_path):
    """An error for each by number, until the list says why; one for all where nobody of the year before is there."""
    made = next_year.begin(earlier, tmp_path / "new").folder
    first, second, *_ = numbers = list(rows(made / "last_year.csv"))
    assert numbers == list(rows(made / "roster.csv"))

    def asked():
        return [one for one in report.open_folder(made).problems if one.file == "last_year.csv"]

    assert asked() == []
    text = (made / "roster.csv").read_text()
    (made / "roster.csv").write_text("".join(line for line in text.splitlines(True) if first + "," not in line))
    assert [(one.row, one.column, one.severity, one.person) for one in asked()] == [(2, "gone", "error", first)]
    (made / "last_year.csv").write_text(f"person_id,gone\n{first},retired 12/31/2024\n{second},\n")
    assert asked() == []
    (made / "history.csv").write_text(f"person_id,year,level\n{first},2022,4\nOTHER1,2022,4\n")
    unknown = [one.row for one in report.open_folder(made).problems if one.file == "history.csv"]
    assert unknown == [3], "whoever is said to be gone is not asked about again"
    (made / "last_year.csv").write_text(f"person_id,gone\n{first},retired 12/31/2024\n{second},resigned\n")
    assert [(one.row, one.severity, one.person) for one in asked()] == [(3, "warning", second)]
    (made / "last_year.csv").write_text(f"person_id,gone\n{first},retired\n{second},\n{first},\n")
    assert [(one.row, one.column, one.value) for one in asked()] == [(4, "person_id", first)]
    told = ("last_year.csv", "last_year.csv, person_id: is in row 2 already (row 4)")
    assert told in {(one.file, one.reason) for one in Corrections(made).groups}
    known = report.open_folder(made).problems
    assert {"last_year.csv: 3 rows; 1 error.", "history.csv: 2 rows; 1 warning."} <= set(
        map(str, folder_check.files(made, known))
    ), "a row of whoever is gone is a row, too"
    (made / "last_year.csv").write_text("person_id,gone\nOTHER1,\nOTHER2,\n")
    assert [(one.row, one.column) for one in asked()] == [(None, "person_id")]
    (made / "last_year.csv").unlink()
    command = CliRunner().invoke(main, ["import", "ratings", str(earlier), "--out", str(made)])
    assert "last_year.csv" in command.output
    assert [one.person for one in asked()] == [first]
