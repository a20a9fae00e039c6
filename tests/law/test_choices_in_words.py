"""Choices that are codes, in words: each belongs to one fact, so that no other value is renamed by it."""

from seskit.law import question
from seskit.law.entry_shape import shape
from seskit.law.in_words import NAMED, choice, shown
from seskit.law.parameters import parameter, paths


def offered():
    """Every fact with choices and each of them, boxes within a fact too."""
    asked = [slot for one in question.questions().values() for slot in one.slots.values()]
    while asked:
        slot = asked.pop()
        seen = shape(slot)
        asked += [*seen.fields, *([seen.item] if seen.item else [])]
        yield from ((slot.name, str(one)) for one in seen.choices)


def test_each_choice_that_has_words_is_one_of_its_fact():
    """And none has words that no question offers."""
    there = set(offered())
    assert {(fact, value) for fact, named in NAMED.items() for value in named} <= there


def test_what_is_no_choice_of_that_fact_keeps_its_name():
    """A plan of an agency that is called A or agency, a rating pattern A."""
    assert (choice("A"), choice("agency"), choice("A", "pattern")) == ("A", "agency", "A")
    assert choice("A", "criterion") == "A: executive experience"
    assert (choice("limited_term"), choice(True)) == ("limited term", "yes")


def test_no_figure_is_shown_with_the_keys_of_its_file():
    """A list of documents, each with its authority, reads as one; no word of how sure we are is that of the file."""
    for path in paths():
        found = parameter(path)
        said = [shown(one.value, found.unit) for one in found.values]
        assert not [text for text in said if "basis: " in text or "recalled" in text], path
