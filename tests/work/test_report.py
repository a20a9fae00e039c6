"""The forms agree, box by box, with worked agencies, and each contradiction of the instructions is a named reading."""

import json
import re
import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from seskit.law.report import editions
from seskit.record import agency as agency_file
from seskit.record import roster
from seskit.record.agency import Options
from seskit.record.agency_folder import AgencyFolder
from seskit.record.roster import Roster
from seskit.work import report
from seskit.work.report import box_rows, readings
from seskit.work.report.form_json import form_from_dict, form_to_dict
from seskit.work.report.forms import WITHOUT_AWARDS
from tests import small_report
from tests.places import CASES, SAMPLES
from tests.roster_heads import HEADER as HEADS

AGREEING = ["report-one-plan", "report-many-plans", "report-one-member"]


def differences(expected, actual, where=""):
    """Every place where the actual answer lacks or contradicts the expected one."""
    if isinstance(expected, dict):
        if not isinstance(actual, dict):
            return [where]
        return [
            place
            for key in expected
            for place in differences(expected[key], actual.get(key, "absent"), f"{where}/{key}")
        ]
    if isinstance(expected, list):
        if len(expected) != len(actual):
            return [f"{where}: {len(actual)} instead of {len(expected)}"]
        return [
            place
            for n, pair in enumerate(zip(expected, actual, strict=True))
            for place in differences(*pair, f"{where}/{n}")
        ]
    return [] if expected == actual else [f"{where}: {actual!r} instead of {expected!r}"]


def complete(name, **options):
    folder = report.open_folder(CASES / name)
    agency = folder.agency.model_copy(update={"options": Options(**options)}) if options else folder.agency
    return report.complete(agency, folder.roster)


def plan_form(package, plan):
    return next(form for form in package.forms if form.plan == plan)


@pytest.mark.parametrize("name", AGREEING)
def test_a_worked_agency_agrees_value_for_value(name):
    """Every form, every box, every blank, the supplement and the due dates."""
    package = complete(name)
    expected = json.loads((CASES / name / "expected.json").read_text())
    assert differences(expected, package.to_dict()) == []
    assert package.final
    for wanted, form in zip(expected["forms"], package.to_dict()["forms"], strict=True):
        for number in ("4", "7", "10"):
            if wanted["items"][number]:
                assert wanted["items"][number].keys() == form["items"][number].keys()


def test_every_seeded_fault_is_reported_at_its_place_and_nothing_else():
    """Eighteen faults, each with row and column; the clean last row stays clean; forms are a draft."""
    place = CASES / "report-faulty"
    expected = {(fault["row"], fault["column"]) for fault in json.loads((place / "expected_problems.json").read_text())}
    found = report.check(place)
    assert {(problem.row, problem.column) for problem in found} == expected
    assert len(found) == len(expected)
    assert all(problem.reason and problem.fix for problem in found)
    assert not report.open_folder(place).complete().final


@pytest.mark.parametrize("folder", sorted(SAMPLES.iterdir()), ids=lambda folder: folder.name)
def test_a_sample_agency_is_what_it_is_made_to_be(folder):
    """Pending agencies and the faulty one are drafts; all others are final, and no check is surprised."""
    opened = report.open_folder(folder)
    package = opened.complete()
    pending = any(plan.awards.status == "pending" for plan in opened.agency.plans)
    assert package.final is not (pending or folder.name == "XFR")
    if folder.name != "XFR":
        assert {problem.key for problem in opened.problems} <= {"not rated"}
        assert {problem.check for problem in package.blocking} <= {"R13"}


def test_a_form_survives_its_layout():
    """What is written as plain data reads back as the same form."""
    for folder in SAMPLES.iterdir():
        for form in report.open_folder(folder).complete().forms:
            assert form_from_dict(json.loads(json.dumps(form_to_dict(form)))) == form


def test_no_awards_leaves_boxes_blank_and_says_why():
    """Items 3 to 8 are blank, not zero; items 9 and 10 are filled."""
    form = plan_form(complete("report-many-plans"), "sci")
    assert form.pay_rows is form.pool is form.paid_amount is form.levels is form.awards_number is None
    assert set(form.blanks) == set(WITHOUT_AWARDS)
    assert set(form_to_dict(form)["blanks"]) == set("345678")
    assert form.appointees["career"] == 9


