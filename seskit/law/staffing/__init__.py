"""Filling SES vacancies: from the announcement through the boards and the QRB to the end of probation, and moves."""

from seskit.law.actions.moves import detail, notice, reassignment
from seskit.law.actions.new_head import moratorium
from seskit.law.actions.probation_removal import fallback, noncareer_removal, probation_removal
from seskit.law.actions.probationary_year import probation, probation_after_break
from seskit.law.actions.return_to_ses import guaranteed_reinstatement, reinstatement
from seskit.law.staffing.appointments import check_appointment, limited_appointment, limited_authority, limited_end
from seskit.law.staffing.position_ceilings import ceilings
from seskit.law.staffing.program import candidate_program
from seskit.law.staffing.qrb import case_contents, qrb_deadline, qrb_forwarding, qrb_moratorium, qrb_validity
from seskit.law.staffing.rating import ecq_rating
from seskit.law.staffing.representation import representation_table
from seskit.law.staffing.vacancy import board_steps, check_board, competition, ecq_set, posting_window, rule_dates
from seskit.law.staffing.vacancy_timeline import timeline

__all__ = [
    "board_steps",
    "candidate_program",
    "case_contents",
    "ceilings",
    "check_appointment",
    "check_board",
    "competition",
    "detail",
    "ecq_rating",
    "ecq_set",
    "fallback",
    "guaranteed_reinstatement",
    "limited_appointment",
    "limited_authority",
    "limited_end",
    "moratorium",
    "noncareer_removal",
    "notice",
    "posting_window",
    "probation",
    "probation_after_break",
    "probation_removal",
    "qrb_deadline",
    "qrb_forwarding",
    "qrb_moratorium",
    "qrb_validity",
    "reassignment",
    "reinstatement",
    "representation_table",
    "rule_dates",
    "timeline",
]
