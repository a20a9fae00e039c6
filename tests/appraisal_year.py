"""An invented appraisal year: steps that keep every rule, and the faults that can be put into them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

FIRST, LAST = date(2023, 10, 1), date(2024, 9, 30)
HEAD = ("person_id", "step", "date", "by", "level", "note")
ROSTER = (
    "person_id", "name", "plan", "component", "ig_office", "appointment_type", "es_level", "basic_pay_fy_end",
    "basic_pay_period_end", "rating", "rating_date", "award", "pay_decreased", "action", "action_date",
    "removal_reason", "on_probation", "noncareer_supervisor_since", "on_rolls_period_end",
)  # fmt: skip
Year = dict[str, list[list[str]]]
AGENCY = """code: HBR
name: Harbour Buoys Registry
fiscal_year: 2024
certified: true
plans:
  - id: main
    name: SES performance plan
    pattern: H
    appraisal_period: {from: 2023-10-01, to: 2024-09-30}
    awards: {status: none, ratings_final_on: 2024-12-02}
    pool_basis: aggregate
"""
CYCLE = """plan: basic-2012
response_days: 5
plan_days: 30
progress_reviews: 1
agency_head_appointed_on: 2021-03-01
boards:
  - name: Registry board
    members: 5
    career: 3
    recused_from_own_case: yes
    appointed_by_head: yes
    stable_appointment: yes
    published_on: 2024-09-12
    first_meeting: 2024-10-21
