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

from seskit.desk import drills
from seskit.desk.course import feedback, plan, record, scenario
from seskit.desk.course.progress import ProgressFile, Try
from seskit.desk.course.scenario import Misdeclared, Scenario, StoryProblem
from seskit.desk.widgets import course_pages
from seskit.desk.widgets.course import CHOOSE, CoursePanel
from seskit.desk.widgets.course_keeping import BRING, COPY, FORGET
from seskit.forum import lessons
from seskit.forum.place import KitError
from seskit.law import in_words, parameters, question
from seskit.law.facts import FactError
from seskit.law.rate_range import es_rates
from seskit.law.report import editions
from tests import sense
from tests.drawn import drawn
from tests.extent import times
from tests.opened_desk import LONG_AGO
from tests.pdf_files import tags

SEEDS = range(40)
#: So many stories are read at least; more where a mistake or a limit was not met in them.
LEAST = times(40, 20)
SCENARIOS = scenario.scenarios()
JOBS = ("report", "pay_setting", "certification", "appraisal", "staffing")
MEASURED = ("number", "dollars", "date", "year")


def written(problem: StoryProblem, values: tuple[Any, ...]) -> dict[str, str]:
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
        problem = drawn(found.name, seed)
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
        first = problem.parts[0]
        assert not first.choices or f"{first.label}," not in feedback.check(problem, {}).says
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
    problem = drawn("pay_setting.top_of_range", 1)
    decision, rate = problem.parts
    right = written(problem, problem.expected)
    verdict = feedback.check(problem, right | {rate.path: "$1"})
    assert verdict.right is False
    assert verdict.mistake == ""
    said = "the rate is lawful" if right[decision.path] == "yes" else "the rate is not lawful"
    assert verdict.says.startswith(f"Partly right: {said}. Look again at this: {rate.label.partition(' (')[0]}.")
    assert right[rate.path] not in verdict.says
    assert feedback.check(problem, right | {rate.path: "a lot"}).right is None
    assert feedback.check(problem, {}).says == "Choose yes or no first: the rate is lawful."
    assert (
        feedback.check(problem, {decision.path: "yes"}).says == f"Also enter this: {rate.label}, an amount in dollars."
    )


def test_a_story_says_yes_and_no_in_sentences() -> None:
    """A fact that is yes or no is a sentence of the story; one without its words stops the story, and so does an unknown code."""
    asked = question.find("pay_setting.check_rate")
    said = "{certified:The system is certified.|The system is not certified.}"
    assert drills.told_story(said, asked, {"certified": False}) == "The system is not certified."
    assert drills.told_story("{kind:a=one|b=two} {kind}", asked, {"kind": "b"}) == "two b"
    for story, value in (("Certified: {certified}.", True), ("{certified:a=one|b=two}", "c")):
        with pytest.raises(FactError, match="certified"):
            drills.told_story(story, asked, {"certified": value})


@pytest.mark.parametrize("found", SCENARIOS.values(), ids=SCENARIOS)
def test_one_of_a_thing_is_one(found: Scenario) -> None:
    """A story and its solution never say 1 days or 1 members."""
    for seed in range(18):
        problem = found.draw(seed)
        said, ways = feedback.solution(problem)
        for text in (problem.story, said, *ways):
            assert not re.search(
                r"(?<![\d,.])1 (?:[a-z]+ ){0,2}(?:days|months|years|members|plans|hours|executives)\b", text
            ), text


def test_a_file_of_pay_is_lawful_by_the_lesson_of_its_story() -> None:
    """Two actions that each start the clock are twelve months apart, in the course and in drills; a raise to the minimum is in January."""
    seen = Counter[str]()
    for seed in range(30):
        values = drawn("pay_setting.too_soon", seed).values
        seen[values["kind"]] += 1
        if values["kind"] == "adjustment":
            assert values["second"] >= values["first"].replace(year=values["first"].year + 1)
        assert values["second"].month == 1 or values["kind"] != "minimum_increase"
        first, second = drills.make(question.find("pay_setting.next_adjustment"), seed).facts["actions"]
        assert second["effective"] >= first["effective"].replace(year=first["effective"].year + 1)
    assert len(seen) == 3


