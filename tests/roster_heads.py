"""The columns of rosters whose rows are written out in tests, in the order of their cells, a new column changes none; and a header in two rows."""

HEADER = (
    "person_id", "name", "plan", "component", "ig_office", "appointment_type", "es_level", "basic_pay_fy_end",
    "basic_pay_period_end", "rating", "rating_date", "award", "pay_decreased", "action", "action_date", "removal_reason",
)  # fmt: skip
PAYS = ("basic_pay_fy_end", "basic_pay_period_end")


def in_two_rows(rows):
    """The rows with 'Basic pay' over its two columns, and every other heading over both rows."""
    heads = rows[0]
    upper = ["Basic pay" if head == PAYS[0] else "" if head == PAYS[1] else head for head in heads]
    lower = ["FY end" if head == PAYS[0] else "period end" if head == PAYS[1] else "" for head in heads]
    return [upper, lower, *rows[1:]]
