"""Certification of appraisal systems: criteria, rehearsal, terms, package, and what certification does to pay.

A certification belongs to an organization, a group and the system that covers them, never to a whole agency.
"""

from seskit.law.certification.checklist import *
from seskit.law.certification.criteria import *
from seskit.law.certification.deciders import *
from seskit.law.certification.distinctions import *
from seskit.law.certification.effects import *
from seskit.law.certification.gaps import *
from seskit.law.certification.key_dates import *
from seskit.law.certification.rehearsal import *
from seskit.law.certification.standing import *
from seskit.law.certification.standing import Event as Event
from seskit.law.certification.standing import Standing as Standing
from seskit.law.certification.standing import Transition as Transition
from seskit.law.certification.standing import apply as apply
from seskit.law.certification.standing import transitions as transitions
from seskit.law.certification.terms import *
from seskit.law.certification.terms import Term as Term
from seskit.law.certification.terms import term_of as term_of
