"""Limits of the year in the report, the one footnote of an Inspector General form, and drafts in a roll-up."""

import json
import shutil
from decimal import Decimal

import pytest
from click.testing import CliRunner

from seskit.desk.cli import main
from seskit.formats.files import digest
from seskit.paper import rollup
from seskit.paper.report import printed_form
from seskit.record.manifest import MANIFEST, Record
from seskit.record.roster import Roster
from seskit.work import report
from seskit.work.report import year_limits
from tests.extent import times
from tests.places import CASES
from tests.workbooks import random_package
from tests.years import agency, person

FIELD = CASES.parent / "field"


def package(people, **how):
    return report.complete(agency(**how), Roster(people=people))


def ceilings(made):
    return [limit for limit in made.limits if limit.what.startswith("Ceiling")]


@pytest.mark.parametrize(("high", "kept"), [(3, True), (4, False)])
def test_the_ceiling_of_2026_counts_career_executives_alone(high, kept):
    """Three of ten career executives at levels 4 and 5 keep it, four pass it; noncareer ones decide nothing."""
    people = [person(n, 5 if n < high else 3) for n in range(10)]
    people += [person(20 + n, 5, kind="noncareer") for n in range(4)]
    (found,) = ceilings(package(people))
    assert (found.used, found.limit, found.kept) == (f"{high} of 10 career executives rated", "3", kept)
    warned = [problem for problem in package(people).problems if problem.check == "R23"]
    assert bool(warned) is not kept
    assert all(problem.severity == "warning" for problem in warned)
    later = [problem for problem in package(people, year=2027).problems if problem.check == "R23"]
    assert [problem.fix.startswith("Ask OPM") for problem in later] == [True] * (not kept)


def test_inspector_general_offices_count_apart_and_small_agencies_are_free():
    """The office has a line of its own; four career executives have no ceiling, and no earlier year has one."""
    people = [person(n, 3) for n in range(10)] + [person(20 + n, 5, ig=True) for n in range(4)]
    agency_line, office = ceilings(package(people))
    assert agency_line.kept is True
    assert "counted separately" in office.what
    assert (office.limit, office.kept) == (year_limits.NO_LIMIT, True)
    assert not ceilings(package(people, year=2024))


@pytest.mark.parametrize(
    ("year", "offices", "told"),
    [(2007, 3, False), (2008, 3, True), (2024, 3, True), (2024, 0, False), (2024, 8, False)],
)
def test_the_pool_says_what_an_inspector_general_office_has_apart(year, offices, told):
    """From October 14, 2008, where some serve there and others do not: both parts of the pool, which add up to it."""
    people = [person(n, 5, ig=n < offices, award=Decimal(20_000), rate=150_000) for n in range(8)]
    pool = next(one for one in package(people, year=year).limits if one.what.startswith("Award pool"))
    assert pool.limit == "$120,000"
    assert ("such offices pay $60,000 of $45,000, the others $100,000 of $75,000" in pool.note) is told


def test_the_limits_on_money_stand_in_the_report(tmp_path):
    """A folder whose awards pass the guidance: the share, the limit and that it is guidance, on console, page and in data."""
    folder = FIELD / "24-award-spending-limit" / "FLD"
    made = report.open_folder(folder).complete()
    pool, spending = made.limits
    assert pool.what == "Award pool, paid in fiscal year 2016"
    assert pool.kept is True
    assert spending.kept is False
    assert "Guidance, not law" in spending.note
    ran = CliRunner().invoke(main, ["report", str(folder), "--out", str(tmp_path), "--format", "json,html"])
    assert str(spending) in ran.output
    assert json.loads((tmp_path / "problems.json").read_text(encoding="utf-8"))["limits"][1] == spending.to_dict()
    assert str(spending) in printed_form.cover(made).look_at


@pytest.mark.parametrize(
    ("paid_in", "held", "kept", "told", "warned"),
    [
        ("2011-05", None, None, "", False),
        ("2011-06", "5 percent, $85,000", False, "spent in fiscal year 2010", True),
        ("2012-09", "5 percent, $85,000", False, "spent in fiscal year 2010", True),
        ("2012-10", "only what the law requires", None, "stopped discretionary awards", False),
        ("2013-09", "only what the law requires", None, "stopped discretionary awards", False),
        ("2013-10", "5 percent, $85,000", False, "spent in fiscal year 2012", True),
        ("2014-09", "5 percent, $85,000", False, "spent in fiscal year 2012", True),
        ("2014-10", "4.8 percent, $81,600", False, "", True),
    ],
)
def test_guidance_on_spending_by_the_month_of_payment(tmp_path, paid_in, held, kept, told, warned):
    """The memorandum of June 10, 2011 reaches awards paid in that month; each year has a remark, the first day to the last."""
    place = tmp_path / "FLD"
    shutil.copytree(FIELD / "24-award-spending-limit" / "FLD", place)
    year = int(paid_in[:4]) + (paid_in[5:] >= "10")
    file = place / "agency.yaml"
    about = file.read_text(encoding="utf-8").replace("fiscal_year: 2015", f"fiscal_year: {year - 1}")
    about = about.replace("2014-10-01", f"{year - 2}-10-01").replace("2015-09-30", f"{year - 1}-09-30")
    about = about.replace("2015-12-06", f"{year - 1}-10-01").replace("2015-12", paid_in)
    file.write_text(about, encoding="utf-8")
    roster = place / "roster.csv"
    rated = roster.read_text(encoding="utf-8").replace("2015-11-15", f"{year - 1}-10-01")
    roster.write_text(rated, encoding="utf-8")
    made = report.open_folder(place).complete()
    guidance = [limit for limit in made.limits if limit.what == f"Limit on award spending, paid in fiscal year {year}"]
    assert [(limit.limit, limit.kept) for limit in guidance] == ([(held, kept)] if held else [])
    assert all(told in limit.note for limit in guidance)
    assert told or not any("spent in fiscal year" in limit.note for limit in guidance)
    assert any("guidance, not law" in problem.reason for problem in made.problems) is warned


