"""The probation tracker: last day, what is due, what is overdue, what the QRB recommended."""

from datetime import date

import pytest
from icalendar import Calendar

from seskit.desk.staffing import show
from seskit.paper.staffing import lists
from seskit.record import roster
from seskit.record.staffing import tracker
from seskit.work.staffing.folder import open_walk
from tests.places import SAMPLES

HEADER = "person_id,appointed_on,criterion,nonpay_days,reviewed_on,assessed_on,certified_on,development,development_done,left_on\n"


def tracked(tmp_path, row, as_of):
    """One row as it stands on a day."""
    (tmp_path / "probation.csv").write_text(HEADER + row + "\n", encoding="utf-8")
    read = tracker.read(tmp_path)
    assert not read.problems
    return read.on(date.fromisoformat(as_of))


@pytest.mark.parametrize(("as_of", "left", "status"), [("2026-05-31", 1, "running"), ("2026-06-01", 0, "not final")])
def test_the_last_day_is_the_day_before_the_anniversary(tmp_path, as_of, left, status):
    """Appointed on 2025-06-01: 2026-05-31 is the last day, and one day is left on it."""
    (one,) = tracked(tmp_path, "X1,2025-06-01,A,,,,,,,", as_of)
    assert (one.last_day, one.days_left, one.status) == (date(2026, 5, 31), left, status)


def test_time_without_pay_beyond_thirty_days_moves_the_last_day(tmp_path):
    """45 calendar days: 15 are added."""
    (one,) = tracked(tmp_path, "X1,2025-06-01,A,45,,,,,,", "2026-01-02")
    assert one.last_day == date(2026, 6, 15)
    assert one.cautions


def test_what_is_due_follows_the_plan_and_the_law(tmp_path):
    """Review after 6 months, assessment 30 days before the last day, certification on it; development for criterion C."""
    (one,) = tracked(tmp_path, "X1,2025-06-01,C,,,,,Detail; Course,,", "2026-01-02")
    assert [(due.what, due.by, due.by_law) for due in one.due] == [
        ("progress review", date(2025, 12, 1), False),
        ("development activities done and assessed", date(2026, 5, 1), False),
        ("final assessment", date(2026, 5, 1), False),
        ("certification by the appointing authority", date(2026, 5, 31), True),
    ]
    assert one.development == ("Detail", "Course")


@pytest.mark.parametrize(("as_of", "late"), [("2025-12-01", []), ("2025-12-02", ["progress review"])])
def test_overdue_begins_the_day_after(tmp_path, as_of, late):
    """Due on 2025-12-01, overdue from 2025-12-02."""
    found = tracked(tmp_path, "X1,2025-06-01,A,,,,,,,", as_of)
    assert [due.what for _, due in tracker.overdue(found, date.fromisoformat(as_of))] == late


def test_final_takes_assessment_and_certification(tmp_path):
    """Both by the as-of day; a certification dated later does not count yet."""
    row = "X1,2025-06-01,A,,2025-12-01,2026-05-01,2026-05-20,,,"
    assert tracked(tmp_path, row, "2026-06-01")[0].status == "final"
    later = "X1,2025-06-01,A,,2025-12-01,2026-05-01,2026-06-20,,,"
    assert tracked(tmp_path, later, "2026-06-01")[0].status == "not final"


def test_days_before_the_appointment_are_problems_and_do_not_count(tmp_path):
    """R8.3, R8.5: reviewed, assessed and certified before the first day, nothing is done; certified before assessed is told, too."""
    rows = (
        "X1,2025-12-01,A,,2025-10-01,2025-11-10,2025-11-30,,,,\nX2,2025-06-01,A,,,2026-05-20,2026-05-12,,,,\n"
        "X3,2025-06-01,A,,,,,,,2024-06-30,2024-07-01\n"
    )
    (tmp_path / "probation.csv").write_text(
        HEADER.replace("left_on", "left_on,transferred_on") + rows, encoding="utf-8"
    )
    read = tracker.read(tmp_path)
    assert [(one.row, one.column) for one in read.problems] == [
        (2, "reviewed_on"), (2, "assessed_on"), (2, "certified_on"), (3, "certified_on"), (4, "transferred_on"), (4, "left_on"),
    ]  # fmt: skip
    assert read.on(date(2026, 12, 1))[0].status == "not final"
    assert not any(due.done for due in read.on(date(2026, 11, 30))[0].due)
    assert read.on(date(2025, 7, 1))[-1].status == "running"
    assert read.serves("X3", date(2025, 7, 1)) is True


