"""A forum kit says only what holds on its day: times chain, references resolve, answers are computed."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from seskit import parameters
from seskit.cli import main
from seskit.forum import config, hall, papers, shown, source
from seskit.forum.build import resolve
from seskit.forum.place import KitError

TRAINING = Path(__file__).parents[1] / "training"
PAY = TRAINING / "2004-07-28-pay"
BALANCED = TRAINING / "2000-11-14-balanced-measures"
KITS = sorted(path.parent for path in TRAINING.glob("*/forum.yaml"))


@pytest.fixture
def training(tmp_path):
    """A copy of the sources to spoil."""
    return Path(shutil.copytree(TRAINING, tmp_path / "training"))


def edit(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"{old!r} is not in {file.name}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return 1 + text[: text.index(old)].count("\n")


def said(kit):
    """Everything a kit puts on slides and into papers, as Markdown."""
    forum, lessons = kit.forum, kit.lessons
    decks = [papers.deck(forum, one, page=True).body for one in lessons]
    handouts = [papers.handout(forum, one).body for one in lessons]
    rest = [papers.agenda(forum).body, papers.guide(forum, lessons).body, papers.answer_key(forum, lessons).body]
    return "\n".join([*decks, *handouts, *rest, *(paper.body for paper in kit.shared.values())])


def answers(kit):
    return {step.exercise: step.answer.replace("\\", "") for one in kit.lessons for step in one.steps if step.exercise}


def refused(folder, **changed):
    with pytest.raises(KitError) as failure:
        resolve(config.read(folder, **changed))
    return str(failure.value)


def test_x1_the_forum_of_28_july_2004():
    """X1: six rows, 240 minutes, until 12:30, on a Wednesday."""
    forum = config.read(PAY)
    assert len(forum.rows) == 6
    assert sum(row.minutes for row in forum.rows) == 240
    assert forum.when == "Wednesday, July 28, 2004, 8:30 to 12:30"
    assert [row.times for row in forum.rows] == [
        "8:30 to 9:00", "9:00 to 10:00", "10:00 to 10:15", "10:15 to 11:00", "11:00 to 12:00", "12:00 to 12:30",
    ]  # fmt: skip
    assert forum.rows[4].presenters == ("Donald J. Winstead", "Jo Ann Perrini")


def test_x2_moving_the_start_moves_every_time_and_nothing_else():
    """X2: from 13:00 on the forum ends at 17:00."""
    before, after = config.read(PAY), config.read(PAY, start="13:00")
    assert after.when.endswith("13:00 to 17:00")
    assert [(row.title, row.minutes, row.presenters) for row in after.rows] == [
        (row.title, row.minutes, row.presenters) for row in before.rows
    ]
    assert after.rows[2].times == "14:30 to 14:45"


def test_x4_a_deleted_break_leaves_a_gap(training):
    """X4: the message names file, line and the gap."""
    file = training / PAY.name / "forum.yaml"
    line = edit(file, '  - {at: "1:30", minutes: 15, kind: break, title: Break}\n', "")
    assert f"{PAY.name}/forum.yaml, line {line}: the times do not chain: a gap 10:00-10:15" in refused(file.parent)


def test_x4b_a_long_stretch_without_a_break_is_a_warning():
    """X4b: 135 minutes from 10:15, and the kit builds."""
    kit = resolve(config.read(PAY))
    assert kit.warnings == ("135 minutes without a break from 10:15.",)


def test_x5_what_is_proposed_says_so():
    """X5: on 28 July 2004 fact C2 is printed with 'Proposed'."""
    kit = resolve(config.read(PAY))
    assert kit.came_to["pay_2004.md: fact C2"].startswith("Proposed: rates above level III")
    assert "final pay rule" not in said(kit)


def test_from_6_december_2004_the_pay_rule_is_final():
    """The day before it is proposed everywhere; on the day nothing but the history says so."""
    eve = said(resolve(config.read(PAY, content_as_of=date(2004, 12, 5))))
    day = said(resolve(config.read(PAY, content_as_of=date(2004, 12, 6))))
    assert "proposed pay rule" in eve
    assert "Proposed: rates above" in eve
    assert "| Pay rule | proposed |" in eve
    assert not re.search("proposed", day, re.IGNORECASE)
    assert "final pay rule" in day
    assert "| Pay rule | final |" in day
    assert "69 FR 70355" in day


def test_x7_figures_of_2004_are_refused_in_2005():
    """X7: the message names file, line, fact and both days; the day before the year ends they stand."""
    resolve(config.read(PAY, content_as_of=date(2004, 12, 31)))
    message = refused(PAY, content_as_of=date(2005, 1, 15))
    assert re.match(r"sessions/opening_2004\.md, line \d+: fact A5 holds from 2004-01-11 to 2004-12-31", message)
    assert "2005-01-15" in message


def test_x8_an_exercise_without_an_answer_stops_the_build(training):
    """X8: the exercise is named."""
    file = training / "sessions" / "pay_2004.md"
    text = file.read_text(encoding="utf-8")
    start = text.index("::: answer", text.index("exercise=C-4"))
    file.write_text(text[:start] + text[text.index(":::\n", start + 10) + 4 :], encoding="utf-8")
    assert re.search(r"pay_2004\.md, line \d+: exercise C-4 has no answer", refused(training / PAY.name))


def test_x9_x10_the_answers_are_computed():
    """X9: 9,020 carries over. X10: pools of 420,000 and 28,000. The other answers as in the acceptance list."""
    found = answers(resolve(config.read(PAY)))
    assert "$9,020" in found["C-2"]
    assert "$31,620" in found["C-2"]
    assert "$174,720" in found["C-2"]
    assert "$420,000" in found["C-3"]
    assert "$28,000" in found["C-3"]
    assert "September 18, 2004" in found["C-4"]
    assert "August 15, 2005" in found["C-1"]
    assert "$145,600" in found["C-1"]
    assert "December 31, 2006" in found["B-3"]
    assert "December 31, 2004" in found["B-3"]
    assert "$145,600" in found["A-2"]
    assert "$203,000" in found["A-2"]
    assert "$175,700" in found["A-2"]


def test_x11_the_balanced_measures_day():
    """X11: ten rows, 450 minutes, 9:00 to 16:30, a Tuesday."""
    forum = config.read(BALANCED)
    assert (len(forum.rows), sum(row.minutes for row in forum.rows)) == (10, 450)
    assert forum.when == "Tuesday, November 14, 2000, 9:00 to 16:30"


def test_x12_on_another_day_the_names_of_record_are_dropped():
    """X12: 15 September 2026 is a Tuesday, and roles stand where names stood."""
    forum = config.read(PAY, date=date(2026, 9, 15))
    assert forum.when.startswith("Tuesday, September 15, 2026")
    assert forum.rows[4].presenters == ("Pay policy lead",)
    assert any("names belong to 2004-07-28" in warning for warning in forum.warnings)
    assert "Winstead" not in said(resolve(forum))


SPOILT = [
    ("sessions/pay_2004.md", "| deferred = 9,020", "| deferred = 9,021", r"line \d+: the answer typed in is 9,021; computed it is \$9,020"),
    ("sessions/pay_2004.md", "| = 2004-09-18", "| = 2004-09-19", r"typed in is 2004-09-19; computed it is September 18, 2004"),
    ("sessions/pay_2004.md", "| decision = allowed", "| decison = allowed", r"the answer has no part 'decison'"),
    ("sessions/pay_2004.md", "{{fact C1}}", "{{fact C99}}", r"there is no fact 'C99'"),
    ("sessions/pay_2004.md", "{{fact C1}}", "{{rule pay_setting.nothing}}", r"cannot be resolved on 2004-07-28"),
    ("sessions/pay_2004.md", "{{fact C1}}", "{{rule certification.term.full_months}}", r"the earliest is 2008-10-08"),
    ("sessions/pay_2004.md", "{{fact C1}}", "{{fact C1", r"not closed"),
    ("sessions/pay_2004.md", "{{fact C1}}", "Pay is up to $158,100", r"an amount is typed in"),
    ("sessions/pay_2004.md", "# One range {minutes=4}", "# One range {minutes=5}", r"take 61 minutes; the session lasts 60"),
    ("sessions/pay_2004.md", "# Cutting pay {", "# One range {", r"two slides are titled 'One range'"),
    ("sessions/pay_2004.md", "{{chart pay_limits}}", "{{chart pay_limit}}", r"Did you mean 'pay_limits'"),
    ("sessions/pay_2004.md", "::: faq", "::: fag", r"there is no block 'fag'"),
    ("sessions/top_ten.md", "  - Pick three that matter most in your agency.\n  - Write one action with owner and date.\n", "", r"1 are given"),
    ("facts.yaml", "citation: 5 U.S.C. 5382, 5383(a)", "citation: ''", r"fact C1 has no citation"),
    ("facts.yaml", "{{rule pay_setting.ses_range.minimum}}", "$104,927", r"fact A5 holds an amount typed in"),
    ("2004-07-28-pay/forum.yaml", "minutes: 240", "minutes: 245", r"sessions end at 12:30; the forum ends at 12:35"),
    ("2004-07-28-pay/forum.yaml", "minutes: 45", "minutes: 46", r"lasts 45 minutes; the agenda gives it 46"),
    ("2004-07-28-pay/forum.yaml", "pay_2004.md", "pay_1904.md", r"is not there"),
    ("2004-07-28-pay/forum.yaml", "room:", "rum:", r"'rum' is not known"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "expected"), SPOILT)
def test_what_cannot_stand_stops_the_build_with_its_place(training, name, old, new, expected):
    """One sentence that names file and line."""
    edit(training / name, old, new)
    message = refused(training / PAY.name)
    assert re.search(expected, message), message
    assert re.match(r"[\w-]+/[\w.-]+, line \d+: ", message), message
    assert "\n" not in message


@pytest.mark.parametrize("folder", KITS, ids=lambda path: path.name)
def test_every_kit_resolves_and_no_reference_is_left(folder):
    """Nothing in braces reaches a paper; every exercise has an answer; every session with an exercise a check or answer."""
    kit = resolve(config.read(folder))
    assert "{{" not in said(kit)
    assert "}}" not in said(kit)
    assert answers(kit)
    assert all(answers(kit).values())


def test_answers_are_kept_from_participants():
    """No handout, slide or knowledge check holds an answer that the key holds."""
    kit = resolve(config.read(PAY))
    decks = "".join(papers.deck(kit.forum, one, page=True).body for one in kit.lessons)
    check = papers.knowledge_check(kit.forum, kit.lessons).body
    handouts = "".join(papers.handout(kit.forum, one).body for one in kit.lessons)
    for answer in ("9,020", "31,620", "September 18"):
        assert answer in papers.answer_key(kit.forum, kit.lessons).body
        assert answer not in decks + handouts + check
    assert "Proposed" not in check


def test_the_guide_is_timed_to_the_minute():
    """Each step begins when the one before ends, from the session's start to its end."""
    for folder in KITS:
        for one in resolve(config.read(folder)).lessons:
            ends = [one.row.start, *(step.times.split(" to ")[1] for step in one.steps)]
            starts = [step.times.split(" to ")[0] for step in one.steps]
            assert [config.clock(ends[0]), *ends[1:]] == [*starts, config.clock(one.row.end)]