def test_limits_agree_with_the_checks():
    """Promise: the pool is passed exactly where the check on the year finds it."""
    for seed in range(times(60, 15)):
        made = random_package(seed)
        passed = {limit.what[-4:] for limit in made.limits if limit.what.startswith("Award pool") and not limit.kept}
        found = {problem.reason.split("fiscal year ")[1][:4] for problem in made.problems if problem.check == "R04"}
        assert passed == found


def of_inspectors(made):
    return next(form for form in made.forms if form.scope == "ig")


def test_an_inspector_general_form_says_why_in_one_footnote():
    """Awards over the office's own share, or 1558A: one plain footnote; neither: none."""
    rest = [person(n, 3) for n in range(10)]
    rich = [person(20, 5, award=Decimal(30_000), ig=True)]
    poor = [person(20, 5, award=Decimal(10_000), ig=True)]
    notes = {}
    for name, people, basis in (
        ("over", rich, "aggregate"),
        ("within", poor, "aggregate"),
        ("average", poor, "average"),
    ):
        form = of_inspectors(package([*rest, *people], basis=basis))
        notes[name] = [note for note in form.footnotes if note.startswith("Inspector General offices:")]
    assert [len(notes[name]) for name in ("over", "within", "average")] == [1, 0, 1]
    assert "Awards of $30,000 are above it, which breaks no limit by itself" in notes["over"][0]
    assert "the whole agency's (5 U.S.C. 5384(b)(3))" in notes["over"][0]
    assert "Form 1558A is used" in notes["average"][0]


def test_the_footnote_goes_with_the_clean_copy():
    """What is sent keeps that one footnote and no reading."""
    made = package([*[person(n, 3) for n in range(10)], person(20, 5, award=Decimal(30_000), ig=True)])
    for form in made.forms:
        kept = printed_form.clean(form).footnotes
        assert len(kept) == (1 if form.scope == "ig" else 0)


def batch_of(folder, packages):
    """An output folder as a batch leaves it."""
    lines = []
    for name, (made, status) in packages.items():
        place = folder / name
        place.mkdir(parents=True)
        (place / "forms.json").write_text(made.to_json(), encoding="utf-8")
        key = f"{name}/forms.json"
        record = Record(name, f"Agency {name}", "report", status, True, outputs={key: digest(place / "forms.json")},
                        fiscal_year=2026)  # fmt: skip
        lines.append(record.to_line())
    (folder / MANIFEST).write_text("".join(lines), encoding="utf-8")
    return folder


def test_a_roll_up_names_drafts_and_shows_blanks_as_blanks(tmp_path):
    """A draft's pending awards and an agency that pays none are blank in the table of awards, not zero."""
    people = [person(n, 3, award=Decimal(10_000)) for n in range(8)]
    unpaid = [person(n, 3) for n in range(8)]
    out = batch_of(tmp_path, {
        "A": (package(people), "final"), "B": (package(unpaid, status="pending"), "draft"),
        "C": (package(unpaid, status="none"), "final"),
    })  # fmt: skip
    done = rollup.write(out, drafts=True, least=1)
    assert done.drafts == ("Agency B (draft)",)
    assert "Drafts are in these tables: Agency B (draft)." in done.to_text()
    page = (out / "rollup" / "index.html").read_text(encoding="utf-8")
    assert "Drafts in these tables" in page
    (awards,) = [table for table in done.tables if table.key == "fy2026-plan-awards"]
    rows = {row[0]: row[1:] for row in awards.rows}
    assert rows["Agency A"][:2] == (8, Decimal(80_000))
    assert rows["Agency B (draft)"][:2] == (None, None)
    assert rows["Agency C"] == (None,) * 6
    assert rows["Agency B (draft)"][2] == 8
    without = rollup.write(batch_of(tmp_path / "again", {"A": (package(people), "final")}), least=1)
    assert without.drafts == ()
    assert "Drafts in these" not in (tmp_path / "again" / "rollup" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("percent", "kept"), [(None, None), (5, True), (Decimal("4.99"), False)])
def test_the_agencys_own_lower_budget_is_held_against_the_awards(percent, kept):
    """Ten awards of exactly five percent: a budget of that percentage is kept, one below is passed, as a warning."""
    people = [person(n, 4, award=10_000) for n in range(10)]
    own = agency(year=2024)
    own = own.model_copy(update={"options": own.options.model_copy(update={"budget_percent": percent})})
    made = report.complete(own, Roster(people=people))
    assert [limit.kept for limit in made.limits if "own lower budget" in limit.what] == ([] if kept is None else [kept])
    warned = [problem.severity for problem in made.problems if problem.check == "R24"]
    assert warned == (["warning"] if kept is False else [])
    assert made.final
