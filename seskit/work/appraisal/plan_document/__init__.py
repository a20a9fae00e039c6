"""The executive performance plan: read, and checked with every gap named."""

from seskit.record.appraisal.plan_document import ExecutivePlan, OpenedPlan, find, read
from seskit.work.appraisal.plan_document.check import CheckedPlan, check

__all__ = ["CheckedPlan", "ExecutivePlan", "OpenedPlan", "check", "find", "read"]