def test_no_name_of_the_program_is_read_out() -> None:
    """Hints and solutions have no names of questions, fields or tests, say nothing twice, and count one day as one."""
    for found in SCENARIOS.values():
        for seed in range(times(6, 2)):
            problem = drawn(found.name, seed)
            answer, steps = feedback.solution(problem)
            shown = " ".join((*feedback.hints(problem), answer, *steps))
            assert not re.search(r"\w_\w|\([A-Z]{1,2}\d+\)|\b1 days|; and until", shown), shown
            said = answer.rstrip(".").split(". ")
            assert len(set(said)) == len(said), answer


def test_a_solution_keeps_to_what_its_story_raises() -> None:
    """Approval above level III is no reason for a rate below it; the highest of three rates is shown; labels are sentences."""
    for seed in range(6):
        answer, steps = feedback.solution(drawn("pay_setting.rated_for_a_raise", seed))
        assert not any("top approving official" in step for step in steps)
        assert answer.startswith(("The raise is allowed. Nearest lawful rate: $", "The raise is not allowed. Nearest"))
        moved = drawn("pay_setting.moving_down", seed)
        assert not any("reductions end" in step or "12 months" in step for step in feedback.solution(moved)[1])
        placed = feedback.solution(drawn("pay_setting.after_removal", seed))[1]
        assert any(step.startswith("Pay is the highest of $") for step in placed)
        cut = feedback.solution(drawn("pay_setting.deep_cut", seed))[1]
        assert not any("pay_setting." in step for step in cut)


@pytest.mark.parametrize("found", [one for one in SCENARIOS.values() if one.reasons], ids=lambda one: one.name)
def test_reasons_shown_or_left_are_met(found: Scenario) -> None:
    """Words that choose a reason choose one in some story; something is always left to show."""
    stories = [drawn(found.name, seed) for seed in range(24)]
    said = " ".join(reason.text for one in stories for reason in one.result.reasons)
    said += " ".join(one.result.says for one in stories)
    assert all(words in said for words in (*found.reasons.get("also", ()), *found.reasons.get("leave", ())))
    assert all(one.reasons for one in stories)


def test_the_solution_is_the_whole_answer_with_its_law() -> None:
    """The answer in words, and each deciding reason with its citation."""
    problem = drawn("pay_setting.notice_of_a_cut", 2)
    answer, steps = feedback.solution(problem)
    assert answer.startswith("The notice was")
    assert written(problem, problem.expected)["answer"] in answer
    assert any("5 U.S.C. 5383(d)" in step for step in steps)
    assert any(
        "our own reading of 5 U.S.C. 5307(d)(3)" in step
        for step in feedback.solution(drawn("certification.term", 1))[1]
    )


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
    ({"reasons": {"hide": []}}, "'reasons' has 'also' and 'leave'"),
]


@pytest.mark.parametrize(("changed", "said"), SPOILT)
def test_a_scenario_that_cannot_be_read_says_why(changed: dict[str, Any], said: str) -> None:
    """What is misspelled or never asked is named."""
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
            text = re.sub(
                r"(?m)^(\||!\[).*$", "", " ".join(body for _, body in lesson.sections)
            )  # looked up, looked at
            assert 150 <= len(text.split()) <= 500, lesson.name
            assert "{{" not in text
            assert set(lesson.guided) | set(lesson.alone) == {n for o in lesson.objectives for n in o.scenarios}
            assert lesson.alone


def test_the_report_path_shows_its_form_and_ends_with_the_report() -> None:
    """Every item of the edition is on the page, the forms are named, and the last step is one's own report."""
    first, *_, last = lessons.course().path("report").lessons
    page = "\n".join(text for _, text in first.sections).replace("\\", "")
    found = editions.edition(2002)
    assert all(f"| {item.number} | {item.words.removesuffix(', i.e.,').rstrip(' =')} |" in page for item in found.items)
    assert all(form in page for form in ("OPM Form 1558,", "OPM Form 1558A", "Supplementary"))
    assert last.sections[-1][1].startswith("Now make your own report: open The ratings and awards report")


