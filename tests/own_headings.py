"""An agency's own workbook as it lies in a drawer: its own headings, no plan, no IG office, two ratings that are blank."""

from __future__ import annotations

from datetime import date

import openpyxl

HEADS = (
    "Employee No.",
    "Full Name",
    "Position title",
    "Appointment",
    "Entered SES",
    "Annual salary",
    "Rating",
    "Bonus $",
)
PEOPLE = 30
UNRATED = (6, 19)
AGENCY = """code: OWB
name: Office of Own Workbooks
fiscal_year: 2025
plans:
- id: main
  name: SES performance plan
  pattern: H
  appraisal_period: {from: 2024-10-01, to: 2025-09-30}
  awards: {status: paid, paid_in: 2025-12, determined_on: 2025-11-28}
"""


def workbook(path, heads=HEADS, plan="", rated_all=False):
    """Thirty people under these headings; rows 6 and 19 have an award and no rating."""
    book = openpyxl.Workbook()
    book.active.append(heads)
    for number in range(PEOPLE):
        row = number + 2
        salary = 190_000 + 500 * number
        rating = 3 + number % 3 if rated_all or row not in UNRATED else None
        award = round(salary * 0.06) if rating is None or rating > 3 else None
        cells = {
            "Employee No.": f"E{4001 + number}", "Full Name": f"Adler{chr(65 + number % 26)}, Robin{chr(97 + number // 26)}",
            "Position title": "Director", "Appointment": "Career", "Entered SES": date(2010 + number % 9, 1 + number % 12, 4),
            "Annual salary": salary, "Rating": rating, "Bonus $": award,
        }  # fmt: skip
        book.active.append([cells.get(head, plan) for head in heads])
    for cell in book.active["H"][1:]:
        cell.number_format = "$#,##0"
    book.save(path)
    return path


def folder(place, agency=AGENCY, **more):
    """An agency's folder with that workbook as its roster."""
    place.mkdir(parents=True, exist_ok=True)
    (place / "agency.yaml").write_text(agency, encoding="utf-8")
    workbook(place / "roster.xlsx", **more)
    return place
