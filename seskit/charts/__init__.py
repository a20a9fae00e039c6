"""Pictures of results, each with alternative text and its data table, readable without colour."""

from seskit.charts.drawing import Chart, grouped_bars
from seskit.charts.reports import awards_by_percentage, pool_used, rating_distribution

__all__ = [
    "Chart",
    "awards_by_percentage",
    "grouped_bars",
    "pool_used",
    "rating_distribution",
]
