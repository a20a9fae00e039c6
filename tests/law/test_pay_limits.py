"""Every change of law of pay and awards on three days and every limit on three sides; a new rule without them fails.

What is worked out by hand stands in tests/limits, one file for each file of rules. Yearly series are held against their CSV files, the
kinds of pay action and of payment against the tables here.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import pytest

from seskit.formats import strict_yaml
from seskit.law import parameters, pay_setting
from seskit.law.facts import FactError, dollars
from seskit.law.question import find
from seskit.law.result import Result
from tests.places import TESTS
from tests.worked import contains, differs, texts

STEMS = ("pay_setting", "awards")
DAYS, SIDES = ("before", "itself", "after"), ("below", "at", "above")
EXPECTED = {"facts", "answer", "refuses", "confidence"} | {
    f"{part}_{verb}" for part in ("cautions", "reasons", "says") for verb in ("contain", "lack")
}
ONE = timedelta(days=1)
OPEN_RANGE = date(2004, 1, 11)
#: The first day on which a system could be certified, and so level II be paid.
CERTIFIABLE = date(2004, 7, 29)


def load(part: str) -> list[dict[str, Any]]:
    """The changes or the limits of both subjects, with the full paths of their figures."""
    found = []
    for stem in STEMS:
        text = (TESTS / "limits" / f"{stem}.yaml").read_text(encoding="utf-8")
        for entry in strict_yaml.load(text)[part]:
            found.append(entry | {"figures": [f"{stem}.{path}" for path in entry["figures"]]})
    return found


CHANGES, LIMITS = load("changes"), load("limits")


def judge(name: str, facts: dict[str, Any], expect: dict[str, Any]) -> None:
    """Ask, and compare with what is expected."""
    assert set(expect) <= EXPECTED
    if "refuses" in expect:
        with pytest.raises(FactError) as refused:
            find(name)(**facts)
        assert expect["refuses"] in str(refused.value)
        assert "\n" not in str(refused.value)
        return
    result = find(name)(**facts)
    if "answer" in expect:
        problem = differs(expect["answer"], result.answer)
        assert problem is None, f"{problem}\n\n{result}"
    assert not contains(expect, result), contains(expect, result)
    for key, text in (
        ("cautions_lack", "\n".join(result.cautions)),
        ("reasons_lack", "\n".join(reason.text for reason in result.reasons)),
        ("says_lack", result.says),
    ):
        assert not [part for part in texts(expect.get(key, [])) if part in text], (key, text)
    assert expect.get("confidence", result.confidence) == result.confidence


def change_id(entry: dict[str, Any]) -> str:
    return f"{entry['figures'][0]}-{entry['day']}-{entry['ask'].split('.')[1]}"


@pytest.mark.parametrize("which", DAYS)
@pytest.mark.parametrize("entry", CHANGES, ids=change_id)
def test_a_change_of_law(entry: dict[str, Any], which: str) -> None:
    """The day before the old rule holds, on the day itself and the day after the new one."""
    moves = entry.get("moves", "as_of")
    facts = entry["facts"] | entry[which].get("facts", {})
    if moves:
        facts |= {moves: entry["day"] + (DAYS.index(which) - 1) * ONE}
    judge(entry["ask"], facts, entry[which])


@pytest.mark.parametrize("which", SIDES)
@pytest.mark.parametrize("entry", LIMITS, ids=[entry["what"] for entry in LIMITS])
def test_a_limit(entry: dict[str, Any], which: str) -> None:
    """Just below, at, and just above."""
    value, expect = entry[which]
    judge(entry["ask"], entry["facts"] | {entry["moves"]: value}, expect)


@pytest.mark.parametrize("entry", CHANGES, ids=change_id)
def test_the_three_days_of_a_change_are_not_one(entry: dict[str, Any]) -> None:
    """What is claimed to change something says what; figures that only carry a value over say so by their mark."""
    same = [entry[which] for which in DAYS]
    assert len({str(expect) for expect in same}) > 1 or _carried_over(entry)


def _carried_over(entry: dict[str, Any]) -> bool:
    """Whether the value is the same before and after, or no question answers before the record of rates begins."""
    if entry["day"] < date(1998, 1, 4):
        return True
    found = [parameters.parameter(path) for path in entry["figures"]]
    before = [parameters.recorded(known.path, entry["day"] - ONE) or known.values[0] for known in found]
    return all(old.value == parameters.figure(old.name, entry["day"]).value for old in before)


# Kinds of pay action: whether each starts 12 months, and the days between which the rules know it (5 CFR 534.404(c)).

BEGINNING = date(1979, 7, 13)
ACTIONS: dict[str, tuple[bool, date, date | None]] = {
    "initial": (True, BEGINNING, None),
    "reappointment": (True, BEGINNING, None),
    "reinstatement": (True, BEGINNING, None),
    "adjustment": (True, BEGINNING, None),
    "reduction": (True, BEGINNING, None),
    "transfer": (True, BEGINNING, None),
    "exception_increase": (True, OPEN_RANGE, None),
    "zero_adjustment": (False, BEGINNING, None),
    "conversion": (False, OPEN_RANGE, None),
    "locality_conversion": (False, OPEN_RANGE, None),
    "executive_schedule_review": (False, OPEN_RANGE, None),
    "relative_position": (False, OPEN_RANGE, None),
    "minimum_increase": (False, OPEN_RANGE, None),
    "paper_increase": (False, date(2003, 1, 11), OPEN_RANGE),
    "schedule_change": (False, BEGINNING, OPEN_RANGE),
    "certification_review": (False, date(2006, 7, 10), date(2014, 4, 4)),
}


@pytest.mark.parametrize("kind", ACTIONS)
def test_a_kind_of_pay_action_around_each_day(kind: str) -> None:
    """Known from its first day to its last; it starts 12 months or leaves the clock alone."""
    counts, first, end = ACTIONS[kind]
    for change in parameters.parameter(f"pay_setting.clock.restarts.{kind}").values:
        for day in (change.first_day - ONE, change.first_day, change.first_day + ONE):
            action = {"effective": day, "kind": kind} | ({"rate_changed": True} if kind == "transfer" else {})
            if not first <= day < (end or date.max):
                with pytest.raises(FactError, match=f"{day} is not a pay action under the rules of that day"):
                    pay_setting.next_adjustment(actions=[action])
                continue
            expected = day.replace(year=day.year + 1) if counts else None
            assert pay_setting.next_adjustment(actions=[action]).answer == expected


# Kinds of payment: whether each counts under the aggregate limit, and in which turn it is paid (5 CFR 530.202-204).

PAYMENTS = {
    "deferred_from_last_year": 1,
    "recruitment": 2, "relocation": 2, "retention": 2, "extended_assignment_incentive": 2,
    "supervisory_differential": 2, "post_differential": 2, "danger_pay": 2, "physicians_allowance": 2, "continuation_of_pay": 2,
    "performance_award": 3, "rank_award": 3, "special_act_award": 3, "other_counted": 3,
    "student_loan_repayment": None, "annual_leave_payout": None, "other_excluded": None, "severance_pay": None,
    "back_pay": None, "flsa_overtime": None, "cost_of_living_allowance": None, "travel": None,
}  # fmt: skip
STANDARD = {1998: 151_800, 1999: 151_800, 2003: 171_900, 2004: 175_700, 2005: 180_100}


@pytest.mark.parametrize("kind", PAYMENTS)
def test_a_kind_of_payment_around_each_year(kind: str) -> None:
    """Room for one dollar of two: an excluded payment is paid beside it, the earlier kind takes the dollar."""
    turn = PAYMENTS[kind]
    for change in parameters.parameter(f"pay_setting.aggregate_kinds.{kind}").values:
        for year in (change.first_day.year - 1, change.first_day.year, change.first_day.year + 1):
            for other, other_turn in (("performance_award", 3), ("retention", 2), ("deferred_from_last_year", 1)):
                facts = {
                    "year": year,
                    "certified": False,
                    "basic_pay_received": STANDARD.get(year, 0) - 1,
                    "payments": [{"kind": other, "amount": 1}, {"kind": kind, "amount": 1}],
                }
                if year < 1998:
                    with pytest.raises(FactError):
                        pay_setting.aggregate_limit(**facts | {"basic_pay_received": 1})
                    continue
                paid = [share["paid"] for share in pay_setting.aggregate_limit(**facts).answer["by_payment"]]
                assert paid == ([1, 1] if turn is None else [1, 0] if other_turn <= turn else [0, 1])


# Yearly series: each row of the CSV holds from its day on, and the row before it until the day before.


def show(name: str, *facts: Any, **more: Any) -> Any:
    return find(f"pay_setting.{name}")(*facts, **more).answer


def maximum(group: str, certified: bool) -> Callable[[date], Any]:
    return lambda day: show("pay_range", day, group=group, certified=certified)["maximum"]


def lowest(group: str) -> Callable[[date], Any]:
    return lambda day: show("pay_range", day, group=group, certified=True)["minimum"]


def in_cautions(words: str) -> Callable[[date], Any]:
    """The amount that the caution names after these words."""

    def found(day: date) -> Any:
        text = " ".join(find("pay_setting.pay_range")(day, certified=False).cautions)
        _, _, rest = text.partition(words)
        return Decimal(rest.split(" ")[0].strip("$").replace(",", "")) if rest else None

    return found


def es_rate(level: int) -> Callable[[date], Any]:
    return lambda day: show("pay_range", day, certified=False).get(f"ES-{level}")


def level_four(day: date) -> Any:
    return maximum("SL/ST", True)(day) if day < OPEN_RANGE else show("other_law_pay_point", day, pay_point="between")


def level_three(day: date) -> Any:
    joint = in_cautions("(level IV); with locality pay, ")
    return joint(day) if day < OPEN_RANGE else maximum("SES", False)(day)


def level_one(day: date) -> Any:
    facts = {
        "proposed_rate": 10**6, "authority_granted": True, "exceptional_circumstances": True, "president_approves": False,
    }  # fmt: skip
    return show("critical_position_pay", day, **facts)["maximum"]


def trigger(day: date) -> Any:
    """Up to which rate a political appointee well below it may be raised, or the rate that the reason names."""
    asked = pay_setting.pay_freeze(day, rate=100_000, appointment_type="noncareer", certified=True)
    if asked.answer["political"] == "not covered":
        return asked.answer["maximum"]
    (named,) = {found[1] for reason in asked.reasons if (found := re.search(r"at or above \$(\d+,\d+)", reason.text))}
    return Decimal(named.replace(",", ""))


def as_known(end: str) -> Callable[[date], Any]:
    def known(day: date) -> Any:
        certified = end == "maximum_certified"
        place = "minimum" if end == "minimum" else "maximum"
        return show("pay_range", day, certified=certified, known_on=day)[place]

    return known


def vice_president(day: date) -> Any:
    return show("aggregate_limit", year=day.year, certified=True, basic_pay_received=0)["limit"]


#: The question that shows each series, and the day from which it does (None: from the first row).
SERIES: dict[str, tuple[Callable[[date], Any], date | None]] = {
    "executive_schedule.level_I": (level_one, OPEN_RANGE),
    "executive_schedule.level_II": (maximum("SES", True), CERTIFIABLE),
    "executive_schedule.level_III": (level_three, None),
    "executive_schedule.level_IV": (level_four, None),
    "es_rates.basic_ceiling": (in_cautions("basic rate may not exceed "), None),
    "es_rates.with_locality_ceiling": (in_cautions("(level IV); with locality pay, "), None),
    "es_rates.basic_floor": (lowest("SL/ST"), None),
    **{f"es_rates.level_{level}": (es_rate(level), None) for level in range(1, 7)},
    "ses_range.minimum": (lowest("SES"), None),
    "ses_range.maximum_certified": (maximum("SES", True), CERTIFIABLE),
    "ses_range.maximum_uncertified": (maximum("SES", False), None),
    "minimum_rate.statutory_floor": (lowest("SL/ST"), None),
    "minimum_rate.ses_minimum": (lowest("SL/ST"), None),
    "general_schedule.gs15_step1": (lowest("SL/ST"), None),
    "vice_president.official": (vice_president, date(2004, 1, 1)),
    "political_freeze.trigger": (trigger, date(2014, 1, 26)),
    "executive_schedule_first_published.level_II": (as_known("maximum_certified"), CERTIFIABLE),
    "executive_schedule_first_published.level_III": (as_known("maximum_uncertified"), None),
    "executive_schedule_first_published.ses_minimum": (as_known("minimum"), None),
}
#: Series of the last day of a year: the years before, of and after each row.
YEAR_ENDS = {"aggregate_limit.standard": False, "aggregate_limit.higher": True}
_NO_QUESTION = "kept for the record of the schedule; no question's answer depends on it"
#: Series no question reads, and why.
UNREAD = {
    "executive_schedule.level_V": _NO_QUESTION,
    **{f"executive_schedule_first_published.{name}": _NO_QUESTION for name in ("level_I", "level_IV", "level_V", "gs15_step1", "vice_president")},
    **{f"political_freeze.{name}": _NO_QUESTION for name in ("level_I", "level_IV", "level_V", "vice_president", "maximum_certified", "maximum_uncertified")},
}  # fmt: skip


def followed(series: dict[str, Any], day: date) -> Decimal:
    """The amount of a series that follows another one, or of a percentage of it."""
    amount = next(
        value for first, value in reversed(series_rows(series["follows"].removeprefix("pay_setting."))) if first <= day
    )
    assert amount is not None
    return (amount * series["percent"] / 100).quantize(Decimal(1)) if "percent" in series else amount


@cache
def series_rows(path: str) -> tuple[tuple[date, Decimal | None], ...]:
    """The rows of a series as its CSV file and its ends say, read without the package's reader."""
    tree = strict_yaml.load((files("seskit.law") / "rules" / "pay_setting.yaml").read_text(encoding="utf-8"))
    for key in path.split("."):
        tree = tree[key]
    text = (files("seskit.law") / "rules" / "figures" / tree["series"]["file"]).read_text(encoding="utf-8")
    days = [
        (date.fromisoformat(row["effective_date"]), row["amount"])
        for row in csv.DictReader(text.splitlines())
        if tree["series"]["name"] in row.values()
    ]
    rows = [(day, Decimal(amount) if amount else followed(tree["series"], day)) for day, amount in days]
    rows += [(day, entry["value"]) for day, entry in tree.get("values", {}).items()]
    return tuple(sorted(rows, key=lambda row: row[0]))


