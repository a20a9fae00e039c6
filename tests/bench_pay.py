"""The pay worksheet of the whole SES, and the what-if as it grows: `measure()` is called by `make bench`."""

from __future__ import annotations

import csv
import tempfile
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

from seskit.paper.pay_setting.worksheet import book
from seskit.record.roster import COLUMNS as ROSTER
from seskit.work.pay_setting import what_if, worksheet

PEOPLE = 8_000
WHAT_IF = 500
ROUNDS = 3
#: Seconds that checking the whole SES may take beyond reading the file.
MOST_MORE = 3
_AGENCY = """code: ALL
name: All of the invented service
fiscal_year: 2024
certified: true
plans:
  - id: main
    pattern: H
    appraisal_period: {from: 2023-10-01, to: 2024-09-30}
    awards: {status: paid, paid_in: 2024-12, determined_on: 2024-12-02}
"""
_TERMS = "effective: 2025-01-26\nawards_paid_on: 2024-12-20\nadjustment_budget: %d\naward_budget: %d\n"
_HEAD = ("person_id", "rate", "last_adjusted", "proposed_rate", "proposed_award", "top_official_approves", "reason")


def write_agency(folder: Path, people: int) -> None:
    """An invented agency: ratings as they usually fall, proposals mostly lawful."""
    chance = Random(people)
    (folder / "agency.yaml").write_text(_AGENCY)
    (folder / "pay.yaml").write_text(_TERMS % (people * 3_000, people * 11_000))
    with (
        (folder / "roster.csv").open("w", newline="", encoding="utf-8") as one,
        (folder / "pay.csv").open("w", newline="", encoding="utf-8") as two,
    ):
        roster, pay = csv.DictWriter(one, ROSTER), csv.writer(two)
        roster.writeheader()
        pay.writerow(_HEAD)
        for number in range(people):
            person, rate = f"A{number:05d}", chance.randrange(152_000, 222_000, 7)
            kind = "career" if chance.random() < 0.9 else "noncareer"
            rating = chance.choices((2, 3, 4, 5), (1, 30, 40, 29))[0]
            roster.writerow({
                "person_id": person, "plan": "main", "ig_office": "no", "appointment_type": kind,
                "basic_pay_fy_end": rate, "basic_pay_period_end": rate, "rating": rating, "rating_date": "2024-11-20",
            })  # fmt: skip
            new = min(rate + rate * (rating - 2) // 100, 225_700)
            award = rate * (rating + 2) // 100 if kind == "career" and rating > 3 else ""
            last = chance.choice(("2024-01-14", "2023-01-15", "2024-06-02"))
            pay.writerow([person, rate, last, new if rating > 2 else "", award, chance.choice(("yes", "no", "")), ""])


def measure(people: int = PEOPLE, base: int = WHAT_IF) -> None:
    """Print reading, checking and writing up to the whole SES, and the what-if, each at 1, 2 and 4 times a size."""
    with tempfile.TemporaryDirectory() as name:
        write_agency(Path(name), 20)
        timed_worksheet(Path(name))
    worksheet_growth(people)
    what_if_growth(base)


def timed_worksheet(folder: Path) -> dict[str, float]:
    """Seconds to read and to check, the best of a few rounds, and to write the workbook of an agency's pay worksheet."""
    reads, checks = [], []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        opened = worksheet.read(folder)
        read = time.perf_counter()
        assert opened.worksheet, opened.problems[:3]
        checked = worksheet.check(opened.worksheet)
        reads.append(read - start)
        checks.append(time.perf_counter() - read)
    start = time.perf_counter()
    book.workbook(checked)
    return {"read": min(reads), "check": min(checks), "workbook": time.perf_counter() - start}


def worksheet_growth(people: int = PEOPLE) -> None:
    """Print the worksheet at a quarter, a half and the whole of the SES, with how each step grows."""
    first: dict[str, float] = {}
    print(f"Pay worksheet up to {people:,} executives, growth against the first")
    for size in (people // 4, people // 2, people):
        with tempfile.TemporaryDirectory() as name:
            write_agency(Path(name), size)
            spent = timed_worksheet(Path(name))
        first = first or spent
        parts = ", ".join(f"{step} {spent[step]:.2f} s ({spent[step] / first[step]:.1f} times)" for step in spent)
        print(f"  {size:,}: {parts}; check against read {spent['check'] / spent['read']:.1f}")
    met = "met" if spent["check"] <= MOST_MORE else "MISSED"
    print(f"  whole SES checked in {spent['check']:.2f} s more than reading (goal: at most {MOST_MORE}: {met})")


def what_if_growth(base: int = WHAT_IF) -> None:
    """Print the what-if's time as the agency grows."""
    first = 0.0
    for times in (1, 2, 4):
        with tempfile.TemporaryDirectory() as name:
            write_agency(Path(name), base * times)
            sheet = worksheet.read(name).worksheet
            assert sheet
            if not first:
                what_if.propose(replace(sheet, rows=sheet.rows[:20]), Decimal(50_000), Decimal(200_000))
            rounds = []
            for _ in range(ROUNDS):
                start = time.perf_counter()
                found = what_if.propose(sheet)
                rounds.append(time.perf_counter() - start)
            spent = min(rounds)
            first = first or spent
            print(
                f"  what-if for {base * times:,}: {spent:.2f} s ({spent / first:.1f} times the first); {found.says[0]}"
            )


if __name__ == "__main__":
    measure()
