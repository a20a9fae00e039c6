"""What the rules say about one row of a roster: days of ratings, rates of both days, reasons for removal."""

import pytest

from seskit.paper.report import page, printed_form, workbook
from seskit.record.roster import COLUMNS
from seskit.record.roster.columns import ACTIONS, placed_outside
from tests.small_report import report

PLAIN = {
    "person_id": "E1",
    "name": "Robin Vale",
    "plan": "main",
    "ig_office": "no",
    "appointment_type": "career",
    "es_level": "4",
    "basic_pay_fy_end": "129800",
    "basic_pay_period_end": "129800",
    "rating": "3",
    "rating_date": "2002-11-20",
}
BELOW = {"rating": "1", "pay_decreased": "no", "action": "removed from the SES", "action_date": "2003-01-12"}
NONE = "{status: none, ratings_final_on: 2002-11-20}"
SHORT = "two_less_than_fully_successful"
LATER = "{status: paid, paid_in: 2016-12, determined_on: 2016-12-10}"


def row(**cells):
    given = PLAIN | cells
    return ",".join(given.get(name, "") for name in COLUMNS if name != "component")


def found(folder, awards="", **cells):
    """What is said of the row of one person: column, severity, reason."""
    how = {"awards": awards} if awards else {}
    made = report(folder, pattern="H", rows=(row(**cells),), **how)
    return [(problem.column, problem.severity, problem.reason) for problem in made.problems if problem.row == 2]


@pytest.mark.parametrize(
    ("day", "severity", "said"),
    [
        ("2001-09-30", "error", "before the appraisal period, which begins on 2001-10-01"),
        ("2001-10-01", "warning", "before the appraisal period ends on 2002-09-30"),
        ("2002-09-29", "warning", "before the appraisal period ends on 2002-09-30"),
        ("2002-09-30", None, ""),
        ("2002-12-10", None, ""),
        ("2002-12-11", "warning", "after the day on which agency.yaml says that awards were determined, 2002-12-10"),
    ],
)
def test_the_day_of_a_rating_is_held_against_the_period(tmp_path, day, severity, said):
    """Before the period it cannot be its rating; inside it the period was ended early; then awards follow ratings."""
    expected = [("rating_date", severity, said)] if severity else []
    assert found(tmp_path, rating_date=day) == expected


@pytest.mark.parametrize(("day", "warned"), [("2002-11-20", False), ("2002-11-21", True)])
def test_without_awards_no_rating_is_later_than_the_last(tmp_path, day, warned):
    """The 14 days start with the last final rating, so a later one is pointed out."""
    said = "after the day on which agency.yaml says that final ratings were assigned, 2002-11-20"
    assert found(tmp_path, NONE, rating_date=day) == ([("rating_date", "warning", said)] if warned else [])


@pytest.mark.parametrize("column", ["basic_pay_fy_end", "basic_pay_period_end"])
@pytest.mark.parametrize(("rate", "warned"), [("129799", True), ("129800", False), ("129801", True)])
def test_both_rates_are_held_against_the_schedule_of_their_day(tmp_path, column, rate, warned):
    """Before 2004-01-11 each of the two rates is one of the six; another is pointed out, and may stand."""
    said = "not the ES-4 rate on 2002-09-30, which is $129,800"
    told = [one for one in found(tmp_path, **{column: rate}) if "both are for" not in one[2]]
    assert told == ([(column, "warning", said)] if warned else [])


@pytest.mark.parametrize("column", ["basic_pay_fy_end", "basic_pay_period_end"])
@pytest.mark.parametrize(
    ("rate", "said"),
    [
        ("123174", "below the SES minimum on 2016-09-30, which is $123,175"),
        ("123175", ""),
        ("170400", ""),
        ("170401", "above the SES maximum on 2016-09-30, which is $170,400"),
    ],
)
def test_both_rates_are_held_against_the_range_of_their_day(tmp_path, column, rate, said):
    """Since 2004-01-11 each of the two rates lies in the range; without certification its top is level III."""
    of_2016 = {
        "es_level": "", "basic_pay_fy_end": "150000", "basic_pay_period_end": "150000", "rating_date": "2016-11-20",
        column: rate,
    }  # fmt: skip
    more = "certified: false\n"
    made = report(
        tmp_path, pattern="H", awards=LATER, rows=(row(**of_2016),), more=more, period="2015-10-01, to: 2016-09-30"
    )
    told = [(p.column, p.reason) for p in made.problems if p.row == 2 and "both are for" not in p.reason]
    assert told == ([(column, said)] if said else [])


