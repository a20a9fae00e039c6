"""The public listing of 39 agencies goes through import and report; pools agree to the cent with the derived summary."""

import csv
import json
from decimal import Decimal

import pytest

from seskit import batch
from seskit.record import plum
from seskit.work import report
from tests.extent import some
from tests.places import PUBLISHED


@pytest.mark.skipif(PUBLISHED is None, reason="the published listing is not beside this project")
def test_item_4_and_item_5_agree_with_the_derived_summary(tmp_path):
    """Aggregate and pool of every agency that has career members with a rate, to the cent; none is lost."""
    imported = plum.agencies(PUBLISHED / "plum_2025_ses_pay.csv", tmp_path)
    assert imported.agencies == 39
    made = {}
    for folder in tmp_path.iterdir():
        package = report.open_folder(folder).complete()
        assert not package.final
        made[package.agency.name] = package.forms[0]
    with (PUBLISHED / "plum_2025_agency_summary_derived.csv").open(encoding="utf-8") as file:
        summary = list(csv.DictReader(file))
    assert {row["agency"] for row in summary} == set(made)
    for row in summary:
        form = made[row["agency"]]
        if row["career_with_pay"] == "0":
            assert form.aggregate is form.pool is None
            continue
        assert form.aggregate.number == int(row["career_with_pay"])
        assert form.aggregate.total == Decimal(row["career_pay_sum_usd"] or 0)
        if form.aggregate.number:
            method = "pool_20pct_of_average_usd" if form.form == "1558A" else "pool_10pct_of_aggregate_usd"
            assert form.pool == Decimal(row[method])
            assert form.pool == max(Decimal(row[key]) for key in row if key.startswith("pool_"))


@pytest.mark.skipif(PUBLISHED is None, reason="the published listing is not beside this project")
def test_oddities_of_the_listing_are_flagged_not_repaired(tmp_path):
    """Rates above the ceiling stay as exported and are pointed out by row and column."""
    plum.agencies(PUBLISHED / "plum_2025_ses_pay.csv", tmp_path)
    above = [
        problem
        for folder in tmp_path.iterdir()
        for problem in report.check(folder)
        if problem.column == "basic_pay_fy_end" and "above the SES maximum" in problem.reason
    ]
    assert sorted(problem.value for problem in above) == ["259555", *["289400"] * 7]
    assert all(problem.severity == "warning" and problem.row for problem in above)


@pytest.mark.slow
@pytest.mark.skipif(PUBLISHED is None, reason="the published listing is not beside this project")
def test_every_agency_of_the_listing_goes_through_the_batch(tmp_path, warm_way):
    """A notebook and a result each: drafts because awards are pending or a row is refused, none failed, forms as computed."""
    plum.agencies(PUBLISHED / "plum_2025_ses_pay.csv", tmp_path / "agencies")
    chosen = some(sorted((tmp_path / "agencies").iterdir()), 4)
    only = [folder.name for folder in chosen]
    summary = batch.run(tmp_path / "agencies", tmp_path / "out", only=only, launcher=warm_way)
    assert [record.status for record in summary.records] == ["draft"] * len(chosen)
    for folder in chosen:
        made = json.loads((tmp_path / "out" / folder.name / "forms.json").read_text(encoding="utf-8"))
        assert made["forms"] == report.open_folder(folder).complete().to_dict()["forms"]
