"""The short form of `make fuzz`: whatever a file holds, its reading ends, in words, within limits."""

import faulthandler
import os
import signal
import sys
import time

import pytest

if sys.platform != "linux":
    pytest.skip("needs child processes made by fork and the size Linux tells of them", allow_module_level=True)

from tests import fuzz_rosters as fuzz
from tests.extent import times


@pytest.mark.parametrize(
    ("kind", "count"), [("roster", times(60, 20)), ("workbook", times(40, 12)), ("yaml", times(60, 20))]
)
def test_files_made_at_random_are_read_or_refused(kind, count):
    """No traceback, no abort, nothing over 20 seconds or 1 GiB, nothing printed that is no printable text."""
    outcomes = fuzz.fuzz(kind, count, seed=3)
    assert fuzz.report(kind, outcomes) == 0
    assert {outcome.verdict for _, outcome in outcomes} == {"read", "refused"}


def raises():
    raise ValueError("on purpose")


def ends():
    faulthandler.disable()  # it ends on purpose, which nobody need read about
    os.kill(os.getpid(), signal.SIGABRT)
    return "read", ""


def sleeps():
    time.sleep(30)
    return "read", ""


def grows():
    kept = b"x" * (220 * 2**20)
    return "read", str(len(kept))


@pytest.mark.parametrize(
    ("work", "seconds", "verdict"),
    [
        (raises, 60, "traceback"),
        (ends, 60, "abort"),
        (sleeps, 1, "hang"),
        (grows, 60, "memory"),
        (lambda: ("read", ""), 60, "read"),
    ],
)
def test_the_fuzzer_sees_what_it_looks_for(work, seconds, verdict):
    """A reading that fails on purpose, in each of the ways."""
    assert fuzz.apart(work, seconds=seconds, memory=200 * 2**20).verdict == verdict
