"""A department's roster from its bureaus': the forms are those of one roster, and nobody is lost, counted twice or guessed."""

import csv
import io
import shutil
import stat
import sys

import pytest
from click.testing import CliRunner

from seskit.desk.cli import main
from seskit.law.facts import FactError
from seskit.paper.report import department
from seskit.work import report
from seskit.work.report import gathered

HEAD = "person_id,name,plan,component,ig_office,appointment_type,basic_pay_fy_end,basic_pay_period_end,rating,rating_date,award,pay_decreased,action"
ROWS = {
    "DAM": (
        "D1,Adams Avery,ses,Locks,no,career,180000,180000,5,2024-11-04,18000,,",
        "D2,Baker Blair,ses,Locks,no,career,170000,170000,2,2024-11-04,,no,none yet",
        "D3,Clark Casey,ses,,no,noncareer,175000,175000,4,2024-11-04,,,",
    ),
    "WAY": ("W1,Davis Drew,ses,,no,career,190000,190000,4,2024-11-04,9500,,",),
    "OIG": ("O1,Frank Finley,ig,,yes,career,200000,200000,5,2024-11-04,20000,,",),
}
PLAN = """- id: {id}
  name: Plan {id}
  pattern: {pattern}
  appraisal_period: {{from: 2023-10-01, to: 2024-09-30}}
  awards: {{status: paid, paid_in: 2024-12, determined_on: 2024-12-0{day}}}
"""


def about(code, plans, year=2024):
    return f"code: {code}\nname: Bureau {code}\nfiscal_year: {year}\ncertified: true\nplans:\n" + "".join(plans)


def plan(name="ses", pattern="H", day=2):
    return PLAN.format(id=name, pattern=pattern, day=day)


@pytest.fixture
def bureaus(tmp_path):
    """Three folders: one with headings of its own that were confirmed, one whose plan was determined a day later."""
    place = tmp_path / "bureaus"
    texts = {"DAM": about("DAM", [plan()]), "WAY": about("WAY", [plan(day=3)]), "OIG": about("OIG", [plan("ig")])}
    for code, rows in ROWS.items():
        (place / code).mkdir(parents=True)
        (place / code / "agency.yaml").write_text(texts[code], encoding="utf-8")
        (place / code / "roster.csv").write_text("\n".join((HEAD, *rows)), encoding="utf-8")
    text = (place / "WAY" / "roster.csv").read_text(encoding="utf-8").replace("person_id", "EMPL NR")
    (place / "WAY" / "roster.csv").write_text(text.replace(",", ";"), encoding="cp1252")
    (place / "WAY" / "roster.readings.yaml").write_text(
        "accepted:\n- {kind: column, heading: EMPL NR, column: person_id}\n", encoding="utf-8"
    )
    (place / "DAM" / "history.csv").write_text("person_id,year,level,issued\nD2,2023,3,2023-11-02\n", encoding="utf-8")
    return place


def added(bureaus, code, *rows):
    with (bureaus / code / "roster.csv").open("a", encoding="utf-8") as file:
        file.write("\n" + "\n".join(rows))


def made(bureaus, **more):
    return gathered.gather(sorted(bureaus.iterdir()), bureaus.parent / "DEP", "DEP", "Department", **more)


def people(found):
    return {one["person_id"]: one for one in csv.DictReader(io.StringIO(found.files["roster.csv"]))}


