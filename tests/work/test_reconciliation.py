"""Nobody disappears: who comes in is counted on the forms or named as counted nowhere."""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from seskit.desk.cli import main
from seskit.desk.report import show
from seskit.record import agency as agency_file
from seskit.record import roster as roster_file
from seskit.record.agency import Agency
from seskit.record.roster import Roster, template
from seskit.work import report
from seskit.work.report import form_json
from seskit.work.report.form_json import form_to_dict
from tests.extent import some, times
from tests.places import CASES, FIELD, SAMPLES
from tests.random_reports import agency as random_agency
from tests.random_reports import roster as random_roster

ONE_PLAN = CASES / "report-one-plan"


def changed(tmp_path, source, edit_rows=None, edit_agency=None):
    """A copy of an agency folder with its roster, its agency.yaml or both changed."""
    folder = tmp_path / "agency"
    shutil.copytree(source, folder)
    for name, edit in (("roster.csv", edit_rows), ("agency.yaml", edit_agency)):
        if edit:
            text = (folder / name).read_text(encoding="utf-8")
            assert edit(text) != text
            (folder / name).write_text(edit(text), encoding="utf-8")
    return folder


def complete(folder):
    return report.open_folder(folder).complete()


def stating(text, rows):
    """The roster with three more columns; `rows` gives their cells by person."""
    header, *people = text.splitlines()
    lines = [f"{header},on_rolls_fy_end,on_rolls_period_end,ses_pay_kept"]
    lines += [f"{line},{rows.get(line.split(',')[0], ',,')}" for line in people]
    return "\n".join(lines) + "\n"


def boxes(package):
    return [form_to_dict(form)["items"] for form in package.forms]


def heads(package):
    """How often people stand in the boxes of the plan forms, item by item, from the forms alone."""
    plans = [form for form in package.forms if form.scope == "plan"]
    return {
        "4": sum(form.aggregate.number for form in plans if form.aggregate),
        "7": sum(sum((form.levels or {}).values()) for form in plans),
        "9": sum(sum(form.appointees.values()) for form in plans),
        "10": sum(sum(row.values()) for form in plans for row in form.ratings.values()),
    }


def stated_agency(chance):
    made = random_agency(chance)
    options = made.options.model_copy(update={"presidential_in_ratings": chance.choice(["career", "exclude"])})
    return made.model_copy(update={"options": options})


def stated_roster(chance, made):
    people = random_roster(chance, [plan.id for plan in made.plans]).people
    yes_no = [None, None, True, False]
    return Roster(people=[
        person._replace(
            on_rolls_fy_end=chance.choice(yes_no), on_rolls_period_end=chance.choice(yes_no),
            ses_pay_kept=chance.choice(yes_no),
        )
        for person in people
    ])  # fmt: skip


@pytest.mark.parametrize("thousand", some(range(10), 1))
def test_people_in_are_people_counted_and_people_named(thousand):
    """Ten thousand random rosters: the account closes, and agrees with the boxes added up from the forms."""
    seen = 0
    for seed in range(1000 * thousand, 1000 * thousand + times(1000, 400)):
        chance = Random(seed)
        made = stated_agency(chance)
        people = stated_roster(chance, made)
        package = report.complete(made, people)
        account = package.account
        seen += len(people.people)
        assert len(people.people) == account.counted + len(account.nowhere) == account.people, seed
        assert account.closes, (seed, [str(line) for line in account.lines if not line.closed])
        said = {line.what: line.value for line in account.lines}
        for item, number in heads(package).items():
            assert said[f"People counted in item {item}"] == f"{number:,}", (seed, item)
        assert all(why for _, why in account.nowhere)
        given = Counter(person.row for person in people.people if person.award is not None)
        assert said["Awards in the roster"].startswith(f"{sum(given.values())}, ")
    assert seen > times(5000, 2000)


@pytest.mark.parametrize("hundred", some(range(2), 1))
def test_whoever_is_named_changes_no_form_and_whoever_is_not_changes_one(hundred):
    """Rows taken away one by one: the forms stay for people counted nowhere, and differ for all others."""
    for seed in range(100 * hundred, 100 * hundred + times(100, 40)):
        chance = Random(f"without-{seed}")
        made = stated_agency(chance)
        people = stated_roster(chance, made)
        package = report.complete(made, people)
        named = {row for row, _ in package.account.nowhere}
        for person in people.people:
            without = report.complete(made, Roster(people=[one for one in people.people if one is not person]))
            same = heads(without) == heads(package)
            assert same is (person.row in named), (seed, person)


