"""The roll-up: sums that are right, patterns and Inspector General offices kept apart, hidden cells that stay hidden."""

import csv
import json
import random
import shutil
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from importlib import import_module

import openpyxl
import pytest
from click.testing import CliRunner

from seskit import batch
from seskit.batch.progress import Silent
from seskit.desk.cli import main
from seskit.formats import bars, scanning
from seskit.formats.small_cells import HIDDEN, Sum
from seskit.law.facts import FactError
from seskit.paper import rollup
from seskit.work import report
from seskit.work.rollup.sums import Figures, RollupTable
from tests import batch_kit as kit
from tests.extent import some
from tests.solving import try_to_solve


@pytest.fixture(scope="module")
def done(tmp_path_factory, warm_way):
    """The sample agencies through the batch, then rolled up without hiding anything, then with."""
    folder = tmp_path_factory.mktemp("rollup")
    summary = batch.run(
        kit.SAMPLES, folder / "out", notebooks=[kit.small(folder)], progress=Silent(), launcher=warm_way
    )
    return folder / "out", summary


def test_the_tables_equal_the_sums_made_from_the_rosters(done):
    """Ratings by level and type, heads and awards of final agencies are those counted in the rosters directly."""
    out, summary = done
    final = {record.agency for record in summary.records if record.status == "final"}
    parts, left = rollup.gather(out)
    assert {part.agency for part in parts} == final
    assert len(left) == len(summary.records) - len(final)
    rated, awards, heads = Counter(), Counter(), Counter()
    column = {"career": "career", "presidential": "career", "noncareer": "noncareer"}
    for name in final:
        opened = report.open_folder(kit.SAMPLES / name)
        plans = {plan.id: plan for plan in opened.agency.plans}
        for person in opened.roster.people:
            kind = column.get(person.appointment_type, "limited")
            if person.rating:
                rated[opened.agency.fiscal_year, plans[person.plan].pattern, str(person.rating), kind] += 1
            if person.basic_pay_period_end is not None:
                heads[opened.agency.fiscal_year, name] += 1
            if person.award is not None:
                awards[opened.agency.fiscal_year] += person.award
    for year in {part.fiscal_year for part in parts}:
        figures = Figures([part for part in parts if part.fiscal_year == year])
        got = {key: n for key, n in figures.counts.items() if key[:2] == ("plan", "rated") and "All" not in key and n}
        assert {(year, *key[2:]): n for key, n in got.items()} == {k: n for k, n in rated.items() if k[0] == year}
        assert figures.amounts["plan", "awards", "All"] == awards[year]
        for part in figures.parts:
            assert figures.counts["plan", "people", part.agency, "All"] == heads[year, part.agency]


def test_inspector_general_offices_are_never_added(done):
    """Their tables stand apart, and the agencies' own figures are the same whether those offices file or not."""
    parts, _ = rollup.gather(done[0])
    made = rollup.tables(parts, 1)
    assert any("-ig-" in table.key for table in made)
    without = [
        rollup.AgencyForms(p.agency, p.title, p.fiscal_year, tuple(f for f in p.forms if f.scope != "ig"))
        for p in parts
    ]
    kept = [table for table in made if "-ig-" not in table.key]
    assert kept == rollup.tables(without, 1)


def test_no_table_holds_two_rating_patterns(done):
    """Level 3 of one pattern is not level 3 of another."""
    parts, _ = rollup.gather(done[0])
    forms = [form for part in parts for form in part.of("plan")]
    assert len({form.pattern for form in forms}) > 1
    for table in rollup.tables(parts, 1):
        if "-ratings-" in table.key or "-levels-" in table.key:
            assert f"pattern {table.key[-1]}" in table.title


def test_percentages_are_made_from_the_sums(done):
    """The percentage of all agencies is the sum of awards over the sum of pay, not a mean of percentages."""
    parts, _ = rollup.gather(done[0])
    for table in rollup.tables(parts, 1):
        if table.key.endswith("plan-awards"):
            *_, last = table.rows
            if last[3]:
                assert last[5] == (100 * last[2] / last[4]).quantize(Decimal("0.01"))