@pytest.mark.parametrize(
    ("action", "outside"),
    [
        *((action, action == "removed from the SES") for action in ACTIONS),
        ("Removed from the SES", True),
        ("removal from the SES to a GS-15 position", True),
        ("removed", True),
        ("removed within 30 days of the rating", True),
        ("placed outside the Senior Executive Service", True),
        ("reassigned to a GS-15 position", True),
        ("removal of supervisory duties", None),
        ("removal proposed", None),
        ("not removed from the SES", None),
        ("optional retirement in lieu of removal", None),
        ("improvement plan to remove doubts", None),
        ("detailed to GS-15 duties", None),
    ],
)
def test_placement_outside_the_ses_is_told_from_other_actions(action, outside):
    """By the words offered, or by the agency's own; words that leave it open are not guessed at."""
    assert placed_outside(action) is outside


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("removal from the SES to a GS-15 position", [("removal_reason", "error", "needed when the person is placed outside the SES")]),
        ("removal of supervisory duties", []),
        ("none yet", []),
    ],
)  # fmt: skip
def test_a_placement_outside_the_ses_needs_its_reason(tmp_path, action, said):
    """Only a placement outside the SES needs one."""
    assert found(tmp_path, **BELOW | {"action": action}) == said


def test_a_reason_without_a_placement_is_pointed_out(tmp_path):
    """Where the action is certainly none; the agency's own words are left to it."""
    said = [("removal_reason", "warning", "given, but the action is not a removal from the SES")]
    given = {"removal_reason": "one_unsatisfactory"}
    assert found(tmp_path, **BELOW | given | {"action": "resigned"}) == said
    assert found(tmp_path, **BELOW | given | {"action": "returned to the former agency"}) == []


@pytest.mark.parametrize(
    ("rating", "reason", "fits"),
    [
        ("1", "one_unsatisfactory", True),
        ("1", "two_unsatisfactory", True),
        ("1", SHORT, True),
        ("1", f"{SHORT}; two_unsatisfactory", True),
        ("2", SHORT, True),
        ("2", "one_unsatisfactory", False),
        ("2", "two_unsatisfactory", False),
        ("2", f"two_unsatisfactory; {SHORT}", False),
    ],
)
def test_each_reason_fits_the_rating(tmp_path, rating, reason, fits):
    """Reasons that rest on an unsatisfactory rating need one; two reasons may stand together."""
    why = f"an unsatisfactory rating cannot be the reason when the rating is {rating}"
    given = BELOW | {"rating": rating, "removal_reason": reason}
    assert found(tmp_path, **given) == ([] if fits else [("removal_reason", "error", why)])


@pytest.mark.parametrize(
    "written",
    [
        f"two_unsatisfactory; {SHORT}",
        f"{SHORT};two_unsatisfactory",
        f'"two unsatisfactory, {SHORT}"',
        "Two less than fully successful and two unsatisfactory",
    ],
)
def test_two_reasons_are_printed_with_the_unsatisfactory_ratings_first(tmp_path, written):
    """However they are written, the same words stand on paper, page and workbook."""
    made = report(tmp_path, rows=(row(**BELOW | {"removal_reason": written}),), awards=NONE)
    words = "two unsatisfactory ratings in 5 years, and two less than fully successful ratings in 3 years"
    assert made.final
    assert made.supplement[0].removal_reason == f"two_unsatisfactory; {SHORT}"
    assert printed_form.supplement(made)[0].rows[0][-1][0] == f"removed from the SES, 01/12/03; reason: {words}"
    assert words in page.supplement(made)
    assert len(workbook.supplement(made)) > 1000
