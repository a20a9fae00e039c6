"""Asked in plain words: found by everyday words, walked through step by step, each question with an example that runs."""

import json
import shlex
import subprocess

import pytest
from click.testing import CliRunner

from seskit.desk.asked import declared, given, line, search, walk
from seskit.desk.cli import main
from seskit.law.entry_shape import shape
from seskit.law.facts import FactError
from seskit.law.question import find, questions
from seskit.law.written import how
from tests.extent import some

NAMES = list(questions())


def run(*arguments, typed=None):
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=typed)


def test_every_question_has_everyday_words_and_an_example():
    """Declared once, in one place, and nothing is declared for a question that is not there."""
    assert set(declared.declared()) == set(NAMES)
    for name in NAMES:
        said = declared.of(name)
        assert len(said.words) >= 2, name
        assert {slot.name for slot in find(name).slots.values() if slot.required} <= set(said.example), name


@pytest.mark.parametrize("name", NAMES)
def test_every_example_is_answered_as_it_is_printed(name):
    """The line of each question, split as a shell splits it, ends well and with an answer, never with 'cannot tell'."""
    printed = shlex.split(line.example(find(name)))
    assert printed[0] == "seskit"
    ran = run(*printed[1:])
    assert ran.exit_code == 0, ran.output
    assert not ran.output.startswith("Cannot tell"), ran.output


def test_a_shell_splits_every_example_as_we_do():
    """All lines given to a real shell, whose `seskit` prints its arguments: each arrives as it was meant."""
    lines = [line.example(find(name)) for name in NAMES]
    script = "seskit() { printf '%s\\n' \"$@\"; echo ====; }\n" + "\n".join(lines)
    said = subprocess.run(["sh"], input=script, capture_output=True, text=True, check=True).stdout
    for printed, arrived in zip(lines, said.split("====\n"), strict=False):
        assert arrived.splitlines() == shlex.split(printed)[1:]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("bonus", "awards.award_limits"),
        ("bonnus", "awards.award_limits"),
        ("raise", "pay_setting.adjust"),
        ("when is the next raise", "pay_setting.next_adjustment"),
        ("retention", "pay_setting.retention_percent"),
        ("retenton", "pay_setting.retention_percent"),
        ("fire", "appraisal.removal_bar"),
        ("Promotion", "pay_setting.pay_on_detail"),
        ("how much can she earn?", "pay_setting.aggregate_limit"),
        ("award_pool", "awards.award_pool"),
        ("pay_range", "pay_setting.pay_range"),
        ("pay cut", "pay_setting.reduce"),
    ],
)
def test_everyday_words_lead_to_the_question(words, first):
    """Names, labels and everyday words, also misspelled; the likeliest stands first, with the command to copy."""
    ran = run("ask", *words.split())
    assert ran.exit_code == 0
    assert search.search(words).questions[0].name == first
    said = ran.output.split("\n\n")[1]
    assert find(first).asks in said
    assert f"Step by step: seskit ask {first}" in said
    assert line.example(find(first)) in said


def test_every_word_declared_leads_to_its_question():
    """No everyday word is dead: each leads to its question among those found."""
    lost = [
        (name, word)
        for name, said in declared.declared().items()
        for word in said.words
        if name not in {one.name for one in search.search(word).questions}
    ]
    assert len(lost) <= 8, lost


def test_nothing_found_says_what_was_searched_and_what_is_near():
    """Exit code 2, one sentence."""
    ran = run("ask", "zzzzz", "qqqqq")
    assert ran.exit_code == 2
    assert "everyday words of" in ran.stderr
    near = run("ask", "certofocotion")
    assert near.exit_code == 2
    assert "The nearest words are certification" in near.stderr
    assert run("ask").exit_code == 2
    assert "seskit ask bonus" in run("ask").stderr


def test_found_questions_as_json_and_a_filtered_list():
    """The same for programs; `questions` takes a subject or words."""
    found = json.loads(run("ask", "bonus", "--json").output)
    assert found[0]["example"].startswith("seskit ask ")
    of_pay = json.loads(run("questions", "pay", "--json").output)
    assert {one["question"].partition(".")[0] for one in of_pay} == {"pay_setting"}
    assert "awards.award_limits" in run("questions", "bonus").output
    assert "appraisal." not in run("questions", "pay").output
    assert run("questions", "zzzzz").exit_code == 2