def value_on(path: str, day: date) -> Decimal | None:
    held = [value for first, value in series_rows(path) if first <= day]
    return held[-1] if held else None


#: What holds where a first-published figure does not.
FINAL = {
    "executive_schedule_first_published.level_II": "ses_range.maximum_certified",
    "executive_schedule_first_published.level_III": "ses_range.maximum_uncertified",
    "executive_schedule_first_published.ses_minimum": "ses_range.minimum",
}
#: Where a series ends, what the same question shows after it.
FOLLOWS = {
    "es_rates.basic_floor": "minimum_rate.ses_minimum",
    "minimum_rate.statutory_floor": "minimum_rate.ses_minimum",
}
PRECEDES = {"minimum_rate.ses_minimum": "minimum_rate.statutory_floor"}


def expected_on(path: str, day: date) -> Decimal | None:
    """The amount the question must show on a day, from the CSV files alone."""
    value = value_on(path, day)
    if value is None:
        other = FINAL.get(path) or FOLLOWS.get(path) if series_rows(path)[0][0] <= day else PRECEDES.get(path)
        return value_on(other or FINAL.get(path, path), day)
    if path == "general_schedule.gs15_step1":
        return (value * 12 / 10).quantize(Decimal(1), ROUND_HALF_UP)
    return value


