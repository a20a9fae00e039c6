"""What the decision paper itself obtains: the top approving official's approval, where nothing else stands in the way."""

from __future__ import annotations

from seskit.record.pay_setting.worksheet import Worksheet
from seskit.work.closeout.opening import checked
from seskit.work.pay_setting.worksheet import CheckedWorksheet


def rows(found: CheckedWorksheet) -> frozenset[int]:
    """The rows whose rate is lawful once that official approves, who has not said anything yet.

    Whoever has said no is not asked again, and what lacks anything else, a rating, a ground or a record, stays as it is.
    """
    unsaid = [
        judged.row
        for judged in found.rows
        if judged.row.top_official_approves is None and judged.decision == "cannot tell"
    ]
    if not unsaid:
        return frozenset()
    approved = checked(found.worksheet.with_rows(row._replace(top_official_approves=True) for row in unsaid))
    return frozenset(judged.row.row for judged in approved.rows if judged.decision == "allowed")


def approved(sheet: Worksheet, numbers: frozenset[int]) -> Worksheet:
    """The worksheet as it is once the official approves these rows."""
    return sheet.with_rows(
        row._replace(top_official_approves=True) if row.row in numbers else row for row in sheet.rows
    )
