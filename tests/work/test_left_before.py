"""People who had left before a day that counts and still have a rate for it: asked about, with three ways out."""

from __future__ import annotations

import pytest

from seskit.record import roster as roster_file
from seskit.record.roster import leaving_headings
from seskit.work import corrections, report
from tests import own_headings

HEADS = [
    "person_id",
    "plan",
    "ig_office",
    "appointment_type",
    "basic_pay_fy_end",
    "basic_pay_period_end",
    "rating",
    "rating_date",
    "award",
]
#: On the day, before it, after it, none; the last one has no rate for the day.
DAYS = ("2025-09-30", "8/31/2025", "2025-10-01", "", "31-JAN-25")
OTHER_PERIOD = own_headings.AGENCY.replace("{from: 2024-10-01, to: 2025-09-30}", "{from: 2024-07-01, to: 2025-06-30}")


def folder(place, heading="Sep date", days=DAYS, agency=own_headings.AGENCY):
    """Five people, one of them without a rate, with these days under the heading."""
    rows = [
        [f"E{n}", "main", "no", "career", "190000", "190000", "4", "2025-11-10", "9500", day]
        for n, day in enumerate(days)
    ]
    rows[-1][4:9] = ["", "", "4", "2025-11-10", ""]
    (place / "roster.csv").write_text(
        "".join(",".join(row) + "\n" for row in [[*HEADS, heading], *rows]), encoding="utf-8"
    )
    (place / "agency.yaml").write_text(agency, encoding="utf-8")
    return place


def asked(found):
    return [one for one in found.problems if one.key == "left before"]


@pytest.mark.parametrize(
    "heading",
    ["Sep date", "Separation Date", "SEPARATION_DT", "Retired on", "Retirement date", "End date", "Date left", "Term date", "TermDate",
     "Date of separation", "Termination Date", "Departure", "Last day worked", "Sep. Eff. Date"],
)  # fmt: skip
def test_a_heading_that_tells_when_people_left_is_known(heading):
    """By its words."""
    assert leaving_headings.is_named(heading)


@pytest.mark.parametrize(
    "heading",
    ["Appraisal period end date", "Plan end date", "Retirement eligibility date", "Probation end date", "Pay Sep 30", "Term", "Rating date",
     "Entered SES", "End of fiscal year", "Retirement plan"],
)  # fmt: skip
def test_another_end_is_not_taken_for_it(heading):
    """What ends is something else, or nobody left."""
    assert not leaving_headings.is_named(heading)


def test_who_had_left_and_has_a_rate_is_named(tmp_path):
    """On the day and before it; a later day, a blank one and a person without a rate ask nothing."""
    found = corrections.open_folder(folder(tmp_path))
    assert [(one.row, one.value, one.severity) for one in asked(found)] == [
        (2, "2025-09-30", "error"), (3, "2025-08-31", "error"),
    ]  # fmt: skip
    assert {one.row for one in report.open_folder(tmp_path).problems if one.key == "left before"} == {2, 3}
    (group,) = [one for one in found.groups if one.id.startswith("left:")]
    assert group.rows == (2, 3)
    assert "'Sep date' says that 2 people had left by September 30, 2025" in group.reason
    assert not any(one.column == "Sep date" for one in asked(found) if one.row not in group.rows)


@pytest.mark.parametrize(
    ("way", "rates"), [("blank", (None, None)), ("on-the-rolls", (190000, 190000)), ("unused", (190000, 190000))]
)
def test_each_way_out_ends_the_question(tmp_path, way, rates):
    """What was confirmed is in what is saved and read again; undo asks anew."""
    found = corrections.open_folder(folder(tmp_path))
    (offer,) = [one for one in found.offers if one.startswith("left:") and one.endswith(way)]
    found.accept(offer, when="2025-12-02T08:00:01")
    assert not asked(found)
    assert not [one for one in found.groups if one.id.startswith("left:")]
    person = found.roster.people[1]
    assert (person.basic_pay_fy_end, person.basic_pay_period_end) == rates
    assert person.on_rolls_fy_end is (True if way == "on-the-rolls" else None)
    found.save(when="2025-12-02T08:00:02")
    assert roster_file.read(tmp_path).people == found.roster.people
    assert not [one for one in report.open_folder(tmp_path).problems if one.key == "left before"]
    found.undo()
    assert len(asked(found)) == 2


def test_each_day_is_judged_by_itself(tmp_path):
    """A person who left between the end of the period and September 30 is asked about for the later day alone."""
    days = ("2025-08-31", "2025-06-30", "", "", "")
    found = corrections.open_folder(folder(tmp_path, days=days, agency=OTHER_PERIOD))
    columns = {group.rows: group.columns for group in found.groups if group.id.startswith("left:")}
    assert columns == {(2,): ("basic_pay_fy_end",), (3,): ("basic_pay_fy_end", "basic_pay_period_end")}


@pytest.mark.parametrize(
    "days",
    [("2025-10-01", "2026-01-31", "", "", ""), ("", "", "", "", ""), ("retired", "moved", "no", "8/31/2025", "")],
)
def test_nothing_is_asked_without_a_day_that_matters(tmp_path, days):
    """Later days, none, or a column that mostly holds words."""
    assert not asked(corrections.open_folder(folder(tmp_path, days=days)))
