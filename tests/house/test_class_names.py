"""A class is found by its name: a name that two classes share is declared here, and the list only shrinks."""

import ast
from collections import defaultdict

from tests.parsed import MODULES, nodes_of, tree_of
from tests.places import PACKAGE

#: Names of classes that are there more than once, each a word of its own room; those of one floor need a reason.
SHARED = {
    "Table": 2,
}  # fmt: skip
#: Names that two classes of one floor share, and why.
ON_ONE_FLOOR = {
    "Table": "the typesetter knows the blocks of a sheet by their names",
}


def classes() -> dict[str, list[str]]:
    """The modules that have a class of each name."""
    found = defaultdict(list)
    for path in MODULES:
        for node in nodes_of(tree_of(path)):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(path.relative_to(PACKAGE).as_posix())
    return found


def test_no_class_takes_the_name_of_another():
    """Give a new class a name of its own; take a name that is there once again off the list."""
    twice = {name: places for name, places in classes().items() if len(places) > 1}
    more = {name: places for name, places in twice.items() if len(places) > SHARED.get(name, 1)}
    assert not more, more
    fewer = {name: len(twice.get(name, "?")) for name, count in SHARED.items() if len(twice.get(name, "?")) < count}
    assert not fewer, f"take them off the list: {fewer}"


def test_a_name_that_one_floor_has_twice_is_explained():
    """On one floor they are read side by side; a private class is seen in its module alone."""
    twice = {
        name for name, places in classes().items()
        if not name.startswith("_") and len({place.split("/")[0] for place in places}) < len(places)
    }  # fmt: skip
    assert twice == set(ON_ONE_FLOOR)
