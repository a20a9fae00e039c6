"""The executive performance plan: drafted in YAML or a workbook, checked with every gap named, and printed."""

from seskit.work.appraisal.plan_document.check import Checked, check
from seskit.record.appraisal.plan_document.files import Opened, find, read
from seskit.desk.appraisal.plan_form import Form
from seskit.record.appraisal.plan_document.record import ExecutivePlan

__all__ = ["Checked", "ExecutivePlan", "Form", "Opened", "check", "find", "read"]
