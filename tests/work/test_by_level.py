"""Awards and pay adjustments by rating level: from the roster into forms.json, and from many of them into tables."""

import csv
import json
import random
from collections import defaultdict
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import pytest

from seskit.formats.files import digest
from seskit.formats.small_cells import HIDDEN
from seskit.law.facts import Unreadable
from seskit.law.facts import change as read_change
from seskit.paper import rollup
from seskit.paper.rollup.write import as_page_table
from seskit.record.manifest import Record
from seskit.work import report
from seskit.work.report.by_level import added, from_data
from seskit.work.rollup import published, releases
from seskit.work.rollup.gather import AgencyForms
from seskit.work.rollup.sums import Figures
from tests.published_rows import rows as published_rows
from tests.releases import given_away, release
from tests.solving import try_to_solve

HEAD = "person_id,plan,ig_office,appointment_type,es_level,basic_pay_fy_end,basic_pay_period_end,rating,award"
AGENCY = """code: {code}
name: {code} Agency
fiscal_year: 2016
plans:
  - id: main
    pattern: H
    appraisal_period: {{from: 2015-10-01, to: 2016-09-30}}
    awards: {{status: paid, paid_in: 2016-12, determined_on: 2016-12-12}}
"""


def people(chance, number):
    """Rows of invented people, and what each level should come to: rated, awards, awarded, changes, changed, rates."""
    sums = defaultdict(lambda: [0, 0, Decimal(0), 0, Decimal(0), Decimal(0)])
    made = []
    for _ in range(number):
        kind = chance.choice(["career"] * 8 + ["noncareer", "limited_term"])
        rate, rating = chance.randrange(150_000, 180_000, 100), chance.choice([2, 3, 3, 4, 4, 5, 5, ""])
        award = rate * 6 // 100 if kind == "career" and rating in (4, 5) and chance.random() < 0.8 else ""
        change = chance.choice(["", 0, 4300, 1500]) if rating != 2 else chance.choice([0, -3700])
        made.append(["no", kind, "", rate, rate, rating, award, change])
        if kind == "career" and rating:
            one = sums[rating]
            one[0] += 1
            if award:
                one[1], one[2] = one[1] + 1, one[2] + award
            if change != "":
                one[3], one[4], one[5] = one[3] + 1, one[4] + change, one[5] + rate
    return made, sums


def folder(place, code, made, *, adjusted=True):
    """An agency's folder of these people."""
    place.mkdir(parents=True)
    (place / "agency.yaml").write_text(AGENCY.format(code=code))
    lines = [HEAD + (",Pay adjustment" if adjusted else "")]
    lines += [
        ",".join(map(str, [f"{code}{n}", "main", *(row if adjusted else row[:-1])])) for n, row in enumerate(made)
    ]
    (place / "roster.csv").write_text("\n".join(lines) + "\n")
    return place


@pytest.fixture(scope="module")
def agencies(tmp_path_factory):
    """Seven agencies of one year, the last without adjustments: package, part and what is right."""
    root, chance, found = tmp_path_factory.mktemp("levels"), random.Random(16), {}
    for number, code in enumerate(["AAA", "BBB", "CCC", "DDD", "EEE", "FFF", "GGG"]):
        made, sums = people(chance, chance.randint(18, 60))
        opened = report.open_folder(folder(root / code, code, made, adjusted=number < 6))
        package = opened.complete()
        forms = tuple(form for form in package.forms if form.scope == "plan")
        found[code] = (package, AgencyForms(code, f"{code} Agency", 2016, forms, package.pay_by_level), sums)
    return found


@pytest.fixture(scope="module")
def parts(agencies):
    """The same as parts of a roll-up."""
    return [part for _, part, _ in agencies.values()]


def test_an_agency_s_file_holds_what_its_roster_says(agencies):
    """Level by level, held against a count made while the roster was; without the column nothing is said of it."""
    for code, (package, part, sums) in agencies.items():
        (plan,) = json.loads(package.to_json())["pay_by_level"]
        for level in range(1, 6):
            row, right = plan["levels"][str(level)], sums[level]
            assert [row["rated"], row["awards"], Decimal(row["awarded"])] == right[:3], (code, level)
            if code == "GGG":
                assert "changes" not in row
            else:
                assert [row["changes"], Decimal(row["changed"]), Decimal(row["rates"])] == right[3:]
        assert from_data([plan]) == part.pay_by_level


