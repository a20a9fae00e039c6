"""The course: every story can be decided, every mistake is named for what it is, lessons build, a path leads to a record."""

from __future__ import annotations

import base64
import json
import re
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest

from seskit.desk.course import feedback, plan, record, scenario
from seskit.desk.course.progress import Progress, Try
from seskit.desk.course.scenario import Misdeclared, Problem, Scenario
from seskit.desk.widgets.course import COPY, FORGET
from seskit.forum import lessons
from seskit.forum.place import KitError
from seskit.law import parameters
from seskit.law.facts import FactError
from tests import sense
from tests.extent import times
from tests.pdf_files import tags

SEEDS = range(40)
#: So many stories are read at least; more where a mistake or a limit was not met in them.
LEAST = times(40, 20)
SCENARIOS = scenario.scenarios()
JOBS = ("report", "pay_setting", "certification", "appraisal", "staffing")
MEASURED = ("number", "dollars", "date", "year")


def written(problem: Problem, values: tuple[Any, ...]) -> dict[str, str]:
    """An answer as a person enters it."""
    return {part.path: part.shown(value) for part, value in zip(problem.parts, values, strict=True)}


def test_each_job_has_its_dozen() -> None:
    """At least twelve scenarios for each job, each with a mistake of its own, and every one practiced in a lesson."""
    counted = Counter(name.split(".")[0] for name in SCENARIOS)
    assert all(counted[job] >= 12 for job in JOBS)
    practiced = {
        name
        for path in lessons.course().paths.values()
        for objective in path.objectives
        for name in objective.scenarios
    }
    assert practiced == set(SCENARIOS)


@pytest.mark.parametrize("found", SCENARIOS.values(), ids=SCENARIOS)
def test_every_story_teaches(found: Scenario) -> None:
    """Right is right, each mistake is told apart, the first hint gives nothing away, and each limit is met from both sides."""
    outcomes: Counter[str] = Counter()
    met: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for seed in SEEDS:
        if seed >= LEAST and set(met) == set(found.edges) and len(named) == len(found.mistakes):
            break
        problem = found.draw(seed)
        outcomes[problem.parts[0].outcome(problem.expected[0])] += 1
        met.update(edge for edge in found.edges if scenario.holds(edge, problem.values))
        assert feedback.check(problem, written(problem, problem.expected)).right is True
        right = written(problem, problem.expected)
        for slip in problem.slips:
            given = written(problem, slip.answer)
            assert given != right
            verdict = feedback.check(problem, given)
            assert verdict.right is False
            assert verdict.mistake == slip.says
            named[slip.says] += 1
        told = feedback.hints(problem)
        assert len(set(told)) == feedback.HINTS
        for part, value in zip(problem.parts, problem.expected, strict=True):
            if part.kind in MEASURED:
                assert not re.search(rf"(?<![\w.$]){re.escape(part.shown(value))}(?![\w.])", told[0]), (part, told[0])
        assert list(sense.faults(found.question, problem.values, problem.story)) == [], problem.story
    assert problem == found.draw(problem.seed)
    assert len(outcomes) >= 2
    assert max(outcomes.values()) <= outcomes.total() * 2 / 3
    assert set(met) == set(found.edges)
    assert {mistake.says for mistake in found.mistakes} == set(named)


def test_feedback_says_what_is_right_so_far() -> None:
    """An answer that shows no usual mistake is not given away; what cannot be read is no try."""
    problem = SCENARIOS["pay_setting.top_of_range"].draw(1)
    decision, rate = problem.parts
    right = written(problem, problem.expected)
    verdict = feedback.check(problem, right | {rate.path: "$1"})
    assert verdict.right is False
    assert verdict.mistake == ""
    assert "Right so far: the rate is lawful." in verdict.says
    assert right[rate.path] not in verdict.says
    assert feedback.check(problem, right | {rate.path: "a lot"}).right is None
    assert feedback.check(problem, {decision.path: "yes"}).says == f"Fill in: {rate.label}."


def test_the_solution_is_the_whole_answer_with_its_law() -> None:
    """The answer in words, and each deciding reason with its citation."""
    problem = SCENARIOS["pay_setting.notice_of_a_cut"].draw(2)
    answer, steps = feedback.solution(problem)
    assert all(text in answer for text in written(problem, problem.expected).values())
    assert any("5 U.S.C. 5383(d)" in step for step in steps)