@pytest.mark.parametrize("path", SERIES)
def test_a_yearly_series_on_three_days(path: str) -> None:
    """Each row's amount is the answer on its day and the day after; the day before, the row before it is, or a refusal."""
    ask, since = SERIES[path]
    seen = 0
    for first_day, _ in series_rows(path):
        for day in (first_day - ONE, first_day, first_day + ONE):
            expected = expected_on(path, day)
            if (since and day < since) or (expected is None and day < OPEN_RANGE):
                continue
            assert ask(day) == expected, (path, day)
            seen += 1
    assert seen > 3
    first = series_rows(path)[0][0]
    if since is None and path not in PRECEDES and path not in FINAL and first < OPEN_RANGE:
        with pytest.raises(FactError, match=str(first)):
            ask(first - ONE)


@pytest.mark.parametrize(("path", "certified"), YEAR_ENDS.items())
def test_a_limit_of_a_year_in_three_years(path: str, certified: bool) -> None:
    """The aggregate limit of a year is that year's row; before the first it is refused or the standard, after the last it cannot be determined yet."""
    years = {day.year: value for day, value in series_rows(path)}
    standard = {day.year: value for day, value in series_rows("aggregate_limit.standard")}
    for year in {row + step for row in years for step in (-1, 0, 1)}:
        facts = {"year": year, "certified": certified, "basic_pay_received": 0}
        if year > max(standard):
            assert "the schedule for" in pay_setting.aggregate_limit(**facts).says
        elif year not in standard:
            with pytest.raises(FactError, match=f"{year}-12-31"):
                pay_setting.aggregate_limit(**facts)
        else:
            assert show("aggregate_limit", **facts)["limit"] == years.get(year, standard[year])