def test_a_row_without_rates_and_rating_is_named_and_never_final():
    """The form is that of the roster without the row, but it is a draft, and the row is named."""
    package = complete(FIELD / "41-rates-not-known")
    assert not package.final
    assert [(problem.row, problem.severity) for problem in package.blocking] == [(11, "error")]
    assert "counted in no item" in package.blocking[0].reason
    assert package.account.nowhere == ((11, "both rates are blank, and there is no rating"),)
    without = complete(ONE_PLAN)
    assert without.final
    assert boxes(package)[0] == boxes(without)[0]


def test_a_roster_that_states_it_is_final(tmp_path):
    """Not on the rolls on either day, as stated: nothing to correct, the row still named in the account."""
    folder = changed(tmp_path, FIELD / "41-rates-not-known", lambda text: stating(text, {"ZZ1": "no,no,"}))
    package = complete(folder)
    assert package.final
    assert package.problems == ()
    assert [row for row, _ in package.account.nowhere] == [11]


def test_a_written_reason_makes_it_a_warning(tmp_path):
    """The reason in agency.yaml is repeated with the row; a reason too short to be one is refused."""
    words = "confirmed:\n  counted_nowhere: left in May, before the period ended\n"
    package = complete(changed(tmp_path, FIELD / "41-rates-not-known", edit_agency=lambda text: text + words))
    assert package.final
    assert [problem.fix for problem in package.problems] == [
        "Confirmed in agency.yaml: left in May, before the period ended"
    ]
    (tmp_path / "short.yaml").write_text(
        (ONE_PLAN / "agency.yaml").read_text(encoding="utf-8") + "confirmed: {counted_nowhere: ok}\n", encoding="utf-8"
    )
    assert agency_file.read(tmp_path / "short.yaml").agency is None


@pytest.mark.parametrize(
    ("cells", "final", "words"),
    [
        ("yes,yes,", False, "the rate is not known, although on_rolls_fy_end is yes"),
        ("no,yes,", True, "the rate is not known, although on_rolls_period_end is yes"),
        ("yes,no,", False, "the rate is not known, although on_rolls_fy_end is yes"),
    ],
)
def test_on_the_rolls_with_a_rate_not_known_is_a_problem(tmp_path, cells, final, words):
    """Item 4 needs the rate, item 9 only the person."""
    folder = changed(tmp_path, FIELD / "41-rates-not-known", lambda text: stating(text, {"ZZ1": cells}))
    package = complete(folder)
    assert package.final is final
    assert any(words in problem.reason and problem.row == 11 for problem in package.problems)
    career = complete(ONE_PLAN).forms[0].appointees["career"]
    assert package.forms[0].appointees["career"] == career + (cells.split(",")[1] == "yes")


def test_a_rate_of_somebody_not_on_the_rolls_is_a_contradiction(tmp_path):
    """The roster says no, and gives a rate: an error at the cell that says it."""
    folder = changed(tmp_path, ONE_PLAN, lambda text: stating(text, {"X02": "no,yes,"}))
    assert [(p.row, p.column, p.severity) for p in report.check(folder)] == [(3, "on_rolls_fy_end", "error")]


@pytest.mark.parametrize(
    ("stated", "advice"), [("no,no,", "Clear the award"), (",,", "Fill in basic_pay_period_end, or clear")]
)
def test_an_award_of_one_who_left_before_the_last_day_is_to_be_cleared(tmp_path, stated, advice):
    """No rate of that day is asked for where the roster says that nobody was there to be paid it."""

    def gone(text):
        head, *rows = text.splitlines()
        rates = [head.split(",").index(name) for name in ("basic_pay_fy_end", "basic_pay_period_end")]
        cells = [row.split(",") for row in rows]
        who = next(row for row in cells if row[head.split(",").index("award")])
        for place in rates:
            who[place] = ""
        return stating("\n".join((head, *map(",".join, cells))), {who[0]: stated})

    found = [one for one in report.check(changed(tmp_path, ONE_PLAN, gone)) if one.severity == "error"]
    assert [(one.column, one.fix.startswith(advice)) for one in found] == [("award", True)]


