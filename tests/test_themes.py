"""Themes: what a tokens file may say, and that PDF, Word, web page and charts all follow it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from browser import running
from lxml import etree
from workspaces import AUDIENCE, PUBLIC, REPOSITORY, changed, english, make_workspace, run, write

from reports.briefs import load_workspace
from reports.cli import main
from reports.fonts import font_problems, theme_faces
from reports.problems import ReportError
from reports.themes import Theme, load_theme
from reports.themes.contrast import contrast, lightness
from reports.themes.found import theme_files
from reports.themes.vocabulary import FONT_TOKENS, TOKENS

THEMES = theme_files(REPOSITORY / "templates/themes")
SHIPPED = ("default", "clear")
AT = "templates/themes/own/tokens.yaml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path)


def own_theme(root: Path, tokens: str) -> Theme:
    """The theme whose file says just that; raises ReportError."""
    write(root / AT, tokens)
    return load_theme(root / AT)


def told(root: Path, tokens: str) -> list[str]:
    """What is wrong with such a theme, as a person is told."""
    with pytest.raises(ReportError) as caught:
        own_theme(root, tokens)
    return [problem.shown(root) for problem in caught.value.problems]


# ---------------------------------------------------------------- what a file may say


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_theme_has_no_fault(name: str) -> None:
    assert load_theme(THEMES[name]).has("colours.ink")


def test_a_theme_takes_what_it_does_not_set_from_its_base(root: Path) -> None:
    default = load_theme(THEMES["default"])

    own = own_theme(root, "base: default\ntype: {body: {size: 11}}\n")

    assert own.number("type.body.size") == 11
    other = {path for path in own.tokens if own.tokens[path] != default.tokens[path]}
    assert other == {"type.body.size"}
    assert own.tokens.keys() == default.tokens.keys()


def test_a_font_with_a_new_family_takes_nothing_from_the_base(root: Path) -> None:
    found = told(root, "base: default\nfonts: {serif: {family: IBM Plex Sans}}\n")

    assert found == [
        (
            f"{AT}: 6 tokens are missing: fonts.serif.package, fonts.serif.regular, "
            "fonts.serif.word_alt, fonts.serif.last …\n"
            "  hint: set what is missing, or begin the file with 'base: default'"
        )
    ]


FAULTS = {
    "nothing": (
        "",
        [
            (
                f"{AT}: 152 tokens are missing: page.width_mm, page.height_mm, "
                "page.margin_first_top_mm, page.margin_mm.top …\n"
                "  hint: set what is missing, or begin the file with 'base: default'"
            )
        ],
    ),
    "unknown base": (
        "base: defualt\n",
        [f"{AT}:1:7: unknown theme 'defualt'\n  hint: did you mean 'default'?"],
    ),
    "base of itself": (
        "base: own\n",
        [(f"{AT}:1:7: theme 'own' would build on itself\n  hint: leave 'base' out in one of them")],
    ),
    "many at once": (
        (
            "base: default\n"
            "colours:\n"
            "  ink: black\n"
            "  norg: '#0F4A5F'\n"
            "page: {margin_mm: {left: -4}}\n"
            "type:\n"
            "  body: {size: large, font: Serif!}\n"
            "fonts:\n"
            "  sans: {word_alt: Carlito, axis: {wdth: 90}}\n"
            "  weights: {strong: 650}\n"
            "chart: {hedge: {dash_pt: [3, 2, 1]}}\n"
            "grid: {indent_mm: 40}\n"
        ),
        [
            f"{AT}:3:8: token 'colours.ink' is 'black'\n  hint: write a colour such as \"#16202A\"",
            f"{AT}:4:9: unknown token 'colours.norg'\n  hint: did you mean 'colours.norge'?",
            f"{AT}:5:26: token 'page.margin_mm.left' is '-4'\n  hint: write a number above 0, to 1000",
            f"{AT}:7:16: token 'type.body.size' is 'large'\n  hint: write a number above 0, to 1000",
            (
                f"{AT}:7:29: token 'type.body.font' is 'Serif!'\n"
                "  hint: write the name of a font below 'fonts'"
            ),
            (
                f"{AT}:9:20: token 'fonts.sans.word_alt' is 'Carlito'\n  hint: write a family "
                "that Windows and Mac have: Arial, Calibri, Cambria, Georgia, Tahoma, "
                "Times New Roman, Trebuchet MS, Verdana"
            ),
            (
                f"{AT}:9:42: unknown token 'fonts.sans.axis.wdth'\n"
                "  hint: did you mean 'fonts.sans.axes.wdth'?"
            ),
            (
                f"{AT}:10:21: token 'fonts.weights.strong' is '650'\n"
                "  hint: write a weight such as 600, from 100 to 900"
            ),
            (
                f"{AT}:11:33: unknown token 'chart.hedge.dash_pt.2'\n"
                "  hint: did you mean 'chart.hedge.dash_pt.1'?"
            ),
            (
                f"{AT}:12:19: token 'grid.indent_mm' can't be set\n"
                "  hint: it follows from 'grid.side_mm' and 'grid.gutter_mm'"
            ),
        ],
    ),
    "unknown font": (
        "base: default\ntype: {body: {font: slab}}\n",
        [f"{AT}:2:21: unknown font 'slab'\n  hint: known: display, sans, serif"],
    ),
    "running text without italics": (
        "base: default\ntype: {box: {font: display}}\n",
        [
            (
                f"{AT}: a token is missing: fonts.display.italic\n"
                "  hint: set what is missing, or begin the file with 'base: default'"
            )
        ],
    ),
    "unknown colour": (
        "base: default\nchart: {palette: [norge, denmark, '#5F6A74', '#CFBC8E']}\n",
        [f"{AT}:2:26: unknown colour 'denmark'\n  hint: did you mean 'danmark'?"],
    ),
    "no room": (
        "base: default\ngrid: {side_mm: 120}\n",
        [
            (
                f"{AT}:2:17: the main column would be 44 mm wide; it needs 60\n"
                "  hint: narrow the margins or the side column"
            ),
            (
                f"{AT}:2:17: the middle of the foot would be -80 mm wide; it needs 30\n"
                "  hint: narrow the margins or the side column"
            ),
        ],
    ),
    "text too pale on paper and tint": (
        "base: default\ncolours:\n  ink2: '#7A8794'\n",
        [
            (
                f"{AT}:3:9: 'colours.ink2' has contrast 3.34 on 'colours.tint'; text needs 4.5\n"
                "  hint: move it further from the colour behind it, lighter or darker"
            ),
            (
                f"{AT}:3:9: 'colours.ink2' has contrast 3.67 on 'colours.paper'; text needs 4.5\n"
                "  hint: move it further from the colour behind it, lighter or darker"
            ),
        ],
    ),
    "a tint that inherited text can't stand on": (
        "base: default\ncolours: {tint: '#C9D2D6'}\n",
        [
            (
                f"{AT}:2:17: 'colours.danmark_text' has contrast 4.07 on 'colours.tint'; "
                "text needs 4.5\n  hint: move it further from the colour behind it, lighter or darker"
            )
        ],
    ),
    "dark": (
        "base: default\ndark: {norge: '#3A6A80'}\n",
        [
            (
                f"{AT}:2:15: 'dark.norge' has contrast 2.56 on 'dark.tint'; text needs 4.5\n"
                "  hint: move it further from the colour behind it, lighter or darker"
            ),
            (
                f"{AT}:2:15: 'dark.norge' has contrast 3.02 on 'dark.paper'; text needs 4.5\n"
                "  hint: move it further from the colour behind it, lighter or darker"
            ),
        ],
    ),
    "series that grey print makes alike": (
        "base: default\nchart: {palette: [norge, danmark, '#5F6A74', '#C9B27C']}\n",
        [
            (
                f"{AT}:2:46: 'colours.danmark' and 'chart.palette.3' differ by 12.15 in lightness; "
                "charts need 15\n  hint: in grey print they look alike; make one lighter"
            )
        ],
    ),
    "a colour of the base twice": (
        "base: default\nchart: {palette: [norge, danmark, norge]}\n",
        [
            (
                f"{AT}:2:19: 'colours.norge' and 'colours.norge' differ by 0.00 in lightness; "
                "charts need 15\n  hint: in grey print they look alike; make one lighter"
            )
        ],
    ),
    "a series too pale for paper": (
        "base: default\ncolours: {danmark: '#E08A60'}\n",
        [
            (
                f"{AT}:2:20: 'colours.danmark' and 'chart.palette.3' differ by 11.14 in lightness; "
                "charts need 15\n  hint: in grey print they look alike; make one lighter"
            ),
            (
                f"{AT}:2:20: 'colours.danmark' has contrast 2.63 on 'colours.paper'; charts need 3\n"
                "  hint: move it further from the colour behind it, lighter or darker"
            ),
        ],
    ),
}


@pytest.mark.parametrize(("tokens", "expected"), FAULTS.values(), ids=FAULTS.keys())
def test_faults_are_told_all_at_once_at_their_lines(
    root: Path, tokens: str, expected: Sequence[str]
) -> None:
    assert told(root, tokens) == list(expected)


def test_a_fault_in_a_theme_stops_the_build(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root / AT, "base: default\ncolours: {ink2: '#7A8794'}\n")
    write(root / AUDIENCE, PUBLIC.replace("theme: default", "theme: own"))

    shown = run(root, capsys, "build")

    assert shown.code == 1
    assert shown.err.startswith(f"{AT}:2:17: 'colours.ink2' has contrast 3.34")
    assert not (root / "out").exists()


# ---------------------------------------------------------------- measured colours


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#FFFFFF", 21), ("#777777", "#FFFFFF", 4.478), ("#767676", "#FFFFFF", 4.542)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.001)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize(
    ("colour", "light"),
    [("#000000", 0), ("#FFFFFF", 100), ("#808080", 53.585), ("#0A0A0A", 2.741)],
)
def test_lightness_is_that_of_cie(colour: str, light: float) -> None:
    assert lightness(colour) == pytest.approx(light, abs=0.01)


# ---------------------------------------------------------------- all formats follow

OWN = """\
base: default
page: {margin_mm: {left: 30}}
fonts:
  serif:
    family: IBM Plex Sans
    package: fontpkg-ibm-plex-sans
    regular: "IBMPlexSans[wdth,wght].ttf"
    italic: "IBMPlexSans-Italic[wdth,wght].ttf"
    axes: {wdth: 100}
    word_alt: Verdana
    last: Arial
    generic: sans-serif