NOTICE = {
    "title": "t", "about": "a", "ask": "pay_setting.notice_due", "day": "2005-02-06 to 2006-02-05 on a Sunday",
    "facts": {"as_of": "day", "given_on": "as_of - 20 days"}, "story": "{as_of} {given_on}",
    "give": {"in_time": {"kind": "yes or no", "when": "given_on <= answer"}, "answer": "date"}, "decides": ["as_of"],
    "mistakes": [{"says": "s", "answer": {"answer": "answer + 1 day"}}],
}  # fmt: skip
SPOILT = [
    ({"tale": 1}, "'tale' is not known in a scenario"),
    ({"give": {"answer": "date"}}, "the decision comes first"),
    ({"give": {"a": "date", "b": "date", "c": "date"}}, "asks for one decision"),
    ({"facts": {"as_of": "day", "given_on": 1, "hat": 2}}, "'hat' is not a fact"),
    ({"mistakes": [{"says": "s", "facts": {"hat": 1}}]}, "a mistake changes 'hat'"),
    ({"mistakes": [{"says": "s", "fact": {}}]}, "a mistake has 'says'"),
    ({"given": {"hat": 1}}, "has no fact 'hat'"),
]


@pytest.mark.parametrize(("changed", "said"), SPOILT)
def test_a_scenario_that_cannot_be_read_says_why(changed: dict[str, Any], said: str) -> None:
    """What is misspelt or never asked is named."""
    with pytest.raises(FactError, match=re.escape(said)):
        scenario.read("x.y", NOTICE | changed)


def test_a_scenario_that_never_comes_out_says_so() -> None:
    """Bounds that lead to no story, or a condition that is none."""
    with pytest.raises(Misdeclared, match="comes to 'no'"):
        scenario.read("x.y", NOTICE | {"turns": [False]}).draw(1)
    with pytest.raises(Misdeclared, match="is not a condition"):
        scenario.holds("given_on", {"day": date(2005, 2, 6)})


def test_lessons_are_whole() -> None:
    """Each lesson takes 10 to 20 minutes, has a worked case with computed numbers, key points and sources; no session's word is left in it."""
    course = lessons.course()
    assert list(course.paths) == [plan.START, *JOBS]
    for path in course.paths.values():
        for lesson in path.lessons:
            assert 10 <= lesson.minutes <= 20
            assert lesson.sources, lesson.name
            assert lesson.key_points.count("\n- ") >= 2
            text = " ".join(body for _, body in lesson.sections)
            assert 150 <= len(text.split()) <= 500, lesson.name
            assert "{{" not in text
            assert set(lesson.guided) | set(lesson.alone) == {n for o in lesson.objectives for n in o.scenarios}
            assert lesson.alone


def test_a_lesson_prints(tmp_path: Path) -> None:
    """Objectives, teaching, stories to work with a pencil, and the answers at the end."""
    made = lessons.printed(lessons.course().lesson("pay_setting.reductions"))
    (page,) = made.write(tmp_path, "lesson", ("html",))
    text = page.read_text(encoding="utf-8")
    for words in (
        "What you will be able to do",
        "A worked case",
        "$184,500",
        "Story 4",
        "Key points",
        "Answers",
        "5 CFR 534.404",
    ):
        assert words in text
    assert text.index("Key points") < text.index(">Answers<")
    assert made.to_pdf().startswith(b"%PDF")


def test_a_lesson_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    """An amount typed into the teaching, a scenario that is not there, a missing part: file and line are named."""
    training = Path(lessons.shipped("training"))
    folder = tmp_path / "course"
    (folder / "pay_setting").mkdir(parents=True)
    for name in ("facts.yaml", "sources.yaml"):
        (tmp_path / name).write_bytes((training / name).read_bytes())
    good = (training / "course" / "pay_setting" / "total.md").read_text(encoding="utf-8")
    file = folder / "pay_setting" / "total.md"
    for old, new, said in (
        ("Use the rate", "Use $5 and the rate", "an amount is typed in"),
        ("[total_pay]", "[total]", "there is no scenario 'pay_setting.total'"),
        ("# A worked case", "# A case", "has no section 'A worked case'|an amount is typed in"),
        ("minutes: 15", "minutes: 45", "10 to 20 minutes"),
        ("::: key", "::: keys", "no key points"),
        ("title:", "titel:", "front matter holds"),
    ):
        file.write_text(good.replace(old, new), encoding="utf-8")
        with pytest.raises(KitError, match=said):
            lessons.read(file, folder)
    with pytest.raises(KitError, match=r"course\.yaml"):
        lessons.course(tmp_path)