def test_a_presidential_rate_above_the_limit_is_counted_at_the_limit_and_said():
    """$130,000 in item 4, with a warning and a footnote that give both amounts and the reason."""
    package = complete(FIELD / "43-presidential-rate")
    assert package.final
    assert package.forms[0].pay_rows["presidential"].total == 130000
    said = [problem.reason for problem in package.problems if problem.column == "basic_pay_fy_end"]
    assert len(said) == 1
    footnotes = [note for note in package.forms[0].footnotes if "ses_pay_kept" in note]
    assert len(footnotes) == 1
    for words in (said[0], footnotes[0]):
        assert "$130,000" in words
        assert "$150,000" in words
    cut = next(line for line in package.account.lines if line.what == "Rates cut by a limit in item 4")
    assert (cut.value, cut.note) == ("1", "1 x $150,000 counted as $130,000")


def test_full_ses_pay_that_was_kept_counts_whole(tmp_path):
    """$150,000 in item 4 where the roster says so, and the award is measured on it; no warning, no footnote."""
    folder = changed(tmp_path, FIELD / "43-presidential-rate", lambda text: stating(text, {"P1": ",,yes"}))
    package = complete(folder)
    assert package.problems == ()
    assert package.forms[0].pay_rows["presidential"].total == 150000
    assert package.forms[0].levels[17] == 1
    assert not [note for note in package.forms[0].footnotes if "ses_pay_kept" in note]


def located(text):
    """Every ES rate as the capped rate with locality pay."""
    header, *rows = text.splitlines()
    names = header.split(",")
    made = [header]
    for line in rows:
        cells = dict(zip(names, line.split(","), strict=True))
        cells |= {"basic_pay_fy_end": "138200", "basic_pay_period_end": "138200"}
        made.append(",".join(cells.values()))
    return "\n".join(made) + "\n"


def test_all_rates_with_locality_pay_are_one_error_until_confirmed(tmp_path):
    """One finding for each pay column names the cause; no row is named beside it; a written reason makes it a warning."""
    folder = changed(tmp_path, ONE_PLAN, located)
    found = [problem for problem in report.check(folder) if problem.check == "R19"]
    assert [(p.row, p.column, p.severity) for p in found] == [
        (None, "basic_pay_fy_end", "error"), (None, "basic_pay_period_end", "error"),
    ]  # fmt: skip
    assert all("locality pay" in p.reason and "6 of them $138,200" in p.reason for p in found)
    text = (folder / "agency.yaml").read_text(encoding="utf-8")
    reason = "confirmed: {rates_above_schedule: the payroll office confirmed them}\n"
    (folder / "agency.yaml").write_text(text + reason, encoding="utf-8")
    found = [problem for problem in report.check(folder) if problem.check == "R19"]
    assert {problem.severity for problem in found} == {"warning"}


def test_scheduled_rates_where_the_base_includes_locality_pay_are_a_warning(tmp_path):
    """Of the one year whose base includes it: how many rates are without; with it, the rate at the end of the period is lower."""
    assert report.open_folder(SAMPLES / "CWB").complete().problems == ()
    bare = changed(
        tmp_path, SAMPLES / "CWB", lambda text: text.replace("142500,", "133800,").replace("140250,", "127500,")
    )
    (found,) = report.check(bare)
    assert found.severity == "warning"
    assert found.reason.startswith("2 of 2 rates of career appointees are the scheduled rates without locality pay")
    assert not [one for one in report.check(ONE_PLAN) if one.check == "R19"]


def test_one_rate_above_the_schedule_stays_a_finding_of_its_row(tmp_path):
    """Only where nearly all rates are above is it one finding."""
    folder = changed(tmp_path, ONE_PLAN, lambda text: text.replace("4,129800,129800,4", "4,138200,129800,4", 1))
    found = [problem for problem in report.check(folder) if problem.check == "R19"]
    assert [(p.row is not None, p.column, p.severity) for p in found] == [(True, "basic_pay_fy_end", "warning")]


def test_an_untouched_template_cannot_become_final(tmp_path):
    """The invented agency of the blank file is an error, by its code or by its name."""
    described = tmp_path / "agency.yaml"
    described.write_text(template.agency_text(), encoding="utf-8")
    shutil.copy(ONE_PLAN / "roster.csv", tmp_path / "roster.csv")
    package = complete(tmp_path)
    assert not package.final
    assert [(p.column, p.file) for p in package.blocking] == [("code", "agency.yaml")]
    assert "the code and name of the blank agency.yaml" in package.blocking[0].reason
    described.write_text(template.agency_text().replace(template.CODE, "MINE"), encoding="utf-8")
    assert [p.column for p in complete(tmp_path).blocking] == ["name"]
    text = template.agency_text().replace(template.CODE, "MINE").replace(template.NAME, "My Agency")
    described.write_text(text, encoding="utf-8")
    assert complete(tmp_path).final


