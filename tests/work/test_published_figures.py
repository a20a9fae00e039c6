"""Published percentages and averages: what can be reproduced is, and what contradicts itself is found out."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from functools import cache
from random import Random

import pytest
from click.testing import CliRunner

from seskit.desk.cli import main
from seskit.formats.small_cells import HIDDEN
from seskit.law.facts import FactError
from seskit.work import report
from seskit.work.rollup import published
from seskit.work.rollup.gather import AgencyForms
from seskit.work.rollup.percentages import can_come_from
from seskit.work.rollup.sums import tables
from tests.extent import some
from tests.places import SAMPLES
from tests.published_rows import rows


def figure(name, **where):
    return {row["value"] for row in rows(name) if all(row[key] == value for key, value in where.items())}


def wholes(printed, most, least=1):
    return [whole for whole in range(least, most + 1) if can_come_from(printed, whole).counts]


def can_be_parts(printed, whole, *, of_all):
    """Whether several percentages can be parts of one whole that do not overlap; `of_all`: and nobody is left over."""
    ranges = [can_come_from(one, whole).counts for one in printed]
    if not all(ranges):
        return False
    least, most = sum(counts[0] for counts in ranges), sum(counts[-1] for counts in ranges)
    return least <= whole <= most if of_all else least <= whole


def one_count_for(printed, whole):
    """The counts that are printed as every one of these percentages, such as 18 in one place and 18.4 in another."""
    return tuple(sorted(set.intersection(*(set(can_come_from(one, whole).counts) for one in printed))))


@pytest.mark.parametrize("seed", some(range(200), 40))
def test_every_count_is_found_behind_its_own_percentage(seed):
    """For any count, whole and number of decimals, rounded half up or half even, the count is among those named."""
    chance = Random(seed)
    whole = chance.randint(1, 2000)
    count, places = chance.randint(0, whole), chance.choice(["1", "0.1", "0.01"])
    exact = Decimal(100) * count / whole
    for rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN):
        printed = str(exact.quantize(Decimal(places), rounding))
        found = can_come_from(printed, whole, count)
        assert found.possible
        assert count in found.counts
        assert whole in wholes(printed, whole, whole)
        unit, value = Decimal(places), Decimal(printed)
        for other in (found.counts[0] - 1, found.counts[-1] + 1):
            assert abs(Decimal(100) * other / whole - value) > unit / 2


def test_a_percentage_that_no_count_gives():
    """Of 7 people, 20 percent cannot be: 14 and 29 can; the sentence names the counts near a wrong one."""
    assert can_come_from("20", 7).counts == ()
    assert can_come_from("14", 7).counts == (1,)
    assert "does not come from a whole number of people" in can_come_from("20", 7).says
    assert "it cannot be printed as 21.7" in can_come_from("21.7", 470, 99).says
    assert "21.7 percent of 470 is 102." in can_come_from("21.7", 470, 99).says


@pytest.mark.parametrize("printed", ["", "abc", "101", "-1", "1e1", "nan", "inf"])
def test_what_is_not_a_percentage_is_refused(printed):
    """In one sentence."""
    with pytest.raises(FactError, match="percentage"):
        can_come_from(printed, 10)


def test_a_whole_of_nobody_is_refused():
    """Nothing is a percentage of nobody, and a count lies within its whole."""
    with pytest.raises(FactError, match="give 1 or more"):
        can_come_from("5", 0)
    with pytest.raises(FactError, match="between 0 and 10"):
        can_come_from("5", 10, 11)


def test_the_shares_of_one_agency_in_2013_have_two_bases():
    """21, 57 and 19 percent can be parts of 470, but not all of it; 21 and 21.7 percent are no one count of 470."""
    where = {"fiscal_year": "2013", "metric": "share"}
    (whole,) = map(int, figure("va_ratings_and_award_totals", metric="executives"))
    shares = [row["value"] for row in rows("va_ratings_and_award_totals") if row["metric"] == "share"]
    assert shares == ["21", "57", "19", "21.7"]
    assert can_be_parts(shares[:3], whole, of_all=False)
    assert not can_be_parts(shares[:3], whole, of_all=True)
    assert figure("va_ratings_and_award_totals", rating_level="5", **where) == {"21", "21.7"}
    assert one_count_for(["21", "21.7"], whole) == ()
    assert can_come_from("21", whole, 99).possible
    assert can_come_from("21.7", 456, 99).possible


def test_two_printings_of_one_percentage_agree_or_do_not():
    """18 and 18.4 percent can be one count; 49.2 and 50 percent can be for no whole up to 2,000."""
    energy = figure("agency_pct_highest_rating", fiscal_year="2002", agency="Department of Energy")
    assert energy == {"18", "18.4"}
    assert any(one_count_for(sorted(energy), whole) for whole in range(1, 200))
    receiving = {
        row["value"] for row in rows("governmentwide_awards")
        if row["fiscal_year"] == "2002" and row["unit"] == "percent"
    }  # fmt: skip
    assert receiving == {"49.2", "50"}
    assert not any(one_count_for(sorted(receiving), whole) for whole in range(1, 2001))


def test_every_printed_percentage_of_an_agency_has_a_whole():
    """No printed share needs more people than the smallest whole found for it below 1,000."""
    for row in rows("agency_pct_highest_rating"):
        assert wholes(row["value"], 1000), row


def _yearly(metric):
    names = {"pct_receiving": ("pct_receiving", "pct_career_receiving"), "average_award": ("average_award",)}[metric]
    found: dict[str, set[Decimal]] = {}
    for row in rows("governmentwide_awards"):
        if row["metric"] in names:
            found.setdefault(row["fiscal_year"], set()).add(Decimal(row["value"]))
    return found


@pytest.mark.parametrize(
    ("metric", "first", "then", "follows"),
    [
        ("pct_receiving", "2009", "2010", True),
        ("pct_receiving", "2014", "2015", True),
        ("pct_receiving", "2015", "2016", True),
        ("average_award", "2012", "2013", True),
    ],
)
def test_a_printed_change_follows_from_the_two_figures(metric, first, then, follows):
    """Within one unit of the last printed digit."""
    known = _yearly(metric)
    (printed,) = {
        Decimal(row["value"]) for row in rows("published_year_over_year_changes")
        if (row["metric"], row["from_fiscal_year"], row["to_fiscal_year"]) == (metric, first, then)
        and row["population"] != "recalculated on new method"
    }  # fmt: skip
    unit = Decimal("0.1") if metric == "pct_receiving" else Decimal(1)
    assert any(abs(b - a - printed) <= unit for a in known[first] for b in known[then]) is follows


def test_changes_at_level_5_do_not_follow_from_the_printed_averages():
    """2013 to 2014 and 2014 to 2015: a figure was restated, and the change cannot be reproduced."""
    level = {
        row["fiscal_year"]: Decimal(row["value"]) for row in rows("average_award_by_rating_level")
        if row["rating_level"] == "5" and row["metric"] == "average_award"
    }  # fmt: skip
    printed = {
        row["from_fiscal_year"]: Decimal(row["value"]) for row in rows("published_year_over_year_changes")
        if row["metric"] == "average_award_level_5"
    }  # fmt: skip
    assert {year: level[str(int(year) + 1)] - level[year] - printed[year] for year in printed} == {
        "2013": -2, "2014": -47,
    }  # fmt: skip


def test_an_average_below_the_least_award_is_not_one_over_recipients():
    """In 2016 level 3 stands at 1.3 percent of pay, below the 5 percent an award must have: all rated were counted."""
    shares = {
        row["rating_level"]: Decimal(row["value"]) for row in rows("average_award_by_rating_level")
        if row["fiscal_year"] == "2016" and row["metric"] == "award_pct_of_pay"
    }  # fmt: skip
    assert {level for level, share in shares.items() if 0 < share < 5} == {"3"}


@cache
def parts():
    """Every sample agency with a final report; only to be read."""
    made = []
    for folder in sorted(SAMPLES.iterdir()):
        package = report.open_folder(folder).complete()
        if package.final:
            made.append(AgencyForms(folder.name, package.agency.name, package.agency.fiscal_year, package.forms))
    return made


def test_published_tables_rest_on_the_counts_that_are_shown():
    """Every percentage and average can be made from the counts beside it, and every hidden count hides them."""
    found = {table.key: table for table in published.tables(parts())}
    hidden = 0
    for key, table in found.items():
        if "-shares-" in key:
            for _, career, share, rated, of_rated in table.rows:
                for count, printed, whole in ((career, share, table.rows[-1][1]), (rated, of_rated, table.rows[-1][3])):
                    if HIDDEN in (count, whole):
                        assert printed == HIDDEN
                        hidden += 1
                    elif whole:
                        assert can_come_from(str(printed), whole, count).possible
        if "-highest-" in key:
            for _, whole, count, printed in table.rows:
                assert (printed == HIDDEN) is (HIDDEN in (whole, count))
        if key.endswith("opm-awards"):
            for _, career, awards, printed, average in table.rows:
                if awards is None:
                    assert (printed, average) == (None, None)
                    continue
                assert (printed == HIDDEN) is (HIDDEN in (career, awards))
                assert (average == HIDDEN) is (awards == HIDDEN)
    assert hidden


def test_no_published_table_shows_a_count_the_sums_hide():
    """The counts are those of the sums, hidden ones hidden in both; every title and column says its population."""
    everyone = parts()
    sums = {table.key: table for table in tables(everyone)}
    for table in published.tables(everyone):
        year = table.key.split("-")[0]
        assert len(table.header) == len(set(table.header))
        if table.key.endswith("opm-awards"):
            people = {row[0]: row[1] for row in sums[f"{year}-plan-people"].rows}
            awards = {row[0]: row[1] for row in sums[f"{year}-plan-awards"].rows}
            assert {row[0]: row[1] for row in table.rows} == people
            assert {row[0]: row[2] for row in table.rows} == awards
        assert any(word in table.title for word in ("rated", "executives", "divided among"))


def test_averages_over_recipients_and_over_everybody_differ_and_are_named():
    """Without hiding: amount by people, each with its own people beside it."""
    for table in published.tables(parts(), least=1):
        if table.key.endswith("average-award"):
            (_, recipients, per), (_, rated, among_rated), _ = table.rows
            if recipients:
                assert rated > recipients
                assert per > among_rated
                assert abs(per * recipients - among_rated * rated) <= (recipients + rated) / 2 + 1


def test_the_command_answers_in_one_sentence():
    """Exit code 0 where it can be, 1 where it cannot, 2 for a wrong fact."""
    yes = CliRunner().invoke(main, ["percentage", "21", "--of", "470", "--count", "99"])
    assert (yes.exit_code, yes.output) == (0, "99 of 470 is 21.0638 percent: it can be printed as 21.\n")
    no = CliRunner().invoke(main, ["percentage", "20", "--of", "7"])
    assert no.exit_code == 1
    assert CliRunner().invoke(main, ["percentage", "x", "--of", "7"]).exit_code == 2
