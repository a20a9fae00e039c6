"""YAML at its edges: every kind of file is bounded, and every fault is a problem with its line."""

import gc
import re
import time

import pytest

from seskit.formats import strict_yaml
from seskit.forum import config
from seskit.forum.place import KitError
from seskit.record import agency
from seskit.record.problem import MOST_LISTED
from tests.extent import some
from tests.places import FIELD, SAMPLES
from tests.yaml_kinds import KINDS

FAULTS = {
    "not a number": "a: .nan",
    "without end": "a: -.inf",
    "a number that is none": "a: !!float abc",
    "a whole number that is none": "a: !!int abc",
    "a truth that is none": "a: !!bool maybe",
    "a day that is none": "a: !!timestamp abc",
    "a year too late": "a: 9999-12-31",
    "a year too early": "a: 0000-01-01",
    "half a character": 'a: "\\ud800"',
    "a key twice": "a: 1\na: 2",
    "a number with a zero in front": "a: 036",
    "a time": "a: 1:30",
    "a huge number": "a: " + "9" * 5000,
    "a huge number in hexadecimal": "a: 0x" + "f" * 9000,
    "a huge power": "a: 1.0e+999999",
    "sixties": "a: 1:20.5",
    "too deep": "a: " + "[" * 100_000,
    "too deep in entries": "a: " + "{b: " * 5000,
    "itself": "a: &a [*a]",
    "nothing repeated": "a: *z",
    "merged": "a: &b {c: 1}\nd:\n  <<: *b",
    "a mapping that is none": "a: !!map [1]",
    "a list that is none": "a: !!seq {b: 1}",
    "a program": "a: !!python/object/apply:os.system [ls]",
    "bytes": "a: !!binary x",
    "a set": "a: !!set {b}",
    "a control character": "a: \x00",
    "a tab": "a:\n\t- b",
    "a colon": "a: b: c",
    "a key that is a list": "? [a]\n: b",
    "two documents": "a: 1\n---\nb: 2",
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_a_problem_with_its_line(tmp_path, kind, fault):
    """Never a traceback, in every kind of file, and the line is that of the fault."""
    (tmp_path / kind).write_text(f"first: 1\n{FAULTS[fault]}\n", encoding="utf-8", newline="")
    found = KINDS[kind](tmp_path)
    assert found
    assert (found[0].row or 0) >= 2
    assert len(str(found[0])) < 400


@pytest.mark.parametrize("fault", FAULTS)
def test_a_forum_with_a_fault_is_refused_with_its_line(tmp_path, fault):
    """The same for forum.yaml, whose refusals are one sentence."""
    (tmp_path / config.NAME).write_text(f"first: 1\n{FAULTS[fault]}\n", encoding="utf-8", newline="")
    with pytest.raises(KitError, match=r"forum\.yaml, line [2-9]: "):
        config.read(tmp_path)


@pytest.mark.parametrize("odd", ["\u202e", "\u200b", "\u2066", "\x1b", "\x07", "\u2060", "\U000e0041"])
def test_what_cannot_be_seen_comes_in_as_its_code(tmp_path, odd):
    """In a name that then stands on pages, in data and in notebooks; two codes that look alike are not the same."""
    sample = (SAMPLES / "ASR" / "agency.yaml").read_text(encoding="utf-8")
    written = odd if odd.isprintable() else f"\\U{ord(odd):08x}"
    (tmp_path / "agency.yaml").write_text(
        re.sub(r"(?m)^name: .*", lambda _: f'name: "An{written}Agency"', sample), encoding="utf-8"
    )
    read_in = agency.read(tmp_path)
    assert not read_in.problems
    assert read_in.agency.name == f"An[U+{ord(odd):04X}]Agency"


@pytest.mark.parametrize("key", ["2002-09-30", "yes", "12"])
def test_a_key_of_a_forum_that_is_no_word_is_refused_with_its_line(tmp_path, key):
    """A day or a number before the colon is not known, like any other word."""
    (tmp_path / config.NAME).write_text(f"title: A forum\n{key}: 1\n", encoding="utf-8")
    with pytest.raises(KitError, match=r"forum\.yaml, (?s:.*)is not known"):
        config.read(tmp_path)


def test_sixty_thousand_unknown_entries_of_a_forum_are_counted_and_the_first_thousand_listed(tmp_path):
    """Within ten seconds."""
    (tmp_path / config.NAME).write_text("".join(f"key{n}: {n}\n" for n in range(60_000)), encoding="utf-8")
    began = time.process_time()
    with pytest.raises(KitError) as refused:
        config.read(tmp_path)
    assert time.process_time() - began < 10
    *listed, last = str(refused.value).splitlines()
    assert len(listed) == MOST_LISTED
    assert re.fullmatch(r"59,\d{3} more faults not listed\.", last)


@pytest.mark.parametrize("kind", KINDS)
def test_nested_aliases_are_refused_at_once(tmp_path, kind):
    """790 bytes that would become many GiB."""
    (tmp_path / kind).write_bytes((FIELD / "28-yaml-aliases" / "agency.yaml").read_bytes())
    began = time.process_time()
    found = KINDS[kind](tmp_path)
    assert [(problem.row, "(*) more than" in str(problem)) for problem in found] == [
        (16, kind != "parameters.yaml")
    ] or (kind == "parameters.yaml" and found[0].row == 16)
    assert time.process_time() - began < 2


def test_a_few_aliases_are_read():
    """What a person writes to save typing is fine."""
    assert strict_yaml.load("a: &x {b: 1}\nc: *x") == {"a": {"b": 1}, "c": {"b": 1}}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_larger_than_any_file_of_its_kind_is_refused(tmp_path, kind):
    """Before it is parsed."""
    (tmp_path / kind).write_text("# nothing but words\n" * 1_000_000)
    found = KINDS[kind](tmp_path)
    assert ["is larger than any file" in problem.reason for problem in found] == [True]


MANY = {
    "keys": "".join(f"bad_{n}: {n}\n" for n in range(60_000)),
    "plans": "plans:\n" + "".join(f" - {{id: p{n}, pattern: Z}}\n" for n in range(60_000)),
    "vacancies": "vacancies:\n" + "".join(f" - {{id: p{n}, x: 1}}\n" for n in range(60_000)),
    "systems": "systems:\n" + "".join(f" - {{id: p{n}}}\n" for n in range(60_000)),
    "elements": "elements:\n" + "".join(f" - {{name: p{n}, x: 1}}\n" for n in range(60_000)),
}
BAD_ROWS = [
    ("agency.yaml", "plans"),
    ("vacancy.yaml", "vacancies"),
    ("certification.yaml", "systems"),
    ("plan.yaml", "elements"),
]


@pytest.mark.parametrize(
    ("kind", "what"),
    [*((k, "keys") for k in some([k for k in KINDS if k != "parameters.yaml"], 1)), *some(BAD_ROWS, 1)],
)
def test_sixty_thousand_faults_are_listed_to_a_thousand_and_counted(tmp_path, kind, what):
    """Within ten seconds of this process, whatever earlier tests left in its memory."""
    (tmp_path / kind).write_text(MANY[what])
    gc.freeze()
    began = time.process_time()
    found = KINDS[kind](tmp_path)
    assert time.process_time() - began < 10
    assert len(found) == MOST_LISTED + 1
    assert int(found[-1].reason.split()[-3].replace(",", "")) >= 60_000


PERSONAL = {
    "number": "-".join(("900", "12", "3456")),
    "mail": "pat.lee" + "@agency.gov",
    "telephone": "(202) 555-" + "0142",
    "birth": "DOB: 5/12/" + "1960",
}


@pytest.mark.parametrize("kind", PERSONAL)
def test_an_entry_that_is_personal_is_an_error_that_shows_nothing_of_it(tmp_path, kind):
    """In a comment as in a value; nothing of the file is then used."""
    sample = SAMPLES
    good = next(sample.glob("*/agency.yaml")).read_text(encoding="utf-8")
    (tmp_path / "agency.yaml").write_text(f"# {PERSONAL[kind]}\n" + good, encoding="utf-8")
    read = agency.read(tmp_path)
    assert read.agency is None
    assert [problem.row for problem in read.problems] == [1]
    assert PERSONAL[kind][-4:] not in str(read.problems[0])


def test_a_number_written_with_escapes_is_found(tmp_path):
    """What an entry reads as is looked at, too."""
    hidden = PERSONAL["number"].replace("-", "\\x2d")
    (tmp_path / "agency.yaml").write_text(f'note: "{hidden}"\n', encoding="utf-8")
    assert (1, "looks like a Social Security number, which must never be in a file") in [
        (problem.row, problem.reason) for problem in agency.read(tmp_path).problems
    ]
