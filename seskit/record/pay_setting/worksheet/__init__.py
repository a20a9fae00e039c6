"""The pay worksheet as an agency keeps it: every executive's proposed rate and award, read."""

from seskit.record.pay_setting.worksheet.reading import OpenedPay, Terms, Worksheet, is_there, read

__all__ = ["OpenedPay", "Terms", "Worksheet", "is_there", "read"]
