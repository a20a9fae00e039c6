"""Measurements, side by side in one run: `make bench`. Ratios are the result; times depend on the machine.

What only works is measured in seconds of work, so that others on the machine do not count.
"""

from __future__ import annotations

import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from statistics import median

from seskit.record import agency as agency_file
from seskit.record import roster
from seskit.record.roster import COLUMNS
from seskit.work import report
from tests import bench_batch, bench_desk, bench_forum, bench_pay, bench_waits
from tests.bench_waits import Row
from tests.places import CASES

ROWS = 1_000_000
ROUNDS = 5
CASE = CASES / "report-one-plan"
RATES = {1: 113000, 2: 118300, 3: 123700, 4: 129800, 5: 130000, 6: 130000}


def write_roster(path: Path, rows: int) -> None:
    """A lawful roster of invented people, every column in use."""
    chance = Random(1)
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(COLUMNS)
        for number in range(rows):
            level = chance.randint(1, 6)
            rate = RATES[level]
            kind = chance.choice(["career"] * 8 + ["noncareer", "limited_term"])
            rating = 2 if chance.random() < 0.003 else chance.choice([3, 4, 5])
            award = ""
            if kind == "career" and rating > 3 and chance.random() < 0.5:
                award = chance.randint(rate // 20, rate // 5)
            low = ["no", "none yet"] if rating < 3 else ["", ""]
            out.writerow(
                [f"P{number:07d}", f"Avery Adams {number % 997}", "main", f"Office {number % 200}", "no", kind, level, rate,
                 rate, rating, f"2002-11-{number % 28 + 1:02d}", award, *low, "", ""]
            )  # fmt: skip


def bare(folder: Path) -> dict[str, float]:
    """Read the file with the csv module and do nothing."""
    start = time.process_time()
    with (folder / "roster.csv").open(newline="", encoding="utf-8") as file:
        rows = sum(1 for _ in csv.reader(file))
    return {"seconds": time.process_time() - start, "rows": rows}


def full(folder: Path) -> dict[str, float]:
    """Read, check and complete the report."""
    agency = agency_file.read(folder).agency
    assert agency
    start = time.process_time()
    people = roster.read(folder)
    read = time.process_time()
    package = report.complete(agency, people)
    end = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return {
        "seconds": end - start,
        "read": read - start,
        "complete": end - read,
        "peak": peak,
        "forms": len(package.forms),
    }


def apart(what: str, folder: Path) -> dict[str, float]:
    """One measurement in a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench", what, str(folder)], capture_output=True, text=True, check=True
    )
    return dict(json.loads(ran.stdout))


def roster_and_report() -> list[Row]:
    """Roster read and report completed, against a bare read of the same file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_roster(folder / "roster.csv", ROWS)
        (folder / "agency.yaml").write_text((CASE / "agency.yaml").read_text())
        size = (folder / "roster.csv").stat().st_size / 2**20
        print(f"Roster of {ROWS:,} rows ({size:.0f} MiB): read, check and complete, against a bare csv read")
        ratios, peaks = [], []
        for number in range(1, ROUNDS + 1):
            least, whole = apart("bare", folder), apart("full", folder)
            ratios.append(whole["seconds"] / least["seconds"])
            peaks.append(whole["peak"])
            print(
                f"  round {number}: bare {least['seconds']:.2f} s, read {whole['read']:.2f} s, complete "
                f"{whole['complete']:.2f} s, ratio {ratios[-1]:.1f}, peak memory {whole['peak']:.2f} GiB"
            )
    work = f"roster of {ROWS:,} rows, read, check, complete"
    return [Row(f"{work}, against bare csv", median(ratios), 8), Row(f"{work}, most memory", max(peaks), 1, unit="GiB")]


def main() -> None:
    """Everything, or one measurement for the parent process."""
    if len(sys.argv) == 3:
        print(json.dumps({"bare": bare, "full": full}[sys.argv[1]](Path(sys.argv[2]))))
        return
    rows = roster_and_report()
    bench_pay.measure()
    rows += bench_batch.main()
    bench_forum.main()
    rows += bench_waits.rows()
    rows += bench_desk.rows()
    print("\nWhat was measured beside what is aimed at (medians of interleaved rounds)")
    for row in rows:
        print(row)
    print("  a notebook opened in JupyterLab to its first answer: not measured here, it needs a browser")


if __name__ == "__main__":
    main()
