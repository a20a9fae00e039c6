"""What is not needed is not loaded: help loads no rules, and a question no subject but its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable

import pytest

import seskit
from seskit.law import question

HEAVY = ("pydantic", "yaml", "matplotlib", "seskit.law", "seskit.formats.contents")


def loaded(code: str) -> list[str]:
    """The modules that a new process has loaded after it ran this code."""
    told = f"{code}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    modules: list[str] = json.loads(ran.stderr.splitlines()[-1])
    return modules


def test_help_loads_neither_rules_nor_what_reads_them() -> None:
    """`seskit --help` prints what the commands do without loading one."""
    code = "from click.testing import CliRunner\nfrom seskit.desk.cli import main\nCliRunner().invoke(main, ['--help'], catch_exceptions=False)"
    here = loaded(code)
    assert not [name for name in here if name in HEAVY or name.startswith("seskit.law.")]


def test_a_question_of_single_facts_is_answered_without_pydantic_and_without_other_subjects() -> None:
    """`seskit ask` loads the subject that is asked, and builds neither a schema for facts of one value nor a page."""
    words = ["ask", "awards.award_limits", "as_of=2002-09-30", "rate=129800"]
    code = f"from seskit.desk.cli import main\nmain({words!r}, standalone_mode=False)"
    here = loaded(code)
    assert "seskit.law.awards" in here
    others = [stem for stem in seskit.SUBJECTS if stem != "awards" and f"seskit.law.{stem}" in here]
    assert not others
    assert not [name for name in ("pydantic", "seskit.formats.markup", "seskit.formats.tables") if name in here]


def test_reading_a_notebook_reads_no_grammar() -> None:
    """What every notebook program loads first parses no grammar of addresses, which takes two seconds."""
    assert not [name for name in loaded("import nbformat") if name.partition(".")[0] in ("lark", "rfc3987_syntax")]


@pytest.mark.parametrize("stem", seskit.SUBJECTS)
def test_each_subject_alone_knows_all_of_its_questions(stem: str) -> None:
    """Every question of a subject is known once that subject is loaded."""
    here = loaded(
        f"from seskit.law import question\nquestion.named('{stem}.')\nimport sys\nsys.modules |= dict.fromkeys(question._REGISTRY)"
    )
    assert set(here) >= {name for name in question.questions() if name.startswith(f"{stem}.")}


def test_a_fact_of_one_value_is_read_alike_with_and_without_a_schema() -> None:
    """What reads one value at once gives what the schema gives, and refuses in the same words."""
    given = [
        "",
        "yes",
        "no",
        "3",
        "5",
        "2004-08-15",
        "8/15/2004",
        "$129,800",
        "12.5%",
        "2002-12",
        "career",
        "noncareer",
        "x y",
    ]
    compared = 0
    for asked in question.questions().values():
        for slot in asked.slots.values():
            if slot.of_one is None:
                continue
            choices = slot.kind if isinstance(slot.kind, tuple) else ()
            for value in [*given[1:], *choices, True, 3, 129800, 2.5]:
                alone, whole = (_read_or_said(way, value) for way in (slot.read, slot._as_a_whole))
                assert alone == whole
                compared += 1
    assert compared > 1000


def _read_or_said(way: Callable[[object], object], value: object) -> object:
    try:
        return way(value)
    except question.FactError as failure:
        return str(failure)