def test_the_forms_are_those_of_one_roster(bureaus, tmp_path):
    """Pool, limits and counts of the whole; the bureau as component, and no name that no form needs."""
    out = tmp_path / "DEP"
    found, written = department.write(bureaus, out, "DEP", "Department")
    assert not found.wrong
    among = gathered.gather(sorted(bureaus.iterdir()), bureaus / "DEP", "DEP", "Department")
    assert [any("reports these people twice" in note for note in one.notes) for one in (found, among)] == [False, True]
    assert sorted(path.name for path in written) == ["agency.yaml", "history.csv", "roster.csv"]
    whole = tmp_path / "whole"
    whole.mkdir()
    (whole / "roster.csv").write_text(
        "\n".join((HEAD, *(row for rows in ROWS.values() for row in rows))), encoding="utf-8"
    )
    (whole / "agency.yaml").write_text(
        about("DEP", [plan(day=3), plan("ig")]).replace("Bureau DEP", "Department"), encoding="utf-8"
    )
    one, other = (report.open_folder(folder).complete() for folder in (out, whole))
    assert one.final
    assert {form.key: form for form in one.forms} == {form.key: form for form in other.forms}
    assert {who: (row["component"], row["name"]) for who, row in people(found).items()} == {
        "D1": ("Bureau DAM", ""), "D2": ("Bureau DAM", "Baker Blair"), "D3": ("Bureau DAM", ""),
        "W1": ("Bureau WAY", ""), "O1": ("Bureau OIG", ""),
    }  # fmt: skip
    assert "D2,2023,3,2023-11-02" in (out / "history.csv").read_text(encoding="utf-8")
    assert [note for note in found.notes if "the last day of determination counts, 2024-12-03" in note]
    assert [note for note in found.notes if "in 2 rows it named another office" in note]
    assert people(made(bureaus, names=True, coded=True))["WAY-W1"]["name"] == "Davis Drew"


def test_one_who_moved_is_on_the_roster_once(bureaus):
    """The row without rate, rating and award gives way and is said; two rows that count are refused unless they are two people."""
    moved = "M1,Evans Emery,ses,,no,career,185000,185000,4,2024-11-04,,,"
    added(bureaus, "DAM", moved)
    added(bureaus, "WAY", "M1;Evans Emery;ses;;no;career;;;;;;;")
    found = made(bureaus)
    assert (people(found)["M1"]["component"], found.people) == ("Bureau DAM", 6)
    assert [note for note in found.notes if "Row 3 of WAY is left out: that person counts in DAM, row 5." in note]
    added(bureaus, "OIG", moved.replace(",ses,", ",ig,"))
    refused = made(bureaus)
    assert not refused.files
    assert [
        one
        for one in refused.wrong
        if "row 5 of DAM and row 3 of OIG have the same number" in one.replace("Row", "row")
    ]
    added(bureaus, "WAY", "M7;emery, EVANS;ses;;no;career;185000;185000;4;2024-11-04;;;")
    refused = made(bureaus, coded=True)
    assert [one.split(" under ")[0] for one in refused.wrong] == [
        "Row 5 of DAM and row 3 of OIG have the same name",
        "Row 5 of DAM and row 4 of WAY have the same name",
        "Row 3 of OIG and row 4 of WAY have the same name",
    ]
    for code in ("DAM", "WAY"):
        path = bureaus / code / "agency.yaml"
        path.write_text(path.read_text(encoding="utf-8") + "confirmed: {same_names: three people}\n", encoding="utf-8")
    found = made(bureaus, coded=True)
    assert len(people(found)) == 9
    assert sum("confirmed as different people" in note for note in found.notes) == 3


def test_a_folder_without_agency_yaml_is_no_bureau_passed_over(bureaus, tmp_path):
    """Whoever is in it would be missing from the report; a name twice in one bureau is that bureau's to settle."""
    (bureaus / "WAY" / "agency.yaml").rename(bureaus / "WAY" / "agency.yml")
    added(bureaus, "DAM", ROWS["DAM"][0].replace("D1", "D9"))
    found, written = department.write(bureaus, tmp_path / "DEP", "DEP", "Department")
    assert not written
    assert "rows 2, 5 have the same name under different numbers" in found.wrong[0]
    renamed = "WAY: there is no agency.yaml in this folder. There is 'agency.yml': rename it to agency.yaml."
    assert found.wrong[1] == renamed
    (bureaus / "WAY" / "agency.yml").unlink()
    assert (
        "If it is a bureau, add the file"
        in department.write(bureaus, tmp_path / "DEP", "DEP", "Department")[0].wrong[1]
    )


