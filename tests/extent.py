"""How much is tried: a spread of it by `make test`, all of it by `make test-all`.

What a test does many times, with other seeds, samples or inputs of one kind, is spread here. What differs in kind is
tried every time.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

import pytest

T = TypeVar("T")
#: Set by `make test-all`.
ALL = "SESKIT_TEST_ALL" in os.environ
#: A test that takes long, beside a quicker one of the same kind that is tried every time.
thorough = pytest.mark.skipif(not ALL, reason="tried by make test-all")


def some(of: Sequence[T], few: int) -> list[T]:
    """All of them, or a few: the first, the last, and others evenly between."""
    if ALL or few >= len(of):
        return list(of)
    if few == 1:
        return [of[0]]
    return [of[number * (len(of) - 1) // (few - 1)] for number in range(few)]


def times(all_: int, few: int) -> int:
    """How often something is tried."""
    assert few <= all_
    return all_ if ALL else few
