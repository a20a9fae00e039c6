"""The executive performance plan as an agency keeps it: YAML or a workbook, blank, read and written."""

from seskit.record.appraisal.plan_document.files import OpenedPlan, find, read
from seskit.record.appraisal.plan_document.record import ExecutivePlan

__all__ = ["ExecutivePlan", "OpenedPlan", "find", "read"]
