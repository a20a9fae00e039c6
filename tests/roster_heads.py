"""The columns of rosters whose rows are written out in tests, in the order of their cells; a new column changes none."""

HEADER = (
    "person_id", "name", "plan", "component", "ig_office", "appointment_type", "es_level", "basic_pay_fy_end",
    "basic_pay_period_end", "rating", "rating_date", "award", "pay_decreased", "action", "action_date", "removal_reason",
)  # fmt: skip