def test_a_table_of_a_lesson_has_its_title() -> None:
    """The line below a table in Markdown is its caption on the page, and no paragraph that begins with a colon."""
    for path in lessons.course().paths.values():
        for lesson in path.lessons:
            page = str(course_pages.teaching(lesson)[0].value)
            assert "<p>: " not in page, lesson.name
            assert page.count("<table>") == page.count("<table><caption>"), lesson.name


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


def test_a_printed_story_stands_with_what_is_to_be_decided(tmp_path: Path) -> None:
    """In every lesson: a story, its title and the lines to write on are on one page."""
    for path in lessons.course().paths.values():
        for lesson in path.lessons:
            (file,) = lessons.printed(lesson).write(tmp_path, lesson.name, ("pdf",))
            pages = "\f".join(page.extract_text() for page in pypdf.PdfReader(file).pages)
            stories = re.split(r"\bStory \d+: ", pages.partition("Key points")[0])[1:]
            assert len(stories) == len({*lesson.guided, *lesson.alone}), lesson.name
            assert [one for one in stories if "\f" in one[: one.rindex("____")]] == [], lesson.name


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
        ("Use the salary", "Use $5 and the salary", "an amount is typed in"),
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
    assert plan.standing(objective, [tried("a.b", "placement")], later, today).state == plan.BEGUN
    assert plan.standing(objective, [tried("a.b", "placement")] * 2, later, today).state == plan.MASTERED
    missed = [tried("a.b", "check"), tried("a.b", first=False, day=5)]
    assert plan.standing(objective, missed, later, today).state == plan.DUE
    assert plan.standing(objective, [tried("a.b", "check")], {"a.b": today}, today).state == plan.DUE
    assert plan.standing(objective, [tried("x.y", "check")], {}, today).state == plan.NEW


def panel(tmp_path: Path, path: str = "") -> Any:
    return CoursePanel(lessons.course(), ProgressFile(tmp_path / "c.sqlite3", date(2026, 11, 28)), path, tmp_path)


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
        if made.start and made.start.next_button.description == "Practice once more":
            break
        if made.story is not None:
            assert decide(made.story).right is True
        made.forward()
        pages.append(made.page)
    path = made.path
    assert all(one.done for one in plan.standings(path, made.progress).values())
    assert {lesson.title for lesson in path.lessons} <= set(pages)
    assert pages.count("How the check came out") == len(path.way)
    assert all(objective in path.objectives for lesson in path.common for objective in lesson.objectives)
    assert "Write your record now" in made.start.children[0].value
    made.start.name.value = "Pat Example"
    made.start.record()
    assert f"in the folder {tmp_path}" in made.start.written.widget.value
    assert "download='record-of-completion-staffing-pat-example.pdf'" in made.start.written.widget.value
    _is_tagged(tmp_path / "record-of-completion-staffing-pat-example.pdf", path)
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
    assert names["/TD"] + names["/TH"] == 4 + 4 * len(path.objectives)
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
    assert asked == 2 * len(made.path.objectives) - 1, (
        "the first objective is missed at once, the others take two stories"
    )
    found = list(plan.standings(made.path, made.progress).values())
    assert [one.done for one in found] == [False] + [True] * (len(found) - 1)
    assert made.page == "How the check came out"
    assert record.document(made.path, made.progress).title.startswith("Record so far: ")