type: {body: {size: 11.5, line: 16}}
colours: {norge: "#6B1450"}
"""
BODY = """\
## Søkerne

Word of the body, and {{ fact("havneby.web-share-before") }}.

{{ chart("bars", ["havneby.web-share", "havneby.web-share-before"], caption="On the web") }}
"""


@dataclass(frozen=True)
class Look:
    """What a reader of one format sees of the tokens: a family, a size, a colour, an edge."""

    family: str
    size_pt: float
    colour: str
    text_left_mm: float
    bars: str


def asked(theme: Theme) -> Look:
    return Look(
        theme.text("fonts.serif.family"),
        theme.number("type.body.size"),
        theme.colour("norge"),
        theme.number("page.margin_mm.left") + theme.number("grid.indent_mm"),
        theme.colour("norge"),
    )


@pytest.fixture(scope="module", params=["default", "own"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in a theme, its English edition built in all formats."""
    root = make_workspace(tmp_path_factory.mktemp(request.param), english(BODY))
    write(root / AT, OWN)
    write(root / AUDIENCE, PUBLIC.replace("theme: default", f"theme: {request.param}"))
    done = main(["build", "--lang", "en", "--workspace", str(root)])
    assert done == 0
    return root


def theme_of(root: Path) -> Theme:
    return load_workspace(root).themes[load_workspace(root).audiences["public"].theme]


