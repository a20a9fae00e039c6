"""A small report of the year 2003."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from seskit.work.report import ReportPackage, open_folder
from tests.places import SAMPLES

HEADER = (
    "person_id,name,plan,ig_office,appointment_type,es_level,basic_pay_fy_end,basic_pay_period_end,rating,"
    "rating_date,award,pay_decreased,action,action_date,removal_reason"
)

ROWS = (
    "E1,Robin Vale,main,no,career,1,113000,113000,3,2002-11-20,5650,,,,",
    "E2,Sam Reed,main,no,career,4,129800,129800,5,2002-11-20,9735,,,,",
    "E3,Noor Lind,main,no,career,4,129800,129800,2,2002-11-20,,no,removed from the SES,2003-01-12,"
    "two_less_than_fully_successful",
    "E4,Ida Falk,main,no,presidential,,130000,130000,5,2002-11-20,26000,,,,",
    "E5,Kai Moor,main,no,noncareer,5,,130000,3,2002-11-20,,,,,",
)

PAID = "{status: paid, paid_in: 2002-12, determined_on: 2002-12-10}"


def report(
    folder: Path,
    *,
    name: str = "Board of Kites",
    pattern: str = "F",
    awards: str = PAID,
    basis: str = "aggregate",
    options: str = "{}",
    rows: tuple[str, ...] = ROWS,
    more: str = "",
    period: str = "2001-10-01, to: 2002-09-30",
) -> ReportPackage:
    """The report of a small invented agency, for which any part can be changed."""
    folder.mkdir(parents=True, exist_ok=True)
    quoted = name.replace("'", "''")
    (folder / "agency.yaml").write_text(
        f"code: XK\nname: '{quoted}'\nfiscal_year: 2002\noptions: {options}\nplans:\n"
        f"  - id: main\n    name: SES plan\n    pattern: {pattern}\n    awards: {awards}\n    pool_basis: {basis}\n"
        f"    appraisal_period: {{from: {period}}}\n" + more,
        encoding="utf-8",
    )
    (folder / "roster.csv").write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    return open_folder(folder).complete()


@cache
def sample(code: str) -> ReportPackage:
    """The report of a sample agency, completed once for all tests: nothing in it can be changed."""
    return open_folder(SAMPLES / code).complete()