def test_the_change_log_names_what_changed():
    """First build, nothing changed, one figure changed."""
    assert "first build" in papers.change_log(None, {"a": "1"}).body
    assert "Nothing changed" in papers.change_log({"a": "1"}, {"a": "1"}).body
    changed = papers.change_log({"a": "1", "b": "2"}, {"a": "1", "b": "3"}).body
    assert "| b |" in changed
    assert "| a |" not in changed


def test_tables_at_the_hall_get_other_numbers():
    """The same table always gets the same problems, another table others; each checks its own answer."""
    file = TRAINING / "sessions" / "pay_2004.md"
    first, again, other = (hall.problems(file, table) for table in (1, 1, 2))
    assert [drill.given for drill in first] == [drill.given for drill in again]
    assert [drill.given for drill in first] != [drill.given for drill in other]
    assert all(drill.check(drill.answer)[0] for drill in first)


def test_every_session_for_practice_names_questions_that_make_problems():
    """`practice` in the front matter holds names of questions, for every session that has it."""
    for file in sorted((TRAINING / "sessions").glob("*.md")):
        if source.read(file).front.get("practice"):
            assert hall.problems(file, 3)


def test_a_new_forum_is_one_command_and_one_file(training):
    """`forum new` makes a folder that reads at once; a second time it is refused."""
    runner = CliRunner()
    made = runner.invoke(main, ["forum", "new", "spring", "--training", str(training)])
    assert made.exit_code == 0, made.output
    assert len(config.read(training / "spring").rows) == 7
    assert runner.invoke(main, ["forum", "new", "spring", "--training", str(training)]).exit_code == 2
    listed = runner.invoke(main, ["forum", "list", "--training", str(training)])
    assert "spring" in listed.output
    assert PAY.name in listed.output


