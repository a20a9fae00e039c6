"""What the press or an unsigned page says is never confirmed alone; the law's own text and official tables are."""

import pytest

from seskit.law import parameters, sources


@pytest.mark.parametrize(
    ("source", "grade"),
    [
        ("5 U.S.C. 4314(b)(3)", "statute or regulation text"),
        ("69 FR 70355; 5 CFR edition of 2015", "statute or regulation text"),
        ("OPM Salary Table 2021-EX", "official table"),
        ("federalpay.org 2017 SES/EX page; OPM 2017-ES table (II, III)", "official table"),
        ("OPM memorandum of 2000-05-22", "agency memorandum"),
        ("OPM memo of 2018-11-14 and reports on it", "agency memorandum"),
        ("recalled; 1.2 x gs15_step1", "computed from law"),
        ("Government Executive and FedSmith of January 2019", "press"),
        ("equals EX-II; Wikipedia Executive Schedule snapshot 2025", "other"),
        ("a choice made for this work", "ours"),
    ],
)
def test_a_source_has_the_grade_of_its_best_part(source, grade):
    """Parts are separated by semicolons or by 'and'."""
    assert sources.grade(source) == grade


def test_no_figure_is_confirmed_by_the_press_or_an_unsigned_page_alone():
    """Whatever its row says; and the rows that say so are still there to be found."""
    figures = [figure for path in parameters.paths() for figure in parameters.parameter(path).values]
    weak = [figure for figure in figures if figure.grade in sources.WEAK]
    assert len(weak) > 50
    assert not [figure for figure in weak if figure.confidence == "verified"]
    assert sum(figure.confidence == "verified" for figure in figures) > 300
