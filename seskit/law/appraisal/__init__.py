"""Performance appraisal: plans, ratings, boards, the yearly cycle, and what a history of ratings requires."""

from seskit.law.actions.bars import *
from seskit.law.actions.histories import *
from seskit.law.actions.removals import *
from seskit.law.appraisal.boards import *
from seskit.law.appraisal.derivation import *
from seskit.law.appraisal.distribution import *
from seskit.law.appraisal.periods import *
from seskit.law.appraisal.plans import *
from seskit.law.appraisal.regimes import *
from seskit.law.appraisal.steps import *
