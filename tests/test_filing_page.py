"""The page for whoever files a bundle: what it tells, and that it can be read, copied and printed."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from browser import Browser
from case_records import (
    DOCX,
    PDF,
    case_file,
    case_record,
    danish_record,
    screened,
    second_version,
    sent,
)
from lxml import etree, html
from readers import words
from test_html_judges import SCREENS, screens

from reports.casefile.filing import filing_page
from reports.casefile.messages.fiks_arkiv import arkivmelding
from reports.casefile.names import shown_name
from reports.casefile.record import CaseDocument, CaseRecord, EntryKind, Role, Variant
from reports.cases.reference import ExternalKey, SystemId
from reports.cases.stamp import State
from reports.language import languages

LONG = ("Ferjer på øyene & <b>bruer</b> " * 70)[:2000].rstrip()
EVIL = "<script>alert(1)</script>\"'&amp; \x07\ud800\N{RIGHT-TO-LEFT OVERRIDE}x"


def fullest() -> CaseRecord:
    """A record with all that a page can tell: a redacted variant, a change note, a receiver."""
    record = second_version(sent(screened(case_record(redacted=True))))
    note = tuple(
        case_file(f"council.nb.changes.{kind.extension}", "Endringsnotat", variant, kind)
        for kind, variant in ((DOCX, Variant.PRODUCTION), (PDF, Variant.ARCHIVE))
    )
    changes = CaseDocument(Role.ATTACHMENT, "Endringsnotat, versjon 2", "VEDLEGG", note)
    return replace(record, documents=(*record.documents, changes))


def drafted(record: CaseRecord) -> CaseRecord:
    """The same as a draft."""
    return replace(record, state=State.DRAFT, decision=None)


def titled(title: str) -> CaseRecord:
    """A draft of that title, which is its files' name too."""
    record = drafted(fullest())
    files = tuple(replace(each, shown=shown_name(title, "docx")) for each in record.main.files)
    main = replace(record.main, title=title, files=files)
    return replace(record, title=title, documents=(main, *record.documents[1:]))


def shown(record: CaseRecord, language: str = "nb") -> html.HtmlElement:
    """The page as a screen shows it."""
    page = html.document_fromstring(filing_page(record, language))
    for cut in page.find_class("cut"):
        cut.drop_tree()
    return page


def entered(record: CaseRecord, language: str = "nb") -> dict[str, str]:
    """The fields of the entry, by name."""
    rows = shown(record, language).xpath("//table[@class='entry']//tr")
    return {each[0].text_content(): words(each[1].text_content()) for each in rows}


def state(record: CaseRecord, language: str = "nb") -> str:
    return words(shown(record, language).find_class("state")[0].text_content())


# ---------------------------------------------------------------- what it tells


def test_it_tells_every_field_of_the_entry() -> None:
    record = fullest()

    assert record.replaces
    assert entered(record) == {
        "Sak": "2026/1234",
        "Registreres som": "Journalpost, type U: utgående dokument. "
        "Journalstatus F: ferdigstilt fra saksbehandler",
        "Tittel": "Ferjer på øyene",
        "Offentlig tittel": "Ferjer på *****",
        "Dokumentets dato": "20. november 2026",
        "Saksbehandler": "Åse Øygard, Samferdsel",
        "Avsendere og mottakere": "Åse Øygard, intern avsender; "
        "Statistisk sentralbyrå, org.nr. 971526920, mottaker",
        "Skjerming": "UO, offl. § 14 første ledd",
        "Versjon": "2, erstatter versjon 1 (pakken ferries.council.nb.v1)"
        f"Lag kryssreferanse til registreringen med nøkkelen {record.replaces.key}",
        "Ekstern nøkkel": f"{record.key}Har saken en registrering med denne nøkkelen, "
        "ligger de samme dokumentene der allerede.",
        "Virksomhet": "Havn kommune, org.nr. 974760673",
        "Skal sendes til": "Statistisk sentralbyrå, org.nr. 971526920",
    }


def test_what_nobody_gave_is_said_plainly() -> None:
    told = entered(case_record(State.DRAFT))

    assert told["Offentlig tittel"] == "Samme som tittelen"
    assert told["Skjerming"] == "Ikke oppgitt: verken kode eller hjemmel"
    assert told["Versjon"] == "1, den første i saken"
    later = replace(case_record(State.DRAFT), version=3)
    assert entered(later)["Versjon"] == "3, erstatter ingen tidligere versjon"
    assert "Skal sendes til" not in told


