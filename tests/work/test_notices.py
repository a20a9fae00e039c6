"""Notices to single executives: the days and rights of each kind, on both sides, and names in these files alone."""

from __future__ import annotations

import shutil
import stat
from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner

from seskit.desk import cli
from seskit.formats.leaving import inspect
from seskit.formats.personal_data import Names
from seskit.law import pay_setting
from seskit.record.closeout import moves
from seskit.work import closeout as work
from seskit.work.closeout import move_notices
from seskit.work.closeout.notices import Notices
from tests import closeouts
from tests.noticed import DBT, move, said

#: One executive for each kind of notice in the sample.
EACH = ("DBT002", "DBT003", "DBT015", "DBT016", "DBT020", "DBT058")


@pytest.fixture(scope="module")
def notices(closeout):
    """Its notices, by kind and executive."""
    found = Notices(closeout, DBT)
    assert not found.problems
    return {(one.kind, one.person.person_id): one for one in found.listed}


@pytest.fixture(scope="module")
def written(closeout, tmp_path_factory):
    """The files of one notice of each kind, made once."""
    out = tmp_path_factory.mktemp("notices")
    return Notices(closeout, DBT, EACH).write(out)


def test_every_proposal_and_every_move_has_its_notice(closeout, notices):
    """As many notices as there are changed rates, awards and moves; the record is typed once."""
    rows = closeout.found.rows
    changed = sum(judged.change != 0 for judged in rows)
    awards = sum(judged.row.proposed_award is not None for judged in rows)
    assert len(Notices(closeout, DBT).listed) == changed + awards + len(moves.read(DBT).people)
    assert {kind for kind, _ in notices} == {
        "a pay adjustment", "a performance award", "a proposed reduction of pay", "reassignment", "transfer",
        "removal from the Senior Executive Service", "placement outside the Senior Executive Service",
    }  # fmt: skip


def test_a_notice_is_a_draft_exactly_where_the_law_stands_against_it(closeout, notices):
    """The three proposals that the closeout says must change are drafts, and no other."""
    blocked = {must.who for must in closeout.musts if must.by_law}
    assert {who for (_, who), one in notices.items() if one.open} == blocked == {"DBT003", "DBT011", "DBT015"}


def test_a_limit_that_all_share_holds_back_each_notice_it_is_about(tmp_path):
    """5 U.S.C. 5384(b)(3): no award is final while the pool is passed, no rate while 12 months are an open reading."""
    people = [closeouts.person(f"FE{number}", 5) for number in range(4)]

    def held(name, award, adjusted, **more):
        rows = [f"FE{number},200000,{adjusted},201000,{award if number else ''},,,\n" for number in range(len(people))]
        place = closeouts.folder(tmp_path / name, people, pay=rows, **more)
        listed = Notices(closeouts.done(place), place).listed
        return {(one.person.person_id, one.kind.split()[-1]): " ".join(one.open) for one in listed}

    kept, passed = held("kept", 26000, "2023-01-15"), held("passed", 27000, "2024-01-14")
    assert len(kept) == 7
    assert not any(kept.values())
    for (number, kind), text in passed.items():
        words = "Awards of $81,000 exceed the pool of $80,000" if kind == "award" else f"an open reading: {number}."
        assert words in text, (number, kind)
        assert not any(other in text for other in ("FE0", "FE1", "FE2", "FE3") if other != number), text
    people = [closeouts.person(f"FE{number}", 3 + 2 * (number < 3)) for number in range(5)]
    for (number, _), text in held("over", 12000, "2024-01-14", period=closeouts.BOUND).items():
        assert ("3 of 5 career executives are at levels 4 and 5, 2 too many" in text) is (number < "FE3"), number


def test_a_pay_adjustment_says_rate_day_and_when_pay_may_change_again(notices):
    """5 U.S.C. 5383(c): the next 12 months begin with this adjustment."""
    text = said(notices["a pay adjustment", "DBT002"])
    for words in ("$188,500", "$192,200", "January 26, 2025", "on or after January 26, 2026", "5 U.S.C. 5383(c)"):
        assert words in text, words


