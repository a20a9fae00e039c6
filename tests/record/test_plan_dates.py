"""The dates of agency.yaml against each other and the fiscal year: what cannot be is an error, what is unusual a warning."""

import shutil
from pathlib import Path

import pytest

from seskit.record import agency as agency_file
from seskit.work import report
from seskit.work.corrections import Corrections
from seskit.work.report import plan_dates
from tests.places import TESTS

BASE = TESTS / "field" / "42-pool-over-all-plans"
PERIOD = "from: 2001-10-01, to: 2002-09-30"


def changed(folder, *pairs, more=""):
    place = Path(shutil.copytree(BASE, folder / "TWO"))
    text = (place / "agency.yaml").read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    (place / "agency.yaml").write_text(text + more, encoding="utf-8")
    return place


@pytest.mark.parametrize(
    ("old", "new", "column", "said", "severity"),
    [
        ("paid_in: 2002-12", "paid_in: 2002-08", "plans.1.awards.paid_in", "paid before the appraisal period ends", "error"),
        ("paid_in: 2002-12", "paid_in: 2002-09", "", "", ""),
        ("determined_on: 2002-12-03", "determined_on: 2002-09-29", "plans.1.awards.determined_on", "determined before the", "error"),
        ("determined_on: 2002-12-03", "determined_on: 2002-09-30", "", "", ""),
        ("ratings_final_on: 2002-12-03", "ratings_final_on: 2002-09-29", "plans.2.awards.ratings_final_on", "ratings are final before", "error"),
        ("determined_on: 2002-12-03", "determined_on: 2003-01-01", "plans.1.awards.determined_on", "after the month they are paid in, December 2002", "warning"),
        ("determined_on: 2002-12-03", "determined_on: 2002-12-31", "", "", ""),
        ("paid_in: 2002-12", "paid_in: 2005-12", "plans.1.awards.paid_in", "more than a year after the appraisal period", "warning"),
        ("fiscal_year: 2002", "fiscal_year: 2003", "plans.1.appraisal_period", "ends in fiscal year 2002, and the report is for fiscal year 2003", "error"),
        ("from: 2001-10-01", "from: 1999-10-01", "plans.1.appraisal_period", "more than a year and a half before", "warning"),
        ("from: 2001-10-01", "from: 2002-08-01", "plans.1.appraisal_period", "fewer than 90 days before", "warning"),
    ],
)  # fmt: skip
def test_each_pair_of_dates_is_held_against_each_other(tmp_path, old, new, column, said, severity):
    """The date that fits is silent, the next one is said with its place; an error keeps the forms from being final."""
    place = changed(tmp_path, (old, new))
    found = [
        one for one in plan_dates.problems(agency_file.read(place).agency) if one.value in new or one.column == column
    ]
    if not column:
        assert found == []
        return
    assert found[0].column == column
    assert said in found[0].reason
    assert {one.severity for one in found} == {severity}
    if severity == "error":
        package = report.open_folder(place).complete()
        assert not package.final
        assert [one for one in package.listed if one.column == column]


def test_a_written_reason_makes_an_error_a_warning(tmp_path):
    """Such as a period that was ended early for everybody; the reason is shown."""
    place = changed(
        tmp_path, ("determined_on: 2002-12-03", "determined_on: 2002-09-10"),
        more="confirmed: {dates: the period was ended on 31 August, dates_for: [2002-09-10, 2002-09-30]}\n",
    )  # fmt: skip
    (found,) = plan_dates.problems(agency_file.read(place).agency)
    assert (found.severity, found.fix) == ("warning", "Confirmed in agency.yaml: the period was ended on 31 August")
    given = place / "agency.yaml"
    given.write_text(given.read_text().replace("determined_on: 2002-09-10", "determined_on: 2002-09-11"))
    (found,) = plan_dates.problems(agency_file.read(place).agency)
    assert (found.severity, found.fix.split("dates_for")[-1]) == ("error", ": [2002-09-11, 2002-09-30].")


def test_a_period_of_another_fiscal_year_is_confirmed_with_a_reason_for_all_plans(tmp_path):
    """Such as a cycle that ends in December; the page asks once, whatever the number of plans."""
    place = changed(tmp_path, ("fiscal_year: 2002", "fiscal_year: 2003"))
    (group,) = (one for one in Corrections(place).groups if one.confirms == "dates")
    assert (group.severity, group.number) == ("error", len(agency_file.read(place).agency.plans))
    Corrections(place).confirm(group.id, "The cycle is that of fiscal year 2003.")
    assert {one.severity for one in report.open_folder(place).problems if one.key == "dates"} == {"warning"}
    given = place / "agency.yaml"
    given.write_text(given.read_text().replace("determined_on: 2002-12-03", "determined_on: 2002-09-03"))
    (group,) = (one for one in Corrections(place).groups if one.confirms == "dates")
    Corrections(place).confirm(group.id, "Decided before the end, by the Secretary.")
    assert agency_file.read(place).agency.confirmed.dates_for == ("2002-09-30", "2003", "2002-09-03")
    assert {one.severity for one in report.open_folder(place).problems if one.key == "dates"} == {"warning"}


def test_no_case_and_no_sample_has_dates_that_do_not_fit():
    """Every agency of the tests and of the notebooks."""
    root, looked = TESTS.parent, 0
    for file in [*TESTS.rglob("agency.yaml"), *(root / "notebooks").rglob("agency.yaml")]:
        agency = agency_file.read(file.parent).agency
        if agency:
            looked += 1
            assert plan_dates.problems(agency) == [], file
    assert looked > 30