def test_pending_awards_are_never_final():
    """Item 4 and 5 can be prepared; 6 to 8 wait; the form stays a draft."""
    package = report.open_folder(SAMPLES / "BSC").complete()
    form = package.forms[0]
    assert form.pool is not None
    assert form.paid_amount is form.levels is form.awards_number is None
    assert not package.final
    assert any("pending" in problem.reason for problem in package.blocking)


@pytest.mark.parametrize(
    ("option", "value", "item", "default", "other"),
    [
        ("percent_level_rounding", "truncate", "levels", {8: 1}, {7: 1}),
        ("item_8_denominator", "item_4_number", "awards_percent", Decimal("57.1"), Decimal("57.1")),
        ("presidential_in_ratings", "exclude", "awards_percent", Decimal("57.1"), Decimal("66.7")),
    ],
)
def test_another_reading_changes_its_box(option, value, item, default, other):
    """7.5 percent goes to 8 or to 7; leaving the Presidential appointee out of item 9 only gives the mistake to avoid."""
    for settings, expected in (({}, default), ({option: value}, other)):
        found = getattr(complete("report-one-plan", **settings).forms[0], item)
        if isinstance(expected, dict):
            assert all(found[level] == count for level, count in expected.items())
        else:
            assert found == expected


def test_item_8_can_rest_on_item_4_or_item_10():
    """The three denominators give three percentages where people come and go."""
    found = {
        reading: plan_form(complete("report-many-plans", item_8_denominator=reading), "jul").awards_percent
        for reading in ("item_9_career", "item_4_number", "item_10_career")
    }
    assert found == {
        "item_9_career": Decimal("50.0"),
        "item_4_number": Decimal("40.0"),
        "item_10_career": Decimal("57.1"),
    }


def test_the_printed_formula_of_1558a_is_an_option_and_never_the_default(tmp_path):
    """For two members the average gives the pool of Form 1558; the printed formula would double it."""
    text = (
        (CASES / "report-one-plan" / "agency.yaml").read_text().replace("pool_basis: aggregate", "pool_basis: average")
    )
    (tmp_path / "agency.yaml").write_text(text)
    (tmp_path / "roster.csv").write_text((CASES / "report-one-plan" / "roster.csv").read_text())
    package = report.open_folder(tmp_path).complete()
    assert package.forms[0].pool == Decimal("25011.42")
    assert {problem.check for problem in package.problems} == {"R18", "R05", "R02"} - {"R02"}
    (tmp_path / "agency.yaml").write_text(text + "options: {form_1558a_pool: as_printed}\n")
    printed = report.open_folder(tmp_path).complete()
    assert printed.forms[0].pool == Decimal("175080.00")
    (note,) = [note for note in printed.forms[0].footnotes if note.endswith("[G1]")]
    assert note.startswith("Item 5 is 20 percent of the aggregate, as the form prints (other reading: ")


def test_due_days_can_be_working_days():
    """Fourteen working days after 2002-12-10, over Christmas."""
    assert complete("report-one-plan").due_date == date(2002, 12, 24)
    assert complete("report-one-plan", due_days="working").due_date == date(2002, 12, 31)


def test_aggregates_and_inspector_general_forms_can_be_left_out():
    """Two readings decide which forms are made."""
    assert [form.scope for form in complete("report-one-plan", aggregate_of_single_plan="no").forms] == ["plan"]
    scopes = {form.scope for form in complete("report-many-plans", inspector_general_form="none").forms}
    assert scopes == {"plan", "aggregate"}


def test_every_contradiction_is_listed_and_its_option_exists():
    """G1 to G17, each with the reading used; options and readings name each other."""
    listed = readings.all_used(Options(), editions.newest())
    assert [code for _, _, code in listed] == [f"G{n}" for n in range(1, 18)]
    options = {reading.option for reading in readings.READINGS if reading.option}
    assert options == set(Options.model_fields)
    for reading in readings.READINGS:
        if reading.option and reading.option != "budget_percent":
            default = Options.model_fields[reading.option].default
            assert next(iter(reading.readings)) == default