leaders: {met: [AL1, AL2, AL3, AL4, AL5, AL6, AL7, AL8, AL9, AL10, AL11, AL12]}
"""


def clean(level: int, rated_on: date, first: date = FIRST, last: date = LAST) -> Year:
    """The steps of one year that keeps every rule and ends in a rating of that level on that day."""
    room = max(1, (rated_on - last).days - 1)
    initial = last + timedelta(days=min(1, room))
    board = rated_on - timedelta(days=1)
    return {
        "consultation": [[str(first - timedelta(days=20)), "supervisor", "", ""]],
        "plan": [[str(first - timedelta(days=3)), "supervisor", "", ""]],
        "progress_review": [[str(first + timedelta(days=180)), "supervisor", "", ""]],
        "initial_rating": [[str(initial), "supervisor", str(level), ""]],
        "response_offered": [[str(initial), "supervisor", "", ""]],
        "review_offered": [[str(initial), "supervisor", "", ""]],
        "sent_to_board": [[str(min(board, initial + timedelta(days=7))), "personnel_office", "", ""]],
        "board": [[str(board), "board", str(level), ""]],
        "final_rating": [[str(rated_on), "appointing_authority", str(level), ""]],
        "communication": [[str(rated_on + timedelta(days=4)), "supervisor", "", ""]],
    }


def drop(step: str) -> Callable[[Year], None]:
    return lambda year: year.pop(step)


def put(step: str, *rows: list[str]) -> Callable[[Year], None]:
    return lambda year: year.update({step: [list(row) for row in rows]})


def all_of(*changes: Callable[[Year], object]) -> Callable[[Year], None]:
    def change(year: Year) -> None:
        for one in changes:
            one(year)

    return change


def late_entry(year: Year) -> None:
    year["entered"] = [["2024-02-01", "", "", ""]]
    year["consultation"] = [["2024-02-20", "supervisor", "", ""]]
    year["plan"] = [["2024-03-03", "supervisor", "", ""]]


def moved(year: Year) -> None:
    """To another position of the agency in July, with an appraisal along and a plan there."""
    year["left_position"] = [["2024-07-15", "", "", ""]]
    year["departure_appraisal"] = [["2024-07-10", "supervisor", "4", ""]]
    year["entered"] = [["2024-07-16", "", "", ""]]
    year["plan"].append(["2024-08-15", "supervisor", "", ""])


#: What was done wrong, how it is put into a clean year (rated on 2024-11-18), and the one check that finds it.
FAULTS: dict[str, tuple[Callable[[Year], object], str]] = {
    "no plan": (all_of(drop("plan")), "T1"),
    "plan after the first day": (put("plan", ["2023-10-02", "supervisor", "", ""]), "T2"),
    "plan late after entering": (
        all_of(late_entry, put("plan", ["2024-03-03", "supervisor", "", ""])), "T2"),
    "no consultation": (drop("consultation"), "T3"),
    "consulted after the plan": (put("consultation", ["2023-09-30", "executive", "", ""]), "T3"),
    "no progress review": (drop("progress_review"), "T4"),
    "progress review outside the period": (put("progress_review", ["2024-10-01", "supervisor", "", ""]), "T4"),
    "rated under the minimum": (
        all_of(put("entered", ["2024-07-04", "", "", ""]), put("consultation", ["2024-07-04", "supervisor", "", ""]),
               put("plan", ["2024-07-04", "supervisor", "", ""]), drop("progress_review")), "T5"),
    "ended early without a basis": (put("period_end", ["2024-08-31", "personnel_office", "", ""]), "T5"),
    "rated before the period ended": (
        all_of(put("initial_rating", ["2024-09-30", "supervisor", "4", ""])), "T6"),
    "no initial rating": (
        all_of(drop("initial_rating"), drop("response_offered"), drop("review_offered")), "T6"),
    "initial rating by another": (put("initial_rating", ["2024-10-01", "higher_official", "4", ""]), "T7"),
    "no offer to respond": (drop("response_offered"), "T8"),
    "offer to respond after the board had it": (put("response_offered", ["2024-10-09", "supervisor", "", ""]), "T8"),
    "days to respond cut short": (put("response_offered", ["2024-10-03", "supervisor", "", ""]), "T9"),
    "no offer of a review": (drop("review_offered"), "T10"),
    "review asked for and not done": (put("review_asked", ["2024-10-04", "executive", "", ""]), "T11"),
    "review done after the board": (
        all_of(put("review_asked", ["2024-10-04", "executive", "", ""]),
               put("review_done", ["2024-11-19", "higher_official", "", ""])), "T11"),
    "review by a board member": (
        all_of(put("review_asked", ["2024-10-04", "executive", "", ""]),
               put("review_done", ["2024-10-10", "board_member", "", ""])), "T12"),
    "no board": (drop("board"), "T13"),
    "board before the initial rating": (
        all_of(put("initial_rating", ["2024-11-18", "supervisor", "4", ""])), "T14"),
    "board after the annual rating": (put("board", ["2024-11-19", "board", "4", ""]), "T15"),
    "no annual rating": (all_of(drop("final_rating"), drop("communication")), "T16 T21"),
    "annual rating by the supervisor": (put("final_rating", ["2024-11-18", "supervisor", "4", ""]), "T17"),
    "never told": (drop("communication"), "T19"),
    "told before it was issued": (put("communication", ["2024-11-17", "supervisor", "", ""]), "T19"),
    "roster says another level": (
        all_of(put("initial_rating", ["2024-10-01", "supervisor", "5", ""]),
               put("final_rating", ["2024-11-18", "appointing_authority", "5", ""])), "T21"),
    "roster says another day": (put("final_rating", ["2024-11-19", "appointing_authority", "4", ""]), "T21"),
    "change without a reason": (put("initial_rating", ["2024-10-01", "supervisor", "5", ""]), "T22"),
    "detail of 120 days without an appraisal": (
        all_of(put("detail_start", ["2024-01-01", "", "", ""]), put("detail_end", ["2024-04-29", "", "", ""])), "T23"),
    "left after the minimum without an appraisal": (put("left_position", ["2024-06-30", "", "", ""]), "T24"),
    "appraised after leaving": (
        all_of(put("left_position", ["2024-06-30", "", "", ""]),
               put("departure_appraisal", ["2024-07-01", "supervisor", "", ""])), "T24"),
    "first of two details without an appraisal": (
        all_of(put("detail_start", ["2024-01-01", "", "", ""], ["2024-05-10", "", "", ""]),
               put("detail_end", ["2024-04-29", "", "", ""], ["2024-05-20", "", "", ""])), "T23"),
    "moved without an appraisal": (all_of(moved, drop("departure_appraisal")), "T24"),
    "moved without a plan": (all_of(moved, put("plan", ["2023-10-01", "supervisor", "", ""])), "T2"),
}  # fmt: skip
#: What looks odd and is lawful: nothing may be found.
LAWFUL: dict[str, Callable[[Year], object]] = {
    "plan on the first day": put("plan", ["2023-10-01", "supervisor", "", ""]),
    "plan thirty days after entering": all_of(late_entry, put("plan", ["2024-03-02", "supervisor", "", ""])),
    "exactly the minimum": all_of(
        put("entered", ["2024-07-03", "", "", ""]),
        put("consultation", ["2024-07-03", "supervisor", "", ""]),
        put("plan", ["2024-07-03", "supervisor", "", ""]),
        drop("progress_review"),
    ),
    "ended early with a basis": put("period_end", ["2024-08-31", "personnel_office", "", "retirement; basis on file"]),
    "answer within the days": all_of(
        put("response_offered", ["2024-10-03", "supervisor", "", ""]),
        put("response", ["2024-10-07", "executive", "", ""]),
    ),
    "review asked for too late": put("review_asked", ["2024-10-08", "executive", "", ""]),
    "review in time": all_of(
        put("review_asked", ["2024-10-07", "executive", "", ""]),
        put("review_done", ["2024-11-10", "higher_official", "", ""]),
    ),
    "detail of 119 days": all_of(
        put("detail_start", ["2024-01-01", "", "", ""]), put("detail_end", ["2024-04-28", "", "", ""])
    ),
    "change with a reason": put("initial_rating", ["2024-10-01", "supervisor", "5", ""])
    and all_of(
        put("initial_rating", ["2024-10-01", "supervisor", "5", ""]),
        put("final_rating", ["2024-11-18", "appointing_authority", "4", "element 5 re-rated at Level 4"]),
    ),
    "moved in the last quarter": moved,
    "left and appraised": all_of(
        put("left_position", ["2024-06-30", "", "", ""]),
        put("departure_appraisal", ["2024-06-30", "supervisor", "", ""]),
    ),
}


def write(
    folder: Path, years: dict[str, Year], people: list[dict[str, str]], *, agency: str = AGENCY, cycle: str = CYCLE
) -> Path:
    """An agency folder with these people and these years."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "agency.yaml").write_text(agency, encoding="utf-8")
    (folder / "appraisal.yaml").write_text(cycle, encoding="utf-8")
    with (folder / "roster.csv").open("w", encoding="utf-8", newline="") as file:
        sheet = csv.DictWriter(file, ROSTER, lineterminator="\n")
        sheet.writeheader()
        sheet.writerows(people)
    write_steps(folder / "steps.csv", years)
    return folder


