"""Every change of appraisal law is seen by a question: one answer the day before, another on the day and after it."""

import re
from datetime import date, timedelta

import pytest

from seskit.law import appraisal, parameters
from seskit.law.facts import FactError
from tests.places import ROOT
from tests.plans import plan
from tests.worked import WORKED

SECTION_8 = ROOT.parent / "shared" / "reference" / "appraisal.md"
FIRST = date(2000, 11, 13)
RECORD = {"own_case_excluded": True, "saw_package": True, "written": True}
NAMED = {"pattern": 5, "rating": 5, "label": "Superior", "equivalency_stated": True}
BOARD = {"members": 3, "career": 2, "appointment_type": "career"}
TEN = {"career_rated": 10, "career_high": 9}


def stated(question, key, **facts):
    """What a question writes about one of its checks, or nothing."""
    return lambda day: next(
        (reason.text for reason in question(day, **facts).reasons if reason.text.startswith(f"{key}: ")), None
    )


def answered(question, key, **facts):
    """One entry of a question's answer."""
    return lambda day: question(day, **facts).answer[key]


def warned(question, **facts):
    """Whether a question warns of something."""
    return lambda day: bool(question(day, **facts).cautions)


def plan_of(regime):
    return {"written": True, "plan": regime, "elements": plan()["elements"]}


def reviews(regime):
    return answered(appraisal.progress_review, "needed", plan=regime, reviews=[])


def rated_on(day):
    """What the audit finds of a rating on the day, of the bar that a new administration brings."""
    rating = {"step": "final_rating", "on": day, "level": 3}
    found = appraisal.check_steps("2000-11-13", steps=[rating], appointment_type="career")
    return next((reason.outcome for reason in found.reasons if reason.key == "T18"), None)


#: By first day: the rules that changed on it, and a question whose answer shows the change.
CHANGES = [
    *((f"{year}-01-20", ["period.administration"], rated_on) for year in (2001, 2009, 2017, 2021, 2025)),
    ("2004-07-29", ["regime.certifiable_levels"], answered(appraisal.check_rating, "certifiable", pattern=3)),
    ("2012-01-04", ["regime.basic_plan"], lambda day: appraisal.regime(day, adopted_on=day).answer["plan"]),
    ("2012-01-04", [f"basic_2012.{key}" for key in (
        "elements", "minimum_weights", "sum_of_weights", "heaviest_element")],
     answered(appraisal.check_weights, "valid", regime="basic-2012", weights=[20] * 5)),
    ("2012-01-04", ["basic_2012.score_bands", "basic_2012.override_level"],
     answered(appraisal.derive_rating, "level", regime="basic-2012", levels=[1, 5, 5, 5, 5], weights=[20] * 5)),
    ("2012-01-04", ["basic_2012.progress_reviews"], reviews("basic-2012")),
    ("2012-01-04", ["strategy.SL2"], stated(appraisal.check_plan, "SL2", **plan_of("basic-2012"))),
    ("2015-10-26", ["regime.rule"],
     answered(appraisal.regime, "regime", uses_basic=False, conforms=True)),
    ("2015-10-26", ["regime.old_systems_end"], answered(appraisal.regime, "regime", uses_basic=False)),
    ("2015-10-26", ["regime.summary_levels"], answered(appraisal.check_rating, "pattern_lawful", pattern=4)),
    ("2015-10-26", ["regime.certifiable_levels"], answered(appraisal.check_rating, "certifiable", pattern=4)),
    ("2015-10-26", ["regime.equivalency"], answered(appraisal.check_rating, "names_lawful", **NAMED)),
    ("2015-10-26", ["strategy.SL4"], stated(appraisal.check_plan, "SL4", **plan_of("agency"))),
    ("2015-10-26", ["strategy.SL5"], stated(appraisal.check_plan, "SL5", **plan_of("agency"))),
    ("2015-10-26", ["leaders.AL11"], stated(appraisal.leader_responsibilities, "AL11", met=[])),
    *(("2015-10-26", [f"board_checks.{key}"], stated(appraisal.check_board_record, key, **RECORD))
      for key in ("P10", "P13", "P19")),
    ("2017-12-12", ["balance.BM9"], stated(appraisal.balanced_measures, "BM9", stage="appraisal")),
    ("2025-01-20", ["board_checks.P18"], stated(appraisal.check_board, "P18", **BOARD)),
    ("2025-02-25", ["ceiling.expected_share", "ceiling.levels"], warned(appraisal.rating_ceiling, **TEN)),
    ("2025-10-01", ["regime.basic_plan"], answered(appraisal.regime, "plan", adopted_on="2013-10-01")),
    ("2025-10-01", [f"basic_2025.{key}" for key in ("elements", "minimum_weights", "sum_of_weights")],
     answered(appraisal.check_weights, "valid", regime="basic-2025", weights=[25, 30, 15, 15, 15])),
    ("2025-10-01", ["basic_2025.score_bands", "basic_2025.override_level"],
     answered(appraisal.derive_rating, "level", regime="basic-2025", levels=[5, 5, 5, 5, 1],
              weights=[25, 30, 15, 15, 15])),
    ("2025-10-01", ["basic_2025.progress_reviews"], reviews("basic-2025")),
    ("2025-10-01", ["basic_2025.goal_requirements"],
     stated(appraisal.check_plan, "PLAN goal requirements", **plan_of("basic-2025"))),
    ("2025-10-01", ["strategy.SL2"], stated(appraisal.check_plan, "SL2", **plan_of("basic-2025"))),
    ("2025-10-15", ["regime.quota_ban"], answered(appraisal.rating_ceiling, "lawful", agency_limit=20)),
    ("2025-10-15", ["balance.BM8"], stated(appraisal.balanced_measures, "BM8", stage="appraisal")),
    ("2025-10-15", ["board_checks.P17"], stated(appraisal.check_board, "P17", **BOARD)),
    ("2026-09-30", ["ceiling.share"], answered(appraisal.rating_ceiling, "lawful", **TEN)),
    ("2026-09-30", ["ceiling.covered_from"],
     answered(appraisal.rating_ceiling, "covered", **TEN)),
    ("2026-09-30", ["ceiling.expected_share"],
     lambda day: "expected" in " ".join(appraisal.rating_ceiling(day, **TEN).cautions)),
    ("2026-10-01", ["ceiling.later_years"], warned(appraisal.rating_ceiling, **TEN)),
    *(("2012-01-04", [path.removeprefix("appraisal.")], answered(
        appraisal.customization, "allowed", item=path.rsplit(".", 1)[1])) for path in parameters.paths("appraisal.custom")),
]  # fmt: skip