def test_one_lucky_guess_is_no_skill(tmp_path: Path) -> None:
    """The two stories of an objective come to different outcomes where its rule has two sides; a miss of the second leaves it open."""
    made = panel(tmp_path, "certification")
    made.placement()
    assert "lucky guess" in made._body.children[0].value
    sides: dict[str, list[str]] = {}
    place = {name: one.says for one in made.path.objectives for name in one.scenarios}
    right = True
    while made.story is not None:
        problem = made.story.problem
        met = sides.setdefault(place[problem.scenario.name], [])
        met.append(problem.parts[0].outcome(problem.expected[0]) if problem.scenario.turns else str(problem.seed))
        decide(made.story, right=not right or len(met) == 1)
        right = len(met) == 1
        made.forward()
    assert all(len(met) == 2 for met in sides.values())
    assert sum(len(set(met)) == 2 for met in sides.values()) >= len(sides) - 1
    found = list(plan.standings(made.path, made.progress).values())
    assert len(sides) == len(found)
    assert not any(one.done for one in found), "a second story that is missed leaves its objective open"


def test_a_miss_ends_an_objective_of_the_placement_check(tmp_path: Path) -> None:
    """After the first wrong answer the next story is of another objective; the second one missed leaves it open, too."""
    made = panel(tmp_path, "report")
    made.placement()
    first, *others = made.path.objectives
    decide(made.story, right=False)
    made.forward()
    assert made.story.problem.scenario.name in others[0].scenarios
    decide(made.story)
    made.forward()
    assert made.story.problem.scenario.name in others[0].scenarios
    decide(made.story, right=False)
    made.forward()
    assert made.story.problem.scenario.name in others[1].scenarios
    found = plan.standings(made.path, made.progress)
    assert [found[one].state for one in (first, others[0])] == [plan.BEGUN, plan.BEGUN]


def test_no_reason_is_told_as_so_that_is_not_so() -> None:
    """A test that is not met is named so in the solution, and asked, never said, in a hint."""
    seen = Counter[str]()
    for found in SCENARIOS.values():
        for seed in range(4):
            problem = drawn(found.name, seed)
            deciding = problem.reasons
            for reason, step in zip(deciding, feedback.solution(problem)[1], strict=True):
                assert step.startswith("Not met: ") == (reason.outcome == "not met"), step
                seen[reason.outcome] += 1
            if deciding and deciding[0].outcome == "not met":
                assert feedback.hints(problem)[2].startswith("First ask whether this is true: ")
    assert seen["not met"] > 20


def test_no_date_of_a_machine_is_shown_to_a_learner() -> None:
    """Story, hints, solution and the fold with the full working: days are in words everywhere."""
    for found in SCENARIOS.values():
        for seed in range(times(8, 2)):
            problem = drawn(found.name, seed)
            answer, steps = feedback.solution(problem)
            table = feedback.tables(problem)
            shown = (
                problem.story,
                *feedback.hints(problem),
                answer,
                *steps,
                problem.result.to_html().partition("Figures used")[0],
                table.to_html() if table else "",
            )
            assert not re.search(r"(?<!CPM )\b\d{4}-\d\d(-\d\d)?\b", " ".join(shown)), found.name


def test_amounts_of_the_year_can_be_looked_up() -> None:
    """A story that needs the limits of its day shows all of them beside it; which one applies is left to the learner."""
    problem = drawn("pay_setting.top_of_range", 1)
    table = feedback.tables(problem)
    assert table is not None
    assert len(table.rows) >= 4
    assert feedback.tables(drawn("report.report_due", 1)) is None


@pytest.mark.parametrize("found", SCENARIOS.values(), ids=SCENARIOS)
def test_each_amount_an_answer_rests_on_can_be_looked_up(found: Scenario) -> None:
    """What changes every year is in the table of the story's day, the limit on total pay with the amount of that year."""
    for seed in range(times(20, 6)):
        problem = drawn(found.name, seed)
        yearly = {one.name: one for one in problem.result.figures if one.name.startswith(feedback.IN_TABLES)}
        table, day = feedback.tables(problem), problem.result.as_of
        assert (table is None) == (not yearly), problem.story
        if table is None or day is None:
            continue
        shown = {cell for row in table.rows for cell in row} | set(re.findall(r"\$[\d,]*\d", table.notes[0]))
        missing = [one.label for one in yearly.values() if in_words.shown(one.value, one.unit) not in shown]
        assert missing == [], problem.story
        limits = [row for row in table.rows if row[0].startswith("aggregate limitation")]
        assert {row[2] for row in limits} == {f"All of {day.year}"}
        assert all(row[1] in table.notes[0] for row in limits)