def test_a_danish_case_has_its_own_words() -> None:
    told = entered(danish_record(), "da")

    assert {name: told[name] for name in list(told)[:3]} == {
        "Sag": "13.05.00-G01-3-26",
        "KLE-nummer": "13.05.00, facet G01",
        "Registreres som": "Dokument på sagen",
    }
    assert told["Fortrolighed"] == "fortrolig, forvaltningsloven § 27"
    assert told["Afsendere og modtagere"] == "Byrådet, intern modtager"
    assert told["Myndighed"] == "Havn Kommune, CVR-nr. 29189846"
    note = replace(danish_record(), entry=EntryKind.ARKIVNOTAT)
    assert entered(note, "da")["Registreres som"] == "Journalnotat"


@pytest.mark.parametrize(
    ("case", "told"),
    [
        (ExternalKey("Byggesak", "B 47/11"), "B 47/11, nøkkelen i Byggesak"),
        (SystemId("0f8fad5b-d9cb"), "0f8fad5b-d9cb, id i arkivsystemet (systemID)"),
    ],
)
def test_a_case_without_a_number_is_told_by_what_it_is_known_by(
    case: ExternalKey | SystemId, told: str
) -> None:
    assert entered(replace(case_record(), case=case))["Sak"] == told


@pytest.mark.parametrize("record", [fullest(), drafted(fullest()), case_record()])
def test_it_names_the_codes_that_the_message_has(record: CaseRecord) -> None:
    codes = "//*[local-name()='journalposttype' or local-name()='journalstatus']/*[1]"

    message = etree.fromstring(arkivmelding(record))

    type_, status = (each.text for each in message.xpath(codes))
    kind = entered(record)["Registreres som"]
    assert kind.startswith(f"Journalpost, type {type_}: ")
    assert f". Journalstatus {status}: " in kind


STATES = {
    "nb": "UTKAST Ikke godkjent, og innholdet kan bli endret. "
    "Registrer dokumentene som under redigering (dokumentstatus B).",
    "nn": "UTKAST Ikkje godkjend, og innhaldet kan bli endra. "
    "Registrer dokumenta som under redigering (dokumentstatus B).",
    "da": "UDKAST Ikke godkendt, og indholdet kan blive ændret. "
    "Registrér dokumenterne som under redigering (dokumentstatus B).",
    "en": "DRAFT Not approved, and its content may change. "
    "Register the documents as being edited (document status B).",
}


def test_a_draft_says_so_first_of_all() -> None:
    record = drafted(fullest())

    assert {code: state(record, code) for code in languages()} == STATES
    danish = drafted(danish_record())
    assert state(danish, "da").endswith("Registrér dokumenterne som udkast.")


def test_a_final_page_says_who_approved_it_and_when() -> None:
    told = (
        "ENDELIG Godkjent 20. november 2026 av Kari Nordmann. "
        "Registrer dokumentene som ferdigstilt (dokumentstatus F)."
    )

    assert state(fullest()) == told


@pytest.mark.parametrize("code", languages())
def test_no_page_says_that_something_was_filed(code: str) -> None:
    records = (fullest(), drafted(fullest()), danish_record(), drafted(danish_record()))

    told = [shown(record, code).text_content().lower() for record in records]

    filed = ("journalført", "journalførd", "journaliseret", "arkivert", "was filed", "levert")
    assert [word for word in filed for text in told if word in text] == []