def test_footnotes_name_the_reading_and_the_other_ones():
    """What was chosen stands on the form in plain words, with the way not taken; the number of the point comes last."""
    notes = " ".join(complete("report-one-plan").forms[0].footnotes)
    assert "1 Presidential appointee" in notes
    assert "other reading" in notes
    assert not any(re.match(r"G\d", note) for form in complete("report-many-plans").forms for note in form.footnotes)
    aggregate = " ".join(complete("report-many-plans").forms[-2].footnotes)
    assert "Plan sci paid no awards" in aggregate


def test_people_on_the_rolls_on_one_of_the_two_dates(tmp_path):
    """Item 4 and item 9 look at different days; an awardee who left counts in 7, 8 and 9."""
    row = "A1,Avery Adams,main,P,no,career,4,,129800,5,2002-11-15,12980,,,,"
    gone = "A2,Blake Brown,main,P,no,career,4,129800,,,,,,,,"
    (tmp_path / "agency.yaml").write_text((CASES / "report-one-plan" / "agency.yaml").read_text())
    (tmp_path / "roster.csv").write_text("\n".join([",".join(HEADS), row, gone]))
    form = report.open_folder(tmp_path).complete().forms[0]
    assert (form.aggregate.number, form.appointees["career"], form.awards_number) == (1, 1, 1)


def test_a_presidential_rate_above_the_range_counts_at_the_maximum(tmp_path):
    """In 2016 with a certified system: 205,700 counts as 185,100 in item 4, and the award is measured on it."""
    text = (CASES / "report-one-plan" / "agency.yaml").read_text()
    text = text.replace("2001-10-01", "2015-10-01").replace("2002-09-30", "2016-09-30").replace("2002-12", "2016-12")
    text = text.replace("fiscal_year: 2002", "fiscal_year: 2016")
    (tmp_path / "agency.yaml").write_text(text + "certified: true\n")
    for award, ok in ((37020, True), (37021, False)):
        row = f"A1,Avery Adams,main,P,no,presidential,,205700,205700,5,2016-11-15,{award},,,,"
        other = "\n".join(f"B{n},Blake,main,P,no,career,,180000,180000,3,2016-11-15,,,,," for n in range(2))
        (tmp_path / "roster.csv").write_text("\n".join([",".join(HEADS), row, other]))
        package = report.open_folder(tmp_path).complete()
        assert package.forms[0].pay_rows["presidential"].total == 185100
        assert package.final is ok


def test_an_empty_roster_with_a_header_gives_empty_forms():
    """An agency with no SES members still has its form; items 4 to 8 are blank, not zero."""
    package = report.complete(agency_file.read(CASES / "report-one-plan").agency, Roster())
    assert package.forms[0].aggregate is None
    assert package.forms[0].awards_percent is package.forms[0].levels is None
    assert package.forms[0].pool is package.forms[0].paid_amount is None
    assert not package.final
    assert [problem.reason for problem in package.blocking] == ["nobody is in it"]


def test_a_plan_without_anybody_is_pointed_out(tmp_path):
    """Its form is made, with a warning; plans with people are not named."""
    shutil.copytree(CASES / "report-many-plans", tmp_path / "a")
    people = tmp_path / "a" / "roster.csv"
    kept = [line for line in people.read_text(encoding="utf-8").splitlines() if ",three," not in line]
    people.write_text("\n".join(kept), encoding="utf-8")
    found = [p for p in report.open_folder(tmp_path / "a").complete().problems if "no one in this plan" in p.reason]
    assert [(problem.file, problem.severity) for problem in found] == [("Form 1558, plan three", "warning")]


def test_a_plan_that_cannot_be_read_is_one_problem(tmp_path):
    """The list of plans is not called empty because its only plan has a fault."""
    text = (CASES / "report-one-plan" / "agency.yaml").read_text(encoding="utf-8")
    (tmp_path / "agency.yaml").write_text(text.replace("status: paid", "status: payed"), encoding="utf-8")
    assert [problem.column for problem in agency_file.read(tmp_path).problems] == ["plans.1.awards.status"]
    (tmp_path / "agency.yaml").write_text("code: X\nname: X\nfiscal_year: 1978\nplans: []\n", encoding="utf-8")
    assert [p.reason for p in agency_file.read(tmp_path).problems] == ["must be 1979 or more", "has nothing in it"]
    (tmp_path / "agency.yaml").write_text("code: X\nname: X\nfiscal_year: 2002\nplans: main\n", encoding="utf-8")
    assert [p.reason for p in agency_file.read(tmp_path).problems] == ["must be a list"]


