"""A class is found by its name: no two classes of the package share one."""

import ast
from collections import defaultdict

from tests.parsed import MODULES, nodes_of, tree_of
from tests.places import PACKAGE


def classes() -> dict[str, list[str]]:
    """The modules that have a class of each name."""
    found = defaultdict(list)
    for path in MODULES:
        for node in nodes_of(tree_of(path)):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(path.relative_to(PACKAGE).as_posix())
    return found


def test_no_class_takes_the_name_of_another():
    """Give a new class a name that says what it holds, beside the other of that name."""
    twice = {name: places for name, places in classes().items() if len(places) > 1}
    assert not twice, twice
