"""An invented department of 120 executives with every file of a whole year: the sample of bridges and tunnels, completed."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import openpyxl

from seskit.record.staffing import records, scoring
from seskit.work import closeout
from tests.places import SAMPLES

#: What one rating level was paid the year before: an adjustment in dollars a year, an award as a share.
_ADJUSTED = {5: 5200, 4: 3400, 3: 1500}
_AWARDED = {5: "0.12", 4: "0.08"}
#: The examples of the selectee, one for each qualification in force: what was done, and what came of it.
_EXAMPLES = {
    "Leading Change": ("Moved two toll offices to one day of posting", "Posting takes one day instead of nine"),
    "Leading People": ("Gave each of forty supervisors a plan of development", "Vacancies are filled from within in three of four cases"),
    "Results Driven": ("Set a service standard for every toll road and published it", "Complaints fell by a third in two years"),
    "Business Acumen": ("Renewed the collection contract by lot and by price", "The same service costs 12 percent less"),
    "Building Coalitions": ("Brought four counties to one toll policy", "One discount holds on nine bridges"),
}  # fmt: skip
#: A vacancy through its whole course: certified by the board, appointed, probation served in the year of the ratings.
_CERTIFIED = """\
  - id: T-00
    title: Deputy Director, Tunnel Safety
    position: general
    criterion: C
    selectee: K-21
    present_appointment: career type
    opens_on: 2023-06-05
    closes_on: 2023-07-05
    rated_on: 2023-07-25
    board_on: 2023-08-15
    selected_on: 2023-08-22
    submitted_on: 2023-09-05
    certified_on: 2023-09-22
    appointed_on: 2023-10-22
    assessed_on: 2024-09-24
    performance_certified_on: 2024-10-10
    development_covered: yes
    merit:
      standard_written: yes
      screened_on: 2023-07-14
      listed_on: 2023-08-15
      agency_certified_on: 2023-09-01
      kept_in: File T-00
      area: all sources
    development:
      - {activity: Detail to the budget office, ecq: Business Acumen, until: 2024-06-30}
      - {activity: Course on federal appropriations, ecq: Business Acumen, until: 2024-09-15}
    documents:
      - {document: transmittal, place: File T-00}
      - {document: resume, place: File T-00}
      - {document: announcement, place: File T-00}
