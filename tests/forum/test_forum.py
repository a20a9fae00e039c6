"""A forum kit says only what holds on its day: times chain, references resolve, answers are computed."""

import re
import shutil
from copy import deepcopy
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from seskit.desk.cli import main
from seskit.formats.shipped import shipped
from seskit.forum import changed, commands, config, hall, papers, shown
from seskit.forum.build import resolve
from seskit.forum.place import KitError
from seskit.law import parameters
from seskit.law.facts import FactError
from tests.places import TRAINING

PAY = TRAINING / "2004-07-28-pay"
BALANCED = TRAINING / "2000-11-14-balanced-measures"
KITS = sorted(path.parent for path in TRAINING.glob("*/forum.yaml"))


@pytest.fixture
def training(tmp_path):
    """A copy of the sources to spoil."""
    return Path(shutil.copytree(TRAINING, tmp_path / "training"))


@cache
def whole(folder, as_of=None):
    """A kit resolved once, on its own day or as of another; no test changes it."""
    return resolve(config.read(folder, **({"content_as_of": as_of} if as_of else {})))


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
    assert forum.when == "Wednesday, July 28, 2004, 8:30 a.m. to 12:30 p.m."
    assert [row.times for row in forum.rows] == [
        "8:30 to 9:00 a.m.", "9:00 to 10:00 a.m.", "10:00 to 10:15 a.m.", "10:15 to 11:00 a.m.",
        "11:00 a.m. to 12:00 noon", "12:00 noon to 12:30 p.m.",
    ]  # fmt: skip
    assert forum.rows[4].presenters == ("Donald J. Winstead", "Jo Ann Perrini")


def test_presenters_of_record_keep_their_titles():
    """All six, on the agenda, in the guide and on the first slide; a role on another day has none."""
    kit = whole(PAY)
    titled = [said for row in kit.forum.rows for said in row.presented]
    assert "Barbara Colchao, Acting Manager, Performance Management Group" in titled
    assert len(set(titled)) == 6
    assert all(said.count(", ") for said in titled)
    for said_there in (papers.agenda(kit.forum).body, papers.guide(kit.forum, kit.lessons).body):
        assert all(one in said_there.replace("\\", "") for one in titled)
    assert (
        "Karen Lebing, Team Leader for Outreach and Operations, HCLMSA"
        in papers.deck(kit.forum, kit.lessons[-1], page=True).opening
    )
    assert config.read(PAY, date=date(2026, 9, 15)).rows[4].presented == ("Pay policy lead",)


def test_what_a_kit_invents_is_said_on_the_page():
    """The agenda of 2000 is ours, and the participants read it on the agenda."""
    kit = whole(BALANCED)
    for body in (papers.agenda(kit.forum).body, papers.guide(kit.forum, kit.lessons).body):
        assert "**Invented for this kit:**" in body
        assert "the agenda of the day was not found" in body


@pytest.mark.parametrize(
    ("start", "times"),
    [
        ("8:30", "8:30 to 9:00 a.m."),
        ("11:30", "11:30 a.m. to 12:00 noon"),
        ("12:00", "12:00 noon to 12:30 p.m."),
        ("12:30", "12:30 to 1:00 p.m."),
        ("0:15", "12:15 to 12:45 a.m."),
    ],
)
def test_times_are_said_as_americans_say_them(start, times):
    """a.m., noon and p.m.; the half of the day once where it is the same."""
    assert config.read(PAY, start=start).rows[0].times == times


def test_x2_moving_the_start_moves_every_time_and_nothing_else():
    """X2: from 13:00 on the forum ends at 17:00."""
    before, after = config.read(PAY), config.read(PAY, start="13:00")
    assert after.when.endswith("1:00 to 5:00 p.m.")
    assert [(row.title, row.minutes, row.presenters) for row in after.rows] == [
        (row.title, row.minutes, row.presenters) for row in before.rows
    ]
    assert after.rows[2].times == "2:30 to 2:45 p.m."


def test_x4_a_deleted_break_leaves_a_gap(training):
    """X4: the message names file, line and the gap."""
    file = training / PAY.name / "forum.yaml"
    line = edit(file, '  - {at: "1:30", minutes: 15, kind: break, title: Break}\n', "")
    assert (
        f"{PAY.name}/forum.yaml, line {line}: the times do not chain: a gap from 10:00 a.m. to 10:15 a.m."
        in refused(file.parent)
    )


