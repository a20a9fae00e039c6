"""What the page calls the entries of agency.yaml that a person is told to change, and where they are."""

from __future__ import annotations

from seskit.record.agency import FILE

#: The button of the page under which they are.
FORM = "Change dates and plans"
#: The label of each entry by its key.
LABELS = {
    "certified_until": "Certified until",
    "form_1558a_pool": "The pool on Form 1558A",
    "item_4_year": "The year of the base pay",
    "presidential_in_ratings": "Presidential appointees among appointees and ratings",
    "item_8_denominator": "The number of awards is a percentage of",
    "percent_level_rounding": "Percentages of awards",
    "item_6_percent": "The percentage of the award payments is printed as",
    "pool_cap": "The limit of the pool holds for",
    "inspector_general_form": "A form for Inspector General offices",
    "aggregate_of_single_plan": "An aggregate form for a pattern with one plan",
    "item_3_without_awards": "The month of payment when no awards are paid",
    "due_days": "Days until the report is due",
    "budget_percent": "Your own lower budget",
    "closed_days": "Other days offices were closed",
}


def where(key: str) -> str:
    """Where an entry is written: on the page by its label, in the file by its key."""
    return f"'{LABELS[key]}' under {FORM} ({key} in {FILE})"
