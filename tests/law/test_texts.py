"""A reason is no surer than the text it cites: for a day before the text that was read, it is not confirmed, and a caution says so."""

import ast
import re
import shlex
from datetime import date, timedelta
from pathlib import Path

import pytest

from seskit.desk.asked import given, line
from seskit.law import appraisal, parameters, staffing
from seskit.law.facts import FactError
from seskit.law.question import questions

TEXTS = {str(parameters.latest(path)): path for path in parameters.paths("texts")}
DAYS = sorted(
    {day + timedelta(days=off) for path in TEXTS.values() for day in [parameters.first_day(path)] for off in (-1, 0)}
)
SECTION = re.compile(r"\b\d{3,4}\.\d+")
#: Sections of which the reference names no edition: Schedule B, and the awards of part 451, subpart A.
NO_EDITION = ("213.", "451.1")
LAW = Path(parameters.__file__).parent
ASKED = [asked for asked in questions().values() if "as_of" in asked.slots]


def first_days(citation):
    """The first days of the texts that a citation names, each by the longest beginning that fits."""
    fits = [
        max((one for one in TEXTS if section.startswith(one)), key=len, default="")
        for section in SECTION.findall(citation)
    ]
    return [parameters.first_day(TEXTS[one]) for one in fits if one]


def on(asked, day):
    """The example of a question, asked of another day; nothing where that is refused."""
    words = [word for word in shlex.split(line.example(asked))[3:] if not word.startswith("as_of=")]
    try:
        return asked(**given.facts(asked, [f"as_of={day}", *words]))
    except FactError:
        return None


def cited():
    """Each citation of a section of the regulations: in the strings of the law's modules, and in its rules."""
    for file in sorted(LAW.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield from ((file.name, one) for one in re.findall(r"5 CFR [^;]*", node.value))
    for path in parameters.paths():
        yield from ((path, one) for one in re.findall(r"5 CFR [^;]*", parameters.parameter(path).citation))


def test_the_text_of_each_section_cited_has_a_first_day():
    """A part that the list forgets would keep its reasons confirmed for any day."""
    known = (*TEXTS, *NO_EDITION)
    lacks = {
        (where, section) for where, one in cited() for section in SECTION.findall(one) if not section.startswith(known)
    }
    assert not lacks


def test_no_confirmed_reason_cites_a_part_alone():
    """Nothing could hold it against a text: a reason names its section."""
    for asked in ASKED:
        for day in DAYS:
            found = on(asked, day)
            for one in found.reasons if found else ():
                if one.basis == "verified" and one.citation.startswith("5 CFR") and ";" not in one.citation:
                    assert SECTION.search(one.citation), (day, one)


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.name)
def test_no_reason_is_surer_than_the_text_it_cites(asked):
    """Over each question, on both sides of each first day."""
    for day in DAYS:
        found = on(asked, day)
        for one in found.reasons if found else ():
            if (
                one.basis == "verified"
                and one.outcome != "not asked"
                and one.citation.startswith("5 CFR")
                and ";" not in one.citation
            ):
                assert all(first <= day for first in first_days(one.citation)), (day, one)


@pytest.mark.parametrize(
    ("day", "confidence", "told"),
    [(date(1995, 2, 1), "recalled", True), (date(1995, 2, 2), "verified", False)],
)
def test_both_sides_of_a_text(day, confidence, told):
    """The answer stays the same; how sure it is, and the caution, change on the first day of the text."""
    found = staffing.reinstatement(day, probation_completed=True, left_by="resignation")
    assert found.verdict is True
    assert found.confidence == confidence
    assert any("5 CFR part 317 is used as it reads from 1995-02-02" in one for one in found.cautions) is told


def test_what_a_statute_says_too_stays_confirmed():
    """A statute beside the regulation speaks for the reason by itself."""
    found = appraisal.placement(date(1988, 6, 15), appointment_type="career", on_probation=False, reason="performance")
    both = [one for one in found.reasons if "5 U.S.C. 3594" in one.citation]
    assert both
    assert all(one.basis == "verified" for one in both)
