"""Theme to Vega-Lite configuration: the styles that the marks of a chart name."""

from __future__ import annotations

from reports.charts.marks import Spec
from reports.document import Series
from reports.fonts import private_family
from reports.themes import Theme

_SERIES: tuple[Series, ...] = ("norway", "denmark", "other", "fourth")


def config(theme: Theme) -> Spec:
    """The configuration of every chart; colours, sizes and weights stand in `style` alone.

    In `text`, `bar` or `point` they would beat the style that a mark names.
    """
    thin = _thin(theme)
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
        "leader": {"color": theme.colour("rule"), "strokeWidth": theme.number("rules_pt.hair")},
        "row": {"color": theme.colour("hair"), "strokeWidth": theme.number("rules_pt.hair")},
        "empty": {"color": theme.colour("hair")},
        "name": {"color": theme.colour("ink"), **name},
        "date-name": {"color": theme.colour("ink2"), **name},
        "group": {
            "color": theme.colour("ink"),
            "fontWeight": theme.number("type.label.weight"),
            **name,
        },
        "share-of": {"color": theme.colour("ink"), **share_of},
    }
    for series in _SERIES:
        styles |= _series_styles(series, theme)
    return {
        "background": None,
        # Unquoted, a family name with a number in it is no CSS, and the text is dropped.
        "font": ", ".join(f"'{family}'" for family in _families(theme)),
        "autosize": {"type": "none"},
        "view": {"stroke": None},
        "text": {"align": "left", "baseline": "middle"},
        "style": styles,
    }


def _thin(theme: Theme) -> dict[str, float]:
    return {"strokeWidth": theme.number("rules_pt.thin")}


def _families(theme: Theme) -> tuple[str, str]:
    font = theme.text("type.chart.font")
    return private_family(theme.text(f"fonts.{font}.family")), theme.text(f"fonts.{font}.last")


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
        case "fourth":
            fill, dashes = theme.text("chart.palette.3"), colour("ink")
            pale, beside, on = colour("paper"), colour("ink"), colour("ink")
    # Too pale on paper to stand alone, the fourth colour has an outline.
    thin, width = _thin(theme), theme.number("rules_pt.country")
    edge: Spec = {"stroke": colour("ink"), **thin} if series == "fourth" else {}
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
        series: {"color": fill, **edge},
        f"pale-{series}": {"color": pale},
        f"approx-{series}": {"color": pale, **hedge},
        f"outline-{series}": {"color": dashes, **hedge},
        f"line-{series}": {"color": fill, "strokeWidth": width},
        f"edge-{series}": {"color": colour("ink"), "strokeWidth": width + 2 * thin["strokeWidth"]},
        f"label-{series}": {"color": beside, **label},
        f"label-on-{series}": {"color": on, **label},
        f"share-{series}": {"color": beside, **share},
    }