def output(root: Path, kind: str) -> Path:
    return root / f"out/channels/public.en.{kind}"


def test_the_pdf_follows_its_theme(built: Path) -> None:
    theme = theme_of(built)

    with pdfplumber.open(output(built, "pdf")) as pdf:
        page = pdf.pages[0]
        box = [float(page.width), float(page.height)]
        [word] = [w for w in words_with_look(page) if w["text"] == "Word"]
        marks = {w["colour"] for w in words_with_look(page) if re.fullmatch(r"\[\d\]", w["text"])}
        bars = {hex_of(r["non_stroking_color"]) for r in page.rects} | {
            hex_of(c["non_stroking_color"]) for c in page.curves
        }

    assert Look(
        word["fontname"].partition("+")[2].rstrip(",").replace("-", " "),
        round(word["size"], 2),
        " ".join(sorted(marks)),
        round(word["x0"] * 25.4 / 72, 1),
        next(iter(bars & {theme.colour("norge")}), "none"),
    ) == asked(theme)
    assert box == pytest.approx([theme.number(f"page.{s}_mm") * 72 / 25.4 for s in SIDES], abs=0.01)


SIDES = ("width", "height")


def words_with_look(page: pdfplumber.page.Page) -> list[dict[str, Any]]:
    found = page.extract_words(extra_attrs=["fontname", "size", "non_stroking_color"])
    return [{**word, "colour": hex_of(word["non_stroking_color"])} for word in found]


