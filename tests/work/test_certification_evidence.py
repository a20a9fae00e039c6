"""The evidence index and the dress rehearsal: what is missing, stale or contradictory, and what it changes."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from seskit.desk.certification.show import SystemWalk
from seskit.law import certification, pay_setting
from seskit.law.certification.criteria import CRITERIA, title
from seskit.paper.certification import agenda, request_papers, year_page
from seskit.work.certification import evidence_from_rosters, mock_review, ratings
from seskit.work.certification.mock_review import AskedAgain, NoIndex
from tests.places import SAMPLES

COMPLETE = yaml.safe_load((SAMPLES / "LKA" / "certification.yaml").read_text(encoding="utf-8"))
ENTRIES = COMPLETE["systems"][0]["evidence"]


@pytest.fixture
def agency(tmp_path):
    """A copy of the complete agency."""
    return Path(shutil.copytree(SAMPLES / "LKA", tmp_path / "LKA"))


def change(folder, **entries):
    """Write the index anew with other entries of its system."""
    system = {**COMPLETE["systems"][0], **entries}
    (folder / "certification.yaml").write_text(yaml.safe_dump({"systems": [system]}, sort_keys=False))
    return mock_review.rehearse(folder)


def named(entry):
    return f"item {entry['item']}" if "item" in entry else f"{entry['criterion']}.{entry.get('shows', 'design')}"


def without(number):
    return [entry for place, entry in enumerate(ENTRIES) if place != number]


def replaced(key, shows="design", **entries):
    """The evidence with one entry changed."""
    return [
        {**entry, **entries} if key in (entry.get("item"), entry.get("criterion")) and entry.get("shows", "design") == shows
        else entry
        for entry in ENTRIES
    ]  # fmt: skip


def test_the_complete_agency_has_no_open_item():
    """Two periods of ratings and every document: the rehearsal is full, nothing is open, nothing would change it."""
    found = mock_review.rehearse(SAMPLES / "LKA")
    assert (found.grade, found.open, found.problems, found.changes) == ("full", (), (), ())
    assert found.final
    assert "ehearsal" in found.result.says
    assert {reason.outcome for reason in found.result.reasons if "OMB" not in reason.text} == {"met", "information"}
    assert all(reason.citation for reason in found.result.reasons)


@pytest.mark.parametrize(
    ("stated", "outcome", "said"),
    [
        (None, "cannot tell", "not stated; it is taken as given"),
        (True, "met", "OMB concurs."),
        (False, "not met", "OMB concurs."),
    ],
)
def test_what_is_only_assumed_of_omb_is_not_shown_as_met(agency, stated, outcome, said):
    """A concurrence that nobody stated is shown as taken as given, in the tests and in a caution."""
    found = change(agency, omb_concurs=stated)
    (reason,) = [reason for reason in found.result.reasons if reason.citation == "5 U.S.C. 5307(d)(3)(C)"]
    assert (reason.outcome, said in reason.text) == (outcome, True)
    assert any("taken as given" in caution for caution in found.result.cautions) is (stated is None)


@pytest.mark.parametrize("number", range(len(ENTRIES)), ids=[named(entry) for entry in ENTRIES])
def test_removing_any_one_entry_changes_the_rehearsal_and_names_it(agency, number):
    """One document less: no longer full, exactly its point is open, and one step leads back."""
    found = change(agency, evidence=without(number))
    entry = ENTRIES[number]
    assert found.grade != "full"
    assert not found.final
    (point,) = found.open
    assert point.state == "missing"
    if "item" in entry:
        assert point.number == entry["item"]
    else:
        assert point.role == f"{entry['criterion']}.{entry.get('shows', 'design')}"
    assert [problem.column for problem in found.problems] == [point.label]
    assert len(found.changes[-1].steps) == 1
    assert found.changes[-1].to == "full"


@pytest.mark.parametrize(
    ("entries", "role"),
    [
        ({"periods": COMPLETE["systems"][0]["periods"][1:]}, "ratings"),
        ({"sampled_plans": COMPLETE["systems"][0]["sampled_plans"][1:]}, "sample"),
        ({"assessment_score": None}, "tool"),
        ({"approval": "none"}, "approval"),
        ({"asked_for": ["List of training"]}, "more"),
        ({"levels": {5: "Outstanding", 3: "Fully successful", 1: "Unsatisfactory"}}, None),
        ({"assessment_score": 89}, None),
        ({"omb_concurs": False}, None),
    ],
    ids=["one period", "one plan", "no score", "no approval", "asked for more", "three levels", "score 89", "OMB"],
)
def test_removing_any_other_part_changes_it_too(agency, entries, role):
    """Periods, sample, score, approval, levels, concurrence."""
    found = change(agency, **entries)
    assert found.grade != "full"
    if role:
        assert role in {point.role for point in found.open}


def test_the_rosters_decide_what_they_can_show(agency):
    """Ratings, pay by level, sample size and people above level III come from the rosters, counted here again."""
    found = mock_review.rehearse(agency)
    rows = [line.split(",") for line in (agency / "roster.csv").read_text().splitlines()]
    place = {name: rows[0].index(name) for name in rows[0]}
    last = found.data[-1]
    for level in last.levels:
        same = [row for row in rows[1:] if row[place["rating"]] == str(level.level)]
        career = [row for row in same if row[place["appointment_type"]] == "career"]
        awards = [Decimal(row[place["award"]] or 0) for row in career]
        assert level.people == len(same)
        if career:
            assert level.award == (sum(awards) / len(awards)).quantize(Decimal("0.01"))
    above = {row[0] for row in rows[1:] if Decimal(row[place["basic_pay_period_end"]]) > 170_400}
    assert {paid.person_id for paid in last.above} == above
    assert last.modal_level == 4
    assert len(ratings.sample(found.system, last)) == 20


def test_what_the_roster_shows_cannot_be_asserted(agency):
    """An entry for pay differentiation in use is set aside with a warning, and the roster still decides."""
    roster = agency / "roster.csv"
    header, *rest = roster.read_text().splitlines()
    flat = [",".join([*line.split(",")[:11], "", *line.split(",")[12:16], "1000", "1"]) for line in rest]
    roster.write_text("\n".join([header, *flat]) + "\n")
    claim = {"criterion": "pay_differentiation", "shows": "application", "document": "Our word", "place": "p. 1",
             "dated": date(2016, 12, 1)}  # fmt: skip
    found = change(agency, evidence=[*ENTRIES, claim])
    assert found.grade == "provisional"
    assert [point.role for point in found.open] == ["pay_differentiation.application"]
    assert any(p.value == "Our word" and p.severity == "warning" and p.row for p in found.problems)


@pytest.mark.parametrize(
    ("evidence", "state", "word"),
    [
        (replaced(4, valid_until=date(2016, 12, 19)), "stale", "valid until"),
        (replaced(4, valid_until=date(2016, 12, 20)), None, ""),
        (replaced("results", "application", document="Plans of 2014", dated=date(2014, 9, 30)), "stale", "before"),
        (replaced("results", "application", document="Plans of 2014", dated=date(2014, 10, 1)), None, ""),
        (replaced(4, document="Directive 9", dated=date(2016, 12, 21)), "contradictory", "after the request"),
        (replaced(4, document="Directive 9", dated=date(2016, 12, 20)), None, ""),
        (replaced("assessments_guidelines", "application", dated=date(2016, 9, 30)), "contradictory", "between"),
        (replaced("assessments_guidelines", "application", dated=date(2016, 10, 1)), None, ""),
        (replaced("assessments_guidelines", "application", dated=date(2016, 10, 14)), None, ""),
        (replaced("assessments_guidelines", "application", dated=date(2016, 10, 15)), "contradictory", "between"),
        (replaced("oversight", "application", dated=date(2016, 11, 1)), "stale", "last final rating"),
        (replaced("balance", finding="does not meet"), "does not meet", "says so"),
        ([*ENTRIES, {**ENTRIES[3], "finding": "does not meet"}], "contradictory", "says it is not met"),
        (replaced(18, dated=date(2015, 9, 15)), "contradictory", "two dates"),
    ],
)
def test_stale_and_contradictory_evidence_is_reported_at_its_line(agency, evidence, state, word):
    """Both sides of each date: the last day that counts, and the first that does not."""
    found = change(agency, evidence=evidence)
    if state is None:
        assert found.final
        return
    assert state in {point.state for point in found.open}
    problem = next(problem for problem in found.problems if problem.reason.startswith(state))
    assert word in problem.reason
    assert problem.file == "certification.yaml"
    assert problem.row
    assert problem.fix
    assert found.grade != "full"


def test_a_known_flaw_in_design_stops_both_grades(agency):
    """A document that says a criterion is not met counts against it, also where proof is not asked for."""
    assert change(agency, evidence=replaced("oversight", finding="does not meet")).grade == "none"
    flawed = replaced("oversight", finding="does not meet")
    assert change(agency, requested="provisional", evidence=flawed).grade == "none"


def test_provisional_asks_for_the_first_four_criteria_only(agency):
    """Without documents for criteria 5 to 9 and without rosters, provisional certification is still rehearsed."""
    kept = {"alignment", "consultation", "results", "balance"}
    evidence = [e for e in ENTRIES if "item" in e or (e["criterion"] in kept and "shows" not in e)]
    found = change(agency, requested="provisional", evidence=evidence)
    assert found.grade == "provisional"
    assert found.final


def test_the_head_count_must_agree_with_the_roster(agency):
    """A stated number of covered people that the roster contradicts is reported."""
    found = change(agency, covered=31)
    assert [(point.role, point.state) for point in found.open] == [("description", "contradictory")]


@pytest.mark.parametrize(("on", "late"), [(date(2017, 9, 30), False), (date(2017, 10, 1), True)])
def test_ratings_grow_old_when_another_period_has_ended(agency, on, late):
    """A year after the last period another one has ended, and its ratings are the ones to send."""
    found = change(agency, asked_on=on, decision_on=on, held="none", held_since=None, held_until=None)
    assert any(p.role == "ratings" and p.state == "stale" for p in found.open) is late


def test_a_broken_roster_is_named(agency):
    """A cell that cannot be read, a rating the system does not have, a rating inside the period: file and row."""
    roster = agency / "roster.csv"
    lines = roster.read_text().splitlines()
    cells = lines[1].split(",")
    cells[16] = "much"
    roster.write_text("\n".join([lines[0], ",".join(cells), *lines[2:]]) + "\n")
    found = mock_review.rehearse(agency)
    assert any(p.file == "roster.csv" and p.row == 2 and p.column == "pay_adjustment" for p in found.problems)
    assert not found.final


def test_inspector_general_staff_are_apart(agency):
    """Since 2008 an Inspector General's people are no part of the agency's own figures."""
    roster = agency / "roster.csv"
    roster.write_text(roster.read_text().replace(",Lamps,no,", ",Lamps,yes,"))
    people = mock_review.rehearse(agency).data[-1].people
    assert len(people) == 24
    assert not any(person.ig_office for person in people)


@settings(max_examples=25, deadline=None)
@given(st.sets(st.integers(0, len(ENTRIES) - 1), max_size=6), st.booleans())
def test_the_list_of_changes_is_reached_and_has_none_to_spare(tmp_path_factory, gone, short_sample):
    """Asked again with every step the better outcome comes; with any step left out it does not."""
    folder = tmp_path_factory.mktemp("a")
    for name in ("roster.csv", "roster_2015.csv"):
        shutil.copy(SAMPLES / "LKA" / name, folder)
    plans = COMPLETE["systems"][0]["sampled_plans"]
    kept = [entry for place, entry in enumerate(ENTRIES) if place not in gone]
    found = change(folder, evidence=kept, sampled_plans=plans[:5] if short_sample else plans)
    if not gone and not short_sample:
        assert found.changes == ()
        return
    assert found.grade != "full"
    for better in found.changes:
        assert AskedAgain(found.system, found.data, found.points).grade(better.steps) == better.to
        for step in better.steps:
            assert (
                AskedAgain(found.system, found.data, found.points).grade(
                    [other for other in better.steps if other != step]
                )
                != better.to
            )
    assert found.changes[-1].to == "full"
    assert set(found.changes[-1].steps) <= set(AskedAgain(found.system, found.data, found.points).steps)


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("systems:\n  - id: a\n    grupo: SES\n", 3, "group"),
        ("systems:\n  - {id: a b}\n", 2, "pattern"),
        ("[]\n", 1, "entries"),
        ("systems: [\n", 2, ""),
    ],
)
def test_an_unusable_index_says_where(tmp_path, text, line, word):
    """Wrong entries come with line, reason and what to do."""
    (tmp_path / "certification.yaml").write_text(text)
    with pytest.raises(NoIndex) as failure:
        mock_review.rehearse(tmp_path)
    assert line in {problem.row for problem in failure.value.problems}
    assert word in str(failure.value)
    assert f"line {line}" in str(failure.value)
    assert "tuple" not in str(failure.value)


def test_no_systems_at_all_is_said_plainly(tmp_path):
    """An empty list is one problem, in plain words."""
    (tmp_path / "certification.yaml").write_text("systems: []\n")
    with pytest.raises(NoIndex, match="has nothing in it"):
        mock_review.rehearse(tmp_path)


@pytest.mark.parametrize(
    ("until", "says"),
    [("2015-06-30", "before held_since"), ("2018-01-01", "cannot run past 2017-12-31"), ("2017-12-31", None)],
)
def test_the_dates_of_the_certification_held_fit(agency, until, says):
    """Not before it began and not past the ceiling; within, the calendar uses the day that is entered."""
    if says:
        with pytest.raises(NoIndex, match=says):
            change(agency, held_until=until)
        with pytest.raises(NoIndex, match="held says none"):
            change(agency, held="none")
        return
    kept = agenda.entries(change(agency, held_until=until))
    last = [row["on"] for row in kept if row["what"].startswith("Last day") and row["of"] == "Certification held"]
    assert last == [date.fromisoformat(until)]


def test_a_roster_that_is_not_there_leaves_the_ratings_untold(agency):
    """Nothing is said about ratings that nobody could read."""
    (agency / "roster_2015.csv").unlink()
    found = mock_review.rehearse(agency)
    point = next(point for point in found.points if point.role == "performance_differentiation.application")
    assert point.state == "cannot tell"


@settings(deadline=None)
@given(
    st.dates(date(2014, 1, 12), date(2026, 11, 1)),
    st.integers(130_000, 240_000),
    st.sampled_from(["expired", "suspended", "moved to uncertified"]),
)
def test_pay_setting_agrees_that_no_rate_falls(day, rate, happens):
    """Lapse, suspension and transfer: both subjects keep the rate, and freeze it on the same days."""
    said = certification.pay_after(day, group="SES", rate=rate, happens=happens).answer
    assert said["rate"] == Decimal(rate)
    if happens == "moved to uncertified":
        moved = pay_setting.transfer(day, rate=rate, from_certified=True, to_certified=False).answer
        lowest = pay_setting.pay_range(day, certified=False).answer["minimum"]
        certified = pay_setting.pay_range(day, certified=True).answer["maximum"]
        if lowest <= rate <= certified:
            assert moved["decision"] == "allowed"
            assert moved["frozen"] == said["frozen"]
            assert Decimal(moved["maximum"]) >= rate
    else:
        kept = pay_setting.loss_of_certification(day, rate=rate, event=happens, event_on=day).answer
        assert Decimal(kept["rate"]) == Decimal(rate)
        assert kept["frozen"] == said["frozen"]


BASIC = {"basic_system": True, "asked_on": date(2026, 12, 15), "decision_on": date(2026, 12, 20), "assessment_score": None,
         "held_since": date(2025, 6, 1), "held_until": date(2027, 5, 31)}  # fmt: skip
SHORT = [{"item": n, "document": "Paper", "place": f"page {n}", "dated": date(2026, 12, 1)} for n in (1, 2, 20, 21)]


@pytest.mark.parametrize("held", ["full", "none"])
@pytest.mark.parametrize("satisfactory", [True, None])
@pytest.mark.parametrize("shows", ["design", "application"])
@pytest.mark.parametrize("key", CRITERIA)
def test_a_failed_criterion_is_never_read_as_met(agency, held, satisfactory, shows, key):
    """On the short list, too, a document that says a criterion is not met counts against it, and the package is a draft."""
    dates = {} if held == "full" else {"held_since": None, "held_until": None}
    facts = {**BASIC, "held": held, "data_review_satisfactory": satisfactory, **dates}
    assert change(agency, **facts, evidence=SHORT).grade == "full"
    bad = {"criterion": key, "shows": shows, "document": "Audit", "place": "page 1", "dated": date(2026, 12, 1),
           "finding": "does not meet"}  # fmt: skip
    found = change(agency, **facts, evidence=[*SHORT, bad])
    assert found.grade == ("none" if shows == "design" else "provisional")
    assert not found.final
    assert [(point.role, point.state) for point in found.open] == [(f"{key}.{shows}", "does not meet")]
    met = [
        reason.text
        for reason in found.result.reasons
        if reason.outcome == "met" and reason.text.startswith(title(key, date(2026, 12, 20)))
    ]
    assert not [text for text in met if shows in text]
    assert found.changes


@pytest.mark.parametrize("number", [3, 4, 5, 18])
def test_a_failed_document_blocks_on_the_short_list(agency, number):
    """An item of the full list that a document says is not met stays open where the short list is in use."""
    bad = {**SHORT[0], "item": number, "finding": "does not meet"}
    found = change(agency, **BASIC, held="full", data_review_satisfactory=True, evidence=[*SHORT, bad])
    assert not found.final
    assert [point.number for point in found.open] == [number]
    assert "left open" not in show_changes(agency)


def show_changes(folder):
    return SystemWalk(folder).changes().to_html()


@pytest.mark.parametrize("basic", [True, False])
@pytest.mark.parametrize("held", ["full", "none"])
def test_an_item_means_the_same_on_every_list(agency, basic, held):
    """Whatever list is in use, a number asks for the same; what the list does not ask for is never shown by it."""
    dates = {} if held == "full" else {"held_since": None, "held_until": None}
    every = [{**SHORT[0], "item": number} for number in (*range(1, 6), 18, 19, 20, 21)]
    found = change(agency, **{**BASIC, "basic_system": basic, "held": held, **dates}, evidence=every)
    said = {point.number: point.requirement.split(" (5 CFR")[0] for point in found.points}
    full = change(agency, **{**BASIC, "basic_system": False, "held": "none", "held_since": None, "held_until": None})
    names = {point.number: point.requirement.split(" (5 CFR")[0] for point in full.points} | {
        20: "Verification by the oversight official that the criteria are met",
        21: "Yearly data on ratings, pay and awards",
    }
    assert {number: names[number] for number in said} == said


def test_the_short_list_says_so(agency):
    """The walk says that the short list is in use and why; with the full list it says nothing."""
    change(agency, **BASIC, held="full", evidence=SHORT)
    walk = SystemWalk(agency)
    for table in (walk.criteria(), walk.evidence()):
        assert "The short list is in use" in table.to_html()
        assert "items 20, 21" in table.to_html()
    change(agency)
    assert "short list" not in SystemWalk(agency).criteria().to_html()


def test_without_a_short_list_a_basic_system_shows_its_criteria_itself(agency):
    """Before 2019 the basic system goes with the full list; nothing is read as met without a document."""
    found = change(agency, basic_system=True, evidence=[entry for entry in ENTRIES if "item" in entry])
    assert found.grade == "none"


@pytest.mark.parametrize("number", range(6, 15))
@pytest.mark.parametrize("shows", ["design", "application"])
def test_the_item_of_a_criterion_names_it(agency, number, shows):
    """What the table prints can be entered: item 6 with design is alignment's design."""
    key = CRITERIA[number - 6]
    entries = []
    for entry in ENTRIES:
        same = entry.get("criterion") == key and entry.get("shows", "design") == shows
        kept = {k: v for k, v in entry.items() if k != "criterion"}
        entries.append({**kept, "item": number} if same else entry)
    found = change(agency, evidence=entries)
    assert (found.grade, found.open, found.problems) == ("full", (), ())