def tried(name: str, purpose: str = "practice", *, first: bool = True, day: int = 1) -> Try:
    return Try(name, 1, date(2026, 11, day), first, first, 0, purpose)


def test_mastery_takes_two_first_answers_or_one_check() -> None:
    """New, begun, mastered, due again: by what was right at the first try and by the day."""
    objective = plan.Objective("Do it.", ("a.b", "a.c"))
    today, later = date(2026, 11, 9), {"a.b": date(2026, 12, 1)}
    assert plan.standing(objective, [], {}, today).state == plan.NEW
    assert plan.standing(objective, [tried("a.b")], later, today).state == plan.BEGUN
    mastered = plan.standing(objective, [tried("a.b"), tried("a.c", day=3)], later, today)
    assert (mastered.state, mastered.mastered_on) == (plan.MASTERED, date(2026, 11, 3))
    assert plan.standing(objective, [tried("a.b", "placement")], later, today).state == plan.MASTERED
    missed = [tried("a.b", "check"), tried("a.b", first=False, day=5)]
    assert plan.standing(objective, missed, later, today).state == plan.DUE
    assert plan.standing(objective, [tried("a.b", "check")], {"a.b": today}, today).state == plan.DUE
    assert plan.standing(objective, [tried("x.y", "check")], {}, today).state == plan.NEW


def panel(tmp_path: Path, path: str) -> Any:
    from seskit.desk.widgets.course import CoursePanel

    return CoursePanel(lessons.course(), Progress(tmp_path / "c.sqlite3", date(2026, 11, 28)), path, tmp_path)


def decide(story: Any, *, right: bool = True) -> Any:
    """Enter the right answer, or the first mistake, and check it."""
    values = story.problem.expected if right else story.problem.slips[0].answer
    for part, value in zip(story.problem.parts, values, strict=True):
        story.entries[part.path].put(part.read(value) if part.choices else part.shown(value))
    return story.check()


def test_a_path_leads_from_the_start_to_a_record(tmp_path: Path) -> None:
    """Continue alone leads through every lesson; at the end the record names each objective and its day."""
    made = panel(tmp_path, "staffing")
    pages = []
    for _ in range(200):
        if made.at_home and made.next_button.description == "Practice once more":
            break
        if made.story is not None:
            assert decide(made.story).right is True
        made.forward()
        pages.append(made.page)
    path = made.path
    assert plan.complete(path, made.progress)
    assert {lesson.title for lesson in path.lessons} <= set(pages)
    assert pages.count("How the check came out") == len(path.lessons) + 1
    made._name.value = "Pat Example"
    made.record()
    _is_tagged(tmp_path / "record-of-completion.pdf", path)
    paper = record.document(path, made.progress)
    assert paper.title == "Record of completion: Filling SES positions"
    assert all(objective.says.rstrip(".").split()[-1] in paper.body for objective in path.objectives)
    assert paper.body.count("November 28, 2026") >= len(path.objectives)


def _is_tagged(file: Path, path: plan.Path) -> None:
    """A reader that reads aloud finds language and title, and one captioned table whose cells have headers; all words are text."""
    with pikepdf.open(file) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.StructTreeRoot.K
        assert str(pdf.Root.Lang) == "en-US"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as told:
            assert told["dc:title"] == f"Record of completion: {path.title}"
            assert told["pdfuaid:part"] == "1"
        names = Counter(name for name, _ in tags(pdf))
    assert names["/Table"] == 1
    assert names["/TH"] >= 2
    assert names["/TD"] + names["/TH"] == 2 + 2 * len(path.objectives)
    assert names["/Title"] == names["/Caption"] == 1
    words = re.sub(r"\s+", " ", "".join(page.extract_text() for page in pypdf.PdfReader(file).pages))
    assert "Pat Example" in words
    assert all(objective.says.split()[0] in words for objective in path.objectives)
    assert "November 28, 2026" in words
    assert not re.search("score:|rank|percent", words, re.IGNORECASE)


