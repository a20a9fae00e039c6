"""The law as data: every figure has its date, authority, source and confidence, and is found by date."""

import csv
import re
from datetime import date, timedelta
from importlib.resources import files

import pytest

from seskit.law import parameters, rating_levels, sources
from seskit.law.facts import FactError
from seskit.law.parameters import NoRule, RuleError

UNITS = {"USD per year", "USD", "percent", "fraction", "days", "months", "years", "level", "count", "text", "points"}
FIGURES = files("seskit.law") / "rules" / "figures"
ENTRY = """
share:
  label: a share
  unit: percent
  citation: 5 U.S.C. 5384
  checked: 2026-11-22
  values:
    {values}
"""
GOOD = "1998-10-21: {value: 10, source: Pub. L. 105-277, confidence: verified}"


def load_rules(text, stem, series=()):
    entries = parameters._entries(parameters._loaded(text, stem), stem)
    return {path: parameters._parameter(path, entry, dict(series)) for path, entry in entries}


def load(*values):
    return load_rules(ENTRY.replace("{values}", "\n    ".join(values)), "trial")


def test_every_row_of_every_series_is_in_with_its_source_and_confidence():
    """Nothing of the recorded series is lost on the way to `parameters`."""
    known = {
        (figure.first_day.isoformat(), amount, figure.source): figure
        for path in parameters.paths()
        for figure in parameters.parameter(path).values
        for amount in (str(figure.value), "")
    }
    rows = 0
    for file in FIGURES.iterdir():
        for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()):
            rows += 1
            figure = known[row["effective_date"], row["amount"], row["source"]]
            assert figure.confidence == sources.confirmed(row["source"], row["confidence"], figure.name)
    assert rows >= 450


@pytest.mark.parametrize("path", parameters.paths())
def test_a_parameter_is_complete(path):
    """Label, a unit of the short list, a citation, ascending dates, a source and a day of checking on every value."""
    found = parameters.parameter(path)
    assert found.label
    authority = r"U\.S\.C\.|CFR|OPM|OMB|E\.?O\.?|Executive Order|Pub\. L\.|model|Form|FR |memo|guid|plan"
    ours = all(figure.confidence == "design" for figure in found.values)
    assert re.search(authority, found.citation) or (ours and found.citation == "practice"), found.citation
    days = [figure.first_day for figure in found.values]
    assert days == sorted(set(days))
    assert all(figure.source and figure.checked for figure in found.values)


@pytest.mark.parametrize(
    ("on", "amount"),
    [("2004-01-10", 154700), ("2004-01-11", 158100), ("2026-01-10", 225700)],
)
def test_the_figure_of_the_day_before_and_of_the_day_itself(on, amount):
    """Executive Schedule level II changes on the first day of the first pay period of January."""
    assert parameters.figure("pay_setting.executive_schedule.level_II", date.fromisoformat(on)).value == amount


def test_a_date_before_the_record_names_the_earliest():
    """There is no nearest figure: the refusal names the first covered day."""
    with pytest.raises(NoRule, match="1998-01-04"):
        parameters.figure("pay_setting.executive_schedule.level_II", date(1998, 1, 3))


def test_a_rule_that_ended_is_refused_with_the_day_it_ended():
    """The six ES rates end with the open range; nothing goes on silently."""
    assert parameters.figure("pay_setting.es_rates.level_6", date(2004, 1, 10)).value == 134000
    with pytest.raises(NoRule, match="ended on 2004-01-11"):
        parameters.figure("pay_setting.es_rates.level_6", date(2004, 1, 11))
    assert parameters.recorded("pay_setting.es_rates.level_6", date(2004, 1, 11)) is None


def test_an_unknown_path_names_the_nearest():
    """A misspelled path is not a missing rule."""
    with pytest.raises(KeyError, match="share_of_aggregate"):
        parameters.parameter("awards.pool.share_of_agregate")


def test_changes_lists_what_began_after_the_first_day_up_to_the_second():
    """The pool percentages of 1998-10-21 appear exactly when the span crosses that day."""
    day = date(1998, 10, 21)
    found = {change.path: (change.before, change.after) for change in parameters.changes(day - timedelta(days=1), day)}
    assert found["awards.pool.share_of_aggregate"] == (3, 10)
    assert found["awards.rank.meritorious_amount"] == (10000, None)
    assert "awards.pool.share_of_aggregate" not in {c.path for c in parameters.changes(day, day + timedelta(days=1))}
    with pytest.raises(FactError, match="before"):
        parameters.changes(day, day - timedelta(days=1))