def test_each_file_has_its_row_and_a_checksum_that_is_copied_as_one_word() -> None:
    record = fullest()

    page = shown(record)

    rows = [
        [words(cell.text_content()) for cell in row]
        for row in page.xpath("//table[@class='files']//tr")
    ]
    wide = "Acrobat PDF/A - Portable Document Format fmt/477"
    what = "Hoveddokument (NOTAT)"
    main = ("Produksjonsformat (P)", "Arkivformat (A)")
    hidden = "Offentlig variant, deler er skjermet (O)"
    note = "Vedlegg: Endringsnotat, versjon 2"
    sums = [file.sha256 for file in record.files]
    assert rows == [
        ["Dokument", "Navn å bruke, fil i data/", "Format, PRONOM", "Størrelse", "SHA-256"],
        [
            *(f"{what} {main[0]}", "Ferjer på øyene.docx council.nb.docx"),
            *("Word-dokument fmt/412", "15 byte", sums[0]),
        ],
        [f"{what} {main[1]}", "Ferjer på øyene.pdf council.nb.pdf", wide, "14 byte", sums[1]],
        [
            *(f"{what} {hidden}", "Ferjer på øyene, skjermet.pdf public.nb.redacted.pdf"),
            *(wide, "22 byte", sums[2]),
        ],
        [
            *(f"Vedlegg: Fakta med kilder {main[0]}", "Fakta.csv council.nb.facts.csv"),
            *("Tabell (CSV) x-fmt/18", "20 byte", sums[3]),
        ],
        [
            *(f"{note} {main[0]}", "Endringsnotat council.nb.changes.docx"),
            *("Word-dokument fmt/412", "23 byte", sums[4]),
        ],
        [f"{note} {main[1]}", "Endringsnotat council.nb.changes.pdf", wide, "22 byte", sums[5]],
    ]


def test_it_says_how_to_check_and_what_the_other_files_are_for() -> None:
    commands = ["sha256sum -c manifest-sha256.txt", "kildefast verify .", r"Get-FileHash data\*"]
    bag = "bagit.txt, bag-info.txt, manifest-sha256.txt, tagmanifest-sha256.txt"
    metadata = ["data/case.json", "data/filing.html", bag]
    messages = ["data/arkivmelding.xml", "data/eformidling-arkivmelding.xml"]

    named = {
        country: [each.text_content() for each in shown(record).iter("dt")]
        for country, record in (("no", fullest()), ("dk", danish_record()))
    }

    assert named == {
        "no": [*commands, *messages, *metadata],
        "dk": [*commands, *metadata],
    }


# ---------------------------------------------------------------- titles of all kinds


def test_a_long_title_is_whole_on_screens_and_cut_on_paper() -> None:
    page = html.document_fromstring(filing_page(titled(LONG), "nb"))

    (cell,) = page.xpath("//table[@class='entry']//tr[th='Tittel']/td")
    start, rest, cut = cell.text, cell[0], cell[1]
    assert (start + rest.text, rest.get("class")) == (LONG, "rest")
    assert 100 < len(start) <= 120
    assert (cut.text, cut.get("class")) == (" … (hele teksten står i case.json)", "cut")


def test_a_title_is_text_and_nothing_else() -> None:
    page = filing_page(titled(EVIL), "nb")

    tree = html.document_fromstring(page)
    (cell,) = tree.xpath("//table[@class='entry']//tr[th='Tittel']/td")
    assert cell.xpath("string()") == EVIL.replace("\x07", "").replace("\ud800", "")
    assert list(tree.iter("script")) == []


# ---------------------------------------------------------------- the judges


PAGES: Mapping[str, tuple[CaseRecord, str]] = {
    "fullest.nb": (fullest(), "nb"),
    "draft.nn": (drafted(fullest()), "nn"),
    "danish.da": (danish_record(), "da"),
    "long.en": (titled(LONG), "en"),
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A page in each language, the first and the last with all that there is to tell."""
    folder = tmp_path_factory.mktemp("filing")
    files = {name: folder / f"{name}.html" for name in PAGES}
    for name, (record, language) in PAGES.items():
        files[name].write_bytes(filing_page(record, language))
    return files


@pytest.mark.parametrize("name", PAGES)
def test_it_prints_on_one_sheet(browser: Browser, pages: dict[str, Path], name: str) -> None:
    browser.open(pages[name].as_uri(), width=1200, scheme="light")

    printed = browser.call("Page.printToPDF", preferCSSPageSize=True)["data"]

    with pikepdf.open(io.BytesIO(base64.b64decode(printed))) as pdf:
        assert len(pdf.pages) == 1


def test_it_keeps_nobody_out_and_brings_nothing_along(
    browser: Browser, axe: str, pages: dict[str, Path]
) -> None:
    found = screens(browser, axe, pages["fullest.nb"])

    assert found == [f"{width} {scheme}: brings no fonts" for width, scheme in SCREENS]


def test_the_same_record_gives_the_same_page() -> None:
    assert filing_page(fullest(), "nb") == filing_page(fullest(), "nb")
