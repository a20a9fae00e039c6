"""The pay worksheet as a workbook with live formulas, and as a page."""