def test_dates_of_the_report():
    """5 CFR 534.405(e). The clock starts with the determination; item 4 looks at the fiscal year before payment."""
    assert report.due_date(awards_determined_on="2002-12-10").answer == date(2002, 12, 24)
    assert report.due_date(rated_on="2002-11-22").answer == date(2002, 12, 6)
    unknown = report.due_date()
    assert (unknown.answer, unknown.confidence) == (None, "cannot tell")
    assert "Confidence: verified" not in unknown.to_text()
    assert report.due_date(rated_on="2002-11-22").confidence == "design"
    weekend = report.due_date(awards_determined_on="2002-12-07")
    assert any("not a working day" in caution and "2002-12-20" in caution for caution in weekend.cautions)
    for paid_in, day in (
        ("2002-12", "2002-09-30"),
        ("2002-10", "2002-09-30"),
        ("2002-09", "2001-09-30"),
        ("2002-08", "2001-09-30"),
    ):
        assert report.base_pay_date(paid_in=paid_in).answer == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("change", "where", "said"),
    [
        (("pattern: H", "pattern: Z"), "plans.1.pattern", "not one of"),
        (("pattern: H", "patern: H"), "plans.1.patern", "not an entry"),
        (("to: 2002-09-30", "to: 2001-09-30"), "plans.1.appraisal_period", "before it begins"),
        (("paid_in: 2002-12, ", ""), "plans.1.awards", "no paid_in"),
        (("2002-12-10", "2002-12-32"), None, "calendar"),
        (("code: XA", "code: 003"), "code", "is read as a number, not as text"),
        (("code: XA", "code: XA\ncode: XB"), None, "appears twice"),
        (("code: XA", "code: [XA"), None, ""),
        (("name: Example Agency\n", ""), "name", "required"),
    ],
)
def test_a_wrong_agency_file_is_located(tmp_path, change, where, said):
    """The line and the key, what is wrong, what to do; never a traceback."""
    text = (CASES / "report-one-plan" / "agency.yaml").read_text()
    (tmp_path / "agency.yaml").write_text(text.replace(*change))
    read = agency_file.read(tmp_path)
    assert read.agency is None
    problem = next(problem for problem in read.problems if problem.column == where)
    assert said in problem.reason
    assert not problem.value or "not an entry" not in said, "the name is wrong, and not what stands behind it"
    assert problem.row
    assert problem.fix


def test_a_second_plan_with_the_id_of_an_earlier_one_is_located(tmp_path):
    """The later plan's own line is named, wherever it stands."""
    text = (CASES / "report-many-plans" / "agency.yaml").read_text(encoding="utf-8")
    (tmp_path / "agency.yaml").write_text(text.replace("id: three", "id: jul"), encoding="utf-8")
    (problem,) = agency_file.read(tmp_path).problems
    assert problem.column == "plans.4.id"
    assert problem.row == 1 + text.splitlines().index("  - id: three")
    assert str(problem).endswith("'jul' is already the id of plan 2. Give each plan its own id.")


def test_an_agency_file_that_is_missing_or_not_text(tmp_path):
    """A folder without agency.yaml, a binary one, an empty one."""
    assert "not there" in agency_file.read(tmp_path).problems[0].reason
    for content in (b"\xff\xfe\x00", b"", b"- a\n- b\n"):
        (tmp_path / "agency.yaml").write_bytes(content)
        assert agency_file.read(tmp_path).agency is None


