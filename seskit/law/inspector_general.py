"""From when an Office of Inspector General is a separate agency for the SES."""

from __future__ import annotations

from datetime import date

from seskit.law import parameters

_RULE = "certification.inspector_general.separate"


def is_agency_of_its_own(on: date) -> bool:
    """Whether an office counts apart from its agency on that day."""
    return parameters.recorded(_RULE, on) is not None


def since() -> str:
    """From when, and by which law, in words."""
    rule = parameters.parameter(_RULE)
    return f"since {rule.values[0].first_day} a separate agency for the SES ({rule.citation})"