def test_a_placement_check_lets_the_experienced_skip(tmp_path: Path) -> None:
    """What is right at the first answer counts as mastered; what is wrong stays open, and is named."""
    made = panel(tmp_path, "certification")
    made.placement()
    asked = 0
    while made.story is not None:
        decide(made.story, right=asked != 0)
        asked += 1
        made.forward()
    assert asked == len(made.path.objectives)
    found = list(plan.standings(made.path, made.progress).values())
    assert [one.done for one in found] == [False] + [True] * (asked - 1)
    assert made.page == "How the check came out"
    assert record.document(made.path, made.progress).title.startswith("Record so far: ")


def test_a_wrong_answer_is_named_hinted_and_solved(tmp_path: Path) -> None:
    """Check names the mistake, three hints come one by one, the solution ends the story; only the first answer is kept as wrong."""
    made = panel(tmp_path, "pay_setting")
    made.begin(made.course.lesson("pay_setting.range"))
    made.forward()
    story = made.story
    assert decide(story, right=False).mistake == story.problem.slips[0].says
    assert story.problem.slips[0].says in story.message
    for _ in range(4):
        story.hint()
    assert story.hints == 3
    assert story.hint_button.description == "No more hints"
    story.solve()
    assert story.settled
    assert "Solution." in story._more.value
    (kept,) = made.progress.tries()
    assert (kept.right, kept.first) == (False, True)
    story.check()
    assert len(made.progress.tries()) == 1


def test_a_learner_keeps_a_copy_and_is_forgotten_without_a_terminal(tmp_path: Path) -> None:
    """One button offers all that is kept as a file; another erases it, once it is pressed again."""
    made = panel(tmp_path, "report")
    made._name.value = "Pat Example"
    made.progress.name("Pat Example")
    made.progress.answered("report.pool", 3, right=True, first=True)
    made.copy()
    held = re.search(r"download='progress.json' href='data:application/json;base64,([^']+)'", made._status.value)
    assert held
    kept = json.loads(base64.b64decode(held[1]))
    assert kept == json.loads(json.dumps(made.progress.exported()))
    assert "Pat Example" in str(kept)
    made.forget()
    assert "press 'Forget my progress' again" in made.message
    assert made.progress.path.exists()
    made.home()
    made.forget()
    assert made.progress.path.exists(), "another page in between asks again"
    made.forget()
    assert made.message == "Nothing is kept any more."
    assert not made.progress.path.exists()
    assert made._name.value == ""
    assert [button.description for button in made._body.children[-1].children] == [COPY, FORGET]


def test_a_check_takes_the_first_answer(tmp_path: Path) -> None:
    """In a check there is no hint, a wrong answer is explained, and the lesson stays open."""
    made = panel(tmp_path, "pay_setting")
    lesson = made.course.lesson("pay_setting.total")
    made.begin(lesson)
    while made.page != "How the check came out":
        if made.story is not None:
            helped = made.story.helped
            decide(made.story, right=helped)
            assert made.story.settled
            if not helped:
                assert made.story.hint_button not in made.story.children[-3].children
        made.forward()
    assert "Right at the first answer: 0 of 2." in made.message
    assert made.progress.lessons() == {}


def test_trouble_with_the_file_never_stops_the_course(tmp_path: Path) -> None:
    """A damaged file is named in a sentence; lessons and stories go on."""
    (tmp_path / "c.sqlite3").write_bytes(b"no database at all" * 100)
    made = panel(tmp_path, "report")
    assert "is damaged" in made.message
    made.begin(made.course.lesson("report.pool"))
    made.forward()
    assert decide(made.story).right is True
    assert "is damaged" in made.story.message


def test_a_miss_in_a_check_is_made_up_by_two_right_answers() -> None:
    """One right answer after a wrong one in the same check does not show that an objective is mastered; two do."""
    objective, today = plan.Objective("Do it.", ("a.b", "a.c")), date(2026, 11, 28)
    missed = [tried("a.b", "placement", first=False), tried("a.c", "placement")]
    assert plan.standing(objective, missed, {}, today).state == plan.BEGUN
    assert plan.standing(objective, [*missed, tried("a.b", "check", day=2)], {}, today).state == plan.MASTERED