def test_hidden_cells_of_the_samples_cannot_be_solved_for(done):
    """An attacker with every shown number and every sum finds no hidden cell, nor one of people outside the IG offices."""
    parts, _ = rollup.gather(done[0])
    for year in {part.fiscal_year for part in parts}:
        figures = Figures([part for part in parts if part.fiscal_year == year])
        shown = figures.shown(5)
        assert not [key for key, value in shown.items() if isinstance(value, int) and 0 < value < 5]
        try_to_solve(figures.counts, figures.sums, shown, figures.rest)


@pytest.mark.parametrize("seed", some(range(6), 2))
def test_one_number_in_two_tables_is_hidden_in_both(done, seed):
    """Awards by agency and by percentage have one total, and item 4 counts the career executives of the other table:
    an attacker who knows that finds nothing in any few agencies.
    """
    parts, _ = rollup.gather(done[0])
    chance = random.Random(seed)
    figures = Figures([replace(part, fiscal_year=2002) for part in chance.sample(parts, chance.randint(2, 9))])
    counts, shown, known = figures.counts, figures.shown(5), list(figures.sums)
    for scope in ("plan", "ig"):
        agencies = figures.agencies(scope)
        if agencies:
            known.append(Sum((scope, "percent", "All"), ((scope, "awards", "All"),)))
        for agency in agencies:
            one, other = (scope, "based", agency), (scope, "people", agency, "career")
            if counts[one] == counts[other]:
                known.append(Sum(one, (other,)))
    try_to_solve(counts, known, shown, figures.rest)


@pytest.mark.parametrize("seed", some(range(4), 2))
def test_a_box_left_blank_protects_nobody(done, seed):
    """An agency that paid no awards leaves its boxes blank, which a reader sees: its career executives are not the
    difference between two totals.
    """
    parts, _ = rollup.gather(done[0])
    chance = random.Random(seed)
    picked = chance.sample([part for part in parts if len(part.forms) > 1], 6)
    blank = {"levels": None, "awards_number": None, "paid_amount": None, "pay_rows": None}
    unpaid = replace(picked[0], forms=tuple(replace(form, **blank) for form in picked[0].forms), pay_by_level=())
    figures = Figures([replace(part, fiscal_year=2002) for part in (unpaid, *picked[1:])])
    counts, shown, known = figures.counts, figures.shown(5), list(figures.sums)
    for place in ("awards", "based"):
        assert shown["plan", place, unpaid.agency] == 0
        filled = tuple(
            key for key in counts if key[:2] == ("plan", place) and key in figures.filled and key[2] != "All"
        )
        known.append(Sum(("plan", place, "All"), filled))
    try_to_solve(counts, known, shown, figures.rest)


def test_a_year_without_inspector_general_offices_hides_nothing_for_them(done):
    """Where no such office files, tables that nobody sees hide nothing in those that are shown."""
    parts, _ = rollup.gather(done[0])
    big = [replace(part, pay_by_level=()) for part in parts if not part.of("ig") and part.fiscal_year == 2002]
    figures = Figures(big)
    assert not [key for key in figures.counts if key[0] in ("ig", "rest")]
    assert figures.shown(1) == figures.counts


def test_a_year_without_awards_can_be_rolled_up(done):
    """Where no agency of a year has paid awards, or all are pending, their tables are blank, not zero."""
    parts, _ = rollup.gather(done[0], drafts=True)
    forms = [replace(form, levels=None, awards_number=None, paid_amount=None) for form in parts[0].forms]
    made = {table.key.split("-")[-1]: table for table in rollup.tables([replace(parts[0], forms=tuple(forms))], 1)}
    assert {row[1] for row in made["percentages"].rows} == {None}


