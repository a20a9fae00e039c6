"""Certification of appraisal systems: criteria, rehearsal, terms, package, and what certification does to pay.

A certification belongs to an organization, a group and the system that covers them, never to a whole agency.
"""

from seskit.law.certification.checklist import plans_required, submission
from seskit.law.certification.criteria import criteria
from seskit.law.certification.deciders import decider
from seskit.law.certification.distinctions import indicators, top_two_ceiling
from seskit.law.certification.effects import pay_after, unlocks
from seskit.law.certification.gaps import gaps
from seskit.law.certification.key_dates import calendar
from seskit.law.certification.rehearsal import assess
from seskit.law.certification.standing import Event, Standing, Transition, apply, status, transitions
from seskit.law.certification.terms import Term, term, term_of

__all__ = [
    "Event",
    "Standing",
    "Term",
    "Transition",
    "apply",
    "assess",
    "calendar",
    "criteria",
    "decider",
    "gaps",
    "indicators",
    "pay_after",
    "plans_required",
    "status",
    "submission",
    "term",
    "term_of",
    "top_two_ceiling",
    "transitions",
    "unlocks",
]
