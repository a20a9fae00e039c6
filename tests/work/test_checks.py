"""Each numbered check finds its fault in a form, names the box, and is silent on a correct one."""

from dataclasses import replace
from decimal import Decimal

import pytest

from seskit.work import report
from seskit.work.report import form_checks
from seskit.work.report.forms import PayRow
from tests.places import CASES


def package(name):
    return report.open_folder(CASES / name).complete()


def found(name, number, **changes):
    """The checks that fire after one form of a correct package is changed."""
    made = package(name)
    forms = list(made.forms)
    forms[number] = replace(forms[number], **changes)
    rows = [(row.plan, row.rating) for row in made.supplement]
    return {(problem.check, problem.column) for problem in form_checks.problems(made.agency, forms, rows)}


FORM = package("report-one-plan").forms[0]
RATINGS = FORM.ratings


@pytest.mark.parametrize(
    ("changes", "check", "box"),
    [
        ({"pay_rows": FORM.pay_rows | {"1": PayRow(2, Decimal(113000), Decimal(226001))}}, "R01", "item 4, row 1"),
        ({"pool": Decimal("87540.01")}, "R02", "item 5"),
        ({"paid_amount": Decimal(87541)}, "R04", "item 6"),
        ({"paid_amount": Decimal(87541)}, "R05", "item 6"),
        ({"awards_number": 5}, "R07", "item 8"),
        ({"levels": FORM.levels | {5: 9}, "awards_number": 12}, "R08", "item 7"),
        ({"awards_percent": Decimal("100.1")}, "R09", "item 8"),
        ({"appointees": FORM.appointees | {"career": 6}}, "R10", "item 10, career"),
        ({"pattern": "F"}, "R11", "item 10, level 4"),
        ({"ratings": RATINGS | {2: dict.fromkeys(RATINGS[2], 0)}}, "R12", "item 10"),
        ({"awards_number": None}, "R13", "item 8"),
        ({"paid_amount": Decimal(1)}, "R15", "item 6"),
        ({"appointees": FORM.appointees | {"career": 8}}, "R17", "item 4"),
        ({"form": "1558A", "pool": Decimal("25011.42")}, "R18", "item 5"),
    ],
)
def test_a_check_finds_its_fault(changes, check, box):
    """One changed box is enough, and the finding names it."""
    assert (check, box) in found("report-one-plan", 0, **changes)


def test_an_amount_in_a_box_is_written_as_the_form_writes_it():
    """Dollar sign, thousands and cents; a percentage and a count as such."""
    made = package("report-one-plan")

    def values(**changes):
        forms = [replace(made.forms[0], **changes), *made.forms[1:]]
        return {problem.check: problem.value for problem in form_checks.problems(made.agency, forms, [("main", 2)])}

    paid = values(paid_amount=Decimal("87541.00"))
    assert (paid["R04"], paid["R05"]) == ("$87,541.00", "$87,541.00")
    assert values(awards_percent=Decimal("100.1"))["R09"] == "100.1%"
    assert values(awards_number=5)["R07"] == "5"


def test_a_finding_on_a_plan_is_not_said_again_of_its_identical_aggregate():
    """The same box with the same fault is said once; a fault of the aggregate alone is still found."""
    made = package("report-one-plan")
    plan, aggregate = (replace(form, paid_amount=Decimal(1)) for form in made.forms)
    assert aggregate.scope == "aggregate"

    def on(*forms):
        return [
            problem.file
            for problem in form_checks.problems(made.agency, forms, [("main", 2)])
            if problem.check == "R15"
        ]

    assert on(plan, aggregate) == ["Form 1558, plan main"]
    assert on(made.forms[0], aggregate) == ["Form 1558, aggregate of pattern H"]


def test_a_finding_on_an_aggregate_of_several_plans_is_its_own():
    """Two plans of one pattern: the aggregate is another form, and is named beside the plan."""
    made = package("report-many-plans")
    wrong = [
        replace(form, paid_amount=Decimal(1)) if form.pattern == "H" and form.levels else form for form in made.forms
    ]
    files = {problem.file for problem in form_checks.problems(made.agency, wrong, []) if problem.check == "R15"}
    assert "Form 1558, plan oct" in files
    assert any("aggregate of pattern H" in file for file in files)


def test_a_correct_package_passes_every_check():
    """Nothing fires on the worked agencies."""
    for name in ("report-one-plan", "report-many-plans", "report-one-member"):
        assert {problem.key for problem in package(name).problems} <= {"not rated"}


def test_an_inspector_general_form_never_exceeds_the_plans_that_contain_it():
    """R14 compares cell by cell."""
    made = package("report-many-plans")
    inspectors = made.forms[-1]
    more = {"career": 99} | {key: inspectors.appointees[key] for key in ("noncareer", "limited")}
    assert ("R14", "item 9, career") in found("report-many-plans", -1, appointees=more)


def test_the_pool_binds_the_plans_of_one_fiscal_year_together():
    """A plan above its own pool is flagged; the agency above its pool of the year is refused."""
    made = package("report-many-plans")
    three = next(n for n, form in enumerate(made.forms) if form.plan == "three")
    assert {c for c, _ in found("report-many-plans", three, paid_amount=Decimal(100000))} == {"R05", "R15"}
    assert "R04" in {c for c, _ in found("report-many-plans", three, paid_amount=Decimal(300000))}


def test_errors_block_and_warnings_do_not():
    """The severity of each check is fixed."""
    made = package("report-one-plan")
    forms = [replace(made.forms[0], appointees=made.forms[0].appointees | {"career": 6}), *made.forms[1:]]
    by_check = {p.check: p.severity for p in form_checks.problems(made.agency, forms, [("main", 2)])}
    assert by_check["R10"] == by_check["R17"] == "warning"


def test_average_pool_is_refused_for_several_plans(tmp_path):
    """An agency-wide average does not add up over plans."""
    text = (
        (CASES / "report-many-plans" / "agency.yaml")
        .read_text()
        .replace("pool_basis: aggregate", "pool_basis: average", 1)
    )
    (tmp_path / "agency.yaml").write_text(text)
    (tmp_path / "roster.csv").write_text((CASES / "report-many-plans" / "roster.csv").read_text())
    blocking = report.open_folder(tmp_path).complete().blocking
    assert ("R18", "plans.1.pool_basis") in {(problem.check, problem.column) for problem in blocking}


def test_a_year_without_a_recorded_duty_says_so(tmp_path):
    """No due date is guessed for years before the record begins."""
    for name in ("agency.yaml", "roster.csv"):
        text = (CASES / "report-one-plan" / name).read_text()
        (tmp_path / name).write_text(text.replace("2002-12-10", "2001-09-30"))
    made = report.open_folder(tmp_path).complete()
    assert made.due_date is None
    assert any("earliest is 2001-10-01" in problem.reason for problem in made.problems)
