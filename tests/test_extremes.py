"""Documents that hold everything at once, at its extremes, before the judges of all formats.

Two editions of an invented town: every kind of block and chart, words that are longer than the
line, more marks than a line holds, letters that mean something in XML, and pictures that are
too small, too wide and too tall.
"""

from __future__ import annotations

import shutil
import zipfile
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from browser import Browser
from lxml import etree, html
from PIL import Image
from readers import W, difference, docx_text, html_text, letters, pdf_text, words
from shipped import Shipped, built
from test_docx_judges import reference_faults, schema_faults
from test_html_judges import nu_faults, screens
from test_pdf import Vera, elements, pikepdf_faults, qpdf_faults, vera_faults
from test_tags import differences, structure_of, structure_told
from workspaces import AUDIENCE, BRIEF, PUBLIC, REPOSITORY, STORE, changed, make_workspace

from reports.briefs import load_workspace

MEMO, REPORT = NAMES = ("channels/council.en", "channels/public.nb")
BARE = "channels/public.en"  # a report without a fact
ODD = "Čáhppes & «ŋ» < Ωμέγα"
LONG = "kommunaldirektørutvalgsmedlemskapsregisteret" * 3
LINK = f"https://havneby.invalid/{'long' * 60}/{'path/' * 20}"
WIDE, TALL = (2400, 9), (9, 2400)

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
ENDS = ("top", "bottom")
EMU = 635  # to a twentieth of a point

every_name = pytest.mark.parametrize("name", NAMES)

FACTS = "".join(
    f"""\
  web.of-{town}-{year}:
    theme: channels
    place: {town}
    statement: {{nb: "{{figure}} & mer.", en: "{{figure}} & more."}}
    figure: {{value: {value}, measure: web-share, among: towns{hedge}}}
    as_of: {year}
    said_by: union
    standing: established
    source: havneby-2031
    at: {{paragraph: 20}}
    recorded: 2031-04-02
"""
    for town, start in (("havneby", 3), ("denmark", 40))
    for year in range(2009, 2024)
    for hedge in (", qualifier: about" if year % 4 == 0 else "",)
    for value in (f"[{start}, {start + 20}]" if year == 2011 else (start + 7 * year) % 101,)
)
POPULATIONS = 'populations:\n  towns: {nb: "byer & <grender>", en: "towns & <hamlets>"}\n'
YEARS = ", ".join(f"'web.of-havneby-{year}'" for year in range(2009, 2024))
THEIRS = YEARS.replace("havneby", "denmark")
TWO = "'web.of-havneby-2012', 'web.of-denmark-2012'"

BODY = f"""\
# {ODD}: {{{{ fact("havneby.web-share") }}}} og {LONG}

{ODD} *{ODD}*{{: lang=se }} [{ODD}]({LINK}?a=1&b=%22).

!!! summary "{ODD}"

    - **Both *at* once** {{{{ fact("havneby.staff") }}}}

        1. Inner {{{{ fact("havneby.answer-time") }}}}

            - Innermost `a < b && c`

    > {ODD}
    >
    > {LONG}
    >
    > — {ODD}

!!! decision

    1. {ODD}

!!! caveat

    {ODD}

!!! assessment

    {ODD} {{{{ source("havneby.staff") }}}}

{{{{ contents() }}}}

## *{ODD}*{{: lang=se }} with **{{{{ fact("havneby.web-share") }}}}**

### {LONG} {ODD} {ODD} {ODD} {ODD}

{LONG}{{{{ cite("havneby.staff") }}}} [{LINK}]({LINK})

> {LONG}

{ODD} {ODD} {ODD} {LONG}
:   Short.

Next
:   {LONG}

{{{{ fact("havneby.staff") }}}}
:   {ODD}

![A wide & "thin" picture](wide.png)

![A tall picture](tall.png)

{{{{ chart("bars", [{YEARS}], caption="{ODD}", labels=[{", ".join(f"'{ODD}'" for _ in range(15))}]) }}}}

{{{{ chart("line", {{"{ODD}": [{YEARS}], "Denmark": [{THEIRS}]}}, caption="{ODD}", id="line") }}}}

{{{{ chart("slope", {{"{ODD}": ["web.of-havneby-2009", "web.of-havneby-2010"]}}, caption="{ODD}") }}}}

{{{{ chart("grouped", {{"{ODD}": ["web.of-havneby-2012", none], "B": [{TWO}]}}, groups=["{LONG}", "H"], caption="{ODD}") }}}}

{{{{ chart("squares", [{TWO}], labels=["{ODD}", "{LONG}"], caption="{ODD}") }}}}

{{{{ chart("timeline", [{YEARS}], caption="{ODD}") }}}}

{{{{ timeline([{YEARS}], caption="{ODD}", id="time") }}}}

{{{{ ref("line", start=True) }}}} & {{{{ ref("time") }}}}

{{{{ caption("{ODD}", widths=[1, 2, 3, 1, 1, 1]) }}}}

| {" | ".join([*"ABCDEF", LONG])} |
| {" | ".join(["---"] * 7)} |
| {" | ".join([LONG, ODD] * 3)} | **{{{{ fact("havneby.staff") }}}}** |

{{{{ table([{YEARS}, {THEIRS}], caption="{ODD}", columns=["figure", "statement", "speaker", "as of", "source", "standing"]) }}}}

{{{{ table(["havneby.one-way-in"], caption="One", columns=["statement", "source"]) }}}}

{{{{ comparison([["{ODD}", ["web.of-denmark-2009"], []]], caption="{ODD}") }}}}

{{{{ annex("{ODD}") }}}}

{ODD}
"""


