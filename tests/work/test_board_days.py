"""The day a board first served: its first meeting, or the agency's own steps where these are earlier or alone."""

from datetime import date

import appraisal_year as invented
import pytest

from seskit.paper.appraisal import board_notice
from seskit.work.appraisal import year_record

MET, PUBLISHED = "  first_meeting: 2024-10-21\n", "  published_on: 2024-09-12\n"


def published(folder, first_meeting, published_on, boards=("2024-11-17",), cycle=invented.CYCLE):
    """What is found of the publication, with boards on these days."""
    years = {}
    for number, on in enumerate(boards, 1):
        years[f"HBR{number:03}"] = invented.clean(4, date(2024, 11, 18))
        years[f"HBR{number:03}"]["board"][0][0] = on
    cycle = cycle.replace("  " + MET, f"    first_meeting: {first_meeting}\n" if first_meeting else "")
    cycle = cycle.replace("  " + PUBLISHED, f"    published_on: {published_on}\n")
    invented.write(folder, years, [invented.person(number) for number in range(1, len(boards) + 1)], cycle=cycle)
    found = year_record.audit(year_record.open_folder(folder))
    return [next(one for one in result.reasons if one.key == "P8") for _, result in found.boards]


@pytest.mark.parametrize(("first_meeting", "published_on", "boards", "outcome"), [
    ("", "2024-11-18", ("2024-11-17",), "not met"), ("", "2024-11-17", ("2024-11-17",), "not met"),
    ("", "2024-11-16", ("2024-11-17",), "met"), ("", "2024-11-16", ("2024-11-17", "2024-11-14"), "not met"),
    ("2024-11-17", "2024-11-16", ("2024-11-15",), "not met"), ("2024-10-21", "2024-09-12", ("2024-11-17",), "met"),
    ("", "2024-11-16", ("",), "cannot tell"),
])  # fmt: skip
def test_the_agencys_own_steps_tell_when_the_board_served(tmp_path, first_meeting, published_on, boards, outcome):
    """Without a first meeting, or with a later one, the first recommendation counts; the words say the day."""
    (reason,) = published(tmp_path, first_meeting, published_on, boards)
    assert reason.outcome == outcome
    days = [one for one in (*boards, first_meeting) if one]
    assert (f"first met or recommended on {min(days)}" if days else "the first meeting is not known") in reason.text


@pytest.mark.parametrize(("published_on", "outcomes"), [
    ("2024-11-16", ["cannot tell", "cannot tell"]), ("2024-11-17", ["not met", "cannot tell"]),
])  # fmt: skip
def test_with_two_boards_for_the_same_people_a_recommendation_before_either_is_not_lost(
    tmp_path, published_on, outcomes
):
    """Whose it is cannot be told; one on a day when no board was published yet is held against the first."""
    board = invented.CYCLE.partition("boards:\n")[2].partition("leaders:")[0]
    second = board.replace("Registry board", "Second board")
    cycle = invented.CYCLE.replace("leaders:", f"{second}leaders:")
    assert [one.outcome for one in published(tmp_path, "", published_on, cycle=cycle)] == outcomes


@pytest.mark.parametrize(("members", "career", "ids", "said"), [
    (3, 2, "HBR001, HBR002, HBR003", ""), (3, 2, "HBR001", ""), (3, 1, "HBR001, HBR002", "2 of them career"),
    (3, 3, "HBR003", "0 of them career"), (3, 2, "HBR001, HBR009", "not on the roster"),
    (3, 2, "HBR001, HBR001", "twice"), (2, 2, "HBR001, HBR002, HBR003", "3 executives"), (3, 4, "HBR001", "4 career"),
])  # fmt: skip
def test_the_members_named_are_those_counted(tmp_path, members, career, ids, said):
    """A board whose three members are named is no career majority by its count alone; nobody is lost from the notice."""
    cycle = invented.CYCLE.replace(
        "members: 5\n    career: 3\n", f"members: {members}\n    career: {career}\n    member_ids: [{ids}]\n"
    )
    kinds = ("career", "career", "noncareer")
    people = [invented.person(number, appointment_type=kind) for number, kind in enumerate(kinds, 1)]
    years = {one["person_id"]: invented.clean(4, date(2024, 11, 18)) for one in people}
    found = year_record.open_folder(invented.write(tmp_path, years, people, cycle=cycle))
    told = [str(one) for one in found.problems if one.file == "appraisal.yaml"]
    assert bool(told) is bool(said)
    assert all(said in one for one in told)
    if found.usable:
        _, open_ones = board_notice.notice(found)
        assert {one.removeprefix("Error: ") for one in told} <= set(open_ones)


@pytest.mark.parametrize(("plans", "said"), [
    ("", []), ("[main]", []), ("[main, ghost]", ["is not a plan of agency.yaml"]),
    ("[ghost]", ["is not a plan of agency.yaml", "is a plan without a board"]),
])  # fmt: skip
def test_a_board_is_for_plans_that_are_there_and_each_plan_has_one(tmp_path, plans, said):
    """A plan of another word in appraisal.yaml leaves people before no board, and was passed over."""
    cycle = invented.CYCLE.replace("boards:\n  - ", f"boards:\n  - plans: {plans}\n    " if plans else "boards:\n  - ")
    assert (cycle != invented.CYCLE) is bool(plans)
    invented.write(tmp_path, {"HBR001": invented.clean(4, date(2024, 11, 18))}, [invented.person(1)], cycle=cycle)
    found = year_record.open_folder(tmp_path)
    assert [one.reason for one in found.problems if one.column == "boards"] == said


@pytest.mark.parametrize(("left", "appraised", "told", "outcome"), [
    ("", "2024-02-28", "", "cannot tell"), ("2024-02-28", "2024-02-28", "2024-03-10", "met"),
    ("2024-02-28", "2024-03-02", "2024-03-10", "cannot tell"), ("2024-02-28", "", "2024-03-10", ""),
    ("", "", "", ""), ("2024-06-30", "2024-06-30", "", "met"), ("2024-06-30", "2024-07-01", "", "not met"),
])  # fmt: skip
def test_an_appraisal_taken_along_is_never_passed_over(tmp_path, left, appraised, told, outcome):
    """A departure appraisal without the day of leaving says what is missing; one of another agency's plan counts."""
    year = invented.clean(4, date(2024, 11, 18))
    if told:
        year["entered"] = [["2024-03-01", "personnel_office", "", ""]]
        year["plan"] = [[told, "supervisor", "", ""]]
    if left:
        year["left_position"] = [[left, "", "", ""]]
    if appraised:
        year["departure_appraisal"] = [[appraised, "other", "5", "losing agency"]]
    invented.write(tmp_path, {"HBR001": year}, [invented.person(1)])
    (one,) = year_record.audit(year_record.open_folder(tmp_path)).executives
    found = [reason for reason in one.result.reasons if reason.key == "T24"]
    assert [reason.outcome for reason in found] == ([outcome] if outcome else [])
    assert all("left_position" in reason.text for reason in found if not left)
