"""What each box prints: the blanks of the paper form, the options on display, and the words before the forms."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seskit.paper.report import printed_form
from seskit.record.problem import Problem
from seskit.work.report import ReportPackage, open_folder
from tests.small_report import ROWS, report, sample


def first(made: ReportPackage) -> printed_form.FormOnPaper:
    return printed_form.paper(made.forms[0], made.agency)


def said(pieces: tuple[printed_form.Piece, ...]) -> str:
    return " ".join(piece.text for piece in pieces)


def test_the_rows_of_item_4_stand_even_when_nobody_is_in_them(tmp_path):
    """Six pay rates, Presidential Appointee, AGGREGATE: empty where there is nobody."""
    assert first(report(tmp_path)).pay_rows == (
        ("1", "1", "$113,000", "$113,000"),
        ("2", "", "", ""),
        ("3", "", "", ""),
        ("4", "2", "$129,800", "$259,600"),
        ("5", "", "", ""),
        ("6", "", "", ""),
        ("Presidential Appointee", "1", "$130,000", "$130,000"),
        ("AGGREGATE", "4", "", "$502,600"),
    )


def test_since_2004_one_range_takes_the_place_of_the_six_rates(tmp_path):
    """A base of 2004-01-11 or later shows the pay range; the day before, the six rates."""
    rows = ("E1,Robin Vale,main,no,career,,120000,120000,3,2002-11-20,6000,,,,",)
    later = report(tmp_path, awards="{status: paid, paid_in: 2004-12, determined_on: 2004-12-10}", rows=rows)
    assert [row[0] for row in first(later).pay_rows] == ["SES pay range", "Presidential Appointee", "AGGREGATE"]
    earlier = report(tmp_path, awards="{status: paid, paid_in: 2004-09, determined_on: 2004-09-10}")
    assert [row[0] for row in first(earlier).pay_rows][:6] == list("123456")


def test_items_5_6_and_8_print_what_the_form_prints_with_the_blanks_filled(tmp_path):
    """The pool, the payments and the awards read as on paper."""
    box = first(report(tmp_path))
    assert said(box.pool) == ".10 × $ 502,600 (aggregate base pay) and $ 50,260.00"
    assert said(box.paid) == "8.23 % × $ 502,600 (aggregate base pay) and $ 41,385.00"
    assert said(box.awards).startswith("3 or 75.0 % total number career appointees")


@pytest.mark.parametrize(
    ("option", "pool"),
    [
        ("average", ".20 × $ 125,650 (average base pay) and $ 25,130.00"),
        ("as_printed", ".20 × $ 502,600 (aggregate base pay) and $ 100,520.00"),
    ],
)
def test_form_1558a_shows_the_base_its_pool_was_made_from(tmp_path, option, pool):
    """20 percent of the average, or of the aggregate if the agency reads the form as printed."""
    box = first(report(tmp_path, basis="average", options=f"{{form_1558a_pool: {option}}}"))
    assert box.number == "OPM Form 1558A"
    assert box.basis == "(Based on 20% of Average Career SES Base Pay)"
    assert said(box.pool) == pool


def test_the_x_stands_at_the_highest_level_of_the_pattern_and_missing_levels_are_empty(tmp_path):
    """Pattern F has no level 4; D stops at 3; the level names are those printed."""
    rows = first(report(tmp_path)).ratings
    assert rows[0][0] == "1 (Unsatisfactory)"
    assert rows[3] == ("4", "", "", "", "")
    assert rows[4] == ("5", "X", "2", "0", "0")
    three = first(report(tmp_path, pattern="D", rows=ROWS[:1])).ratings
    assert [row[1] for row in three] == ["", "", "X", "", "", ""]
    assert three[4] == ("5", "", "", "", "")


def test_a_rating_the_pattern_lacks_is_shown_on_the_draft(tmp_path):
    """A fault is never hidden by an empty box: TOTAL must be the sum of what is seen."""
    rows = ("E1,Robin Vale,main,no,career,1,113000,113000,4,2002-11-20,,,,,",)
    assert first(report(tmp_path, rows=rows)).ratings[3] == ("4", "", "1", "", "")


@pytest.mark.parametrize(
    ("options", "attribute", "shown"),
    [
        ("{item_4_year: four_digits}", "pay_as_of", "September 30, 2002"),
        ("{item_4_year: two_digits}", "pay_as_of", "September 30, 02"),
    ],
)
def test_options_of_display(tmp_path, options, attribute, shown):
    """The year of item 4 has four digits, or two on request."""
    assert getattr(first(report(tmp_path, options=options)), attribute) == shown


def test_item_6_as_a_fraction(tmp_path):
    """The blank '._____%' may be read as a decimal fraction."""
    box = first(report(tmp_path, options="{item_6_percent: fraction}"))
    assert said(box.paid).startswith("0.0823 × $ 502,600")


@pytest.mark.parametrize(("option", "shown"), [("blank", ""), ("none", "none")])
def test_item_3_without_awards(tmp_path, option, shown):
    """Blank when no awards are paid, or 'none' on request; pending awards never say 'none'."""
    unpaid = "{status: none, ratings_final_on: 2002-11-22}"
    rows = tuple(ROWS[4:])
    options = f"{{item_3_without_awards: {option}}}"
    assert first(report(tmp_path, awards=unpaid, options=options, rows=rows)).paid_in == shown
    assert first(report(tmp_path, awards="{status: pending}", options=options, rows=rows)).paid_in == ""


def test_a_plan_without_awards_leaves_items_3_to_8_empty(tmp_path):
    """Blank, not zero; items 9 and 10 are filled."""
    box = first(report(tmp_path, awards="{status: none, ratings_final_on: 2002-11-22}", rows=ROWS[4:]))
    filled = [piece.text for line in (box.pool, box.paid, box.awards) for piece in line if piece.filled]
    assert (box.paid_in, box.pay_as_of) == ("", "")
    assert not any(filled)
    assert not any(cell for row in (*box.pay_rows, *box.levels) for cell in row[1:])
    assert box.appointees == ("0", "1", "0")


def test_an_aggregate_of_unlike_plans_refers_to_them(tmp_path):
    """Items 2 and 3 and the day of item 4 differ between the plans: the aggregate says where to look."""
    summer = (
        "  - id: jul\n    pattern: F\n    awards: {status: paid, paid_in: 2002-08, determined_on: 2002-08-10}\n"
        "    appraisal_period: {from: 2001-07-01, to: 2002-06-30}\n"
    )
    rows = (*ROWS, "E6,Lou Berg,jul,no,career,4,125500,129800,5,2002-08-01,9735,,,,")
    made = report(tmp_path, more=summer, rows=rows)
    (box,) = [printed_form.paper(form, made.agency) for form in made.forms if form.scope == "aggregate"]
    assert (box.period_from, box.period_to, box.paid_in) == (printed_form.SEE_PLANS,) * 3
    assert box.pay_as_of == "see plan forms"
    assert {row[0]: row[1:] for row in box.pay_rows}["4"] == ("3", "", "$385,100")


def test_the_cover_names_no_cell_of_the_roster(tmp_path):
    """A problem tells the place and what to do; what stood in the cell stays in the agency."""
    rows = ("E1,Robin Vale,main,no,Robin Vale,1,113000,113000,3,2002-11-20,,,,,",)
    cover = printed_form.cover(report(tmp_path, rows=rows))
    assert [finding.where for finding in cover.errors] == ["Roster, row 2 (E1), appointment_type"]
    assert "Robin" not in str(cover)
    assert cover.status.startswith("DRAFT")


def test_each_way_of_reading_is_printed_once(tmp_path):
    """The account of the roster lists them; the cover, on the same page, does not say them again."""
    report(tmp_path)
    (tmp_path / "roster.readings.yaml").write_text(
        "accepted:\n- {kind: value, column: plan, text: mian, take: main, who: Ida Falk}\n", encoding="utf-8"
    )
    made = open_folder(tmp_path).complete()
    said = "'mian' is read as main"
    assert any(said in note for note in made.notes)
    printed = [*printed_form.cover(made).look_at, *(line.note for line in made.account.lines)]
    assert len([one for one in printed if said in one]) == 1


def test_thousands_of_problems_are_counted_and_the_first_are_listed(tmp_path):
    """Nothing is dropped in silence: like problems are one with their number, of others the rest is counted."""
    rows = tuple(f"E{n},,main,no,career,1,x,113000,3,2002-11-20,,,,," for n in range(printed_form.MOST + 5))
    package = report(tmp_path, rows=rows)
    alike = printed_form.cover(package)
    assert "305 rows" in alike.errors[0].where
    assert alike.more_errors == 0
    unlike = tuple(Problem(n, "award", "", f"is wrong in way {n}", "Correct it.") for n in range(printed_form.MOST + 5))
    cover = printed_form.cover(replace(package, problems=unlike))
    assert len(cover.errors) == printed_form.MOST
    assert cover.more_errors == 5


def test_the_supplementary_row_gives_the_reason_with_the_action(tmp_path):
    """The form has no column for the reason: it is printed with the action; dates are mm/dd/yy."""
    (sheet,) = printed_form.supplement(report(tmp_path))
    assert sheet.period_ending == "09/30/02"
    assert sheet.rows == (
        (
            ("Noor Lind", "SSN:"), ("2 (Minimally Satisfactory)",), ("11/20/02",), ("No",),
            ("removed from the SES, 01/12/03; reason: two less than fully successful ratings in 3 years",),
        ),
    )  # fmt: skip


def test_the_due_line_tells_the_first_and_the_last_day(tmp_path):
    """Forms due on different days are never summed up by the last day alone."""
    assert printed_form.cover(report(tmp_path)).due == "Due to OPM by December 24, 2002."
    assert "the first by" in printed_form.cover(sample("DPW")).due
    assert printed_form.cover(report(tmp_path, awards="{status: pending}", rows=ROWS[4:])).due.startswith(
        "Not every due date"
    )