@pytest.fixture(scope="module")
def extremes(tmp_path_factory: pytest.TempPathFactory) -> Shipped:
    """Both editions in all formats: a memo in one theme, a report in the other."""
    folder = tmp_path_factory.mktemp("extremes")
    report = changed(PUBLIC, "theme: default\nlayout: memo\nbudget: {pages: 2}", CLEAR)
    store = changed(STORE, "title: Årsmelding for Havneby", f"title: '{ODD} {LONG}'")
    files = {
        "facts/havneby.yaml": store + FACTS,
        "facts/towns.yaml": POPULATIONS,
        AUDIENCE: report,
        "templates/workspace.yaml": f"organisation: '{ODD}'\n",
        "templates/channels/brief.yaml": changed(
            BRIEF, "audiences: [public]", "audiences: [council, public]"
        ),
        **{f"templates/channels/{edition}.md.j2": BODY for edition in EDITIONS},
        f"templates/{BARE}.md.j2": "# Nothing is known\n\nAnd nothing is said.\n",
    }
    root = make_workspace(folder / "given", files)
    shutil.copytree(REPOSITORY / "templates/themes/clear", root / "templates/themes/clear")
    for name, size in (("wide", WIDE), ("tall", TALL)):
        (root / f"templates/channels/{name}.png").write_bytes(drawn(size))
    workspace = load_workspace(root)
    some = [each for each in workspace.editions() if each.name in {*NAMES, BARE}]
    made = built(workspace, folder / "out", *some)
    assert [each.shown(root) for each in made.problems if each.fatal] == []
    return made


EDITIONS = ("council.en", "council.nb", "public.nb")
CLEAR = "theme: clear\nlayout: report"


def drawn(size: tuple[int, int]) -> bytes:
    """A half transparent picture."""
    made = BytesIO()
    Image.new("RGBA", size, (0, 90, 90, 128)).save(made, "PNG")
    return made.getvalue()


@pytest.mark.parametrize("name", [*NAMES, BARE])
def test_each_format_says_what_the_document_says(extremes: Shipped, name: str) -> None:
    said = extremes.documents[name].plain_text()
    pdf, docx, page = (extremes.file(name, kind) for kind in ("pdf", "docx", "html"))

    assert difference(letters(said), letters(pdf_text(pdf))) == ""
    assert difference(words(said), words(docx_text(docx))) == ""
    assert difference(words(said), words(html_text(page))) == ""


@every_name
def test_the_judges_of_pdf_find_nothing(extremes: Shipped, name: str) -> None:
    file = extremes.file(name, "pdf")

    assert qpdf_faults(file) == []
    assert pikepdf_faults(file) == []
    assert differences(structure_of(extremes.documents[name]), structure_told(file)) == {}


def test_verapdf_finds_nothing(vera: Vera, extremes: Shipped) -> None:
    assert vera_faults(vera, [extremes.file(name, "pdf") for name in (REPORT, BARE)]) == []


@every_name
def test_the_judges_of_word_files_find_nothing(extremes: Shipped, name: str) -> None:
    file = extremes.file(name, "docx")

    assert schema_faults(file) == []
    assert reference_faults(file) == []


def test_nu_finds_nothing(java: Path, nu: Path, extremes: Shipped) -> None:
    found = nu_faults(java, nu, [extremes.file(name, "html") for name in (REPORT, BARE)])

    # It takes pictures within the page for refused; Chromium would log it if they were.
    assert [fault for fault in found if not fault.endswith("blocked by “img-src” directive.")] == []


def test_chromium_and_axe_find_nothing(browser: Browser, axe: str, extremes: Shipped) -> None:
    assert screens(browser, axe, extremes.file(REPORT, "html")) == []


@every_name
def test_nothing_reaches_beyond_its_page(extremes: Shipped, name: str) -> None:
    with pikepdf.open(extremes.file(name, "pdf")) as pdf:
        right = float(pdf.pages[0].mediabox[2])
        links = [each.Rect for page in pdf.pages for each in page.get("/Annots", [])]

    assert [rect for rect in links if float(rect[2]) > right - 40] == []


def test_a_quote_of_several_paragraphs_ends_in_its_attribution(extremes: Shipped) -> None:
    [quote] = html.parse(extremes.file(MEMO, "html")).xpath("//section//blockquote")

    assert [(each.tag, words(each.text_content())) for each in quote] == [
        ("p", f"{ODD}{LONG}"),
        ("footer", ODD),
    ]


def box_of(figure: pikepdf.Object) -> pikepdf.Object:
    """The bounding box among a figure's attributes, of which there may be several objects."""
    held = figure.A if isinstance(figure.A, pikepdf.Array) else [figure.A]
    return next(each.BBox for each in held if "/BBox" in each)


@every_name
def test_pictures_and_charts_fit_the_page(extremes: Shipped, name: str) -> None:
    with zipfile.ZipFile(extremes.file(name, "docx")) as package:
        body = etree.fromstring(package.read("word/document.xml"))

    heights = [int(each.get("cy", "")) for each in body.iter(f"{WP}extent")]
    page, margins = (next(body.iter(f"{W}{kind}")) for kind in ("pgSz", "pgMar"))
    room = int(page.get(f"{W}h", "")) - sum(int(margins.get(f"{W}{at}", "")) for at in ENDS)
    assert [height for height in heights if height > room * EMU] == []
    with pikepdf.open(extremes.file(name, "pdf")) as pdf:
        figures = [each for each in elements(pdf, "/Figure") if "picture" in str(each.Alt)]
        boxes = [[float(side) for side in box_of(each)] for each in figures]
    assert [box[3] - box[1] <= room / 20 for box in boxes] == [True, True]
