"""Chart calls to charts: what may share an axis, marks, base line, alternative text and data."""

from reports.resolve.charts.axis import check_chart
from reports.resolve.charts.colours import series_of
from reports.resolve.charts.data import data_table
from reports.resolve.charts.make import make_chart
from reports.resolve.charts.vega import Specification, load_specification
from reports.resolve.charts.words import chart_alt, chart_base

__all__ = [
    "Specification",
    "chart_alt",
    "chart_base",
    "check_chart",
    "data_table",
    "load_specification",
    "make_chart",
    "series_of",
]
