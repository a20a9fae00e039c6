"""Government-wide sums from the reports of many agencies, each rating pattern and year on its own."""

from seskit.work.rollup.gather import LeftOut, Part, gather
from seskit.work.rollup.sums import RollupTable, tables

__all__ = ["LeftOut", "Part", "RollupTable", "gather", "tables"]