def on(ask, day):
    """The answer of a day, or that there is none."""
    try:
        return ask(day)
    except FactError:
        return "refused"


@pytest.mark.parametrize(
    ("first", "ask"), [(day, ask) for day, _, ask in CHANGES], ids=[f"{day} {keys[0]}" for day, keys, _ in CHANGES]
)
def test_both_sides_of_each_change(first, ask):
    """The day before differs from the day itself, and the day after is like the day itself."""
    day = date.fromisoformat(first)
    before, same, after = (on(ask, day + timedelta(days=shift)) for shift in (-1, 0, 1))
    assert before != same
    assert after == same
    assert same != "refused"


def test_no_change_of_law_is_without_its_cases():
    """Every value that differs from the one before it, or begins after the first day, is in the list above."""
    changed = set()
    for path in parameters.paths("appraisal"):
        values = parameters.parameter(path).values
        pairs = zip([None, *values], values, strict=False)
        changed |= {
            (str(value.first_day), path.removeprefix("appraisal."))
            for earlier, value in pairs
            if value.first_day != FIRST and (earlier.value if earlier else None) != value.value
        }
    assert changed == {(day, key) for day, keys, _ in CHANGES for key in keys}


@pytest.mark.parametrize(("day", "later"), [("2026-09-30", False), ("2027-09-30", True)])
def test_the_ceiling_of_one_year_says_so_after_it(day, later):
    """Each answer about a later period is our reading, says which year the ceiling is of, and asks for OPM's word."""
    for facts in (TEN, TEN | {"career_high": 1}, TEN | {"waived": True}, {"career_rated": 4}, {"career_members": 9}):
        found = appraisal.rating_ceiling(day, **facts)
        assert ("This is the ceiling for fiscal year 2026; nothing later is recorded." in found.says) is later
        assert any("Ask OPM what holds" in caution for caution in found.cautions) is later
        assert found.confidence == (("cannot tell" if found.cannot_tell else "design") if later else found.confidence)
    assert (appraisal.rating_ceiling(day, **TEN).confidence == "verified") is not later


def test_guidance_of_one_year_has_its_doubt():
    """A rule from guidance of one year, with no later value, has words beside it that begin when the year has ended."""
    named = set()
    for path in parameters.paths():
        last = parameters.parameter(path).values[-1]
        year = re.search(r"FY (\d{4}) (?:rating )?distribution|cycle of FY (\d{4})", f"{last.source} {last.citation}")
        if year and last.value is not None and last.unit != "text":
            group, ended = path.rpartition(".")[0], date(int(year[1] or year[2]), 10, 1)
            beside = [parameters.parameter(one) for one in parameters.paths(group)]
            assert any(one.unit == "text" and one.values[0].first_day == ended for one in beside), path
            named.add(path)
    assert len(named) >= 4


def test_the_first_day_of_the_subject():
    """Before 2000-11-13 every question about a period refuses, and on the day it answers."""
    for ask in (appraisal.regime, appraisal.check_rating, appraisal.check_board, appraisal.progress_review):
        facts = {"pattern": 5} if ask is appraisal.check_rating else {}
        with pytest.raises(FactError):
            ask(FIRST - timedelta(days=1), **facts)
        assert ask(FIRST, **facts).answer is not None


@pytest.mark.parametrize("path", parameters.paths("appraisal"))
def test_every_value_says_where_it_comes_from(path):
    """A value carries its first day, its source, its confidence and the day it was checked; none begins too early."""
    for value in parameters.parameter(path).values:
        assert value.first_day >= FIRST
        assert value.source.strip()
        assert value.citation.strip()
        assert value.confidence in parameters.CONFIDENCE
        assert value.checked >= date(2026, 11, 22)


def test_every_worked_example_of_the_reference_is_a_case():
    """Section 8 of the reference, id by id, where the reference is at hand."""
    if not SECTION_8.is_file():
        pytest.skip("The reference is not beside this checkout.")
    section = SECTION_8.read_text(encoding="utf-8").split("\n## 8.")[1].split("\n## 9.")[0]
    wanted = {
        line.split("|")[1].strip()
        for line in section.splitlines()
        if line.startswith("| ") and line.split("|")[1].strip()[:1].isupper()
    }
    held = {case["id"] for stem, case in WORKED if stem == "appraisal"}
    assert len(wanted) > 60
    assert wanted <= held