def hex_of(colour: Sequence[float] | None) -> str:
    return "#" + "".join(f"{round(part * 255):02X}" for part in colour or ())


def test_the_word_styles_and_theme_follow_their_theme(built: Path) -> None:
    theme = theme_of(built)

    with zipfile.ZipFile(output(built, "docx")) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    styles, text = (etree.fromstring(parts[f"word/{name}.xml"]) for name in ("styles", "document"))
    office = etree.fromstring(parts["word/theme/theme1.xml"])
    fonts = etree.fromstring(parts["word/fontTable.xml"])
    body = styles.find(f"{W}style[@{W}styleId='BodyText']")
    mark = styles.find(f"{W}style[@{W}styleId='KFKildemerke']")
    margin = text.find(f".//{W}pgMar")
    accent = office.find(f".//{A}accent1/{A}srgbClr")
    family = body.find(f".//{W}rFonts").get(f"{W}ascii")
    left = int(margin.get(f"{W}left")) + int(body.find(f".//{W}ind").get(f"{W}left"))

    assert Look(
        family,
        int(body.find(f".//{W}sz").get(f"{W}val")) / 2,
        f"#{mark.find(f'.//{W}color').get(f'{W}val')}",
        round(left / 1440 * 25.4, 1),
        f"#{accent.get('val')}",
    ) == asked(theme)
    stand_in = fonts.find(f"{W}font[@{W}name='{family}']/{W}altName").get(f"{W}val")
    assert stand_in == theme.text("fonts.serif.word_alt")


def test_the_page_follows_its_theme_in_a_browser(
    built: Path, chromium: Path, tmp_path: Path
) -> None:
    theme = theme_of(built)
    script = """(() => {
      const p = [...document.querySelectorAll("main > p")].at(-1);
      const look = getComputedStyle(p), mark = getComputedStyle(document.querySelector(".m"));
      const left = p.getBoundingClientRect().left - document.body.getBoundingClientRect().left;
      const pad = parseFloat(getComputedStyle(document.body).paddingLeft);
      return [look.fontFamily, look.fontSize, mark.color, left - pad];
    })()"""

    with running(chromium, tmp_path) as browser:
        browser.open(output(built, "html").as_uri(), width=1200, scheme="light")
        family, size, colour, left = browser.evaluate(script)

    bars = theme.colour("norge") in output(built, "html").read_text("utf-8").partition("<svg")[2]
    rgb = [int(part) / 255 for part in re.findall(r"\d+", colour)]
    assert Look(
        family.split('"')[1],
        round(float(size.removesuffix("px")) / 1.6, 2),  # a point is a tenth of the text size
        hex_of(rgb),
        round(left / 1.6 * 25.4 / 72 + theme.number("page.margin_mm.left"), 1),
        theme.colour("norge") if bars else "none",
    ) == asked(theme)


