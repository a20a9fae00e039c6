"""What the press or an unsigned page says is never confirmed alone; the law's own text and official tables are."""

from datetime import date

import pytest

from seskit.law import awards, parameters, sources


@pytest.mark.parametrize(
    ("source", "grade"),
    [
        ("5 U.S.C. 4314(b)(3)", "statute or regulation text"),
        ("69 FR 70355; 5 CFR edition of 2015", "statute or regulation text"),
        ("OPM Salary Table 2021-EX", "official table"),
        ("federalpay.org 2017 SES/EX page; OPM 2017-ES table (II, III)", "official table"),
        ("fedtools summary of OPM Salary Table 2026-EX", "other"),
        ("OPM memorandum of 2000-05-22", "agency memorandum"),
        ("OPM memo of 2018-11-14 and reports on it", "agency memorandum"),
        ("recalled; 1.2 x gs15_step1", "computed from law"),
        ("Government Executive and FedSmith of January 2019", "press"),
        ("equals EX-II; Wikipedia Executive Schedule snapshot 2025", "other"),
        ("a choice made for this work", "ours"),
    ],
)
def test_a_source_has_the_grade_of_its_best_part(source, grade):
    """Parts are separated by semicolons or by 'and'."""
    assert sources.grade(source) == grade


def test_no_figure_is_confirmed_by_the_press_or_an_unsigned_page_alone():
    """Whatever its row says; and the rows that say so are still there to be found."""
    figures = [figure for path in parameters.paths() for figure in parameters.parameter(path).values]
    weak = [figure for figure in figures if figure.grade in sources.WEAK]
    assert len(weak) > 50
    assert not [figure for figure in weak if figure.confidence == "verified"]
    assert sum(figure.confidence == "verified" for figure in figures) > 300


@pytest.mark.parametrize(
    ("source", "figure", "expected"),
    [
        ("federalpay.org page; OPM 2017-ES table (II, III)", "pay_setting.executive_schedule.level_II", "official table"),
        ("federalpay.org page; OPM 2017-ES table (II, III)", "pay_setting.executive_schedule.level_I", "other"),
        ("equals EX-III; Wikipedia snapshot 2018; NIH cap summary (II)", "pay_setting.ses_range.maximum", "other"),
        ("equals EX-II; Wikipedia snapshot 2018; NIH cap summary (II)", "pay_setting.ses_range.maximum", "agency memorandum"),
        ("OPM CPM 98-7 (level IV 118400, not increased)", "pay_setting.executive_schedule.level_IV", "agency memorandum"),
    ],
)  # fmt: skip
def test_a_source_counts_for_the_levels_it_speaks_of(source, figure, expected):
    """A table of levels II and III confirms nothing of level I, which then rests on the page nobody answers for."""
    assert sources.grade(source, figure) == expected


def test_what_names_no_source_is_confirmed_in_none():
    """A figure marked as confirmed names where it was read."""
    figures = [figure for path in parameters.paths() for figure in parameters.parameter(path).values]
    assert not [f for f in figures if f.grade == "ours" and f.confidence == "verified"]
    levels = {
        (f.name.rsplit("_")[-1], f.first_day.year): f.confidence
        for f in figures
        if "executive_schedule.level" in f.name
    }
    assert (levels["I", 2026], levels["II", 2026], levels["IV", 2026], levels["IV", 2017]) == (
        "recalled", "verified", "recalled", "verified",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("source", "day"),
    [
        ("5 CFR edition of 2015; read back to the change of 1998", "2015-01-01"),
        ("5 U.S.C. 4507(c) as of 2016; read back to the change of 1998", "2016-12-31"),
        ("5 CFR edition of 2015 for what counts; taken as owed each pay period; read back to the start", None),
        ("69 FR 70355; 5 CFR edition of 2015", None),
        ("read back from the rule of 2004-12-06", None),
    ],
)
def test_a_rule_read_back_is_confirmed_from_the_day_of_the_text(source, day):
    """What is only taken is the older first day; from the edition read on, the value is confirmed."""
    found = sources.read_from(source)
    assert (found and found.isoformat()) == day


def test_the_same_rule_is_from_memory_before_the_text_read_and_confirmed_after_it():
    """Three years of service for a rank award: read in the edition of 2015, in force from 1998 by inference."""
    path = "awards.rank.service_years"
    days = {day: parameters.figure(path, date.fromisoformat(day)) for day in ("2014-12-31", "2015-01-01", "2026-06-01")}
    assert [figure.confidence for figure in days.values()] == ["recalled", "verified", "verified"]
    assert {figure.first_day for figure in days.values()} == {date(1998, 10, 21)}
    facts = {"appointment_type": "career", "rating": 4, "rate": 180000, "award": 20000}
    assert awards.check_award("2002-09-30", **facts).confidence == "recalled"
    assert awards.check_award("2026-09-30", **facts).confidence == "verified"


def test_a_tie_decides_nothing():
    """Five rates before 1998: both ways give one pool, so naming one of them is no reading of ours."""
    pool = awards.award_pool("1997-12-01", count=5, aggregate=500000)
    assert pool.confidence != "design"
    assert "Both ways give the same pool" in pool.to_text()
