"""The executive performance plan: drafted in YAML or a workbook, checked with every gap named, and printed."""

from seskit.appraisal.agreement.check import ASKED, Checked, check
from seskit.appraisal.agreement.files import Opened, find, read
from seskit.appraisal.agreement.record import ExecutivePlan

__all__ = ["ASKED", "Checked", "ExecutivePlan", "Opened", "check", "find", "read"]
