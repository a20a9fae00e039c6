"""The pay worksheet as an agency keeps it: every executive's proposed rate and award, read."""

from seskit.record.pay_setting.worksheet.reading import Opened, Terms, Worksheet, is_there, read

__all__ = ["Opened", "Terms", "Worksheet", "is_there", "read"]
