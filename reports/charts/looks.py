"""Theme to Vega-Lite configuration: the styles that the marks of a chart name."""

from __future__ import annotations

from reports.charts.marks import Spec
from reports.document import Series
from reports.themes import Theme

_SERIES: tuple[Series, ...] = ("norway", "denmark", "other")


def config(theme: Theme) -> Spec:
    """The configuration of every chart; colours, sizes and weights stand in `style` alone.

    In `text`, `bar` or `point` they would beat the style that a mark names.
    """
    thin = {"strokeWidth": theme.number("rules_pt.thin")}
    name = {
        "fontSize": theme.number("type.chart.size"),
        "lineHeight": theme.number("type.base.line"),
    }
    share_of = {
        "fontSize": theme.number("type.chart.label"),
        "lineHeight": theme.number("type.label.line"),
    }
    styles: Spec = {
        "track": {"color": theme.colour("tint")},
        "zero": {"color": theme.colour("ink"), **thin},
        "date": {"color": theme.colour("hair"), **thin},
        "empty": {"color": theme.colour("hair")},
        "name": {"color": theme.colour("ink"), **name},
        "date-name": {"color": theme.colour("ink2"), **name},
        "share-of": {"color": theme.colour("ink"), **share_of},
    }
    for series in _SERIES:
        styles |= _series_styles(series, theme)
    return {
        "background": None,
        # Unquoted, a family name with a number in it is no CSS, and the text is dropped.
        "font": f"'{theme.text('fonts.sans.css')}', '{theme.text('fonts.sans.last')}'",
        "autosize": {"type": "none"},
        "view": {"stroke": None},
        "text": {"align": "left", "baseline": "middle"},
        "style": styles,
    }


def _series_styles(series: Series, theme: Theme) -> Spec:
    colour = theme.colour
    match series:
        case "norway":
            fill, pale, dashes = colour("norge"), colour("norge_tint"), colour("norge")
            beside, on = colour("norge"), colour("paper")
        case "denmark":
            fill, pale, dashes = colour("danmark"), colour("danmark_tint"), colour("danmark_text")
            beside, on = colour("danmark_text"), colour("ink")
        case "other":
            fill = dashes = theme.text("chart.palette.2")
            pale, beside, on = colour("hair"), colour("ink"), colour("paper")
    hedge = {
        "stroke": dashes,
        "strokeWidth": theme.number("chart.hedge.stroke_pt"),
        "strokeDash": [theme.number(f"chart.hedge.dash_pt.{part}") for part in (0, 1)],
    }
    label = {
        "fontSize": theme.number("type.chart.label"),
        "fontWeight": theme.number("type.label.weight"),
        "lineHeight": theme.number("type.label.line"),
    }
    share = {
        "fontSize": theme.number("type.lead.size"),
        "fontWeight": theme.number("type.label.weight"),
        "lineHeight": theme.number("type.lead.line"),
    }
    return {
        series: {"color": fill},
        f"pale-{series}": {"color": pale},
        f"approx-{series}": {"color": pale, **hedge},
        f"outline-{series}": {"color": dashes, **hedge},
        f"line-{series}": {"color": fill, "strokeWidth": theme.number("rules_pt.country")},
        f"label-{series}": {"color": beside, **label},
        f"label-on-{series}": {"color": on, **label},
        f"share-{series}": {"color": beside, **share},
    }