def test_the_files(done):
    """A page, a workbook and a CSV for each table; hidden is hidden in every one of them; nothing personal."""
    out, _ = done
    summary = rollup.write(out)
    assert summary.agencies > 20
    assert "left out" in summary.to_text()
    page = (out / "rollup" / "index.html").read_text()
    assert HIDDEN in page
    assert "Faulty Records Board" in page
    assert "http" not in page
    assert "alt='Bar chart" in page
    assert "its bar is pale and says hidden" in page
    book = openpyxl.load_workbook(out / "rollup" / "rollup.xlsx")
    assert len(book.sheetnames) == len(summary.tables) + 1
    for table in summary.tables:
        with (out / "rollup" / f"{table.key}.csv").open(encoding="utf-8-sig", newline="") as file:
            read = list(csv.reader(file))
        assert read[0] == list(table.header)
        assert [row.count(HIDDEN) for row in read[1:]] == [row.count(HIDDEN) for row in table.rows]
        name = next(name for name in book.sheetnames if name.split(" ")[-1] == table.key)
        values = [cell.value for row in book[name].iter_rows(min_row=5) for cell in row]
        assert values.count(HIDDEN) == sum(row.count(HIDDEN) for row in table.rows)
    assert scanning.scan(out / "rollup").leaks == []


def test_half_a_batch_can_be_rolled_up(done, tmp_path):
    """A manifest that a killed run left torn, with lines replaced by later ones, is read as the batch reads it; forms
    that are not those the batch wrote are left out and named, and so are the agencies that it has not come to.
    """
    out = tmp_path / "out"
    shutil.copytree(done[0], out)
    lines = (out / "manifest.jsonl").read_text().splitlines(keepends=True)
    final = [line for line in lines if '"status": "final"' in line][:3]
    earlier = final[0].replace('"status": "final"', '"status": "failed"')
    (out / "manifest.jsonl").write_text(earlier + "".join(final) + final[0][:50])
    names = [json.loads(line)["agency"] for line in final]
    assert [part.agency for part in rollup.gather(out)[0]] == names
    forms = out / names[1] / "forms.json"
    forms.write_text(forms.read_text() + "\n")
    (out / names[2] / "forms.json").write_text("{")
    parts, left = rollup.gather(out)
    assert [part.agency for part in parts] == names[:1]
    assert ["not the one the batch wrote" in out.why for out in left[:2]] == [True, True]
    others = {record.agency for record in done[1].records} - {*names}
    assert {one.title for one in left[2:] if "has not been run yet" in one.why} == others
    assert f"the report of {len(others)} agencies has not been run" in rollup.write(out).to_text()
    assert CliRunner().invoke(main, ["rollup", str(out)]).exit_code == 1
    changed = final[0].replace('"changed": []', '"changed": ["roster.csv"]')
    (out / "manifest.jsonl").write_text("".join([changed, *final[1:]]))
    (out / names[1] / "forms.json").write_text(forms.read_text()[:-1])
    parts, left = rollup.gather(out)
    assert [part.agency for part in parts] == names[1:2]
    assert [(one.waiting, one.why.partition(" since")[0]) for one in left[:1]] == [(True, "roster.csv changed")]
    (out / "manifest.jsonl").write_text("no manifest\n")
    with pytest.raises(FactError, match="empty or damaged"):
        rollup.gather(out)


def test_a_folder_without_a_manifest_is_refused(tmp_path):
    """Only the output of a batch can be rolled up."""
    with pytest.raises(FactError, match="manifest"):
        rollup.write(tmp_path)


def test_a_hidden_number_is_drawn_as_hidden_and_not_as_zero():
    """Each has a bar of the same height with the word on it, which is as tall whatever it hides; a zero has none."""
    table = RollupTable(
        2002, "x-ratings-h", "Ratings", ("Level", "Career", "Limited"), (("5", 40, HIDDEN), ("4", 0, HIDDEN))
    )
    chart = import_module("seskit.paper.rollup.write")._chart(table)
    assert "5: 40 career, hidden limited; 4: 0 career, hidden limited" in chart
    shapes = bars.upright("Level", "Executives", ["5", "4"], {"C": [40, 0], "L": [None, None]}, str, 10).shapes
    said = [shape.text for shape in shapes if isinstance(shape, bars.Words)]
    assert said.count(bars.NOT_SHOWN) == 2
    pale = [shape for shape in shapes if isinstance(shape, bars.FilledBar) and shape.fill == bars._PALE]
    assert len({shape.height for shape in pale}) == 1
    assert len([shape for shape in shapes if isinstance(shape, bars.FilledBar) and shape.y > 40]) == 3
