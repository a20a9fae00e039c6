"""Government-wide tables from the reports of many agencies: page, workbook and CSV, small cells suppressed."""

from seskit.paper.rollup.write import RollupSummary, write
from seskit.work.rollup import AgencyForms, RollupTable, gather, tables

__all__ = ["AgencyForms", "RollupSummary", "RollupTable", "gather", "tables", "write"]
