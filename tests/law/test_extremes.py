"""Whatever a person types as a number or a day, a question answers or refuses in one sentence."""

import contextlib
import random
from datetime import date
from decimal import Decimal

import pytest

from seskit.law import probing
from seskit.law.facts import FactError
from seskit.law.question import questions
from tests.extent import times

EXTREME = {
    int: [0, 1, 1899, 1900, 2199, 2200, 9999, 10000, 10**9 - 1, 10**30],
    date: ["0001-01-01", "1899-12-31", "1900-01-01", "2199-12-31", "2200-01-01", "9999-12-31"],
    Decimal: ["0", "0.001", "1e30", "NaN", "99999999999999999999999999999999"],
}


def typed(chance, slot):
    """A value for a fact: often one at the edge of its kind."""
    usual = probing.values(slot, date(2015, 6, 1))
    if slot.kind in EXTREME and chance.random() < 0.3:
        return chance.choice(EXTREME[slot.kind])
    return chance.choice(usual) if usual else None


@pytest.mark.parametrize("name", sorted(questions()))
def test_no_entry_ends_in_anything_but_an_answer_or_a_sentence(name):
    """No year, count or amount leads past the calendar or into an error of the program."""
    chance, asked = random.Random(7), questions()[name]
    for _ in range(times(60, 15)):
        facts = {}
        for slot in asked.slots.values():
            value = typed(chance, slot) if slot.required or chance.random() < 0.5 else None
            if value is not None:
                facts[slot.name] = value
        with contextlib.suppress(FactError):
            asked(**facts)