"""
_PAPERS = ("ecq_statement_or_alternative", "merit_statement", "agency_certification")
#: The columns of a roster that hold what was decided.
_MONEY = ("award", "pay_adjustment")
_MEMBERS = ("DBT002", "DBT004", "DBT006", "DBT008", "DBT001")


#: What the complete sample calls itself, and what this department does.
_WORDS = (
    ("the Administration and its four offices", "the Department and its six components"),
    ("The executive has 10 days", "The executive has 5 days"),
    ("Deputy Administrator", "Deputy Secretary"),
    ("The Administrator appoints five members, three of them career, and publishes their names",
     "The Secretary appoints two boards, one for the Tunnel Service, and publishes their members' names"),
    ("Administrator", "Secretary"),
    ("Lighthouse Keepers Administration", "Department of Bridges and Tunnels"),
    ("the Administration", "the Department"),
)  # fmt: skip
_CORRESPONDENCE = """\
control,received_on,dated,from_office,subject,action,action_office,due_on,answered_on,outcome,kept_in
D-25-003,2024-10-21,2024-10-18,OPM,Yearly data call on ratings and pay,Send ratings and pay,Personnel Office,2024-12-20,2024-12-19,Sent with the annual report,Folder 25-03
D-25-011,2025-01-13,2025-01-10,Qualifications Review Board,Case T-01 received,Answer questions on the case,Executive Resources,2025-01-27,2025-01-30,Answered; the case waits for the pause to end,Folder 25-11
D-25-014,2025-02-03,2025-01-31,OPM,Biennial review of allocations,Confirm the number of positions,Office of the Secretary,2025-03-03,,,Folder 25-14
D-25-018,2025-02-24,2025-02-20,Inspector General,Members of the Tunnel Service board,Answer in writing,,2025-03-21,,,Folder 25-18
"""


def in_its_words(text: str) -> str:
    """A text of the complete sample as this department says it."""
    for old, new in _WORDS:
        text = " ".join(new.split()).join(_pieces(text, old))
    return text


def _pieces(text: str, words: str) -> list[str]:
    """The text around these words, wherever its lines break."""
    return re.split(r"\s+".join(map(re.escape, words.split())), text)


def made(place: Path) -> Path:
    """The department in a folder: roster of two years, pay, plan, steps, certification, vacancy with scores, correspondence."""
    folder = shutil.copytree(SAMPLES / "DBT", place / "DBT")
    with (folder / "roster.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with (folder / "history.csv").open(newline="", encoding="utf-8") as file:
        earlier = {row["person_id"]: row for row in csv.DictReader(file) if row["year"] == "2023"}
    head = [*rows[0], "pay_adjustment", "total_compensation"]
    decided = _decided(folder)
    _write(
        folder / "roster.csv", head,
        [_total(row | dict(zip(_MONEY, decided.get(row["person_id"], ("", "0")), strict=True))) for row in rows],
    )  # fmt: skip
    before = [
        _paid(
            row, earlier.get(row["person_id"], {}).get("level", ""), earlier.get(row["person_id"], {}).get("issued", "")
        )
        for row in rows
    ]
    _write(
        folder / "roster_2023.csv",
        head,
        [row | {"action": "", "action_date": "", "removal_reason": "", "pay_decreased": _told(row)} for row in before],
    )
    _certification(
        folder,
        sorted({row["component"] for row in rows if row["ig_office"] == "no"}),
        [row["person_id"] for row in rows if row["ig_office"] == "no"],
    )
    text = (folder / "appraisal.yaml").read_text()
    (folder / "appraisal.yaml").write_text(
        text.replace(
            "    members: 5\n    career: 3\n",
            f"    members: 5\n    career: 4\n    member_ids: [{', '.join(_MEMBERS)}]\n",
            1,
        )
    )
    (folder / "correspondence.csv").write_text(_CORRESPONDENCE, encoding="utf-8")
    described = (SAMPLES / "LKA" / "system_description.yaml").read_text()
    (folder / "system_description.yaml").write_text(in_its_words(described))
    _scored(folder)
    return folder


def _decided(folder: Path) -> dict[str, tuple[str, str]]:
    """What was decided for each on the proposals of pay.csv, every one of them made lawful the cheapest way: award and adjustment."""
    found = closeout.closeout(closeout.open_folder(folder)).lawful
    return {
        judged.row.person_id: (str(judged.row.proposed_award or ""), str(judged.row.new_rate - judged.row.rate))
        for judged in found.rows
    }


def _total(row: dict[str, str]) -> dict[str, str]:
    pay = int(row["basic_pay_period_end"] or 0) + int(float(row["award"] or 0))
    return row | {"total_compensation": str(pay)}


def _told(row: dict[str, str]) -> str:
    return "no" if row["rating"] in ("1", "2") else ""


def _paid(row: dict[str, str], level: str, on: str) -> dict[str, str]:
    rate = int(row["basic_pay_period_end"] or 0)
    career = row["appointment_type"] in ("career", "presidential")
    award = row["award"] if level == row["rating"] else ""
    if level in ("4", "5") and career:
        award = str(int(rate * float(_AWARDED[int(level)])))
    if level not in ("3", "4", "5"):
        award = ""
    adjusted = _ADJUSTED.get(int(level or 0), 0) if career and rate else 0
    return _total(row | {"rating": level, "rating_date": on, "award": award, "pay_adjustment": str(adjusted)})


def _write(path: Path, head: list[str], rows: list[dict[str, str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, head, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _certification(folder: Path, components: list[str], numbers: list[str]) -> None:
    """The complete sample's request, eight years later and for this department without its Inspector General's office."""
    text = (SAMPLES / "LKA" / "certification.yaml").read_text()
    for old, new in (("2017", "2025"), ("2016", "2024"), ("2015", "2023"), ("2014", "2022"),
                     ("covers: [Lamps, Foghorns, Towers, Stores]", f"covers: [{', '.join(components)}]"), ("covered: 32", "covered: 112")):  # fmt: skip
        text = text.replace(old, new)
    text = in_its_words(text)
    start, end = text.index("    sampled_plans:"), text.index("    evidence:")
    text = f"{text[:start]}    sampled_plans: [{', '.join(numbers[:20])}]\n{text[end:]}"
    (folder / "certification.yaml").write_text(text)


def _scored(folder: Path) -> None:
    """A scoring sheet for the first vacancy, filled in by two raters, and the board's list with its reasons."""
    opened = records.open_folder(folder)
    vacancy = opened.vacancy("T-01")
    path = scoring.write(opened, vacancy, ["K-01", "K-04", "K-07"], ["R1", "R2"], folder)
    book = openpyxl.load_workbook(path)
    for number, rater in enumerate(("Rater R1", "Rater R2")):
        sheet = book[rater]
        for row, level in zip(range(6, 9), (3, 5, 2), strict=True):
            for column in range(2, 7):
                sheet.cell(row, column).value = max(1, level - (number if column == 2 else 0))
    book.save(path)
    text = (folder / "vacancy.yaml").read_text()
    more = (
        f"    scores: {path.name}\n    best_qualified: [K-01, K-04]\n    reasons:\n      K-01: Led the move of two toll offices; steady results.\n"
        "      K-04: Several examples at executive level, with results that lasted.\n      K-07: Sound record below the executive level.\n"
    )
    (folder / "vacancy.yaml").write_text(
        text.replace("    selected_on: 2025-01-06\n", f"    selected_on: 2025-01-06\n{more}", 1)
    )
    _cases(folder)


