"""PDFs by independent judges: veraPDF, qpdf, PRONOM's signatures and pikepdf's PDF/A check.

All judge every edition, and each is shown broken files too.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

import pikepdf
import pygfried
import weasyprint
from lxml import etree
from pikepdf import Name, pdfa
from shipped import SAMPLE, Shipped, every_edition

from reports.machine.surroundings import on_ci
from reports.problems import Place
from reports.write.pdf import write_pdf

MEMO = "digital-public-services/political-leadership.nb"
LINK = '<a href="https://kildefast.invalid">a <em>b <strong>c</strong></em><br>d</a>'
TABLE = (
    '<table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead>'
    '<tbody><tr><th scope="row">c</th><td>d</td></tr></tbody></table>'
)
CLAIM = b"<pdfuaid:part>1</pdfuaid:part>"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
XMP = "{http://ns.adobe.com/xap/1.0/}"
BEYOND_PIKEPDF = {  # it judges level 2b, knows no extension schemas and looks into no patterns
    "patterns are not supported",
    "shadings are not supported",
    "XMP namespace pdfaExtension=http://www.aiim.org/pdfa/ns/extension/ is not permitted",
    "XMP namespace pdfaSchema=http://www.aiim.org/pdfa/ns/schema# is not permitted",
    "XMP namespace pdfaProperty=http://www.aiim.org/pdfa/ns/property# is not permitted",
    "XMP property pdfuaid:part is not permitted",
    "XMP property pdfaExtension:schemas is not permitted",
    "pdfaid:conformance is 'A', expected 'B'",
}

Vera: TypeAlias = Sequence[str | Path]
Break: TypeAlias = Callable[[pikepdf.Pdf], None]


# ---------------------------------------------------------------- without Java


@every_edition
def test_a_pdf_is_well_formed_and_identified_as_an_archive_copy(
    shipped: Shipped, name: str
) -> None:
    file = shipped.file(name, "pdf")

    assert qpdf_faults(file) == []
    assert pygfried.identify(str(file)) == "fmt/476"  # PRONOM's PDF/A-2a


@every_edition
def test_pikepdf_finds_nothing_against_archiving(shipped: Shipped, name: str) -> None:
    assert pikepdf_faults(shipped.file(name, "pdf")) == []


@every_edition
def test_a_pdf_says_the_same_of_itself_in_both_places(shipped: Shipped, name: str) -> None:
    document = shipped.documents[name]
    assert document.provenance
    day = document.provenance.date

    with pikepdf.open(shipped.file(name, "pdf")) as pdf:
        rdf = etree.fromstring(pdf.Root.Metadata.read_bytes()).find(f"{RDF}RDF")
        info = {key: str(value) for key, value in pdf.docinfo.items()}
        shown = bool(pdf.Root.ViewerPreferences.DisplayDocTitle)

    assert rdf is not None
    packet = {
        "title": "".join(rdf.find(f".//{DC}title").itertext()),
        "author": "".join(rdf.find(f".//{DC}creator").itertext()),
        "subject": "".join(rdf.find(f".//{DC}description").itertext()),
        "language": "".join(rdf.find(f".//{DC}language").itertext()),
        "created": rdf.findtext(f".//{XMP}CreateDate"),
        "modified": rdf.findtext(f".//{XMP}ModifyDate"),
    }
    assert packet == {
        "title": document.cover.short_title,
        "author": document.cover.publisher,
        "subject": info["/Subject"],
        "language": document.language,
        "created": day.isoformat(),
        "modified": day.isoformat(),
    }
    assert (info["/Title"], info["/Author"]) == (packet["title"], packet["author"])
    assert info["/CreationDate"] == info["/ModDate"] == f"D:{day:%Y%m%d}"
    assert shown


def qpdf_faults(file: Path) -> list[str]:
    """What `qpdf --check` tells; pikepdf asks qpdf itself."""
    try:
        with pikepdf.open(file) as pdf:
            found = pdf.check_pdf_syntax()
    except pikepdf.PdfError as error:
        found = [str(error)]
    return [each.replace(str(file), file.name) for each in found]


def pikepdf_faults(file: Path) -> list[str]:
    """What pikepdf's own PDF/A check finds, without what is beyond it."""
    found = pdfa.validate_written(file, "2b").findings
    return [each.message for each in found if each.message not in BEYOND_PIKEPDF]