def test_a_story_left_open_in_a_check_is_not_shown(tmp_path: Path) -> None:
    """Paged through without an answer: what was mastered is due again, and the lesson can be opened again at once."""
    made = panel(tmp_path, "pay_setting")
    lesson = made.course.lesson("pay_setting.range")
    for name in lesson.objectives[0].scenarios:
        made.progress.answered(name, 1, right=True, first=True, purpose="placement")
    assert plan.standings(made.path, made.progress)[lesson.objectives[0]].done
    made.begin(lesson)
    while made.steps:
        made.forward()
    assert plan.standings(made.path, made.progress)[lesson.objectives[0]].state == plan.DUE
    (again,) = [one for one in _buttons(made) if one.description == "Open the lesson again"]
    again.click()
    assert made.page == lesson.title


def _buttons(box: Any) -> list[Any]:
    found = [box] if hasattr(box, "on_click") else []
    return found + [one for child in getattr(box, "children", ()) for one in _buttons(child)]


def test_each_story_shows_one_objective_of_its_path() -> None:
    """A right answer never counts for what it was not asked for."""
    for path in lessons.course().paths.values():
        counted = Counter(name for objective in path.objectives for name in objective.scenarios)
        assert [name for name, times_ in counted.items() if times_ > 1] == [], path.name


@pytest.mark.parametrize("found", list(scenario.scenarios().values()), ids=lambda one: one.name)
def test_hints_are_words_and_figures(found: Scenario) -> None:
    """No hint shows the parts of a record, a date as a machine writes it, or the yes and no of a program."""
    for seed in range(times(12, 3)):
        for hint in feedback.hints(found.draw(seed)):
            assert not re.search(r"\{|\bTrue\b|\bFalse\b|\bNone\b|; \w+: |\d{4}-\d\d-\d\d", hint), hint


def test_without_hints_none_is_advised() -> None:
    """A placement check has no hint to take."""
    problem = scenario.named("pay_setting.top_of_range").draw(1)
    odd = {part.path: "no" if part.kind == "yes or no" else "1" for part in problem.parts}
    assert "Take a hint" not in feedback.check(problem, odd, helped=False).says


def test_stories_of_pay_begin_from_lawful_rates() -> None:
    """Nobody is paid below the minimum before anything is decided; a new minimum is one that rose on that day."""
    seen = 0
    for found in (one for one in scenario.scenarios().values() if one.name.startswith("pay_setting.")):
        for seed in range(times(60, 12)):
            values = found.draw(seed).values
            rate = values.get("ses_rate", values.get("rate"))
            if found.question.name != "pay_setting.check_rate" and rate:
                before = date.fromisoformat(str(values["as_of"])) - timedelta(days=1)
                if before > date(2004, 1, 11):
                    seen += 1
                    assert Decimal(str(rate)) >= parameters.figure("pay_setting.ses_range.minimum", before).value, (
                        found.draw(seed).story
                    )
        if found.name == "pay_setting.raise_to_minimum":
            for seed in range(times(60, 12)):
                day = date.fromisoformat(str(found.draw(seed).values["as_of"]))
                least = [
                    parameters.figure("pay_setting.ses_range.minimum", on).value
                    for on in (day - timedelta(days=1), day)
                ]
                assert least[0] < least[1], day
    assert seen > 50


def test_a_printed_lesson_is_one_a_person_can_work_with() -> None:
    """What to decide is a line to write on; the answers come with their law; days are in words everywhere."""
    for path in lessons.course().paths.values():
        for lesson in path.lessons:
            text = lessons.printed(lesson).body.replace("\\", "")
            assert not re.search(r"\d{4}-\d\d-\d\d", text), lesson.name
            answers = text.partition("# Answers")[2].partition("# Sources")[0]
            stories = answers.split("**Story ")[1:]
            assert stories, lesson.name
            assert all("\n- " in one for one in stories), lesson.name
            assert text.count("__________") >= len(stories), lesson.name