# The lists come from the rules file: a change of law, or a limit, without its cases fails here.


def rules() -> Iterator[tuple[str, date]]:
    """Every figure of pay-setting and awards with each first day in force."""
    for stem in STEMS:
        for path in parameters.paths(stem):
            for value in parameters.parameter(path).values:
                yield path, value.first_day


def covered(path: str, day: date) -> bool:
    """Whether a figure's first day has cases on three days."""
    by_hand = any(path in entry["figures"] and entry["day"] == day for entry in CHANGES)
    short = path.removeprefix("pay_setting.")
    group, _, name = short.rpartition(".")
    by_table = {"clock.restarts": ACTIONS, "aggregate_kinds": PAYMENTS}.get(group, {})
    by_series = short in SERIES or short in YEAR_ENDS or short in UNREAD
    return by_hand or name in by_table or (by_series and day in dict(series_rows(short)))


def test_every_change_of_law_has_its_three_days() -> None:
    """A first day in the rules of pay or awards without a case before, on and after it is named; write one."""
    without = [f"{path} from {day}" for path, day in rules() if not covered(path, day)]
    assert not without, f"no cases in tests/limits for: {'; '.join(without)}"


def test_a_change_without_cases_would_be_found() -> None:
    """The list above comes from the rules file and would name a new figure, or a new day of an old one."""
    assert not covered("pay_setting.reduction.largest_share", date(2030, 1, 1))
    assert not covered("pay_setting.reduction.new_limit", date(2004, 12, 6))
    assert not covered("pay_setting.clock.restarts.promotion", date(2004, 12, 6))
    assert not covered("awards.pool.guidance_limit", date(2018, 10, 1))
    assert len(list(rules())) > 400