def test_what_a_bureau_left_in_its_export_stays_known(bureaus, tmp_path):
    """The department's report tells it; awards that a bureau lost altogether are refused, until that is settled."""
    left = {
        "DAM": "not_used: [Grade, Rank Award]\nmoney: [Rank Award]\n",
        "OIG": "not_used: [Award Amount]\nmoney: [Award Amount]\n",
    }
    for code, text in left.items():
        (bureaus / code / "roster.origin.yaml").write_text(f"columns: [person_id]\n{text}", encoding="utf-8")
    department.write(bureaus, tmp_path / "DEP", "DEP", "Department")
    package = report.open_folder(tmp_path / "DEP").complete()
    said = "Grade of DAM, Rank Award of DAM, Award Amount of OIG. Some hold amounts of money: Rank Award of DAM, Award Amount of OIG."
    assert f"Columns of the export that are not used: {said}" in package.notes
    path = bureaus / "OIG" / "roster.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",20000,", ",,"), encoding="utf-8")
    refused = made(bureaus)
    assert not refused.files
    assert [
        one for one in refused.wrong if one.startswith("OIG: no award is on its roster") and "'Award Amount'" in one
    ]
    (bureaus / "OIG" / "roster.origin.yaml").write_text(
        "columns: [person_id]\nnot_used: [Award Amount]\n", encoding="utf-8"
    )
    assert "Award Amount of OIG" in made(bureaus).files["roster.origin.yaml"]
    for settled in ("", "settled: [PLAN]\n"):
        text = f"columns: [person_id]\nnot_used: [PLAN]\n{settled}"
        (bureaus / "DAM" / "roster.origin.yaml").write_text(text, encoding="utf-8")
        found = made(bureaus)
        asked = [one for one in found.wrong if one.startswith("DAM: everybody is in plan 'ses', and the export")]
        assert (len(asked), bool(found.files)) == ((0, True) if settled else (1, False))
    for code in left:
        (bureaus / code / "roster.origin.yaml").unlink()
    department.write(bureaus, tmp_path / "DEP")
    assert not report.open_folder(tmp_path / "DEP").roster.left_in_export


def test_a_heading_that_speaks_against_a_bureaus_roster_is_refused(bureaus):
    """The department's roster would not have the column, and nothing would say that somebody was gone."""
    file = bureaus / "OIG" / "roster.csv"
    head, row = file.read_text(encoding="utf-8").splitlines()
    file.write_text(f"{head},Status\n{row},Retired\n", encoding="utf-8")
    found = made(bureaus)
    assert not found.files
    assert "OIG: the heading 'Status' is not used, and says 'retired' of 1 person" in " ".join(found.wrong)


def test_zeros_in_front_make_no_other_person(bureaus):
    """A payroll system prints them and a spreadsheet takes them away; with each bureau's code they are two numbers."""
    added(bureaus, "DAM", "00712,Moore Max,ses,,no,career,190000,190000,5,2024-11-04,17100,,")
    added(bureaus, "OIG", "712,Moore Mo,ig,,yes,career,190000,190000,5,2024-11-04,17100,,")
    refused = made(bureaus)
    assert not refused.files
    assert [
        one
        for one in refused.wrong
        if "Row 5 of DAM and row 3 of OIG have the same number, apart from leading zeros." in one
    ]
    assert {"DAM-00712", "OIG-712"} <= people(made(bureaus, coded=True)).keys()


