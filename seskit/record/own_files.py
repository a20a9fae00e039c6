"""What the files of an agency are called, without their ending: each look at what a folder holds uses this one list."""

from __future__ import annotations

#: Tables, each as CSV or as a workbook.
TABLES = (
    "roster", "roster.corrected", "actions", "correspondence", "element_levels", "history", "last_year", "moves", "pay",
    "pay_history", "probation", "steps",
)  # fmt: skip
#: YAML files.
TEXTS = (
    "agency", "appraisal", "assessment", "certification", "closeout", "pay", "plan", "roster.readings", "system_description",
    "vacancy",
)  # fmt: skip
#: What a file or workbook that a person fills in may be called.
FILLED_IN = frozenset((*TABLES, *TEXTS, "plans", "pay_terms"))
#: All of them, with what is kept beside: the corrections of the roster, the parameters of a run, the headings of an export.
ALL = FILLED_IN | {"roster.corrections", "parameters", "people"}
