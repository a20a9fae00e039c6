"""Many records are made without the collector looking at them, and nothing of the collector is changed afterward."""

import gc
import weakref

import pytest

from seskit.formats.memory import MANY, uncollected


class Knot:
    """Something that only the collector can free."""

    def __init__(self):
        """Hold itself."""
        self.held = self


@pytest.fixture
def nothing_frozen():
    """The objects that the run of tests keeps frozen are given back for one test, and frozen again after it."""
    gc.unfreeze()
    yield
    gc.freeze()


def young(kept):
    return any(one is kept for one in gc.get_objects(0)) or any(one is kept for one in gc.get_objects(1))


def test_many_records_are_old_without_a_walk(nothing_frozen):
    """After a large reading no collection has run over the records, and the next small one passes over them too."""
    walked = []
    gc.callbacks.append(lambda phase, info: walked.append((phase, info["generation"])))
    try:
        with uncollected():
            kept = [[number] for number in range(2 * MANY)]
            assert not gc.isenabled()
        assert not walked
        assert gc.isenabled()
        assert not young(kept[-1])
        assert not gc.get_freeze_count()
    finally:
        gc.callbacks.pop()


def test_what_is_garbage_is_still_found(nothing_frozen):
    """A knot left among many records is freed by the next whole collection."""
    with uncollected():
        kept = [[number] for number in range(2 * MANY)]
        knot = weakref.ref(Knot())
    assert kept
    assert knot() is not None
    gc.collect()
    assert knot() is None


def test_few_records_are_left_to_the_collector(nothing_frozen):
    """Small readings, of which a long-lived desk makes thousands, do not age what lies about."""
    gc.collect()
    with uncollected():
        kept = [[number] for number in range(100)]
    assert young(kept[-1])


def test_what_is_frozen_stays_frozen():
    """A parent keeps its objects frozen for its children: a reading neither adds to them nor gives them back."""
    gc.freeze()
    before = gc.get_freeze_count()
    with uncollected():
        kept = [[number] for number in range(2 * MANY)]
    assert before - MANY < gc.get_freeze_count() <= before  # some that nobody holds any more may be gone
    assert kept


@pytest.mark.parametrize("on", [True, False])
def test_the_collector_is_as_it_was_after_a_failure(on):
    """Enabled where it was, and only there."""
    was_on = gc.isenabled()
    try:
        (gc.enable if on else gc.disable)()
        with pytest.raises(KeyError), uncollected():
            raise KeyError
        assert gc.isenabled() is on
    finally:
        (gc.enable if was_on else gc.disable)()
