"""Words with a key are words everywhere, and keep their key where they are copied or said in other words."""

import copy
import json

from seskit.formats.keyed import Keyed, key_of, reworded, with_key

SAID = Keyed("Columns kept but not used: color.", "not used")


def test_words_with_a_key_are_the_same_words():
    """In a list, in a file and in a comparison nobody sees the key."""
    assert SAID == "Columns kept but not used: color."
    assert json.dumps([SAID]) == '["Columns kept but not used: color."]'
    assert key_of(f"{SAID}") == ""


def test_the_key_stays_with_a_copy_and_with_other_words():
    """A copy, deep or not, and the same said with a file's name before it."""
    for one in (copy.deepcopy(SAID), copy.copy(SAID), reworded(SAID, f"history: {SAID}")):
        assert key_of(one) == "not used"
    assert type(reworded("plain", "other")) is str
    assert with_key(["a", SAID, Keyed("b", "other")], "not used") == (SAID,)
