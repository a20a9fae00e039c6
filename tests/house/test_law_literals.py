"""The law's days, years and percentages are in `rules/`, dated and with their source; the code that applies them has none."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.parsed import MODULES, nodes_of, tree_of
from tests.places import PACKAGE

LAW = PACKAGE / "law"
#: What a number of that size is for, where it is no law; by module and the number.
NO_LAW = {
    ("odd_facts.py", "0.3"): "a smaller percentage is rather a fraction, 0.05 for 5: told, never changed",
    ("certification/distinctions.py", "1979"): "the first fiscal year anyone may name",
    ("certification/distinctions.py", "9999"): "the last year a date can have",
    ("probing.py", "2020-06-15"): "a day to try where none is given",
}
#: The same on the floors above, where other numbers are sizes and shares of a layout.
NO_LAW_ABOVE = {
    ("desk/asked/line.py", "2016-06-12"): "a day that shows how one is typed",
    ("formats/workbooks.py", "1900-03-01"): "how Excel counts days",
    ("paper/pay_setting/worksheet/formulas.py", "1899-12-30"): "how Excel counts days",
    ("paper/staffing/pictures.py", "1970-01-01"): "how matplotlib counts days",
    ("record/agency_text.py", "2001-10-01"): "a day shown in the blank agency.yaml",
    ("record/agency_text.py", "2002-09-30"): "a day shown in the blank agency.yaml",
    ("record/agency_text.py", "2002-12-03"): "a day shown in the blank agency.yaml",
    ("record/forms/book.py", "1900-03-01"): "how Excel counts days",
    ("record/people_import/values.py", "1899-12-30"): "how Excel counts days",
    ("record/plum.py", "2025"): "the year of one published file",
    ("record/roster/number_formats.py", "1900-02-29"): "a day that Excel alone knows",
    ("record/roster/number_formats.py", "86400"): "the seconds of a day",
    ("record/roster/printed/days.py", "1899-12-30"): "how Excel counts days",
    ("record/roster/template.py", "1979-01-01"): "the earliest day a cell takes: the service began that year",
    ("work/corrections/workbook_file.py", "1899-12-30"): "how Excel counts days",
    ("work/corrections/workbook_file.py", "1904-01-01"): "how Excel counts days",
}
#: Limits on the floors above that are no law: `compared` with a number, a `Decimal` of it, so many `days`.
NO_LIMIT_OF_LAW = {
    ("record/roster/as_accepted.py", "compared 3"): "three in five cells like the header's: the row is a header again",
    ("record/roster/as_accepted.py", "compared 5"): "three in five cells like the header's: the row is a header again",
    ("record/roster/printed/orders.py", "compared 12"): "the months of a year: which of two numbers is the month",
    ("paper/report/printed_form.py", "Decimal 0.0001"): "four decimals, where item 6 is a fraction",
    ("work/pay_setting/worksheet/checking.py", "Decimal 0.0001"): "to what averages are rounded",
    ("paper/pay_setting/pictures.py", "days 40"): "room beside a picture",
    ("paper/pay_setting/pictures.py", "days 200"): "room beside a picture",
    ("paper/pay_setting/pictures.py", "days 240"): "room beside a picture",
    ("paper/pay_setting/worksheet/formula_columns.py", "Decimal 9999999"): "no limit, as a number a workbook holds",
    ("record/pay_setting/worksheet/reading.py", "Decimal 0.5"): "the usual step of the agency's own pay matrix",
    ("record/people_import/values.py", "compared 12"): "the months of a year: which of two numbers is the month",
    (
        "record/roster/speaking_against.py",
        "days 180",
    ): "half a year: awards so near are of one season, and asked about by no year",
    ("record/roster/number_formats.py", "compared 60"): "a day that Excel alone knows",
    ("record/roster/number_formats.py", "compared 86400"): "the seconds of a day",
    (
        "record/roster/printed/amounts.py",
        "Decimal 1000",
    ): "below it a salary is rather in thousands: asked, never taken",
    (
        "record/roster/printed/amounts.py",
        "Decimal 9000",
    ): "below it a salary is rather of a pay period: asked, never taken",
    (
        "record/roster/printed/amounts.py",
        "Decimal 110",
    ): "below it a number with cents is rather an hourly rate: asked, never taken",
    (
        "record/roster/printed/amounts.py",
        "Decimal 95",
    ): "below it a number is rather an hourly rate: asked, never taken",
    (
        "record/schedules.py",
        "Decimal 1.2",
    ): "5 U.S.C. 5376(b)(1)(A): to check a new schedule; the yearly figure is in the rules",
    ("record/schedules.py", "days 366"): "a year: earlier the day of adding is a data-entry error",
    (
        "work/certification/self_assessment.py",
        "Decimal 0.5",
    ): "half the points of the assessment tool for what is partly met",
    ("work/closeout/shifts.py", "Decimal 0.001"): "the step in which shares of awards are tried",
    ("work/closeout/shifts.py", "Decimal 0.0001"): "to what averages are rounded",
    ("work/report/form_checks.py", "Decimal 0.5"): "half of the whole percent to which item 7 is rounded",
    ("work/report/form_checks.py", "compared 100"): "a percentage of a whole",
    ("work/report/plan_dates.py", "days 366"): "a year: later is rather a data-entry error",
    ("work/report/plan_dates.py", "days 550"): "a year and a half: longer is rather a data-entry error",
    ("work/rollup/percentages.py", "Decimal 0.5"): "half of the whole percent to which OPM rounds",
    ("work/rollup/percentages.py", "Decimal 0.0001"): "to what shares are rounded",
    ("work/rollup/percentages.py", "compared 100"): "a percentage of a whole",
}
#: What a number is a limit of, in the code of an agency's files and what follows from them.
FLOORS = ("record", "work", "paper")
#: Steps to which numbers are rounded, and the ends of what can be counted.
_STEPS = {"0.00", "0.00001", "0.01", "0.1", "Infinity"}


def as_named(held: set[tuple[str, str]], table: str, instead: str) -> None:
    """What code holds is what a table here names; else a sentence for each that is not, and for each that is gone."""
    named = set(globals()[table])
    new = [
        f"{path} holds '{one}': {instead}; if it is no figure of law, name it in {table} with what it is for"
        for path, one in sorted(held - named)
    ]
    gone = [
        f"{table} names '{one}' in {path}, where it no longer stands: take the line out"
        for path, one in sorted(named - held)
    ]
    assert not new + gone, "\n".join(new + gone)


#: Where a figure of law belongs.
_INTO_THE_RULES = "put it into seskit/law/rules/ and ask for it there (docs/contributing/figure.md)"


def literals(tree: ast.AST) -> list[str]:
    """Days, years of law, and shares written into code; words for people are left out."""
    found = []
    for node in nodes_of(tree):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            given = [one.value for one in node.args if isinstance(one, ast.Constant)]
            if called == "date" and len(given) == 3:
                found.append("{}-{:02}-{:02}".format(*given))
            elif called == "Decimal" and given and isinstance(given[0], str) and given[0] not in _STEPS:
                found.append(given[0])
        elif isinstance(node, ast.Compare):
            numbers = [one.value for one in (node.left, *node.comparators) if isinstance(one, ast.Constant)]
            found += [str(one) for one in numbers if type(one) in (int, float) and one >= 1900]
        elif isinstance(node, ast.Constant):
            if isinstance(node.value, float):
                found.append(str(node.value))
            elif isinstance(node.value, str) and re.fullmatch(r"(19|20)\d\d-\d\d-\d\d", node.value):
                found.append(node.value)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            value = node.value.value
            found += [str(value)] if type(value) is int and 1900 <= value <= 2100 else []
    return found


def test_the_code_of_the_law_holds_none_of_its_figures():
    """Each is in a rules file, or in the table above with what it is for."""
    held = {(path.relative_to(LAW).as_posix(), one) for path in LAW.rglob("*.py") for one in literals(tree_of(path))}
    as_named(held, "NO_LAW", _INTO_THE_RULES)


def test_the_floors_above_hold_no_day_or_year_of_law():
    """Days and years that decide something come from the law; those of a file format or an example are named above."""
    held = {
        (path.relative_to(PACKAGE).as_posix(), one)
        for path in MODULES
        if LAW not in path.parents
        for one in literals(tree_of(path))
        if re.fullmatch(r"\d{4}-\d\d-\d\d|\d{4,}", one)
    }
    as_named(held, "NO_LAW_ABOVE", _INTO_THE_RULES)


def _factors(node: ast.AST) -> list[ast.expr]:
    """The two sides of a product, but for a hundred, which only makes percent of it."""
    product = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult)
    sides = [node.left, node.right] if product else []
    return [one for one in sides if not (isinstance(one, ast.Constant) and one.value == 100)]


def limits(tree: ast.AST) -> list[str]:
    """Numbers above two that something is compared with, and amounts and days: a length is no limit of law."""
    found = []
    for node in nodes_of(tree):
        if isinstance(node, ast.Compare):
            sides = (node.left, *node.comparators)
            if not any(isinstance(one, ast.Call) and getattr(one.func, "id", "") == "len" for one in sides):
                parts = [part for side in sides for part in (_factors(side) or [side])]
                numbers = [one.value for one in parts if isinstance(one, ast.Constant)]
                found += [f"compared {one}" for one in numbers if type(one) is int and one > 2]
        elif isinstance(node, ast.Call):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if called == "timedelta":
                days = [one.value.value for one in node.keywords if isinstance(one.value, ast.Constant)]
                found += [f"days {one}" for one in days if one > 1]
            elif called == "Decimal" and node.args and isinstance(node.args[0], ast.Constant):
                given = str(node.args[0].value)
                found += [f"Decimal {given}"] if given not in {*_STEPS, "0", "1", "100"} else []
    return found


def test_the_floors_above_hold_no_limit_of_law():
    """A lowest rating, a share, a least number of days come from the law of the date; other limits are named above."""
    held = {
        (path.relative_to(PACKAGE).as_posix(), one)
        for floor in FLOORS
        for path in (PACKAGE / floor).rglob("*.py")
        for one in limits(tree_of(path))
    }
    as_named(held, "NO_LIMIT_OF_LAW", _INTO_THE_RULES)


#: Numbers beside a rating or a level that are not one of law, by module and text.
NO_RATING_OF_LAW = {
    ("law/appraisal/year_checks.py", "WITHOUT_A_RATING = (*range(1, 5), 23, 24)"): "numbers of checks",
    ("law/rate_range.py", "range(1, 7)"): "the six ES rates",
    ("law/rating_levels.py", "LEVELS = (1, 2, 3, 4, 5)"): "the levels themselves; a test ties them to the rules",
    ("law/staffing/rating.py", "1 <= one.level <= highest"): "scores of a candidate begin with one",
    ("paper/report/printed_form.py", "range(1, 7)"): "the six ES rates",
    ("paper/report/workbook/boxes.py", "range(1, 7)"): "the six ES rates",
    ("record/plum.py", "rated_career == 1"): "how many are rated",
    ("work/report/forms.py", "LEVELS = range(5, 21)"): "the whole percentages of item 7",
}
_RATING = re.compile(r"rating|rated|level|summary|highest_possible", re.IGNORECASE)
#: Levels of pay, of a heading, of detail.
_NO_RATING = re.compile(r"es_level|level_I|heading", re.IGNORECASE)


def _named(node: ast.AST) -> bool:
    """Whether something in it is called a rating or a level; how long a list of them is, is none."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("len", "sum"):
        return False
    names = [getattr(one, "id", getattr(one, "attr", "")) for one in ast.walk(node)]
    return any(_RATING.search(name) and not _NO_RATING.search(name) for name in names)