def test_no_case_names_a_rule_that_is_gone() -> None:
    """Every figure and day named here stands in the rules file."""
    known = set(rules())
    paths = {path for path, _ in known}
    assert {(path, entry["day"]) for entry in CHANGES for path in entry["figures"]} <= known
    assert {path for entry in LIMITS for path in entry["figures"]} <= paths
    assert {f"pay_setting.{path}" for path in {*SERIES, *UNREAD, *YEAR_ENDS}} <= paths


#: Units in which a figure can be a limit, and the figures in them that are none.
LIMIT_UNITS = {"USD per year", "USD", "days", "months", "years", "percent", "level"}
NO_LIMIT = {
    "pay_setting.general_schedule.gs15_step1": "120 percent of it is the minimum, which has its cases",
    "pay_setting.es_rates.level_1": "as ES-4", "pay_setting.es_rates.level_2": "as ES-4", "pay_setting.es_rates.level_3": "as ES-4",
    "pay_setting.es_rates.level_5": "as ES-4", "pay_setting.es_rates.level_6": "as ES-4",
    "pay_setting.es_rates.basic_ceiling": "said beside the six rates, none of which passes it",
    "pay_setting.es_rates.basic_floor": "as the SL/ST floor before the open range",
    "pay_setting.executive_schedule_first_published.level_II": "replays what was known", "pay_setting.executive_schedule_first_published.level_III": "replays what was known",
    "pay_setting.executive_schedule_first_published.ses_minimum": "replays what was known",
    "pay_setting.pay_periods.length": "the length of a cycle",
    "pay_setting.placement.growth_share": "a share of later increases, which no question computes",
    "pay_setting.post_employment.share": "a threshold to report, held against nothing",
    "pay_setting.reduction.reply": "a time the notice must name", "pay_setting.reduction.reconsideration": "a time the notice must name",
    "awards.pool.guidance_limit": "guidance: a caution here, a flag of the worksheet, whose tests have its sides",
    **{f"awards.rank.{word}_{what}": "an amount to pay, held against nothing" for word in ("meritorious", "distinguished") for what in ("amount", "share")},
    **{f"awards.rank.{word}_ceiling": "a limit on the whole SES, said beside the answer" for word in ("meritorious", "distinguished")},
}  # fmt: skip