def test_x4b_a_long_stretch_without_a_break_is_a_warning():
    """X4b: 135 minutes from 10:15, and the kit builds."""
    kit = whole(PAY)
    assert kit.warnings == ("135 minutes without a break from 10:15 a.m.",)


def test_x5_what_is_proposed_says_so():
    """X5: on 28 July 2004 fact C2 is printed with 'Proposed'."""
    kit = whole(PAY)
    assert kit.came_to["pay_2004.md: fact C2"].startswith("Proposed: rates above level III")
    assert not re.search(r"final pay rule|70355|110-372|after 2004-12-06", said(kit).replace("\\", ""))


def test_from_6_december_2004_the_pay_rule_is_final():
    """The day before it is proposed everywhere; on the day nothing but the history says so."""
    eve = said(whole(PAY, date(2004, 12, 5)))
    day = said(whole(PAY, date(2004, 12, 6)))
    assert "proposed pay rule" in eve
    assert "Proposed: rates above" in eve
    assert "| Pay rule | proposed |" in eve
    assert not re.search("proposed|to be final|later rule|while it is open", day, re.IGNORECASE)
    assert "final pay rule" in day
    assert "| Pay rule | final |" in day
    assert "69 FR 70355" in day


def test_x7_figures_of_2004_are_refused_in_2005():
    """X7: the message names file, line, fact and both days; the day before the year ends they stand."""
    whole(PAY, date(2004, 12, 31))
    message = refused(PAY, content_as_of=date(2005, 1, 15))
    assert (
        "this session holds from 2004-07-23 through 2004-12-31; content_as_of is 2005-01-15: choose another" in message
    )
    assert "my card is done" in whole(PAY, date(2004, 12, 31)).shared["evaluation"].body
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
    found = answers(whole(PAY))
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
    assert forum.when == "Tuesday, November 14, 2000, 9:00 a.m. to 4:30 p.m."


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
    ("sessions/pay_2004.md", "certification moves {minutes=3", "certification moves {minutes=4", r"take 61 minutes; the session lasts 60"),
    ("sessions/pay_2004.md", "# Some decisions would come out differently {", "# Pay may change once in 12 months, with a few exceptions {", r"two slides are titled 'Pay may change once in 12 months, with a few exceptions'"),
    ("sessions/pay_2004.md", "{{chart pay_limits}}", "{{chart pay_limit}}", r"Did you mean 'pay_limits'"),
    ("sessions/pay_2004.md", "::: faq", "::: fag", r"there is no block 'fag'"),
    ("sessions/top_ten.md", "  - Pick the three that matter most in your agency.\n  - Write one action with an owner and a date.\n", "", r"1 are given"),
    ("facts.yaml", "citation: 5 U.S.C. 5382, 5383(a)", "citation: ''", r"fact C1 has no citation"),
    ("facts.yaml", "{{rule pay_setting.ses_range.minimum}}", "$104,927", r"fact A5 holds an amount typed in"),
    ("2004-07-28-pay/forum.yaml", "minutes: 240", "minutes: 245", r"sessions end at 12:30 p\.m\.; the forum ends at 12:35 p\.m\."),
    ("2004-07-28-pay/forum.yaml", "minutes: 45", "minutes: 46", r"lasts 45 minutes; the agenda gives it 46"),
    ("2004-07-28-pay/forum.yaml", "pay_2004.md", "pay_1904.md", r"is not there"),
    ("2004-07-28-pay/forum.yaml", "room:", "rum:", r"'rum' is not known"),
    ("sessions/pay_2004.md", "title: Pay and performance regulations", "titel: Pay", r"line 2: 'titel' is not known in the front matter"),
    ("sessions/pay_2004.md", "minutes: 60", "minutes: an hour", r"line 3: the session's minutes must be a whole number"),
    ("sessions/pay_2004.md", "valid_from: 2004-07-23", "valid_from: July", r"line 4: valid_from is not a date"),
    ("sessions/pay_2004.md", "valid_from: 2004-07-23", "valid_from: 2004-02-31", r"line 4: '2004-02-31' is not a day in the calendar"),
    ("sessions/pay_2004.md", "---\ntitle", "title", r"line 1: the front matter between two lines '---' is missing"),
    ("sessions/pay_2004.md", "- {{fact C1}}", "- {{fact C1}}\n" * 16, r"'Rates above level III are earned, not given to all' holds more than fits a slide; make two of it"),
    ("sessions/pay_2004.md", "- Award calculator card and", "- Award: card and", r"line \d+: each line of materials must be text; put a line with a colon"),
    ("sessions/pay_2004.md", "materials:\n  - Award", "materials: Award", r"line \d+: "),
    ("sessions/pay_2004.md", "{{case award | total", "{{case awrad | total", r"there is no case 'awrad' in the front matter. Did you mean 'award'"),
    ("sessions/pay_2004.md", "raise: {ask: pay_setting.adjust, ", "raise: {", r"each case has a name, and under it 'ask:'"),
    ("sessions/pay_2004.md", "decision = allowed}}. {{", "decision = not allowed}}. {{", r"typed in is not allowed; computed it is allowed"),
    ("sessions/pay_2004.md", "| because 534.404(g)(3)", "| because 534.999", r"no reason of the answer names '534.999'; its reasons cite"),
    ("sessions/pay_2004.md", "| cite 5382", "| cite 9999", r"no reason of the answer names '9999'; its reasons cite 5 U.S.C. 5382"),
    ("sessions/pay_2004.md", "{{case top_award | deferred = 0}}.", "{{case top_award | deferred = 0}}, so all is paid.", r"exercise C-2 has a figure or closing words typed in"),
    ("sessions/pay_2004.md", "a. Award {{ask", "a. Award $31,620, that is {{ask", r"exercise C-2 has a figure or closing words typed in"),
    ("sessions/pay_2004.md", "{{ask pay_setting.notice_due as_of=2004-10-03 | = 2004-09-18}}. {{ask pay_setting.notice_due as_of=2004-10-03 | because}}", "September 18.", r"exercise C-4 is typed, not computed"),
    ("sessions/pay_2004.md", "{{case top_award | total = 189,720}}", "{{case top_award | total | deferred}}", r"only the last part is shown; write what 'total' is to be compared with"),
    ("sessions/pay_2004.md", 'exercise=C-4', 'exercise=C-4 discussion=C-4', r"cannot be both"),
    ("sessions/pay_2004.md", 'exercise=C-4', 'exercise=C-3', r"number C-3 is already used in 'SES pay and performance regulations'"),
    ("sessions/pay_2004.md", "{{chart pay_limits}}", "![A hall](hall.png)", r"the picture hall.png has no words for those who cannot see it"),
    ("sessions/pay_2004.md", "{{chart pay_limits}}", '![A hall](hall.png){alt="A hall full of people"}', r"the picture hall.png is not there"),
    ("sessions/pay_2004.md", "It is paid in January. {{fact C10}}", "It is paid in January.", r"rests on nothing; name a rule, a fact or a question"),
    ("sessions/pay_2004.md", "{{fact C1}}", "{{fact E3}}", r"fact E3 holds from 2026-09-30; content_as_of is 2004-07-28"),
    ("sessions/top_ten.md", "discussion=D-1", "exercise=D-1", r"exercise D-1 has no answer"),
    ("sessions/top_ten.md", "in writing {minutes=2 keep=could}", "in writing", r"says how long it is on screen"),
    ("sessions/certification_criteria.md", "failed = alignment, results", "failed = alignment", r"typed in is alignment; computed it is alignment, results"),
    ("facts.yaml", "from: 2004-01-11", "from: January 2004", r"'from' is not a date"),
    ("2004-07-28-pay/forum.yaml", "date: 2004-07-28", "date: 28.7.2004", r"line 4: date is not a date; write for example 2004-07-28"),
    ("2004-07-28-pay/forum.yaml", "date: 2004-07-28", "date: 2004-07-32", r"line 4: '2004-07-32' is not a day in the calendar"),
    ("2004-07-28-pay/forum.yaml", "title: Forum on the SES", "title: Spring: the SES", r"line 2: put a text with a colon in quotes"),
    ("2004-07-28-pay/forum.yaml", ", presenters: [{name: Karen Lebing, title: \"Team Leader for Outreach and Operations, HCLMSA\"}], role: Outreach lead", "", r"no one presents 'Top 10 list'"),
    ("2004-07-28-pay/forum.yaml", "presenters: [{name: Karen Lebing, title: \"Team Leader for Outreach and Operations, HCLMSA\"}]", "presenters: Karen Lebing", r"presenters is a list"),
    ("2004-07-28-pay/forum.yaml", "title: Top 10 list", "title: SES pay and performance regulations", r"two sessions are called 'SES pay and performance regulations'"),
    ("2004-07-28-pay/forum.yaml", "sessions/top_ten.md", "sessions/opening_2004.md", r"opening_2004\.md, line 1: this session is on the agenda twice; a second group needs a forum of its own"),
    ("2004-07-28-pay/forum.yaml", "kind: break, title: Break", "kind: pause, title: Break", r"'pause' is not a kind of session"),
    ("2004-07-28-pay/forum.yaml", "America/New_York", "America/New_Yrok", r"line 7: 'America/New_Yrok' is not a time zone"),
    ("2004-07-28-pay/forum.yaml", "job_aids: [caps", "job_aids: [cups", r"the job aid cups is not in papers"),
    ("2004-07-28-pay/forum.yaml", 'at: "0:30", minutes: 60', 'at: "0:25", minutes: 60', r"an overlap from 8:55 a\.m\. to 9:00 a\.m\. before"),
    ("2004-07-28-pay/forum.yaml", 'start: "8:30"', 'start: half past eight', r"line 5: start is not a time in quotes"),
    ("2004-07-28-pay/forum.yaml", "contact: The host's forum desk\n", "", r"line 1: the forum has no contact"),
    ("sessions/pay_2004.md", "answer: {kind: date, label: last day to give written notice}", "answer: {choice: [September, October]}", r"line \d+: exercise C-4 cannot be answered at the tables: .* cannot be given"),
    ("sessions/pay_2004.md", "- ask: pay_setting.notice_due", "- asks: pay_setting.notice_due", r"a problem has 'ask:' and a question, or 'case:'"),
    ("sessions/pay_2004.md", "- ask: pay_setting.notice_due", "- ask: pay_setting.notice_duo", r"exercise C-4 cannot be answered at the tables: There is no question 'pay_setting.notice_duo'"),
    ("sessions/pay_2004.md", "turns: [some, 0]", "turns: [some, none]", r"exercise C-2 cannot be answered at the tables: No facts within the bounds .* that comes to 'none'"),
    ("sessions/pay_2004.md", "  facts: {as_of: 2004-08-01 to", "  facts: {as_off: 2004-08-01 to", r"has no fact 'as_off'"),
    ("sessions/pay_2004.md", "- times: 2\n  ask: awards.award_pool", "- times: none\n  ask: awards.award_pool", r"'times' says how many of these problems a table gets"),
    ("sessions/pay_2004.md", "- ask: pay_setting.notice_due", "ask: pay_setting.notice_due", r"line \d+: "),
    ("papers/caps.md", "{{table caps}}", "{{table cups}}", r"there is no table 'cups'. Did you mean 'caps'"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "expected"), SPOILT)
