"""The executive performance plan: drafted in YAML or a workbook, checked with every gap named, and printed."""

from seskit.appraisal.agreement.check import Checked, check
from seskit.appraisal.agreement.files import Opened, find, read
from seskit.appraisal.agreement.form import Form
from seskit.appraisal.agreement.record import ExecutivePlan

__all__ = ["Checked", "ExecutivePlan", "Form", "Opened", "check", "find", "read"]