@pytest.mark.parametrize("found", SCENARIOS.values(), ids=SCENARIOS)
def test_the_figure_of_a_hint_is_the_one_the_answer_rests_on(found: Scenario) -> None:
    """Where an amount of the law is the answer, the hint named the figure is that amount."""
    for seed in range(times(20, 6)):
        problem = drawn(found.name, seed)
        told = {str(value) for name, value in problem.values.items() if name in found.varies}
        for part, value in zip(problem.parts, problem.expected, strict=True):
            amounts = [one.value for one in problem.result.figures if one.unit.startswith("USD")]
            if part.kind == "dollars" and value in amounts and str(value) not in told:
                assert part.shown(value) in feedback.hints(problem)[1], problem.story


def test_two_mistakes_at_once_are_both_named() -> None:
    """Each wrong part is explained by a mistake of its own, where no single one explains all."""
    for seed in range(60):
        problem = drawn("report.left_the_agency", seed)
        first, second = (part.path for part in problem.parts)
        found = {name: [slip for slip in problem.slips if part_of(problem, slip, name)] for name in (first, second)}
        if all(found.values()):
            given = written(problem, problem.expected)
            for name, slips in found.items():
                given[name] = written(problem, slips[0].answer)[name]
            verdict = feedback.check(problem, given)
            assert verdict.right is False
            assert all(slips[0].says in verdict.says for slips in found.values())
            return
    raise AssertionError("no story lets both mistakes be made")


def part_of(problem: StoryProblem, slip: Any, name: str) -> bool:
    """Whether a mistake gets just this part wrong."""
    right, wrong = written(problem, problem.expected), written(problem, slip.answer)
    return right[name] != wrong[name]


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


def test_a_learner_keeps_a_copy_is_forgotten_and_comes_back_without_a_terminal(tmp_path: Path) -> None:
    """One button offers all that is kept as a file, another erases it once it is pressed again, the third takes the file."""
    made = panel(tmp_path, "report")
    made.start.name.value = "Pat Example"
    assert made.progress.learner == "Pat Example"
    made.progress.answered("report.pool", 3, right=True, first=True)
    made.start.keeping.copy()
    held = re.search(r"download='progress.json' href='data:application/json;base64,([^']+)'", keeping(made))
    assert held
    copy = base64.b64decode(held[1])
    before = made.progress.exported()
    assert json.loads(copy) == json.loads(json.dumps(before))
    made.start.keeping.forget()
    assert "press &#x27;Forget my progress&#x27; again" in keeping(made)
    assert "Records and copies that you wrote or downloaded stay" in keeping(made)
    assert made.progress.path.exists()
    made.home()
    made.start.keeping.forget()
    assert made.progress.path.exists(), "another page in between asks again"
    made.start.keeping.forget()
    assert made.message == "Nothing about you is kept in your progress now."
    assert not made.progress.path.exists()
    assert made.start.name.value == ""
    assert [button.description for button in made._body.children[-2].children] == [COPY, BRING, FORGET]
    elsewhere = panel(tmp_path)
    assert elsewhere.page == CHOOSE
    given = {"name": "progress.json", "type": "", "size": 1, "content": memoryview(copy), "last_modified": LONG_AGO}
    elsewhere._body.children[-1].children[0].value = [given]
    assert elsewhere.message == "Brought back: 1 answer, under the name Pat Example."
    assert elsewhere.progress.exported() == before
    elsewhere.choose("report")
    assert "This is the progress of Pat Example." in elsewhere.start.children[0].value
    elsewhere.start.name.value = "Sam Example"
    assert (
        "practiced under the name Pat Example is now on the record of Sam Example"
        in elsewhere.start.written.widget.value
    )