def test_every_limit_has_its_three_sides() -> None:
    """A figure that can be a limit has a case below, at and above it, or is named as none with the reason."""
    held = {path for entry in LIMITS for path in entry["figures"]}
    limits = {path for path, _ in rules() if parameters.parameter(path).unit in LIMIT_UNITS}
    none = {f"pay_setting.{path}" for path in UNREAD} | set(NO_LIMIT)
    assert limits - held - none == set()
    assert not held & none


def test_a_side_beyond_every_limit_has_a_way_out() -> None:
    """Each refused side of a limit says what is barred and until when, who approves, and what is lawful at what cost."""
    for entry in LIMITS:
        for which in SIDES:
            value, _ = entry[which]
            facts = entry["facts"] | {entry["moves"]: value}
            try:
                result: Result = find(entry["ask"])(**facts)
            except FactError:
                continue
            if not isinstance(result.answer, dict) or result.answer.get("decision") != "not allowed":
                continue
            if "barred" not in result.answer:
                continue
            place = f"{entry['what']}, {which}: {result.says}"
            assert result.answer["barred"], place
            assert all(bar["what"] and bar["until"] for bar in result.answer["barred"]), place
            assert "barred until" in result.says, place
            assert result.answer["alternatives"], place
            for way in result.answer["alternatives"]:
                assert "$" in way["cost"] or "day" in way["cost"] or "dollars" in way["cost"], place
            assert result.answer.get("approval", ["the executive"]), place


def test_amounts_are_read_out_of_sentences() -> None:
    """The probes of this file find what a sentence names, and nothing where it names nothing."""
    assert in_cautions("basic rate may not exceed ")(date(2003, 6, 1)) == 134_000
    assert in_cautions("basic rate may not exceed ")(date(2016, 6, 1)) is None
    assert dollars(trigger(date(2024, 1, 14))) == "$191,900"
