"""What must be done before one acts: the answer in short says it wherever it allows the act, and its reasons carry the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

import pytest

from seskit.desk.asked import declared as asked
from seskit.desk.course import feedback, scenario
from seskit.desk.practice import declared
from seskit.law import staffing
from seskit.law.question import find
from seskit.law.result import Result
from tests.extent import times
from tests.worked import WORKED

#: Numbers of problems and stories that are drawn.
SEEDS = times(12, 4)

#: What must be done, in the words of a reason.
_TO_DO = re.compile(r"\b(must|needs OPM's|have to|has to|is owed|days to answer)\b")
#: What is said to be so of other cases only, or of what the law asks no one to do.
_NOT_HERE = re.compile(r"not so here|^(A rate set a|A)bove \$|^Lawful instead|whose decision is not known")


def _answers() -> Iterator[Result]:
    """The answers of every example, worked case, practice problem and story."""
    for name, said in asked.declared().items():
        yield find(name)(**said.example)
        for seed in range(SEEDS if said.practice is not None else 0):
            yield declared.for_question(find(name)).draw(seed, seed).result
    for _, case in WORKED:
        if "ask" in case and "answer" in (case.get("expect") or {}):
            yield find(case["ask"])(**case["facts"])
    for story in scenario.scenarios().values():
        for seed in range(SEEDS):
            yield story.draw(seed).result


def test_what_must_be_done_is_in_the_answer_in_short() -> None:
    """Of all answers that allow something, none keeps what must be done first among the reasons shown with --all only."""
    hidden, shown = dict[str, str](), set[str]()
    for result in _answers():
        for reason in result.reasons:
            if result.verdict is not True or not _TO_DO.search(reason.text) or _NOT_HERE.search(reason.text):
                continue
            if reason.outcome != "information":
                continue
            if reason.text in result.to_text(brief=True):
                shown.add(result.question)
            else:
                hidden[result.question] = reason.text
    assert hidden == {}
    assert {
        "staffing.limited_appointment",
        "staffing.qrb_forwarding",
        "staffing.qrb_validity",
        "pay_setting.reduce",
    } <= shown


@pytest.mark.parametrize(
    ("facts", "needs"),
    [
        ({"current_appointment": "none", "left_political_on": "2021-02-02"}, True),
        ({"current_appointment": "none", "left_political_on": "2021-02-01"}, False),
        ({"current_appointment": "none"}, False),
        ({"current_appointment": "Schedule C", "same_position": False}, True),
        ({"current_appointment": "career type", "same_position": True}, False),
    ],
)
def test_approval_first_stands_in_sentence_and_short_answer(facts: dict[str, object], needs: bool) -> None:
    """On 2026-02-02 five years to the day still need OPM's approval, and the sentence and the short answer say so."""
    found = staffing.qrb_forwarding("2026-02-02", **facts)  # type: ignore[arg-type]
    short = found.to_text(brief=True)
    assert (found.answer.forwarded, found.answer.opm_approval) == (True, needs)
    assert ("once it has approved the appointment" in found.says) == needs
    assert ("needs OPM's approval first" in short) == needs


def test_where_no_approval_is_recorded_the_answer_says_so() -> None:
    """The day before the rule is recorded the answer cautions; on the day it does not, and the approval is needed."""
    facts = {"current_appointment": "Schedule C", "same_position": False}
    before, after = (staffing.qrb_forwarding(day, **facts) for day in ("2009-12-31", "2010-01-01"))  # type: ignore[arg-type]
    assert (before.answer.opm_approval, after.answer.opm_approval) == (None, True)
    assert any("Ask OPM" in caution for caution in before.cautions)
    assert not any("Ask OPM" in caution for caution in after.cautions)
    quiet = staffing.qrb_forwarding("2009-12-31", current_appointment="career type")
    assert quiet.cautions == ()


def test_the_reason_does_not_read_against_the_answer() -> None:
    """'is not converted' stands only where the case is not forwarded, or may not be; a no has no approval to wait for."""
    held = ("career type", "noncareer SES", "Schedule C", "other noncareer type", "none")
    for current, same in product(held, (True, False, None)):
        found = staffing.qrb_forwarding("2026-02-02", current_appointment=current, same_position=same)  # type: ignore[arg-type]
        said = " ".join(reason.text for reason in found.deciding)
        assert ("is not converted" in said) == (found.answer.forwarded is not True), (current, same)
        assert ("needs OPM's approval" in said) == (
            found.answer.forwarded is not False and bool(found.answer.opm_approval)
        )


def test_solutions_of_the_course_say_it_too() -> None:
    """A story's solution names what must be done first wherever its answer allows the act."""
    seen = set[str]()
    for name, story in scenario.scenarios().items():
        for seed in range(SEEDS):
            problem = story.draw(seed)
            steps = " ".join(feedback.solution(problem)[1])
            for reason in problem.result.reasons:
                if reason.due and problem.result.verdict is not False:
                    assert reason.citation in steps, (name, seed)
                    seen.add(name)
    assert {"staffing.in_place", "staffing.recent_political"} <= seen
