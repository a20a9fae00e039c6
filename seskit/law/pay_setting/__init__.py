"""Pay-setting up to Executive Schedule level II: what may this executive be paid, when, by whose approval, and why."""

from seskit.law.pay_setting.adjust import adjust
from seskit.law.pay_setting.aggregate import aggregate_limit, deferred_on_leaving
from seskit.law.pay_setting.clock import clock_history, next_adjustment
from seskit.law.pay_setting.conversion import convert_to_open_range, later_locality_conversion, nonforeign_locality
from seskit.law.pay_setting.critical_pay import other_law_pay_point, post_employment_threshold
from seskit.law.pay_setting.critical_position import critical_position_pay
from seskit.law.pay_setting.incentives import recruitment_or_relocation, retention_percent
from seskit.law.pay_setting.initial import initial_rate
from seskit.law.pay_setting.loss_and_freeze import loss_of_certification, pay_freeze
from seskit.law.pay_setting.moves import reappointment, transfer
from seskit.law.pay_setting.moving_range import executive_schedule_review, minimum_increase, relative_position
from seskit.law.pay_setting.presidential import elect_ses_pay, return_from_presidential_post
from seskit.law.pay_setting.rates import check_rate, hourly_rate, pay_range
from seskit.law.pay_setting.receipts import executive_schedule_adjustment, yearly_receipts
from seskit.law.pay_setting.reduce import notice_due, placement_rate, reduce
from seskit.law.pay_setting.rulemaking import rule_status
from seskit.law.pay_setting.senior_level import senior_level_adjustment
from seskit.law.pay_setting.special_cases import correct_rate, not_yet_rated, pay_on_detail

__all__ = [
    "adjust",
    "aggregate_limit",
    "check_rate",
    "clock_history",
    "convert_to_open_range",
    "correct_rate",
    "critical_position_pay",
    "deferred_on_leaving",
    "elect_ses_pay",
    "executive_schedule_adjustment",
    "executive_schedule_review",
    "hourly_rate",
    "initial_rate",
    "later_locality_conversion",
    "loss_of_certification",
    "minimum_increase",
    "next_adjustment",
    "nonforeign_locality",
    "not_yet_rated",
    "notice_due",
    "other_law_pay_point",
    "pay_freeze",
    "pay_on_detail",
    "pay_range",
    "placement_rate",
    "post_employment_threshold",
    "reappointment",
    "recruitment_or_relocation",
    "reduce",
    "relative_position",
    "retention_percent",
    "return_from_presidential_post",
    "rule_status",
    "senior_level_adjustment",
    "transfer",
    "yearly_receipts",
]
