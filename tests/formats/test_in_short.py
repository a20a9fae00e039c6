"""Findings in a title are right in every case: none, one, all alike, and nearly all."""

import pytest

from seskit.formats.in_short import percent_of, rated, rising_award


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, "Nobody has a rating"),
        ({4: 1, 5: 0}, "The one executive rated is at level 4"),
        ({5: 2}, "Both executives rated are at level 5"),
        ({3: 2, 4: 2}, "Levels 3 and 4 are the most frequent ratings: 2 of 4 executives each"),
        ({3: 1, 5: 3}, "Level 5 is the most frequent rating: 3 of 4 executives, 75 percent"),
    ],
)
def test_ratings(counts, said):
    assert rated(counts) == said


def test_shares_and_averages():
    assert (percent_of(999, 1000), percent_of(1, 1000), percent_of(0, 0)) == (
        "more than 99 percent", "less than 1 percent", "0 percent"
    )  # fmt: skip
    assert rising_award({3: 0, 4: 0}) == "No level has an average award"
    assert rising_award({2: 0, 3: 0, 4: 5, 5: 9}) == "The higher the rating, the higher the average award"
    assert rising_award({4: 9, 5: 9}) == "Every level has the same average award"
    assert rising_award({3: 1, 4: 9, 5: 8}).endswith("level 5 not more than level 4")
