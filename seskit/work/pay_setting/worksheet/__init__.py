"""The pay worksheet of a whole agency: every proposed rate and award checked, alone and together."""

from seskit.record.pay_setting.worksheet import OpenedPay, Terms, Worksheet, is_there, read
from seskit.work.pay_setting.worksheet.checking import CheckedWorksheet, check
from seskit.work.pay_setting.worksheet.finding import Objection

__all__ = ["CheckedWorksheet", "Objection", "OpenedPay", "Terms", "Worksheet", "check", "is_there", "read"]