def test_an_item_and_another_criterion_are_refused(agency):
    """Item 6 asks for alignment; with another criterion beside it nobody knows which is meant."""
    wrong = {**ENTRIES[0], "item": 6, "criterion": "results"}
    with pytest.raises(NoIndex, match="names item 6 and a criterion that item does not ask for"):
        change(agency, evidence=[*ENTRIES, wrong])


def test_the_rosters_do_not_outvote_a_document_against(agency):
    """A document of the agency's own that says pay does not follow is told, though the rosters show it."""
    bad = {"criterion": "pay_differentiation", "shows": "application", "document": "Audit", "place": "p. 1",
           "dated": date(2016, 12, 1), "finding": "does not meet"}  # fmt: skip
    found = change(agency, evidence=[*ENTRIES, bad])
    assert [(point.role, point.state) for point in found.open] == [("pay_differentiation.application", "contradictory")]
    assert found.grade == "provisional"


@pytest.mark.parametrize(
    ("until", "asked", "lapsed"),
    [
        (date(2016, 12, 19), date(2016, 12, 20), True),
        (date(2016, 12, 20), date(2016, 12, 20), False),
        (None, date(2017, 6, 30), False),
        (None, date(2017, 7, 1), True),
    ],
)
def test_a_certification_that_ended_before_the_request_is_told(agency, until, asked, lapsed):
    """The last day is still in force; a day later nothing is held, by the letter's last day or by the counted term."""
    found = change(agency, held_until=until, asked_on=asked, decision_on=date(2017, 7, 1))
    told = [problem for problem in found.problems if problem.column == "held_until"]
    assert bool(told) is lapsed
    assert found.facts["held"] == ("none" if lapsed else "full")
    letter = request_papers.letter(found, []).body
    assert ("it holds none now" in letter) is lapsed
    assert ("holds full certification" in letter) is not lapsed
    named = {name for name, _ in agenda.dates(found)}
    assert ("Certification that ended" in named) is lapsed
    assert ("none (full until" in SystemWalk(agency).systems().to_html()) is lapsed


