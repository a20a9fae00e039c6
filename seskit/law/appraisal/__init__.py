"""Performance appraisal: plans, ratings, boards, the yearly cycle, and what a history of ratings requires."""

from seskit.law.actions.bars import rating_bar, reassignment_bar, removal_bar
from seskit.law.actions.histories import consequences
from seskit.law.actions.removals import placement, reinstatement, removal_notice
from seskit.law.appraisal.boards import check_board, check_board_record
from seskit.law.appraisal.derivation import check_agency_method, check_final_rating, check_weights, derive_rating
from seskit.law.appraisal.distribution import rating_ceiling
from seskit.law.appraisal.periods import (
    cycle,
    detail,
    higher_level_review,
    job_change,
    minimum_period,
    progress_review,
    records,
)
from seskit.law.appraisal.plans import balanced_measures, check_plan, leader_responsibilities, perspective
from seskit.law.appraisal.regimes import check_rating, customization, regime, report_forms, transition
from seskit.law.appraisal.steps import check_steps

__all__ = [
    "balanced_measures",
    "check_agency_method",
    "check_board",
    "check_board_record",
    "check_final_rating",
    "check_plan",
    "check_rating",
    "check_steps",
    "check_weights",
    "consequences",
    "customization",
    "cycle",
    "derive_rating",
    "detail",
    "higher_level_review",
    "job_change",
    "leader_responsibilities",
    "minimum_period",
    "perspective",
    "placement",
    "progress_review",
    "rating_bar",
    "rating_ceiling",
    "reassignment_bar",
    "records",
    "regime",
    "reinstatement",
    "removal_bar",
    "removal_notice",
    "report_forms",
    "transition",
]