def keeping(made: CoursePanel) -> str:
    """What is said at the foot of the start page."""
    assert made.start is not None
    return str(made.start.keeping.held.widget.value)


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
                assert not made.story.check_button.comm or made.story._buttons.children == ()
        made.forward()
    assert re.search(r"Right at the first answer: 0 of \d stories\.", made.message)
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
        made.progress.answered(name, 1, right=True, first=True, purpose="check")
    assert plan.standings(made.path, made.progress)[lesson.objectives[0]].done
    made.begin(lesson)
    while made.page != "How the check came out":
        made.forward()
    assert plan.standings(made.path, made.progress)[lesson.objectives[0]].state == plan.DUE
    (again,) = [one for one in _buttons(made) if one.description == "Open the lesson again"]
    again.click()
    assert made.page == lesson.title


def _buttons(box: Any) -> list[Any]:
    found = [box] if hasattr(box, "on_click") else []
    return found + [one for child in getattr(box, "children", ()) for one in _buttons(child)]


def test_nobody_is_put_on_a_path(tmp_path: Path) -> None:
    """Who has chosen none is asked, and each job is offered alike; the one chosen is there the next time."""
    made = panel(tmp_path)
    assert (made.page, made.path, made.start) == (CHOOSE, None, None)
    titles = [path.title for name, path in made.course.paths.items() if name != plan.START]
    assert [one.description for one in _buttons(made._body)] == [f"Learn: {title}" for title in titles]
    _buttons(made._body)[0].click()
    assert made.page == "Completing the ratings and awards report"
    assert panel(tmp_path).page == made.page
    made.start.children[1].children[-1].click()
    assert made.page == CHOOSE


def test_one_comes_back_to_the_page_one_left(tmp_path: Path) -> None:
    """Also in a notebook that was made ready before: the same page, the same story, as far as it was decided."""
    before, made = panel(tmp_path), panel(tmp_path, "pay_setting")
    made.begin(made.course.lesson("pay_setting.range"))
    made.forward()
    made.story.hint()
    decide(made.story, right=False)
    story, page = made.story.problem.story, made.message
    before.arrive()
    assert before.start.next_button.description == "Continue: The rate range and its two tops, page 2 of 16"
    before.forward()
    assert (before.message, before.story.problem.story) == (page, story)
    assert (before.story.tries, before.story.hints) == (1, 1)
    assert "Hints" in before.story._more.value
    decide(before.story)
    assert [one.first for one in made.progress.tries()] == [False, False]
    again = panel(tmp_path)
    again.forward()
    assert (again.message, again.story.problem.story) == (page, story)
    assert again.story.settled
    assert again.story._buttons.children == ()
    assert again.story.message.startswith("This story is decided")


def test_a_placement_check_half_done_goes_on(tmp_path: Path) -> None:
    """A lesson in between does not lose it; when it is over it is gone."""
    made = panel(tmp_path, "certification")
    made.placement()
    decide(made.story)
    made.forward()
    story = made.story.problem.story
    made.begin(made.course.lesson("certification.doors"))
    again = panel(tmp_path)
    (check,) = [one for one in _buttons(again) if one.description.startswith("Placement check: go on with story 2 of ")]
    check.click()
    assert again.story.problem.story == story
    while again.story is not None:
        decide(again.story)
        again.forward()
    count = len(again.path.objectives)
    assert again.message.startswith(f"{count} of {count} objectives were shown, each by two stories.")
    assert again.next_button.description == "Start page: write your record"
    again.home()
    assert not any(one.description.startswith("Placement check") for one in _buttons(again))