def _number(node: ast.AST) -> bool:
    """A whole number, or a list or range with one in it."""
    if isinstance(node, ast.Constant):
        return type(node.value) is int
    inside = node.elts if isinstance(node, ast.Tuple | ast.List | ast.Set) else []
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "range":
        inside = node.args
    return any(_number(one) for one in inside)


def ratings(tree: ast.AST) -> list[str]:
    """Ratings that code compares with a number, goes through by their numbers, or names a number for."""
    found = []
    for node in nodes_of(tree):
        if isinstance(node, ast.Compare):
            sides = (node.left, *node.comparators)
            if any(map(_number, sides)) and any(_named(one) for one in sides if not _number(one)):
                found.append(ast.unparse(node))
        elif isinstance(node, ast.comprehension | ast.For):
            if _number(node.iter) and _named(node.target):
                found.append(ast.unparse(node.iter))
        elif isinstance(node, ast.Assign):
            constant = isinstance(node.targets[0], ast.Name) and node.targets[0].id.isupper()
            if (
                constant
                and _number(node.value)
                and re.search("LEVEL|RATING|SUCCESSFUL|BELOW|OUTSTANDING", ast.unparse(node.targets[0]))
            ):
                found.append(ast.unparse(node))
    return found


def test_ratings_are_compared_with_the_levels_of_the_rules():
    """`law/rating_levels.py` and the figures know which level decides; write its name, not its number."""
    held = {(path.relative_to(PACKAGE).as_posix(), one) for path in MODULES for one in ratings(tree_of(path))}
    as_named(held, "NO_RATING_OF_LAW", "write the level's name from seskit/law/rating_levels.py")