def test_what_cannot_stand_stops_the_build_with_its_place(training, name, old, new, expected):
    """A sentence for each fault, with file and line."""
    edit(training / name, old, new)
    message = refused(training / PAY.name)
    assert re.search(expected, message), message
    assert all(re.match(r"[\w-]+/[\w.-]+, line \d+: ", line) for line in message.splitlines()), message


@pytest.mark.parametrize("folder", KITS, ids=lambda path: path.name)
def test_every_kit_resolves_and_no_reference_is_left(folder):
    """Nothing in braces reaches a paper; every exercise has an answer; every session with an exercise a check or answer."""
    kit = resolve(config.read(folder))
    assert "{{" not in said(kit)
    assert "}}" not in said(kit)
    assert answers(kit)
    assert all(answers(kit).values())


def test_answers_are_kept_from_participants():
    """No handout, slide or knowledge check holds an answer that the key holds; the notes of a slide do."""
    kit = whole(PAY)
    noted = "".join(papers.deck(kit.forum, one, page=True).body for one in kit.lessons)
    decks = re.sub(r"(?s)::: notes\n.*?\n:::\n", "", noted)
    assert "9,020" in noted
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
            ends = [one.row.start, *(step.start + timedelta(minutes=step.minutes) for step in one.steps)]
            assert ends == [*(step.start for step in one.steps), one.row.end]


