"""What is said of vacancies: the states they stand at, what comes next, the kinds of what needs attention and what to do."""

from __future__ import annotations

from typing import Literal

Kind = Literal["overdue", "barred", "incomplete", "irregular"]
KINDS: dict[str, str] = {
    "overdue": "a day set by law has passed",
    "barred": "the law or OPM stands in the way",
    "incomplete": "something is missing or not known",
    "irregular": "done too early, too late or out of order",
}
STATES = (
    "planned", "announced", "to be rated", "before the board", "to be selected", "case to be sent", "held",
    "case returned", "with the QRB", "to be appointed", "in probation", "probation over, not final", "final",
    "serving for a term", "term over", "serving, noncareer", "ended",
)  # fmt: skip
#: What comes next before anybody is selected, and at the other states whose next step has no day of law.
BEFORE_SELECTION = {
    "announced": "Let the announcement close; then rate the applicants.",
    "to be rated": "Rate the applicants.",
    "before the board": "Have the board consider the candidates.",
    "to be selected": "Select from the best qualified.",
}
NEXT = {
    "planned": "Announce the vacancy, or record the day.",
    "held": "Wait until the moratorium ends, or ask OPM for an exception.",
    "with the QRB": "Wait for the board's decision, and record the day.",
    "to be appointed": "Make the appointment, and record the day.",
    "term over": "Record the end of the term.",
}
TO_DO: dict[str, str] = {
    "overdue": "Do it now, and record the day.",
    "barred": "Do not proceed until it is settled.",
    "incomplete": "Add what is missing to vacancy.yaml.",
    "irregular": "Keep the reason with the record; ask OPM if it cannot be corrected.",
}
