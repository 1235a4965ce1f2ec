"""Tokens that follow from others, so that an author sets each measure once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

FOLLOWS = {
    "grid.text_width_mm": "'page.width_mm' and the margins",
    "grid.indent_mm": "'grid.side_mm' and 'grid.gutter_mm'",
    "grid.main_mm": "the text's width and the side column",
    "chart.width_pt": "the width of the main column",
    "chart.label_width_pt": "the width of the side column",
}
GAP_MM = 3  # from a logo to the masthead's rule
EDGE_MM = 6  # of paper that printers leave free
WEIGHT_NAMES = {
    100: "Thin",
    200: "ExtraLight",
    300: "Light",
    400: "Regular",
    500: "Medium",
    600: "Semibold",
    700: "Bold",
    800: "ExtraBold",
    900: "Black",
}


def derived(tokens: Mapping[str, str]) -> dict[str, str]:
    """The tokens and all that follows from them; none of `tokens` is missing or wrong."""
    full = dict(tokens)
    for step in (_grid, _first_page, _shares, _palette, _weights, _fonts, _stacks):
        full.update(dict(step(full)))
    return full


def fonts_of_texts(tokens: Mapping[str, str]) -> dict[str, str]:
    """The name of the font of each kind of text: {"body": "serif"}."""
    ends = (path.split(".") for path in tokens if path.startswith("type."))
    return {name: tokens[f"type.{name}.font"] for _, name, key in ends if key == "font"}


def upright_weights(font: str, tokens: Mapping[str, str]) -> tuple[int, ...]:
    """The weights in which a font is needed upright, lightest first.

    A font with italics is for running text, and has regular and strong; one without has only
    the weights that its texts name.
    """
    texts = [name for name, own in fonts_of_texts(tokens).items() if own == font]
    weights = {int(tokens[f"type.{name}.weight"]) for name in texts}
    if f"fonts.{font}.italic" in tokens:
        weights |= {int(tokens[f"fonts.weights.{name}"]) for name in ("regular", "strong")}
    return tuple(sorted(weights))


def widths(tokens: Mapping[str, str]) -> dict[str, float]:
    """The widths in millimetres that follow from the page, its margins and the side column."""

    def mm(path: str) -> float:
        return float(tokens[path])

    text = mm("page.width_mm") - mm("page.margin_mm.left") - mm("page.margin_mm.right")
    height = mm("page.height_mm") - mm("page.margin_mm.top") - mm("page.margin_mm.bottom")
    indent = mm("grid.side_mm") + mm("grid.gutter_mm")
    return {
        "grid.text_width_mm": text,
        "grid.indent_mm": indent,
        "grid.main_mm": text - indent,
        "grid.between_mm": text - 2 * indent,  # the middle box of a running head
        "grid.tint_indent_mm": indent + mm("grid.tint_bleed_mm"),
        "grid.picture_height_mm": height * 0.8,  # leaves room for a heading above
    }


def _grid(tokens: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    found = widths(tokens)
    yield from ((path, _shown(width)) for path, width in found.items())
    yield "chart.width_pt", _shown(found["grid.main_mm"] * 72 / 25.4, 1)
    yield "chart.label_width_pt", _shown(found["grid.indent_mm"] * 72 / 25.4, 1)


def _first_page(tokens: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Where the first page starts, and where its masthead does: below the logo, if there is one.

    A logo hangs into the margin as far as printers reach, so a low one moves no text.
    """
    masthead = float(tokens["page.margin_first_top_mm"])
    logo = float(tokens.get("logo.height_mm", 0))
    top = max(masthead - logo - GAP_MM, EDGE_MM) if logo else masthead
    yield "page.first_top_mm", _shown(top)
    yield "page.masthead_top_mm", _shown(top + logo + GAP_MM if logo else masthead)
    yield "logo.gap_mm", str(GAP_MM)


def _shares(tokens: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The columns of a table in percent of its width."""
    for group in ("grid.note_columns", "grid.meta_columns"):
        shares = [float(text) for path, text in tokens.items() if path.startswith(f"{group}.")]
        for number, share in enumerate(shares):
            yield f"{group}_percent.{number}", _shown(100 * share / sum(shares))


def _palette(tokens: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The colours of a chart's series that are given by their names."""
    for path, text in tokens.items():
        if path.startswith("chart.palette.") and not text.startswith("#"):
            yield path, tokens[f"colours.{text}"]


def _weights(tokens: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The weight of each kind of text; regular where it names none."""
    for name in fonts_of_texts(tokens):
        weight = f"type.{name}.weight"
        yield weight, tokens.get(weight, tokens["fonts.weights.regular"])


def _fonts(tokens: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Of each font its CSS families, its first weight, and the name that Word knows that by."""
    for name in dict.fromkeys(fonts_of_texts(tokens).values()):
        own = {key: f"fonts.{name}.{key}" for key in ("family", "word_alt", "last", "word")}
        first = min(upright_weights(name, tokens))
        family, stand_in, last = (tokens[own[key]] for key in ("family", "word_alt", "last"))
        families = dict.fromkeys((family, stand_in, last))
        quoted = ", ".join(f'"{each}"' for each in families)
        yield f"fonts.{name}.first_weight", str(first)
        yield f"fonts.{name}.stack", f"{quoted}, {tokens[f'fonts.{name}.generic']}"
        named = family if first == 400 else f"{family} {WEIGHT_NAMES[first]}"
        yield own["word"], tokens.get(own["word"], named)


def _stacks(tokens: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The CSS families of each kind of text, and the name that Word knows its font by."""
    for name, font in fonts_of_texts(tokens).items():
        yield f"type.{name}.stack", tokens[f"fonts.{font}.stack"]
        yield f"type.{name}.word", tokens[f"fonts.{font}.word"]


def _shown(number: float, digits: int = 3) -> str:
    return f"{round(number, digits):g}"