def test_a_question_alone_in_a_pipe_says_what_it_needs():
    """Nothing hangs: the facts needed, an example, exit code 2."""
    ran = run("ask", "awards.award_limits")
    assert ran.exit_code == 2
    assert "rate: Rate of basic pay" in ran.stderr
    assert line.example(find("awards.award_limits")) in ran.stderr
    assert run("ask", "staffing.rule_dates", "as_of=2000-06-26").exit_code == 0


def walked(name, *answers, monkeypatch):
    monkeypatch.setattr(walk, "at_a_terminal", lambda: True)
    return run("ask", name, typed="\n".join([*answers, ""]))


def test_a_walk_asks_one_fact_after_the_other(monkeypatch):
    """A wrong entry is asked for again, 'back' changes the one before, and the end shows the line that asks the same."""
    ran = walked(
        "awards.check_award",
        "2016-09-30",
        "career",
        "7",
        "back",
        "1",
        "7",
        "4",
        "160000",
        "8000",
        monkeypatch=monkeypatch,
    )
    assert ran.exit_code == 0, ran.output
    assert "Annual summary rating: '7' is not a rating level" in ran.output
    assert "The award of $8,000 is lawful." in ran.output
    again = ran.output.strip().splitlines()[-1].strip()
    assert again == (
        "seskit ask awards.check_award as_of=2016-09-30 appointment_type=career rating=4 rate=160000 award=8000"
    )
    assert run(*shlex.split(again)[1:]).output.splitlines()[0] in ran.output
    assert "\x1b" not in ran.output


def test_a_walk_asks_only_what_still_matters(monkeypatch):
    """A noncareer appointee gets no performance award: rating, rate and amount are not asked for."""
    ran = walked("awards.check_award", "2016-09-30", "noncareer", monkeypatch=monkeypatch)
    assert ran.exit_code == 0, ran.output
    assert "No performance award may be paid" in ran.output
    assert "3. " not in ran.output


def test_a_walk_takes_rows_and_lists(monkeypatch):
    """Rows are entered field by field, ended by Enter alone; the line to repeat reads the same rows."""
    ran = walked(
        "pay_setting.next_adjustment", "2015-02-08", "2", "", "2016-01-10", "relative position", "", "", "2016-03-06",
        monkeypatch=monkeypatch,
    )  # fmt: skip
    assert ran.exit_code == 0, ran.output
    assert 'actions="effective=2015-02-08, kind=adjustment; effective=2016-01-10, kind=relative_position"' in ran.output


def test_a_walk_can_be_stopped(monkeypatch):
    """`stop` ends it; nothing is answered, and nothing fails."""
    ran = walked("awards.award_limits", "2016-09-30", "STOP", monkeypatch=monkeypatch)
    assert ran.exit_code == 0
    assert "Stopped" in ran.output
    assert "You gave" not in ran.output


@pytest.mark.parametrize("name", some(NAMES, 40))
def test_every_question_can_be_walked_with_its_example(name, monkeypatch):
    """Each fact of the example is typed when it is asked for; the walk ends with the answer of the example."""
    asked, example = find(name), declared.of(name).example
    slots = {slot.label: slot for slot in asked.slots.values()}
    if any(shape(slot).kind in ("rows", "fields", "json") for slot in asked.slots.values() if slot.name in example):
        pytest.skip("rows are walked field by field")
    said = []

    def read(_):
        heading = next(one for one in reversed(said) if one[:1] == "\n")
        label = max((one for one in slots if heading.split(". ", 1)[1].startswith(one)), key=len)
        value = example.get(slots[label].name)
        return "" if value is None else line.as_written(slots[label], value)

    monkeypatch.setattr(walk, "say", said.append)
    steps = walk.QuestionWalk(asked, read)
    assert steps.run().answer == asked(**steps.given).answer
    assert set(steps.given) <= set(example)
    assert {one.name for one in asked.slots.values() if one.required} <= set(steps.given)