# ---------------------------------------------------------------- with Java


def vera_faults(vera: Vera, pdfs: Iterable[Path]) -> list[str]:
    """Each rule that a file breaks, as "name: profile clause-test in words"."""
    done = subprocess.run(
        [*vera, *pdfs], capture_output=True, text=True, encoding="utf-8", check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    lines = (line.split("\t") for line in done.stdout.splitlines())
    return [f"{Path(file).name}: {profile} {fault}" for file, profile, fault in lines]


def test_verapdf_finds_every_pdf_archivable_and_accessible(vera: Vera, shipped: Shipped) -> None:
    names = shipped.documents if on_ci() else SAMPLE

    assert vera_faults(vera, [shipped.file(name, "pdf") for name in names]) == []


# ---------------------------------------------------------------- the judges, judged


def second_block(pdf: pikepdf.Pdf) -> None:
    """Make the claim of PDF/UA in an RDF block of its own, as WeasyPrint's option does."""
    packet = pdf.Root.Metadata.read_bytes().replace(CLAIM, b"")
    about = b'<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
    block = b'<rdf:RDF xmlns:rdf="%b">%b%b</rdf:Description></rdf:RDF></x:xmpmeta>'
    block %= (RDF[1:-1].encode(), about, CLAIM)
    pdf.Root.Metadata.write(packet.replace(b"</x:xmpmeta>", block))


def no_claim(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(CLAIM, b""))


def no_scope(pdf: pikepdf.Pdf) -> None:
    for element in elements(pdf, "/TH"):
        del element["/A"]


def no_fonts(pdf: pikepdf.Pdf) -> None:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and "/FontFile2" in each:
            del each["/FontFile2"]


def no_links(pdf: pikepdf.Pdf) -> None:
    retag(pdf, "/Link", "/Span")


def no_rows(pdf: pikepdf.Pdf) -> None:
    retag(pdf, "/TR", "/P")


def retag(pdf: pikepdf.Pdf, old: str, new: str) -> None:
    for element in elements(pdf, old):
        element["/S"] = Name(new)


def elements(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Dictionary]:
    """The structure elements of one type."""
    dictionaries = (each for each in pdf.objects if isinstance(each, pikepdf.Dictionary))
    return [each for each in dictionaries if each.get("/S") == kind and "/P" in each]


def broken(whole: Path, folder: Path, *breaks: Break) -> list[Path]:
    """Copies of a PDF, each broken in one way and named after it."""
    made = []
    for break_ in breaks:
        file = folder / f"{break_.__name__}.pdf"
        with pikepdf.open(whole) as pdf:
            break_(pdf)
            pdf.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        made.append(file)
    return made


def scripted(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=Name.JavaScript, JS="app.beep()")


def test_verapdf_refuses_broken_pdfs(vera: Vera, tmp_path: Path) -> None:
    whole = page_pdf(tmp_path, f"<p>{LINK}</p>{TABLE}")
    breaks = (no_claim, no_fonts, no_links, no_rows, no_scope, second_block)
    cut = tmp_path / "cut.pdf"
    cut.write_bytes(whole.read_bytes()[:2000])

    found = vera_faults(vera, [whole, cut, *broken(whole, tmp_path, *breaks)])

    rules = [" ".join(fault.split()[:3]) for fault in found]
    assert rules == [
        "cut.pdf: PDF/A-2a unread",
        "cut.pdf: PDF/UA-1 unread",
        "no_claim.pdf: PDF/UA-1 5-1",
        "no_fonts.pdf: PDF/A-2a 6.2.11.4.1-1",
        "no_fonts.pdf: PDF/UA-1 7.21.4.1-1",
        "no_links.pdf: PDF/UA-1 7.18.5-1",
        "no_rows.pdf: PDF/UA-1 7.2-36",
        "no_rows.pdf: PDF/UA-1 7.2-37",
        "no_rows.pdf: PDF/UA-1 7.2-8",
        "no_rows.pdf: PDF/UA-1 7.2-9",
        "no_scope.pdf: PDF/UA-1 7.5-1",
        "second_block.pdf: PDF/UA-1 5-1",
    ]


def test_qpdf_sees_a_pdf_that_was_cut_short_or_damaged(shipped: Shipped, tmp_path: Path) -> None:
    data = shipped.file(MEMO, "pdf").read_bytes()
    cut, damaged = tmp_path / "cut.pdf", tmp_path / "damaged.pdf"
    cut.write_bytes(data[:20_000])
    middle = data.index(b"stream\n", len(data) // 2) + 40
    damaged.write_bytes(data[:middle] + bytes(200) + data[middle + 200 :])

    assert qpdf_faults(cut) == [
        "cut.pdf: unable to find trailer dictionary while recovering damaged file"
    ]
    assert qpdf_faults(damaged) != []


def test_pronom_misses_the_claim_of_a_pdf_as_weasyprint_writes_it(tmp_path: Path) -> None:
    file = tmp_path / "plain.pdf"
    page = weasyprint.HTML(string='<html lang="en"><title>A page</title><p>A page</p></html>')

    page.write_pdf(file, pdf_variant="pdf/a-2a")

    assert pygfried.identify(str(file)) == "fmt/276"  # plain PDF 1.7, which archives refuse


def test_pikepdf_sees_what_may_not_be_archived(shipped: Shipped, tmp_path: Path) -> None:
    whole = shipped.file(MEMO, "pdf")
    sealed = tmp_path / "sealed.pdf"
    with pikepdf.open(whole) as pdf:
        pdf.save(sealed, encryption=pikepdf.Encryption(owner="a", user=""))

    found = [pikepdf_faults(file) for file in broken(whole, tmp_path, no_fonts, scripted)]

    assert set(found[0]) == {"CIDFont is not embedded"}
    assert found[1] == ["/OpenAction is not supported"]
    assert pikepdf_faults(sealed) == ["file is encrypted"]


# ---------------------------------------------------------------- small pages


def test_a_link_with_more_than_text_inside_is_one_link(vera: Vera, tmp_path: Path) -> None:
    file = page_pdf(tmp_path, f"<p>{LINK} and {LINK}</p>")

    with pikepdf.open(file) as pdf:
        links = elements(pdf, "/Link")
        rectangles = [len([kid for kid in link.K if not isinstance(kid, int)]) for link in links]
        assert rectangles == [2, 2]  # one a line
        assert len(pdf.pages[0].Annots) == 4
    assert vera_faults(vera, [file]) == []


def test_words_of_another_language_say_so(tmp_path: Path) -> None:
    file = page_pdf(tmp_path, '<p>They call it <span lang="nb">styringsdialog</span>.</p>')

    with pikepdf.open(file) as pdf:
        [span] = elements(pdf, "/Span")
        assert str(span.Lang) == "nb"
        assert span.P.S == "/P"


def test_a_paragraph_over_two_pages_is_one_paragraph(tmp_path: Path) -> None:
    style = "<style>@page { size: 80mm 40mm; margin: 5mm } p { orphans: 2; widows: 2 }</style>"
    file = page_pdf(tmp_path, f"{style}<p>{'word ' * 60}</p>")

    with pikepdf.open(file) as pdf:
        [paragraph] = elements(pdf, "/P")
        assert len(pdf.pages) > 1
        assert len(paragraph.K) > len(pdf.pages)


def page_pdf(folder: Path, body: str) -> Path:
    """The PDF of a small page of HTML, as the tool writes it."""
    html = f'<html lang="en"><head><title>A page</title></head><body>{body}</body></html>'
    file = folder / "page.pdf"
    file.write_bytes(write_pdf(html, {}, Place(Path("page.md"))).data)
    return file
