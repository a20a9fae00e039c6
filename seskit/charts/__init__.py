"""Pictures of results, each with alternative text and its data table, readable without colour."""

from seskit.certification.pictures import life, pay_by_level, ratings_by_period
from seskit.charts.reports import awards_by_percentage, pool_used, rating_distribution
from seskit.drawing import Chart, grouped_bars

__all__ = [
    "Chart",
    "awards_by_percentage",
    "grouped_bars",
    "life",
    "pay_by_level",
    "pool_used",
    "rating_distribution",
    "ratings_by_period",
]