#: A day, or a number of percent, days, months or years, in words for people. Names of rules, such as the 12 months, are none.
_IN_WORDS = re.compile(
    r"\b(?:19|20)\d\d-\d\d-\d\d\b"
    r"|\b(?!0 |12[ -]months?\b|12 calendar|120-day)\d+(?:\.\d+)?[- ](?:percent|(?:calendar |working )?(?:day|month|year)s?)\b"
)
#: Sentences with one that is no figure of law, or that no rule records; by module and what is found.
NO_FIGURE_IN_WORDS = {
    ("desk/arguments.py", "2002-09-30"): "a day that shows how one is typed",
    ("desk/asked/given.py", "2002-09-30"): "a day that shows how one is typed",
    ("desk/staffing/commands.py", "2026-10-19"): "a day that shows how one is typed",
    ("formats/in_short.py", "1 percent"): "how a share next to none is said",
    ("formats/in_short.py", "99 percent"): "how a share next to all is said",
    ("formats/yaml_words.py", "2001-10-01"): "a day that shows how one is typed",
    ("formats/yaml_words.py", "2002-09-30"): "a day that shows how one is typed",
    ("forum/cited.py", "2004-07-28"): "a day that shows how one is typed",
    ("forum/config.py", "2004-07-28"): "a day that shows how one is typed",
    ("forum/lessons.py", "2026-10-01"): "a day that shows how one is typed",
    ("forum/references.py", "2004-07-28"): "a day that shows how one is typed",
    ("forum/source.py", "2004-07-28"): "a day that shows how one is typed",
    ("law/pay_setting/critical_position.py", "2026-05-26"): "the end of the comments on a proposal that is not law",
    ("law/pay_setting/initial.py", "2024-10-01"): "the day of compliance; the rule is recorded with its first day",
    ("law/pay_setting/rates.py", "120 percent"): "what makes the minimum, whose yearly amounts are recorded",
    ("law/staffing/appointments.py", "1 year"): "what NASA may rarely add, for the reader to look up",
    ("law/staffing/appointments.py", "2 years"): "what NASA may rarely add, for the reader to look up",
    ("law/staffing/appointments.py", "30 days"): "how days are counted as months",
    ("law/staffing/position_ceilings.py", "1978-10-13"): "the day of a count that the law names",
    ("law/staffing/rating.py", "100 percent"): "the whole",
    ("paper/certification/pictures.py", "1 percent"): "how a small difference is said",
    ("record/agency_text.py", "2002-11-20"): "a day shown in the blank agency.yaml",
    ("record/roster/number_formats.py", "1900-02-29"): "a day that Excel alone knows",
    ("work/report/under_rules.py", "2004-08-01"): "a day that shows how one is typed",
}