def test_what_was_kept_by_another_version_is_left_alone(tmp_path: Path) -> None:
    """A page of a story or objective there is no more: the start page offers the next lesson."""
    made = panel(tmp_path, "report")
    for said in ("no page", "{}", '{"kind": "lesson", "name": "report.pool", "pages": [], "at": 0}',
                 '{"kind": "lesson", "name": "report.gone", "pages": [{"kind": "teaching"}], "at": 0}',
                 '{"kind": "lesson", "name": "report.pool", "pages": [{"kind": "check", "story": "report.gone"}], "at": 0}',
                 '{"kind": "lesson", "name": "report.pool", "pages": [{"kind": "check", "objective": "Fly."}], "at": 0}',
                 ):  # fmt: skip
        made.progress.keep("lesson report", said)
        made.home()
        assert made.start.next_button.description == "Continue: How an answer is found", said


def test_back_and_next_say_where_they_lead(tmp_path: Path) -> None:
    """A story left open is said on the button, can be gone back to as it was, and the next lesson is offered at the end."""
    made = panel(tmp_path, "pay_setting")
    made.begin(made.course.lesson("start.dates"))
    assert made.back_button not in made._foot.children
    made.forward()
    assert made.next_button.description.startswith("Leave this story open. Next: ")
    story = made.story
    made.forward()
    made.back_button.click()
    assert made.story is story
    decide(story)
    assert made.next_button.description.startswith("Next: ")
    assert story._buttons.children == ()
    assert story.check().says.startswith("This story is decided")
    while made.page != "How the check came out":
        if made.story.problem.scenario and not made.story.settled:
            decide(made.story)
        made.forward()
    assert made.back_button not in made._foot.children
    assert made.next_button.description == "Next lesson: The rate range and its two tops (15 minutes)"
    made.forward()
    assert made.page == "The rate range and its two tops"


def test_what_is_still_open_is_practiced_where_it_is_listed(tmp_path: Path) -> None:
    """From the outcome of a check: the objective's stories, then the check again, without the whole lesson."""
    made = panel(tmp_path, "pay_setting")
    lesson = made.course.lesson("pay_setting.total")
    made.check(lesson)
    while made.story is not None:
        decide(made.story, right=False)
        made.forward()
    names = [one.description for one in _buttons(made)]
    assert {"Practice this objective", "Take the check again", "Open the lesson again"} <= set(names)
    assert made.next_button.description == "Next: practice what is still open"
    _buttons(made)[names.index("Practice this objective")].click()
    assert made.story.problem.scenario.name in lesson.objectives[0].scenarios
    while made.sitting.following:
        made.forward()
    assert made.next_button.description.endswith(f"Next: the check of {lesson.title}")
    made.forward()
    asked = sum(max(1, len(one.sides)) for one in lesson.objectives)
    assert [page.kind for page in made.sitting.pages] == ["check"] * asked + ["result"]


def test_what_is_due_is_what_can_be_practiced(tmp_path: Path) -> None:
    """An objective that is due again has a story behind the button, whatever its day; without any the button is gone."""
    made = panel(tmp_path, "report")
    objective = made.path.objectives[0]
    made.progress.answered(objective.scenarios[0], 1, right=True, first=True, purpose="check")
    made.home()
    assert plan.standings(made.path, made.progress)[objective].state == plan.MASTERED
    assert not any("due" in one.description for one in _buttons(made))
    assert "Nothing is due today. The next is due on " in made.start.children[0].value
    made.progress.answered(objective.scenarios[0], 2, right=False, first=True, purpose="check")
    made.home()
    assert plan.standings(made.path, made.progress)[objective].state == plan.DUE
    (due,) = [one for one in _buttons(made) if one.description == "Practice what is due: 1"]
    assert "Due again now: 1 story." in made.start.children[0].value
    assert any(plan.TAKES in str(getattr(child, "value", "")).replace("&#x27;", "'") for child in made.start.children)
    due.click()
    assert made.story.problem.scenario.name == objective.scenarios[0]