# ---------------------------------------------------------------- the manual

PAGE = (REPOSITORY / "docs/themes.md").read_text("utf-8")
[EXAMPLE] = re.findall(r"^```yaml\n# (\S+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_theme_in_the_manual_is_one(root: Path) -> None:
    name, tokens = EXAMPLE
    write(root / name, f"# {name}\n{tokens}")

    theme = load_theme(root / name)

    assert font_problems(theme) == ()
    assert theme.number("grid.main_mm") == 210 - 2 * 25 - 44
    assert [face.family for face in theme_faces(theme)].count("IBM Plex Sans") == 3


def test_the_fault_in_the_manual_gets_the_message_in_the_manual(root: Path) -> None:
    name, tokens = EXAMPLE
    write(root / name, f"# {name}\n{changed(tokens, '#4F4A57', '#7A8794')}")

    with pytest.raises(ReportError) as caught:
        load_theme(root / name)

    said = "".join(f"{problem.shown(root)}\n" for problem in caught.value.problems)
    assert re.findall(r"^```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL) == [said]


def test_the_manual_names_every_token_and_no_other() -> None:
    section = PAGE.partition("## What can be set")[2].partition("## What is checked")[0]
    parts = {part for path in TOKENS for part in path.split(".") if not part.isdigit()}
    parts |= FONT_TOKENS.keys() | {"axes"}

    named = set(re.findall(r"`([a-z]\w*)`", section))

    assert parts - named == set()
    assert named - parts == {"default", "plain", "mm", "pt", "serif"}


# ---------------------------------------------------------------- nothing beside the tokens

# A literal length in a sheet is an optical correction, smaller than the space between a list's
# points and its text; narrow screens, which tokens say nothing of, have lengths of their own.
LARGEST_PT = 6
SHEETS = sorted((REPOSITORY / "reports/write").glob("*.css"))
CODE = sorted((REPOSITORY / "reports").rglob("*.py"))
VOCABULARY = REPOSITORY / "reports/themes/vocabulary.py"  # names stand-ins, and a colour as example
FAMILIES = "Source Serif|Source Sans|IBM Plex|Cambria|Calibri|Georgia|Arial|Tahoma|Verdana"


def beside(files: Sequence[Path], pattern: str) -> Iterator[str]:
    for file in files:
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
            for found in re.finditer(pattern, line):
                yield f"{file.relative_to(REPOSITORY)}:{number}: {found[0]}"


def test_no_colour_and_no_family_is_named_outside_the_tokens() -> None:
    files = [file for file in (*SHEETS, *CODE) if file != VOCABULARY]

    assert list(beside(files, rf"#[0-9A-Fa-f]{{6}}\b|{FAMILIES}")) == []
    assert list(beside(SHEETS, r"#[0-9A-Fa-f]{3}\b|\b(white|black|gr[ae]y)\b(?!-)")) == []


def test_no_measure_of_the_page_is_named_outside_the_tokens() -> None:
    assert list(beside(SHEETS, r"(?<![\w)])-?\d*\.?\d+mm\b")) == []
    paper = [file for file in SHEETS if file.stem in ("print", "pages", "paper")]
    lengths = [found.split()[-1] for found in beside(paper, r"(?<![\w)])-?\d*\.?\d+(?=pt\b)")]
    assert max(abs(float(length)) for length in lengths) <= LARGEST_PT


def test_every_token_is_read_by_something() -> None:
    sources = "".join(file.read_text("utf-8") for file in (*SHEETS, *CODE) if file != VOCABULARY)
    last = {path: path.split(".")[-1] for path in TOKENS}

    # A path may be put together where it is read, so its last part must stand there.
    unread = [
        p
        for p, name in last.items()
        if p not in sources and not re.search(rf"[\".{{ ]{re.escape(name)}[\"\.) ]", sources)
    ]

    assert unread == []
