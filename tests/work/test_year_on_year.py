"""One year against another: right counts, nothing small, nobody found out."""

from __future__ import annotations

import csv
import json
import shutil
from random import Random

import pytest
from click.testing import CliRunner

from seskit.desk.cli import main
from seskit.formats.small_cells import HIDDEN
from seskit.law.facts import FactError
from seskit.paper.report import compared
from seskit.work import report
from seskit.work.report import year_on_year
from tests.places import SAMPLES
from tests.solving import try_to_solve

SAMPLE = SAMPLES / "DPW"
DAYS = (("2002", "2003"), ("2001", "2002"), ("2000", "2001"))


def next_year(folder, seed=0, drop=0.2, source=SAMPLE):
    """The sample a year later: some have left, some ratings have changed, some are new."""
    chance = Random(seed)
    shutil.copytree(source, folder)
    described = (folder / "agency.yaml").read_text(encoding="utf-8")
    for old, new in DAYS:
        described = described.replace(old, new)
    (folder / "agency.yaml").write_text(described, encoding="utf-8")
    with (source / "roster.csv").open(encoding="utf-8-sig", newline="") as file:
        people = list(csv.DictReader(file))
    kept = [person for person in people if chance.random() > drop]
    for number, person in enumerate(kept):
        if chance.random() < 0.1:
            person["person_id"] = f"NEW{number}"
        if person["rating"] in ("3", "4") and chance.random() < 0.3 and not person["award"]:
            person["rating"] = chance.choice(["3", "4"])
    with (folder / "roster.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, people[0])
        writer.writeheader()
        writer.writerows(kept)
    return folder


def rows(found, title):
    return {row[0]: row[1:] for table in found.tables if table.title == title for row in table.rows}


def test_counts_and_changes_are_those_of_the_two_reports(tmp_path):
    """Without hiding: heads, ratings, awards and amounts of each year, and their difference."""
    later = next_year(tmp_path / "DPW")
    found = year_on_year.compare(later, SAMPLE, least=1)
    now, then = (report.open_folder(folder).complete() for folder in (later, SAMPLE))
    for package, column in ((now, 0), (then, 1)):
        plans = [form for form in package.forms if form.scope == "plan"]
        people = rows(found, "Executives at the end of the appraisal period")
        assert people["Career"][column] == sum(form.appointees["career"] for form in plans)
        for pattern in {form.pattern for form in plans}:
            rated = rows(found, f"Executives rated, pattern {pattern}")
            for level in range(1, 6):
                expected = sum(sum(form.ratings[level].values()) for form in plans if form.pattern == pattern)
                assert f"Level {level}" not in rated or rated[f"Level {level}"][column] == expected
        money = rows(found, "Awards, pay and pool")
        assert money["Amount of performance awards"][column] == sum(form.paid_amount or 0 for form in plans)
        assert money["Pools of item 5, all plans"][column] == sum(form.pool or 0 for form in plans)
    for table in found.tables:
        for _, this, last, change in table.rows:
            assert change is None or change == this - last


def test_who_is_new_is_told_as_a_count_only(tmp_path):
    """On both, in one only: by the agency's own numbers, and no number of a person is in the answer."""
    later = next_year(tmp_path / "DPW", seed=3)
    found = year_on_year.compare(later, SAMPLE, least=1)
    now, then = ({p.person_id for p in report.open_folder(f).roster.people} for f in (later, SAMPLE))
    told = rows(found, "Rows of the rosters on both, and on one only")
    assert told["On both"][0] == len(now & then)
    assert told["Only in the later year"][0] == len(now - then)
    assert told["Only in the earlier year"][1] == len(then - now)
    said = json.dumps(found.to_dict()) + found.to_text()
    assert not [one for one in now | then if one in said]


@pytest.mark.parametrize("seed", range(8))
def test_no_hidden_number_can_be_worked_out(tmp_path, seed):
    """An attacker with every shown number of both years, and every sum, finds no hidden one."""
    later = next_year(tmp_path / "DPW", seed=seed, drop=0.1 * seed)
    counts = year_on_year._Counts()
    years = [year_on_year._open(folder) for folder in (later, SAMPLE)]
    for year in years:
        counts.count(year)
    counts.turnover(*years)
    shown = counts.shown(5)
    assert not [
        key for key, value in shown.items() if isinstance(value, int) and 0 < value < 5 and key not in counts.besides
    ]
    seen = {key: value for key, value in shown.items() if key not in counts.besides}
    try_to_solve(counts.counts, counts.sums, seen, counts.besides)


def test_item_4_does_not_give_the_noncareer_away():
    """Career executives hidden on the last day of the period are hidden in item 4 of the same day, with their pay."""
    year = year_on_year._open(SAMPLES / "DBT")
    counts = year_on_year._Counts()
    counts.count(year)
    for noncareer in (0, 1, 7):
        career, based = (year.name, "people", "career"), (year.name, "based")
        kinds = {"career": counts.counts[based], "noncareer": noncareer, "limited": 0}
        counts.counts |= {(year.name, "people", kind): number for kind, number in kinds.items()}
        counts.counts[year.name, "people", "all"] = sum(kinds.values())
        shown = counts.shown(5)
        assert (shown[career] == HIDDEN) == (shown[based] == HIDDEN) == (noncareer == 1)


@pytest.mark.parametrize("seed", range(4))
def test_what_rests_on_a_hidden_number_is_hidden(tmp_path, seed):
    """Changes, shares, amounts and averages go with their counts."""
    found = year_on_year.compare(next_year(tmp_path / "DPW", seed, 0.6), SAMPLE)
    hidden = 0
    for table in found.tables:
        for label, this, last, change in table.rows:
            hidden += HIDDEN in (this, last)
            if HIDDEN in (this, last) and label != "On both":
                assert change == HIDDEN
            assert not (table.kind == "count" and isinstance(this, int) and 0 < this < 5)
            assert not (table.kind == "count" and isinstance(last, int) and 0 < last < 5)
    assert hidden


def test_years_in_the_wrong_order_and_folders_without_agency_are_refused(tmp_path):
    """In one sentence."""
    later = next_year(tmp_path / "DPW")
    with pytest.raises(FactError, match="give the later first"):
        year_on_year.compare(SAMPLE, later)
    with pytest.raises(FactError, match="cannot be compared"):
        year_on_year.compare(later, tmp_path)


def test_a_draft_and_other_patterns_are_said(tmp_path):
    """Before anybody reads the levels across."""
    later = next_year(tmp_path / "DPW")
    text = (later / "agency.yaml").read_text(encoding="utf-8")
    (later / "agency.yaml").write_text(text.replace("code: DPW", "code: ZZT").replace("pattern: H", "pattern: G"), encoding="utf-8")  # fmt: skip
    notes = " ".join(year_on_year.compare(later, SAMPLE).notes)
    assert "rating patterns differ" in notes
    assert "different codes, ZZT and DPW" in notes
    assert "is a draft" in notes


def test_the_command_prints_and_writes(tmp_path):
    """A table each, a page with a chart, and JSON; a hidden number is a word in all of them."""
    later = next_year(tmp_path / "DPW", 1, 0.5)
    ran = CliRunner().invoke(main, ["compare", str(later), str(SAMPLE), "--out", str(tmp_path / "out")])
    assert ran.exit_code == 0, ran.output
    assert "FY 2003 against FY 2002" in ran.output
    page = (tmp_path / "out" / "compare.html").read_text(encoding="utf-8")
    data = json.loads((tmp_path / "out" / "compare.json").read_text(encoding="utf-8"))
    assert HIDDEN in ran.output
    assert HIDDEN in page
    assert "<svg" in page or "<img" in page
    assert data == year_on_year.compare(later, SAMPLE).to_dict()
    assert compared.page(year_on_year.compare(later, SAMPLE)) == page