def test_the_change_log_names_what_changed():
    """First build, nothing changed, one figure changed."""
    assert "first build" in changed.log(None, {"a": "1"}).body
    assert "Nothing changed" in changed.log({"a": "1"}, {"a": "1"}).body
    told = changed.log({"a": "1", "b": "2"}, {"a": "1", "b": "3"}).body
    assert "| b |" in told
    assert "| a |" not in told


def test_the_change_log_tells_the_rows_of_a_table_that_changed_as_words():
    """No bars and dashes of Markdown, and not the rows that are as they were."""
    before = "| Level | Limit |\n|---|---|\n| III | \\$1 |\n| II | \\$3 |\n\n: Limits of 2025"
    told = changed.log({"t": before}, {"t": before.replace("$1", "$2").replace("2025", "2026")})
    row = next(line for line in told.body.splitlines() if line.startswith("| t "))
    assert [cell.strip().replace("\\", "") for cell in row.strip("|").split("|")] == [
        "t", "III, $1; Limits of 2025", "III, $2; Limits of 2026",
    ]  # fmt: skip


def test_the_change_log_tells_of_the_day_a_session_and_a_slide(tmp_path: Path) -> None:
    """Whatever is written into a kit is told when it is written otherwise: the date, a presenter, an exercise, a shorter session."""
    training = tmp_path / "training"
    shutil.copytree(TRAINING, training, ignore=shutil.ignore_patterns("course"))
    kit, session = training / "2026-update" / config.NAME, training / "sessions" / "pay_today.md"
    before = changed.shown(config.read(kit.parent))
    written = kit.read_text("utf-8")
    edits = {
        "Agenda: When": ("date: 2026-12-09", "date: 2026-12-10"),
        "Agenda: Setting pay and awards": ("role: Pay policy lead", "role: Pay chief"),
        "Agenda: Questions": ("contact: Your forum desk", "contact: The forum office"),
    }
    for name, (old, new) in edits.items():
        assert old in written
        kit.write_text(written.replace(old, new, 1), "utf-8")
        assert name in _told(before, changed.shown(config.read(kit.parent)))
    kit.write_text(written, "utf-8")
    session.write_text(
        session.read_text("utf-8").replace("is paid $205,000 and would get", "is paid $205,500 and would get"), "utf-8"
    )
    assert _told(before, changed.shown(config.read(kit.parent))) == ["pay_today.md: Exercise B-2: Is the rate lawful?"]


