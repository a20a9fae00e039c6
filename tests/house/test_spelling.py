"""One dictionary: the project is written in American spelling, and reads what was typed in another."""

import re

import pytest
import yaml

from seskit.formats.spelling import AMERICAN, american
from seskit.law import question
from seskit.record.appraisal import plan_document
from tests.places import ROOT

WRITTEN = {".py", ".md", ".yaml", ".ipynb", ".j2", ".css", ".js", ".typ", ".toml", ".csv", ".yml"}
#: The dictionary itself; folders as they came from elsewhere; what the older spelling was, for whom it concerns.
APART = ("seskit/formats/spelling.py", "tests/house/test_spelling.py", "tests/field/", "tests/cases/", "CHANGELOG.md")


def test_the_project_is_written_in_american_spelling():
    """In code, rules, pages, notebooks, samples and documents alike."""
    older = re.compile("|".join(AMERICAN))  # in small letters, which are searched much faster than letters of any case
    found = []
    for place in ("seskit", "notebooks", "training", "tests", "docs"):
        for file in sorted((ROOT / place).rglob("*")):
            name = file.relative_to(ROOT).as_posix()
            if file.suffix in WRITTEN and not name.startswith(APART) and ".ipynb_checkpoints" not in name:
                found += [f"{name}: {word}" for word in older.findall(file.read_text(encoding="utf-8").lower())]
    for file in ROOT.glob("*.md"):
        if file.name not in APART:
            found += [f"{file.name}: {word}" for word in older.findall(file.read_text(encoding="utf-8").lower())]
    assert found == []


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("programme", "program"), ("Programmes", "Programs"), ("programmer", "programmer"), ("ORGANISATION", "ORGANIZATION"),
        ("organism", "organism"), ("Customisation", "Customization"), ("labelledby", "labelledby"), ("fulfilled", "fulfilled"),
        ("realistic", "realistic"), ("Judgement", "Judgment"),
    ],
)  # fmt: skip
def test_each_word_keeps_its_capitals_and_others_stay(typed, read):
    """Only whole stems of the dictionary are changed."""
    assert american(typed) == read
    assert american(read) == read


def test_questions_facts_and_choices_are_read_in_the_older_spelling():
    """The same answer under both names."""
    older = question.find("staffing.candidate_programme")
    assert older.name == "staffing.candidate_program"
    check = question.find("appraisal.check_plan")
    new = check(as_of="2012-01-01", individual_and_organizational="yes")
    assert check(as_of="2012-01-01", individual_and_organisational="yes").to_dict() == new.to_dict()
    filled = question.find("staffing.competition")
    assert (
        filled("2002-01-01", route="programme graduate").to_dict()
        == filled("2002-01-01", route="program graduate").to_dict()
    )


def test_a_plan_is_read_in_the_older_spelling(tmp_path):
    """Its keys, not its words: what a person wrote stays as it was written."""
    plan = yaml.safe_load((ROOT / "notebooks/sample/agencies/DBT/plan.yaml").read_text(encoding="utf-8"))
    plan["organisation"] = plan.pop("organization")
    plan["individual_and_organisational"] = plan.pop("individual_and_organizational")
    plan["position"] = "Head of the Programme Centre"
    (tmp_path / "plan.yaml").write_text(yaml.safe_dump(plan), encoding="utf-8")
    read = plan_document.files.read(tmp_path)
    assert read.problems == ()
    assert read.plan.organization
    assert read.plan.position == "Head of the Programme Centre"


def test_messages_are_written_as_a_colleague_would_say_them():
    """Turns of phrase that the style page names are in no module, rule or page that people read."""
    odd = re.compile(
        r"[a-z]\(s\)(?! for)|stands? twice|cannot be told(?! apart)|not to be told|\bparted by\b|slip of the pen|Cannot tell: a fact is missing|[\"']not told\b|[Mm]end the (?:design|system)\b|, told \{|[\"'}] is no [a-z]+ of\b|\"is no "
    )
    style = ROOT / "docs" / "style.md"
    for folder, kinds in (("seskit", (".py", ".yaml", ".j2", ".typ")), ("docs", (".md",)), ("notebooks", (".ipynb",))):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in kinds and path != style and "sample" not in path.parts:
                found = odd.search(path.read_text(encoding="utf-8"))
                assert not found, f"{path.relative_to(ROOT)}: '{found and found[0]}'; docs/style.md says what we write"