def write_steps(path: Path, years: dict[str, Year]) -> None:
    """The steps as a list."""
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file, lineterminator="\n")
        sheet.writerow(HEAD)
        for person_id, year in years.items():
            sheet.writerows([person_id, step, *row] for step, rows in year.items() for row in rows)


def person(number: int, **changes: str) -> dict[str, str]:
    """One row of the invented roster, rated Level 4 on 2024-11-18."""
    row = {
        "person_id": f"HBR{number:03}", "name": f"Invented Person {number}", "plan": "main",
        "component": ("Charts", "Buoys", "Lights", "Ropes")[number % 4], "ig_office": "no",
        "appointment_type": "career", "basic_pay_fy_end": "180000", "basic_pay_period_end": "180000", "rating": "4",
        "rating_date": "2024-11-18", "on_probation": "no",
    }  # fmt: skip
    return row | changes


def sixty() -> tuple[dict[str, Year], list[dict[str, str]], dict[str, str]]:
    """Sixty executives: one for each fault, one for each lawful oddity, the rest plain; with the checks expected."""
    years, people, expected = {}, [], {}
    changes = [*FAULTS.values(), *((change, "") for change in LAWFUL.values())]
    for number in range(1, 61):
        row = person(number)
        year = clean(4, date(2024, 11, 18))
        if number <= len(changes):
            change, check = changes[number - 1]
            change(year)
            expected[row["person_id"]] = check
        else:
            expected[row["person_id"]] = ""
        years[row["person_id"]] = year
        people.append(row)
    return years, people, expected