def _told(before: dict[str, str], now: dict[str, str]) -> list[str]:
    """The entries that a change log names."""
    rows = [line.strip("|").split("|") for line in changed.log(before, now).body.splitlines() if line.startswith("|")]
    first = [row[0].replace("\\", "").strip() for row in rows]
    return [name for name in sorted({*before, *now}) if name in first]


def test_a_session_that_is_not_there_is_refused_at_the_hall():
    """One sentence that names the sessions there are, and the near one."""
    with pytest.raises(FactError, match=r"Did you mean 'pay_2004'\? It has opening_2004, "):
        hall.problems(PAY, "pay_204", 1)


def test_a_new_forum_is_one_command_and_one_file(training, monkeypatch):
    """`forum new` makes a folder that reads at once; a second time it is refused."""
    runner = CliRunner()
    made = runner.invoke(main, ["forum", "new", "spring", "--training", str(training)])
    assert made.exit_code == 0, made.output
    assert len(config.read(training / "spring").rows) == len(config.read(TRAINING / "2026-update").rows) > 1
    again = runner.invoke(main, ["forum", "new", "spring", "--training", str(training)])
    assert (again.exit_code, "is there already" in again.output) == (2, True)
    wrong = runner.invoke(main, ["forum", "new", "spring forum", "--training", str(training)])
    assert (wrong.exit_code, "cannot be the name of a folder" in wrong.output) == (2, True)
    unknown = runner.invoke(
        main, ["forum", "build", "sprin", "--out", str(training / "x"), "--training", str(training)]
    )
    assert (unknown.exit_code, "Did you mean 'spring'?" in unknown.output) == (2, True)
    for path in ("training/sprin", "sprin/forum.yaml"):
        wrong = runner.invoke(main, ["forum", "rehearse", path, "--training", str(training)])
        assert (wrong.exit_code, f"There is no kit '{path}'" in wrong.output) == (2, True)
    nowhere = runner.invoke(main, ["forum", "list", "--training", str(training / "elsewhere")])
    assert (nowhere.exit_code, "Start the command where the training folder is" in nowhere.output) == (2, True)
    (training / "sessions" / "own.md").write_text("Not a session yet.", encoding="utf-8")
    edit(training / "spring" / config.NAME, "title:", "titel:")
    listed = runner.invoke(main, ["forum", "list", "--training", str(training)])
    assert (listed.exit_code, "sessions/own.md, line 1: the front matter" in listed.output) == (0, True)
    assert "spring cannot be built: spring/forum.yaml, line" in listed.output
    assert PAY.name in listed.output
    # Sessions with the days on which they, and every fact in them, hold.
    assert (
        "opening_2004.md: Opening and general overview, 30 minutes, from 2004-03-03 through 2004-12-31" in listed.output
    )
    assert "hiring_in_brief.md: How an executive is hired, 20 minutes, from 2025-10-01 on" in listed.output
    (training / "away").mkdir()
    monkeypatch.chdir(training / "away")
    there = runner.invoke(main, ["forum", "new", "autumn"])
    assert str(training / "away" / "training") in there.output, "with the sessions it is built from, where one is"
    assert config.read(Path("training/autumn")).rows
    again = runner.invoke(main, ["forum", "new", "training/autumn"])
    assert "'autumn' is there already" in again.output, "a kit may be named by its path"
    assert not (shipped("training") / "autumn").exists()