@pytest.mark.parametrize("status", ["paid", "pending"])
def test_an_agency_without_a_career_rate_has_blanks(tmp_path, status):
    """Items 4 to 6 are blank, not zero, and nothing about a box filled in part is said."""
    made = agency_file.read(ONE_PLAN).agency
    plan = made.plans[0].model_copy(update={"awards": made.plans[0].awards.model_copy(update={"status": status})})
    made = made.model_copy(update={"plans": (plan,)})
    people = [p for p in roster_file.read(ONE_PLAN).people if p.appointment_type == "noncareer"]
    package = report.complete(made, Roster(people=[*people]))
    for form in package.forms:
        items = form_to_dict(form)["items"]
        assert (items["4"], items["5"], items["6"]) == (None, None, None)
        assert items["9"]["noncareer"] == 1
        assert {"base_pay", "pool", "paid"} <= set(form.blanks)
    assert {problem.check for problem in package.blocking} == {"R21" if status == "paid" else "R13"}


def test_the_account_stands_first_on_console_page_and_in_the_list_of_problems(tmp_path):
    """Before any problem, in each of the three, with the row that is counted nowhere."""
    ran = CliRunner().invoke(
        main, ["report", str(FIELD / "41-rates-not-known"), "--out", str(tmp_path), "--format", "json,html"]
    )
    assert ran.exit_code == 1
    lines = ran.output.splitlines()
    assert lines[0] == "Account of the roster:"
    assert any("People counted nowhere: 1 (row 11:" in line for line in lines)
    assert lines.index(next(line for line in lines if line.startswith("Error"))) > 10
    page = (tmp_path / "forms.html").read_text(encoding="utf-8")
    assert 0 < page.index("id='account'") < page.index("id='errors'")
    assert "People counted nowhere" in page
    data = json.loads((tmp_path / "problems.json").read_text(encoding="utf-8"))
    assert next(iter(data)) == "account"
    assert data["account"]["counted_nowhere"] == [{"row": 11, "why": "both rates are blank, and there is no rating"}]
    checked = CliRunner().invoke(main, ["check", str(FIELD / "41-rates-not-known"), "--json"])
    assert json.loads(checked.output)["account"] == data["account"]


def test_columns_are_accounted_for(tmp_path):
    """Used, read under another name, not used."""
    folder = changed(tmp_path, ONE_PLAN, lambda text: text.replace("person_id,", "Person ID,", 1).replace(
        "component", "desk", 1))  # fmt: skip
    lines = {line.what: line for line in complete(folder).account.lines}
    assert lines["Columns used"].value == "15"
    assert lines["Columns read under another name"].note == "Person ID as person_id"
    assert (lines["Columns not used"].value, lines["Columns not used"].note) == ("1", "desk")


def test_awards_of_a_pending_plan_are_said_to_wait():
    """They are in the roster and on no form, and the account says why."""
    made = agency_file.read(ONE_PLAN).agency
    awards = made.plans[0].awards.model_copy(update={"status": "pending"})
    made = made.model_copy(update={"plans": (made.plans[0].model_copy(update={"awards": awards}),)})
    account = report.complete(made, roster_file.read(ONE_PLAN)).account
    lines = {line.what: line for line in account.lines}
    assert lines["Awards in the roster"].value.startswith("4, ")
    assert lines["Awards on the plan forms"].value == "0, $0"
    assert lines["Awards on the plan forms"].note == "4 not in item 7: awards of the plan are pending"
    assert account.closes


def test_an_account_that_does_not_agree_with_the_forms_is_an_error():
    """One person more in a box than the roster holds: the line is open, and so is the account."""
    from seskit.work.report import reconciliation

    made, people = agency_file.read(ONE_PLAN).agency, roster_file.read(ONE_PLAN)
    package = report.complete(made, people)
    wrong = [
        replace(form, appointees=form.appointees | {"career": 8}, paid_amount=Decimal(1)) for form in package.forms
    ]
    found = reconciliation.account(made, people, wrong)
    assert not found.closes
    assert [problem.severity for problem in reconciliation.problems(found)] == ["error"] * 2
    assert isinstance(made, Agency)


