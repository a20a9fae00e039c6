"""Reports met in the field, rebuilt with invented people: each has the right value."""

import shutil
from decimal import Decimal

from seskit.work import report
from seskit.work.report import proof
from tests.places import FIELD


def test_the_pool_is_the_agencys_over_all_plans():
    """One plan pays $46,800 to three people, another of ten pays nothing: the base is the pay of all thirteen."""
    made = report.open_folder(FIELD / "42-pool-over-all-plans").complete()
    assert made.final
    assert [problem.check for problem in made.problems] == ["R05"]
    paid, other = (form for form in made.forms if form.scope == "plan")
    assert paid.paid_amount == Decimal("46800")
    assert other.pay_rows is None


def test_the_agencys_pool_still_binds(tmp_path):
    """Awards above a tenth of the pay of all plans, $169,000, stand in the way of a final form."""
    folder = shutil.copytree(FIELD / "42-pool-over-all-plans", tmp_path / "TWO")
    text = (folder / "roster.csv").read_text(encoding="utf-8")
    (folder / "roster.csv").write_text(text.replace(",15600,", ",26000,"), encoding="utf-8")
    within = report.open_folder(folder).complete()
    assert "R04" not in {problem.check for problem in within.problems}
    rows = "".join(f"C{n},,a,,no,career,6,130000,130000,5,2002-11-20,26000,,,,\n" for n in range(6))
    fewer = (
        "\n".join(line for line in text.replace(",15600,", ",26000,").splitlines() if not line.startswith("B")) + "\n"
    )
    (folder / "roster.csv").write_text(fewer + rows, encoding="utf-8")
    (found,) = [problem for problem in report.open_folder(folder).complete().problems if problem.check == "R04"]
    assert "are $234,000; the agency's pool is $117,000" in found.reason


def test_the_proof_names_the_percentage_of_its_day():
    """Awards of December 1997 have a pool of 3 percent, and the proof says so, too."""
    made = report.open_folder(FIELD / "44-old-pool").complete()
    form = made.forms[0]
    assert form.pool == Decimal("9900.00")
    (line,) = [line for line in proof.lines(form) if line.item == "5"]
    assert line.made == "3 percent of item 4 AGGREGATE, rounded down to the cent."


def test_a_plan_said_to_have_paid_awards_has_some(tmp_path):
    """A paid plan without an award, or without the column, is an error that says what to do; never a final form."""
    folder = shutil.copytree(FIELD / "42-pool-over-all-plans", tmp_path / "TWO")
    text = (folder / "roster.csv").read_text(encoding="utf-8")
    for changed in (text.replace(",15600,", ",,"), text.replace(",award,", ",bonus,")):
        (folder / "roster.csv").write_text(changed, encoding="utf-8")
        opened = report.open_folder(folder)
        made = opened.complete()
        assert not made.final
        assert [problem.fix for problem in made.problems if problem.check == "R21"] == [
            "Write the awards into the column award or, if none was paid, status: none in agency.yaml."
        ]
