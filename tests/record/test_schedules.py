"""A schedule that a user adds: held against the arithmetic of law, kept with its provenance, used by every question."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal

import pytest
from click.testing import CliRunner

from seskit.desk import cli
from seskit.law import parameters, pay_setting
from seskit.law.facts import FactError
from seskit.record import agency, schedules
from seskit.work.pay_setting import worksheet
from tests.places import FIELD

FOLDER = FIELD / "34-pay-worksheet"


@pytest.fixture(autouse=True)
def without_any():
    """Each test begins and ends with the recorded schedules alone."""
    parameters.use(None)
    with pytest.MonkeyPatch.context() as patch:
        yield
        patch.delenv(parameters.ENVIRONMENT, raising=False)
        parameters.use(None)


def rates(**changed):
    """The rates of 2027, each level grown by one percentage; `changed` spoils some."""
    levels = {}
    for name in schedules.LEVELS:
        before = parameters.parameter(f"pay_setting.executive_schedule.level_{name[3:]}").values[-1].value
        levels[name] = (before * Decimal("1.01") / 100).quantize(Decimal(1)) * 100
    return levels | {"GS-15 step 1": Decimal(127_648), "Vice President": Decimal(295_200)} | changed


def table(place, given, day="2027-01-10"):
    """A CSV file of a schedule."""
    file = place / "2027.csv"
    file.write_text(
        "effective_date,name,amount\n" + "".join(f'{day},{name},"${amount:,}"\n' for name, amount in given.items())
    )
    return file


def run(*words):
    return CliRunner().invoke(cli.main, ["schedule", *map(str, words)])


def options(folder):
    return ("--folder", folder, "--by", "R. Rivera", "--source", "Executive order of 2026-12-18", "--on", "2026-12-19")


def test_an_added_schedule_is_used_with_its_provenance(tmp_path):
    """Before: cannot tell yet. After: an answer whose figures say who added them, when and from where; until 2028."""
    assert pay_setting.pay_range("2027-01-10", certified=True).answer is None
    done = run("add", table(tmp_path, rates()), *options(tmp_path))
    assert done.exit_code == 0, done.output
    parameters.use(tmp_path)
    found = pay_setting.pay_range("2027-01-10", certified=True)
    assert found.answer == {"minimum": 153_178, "maximum": 230_300}
    assert any("added by R. Rivera on 2026-12-19 from Executive order of 2026-12-18" in f.source for f in found.figures)
    assert found.confidence == "recalled"
    assert pay_setting.pay_range("2027-01-09", certified=True).answer["maximum"] == 228_000
    assert pay_setting.aggregate_limit(year=2027, certified=True, basic_pay_received=0).answer["limit"] == 295_200
    assert pay_setting.pay_range("2028-01-09", certified=True).says.endswith("the schedule for 2028 is not recorded.")
    moved = pay_setting.relative_position(
        "2027-01-10", rate=200_000, rating=5, certified=True, top_official_approves=True
    )
    assert moved.answer > 200_000
    assert "R. Rivera" in run("list", tmp_path).output


def test_every_series_due_in_january_is_continued(tmp_path):
    """A series that is renewed yearly and not continued by an added schedule would stay past its day unseen."""
    made = schedules.figures(schedules.read(table(tmp_path, rates())))
    assert set(made) == {path for path in parameters.paths() if parameters.parameter(path).due}


def test_an_agency_uses_its_own_and_no_other(tmp_path, monkeypatch):
    """Opening a folder takes the schedules beside it; another agency's, or an explicit folder, are told apart."""
    shutil.copytree(FOLDER, tmp_path / "with")
    shutil.copytree(FOLDER, tmp_path / "without")
    assert run("add", table(tmp_path, rates()), *options(tmp_path / "with")).exit_code == 0
    assert parameters.parameter(parameters.SINCE).values[-1].first_day == date(2027, 1, 10)
    agency.read(tmp_path / "without")
    assert parameters.parameter(parameters.SINCE).values[-1].first_day == date(2026, 1, 11)
    terms = tmp_path / "with" / "pay.yaml"
    terms.write_text(terms.read_text().replace("2026-01-25", "2027-01-24"))
    checked = worksheet.check(worksheet.read(tmp_path / "with").worksheet)
    assert not [finding for finding in checked.findings if finding.check == "schedule"]
    monkeypatch.setenv(parameters.ENVIRONMENT, str(tmp_path / "with"))
    parameters.use(None)
    assert pay_setting.pay_range("2027-01-10", certified=True).answer["minimum"] == 153_178