def outermost(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions that are in no other."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
        else:
            yield from outermost(node)


def in_words(tree: ast.AST) -> set[str]:
    """What a sentence that a function writes has of days and shares; documents are cited by their day."""
    found = set()
    for function in outermost(tree):
        said = [one for one in function.body if not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))]
        for node in (inside for one in said for inside in ast.walk(one)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and not _CITES.match(node.value):
                found |= {hit[0] for hit in _IN_WORDS.finditer(node.value)}
    return found


#: A citation: a law, a regulation or a document, alone.
_CITES = re.compile(r"(?:OPM|5 CFR|5 U\.S\.C\.)[^,]* (?:memo|memorandum) of|5 CFR|5 U\.S\.C\.")


def test_a_sentence_takes_its_figures_from_the_rules():
    """Put the figure of the rules into the sentence; a rule that is corrected or changes then says so everywhere."""
    held = {(path.relative_to(PACKAGE).as_posix(), one) for path in MODULES for one in in_words(tree_of(path))}
    as_named(held, "NO_FIGURE_IN_WORDS", "put the figure of the rules into the sentence")


@pytest.mark.parametrize(
    "code",
    [
        "if rating >= 3: pass",
        "ok = person.rating != 1",
        "ok = one.level in (1, 2)",
        "[r for level in range(1, 6)]",
        "BELOW = (1, 2)",
        "_FULLY_SUCCESSFUL = 3",
    ],
)
def test_a_rating_in_code_is_seen(code):
    """Each way of writing one; a count of ratings is none."""
    assert len(ratings(ast.parse(code))) == 1
    assert ratings(ast.parse("len(ratings) > 3")) == []


@pytest.mark.parametrize(
    "code",
    [
        "if rating < 3: pass",
        "Decimal(20)",
        "Decimal('0.05')",
        "day + timedelta(days=120)",
        "ok = 5 <= share <= total",
        "ok = 5 * base <= 100 * award",
    ],
)
def test_a_limit_in_code_is_seen(code):
    """Each way of writing one; how long a list is, is none."""
    assert len(limits(ast.parse(code))) == 1
    assert limits(ast.parse("len(rows) > 40")) == []


@pytest.mark.parametrize(
    "code",
    [
        "date(2017, 10, 1)",
        "YEAR = 2004",
        "if fiscal_year(day) == 2013: pass",
        "Decimal('4.8')",
        "x = '2025-10-15'",
        "0.05",
    ],
)
def test_a_figure_in_code_is_seen(code):
    """Each way of writing one."""
    assert len(literals(ast.parse(code))) == 1


def test_a_number_that_is_not_named_is_told_where_it_belongs() -> None:
    """The sentence has the module, the number, the rules and the table; a line that is no longer needed is said, too."""
    with pytest.raises(AssertionError) as told:
        as_named({*NO_LIMIT_OF_LAW, ("work/report/form_checks.py", "compared 9")}, "NO_LIMIT_OF_LAW", _INTO_THE_RULES)
    assert str(told.value).startswith("work/report/form_checks.py holds 'compared 9': put it into seskit/law/rules/")
    assert "NO_LIMIT_OF_LAW" in str(told.value)
    with pytest.raises(AssertionError, match="no longer stands: take the line out"):
        as_named(set(NO_LIMIT_OF_LAW) - {("work/report/plan_dates.py", "days 366")}, "NO_LIMIT_OF_LAW", _INTO_THE_RULES)
