"""Certification of appraisal systems: criteria, rehearsal, terms, package, and what certification does to pay.

A certification belongs to an organization, a group and the system that covers them, never to a whole agency.
"""

from seskit.certification.checklist import plans_required, submission
from seskit.certification.criteria import criteria
from seskit.certification.deciders import decider
from seskit.certification.diary import calendar
from seskit.certification.distinctions import indicators, top_two_ceiling
from seskit.certification.effects import pay_after, unlocks
from seskit.certification.gaps import gaps
from seskit.certification.life import Event, Standing, Transition, apply, status, transitions
from seskit.certification.rehearsal import assess
from seskit.certification.terms import Term, term, term_of

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
