"""Government-wide tables from the reports of many agencies: sums only, each rating pattern and year on its own."""

from seskit.work.rollup.gather import Part, gather
from seskit.work.rollup.sums import RollupTable, tables
from seskit.paper.rollup.write import RollupSummary, write

__all__ = ["Part", "RollupSummary", "RollupTable", "gather", "tables", "write"]