def test_the_tables_show_what_the_rosters_come_to(agencies, parts):
    """With nothing hidden: averages by level and by agency, each with its people beside it."""
    made = {table.key: table for table in published.tables(parts, least=1)}
    right = defaultdict(lambda: [0, 0, Decimal(0), 0, Decimal(0), Decimal(0)])
    for code, (_, _, sums) in agencies.items():
        for level, one in sums.items():
            kept = [*one[:3], *(one[3:] if code != "GGG" else (0, 0, 0))]
            right[str(level)] = [a + b for a, b in zip(right[str(level)], kept, strict=True)]
    right["All"] = [sum(column) for column in zip(*right.values(), strict=True)]
    dollar = lambda amount, among: (amount / among).quantize(Decimal(1), ROUND_HALF_UP) if among else None  # noqa: E731
    for level, rated, known, rate, change, percent in made["fy2016-opm-adjustments-H"].rows:
        one = right[level]
        assert (rated, known, rate, change) == (one[0], one[3], dollar(one[5], one[3]), dollar(one[4], one[3]))
        assert percent is None or percent == (100 * one[4] / one[5]).quantize(Decimal("0.1"), ROUND_HALF_UP)
    for level, rated, awards, _, per, among in made["fy2016-opm-award-levels-H"].rows:
        one = right[level]
        assert (rated, awards, per, among) == (one[0], one[1], dollar(one[2], one[1]), dollar(one[2], one[0]))
    by_agency = {row[0]: row for row in made["fy2016-opm-adjustments"].rows}
    assert by_agency["GGG Agency"][1:] == (None, None, None, None)
    assert by_agency["All agencies"][1] == right["All"][3]
    assert sum(row[1] or 0 for name, row in by_agency.items() if name != "All agencies") == right["All"][3]
    decrease = next(row for row in as_page_table(made["fy2016-opm-adjustments-H"]).rows if row[0] == "2")
    assert decrease[4].startswith("-$")
    assert decrease[5].startswith("-")


@pytest.mark.parametrize("few", [2, 3, 7])
def test_nothing_hidden_can_be_worked_out(parts, few):
    """An attacker with every shown number and every sum finds no small cell, of people with, without, or not known."""
    figures = Figures(parts[-few:])
    shown = figures.shown(5)
    assert not [key for key, value in shown.items() if isinstance(value, int) and 0 < value < 5]
    assert any(value == HIDDEN for key, value in shown.items() if key[1] == "changed")
    try_to_solve(figures.counts, figures.sums, shown, figures.rest)
    for table in published.tables(parts[-few:]):
        if "adjustments" in table.key:
            for row in table.rows:
                assert (row[-4] == HIDDEN) == (row[-1] == HIDDEN)


def test_two_releases_give_nothing_away(parts):
    """Of six agencies, then of one more: what by level is hidden in one does not follow from the other."""
    parts = [replace(part, fiscal_year=2002) for part in parts]
    first, seen = release(parts[:-1])
    _, then = release(parts, [first])
    assert any(key[1] == "changed" for key, value in then.items() if value == HIDDEN)
    assert given_away([(parts[:-1], seen), (parts, then)]) == []


def test_a_release_remembers_and_one_without_levels_keeps_them_out(parts, tmp_path):
    """The register holds the levels; beside a release from before there were any, none are shown."""
    releases.write(tmp_path, [releases.Release(5, tuple(parts), {})])
    (read,) = releases.read(tmp_path)
    assert read.parts == tuple(parts)
    assert releases.alike(parts, [read]) == parts
    older = replace(read, parts=tuple(replace(part, pay_by_level=()) for part in parts))
    assert all(not part.pay_by_level for part in releases.alike(parts, [older]))


