"""An organisation's own look: logo, fonts and additions beside a theme's tokens, and `new theme`."""

from __future__ import annotations

import base64
import re
import zipfile
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
import uharfbuzz
from fontTools.ttLib import TTFont
from lxml import etree, html
from PIL import Image
from readers import outside_addresses
from test_docx_judges import reference_faults, schema_faults
from test_pdf import pikepdf_faults, qpdf_faults
from workspaces import AUDIENCE, PUBLIC, Told, english, make_workspace, run, write

from reports.charts import drawing_png
from reports.cli import main
from reports.fonts import cut_fonts, font_problems, theme_faces
from reports.problems import ReportError
from reports.themes import load_theme
from reports.themes.found import BUILT_IN
from reports.themes.looks import AROUND, BLOCKS, GROUNDED, PROPERTIES

THEME = "templates/themes/own"
TOKENS, LOGO, SHEET = (f"{THEME}/{name}" for name in ("tokens.yaml", "logo.svg", "look.css"))
DRAWING = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10">
  <style>.a{fill:#3F2A6B}</style>
  <rect class="a" width="30" height="10"/>
</svg>
"""
OWN = """\
base: default
logo: {file: logo.svg, height_mm: 9, alt: {nb: Havneby kommune, en: Municipality of Havneby}}
css: look.css
colours: {brand: "#3F2A6B"}
dark: {brand: "#C9B8F5"}
"""
RULES = """\
h1 { color: token(colours.brand) }
.memo h2, .caveat { border-top: 2pt dotted token(colours.hair); padding-top: 3pt }
"""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PIC_EMU = 36_000  # to the millimetre


def own_theme(root: Path, tokens: str = OWN, **contents: str | bytes) -> Path:
    """The workspace in the folder, its public's theme made of those files."""
    if not (root / "templates").exists():
        make_workspace(root, english("## On the web"))
    named = {"logo.svg": DRAWING, "look.css": RULES, **contents, "tokens.yaml": tokens}
    for name, content in named.items():
        (root / THEME).mkdir(parents=True, exist_ok=True)
        data = content.encode() if isinstance(content, str) else content
        (root / THEME / name).write_bytes(data)
    write(root / AUDIENCE, PUBLIC.replace("theme: default", "theme: own"))
    return root


def told(root: Path) -> list[str]:
    """What is wrong with the theme, as a person is told; nothing if it loads."""
    try:
        theme = load_theme(root / TOKENS)
    except ReportError as error:
        return [problem.shown(root) for problem in error.problems]
    return [problem.shown(root) for problem in font_problems(theme)]


# ---------------------------------------------------------------- in all formats


@cache
def font_file(weight: int, *, italic: bool = False) -> bytes:
    """A font as a foundry sells it: one weight, static."""
    name = "SourceSans3-Italic[wght].ttf" if italic else "SourceSans3[wght].ttf"
    whole = uharfbuzz.Face(
        uharfbuzz.Blob((files("fontpkg_source_sans_3") / "files" / name).read_bytes())
    )
    wish = uharfbuzz.SubsetInput()
    wish.unicode_set.update(set(range(0x20, 0x180)) | set(range(0x2010, 0x2213)))
    wish.pin_axis_location(whole, "wght", weight)
    return bytes(uharfbuzz.subset(whole, wish).blob.data)


FONT = """\
fonts:
  serif:
    family: Havneby Sans
    licence: bought from the foundry, with embedding
    regular: Regular.ttf
    strong: Strong.otf
    italic: Italic.ttf
    word_alt: Calibri
    last: Arial
    generic: sans-serif
"""


def fonts() -> dict[str, bytes]:
    return {
        "Regular.ttf": font_file(400),
        "Strong.otf": font_file(600),
        "Italic.ttf": font_file(400, italic=True),
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The English edition of a workspace with all of its own look, in all formats."""
    root = own_theme(tmp_path_factory.mktemp("own"), OWN + FONT, **fonts())
    assert main(["build", "--lang", "en", "--workspace", str(root)]) == 0
    return root / "out/channels"


def test_the_pdf_has_the_logo_with_its_words_above_the_masthead(built: Path) -> None:
    file = built / "public.en.pdf"
    with pdfplumber.open(file) as pdf:
        [logo] = [r for r in pdf.pages[0].rects if r["non_stroking_color"] == MARK]
        [publisher, *_] = pdf.pages[0].search("Havneby kommune")
    with pikepdf.open(file) as pdf:
        words = [str(e.Alt) for e in pdf.objects if is_figure(e)]

    box = [round(logo[side] * 25.4 / 72, 1) for side in ("x0", "top", "width", "height")]
    assert box == [21, 6, 27, 9]  # the margin, and above the masthead where it always is
    assert publisher["top"] * 25.4 / 72 > 18
    assert words == ["Municipality of Havneby"]
    assert qpdf_faults(file) == []
    assert pikepdf_faults(file) == []


MARK = tuple(pytest.approx(part / 255, abs=0.01) for part in (0x3F, 0x2A, 0x6B))


def is_figure(found: pikepdf.Object) -> bool:
    return isinstance(found, pikepdf.Dictionary) and found.get("/S") == pikepdf.Name.Figure


def test_the_pdf_is_set_in_the_fonts_and_colours_of_the_organisation(built: Path) -> None:
    with pdfplumber.open(built / "public.en.pdf") as pdf:
        title = max(pdf.pages[0].chars, key=lambda char: char["size"])
        families = {char["fontname"].partition("+")[2] for char in pdf.pages[0].chars}

    assert title["non_stroking_color"] == MARK
    assert any(family.startswith("Havneby-Sans") for family in families)


def test_the_web_page_has_the_logo_and_the_rules_and_their_twins_for_the_dark(built: Path) -> None:
    page = html.parse(built / "public.en.html").getroot()

    [logo] = page.findall(".//header/img")
    kind, _, data = logo.get("src").partition(";base64,")
    sheets = {sheet.get("media"): sheet.text for sheet in page.iter("style")}
    assert list(outside_addresses(built / "public.en.html")) == []
    assert (kind, logo.get("alt")) == ("data:image/svg+xml", "Municipality of Havneby")
    assert b"<rect" in base64.b64decode(data)
    assert sheets["print"].endswith(
        ":root body h1 { color: #3F2A6B }\n"
        ":root body.memo h2, :root body .caveat "
        "{ border-top: 2pt dotted #D5DBDF; padding-top: 3pt }\n"
    )
    assert sheets["screen and (max-width: 44rem)"] == ":root body h1 { color: #3F2A6B }\n"
    dark = "and (prefers-color-scheme: dark)"
    assert sheets[f"screen {dark}"].endswith("}\n:root body h1 { color: #C9B8F5 }\n")
    assert sheets[f"screen and (min-width: 44.01rem) {dark}"] == (
        ":root body.memo h2, :root body .caveat { border-top: 0.2rem dotted #5F6A74 }\n"
    )


def test_the_word_file_has_the_logo_as_a_picture_at_its_place(built: Path) -> None:
    file = built / "public.en.docx"
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}

    [head] = [
        etree.fromstring(p) for name, p in parts.items() if "header" in name and b"<pic:" in p
    ]
    [anchor] = head.iter(f"{WP}anchor")
    offsets = [int(e.text) / PIC_EMU for e in anchor.iter(f"{WP}posOffset")]
    extent = anchor.find(f"{WP}extent")
    [picture] = [part for name, part in parts.items() if name.startswith("word/media/")]
    with Image.open(BytesIO(picture)) as drawn:
        corner = drawn.convert("RGB").getpixel((drawn.width // 2, drawn.height // 2))
        size = drawn.size
    assert offsets == [0, 6]
    assert [int(extent.get(side)) / PIC_EMU for side in ("cx", "cy")] == [27, 9]
    assert anchor.find(f"{WP}docPr").get("descr") == "Municipality of Havneby"
    assert corner == (0x3F, 0x2A, 0x6B)
    assert size == pytest.approx((27 / 25.4 * 300, 9 / 25.4 * 300), abs=2)
    assert schema_faults(file) == []
    assert reference_faults(file) == []


def test_an_own_look_is_the_same_from_another_folder(tmp_path: Path) -> None:
    def made(root: Path) -> list[object]:
        theme = load_theme(own_theme(root, OWN + FONT, **fonts()) / TOKENS)
        assert theme.logo
        cuts = cut_fonts(theme, root / "cuts").values()
        named = [(file.relative_to(root), file.read_bytes()) for file in cuts]
        return [theme.logo.data, drawing_png(theme.logo.data), theme.looks, named]

    assert made(tmp_path / "one") == made(tmp_path / "another")


def test_a_low_logo_moves_no_text_and_a_high_one_what_does_not_fit_above(tmp_path: Path) -> None:
    found = {}
    for height in (5, 9, 20):
        root = own_theme(tmp_path, OWN.replace("height_mm: 9", f"height_mm: {height}"))
        theme = load_theme(root / TOKENS)
        found[height] = [theme.number(f"page.{name}_top_mm") for name in ("first", "masthead")]

    assert found == {5: [10, 18], 9: [6, 18], 20: [6, 29]}


# ---------------------------------------------------------------- the logo's file

PIXELS = BytesIO()
Image.new("RGB", (600, 100), "#3F2A6B").save(PIXELS, "PNG")
AT_FILE, AT_HEIGHT = f"{TOKENS}:2:14", f"{TOKENS}:2:35"
LOGOS: dict[str, tuple[tuple[str, str], str]] = {
    "missing": (
        ("logo.svg", "lgo.svg"),
        f"{AT_FILE}: no file 'lgo.svg' in the theme's folder\n  hint: did you mean 'logo.svg'?",
    ),
    "elsewhere": (
        ("logo.svg", "../logo.svg"),
        (
            f"{AT_FILE}: token 'logo.file' is '../logo.svg'\n"
            "  hint: write the name of an SVG, PNG or JPEG file beside this one"
        ),
    ),
    "of another kind": (
        ("logo.svg", "logo.gif"),
        (
            f"{AT_FILE}: token 'logo.file' is 'logo.gif'\n"
            "  hint: write the name of an SVG, PNG or JPEG file beside this one"
        ),
    ),
    "too high": (
        ("height_mm: 9", "height_mm: 40"),
        f"{TOKENS}:2:35: token 'logo.height_mm' is '40'\n  hint: write millimetres from 5 to 30",
    ),
    "wider than the text": (
        ("logo.svg, height_mm: 9", "wide.png, height_mm: 30"),
        (
            f"{TOKENS}:2:14: logo 'wide.png' has 85 pixels an inch; print needs 150\n"
            "  hint: take a larger one, or an SVG"
        ),
    ),
    "no picture": (
        ("logo.svg", "text.png"),
        (
            f"{AT_FILE}: logo 'text.png' can't be read as PNG or JPEG\n"
            "  hint: save it anew, as PNG or JPEG"
        ),
    ),
    "a number in its words": (
        ("Municipality of Havneby", "Best of 2031"),
        (
            f"{TOKENS}:2:69: token 'logo.alt.en' is 'Best of 2031'\n"
            "  hint: write the words for the logo, without digits"
        ),
    ),
}


@pytest.mark.parametrize(("change", "message"), LOGOS.values(), ids=LOGOS.keys())
def test_a_logo_that_cannot_be_shown_is_told_at_its_token(
    tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    root = own_theme(
        tmp_path,
        OWN.replace(*change),
        **{"wide.png": PIXELS.getvalue(), "text.png": "no picture"},
    )

    assert told(root) == [message]


def test_a_logo_is_wider_than_no_text(tmp_path: Path) -> None:
    root = own_theme(tmp_path, **{"logo.svg": DRAWING.replace("0 0 30 10", "0 0 300 10")})

    assert told(root) == [
        f"{AT_HEIGHT}: the logo would be 270 mm wide; the text is 168\n  hint: make it lower"
    ]


def test_a_logo_is_no_link_out_of_the_theme(tmp_path: Path) -> None:
    root = own_theme(tmp_path)
    outside = tmp_path / "elsewhere.svg"
    write(outside, DRAWING)
    (root / LOGO).unlink()
    (root / LOGO).symlink_to(outside)

    assert told(root) == [
        (
            f"{AT_FILE}: 'logo.svg' is a link to a file outside the theme's folder\n"
            "  hint: put the file itself there"
        )
    ]


def test_a_logo_needs_words_in_the_language_of_each_edition(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = own_theme(tmp_path, OWN.replace("nb: Havneby kommune, ", ""))

    assert run(root, capsys, "check") == Told(
        1,
        "",
        f"{TOKENS}:2:48: 'logo.alt' has no 'nb'\n"
        "  hint: add 'nb: …': what the logo says to those who don't see it\n",
    )
    assert run(root, capsys, "check", "--lang", "en").code == 0


def test_one_alternative_text_may_serve_all_languages(tmp_path: Path) -> None:
    root = own_theme(tmp_path, re.sub(r"alt: \{.*?\}", "alt: Havneby", OWN))

    logo = load_theme(root / TOKENS).logo

    assert logo is not None
    assert (logo.alt("nb"), logo.alt("da")) == ("Havneby", "Havneby")


def test_a_theme_takes_logo_and_sheet_of_its_base_or_all_of_its_own(tmp_path: Path) -> None:
    root = own_theme(tmp_path)
    write(root / "templates/themes/heir/tokens.yaml", "base: own\n")
    heir = load_theme(root / "templates/themes/heir/tokens.yaml")
    write(root / "templates/themes/heir/tokens.yaml", "base: own\nlogo: {file: x.svg}\n")

    assert heir.logo == load_theme(root / TOKENS).logo
    assert heir.looks == load_theme(root / TOKENS).looks
    with pytest.raises(ReportError) as caught:
        load_theme(root / "templates/themes/heir/tokens.yaml")
    assert [problem.what for problem in caught.value.problems] == [
        "the logo has no 'alt'",
        "the logo has no 'height_mm'",
    ]


# ---------------------------------------------------------------- what an SVG may hold

PLACELESS = "{} has no place in a logo"
OUTSIDE = "'fill' refers to '{}', outside the file"
STRANGE = {
    "script": ("<script>alert(1)</script>", "'script' has no place in a logo"),
    "handler": ('<rect onload="x()"/>', "'onload' has no place in a logo"),
    "page within": ("<foreignObject/>", "'foreignObject' has no place in a logo"),
    "picture": ('<image href="file:///etc/hostname"/>', "'image' has no place in a logo"),
    "copies": ('<use href="#a"/>', "'use' has no place in a logo"),
    "link": ('<a href="http://a.test"><rect/></a>', "'a' has no place in a logo"),
    "words": ("<text>70 %</text>", "'text' has no place in a logo"),
    "movement": ('<rect><animate attributeName="x"/></rect>', "'animate' has no place in a logo"),
    "filter": ('<rect filter="url(#f)"/>', "'filter' has no place in a logo"),
    "drawing within": ("<svg/>", "'svg' has no place in a logo"),
    "paint from outside": (
        '<rect fill="url(http://a.test#b)"/>',
        "'fill' refers to 'http://a.test#b', outside the file",
    ),
    "file in a style": (
        "<rect style=\"fill: url('file:///etc/hostname')\"/>",
        "'fill' refers to 'file:///etc/hostname', outside the file",
    ),
    "escaped": (
        r'<rect style="fill: u\72l(//a.test)"/>',
        "'fill' refers to '//a.test', outside the file",
    ),
    "other address": (
        "<rect style=\"fill: image-set('//a.test')\"/>",
        "'image-set()' has no place in a logo",
    ),
    "sheet from outside": ("<style>@import '//a.test';</style>", "'@import' has no place in a logo"),
    "paint in a sheet": (
        "<style><![CDATA[rect{fill:url(//a.test)}]]></style>",
        "'fill' refers to '//a.test', outside the file",
    ),
    "gradient from outside": (
        '<linearGradient id="a" href="//a.test#b"/>',
        "a gradient takes its colours from '//a.test#b', which is none in this file",
    ),
    "circle of gradients": (
        '<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/>',
        "'#b' takes its colours from a third gradient",
    ),
    "clip of itself": (
        '<clipPath id="a"><rect clip-path="url(#a)"/></clipPath>',
        "a clip within a clip",
    ),
    "clip by name of element": (
        '<style>rect{clip-path:url(#a)}</style><clipPath id="a"><rect/></clipPath>',
        "'rect' is clipped",
    ),
    "broken address": (
        '<rect fill="url(//a.test b)"/>',
        "'fill' has a value that is none",
    ),
    "brackets without end": (
        f'<rect style="fill: {"(" * 9000}"/>',
        "a style that is nested too deep",
    ),
    "paint within paint": (
        f'<rect fill="{"rgb(" * 9000}"/>',
        "a style that is nested too deep",
    ),
    "nesting": ("<g>" * 60 + "</g>" * 60, "this is nested too deep"),
}  # fmt: skip


@pytest.mark.parametrize(("inside", "message"), STRANGE.values(), ids=STRANGE.keys())
def test_a_drawing_acts_loads_and_says_nothing(tmp_path: Path, inside: str, message: str) -> None:
    svg = DRAWING.replace("</svg>", f"{inside}\n</svg>")
    root = own_theme(tmp_path, **{"logo.svg": svg})

    found = told(root)

    assert found[0].partition("\n")[0] == f"{LOGO}:4: {message}"


ENTITIES = '<!DOCTYPE svg [<!ENTITY a "{}"><!ENTITY b "&a;&a;&a;">]>\n'
FILES = {
    "bomb": (ENTITIES.format("lol") + DRAWING, f"{LOGO}:1: a logo declares no entities"),
    "foreign entity": (
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]>\n' + DRAWING,
        f"{LOGO}:1: a logo declares no entities",
    ),
    "no XML": ("logo", f"{LOGO}:1: this is not XML: start tag expected, '<' not found"),
    "a web page": ("<html/>", f"{LOGO}:1: this is not SVG: the outermost element is no 'svg'"),
    "no size": (
        DRAWING.replace(' viewBox="0 0 30 10"', ""),
        f"{LOGO}:1: the logo doesn't say how large it is",
    ),
    "nothing": (
        DRAWING.replace("<rect", "<g").replace("class", "id"),
        f"{LOGO}: the logo draws nothing",
    ),
    "crowd": (
        DRAWING.replace("</svg>", "<g/>" * 6000 + "</svg>"),
        f"{LOGO}: the logo has 6003 elements; 5000 are allowed",
    ),
    "bytes": (
        DRAWING + " " * 500_000,
        f"{AT_FILE}: 'logo.svg' has 500 kB; 500 are allowed",
    ),
}


@pytest.mark.parametrize(("svg", "message"), FILES.values(), ids=FILES.keys())
def test_a_file_that_is_no_drawing_is_told(tmp_path: Path, svg: str, message: str) -> None:
    root = own_theme(tmp_path, **{"logo.svg": svg})

    assert [each.partition("\n")[0] for each in told(root)] == [message]


def test_what_drawing_programs_note_for_themselves_is_left_out(tmp_path: Path) -> None:
    svg = (
        '<?xml version="1.0"?><?xml-stylesheet href="//a.test"?><!-- made by hand -->\n'
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://a.test/svg11.dtd">\n'
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://i.test" width="30px" height="10px"'
        ' i:version="1" data-name="Layer 1">\n'
        "<title>Since 1827</title><metadata><i:x/></metadata><i:view/>"
        '<path d="M0 0h30v10z" style="fill:#123456;font-size:12px;marker:none" i:label="1827"/></svg>'
    )
    root = own_theme(tmp_path, **{"logo.svg": svg})

    logo = load_theme(root / TOKENS).logo

    assert logo is not None
    assert logo.data.decode() == (
        '<svg xmlns="http://www.w3.org/2000/svg" width="76.54pt" height="25.51pt"'
        ' viewBox="0 0 30 10">\n<path d="M0 0h30v10z" style="fill:#123456"/></svg>'
    )


# ---------------------------------------------------------------- what a sheet may set

LISTED = "docs/themes.md has all"
SHEETS = {
    "a file": ("@import 'x.css';", "1:1: '@import' has no place in a theme"),
    "a font": ("@font-face { src: url(//a.test) }", "1:1: '@font-face' has no place in a theme"),
    "a picture": ("p { background-image: url(x.png) }", "1:5: 'background-image' can't be set here"),
    "a number": ("h1 { content: '70 %' }", "1:6: 'content' can't be set here"),
    "what comes before": ("td::before { color: token(colours.ink) }", "1:1: 'td::before' can't be styled"),
    "hidden notes": ("\n.notes { display: none }", "2:10: 'display' can't be set here"),
    "faint caveats": (".caveat { opacity: 0 }", "1:11: 'opacity' can't be set here"),
    "small sources": (".sources { font-size: 1pt }", "1:12: 'font-size' can't be set here"),
    "hidden marks": (".m { color: token(colours.tint) }", "1:1: '.m' can't be styled"),
    "status": (".state { color: token(colours.ink) }", "1:1: '.state' can't be styled"),
    "everything": ("* { color: token(colours.ink) }", "1:1: '*' can't be styled"),
    "paper on paper": (
        "p { color: token(colours.paper) }",
        "1:5: 'color' is 'token(colours.paper)'",
    ),
    "colours nobody judged": ("p { color: #777777 }", "1:5: 'color' is '#777777'"),
    "no such colour": ("p { color: token(colours.brand) }", "1:5: token 'colours.brand' is missing"),
    "a ground that covers": (
        "h2 { background-color: token(colours.paper) }",
        "1:6: 'h2' can't have a ground of its own",
    ),
    "text over text": ("p { margin-top: -9pt }", "1:5: 'margin-top' is '-9pt'"),
    "text off the page": ("h2 { padding-left: 0 }", "1:6: 'padding-left' can't be set here"),
    "screen lengths": ("p { margin-top: 1em }", "1:5: 'margin-top' is '1em'"),
    "too much": ("p { letter-spacing: 9pt }", "1:5: 'letter-spacing' is '9pt'"),
    "insisting": (
        "p { text-align: left !important }",
        "1:5: '!important' has no place in a theme",
    ),
    "an old trick": ("p { color: expression(alert(1)) }", "1:5: 'color' is 'expression(alert(1))'"),
    "escapes": (r"p { d\69splay: none }", "1:5: 'display' can't be set here"),
    "an end of the sheet": ("p[a='</style>'] { text-align: left }", "1:1: 'p[a=\"</style' can't be styled"),
    "brackets without end": (f"\np {{ color: {'(' * 9000} }}", "2:1: this is nested too deep"),
    "rules within": ("h1 { p { text-align: left } }", "1:6: this is no 'property: value'"),
    "no CSS": ("}", "1:1: this is no rule of CSS"),
}  # fmt: skip


@pytest.mark.parametrize(("sheet", "message"), SHEETS.values(), ids=SHEETS.keys())
def test_a_sheet_hides_says_and_loads_nothing(tmp_path: Path, sheet: str, message: str) -> None:
    tokens = OWN.replace('colours: {brand: "#3F2A6B"}\n', "").replace("dark: {", "# {")
    root = own_theme(tmp_path, tokens, **{"look.css": sheet})

    found = told(root)

    assert found[0].partition("\n")[0] == f"{SHEET}:{message}"
    assert "\n  hint: " in found[0]


def test_a_sheet_is_written_anew_from_what_was_understood(tmp_path: Path) -> None:
    sheet = "/* </style> */ H1 {} .notes > LI, td:first-child { Text-Align : RIGHT /* x */ }"
    root = own_theme(tmp_path, **{"look.css": sheet.replace("H1", "h1").replace("LI", "li")})

    [look] = load_theme(root / TOKENS).looks

    assert look.selectors == (".notes > li", "td:first-child")
    assert look.sets == (("text-align", "right"),)


def test_a_brand_of_one_s_own_is_judged_on_paper_and_in_the_dark(tmp_path: Path) -> None:
    pale = OWN.replace("#3F2A6B", "#999999").replace("#C9B8F5", "#444444")
    root = own_theme(tmp_path, pale)

    assert [each.split(": ")[1].partition("\n")[0] for each in told(root)] == [
        "'colours.brand' has contrast 2.59 on 'colours.tint'; text needs 4.5",
        "'colours.brand' has contrast 2.84 on 'colours.paper'; text needs 4.5",
        "'dark.brand' has contrast 1.55 on 'dark.tint'; text needs 4.5",
        "'dark.brand' has contrast 1.83 on 'dark.paper'; text needs 4.5",
    ]
    assert told(own_theme(tmp_path, OWN.partition("dark:")[0])) == [
        (
            f"{TOKENS}:4:18: 'colours.brand' has no twin\n"
            "  hint: add 'brand' below 'dark': the colour that stands for it on dark screens"
        )
    ]


# ---------------------------------------------------------------- fonts of one's own


def altered(data: bytes, **changes: int) -> bytes:
    font = TTFont(BytesIO(data))
    for name, value in changes.items():
        setattr(font["OS/2"], name, value)
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def without_table(data: bytes, table: str) -> bytes:
    font = TTFont(BytesIO(data))
    del font[table]
    out = BytesIO()
    font.save(out)
    return out.getvalue()


AT_REGULAR = f"{TOKENS}:10:14"
ASK = "\n  hint: ask its maker for one that may be embedded, or take another font"


@pytest.mark.parametrize(
    ("rights", "message"),
    [
        (0x0002, f"{AT_REGULAR}: 'Regular.ttf' forbids to be embedded in documents{ASK}"),
        (0x0100, f"{AT_REGULAR}: 'Regular.ttf' may be embedded only whole{ASK}"),
        (0x0200, f"{AT_REGULAR}: 'Regular.ttf' may be embedded only as bitmaps{ASK}"),
        (0x0004, ""),
        (0x0008, ""),
        (0x0000, ""),
    ],
)
def test_a_font_may_be_embedded_as_far_as_it_says(
    tmp_path: Path, rights: int, message: str
) -> None:
    regular = altered(font_file(400), fsType=rights)
    root = own_theme(tmp_path, OWN + FONT, **{**fonts(), "Regular.ttf": regular})

    assert told(root) == ([message] if message else [])


def test_a_font_file_that_cannot_be_used_is_told_at_its_token(tmp_path: Path) -> None:
    root = own_theme(
        tmp_path,
        OWN + FONT,
        **{
            **fonts(),
            "Regular.ttf": without_table(font_file(400), "hmtx"),
            "Strong.otf": "no font",
            "Italic.ttf": font_file(400, italic=True)[:2000],
        },
    )
    (root / THEME / "Italic.ttf").unlink()

    assert told(root) == [
        (
            f"{AT_REGULAR}: 'Regular.ttf' is damaged: it can't be cut to what a document needs\n"
            "  hint: get it anew from its maker"
        ),
        f"{TOKENS}:11:13: 'Strong.otf' is not a font\n  hint: a TTF or OTF file, not WOFF",
        (f"{TOKENS}:12:13: no file 'Italic.ttf' in the theme's folder\n  hint: known: Regular.ttf"),
    ]


def test_a_font_is_from_a_package_or_from_a_file_with_a_licence(tmp_path: Path) -> None:
    neither = told(
        own_theme(tmp_path, OWN + FONT.replace("licence: bought", "# bought"), **fonts())
    )
    package = "package: fontpkg-source-sans-3\n    licence: bought"
    both = told(own_theme(tmp_path, OWN + FONT.replace("licence: bought", package), **fonts()))

    assert neither == [
        (
            f"{TOKENS}: a token is missing: fonts.serif.package\n"
            "  hint: set what is missing, or begin the file with 'base: default'"
        )
    ]
    assert both == [
        (
            f"{TOKENS}:10:14: 'fonts.serif.licence' says that the files lie here, and "
            "'fonts.serif.package' that they don't\n  hint: leave one of them out"
        )
    ]


def test_another_file_of_the_same_name_is_cut_anew(tmp_path: Path) -> None:
    root = own_theme(tmp_path, OWN + FONT, **fonts())
    theme = load_theme(root / TOKENS)
    before = cut_fonts(theme, tmp_path / "cuts")
    (root / THEME / "Regular.ttf").write_bytes(altered(font_file(400), ySubscriptXSize=1))

    after = cut_fonts(theme, tmp_path / "cuts")

    assert theme_faces(theme) == tuple(after)
    assert {file.parent for file in before.values()}.isdisjoint(f.parent for f in after.values())


# ---------------------------------------------------------------- new theme


def test_a_new_theme_builds_at_once_and_looks_as_its_base(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_workspace(tmp_path)

    shown = run(root, capsys, "new", "theme", "own")

    assert shown == Told(
        0, f"{TOKENS}\n{SHEET}\n", "next: write 'theme: own' in a file of templates/audiences\n"
    )
    write(root / AUDIENCE, PUBLIC.replace("theme: default", "theme: own"))
    assert run(root, capsys, "check").code == 0
    assert load_theme(root / TOKENS).tokens == {
        **load_theme(BUILT_IN / "default/tokens.yaml").tokens,
        "css": "look.css",
    }


def test_the_examples_of_a_new_theme_can_all_be_taken_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_workspace(tmp_path)
    run(root, capsys, "new", "theme", "own")
    text = (root / TOKENS).read_text("utf-8")
    rules = (root / SHEET).read_text("utf-8")
    files_named = {f"HavnebySans-{name}.otf": data for name, data in named_fonts().items()}

    taken = re.sub(r"(?m)^# (?=( |[a-z]+:))", "", text)
    own_theme(root, taken, **files_named, **{"look.css": re.sub(r"/\* (.*\}) \*/", r"\1", rules)})

    theme = load_theme(root / TOKENS)
    assert font_problems(theme) == ()
    assert theme.logo is not None
    assert len(theme.looks) == 3
    assert theme.colour("brand") == theme.colour("norge")
    assert theme.text("fonts.serif.family") == "Havneby Sans"


def named_fonts() -> Mapping[str, bytes]:
    regular, strong, italic = fonts().values()
    return {"Regular": regular, "Semibold": strong, "Italic": italic}


def test_a_new_theme_overwrites_nothing_and_stays_in_its_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_workspace(tmp_path)
    run(root, capsys, "new", "theme", "own")
    write(root / TOKENS, "base: default\n")

    again = run(root, capsys, "new", "theme", "own")
    outside = run(root, capsys, "new", "theme", "../own")
    with pytest.raises(SystemExit):
        run(root, capsys, "new", "theme", "other", "--from", "defualt")

    hint = "  hint: choose another name, or delete it\n"
    exists = "this file exists already\n"
    assert again == Told(1, "", f"{TOKENS}: {exists}{hint}{SHEET}: {exists}{hint}")
    assert outside.err.startswith("templates/themes: '../own' can't be the id of a theme\n")
    assert (
        capsys.readouterr().err == "--from: 'defualt' is unknown\n  hint: did you mean 'default'?\n"
    )
    assert (root / TOKENS).read_text("utf-8") == "base: default\n"
    assert not (root / "templates/own").exists()


# ---------------------------------------------------------------- the manual

PAGE = (Path(__file__).parents[1] / "docs/themes.md").read_text("utf-8")


def test_the_manual_names_all_that_a_sheet_may_style_and_set() -> None:
    section = PAGE.partition("## A style sheet of your own")[2].partition("\n## ")[0]
    cells = re.findall(r"`([^`]+)`", re.sub(r"(?s)```.*?```", "", section))

    named = {name for cell in cells for name in cell.split()}

    assert set(BLOCKS) | set(AROUND) | set(GROUNDED) <= named
    assert set(PROPERTIES) <= named
