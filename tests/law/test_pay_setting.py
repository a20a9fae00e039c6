"""Properties of pay-setting: no answer breaks a limit, whatever the facts; the worked examples are in tests/cases."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from seskit.desk import cli
from seskit.law import parameters, pay_setting
from seskit.law.facts import FactError
from seskit.law.pay_setting import aggregate, clock
from seskit.law.pay_setting.aggregate import Payment
from seskit.law.pay_setting.facts import GROUNDS
from seskit.law.pay_setting.moving_range import highest_rate
from seskit.law.pay_setting.reduce import lowest_reduced
from seskit.law.question import questions
from seskit.law.rate_range import open_range_day, range_maximum, range_on
from tests.extent import times

LAST = date(2026, 12, 31)
CHANGES = [figure.first_day for figure in parameters.parameter("pay_setting.ses_range.minimum").values][1:]
days = st.dates(open_range_day(), LAST)
rates = st.integers(100_000, 235_000)
yes_no_unknown = st.sampled_from([True, False, None])
grounds = st.sampled_from([*GROUNDS, None])


@st.composite
def adjustments(draw: st.DrawFn) -> dict[str, Any]:
    """Facts of an adjustment, any of them unknown."""
    as_of = draw(days)
    back = draw(st.one_of(st.none(), st.integers(1, 900)))
    return {
        "as_of": as_of,
        "rate": draw(rates),
        "rating": draw(st.sampled_from([1, 2, 3, 4, 5, None])),
        "certified": draw(yes_no_unknown),
        "last_adjusted": None if back is None else as_of - timedelta(days=back),
        "ground": draw(grounds),
        "top_official_approves": draw(yes_no_unknown),
        "appointment_type": draw(st.sampled_from(["career", "noncareer", "limited_term", None])),
        "new_position": draw(yes_no_unknown),
    }


@settings(max_examples=times(300, 60), deadline=None)
@given(adjustments(), rates)
def test_bounds_of_adjust_hold(facts: dict[str, Any], proposed: int) -> None:
    """The bounds adjust names are accepted by adjust itself, and one dollar past either is not."""
    answer = pay_setting.adjust(**facts, proposed_rate=proposed).answer
    low, high = answer["minimum"], answer["maximum"]
    if low is None:
        assert answer["decision"] != "allowed"
        return

    def decides(rate: Decimal) -> str:
        again = pay_setting.adjust(**facts, proposed_rate=rate).answer
        assert (again["minimum"], again["maximum"]) == (low, high)
        return str(again["decision"])

    assert decides(low) == decides(high) == "allowed"
    assert decides(high + 1) != "allowed"
    assert decides(low - 1) != "allowed"
    assert (answer["decision"] == "allowed") == (low <= proposed <= high)


@settings(max_examples=times(300, 60), deadline=None)
@given(adjustments(), rates)
def test_adjust_never_breaks_cap_or_clock(facts: dict[str, Any], proposed: int) -> None:
    """An allowed increase is within the cap, not for a low rating, and outside 12 months or on an approved ground."""
    answer = pay_setting.adjust(**facts, proposed_rate=proposed).answer
    base = max(Decimal(facts["rate"]), range_on(facts["as_of"]).minimum)
    if answer["decision"] != "allowed" or proposed <= base:
        return
    limits = range_on(facts["as_of"])
    assert limits.lies_within(Decimal(proposed), facts["certified"])
    assert facts["rating"] >= 3
    if proposed > limits.uncertified:
        assert facts["top_official_approves"]
    last = facts["last_adjusted"]
    if last is None or facts["as_of"] < clock.opens_on(last):
        assert facts["ground"]
        assert facts["top_official_approves"]


def rules_change(start: date, end: date) -> bool:
    """Whether the range or a freeze changes after one day and up to another."""
    freezes = (date(2005, 1, 11), date(2011, 1, 1), date(2014, 1, 1), date(2014, 1, 17), date(2026, 1, 31))
    return range_on(start) != range_on(end) or any(start < day <= end for day in freezes)


@settings(max_examples=times(300, 60), deadline=None)
@given(adjustments(), rates)
def test_alternatives_of_adjust_are_lawful(facts: dict[str, Any], proposed: int) -> None:
    """What adjust offers instead is allowed when asked."""
    for way in pay_setting.adjust(**facts, proposed_rate=proposed).answer["alternatives"]:
        if not way["facts"]:
            continue
        changed = facts | {name: fact for name, fact in way["facts"].items() if fact is not None}
        if "ground" in way["facts"]:
            changed["ground"] = way["facts"]["ground"] or "retention"
        if rules_change(facts["as_of"], changed["as_of"]):
            continue
        answer = pay_setting.adjust(**changed).answer
        if answer is None:  # the way leads past the last schedule
            continue
        assert answer["decision"] == "allowed", (way, changed, answer)


@settings(max_examples=times(200, 60), deadline=None)
@given(
    days, rates, rates, st.integers(1, 900), st.integers(0, 30), st.sampled_from([1, 2, 3]), yes_no_unknown,
    st.one_of(st.none(), rates),
)  # fmt: skip
def test_alternatives_of_reduce_are_lawful(
    as_of: date,
    rate: int,
    proposed: int,
    since: int,
    notice: int,
    rating: int,
    certified: bool | None,
    total: int | None,
) -> None:
    """An allowed reduction takes at most 10 percent, and what reduce offers instead is allowed when asked."""
    facts: dict[str, Any] = {
        "protected_total": total,
        "as_of": as_of,
        "rate": rate,
        "proposed_rate": proposed,
        "basis": "performance",
        "rating": rating,
        "critical_element_failed": False,
        "notice_given": as_of - timedelta(days=notice),
        "last_adjusted": as_of - timedelta(days=since),
        "certified": certified,
    }
    answer = pay_setting.reduce(**facts).answer
    if answer["decision"] == "allowed":
        assert proposed * 10 >= rate * 9
        assert proposed >= range_on(as_of).minimum
        assert answer["earliest"] <= as_of
        assert as_of >= date(2005, 1, 11) or (total is not None and proposed >= min(total, rate))
    for way in answer["alternatives"]:
        changed = facts | way["facts"]
        if way["facts"] and not rules_change(as_of, changed["as_of"]):
            wanted = "cannot tell" if answer["missing"] else "allowed"
            found = pay_setting.reduce(**changed)
            assert found.late or found.answer["decision"] == wanted, (way, changed)


@settings(max_examples=times(200, 60), deadline=None)
@given(days, rates, rates, yes_no_unknown, yes_no_unknown, st.sampled_from([0, 30, 31, 400]))
def test_alternatives_of_appointments_and_moves_are_lawful(
    as_of: date, former: int, proposed: int, certified: bool | None, approves: bool | None, gap: int
) -> None:
    """What initial_rate, reappointment, transfer and the return to the SES offer instead is allowed when asked."""
    common: dict[str, Any] = {"as_of": as_of, "proposed_rate": proposed, "top_official_approves": approves}
    adjusted = {"last_adjusted": as_of - timedelta(days=gap)}
    moved = adjusted | {
        "to_certified": certified,
        "from_certified": True,
        "rate": former,
        "rating": 4,
        "consents": True,
    }
    back = {"former_rate": former, "break_days": max(gap, 1)}
    home = adjusted | {"elected_ses_pay": True, "rate": former}
    asked: list[tuple[Any, dict[str, Any]]] = [
        (pay_setting.initial_rate, common | {"certified": certified}),
        (pay_setting.reappointment, common | back | {"certified": certified}),
        (pay_setting.return_from_presidential_post, common | home | {"certified": certified}),
        (pay_setting.transfer, common | moved),
    ]
    for question, facts in asked:
        for way in question(**facts).answer["alternatives"]:
            changed = facts | {name: fact for name, fact in way["facts"].items() if fact is not None}
            if "ground" in way["facts"]:
                changed["ground"] = "scope_or_recruitment"
            if way["facts"] and not rules_change(as_of, changed["as_of"]):
                found = question(**changed)
                assert found.late or found.answer["decision"] == "allowed", (question.name, way, changed)


ratings = st.sampled_from([1, 2, 3, 4, 5, None])
appointments = st.sampled_from(["career", "career", "noncareer", "limited_term", None])


@st.composite
def decisions(draw: st.DrawFn) -> tuple[Any, dict[str, Any]]:
    """A deciding question of the open range with facts for it, any of them unknown; `rate` is the present rate."""
    as_of = draw(days)
    past = st.one_of(st.none(), st.integers(-5, 900).map(lambda back: as_of - timedelta(days=back)))
    approves, certified = draw(yes_no_unknown), draw(yes_no_unknown)
    common: dict[str, Any] = {"as_of": as_of, "proposed_rate": draw(rates), "top_official_approves": approves}
    clocked = {"rate": draw(rates), "last_adjusted": draw(past), "ground": draw(grounds)}
    covered = {"certified": certified}
    political = {
        "appointment_type": draw(appointments),
        "serves_politically": draw(yes_no_unknown),
        "political_freeze_in_force": draw(yes_no_unknown),
    }
    moved = {"rating": draw(ratings), "new_position": draw(yes_no_unknown)}
    totals = {"protected_total": draw(st.one_of(st.none(), rates))}
    first = {"superior_competencies": draw(yes_no_unknown), "rests_on_non_federal_pay": draw(yes_no_unknown)}
    protected = {
        "previous_rate": draw(st.one_of(st.none(), rates)),
        "competitive_service_years": draw(st.one_of(st.none(), st.integers(0, 9))),
    }
    after_break = {
        "former_rate": draw(st.one_of(st.none(), rates)),
        "break_days": draw(st.one_of(st.none(), st.integers(1, 60))),
    }
    basis = {
        "basis": draw(st.sampled_from(["performance", "conduct", "consent", None])),
        "critical_element_failed": draw(yes_no_unknown),
        "notice_given": draw(past),
    }
    gaining = {"from_certified": draw(yes_no_unknown), "to_certified": certified, "consents": draw(yes_no_unknown)}
    senior = {
        "annual": draw(yes_no_unknown),
        "certified_days": draw(st.one_of(st.none(), st.integers(80, 100))),
        "decided_on": draw(past),
    }
    review = {
        "case": draw(st.sampled_from(["second_increase", "after_decisions"])),
        "decided_effective": as_of - timedelta(days=draw(st.integers(-5, 60))),
        "first_increase": draw(past),
    }
    unclocked = {name: fact for name, fact in clocked.items() if name == "rate"}
    timed = clocked | {"ground": None}
    del timed["ground"]
    asked = [
        (pay_setting.initial_rate, common | covered | political | first | protected),
        (pay_setting.adjust, common | clocked | covered | political | moved),
        (pay_setting.reduce, {**common, **timed, **covered, **basis, **totals, "rating": moved["rating"],
                              "appointment_type": political["appointment_type"]}),
        (pay_setting.transfer, common | clocked | gaining | political | moved | totals),
        (pay_setting.reappointment, common | covered | political | after_break
         | {"rests_on_non_federal_pay": first["rests_on_non_federal_pay"]}),
        (pay_setting.return_from_presidential_post, common | clocked | covered | {"elected_ses_pay": draw(yes_no_unknown)}),
        (pay_setting.executive_schedule_review, common | unclocked | covered | review | {"rating": moved["rating"]}),
        (pay_setting.senior_level_adjustment, common | timed | covered | senior | moved),
    ]  # fmt: skip
    question, facts = draw(st.sampled_from(asked))
    return question, {name: fact for name, fact in facts.items() if name in question.slots}


#: The deciding questions that lower a present rate, raise it inside the clock, or set one.
CLOCKED = (
    "pay_setting.adjust",
    "pay_setting.reduce",
    "pay_setting.transfer",
    "pay_setting.return_from_presidential_post",
)


def breach(name: str, facts: dict[str, Any], proposed: Decimal) -> str:
    """The limit that an allowed rate would break, worked out anew from the facts; nothing where it keeps them all."""
    as_of, rate = facts["as_of"], Decimal(facts.get("rate") or 0)
    limits = range_on(as_of, "SL/ST" if "senior" in name else "SES")
    certified = facts.get("to_certified" if "transfer" in name else "certified")
    if proposed < limits.minimum:
        return "the minimum"
    cap = limits.certified if certified else limits.uncertified
    if proposed > cap and proposed != rate:
        return "the cap"
    if (
        proposed > max(limits.uncertified, rate)
        and not facts["top_official_approves"]
        and "reduce" not in name
        and "senior" not in name
    ):
        return "approval"
    elected = "return" not in name or facts["elected_ses_pay"] is not False
    career = facts.get("appointment_type", "career") in ("career", None)
    if rate and career and elected and proposed * 10 < rate * 9 and proposed != limits.minimum:
        return "ten percent"
    if (
        as_of < date(2005, 1, 11)
        and proposed < min(rate, Decimal(facts.get("protected_total", 0) or 999_999))
        and "return" not in name
    ):
        return "the total of November 2003"
    if name in CLOCKED and elected and proposed not in (rate, max(rate, limits.minimum)):
        opens = clock.opens_on(facts["last_adjusted"]) if facts["last_adjusted"] else None
        excepted = proposed > rate and facts.get("ground") and facts["top_official_approves"]
        if not (opens and as_of >= opens) and not excepted:
            return "the clock"
    raised = proposed > max(rate, limits.minimum)
    if (
        raised
        and name in ("pay_setting.adjust", "pay_setting.executive_schedule_review", "pay_setting.transfer")
        and (facts["rating"] or 0) < 3
    ):
        return "the rating"
    frozen = date(2011, 1, 1) <= as_of < date(2014, 1, 1)
    if raised and frozen and rate and "new_position" in facts and not facts["new_position"]:
        return "the freeze"
    return ""


def labeled(question: Any, word: str) -> str:
    """Missing facts as an answer names them: by their labels."""
    return re.sub(r"\w+_\w+", lambda one: question.slots[one[0]].label if one[0] in question.slots else one[0], word)


@settings(max_examples=times(1000, 80), deadline=None)
@given(decisions())
def test_no_decision_breaks_a_limit(asked: tuple[Any, dict[str, Any]]) -> None:
    """No deciding question allows a rate past the cap, more than 10 percent down, inside the clock, or without approval."""
    question, facts = asked
    result = question(**facts)
    answer, proposed = result.answer, Decimal(facts["proposed_rate"])
    if answer["decision"] == "allowed":
        assert breach(question.name, facts, proposed) == "", result
        assert answer["approval"], result
        assert answer["barred"] == answer["missing"] == answer["alternatives"] == []
    elif answer["decision"] == "cannot tell":
        assert answer["missing"], result
        assert all(labeled(question, word) in result.says for word in answer["missing"]), result
    else:
        assert answer["barred"], result
        assert all(bar["what"] and bar["until"] for bar in answer["barred"]), result
    for bound in ("minimum", "maximum"):
        if answer["minimum"] is not None and answer[bound] is not None and answer["decision"] == "allowed":
            assert breach(question.name, facts, answer[bound]) == "", (bound, result)


@settings(max_examples=times(700, 80), deadline=None)
@given(decisions())
def test_every_way_out_is_lawful_and_has_its_price(asked: tuple[Any, dict[str, Any]]) -> None:
    """What any deciding question offers instead names dollars or days, and breaks no limit when it is asked."""
    question, facts = asked
    result = question(**facts)
    for way in result.answer["alternatives"]:
        assert any(word in way["cost"] for word in ("$", "day", "dollars")), way
        if not way["facts"]:
            continue
        changed = facts | {name: fact for name, fact in way["facts"].items() if fact is not None}
        if "ground" in way["facts"] and way["facts"]["ground"] is None:
            changed["ground"] = "scope_or_recruitment"
        if rules_change(facts["as_of"], changed["as_of"]):
            continue
        again = question(**changed)
        wanted = {"allowed", "cannot tell"} if result.answer["missing"] else {"allowed"}
        assert again.late or again.answer["decision"] in wanted, (way, result, again)


@settings(max_examples=times(300, 60), deadline=None)
@given(st.integers(90_000, 134_000), st.integers(0, 3000), st.one_of(st.none(), st.integers(100_000, 142_500)))
def test_conversion_keeps_the_cap_and_lowers_nobody(basic: int, hundredths: int, total: int | None) -> None:
    """The converted rate is at least the basic rate, the total of November 2003 and the minimum, and at most level III."""
    rate = pay_setting.convert_to_open_range(
        basic_rate=basic, locality_percent=Decimal(hundredths) / 100, total_november_2003=total
    ).answer
    assert max(basic, total or 0, 104_927) <= rate <= 142_500


@settings(max_examples=times(300, 60), deadline=None)
@given(days, rates, st.integers(0, 3000), st.booleans())
def test_locality_keeps_the_cap_and_lowers_nobody(as_of: date, rate: int, hundredths: int, certified: bool) -> None:
    """Locality pay added later, or outside the 48 States, stays within the cap or leaves the rate where it is."""
    limits, percent = range_on(as_of), Decimal(hundredths) / 100
    later = pay_setting.later_locality_conversion(
        as_of, rate=rate, locality_percent=percent, first_reassignment=True
    ).answer
    assert rate <= later <= max(Decimal(rate), limits.uncertified if rate <= limits.uncertified else limits.certified)
    outside = pay_setting.nonforeign_locality(
        as_of, rate=rate, locality_percent=percent, drew_allowance=True, continuous=True, certified=certified
    ).answer["total"]
    assert rate <= outside <= max(Decimal(rate), limits.certified if certified else limits.uncertified)


@settings(max_examples=times(300, 60), deadline=None)
@given(st.sampled_from(CHANGES), rates, st.integers(1, 5), st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_relative_position_keeps_within_the_new_range(
    day: date, rate: int, rating: int, certified: bool, before: bool, approves: bool, exceptional: bool
) -> None:
    """The increase never passes the new maximum, never lowers a rate, and never moves a person up in the range."""
    old, new = range_on(day - timedelta(days=1)), range_on(day)
    highest = highest_rate(
        Decimal(rate), old, new, rating=rating, certified=certified, certified_before=before,
        approves=approves, exceptional=exceptional, levels=(3, 5),
    )  # fmt: skip
    cap = new.certified if certified else new.uncertified
    assert rate <= highest <= max(Decimal(rate), new.minimum, cap)
    if highest > max(Decimal(rate), new.uncertified, new.minimum):
        assert rating > 3
        assert approves
        assert certified


@given(rates, rates, st.sampled_from([Decimal(10), None]))
def test_reduction_has_a_floor(rate: int, minimum: int, share: Decimal | None) -> None:
    """One action takes at most 10 percent from a career executive and never goes below the minimum."""
    lowest = lowest_reduced(Decimal(rate), Decimal(minimum), share)
    assert lowest >= minimum
    if share and minimum <= rate:
        assert lowest * 10 >= Decimal(rate) * 9
        assert lowest == minimum or (lowest - 1) * 10 < Decimal(rate) * 9


cents = st.integers(0, 9_000_000).map(lambda n: Decimal(n) / 100)
kinds = st.sampled_from(["performance_award", "rank_award", "recruitment", "retention", "other_counted"])
payments = st.lists(st.builds(Payment, kind=kinds, amount=cents, discretionary=yes_no_unknown), max_size=5)


@settings(max_examples=times(200, 60), deadline=None)
@given(st.integers(1998, 2026), st.booleans(), st.integers(90_000, 260_000), payments)
def test_aggregate_limit_conserves_every_cent(year: int, certified: bool, basic: int, listed: list[Payment]) -> None:
    """Payable and deferred together are the counted payments, and what is payable fits under the limit."""
    answer = pay_setting.aggregate_limit(
        year=year, certified=certified, basic_pay_received=basic, payments=listed
    ).answer
    assert answer["payable"] + answer["deferred"] == sum(payment.amount for payment in listed)
    assert answer["payable"] + basic <= max(answer["limit"], basic)
    assert answer["deferred"] == 0 or answer["room_left"] == 0


@settings(max_examples=times(100, 40), deadline=None)
@given(st.integers(1998, 2015), st.lists(payments, min_size=1, max_size=10), st.booleans())
def test_deferral_over_years_conserves_every_cent(first: int, years: list[list[Payment]], certified: bool) -> None:
    """Over any number of years, all that was earned is paid or still deferred, and each lump sum goes first."""
    carried, paid, earned = Decimal(0), Decimal(0), Decimal(0)
    for step, listed in enumerate(years):
        due = [Payment(kind="deferred_from_last_year", amount=carried), *listed]
        basic = range_maximum(date(first + step, 12, 31), certified)
        answer = pay_setting.aggregate_limit(
            year=first + step, certified=certified, basic_pay_received=basic, payments=due
        ).answer
        earned += sum((payment.amount for payment in listed), Decimal(0))
        paid, carried = paid + answer["payable"], answer["deferred"]
    assert paid + carried == earned


def test_deferred_money_goes_first() -> None:
    """The lump sum of last year comes before every other payment, wherever it stands in the list."""
    listed = [Payment(kind="retention", amount=50), Payment(kind="deferred_from_last_year", amount=80)]
    shares = aggregate.allocate(Decimal(100), listed, 2016)
    assert [share.paid for share in shares] == [20, 80]


@given(st.dates(date(1998, 1, 4), LAST))
def test_pay_periods_are_two_weeks_apart(day: date) -> None:
    """A pay period begins within two weeks of any day, in step with every recorded schedule."""
    begins = clock.pay_period_on_or_after(day)
    assert 0 <= (begins - day).days < 14
    assert all(clock.pay_period_on_or_after(change) == change for change in CHANGES)


@given(st.dates(date(1979, 7, 13), date(2030, 1, 1)))
def test_clock_opens_after_a_full_year(day: date) -> None:
    """Twelve months are 365 or 366 days, whatever the day."""
    assert (clock.opens_on(day) - day).days in (365, 366)


def test_every_kind_of_action_has_a_rule() -> None:
    """Each kind of pay action that can be typed says in the rules whether it starts the clock, and the reverse."""
    recorded = {path.rsplit(".", 1)[1] for path in parameters.paths("pay_setting") if ".clock.restarts." in path}
    assert recorded == set(clock.ActionKind.__args__)  # type: ignore[attr-defined]


def test_every_kind_of_payment_has_a_rule() -> None:
    """Each kind of payment that can be typed says in the rules how it counts, and the reverse."""
    recorded = {path.rsplit(".", 1)[1] for path in parameters.paths("pay_setting") if ".aggregate_kinds." in path}
    assert recorded == set(aggregate.PaymentKind.__args__)  # type: ignore[attr-defined]


def test_questions_of_the_table_exist() -> None:
    """The public names stay."""
    table = {
        "pay_range", "check_rate", "convert_to_open_range", "initial_rate", "next_adjustment", "adjust",
        "relative_position", "reduce", "transfer", "aggregate_limit",
    }  # fmt: skip
    assert {f"pay_setting.{name}" for name in table} <= set(questions())


PAY = [q for name, q in questions().items() if name.startswith("pay_setting.")]
SAMPLES = {
    "actions": '[{"effective": "2015-02-08", "kind": "adjustment"}]', "pay_point": "between", "case": "after_decisions",
    "event": "expired", "leaving": "death", "topic": "pay", "as_of": "2016-06-12", "decided_effective": "2016-01-10",
    "locality_percent": "12", "error": "clerical", "action": "increase", "kind": "recruitment",
}  # fmt: skip


def needed(question: Any) -> dict[str, str]:
    """The facts without which the question cannot be asked, as a person types them."""
    return {slot.name: SAMPLES.get(slot.name, "160000") for slot in question.slots.values() if slot.required}


def typed(question: Any, facts: dict[str, str]) -> Any:
    """`seskit ask` with these facts."""
    return CliRunner().invoke(cli.main, ["ask", question.name, *(f"{name}={value}" for name, value in facts.items())])


@pytest.mark.parametrize("question", PAY, ids=lambda question: question.name)
def test_ask_answers_with_what_is_needed_and_the_rest_not_known(question: Any) -> None:
    """With the facts it needs, and all that may be unknown 'not known', each question answers: exit code 0."""
    unknown = {slot.name: "not known" for slot in question.slots.values() if slot.may_be_unknown}
    for facts in (needed(question), unknown | needed(question)):
        ran = typed(question, facts)
        assert ran.exit_code == 0, ran.output
        assert ran.output.strip()
        assert "Traceback" not in ran.output
    assert question(**(unknown | needed(question))).to_html()


@pytest.mark.parametrize("question", PAY, ids=lambda question: question.name)
def test_ask_refuses_a_missing_or_a_wrong_fact_in_one_sentence(question: Any) -> None:
    """A needed fact left out, an unreadable one, one that is no fact of it: exit code 2, one sentence that names it."""
    full = needed(question)
    cases = [({n: v for n, v in full.items() if n != name}, name) for name in full if len(full) > 1]
    cases += [(full | {name: "??"}, name) for name, slot in question.slots.items() if slot.kind is not str]
    cases.append((full | {"color": "blue"}, "color"))
    for facts, name in cases:
        ran = typed(question, facts)
        assert ran.exit_code == 2, (facts, ran.output)
        assert ran.stdout == ""
        assert name in ran.stderr
        assert len(ran.stderr.strip().splitlines()) == 1, ran.stderr
        assert ran.stderr.strip().endswith((".", "?")), ran.stderr


def test_refusal_is_one_sentence() -> None:
    """A wrong fact is refused in one sentence that names it."""
    with pytest.raises(FactError, match=r"^Annual summary rating \(rating\): 'six' is not a rating level[^\n]*\.$"):
        pay_setting.adjust("2016-06-12", rate=160000, proposed_rate=161000, rating="six")


def test_import_is_light() -> None:
    """Importing pay-setting brings no heavy package."""
    heavy = "{'matplotlib', 'pandas', 'ipywidgets', 'papermill', 'xlsxwriter', 'scipy', 'numpy', 'typst', 'jinja2'}"
    code = f"import sys, seskit.law.pay_setting; sys.exit(bool({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