@pytest.mark.parametrize(("changed", "day", "words"), [
    ({"EX-II": Decimal(230_350)}, "2027-01-10", "EX-II, $230,350, is not a multiple of $100"),
    ({"EX-II": Decimal(240_000)}, "2027-01-10", "no single percentage turns every rate of 2026"),
    ({"EX-IV": Decimal(215_000)}, "2027-01-10", "EX-IV is not below EX-III"),
    ({"SES minimum": Decimal(153_177)}, "2027-01-10", "120 percent of GS-15 step 1, $153,178, not $153,177"),
    ({}, "2027-01-09", "begins on 2027-01-10, not on 2027-01-09"),
    ({}, "2026-01-11", "only a later one can be added"),
])  # fmt: skip
def test_what_the_arithmetic_of_law_does_not_allow_is_refused(tmp_path, changed, day, words):
    """Each rule of 5 U.S.C. 5318, 5376 and 5382 is named, and nothing is kept."""
    done = run("add", table(tmp_path, rates(**changed), day), *options(tmp_path))
    assert done.exit_code == 2
    assert words in done.output
    assert not (tmp_path / parameters.ADDED_FILE).exists()


def test_at_the_rounding_the_minimum_is_kept(tmp_path):
    """120 percent to the dollar is accepted."""
    assert run("add", table(tmp_path, rates(**{"SES minimum": Decimal(153_178)})), *options(tmp_path)).exit_code == 0


def test_an_xml_table_of_levels_is_read(tmp_path):
    """Levels by tag, attribute or text, amounts as people write them; GS-15 step 1 and the day come from the options."""
    rows = "".join(
        f"<Row><Level>Level {name[3:]}</Level><Rate>${amount:,}</Rate></Row>"
        for name, amount in rates().items()
        if name.startswith("EX")
    )
    file = tmp_path / "2027-EX.xml"
    file.write_text(f"<Table><Title>Executive Schedule</Title>{rows}</Table>")
    found = schedules.read(file, date(2027, 1, 10), {"GS-15 step 1": Decimal(127_648)})
    assert not list(schedules.faults(found))
    assert found.minimum == 153_178
    with pytest.raises(FactError, match="first day in force is not given"):
        schedules.read(file, None, {"GS-15 step 1": Decimal(127_648)})
    file.write_text("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")
    with pytest.raises(FactError, match="declares entities"):
        schedules.read(file, date(2027, 1, 10))


@pytest.mark.parametrize(("text", "words"), [
    ("effective_date,name,amount\n2027-01-10,EX-VI,1\n", "row 2: 'EX-VI' is not one of"),
    ("effective_date,name,amount\n2027-01-10,EX-I,lots\n", "row 2: EX-I is not an amount"),
    ("effective_date,name,amount\n2027-01-10,EX-I,1\n2027-01-10,EX-I,2\n", "row 3: EX-I appears twice"),
    ("effective_date,name,amount\n2027-01-10,EX-I,1\n", "EX-II, EX-III, EX-IV, EX-V, GS-15 step 1 is missing"),
])  # fmt: skip
def test_a_table_that_cannot_be_read_says_where(tmp_path, text, words):
    """Row and name in one sentence."""
    file = tmp_path / "x.csv"
    file.write_text(text)
    with pytest.raises(FactError, match=words):
        schedules.read(file)


def test_an_entry_that_was_written_over_is_named(tmp_path):
    """What lies in the folder is checked when it is used."""
    assert run("add", table(tmp_path, rates()), *options(tmp_path)).exit_code == 0
    place = tmp_path / parameters.ADDED_FILE
    place.write_text(place.read_text().replace("level_II,", "level_IX,"))
    parameters.use(tmp_path)
    with pytest.raises(FactError, match="row 3: is not an entry"):
        pay_setting.pay_range("2027-01-10", certified=True)