def test_one_file_without_levels_leaves_out_the_tables(parts):
    """A file of an older version, or one that disagrees with its form, could make a part look like all."""
    without = [replace(parts[0], pay_by_level=()), *parts[1:]]
    for some in (without, [replace(parts[0], pay_by_level=parts[1].pay_by_level), *parts[1:]]):
        keys = {table.key for table in published.tables(some)}
        assert not [key for key in keys if "level" in key or "adjust" in key]
        assert "fy2016-opm-awards" in keys


def test_the_tables_come_out_of_a_batch_s_folder(agencies, tmp_path):
    """From forms.json as the reports left it to page, workbook and CSV."""
    lines = []
    for code, (package, _, _) in agencies.items():
        place = tmp_path / code
        package.write(place, ["json"])
        record = Record(code, f"{code} Agency", "report", "final", True, outputs={f"{code}/forms.json": digest(place / "forms.json")},
                        fiscal_year=2016)  # fmt: skip
        lines.append(json.dumps(record.__dict__))
    (tmp_path / "manifest.jsonl").write_text("\n".join(lines) + "\n")
    rollup.write(tmp_path)
    page = (tmp_path / "rollup" / "index.html").read_text(encoding="utf-8")
    assert "average pay adjustment of career executives rated, by rating level" in page
    with (tmp_path / "rollup" / "fy2016-opm-adjustments-H.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row[0] for row in csv.reader(file)] == ["Rating level", "1", "2", "3", "4", "5", "All"]


def test_a_presidential_appointee_left_out_of_item_10_is_left_out_here(tmp_path):
    """As the option has it, so that the levels agree with the form."""
    made = [["no", "presidential", "", 160_000, 160_000, 5, "", 1000], ["no", "career", "", 160_000, 160_000, 5, "", 0]]
    place = folder(tmp_path / "P", "P", made)
    (place / "agency.yaml").write_text(AGENCY.format(code="P") + "options: {presidential_in_ratings: exclude}\n")
    package = report.open_folder(place).complete()
    assert added(package.pay_by_level, "H")[5].changes == 1
    assert package.forms[0].ratings[5]["career"] == 1


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("4300", 4300),
        ("-3,700", -3700),
        ("($3,700.00)", -3700),
        ("-$3,700", -3700),
        ("\N{MINUS SIGN}50", -50),
        ("0", 0),
    ],
)
def test_a_change_may_go_down(text, amount):
    """A decrease has a minus sign or stands in parentheses."""
    assert read_change(text) == amount


@pytest.mark.parametrize("text", ["--5", "(-5)", "5-", "much", "3%", "-", "()"])
def test_what_is_no_change_is_refused(text):
    """In words."""
    with pytest.raises(Unreadable):
        read_change(text)


@pytest.mark.parametrize(
    ("cell", "says"), [("2.4", "may be a percentage"), ("164300", "may be the new rate"), ("lots", "not an amount")]
)
def test_a_cell_that_cannot_be_a_change_is_a_warning_and_counts_nowhere(tmp_path, cell, says):
    """With its row and what to write; the report can still be final."""
    made = [["no", "career", "", 160_000, 160_000, 5, 9600, cell], ["no", "career", "", 160_000, 160_000, 4, "", 4000]]
    package = report.open_folder(folder(tmp_path / "W", "W", made)).complete()
    (problem,) = [problem for problem in package.problems if problem.column == "pay_adjustment"]
    assert (problem.row, problem.severity) == (2, "warning")
    assert says in problem.reason
    assert package.final
    levels = added(package.pay_by_level, "H")
    assert (levels[5].changes, levels[4].changes) == (0, 1)


def test_published_adjustments_of_2016_fit_the_range_of_pay():
    """Dollars by percent give a rate before within the range of the year at every level but 2, which is zero."""
    found = defaultdict(dict)
    for row in published_rows("pay_adjustment_by_rating_level"):
        if row["fiscal_year"] == "2016":
            found[row["rating_level"]][row["unit"]] = Decimal(row["value"])
    for level, both in found.items():
        if not both["percent"]:
            assert (level, both["usd"]) == ("2", 0)
            continue
        dollars, percent = abs(both["usd"]), abs(both["percent"])
        low = (dollars - 50) * 100 / (percent + Decimal("0.05"))
        high = (dollars + 50) * 100 / (percent - Decimal("0.05"))
        assert low < 185_100
        assert high > 121_956
