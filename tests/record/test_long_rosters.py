"""A long roster is read many rows at a time: what is found is what reading each row alone finds, and what the rows show."""

import csv
import io
from random import Random

import pytest

from seskit.formats.personal_data import Names
from seskit.record import roster
from seskit.record.roster import personal, reader
from tests.extent import some
from tests.roster_heads import HEADER

PEOPLE = ["Avery Adams", "Adams, Avery", "Jo Brown", "Pat O'Neil", "Zoë Müller", "Wu", "Ann-Marie de la Cruz", ""]
ODD = [
    "", " ", "\t", "A3", "A7 ", "Avery Adams", "ADAMS, AVERY B.", "jo brown", "averyadams", "Wu", "wu", "zoe muller", "x O'Neil Pat", "Programs",
    "#N/A", "\u200bx", "\uff10", "two\nlines", "0", "-5", "130,000", "carrer", " career ", "none yet", "42", "2002-13-01", "a@b.gov", "mian",
]  # fmt: skip


def rows(chance, count, faults):
    base = [
        "",
        "",
        "main",
        "Programs",
        "no",
        "career",
        "4",
        "129800",
        "129800",
        "3",
        "2002-11-15",
        "",
        "",
        "",
        "",
        "",
        "note",
    ]
    made = [[f"A{n}", chance.choice(PEOPLE), *base[2:]] for n in range(count)]
    for _ in range(faults):
        row = chance.choice(made)
        place = chance.randrange(len(base))
        row[place : place + 1] = chance.choice([[chance.choice(ODD)]] * 20 + [[], ["", ""], [""] * 20])
    for _ in range(faults // 4):
        made[chance.randrange(count)] = chance.choice([[], [""], [" "] * len(base), [""] * len(base)])
    return [[*HEADER, "Remarks"], *made]


def written(table):
    made = io.StringIO()
    csv.writer(made).writerows(table)
    return made.getvalue().encode()


def read(tmp_path, content):
    (tmp_path / "roster.csv").write_bytes(content)
    found = roster.read(tmp_path / "roster.csv")
    return found, (
        found.people,
        found.problems,
        found.notes,
        found.extra,
        found.bad_cells,
        found.bad_rows,
        found.rows_given,
    )


@pytest.mark.parametrize("seed", some(range(60), 3))
def test_many_rows_at_a_time_are_read_as_each_alone(tmp_path, monkeypatch, seed):
    """The same people, problems and order, wherever the rows are parted."""
    chance = Random(seed)
    content = written(rows(chance, chance.choice([1, 40, 250, 600]), chance.choice([0, 1, 6, 60])))
    _, usual = read(tmp_path, content)
    for size in (1, chance.randint(2, 60)):
        monkeypatch.setattr(reader, "_CHUNK", size)
        assert read(tmp_path, content)[1] == usual


@pytest.mark.parametrize("seed", some(range(40), 4))
def test_each_number_that_an_earlier_row_has_is_told_with_that_row(tmp_path, seed):
    """Within a few rows and far apart, once and many times; a blank number is no number."""
    chance = Random(seed)
    numbers = [chance.choice([f"A{chance.randrange(2000)}", f"B{n}", f"B{n}", ""]) for n in range(1200)]
    table = [[*HEADER], *([number, *rows(chance, 1, 0)[1][1:-1]] for number in numbers)]
    found, _ = read(tmp_path, written(table))
    first, told = {}, []
    for row, number in enumerate(numbers, 2):
        if number and first.setdefault(number, row) != row:
            told.append((row, "person_id", number, f"the number is already on row {first[number]}"))
    assert told
    assert told == [(p.row, p.column, p.value, p.reason) for p in found.problems if "already" in p.reason]


@pytest.mark.parametrize("most", [20_000, 2], ids=["all names", "those that share a word"])
@pytest.mark.parametrize("seed", some(range(40), 4))
def test_a_name_is_found_in_whatever_column_it_stands(tmp_path, monkeypatch, seed, most):
    """Cell by cell, as if each were looked at with all the names; of a very long list those are enough that share a word."""
    monkeypatch.setattr(personal, "_MANY", most)
    monkeypatch.setattr(personal, "_PART", 3)
    chance = Random(seed)
    table = [[*HEADER, "Remarks"], *rows(chance, 300, 0)[1:]]
    for row in table[1:]:
        for place in (0, 3, 13, 16):
            if chance.random() < 0.02:
                row[place] = (
                    f"{row[place]} {chance.choice([*PEOPLE, 'Jo', 'Brown', 'WU', 'Neil', 'Adams Jo', 'brown, JO'])}".strip()
                )
    found, _ = read(tmp_path, written(table))
    names = Names(row[1] for row in table[1:] if row[1])
    held = {
        (number, table[0][place])
        for number, row in enumerate(table[1:], 2) for place in (0, 3, 13, 16) if any(names.hits(row[place]))
    }  # fmt: skip
    assert held
    assert held == {(p.row, p.column) for p in found.problems if "the name of a person" in p.reason}
    for number, column in held:
        kept = found.extra[column] if column == "Remarks" else [getattr(one, column) for one in found.people]
        assert not kept[number - 2]