def test_an_award_names_its_base_and_what_is_paid_in_january(closeout, notices):
    """5 U.S.C. 5384 and 5307: the base is the rate at the end of the period; what passes the limit comes in January."""
    text = said(notices["a performance award", "DBT002"])
    for words in ("$12,700", "September 30, 2024", "December 20, 2024", "5 CFR 534.405(c), (f)", "5 U.S.C. 5384(c)"):
        assert words in text, words
    assert "beginning of 2025" not in text
    lost = replace(closeout, sheet=replace(closeout.sheet, certified=False))
    (late,) = lost.deferrals
    found = {(one.kind, one.person.person_id): one for one in Notices(lost, DBT).listed}
    text = said(found["a performance award", late.person_id])
    assert f"${late.deferred:,} is then paid at the beginning of 2025" in text
    assert "5 CFR 530.203" in text


@pytest.mark.parametrize("given", [date(2025, 1, 11), date(2025, 1, 12)])
def test_a_reduction_gives_15_days_and_the_right_of_reply(closeout, given):
    """5 U.S.C. 5383(d), 5 CFR 534.404(j)(3), (j)(4): 15 days before the first lawful day, 7 to answer, 7 to ask again."""
    rows = [row._replace(notice_given=given) if row.person_id == "DBT015" else row for row in closeout.sheet.rows]
    found = work.figures.Closeout(
        closeout.opened, closeout.sheet.with_rows(rows), work.opening.checked(closeout.sheet.with_rows(rows))
    )
    (one,) = [one for one in Notices(found, DBT, ("DBT015",)).listed if "reduction" in one.kind]
    text = said(one)
    assert ("allows the reduction from 2025-01-27" in text) is (given == date(2025, 1, 12))
    assert f"First lawful day: January {given.day + 15}, 2025" in text
    assert f"until January {given.day + 7}, 2025, orally or in writing" in text
    for words in (
        "15 days after you receive",
        "represented",
        "cannot be appealed",
        "Within 7 days",
        "final",
        "5 U.S.C. 7543",
        "534.404(j)(4)",
    ):
        assert words in text, words


def test_a_lower_rate_of_one_who_is_not_career_is_decided_and_cites_no_rule_for_career_appointees(closeout):
    """5 U.S.C. 5383(d), 5 CFR 534.404(j) protect career appointees alone; (c)(2)(ii): a reduction starts 12 months, too."""
    rows = [
        row._replace(appointment_type="noncareer") if row.person_id == "DBT015" else row for row in closeout.sheet.rows
    ]
    sheet = closeout.sheet.with_rows(rows)
    found = work.figures.Closeout(closeout.opened, sheet, work.opening.checked(sheet))
    (one,) = [one for one in Notices(found, DBT, ("DBT015",)).listed if "reduction" in one.kind]
    text = said(replace(one, open=()))
    assert not one.rights
    assert "Your rate of basic pay is reduced to" in text
    assert "on or after January 26, 2026" in text
    for words in ("proposes", "given on", "534.404(j)", "5383(d)"):
        assert words not in text, words


def test_a_reduction_without_the_day_of_its_notice_is_a_draft(notices):
    """The day of the notice decides the rest, so nothing is signed without it."""
    one = notices["a proposed reduction of pay", "DBT015"]
    assert any("barred until 2025-02-04" in text for text in one.open)


SAME = {"move": "reassignment", "given_on": "2025-01-06", "outside_commuting_area": "no"}
OUTSIDE = {
    "move": "reassignment",
    "given_on": "2025-01-06",
    "outside_commuting_area": "yes",
    "consulted_on": "2024-12-12",
}


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({**SAME, "effective_on": "2025-01-21"}, ""),
        ({**SAME, "effective_on": "2025-01-20"}, "January 21, 2025|2025-01-21"),
        ({**OUTSIDE, "effective_on": "2025-03-07"}, ""),
        ({**OUTSIDE, "effective_on": "2025-03-06"}, "2025-03-07"),
        ({**OUTSIDE, "effective_on": "2025-03-07", "consulted_on": ""}, "Whether consultation came before"),
        ({**OUTSIDE, "effective_on": "2025-03-07", "consulted_on": "2025-01-07"}, "consult first"),
        ({**OUTSIDE, "effective_on": "2025-02-01", "agreed_on": "2024-12-11"}, "Consultation comes before the waiver"),
        ({**OUTSIDE, "effective_on": "2025-03-07", "reason": ""}, "Fill in reason"),
        ({**SAME, "effective_on": "2025-01-21", "reason": ""}, ""),
        ({**SAME, "effective_on": "2025-01-07", "agreed_on": "2025-01-06"}, ""),
        ({"move": "reassignment", "given_on": "2025-01-06", "effective_on": "2025-03-07"}, "outside_commuting_area"),
        ({**SAME, "move": "transfer of function", "effective_on": "2025-01-21"}, ""),
        ({"move": "transfer", "effective_on": "2025-02-09", "agreed_on": "2025-01-10"}, ""),
        ({"move": "transfer", "effective_on": "2025-02-09"}, "agreed_on"),
    ],
)
def test_a_move_keeps_15_or_60_days_and_consultation(tmp_path, closeout, facts, words):
    """5 U.S.C. 3395(a)(2), 5 CFR 317.901(b), 317.902: the day, the day before, consultation first, consent for a transfer."""
    one = move(tmp_path, closeout, **facts)
    text = " ".join(one.open)
    assert bool(one.open) is bool(words), one.open
    assert not words or any(part in text for part in words.split("|")), one.open
    counted = "agency head, June 12, 2023; no new noncareer supervisor is recorded" in said(one)
    assert counted or words or facts["move"] == "transfer"