@pytest.mark.parametrize(
    ("name", "texts", "fact", "value"),
    [
        ("appraisal.derive_rating", ["--levels", "3; 4; 4"], "levels", [3, 4, 4]),
        ("appraisal.derive_rating", ["levels=3,4,4"], "levels", [3, 4, 4]),
        ("appraisal.derive_rating", ["levels=3", "levels=4", "--levels=4"], "levels", [3, 4, 4]),
        ("appraisal.derive_rating", ["levels=[3, 4, 4]"], "levels", [3, 4, 4]),
        ("appraisal.progress_review", ["--reviews", "2004-01-11,2004-03-02"], "reviews", ["2004-01-11", "2004-03-02"]),
        ("staffing.ecq_rating", ["technical=A=4.5; B=3"], "technical", {"A": "4.5", "B": "3"}),
        ("appraisal.balanced_measures", ["perspectives=results, customers"], "perspectives", ["results", "customers"]),
        ("certification.assess", ["--design-met", "alignment; results"], "design_met", ["alignment", "results"]),
        (
            "pay_setting.next_adjustment",
            ["--actions", "effective=2015-02-08, kind=adjustment", "--actions", "2016-01-10, initial"],
            "actions",
            [{"effective": "2015-02-08", "kind": "adjustment"}, {"effective": "2016-01-10", "kind": "initial"}],
        ),
    ],
)
def test_lists_and_rows_are_given_without_json(name, texts, fact, value):
    """Semicolons, commas where no item holds one, an option given again, rows by name or in order."""
    asked = find(name)
    assert asked.read(
        {fact: given.facts(asked, texts)[fact]}
        | {one: declared.of(name).example[one] for one in _needed(asked) if one != fact}
    )[fact] == asked.slots[fact].read(value)


def _needed(asked):
    return [slot.name for slot in asked.slots.values() if slot.required]


def test_rows_come_from_a_csv_file(tmp_path):
    """Columns by short name or label; a column with a point makes rows within a row."""
    actions = tmp_path / "actions.csv"
    actions.write_text("Effective,kind\n2015-02-08,adjustment\n\n2016-01-10,initial\n", "utf-8")
    asked = find("pay_setting.next_adjustment")
    read = asked.read(given.facts(asked, [f"actions=@{actions}"]))["actions"]
    assert read == asked.slots["actions"].read("2015-02-08, adjustment; 2016-01-10, initial")
    elements = tmp_path / "elements.csv"
    elements.write_text(
        "name,critical,requirements.text,requirements.perspective\n"
        "Results,yes,Close cases,results\n,,Answer mail,customers\nPeople,yes,Survey,employees\n",
        "utf-8",
    )
    asked = find("appraisal.balanced_measures")
    rows = given.facts(asked, [f"elements=@{elements}"])["elements"]
    assert [len(row["requirements"]) for row in rows] == [2, 1]
    assert asked(as_of="2001-10-01", elements=rows).answer is not None


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["rating=7"], "Annual summary rating (rating): '7' is not a rating level"),
        (["--rating"], "a value belongs behind it"),
        (["rating=3", "rating=4"], "Annual summary rating (rating): given twice"),
        (["appointment_type=carer"], "Did you mean 'career'? For example, write appointment_type=career instead."),
        (["rating=@x.csv"], "a file is read for rows only"),
        (["as_of=soon"], "Last day of the appraisal period (as_of): 'soon' is not a date"),
    ],
)
def test_an_entry_is_called_by_its_label_with_an_example(texts, said):
    """What was typed, what is expected, and one line that can be written."""
    have = {text.split("=")[0] for text in texts}
    full = ["as_of=2016-09-30", "appointment_type=career", "rating=4", "rate=160000", "award=8000"]
    ran = run("ask", "awards.check_award", *[one for one in full if one.split("=")[0] not in have], *texts)
    assert ran.exit_code == 2
    assert said in ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("name", NAMES)
def test_no_entry_is_called_by_its_short_name_alone(name):
    """Whatever is wrong with a fact, the sentence begins with the label a person saw."""
    asked = find(name)
    example = dict(declared.of(name).example)
    for slot in asked.slots.values():
        if slot.kind is str and shape(slot).kind == "text":
            continue
        with pytest.raises(FactError) as refused:
            asked(**(example | {slot.name: "zz=1" if shape(slot).kind == "rows" else "??"}))
        assert str(refused.value).startswith(f"{slot.label} ({slot.name})"), refused.value
        assert not how(slot) or line.example_of(asked, slot)


@pytest.mark.parametrize(
    ("words", "subject"),
    [("furlough", "furlough of executives"), ("may I furlough an executive", "furlough of executives"), ("RIF", "reduction in force itself"),
     ("reduction in force", "reduction in force itself"), ("government shutdown", "furlough of executives")],
)  # fmt: skip
def test_a_subject_that_no_question_asks_about_is_said(words, subject):
    """With the law that speaks of it; questions that touch on it are listed behind."""
    ran = run("ask", *words.split())
    said = ran.output + ran.stderr
    assert f"No question asks about a {subject}" in said
    assert ran.exit_code == (0 if "Questions found" in said else 2)
    assert not any(
        subject in " ".join(search.search(other).outside) for other in ("bonus", "reduce pay", "force of law")
    )