def _cases(folder: Path) -> None:
    """Two cases: one certified under criterion C with its probation served, one complete and sent when the agency certified it."""
    file = folder / "vacancy.yaml"
    text = file.read_text()
    shown = "    qualifications:\n" + "".join(
        f"      - {{ecq: {ecq}, challenge: Asked for by the Secretary, context: Four offices, action: {did}, result: {came}}}\n"
        for ecq, (did, came) in _EXAMPLES.items()
    )
    for old, new in (
        ("vacancies:\n", f"vacancies:\n{_CERTIFIED}{_held('T-00', '2023-09-01', *_PAPERS, 'development_plan')}{shown}"),
        ("      - {document: announcement, place: File T-01}\n",
         f"      - {{document: announcement, place: File T-01}}\n{_held('T-01', '2025-01-09', *_PAPERS)}{shown}"),
        ("      agency_certified_on: 2025-01-09\n", "      listed_on: 2024-12-09\n      agency_certified_on: 2025-01-09\n      kept_in: File T-01\n"),
        ("    selected_on: 2025-01-06\n", "    selected_on: 2025-01-06\n    submitted_on: 2025-01-09\n"),
    ):  # fmt: skip
        assert old in text, old
        text = text.replace(old, new, 1)
    file.write_text(text)
    (folder / "probation.csv").write_text(
        "person_id,appointed_on,criterion,reviewed_on,assessed_on,certified_on,development,development_done\n"
        "DBT009,2023-10-22,C,2024-04-23,2024-09-24,2024-10-10,Detail to the budget office; Course on federal appropriations,yes\n"
    )
    with (folder / "correspondence.csv").open("a", encoding="utf-8") as register:
        register.write(
            "D-23-040,2023-09-25,2023-09-22,Qualifications Review Board,Case T-00 certified,Tell the appointing authority,"
            "Executive Resources,2023-10-06,2023-09-28,Told; appointed in October,File T-00\n"
        )


def _held(vacancy: str, dated: str, *papers: str) -> str:
    """The lines of a case's papers."""
    return "".join(f"      - {{document: {name}, place: File {vacancy}, dated: {dated}}}\n" for name in papers)
