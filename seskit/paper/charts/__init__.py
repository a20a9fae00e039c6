"""Pictures of results, each with alternative text and its data table, readable without color."""

from seskit.formats.drawing import Chart, grouped_bars
from seskit.paper.certification.pictures import life, pay_by_level, ratings_by_period
from seskit.paper.charts.appraisals import plan_balance, steps_met
from seskit.paper.charts.reports import awards_by_percentage, pool_used, rating_distribution
from seskit.paper.pay_setting.pictures import aggregate_waterfall, awards_by_rating, clock_timeline, rate_range
from seskit.paper.staffing.pictures import applicant_sources, candidate_levels, days_left, vacancy_days, vacancy_states
