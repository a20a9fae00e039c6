"""Government-wide sums from the reports of many agencies, each rating pattern and year on its own."""

from seskit.work.rollup.gather import AgencyForms, LeftOut, gather
from seskit.work.rollup.sums import RollupTable, tables

__all__ = ["AgencyForms", "LeftOut", "RollupTable", "gather", "tables"]