def test_each_objective_can_be_practiced_from_the_list(tmp_path: Path) -> None:
    """The one chosen, with the story first that was not answered for the longest time."""
    made = panel(tmp_path, "report")
    objective = made.path.objectives[1]
    made.progress.answered(objective.scenarios[0], 1, right=True, first=True)
    made.home()
    chosen = next(one for one in made.start.children if "Objective" in getattr(one, "description", ""))
    chosen.value = "1"
    next(one for one in _buttons(made) if one.description == "Practice this objective").click()
    assert {page.story for page in made.sitting.pages} == set(objective.scenarios)
    assert made.sitting.pages[-1].story == objective.scenarios[0]


def test_a_check_asks_with_other_figures_than_the_practice_before_it(tmp_path: Path) -> None:
    """No two stories of a lesson have the same figures, wherever the scenario leaves a choice."""
    for lesson in ("start.dates", "report.pool", "pay_setting.range"):
        made = panel(tmp_path, lesson.partition(".")[0] if not lesson.startswith("start") else "report")
        made.begin(made.course.lesson(lesson))
        told = []
        while made.page != "How the check came out":
            if made.story is not None:
                told.append(tuple(re.findall(r"\d[\d,]*", made.story.problem.story)))
            made.forward()
        assert len(set(told)) == len(told), lesson


def test_a_record_that_cannot_be_written_is_handed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder one may not write in: it says so, and the link is there."""
    made = panel(tmp_path, "report")

    def refuse(*_: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("seskit.formats.documents.Document.write", refuse)
    made.start.record()
    assert "could not be written in the folder" in made.start.written.widget.value
    assert "Download the record: record-so-far-report.pdf</a>" in made.start.written.widget.value


def test_each_story_shows_one_objective_of_its_path() -> None:
    """A right answer never counts for what it was not asked for."""
    for path in lessons.course().paths.values():
        counted = Counter(name for objective in path.objectives for name in objective.scenarios)
        assert [name for name, times_ in counted.items() if times_ > 1] == [], path.name


@pytest.mark.parametrize("found", list(scenario.scenarios().values()), ids=lambda one: one.name)
def test_hints_are_words_and_figures(found: Scenario) -> None:
    """No hint shows the parts of a record, a date as a machine writes it, or the yes and no of a program."""
    for seed in range(times(12, 3)):
        for hint in feedback.hints(drawn(found.name, seed)):
            assert not re.search(r"\{|\bTrue\b|\bFalse\b|\bNone\b|; \w+: |\d{4}-\d\d-\d\d", hint), hint


def test_without_hints_none_is_advised() -> None:
    """A placement check has no hint to take."""
    problem = drawn("pay_setting.top_of_range", 1)
    odd = {part.path: "no" if part.kind == "yes or no" else "1" for part in problem.parts}
    assert "Take a hint" not in feedback.check(problem, odd, helped=False).says


def test_stories_of_pay_begin_from_lawful_rates() -> None:
    """Nobody is paid below the minimum, or beside the six ES rates of the day; a new minimum is one that rose on that day."""
    seen = 0
    for name in ("award_size", "award_for_whom", "award_for_rating", "rank_pay"):
        for seed in range(times(20, 6)):
            values = drawn(f"report.{name}", seed).values
            rates = es_rates(date.fromisoformat(str(values["as_of"]))).values()
            assert Decimal(str(values["rate"])) in rates, drawn(f"report.{name}", seed).story
    for found in (one for one in scenario.scenarios().values() if one.name.startswith("pay_setting.")):
        for seed in range(times(60, 12)):
            values = drawn(found.name, seed).values
            rate = values.get("ses_rate", values.get("rate"))
            if found.question.name != "pay_setting.check_rate" and rate:
                before = date.fromisoformat(str(values["as_of"])) - timedelta(days=1)
                if before > date(2004, 1, 11):
                    seen += 1
                    assert Decimal(str(rate)) >= parameters.figure("pay_setting.ses_range.minimum", before).value, (
                        drawn(found.name, seed).story
                    )
        if found.name == "pay_setting.raise_to_minimum":
            for seed in range(times(60, 12)):
                day = date.fromisoformat(str(drawn(found.name, seed).values["as_of"]))
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