def test_what_lapsed_is_not_renewed(agency):
    """On the basic system a renewal needs a certification in force; after it ended a new request is made."""
    facts = {**BASIC, "held": "full", "data_review_satisfactory": True}
    ended = {"held_since": date(2024, 10, 1), "held_until": date(2026, 9, 30)}
    assert {point.number for point in change(agency, **facts, evidence=SHORT).points} == {20, 21}
    found = change(agency, **{**facts, **ended}, evidence=SHORT)
    assert {point.number for point in found.points} == {1, 2, 20, 21}
    assert not any("renewed" in reason.text for reason in found.result.reasons)


def rewritten(path, change_row):
    """A roster with every row changed."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    kept = [change_row(row) for row in rows]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(kept[0]))
        writer.writeheader()
        writer.writerows(kept)


@pytest.mark.parametrize("level", ["5", "4", "3"])
def test_one_level_for_all_shows_no_difference_in_pay(agency, level):
    """Everyone at one level: the ratings fail criterion 8, and criterion 9 cannot be determined, whatever was paid."""
    rewritten(
        agency / "roster.csv", lambda row: {**row, "rating": level, "pay_adjustment": row["pay_adjustment"] or "0"}
    )
    found = mock_review.rehearse(agency)
    state = {point.role: (point.state, point.why) for point in found.points}
    assert state["performance_differentiation.application"][0] == "does not meet"
    assert state["pay_differentiation.application"][0] == "cannot tell"
    assert "one level only" in state["pay_differentiation.application"][1]
    assert found.data[-1].pay_follows is None
    assert found.data[-1].indicators.answer.pay_rises_with_level is None
    assert found.data[-1].indicators.answer.levels_of_pay_rise is None


@pytest.mark.parametrize(
    "lacking",
    [
        lambda row: {name: text for name, text in row.items() if name != "pay_adjustment"},
        lambda row: {**row, "pay_adjustment": ""},
        lambda row: {**row, "pay_adjustment": "" if row["rating"] == "4" else row["pay_adjustment"]},
    ],
    ids=["no column", "empty", "one level empty"],
)
def test_pay_without_adjustments_cannot_be_judged(agency, lacking):
    """A needed figure that is not there is told with its column; it neither shows nor fails the criterion."""
    rewritten(agency / "roster.csv", lacking)
    found = mock_review.rehearse(agency)
    (point,) = found.open
    assert (point.role, point.state) == ("pay_differentiation.application", "cannot tell")
    assert "pay_adjustment of roster.csv" in point.why
    assert "Complete the rosters" in point.problem.fix
    assert found.grade == "provisional"


PLANS = COMPLETE["systems"][0]["sampled_plans"]


@pytest.mark.parametrize("elsewhere", [True, False])
@pytest.mark.parametrize("drafts", [0, 1, 20])
@pytest.mark.parametrize("absent", [0, 1, 20])
def test_a_plan_that_is_named_is_there_and_final(agency, elsewhere, drafts, absent):
    """Every number listed has its plan: in the folder and final, or by the agency's word elsewhere; a draft never counts.

    Where the folder has no plan at all, they are kept elsewhere.
    """
    system = mock_review.rehearse(agency).system.model_copy(update={"plans_elsewhere": elsewhere})
    data = mock_review.rehearse(agency).data
    plans = {who: place >= drafts for place, who in enumerate(PLANS[: 20 - absent])}
    point = evidence_from_rosters.sampled(system, data, plans)
    bad = [who for who, final in plans.items() if not final]
    gone = [] if elsewhere or not plans else PLANS[20 - absent :]
    assert (point.state == "shown") is not (bad or gone)
    assert point.counted == 20 - len(bad) - len(gone)
    assert ("drafts" in point.why, "not in the folder" in point.why) == (bool(bad), bool(gone))


@pytest.mark.parametrize("elsewhere", [True, False])
def test_a_draft_in_the_folder_is_no_plan_that_was_sent(agency, elsewhere):
    """One plan, a draft, for twenty numbers: the sample is open, and the rehearsal counts what is there and final."""
    plan = (SAMPLES / "DBT" / "plan.yaml").read_text(encoding="utf-8").replace("DBT002", PLANS[0])
    (agency / "plan.yaml").write_text(plan, encoding="utf-8")
    found = change(agency, plans_elsewhere=elsewhere)
    (point,) = found.open
    assert (point.role, point.state) == ("sample", "missing")
    ready = 19 if elsewhere else 0
    assert f"20 are needed for 32 covered employees; {ready} were sent" in found.result.to_text()
    assert found.grade == "incomplete"


def test_what_is_entered_is_not_denied_before_a_document_is_named(agency):
    """Approval and levels as entered are judged; that no document shows them is told as that, and the package is incomplete."""
    found = change(agency, evidence=[], periods=[], held="none", held_since=None, held_until=None)
    said = {reason.text: reason.outcome for reason in found.result.reasons}
    assert said["OPM has approved the system."] == "met"
    assert said["A document shows OPM's approval of the system, or the request for it."] == "not met"
    assert said["A document shows the summary levels."] == "not met"
    assert not any("has not approved" in text or "number is not known" in text for text in said)
    walk = SystemWalk(agency)
    tables = (walk.dates(), walk.figures(), walk.indicators(), walk.evidence(), walk.tests(), walk.changes())
    assert not any("no evidence index" in repr(table) for table in tables)
    assert "There are no dates yet" in walk.dates().to_html()


@pytest.mark.parametrize("item", [2, 5])
def test_approval_and_levels_without_a_document_make_the_package_incomplete(agency, item):
    """What is stated and not shown is a gap in the package, no fault of the system."""
    found = change(agency, evidence=[entry for entry in ENTRIES if entry.get("item") != item])
    assert found.grade == "incomplete"
    assert [point.number for point in found.open] == [item]


@pytest.mark.parametrize(
    ("held", "until", "basis", "citation"),
    [
        ("provisional", None, "by OPM's practice", "OPM certification guidance"),
        ("provisional", date(2017, 3, 1), "from your files", "5 U.S.C. 5307(d)(3)"),
        ("full", None, "set by law", "5 U.S.C. 5307(d)(3)"),
        ("full", date(2018, 3, 1), "from your files", "5 U.S.C. 5307(d)(3)"),
    ],
)
def test_the_year_says_where_each_day_is_from(agency, held, until, basis, citation):
    """No guidance or practice of OPM is called law: asking again, and how long a provisional certification lasts."""
    found = change(agency, held=held, held_since=date(2016, 9, 1), held_until=until)
    steps = year_page.steps(found, agency)
    (last,) = [step for step in steps if step.what == "Last day of the certification (certification held)"]
    assert (last.basis, last.citation) == (basis, citation)
    asks = [step for step in steps if step.what.startswith("Ask for certification again")]
    assert asks
    for step in steps:
        assert "guidance" not in step.citation.lower() or step.basis != "set by law"


def test_periods_may_be_listed_in_any_order(agency):
    """The later period first says the same; two with the same last day are refused."""
    periods = COMPLETE["systems"][0]["periods"]
    found = change(agency, periods=periods[::-1])
    assert (found.grade, found.open, found.problems) == ("full", (), ())
    assert [period.period.last for period in found.data] == [date(2015, 9, 30), date(2016, 9, 30)]
    with pytest.raises(NoIndex, match="two periods that end on 2016-09-30"):
        change(agency, periods=[periods[1], periods[1]])


PERIODS = COMPLETE["systems"][0]["periods"]


@pytest.mark.parametrize(("entries", "said"), [
    ({"periods": [PERIODS[0] | {"roster": "Roster.csv"}, PERIODS[1]]}, "names Roster.csv for two periods"),
    ({"periods": [PERIODS[0] | {"roster": "copy.csv"}, PERIODS[1]]}, "it looks like the roster of a later period"),
    ({"levels": {6 - level: name for level, name in COMPLETE["systems"][0]["levels"].items()}}, "calls level 1 Outstanding"),
    ({"asked_on": date(2016, 12, 31)}, "is after 2016-12-30, the day by which OPM's guidance wants the request"),
    ({"asked_on": date(2016, 12, 30)}, None),
])  # fmt: skip
def test_a_roster_named_twice_or_copied_turned_levels_and_a_late_request_are_told(agency, entries, said):
    """One year's ratings are never shown as two years', level 1 is never the best, and a late request is told and not blocked."""
    shutil.copy(agency / "roster.csv", agency / "copy.csv")
    try:
        told = [problem.reason for problem in change(agency, **entries).problems]
    except NoIndex as refused:
        told = [str(refused)]
    assert any(said in one for one in told) if said else not told
