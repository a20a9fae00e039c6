"""Entries of pairs, one to a line: the hint says what stands before the colon, and either order is read where it is clear."""

from __future__ import annotations

import pytest

from seskit.formats.refusals import FactError
from seskit.law.facts import Unreadable
from seskit.record.forms.fields import Field
from seskit.record.forms.known import all_files

PAIRS = [
    pytest.param(entry, id=f"{what} {entry.name}")
    for what, one in all_files().items()
    for sheet in one.sheets
    for entry in sheet.columns
    if entry.shape == "pairs"
]
SAYS = {"text": "name", "whole": "whole number", "number": "number", "day": "date"}
WRITTEN = {"text": "all sources", "whole": "3", "number": "2.5", "day": "2026-10-01"}


def test_there_are_pairs_named_by_more_than_names():
    """The levels of a system are among the entries tested here."""
    assert {"text", "whole"} <= {one.values[0].named_by for one in PAIRS}


@pytest.mark.parametrize("entry", PAIRS)
def test_the_hint_says_what_is_read(entry):
    """What the hint names before the colon is what is read there."""
    assert f"One per line: {SAYS[entry.named_by]}, colon," in entry.how
    value = WRITTEN[entry.kind] if entry.kind in WRITTEN else entry.words[0]
    assert len(entry.value(f"{WRITTEN[entry.named_by]}: {value}")) == 1


@pytest.mark.parametrize(("named_by", "kind"), [("whole", "text"), ("day", "text"), ("text", "whole"), ("text", "day")])
def test_either_order_is_read_where_only_one_can_be(named_by, kind):
    """Outstanding: 5 is 5: Outstanding, where the number names the level."""
    entry = Field("levels", "Levels", "", kind=kind, shape="pairs", named_by=named_by)
    name, value = WRITTEN[named_by], WRITTEN[kind]
    assert entry.value(f"{value}: {name}") == entry.value(f"{name}: {value}")


def test_an_order_that_can_be_read_stays():
    """Where both orders can be read, what stands before the colon is the name; where neither can, it is refused."""
    entry = Field("levels", "Levels", "", shape="pairs", named_by="whole")
    assert entry.value("5: 3") == {5: "3"}
    with pytest.raises((Unreadable, FactError), match="is not a whole number"):
        entry.value("Outstanding: five")
    with pytest.raises(Unreadable, match="names '5' twice"):
        entry.value("5: Outstanding\nExceeds: 5")