EX_XML = """<?xml version="1.0" encoding="UTF-8"?>
<PayTable><Title>Salary Table No. 2027-EX</Title><Effective>January 2027</Effective><Levels>{rows}</Levels></PayTable>"""
GS_XML = """<PayTable><Grades><Grade><Value>14</Value><Steps><Step><Value>1</Value><Hourly>52.01</Hourly>
<Annual>108546</Annual></Step></Steps></Grade><Grade><Value>15</Value><Steps><Step><Value>1</Value><Hourly>61.17</Hourly>
<Annual>127648</Annual></Step><Step><Value>10</Value><Annual>165942</Annual></Step></Steps></Grade></Grades></PayTable>"""
EX_CSV = """Salary Table No. 2027-EX,
Rates of Basic Pay for the Executive Schedule (EX),
Effective January 2027,
Level,Rate
{rows}
"Under a provision of law the freeze on payable rates, begun in 2014, goes on.",
"""
SES_CSV = """Salary Table No. 2027-ES,,
Structure of the SES Pay System,Minimum,Maximum
Agencies with a Certified SES Performance Appraisal System,"$153,178","{certified}"
Agencies without a Certified SES Performance Appraisal System,"$153,178","{other}"
"""
GS_CSV = """Salary Table 2027-GS,,
Grade,Step 1,Step 2
14,"$108,546","$112,164"
15,"$127,648","$131,903"
"""


def opm(place, kind, *, certified="$230,300", other="$211,700"):
    """OPM's own tables of the year, as files."""
    levels = {name[3:]: amount for name, amount in rates().items() if name.startswith("EX")}
    if kind == "xml":
        rows = "".join(
            f"<Level><Value>{n}</Value><Hourly>109.73</Hourly><Annual>{a}</Annual></Level>" for n, a in levels.items()
        )
        made = {"EX.xml": EX_XML.format(rows=rows), "GS.xml": GS_XML}
    else:
        bare = "\n".join(f'Level {n},"${a:,}"' if kind == "csv" else f'{n},"${a:,}"' for n, a in levels.items())
        made = {
            "EX.csv": EX_CSV.format(rows=bare),
            "ES.csv": SES_CSV.format(certified=certified, other=other),
            "GS.csv": GS_CSV,
        }
    for name, text in made.items():
        (place / name).write_text(text, encoding="utf-8")
    return [place / name for name in made]


@pytest.mark.parametrize("kind", ["xml", "csv", "bare csv"])
def test_opms_own_tables_are_read_together(tmp_path, kind):
    """Executive Schedule, SES and General Schedule, with their titles and footnotes; hourly rates are no rates of pay."""
    done = run(
        "add", *opm(tmp_path, kind), *options(tmp_path), "--effective", "2027-01-10", "--vice-president", "295,200"
    )
    assert done.exit_code == 0, done.output
    parameters.use(tmp_path)
    found = pay_setting.pay_range("2027-01-10", certified=True)
    assert found.answer == {"minimum": 153_178, "maximum": 230_300}
    assert pay_setting.pay_range("2027-01-10", certified=False).answer["maximum"] == 211_700


@pytest.mark.parametrize(("changed", "words"), [
    ({"certified": "$230,400"}, "the SES maximum, certified must equal EX-II, $230,300, not $230,400"),
    ({"other": "$211,600"}, "the SES maximum, not certified must equal EX-III, $211,700, not $211,600"),
])  # fmt: skip
def test_the_ends_of_the_ses_range_are_held_against_the_levels(tmp_path, changed, words):
    """The ceilings equal levels II and III; one that does not is refused, and nothing is kept."""
    done = run("add", *opm(tmp_path, "csv", **changed), *options(tmp_path), "--effective", "2027-01-10")
    assert done.exit_code == 2
    assert words in done.output
    assert not (tmp_path / parameters.ADDED_FILE).exists()


def test_tables_that_contradict_each_other_are_refused(tmp_path):
    """One value in the table of levels, another in a file of one's own: both are named."""
    ours = table(tmp_path, rates(**{"EX-I": Decimal(255_700)}))
    done = run("add", *opm(tmp_path, "csv"), ours, *options(tmp_path))
    assert done.exit_code == 2
    assert "2027.csv: EX-I is $255,700, and $255,600 elsewhere" in done.output
    twice = tmp_path / "twice.csv"
    twice.write_text("Level,Rate\nLevel I,255600\nLevel I,255700\n")
    with pytest.raises(FactError, match=r"EX-I is \$255,600 in one place and \$255,700 in another"):
        schedules.read(twice, date(2027, 1, 10))