def test_criterion_c_waits_for_the_development(tmp_path):
    """Assessed and certified, but whether the assessment covers the promised activities is not known."""
    (one,) = tracked(tmp_path, "X1,2025-06-01,C,,,2026-05-01,2026-05-20,Detail,,", "2026-06-01")
    assert one.status == "cannot tell"
    assert one.missing == ("assessment of the promised development",)


def test_who_left_is_no_longer_tracked(tmp_path):
    """Gone on 2026-01-02: tracked the day before."""
    row = "X1,2025-06-01,A,,,,,,,2026-01-02"
    assert len(tracked(tmp_path, row, "2026-01-01")) == 1
    assert tracked(tmp_path, row, "2026-01-02") == []


def test_problems_name_row_and_column(tmp_path):
    """A bad date, a wrong criterion, a person who is not in the roster or is not career."""
    rows = (
        "DPW004,yesterday,A,,,,,,,\nDPW006,2001-10-21,Z,,,,,,,\nDPW003,2001-10-21,A,,,,,,,\nQQQ,2001-10-21,A,,,,,,,\n"
    )
    (tmp_path / "probation.csv").write_text(HEADER + rows, encoding="utf-8")
    found = tracker.read(tmp_path, roster.read(SAMPLES / "DPW"))
    assert [(one.row, one.column, one.severity) for one in found.problems] == [
        (2, "appointed_on", "error"), (3, "criterion", "error"), (4, "person_id", "error"), (5, "person_id", "warning"),
    ]  # fmt: skip
    assert {one.file for one in found.problems} == {"probation"}
    assert [one.person_id for one in found.on(date(2002, 1, 2))] == ["DPW006", "DPW003", "row 5"]


def test_the_calendar_holds_what_is_still_due():
    """Nothing that is done; the last day of DPW009 on 2003-03-09."""
    opened = open_walk(SAMPLES / "DPW")
    entries = Calendar.from_ical(tracker.diary(opened.tracked)).walk("VEVENT")
    said = {(entry["dtstart"].dt, str(entry["summary"])) for entry in entries}
    assert (date(2003, 3, 9), "SES probation DPW009: certification by the appointing authority") in said
    assert not any("DPW004" in text for _, text in said)


def test_the_sample_tracker_finds_who_is_late():
    """One certification outstanding after the last day, one review never held."""
    opened = open_walk(SAMPLES / "DPW")
    late = [(person, due.what) for person, due in tracker.overdue(opened.tracked, opened.day)]
    assert late == [("DPW006", "certification by the appointing authority"), ("DPW011", "progress review")]


def test_an_agency_without_the_file_is_told_so(tmp_path):
    """Every piece of the walk says in a sentence what is not there."""
    opened = open_walk(SAMPLES / "NIE")
    pieces = (show.problems, lists.vacancies, lists.findings, show.checklist, show.case, show.levels, show.ranking,
              show.agreement, show.sources, show.boards, lists.probation)  # fmt: skip
    assert all(piece(opened)._repr_html_().startswith(("<p", "<table")) for piece in pieces)
    said = "".join(piece(opened)._repr_html_() for piece in pieces)
    assert said.count("has no usable vacancy.yaml") == 1
    assert said.count("No vacancy to show.") == len(pieces) - 3
    assert "has no probation.csv" in repr(lists.probation(opened))
    (tmp_path / "probation.csv").write_text(HEADER, encoding="utf-8")
    assert "Give the as-of date" in repr(lists.probation(open_walk(tmp_path)))
    assert open_walk(tmp_path).problems_of_probation
    assert open_walk(tmp_path, "2026-11-30").problems_of_probation == ()
    assert show.write(opened, "nowhere") == []