REMOVAL = {"person_id": "DBT109", "move": "removal", "ground": "one_unsatisfactory", "retirement_eligible": "no",
           "effective_on": "2024-12-14", "to_position": "Toll Audit Manager"}  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"given_on": "2024-11-14", "position_named_on": "2024-12-04"}, ""),
        ({"given_on": "2024-11-15", "position_named_on": "2024-12-04"}, "notice is due by 2024-11-14"),
        ({"given_on": "2024-11-14", "position_named_on": "2024-12-05"}, "position is due by 2024-12-04"),
        ({"given_on": "2024-11-14", "retirement_eligible": ""}, "retirement_eligible"),
        ({"given_on": "2024-11-14", "person_id": "DBT002"}, "call for no removal"),
    ],
)
def test_a_removal_keeps_its_30_10_and_15_days(tmp_path, closeout, facts, words):
    """5 CFR 359.502(a), (b): notice 30 days, position named 10 days, hearing asked for 15 days before; ratings that call for it."""
    one = move(tmp_path, closeout, **REMOVAL | facts)
    assert bool(one.open) is bool(words), one.open
    assert words in " ".join(one.open)
    text = said(one)
    assert "until November 29, 2024, 15 days before" in text
    assert "GS-15 or above" in text
    assert "The rating itself cannot be appealed. (5 U.S.C. 4312(d))" in text
    assert "rests on: one unsatisfactory rating. (5 U.S.C. 4314(b)(3); 5 CFR 359.501)" in text
    later = "position_named_on" in facts
    assert ("in a supplement to this notice, on December" in text) == later
    assert ("The position named for you is Toll Audit Manager" in text) == (not later)


@pytest.mark.parametrize(
    ("ground", "law"),
    [("two_unsatisfactory", "5 U.S.C. 4314(b)(3)"), ("two_less_than_fully_successful", "5 U.S.C. 4314(b)(4)")],
)
def test_a_removal_cites_the_paragraph_of_its_ground(tmp_path, closeout, ground, law):
    """5 U.S.C. 4314(b)(3), (b)(4); 5 CFR 359.501(d)(1), (d)(2): two unsatisfactory ratings, or two below fully successful."""
    one = move(tmp_path, closeout, **REMOVAL | {"ground": ground})
    assert f"({law}; 5 CFR 359.501)" in said(one)
    borne = ground == "two_less_than_fully_successful"
    assert any("bear out" in text for text in one.open) != borne, one.open


def test_a_placement_pays_the_highest_of_three_rates(notices):
    """5 U.S.C. 3594(c)(2): new position, former position, or the SES rate just before."""
    text = said(notices["placement outside the Senior Executive Service", "DBT058"])
    assert "Basic pay on placement: $180,200" in text
    assert "5 U.S.C. 3594(c)(2)" in text


def test_a_noncareer_removal_has_no_hearing_and_no_placement(tmp_path, closeout):
    """5 CFR 317.605(b), 359.902: a day's notice; neither rights of 359.502 nor of 3594."""
    one = move(tmp_path, closeout, person_id="DBT001", move="removal", given_on="2024-12-13", effective_on="2024-12-14")
    assert not one.open
    assert "hearing" not in said(one)
    assert "317.605(b)" in said(one)


