"""The same people under the rules of other days, side by side."""

import json
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from click.testing import CliRunner

from seskit.desk.cli import main
from seskit.law.facts import FactError
from seskit.record.roster import Roster
from seskit.work import report
from seskit.work.report.members import CODES
from seskit.work.report.under_rules import side_by_side
from tests.extent import times
from tests.places import CASES
from tests.random_reports import agency as random_agency
from tests.random_reports import roster as random_roster
from tests.years import agency, person

FIELD = CASES.parent / "field" / "24-award-spending-limit" / "FLD"
DAYS = [date(2002, 9, 30), date(2004, 8, 1), date(2012, 10, 1), date(2026, 1, 15)]


@pytest.fixture(scope="module")
def found():
    opened = report.open_folder(FIELD)
    return side_by_side(opened.agency, opened.roster, DAYS)


def line(found, topic):
    return next(line for line in found.lines if line.topic == topic)


def test_rates_and_certification(found):
    """Six rates in 2002, one range after; ten rates of $170,000 fit in 2012 and 2026 only."""
    rates = line(found, "Rates of basic pay")
    assert rates.others[0].words.startswith("Six rates: ES-1 $113,000")
    assert "from $104,927 to $145,600 without, $158,100 with a certified system" in rates.others[1].words
    assert "from $119,554 to $165,300 without, $179,700 with" in rates.others[2].words
    assert "from $151,661 to $209,600 without, $228,000 with" in rates.others[3].words
    assert "2004-01-11" in rates.why
    held = line(found, "The rates on the roster")
    assert [said.words for said in (held.own, *held.others)] == [
        "in the range: 10 rates", "at none of the six: 10 rates", "above the maximum: 10 rates", "in the range: 10 rates",
        "in the range: 10 rates",
    ]  # fmt: skip
    assert line(found, "What certification changes").others[0].words.startswith("Decides nothing")


def test_limits_and_forms(found):
    """Guidance by year, the pool alike, the ceiling of fiscal year 2026, the form of each day."""
    spending = line(found, "Guidance on award spending")
    assert spending.own.words == "4.8 percent, $81,600: passed; guidance, not law"
    assert spending.others[0].words == "None recorded"
    assert "discretionary awards stopped for fiscal year 2013" in spending.others[2].words
    assert spending.others[3].words.startswith("7.5 percent, $127,500: kept")
    pool = line(found, "Award pool")
    assert not pool.differs
    assert pool.why == ""
    ceiling = line(found, "Ceiling on levels 4 and 5")
    assert [said.words for said in ceiling.others[:3]] == ["None"] * 3
    assert ceiling.others[3].words != "None"
    form = line(found, "What is filed")
    assert form.others[0].words == "Forms 1558 and 1558A with the Supplementary form"
    assert "One row for each member" in form.others[3].words


def test_people_at_scheduled_rates_under_another_year():
    """Rates of 2002 are the six of their year and below the minimum of 2026: nothing is raised, and that is said."""
    people = [person(n, 3, rate=113_000) for n in range(6)]
    found = side_by_side(agency(year=2002), Roster(people=people), [date(2026, 1, 15)])
    held = line(found, "The rates on the roster")
    assert held.own.words == "at one of the six: 6 rates"
    assert held.others[0].words == "below the minimum: 6 rates"
    assert any("not raised or lowered" in note for note in found.notes)


def test_a_rate_that_turns_on_certification():
    """Between the two maxima it is lawful with a certified system only; not known stays not known."""
    people = [person(0, 3, rate=220_000)]
    unknown = agency(year=2026).model_copy(update={"certified": None})
    refused = agency(year=2026).model_copy(update={"certified": False})
    held = [
        line(side_by_side(each, Roster(people=people), [date(2026, 1, 15)]), "The rates on the roster").own.words
        for each in (agency(year=2026), refused, unknown)
    ]
    assert held[0] == "in the range: 1 rate"
    assert held[1] == "above the maximum: 1 rate"
    assert "whether it is certified is not known" in held[2]


def test_a_day_without_rules_says_so():
    """Before the rules that are recorded: not known, never zero."""
    found = side_by_side(agency(year=2026), Roster(people=[person(0, 3)]), [date(1950, 1, 1)])
    assert line(found, "Rates of basic pay").others[0].words.startswith("Not known: ")
    with pytest.raises(FactError, match="Give a day"):
        side_by_side(agency(), Roster(people=[]), [])


def test_counts_are_of_everybody():
    """Promise: under every day each rate of the roster is counted once, and each award once, over random agencies."""
    for seed in range(times(40, 12)):
        chance = Random(seed)
        here = random_agency(chance)
        roster = random_roster(chance, [plan.id for plan in here.plans])
        found = side_by_side(here, roster, DAYS)
        plans = {plan.id for plan in here.plans}
        known = [one for one in roster.people if one.plan in plans and one.appointment_type in CODES]
        rates = sum(one.basic_pay_period_end is not None for one in known)
        awards = sum(one.award is not None for one in known)
        for said in (line(found, "The rates on the roster").own, *line(found, "The rates on the roster").others):
            assert (
                sum(int(part.rsplit(": ", 1)[1].split()[0]) for part in said.words.split("; ") if ": " in part) == rates
            )
        for said in line(found, "Single awards").others:
            counted = sum(int(part.rsplit(": ", 1)[1]) for part in said.words.split("; ") if ": " in part)
            assert counted == awards
        assert all(bool(each.why) is each.differs for each in found.lines)


def test_console_page_and_json(tmp_path):
    """Without a folder nothing is written; with one a page and JSON; a day that is none is refused."""
    asked = ["report", str(FIELD), "--rules-of", "2002-09-30", "--rules-of", "2026-01-15"]
    ran = CliRunner().invoke(main, asked)
    assert ran.exit_code == 0, ran.output
    assert "2002-09-30: Six rates" in ran.output
    assert "Why: Public Law 108-136" in ran.output
    ran = CliRunner().invoke(main, [*asked, "--json", "--out", str(tmp_path)])
    data = json.loads(ran.output)
    assert data == json.loads((tmp_path / "other_rules.json").read_text(encoding="utf-8"))
    page = (tmp_path / "other_rules.html").read_text(encoding="utf-8")
    assert "Rules of January 15, 2026" in page
    assert "E01" not in page
    assert {path.name for path in tmp_path.iterdir()} == {"other_rules.html", "other_rules.json", "written.json"}
    assert CliRunner().invoke(main, ["report", str(FIELD), "--rules-of", "soon"]).exit_code == 2
    assert CliRunner().invoke(main, ["report", str(FIELD)]).exit_code == 2


def test_awards_by_the_law_of_each_day():
    """An award to someone rated below fully successful or not entitled is told apart from one outside its limits."""
    people = [
        person(0, 5, award=Decimal(5_000)),
        person(1, 2, award=Decimal(20_000)),
        person(2, 5, award=Decimal(20_000)),
    ]
    found = side_by_side(agency(), Roster(people=people), [date(2012, 10, 1)])
    assert line(found, "Single awards").own.words == (
        "not to one entitled to it: 1; outside its limits: 1; within its limits: 1"
    )