def test_a_kit_is_named_by_its_path_too(monkeypatch):
    """By its folder, with a slash behind it, by its forum.yaml, from inside it, and as the material that comes with the product."""
    kit, training = TRAINING / "2026-update", TRAINING
    for given in (
        kit.name,
        str(kit),
        f"{kit}/",
        str(kit / config.NAME),
        f"training/{kit.name}",
        f"training/{kit.name}/forum.yaml",
    ):
        assert commands.named_kit(training, given).resolve() == kit.resolve()
    monkeypatch.chdir(kit)
    assert commands.named_kit(training, ".").name == kit.name
    with pytest.raises(FactError, match=r"There is no kit 'training/2026-updat'.*Did you mean '2026-update'\?"):
        commands.named_kit(training, "training/2026-updat")


def test_a_forum_of_a_later_year_is_warned_about_old_figures():
    """Held on the last day of the year of its rules it is not; on the first day of the next it is."""
    update = TRAINING / "2026-update"
    assert all("still says" in said for said in config.read(update, date=date(2026, 12, 31)).warnings)
    assert any("figures change every year" in said for said in config.read(update, date=date(2027, 1, 1)).warnings)


def test_the_timeline_ends_on_the_day():
    """What came later is not on it."""
    assert "December 6, 2004" not in shown.timeline(date(2004, 12, 5))
    assert "December 6, 2004" in shown.timeline(date(2004, 12, 6))


def test_every_status_has_its_words():
    """Each document's status carries the word, the lead, the name and where to read it."""
    for path in parameters.paths("forum.documents"):
        for value in parameters.parameter(path).values:
            assert {"word", "lead", "called", "binds", "event", "cite"} <= set(value.value)


def test_the_exercise_notebook_shows_panels_for_every_session():
    """Run from the top for another kit and session, the notebook ends in panels."""
    import nbclient
    import nbformat

    notebook = nbformat.read(TRAINING / "exercises.ipynb", as_version=4)
    cells = notebook.cells
    notebook.cells = []
    for folder, session in (BALANCED, "why_balance"), (TRAINING / "2026-update", "pay_today"):
        again = deepcopy(cells)
        parameters_cell = next(cell for cell in again if "parameters" in cell.metadata.get("tags", []))
        parameters_cell.source = f'kit = "{folder.name}"\nsession = "{session}"\ntable = 4'
        notebook.cells += again
    nbclient.NotebookClient(notebook, resources={"metadata": {"path": str(TRAINING)}}, timeout=120).execute()
    for last in (notebook.cells[len(cells) - 1], notebook.cells[-1]):
        assert "application/vnd.jupyter.widget-view+json" in last.outputs[0].data


def test_the_exercises_are_linked_from_the_start():
    """start_here names the notebook and the guide to holding a forum, and the guide names the notebook."""
    start = (TRAINING.parent / "notebooks" / "start_here.ipynb").read_text(encoding="utf-8")
    assert "(../training/exercises.ipynb)" in start
    assert "(../training/README.md)" in start
    assert "(exercises.ipynb)" in (TRAINING / "README.md").read_text(encoding="utf-8")


def test_comments_on_the_proposal_are_invited_until_the_last_day():
    """On 30 August 2004 the hall is told to comment; the day after it is told that comments are closed."""
    last, after = (said(whole(PAY, date(2004, 8, day))) for day in (30, 31))
    assert "Comment while it is open" in last
    assert "Comments closed on August 30, 2004" not in last
    assert "Comment while it is open" not in after
    assert "Comments closed on August 30, 2004" in after