def test_the_files_are_the_owners_alone_and_nothing_else_holds_a_name(written, closeout):
    """Mode 0600, Word and tagged PDF; the detector finds the name there and in no other file of the same run."""
    names = Names(person.name for person in closeout.people.values() if person.name)
    assert {path.suffix for path in written} == {".docx", ".pdf"}
    for path in written:
        assert path.name.startswith("supplement_notice_")
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        if path.suffix == ".docx":
            assert inspect("notice.docx", path.read_bytes(), names), f"{path.name} names nobody"
            assert not inspect(path.name, path.read_bytes(), names)


def test_a_notice_prints_on_one_page_with_all_it_says(written):
    """The PDF is tagged, one page, and cuts nothing of the rights."""
    import pypdf

    for path in (path for path in written if path.suffix == ".pdf"):
        read = pypdf.PdfReader(path)
        assert len(read.pages) == 1, path.name
        assert read.trailer["/Root"]["/MarkInfo"]["/Marked"], path.name
    (reduction,) = [path for path in written if "reduction" in path.name and path.suffix == ".pdf"]
    lines = [line.strip() for line in pypdf.PdfReader(reduction).pages[0].extract_text().splitlines()]
    assert (
        "Department of Bridges and Tunnels" in lines
    )  # the agency's line is its own, also under the word of the draft
    text = " ".join(" ".join(lines).split())
    assert "Within 7 days of the decision" in text
    assert "DRAFT" in text


def test_the_command_writes_notices_and_says_which_are_drafts(tmp_path):
    """`--notices` needs a folder; by number only, each draft is said with what is open."""
    run = CliRunner().invoke
    assert "name their folder with --out" in run(cli.main, ["closeout", str(DBT), "--notices"]).output
    page = run(cli.main, ["closeout", str(DBT), "--notices", "--format", "html", "--out", str(tmp_path / "page")])
    assert (page.exit_code, "Notices are written as docx or pdf" in page.output) == (2, True)
    asked = ["closeout", str(DBT), "--notices", "--executive", "DBT015", "--format", "docx", "--out", str(tmp_path)]
    (tmp_path / "decision_paper.json").write_text(
        '{"papers": [{"agency": "DBT", "fiscal_year": 2023, "files": {}, "proposals": {}}]}'
    )
    found = run(cli.main, [*asked, "--executive", "DBT999"])
    assert "held the decision paper of DBT for fiscal year 2023. Give each its own folder." in found.output
    assert (found.exit_code, "No notice for DBT999: " in found.output) == (1, True)
    assert "Draft: notice of a proposed reduction of pay, DBT015" in found.output
    assert "1 notice, 1 of them drafts" in found.output
    assert "Morgan" not in found.output


def test_notices_to_one_leave_those_to_others(tmp_path, closeout):
    """A second run for another executive removes nothing; what no longer follows is removed by a whole run alone."""
    for who in ("DBT015", "DBT038"):
        Notices(closeout, DBT, (who,)).write(tmp_path, ["docx"])
    kept = sorted(path.stem[-6:] for path in tmp_path.glob("*.docx"))
    assert kept == ["DBT015", "DBT038"]


def test_moves_that_cannot_all_be_meant_are_drafts(tmp_path, closeout):
    """5 U.S.C. 4314(b)(4): two moves of one executive, one in the place of a removal; a day that no rule covers is its row's."""
    place = shutil.copytree(DBT, tmp_path / "dbt")
    rows = ("DBT016,reassignment,2025-01-06,2025-01-21", "DBT016,transfer,,2025-02-09", "DBT017,reassignment,2025-01-06,1905-07-17",
            "DBT058,reassignment,2025-01-06,2025-01-21")  # fmt: skip
    (place / "moves.csv").write_text("person_id,move,given_on,effective_on\n" + "\n".join(rows) + "\n")
    made, (problem,) = move_notices.of_folder(place, closeout)
    first, second, third = (" ".join(one.open) for one in made)
    assert "Row 3 of moves has a transfer of this executive too" in first
    assert "Row 2 of moves has a reassignment of this executive too" in second
    assert "must be removed from the SES. A reassignment does not take the place of the removal" in third
    assert str(problem).startswith("Error: moves, row 4: Nothing is recorded for 1905-07-17")


def test_a_row_nobody_knows_is_a_problem_of_its_row(tmp_path, closeout):
    """A number that is not in the roster gets no notice."""
    (tmp_path / "moves.csv").write_text("person_id,move\nDBT999,transfer\n")
    made, problems = move_notices.of_folder(tmp_path, closeout)
    assert not made
    assert "moves, row 2" in str(problems[0])


