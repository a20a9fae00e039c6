"""Published figures of OPM, row by row."""

from __future__ import annotations

import csv

from tests.places import TESTS

FIGURES = TESTS / "published"


def rows(name):
    with (FIGURES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
