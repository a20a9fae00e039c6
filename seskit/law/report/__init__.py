"""The dates of the ratings and awards report: when it is due, and the day whose basic pay counts."""

from seskit.law.report.dates import base_pay_date, due_date, member_form_year

__all__ = ["base_pay_date", "due_date", "member_form_year"]