_COUNTED = "may next be adjusted on or after January 12, 2026"


@pytest.mark.parametrize(
    ("kind", "row", "terms", "words"),
    [("adjustment", "N1,4,200000,2023-01-15,,203000,,", "", (_COUNTED,)),
     ("adjustment", "N1,4,200000,2024-01-14,,203000,,", "cycle_record: Memorandum 12-B\n",
      (_COUNTED, "fitting the appraisal and pay cycle that otherwise applies", "Memorandum 12-B")),
     ("relative_position", "N1,4,180000,2024-09-22,relative_position,181000,,", "", ("does not start a new 12 months",)),
     ("relative_position", "N1,4,215000,2024-09-22,relative_position,217000,exceptional_accomplishment,yes", "",
      ("does not start a new 12 months", "Exceptional case")),
     ("minimum_increase", "N1,4,147649,2024-09-22,,150160,,", "", ("does not start a new 12 months", "reaches the minimum", "534.404(c)(3)(vii)"))],
)  # fmt: skip
def test_a_notice_of_an_increase_says_of_the_12_months_what_the_law_says(tmp_path, kind, row, terms, words):
    """Each kind of increase, on January 12, 2025: whether it starts the 12 months anew is the clock's own answer."""
    number, level, rate, last, action, proposed, ground, approves = row.split(",")
    people = [closeouts.person(number, level, rate, name="Roe Jan")]
    folder = closeouts.folder(tmp_path / "INV", people, pay=[], terms=terms)
    (folder / "pay.csv").write_text(
        "person_id,rate,last_adjusted,action,proposed_rate,proposed_award,ground,top_official_approves,reason\n"
        f"{number},{rate},{last},{action},{proposed},,{ground},{approves},a reason\n"
    )
    (one,) = Notices(closeouts.done(folder), folder).listed
    assert one.open == ()
    text = said(one)
    assert [word for word in words if word not in text] == []
    starts = pay_setting.clock_history(actions=[{"effective": "2025-01-12", "kind": kind}]).answer[-1].restarts
    assert (_COUNTED in text) == starts
    assert ("does not start a new 12 months" in text) == (not starts)
    assert ("Ground for a second increase inside 12 months" in text) == bool(terms)


@pytest.mark.parametrize(
    ("action", "gone"),
    [("resigned,2025-01-12", "resigned, 2025-01-12"), ("resigned,2025-01-13", ""), ("transferred within the SES,2025-01-05", "a transfer is to another agency"),
     ("Retired after a talk with Pat Roe,2024-12-31", "left the SES, 2024-12-31"), ("proposed removal from the SES,2024-12-31", ""),
     ("reassigned within the SES,2024-12-01", "")],
)  # fmt: skip
def test_no_rate_is_set_for_one_who_has_left_by_then(tmp_path, action, gone):
    """An action on the roster up to the day rates take effect: neither paper nor notice is final, and no own words are repeated."""
    people = [closeouts.person("N1", 4, 200000, name="Roe Jan")]
    folder = closeouts.folder(
        tmp_path / "INV", people, pay=closeouts.worksheet_rows(people, N1=(203000, 20000, "", "", ""))
    )
    head, row = (folder / "roster.csv").read_text().splitlines()
    (folder / "roster.csv").write_text(f"{head},action,action_date\n{row},{action}\n")
    made = closeouts.done(folder)
    rate, award = Notices(made, folder).listed
    assert (bool(rate.open), bool(made.blocks), made.found.adjustments_total) == (
        bool(gone),
        bool(gone),
        0 if gone else 3000,
    )
    assert gone in "".join(rate.open)
    assert "Pat" not in "".join(rate.open)
    assert award.open == ()


def test_a_move_out_of_the_agency_is_a_departure_too(tmp_path):
    """A transfer in moves.csv by the day rates take effect; a reassignment is none."""
    people = [closeouts.person("N1", 4, 200000), closeouts.person("N2", 4, 200000)]
    rates = dict.fromkeys(("N1", "N2"), (203000, "", "", "", ""))
    folder = closeouts.folder(tmp_path / "INV", people, pay=closeouts.worksheet_rows(people, **rates))
    (folder / "moves.csv").write_text(
        "person_id,move,effective_on\nN1,transfer,2025-01-12\nN2,reassignment,2025-01-05\n"
    )
    (one,) = closeouts.done(folder).blocks
    assert "transfer, 2025-01-12, in moves.csv" in one.text
