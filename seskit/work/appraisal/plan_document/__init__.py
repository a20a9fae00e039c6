"""The executive performance plan: read, and checked with every gap named."""

from seskit.record.appraisal.plan_document import ExecutivePlan, Opened, find, read
from seskit.work.appraisal.plan_document.check import Checked, check

__all__ = ["Checked", "ExecutivePlan", "Opened", "check", "find", "read"]
