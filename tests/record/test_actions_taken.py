"""Which words of an agency tell of an action that was taken: one rule for the form, the ratings and the certification."""

from __future__ import annotations

import pytest

from seskit.record.appraisal.rating_history import EITHER, carries_out
from seskit.record.roster.columns import ACTIONS, took_place

TO_COME = ("none yet", "None", "no action", "removal proposed", "reassignment pending", "reassignment planned",
           "reassignment under consideration", "to be reassigned", "not reassigned", "was not reassigned")  # fmt: skip


@pytest.mark.parametrize("action", TO_COME)
def test_an_action_to_come_is_not_taken_and_does_nothing_the_ratings_call_for(action: str) -> None:
    """In any place of the words."""
    assert not took_place(action)
    assert not carries_out(action, EITHER)


@pytest.mark.parametrize("action", [*ACTIONS[1:], "Reassigned to headquarters", "retired"])
def test_an_action_that_was_taken_does_it(action: str) -> None:
    """The actions offered in lists but 'none yet', and an agency's own words."""
    assert took_place(action)
    assert carries_out(action, EITHER)
