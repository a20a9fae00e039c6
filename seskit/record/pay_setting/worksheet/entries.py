"""What people read for each entry of `pay.yaml`, and where it is written: the same words in the form and in findings."""

from __future__ import annotations

#: The button under which the entries are written.
FORM = "Change pay dates and budgets"
#: The label of every entry, by its key; those that a question of law asks too have its label.
LABELS = {
    "effective": "Adjustments take effect on",
    "awards_paid_on": "Awards are paid on",
    "certified": "System certified by OPM?",
    "adjustment_budget": "Budget for adjustments",
    "award_budget": "Budget for awards",
    "cycle_record": "Record of the appraisal cycle",
    "political_freeze_in_force": "Political freeze in force",
    "aim": "Aim of the what-if",
    "step": "Least distance between rating levels",
    "lowest_award_rating": "Lowest rating for an award in the what-if",
    "ratio": "Share of each rating level, for the aim ratio",
    "floor": "Least increase for everyone, for the aim floor",
    "compression_line": "Rate from which pay counts as compressed, for the aim compression",
    "reasons": "Written reasons for the whole worksheet",
}


def where(key: str) -> str:
    """Where an entry is written: on the page by its label, in the file by its key."""
    return f"'{LABELS[key]}' under {FORM} ({key} in pay.yaml)"


def by_entry(said: str) -> str:
    """A sentence that begins with an entry's key, as 'award_budget: ', with the label in its place."""
    key, colon, rest = said.partition(": ")
    return f"{LABELS[key]}: {rest}" if colon and key in LABELS else said