@pytest.mark.parametrize(("year", "said"), [(2002, False), (2004, False), (2005, True), (2024, True)])
def test_a_year_for_which_opm_takes_another_layout_says_so(tmp_path, year, said):
    """On console and page and in the list of problems, for years after FY 2004; the form itself stays as it is.

    Forms of another agency that the folder held are named.
    """
    folder = changed(
        tmp_path, ONE_PLAN, edit_agency=lambda text: text.replace("fiscal_year: 2002", f"fiscal_year:  {year}")
    )
    opened = report.open_folder(folder)
    (tmp_path / "out").mkdir()
    held = opened.complete().to_json().replace(opened.agency.name, "Another Agency")
    (tmp_path / "out" / "forms.json").write_text(held, encoding="utf-8")
    ran = CliRunner().invoke(main, ["report", str(folder), "--out", str(tmp_path / "out"), "--format", "json,html"])
    assert "out held the forms of Another Agency for the period to 2002-09-30. Give each its own folder." in ran.output
    assert form_json.others_in(tmp_path / "out", opened.complete().forms) == form_json.others_in(tmp_path, ()) == ""
    words = f"not the one OPM uses for fiscal year {year}"
    assert (words in ran.output) is said
    assert (words in (tmp_path / "out" / "forms.html").read_text(encoding="utf-8")) is said
    data = json.loads((tmp_path / "out" / "problems.json").read_text(encoding="utf-8"))
    assert (words in data["layout"]) is said


def test_who_is_on_the_rolls_and_has_no_rating_is_named_by_row():
    """One of a sample has none; nobody is left over where every rating is given."""
    lines = {line.what: line for line in report.open_folder(SAMPLES / "ASR").complete().account.lines}
    line = lines["People in item 9 without a rating in item 10"]
    assert (line.value, line.note) == ("1", "row 12 [ASR011]: no rating is given")
    assert int(lines["People counted in item 9"].value) - int(lines["People counted in item 10"].value) == 1


def test_a_pool_is_not_told_while_rates_of_pay_cannot_be_read(tmp_path):
    """A roster without the column of the day of item 4 has no pool of $0: it cannot be told."""
    place = Path(shutil.copytree(SAMPLES / "ASR", tmp_path / "ASR"))
    assert "$0" not in str(show.pools(report.open_folder(place).complete()))
    rows = list(csv.reader((place / "roster.csv").read_text(encoding="utf-8").splitlines()))
    column = rows[0].index("basic_pay_fy_end")
    with (place / "roster.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([row[:column] + row[column + 1 :] for row in rows])
    package = report.open_folder(place).complete()
    assert str(show.pools(package)).startswith("Award pools. Cannot tell yet: rates of basic pay could not be read.")
    assert "cannot tell" in str(show.summary(package))
    assert "$0" not in str(show.summary(package))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda *_: [], "no one was read from a roster"),
        (lambda heads, *_: [heads], "no one was read from a roster"),
        (lambda heads, rows, at: [row[:at] + row[at + 1 :] for row in (heads, *rows)], "ratings could not be read"),
        (lambda heads, rows, at: [heads, [*rows[0][:at], "weak", *rows[0][at + 1 :]], *rows[1:]], "ratings could not be read"),
        (lambda heads, rows, at: [heads, *([*row[:at], "", *row[at + 1 :]] for row in rows)], "no one has a rating"),
    ],
    ids=["no roster", "an empty one", "no ratings", "one that is not understood", "none given"],
)  # fmt: skip
def test_nobody_is_said_to_be_rated_well_where_that_was_not_read(tmp_path, change, why):
    """Neither that nobody was rated below fully successful, nor, of an agency that pays awards, that no plan does."""
    place = Path(shutil.copytree(SAMPLES / "ASR", tmp_path / "ASR"))
    heads, *all_rows = csv.reader((place / "roster.csv").read_text(encoding="utf-8").splitlines())
    rating = heads.index("rating")
    well = [row for row in all_rows if row[rating] not in {"1", "2"}]

    def told(rows):
        (place / "roster.csv").unlink()
        if rows:
            with (place / "roster.csv").open("w", newline="", encoding="utf-8") as file:
                csv.writer(file).writerows(rows)
        return report.open_folder(place).complete()

    assert str(show.supplement(told([heads, *well]))).endswith(show.NOBODY_BELOW)
    package = told(change(heads, well, rating))
    said = f"Cannot tell yet: {why}. See the problems."
    assert str(show.supplement(package)).endswith(said)
    assert show.files([], package).notes == (f"There is no supplementary form. {said}",)
    assert "No plan pays awards" not in str(show.pools(package))
