"""The forms as an Excel workbook with live formulas, back from it, and the supplementary form in a workbook of its own."""

from seskit.report.workbook.part_1 import forms
from seskit.report.workbook.part_2 import supplement
from seskit.report.workbook.reading import read_forms

__all__ = ["forms", "read_forms", "supplement"]
