"""What looks wrong with a whole roster and may be right: nobody in it, or ratings of another year; asked, and answered."""

import csv
import io
import shutil
from datetime import date, timedelta
from random import Random

import pytest
from click.testing import CliRunner

from seskit.batch import plan
from seskit.desk.cli import main
from seskit.record import agency as agency_file
from seskit.record.agency import FILE, Confirmed
from seskit.record.agency_text import agency_text
from seskit.work import report
from seskit.work.corrections import Corrections
from tests.places import SAMPLES

WHY = "The agency had no executives in that year."
FINAL = sorted(
    path
    for path in SAMPLES.iterdir()
    if (path / "roster.csv").is_file() and {one.key for one in report.open_folder(path).problems} <= {"not rated"}
)


def with_rows(place, source, change):
    """A copy of a sample with its rows changed."""
    shutil.copytree(source, place)
    text = (place / "roster.csv").read_text(encoding="utf-8")
    heads = next(csv.reader(io.StringIO(text)))
    made = io.StringIO()
    rows = change([*csv.DictReader(io.StringIO(text))])
    table = csv.DictWriter(made, dict.fromkeys([*heads, *(rows[0] if rows else ())]))
    table.writeheader()
    table.writerows(rows)
    (place / "roster.csv").write_text(made.getvalue(), encoding="utf-8")
    return place


@pytest.fixture(params=FINAL[:3], ids=lambda path: path.name)
def empty(request, tmp_path):
    return with_rows(tmp_path / "agency", request.param, lambda _: [])


def test_an_agency_without_executives_says_so_and_is_final_with_zeros(empty):
    """The message names the entry, `seskit correct` offers it, and every number of every form is zero."""
    (problem,) = report.open_folder(empty).problems
    assert (problem.severity, "confirmed: no_executives" in problem.fix) == ("error", True)
    offered = CliRunner().invoke(main, ["correct", str(empty)]).output
    assert "--confirm no_executives --why TEXT" in offered
    done = CliRunner().invoke(main, ["correct", str(empty), "--confirm", "no_executives", "--why", WHY])
    assert done.exit_code == 0, done.output
    package = report.open_folder(empty).complete()
    assert package.final
    assert [one.fix for one in package.problems if one.key == "nobody"] == [f"Confirmed in agency.yaml: {WHY}"]
    for form in package.forms:
        assert {*form.appointees.values(), *(count for row in form.ratings.values() for count in row.values())} == {0}
        assert (form.aggregate.number, form.aggregate.total, form.paid_amount, form.awards_number) == (0, 0, 0, 0)


def test_an_agency_without_executives_writes_every_format_and_runs_in_a_batch(empty, tmp_path):
    """Nothing of it stumbles over a number divided by nobody."""
    Corrections(empty).confirm("whole:no_executives", WHY)
    written = report.open_folder(empty).complete().write(tmp_path / "out")
    assert not (tmp_path / "out" / "supplement.html").exists()
    assert {"forms.json", "forms.xlsx", "forms.pdf", "forms.html"} <= {path.name for path in written}
    opened = plan.open_agency("X", empty, tmp_path / "copy")
    assert opened.readable
    assert not any(one.open for one in opened.findings)


def test_people_on_the_roster_of_an_agency_said_to_have_none_are_an_error(tmp_path):
    """The entry of another year, or the roster of another agency."""
    place = with_rows(tmp_path / "agency", FINAL[0], list)
    agency = agency_file.read(place).agency
    said = agency.model_copy(update={"confirmed": Confirmed(no_executives=WHY)})
    (place / FILE).write_text(agency_text(said), encoding="utf-8")
    found = report.open_folder(place).problems
    assert [(one.column, one.severity) for one in found if one.key != "not rated"] == [
        ("confirmed.no_executives", "error")
    ]


@pytest.mark.parametrize(("rolls", "asked"), [("", True), ("no", False)])
def test_ratings_of_a_plan_with_nobody_on_the_rolls_ask_who_was_there(tmp_path, rolls, asked):
    """An export without the rate of the last day; a row that states its answer is believed."""
    blank = {"basic_pay_period_end": "", "on_rolls_period_end": rolls, "award": ""}
    place = with_rows(tmp_path / "agency", FINAL[0], lambda rows: [row | blank for row in rows])
    found = [one for one in report.open_folder(place).problems if one.column == "basic_pay_period_end"]
    assert [(one.severity, one.check) for one in found if one.row is None] == [("error", "R10")] * asked


def dated(rows, ends, chance, share, days):
    """That share of the rated rows, dated so many days from the end of the period."""
    rated = [row for row in rows if row["rating"]]
    for row in rated:
        row["rating_date"] = str(ends + timedelta(30))
    for row in chance.sample(rated, int(share * len(rated))):
        row["rating_date"] = str(ends + timedelta(chance.choice(days)))
    return rows


@pytest.mark.parametrize(("share", "days", "asked"), [
    (1, range(-300, -1), True), (0.6, range(-300, -1), True), (1, range(370, 700), True),
    (0.4, range(-300, -1), False), (1, range(1, 90), False), (0.4, range(370, 700), False),
])  # fmt: skip
def test_a_roster_whose_ratings_are_mostly_of_another_year_asks(tmp_path, share, days, asked):
    """One error in place of a warning for each; a reason confirms it, as on the page and in `seskit correct`."""
    source = next(path for path in FINAL if len(report.open_folder(path).roster.people) > 9)
    ends: date = agency_file.read(source).agency.plans[0].period_end
    place = with_rows(tmp_path / "agency", source, lambda rows: dated(rows, ends, Random(7), share, days))
    found = [one for one in report.open_folder(place).problems if one.column == "rating_date"]
    assert [one.severity for one in found if one.key == "rating dates"] == ["error"] * asked
    if not asked:
        assert {one.severity for one in found} <= {"warning"}
        return
    assert len(found) == 1
    group = next(one for one in Corrections(place).groups if one.confirms == "rating_dates")
    Corrections(place).confirm(group.id, "Ratings were given early in that year.")
    (left,) = [one for one in report.open_folder(place).problems if one.column == "rating_date"]
    assert left.severity == "warning"
    assert report.open_folder(place).complete().final


def test_every_reason_can_be_kept_read_back_and_is_known():
    """Each entry of `confirmed` is written by `agency.yaml`'s own text and has its words."""
    agency = agency_file.read(FINAL[0]).agency
    for key in Confirmed.model_fields:
        reason = ("2002-12", "2003") if key == "dates_for" else WHY
        text = agency_text(agency.model_copy(update={"confirmed": Confirmed(**{key: reason})}))
        assert f"{key}: " in text
        assert f"#   {key}: " in agency_text(agency)