@pytest.mark.parametrize("code", ["DBT", "DPW", "XFR", "report-many-plans", "report-one-member"])
def test_the_rows_of_each_box_are_as_many_as_the_box_says(code):
    """Plan, aggregate and Inspector General form: who is counted in a box, by row of the roster, each row once in an item."""
    package = complete(code) if code.startswith("report") else small_report.sample(code)
    for form in package.forms:
        rows = box_rows.of_form(package.agency, package.roster, form)
        counts = {one: len(listed) for one, listed in rows.items()}
        expected = {("base_pay", name): row.number for name, row in (form.pay_rows or {}).items()}
        expected |= {("levels", f"{level}%"): many for level, many in (form.levels or {}).items()}
        expected |= {("appointees", column): many for column, many in form.appointees.items()}
        expected |= {
            ("ratings", f"{n} {column}"): many for n, row in form.ratings.items() for column, many in row.items()
        }
        expected |= {("awards", ""): form.awards_number or 0}
        assert {one: many for one, many in counts.items() if one[0] != "paid"} == {
            one: many for one, many in expected.items() if many
        }
        paid = {person.row: person.award for person in package.roster.people}
        assert sum(paid[row] for row in rows[("paid", "")]) == (form.paid_amount or 0)
        for item in {item for item, _ in rows}:
            listed = [row for (one, _), some in rows.items() if one == item for row in some]
            assert len(listed) == len(set(listed))


def test_rows_are_told_as_spans():
    """Those that follow each other as one; of many the first forty and how many more."""
    assert box_rows.spans([7, 2, 3, 4, 9]) == "2-4, 7, 9"
    assert box_rows.spans(range(2, 500)) == "2-499"
    assert box_rows.spans(range(2, 200, 2)).endswith("78, 80 and 59 more")


@pytest.mark.parametrize("kind", ["noncareer", "limited_term", "limited_emergency"])
def test_an_award_of_one_who_may_have_none_is_an_error_and_in_no_item(tmp_path, kind):
    """Report reference 2.3: noncareer and limited appointees never enter items 4 to 8, in a draft either; in 9 and 10 they stay."""

    def made(award, how):
        row = small_report.ROWS[-1].replace(",noncareer,", f",{how},").replace("2002-11-20,,", f"2002-11-20,{award},")
        return small_report.report(tmp_path, rows=(*small_report.ROWS[:-1], row))

    without, wrong, career = made("", kind), made("6500", kind), made("6500", "career")
    assert [replace(form, footnotes=()) for form in wrong.forms] == [
        replace(form, footnotes=()) for form in without.forms
    ]
    assert career.forms[0].awards_number == wrong.forms[0].awards_number + 1 == 4
    assert "R16" in {problem.check for problem in wrong.blocking}
    assert "R16" not in {problem.check for problem in (*without.problems, *career.problems)}
    assert wrong.account.closes
    (line,) = [one for one in wrong.account.lines if one.what == "Awards on the plan forms"]
    assert "a performance award is for career appointees only" in line.note


def test_days_the_agency_was_closed_hold_for_report_and_vacancies(tmp_path):
    """Stated once in agency.yaml: the due date by working days, the advice beside a calendar day, and the vacancies."""
    from seskit.paper.report import calendar

    closed = "closed_days: [2002-12-24, 2002-12-23]\n"
    for options, more, due in (
        ("{due_days: working}", "", date(2002, 12, 31)), ("{due_days: working}", closed, date(2003, 1, 3)),
        ("{}", closed, date(2002, 12, 24)),
    ):  # fmt: skip
        made = small_report.report(tmp_path, options=options, more=more)
        assert made.due_date == due
    assert "send it by 2002-12-20" in calendar.due(made).decode().replace("\r\n ", "")
    vacancy = "{id: V-1, title: Director, position: general, filling: career}"
    (tmp_path / "vacancy.yaml").write_text(f"as_of: 2003-01-02\nclosed_days: [2003-01-06]\nvacancies: [{vacancy}]\n")
    known = AgencyFolder(tmp_path).vacancies
    assert known.agency()["closed_days"] == [date(2002, 12, 23), date(2002, 12, 24), date(2003, 1, 6)]


def test_the_calendar_file_names_the_forms_that_are_due():
    """One entry per due date."""
    from icalendar import Calendar

    from seskit.paper.report import calendar

    calendar = Calendar.from_ical(calendar.due(complete("report-many-plans")))
    days = [event.decoded("dtstart") for event in calendar.walk("VEVENT")]
    assert days == [date(2002, 9, 3), date(2002, 11, 22), date(2002, 12, 6), date(2002, 12, 26)]
    assert roster.read(CASES / "report-many-plans").people[0].name not in str(calendar.to_ical())
