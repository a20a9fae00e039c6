"""One wrong rate is one finding, also where both pay columns hold it; two different ones are two."""

import csv
import shutil
from pathlib import Path

import pytest

from seskit.work import findings

SAMPLES = Path(__file__).resolve().parents[2] / "notebooks" / "sample" / "agencies"
PAYS = ("basic_pay_fy_end", "basic_pay_period_end")


def found(tmp_path, agency, kind, *rates):
    """The findings about rates of the first person of that kind, with these rates in both columns."""
    folder = shutil.copytree(SAMPLES / agency, tmp_path / agency)
    with (folder / "roster.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    at = next(place for place, row in enumerate(rows) if row["appointment_type"] == kind and row["basic_pay_fy_end"])
    rows[at].update(zip(PAYS, rates, strict=True))
    with (folder / "roster.csv").open("w", encoding="utf-8", newline="") as file:
        sheet = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        sheet.writeheader()
        sheet.writerows(rows)
    return [one for one in findings.of_folder(folder) if one.rule == "R19" and one.row == at + 2]


@pytest.mark.parametrize(("rates", "columns"), [
    (("129801", "129801"), ["basic_pay_fy_end"]), (("129801", "129802"), list(PAYS)),
    (("129800", "129801"), ["basic_pay_period_end"]), (("129801", "129800"), ["basic_pay_fy_end"]),
])  # fmt: skip
def test_one_rate_in_two_columns_is_one_finding(tmp_path, rates, columns):
    """It names the other column; a rate that is right in one of them is left alone there."""
    told = found(tmp_path, "ASR", "limited_term", *rates)
    assert [one.column for one in told] == columns
    both = [one for one in told if "basic_pay_period_end has the same rate" in one.sentence]
    assert bool(both) is (rates[0] == rates[1])