def test_the_timeline_ends_on_the_day():
    """What came later is not on it."""
    assert "2004-12-06" not in shown.timeline(date(2004, 12, 5)).replace("\\", "")
    assert "2004-12-06" in shown.timeline(date(2004, 12, 6)).replace("\\", "")


def test_every_status_has_its_words():
    """Each document's status carries the word, the lead, the name and where to read it."""
    for path in parameters.paths("forum.documents"):
        for value in parameters.parameter(path).values:
            assert {"word", "lead", "called", "event", "cite"} <= set(value.value)


def test_the_exercise_notebook_runs_and_names_every_session_with_problems():
    """Short, no program, nothing stored; its list of sessions is the list of sources with `practice`."""
    import nbclient
    import nbformat

    notebook = nbformat.read(TRAINING / "exercises.ipynb", as_version=4)
    assert all(len(cell.source.splitlines()) <= 6 for cell in notebook.cells if cell.cell_type == "code")
    assert not [cell for cell in notebook.cells if cell.get("outputs")]
    named = set(re.findall(r"`(\w+_\w+)`", notebook.cells[0].source))
    files = sorted((TRAINING / "sessions").glob("*.md"))
    assert named == {file.stem for file in files if source.read(file).front.get("practice")}
    nbclient.NotebookClient(notebook, resources={"metadata": {"path": str(TRAINING)}}, timeout=120).execute()
    assert "application/vnd.jupyter.widget-view+json" in notebook.cells[-1].outputs[0].data
