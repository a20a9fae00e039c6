"""The forms as an Excel workbook with live formulas, the forms read back from it, and the supplementary form apart."""

from seskit.paper.report.workbook.part_1 import forms
from seskit.paper.report.workbook.part_2 import supplement
from seskit.paper.report.workbook.reading import read_forms

__all__ = ["forms", "read_forms", "supplement"]
