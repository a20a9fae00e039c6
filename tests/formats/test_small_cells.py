"""Hidden cells stay hidden: tried by solving, by ranges, and by going through every table there could be."""

import itertools
import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seskit.formats import small_cells
from seskit.formats.small_cells import HIDDEN, TOTAL, Sum, determined, hide, two_way
from tests.extent import some, times
from tests.solving import shown, try_to_solve


@pytest.mark.parametrize("seed", some(range(25), 8))
def test_hidden_cells_of_random_tables_cannot_be_solved_for(seed):
    """Two-way tables with margins, some linked to a second table: whatever is hidden stays hidden."""
    chance = random.Random(seed)
    rows, columns = chance.randint(2, 7), chance.randint(2, 5)
    counts, sums = {}, []
    for name in "ab"[: chance.randint(1, 2)]:
        for r in range(rows):
            for c in range(columns):
                counts[name, r, c] = chance.choice([0, 0, 1, 2, 4, 5, 6, 9, 20, 100])
        for r in range(rows):
            sums.append(Sum((name, r, "all"), tuple((name, r, c) for c in range(columns))))
        for c in range(columns):
            sums.append(Sum((name, "all", c), tuple((name, r, c) for r in range(rows))))
        sums.append(Sum((name, "all", "all"), tuple((name, "all", c) for c in range(columns))))
        for tie in sums:
            counts[tie.total] = sum(counts[part] for part in tie.parts)
    if ("b", 0, 0) in counts:
        for r in range(rows):
            sums.append(Sum(("sum", r), (("a", r, "all"), ("b", r, "all"))))
            counts["sum", r] = counts["a", r, "all"] + counts["b", r, "all"]
    told = shown(counts, sums)
    assert not [key for key, value in told.items() if isinstance(value, int) and 0 < value < 5]
    try_to_solve(counts, sums, told)


def test_nothing_is_hidden_where_nothing_is_small():
    """A table without small cells is shown whole, zeros included."""
    counts = {"a": 7, "b": 0, "all": 7}
    assert shown(counts, [Sum("all", ("a", "b"))]) == counts


def test_a_single_small_cell_takes_a_neighbor_with_it():
    """One small cell in a sum would be found by subtraction, so a neighbor is hidden and together they are enough."""
    told = shown({"a": 1, "b": 6, "c": 30, "all": 37}, [Sum("all", ("a", "b", "c"))])
    assert told == {"a": HIDDEN, "b": HIDDEN, "c": 30, "all": 37}


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 30), min_size=1, max_size=8))
def test_a_hidden_cell_cannot_be_found_by_subtraction(counts):
    """Cells under five are hidden, and with the total known the hidden ones together leave a choice."""
    told = small_cells.hide_small(counts)
    hidden = [key for key, value in told.items() if value == HIDDEN]
    assert all(told[key] == HIDDEN for key, count in counts.items() if 0 < count < 5)
    if hidden and len(hidden) < len(counts):
        assert len(hidden) >= 2
        assert sum(counts[key] for key in hidden) >= 5
    if not any(0 < count < 5 for count in counts.values()):
        assert not hidden


def _table(counts):
    """A table of two rows with its totals, and its sums."""
    rows = [f"r{n}" for n in range(len(counts))]
    columns = [f"c{n}" for n in range(len(counts[0]))]
    full = {(row, column): counts[r][c] for r, row in enumerate(rows) for c, column in enumerate(columns)}
    sums = two_way(rows, columns)
    for tie in sums:
        full[tie.total] = sum(full[part] for part in tie.parts)
    return full, sums


@settings(deadline=None, max_examples=times(60, 30))
@given(
    st.lists(st.lists(st.integers(0, 2), min_size=3, max_size=3), min_size=2, max_size=2),
    st.sets(st.tuples(st.integers(0, 1), st.integers(0, 2)), min_size=1, max_size=5),
    st.booleans(),
)
def test_what_is_determined_is_what_every_possible_table_agrees_on(counts, chosen, with_total):
    """A hidden cell is told exactly where it is the same in each table of whole numbers that fits what is shown."""
    full, sums = _table(counts)
    hidden = [(f"r{r}", f"c{c}") for r, c in sorted(chosen)] + ([("r0", TOTAL), (TOTAL, TOTAL)] if with_total else [])
    free = {key: set() for key in hidden}
    for guess in itertools.product(range(5), repeat=len(chosen)):
        tried = full | dict(zip(hidden, guess, strict=False))
        if with_total:
            tried["r0", TOTAL] = sum(tried["r0", f"c{n}"] for n in range(3))
            tried[TOTAL, TOTAL] = tried["r0", TOTAL] + tried["r1", TOTAL]
        if all(tried[tie.total] == sum(tried[part] for part in tie.parts) for tie in sums):
            for key in hidden:
                free[key].add(tried[key])
    assert set(determined(full, sums, hidden, hidden)) == {key for key, values in free.items() if len(values) == 1}


def test_cells_shown_nowhere_are_kept_from_being_worked_out():
    """A small rest that no table shows, but subtraction would give, is protected; a large one need not be."""
    sums = [Sum("all", ("inside", "rest"))]
    assert hide({"all": 30, "inside": 27, "rest": 3}, sums, unpublished=["rest"]) == ["inside"]
    assert hide({"all": 30, "inside": 7, "rest": 23}, sums, unpublished=["rest"]) == []


def test_the_solver_prints_nothing():
    """What it says of itself reaches neither a page nor the console, through whichever buffer."""
    code = "from seskit.formats.small_cells import hide_small; print(hide_small({'a': 1, 'b': 7, 'c': 9}, 5))"
    code += (
        "; from seskit.formats import small_cells as s; s._Change({'a': 1, 'b': 2}, [], ['a', 'b']).towards({'a': 1})"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.count("\n") == 1
    assert ran.stderr == ""