def test_the_levels_taught_are_those_of_the_day():
    """In 2004 a certified system has four or five summary levels; since 2015 it has five."""
    then, today = (said(whole(folder)) for folder in (PAY, TRAINING / "2026-update"))
    assert "needs 4 or 5 summary levels" in then
    assert "needs 5 summary levels" in today
    assert "Have 5 summary levels" in today
    assert "4 or 5" not in today


def test_pay_was_converted_under_the_interim_rule():
    """That stays so after 6 December 2004, when a final rule took it over."""
    found = answers(whole(PAY, date(2004, 12, 31)))
    assert "a. The interim conversion rule: 69 FR 2047." in found["A-1"]


def test_the_optional_exercise_matches_ten_cases_with_ten_numbers():
    """D-2: the check on the Top 10 has one case for each number, and the key names it."""
    kit = whole(PAY)
    checks = next(one.checks for one in kit.lessons if one.row.title == "Top 10 list")
    numbers = [int(found[1]) for check in checks if (found := re.match(r"Number (\d+): ", check.answer))]
    assert sorted(numbers) == list(range(1, 11))
    assert numbers != sorted(numbers)
    assert all(check.question.startswith("D-2: ") for check in checks)


def test_a_task_says_its_time_on_the_slide_and_the_guide_what_follows_the_session():
    """Minutes and who works together stand on screen; a session's last step leads to the next line of the agenda."""
    kit = whole(PAY)
    decks = "\n".join(papers.deck(kit.forum, one, page=True).body for one in kit.lessons)
    assert "# Exercise B-1: Find the gap\n\n**18 minutes, tables of five**" in decks
    guide = papers.guide(kit.forum, kit.lessons).body
    assert "**Next:** 10:00 a.m., Break" in guide
    assert "**Next:** the end of the forum" in guide


def test_days_are_written_out_in_every_paper():
    """No answer and no table mixes 2004-07-28 with July 28, 2004; the name of the kit's folder apart."""
    words = said(whole(PAY)).replace("\\", "").replace(PAY.name, "")
    assert not re.search(r"\d{4}-\d\d-\d\d", words)


def test_every_row_of_the_day_has_a_guide():
    """Whatever is no break is a session with its minutes in the guide, panel and close included."""
    for folder in KITS:
        assert all(row.session or row.kind == "break" for row in config.read(folder).rows)


def test_an_exercise_without_anything_to_answer_stops_the_build(training):
    """The exercise is named, with what to add; so is a block that stands under no exercise."""
    file = training / "sessions" / "pay_2004.md"
    text = file.read_text(encoding="utf-8")
    start = text.index("::: tables", text.index("exercise=C-4"))
    block = text[start : text.index(":::\n", start + 10) + 4]
    file.write_text(text.replace(block, ""), encoding="utf-8")
    assert re.search(
        r"pay_2004\.md, line \d+: exercise C-4 has nothing to answer at the tables; add a block",
        refused(training / PAY.name),
    )
    file.write_text(
        text.replace(
            "# Some decisions would come out differently {minutes=13 keep=could}\n",
            f"# Some decisions would come out differently {{minutes=13 keep=could}}\n\n{block}",
        ),
        encoding="utf-8",
    )
    assert "'::: tables' is under a slide that is not marked as exercise" in refused(training / PAY.name)


def test_a_model_answer_is_no_answer(training):
    """An answer that repeats a fact of its own case is refused: where several answers are good, it is a discussion."""
    file = training / "sessions" / "pay_2004.md"
    edit(file, "{{case raise certified=no | decision = not allowed}}", "{{case raise certified=no | given rate}}")
    assert re.search(
        r"exercise C-1 repeats a fact that was given; .* make it a discussion", refused(training / PAY.name)
    )


def test_no_exercise_prints_its_answers_beside_the_items():
    """On screen and in the handout no item is followed by a bracket that holds what the answer is computed from."""
    for folder in KITS:
        for one in resolve(config.read(folder)).lessons:
            for step in (step for step in one.steps if step.exercise):
                told = {str(value).lower() for asked in step.asked for value in asked.facts.values()}
                brackets = {found.lower() for found in re.findall(r"\(([^()]*)\)", step.body)}
                assert not told & brackets, f"{step.title}: {told & brackets}"
