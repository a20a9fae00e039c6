"""A number with its noun."""

import pytest

from seskit.formats.counts import number_of


@pytest.mark.parametrize(
    ("number", "words", "said"),
    [
        (0, ("award",), "0 awards"),
        (1, ("award",), "1 award"),
        (1204, ("award",), "1,204 awards"),
        (1, ("person is", "people are"), "1 person is"),
        (2, ("person is", "people are"), "2 people are"),
    ],
)
def test_one_is_said_in_the_singular(number, words, said):
    """And every other number, none too, in the plural."""
    assert number_of(number, *words) == said