@pytest.mark.parametrize(
    ("code", "old", "new", "said"),
    [
        ("DAM", "career,170000,170000,2", "career,170000,170000,VI", "DAM: 1 problem stands in the way"),
        ("WAY", "pattern: H", "pattern: G", "Plan 'ses' is not the same in DAM and WAY: rating pattern."),
        ("WAY", "2024-12,", "2024-11,", "month of payment"),
        ("OIG", "fiscal_year: 2024", "fiscal_year: 2023", "OIG 2023"),
        ("OIG", "pattern: H", "pattern: Q", "OIG: 1 problem stands in the way"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_and_nothing_is_written(bureaus, code, old, new, said):
    """A value that cannot be read, another plan under the same word, another year."""
    for file in ("agency.yaml", "roster.csv"):
        path = bureaus / code / file
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    ran = CliRunner().invoke(
        main, ["gather", str(bureaus), "--out", str(bureaus.parent / "DEP"), "--code", "D", "--name", "D"]
    )
    assert (ran.exit_code, said in ran.output) == (1, True), ran.output
    assert not (bureaus.parent / "DEP").exists()


def test_a_bureau_says_why_those_of_the_year_before_are_gone(bureaus):
    """The department's own check cannot ask: it has no list of a bureau."""
    listed = bureaus / "OIG" / "last_year.csv"
    listed.write_text("person_id,gone\nO1,\nO2,\n")
    (said,) = made(bureaus).wrong
    assert "OIG: 1 problem stands" in said
    assert "last_year.csv, row 3 (O2)" in said
    listed.write_text("person_id,gone\nO1,\nO2,retired\n")
    assert not made(bureaus).wrong


def test_gathered_again_what_the_department_wrote_stays(bureaus, tmp_path):
    """A corrected bureau comes in; agency.yaml is the department's own, a roster changed by hand is kept beside."""
    out = tmp_path / "DEP"
    with pytest.raises(FactError, match="--code and --name"):
        department.write(bureaus, out)
    department.write(bureaus, out, "DEP", "Department")
    own = (out / "agency.yaml").read_text(encoding="utf-8").replace("name: Department", "name: The Department")
    (out / "agency.yaml").write_text(own, encoding="utf-8")
    by_hand = (out / "roster.csv").read_text(encoding="utf-8").replace("18000", "18001")
    (out / "roster.csv").write_text(by_hand, encoding="utf-8")
    path = bureaus / "OIG" / "roster.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",20000,", ",24000,"), encoding="utf-8")
    (out / "roster.corrected.csv").write_bytes((out / "roster.csv").read_bytes())
    found, _ = department.write(bureaus, out)
    assert [note for note in found.notes if "Correct the bureau's roster instead." in note]
    assert (out / "agency.yaml").read_text(encoding="utf-8") == own
    assert people(found)["O1"]["award"] == "24000"
    (out / "roster.xlsx").write_bytes(b"")
    with pytest.raises(FactError, match=r"a roster\.xlsx of its own"):
        department.write(bureaus, out)
    assert (out / "roster.before.csv").is_file() or (out / "roster.csv.before").is_file()


def test_who_and_what_goes_when_gathered_again_is_said(bureaus, tmp_path):
    """A bureau whose folder is not there, somebody of another, a later day: none of it without a word; otherwise nothing."""
    out = tmp_path / "DEP"
    department.write(bureaus, out, "DEP", "Department")
    assert stat.S_IMODE((out / "roster.csv").stat().st_mode) & 0o077 == 0 or sys.platform == "win32"

    def told():
        new = ("former roster", "differs from", "which the", "which no")
        return [note for note in department.write(bureaus, out)[0].notes if any(word in note for word in new)]

    assert told() == []
    assert not [note for note in department.write(bureaus, out, coded=True)[0].notes if "former roster" in note]
    assert told() == []  # the same people, each time by another number
    roster = bureaus / "DAM" / "roster.csv"
    roster.write_text("\n".join((HEAD, *ROWS["DAM"][1:])), encoding="utf-8")
    shutil.rmtree(bureaus / "WAY")
    described = bureaus / "DAM" / "agency.yaml"
    described.write_text(about("DAM", [plan(day=5)]), encoding="utf-8")
    (bureaus / "OIG" / "agency.yaml").write_text(about("OIG", [plan("inspectors")]), encoding="utf-8")
    ig = (bureaus / "OIG" / "roster.csv").read_text(encoding="utf-8").replace(",ig,", ",inspectors,")
    (bureaus / "OIG" / "roster.csv").write_text(ig, encoding="utf-8")
    assert told() == [
        "agency.yaml stays, and differs from the bureaus about plan 'ses': day of determination 2024-12-03, of the bureaus "
        "2024-12-05. Correct whichever is wrong.",
        "agency.yaml has no plan 'inspectors', which the bureaus have: add it.",
        "agency.yaml has a plan 'ig', which no bureau has.",
        "Bureau DAM: 1 of 3 people on the former roster of 'DEP' is on none of these.",
        "1 person of Bureau WAY on the former roster of 'DEP' is on none of these: no folder has that bureau now.",
    ]