def test_fractions_are_exact_decimals():
    """4.8 percent is 4.8, not the nearest binary number."""
    assert str(parameters.figure("awards.pool.guidance_limit", date(2015, 1, 1)).value) == "4.8"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([GOOD, GOOD], "appears twice"),
        (["1998-10-21: {value: 10, confidence: verified}"], "no source"),
        (["1998-10-21: {value: 10, source: x}"], "no confidence"),
        (["1998-10-21: {value: 10, source: x, confidence: sure}"], "'sure' is not one of"),
        (["1998-10-21: {source: x, confidence: verified}"], "write null"),
        (["1998: {value: 10, source: x, confidence: verified}"], "not a first day"),
    ],
)
def test_a_rules_file_that_cannot_be_trusted_is_refused(values, said):
    """A duplicate date, a missing source, an unknown confidence, a missing value, a year for a day."""
    assert load(GOOD)["trial.share"].on(date(2000, 1, 1)).value == 10
    with pytest.raises(RuleError, match=said):
        load(*values)


def test_a_parameter_without_citation_is_refused():
    """Authority is part of the entry."""
    with pytest.raises(RuleError, match="no citation"):
        load_rules(ENTRY.replace("  citation: 5 U.S.C. 5384\n", "").replace("{values}", GOOD), "trial")


def test_what_rules_have_in_common_is_said_once():
    """Under `each` of their group; a rule's own word counts before it, and the day of checking is each rule's own."""
    one = f"citation: practice, checked: 2026-11-22, values: {{{GOOD}}}"
    group = f"each: {{label: 'check {{key}}', unit: text}}\nP_1: {{{one}}}\nP2: {{{one}, unit: days}}"
    found = load_rules(group, "trial")
    assert [(rule.label, rule.unit) for rule in found.values()] == [("check P 1", "text"), ("check P2", "days")]
    with pytest.raises(RuleError, match="checked, which every rule says for itself"):
        load_rules(group.replace("unit: text", "checked: 2026-11-22"), "trial")


def test_inline_values_may_not_repeat_a_date_of_the_series():
    """A series and the values beside it are one record."""
    text = ENTRY.replace("  values:", "  series: {file: a.csv, name: n}\n  values:").replace("{values}", GOOD)
    rows = "effective_date,name,amount,source,confidence\n1998-10-21,n,3,x,verified\n"
    with pytest.raises(RuleError, match="two values"):
        load_rules(text, "trial", {"a.csv": rows})


def values(path):
    return {figure.first_day: figure.value for figure in parameters.parameter(path).values if figure.value is not None}


def test_what_follows_from_another_figure_is_not_typed_again():
    """Ends of the range, minimums and aggregate limits take their amounts from the rules they follow: no row has its own."""
    base = values("pay_setting.general_schedule.gs15_step1")
    minimum = values("pay_setting.minimum_rate.statutory_floor") | values("pay_setting.minimum_rate.ses_minimum")
    assert minimum == {first_day: (rate * 12 / 10).quantize(1) for first_day, rate in base.items()}
    assert values("pay_setting.ses_range.minimum").items() <= minimum.items()
    assert parameters.figure("pay_setting.ses_range.maximum_certified", date(2026, 1, 11)).value == 228000
    assert parameters.figure("pay_setting.aggregate_limit.standard", date(2024, 12, 31)).value == 246400
    for file in ("ses_rate_range.csv", "ses_minimum.csv", "aggregate_limitation.csv"):
        rows = csv.DictReader((FIGURES / file).read_text(encoding="utf-8").splitlines())
        assert {row["amount"] for row in rows} == {""}, file


def test_the_levels_of_ratings_are_those_of_the_rules():
    """Five levels from unsatisfactory to outstanding; awards and pay begin with fully successful, on every day on record."""
    assert tuple(range(rating_levels.unsatisfactory(), rating_levels.outstanding() + 1)) == rating_levels.LEVELS
    assert [*rating_levels.below(), *rating_levels.successful()] == list(rating_levels.LEVELS)
    for path in ("awards.individual.lowest_rating", "pay_setting.performance.lowest_rating"):
        assert set(values(path).values()) == {rating_levels.fully_successful()}


def test_a_replaced_first_publication_differs_from_the_final_figure():
    """The rates first published for 2004 and 2019 are kept for what was known then, and end when they were replaced."""
    for path in parameters.paths("pay_setting.executive_schedule_first_published"):
        if ".level_" in path:
            final = path.replace("executive_schedule_first_published", "executive_schedule")
            day = date(2004, 1, 11)
            assert parameters.figure(path, day).value != parameters.figure(final, day).value
            assert parameters.recorded(path, date(2004, 3, 3)) is None


def test_the_payable_rates_of_the_freeze_never_exceed_the_official_ones():
    """The political freeze holds payable rates at or below the schedule."""
    for level in ("I", "II", "III", "IV", "V"):
        for first_day, amount in values(f"pay_setting.political_freeze.level_{level}").items():
            assert amount <= parameters.figure(f"pay_setting.executive_schedule.level_{level}", first_day).value
